// SPDX-License-Identifier: AGPL-3.0-or-later

package placements_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/funding"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/lifecycle"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/needs/needstest"
	"sankofa/backend/internal/placements"
	"sankofa/backend/internal/placements/placementstest"
	"sankofa/backend/internal/selection"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

// walker tries steps on needs, candidacies and placements through the services, in no
// sensible order, as everybody.
type walker struct {
	*placementstest.World
	t         *testing.T
	db        *store.DB
	clock     *storetest.Clock
	chance    *rand.Rand
	people    []identity.Actor
	colleague identity.Actor    // another coordinator
	stood     map[string]string // where each record stood after the last step
	reached   map[string]int    // how often each state was come to
	done      int
}

// record is what a step is tried on.
type record struct {
	ID, State, Person string
	Version           int
	machine           lifecycle.Machine
}

const walked = 3_000

// The invariants of the lifecycle hold whatever anybody tries, on both engines.
func TestARandomWalkBreaksNoRule(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		w := &walker{World: placementstest.New(t, db), t: t, db: db, clock: clock, chance: rand.New(rand.NewPCG(7, 11)), stood: map[string]string{}, reached: map[string]int{}}
		w.people = w.People(7)
		w.colleague = w.Officer("colleague@test.invalid", w.Coordinator.OrganisationID, w.Coordinator.ProgrammeID, identity.Coordinator)
		money := &funding.Service{DB: db, Codes: needstest.Vocabulary{}}
		if _, err := money.SetRates(t.Context(), w.Coordinator, 1, []funding.Rate{{Currency: "EUR", Daily: 4500, Travel: 60_000, LodgingShare: 50, Tiers: []funding.Tier{{Days: 60, Percent: 100}, {Percent: 60}}}}); err != nil {
			t.Fatal(err)
		}
		for i := range walked {
			what, err := w.step(i)
			if err != nil && fault.Of(err).Kind == fault.Internal {
				t.Fatalf("step %d, %s: %v", i, what, err)
			}
			if err == nil {
				w.done++
				w.look(i, what)
			}
		}
		for _, state := range []string{"need PUBLISHED", "need UNDERWAY", "candidacy ACCEPTED", "candidacy WITHDRAWN", "candidacy NOT_SELECTED", "placement ON_DUTY", "placement CANCELLED", "placement COMPLETED"} {
			if w.reached[state] == 0 {
				t.Errorf("the walk never came to %s: it shows too little (%d steps were taken: %v)", state, w.done, w.reached)
			}
		}
	})
}

// step tries one thing, and says what it was.
func (w *walker) step(i int) (string, error) {
	ctx := w.t.Context()
	switch n := w.chance.IntN(100); {
	case i < 6 || n < 1:
		return "draft", w.draft(ctx)
	case n < 5:
		w.clock.Advance(time.Duration(6+w.chance.IntN(48)) * time.Hour)
		return "time", w.ticks(ctx)
	case n < 25:
		return w.tryNeed(ctx)
	case n < 36:
		return w.enter(ctx)
	case n < 66:
		return w.tryCandidacy(ctx)
	}
	return w.tryPlacement(ctx)
}

