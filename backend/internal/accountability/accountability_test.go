// SPDX-License-Identifier: AGPL-3.0-or-later

package accountability_test

import (
	"strings"
	"testing"
	"time"

	"sankofa/backend/internal/accountability"
	"sankofa/backend/internal/day"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/placements/placementstest"
	"sankofa/backend/internal/privacy"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

// world is a person who was ranked, and the officers around them.
type world struct {
	*placementstest.World
	t       *testing.T
	service *accountability.Service
	ama     identity.Actor
}

func newWorld(t *testing.T, db *store.DB) *world {
	t.Helper()
	w := &world{World: placementstest.New(t, db), t: t}
	w.service = &accountability.Service{DB: db, Views: w.Audit}
	w.ama = w.Joined("ama@example.org", privacy.RegistrySearch)
	return w
}

// breach is one whose every word is said; it became known so long ago.
func (w *world) breach(ago time.Duration) accountability.Breach {
	known := w.DB.Now().Add(-ago)
	return accountability.Breach{Title: "A lost telephone", What: "It was not locked", FromAt: known.Add(-time.Hour), ToAt: w.DB.Now().Add(time.Minute), KnownAt: known,
		Risk: "high", People: 3, Measures: "Sessions were ended"}
}

func (w *world) recorded(who identity.Actor, b accountability.Breach) accountability.BreachView {
	w.t.Helper()
	made, err := w.service.RecordBreach(w.t.Context(), who, b)
	if err != nil {
		w.t.Fatal(err)
	}
	return w.read(who, made)
}

func (w *world) read(who identity.Actor, made string) accountability.BreachView {
	w.t.Helper()
	v, err := w.service.Breach(w.t.Context(), who, made)
	if err != nil {
		w.t.Fatal(err)
	}
	return v
}

// code is the code of a fault, or of its first field.
func code(err error) string {
	f := fault.Of(err)
	if f == nil {
		return ""
	}
	if len(f.Fields) > 0 {
		return f.Fields[0].Code
	}
	return f.Code
}

func TestTheClockOfABreachRunsForThreeDaysAndLateNeedsAReason(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		early, late := w.recorded(w.Administrator, w.breach(10*time.Hour)), w.recorded(w.Administrator, w.breach(80*time.Hour))
		if got := early.HoursLeft(early.KnownAt.Add(10 * time.Hour)); got != 62 || !early.Running() {
			t.Errorf("after ten hours %d are left, want 62", got)
		}
		if got := late.HoursLeft(late.KnownAt.Add(80 * time.Hour)); got != -8 {
			t.Errorf("after eighty hours %d are left, want -8", got)
		}
		at := db.Now()
		if _, err := w.service.TellAuthority(t.Context(), w.Administrator, late.ID, late.Version, at, " "); code(err) != "breach.delay" {
			t.Errorf("told late without a reason: %v", err)
		}
		told, err := w.service.TellAuthority(t.Context(), w.Administrator, late.ID, late.Version, at, "The office was closed")
		if err != nil || told.Running() || told.Delay == "" {
			t.Errorf("%+v %v", told, err)
		}
		if _, err := w.service.TellAuthority(t.Context(), w.Administrator, early.ID, early.Version, at.Add(time.Hour), ""); code(err) != "breach.told_at" {
			t.Errorf("told in the future: %v", err)
		}
		if _, err := w.service.TellAuthority(t.Context(), w.Administrator, early.ID, early.Version, at, ""); err != nil {
			t.Errorf("told in time: %v", err)
		}
	})
}

