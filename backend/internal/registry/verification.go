// SPDX-License-Identifier: AGPL-3.0-or-later

package registry

import (
	"context"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/store"
)

// CaseState is where the verification of a credential at its source stands
// (feature 28).
type CaseState string

// The states of a case.
const (
	Requested    CaseState = "REQUESTED"
	SentToSource CaseState = "SENT_TO_SOURCE"
	Verified     CaseState = "CONFIRMED"
	Discrepant   CaseState = "DISCREPANT"
	Unreachable  CaseState = "UNREACHABLE"
	Lapsed       CaseState = "EXPIRED"
)

// CaseStates lists them all.
var CaseStates = []CaseState{Requested, SentToSource, Verified, Discrepant, Unreachable, Lapsed}

// nextOf lists the only transitions; what is not here cannot happen. An answer
// that was wrong is asked about again: it goes back to the source.
var nextOf = map[CaseState][]CaseState{
	Requested:    {SentToSource},
	SentToSource: {Verified, Discrepant, Unreachable},
	Unreachable:  {SentToSource, Lapsed},
	Discrepant:   {SentToSource},
	Verified:     {Lapsed},
	Lapsed:       {},
}

// Case is one row: a question to whoever issued a credential.
type Case struct {
	ID             string
	ProfessionalID string
	Credential     string // "licence" or "education"
	Body           string // the council or the school
	Number         string
	Country        string
	Title          string
	State          CaseState
	Reference      string // the source's own
	ProgrammeID    string
	OpenedBy       string
	OpenedAt       time.Time
	ValidUntil     day.Day // of what was confirmed
	Version        int
	UpdatedAt      time.Time
}

// TableName names the table for GORM.
func (Case) TableName() string { return "verification_cases" }

// Next returns what the case may become.
func (c Case) Next() []CaseState { return nextOf[c.State] }

// CaseStep is one row: what somebody did.
type CaseStep struct {
	ID             string
	CaseID         string
	State          CaseState
	Note           string
	Reference      string
	ByUser         string
	ByOrganisation string
	At             time.Time
}

// TableName names the table for GORM.
func (CaseStep) TableName() string { return "verification_steps" }

// CaseView is a case as a reader sees it: the person sees the state and the notes
// that say what the source answered, an officer also who did what.
type CaseView struct {
	Case
	Pseudonym string
	Name      string // only for who may know it
	Steps     []CaseStep
	By        map[string]identity.Organisation // of the steps
	Can       bool                             // the reader may take the next step
}

// casesOf limits a query to the cases that the actor may see: the person's own,
// and those of the programme's people for coordinators and professional councils.
func casesOf(tx *store.Tx, who identity.Actor) *gorm.DB {
	query := tx.Model(&Case{})
	switch who.Role {
	case identity.Professional:
		return query.Where("professional_id = ? AND professional_id <> ''", who.ProfessionalID)
	case identity.Coordinator:
		return query.Where("professional_id IN (SELECT professional_id FROM professional_programmes WHERE programme_id = ?)", who.ProgrammeID)
	}
	return query.Where("1 = 0")
}

// Credential names a licence or an education of a profile.
type Credential struct {
	Kind                         string
	Body, Number, Country, Title string
}

// OpenCase asks for the verification of one credential of the profile.
func (s *Service) OpenCase(ctx context.Context, who identity.Actor, ref string, wanted Credential, note string) (string, error) {
	made := id.New()
	err := s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		if !who.Is(identity.Coordinator) {
			return missing
		}
		found, err := s.findIn(tx, who, ref)
		if err != nil {
			return err
		}
		p, err := LockIn(tx, found.ID)
		if err != nil {
			return err
		}
		row, err := caseOf(&p, wanted)
		if err != nil {
			return err
		}
		row.ID, row.State, row.ProgrammeID, row.OpenedBy, row.OpenedAt, row.UpdatedAt, row.Version = made, Requested, who.ProgrammeID, who.UserID, tx.Now, tx.Now, 1
		if err := tx.Create(&row).Error; err != nil {
			return err
		}
		tx.Emit("verification.requested", made, store.Details{"professional": p.ID})
		return stepIn(tx, who, row, note, "")
	})
	if fault.HasCode(err, "duplicate") {
		return "", fault.New(fault.Conflict, "verification.open", "A case is open for this already.")
	}
	return made, err
}

