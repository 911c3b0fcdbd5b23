// SPDX-License-Identifier: AGPL-3.0-or-later

package demo

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"sankofa/backend/internal/bulk"
	"sankofa/backend/internal/day"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/messages"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/placements"
	"sankofa/backend/internal/privacy"
	"sankofa/backend/internal/proposals"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/selection"
	"sankofa/backend/internal/store"
)

// Living is what the life of the demonstration needs beside what it is made of.
type Living struct {
	Ranker   selection.Ranker
	Replayer selection.Replayer
	Wishes   Wishes
	CatchUp  func(context.Context) error // brings the ranker's index up to the ledger
	Progress func(done, total int)
}

// Wishes keeps what people would rather have; proposals does.
type Wishes interface {
	OrderNeeds(ctx context.Context, who identity.Actor, version int, references []string) (proposals.Wishes, error)
}

// Live lets the programme come to mid-life: candidacies and placements in every
// state, with what waits for whom. Everything goes the road of the services, on the
// day on which it would have happened, so every rule holds. A chapter whose need is
// there was told before and is left alone.
func Live(ctx context.Context, deps Deps, with Living) error {
	m, err := newMaker(deps.Taxonomy, DefaultSeed)
	if err != nil {
		return err
	}
	l := &life{loader: &loader{Deps: deps, maker: m, hash: sharedHash()}, with: with, today: deps.DB.Now().Truncate(24 * time.Hour), used: map[string]bool{}, booked: map[string][][2]day.Day{}}
	l.now = deps.DB.Now()
	l.past = deps.DB.Under(func() time.Time { return l.now })
	l.placements = &placements.Service{DB: l.past}
	l.selection = &selection.Service{DB: l.past, Ranker: l, Booker: l.placements, Replayer: with.Replayer}
	l.messages, l.bulk = &messages.Service{DB: l.past}, &bulk.Service{DB: l.past, Selection: l.selection}
	open, err := l.prepare(ctx)
	if err != nil || len(open) == 0 {
		return err
	}
	if err := with.CatchUp(ctx); err != nil {
		return err
	}
	for i, c := range open {
		if err := l.tell(ctx, c); err != nil {
			return fmt.Errorf("tell %s: %w", c.reference, err)
		}
		if with.Progress != nil {
			with.Progress(i+1, len(open))
		}
	}
	if err := l.wishes(ctx); err != nil {
		return fmt.Errorf("state preferences: %w", err)
	}
	return with.CatchUp(ctx)
}

// life tells chapters.
type life struct {
	*loader
	with       Living
	today      time.Time
	now        time.Time // the clock of the past
	past       *store.DB
	selection  *selection.Service
	placements *placements.Service
	messages   *messages.Service
	bulk       *bulk.Service
	officers   map[string]identity.Actor // by mailbox
	booked     map[string][][2]day.Day   // stays, by identifier of the person
	used       map[string]bool           // people who have a part, by identifier
	ranking    selection.Ranking         // of the chapter's need: nobody's profile changes within one
	ranked     string                    // the need that it is for
	steps      int                       // within the chapter: nobody does everything at the same minute
}

// told is a chapter with its need and its people.
type told struct {
	chapter
	need                                needs.Need
	terms                               needs.Terms
	pool                                []guest
	host, ministry, coordinator, second identity.Actor
}

// guest is somebody who has a part in a chapter.
type guest struct {
	id, pseudonym, residence, status, association string
	who                                           identity.Actor
}

// prepare writes the needs that are missing, and who is free for them.
func (l *life) prepare(ctx context.Context) ([]told, error) {
	rows, err := readOrganisations()
	if err != nil {
		return nil, err
	}
	officers, err := readOfficers()
	if err != nil {
		return nil, err
	}
	written, err := readTerms()
	if err != nil {
		return nil, err
	}
	known := map[string]bool{}
	err = l.DB.View(ctx, func(tx *store.Tx) error {
		if _, err := l.knownPartners(tx, rows, officers); err != nil {
			return err
		}
		var there []string
		err := tx.Raw(`SELECT reference FROM needs WHERE reference LIKE ?`, lifeReference+"%").Scan(&there).Error
		for _, one := range there {
			known[one] = true
		}
		return err
	})
	if err != nil || l.programme == "" {
		return nil, err
	}
	var all []told
	for _, c := range chapters {
		if known[c.reference] {
			continue
		}
		if l.officers == nil {
			if l.officers, err = l.acting(ctx, officers); err != nil {
				return nil, err
			}
		}
		at := slices.IndexFunc(written, func(t terms) bool { return t.Reference == c.words })
		one, err := l.open(ctx, c, written[at], officers)
		if err != nil {
			return nil, fmt.Errorf("open %s: %w", c.reference, err)
		}
		all = append(all, one)
	}
	return all, nil
}

