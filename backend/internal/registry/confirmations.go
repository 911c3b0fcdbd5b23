// SPDX-License-Identifier: AGPL-3.0-or-later

package registry

import (
	"slices"
	"time"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/store"
)

// Confirmation is one row: somebody has seen the person do what they say they can.
type Confirmation struct {
	ID             string
	ProfessionalID string
	Kind           Evidence // ByReferee or ByHost
	Concept        string
	Label          string
	RequestID      *string
	Placement      string // reference of the placement that it comes from
	ByName         string // the referee, or the host institution
	Relation       string
	SeenUntil      day.Day
	Comment        string
	MadeAt         time.Time
	RevokedAt      *time.Time
}

// TableName names the table for GORM.
func (Confirmation) TableName() string { return "skill_confirmations" }

// Relations are how somebody knows the work.
var Relations = []string{"supervisor", "colleague", "teacher", "client", "council"}

// HostConfirmation is what a host says of a person after a placement.
type HostConfirmation struct {
	ProfessionalID string
	Placement      string // its reference
	HostName       string
	Skills         []Skill // by concept, or by label
	SeenUntil      day.Day
	Comment        string
}

// ConfirmByHostIn records what a host confirms after a placement of theirs; whoever
// calls has checked that there was one. Skills that the person does not list are
// left out: nobody's profile says what they did not write. Told again, only what is
// new is added, and what the host no longer says is taken back.
func ConfirmByHostIn(tx *store.Tx, who identity.Actor, c HostConfirmation) error {
	p, err := LockIn(tx, c.ProfessionalID)
	if err != nil {
		return err
	}
	earlier, err := ofPlacementIn(tx, p.ID, c.Placement)
	if err != nil {
		return err
	}
	var rows []Confirmation
	standing := map[string]bool{}
	for _, skill := range c.Skills {
		listed := slices.IndexFunc(p.Skills, func(k Skill) bool { return skillKey(k.Concept, k.Label) == skillKey(skill.Concept, skill.Label) })
		if listed < 0 {
			continue
		}
		key := skillKey(p.Skills[listed].Concept, p.Skills[listed].Label)
		if standing[key] = true; slices.ContainsFunc(earlier, func(e Confirmation) bool { return skillKey(e.Concept, e.Label) == key }) {
			continue
		}
		rows = append(rows, Confirmation{ID: id.New(), ProfessionalID: p.ID, Kind: ByHost, Concept: p.Skills[listed].Concept, Label: p.Skills[listed].Label,
			Placement: c.Placement, ByName: c.HostName, Relation: "host", SeenUntil: c.SeenUntil, Comment: clean(c.Comment), MadeAt: tx.Now})
	}
	taken, err := takeBackIn(tx, earlier, standing)
	if err != nil || len(rows) == 0 && !taken {
		return err
	}
	if err := createAll(tx, rows); err != nil {
		return err
	}
	tx.Emit("skill.confirmed", p.ID, store.Details{"by": string(ByHost), "placement": c.Placement})
	return regradeIn(tx, who, FromHost, &p)
}

// ofPlacementIn returns what a host has confirmed after a placement and not taken back.
func ofPlacementIn(tx *store.Tx, professionalID, placement string) ([]Confirmation, error) {
	var rows []Confirmation
	err := tx.Where("professional_id = ? AND kind = ? AND placement = ? AND revoked_at IS NULL", professionalID, ByHost, placement).Find(&rows).Error
	return rows, err
}

// takeBackIn takes back what does not stand any more, and tells whether anything did.
func takeBackIn(tx *store.Tx, earlier []Confirmation, standing map[string]bool) (bool, error) {
	taken := false
	for _, e := range earlier {
		if standing[skillKey(e.Concept, e.Label)] {
			continue
		}
		taken = true
		if err := tx.Model(&Confirmation{}).Where("id = ?", e.ID).Update("revoked_at", tx.Now).Error; err != nil {
			return taken, err
		}
	}
	return taken, nil
}

// ConfirmationsIn returns what stands behind the skills of a person, newest first,
// also what was taken back.
func ConfirmationsIn(tx *store.Tx, professionalID string) ([]Confirmation, error) {
	var rows []Confirmation
	err := tx.Where("professional_id = ?", professionalID).Order("made_at DESC, id DESC").Find(&rows).Error
	return rows, err
}

// rank orders the levels of evidence.
var rank = map[Evidence]int{Claimed: 0, WithExperience: 1, ByReferee: 2, ByHost: 3}

// regraded returns the skills with the evidence that stands behind each now. What
// a referee or a host said counts until it is taken back; then what the person
// says counts again. Nothing that is confirmed is lowered by rewriting the list.
func regraded(skills []Skill, confirmations []Confirmation) []Skill {
	out := slices.Clone(skills)
	for i := range out {
		key := skillKey(out[i].Concept, out[i].Label)
		best, taken := Evidence(""), false
		for _, c := range confirmations {
			if skillKey(c.Concept, c.Label) != key {
				continue
			}
			if c.RevokedAt != nil {
				taken = true
			} else if best == "" || rank[c.Kind] > rank[best] {
				best = c.Kind
			}
		}
		switch {
		case best != "" && (taken || rank[best] > rank[out[i].Evidence]):
			out[i].Evidence = best
		case best == "" && taken && rank[out[i].Evidence] >= rank[ByReferee]:
			out[i].Evidence = ownEvidence(out[i])
		}
	}
	return out
}

// ownEvidence is what a person's own word is worth.
func ownEvidence(s Skill) Evidence {
	if s.Years > 0 {
		return WithExperience
	}
	return Claimed
}

// regradeIn writes the evidence of a person's skills anew, with where it came from.
func regradeIn(tx *store.Tx, who identity.Actor, source Source, p *Profile) error {
	confirmations, err := ConfirmationsIn(tx, p.ID)
	if err != nil {
		return err
	}
	written := *p
	written.Skills = regraded(p.Skills, confirmations)
	changes := overwrite(p, &written)
	if len(changes) == 0 {
		return nil
	}
	if err := saveSectionIn(tx, p, "skills"); err != nil {
		return err
	}
	if err := rememberIn(tx, p.ID, who, source, changes); err != nil {
		return err
	}
	tx.Emit("professional.updated", p.ID, store.Details{"fields": names(changes)})
	return saveIn(tx, &p.Professional)
}

var refereeMissing = fault.New(fault.Missing, "referee.missing", "This link is not valid any more. Please ask the person who named you for a new one.")
