// SPDX-License-Identifier: AGPL-3.0-or-later

// Package registry holds the diaspora professionals: who they are, what they
// can do, when they are free, and where each word of it came from. Nobody is
// searchable before they consent; privacy keeps that door.
package registry

import (
	"time"

	"sankofa/backend/internal/day"
)

// State is where a professional stands in the registry.
type State string

// The states of a professional.
const (
	Invited  State = "invited"  // registered by an association, has not answered yet
	Active   State = "active"   // confirmed by the person
	Paused   State = "paused"   // the person does not want to be found for now
	Declined State = "declined" // the person does not want to be here
)

// CEFR is a level of the Common European Framework of Reference: 0 none, 1 A1 … 6 C2.
type CEFR int

// Evidence says what stands behind a skill, weakest first.
type Evidence string

// The levels of evidence (feature 16).
const (
	Claimed        Evidence = "claimed"
	WithExperience Evidence = "experience"
	ByReferee      Evidence = "referee"
	ByHost         Evidence = "host"
)

// Professional is one row: a person of the diaspora.
type Professional struct {
	ID                 string
	Pseudonym          string // "P-7K3M-Q2XA": how partners name the person before the shortlist
	UserID             *string
	GivenName          string
	FamilyName         string // may be empty: many people have one name only
	Email              string
	Phone              string
	Sex                string // "", "female", "male", "other"; never matched on
	BirthDate          day.Day
	OriginCountry      string // ISO 3166-1 alpha-2
	OriginLink         string // "born", "citizen", "parent", "grandparent", "spouse"
	ResidenceCountry   string
	ResidencePlace     string
	ResidenceStatus    string  // "citizen", "permanent", "temporary", "refugee", "other"
	RightOfReturn      string  // "yes", "no", "unknown": may the person come back to the residence country
	RightOfReturnUntil day.Day // empty: it does not expire
	OccupationTitle    string  // in the person's own words
	ISCO               string  `gorm:"column:isco"` // ISCO-08 unit group, four digits
	YearsExperience    int
	Summary            string
	CVText             string `gorm:"column:cv_text"`
	CVLanguage         string `gorm:"column:cv_language"` // ISO 639-1
	Onsite             bool
	Virtual            bool
	Hybrid             bool
	LongestDays        int // the longest stay the person can give at once, in days
	NoticeDays         int // between an offer and the first day
	State              State
	Demo               bool // fictional, made by the demonstration
	Version            int
	CreatedAt          time.Time
	UpdatedAt          time.Time
	ConfirmedAt        *time.Time // when the person last said that this is right
	Sought             string     // names and e-mail, folded, for the association's search
	SoughtWork         string     // pseudonym and occupation, folded: what may be searched blindly
}

// Skill is something the person can do, in their own words and, where one is
// known, as a concept of the vocabulary.
type Skill struct {
	ID             string
	ProfessionalID string
	Position       int
	Concept        string // "agriculture.drip-irrigation", or empty
	Label          string
	Level          int // 1 basic, 2 independent, 3 advanced, 4 expert
	Years          int
	LastUsed       int // a year; 0 is not said
	Evidence       Evidence
}

// TableName names the table for GORM.
func (Skill) TableName() string { return "professional_skills" }

// Language is a language with a CEFR level per ability.
type Language struct {
	ProfessionalID string
	Language       string // ISO 639-1, or 639-3 where there is none
	Native         bool
	Listening      CEFR
	Reading        CEFR
	Interaction    CEFR
	Production     CEFR
	Writing        CEFR
}

// TableName names the table for GORM.
func (Language) TableName() string { return "professional_languages" }

// Education is a completed education.
type Education struct {
	ID             string
	ProfessionalID string
	Position       int
	Level          int    // ISCED 2011, 0–8
	Field          string // ISCED-F 2013 code
	Title          string
	Institution    string
	Country        string
	Year           int
}

// TableName names the table for GORM.
func (Education) TableName() string { return "professional_education" }

// Licence is a registration with a professional council.
type Licence struct {
	ID             string
	ProfessionalID string
	Position       int
	Body           string
	Number         string
	Country        string
	ISCO           string `gorm:"column:isco"`
	ValidFrom      day.Day
	ValidUntil     day.Day
	GoodStandingOn day.Day // date of the certificate of good standing
	DocumentID     string  // the paper that shows it; empty: none is attached
}

// TableName names the table for GORM.
func (Licence) TableName() string { return "professional_licences" }

// Experience is a post the person held.
type Experience struct {
	ID             string
	ProfessionalID string
	Position       int
	Title          string
	ISCO           string `gorm:"column:isco"`
	Employer       string
	Country        string
	From           day.Day `gorm:"column:from_on"`
	To             day.Day `gorm:"column:to_on"` // empty: still there
	Description    string
}

// TableName names the table for GORM.
func (Experience) TableName() string { return "professional_experience" }

// Window is a period in which the person can be away from home.
type Window struct {
	ID             string
	ProfessionalID string
	Position       int
	From           day.Day `gorm:"column:from_on"`
	To             day.Day `gorm:"column:to_on"`
}

// TableName names the table for GORM.
func (Window) TableName() string { return "professional_availability" }

// Profile is a professional with everything that belongs to them.
type Profile struct {
	Professional
	Skills       []Skill
	Languages    []Language
	Education    []Education
	Licences     []Licence
	Experience   []Experience
	Availability []Window
	Programmes   []string // identifiers of the programmes the person is enrolled in
	Associations []string // identifiers of the associations the person belongs to
	Visible      bool     // a visibility row stands: the person may be searched
}
