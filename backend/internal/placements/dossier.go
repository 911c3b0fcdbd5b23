// SPDX-License-Identifier: AGPL-3.0-or-later

package placements

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm/clause"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/store"
)

// dossierIn reads what hangs on a placement.
func dossierIn(tx *store.Tx, p Placement) (d dossier, err error) {
	n, person, err := aboutIn(tx, p)
	if err != nil {
		return d, err
	}
	if d.clearances, err = clearancesIn(tx, p, n); err != nil {
		return d, err
	}
	if d.criteria, err = criteriaIn(tx, p.NeedID); err != nil {
		return d, err
	}
	var signed []signature
	ids := make([]string, len(d.clearances))
	for i, c := range d.clearances {
		ids[i] = c.ID
	}
	err = errors.Join(
		tx.Where("clearance_id IN ?", ids).Order("at").Find(&signed).Error,
		tx.Where("placement_id = ?", p.ID).Order("id").Find(&d.steps).Error,
		tx.Where("placement_id = ?", p.ID).Order("id").Find(&d.reports).Error,
		tx.Model(&certificate{}).Select("code").Where("placement_id = ?", p.ID).Limit(1).Scan(&d.code).Error)
	if err != nil {
		return d, fmt.Errorf("load dossier: %w", err)
	}
	d.signatures = map[string][]string{}
	for _, one := range signed {
		d.signatures[one.ClearanceID] = append(d.signatures[one.ClearanceID], one.Role)
	}
	if d.money, err = moneyIn(tx, p); err != nil {
		return d, err
	}
	if d.relieved, err = relievedIn(tx, p); err != nil {
		return d, err
	}
	if err := d.follow(tx, p); err != nil {
		return d, err
	}
	d.guard, err = guardIn(tx, p, person)
	return d, err
}

// follow reads what was measured and counted of a placement.
func (d *dossier) follow(tx *store.Tx, p Placement) (err error) {
	if d.indicators, err = indicatorsIn(tx, p.ID); err != nil {
		return err
	}
	if d.sessions, err = sessionsIn(tx, p.ID); err != nil {
		return err
	}
	if d.away, err = awayIn(tx, p.ID); err != nil {
		return err
	}
	row, err := planOf(tx, p.ID)
	d.used = usedOf(p, d.away, row)
	return err
}

// aboutIn returns the need and the person of a placement.
func aboutIn(tx *store.Tx, p Placement) (n needs.Need, person registry.Professional, err error) {
	if err := tx.Where("id = ?", p.NeedID).Take(&n).Error; err != nil {
		return n, person, fmt.Errorf("load need: %w", err)
	}
	if err := tx.Where("id = ?", p.ProfessionalID).Take(&person).Error; err != nil {
		return n, person, fmt.Errorf("load person: %w", err)
	}
	return n, person, nil
}

// guardIn looks at the stay beside the person's other ones.
func guardIn(tx *store.Tx, p Placement, person registry.Professional) (Guard, error) {
	if p.Modality == "virtual" {
		return Guard{Signal: Green, Rule: "virtual"}, nil
	}
	var others []Placement
	err := tx.Where("professional_id = ? AND id <> ? AND state <> ? AND modality <> 'virtual' AND from_on < ?", p.ProfessionalID, p.ID, Cancelled, p.From).
		Find(&others).Error
	if err != nil {
		return Guard{}, fmt.Errorf("load earlier stays: %w", err)
	}
	earlier := make([]Absence, len(others))
	for i, o := range others {
		earlier[i] = Absence{From: o.From, To: o.To}
	}
	return GuardOf(person.ResidenceStatus, p.From, p.Until(), earlier), nil
}

// signature is one side's name under what several sign.
type signature struct {
	ClearanceID string `gorm:"primaryKey"`
	Role        string `gorm:"primaryKey"`
	ByUser      string
	At          time.Time
}

// TableName names the table for GORM.
func (signature) TableName() string { return "clearance_signatures" }

