// SPDX-License-Identifier: AGPL-3.0-or-later

package selection_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/needs/needstest"
	"sankofa/backend/internal/placements/placementstest"
	"sankofa/backend/internal/privacy"
	"sankofa/backend/internal/selection"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

// names returns the fields that a fault complains about, with the codes.
func names(err error) []string {
	found := []string{}
	for _, f := range fault.Of(err).Fields {
		found = append(found, f.Field+" "+f.Code)
	}
	return found
}

// ledger returns the names of the events about the subject, in order.
func ledger(t *testing.T, db *store.DB, subject string) string {
	t.Helper()
	events, err := db.Events(t.Context(), 0, 10_000)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, e := range events {
		if e.Subject == subject {
			found = append(found, e.Name)
		}
	}
	return strings.Join(found, " ")
}

// viewed returns the roles that looked at the person, as the ledger has them.
func viewed(t *testing.T, w *placementstest.World, person identity.Actor) string {
	t.Helper()
	if err := w.Audit.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	events, err := w.DB.Events(t.Context(), 0, 10_000)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, e := range events {
		if e.Name != "profile.viewed" || e.Subject != person.ProfessionalID {
			continue
		}
		for _, role := range identity.Roles {
			if strings.Contains(e.Details, `"role":"`+string(role)+`"`) && !slices.Contains(found, string(role)) {
				found = append(found, string(role))
			}
		}
	}
	return strings.Join(found, " ")
}

func TestFromTheShortlistToThePlacement(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := placementstest.New(t, db)
		n, ama := w.Of.Published(), w.People(1)[0]
		c, p := w.Placed(n, ama)
		if c.Status != selection.StatusAccepted || p.Reference != "GH-P-2026-0001" || p.From != "2027-02-01" || p.To != "2027-04-25" || p.Days() != 84 {
			t.Errorf("got %s, %s from %s to %s", c.Status, p.Reference, p.From, p.To)
		}
		want := "candidacy.eligible candidacy.longlisted candidacy.shortlisted candidacy.host_endorsed candidacy.no_objection candidacy.approved candidacy.offered candidacy.accepted"
		if got := ledger(t, db, c.ID); got != want {
			t.Errorf("ledger: got %s, want %s", got, want)
		}
		want = "need.drafted need.submitted need.validated need.approved need.published ranking.frozen need.closed need.in_selection need.filled"
		if got := ledger(t, db, n.ID); got != want {
			t.Errorf("ledger of the need: got %s, want %s", got, want)
		}
		full, err := w.Selection.Find(t.Context(), w.Coordinator, c.ID)
		if err != nil || len(full.Decisions) != 5 || full.Need.State != needs.Filled || full.Need.Filled != 1 {
			t.Errorf("%d decisions, need %s (%v)", len(full.Decisions), full.Need.State, err)
		}
	})
}

func TestANominationIsInvisibleToTheHostUntilThePersonAccepts(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := placementstest.New(t, db)
		n := w.Of.Published()
		people := w.People(2)
		ama, refuser := people[0], people[1]
		c := w.Must(w.Selection.Nominate(t.Context(), w.Association, n.Reference, w.Pseudonym(ama), "She trained half of our midwives."))
		d := w.Must(w.Selection.Nominate(t.Context(), w.Association, n.Reference, refuser.ProfessionalID, "She knows the ward."))
		if c.Status != selection.StatusNominated || c.State != "" || c.Name == "" {
			t.Errorf("the association sees status %s, state %q and name %q", c.Status, c.State, c.Name)
		}
		sees := func(who identity.Actor) int {
			page, err := w.Selection.List(t.Context(), who, selection.Filter{})
			if err != nil {
				t.Fatal(err)
			}
			return len(page.Items)
		}
		if sees(w.Host) != 0 || sees(w.Ministry) != 0 || sees(w.Association) != 2 || sees(ama) != 1 {
			t.Errorf("host %d, ministry %d, association %d, herself %d", sees(w.Host), sees(w.Ministry), sees(w.Association), sees(ama))
		}
		w.Must(w.Selection.Answer(t.Context(), ama, c.ID, c.Version, true))
		w.Must(w.Selection.Answer(t.Context(), refuser, d.ID, d.Version, false))
		if _, err := w.Selection.Find(t.Context(), w.Host, d.ID); !fault.Is(err, fault.Missing) {
			t.Errorf("the host finds her who refused: %v", err)
		}
		seen, err := w.Selection.Find(t.Context(), w.Host, c.ID)
		if err != nil || seen.Name != "" || seen.Card != nil || seen.Statement != "" || seen.Pseudonym != w.Pseudonym(ama) || sees(w.Host) != 1 {
			t.Errorf("the host sees %+v (%v), want a pseudonym and nothing else", seen, err)
		}
		if got := viewed(t, w, refuser); strings.Contains(got, "host") {
			t.Errorf("the log of her who refused says %q", got)
		}
	})
}

