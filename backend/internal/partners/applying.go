// SPDX-License-Identifier: AGPL-3.0-or-later

package partners

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"time"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/files"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/lifecycle"
	"sankofa/backend/internal/store"
)

// Service knows the partners of programmes and those who want to be.
type Service struct {
	DB       *store.DB
	Codes    Codes
	Files    *files.Service
	Identity *identity.Service
}

// Times of an application.
const (
	repeatPause  = 10 * time.Minute     // between two mails with the link of the same application
	unconfirmed  = 14 * 24 * time.Hour  // then one that nobody confirmed is thrown away
	unanswered   = 90 * 24 * time.Hour  // then one that was sent back and not mended is closed
	closedIsKept = 365 * 24 * time.Hour // then what was refused is thrown away
)

// missing is also what people are told about what they may not see.
var missing = fault.New(fault.Missing, "application.missing", "This application does not exist, or it is not yours to see.")

// Apply asks for an organisation to take part. The answer is the same whether or
// not the address has asked before: the mail tells, and holds the link.
func (s *Service) Apply(ctx context.Context, f Form) (string, error) {
	f.tidy()
	made := ""
	err := s.DB.Change(ctx, store.Stranger, func(tx *store.Tx) error {
		p, err := servedIn(tx, f.Programme)
		if err != nil {
			return err
		}
		if err := f.check(s.Codes, p.Countries); err != nil {
			return err
		}
		if err := notThereIn(tx, p.ID, f); err != nil {
			return err
		}
		var open []Application
		err = tx.Where("programme_id = ? AND officer_email = ? AND state IN ?", p.ID, f.OfficerEmail, []lifecycle.State{lifecycle.Applied, lifecycle.Returned}).
			Order("id").Limit(1).Find(&open).Error
		if err != nil {
			return err
		}
		if len(open) > 0 {
			made = open[0].ID
			return repeatIn(tx, open[0])
		}
		a := Application{ID: id.New(), ProgrammeID: p.ID, State: lifecycle.Applied, Round: 1, Version: 1, CreatedAt: tx.Now, UpdatedAt: tx.Now}
		a.fill(f)
		made = a.ID
		tx.Emit("organisation.asked", a.ID)
		if err := tx.Create(&a).Error; err != nil {
			return err
		}
		return writeRefereesIn(tx, a.ID, f.Referees)
	})
	return made, err
}

// servedIn finds the programme that is asked.
func servedIn(tx *store.Tx, code string) (identity.Programme, error) {
	var found []identity.Programme
	if err := tx.Where("code = ?", code).Limit(1).Find(&found).Error; err != nil {
		return identity.Programme{}, err
	}
	var c fault.Check
	c.That(len(found) == 1, "programme", "programme.missing", "Please choose a programme from the list.")
	if err := c.Err(); err != nil {
		return identity.Programme{}, err
	}
	return identity.ProgrammeIn(tx, found[0].ID)
}

// notThereIn refuses an organisation that takes part already; the directory says so too.
func notThereIn(tx *store.Tx, programmeID string, f Form) error {
	var n int64
	err := tx.Raw(`SELECT count(*) FROM organisations o JOIN programme_organisations p ON p.organisation_id = o.id
		WHERE p.programme_id = ? AND o.kind = ? AND o.country = ? AND lower(o.name) = ? AND o.state = 'APPROVED'`,
		programmeID, f.Kind, f.Country, strings.ToLower(f.Name)).Scan(&n).Error
	if err != nil {
		return err
	}
	var c fault.Check
	c.That(n == 0, "name", "organisation.exists", "This organisation takes part already. Please ask a colleague there for an account.")
	return c.Err()
}

// repeatIn sends the link again, at most every ten minutes.
func repeatIn(tx *store.Tx, a Application) error {
	if tx.Now.Sub(a.UpdatedAt) < repeatPause {
		tx.Emit("organisation.ask_noted", a.ID)
		return nil
	}
	tx.Emit("organisation.asked", a.ID)
	return tx.Model(&Application{}).Where("id = ?", a.ID).Update("updated_at", tx.Now).Error
}

func writeRefereesIn(tx *store.Tx, applicationID string, all []Referee) error {
	if err := tx.Where("application_id = ?", applicationID).Delete(&Referee{}).Error; err != nil {
		return err
	}
	rows := slices.Clone(all)
	for i := range rows {
		rows[i].ApplicationID, rows[i].Position = applicationID, i
	}
	return tx.Create(&rows).Error
}

// linkedIn finds the application of a link.
func linkedIn(tx *store.Tx, secret string) (Dossier, error) {
	link, err := identity.UsableIn(tx, identity.LinkApplication, secret)
	if err != nil {
		return Dossier{}, err
	}
	return dossierIn(tx, link.Subject)
}

// Open shows the first officer where their application stands. Opening it the first
// time confirms the address: from then on it is looked at.
func (s *Service) Open(ctx context.Context, secret string) (Dossier, error) {
	var d Dossier
	err := s.DB.View(ctx, func(tx *store.Tx) (err error) {
		d, err = linkedIn(tx, secret)
		return err
	})
	if err == nil && d.ConfirmedAt == nil {
		err = s.DB.Change(ctx, store.Stranger, func(tx *store.Tx) error {
			tx.Emit("organisation.applied", d.ID)
			d.ConfirmedAt = &tx.Now
			return tx.Model(&Application{}).Where("id = ? AND confirmed_at IS NULL", d.ID).Update("confirmed_at", tx.Now).Error
		})
	}
	d.Can = d.next(lifecycle.Applicant)
	return d, err
}

