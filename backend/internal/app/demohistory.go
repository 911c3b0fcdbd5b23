// SPDX-License-Identifier: AGPL-3.0-or-later

package app

import (
	"context"
	"hash/fnv"
	"time"

	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/matching"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/savedsearches"
	"sankofa/backend/internal/search"
	"sankofa/backend/internal/stats"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/taxonomy"
)

// The demonstration has a past, so that the screens that watch over rankings and
// words show something at first sight. All of it is marked, and goes with it.
const (
	demoMonths = 6   // of rankings that were shown
	demoShown  = 50  // people in each
	demoPassed = 200 // so many at most are counted as having met the conditions
)

// demoWords are words of the languages of the programme's countries.
var demoWords = []taxonomy.LocalWord{
	{Kind: taxonomy.OccupationKind, Concept: "2222", Language: "tw", Word: "awogyefoɔ"},
	{Kind: taxonomy.OccupationKind, Concept: "2221", Language: "tw", Word: "ɔyarehwɛfoɔ"},
	{Kind: taxonomy.OccupationKind, Concept: "2341", Language: "tw", Word: "ɔkyerɛkyerɛfoɔ"},
	{Kind: taxonomy.OccupationKind, Concept: "2341", Language: "wo", Word: "jàngalekat"},
	{Kind: taxonomy.OccupationKind, Concept: "6111", Language: "wo", Word: "beykat"},
	{Kind: taxonomy.OccupationKind, Concept: "2222", Language: "so", Word: "umuliso"},
	{Kind: taxonomy.OccupationKind, Concept: "2221", Language: "so", Word: "kalkaaliso"},
	{Kind: taxonomy.OccupationKind, Concept: "2222", Language: "am", Word: "አዋላጅ"},
	{Kind: taxonomy.OccupationKind, Concept: "2221", Language: "am", Word: "ነርስ"},
	{Kind: taxonomy.OccupationKind, Concept: "2211", Language: "ti", Word: "ሓኪም"},
}

// demoPast gives the demonstration its past, once.
func (a *App) demoPast(ctx context.Context) error {
	var there int64
	var officer identity.Actor
	var open []string
	err := a.DB.View(ctx, func(tx *store.Tx) error {
		err := tx.Raw(`SELECT (SELECT count(*) FROM shown_rankings WHERE demo) + (SELECT count(*) FROM local_words WHERE demo)`).Scan(&there).Error
		if err != nil || there > 0 {
			return err
		}
		officer, open, err = demoOfficer(tx)
		return err
	})
	if err != nil || there > 0 || officer.UserID == "" {
		return err
	}
	suited, err := a.Search.Suitable(ctx, officer, open, demoPassed)
	if err != nil {
		return err
	}
	err = a.DB.Change(ctx, store.System, func(tx *store.Tx) error {
		tx.Emit("demo.past", officer.ProgrammeID)
		if err := demoRankings(tx, officer, suited); err != nil {
			return err
		}
		return taxonomy.AddLocalIn(tx, signedWords(officer, tx.Now))
	})
	if err != nil {
		return err
	}
	if err := a.Taxonomy.ReadLocal(ctx, a.DB); err != nil {
		return err
	}
	return a.demoSearches(ctx, officer, open)
}

// demoSearches saves what its coordinator looks for again and again: people by
// words, and the best for the first need. They go with the programme.
func (a *App) demoSearches(ctx context.Context, officer identity.Actor, open []string) error {
	all := []savedsearches.Written{{Kind: savedsearches.People, Name: "Midwives and nurses who teach", Query: "(midwife OR nurse) teaching",
		Shared: true, Following: savedsearches.Following{Pinned: true, Frequency: savedsearches.Daily}}}
	if len(open) > 0 {
		all = append(all, savedsearches.Written{Kind: savedsearches.Need, Name: "The ten best", NeedRef: open[0], Best: 10,
			Following: savedsearches.Following{Frequency: savedsearches.Weekly}})
	}
	for _, one := range all {
		if _, err := a.SavedSearches.Save(ctx, officer, one); err != nil {
			return err
		}
	}
	return nil
}

