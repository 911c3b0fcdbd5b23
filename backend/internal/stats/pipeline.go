// SPDX-License-Identifier: AGPL-3.0-or-later

package stats

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/privacy"
	"sankofa/backend/internal/store"
)

// Stages are the steps of the pipeline, in order: who reached one reached all
// before it. Considered: could be found. Passed: met every condition of a need.
// Longlisted: stood in a ranking that was shown. The rest are decisions.
var Stages = []string{"considered", "passed", "longlisted", "shortlisted", "host_endorsed", "no_objection", "approved", "accepted"}

// steps are the decisions that lead to a stage.
var steps = map[string]int{"shortlist": 3, "host_endorsement": 4, "no_objection": 5, "approval": 6, "acceptance": 7}

const (
	passed     = 1
	longlisted = 2
)

// Cell is how many people of a group reached a stage.
type Cell struct {
	Count int  // 0 when withheld
	Open  bool // published; a withheld cell stands for few people, or protects one that does
}

// Rate is the share of a group that went on from the stage before.
type Rate struct {
	Known     bool    // both numbers are published, and the one below is not zero
	Share     float64 //
	Low, High float64 // the exact interval of 95 %
	Ratio     float64 // of the share to that of the group that fares best; 0: there is none to compare with
	Chance    float64 // that such a difference arises when both are chosen alike (Fisher, two-sided)
	Best      bool    // this group fares best
	Signal    string  // "", SignalWeak or SignalStrong
}

// The signals of the four-fifths rule. They ask for a look, and judge nothing.
const (
	SignalWeak   = "weak"   // below four fifths, but such numbers may well be chance
	SignalStrong = "strong" // below four fifths, and hardly chance
)

// FourFifths is the share of the best group's rate below which the rate of
// another is evidence of adverse impact (Uniform Guidelines on Employee Selection
// Procedures, 29 CFR 1607.4(D); the same paragraph warns of small numbers).
const FourFifths = 0.8

// hardly is the probability below which a difference is hardly chance.
const hardly = 0.05

// Group is a row of the report.
type Group struct {
	Name  string // "female", "30-39", "155", "fr"; Unsaid
	Cells []Cell // by stage
	Rates []Rate // by stage; the first is empty
}

// Table is the report by one dimension.
type Table struct {
	Dimension Dimension
	Groups    []Group
}

// Report says how groups fare along the pipeline.
type Report struct {
	Programme Programme
	Year      int // 0: since the beginning
	Total     []Cell
	Tables    []Table
	Rankings  int // frozen rankings that tell who passed
	Notice    string
	Taken     time.Time
}

// readersOfReport are the roles that may read figures of the programme.
var readersOfReport = []identity.Role{identity.Coordinator, identity.Ministry, identity.Administrator}

// Report counts people who agreed to be counted in the words of the notice in
// force, by group and stage, in a calendar year or since the beginning. Years do
// not overlap, so that no two reports can be subtracted.
func (s *Service) Report(ctx context.Context, who identity.Actor, code string, year int) (Report, error) {
	var r Report
	err := s.view(ctx, who, code, readersOfReport, func(tx *store.Tx, p Programme) (err error) {
		r = Report{Programme: p, Year: year, Notice: privacy.CurrentNotice(privacy.Statistics, "en").Version, Taken: tx.Now}
		people, err := countedIn(tx, p.ID)
		if err != nil {
			return err
		}
		reached, rankings, err := reachedIn(tx, p.ID, between(year), people)
		if err != nil {
			return err
		}
		r.Rankings = rankings
		r.count(people, reached, day.Day(tx.Today()))
		return nil
	})
	return r, err
}

// span is a time from one moment to before another.
type span struct{ from, to time.Time }

// between returns the calendar year, or all time.
func between(year int) span {
	if year == 0 {
		return span{time.Unix(0, 0).UTC(), time.Date(9000, 1, 1, 0, 0, 0, 0, time.UTC)}
	}
	return span{time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(year+1, 1, 1, 0, 0, 0, 0, time.UTC)}
}