// lifeReference begins the references of the needs of chapters.
const lifeReference = "DEMO-L"

// open publishes the need of a chapter and finds the people who may have a part.
func (l *life) open(ctx context.Context, c chapter, t terms, officers []record) (told, error) {
	t.Reference, t.Host, t.State, t.Round, t.Returned = c.reference, c.place, needs.Published, 1, nil
	t.From, t.To, t.Shortest = string(l.date(c.from)), string(l.date(c.to)), min(14, t.Shortest)
	t.Headcount, t.Modality, t.Years, t.Licence, t.Regulator, t.Level = c.posts, "onsite", 1, "", "", 0
	country := l.partner[c.place].Country
	t.Languages = []string{l.official(country) + " B1 - required"}
	if t.Validated == "" {
		t.Validated = "In line with the plan of the sector."
	}
	if t.Approved == "" {
		t.Approved = "Feasible, and the money is there."
	}
	one := told{chapter: c}
	l.at(min(c.shortlist, 0)-12, 8)
	err := l.past.Change(ctx, store.System, func(tx *store.Tx) error {
		if err := l.need(tx, t, officers); err != nil {
			return err
		}
		if err := tx.Where("reference = ?", c.reference).Take(&one.need).Error; err != nil {
			return err
		}
		found, err := needs.TermsIn(tx, []string{one.need.ID})
		if err != nil {
			return err
		}
		one.terms = found[0]
		one.pool, err = l.invite(tx, one)
		return err
	})
	one.host, one.ministry = l.of("host", c.place, officers), l.of("ministry", "ministry-"+strings.ToLower(country), officers)
	one.coordinator, one.second = l.officers["coordinator"], l.officers["coordinator2"]
	return one, err
}

// official is the language of the offices of a country.
func (l *life) official(code string) string {
	for _, c := range l.maker.countries {
		if c.code == code {
			return c.official
		}
	}
	return "en"
}

// of is the officer of an organisation.
func (l *life) of(role, organisation string, rows []record) identity.Actor {
	for _, r := range rows {
		if r["role"] == role && r["organisation"] == organisation {
			return l.officers[r["mailbox"]]
		}
	}
	return identity.Actor{}
}

// acting are the officers as they act.
func (l *life) acting(ctx context.Context, rows []record) (map[string]identity.Actor, error) {
	all := map[string]identity.Actor{}
	err := l.DB.View(ctx, func(tx *store.Tx) error {
		for _, r := range rows {
			var found []struct{ ID, OrganisationID, Role string }
			err := tx.Raw(`SELECT id, organisation_id, role FROM memberships WHERE user_id = ? AND programme_id = ? AND state = 'confirmed'`, l.account[r["mailbox"]], l.programme).Scan(&found).Error
			if err != nil {
				return err
			}
			if len(found) > 0 {
				all[r["mailbox"]] = identity.Actor{UserID: l.account[r["mailbox"]], MembershipID: found[0].ID, OrganisationID: found[0].OrganisationID,
					ProgrammeID: l.programme, Role: identity.Role(found[0].Role), Locale: r["locale"], Demo: true}
			}
		}
		return nil
	})
	return all, err
}

// spare is how many more people are asked than a chapter has parts: not everybody
// meets what a need asks for.
const spare = 4

