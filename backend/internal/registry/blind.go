// SPDX-License-Identifier: AGPL-3.0-or-later

package registry

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// hidden stands where something that names the person was.
const hidden = "[…]"

var (
	letters   = regexp.MustCompile(`[\p{L}\p{M}\p{N}]+`)
	addresses = regexp.MustCompile(`(?i)\S+@\S+\.\S+|\bhttps?://\S+|\bwww\.\S+|\b\S*linkedin\.com\S*`)
	telephone = regexp.MustCompile(`(?:\+|\b)\d[\d\s()./-]{6,}\d`)
	digits    = regexp.MustCompile(`\d+`)
	calendar  = regexp.MustCompile(`^(?:19|20)\d\d$`)
)

// Blind returns the profile as a reader sees it who must not know who it is:
// without name, contact, sex, date of birth, town, licence numbers and
// associations, and with free text in which these are covered up.
func (p Profile) Blind() Profile {
	p = p.rewritten(p.cover())
	p.UserID, p.GivenName, p.FamilyName, p.Email, p.Phone, p.Sex, p.BirthDate = nil, "", "", "", "", "", ""
	p.ResidencePlace, p.Associations, p.Sought = "", nil, ""
	for i := range p.Licences {
		p.Licences[i].Number = ""
	}
	return p
}

// Reserved returns the profile as a reader sees it who may know who it is and not
// how to reach them: without e-mail address, telephone number and links, also where
// a free text gives them.
func (p Profile) Reserved() Profile {
	p = p.rewritten(coverContact)
	p.Email, p.Phone = "", ""
	return p
}

// rewritten returns a copy of the profile with everything that is free text passed
// through the function.
func (p Profile) rewritten(f func(string) string) Profile {
	p.OccupationTitle, p.Summary, p.CVText = f(p.OccupationTitle), f(p.Summary), f(p.CVText)
	p.Skills = slices.Clone(p.Skills)
	for i := range p.Skills {
		p.Skills[i].Label = f(p.Skills[i].Label)
	}
	p.Education = slices.Clone(p.Education)
	for i := range p.Education {
		e := &p.Education[i]
		e.Title, e.Institution = f(e.Title), f(e.Institution)
	}
	p.Licences = slices.Clone(p.Licences)
	for i := range p.Licences {
		p.Licences[i].Body, p.Licences[i].DocumentID = f(p.Licences[i].Body), ""
	}
	p.Experience = slices.Clone(p.Experience)
	for i := range p.Experience {
		e := &p.Experience[i]
		e.Title, e.Employer, e.Description = f(e.Title), f(e.Employer), f(e.Description)
	}
	return p
}

// particles are parts of names that are also ordinary words.
var particles = map[string]bool{"de": true, "da": true, "do": true, "di": true, "du": true, "des": true, "dos": true,
	"das": true, "del": true, "della": true, "la": true, "le": true, "el": true, "al": true, "van": true, "von": true,
	"der": true, "den": true, "ten": true, "ter": true, "bin": true, "ben": true, "ibn": true, "bint": true, "y": true, "e": true}

// cover returns a function that covers up the person's names, addresses and
// telephone numbers in a text.
func (p Profile) cover() func(string) string {
	names := map[string]bool{}
	for _, part := range letters.FindAllString(Fold(p.GivenName+" "+p.FamilyName), -1) {
		if len([]rune(part)) > 1 && !particles[part] { // an initial would cover half of every text
			names[part] = true
		}
	}
	return func(text string) string {
		text = letters.ReplaceAllStringFunc(coverContact(text), func(word string) string {
			if names[Fold(word)] && isName(word) {
				return hidden
			}
			return word
		})
		return strings.ReplaceAll(text, hidden+" "+hidden, hidden)
	}
}

// coverContact covers up addresses and telephone numbers in a text.
func coverContact(text string) string {
	return telephone.ReplaceAllStringFunc(addresses.ReplaceAllString(text, hidden), coverNumber)
}

// isName tells whether the word can be a name where it stands: a short word in
// small letters is rather the word than the name.
func isName(word string) bool {
	runes := []rune(word)
	return len(runes) > 3 || !unicode.IsLower(runes[0])
}

// coverNumber hides what looks like a telephone number and keeps dates and spans
// of years, of which every CV is full.
func coverNumber(text string) string {
	groups := digits.FindAllString(text, -1)
	years, others := 0, 0
	for _, g := range groups {
		switch {
		case calendar.MatchString(g):
			years++
		case len(g) > 2:
			others++
		}
	}
	dated := years > 0 && others == 0
	if dated || len(strings.Join(groups, "")) < 8 {
		return text
	}
	return hidden
}
