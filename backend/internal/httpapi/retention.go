// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"context"
	"time"

	"sankofa/backend/internal/identity"
)

type keepingQuestion struct {
	AskedAt  time.Time `json:"askedAt"`
	AnswerBy time.Time `json:"answerBy" doc:"Unanswered by then, the profile is erased, with the usual days to change one's mind."`
}

type keepingView struct {
	Question *keepingQuestion `json:"question" doc:"Whether the person wants to be kept; null: nothing is asked."`
}

// retentionRoutes ask a person before anything is deleted for its age.
func (a *API) retentionRoutes() []Route {
	self := identity.Only(identity.Professional)
	return []Route{
		on("GET", "/me/keeping", self, "show-keeping", "Whether I am asked if my profile shall be kept", a.keeping),
		does("POST", "/me/keeping", self, "keep-me", "Keep my profile", a.keepMe),
	}
}

func (a *API) keeping(ctx context.Context, who identity.Actor, _ *none) (keepingView, error) {
	q, err := a.Retention.Open(ctx, who)
	if err != nil || q == nil {
		return keepingView{}, err
	}
	return keepingView{Question: &keepingQuestion{AskedAt: q.AskedAt, AnswerBy: q.AnswerBy}}, nil
}

func (a *API) keepMe(ctx context.Context, who identity.Actor, _ *none) error {
	return a.Retention.Keep(ctx, who)
}
