// SPDX-License-Identifier: AGPL-3.0-or-later

package demo

import (
	"context"
	"sync"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/store"
)

// sharedHash is the hash of the one password, computed once: it is slow on purpose.
var sharedHash = sync.OnceValue(func() string { return identity.HashPassword(Password) })

// readOrganisations and readOfficers read the partners and their people once.
var (
	readOrganisations = sync.OnceValues(func() ([]record, error) { return readTable("organisations.tsv") })
	readOfficers      = sync.OnceValues(func() ([]record, error) { return readTable("officers.tsv") })
)

// loader writes one demonstration.
type loader struct {
	Deps
	maker     *maker
	hash      string
	programme string                           // identifier
	partner   map[string]identity.Organisation // by the key in organisations.tsv
	account   map[string]string                // identifiers of users, by mailbox
}

// partners founds the programme with its organisations and officers, or finds
// those that are there.
func (l *loader) partners(ctx context.Context) error {
	organisations, err := readOrganisations()
	if err != nil {
		return err
	}
	officers, err := readOfficers()
	if err != nil {
		return err
	}
	whole := false
	err = l.DB.View(ctx, func(tx *store.Tx) (err error) {
		whole, err = l.knownPartners(tx, organisations, officers)
		return err
	})
	if err != nil || whole {
		return err
	}
	return l.DB.Change(ctx, store.System, func(tx *store.Tx) error {
		if _, err := l.knownPartners(tx, organisations, officers); err != nil {
			return err
		}
		if err := l.foundProgramme(tx); err != nil {
			return err
		}
		if err := l.foundOrganisations(tx, organisations); err != nil {
			return err
		}
		return l.appoint(tx, officers)
	})
}

// knownPartners finds what is there and tells whether nothing is missing.
func (l *loader) knownPartners(tx *store.Tx, organisations, officers []record) (bool, error) {
	l.programme, l.partner, l.account = "", map[string]identity.Organisation{}, map[string]string{}
	var programmes []identity.Programme
	if err := tx.Where("code = ?", Programme).Limit(1).Find(&programmes).Error; err != nil {
		return false, err
	}
	if len(programmes) > 0 && !programmes[0].Demo {
		return false, fault.New(fault.Conflict, "demo.code_taken",
			"There is a real programme with the code %s. The demonstration needs that code; please rename the programme.", Programme)
	}
	if len(programmes) > 0 {
		l.programme = programmes[0].ID
	}
	var there []identity.Organisation
	if err := tx.Where("demo = ?", true).Find(&there).Error; err != nil {
		return false, err
	}
	key := map[string]string{}
	for _, r := range organisations {
		key[r["name"]] = r["key"]
	}
	for _, o := range there {
		if k := key[o.Name]; k != "" {
			l.partner[k] = o
		}
	}
	return l.programme != "" && len(l.partner) == len(organisations), l.knownAccounts(tx, officers)
}

// knownAccounts finds the officers that have an account.
func (l *loader) knownAccounts(tx *store.Tx, officers []record) error {
	var users []identity.User
	if err := tx.Where("demo = ? AND email LIKE ?", true, "%@"+domain).Find(&users).Error; err != nil {
		return err
	}
	known := map[string]string{}
	for _, u := range users {
		known[u.Email] = u.ID
	}
	for _, r := range officers {
		if userID := known[r["mailbox"]+"@"+domain]; userID != "" {
			l.account[r["mailbox"]] = userID
		}
	}
	return nil
}

// foundProgramme founds the programme for the countries that people come from.
func (l *loader) foundProgramme(tx *store.Tx) error {
	if l.programme != "" {
		return nil
	}
	p := identity.Programme{Code: Programme, Name: "Skills for home – demonstration programme", Demo: true,
		Summary:             "Everybody and everything here is fictional: made to show how people of the diaspora lend their skills to the countries they come from.",
		MinimumCounterparts: 2, ShortlistMost: 5}
	for _, c := range l.maker.countries {
		p.Countries = append(p.Countries, c.code)
	}
	founded, err := identity.FoundProgrammeIn(tx, p)
	l.programme = founded.ID
	return err
}

func (l *loader) foundOrganisations(tx *store.Tx, rows []record) error {
	for _, r := range rows {
		if l.partner[r["key"]].ID != "" {
			continue
		}
		o, err := identity.FoundOrganisationIn(tx, identity.Organisation{Kind: r["kind"], Name: r["name"], Country: r["country"],
			Place: r["place"], Demo: true}, l.programme)
		if err != nil {
			return err
		}
		l.partner[r["key"]] = o
	}
	return nil
}

// appoint makes an account and a membership for each officer who has none.
func (l *loader) appoint(tx *store.Tx, rows []record) error {
	for _, r := range rows {
		if l.account[r["mailbox"]] != "" {
			continue
		}
		userID, err := l.register(tx, r["mailbox"], r["name"], r["locale"])
		if err != nil {
			return err
		}
		programme := l.programme
		if r["role"] == string(identity.Administrator) {
			programme = ""
		}
		if _, err := identity.JoinIn(tx, userID, l.partner[r["organisation"]].ID, programme, identity.Role(r["role"])); err != nil {
			return err
		}
		l.account[r["mailbox"]] = userID
	}
	return nil
}

// register makes one account with the shared password, or finds the one that is
// there under the address.
func (l *loader) register(tx *store.Tx, mailbox, name, locale string) (string, error) {
	email := mailbox + "@" + domain
	var there []identity.User
	if err := tx.Where("email = ?", email).Limit(1).Find(&there).Error; err != nil {
		return "", err
	}
	if len(there) > 0 {
		return there[0].ID, nil
	}
	return identity.CreateUserIn(tx, identity.NewUser{Email: email, Name: name, Locale: locale, Demo: true, Hash: l.hash})
}