// clearancesIn returns the checklist of a placement, in its order; one that was never
// written is made from the rules.
func clearancesIn(tx *store.Tx, p Placement, n needs.Need) ([]Clearance, error) {
	var all []Clearance
	if err := tx.Where("placement_id = ?", p.ID).Find(&all).Error; err != nil {
		return nil, fmt.Errorf("load clearances: %w", err)
	}
	if len(all) == 0 {
		return drawnUp(tx, p, n)
	}
	place := func(k ClearanceKind) int { return slices.IndexFunc(rules, func(r rule) bool { return r.kind == k }) }
	slices.SortFunc(all, func(a, b Clearance) int { return place(a.Kind) - place(b.Kind) })
	return all, nil
}

// drawnUp makes the checklist from what is known of the need and the person.
func drawnUp(tx *store.Tx, p Placement, n needs.Need) ([]Clearance, error) {
	var person registry.Professional
	if err := tx.Where("id = ?", p.ProfessionalID).Take(&person).Error; err != nil {
		return nil, fmt.Errorf("load person: %w", err)
	}
	var posts int64
	err := tx.Table("professional_experience").Where("professional_id = ? AND from_on IS NOT NULL AND to_on IS NULL", p.ProfessionalID).Count(&posts).Error
	if err != nil {
		return nil, fmt.Errorf("load experience: %w", err)
	}
	regulated := n.LicenceRequired
	if position, err := positionIn(tx, p); err != nil {
		return nil, err
	} else if position != nil {
		by, err := needs.PositionsIn(tx, n.ID)
		if err != nil {
			return nil, fmt.Errorf("load positions: %w", err)
		}
		of, _ := needs.PositionOf(by[n.ID], position)
		regulated = of.LicenceRequired
	}
	all := Checklist(Facts{Regulated: regulated, Modality: p.Modality, OriginLink: person.OriginLink, Residence: person.ResidenceStatus, Employed: posts > 0})
	for i := range all {
		all[i].ID, all[i].PlacementID, all[i].CreatedAt, all[i].UpdatedAt = id.New(), p.ID, tx.Now, tx.Now
	}
	return all, nil
}

// papers tells whether clearances are looked after now: while a stay is prepared, and
// while it is to be made longer.
func (p Placement) papers() bool {
	return slices.Contains([]State{Preparing, Postponed, ExtensionAsked}, p.Stands())
}

// ensureIn writes the checklist of a placement that has none yet.
func ensureIn(tx *store.Tx, p Placement) error {
	if !p.papers() {
		return nil
	}
	var there int64
	if err := tx.Model(&Clearance{}).Where("placement_id = ?", p.ID).Count(&there).Error; err != nil || there > 0 {
		return err
	}
	var n needs.Need
	if err := tx.Where("id = ?", p.NeedID).Take(&n).Error; err != nil {
		return fmt.Errorf("load need: %w", err)
	}
	all, err := drawnUp(tx, p, n)
	if err != nil || len(all) == 0 {
		return err
	}
	return tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&all).Error
}

// keep writes a changed clearance.
func keep(tx *store.Tx, c *Clearance) error {
	c.UpdatedAt = tx.Now
	return store.Saved(tx.Model(&Clearance{}).Where("id = ?", c.ID).Select("*").Updates(c))
}

// Bring notes what somebody brings for a clearance.
func (s *Service) Bring(ctx context.Context, who identity.Actor, ref string, version int, kind ClearanceKind, paper Paper) (View, error) {
	return s.clearance(ctx, who, ref, version, kind, func(tx *store.Tx, p *Placement, c *Clearance) (string, error) {
		if !who.Is(identity.Coordinator) && !slices.Contains(bringers[kind], string(who.Role)) || len(signers[kind]) > 0 {
			return "", denied
		}
		if err := paper.check(kind); err != nil {
			return "", err
		}
		c.Bring(paper)
		return "placement.clearance_provided", nil
	})
}

