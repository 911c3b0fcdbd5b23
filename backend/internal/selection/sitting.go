// SPDX-License-Identifier: AGPL-3.0-or-later

package selection

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm/clause"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/store"
)

// Seat is a place on a committee, and who may take it.
type Seat struct {
	UserID         string
	Name           string
	OrganisationID string
	Organisation   string
	Seat           string
	Chair          bool
}

// Sitting is the committee of a need.
type Sitting struct {
	NeedID   string
	Version  int // of the need
	Members  []Seat
	Possible []Seat // whom the coordinator may put on it
}

// mostMembers is how many sit on a committee at most.
const mostMembers = 15

// Sitting returns the committee of a need.
func (s *Service) Sitting(ctx context.Context, who identity.Actor, needRef string) (Sitting, error) {
	if !who.Is(identity.Coordinator, identity.Host, identity.Ministry) {
		return Sitting{}, missing
	}
	var out Sitting
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		n, err := needs.FindIn(tx, who, needRef)
		if err != nil {
			return err
		}
		out, err = sittingIn(tx, who, n)
		return err
	})
	return out, err
}

func sittingIn(tx *store.Tx, who identity.Actor, n needs.Need) (Sitting, error) {
	out := Sitting{NeedID: n.ID, Version: n.Version}
	err := tx.Raw(`SELECT k.user_id, u.name, k.organisation_id, o.name AS organisation, k.seat, k.chair FROM committee_members k
		JOIN users u ON u.id = k.user_id JOIN organisations o ON o.id = k.organisation_id WHERE k.need_id = ? ORDER BY k.seat, u.name, k.user_id`, n.ID).Scan(&out.Members).Error
	if err != nil {
		return out, fmt.Errorf("load the committee: %w", err)
	}
	if who.Is(identity.Coordinator) {
		out.Possible, err = possibleIn(tx, n)
	}
	return out, err
}

// possibleIn lists who may sit on the committee of a need: officers of the host, the
// coordinator, the ministry of the country and the associations of the programme.
func possibleIn(tx *store.Tx, n needs.Need) ([]Seat, error) {
	var all []Seat
	err := tx.Raw(`SELECT m.user_id, u.name, m.organisation_id, o.name AS organisation, m.role AS seat FROM memberships m
		JOIN users u ON u.id = m.user_id JOIN organisations o ON o.id = m.organisation_id
		WHERE m.programme_id = ? AND m.state = 'confirmed' AND (m.role IN ('coordinator', 'association')
			OR (m.role = 'host' AND m.organisation_id = ?) OR (m.role = 'ministry' AND o.country = ?))
		ORDER BY m.role, o.name, u.name, m.user_id LIMIT 200`, n.ProgrammeID, n.OrganisationID, n.Country).Scan(&all).Error
	if err != nil {
		return nil, fmt.Errorf("load officers: %w", err)
	}
	return all, nil
}

// Seat puts the committee of a need together anew, as long as it has judged nobody.
// The version is the need's.
func (s *Service) Seat(ctx context.Context, who identity.Actor, needRef string, version int, seats []Seat) (Sitting, error) {
	var out Sitting
	err := s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		n, err := needs.FindIn(tx, who, needRef)
		if err != nil {
			return err
		}
		if !who.Is(identity.Coordinator) {
			return denied
		}
		if n, err = needs.TouchIn(tx, n.ID, version); err != nil {
			return err
		}
		if err := s.seatable(tx, n); err != nil {
			return err
		}
		members, err := checkSeats(tx, who, n, seats)
		if err != nil {
			return err
		}
		if err := tx.Where("need_id = ?", n.ID).Delete(&Member{}).Error; err != nil {
			return fmt.Errorf("clear the committee: %w", err)
		}
		if len(members) > 0 {
			if err := tx.Create(&members).Error; err != nil {
				return fmt.Errorf("write the committee: %w", err)
			}
		}
		tx.Emit("need.committee_set", n.ID, store.Details{"members": len(members)})
		out, err = sittingIn(tx, who, n)
		return err
	})
	return out, err
}

// seatable refuses a new committee once the old one has begun to judge.
func (s *Service) seatable(tx *store.Tx, n needs.Need) error {
	if n.State.Over() {
		return fault.New(fault.Conflict, "need.over", "This need is %s already.", n.State.Words())
	}
	var judged int64
	err := tx.Raw(`SELECT count(*) FROM committee_conflicts k JOIN candidacies c ON c.id = k.candidacy_id WHERE c.need_id = ?`, n.ID).Scan(&judged).Error
	if err == nil && judged > 0 {
		return fault.New(fault.Conflict, "committee.begun", "The committee has begun its work. It can no longer be put together anew.")
	}
	return err
}

