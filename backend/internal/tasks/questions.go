// SPDX-License-Identifier: AGPL-3.0-or-later

package tasks

import (
	"fmt"
	"time"

	"sankofa/backend/internal/accountability"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/lifecycle"
	"sankofa/backend/internal/partners"
	"sankofa/backend/internal/privacy"
	"sankofa/backend/internal/store"
)

// question is a row of whatever has no machine of its own.
type question struct {
	ID, State, NeedID, Reference, Title, Language, Host string
	Since                                               time.Time
	Due                                                 *time.Time
}

// asked puts questions into tasks.
func asked(s scope, record Record, rows []question, due func(question, Rule) time.Time) []Task {
	rules, all := of(record), make([]Task, 0, len(rows))
	for _, r := range rows {
		rule := rules[lifecycle.State(r.State)]
		t := Task{Kind: rule.Kind, Record: record, ID: r.ID, Reference: r.Reference, Title: r.Title, Language: r.Language, Organisation: r.Host,
			On: rule.On, Mine: s.on(rule.On), need: r.NeedID, Since: r.Since, Due: rule.after(r.Since)}
		if due != nil {
			t.Due = due(r, rule)
		}
		all = append(all, t)
	}
	return all
}

// disclosuresIn finds what hosts ask a person to show them. Hosts see on their own
// page what they asked for.
func disclosuresIn(tx *store.Tx, s scope) ([]Task, error) {
	if !s.who.Is(identity.Professional) || s.timer || s.record != "" {
		return nil, nil
	}
	var rows []question
	err := tx.Raw(`SELECT d.id, d.state, d.need_id, n.reference, n.title, n.language, o.name AS host, d.asked_at AS since, d.answer_by AS due
		FROM disclosures d JOIN needs n ON n.id = d.need_id JOIN organisations o ON o.id = d.organisation_id
		WHERE d.professional_id = ? AND d.professional_id <> '' AND d.state IN ? AND d.answer_by > ? ORDER BY d.answer_by LIMIT ?`,
		s.who.ProfessionalID, states(Disclosure), tx.Now, most).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("load disclosures: %w", err)
	}
	return asked(s, Disclosure, rows, func(q question, _ Rule) time.Time { return *q.Due }), nil
}

// verificationsIn finds credentials that the coordinator asks the source about.
func verificationsIn(tx *store.Tx, s scope) ([]Task, error) {
	if !s.who.Is(identity.Coordinator) || s.timer || s.record != "" {
		return nil, nil
	}
	var rows []question
	err := tx.Raw(`SELECT v.id, v.state, '' AS need_id, v.body AS title, v.updated_at AS since FROM verification_cases v
		WHERE v.state IN ? AND v.professional_id IN (SELECT professional_id FROM professional_programmes WHERE programme_id = ?)
		ORDER BY v.updated_at LIMIT ?`, states(Verification), s.who.ProgrammeID, most).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("load cases of verification: %w", err)
	}
	return asked(s, Verification, rows, nil), nil
}

// duplicatesIn finds pairs that may be of one person.
func duplicatesIn(tx *store.Tx, s scope) ([]Task, error) {
	if !s.who.Is(identity.Coordinator) || s.timer || s.record != "" {
		return nil, nil
	}
	var rows []question
	err := tx.Raw(`SELECT d.id, d.state, d.found_at AS since FROM duplicate_pairs d
		WHERE d.state IN ? AND d.first_id IN (SELECT professional_id FROM professional_programmes WHERE programme_id = ?)
		AND d.second_id IN (SELECT professional_id FROM professional_programmes WHERE programme_id = ?)
		ORDER BY d.found_at LIMIT ?`, states(Duplicate), s.who.ProgrammeID, s.who.ProgrammeID, most).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("load possible duplicates: %w", err)
	}
	return asked(s, Duplicate, rows, nil), nil
}

