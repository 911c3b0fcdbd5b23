// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/gin-gonic/gin"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/notices"
)

// newsView is one notice as its reader sees it.
type newsView struct {
	ID   string    `json:"id"`
	Kind string    `json:"kind" doc:"What sort of news it is, such as nomination."`
	Text string    `json:"text" doc:"One line, in the language of the reader's screens."`
	Path string    `json:"path" doc:"The screen that it is about; empty when that is gone."`
	At   time.Time `json:"at"`
	Read bool      `json:"read"`
}

func viewNews(n notices.Notice) newsView { return newsView(n) }

// SpokenIn says in which language texts of ours are wanted; exported for huma to look into it.
type SpokenIn struct {
	Language string `query:"language" maxLength:"10" doc:"Of the texts: en, fr, ar or pt; without it, that of the account."`
}

// reader is the actor who reads in that language.
func (s SpokenIn) reader(who identity.Actor) identity.Actor {
	if slices.Contains(identity.Locales, s.Language) {
		who.Locale = s.Language
	}
	return who
}

type notificationsAsked struct{ SpokenIn }

type newsFilter struct {
	Page
	SpokenIn
	Unread bool `query:"unread" doc:"Only those that wait to be read."`
}

type newsRead struct {
	Body struct {
		IDs []string `json:"ids" maxItems:"200" doc:"The notices that were read; none means all."`
	}
}

type newsCount struct {
	Unread int `json:"unread" doc:"Notices that wait to be read."`
}

// noticeChoiceView is one kind of news and how soon its reader wants a mail about it.
type noticeChoiceView struct {
	Kind      string `json:"kind"`
	Group     string `json:"group" enum:"profile,candidacies,needs,members,searches"`
	Label     string `json:"label" doc:"What it is called, in the language of the reader's screens."`
	Frequency string `json:"frequency" enum:"instant,daily,weekly,none" doc:"How soon a mail comes; in the product it shows at once."`
	Usual     string `json:"usual" enum:"instant,daily,weekly,none" doc:"What it is for whoever never chose."`
}

// notificationsView is when and of what somebody wants to hear.
type notificationsView struct {
	Email      string             `json:"email" doc:"Where mails go."`
	TimeZone   string             `json:"timeZone" doc:"Of the IANA database, such as Africa/Accra."`
	QuietFrom  int                `json:"quietFrom" doc:"Hour of the reader's clock from which no mail is sent."`
	QuietTo    int                `json:"quietTo" doc:"Hour until which no mail is sent; the same as quietFrom: mails at any hour."`
	DigestHour int                `json:"digestHour" doc:"Hour at which summaries are sent; a week's on Monday."`
	Choices    []noticeChoiceView `json:"choices"`
	Version    int                `json:"version"`
}

func (v notificationsView) etag() int { return v.Version }

func viewNotifications(p notices.Preferences, email string) notificationsView {
	return notificationsView{Email: email, TimeZone: p.TimeZone, QuietFrom: p.QuietFrom, QuietTo: p.QuietTo, DigestHour: p.DigestHour, Version: p.Version,
		Choices: mapped(p.Choices, func(c notices.Choice) noticeChoiceView {
			return noticeChoiceView{Kind: c.Kind, Group: c.Group, Label: c.Label, Frequency: string(c.Frequency), Usual: string(c.Usual)}
		})}
}

type noticeChoiceSaid struct {
	Kind      string `json:"kind" maxLength:"60"`
	Frequency string `json:"frequency" enum:"instant,daily,weekly,none"`
}

type notificationsChosen struct {
	IfMatch
	SpokenIn
	Body struct {
		TimeZone   string             `json:"timeZone" maxLength:"60"`
		QuietFrom  int                `json:"quietFrom" minimum:"0" maximum:"23"`
		QuietTo    int                `json:"quietTo" minimum:"0" maximum:"23"`
		DigestHour int                `json:"digestHour" minimum:"0" maximum:"23"`
		Choices    []noticeChoiceSaid `json:"choices" maxItems:"100"`
	}
}

type forgotten struct {
	Body struct {
		Email string `json:"email" maxLength:"254"`
	}
}

// resetting holds a new password and what shows that it may be set.
type resetting struct {
	Body struct {
		Token    string `json:"token" maxLength:"100" doc:"What stands behind the # of the link."`
		Password string `json:"password" maxLength:"400"`
	}
}

type tokenSaid struct {
	Body struct {
		Token string `json:"token" maxLength:"300" doc:"What the link of the mail holds."`
	}
}

type stoppedView struct {
	Label  string `json:"label" doc:"What sort of mail it is, in the language of its reader."`
	Locale string `json:"locale" doc:"That language."`
}

