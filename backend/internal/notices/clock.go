// SPDX-License-Identifier: AGPL-3.0-or-later

package notices

import (
	"context"
	"fmt"
	"slices"
	"time"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/placements"
	"sankofa/backend/internal/selection"
	"sankofa/backend/internal/store"
)

// What the clock brings.
const (
	remindBefore = 3 * 24 * time.Hour   // the end of a proposal, an offer, or a call (feature 38)
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
		for _, find := range []func(*store.Tx) ([]reminder, error){overdueIn, decisionsIn, closingIn, licencesIn, staleIn, readinessIn, midtermsIn, reportsIn, evaluationsIn, followUpsIn} {
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

// closingIn finds applications that were begun and not sent, and whose call closes soon.
func closingIn(tx *store.Tx) ([]reminder, error) {
	var rows []struct {
		NeedID, ProfessionalID, UserID string
		ClosesOn                       day.Day
	}
	today := day.Of(tx.Now)
	err := tx.Raw(`SELECT d.need_id, d.professional_id, p.user_id, n.closes_on FROM application_drafts d
		JOIN needs n ON n.id = d.need_id AND n.state = 'PUBLISHED' AND n.closes_on >= ? AND n.closes_on <= ?
		JOIN professionals p ON p.id = d.professional_id AND p.user_id IS NOT NULL ORDER BY d.need_id, p.id LIMIT ?`,
		today, today.Add(int(remindBefore/(24*time.Hour))), mostAtOnce).Scan(&rows).Error
	out := make([]reminder, 0, len(rows))
	for _, r := range rows {
		out = append(out, reminder{Kind: "call_closing", UserID: r.UserID, ProfessionalID: r.ProfessionalID, Subject: r.NeedID, What: r.NeedID + "@" + string(r.ClosesOn), Details: "{}"})
	}
	return out, err
}

// How decisions are asked for again: before they are late, and, where the chain reminds
// and does not escalate, every week after.
const (
	decideBefore = 2 * 24 * time.Hour
	decideAgain  = 7 * 24 * time.Hour
)

// decisionsIn finds decisions that are due soon, and those that are late and that
// nobody but whoever decides is told of.
func decisionsIn(tx *store.Tx) ([]reminder, error) {
	var rows []struct {
		ID, NeedID, ProfessionalID string
		DecideBy                   time.Time
	}
	err := tx.Raw(`SELECT c.id, c.need_id, c.professional_id, c.decide_by FROM candidacies c JOIN needs n ON n.id = c.need_id AND n.state <> 'SUSPENDED'
		WHERE c.decide_by IS NOT NULL AND c.decide_by <= ? AND c.state IN ('SHORTLISTED', 'RECOMMENDED', 'HOST_ENDORSED', 'NO_OBJECTION')
		ORDER BY c.decide_by DESC, c.id LIMIT ?`, tx.Now.Add(decideBefore), mostAtOnce).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("look for decisions: %w", err)
	}
	var out []reminder
	for _, r := range rows {
		week := int64(-1) // before it is late
		if late := tx.Now.Sub(r.DecideBy); late >= 0 {
			silence, err := selection.SilenceIn(tx, r.ID)
			if err != nil {
				return nil, err
			}
			if week = int64(late / decideAgain); silence != selection.SilenceReminds || week == 0 {
				continue // others are told, or were when it became late
			}
		}
		to, err := theAwaited(tx, store.Event{Subject: r.ID, Details: encoded(map[string]string{"need": r.NeedID, "professional": r.ProfessionalID})})
		if err != nil {
			return nil, err
		}
		for _, one := range to {
			out = append(out, reminder{Kind: "decision_reminder", UserID: one.UserID, ProfessionalID: r.ProfessionalID, Subject: r.ID,
				What: fmt.Sprintf("%s@%s@%d", r.ID, r.DecideBy.UTC().Format(time.RFC3339), week), Details: encoded(map[string]string{"due": r.DecideBy.UTC().Format(time.RFC3339)})})
		}
	}
	return out, nil
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

// readyBefore is how many days before somebody arrives their host is asked whether it is
// ready (the three-week check of volunteer programmes).
const readyBefore = 21

// side is somebody of a placement who is reminded of it.
type side struct{ ID, ProfessionalID, UserID, Kind string }

// remindersOf makes the reminders of sides; about says once for what.
func remindersOf(kind string, rows []side) []reminder {
	out := make([]reminder, 0, len(rows))
	for _, r := range rows {
		out = append(out, reminder{Kind: kind, UserID: r.UserID, ProfessionalID: r.ProfessionalID, Subject: r.ID, What: r.ID + "@" + kind + "@" + r.Kind, Details: "{}"})
	}
	return out
}

// hostsOf joins the officers of the host of a placement p.
const hostsOf = `JOIN memberships m ON m.organisation_id = p.organisation_id AND m.programme_id = p.programme_id AND m.role = 'host' AND m.state = 'confirmed'`

// readinessIn finds stays that begin within three weeks and whose host has not said that
// it is ready.
func readinessIn(tx *store.Tx) ([]reminder, error) {
	var rows []side
	today := day.Of(tx.Now)
	err := tx.Raw(`SELECT p.id, p.professional_id, m.user_id, p.from_on AS kind FROM placements p `+hostsOf+`
		WHERE p.state IN ('PREPARING', 'CLEARED') AND p.modality <> 'virtual' AND p.from_on > ? AND p.from_on <= ?
		AND NOT EXISTS (SELECT 1 FROM clearances c WHERE c.placement_id = p.id AND c.kind = 'host_readiness' AND c.state IN ('PROVIDED', 'VERIFIED', 'WAIVED'))
		ORDER BY p.id LIMIT ?`, today, today.Add(readyBefore), mostAtOnce).Scan(&rows).Error
	return remindersOf("readiness_reminder", rows), err
}

// overdueAfter is how many days after its day a report is late.
const overdueAfter = 7

// reportsIn finds stays that ended a week ago and whose report is missing.
func reportsIn(tx *store.Tx) ([]reminder, error) {
	people, err := personsIn(tx, "final_report", endedBefore, day.Of(tx.Now).Add(-overdueAfter))
	return remindersOf("report_reminder", people), err
}

const endedBefore = `p.state IN ('ENDED', 'CURTAILED') AND p.to_on <= ?`

// evaluationsIn finds stays that ended a week ago, and three weeks ago, and whose
// evaluation is missing.
func evaluationsIn(tx *store.Tx) ([]reminder, error) {
	var all []reminder
	for _, weeks := range []int{1, 3} {
		hosts, err := hostsOwingIn(tx, "host_evaluation", endedBefore, day.Of(tx.Now).Add(-7*weeks))
		if err != nil {
			return nil, err
		}
		for i := range hosts {
			hosts[i].Kind = fmt.Sprintf("%d", weeks)
		}
		all = append(all, remindersOf("evaluation_reminder", hosts)...)
	}
	return all, nil
}

// midtermsIn finds stays whose mid-term note is a week late: the side that owes it is
// told, and the coordinator.
func midtermsIn(tx *store.Tx) ([]reminder, error) {
	var running []placements.Placement
	today := day.Of(tx.Now)
	err := tx.Where("state IN ? AND from_on <= ? AND to_on >= ?", []placements.State{placements.OnDuty, placements.Suspended}, today.Add(-placements.LongStay/2), today).
		Order("id").Find(&running).Error
	if err != nil {
		return nil, fmt.Errorf("look for mid-terms: %w", err)
	}
	late := []string{"-"} // never empty: IN () is no SQL
	for _, p := range running {
		if due := p.Midterm(); due != "" && today >= due.Add(placements.Patience) {
			late = append(late, p.ID)
		}
	}
	const these = `p.id IN ?`
	people, err := personsIn(tx, string(placements.MidtermPerson), these, late)
	if err != nil {
		return nil, err
	}
	hosts, err := hostsOwingIn(tx, string(placements.MidtermHost), these, late)
	if err != nil {
		return nil, err
	}
	var above []side
	err = tx.Raw(`SELECT p.id, p.professional_id, m.user_id, 'coordinator' AS kind FROM placements p
		JOIN memberships m ON m.programme_id = p.programme_id AND m.role = 'coordinator' AND m.state = 'confirmed' WHERE p.id IN ?
		AND (SELECT count(*) FROM placement_reports r WHERE r.placement_id = p.id AND r.kind IN ('midterm_person', 'midterm_host')) < 2
		ORDER BY p.id LIMIT ?`, late, mostAtOnce).Scan(&above).Error
	if err != nil {
		return nil, fmt.Errorf("look for coordinators: %w", err)
	}
	return slices.Concat(remindersOf("midterm_reminder", people), remindersOf("midterm_reminder", hosts), remindersOf("midterm_overdue", above)), nil
}

// followUpsIn finds stays that ended three months and a year ago, of which nobody has
// told what is left.
func followUpsIn(tx *store.Tx) ([]reminder, error) {
	now := tx.Now
	three, err := owedIn(tx, "follow_up_reminder", "follow_up_3", "follow_up_3", `p.state IN ('COMPLETED', 'FOLLOWED_UP') AND p.to_on <= ?`, day.Of(now.AddDate(0, -3, 0)))
	if err != nil {
		return nil, err
	}
	twelve, err := owedIn(tx, "follow_up_reminder", "follow_up_12", "follow_up_12", `p.state IN ('COMPLETED', 'FOLLOWED_UP') AND p.to_on <= ?`, day.Of(now.AddDate(-1, 0, 0)))
	return append(three, twelve...), err
}

// owedIn finds the sides of placements that owe a report: the person one kind, the host
// another.
func owedIn(tx *store.Tx, kind, ofPerson, ofHost, condition string, args ...any) ([]reminder, error) {
	people, err := personsIn(tx, ofPerson, condition, args...)
	if err != nil {
		return nil, err
	}
	hosts, err := hostsOwingIn(tx, ofHost, condition, args...)
	return append(remindersOf(kind, people), remindersOf(kind, hosts)...), err
}

// lacks is the condition of placements of which a side has not told; the most is last.
const lacks = ` AND NOT EXISTS (SELECT 1 FROM placement_reports r WHERE r.placement_id = p.id AND r.kind = ? AND r.role = ?) ORDER BY p.id LIMIT ?`

// personsIn finds the people who owe a report.
func personsIn(tx *store.Tx, report, condition string, args ...any) (people []side, err error) {
	err = tx.Raw(`SELECT p.id, p.professional_id, o.user_id, ? AS kind FROM placements p JOIN professionals o ON o.id = p.professional_id AND o.user_id IS NOT NULL WHERE `+condition+lacks,
		append(append([]any{report}, args...), report, "professional", mostAtOnce)...).Scan(&people).Error
	if err != nil {
		return nil, fmt.Errorf("look for reports: %w", err)
	}
	return people, nil
}

// hostsOwingIn finds the officers of hosts that owe a report.
func hostsOwingIn(tx *store.Tx, report, condition string, args ...any) (hosts []side, err error) {
	err = tx.Raw(`SELECT p.id, p.professional_id, m.user_id, ? AS kind FROM placements p `+hostsOf+` WHERE `+condition+lacks,
		append(append([]any{report}, args...), report, "host", mostAtOnce)...).Scan(&hosts).Error
	if err != nil {
		return nil, fmt.Errorf("look for evaluations: %w", err)
	}
	return hosts, nil
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
