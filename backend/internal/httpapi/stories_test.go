// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/identity/identitytest"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

// told is a placement that is led through its life by the API alone.
type told struct {
	*house
	*scene
	t     *testing.T
	clock *storetest.Clock
	mail  string // of the person
	now   placementView
}

// placedBy leads a need with these changes to a placement.
func placedBy(t *testing.T, db *store.DB, clock *storetest.Clock, changes map[string]any) *told {
	t.Helper()
	h := whole(t, db)
	s := &scene{Side: h.Side, Host: h.as(t, h.Side.Host), Ministry: h.as(t, h.Side.Ministry), Association: h.as(t, h.Side.Association), Coordinator: h.as(t, h.Side.Coordinator)}
	s.join(t, h, "GH", "main")
	s.ask(t, "GH")
	body := irrigation("GH")
	for name, value := range changes {
		body[name] = value
	}
	var n needView
	s.Host.do("POST", "/needs", body).Into(t, &n)
	for _, step := range []struct {
		by   *client
		verb string
		body any
	}{{s.Host, "submit", nil}, {s.Ministry, "validate", nil}, {s.Coordinator, "approve", nil}, {s.Coordinator, "publish", map[string]any{"closesOn": "2027-03-01"}}} {
		step.by.do("POST", "/needs/"+n.Reference+"/"+step.verb, step.body, "If-Match", etag(n.Version)).Into(t, &n)
	}
	s.Need = n.Reference
	s.choose(t)
	w := &told{house: h, scene: s, t: t, clock: clock, mail: "moussa-main@example.org"}
	w.read(s.Coordinator)
	return w
}

// read looks at the placement.
func (w *told) read(by *client) placementView {
	w.t.Helper()
	by.do("GET", "/placements/"+w.Placement, nil).Into(w.t, &w.now)
	return w.now
}

// until moves the clock to the morning of a day, on which everybody signs in anew.
func (w *told) until(d day.Day) {
	w.t.Helper()
	w.clock.Advance(d.Time().Add(9 * time.Hour).Sub(w.clock.Now()))
	w.Host, w.Ministry, w.Coordinator, w.Person = w.as(w.t, w.Side.Host), w.as(w.t, w.Side.Ministry), w.as(w.t, w.Side.Coordinator), w.stranger(w.t)
	w.Person.do("POST", "/session", map[string]any{"email": w.mail, "password": identitytest.Password}).Into(w.t, &sessionView{})
}

// act sends something about the placement, in the version that it has.
func (w *told) act(by *client, method, path string, body any) placementView {
	w.t.Helper()
	w.read(w.Coordinator)
	by.do(method, "/placements/"+w.Placement+path, body, "If-Match", etag(w.now.Version)).Into(w.t, &w.now)
	return w.now
}

func (w *told) step(by *client, body map[string]any) placementView {
	w.t.Helper()
	return w.act(by, "POST", "/steps", body)
}

// cleared brings the stay to where the person may travel.
func (w *told) cleared() {
	w.t.Helper()
	w.papers("")
	w.step(w.Coordinator, map[string]any{"move": "clear"})
}

// papers brings what is asked for before a stay, but for one thing.
func (w *told) papers(but string) {
	w.t.Helper()
	for _, kind := range []string{"agreement", "work_plan"} {
		for _, by := range []*client{w.Person, w.Host, w.Coordinator} {
			w.act(by, "POST", "/clearances/"+kind+"/signature", nil)
		}
	}
	w.act(w.Person, "PUT", "/clearances/insurance", map[string]any{"reference": "POL-77", "validFrom": w.now.From, "validUntil": w.now.To})
	w.act(w.Coordinator, "POST", "/clearances/insurance/decision", map[string]any{"state": "VERIFIED"})
	for _, c := range w.read(w.Coordinator).File.Clearances {
		if !c.Done && c.Kind != but {
			w.act(w.Coordinator, "POST", "/clearances/"+c.Kind+"/decision", map[string]any{"state": "WAIVED", "note": map[bool]string{true: "", false: "Not needed here."}[c.Kind == "medical"]})
		}
	}
}

