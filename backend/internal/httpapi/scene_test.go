// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"sankofa/backend/internal/accountability"
	"sankofa/backend/internal/audit"
	"sankofa/backend/internal/board"
	"sankofa/backend/internal/bulk"
	"sankofa/backend/internal/completeness"
	"sankofa/backend/internal/disclosure"
	"sankofa/backend/internal/documents"
	"sankofa/backend/internal/erasure"
	"sankofa/backend/internal/files"
	"sankofa/backend/internal/funding"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/identity/identitytest"
	"sankofa/backend/internal/intake"
	"sankofa/backend/internal/mail"
	"sankofa/backend/internal/merging"
	"sankofa/backend/internal/messages"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/notices"
	"sankofa/backend/internal/partners"
	"sankofa/backend/internal/placements"
	"sankofa/backend/internal/portability"
	"sankofa/backend/internal/privacy"
	"sankofa/backend/internal/proposals"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/retention"
	"sankofa/backend/internal/savedsearches"
	"sankofa/backend/internal/search"
	"sankofa/backend/internal/selection"
	"sankofa/backend/internal/stats"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/tasks"
	"sankofa/backend/internal/taxonomy"
)

// vocabulary is the shipped one, read once.
var vocabulary = sync.OnceValues(taxonomy.Load)

// freezer lets selection freeze a ranking of search, as app does.
type freezer struct{ search *search.Service }

func (f freezer) Freeze(ctx context.Context, who identity.Actor, needID string) (selection.Ranking, error) {
	frozen, err := f.search.Freeze(ctx, who, needID)
	return selection.Ranking(frozen), err
}

// whole builds every service as app does. There is no index: the database
// answers searches, so that a test need not wait.
func whole(t *testing.T, db *store.DB) *house {
	t.Helper()
	words := shippedWords(t).Apart()
	views := audit.NewService(db, nil)
	views.References = needs.ReferencesIn
	a := &API{DB: db, Identity: identity.NewService(db), Taxonomy: words, Words: &taxonomy.Words{DB: db, Taxonomy: words}, Audit: views,
		Privacy: &privacy.Service{DB: db, Findable: registry.FindableIn}, Needs: &needs.Service{DB: db, Codes: words}}
	a.Registry = &registry.Service{DB: db, Codes: words, Privacy: a.Privacy, Audit: views, NameKnown: selection.NameKnownIn}
	a.Stats = &stats.Service{DB: db}
	var err error
	if a.Search, err = search.New(search.Options{DB: db, Directory: t.TempDir(), Vocabulary: words, Views: views, Shown: a.Stats.ShownIn}); err != nil {
		t.Fatal(err)
	}
	a.SavedSearches = &savedsearches.Service{DB: db, Search: a.Search, Views: views}
	a.Merging = &merging.Service{DB: db, Registry: a.Registry, Privacy: a.Privacy, Views: views}
	a.Placements = &placements.Service{DB: db, Views: views}
	a.Funding = &funding.Service{DB: db, Codes: words}
	a.Selection = &selection.Service{DB: db, Ranker: freezer{a.Search}, Booker: a.Placements, Views: views}
	a.Proposals = &proposals.Service{DB: db, Search: a.Search, Views: views}
	a.Disclosure = &disclosure.Service{DB: db, Views: views}
	a.Accountability = &accountability.Service{DB: db, Views: views, Countries: words}
	a.Tasks = &tasks.Service{DB: db, Views: views}
	a.Board = &board.Service{DB: db, Views: views}
	a.Bulk = &bulk.Service{DB: db, Selection: a.Selection}
	a.Messages = &messages.Service{DB: db}
	a.Portability = &portability.Service{DB: db, Audit: views}
	a.Erasure = &erasure.Service{DB: db, Privacy: a.Privacy, Prove: a.Identity.Prove}
	a.Notices = teller(t, db)
	kept, err := files.Open(t.Context(), files.Options{DB: db, Directory: t.TempDir(), KeyFile: t.TempDir() + "/key"})
	if err != nil {
		t.Fatal(err)
	}
	a.Intake = &intake.Service{DB: db, Files: kept, Registry: a.Registry, Words: &intake.Words{Taxonomy: words}}
	a.Partners = &partners.Service{DB: db, Codes: words, Files: kept, Identity: a.Identity}
	a.Documents = &documents.Service{DB: db, Files: kept, Registry: a.Registry, Taxonomy: words}
	a.Completeness = &completeness.Service{Registry: a.Registry, Search: a.Search}
	a.Retention = &retention.Service{DB: db, Erasure: a.Erasure}
	if err := a.Privacy.InstallNotices(t.Context()); err != nil {
		t.Fatal(err)
	}
	h := &house{World: identitytest.New(t, db), DB: db, API: a}
	if h.Server, err = NewServer(a, Settings{Version: "test"}); err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(h.Server.Engine)
	t.Cleanup(web.Close)
	h.URL = web.URL
	return h
}

