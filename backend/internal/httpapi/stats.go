// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/stats"
)

// ProgrammeAsked lets an administrator choose a programme; exported for huma.
type ProgrammeAsked struct {
	Programme string `query:"programme" maxLength:"40" doc:"Code of the programme, for administrators; the others read their own."`
}

type reportAsked struct {
	ProgrammeAsked
	Reader
	Year int `query:"year" minimum:"0" maximum:"2200" default:"0" doc:"A calendar year; 0: since the beginning."`
}

type driftAsked struct {
	ProgrammeAsked
	By string `query:"by" enum:"week,month" default:"month"`
}

type logAsked struct {
	Page
	ProgrammeAsked
	Need string `query:"need" maxLength:"60" doc:"Only rankings for this need, by reference."`
}

type shownAsked struct {
	ProgrammeAsked
	ID string `path:"id" maxLength:"60" doc:"The identifier of the ranking in the log."`
}

type cellView struct {
	Count    int  `json:"count" doc:"People; 0 when withheld."`
	Withheld bool `json:"withheld" doc:"It stands for fewer than five people, or protects a number that does."`
}

type rateView struct {
	Known  bool    `json:"known" doc:"Both numbers are published, and the one below is not zero."`
	Share  float64 `json:"share" doc:"Of those at the stage before, 0 to 1."`
	Low    float64 `json:"low" doc:"Exact interval of 95 % (Clopper and Pearson)."`
	High   float64 `json:"high"`
	Ratio  float64 `json:"ratio" doc:"Of the share to that of the group that fares best; 0: there is none to compare with."`
	Chance float64 `json:"chance" doc:"Probability of such a difference by chance (Fisher's exact test, two-sided)."`
	Best   bool    `json:"best"`
	Signal string  `json:"signal" enum:",weak,strong" doc:"Below four fifths (29 CFR 1607.4(D)); strong: and hardly chance. A signal, not a verdict."`
}

type groupView struct {
	Group string     `json:"group" doc:"female, 30-39, an M49 code, a language; empty: not said."`
	Name  string     `json:"name" doc:"Of a region or a language, in the reader's language."`
	Cells []cellView `json:"cells" doc:"By stage."`
	Rates []rateView `json:"rates" doc:"By stage, of the stage before; the first is empty."`
}

type fairTable struct {
	Dimension string      `json:"dimension" enum:"sex,age,region,language"`
	Groups    []groupView `json:"groups"`
}

type fairnessView struct {
	Programme programmeName `json:"programme"`
	Year      int           `json:"year"`
	Stages    []string      `json:"stages"`
	Total     []cellView    `json:"total" doc:"Everybody who agreed to be counted, by stage."`
	Tables    []fairTable   `json:"tables"`
	Rankings  int           `json:"rankings" doc:"Frozen rankings that tell who met the conditions."`
	Least     int           `json:"least" doc:"Fewer people than this are withheld."`
	Rule      string        `json:"rule" doc:"Source of the four-fifths rule."`
	Notice    string        `json:"notice" doc:"Version of the notice that people agreed to."`
	Taken     time.Time     `json:"taken"`
}

type programmeName struct {
	Code string `json:"code"`
	Name string `json:"name"`
	Demo bool   `json:"demo"`
}

type periodView struct {
	Period    string  `json:"period" doc:"2026-11, or 2026-W48 (ISO 8601)."`
	Algorithm string  `json:"algorithm"`
	Rankings  int     `json:"rankings"`
	Scores    int     `json:"scores"`
	Mean      float64 `json:"mean"`
	Counts    []int   `json:"counts" doc:"People by tenths of the full score."`
	Index     float64 `json:"index" doc:"Population stability index against the reference."`
	Noise     float64 `json:"noise" doc:"What chance alone exceeds once in twenty times."`
	State     string  `json:"state" enum:"few,steady,shifted,moved"`
	Reference bool    `json:"reference" doc:"The others are compared with this one."`
}

type driftView struct {
	Programme programmeName `json:"programme"`
	Periods   []periodView  `json:"periods" doc:"Oldest first."`
	State     string        `json:"state" enum:"few,steady,shifted,moved"`
	OutOf     int           `json:"outOf"`
	Slight    float64       `json:"slight" doc:"From here on the scores have shifted."`
	Large     float64       `json:"large" doc:"From here on they have moved: an alarm."`
}

