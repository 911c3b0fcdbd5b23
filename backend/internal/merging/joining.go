// SPDX-License-Identifier: AGPL-3.0-or-later

package merging

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/inventory"
	"sankofa/backend/internal/privacy"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/store"
)

// Merge makes one record of a pair, with each field from the side that was chosen
// ("first" is the one that the pair names first), and returns the merge.
func (s *Service) Merge(ctx context.Context, who identity.Actor, ref string, version int, take map[string]registry.Side) (Merge, error) {
	var made Merge
	err := s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		pair, err := registry.HoldPairIn(tx, who, ref)
		if err != nil {
			return err
		}
		if pair.Version != version {
			return stale
		}
		// Both are held in one order, so that two who merge at once wait for each other.
		first, err := registry.LockIn(tx, pair.FirstID)
		if err != nil {
			return err
		}
		second, err := registry.LockIn(tx, pair.SecondID)
		if err != nil {
			return err
		}
		if _, err := registry.PairIn(tx, who, ref); err != nil {
			return err // somebody was faster
		}
		if err := allowedIn(tx, who, &first, &second); err != nil {
			return err
		}
		made, err = s.joinIn(tx, who, &first, &second, take)
		return err
	})
	if err == nil {
		s.Privacy.Settle(ctx)
	}
	return made, err
}

// allowedIn tells whether the two may become one, by this actor.
func allowedIn(tx *store.Tx, who identity.Actor, first, second *registry.Profile) error {
	switch {
	case first.State == registry.Declined || second.State == registry.Declined:
		return fault.New(fault.Conflict, "merge.declined", "One of the two does not want to be in the registry. That stands.")
	case first.Confirmed() && second.Confirmed() && who.Is(identity.Association):
		return fault.New(fault.Denied, "merge.two_accounts", "The person has two accounts. Please ask the coordinator to join them.")
	}
	var erasing int64
	err := tx.Raw(`SELECT COUNT(*) FROM erasures WHERE professional_id IN (?, ?) AND state <> 'CANCELLED'`, first.ID, second.ID).Scan(&erasing).Error
	if err == nil && erasing > 0 {
		return fault.New(fault.Conflict, "merge.erasing", "One of the two has asked to be erased. That comes first.")
	}
	return err
}

// joinIn does it: what was before is written down, the record that stays takes
// everything in, and the other goes.
func (s *Service) joinIn(tx *store.Tx, who identity.Actor, first, second *registry.Profile, take map[string]registry.Side) (Merge, error) {
	joined, err := registry.Joined(*first, *second, take)
	survivor, absorbed := first, second
	if stays(first, second) == second.ID {
		survivor, absorbed = second, first
		joined, err = registry.Joined(*second, *first, turned(take))
	}
	if err != nil {
		return Merge{}, err
	}
	before, err := allIn(tx, survivor.ID, absorbed.ID)
	if err != nil {
		return Merge{}, err
	}
	made := Merge{ID: id.New(), SurvivorID: survivor.ID, AbsorbedID: absorbed.ID, AbsorbedPseudonym: absorbed.Pseudonym, Choices: text(take),
		Before: text(before), MadeBy: who.UserID, MadeFor: who.OrganisationID, MadeAt: tx.Now, UndoUntil: tx.Now.Add(UndoFor), State: Done, Version: 1}
	for _, step := range []func() error{
		func() error { return s.consentsIn(tx, survivor, absorbed) },
		func() error { return candidaciesIn(tx, survivor.ID, absorbed.ID) },
		func() error { return invitationsIn(tx, survivor, absorbed) },
		func() error { return moveIn(tx, survivor.ID, absorbed.ID) },
		func() error { return verdictsIn(tx, survivor.ID, absorbed.ID) },
		func() error { return registry.JoinIn(tx, survivor.ID, absorbed.Programmes, absorbed.Associations) },
		func() error { return s.accountIn(tx, survivor, absorbed) },
		func() error { return tx.Exec(`DELETE FROM professionals WHERE id = ?`, absorbed.ID).Error },
		func() error { return s.Registry.SaveJoinedIn(tx, who, survivor, joined) },
		func() error { return s.Privacy.ShowIn(tx, survivor.ID) },
	} {
		if err := step(); err != nil {
			return Merge{}, refused(err)
		}
	}
	after, err := allIn(tx, survivor.ID)
	if err != nil {
		return Merge{}, err
	}
	made.After = text(after)
	tx.Emit("professional.updated", survivor.ID, store.Details{"merge": made.ID})
	tx.Emit("professional.merged", absorbed.ID, store.Details{"into": survivor.ID, "merge": made.ID})
	return made, tx.Create(&made).Error
}

