// SPDX-License-Identifier: AGPL-3.0-or-later

package needs_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/needs/needstest"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

// names returns the fields that a fault complains about.
func names(err error) []string {
	found := []string{}
	for _, f := range fault.Of(err).Fields {
		found = append(found, f.Field)
	}
	return found
}

// ledger returns the names of the events about the subject, in order.
func ledger(t *testing.T, db *store.DB, subject string) string {
	t.Helper()
	events, err := db.Events(t.Context(), 0, 1000)
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

func TestANeedFromDraftToPublished(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := needstest.New(t, db)
		n := w.Published()
		if n.State != needs.Published || n.Reference != "GH-2026-0001" || n.Days() != 84 || n.NoticeLanguages != "en" {
			t.Errorf("got %s %s, %d days, in %q", n.Reference, n.State, n.Days(), n.NoticeLanguages)
		}
		want := "need.drafted need.submitted need.validated need.approved need.published"
		if got := ledger(t, db, n.ID); got != want {
			t.Errorf("ledger: got %s, want %s", got, want)
		}
		if len(n.Reviews) != 2 || n.Reviews[0].Step != "validation" || n.Reviews[1].Reason != "Feasible." || n.Reviews[0].Organisation == "" {
			t.Errorf("reviews: %+v", n.Reviews)
		}
	})
}

func TestADraftMayBeIncompleteButNotWrong(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := needstest.New(t, db)
		n := w.DraftOf(needs.Form{Title: "  Only a title  "})
		if n.Title != "Only a title" || n.Country != "GH" || n.Modality != "onsite" || n.Headcount != 1 {
			t.Errorf("got %q in %s, %s, for %d", n.Title, n.Country, n.Modality, n.Headcount)
		}
		_, err := w.Needs.Draft(t.Context(), w.Host, needs.Form{
			Title: strings.Repeat("x", 301), Language: "xx", Sector: "magic", ISCO: "22", Country: "FR", Modality: "telepathy",
			EducationField: "9999", EducationLevel: 9, Headcount: -1, YearsExperience: 99, StartsOn: "2027-02-30", EndsOn: "soon",
			Outputs:       []needs.Output{{Indicator: "without an output"}},
			Counterparts:  []needs.Counterpart{{Unit: "without a function"}},
			Contributions: []needs.Contribution{{Kind: "gold"}},
			Criteria:      []needs.Criterion{{Label: "x", Weight: 6}, {Concept: "no.such", Label: "y", Weight: 1}},
			Languages:     []needs.LanguageFloor{{Language: "en", Spoken: -1}, {Language: "en", Spoken: 2}},
		})
		want := []string{"title", "language", "sector", "isco", "educationField", "modality", "startsOn", "endsOn", "headcount",
			"yearsExperience", "educationLevel", "outputs[0].output", "counterparts[0].function", "contributions[0].kind",
			"criteria[0].weight", "criteria[1].concept", "languages[0].spoken", "languages[1].language", "country"}
		if got := names(err); !slices.Equal(got, want) {
			t.Errorf("complaints about\n%v, want\n%v", got, want)
		}
	})
}

func TestADraftEndsAfterItStarts(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := needstest.New(t, db)
		for name, row := range map[string]struct {
			change func(*needs.Form)
			field  string
		}{
			"ends first":      {func(f *needs.Form) { f.EndsOn = "2027-01-31" }, "endsOn"},
			"lasts for years": {func(f *needs.Form) { f.EndsOn = "2030-01-31" }, "endsOn"},
			"shortest stay":   {func(f *needs.Form) { f.ShortestDays = 85 }, "shortestDays"},
		} {
			form := needstest.Form()
			row.change(&form)
			if _, err := w.Needs.Draft(t.Context(), w.Host, form); !slices.Equal(names(err), []string{row.field}) {
				t.Errorf("%s: got %v, want a complaint about %s", name, err, row.field)
			}
		}
	})
}

func TestSubmittingSaysExactlyWhatIsMissing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := needstest.New(t, db)
		empty := w.DraftOf(needs.Form{Title: "To run the accounts for six months", Outputs: []needs.Output{{Output: "Accounts"}},
			Counterparts: []needs.Counterpart{{Function: "Accountant"}}, LicenceRequired: true, StartsOn: "2026-12-01"})
		_, err := w.Needs.Submit(t.Context(), w.Host, empty.ID, empty.Version)
		want := []string{"language", "sector", "isco", "background", "objectives", "dutyStation", "supervisor", "endsOn", "startsOn",
			"outputs[0].indicator", "counterparts", "criteria", "languages", "regulator", "nonSubstitution"}
		if got := names(err); !slices.Equal(got, want) {
			t.Errorf("complaints about\n%v, want\n%v", got, want)
		}
		found, err := w.Needs.Find(t.Context(), w.Host, empty.Reference)
		if err != nil || found.State != needs.Draft {
			t.Errorf("after the refusal: %s, %v", found.State, err)
		}
	})
}

