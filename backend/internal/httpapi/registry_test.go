// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"encoding/json"
	"maps"
	"net/http"
	"strings"
	"testing"

	"sankofa/backend/internal/identity/identitytest"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

// midwife is what an association's officer sends.
func midwife(email string) map[string]any {
	return map[string]any{
		"givenName": "Ama", "familyName": "Boateng", "email": email, "originCountry": "GH", "originLink": "born",
		"residenceCountry": "NL", "residenceStatus": "citizen", "rightOfReturn": "yes", "occupationTitle": "Verloskundige", "isco": "2222",
		"yearsExperience": 14, "onsite": true, "cvText": "Ama Boateng, midwife", "cvLanguage": "en",
		"skills":       []any{map[string]any{"concept": "health.obstetric-care", "label": "noodhulp", "level": 4}},
		"languages":    []any{map[string]any{"language": "en", "listening": "C1", "interaction": "B2"}, map[string]any{"language": "tw", "native": true}},
		"education":    []any{map[string]any{"level": 6, "field": "0913"}},
		"licences":     []any{map[string]any{"body": "BIG-register", "country": "NL", "validUntil": "2027-12-31"}},
		"experience":   []any{map[string]any{"title": "Midwife", "from": "2012-09-01"}},
		"availability": []any{map[string]any{"from": "2027-01-15", "to": "2027-06-30"}},
	}
}

// token is the secret in the link of an invitation.
func token(t *testing.T, link string) string {
	t.Helper()
	_, secret, ok := strings.Cut(link, "/invitation#")
	if !ok {
		t.Fatalf("no link: %q", link)
	}
	return secret
}

// ticked are consents as the browser sends them, to the notices that it read.
func ticked(t *testing.T, c *client, purposes ...string) []any {
	t.Helper()
	var notices list[noticeView]
	c.do("GET", "/notices?language=fr", nil).Into(t, &notices)
	var out []any
	for _, n := range notices.Items {
		for _, p := range purposes {
			if n.Purpose == p {
				out = append(out, map[string]any{"purpose": p, "version": n.Version, "language": n.Language})
			}
		}
	}
	return out
}

func TestFromRegistrationToConsentAndBack(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := open(t, db)
		officer, person, coordinator := h.as(t, h.Association), h.stranger(t), h.as(t, h.Coordinator)

		res := officer.do("POST", "/professionals", midwife("ama@example.org"), "Idempotency-Key", "k1")
		var made professionalView
		res.Into(t, &made)
		if res.Status != http.StatusCreated || res.Header.Get("ETag") != `"1"` || made.State != "invited" || made.Visible || made.Languages[0].Interaction != "B2" {
			t.Errorf("registered: %d %s %s", res.Status, res.Header.Get("ETag"), res.Body)
		}
		secret := token(t, made.Invitation.Link)
		var again professionalView
		officer.do("POST", "/professionals", midwife("ama@example.org"), "Idempotency-Key", "k1").Into(t, &again)
		if again.ID != made.ID || again.Invitation.Link != "" {
			t.Errorf("the same request again: %s, link %q", again.ID, again.Invitation.Link)
		}
		if got := coordinator.do("GET", "/professionals/"+made.ID, nil); got.Status != 404 {
			t.Errorf("the coordinator sees who has not consented: %d", got.Status)
		}

		var welcome welcomeView
		person.do("POST", "/invitations/open", map[string]any{"token": secret, "language": "ar"}).Into(t, &welcome)
		if welcome.GivenName != "Ama" || welcome.Association.ID != h.AssociationOrg.ID || len(welcome.Notices) != 4 ||
			welcome.Notices[0].Language != "ar" || welcome.Profile.CVText == "" || welcome.HasAccount {
			t.Errorf("welcome: %+v", welcome)
		}
		var session sessionView
		person.do("POST", "/invitations/accept", map[string]any{"token": secret, "password": identitytest.Password, "locale": "fr",
			"consents": ticked(t, person, "registry_search", "statistics")}).Into(t, &session)
		if session.ProfessionalID != made.ID || session.Role != "professional" {
			t.Errorf("session: %+v", session)
		}

		var mine professionalView
		res = person.do("GET", "/me/professional", nil)
		res.Into(t, &mine)
		if !mine.Visible || mine.State != "active" || !mine.Can.Edit || mine.Consents[0].Status != "active" || res.Header.Get("ETag") == "" {
			t.Errorf("mine: %s", res.Body)
		}
		var seen professionalView
		coordinator.do("GET", "/professionals/"+made.ID, nil).Into(t, &seen)
		if seen.Named || seen.GivenName != "" || seen.Email != "" || strings.Contains(seen.CVText, "Ama") || seen.ISCO != "2222" {
			t.Errorf("the coordinator sees %+v", seen)
		}

		if res := person.do("DELETE", "/me/consents/registry_search", nil); res.Status != http.StatusNoContent {
			t.Errorf("withdraw: %d %s", res.Status, res.Body)
		}
		if got := coordinator.do("GET", "/professionals/"+made.ID, nil); got.Status != 404 {
			t.Errorf("after the withdrawal: %d", got.Status)
		}
		if p := person.do("DELETE", "/me/consents/registry_search", nil).Problem(); p.Status != 409 || p.Code != "consent.not_given" {
			t.Errorf("withdraw again: %+v", p)
		}
		var consents list[consentView]
		person.do("POST", "/me/consents", ticked(t, person, "registry_search")[0]).Into(t, &consents)
		if consents.Items[0].Status != "active" || !strings.HasPrefix(consents.Items[0].Title, "Être") {
			t.Errorf("consented again: %+v", consents.Items)
		}

		var looks list[lookView]
		person.do("GET", "/me/views", nil).Into(t, &looks)
		if len(looks.Items) != 2 || looks.Items[0].Role != "coordinator" || looks.Items[1].Role != "association" {
			t.Errorf("who looked: %+v", looks.Items)
		}
		var changes list[changeView]
		person.do("GET", "/me/changes?limit=5", nil).Into(t, &changes)
		if len(changes.Items) != 5 || changes.Next == "" || changes.Items[0].By != "association" {
			t.Errorf("changes: %+v", changes)
		}
	})
}

