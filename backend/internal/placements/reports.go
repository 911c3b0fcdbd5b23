// SPDX-License-Identifier: AGPL-3.0-or-later

package placements

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
)

// ReportKind is one thing that somebody is asked to tell.
type ReportKind string

// The kinds of reports.
const (
	MidtermPerson  ReportKind = "midterm_person"
	MidtermHost    ReportKind = "midterm_host"
	HandoverNote   ReportKind = "handover"
	FinalReport    ReportKind = "final_report"
	HostEvaluation ReportKind = "host_evaluation"
	NoFee          ReportKind = "no_fee" // the third declaration, after the stay
	FollowUp3      ReportKind = "follow_up_3"
	FollowUp12     ReportKind = "follow_up_12"
	OutcomeNote    ReportKind = "outcome"
)

// Report is what one side told.
type Report struct {
	ID          string
	PlacementID string
	Kind        ReportKind
	Body        string // JSON: the answers by the names of the questions
	Role        identity.Role
	ByUser      string
	Source      string // "portal", "link", "file": how it came
	OfTeam      bool   // said of the whole team
	CreatedAt   time.Time
	UpdatedAt   time.Time
}

// TableName names the table for GORM.
func (Report) TableName() string { return "placement_reports" }

// Answers are what was answered, by the names of the questions.
func (r Report) Answers() map[string]string {
	answers := map[string]string{}
	_ = json.Unmarshal([]byte(r.Body), &answers) // written by us
	return answers
}

// Question is one of a report.
type Question struct {
	Name     string
	Kind     string // "text", "level", "degree", "yes_no", "yes", "skills"
	Required bool
	Options  []string // of "skills": those that the need asked for; the answer counts them from 0, "0,2"
}

// Levels are the four answers to a question of how far: in words, for a number
// says less and looks like more.
var Levels = []string{"not", "partly", "mostly", "fully"}

// Degrees are the answers to a question of how much a stay has brought in the end; the
// evidence stands beside them in words.
var Degrees = []string{"low", "medium", "high"}

// form is a report as it is asked for.
type form struct {
	questions []Question
	by        []identity.Role
	while     []State
}

// forms are all of them. What is told while the stay goes on may be told until it is
// completed; then the file is closed.
var forms = map[ReportKind]form{
	MidtermPerson: {[]Question{{Name: "progress", Kind: "level", Required: true}, {Name: "done", Kind: "text", Required: true}, {Name: "difficulties", Kind: "text", Required: false}},
		[]identity.Role{identity.Professional}, []State{OnDuty, Suspended}},
	MidtermHost: {[]Question{{Name: "progress", Kind: "level", Required: true}, {Name: "done", Kind: "text", Required: true}, {Name: "difficulties", Kind: "text", Required: false}},
		[]identity.Role{identity.Host}, []State{OnDuty, Suspended}},
	HandoverNote: {[]Question{{Name: "done", Kind: "text", Required: true}, {Name: "open", Kind: "text", Required: true}, {Name: "contacts", Kind: "text", Required: false}},
		[]identity.Role{identity.Professional}, []State{OnDuty, Suspended, Evacuated, Ended, Curtailed}},
	FinalReport: {[]Question{{Name: "objective", Kind: "level", Required: true}, {Name: "outputs", Kind: "text", Required: true}, {Name: "passed_on", Kind: "text", Required: true}, {Name: "lessons", Kind: "text", Required: false}},
		[]identity.Role{identity.Professional}, []State{OnDuty, Ended, Curtailed}},
	HostEvaluation: {[]Question{{Name: "objective", Kind: "level", Required: true}, {Name: "passed_on", Kind: "level", Required: true}, {Name: "working_together", Kind: "level", Required: true}, {Name: "again", Kind: "yes_no", Required: true}, {Name: "skills", Kind: "skills", Required: false}, {Name: "comment", Kind: "text", Required: false}},
		[]identity.Role{identity.Host}, []State{OnDuty, Ended, Curtailed}},
	NoFee:       {[]Question{{Name: "declared", Kind: "yes", Required: true}}, []identity.Role{identity.Professional}, []State{OnDuty, Ended, Curtailed}},
	FollowUp3:   {followUp, []identity.Role{identity.Professional, identity.Host}, []State{Completed, FollowedUp}},
	FollowUp12:  {followUp, []identity.Role{identity.Professional, identity.Host}, []State{Completed, FollowedUp}},
	OutcomeNote: {[]Question{{Name: "level", Kind: "degree", Required: true}, {Name: "outcome", Kind: "text", Required: true}, {Name: "repeat", Kind: "yes_no", Required: true}}, []identity.Role{identity.Coordinator}, []State{Completed, FollowedUp}},
}

// followUp asks how much of what was passed on is still in use.
var followUp = []Question{{Name: "still_in_use", Kind: "level", Required: true}, {Name: "evidence", Kind: "text", Required: true}}

