// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"context"
	"time"

	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/notices"
)

type mailCan struct {
	Open   bool `json:"open"`
	Retry  bool `json:"retry"`
	GiveUp bool `json:"giveUp"`
}

// mailView is a mail of the outbox, without its text.
type mailView struct {
	ID        string     `json:"id"`
	Kind      string     `json:"kind"`
	Label     string     `json:"label" doc:"What sort of mail it is, in the language of the reader's screens."`
	State     string     `json:"state" enum:"waiting,sending,sent,shown,dropped,dead,given_up"`
	To        string     `json:"to" doc:"The address; where a mail server is set, only enough of it to tell it from others."`
	Fictional bool       `json:"fictional" doc:"For a person of the demonstration: it is sent to nobody."`
	DueAt     time.Time  `json:"dueAt"`
	RetryAt   *time.Time `json:"retryAt" doc:"When it is tried again, after a failure."`
	SentAt    *time.Time `json:"sentAt"`
	CreatedAt time.Time  `json:"createdAt"`
	Attempts  int        `json:"attempts"`
	Problem   string     `json:"problem" enum:",unreachable,certificate,not_offered,sign_in,refused,cut,malformed,compose,database" doc:"Why it was not sent."`
	Reply     int        `json:"reply" doc:"The mail server's status (RFC 5321); 0 when it said nothing."`
	Can       mailCan    `json:"can"`
}

func viewMail(i notices.Item) mailView {
	return mailView{ID: i.ID, Kind: i.Kind, Label: i.Label, State: string(i.State), To: i.To, Fictional: i.Fictional, DueAt: i.DueAt, RetryAt: i.RetryAt, SentAt: i.SentAt,
		CreatedAt: i.CreatedAt, Attempts: i.Attempts, Problem: i.Problem, Reply: i.Reply, Can: mailCan{Open: i.Open, Retry: i.Retry, GiveUp: i.GiveUp}}
}

// letterView is a mail in full.
type letterView struct {
	Mail     mailView `json:"mail"`
	Gone     bool     `json:"gone" doc:"There is nothing to say any more: it was answered, or is over."`
	Subject  string   `json:"subject"`
	Language string   `json:"language"`
	Text     string   `json:"text" doc:"As it would be sent, without the HTML."`
}

// outboxView is how the outbox stands.
type outboxView struct {
	Configured bool           `json:"configured" doc:"A mail server is set; without one mails are shown here and sent to nobody."`
	Server     string         `json:"server"`
	From       string         `json:"from"`
	Counts     map[string]int `json:"counts" doc:"How many mails stand where, by state."`
	Oldest     *time.Time     `json:"oldest" doc:"Since when the oldest mail that is due waits."`
}

type outboxFilter struct {
	Page
	SpokenIn
	State string `query:"state" maxLength:"20" enum:"waiting,sending,sent,shown,dropped,dead,given_up" doc:"Only mails that stand there."`
}

// MailPath names a mail; exported for huma to look into it.
type MailPath struct {
	ID string `path:"id" maxLength:"60" doc:"The identifier of the mail."`
}

// outboxRoutes are the administrator's.
func (a *API) outboxRoutes() []Route {
	administrator := identity.Only(identity.Administrator)
	return []Route{
		on("GET", "/outbox", administrator, "list-mails", "Mails that wait, that are stuck, and how the others ended", a.listMails),
		on("GET", "/outbox/standing", administrator, "show-outbox", "How the outbox stands", a.showOutbox),
		on("POST", "/outbox/tests", administrator, "test-mail", "Send a test mail to me", a.testMail),
		on("GET", "/outbox/{id}", administrator, "open-mail", "A mail in full, where it is sent to nobody", a.openMail),
		on("POST", "/outbox/{id}/retry", administrator, "retry-mail", "Try a mail again at once", a.retryMail),
		on("POST", "/outbox/{id}/give-up", administrator, "give-up-mail", "Stop trying to send a mail", a.giveUpMail),
	}
}

func (a *API) listMails(ctx context.Context, who identity.Actor, in *outboxFilter) (list[mailView], error) {
	found, next, err := a.Notices.Mails(ctx, in.reader(who), notices.State(in.State), in.After, in.Limit)
	return listOf(mapped(found, viewMail), next), err
}

func (a *API) showOutbox(ctx context.Context, _ identity.Actor, _ *none) (outboxView, error) {
	o, err := a.Notices.Standing(ctx)
	view := outboxView{Configured: o.Configured, Server: o.Server, From: o.From, Counts: map[string]int{}, Oldest: o.Oldest}
	for _, state := range notices.States {
		view.Counts[string(state)] = o.Counts[state]
	}
	return view, err
}

func (a *API) testMail(ctx context.Context, who identity.Actor, _ *none) (mailView, error) {
	i, err := a.Notices.Test(ctx, who)
	return viewMail(i), err
}

func (a *API) openMail(ctx context.Context, who identity.Actor, in *MailPath) (letterView, error) {
	l, err := a.Notices.Open(ctx, who, in.ID)
	return letterView{Mail: viewMail(l.Item), Gone: l.Gone, Subject: l.Subject, Language: l.Language, Text: l.Text}, err
}

func (a *API) retryMail(ctx context.Context, who identity.Actor, in *MailPath) (mailView, error) {
	i, err := a.Notices.Retry(ctx, who, in.ID)
	return viewMail(i), err
}

func (a *API) giveUpMail(ctx context.Context, who identity.Actor, in *MailPath) (mailView, error) {
	i, err := a.Notices.GiveUp(ctx, who, in.ID)
	return viewMail(i), err
}
