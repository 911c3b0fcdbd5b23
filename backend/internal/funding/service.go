// SPDX-License-Identifier: AGPL-3.0-or-later

package funding

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"gorm.io/gorm/clause"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/store"
)

// Codes tells which codes exist; taxonomy knows them.
type Codes interface{ Country(code string) bool }

// Service keeps the rates of programmes.
type Service struct {
	DB    *store.DB
	Codes Codes
}

// Rates are those of a programme.
type Rates struct {
	Version int // 1 while the programme has set none
	Rates   []Rate
}

type row struct {
	ProgrammeID string `gorm:"primaryKey"`
	Rates       string
	Version     int
	UpdatedAt   time.Time
}

// TableName names the table for GORM.
func (row) TableName() string { return "programme_rates" }

var missing = fault.New(fault.Missing, "rates.missing", "There are no rates here, or they are not open to you.")

var stale = fault.New(fault.Stale, "stale",
	"Someone else changed this in the meantime. Reload to see their version, then make your change again.")

// ratesIn returns the rates of a programme.
func ratesIn(tx *store.Tx, programmeID string) (Rates, error) {
	var found []row
	if err := tx.Where("programme_id = ?", programmeID).Find(&found).Error; err != nil {
		return Rates{}, fmt.Errorf("load rates: %w", err)
	}
	if len(found) == 0 {
		return Rates{Version: 1}, nil
	}
	all := Rates{Version: found[0].Version}
	if err := json.Unmarshal([]byte(found[0].Rates), &all.Rates); err != nil {
		return all, fmt.Errorf("read rates: %w", err)
	}
	return all, nil
}

// RateIn returns what a programme pays for a stay in the country, and whether it has
// said.
func RateIn(tx *store.Tx, programmeID, country string) (Rate, bool, error) {
	all, err := ratesIn(tx, programmeID)
	if err != nil {
		return Rate{}, false, err
	}
	usual, known := Rate{}, false
	for _, r := range all.Rates {
		if r.Country == country {
			return r, true, nil
		}
		if r.Country == "" {
			usual, known = r, true
		}
	}
	return usual, known, nil
}

// RatesOf returns the rates of the acting programme.
func (s *Service) RatesOf(ctx context.Context, who identity.Actor) (Rates, error) {
	if !who.Is(identity.Coordinator) {
		return Rates{}, missing
	}
	var all Rates
	err := s.DB.View(ctx, func(tx *store.Tx) (err error) {
		all, err = ratesIn(tx, who.ProgrammeID)
		return err
	})
	return all, err
}

// SetRates replaces the rates of the acting programme. What was promised before stays
// as it was promised.
func (s *Service) SetRates(ctx context.Context, who identity.Actor, version int, rates []Rate) (Rates, error) {
	if !who.Is(identity.Coordinator) {
		return Rates{}, missing
	}
	if err := check(rates, s.Codes.Country); err != nil {
		return Rates{}, err
	}
	text, err := json.Marshal(rates)
	if err != nil {
		return Rates{}, fmt.Errorf("write rates: %w", err)
	}
	all := Rates{Version: version + 1, Rates: rates}
	err = s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		before, err := ratesIn(tx, who.ProgrammeID)
		if err != nil {
			return err
		}
		if before.Version != version {
			return stale
		}
		tx.Emit("programme.rates_set", who.ProgrammeID, store.Details{"version": all.Version})
		r := row{ProgrammeID: who.ProgrammeID, Rates: string(text), Version: all.Version, UpdatedAt: tx.Now}
		if version == 1 { // that of a programme that has set none
			done := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&r)
			if done.Error == nil && done.RowsAffected == 0 {
				return stale
			}
			return done.Error
		}
		return store.Saved(tx.Model(&row{}).Where("programme_id = ? AND version = ?", r.ProgrammeID, version).Select("*").Updates(&r))
	})
	return all, err
}
