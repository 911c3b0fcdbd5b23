// SPDX-License-Identifier: AGPL-3.0-or-later

package tasks

import (
	"cmp"
	"fmt"
	"time"

	"gorm.io/gorm"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/lifecycle"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/placements"
	"sankofa/backend/internal/selection"
	"sankofa/backend/internal/store"
)

// endOf is the last moment of a day.
func endOf(d day.Day) time.Time { return d.Time().AddDate(0, 0, 1).Add(-time.Second) }

// needsIn finds needs that wait.
func needsIn(tx *store.Tx, s scope) ([]Task, error) {
	query := needs.ScopedIn(tx, s.who)
	if s.timer {
		query = tx.Model(&needs.Need{})
	}
	var found []needs.Need
	if err := s.oldest(query, Need).Omit("background", "objectives").Find(&found).Error; err != nil || len(found) == 0 {
		return nil, err
	}
	ids, hosts := make([]string, len(found)), make([]string, len(found))
	for i, n := range found {
		ids[i], hosts[i] = n.ID, n.OrganisationID
	}
	steps, err := stepsIn(tx, ids)
	if err != nil {
		return nil, err
	}
	organisations, err := identity.OrganisationsIn(tx, hosts)
	if err != nil {
		return nil, err
	}
	rules, all := of(Need), make([]Task, 0, len(found))
	for _, n := range found {
		rule := rules[lifecycle.State(n.State)]
		t := Task{Kind: rule.Kind, Record: Need, ID: n.ID, Reference: n.Reference, Title: n.Title, Language: n.Language,
			Organisation: organisations[n.OrganisationID].Name, On: rule.On, Mine: s.on(rule.On), need: n.ID, state: string(n.State),
			Since: since(steps[n.ID], string(n.State), n.UpdatedAt)}
		t.Due = rule.after(t.Since)
		if rule.Days == 0 {
			if n.ClosesOn == "" { // a call without an end waits for nobody
				continue
			}
			t.Due = endOf(n.ClosesOn)
		}
		all = append(all, t)
	}
	return all, nil
}

// oldest narrows a query to the records that wait, the longest waiting first.
func (s scope) oldest(query *gorm.DB, record Record) *gorm.DB {
	if s.record != "" {
		query = query.Where("id = ?", s.record)
	}
	return query.Where("state IN ?", append([]lifecycle.State{""}, s.wanted(record)...)).Order("updated_at, id").Limit(most)
}

// candidaciesIn finds candidacies that wait.
func candidaciesIn(tx *store.Tx, s scope) ([]Task, error) {
	query := selection.ScopedIn(tx, s.who)
	if s.timer {
		query = tx.Model(&selection.Candidacy{})
	}
	var found []selection.Candidacy
	if err := s.oldest(query, Candidacy).Omit("profile").Find(&found).Error; err != nil || len(found) == 0 {
		return nil, err
	}
	ids := make([]string, len(found))
	for i, c := range found {
		ids[i] = c.ID
	}
	steps, err := stepsIn(tx, ids)
	if err != nil {
		return nil, err
	}
	named, err := selection.NamedIn(tx, ids)
	if err != nil {
		return nil, err
	}
	var lent map[string]string // officers for whom the reader may act
	if len(named) > 0 && !s.timer {
		if lent, err = identity.LentIn(tx, s.who.UserID); err != nil {
			return nil, err
		}
	}
	rules, all := of(Candidacy), make([]Task, len(found))
	for i, c := range found {
		rule := rules[lifecycle.State(c.State)]
		t := Task{Kind: rule.Kind, Record: Candidacy, ID: c.ID, On: rule.On, Mine: s.on(rule.On), need: c.NeedID, professional: c.ProfessionalID, state: string(c.State),
			Since: since(steps[c.ID], string(c.State), c.UpdatedAt)}
		t.Due = rule.after(t.Since)
		if rule.Days == 0 && c.AnswerBy != nil {
			t.Due = *c.AnswerBy
		}
		if c.DecideBy != nil { // by the chain that the candidacy began with
			t.Due = *c.DecideBy
		}
		t.reach(s.who, named[c.ID], lent)
		if !t.Mine && s.who.Is(identity.Professional, identity.Association) {
			t.veil(c, steps[c.ID])
		}
		all[i] = t
	}
	if !s.named {
		return all, nil
	}
	return all, namedIn(tx, s, found, all)
}

// reach leaves a decision with the officers whom the chain names for it, and with
// whoever acts for one of them.
func (t *Task) reach(who identity.Actor, named []selection.Approver, lent map[string]string) {
	if !t.Mine || len(named) == 0 {
		return
	}
	t.Mine = false
	for _, one := range named {
		if one.UserID == who.Office() {
			t.Mine, t.For = true, ""
			return
		}
		if name, may := lent[one.UserID]; may && t.For == "" {
			t.Mine, t.For = true, name
		}
	}
}

