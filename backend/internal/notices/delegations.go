// SPDX-License-Identifier: AGPL-3.0-or-later

package notices

import (
	"slices"

	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/mail"
	"sankofa/backend/internal/store"
)

// What officers are told of whom they let act for them.

// theTaker is the colleague who is asked to act for somebody.
func theTaker(_ *store.Tx, e store.Event) ([]recipient, error) {
	return []recipient{{UserID: detail(e, "taker")}}, nil
}

// theGiver is whose office it is.
func theGiver(_ *store.Tx, e store.Event) ([]recipient, error) {
	return []recipient{{UserID: detail(e, "giver")}}, nil
}

// theOtherOne is the one of the two who did not end it.
func theOtherOne(tx *store.Tx, e store.Event) ([]recipient, error) {
	if detail(e, "giver") == e.ByUser {
		return theTaker(tx, e)
	}
	return theGiver(tx, e)
}

// ofDelegation names both and the days, while it stands in one of the states.
func ofDelegation(states ...string) facts {
	return func(t *mail.Texter, tx *store.Tx, n news) (told, error) {
		d, there, err := identity.DelegatedIn(tx, n.Subject)
		if err != nil || !there || !slices.Contains(states, d.State) {
			return gone, err
		}
		return said("/delegations", "giver", d.Giver, "taker", d.Taker, "organisation", d.Organisation.Name, "reason", oneLine(d.Reason),
			"from", t.Date(n.Locale, d.First().Time()), "until", t.Date(n.Locale, d.Last().Time())), nil
	}
}
