// SPDX-License-Identifier: AGPL-3.0-or-later

package curriculum

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
	"time"
)

// Europass has had two forms: the Europass XML and JSON of version 3 ("Skills
// Passport", "LearnerInfo"), and since 2020 a Candidate after HR Open Standards.
// Both are read through one small tree, since both are deep and half empty.

// node is an element: its name without a namespace, its text, and what is in it.
type node struct {
	name string
	text string
	kids []*node
}

const mostNodes = 40_000

// parse reads XML into a tree, within limits.
func parse(whole []byte) (*node, error) {
	decoder := xml.NewDecoder(strings.NewReader(string(whole)))
	decoder.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	root := &node{}
	stack, count := []*node{root}, 0
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) && len(stack) == 1 {
			return root, nil
		}
		if err != nil {
			return nil, broken()
		}
		at := stack[len(stack)-1]
		switch t := token.(type) {
		case xml.StartElement:
			if count++; count > mostNodes || len(stack) > mostDepth {
				return nil, broken()
			}
			next := &node{name: t.Name.Local}
			for _, a := range t.Attr {
				next.kids = append(next.kids, &node{name: "@" + a.Name.Local, text: a.Value})
			}
			at.kids = append(at.kids, next)
			stack = append(stack, next)
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		case xml.CharData:
			at.text += string(t)
		}
	}
}

// tree makes the same of JSON.
func tree(name string, value any, depth int) []*node {
	n := &node{name: name}
	if depth > mostDepth {
		return nil
	}
	switch v := value.(type) {
	case map[string]any:
		for key, inner := range v {
			n.kids = append(n.kids, tree(key, inner, depth+1)...)
		}
	case []any:
		var all []*node
		for _, inner := range v {
			all = append(all, tree(name, inner, depth+1)...)
		}
		return all
	case string:
		n.text = v
	case float64:
		n.text = strconv.FormatFloat(v, 'f', -1, 64)
	case bool:
		n.text = strconv.FormatBool(v)
	}
	return []*node{n}
}

// all returns what is at a path below, every branch: "WorkExperienceList/WorkExperience".
func (n *node) all(path string) []*node {
	now := []*node{n}
	for step := range strings.SplitSeq(path, "/") {
		var next []*node
		for _, at := range now {
			for _, k := range at.kids {
				if k.name == step {
					next = append(next, k)
				}
			}
		}
		now = next
	}
	return now
}

// at returns the text of the first of the paths that has one.
func (n *node) at(paths ...string) string {
	for _, path := range paths {
		for _, found := range n.all(path) {
			if text := strings.TrimSpace(found.text); text != "" {
				return text
			}
		}
	}
	return ""
}

// find returns the first element of the name, however deep.
func (n *node) find(name string) *node {
	for _, k := range n.kids {
		if k.name == name {
			return k
		}
		if found := k.find(name); found != nil {
			return found
		}
	}
	return nil
}

func readXML(whole []byte, linker Linker, now time.Time) (Reading, error) {
	root, err := parse(whole)
	if err != nil {
		return Reading{}, err
	}
	if learner := root.find("LearnerInfo"); learner != nil {
		return readLearner(learner, root.find("SkillsPassport"), linker, now)
	}
	if candidate := root.find("Candidate"); candidate != nil {
		return readCandidate(candidate, linker, now)
	}
	return Reading{}, refused("cv.unknown_xml", "This is XML, but no Europass CV. Please send a Europass file, or another kind of file.")
}

func readEuropassJSON(keys map[string]json.RawMessage, linker Linker, now time.Time) (Reading, error) {
	root := &node{}
	for key, raw := range keys {
		var value any
		if json.Unmarshal(raw, &value) == nil {
			root.kids = append(root.kids, tree(key, value, 0)...)
		}
	}
	learner := root.find("LearnerInfo")
	if learner == nil {
		return Reading{}, broken()
	}
	return readLearner(learner, root.find("SkillsPassport"), linker, now)
}

