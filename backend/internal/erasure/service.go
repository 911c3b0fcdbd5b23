// SPDX-License-Identifier: AGPL-3.0-or-later

package erasure

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/inventory"
	"sankofa/backend/internal/privacy"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/selection"
	"sankofa/backend/internal/store"
)

// Service erases people.
type Service struct {
	DB      *store.DB
	Privacy *privacy.Service
	// Prove checks the password of who asks; nil: nobody's is asked for.
	Prove func(ctx context.Context, who identity.Actor, password string) error
	// Grace is how long one may change one's mind; zero: the usual.
	Grace time.Duration
	// Reindex builds the index anew and leaves nothing of the old one behind.
	Reindex func(ctx context.Context) error
	// Forget are what other packages do for a person who goes, in the same
	// transaction: what the inventory cannot say, such as files.
	Forget []func(tx *store.Tx, professionalID string) error
	// Sweep removes what is left outside the database once the transaction is
	// committed: files, outboxes.
	Sweep []func(ctx context.Context, professionalIDs []string) error
	// Tell writes the tombstones where a restored backup finds them.
	Tell func(stones []Tombstone) error
	Log  *slog.Logger
}

func (s *Service) grace() time.Duration {
	if s.Grace > 0 {
		return s.Grace
	}
	return Grace
}

// mine returns who wants to go: the person themselves.
func mine(who identity.Actor) (string, error) {
	if !who.Is(identity.Professional) || who.ProfessionalID == "" {
		return "", missing()
	}
	return who.ProfessionalID, nil
}

// Preview tells the person what goes, what stays and why.
func (s *Service) Preview(ctx context.Context, who identity.Actor) (Preview, error) {
	professionalID, err := mine(who)
	if err != nil {
		return Preview{}, err
	}
	out := Preview{Due: s.DB.Now().Add(s.grace()), Days: int(s.grace() / (24 * time.Hour))}
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		p, err := personIn(tx, professionalID)
		if err != nil {
			return err
		}
		if out.Standing, err = openIn(tx, p.ID); err != nil {
			return err
		}
		if out.Placed, err = placementsIn(tx, p.ID); err != nil {
			return err
		}
		if out.Officer, err = officerIn(tx, p.UserID); err != nil {
			return err
		}
		return out.count(tx, p)
	})
	return out, err
}

// count counts the rows of every table about the person.
func (out *Preview) count(tx *store.Tx, p registry.Professional) error {
	values := whom(p, tx.Now)
	for _, table := range inventory.Tables() {
		if table.Fate == "" {
			continue
		}
		n, err := countIn(tx, table, values, p.Pseudonym)
		if err != nil {
			return err
		}
		if n == 0 {
			continue
		}
		line := Line{Table: table.Name, Rows: n, Fate: table.Fate, Why: table.Reason}
		if table.Fate == inventory.Deleted {
			out.Goes = append(out.Goes, line)
		} else {
			out.Stays = append(out.Stays, line)
		}
	}
	return nil
}

// Confirmation is what a person gives the second time.
type Confirmation struct {
	Word     string
	Password string
}

// Request asks for the person's own erasure. From the moment that it answers they
// are shown to nobody; it is carried out when the days are over.
func (s *Service) Request(ctx context.Context, who identity.Actor, given Confirmation) (Erasure, error) {
	professionalID, err := mine(who)
	if err != nil {
		return Erasure{}, err
	}
	var c fault.Check
	c.That(given.Word == Word, "word", "erasure.word", "Please type %s, in capitals.", Word)
	if err := c.Err(); err != nil {
		return Erasure{}, err
	}
	if s.Prove != nil {
		if err := s.Prove(ctx, who, given.Password); err != nil {
			return Erasure{}, err
		}
	}
	var e Erasure
	err = s.DB.Change(ctx, who.Author(), func(tx *store.Tx) (err error) {
		e, err = s.RequestIn(tx, professionalID, ByPerson)
		return err
	})
	if fault.HasCode(err, "duplicate") {
		err = fault.New(fault.Conflict, "erasure.requested", "You have asked for this already.")
	}
	if err == nil {
		s.Privacy.Settle(ctx)
	}
	return e, err
}

