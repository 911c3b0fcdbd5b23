// SPDX-License-Identifier: AGPL-3.0-or-later

package demo

import (
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/taxonomy"
)

// Needs returns fictional needs number 1 to n, in full. A need depends on the
// seed and its number alone; no database is needed.
func Needs(tax *taxonomy.Taxonomy, seed uint64, n int) ([]needs.Terms, error) {
	m, err := newMaker(tax, seed)
	if err != nil {
		return nil, err
	}
	hosts, err := hostCountries()
	if err != nil {
		return nil, err
	}
	all := make([]needs.Terms, n)
	for i, t := range m.furtherNeeds(n) {
		f, err := t.form(tax, hosts[t.Host])
		if err != nil {
			return nil, err
		}
		all[i] = needs.Terms{
			Need: needs.Need{Reference: t.Reference, State: t.State, Demo: true, Title: f.Title, Language: f.Language, Sector: f.Sector, ISCO: f.ISCO,
				OccupationTitle: f.OccupationTitle, Background: f.Background, Objectives: f.Objectives, Country: f.Country,
				StartsOn: f.StartsOn, EndsOn: f.EndsOn, ShortestDays: f.ShortestDays, Modality: f.Modality, YearsExperience: f.YearsExperience,
				EducationLevel: f.EducationLevel, EducationField: f.EducationField, LicenceRequired: f.LicenceRequired},
			Outputs: f.Outputs, Criteria: f.Criteria, Languages: f.Languages,
		}
	}
	return all, nil
}
