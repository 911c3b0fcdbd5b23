// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
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
	aboveField     = "above"   // concepts that include a claim, and the claims themselves
	speaksField    = "speaks"  // fr/s4: speech of B2 or better; fr/w3: writing
	monthField     = "month"   // 2027-06: in which a window lies
	worksField     = "works"   // onsite, virtual, hybrid
	levelField     = "level"   // the highest ISCED level
	studiedField   = "studied" // ISCED-F fields
	yearsField     = "years"   // of experience
	residenceField = "residence"
	wordsField     = "words" // all texts, for phrases and words as they are written
	textField      = "text_" // + language: all texts, as stems
	rowField       = "row"   // stored only: the values that are scored
)

// The kinds of documents.
const (
	personKind = "person"
	needKind   = "need"
)

// keywordFields are matched as they stand.
var keywordFields = []string{kindField, memberField, poolField, iscoField, heldField, aboveField, speaksField,
	monthField, worksField, levelField, studiedField, yearsField, residenceField,
	evidenceField, ableField, worthField, licensedField}

// newMapping says what is indexed: the fields above and nothing else, whatever a
// document holds.
func newMapping() mapping.IndexMapping {
	fields := bleve.NewDocumentStaticMapping()
	for _, name := range keywordFields {
		fields.AddFieldMappingsAt(name, &mapping.FieldMapping{Type: "text", Analyzer: keyword.Name, Index: true, SkipFreqNorm: true})
	}
	fields.AddFieldMappingsAt(wordsField, &mapping.FieldMapping{Type: "text", Analyzer: standard.Name, Index: true, IncludeTermVectors: true})
	for language, name := range analyzerNames {
		fields.AddFieldMappingsAt(textField+language, &mapping.FieldMapping{Type: "text", Analyzer: name, Index: true})
	}
	fields.AddFieldMappingsAt(textField+other, &mapping.FieldMapping{Type: "text", Analyzer: standard.Name, Index: true})
	fields.AddFieldMappingsAt(rowField, &mapping.FieldMapping{Type: "text", Analyzer: keyword.Name, Store: true})
	m := bleve.NewIndexMapping()
	m.DefaultMapping = fields
	m.StoreDynamic, m.IndexDynamic, m.DocValuesDynamic = false, false, false
	m.ScoringModel = "bm25"
	return m
}

// personDocument returns what the index holds of a professional.
func (s *Service) personDocument(profile registry.Profile) map[string]any {
	p, text := s.reading.Profile(profile)
	doc := map[string]any{
		kindField: personKind, iscoField: p.ISCO, worksField: p.Modalities(),
		levelField: highest(p.Education), yearsField: strconv.Itoa(p.Years),
		residenceField: profile.ResidenceCountry, wordsField: text, textField + spoken(profile.CVLanguage): text,
		rowField: string(newRow(profile, p).pack()),
	}
	var members, pools []string
	for _, programme := range profile.Programmes {
		members, pools = append(members, member(personKind, programme)), append(pools, pool(personKind, programme, p.Origin))
	}
	doc[memberField], doc[poolField] = members, pools
	doc[aboveField] = s.aboveOf(p.Claims)
	doc[speaksField] = speaksTokens(p.Languages)
	doc[monthField] = monthTokens(p)
	doc[heldField], doc[studiedField] = postTokens(p.Posts), studiedTokens(p.Education)
	s.addFound(doc, profile, p)
	return doc
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
	}
}

// member names the documents of a kind in a programme.
func member(kind, programme string) string { return kind + "/" + programme }

// pool names those of them that belong to a country of origin.
func pool(kind, programme, country string) string { return kind + "/" + programme + "/" + country }

// aboveOf lists the concepts of claims, and those above them.
func (s *Service) aboveOf(claims []matching.Claim) (above []string) {
	for _, c := range claims {
		if c.Concept != "" {
			above = append(append(above, c.Concept), s.vocabulary.BroaderOf(c.Concept)...)
		}
	}
	return above
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

// monthTokens spells the months in which a person is free.
func monthTokens(p matching.Person) (inMonths []string) {
	for _, w := range p.Windows {
		inMonths = append(inMonths, months(w.From, w.To)...)
	}
	return inMonths
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
