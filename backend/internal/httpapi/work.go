// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"context"
	"strconv"
	"strings"
	"time"

	"sankofa/backend/internal/board"
	"sankofa/backend/internal/bulk"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/stats"
	"sankofa/backend/internal/tasks"
)

type boardMove struct {
	Move     string   `json:"move"`
	To       string   `json:"to"`
	Evidence []string `json:"evidence" doc:"What the step asks for."`
}

type boardCard struct {
	Record       string        `json:"record" enum:"candidacy,placement"`
	ID           string        `json:"id"`
	Reference    string        `json:"reference" doc:"Of a placement."`
	Version      int           `json:"version" doc:"For If-Match when a step is taken."`
	State        string        `json:"state"`
	Person       string        `json:"person" doc:"The name, or the pseudonym while the reader may not know it."`
	Pseudonym    string        `json:"pseudonym"`
	Need         string        `json:"need" doc:"The reference."`
	Title        string        `json:"title"`
	Language     string        `json:"language"`
	Position     *postView     `json:"position,omitempty" doc:"Which of the need's positions a candidacy is for."`
	Organisation string        `json:"organisation"`
	Country      string        `json:"country"`
	Place        string        `json:"place"`
	From         string        `json:"from"`
	To           string        `json:"to"`
	Absences     []absenceView `json:"absences" doc:"Days on leave and of work from elsewhere, of a placement."`
	Since        time.Time     `json:"since"`
	Waited       int           `json:"waited" doc:"Days in this state."`
	Limit        int           `json:"limit" doc:"Days that it may stay; 0 for none."`
	Late         bool          `json:"late"`
	Score        int           `json:"score"`
	Tags         []string      `json:"tags"`
	Assignee     string        `json:"assignee"`
	Moves        []boardMove   `json:"moves" doc:"The steps that the reader may take."`
}

type boardMember struct {
	UserID string `json:"userId"`
	Name   string `json:"name"`
}

type boardView struct {
	Cards       []boardCard   `json:"cards"`
	Candidacies []string      `json:"candidacyStates" doc:"The columns, in the order of life."`
	Placements  []string      `json:"placementStates"`
	Tags        []string      `json:"tags"`
	Members     []boardMember `json:"members" doc:"Who can look after a record; for coordinators."`
	More        bool          `json:"more" doc:"There are more cards; narrow the board."`
}

type boardFilter struct {
	Need    string   `query:"need" maxLength:"60" doc:"The reference or the identifier of a need."`
	Record  string   `query:"record" maxLength:"20" doc:"candidacy or placement."`
	State   []string `query:"state" maxItems:"40"`
	Country string   `query:"country" maxLength:"2"`
	Tag     string   `query:"tag" maxLength:"40"`
	Mine    bool     `query:"mine" doc:"Only what is assigned to me."`
	Words   string   `query:"words" maxLength:"200"`
	Now     bool     `query:"now" doc:"Only who is there now, or on the way."`
}

func (f boardFilter) filter() board.Filter {
	return board.Filter{Need: f.Need, Record: f.Record, States: f.State, Country: f.Country, Tag: f.Tag, Mine: f.Mine, Words: f.Words, Now: f.Now}
}

func viewCard(c board.Card) boardCard {
	card := boardCard{Record: string(c.Record), ID: c.ID, Reference: c.Reference, Version: c.Version, State: c.State, Person: c.Person, Pseudonym: c.Pseudonym,
		Need: c.NeedRef, Title: c.Title, Language: c.Language, Organisation: c.Organisation, Country: c.Country, Place: c.Place, From: string(c.From), To: string(c.To),
		Absences: mapped(c.Away, viewAbsence), Since: c.Since, Waited: c.Waited, Limit: c.Limit, Late: c.Late(), Score: c.Score, Tags: listed(c.Tags), Assignee: c.Assignee,
		Moves: mapped(c.Moves, func(m board.Move) boardMove { return boardMove{Move: m.Name, To: m.To, Evidence: m.Evidence} })}
	if c.Position.ID != "" {
		post := viewPost(c.Position)
		card.Position = &post
	}
	return card
}

type bulkTarget struct {
	Record  string `json:"record" maxLength:"20" doc:"need, candidacy or placement."`
	ID      string `json:"id" maxLength:"36"`
	Version int    `json:"version" doc:"As the reader saw it."`
}

type bulkInput struct {
	Body struct {
		Kind    string       `json:"kind" maxLength:"20" doc:"decline, remind, tag, untag or assign."`
		Value   string       `json:"value" required:"false" doc:"The tag, or the colleague's user identifier; empty assigns to nobody."`
		Reason  string       `json:"reason" required:"false" doc:"Why these candidacies end; kept with each."`
		Targets []bulkTarget `json:"targets" doc:"From 1 to 100 records."`
	}
}

func (in *bulkInput) asked() bulk.Asked {
	return bulk.Asked{Kind: bulk.Kind(in.Body.Kind), Value: in.Body.Value, Reason: in.Body.Reason,
		Targets: mapped(in.Body.Targets, func(t bulkTarget) bulk.Target { return bulk.Target(t) })}
}

