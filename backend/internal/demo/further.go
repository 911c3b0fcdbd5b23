// SPDX-License-Identifier: AGPL-3.0-or-later

package demo

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/taxonomy"
)

// MostNeeds is how many needs a demonstration may have beyond those that are
// written out: a large programme publishes some hundred a year.
const MostNeeds = 10_000

// furtherReference begins the references of the needs that are drawn.
const furtherReference = "DEMO-G"

// apart keeps the draws of needs away from those of people.
const apart = 0x6e656564

// furtherNeeds draws needs number 1 to n: the terms of reference that are written
// out, asked for by other hosts, in other whole months, and with other skills of
// the same occupation. A need depends on the seed and its number alone.
func (m *maker) furtherNeeds(n int) []terms {
	all := make([]terms, n)
	for i := range all {
		all[i] = m.furtherNeed(i)
	}
	return all
}

func (m *maker) furtherNeed(i int) terms {
	c := newChance(m.seed^apart, i)
	t, host := of(c, m.calls).terms, of(c, m.calls)
	t.Reference, t.Host, t.State = fmt.Sprintf("%s%05d", furtherReference, i+1), host.Host, needs.Published
	t.Round, t.Returned, t.Licence, t.Regulator = 0, nil, "", ""
	t.Headcount, t.Years = c.between(1, 2), c.between(2, 10)
	t.Modality = c.weighted([]option{{"onsite", 70}, {"virtual", 15}, {"hybrid", 15}})
	from := time.Date(2027, time.Month(c.between(1, 10)), 1, 0, 0, 0, 0, time.UTC)
	to := from.AddDate(0, c.between(1, 3), -1)
	t.From, t.To, t.Shortest = from.Format(time.DateOnly), to.Format(time.DateOnly), 0
	if c.in(60) {
		t.Shortest = of(c, []int{14, 21, 28})
	}
	pool := specialised(c, m.skills[t.ISCO])
	required := min(c.between(2, 4), len(pool))
	t.Required = c.asked(pool[:required])
	t.Desirable = c.asked(pool[required:min(required+c.between(1, 6), len(pool))])
	t.Languages = []string{host.from.official + " " + of(c, []string{"B1 B1", "B2 B1", "B2 B2"}) + " required"}
	if also := of(c, host.from.mother).value; also != host.from.official {
		t.Languages = append(t.Languages, also+" B1 - desirable")
	}
	return t
}

// asked gives skills weights from 1 to 5.
func (c chance) asked(skills []taxonomy.Skill) []string {
	out := make([]string, len(skills))
	for i, s := range skills {
		out[i] = fmt.Sprintf("%s %d", s.ID, c.between(1, 5))
	}
	return out
}

// further writes as many of the drawn needs as are wanted and not there yet.
func (l *loader) further(ctx context.Context, wanted int) error {
	if wanted == 0 {
		return nil
	}
	officers, err := readOfficers()
	if err != nil {
		return err
	}
	known := map[string]bool{}
	err = l.DB.View(ctx, func(tx *store.Tx) error {
		var there []string
		err := tx.Raw(`SELECT reference FROM needs WHERE reference LIKE ?`, furtherReference+"%").Scan(&there).Error
		for _, reference := range there {
			known[reference] = true
		}
		return err
	})
	if err != nil {
		return err
	}
	missing := slices.DeleteFunc(l.maker.furtherNeeds(wanted), func(t terms) bool { return known[t.Reference] })
	for part := range slices.Chunk(missing, 100) {
		err := l.DB.Change(ctx, store.System, func(tx *store.Tx) error {
			for _, t := range part {
				if err := l.need(tx, t, officers); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Further tells whether a reference is that of a need that was drawn.
func Further(reference string) bool { return strings.HasPrefix(reference, furtherReference) }