// demoOfficer returns the coordinator of the demonstration and its open needs.
func demoOfficer(tx *store.Tx) (identity.Actor, []string, error) {
	var found []struct{ UserID, OrganisationID, ProgrammeID string }
	err := tx.Raw(`SELECT m.user_id, m.organisation_id, m.programme_id FROM memberships m JOIN programmes p ON p.id = m.programme_id
		WHERE p.demo AND m.role = 'coordinator' AND m.state = 'confirmed' ORDER BY m.id LIMIT 1`).Scan(&found).Error
	if err != nil || len(found) == 0 {
		return identity.Actor{}, nil, err
	}
	who := identity.Actor{UserID: found[0].UserID, OrganisationID: found[0].OrganisationID, ProgrammeID: found[0].ProgrammeID,
		Role: identity.Coordinator, Locale: "en", Demo: true}
	var open []string
	err = tx.Raw(`SELECT id FROM needs WHERE programme_id = ? AND state = ? AND demo ORDER BY reference`, who.ProgrammeID, needs.Published).Scan(&open).Error
	return who, open, err
}

// demoRankings logs one ranking of each need a month: today's scores as they are,
// and those of earlier months as they may have been.
func demoRankings(tx *store.Tx, who identity.Actor, suited []search.Suited) error {
	var now struct {
		Enrolled int
		Last     int64
	}
	err := tx.Raw(`SELECT (SELECT count(*) FROM professional_programmes WHERE programme_id = ?) AS enrolled,
		(SELECT last FROM ledger_head WHERE one = 1) AS last`, who.ProgrammeID).Scan(&now).Error
	if err != nil {
		return err
	}
	byNeed, order := map[string][]search.Suited{}, []string{}
	for _, one := range suited {
		if len(byNeed[one.NeedID]) == 0 {
			order = append(order, one.NeedID)
		}
		byNeed[one.NeedID] = append(byNeed[one.NeedID], one)
	}
	for ago := demoMonths - 1; ago >= 0; ago-- {
		at := tx.Now.AddDate(0, -ago, 0)
		for _, needID := range order {
			all := byNeed[needID]
			people := make([]stats.Person, min(len(all), demoShown))
			for i, one := range all[:len(people)] {
				people[i] = stats.Person{Rank: i + 1, Pseudonym: one.Pseudonym, Score: before(one, ago)}
			}
			row := stats.Ranking{ID: id.New(), ProgrammeID: who.ProgrammeID, NeedID: needID, SeenBy: who.UserID, OrganisationID: who.OrganisationID,
				Role: string(who.Role), At: at, Algorithm: matching.Algorithm, IndexPosition: now.Last, Source: "index", Considered: now.Enrolled, Passed: len(all), Shown: len(people), Demo: true}
			if err := stats.LogIn(tx, row, people); err != nil {
				return err
			}
		}
	}
	return nil
}

// before is a score as it may have been some months ago.
func before(one search.Suited, ago int) int {
	if ago == 0 {
		return one.Score
	}
	h := fnv.New32a()
	_, _ = h.Write([]byte(one.Pseudonym + one.NeedID + string(rune('a'+ago))))
	return min(max(one.Score+int(h.Sum32()%31)-15, 0), matching.Whole)
}

// signedWords are the demonstration's words in the name of its coordinator.
func signedWords(who identity.Actor, now time.Time) []taxonomy.LocalWord {
	words := make([]taxonomy.LocalWord, len(demoWords))
	for i, w := range demoWords {
		w.ID, w.Demo, w.ProgrammeID, w.AddedBy, w.AddedFor, w.AddedAt = id.New(), true, who.ProgrammeID, who.UserID, who.OrganisationID, now
		words[i] = w
	}
	return words
}
