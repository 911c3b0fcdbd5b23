// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"strings"

	"sankofa/backend/internal/matching"
)

// label names the concepts of reasons and of changes in the reader's language.
func (s *Service) label(criteria []matching.Criterion, lifts []matching.Lift, reader string) {
	for i := range criteria {
		criteria[i].ConceptLabel = s.labelOf(criteria[i].Name, criteria[i].Concept, reader)
	}
	for i := range lifts {
		lifts[i].ConceptLabel = s.labelOf(lifts[i].Name, lifts[i].Concept, reader)
	}
}

// labelOf names a concept; which vocabulary it is of follows from the criterion.
func (s *Service) labelOf(criterion, concept, reader string) string {
	if concept == "" {
		return ""
	}
	kind, _, _ := strings.Cut(criterion, ".")
	switch kind {
	case "occupation", "licence":
		return s.vocabulary.Title(concept, reader)
	case "language":
		return s.vocabulary.LanguageName(concept, reader)
	case "education":
		return s.vocabulary.FieldName(concept, reader)
	}
	return s.vocabulary.Label(concept, reader)
}
