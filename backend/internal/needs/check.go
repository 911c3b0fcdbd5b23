// SPDX-License-Identifier: AGPL-3.0-or-later

package needs

import (
	"slices"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/fault"
)

// Modalities are the ways of working.
var Modalities = []string{"onsite", "virtual", "hybrid"}

// ContributionKinds are what a host may give in kind.
var ContributionKinds = []string{"lodging", "meals", "local_transport", "workspace", "equipment", "interpreter", "security", "other"}

// check complains about everything that may not even stand in a draft: what is
// too long, unknown or impossible. What is merely missing waits for complete.
func (f Form) check(c *fault.Check, codes Codes) {
	c.Length(f.Title, "title", 1, mostLine)
	f.checkTexts(c)
	f.checkCodes(c, codes)
	f.checkPeriod(c)
	f.checkNumbers(c)
	f.checkRows(c, codes)
}

func (f Form) checkTexts(c *fault.Check) {
	for _, row := range []struct {
		text, field string
		most        int
	}{
		{f.OccupationTitle, "occupationTitle", mostLine}, {f.Background, "background", mostText},
		{f.Objectives, "objectives", mostText}, {f.DutyStation, "dutyStation", mostLine}, {f.Unit, "unit", mostLine},
		{f.Supervisor, "supervisor", mostLine}, {f.Regulator, "regulator", mostLine}, {f.PrioritySector, "prioritySector", mostLine},
	} {
		c.Length(row.text, row.field, 0, row.most)
	}
}

func (f Form) checkCodes(c *fault.Check, codes Codes) {
	known := func(ok bool, code, field, message string) {
		c.That(code == "" || ok, field, field+".unknown", message)
	}
	known(codes.Language(f.Language), f.Language, "language", "We do not know this language. Please choose one from the list.")
	known(codes.Sector(f.Sector), f.Sector, "sector", "We do not know this sector. Please choose one from the list.")
	known(codes.ISCO(f.ISCO), f.ISCO, "isco", "This is not a four-digit unit group of ISCO-08. Please choose an occupation from the list.")
	known(codes.Country(f.Country), f.Country, "country", "We do not know this country. Please choose one from the list.")
	known(codes.EducationField(f.EducationField), f.EducationField, "educationField", "We do not know this field of study. Please choose one from the list.")
	known(slices.Contains(Modalities, f.Modality), f.Modality, "modality", "Please choose onsite, virtual or hybrid.")
}

func (f Form) checkPeriod(c *fault.Check) {
	starts, ends := f.StartsOn == "" || f.StartsOn.Valid(), f.EndsOn == "" || f.EndsOn.Valid()
	c.That(starts, "startsOn", "date.impossible", "This is not a date. Please write it as 2027-02-01.")
	c.That(ends, "endsOn", "date.impossible", "This is not a date. Please write it as 2027-02-01.")
	if !starts || !ends || f.StartsOn == "" || f.EndsOn == "" {
		return
	}
	days := day.Length(f.StartsOn, f.EndsOn)
	c.That(days >= 1, "endsOn", "dates.order", "The last day (%s) comes before the first (%s).", f.EndsOn, f.StartsOn)
	c.That(days <= mostDays, "endsOn", "dates.long", "This lasts %d days. A temporary return lasts at most %d.", days, mostDays)
	c.That(days < 1 || f.ShortestDays <= days, "shortestDays", "days.longer",
		"The shortest useful stay (%d days) is longer than the whole period (%d days).", f.ShortestDays, days)
}

func (f Form) checkNumbers(c *fault.Check) {
	between := func(n, least, most int, field string) {
		c.That(n >= least && n <= most, field, "number.range", "Please give a number from %d to %d.", least, most)
	}
	between(f.ShortestDays, 0, mostDays, "shortestDays")
	between(f.Headcount, 1, mostHeads, "headcount")
	between(f.OverlapDays, 0, mostOverlap, "overlapDays")
	between(f.YearsExperience, 0, 60, "yearsExperience")
	between(f.EducationLevel, 0, 8, "educationLevel")
}

func (f Form) checkRows(c *fault.Check, codes Codes) {
	if rows(c, len(f.Outputs), "outputs") {
		for i, o := range f.Outputs {
			c.Length(o.Output, at("outputs", i, "output"), 1, mostText)
			c.Length(o.Indicator, at("outputs", i, "indicator"), 0, mostText)
		}
	}
	if rows(c, len(f.Counterparts), "counterparts") {
		for i, p := range f.Counterparts {
			c.Length(p.Function, at("counterparts", i, "function"), 1, mostLine)
			c.Length(p.Unit, at("counterparts", i, "unit"), 0, mostLine)
		}
	}
	if rows(c, len(f.Contributions), "contributions") {
		for i, g := range f.Contributions {
			c.That(slices.Contains(ContributionKinds, g.Kind), at("contributions", i, "kind"), "kind.unknown",
				"Please choose a kind of contribution from the list.")
			c.Length(g.Description, at("contributions", i, "description"), 0, mostText)
		}
	}
	f.checkCriteria(c, codes)
	f.checkLanguages(c, codes)
	f.checkPositions(c, codes)
}

