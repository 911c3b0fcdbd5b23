// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"maps"
	"testing"

	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/identity/identitytest"
	"sankofa/backend/internal/partners"
	"sankofa/backend/internal/store"
)

// organisationSound is an application in which every field is filled in; fields are
// added, and others left out.
func organisationSound(programme, kind, email string, more map[string]any, without ...string) map[string]any {
	out := map[string]any{"programme": programme, "kind": kind, "name": "House of " + email, "country": "GH", "place": "Accra", "website": "https://house.example.org",
		"summary": "We bring people together who know things.", "officerName": "Ama Owusu", "officerEmail": email, "locale": "en",
		"referees": []any{map[string]any{"name": "Kofi Mensah", "organisation": "City of Accra", "contact": "kofi@city.example"},
			map[string]any{"name": "Ann Bakker", "organisation": "Red Cross", "contact": "ann@cross.example"}}}
	maps.Copy(out, more)
	for _, name := range without {
		delete(out, name)
	}
	return out
}

// returning sends an application back.
func returning() map[string]any {
	return map[string]any{"move": "return", "reason": "One thing", "remarks": []any{map[string]any{"field": "name", "words": "In full, please"}}}
}

// linkTo makes a link work as a mail does.
func (h *house) linkTo(t *testing.T, kind identity.LinkKind, subject string) string {
	t.Helper()
	secret := id.Secret()
	err := h.DB.Keep(t.Context(), func(tx *store.Tx) error { return identity.PutLinkIn(tx, kind, subject, secret, tx.Now) })
	if err != nil {
		t.Fatal(err)
	}
	return secret
}

// applied is an organisation that asks to take part, with a paper, and the secret of
// its first officer's link.
func (h *house) asksToJoin(t *testing.T, side identitytest.Side, country, kind string) (string, string) {
	t.Helper()
	email := id.New() + "@house.example"
	made, err := h.API.Partners.Apply(t.Context(), partners.Form{Programme: side.Programme.Code, Kind: kind, Name: "House of " + email, Country: country, Summary: "We bring people together.",
		OfficerName: "Ama Owusu", OfficerEmail: email, Locale: "en", Referees: []partners.Referee{{Name: "A", Organisation: "B", Contact: "a@b.example"}, {Name: "C", Organisation: "D", Contact: "c@d.example"}}})
	if err != nil {
		t.Fatal(err)
	}
	secret := h.linkTo(t, identity.LinkApplication, made)
	if _, err := h.API.Partners.Open(t.Context(), secret); err != nil {
		t.Fatal(err)
	}
	if _, err := h.API.Partners.AddPaper(t.Context(), secret, "paper.png", []byte(aPicture)); err != nil {
		t.Fatal(err)
	}
	return made, secret
}

// letIn is an application that was approved; nobody has taken the office yet.
func (g *stage) letIn() string {
	g.t.Helper()
	made, _ := g.asksToJoin(g.t, g.house.Side, "GH", "association")
	var v applicationView
	g.Coordinator.do("GET", "/organisation-applications/"+made, nil).Into(g.t, &v)
	g.Coordinator.do("POST", "/organisation-applications/"+made+"/move", map[string]any{"move": "approve", "reason": "Known"}, "If-Match", etag(v.Version)).Into(g.t, &v)
	return made
}
