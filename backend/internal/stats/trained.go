// SPDX-License-Identifier: AGPL-3.0-or-later

package stats

import (
	"context"
	"fmt"
	"slices"
	"time"

	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/placements"
	"sankofa/backend/internal/store"
)

// TrainedGroup is how many of one sex, or of one age.
type TrainedGroup struct {
	Name string
	Cell Cell
}

// TrainedTable is those of a kind by one dimension.
type TrainedTable struct {
	Dimension Dimension // BySex or ByAge
	Groups    []TrainedGroup
}

// TrainedKind is all counterparts, or all who came to trainings.
type TrainedKind struct {
	Kind     string
	Sessions int // stays that have counterparts, or trainings
	Total    Cell
	Tables   []TrainedTable
}

// Trained is who learnt from the people of a programme (feature 100), in heads: whoever
// came to two trainings is counted twice.
type Trained struct {
	Programme Programme
	Year      int // 0: since the beginning
	Kinds     []TrainedKind
	Taken     time.Time
}

type headRow struct {
	Kind, Sex, Age string
	People         int
}

// Trained counts heads over all stays of the programme, and withholds what could point
// at somebody. A training belongs to the year in which it was held, counterparts to that
// in which their stay began.
func (s *Service) Trained(ctx context.Context, who identity.Actor, code string, year int) (Trained, error) {
	var r Trained
	err := s.view(ctx, who, code, readersOfReport, func(tx *store.Tx, p Programme) error {
		r = Trained{Programme: p, Year: year, Taken: tx.Now}
		within := between(year)
		args := map[string]any{"programme": p.ID, "from": within.from, "to": within.to}
		const held = ` FROM placement_sessions s JOIN placements p ON p.id = s.placement_id AND p.programme_id = @programme AND p.state <> 'CANCELLED'
			AND COALESCE(s.held_on, p.from_on) >= @from AND COALESCE(s.held_on, p.from_on) < @to`
		var heads []headRow
		err := tx.Raw(`SELECT s.kind, a.sex, a.age, SUM(a.people) AS people`+held+`
			JOIN session_attendance a ON a.placement_id = s.placement_id AND a.number = s.number GROUP BY s.kind, a.sex, a.age`, args).Scan(&heads).Error
		if err != nil {
			return fmt.Errorf("count heads: %w", err)
		}
		var sessions []struct {
			Kind string
			N    int
		}
		if err := tx.Raw(`SELECT s.kind, count(*) AS n`+held+` GROUP BY s.kind`, args).Scan(&sessions).Error; err != nil {
			return fmt.Errorf("count sessions: %w", err)
		}
		for _, kind := range []string{placements.Counterparts, placements.Training} {
			one := trained(kind, heads)
			for _, row := range sessions {
				if row.Kind == kind {
					one.Sessions = row.N
				}
			}
			r.Kinds = append(r.Kinds, one)
		}
		return nil
	})
	return r, err
}

// trained fills the tables of a kind, with groups that are empty left out.
func trained(kind string, heads []headRow) TrainedKind {
	total := []int{0}
	dimensions := []struct {
		by    Dimension
		names []string
		of    func(headRow) string
	}{{BySex, placements.Sexes, func(r headRow) string { return r.Sex }}, {ByAge, placements.Ages, func(r headRow) string { return r.Age }}}
	tables := []*counts{newCounts(len(placements.Sexes), 1), newCounts(len(placements.Ages), 1)}
	for _, row := range heads {
		if row.Kind != kind {
			continue
		}
		total[0] += row.People
		for i, d := range dimensions {
			if at := slices.Index(d.names, d.of(row)); at >= 0 {
				tables[i].reached[at][0] += row.People
			}
		}
	}
	one := TrainedKind{Kind: kind, Total: cells(total, protect(total, tables))[0]}
	for i, d := range dimensions {
		t := TrainedTable{Dimension: d.by}
		for at, name := range d.names {
			if tables[i].reached[at][0] > 0 {
				t.Groups = append(t.Groups, TrainedGroup{Name: name, Cell: cells(tables[i].reached[at], tables[i].open[at])[0]})
			}
		}
		one.Tables = append(one.Tables, t)
	}
	return one
}
