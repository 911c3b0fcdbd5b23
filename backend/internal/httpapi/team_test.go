// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"sankofa/backend/internal/identity/identitytest"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

// surgical is the team of story 4.
type surgical struct {
	*relay
	team teamView
}

// professions are those of the story, with how many of each the need asks for.
var professions = []struct {
	isco, title string
	count       int
}{{"2212", "Surgeons", 3}, {"2212", "Anaesthetists", 2}, {"2221", "Nurses", 5}, {"3211", "Perfusionists", 2}}

// surgeons registers the twelve and publishes the need.
func surgeons(t *testing.T, db *store.DB, clock *storetest.Clock) *surgical {
	t.Helper()
	h := whole(t, db)
	s := &scene{Side: h.Side, Host: h.as(t, h.Side.Host), Ministry: h.as(t, h.Side.Ministry), Association: h.as(t, h.Side.Association), Coordinator: h.as(t, h.Side.Coordinator)}
	w := &surgical{relay: &relay{told: &told{house: h, scene: s, t: t, clock: clock}}}
	positions := []any{}
	for _, p := range professions {
		positions = append(positions, map[string]any{"isco": p.isco, "title": p.title, "headcount": p.count, "licenceRequired": true})
		for i := range p.count {
			l := &lecturer{from: "2027-03-05", to: "2027-03-14", mail: fmt.Sprintf("%s-%d@example.org", strings.ToLower(p.title), i)}
			text := of(agronomist(l.mail, "GH"), map[string]any{"givenName": p.title, "familyName": fmt.Sprintf("Number%d", i), "residenceCountry": "US", "isco": p.isco, "occupationTitle": p.title,
				"longestDays": 20, "skills": []any{}, "cvText": "open heart surgery", "cvLanguage": "en", "languages": []any{level("en", "C1")},
				"licences":     []any{map[string]any{"body": "State board", "country": "US", "isco": p.isco, "validUntil": "2030-01-01"}},
				"availability": []any{map[string]any{"from": "2027-03-01", "to": "2027-03-31"}}})
			var made professionalView
			s.Association.do("POST", "/professionals", text).Into(t, &made)
			c := h.stranger(t)
			c.do("POST", "/invitations/accept", map[string]any{"token": token(t, made.Invitation.Link), "password": identitytest.Password, "locale": "en",
				"consents": ticked(t, c, "registry_search", "share_with_hosts", "statistics", "association_contact")}).Into(t, &sessionView{})
			l.pseudonym = made.Pseudonym
			w.legs = append(w.legs, l)
		}
	}
	s.Need = w.published(of(irrigation("GH"), map[string]any{"title": "Open heart surgery", "language": "en", "sector": "health", "isco": "2212", "occupationTitle": "Surgical team",
		"dutyStation": "Addis Ababa", "startsOn": "2027-03-05", "endsOn": "2027-03-14", "headcount": 12, "regulator": "Health council", "positions": positions, "contributions": []any{},
		"criteria":  []any{map[string]any{"concept": "", "label": "open heart surgery", "required": false, "weight": 5}},
		"languages": []any{map[string]any{"language": "en", "spoken": "B2", "written": "B1", "required": true}}}), "2027-01-15")
	return w
}

// posts is how the positions of the need stand: "3/3 2/2 5/5 1/2".
func (w *surgical) posts() string {
	w.t.Helper()
	var all []string
	for _, p := range w.need().Posts {
		all = append(all, fmt.Sprintf("%d/%d", p.Filled, p.Headcount))
	}
	return strings.Join(all, " ")
}

func (w *surgical) move(by *client, step, decision string) {
	w.t.Helper()
	by.do("GET", "/teams/"+w.team.ID, nil).Into(w.t, &w.team)
	body := map[string]any{"step": step, "reason": "They work as one"}
	if decision != "" {
		body["decision"] = decision
	}
	by.do("POST", "/teams/"+w.team.ID+"/steps", body, "If-Match", etag(w.team.Version)).Into(w.t, &w.team)
}

// done is how many of the members the last step was done for.
func (w *surgical) done() int {
	n := 0
	for _, o := range w.team.Outcomes {
		if o.Outcome == "done" {
			n++
		} else {
			w.t.Errorf("%s: %s %s", o.Pseudonym, o.Code, o.Message)
		}
	}
	return n
}