func TestABreachConcernsWhomTheLedgerNamesAndTheyAreTold(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		kofi := w.Joined("kofi@example.org", privacy.RegistrySearch)
		w.Audit.Viewed(w.Coordinator, []string{w.ama.ProfessionalID}, "profile", "")
		w.Audit.Viewed(w.Host, []string{kofi.ProfessionalID}, "profile", "")
		b := w.breach(time.Hour)
		b.OrganisationID = w.Coordinator.OrganisationID
		v := w.recorded(w.Administrator, b)
		if v.Found != 1 || v.Reached != 1 || v.Organisation == "" {
			t.Errorf("it concerns %d people, %d with an account, at %q", v.Found, v.Reached, v.Organisation)
		}
		if _, err := w.service.CloseBreach(t.Context(), w.Administrator, v.ID, v.Version); code(err) != "breach.untold" {
			t.Errorf("closed before anybody was told: %v", err)
		}
		v, err := w.service.TellAuthority(t.Context(), w.Administrator, v.ID, v.Version, db.Now(), "")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.service.CloseBreach(t.Context(), w.Administrator, v.ID, v.Version); code(err) != "breach.people_untold" {
			t.Errorf("a high risk was closed before the people were told: %v", err)
		}
		if v, err = w.service.TellPeople(t.Context(), w.Administrator, v.ID, v.Version, "A telephone was lost."); err != nil {
			t.Fatal(err)
		}
		mine, err := w.service.MyBreaches(t.Context(), w.ama)
		if err != nil || len(mine) != 1 || mine[0].Words != "A telephone was lost." {
			t.Errorf("the person reads %+v %v", mine, err)
		}
		if others, err := w.service.MyBreaches(t.Context(), kofi); err != nil || len(others) > 0 {
			t.Errorf("whom it does not concern reads %+v %v", others, err)
		}
		closed, err := w.service.CloseBreach(t.Context(), w.Administrator, v.ID, v.Version)
		if err != nil || closed.ClosedAt == nil || closed.Can != (accountability.BreachCan{}) {
			t.Errorf("%+v %v", closed.Can, err)
		}
		if _, err := w.service.ReviseBreach(t.Context(), w.Administrator, v.ID, closed.Version, w.breach(time.Hour)); code(err) != "breach.closed" {
			t.Errorf("a closed record was changed: %v", err)
		}
	})
}

func TestACoordinatorRecordsABreachAndTheAdministratorWorksOnIt(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		v := w.recorded(w.Coordinator, w.breach(time.Hour))
		if _, err := w.service.CloseBreach(t.Context(), w.Coordinator, v.ID, v.Version); !fault.Is(err, fault.Denied) {
			t.Errorf("a coordinator closed it: %v", err)
		}
		if _, err := w.service.Breach(t.Context(), w.Other.Coordinator, v.ID); !fault.Is(err, fault.Missing) {
			t.Errorf("another programme reads it: %v", err)
		}
		if _, err := w.service.ReviseBreach(t.Context(), w.Administrator, v.ID, v.Version+1, w.breach(time.Hour)); !fault.Is(err, fault.Stale) {
			t.Errorf("a version that is none: %v", err)
		}
		if _, err := w.service.ReviseBreach(t.Context(), w.Administrator, v.ID, v.Version, w.breach(2*time.Hour)); err != nil {
			t.Error(err)
		}
		for _, who := range []identity.Actor{w.ama, w.Host, w.Ministry, w.Association} {
			if _, _, err := w.service.Breaches(t.Context(), who, accountability.Page{}); !fault.Is(err, fault.Missing) {
				t.Errorf("%s reads the record: %v", who.Role, err)
			}
		}
	})
}

func TestATransferSaysToWhomOnWhichGroundAndWithWhichSafeguards(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		sound := accountability.Transfer{Recipient: "A ministry", Country: "SN", Categories: "Names", Purpose: "No-objection", Basis: "agreement",
			Safeguards: "Annex B", Contract: "memorandum", FromOn: "2026-01-01"}
		for want, spoil := range map[string]func(*accountability.Transfer){
			"field.empty": func(t *accountability.Transfer) { t.Safeguards = " " }, "transfer.basis": func(t *accountability.Transfer) { t.Basis = "habit" },
			"transfer.until": func(t *accountability.Transfer) { before := day.Day("2025-12-31"); t.UntilOn = &before },
		} {
			bad := sound
			spoil(&bad)
			if _, err := w.service.RecordTransfer(t.Context(), w.Administrator, bad); code(err) != want {
				t.Errorf("%v, want %s", err, want)
			}
		}
		made, err := w.service.RecordTransfer(t.Context(), w.Administrator, sound)
		if err != nil {
			t.Fatal(err)
		}
		ended := sound
		last := day.Day("2026-06-30")
		ended.UntilOn = &last
		got, err := w.service.ReviseTransfer(t.Context(), w.Administrator, made, 1, ended)
		if err != nil || got.Version != 2 || got.Runs("2026-07-01") || !got.Runs("2026-06-30") {
			t.Errorf("%+v %v", got, err)
		}
		if _, err := w.service.ReviseTransfer(t.Context(), w.Administrator, made, 1, ended); !fault.Is(err, fault.Stale) {
			t.Errorf("two writers: %v", err)
		}
		if rows, _, err := w.service.Transfers(t.Context(), w.Coordinator, accountability.Page{}); err != nil || len(rows) != 1 {
			t.Errorf("the coordinator reads %d %v", len(rows), err)
		}
		if _, err := w.service.RecordTransfer(t.Context(), w.Coordinator, sound); !fault.Is(err, fault.Denied) {
			t.Errorf("a coordinator wrote: %v", err)
		}
	})
}

