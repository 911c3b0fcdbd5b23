// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/standard"
	"github.com/blevesearch/bleve/v2/mapping"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/matching"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/registry"
)

// The fields of the index. None holds who a person is: no name, no address, no
// date of birth, no number; a test searches the whole index for them.
const (
	kindField      = "kind"    // "person" or "need"
	memberField    = "member"  // kind/programme
	poolField      = "pool"    // kind/programme/country of origin
	iscoField      = "isco"    // the present occupation, and of needs the one asked for
	heldField      = "held"    // occupations of former posts
	claimField     = "claim"   // concept/worth
	aboveField     = "above"   // concepts that include a claim, and the claims themselves
	speaksField    = "speaks"  // fr/s4: speech of B2 or better; fr/w3: writing
	monthField     = "month"   // 2027-06: in which a window lies
	windowField    = "window"  // from/to/longest stay, as doc values
	worksField     = "works"   // onsite, virtual, hybrid
	returnField    = "return"  // the last day of the right of return, always, or no
	licenceField   = "licence" // minor group/last day, either of which may be unknown
	levelField     = "level"   // the highest ISCED level
	studiedField   = "studied" // ISCED-F fields
	yearsField     = "years"   // of experience
	residenceField = "residence"
	wordsField     = "words"      // all texts, for phrases and words as they are written
	textField      = "text_"      // + language: all texts, as stems
	titleField     = "title_"     // + language: the titles of the occupation and of posts, as stems
	gramField      = "title_gram" // the same in whatever language, as n-grams of three and four letters
	cardField      = "card"       // stored only: the values that are scored
)

// The kinds of documents.
const (
	personKind = "person"
	needKind   = "need"
)

const (
	always = "9999-12-31" // a right that does not expire
	never  = "no"
	unsaid = "?"
)

// keywordFields are matched as they stand.
var keywordFields = []string{kindField, memberField, poolField, iscoField, heldField, claimField, aboveField, speaksField,
	monthField, windowField, worksField, returnField, licenceField, levelField, studiedField, yearsField, residenceField}

// newMapping says what is indexed: the fields above and nothing else, whatever a
// document holds.
func newMapping() mapping.IndexMapping {
	fields := bleve.NewDocumentStaticMapping()
	for _, name := range keywordFields {
		fields.AddFieldMappingsAt(name, &mapping.FieldMapping{Type: "text", Analyzer: keyword.Name, Index: true,
			SkipFreqNorm: true, DocValues: name == windowField})
	}
	fields.AddFieldMappingsAt(wordsField, &mapping.FieldMapping{Type: "text", Analyzer: standard.Name, Index: true, IncludeTermVectors: true})
	for language, name := range analyzerNames {
		fields.AddFieldMappingsAt(textField+language, &mapping.FieldMapping{Type: "text", Analyzer: name, Index: true})
	}
	for language := range analyzerNames {
		fields.AddFieldMappingsAt(titleField+language, &mapping.FieldMapping{Type: "text", Analyzer: analyzerNames[language], Index: true})
	}
	fields.AddFieldMappingsAt(titleField+other, &mapping.FieldMapping{Type: "text", Analyzer: standard.Name, Index: true})
	fields.AddFieldMappingsAt(gramField, &mapping.FieldMapping{Type: "text", Analyzer: gramsName, Index: true})
	fields.AddFieldMappingsAt(textField+other, &mapping.FieldMapping{Type: "text", Analyzer: standard.Name, Index: true})
	fields.AddFieldMappingsAt(cardField, &mapping.FieldMapping{Type: "text", Analyzer: keyword.Name, Store: true})
	m := bleve.NewIndexMapping()
	m.DefaultMapping = fields
	m.StoreDynamic, m.IndexDynamic, m.DocValuesDynamic = false, false, false
	m.ScoringModel = "bm25"
	return m
}

// card is what is kept of a person for scoring, so that a ranking need not read
// every text again. It holds no more than matching.Person does.
type card struct {
	Version int // of the profile that was read
	Person  matching.Person
	Stems   []string // of the person's texts, sorted; the words are left out
	Counts  []int    // how often each occurs
}

// newCard makes the card of a profile.
func newCard(version int, p matching.Person) card {
	stems, counts := make([]string, len(p.Terms)), make([]int, len(p.Terms))
	for i, t := range p.Terms {
		stems[i], counts[i] = t.Stem, t.Count
	}
	p.Terms = nil
	return card{Version: version, Person: p, Stems: stems, Counts: counts}
}

// person returns the values to score.
func (c card) person() matching.Person {
	p := c.Person
	p.Terms = make([]matching.Term, min(len(c.Stems), len(c.Counts)))
	for i, stem := range c.Stems[:len(p.Terms)] {
		p.Terms[i] = matching.Term{Stem: stem, Word: stem, Count: c.Counts[i]}
	}
	return p
}

// personDocument returns what the index holds of a professional.
func (s *Service) personDocument(profile registry.Profile) (map[string]any, error) {
	p, text := s.reading.Profile(profile)
	stored, err := json.Marshal(newCard(profile.Version, p))
	if err != nil {
		return nil, fmt.Errorf("write card: %w", err)
	}
	doc := map[string]any{
		kindField: personKind, iscoField: p.ISCO, worksField: p.Modalities(),
		returnField: returnToken(p), levelField: highest(p.Education), yearsField: strconv.Itoa(p.Years),
		residenceField: profile.ResidenceCountry, wordsField: text, textField + spoken(profile.CVLanguage): text,
		cardField: string(stored),
	}
	var members, pools []string
	for _, programme := range profile.Programmes {
		members, pools = append(members, member(personKind, programme)), append(pools, pool(personKind, programme, p.Origin))
	}
	doc[memberField], doc[poolField] = members, pools
	doc[claimField], doc[aboveField] = s.claimTokens(p.Claims)
	doc[speaksField] = speaksTokens(p.Languages)
	doc[monthField], doc[windowField] = windowTokens(p)
	doc[licenceField] = licenceTokens(p.Licences)
	doc[heldField], doc[studiedField] = postTokens(p.Posts), studiedTokens(p.Education)
	return doc, nil
}

