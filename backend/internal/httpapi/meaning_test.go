// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

// mistake puts a value in one place of a sound request; the field is the place
// that the answer must name, or another one that it concerns.
type mistake struct {
	at    string
	value any
	field string
}

func at(place string, value any) mistake { return mistake{place, value, place} }

func (m mistake) naming(field string) mistake { m.field = field; return m }

// profileMistakes are what people get wrong about a person.
var profileMistakes = []mistake{
	at("availability[0].to", "2027-04-30"), at("availability[0].from", "2027-09-01").naming("availability[0].to"),
	at("availability[0]", map[string]any{"from": "2026-01-01", "to": "2026-11-30"}).naming("availability[0].to"),
	at("availability[0]", map[string]any{"from": "2027-01-01", "to": ""}).naming("availability[0].to"),
	at("isco", "9999"), at("isco", "22"), at("isco", "medico"), at("experience[0].isco", "0000"), at("licences[0].isco", "1"),
	at("skills[0].concept", "magic.flying"), at("skills[0].level", 5), at("skills[0].level", 0), at("skills[0].years", 71),
	at("skills[0].lastUsed", 2027), at("skills[0].evidence", "host"), at("skills[0].evidence", "oath"),
	at("originCountry", "XX"), at("originCountry", ""), at("originCountry", "Ghana"), at("residenceCountry", "QQ"), at("education[0].country", "ZZ"),
	at("licences[0].country", ""), at("experience[0].country", "EU"), at("cvLanguage", "qq"), at("cvLanguage", ""),
	at("languages[0].language", "qq"), at("languages[0].language", ""), at("languages[0].listening", "C3"), at("languages[0].writing", "fluent"),
	at("languages[0]", map[string]any{"language": "fr"}).naming("languages[0].listening"),
	at("education[0].level", 9), at("education[0].field", "9999"), at("education[0].year", 2050),
	at("email", "nobody"), at("email", "a b@example.org"), at("email", "Ada <ada@example.org>"), at("phone", "call me"),
	at("birthDate", "2020-01-01"), at("birthDate", "1880-01-01"), at("givenName", ""), at("givenName", "   "), at("sex", "yes"),
	at("originLink", "friend"), at("residenceStatus", "tourist"), at("rightOfReturn", "perhaps"), at("rightOfReturn", "no").naming("rightOfReturnUntil"),
	at("yearsExperience", 71), at("longestDays", 731), at("noticeDays", 366),
	at("licences[0].validUntil", "2009-12-31"), at("licences[0].goodStandingOn", "2027-01-01"), at("licences[0].body", ""),
	at("experience[0].to", "2014-12-31"), at("experience[0].from", "2027-01-01"), at("experience[0].title", ""),
}

// needMistakes are what hosts get wrong about a need.
var needMistakes = []mistake{
	at("endsOn", "2027-06-06"), at("startsOn", "2027-07-17").naming("endsOn"), at("endsOn", "2029-12-31"), at("startsOn", "2027-02-30"),
	at("language", "qq"), at("sector", "cookery"), at("isco", "9999"), at("isco", "21"), at("country", "XX"), at("country", "US"),
	at("educationField", "9999"), at("educationLevel", 9), at("modality", "telepathy"), at("headcount", 101), at("yearsExperience", 61),
	at("shortestDays", 300), at("title", ""), at("title", " \t "), at("outputs[0].output", ""), at("counterparts[0].function", ""),
	at("criteria[0].concept", "magic.flying"), at("criteria[0].weight", 6), at("criteria[0].weight", 0), at("criteria[0].label", ""),
	at("languages[0].language", "qq"), at("languages[0].spoken", "C3"), at("languages[0].written", "A7"), at("contributions[0].kind", "gold"),
	at("positions[0].isco", "9999"), at("positions[0].title", " "), at("positions[0].headcount", 0), at("positions[0].headcount", 2).naming("headcount"),
}

// missingAtSubmission is what a draft may lack and a submission may not.
var missingAtSubmission = []mistake{
	at("counterparts", []any{}), at("counterparts", []any{map[string]any{"function": "Technicien"}}), at("outputs", []any{}),
	at("outputs[0].indicator", ""), at("criteria", []any{}), at("languages", []any{}), at("isco", ""), at("sector", ""), at("language", ""),
	at("background", ""), at("objectives", ""), at("dutyStation", ""), at("supervisor", ""), at("startsOn", ""), at("endsOn", ""),
	at("startsOn", "2026-12-01"), at("nonSubstitution", false), at("licenceRequired", true).naming("regulator"),
}