// own is the candidacy of whoever it is the turn of.
func (w *surgical) own() (c candidacyView) {
	w.t.Helper()
	var all list[candidacyView]
	w.Person.do("GET", "/candidacies", nil).Into(w.t, &all)
	return all.Items[0]
}

// formed puts the team together; everybody answers for themselves.
func (w *surgical) formed() {
	t := w.t
	n, members := w.need(), []any{}
	at := 0
	for i, p := range professions {
		for range p.count {
			members = append(members, map[string]any{"professionalId": w.legs[at].pseudonym, "position": n.Posts[i].ID})
			at++
		}
	}
	ambiguous := []any{map[string]any{"professionalId": w.legs[0].pseudonym}}
	if got := w.Association.do("POST", "/needs/"+w.Need+"/teams", map[string]any{"name": "x", "statement": "x", "members": ambiguous}); got.Status != http.StatusUnprocessableEntity || !strings.Contains(string(got.Body), "members[0].position") {
		t.Errorf("surgeon or anaesthetist, of the same unit group: %d %s", got.Status, got.Body)
	}
	w.Association.do("POST", "/needs/"+w.Need+"/teams", map[string]any{"name": "Hearts for Addis", "statement": "We have operated together for ten years", "members": members}).Into(t, &w.team)
	if len(w.team.Members) != 12 || w.team.Can.Apply {
		t.Errorf("the team has %d members, and may apply: %v", len(w.team.Members), w.team.Can.Apply)
	}
	for _, by := range []*client{w.Host, w.Ministry, w.Coordinator} {
		if got := by.do("GET", "/teams/"+w.team.ID, nil); got.Status != http.StatusNotFound {
			t.Errorf("before it applies somebody who decides sees the team: %d", got.Status)
		}
	}
	for _, l := range w.legs {
		w.turn(l)
		c := w.own()
		if c.TeamID != w.team.ID || c.Position == nil {
			t.Fatalf("%s is asked for %+v of the team %q", l.mail, c.Position, c.TeamID)
		}
		w.Person.do("POST", "/candidacies/"+c.ID+"/answer", map[string]any{"accept": true}, "If-Match", etag(c.Version)).Into(t, &l.candidacy)
	}
	var mine teamView
	w.Person.do("GET", "/teams/"+w.team.ID, nil).Into(t, &mine)
	if len(mine.Members) != 1 || mine.Name != "Hearts for Addis" {
		t.Errorf("a member sees %d of the team", len(mine.Members))
	}
	w.move(w.Association, "apply", "")
	if got := w.Association.do("POST", "/teams/"+w.team.ID+"/steps", map[string]any{"step": "apply"}, "If-Match", etag(w.team.Version)); got.Status != http.StatusConflict {
		t.Errorf("applies twice: %d", got.Status)
	}
	if got := w.Coordinator.do("POST", "/teams/"+w.team.ID+"/steps", map[string]any{"step": "shortlist", "reason": "x"}, "If-Match", etag(w.team.Version-1)); got.Status != http.StatusPreconditionFailed {
		t.Errorf("a step on an older version: %d", got.Status)
	}
}

