// SPDX-License-Identifier: AGPL-3.0-or-later

package notices

import (
	"context"
	"slices"
	"time"

	"gorm.io/gorm/clause"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/store"
)

// Preferences are what a person wants to hear, how soon, and when not.
type Preferences struct {
	TimeZone           string
	QuietFrom, QuietTo int // hours of the person's clock; equal: no quiet hours
	DigestHour         int
	Version            int
	Choices            []Choice
}

// Choice is one kind of news and how soon the person wants to hear of it.
type Choice struct {
	Kind      string
	Group     string
	Label     string
	Frequency Frequency
	Usual     Frequency
}

// rolesIn are all the roles in which the person may act.
func rolesIn(tx *store.Tx, who identity.Actor) ([]identity.Role, error) {
	var roles []identity.Role
	err := tx.Raw(`SELECT DISTINCT role FROM memberships WHERE user_id = ? AND state = 'confirmed'`, who.UserID).Scan(&roles).Error
	if who.ProfessionalID != "" {
		roles = append(roles, identity.Professional)
	}
	return roles, err
}

// eligible are the kinds among which the roles may choose.
func eligible(roles []identity.Role) []kind {
	var out []kind
	seen := map[string]bool{}
	for _, k := range kinds {
		if k.Group == "" || seen[k.Name] || !k.concerns(roles) {
			continue
		}
		seen[k.Name] = true
		out = append(out, k)
	}
	return out
}

// Preferences returns what the person wants.
func (s *Service) Preferences(ctx context.Context, who identity.Actor) (Preferences, error) {
	var out Preferences
	err := s.DB.View(ctx, func(tx *store.Tx) (err error) {
		out, err = s.preferencesIn(tx, who)
		return err
	})
	return out, err
}

func (s *Service) preferencesIn(tx *store.Tx, who identity.Actor) (Preferences, error) {
	set, err := settingsIn(tx, who.UserID)
	if err != nil {
		return Preferences{}, err
	}
	chosen, err := choicesIn(tx, who.UserID)
	if err != nil {
		return Preferences{}, err
	}
	roles, err := rolesIn(tx, who)
	p := Preferences{TimeZone: set.TimeZone, QuietFrom: set.QuietFrom, QuietTo: set.QuietTo, DigestHour: set.DigestHour, Version: max(set.Version, 1)}
	for _, k := range eligible(roles) {
		p.Choices = append(p.Choices, Choice{Kind: k.Name, Group: k.Group, Label: s.Texts.Label(who.Locale, k.Name), Frequency: chosen.of(k), Usual: k.Usual})
	}
	return p, err
}

// check complains about preferences that cannot be kept.
func (p Preferences) check(may []kind) error {
	var c fault.Check
	_, err := time.LoadLocation(p.TimeZone)
	c.That(err == nil && p.TimeZone != "" && p.TimeZone != "Local", "timeZone", "zone.unknown", "Please choose a time zone such as Africa/Accra.")
	for field, hour := range map[string]int{"quietFrom": p.QuietFrom, "quietTo": p.QuietTo, "digestHour": p.DigestHour} {
		c.That(hour >= 0 && hour <= 23, field, "hour.range", "Please choose a full hour between 0 and 23.")
	}
	seen := map[string]bool{}
	for _, one := range p.Choices {
		known := slices.ContainsFunc(may, func(k kind) bool { return k.Name == one.Kind })
		c.That(known, "choices", "notice.kind", "There is nothing to choose about %q.", one.Kind)
		c.That(slices.Contains(Frequencies, one.Frequency), "choices", "notice.frequency", "Please choose instant, daily, weekly or none.")
		c.That(!seen[one.Kind], "choices", "notice.twice", "%q is listed twice.", one.Kind)
		seen[one.Kind] = true
	}
	return c.Err()
}

// Choose writes what the person wants, unless somebody changed it since the version.
func (s *Service) Choose(ctx context.Context, who identity.Actor, p Preferences) (Preferences, error) {
	var out Preferences
	err := s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		roles, err := rolesIn(tx, who)
		if err != nil {
			return err
		}
		may := eligible(roles)
		if err := p.check(may); err != nil {
			return err
		}
		if err := saveSettingsIn(tx, who.UserID, p); err != nil {
			return err
		}
		for _, one := range p.Choices {
			if err := chooseIn(tx, who.UserID, one.Kind, one.Frequency); err != nil {
				return err
			}
		}
		tx.Emit("notices.chosen", who.UserID)
		out, err = s.preferencesIn(tx, who)
		return err
	})
	return out, err
}

// saveSettingsIn writes the settings of a person who saw the version.
func saveSettingsIn(tx *store.Tx, userID string, p Preferences) error {
	row := settings{UserID: userID, TimeZone: p.TimeZone, QuietFrom: p.QuietFrom, QuietTo: p.QuietTo, DigestHour: p.DigestHour, Version: p.Version + 1, UpdatedAt: tx.Now}
	if p.Version == 1 { // the usual ones are not written: this may be the first time
		res := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&row)
		if res.Error != nil || res.RowsAffected > 0 {
			return res.Error
		}
	}
	return store.Saved(tx.Model(&row).Where("version = ?", p.Version).Select("*").Updates(&row))
}

func chooseIn(tx *store.Tx, userID, kind string, often Frequency) error {
	row := choice{UserID: userID, Kind: kind, Frequency: often}
	return tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "user_id"}, {Name: "kind"}}, DoUpdates: clause.AssignmentColumns([]string{"frequency"})}).Create(&row).Error
}

// Stopped is what one click has ended.
type Stopped struct {
	Label  string
	Locale string
}

// deadToken answers a link that is not ours, or of somebody who is gone.
var deadToken = fault.New(fault.Missing, "unsubscribe.unknown", "This link is not complete. Please open it from the mail again, or sign in and choose there.")

// Stoppable says what a link of a mail would end, without ending it.
func (s *Service) Stoppable(ctx context.Context, token string) (Stopped, error) {
	userID, k, ok := s.readStop(token)
	if !ok {
		return Stopped{}, deadToken
	}
	var out Stopped
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		u, there, err := userIn(tx, userID)
		if err == nil && !there {
			return deadToken
		}
		out = Stopped{Label: s.Texts.Label(u.Locale, k.Name), Locale: u.Locale}
		return err
	})
	return out, err
}

// Stop ends one kind of mail to the person whom the token names, without signing
// in (RFC 8058). In the product the notices still show.
func (s *Service) Stop(ctx context.Context, token string) (Stopped, error) {
	out, err := s.Stoppable(ctx, token)
	if err != nil {
		return out, err
	}
	userID, k, _ := s.readStop(token)
	return out, s.DB.Change(ctx, store.Stranger, func(tx *store.Tx) error {
		tx.Emit("notices.stopped", userID, store.Details{"kind": k.Name})
		return chooseIn(tx, userID, k.Name, Never)
	})
}
