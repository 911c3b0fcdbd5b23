// SPDX-License-Identifier: AGPL-3.0-or-later

package registry

import (
	"context"
	"errors"
	"slices"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/store"
)

// This file is how an association sees how far its members have come, and how it
// invites many of them again.

// Progress is how far a member of an association has come, from the invitation to
// being found.
type Progress string

// How far members can be: the first four have not answered yet.
const (
	Uninvited   Progress = "uninvited" // no link works, such as after a change of the address
	Sent        Progress = "sent"
	OpenedLink  Progress = "opened"
	Expired     Progress = "expired" // the link ran out unanswered
	Unfound     Progress = "confirmed"
	Found       Progress = "visible"
	Resting     Progress = "paused"
	Withdrew    Progress = "withdrawn" // had agreed to be found, and took it back
	OutOfDate   Progress = "stale"     // not found until the person says that all is still right
	Disinclined Progress = "declined"
)

// restsBetween is how long nobody is sent one more invitation.
const restsBetween = 3 * 24 * time.Hour

// MostInvited is how many people one request invites; the rest is for the next.
const MostInvited = 1000

// Waiting are those who have not answered yet.
var Waiting = []Progress{Uninvited, Sent, OpenedLink, Expired}

// AllProgress lists every progress, in the order of the way.
var AllProgress = append(slices.Clone(Waiting), Unfound, Found, Resting, Withdrew, OutOfDate, Disinclined)

// Known tells whether there is such a progress.
func (p Progress) Known() bool { return slices.Contains(AllProgress, p) }

// waits tells whether who has come so far has not answered.
func (p Progress) waits() bool { return slices.Contains(Waiting, p) }

// progress is the expression for it over the table of professionals; its two
// moments are now, and HideAfter before now.
const progress = `(CASE
	WHEN professionals.state = 'invited' THEN COALESCE((SELECT CASE WHEN i.expires_at <= ? THEN 'expired' WHEN i.opened_at IS NOT NULL THEN 'opened' ELSE 'sent' END
		FROM invitations i WHERE i.professional_id = professionals.id AND i.outcome = ''), 'uninvited')
	WHEN professionals.state <> 'active' THEN professionals.state
	WHEN EXISTS (SELECT 1 FROM visibility v WHERE v.professional_id = professionals.id) THEN 'visible'
	WHEN COALESCE(professionals.confirmed_at, professionals.created_at) <= ? THEN 'stale'
	WHEN EXISTS (SELECT 1 FROM consents c WHERE c.professional_id = professionals.id AND c.purpose = 'registry_search' AND c.status = 'withdrawn')
		AND NOT EXISTS (SELECT 1 FROM consents c WHERE c.professional_id = professionals.id AND c.purpose = 'registry_search' AND c.status = 'active') THEN 'withdrawn'
	ELSE 'confirmed' END)`

func moments(tx *store.Tx) []any { return []any{tx.Now, tx.Now.Add(-HideAfter)} }

// narrowed limits a query over professionals to those who have come so far, and
// to those whom an import of the actor's association brought.
func narrowed(tx *store.Tx, who identity.Actor, query *gorm.DB, so Progress, importID string) *gorm.DB {
	if so != "" {
		query = query.Where(progress+" = ?", append(moments(tx), so)...)
	}
	if importID != "" {
		query = query.Where(`professionals.id IN (SELECT r.professional_id FROM import_rows r JOIN imports m ON m.id = r.import_id
			WHERE m.id = ? AND m.organisation_id = ?)`, importID, who.OrganisationID)
	}
	return query
}

// progressIn tells how far each of the people has come.
func progressIn(tx *store.Tx, ids []string) (map[string]Progress, error) {
	var rows []struct {
		ID    string
		SoFar Progress
	}
	err := tx.Model(&Professional{}).Select("professionals.id, "+progress+" AS so_far", moments(tx)...).Where("professionals.id IN ?", ids).Scan(&rows).Error
	found := make(map[string]Progress, len(rows))
	for _, row := range rows {
		found[row.ID] = row.SoFar
	}
	return found, err
}

// Members is what an association sees of all its members at once.
type Members struct {
	Counts   map[Progress]int
	Total    int
	Oldest   *time.Time // since when the member who waits longest has been here without an answer
	Proposed int        // members whom the association proposed for a need
	Placed   int        // members with a placement that stands or was completed
}

