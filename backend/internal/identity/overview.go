// SPDX-License-Identifier: AGPL-3.0-or-later

package identity

import (
	"context"
	"time"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/store"
)

// secondsToStep turns a number of steps into a duration.
func secondsToStep(steps int64) time.Duration { return time.Duration(steps*step) * time.Second }

// Place is a membership with the names that a screen shows.
type Place struct {
	Membership   Membership
	Organisation Organisation
	Programme    *Programme
}

// Overview is what a person's screens need to know about them.
type Overview struct {
	User     User
	Actor    Actor
	Places   []Place
	Enrolled bool        // the second factor is set up
	Required bool        // the acting role asks for one
	Lent     []Delegated // the offices of colleagues in which they may act now
}

// Describe returns the overview of whoever is asking.
func (s *Service) Describe(ctx context.Context, who Actor) (Overview, error) {
	out := Overview{Actor: who, Required: needsSecondFactor(who.Role) && !who.Demo}
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		if err := tx.Where("id = ?", who.UserID).Take(&out.User).Error; err != nil {
			return err
		}
		memberships, err := membershipsIn(tx, who.UserID)
		if err != nil {
			return err
		}
		for _, m := range memberships {
			place, err := placeIn(tx, m)
			if err != nil {
				return err
			}
			out.Places = append(out.Places, place)
		}
		live, err := liveIn(tx, who.UserID)
		if err != nil || len(live) == 0 {
			return err
		}
		out.Lent, err = delegatedAllIn(tx, who, live)
		return err
	})
	out.Enrolled = out.User.TOTPConfirmed
	return out, err
}

func placeIn(tx *store.Tx, m Membership) (Place, error) {
	place := Place{Membership: m}
	var err error
	if place.Organisation, err = OrganisationIn(tx, m.OrganisationID); err != nil {
		return place, err
	}
	if m.ProgrammeID == nil {
		return place, nil
	}
	p, err := ProgrammeIn(tx, *m.ProgrammeID)
	place.Programme = &p
	return place, err
}

// Programmes returns the programmes that the actor has to do with: the acting
// membership's, a professional's own, or all for an administrator.
func (s *Service) Programmes(ctx context.Context, who Actor) ([]Programme, error) {
	var out []Programme
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		query := tx.Model(&Programme{}).Order("code")
		switch who.Role {
		case Administrator:
		case Professional:
			query = query.Where("id IN (SELECT programme_id FROM professional_programmes WHERE professional_id = ?)", who.ProfessionalID)
		default:
			query = query.Where("id = ?", who.ProgrammeID)
		}
		if err := query.Find(&out).Error; err != nil {
			return err
		}
		for i := range out {
			p, err := ProgrammeIn(tx, out[i].ID)
			if err != nil {
				return err
			}
			out[i] = p
		}
		return nil
	})
	return out, err
}

// OpenProgrammes returns the programmes that a person may register for by
// themselves, for anybody who asks.
func (s *Service) OpenProgrammes(ctx context.Context) ([]Programme, error) {
	return s.Programmes(ctx, Actor{Role: Administrator})
}

// Organisations returns the approved partners of the actor's programme, of one
// kind or of all.
func (s *Service) Organisations(ctx context.Context, who Actor, kind string) ([]Organisation, error) {
	var out []Organisation
	if who.ProgrammeID == "" {
		return out, nil
	}
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		query := tx.Model(&Organisation{}).Where("state = 'APPROVED'").
			Where("id IN (SELECT organisation_id FROM programme_organisations WHERE programme_id = ?)", who.ProgrammeID)
		if kind != "" {
			query = query.Where("kind = ?", kind)
		}
		return query.Order("name, id").Limit(500).Find(&out).Error
	})
	return out, err
}

// Revoke ends a membership at once: its sessions lose the role with their next request.
func (s *Service) Revoke(ctx context.Context, who Actor, membershipID string) error {
	if !who.Is(Administrator) {
		return fault.New(fault.Missing, "missing", "There is nothing here for you.")
	}
	return s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		var m Membership
		if err := tx.Where("id = ?", membershipID).Take(&m).Error; err != nil {
			return err
		}
		read := m.Version
		m.State, m.Version = "revoked", m.Version+1
		tx.Emit("membership.revoked", m.ID, store.Details{"user": m.UserID, "organisation": m.OrganisationID})
		return store.Saved(tx.Model(&m).Where("version = ?", read).Select("*").Updates(&m))
	})
}
