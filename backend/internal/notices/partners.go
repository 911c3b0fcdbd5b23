// SPDX-License-Identifier: AGPL-3.0-or-later

package notices

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/mail"
	"sankofa/backend/internal/store"
)

// What organisations that ask to take part are told, and those who let them in.

// theApplicant is the first officer, who has no account yet.
func theApplicant(*store.Tx, store.Event) ([]recipient, error) { return []recipient{{}}, nil }

// theGatekeepers are the coordinators of the programme, and for a host the ministry of
// its country.
func theGatekeepers(tx *store.Tx, e store.Event) ([]recipient, error) {
	return users(tx, e, "", `SELECT DISTINCT m.user_id FROM organisation_applications a JOIN memberships m ON m.programme_id = a.programme_id AND m.state = 'confirmed'
		JOIN organisations o ON o.id = m.organisation_id AND o.state = 'APPROVED'
		WHERE a.id = ? AND (m.role = 'coordinator' OR m.role = 'ministry' AND a.kind = 'host_institution' AND o.country = a.country AND a.vouched_at IS NULL)`, e.Subject)
}

// theOfficers are everybody who acts for the organisation, whatever its state.
func theOfficers(tx *store.Tx, e store.Event) ([]recipient, error) {
	return users(tx, e, "", `SELECT DISTINCT user_id FROM memberships WHERE organisation_id = ? AND state = 'confirmed'`, e.Subject)
}

// asking is what the texts about an application need.
type asking struct {
	Name, Programme, State, Reason, OfficerName, OfficerEmail, Locale string
}

func askingIn(tx *store.Tx, id string) (asking, bool, error) {
	var rows []asking
	err := tx.Raw(`SELECT a.name, p.name AS programme, a.state, a.reason, a.officer_name, a.officer_email, a.locale
		FROM organisation_applications a JOIN programmes p ON p.id = a.programme_id WHERE a.id = ?`, id).Scan(&rows).Error
	if err != nil || len(rows) == 0 {
		return asking{}, false, err
	}
	return rows[0], true, nil
}

// applicantIn finds where the first officer is written to.
func applicantIn(tx *store.Tx, id string) (addressee, bool, error) {
	a, there, err := askingIn(tx, id)
	return addressee{Email: a.OfficerEmail, Name: a.OfficerName, Locale: a.Locale, Zone: time.UTC}, there && a.OfficerEmail != "", err
}

// ofApplication tells the first officer how their application stands, while it does.
func ofApplication(path string, states ...string) facts {
	return func(_ *mail.Texter, tx *store.Tx, n news) (told, error) {
		a, there, err := askingIn(tx, n.Subject)
		if err != nil || !there || !slices.Contains(states, a.State) {
			return gone, err
		}
		return said(path, "organisation", a.Name, "programme", a.Programme, "reason", oneLine(a.Reason)), nil
	}
}

// ofApplicant tells those who decide who asks.
func ofApplicant(_ *mail.Texter, tx *store.Tx, n news) (told, error) {
	a, there, err := askingIn(tx, n.Subject)
	if err != nil || !there || a.State != "APPLIED" {
		return gone, err
	}
	return said("/organisations/applications/"+n.Subject, "organisation", a.Name, "programme", a.Programme), nil
}

// ofOrganisation tells officers what became of their organisation, and why.
func ofOrganisation(state string) facts {
	return func(_ *mail.Texter, tx *store.Tx, n news) (told, error) {
		o, err := identity.OrganisationIn(tx, n.Subject)
		if err != nil || o.State != state {
			return gone, err
		}
		return said("/", "organisation", o.Name, "reason", cmp.Or(oneLine(o.StateReason), "–")), nil
	}
}

// oneLine is a text without line breaks, as a sentence of a mail holds it.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