func TestANominationWithoutAnswerLapsesOnDayFifteen(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		w := placementstest.New(t, db)
		n, ama := w.Of.Published(), w.People(1)[0]
		c := w.Must(w.Selection.Nominate(t.Context(), w.Association, n.ID, ama.ProfessionalID, "The best."))
		clock.Advance(14 * 24 * time.Hour)
		if err := w.Selection.Lapse(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := w.Must(w.Selection.Find(t.Context(), w.Coordinator, c.ID)); got.State != selection.Nominated {
			t.Errorf("on day 14: %s", got.State)
		}
		clock.Advance(24 * time.Hour)
		if err := w.Selection.Lapse(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := w.Must(w.Selection.Find(t.Context(), w.Coordinator, c.ID)); got.State != selection.Lapsed {
			t.Errorf("on day 15: %s", got.State)
		}
		if _, err := w.Selection.Answer(t.Context(), ama, c.ID, c.Version+1, true); !fault.Is(err, fault.Conflict) {
			t.Errorf("an answer that came too late: %v", err)
		}
		if _, err := w.Selection.Find(t.Context(), w.Host, c.ID); !fault.Is(err, fault.Missing) {
			t.Errorf("the host finds her who was silent: %v", err)
		}
	})
}

func TestWhomAnAssociationMayNominate(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := placementstest.New(t, db)
		n, member := w.Of.Published(), w.People(1)[0]
		nominate := func(who identity.Actor, person string) error {
			_, err := w.Selection.Nominate(t.Context(), who, n.ID, person, "The best.")
			return err
		}
		other := w.Officer("second@test.invalid", w.Other.AssociationOrg.ID, w.Programme.ID, identity.Association)
		silent := w.Registered("silent@test.invalid").ID
		for name, err := range map[string]error{
			"a member of another association": nominate(other, member.ProfessionalID),
			"a person who has not answered":   nominate(w.Association, silent),
			"nobody at all":                   nominate(w.Association, "P-0000-0000"),
		} {
			if got := names(err); !slices.Equal(got, []string{"professionalId person.not_member"}) {
				t.Errorf("%s: got %v", name, err)
			}
		}
		err := db.Keep(t.Context(), func(tx *store.Tx) error {
			return tx.Exec(`UPDATE professionals SET user_id = ? WHERE id = ?`, w.Association.UserID, member.ProfessionalID).Error
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := nominate(w.Association, member.ProfessionalID); !fault.HasCode(err, "candidacy.own_officer") {
			t.Errorf("its own officer: got %v", err)
		}
		if err := nominate(w.Host, member.ProfessionalID); !fault.Is(err, fault.Missing) {
			t.Errorf("a host nominates: %v", err)
		}
	})
}