// check complains about a paper that cannot be meant.
func (p Paper) check(kind ClearanceKind) error {
	var c fault.Check
	c.Length(p.Reference, "reference", 0, 200)
	c.That(kind != Medical || p.Reference == "", "reference", "clearance.medical", "Of medical fitness only the result is kept. Please leave this empty.")
	for _, d := range []struct {
		field string
		day   day.Day
	}{{"issuedOn", p.IssuedOn}, {"validFrom", p.ValidFrom}, {"validUntil", p.ValidUntil}} {
		c.That(d.day == "" || d.day.Valid(), d.field, "day.invalid", "Please write a date like 2027-02-01.")
	}
	c.That(p.ValidFrom == "" || p.ValidUntil == "" || p.ValidFrom <= p.ValidUntil, "validUntil", "period.order", "The last day comes before the first.")
	return c.Err()
}

// Decide is the coordinator's word about a clearance.
func (s *Service) Decide(ctx context.Context, who identity.Actor, ref string, version int, kind ClearanceKind, state ClearanceState, note string) (View, error) {
	return s.clearance(ctx, who, ref, version, kind, func(tx *store.Tx, p *Placement, c *Clearance) (string, error) {
		if !who.Is(identity.Coordinator) {
			return "", denied
		}
		var check fault.Check
		note = strings.TrimSpace(note)
		check.Length(note, "note", 0, mostText)
		check.That(state == Verified || note != "" || kind == Medical, "note", "required", "Please say why, so that everybody knows.")
		check.That(kind != Medical || note == "", "note", "clearance.medical", "Of medical fitness only the result is kept. Please leave this empty.")
		if err := check.Err(); err != nil {
			return "", err
		}
		return "placement.clearance_decided", c.Decide(state, note, who.UserID, tx.Now, p.From, p.Until())
	})
}

// Sign puts one side's name under what several sign; with the last it is verified.
func (s *Service) Sign(ctx context.Context, who identity.Actor, ref string, version int, kind ClearanceKind) (View, error) {
	return s.clearance(ctx, who, ref, version, kind, func(tx *store.Tx, p *Placement, c *Clearance) (string, error) {
		if !slices.Contains(signers[kind], string(who.Role)) {
			return "", denied
		}
		one := signature{ClearanceID: c.ID, Role: string(who.Role), ByUser: who.UserID, At: tx.Now}
		done := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&one)
		if done.Error != nil {
			return "", fmt.Errorf("write signature: %w", done.Error)
		}
		if done.RowsAffected == 0 {
			return "", fault.New(fault.Conflict, "clearance.signed_already", "Your side has signed this already.")
		}
		if kind == Agreement {
			if err := acceptIn(tx, who, *p); err != nil {
				return "", err
			}
		}
		var names int64
		if err := tx.Model(&signature{}).Where("clearance_id = ?", c.ID).Count(&names).Error; err != nil {
			return "", fmt.Errorf("count signatures: %w", err)
		}
		c.State = Provided
		if int(names) == len(signers[kind]) {
			c.State, c.DecidedBy, c.DecidedAt = Verified, who.UserID, &tx.Now
		}
		return "placement.clearance_signed", nil
	})
}

// clearance changes one line of the checklist of a placement that is prepared.
func (s *Service) clearance(ctx context.Context, who identity.Actor, ref string, version int, kind ClearanceKind,
	f func(*store.Tx, *Placement, *Clearance) (string, error)) (View, error) {
	return s.change(ctx, who, ref, version, func(tx *store.Tx, p *Placement) error {
		if who.Is(identity.Association, identity.Ministry) {
			return denied
		}
		if !p.papers() {
			return fault.New(fault.Conflict, "placement.not_preparing", "This placement is %s. Its clearances are looked after while it is prepared, or an extension is asked for.", p.State.Words())
		}
		var found []Clearance
		if err := tx.Where("placement_id = ? AND kind = ?", p.ID, kind).Find(&found).Error; err != nil {
			return fmt.Errorf("load clearance: %w", err)
		}
		if len(found) == 0 {
			return fault.New(fault.Missing, "clearance.missing", "This placement does not ask for that.")
		}
		event, err := f(tx, p, &found[0])
		if err != nil {
			return err
		}
		tx.Emit(event, p.ID, store.Details{"kind": kind, "state": found[0].State, "professional": p.ProfessionalID})
		return keep(tx, &found[0])
	})
}