// Resend sends an application again that was sent back, as it was mended. The address
// of the first officer is proved, and stays.
func (s *Service) Resend(ctx context.Context, secret string, version int, f Form) (Dossier, error) {
	f.tidy()
	var d Dossier
	err := s.DB.Change(ctx, store.Stranger, func(tx *store.Tx) (err error) {
		if d, err = linkedIn(tx, secret); err != nil {
			return err
		}
		if _, ok := lifecycle.Organisation.Find("resend", d.State, lifecycle.Applicant); !ok {
			return state(d.State)
		}
		f.OfficerEmail, f.Programme = d.OfficerEmail, d.Programme.Code
		if err := f.check(s.Codes, d.Programme.Countries); err != nil {
			return err
		}
		a := d.Application
		a.fill(f)
		a.State, a.Round, a.VouchedBy, a.VouchedAt = lifecycle.Applied, a.Round+1, "", nil
		tx.Emit("organisation.applied", a.ID)
		if err := saveIn(tx, &a, version); err != nil {
			return err
		}
		if err := writeRefereesIn(tx, a.ID, f.Referees); err != nil {
			return err
		}
		d, err = dossierIn(tx, a.ID)
		return err
	})
	d.Can = d.next(lifecycle.Applicant)
	return d, err
}

// AddPaper keeps a certificate or another paper of the organisation, encrypted.
func (s *Service) AddPaper(ctx context.Context, secret, name string, content []byte) (files.File, error) {
	var f files.File
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		_, err := openPapersIn(tx, secret)
		return err
	})
	if err != nil {
		return f, err
	}
	w, err := s.Files.Write(ctx, files.Upload{Name: name, Body: bytes.NewReader(content), Most: MostBytes, Allowed: files.Papers})
	if err != nil {
		return f, err
	}
	err = s.DB.Change(ctx, store.Stranger, func(tx *store.Tx) error {
		d, err := openPapersIn(tx, secret)
		if err != nil {
			return err
		}
		if len(d.Papers) >= papersMost {
			return fault.New(fault.Conflict, "application.papers", "There are %d papers already. Please remove one first.", papersMost)
		}
		f, err = s.Files.KeepIn(tx, w, files.Owner{ApplicationID: d.ID}, files.Document, store.Stranger)
		return err
	})
	if err != nil {
		s.Files.Discard(w)
	}
	return f, err
}

// RemovePaper destroys a paper while the application is still looked at.
func (s *Service) RemovePaper(ctx context.Context, secret, fileID string) error {
	return s.DB.Change(ctx, store.Stranger, func(tx *store.Tx) error {
		d, err := openPapersIn(tx, secret)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(d.Papers, func(f files.File) bool { return f.ID == fileID }) {
			return fault.New(fault.Missing, "paper.missing", "This paper does not exist, or it was removed already.")
		}
		return files.DeleteIn(tx, fileID)
	})
}

// openPapersIn finds the application of a link while its papers may change.
func openPapersIn(tx *store.Tx, secret string) (Dossier, error) {
	d, err := linkedIn(tx, secret)
	if err == nil && d.State != lifecycle.Applied && d.State != lifecycle.Returned {
		err = state(d.State)
	}
	return d, err
}

// state says that a step is not one of this state.
func state(s lifecycle.State) error {
	return fault.New(fault.Conflict, "organisation.state", "This is not possible while it is %s. Please reload to see where it stands.", strings.ToLower(string(s)))
}

// saveIn writes a changed application, unless somebody was faster.
func saveIn(tx *store.Tx, a *Application, version int) error {
	a.Version, a.UpdatedAt = version+1, tx.Now
	return store.Saved(tx.Model(&Application{}).Where("id = ? AND version = ?", a.ID, version).Select("*").Updates(a))
}

// Tick throws away what nobody confirmed, closes what nobody mended, and forgets what
// was refused a year ago.
func (s *Service) Tick(ctx context.Context) error {
	now := s.DB.Now()
	var due []Application
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		return tx.Where("(confirmed_at IS NULL AND created_at < ?) OR (state = ? AND updated_at < ?) OR (state = ? AND updated_at < ?)", now.Add(-unconfirmed),
			lifecycle.Returned, now.Add(-unanswered), lifecycle.Closed, now.Add(-closedIsKept)).Order("id").Limit(100).Find(&due).Error
	})
	for i := 0; err == nil && i < len(due); i++ {
		a := due[i]
		err = s.DB.Change(ctx, store.System, func(tx *store.Tx) error {
			if a.State == lifecycle.Returned {
				a.State, a.Reason = lifecycle.Closed, lapsed
				tx.Emit("organisation.refused", a.ID)
				return saveIn(tx, &a, a.Version)
			}
			tx.Emit("organisation.application_forgotten", a.ID)
			if err := files.ForgetApplicationIn(tx, a.ID); err != nil {
				return err
			}
			return tx.Where("id = ?", a.ID).Delete(&Application{}).Error
		})
		if fault.Is(err, fault.Conflict) {
			err = nil // somebody was at it; next time
		}
	}
	return err
}

// lapsed stands as the reason of what was closed because nobody answered.
const lapsed = "Nothing was mended for ninety days."
