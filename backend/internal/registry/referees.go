// SPDX-License-Identifier: AGPL-3.0-or-later

package registry

import (
	"cmp"
	"context"
	"net/mail"
	"slices"
	"strings"
	"time"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/store"
)

// How long a referee has, and how many may be asked at once.
const (
	lifeOfReferee  = 30 * 24 * time.Hour
	refereesMost   = 10 // open questions of one person
	refereeMessage = 1000
	commentMost    = 1000
)

// RefereeState is where a question to a referee stands.
type RefereeState string

// The states. An open question whose time is over is told as expired.
const (
	RefereeSent     RefereeState = "sent"
	RefereeAnswered RefereeState = "answered"
	RefereeDeclined RefereeState = "declined"
	RefereeRevoked  RefereeState = "revoked"
	RefereeExpired  RefereeState = "expired"
)

// RefereeRequest is one row: a person asks somebody to confirm skills.
type RefereeRequest struct {
	ID             string
	ProfessionalID string
	TokenHash      *string // of the link in the mail; none until it is sent
	RefereeName    string
	RefereeEmail   string
	Locale         string
	Message        string
	State          RefereeState
	CreatedAt      time.Time
	ExpiresAt      time.Time
	OpenedAt       *time.Time
	AnsweredAt     *time.Time
	Version        int
}

// Standing tells how the question looks now.
func (r RefereeRequest) Standing(now time.Time) RefereeState {
	if r.State == RefereeSent && !now.Before(r.ExpiresAt) {
		return RefereeExpired
	}
	return r.State
}

// usable returns why the link does not work, or nil.
func (r RefereeRequest) usable(now time.Time) error {
	switch r.Standing(now) {
	case RefereeSent:
		return nil
	case RefereeAnswered, RefereeDeclined:
		return fault.New(fault.Conflict, "referee.answered", "You have answered already. Thank you.")
	}
	return refereeMissing
}

// RefereeSkill is a skill that is asked about.
type RefereeSkill struct {
	RequestID string
	Position  int
	Concept   string
	Label     string
}

// TableName names the table for GORM.
func (RefereeSkill) TableName() string { return "referee_skills" }

// Question is what a person asks of a referee.
type Question struct {
	Name, Email, Locale, Message string
	Skills                       []Skill // of the profile, by concept or label
}

// Reference is a question with its skills and what came of it.
type Reference struct {
	RefereeRequest
	Skills        []RefereeSkill
	Confirmations []Confirmation
}

// AskReferee asks somebody to confirm skills of the person's own profile. The mail
// with the link goes out by the event; the person never sees the link.
func (s *Service) AskReferee(ctx context.Context, who identity.Actor, q Question) (string, error) {
	if !who.Is(identity.Professional) || who.ProfessionalID == "" {
		return "", missing
	}
	q.Name, q.Email, q.Message = clean(q.Name), strings.ToLower(clean(q.Email)), clean(q.Message)
	made := id.New()
	err := s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		p, err := LockIn(tx, who.ProfessionalID)
		if err != nil {
			return err
		}
		asked, err := checkQuestionIn(tx, &p, q)
		if err != nil {
			return err
		}
		row := RefereeRequest{ID: made, ProfessionalID: p.ID, RefereeName: q.Name, RefereeEmail: q.Email, Locale: q.Locale, Message: q.Message,
			State: RefereeSent, CreatedAt: tx.Now, ExpiresAt: tx.Now.Add(lifeOfReferee), Version: 1}
		if err := tx.Create(&row).Error; err != nil {
			return err
		}
		for i := range asked {
			asked[i].RequestID, asked[i].Position = made, i
		}
		tx.Emit("referee.asked", made, store.Details{"professional": p.ID, "request": made})
		return createAll(tx, asked)
	})
	return made, err
}