// decided leads the team to the offers; one withdraws on the way and blocks nobody.
func (w *surgical) decided() {
	t := w.t
	var before teamView
	w.Host.do("GET", "/teams/"+w.team.ID, nil).Into(t, &before)
	for _, m := range before.Members {
		if m.Person.Name != "" || m.Person.ProfessionalID != "" || m.Statement != "" {
			t.Errorf("before the shortlist the host sees %+v", m.Person)
		}
	}
	if len(before.Members) != 12 || before.Name != "" || before.Statement != "" {
		t.Errorf("before the shortlist the host sees %d of %q: %q", len(before.Members), before.Name, before.Statement)
	}
	w.move(w.Coordinator, "shortlist", "")
	if w.done() != 12 {
		t.Errorf("%d are on the shortlist", w.done())
	}
	w.move(w.Host, "endorse", "yes")
	if w.done() != 12 || w.team.Name != "Hearts for Addis" || w.team.Members[0].Person.Name == "" {
		t.Errorf("the host endorsed %d of %q", w.done(), w.team.Name)
	}
	var seen boardView
	w.Host.do("GET", "/board?need="+w.Need, nil).Into(t, &seen)
	if len(seen.Cards) != 12 || seen.Cards[0].Position == nil || seen.Cards[0].Position.Title == "" {
		t.Errorf("the board shows %d cards, the first for %+v", len(seen.Cards), seen.Cards[0].Position)
	}
	w.turn(w.legs[11])
	c := w.own()
	w.Person.do("POST", "/candidacies/"+c.ID+"/withdraw", map[string]any{"reason": "Ill"}, "If-Match", etag(c.Version)).Into(t, &c)
	w.move(w.Ministry, "no_objection", "yes")
	if w.done() != 11 {
		t.Errorf("the ministry has no objection to %d", w.done())
	}
	w.move(w.Coordinator, "approve", "yes")
	if w.done() != 11 {
		t.Errorf("%d are approved", w.done())
	}
	for _, l := range w.legs[:11] {
		w.turn(l)
		c := w.own()
		w.Person.do("POST", "/candidacies/"+c.ID+"/accept", map[string]any{"noFee": true}, "If-Match", etag(c.Version)).Into(t, &l.candidacy)
		l.placement = l.candidacy.Placement
	}
	if n := w.need(); n.State != "PARTLY_FILLED" || n.Filled != 11 || w.posts() != "3/3 2/2 5/5 1/2" {
		t.Errorf("after eleven the need is %s with %d: %s", n.State, n.Filled, w.posts())
	}
}

// equipped writes the list of goods and fetches the letter.
func (w *surgical) equipped() {
	t := w.t
	var e equipmentView
	w.Association.do("GET", "/needs/"+w.Need+"/equipment", nil).Into(t, &e)
	w.Association.do("PUT", "/needs/"+w.Need+"/equipment", goodsSound(), "If-Match", etag(e.Version)).Into(t, &e)
	if len(e.Items) != 2 || len(e.Team) != 0 {
		t.Errorf("the association reads %d lines and %d names", len(e.Items), len(e.Team))
	}
	w.Host.do("GET", "/needs/"+w.Need+"/equipment", nil).Into(t, &e)
	if len(e.Team) != 11 || e.Team[0].Name == "" || e.Team[0].Work == "" {
		t.Errorf("the letter names %+v", e.Team)
	}
	for _, language := range []string{"en", "fr", "ar", "pt"} {
		got := w.Host.do("GET", "/needs/"+w.Need+"/customs-letter?language="+language, nil)
		if got.Status != http.StatusOK || !bytes.HasPrefix(got.Body, []byte("%PDF-")) || !bytes.Contains(got.Body, []byte("/Lang ("+language)) {
			t.Errorf("the letter in %s: %d, %d bytes", language, got.Status, len(got.Body))
		}
	}
	if got := w.Association.do("GET", "/needs/"+w.Need+"/customs-letter", nil); got.Status != http.StatusNotFound {
		t.Errorf("the association gets the letter with everybody's name: %d", got.Status)
	}
}

// served leads the eleven through their stays; the licence of one nurse comes late.
func (w *surgical) served() {
	t := w.t
	nurse := w.legs[7]
	for _, l := range w.legs[:11] {
		w.turn(l)
		licences := 0
		for _, c := range w.read(w.Coordinator).File.Clearances {
			if c.Kind == "registration" && c.Mandatory && c.State == "OPEN" {
				licences++
			}
		}
		if licences != 1 {
			t.Errorf("%s has %d clearances of a licence", l.mail, licences)
		}
		if l == nurse {
			w.papers("registration")
			w.refused(w.Coordinator, "/steps", map[string]any{"move": "clear"}, "registration")
			continue
		}
		w.cleared()
	}
	w.until("2027-03-05")
	for _, l := range w.legs[:11] {
		if l != nurse {
			w.arrived(l)
		}
	}
	if n := w.need(); n.State != "UNDERWAY" {
		t.Errorf("with ten of eleven there the need is %s", n.State)
	}
	w.turn(nurse)
	w.act(w.Coordinator, "PUT", "/clearances/registration", map[string]any{"reference": "REG-8", "validFrom": "2027-03-01", "validUntil": "2027-12-31"})
	w.act(w.Coordinator, "POST", "/clearances/registration/decision", map[string]any{"state": "VERIFIED"})
	w.step(w.Coordinator, map[string]any{"move": "clear"})
	w.arrived(nurse)
}

