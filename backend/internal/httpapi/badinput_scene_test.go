// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"
	"golang.org/x/time/rate"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/identity/identitytest"
	"sankofa/backend/internal/intake"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/retention"
	"sankofa/backend/internal/store"
)

// sound is a request that a write route carries out: whatever is refused about
// it afterwards is the fault of what the test has spoilt.
type sound struct {
	by   *client
	path string
	body map[string]any // nil: the route reads none
	etag string         // empty: the route asks for none
}

// file is what an upload sends instead of JSON: it stands in the body by its name.
func (g sound) file() (sent, bool) {
	file, ok := g.body["file"].(sent)
	return file, ok
}

// send sends the request, with another body and other headers where they are given.
func (g sound) send(method string, body any, headers ...string) answerOf {
	if g.etag != "" && !hasHeader(headers, "If-Match") {
		headers = append(headers, "If-Match", g.etag)
	}
	return g.by.do(method, g.path, body, headers...)
}

// whole is the sound body, or none.
func (g sound) whole() any {
	if file, ok := g.file(); ok {
		return file
	}
	if g.body == nil {
		return nil
	}
	return g.body
}

func hasHeader(headers []string, name string) bool {
	for i := 0; i < len(headers); i += 2 {
		if headers[i] == name {
			return true
		}
	}
	return false
}

// stage prepares, for each write route, a record on which it can be carried out.
type stage struct {
	*house
	*scene
	t      *testing.T
	people int // addresses given out
	stays  int // periods given out
}

// newStage opens the API with one person who can be found, and no limit on how
// often a stranger may knock.
func newStage(t *testing.T, db *store.DB) *stage {
	t.Helper()
	h := whole(t, db)
	h.Server.Engine.NoRoute(h.Server.Missing) // as webui does
	h.API.limits.per = map[string]*rate.Limiter{"127.0.0.1": rate.NewLimiter(rate.Inf, 1)}
	s := &scene{Side: h.Side, Host: h.as(t, h.Side.Host), Ministry: h.as(t, h.Side.Ministry), Association: h.as(t, h.Side.Association),
		Coordinator: h.as(t, h.Side.Coordinator)}
	s.join(t, h, "GH", "stage")
	return &stage{house: h, scene: s, t: t}
}

// email is an address that nobody has yet.
func (g *stage) email() string {
	g.people++
	return fmt.Sprintf("somebody-%d@example.org", g.people)
}

// person is a profile in which every field is filled in.
func (g *stage) person() map[string]any {
	return fullProfile(g.email())
}

func fullProfile(email string) map[string]any {
	p := agronomist(email, "GH")
	maps.Copy(p, map[string]any{
		"phone": "+39061234567", "sex": "male", "birthDate": "1980-02-29", "residencePlace": "Roma", "summary": "Undici anni di irrigazione",
		"virtual": true, "hybrid": false, "noticeDays": 30,
		"skills": []any{map[string]any{"concept": "agriculture.drip-irrigation", "label": "irrigazione a goccia", "level": 4, "years": 9,
			"lastUsed": 2025, "evidence": "experience", "id": ""}},
		"languages": []any{map[string]any{"language": "fr", "native": false, "listening": "B2", "reading": "B2", "interaction": "B2",
			"production": "B1", "writing": "B1"}},
		"education": []any{map[string]any{"level": 7, "field": "0811", "title": "Laurea", "institution": "Bologna", "country": "IT", "year": 2004}},
		"licences": []any{map[string]any{"body": "Ordine", "number": "77", "country": "IT", "isco": "2132", "validFrom": "2010-01-01",
			"validUntil": "2031-12-31", "goodStandingOn": "2026-05-01", "documentId": ""}},
		"experience": []any{map[string]any{"title": "Agronomo", "isco": "2132", "employer": "Cooperativa", "country": "IT",
			"from": "2015-01-01", "to": "2020-12-31", "description": "Impianti a goccia"}},
	})
	return p
}

// terms are those of a need in which every field is filled in.
func terms() map[string]any {
	n := irrigation("GH")
	maps.Copy(n, map[string]any{"shortestDays": 10, "yearsExperience": 3, "educationLevel": 5, "educationField": "0811",
		"licenceRequired": false, "regulator": "Ordre", "relay": false, "overlapDays": 2,
		"outputs":       []any{map[string]any{"output": "Deux parcelles", "indicator": "Deux hectares"}},
		"counterparts":  []any{map[string]any{"function": "Technicien", "unit": "Terrain"}, map[string]any{"function": "Animatrice", "unit": "Bureau"}},
		"criteria":      []any{map[string]any{"concept": "agriculture.drip-irrigation", "label": "goutte à goutte", "required": true, "weight": 5}},
		"languages":     []any{map[string]any{"language": "fr", "spoken": "B1", "written": "B1", "required": true}},
		"contributions": []any{map[string]any{"kind": "lodging", "description": "Un logement"}},
		"positions":     []any{map[string]any{"isco": "2132", "title": "Agronomes", "headcount": 1, "licenceRequired": false}},
	})
	return n
}

// invited registers a member and returns the profile with its invitation.
func (g *stage) invited() (p professionalView) {
	g.t.Helper()
	g.Association.do("POST", "/professionals", g.person()).Into(g.t, &p)
	return p
}

// road are the steps of a need, in their order.
var road = []struct {
	state, verb, by string
	body            map[string]any
}{
	{"SUBMITTED", "submit", "host", nil},
	{"VALIDATED", "validate", "ministry", nil},
	{"APPROVED", "approve", "coordinator", nil},
	{"PUBLISHED", "publish", "coordinator", map[string]any{"closesOn": "2027-03-01"}},
	{"CLOSED", "close", "coordinator", map[string]any{"reason": "Enough people"}},
}

// officer returns the browser of a role.
func (g *stage) officer(role string) *client {
	return map[string]*client{"host": g.Host, "ministry": g.Ministry, "coordinator": g.Coordinator}[role]
}

// needIn leads a new need to the state.
func (g *stage) needIn(state string) (n needView) {
	g.t.Helper()
	g.Host.do("POST", "/needs", terms()).Into(g.t, &n)
	for _, step := range road {
		if n.State == state {
			return n
		}
		next := g.needStepOn(n, step.verb, step.by, step.body)
		next.send("POST", next.whole()).Into(g.t, &n)
	}
	if n.State != state {
		g.t.Fatalf("the need is %s, want %s", n.State, state)
	}
	return n
}

// needStep is a sound step on a need in the state.
func (g *stage) needStep(state, verb, by string, body map[string]any) sound {
	return g.needStepOn(g.needIn(state), verb, by, body)
}

func (g *stage) needStepOn(n needView, verb, by string, body map[string]any) sound {
	return sound{g.officer(by), "/needs/" + n.Reference + "/" + verb, body, etag(n.Version)}
}

// applied is a candidacy of the person for a new need.
func (g *stage) applied() (c candidacyView) {
	g.t.Helper()
	n := g.needIn("PUBLISHED")
	g.Person.do("POST", "/needs/"+n.Reference+"/applications", map[string]any{"statement": "I know the soils"}).Into(g.t, &c)
	return c
}

// doubted is an application with a statement that somebody doubts.
func (g *stage) doubted() (c candidacyView) {
	g.t.Helper()
	c = g.applied()
	g.Coordinator.step("/candidacies/"+c.ID+"/moves", c.Version, map[string]any{"move": "disqualify", "reason": "The council does not know the licence"}).Into(g.t, &c)
	return c
}

// suspended is a need that waits to be resumed.
func (g *stage) suspended() (n needView) {
	g.t.Helper()
	next := g.needStep("PUBLISHED", "suspend", "coordinator", map[string]any{"reason": "Floods"})
	next.send("POST", next.whole()).Into(g.t, &n)
	return n
}

