// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/identity/identitytest"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

// lecturer is somebody who can give three weeks of a relay.
type lecturer struct {
	from, to  string
	mail      string
	pseudonym string
	placement string
	candidacy candidacyView
}

// relay is the need of story 7 with the three who cover it.
type relay struct {
	*told
	legs []*lecturer
}

// relayOf publishes a need of eight weeks that three people shall cover.
func relayOf(t *testing.T, db *store.DB, clock *storetest.Clock) *relay {
	t.Helper()
	h := whole(t, db)
	s := &scene{Side: h.Side, Host: h.as(t, h.Side.Host), Ministry: h.as(t, h.Side.Ministry), Association: h.as(t, h.Side.Association), Coordinator: h.as(t, h.Side.Coordinator)}
	r := &relay{told: &told{house: h, scene: s, t: t, clock: clock}, legs: []*lecturer{{from: "2027-02-08", to: "2027-02-28"}, {from: "2027-02-26", to: "2027-03-18"}, {from: "2027-03-16", to: "2027-04-05"}}}
	for i, l := range r.legs {
		l.mail = fmt.Sprintf("lecturer-%d@example.org", i)
		text := agronomist(l.mail, "GH")
		text["longestDays"], text["availability"] = 21, []any{map[string]any{"from": l.from, "to": l.to}}
		var made professionalView
		s.Association.do("POST", "/professionals", text).Into(t, &made)
		c := h.stranger(t)
		c.do("POST", "/invitations/accept", map[string]any{"token": token(t, made.Invitation.Link), "password": identitytest.Password, "locale": "fr",
			"consents": ticked(t, c, "registry_search", "share_with_hosts", "statistics", "association_contact")}).Into(t, &sessionView{})
		l.pseudonym = made.Pseudonym
	}
	s.Coordinator.do("PUT", "/rates", ratesSound(), "If-Match", etag(1)).Into(t, &ratesView{})
	body := irrigation("GH")
	for name, value := range map[string]any{"startsOn": "2027-02-08", "endsOn": "2027-04-05", "shortestDays": 14, "headcount": 3, "relay": true, "overlapDays": 3, "contributions": []any{}} {
		body[name] = value
	}
	s.Need = r.published(body, "2027-01-15")
	return r
}

// published leads a need of the host to publication.
func (w *told) published(body map[string]any, closes string) string {
	w.t.Helper()
	var n needView
	w.Host.do("POST", "/needs", body).Into(w.t, &n)
	for _, step := range []struct {
		by   *client
		verb string
		body any
	}{{w.Host, "submit", nil}, {w.Ministry, "validate", nil}, {w.Coordinator, "approve", nil}, {w.Coordinator, "publish", map[string]any{"closesOn": closes}}} {
		step.by.do("POST", "/needs/"+n.Reference+"/"+step.verb, step.body, "If-Match", etag(n.Version)).Into(w.t, &n)
	}
	return n.Reference
}

func (r *relay) need() (n needView) {
	r.t.Helper()
	r.Coordinator.do("GET", "/needs/"+r.Need, nil).Into(r.t, &n)
	return n
}

func (r *relay) coverage(by *client) (v relayView) {
	r.t.Helper()
	by.do("GET", "/needs/"+r.Need+"/coverage", nil).Into(r.t, &v)
	return v
}

// as turns to one of the three.
func (r *relay) turn(l *lecturer) {
	r.t.Helper()
	r.mail, r.Placement = l.mail, l.placement
	r.Person = r.stranger(r.t)
	r.Person.do("POST", "/session", map[string]any{"email": l.mail, "password": identitytest.Password}).Into(r.t, &sessionView{})
}

// decided leads one candidacy to the offer and its acceptance.
func (r *relay) decided(l *lecturer) {
	r.t.Helper()
	r.turn(l)
	for _, step := range []struct {
		by   *client
		verb string
		body any
	}{{r.Host, "endorse", opinion("yes", "Sound")}, {r.Ministry, "no-objection", opinion("yes", "Sound")}, {r.Coordinator, "approve", opinion("yes", "Sound")}, {r.Person, "accept", map[string]any{"noFee": true}}} {
		step.by.do("POST", "/candidacies/"+l.candidacy.ID+"/"+step.verb, step.body, "If-Match", etag(l.candidacy.Version)).Into(r.t, &l.candidacy)
	}
	l.placement = l.candidacy.Placement
	r.Placement = l.placement
}

// arrived brings one of the three to the host on their first day.
func (r *relay) arrived(l *lecturer) {
	r.t.Helper()
	r.turn(l)
	r.until(day.Day(l.from))
	for _, by := range []*client{r.Host, r.Person} {
		r.step(by, map[string]any{"move": "arrive", "on": l.from})
	}
}

// completed writes whatever is asked for at the end of a stay.
func (r *relay) completed(l *lecturer) {
	r.t.Helper()
	r.turn(l)
	r.act(r.Person, "PUT", "/reports/final_report", map[string]any{"answers": map[string]any{"objective": "fully", "outputs": "Two fields", "passed_on": "How to lay pipes"}})
	r.act(r.Person, "PUT", "/reports/no_fee", map[string]any{"answers": map[string]any{"declared": "yes"}})
	r.act(r.Host, "PUT", "/reports/host_evaluation", map[string]any{"answers": map[string]any{"objective": "fully", "passed_on": "fully", "working_together": "fully", "again": "yes"}})
	r.step(r.Coordinator, map[string]any{"move": "complete"})
}