// evaluated gives one evaluation for the team, and each a certificate.
func (w *surgical) evaluated() {
	t := w.t
	w.until("2027-03-15")
	w.tick()
	answers := map[string]any{"answers": map[string]any{"objective": "fully", "passed_on": "mostly", "working_together": "fully", "again": "yes"}}
	for range 2 { // sending it twice is one evaluation
		var all list[evaluatedView]
		w.Host.do("PUT", "/needs/"+w.Need+"/evaluation", answers).Into(t, &all)
		if len(all.Items) != 11 || all.Items[0].Outcome != "done" || all.Items[10].Outcome != "done" {
			t.Errorf("evaluated are %+v", all.Items)
		}
	}
	codes := map[string]bool{}
	for i, l := range w.legs[:11] {
		w.turn(l)
		w.act(w.Person, "PUT", "/reports/final_report", map[string]any{"answers": map[string]any{"objective": "fully", "outputs": "Operations", "passed_on": "How to"}})
		w.act(w.Person, "PUT", "/reports/no_fee", map[string]any{"answers": map[string]any{"declared": "yes"}})
		w.step(w.Coordinator, map[string]any{"move": "complete"})
		codes[w.now.File.Certificate] = w.now.Days == 10 && w.now.File.Certificate != ""
		if n := w.need(); (n.State == "DELIVERED") != (i == 10) {
			t.Errorf("after %d of eleven are completed the need is %s", i+1, n.State)
		}
	}
	if len(codes) != 11 || codes[""] {
		t.Errorf("there are %d certificates: %v", len(codes), codes)
	}
}

// Story 4: twelve positions of four professions in one need, and a team of twelve of
// whom eleven come.
func TestStory4ASurgicalTeam(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		w := surgeons(t, db, clock)
		if n := w.need(); n.Headcount != 12 || n.Days != 10 || w.posts() != "0/3 0/2 0/5 0/2" {
			t.Fatalf("the need asks for %d on %d days: %s", n.Headcount, n.Days, w.posts())
		}
		w.formed()
		w.decided()
		w.equipped()
		w.served()
		w.evaluated()
	})
}

// A placement that is cancelled leaves a place of its position free again; who stands for
// which position is found by their occupation.
func TestACancelledPlacementFreesItsPosition(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		w := paidBy(t, db, clock, stepped("EUR", 4_500, 50), ama())
		w.Need = w.published(of(obstetric(false), map[string]any{"headcount": 3, "licenceRequired": false, "positions": []any{
			map[string]any{"isco": "2222", "title": "Midwives", "headcount": 1, "licenceRequired": true},
			map[string]any{"isco": "2221", "title": "Nurses", "headcount": 2}}}), "2027-01-15")
		filled := func() string {
			var n needView
			w.Coordinator.do("GET", "/needs/"+w.Need, nil).Into(t, &n)
			return fmt.Sprintf("%s %d: %d/%d %d/%d", n.State, n.Filled, n.Posts[0].Filled, n.Posts[0].Headcount, n.Posts[1].Filled, n.Posts[1].Headcount)
		}
		w.chosen()
		w.Placement = w.placementOf()
		if got := filled(); got != "PARTLY_FILLED 1: 1/1 0/2" {
			t.Errorf("with the midwife: %s", got)
		}
		regulated := false
		for _, c := range w.read(w.Coordinator).File.Clearances {
			regulated = regulated || c.Kind == "registration"
		}
		if !regulated {
			t.Error("a midwife of a position with a licence needs no registration")
		}
		if got := w.Host.do("GET", "/needs/"+w.Need+"/customs-letter", nil); got.Status != http.StatusConflict || !strings.Contains(string(got.Body), "0 goods and 1 people") {
			t.Errorf("a letter about nothing: %d %s", got.Status, got.Body)
		}
		w.act(w.Coordinator, "POST", "/cancel", map[string]any{"reason": "Ill"})
		if got := filled(); got != "IN_SELECTION 0: 0/1 0/2" {
			t.Errorf("after she cancelled: %s", got)
		}
	})
}