// noticeRoutes tell people what concerns them, and let them choose.
func (a *API) noticeRoutes() []Route {
	return []Route{
		on("GET", "/me/notices", identity.SignedIn, "list-my-notices", "What happened that concerns me, the latest first", a.listNews),
		on("GET", "/me/notices/count", identity.SignedIn, "count-my-notices", "How many notices wait for me", a.countNews),
		on("POST", "/me/notices/read", identity.SignedIn, "read-my-notices", "Mark notices as read", a.readNews),
		on("GET", "/me/notifications", identity.SignedIn, "show-my-notifications", "Of what, how soon and when I am told", a.showNotifications),
		on("PUT", "/me/notifications", identity.SignedIn, "choose-my-notifications", "Choose of what, how soon and when I am told", a.chooseNotifications),
		does("POST", "/password/forgotten", identity.Public, "forget-password", "Ask for a mail to choose a new password; the answer is always the same", a.forgetPassword),
		does("POST", "/password/reset", identity.Public, "reset-password", "Choose a new password by the link of a mail, which works once", a.resetPassword),
		on("POST", "/registrations/confirm", identity.Public, "confirm-registration", "Confirm the address that I registered with, and sign in", a.confirmRegistration),
		on("POST", "/mail-stops/open", identity.Public, "open-mail-stop", "What the link at the foot of a mail would end", a.openStop),
		on("POST", "/mail-stops", identity.Public, "stop-mail", "End one kind of mail, without signing in", a.stopMail),
	}
}

func (a *API) listNews(ctx context.Context, who identity.Actor, in *newsFilter) (list[newsView], error) {
	found, next, err := a.Notices.List(ctx, in.reader(who), notices.Filter{Unread: in.Unread, After: in.After, Limit: in.Limit})
	return listOf(mapped(found, viewNews), next), err
}

func (a *API) countNews(ctx context.Context, who identity.Actor, _ *none) (newsCount, error) {
	n, err := a.Notices.Unread(ctx, who)
	return newsCount{Unread: n}, err
}

func (a *API) readNews(ctx context.Context, who identity.Actor, in *newsRead) (newsCount, error) {
	if err := a.Notices.Read(ctx, who, in.Body.IDs); err != nil {
		return newsCount{}, err
	}
	return a.countNews(ctx, who, nil)
}

func (a *API) showNotifications(ctx context.Context, who identity.Actor, in *notificationsAsked) (notificationsView, error) {
	p, err := a.Notices.Preferences(ctx, in.reader(who))
	if err != nil {
		return notificationsView{}, err
	}
	o, err := a.Identity.Describe(ctx, who)
	return viewNotifications(p, o.User.Email), err
}

func (a *API) chooseNotifications(ctx context.Context, who identity.Actor, in *notificationsChosen) (notificationsView, error) {
	version, err := in.version()
	if err != nil {
		return notificationsView{}, err
	}
	chosen := notices.Preferences{TimeZone: in.Body.TimeZone, QuietFrom: in.Body.QuietFrom, QuietTo: in.Body.QuietTo, DigestHour: in.Body.DigestHour, Version: version,
		Choices: mapped(in.Body.Choices, func(c noticeChoiceSaid) notices.Choice {
			return notices.Choice{Kind: c.Kind, Frequency: notices.Frequency(c.Frequency)}
		})}
	if _, err := a.Notices.Choose(ctx, who, chosen); err != nil {
		return notificationsView{}, err
	}
	return a.showNotifications(ctx, who, &notificationsAsked{in.SpokenIn})
}

func (a *API) forgetPassword(ctx context.Context, _ identity.Actor, in *forgotten) error {
	return a.Identity.AskReset(ctx, in.Body.Email, addressOf(ctx))
}

func (a *API) resetPassword(ctx context.Context, _ identity.Actor, in *resetting) error {
	return a.Identity.Reset(ctx, in.Body.Token, in.Body.Password)
}

func (a *API) confirmRegistration(ctx context.Context, _ identity.Actor, in *secretSaid) (sessionView, error) {
	userID, err := a.Registry.ConfirmAddress(ctx, in.Body.Token)
	if err != nil {
		return sessionView{}, err
	}
	token, err := a.Identity.OpenFor(ctx, userID)
	if err != nil {
		return sessionView{}, err
	}
	return a.begin(ctx, token)
}

func (a *API) openStop(ctx context.Context, _ identity.Actor, in *tokenSaid) (stoppedView, error) {
	s, err := a.Notices.Stoppable(ctx, in.Body.Token)
	return stoppedView(s), err
}

func (a *API) stopMail(ctx context.Context, _ identity.Actor, in *tokenSaid) (stoppedView, error) {
	s, err := a.Notices.Stop(ctx, in.Body.Token)
	return stoppedView(s), err
}

// unsubscribeAt is the address that a mail's List-Unsubscribe header names.
const unsubscribeAt = "/unsubscribe"

// serveUnsubscribe answers the one click of a mail program (RFC 8058): a POST of
// a form, from anywhere, without a session. A person who opens the address gets
// the page that asks first; the token goes behind the #, out of further logs.
func (a *API) serveUnsubscribe(engine *gin.Engine) {
	engine.GET(unsubscribeAt, func(c *gin.Context) {
		c.Redirect(http.StatusSeeOther, "/stop-mails#"+url.PathEscape(c.Query("token")))
	})
	engine.POST(unsubscribeAt, func(c *gin.Context) {
		if !a.limits.allow(identity.Network(addressOf(c.Request.Context()))) {
			a.refuse(c, fault.New(fault.Limited, "request.limited", "Too many requests from your address. Please wait a moment and try again."))
			return
		}
		if _, err := a.Notices.Stop(c.Request.Context(), c.Query("token")); err != nil {
			a.refuse(c, err)
			return
		}
		c.Status(http.StatusNoContent)
	})
}