// invite finds people of the country who may be shown to hosts, and opens their
// accounts and their calendars. The people of the stories stay out of it, but for one
// nomination.
func (l *life) invite(tx *store.Tx, one told) ([]guest, error) {
	var rows []struct{ ID, Pseudonym, GivenName, FamilyName, Email, ResidenceCountry, ResidenceStatus, CVLanguage, UserID string }
	err := tx.Raw(`SELECT p.id, p.pseudonym, p.given_name, p.family_name, p.email, p.residence_country, p.residence_status, p.cv_language, COALESCE(p.user_id, '') AS user_id
		FROM professionals p JOIN visibility v ON v.professional_id = p.id WHERE p.demo AND p.state = 'active' AND p.origin_country = ? AND p.onsite
		AND p.right_of_return = 'yes' AND p.longest_days >= 14 AND p.email LIKE ? ORDER BY p.pseudonym`, one.need.Country, "%@"+domain).Scan(&rows).Error
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	sharing, err := privacy.GivenIn(tx, ids, privacy.ShareWithHosts)
	if err != nil {
		return nil, err
	}
	var all []guest
	wanted := len(one.chosen)*2 + len(one.others) + spare
	for _, fresh := range []bool{true, false} { // who has had no part comes first
		for _, r := range rows {
			if len(all) == wanted || !sharing[r.ID] || reserved[r.Pseudonym] || l.used[r.ID] == fresh {
				continue
			}
			g := guest{id: r.ID, pseudonym: r.Pseudonym, residence: r.ResidenceCountry, status: r.ResidenceStatus, association: associationOf[r.ResidenceCountry]}
			if slices.ContainsFunc(all, func(o guest) bool { return o.id == g.id }) {
				continue
			}
			locale := r.CVLanguage
			if !slices.Contains(identity.Locales, locale) {
				locale = "en"
			}
			g.who = identity.Actor{UserID: r.UserID, Role: identity.Professional, ProfessionalID: r.ID, Locale: locale, Demo: true}
			if r.UserID == "" {
				mailbox, _, _ := strings.Cut(r.Email, "@")
				if g.who.UserID, err = l.register(tx, mailbox, r.GivenName+" "+r.FamilyName, locale); err != nil {
					return nil, err
				}
				if err := tx.Model(&registry.Professional{}).Where("id = ?", r.ID).Update("user_id", g.who.UserID).Error; err != nil {
					return nil, err
				}
			}
			if err := l.free(tx, g.id, one.need.StartsOn.Add(-7), one.need.EndsOn.Add(45)); err != nil {
				return nil, err
			}
			all = append(all, g)
		}
	}
	for _, g := range all {
		l.used[g.id] = true
	}
	return all, nil
}

// free adds days to those on which somebody is free.
func (l *life) free(tx *store.Tx, professionalID string, from, to day.Day) error {
	var windows []registry.Window
	if err := tx.Where("professional_id = ?", professionalID).Order("position").Find(&windows).Error; err != nil {
		return err
	}
	last := -1
	for _, w := range windows {
		last = max(last, w.Position)
		if w.From <= from && w.To >= to {
			return nil
		}
	}
	tx.Emit("professional.updated", professionalID, store.Details{"fields": []string{"availability"}})
	return tx.Create(&registry.Window{ID: id.New(), ProfessionalID: professionalID, Position: last + 1, From: from, To: to}).Error
}

// Freeze ranks the people for a need once a chapter.
func (l *life) Freeze(ctx context.Context, who identity.Actor, needID string) (selection.Ranking, error) {
	if l.ranked == needID {
		return l.ranking, nil
	}
	ranking, err := l.with.Ranker.Freeze(ctx, who, needID)
	if err == nil {
		l.ranking, l.ranked = ranking, needID
	}
	return ranking, err
}

// date is the day so many days from the day of loading.
func (l *life) date(days int) day.Day { return day.Of(l.today.AddDate(0, 0, days)) }

// at sets the clock of the past: a working hour of the day, and never one that is
// still to come.
func (l *life) at(days, hour int) {
	l.steps++
	at := l.today.AddDate(0, 0, days).Add(time.Duration(hour)*time.Hour + time.Duration(l.steps%50)*time.Minute)
	if latest := l.DB.Now().Add(-time.Minute); at.After(latest) {
		at = latest
	}
	l.now = at
}