// delivered is a need whose stays have come to their end.
func (g *stage) delivered() needView {
	g.t.Helper()
	n := g.needIn("PUBLISHED")
	err := g.DB.Keep(g.t.Context(), func(tx *store.Tx) error {
		return tx.Exec(`UPDATE needs SET state = 'DELIVERED' WHERE id = ?`, n.ID).Error
	})
	if err != nil {
		g.t.Fatal(err)
	}
	return n
}

// candidacyAfter is a candidacy on the shortlist of a new need, after as many
// decisions. Each is for other days, so that offers can be accepted side by side.
func (g *stage) candidacyAfter(decisions int) candidacyView {
	g.t.Helper()
	n := g.needIn("PUBLISHED")
	var sheet shortlistView
	from := day.Day("2027-06-07").Add(10 * g.stays)
	g.stays = (g.stays + 1) % 4
	picks := map[string]any{"reason": "The best fit", "people": []any{map[string]any{"pseudonym": g.Pseudonym, "from": from, "to": from.Add(9)}}}
	g.Coordinator.step("/needs/"+n.Reference+"/shortlist", n.Version, picks).Into(g.t, &sheet)
	c := sheet.Items[0]
	for _, step := range []struct {
		verb, by string
	}{{"endorse", "host"}, {"no-objection", "ministry"}, {"approve", "coordinator"}}[:decisions] {
		g.officer(step.by).step("/candidacies/"+c.ID+"/"+step.verb, c.Version, opinion("yes", "Sound")).Into(g.t, &c)
	}
	return c
}

// breachStep is a sound step on a new breach.
func (g *stage) breachStep(verb string, body map[string]any) sound {
	g.t.Helper()
	var v breachView
	c := g.as(g.t, g.Administrator)
	c.do("POST", "/breaches", breachSound()).Into(g.t, &v)
	return sound{c, "/breaches/" + v.ID + verb, body, etag(v.Version)}
}

// goodsSound is what a team may bring.
func goodsSound() map[string]any {
	return map[string]any{"items": []any{
		map[string]any{"name": "Heart-lung machine", "quantity": 1, "value": 4_500_000, "currency": "USD", "serial": "HL-20-0077", "stays": false},
		map[string]any{"name": "Oxygenators", "quantity": 12, "value": 38_000, "currency": "USD", "serial": "", "stays": true}}}
}

// joining are members who have joined and can be asked into a team.
func (g *stage) joining(n int) (all []any) {
	g.t.Helper()
	for range n {
		p := g.invited()
		g.joins(p)
		all = append(all, map[string]any{"professionalId": p.ID, "position": ""})
	}
	return all
}

// joins accepts the invitation of a member, and returns their browser.
func (g *stage) joins(p professionalView) *client {
	g.t.Helper()
	c := g.stranger(g.t)
	c.do("POST", "/invitations/accept", map[string]any{"token": token(g.t, p.Invitation.Link), "password": identitytest.Password, "locale": "fr",
		"consents": ticked(g.t, c, "registry_search", "share_with_hosts", "statistics", "association_contact")}).Into(g.t, &sessionView{})
	return c
}

func (g *stage) teamSound() map[string]any {
	return map[string]any{"name": "Deux agronomes", "statement": "Nous travaillons ensemble depuis dix ans", "members": g.joining(1)}
}

// formed is a team of two who have said yes.
func (g *stage) formed() (v teamView) {
	g.t.Helper()
	var members []any
	var people []*client
	for range 2 {
		p := g.invited()
		people = append(people, g.joins(p))
		members = append(members, map[string]any{"professionalId": p.ID})
	}
	g.Association.do("POST", "/needs/"+g.needIn("PUBLISHED").Reference+"/teams", map[string]any{"name": "Deux", "statement": "Ensemble", "members": members}).Into(g.t, &v)
	for _, c := range people {
		var own list[candidacyView]
		c.do("GET", "/candidacies", nil).Into(g.t, &own)
		c.do("POST", "/candidacies/"+own.Items[0].ID+"/answer", map[string]any{"accept": true}, "If-Match", etag(own.Items[0].Version)).Into(g.t, &candidacyView{})
	}
	return v
}

func (g *stage) picks() map[string]any {
	return map[string]any{"reason": "The best fit", "balanceReason": "Nobody else could come", "people": []any{map[string]any{"pseudonym": g.Pseudonym, "from": "2027-06-07", "to": "2027-07-16", "position": ""}}}
}

// candidacyStep is a sound step on a candidacy.
func (g *stage) candidacyStep(c candidacyView, by *client, verb string, body map[string]any) sound {
	return sound{by, "/candidacies/" + c.ID + "/" + verb, body, etag(c.Version)}
}

// mine is the person's profile as it stands.
func (g *stage) mine() (p professionalView) {
	g.t.Helper()
	g.Person.do("GET", "/me/professional", nil).Into(g.t, &p)
	return p
}

// withoutFactor is a browser of an officer who has no second factor.
func (g *stage) withoutFactor() *client {
	g.t.Helper()
	c := g.as(g.t, g.SecondHost)
	err := g.DB.Keep(g.t.Context(), func(tx *store.Tx) error {
		return tx.Exec(`UPDATE users SET totp_confirmed = ?, totp_secret = '' WHERE id = ?`, false, g.SecondHost.UserID).Error
	})
	if err != nil {
		g.t.Fatal(err)
	}
	return c
}

// code begins a second factor and returns its first code.
func (g *stage) code(c *client) string {
	g.t.Helper()
	var begun enrolmentView
	c.do("POST", "/session/totp", nil).Into(g.t, &begun)
	code, err := totp.GenerateCode(begun.Secret, g.DB.Now().Truncate(30*time.Second))
	if err != nil {
		g.t.Fatal(err)
	}
	return code
}

// withdrawn is a consent that the person may give again.
func (g *stage) withdrawn() map[string]any {
	g.t.Helper()
	g.Person.do("DELETE", "/me/consents/statistics", nil)
	return ticked(g.t, g.Person, "statistics")[0].(map[string]any)
}

// saved is a saved search of the coordinator.
func (g *stage) saved() (v savedSearchView) {
	g.t.Helper()
	g.Coordinator.do("POST", "/saved-searches", searchSaved()).Into(g.t, &v)
	return v
}

// facetsSound chooses something in every facet.
func facetsSound() map[string]any {
	return map[string]any{"group": []any{"21"}, "occupation": []any{"2132"}, "skill": []any{"agriculture.irrigation"}, "language": []any{"fr-B1"}, "residence": []any{"IT"},
		"years": []any{"11-20"}, "month": []any{"2027-06"}, "modality": []any{"onsite"}, "licence": []any{"no"}, "evidence": []any{"claimed"}}
}

// members is a spreadsheet of one member whom nobody has yet.
func (g *stage) members() sent {
	return sent{Name: "members.csv", Content: []byte("First name,Last name,E-mail,Country of origin,Country of residence,Occupation\nAma,Boateng," + g.email() + ",Ghana,Italy,Agronomist\n")}
}

// imported is an import of the association that has come as far as the state.
func (g *stage) imported(state intake.State) (v importView) {
	g.t.Helper()
	g.Association.do("POST", "/imports", g.members()).Into(g.t, &v)
	if state == intake.Opened {
		return v
	}
	g.Association.step("/imports/"+v.ID+"/start", v.Version, nil).Into(g.t, &v)
	for worked := true; worked; { // on those that other requests have started, too
		var err error
		if worked, err = g.API.Intake.Work(g.t.Context()); err != nil {
			g.t.Fatal(err)
		}
	}
	g.Association.do("GET", "/imports/"+v.ID, nil).Into(g.t, &v)
	return v
}

// importStep is a sound step on an import that has come as far as the state.
func (g *stage) importStep(state intake.State, verb string) sound {
	v := g.imported(state)
	return sound{by: g.Association, path: "/imports/" + v.ID + "/" + verb, etag: etag(v.Version)}
}

