// SPDX-License-Identifier: AGPL-3.0-or-later

package placements

import (
	"cmp"
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/papers"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/store"
)

// LetterKind is a document that is made from what a placement says.
type LetterKind string

// The documents of a placement.
const (
	Invitation    LetterKind = "invitation"
	TermsLetter   LetterKind = "terms_of_reference"
	AgreementText LetterKind = "agreement"
	MissionOrder  LetterKind = "mission_order"
	ServicePaper  LetterKind = "certificate"
)

// letter says who may have a document, and while the placement stands where.
type letter struct {
	kind  LetterKind
	by    []identity.Role
	while func(Placement) bool
}

var (
	parties = []identity.Role{identity.Professional, identity.Host, identity.Coordinator}
	lives   = func(p Placement) bool { return p.State != Cancelled }
	ready   = func(p Placement) bool {
		return !slices.Contains([]State{Preparing, Postponed, Cancelled}, p.State)
	}
	served = func(p Placement) bool { return slices.Contains([]State{Completed, FollowedUp, Closed}, p.State) }
)

var letters = []letter{
	{Invitation, parties, lives},
	{TermsLetter, append(slices.Clone(parties), identity.Ministry), lives},
	{AgreementText, parties, lives},
	{MissionOrder, parties, ready},
	{ServicePaper, parties, served},
}

// lettersOf lists the documents that the reader may have now.
func lettersOf(who identity.Actor, p Placement) []LetterKind {
	all := []LetterKind{}
	for _, l := range letters {
		if slices.Contains(l.by, who.Role) && l.while(p) {
			all = append(all, l.kind)
		}
	}
	return all
}

// wording is a language's texts of all documents.
type wording struct {
	Fields, Modality, Roles, Headings, Contributions map[string]string

	NotAccepted string `json:"not_accepted"`
	Accepted    string
	Demo        string
	Returns     string
	Stays       string
	Letters     map[string]struct {
		Title string
		Body  []string
	}
	Clauses []struct{ Title, Text string }
}

//go:embed letters/*.json
var letterTexts embed.FS

var wordings = read()

func read() map[string]wording {
	all := map[string]wording{}
	for _, language := range identity.Locales {
		text, err := letterTexts.ReadFile("letters/" + language + ".json")
		var w wording
		if err == nil {
			err = json.Unmarshal(text, &w)
		}
		if err != nil {
			panic(fmt.Sprintf("placements: the letters in %s: %v", language, err)) // built in; a test reads them all
		}
		all[language] = w
	}
	return all
}

// about is what documents are filled with.
type about struct {
	Placement
	terms       needs.Terms
	person      registry.Professional
	host        identity.Organisation
	programme   identity.Programme
	code        string
	issued      string
	acceptances []acceptance
	language    string
	site        string
}

// Letter writes a document as PDF, in the language that is asked for, or else in that
// of the person whom the placement is of. It returns a name for the file.
func (s *Service) Letter(ctx context.Context, who identity.Actor, ref string, kind LetterKind, language string) (string, []byte, error) {
	var a about
	err := s.DB.View(ctx, func(tx *store.Tx) (err error) {
		p, err := findIn(tx, who, ref)
		if err != nil {
			return err
		}
		if !slices.Contains(lettersOf(who, p), kind) {
			return fault.New(fault.Missing, "letter.missing", "There is no such document of this placement now, or it is not for you.")
		}
		a, err = gatherIn(tx, p, language)
		return err
	})
	if err != nil {
		return "", nil, err
	}
	s.shown(who, []View{{Placement: a.Placement, Name: a.name()}})
	a.site = s.Site + "/certificates"
	text, err := a.write(kind, s.DB.Now())
	return strings.ReplaceAll(string(kind), "_", "-") + "-" + a.Reference + ".pdf", text, err
}

// gatherIn reads what documents say.
func gatherIn(tx *store.Tx, p Placement, language string) (about, error) {
	a := about{Placement: p, language: language}
	terms, err := needs.TermsIn(tx, []string{p.NeedID})
	if err != nil || len(terms) == 0 {
		return a, fmt.Errorf("load terms: %w", err)
	}
	a.terms = terms[0]
	if err := tx.Where("id = ?", p.ProfessionalID).Take(&a.person).Error; err != nil {
		return a, fmt.Errorf("load person: %w", err)
	}
	hosts, err := identity.OrganisationsIn(tx, []string{p.OrganisationID})
	if err != nil {
		return a, err
	}
	a.host = hosts[p.OrganisationID]
	if err := tx.Where("id = ?", p.ProgrammeID).Take(&a.programme).Error; err != nil {
		return a, fmt.Errorf("load programme: %w", err)
	}
	var proof []certificate
	if err := tx.Where("placement_id = ?", p.ID).Find(&proof).Error; err != nil {
		return a, fmt.Errorf("load certificate: %w", err)
	}
	if len(proof) > 0 {
		a.code, a.issued = spelled(proof[0].Code), string(proof[0].IssuedOn)
	}
	if err := tx.Where("placement_id = ?", p.ID).Order("at").Find(&a.acceptances).Error; err != nil {
		return a, fmt.Errorf("load acceptances: %w", err)
	}
	return a, a.speak(tx)
}

