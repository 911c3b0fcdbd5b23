// SPDX-License-Identifier: AGPL-3.0-or-later

package proposals

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm/clause"

	"sankofa/backend/internal/assigning"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/search"
	"sankofa/backend/internal/selection"
	"sankofa/backend/internal/store"
)

// ofPerson is how a professional orders needs.
type ofPerson struct {
	ProfessionalID string `gorm:"primaryKey"`
	Items          string
	Version        int
	UpdatedAt      time.Time
}

// TableName names the table for GORM.
func (ofPerson) TableName() string { return "professional_preferences" }

// ofHost is how a host orders the people on its shortlist.
type ofHost struct {
	NeedID    string `gorm:"primaryKey"`
	Items     string
	Version   int
	UpdatedAt time.Time
}

// TableName names the table for GORM.
func (ofHost) TableName() string { return "host_preferences" }

// mostWishes is how many a list may name.
const mostWishes = 100

// Wishes is the list of a professional: the needs that suit them, those first that
// they have put in order.
type Wishes struct {
	Version int // 1 before the first time
	Ordered int // how many of the items are in order; the others follow as they suit
	Items   []search.OpenNeed
}

// MyWishes returns the open needs that suit the person who asks.
func (s *Service) MyWishes(ctx context.Context, who identity.Actor) (Wishes, error) {
	if !who.Is(identity.Professional) || who.ProfessionalID == "" {
		return Wishes{}, missing
	}
	suiting, err := s.Search.NeedsFor(ctx, who, who.ProfessionalID, mostWishes)
	if err != nil {
		return Wishes{}, err
	}
	var row ofPerson
	var all []search.OpenNeed
	if err := s.DB.View(ctx, func(tx *store.Tx) (err error) {
		if all, err = candidateIn(tx, who.ProfessionalID); err != nil {
			return err
		}
		return tx.Where("professional_id = ?", who.ProfessionalID).Limit(1).Find(&row).Error
	}); err != nil {
		return Wishes{}, fmt.Errorf("load preferences: %w", err)
	}
	for _, one := range suiting {
		known := slices.ContainsFunc(all, func(n search.OpenNeed) bool { return n.ID == one.Need.ID })
		if len(one.Blocked) == 0 && !known {
			all = append(all, one.Need)
		}
	}
	return ordered(row, all), nil
}

// ordered puts those first that the person has put in order.
func ordered(row ofPerson, all []search.OpenNeed) Wishes {
	w := Wishes{Version: versionOf(row.Version), Items: []search.OpenNeed{}}
	order := list(row.Items)
	for _, needID := range order {
		if i := slices.IndexFunc(all, func(n search.OpenNeed) bool { return n.ID == needID }); i >= 0 {
			w.Items = append(w.Items, all[i])
			w.Ordered++
		}
	}
	for _, n := range all {
		if !slices.Contains(order, n.ID) {
			w.Items = append(w.Items, n)
		}
	}
	return w
}

// candidateIn returns the open needs that somebody is a candidate for: they suit
// them, and are not in the list of open calls any more once the selection has begun.
func candidateIn(tx *store.Tx, professionalID string) ([]search.OpenNeed, error) {
	var found []needs.Need
	err := tx.Where("state IN ? AND id IN (SELECT need_id FROM candidacies WHERE professional_id = ? AND state IN ?)", open, professionalID,
		append([]selection.State{selection.Submitted}, waiting...)).Order("reference").Find(&found).Error
	if err != nil {
		return nil, err
	}
	hosts := make([]string, len(found))
	for i, n := range found {
		hosts[i] = n.OrganisationID
	}
	organisations, err := identity.OrganisationsIn(tx, hosts)
	if err != nil {
		return nil, err
	}
	all := make([]search.OpenNeed, len(found))
	for i, n := range found {
		all[i] = search.OpenNeed{ID: n.ID, Reference: n.Reference, Title: n.Title, Organisation: organisations[n.OrganisationID].Name, Country: n.Country,
			DutyStation: n.DutyStation, StartsOn: n.StartsOn, EndsOn: n.EndsOn, Days: n.Days(), ClosesOn: n.ClosesOn, Modality: n.Modality, Language: n.Language, Demo: n.Demo}
	}
	return all, nil
}