// Report keeps what one side tells. It may be written again until the file is closed.
func (s *Service) Report(ctx context.Context, who identity.Actor, ref string, version int, kind ReportKind, answers map[string]string) (View, error) {
	return s.change(ctx, who, ref, version, func(tx *store.Tx, p *Placement) error {
		f, known := forms[kind]
		if !known || !slices.Contains(f.by, who.Role) {
			return denied
		}
		if err := askable(*p, kind); err != nil {
			return err
		}
		return s.reportIn(tx, who, *p, kind, answers, "portal")
	})
}

// certificate is the proof of a stay that was completed.
type certificate struct {
	Code        string `gorm:"primaryKey"`
	PlacementID string
	Days        int
	IssuedOn    day.Day
}

// TableName names the table for GORM.
func (certificate) TableName() string { return "certificates" }

// alphabet is Crockford's base 32: no letter that looks like a number.
var alphabet = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

// certifyIn issues the certificate of a placement, once. Its code cannot be guessed:
// it has eighty bits of chance.
func certifyIn(tx *store.Tx, p Placement) error {
	var chance [10]byte
	_, _ = rand.Read(chance[:]) // never fails
	c := certificate{Code: alphabet.EncodeToString(chance[:]), PlacementID: p.ID, Days: p.Days(), IssuedOn: day.Of(tx.Now)}
	return tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&c).Error
}

// Certificate is what anybody may read who holds its code: that it is real, and what
// service it is for. It does not name the person; the paper does.
type Certificate struct {
	Code         string
	Organisation string
	Country      string
	Title        string // of the need
	From, To     day.Day
	Days         int
	IssuedOn     day.Day
	Demo         bool
}

// Check looks a certificate up by its code, as it is typed.
func (s *Service) Check(ctx context.Context, code string) (Certificate, error) {
	clean := strings.NewReplacer("-", "", " ", "", "O", "0", "I", "1", "L", "1").Replace(strings.ToUpper(code))
	var found []Certificate
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		return tx.Raw(`SELECT c.code, o.name AS organisation, n.country, n.title, p.from_on AS "from", p.to_on AS "to", c.days, c.issued_on, n.demo
			FROM certificates c JOIN placements p ON p.id = c.placement_id JOIN needs n ON n.id = p.need_id JOIN organisations o ON o.id = p.organisation_id
			WHERE c.code = ?`, clean).Scan(&found).Error
	})
	if err != nil {
		return Certificate{}, fmt.Errorf("load certificate: %w", err)
	}
	if len(found) == 0 {
		return Certificate{}, fault.New(fault.Missing, "certificate.missing", "No certificate has this code. Please compare it with the paper, letter by letter.")
	}
	return found[0], nil
}

// Tick ends the stays whose last day has passed, and forgets links that have ended. A
// timer calls it.
func (s *Service) Tick(ctx context.Context) error {
	err := s.DB.Keep(ctx, func(tx *store.Tx) error { return tx.Where("expires_at < ?", tx.Now).Delete(&link{}).Error })
	if err != nil {
		return fmt.Errorf("forget links: %w", err)
	}
	err = s.DB.Change(ctx, store.System, func(tx *store.Tx) error {
		var due []Placement
		if err := tx.Where("state = ? AND to_on < ?", OnDuty, tx.Today()).Where(notWaiting).Order("id").Limit(batch).Find(&due).Error; err != nil {
			return fmt.Errorf("load stays that ended: %w", err)
		}
		if len(due) == 0 {
			return errNothing
		}
		for _, p := range due {
			from := p.Stands()
			p.stand(Ended, "")
			if err := save(tx, &p); err != nil {
				return err
			}
			if err := s.took(tx, identity.Actor{}, p, "end", from, Ask{On: p.To}); err != nil {
				return err
			}
		}
		return nil
	})
	if errors.Is(err, errNothing) {
		return nil
	}
	return err
}

// errNothing ends a change that turned out to have nothing to do.
var errNothing = errors.New("placements: nothing is due")