// speak chooses the language: the one asked for, or the person's own.
func (a *about) speak(tx *store.Tx) error {
	if a.language == "" {
		var own []string
		err := tx.Raw(`SELECT u.locale FROM professionals p JOIN users u ON u.id = p.user_id WHERE p.id = ?`, a.ProfessionalID).Scan(&own).Error
		if err != nil {
			return fmt.Errorf("load language: %w", err)
		}
		if len(own) > 0 {
			a.language = own[0]
		}
	}
	if _, ok := wordings[a.language]; !ok {
		a.language = "en"
	}
	return nil
}

// spelled writes a code in groups of four.
func spelled(code string) string {
	var parts []string
	for part := range slices.Chunk([]byte(code), 4) {
		parts = append(parts, string(part))
	}
	return strings.Join(parts, "-")
}

func (a about) name() string {
	return strings.TrimSpace(a.person.GivenName + " " + a.person.FamilyName)
}

func (a about) place() string {
	return strings.Join(slices.DeleteFunc([]string{a.terms.DutyStation, a.terms.Country}, func(s string) bool { return s == "" }), ", ")
}

// fill puts the placement's words into a text.
func (a about) fill(text string) string {
	return strings.NewReplacer("{name}", cmp.Or(a.name(), a.person.Pseudonym), "{host}", a.host.Name, "{place}", a.place(), "{programme}", a.programme.Name,
		"{title}", a.terms.Title, "{from}", string(a.From), "{to}", string(a.To), "{days}", strconv.Itoa(a.Days()), "{site}", a.site).Replace(text)
}

// write makes the document.
func (a about) write(kind LetterKind, now time.Time) ([]byte, error) {
	w := wordings[a.language]
	text := w.Letters[string(kind)]
	p := papers.New(papers.Options{Title: text.Title, Language: a.language, At: now, Footer: a.Reference + " · " + now.Format(time.DateOnly)})
	if a.terms.Demo {
		p.Text(w.Demo)
	}
	for _, paragraph := range text.Body {
		p.Text(a.fill(paragraph))
	}
	switch kind {
	case TermsLetter:
		a.writeTerms(p, w)
	case AgreementText:
		a.writeAgreement(p, w)
	case ServicePaper:
		p.Field(w.Fields["code"], a.code)
		p.Field(w.Fields["issued"], a.issued)
	}
	if kind != AgreementText {
		p.Heading(w.Headings["stay"])
		a.writeStay(p, w)
	}
	return p.Bytes()
}

// writeStay names the person, the place and the days.
func (a about) writeStay(p *papers.Paper, w wording) {
	for _, f := range [][2]string{{"person", cmp.Or(a.name(), a.person.Pseudonym)}, {"profession", a.person.OccupationTitle}, {"host", a.host.Name}, {"place", a.place()},
		{"unit", a.terms.Unit}, {"supervisor", a.terms.Supervisor}, {"programme", a.programme.Name}, {"need", a.terms.Title},
		{"from", string(a.From)}, {"to", string(a.To)}, {"days", strconv.Itoa(a.Days())}, {"modality", w.Modality[a.Modality]},
		{"reference", a.Reference + " · " + a.terms.Reference}} {
		p.Field(w.Fields[f[0]], f[1])
	}
}

// writeTerms writes what the host asked for, in the host's own words.
func (a about) writeTerms(p *papers.Paper, w wording) {
	p.Heading(w.Headings["objectives"])
	p.Text(a.terms.Objectives)
	p.Heading(w.Headings["background"])
	p.Text(a.terms.Background)
	p.Heading(w.Headings["outputs"])
	for _, o := range a.terms.Outputs {
		p.Item(joinedBy(o.Output, o.Indicator))
	}
	p.Heading(w.Headings["counterparts"])
	for _, c := range a.terms.Counterparts {
		p.Item(joinedBy(c.Function, c.Unit))
	}
	if len(a.terms.Contributions) == 0 {
		return
	}
	p.Heading(w.Headings["contributions"])
	for _, c := range a.terms.Contributions {
		p.Item(joinedBy(w.Contributions[c.Kind], c.Description))
	}
}

func joinedBy(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return strings.TrimSpace(s) == "" }), " – ")
}
