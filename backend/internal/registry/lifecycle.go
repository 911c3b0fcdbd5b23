// SPDX-License-Identifier: AGPL-3.0-or-later

package registry

import (
	"time"

	"sankofa/backend/internal/fault"
)

// Accept makes the profile the person's own: from now on nobody else changes it.
func (p *Professional) Accept(userID string, now time.Time) error {
	if p.State != Invited {
		return fault.New(fault.Conflict, "professional.not_invited", "This invitation has been answered already.")
	}
	p.State, p.UserID, p.ConfirmedAt = Active, &userID, &now
	return nil
}

// Decline records that the person does not want to be here, and forgets what
// was written about them. The name and the address stay, so that the
// association knows whom not to ask again.
func (p *Professional) Decline() error {
	if p.State != Invited {
		return fault.New(fault.Conflict, "professional.not_invited", "This invitation has been answered already.")
	}
	*p = Professional{
		ID: p.ID, Pseudonym: p.Pseudonym, GivenName: p.GivenName, FamilyName: p.FamilyName, Email: p.Email,
		OriginCountry: p.OriginCountry, ResidenceCountry: p.ResidenceCountry, RightOfReturn: "unknown",
		Onsite: true, LongestDays: usualStay, State: Declined, Demo: p.Demo, Version: p.Version, CreatedAt: p.CreatedAt,
		Sought: p.Sought,
	}
	return nil
}

// Pause takes the person out of every search until they resume.
func (p *Professional) Pause() error {
	if p.State != Active {
		return fault.New(fault.Conflict, "professional.not_active", "Your profile is already resting.")
	}
	p.State = Paused
	return nil
}

// Resume ends a pause.
func (p *Professional) Resume() error {
	if p.State != Paused {
		return fault.New(fault.Conflict, "professional.not_paused", "Your profile is not resting.")
	}
	p.State = Active
	return nil
}

// Confirm records that everything is still right.
func (p *Professional) Confirm(now time.Time) error {
	if p.State != Active && p.State != Paused {
		return fault.New(fault.Conflict, "professional.not_active", "Please answer the invitation first.")
	}
	p.ConfirmedAt = &now
	return nil
}

// How old the word of a person may be that everything is still right (feature 25).
const (
	AskAfter  = 180 * 24 * time.Hour // the person is asked to confirm
	SinkAfter = 270 * 24 * time.Hour // readers are told how old the profile is
	HideAfter = 365 * 24 * time.Hour // the profile is not found any more until it is confirmed
)

// Fresh tells whether the person has said recently enough that the profile is right.
func (p *Professional) Fresh(now time.Time) bool { return now.Sub(p.said()) < HideAfter }

// Sinks tells since when nobody has confirmed the profile, and whether that is so long
// ago that readers are told.
func (p *Professional) Sinks(now time.Time) (since time.Time, old bool) {
	return p.said(), now.Sub(p.said()) >= SinkAfter
}

// said is when the person last spoke for the profile.
func (p *Professional) said() time.Time {
	if p.ConfirmedAt != nil {
		return *p.ConfirmedAt
	}
	return p.CreatedAt
}

// Missing names the fields that must be filled in before the person can be
// found: a ranking could say nothing about somebody without them.
func (p *Professional) Missing() []string {
	var missing []string
	for _, f := range []struct {
		name string
		ok   bool
	}{
		{"occupationTitle", p.OccupationTitle != ""},
		{"isco", p.ISCO != ""},
	} {
		if !f.ok {
			missing = append(missing, f.name)
		}
	}
	return missing
}