// teller tells people what concerns them; no mail server is set.
func teller(t *testing.T, db *store.DB) *notices.Service {
	t.Helper()
	s, err := notices.New(db, mail.Settings{}, []byte("a key of the tests"), nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// scene is one side of the world after the whole job: a person placed on a
// need, and one more need that is open.
type scene struct {
	Side           identitytest.Side
	Person         *client // the person who was placed
	Professional   string  // their identifier
	Pseudonym      string
	Invited        string // a member who has not answered
	Need, Open     string // references: the filled need, and one that is published
	Draft          string
	Candidacy      string
	Nomination     string // of another member, for the open need
	Snapshot       string
	Disclosure     string // that the host asked for and the person granted
	Placement      string
	Proposal       string
	Document       string // of the person
	Word           string // that the ministry added
	Saved          string // a saved search of the coordinator
	Shown          string // a ranking in the log
	Mail           string // a test mail that waits
	Import         string // a spreadsheet that the association has sent
	Pair           string // two records that may be of one person
	Merged         string // two that became one
	Case           string // of verification
	Bulk           string // an act on several records
	Incident       string // that the person told
	Applicant      string // a host that asks to take part
	Host, Ministry *client
	Association    *client
	Coordinator    *client

	Review, Transfer, Breach, Assessment string // of the registers
	Delegation                           string // that the host gave to a colleague
}

// agronomist is what an association's officer sends; the country is of origin.
func agronomist(email, country string) map[string]any {
	return map[string]any{
		"givenName": "Moussa", "familyName": "Diop", "email": email, "originCountry": country, "originLink": "born",
		"residenceCountry": "IT", "residenceStatus": "permanent", "rightOfReturn": "yes", "rightOfReturnUntil": "2030-01-01",
		"occupationTitle": "Agronomo", "isco": "2132", "yearsExperience": 11, "onsite": true, "longestDays": 90,
		"cvText": "Esperto di irrigazione a goccia", "cvLanguage": "it",
		"skills":       []any{map[string]any{"concept": "agriculture.drip-irrigation", "label": "irrigazione a goccia", "level": 4, "years": 9}},
		"languages":    []any{map[string]any{"language": "it", "native": true}, level("fr", "B2")},
		"education":    []any{map[string]any{"level": 7, "field": "0811"}},
		"experience":   []any{map[string]any{"title": "Agronomo", "isco": "2132", "from": "2015-01-01"}},
		"availability": []any{map[string]any{"from": "2027-05-01", "to": "2027-08-31"}},
	}
}

func level(language, cefr string) map[string]any {
	return map[string]any{"language": language, "listening": cefr, "reading": cefr, "interaction": cefr, "production": cefr, "writing": cefr}
}

// irrigation is a complete need of a host in the country.
func irrigation(country string) map[string]any {
	return map[string]any{
		"title": "Irrigation goutte à goutte", "language": "fr", "sector": "agriculture", "isco": "2132", "occupationTitle": "Agronome",
		"background": "Les périmètres maraîchers manquent d'eau dès le mois de mars.", "objectives": "Vingt techniciens posent et entretiennent un réseau.",
		"country": country, "dutyStation": "Thiès", "unit": "Service technique", "supervisor": "Chef du service technique",
		"startsOn": "2027-06-07", "endsOn": "2027-07-16", "modality": "onsite", "headcount": 1, "nonSubstitution": true, "prioritySector": "Agriculture",
		"outputs":       []any{map[string]any{"output": "Deux parcelles équipées", "indicator": "Deux hectares en eau"}},
		"counterparts":  []any{map[string]any{"function": "Technicien agricole"}, map[string]any{"function": "Animatrice rurale"}},
		"criteria":      []any{map[string]any{"concept": "agriculture.drip-irrigation", "label": "irrigation goutte à goutte", "required": true, "weight": 5}},
		"languages":     []any{map[string]any{"language": "fr", "spoken": "B1", "written": "B1", "required": true}},
		"contributions": []any{map[string]any{"kind": "lodging", "description": "Un logement"}},
	}
}

// play leads one side through the whole job, by the API alone.
func (h *house) play(t *testing.T, side identitytest.Side, country, tag string) *scene {
	t.Helper()
	s := &scene{Side: side, Host: h.as(t, side.Host), Ministry: h.as(t, side.Ministry), Association: h.as(t, side.Association), Coordinator: h.as(t, side.Coordinator)}
	s.join(t, h, country, tag)
	s.ask(t, country)
	s.choose(t)
	var proposed proposalView
	s.Coordinator.do("POST", "/proposals", usualProposal()).Into(t, &proposed)
	s.Proposal = proposed.ID
	var sheet importView
	s.Association.do("POST", "/imports", sent{"members.csv", []byte("Name,E-mail\nAma,ama-" + tag + "@example.org\n")}).Into(t, &sheet)
	s.Import = sheet.ID
	var words list[wordView]
	s.Ministry.do("POST", "/vocabulary/words", map[string]any{"words": []any{newWord("ɔkuafo" + strings.Repeat("o", len(tag)))}}).Into(t, &words)
	s.Word = words.Items[0].ID
	s.Coordinator.do("GET", "/needs/"+s.Open+"/ranking", nil)
	var log list[shownView]
	s.Coordinator.do("GET", "/fairness/rankings", nil).Into(t, &log)
	s.Shown = log.Items[0].ID
	var asked disclosureView
	s.Host.do("POST", "/candidacies/"+s.Candidacy+"/disclosures", disclosureSound()).Into(t, &asked)
	s.Person.do("POST", "/disclosures/"+asked.ID+"/grant", map[string]any{"parts": []any{"name", "contact"}}, "If-Match", etag(asked.Version)).Into(t, &asked)
	s.Disclosure = asked.ID
	var test mailView
	h.as(t, h.Administrator).do("POST", "/outbox/tests", nil).Into(t, &test)
	s.Mail = test.ID
	s.Merged = h.mergeOf(t, s.twins(t, country, "merged-"+tag), s.Coordinator)
	s.Pair = s.twins(t, country, "pair-"+tag).ID
	var c caseView
	s.Coordinator.do("POST", "/verifications", map[string]any{"professional": s.Pseudonym, "credential": "education", "issuer": "", "title": ""}).Into(t, &c)
	s.Case = c.ID
	var told incidentView
	s.Person.do("POST", "/placements/"+s.Placement+"/incidents", map[string]any{"kind": "work", "text": "There is no water."}).Into(t, &told)
	s.Incident = told.ID
	s.Applicant, _ = h.asksToJoin(t, side, country, "host_institution")
	var doubt rankingReviewView
	s.Person.do("POST", "/ranking-reviews", map[string]any{"need": s.Open, "words": "I have done this for years"}).Into(t, &doubt)
	s.Review = doubt.ID
	officer := h.as(t, h.Administrator)
	var transfer transferView
	officer.do("POST", "/transfers", transferSound()).Into(t, &transfer)
	s.Transfer = transfer.ID
	var breach breachView
	s.Coordinator.do("POST", "/breaches", breachSound()).Into(t, &breach)
	s.Breach = breach.ID
	var notes impactView
	officer.do("POST", "/impact-assessments", assessmentSound()).Into(t, &notes)
	s.Assessment = notes.ID
	var lent delegationView
	deputy := h.Officer("deputy-"+strings.ToLower(country)+"@test.invalid", side.HostOrg.ID, side.Programme.ID, identity.Host)
	s.Host.do("POST", "/delegations", delegationSound(deputy.UserID)).Into(t, &lent)
	s.Delegation = lent.ID
	return s
}

// delegationSound lets a colleague act for ten days; the clock of the tests stands on the first.
func delegationSound(taker string) map[string]any {
	return map[string]any{"takerId": taker, "from": "2026-12-05", "until": "2026-12-14", "reason": "On leave"}
}

// transferSound is a transfer of which everything is said.
func transferSound() map[string]any {
	return map[string]any{"recipient": "Ministère de l'agriculture", "country": "SN", "categories": "Names and qualifications of whoever is shortlisted",
		"purpose": "No-objection", "basis": "agreement", "safeguards": "Annex B of the memorandum", "contract": "memorandum", "from": "2026-01-01", "until": "2030-12-31"}
}

// breachSound is a breach of which everything is said.
func breachSound() map[string]any {
	return map[string]any{"title": "A lost telephone", "what": "An officer's telephone was lost unlocked", "organisation": "", "from": "2026-11-01T08:00:00Z",
		"to": "2026-11-02T08:00:00Z", "knownAt": "2026-11-01T09:00:00Z", "consequences": "Somebody may know who applied", "risk": "risk", "people": 12, "measures": "All sessions were ended"}
}

// assessmentSound are the notes of an impact assessment.
func assessmentSound() map[string]any {
	return map[string]any{"title": "Ranking", "processing": "People are ranked for needs", "necessity": "There are too many to read", "risks": "Somebody is overlooked",
		"measures": "A person decides", "outcome": "mitigated", "reviewOn": "2027-11-01"}
}

// disclosureSound asks for a name and how to reach it.
func disclosureSound() map[string]any {
	return map[string]any{"parts": []any{"name", "contact"}, "purpose": "To arrange lodging", "until": "2027-08-31"}
}

// twins registers one person twice and returns the pair that comes of it.
func (s *scene) twins(t *testing.T, country, tag string) duplicateView {
	t.Helper()
	for _, name := range []string{"Diop", "Diopp"} {
		p := agronomist(name+"-"+tag+"@example.org", country)
		p["familyName"], p["birthDate"], p["phone"] = name+" "+tag, "1980-02-03", "+39 333 123 4567"
		s.Association.do("POST", "/professionals", p)
	}
	var found list[duplicateView]
	s.Association.do("GET", "/duplicates", nil).Into(t, &found)
	if len(found.Items) == 0 {
		t.Fatal("one person was registered twice, and nobody is told")
	}
	return found.Items[0]
}

// mergeOf makes one record of the pair.
func (h *house) mergeOf(t *testing.T, pair duplicateView, by *client) string {
	t.Helper()
	var m mergeView
	by.do("POST", "/duplicates/"+pair.ID+"/merge", map[string]any{}, "If-Match", etag(pair.Version)).Into(t, &m)
	return m.ID
}

// usualProposal asks for a proposal without limits.
func usualProposal() map[string]any {
	return map[string]any{"currency": "EUR", "travel": 60_000, "daily": 4_500, "handover": 3, "quotas": []any{}, "pins": []any{}}
}

// newWord is a Twi word for an agronomist.
func newWord(word string) map[string]any {
	return map[string]any{"kind": "occupation", "concept": "2132", "language": "tw", "word": word}
}

// join registers people; one accepts the invitation and consents.
func (s *scene) join(t *testing.T, h *house, country, tag string) {
	t.Helper()
	var made, silent professionalView
	s.Association.do("POST", "/professionals", agronomist("moussa-"+tag+"@example.org", country)).Into(t, &made)
	s.Association.do("POST", "/professionals", agronomist("silent-"+tag+"@example.org", country)).Into(t, &silent)
	s.Person = h.stranger(t)
	var session sessionView
	s.Person.do("POST", "/invitations/accept", map[string]any{"token": token(t, made.Invitation.Link), "password": identitytest.Password, "locale": "fr",
		"consents": ticked(t, s.Person, "registry_search", "share_with_hosts", "statistics", "association_contact")}).Into(t, &session)
	s.Professional, s.Pseudonym, s.Invited = made.ID, made.Pseudonym, silent.ID
	var paper documentView
	s.Person.do("POST", "/me/documents", sent{"licence.png", []byte(aPicture)}).Into(t, &paper)
	s.Document = paper.ID
	if got := s.Person.do("POST", "/me/cv", sent{"cv.txt", []byte(aCV)}); got.Status != http.StatusCreated {
		t.Fatalf("send a CV: %d %s", got.Status, got.Body)
	}
}

// ask leads two needs to publication and leaves one a draft.
func (s *scene) ask(t *testing.T, country string) {
	t.Helper()
	for _, to := range []*string{&s.Need, &s.Open, &s.Draft} {
		var n needView
		s.Host.do("POST", "/needs", irrigation(country)).Into(t, &n)
		*to = n.Reference
		if to == &s.Draft {
			return
		}
		step := func(c *client, verb string, body any) {
			t.Helper()
			c.do("POST", "/needs/"+n.Reference+"/"+verb, body, "If-Match", etag(n.Version)).Into(t, &n)
		}
		step(s.Host, "submit", nil)
		step(s.Ministry, "validate", nil)
		step(s.Coordinator, "approve", nil)
		step(s.Coordinator, "publish", map[string]any{"closesOn": "2027-03-01"})
	}
}

// choose shortlists the person, collects the three decisions and the answer.
func (s *scene) choose(t *testing.T) {
	t.Helper()
	var n needView
	s.Coordinator.do("GET", "/needs/"+s.Need, nil).Into(t, &n)
	var sheet shortlistView
	s.Coordinator.do("POST", "/needs/"+s.Need+"/shortlist", map[string]any{"reason": "The best fit",
		"people": []any{map[string]any{"pseudonym": s.Pseudonym}}}, "If-Match", etag(n.Version)).Into(t, &sheet)
	c := sheet.Items[0]
	s.Candidacy, s.Snapshot = c.ID, sheet.Snapshot.ID
	for _, step := range []struct {
		by   *client
		verb string
		body map[string]any
	}{
		{s.Host, "endorse", map[string]any{"decision": "yes", "reason": "Knows our soils"}},
		{s.Ministry, "no-objection", map[string]any{"decision": "yes", "reason": "In line with the plan"}},
		{s.Coordinator, "approve", map[string]any{"decision": "yes", "reason": "All is in order"}},
		{s.Person, "accept", map[string]any{"noFee": true}},
	} {
		step.by.do("POST", "/candidacies/"+c.ID+"/"+step.verb, step.body, "If-Match", etag(c.Version)).Into(t, &c)
	}
	s.Placement = c.Placement
	var nominated candidacyView
	s.Association.do("POST", "/needs/"+s.Open+"/nominations", map[string]any{"professionalId": s.Professional, "reason": "Ours"}).Into(t, &nominated)
	s.Nomination = nominated.ID
	var act bulkView
	s.Coordinator.do("POST", "/bulk", bulkSound()).Into(t, &act)
	s.Bulk = act.ID
	var saved savedSearchView
	s.Coordinator.do("POST", "/saved-searches", searchSaved()).Into(t, &saved)
	s.Saved = saved.ID
}

// bulkSound is an act on a record that is nobody's: it is sound, and fails for it.
func bulkSound() map[string]any {
	return map[string]any{"kind": "tag", "value": "spring", "reason": "", "targets": []any{map[string]any{"record": "need", "id": "01890a5d-ac96-7bcc-8000-000000000001", "version": 1}}}
}

// searchSaved is a search that a coordinator may save.
func searchSaved() map[string]any {
	return map[string]any{"kind": "people", "name": "Drip irrigation", "q": "irrigazione", "facets": facetsSound(), "exact": false, "need": "", "best": 0,
		"shared": false, "pinned": true, "frequency": "daily"}
}

func etag(version int) string { return fmt.Sprintf("%q", fmt.Sprint(version)) }

// in replaces the placeholders of a route's path by the scene's records.
func (s *scene) in(path, record string) string {
	at := map[string]string{"need": s.Need, "open": s.Open, "draft": s.Draft, "professional": s.Professional, "invited": s.Invited,
		"candidacy": s.Candidacy, "nomination": s.Nomination, "snapshot": s.Snapshot, "placement": s.Placement, "word": s.Word, "saved": s.Saved, "shown": s.Shown,
		"proposal": s.Proposal, "disclosure": s.Disclosure, "mail": s.Mail, "import": s.Import, "document": s.Document, "suggestion": "1",
		"pair": s.Pair, "merged": s.Merged, "case": s.Case, "bulk": s.Bulk, "incident": s.Incident, "review": s.Review, "transfer": s.Transfer, "breach": s.Breach, "assessment": s.Assessment, "delegation": s.Delegation, "applicant": s.Applicant, "host office": s.Side.HostOrg.ID}[record]
	for _, name := range []string{"{ref}", "{id}"} {
		path = strings.ReplaceAll(path, name, at)
	}
	path = strings.NewReplacer("{change}", "none", "{paper}", "none", "{number}", "1").Replace(path)
	path = strings.ReplaceAll(path, "{pseudonym}", s.Pseudonym)
	path = strings.NewReplacer("{kind}", "agreement", "{code}", "none", "{letter}", "terms_of_reference").Replace(path)
	return strings.ReplaceAll(path, "{purpose}", "statistics")
}
