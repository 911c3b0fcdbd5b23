// SPDX-License-Identifier: AGPL-3.0-or-later

package demo

import (
	"fmt"
	"strings"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/registry"
)

// experience draws one to three posts, the present one first.
func (m *maker) experience(d *draft) {
	d.OccupationTitle = d.title(d.language)
	posts := min(d.between(1, 3), 1+d.YearsExperience/4)
	to, rest := day.Day(written), d.YearsExperience
	for i := range posts {
		years := max(1, rest/(posts-i))
		if i < posts-1 && years > 1 {
			years = d.between(1, years)
		}
		from := to.Add(-365*years + d.between(0, 60))
		post := m.post(d, i, i == posts-1 && posts > 1 && d.OriginLink == "born")
		post.From, post.To = from, to
		if i == 0 && d.in(85) {
			post.To = ""
		}
		d.Experience = append(d.Experience, post)
		to, rest = from.Add(-d.between(5, 120)), rest-years
	}
}

// post draws an employer and what the person did there.
func (m *maker) post(d *draft, number int, origin bool) registry.Experience {
	where, town, language := d.place(origin)
	if number > 0 && !origin {
		town = of(d.chance, d.lives.towns)
	}
	employer := of(d.chance, strings.Split(m.employers[d.work.employs][language], "|"))
	return registry.Experience{Title: d.OccupationTitle, ISCO: d.work.isco, Country: where,
		Employer:    strings.ReplaceAll(employer, "{town}", town),
		Description: m.sentence(d, "duty", d.work.sector, number) + " " + m.sentence(d, "result", d.work.sector, number)}
}

// title is the occupation in the language, in the person's gender where the
// language has two.
func (d *draft) title(language string) string {
	him, her, both := strings.Cut(d.work.titles[language], "|")
	if both && d.Sex == "female" {
		return her
	}
	return him
}

// texts writes the summary and the CV.
func (m *maker) texts(d *draft) {
	d.Summary = m.sentence(d, "summary", "*", 0)
	comma := ","
	if d.language == "ar" {
		comma = "،"
	}
	var cv strings.Builder
	cv.WriteString(m.sentence(d, "opening", "*", 0))
	for _, post := range d.Experience {
		until := "…"
		if post.To != "" {
			until = string(post.To[:4])
		}
		fmt.Fprintf(&cv, "\n\n%s – %s: %s%s %s.\n%s", post.From[:4], until, post.Title, comma, post.Employer, post.Description)
	}
	for _, e := range d.Education {
		fmt.Fprintf(&cv, "\n\n%d: %s%s %s.", e.Year, e.Title, comma, e.Institution)
	}
	cv.WriteString("\n\n" + m.sentence(d, "closing", "*", 0))
	d.CVText = cv.String()
}

// sentence chooses a sentence of a kind, another for each number, and fills its
// gaps.
func (m *maker) sentence(d *draft, kind, sector string, number int) string {
	choice := m.phrases[phraseKey(d.language, kind, sector)]
	text := choice[(d.turn+number)%len(choice)]
	order := d.Perm(len(d.Skills))
	skill := func(i int) string { return d.Skills[order[i%len(order)]].Label }
	employer := ""
	if len(d.Experience) > 0 {
		employer = d.Experience[0].Employer
	}
	return strings.NewReplacer("{title}", d.OccupationTitle, "{years}", fmt.Sprint(d.YearsExperience),
		"{s1}", skill(0), "{s2}", skill(1), "{s3}", skill(2), "{employer}", employer,
		"{origin}", m.lands[d.language][d.home.code], "{n}", fmt.Sprint(d.between(11, 48))).Replace(text)
}