// checkSeats asks for people who may sit there, each once, with one chair.
func checkSeats(tx *store.Tx, who identity.Actor, n needs.Need, seats []Seat) ([]Member, error) {
	possible, err := possibleIn(tx, n)
	if err != nil {
		return nil, err
	}
	var c fault.Check
	c.That(len(seats) <= mostMembers, "members", "members.many", "Please keep a committee to %d people.", mostMembers)
	chairs, members := 0, []Member{}
	for i, one := range seats[:min(len(seats), mostMembers)] {
		field := fmt.Sprintf("members[%d].userId", i)
		at := slices.IndexFunc(possible, func(p Seat) bool { return p.UserID == one.UserID && p.Seat == one.Seat })
		c.That(at >= 0, field, "member.unknown", "This person may not sit there. Please choose somebody from the list.")
		c.That(!slices.ContainsFunc(members, func(m Member) bool { return m.UserID == one.UserID }), field, "member.twice", "This person stands here twice.")
		if one.Chair {
			chairs++
		}
		if at >= 0 {
			members = append(members, Member{NeedID: n.ID, UserID: one.UserID, OrganisationID: possible[at].OrganisationID, Seat: one.Seat,
				Chair: one.Chair, AddedBy: who.UserID, AddedAt: tx.Now})
		}
	}
	c.That(len(seats) == 0 || chairs == 1, "members", "chair.one", "Please choose one person who chairs the committee; this names %d.", chairs)
	return members, c.Err()
}

// sit is the road of what a member of the committee says about one candidacy. It
// touches no version: several members speak at the same time.
func (s *Service) sit(ctx context.Context, who identity.Actor, candidacyID, event string, states []State,
	act func(*store.Tx, Candidacy, dossier, Member) error) (View, error) {
	var view View
	err := s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		c, err := findIn(tx, who, candidacyID)
		if err != nil {
			return err
		}
		n, err := needs.LockIn(tx, c.NeedID)
		if err != nil {
			return err
		}
		d, err := dossierIn(tx, who, c, n)
		if err != nil {
			return err
		}
		member, sits := d.committee.member(who.UserID)
		if !sits {
			return denied
		}
		if err := c.only("judged", states...); err != nil {
			return err
		}
		if err := act(tx, c, d, member); err != nil {
			return err
		}
		announce(tx, event, c, c.State)
		view, err = viewIn(tx, who, c, true)
		return err
	})
	return view, err
}

// Declare is a member's word about their own interests: whoever has one stays away.
func (s *Service) Declare(ctx context.Context, who identity.Actor, candidacyID string, conflict bool, reason string) (View, error) {
	return s.sit(ctx, who, candidacyID, "candidacy.interest_declared", []State{Shortlisted, UnderAssessment}, func(tx *store.Tx, c Candidacy, _ dossier, _ Member) error {
		var check fault.Check
		least := 0
		if conflict {
			least = 1
		}
		check.Length(strings.TrimSpace(reason), "reason", least, mostText)
		if err := check.Err(); err != nil {
			return err
		}
		done := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&Conflict{CandidacyID: c.ID, UserID: who.UserID, Conflict: conflict,
			Reason: strings.TrimSpace(reason), At: tx.Now})
		if done.Error == nil && done.RowsAffected == 0 {
			return fault.New(fault.Conflict, "committee.declared", "You have declared your interests already.")
		}
		return done.Error
	})
}

// Judge keeps one member's levels for every criterion. They are made without the
// others': whoever has judged everything sees what the others say, and changes nothing
// any more.
func (s *Service) Judge(ctx context.Context, who identity.Actor, candidacyID string, scores []Score) (View, error) {
	return s.sit(ctx, who, candidacyID, "candidacy.scored", []State{UnderAssessment}, func(tx *store.Tx, c Candidacy, d dossier, m Member) error {
		if !slices.ContainsFunc(d.committee.judges(), func(j Member) bool { return j.UserID == m.UserID }) {
			return fault.New(fault.Conflict, "committee.not_judge", "Please declare your interests first. Whoever has a conflict of interest does not judge.")
		}
		if d.committee.finished(who.UserID) {
			return fault.New(fault.Conflict, "committee.judged", "You have judged every criterion and seen what the others say. Nothing can be changed any more.")
		}
		rows, err := d.checkScores(scores)
		if err != nil {
			return err
		}
		for i := range rows {
			rows[i].CandidacyID, rows[i].Round, rows[i].UserID, rows[i].At = c.ID, c.Round, who.UserID, tx.Now
		}
		done := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&rows)
		if done.Error == nil && int(done.RowsAffected) < len(rows) {
			return fault.New(fault.Conflict, "committee.judged", "You have judged every criterion and seen what the others say. Nothing can be changed any more.")
		}
		return done.Error
	})
}

