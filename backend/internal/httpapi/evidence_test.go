// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"net/http"
	"testing"

	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

// rania is the woman of story 9, as an association wrote her down.
func rania(given, family, phone, born, email string) map[string]any {
	p := agronomist(email, "GH")
	p["givenName"], p["familyName"], p["phone"], p["birthDate"], p["residenceCountry"] = given, family, phone, born, "LB"
	return p
}

// secondAssociation is the browser of an officer of another association.
func (h *house) secondAssociation(t *testing.T) *client {
	t.Helper()
	var made identity.Organisation
	err := h.DB.Change(t.Context(), store.System, func(tx *store.Tx) (err error) {
		made, err = identity.FoundOrganisationIn(tx, identity.Organisation{Kind: "association", Name: "Second association", Country: "NL"}, h.Programme.ID)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return h.as(t, h.Officer("second@test.invalid", made.ID, h.Programme.ID, identity.Association))
}

// TestStory9 is the story of the duplicates, by the API alone.
func TestStory9(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := whole(t, db)
		first, second, coordinator := h.as(t, h.Association), h.secondAssociation(t), h.as(t, h.Coordinator)
		var one, other, sister professionalView
		first.do("POST", "/professionals", rania("Rania", "Haddad", "0096178908941", "1988-03-14", "rania@example.org")).Into(t, &one)
		second.do("POST", "/professionals", rania("Raniya", "Hadad", "+96178908941", "1988-03-14", "r.haddad@example.org")).Into(t, &other)
		second.do("POST", "/professionals", rania("Rima", "Haddad", "78908941", "1990-07-02", "rima@example.org")).Into(t, &sister)

		var pairs list[duplicateView]
		second.do("GET", "/duplicates", nil).Into(t, &pairs)
		if len(pairs.Items) != 0 {
			t.Errorf("an association sees what another holds: %+v", pairs.Items)
		}
		coordinator.do("GET", "/duplicates", nil).Into(t, &pairs)
		if len(pairs.Items) != 1 || pairs.Items[0].Strength != "likely" {
			t.Fatalf("the coordinator is told of %+v", pairs.Items)
		}
		pair := pairs.Items[0]
		for _, side := range []duplicateSide{pair.First, pair.Second} {
			if side.ID == sister.ID {
				t.Error("her sister is taken for her")
			}
		}
		var merged mergeView
		coordinator.do("POST", "/duplicates/"+pair.ID+"/merge", map[string]any{}, "If-Match", etag(pair.Version)).Into(t, &merged)
		if len(merged.Associations) != 2 || !merged.CanUndo {
			t.Errorf("after the merge %+v", merged)
		}
		for name, c := range map[string]*client{"first": first, "second": second} {
			if got := c.do("GET", "/professionals/"+merged.Professional, nil); got.Status != http.StatusOK {
				t.Errorf("the %s association does not see her any more: %d", name, got.Status)
			}
		}
		if got := coordinator.do("POST", "/merges/"+merged.ID+"/undo", nil, "If-Match", etag(merged.Version)); got.Status != http.StatusOK {
			t.Fatalf("undo: %d %s", got.Status, got.Body)
		}
		for _, c := range []struct {
			by           *client
			id, family   string
			associations int
		}{{first, one.ID, "Haddad", 1}, {second, other.ID, "Hadad", 1}} {
			var p professionalView
			c.by.do("GET", "/professionals/"+c.id, nil).Into(t, &p)
			if p.FamilyName != c.family || len(p.Associations) != c.associations {
				t.Errorf("restored as %s with %d associations", p.FamilyName, len(p.Associations))
			}
		}
	})
}

// TestARefereeConfirmsAndThePersonTakesItBack needs no account.
func TestARefereeConfirmsAndThePersonTakesItBack(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := whole(t, db)
		s := &scene{Side: h.Side, Association: h.as(t, h.Association)}
		s.join(t, h, "GH", "main")
		var all refereesView
		got := s.Person.do("POST", "/me/referees", map[string]any{"name": "Dr. Osei", "email": "osei@example.org", "locale": "en",
			"skills": []any{map[string]any{"concept": "agriculture.drip-irrigation", "label": ""}}})
		got.Into(t, &all)
		if len(all.Items) != 1 || all.Items[0].State != "sent" {
			t.Fatalf("asked: %s", got.Body)
		}
		const secret = "the secret of the mail"
		if err := db.Keep(t.Context(), func(tx *store.Tx) error { return registry.LinkRefereeIn(tx, all.Items[0].ID, id.Digest(secret)) }); err != nil {
			t.Fatal(err)
		}
		referee := h.stranger(t)
		var asked askedView
		referee.do("POST", "/referee/open", map[string]any{"token": secret}).Into(t, &asked)
		if asked.Person != "Moussa Diop" || len(asked.Skills) != 1 {
			t.Errorf("the referee reads %+v", asked)
		}
		answer := map[string]any{"token": secret, "relation": "supervisor", "seenUntil": "2025-06-30", "comment": "He leads.", "confirmed": []any{0}}
		if got := referee.do("POST", "/referee/answer", answer); got.Status != http.StatusNoContent {
			t.Fatalf("answer: %d %s", got.Status, got.Body)
		}
		if got := referee.do("POST", "/referee/answer", answer); got.Status != http.StatusConflict {
			t.Errorf("answering twice: %d", got.Status)
		}
		evidence := func() string {
			var p professionalView
			s.Person.do("GET", "/me/professional", nil).Into(t, &p)
			return p.Skills[0].Evidence
		}
		if got := evidence(); got != "referee" {
			t.Errorf("the skill is %s", got)
		}
		if got := s.Person.do("DELETE", "/me/referees/"+all.Items[0].ID, nil); got.Status != http.StatusNoContent {
			t.Fatalf("revoke: %d %s", got.Status, got.Body)
		}
		if got := evidence(); got == "referee" {
			t.Error("what was taken back still counts")
		}
	})
}
