// SPDX-License-Identifier: AGPL-3.0-or-later

package registry

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// usualStay is the longest stay of a person who has not said one, in days.
const usualStay = 90

// tidy brings what people typed into the one form that is stored: no blanks
// around, one spelling of every letter, telephone numbers without decoration.
func tidy(p *Profile) {
	for _, line := range []*string{&p.GivenName, &p.FamilyName, &p.ResidencePlace, &p.OccupationTitle, &p.Summary, &p.CVText,
		&p.ISCO, &p.OriginLink, &p.ResidenceStatus, &p.RightOfReturn, &p.Sex} {
		*line = clean(*line)
	}
	p.Email = strings.ToLower(clean(p.Email))
	p.Phone = tidyPhone(p.Phone)
	p.OriginCountry, p.ResidenceCountry = country(p.OriginCountry), country(p.ResidenceCountry)
	p.CVLanguage = strings.ToLower(clean(p.CVLanguage))
	if p.RightOfReturn == "" {
		p.RightOfReturn = "unknown"
	}
	if p.LongestDays == 0 {
		p.LongestDays = usualStay
	}
	tidySections(p)
}

func tidySections(p *Profile) {
	for i := range p.Skills {
		tidySkill(&p.Skills[i])
	}
	for i := range p.Languages {
		tidyLanguage(&p.Languages[i])
	}
	slices.SortStableFunc(p.Languages, func(a, b Language) int { return cmp.Compare(a.Language, b.Language) })
	for i := range p.Education {
		e := &p.Education[i]
		e.Field, e.Title, e.Institution, e.Country = clean(e.Field), clean(e.Title), clean(e.Institution), country(e.Country)
	}
	for i := range p.Licences {
		l := &p.Licences[i]
		l.Body, l.Number, l.Country, l.ISCO = clean(l.Body), clean(l.Number), country(l.Country), clean(l.ISCO)
		l.DocumentID = clean(l.DocumentID)
	}
	for i := range p.Experience {
		e := &p.Experience[i]
		e.Title, e.ISCO, e.Employer = clean(e.Title), clean(e.ISCO), clean(e.Employer)
		e.Country, e.Description = country(e.Country), clean(e.Description)
	}
}

// tidySkill keeps the person's words; where only a concept was chosen, the words
// are those of its identifier.
func tidySkill(s *Skill) {
	s.Concept, s.Label = clean(s.Concept), clean(s.Label)
	if s.Label == "" && s.Concept != "" {
		_, words, _ := strings.Cut(s.Concept, ".")
		s.Label = strings.ReplaceAll(words, "-", " ")
	}
	if s.Evidence == "" {
		s.Evidence = Claimed
	}
}

// tidyLanguage reads a native language without levels as mastered.
func tidyLanguage(l *Language) {
	l.Language = strings.ToLower(clean(l.Language))
	if l.Native && l.silent() {
		l.Listening, l.Reading, l.Interaction, l.Production, l.Writing = 6, 6, 6, 6, 6
	}
}

// silent tells whether no ability has a level.
func (l Language) silent() bool {
	return l.Listening == 0 && l.Reading == 0 && l.Interaction == 0 && l.Production == 0 && l.Writing == 0
}

// clean trims blanks and composes letters (NFC), so that the same name typed on
// two keyboards is the same name.
func clean(text string) string {
	return norm.NFC.String(strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n")))
}

func country(code string) string { return strings.ToUpper(clean(code)) }

// tidyPhone drops what people put between the digits and spells the prefix 00 as +.
func tidyPhone(text string) string {
	text = strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -.()/\u00a0", r) {
			return -1
		}
		return r
	}, clean(text))
	if rest, ok := strings.CutPrefix(text, "00"); ok {
		return "+" + rest
	}
	return text
}

// Fold spells text for searching: lower case, without accents, on both engines alike.
func Fold(text string) string {
	if isASCII(text) {
		return strings.ToLower(text)
	}
	// A transformer keeps state, so each call makes its own.
	bare := transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn)), norm.NFC)
	folded, _, err := transform.String(bare, strings.ToLower(text))
	if err != nil {
		return strings.ToLower(text)
	}
	return folded
}

func isASCII(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return r > unicode.MaxASCII }) < 0
}

// spellSought fills the columns that lists search.
func spellSought(p *Professional) {
	p.Sought = Fold(strings.Join([]string{p.GivenName, p.FamilyName, p.Email}, " "))
	title := Profile{Professional: *p}.cover()(p.OccupationTitle) // nobody shall find a name by it
	p.SoughtWork = Fold(strings.Join([]string{p.Pseudonym, title, p.ISCO}, " "))
}