func TestApplying(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := placementstest.New(t, db)
		n := w.Of.Published()
		shy := w.Joined("shy@test.invalid", privacy.RegistrySearch)
		if _, err := w.Selection.Apply(t.Context(), shy, n.ID, "I want to help."); !fault.HasCode(err, "candidacy.consent_missing") {
			t.Errorf("without the consent: got %v", err)
		}
		ama := w.People(1)[0]
		if before := w.Of.Must(w.Of.Needs.Find(t.Context(), ama, n.ID)); !before.Can.Apply {
			t.Error("the screen does not offer to apply")
		}
		if _, err := w.Selection.Apply(t.Context(), ama, n.ID, " "); !slices.Equal(names(err), []string{"statement field.empty"}) {
			t.Errorf("without a statement: got %v", err)
		}
		c := w.Must(w.Selection.Apply(t.Context(), ama, n.ID, "I want to help."))
		if c.Status != selection.StatusReceived || c.State != "" || !c.Can.Withdraw || c.Can.Accept {
			t.Errorf("she is told %s, state %q, can %+v", c.Status, c.State, c.Can)
		}
		if after := w.Of.Must(w.Of.Needs.Find(t.Context(), ama, n.ID)); after.Can.Apply {
			t.Error("the screen offers to apply twice")
		}
		if _, err := w.Selection.Apply(t.Context(), ama, n.ID, "Again."); !fault.HasCode(err, "candidacy.exists") {
			t.Errorf("twice: got %v", err)
		}
		c = w.Must(w.Selection.Dismiss(t.Context(), w.Coordinator, c.ID, c.Version, "No licence in force."))
		if c.State != selection.NotSelected || c.Decisions[0].Outcome != "no" {
			t.Errorf("dismissed: %s %+v", c.State, c.Decisions)
		}
	})
}

func TestAnApplicantComesOntoTheShortlistAsTheSameCandidacy(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := placementstest.New(t, db)
		n, ama := w.Of.Published(), w.People(1)[0]
		applied := w.Must(w.Selection.Apply(t.Context(), ama, n.ID, "I want to help."))
		c := w.Shortlisted(n, ama)[0]
		if c.ID != applied.ID || c.State != selection.Shortlisted || c.Origin != selection.FromApplication {
			t.Errorf("got %s %s from %s", c.ID, c.State, c.Origin)
		}
	})
}

func TestAShortlistSaysOfEachPersonWhatIsWrong(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := placementstest.New(t, db)
		n := w.Of.Published()
		shy := w.Joined("shy@test.invalid", privacy.RegistrySearch)
		hidden := w.Joined("hidden@test.invalid", privacy.ShareWithHosts)
		people := w.People(3)
		w.Must(w.Selection.Nominate(t.Context(), w.Association, n.ID, people[0].ProfessionalID, "The best."))
		applied := w.Must(w.Selection.Apply(t.Context(), people[1], n.ID, "Me."))
		w.Must(w.Selection.Withdraw(t.Context(), people[1], applied.ID, applied.Version, ""))
		picks := w.Picks(people[2], shy, hidden, people[0], people[1])
		_, err := w.Selection.Shortlist(t.Context(), w.Coordinator, n.ID, w.Version(n.ID), picks, "The best.")
		want := []string{"people[1].pseudonym person.not_shared", "people[2].pseudonym person.not_suitable",
			"people[3].pseudonym person.nominated", "people[4].pseudonym person.over"}
		if got := names(err); !slices.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
		w.Shortlisted(n, people[2])
		_, err = w.Selection.Shortlist(t.Context(), w.Coordinator, n.ID, w.Version(n.ID), w.Picks(people[2]), "Again.")
		if got := names(err); !slices.Equal(got, []string{"people[0].pseudonym person.shortlisted"}) {
			t.Errorf("twice: got %v", got)
		}
	})
}

