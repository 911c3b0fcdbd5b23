// SPDX-License-Identifier: AGPL-3.0-or-later

// Package partners lets organisations ask to take part in a programme, and those
// who run it let them in, send them back, suspend them and end it. Everybody may
// read who takes part.
package partners

import (
	"fmt"
	"net/mail"
	"net/url"
	"slices"
	"strings"
	"time"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/files"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/lifecycle"
)

// Kinds are the organisations that may ask; who runs a programme is appointed.
var Kinds = []string{"association", "host_institution", "ministry", "destination_ministry", "donor", "local_authority",
	"professional_council", "recruitment_agency", "employer", "data_office"}

// offices are the kinds whose officers have screens here; the others take part by name.
var offices = map[string]identity.Role{"association": identity.Association, "host_institution": identity.Host, "ministry": identity.Ministry}

// Bounds of an application.
const (
	nameMost     = 200
	summaryLeast = 20
	summaryMost  = 2000
	wordsMost    = 2000
	refereesLow  = 2 // feature 2: evidence and references
	refereesHigh = 4
	papersMost   = 8
	// MostBytes is how large one paper may be.
	MostBytes = 10 << 20
)

// Application is one row: an organisation that asks to take part.
type Application struct {
	ID             string
	ProgrammeID    string
	Kind           string
	Name           string
	Country        string
	Place          string
	Website        string
	Summary        string
	OfficerName    string // the first officer
	OfficerEmail   string
	Locale         string // of the mails
	State          lifecycle.State
	Round          int
	ConfirmedAt    *time.Time // when the first officer opened the link in our mail
	VouchedBy      string
	VouchedAt      *time.Time
	DecidedBy      string
	Reason         string
	OrganisationID *string // what it became
	Version        int
	CreatedAt      time.Time
	UpdatedAt      time.Time
}

// TableName names the table for GORM.
func (Application) TableName() string { return "organisation_applications" }

// Referee is somebody who knows the organisation and is not of it.
type Referee struct {
	ApplicationID string `gorm:"primaryKey"`
	Position      int    `gorm:"primaryKey"`
	Name          string
	Organisation  string
	Contact       string // an address or a telephone number
}

// TableName names the table for GORM.
func (Referee) TableName() string { return "organisation_referees" }

// Remark says what is to be mended in one field.
type Remark struct {
	ApplicationID string `gorm:"primaryKey"`
	Round         int    `gorm:"primaryKey"`
	Field         string `gorm:"primaryKey"`
	Words         string
	ByUser        string
	At            time.Time
}

// TableName names the table for GORM.
func (Remark) TableName() string { return "organisation_remarks" }

// Fields are what a remark can be about.
var Fields = []string{"name", "kind", "country", "place", "website", "summary", "officerName", "referees", "papers"}

// Form is what an organisation says of itself.
type Form struct {
	Programme    string // by code
	Kind         string
	Name         string
	Country      string
	Place        string
	Website      string
	Summary      string
	OfficerName  string
	OfficerEmail string
	Locale       string
	Referees     []Referee
}

// Codes knows countries.
type Codes interface{ Country(code string) bool }

func (f *Form) tidy() {
	for _, text := range []*string{&f.Programme, &f.Name, &f.Place, &f.Website, &f.Summary, &f.OfficerName, &f.OfficerEmail} {
		*text = strings.TrimSpace(*text)
	}
	f.OfficerEmail = strings.ToLower(f.OfficerEmail)
	for i := range f.Referees {
		r := &f.Referees[i]
		r.Position, r.Name, r.Organisation, r.Contact = i, strings.TrimSpace(r.Name), strings.TrimSpace(r.Organisation), strings.TrimSpace(r.Contact)
	}
}