type bulkItem struct {
	Record  string `json:"record"`
	ID      string `json:"id"`
	Outcome string `json:"outcome" enum:"waiting,done,failed,undone"`
	Problem string `json:"problem" doc:"The code of why it failed."`
	Message string `json:"message"`
}

type bulkEffect struct {
	Will    int        `json:"will" doc:"For how many records it can be done."`
	Told    int        `json:"told" doc:"How many people or offices would hear of it."`
	Delayed bool       `json:"delayed" doc:"It waits until it can no longer be undone."`
	Cannot  []bulkItem `json:"cannot" doc:"For which it cannot be done, and why."`
}

type bulkView struct {
	ID        string     `json:"id"`
	Kind      string     `json:"kind"`
	State     string     `json:"state" enum:"waiting,done,undone"`
	UndoUntil time.Time  `json:"undoUntil"`
	Items     []bulkItem `json:"items"`
	Failed    int        `json:"failed"`
}

func viewItem(i bulk.Item) bulkItem {
	return bulkItem{Record: i.Record, ID: i.Subject, Outcome: i.Outcome, Problem: i.Problem, Message: i.Message}
}

func viewBulk(act bulk.Act) bulkView {
	view := bulkView{ID: act.ID, Kind: string(act.Kind), State: string(act.State), UndoUntil: act.DueAt, Items: mapped(act.Items, viewItem)}
	for _, i := range act.Items {
		if i.Outcome == "failed" {
			view.Failed++
		}
	}
	return view
}

// BulkPath names an act on several records; exported for huma to look into it.
type BulkPath struct {
	ID string `path:"id" maxLength:"36"`
}

// workRoutes show a programme as a whole, and act on many records at once.
func (a *API) workRoutes() []Route {
	readers, coordinator := identity.Only(identity.Host, identity.Ministry, identity.Coordinator), identity.Only(identity.Coordinator)
	return []Route{
		on("GET", "/board", readers, "show-board", "The candidacies and placements of my programme as cards", a.showBoard),
		sheet("/board.csv", readers, "export-board", "The same cards as a table", a.boardSheet),
		on("POST", "/bulk/preview", coordinator, "preview-bulk", "What an act on several records would do", a.previewBulk),
		creates("/bulk", coordinator, "begin-bulk", "Act on several records; it can be undone for 30 seconds", a.beginBulk, a.readBulk),
		on("GET", "/bulk/{id}", coordinator, "show-bulk", "What became of an act on several records", a.showBulk),
		on("POST", "/bulk/{id}/undo", coordinator, "undo-bulk", "Undo an act on several records", a.undoBulk),
	}
}

func (a *API) showBoard(ctx context.Context, who identity.Actor, in *boardFilter) (boardView, error) {
	b, err := a.Board.Show(ctx, who, in.filter())
	return boardView{Cards: mapped(b.Cards, viewCard), Candidacies: listed(b.States[tasks.Candidacy]), Placements: listed(b.States[tasks.Placement]),
		Tags: listed(b.Tags), Members: mapped(b.Members, func(m board.Member) boardMember { return boardMember(m) }), More: b.More}, err
}

func (a *API) boardSheet(ctx context.Context, who identity.Actor, in *boardFilter) (string, []byte, error) {
	b, err := a.Board.Show(ctx, who, in.filter())
	rows := mapped(b.Cards, func(c board.Card) []string {
		return []string{string(c.Record), c.Reference, c.Person, c.NeedRef, c.Title, c.Organisation, c.Country, c.Place, c.State, string(c.From), string(c.To),
			c.Since.Format(time.RFC3339), strconv.Itoa(c.Waited), strconv.Itoa(c.Limit), strings.Join(c.Tags, ", "), c.Assignee}
	})
	return "board.csv", stats.Sheet([]string{"record", "reference", "person", "need", "title", "host", "country", "place", "state", "from", "to", "since", "days_waited",
		"days_limit", "tags", "assigned_to"}, rows), err
}

func (a *API) previewBulk(ctx context.Context, who identity.Actor, in *bulkInput) (bulkEffect, error) {
	e, err := a.Bulk.Preview(ctx, who, in.asked())
	return bulkEffect{Will: e.Will, Told: e.Told, Delayed: e.Delayed, Cannot: mapped(e.Cannot, viewItem)}, err
}

func (a *API) beginBulk(ctx context.Context, who identity.Actor, in *bulkInput) (string, error) {
	return a.Bulk.Begin(ctx, who, in.asked())
}

func (a *API) readBulk(ctx context.Context, who identity.Actor, id string) (bulkView, error) {
	act, err := a.Bulk.Find(ctx, who, id)
	return viewBulk(act), err
}

func (a *API) showBulk(ctx context.Context, who identity.Actor, in *BulkPath) (bulkView, error) {
	return a.readBulk(ctx, who, in.ID)
}

func (a *API) undoBulk(ctx context.Context, who identity.Actor, in *BulkPath) (bulkView, error) {
	act, err := a.Bulk.Undo(ctx, who, in.ID)
	return viewBulk(act), err
}
