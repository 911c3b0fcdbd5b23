// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"fmt"
	"slices"

	"sankofa/backend/internal/matching"
	"sankofa/backend/internal/registry"
)

// The fields of the index that only searches ask for.
const (
	evidenceField = "evidence" // what stands behind any of the listed skills
	ableField     = "able"     // fr/writing/3: the level in each of the five abilities
	worthField    = "worth"    // concept/worth: what a claim of the concept counts
	licensedField = "licensed" // the minor group of each licence; ? where it is not said
)

// addFound adds what only searches ask for to a person's document.
func (s *Service) addFound(doc map[string]any, profile registry.Profile, p matching.Person) {
	doc[evidenceField], doc[ableField] = evidenceTokens(profile.Skills), ableTokens(profile.Languages)
	var worths, groups []string
	for _, c := range p.Claims {
		if c.Concept != "" {
			worths = append(worths, fmt.Sprintf("%s/%d", c.Concept, c.Worth()))
		}
	}
	for _, l := range p.Licences {
		group := "?"
		if l.ISCO != "" {
			group = minorOf(l.ISCO)
		}
		groups = append(groups, group)
	}
	doc[worthField], doc[licensedField] = worths, groups
}

// minorOf returns the first three digits of an ISCO-08 code.
func minorOf(isco string) string { return isco[:min(len(isco), 3)] }

// evidenceTokens spells what stands behind the skills that a person lists.
func evidenceTokens(skills []registry.Skill) []string {
	var tokens []string
	for _, s := range skills {
		if s.Evidence != "" && !slices.Contains(tokens, string(s.Evidence)) {
			tokens = append(tokens, string(s.Evidence))
		}
	}
	return tokens
}

// ableTokens spells the level of each ability in each language.
func ableTokens(languages []registry.Language) []string {
	var tokens []string
	for _, l := range languages {
		for ability, level := range map[string]registry.CEFR{"listening": l.Listening, "reading": l.Reading,
			"interaction": l.Interaction, "production": l.Production, "writing": l.Writing} {
			if level > 0 {
				tokens = append(tokens, able(l.Language, ability, int(level)))
			}
		}
	}
	return tokens
}
