// SPDX-License-Identifier: AGPL-3.0-or-later

package registry

import (
	"cmp"
	"time"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/store"
)

// lifeOfInvitation is how long a link works.
const lifeOfInvitation = 30 * 24 * time.Hour

// Outcome is how an invitation ended.
type Outcome string

// The outcomes of an invitation.
const (
	Open      Outcome = ""          // not answered yet
	Confirmed Outcome = "confirmed" // the person made the profile their own
	Refused   Outcome = "declined"
	Replaced  Outcome = "replaced" // a newer link was made
)

// Invitation is one row: a link that an association gave to a person. Only the
// digest of its secret is kept.
type Invitation struct {
	ID             string
	ProfessionalID string
	TokenHash      string
	OrganisationID string
	CreatedBy      string
	CreatedAt      time.Time
	ExpiresAt      time.Time
	OpenedAt       *time.Time
	UsedAt         *time.Time
	Outcome        Outcome
}

// newInvitation makes an invitation and its secret, which is nowhere else.
func newInvitation(professionalID string, by store.Author, now time.Time) (Invitation, string) {
	secret := id.Secret()
	return Invitation{ID: id.New(), ProfessionalID: professionalID, TokenHash: id.Digest(secret), OrganisationID: by.OrganisationID,
		CreatedBy: by.UserID, CreatedAt: now, ExpiresAt: now.Add(lifeOfInvitation)}, secret
}

// usable returns why the link does not work, or nil.
func (i Invitation) usable(now time.Time) error {
	switch {
	case i.Outcome == Replaced:
		return fault.New(fault.Conflict, "invitation.replaced", "There is a newer invitation. Please use the latest link that you were given.")
	case i.Outcome != Open:
		return fault.New(fault.Conflict, "invitation.used", "This invitation has been answered already. Please sign in.")
	case !now.Before(i.ExpiresAt):
		return fault.New(fault.Conflict, "invitation.expired", "This invitation is over. Please ask your association for a new one.")
	}
	return nil
}

// answer ends the invitation.
func (i *Invitation) answer(outcome Outcome, now time.Time) error {
	if err := i.usable(now); err != nil {
		return err
	}
	i.Outcome, i.UsedAt = outcome, &now
	return nil
}

// Standing is how an invitation looks to whoever made it.
type Standing struct {
	State     string // "none", "sent", "opened", "confirmed", "declined", "expired"
	ExpiresAt time.Time
}

// standing tells how the invitation looks now.
func (i Invitation) standing(now time.Time) Standing {
	s := Standing{State: "sent", ExpiresAt: i.ExpiresAt}
	switch {
	case i.Outcome == Confirmed || i.Outcome == Refused:
		s.State = string(i.Outcome)
	case i.Outcome == Replaced || !now.Before(i.ExpiresAt):
		s.State = "expired"
	case i.OpenedAt != nil:
		s.State = "opened"
	}
	return s
}

// unknownLink is the answer to a link that we did not make.
var unknownLink = fault.New(fault.Missing, "invitation.unknown",
	"This link is not valid. Please check that it is complete, or ask your association for a new one.")

// invitationIn returns the invitation with the secret: the one that the officer
// was shown, or the one of the mail.
func invitationIn(tx *store.Tx, secret string) (Invitation, error) {
	var rows []Invitation
	if err := tx.Where("token_hash = ?", id.Digest(secret)).Limit(1).Find(&rows).Error; err != nil {
		return Invitation{}, err
	}
	if len(rows) > 0 {
		return rows[0], nil
	}
	link, ok, err := identity.LinkIn(tx, identity.LinkInvitation, secret)
	if err != nil {
		return Invitation{}, err
	}
	if ok {
		err = tx.Where("id = ?", link.Subject).Limit(1).Find(&rows).Error
	}
	if err != nil || len(rows) == 0 {
		return Invitation{}, cmp.Or(err, error(unknownLink))
	}
	return rows[0], nil
}

// standingsIn returns how the latest invitation of each person looks.
func standingsIn(tx *store.Tx, professionalIDs []string) (map[string]Standing, error) {
	var rows []Invitation
	err := tx.Where("professional_id IN ?", professionalIDs).Order("created_at, id").Find(&rows).Error
	found := make(map[string]Standing, len(rows))
	for _, row := range rows {
		found[row.ProfessionalID] = row.standing(tx.Now)
	}
	return found, err
}

// inviteIn replaces whatever link is open by a new one and returns its secret.
func inviteIn(tx *store.Tx, professionalID string, by store.Author) (string, error) {
	if err := closeLinksIn(tx, professionalID); err != nil {
		return "", err
	}
	invitation, secret := newInvitation(professionalID, by, tx.Now)
	tx.Emit("invitation.sent", professionalID, store.Details{"invitation": invitation.ID})
	return secret, tx.Create(&invitation).Error
}

// closeLinksIn makes every open link of the person useless.
func closeLinksIn(tx *store.Tx, professionalID string) error {
	return tx.Model(&Invitation{}).Where("professional_id = ? AND outcome = ?", professionalID, Open).
		Update("outcome", Replaced).Error
}

// answerIn writes the answer, unless somebody else was faster with the same link.
func answerIn(tx *store.Tx, invitation *Invitation, outcome Outcome) error {
	if err := invitation.answer(outcome, tx.Now); err != nil {
		return err
	}
	res := tx.Model(&Invitation{}).Where("id = ? AND outcome = ?", invitation.ID, Open).
		Select("outcome", "used_at").Updates(invitation)
	if res.Error == nil && res.RowsAffected == 0 {
		return fault.New(fault.Conflict, "invitation.used", "This invitation has been answered already. Please sign in.")
	}
	return res.Error
}