func TestAShortlistHasDaysAReasonAndALength(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := placementstest.New(t, db)
		n := w.Of.Published()
		people := w.People(6)
		shortlist := func(reason string, picks ...selection.Pick) []string {
			_, err := w.Selection.Shortlist(t.Context(), w.Coordinator, n.ID, n.Version, picks, reason)
			return names(err)
		}
		one := w.Picks(people[0])[0]
		with := func(from, to string) selection.Pick {
			p := one
			p.From, p.To = day.Day(from), day.Day(to)
			return p
		}
		for name, row := range map[string]struct{ got, want []string }{
			"nobody":              {shortlist("x"), []string{"people people.count"}},
			"too many":            {shortlist("x", w.Picks(people...)...), []string{"people people.count"}},
			"without a reason":    {shortlist("", one), []string{"reason field.empty"}},
			"twice":               {shortlist("x", one, one), []string{"people[1].pseudonym pseudonym.twice"}},
			"no pseudonym":        {shortlist("x", selection.Pick{Pseudonym: "Ama"}), []string{"people[0].pseudonym pseudonym.malformed"}},
			"no date":             {shortlist("x", with("2027-02-30", "")), []string{"people[0].from date.impossible"}},
			"before the need":     {shortlist("x", with("2027-01-31", "")), []string{"people[0].from dates.outside"}},
			"after the need":      {shortlist("x", with("", "2027-04-26")), []string{"people[0].to dates.outside"}},
			"shorter than useful": {shortlist("x", with("2027-02-01", "2027-02-20")), []string{"people[0].to days.short"}},
		} {
			if !slices.Equal(row.got, row.want) {
				t.Errorf("%s: got %v, want %v", name, row.got, row.want)
			}
		}
		for name, who := range w.Of.Everybody() {
			if name == "coordinator" {
				continue
			}
			if _, err := w.Selection.Shortlist(t.Context(), who, n.ID, n.Version, []selection.Pick{one}, "x"); !fault.Is(err, fault.Missing) {
				t.Errorf("the %s shortlists: %v", name, err)
			}
		}
		if _, err := w.Selection.Shortlist(t.Context(), w.Coordinator, n.ID, n.Version+1, []selection.Pick{one}, "x"); !fault.Is(err, fault.Stale) {
			t.Errorf("an older version: %v", err)
		}
		draft := w.Of.Validated()
		if _, err := w.Selection.Shortlist(t.Context(), w.Coordinator, draft.ID, draft.Version, []selection.Pick{one}, "x"); !fault.Is(err, fault.Conflict) {
			t.Errorf("a need that is not published: %v", err)
		}
	})
}

func TestTheRankingAndTheProfileStayAsTheyWere(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		w := placementstest.New(t, db)
		n, ama := w.Of.Published(), w.People(3)[0]
		before, err := w.Selection.Ranker.Freeze(t.Context(), w.Coordinator, n.ID)
		if err != nil {
			t.Fatal(err)
		}
		c := w.Shortlisted(n, ama)[0]
		sheet, err := w.Selection.Shortlisted(t.Context(), w.Coordinator, n.Reference)
		if err != nil || len(sheet.Items) != 1 || sheet.Snapshot == nil {
			t.Fatalf("shortlist: %+v, %v", sheet, err)
		}

		clock.Advance(365 * 24 * time.Hour)
		card := w.Card(ama)
		card.Profile.YearsExperience, card.Profile.Summary = 30, "Another life."
		if _, err := w.Registry.Update(t.Context(), ama, ama.ProfessionalID, card.Version, card.Profile); err != nil {
			t.Fatal(err)
		}
		err = db.Keep(t.Context(), func(tx *store.Tx) error {
			return tx.Exec(`UPDATE need_criteria SET weight = 1 WHERE need_id = ?`, n.ID).Error
		})
		if err != nil {
			t.Fatal(err)
		}
		w.People(5)

		kept, err := w.Selection.Snapshot(t.Context(), w.Coordinator, sheet.Snapshot.ID)
		if err != nil || kept.Body != string(before.Body) || !kept.Intact() || kept.NeedReference != n.Reference || kept.By == "" {
			t.Errorf("a year later: intact %v, for %s by %q (%v)\n%s", kept.Intact(), kept.NeedReference, kept.By, err, kept.Body)
		}
		if now, _ := w.Selection.Ranker.Freeze(t.Context(), w.Coordinator, n.ID); string(now.Body) == kept.Body {
			t.Error("the ranking of today is the same: the test shows nothing")
		}
		v := w.Must(w.Selection.Find(t.Context(), w.Host, c.ID))
		if v.Card.YearsExperience != 14 || !strings.HasPrefix(v.Card.Summary, "Ama has led") {
			t.Errorf("the profile on file says %d years and %q", v.Card.YearsExperience, v.Card.Summary)
		}
		err = db.Keep(t.Context(), func(tx *store.Tx) error {
			return tx.Exec(`UPDATE ranking_snapshots SET body = '{}' WHERE id = ?`, kept.ID).Error
		})
		if !fault.HasCode(err, "ranking_snapshots.frozen") {
			t.Errorf("the ranking can be rewritten: %v", err)
		}
		for name, who := range w.Of.Everybody() {
			if name == "coordinator" {
				continue
			}
			if _, err := w.Selection.Snapshot(t.Context(), who, kept.ID); !fault.Is(err, fault.Missing) {
				t.Errorf("the %s reads the ranking: %v", name, err)
			}
		}
		if all, err := w.Selection.Snapshots(t.Context(), w.Coordinator, n.ID); err != nil || len(all) != 1 {
			t.Errorf("%d snapshots (%v)", len(all), err)
		}
	})
}

