// SPDX-License-Identifier: AGPL-3.0-or-later

package placements

import (
	"slices"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/lifecycle"
	"sankofa/backend/internal/needs"
)

// File is what hangs on a placement, as one reader may see it.
type File struct {
	Next        []Next
	Clearances  []ClearanceView
	Guard       *Guard // for the person and the coordinator
	Steps       []Step
	Reports     []Report
	Dues        []Due
	Midterm     day.Day
	Skills      []string     // that the need asked for: what an evaluation counts
	CanLink     bool         // the reader may make a link to the evaluation
	CanMail     bool         // the reader may have a link mailed to the host
	Owed        []Owed       // for the coordinator: what is asked of the others and is not there
	Letters     []LetterKind // the documents that the reader may have now
	Certificate string       // the code; empty while there is none
	Money       *Money       // for the person and the coordinator, where the programme pays
	Indicators  []Indicator  // for everybody but an association
	Sessions    []Session    // for the sides that write them; others get sums with small cells withheld
	Away        []Away       // likewise
	Used        []Used       // likewise
	Writes      Writes
}

// Writes says what of a stay the reader may write down now.
type Writes struct{ Indicators, Sessions, Away bool }

// ClearanceView is a line of the checklist, with what the reader may do about it.
type ClearanceView struct {
	Clearance
	Signed []string // the roles that have signed
	Short  string   // why the paper does not reach: a code
	Done   bool
	Bring  bool
	Sign   bool
	Decide bool
}

// of is the file of a placement for a reader. An association gets the steps of its
// member and nothing else (story 1); medical fitness is between the person and the
// coordinator, and so are the numbers of papers.
func (d dossier) of(who identity.Actor, p Placement, today string) *File {
	f := &File{Next: nextOf(who, p, d), Midterm: p.Midterm()}
	for _, step := range d.steps {
		if who.Is(identity.Association) {
			if step.FromState == step.ToState {
				continue
			}
			step.Reason, step.ByUser = "", ""
		}
		f.Steps = append(f.Steps, step)
	}
	if who.Is(identity.Association) {
		return f
	}
	f.Letters = lettersOf(who, p)
	f.Dues = p.dues(who.Role, d.reports, day.Day(today))
	for i := range f.Dues {
		f.Dues[i].Questions = asked(f.Dues[i].Kind, d.criteria)
	}
	f.Skills = labels(d.criteria)
	f.CanLink = who.Is(identity.Coordinator, identity.Host) && askable(p, HostEvaluation) == nil
	f.CanMail = who.Is(identity.Coordinator) && slices.Contains(mailable, p.State) && !d.told(HostEvaluation)
	if who.Is(identity.Coordinator) {
		f.Owed = p.owed(d.reports, day.Day(today))
	}
	f.Indicators = d.indicators
	if who.Is(writers...) {
		f.Sessions, f.Away, f.Used = d.sessions, d.away, d.used
		f.Writes = Writes{mayWrite(who, p, measurable) == nil, mayWrite(who, p, teachable) == nil, mayWrite(who, p, absent) == nil}
	}
	for _, r := range d.reports {
		if mayRead(who, p, r) {
			f.Reports = append(f.Reports, r)
		}
	}
	private := who.Is(identity.Professional, identity.Coordinator)
	if private {
		f.Guard = &d.guard
		f.Money = d.money.of(who)
	}
	if private || who.Is(identity.Host) {
		f.Certificate = d.code
	}
	for _, c := range d.clearances {
		if !private && (c.Kind == Medical) {
			continue
		}
		f.Clearances = append(f.Clearances, d.clearance(who, p, c, private))
	}
	return f
}

// labels are the words of the skills that a need asked for.
func labels(criteria []needs.Criterion) []string {
	all := make([]string, len(criteria))
	for i, c := range criteria {
		all[i] = c.Label
	}
	return all
}

func (d dossier) clearance(who identity.Actor, p Placement, c Clearance, private bool) ClearanceView {
	v := ClearanceView{Clearance: c, Signed: d.signatures[c.ID], Done: c.Done(p.From, p.Until())}
	if c.State != Open {
		v.Short = c.Short(p.From, p.Until())
	}
	if len(signers[c.Kind]) > 0 {
		v.Short = ""
	}
	if p.papers() {
		several := len(signers[c.Kind]) > 0
		v.Bring = !several && (who.Is(identity.Coordinator) || slices.Contains(bringers[c.Kind], string(who.Role)))
		v.Sign = slices.Contains(signers[c.Kind], string(who.Role)) && !slices.Contains(v.Signed, string(who.Role))
		v.Decide = who.Is(identity.Coordinator)
	}
	if !private {
		v.Reference, v.Note = "", ""
	}
	return v
}

// mayRead tells whether somebody may read what a side told: the coordinator all, each
// side its own, and once the stay is completed both sides and the ministry what was
// said of it in the end.
func mayRead(who identity.Actor, p Placement, r Report) bool {
	if who.Is(identity.Coordinator) || r.Role == who.Role {
		return true
	}
	if r.Kind == HandoverNote {
		return who.Is(identity.Host)
	}
	final := r.Kind == FinalReport || r.Kind == HostEvaluation || r.Kind == OutcomeNote
	return final && slices.Contains([]State{Completed, FollowedUp, Closed}, p.State) && who.Is(identity.Professional, identity.Host, identity.Ministry)
}

// nextOf lists the steps that the reader may take, each with what is missing. Of an
// arrival each side speaks once, and the coordinator after one of them.
func nextOf(who identity.Actor, p Placement, d dossier) []Next {
	var said []string
	for _, s := range d.steps {
		if s.Move == "arrive" {
			said = append(said, s.Role)
		}
	}
	all := []Next{}
	for _, m := range lifecycle.Placement.Next(lifecycle.State(p.Stands()), lifecycle.Who(who.Role)) {
		if m.Name == "join_extension" && !joinable(who, d.steps) || m.Name == "allow_extension" && d.agreed(lifecycle.Unopposed) {
			continue
		}
		if m.Name == "arrive" && (slices.Contains(said, string(who.Role)) || who.Is(identity.Coordinator) && len(said) == 0) {
			continue
		}
		all = append(all, Next{Move: m, Missing: d.lacking(p, m)})
	}
	return all
}

// Next is a step that the reader may take next.
type Next struct {
	Move    lifecycle.Move
	Missing []Lack
}