// Due is a report that somebody may write now.
type Due struct {
	Kind      ReportKind
	Questions []Question
	From      day.Day // when it is asked for; empty: at any time
	Overdue   bool
}

// LongStay is from how many days on a stay has a mid-term note: six weeks.
const LongStay = 42

// Patience is how many days after its day a report is overdue.
const Patience = 7

// Midterm returns the day on which half of the stay is over, or nothing for a stay
// of less than six weeks.
func (p Placement) Midterm() day.Day {
	if p.Days() < LongStay {
		return ""
	}
	return p.From.Add(p.Days()/2 - 1)
}

// asked returns when a report is asked for.
func (p Placement) asked(kind ReportKind) day.Day {
	switch kind {
	case MidtermPerson, MidtermHost:
		return p.Midterm()
	case HandoverNote, FinalReport, HostEvaluation, NoFee:
		return p.To
	case FollowUp3:
		return day.Of(p.To.Time().AddDate(0, 3, 0))
	case FollowUp12:
		return day.Of(p.To.Time().AddDate(1, 0, 0))
	}
	return ""
}

// order is that in which reports are shown.
var order = []ReportKind{MidtermPerson, MidtermHost, HandoverNote, FinalReport, HostEvaluation, NoFee, FollowUp3, FollowUp12, OutcomeNote}

// dues lists what the role may write now, and which of it is late.
func (p Placement) dues(role identity.Role, written []Report, today day.Day) []Due {
	var all []Due
	for _, kind := range order {
		f := forms[kind]
		if !slices.Contains(f.by, role) || !slices.Contains(f.while, p.State) {
			continue
		}
		if (kind == MidtermPerson || kind == MidtermHost) && p.Midterm() == "" {
			continue
		}
		from := p.asked(kind)
		there := slices.ContainsFunc(written, func(r Report) bool { return r.Kind == kind && r.Role == role })
		late := !there && from != "" && today >= from.Add(Patience)
		all = append(all, Due{Kind: kind, Questions: f.questions, From: from, Overdue: late})
	}
	return all
}

// Owed is a report that somebody else is asked for and has not given.
type Owed struct {
	Kind    ReportKind
	Role    identity.Role
	From    day.Day
	Overdue bool
}

// owed lists what is asked for by the day and is not there, of whichever side.
func (p Placement) owed(written []Report, today day.Day) []Owed {
	all := []Owed{}
	for _, role := range []identity.Role{identity.Professional, identity.Host} {
		for _, due := range p.dues(role, written, today) {
			there := slices.ContainsFunc(written, func(r Report) bool { return r.Kind == due.Kind && r.Role == role })
			if !there && due.From != "" && due.From <= today {
				all = append(all, Owed{Kind: due.Kind, Role: role, From: due.From, Overdue: due.Overdue})
			}
		}
	}
	return all
}

// check complains about answers that do not fit the questions.
func (f form) check(answers map[string]string, skills int) error {
	var c fault.Check
	for name := range answers {
		c.That(slices.ContainsFunc(f.questions, func(q Question) bool { return q.Name == name }), "answers."+name, "report.question", "There is no such question.")
	}
	for _, q := range f.questions {
		given := strings.TrimSpace(answers[q.Name])
		at := "answers." + q.Name
		c.That(given != "" || !q.Required, at, "required", "Please answer this.")
		if given == "" {
			continue
		}
		switch q.Kind {
		case "level":
			c.That(slices.Contains(Levels, given), at, "report.level", "Please choose one of: %s.", strings.Join(Levels, ", "))
		case "degree":
			c.That(slices.Contains(Degrees, given), at, "report.degree", "Please choose one of: %s.", strings.Join(Degrees, ", "))
		case "skills":
			c.That(chosen.MatchString(given) && !slices.ContainsFunc(positions(given), func(n int) bool { return n >= skills }), at, "report.skills",
				"Please give the numbers of skills that were asked about, such as 0,2.")
		case "yes_no":
			c.That(given == "yes" || given == "no", at, "report.yes_no", "Please answer yes or no.")
		case "yes":
			c.That(given == "yes", at, "noFee.missing",
				"Please declare that you paid no fee to anybody for this. If you did, tell the coordinator.")
		default:
			c.That(utf8.RuneCountInString(given) <= mostText, at, "text.length", "Please keep this to %d characters.", mostText)
		}
	}
	return c.Err()
}

// chosen is a list of positions.
var chosen = regexp.MustCompile(`^\d{1,3}( *, *\d{1,3})*$`)

// tidied leaves out what was not answered.
func tidied(answers map[string]string) map[string]string {
	out := map[string]string{}
	for name, text := range answers {
		if text = strings.TrimSpace(text); text != "" {
			out[name] = text
		}
	}
	return out
}