// checkQuestionIn complains about a question that cannot be asked, and returns the
// skills that it is about.
func checkQuestionIn(tx *store.Tx, p *Profile, q Question) ([]RefereeSkill, error) {
	var c fault.Check
	c.Length(q.Name, "name", 1, nameMost)
	c.That(plain(q.Name, ""), "name", "field.control", "Please remove line breaks and invisible characters.")
	c.Length(q.Message, "message", 0, refereeMessage)
	c.That(plain(q.Message, "\n\t"), "message", "field.control", "Please remove invisible characters.")
	address, err := mail.ParseAddress(q.Email)
	c.That(err == nil && address.Address == q.Email && len(q.Email) <= 254, "email", "email.malformed", "Please write an e-mail address such as name@example.org.")
	c.That(q.Email != p.Email, "email", "referee.oneself", "A referee is somebody else than you.")
	c.That(slices.Contains(identity.Locales, q.Locale), "locale", "locale.unknown", "Please choose one of: %s.", strings.Join(identity.Locales, ", "))
	c.That(len(q.Skills) > 0, "skills", "referee.skills", "Please choose at least one skill.")
	var asked []RefereeSkill
	for i, skill := range q.Skills {
		key := skillKey(skill.Concept, skill.Label)
		at := slices.IndexFunc(p.Skills, func(k Skill) bool { return skillKey(k.Concept, k.Label) == key })
		c.That(at >= 0, atRow("skills", i), "referee.skill_unknown", "This skill is not in your profile. Please save it there first.")
		if at >= 0 {
			asked = append(asked, RefereeSkill{Concept: p.Skills[at].Concept, Label: p.Skills[at].Label})
		}
	}
	var open, same int64
	query := `SELECT COUNT(*) FROM referee_requests WHERE professional_id = ? AND state = 'sent' AND expires_at > ?`
	if err := tx.Raw(query, p.ID, tx.Now).Scan(&open).Error; err != nil {
		return nil, err
	}
	if err := tx.Raw(query+` AND referee_email = ?`, p.ID, tx.Now, q.Email).Scan(&same).Error; err != nil {
		return nil, err
	}
	c.That(open < refereesMost, "email", "referee.many", "You have %d open questions already. Please wait for an answer, or take one back.", refereesMost)
	c.That(same == 0, "email", "referee.twice", "You have asked this person already; the answer is still open.")
	return asked, c.Err()
}

func atRow(list string, i int) string { return strings.TrimSuffix(at(list, i, ""), ".") }

// References returns whom the person has asked, newest first, with the answers.
func (s *Service) References(ctx context.Context, who identity.Actor) ([]Reference, []Confirmation, error) {
	if !who.Is(identity.Professional) || who.ProfessionalID == "" {
		return nil, nil, missing
	}
	var out []Reference
	var all []Confirmation
	err := s.DB.View(ctx, func(tx *store.Tx) (err error) {
		if all, err = ConfirmationsIn(tx, who.ProfessionalID); err != nil {
			return err
		}
		var rows []RefereeRequest
		if err := tx.Where("professional_id = ?", who.ProfessionalID).Order("created_at DESC, id DESC").Find(&rows).Error; err != nil {
			return err
		}
		for _, row := range rows {
			r := Reference{RefereeRequest: row}
			if err := tx.Where("request_id = ?", row.ID).Order("position").Find(&r.Skills).Error; err != nil {
				return err
			}
			for _, c := range all {
				if c.RequestID != nil && *c.RequestID == row.ID {
					r.Confirmations = append(r.Confirmations, c)
				}
			}
			out = append(out, r)
		}
		return nil
	})
	return out, all, err
}

// RevokeReferee takes a question back, and with it what was confirmed.
func (s *Service) RevokeReferee(ctx context.Context, who identity.Actor, ref string) error {
	if !who.Is(identity.Professional) || who.ProfessionalID == "" {
		return missing
	}
	return s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		p, err := LockIn(tx, who.ProfessionalID)
		if err != nil {
			return err
		}
		res := tx.Model(&RefereeRequest{}).Where("id = ? AND professional_id = ? AND state <> ?", ref, p.ID, RefereeRevoked).
			Updates(map[string]any{"state": RefereeRevoked, "answered_at": nil})
		if res.Error != nil {
			return res.Error
		}
		if res.RowsAffected == 0 {
			return fault.New(fault.Missing, "referee.gone", "There is no such question, or you have taken it back already.")
		}
		err = tx.Model(&Confirmation{}).Where("request_id = ? AND revoked_at IS NULL", ref).Update("revoked_at", tx.Now).Error
		if err != nil {
			return err
		}
		tx.Emit("referee.revoked", p.ID, store.Details{"request": ref})
		return regradeIn(tx, who, FromReferee, &p)
	})
}

// LinkRefereeIn gives a question the digest of its link, as the mail with the link
// is written; an earlier link stops working.
func LinkRefereeIn(tx *store.Tx, ref, digest string) error {
	return store.Saved(tx.Model(&RefereeRequest{}).Where("id = ? AND state = ?", ref, RefereeSent).Update("token_hash", digest))
}

// Asked is what a referee reads.
type Asked struct {
	RefereeRequest
	Person string
	Skills []RefereeSkill
}

// OpenReferee shows a referee what they are asked.
func (s *Service) OpenReferee(ctx context.Context, secret string) (Asked, error) {
	var a Asked
	err := s.DB.View(ctx, func(tx *store.Tx) (err error) {
		a, err = askedIn(tx, secret)
		return err
	})
	if err != nil || a.OpenedAt != nil {
		return a, err
	}
	return a, s.DB.Change(ctx, store.Stranger, func(tx *store.Tx) error {
		tx.Emit("referee.opened", a.ID, store.Details{"professional": a.ProfessionalID})
		return tx.Model(&RefereeRequest{}).Where("id = ? AND opened_at IS NULL", a.ID).Update("opened_at", tx.Now).Error
	})
}