// Members counts the members of the actor's association by how far they have come.
func (s *Service) Members(ctx context.Context, who identity.Actor) (Members, error) {
	out := Members{Counts: map[Progress]int{}}
	if !who.Is(identity.Association) {
		return out, missing
	}
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		var rows []struct {
			SoFar Progress
			N     int
		}
		err := scope(tx, who).Select(progress+" AS so_far, count(*) AS n", moments(tx)...).Group("so_far").Scan(&rows).Error
		if err != nil {
			return err
		}
		for _, row := range rows {
			out.Counts[row.SoFar] = row.N
			out.Total += row.N
		}
		var oldest []Professional
		if err := scope(tx, who).Where("state = ?", Invited).Order("id").Limit(1).Find(&oldest).Error; err != nil {
			return err
		}
		if len(oldest) > 0 {
			out.Oldest = &oldest[0].CreatedAt
		}
		return out.chosenIn(tx, who)
	})
	return out, err
}

// chosenIn counts whom the association brought further. The rows are selection's
// and placements'; only numbers are read, and whom others proposed is not among them.
func (m *Members) chosenIn(tx *store.Tx, who identity.Actor) error {
	members := scope(tx, who).Select("id")
	err := tx.Table("candidacies").Where("nominated_by = ? AND professional_id IN (?)", who.OrganisationID, members).
		Select("count(DISTINCT professional_id)").Scan(&m.Proposed).Error
	if err != nil {
		return err
	}
	return tx.Table("placements").Where("state <> 'CANCELLED' AND programme_id = ? AND professional_id IN (?)", who.ProgrammeID, members).
		Select("count(DISTINCT professional_id)").Scan(&m.Placed).Error
}

// Inviting chooses whom to invite again: members who have not answered.
type Inviting struct {
	Progress Progress // empty: whoever has not answered
	Import   string   // only whom this import brought; empty: everybody
}

// Round is what an invitation of many would do, or has done.
type Round struct {
	Count     int            // people who get a mail with a new link
	Rested    int            // people who had one in the last three days and are left alone
	Languages map[string]int // of those who get one: the language of the mail
	Left      int            // people for whom one request was too few; ask again
}

// invitees finds whom a round would reach, who waits longest first, and how many
// are left alone because they were invited lately.
func invitees(tx *store.Tx, who identity.Actor, in Inviting) (ids []string, rested int, err error) {
	if !who.Is(identity.Association) || in.Progress != "" && !in.Progress.waits() {
		return nil, 0, missing
	}
	waiting := func() *gorm.DB {
		return narrowed(tx, who, scope(tx, who).Where("state = ?", Invited), in.Progress, in.Import)
	}
	const lately = `EXISTS (SELECT 1 FROM invitations i WHERE i.professional_id = professionals.id AND i.created_at > ?)`
	since := tx.Now.Add(-restsBetween)
	var resting int64
	if err := waiting().Where(lately, since).Count(&resting).Error; err != nil {
		return nil, 0, err
	}
	err = waiting().Where("NOT "+lately, since).Order("id").Pluck("id", &ids).Error
	return ids, int(resting), err
}

// CountInvitations tells what InviteMany would do, and does nothing.
func (s *Service) CountInvitations(ctx context.Context, who identity.Actor, in Inviting) (Round, error) {
	var out Round
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		ids, rested, err := invitees(tx, who, in)
		if err != nil {
			return err
		}
		out = Round{Count: len(ids), Rested: rested}
		out.Languages, err = languagesIn(tx, who, ids)
		return err
	})
	return out, err
}

// languagesIn counts in which language mails to invited people are written.
func languagesIn(tx *store.Tx, who identity.Actor, ids []string) (map[string]int, error) {
	out := map[string]int{}
	for part := range slices.Chunk(ids, chunk) {
		spoken, err := MailLanguagesIn(tx, part)
		if err != nil {
			return nil, err
		}
		for _, one := range part {
			language := spoken[one]
			if language == "" {
				language = who.Locale
			}
			out[language]++
		}
	}
	return out, nil
}

