// SPDX-License-Identifier: AGPL-3.0-or-later

package selection

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/store"
)

// Snapshot is a ranking as it stood at a shortlist. The schema refuses to change it.
type Snapshot struct {
	ID            string
	NeedID        string
	TakenAt       time.Time
	ByUser        string
	Algorithm     string
	IndexPosition int64
	Body          string // JSON, word for word
	SHA256        string `gorm:"column:sha256"`
}

// TableName names the table for GORM.
func (Snapshot) TableName() string { return "ranking_snapshots" }

// Intact tells whether the body is still the one that was kept.
func (s Snapshot) Intact() bool { return s.SHA256 == digest(s.Body) }

func digest(body string) string {
	sum := sha256.Sum256([]byte(body))
	return hex.EncodeToString(sum[:])
}

// keepSnapshot writes the ranking word for word.
func keepSnapshot(tx *store.Tx, who identity.Actor, n needs.Need, r Ranking) (Snapshot, error) {
	s := Snapshot{ID: id.New(), NeedID: n.ID, TakenAt: tx.Now, ByUser: who.UserID, Algorithm: r.Algorithm,
		IndexPosition: r.IndexPosition, Body: string(r.Body), SHA256: digest(string(r.Body))}
	if err := tx.Create(&s).Error; err != nil {
		return s, fmt.Errorf("keep ranking: %w", err)
	}
	return s, nil
}

// Kept is a snapshot with the names around it.
type Kept struct {
	Snapshot
	NeedReference string
	By            string
}

// Snapshots returns the rankings that were kept for a need, newest first.
func (s *Service) Snapshots(ctx context.Context, who identity.Actor, needRef string) ([]Kept, error) {
	if !who.Is(identity.Coordinator) {
		return nil, missing
	}
	var kept []Kept
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		n, err := needs.FindIn(tx, who, needRef)
		if err != nil {
			return err
		}
		var rows []Snapshot
		if err := tx.Where("need_id = ?", n.ID).Order("taken_at DESC, id DESC").Limit(100).Find(&rows).Error; err != nil {
			return fmt.Errorf("load snapshots: %w", err)
		}
		kept, err = signedSnapshots(tx, n, rows)
		return err
	})
	return kept, err
}

// Snapshot returns one ranking as it was kept, and notes whose comparison with the
// need was shown.
func (s *Service) Snapshot(ctx context.Context, who identity.Actor, snapshotID string) (Kept, error) {
	gone := fault.New(fault.Missing, "snapshot.missing", "There is no such ranking, or it is not open to you.")
	if !who.Is(identity.Coordinator) {
		return Kept{}, gone
	}
	var kept Kept
	var people map[string]string
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		var rows []Snapshot
		if err := tx.Where("id = ?", snapshotID).Find(&rows).Error; err != nil {
			return fmt.Errorf("load snapshot: %w", err)
		}
		if len(rows) == 0 {
			return gone
		}
		n, err := needs.FindIn(tx, who, rows[0].NeedID)
		if fault.Is(err, fault.Missing) {
			return gone
		}
		if err != nil {
			return err
		}
		all, err := signedSnapshots(tx, n, rows)
		if err != nil {
			return err
		}
		kept = all[0]
		people, err = compared(tx, kept.Body)
		return err
	})
	if err == nil && s.Views != nil {
		s.Views.Viewed(who, slices.Sorted(maps.Values(people)), "snapshot", kept.NeedID)
	}
	return kept, err
}

// frozenRanking is what selection itself reads of the body of a snapshot.
type frozenRanking struct {
	Candidates []comparison `json:"candidates"`
}

type comparison struct {
	Person string `json:"person"` // the pseudonym
}

// compared returns the identifiers, by pseudonym, of the people whom a frozen
// ranking compares with the need. Of those further down it has the place only.
func compared(tx *store.Tx, body string) (map[string]string, error) {
	var ranking frozenRanking
	if err := json.Unmarshal([]byte(body), &ranking); err != nil {
		return nil, fmt.Errorf("read frozen ranking: %w", err)
	}
	found := map[string]string{}
	for part := range slices.Chunk(ranking.Candidates, batch) {
		some, err := registry.ByPseudonymIn(tx, each(part, func(c comparison) string { return c.Person }))
		if err != nil {
			return nil, fmt.Errorf("load people of a ranking: %w", err)
		}
		maps.Copy(found, some)
	}
	return found, nil
}

// signedSnapshots adds who took them.
func signedSnapshots(tx *store.Tx, n needs.Need, rows []Snapshot) ([]Kept, error) {
	users := each(rows, func(s Snapshot) string { return s.ByUser })
	names, err := identity.UserNamesIn(tx, users)
	if err != nil {
		return nil, err
	}
	return each(rows, func(s Snapshot) Kept { return Kept{Snapshot: s, NeedReference: n.Reference, By: names[s.ByUser]} }), nil
}

// Sheet is the shortlist of a need, with the ranking that it last rested on.
type Sheet struct {
	NeedID   string
	Snapshot *Kept // none before the first shortlist; hosts and ministries see no more of it than when and by whom
	Items    []View
}

// Shortlisted returns the shortlist of a need, as far as the actor may see it.
func (s *Service) Shortlisted(ctx context.Context, who identity.Actor, needRef string) (Sheet, error) {
	if !who.Is(identity.Coordinator, identity.Host, identity.Ministry) {
		return Sheet{}, missing
	}
	var sheet Sheet
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		n, err := needs.FindIn(tx, who, needRef)
		if err != nil {
			return err
		}
		sheet.NeedID = n.ID
		var rows []Snapshot
		err = tx.Where("need_id = ?", n.ID).Order("taken_at DESC, id DESC").Limit(1).Find(&rows).Error
		if err != nil || len(rows) == 0 {
			return err
		}
		kept, err := signedSnapshots(tx, n, rows)
		if err != nil {
			return err
		}
		sheet.Snapshot = &kept[0]
		found, err := shortlistOf(tx, who, n.ID)
		if err != nil {
			return err
		}
		sheet.Items, err = viewsIn(tx, who, found, true)
		return err
	})
	if err == nil {
		s.shown(who, sheet.Items, "shortlist")
	}
	return sheet, err
}