// settingsSound says something of everything that an import can be told.
func settingsSound() map[string]any {
	return map[string]any{"encoding": "utf-8", "delimiter": ",", "sheet": "", "headerRow": 1, "originCountry": "GH", "originLink": "born", "residenceCountry": "IT",
		"addDuplicates": false, "lenient": false, "columns": []any{map[string]any{"letter": "A", "field": "givenName", "order": "dmy", "decimal": ","}},
		"rows": []any{map[string]any{"row": 2, "decision": "add"}}}
}

// writes are sound requests to every route that writes; each is made when asked for.
func (g *stage) writes() map[string]func() sound {
	reason := map[string]any{"reason": "There are reasons"}
	yes := map[string]any{"decision": "yes", "reason": "Sound"}
	return map[string]func() sound{
		"sign-in": func() sound {
			return sound{g.stranger(g.t), "/session", map[string]any{"email": "host2@test.invalid", "password": identitytest.Password, "code": ""}, ""}
		},
		"sign-out": func() sound { return sound{g.as(g.t, g.SecondHost), "/session", nil, ""} },
		"act-for": func() sound {
			return sound{g.Host, "/session/acting", map[string]any{"membershipId": g.Side.Host.MembershipID, "delegationId": ""}, ""}
		},
		"open-decision-link": func() sound {
			secret, _ := g.decisionLink(g.candidacyAfter(1))
			return sound{g.stranger(g.t), "/decision-links/open", map[string]any{"token": secret}, ""}
		},
		"decide-by-link": func() sound {
			secret, code := g.decisionLink(g.candidacyAfter(1))
			return sound{g.stranger(g.t), "/decision-links", map[string]any{"token": secret, "decision": "yes", "reason": "Sound", "code": code}, ""}
		},
		"give-delegation": func() sound {
			return sound{g.as(g.t, g.deputy()), "/delegations", delegationSound(g.deputy().UserID), ""}
		},
		"accept-delegation": func() sound {
			taker := g.deputy()
			d := g.lent(taker)
			return sound{g.as(g.t, taker), "/delegations/" + d.ID + "/accept", nil, etag(d.Version)}
		},
		"end-delegation": func() sound {
			taker := g.deputy()
			d := g.lent(taker)
			return sound{g.as(g.t, taker), "/delegations/" + d.ID + "/end", nil, etag(d.Version)}
		},
		"choose-language":     func() sound { return sound{g.Host, "/session/locale", map[string]any{"locale": "fr"}, ""} },
		"begin-second-factor": func() sound { return sound{g.withoutFactor(), "/session/totp", nil, ""} },
		"confirm-second-factor": func() sound {
			c := g.withoutFactor()
			return sound{c, "/session/totp", map[string]any{"code": g.code(c)}, ""}
		},
		"register-myself": func() sound {
			p := g.person()
			maps.Copy(p, map[string]any{"password": "correct horse battery", "locale": "fr", "consents": ticked(g.t, g.Person, "registry_search")})
			return sound{g.stranger(g.t), "/registrations", p, ""}
		},
		"open-invitation": func() sound {
			return sound{g.stranger(g.t), "/invitations/open", map[string]any{"token": token(g.t, g.invited().Invitation.Link), "language": "fr"}, ""}
		},
		"accept-invitation": func() sound {
			return sound{g.stranger(g.t), "/invitations/accept", map[string]any{"token": token(g.t, g.invited().Invitation.Link),
				"password": "correct horse battery", "locale": "fr", "consents": ticked(g.t, g.Person, "registry_search")}, ""}
		},
		"decline-invitation": func() sound {
			return sound{g.stranger(g.t), "/invitations/decline", map[string]any{"token": token(g.t, g.invited().Invitation.Link)}, ""}
		},
		"invite-members": func() sound {
			return sound{g.Association, "/members/invitations", map[string]any{"progress": "expired", "import": ""}, ""}
		},
		"register-professional": func() sound { return sound{g.Association, "/professionals", g.person(), ""} },
		"revise-professional": func() sound {
			p := g.invited()
			return sound{g.Association, "/professionals/" + p.ID, fullProfile(p.Email), etag(p.Version)}
		},
		"invite-professional": func() sound { return sound{g.Association, "/professionals/" + g.invited().ID + "/invitation", nil, ""} },
		"revise-my-profile": func() sound {
			p := g.mine()
			return sound{g.Person, "/me/professional", fullProfile(p.Email), etag(p.Version)}
		},
		"pause-my-profile": func() sound {
			g.Person.step("/me/professional/pause", g.mine().Version, map[string]any{"paused": true})
			return sound{g.Person, "/me/professional/pause", map[string]any{"paused": false}, etag(g.mine().Version)}
		},
		"patch-my-profile": func() sound {
			mine := g.mine()
			seen := map[string]any{}
			if err := json.Unmarshal([]byte(copied(mine.ProfileShown)), &seen); err != nil {
				g.t.Fatal(err)
			}
			values := fullProfile(mine.Email)
			return sound{g.Person, "/me/professional", map[string]any{"fields": slices.Sorted(maps.Keys(values)), "seen": pick(seen, values), "values": values}, ""}
		},
		"add-document": func() sound {
			return sound{g.Person, "/me/documents", map[string]any{"file": sent{g.email() + ".png", []byte(aPicture)}}, ""}
		},
		"delete-document": func() sound { return sound{g.Person, "/me/documents/" + g.document(), nil, ""} },
		"read-cv": func() sound {
			return sound{g.Person, "/me/cv", map[string]any{"file": sent{"cv.txt", []byte(aCV + g.email())}}, ""}
		},
		"answer-suggestion": func() sound {
			g.cv()
			return sound{g.Person, "/me/cv/suggestions/1", map[string]any{"answer": "accepted", "value": "Moussa"}, ""}
		},
		"use-cv-text": func() sound {
			g.cv()
			return sound{g.Person, "/me/cv/text", map[string]any{"use": true}, ""}
		},
		"drop-cv": func() sound {
			g.cv()
			return sound{g.Person, "/me/cv", nil, ""}
		},
		"renew-calendar-feed": func() sound { return sound{g.Person, "/me/calendar", nil, ""} },
		"close-calendar-feed": func() sound { return sound{g.Person, "/me/calendar", nil, ""} },
		"confirm-my-profile":  func() sound { return sound{g.Person, "/me/professional/confirm", nil, etag(g.mine().Version)} },
		"give-consent":        func() sound { return sound{g.Person, "/me/consents", g.withdrawn(), ""} },
		"withdraw-consent":    func() sound { return sound{g.Person, "/me/consents/association_contact", nil, ""} },

		"ask-disclosure": func() sound {
			return sound{g.Host, "/candidacies/" + g.candidacyAfter(0).ID + "/disclosures", disclosureSound(), ""}
		},
		"grant-disclosure": func() sound {
			d := g.disclosureAsked()
			return sound{g.Person, "/disclosures/" + d.ID + "/grant", map[string]any{"parts": []any{"name"}}, etag(d.Version)}
		},
		"refuse-disclosure": func() sound {
			d := g.disclosureAsked()
			return sound{g.Person, "/disclosures/" + d.ID + "/refuse", nil, etag(d.Version)}
		},
		"revoke-disclosure": func() sound {
			d := g.disclosureAsked()
			g.Person.step("/disclosures/"+d.ID+"/grant", d.Version, map[string]any{"parts": []any{"name"}}).Into(g.t, &d)
			return sound{g.Person, "/disclosures/" + d.ID + "/revoke", nil, etag(d.Version)}
		},
		"record-transfer": func() sound { return sound{g.as(g.t, g.Administrator), "/transfers", transferSound(), ""} },
		"revise-transfer": func() sound {
			var v transferView
			c := g.as(g.t, g.Administrator)
			c.do("POST", "/transfers", transferSound()).Into(g.t, &v)
			return sound{c, "/transfers/" + v.ID, transferSound(), etag(v.Version)}
		},
		"record-breach": func() sound { return sound{g.Coordinator, "/breaches", breachSound(), ""} },
		"revise-breach": func() sound { return g.breachStep("", breachSound()) },
		"note-authority-told": func() sound {
			return g.breachStep("/authority", map[string]any{"at": "2026-11-02T08:00:00Z", "delay": "A holiday"})
		},
		"tell-breached-people": func() sound { return g.breachStep("/people", map[string]any{"words": "A telephone was lost."}) },
		"close-breach": func() sound {
			next := g.breachStep("/authority", map[string]any{"at": "2026-11-02T08:00:00Z"})
			var v breachView
			next.send("POST", next.whole()).Into(g.t, &v)
			return sound{next.by, "/breaches/" + v.ID + "/close", nil, etag(v.Version)}
		},
		"write-assessment": func() sound { return sound{g.as(g.t, g.Administrator), "/impact-assessments", assessmentSound(), ""} },
		"revise-assessment": func() sound {
			var v impactView
			c := g.as(g.t, g.Administrator)
			c.do("POST", "/impact-assessments", assessmentSound()).Into(g.t, &v)
			return sound{c, "/impact-assessments/" + v.ID, assessmentSound(), etag(v.Version)}
		},
		"ask-ranking-review": func() sound {
			return sound{g.Person, "/ranking-reviews", map[string]any{"need": g.needIn("PUBLISHED").Reference, "words": "I have done this for years"}, ""}
		},
		"answer-ranking-review": func() sound {
			var v rankingReviewView
			g.Person.do("POST", "/ranking-reviews", map[string]any{"need": g.needIn("PUBLISHED").Reference, "words": "Look again"}).Into(g.t, &v)
			return sound{g.Coordinator, "/ranking-reviews/" + v.ID + "/answer", map[string]any{"answer": "We looked."}, etag(v.Version)}
		},
		"say-my-accessibility": func() sound {
			return sound{g.Person, "/me/accessibility", map[string]any{"needs": "Steps are hard"}, ""}
		},
		"request-erasure": func() sound {
			return sound{g.another(), "/me/erasure", map[string]any{"word": "ERASE", "password": identitytest.Password}, ""}
		},
		"keep-me": func() sound {
			err := g.DB.Keep(g.t.Context(), func(tx *store.Tx) error {
				return tx.Create(&retention.Question{ID: id.New(), ProfessionalID: g.Professional, Class: "profile", AskedAt: tx.Now, AnswerBy: tx.Now}).Error
			})
			if err != nil {
				g.t.Fatal(err)
			}
			return sound{g.Person, "/me/keeping", nil, ""}
		},
		"cancel-erasure": func() sound {
			c := g.another()
			c.do("POST", "/me/erasure", map[string]any{"word": "ERASE", "password": identitytest.Password})
			return sound{c, "/me/erasure", nil, ""}
		},

		"add-words": func() sound {
			g.people++
			return sound{g.Ministry, "/vocabulary/words", map[string]any{"evenSo": false, "words": []any{newWord(fmt.Sprintf("ɔkuafo %d", g.people))}}, ""}
		},
		"withdraw-word": func() sound {
			g.people++
			var words list[wordView]
			g.Ministry.do("POST", "/vocabulary/words", map[string]any{"words": []any{newWord(fmt.Sprintf("ɔkuafo %d", g.people))}}).Into(g.t, &words)
			return sound{g.Ministry, "/vocabulary/words/" + words.Items[0].ID + "/withdraw", reason, ""}
		},
		"try-words": func() sound {
			return sound{g.Coordinator, "/vocabulary/try", map[string]any{"text": "sage-femme", "language": "fr"}, ""}
		},
		"search-professionals": func() sound {
			return sound{g.Coordinator, "/search/professionals", map[string]any{"q": "irrigation", "facets": facetsSound(), "exact": false, "counts": true, "language": "fr", "after": "", "limit": 5}, ""}
		},

		"save-search": func() sound { return sound{g.Coordinator, "/saved-searches", searchSaved(), ""} },
		"revise-saved-search": func() sound {
			v := g.saved()
			return sound{g.Coordinator, "/saved-searches/" + v.ID, searchSaved(), etag(v.Version)}
		},
		"follow-saved-search": func() sound {
			return sound{g.Coordinator, "/saved-searches/" + g.saved().ID + "/following", map[string]any{"pinned": true, "frequency": "weekly"}, ""}
		},
		"remove-saved-search": func() sound { return sound{g.Coordinator, "/saved-searches/" + g.saved().ID, nil, ""} },
		"read-alerts": func() sound {
			return sound{g.Coordinator, "/alerts/read", map[string]any{"ids": []any{"01a221f9-0000-7000-8000-000000000000"}}, ""}
		},

		"read-my-notices": func() sound {
			return sound{g.Host, "/me/notices/read", map[string]any{"ids": []any{"01a221f9-0000-7000-8000-000000000000"}}, ""}
		},
		"choose-my-notifications": func() sound {
			var v notificationsView
			g.Host.do("GET", "/me/notifications", nil).Into(g.t, &v)
			return sound{g.Host, "/me/notifications", map[string]any{"timeZone": "Africa/Accra", "quietFrom": 22, "quietTo": 6, "digestHour": 7,
				"choices": []any{map[string]any{"kind": "need_returned", "frequency": "daily"}}}, etag(v.Version)}
		},
		"forget-password": func() sound {
			return sound{g.stranger(g.t), "/password/forgotten", map[string]any{"email": g.email()}, ""}
		},
		"reset-password": func() sound {
			return sound{g.stranger(g.t), "/password/reset", map[string]any{"token": g.link(identity.LinkReset, false), "password": "correct horse battery"}, ""}
		},
		"confirm-registration": func() sound {
			return sound{g.stranger(g.t), "/registrations/confirm", map[string]any{"token": g.link(identity.LinkConfirmation, true)}, ""}
		},
		"open-mail-stop": func() sound { return sound{g.stranger(g.t), "/mail-stops/open", map[string]any{"token": g.stop()}, ""} },
		"stop-mail":      func() sound { return sound{g.stranger(g.t), "/mail-stops", map[string]any{"token": g.stop()}, ""} },
		"open-mail-answer": func() sound {
			return sound{g.stranger(g.t), "/mail-answers/open", map[string]any{"token": g.answerable()}, ""}
		},
		"give-mail-answer": func() sound {
			return sound{g.stranger(g.t), "/mail-answers", map[string]any{"token": g.answerable()}, ""}
		},
		"test-mail":    func() sound { return sound{g.as(g.t, g.Administrator), "/outbox/tests", nil, ""} },
		"retry-mail":   func() sound { return g.mailStep("retry", "dead") },
		"give-up-mail": func() sound { return g.mailStep("give-up", "waiting") },
		"apply-as-organisation": func() sound {
			return sound{g.stranger(g.t), "/organisation-applications", organisationSound("TEST", "association", g.email(), nil), ""}
		},
		"open-application": func() sound {
			_, secret := g.asksToJoin(g.t, g.house.Side, "GH", "association")
			return sound{g.stranger(g.t), "/application/open", map[string]any{"token": secret}, ""}
		},
		"resend-application": func() sound {
			id, secret := g.asksToJoin(g.t, g.house.Side, "GH", "association")
			var v applicationView
			g.Coordinator.do("GET", "/organisation-applications/"+id, nil).Into(g.t, &v)
			g.Coordinator.do("POST", "/organisation-applications/"+id+"/move", returning(), "If-Match", etag(v.Version)).Into(g.t, &v)
			return sound{g.stranger(g.t), "/application/resend", organisationSound("TEST", "association", "", map[string]any{"token": secret}, "programme", "officerEmail"), etag(v.Version)}
		},
		"add-application-paper": func() sound {
			_, secret := g.asksToJoin(g.t, g.house.Side, "GH", "association")
			by := g.stranger(g.t)
			by.link = secret
			return sound{by, "/application/papers", map[string]any{"file": sent{g.email() + ".png", []byte(aPicture)}}, ""}
		},
		"remove-application-paper": func() sound {
			id, secret := g.asksToJoin(g.t, g.house.Side, "GH", "association")
			var v applicationView
			g.Coordinator.do("GET", "/organisation-applications/"+id, nil).Into(g.t, &v)
			return sound{g.stranger(g.t), "/application/papers/remove", map[string]any{"token": secret, "paper": v.Papers[0].ID}, ""}
		},
		"move-application": func() sound {
			id, _ := g.asksToJoin(g.t, g.house.Side, "GH", "association")
			var v applicationView
			g.Coordinator.do("GET", "/organisation-applications/"+id, nil).Into(g.t, &v)
			return sound{g.Coordinator, "/organisation-applications/" + id + "/move", returning(), etag(v.Version)}
		},
		"invite-first-officer": func() sound {
			return sound{g.Coordinator, "/organisation-applications/" + g.letIn() + "/invite", nil, ""}
		},
		"open-office": func() sound {
			return sound{g.stranger(g.t), "/office/open", map[string]any{"token": g.linkTo(g.t, identity.LinkOffice, g.letIn())}, ""}
		},
		"take-office": func() sound {
			return sound{g.stranger(g.t), "/office/take", map[string]any{"token": g.linkTo(g.t, identity.LinkOffice, g.letIn()), "name": "Ama Owusu",
				"password": "correct horse battery", "locale": "en"}, ""}
		},
		"move-office": func() sound {
			var v applicationView
			g.Coordinator.do("GET", "/organisation-applications/"+g.letIn(), nil).Into(g.t, &v)
			var all list[officeView]
			g.Coordinator.do("GET", "/offices?limit=100", nil).Into(g.t, &all)
			o := all.Items[len(all.Items)-1]
			return sound{g.Coordinator, "/offices/" + o.ID + "/move", map[string]any{"move": "suspend", "reason": "Complaints"}, etag(o.Version)}
		},
		"upload-import": func() sound {
			return sound{by: g.Association, path: "/imports", body: map[string]any{"file": g.members()}}
		},
		"adjust-import": func() sound {
			v := g.imported(intake.Opened)
			return sound{by: g.Association, path: "/imports/" + v.ID, body: settingsSound(), etag: etag(v.Version)}
		},
		"start-import":  func() sound { return g.importStep(intake.Opened, "start") },
		"cancel-import": func() sound { return g.importStep(intake.Opened, "cancel") },
		"undo-import":   func() sound { return g.importStep(intake.Done, "undo") },

		"draft-need": func() sound { return sound{g.Host, "/needs", terms(), ""} },
		"revise-need": func() sound {
			n := g.needIn("DRAFT")
			return sound{g.Host, "/needs/" + n.Reference, terms(), etag(n.Version)}
		},
		"duplicate-need": func() sound { return sound{g.Host, "/needs/" + g.needIn("DRAFT").Reference + "/duplicate", nil, ""} },
		"submit-need":    func() sound { return g.needStep("DRAFT", "submit", "host", map[string]any{}) },
		"validate-need":  func() sound { return g.needStep("SUBMITTED", "validate", "ministry", reason) },
		"return-need": func() sound {
			return g.needStep("SUBMITTED", "return", "ministry", map[string]any{"reason": "Mend this",
				"comments": []any{map[string]any{"field": "outputs[0].indicator", "text": "How will one know?"}}})
		},
		"reject-need":  func() sound { return g.needStep("SUBMITTED", "reject", "ministry", reason) },
		"approve-need": func() sound { return g.needStep("VALIDATED", "approve", "coordinator", reason) },
		"publish-need": func() sound {
			return g.needStep("APPROVED", "publish", "coordinator", map[string]any{"opensOn": "2026-12-02", "closesOn": "2027-03-01", "languages": []any{"fr", "en"}})
		},
		"extend-need": func() sound {
			return g.needStep("PUBLISHED", "extend", "coordinator", map[string]any{"closesOn": "2027-03-09", "reason": "Too few"})
		},
		"close-need": func() sound { return g.needStep("PUBLISHED", "close", "coordinator", reason) },
		"reopen-need": func() sound {
			return g.needStep("CLOSED", "reopen", "coordinator", map[string]any{"opensOn": "2026-12-02", "closesOn": "2027-03-01", "languages": []any{"fr"}, "reason": "Nobody came"})
		},
		"cancel-need": func() sound { return g.needStep("PUBLISHED", "cancel", "coordinator", reason) },

		"suspend-need":    func() sound { return g.needStep("PUBLISHED", "suspend", "coordinator", reason) },
		"resume-need":     func() sound { return g.needStepOn(g.suspended(), "resume", "coordinator", reason) },
		"stand-down-need": func() sound { return g.needStep("PUBLISHED", "stand-down", "coordinator", reason) },
		"close-out-need":  func() sound { return g.needStepOn(g.delivered(), "close-out", "coordinator", reason) },

		"shortlist": func() sound {
			n := g.needIn("PUBLISHED")
			return sound{g.Coordinator, "/needs/" + n.Reference + "/shortlist", g.picks(), etag(n.Version)}
		},
		"nominate": func() sound {
			return sound{g.Association, "/needs/" + g.needIn("PUBLISHED").Reference + "/nominations",
				map[string]any{"professionalId": g.Professional, "position": "", "reason": "One of ours"}, ""}
		},
		"apply": func() sound {
			return sound{g.Person, "/needs/" + g.needIn("PUBLISHED").Reference + "/applications", map[string]any{"statement": "I know the soils", "position": "", "from": "2027-06-07", "to": "2027-07-01"}, ""}
		},
		"begin-draft": func() sound {
			return sound{g.Person, "/needs/" + g.needIn("PUBLISHED").Reference + "/application-draft", nil, ""}
		},
		"drop-draft": func() sound {
			return sound{g.Person, "/needs/" + g.needIn("PUBLISHED").Reference + "/application-draft", nil, ""}
		},
		"answer-nomination": func() sound {
			var c candidacyView
			n := g.needIn("PUBLISHED")
			g.Association.do("POST", "/needs/"+n.Reference+"/nominations", map[string]any{"professionalId": g.Professional, "reason": "Ours"}).Into(g.t, &c)
			return g.candidacyStep(c, g.Person, "answer", map[string]any{"accept": true})
		},
		"form-team": func() sound {
			return sound{g.Association, "/needs/" + g.needIn("PUBLISHED").Reference + "/teams", g.teamSound(), ""}
		},
		"add-to-team": func() sound {
			v := g.formed()
			return sound{g.Association, "/teams/" + v.ID + "/members", map[string]any{"members": g.joining(1)}, etag(v.Version)}
		},
		"move-team": func() sound {
			v := g.formed()
			return sound{g.Association, "/teams/" + v.ID + "/steps", map[string]any{"step": "apply", "decision": "yes", "reason": "Ready", "balanceReason": ""}, etag(v.Version)}
		},
		"set-equipment": func() sound {
			n := g.needIn("PUBLISHED")
			return sound{g.Host, "/needs/" + n.Reference + "/equipment", goodsSound(), etag(n.Version)}
		},
		"evaluate-team": func() sound {
			p := g.placed("ON_DUTY")
			return sound{g.Host, "/needs/" + p.Need.Reference + "/evaluation", map[string]any{"answers": map[string]any{"objective": "mostly",
				"passed_on": "fully", "working_together": "fully", "again": "yes", "comment": "A good time"}}, ""}
		},
		"dismiss-candidacy":  func() sound { return g.candidacyStep(g.applied(), g.Coordinator, "dismiss", reason) },
		"withdraw-candidacy": func() sound { return g.candidacyStep(g.applied(), g.Person, "withdraw", reason) },
		"move-candidacy": func() sound {
			return g.candidacyStep(g.applied(), g.Coordinator, "moves", map[string]any{"move": "exclude", "reason": "No licence", "code": "licence",
				"levels": []any{map[string]any{"criterion": id.New(), "level": 3}}})
		},
		"set-committee": func() sound {
			c := g.candidacyAfter(0)
			return sound{g.Coordinator, "/needs/" + c.Need.Reference + "/committee", g.committee(), etag(g.versionOf(c.Need.Reference))}
		},
		"declare-interest": func() sound {
			return sound{g.Host, "/candidacies/" + g.sitting().ID + "/interests", map[string]any{"conflict": true, "reason": "A cousin"}, ""}
		},
		"judge-candidacy": func() sound {
			c := g.assessed()
			return sound{g.Host, "/candidacies/" + c.ID + "/scores", g.judgement(c, 3), ""}
		},
		"take-reference": func() sound {
			return sound{g.Ministry, "/candidacies/" + g.sitting().ID + "/references", map[string]any{"referee": "Head of unit, Modena", "words": "Sound work"}, ""}
		},
		"set-approval-chain": func() sound {
			var c chainView
			g.Coordinator.do("GET", "/approval-chain", nil).Into(g.t, &c)
			return sound{g.Coordinator, "/approval-chain", chainSound(g.Side.Host.UserID, g.Side.Coordinator.UserID), etag(c.Version)}
		},
		"set-selection-rules": func() sound {
			var r rulesView
			g.Coordinator.do("GET", "/selection-rules", nil).Into(g.t, &r)
			return sound{g.Coordinator, "/selection-rules", rulesSound(), etag(r.Version)}
		},
		"keep-need-template": func() sound {
			return sound{g.Host, "/needs/" + g.needIn("DRAFT").Reference + "/template", map[string]any{"title": "Irrigation"}, ""}
		},
		"use-need-template":  func() sound { return sound{g.Host, "/need-templates/" + g.template() + "/needs", nil, ""} },
		"drop-need-template": func() sound { return sound{g.Host, "/need-templates/" + g.template(), nil, ""} },
		"reply-to-doubt":     func() sound { return g.candidacyStep(g.doubted(), g.Person, "reply", reason) },
		"drop-doubt":         func() sound { return g.candidacyStep(g.doubted(), g.Coordinator, "drop-doubt", reason) },
		"endorse-candidacy":  func() sound { return g.candidacyStep(g.candidacyAfter(0), g.Host, "endorse", yes) },
		"clear-candidacy":    func() sound { return g.candidacyStep(g.candidacyAfter(1), g.Ministry, "no-objection", yes) },
		"approve-candidacy":  func() sound { return g.candidacyStep(g.candidacyAfter(2), g.Coordinator, "approve", yes) },
		"decline-offer":      func() sound { return g.candidacyStep(g.candidacyAfter(3), g.Person, "decline", reason) },
		"accept-offer": func() sound {
			g.free()
			return g.candidacyStep(g.candidacyAfter(3), g.Person, "accept", map[string]any{"noFee": true})
		},
		"propose": func() sound { return sound{g.Coordinator, "/proposals", g.proposal(), ""} },
		"revise-proposal": func() sound {
			var p proposalView
			g.Coordinator.do("POST", "/proposals", g.proposal()).Into(g.t, &p)
			return sound{g.Coordinator, "/proposals/" + p.ID, g.proposal(), etag(p.Version)}
		},
		"order-needs": func() sound {
			var w wishesView
			g.Person.do("GET", "/me/wishes", nil).Into(g.t, &w)
			return sound{g.Person, "/me/wishes", map[string]any{"needs": []any{g.openNeed()}}, etag(w.Version)}
		},
		"order-people": func() sound {
			c := g.candidacyAfter(0)
			return sound{g.Host, "/needs/" + c.Need.Reference + "/favourites", map[string]any{"people": []any{g.Pseudonym}}, `"1"`}
		},
		"merge-duplicate": func() sound {
			d := g.twins(g.t, "GH", g.next())
			return sound{g.Association, "/duplicates/" + d.ID + "/merge", map[string]any{"take": []any{map[string]any{"field": "phone", "from": "first"}}}, etag(d.Version)}
		},
		"part-duplicate": func() sound {
			d := g.twins(g.t, "GH", g.next())
			return sound{g.Association, "/duplicates/" + d.ID + "/different", nil, etag(d.Version)}
		},
		"undo-merge": func() sound {
			return sound{g.Association, "/merges/" + g.mergeOf(g.t, g.twins(g.t, "GH", g.next()), g.Association) + "/undo", nil, `"1"`}
		},
		"ask-referee": func() sound { return sound{g.Person, "/me/referees", g.question(), ""} },
		"revoke-referee": func() sound {
			id, _ := g.referee()
			return sound{g.Person, "/me/referees/" + id, nil, ""}
		},
		"open-reference": func() sound {
			_, secret := g.referee()
			return sound{g.stranger(g.t), "/referee/open", map[string]any{"token": secret}, ""}
		},
		"answer-reference": func() sound {
			_, secret := g.referee()
			return sound{g.stranger(g.t), "/referee/answer", map[string]any{"token": secret, "declined": false, "relation": "supervisor",
				"seenUntil": "2025-06-30", "comment": "She leads the ward.", "confirmed": []any{0}}, ""}
		},
		"request-verification": func() sound {
			return sound{g.Coordinator, "/verifications", g.credential(), ""}
		},
		"move-verification": func() sound {
			var c caseView
			g.Coordinator.do("POST", "/verifications", g.credential()).Into(g.t, &c)
			return sound{g.Coordinator, "/verifications/" + c.ID + "/move", map[string]any{"to": "SENT_TO_SOURCE", "note": "By letter", "reference": "A-12", "validUntil": "2028-01-01"}, etag(c.Version)}
		},
		"restore-member-field": func() sound {
			p := g.invited()
			return sound{g.Association, "/professionals/" + p.ID + "/changes/" + g.changeOf(g.Association, "/professionals/"+p.ID+"/changes?field=summary",
				"/professionals/"+p.ID) + "/restore", nil, etag(p.Version + 1)}
		},
		"restore-my-field": func() sound {
			change := g.changeOf(g.Person, "/me/changes?field=summary", "/me/professional")
			return sound{g.Person, "/me/changes/" + change + "/restore", nil, etag(g.mine().Version)}
		},
		"preview-bulk": func() sound { return sound{g.Coordinator, "/bulk/preview", bulkSound(), ""} },
		"begin-bulk":   func() sound { return sound{g.Coordinator, "/bulk", bulkSound(), ""} },
		"undo-bulk": func() sound {
			var act bulkView
			g.Coordinator.do("POST", "/bulk", bulkSound()).Into(g.t, &act)
			return sound{g.Coordinator, "/bulk/" + act.ID + "/undo", nil, ""}
		},
		"write-candidacy-message": func() sound {
			return sound{g.Coordinator, "/candidacies/" + g.candidacyAfter(0).ID + "/messages", map[string]any{"body": "Good morning", "audience": "programme"}, ""}
		},
		"write-placement-message": func() sound {
			p := g.placed("PREPARING")
			return sound{g.Coordinator, "/placements/" + p.Reference + "/messages", map[string]any{"body": "Good morning", "audience": "programme"}, ""}
		},
		"set-rates": func() sound {
			var r ratesView
			g.Coordinator.do("GET", "/rates", nil).Into(g.t, &r)
			return sound{g.Coordinator, "/rates", ratesSound(), etag(r.Version)}
		},
		"ask-instalment": func() sound {
			p := g.paid()
			return sound{g.Coordinator, "/placements/" + p.Reference + "/instalments", map[string]any{"amount": 1000}, etag(p.Version)}
		},
		"decide-instalment": func() sound {
			p := g.paid()
			g.treasurer().step("/placements/"+p.Reference+"/instalments", p.Version, map[string]any{"amount": 1000}).Into(g.t, &p)
			return sound{g.Coordinator, "/placements/" + p.Reference + "/instalments/1", map[string]any{"release": true}, etag(p.Version)}
		},
		"set-stay": func() sound {
			return g.candidacyStep(g.candidacyAfter(0), g.Coordinator, "stay", map[string]any{"from": "2027-06-07", "to": "2027-07-16"})
		},
		"cancel-placement": func() sound {
			p := g.placed("PREPARING")
			return sound{g.Coordinator, "/placements/" + p.Reference + "/cancel", reason, etag(p.Version)}
		},
		"take-placement-step": func() sound {
			p := g.placed("PREPARING")
			return sound{g.Coordinator, "/placements/" + p.Reference + "/steps", map[string]any{"move": "postpone", "reason": "There are reasons",
				"on": "2027-02-01", "from": "2050-01-01", "to": "2050-01-20"}, etag(p.Version)}
		},
		"bring-clearance": func() sound {
			p := g.placed("PREPARING")
			return sound{g.Coordinator, "/placements/" + p.Reference + "/clearances/briefing", map[string]any{"reference": "B-1",
				"issuedOn": "2027-01-05", "validFrom": "2027-01-05", "validUntil": "2028-01-04"}, etag(p.Version)}
		},
		"sign-clearance": func() sound {
			p := g.placed("PREPARING")
			return sound{g.Host, "/placements/" + p.Reference + "/clearances/agreement/signature", nil, etag(p.Version)}
		},
		"decide-clearance": func() sound {
			p := g.placed("PREPARING")
			return sound{g.Coordinator, "/placements/" + p.Reference + "/clearances/briefing/decision", map[string]any{"state": "VERIFIED", "note": "Seen"}, etag(p.Version)}
		},
		"link-evaluation": func() sound {
			return sound{g.Coordinator, "/placements/" + g.placed("ON_DUTY").Reference + "/evaluation-link", nil, ""}
		},
		"mail-evaluation": func() sound {
			p := g.placed("ENDED")
			return sound{g.Coordinator, "/placements/" + p.Reference + "/evaluation-mail", nil, etag(p.Version)}
		},
		"import-evaluation": func() sound {
			p := g.placed("ON_DUTY")
			return sound{g.Coordinator, "/placements/" + p.Reference + "/evaluation-file", map[string]any{"text": "placement: " + p.Reference +
				"\nobjective: mostly\npassed_on: fully\nworking_together: fully\nagain: yes\n"}, ""}
		},
		"open-evaluation": func() sound {
			return sound{g.stranger(g.t), "/evaluation/open", map[string]any{"token": g.evaluation()}, ""}
		},
		"answer-evaluation": func() sound {
			return sound{g.stranger(g.t), "/evaluation/answer", map[string]any{"token": g.evaluation(), "answers": map[string]any{"objective": "mostly",
				"passed_on": "fully", "working_together": "fully", "again": "yes", "comment": "A good time"}}, ""}
		},
		"evacuate": func() sound {
			return sound{g.Coordinator, "/evacuations", map[string]any{"placements": []any{g.placed("ON_DUTY").Reference}, "reason": "Fighting in the town"}, ""}
		},
		"set-my-contacts": func() sound {
			return sound{g.Person, "/me/emergency-contacts", map[string]any{"contacts": []any{map[string]any{"name": "Awa", "phone": "+39 333 1", "relation": "Sister"}}}, ""}
		},
		"file-incident": func() sound {
			return sound{g.Person, "/placements/" + g.placed("ON_DUTY").Reference + "/incidents", map[string]any{"kind": "work", "happenedOn": "2026-11-01", "text": "There is no water"}, ""}
		},
		"work-incident": func() sound {
			var i incidentView
			g.Person.do("POST", "/placements/"+g.placed("ON_DUTY").Reference+"/incidents", map[string]any{"kind": "work", "text": "There is no water"}).Into(g.t, &i)
			return sound{g.Coordinator, "/incidents/" + i.ID + "/work", map[string]any{"to": "CLOSED", "outcome": "There is water"}, etag(i.Version)}
		},
		"set-indicators": func() sound {
			p := g.placed("ON_DUTY")
			return sound{g.Host, "/placements/" + p.Reference + "/indicators", map[string]any{"indicators": []any{map[string]any{"name": "Yield", "unit": "t", "source": "A book",
				"values": []any{map[string]any{"moment": "baseline", "value": "1.8", "on": "2026-11-01", "measuredBy": "The host"}}}}}, etag(p.Version)}
		},
		"set-sessions": func() sound {
			p := g.begun()
			return sound{g.Host, "/placements/" + p.Reference + "/sessions", map[string]any{"sessions": []any{
				map[string]any{"kind": "training", "title": "Drip irrigation", "heldOn": p.From, "groups": []any{map[string]any{"sex": "female", "age": "-29", "people": 6}}},
				map[string]any{"kind": "counterparts", "title": "", "heldOn": "", "groups": []any{map[string]any{"sex": "male", "age": "", "people": 1}}}}}, etag(p.Version)}
		},
		"set-absences": func() sound {
			p := g.placed("ON_DUTY")
			return sound{g.Person, "/placements/" + p.Reference + "/absences", map[string]any{"absences": []any{map[string]any{"kind": "leave", "from": p.From, "to": p.From},
				map[string]any{"kind": "remote", "from": p.To, "to": p.To}}}, etag(p.Version)}
		},
		"report-on-placement": func() sound {
			p := g.placed("ON_DUTY")
			return sound{g.Host, "/placements/" + p.Reference + "/reports/host_evaluation", map[string]any{"answers": map[string]any{"objective": "mostly",
				"passed_on": "fully", "working_together": "fully", "again": "yes", "comment": "A good time"}}, etag(p.Version)}
		},
	}
}

