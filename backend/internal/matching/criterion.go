// SPDX-License-Identifier: AGPL-3.0-or-later

package matching

import "cmp"

// The names of the criteria, which are also the groups that have a weight: stable
// keys, which screens put into words.
const (
	ByOccupation     = "occupation"
	ByRequiredSkill  = "skill.required"
	ByDesirableSkill = "skill.desirable"
	ByLanguage       = "language" // one criterion for speech and one for writing
	ByLevel          = "education.level"
	ByField          = "education.field"
	ByExperience     = "experience"
	ByRecency        = "experience.recency"
	ByAvailability   = "availability"
	ByLicence        = "licence"
	ByModality       = "modality"
	ByMissions       = "missions"
	ByTopics         = "topics"
	ByText           = "text"
)

// Groups lists the groups of criteria.
var Groups = []string{ByOccupation, ByRequiredSkill, ByDesirableSkill, ByLanguage, ByLevel, ByField, ByExperience, ByRecency,
	ByAvailability, ByLicence, ByModality, ByMissions, ByTopics, ByText}

// Status says how far a criterion is met.
type Status string

// The statuses of a criterion.
const (
	Met     Status = "met"
	Partly  Status = "partly"
	Missing Status = "missing"
	Unknown Status = "unknown" // the profile does not say
)

// Evidence is the words on both sides that a criterion rests on.
type Evidence struct {
	Need   string `json:"need" doc:"What the need asks for, in its own words"`
	Person string `json:"person" doc:"What the profile says, in the person's own words; empty when it says nothing"`
}

// Criterion is one line of a score.
type Criterion struct {
	Name     string   `json:"name" doc:"The criterion, such as skill.required; a stable key"`
	Status   Status   `json:"status" enum:"met,partly,missing,unknown"`
	Points   int      `json:"points" doc:"Points given"`
	Of       int      `json:"of" doc:"Points that could be given"`
	Evidence Evidence `json:"evidence"`
	Concept  string   `json:"concept" doc:"The concept that both sides meet on, or that the need asks for; empty without one"`
	// ConceptLabel is for readers: no rule sets or reads it.
	ConceptLabel string `json:"conceptLabel" doc:"The concept in the reader's language, and in a frozen ranking in the need's; empty without one"`
	Relation     string `json:"relation,omitempty" enum:"same,narrower,broader,sibling,words" doc:"How the person's words stand to the need's"`
	Source       Source `json:"source,omitempty" enum:"skill,experience,cv" doc:"Where in the profile the words stand"`
}

// Result is what came out of comparing a person with a need.
type Result struct {
	Pseudonym string
	Score     int         // the sum of the criteria's points
	Criteria  []Criterion // whose "of" add up to Whole
}

// Compare orders results: the higher score first, and of equals the pseudonym
// that sorts first, so that the order never depends on chance.
func Compare(a, b Result) int {
	return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Pseudonym, b.Pseudonym))
}