// askedIn returns the question of a link that works.
func askedIn(tx *store.Tx, secret string) (Asked, error) {
	var rows []RefereeRequest
	if err := tx.Where("token_hash = ?", id.Digest(secret)).Limit(1).Find(&rows).Error; err != nil {
		return Asked{}, err
	}
	if len(rows) == 0 {
		link, ok, err := identity.LinkIn(tx, identity.LinkReference, secret)
		if err == nil && ok {
			err = tx.Where("id = ?", link.Subject).Limit(1).Find(&rows).Error
		}
		if err != nil || len(rows) == 0 {
			return Asked{}, cmp.Or(err, error(refereeMissing))
		}
	}
	if err := rows[0].usable(tx.Now); err != nil {
		return Asked{}, err
	}
	a := Asked{RefereeRequest: rows[0]}
	if err := tx.Where("request_id = ?", a.ID).Order("position").Find(&a.Skills).Error; err != nil {
		return a, err
	}
	p, err := profileIn(tx, a.ProfessionalID)
	a.Person = fullName(&p.Professional)
	return a, err
}

// Answer is what a referee says.
type Answer struct {
	Declined  bool // they cannot or do not want to say anything
	Relation  string
	SeenUntil day.Day
	Comment   string
	Confirmed []int // positions of the skills that they have seen
}

// AnswerReferee records what a referee says, once.
func (s *Service) AnswerReferee(ctx context.Context, secret string, said Answer) error {
	said.Comment = clean(said.Comment)
	return s.DB.Change(ctx, store.Stranger, func(tx *store.Tx) error {
		a, err := askedIn(tx, secret)
		if err != nil {
			return err
		}
		p, err := LockIn(tx, a.ProfessionalID)
		if err != nil {
			return err
		}
		if err := checkAnswer(said, len(a.Skills), tx.Today()); err != nil {
			return err
		}
		state := RefereeAnswered
		if said.Declined {
			state = RefereeDeclined
		}
		res := tx.Model(&RefereeRequest{}).Where("id = ? AND state = ?", a.ID, RefereeSent).
			Updates(map[string]any{"state": state, "answered_at": tx.Now, "version": a.Version + 1})
		if res.Error == nil && res.RowsAffected == 0 {
			return fault.New(fault.Conflict, "referee.answered", "You have answered already. Thank you.")
		}
		if res.Error != nil || said.Declined {
			tx.Emit("referee.declined", a.ProfessionalID, store.Details{"request": a.ID})
			return res.Error
		}
		if err := createAll(tx, confirmationsOf(a, said, tx.Now)); err != nil {
			return err
		}
		tx.Emit("skill.confirmed", p.ID, store.Details{"by": string(ByReferee), "request": a.ID})
		return regradeIn(tx, identity.Actor{UserID: store.Stranger.UserID}, FromReferee, &p)
	})
}

func checkAnswer(said Answer, skills int, today string) error {
	var c fault.Check
	c.Length(said.Comment, "comment", 0, commentMost)
	c.That(plain(said.Comment, "\n\t"), "comment", "field.control", "Please remove invisible characters.")
	if said.Declined {
		return c.Err()
	}
	c.That(slices.Contains(Relations, said.Relation), "relation", "field.unknown", "Please choose one of: %s.", strings.Join(Relations, ", "))
	c.That(said.SeenUntil == "" || said.SeenUntil.Valid() && string(said.SeenUntil) <= today, "seenUntil", "date.future",
		"Please give a date that exists and does not lie in the future.")
	c.That(len(said.Confirmed) > 0, "confirmed", "referee.nothing", "Please choose at least one skill, or say that you cannot.")
	seen := map[int]bool{}
	for i, position := range said.Confirmed {
		c.That(position >= 0 && position < skills && !seen[position], atRow("confirmed", i), "referee.skill_unknown", "You were not asked about this skill.")
		seen[position] = true
	}
	return c.Err()
}

func confirmationsOf(a Asked, said Answer, now time.Time) []Confirmation {
	out := make([]Confirmation, 0, len(said.Confirmed))
	for _, position := range said.Confirmed {
		skill := a.Skills[position]
		out = append(out, Confirmation{ID: id.New(), ProfessionalID: a.ProfessionalID, Kind: ByReferee, Concept: skill.Concept, Label: skill.Label,
			RequestID: &a.ID, ByName: a.RefereeName, Relation: said.Relation, SeenUntil: said.SeenUntil, Comment: said.Comment, MadeAt: now})
	}
	return out
}