func TestThreeDecisionsAreThreePeoples(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := placementstest.New(t, db)
		n, ama := w.Of.Published(), w.People(1)[0]
		c := w.Endorsed(n, ama)
		both := w.Ministry
		both.UserID = w.Host.UserID
		if v := w.Must(w.Selection.Find(t.Context(), both, c.ID)); v.Can.Object {
			t.Error("the screen offers what the service refuses")
		}
		_, err := w.Selection.Clear(t.Context(), both, c.ID, c.Version, placementstest.Yes)
		if !fault.HasCode(err, "decision.same_person") || !strings.Contains(fault.Of(err).Message, "the host's endorsement") {
			t.Errorf("host and ministry: %v", err)
		}
		c = w.Must(w.Selection.Clear(t.Context(), w.Ministry, c.ID, c.Version, placementstest.Yes))
		both = w.Coordinator
		both.UserID = w.Ministry.UserID
		_, err = w.Selection.Approve(t.Context(), both, c.ID, c.Version, placementstest.Yes)
		if !fault.HasCode(err, "decision.same_person") || !strings.Contains(fault.Of(err).Message, "the ministry's no-objection") {
			t.Errorf("ministry and coordinator: %v", err)
		}
	})
}

func TestANoEndsTheCandidacyAndNeedsAReason(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := placementstest.New(t, db)
		people := w.People(3)
		n := w.Of.Published()
		c := w.Shortlisted(n, people[0])[0]
		if _, err := w.Selection.Endorse(t.Context(), w.Host, c.ID, c.Version, selection.Opinion{Yes: true}); !slices.Equal(names(err), []string{"reason field.empty"}) {
			t.Errorf("without a reason: %v", err)
		}
		c = w.Must(w.Selection.Endorse(t.Context(), w.Host, c.ID, c.Version, placementstest.No))
		if c.State != selection.NotSelected || c.Name != "" {
			t.Errorf("the host said no: %s, name %q", c.State, c.Name)
		}
		d := w.Endorsed(n, people[1])
		if d = w.Must(w.Selection.Clear(t.Context(), w.Ministry, d.ID, d.Version, placementstest.No)); d.State != selection.Objected {
			t.Errorf("the ministry said no: %s", d.State)
		}
		e := w.Cleared(n, people[2])
		if e = w.Must(w.Selection.Approve(t.Context(), w.Coordinator, e.ID, e.Version, placementstest.No)); e.State != selection.NotSelected {
			t.Errorf("the coordinator said no: %s", e.State)
		}
		if own := w.Must(w.Selection.Find(t.Context(), people[1], d.ID)); own.Status != selection.StatusProposed {
			t.Errorf("while nobody has concluded she is told %s", own.Status)
		}
		d = w.Must(w.Selection.Find(t.Context(), w.Coordinator, d.ID))
		w.Must(w.Selection.Take(t.Context(), w.Coordinator, d.ID, d.Version, selection.Ask{Move: "conclude", Reason: "The ministry objects.", Code: "other"}))
		own := w.Must(w.Selection.Find(t.Context(), people[1], d.ID))
		if own.Status != selection.StatusNotSelected || own.State != "" || len(own.Decisions) != 0 || own.Score != 0 {
			t.Errorf("she is told %s, state %q, %d decisions, score %d", own.Status, own.State, len(own.Decisions), own.Score)
		}
	})
}