// ticks does what the timers do.
func (w *walker) ticks(ctx context.Context) error {
	for _, tick := range []func(context.Context) error{w.Of.Needs.Tick, w.Selection.Lapse, w.Placements.Tick} {
		if err := tick(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (w *walker) draft(ctx context.Context) error {
	form := needstest.Form()
	today := day.Of(w.db.Now())
	form.StartsOn = today.Add(25 + w.chance.IntN(20))
	form.EndsOn = form.StartsOn.Add(50)
	form.Headcount = 1 + w.chance.IntN(3)
	if form.Headcount > 1 && w.chance.IntN(2) == 0 {
		form.Relay, form.OverlapDays = true, 3
	}
	_, err := w.Of.Needs.Draft(ctx, w.Host, form)
	return err
}

// pick returns a record of the table, or nothing: mostly one that is not over, and in
// one of the states that are preferred.
func (w *walker) pick(table, person string, machine lifecycle.Machine, prefer ...string) (r record, ok bool) {
	w.t.Helper()
	var all []record
	err := w.db.View(w.t.Context(), func(tx *store.Tx) error {
		return tx.Raw(fmt.Sprintf(`SELECT id, state, version, %s AS person FROM %s ORDER BY id DESC LIMIT 40`, person, table)).Scan(&all).Error
	})
	if err != nil {
		w.t.Fatal(err)
	}
	if w.chance.IntN(4) > 0 { // those that are not over are more telling
		all = slices.DeleteFunc(all, func(r record) bool { return slices.Contains(machine.Finals(), lifecycle.State(r.State)) })
	}
	if open := slices.DeleteFunc(slices.Clone(all), func(r record) bool { return !slices.Contains(prefer, r.State) }); len(open) > 0 && w.chance.IntN(6) > 0 {
		all = open
	}
	if len(all) == 0 {
		return r, false
	}
	r = all[w.chance.IntN(len(all))]
	r.machine = machine
	return r, true
}

// leaving are steps that lead away from what most records come to.
var leaving = []string{"suspend", "evacuate", "postpone", "curtail", "refuse", "object", "disqualify", "withdraw", "decline", "exclude", "dismiss", "ask_review", "cancel", "stand_down", "return"}

// move chooses a step of the table and who tries it: four times of five one that
// begins where the record stands, by somebody who may.
func (w *walker) move(r record) (string, identity.Actor) {
	fitting := slices.DeleteFunc(slices.Clone(r.machine.Moves), func(m lifecycle.Move) bool { return !slices.Contains(m.From, lifecycle.State(r.State)) })
	// What leads to an end is tried less often, so that some come further.
	if w.chance.IntN(12) > 0 {
		fitting = slices.DeleteFunc(fitting, func(m lifecycle.Move) bool {
			return slices.Contains(r.machine.Finals(), m.To) && m.Name != "accept" || slices.Contains(leaving, m.Name)
		})
	}
	if len(fitting) == 0 || w.chance.IntN(5) == 0 {
		m := r.machine.Moves[w.chance.IntN(len(r.machine.Moves))]
		return m.Name, w.anybody()
	}
	m := fitting[w.chance.IntN(len(fitting))]
	return m.Name, w.as(m.By[w.chance.IntN(len(m.By))], r.Person)
}

func (w *walker) anybody() identity.Actor {
	all := append([]identity.Actor{w.Host, w.Ministry, w.Coordinator, w.colleague, w.Association, w.SecondHost}, w.people...)
	return all[w.chance.IntN(len(all))]
}

func (w *walker) as(who lifecycle.Who, person string) identity.Actor {
	switch who {
	case lifecycle.Host:
		return w.Host
	case lifecycle.Ministry:
		return w.Ministry
	case lifecycle.Coordinator:
		return []identity.Actor{w.Coordinator, w.colleague}[w.chance.IntN(2)]
	case lifecycle.Association:
		return w.Association
	}
	for _, p := range w.people {
		if p.ProfessionalID == person {
			return p
		}
	}
	return w.anybody()
}

func (w *walker) tryNeed(ctx context.Context) (string, error) {
	r, ok := w.pick("needs", "''", lifecycle.Need)
	if !ok {
		return "no need", w.draft(ctx)
	}
	move, who := w.move(r)
	s, today := w.Of.Needs, day.Of(w.db.Now())
	window := needs.Window{ClosesOn: today.Add(3 + w.chance.IntN(10))}
	var err error
	switch move {
	case "submit":
		_, err = s.Submit(ctx, who, r.ID, r.Version)
	case "return":
		_, err = s.Return(ctx, who, r.ID, r.Version, "Mend", []needs.Comment{{Field: "title", Text: "Say more"}})
	case "validate":
		_, err = s.Validate(ctx, who, r.ID, r.Version, "Good")
	case "reject":
		_, err = s.Reject(ctx, who, r.ID, r.Version, "No")
	case "approve":
		_, err = s.Approve(ctx, who, r.ID, r.Version, "Good")
	case "publish":
		_, err = s.Publish(ctx, who, r.ID, r.Version, window)
	case "extend":
		_, err = s.Extend(ctx, who, r.ID, r.Version, today.Add(15), "More time")
	case "close":
		_, err = s.Close(ctx, who, r.ID, r.Version, "Enough")
	case "reopen":
		_, err = s.Reopen(ctx, who, r.ID, r.Version, window, "Too few")
	case "suspend":
		_, err = s.Suspend(ctx, who, r.ID, r.Version, "Floods")
	case "resume":
		_, err = s.Resume(ctx, who, r.ID, r.Version, "Dry")
	case "stand_down":
		_, err = s.StandDown(ctx, who, r.ID, r.Version, "Not needed")
	case "cancel":
		_, err = s.Cancel(ctx, who, r.ID, r.Version, "Over")
	case "close_out":
		_, err = s.CloseOut(ctx, who, r.ID, r.Version, "Done")
	default: // select and its like come of shortlists
		err = w.shortlist(ctx, r)
	}
	return move + " need as " + string(who.Role), err
}

// shortlist puts one or two people before the host of a need.
func (w *walker) shortlist(ctx context.Context, r record) error {
	var n needs.Need
	err := w.db.View(ctx, func(tx *store.Tx) error { return tx.Where("id = ?", r.ID).Take(&n).Error })
	if err != nil {
		return err
	}
	var picks []selection.Pick
	for _, at := range w.chance.Perm(len(w.people))[:1+w.chance.IntN(2)] {
		p := selection.Pick{Pseudonym: w.Pseudonym(w.people[at])}
		if n.Relay {
			p.From = n.StartsOn.Add(w.chance.IntN(25))
			p.To = p.From.Add(21 + w.chance.IntN(5))
		}
		picks = append(picks, p)
	}
	_, err = w.Selection.Shortlist(ctx, w.Coordinator, r.ID, n.Version, picks, "They fit")
	return err
}

func (w *walker) enter(ctx context.Context) (string, error) {
	r, ok := w.pick("needs", "''", lifecycle.Need, "PUBLISHED", "CLOSED", "IN_SELECTION", "PARTLY_FILLED")
	if !ok {
		return "no need", w.draft(ctx)
	}
	p := w.people[w.chance.IntN(len(w.people))]
	switch w.chance.IntN(3) {
	case 0:
		_, err := w.Selection.Apply(ctx, p, r.ID, "I know this")
		return "apply", err
	case 1:
		_, err := w.Selection.Nominate(ctx, w.Association, r.ID, p.ProfessionalID, "Ours")
		return "nominate", err
	}
	return "shortlist", w.shortlist(ctx, r)
}

func (w *walker) tryCandidacy(ctx context.Context) (string, error) {
	r, ok := w.pick("candidacies", "professional_id", lifecycle.Candidacy, "NOMINATED", "SHORTLISTED", "HOST_ENDORSED", "NO_OBJECTION", "OFFERED")
	if !ok {
		return w.enter(ctx)
	}
	move, who := w.move(r)
	s := w.Selection
	var err error
	switch move {
	case "agree":
		_, err = s.Answer(ctx, who, r.ID, r.Version, w.chance.IntN(4) > 0)
	case "endorse":
		_, err = s.Endorse(ctx, who, r.ID, r.Version, placementstest.Yes)
	case "no_object":
		_, err = s.Clear(ctx, who, r.ID, r.Version, placementstest.Yes)
	case "object":
		_, err = s.Clear(ctx, who, r.ID, r.Version, placementstest.No)
	case "approve", "offer":
		_, err = s.Approve(ctx, who, r.ID, r.Version, placementstest.Yes)
	case "refuse":
		_, err = s.Endorse(ctx, who, r.ID, r.Version, placementstest.No)
	case "accept":
		_, err = s.Accept(ctx, who, r.ID, r.Version, w.chance.IntN(8) > 0)
	case "decline":
		_, err = s.Decline(ctx, who, r.ID, r.Version, "")
	case "withdraw":
		_, err = s.Withdraw(ctx, who, r.ID, r.Version, "")
	default:
		_, err = s.Take(ctx, who, r.ID, r.Version, selection.Ask{Move: move, Reason: "So it is", Code: selection.ReasonOther})
	}
	return move + " candidacy as " + string(who.Role), err
}

func (w *walker) tryPlacement(ctx context.Context) (string, error) {
	r, ok := w.pick("placements", "professional_id", lifecycle.Placement, "PREPARING", "CLEARED", "TRAVELLING", "ON_DUTY", "ENDED", "CURTAILED")
	if !ok {
		return w.tryCandidacy(ctx)
	}
	s := w.Placements
	person := w.as(lifecycle.Professional, r.Person)
	switch n := w.chance.IntN(10); {
	case n < 4 && r.State == string(placements.Preparing):
		return "clear all", w.clear(ctx, r, person)
	case n < 5:
		return "report", w.report(ctx, r, person)
	case n < 6:
		_, err := s.AskInstalment(ctx, w.anybody(), r.ID, r.Version, int64(1+w.chance.IntN(200_000)))
		return "ask for an instalment", err
	case n < 7:
		_, err := s.DecideInstalment(ctx, w.anybody(), r.ID, r.Version, 1+w.chance.IntN(3), w.chance.IntN(3) > 0)
		return "decide an instalment", err
	}
	move, who := w.move(r)
	var p placements.Placement
	if err := w.db.View(ctx, func(tx *store.Tx) error { return tx.Where("id = ?", r.ID).Take(&p).Error }); err != nil {
		return move, err
	}
	today := day.Of(w.db.Now())
	ask := placements.Ask{Move: move, Reason: "So it is", On: min(today, p.To)}
	switch move {
	case "postpone":
		ask.From = today.Add(10 + w.chance.IntN(30))
		ask.To = ask.From.Add(p.Days() - 1)
	case "ask_extension":
		ask.To = p.To.Add(1 + w.chance.IntN(20))
	}
	_, err := s.Take(ctx, who, r.ID, r.Version, ask)
	return move + " placement as " + string(who.Role), err
}

// clear waives and signs whatever a stay asks for.
func (w *walker) clear(ctx context.Context, r record, person identity.Actor) error {
	v, err := w.Placements.Find(ctx, w.Coordinator, r.ID)
	if err != nil {
		return err
	}
	version := v.Version
	for _, c := range v.File.Clearances {
		if c.Kind == placements.Agreement || c.Kind == placements.WorkPlan {
			for _, who := range []identity.Actor{person, w.Host, w.Coordinator} {
				if v, err := w.Placements.Sign(ctx, who, r.ID, version, c.Kind); err == nil {
					version = v.Version
				}
			}
			continue
		}
		note := "Not needed"
		if c.Kind == placements.Medical {
			note = ""
		}
		if v, err := w.Placements.Decide(ctx, w.Coordinator, r.ID, version, c.Kind, placements.Waived, note); err == nil {
			version = v.Version
		}
	}
	_, err = w.Placements.Take(ctx, w.Coordinator, r.ID, version, placements.Ask{Move: "clear"})
	return err
}

// report tells whatever is asked for.
func (w *walker) report(ctx context.Context, r record, person identity.Actor) error {
	kind := []placements.ReportKind{placements.HandoverNote, placements.FinalReport, placements.HostEvaluation, placements.NoFee}[w.chance.IntN(4)]
	answers := map[placements.ReportKind]map[string]string{
		placements.HandoverNote:   {"done": "This", "open": "That"},
		placements.FinalReport:    {"objective": "fully", "outputs": "This", "passed_on": "That"},
		placements.HostEvaluation: {"objective": "fully", "passed_on": "fully", "working_together": "fully", "again": "yes"},
		placements.NoFee:          {"declared": "yes"},
	}[kind]
	who := person
	if kind == placements.HostEvaluation {
		who = w.Host
	}
	_, err := w.Placements.Report(ctx, who, r.ID, r.Version, kind, answers)
	return err
}

// broken are queries that find nothing while every rule holds.
var broken = map[string]string{
	"one person in two places": `SELECT p.reference FROM placements p JOIN placements q ON q.professional_id = p.professional_id AND q.id > p.id
		WHERE p.state <> 'CANCELLED' AND q.state <> 'CANCELLED' AND p.from_on <= q.to_on AND q.from_on <= p.to_on`,
	"more people than posts": `SELECT reference FROM needs WHERE filled > headcount`,
	"posts and placements":   `SELECT n.reference FROM needs n WHERE n.filled <> (SELECT COUNT(*) FROM placements p WHERE p.need_id = n.id AND p.state <> 'CANCELLED')`,
	"money below nothing":    `SELECT placement_id FROM placement_plans WHERE committed < 0 OR released < 0`,
	"more paid than is kept": `SELECT p.placement_id FROM placement_plans p JOIN placements s ON s.id = p.placement_id
		WHERE s.state IN ('PREPARING', 'CLEARED', 'TRAVELLING', 'ON_DUTY') AND p.committed < (SELECT COALESCE(SUM(i.amount), 0) FROM allowance_instalments i WHERE i.placement_id = p.placement_id AND i.state = 'RELEASED')
		AND NOT EXISTS (SELECT 1 FROM placement_steps t WHERE t.placement_id = s.id AND t.move IN ('postpone', 'extend'))`,
	"paid by one":                  `SELECT placement_id FROM allowance_instalments WHERE asked_by = released_by`,
	"decided twice by one":         `SELECT candidacy_id FROM decisions WHERE step IN ('host_endorsement', 'no_objection', 'approval') GROUP BY candidacy_id, round, by_user HAVING COUNT(*) > 1`,
	"approved by who scored":       `SELECT d.candidacy_id FROM decisions d JOIN committee_scores s ON s.candidacy_id = d.candidacy_id AND s.user_id = d.by_user WHERE d.step = 'approval' AND d.outcome = 'yes'`,
	"validated by the author":      `SELECT id FROM need_reviews WHERE by_user = submitted_by`,
	"accepted without a placement": `SELECT c.id FROM candidacies c WHERE c.state = 'ACCEPTED' AND NOT EXISTS (SELECT 1 FROM placements p WHERE p.candidacy_id = c.id)`,
	"delivered while people serve": `SELECT n.reference FROM needs n JOIN placements p ON p.need_id = n.id WHERE n.state = 'DELIVERED' AND p.state IN ('ON_DUTY', 'TRAVELLING', 'PREPARING', 'CLEARED')`,
}

// look checks every rule after a step that was taken.
func (w *walker) look(i int, what string) {
	w.t.Helper()
	err := w.db.View(w.t.Context(), func(tx *store.Tx) error {
		for rule, query := range broken {
			var found []string
			if err := tx.Raw(query).Scan(&found).Error; err != nil {
				return fmt.Errorf("%s: %w", rule, err)
			}
			if len(found) > 0 {
				w.t.Fatalf("step %d, %s: %s: %v", i, what, rule, found)
			}
		}
		for table, machine := range map[string]lifecycle.Machine{"needs": lifecycle.Need, "candidacies": lifecycle.Candidacy, "placements": lifecycle.Placement} {
			var all []record
			if err := tx.Raw(`SELECT id, state FROM ` + table).Scan(&all).Error; err != nil {
				return err
			}
			for _, r := range all {
				w.stands(i, what, machine, r)
			}
		}
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	w.hidden(i, what)
}

// stands checks that a record came to where it stands by steps of the table.
func (w *walker) stands(i int, what string, machine lifecycle.Machine, r record) {
	w.t.Helper()
	before, known := w.stood[r.ID]
	if known && before != r.State && !leads(machine, lifecycle.State(before), lifecycle.State(r.State), 3) {
		w.t.Fatalf("step %d, %s: a %s went from %s to %s", i, what, machine.Name, before, r.State)
	}
	if before != r.State {
		w.reached[machine.Name+" "+r.State]++
	}
	w.stood[r.ID] = r.State
}

// leads tells whether so many steps of the table lead from one state to another: one
// act may be several.
func leads(machine lifecycle.Machine, from, to lifecycle.State, most int) bool {
	if from == to {
		return true
	}
	if most == 0 {
		return false
	}
	return slices.ContainsFunc(machine.Moves, func(m lifecycle.Move) bool {
		return slices.Contains(m.From, from) && leads(machine, m.To, to, most-1)
	})
}

// hidden checks that a host knows no name of anybody who was never on a shortlist.
func (w *walker) hidden(i int, what string) {
	w.t.Helper()
	page, err := w.Selection.List(w.t.Context(), w.Host, selection.Filter{Limit: 100})
	if err != nil {
		w.t.Fatal(err)
	}
	for _, c := range page.Items {
		if c.Name != "" && c.SnapshotID == nil {
			w.t.Fatalf("step %d, %s: the host knows %s who is %s and was on no shortlist", i, what, c.Pseudonym, c.State)
		}
	}
}
