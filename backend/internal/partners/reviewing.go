// SPDX-License-Identifier: AGPL-3.0-or-later

package partners

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"gorm.io/gorm"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/files"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/lifecycle"
	"sankofa/backend/internal/store"
)

// dossierIn returns an application with everything that belongs to it.
func dossierIn(tx *store.Tx, ref string) (Dossier, error) {
	var rows []Application
	if err := tx.Where("id = ?", ref).Limit(1).Find(&rows).Error; err != nil {
		return Dossier{}, err
	}
	if len(rows) == 0 {
		return Dossier{}, missing
	}
	all, err := dossiersIn(tx, rows)
	if err != nil {
		return Dossier{}, err
	}
	return all[0], nil
}

// dossiersIn adds to applications what belongs to them.
func dossiersIn(tx *store.Tx, rows []Application) ([]Dossier, error) {
	out := make([]Dossier, 0, len(rows))
	for _, a := range rows {
		d := Dossier{Application: a}
		var err error
		if d.Programme, err = identity.ProgrammeIn(tx, a.ProgrammeID); err != nil {
			return nil, err
		}
		if err := tx.Where("application_id = ?", a.ID).Order("position").Find(&d.Referees).Error; err != nil {
			return nil, err
		}
		if err := tx.Where("application_id = ?", a.ID).Order("round, field").Find(&d.Remarks).Error; err != nil {
			return nil, err
		}
		if d.Papers, err = files.OfApplicationIn(tx, a.ID); err != nil {
			return nil, err
		}
		var ministries, members int64
		err = tx.Raw(`SELECT count(*) FROM organisations o JOIN programme_organisations p ON p.organisation_id = o.id
			WHERE p.programme_id = ? AND o.kind = 'ministry' AND o.country = ? AND o.state = 'APPROVED'`, a.ProgrammeID, a.Country).Scan(&ministries).Error
		if err != nil {
			return nil, err
		}
		d.HasMinistry = ministries > 0
		if a.OrganisationID != nil && offices[a.Kind] != "" {
			if err := tx.Raw(`SELECT count(*) FROM memberships WHERE organisation_id = ?`, *a.OrganisationID).Scan(&members).Error; err != nil {
				return nil, err
			}
			d.Invited = members == 0
		}
		out = append(out, d)
	}
	return out, nil
}

// ScopedIn are the applications that the actor may see: confirmed ones of the own
// programme; for a ministry the hosts of its country; for an administrator all.
func ScopedIn(tx *store.Tx, who identity.Actor) *gorm.DB {
	query := tx.Model(&Application{}).Where("confirmed_at IS NOT NULL")
	switch who.Role {
	case identity.Administrator:
		return query
	case identity.Coordinator:
		return query.Where("programme_id = ?", who.ProgrammeID)
	case identity.Ministry:
		return query.Where("programme_id = ? AND kind = 'host_institution' AND country IN (SELECT country FROM organisations WHERE id = ?)", who.ProgrammeID, who.OrganisationID)
	}
	return query.Where("1 = 0")
}

// acts is who the actor is for the machine.
func acts(who identity.Actor) lifecycle.Who { return lifecycle.Who(who.Role) }

// foundIn returns an application that the actor may see.
func foundIn(tx *store.Tx, who identity.Actor, ref string) (Dossier, error) {
	var rows []Application
	if err := ScopedIn(tx, who).Where("id = ?", ref).Limit(1).Find(&rows).Error; err != nil {
		return Dossier{}, err
	}
	if len(rows) == 0 {
		return Dossier{}, missing
	}
	all, err := dossiersIn(tx, rows)
	if err != nil {
		return Dossier{}, err
	}
	d := all[0]
	d.Can = d.next(acts(who))
	return d, nil
}

