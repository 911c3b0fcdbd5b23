// SPDX-License-Identifier: AGPL-3.0-or-later

package notices

import (
	"context"
	"fmt"
	"time"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/store"
)

// What the clock brings.
const (
	remindBefore = 3 * 24 * time.Hour   // the end of a proposal or an offer (feature 38 has the same for calls)
	staleAfter   = 180 * 24 * time.Hour // a profile that nobody has confirmed for so long
	rounds       = time.Hour            // between two looks
	mailsKept    = 90 * 24 * time.Hour  // what is known of a mail that has left
	noticesKept  = 365 * 24 * time.Hour
	linksKept    = 30 * 24 * time.Hour // after they stopped working
	mostAtOnce   = 1000
)

// licenceDays are how many days before a licence ends its owner hears of it.
var licenceDays = []int{60, 14}

// Tick tells of what time brings, and forgets what is old. It may be called often:
// it looks once an hour.
func (s *Service) Tick(ctx context.Context) error {
	s.round.mu.Lock()
	defer s.round.mu.Unlock()
	now := s.DB.Now()
	if now.Sub(s.round.last) < rounds {
		return nil
	}
	if err := s.remind(ctx); err != nil {
		return err
	}
	if err := s.DB.Keep(ctx, forgetIn); err != nil {
		return err
	}
	s.round.last = now
	return nil
}

// reminder is one piece of news that the clock raises.
type reminder struct {
	Kind, UserID, ProfessionalID, Subject, What, Details string
}

func (s *Service) remind(ctx context.Context) error {
	var all []reminder
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		for _, find := range []func(*store.Tx) ([]reminder, error){overdueIn, licencesIn, staleIn} {
			found, err := find(tx)
			if err != nil {
				return err
			}
			all = append(all, found...)
		}
		return nil
	})
	if err != nil || len(all) == 0 {
		return err
	}
	err = s.DB.Keep(ctx, func(tx *store.Tx) error {
		for _, r := range all {
			to := recipient{UserID: r.UserID, About: r.ProfessionalID}
			if _, err := sayIn(tx, byName[r.Kind], to, r.What, r.Subject, r.Details); err != nil {
				return err
			}
		}
		return nil
	})
	s.wake()
	return err
}

// overdueIn finds proposals and offers that end soon and were not answered.
func overdueIn(tx *store.Tx) ([]reminder, error) {
	var rows []struct {
		ID, State, UserID, ProfessionalID string
		AnswerBy                          time.Time
	}
	err := tx.Raw(`SELECT c.id, c.state, c.answer_by, c.professional_id, p.user_id FROM candidacies c JOIN professionals p ON p.id = c.professional_id
		WHERE c.state IN ('NOMINATED', 'OFFERED') AND c.answer_by > ? AND c.answer_by <= ? AND p.user_id IS NOT NULL`, tx.Now, tx.Now.Add(remindBefore)).Scan(&rows).Error
	out := make([]reminder, 0, len(rows))
	for _, r := range rows {
		k := "nomination_reminder"
		if r.State == "OFFERED" {
			k = "offer_reminder"
		}
		out = append(out, reminder{Kind: k, UserID: r.UserID, ProfessionalID: r.ProfessionalID, Subject: r.ID,
			What: r.ID + "@" + r.AnswerBy.UTC().Format(time.RFC3339), Details: "{}"})
	}
	return out, err
}

// licencesIn finds licences that end within the days that we warn of.
func licencesIn(tx *store.Tx) ([]reminder, error) {
	var out []reminder
	today := day.Of(tx.Now)
	for i, days := range licenceDays {
		after := today
		if i+1 < len(licenceDays) {
			after = today.Add(licenceDays[i+1])
		}
		var rows []struct {
			ProfessionalID, UserID string
			ValidUntil             day.Day
		}
		err := tx.Raw(`SELECT l.professional_id, p.user_id, l.valid_until FROM professional_licences l JOIN professionals p ON p.id = l.professional_id
			WHERE l.valid_until > ? AND l.valid_until <= ? AND p.user_id IS NOT NULL AND p.state IN ('active', 'paused')`, after, today.Add(days)).Scan(&rows).Error
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			out = append(out, reminder{Kind: "licence_expiry", UserID: r.UserID, ProfessionalID: r.ProfessionalID, Subject: r.ProfessionalID,
				What: fmt.Sprintf("%s@%s@%d", r.ProfessionalID, r.ValidUntil, days), Details: encoded(map[string]string{"until": string(r.ValidUntil)})})
		}
	}
	return out, nil
}

// staleIn finds profiles that nobody has confirmed for long, and whose owners
// have not been asked lately.
func staleIn(tx *store.Tx) ([]reminder, error) {
	var rows []struct {
		ID, UserID  string
		ConfirmedAt time.Time
	}
	err := tx.Raw(`SELECT p.id, p.user_id, p.confirmed_at FROM professionals p WHERE p.state = 'active' AND p.user_id IS NOT NULL AND p.confirmed_at < ?
		AND NOT EXISTS (SELECT 1 FROM notices n WHERE n.user_id = p.user_id AND n.kind = 'profile_stale' AND n.at > ?)
		ORDER BY p.id LIMIT ?`, tx.Now.Add(-staleAfter), tx.Now.Add(-staleAfter), mostAtOnce).Scan(&rows).Error
	out := make([]reminder, 0, len(rows))
	for _, r := range rows {
		out = append(out, reminder{Kind: "profile_stale", UserID: r.UserID, ProfessionalID: r.ID, Subject: r.ID,
			What: r.ID + "@" + day.Of(tx.Now).Time().Format(time.DateOnly), Details: "{}"})
	}
	return out, err
}

// forgetIn drops what nobody needs any more.
func forgetIn(tx *store.Tx) error {
	if err := tx.Where("at < ?", tx.Now.Add(-noticesKept)).Delete(&notice{}).Error; err != nil {
		return err
	}
	over := []State{Sent, Shown, Dropped, Dead, GivenUp}
	if err := tx.Where("state IN ? AND updated_at < ?", over, tx.Now.Add(-mailsKept)).Delete(&entry{}).Error; err != nil {
		return err
	}
	return identity.ForgetLinksIn(tx, tx.Now.Add(-linksKept))
}
