// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/identity/identitytest"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

// paidBy opens the API with rates of the programme, and a person of this profile.
func paidBy(t *testing.T, db *store.DB, clock *storetest.Clock, rates map[string]any, profile map[string]any) *told {
	t.Helper()
	h := whole(t, db)
	s := &scene{Side: h.Side, Host: h.as(t, h.Side.Host), Ministry: h.as(t, h.Side.Ministry), Association: h.as(t, h.Side.Association), Coordinator: h.as(t, h.Side.Coordinator)}
	w := &told{house: h, scene: s, t: t, clock: clock, mail: profile["email"].(string)}
	s.Coordinator.do("PUT", "/rates", map[string]any{"rates": []any{rates}}, "If-Match", etag(1)).Into(t, &ratesView{})
	var made professionalView
	s.Association.do("POST", "/professionals", profile).Into(t, &made)
	s.Person = h.stranger(t)
	s.Person.do("POST", "/invitations/accept", map[string]any{"token": token(t, made.Invitation.Link), "password": identitytest.Password, "locale": "en",
		"consents": ticked(t, s.Person, "registry_search", "share_with_hosts", "statistics", "association_contact")}).Into(t, &sessionView{})
	s.Professional, s.Pseudonym = made.ID, made.Pseudonym
	return w
}

// stepped is a rate with the steps of the stories.
func stepped(currency string, daily, lodgingShare int) map[string]any {
	return map[string]any{"country": "GH", "currency": currency, "daily": daily, "travel": 0, "lodgingShare": lodgingShare, "tiers": []any{
		map[string]any{"days": 60, "percent": 100}, map[string]any{"days": 60, "percent": 75}, map[string]any{"days": 0, "percent": 60}}}
}

// of is a profile or a need with these changes.
func of(body map[string]any, changes map[string]any) map[string]any {
	for name, value := range changes {
		body[name] = value
	}
	return body
}

// obstetric is the need of story 1.
func obstetric(lodged bool) map[string]any {
	gives := []any{}
	if lodged {
		gives = append(gives, map[string]any{"kind": "lodging", "description": "A room"})
	}
	return of(irrigation("GH"), map[string]any{"title": "Emergency obstetric care", "language": "en", "sector": "health", "isco": "2222", "occupationTitle": "Midwife",
		"dutyStation": "Kumasi", "startsOn": "2027-02-01", "endsOn": "2027-04-25", "licenceRequired": true, "regulator": "Nursing and Midwifery Council", "contributions": gives,
		"criteria":  []any{map[string]any{"concept": "", "label": "emergency obstetric care", "required": false, "weight": 5}},
		"languages": []any{map[string]any{"language": "en", "spoken": "B1", "written": "B1", "required": true}}})
}

// ama is the midwife of story 1.
func ama() map[string]any {
	return of(agronomist("ama@example.org", "GH"), map[string]any{"givenName": "Ama", "familyName": "Boateng", "residenceCountry": "NL", "isco": "2222", "occupationTitle": "Midwife",
		"yearsExperience": 14, "longestDays": 90, "skills": []any{}, "cvText": "emergency obstetric care", "cvLanguage": "en",
		"languages":    []any{level("en", "C1"), level("nl", "C1"), map[string]any{"language": "tw", "native": true}},
		"licences":     []any{map[string]any{"body": "BIG-register", "country": "NL", "isco": "2222", "validUntil": "2030-01-01"}},
		"availability": []any{map[string]any{"from": "2027-01-25", "to": "2027-05-31"}}})
}