func TestTheMinistryReturnsANeedTwice(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := needstest.New(t, db)
		n := w.Submitted()
		for range 2 {
			n = w.Must(w.Needs.Return(t.Context(), w.Ministry, n.ID, n.Version, "", []needs.Comment{
				{Field: "counterparts", Text: "Who learns from this person?"}, {Field: "outputs[0].indicator", Text: "How many?"}}))
			form := n.Form()
			form.Objectives += " Again."
			n = w.Must(w.Needs.Revise(t.Context(), w.Host, n.ID, n.Version, form))
			n = w.Must(w.Needs.Submit(t.Context(), w.Host, n.ID, n.Version))
		}
		n = w.Must(w.Needs.Validate(t.Context(), w.Ministry, n.ID, n.Version, ""))
		if n.Round != 3 || len(n.Reviews) != 3 || n.Reviews[0].Comments[0].Field != "counterparts" || n.State != needs.Validated {
			t.Errorf("round %d, %s, reviews %+v", n.Round, n.State, n.Reviews)
		}
	})
}

func TestAReturnNeedsACommentOnAFieldThatExists(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := needstest.New(t, db)
		n := w.Submitted()
		for want, comments := range map[string][]needs.Comment{
			"comments":          nil,
			"comments[0].field": {{Field: "wages", Text: "What do they earn?"}},
			"comments[0].text":  {{Field: "title"}},
		} {
			if _, err := w.Needs.Return(t.Context(), w.Ministry, n.ID, n.Version, "", comments); !slices.Equal(names(err), []string{want}) {
				t.Errorf("got %v, want a complaint about %s", err, want)
			}
		}
		if _, err := w.Needs.Reject(t.Context(), w.Ministry, n.ID, n.Version, " "); !slices.Equal(names(err), []string{"reason"}) {
			t.Errorf("rejected without a reason: %v", err)
		}
	})
}

func TestANeedOutsideThePrioritiesIsValidatedWithAReason(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := needstest.New(t, db)
		form := needstest.Form()
		form.PrioritySector = ""
		n := w.DraftOf(form)
		n = w.Must(w.Needs.Submit(t.Context(), w.Host, n.ID, n.Version))
		if _, err := w.Needs.Validate(t.Context(), w.Ministry, n.ID, n.Version, ""); !slices.Equal(names(err), []string{"reason"}) {
			t.Errorf("got %v, want a complaint about the reason", err)
		}
		w.Must(w.Needs.Validate(t.Context(), w.Ministry, n.ID, n.Version, "The district has no midwife."))
	})
}

func TestWhoValidatedDoesNotApproveToo(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := needstest.New(t, db)
		n := w.Validated()
		both := w.Coordinator
		both.UserID = w.Ministry.UserID
		if _, err := w.Needs.Approve(t.Context(), both, n.ID, n.Version, ""); !fault.HasCode(err, "need.same_reviewer") {
			t.Errorf("got %v, want need.same_reviewer", err)
		}
		if found, _ := w.Needs.Find(t.Context(), both, n.ID); found.Can.Approve {
			t.Error("the screen offers what the service refuses")
		}
	})
}

func TestAnAuthorWhoIsAlsoOfTheMinistryDoesNotValidate(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := needstest.New(t, db)
		n := w.Submitted()
		both := w.Ministry
		both.UserID = w.Host.UserID
		if _, err := w.Needs.Validate(t.Context(), both, n.ID, n.Version, ""); !fault.HasCode(err, "need.own_text") {
			t.Errorf("got %v, want need.own_text", err)
		}
	})
}

func TestTwoTabsSavingTheSameNeed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := needstest.New(t, db)
		n := w.Draft()
		w.Must(w.Needs.Revise(t.Context(), w.Host, n.ID, n.Version, needstest.Form()))
		if _, err := w.Needs.Revise(t.Context(), w.Host, n.ID, n.Version, needstest.Form()); !fault.Is(err, fault.Stale) {
			t.Errorf("got %v, want stale", err)
		}
	})
}

