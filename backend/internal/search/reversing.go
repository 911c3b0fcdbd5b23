// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	index "github.com/blevesearch/bleve_index_api"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/matching"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/store"
)

// Suiting is a need as it suits a person.
type Suiting struct {
	Need     OpenNeed             `json:"need"`
	Score    int                  `json:"score"`
	OutOf    int                  `json:"outOf"`
	Headline matching.Headline    `json:"headline" doc:"Why in one line: two strengths and the largest gap"`
	Criteria []matching.Criterion `json:"criteria"`
	Lifts    []matching.Lift      `json:"lifts" doc:"The few changes of the profile that would raise the score most, with the points that each would add"`
	Blocked  []matching.Condition `json:"blocked" doc:"Conditions that the person does not meet; nothing when all are met"`
	Reasons  []matching.Block     `json:"reasons" doc:"The same, with what both sides say and a sentence for the person"`
}

// OpenNeed is what a person sees of a need at a glance.
type OpenNeed struct {
	ID           string  `json:"id"`
	Reference    string  `json:"reference"`
	Title        string  `json:"title"`
	Organisation string  `json:"organisation"`
	Country      string  `json:"country"`
	DutyStation  string  `json:"dutyStation"`
	StartsOn     day.Day `json:"startsOn"`
	EndsOn       day.Day `json:"endsOn"`
	Days         int     `json:"days"`
	ClosesOn     day.Day `json:"closesOn"`
	Modality     string  `json:"modality"`
	Language     string  `json:"language"`
	Demo         bool    `json:"demo"`
}

// NeedsFor returns the open needs of a person's country of origin, those first
// that the person could take up, and of them the best first. It is for the
// person, and for their association.
func (s *Service) NeedsFor(ctx context.Context, who identity.Actor, professionalID string, limit int) ([]Suiting, error) {
	limit = bounded(limit)
	now, _ := s.usable(ctx)
	out, err := s.needsFor(ctx, who, professionalID, limit, now)
	if s.damaged(ctx, now, err) {
		out, err = s.needsFor(ctx, who, professionalID, limit, nil)
	}
	if err == nil {
		s.viewed(who, []string{professionalID}, "needs", "")
	}
	return out, err
}

// compared is a need that a person has been compared with.
type compared struct {
	terms  needs.Terms
	need   matching.Need
	result matching.Result
	lifts  []matching.Lift
	blocks []matching.Block
}

func (s *Service) needsFor(ctx context.Context, who identity.Actor, professionalID string, limit int, now *shelf) (out []Suiting, err error) {
	err = s.db.View(ctx, func(tx *store.Tx) error {
		profile, err := ownIn(tx, who, professionalID)
		if err != nil {
			return err
		}
		ids, err := openIn(ctx, tx, profile, now)
		if err != nil {
			return err
		}
		terms, err := needs.TermsIn(tx, ids)
		if err != nil {
			return err
		}
		var everybody matching.Crowd
		served, err := s.served(tx, nil, &everybody)
		if err != nil {
			return err
		}
		person := served.with(profile.ID, s.person(profile))
		all := s.compared(tx, terms, person)
		all = all[:min(limit, len(all))]
		if err := s.weigh(ctx, all, person, everybody, now); err != nil {
			return err
		}
		for i := range all {
			s.label(all[i].result.Criteria, all[i].lifts, who.Locale)
		}
		out, err = shownIn(tx, all)
		return err
	})
	return out, err
}

// ownIn returns a profile to its person or to their association.
func ownIn(tx *store.Tx, who identity.Actor, professionalID string) (registry.Profile, error) {
	allowed := professionalID != "" && who.Is(identity.Professional) && who.ProfessionalID == professionalID
	if who.Is(identity.Association) {
		member, err := registry.MemberIn(tx, professionalID, who.OrganisationID)
		if err != nil {
			return registry.Profile{}, err
		}
		allowed = member
	}
	if !allowed {
		return registry.Profile{}, nobody
	}
	profiles, err := registry.ProfilesIn(tx, []string{professionalID})
	if err != nil {
		return registry.Profile{}, err
	}
	if len(profiles) == 0 {
		return registry.Profile{}, nobody
	}
	return profiles[0], nil
}