// Story 1: a midwife for 84 days in Kumasi.
func TestStory1AMidwifeForKumasi(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		w := paidBy(t, db, clock, stepped("EUR", 4_500, 50), ama())
		w.Need = w.published(obstetric(true), "2027-01-15")
		var nominated candidacyView
		w.Association.do("POST", "/needs/"+w.Need+"/nominations", map[string]any{"professionalId": w.Professional, "reason": "Our best"}).Into(t, &nominated)
		var seen list[candidacyView]
		w.Host.do("GET", "/candidacies", nil).Into(t, &seen)
		if len(seen.Items) != 0 {
			t.Errorf("before she has accepted the hospital sees %d candidacies", len(seen.Items))
		}
		var own candidacyView
		w.Person.do("GET", "/candidacies/"+nominated.ID, nil).Into(t, &own)
		w.Person.do("POST", "/candidacies/"+own.ID+"/answer", map[string]any{"accept": true}, "If-Match", etag(own.Version)).Into(t, &own)
		w.Coordinator.do("GET", "/candidacies/"+own.ID, nil).Into(t, &own)
		w.chosen()
		w.Placement = w.placementOf()
		w.goodStanding()
		if m := w.read(w.Person).File.Money; m == nil || m.Days != 84 || m.Allowance != 175_500 || !m.Lodged {
			t.Errorf("lodged by the host she gets %+v, want EUR 1,755.00", m)
		}
		w.twoPay()
		w.certified()
	})
}

// Story 1, without lodging: the whole allowance.
func TestStory1WithoutLodging(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		w := paidBy(t, db, clock, stepped("EUR", 4_500, 50), ama())
		w.Need = w.published(obstetric(false), "2027-01-15")
		w.chosen()
		w.Placement = w.placementOf()
		if m := w.read(w.Coordinator).File.Money; m == nil || m.Allowance != 351_000 || m.Committed != 351_000 || m.Currency != "EUR" {
			t.Errorf("she gets %+v, want EUR 3,510.00", m)
		}
	})
}

// chosen leads the person from the shortlist to the acceptance.
func (w *told) chosen() {
	w.t.Helper()
	var n needView
	w.Coordinator.do("GET", "/needs/"+w.Need, nil).Into(w.t, &n)
	var sheet shortlistView
	w.Coordinator.do("POST", "/needs/"+w.Need+"/shortlist", map[string]any{"reason": "The best fit", "people": []any{map[string]any{"pseudonym": w.Pseudonym}}}, "If-Match", etag(n.Version)).Into(w.t, &sheet)
	c := sheet.Items[0]
	for _, step := range []struct {
		by   *client
		verb string
		body any
	}{{w.Host, "endorse", opinion("yes", "Sound")}, {w.Ministry, "no-objection", opinion("yes", "Sound")}, {w.Coordinator, "approve", opinion("yes", "Sound")}, {w.Person, "accept", map[string]any{"noFee": true}}} {
		step.by.do("POST", "/candidacies/"+c.ID+"/"+step.verb, step.body, "If-Match", etag(c.Version)).Into(w.t, &c)
	}
	w.Candidacy = c.ID
}

// placementOf is what came of the candidacy.
func (w *told) placementOf() string {
	w.t.Helper()
	var c candidacyView
	w.Coordinator.do("GET", "/candidacies/"+w.Candidacy, nil).Into(w.t, &c)
	return c.Placement
}

// refused asks for a refusal with this code.
func (w *told) refused(by *client, path string, body any, code string) {
	w.t.Helper()
	w.read(w.Coordinator)
	got := by.do("POST", "/placements/"+w.Placement+path, body, "If-Match", etag(w.now.Version))
	if got.Status != http.StatusConflict || !strings.Contains(string(got.Body), code) {
		w.t.Errorf("%s: %d %s, want a conflict that says %s", path, got.Status, got.Body, code)
	}
}

