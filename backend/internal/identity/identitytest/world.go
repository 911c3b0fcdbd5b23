// SPDX-License-Identifier: AGPL-3.0-or-later

// Package identitytest builds a small world for tests: two programmes, their
// partners and one officer of each, so that a test says in one line who is there.
package identitytest

import (
	"testing"

	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/store"
)

// Side is one programme with one organisation and one officer of each kind.
type Side struct {
	Programme identity.Programme

	AssociationOrg, HostOrg, MinistryOrg, CoordinatorOrg identity.Organisation

	Association, Host, Ministry, Coordinator identity.Actor
}

// World is the programme that the test is about, another that shares nothing
// with it, and the administrator of the installation.
type World struct {
	Side
	Other         Side
	SecondHost    identity.Actor // a host of the same programme, in another institution
	Administrator identity.Actor

	t  testing.TB
	db *store.DB
}

// Password is that of every account here.
const Password = "correct horse battery"

// hash is computed once: argon2 is slow on purpose.
var hash = identity.HashPassword(Password)

// New fills the database with the world.
func New(t testing.TB, db *store.DB) *World {
	t.Helper()
	w := &World{t: t, db: db}
	err := db.Change(t.Context(), store.System, func(tx *store.Tx) error {
		w.Side = w.side(tx, "TEST", "GH", "GH", "SN", "SO", "CD", "SL")
		w.Other = w.side(tx, "OTHER", "KE", "KE")
		second := must(identity.FoundOrganisationIn(tx, identity.Organisation{Kind: "host_institution",
			Name: "Second Host", Country: "GH"}, w.Programme.ID))
		w.SecondHost = w.officer(tx, "host2@test.invalid", second.ID, w.Programme.ID, identity.Host)
		w.Administrator = w.officer(tx, "administrator@test.invalid", w.CoordinatorOrg.ID, "", identity.Administrator)
		return nil
	})
	if err != nil {
		t.Fatalf("build the world: %v", err)
	}
	return w
}

// side founds one programme with its partners. The ministry, the host and the
// needs are of the country.
func (w *World) side(tx *store.Tx, code, country string, countries ...string) Side {
	var s Side
	s.Programme = must(identity.FoundProgrammeIn(tx, identity.Programme{Code: code, Name: "Programme " + code,
		MinimumCounterparts: 2, ShortlistMost: 5, Countries: countries}))
	found := func(kind, where string) identity.Organisation {
		return must(identity.FoundOrganisationIn(tx, identity.Organisation{Kind: kind, Name: code + " " + kind, Country: where}, s.Programme.ID))
	}
	s.AssociationOrg, s.HostOrg = found("association", "NL"), found("host_institution", country)
	s.MinistryOrg, s.CoordinatorOrg = found("ministry", country), found("coordinator", "CH")
	s.Association = w.officer(tx, "association@"+code+".invalid", s.AssociationOrg.ID, s.Programme.ID, identity.Association)
	s.Host = w.officer(tx, "host@"+code+".invalid", s.HostOrg.ID, s.Programme.ID, identity.Host)
	s.Ministry = w.officer(tx, "ministry@"+code+".invalid", s.MinistryOrg.ID, s.Programme.ID, identity.Ministry)
	s.Coordinator = w.officer(tx, "coordinator@"+code+".invalid", s.CoordinatorOrg.ID, s.Programme.ID, identity.Coordinator)
	return s
}

// officer makes an account with one membership, acting in it.
func (w *World) officer(tx *store.Tx, email, organisationID, programmeID string, role identity.Role) identity.Actor {
	userID := must(identity.CreateUserIn(tx, identity.NewUser{Email: email, Name: "Officer " + string(role), Locale: "en", Hash: hash}))
	m := must(identity.JoinIn(tx, userID, organisationID, programmeID, role))
	return identity.Actor{UserID: userID, Role: role, MembershipID: m.ID, OrganisationID: organisationID, ProgrammeID: programmeID, Locale: "en"}
}

// Officer adds one more account with a membership.
func (w *World) Officer(email, organisationID, programmeID string, role identity.Role) identity.Actor {
	w.t.Helper()
	var who identity.Actor
	err := w.db.Change(w.t.Context(), store.System, func(tx *store.Tx) error {
		who = w.officer(tx, email, organisationID, programmeID, role)
		return nil
	})
	if err != nil {
		w.t.Fatalf("add officer: %v", err)
	}
	return who
}

// User adds an account without any membership and returns its identifier.
func (w *World) User(email string) string {
	w.t.Helper()
	var userID string
	err := w.db.Change(w.t.Context(), store.System, func(tx *store.Tx) error {
		userID = must(identity.CreateUserIn(tx, identity.NewUser{Email: email, Name: "Person", Locale: "en", Hash: hash}))
		return nil
	})
	if err != nil {
		w.t.Fatalf("add user: %v", err)
	}
	return userID
}

// must is for building the world only: a mistake in it is the test's, and ends it.
func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}
