// SPDX-License-Identifier: AGPL-3.0-or-later

package needs

import (
	"fmt"
	"slices"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/store"
)

// Position is a part of a need's head count that is of one profession: three surgeons
// of a team of twelve. Whoever stands for the need stands for one of them.
type Position struct {
	ID              string
	NeedID          string
	Position        int    // the order
	ISCO            string `gorm:"column:isco"`
	Title           string // in the host's words
	Headcount       int
	Filled          int // accepted offers; the schema lets it be no more than Headcount
	LicenceRequired bool
}

// TableName names the table for GORM.
func (Position) TableName() string { return "need_positions" }

// heads is how many people the positions add up to.
func heads(all []Position) int {
	sum := 0
	for _, p := range all {
		sum += p.Headcount
	}
	return sum
}

// licensed tells whether anybody whom the need asks for has to have a licence.
func (f Form) licensed() bool {
	return f.LicenceRequired || slices.ContainsFunc(f.Positions, func(p Position) bool { return p.LicenceRequired })
}

// checkPositions asks that the positions make up the head count, each of a profession
// of its own.
func (f Form) checkPositions(c *fault.Check, codes Codes) {
	if len(f.Positions) == 0 || !rows(c, len(f.Positions), "positions") {
		return
	}
	seen := map[string]bool{}
	for i, p := range f.Positions {
		c.That(codes.ISCO(p.ISCO), at("positions", i, "isco"), "isco.unknown",
			"This is not a four-digit unit group of ISCO-08. Please choose an occupation from the list.")
		c.Length(p.Title, at("positions", i, "title"), 1, mostLine)
		c.That(p.Headcount >= 1 && p.Headcount <= mostHeads, at("positions", i, "headcount"), "number.range",
			"Please give a number from %d to %d.", 1, mostHeads)
		c.That(!seen[p.ISCO+p.Title], at("positions", i, "isco"), "position.twice", "This profession stands here twice. Please put both into one row.")
		seen[p.ISCO+p.Title] = true
	}
	c.That(heads(f.Positions) == f.Headcount, "headcount", "positions.sum",
		"The positions add up to %d and the head count says %d. Please make them the same.", heads(f.Positions), f.Headcount)
	c.That(!f.Relay, "relay", "positions.relay", "A relay is of one profession. Please write a need for each.")
}

// Groups returns the occupations that the positions ask for, each once.
func (t Terms) Groups() []string {
	var all []string
	for _, p := range t.Positions {
		if !slices.Contains(all, p.ISCO) {
			all = append(all, p.ISCO)
		}
	}
	return all
}

// AllLicensed tells whether everybody whom the need asks for has to have a licence.
func (t Terms) AllLicensed() bool {
	if len(t.Positions) == 0 {
		return t.LicenceRequired
	}
	return !slices.ContainsFunc(t.Positions, func(p Position) bool { return !p.LicenceRequired })
}

// LicensedFor tells whether somebody who stands for the position has to have a licence.
func (t Terms) LicensedFor(position *string) bool {
	if p, ok := PositionOf(t.Positions, position); ok {
		return p.LicenceRequired
	}
	return t.LicenceRequired
}

// PositionOf finds a position by its identifier.
func PositionOf(all []Position, position *string) (Position, bool) {
	if position == nil {
		return Position{}, false
	}
	i := slices.IndexFunc(all, func(p Position) bool { return p.ID == *position })
	if i < 0 {
		return Position{}, false
	}
	return all[i], true
}

// PositionsIn returns the positions of the needs, in their order.
func PositionsIn(tx *store.Tx, needIDs ...string) (map[string][]Position, error) {
	return children(tx, needIDs, func(p Position) string { return p.NeedID })
}

// PositionFor chooses the position that somebody of an occupation stands for: the one
// that is asked for, or else the only one near to their occupation. It is nil where the
// need has no positions. The field is how requests spell where it was asked for.
func PositionFor(tx *store.Tx, needID, asked, isco, field string) (*string, error) {
	by, err := PositionsIn(tx, needID)
	if err != nil {
		return nil, fmt.Errorf("load positions: %w", err)
	}
	all := by[needID]
	var c fault.Check
	if asked != "" {
		_, known := PositionOf(all, &asked)
		c.That(known, field, "position.unknown", "The need has no such position. Please choose one of those that it names.")
		return &asked, c.Err()
	}
	if len(all) == 0 {
		return nil, nil
	}
	for digits := 4; digits >= 3; digits-- {
		var near []string
		for _, p := range all {
			if len(isco) >= digits && len(p.ISCO) >= digits && isco[:digits] == p.ISCO[:digits] {
				near = append(near, p.ID)
			}
		}
		if len(near) == 1 {
			return &near[0], nil
		}
	}
	c.That(false, field, "position.missing", "This need asks for several professions. Please say which of them this is for.")
	return nil, c.Err()
}

// fillPosition counts one accepted offer of a position. The need is locked already.
func fillPosition(tx *store.Tx, needID string, position *string) error {
	if position == nil {
		var n int64
		err := tx.Model(&Position{}).Where("need_id = ?", needID).Count(&n).Error
		if err == nil && n > 0 {
			err = fault.New(fault.Conflict, "position.missing", "This need asks for several professions. Please say which of them this is for.")
		}
		return err
	}
	res := tx.Exec(`UPDATE need_positions SET filled = filled + 1 WHERE id = ? AND need_id = ? AND filled < headcount`, *position, needID)
	if res.Error == nil && res.RowsAffected == 0 {
		return fault.New(fault.Conflict, "position.full", "All places of this position are taken already.")
	}
	return res.Error
}

// releasePosition takes one accepted offer of a position back.
func releasePosition(tx *store.Tx, position *string) error {
	if position == nil {
		return nil
	}
	return tx.Exec(`UPDATE need_positions SET filled = filled - 1 WHERE id = ? AND filled > 0`, *position).Error
}
