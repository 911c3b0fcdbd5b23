// SPDX-License-Identifier: AGPL-3.0-or-later

package matching

import (
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/taxonomy"
)

// What follows is for whoever keeps everybody's values in columns and computes
// scores there: the criteria one by one, each as a share that follows from one
// part of a person. The points come out the same as from Score.

// Line is a criterion of a need.
type Line struct {
	Name  string
	Wish  *Wish  // of the criteria about skills
	Floor *Floor // of those about languages: one ability alone
	judge func(Person) verdict
}

// Lines lists the criteria in the order of Score.
func (s *Scorer) Lines() []Line {
	lines := make([]Line, len(s.rules))
	for i, r := range s.rules {
		lines[i] = Line{Name: r.name, Wish: r.wish, Floor: r.floor, judge: r.judge}
	}
	return lines
}

// Share is what a person gets of the criterion, in thousandths.
func (l Line) Share(p Person) int { return l.judge(p).share }

// Of returns the points that each criterion can give to people of a class; it
// must not be changed.
func (s *Scorer) Of(c Class) []int { return s.of(c) }

// Points is what a share gives of so many points.
func Points(of, share int) int { return worth(of, share) }

// Wants tells the kinship of groups of occupations with the one that is asked for.
func (s *Scorer) Wants(groups []Link) int {
	share, _ := kin(s.need.Groups(), groups)
	return share
}

// GroupsOf is the code that somebody chose, or else what a title probably means.
func GroupsOf(isco string, linked []Link) []Link { return groupsOf(isco, linked) }

// FormerShare is the share for a post that is past, where the work itself would
// give so much.
func FormerShare(kinship int) int { return kinship * formerPost / full }

// SameWork tells whether a post of such a kinship is this work.
func SameWork(kinship int) bool { return kinship >= sameWork }

// ByRelation is the share of a wish that a claim gives whose concept stands in the
// relation to the wish's.
func ByRelation(c Claim, r Relation) int { return c.weighed(nearness[r]) }

// ByWords is the share of a wish that a claim gives whose words say it.
func ByWords(c Claim) int { return c.weighed(wordsInSkill) }

// InText is the share of a wish whose words stand only in the person's texts.
func InText() int { return Claim{Evidence: registry.Claimed}.weighed(wordsInText) }

// Word is how much a word of the need tells, as often as it stands there.
func (s *Scorer) Word(t Term) int { return s.crowd.Word(t) }

// Total is how much the words of the need tell together.
func (s *Scorer) Total() int { return s.total }

// Rarity is how much a topic of the need tells.
func (s *Scorer) Rarity(concept string) int { return s.crowd.skill(concept) }

// OfTopic is what a claim adds for a topic of a rarity: only the topic itself, or a
// special case of it, says anything.
func OfTopic(r Relation, rarity int) int {
	if r != taxonomy.Same && r != taxonomy.Narrower {
		return 0
	}
	return rarity * nearness[r] / full
}

// FitShare is the share for so many days of a period.
func FitShare(days, period int) int { return full * days / period }

// Does tells whether the person works in the modality.
func (p Person) Does(modality string) bool { return p.does(modality) }

// Length returns the days of the need's period, or 0 while it has no dates.
func (n Need) Length() int { return n.length() }

// Nearness is what a relation between concepts is worth, in thousandths.
func Nearness(r Relation) int { return nearness[r] }
