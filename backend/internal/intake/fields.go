// SPDX-License-Identifier: AGPL-3.0-or-later

package intake

import (
	_ "embed"
	"encoding/json"
	"strings"

	"sankofa/backend/internal/taxonomy"
)

// Field is what a column can be about.
type Field string

// The fields.
const (
	Ignored          Field = ""
	GivenName        Field = "givenName"
	FamilyName       Field = "familyName"
	FullName         Field = "fullName"
	Email            Field = "email"
	Phone            Field = "phone"
	Sex              Field = "sex"
	BirthDate        Field = "birthDate"
	OriginCountry    Field = "originCountry"
	OriginLink       Field = "originLink"
	ResidenceCountry Field = "residenceCountry"
	ResidencePlace   Field = "residencePlace"
	ResidenceStatus  Field = "residenceStatus"
	Occupation       Field = "occupation"
	Years            Field = "yearsExperience"
	Skills           Field = "skills"
	Languages        Field = "languages"
	LanguageLevel    Field = "languageLevel" // the column is named after a language and holds levels
	EducationLevel   Field = "educationLevel"
	EducationField   Field = "educationField"
	Institution      Field = "institution"
	EducationYear    Field = "educationYear"
	LicenceBody      Field = "licenceBody"
	LicenceNumber    Field = "licenceNumber"
	Employer         Field = "employer"
	Summary          Field = "summary"
	Modality         Field = "modality"
	AvailableFrom    Field = "availableFrom"
	AvailableTo      Field = "availableTo"
)

// Fields lists every field, in the order of forms and templates.
var Fields = []Field{GivenName, FamilyName, FullName, Email, Phone, Sex, BirthDate, OriginCountry, OriginLink, ResidenceCountry, ResidencePlace,
	ResidenceStatus, Occupation, Years, Employer, Skills, Languages, LanguageLevel, EducationLevel, EducationField, Institution, EducationYear,
	LicenceBody, LicenceNumber, Summary, Modality, AvailableFrom, AvailableTo}

// many are the fields that several columns can be about.
var many = map[Field]bool{Skills: true, Languages: true, LanguageLevel: true}

// dated are the fields whose values are dates.
var dated = map[Field]bool{BirthDate: true, AvailableFrom: true, AvailableTo: true}

// synonyms are what people write over columns: field, language, words. The first
// of each language stands over the columns of the template.
//
//go:embed synonyms.json
var synonymsText []byte

// headings are the synonyms; HeadingLanguages is the order of their languages.
var headings = func() map[Field]map[string][]string {
	var read map[Field]map[string][]string
	if err := json.Unmarshal(synonymsText, &read); err != nil {
		panic("intake: the synonyms cannot be read: " + err.Error()) // a mistake of ours that every test finds
	}
	return read
}()

// HeadingLanguages are the languages whose headers are recognised.
var HeadingLanguages = []string{"en", "fr", "pt", "es", "it", "ar"}

// byHeading are the fields by folded heading.
var byHeading = func() map[string]Field {
	all := map[string]Field{}
	for _, field := range Fields {
		for _, language := range HeadingLanguages {
			for _, words := range headings[field][language] {
				key := plainHeading(words)
				if _, taken := all[key]; !taken {
					all[key] = field
				}
			}
		}
	}
	return all
}()

// Heading returns what stands over the field's column in the template of a language.
func Heading(field Field, language string) string {
	if list := headings[field][language]; len(list) > 0 {
		return list[0]
	}
	return headings[field]["en"][0]
}

// plainHeading spells a header without what people add to it: accents, case,
// punctuation, numbers of questions, hints in brackets, stars.
func plainHeading(text string) string {
	if cut := strings.IndexAny(text, "([{"); cut > 0 {
		text = text[:cut]
	}
	text = strings.Map(func(r rune) rune {
		if strings.ContainsRune("*_:;?!.,/\\-–—'’\"«»#°ـ|+&", r) {
			return ' '
		}
		return r
	}, text)
	words := strings.Fields(taxonomy.Fold(text))
	for len(words) > 1 && strings.Trim(words[0], "0123456789") == "" {
		words = words[1:]
	}
	for len(words) > 1 && strings.Trim(words[len(words)-1], "0123456789") == "" {
		words = words[:len(words)-1]
	}
	return strings.Join(words, " ")
}
