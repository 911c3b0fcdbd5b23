// SPDX-License-Identifier: AGPL-3.0-or-later

package needs_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/needs/needstest"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

func TestOnlyTheRightPersonTakesAStep(t *testing.T) {
	takers := map[string][]string{
		"revise": {"host"}, "submit": {"host"}, "validate": {"ministry"}, "return": {"ministry", "coordinator"},
		"reject": {"ministry", "coordinator"}, "approve": {"coordinator"}, "publish": {"coordinator"}, "extend": {"coordinator"},
		"close": {"coordinator"}, "reopen": {"coordinator"}, "cancel": {"coordinator"},
	}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := needstest.New(t, db)
		all := []needs.View{w.Draft(), w.Submitted(), w.Published()}
		for step, take := range roads(w, t.Context()) {
			for name, who := range w.Everybody() {
				for _, n := range all {
					if slices.Contains(takers[step], name) {
						continue
					}
					err := take(who, n)
					if !fault.Is(err, fault.Missing) && !fault.Is(err, fault.Denied) {
						t.Errorf("%s of a need that is %s by the %s: got %v, want missing or denied", step, n.State, name, err)
					}
				}
			}
		}
	})
}

func TestNobodyListsWhatTheyMayNotFind(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := needstest.New(t, db)
		all := []needs.View{w.Draft(), w.Submitted(), w.Validated(), w.Published()}
		want := map[string]string{
			"host": "DRAFT SUBMITTED VALIDATED PUBLISHED", "ministry": "SUBMITTED VALIDATED PUBLISHED",
			"coordinator": "SUBMITTED VALIDATED PUBLISHED", "association": "PUBLISHED",
		}
		for name, who := range w.Everybody() {
			page, err := w.Needs.List(t.Context(), who, needs.Filter{})
			if err != nil {
				t.Fatal(err)
			}
			var listed, found []string
			for _, n := range all {
				if slices.ContainsFunc(page.Items, func(v needs.View) bool { return v.ID == n.ID }) {
					listed = append(listed, string(n.State))
				}
				if _, err := w.Needs.Find(t.Context(), who, n.Reference); err == nil {
					found = append(found, string(n.State))
				} else if !fault.Is(err, fault.Missing) {
					t.Errorf("%s: find %s: %v", name, n.State, err)
				}
			}
			if got := strings.Join(listed, " "); got != want[name] || !slices.Equal(listed, found) {
				t.Errorf("the %s lists %q and finds %q, want %q", name, listed, found, want[name])
			}
		}
	})
}

func TestAMinistryOfAnotherCountrySeesNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := needstest.New(t, db)
		n := w.Submitted()
		var senegal identity.Organisation
		err := db.Change(t.Context(), store.System, func(tx *store.Tx) (err error) {
			senegal, err = identity.FoundOrganisationIn(tx, identity.Organisation{Kind: "ministry", Name: "Senegal", Country: "SN"}, w.Programme.ID)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		who := w.Officer("senegal@test.invalid", senegal.ID, w.Programme.ID, identity.Ministry)
		if _, err := w.Needs.Validate(t.Context(), who, n.ID, n.Version, ""); !fault.Is(err, fault.Missing) {
			t.Errorf("got %v, want missing", err)
		}
	})
}

func TestOnlyAnApprovedHostStatesNeeds(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := needstest.New(t, db)
		for name, who := range w.Everybody() {
			if who.Is(identity.Host) {
				continue
			}
			if _, err := w.Needs.Draft(t.Context(), who, needstest.Form()); !fault.Is(err, fault.Missing) {
				t.Errorf("the %s: got %v, want missing", name, err)
			}
		}
		err := db.Keep(t.Context(), func(tx *store.Tx) error {
			return tx.Exec(`UPDATE organisations SET state = 'SUSPENDED' WHERE id = ?`, w.HostOrg.ID).Error
		})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Needs.Draft(t.Context(), w.Host, needstest.Form()); !fault.HasCode(err, "need.host_not_approved") {
			t.Errorf("a suspended host: got %v", err)
		}
	})
}

func TestListsAreFilteredAndPaged(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := needstest.New(t, db)
		for i := range 5 {
			form := needstest.Form()
			form.Title = fmt.Sprintf("100%% of ward_%d", i)
			w.DraftOf(form)
		}
		var seen []string
		for after, turns := "", 0; turns < 10; turns++ {
			page, err := w.Needs.List(t.Context(), w.Host, needs.Filter{After: after, Limit: 2})
			if err != nil {
				t.Fatal(err)
			}
			for _, n := range page.Items {
				seen = append(seen, n.Reference)
			}
			if after = page.Next; after == "" {
				break
			}
		}
		if got := strings.Join(seen, " "); got != "GH-2026-0005 GH-2026-0004 GH-2026-0003 GH-2026-0002 GH-2026-0001" {
			t.Errorf("pages: %s", got)
		}
		for query, want := range map[string]int{"WARD_3": 1, "ward%3": 0, "gh-2026-0002": 1, "test host": 5, "100%": 5, "nothing": 0} {
			page, err := w.Needs.List(t.Context(), w.Host, needs.Filter{Query: query, States: []needs.State{needs.Draft}})
			if err != nil || len(page.Items) != want {
				t.Errorf("%q finds %d (%v), want %d", query, len(page.Items), err, want)
			}
		}
		if _, err := w.Needs.List(t.Context(), w.Host, needs.Filter{States: []needs.State{"OPEN"}, After: "x", Limit: 1000}); len(names(err)) != 3 {
			t.Errorf("a filter that cannot be meant: %v", err)
		}
	})
}
