// SPDX-License-Identifier: AGPL-3.0-or-later

package notices

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/selection"
	"sankofa/backend/internal/store"
)

// detail reads one identifier of an event's details.
func detail(e store.Event, name string) string {
	var all map[string]any
	_ = json.Unmarshal([]byte(e.Details), &all) // Details are JSON that we wrote ourselves.
	text, _ := all[name].(string)
	return text
}

// users runs a query for identifiers of users. Whoever did it need not be told.
func users(tx *store.Tx, e store.Event, about, query string, args ...any) ([]recipient, error) {
	var ids []string
	if err := tx.Raw(query, args...).Scan(&ids).Error; err != nil {
		return nil, err
	}
	var out []recipient
	for _, one := range ids {
		if one != e.ByUser {
			out = append(out, recipient{UserID: one, About: about})
		}
	}
	return out, nil
}

// theUser is the account that the event is about.
func theUser(_ *store.Tx, e store.Event) ([]recipient, error) {
	if !id.Valid(e.Subject) { // an address without an account
		return nil, nil
	}
	return []recipient{{UserID: e.Subject}}, nil
}

// theInvited is the person without an account to whom a link was made.
func theInvited(tx *store.Tx, e store.Event) ([]recipient, error) {
	var n int64
	err := tx.Raw(`SELECT count(*) FROM professionals WHERE id = ? AND state = 'invited'`, e.Subject).Scan(&n).Error
	if err != nil || n == 0 {
		return nil, err
	}
	return []recipient{{ProfessionalID: e.Subject, About: e.Subject}}, nil
}

// theReferee is somebody without an account whom a person asks to confirm skills.
func theReferee(tx *store.Tx, e store.Event) ([]recipient, error) {
	var n int64
	err := tx.Raw(`SELECT count(*) FROM referee_requests WHERE id = ? AND state = 'sent'`, e.Subject).Scan(&n).Error
	if err != nil || n == 0 {
		return nil, err
	}
	return []recipient{{ProfessionalID: detail(e, "professional"), About: detail(e, "professional")}}, nil
}

// owner is the account of a professional, also when they did it themselves: it confirms.
func owner(tx *store.Tx, professionalID string) ([]recipient, error) {
	return users(tx, store.Event{}, professionalID, `SELECT user_id FROM professionals WHERE id = ? AND user_id IS NOT NULL`, professionalID)
}

// thePerson is the professional whom the event is about.
func thePerson(tx *store.Tx, e store.Event) ([]recipient, error) { return owner(tx, e.Subject) }

// theCandidate is whose candidacy it is.
func theCandidate(tx *store.Tx, e store.Event) ([]recipient, error) {
	if detail(e, "professional") == "" {
		return nil, nil
	}
	return owner(tx, detail(e, "professional"))
}

// theBreached are those whom a breach concerns, and who have an account.
func theBreached(tx *store.Tx, e store.Event) ([]recipient, error) {
	var rows []struct{ UserID, ID string }
	err := tx.Raw(`SELECT p.user_id, p.id FROM breach_people b JOIN professionals p ON p.id = b.professional_id
		WHERE b.breach_id = ? AND p.user_id IS NOT NULL ORDER BY p.id`, e.Subject).Scan(&rows).Error
	out := make([]recipient, len(rows))
	for i, r := range rows {
		out[i] = recipient{UserID: r.UserID, About: r.ID}
	}
	return out, err
}

// theInviter is the officer who made the invitation.
func theInviter(tx *store.Tx, e store.Event) ([]recipient, error) {
	return users(tx, e, e.Subject, `SELECT u.id FROM invitations i JOIN users u ON u.id = i.created_by
		JOIN memberships m ON m.user_id = u.id AND m.organisation_id = i.organisation_id AND m.state = 'confirmed' WHERE i.id = ?`, detail(e, "invitation"))
}

// needOf is the need that an event is about, directly or through a candidacy.
func needOf(e store.Event) string {
	if need := detail(e, "need"); need != "" {
		return need
	}
	return e.Subject
}

// officers are the members of organisations that a condition over o and n picks.
const officers = `SELECT DISTINCT m.user_id FROM needs n JOIN memberships m ON m.programme_id = n.programme_id AND m.state = 'confirmed'
	JOIN organisations o ON o.id = m.organisation_id AND o.state = 'APPROVED' WHERE n.id = ? AND `

// theHost are the officers of the need's host institution.
func theHost(tx *store.Tx, e store.Event) ([]recipient, error) {
	return users(tx, e, detail(e, "professional"), officers+`m.role = 'host' AND o.id = n.organisation_id`, needOf(e))
}

// theMinistry are the officers of the ministry of the need's country.
func theMinistry(tx *store.Tx, e store.Event) ([]recipient, error) {
	return users(tx, e, detail(e, "professional"), officers+`m.role = 'ministry' AND o.country = n.country`, needOf(e))
}

// theCoordinators run the need's programme.
func theCoordinators(tx *store.Tx, e store.Event) ([]recipient, error) {
	return users(tx, e, detail(e, "professional"), officers+`m.role = 'coordinator'`, needOf(e))
}