func TestTwoTabsThatSaveTheSameProfile(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := open(t, db)
		officer := h.as(t, h.Association)
		var made professionalView
		officer.do("POST", "/professionals", midwife("ama@example.org")).Into(t, &made)
		path := "/professionals/" + made.ID
		if p := officer.do("PUT", path, midwife("ama@example.org")).Problem(); p.Status != 428 {
			t.Errorf("without If-Match: %+v", p)
		}
		changed := midwife("ama@example.org")
		changed["yearsExperience"] = 15
		res := officer.do("PUT", path, changed, "If-Match", `"1"`)
		if res.Status != 200 || res.Header.Get("ETag") != `"2"` {
			t.Errorf("the first tab: %d %s", res.Status, res.Body)
		}
		if p := officer.do("PUT", path, changed, "If-Match", `"1"`).Problem(); p.Status != 412 || p.Code != "stale" {
			t.Errorf("the second tab: %+v", p)
		}
	})
}

func TestWhatIsWrongWithAProfileIsToldFieldByField(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := open(t, db)
		officer := h.as(t, h.Association)
		bad := midwife("not an address")
		bad["isco"] = "0000"
		bad["languages"] = []any{map[string]any{"language": "en", "listening": "D1"}}
		bad["availability"] = []any{map[string]any{"from": "2020-01-01", "to": "2020-02-01"}}
		p := officer.do("POST", "/professionals", bad).Problem()
		got := map[string]string{}
		for _, f := range p.Fields {
			got[f.Field] = f.Code
		}
		want := map[string]string{"email": "email.malformed", "isco": "isco.unknown", "languages[0].listening": "cefr.unknown", "availability[0].to": "date.past"}
		if p.Status != 422 || !maps.Equal(got, want) {
			t.Errorf("%d %v, want %v", p.Status, got, want)
		}
		unknown := midwife("ama@example.org")
		unknown["visible"] = true
		if p := officer.do("POST", "/professionals", unknown).Problem(); p.Status != 422 || p.Fields[0].Code != "field.unknown" {
			t.Errorf("a field that cannot be set: %+v", p)
		}
		wrong := midwife("ama@example.org")
		wrong["yearsExperience"] = "many"
		if p := officer.do("POST", "/professionals", wrong).Problem(); p.Status != 422 || p.Fields[0].Field != "yearsExperience" {
			t.Errorf("a wrong type: %+v", p)
		}
	})
}

