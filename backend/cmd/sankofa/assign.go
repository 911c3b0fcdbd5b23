// SPDX-License-Identifier: AGPL-3.0-or-later

package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"sankofa/backend/internal/app"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/proposals"
)

type assignCommand struct {
	Programme string   `help:"Code of the programme, such as MIDA-DEMO; not needed where there is one." placeholder:"CODE"`
	Budget    string   `help:"What all stays may cost together, in whole minor units of the currency, such as cents." placeholder:"AMOUNT"`
	Currency  string   `help:"Currency of the amounts (ISO 4217)." default:"EUR" placeholder:"CODE"`
	Travel    int64    `help:"Cost of the journey of each stay that is not virtual, in minor units." default:"0" placeholder:"AMOUNT"`
	Daily     int64    `help:"Cost of each day of such a stay, in minor units." default:"0" placeholder:"AMOUNT"`
	Pin       []string `help:"This person at this need: NEED=PSEUDONYM. May be given again." placeholder:"NEED=PSEUDONYM" sep:"none"`
	Not       []string `help:"This person not at this need: NEED=PSEUDONYM. May be given again." placeholder:"NEED=PSEUDONYM" sep:"none"`
	Quota     []string `help:"At most so many stays: MOST=NEED,NEED,… with references, or ISCO-08 codes such as 222. May be given again." placeholder:"MOST=LIST" sep:"none"`
	Handover  int      `help:"Days that two stays of a relay share." default:"3"`
	Relay     []string `help:"People cover this need one after the other. May be given again; without it, those needs whose head count just covers their period." placeholder:"NEED" sep:"none"`
	Single    bool     `help:"No relays: one stay fills a post."`
}

// Run proposes who goes where.
func (a *assignCommand) Run(ctx context.Context, c *common, out *output) error {
	inputs, err := a.inputs()
	if err != nil {
		return err
	}
	var result app.AssignResult
	if err := c.do(ctx, out, "assign", app.AssignOptions{Programme: a.Programme, Inputs: inputs}, &result); err != nil {
		return err
	}
	return out.result(result, result.Print)
}

// inputs reads what the flags say, and names every flag that cannot be read.
func (a *assignCommand) inputs() (proposals.Inputs, error) {
	in := proposals.Inputs{Currency: a.Currency, Travel: a.Travel, Daily: a.Daily, Handover: a.Handover}
	if in.Relays = a.Relay; a.Single {
		in.Relays = []string{}
	}
	var c fault.Check
	if a.Budget != "" {
		amount, err := strconv.ParseInt(a.Budget, 10, 64)
		c.That(err == nil, "--budget", "number.malformed", "Please give a whole number of minor units, such as 2500000 for 25,000.00.")
		in.Budget = &amount
	}
	pins := func(flag string, stated []string, here bool) {
		for _, text := range stated {
			need, person, ok := strings.Cut(text, "=")
			c.That(ok && need != "" && person != "", flag, "pin.malformed", "Please write %s NEED=PSEUDONYM, such as %s DEMO-03=P-7K3M-Q2XA.", flag, flag)
			in.Pins = append(in.Pins, proposals.Pin{Need: need, Person: person, Here: here})
		}
	}
	pins("--pin", a.Pin, true)
	pins("--not", a.Not, false)
	for i, text := range a.Quota {
		q, ok := quota(text)
		c.That(ok, "--quota", "quota.malformed", "Please write --quota MOST=LIST, such as --quota 4=DEMO-01,DEMO-02 or --quota 4=222.")
		q.Name = fmt.Sprintf("quota %d", i+1)
		in.Quotas = append(in.Quotas, q)
	}
	return in, c.Err()
}

// quota reads "4=DEMO-01,222": digits are occupations, the rest are references.
func quota(text string) (proposals.Quota, bool) {
	var q proposals.Quota
	number, items, ok := strings.Cut(text, "=")
	most, err := strconv.Atoi(number)
	if !ok || err != nil {
		return q, false
	}
	q.Most = most
	for _, item := range strings.Split(items, ",") {
		item = strings.TrimSpace(item)
		if _, err := strconv.Atoi(item); err == nil {
			q.ISCO = append(q.ISCO, item)
			continue
		}
		q.Needs = append(q.Needs, item)
	}
	return q, true
}