// needDocument returns what the index holds of a need.
func (s *Service) needDocument(t needs.Terms) map[string]any {
	var concepts []string
	for _, c := range t.Criteria {
		if c.Concept != "" {
			concepts = append(concepts, append(s.vocabulary.BroaderOf(c.Concept), c.Concept)...)
		}
	}
	texts := []string{t.Title, t.OccupationTitle, t.Objectives, t.Background}
	for _, o := range t.Outputs {
		texts = append(texts, o.Output, o.Indicator)
	}
	text := strings.Join(texts, "\n")
	return map[string]any{
		kindField: needKind, memberField: member(needKind, t.ProgrammeID), poolField: pool(needKind, t.ProgrammeID, t.Country),
		iscoField: t.ISCO, aboveField: concepts, monthField: months(t.StartsOn, t.EndsOn), worksField: []string{t.Modality},
		wordsField: text, textField + spoken(t.Language): text,
		titleField + spoken(t.Language): needTitles(t), gramField: needTitles(t),
	}
}

// titlesOf lists the titles of what a person does and did.
func titlesOf(p matching.Person) []string {
	titles := []string{p.Occupation}
	for _, post := range p.Posts {
		titles = append(titles, post.Title)
	}
	return titles
}

// needTitles lists the titles of what a need asks for.
func needTitles(t needs.Terms) []string { return []string{t.Title, t.OccupationTitle} }

// member names the documents of a kind in a programme.
func member(kind, programme string) string { return kind + "/" + programme }

// pool names those of them that belong to a country of origin.
func pool(kind, programme, country string) string { return kind + "/" + programme + "/" + country }

// claimTokens spells claims with what each is worth, and the concepts above them.
func (s *Service) claimTokens(claims []matching.Claim) (tokens, above []string) {
	for _, c := range claims {
		if c.Concept == "" {
			continue
		}
		tokens = append(tokens, fmt.Sprintf("%s/%d", c.Concept, c.Worth()))
		above = append(append(above, c.Concept), s.vocabulary.BroaderOf(c.Concept)...)
	}
	return tokens, above
}

// speaksTokens spells one token for each level that a person reaches.
func speaksTokens(languages []matching.Language) []string {
	var tokens []string
	for _, l := range languages {
		for level := 1; level <= 6; level++ {
			if int(l.Spoken) >= level {
				tokens = append(tokens, speaks(l.Language, "s", level))
			}
			if int(l.Written) >= level {
				tokens = append(tokens, speaks(l.Language, "w", level))
			}
		}
	}
	return tokens
}

// speaks is the token of a language at a level or better.
func speaks(language, ability string, level int) string {
	return fmt.Sprintf("%s/%s%d", language, ability, level)
}

// windowTokens spells the months in which a person is free, and the windows.
func windowTokens(p matching.Person) (inMonths, windows []string) {
	for _, w := range p.Windows {
		inMonths = append(inMonths, months(w.From, w.To)...)
		windows = append(windows, fmt.Sprintf("%s/%s/%d", w.From, w.To, p.LongestDays))
	}
	return inMonths, windows
}

// readWindow reads a window's token.
func readWindow(token []byte) (w matching.Window, longest int) {
	parts := strings.Split(string(token), "/")
	if len(parts) != 3 {
		return matching.Window{}, 0
	}
	longest, _ = strconv.Atoi(parts[2])
	return matching.Window{From: day.Day(parts[0]), To: day.Day(parts[1])}, longest
}

// mostMonths bounds the tokens of a window without an end in sight.
const mostMonths = 120

// months lists the months that a period touches.
func months(from, to day.Day) []string {
	if !from.Valid() || !to.Valid() {
		return nil
	}
	var all []string
	at := from.Time().AddDate(0, 0, 1-from.Time().Day())
	for ; !at.After(to.Time()) && len(all) < mostMonths; at = at.AddDate(0, 1, 0) {
		all = append(all, at.Format("2006-01"))
	}
	return all
}

// returnToken spells until when a person may come back to where they live.
func returnToken(p matching.Person) string {
	switch {
	case p.ReturnRight == never:
		return never
	case p.ReturnRightUntil != "":
		return string(p.ReturnRightUntil)
	}
	return always
}

// licenceTokens spells the minor group and the last day of each licence.
func licenceTokens(licences []matching.Licence) []string {
	var tokens []string
	for _, l := range licences {
		group, until := unsaid, string(l.Until)
		if l.ISCO != "" {
			group = minorGroup(l.ISCO)
		}
		if until == "" {
			until = unsaid
		}
		tokens = append(tokens, group+"/"+until)
	}
	return tokens
}

// minorGroup returns the first three digits of an ISCO-08 code.
func minorGroup(isco string) string { return isco[:min(len(isco), 3)] }

func postTokens(posts []matching.Post) []string {
	var tokens []string
	for _, p := range posts {
		if p.ISCO != "" {
			tokens = append(tokens, p.ISCO)
		}
	}
	return tokens
}

func studiedTokens(education []matching.Education) []string {
	var tokens []string
	for _, e := range education {
		if e.Field != "" {
			tokens = append(tokens, e.Field)
		}
	}
	return tokens
}

// highest spells the highest level of education, or nothing.
func highest(education []matching.Education) string {
	level := -1
	for _, e := range education {
		level = max(level, e.Level)
	}
	if level < 0 {
		return ""
	}
	return strconv.Itoa(level)
}