// RequestIn writes down that a person is to be erased, and hides them at once.
func (s *Service) RequestIn(tx *store.Tx, professionalID string, cause Cause) (Erasure, error) {
	p, err := personIn(tx, professionalID)
	if err != nil {
		return Erasure{}, err
	}
	waits, err := openIn(tx, p.ID)
	if err != nil {
		return Erasure{}, err
	}
	if waits != nil {
		return Erasure{}, fault.New(fault.Conflict, "erasure.requested", "You have asked for this already.")
	}
	busy, err := placementsIn(tx, p.ID)
	if err != nil {
		return Erasure{}, err
	}
	if len(busy) > 0 {
		return Erasure{}, placed()
	}
	e := Erasure{ID: id.New(), ProfessionalID: p.ID, Cause: cause, State: Requested, RequestedAt: tx.Now, DueAt: tx.Now.Add(s.grace()), Counts: "{}"}
	if p.UserID != nil {
		e.UserID = *p.UserID
	}
	tx.Emit("erasure.requested", p.ID, store.Details{"erasure": e.ID, "due": e.DueAt.Format(time.RFC3339), "cause": string(cause)})
	if err := tx.Create(&e).Error; err != nil {
		return e, err
	}
	return e, privacy.HideIn(tx, p.ID)
}

// Cancel takes the person's own request back; nothing was lost.
func (s *Service) Cancel(ctx context.Context, who identity.Actor) error {
	professionalID, err := mine(who)
	if err != nil {
		return err
	}
	return s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		if _, err := personIn(tx, professionalID); err != nil {
			return err
		}
		res := tx.Model(&Erasure{}).Where("professional_id = ? AND state = ?", professionalID, Requested).
			Updates(map[string]any{"state": Cancelled, "ended_at": tx.Now})
		if res.Error != nil {
			return res.Error
		}
		if res.RowsAffected == 0 {
			return fault.New(fault.Conflict, "erasure.none", "There is nothing to take back: you have not asked to be erased.")
		}
		tx.Emit("erasure.cancelled", professionalID)
		return s.Privacy.ShowIn(tx, professionalID)
	})
}

// Standing returns the person's own erasure that waits, or nil.
func (s *Service) Standing(ctx context.Context, who identity.Actor) (*Erasure, error) {
	professionalID, err := mine(who)
	if err != nil {
		return nil, err
	}
	var e *Erasure
	err = s.DB.View(ctx, func(tx *store.Tx) (err error) {
		e, err = openIn(tx, professionalID)
		return err
	})
	return e, err
}

// CarryOut erases whose days are over, then scours index and disk. It is called by
// the clock; what fails is tried again.
func (s *Service) CarryOut(ctx context.Context) error {
	var due []Erasure
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		return tx.Where("state = ? AND due_at <= ?", Requested, tx.Now).Order("due_at, id").Limit(100).Find(&due).Error
	})
	if err != nil {
		return err
	}
	var errs []error
	for _, e := range due {
		err := s.DB.Change(ctx, store.System, func(tx *store.Tx) error { return s.carryOutIn(tx, e) })
		if !fault.HasCode(err, placed().(*fault.Fault).Code) { // a placement has come meanwhile: it waits
			errs = append(errs, err)
		}
	}
	return errors.Join(append(errs, s.scour(ctx))...)
}

// carryOutIn erases one person and leaves the tombstone.
func (s *Service) carryOutIn(tx *store.Tx, e Erasure) error {
	busy, err := placementsIn(tx, e.ProfessionalID)
	if err != nil {
		return err
	}
	if len(busy) > 0 {
		return placed()
	}
	counts, err := s.EraseIn(tx, e.ProfessionalID)
	if err != nil {
		return err
	}
	res := tx.Model(&Erasure{}).Where("id = ? AND state = ?", e.ID, Requested).
		Updates(map[string]any{"state": Done, "ended_at": tx.Now, "counts": countsText(counts)})
	if res.Error == nil && res.RowsAffected == 0 {
		return fault.New(fault.Stale, "stale", "Somebody else changed this.")
	}
	return res.Error
}

// EraseIn erases a person now, table by table as the inventory says, and tells how
// many rows each lost or emptied.
func (s *Service) EraseIn(tx *store.Tx, professionalID string) (map[string]int64, error) {
	p, err := personIn(tx, professionalID)
	if err != nil {
		return nil, err
	}
	tx.Emit("professional.erased", p.ID)
	if err := selection.WithdrawAllIn(tx, p.ID); err != nil {
		return nil, err
	}
	for _, forget := range s.Forget {
		if err := forget(tx, p.ID); err != nil {
			return nil, err
		}
	}
	values, counts := whom(p, tx.Now), map[string]int64{}
	for _, table := range inventory.Tables() {
		if table.Fate == "" || table.Fate == inventory.Kept {
			continue
		}
		n, err := clearIn(tx, table, values)
		if err != nil {
			return nil, fault.Of(err).Because(err)
		}
		if n > 0 {
			counts[table.Name] = n
		}
	}
	return counts, nil
}