// list reads identifiers as they are kept.
func list(text string) []string {
	var all []string
	if text == "" || json.Unmarshal([]byte(text), &all) != nil {
		return nil
	}
	return all
}

// OrderNeeds keeps the order in which a person would take needs; the most wanted
// first. A need that is not named is one that they would rather not.
func (s *Service) OrderNeeds(ctx context.Context, who identity.Actor, version int, references []string) (Wishes, error) {
	if !who.Is(identity.Professional) || who.ProfessionalID == "" {
		return Wishes{}, missing
	}
	if err := checkList(references, "needs"); err != nil {
		return Wishes{}, err
	}
	err := s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		var c fault.Check
		ids := make([]string, len(references))
		for i, reference := range references {
			n, err := needs.FindIn(tx, who, reference)
			if err != nil && !fault.Is(err, fault.Missing) {
				return err
			}
			c.That(err == nil && slices.Contains(open, n.State), fmt.Sprintf("needs[%d]", i), "need.not_open", "This need is not open any more.")
			ids[i] = n.ID
		}
		if err := c.Err(); err != nil {
			return err
		}
		tx.Emit("preferences.stated", who.ProfessionalID, store.Details{"side": "professional", "count": len(ids)})
		row := ofPerson{ProfessionalID: who.ProfessionalID, Items: spell(ids), Version: version + 1, UpdatedAt: tx.Now}
		var kept ofPerson
		if err := tx.Where("professional_id = ?", who.ProfessionalID).Limit(1).Find(&kept).Error; err != nil {
			return fmt.Errorf("load preferences: %w", err)
		}
		return keepOrder(tx, &row, "professional_id", row.ProfessionalID, kept.Version, version)
	})
	if err != nil {
		return Wishes{}, err
	}
	return s.MyWishes(ctx, who)
}

func spell(ids []string) string {
	text, _ := json.Marshal(ids) // texts always can be
	return string(text)
}

// checkList asks for each once, and not too many.
func checkList(names []string, field string) error {
	var c fault.Check
	c.That(len(names) <= mostWishes, field, "list.long", "Please keep this list to %d.", mostWishes)
	seen := map[string]bool{}
	for i, name := range names {
		if i >= mostWishes {
			break
		}
		c.That(!seen[name], fmt.Sprintf("%s[%d]", field, i), "list.twice", "This stands on the list twice.")
		seen[name] = true
	}
	return c.Err()
}

// versionOf is the version of a list as readers know it: one that was never stated
// is the first.
func versionOf(kept int) int { return max(kept, 1) }

// keepOrder writes a list over the version that was read; kept is what stands now.
func keepOrder(tx *store.Tx, row any, column, owner string, kept, version int) error {
	if versionOf(kept) != version {
		return fault.New(fault.Stale, "stale", "Someone else changed this in the meantime. Reload to see their version, then make your change again.")
	}
	if kept == 0 {
		return store.Saved(tx.Clauses(clause.OnConflict{DoNothing: true}).Create(row))
	}
	return store.Saved(tx.Model(row).Where(column+" = ? AND version = ?", owner, version).Select("*").Updates(row))
}

// Favourites is the list of a host: the people on the shortlist of a need, those
// first whom it has put in order.
type Favourites struct {
	NeedID    string
	Reference string
	Version   int
	Ordered   int
	Items     []Favourite
	kept      int // 0: never stated
}

// Favourite is a person on a shortlist.
type Favourite struct {
	Person string // pseudonym
	State  string
	Score  int
}

// waiting are the states of somebody on a shortlist whom a host may still order.
var waiting = []selection.State{selection.Shortlisted, selection.HostEndorsed, selection.NoObjection}

// Favourites returns the shortlist of a need of the host that asks.
func (s *Service) Favourites(ctx context.Context, who identity.Actor, ref string) (Favourites, error) {
	var f Favourites
	err := s.DB.View(ctx, func(tx *store.Tx) (err error) {
		f, _, err = favouritesIn(tx, who, ref)
		return err
	})
	return f, err
}

