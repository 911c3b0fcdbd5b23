// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
	"sync"
	"sync/atomic"

	"sankofa/backend/internal/matching"
)

// heat is how many people meet the conditions of a need, and who of them suits it
// best.
type heat struct {
	passed  int
	removed []int // by the condition's place in matching.Conditions
	leaders
}

// joined puts together what several have found.
func joined(heats []heat) heat {
	all := heats[0]
	for _, h := range heats[1:] {
		all.passed += h.passed
		for i, n := range h.removed {
			all.removed[i] += n
		}
		all.some = append(all.some, h.some...)
	}
	return all
}

// leaders are the people with the most points of those seen so far.
type leaders struct {
	most int // of them who are wanted
	some []leader
}

// leader is somebody with many points.
type leader struct {
	pool  *homeland
	slot  uint32
	score int32
}

// cut leaves as many as are wanted, the best first, and returns the points of the
// last: with fewer nobody else can be among them. Without so many it returns 0.
func (l *leaders) cut() int32 {
	slices.SortFunc(l.some, compareLeaders)
	if len(l.some) < l.most || l.most <= 0 {
		return 0
	}
	l.some = l.some[:l.most]
	return l.some[l.most-1].score
}

// compareLeaders puts the higher score first, and of equals the pseudonym that
// sorts first, as compareOutcomes.
func compareLeaders(a, b leader) int {
	if c := cmp.Compare(b.score, a.score); c != 0 {
		return c
	}
	return cmp.Compare(a.pool.names[a.slot], b.pool.names[b.slot])
}

// outcomes returns as many as are wanted, the best first.
func (l *leaders) outcomes() []outcome {
	l.cut()
	best := make([]outcome, min(max(l.most, 0), len(l.some)))
	for i := range best {
		one := l.some[i]
		p, slot := one.pool, one.slot
		best[i] = outcome{id: p.ids[slot], pseudonym: p.names[slot], score: int(one.score), version: int(p.versions[slot])}
	}
	return best
}

// scratch is memory that one heat needs and the next may use again.
type scratch struct {
	slots  []uint32
	passes set
	scores []int32 // by slot
	shares []int32 // of one criterion, by slot
	sums   []int64 // of weights of words, by slot
	weekly set     // who may be free for long enough
	wished []int32 // shares of wishes by what people claim: all of the first who passes, then of the next
	spoken []int64 // what the topics are worth that somebody speaks of, in the order of who passes

	near  []int16          // kinship by kind of work, or unjudged
	wants answers[want]    // by the concept's number: wishes that a claim of it answers
	says  answers[mention] // by the concept's number: topics that a claim of it speaks of
}

var scratches = sync.Pool{New: func() any { return new(scratch) }}

// roomFor makes room for so many slots, all zero. Shares and sums are left at zero
// by whoever used them.
func (s *scratch) roomFor(n int) {
	if cap(s.scores) < n {
		s.scores, s.shares, s.sums = make([]int32, n, n+n/4), make([]int32, n, n+n/4), make([]int64, n, n+n/4)
		s.passes = make(set, (n+63)/64, (n+n/4+63)/64)
	}
	s.scores, s.shares, s.sums, s.passes = s.scores[:n], s.shares[:n], s.sums[:n], s.passes[:(n+63)/64]
	clear(s.scores)
	clear(s.passes)
	s.slots = s.slots[:0]
}

// view is one need as it is compared with pool after pool. What it has learnt from
// matching about one value holds for all of them.
type view struct {
	asking
	lex      *register
	scorer   *matching.Scorer
	lines    []line
	of       [][]int         // points of each criterion, by class
	open     [stages][]int32 // points that a stage and those after it can give, by class
	words    []word
	topic    []topic
	facets   map[int][]int16 // shares by line and value, or unjudged
	licences []int16         // whether licences do, or unjudged
	wishes   int             // how many there are
	asked    bool            // whether wants and says are filled
	dates    dates
	least    *atomic.Int32 // points without which nobody can be among the best, from all who look for them

	pool    *homeland
	passing []uint32
	*scratch
	heat
}