// check complains about what cannot be meant. The countries are those that the
// programme serves: its hosts and ministries are there.
func (f Form) check(codes Codes, served []string) error {
	var c fault.Check
	c.That(slices.Contains(Kinds, f.Kind), "kind", "organisation.kind", "Please choose what kind of organisation it is.")
	c.Length(f.Name, "name", 2, nameMost)
	plain(&c, f.Name, "name", "")
	c.That(codes.Country(f.Country), "country", "country.unknown", "We do not know this country. Please choose one from the list.")
	if offices[f.Kind] == identity.Host || offices[f.Kind] == identity.Ministry {
		c.That(slices.Contains(served, f.Country), "country", "organisation.country",
			"Institutions and ministries of this programme are in a country that it serves. Please choose one of: %s.", strings.Join(served, ", "))
	}
	c.Length(f.Place, "place", 0, nameMost)
	plain(&c, f.Place, "place", "")
	c.That(f.Website == "" || isWebsite(f.Website), "website", "website.malformed", "Please write the address as https://example.org, or leave it empty.")
	c.Length(f.Summary, "summary", summaryLeast, summaryMost)
	plain(&c, f.Summary, "summary", "\n\t")
	c.Length(f.OfficerName, "officerName", 1, nameMost)
	plain(&c, f.OfficerName, "officerName", "")
	address, err := mail.ParseAddress(f.OfficerEmail)
	c.That(err == nil && address.Address == f.OfficerEmail && len(f.OfficerEmail) <= 254, "officerEmail", "email.malformed",
		"Please write an e-mail address such as name@example.org.")
	c.That(slices.Contains(identity.Locales, f.Locale), "locale", "locale.unknown", "Please choose one of: %s.", strings.Join(identity.Locales, ", "))
	c.That(len(f.Referees) >= refereesLow && len(f.Referees) <= refereesHigh, "referees", "organisation.referees",
		"Please name %d to %d people who know the organisation and are not of it.", refereesLow, refereesHigh)
	for i, r := range f.Referees {
		if i >= refereesHigh {
			break
		}
		at := fmt.Sprintf("referees[%d].", i)
		c.Length(r.Name, at+"name", 1, nameMost)
		plain(&c, r.Name, at+"name", "")
		c.Length(r.Organisation, at+"organisation", 1, nameMost)
		plain(&c, r.Organisation, at+"organisation", "")
		c.Length(r.Contact, at+"contact", 5, nameMost)
		plain(&c, r.Contact, at+"contact", "")
		c.That(r.Contact == "" || !strings.EqualFold(r.Contact, f.OfficerEmail), at+"contact", "organisation.referee_self", "A referee is somebody else than the first officer.")
		for _, earlier := range f.Referees[:i] {
			c.That(r.Contact == "" || !strings.EqualFold(earlier.Contact, r.Contact), at+"contact", "organisation.referee_twice", "This person is named already. Please name another.")
		}
	}
	return c.Err()
}

// plain complains about characters that nobody types; the allowed ones may stand.
func plain(c *fault.Check, text, field, allowed string) {
	odd := strings.ContainsFunc(text, func(r rune) bool {
		return (r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0) && !strings.ContainsRune(allowed, r)
	})
	c.That(!odd, field, "field.control", "Please remove line breaks and invisible characters.")
}

// isWebsite tells whether a browser can open it without guessing.
func isWebsite(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && strings.Contains(u.Hostname(), ".") && u.User == nil &&
		len(text) <= 300 && !strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r == 0x7f })
}

func (a *Application) fill(f Form) {
	a.Kind, a.Name, a.Country, a.Place, a.Website, a.Summary = f.Kind, f.Name, f.Country, f.Place, f.Website, f.Summary
	a.OfficerName, a.OfficerEmail, a.Locale = f.OfficerName, f.OfficerEmail, f.Locale
}

// Dossier is an application with everything that belongs to it.
type Dossier struct {
	Application
	Programme identity.Programme
	Referees  []Referee
	Remarks   []Remark // of every round, oldest first
	Papers    []files.File
	// HasMinistry tells that a ministry of the host's country takes part, which is asked.
	HasMinistry bool
	Invited     bool // the first officer has a link and has not used it
	Can         []Next
}

// Next is a step that the reader may take, and what it still waits for.
type Next struct {
	Name    string
	Missing []lifecycle.Evidence
}

// lacks are the evidence of a move that is not there.
func (d Dossier) lacks(m lifecycle.Move) []lifecycle.Evidence {
	missing := []lifecycle.Evidence{}
	for _, e := range m.Evidence {
		there := true
		switch e {
		case lifecycle.Confirmed:
			there = d.ConfirmedAt != nil
		case lifecycle.Papers:
			there = len(d.Papers) > 0
		case lifecycle.TwoReferees:
			there = len(d.Referees) >= refereesLow
		case lifecycle.Vouched:
			there = d.Kind != "host_institution" || !d.HasMinistry || d.VouchedAt != nil
		}
		if !there {
			missing = append(missing, e)
		}
	}
	return missing
}

// next lists what the reader may do.
func (d Dossier) next(who lifecycle.Who) []Next {
	out := []Next{}
	for _, m := range lifecycle.Organisation.Next(d.State, who) {
		if d.State != lifecycle.Applied && d.State != lifecycle.Returned {
			break // what was approved is an organisation now: see Offices
		}
		if m.Name == "vouch" && (d.Kind != "host_institution" || d.VouchedAt != nil) {
			continue
		}
		out = append(out, Next{Name: m.Name, Missing: d.lacks(m)})
	}
	return out
}