// disclosureAsked is a question to the person about a new candidacy.
func (g *stage) disclosureAsked() (d disclosureView) {
	g.t.Helper()
	g.Host.do("POST", "/candidacies/"+g.candidacyAfter(0).ID+"/disclosures", disclosureSound()).Into(g.t, &d)
	return d
}

// deputy is one more officer of the host.
func (g *stage) deputy() identity.Actor {
	g.t.Helper()
	return g.Officer(strings.ToLower(g.next())+"@deputy.invalid", g.Side.HostOrg.ID, g.Programme.ID, identity.Host)
}

// lent is the office of a new officer of the host, offered to the taker.
func (g *stage) lent(taker identity.Actor) (d delegationView) {
	g.t.Helper()
	g.as(g.t, g.deputy()).do("POST", "/delegations", delegationSound(taker.UserID)).Into(g.t, &d)
	return d
}

// another is the browser of one more person, who has just joined.
func (g *stage) another() *client {
	g.t.Helper()
	c := g.stranger(g.t)
	c.do("POST", "/invitations/accept", map[string]any{"token": token(g.t, g.invited().Invitation.Link), "password": identitytest.Password, "locale": "en", "consents": []any{}})
	return c
}

// placed is a placement that has come of an accepted offer, in the state. Those of
// before are cancelled: the person's days are few.
func (g *stage) placed(state string) placementView {
	g.t.Helper()
	g.free()
	c := g.candidacyAfter(3)
	g.Person.step("/candidacies/"+c.ID+"/accept", c.Version, map[string]any{"noFee": true}).Into(g.t, &c)
	err := g.DB.Keep(g.t.Context(), func(tx *store.Tx) error {
		return tx.Exec(`UPDATE placements SET state = ? WHERE reference = ?`, state, c.Placement).Error
	})
	if err != nil {
		g.t.Fatal(err)
	}
	var p placementView
	g.Host.do("GET", "/placements/"+c.Placement, nil).Into(g.t, &p)
	return p
}

