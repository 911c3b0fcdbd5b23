// SPDX-License-Identifier: AGPL-3.0-or-later

package matching

import (
	"cmp"
	"slices"
	"strings"

	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/registry"
)

// Reading turns what the registry and the needs hold into the values that are
// compared. It leaves behind whatever says who a person is.
type Reading struct {
	Concepts Concepts
	Texts    Texts
}

// Need reads terms of reference.
func (r Reading) Need(t needs.Terms) Need {
	n := Need{
		Country: t.Country, ISCO: t.ISCO, Occupation: t.OccupationTitle, Language: t.Language,
		Starts: t.StartsOn, Ends: t.EndsOn, Shortest: t.ShortestDays, Modality: t.Modality, Years: t.YearsExperience,
		EducationLevel: t.EducationLevel, EducationField: t.EducationField, LicenceRequired: t.LicenceRequired,
	}
	if len(t.Positions) > 0 {
		n.Also, n.LicenceRequired = t.Groups(), t.AllLicensed()
	}
	for _, c := range t.Criteria {
		w := Wish{Concept: c.Concept, Label: c.Label, Required: c.Required, Weight: c.Weight, Terms: r.Texts.Terms(c.Label, t.Language)}
		if w.Concept == "" {
			w.Concept, _ = r.Concepts.LinkSkill(w.Label, t.Language)
		}
		n.Wishes = append(n.Wishes, w)
	}
	for _, l := range t.Languages {
		n.Floors = append(n.Floors, Floor{Language: l.Language, Spoken: Level(l.Spoken), Written: Level(l.Written), Required: l.Required})
	}
	texts := needTexts(t)
	n.Terms = r.Texts.Terms(strings.Join(texts, "\n"), t.Language)
	n.Topics = r.topics(texts, n)
	n.Linked = r.linked(n.ISCO, n.Occupation, n.Language)
	return n
}

// needTexts lists the texts of a need, those first that matter most.
func needTexts(t needs.Terms) []string {
	texts := []string{t.Title, t.OccupationTitle}
	for _, c := range t.Criteria {
		texts = append(texts, c.Label)
	}
	texts = append(texts, t.Objectives)
	for _, o := range t.Outputs {
		texts = append(texts, o.Output, o.Indicator)
	}
	return append(texts, t.Background)
}

// linked returns what a title probably means, unless its code is known.
func (r Reading) linked(isco, title, language string) []Link {
	if isco != "" || title == "" {
		return nil
	}
	var links []Link
	for _, one := range r.Concepts.LinkOccupation(title, language) {
		if weight := min(max(one.Weight, 0), full); weight > 0 {
			links = append(links, Link{ISCO: one.ID, Weight: weight})
		}
	}
	return links
}

// topics returns the concepts that a need's text speaks of and no wish names.
func (r Reading) topics(texts []string, n Need) []Mention {
	named := map[string]bool{}
	for _, w := range n.Wishes {
		named[w.Concept] = true
	}
	var topics []Mention
	for _, m := range r.Concepts.Mentions(strings.Join(texts, "\n"), n.Language) {
		if !named[m.Concept] {
			named[m.Concept] = true
			topics = append(topics, m)
		}
	}
	return topics
}

// Person reads a profile.
func (r Reading) Person(p registry.Profile) Person {
	person, _ := r.Profile(p)
	return person
}

// Profile reads a profile, and returns also everything that the person wrote,
// without what says who they are.
func (r Reading) Profile(p registry.Profile) (Person, string) {
	clean := once(Scrubber(p))
	person := Person{
		Pseudonym: p.Pseudonym, Searchable: p.Visible && p.State == registry.Active,
		Origin: p.OriginCountry, ReturnRight: p.RightOfReturn, ReturnRightUntil: p.RightOfReturnUntil,
		ISCO: p.ISCO, Occupation: clean(p.OccupationTitle), Language: p.CVLanguage, Years: p.YearsExperience,
		Onsite: p.Onsite, Virtual: p.Virtual, Hybrid: p.Hybrid, LongestDays: p.LongestDays,
		Windows: merged(p.Availability),
	}
	for _, l := range p.Languages {
		person.Languages = append(person.Languages, Language{Language: l.Language,
			Spoken: Level(min(l.Listening, l.Interaction)), Written: Level(min(l.Reading, l.Writing))})
	}
	for _, e := range p.Education {
		person.Education = append(person.Education, Education{Level: e.Level, Field: e.Field, Title: clean(e.Title)})
	}
	for _, l := range p.Licences {
		person.Licences = append(person.Licences, Licence{Body: l.Body, Country: l.Country, ISCO: l.ISCO, Until: l.ValidUntil})
	}
	for _, e := range p.Experience {
		post := Post{ISCO: e.ISCO, Title: clean(e.Title), From: e.From, To: e.To}
		post.Linked = r.linked(post.ISCO, post.Title, p.CVLanguage)
		person.Posts = append(person.Posts, post)
	}
	person.Linked = r.linked(person.ISCO, person.Occupation, p.CVLanguage)
	person.Claims = r.claims(p, clean)
	text := strings.Join(personTexts(p, clean), "\n")
	person.Terms = r.Texts.Terms(text, p.CVLanguage)
	person.Words = len(person.Terms)
	for _, c := range person.Claims {
		if c.Source == FromSkills && c.Concept != "" {
			person.Skills++
		}
	}
	return person, text
}