// caseOf writes down the credential as it stands.
func caseOf(p *Profile, wanted Credential) (Case, error) {
	row := Case{ProfessionalID: p.ID, Credential: wanted.Kind}
	key := Fold(strings.Join([]string{wanted.Country, wanted.Body, wanted.Number}, "|"))
	switch wanted.Kind {
	case "licence":
		for _, l := range p.Licences {
			// A reader who sees no numbers names the licence by its council alone.
			if LicenceKey(l) == key || wanted.Number == "" && Fold(l.Country+l.Body) == Fold(wanted.Country+wanted.Body) {
				row.Body, row.Number, row.Country, row.ValidUntil = l.Body, l.Number, l.Country, l.ValidUntil
				return row, nil
			}
		}
	case "education":
		for _, e := range p.Education {
			if Fold(e.Institution) == Fold(clean(wanted.Body)) && Fold(e.Title) == Fold(clean(wanted.Title)) {
				row.Body, row.Title, row.Country = e.Institution, e.Title, e.Country
				return row, nil
			}
		}
	}
	var c fault.Check
	c.That(false, "credential", "verification.unknown", "The profile has no such credential. Please choose one of it.")
	return row, c.Err()
}

// Cases returns the cases that the actor may see, newest first.
func (s *Service) Cases(ctx context.Context, who identity.Actor, state CaseState, after string, limit int) ([]CaseView, string, error) {
	limit = min(max(limit, 1), 100)
	var c fault.Check
	c.That(after == "" || id.Valid(after), "after", "cursor.unknown", "Please start from the first page again.")
	c.That(state == "" || slices.Contains(CaseStates, state), "state", "field.unknown", "There is no such state.")
	if err := c.Err(); err != nil {
		return nil, "", err
	}
	var out []CaseView
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		query := casesOf(tx, who).Order("id DESC").Limit(limit + 1)
		if after != "" {
			query = query.Where("id < ?", after)
		}
		if state != "" {
			query = query.Where("state = ?", state)
		}
		var rows []Case
		if err := query.Find(&rows).Error; err != nil {
			return err
		}
		var err error
		out, err = s.caseViewsIn(tx, who, rows)
		return err
	})
	if err != nil || len(out) <= limit {
		return out, "", err
	}
	return out[:limit], out[limit-1].ID, nil
}

// FindCase returns one of them.
func (s *Service) FindCase(ctx context.Context, who identity.Actor, ref string) (CaseView, error) {
	var out []CaseView
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		row, err := caseIn(tx, who, ref)
		if err != nil {
			return err
		}
		out, err = s.caseViewsIn(tx, who, []Case{row})
		return err
	})
	if err != nil {
		return CaseView{}, err
	}
	if !who.Is(identity.Professional) {
		s.Audit.Viewed(who, []string{out[0].ProfessionalID}, "credential", "")
	}
	return out[0], nil
}

func caseIn(tx *store.Tx, who identity.Actor, ref string) (Case, error) {
	var rows []Case
	if err := casesOf(tx, who).Where("id = ?", ref).Limit(1).Find(&rows).Error; err != nil {
		return Case{}, err
	}
	if len(rows) == 0 {
		return Case{}, fault.New(fault.Missing, "verification.missing", "There is no such case.")
	}
	return rows[0], nil
}

// caseViewsIn adds the steps and whose case it is.
func (s *Service) caseViewsIn(tx *store.Tx, who identity.Actor, rows []Case) ([]CaseView, error) {
	var cases, people, organisations []string
	for _, row := range rows {
		cases, people = append(cases, row.ID), append(people, row.ProfessionalID)
	}
	var steps []CaseStep
	if err := tx.Where("case_id IN ?", cases).Order("at, id").Find(&steps).Error; err != nil {
		return nil, err
	}
	for _, step := range steps {
		organisations = append(organisations, step.ByOrganisation)
	}
	by, err := identity.OrganisationsIn(tx, organisations)
	if err != nil {
		return nil, err
	}
	known, err := s.nameKnownIn(tx, who, people)
	if err != nil {
		return nil, err
	}
	profiles, err := ProfilesIn(tx, people)
	if err != nil {
		return nil, err
	}
	of := map[string]*Profile{}
	for i := range profiles {
		of[profiles[i].ID] = &profiles[i]
	}
	out := make([]CaseView, len(rows))
	for i, row := range rows {
		out[i] = CaseView{Case: row, By: by, Can: who.Is(identity.Coordinator)}
		if p := of[row.ProfessionalID]; p != nil {
			out[i].Pseudonym = p.Pseudonym
			if known[p.ID] || who.Is(identity.Professional) {
				out[i].Name = fullName(&p.Professional)
			}
		}
		for _, step := range steps {
			if step.CaseID == row.ID {
				out[i].Steps = append(out[i].Steps, step)
			}
		}
	}
	return out, nil
}