// onDuty brings the person to the host.
func (w *told) onDuty() {
	w.t.Helper()
	w.cleared()
	w.until(day.Day(w.now.From))
	for _, by := range []*client{w.Host, w.Person} {
		w.step(by, map[string]any{"move": "arrive", "on": w.now.From})
	}
}

// Story 12: ninety days in Mogadishu, evacuated after the thirty-seventh.
func TestStory12EvacuationAndWhatFollows(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		w := placedBy(t, db, clock, map[string]any{"startsOn": "2027-05-03", "endsOn": "2027-07-31", "dutyStation": "Mogadishu"})
		w.Person.do("PUT", "/me/emergency-contacts", map[string]any{"contacts": []any{map[string]any{"name": "Awa Diop", "phone": "+39 333 765 4321", "relation": "Sister"}}}).Into(t, &contactsView{})
		w.onDuty()
		if w.now.State != "ON_DUTY" || w.now.Days != 90 {
			t.Fatalf("%s for %d days", w.now.State, w.now.Days)
		}
		w.until("2027-06-08")
		var present, elsewhere list[presentView]
		w.Coordinator.do("GET", "/duty?place=mogadishu", nil).Into(t, &present)
		w.Coordinator.do("GET", "/duty?place=Kumasi", nil).Into(t, &elsewhere)
		if len(present.Items) != 1 || len(elsewhere.Items) != 0 {
			t.Fatalf("%d are in the place, %d elsewhere", len(present.Items), len(elsewhere.Items))
		}
		p := present.Items[0]
		if !p.Insured || p.Policy != "POL-77" || p.InsuredTo != "2027-07-31" || len(p.Contacts) != 1 || p.Contacts[0].Name != "Awa Diop" || p.Placement.Person.Name == "" {
			t.Errorf("the duty officer sees %+v", p)
		}
		var order evacuationView
		w.Coordinator.do("POST", "/evacuations", map[string]any{"placements": []any{w.Placement, "GH-P-1999-0001", w.Placement}, "reason": "Fighting in the town"}).Into(t, &order)
		if order.Done != 1 || len(order.Items) != 2 || order.Items[1].Code != "placement.missing" {
			t.Errorf("the order did %+v", order)
		}
		w.Coordinator.do("POST", "/evacuations", map[string]any{"placements": []any{w.Placement}, "reason": "Again"}).Into(t, &order)
		if order.Done != 0 || order.Items[0].Code != "placement.no_step" {
			t.Errorf("a second order did %+v", order)
		}
		if w.read(w.Person).State != "EVACUATED" {
			t.Fatalf("the person is %s", w.now.State)
		}
		w.step(w.Coordinator, map[string]any{"move": "curtail", "on": "2027-06-08", "reason": "It is not safe."})
		if w.now.State != "CURTAILED" || w.now.Days != 37 {
			t.Errorf("%s after %d days, want 37", w.now.State, w.now.Days)
		}
		var asked []string
		for _, d := range w.read(w.Person).File.Due {
			asked = append(asked, d.Kind)
		}
		if !strings.Contains(strings.Join(asked, " "), "final_report") {
			t.Errorf("still asked for are %v", asked)
		}
	})
}