// goodStanding tries a letter that is too old, and one that is not.
func (w *told) goodStanding() {
	w.t.Helper()
	verify := map[string]any{"state": "VERIFIED"}
	w.act(w.Person, "PUT", "/clearances/good_standing", map[string]any{"reference": "GS-1", "issuedOn": "2026-09-15"})
	w.refused(w.Coordinator, "/clearances/good_standing/decision", verify, "139 days old")
	w.act(w.Person, "PUT", "/clearances/good_standing", map[string]any{"reference": "GS-2", "issuedOn": "2026-12-10"})
	w.act(w.Coordinator, "POST", "/clearances/good_standing/decision", verify)
	for _, c := range w.now.File.Clearances {
		if c.Kind == "good_standing" && (c.State != "VERIFIED" || day.Length(day.Day(c.IssuedOn), day.Day(w.now.From))-1 != 53) {
			w.t.Errorf("the letter of 2026-12-10 is %+v", c)
		}
	}
}

// twoPay pays a first instalment, without which nobody departs.
func (w *told) twoPay() {
	w.t.Helper()
	w.cleared()
	depart := map[string]any{"move": "depart", "on": "2027-01-31"}
	w.refused(w.Person, "/steps", depart, "first instalment")
	w.act(w.Coordinator, "POST", "/instalments", map[string]any{"amount": 50_000})
	w.refused(w.Coordinator, "/instalments/1", map[string]any{"release": true}, "instalment.own")
	colleague := w.as(w.t, w.Officer("treasury@test.invalid", w.Side.Coordinator.OrganisationID, w.Programme.ID, identity.Coordinator))
	w.act(colleague, "POST", "/instalments/1", map[string]any{"release": true})
	if m := w.now.File.Money; m.Paid != 50_000 || m.Instalments[0].State != "RELEASED" {
		w.t.Errorf("after the release %+v", m)
	}
	w.until("2027-01-31")
	w.step(w.Person, depart)
	w.until("2027-02-01")
	for _, by := range []*client{w.Host, w.Person} {
		w.step(by, map[string]any{"move": "arrive", "on": "2027-02-01"})
	}
}

// certified completes the stay: the certificate comes with the last of both words.
func (w *told) certified() {
	w.t.Helper()
	w.until("2027-04-27")
	if err := w.API.Placements.Tick(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
	w.act(w.Person, "PUT", "/reports/final_report", map[string]any{"answers": map[string]any{"objective": "fully", "outputs": "Twelve drills", "passed_on": "How to lead them"}})
	w.act(w.Person, "PUT", "/reports/no_fee", map[string]any{"answers": map[string]any{"declared": "yes"}})
	w.refused(w.Coordinator, "/steps", map[string]any{"move": "complete"}, "host evaluation")
	if got := w.read(w.Person).File.Certificate; got != "" {
		w.t.Errorf("before the evaluation there is a certificate %s", got)
	}
	w.act(w.Host, "PUT", "/reports/host_evaluation", map[string]any{"answers": map[string]any{"objective": "fully", "passed_on": "fully", "working_together": "fully", "again": "yes"}})
	w.step(w.Coordinator, map[string]any{"move": "complete"})
	if w.now.File.Certificate == "" || w.now.State != "COMPLETED" {
		w.t.Errorf("%s with the certificate %q", w.now.State, w.now.File.Certificate)
	}
	theirs := w.as(w.t, w.Side.Association)
	var seen placementView
	theirs.do("GET", "/placements/"+w.Placement, nil).Into(w.t, &seen)
	if seen.State != "COMPLETED" || len(seen.File.Clearances) != 0 || seen.File.Money != nil {
		w.t.Errorf("the association sees %+v", seen.File)
	}
}

// Story 2: 180 days in Hargeisa, by a citizen of where she lives who has a post there.
func TestStory2ANurseForHargeisa(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		hodan := of(ama(), map[string]any{"givenName": "Hodan", "familyName": "Warsame", "email": "hodan@example.org", "residenceCountry": "FI", "residenceStatus": "citizen", "isco": "2221",
			"occupationTitle": "Nurse", "longestDays": 200, "experience": []any{map[string]any{"title": "Nurse", "isco": "2221", "from": "2015-01-01"}},
			"availability": []any{map[string]any{"from": "2027-01-01", "to": "2027-08-31"}}})
		w := paidBy(t, db, clock, of(stepped("EUR", 7_000, 100), map[string]any{"leaveDays": 2}), hodan)
		w.Need = w.published(of(obstetric(false), map[string]any{"title": "Neonatal care", "isco": "2221", "occupationTitle": "Nurse", "startsOn": "2027-01-11", "endsOn": "2027-07-09"}), "2027-01-05")
		w.chosen()
		w.Placement = w.placementOf()
		p := w.read(w.Person)
		if p.File.Guard == nil || p.File.Guard.Signal != "green" {
			t.Errorf("the guard says %+v", p.File.Guard)
		}
		if m := p.File.Money; m == nil || m.Days != 180 || m.Allowance != 987_000 {
			t.Errorf("she gets %+v, want EUR 9,870.00", m)
		}
		w.withoutEmployer()
		w.until("2027-01-11")
		for _, by := range []*client{w.Host, w.Person} {
			w.step(by, map[string]any{"move": "arrive", "on": "2027-01-11"})
		}
		for _, c := range []struct {
			on   day.Day
			late bool
		}{{"2027-04-10", false}, {"2027-04-16", false}, {"2027-04-17", true}} {
			w.until(c.on)
			for _, d := range w.read(w.Person).File.Due {
				if d.Kind == "midterm_person" && (d.From != "2027-04-10" || d.Overdue != c.late) {
					t.Errorf("on %s the note is %+v", c.on, d)
				}
			}
		}
		w.counted()
		w.away()
		w.yearAfter()
	})
}