// begun is a placement whose first day was a week ago.
func (g *stage) begun() placementView {
	g.t.Helper()
	p := g.placed("ON_DUTY")
	err := g.DB.Keep(g.t.Context(), func(tx *store.Tx) error {
		return tx.Exec(`UPDATE placements SET from_on = ? WHERE id = ?`, day.Day(tx.Today()).Add(-7), p.ID).Error
	})
	if err != nil {
		g.t.Fatal(err)
	}
	g.Host.do("GET", "/placements/"+p.Reference, nil).Into(g.t, &p)
	return p
}

// paid is a placement that the programme pays an allowance for.
func (g *stage) paid() placementView {
	g.t.Helper()
	var r ratesView
	g.Coordinator.do("GET", "/rates", nil).Into(g.t, &r)
	g.Coordinator.do("PUT", "/rates", ratesSound(), "If-Match", etag(r.Version)).Into(g.t, &r)
	return g.placed("PREPARING")
}

// treasurer is a colleague of the coordinator.
func (g *stage) treasurer() *client {
	g.t.Helper()
	return g.as(g.t, g.Officer(strings.ToLower(g.next())+"@treasury.invalid", g.Side.Coordinator.OrganisationID, g.Programme.ID, identity.Coordinator))
}

// ratesSound are rates that a programme may set: the rule of the stories.
func ratesSound() map[string]any {
	return map[string]any{"rates": []any{map[string]any{"country": "", "currency": "EUR", "daily": 4_500, "travel": 60_000, "lodgingShare": 50, "leaveDays": 2, "remoteDays": 5, "tiers": []any{
		map[string]any{"days": 60, "percent": 100}, map[string]any{"days": 60, "percent": 75}, map[string]any{"days": 0, "percent": 60}}}}}
}