func TestAPersonRegistersThenSignsIn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := open(t, db)
		person := h.stranger(t)
		res := person.do("POST", "/registrations", map[string]any{"email": "moussa@example.org", "password": identitytest.Password, "locale": "en",
			"givenName": "Moussa", "familyName": "Diop", "originCountry": "SN", "residenceCountry": "IT"})
		var made registrationView
		res.Into(t, &made)
		if res.Status != http.StatusCreated || made.ID == "" || len(person.cookies) != 0 {
			t.Errorf("registered: %d %s", res.Status, res.Body)
		}
		var session sessionView
		person.do("POST", "/session", map[string]any{"email": "moussa@example.org", "password": identitytest.Password}).Into(t, &session)
		if session.ProfessionalID != made.ID {
			t.Errorf("session: %+v", session)
		}
		var mine professionalView
		person.do("GET", "/me/professional", nil).Into(t, &mine)
		if mine.Visible || len(mine.Lacks) == 0 || !mine.Onsite {
			t.Errorf("mine: %+v", mine)
		}
		var rested professionalView
		person.do("POST", "/me/professional/pause", map[string]any{"paused": true}, "If-Match", `"1"`).Into(t, &rested)
		person.do("POST", "/me/professional/pause", map[string]any{"paused": false}, "If-Match", `"2"`).Into(t, &rested)
		person.do("POST", "/me/professional/confirm", nil, "If-Match", `"3"`).Into(t, &rested)
		if rested.State != "active" || rested.Version != 4 {
			t.Errorf("rested: %s %d", rested.State, rested.Version)
		}
		p := h.stranger(t).do("POST", "/registrations", map[string]any{"email": "x", "password": "short", "locale": "xx",
			"givenName": "", "originCountry": "XX", "residenceCountry": "IT"}).Problem()
		text, _ := json.Marshal(p.Fields)
		for _, field := range []string{"email", "password", "locale", "givenName", "originCountry"} {
			if !strings.Contains(string(text), `"field":"`+field+`"`) {
				t.Errorf("nothing is said of %s: %s", field, text)
			}
		}
	})
}

func TestTheLedgerIsShownAndProven(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := open(t, db)
		h.as(t, h.Association).do("POST", "/professionals", midwife("ama@example.org"))
		keeper := h.as(t, h.Administrator)
		var first, second list[entryView]
		keeper.do("GET", "/ledger?limit=2", nil).Into(t, &first)
		keeper.do("GET", "/ledger?limit=2&after="+first.Next, nil).Into(t, &second)
		if len(first.Items) != 2 || len(second.Items) != 2 || second.Items[0].Number != first.Items[1].Number-1 {
			t.Errorf("%+v %+v", first, second)
		}
		var proof proofView
		keeper.do("GET", "/ledger/check", nil).Into(t, &proof)
		if !proof.Intact || proof.Entries != first.Items[0].Number {
			t.Errorf("%+v", proof)
		}
		if p := keeper.do("GET", "/ledger?after=yesterday", nil).Problem(); p.Status != 422 || p.Fields[0].Field != "after" {
			t.Errorf("a cursor that we did not give: %+v", p)
		}
		if got := h.as(t, h.Host).do("GET", "/ledger", nil); got.Status != 404 {
			t.Errorf("a host: %d", got.Status)
		}
	})
}

func TestAnInvitationIsDeclined(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := open(t, db)
		officer := h.as(t, h.Association)
		var made professionalView
		officer.do("POST", "/professionals", midwife("ama@example.org")).Into(t, &made)
		var renewed invitationView
		res := officer.do("POST", "/professionals/"+made.ID+"/invitation", nil)
		res.Into(t, &renewed)
		if res.Status != http.StatusCreated || renewed.State != "sent" || renewed.ExpiresAt == nil {
			t.Errorf("a new link: %d %s", res.Status, res.Body)
		}
		person := h.stranger(t)
		if p := person.do("POST", "/invitations/open", map[string]any{"token": token(t, made.Invitation.Link)}).Problem(); p.Code != "invitation.replaced" || p.Status != 409 {
			t.Errorf("the older link: %+v", p)
		}
		body := map[string]any{"token": token(t, renewed.Link)}
		if res := person.do("POST", "/invitations/decline", body); res.Status != http.StatusNoContent {
			t.Errorf("decline: %d %s", res.Status, res.Body)
		}
		if p := person.do("POST", "/invitations/accept", body).Problem(); p.Status != 409 && p.Status != 422 {
			t.Errorf("accept after declining: %+v", p)
		}
		var row list[professionalRow]
		officer.do("GET", "/professionals?state=declined&q=boateng", nil).Into(t, &row)
		if len(row.Items) != 1 || row.Items[0].Invitation.State != "declined" {
			t.Errorf("the association's list: %+v", row.Items)
		}
	})
}

func TestRegisteringTwiceWithOneKeyMakesOnePerson(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := open(t, db)
		send := func(password string) answerOf {
			return h.stranger(t).do("POST", "/registrations", map[string]any{"email": "moussa@example.org", "password": password, "locale": "en",
				"givenName": "Moussa", "originCountry": "SN", "residenceCountry": "IT"}, "Idempotency-Key", "k1")
		}
		var first, again registrationView
		send(identitytest.Password).Into(t, &first)
		send(identitytest.Password).Into(t, &again)
		if first.ID == "" || again != first {
			t.Errorf("the same request again made %q, want %q", again.ID, first.ID)
		}
		if got := send("another password"); got.Status != http.StatusUnprocessableEntity || !strings.Contains(string(got.Body), "idempotency.other_request") {
			t.Errorf("with another password: %d %s", got.Status, got.Body)
		}
	})
}