// counted writes down the two counterparts of Hargeisa and a training, in heads.
func (w *told) counted() {
	w.t.Helper()
	one := func(sex string) map[string]any { return map[string]any{"sex": sex, "age": "-29", "people": 1} }
	w.act(w.Host, "PUT", "/sessions", map[string]any{"sessions": []any{
		map[string]any{"kind": "counterparts", "title": "Nurses of the unit", "groups": []any{one("female"), one("male")}},
		map[string]any{"kind": "training", "title": "Newborn resuscitation", "heldOn": "2027-03-02", "groups": []any{map[string]any{"sex": "female", "age": "-29", "people": 7}, map[string]any{"sex": "male", "age": "30-39", "people": 5}}}}})
	for by, want := range map[*client]int{w.Person: 2, w.Host: 2, w.Coordinator: 2, w.Ministry: 0, w.as(w.t, w.Side.Association): 0} {
		if got := w.read(by).File.Sessions; len(got) != want {
			w.t.Errorf("somebody reads %+v, want %d", got, want)
		}
	}
	w.heads([]int{0}, []int{12, 7, 5, 7, 5})
	w.act(w.Host, "PUT", "/sessions", map[string]any{"sessions": []any{
		map[string]any{"kind": "counterparts", "title": "Nurses of the unit", "groups": []any{one("female"), one("male")}},
		map[string]any{"kind": "training", "title": "Newborn resuscitation", "heldOn": "2027-03-02", "groups": []any{map[string]any{"sex": "female", "age": "-29", "people": 7}, map[string]any{"sex": "male", "age": "30-39", "people": 3}}}}})
	w.heads([]int{0}, []int{10}) // three men are few, and the women would give them away
	beside := w.read(w.Coordinator).File.Sessions[0]
	if len(beside.Groups) != 2 || beside.Groups[0] != (attendanceGroup{"female", "-29", 1}) || beside.Groups[1] != (attendanceGroup{"male", "-29", 1}) {
		w.t.Errorf("the counterparts are %+v", beside)
	}
}