type shownView struct {
	ID            string    `json:"id"`
	At            time.Time `json:"at"`
	Viewer        string    `json:"viewer"`
	Organisation  string    `json:"organisation"`
	Role          string    `json:"role"`
	Reference     string    `json:"reference" doc:"Of the need."`
	Title         string    `json:"title"`
	Algorithm     string    `json:"algorithm"`
	IndexPosition int64     `json:"indexPosition"`
	Source        string    `json:"source"`
	Considered    int       `json:"considered"`
	Passed        int       `json:"passed"`
	Shown         int       `json:"shown"`
	Demo          bool      `json:"demo" doc:"Made by the demonstration: nobody saw it."`
}

type shownPersonView struct {
	Rank   int    `json:"rank"`
	Person string `json:"person" doc:"The pseudonym."`
	Score  int    `json:"score"`
}

type trainedGroup struct {
	Group string   `json:"group" doc:"female, 30-39; empty: not said."`
	Cell  cellView `json:"cell"`
}

type trainedTable struct {
	Dimension string         `json:"dimension" enum:"sex,age"`
	Groups    []trainedGroup `json:"groups"`
}

type trainedKind struct {
	Kind     string         `json:"kind" enum:"counterparts,training"`
	Sessions int            `json:"sessions" doc:"Stays with counterparts, or trainings."`
	Total    cellView       `json:"total" doc:"Heads: whoever came twice is counted twice."`
	Tables   []trainedTable `json:"tables"`
}

type trainedView struct {
	Programme programmeName `json:"programme"`
	Year      int           `json:"year"`
	Kinds     []trainedKind `json:"kinds"`
	Least     int           `json:"least" doc:"Fewer people than this are withheld."`
	Taken     time.Time     `json:"taken"`
}

type trainedAsked struct {
	ProgrammeAsked
	Year int `query:"year" minimum:"0" maximum:"2200" default:"0" doc:"A calendar year; 0: since the beginning."`
}

func (a *API) trained(ctx context.Context, who identity.Actor, in *trainedAsked) (trainedView, error) {
	r, err := a.Stats.Trained(ctx, who, in.Programme, in.Year)
	return trainedView{Programme: viewProgrammeName(r.Programme), Year: r.Year, Least: stats.Least, Taken: r.Taken, Kinds: mapped(r.Kinds, func(k stats.TrainedKind) trainedKind {
		return trainedKind{Kind: k.Kind, Sessions: k.Sessions, Total: viewCell(k.Total), Tables: mapped(k.Tables, func(t stats.TrainedTable) trainedTable {
			return trainedTable{Dimension: string(t.Dimension), Groups: mapped(t.Groups, func(g stats.TrainedGroup) trainedGroup { return trainedGroup{g.Name, viewCell(g.Cell)} })}
		})}
	})}, err
}

// statsRoutes watch over the ranking and the selection.
func (a *API) statsRoutes() []Route {
	readers := identity.Only(identity.Coordinator, identity.Ministry, identity.Administrator)
	keepers := identity.Only(identity.Coordinator, identity.Administrator)
	return []Route{
		on("GET", "/fairness/report", readers, "show-fairness", "How groups fare along the pipeline", a.fairness),
		sheet("/fairness/report.csv", readers, "export-fairness", "The same as CSV", a.fairnessSheet),
		on("GET", "/trained", readers, "show-trained", "How many learnt from the people of the programme, by sex and age", a.trained),
		on("GET", "/fairness/drift", readers, "show-drift", "How the scores that are shown move over time", a.drift),
		on("GET", "/fairness/rankings", keepers, "list-shown-rankings", "Which rankings were shown to whom, newest first", a.shownRankings),
		on("GET", "/fairness/rankings/{id}", keepers, "show-shown-ranking", "Who stood in a ranking that was shown", a.shownRanking),
		sheet("/fairness/rankings.csv", keepers, "export-shown-rankings", "The newest 50,000 lines of that log as CSV", a.shownSheet),
	}
}

func viewCell(c stats.Cell) cellView { return cellView{Count: c.Count, Withheld: !c.Open} }
func viewRate(r stats.Rate) rateView { return rateView(r) }
func viewProgrammeName(p stats.Programme) programmeName {
	return programmeName{Code: p.Code, Name: p.Name, Demo: p.Demo}
}