// readLearner reads Europass of version 3, from XML or JSON.
func readLearner(l, passport *node, linker Linker, now time.Time) (Reading, error) {
	language := ""
	if passport != nil {
		language = passport.at("@locale", "Locale")
	}
	if language == "" {
		language = linker.Guess([]string{l.at("Headline/Description/Label")})
	}
	f := newFound(linker, strings.ToLower(cut2(language)), now.Year())
	person := l.find("Identification")
	if person == nil {
		person = &node{}
	}
	f.single("givenName", line(person.at("PersonName/FirstName")), person.at("PersonName/FirstName"), 950)
	f.single("familyName", line(person.at("PersonName/Surname")), person.at("PersonName/Surname"), 950)
	f.single("email", strings.ToLower(person.at("ContactInfo/Email/Contact")), "", 950)
	f.single("phone", digits(person.at("ContactInfo/TelephoneList/Telephone/Contact", "ContactInfo/Telephone/Contact")), "", 900)
	f.single("birthDate", partedDate(person.find("Birthdate"), false), "", 900)
	if title := l.at("Headline/Description/Label"); title != "" {
		f.work(title, title)
	}
	for _, w := range either(l, "WorkExperienceList/WorkExperience", "WorkExperience") {
		from, to := w.find("From"), w.find("To")
		f.post(w.at("Position/Label"), w.at("Employer/Name"), w.at("Employer/ContactInfo/Address/Contact/Country/Label"), partedDate(from, false), ending(to), plain(w.at("Activities")))
	}
	for _, e := range either(l, "EducationList/Education", "Education") {
		f.degree(e.at("Title"), e.at("Field/Label"), e.at("Organisation/Name"), countryOf(e.at("Organisation/ContactInfo/Address/Contact/Country/Label")),
			yearOf(ending(e.find("To"))), isced(e.at("Level/Code")))
	}
	f.learnerSkills(l)
	f.years(now)
	return told(FromEuropass, Reading{Language: f.language, Suggestions: f.inOrder(), Text: f.spelled()})
}

// learnerSkills reads languages with their grids, and what is written about other
// skills.
func (f *found) learnerSkills(l *node) {
	for _, m := range either(l, "Skills/Linguistic/MotherTongueList/MotherTongue", "Skills/Linguistic/MotherTongue") {
		if code := tongue(m); code != "" {
			f.suggest("languages", languageRow{Language: code, Native: true}, m.at("Description/Label"), 950)
		}
	}
	for _, m := range either(l, "Skills/Linguistic/ForeignLanguageList/ForeignLanguage", "Skills/Linguistic/ForeignLanguage") {
		if code := tongue(m); code != "" {
			f.suggest("languages", languageRow{Language: code, Listening: m.at("ProficiencyLevel/Listening"), Reading: m.at("ProficiencyLevel/Reading"),
				Interaction: m.at("ProficiencyLevel/SpokenInteraction"), Production: m.at("ProficiencyLevel/SpokenProduction"),
				Writing: m.at("ProficiencyLevel/Writing")}, m.at("Description/Label"), 950)
		}
	}
	for _, kind := range []string{"JobRelated", "Computer", "Organisational", "Communication", "Other"} {
		f.skills(strings.Split(plain(l.at("Skills/"+kind+"/Description")), "\n"))
	}
}

// readCandidate reads the Europass of today.
func readCandidate(c *node, linker Linker, now time.Time) (Reading, error) {
	f := newFound(linker, "", now.Year())
	person := c.find("CandidatePerson")
	if person == nil {
		person = &node{}
	}
	profile := c.find("CandidateProfile")
	if profile == nil {
		profile = &node{}
	}
	f.language = strings.ToLower(cut2(first(profile.at("@languageCode"), linker.Guess([]string{profile.at("ExecutiveSummary")}))))
	f.single("givenName", line(person.at("PersonName/GivenName")), person.at("PersonName/GivenName"), 950)
	f.single("familyName", line(person.at("PersonName/FamilyName")), person.at("PersonName/FamilyName"), 950)
	f.single("birthDate", date(person.at("BirthDate"), false), "", 900)
	for _, way := range person.all("Communication") {
		f.single("email", strings.ToLower(email.FindString(way.at("URI"))), "", 950)
		if dial := way.at("DialNumber"); dial != "" {
			f.single("phone", digits("+"+strings.TrimLeft(way.at("CountryDialing"), "+0")+dial), "", 900)
		}
	}
	f.single("summary", cut(plain(profile.at("ExecutiveSummary")), 2000), plain(profile.at("ExecutiveSummary")), 900)
	for _, e := range profile.all("EmploymentHistory/EmployerHistory") {
		for _, p := range e.all("PositionHistory") {
			f.post(p.at("PositionTitle"), e.at("OrganizationName"), e.at("OrganizationContact/Communication/Address/CountryCode"),
				date(p.at("EmploymentPeriod/StartDate/FormattedDateTime", "EmploymentPeriod/StartDate"), false),
				date(p.at("EmploymentPeriod/EndDate/FormattedDateTime", "EmploymentPeriod/EndDate"), true), plain(p.at("Description")))
		}
	}
	for _, e := range profile.all("EducationHistory/EducationOrganizationAttendance") {
		title := e.at("EducationDegree/DegreeName")
		f.degree(title, e.at("EducationDegree/OccupationalSkillsCovered"), e.at("OrganizationName"), "",
			yearOf(e.at("AttendancePeriod/EndDate/FormattedDateTime", "AttendancePeriod/EndDate")), isced(e.at("EducationLevelCode")))
	}
	for _, code := range person.all("PrimaryLanguageCode") {
		if to := tongueCode(code.text); to != "" {
			f.suggest("languages", languageRow{Language: to, Native: true}, code.text, 950)
		}
	}
	f.candidateLanguages(profile)
	f.years(now)
	return told(FromEuropass, Reading{Language: f.language, Suggestions: f.inOrder(), Text: f.spelled()})
}