// heads compares what the programme publishes of 2027, of counterparts and of trainings:
// the total and each group that is not withheld, 0 for a total that is.
func (w *told) heads(want ...[]int) {
	w.t.Helper()
	var r trainedView
	w.Ministry.do("GET", "/trained?year=2027", nil).Into(w.t, &r)
	for i, kind := range r.Kinds {
		got := []int{kind.Total.Count}
		for _, table := range kind.Tables {
			for _, g := range table.Groups {
				if !g.Cell.Withheld {
					got = append(got, g.Cell.Count)
				}
			}
		}
		if kind.Sessions != 1 || !slices.Equal(got, want[i]) {
			w.t.Errorf("of %s %v are published in %d sessions, want %v", kind.Kind, got, kind.Sessions, want[i])
		}
	}
	var other trainedView
	w.Ministry.do("GET", "/trained?year=2026", nil).Into(w.t, &other)
	if other.Kinds[1].Sessions != 0 || other.Kinds[1].Total.Count != 0 {
		w.t.Errorf("the year before %+v", other.Kinds)
	}
}

// away takes leave: two days a month are paid, twelve in all, and the thirteenth is not.
func (w *told) away() {
	w.t.Helper()
	leave := func(from, to string) map[string]any { return map[string]any{"kind": "leave", "from": from, "to": to} }
	home := map[string]any{"kind": "remote", "from": "2027-05-03", "to": "2027-05-07"}
	w.act(w.Person, "PUT", "/absences", map[string]any{"absences": []any{leave("2027-03-01", "2027-03-12"), home}})
	if f := w.now.File; f.Money.Unpaid != 0 || f.Money.Allowance != 987_000 || f.Used[0] != (usedView{"leave", 12, true, 12, 0}) || f.Used[1] != (usedView{"remote", 5, false, 0, 0}) {
		w.t.Errorf("twelve days of leave: %+v %+v", f.Used, f.Money)
	}
	for by, want := range map[*client]int{w.Coordinator: 2, w.Host: 2, w.Ministry: 0} {
		var b boardView
		by.do("GET", "/board?record=placement", nil).Into(w.t, &b)
		if len(b.Cards) != 1 || len(b.Cards[0].Absences) != want {
			w.t.Errorf("the calendar shows %+v, want %d absences", b.Cards, want)
		}
	}
	w.act(w.Person, "PUT", "/absences", map[string]any{"absences": []any{leave("2027-03-01", "2027-03-13"), home}})
	// One day less is one of the last, which are paid at three fifths: EUR 42.
	if m := w.now.File.Money; m.Unpaid != 1 || m.Allowance != 982_800 || m.Committed != 982_800 || m.Released != 4_200 {
		w.t.Errorf("thirteen days of leave: %+v, want EUR 9,828.00", m)
	}
	w.act(w.Coordinator, "PUT", "/absences", map[string]any{"absences": []any{leave("2027-03-01", "2027-03-12"), home}})
	if m := w.now.File.Money; m.Unpaid != 0 || m.Allowance != 987_000 || m.Committed != 987_000 {
		w.t.Errorf("put right again: %+v, want EUR 9,870.00", m)
	}
}