// otherMistakes are those about the steps.
var otherMistakes = map[string][]mistake{
	"publish-need": {at("closesOn", "2026-12-01"), at("closesOn", ""), at("closesOn", "2027-06-07"), at("closesOn", "2026-12-02"), at("opensOn", "2026-11-30"),
		at("languages[0]", "qq")},
	"extend-need": {at("closesOn", "2027-02-28"), at("closesOn", "2027-07-01"), at("closesOn", ""), at("reason", " ")},
	"reopen-need": {at("closesOn", "2026-12-01"), at("opensOn", "2026-11-30"), at("reason", "")},
	"return-need": {at("comments", []any{}), at("comments[0].field", "colour"), at("comments[0].text", ""), at("comments[0].field", "title[0].text and "+canary)},
	"reject-need": {at("reason", " ")}, "close-need": {at("reason", "")}, "cancel-need": {at("reason", "\n")}, "suspend-need": {at("reason", "")}, "stand-down-need": {at("reason", " ")},
	"move-candidacy": {at("code", "colour"), at("reason", " ")}, "set-committee": {at("members[0].userId", "nobody"), at("members[0].chair", true).naming("members")}, "declare-interest": {at("reason", " ")},
	"judge-candidacy": {at("scores[0].level", 5), at("scores[0].level", 0), at("scores[0].criterion", "none")}, "take-reference": {at("referee", ""), at("words", " ")},
	"set-selection-rules": {at("shortlistLeast", 0), at("referencesLeast", 6)}, "keep-need-template": {at("title", "")},
	"decide-by-link":     {at("reason", " "), at("code", "000"), at("code", "")},
	"give-delegation":    {at("takerId", "nobody"), at("from", "2026-11-01"), at("from", "soon"), at("until", "2026-12-04"), at("until", "2027-03-05"), at("reason", " ")},
	"set-approval-chain": {at("steps", []any{}), at("steps[0].step", "approval"), at("steps[0].days", 0), at("steps[0].days", 91), at("steps[0].silence", "yes"), at("steps[0].approvers[0]", "nobody")},
	"set-rates": {at("rates[0].country", "XX"), at("rates[0].currency", "euro"), at("rates[0].daily", -1), at("rates[0].travel", -1), at("rates[0].lodgingShare", 101),
		at("rates[0].tiers[0].percent", 101), at("rates[0].tiers[0].days", 0), at("rates[0].leaveDays", 31), at("rates[0].remoteDays", -1)},
	"set-indicators": {at("indicators[0].name", " "), at("indicators[0].source", ""), at("indicators[0].values[0].value", "many"), at("indicators[0].values[0].value", "1,5"),
		at("indicators[0].values[0].on", "2027-02-30"), at("indicators[0].values[0].on", "2049-01-01"), at("indicators[0].values[0].on", ""), at("indicators[0].values[0].measuredBy", " "),
		at("indicators[0].values[0].moment", "soon"), at("indicators[0].values[0].moment", "end").naming("indicators[0].values[0].on"),
		at("indicators[0].values[0].moment", "month_12").naming("indicators[0].values[0].on")},
	"set-sessions": {at("sessions[0].title", ""), at("sessions[0].heldOn", "2026-01-01"), at("sessions[0].heldOn", "2049-01-01"), at("sessions[0].kind", "feast"), at("sessions[0].groups", []any{}),
		at("sessions[0].groups[0].sex", "yes"), at("sessions[0].groups[0].age", "young"), at("sessions[0].groups[0].people", 0), at("sessions[0].groups[0].people", 1001)},
	"set-absences":   {at("absences[0].kind", "sick"), at("absences[0].from", "2026-01-01"), at("absences[0].to", "2049-01-01"), at("absences[0].to", ""), at("absences[0].from", "soon")},
	"ask-instalment": {at("amount", 0), at("amount", 100_000_000)}, "set-stay": {at("from", "2027-06-06"), at("to", "2027-07-17"), at("to", "2027-06-06")},
	"reply-to-doubt": {at("reason", "")}, "drop-doubt": {at("reason", "")},
	"shortlist": {at("people", []any{}), at("people[0].pseudonym", "Moussa"), at("people[0].pseudonym", "P-0000-0000"), at("people[0].from", "2027-06-06"),
		at("people[0].to", "2027-07-17"), at("people[0].to", "2027-06-06"), at("people[0].to", "2027-06-08"), at("reason", "")},
	"form-team":     {at("name", " "), at("statement", ""), at("members", []any{}), at("members[0].professionalId", "nobody"), at("members[0].position", "none")},
	"add-to-team":   {at("members", []any{}), at("members[0].professionalId", "nobody")},
	"move-team":     {at("step", "dance"), at("decision", "perhaps")},
	"set-equipment": {at("items[0].name", ""), at("items[0].quantity", 0), at("items[0].value", -1), at("items[0].currency", "euro"), at("items[0].currency", "usd")},
	"evaluate-team": {at("answers.objective", "perhaps"), at("answers.again", "")},
	"nominate":      {at("professionalId", "nobody"), at("professionalId", ""), at("reason", "")}, "apply": {at("statement", " ")},
	"endorse-candidacy": {at("decision", "maybe"), at("reason", "")}, "accept-offer": {at("noFee", false)}, "cancel-placement": {at("reason", " ")},
	"propose": {at("budget", -1), at("currency", "euro"), at("currency", "€"), at("travel", -1), at("daily", -1), at("handover", 31), at("handover", -1),
		at("relays[0]", "GH-1999-0001"), at("pins[0].need", "GH-1999-0001"), at("pins[0].person", "Moussa"), at("quotas[0].most", -1), at("quotas[0].name", " "),
		at("quotas[0].needs[0]", "GH-1999-0001"), at("quotas[0].isco[0]", "nurses"), at("quotas[0].isco[0]", "22221"),
		at("quotas[0]", map[string]any{"name": "All", "needs": []any{}, "isco": []any{}, "most": 1}).naming("quotas[0].needs")},
	"order-needs":     {at("needs[0]", "GH-1999-0001"), at("needs", []any{"GH-1999-0001", "GH-1999-0001"}).naming("needs[1]")},
	"order-people":    {at("people[0]", "P-0000-0000")},
	"choose-language": {at("locale", "xx"), at("locale", "")}, "confirm-second-factor": {at("code", "000000"), at("code", "")},
	"apply-as-organisation": {at("programme", "NONE"), at("country", "XX"), at("website", "javascript:alert(1)"), at("website", "example"), at("summary", "short"), at("officerEmail", "nobody"),
		at("locale", "xx"), at("officerName", " "), at("referees", []any{}), at("referees[0].contact", " ")},
	"move-application": {at("remarks", []any{}), at("reason", " "), at("remarks[0].words", " ")}, "move-office": {at("reason", " ")}, "take-office": {at("password", "short"), at("name", " "), at("locale", "xx")},
	"give-consent":    {at("purpose", "world_domination"), at("version", "1066-10-14"), at("language", "qq")},
	"register-myself": {at("password", "short"), at("locale", "xx"), at("consents[0].purpose", "none"), at("consents[0].version", "0"), at("originCountry", "NL")},
}

