// SPDX-License-Identifier: AGPL-3.0-or-later

package demo

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/store"
)

// needs writes the needs that are not there yet, each whole or not at all.
func (l *loader) needs(ctx context.Context) error {
	all, err := readTerms()
	if err != nil {
		return err
	}
	officers, err := readOfficers()
	if err != nil {
		return err
	}
	var there []string
	err = l.DB.View(ctx, func(tx *store.Tx) error {
		return tx.Raw(`SELECT reference FROM needs WHERE reference LIKE 'DEMO-%'`).Scan(&there).Error
	})
	known := map[string]bool{}
	for _, reference := range there {
		known[reference] = true
	}
	for _, t := range all {
		if err != nil {
			return err
		}
		if !known[t.Reference] {
			err = l.DB.Change(ctx, store.System, func(tx *store.Tx) error { return l.need(tx, t, officers) })
		}
	}
	return err
}

// need writes one need as if it had come all the way to its state, over the
// weeks before.
func (l *loader) need(tx *store.Tx, t terms, officers []record) error {
	host := l.partner[t.Host]
	form, err := t.form(l.Taxonomy, host.Country)
	if err != nil {
		return err
	}
	author := l.officer(officers, "host", t.Host)
	n := needs.Need{
		ID: id.New(), Reference: t.Reference, ProgrammeID: l.programme, OrganisationID: host.ID, State: t.State, CreatedBy: author,
		Title: form.Title, Language: form.Language, Sector: form.Sector, ISCO: form.ISCO, OccupationTitle: form.OccupationTitle,
		Background: form.Background, Objectives: form.Objectives, Country: form.Country, DutyStation: form.DutyStation, Unit: form.Unit,
		Supervisor: form.Supervisor, StartsOn: form.StartsOn, EndsOn: form.EndsOn, ShortestDays: form.ShortestDays,
		Modality: form.Modality, Headcount: form.Headcount, YearsExperience: form.YearsExperience,
		EducationLevel: form.EducationLevel, EducationField: form.EducationField, LicenceRequired: form.LicenceRequired,
		Regulator: form.Regulator, NonSubstitution: form.NonSubstitution, PrioritySector: form.PrioritySector,
		Demo: true, Version: 1, CreatedAt: tx.Now.AddDate(0, 0, -40), UpdatedAt: tx.Now,
	}
	if t.State != needs.Draft {
		n.Round, n.SubmittedBy = max(t.Round, 1), author
	}
	if t.State == needs.Published {
		n.OpensOn, n.NoticeLanguages = day.Day(tx.Today()).Add(-10), form.Language
		n.ClosesOn = form.StartsOn.Add(-7)
	}
	if err := tx.Create(&n).Error; err != nil {
		return fmt.Errorf("write %s: %w", t.Reference, err)
	}
	if err := writeRows(tx, n.ID, form); err != nil {
		return fmt.Errorf("write %s: %w", t.Reference, err)
	}
	return l.review(tx, n, t, officers)
}

// writeRows writes what belongs to a need.
func writeRows(tx *store.Tx, needID string, f needs.Form) error {
	for i := range f.Outputs {
		f.Outputs[i].ID, f.Outputs[i].NeedID, f.Outputs[i].Position = id.New(), needID, i
	}
	for i := range f.Counterparts {
		f.Counterparts[i].ID, f.Counterparts[i].NeedID, f.Counterparts[i].Position = id.New(), needID, i
	}
	for i := range f.Criteria {
		f.Criteria[i].ID, f.Criteria[i].NeedID, f.Criteria[i].Position = id.New(), needID, i
	}
	for i := range f.Languages {
		f.Languages[i].NeedID, f.Languages[i].Position = needID, i
	}
	for i := range f.Contributions {
		f.Contributions[i].ID, f.Contributions[i].NeedID, f.Contributions[i].Position = id.New(), needID, i
	}
	for _, rows := range []any{f.Outputs, f.Counterparts, f.Criteria, f.Languages, f.Contributions} {
		if err := tx.Create(rows).Error; err != nil {
			return err
		}
	}
	return nil
}

// review writes the decisions that led the need to its state, by the officers
// whose office it is, and announces each step.
func (l *loader) review(tx *store.Tx, n needs.Need, t terms, officers []record) error {
	ministry := "ministry-" + strings.ToLower(n.Country)
	validator := needs.Review{ByUser: l.officer(officers, "ministry", ministry), ByOrganisation: l.partner[ministry].ID}
	approver := needs.Review{ByUser: l.account["coordinator"], ByOrganisation: l.partner["office"].ID}
	tx.Emit("need.drafted", n.ID, store.Details{"reference": n.Reference})
	var steps []needs.Review
	step := func(by needs.Review, round int, name, outcome, reason string, daysAgo int) {
		by.Round, by.Step, by.Outcome, by.Reason, by.Comments = round, name, outcome, reason, "[]"
		by.At = tx.Now.Add(-time.Duration(daysAgo) * 24 * time.Hour)
		steps = append(steps, by)
	}
	if t.Returned != nil {
		step(validator, 1, "validation", "returned", t.Returned.Reason, 30)
		steps[0].Comments = t.Returned.comments()
	}
	if n.State == needs.Validated || n.State == needs.Published {
		step(validator, n.Round, "validation", "validated", t.Validated, 20)
	}
	if n.State == needs.Published {
		step(approver, n.Round, "approval", "approved", t.Approved, 15)
	}
	if n.State != needs.Draft {
		tx.Emit("need.submitted", n.ID, store.Details{"round": 1})
	}
	for _, s := range steps {
		s.ID, s.NeedID, s.SubmittedBy = id.New(), n.ID, n.SubmittedBy
		if err := tx.Create(&s).Error; err != nil {
			return fmt.Errorf("write the review of %s: %w", n.Reference, err)
		}
		tx.Emit("need."+s.Outcome, n.ID, store.Details{"round": s.Round, "step": s.Step})
	}
	if n.State == needs.Published {
		tx.Emit("need.published", n.ID)
	}
	return nil
}

// comments spells what to mend as the review keeps it.
func (r returned) comments() string {
	var all []needs.Comment
	for _, c := range r.Comments {
		all = append(all, needs.Comment{Field: c[0], Text: c[1]})
	}
	text, _ := json.Marshal(all) // two strings each: always encodes
	return string(text)
}

// officer returns the identifier of the officer of an organisation.
func (l *loader) officer(rows []record, role, organisation string) string {
	for _, r := range rows {
		if r["role"] == role && r["organisation"] == organisation {
			return l.account[r["mailbox"]]
		}
	}
	return ""
}
