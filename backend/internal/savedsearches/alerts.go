// SPDX-License-Identifier: AGPL-3.0-or-later

package savedsearches

import (
	"context"
	"encoding/base64"
	"fmt"
	"strings"
	"time"

	"gorm.io/gorm"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/search"
	"sankofa/backend/internal/store"
)

// Alert tells a follower of somebody who newly meets a saved search.
type Alert struct {
	ID             string
	SearchID       string
	SearchName     string
	Kind           Kind
	NeedReference  string
	ProfessionalID string
	FoundAt        time.Time
	DueAt          time.Time
	Read           bool
	search.Glance
}

// Filter narrows the list of alerts.
type Filter struct {
	SearchID string // of one saved search only
	Unread   bool
	After    string
	Limit    int
}

// due is the query of the alerts that the actor is to see now: of searches that they
// may see, about people who can be found in the programme at this moment. Who
// withdraws or takes a break is gone from it at once.
func due(tx *store.Tx, who identity.Actor) *gorm.DB {
	if !may(who) {
		return tx.Model(&alert{}).Where("1 = 0")
	}
	return tx.Model(&alert{}).
		Joins("JOIN saved_searches s ON s.id = alerts.search_id AND s.programme_id = ? AND (s.owner_id = alerts.user_id OR s.shared = ?)", who.ProgrammeID, true).
		Joins("JOIN professionals p ON p.id = alerts.professional_id AND p.state = 'active'").
		Joins("JOIN visibility v ON v.professional_id = alerts.professional_id").
		Joins("JOIN professional_programmes e ON e.professional_id = alerts.professional_id AND e.programme_id = s.programme_id").
		Where("alerts.user_id = ? AND alerts.due_at <= ?", who.UserID, tx.Now)
}

// unreadIn counts the alerts that wait for the actor, by saved search.
func unreadIn(tx *store.Tx, who identity.Actor) (map[string]int, error) {
	var rows []struct {
		SearchID string
		N        int
	}
	err := due(tx, who).Where("alerts.read_at IS NULL").Select("alerts.search_id AS search_id, count(*) AS n").Group("alerts.search_id").Scan(&rows).Error
	out := map[string]int{}
	for _, row := range rows {
		out[row.SearchID] = row.N
	}
	return out, err
}

// Unread counts the alerts that wait for the actor.
func (s *Service) Unread(ctx context.Context, who identity.Actor) (int, error) {
	if !may(who) {
		return 0, missing
	}
	var n int64
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		return due(tx, who).Where("alerts.read_at IS NULL").Count(&n).Error
	})
	return int(n), err
}

// Alerts returns the actor's alerts, the latest first, and the cursor of the next
// page. Everybody who is shown is recorded as seen.
func (s *Service) Alerts(ctx context.Context, who identity.Actor, f Filter) ([]Alert, string, error) {
	if !may(who) {
		return nil, "", missing
	}
	at, last, err := readCursor(f.After)
	if err != nil {
		return nil, "", err
	}
	limit := min(max(f.Limit, 1), 100)
	var out []Alert
	next := ""
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		query := due(tx, who).Select("alerts.*").Order("alerts.due_at DESC, alerts.id DESC").Limit(limit + 1)
		if f.Unread {
			query = query.Where("alerts.read_at IS NULL")
		}
		if f.SearchID != "" {
			query = query.Where("alerts.search_id = ?", f.SearchID)
		}
		if last != "" {
			query = query.Where("(alerts.due_at < ? OR alerts.due_at = ? AND alerts.id < ?)", at, at, last)
		}
		var rows []alert
		if err := query.Find(&rows).Error; err != nil {
			return err
		}
		if len(rows) > limit {
			rows = rows[:limit]
			next = cursorOf(rows[limit-1])
		}
		out, err = alertsIn(tx, who, rows)
		return err
	})
	if err != nil {
		return nil, "", err
	}
	shown := make([]string, len(out))
	for i, a := range out {
		shown[i] = a.ProfessionalID
	}
	if s.Views != nil && len(shown) > 0 {
		s.Views.Viewed(who, shown, "alert", "")
	}
	return out, next, nil
}

// alertsIn shows alerts with whom they are about.
func alertsIn(tx *store.Tx, who identity.Actor, rows []alert) ([]Alert, error) {
	searches, people := []string{}, make([]string, len(rows))
	for i, a := range rows {
		searches, people[i] = append(searches, a.SearchID), a.ProfessionalID
	}
	var found []SavedSearch
	if len(rows) > 0 {
		if err := scoped(tx, who).Where("saved_searches.id IN ?", searches).Find(&found).Error; err != nil {
			return nil, err
		}
	}
	views, err := viewsIn(tx, who, found)
	if err != nil {
		return nil, err
	}
	by := map[string]View{}
	for _, v := range views {
		by[v.ID] = v
	}
	glances, err := search.GlancesIn(tx, who.ProgrammeID, people)
	if err != nil {
		return nil, err
	}
	out := []Alert{}
	for _, a := range rows {
		glance, ok := glances[a.ProfessionalID]
		if !ok {
			continue
		}
		v := by[a.SearchID]
		out = append(out, Alert{ID: a.ID, SearchID: a.SearchID, SearchName: v.Name, Kind: v.Kind, NeedReference: v.NeedReference,
			ProfessionalID: a.ProfessionalID, FoundAt: a.FoundAt, DueAt: a.DueAt, Read: a.ReadAt != nil, Glance: glance})
	}
	return out, nil
}

// Read marks alerts as read: those named, or all that are due. It returns how many
// were not read before.
func (s *Service) Read(ctx context.Context, who identity.Actor, ids []string) (int, error) {
	if !may(who) {
		return 0, missing
	}
	var c fault.Check
	c.That(len(ids) <= 500, "ids", "alert.many", "Please name at most 500 alerts.")
	for i, one := range ids[:min(len(ids), 500)] {
		c.That(id.Valid(one), fmt.Sprintf("ids[%d]", i), "alert.id", "This is not the identifier of an alert.")
	}
	if err := c.Err(); err != nil {
		return 0, err
	}
	var unread []string
	ask := func(tx *store.Tx) error {
		query := due(tx, who).Where("alerts.read_at IS NULL")
		if len(ids) > 0 {
			query = query.Where("alerts.id IN ?", ids)
		}
		return query.Pluck("alerts.id", &unread).Error
	}
	if err := s.DB.View(ctx, ask); err != nil || len(unread) == 0 {
		return 0, err
	}
	err := s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		tx.Emit("alert.read", who.UserID, store.Details{"alerts": len(unread)})
		for start := 0; start < len(unread); start += 500 {
			part := unread[start:min(start+500, len(unread))]
			if err := tx.Model(&alert{}).Where("user_id = ? AND id IN ? AND read_at IS NULL", who.UserID, part).Update("read_at", tx.Now).Error; err != nil {
				return err
			}
		}
		return nil
	})
	return len(unread), err
}

func cursorOf(a alert) string {
	return base64.RawURLEncoding.EncodeToString([]byte(a.DueAt.UTC().Format(time.RFC3339Nano) + " " + a.ID))
}

func readCursor(cursor string) (time.Time, string, error) {
	if cursor == "" {
		return time.Time{}, "", nil
	}
	text, err := base64.RawURLEncoding.DecodeString(cursor)
	moment, last, _ := strings.Cut(string(text), " ")
	at, wrong := time.Parse(time.RFC3339Nano, moment)
	var c fault.Check
	c.That(err == nil && wrong == nil && id.Valid(last), "after", "cursor.unknown", "Please start from the first page again.")
	return at, last, c.Err()
}
