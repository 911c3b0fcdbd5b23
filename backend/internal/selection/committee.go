// SPDX-License-Identifier: AGPL-3.0-or-later

package selection

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"sankofa/backend/internal/lifecycle"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/store"
)

// Member is somebody on the committee of a need.
type Member struct {
	NeedID         string
	UserID         string
	OrganisationID string
	Seat           string // "host", "coordinator", "ministry", "association"
	Chair          bool   // speaks for the committee
	AddedBy        string
	AddedAt        time.Time
}

// TableName names the table for GORM.
func (Member) TableName() string { return "committee_members" }

// Conflict is a member's word about their own interests in one candidacy.
type Conflict struct {
	CandidacyID string
	UserID      string
	Conflict    bool // then the member stays away
	Reason      string
	At          time.Time
}

// TableName names the table for GORM.
func (Conflict) TableName() string { return "committee_conflicts" }

// Score is one member's level for one criterion: 1 does not meet it, 2 meets it in
// part, 3 meets it, 4 goes beyond it.
type Score struct {
	CandidacyID string
	Round       int
	UserID      string
	Criterion   string
	Level       int
	Note        string
	At          time.Time
}

// TableName names the table for GORM.
func (Score) TableName() string { return "committee_scores" }

// Assessment is what the committee agreed on; it is never changed.
type Assessment struct {
	ID          string
	CandidacyID string
	Round       int
	Outcome     string // "recommended", "reserve", "not_selected"
	Levels      string // JSON: the agreed level by criterion
	Minutes     string
	ByUser      string
	At          time.Time
}

// Agreed reads the levels.
func (a Assessment) Agreed() map[string]int {
	levels := map[string]int{}
	_ = json.Unmarshal([]byte(a.Levels), &levels) // we wrote it
	return levels
}

// Reference is what somebody who knows the person's work said.
type Reference struct {
	ID          string
	CandidacyID string
	Referee     string // a function and an institution, not a name
	Words       string
	ByUser      string
	At          time.Time
}

// TableName names the table for GORM.
func (Reference) TableName() string { return "candidacy_references" }

// committee is the committee of a need, as it stands to one candidacy in its round.
type committee struct {
	members     []Member
	declared    []Conflict
	scores      []Score
	assessments []Assessment
	references  []Reference
	criteria    []needs.Criterion
	round       int
}

// committeeIn loads the committee and what it has said about a candidacy.
func committeeIn(tx *store.Tx, needID string, c Candidacy) (committee, error) {
	k := committee{round: c.Round}
	for _, part := range []struct {
		into         any
		query, order string
		args         []any
	}{
		{&k.members, "need_id = ?", "chair DESC, seat, user_id", []any{needID}},
		{&k.criteria, "need_id = ?", "position", []any{needID}},
		{&k.declared, "candidacy_id = ?", "at, user_id", []any{c.ID}},
		{&k.scores, "candidacy_id = ? AND round = ?", "user_id, criterion", []any{c.ID, c.Round}},
		{&k.assessments, "candidacy_id = ?", "round", []any{c.ID}},
		{&k.references, "candidacy_id = ?", "id", []any{c.ID}},
	} {
		if err := tx.Where(part.query, part.args...).Order(part.order).Find(part.into).Error; err != nil {
			return k, fmt.Errorf("load the committee: %w", err)
		}
	}
	return k, nil
}

// member returns the seat of a user.
func (k committee) member(userID string) (Member, bool) {
	i := slices.IndexFunc(k.members, func(m Member) bool { return m.UserID == userID })
	if i < 0 {
		return Member{}, false
	}
	return k.members[i], true
}

// judges are the members who were there and have no conflict.
func (k committee) judges() []Member {
	var all []Member
	for _, m := range k.members {
		if slices.ContainsFunc(k.declared, func(d Conflict) bool { return d.UserID == m.UserID && !d.Conflict }) {
			all = append(all, m)
		}
	}
	return all
}

// quorum names the seats that lack: without the host, the coordinator, and one side
// of the origin state or its diaspora nothing is decided. Whoever has not declared
// their interests is absent, whoever has a conflict stays away.
func (k committee) quorum() []Lack {
	there := func(seats ...string) bool {
		return slices.ContainsFunc(k.judges(), func(m Member) bool { return slices.Contains(seats, m.Seat) })
	}
	var all []Lack
	for _, seat := range []struct {
		name  string
		seats []string
	}{{"host", []string{"host"}}, {"coordinator", []string{"coordinator"}}, {"ministry_or_association", []string{"ministry", "association"}}} {
		if !there(seat.seats...) {
			all = append(all, Lack{lifecycle.Quorum, seat.name})
		}
	}
	return all
}

// leastScores is how many members judge each criterion, each without the others.
const leastScores = 2

// unscored names the criteria that fewer than two members have judged.
func (k committee) unscored() []Lack {
	var all []Lack
	for _, criterion := range k.criteria {
		n := 0
		for _, s := range k.scores {
			if s.Criterion == criterion.ID {
				n++
			}
		}
		if n < leastScores {
			all = append(all, Lack{lifecycle.TwoScores, criterion.Label})
		}
	}
	return all
}

// scored tells whether the user has judged the person in this round.
func (k committee) scored(userID string) bool {
	return slices.ContainsFunc(k.scores, func(s Score) bool { return s.UserID == userID })
}

// finished tells whether the user has judged every criterion: from then on they may
// see what the others say.
func (k committee) finished(userID string) bool {
	for _, criterion := range k.criteria {
		if !slices.ContainsFunc(k.scores, func(s Score) bool { return s.UserID == userID && s.Criterion == criterion.ID }) {
			return false
		}
	}
	return true
}

// concluded tells whether the committee has spoken in this round.
func (k committee) concluded() bool {
	return slices.ContainsFunc(k.assessments, func(a Assessment) bool { return a.Round == k.round })
}