// yearAfter measures the unit before, at the end, and a year after.
func (w *told) yearAfter() {
	w.t.Helper()
	value := func(moment, value, on string) map[string]any {
		return map[string]any{"moment": moment, "value": value, "on": on, "measuredBy": "Records office of the hospital"}
	}
	set := func(by *client, values ...any) answerOf {
		w.read(w.Coordinator)
		return by.do("PUT", "/placements/"+w.Placement+"/indicators", map[string]any{"indicators": []any{map[string]any{"name": "Neonatal mortality at the unit", "unit": "%",
			"source": "Register of the unit; the 24 % to 5 % of an earlier programme is history, not our result", "values": values}}}, "If-Match", etag(w.now.Version))
	}
	before, aim := value("baseline", "11.4", "2027-01-08"), value("target", "8", "2027-07-09")
	set(w.Host, before, aim).Into(w.t, &w.now)
	if got := set(w.Host, before, value("month_12", "7.25", "2027-04-17")); got.Status != http.StatusUnprocessableEntity || !strings.Contains(string(got.Body), "indicator.early") {
		w.t.Errorf("a year after, measured at once: %d %s", got.Status, got.Body)
	}
	twice := set(w.Host, before, before)
	if twice.Status != http.StatusUnprocessableEntity || !strings.Contains(string(twice.Body), "indicators[0].values[1].moment") {
		w.t.Errorf("two baselines: %d %s", twice.Status, twice.Body)
	}
	w.until("2027-07-12")
	end := value("end", "8.5", "2027-07-09")
	set(w.Person, before, aim, end).Into(w.t, &w.now)
	w.act(w.Person, "PUT", "/reports/handover", map[string]any{"answers": map[string]any{"done": "The unit works by protocol.", "open": "The second incubator."}})
	w.step(w.Host, map[string]any{"move": "end"})
	w.act(w.Person, "PUT", "/reports/final_report", map[string]any{"answers": map[string]any{"objective": "mostly", "outputs": "Two nurses trained.", "passed_on": "The protocol."}})
	w.act(w.Person, "PUT", "/reports/no_fee", map[string]any{"answers": map[string]any{"declared": "yes"}})
	w.act(w.Host, "PUT", "/reports/host_evaluation", map[string]any{"answers": map[string]any{"objective": "fully", "passed_on": "fully", "working_together": "fully", "again": "yes"}})
	w.step(w.Coordinator, map[string]any{"move": "complete"})
	w.read(w.Coordinator)
	if got := w.Host.do("PUT", "/placements/"+w.Placement+"/sessions", map[string]any{"sessions": []any{}}, "If-Match", etag(w.now.Version)); got.Status != http.StatusConflict || !strings.Contains(string(got.Body), "placement.not_followed") {
		w.t.Errorf("of a stay that is completed: %d %s", got.Status, got.Body)
	}
	w.until("2028-07-10")
	set(w.Host, before, aim, end, value("month_12", "7.25", "2028-07-08")).Into(w.t, &w.now)
	w.act(w.Coordinator, "PUT", "/reports/outcome", map[string]any{"answers": map[string]any{"level": "high", "outcome": "Fewer newborns die.", "repeat": "yes"}})
	var next needView
	w.Host.do("POST", "/needs/"+w.Need+"/duplicate", nil).Into(w.t, &next)
	if next.State != "DRAFT" || next.Title != "Neonatal care" || next.StartsOn != "" || next.Reference == w.Need {
		w.t.Errorf("the repeat is %+v", next)
	}
	got := w.read(w.Ministry).File.Indicators
	if len(got) != 1 || len(got[0].Values) != 4 || got[0].Values[0] != (indicatorValue{"baseline", "11.4", "2027-01-08", "Records office of the hospital"}) ||
		got[0].Values[3] != (indicatorValue{"month_12", "7.25", "2028-07-08", "Records office of the hospital"}) || !strings.Contains(got[0].Source, "history, not our result") {
		w.t.Errorf("a year after the ministry reads %+v", got)
	}
}

// withoutEmployer clears everything but the release of her employer, and is refused.
func (w *told) withoutEmployer() {
	w.t.Helper()
	for _, kind := range []string{"agreement", "work_plan"} {
		for _, by := range []*client{w.Person, w.Host, w.Coordinator} {
			w.act(by, "POST", "/clearances/"+kind+"/signature", nil)
		}
	}
	asked := false
	for _, c := range w.read(w.Coordinator).File.Clearances {
		asked = asked || c.Kind == "employer"
		if !c.Done && c.Kind != "employer" {
			w.act(w.Coordinator, "POST", "/clearances/"+c.Kind+"/decision", map[string]any{"state": "WAIVED", "note": map[bool]string{true: "", false: "Not needed here."}[c.Kind == "medical"]})
		}
	}
	if !asked {
		w.t.Error("her employer is not asked")
	}
	w.refused(w.Coordinator, "/steps", map[string]any{"move": "clear"}, "clearances (employer)")
	w.act(w.Person, "PUT", "/clearances/employer", map[string]any{"reference": "Unpaid leave", "validFrom": "2027-01-11", "validUntil": "2027-07-31"})
	w.act(w.Coordinator, "POST", "/clearances/employer/decision", map[string]any{"state": "VERIFIED"})
	w.step(w.Coordinator, map[string]any{"move": "clear"})
}

