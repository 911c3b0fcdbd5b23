// SPDX-License-Identifier: AGPL-3.0-or-later

package accountability

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/privacy"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/store"
)

// The states of a request.
const (
	Open     = "OPEN"
	Answered = "ANSWERED"
)

// mostOpen is how many requests of one person may be open at a time.
const mostOpen = 10

// Request is a person's wish that somebody look again at how they were ranked for a
// need (GDPR, article 22(3)).
type Request struct {
	ID             string
	ProfessionalID string
	NeedID         string
	Words          string // what the person doubts
	State          string
	AskedAt        time.Time
	AnswerBy       time.Time // one month after it was asked (GDPR, article 12(3))
	Answer         string
	AnsweredBy     string
	AnsweredAt     *time.Time
	Version        int
}

// TableName names the table for GORM.
func (Request) TableName() string { return "review_requests" }

// RequestView is a request as one reader may see it: of the person no more than the
// pseudonym, as in the ranking that it is about.
type RequestView struct {
	Request
	Pseudonym string
	Need      needs.Need
	Can       RequestCan
	Now       time.Time
}

// RequestCan says what the reader may do next.
type RequestCan struct{ Answer bool }

// requestsIn is the query of the requests that the actor may see.
func requestsIn(tx *store.Tx, who identity.Actor) *gorm.DB {
	query := tx.Model(&Request{})
	switch who.Role {
	case identity.Professional:
		return query.Where("professional_id = ? AND professional_id <> ''", who.ProfessionalID)
	case identity.Coordinator:
		return query.Where(privacy.NotLeaving("professional_id")).Where("need_id IN (SELECT id FROM needs WHERE programme_id = ?)", who.ProgrammeID)
	}
	return query.Where("1 = 0")
}

// AskReview asks for a human look at the person's place for a need that they can see,
// or could see as a candidate.
func (s *Service) AskReview(ctx context.Context, who identity.Actor, need, words string) (string, error) {
	if !who.Is(identity.Professional) || who.ProfessionalID == "" {
		return "", missing()
	}
	var c fault.Check
	words = say(&c, words, "words", 1, 2000)
	if err := c.Err(); err != nil {
		return "", err
	}
	r := Request{ID: id.New(), ProfessionalID: who.ProfessionalID, Words: words, State: Open, Version: 1}
	err := s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		n, err := needs.FindIn(tx, who, strings.TrimSpace(need))
		if err != nil {
			if fault.Is(err, fault.Missing) {
				var c fault.Check
				c.That(false, "need", "need.unknown", "There is no such need, or you were not ranked for it.")
				return c.Err()
			}
			return err
		}
		if going, err := privacy.LeavingIn(tx, who.ProfessionalID); err != nil || going {
			if err == nil {
				err = fault.New(fault.Conflict, "review.leaving", "You are leaving: nobody ranks you any more.")
			}
			return err
		}
		if _, err := registry.LockIn(tx, who.ProfessionalID); err != nil { // so that two requests at once are counted one after the other
			return err
		}
		var open int64
		if err := requestsIn(tx, who).Where("state = ?", Open).Count(&open).Error; err != nil {
			return err
		}
		if open >= mostOpen {
			return fault.New(fault.Conflict, "review.many", "%d of your requests are not answered yet. Please wait for an answer first.", mostOpen)
		}
		r.NeedID, r.AskedAt, r.AnswerBy = n.ID, tx.Now, tx.Now.AddDate(0, 1, 0)
		tx.Emit("ranking.review_asked", r.ID, store.Details{"professional": r.ProfessionalID, "need": r.NeedID})
		return tx.Create(&r).Error
	})
	if fault.HasCode(err, "duplicate") {
		err = fault.New(fault.Conflict, "review.open", "You have asked about this need already; the answer is on its way.")
	}
	return r.ID, err
}

// Reviews lists requests: the person's own, or the programme's; open ones only where
// that is asked for.
func (s *Service) Reviews(ctx context.Context, who identity.Actor, state string, p Page) (views []RequestView, next string, err error) {
	var c fault.Check
	c.That(state == "" || slices.Contains([]string{Open, Answered}, state), "state", "review.state", "Please choose OPEN or ANSWERED.")
	if err := c.Err(); err != nil {
		return nil, "", err
	}
	if err := p.check(); err != nil {
		return nil, "", err
	}
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		query := requestsIn(tx, who)
		if state != "" {
			query = query.Where("state = ?", state)
		}
		rows, more, err := pageIn(query, p, func(r Request) string { return r.ID })
		if err != nil {
			return err
		}
		next = more
		views, err = requestViewsIn(tx, who, rows)
		return err
	})
	return views, next, err
}

// Review returns one request.
func (s *Service) Review(ctx context.Context, who identity.Actor, requestID string) (view RequestView, err error) {
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		r, err := foundIn[Request](requestsIn(tx, who), requestID)
		if err != nil {
			return err
		}
		all, err := requestViewsIn(tx, who, []Request{r})
		if err == nil {
			view = all[0]
		}
		return err
	})
	return view, err
}

// AnswerReview answers in writing; the person is told. An answer is given once.
func (s *Service) AnswerReview(ctx context.Context, who identity.Actor, requestID string, version int, words string) (view RequestView, err error) {
	if !who.Is(identity.Coordinator) {
		return view, missing()
	}
	var c fault.Check
	words = say(&c, words, "answer", 1, mostWords)
	if err := c.Err(); err != nil {
		return view, err
	}
	err = s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		r, err := foundIn[Request](requestsIn(tx, who), requestID)
		if err != nil {
			return err
		}
		if r.Version != version {
			return stale()
		}
		if r.State != Open {
			return fault.New(fault.Conflict, "review.answered", "This request has been answered.")
		}
		r.State, r.Answer, r.AnsweredBy, r.AnsweredAt, r.Version = Answered, words, who.UserID, &tx.Now, version+1
		if err := store.Saved(tx.Model(&Request{}).Where("id = ? AND version = ?", r.ID, version).Select("*").Updates(&r)); err != nil {
			return err
		}
		tx.Emit("ranking.review_answered", r.ID, store.Details{"professional": r.ProfessionalID, "need": r.NeedID})
		all, err := requestViewsIn(tx, who, []Request{r})
		if err == nil {
			view = all[0]
		}
		return err
	})
	return view, err
}

func requestViewsIn(tx *store.Tx, who identity.Actor, rows []Request) ([]RequestView, error) {
	var needIDs, people []string
	for _, r := range rows {
		needIDs, people = append(needIDs, r.NeedID), append(people, r.ProfessionalID)
	}
	var found []needs.Need
	if err := tx.Where("id IN ?", append(needIDs, "")).Find(&found).Error; err != nil {
		return nil, fmt.Errorf("load needs: %w", err)
	}
	var named []registry.Professional
	if err := tx.Select("id", "pseudonym").Where("id IN ?", append(people, "")).Find(&named).Error; err != nil {
		return nil, fmt.Errorf("load people: %w", err)
	}
	views := make([]RequestView, len(rows))
	for i, r := range rows {
		v := RequestView{Request: r, Now: tx.Now, Can: RequestCan{Answer: who.Is(identity.Coordinator) && r.State == Open}}
		for _, n := range found {
			if n.ID == r.NeedID {
				v.Need = n
			}
		}
		for _, p := range named {
			if p.ID == r.ProfessionalID {
				v.Pseudonym = p.Pseudonym
			}
		}
		views[i] = v
	}
	return views, nil
}