// openIn returns the published needs of the person's programmes and country:
// from the index, or without one from the database.
func openIn(ctx context.Context, tx *store.Tx, p registry.Profile, now *shelf) ([]string, error) {
	if now == nil {
		var ids []string
		err := tx.Model(&needs.Need{}).Where("state = ? AND country = ? AND programme_id IN ?", needs.Published, p.OriginCountry, p.Programmes).
			Pluck("id", &ids).Error
		return ids, err
	}
	var ids []string
	err := now.read(func(r index.IndexReader) error {
		st := state{ctx: ctx, reader: r}
		var open set
		for _, programme := range p.Programmes {
			some, err := st.having(poolField, pool(needKind, programme, p.OriginCountry))
			if err != nil {
				return err
			}
			open.or(some)
		}
		var err error
		ids, err = st.external(slices.Collect(open.all()))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errSearching, err)
	}
	return ids, nil
}

// compared compares a person with the needs that are open today, and sorts them.
// Words all weigh the same here: what each tells is asked for those that are shown.
func (s *Service) compared(tx *store.Tx, terms []needs.Terms, person matching.Person) []compared {
	today := day.Day(tx.Today())
	var all []compared
	for _, t := range terms {
		if t.State != needs.Published || t.OpensOn > today || t.ClosesOn != "" && t.ClosesOn < today {
			continue
		}
		need := s.need(t)
		all = append(all, compared{terms: t, need: need, blocks: matching.Blocks(need, person),
			result: matching.Score(need, person, s.vocabulary, matching.Crowd{})})
	}
	sortCompared(all)
	return all
}

// sortCompared puts those first that nothing blocks.
func sortCompared(all []compared) {
	slices.SortFunc(all, func(a, b compared) int {
		return cmp.Or(cmp.Compare(min(len(a.blocks), 1), min(len(b.blocks), 1)), cmp.Compare(b.result.Score, a.result.Score),
			cmp.Compare(a.terms.Reference, b.terms.Reference))
	})
}

// weigh scores once more, with what each word tells, so that a person reads the
// same points as the coordinator does. Without the index that would mean to read
// everybody, so then words weigh the same.
func (s *Service) weigh(ctx context.Context, all []compared, person matching.Person, everybody matching.Crowd, now *shelf) error {
	for i := range all {
		var crowd matching.Crowd
		if now != nil {
			var err error
			if crowd, err = (indexed{s: s, now: now}).crowd(ctx, nil, all[i].need, all[i].terms.ProgrammeID); err != nil {
				return err
			}
		}
		crowd.Veterans = everybody.Veterans
		scorer := matching.For(all[i].need, s.vocabulary, crowd)
		all[i].result = scorer.Score(person)
		all[i].lifts = scorer.Lifts(person, all[i].result)
	}
	sortCompared(all)
	return nil
}

// shownIn spells needs for a reader.
func shownIn(tx *store.Tx, all []compared) ([]Suiting, error) {
	hosts := make([]string, len(all))
	for i, c := range all {
		hosts[i] = c.terms.OrganisationID
	}
	organisations, err := identity.OrganisationsIn(tx, hosts)
	if err != nil {
		return nil, err
	}
	out := make([]Suiting, len(all))
	for i, c := range all {
		t := c.terms
		out[i] = Suiting{Score: c.result.Score, OutOf: matching.Whole, Headline: c.result.Headline(), Criteria: c.result.Criteria,
			Lifts: c.lifts, Blocked: []matching.Condition{}, Reasons: []matching.Block{},
			Need: OpenNeed{ID: t.ID, Reference: t.Reference, Title: t.Title, Organisation: organisations[t.OrganisationID].Name, Country: t.Country,
				DutyStation: t.DutyStation, StartsOn: t.StartsOn, EndsOn: t.EndsOn, ClosesOn: t.ClosesOn, Modality: t.Modality, Language: t.Language, Demo: t.Demo}}
		if t.StartsOn != "" && t.EndsOn != "" {
			out[i].Need.Days = t.Days()
		}
		for _, b := range c.blocks {
			out[i].Blocked = append(out[i].Blocked, b.Condition)
			out[i].Reasons = append(out[i].Reasons, b)
		}
	}
	return out, nil
}