func (r *relay) tick() {
	r.t.Helper()
	if err := r.API.Placements.Tick(r.t.Context()); err != nil {
		r.t.Fatal(err)
	}
}

// Story 7: three people of 21 days each cover eight weeks, with three days to hand over.
func TestStory7ARelayOfThree(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		r := relayOf(t, db, clock)
		first := r.coverage(r.Host)
		for i, l := range r.legs {
			if len(first.Proposed) != 3 || first.Proposed[i].From != l.from || first.Proposed[i].To != l.to || first.Proposed[i].Days != 21 {
				t.Fatalf("proposed is %+v", first.Proposed)
			}
		}
		if c := first.Cost; c == nil || c.Relay != 3*(21*4500+60_000) || c.Single != 57*4500+60_000 || c.Stays != 3 || c.Currency != "EUR" {
			t.Errorf("it costs %+v", first.Cost)
		}
		r.shortlisted()
		r.decided(r.legs[0])
		r.decided(r.legs[1])
		if n := r.need(); n.State != "PARTLY_FILLED" || n.Filled != 2 {
			t.Errorf("with two of three the need is %s", n.State)
		}
		two := r.coverage(r.Coordinator)
		if len(two.Booked.Gaps) != 1 || two.Booked.Gaps[0].From != "2027-03-19" || two.Booked.Gaps[0].To != "2027-04-05" || !two.Planned.Whole {
			t.Errorf("with two of three %+v", two)
		}
		r.decided(r.legs[2])
		all := r.coverage(r.Person)
		if c := all.Booked; !c.Whole || c.Covered != 57 || c.First != "2027-02-08" || c.Last != "2027-04-05" || len(c.Handovers) != 2 || c.Handovers[0].Days != 3 || c.Handovers[1].From != "2027-03-16" || !c.Handovers[1].Enough {
			t.Errorf("covered is %+v", c)
		}
		if all.Cost != nil || all.Legs[0].Person.Pseudonym != "" || all.Legs[2].Placement != r.legs[2].placement {
			t.Errorf("a person of the relay sees %+v", all)
		}
		r.served()
	})
}

// shortlisted puts the three before the host; the last gets their days later.
func (r *relay) shortlisted() {
	r.t.Helper()
	picks := []any{}
	for _, l := range r.legs[:2] {
		picks = append(picks, map[string]any{"pseudonym": l.pseudonym, "from": l.from, "to": l.to})
	}
	picks = append(picks, map[string]any{"pseudonym": r.legs[2].pseudonym})
	var sheet shortlistView
	r.Coordinator.do("POST", "/needs/"+r.Need+"/shortlist", map[string]any{"reason": "They fit together", "people": picks}, "If-Match", etag(r.need().Version)).Into(r.t, &sheet)
	for _, c := range sheet.Items {
		for _, l := range r.legs {
			if c.Person.Pseudonym == l.pseudonym {
				l.candidacy = c
			}
		}
	}
	last := r.legs[2]
	if got := r.Host.do("POST", "/candidacies/"+last.candidacy.ID+"/endorse", opinion("yes", "Sound"), "If-Match", etag(last.candidacy.Version)); got.Status != http.StatusConflict || !strings.Contains(string(got.Body), "candidacy.stay_missing") {
		r.t.Errorf("endorse without days: %d %s", got.Status, got.Body)
	}
	r.Coordinator.do("PUT", "/candidacies/"+last.candidacy.ID+"/stay", map[string]any{"from": last.from, "to": last.to}, "If-Match", etag(last.candidacy.Version)).Into(r.t, &last.candidacy)
	if last.candidacy.From != last.from || last.candidacy.Days != 21 {
		r.t.Errorf("the last leg is %s to %s", last.candidacy.From, last.candidacy.To)
	}
}

// served leads the three through their stays.
func (r *relay) served() {
	t := r.t
	for _, l := range r.legs {
		r.turn(l)
		r.cleared()
	}
	r.arrived(r.legs[0])
	if n := r.need(); n.State != "UNDERWAY" {
		t.Errorf("with the first there the need is %s", n.State)
	}
	r.arrived(r.legs[1])
	r.until("2027-03-02")
	r.turn(r.legs[0])
	r.tick()
	if got := r.read(r.Coordinator).State; got != "ON_DUTY" {
		t.Errorf("without a note the first stay is %s", got)
	}
	if got := r.Host.do("POST", "/placements/"+r.Placement+"/steps", map[string]any{"move": "end"}, "If-Match", etag(r.now.Version)); got.Status != http.StatusConflict || !strings.Contains(string(got.Body), "handover") {
		t.Errorf("end without a note: %d %s", got.Status, got.Body)
	}
	note := map[string]any{"answers": map[string]any{"done": "The first field", "open": "The second"}}
	r.act(r.Person, "PUT", "/reports/handover", note)
	r.tick()
	if got := r.read(r.Coordinator).State; got != "ENDED" {
		t.Errorf("with the note the first stay is %s", got)
	}
	r.completed(r.legs[0])
	r.arrived(r.legs[2])
	r.until("2027-03-20")
	r.turn(r.legs[1])
	r.act(r.Person, "PUT", "/reports/handover", note)
	r.tick()
	r.completed(r.legs[1])
	if n := r.need(); n.State != "UNDERWAY" {
		t.Errorf("after two of three the need is %s", n.State)
	}
	r.until("2027-04-07")
	r.turn(r.legs[2])
	r.tick() // nobody comes after the last: no note is waited for
	r.completed(r.legs[2])
	if n := r.need(); n.State != "DELIVERED" {
		t.Errorf("after the third the need is %s", n.State)
	}
}