func TestRevisingNamesTheChangedFieldsOnly(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := needstest.New(t, db)
		n := w.Draft()
		form := needstest.Form()
		form.Title, form.Criteria[0].Weight = "Obstetric drills", 4
		n = w.Must(w.Needs.Revise(t.Context(), w.Host, n.ID, n.Version, form))
		events, _ := db.Events(t.Context(), 0, 1000)
		last := events[len(events)-1]
		if last.Name != "need.updated" || last.Details != `{"fields":["title","criteria"],"from":"DRAFT","to":"DRAFT"}` {
			t.Errorf("the ledger says %s %s", last.Name, last.Details)
		}
		if len(n.Criteria) != 1 || n.Criteria[0].Weight != 4 {
			t.Errorf("criteria: %+v", n.Criteria)
		}
	})
}

func TestTheReferenceFixesTheCountry(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := needstest.New(t, db)
		n := w.Draft()
		form := needstest.Form()
		form.Country = "SN"
		if _, err := w.Needs.Revise(t.Context(), w.Host, n.ID, n.Version, form); !slices.Equal(names(err), []string{"country"}) {
			t.Errorf("got %v, want a complaint about the country", err)
		}
	})
}

func TestADuplicateIsANewDraft(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		w := needstest.New(t, db)
		n := w.Published()
		again := w.Must(w.Needs.Duplicate(t.Context(), w.Host, n.Reference))
		if again.Reference != "GH-2026-0002" || again.State != needs.Draft || again.StartsOn != "2027-02-01" || again.NonSubstitution {
			t.Errorf("got %s %s from %q, declared %v", again.Reference, again.State, again.StartsOn, again.NonSubstitution)
		}
		if len(again.Criteria) != 1 || len(again.Counterparts) != 2 || again.Criteria[0].ID == n.Criteria[0].ID {
			t.Errorf("the rows were not copied: %+v", again.Criteria)
		}
		clock.Advance(365 * 24 * time.Hour)
		late := w.Must(w.Needs.Duplicate(t.Context(), w.Host, n.Reference))
		if late.Reference != "GH-2027-0001" || late.StartsOn != "" || late.EndsOn != "" {
			t.Errorf("a year later: %s from %q", late.Reference, late.StartsOn)
		}
		if _, err := w.Needs.Duplicate(t.Context(), w.SecondHost, n.Reference); !fault.Is(err, fault.Missing) {
			t.Errorf("another host duplicated it: %v", err)
		}
	})
}

func TestThePublicationWindow(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := needstest.New(t, db)
		n := w.Validated()
		n = w.Must(w.Needs.Approve(t.Context(), w.Coordinator, n.ID, n.Version, ""))
		for want, window := range map[string]needs.Window{
			"closesOn":     {},
			"opensOn":      {OpensOn: "2026-11-30", ClosesOn: "2027-01-15"},
			"languages[1]": {ClosesOn: "2027-01-15", Languages: []string{"fr", "xx"}},
		} {
			if _, err := w.Needs.Publish(t.Context(), w.Coordinator, n.ID, n.Version, window); !slices.Equal(names(err), []string{want}) {
				t.Errorf("%+v: got %v, want a complaint about %s", window, err, want)
			}
		}
		late := needs.Window{ClosesOn: "2027-02-01"}
		if _, err := w.Needs.Publish(t.Context(), w.Coordinator, n.ID, n.Version, late); !slices.Equal(names(err), []string{"closesOn"}) {
			t.Errorf("closing after the work began: %v", err)
		}
		n = w.Must(w.Needs.Publish(t.Context(), w.Coordinator, n.ID, n.Version, needs.Window{ClosesOn: "2027-01-15", Languages: []string{"en", "fr"}}))
		if _, err := w.Needs.Extend(t.Context(), w.Coordinator, n.ID, n.Version, "2027-01-10", "x"); !slices.Equal(names(err), []string{"closesOn"}) {
			t.Errorf("shortened: %v", err)
		}
		n = w.Must(w.Needs.Extend(t.Context(), w.Coordinator, n.ID, n.Version, "2027-01-20", "Few applied."))
		n = w.Must(w.Needs.Close(t.Context(), w.Coordinator, n.ID, n.Version, "Enough applied."))
		n = w.Must(w.Needs.Reopen(t.Context(), w.Coordinator, n.ID, n.Version, needs.Window{ClosesOn: "2027-01-25"}, "Nobody stayed."))
		if n.State != needs.Published || n.ClosesOn != "2027-01-25" || n.StateReason != "Nobody stayed." {
			t.Errorf("got %s until %s because %q", n.State, n.ClosesOn, n.StateReason)
		}
	})
}

