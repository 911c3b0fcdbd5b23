// SPDX-License-Identifier: AGPL-3.0-or-later

package selection

import (
	"time"

	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/needs"
)

// File is what hangs on a candidacy, as one reader may see it.
type File struct {
	Next        []Next
	Rules       []RuleResult // for the coordinator
	Members     []MemberView
	Criteria    []needs.Criterion // that the committee judges
	Sits        bool
	Scores      []Score // the reader's own; the others' once the reader has judged everything, or the committee has spoken
	Assessments []Assessment
	References  []Reference
	Reviews     []Review
	Doubt       *Disqualification
	ReviewUntil *time.Time // until when the person may ask for a review
}

// MemberView is a member of the committee, and how far they are with this candidacy.
type MemberView struct {
	Member
	Name     string
	Declared bool
	Conflict bool
	Finished bool
	Mine     bool
}

// of is the file of a candidacy for a reader.
func (d dossier) of(who identity.Actor, c Candidacy) *File {
	f := &File{Next: d.next(c), Rules: []RuleResult{}}
	mine := own(who, c)
	if mine && c.EndedAt != nil && c.State.Status() == StatusNotSelected {
		until := c.EndedAt.AddDate(0, 0, reviewDays)
		f.ReviewUntil = &until
	}
	_, sits := d.committee.member(who.UserID)
	if mine || who.Is(identity.Coordinator) {
		f.Reviews, f.Doubt = d.reviews, d.doubt
	}
	if mine { // the person learns what is said of them, not by whom
		f.Reviews = each(f.Reviews, func(r Review) Review { r.ByUser = ""; return r })
		return f
	}
	if who.Is(identity.Coordinator) {
		f.Rules = d.found
	}
	if !sits && !who.Is(identity.Coordinator, identity.Host, identity.Ministry) {
		return f
	}
	f.Members, f.Sits = d.members(who.UserID), sits
	if len(f.Members) > 0 {
		f.Criteria = d.committee.criteria
	}
	if sits || who.Is(identity.Coordinator) {
		f.References = d.committee.references
	}
	if sits || d.committee.concluded() {
		f.Assessments = d.committee.assessments
	}
	open := d.committee.concluded() || sits && d.committee.finished(who.UserID)
	for _, score := range d.committee.scores {
		if open || score.UserID == who.UserID {
			f.Scores = append(f.Scores, score)
		}
	}
	return f
}

func (d dossier) members(userID string) []MemberView {
	all := make([]MemberView, len(d.committee.members))
	for i, m := range d.committee.members {
		all[i] = MemberView{Member: m, Name: d.names[m.UserID], Finished: len(d.committee.criteria) > 0 && d.committee.finished(m.UserID), Mine: m.UserID == userID}
		for _, declared := range d.committee.declared {
			if declared.UserID == m.UserID {
				all[i].Declared, all[i].Conflict = true, declared.Conflict
			}
		}
	}
	return all
}