// countedIn returns the people of a programme who agreed to be counted, and who
// can be found or were candidates once.
func countedIn(tx *store.Tx, programmeID string) ([]person, error) {
	var people []person
	err := tx.Raw(`SELECT p.id, p.pseudonym, p.sex, p.birth_date, p.residence_country, p.cv_language
		FROM professionals p JOIN professional_programmes e ON e.professional_id = p.id AND e.programme_id = @programme
		JOIN consents c ON c.professional_id = p.id AND c.purpose = @purpose AND c.status = 'active' AND c.notice_version = @version
		WHERE EXISTS (SELECT 1 FROM visibility v WHERE v.professional_id = p.id)
			OR EXISTS (SELECT 1 FROM candidacies k WHERE k.professional_id = p.id AND k.snapshot_id IS NOT NULL)`,
		map[string]any{"programme": programmeID, "purpose": privacy.Statistics,
			"version": privacy.CurrentNotice(privacy.Statistics, "en").Version}).Scan(&people).Error
	return people, err
}

// reachedIn returns how far people came, by identifier, and from how many frozen
// rankings it is known who passed.
func reachedIn(tx *store.Tx, programmeID string, within span, people []person) (map[string]int, int, error) {
	named := make(map[string]string, len(people))
	reached := make(map[string]int, len(people))
	for _, p := range people {
		named[p.Pseudonym], reached[p.ID] = p.ID, 0
	}
	came := func(professionalID string, stage int) {
		if was, counted := reached[professionalID]; counted && was < stage {
			reached[professionalID] = stage
		}
	}
	frozen, err := passedIn(tx, programmeID, within)
	if err != nil {
		return nil, 0, err
	}
	for _, body := range frozen {
		for _, pseudonym := range body {
			came(named[pseudonym], passed)
		}
	}
	var seen []string
	err = tx.Raw(`SELECT DISTINCT s.pseudonym FROM shown_people s JOIN shown_rankings r ON r.id = s.ranking_id
		WHERE r.programme_id = ? AND r.at >= ? AND r.at < ?`, programmeID, within.from, within.to).Scan(&seen).Error
	if err != nil {
		return nil, 0, err
	}
	for _, pseudonym := range seen {
		came(named[pseudonym], longlisted)
	}
	var decisions []struct{ ProfessionalID, Step string }
	err = tx.Raw(`SELECT c.professional_id, d.step FROM decisions d JOIN candidacies c ON c.id = d.candidacy_id JOIN needs n ON n.id = c.need_id
		WHERE n.programme_id = ? AND d.outcome = 'yes' AND d.at >= ? AND d.at < ?`, programmeID, within.from, within.to).Scan(&decisions).Error
	for _, d := range decisions {
		came(d.ProfessionalID, steps[d.Step])
	}
	return reached, len(frozen), err
}

// mostFrozen is how many frozen rankings are read: the newest.
const mostFrozen = 300

// passedIn returns the pseudonyms of those who met the conditions, by frozen
// ranking: the last one of each need.
func passedIn(tx *store.Tx, programmeID string, within span) ([][]string, error) {
	var ids []string
	err := tx.Raw(`SELECT s.id FROM ranking_snapshots s JOIN needs n ON n.id = s.need_id
		WHERE n.programme_id = ? AND s.taken_at >= ? AND s.taken_at < ? AND NOT EXISTS (
			SELECT 1 FROM ranking_snapshots t WHERE t.need_id = s.need_id AND t.id > s.id AND t.taken_at < ?)
		ORDER BY s.id DESC LIMIT ?`, programmeID, within.from, within.to, within.to, mostFrozen).Scan(&ids).Error
	if err != nil {
		return nil, err
	}
	var all [][]string
	for _, one := range ids { // one at a time: a body lists thousands
		var text string
		if err := tx.Raw(`SELECT body FROM ranking_snapshots WHERE id = ?`, one).Scan(&text).Error; err != nil {
			return nil, err
		}
		var body struct {
			Candidates, Others []struct {
				Person string `json:"person"`
			}
		}
		if err := json.Unmarshal([]byte(text), &body); err != nil {
			return nil, fmt.Errorf("read frozen ranking %s: %w", one, err)
		}
		var people []string
		for _, p := range append(body.Candidates, body.Others...) {
			people = append(people, p.Person)
		}
		all = append(all, people)
	}
	return all, nil
}

