// SPDX-License-Identifier: AGPL-3.0-or-later

package disclosure

import (
	"fmt"
	"strings"

	"gorm.io/gorm"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/privacy"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/store"
)

// scoped is the query of the disclosures that the actor may see: the person their
// own, the host those to itself, the coordinator those of the programme.
func scoped(tx *store.Tx, who identity.Actor) *gorm.DB {
	query := tx.Model(&Disclosure{})
	switch who.Role {
	case identity.Professional:
		return query.Where("professional_id = ? AND professional_id <> ''", who.ProfessionalID)
	case identity.Host:
		return query.Where(privacy.NotLeaving("professional_id")).Where("organisation_id = ?", who.OrganisationID).
			Where("need_id IN (SELECT id FROM needs WHERE programme_id = ?)", who.ProgrammeID)
	case identity.Coordinator:
		return query.Where(privacy.NotLeaving("professional_id")).Where("need_id IN (SELECT id FROM needs WHERE programme_id = ?)", who.ProgrammeID)
	}
	return query.Where("1 = 0")
}

func findIn(tx *store.Tx, who identity.Actor, disclosureID string) (Disclosure, error) {
	var rows []Disclosure
	if err := scoped(tx, who).Where("id = ?", disclosureID).Find(&rows).Error; err != nil {
		return Disclosure{}, fmt.Errorf("load disclosure: %w", err)
	}
	if len(rows) == 0 {
		return Disclosure{}, missing()
	}
	return rows[0], nil
}

// listIn returns one more than a page.
func listIn(tx *store.Tx, who identity.Actor, f Filter) ([]Disclosure, error) {
	query := scoped(tx, who).Order("id DESC").Limit(f.Limit + 1)
	if f.Candidacy != "" {
		query = query.Where("candidacy_id = ?", f.Candidacy)
	}
	if f.After != "" {
		query = query.Where("id < ?", f.After)
	}
	var rows []Disclosure
	return rows, query.Find(&rows).Error
}

func saveIn(tx *store.Tx, d *Disclosure) error {
	read := d.Version
	d.Version++
	return store.Saved(tx.Model(&Disclosure{}).Where("id = ? AND version = ?", d.ID, read).Select("*").Updates(d))
}

// viewsIn shows disclosures to the actor.
func viewsIn(tx *store.Tx, who identity.Actor, rows []Disclosure, withContent bool) ([]View, error) {
	if len(rows) == 0 {
		return []View{}, nil
	}
	around, err := aroundIn(tx, rows)
	if err != nil {
		return nil, err
	}
	today := day.Of(tx.Now)
	views := make([]View, len(rows))
	for i, d := range rows {
		p := around.people[d.ProfessionalID]
		v := View{Disclosure: d, Need: around.needs[d.NeedID], Host: around.organisations[d.OrganisationID], Asker: around.organisations[d.AskedFor],
			Pseudonym: p.Pseudonym, GeneralNamed: around.sharing[d.ProfessionalID]}
		if d.State == Granted && !d.open(today) {
			v.State = Expired // its day has gone by, whether the timer has run or not
		}
		if d.State == Asked && d.answerable(tx.Now) != nil {
			v.State = Expired
		}
		own := who.Is(identity.Professional)
		if own {
			v.Can = Can{Grant: v.State == Asked, Refuse: v.State == Asked, Revoke: v.State == Granted}
		}
		parts := strings.Fields(d.GrantedParts)
		if own && v.State == Asked {
			parts = strings.Fields(d.Parts)
		}
		shown := own && (v.State == Asked || v.State == Granted) || who.Is(identity.Host) && v.State == Granted
		if shown && withContent {
			v.Content = contentOf(p, around.accessibility[d.ProfessionalID], parts)
		}
		if own || who.Is(identity.Host) && v.State == Granted && strings.Contains(" "+d.GrantedParts+" ", " "+string(Name)+" ") {
			v.Name = strings.TrimSpace(p.GivenName + " " + p.FamilyName)
		}
		views[i] = v
	}
	return views, nil
}

// around are the rows that views show beside them.
type around struct {
	needs         map[string]needs.Need
	organisations map[string]identity.Organisation
	people        map[string]registry.Profile
	accessibility map[string]string
	sharing       map[string]bool
}

func aroundIn(tx *store.Tx, rows []Disclosure) (around, error) {
	a := around{needs: map[string]needs.Need{}, people: map[string]registry.Profile{}, accessibility: map[string]string{}}
	var calls, parties, people []string
	for _, d := range rows {
		calls, parties, people = append(calls, d.NeedID), append(parties, d.OrganisationID, d.AskedFor), append(people, d.ProfessionalID)
	}
	var found []needs.Need
	if err := tx.Where("id IN ?", calls).Find(&found).Error; err != nil {
		return a, fmt.Errorf("load needs: %w", err)
	}
	for _, n := range found {
		a.needs[n.ID] = n
	}
	profiles, err := registry.ProfilesIn(tx, people)
	if err != nil {
		return a, err
	}
	for _, p := range profiles {
		a.people[p.ID] = p
	}
	var said []accessibility
	if err := tx.Where("professional_id IN ?", people).Find(&said).Error; err != nil {
		return a, fmt.Errorf("load accessibility needs: %w", err)
	}
	for _, one := range said {
		a.accessibility[one.ProfessionalID] = one.Needs
	}
	if a.sharing, err = privacy.GivenIn(tx, people, privacy.ShareWithHosts); err != nil {
		return a, err
	}
	a.organisations, err = identity.OrganisationsIn(tx, parties)
	return a, err
}