func TestTheAnswerToAnOffer(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		w := placementstest.New(t, db)
		people := w.People(3)
		form := needstest.Form()
		form.Headcount = 3
		n := w.Of.PublishedOf(form)
		first, second, third := w.Offered(n, people[0]), w.Offered(n, people[1]), w.Offered(n, people[2])
		if first.AnswerBy.Format(time.DateOnly) != "2026-12-15" {
			t.Errorf("to be answered by %s, want ten working days", first.AnswerBy)
		}
		if _, err := w.Selection.Accept(t.Context(), people[0], first.ID, first.Version, false); !slices.Equal(names(err), []string{"noFee noFee.missing"}) {
			t.Errorf("without the declaration: %v", err)
		}
		if _, err := w.Selection.Accept(t.Context(), people[1], first.ID, first.Version, true); !fault.Is(err, fault.Missing) {
			t.Errorf("somebody else accepts: %v", err)
		}
		c := w.Must(w.Selection.Decline(t.Context(), people[0], first.ID, first.Version, "My mother is ill."))
		if c.Status != selection.StatusClosed {
			t.Errorf("declined: %s", c.Status)
		}
		c = w.Must(w.Selection.Withdraw(t.Context(), people[1], second.ID, second.Version, ""))
		if c.Status != selection.StatusClosed {
			t.Errorf("withdrawn: %s", c.Status)
		}
		clock.Advance(14*24*time.Hour + time.Minute)
		if _, err := w.Selection.Accept(t.Context(), people[2], third.ID, third.Version, true); !fault.HasCode(err, "candidacy.offer_over") {
			t.Errorf("too late: %v", err)
		}
		if err := w.Selection.Lapse(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := w.Must(w.Selection.Find(t.Context(), w.Coordinator, third.ID)); got.State != selection.OfferExpired {
			t.Errorf("not answered: %s", got.State)
		}
		if got := ledger(t, db, third.ID); !strings.HasSuffix(got, "candidacy.offer_expired") {
			t.Errorf("ledger: %s", got)
		}
	})
}

func TestACancelledNeedTakesItsCandidaciesAlong(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := placementstest.New(t, db)
		n, ama := w.Of.Published(), w.People(1)[0]
		c := w.Offered(n, ama)
		w.Of.Must(w.Of.Needs.Cancel(t.Context(), w.Coordinator, n.ID, w.Version(n.ID), "The ward burnt down."))
		if gone := w.Of.Must(w.Of.Needs.Find(t.Context(), ama, n.ID)); gone.State != needs.Cancelled || gone.StateReason != "" {
			t.Errorf("the candidate reads the need as %s because %q", gone.State, gone.StateReason)
		}
		if err := w.Selection.Lapse(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := w.Must(w.Selection.Find(t.Context(), w.Coordinator, c.ID)); got.State != selection.Lapsed {
			t.Errorf("got %s, want lapsed", got.State)
		}
		if err := w.Selection.Lapse(t.Context()); err != nil {
			t.Errorf("with nothing due: %v", err)
		}
	})
}
