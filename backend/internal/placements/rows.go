// SPDX-License-Identifier: AGPL-3.0-or-later

package placements

import (
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/privacy"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/store"
)

// View is a placement as one reader may see it.
type View struct {
	Placement
	NeedReference string
	NeedTitle     string
	Organisation  identity.Organisation
	Pseudonym     string
	Name          string // empty when the reader may not know it
	Can           Can
	File          *File // what hangs on it; nil in lists
}

// Can says what the reader may do with a placement next.
type Can struct{ Cancel bool }

// scoped is the query of the placements that the actor may see. An association
// sees those of its members.
func scoped(tx *store.Tx, who identity.Actor) *gorm.DB {
	query := tx.Model(&Placement{})
	if !who.Is(identity.Professional) {
		query = query.Where(privacy.NotLeaving("professional_id"))
	}
	switch who.Role {
	case identity.Professional:
		return query.Where("professional_id = ? AND professional_id <> ''", who.ProfessionalID)
	case identity.Association:
		return query.Where("programme_id = ?", who.ProgrammeID).
			Where("professional_id IN (SELECT professional_id FROM professional_associations WHERE organisation_id = ?)", who.OrganisationID)
	case identity.Host:
		return query.Where("programme_id = ? AND organisation_id = ?", who.ProgrammeID, who.OrganisationID)
	case identity.Ministry:
		return query.Where("programme_id = ?", who.ProgrammeID).
			Where("need_id IN (SELECT n.id FROM needs n JOIN organisations o ON o.country = n.country WHERE o.id = ?)", who.OrganisationID)
	case identity.Coordinator:
		return query.Where("programme_id = ?", who.ProgrammeID)
	}
	return query.Where("1 = 0")
}

// findIn returns a placement by identifier or reference, as far as the actor may see it.
func findIn(tx *store.Tx, who identity.Actor, ref string) (Placement, error) {
	column := "reference"
	if id.Valid(ref) {
		column = "id"
	}
	var found []Placement
	if err := scoped(tx, who).Where(column+" = ?", ref).Find(&found).Error; err != nil {
		return Placement{}, fmt.Errorf("load placement: %w", err)
	}
	if len(found) == 0 {
		return Placement{}, missing
	}
	return found[0], nil
}

// list returns one page of the placements that the actor may see, newest first.
func list(tx *store.Tx, who identity.Actor, f Filter) ([]Placement, string, error) {
	limit := f.Limit
	if limit == 0 {
		limit = 25
	}
	query := scoped(tx, who)
	if len(f.States) > 0 {
		query = query.Where("state IN ? OR state = ? AND extension_to IS NOT NULL AND ?", f.States, OnDuty, slices.Contains(f.States, ExtensionAsked))
	}
	if f.After != "" {
		query = query.Where("id < ?", f.After)
	}
	var found []Placement
	if err := query.Order("id DESC").Limit(limit + 1).Find(&found).Error; err != nil {
		return nil, "", fmt.Errorf("list placements: %w", err)
	}
	if len(found) <= limit {
		return found, "", nil
	}
	return found[:limit], found[limit-1].ID, nil
}

// save writes a changed placement, unless somebody else changed it first.
func save(tx *store.Tx, p *Placement) error {
	read := p.Version
	p.Version++
	p.UpdatedAt = tx.Now
	return store.Saved(tx.Model(&Placement{}).Where("id = ? AND version = ?", p.ID, read).Select("*").Updates(p))
}

func viewIn(tx *store.Tx, who identity.Actor, p Placement) (View, error) {
	views, err := viewsIn(tx, who, []Placement{p})
	if err != nil {
		return View{}, err
	}
	d, err := dossierIn(tx, p)
	if err != nil {
		return View{}, err
	}
	views[0].File = d.of(who, p, tx.Today())
	return views[0], nil
}

// viewsIn adds names. Whoever may see a placement may know whose it is; an
// association gets no more than the status of its member.
func viewsIn(tx *store.Tx, who identity.Actor, all []Placement) ([]View, error) {
	if len(all) == 0 {
		return []View{}, nil
	}
	var calls []needs.Need
	var people []registry.Professional
	var hosts []string
	needIDs, personIDs := make([]string, len(all)), make([]string, len(all))
	for i, p := range all {
		needIDs[i], personIDs[i] = p.NeedID, p.ProfessionalID
		if !slices.Contains(hosts, p.OrganisationID) {
			hosts = append(hosts, p.OrganisationID)
		}
	}
	if err := tx.Select("id", "reference", "title").Where("id IN ?", needIDs).Find(&calls).Error; err != nil {
		return nil, fmt.Errorf("load needs: %w", err)
	}
	if err := tx.Select("id", "pseudonym", "given_name", "family_name").Where("id IN ?", personIDs).Find(&people).Error; err != nil {
		return nil, fmt.Errorf("load people: %w", err)
	}
	organisations, err := identity.OrganisationsIn(tx, hosts)
	if err != nil {
		return nil, err
	}
	views := make([]View, len(all))
	for i, p := range all {
		n := calls[slices.IndexFunc(calls, func(n needs.Need) bool { return n.ID == p.NeedID })]
		person := people[slices.IndexFunc(people, func(r registry.Professional) bool { return r.ID == p.ProfessionalID })]
		views[i] = View{Placement: p, NeedReference: n.Reference, NeedTitle: n.Title, Organisation: organisations[p.OrganisationID],
			Pseudonym: person.Pseudonym, Name: strings.TrimSpace(person.GivenName + " " + person.FamilyName),
			Can: Can{Cancel: slices.Contains(cancellable, p.State) && mayCancel(who)}}
		if who.Is(identity.Association) {
			views[i].Reason = ""
		}
		if p.State == Cancelled && who.Is(identity.Host, identity.Ministry) {
			views[i].Name = "" // nobody comes: who it was is no longer theirs to know
		}
	}
	return views, nil
}

// batch is how many identifiers one query names.
const batch = 500

// Served is a placement that was completed, as far as it speaks for its person.
type Served struct {
	ProfessionalID string
	ISCO           string `gorm:"column:isco"` // of the need
	Country        string
	To             day.Day `gorm:"column:to_on"`
}

// CompletedIn returns the completed placements of the people, of whatever
// programme, or of everybody for nil, in the order in which they ended.
func CompletedIn(tx *store.Tx, people []string) ([]Served, error) {
	query := func() *gorm.DB {
		return tx.Table("placements p").Select("p.professional_id, n.isco, n.country, p.to_on").
			Joins("JOIN needs n ON n.id = p.need_id").Where("p.state IN ?", []State{Completed, FollowedUp, Closed}).
			Order("p.to_on, p.id")
	}
	var all []Served
	if people == nil {
		err := query().Scan(&all).Error
		return all, err
	}
	for part := range slices.Chunk(people, batch) {
		var some []Served
		if err := query().Where("p.professional_id IN ?", part).Scan(&some).Error; err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, nil
}