// evaluation is the secret of a link by which the host evaluates.
func (g *stage) evaluation() string {
	g.t.Helper()
	var made evaluationLinkView
	g.Coordinator.do("POST", "/placements/"+g.placed("ON_DUTY").Reference+"/evaluation-link", nil).Into(g.t, &made)
	return strings.TrimPrefix(made.Link, evaluateAt+"#")
}

// free ends the bookings of the person, so that the days can be booked anew.
func (g *stage) free() {
	g.t.Helper()
	err := g.DB.Keep(g.t.Context(), func(tx *store.Tx) error {
		return tx.Exec(`UPDATE placements SET state = 'CANCELLED' WHERE professional_id = ? AND state <> 'CANCELLED'`, g.Professional).Error
	})
	if err != nil {
		g.t.Fatal(err)
	}
}

// next is a word that nobody has used yet.
func (g *stage) next() string {
	g.people++
	return fmt.Sprintf("Nr%d", g.people)
}

// question is what the person asks of a referee; a skill is saved for it first.
func (g *stage) question() map[string]any {
	p := g.mine()
	text := fullProfile(p.Email)
	g.Person.do("PUT", "/me/professional", text, "If-Match", etag(p.Version))
	label := text["skills"].([]any)[0].(map[string]any)["label"]
	concept := text["skills"].([]any)[0].(map[string]any)["concept"]
	var open refereesView // ten at most are open at once
	g.Person.do("GET", "/me/referees", nil).Into(g.t, &open)
	for _, r := range open.Items {
		if r.State == "sent" && len(open.Items) > 8 {
			g.Person.do("DELETE", "/me/referees/"+r.ID, nil)
		}
	}
	return map[string]any{"name": "Dr. Osei", "email": strings.ToLower(g.next()) + "@referee.test", "locale": "en", "message": "Please.",
		"skills": []any{map[string]any{"concept": concept, "label": label}}}
}