// dates are the days of a need, read once.
type dates struct {
	period dayWindow // nobody is free in it while the need has no dates
	starts int32
	ends   int32 // who may return after this day may return in time
	length int   // days
	least  int32 // days that somebody must be free
}

func datesOf(n matching.Need) dates {
	const far = 1 << 29 // days: a difference of two such is still a number
	d := dates{period: dayWindow{far, -far}, starts: dayNumber(n.Starts), ends: math.MinInt32 + 1, length: n.Length(), least: int32(n.Days())}
	if n.Ends.Valid() {
		d.ends = dayNumber(n.Ends)
		if n.Starts.Valid() {
			d.period = dayWindow{d.starts, d.ends}
		}
	}
	return d
}

// mention is a topic, by its number, and what a claim adds for it.
type mention struct {
	topic int
	worth int64
}

// want is a wish, by its number, and how a concept stands to it.
type want struct {
	wish     int
	relation matching.Relation
}

// line is a criterion with what is looked up for it once.
type line struct {
	matching.Line
	wish   int // the number of the wish
	kin    []relative
	labels []uint32 // whose words say the wish, where no concept tells
	stems  []uint32 // of the wish
	levels [1 << 7]int32
}

// word is a word of the need that somebody uses.
type word struct {
	stem   uint32
	weight int64
}

// topic is a concept that the need's text speaks of.
type topic struct {
	kin    []relative // the nearest first
	rarity int
}

// view prepares a need.
func (c *columns) view(a asking, crowd matching.Crowd, most int) *view {
	v := &view{asking: a, lex: c.lex, scorer: matching.For(a.need, a.vocabulary, crowd), of: make([][]int, len(c.lex.classed)),
		facets: map[int][]int16{}, dates: datesOf(a.need),
		scratch: scratches.Get().(*scratch), heat: heat{removed: make([]int, len(matching.Conditions)), leaders: leaders{most: most}}}
	v.near = slices.Grow(v.near[:0], len(c.lex.groups))[:len(c.lex.groups)]
	for i := range v.near {
		v.near[i] = unjudged
	}
	for stage := range v.open {
		v.open[stage] = make([]int32, len(c.lex.classed))
	}
	lines := v.scorer.Lines()
	v.lines = make([]line, 0, len(lines))
	for i, one := range lines {
		l := line{Line: one}
		switch {
		case one.Wish != nil:
			l.labels, l.stems = c.lex.said(one.Wish), c.stemsOf(one.Wish.Terms)
			if l.wish = v.wishes; one.Wish.Concept != "" {
				l.kin = c.kin.of(one.Wish.Concept, a.vocabulary, c.lex)
			}
			v.wishes++
		case one.Floor != nil:
			for levels := range l.levels {
				l.levels[levels] = unjudged
			}
		default:
			if kind, ok := facetOf[one.Name]; ok {
				v.facets[i] = unjudgedList(len(c.lex.facets[kind].values))
			}
		}
		v.lines = append(v.lines, l)
	}
	for i, n := range a.stems {
		if weight := v.scorer.Word(a.need.Terms[i]); n != unheard && weight > 0 {
			v.words = append(v.words, word{n, int64(weight)})
		}
	}
	for _, t := range a.need.Topics {
		v.topic = append(v.topic, topic{c.kin.of(t.Concept, a.vocabulary, c.lex), v.scorer.Rarity(t.Concept)})
	}
	return v
}

// unjudged marks a value that has not been looked at for this need.
const unjudged = -1

func unjudgedList(n int) []int16 {
	list := make([]int16, n)
	for i := range list {
		list[i] = unjudged
	}
	return list
}

// said returns the labels of claims whose words say a wish, where no concept tells
// whether they do.
func (x *register) said(w *matching.Wish) []uint32 {
	if len(w.Terms) == 0 {
		return nil
	}
	var found []uint32
	for _, n := range x.saying[w.Terms[0].Stem] {
		label := x.spelt[n]
		if (w.Concept == "" || !named(label)) && !slices.ContainsFunc(w.Terms, func(t matching.Term) bool { return !says(label, t.Stem) }) {
			found = append(found, n)
		}
	}
	return found
}