// Applications lists those that the actor may see, the newest first; of one state or of all.
func (s *Service) Applications(ctx context.Context, who identity.Actor, of, after string, limit int) ([]Dossier, string, error) {
	var c fault.Check
	c.That(of == "" || slices.Contains(lifecycle.Organisation.States(), lifecycle.State(of)), "state", "state.unknown", "There is no such state.")
	c.That(after == "" || id.Valid(after), "after", "cursor.unknown", "Please start from the first page again.")
	if err := c.Err(); err != nil {
		return nil, "", err
	}
	var out []Dossier
	next := ""
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		query := ScopedIn(tx, who).Order("id DESC").Limit(limit + 1)
		if of != "" {
			query = query.Where("state = ?", of)
		}
		if after != "" {
			query = query.Where("id < ?", after)
		}
		var rows []Application
		if err := query.Find(&rows).Error; err != nil {
			return err
		}
		if len(rows) > limit {
			rows = rows[:limit]
			next = rows[limit-1].ID
		}
		var err error
		out, err = dossiersIn(tx, rows)
		return err
	})
	return out, next, err
}

// Find shows an application.
func (s *Service) Find(ctx context.Context, who identity.Actor, ref string) (Dossier, error) {
	var d Dossier
	err := s.DB.View(ctx, func(tx *store.Tx) (err error) {
		d, err = foundIn(tx, who, ref)
		return err
	})
	return d, err
}

// Paper opens a paper of an application.
func (s *Service) Paper(ctx context.Context, who identity.Actor, ref, fileID string) (files.File, io.ReadCloser, error) {
	d, err := s.Find(ctx, who, ref)
	if err != nil {
		return files.File{}, nil, err
	}
	at := slices.IndexFunc(d.Papers, func(f files.File) bool { return f.ID == fileID })
	if at < 0 {
		return files.File{}, nil, fault.New(fault.Missing, "paper.missing", "This paper does not exist, or it was removed.")
	}
	content, err := s.Files.Read(d.Papers[at])
	return d.Papers[at], content, err
}

// Move is a step that somebody takes with an application.
type Move struct {
	Name    string
	Reason  string
	Remarks []Remark // field and words, for whoever has to mend them
}

// Take takes a step with an application: vouch for it, send it back, let it in, or
// refuse it.
func (s *Service) Take(ctx context.Context, who identity.Actor, ref string, version int, m Move) (Dossier, error) {
	m.Reason = strings.TrimSpace(m.Reason)
	var d Dossier
	err := s.DB.Change(ctx, who.Author(), func(tx *store.Tx) (err error) {
		if d, err = foundIn(tx, who, ref); err != nil {
			return err
		}
		if err := d.allows(who, m.Name); err != nil {
			return err
		}
		if err := m.check(); err != nil {
			return err
		}
		if err := takeIn(tx, who, &d.Application, version, m); err != nil {
			return err
		}
		d, err = foundIn(tx, who, ref)
		return err
	})
	return d, err
}

// allows tells why the actor may not take the step now, or nil.
func (d Dossier) allows(who identity.Actor, name string) error {
	var c fault.Check
	c.That(slices.Contains([]string{"vouch", "return", "approve", "refuse"}, name), "move", "move.unknown", "There is no such step.")
	if err := c.Err(); err != nil {
		return err
	}
	move, ok := lifecycle.Organisation.Find(name, d.State, acts(who))
	if !ok || name == "refuse" && d.State == lifecycle.Approved {
		return state(d.State)
	}
	at := slices.IndexFunc(d.Can, func(n Next) bool { return n.Name == name })
	if !move.May(acts(who)) || at < 0 {
		return fault.New(fault.Denied, "move.denied", "This step is not yours to take, or it was taken already.")
	}
	words := map[lifecycle.Evidence]string{lifecycle.Confirmed: "the first officer has not confirmed the address", lifecycle.Papers: "there is no paper that shows the registration",
		lifecycle.TwoReferees: "there are not two referees", lifecycle.Vouched: "the ministry has not vouched for this institution yet"}
	var lacking []string
	for _, e := range d.Can[at].Missing {
		if word := words[e]; word != "" {
			lacking = append(lacking, word)
		}
	}
	if len(lacking) > 0 {
		return fault.New(fault.Conflict, "organisation.evidence", "This cannot be done yet: %s.", strings.Join(lacking, "; "))
	}
	return nil
}

