// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"math"
	"slices"

	"sankofa/backend/internal/matching"
	"sankofa/backend/internal/taxonomy"
)

// score gives everybody who passes their points, criterion by criterion. The
// shares follow the rules of matching; most are asked there, one for each value
// that occurs, and tests compare the sums with matching's own.
func (v *view) score() {
	v.classify()
	v.claims()
	for i := range v.lines {
		l := &v.lines[i]
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
// wish: most people claim a dozen skills, and most skills are claimed by many who do
// not pass.
func (v *view) claims() {
	v.wished = slices.Grow(v.wished[:0], len(v.passing)*v.wishes)[:len(v.passing)*v.wishes]
	clear(v.wished)
	if v.wants == nil {
		v.wants = v.wanted()
	}
	for i, slot := range v.passing {
		best := v.wished[i*v.wishes : (i+1)*v.wishes]
		for _, c := range v.pool.mine.at(slot) {
			if uint64(c.concept) >= uint64(len(v.wants)) {
				continue
			}
			for _, w := range v.wants[c.concept] {
				best[w.wish] = max(best[w.wish], v.lex.related[w.relation][c.grade])
			}
		}
	}
}

// wanted turns the wishes about: which of them a claim of each concept answers.
func (v *view) wanted() [][]want {
	most := -1
	for i := range v.lines {
		for _, r := range v.lines[i].kin {
			most = max(most, int(r.concept))
		}
	}
	all := make([][]want, most+1)
	for i := range v.lines {
		for _, r := range v.lines[i].kin {
			all[r.concept] = append(all[r.concept], want{v.lines[i].wish, r.relation})
		}
	}
	return all
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
	for i, slot := range c.slots {
		if !v.passes.has(uint64(slot)) {
			continue
		}
		if share := shares[c.grades[i]]; share > v.shares[slot] {
			v.shares[slot] = share
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
	for _, slot := range v.pool.stems[stems[rarest]].slots {
		if !v.passes.has(uint64(slot)) || v.shares[slot] > 0 {
			continue
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
	}
}

// text compares words: the more a word tells and the more often it is used, the
// more it gives.
func (v *view) text() {
	for _, w := range v.words {
		u := at(v.pool.stems, w.stem)
		if u == nil {
			continue
		}
		for i, slot := range u.slots {
			if v.passes.has(uint64(slot)) {
				v.sums[slot] += w.weight * int64(u.counts[i]) / 1000
			}
		}
	}
	v.weigh(v.scorer.Total())
}

// weigh turns the sums of weights into shares of a total.
func (v *view) weigh(total int) {
	for _, slot := range v.passing {
		v.shares[slot] = int32(matching.WordShare(int(v.sums[slot]), total))
		v.sums[slot] = 0
	}
}

// topics adds up what the topics of the need are worth that people speak of.
func (v *view) topics() {
	total := 0
	said := make([]uint32, len(v.pool.ids)) // the number of the last topic that somebody speaks of, one up
	for number, t := range v.topic {
		total += t.rarity
		for _, r := range t.kin {
			if r.relation != taxonomy.Same && r.relation != taxonomy.Narrower {
				break
			}
			c := at(v.pool.claims, r.concept)
			if c == nil {
				continue
			}
			worth := int64(matching.OfTopic(r.relation, t.rarity))
			for _, slot := range c.slots {
				if v.passes.has(uint64(slot)) && said[slot] != uint32(number+1) {
					said[slot] = uint32(number + 1)
					v.sums[slot] += worth
				}
			}
		}
	}
	v.weigh(total)
}