func (a *API) fairness(ctx context.Context, who identity.Actor, in *reportAsked) (fairnessView, error) {
	r, err := a.Stats.Report(ctx, who, in.Programme, in.Year)
	if err != nil {
		return fairnessView{}, err
	}
	v := fairnessView{Programme: viewProgrammeName(r.Programme), Year: r.Year, Stages: stats.Stages, Total: mapped(r.Total, viewCell), Rankings: r.Rankings,
		Least: stats.Least, Rule: "29 CFR 1607.4(D)", Notice: r.Notice, Taken: r.Taken, Tables: []fairTable{}}
	for _, t := range r.Tables {
		v.Tables = append(v.Tables, fairTable{Dimension: string(t.Dimension), Groups: mapped(t.Groups, func(g stats.Group) groupView {
			return groupView{Group: g.Name, Name: groupName(t.Dimension, g.Name, in.of(who)), Cells: mapped(g.Cells, viewCell), Rates: mapped(g.Rates, viewRate)}
		})})
	}
	return v, nil
}

// groupName names regions and languages in the reader's language; the other
// groups are few, and the screens name them.
func groupName(d stats.Dimension, group, reader string) string {
	if group == stats.Unsaid {
		return ""
	}
	tag := language.Make(reader)
	switch d {
	case stats.ByRegion:
		names := display.Regions(tag)
		if of, err := language.ParseRegion(group); err == nil && names != nil {
			return cmp.Or(names.Name(of), group)
		}
	case stats.ByLanguage:
		if names := display.Languages(tag); names != nil {
			return cmp.Or(names.Name(language.Make(group)), group)
		}
	}
	return group
}

func (a *API) fairnessSheet(ctx context.Context, who identity.Actor, in *reportAsked) (string, []byte, error) {
	r, err := a.Stats.Report(ctx, who, in.Programme, in.Year)
	return fmt.Sprintf("fairness-%s-%d.csv", r.Programme.Code, r.Year), r.CSV(), err
}

func (a *API) drift(ctx context.Context, who identity.Actor, in *driftAsked) (driftView, error) {
	d, err := a.Stats.Drift(ctx, who, in.Programme, in.By == "week")
	return driftView{Programme: viewProgrammeName(d.Programme), State: string(d.State), OutOf: d.OutOf, Slight: stats.SlightShift, Large: stats.LargeShift,
		Periods: mapped(d.Periods, func(p stats.Period) periodView {
			return periodView{Period: p.Name, Algorithm: p.Algorithm, Rankings: p.Rankings, Scores: p.Scores, Mean: p.Mean, Counts: p.Counts[:],
				Index: p.Index, Noise: p.Noise, State: string(p.State), Reference: p.Reference}
		})}, err
}

func (a *API) shownRankings(ctx context.Context, who identity.Actor, in *logAsked) (list[shownView], error) {
	log, next, err := a.Stats.Log(ctx, who, stats.LogFilter{Programme: in.Programme, Need: in.Need, After: in.After, Limit: in.Limit})
	return listOf(mapped(log, func(s stats.Seen) shownView {
		return shownView{ID: s.ID, At: s.At, Viewer: s.Viewer, Organisation: s.Organisation, Role: s.Role, Reference: s.Reference, Title: s.Title,
			Algorithm: s.Algorithm, IndexPosition: s.IndexPosition, Source: s.Source, Considered: s.Considered, Passed: s.Passed, Shown: s.Shown, Demo: s.Demo}
	}), next), err
}

func (a *API) shownRanking(ctx context.Context, who identity.Actor, in *shownAsked) (list[shownPersonView], error) {
	people, err := a.Stats.Shown(ctx, who, in.Programme, in.ID)
	return listOf(mapped(people, func(p stats.Person) shownPersonView {
		return shownPersonView{Rank: p.Rank, Person: p.Pseudonym, Score: p.Score}
	}), ""), err
}

func (a *API) shownSheet(ctx context.Context, who identity.Actor, in *ProgrammeAsked) (string, []byte, error) {
	rows, err := a.Stats.Exported(ctx, who, in.Programme)
	return "shown-rankings.csv", stats.LogCSV(rows), err
}
