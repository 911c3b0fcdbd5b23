// SPDX-License-Identifier: AGPL-3.0-or-later

// Package retention ends what has been kept for long enough. A person is asked
// before anything of their profile goes; who says keep starts the clock anew, who
// says nothing is erased, with the same days to change their mind as anybody. What
// has served its time and is nobody's to decide – the words of a selection that is
// long over, old versions of fields – is emptied without a question.
package retention

import (
	"context"
	"errors"
	"time"

	"sankofa/backend/internal/erasure"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/store"
)

// The clocks, in days.
const (
	AskAfter     = 2 * 365 // without a word of the person: neither a sign-in nor a confirmation
	AnswerWithin = 60      // for the person to answer
	UnansweredBy = 365     // for somebody whom an association invited and who never answered
	WordsAfter   = 2 * 365 // the words of a selection, once it is over
	HistoryAfter = 3 * 365 // what a field held before
)

// class is what questions are about.
const class = "profile"

// some is how many people one round deals with.
const some = 200

// Question is one row.
type Question struct {
	ID             string
	ProfessionalID string
	Class          string
	AskedAt        time.Time
	AnswerBy       time.Time
	AnsweredAt     *time.Time
	Answer         string
}

// TableName names the table for GORM.
func (Question) TableName() string { return "retention_questions" }

// Service keeps the clocks.
type Service struct {
	DB      *store.DB
	Erasure *erasure.Service
}

func days(n int) time.Duration { return time.Duration(n) * 24 * time.Hour }

// Tick does what the clocks say; it is called every now and then.
func (s *Service) Tick(ctx context.Context) error {
	return errors.Join(s.ask(ctx), s.conclude(ctx), s.forgetUnanswered(ctx), s.empty(ctx))
}

// ask asks people of whom nothing was heard for long.
func (s *Service) ask(ctx context.Context) error {
	var ids []string
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		before := tx.Now.Add(-days(AskAfter))
		return tx.Raw(`SELECT p.id FROM professionals p WHERE p.state IN ('active', 'paused') AND p.erased_at IS NULL AND p.demo = ?
			AND COALESCE(p.confirmed_at, p.created_at) < ?
			AND NOT EXISTS (SELECT 1 FROM sessions s WHERE s.user_id = p.user_id AND s.seen_at >= ?)
			AND NOT EXISTS (SELECT 1 FROM retention_questions q WHERE q.professional_id = p.id AND q.class = ? AND (q.answer = '' OR q.answered_at >= ?))
			AND NOT EXISTS (SELECT 1 FROM erasures e WHERE e.professional_id = p.id AND e.state = 'REQUESTED')
			ORDER BY p.id LIMIT ?`, false, before, before, class, before, some).Scan(&ids).Error
	})
	if err != nil || len(ids) == 0 {
		return err
	}
	err = s.DB.Change(ctx, store.System, func(tx *store.Tx) error {
		for _, one := range ids {
			q := Question{ID: id.New(), ProfessionalID: one, Class: class, AskedAt: tx.Now, AnswerBy: tx.Now.Add(days(AnswerWithin))}
			tx.Emit("retention.asked", one, store.Details{"class": class, "by": q.AnswerBy.Format(time.RFC3339)})
			if err := tx.Create(&q).Error; err != nil {
				return err
			}
		}
		return nil
	})
	if fault.HasCode(err, "duplicate") {
		return nil // another server asked at the same moment
	}
	return err
}

// conclude begins the erasure of who did not answer.
func (s *Service) conclude(ctx context.Context) error {
	var due []Question
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		return tx.Where("answer = '' AND answer_by < ?", tx.Now).Order("answer_by").Limit(some).Find(&due).Error
	})
	if err != nil {
		return err
	}
	var errs []error
	for _, q := range due {
		errs = append(errs, s.DB.Change(ctx, store.System, func(tx *store.Tx) error {
			tx.Emit("retention.unanswered", q.ProfessionalID, store.Details{"class": q.Class})
			if err := answerIn(tx, q.ID, "none"); err != nil {
				return err
			}
			_, err := s.Erasure.RequestIn(tx, q.ProfessionalID, erasure.ByRetention)
			if fault.HasCode(err, "erasure.requested") {
				return nil
			}
			return err
		}))
	}
	return errors.Join(errs...)
}

// answerIn closes a question, unless somebody else was faster.
func answerIn(tx *store.Tx, questionID, answer string) error {
	res := tx.Model(&Question{}).Where("id = ? AND answer = ''", questionID).Updates(map[string]any{"answer": answer, "answered_at": tx.Now})
	if res.Error == nil && res.RowsAffected == 0 {
		return fault.New(fault.Stale, "stale", "This question was answered already.")
	}
	return res.Error
}