// Story 15: a host with a weak line evaluates by a link.
func TestStory15EvaluationByLink(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		w := placedBy(t, db, clock, nil)
		w.onDuty()
		var made evaluationLinkView
		w.Host.do("POST", "/placements/"+w.Placement+"/evaluation-link", nil).Into(t, &made)
		token := strings.TrimPrefix(made.Link, evaluateAt+"#")
		outside := w.stranger(t)
		var form evaluationView
		outside.do("POST", "/evaluation/open", map[string]any{"token": token}).Into(t, &form)
		if form.Reference != w.Placement || form.Person != "Moussa Diop" || len(form.Questions) != 6 {
			t.Fatalf("the form is %+v", form)
		}
		answers := map[string]any{"objective": "fully", "passed_on": "mostly", "working_together": "fully", "again": "yes", "skills": "0"}
		for range 2 { // a line that breaks lets a browser send twice
			if got := outside.do("POST", "/evaluation/answer", map[string]any{"token": token, "answers": answers}); got.Status != http.StatusNoContent {
				t.Fatalf("answer: %d %s", got.Status, got.Body)
			}
		}
		w.evaluated(t, "fully", 1)
		answers["skills"] = "7"
		if got := outside.do("POST", "/evaluation/answer", map[string]any{"token": token, "answers": answers}); got.Status != 422 || !bytes.Contains(got.Body, []byte("answers.skills")) {
			t.Errorf("a skill that was not asked about: %d %s", got.Status, got.Body)
		}
		// The same as a file, in a mail.
		text := "> placement: " + w.Placement + "\n> objective: mostly\n> passed_on: mostly\n> working_together: fully\n> again: yes\n> skills: 0\n> comment: A good time,\n> for all of us.\n"
		w.Coordinator.do("POST", "/placements/"+w.Placement+"/evaluation-file", map[string]any{"text": text}).Into(t, &w.now)
		w.evaluated(t, "mostly", 1)
		if got := w.Coordinator.do("POST", "/placements/"+w.Placement+"/evaluation-file", map[string]any{"text": strings.Replace(text, w.Placement, "GH-P-1999-0001", 1)}); got.Status != 422 {
			t.Errorf("the file of another placement: %d %s", got.Status, got.Body)
		}
		// It opens nothing else, and not for ever.
		if got := outside.do("GET", "/placements/"+w.Placement, nil, "Authorization", "Bearer "+token); got.Status != http.StatusUnauthorized {
			t.Errorf("the link opens the placement: %d", got.Status)
		}
		w.clock.Advance(60 * 24 * time.Hour)
		if got := w.stranger(t).do("POST", "/evaluation/open", map[string]any{"token": token}); got.Status != http.StatusNotFound {
			t.Errorf("after sixty days: %d", got.Status)
		}
	})
}

// evaluated checks that there is one evaluation, and that what it confirms stands
// behind the skill of the person.
func (w *told) evaluated(t *testing.T, objective string, confirmed int) {
	t.Helper()
	reports := 0
	for _, r := range w.read(w.Coordinator).File.Reports {
		if r.Kind == "host_evaluation" {
			reports++
			if r.Answers["objective"] != objective || r.Role != "host" {
				t.Errorf("the evaluation says %+v", r)
			}
		}
	}
	var said refereesView
	w.Person.do("GET", "/me/referees", nil).Into(t, &said)
	if reports != 1 || len(said.Confirmations) != confirmed {
		t.Errorf("%d evaluations, %d confirmations; want 1 and %d", reports, len(said.Confirmations), confirmed)
	}
	var p professionalView
	w.Person.do("GET", "/me/professional", nil).Into(t, &p)
	if p.Skills[0].Evidence != "host" {
		t.Errorf("the evidence of %s is %s, want host", p.Skills[0].Label, p.Skills[0].Evidence)
	}
}

// The whole page comes in fewer than 60 kB compressed, script and all: story 15's budget.
func TestTheEvaluationPageIsSmall(t *testing.T) {
	h := open(t, storetest.SQLite(t))
	total := 0
	for _, path := range []string{"", ".js", ".css"} {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, h.URL+evaluateAt+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Accept-Encoding", "gzip")
		got, err := http.DefaultTransport.RoundTrip(request)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(got.Body)
		_ = got.Body.Close()
		if err != nil || got.StatusCode != http.StatusOK || got.Header.Get("Content-Encoding") != "gzip" {
			t.Fatalf("%s: %d %v", path, got.StatusCode, err)
		}
		total += len(body)
		plain, err := gzip.NewReader(bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		if text, _ := io.ReadAll(plain); bytes.Contains(text, []byte("http://")) || bytes.Contains(text, []byte("https://")) {
			t.Errorf("%s asks another origin for something", path)
		}
	}
	if total == 0 || total >= 60_000 {
		t.Errorf("the page has %d bytes compressed, and may have 60,000", total)
	}
}
