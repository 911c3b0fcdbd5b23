// SPDX-License-Identifier: AGPL-3.0-or-later

package registry

import (
	"slices"
	"strings"
)

func (c *checker) skills(rows []Skill, posts []Experience) {
	if !c.most(len(rows), "skills", skillsMost) {
		return
	}
	seen := map[string]bool{}
	for i, s := range rows {
		c.line(s.Label, at("skills", i, "label"), 1, lineMost)
		c.That(s.Concept == "" || c.codes.Skill(s.Concept), at("skills", i, "concept"), "skill.unknown",
			"There is no skill with this identifier; choose one from the list, or leave it empty and keep your own words.")
		c.That(s.Concept == "" || !seen[s.Concept], at("skills", i, "concept"), "skill.twice", "This skill is listed twice.")
		seen[s.Concept] = true
		c.That(s.Level >= 1 && s.Level <= 4, at("skills", i, "level"), "skill.level",
			"Please choose a level from 1 (basic) to 4 (expert).")
		c.between(s.Years, at("skills", i, "years"), 0, longestCareer)
		c.year(s.LastUsed, at("skills", i, "lastUsed"))
		c.evidence(s, posts, at("skills", i, "evidence"))
	}
}

// evidence checks that nobody writes the evidence that only others can give.
func (c *checker) evidence(s Skill, posts []Experience, field string) {
	switch s.Evidence {
	case Claimed:
	case WithExperience:
		c.That(s.Years > 0 || namedIn(s, posts), field, "skill.experience",
			"Please say for how many years, or name the skill in one of your posts; or choose claimed.")
	case ByReferee, ByHost:
		kept := c.stored != nil && slices.ContainsFunc(c.stored.Skills, func(k Skill) bool {
			return k.Evidence == s.Evidence && k.Concept == s.Concept && k.Label == s.Label
		})
		c.That(kept, field, "skill.evidence", "Only a referee or a host can confirm a skill; choose claimed or experience.")
	default:
		c.oneOf(string(s.Evidence), field, []string{string(Claimed), string(WithExperience)})
	}
}

// namedIn tells whether a post names the skill.
func namedIn(s Skill, posts []Experience) bool {
	return slices.ContainsFunc(posts, func(e Experience) bool {
		return strings.Contains(Fold(e.Title+"\n"+e.Description), Fold(s.Label))
	})
}

func (c *checker) languages(rows []Language) {
	if !c.most(len(rows), "languages", languagesMost) {
		return
	}
	seen := map[string]bool{}
	for i, l := range rows {
		field := at("languages", i, "language")
		c.That(l.Language != "", field, "field.empty", "Please choose a language.")
		c.language(l.Language, field)
		c.That(!seen[l.Language], field, "language.twice", "This language is listed twice.")
		seen[l.Language] = true
		c.That(!l.silent(), at("languages", i, "listening"), "language.level", "Please give at least one level, from A1 to C2.")
		c.levels(l, i)
	}
}

// levels checks the five abilities of one language.
func (c *checker) levels(l Language, i int) {
	for _, ability := range []struct {
		name  string
		level CEFR
	}{
		{"listening", l.Listening}, {"reading", l.Reading}, {"interaction", l.Interaction},
		{"production", l.Production}, {"writing", l.Writing},
	} {
		c.That(ability.level.Valid(), at("languages", i, ability.name), "cefr.unknown",
			"Please choose a level from A1 to C2, or leave it empty.")
	}
}

func (c *checker) education(rows []Education) {
	if !c.most(len(rows), "education", educationMost) {
		return
	}
	for i, e := range rows {
		c.That(e.Level >= 0 && e.Level <= 8, at("education", i, "level"), "isced.level", "Please choose an ISCED level from 0 to 8.")
		c.That(e.Field == "" || c.codes.EducationField(e.Field), at("education", i, "field"), "isced.field",
			"There is no field of education with this code; use ISCED-F, such as 0913.")
		c.line(e.Title, at("education", i, "title"), 0, lineMost)
		c.line(e.Institution, at("education", i, "institution"), 0, lineMost)
		c.country(e.Country, at("education", i, "country"), false)
		c.year(e.Year, at("education", i, "year"))
	}
}

func (c *checker) licences(rows []Licence) {
	if !c.most(len(rows), "licences", licencesMost) {
		return
	}
	for i, l := range rows {
		c.line(l.Body, at("licences", i, "body"), 1, lineMost)
		c.line(l.Number, at("licences", i, "number"), 0, lineMost)
		c.country(l.Country, at("licences", i, "country"), true)
		c.isco(l.ISCO, at("licences", i, "isco"))
		c.ordered(l.ValidFrom, l.ValidUntil, at("licences", i, "validFrom"), at("licences", i, "validUntil"))
		c.past(l.GoodStandingOn, at("licences", i, "goodStandingOn"))
		c.line(l.DocumentID, at("licences", i, "documentId"), 0, 64)
	}
}

func (c *checker) experience(rows []Experience) {
	if !c.most(len(rows), "experience", experienceMost) {
		return
	}
	for i, e := range rows {
		c.line(e.Title, at("experience", i, "title"), 1, lineMost)
		c.isco(e.ISCO, at("experience", i, "isco"))
		c.line(e.Employer, at("experience", i, "employer"), 0, lineMost)
		c.country(e.Country, at("experience", i, "country"), false)
		c.ordered(e.From, e.To, at("experience", i, "from"), at("experience", i, "to"))
		if e.From.Valid() {
			c.past(e.From, at("experience", i, "from"))
		}
		c.prose(e.Description, at("experience", i, "description"), descriptionMost)
	}
}

func (c *checker) availability(rows []Window) {
	if !c.most(len(rows), "availability", windowsMost) {
		return
	}
	for i, w := range rows {
		from, to := at("availability", i, "from"), at("availability", i, "to")
		c.That(w.From != "", from, "field.empty", "Please give the first day.")
		c.That(w.To != "", to, "field.empty", "Please give the last day.")
		c.ordered(w.From, w.To, from, to)
		if w.To.Valid() && !c.keeps(w) {
			c.That(w.To >= c.today, to, "date.past", "This period is over. Please give one that ends today or later.")
		}
	}
}

// keeps tells whether the window stood in the profile before.
func (c *checker) keeps(w Window) bool {
	return c.stored != nil && slices.ContainsFunc(c.stored.Availability, func(k Window) bool {
		return k.From == w.From && k.To == w.To
	})
}