// turned is the choice seen from the other side.
func turned(take map[string]registry.Side) map[string]registry.Side {
	out := make(map[string]registry.Side, len(take))
	for field, side := range take {
		switch side {
		case registry.FromFirst:
			side = registry.FromSecond
		case registry.FromSecond:
			side = registry.FromFirst
		}
		out[field] = side
	}
	return out
}

// refused says in words what the database refuses: a person cannot be in two
// places at once, so these two are not one, or one of the placements is wrong.
func refused(err error) error {
	if fault.HasCode(err, "rule.placements.overlap") || fault.HasCode(err, "placements.overlap") {
		return fault.New(fault.Conflict, "merge.two_places", "These two were placed at the same time in different places. Please look again whether they are one person.").Because(err)
	}
	return err
}

// consentsIn lets the stricter choice win. What a person said about themselves
// counts against a record that they never answered for; between two records that
// they answered for, a purpose stands only if they agreed to it in both.
func (s *Service) consentsIn(tx *store.Tx, survivor, absorbed *registry.Profile) error {
	if err := privacy.HideIn(tx, survivor.ID); err != nil {
		return err
	}
	if err := privacy.HideIn(tx, absorbed.ID); err != nil {
		return err
	}
	if !survivor.Confirmed() || !absorbed.Confirmed() {
		return nil
	}
	if absorbed.State == registry.Paused {
		survivor.State = registry.Paused
	}
	both, err := privacy.ConsentsOfIn(tx, []string{survivor.ID, absorbed.ID})
	if err != nil {
		return err
	}
	agreed := map[privacy.Purpose]int{}
	for _, consents := range both {
		for _, c := range consents {
			if c.Status == privacy.Active {
				agreed[c.Purpose]++
			}
		}
	}
	for _, c := range both[survivor.ID] {
		if c.Status == privacy.Active && agreed[c.Purpose] < 2 {
			if err := endConsentIn(tx, survivor.ID, c.Purpose); err != nil {
				return err
			}
			tx.Emit("consent.withdrawn", survivor.ID, store.Details{"purpose": string(c.Purpose), "cause": "merge"})
		}
	}
	return tx.Exec(`UPDATE consents SET status = 'withdrawn', withdrawn_at = ? WHERE professional_id = ? AND status = 'active'`,
		tx.Now, absorbed.ID).Error
}

func endConsentIn(tx *store.Tx, professionalID string, purpose privacy.Purpose) error {
	return tx.Exec(`UPDATE consents SET status = 'withdrawn', withdrawn_at = ? WHERE professional_id = ? AND purpose = ? AND status = 'active'`,
		tx.Now, professionalID, purpose).Error
}

// standing is one candidacy, as far as two for one need are weighed.
type standing struct {
	ID, NeedID, ProfessionalID, State string
	Decided                           int
}

// early are the states in which nobody has decided anything yet.
var early = map[string]int{"WITHDRAWN": 1, "LAPSED": 1, "DRAFT": 2, "NOMINATED": 3, "SUBMITTED": 4}

// candidaciesIn leaves one candidacy a need: the one that came further. Two on
// which people have decided cannot be one.
func candidaciesIn(tx *store.Tx, survivorID, absorbedID string) error {
	var rows []standing
	err := tx.Raw(`SELECT c.id, c.need_id, c.professional_id, c.state,
			(SELECT COUNT(*) FROM decisions d WHERE d.candidacy_id = c.id) AS decided
		FROM candidacies c WHERE c.professional_id IN (?, ?) ORDER BY c.id`, survivorID, absorbedID).Scan(&rows).Error
	if err != nil {
		return err
	}
	of := map[string]standing{}
	for _, row := range rows {
		other, twice := of[row.NeedID]
		if !twice {
			of[row.NeedID] = row
			continue
		}
		lesser, further := row, other
		if further.weight() < lesser.weight() {
			lesser, further = further, lesser
		}
		of[row.NeedID] = further
		if early[lesser.State] == 0 || lesser.Decided > 0 {
			return fault.New(fault.Conflict, "merge.two_candidacies", "Both stand for the same need, and both were decided on. They cannot become one.")
		}
		if err := hungOn(tx, lesser.ID, further.ID); err != nil {
			return err
		}
		if err := tx.Exec(`DELETE FROM candidacies WHERE id = ?`, lesser.ID).Error; err != nil {
			return err
		}
		tx.Emit("candidacy.merged", lesser.ID, store.Details{"into": further.ID})
	}
	return nil
}

