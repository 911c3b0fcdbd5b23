// SPDX-License-Identifier: AGPL-3.0-or-later

package board

import (
	"fmt"

	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/store"
)

// marks are the tags and assignments of a programme. They are the coordinators' own:
// nobody else sees them.
type marks struct {
	tags     map[string][]string
	assigned map[string]string // the colleague's name
	chosen   []string          // the records that a filter by mark lets through
	known    []string
	members  []Member
}

// inProgramme is the condition of a record of the programme.
const inProgramme = `(subject IN (SELECT c.id FROM candidacies c JOIN needs n ON n.id = c.need_id WHERE n.programme_id = @programme)
	OR subject IN (SELECT id FROM placements WHERE programme_id = @programme) OR subject IN (SELECT id FROM needs WHERE programme_id = @programme))`

// marksIn reads the marks that the reader may see.
func marksIn(tx *store.Tx, who identity.Actor, f Filter) (marks, error) {
	m := marks{tags: map[string][]string{}, assigned: map[string]string{}}
	if !who.Is(identity.Coordinator) {
		return m, nil
	}
	programme := map[string]any{"programme": who.ProgrammeID}
	var tags []struct{ Subject, Tag string }
	if err := tx.Raw(`SELECT subject, tag FROM record_tags WHERE `+inProgramme+` ORDER BY tag, subject`, programme).Scan(&tags).Error; err != nil {
		return m, fmt.Errorf("load tags: %w", err)
	}
	var assigned []struct{ Subject, UserID, Name string }
	err := tx.Raw(`SELECT a.subject, a.user_id, u.name FROM record_assignments a JOIN users u ON u.id = a.user_id WHERE `+inProgramme, programme).Scan(&assigned).Error
	if err != nil {
		return m, fmt.Errorf("load assignments: %w", err)
	}
	err = tx.Raw(`SELECT DISTINCT u.id AS user_id, u.name FROM memberships m JOIN users u ON u.id = m.user_id
		WHERE m.programme_id = ? AND m.role = 'coordinator' AND m.state = 'confirmed' ORDER BY u.name, u.id`, who.ProgrammeID).Scan(&m.members).Error
	if err != nil {
		return m, fmt.Errorf("load coordinators: %w", err)
	}
	tagged, mine := map[string]bool{}, map[string]bool{}
	for _, t := range tags {
		m.tags[t.Subject] = append(m.tags[t.Subject], t.Tag)
		if n := len(m.known); n == 0 || m.known[n-1] != t.Tag {
			m.known = append(m.known, t.Tag)
		}
		tagged[t.Subject] = tagged[t.Subject] || t.Tag == f.Tag
	}
	for _, a := range assigned {
		m.assigned[a.Subject] = a.Name
		mine[a.Subject] = a.UserID == who.UserID
	}
	from := tagged
	if f.Tag == "" {
		from = mine
	}
	for subject, yes := range from {
		if yes && (!f.Mine || mine[subject]) {
			m.chosen = append(m.chosen, subject)
		}
	}
	return m, nil
}