// CaseMove is what somebody does with a case.
type CaseMove struct {
	To         CaseState
	Note       string
	Reference  string
	ValidUntil day.Day // of what was confirmed; empty: as the credential says
}

// MoveCase takes a case one step further, and writes down who did it and what the
// source said.
func (s *Service) MoveCase(ctx context.Context, who identity.Actor, ref string, version int, m CaseMove) (CaseView, error) {
	m.Note, m.Reference = clean(m.Note), clean(m.Reference)
	err := s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		if !who.Is(identity.Coordinator) {
			return missing
		}
		row, err := caseIn(tx, who, ref)
		if err != nil {
			return err
		}
		if row.Version != version {
			return stale
		}
		if err := row.Move(m); err != nil {
			return err
		}
		row.UpdatedAt = tx.Now
		tx.Emit("verification."+strings.ToLower(string(m.To)), row.ID, store.Details{"professional": row.ProfessionalID})
		if err := store.Saved(tx.Model(&Case{}).Where("id = ? AND version = ?", row.ID, version).Select("*").Updates(&row)); err != nil {
			return err
		}
		return stepIn(tx, who, row, m.Note, m.Reference)
	})
	if err != nil {
		return CaseView{}, err
	}
	return s.FindCase(ctx, who, ref)
}

// Move changes the state, where the way leads there.
func (c *Case) Move(m CaseMove) error {
	if !slices.Contains(nextOf[c.State], m.To) {
		return fault.New(fault.Conflict, "verification.way", "A case that is %s cannot become %s.", c.State, m.To)
	}
	var check fault.Check
	check.Length(m.Note, "note", 0, summaryMost)
	check.That(plain(m.Note, "\n\t"), "note", "field.control", "Please remove invisible characters.")
	check.Length(m.Reference, "reference", 0, lineMost)
	check.That(plain(m.Reference, ""), "reference", "field.control", "Please remove line breaks and invisible characters.")
	check.That(m.ValidUntil == "" || m.ValidUntil.Valid(), "validUntil", "date.impossible", "This date does not exist; write it as YYYY-MM-DD.")
	said := m.To != Verified && m.To != Discrepant || m.Reference != "" || m.Note != ""
	check.That(said, "note", "verification.silent", "Please write down what the source answered, or its reference.")
	if err := check.Err(); err != nil {
		return err
	}
	c.State = m.To
	c.Version++
	if m.Reference != "" {
		c.Reference = m.Reference
	}
	if m.ValidUntil != "" {
		c.ValidUntil = m.ValidUntil
	}
	return nil
}

func stepIn(tx *store.Tx, who identity.Actor, row Case, note, reference string) error {
	return tx.Create(&CaseStep{ID: id.New(), CaseID: row.ID, State: row.State, Note: clean(note), Reference: reference,
		ByUser: who.UserID, ByOrganisation: who.OrganisationID, At: tx.Now}).Error
}

// LapseCases ends the cases whose credential is over: what was confirmed once says
// nothing of today.
func (s *Service) LapseCases(ctx context.Context) error {
	var due []Case
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		return tx.Where("state = ? AND valid_until < ?", Verified, tx.Today()).Order("id").Limit(100).Find(&due).Error
	})
	if err != nil || len(due) == 0 {
		return err
	}
	return s.DB.Change(ctx, store.System, func(tx *store.Tx) error {
		for _, row := range due {
			read := row.Version
			if err := row.Move(CaseMove{To: Lapsed}); err != nil {
				return err
			}
			row.UpdatedAt = tx.Now
			tx.Emit("verification.expired", row.ID, store.Details{"professional": row.ProfessionalID})
			if err := store.Saved(tx.Model(&Case{}).Where("id = ? AND version = ?", row.ID, read).Select("*").Updates(&row)); err != nil {
				return err
			}
			if err := stepIn(tx, identity.Actor{UserID: store.System.UserID}, row, "", ""); err != nil {
				return err
			}
		}
		return nil
	})
}