// candidateLanguages reads languages and skills, which share an element.
func (f *found) candidateLanguages(profile *node) {
	for _, s := range profile.all("PersonQualifications/PersonCompetency") {
		name := s.at("CompetencyID", "CompetencyName")
		if s.at("TaxonomyID") != "language" {
			if name != "" && len([]rune(name)) <= 80 {
				f.skill(name)
			}
			continue
		}
		row := languageRow{Language: tongueCode(name)}
		for _, d := range s.all("CompetencyDimension") {
			score := strings.ToUpper(d.at("Score/ScoreText"))
			switch strings.ToLower(d.at("CompetencyDimensionTypeCode")) {
			case "cef-understanding-listening":
				row.Listening = score
			case "cef-understanding-reading":
				row.Reading = score
			case "cef-speaking-interaction":
				row.Interaction = score
			case "cef-speaking-production":
				row.Production = score
			case "cef-writing-production":
				row.Writing = score
			}
		}
		if row.Language != "" {
			f.suggest("languages", row, name, 950)
		}
	}
}

// either returns what is at the first path that has anything.
func either(n *node, paths ...string) []*node {
	for _, path := range paths {
		if found := n.all(path); len(found) > 0 {
			return found[:min(len(found), mostRows)]
		}
	}
	return nil
}

// tongue is the language of an element of version 3.
func tongue(n *node) string {
	if code := tongueCode(n.at("Description/Code")); code != "" {
		return code
	}
	code, _ := languageIn(n.at("Description/Label"))
	return code
}

// tongueCode reads a code of ISO 639-1 or a few of 639-2, or a name.
func tongueCode(text string) string {
	text = strings.ToLower(strings.TrimSpace(text))
	if three := map[string]string{"eng": "en", "fra": "fr", "fre": "fr", "deu": "de", "ger": "de", "por": "pt", "spa": "es", "ita": "it", "ara": "ar",
		"nld": "nl", "dut": "nl", "aka": "ak", "swa": "sw", "hau": "ha", "yor": "yo", "ibo": "ig", "som": "so", "amh": "am", "wol": "wo"}[text]; three != "" {
		return three
	}
	if len(text) == 2 {
		return text
	}
	code, _ := languageIn(text)
	return code
}

func ending(n *node) string { return partedDate(n, true) }

// partedDate reads a date in parts: year, month ("--03" in XML, 3 in JSON), day.
func partedDate(n *node, end bool) string {
	if n == nil {
		return ""
	}
	number := func(paths ...string) int {
		v, _ := strconv.Atoi(strings.Trim(n.at(paths...), "-"))
		return v
	}
	day, _ := spelled(number("@year", "Year"), number("@month", "Month"), number("@day", "Day"), end)
	return day
}

// isced reads a level of ISCED or of the European Qualifications Framework's
// codes that Europass writes: a digit, or -1.
func isced(code string) int {
	level, err := strconv.Atoi(strings.TrimSpace(code))
	if err != nil || level < 0 || level > 8 {
		return -1
	}
	return level
}

// plain takes the marks out of text that Europass keeps as HTML.
func plain(text string) string {
	var out strings.Builder
	inside := false
	text = strings.NewReplacer("</p>", "\n", "</li>", "\n", "<br>", "\n", "<br/>", "\n", "<br />", "\n").Replace(text)
	for _, r := range text {
		switch {
		case r == '<':
			inside = true
		case r == '>' && inside:
			inside = false
		case !inside:
			out.WriteRune(r)
		}
	}
	return strings.TrimSpace(strings.NewReplacer("&nbsp;", " ", "&amp;", "&", "&lt;", "<", "&gt;", ">", "&#39;", "'", "&quot;", "\"").Replace(out.String()))
}

// cut2 keeps the two letters of a language's code.
func cut2(code string) string {
	if len(code) > 2 {
		return code[:2]
	}
	return code
}