func (f Form) checkCriteria(c *fault.Check, codes Codes) {
	if !rows(c, len(f.Criteria), "criteria") {
		return
	}
	seen := map[string]bool{}
	for i, k := range f.Criteria {
		c.Length(k.Label, at("criteria", i, "label"), 1, mostLine)
		c.That(k.Weight >= 1 && k.Weight <= 5, at("criteria", i, "weight"), "weight.range",
			"Please give a weight from 1 (nice to have) to 5 (decisive); this is %d.", k.Weight)
		if k.Concept == "" {
			continue
		}
		c.That(codes.Skill(k.Concept), at("criteria", i, "concept"), "concept.unknown",
			"We do not know this skill. Choose one from the list, or leave it to the words alone.")
		c.That(!seen[k.Concept], at("criteria", i, "concept"), "concept.twice", "This skill is asked for twice. Please remove one.")
		seen[k.Concept] = true
	}
}

func (f Form) checkLanguages(c *fault.Check, codes Codes) {
	if !rows(c, len(f.Languages), "languages") {
		return
	}
	seen := map[string]bool{}
	for i, l := range f.Languages {
		c.That(codes.Language(l.Language), at("languages", i, "language"), "language.unknown",
			"We do not know this language. Please choose one from the list.")
		c.That(!seen[l.Language], at("languages", i, "language"), "language.twice", "This language stands here twice. Please remove one.")
		seen[l.Language] = true
		const levels = "Please choose a level from A1 to C2."
		c.That(l.Spoken >= 0 && l.Spoken <= 6, at("languages", i, "spoken"), "cefr.unknown", levels)
		c.That(l.Written >= 0 && l.Written <= 6, at("languages", i, "written"), "cefr.unknown", levels)
		c.That(l.Spoken != 0 || l.Written != 0, at("languages", i, "spoken"), "cefr.missing", levels)
	}
}

// complete says exactly what is missing before the need can be submitted to the
// ministry (features 31, 33 and 35).
func (f Form) complete(c *fault.Check, counterparts int, today day.Day) {
	for _, row := range []struct{ text, field, message string }{
		{f.Language, "language", "Please say which language this is written in."},
		{f.Sector, "sector", "Please choose the sector."},
		{f.ISCO, "isco", "Please choose the occupation (a four-digit unit group of ISCO-08)."},
		{f.Background, "background", "Please describe the background."},
		{f.Objectives, "objectives", "Please state the objectives: what shall be passed on to local colleagues."},
		{f.DutyStation, "dutyStation", "Please name the duty station."},
		{f.Supervisor, "supervisor", "Please name the function of the supervisor."},
	} {
		c.That(row.text != "", row.field, row.field+".missing", row.message)
	}
	f.completePeriod(c, today)
	f.completeRows(c, counterparts)
	f.completeRelay(c)
	c.That(!f.licensed() || f.Regulator != "", "regulator", "regulator.missing",
		"The work needs a licence: please name the council that gives it.")
	c.That(f.NonSubstitution, "nonSubstitution", "nonSubstitution.missing",
		"Please declare that the person will not replace a local post.")
}

func (f Form) completePeriod(c *fault.Check, today day.Day) {
	c.That(f.StartsOn != "", "startsOn", "startsOn.missing", "Please give the first day.")
	c.That(f.EndsOn != "", "endsOn", "endsOn.missing", "Please give the last day.")
	c.That(f.StartsOn == "" || f.StartsOn > today, "startsOn", "dates.past",
		"The first day (%s) has to be later than today (%s).", f.StartsOn, today)
}

// completeRelay asks what a relay cannot be planned without.
func (f Form) completeRelay(c *fault.Check) {
	if !f.Relay {
		return
	}
	c.That(f.Headcount > 1, "headcount", "relay.one", "A relay is of two people or more. Please say how many stays there shall be.")
	c.That(f.ShortestDays > 0, "shortestDays", "relay.shortest", "Please say how long each stay of the relay has to be at least.")
	c.That(f.ShortestDays == 0 || f.OverlapDays < f.ShortestDays, "overlapDays", "relay.overlap",
		"The handover (%d days) has to be shorter than the shortest stay (%d days).", f.OverlapDays, f.ShortestDays)
}

func (f Form) completeRows(c *fault.Check, counterparts int) {
	c.That(len(f.Outputs) > 0, "outputs", "outputs.missing", "Please name at least one output, with an indicator.")
	for i, o := range f.Outputs {
		c.That(o.Indicator != "", at("outputs", i, "indicator"), "indicator.missing",
			"Please say how one will know that this output exists.")
	}
	c.That(len(f.Counterparts) >= counterparts, "counterparts", "counterparts.few",
		"The programme asks for at least %d local counterparts who learn from the person; this need names %d.",
		counterparts, len(f.Counterparts))
	c.That(len(f.Criteria) > 0, "criteria", "criteria.missing", "Please name at least one skill that the work asks for.")
	c.That(len(f.Languages) > 0, "languages", "languages.missing", "Please say which language the work is done in, and how well.")
}
