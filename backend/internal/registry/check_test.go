// SPDX-License-Identifier: AGPL-3.0-or-later

package registry_test

import (
	"strings"
	"testing"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/registry/registrytest"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

func TestWhatCannotBeKeptIsNamedFieldByField(t *testing.T) {
	w := registrytest.New(t, storetest.SQLite(t))
	for name, row := range map[string]struct {
		spoil func(*registry.Profile)
		field string
		code  string
	}{
		"no name":               {func(p *registry.Profile) { p.GivenName = "  " }, "givenName", "field.empty"},
		"a name without end":    {func(p *registry.Profile) { p.GivenName = strings.Repeat("ን", 201) }, "givenName", "field.long"},
		"a name of two lines":   {func(p *registry.Profile) { p.FamilyName = "a\nb" }, "familyName", "field.control"},
		"a zero byte":           {func(p *registry.Profile) { p.CVText = "a\x00b" }, "cvText", "field.control"},
		"no e-mail":             {func(p *registry.Profile) { p.Email = "" }, "email", "email.malformed"},
		"an e-mail with a name": {func(p *registry.Profile) { p.Email = "Ama <ama@example.org>" }, "email", "email.malformed"},
		"a telephone word":      {func(p *registry.Profile) { p.Phone = "call me" }, "phone", "phone.malformed"},
		"a sex":                 {func(p *registry.Profile) { p.Sex = "yes" }, "sex", "field.unknown"},
		"born tomorrow":         {func(p *registry.Profile) { p.BirthDate = "2026-12-02" }, "birthDate", "birthDate.impossible"},
		"born on 30 February":   {func(p *registry.Profile) { p.BirthDate = "1980-02-30" }, "birthDate", "birthDate.impossible"},
		"a child":               {func(p *registry.Profile) { p.BirthDate = "2010-12-02" }, "birthDate", "birthDate.impossible"},
		"no origin":             {func(p *registry.Profile) { p.OriginCountry = "" }, "originCountry", "field.empty"},
		"an unknown country":    {func(p *registry.Profile) { p.ResidenceCountry = "XX" }, "residenceCountry", "country.unknown"},
		"an unknown link":       {func(p *registry.Profile) { p.OriginLink = "friend" }, "originLink", "field.unknown"},
		"an unknown status":     {func(p *registry.Profile) { p.ResidenceStatus = "tourist" }, "residenceStatus", "field.unknown"},
		"an unknown right":      {func(p *registry.Profile) { p.RightOfReturn = "perhaps" }, "rightOfReturn", "field.unknown"},
		"no right, but until":   {func(p *registry.Profile) { p.RightOfReturn, p.RightOfReturnUntil = "no", "2028-01-01" }, "rightOfReturnUntil", "rightOfReturnUntil.pointless"},
		"until no date":         {func(p *registry.Profile) { p.RightOfReturnUntil = "soon" }, "rightOfReturnUntil", "date.impossible"},
		"an unknown occupation": {func(p *registry.Profile) { p.ISCO = "9999" }, "isco", "isco.unknown"},
		"a minor group":         {func(p *registry.Profile) { p.ISCO = "222" }, "isco", "isco.unknown"},
		"too experienced":       {func(p *registry.Profile) { p.YearsExperience = 71 }, "yearsExperience", "field.range"},
		"an endless CV":         {func(p *registry.Profile) { p.CVText = strings.Repeat("x", 60_001) }, "cvText", "field.long"},
		"a CV in no language":   {func(p *registry.Profile) { p.CVLanguage = "" }, "cvLanguage", "cvLanguage.empty"},
		"an unknown language":   {func(p *registry.Profile) { p.CVLanguage = "xx" }, "cvLanguage", "language.unknown"},
		"no way of working":     {func(p *registry.Profile) { p.Onsite = false }, "onsite", "modality.empty"},
		"a stay of years":       {func(p *registry.Profile) { p.LongestDays = 731 }, "longestDays", "field.range"},
		"notice in the past":    {func(p *registry.Profile) { p.NoticeDays = -1 }, "noticeDays", "field.range"},
		"an unknown skill":      {func(p *registry.Profile) { p.Skills[0].Concept = "health.magic" }, "skills[0].concept", "skill.unknown"},
		"a skill without words": {func(p *registry.Profile) { p.Skills[0].Concept, p.Skills[0].Label = "", "" }, "skills[0].label", "field.empty"},
		"a level of five":       {func(p *registry.Profile) { p.Skills[0].Level = 5 }, "skills[0].level", "skill.level"},
		"used next year":        {func(p *registry.Profile) { p.Skills[0].LastUsed = 2027 }, "skills[0].lastUsed", "year.impossible"},
		"its own referee":       {func(p *registry.Profile) { p.Skills[0].Evidence = registry.ByHost }, "skills[0].evidence", "skill.evidence"},
		"unheard-of evidence":   {func(p *registry.Profile) { p.Skills[0].Evidence = "oath" }, "skills[0].evidence", "field.unknown"},
		"a skill twice":         {func(p *registry.Profile) { p.Skills = append(p.Skills, p.Skills[0]) }, "skills[1].concept", "skill.twice"},
		"skills without end":    {func(p *registry.Profile) { p.Skills = make([]registry.Skill, 61) }, "skills", "list.long"},
		"a CEFR level of D1":    {func(p *registry.Profile) { p.Languages[0].Reading = registry.ParseCEFR("D1") }, "languages[0].reading", "cefr.unknown"},
		"a language, no level":  {func(p *registry.Profile) { p.Languages[0] = registry.Language{Language: "en"} }, "languages[0].listening", "language.level"},
		"a language twice":      {func(p *registry.Profile) { p.Languages[1].Language = "en" }, "languages[1].language", "language.twice"},
		"no language":           {func(p *registry.Profile) { p.Languages[0].Language = "" }, "languages[0].language", "field.empty"},
		"a ninth level":         {func(p *registry.Profile) { p.Education[0].Level = 9 }, "education[0].level", "isced.level"},
		"an unknown field":      {func(p *registry.Profile) { p.Education[0].Field = "9999" }, "education[0].field", "isced.field"},
		"a degree next year":    {func(p *registry.Profile) { p.Education[0].Year = 2027 }, "education[0].year", "year.impossible"},
		"a licence by nobody":   {func(p *registry.Profile) { p.Licences[0].Body = "" }, "licences[0].body", "field.empty"},
		"a licence backwards":   {func(p *registry.Profile) { p.Licences[0].ValidUntil = "2021-01-01" }, "licences[0].validUntil", "date.order"},
		"good in the future":    {func(p *registry.Profile) { p.Licences[0].GoodStandingOn = "2026-12-02" }, "licences[0].goodStandingOn", "date.future"},
		"a post backwards":      {func(p *registry.Profile) { p.Experience[0].To = "2011-01-01" }, "experience[0].to", "date.order"},
		"a post to come":        {func(p *registry.Profile) { p.Experience[0].From = "2027-01-01" }, "experience[0].from", "date.future"},
		"free backwards":        {func(p *registry.Profile) { p.Availability[0].To = "2027-01-14" }, "availability[0].to", "date.order"},
		"free in the past":      {func(p *registry.Profile) { p.Availability[0] = registry.Window{From: "2026-01-01", To: "2026-11-30"} }, "availability[0].to", "date.past"},
		"free from no day":      {func(p *registry.Profile) { p.Availability[0].From = "" }, "availability[0].from", "field.empty"},
		"free until 31 April":   {func(p *registry.Profile) { p.Availability[0].To = "2027-04-31" }, "availability[0].to", "date.impossible"},
	} {
		p := registrytest.Midwife("ama@example.org")
		row.spoil(&p)
		_, err := w.Registry.Register(t.Context(), w.Association, p)
		if !hasField(err, row.field, row.code) {
			t.Errorf("%s: got %v %+v, want %s %s", name, err, fault.Of(err).Fields, row.field, row.code)
		}
	}
}

func TestEverythingWrongIsToldAtOnce(t *testing.T) {
	w := registrytest.New(t, storetest.SQLite(t))
	_, err := w.Registry.Register(t.Context(), w.Association, registry.Profile{})
	for _, field := range []string{"givenName", "email", "originCountry", "residenceCountry"} {
		if !strings.Contains(strings.Join(fieldsOf(err), " "), field) {
			t.Errorf("nothing is said of %s", field)
		}
	}
}

func fieldsOf(err error) []string {
	var out []string
	for _, f := range fault.Of(err).Fields {
		out = append(out, f.Field)
	}
	return out
}

func TestNamesOfAnyScriptAndSingleNamesAreKept(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := registrytest.New(t, db)
		for i, name := range []string{"ሆዳን", "Nguyễn", "O’Neill-N'Diaye", "محمد", "Madonna", "李"} {
			p := registrytest.Midwife(string(rune('a'+i)) + "@example.org")
			p.GivenName, p.FamilyName = name, ""
			made, err := w.Registry.Register(t.Context(), w.Association, p)
			if err != nil {
				t.Errorf("%s: %v %+v", name, err, fault.Of(err).Fields)
				continue
			}
			if card, _ := w.Registry.Find(t.Context(), w.Association, made.ID); card.GivenName != name {
				t.Errorf("%s came back as %s", name, card.GivenName)
			}
		}
	})
}

