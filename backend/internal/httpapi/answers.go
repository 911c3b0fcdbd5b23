// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"context"

	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/notices"
)

type mailAnswerView struct {
	Kind   string `json:"kind" doc:"profile_stale: is my profile still right; retention_asked: shall it be kept."`
	Locale string `json:"locale" doc:"The language of the person."`
	Open   bool   `json:"open" doc:"The question waits for an answer."`
}

// answerRoutes let a person answer by the link of a mail, without signing in.
// Opening the link answers nothing: programs that look into mails open links too.
func (a *API) answerRoutes() []Route {
	return []Route{
		on("POST", "/mail-answers/open", identity.Public, "open-mail-answer", "What the link of a mail would answer", a.openAnswer),
		on("POST", "/mail-answers", identity.Public, "give-mail-answer", "Say by the link of a mail that my profile is still right, or shall be kept", a.giveAnswer),
	}
}

func (a *API) openAnswer(ctx context.Context, _ identity.Actor, in *tokenSaid) (mailAnswerView, error) {
	answer, err := a.Notices.ReadAnswer(ctx, in.Body.Token)
	if err != nil {
		return mailAnswerView{}, err
	}
	open, err := a.waits(ctx, answer)
	return mailAnswerView{Kind: answer.Kind, Locale: answer.Locale, Open: open}, err
}

// waits asks whoever knows whether the question of a mail is open.
func (a *API) waits(ctx context.Context, answer notices.Answer) (bool, error) {
	if answer.Kind == notices.KindRetention {
		return a.Retention.Waits(ctx, answer.ProfessionalID, answer.Asked)
	}
	return a.Registry.Still(ctx, answer.ProfessionalID, answer.Asked)
}

func (a *API) giveAnswer(ctx context.Context, _ identity.Actor, in *tokenSaid) (mailAnswerView, error) {
	answer, err := a.Notices.ReadAnswer(ctx, in.Body.Token)
	if err != nil {
		return mailAnswerView{}, err
	}
	give := a.Registry.ConfirmFor
	if answer.Kind == notices.KindRetention {
		give = a.Retention.KeepFor
	}
	return mailAnswerView{Kind: answer.Kind, Locale: answer.Locale}, give(ctx, answer.ProfessionalID, answer.Asked)
}
