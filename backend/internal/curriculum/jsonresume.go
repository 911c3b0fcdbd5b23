// SPDX-License-Identifier: AGPL-3.0-or-later

package curriculum

import (
	"bytes"
	"encoding/json"
	"strings"
	"time"
)

// resume is what we read of JSON Resume (schema 1.0.0).
type resume struct {
	Basics struct {
		Name     string `json:"name"`
		Label    string `json:"label"`
		Email    string `json:"email"`
		Phone    string `json:"phone"`
		Summary  string `json:"summary"`
		Location struct {
			City        string `json:"city"`
			CountryCode string `json:"countryCode"`
		} `json:"location"`
	} `json:"basics"`
	Work []struct {
		Name       string   `json:"name"`
		Company    string   `json:"company"` // before version 1
		Position   string   `json:"position"`
		Location   string   `json:"location"`
		StartDate  string   `json:"startDate"`
		EndDate    string   `json:"endDate"`
		Summary    string   `json:"summary"`
		Highlights []string `json:"highlights"`
	} `json:"work"`
	Education []struct {
		Institution string `json:"institution"`
		Area        string `json:"area"`
		StudyType   string `json:"studyType"`
		StartDate   string `json:"startDate"`
		EndDate     string `json:"endDate"`
	} `json:"education"`
	Skills []struct {
		Name     string   `json:"name"`
		Keywords []string `json:"keywords"`
	} `json:"skills"`
	Languages []struct {
		Language string `json:"language"`
		Fluency  string `json:"fluency"`
	} `json:"languages"`
	Certificates []struct {
		Name   string `json:"name"`
		Issuer string `json:"issuer"`
		Date   string `json:"date"`
	} `json:"certificates"`
}

// readJSON reads JSON Resume, or the JSON of Europass.
func readJSON(whole []byte, linker Linker, now time.Time) (Reading, error) {
	whole = bytes.TrimPrefix(whole, []byte("\xef\xbb\xbf"))
	var keys map[string]json.RawMessage
	if err := json.Unmarshal(whole, &keys); err != nil {
		return Reading{}, broken()
	}
	if keys["SkillsPassport"] != nil || keys["LearnerInfo"] != nil {
		return readEuropassJSON(keys, linker, now)
	}
	var r resume
	if err := json.Unmarshal(whole, &r); err != nil || keys["basics"] == nil && keys["work"] == nil {
		return Reading{}, refused("cv.unknown_json", "This is JSON, but neither a JSON Resume nor a Europass CV. Please send one of these, or another kind of file.")
	}
	f := newFound(linker, linker.Guess([]string{r.Basics.Summary, r.Basics.Label}), now.Year())
	f.basics(r)
	for _, w := range r.Work[:min(len(r.Work), mostRows)] {
		f.post(w.Position, first(w.Name, w.Company), w.Location, date(w.StartDate, false), date(w.EndDate, true), strings.Join(append([]string{w.Summary}, w.Highlights...), "\n"))
	}
	for _, e := range r.Education[:min(len(r.Education), mostRows)] {
		f.degree(strings.TrimSpace(e.StudyType+" "+e.Area), e.Area, e.Institution, "", yearOf(e.EndDate), -1)
	}
	f.rest(r)
	f.years(now)
	return told(FromJSONResume, Reading{Language: f.language, Suggestions: f.inOrder(), Text: f.spelled()})
}

func (f *found) basics(r resume) {
	f.split(oneLine(r.Basics.Name), r.Basics.Name, 950)
	f.single("email", strings.ToLower(email.FindString(r.Basics.Email)), r.Basics.Email, 950)
	f.single("phone", digits(r.Basics.Phone), r.Basics.Phone, 900)
	f.single("summary", cut(strings.TrimSpace(r.Basics.Summary), 2000), r.Basics.Summary, 900)
	if r.Basics.Label != "" {
		f.work(r.Basics.Label, r.Basics.Label)
	}
}

// rest reads skills, languages and certificates.
func (f *found) rest(r resume) {
	for _, s := range r.Skills[:min(len(r.Skills), mostRows)] {
		for _, words := range append(s.Keywords, s.Name) {
			if words != "" && (words != s.Name || len(s.Keywords) == 0) {
				f.skill(cut(strings.TrimSpace(words), 80))
			}
		}
	}
	for _, l := range r.Languages[:min(len(r.Languages), mostRows)] {
		if code, _ := languageIn(l.Language); code != "" {
			f.language1(code, l.Language+" "+l.Fluency)
		}
	}
	for _, c := range r.Certificates[:min(len(r.Certificates), mostRows)] {
		f.suggest("licences", licenceRow{Body: line(first(c.Issuer, c.Name)), ValidFrom: date(c.Date, false)}, c.Name+" – "+c.Issuer, 500)
	}
}

// post suggests a post of a structured CV.
func (f *found) post(title, employer, place, from, to, description string) {
	if oneLine(title) == "" {
		return
	}
	row := experienceRow{Title: line(title), Employer: line(employer), Country: countryOf(place), From: from, To: to, Description: cut(strings.TrimSpace(description), 5000)}
	sure := 800
	if links := f.linker.Occupations(title, f.language); len(links) > 0 {
		row.ISCO = links[0].ID
		f.work(title, title)
	}
	f.suggest("experience", row, strings.Join([]string{title, employer, from, to}, " · "), sure)
}

// degree suggests an education of a structured CV; a level below 0 is read from
// the title.
func (f *found) degree(title, area, institution, country string, year, level int) {
	if level < 0 {
		level = levelOf(title)
	}
	if level < 0 || year > f.thisYear {
		return
	}
	row := educationRow{Level: level, Title: line(title), Institution: line(institution), Country: first(country, countryOf(institution)), Year: year}
	if fields := f.linker.Fields(first(area, subject(title)), f.language); len(fields) > 0 && fields[0].Sure >= 400 {
		row.Field = fields[0].ID
	}
	f.suggest("education", row, title+" · "+institution, 800)
}

// first returns the first text that is not empty.
func first(texts ...string) string {
	for _, t := range texts {
		if strings.TrimSpace(t) != "" {
			return t
		}
	}
	return ""
}

// date reads the dates of structured CVs: 2019, 2019-03, 2019-03-01.
func date(text string, end bool) string {
	folded := strings.TrimSpace(text)
	if i := strings.IndexByte(folded, 'T'); i > 0 {
		folded = folded[:i]
	}
	m := aMoment.FindStringSubmatchIndex(fold(folded))
	if m == nil {
		return ""
	}
	day, _ := dayOf(fold(folded), m[2:], end)
	return day
}

func yearOf(text string) int {
	if day := date(text, true); day != "" {
		y, _ := time.Parse(time.DateOnly, day)
		return y.Year()
	}
	return 0
}

// spelled is the text of a structured CV: what its suggestions say.
func (f *found) spelled() string {
	var out []string
	for _, s := range f.all {
		switch s.Field {
		case "email", "phone", "birthDate", "givenName", "familyName", "isco", "yearsExperience":
			continue
		case "summary":
			var text string
			_ = json.Unmarshal(s.Value, &text) // it was text when it was written
			out = append(out, text)
		case "experience":
			var row experienceRow
			_ = json.Unmarshal(s.Value, &row)
			out = append(out, strings.TrimSpace(s.Words+"\n"+row.Description))
		default:
			out = append(out, s.Words)
		}
	}
	return strings.Join(out, "\n")
}