// place puts a value into a body and returns how to take it back.
func place(t *testing.T, body map[string]any, m mistake) (back func()) {
	t.Helper()
	found := false
	var set func(any)
	var kept any
	walk(body, "", func(at string, value any, to func(any)) {
		if at == m.at {
			found, kept, set = true, value, to
		}
	})
	if !found {
		t.Fatalf("the sound request has no %s", m.at)
	}
	set(m.value)
	return func() { set(kept) }
}

func TestEveryMistakeIsNamedWhereItStands(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		g := newStage(t, db)
		tables, writes := g.tables(t), g.writes()
		all := maps.Clone(otherMistakes)
		for _, id := range []string{"register-professional", "revise-my-profile", "register-myself"} {
			all[id] = append(slices.Clone(all[id]), profileMistakes...)
		}
		all["draft-need"], all["revise-need"] = needMistakes, needMistakes
		for id, mistakes := range all {
			r, good := g.route(id), writes[id]()
			before := g.rows(t, tables)
			for _, m := range mistakes {
				if id == "revise-my-profile" && m.at == "email" {
					continue // it is the account's, and is not read here
				}
				back := place(t, good.body, m)
				refused(t, fmt.Sprintf("%s: %s = %v", id, m.at, m.value), good.send(r.Method, good.body), m.field, 422)
				back()
			}
			if after := g.rows(t, tables); after != before {
				t.Errorf("%s: something was written:\n%s\n%s", id, before, after)
			}
		}
	})
}