// referee is a question to a referee, with the secret of the mail.
func (g *stage) referee() (string, string) {
	var all refereesView
	g.Person.do("POST", "/me/referees", g.question()).Into(g.t, &all)
	secret := "secret of " + all.Items[0].ID
	err := g.DB.Keep(g.t.Context(), func(tx *store.Tx) error { return registry.LinkRefereeIn(tx, all.Items[0].ID, id.Digest(secret)) })
	if err != nil {
		g.t.Fatal(err)
	}
	return all.Items[0].ID, secret
}

// credential is a licence of the person, another each time.
func (g *stage) credential() map[string]any {
	p := g.mine()
	text := fullProfile(p.Email)
	body := "Council " + g.next()
	text["licences"] = []any{map[string]any{"body": body, "number": "A-1", "country": "IT", "isco": "2132", "validFrom": "2020-01-01", "validUntil": "2030-01-01", "goodStandingOn": "2026-01-01"}}
	g.Person.do("PUT", "/me/professional", text, "If-Match", etag(p.Version))
	return map[string]any{"professional": g.Pseudonym, "credential": "licence", "issuer": body, "number": "A-1", "country": "IT", "title": "", "note": "Before the mission"}
}

// changeOf changes the summary and returns the change.
func (g *stage) changeOf(by *client, list, path string) string {
	var p professionalView
	by.do("GET", path, nil).Into(g.t, &p)
	text := fullProfile(p.Email)
	text["summary"] = "Words " + g.next()
	by.do("PUT", path, text, "If-Match", etag(p.Version)).Into(g.t, &p)
	var changes struct{ Items []changeView }
	by.do("GET", list, nil).Into(g.t, &changes)
	return changes.Items[0].ID
}

