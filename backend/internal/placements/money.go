// SPDX-License-Identifier: AGPL-3.0-or-later

package placements

import (
	"context"
	"fmt"
	"slices"
	"time"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/funding"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/store"
)

// plan is what was promised for a stay when its offer was accepted. Amounts are minor
// units of the currency.
type plan struct {
	PlacementID  string `gorm:"primaryKey"`
	Currency     string
	Daily        int64
	Travel       int64
	Lodged       bool
	LodgingShare int
	Tiers        string
	Committed    int64
	Released     int64
	LeaveDays    *int // of leave for every thirty days; nil: no limit was set
	RemoteDays   *int // of work from elsewhere, likewise
	At           time.Time
}

// TableName names the table for GORM.
func (plan) TableName() string { return "placement_plans" }

func (p plan) rate() funding.Rate {
	return funding.Rate{Currency: p.Currency, Daily: p.Daily, Travel: p.Travel, LodgingShare: p.LodgingShare, Tiers: funding.Read(p.Tiers)}
}

// Instalment is a part of an allowance. Two people pay it: one asks, another releases.
type Instalment struct {
	PlacementID string `gorm:"primaryKey"`
	Number      int    `gorm:"primaryKey"`
	Amount      int64  // minor units
	State       string // "ASKED", "RELEASED", "REFUSED"
	AskedBy     string
	AskedAt     time.Time
	ReleasedBy  string
	ReleasedAt  *time.Time
	Mine        bool `gorm:"-"` // the reader may release or refuse it
}

// TableName names the table for GORM.
func (Instalment) TableName() string { return "allowance_instalments" }

// Money is what a stay costs the programme, in minor units.
type Money struct {
	Currency     string
	Daily        int64
	Lodged       bool
	LodgingShare int
	Tiers        []funding.Tier
	Days         int
	Unpaid       int   // days away beyond what the programme allows: no allowance is paid for them
	Allowance    int64 // for the other days of the stay, as they are now
	Travel       int64
	Committed    int64 // that is kept for the stay
	Released     int64 // that was kept, and is free again
	Paid         int64
	Instalments  []Instalment
	CanAsk       bool
}

// planIn copies the rate of the day into the file of a new placement. A programme that
// has set none pays nothing here.
func planIn(tx *store.Tx, p Placement, country string) error {
	rate, known, err := funding.RateIn(tx, p.ProgrammeID, country)
	if err != nil || !known || p.Modality == "virtual" {
		return err
	}
	lodged, err := lodgedIn(tx, p.NeedID)
	if err != nil {
		return err
	}
	row := plan{PlacementID: p.ID, Currency: rate.Currency, Daily: rate.Daily, Travel: rate.Travel, Lodged: lodged, LodgingShare: rate.LodgingShare,
		Tiers: funding.Spelled(rate.Tiers), Committed: rate.Cost(p.Days(), lodged), LeaveDays: rate.LeaveDays, RemoteDays: rate.RemoteDays, At: tx.Now}
	if err := tx.Create(&row).Error; err != nil {
		return fmt.Errorf("write plan: %w", err)
	}
	return nil
}

// lodgedIn tells whether the host of the need gives lodging.
func lodgedIn(tx *store.Tx, needID string) (bool, error) {
	var n int64
	err := tx.Table("need_contributions").Where("need_id = ? AND kind = ?", needID, "lodging").Count(&n).Error
	return n > 0, err
}

func planOf(tx *store.Tx, placementID string) (*plan, error) {
	var found []plan
	if err := tx.Where("placement_id = ?", placementID).Find(&found).Error; err != nil {
		return nil, fmt.Errorf("load plan: %w", err)
	}
	if len(found) == 0 {
		return nil, nil
	}
	return &found[0], nil
}

// settleIn keeps as much as the stay costs with the days that it has now, and frees
// what is over; a stay that was cancelled costs what was paid for it.
func settleIn(tx *store.Tx, p Placement) error {
	row, err := planOf(tx, p.ID)
	if err != nil || row == nil {
		return err
	}
	away, err := awayIn(tx, p.ID)
	if err != nil {
		return err
	}
	needed := row.rate().Cost(p.Days()-unpaid(usedOf(p, away, row)), row.Lodged)
	if p.State == Cancelled {
		if needed, err = paidIn(tx, p.ID); err != nil {
			return err
		}
	}
	changes := map[string]any{"committed": needed}
	if needed < row.Committed {
		changes["released"] = row.Released + row.Committed - needed
	}
	return tx.Model(&plan{}).Where("placement_id = ?", p.ID).Updates(changes).Error
}

func paidIn(tx *store.Tx, placementID string) (int64, error) {
	var sum int64
	err := tx.Raw(`SELECT COALESCE(SUM(amount), 0) FROM allowance_instalments WHERE placement_id = ? AND state = 'RELEASED'`, placementID).Scan(&sum).Error
	return sum, err
}