// forgetUnanswered erases people whom an association wrote down and who never
// answered: they have no account to be asked in.
func (s *Service) forgetUnanswered(ctx context.Context) error {
	var ids []string
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		return tx.Raw(`SELECT p.id FROM professionals p WHERE p.state IN ('invited', 'declined') AND p.erased_at IS NULL AND p.demo = ? AND p.updated_at < ?
			AND NOT EXISTS (SELECT 1 FROM erasures e WHERE e.professional_id = p.id AND e.state IN ('REQUESTED', 'DONE'))
			ORDER BY p.id LIMIT ?`, false, tx.Now.Add(-days(UnansweredBy)), some).Scan(&ids).Error
	})
	if err != nil {
		return err
	}
	var errs []error
	for _, one := range ids {
		errs = append(errs, s.DB.Change(ctx, store.System, func(tx *store.Tx) error {
			_, err := s.Erasure.RequestIn(tx, one, erasure.ByRetention)
			return err
		}))
	}
	return errors.Join(errs...)
}

// errNothing ends a change that found nothing to do.
var errNothing = errors.New("nothing to do")

// empty takes the words out of selections that are long over, and old versions of fields.
func (s *Service) empty(ctx context.Context) error {
	err := s.DB.Change(ctx, store.System, func(tx *store.Tx) error {
		words := tx.Exec(`UPDATE candidacies SET statement = '', profile = '', end_reason = '' WHERE updated_at < ?
			AND state IN ('DECLINED', 'OFFER_EXPIRED', 'NOT_SELECTED', 'INELIGIBLE', 'OBJECTED', 'WITHDRAWN', 'LAPSED', 'DISQUALIFIED')
			AND (statement <> '' OR profile <> '' OR end_reason <> '')`, tx.Now.Add(-days(WordsAfter)))
		if words.Error != nil {
			return words.Error
		}
		past := tx.Exec(`DELETE FROM field_history WHERE at < ?`, tx.Now.Add(-days(HistoryAfter)))
		if past.Error != nil {
			return past.Error
		}
		if words.RowsAffected+past.RowsAffected == 0 {
			return errNothing
		}
		tx.Emit("retention.emptied", "candidacies", store.Details{"candidacies": words.RowsAffected, "history": past.RowsAffected})
		return nil
	})
	if errors.Is(err, errNothing) {
		return nil
	}
	return err
}

// Open returns the question that waits for the person who asks, or nil.
func (s *Service) Open(ctx context.Context, who identity.Actor) (*Question, error) {
	if !who.Is(identity.Professional) || who.ProfessionalID == "" {
		return nil, fault.New(fault.Missing, "missing", "There is nothing here for you.")
	}
	var rows []Question
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		return tx.Where("professional_id = ? AND answer = ''", who.ProfessionalID).Limit(1).Find(&rows).Error
	})
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return &rows[0], nil
}

// KeepFor answers by the link of the mail that asked: the question with that last
// day, of that person. Answered once, it says so.
func (s *Service) KeepFor(ctx context.Context, professionalID string, answerBy time.Time) error {
	return s.DB.Change(ctx, store.Stranger, func(tx *store.Tx) error {
		q, err := openIn(tx, professionalID, answerBy)
		if err != nil {
			return err
		}
		if q == nil {
			return fault.New(fault.Conflict, "retention.none", "Nothing was asked: your profile stays.")
		}
		tx.Emit("retention.kept", professionalID, store.Details{"class": q.Class, "link": true})
		return answerIn(tx, q.ID, "keep")
	})
}

// Waits tells whether the question with that last day still waits for an answer.
func (s *Service) Waits(ctx context.Context, professionalID string, answerBy time.Time) (bool, error) {
	waits := false
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		q, err := openIn(tx, professionalID, answerBy)
		waits = q != nil
		return err
	})
	return waits, err
}

// openIn returns the open question of a person with that last day, or nil. Mails say
// it in whole seconds.
func openIn(tx *store.Tx, professionalID string, answerBy time.Time) (*Question, error) {
	var rows []Question
	err := tx.Where("professional_id = ? AND answer = ''", professionalID).Limit(1).Find(&rows).Error
	if err != nil || len(rows) == 0 || rows[0].AnswerBy.Unix() != answerBy.Unix() {
		return nil, err
	}
	return &rows[0], nil
}

// Keep answers that everything stays; the clock starts anew.
func (s *Service) Keep(ctx context.Context, who identity.Actor) error {
	q, err := s.Open(ctx, who)
	if err != nil {
		return err
	}
	if q == nil {
		return fault.New(fault.Conflict, "retention.none", "Nothing was asked: your profile stays.")
	}
	return s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		tx.Emit("retention.kept", who.ProfessionalID, store.Details{"class": q.Class})
		return answerIn(tx, q.ID, "keep")
	})
}