// veil leaves the person and the association what they are told: a status. On whom
// exactly it waits, and since which decision, is not theirs to read.
func (t *Task) veil(c selection.Candidacy, steps []step) {
	status := c.State.Status()
	t.Kind, t.outside = "candidacy.status."+string(status), true
	t.On = only(lifecycle.Coordinator)
	if status == selection.StatusNominated {
		t.On = only(lifecycle.Professional)
	}
	for i := len(steps) - 1; i >= 0 && selection.State(steps[i].to).Status() == status; i-- {
		t.Since = steps[i].at
	}
	t.Due = cmp.Or(later(c.AnswerBy, t), t.Since.AddDate(0, 0, 60))
}

// later is the date of an answer where the reader may know it.
func later(at *time.Time, t *Task) time.Time {
	if at == nil || t.Kind != "candidacy.status.nominated" && t.Kind != "candidacy.status.offer" {
		return time.Time{}
	}
	return *at
}

// namedIn adds what the reader may know of candidacies.
func namedIn(tx *store.Tx, s scope, found []selection.Candidacy, all []Task) error {
	views, err := selection.ViewsIn(tx, s.who, found)
	if err != nil {
		return err
	}
	for i, v := range views {
		all[i].Title, all[i].Language, all[i].Reference, all[i].Organisation = v.Need.Title, v.Need.Language, v.Need.Reference, v.Organisation.Name
		all[i].Person = cmp.Or(v.Name, v.Pseudonym)
		if v.Name == "" {
			all[i].professional = ""
		}
	}
	return nil
}

// placementsIn finds placements that wait, and the reports that they lack.
func placementsIn(tx *store.Tx, s scope) ([]Task, error) {
	query := placements.ScopedIn(tx, s.who)
	if s.timer {
		query = tx.Model(&placements.Placement{})
	}
	if s.record != "" {
		query = query.Where("id = ?", s.record)
	}
	var found []placements.Placement
	err := query.Where("state NOT IN ?", []placements.State{placements.Closed, placements.Cancelled}).Order("from_on, id").Limit(most).Find(&found).Error
	if err != nil || len(found) == 0 {
		return nil, err
	}
	ids := make([]string, len(found))
	for i, p := range found {
		ids[i] = p.ID
	}
	steps, err := stepsIn(tx, ids)
	if err != nil {
		return nil, err
	}
	missing, err := placements.AwaitedIn(tx, found)
	if err != nil {
		return nil, err
	}
	rules, kept, all := of(Placement), []placements.Placement{}, []Task{}
	for _, p := range found {
		came := since(steps[p.ID], string(p.State), p.UpdatedAt)
		for _, t := range append(stepTasks(p, rules, came), reportTasks(p, missing[p.ID], came)...) {
			t.Mine = s.on(t.On)
			if (t.Mine || s.others || s.timer) && !t.Since.After(tx.Now) {
				all, kept = append(all, t), append(kept, p)
			}
		}
	}
	if !s.named || len(all) == 0 {
		return all, nil
	}
	return all, visitedIn(tx, s, kept, all)
}

// stepTasks is the step that a placement waits for, if it waits for one.
func stepTasks(p placements.Placement, rules map[lifecycle.State]Rule, came time.Time) []Task {
	rule, waits := rules[lifecycle.State(p.State)]
	if !waits {
		return nil
	}
	t := ofPlacement(p, rule.Kind, rule.On, came)
	t.Due = rule.after(came)
	switch rule.Kind {
	case "placement.clear":
		t.Due = endOf(p.From.Add(-clearDays))
	case "placement.depart":
		t.Due = endOf(p.From)
	case "placement.arrive":
		t.Due = endOf(p.From.Add(arriveDays))
	case "placement.follow_up":
		t.Due = endOf(day.Of(p.To.Time().AddDate(1, 0, 0)).Add(followDays))
	}
	return []Task{t}
}

// ofPlacement begins a task about a placement.
func ofPlacement(p placements.Placement, kind string, on []lifecycle.Who, since time.Time) Task {
	return Task{Kind: kind, Record: Placement, ID: p.ID, Reference: p.Reference, On: on, Since: since, need: p.NeedID,
		professional: p.ProfessionalID, state: string(p.State)}
}

// reportTasks are the reports that each side is asked for and has not given. A note
// that may be written while the stay goes on is a task once it is due.
func reportTasks(p placements.Placement, missing []placements.Awaited, came time.Time) []Task {
	var all []Task
	for _, one := range missing {
		if one.From == "" { // asked for by the step that needs it
			continue
		}
		t := ofPlacement(p, "report."+string(one.Kind), only(lifecycle.Who(one.Role)), one.From.Time())
		days := reportDays
		if one.Kind == placements.MidtermPerson || one.Kind == placements.MidtermHost || one.Kind == placements.HandoverNote {
			days = midtermDays
		}
		t.Due = endOf(one.From.Add(days))
		all = append(all, t)
	}
	return all
}

// visitedIn adds what the reader may know of placements.
func visitedIn(tx *store.Tx, s scope, found []placements.Placement, all []Task) error {
	views, err := placements.ViewsIn(tx, s.who, found)
	if err != nil {
		return fmt.Errorf("show placements: %w", err)
	}
	for i, v := range views {
		all[i].Title, all[i].Organisation, all[i].Person = v.NeedTitle, v.Organisation.Name, cmp.Or(v.Name, v.Pseudonym)
		if v.Name == "" {
			all[i].professional = ""
		}
	}
	return nil
}
