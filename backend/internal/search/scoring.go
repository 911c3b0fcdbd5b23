// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"math"
	"math/bits"
	"slices"

	"sankofa/backend/internal/matching"
)

// The stages of a score: what costs little comes first, and between two of them
// whoever cannot be among the best any more is let go.
const (
	byValue  = iota // criteria that look at one value of a person
	byClaims        // skills and topics
	byWords         // the texts
	stages
)

// stageOf says when a criterion is looked at.
func stageOf(l *line) int {
	switch {
	case l.Wish != nil || l.Name == matching.ByTopics:
		return byClaims
	case l.Name == matching.ByText:
		return byWords
	}
	return byValue
}

// score gives everybody who passes their points, criterion by criterion, unless
// they fall behind those who are wanted. The shares follow the rules of matching;
// most are asked there, one for each value that occurs, and tests compare the sums
// with matching's own.
func (v *view) score() {
	v.classify()
	for stage := range stages {
		if stage > byValue {
			v.leave(stage)
		}
		if stage == byClaims {
			v.claims()
		}
		for i := range v.lines {
			l := &v.lines[i]
			if stageOf(l) != stage {
				continue
			}
			switch {
			case l.Wish != nil:
				v.wish(l)
			case l.Floor != nil:
				v.floor(l)
			default:
				v.criterion(i, l)
			}
			v.count(i)
		}
	}
}

// leave lets go of whoever cannot be among the best, even with all the points that
// the stages from this one on can give. It loses nobody: points are never taken
// away, so that as many as are wanted will have at least what they have now.
func (v *view) leave(from int) {
	least := v.least.Load()
	if len(v.passing) > v.most {
		least = max(least, v.reached())
	}
	if least == 0 {
		return
	}
	open := v.open[from] // points that may still come, by class
	left := v.passing[:0]
	for _, slot := range v.passing {
		if v.scores[slot]+open[v.pool.classes[slot]] >= least {
			left = append(left, slot)
		} else {
			v.passes.remove(uint64(slot))
		}
	}
	v.passing = left
}

// reached returns the points that as many as are wanted have by now.
func (v *view) reached() int32 {
	var with [matching.Whole + 1]int32 // people by score
	for _, slot := range v.passing {
		with[v.scores[slot]]++
	}
	for score, people := matching.Whole, 0; score > 0; score-- {
		if people += int(with[score]); people >= v.most {
			return int32(score)
		}
	}
	return 0
}

// criterion finds the shares of the criteria of which a need has one each.
func (v *view) criterion(i int, l *line) {
	switch l.Name {
	case matching.ByOccupation:
		v.occupation()
	case matching.ByRecency:
		v.recency()
	case matching.ByAvailability:
		v.fit()
	case matching.ByModality:
		v.modality(l)
	case matching.ByMissions:
		v.missions(l)
	case matching.ByTopics:
		v.topics()
	case matching.ByText:
		v.text()
	default:
		v.byFacet(l, facetOf[l.Name], v.facets[i])
	}
}

// facetOf says which part of a person a criterion looks at.
var facetOf = map[string]int{matching.ByLevel: schooling, matching.ByField: schooling, matching.ByExperience: years, matching.ByLicence: licensing}

// classify asks for the points of each class.
func (v *view) classify() {
	for _, slot := range v.passing {
		n := v.pool.classes[slot]
		if v.of[n] == nil {
			c := v.lex.classed[n]
			c.Same = v.need.Language != "" && v.need.Language == c.language
			v.of[n] = v.scorer.Of(c.Class)
			for i, points := range v.of[n] {
				for stage := range stageOf(&v.lines[i]) + 1 {
					v.open[stage][n] += int32(points)
				}
			}
		}
	}
}

// count turns the shares of a criterion into points, and forgets them.
func (v *view) count(criterion int) {
	for _, slot := range v.passing {
		if share := v.shares[slot]; share != 0 {
			v.scores[slot] += int32(matching.Points(v.of[v.pool.classes[slot]][criterion], int(share)))
			v.shares[slot] = 0
		}
	}
}

// byFacet judges each value of a facet once.
func (v *view) byFacet(l *line, kind int, shares []int16) {
	for _, slot := range v.passing {
		n := v.pool.facets[kind][slot]
		if shares[n] == unjudged {
			shares[n] = int16(l.Share(v.lex.facets[kind].values[n]))
		}
		v.shares[slot] = int32(shares[n])
	}
}

