// SPDX-License-Identifier: AGPL-3.0-or-later

package stats

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/matching"
	"sankofa/backend/internal/store"
)

// Bins is into how many parts of the same width scores are put.
const Bins = 10

// The bounds of the population stability index by which the field goes: below a
// tenth nothing has changed, from a quarter on the population is another
// (N. Siddiqi, Credit Risk Scorecards, 2006).
const (
	SlightShift = 0.10
	LargeShift  = 0.25
)

// fewScores is how many scores a period must have to be compared.
const fewScores = 50

// DriftState says how the scores of a period stand to the reference.
type DriftState string

// The states, the last one an alarm.
const (
	Few     DriftState = "few"     // too few scores to tell
	Steady  DriftState = "steady"  // as in the reference, or no further off than chance
	Shifted DriftState = "shifted" // somewhat different
	Moved   DriftState = "moved"   // another population, or another ranking
)

// Period is the scores that were shown in a week or a month by one version of
// the rules.
type Period struct {
	Name      string // "2026-11", "2026-W48"
	Algorithm string
	Rankings  int
	Scores    int
	Mean      float64
	Counts    [Bins]int
	Index     float64 // population stability index against the reference
	Noise     float64 // what it would exceed by chance once in twenty times
	State     DriftState
	Reference bool // the others are compared with this one
}

// Drift is how the distribution of shown scores moves.
type Drift struct {
	Programme Programme
	Periods   []Period   // oldest first
	State     DriftState // of the newest period of the rules in use
	OutOf     int
}

// Drift compares the scores that were shown, by week or month, with the first
// period that has enough of them by the rules in use.
func (s *Service) Drift(ctx context.Context, who identity.Actor, code string, weekly bool) (Drift, error) {
	var d Drift
	err := s.view(ctx, who, code, readersOfReport, func(tx *store.Tx, p Programme) error {
		rows, err := scoresIn(tx, p.ID)
		if err != nil {
			return err
		}
		d = drift(rows, weekly)
		d.Programme = p
		return nil
	})
	return d, err
}

// scoreRow is how many people of one ranking have a score in one bin.
type scoreRow struct {
	ID        string
	NeedID    string
	At        time.Time
	Algorithm string
	Bin       int
	Count     int
	Sum       int
}

// scoresIn returns the scores of a programme's shown rankings; of a need that
// was looked at several times a day, the last look counts.
func scoresIn(tx *store.Tx, programmeID string) ([]scoreRow, error) {
	var rows []scoreRow
	err := tx.Raw(`SELECT r.id, r.need_id, r.at, r.algorithm, s.score / 100 AS bin, COUNT(*) AS count, SUM(s.score) AS sum
		FROM shown_rankings r JOIN shown_people s ON s.ranking_id = r.id WHERE r.programme_id = ?
		GROUP BY r.id, r.need_id, r.at, r.algorithm, s.score / 100 ORDER BY r.id`, programmeID).Scan(&rows).Error
	last := map[string]string{}
	for _, r := range rows {
		last[r.NeedID+r.At.UTC().Format(time.DateOnly)+r.Algorithm] = r.ID
	}
	return slices.DeleteFunc(rows, func(r scoreRow) bool { return last[r.NeedID+r.At.UTC().Format(time.DateOnly)+r.Algorithm] != r.ID }), err
}

// drift puts scores into periods and compares these.
func drift(rows []scoreRow, weekly bool) Drift {
	d := Drift{OutOf: matching.Whole, State: Few}
	at := map[[2]string]*Period{}
	rankings := map[string]bool{}
	sums := map[[2]string]int{}
	for _, r := range rows {
		key := [2]string{periodOf(r.At, weekly), r.Algorithm}
		p := at[key]
		if p == nil {
			p = &Period{Name: key[0], Algorithm: r.Algorithm}
			at[key] = p
		}
		if !rankings[r.ID] {
			rankings[r.ID] = true
			p.Rankings++
		}
		p.Counts[min(r.Bin, Bins-1)] += r.Count
		p.Scores += r.Count
		sums[key] += r.Sum
	}
	for key, p := range at {
		p.Mean = float64(sums[key]) / float64(max(p.Scores, 1))
		d.Periods = append(d.Periods, *p)
	}
	slices.SortFunc(d.Periods, func(a, b Period) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Algorithm, b.Algorithm))
	})
	d.compare()
	return d
}