// Story 8: a need that is not what the programme is for, and what it costs everybody.
func TestStory8TheMinistryReturnsANeed(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		h := whole(t, db)
		host, ministry := h.as(t, h.Side.Host), h.as(t, h.Side.Ministry)
		body := of(irrigation("GH"), map[string]any{"title": "To run the accounts for six months", "counterparts": []any{}})
		later := func(d time.Duration) { // sessions end meanwhile
			t.Helper()
			clock.Advance(d)
			host, ministry = h.as(t, h.Side.Host), h.as(t, h.Side.Ministry)
		}
		var n needView
		host.do("POST", "/needs", body).Into(t, &n)
		submit := func() answerOf {
			return host.do("POST", "/needs/"+n.Reference+"/submit", nil, "If-Match", etag(n.Version))
		}
		if got := submit(); got.Status != http.StatusUnprocessableEntity || !strings.Contains(string(got.Body), "counterparts.few") {
			t.Errorf("without counterparts: %d %s", got.Status, got.Body)
		}
		revise := func() {
			t.Helper()
			host.do("PUT", "/needs/"+n.Reference, body, "If-Match", etag(n.Version)).Into(t, &n)
			submit().Into(t, &n)
		}
		body["counterparts"] = irrigation("GH")["counterparts"]
		later(5 * time.Hour)
		revise()
		for range 2 {
			later(7 * time.Hour)
			ministry.do("POST", "/needs/"+n.Reference+"/return", map[string]any{"reason": "This would replace a post", "comments": []any{map[string]any{"field": "nonSubstitution", "text": "Who keeps the accounts today?"}}},
				"If-Match", etag(n.Version)).Into(t, &n)
			later(3 * time.Hour)
			revise()
		}
		later(time.Hour)
		wrote := func(user string) {
			t.Helper()
			if err := db.Keep(t.Context(), func(tx *store.Tx) error {
				return tx.Exec(`UPDATE needs SET created_by = ? WHERE id = ?`, user, n.ID).Error
			}); err != nil {
				t.Fatal(err)
			}
		}
		wrote(h.Side.Ministry.UserID) // a ministry may write for a host: then a colleague validates
		if got := ministry.do("POST", "/needs/"+n.Reference+"/validate", nil, "If-Match", etag(n.Version)); got.Status != http.StatusConflict || !strings.Contains(string(got.Body), "need.own_text") {
			t.Errorf("the author validates: %d %s", got.Status, got.Body)
		}
		wrote(h.Side.Host.UserID)
		ministry.do("POST", "/needs/"+n.Reference+"/validate", nil, "If-Match", etag(n.Version)).Into(t, &n)
		if n.State != "VALIDATED" || n.Round != 3 {
			t.Errorf("%s in round %d, want the third version validated", n.State, n.Round)
		}
		var b burdenView
		ministry.do("GET", "/needs/"+n.Reference+"/burden", nil).Into(t, &b)
		hours := map[string]int{}
		for _, s := range b.States {
			hours[s.State] = s.Hours
		}
		for _, p := range b.Partners {
			hours[p.Role] = p.Hours
		}
		if hours["DRAFT"] != 5 || hours["SUBMITTED"] != 15 || hours["RETURNED"] != 6 || hours["host"] != 11 || hours["ministry"] != 15 || b.Returned != 2 || b.Hours != 26 {
			t.Errorf("the burden is %+v", b)
		}
	})
}
