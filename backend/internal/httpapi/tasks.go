// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"context"
	"time"

	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/lifecycle"
	"sankofa/backend/internal/tasks"
)

type taskView struct {
	Kind         string    `json:"kind" doc:"What has to be done: candidacy.endorse, report.final_report, …"`
	Record       string    `json:"record" enum:"need,candidacy,placement,disclosure,verification,duplicate,import,profile,mail,applicant,review,breach"`
	ID           string    `json:"id" doc:"Of the record."`
	Reference    string    `json:"reference" doc:"For people, where the record has one."`
	Title        string    `json:"title" doc:"Of the need, or what else it is about."`
	Language     string    `json:"language" doc:"That the title is written in, where it is known."`
	Organisation string    `json:"organisation" doc:"The host."`
	Person       string    `json:"person" doc:"The name, or the pseudonym while the reader may not know it."`
	For          string    `json:"for" doc:"The absent colleague on whom it waits, and for whom I may act; empty: it waits for me."`
	On           []string  `json:"on" doc:"The offices that have to act."`
	Since        time.Time `json:"since" doc:"Since when it has waited."`
	Waited       int       `json:"waited" doc:"In whole days."`
	Due          time.Time `json:"due" doc:"When the limit ends."`
	Overdue      bool      `json:"overdue"`
}

// inboxView is what waits for the reader and what they wait for.
type inboxView struct {
	Mine    []taskView `json:"mine" doc:"Overdue first, then what is due first."`
	Others  []taskView `json:"others" doc:"What others have to do; the longest waiting first."`
	Count   int        `json:"count" doc:"How much waits for the reader, also beyond what is listed."`
	Overdue int        `json:"overdue" doc:"How much of it is overdue."`
	More    bool       `json:"more" doc:"There is more than is listed."`
}

func viewInbox(b tasks.Inbox) inboxView {
	one := func(t tasks.Task) taskView {
		return taskView{Kind: t.Kind, Record: string(t.Record), ID: t.ID, Reference: t.Reference, Title: t.Title, Language: t.Language,
			Organisation: t.Organisation, Person: t.Person, For: t.For, On: mapped(t.On, func(w lifecycle.Who) string { return string(w) }),
			Since: t.Since, Waited: t.Waited(b.Now), Due: t.Due, Overdue: t.Overdue(b.Now)}
	}
	return inboxView{Mine: mapped(b.Mine, one), Others: mapped(b.Others, one), Count: b.Count, Overdue: b.Overdue, More: b.More}
}

type taskCount struct {
	Count   int `json:"count"`
	Overdue int `json:"overdue"`
}

type taskFilter struct {
	Record string `query:"record" maxLength:"36" doc:"Only about this need, candidacy or placement."`
	Others bool   `query:"others" doc:"Also what others have to do."`
	Limit  int    `query:"limit" minimum:"0" maximum:"300" doc:"Of each list; 0 or nothing means everything."`
}

type taskLimitView struct {
	Kind   string   `json:"kind"`
	Record string   `json:"record"`
	State  string   `json:"state"`
	On     []string `json:"on"`
	Days   int      `json:"days" doc:"0 where the record has a date of its own."`
	Why    string   `json:"why" doc:"In English."`
}

// taskRoutes tell what waits.
func (a *API) taskRoutes() []Route {
	return []Route{
		on("GET", "/tasks", identity.SignedIn, "list-tasks", "What waits for me, overdue first, and what I wait for", a.listTasks),
		on("GET", "/tasks/count", identity.SignedIn, "count-tasks", "How much waits for me", a.countTasks),
		on("GET", "/tasks/limits", identity.SignedIn, "list-task-limits", "How long each state may last, and why", a.listTaskLimits),
	}
}

func (a *API) listTasks(ctx context.Context, who identity.Actor, in *taskFilter) (inboxView, error) {
	box, err := a.Tasks.List(ctx, who, tasks.Filter{Record: in.Record, Others: in.Others, Limit: in.Limit})
	return viewInbox(box), err
}

func (a *API) countTasks(ctx context.Context, who identity.Actor, _ *struct{}) (taskCount, error) {
	count, overdue, err := a.Tasks.Count(ctx, who)
	return taskCount{count, overdue}, err
}

func (a *API) listTaskLimits(context.Context, identity.Actor, *struct{}) (list[taskLimitView], error) {
	return listOf(mapped(tasks.Rules, func(r tasks.Rule) taskLimitView {
		return taskLimitView{Kind: r.Kind, Record: string(r.Record), State: string(r.State),
			On: mapped(r.On, func(w lifecycle.Who) string { return string(w) }), Days: r.Days, Why: r.Why}
	}), ""), nil
}