// MailLanguagesIn tells in which language of ours people would be written to: that
// of their CV, or their own; of whom neither is known nothing is said.
func MailLanguagesIn(tx *store.Tx, ids []string) (map[string]string, error) {
	var rows []struct{ ID, CVLanguage, Native string }
	err := tx.Raw(`SELECT p.id, p.cv_language, COALESCE((SELECT MIN(l.language) FROM professional_languages l
		WHERE l.professional_id = p.id AND l.native = ? AND l.language IN ?), '') AS native FROM professionals p WHERE p.id IN ?`,
		true, identity.Locales, ids).Scan(&rows).Error
	found := make(map[string]string, len(rows))
	for _, row := range rows {
		if slices.Contains(identity.Locales, row.CVLanguage) {
			found[row.ID] = row.CVLanguage
		} else if row.Native != "" {
			found[row.ID] = row.Native
		}
	}
	return found, err
}

// InviteMany makes a new link for everybody whom the choice reaches and who was
// not invited in the last three days; the mails go out through the outbox. It may
// be cut off and asked again: nobody is invited twice.
func (s *Service) InviteMany(ctx context.Context, who identity.Actor, in Inviting) (Round, error) {
	var ids []string
	out := Round{Languages: map[string]int{}}
	err := s.DB.View(ctx, func(tx *store.Tx) (err error) {
		ids, out.Rested, err = invitees(tx, who, in)
		return err
	})
	if err != nil {
		return Round{}, err
	}
	out.Left = max(len(ids)-MostInvited, 0)
	for part := range slices.Chunk(ids[:len(ids)-out.Left], 100) { // others want to write too
		var invited []string
		err := s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
			var err error
			if invited, err = inviteManyIn(tx, who, part); err != nil {
				return err
			}
			spoken, err := languagesIn(tx, who, invited)
			for language, n := range spoken {
				out.Languages[language] += n
			}
			return err
		})
		if err != nil && !errors.Is(err, errNobody) {
			return out, err
		}
		out.Count += len(invited)
	}
	return out, nil
}

// errNobody ends a change for which a colleague's left nobody.
var errNobody = errors.New("nobody is left to invite")

// inviteManyIn replaces the links of those who still wait, and whom no colleague
// has invited meanwhile.
func inviteManyIn(tx *store.Tx, who identity.Actor, ids []string) ([]string, error) {
	var rows []Professional
	err := tx.Clauses(clause.Locking{Strength: clause.LockingStrengthUpdate}).Where("id IN ? AND state = ?", ids, Invited).Order("id").Find(&rows).Error
	if err != nil {
		return nil, err
	}
	var lately []string
	if err := tx.Model(&Invitation{}).Where("professional_id IN ? AND created_at > ?", ids, tx.Now.Add(-restsBetween)).Pluck("professional_id", &lately).Error; err != nil {
		return nil, err
	}
	var invited []string
	var links []Invitation
	for _, row := range rows {
		if slices.Contains(lately, row.ID) {
			continue
		}
		link, _ := newInvitation(row.ID, who.Author(), tx.Now) // the mail makes a secret of its own
		links, invited = append(links, link), append(invited, row.ID)
		tx.Emit("invitation.sent", row.ID, store.Details{"invitation": link.ID})
	}
	if len(invited) == 0 {
		return nil, errNobody
	}
	err = tx.Model(&Invitation{}).Where("professional_id IN ? AND outcome = ?", invited, Open).Update("outcome", Replaced).Error
	if err != nil {
		return nil, err
	}
	return invited, createAll(tx, links)
}

// Export returns everybody whom the list would show, complete, for a spreadsheet:
// what the actor may not see is not in it, and each person can see that it was made.
func (s *Service) Export(ctx context.Context, who identity.Actor, f Filter) ([]Card, error) {
	if !who.Is(identity.Association) && !who.Is(identity.Coordinator) {
		return nil, missing
	}
	f.After, f.Limit = "", MostExported
	var cards []Card
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		ids, err := listIn(tx, who, f)
		if err != nil {
			return err
		}
		people, err := ProfilesIn(tx, ids[:min(len(ids), MostExported)])
		if err != nil {
			return err
		}
		for part := range slices.Chunk(people, chunk) {
			some, err := s.cardsIn(tx, who, part)
			if err != nil {
				return err
			}
			cards = append(cards, some...)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	s.Audit.Viewed(who, idsOf(cards), "export", "")
	return cards, nil
}

// MostExported is how many people one spreadsheet holds.
const MostExported = 20_000
