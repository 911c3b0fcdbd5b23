// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"math"
	"slices"
	"strings"

	"sankofa/backend/internal/matching"
	"sankofa/backend/internal/taxonomy"
)

// score gives everybody who passes their points, criterion by criterion. The
// shares follow the rules of matching; most are asked there, one for each value
// that occurs, and tests compare the sums with matching's own.
func (v *view) score() {
	v.classify()
	for i, line := range v.scorer.Lines() {
		switch {
		case line.Wish != nil:
			v.wish(line)
		case line.Floor != nil:
			v.floor(line)
		default:
			v.criterion(line)
		}
		v.count(i)
	}
}

// criterion finds the shares of the criteria of which a need has one each.
func (v *view) criterion(line matching.Line) {
	switch line.Name {
	case matching.ByOccupation:
		v.occupation()
	case matching.ByRecency:
		v.recency()
	case matching.ByAvailability:
		v.fit()
	case matching.ByModality:
		v.modality(line)
	case matching.ByMissions:
		v.missions(line)
	case matching.ByTopics:
		v.topics()
	case matching.ByText:
		v.text()
	default:
		v.byFacet(line, facetOf[line.Name])
	}
}

// facetOf says which part of a person a criterion looks at.
var facetOf = map[string]int{matching.ByLevel: schooling, matching.ByField: schooling, matching.ByExperience: years, matching.ByLicence: licensing}

