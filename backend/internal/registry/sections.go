// SPDX-License-Identifier: AGPL-3.0-or-later

package registry

import (
	"time"

	"sankofa/backend/internal/id"
)

// affiliation says that a person belongs to an association.
type affiliation struct {
	ProfessionalID string
	OrganisationID string
	Since          time.Time
}

// TableName names the table for GORM.
func (affiliation) TableName() string { return "professional_associations" }

// rowsOf collects the rows of one section of many profiles.
func rowsOf[T any](people []Profile, section func(*Profile) []T, own func(row *T, professionalID string, position int)) []T {
	var rows []T
	for i := range people {
		for position, row := range section(&people[i]) {
			own(&row, people[i].ID, position)
			rows = append(rows, row)
		}
	}
	return rows
}

func skillRows(people []Profile) []Skill {
	return rowsOf(people, func(p *Profile) []Skill { return p.Skills }, func(s *Skill, professionalID string, position int) {
		s.ID, s.ProfessionalID, s.Position = id.New(), professionalID, position
	})
}

func languageRows(people []Profile) []Language {
	return rowsOf(people, func(p *Profile) []Language { return p.Languages }, func(l *Language, professionalID string, _ int) {
		l.ProfessionalID = professionalID
	})
}

func educationRows(people []Profile) []Education {
	return rowsOf(people, func(p *Profile) []Education { return p.Education }, func(e *Education, professionalID string, position int) {
		e.ID, e.ProfessionalID, e.Position = id.New(), professionalID, position
	})
}

func licenceRows(people []Profile) []Licence {
	return rowsOf(people, func(p *Profile) []Licence { return p.Licences }, func(l *Licence, professionalID string, position int) {
		l.ID, l.ProfessionalID, l.Position = id.New(), professionalID, position
	})
}

func experienceRows(people []Profile) []Experience {
	return rowsOf(people, func(p *Profile) []Experience { return p.Experience }, func(e *Experience, professionalID string, position int) {
		e.ID, e.ProfessionalID, e.Position = id.New(), professionalID, position
	})
}

func windowRows(people []Profile) []Window {
	return rowsOf(people, func(p *Profile) []Window { return p.Availability }, func(w *Window, professionalID string, position int) {
		w.ID, w.ProfessionalID, w.Position = id.New(), professionalID, position
	})
}