func TestACallClosesAfterItsLastDayAndDraftsExpire(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		w := needstest.New(t, db)
		call, draft := w.Published(), w.Draft()
		clock.Advance(day.Day("2027-01-15").Time().Sub(storetest.Start.Truncate(24 * time.Hour)))
		if err := w.Needs.Tick(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n, _ := w.Needs.Find(t.Context(), w.Host, call.ID); n.State != needs.Published {
			t.Errorf("on its last day the call is %s", n.State)
		}
		clock.Advance(24 * time.Hour)
		if err := w.Needs.Tick(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n, _ := w.Needs.Find(t.Context(), w.Host, call.ID); n.State != needs.Closed {
			t.Errorf("the day after the call is %s", n.State)
		}
		if n, _ := w.Needs.Find(t.Context(), w.Host, draft.ID); n.State != needs.Draft {
			t.Errorf("after six weeks the draft is %s", n.State)
		}
		clock.Advance(46 * 24 * time.Hour)
		if err := w.Needs.Tick(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n, _ := w.Needs.Find(t.Context(), w.Host, draft.ID); n.State != needs.Expired {
			t.Errorf("after three months the draft is %s", n.State)
		}
		if err := w.Needs.Tick(t.Context()); err != nil {
			t.Errorf("with nothing due: %v", err)
		}
	})
}

// roads are the use cases on an existing need, each with who may take it.
func roads(w *needstest.World, ctx context.Context) map[string]func(identity.Actor, needs.View) error {
	comments := []needs.Comment{{Field: "title", Text: "Too short."}}
	window := needs.Window{ClosesOn: "2027-01-15"}
	last := func(_ needs.View, err error) error { return err }
	return map[string]func(identity.Actor, needs.View) error{
		"revise": func(who identity.Actor, n needs.View) error {
			return last(w.Needs.Revise(ctx, who, n.ID, n.Version, needstest.Form()))
		},
		"submit": func(who identity.Actor, n needs.View) error { return last(w.Needs.Submit(ctx, who, n.ID, n.Version)) },
		"validate": func(who identity.Actor, n needs.View) error {
			return last(w.Needs.Validate(ctx, who, n.ID, n.Version, "x"))
		},
		"return": func(who identity.Actor, n needs.View) error {
			return last(w.Needs.Return(ctx, who, n.ID, n.Version, "x", comments))
		},
		"reject": func(who identity.Actor, n needs.View) error {
			return last(w.Needs.Reject(ctx, who, n.ID, n.Version, "x"))
		},
		"approve": func(who identity.Actor, n needs.View) error {
			return last(w.Needs.Approve(ctx, who, n.ID, n.Version, "x"))
		},
		"publish": func(who identity.Actor, n needs.View) error {
			return last(w.Needs.Publish(ctx, who, n.ID, n.Version, window))
		},
		"extend": func(who identity.Actor, n needs.View) error {
			return last(w.Needs.Extend(ctx, who, n.ID, n.Version, "2027-01-20", "x"))
		},
		"close": func(who identity.Actor, n needs.View) error {
			return last(w.Needs.Close(ctx, who, n.ID, n.Version, "x"))
		},
		"reopen": func(who identity.Actor, n needs.View) error {
			return last(w.Needs.Reopen(ctx, who, n.ID, n.Version, window, "x"))
		},
		"cancel": func(who identity.Actor, n needs.View) error {
			return last(w.Needs.Cancel(ctx, who, n.ID, n.Version, "x"))
		},
	}
}

func TestABatchBringsItsOwnReferences(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := needstest.New(t, db)
		terms := needs.Terms{Need: needs.Need{Reference: "DEMO-01", ProgrammeID: w.Programme.ID, OrganisationID: w.HostOrg.ID,
			State: needs.Published, CreatedBy: w.Host.UserID, Title: "Kumasi", Language: "en", Sector: "health", ISCO: "2222",
			Country: "GH", StartsOn: "2027-02-01", EndsOn: "2027-04-25", Modality: "onsite", Headcount: 1, Demo: true},
			Criteria: []needs.Criterion{{Label: "obstetric care", Required: true, Weight: 5}}}
		err := db.Change(t.Context(), store.System, func(tx *store.Tx) error { return needs.RegisterBatchIn(tx, []needs.Terms{terms}) })
		if err != nil {
			t.Fatal(err)
		}
		n, err := w.Needs.Find(t.Context(), w.Association, "DEMO-01")
		if err != nil || n.State != needs.Published || len(n.Criteria) != 1 || !n.Can.Nominate || len(n.Reviews) != 0 {
			t.Errorf("got %+v, %v", n, err)
		}
	})
}