// favouritesIn returns the list, and the identifiers of those on it by pseudonym.
func favouritesIn(tx *store.Tx, who identity.Actor, ref string) (Favourites, map[string]string, error) {
	if !who.Is(identity.Host) {
		return Favourites{}, nil, missing
	}
	n, err := needs.FindIn(tx, who, ref)
	if err != nil {
		return Favourites{}, nil, err
	}
	var row ofHost
	if err := tx.Where("need_id = ?", n.ID).Limit(1).Find(&row).Error; err != nil {
		return Favourites{}, nil, fmt.Errorf("load preferences: %w", err)
	}
	var rows []selection.Candidacy
	if err := tx.Omit("profile", "statement").Where("need_id = ? AND state IN ?", n.ID, waiting).Order("score DESC, id").Limit(mostWishes).Find(&rows).Error; err != nil {
		return Favourites{}, nil, fmt.Errorf("load shortlist: %w", err)
	}
	ids := make([]string, len(rows))
	for i, c := range rows {
		ids[i] = c.ProfessionalID
	}
	var people []registry.Professional
	if err := tx.Select("id", "pseudonym").Where("id IN ?", ids).Find(&people).Error; err != nil {
		return Favourites{}, nil, fmt.Errorf("load people: %w", err)
	}
	names, known := map[string]string{}, map[string]string{}
	for _, p := range people {
		names[p.ID], known[p.Pseudonym] = p.Pseudonym, p.ID
	}
	f := Favourites{NeedID: n.ID, Reference: n.Reference, Version: versionOf(row.Version), kept: row.Version, Items: []Favourite{}}
	order := list(row.Items)
	place := func(c selection.Candidacy) int {
		if i := slices.Index(order, c.ProfessionalID); i >= 0 {
			f.Ordered++
			return i
		}
		return len(order)
	}
	places := map[string]int{}
	for _, c := range rows {
		places[c.ID] = place(c)
	}
	slices.SortStableFunc(rows, func(a, b selection.Candidacy) int { return places[a.ID] - places[b.ID] })
	for _, c := range rows {
		f.Items = append(f.Items, Favourite{Person: names[c.ProfessionalID], State: string(c.State), Score: c.Score})
	}
	return f, known, nil
}

// OrderPeople keeps the order in which a host would have the people on its shortlist.
func (s *Service) OrderPeople(ctx context.Context, who identity.Actor, ref string, version int, pseudonyms []string) (Favourites, error) {
	if !who.Is(identity.Host) {
		return Favourites{}, missing
	}
	if err := checkList(pseudonyms, "people"); err != nil {
		return Favourites{}, err
	}
	err := s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		f, known, err := favouritesIn(tx, who, ref)
		if err != nil {
			return err
		}
		var c fault.Check
		ids := make([]string, len(pseudonyms))
		for i, name := range pseudonyms {
			c.That(known[name] != "", fmt.Sprintf("people[%d]", i), "person.not_shortlisted", "This person is not on the shortlist of this need.")
			ids[i] = known[name]
		}
		if err := c.Err(); err != nil {
			return err
		}
		tx.Emit("preferences.stated", f.NeedID, store.Details{"side": "host", "count": len(ids)})
		row := ofHost{NeedID: f.NeedID, Items: spell(ids), Version: version + 1, UpdatedAt: tx.Now}
		return keepOrder(tx, &row, "need_id", row.NeedID, f.kept, version)
	})
	if err != nil {
		return Favourites{}, err
	}
	return s.Favourites(ctx, who, ref)
}