func (m Move) check() error {
	var c fault.Check
	c.Length(m.Reason, "reason", 0, wordsMost)
	plain(&c, m.Reason, "reason", "\n\t")
	c.That(m.Reason != "" || m.Name != "refuse" && m.Name != "approve" && m.Name != "return", "reason", "reason.missing", "Please give a reason.")
	c.That(m.Name != "return" || len(m.Remarks) > 0, "remarks", "organisation.remarks", "Please say for at least one field what has to be mended.")
	c.That(len(m.Remarks) <= len(Fields), "remarks", "list.long", "Please keep this to %d rows; it has %d.", len(Fields), len(m.Remarks))
	seen := map[string]bool{}
	for i, r := range m.Remarks {
		if i >= len(Fields) {
			break
		}
		at := fmt.Sprintf("remarks[%d].", i)
		c.That(slices.Contains(Fields, r.Field) && !seen[r.Field], at+"field", "field.unknown", "Please name each field once: %s.", strings.Join(Fields, ", "))
		seen[r.Field] = true
		c.Length(strings.TrimSpace(r.Words), at+"words", 1, wordsMost)
		plain(&c, r.Words, at+"words", "\n\t")
	}
	return c.Err()
}

// takeIn carries a step out that was checked.
func takeIn(tx *store.Tx, who identity.Actor, a *Application, version int, m Move) error {
	switch m.Name {
	case "vouch":
		a.VouchedBy, a.VouchedAt = who.UserID, &tx.Now
		tx.Emit("organisation.vouched", a.ID)
	case "return":
		a.State, a.Reason, a.DecidedBy = lifecycle.Returned, m.Reason, who.UserID
		for _, r := range m.Remarks {
			row := Remark{ApplicationID: a.ID, Round: a.Round, Field: r.Field, Words: strings.TrimSpace(r.Words), ByUser: who.UserID, At: tx.Now}
			if err := tx.Create(&row).Error; err != nil {
				return err
			}
		}
		tx.Emit("organisation.returned", a.ID)
	case "refuse":
		a.State, a.Reason, a.DecidedBy = lifecycle.Closed, m.Reason, who.UserID
		tx.Emit("organisation.refused", a.ID)
	case "approve":
		o, err := identity.FoundOrganisationIn(tx, identity.Organisation{Kind: a.Kind, Name: a.Name, Country: a.Country, Place: a.Place,
			Website: a.Website, Summary: a.Summary}, a.ProgrammeID)
		if err != nil {
			return err
		}
		a.State, a.Reason, a.DecidedBy, a.OrganisationID = lifecycle.Approved, m.Reason, who.UserID, &o.ID
		welcomeIn(tx, *a)
	}
	return saveIn(tx, a, version)
}

// welcomeIn announces that an organisation was let in: its first officer gets a link
// to an office, where there is one.
func welcomeIn(tx *store.Tx, a Application) {
	if offices[a.Kind] == "" {
		tx.Emit("organisation.listed", a.ID)
		return
	}
	tx.Emit("organisation.welcomed", a.ID)
}

// Invite sends the first officer of an approved organisation the link once more.
func (s *Service) Invite(ctx context.Context, who identity.Actor, ref string) (Dossier, error) {
	var d Dossier
	err := s.DB.Change(ctx, who.Author(), func(tx *store.Tx) (err error) {
		if d, err = foundIn(tx, who, ref); err != nil {
			return err
		}
		if !who.Is(identity.Coordinator, identity.Administrator) {
			return missing
		}
		if !d.Invited {
			return fault.New(fault.Conflict, "office.taken", "There is nobody to invite: the organisation is not approved, has no office here, or has an officer already.")
		}
		welcomeIn(tx, d.Application)
		return nil
	})
	return d, err
}