// compare chooses the reference and measures the others by it.
func (d *Drift) compare() {
	if len(d.Periods) == 0 {
		return
	}
	inUse := d.Periods[len(d.Periods)-1].Algorithm
	reference := slices.IndexFunc(d.Periods, func(p Period) bool { return p.Algorithm == inUse && p.Scores >= fewScores })
	for i := range d.Periods {
		p := &d.Periods[i]
		p.State = Few
		if reference < 0 || p.Scores < fewScores {
			continue
		}
		of := d.Periods[reference]
		p.Reference = i == reference
		p.Index = Stability(of.Counts, p.Counts)
		p.Noise = noise(of.Scores, p.Scores)
		p.State = stateOf(p.Index, p.Noise, p.Reference)
	}
	d.State = d.Periods[len(d.Periods)-1].State
}

func stateOf(index, noise float64, reference bool) DriftState {
	switch {
	case reference || index < SlightShift || index <= noise:
		return Steady
	case index < LargeShift:
		return Shifted
	}
	return Moved
}

// Stability is the population stability index: how far two distributions over
// the same bins are apart, zero when they are the same. Half a person is added to
// each bin, so that an empty one makes nothing infinite.
func Stability(expected, actual [Bins]int) float64 {
	share := func(counts [Bins]int, bin int) float64 {
		n := 0
		for _, c := range counts {
			n += c
		}
		return (float64(counts[bin]) + 0.5) / (float64(n) + 0.5*Bins)
	}
	sum := 0.0
	for bin := range Bins {
		e, a := share(expected, bin), share(actual, bin)
		sum += (a - e) * math.Log(a/e)
	}
	return sum
}

// ninetyFive is the 95th percentile of the chi-squared distribution with Bins-1
// degrees of freedom.
const ninetyFive = 16.919

// noise is the index that two samples of one population exceed once in twenty
// times: it is distributed like chi-squared times (1/n + 1/m) (B. Yurdakul,
// Statistical Properties of the Population Stability Index, 2018).
func noise(n, m int) float64 { return ninetyFive * (1/float64(n) + 1/float64(m)) }

// periodOf names the month, or the ISO 8601 week, of a moment.
func periodOf(at time.Time, weekly bool) string {
	if weekly {
		year, week := at.UTC().ISOWeek()
		return fmt.Sprintf("%d-W%02d", year, week)
	}
	return at.UTC().Format("2006-01")
}

// restful is how long the health page keeps what it knows of the scores.
const restful = 10 * time.Minute

// worse orders states by how much they ask for a look.
var worse = []DriftState{Few, Steady, Shifted, Moved}

// ScoreState is the worst state of any programme, for the health page.
func (s *Service) ScoreState(ctx context.Context) (DriftState, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.state != "" && s.DB.Now().Sub(s.checked) < restful {
		return s.state, nil
	}
	state := Few
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		var programmes []string
		if err := tx.Raw(`SELECT DISTINCT programme_id FROM shown_rankings`).Scan(&programmes).Error; err != nil {
			return err
		}
		for _, p := range programmes {
			rows, err := scoresIn(tx, p)
			if err != nil {
				return err
			}
			if one := drift(rows, false).State; slices.Index(worse, one) > slices.Index(worse, state) {
				state = one
			}
		}
		return nil
	})
	if err == nil {
		s.state, s.checked = state, s.DB.Now()
	}
	return state, err
}