// moneyIn returns what a stay costs, or nil where nothing was promised.
func moneyIn(tx *store.Tx, p Placement) (*Money, error) {
	row, err := planOf(tx, p.ID)
	if err != nil || row == nil {
		return nil, err
	}
	away, err := awayIn(tx, p.ID)
	if err != nil {
		return nil, err
	}
	lost := unpaid(usedOf(p, away, row))
	m := &Money{Currency: row.Currency, Daily: row.Daily, Lodged: row.Lodged, LodgingShare: row.LodgingShare, Tiers: funding.Read(row.Tiers), Days: p.Days(),
		Unpaid: lost, Allowance: row.rate().Allowance(p.Days()-lost, row.Lodged), Travel: row.Travel, Committed: row.Committed, Released: row.Released}
	if err := tx.Where("placement_id = ?", p.ID).Order("number").Find(&m.Instalments).Error; err != nil {
		return nil, fmt.Errorf("load instalments: %w", err)
	}
	for _, one := range m.Instalments {
		if one.State == "RELEASED" {
			m.Paid += one.Amount
		}
	}
	m.CanAsk = p.State != Cancelled && m.open() > 0
	return m, nil
}

// open is what is neither paid nor asked for.
func (m *Money) open() int64 {
	open := m.Committed
	for _, one := range m.Instalments {
		if one.State != "REFUSED" {
			open -= one.Amount
		}
	}
	return open
}

// of is the money as one reader sees it: who asked and released are officers' names to
// each other, and nothing to the person.
func (m *Money) of(who identity.Actor) *Money {
	if m == nil {
		return nil
	}
	shown := *m
	shown.Instalments = slices.Clone(m.Instalments)
	shown.CanAsk = m.CanAsk && who.Is(identity.Coordinator)
	for i := range shown.Instalments {
		one := &shown.Instalments[i]
		one.Mine = who.Is(identity.Coordinator) && one.State == "ASKED" && !who.Counts(one.AskedBy)
	}
	return &shown
}

// AskInstalment asks that a part of the allowance be paid.
func (s *Service) AskInstalment(ctx context.Context, who identity.Actor, ref string, version int, amount int64) (View, error) {
	return s.change(ctx, who, ref, version, func(tx *store.Tx, p *Placement) error {
		if !who.Is(identity.Coordinator) {
			return denied
		}
		m, err := moneyIn(tx, *p)
		if err != nil {
			return err
		}
		if m == nil || p.State == Cancelled {
			return fault.New(fault.Conflict, "placement.no_money", "Nothing is paid for this placement: its programme had set no rates when the offer was accepted, or it was cancelled.")
		}
		var c fault.Check
		c.That(amount > 0 && amount <= m.open(), "amount", "amount.range", "Please give an amount from 1 to %d: so much is neither paid nor asked for.", m.open())
		if err := c.Err(); err != nil {
			return err
		}
		tx.Emit("placement.instalment_asked", p.ID, store.Details{"number": len(m.Instalments) + 1, "professional": p.ProfessionalID})
		return tx.Create(&Instalment{PlacementID: p.ID, Number: len(m.Instalments) + 1, Amount: amount, State: "ASKED", AskedBy: who.UserID, AskedAt: tx.Now}).Error
	})
}

// DecideInstalment releases what a colleague asked for, or refuses it.
func (s *Service) DecideInstalment(ctx context.Context, who identity.Actor, ref string, version, number int, release bool) (View, error) {
	return s.change(ctx, who, ref, version, func(tx *store.Tx, p *Placement) error {
		if !who.Is(identity.Coordinator) {
			return denied
		}
		var found []Instalment
		if err := tx.Where("placement_id = ? AND number = ?", p.ID, number).Find(&found).Error; err != nil {
			return fmt.Errorf("load instalment: %w", err)
		}
		if len(found) == 0 {
			return fault.New(fault.Missing, "instalment.missing", "There is no such instalment.")
		}
		if found[0].State != "ASKED" {
			return fault.New(fault.Conflict, "instalment.decided", "This was decided already. Reload to see it.")
		}
		// Who asked in whose name stands in the ledger.
		lent, err := identity.ActedForIn(tx, who, p.ID, "placement.instalment_asked")
		if err != nil {
			return err
		}
		if who.Counts(found[0].AskedBy) || lent {
			return fault.New(fault.Conflict, "instalment.own", "You asked for this yourself. A colleague has to release it.")
		}
		state, event := "REFUSED", "placement.instalment_refused"
		if release {
			state, event = "RELEASED", "placement.instalment_released"
		}
		tx.Emit(event, p.ID, store.Details{"number": number, "professional": p.ProfessionalID})
		done := tx.Model(&Instalment{}).Where("placement_id = ? AND number = ? AND state = 'ASKED'", p.ID, number).
			Updates(map[string]any{"state": state, "released_by": who.UserID, "released_at": tx.Now})
		return store.Saved(done)
	})
}