// run ranks the people of one pool.
func (v *view) run(p *homeland) {
	v.pool = p
	v.roomFor(len(p.ids))
	v.sieve(p.members[v.programme])
	v.passed += len(v.passing)
	v.score()
	v.gather()
}

// gather takes in who may be among the best, and tells the others what it takes.
func (v *view) gather() {
	least := v.least.Load()
	for _, slot := range v.passing {
		if score := v.scores[slot]; score >= least {
			v.some = append(v.some, leader{v.pool, slot, score})
		}
	}
	if len(v.some)/2 <= v.most {
		return // It is not worth while yet.
	}
	for found := v.cut(); found > least && !v.least.CompareAndSwap(least, found); {
		least = v.least.Load()
	}
}

// sieve applies the conditions in their order: who fails one is not asked for the
// next.
func (v *view) sieve(members set) {
	some := members
	if free, told := v.pool.weeks.during(v.dates.period, v.dates.least, members, v.weekly); told {
		some, v.weekly = free, free
	}
	left, before := v.slots, members.count()
	for i, word := range some {
		for ; word != 0; word &= word - 1 {
			left = append(left, uint32(i*64+bits.TrailingZeros64(word)))
		}
	}
	v.slots = left
	for i, c := range matching.Conditions {
		if c == matching.Consent || c == matching.Origin {
			continue // Nobody else is here.
		}
		left = v.meet(c, left)
		v.removed[i] += before - len(left)
		before = len(left)
	}
	v.passing = left
	for _, slot := range left {
		v.passes.add(uint64(slot))
	}
}

// meet keeps who meets one condition.
func (v *view) meet(c matching.Condition, left []uint32) []uint32 {
	switch c {
	case matching.Availability:
		return v.available(left)
	case matching.Languages:
		return v.speaking(left)
	case matching.Licences:
		return v.licensed(left)
	case matching.RightOfReturn:
		return v.returning(left)
	case matching.Modality:
		for i, m := range modalities {
			if m == v.need.Modality {
				return only(left, func(slot uint32) bool { return v.pool.works[i].has(uint64(slot)) })
			}
		}
	}
	return left
}

func only(left []uint32, ok func(uint32) bool) []uint32 {
	out := left[:0]
	for _, slot := range left {
		if ok(slot) {
			out = append(out, slot)
		}
	}
	return out
}

// available keeps who is free for long enough within the need's period.
func (v *view) available(left []uint32) []uint32 {
	p, least, period := v.pool, v.dates.least, v.dates.period
	if least == 0 {
		return left
	}
	out := left[:0]
	for _, slot := range left {
		if p.longest[slot] < least {
			continue
		}
		for _, w := range p.windows.at(slot) {
			if min(w.to, period.to)-max(w.from, period.from)+1 >= least {
				out = append(out, slot)
				break
			}
		}
	}
	return out
}

func (v *view) speaking(left []uint32) []uint32 {
	for _, f := range v.need.Floors {
		if !f.Required || f.Spoken <= 0 && f.Written <= 0 {
			continue
		}
		var enough [1 << 7]bool
		for levels := range enough {
			enough[levels] = levels>>3&7 >= int(f.Spoken) && levels&7 >= int(f.Written)
		}
		known := v.pool.speech[f.Language]
		left = only(left, func(slot uint32) bool { return int(slot) < len(known) && enough[known[slot]] })
	}
	return left
}

func (v *view) licensed(left []uint32) []uint32 {
	if !v.need.LicenceRequired {
		return left
	}
	if v.licences == nil {
		v.licences = unjudgedList(len(v.pool.lex.facets[licensing].values))
	}
	return only(left, func(slot uint32) bool {
		n := v.pool.facets[licensing][slot]
		if v.licences[n] == unjudged {
			v.licences[n] = 0
			if matching.Check(matching.Licences, v.need, v.pool.lex.facets[licensing].values[n]) == nil {
				v.licences[n] = 1
			}
		}
		return v.licences[n] == 1
	})
}

func (v *view) returning(left []uint32) []uint32 {
	if v.need.Modality == "virtual" {
		return left
	}
	return only(left, func(slot uint32) bool { return v.pool.returns[slot] >= v.dates.ends })
}