func TestWhoDoubtsARankingIsAnsweredOnceInWriting(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		need := w.Of.Published()
		made, err := w.service.AskReview(t.Context(), w.ama, need.Reference, "Mwanzo is my word")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.service.AskReview(t.Context(), w.ama, need.Reference, "Again"); !fault.HasCode(err, "review.open") {
			t.Errorf("asked twice: %v", err)
		}
		draft := w.Of.Draft()
		if _, err := w.service.AskReview(t.Context(), w.ama, draft.Reference, "Why"); code(err) != "need.unknown" {
			t.Errorf("asked about what nobody sees: %v", err)
		}
		v, err := w.service.Review(t.Context(), w.Coordinator, made)
		if err != nil || v.Pseudonym == "" || v.Need.Reference != need.Reference || !v.Can.Answer || v.AnswerBy.Sub(v.AskedAt) < 28*24*time.Hour {
			t.Errorf("the coordinator reads %+v %v", v, err)
		}
		for _, who := range []identity.Actor{w.Host, w.Ministry, w.Association, w.Administrator, w.Other.Coordinator} {
			if _, err := w.service.Review(t.Context(), who, made); !fault.Is(err, fault.Missing) {
				t.Errorf("%s reads it: %v", who.Role, err)
			}
		}
		answered, err := w.service.AnswerReview(t.Context(), w.Coordinator, made, v.Version, "We read your file; the licence was missing.")
		if err != nil || answered.State != accountability.Answered || answered.AnsweredAt == nil {
			t.Fatalf("%+v %v", answered, err)
		}
		if _, err := w.service.AnswerReview(t.Context(), w.Coordinator, made, v.Version, "Again"); !fault.Is(err, fault.Stale) {
			t.Errorf("answered twice: %v", err)
		}
		own, _, err := w.service.Reviews(t.Context(), w.ama, "", accountability.Page{})
		if err != nil || len(own) != 1 || !strings.Contains(own[0].Answer, "licence") {
			t.Errorf("the person reads %+v %v", own, err)
		}
		if _, err := w.service.AskReview(t.Context(), w.ama, need.Reference, "Once more"); err != nil {
			t.Errorf("after an answer one may ask again: %v", err)
		}
	})
}

func TestNotesOfAnAssessmentAreKeptByTheOfficer(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		notes := accountability.Assessment{Title: "Ranking", Processing: "x", Necessity: "x", Risks: "x", Measures: "x", Outcome: "mitigated", ReviewOn: "2027-01-01"}
		made, err := w.service.WriteAssessment(t.Context(), w.Administrator, notes)
		if err != nil {
			t.Fatal(err)
		}
		notes.Outcome = "low"
		if got, err := w.service.ReviseAssessment(t.Context(), w.Administrator, made, 1, notes); err != nil || got.Version != 2 {
			t.Errorf("%+v %v", got, err)
		}
		if got, err := w.service.Assessment(t.Context(), w.Coordinator, made); err != nil || got.Outcome != "low" {
			t.Errorf("%+v %v", got, err)
		}
		notes.Outcome = "none"
		if _, err := w.service.WriteAssessment(t.Context(), w.Administrator, notes); code(err) != "assessment.outcome" {
			t.Error(err)
		}
	})
}