// nearness returns the kinship of a kind of work with the one that is asked for.
func (v *view) nearness(group uint32) int {
	if v.near[group] == unjudged {
		v.near[group] = int16(v.scorer.Wants(v.lex.groups[group]))
	}
	return int(v.near[group])
}

func (v *view) occupation() {
	for _, slot := range v.passing {
		best := 0
		for _, j := range v.pool.work.at(slot) {
			share := v.nearness(j.group)
			if j.past {
				share = matching.FormerShare(share)
			}
			best = max(best, share)
		}
		v.shares[slot] = int32(best)
	}
}

// recency asks when somebody last did this work.
func (v *view) recency() {
	starts := v.dates.starts
	for _, slot := range v.passing {
		last := int32(math.MinInt32)
		for _, j := range v.pool.work.at(slot) {
			if j.past && j.last > last && matching.SameWork(v.nearness(j.group)) {
				last = j.last
			}
		}
		switch {
		case last == math.MinInt32:
		case last >= starts:
			v.shares[slot] = int32(matching.RecencyShare(0))
		default:
			v.shares[slot] = int32(matching.RecencyShare(int(starts - last)))
		}
	}
}

func (v *view) modality(l *line) {
	has := set(nil) // of those who work in it
	with := matching.Person{}
	for i, m := range modalities {
		if m == v.need.Modality {
			has = v.pool.works[i]
			with = matching.Person{Onsite: i == 0, Virtual: i == 1, Hybrid: i == 2}
		}
	}
	yes, no := int32(l.Share(with)), int32(l.Share(matching.Person{}))
	for _, slot := range v.passing {
		v.shares[slot] = no
		if has.has(uint64(slot)) {
			v.shares[slot] = yes
		}
	}
}

// floor judges each level once.
func (v *view) floor(l *line) {
	known := v.pool.speech[l.Floor.Language]
	for _, slot := range v.passing {
		if int(slot) >= len(known) || known[slot]&knows == 0 {
			continue
		}
		levels := known[slot]
		if l.levels[levels] == unjudged {
			l.levels[levels] = int32(l.Share(matching.Person{Languages: []matching.Language{
				{Language: l.Floor.Language, Spoken: matching.Level(levels >> 3 & 7), Written: matching.Level(levels & 7)}}}))
		}
		v.shares[slot] = l.levels[levels]
	}
}

// fit is the share of the period that somebody could be there in one go.
func (v *view) fit() {
	length, period := v.dates.length, v.dates.period
	for _, slot := range v.passing {
		most := int32(0)
		for _, w := range v.pool.windows.at(slot) {
			most = max(most, min(w.to, period.to)-max(w.from, period.from)+1)
		}
		v.shares[slot] = int32(matching.FitShare(int(min(most, v.pool.longest[slot])), length))
	}
}

// missions looks at those few who have completed one.
func (v *view) missions(l *line) {
	if len(v.served) == 0 {
		return
	}
	for _, slot := range v.passing {
		if some := v.served[v.pool.ids[slot]]; len(some) > 0 {
			v.shares[slot] = int32(l.Share(matching.Person{Missions: some}))
		}
	}
}

// claims finds, for everybody who passes, the best that their claims give to each
// wish and to each topic: most people claim a dozen skills, and most skills are
// claimed by many who do not pass.
func (v *view) claims() {
	if !v.asked {
		v.asked = true
		v.wanted()
		v.told()
	}
	v.wished = slices.Grow(v.wished[:0], len(v.passing)*v.wishes)[:len(v.passing)*v.wishes]
	clear(v.wished)
	v.spoken = slices.Grow(v.spoken[:0], len(v.passing))[:len(v.passing)]
	clear(v.spoken)
	worth := make([]int64, len(v.topic))
	for i, slot := range v.passing {
		best := v.wished[i*v.wishes : (i+1)*v.wishes]
		clear(worth)
		for _, c := range v.pool.mine.at(slot) {
			for _, w := range v.wants.under(c.concept) {
				best[w.wish] = max(best[w.wish], v.lex.related[w.relation][c.grade])
			}
			for _, m := range v.says.under(c.concept) {
				worth[m.topic] = max(worth[m.topic], m.worth)
			}
		}
		for _, w := range worth {
			v.spoken[i] += w
		}
	}
}

// wanted turns the wishes about: which of them a claim of each concept answers.
func (v *view) wanted() {
	v.wants.make(func(note func(uint32, want)) {
		for i := range v.lines {
			for _, r := range v.lines[i].kin {
				note(r.concept, want{v.lines[i].wish, r.relation})
			}
		}
	})
}