// importsIn finds lists that an association has brought and not imported.
func importsIn(tx *store.Tx, s scope) ([]Task, error) {
	if !s.who.Is(identity.Association) || s.timer || s.record != "" {
		return nil, nil
	}
	var rows []question
	err := tx.Raw(`SELECT i.id, i.state, i.file_name AS title, i.created_at AS since FROM imports i
		WHERE i.state IN ? AND i.organisation_id = ? AND i.programme_id = ? ORDER BY i.created_at LIMIT ?`,
		states(Import), s.who.OrganisationID, s.who.ProgrammeID, most).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("load imports: %w", err)
	}
	return asked(s, Import, rows, nil), nil
}

// profilesIn finds the reader's own profile once nobody has confirmed it for long.
func profilesIn(tx *store.Tx, s scope) ([]Task, error) {
	if !s.who.Is(identity.Professional) || s.timer || s.record != "" {
		return nil, nil
	}
	var rows []question
	err := tx.Raw(`SELECT p.id, p.state, p.confirmed_at AS since FROM professionals p WHERE p.id = ? AND p.id <> '' AND p.state IN ? AND p.confirmed_at < ?`,
		s.who.ProfessionalID, states(Profile), tx.Now.AddDate(0, 0, -staleDays)).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("load profile: %w", err)
	}
	return asked(s, Profile, rows, func(q question, _ Rule) time.Time { return q.Since.AddDate(0, 0, staleDays+followDays) }), nil
}

// reviewsIn finds people who doubt how they were ranked.
func reviewsIn(tx *store.Tx, s scope) ([]Task, error) {
	if !s.who.Is(identity.Coordinator) || s.timer || s.record != "" {
		return nil, nil
	}
	var rows []question
	err := tx.Raw(`SELECT r.id, r.state, r.need_id, n.reference, n.title, n.language, r.asked_at AS since, r.answer_by AS due
		FROM review_requests r JOIN needs n ON n.id = r.need_id
		WHERE r.state IN ? AND n.programme_id = ? AND `+privacy.NotLeaving("r.professional_id")+` ORDER BY r.answer_by, r.id LIMIT ?`,
		states(Review), s.who.ProgrammeID, most).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("load requests to look again: %w", err)
	}
	return asked(s, Review, rows, func(q question, _ Rule) time.Time { return *q.Due }), nil
}

// breachesIn finds breaches of which the authority has to be told.
func breachesIn(tx *store.Tx, s scope) ([]Task, error) {
	if !s.who.Is(identity.Administrator) || s.timer || s.record != "" {
		return nil, nil
	}
	var rows []question
	err := tx.Raw(`SELECT b.id, 'open' AS state, '' AS need_id, b.title, b.known_at AS since FROM breaches b
		WHERE b.authority_told_at IS NULL AND b.closed_at IS NULL AND b.risk <> 'none' ORDER BY b.known_at, b.id LIMIT ?`, most).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("load breaches: %w", err)
	}
	return asked(s, Breach, rows, func(q question, _ Rule) time.Time { return q.Since.Add(accountability.Deadline) }), nil
}

// mailsIn finds mails that could not be sent; an administrator sees that there are
// some, and on their own page no more than the address.
func mailsIn(tx *store.Tx, s scope) ([]Task, error) {
	if !s.who.Is(identity.Administrator) || s.timer || s.record != "" {
		return nil, nil
	}
	var rows []question
	err := tx.Raw(`SELECT o.id, o.state, o.updated_at AS since FROM outbox o WHERE o.state IN ? ORDER BY o.updated_at LIMIT 1`, states(Mail)).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("load mails: %w", err)
	}
	return asked(s, Mail, rows, nil), nil
}

// applicantsIn finds organisations that ask to take part: the coordinator decides
// about them, and for a host the ministry vouches first.
func applicantsIn(tx *store.Tx, s scope) ([]Task, error) {
	if !s.who.Is(identity.Coordinator, identity.Ministry) || s.timer || s.record != "" {
		return nil, nil
	}
	query := partners.ScopedIn(tx, s.who).Where("state IN ?", states(Applicant))
	if s.who.Is(identity.Ministry) {
		query = query.Where("vouched_at IS NULL")
	}
	var rows []question
	err := query.Select("id, state, name AS title, locale AS language, updated_at AS since").Order("updated_at, id").Limit(most).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("load applications of organisations: %w", err)
	}
	return asked(s, Applicant, rows, nil), nil
}