// checkScores asks for one of four levels for each criterion of the need.
func (d dossier) checkScores(scores []Score) ([]Score, error) {
	var c fault.Check
	rows := []Score{}
	for _, criterion := range d.committee.criteria {
		at := slices.IndexFunc(scores, func(s Score) bool { return s.Criterion == criterion.ID })
		c.That(at >= 0, "scores", "score.missing", "Please judge every criterion; “%s” is missing.", criterion.Label)
		if at >= 0 {
			rows = append(rows, Score{Criterion: criterion.ID, Level: scores[at].Level, Note: strings.TrimSpace(scores[at].Note)})
		}
	}
	for i, s := range scores {
		c.That(s.Level >= 1 && s.Level <= 4, fmt.Sprintf("scores[%d].level", i), "level.range", "Please choose one of the four levels.")
		c.Length(s.Note, fmt.Sprintf("scores[%d].note", i), 0, mostText)
		known := slices.ContainsFunc(d.committee.criteria, func(k needs.Criterion) bool { return k.ID == s.Criterion })
		c.That(known, fmt.Sprintf("scores[%d].criterion", i), "criterion.unknown", "This is not a criterion of the need.")
	}
	return rows, c.Err()
}

// Refer keeps what somebody who knows the person's work told the committee.
func (s *Service) Refer(ctx context.Context, who identity.Actor, candidacyID, referee, words string) (View, error) {
	return s.sit(ctx, who, candidacyID, "candidacy.reference_taken", []State{Shortlisted, UnderAssessment}, func(tx *store.Tx, c Candidacy, _ dossier, _ Member) error {
		var check fault.Check
		check.Length(strings.TrimSpace(referee), "referee", 1, 300)
		check.Length(strings.TrimSpace(words), "words", 1, mostText)
		if err := check.Err(); err != nil {
			return err
		}
		return tx.Create(&Reference{ID: id.New(), CandidacyID: c.ID, Referee: strings.TrimSpace(referee), Words: strings.TrimSpace(words), ByUser: who.UserID, At: tx.Now}).Error
	})
}

// SetRules says what a programme asks of a selection.
func (s *Service) SetRules(ctx context.Context, who identity.Actor, version int, r Rules) (Rules, error) {
	if !who.Is(identity.Coordinator) {
		return Rules{}, missing
	}
	var check fault.Check
	between := func(n, least, most int, field string) {
		check.That(n >= least && n <= most, field, "number.range", "Please give a number from %d to %d.", least, most)
	}
	between(r.ShortlistLeast, 1, 20, "shortlistLeast")
	between(r.ReferencesLeast, 0, 5, "referencesLeast")
	if err := check.Err(); err != nil {
		return Rules{}, err
	}
	err := s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		before, err := rulesOfIn(tx, who.ProgrammeID)
		if err != nil {
			return err
		}
		if before.Version != version {
			return stale
		}
		r.ProgrammeID, r.Version = who.ProgrammeID, version+1
		tx.Emit("programme.selection_rules_set", who.ProgrammeID, store.Details{"version": r.Version})
		if version == 1 { // that of a programme that has set none
			done := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&r)
			if done.Error == nil && done.RowsAffected == 0 {
				return stale
			}
			return done.Error
		}
		return store.Saved(tx.Model(&Rules{}).Where("programme_id = ? AND version = ?", r.ProgrammeID, version).Select("*").Updates(&r))
	})
	return r, err
}

// RulesOf returns what the acting programme asks of a selection.
func (s *Service) RulesOf(ctx context.Context, who identity.Actor) (Rules, error) {
	if !who.Is(identity.Coordinator) {
		return Rules{}, missing
	}
	var r Rules
	err := s.DB.View(ctx, func(tx *store.Tx) (err error) {
		r, err = rulesOfIn(tx, who.ProgrammeID)
		return err
	})
	return r, err
}
