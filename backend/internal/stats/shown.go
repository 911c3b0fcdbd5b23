// SPDX-License-Identifier: AGPL-3.0-or-later

package stats

import (
	"context"
	"time"

	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/search"
	"sankofa/backend/internal/store"
)

// Kept is how long the log of shown rankings lives. Whoever uses a system that
// ranks people keeps its logs for six months at least (Regulation (EU) 2024/1689,
// Article 26(6)); two years let one compare with the year before.
const Kept = 2 * 365 * 24 * time.Hour

// Ranking is one ranking that somebody saw: a row.
type Ranking struct {
	ID             string
	ProgrammeID    string
	NeedID         string
	SeenBy         string
	OrganisationID string
	Role           string
	At             time.Time
	Algorithm      string // the version of the rules and of their weights
	IndexPosition  int64  // the last event of the ledger that the ranking knew of
	Source         string // "index" or "database"
	Considered     int
	Passed         int
	Shown          int
	Demo           bool // made by the demonstration: nobody saw it
}

// TableName names the table for GORM.
func (Ranking) TableName() string { return "shown_rankings" }

// Person is somebody in a ranking that was shown: a row.
type Person struct {
	RankingID string
	Rank      int
	Pseudonym string
	Score     int // of 1000
}

// TableName names the table for GORM.
func (Person) TableName() string { return "shown_people" }

// atOnce is how many rows one statement writes.
const atOnce = 200

// ShownIn logs a ranking within the change that announces it: who sees it, by
// which rules, and whom with which score.
func (s *Service) ShownIn(tx *store.Tx, who identity.Actor, programmeID string, r *search.Ranking) error {
	row := Ranking{ID: id.New(), ProgrammeID: programmeID, NeedID: r.Need.ID, SeenBy: who.UserID, OrganisationID: who.OrganisationID,
		Role: string(who.Role), At: tx.Now, Algorithm: r.Algorithm, IndexPosition: r.IndexPosition, Source: r.Source,
		Considered: r.Considered, Passed: r.Passed, Shown: len(r.Candidates)}
	people := make([]Person, len(r.Candidates))
	for i, c := range r.Candidates {
		people[i] = Person{Rank: c.Rank, Pseudonym: c.Person, Score: c.Score}
	}
	return LogIn(tx, row, people)
}

// LogIn writes a ranking that was shown, with its people.
func LogIn(tx *store.Tx, row Ranking, people []Person) error {
	if err := tx.Create(&row).Error; err != nil {
		return err
	}
	for i := range people {
		people[i].RankingID = row.ID
	}
	if len(people) == 0 {
		return nil
	}
	return tx.CreateInBatches(people, atOnce).Error
}

// Forget removes what has been kept long enough.
func (s *Service) Forget(ctx context.Context) error {
	before := s.DB.Now().Add(-Kept)
	var old int64
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		return tx.Model(&Ranking{}).Where("at < ?", before).Count(&old).Error
	})
	if err != nil || old == 0 {
		return err
	}
	return s.DB.Change(ctx, store.System, func(tx *store.Tx) error {
		res := tx.Where("at < ?", before).Delete(&Ranking{})
		tx.Emit("ranking.forgotten", "log", store.Details{"rankings": res.RowsAffected})
		return res.Error
	})
}

// Seen is a ranking of the log with the names that a reader knows.
type Seen struct {
	Ranking
	Viewer       string // an officer's name
	Organisation string
	Reference    string // of the need
	Title        string
}

// readersOfLog are the roles that may read who saw what.
var readersOfLog = []identity.Role{identity.Coordinator, identity.Administrator}

// LogFilter chooses entries of the log.
type LogFilter struct {
	Programme string // for administrators: its code
	Need      string // only of this need, by reference
	After     string // only older ones: the identifier of the last one seen
	Limit     int
}

// Log returns the rankings that were shown in a programme, newest first: to its
// coordinator, and to an administrator.
func (s *Service) Log(ctx context.Context, who identity.Actor, f LogFilter) (log []Seen, next string, err error) {
	f.Limit = min(max(f.Limit, 1), 100)
	err = s.view(ctx, who, f.Programme, readersOfLog, func(tx *store.Tx, p Programme) error {
		query := tx.Table("shown_rankings r").Joins("JOIN needs n ON n.id = r.need_id").
			Select(`r.*, n.reference, n.title, COALESCE(u.name, '') AS viewer, COALESCE(o.name, '') AS organisation`).
			Joins("LEFT JOIN users u ON u.id = r.seen_by").Joins("LEFT JOIN organisations o ON o.id = r.organisation_id").
			Where("r.programme_id = ?", p.ID)
		if f.Need != "" {
			query = query.Where("n.reference = ?", f.Need)
		}
		if f.After != "" {
			query = query.Where("r.id < ?", f.After)
		}
		return query.Order("r.id DESC").Limit(f.Limit + 1).Scan(&log).Error
	})
	if len(log) > f.Limit {
		log = log[:f.Limit]
		next = log[f.Limit-1].ID
	}
	return log, next, err
}

// stillFound is the pseudonym of who can be found now, else nothing: the log keeps
// who stood in a ranking, but whoever withdrew or rests is shown in none.
const stillFound = `CASE WHEN EXISTS (SELECT 1 FROM professionals p JOIN visibility v ON v.professional_id = p.id WHERE p.pseudonym = s.pseudonym) THEN s.pseudonym ELSE '' END`

// Shown returns one ranking of the log with everybody in it, by pseudonym.
func (s *Service) Shown(ctx context.Context, who identity.Actor, code, rankingID string) (people []Person, err error) {
	err = s.view(ctx, who, code, readersOfLog, func(tx *store.Tx, p Programme) error {
		return tx.Raw(`SELECT s.ranking_id, s.rank, s.score, `+stillFound+` AS pseudonym FROM shown_people s JOIN shown_rankings r ON r.id = s.ranking_id
			WHERE r.id = ? AND r.programme_id = ? ORDER BY s.rank`, rankingID, p.ID).Scan(&people).Error
	})
	if err == nil && len(people) == 0 {
		err = missing
	}
	return people, err
}

// mostExported bounds an export: some months of a busy programme.
const mostExported = 50_000

// Exported returns the people of the newest rankings of the log, for a spreadsheet.
func (s *Service) Exported(ctx context.Context, who identity.Actor, code string) (rows []ExportedRow, err error) {
	err = s.view(ctx, who, code, readersOfLog, func(tx *store.Tx, p Programme) error {
		return tx.Raw(`SELECT r.id AS ranking, r.at, COALESCE(u.name, '') AS viewer, COALESCE(o.name, '') AS organisation, r.role, n.reference AS need,
				r.algorithm, r.index_position, r.source, r.considered, r.passed, s.rank, `+stillFound+` AS pseudonym, s.score
			FROM shown_people s JOIN shown_rankings r ON r.id = s.ranking_id JOIN needs n ON n.id = r.need_id
			LEFT JOIN users u ON u.id = r.seen_by LEFT JOIN organisations o ON o.id = r.organisation_id
			WHERE r.programme_id = ? ORDER BY r.id DESC, s.rank LIMIT ?`, p.ID, mostExported).Scan(&rows).Error
	})
	return rows, err
}

// ExportedRow is one person of one ranking.
type ExportedRow struct {
	Ranking       string
	At            time.Time
	Viewer        string
	Organisation  string
	Role          string
	Need          string
	Algorithm     string
	IndexPosition int64
	Source        string
	Considered    int
	Passed        int
	Rank          int
	Pseudonym     string
	Score         int
}