// classify asks for the points of each class.
func (v *view) classify() {
	v.of = make([][]int, len(v.pool.classed))
	for _, slot := range v.passing {
		n := v.pool.classes[slot]
		if v.of[n] == nil {
			c := v.pool.classed[n]
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
func (v *view) byFacet(line matching.Line, kind int) {
	f := &v.pool.facets[kind]
	v.forget(len(f.values))
	for _, slot := range v.passing {
		n := f.ids[slot]
		if v.memo[n] == unjudged {
			v.memo[n] = int16(line.Share(f.values[n]))
		}
		v.shares[slot] = int32(v.memo[n])
	}
}

// near returns the kinship of a kind of work with the one that is asked for.
func (v *view) near(group uint32) int {
	if v.memo[group] == unjudged {
		v.memo[group] = int16(v.scorer.Wants(v.pool.groups[group]))
	}
	return int(v.memo[group])
}

func (v *view) occupation() {
	v.forget(len(v.pool.groups))
	for _, slot := range v.passing {
		best := 0
		for _, j := range v.pool.work.at(slot) {
			share := v.near(j.group)
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
	v.forget(len(v.pool.groups))
	starts := dayNumber(v.need.Starts)
	for _, slot := range v.passing {
		last := int32(math.MinInt32)
		for _, j := range v.pool.work.at(slot) {
			if j.past && j.last > last && matching.SameWork(v.near(j.group)) {
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

func (v *view) modality(line matching.Line) {
	has := set(nil) // of those who work in it
	with := matching.Person{}
	for i, m := range modalities {
		if m == v.need.Modality {
			has = v.pool.works[i]
			with = matching.Person{Onsite: i == 0, Virtual: i == 1, Hybrid: i == 2}
		}
	}
	yes, no := int32(line.Share(with)), int32(line.Share(matching.Person{}))
	for _, slot := range v.passing {
		v.shares[slot] = no
		if has.has(uint64(slot)) {
			v.shares[slot] = yes
		}
	}
}

// floor judges each level once.
func (v *view) floor(line matching.Line) {
	known := v.pool.speech[line.Floor.Language]
	var shares [1 << 7]int32
	for levels := range shares {
		if levels&knows == 0 || levels>>3&7 > 6 || levels&7 > 6 {
			continue
		}
		shares[levels] = unasked
	}
	for _, slot := range v.passing {
		if int(slot) >= len(known) {
			continue
		}
		levels := known[slot]
		if shares[levels] == unasked {
			shares[levels] = int32(line.Share(matching.Person{Languages: []matching.Language{
				{Language: line.Floor.Language, Spoken: matching.Level(levels >> 3 & 7), Written: matching.Level(levels & 7)}}}))
		}
		v.shares[slot] = shares[levels]
	}
}

// unasked marks levels that matching has not been asked about.
const unasked = -1

// fit is the share of the period that somebody could be there in one go.
func (v *view) fit() {
	length := v.need.Length()
	period := dayWindow{dayNumber(v.need.Starts), dayNumber(v.need.Ends)}
	for _, slot := range v.passing {
		most := int32(0)
		for _, w := range v.pool.windows.at(slot) {
			most = max(most, min(w.to, period.to)-max(w.from, period.from)+1)
		}
		v.shares[slot] = int32(matching.FitShare(int(min(most, v.pool.longest[slot])), length))
	}
}

// missions looks at those few who have completed one.
func (v *view) missions(line matching.Line) {
	if len(v.served) == 0 {
		return
	}
	for _, slot := range v.passing {
		if some := v.served[v.pool.ids[slot]]; len(some) > 0 {
			v.shares[slot] = int32(line.Share(matching.Person{Missions: some}))
		}
	}
}

// wish looks for the claim that comes nearest to a skill that is asked for.
func (v *view) wish(line matching.Line) {
	w := line.Wish
	shares := make([]int32, len(v.pool.graded))
	if w.Concept != "" {
		for _, r := range v.kin.of(w.Concept, v.vocabulary) {
			if c := v.pool.claims[r.concept]; c != nil {
				v.graded(shares, func(g matching.Claim) int { return matching.ByRelation(g, r.relation) })
				v.raise(c, shares)
			}
		}
	}
	v.graded(shares, matching.ByWords)
	for _, label := range v.saying(w) {
		v.raise(v.pool.spoken[label], shares)
	}
	v.inText(w.Terms)
}

// graded fills in what a claim of each grade gives.
func (v *view) graded(shares []int32, of func(matching.Claim) int) {
	for n, g := range v.pool.graded {
		shares[n] = int32(of(g))
	}
}

// raise lifts people to at least the share that their claim gives.
func (v *view) raise(c *claimants, shares []int32) {
	for i, slot := range c.slots {
		if share := shares[c.grades[i]]; share > v.shares[slot] && v.passes.has(uint64(slot)) {
			v.shares[slot] = share
		}
	}
}

// saying returns the labels of claims whose words say the wish, where no concept
// tells whether they do.
func (v *view) saying(w *matching.Wish) []string {
	if len(w.Terms) == 0 {
		return nil
	}
	var found []string
	for _, label := range v.pool.labels[w.Terms[0].Stem] {
		if (w.Concept == "" || !named(label)) && !slices.ContainsFunc(w.Terms, func(t matching.Term) bool { return !says(label, t.Stem) }) {
			found = append(found, label)
		}
	}
	return found
}

// says tells whether a label holds a stem.
func says(label, stem string) bool {
	for rest := label[1:]; rest != ""; {
		one, after, _ := strings.Cut(rest, "\x00")
		if one == stem {
			return true
		}
		rest = after
	}
	return false
}

// inText gives whoever has nothing yet the share for words that stand somewhere in
// their texts.
func (v *view) inText(terms []matching.Term) {
	if len(terms) == 0 {
		return
	}
	all := make([]*users, len(terms))
	for i, t := range terms {
		if all[i] = v.pool.stems[t.Stem]; all[i] == nil {
			return
		}
	}
	slices.SortFunc(all, func(a, b *users) int { return len(a.slots) - len(b.slots) })
	share := int32(matching.InText())
	for _, slot := range all[0].slots {
		if !v.passes.has(uint64(slot)) || v.shares[slot] > 0 {
			continue
		}
		if !slices.ContainsFunc(all[1:], func(u *users) bool {
			_, uses := slices.BinarySearch(u.slots, slot)
			return !uses
		}) {
			v.shares[slot] = share
		}
	}
}

// text compares words: the more a word tells and the more often it is used, the
// more it gives.
func (v *view) text() {
	total := v.scorer.Total()
	for _, t := range v.need.Terms {
		u, weight := v.pool.stems[t.Stem], int64(v.scorer.Word(t))
		if u == nil || weight == 0 {
			continue
		}
		for i, slot := range u.slots {
			v.sums[slot] += weight * int64(u.counts[i]) / 1000
		}
	}
	for _, slot := range v.passing {
		v.shares[slot] = int32(matching.WordShare(int(v.sums[slot]), total))
	}
	clear(v.sums)
}

// topics adds up what the topics of the need are worth that people speak of.
func (v *view) topics() {
	total := 0
	said := make([]uint32, len(v.pool.ids)) // the number of the last topic that somebody speaks of, one up
	for number, topic := range v.need.Topics {
		rarity := v.scorer.Rarity(topic.Concept)
		total += rarity
		for _, r := range v.kin.of(topic.Concept, v.vocabulary) { // the nearest first, so the first counts
			if r.relation != taxonomy.Same && r.relation != taxonomy.Narrower {
				break
			}
			c := v.pool.claims[r.concept]
			if c == nil {
				continue
			}
			worth := int64(matching.OfTopic(r.relation, rarity))
			for _, slot := range c.slots {
				if said[slot] != uint32(number+1) {
					said[slot] = uint32(number + 1)
					v.sums[slot] += worth
				}
			}
		}
	}
	for _, slot := range v.passing {
		v.shares[slot] = int32(matching.WordShare(int(v.sums[slot]), total))
	}
	clear(v.sums)
}