// stable returns the stable matchings of those who have stated their wishes, both
// ways; nil when no pair has. A relay has no place in it: it takes one stay of each.
func (s *Service) stable(ctx context.Context, a *asked) (*Stable, error) {
	var people []ofPerson
	var hosts []ofHost
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		for part := range slices.Chunk(a.facts.needIDs(), batch) {
			var some []ofHost
			if err := tx.Where("need_id IN ?", part).Order("need_id").Find(&some).Error; err != nil {
				return err
			}
			hosts = append(hosts, some...)
		}
		for part := range slices.Chunk(a.facts.personIDs(), batch) {
			var some []ofPerson
			if err := tx.Where("professional_id IN ?", part).Order("professional_id").Find(&some).Error; err != nil {
				return err
			}
			people = append(people, some...)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("load preferences: %w", err)
	}
	if len(people) == 0 || len(hosts) == 0 {
		return nil, nil
	}
	w, scores := a.wishes(people, hosts)
	st := &Stable{Professionals: len(people), Needs: len(hosts)}
	st.People = matches(w, assigning.ProposedByPeople(w), scores)
	st.Hosts = matches(w, assigning.ProposedByPlaces(w), scores)
	return st, nil
}

// wishes states the problem of a stable matching, over the pairs that are possible.
func (a *asked) wishes(people []ofPerson, hosts []ofHost) (assigning.Wishes, map[assigning.Pair]int) {
	w := assigning.Wishes{}
	placeOf, personOf := map[string]int{}, map[string]int{}
	for _, h := range hosts {
		i := slices.IndexFunc(a.facts.needs, func(n needs.Need) bool { return n.ID == h.NeedID })
		placeOf[h.NeedID] = len(w.Places)
		w.Places = append(w.Places, assigning.Place{ID: a.Needs[i].ID, Posts: a.Needs[i].Headcount})
	}
	for _, p := range people {
		personOf[p.ProfessionalID] = len(w.People)
		w.People = append(w.People, assigning.Wisher{ID: a.facts.people[p.ProfessionalID].pseudonym})
	}
	scores := map[assigning.Pair]int{}
	for k, o := range a.Options {
		place, ok := placeOf[a.facts.needs[o.Need].ID]
		one, known := personOf[a.facts.ids[o.Person]]
		if ok && known && o.Way == 0 && !a.pinnedAway(o) {
			scores[assigning.Pair{Place: place, Person: one}] = a.scores[k]
		}
	}
	for i, h := range hosts {
		for rank, professionalID := range list(h.Items) {
			one, known := personOf[professionalID]
			if _, possible := scores[assigning.Pair{Place: i, Person: one}]; known && possible {
				w.Places[i].Likes = append(w.Places[i].Likes, assigning.Liking{Of: one, Rank: rank + 1})
			}
		}
	}
	for i, p := range people {
		for rank, needID := range list(p.Items) {
			place, known := placeOf[needID]
			if _, possible := scores[assigning.Pair{Place: place, Person: i}]; known && possible {
				w.People[i].Likes = append(w.People[i].Likes, assigning.Liking{Of: place, Rank: rank + 1})
			}
		}
	}
	w.Score = func(place, person int) int { return scores[assigning.Pair{Place: place, Person: person}] }
	return w, scores
}

func (a *asked) pinnedAway(o assigning.Option) bool {
	return slices.ContainsFunc(a.Pins, func(p assigning.Pin) bool { return !p.Here && p.Need == o.Need && p.Person == o.Person })
}

func matches(w assigning.Wishes, found []assigning.Pair, scores map[assigning.Pair]int) []Match {
	all := []Match{}
	rank := func(likes []assigning.Liking, of int) int {
		return likes[slices.IndexFunc(likes, func(l assigning.Liking) bool { return l.Of == of })].Rank
	}
	for _, p := range found {
		all = append(all, Match{Need: w.Places[p.Place].ID, Person: w.People[p.Person].ID, ByPerson: rank(w.People[p.Person].Likes, p.Place),
			ByHost: rank(w.Places[p.Place].Likes, p.Person), Score: scores[p]})
	}
	return all
}

// needIDs returns the identifiers of the open needs.
func (f *facts) needIDs() []string {
	ids := make([]string, len(f.needs))
	for i, n := range f.needs {
		ids[i] = n.ID
	}
	return ids
}

// personIDs returns the identifiers of everybody who suits a need.
func (f *facts) personIDs() []string {
	ids := make([]string, 0, len(f.people))
	for one := range f.people {
		ids = append(ids, one)
	}
	slices.Sort(ids)
	return ids
}