// told turns the topics about: which of them a claim of each concept speaks of.
func (v *view) told() {
	v.says.make(func(note func(uint32, mention)) {
		for i, t := range v.topic {
			for _, r := range t.kin {
				if worth := matching.OfTopic(r.relation, t.rarity); worth > 0 {
					note(r.concept, mention{i, int64(worth)})
				}
			}
		}
	})
}

// answers are values under numbers, several under each.
type answers[T any] struct {
	from []uint32 // where those of each number begin, and those of the next
	all  []T
}

// make fills it with what tell notes; tell is called twice, for the values are
// counted first.
func (a *answers[T]) make(tell func(note func(uint32, T))) {
	a.from = a.from[:0]
	tell(func(n uint32, _ T) {
		for len(a.from) <= int(n)+1 {
			a.from = append(a.from, 0)
		}
		a.from[n]++
	})
	total := uint32(0)
	for n, some := range a.from {
		total += some
		a.from[n] = total // the end, from which the values are put in backwards
	}
	a.all = slices.Grow(a.all[:0], int(total))[:total]
	tell(func(n uint32, value T) {
		a.from[n]--
		a.all[a.from[n]] = value
	})
}

// under returns the values of a number.
func (a *answers[T]) under(n uint32) []T {
	if int(n)+1 >= len(a.from) {
		return nil
	}
	return a.all[a.from[n]:a.from[n+1]]
}

// wish looks for the claim that comes nearest to a skill that is asked for.
func (v *view) wish(l *line) {
	for i, slot := range v.passing {
		v.shares[slot] = v.wished[i*v.wishes+l.wish]
	}
	for _, label := range l.labels {
		if c := at(v.pool.labels, label); c != nil {
			v.raise(c, v.lex.worded)
		}
	}
	v.inText(l.stems)
}

// raise lifts people to at least the share that their claim gives.
func (v *view) raise(c *claimants, shares []int32) {
	v.among(c.slots, func(slot uint32, i int) {
		v.shares[slot] = max(v.shares[slot], shares[c.grades[i]])
	})
}

// among calls f for those of the slots, which ascend, that pass, and with their
// places in the list.
func (v *view) among(slots []uint32, f func(slot uint32, i int)) {
	// To look for so few is quicker than to look at so many.
	if len(v.passing)*bits.Len(uint(len(slots))) < len(slots)/2 {
		from := 0
		for _, slot := range v.passing {
			i, _ := slices.BinarySearch(slots[from:], slot)
			for from += i; from < len(slots) && slots[from] == slot; from++ {
				f(slot, from)
			}
		}
		return
	}
	for i, slot := range slots {
		if v.passes.has(uint64(slot)) {
			f(slot, i)
		}
	}
}

// inText gives whoever has nothing yet the share for words that stand somewhere in
// their texts.
func (v *view) inText(stems []uint32) {
	if len(stems) == 0 {
		return
	}
	rarest := -1
	for i, n := range stems {
		u := at(v.pool.stems, n)
		if u == nil {
			return
		}
		if rarest < 0 || len(u.slots) < len(v.pool.stems[stems[rarest]].slots) {
			rarest = i
		}
	}
	share := int32(matching.InText())
	v.among(v.pool.stems[stems[rarest]].slots, func(slot uint32, _ int) {
		if v.shares[slot] > 0 {
			return
		}
		uses := true
		for i, n := range stems {
			if i != rarest && uses {
				_, uses = slices.BinarySearch(v.pool.stems[n].slots, slot)
			}
		}
		if uses {
			v.shares[slot] = share
		}
	})
}

// text compares words: the more a word tells and the more often it is used, the
// more it gives.
func (v *view) text() {
	for _, w := range v.words {
		if u := at(v.pool.stems, w.stem); u != nil {
			v.among(u.slots, func(slot uint32, i int) { v.sums[slot] += w.weight * int64(u.counts[i]) / 1000 })
		}
	}
	total := v.scorer.Total()
	for _, slot := range v.passing {
		v.shares[slot] = int32(matching.WordShare(int(v.sums[slot]), total))
		v.sums[slot] = 0
	}
}

// topics adds up what the topics of the need are worth that people speak of.
func (v *view) topics() {
	total := 0
	for _, t := range v.topic {
		total += t.rarity
	}
	for i, slot := range v.passing {
		v.shares[slot] = int32(matching.WordShare(int(v.spoken[i]), total))
	}
}
