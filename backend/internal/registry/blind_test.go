// SPDX-License-Identifier: AGPL-3.0-or-later

package registry

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestFreeTextIsCoveredAndDatesAreKept(t *testing.T) {
	p := Profile{Professional: Professional{GivenName: "Moussa", FamilyName: "de Ba-Diop"}}
	for text, want := range map[string]string{
		"Moussa Diop, agronomo":                      "[…], agronomo",
		"MOUSSA DIOP":                                "[…]",
		"Moussa-Diop ha diretto":                     "[…]-[…] ha diretto",
		"il signor Ba parla, ba ba":                  "il signor […] parla, ba ba",
		"chef de projet":                             "chef de projet",
		"Scrivere a m.diop@example.org oppure":       "Scrivere a […] oppure",
		"tel. +39 059 123 4567 di sera":              "tel. […] di sera",
		"06 12 34 56 78":                             "[…]",
		"2010-2014 coordinatore, 2015 - 2019 capo":   "2010-2014 coordinatore, 2015 - 2019 capo",
		"dal 01.02.2010 al 31.12.2014":               "dal 01.02.2010 al 31.12.2014",
		"https://www.linkedin.com/in/moussa a Thiès": "[…] a Thiès",
		"120 ha, 1500 piante":                        "120 ha, 1500 piante",
		"":                                           "",
	} {
		p.CVText = text
		if got := p.Blind().CVText; got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
}

func TestEveryFreeTextIsCovered(t *testing.T) {
	const text = "Ama Boateng, ama@example.org"
	p := Profile{
		Professional: Professional{GivenName: "Ama", FamilyName: "Boateng", OccupationTitle: text, Summary: text, CVText: text},
		Skills:       []Skill{{Label: text}},
		Education:    []Education{{Title: text, Institution: text}},
		Licences:     []Licence{{Body: text}},
		Experience:   []Experience{{Title: text, Employer: text, Description: text}},
	}
	seen, err := json.Marshal(p.Blind())
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"Ama", "Boateng", "example.org"} {
		if strings.Contains(string(seen), secret) {
			t.Errorf("who must not know who it is reads %q: %s", secret, seen)
		}
	}
	if p = p.Reserved(); p.Summary != "Ama Boateng, […]" {
		t.Errorf("who may know who it is and not how to reach them reads %q", p.Summary)
	}
	spellSought(&p.Professional)
	if strings.Contains(p.SoughtWork, "boateng") {
		t.Errorf("who sees no names can search by them: %q", p.SoughtWork)
	}
}

func TestCoveringDoesNotTouchTheProfileItself(t *testing.T) {
	p := Profile{Professional: Professional{GivenName: "Ama"}, Licences: []Licence{{Number: "4471"}}, Experience: []Experience{{Title: "Ama's ward"}}}
	_ = p.Blind()
	if p.Licences[0].Number != "4471" || p.Experience[0].Title != "Ama's ward" || p.GivenName != "Ama" {
		t.Errorf("the profile was changed: %+v", p)
	}
}

func TestEveryLevelIsReadAsItIsSpelt(t *testing.T) {
	for level := CEFR(0); level.Valid(); level++ {
		if got := ParseCEFR(level.String()); got != level {
			t.Errorf("%s is read as %s", level, got)
		}
	}
	for _, text := range []string{"C3", "b2", "A0", "native", " "} {
		if ParseCEFR(text).Valid() {
			t.Errorf("%q is a level", text)
		}
	}
}
