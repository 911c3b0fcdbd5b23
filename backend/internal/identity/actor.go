// SPDX-License-Identifier: AGPL-3.0-or-later

// Package identity knows organisations, the people who sign in, their
// memberships and roles, and their sessions. Every use case of the system takes
// an Actor: who is asking, and acting for whom.
package identity

import (
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/store"
)

// Role is what a person does in the acting membership.
type Role string

// The roles. Nobody holds one for good: it belongs to the membership that the
// person has chosen to act in.
const (
	Nobody        Role = ""              // signed out
	Professional  Role = "professional"  // a diaspora professional, about themselves
	Association   Role = "association"   // an officer of a migrant association
	Host          Role = "host"          // an officer of a host institution
	Ministry      Role = "ministry"      // an officer of an origin ministry
	Coordinator   Role = "coordinator"   // runs the programme
	Administrator Role = "administrator" // runs the installation; sees no personal data by office
)

// Roles lists every role of somebody who is signed in.
var Roles = []Role{Professional, Association, Host, Ministry, Coordinator, Administrator}

// Actor is who is asking, and acting for whom. The zero Actor is a stranger.
type Actor struct {
	UserID         string
	Role           Role
	MembershipID   string // empty for a professional
	OrganisationID string // that the person acts for; empty for a professional
	ProgrammeID    string // that the membership belongs to; empty for professionals and administrators
	ProfessionalID string // the person's own profile, when there is one
	Locale         string // the language of the person's screens: "en"
	Demo           bool   // the account belongs to the demonstration
	MustEnrol      bool   // the role asks for a second factor that is not set up yet
	DelegationID   string // by which the person acts for a colleague; empty: in their own office
	ForUserID      string // that colleague, whose office it is
}

// Author returns who the ledger names.
func (a Actor) Author() store.Author {
	return store.Author{UserID: a.UserID, OrganisationID: a.OrganisationID, ForUserID: a.ForUserID}
}

// Counts tells whether the user is one of those who act here: the person, and the
// colleague in whose name they do. Where two people must be different, both count.
func (a Actor) Counts(userID string) bool {
	return userID != "" && (userID == a.UserID || userID == a.ForUserID)
}

// Office returns whose office the person acts in: their own, or a colleague's.
func (a Actor) Office() string {
	if a.ForUserID != "" {
		return a.ForUserID
	}
	return a.UserID
}

// Persons lists who acts here: the person, and the colleague in whose name they do.
func (a Actor) Persons() []string {
	if a.ForUserID == "" {
		return []string{a.UserID}
	}
	return []string{a.UserID, a.ForUserID}
}

// Is tells whether the actor acts in one of the roles.
func (a Actor) Is(roles ...Role) bool {
	for _, r := range roles {
		if a.Role == r {
			return true
		}
	}
	return false
}

// Access is who may call a route at all: the coarse half of every check. The
// service then states the right over the record itself.
type Access struct {
	Public bool   // anybody, signed in or not
	Roles  []Role // empty and not Public: anybody who is signed in
}

// The accesses that routes name.
var (
	Public   = Access{Public: true}
	SignedIn = Access{}
)

// Only is the access of the roles.
func Only(roles ...Role) Access { return Access{Roles: roles} }

// Admit returns a fault unless the actor may call the route.
func (a Access) Admit(who Actor) error {
	if a.Public {
		return nil
	}
	if who.UserID == "" {
		return fault.New(fault.Unknown, "session.missing", "Please sign in first.")
	}
	if len(a.Roles) == 0 {
		return nil
	}
	if who.Is(a.Roles...) {
		if who.MustEnrol {
			return fault.New(fault.Denied, "session.enrol",
				"Your role needs a second factor. Please set it up under Security first.")
		}
		return nil
	}
	// A screen of another role is not found, rather than forbidden: its address
	// tells nobody what exists.
	return fault.New(fault.Missing, "missing", "There is nothing here for you.")
}