// openNeed is one need that stays open, made when it is first asked for.
func (g *stage) openNeed() string {
	if g.Open == "" {
		g.Open = g.needIn("PUBLISHED").Reference
	}
	return g.Open
}

// relay is one open need that two people can cover one after the other.
func (g *stage) relay() string {
	if g.Draft != "" {
		return g.Draft
	}
	var n needView
	body := terms()
	body["headcount"], body["positions"] = 2, []any{}
	g.Host.do("POST", "/needs", body).Into(g.t, &n)
	for _, step := range road[:4] {
		next := g.needStepOn(n, step.verb, step.by, step.body)
		next.send("POST", next.whole()).Into(g.t, &n)
	}
	g.Draft = n.Reference
	return g.Draft
}

// proposal asks for a proposal in which every field is filled in, another each time.
func (g *stage) proposal() map[string]any {
	g.people++
	return map[string]any{"budget": 5_000_000, "currency": "EUR", "travel": 60_000 + g.people, "daily": 4_500, "relays": []any{g.relay()}, "handover": 3,
		"quotas": []any{map[string]any{"name": "Agreement", "needs": []any{g.openNeed()}, "isco": []any{"213"}, "most": 2}},
		"pins":   []any{map[string]any{"need": g.openNeed(), "person": g.Pseudonym, "here": false}}}
}

// tables lists the tables that requests may write to. Sessions are left out: a
// request that is refused may still have touched its own.
func (h *house) tables(t *testing.T) []string {
	t.Helper()
	query := `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT IN ('sessions', 'goose_db_version') ORDER BY name`
	if h.DB.Engine() == store.Postgres {
		query = `SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN ('sessions', 'goose_db_version') ORDER BY tablename`
	}
	var names []string
	if err := h.DB.View(t.Context(), func(tx *store.Tx) error { return tx.Raw(query).Scan(&names).Error }); err != nil || len(names) < 20 {
		t.Fatalf("tables: %v %v", names, err)
	}
	return names
}

// rows counts the rows of every table in one text: what is left half written shows.
func (h *house) rows(t *testing.T, tables []string) string {
	t.Helper()
	parts := make([]string, len(tables))
	for i, name := range tables {
		parts[i] = fmt.Sprintf(`SELECT '%s' AS name, count(*) AS n FROM "%s"`, name, name)
	}
	var found []struct {
		Name string
		N    int
	}
	err := h.DB.View(t.Context(), func(tx *store.Tx) error {
		return tx.Raw(strings.Join(parts, " UNION ALL ") + " ORDER BY name").Scan(&found).Error
	})
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(found)
}
