// SPDX-License-Identifier: AGPL-3.0-or-later

package selection

import "time"

// Review is a person's wish to have a decision looked at again, and what came of it.
type Review struct {
	ID          string
	CandidacyID string
	Round       int
	FromState   State
	Grounds     string
	AskedAt     time.Time
	Outcome     string // "", "upheld", "reopened", "ended"
	Words       string // of the reviewer
	Replayed    string // "same", "differs", "none": the frozen ranking, computed again
	ByUser      string
	DecidedAt   *time.Time
}

// TableName names the table for GORM.
func (Review) TableName() string { return "candidacy_reviews" }

// Disqualification is a doubt about a statement of the person.
type Disqualification struct {
	ID          string
	CandidacyID string
	Evidence    string
	ProposedBy  string
	ProposedAt  time.Time
	ReplyBy     time.Time
	Reply       string
	RepliedAt   *time.Time
	Outcome     string // "", "confirmed", "dropped"
	DecidedBy   string
	DecidedAt   *time.Time
}

// ReasonOther is none of the listed reasons why somebody is not chosen.
const ReasonOther = "other"

// ReasonCodes are the reasons, in the order of the list: the person reads them in plain
// words, with what they can do about it.
var ReasonCodes = []string{"languages", "licence", "experience", "education", "availability", "skills", "references",
	"stronger_candidates", "post_filled", ReasonOther}

// ended notes when and why a candidacy came to an end that can be reviewed.
func (c *Candidacy) ended(code string, now time.Time) {
	c.ReasonCode, c.EndedAt, c.AnswerBy, c.DecideBy, c.EscalatedAt = code, &now, nil, nil, nil
}
