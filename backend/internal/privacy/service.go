// SPDX-License-Identifier: AGPL-3.0-or-later

package privacy

import (
	"context"
	"time"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/store"
)

// Index is the search index, as far as a withdrawal cares.
type Index interface {
	// Settle returns when the index has seen the ledger up to the number.
	Settle(ctx context.Context, number int64) error
}

// patience is how long a withdrawal waits for the index. Every hit is read again
// from the database before it is shown, so an index that is late shows nobody.
const patience = 2 * time.Second

// Service keeps consents.
type Service struct {
	DB *store.DB
	// Findable tells whether the professional is ready to be found: theirs,
	// not paused, and complete. It locks the profile until the transaction ends.
	Findable func(tx *store.Tx, professionalID string) (bool, error)
	// Index is waited for after a withdrawal; nil where there is none.
	Index Index
}

// mine returns whose consents the actor may give: their own, and nobody else's.
func mine(who identity.Actor) (string, error) {
	if !who.Is(identity.Professional) || who.ProfessionalID == "" {
		return "", fault.New(fault.Missing, "missing", "There is nothing here for you.")
	}
	return who.ProfessionalID, nil
}

// Give records one consent of the person who asks.
func (s *Service) Give(ctx context.Context, who identity.Actor, given Given) (Consent, error) {
	var consent Consent
	id, err := mine(who)
	if err != nil {
		return consent, err
	}
	var c fault.Check
	CheckGiven(&c, "", given)
	if err := c.Err(); err != nil {
		return consent, err
	}
	err = s.DB.Change(ctx, who.Author(), func(tx *store.Tx) (err error) {
		consent, err = s.GiveIn(tx, id, who.UserID, given)
		return err
	})
	if fault.HasCode(err, "duplicate") {
		err = alreadyGiven()
	}
	return consent, err
}

// CheckGiven complains about a consent that refers to no notice in force. The
// prefix is the path of the consent in the request, such as "consents[0].".
func CheckGiven(c *fault.Check, prefix string, given Given) {
	c.That(given.Purpose.Known(), prefix+"purpose", "consent.purpose", "There is no such purpose.")
	if !given.Purpose.Known() {
		return
	}
	n, ok := current[given.Purpose][given.Language]
	c.That(ok, prefix+"language", "consent.language", "The text is not available in this language.")
	c.That(!ok || n.Version == given.Version, prefix+"version", "consent.outdated",
		"The text has changed since you read it. Please reload and read the new one.")
}

// GiveIn records a consent within a larger change, and makes the person
// findable where it is the consent for that.
func (s *Service) GiveIn(tx *store.Tx, professionalID, givenBy string, given Given) (Consent, error) {
	// First of all it holds the profile, so that whatever concerns the same person waits its turn.
	if _, err := s.Findable(tx, professionalID); err != nil {
		return Consent{}, err
	}
	old, had, err := activeIn(tx, professionalID, given.Purpose)
	if err != nil {
		return Consent{}, err
	}
	if had && old.NoticeVersion == given.Version {
		return Consent{}, alreadyGiven()
	}
	if had { // agreed to older words: the new consent takes its place
		if err := s.replaceIn(tx, &old); err != nil {
			return Consent{}, err
		}
	}
	consent, err := insertIn(tx, professionalID, givenBy, given)
	if err != nil {
		return consent, err
	}
	tx.Emit("consent.given", professionalID, store.Details{"purpose": string(given.Purpose), "version": given.Version, "language": given.Language})
	if given.Purpose != RegistrySearch {
		return consent, nil
	}
	return consent, s.ShowIn(tx, professionalID)
}

// replaceIn ends a consent to an older notice.
func (s *Service) replaceIn(tx *store.Tx, old *Consent) error {
	if old.Purpose == RegistrySearch {
		if err := HideIn(tx, old.ProfessionalID); err != nil {
			return err
		}
	}
	return endIn(tx, old)
}

// ShowIn makes the person findable if they consented and are ready; else it
// changes nothing.
func (s *Service) ShowIn(tx *store.Tx, professionalID string) error {
	ready, err := s.Findable(tx, professionalID)
	if err != nil || !ready {
		return err
	}
	if going, err := LeavingIn(tx, professionalID); err != nil || going {
		return err
	}
	consent, ok, err := activeIn(tx, professionalID, RegistrySearch)
	if err != nil || !ok {
		return err
	}
	shown, err := showIn(tx, consent)
	if shown {
		tx.Emit("visibility.on", professionalID)
	}
	return err
}

// HideIn makes the person impossible to find from the moment the change commits.
func HideIn(tx *store.Tx, professionalID string) error {
	res := tx.Where("professional_id = ?", professionalID).Delete(&visibility{})
	if res.RowsAffected > 0 {
		tx.Emit("visibility.off", professionalID)
	}
	return res.Error
}

// Withdraw ends a consent. When it was the one to be found, no search shows the
// person any more by the time this returns.
func (s *Service) Withdraw(ctx context.Context, who identity.Actor, purpose Purpose) error {
	id, err := mine(who)
	if err != nil {
		return err
	}
	if !purpose.Known() {
		return fault.New(fault.Missing, "consent.purpose", "There is no such purpose.")
	}
	err = s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		consent, ok, err := activeIn(tx, id, purpose)
		if err != nil {
			return err
		}
		if !ok {
			return notGiven()
		}
		if purpose == RegistrySearch {
			if err := HideIn(tx, id); err != nil {
				return err
			}
		}
		if err := endIn(tx, &consent); err != nil {
			return err
		}
		tx.Emit("consent.withdrawn", id, store.Details{"purpose": string(purpose)})
		return nil
	})
	if err != nil || purpose != RegistrySearch {
		return err
	}
	s.Settle(ctx)
	return nil
}

// Settle waits, but not for long, until the index has seen what was just
// committed. That it is late is no reason to tell the person that their
// withdrawal failed: it did not.
func (s *Service) Settle(ctx context.Context) {
	if s.Index == nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if last, err := s.DB.LastEvent(ctx); err == nil {
		_ = s.Index.Settle(ctx, last)
	}
}

// Consents returns where each purpose stands for the person who asks.
func (s *Service) Consents(ctx context.Context, who identity.Actor) ([]Consent, error) {
	id, err := mine(who)
	if err != nil {
		return nil, err
	}
	var all []Consent
	err = s.DB.View(ctx, func(tx *store.Tx) (err error) {
		all, err = ConsentsIn(tx, id)
		return err
	})
	return all, err
}