// once remembers what was cleaned: most texts are read twice, for their words and
// for their concepts.
func once(clean func(string) string) func(string) string {
	done := map[string]string{}
	return func(text string) string {
		cleaned, ok := done[text]
		if !ok {
			cleaned = clean(text)
			done[text] = cleaned
		}
		return cleaned
	}
}

// personTexts lists what the person wrote, without what says who they are.
func personTexts(p registry.Profile, clean func(string) string) []string {
	texts := []string{clean(p.OccupationTitle), clean(p.Summary), clean(p.CVText)}
	for _, s := range p.Skills {
		texts = append(texts, clean(s.Label))
	}
	for _, e := range p.Experience {
		texts = append(texts, clean(e.Title), clean(e.Description))
	}
	for _, e := range p.Education {
		texts = append(texts, clean(e.Title))
	}
	return texts
}

// claims lists the skills of a profile, and the concepts that its texts speak
// of; of several mentions of a concept the one with the best evidence stays.
func (r Reading) claims(p registry.Profile, clean func(string) string) []Claim {
	var all []Claim
	for _, s := range p.Skills {
		all = append(all, r.listed(s, p.CVLanguage, clean))
	}
	for _, e := range p.Experience {
		all = append(all, r.mentioned(clean(e.Title)+"\n"+clean(e.Description), p.CVLanguage, FromExperience, registry.WithExperience)...)
	}
	all = append(all, r.mentioned(clean(p.Summary)+"\n"+clean(p.CVText), p.CVLanguage, FromText, registry.Claimed)...)
	best := map[string]int{}
	kept := all[:0]
	for _, c := range all {
		at, seen := best[c.Concept]
		switch {
		case c.Concept == "" || !seen:
			best[c.Concept] = len(kept)
			kept = append(kept, c)
		case c.Worth() > kept[at].Worth():
			kept[at] = c
		}
	}
	return kept
}

// listed reads a skill of the list. Where the person chose no concept, the words
// may still name one.
func (r Reading) listed(s registry.Skill, language string, clean func(string) string) Claim {
	c := Claim{Concept: s.Concept, Words: clean(s.Label), Source: FromSkills, Evidence: s.Evidence, Level: s.Level}
	if c.Concept == "" {
		c.Concept, _ = r.Concepts.LinkSkill(c.Words, language)
	}
	c.Terms = r.Texts.Terms(c.Words, language)
	return c
}

// mentioned finds the concepts of a text.
func (r Reading) mentioned(text, language string, from Source, evidence registry.Evidence) []Claim {
	var all []Claim
	for _, m := range r.Concepts.Mentions(text, language) {
		all = append(all, Claim{Concept: m.Concept, Words: m.Words, Source: from, Evidence: evidence})
	}
	return all
}

// merged joins windows that touch or overlap, so that a stay may cross from one
// into the next.
func merged(windows []registry.Window) []Window {
	sorted := make([]Window, 0, len(windows))
	for _, w := range windows {
		sorted = append(sorted, Window{From: w.From, To: w.To})
	}
	slices.SortFunc(sorted, func(a, b Window) int { return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To)) })
	var out []Window
	for _, w := range sorted {
		if last := len(out) - 1; last >= 0 && w.From <= out[last].To.Add(1) {
			out[last].To = max(out[last].To, w.To)
			continue
		}
		out = append(out, w)
	}
	return out
}
