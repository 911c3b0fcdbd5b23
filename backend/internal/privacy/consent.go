// SPDX-License-Identifier: AGPL-3.0-or-later

// Package privacy keeps the door between a person and everybody else: the
// notices that people read, the consents that they give and withdraw, one
// purpose at a time, and whether they can be found at all.
package privacy

import (
	"slices"
	"time"

	"sankofa/backend/internal/fault"
)

// Purpose is what personal data may be used for. Each is asked on its own.
type Purpose string

// The purposes.
const (
	RegistrySearch     Purpose = "registry_search"     // to be found for needs; without it nobody is
	ShareWithHosts     Purpose = "share_with_hosts"    // the host sees the name once the person is shortlisted
	Statistics         Purpose = "statistics"          // to be counted
	AssociationContact Purpose = "association_contact" // the association may write or call
)

// Purposes lists every purpose in the order in which people are asked.
var Purposes = []Purpose{RegistrySearch, ShareWithHosts, Statistics, AssociationContact}

// Known tells whether the purpose exists.
func (p Purpose) Known() bool { return slices.Contains(Purposes, p) }

// Status is where a consent stands.
type Status string

// The statuses; None is never stored.
const (
	None      Status = "none"
	Active    Status = "active"
	Withdrawn Status = "withdrawn"
)

// Consent is one row: what a person agreed to, in the words of which notice.
type Consent struct {
	ID             string
	ProfessionalID string
	Purpose        Purpose
	NoticeVersion  string
	NoticeLanguage string
	Status         Status
	GivenBy        string
	GivenAt        time.Time
	WithdrawnAt    *time.Time
}

// withdraw ends the consent. What was done under it stays on record.
func (c *Consent) withdraw(now time.Time) error {
	if c.Status != Active {
		return notGiven()
	}
	c.Status, c.WithdrawnAt = Withdrawn, &now
	return nil
}

// Given is what a person ticks: a purpose, and the notice that they read.
type Given struct {
	Purpose  Purpose
	Version  string
	Language string
}

// visibility is the row without which nobody is found; its foreign key reaches
// the active consent.
type visibility struct {
	ProfessionalID string `gorm:"primaryKey"`
	ConsentID      string
	Purpose        Purpose
	Status         Status
	Since          time.Time
}

// TableName names the table for GORM.
func (visibility) TableName() string { return "visibility" }

func alreadyGiven() error {
	return fault.New(fault.Conflict, "consent.already_given", "You have given this consent already.")
}

func notGiven() error {
	return fault.New(fault.Conflict, "consent.not_given", "You have not given this consent, or you have withdrawn it already.")
}