// theDeciders are the coordinators and the host.
func theDeciders(tx *store.Tx, e store.Event) ([]recipient, error) {
	return users(tx, e, detail(e, "professional"), officers+`(m.role = 'coordinator' OR m.role = 'host' AND o.id = n.organisation_id)`, needOf(e))
}

// theBeginners are those who have begun an application and not sent it, and the host.
func theBeginners(tx *store.Tx, e store.Event) ([]recipient, error) {
	out, err := theHost(tx, e)
	if err != nil {
		return nil, err
	}
	var rows []struct{ UserID, ID string }
	err = tx.Raw(`SELECT p.user_id, p.id FROM application_drafts d JOIN professionals p ON p.id = d.professional_id
		WHERE d.need_id = ? AND p.user_id IS NOT NULL ORDER BY p.id`, needOf(e)).Scan(&rows).Error
	for _, r := range rows {
		out = append(out, recipient{UserID: r.UserID, About: r.ID})
	}
	return out, err
}

// theLate hear that nobody decided in time: the coordinators, or, where the chain would
// rather remind, whoever has to decide.
func theLate(tx *store.Tx, e store.Event) ([]recipient, error) {
	if detail(e, "silence") == selection.SilenceReminds {
		return theAwaited(tx, e)
	}
	return theCoordinators(tx, e)
}

// theAwaited have to decide about a candidacy: the officers whom its chain names, or
// every officer of the side, and whoever acts for one of them at present.
func theAwaited(tx *store.Tx, e store.Event) ([]recipient, error) {
	var states []string
	if err := tx.Raw(`SELECT state FROM candidacies WHERE id = ?`, e.Subject).Scan(&states).Error; err != nil || len(states) == 0 {
		return nil, err
	}
	side := map[string]audience{"SHORTLISTED": theHost, "RECOMMENDED": theHost, "HOST_ENDORSED": theMinistry, "NO_OBJECTION": theCoordinators}[states[0]]
	if side == nil {
		return nil, nil
	}
	all, err := side(tx, e)
	if err != nil {
		return nil, err
	}
	named, err := selection.NamedIn(tx, []string{e.Subject})
	if err != nil || len(named[e.Subject]) == 0 {
		return all, err
	}
	var offices []string
	for _, one := range named[e.Subject] {
		offices = append(offices, one.UserID)
	}
	deputies, err := identity.DeputiesIn(tx, offices)
	if err != nil {
		return nil, err
	}
	wanted := append(offices, deputies...)
	return slices.DeleteFunc(all, func(r recipient) bool { return !slices.Contains(wanted, r.UserID) }), nil
}

// theHolders are those on whom an overdue task waits, and the coordinators.
func theHolders(tx *store.Tx, e store.Event) ([]recipient, error) {
	above, err := theCoordinators(tx, e)
	if err != nil {
		return nil, err
	}
	holders, err := theActors(tx, e)
	return append(above, holders...), err
}

// decisions are the tasks of the three decisions about a person.
var decisions = []string{"candidacy.endorse", "candidacy.clear", "candidacy.approve"}

// theActors are those on whom a task waits.
func theActors(tx *store.Tx, e store.Event) ([]recipient, error) {
	if slices.Contains(decisions, detail(e, "task")) {
		return theAwaited(tx, e)
	}
	var finders []audience
	for _, who := range strings.Fields(detail(e, "on")) {
		switch identity.Role(who) {
		case identity.Professional:
			finders = append(finders, theCandidate)
		case identity.Host:
			finders = append(finders, theHost)
		case identity.Ministry:
			finders = append(finders, theMinistry)
		}
	}
	var all []recipient
	for _, find := range finders {
		some, err := find(tx, e)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, nil
}

// theThread are the others in a thread of messages: the person, the coordinators, and
// the host where it may read the message and knows of the person.
func theThread(tx *store.Tx, e store.Event) ([]recipient, error) {
	finders := []audience{theCoordinators}
	if detail(e, "audience") == "everybody" {
		finders = append(finders, theHost)
	}
	var all []recipient
	for _, find := range append(finders, theCandidate) {
		some, err := find(tx, e)
		if err != nil {
			return nil, err
		}
		for _, one := range some {
			if one.UserID != e.ByUser { // whoever wrote it knows
				all = append(all, one)
			}
		}
	}
	return all, nil
}

// theParties of a placement are the person and the host.
func theParties(tx *store.Tx, e store.Event) ([]recipient, error) {
	person, err := theCandidate(tx, e)
	if err != nil {
		return nil, err
	}
	hosts, err := theHost(tx, e)
	return append(person, hosts...), err
}

// theFollowers of a saved search hear when their digest of it is due.
func theFollowers(tx *store.Tx, e store.Event) ([]recipient, error) {
	var rows []struct {
		UserID string
		DueAt  time.Time
	}
	err := tx.Raw(`SELECT DISTINCT user_id, due_at FROM alerts WHERE search_id = ? AND found_at = ? AND read_at IS NULL`, e.Subject, e.At).Scan(&rows).Error
	var out []recipient
	for _, row := range rows {
		out = append(out, recipient{UserID: row.UserID, Due: row.DueAt})
	}
	return out, err
}
