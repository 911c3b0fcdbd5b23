// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"context"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/placements"
)

type indicatorValue struct {
	Moment     string `json:"moment" enum:"baseline,target,end,month_12"`
	Value      string `json:"value" maxLength:"20" doc:"A decimal number, such as 24 or 5.25."`
	On         string `json:"on,omitempty" doc:"When it was measured; of a target, by when it is to be reached, if that is known."`
	MeasuredBy string `json:"measuredBy,omitempty" maxLength:"200" doc:"The office that measured it; name no person."`
}

type indicatorView struct {
	Name   string           `json:"name" maxLength:"200"`
	Unit   string           `json:"unit" maxLength:"40"`
	Source string           `json:"source" maxLength:"500" doc:"Where the values come from: a register, a survey."`
	Values []indicatorValue `json:"values" maxItems:"4"`
}

type attendanceGroup struct {
	Sex    string `json:"sex" enum:"female,male,other," doc:"Empty: not said."`
	Age    string `json:"age" doc:"-29, 30-39, 40-49, 50-59 or 60-; empty: not said."`
	People int    `json:"people"`
}

type trainingView struct {
	Kind   string            `json:"kind" enum:"counterparts,training"`
	Title  string            `json:"title" maxLength:"200"`
	HeldOn string            `json:"heldOn,omitempty" doc:"Left out for counterparts, who are there all the time."`
	Groups []attendanceGroup `json:"groups" maxItems:"24"`
}

type absenceView struct {
	Kind string `json:"kind" enum:"leave,remote"`
	From string `json:"from"`
	To   string `json:"to" doc:"The last day; it counts."`
}

type usedView struct {
	Kind    string `json:"kind" enum:"leave,remote"`
	Days    int    `json:"days"`
	Limited bool   `json:"limited" doc:"The programme has set a limit."`
	Allowed int    `json:"allowed" doc:"How many it allows for the days of the stay; says nothing where it is not limited."`
	Over    int    `json:"over" doc:"How many are more than that; no allowance is paid for them."`
}

type placementWrites struct {
	Indicators bool `json:"indicators"`
	Sessions   bool `json:"sessions"`
	Absences   bool `json:"absences"`
}

// follow spells what was measured and counted.
func (view *placementFile) follow(f *placements.File) {
	view.Indicators = mapped(f.Indicators, func(i placements.Indicator) indicatorView {
		return indicatorView{Name: i.Name, Unit: i.Unit, Source: i.Source, Values: mapped(i.Values, func(v placements.IndicatorValue) indicatorValue {
			return indicatorValue{Moment: string(v.Moment), Value: v.Value, On: string(v.OnDay), MeasuredBy: v.MeasuredBy}
		})}
	})
	view.Sessions = mapped(f.Sessions, func(s placements.Session) trainingView {
		return trainingView{Kind: s.Kind, Title: s.Title, HeldOn: string(s.HeldOn), Groups: mapped(s.Groups, func(g placements.Group) attendanceGroup {
			return attendanceGroup{Sex: g.Sex, Age: g.Age, People: g.People}
		})}
	})
	view.Absences = mapped(f.Away, viewAbsence)
	view.Used = mapped(f.Used, func(u placements.Used) usedView {
		return usedView{Kind: u.Kind, Days: u.Days, Limited: u.Limited, Allowed: u.Allowed, Over: u.Over()}
	})
	view.Writes = placementWrites{Indicators: f.Writes.Indicators, Sessions: f.Writes.Sessions, Absences: f.Writes.Away}
}

func viewAbsence(a placements.Away) absenceView {
	return absenceView{Kind: a.Kind, From: string(a.From), To: string(a.To)}
}

type indicatorsInput struct {
	PlacementPath
	IfMatch
	Body struct {
		Indicators []indicatorView `json:"indicators" maxItems:"100"`
	}
}

type sessionsInput struct {
	PlacementPath
	IfMatch
	Body struct {
		Sessions []trainingView `json:"sessions" maxItems:"100"`
	}
}

type absencesInput struct {
	PlacementPath
	IfMatch
	Body struct {
		Absences []absenceView `json:"absences" maxItems:"200"`
	}
}

// followRoutes are those by which a stay is followed while it lasts.
func (a *API) followRoutes() []Route {
	writers := identity.Only(identity.Professional, identity.Host, identity.Coordinator)
	return []Route{
		on("PUT", "/placements/{ref}/indicators", writers, "set-indicators", "Say what is measured of a stay, and its values", a.setIndicators),
		on("PUT", "/placements/{ref}/sessions", writers, "set-sessions", "Count the counterparts and who came to trainings", a.setSessions),
		on("PUT", "/placements/{ref}/absences", writers, "set-absences", "Write down days of leave and of work from elsewhere", a.setAbsences),
	}
}

func (a *API) setIndicators(ctx context.Context, who identity.Actor, in *indicatorsInput) (placementView, error) {
	version, err := in.version()
	if err != nil {
		return placementView{}, err
	}
	p, err := a.Placements.SetIndicators(ctx, who, in.Ref, version, mapped(in.Body.Indicators, func(i indicatorView) placements.Indicator {
		return placements.Indicator{Name: i.Name, Unit: i.Unit, Source: i.Source, Values: mapped(i.Values, func(v indicatorValue) placements.IndicatorValue {
			return placements.IndicatorValue{Moment: placements.Moment(v.Moment), Value: v.Value, OnDay: day.Day(v.On), MeasuredBy: v.MeasuredBy}
		})}
	}))
	return viewPlacement(p), err
}

func (a *API) setSessions(ctx context.Context, who identity.Actor, in *sessionsInput) (placementView, error) {
	version, err := in.version()
	if err != nil {
		return placementView{}, err
	}
	p, err := a.Placements.SetSessions(ctx, who, in.Ref, version, mapped(in.Body.Sessions, func(s trainingView) placements.Session {
		return placements.Session{Kind: s.Kind, Title: s.Title, HeldOn: day.Day(s.HeldOn), Groups: mapped(s.Groups, func(g attendanceGroup) placements.Group {
			return placements.Group{Sex: g.Sex, Age: g.Age, People: g.People}
		})}
	}))
	return viewPlacement(p), err
}

func (a *API) setAbsences(ctx context.Context, who identity.Actor, in *absencesInput) (placementView, error) {
	version, err := in.version()
	if err != nil {
		return placementView{}, err
	}
	p, err := a.Placements.SetAway(ctx, who, in.Ref, version, mapped(in.Body.Absences, func(one absenceView) placements.Away {
		return placements.Away{Kind: one.Kind, From: day.Day(one.From), To: day.Day(one.To)}
	}))
	return viewPlacement(p), err
}