func TestAWindowThatHasPassedDoesNotBlockOtherChanges(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		w := registrytest.New(t, db)
		ama := w.Joined("ama@example.org")
		clock.Advance(day.Day("2027-07-01").Time().Sub(storetest.Start))
		written := registrytest.Midwife("ama@example.org")
		written.YearsExperience = 15
		card, err := w.Registry.Update(t.Context(), ama, ama.ProfessionalID, 2, written)
		if err != nil {
			t.Fatalf("%v %+v", err, fault.Of(err).Fields)
		}
		written.Availability = append(written.Availability, registry.Window{From: "2027-06-01", To: "2027-06-30"})
		_, err = w.Registry.Update(t.Context(), ama, ama.ProfessionalID, card.Version, written)
		if !hasField(err, "availability[1].to", "date.past") {
			t.Errorf("a new window in the past: %v", err)
		}
	})
}

func TestSpellingsAreBroughtIntoOneForm(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := registrytest.New(t, db)
		p := registrytest.Midwife(" AMA@Example.org")
		p.GivenName, p.Phone, p.OriginCountry, p.LongestDays = " e\u0301ve ", "0031 (20) 123-45.67", "gh", 0
		p.Skills[0].Label = ""
		made, err := w.Registry.Register(t.Context(), w.Association, p)
		if err != nil {
			t.Fatal(err, fault.Of(err).Fields)
		}
		card, _ := w.Registry.Find(t.Context(), w.Association, made.ID)
		if card.GivenName != "éve" || card.Email != "ama@example.org" || card.Phone != "+31201234567" ||
			card.OriginCountry != "GH" || card.LongestDays != 90 || card.Skills[0].Label != "obstetric care" {
			t.Errorf("%+v %+v", card.Professional, card.Skills)
		}
	})
}