// hungOn gives what people wrote and marked at a candidacy that goes to the one that
// stays. Who looks after it and until when it was read stand there already or not at
// all; what an act on several had put down about it has nothing to undo any more.
func hungOn(tx *store.Tx, lesser, further string) error {
	for _, step := range []string{
		`UPDATE messages SET candidacy_id = @further WHERE candidacy_id = @lesser`,
		`DELETE FROM record_tags WHERE subject = @lesser AND tag IN (SELECT tag FROM record_tags WHERE subject = @further)`,
		`UPDATE record_tags SET subject = @further WHERE subject = @lesser`,
		`UPDATE record_assignments SET subject = @further WHERE subject = @lesser
			AND NOT EXISTS (SELECT 1 FROM record_assignments a WHERE a.subject = @further)`,
		`DELETE FROM record_assignments WHERE subject = @lesser`,
		`DELETE FROM message_readings WHERE thread = @lesser`,
		`DELETE FROM bulk_items WHERE record = 'candidacy' AND subject = @lesser`,
	} {
		if err := tx.Exec(step, map[string]any{"lesser": lesser, "further": further}).Error; err != nil {
			return err
		}
	}
	return nil
}

// weight orders candidacies by how far they came.
func (c standing) weight() int {
	return cmp.Or(early[c.State], 5) + 10*c.Decided
}

// invitationsIn closes the links of the record that goes when the one that stays
// needs none of them.
func invitationsIn(tx *store.Tx, survivor, absorbed *registry.Profile) error {
	var open int64
	if err := tx.Raw(`SELECT COUNT(*) FROM invitations WHERE professional_id = ? AND outcome = ''`, survivor.ID).Scan(&open).Error; err != nil {
		return err
	}
	if !survivor.Confirmed() && open == 0 {
		return nil
	}
	return registry.CloseLinksIn(tx, absorbed.ID)
}

// made are the tables that the merged record is written into anew.
var made = map[string]bool{"professional_skills": true, "professional_languages": true, "professional_education": true,
	"professional_licences": true, "professional_experience": true, "professional_availability": true,
	"professional_programmes": true, "professional_associations": true, "visibility": true}

// moveIn gives everything else that hangs on one record to the other. Where both
// have what there can be only one of, the one that stays keeps its own.
func moveIn(tx *store.Tx, survivorID, absorbedID string) error {
	for _, t := range owned {
		if made[t.Name] {
			continue
		}
		rows, err := rowsIn(tx, t, absorbedID)
		if err != nil {
			return err
		}
		for _, row := range rows {
			if err := moveRowIn(tx, t, row, survivorID, absorbedID); err != nil {
				return err
			}
		}
	}
	return nil
}

// moveRowIn gives one row to the other record, unless that has its like.
func moveRowIn(tx *store.Tx, t inventory.Table, row, survivorID, absorbedID string) error {
	err := tx.Try(func() error {
		return tx.Exec(`UPDATE `+t.Name+` SET professional_id = ? WHERE professional_id = ? AND `+shape(tx, t)+` = ?`, survivorID, absorbedID, row).Error
	})
	if err == nil || fault.HasCode(err, "duplicate") {
		return nil
	}
	return fmt.Errorf("move %s: %w", t.Name, err)
}

// verdictsIn keeps what was decided of the record that goes: whom it is not.
func verdictsIn(tx *store.Tx, survivorID, absorbedID string) error {
	var others []string
	err := tx.Raw(`SELECT CASE WHEN first_id = ? THEN second_id ELSE first_id END FROM duplicate_pairs
		WHERE (first_id = ? OR second_id = ?) AND state = 'different'`, absorbedID, absorbedID, absorbedID).Scan(&others).Error
	if err != nil {
		return err
	}
	for _, other := range others {
		if other == survivorID {
			continue
		}
		pair := registry.Pair{ID: id.New(), FirstID: min(survivorID, other), SecondID: max(survivorID, other), Strength: "possible", Reasons: "[]",
			State: registry.PairDifferent, FoundAt: tx.Now, DecidedBy: "merge", DecidedAt: &tx.Now, Version: 1}
		err := tx.Exec(`DELETE FROM duplicate_pairs WHERE first_id = ? AND second_id = ?`, pair.FirstID, pair.SecondID).Error
		if err != nil {
			return err
		}
		if err := tx.Create(&pair).Error; err != nil {
			return err
		}
	}
	return nil
}

// accountIn lets one account keep the record. The other of two that are only this
// person's rests; one that belongs to an officer as well goes on without a profile.
func (s *Service) accountIn(tx *store.Tx, survivor, absorbed *registry.Profile) error {
	if absorbed.UserID == nil || survivor.UserID == nil {
		return nil
	}
	return identity.RestIn(tx, *absorbed.UserID)
}

func text(value any) string {
	out, _ := json.Marshal(value) // maps of text always encode
	return string(out)
}