func TestANeedThatLacksSomethingMayBeADraftAndNotBeSubmitted(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		g := newStage(t, db)
		for _, m := range missingAtSubmission {
			body := terms()
			if m.field == "regulator" {
				body["regulator"] = ""
			}
			place(t, body, m)
			var n needView
			g.Host.do("POST", "/needs", body).Into(t, &n)
			refused(t, fmt.Sprintf("submit with %s = %v", m.at, m.value), g.Host.step("/needs/"+n.Reference+"/submit", n.Version, nil), m.field, 422)
			g.Host.do("GET", "/needs/"+n.Reference, nil).Into(t, &n)
			if n.State != "DRAFT" || n.Version != 1 {
				t.Errorf("with %s = %v it is %s, version %d", m.at, m.value, n.State, n.Version)
			}
		}
	})
}

// hostile are texts that are sound, and that somebody may take for something else.
var hostile = []string{
	`<script>alert("x")</script>`, `"><img src=x onerror=alert(1)>`, `'; DROP TABLE needs; --`, `" OR 1=1 --`, `%' ESCAPE '!' --`, `$1 ? :x @p`,
	`+title:x -(( "`, `a AND (b OR`, `*`, `?~^2`, `/[a-/`, `field:>1 "unclosed`, `\`, `\u0000`, `{{.}} ${x} %s%n%d`, `../../etc/passwd`, `=cmd|'/C calc'!A0`,
	"\u202egnp.exe", "\u200f\u2066عمر\u2069", "e\u0301\u0323\u0334\u0335", "👩🏽‍⚕️🇬🇭", "\ufeffx", "\u2028x", "\ufffd", "ß ſ İ ı ŉ ǰ", "𒀱𒐪",
	strings.Repeat("👩🏽", 100), strings.Repeat("x", 200), strings.Repeat("𝔄", 200), "null", "true", "-1", "NaN",
}

func TestHostileTextIsOnlyText(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		g := newStage(t, db)
		for _, text := range hostile {
			p := g.person()
			for _, name := range []string{"givenName", "familyName", "residencePlace", "occupationTitle", "summary", "cvText"} {
				p[name] = text
			}
			p["skills"].([]any)[0].(map[string]any)["label"] = text
			p["experience"].([]any)[0].(map[string]any)["employer"] = text
			var made, read professionalView
			g.Association.do("POST", "/professionals", p).Into(t, &made)
			g.Association.do("GET", "/professionals/"+made.ID, nil).Into(t, &read)
			if read.GivenName == "" || read.GivenName != made.GivenName || read.CVText != read.GivenName || read.Skills[0].Label != read.GivenName {
				t.Errorf("%q is read as %q, %q, %q", text, read.GivenName, read.CVText, read.Skills[0].Label)
			}
			n := terms()
			for _, name := range []string{"title", "background", "objectives", "unit", "supervisor", "dutyStation", "prioritySector"} {
				n[name] = text
			}
			n["criteria"].([]any)[0].(map[string]any)["label"] = text
			g.hostileNeed(t, text, n)
		}
	})
}

// hostileNeed leads a need of hostile text to a ranking, with hostile reasons.
func (g *stage) hostileNeed(t *testing.T, text string, body map[string]any) {
	t.Helper()
	var n needView
	g.Host.do("POST", "/needs", body).Into(t, &n)
	if n.Title != strings.TrimSpace(text) || n.Background != n.Title || n.Criteria[0].Label != n.Title {
		t.Errorf("%q is kept as %q, %q, %q", text, n.Title, n.Background, n.Criteria[0].Label)
	}
	for _, step := range road[:4] {
		said := map[string]any{"reason": text}
		maps.Copy(said, step.body)
		g.officer(step.by).step("/needs/"+n.Reference+"/"+step.verb, n.Version, said).Into(t, &n)
	}
	if got := g.Coordinator.do("GET", "/needs/"+n.Reference+"/ranking", nil); got.Status != 200 {
		t.Errorf("%q: the ranking is %d %s", text, got.Status, got.Body)
	}
	var c candidacyView
	g.Person.do("POST", "/needs/"+n.Reference+"/applications", map[string]any{"statement": text}).Into(t, &c)
	g.Person.step("/candidacies/"+c.ID+"/withdraw", c.Version, map[string]any{"reason": text}).Into(t, &c)
	if c.EndReason != strings.TrimSpace(text) {
		t.Errorf("%q: the reason is %q", text, c.EndReason)
	}
}