// count fills the tables, and withholds what could point at somebody.
func (r *Report) count(people []person, reached map[string]int, today day.Day) {
	total := make([]int, len(Stages))
	for _, p := range people {
		for s := 0; s <= reached[p.ID]; s++ {
			total[s]++
		}
	}
	tables := make([]*counts, len(Dimensions))
	names := make([][]string, len(Dimensions))
	for i, d := range Dimensions {
		names[i] = groupsOf(people, d, today)
		tables[i] = newCounts(len(names[i]), len(Stages))
		for _, p := range people {
			g := slices.Index(names[i], p.in(d, today))
			for s := 0; s <= reached[p.ID]; s++ {
				tables[i].reached[g][s]++
			}
		}
	}
	r.Total = cells(total, protect(total, tables))
	for i, d := range Dimensions {
		t := Table{Dimension: d}
		for g, name := range names[i] {
			t.Groups = append(t.Groups, Group{Name: name, Cells: cells(tables[i].reached[g], tables[i].open[g])})
		}
		t.compare()
		r.Tables = append(r.Tables, t)
	}
}

// groupsOf lists the groups that there are, those who have not said last.
func groupsOf(people []person, d Dimension, today day.Day) []string {
	seen := map[string]bool{}
	var names []string
	for _, p := range people {
		if g := p.in(d, today); !seen[g] {
			seen[g] = true
			names = append(names, g)
		}
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(b2i(a == Unsaid), b2i(b == Unsaid)), cmp.Compare(a, b))
	})
	return names
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// cells leaves out what is withheld: it does not leave this package.
func cells(counts []int, open []bool) []Cell {
	out := make([]Cell, len(counts))
	for s := range counts {
		if open[s] {
			out[s] = Cell{Count: counts[s], Open: true}
		}
	}
	return out
}

// compare works the rates out, from published numbers only.
func (t *Table) compare() {
	for g := range t.Groups {
		t.Groups[g].Rates = make([]Rate, len(Stages))
		for s := 1; s < len(Stages); s++ {
			t.Groups[g].Rates[s] = rate(t.Groups[g].Cells[s], t.Groups[g].Cells[s-1])
		}
	}
	for s := 1; s < len(Stages); s++ {
		best := -1
		for g, group := range t.Groups {
			if group.Name != Unsaid && group.Rates[s].Known && (best < 0 || group.Rates[s].Share > t.Groups[best].Rates[s].Share) {
				best = g
			}
		}
		if best < 0 || t.Groups[best].Rates[s].Share == 0 {
			continue
		}
		t.Groups[best].Rates[s].Best = true
		for g := range t.Groups {
			t.Groups[g].against(t.Groups[best], s)
		}
	}
}

func rate(these, of Cell) Rate {
	if !these.Open || !of.Open || of.Count == 0 {
		return Rate{}
	}
	r := Rate{Known: true, Share: float64(these.Count) / float64(of.Count)}
	r.Low, r.High = Interval(these.Count, of.Count)
	return r
}

// against compares the rate of a group with that of the one that fares best.
func (g *Group) against(best Group, s int) {
	r := &g.Rates[s]
	if !r.Known || r.Best || g.Name == Unsaid {
		return
	}
	r.Ratio = r.Share / best.Rates[s].Share
	r.Chance = Fisher(g.Cells[s].Count, g.Cells[s-1].Count, best.Cells[s].Count, best.Cells[s-1].Count)
	switch {
	case r.Ratio >= FourFifths:
	case r.Chance < hardly:
		r.Signal = SignalStrong
	default:
		r.Signal = SignalWeak
	}
}
