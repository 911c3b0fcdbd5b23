// SPDX-License-Identifier: AGPL-3.0-or-later

package placements

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/currency"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/papers"
	"sankofa/backend/internal/store"
)

// Good is one line of what a team brings (feature 91).
type Good struct {
	NeedID   string
	Position int // the order
	Name     string
	Quantity int
	Value    int64  // of one piece, minor units of the currency
	Currency string // ISO 4217
	Serial   string
	Stays    bool // given to the host; else it leaves again with the team
}

// TableName names the table for GORM.
func (Good) TableName() string { return "need_equipment" }

// Limits of the list.
const (
	mostGoods    = 200
	mostGoodLine = 300
	mostPieces   = 100_000
	mostWorth    = 2_000_000_000 // of one piece, minor units
)

// Equipment is what the people of a need bring, and who they are.
type Equipment struct {
	Need  needs.Need
	Goods []Good
	Team  []Bringer // who has accepted; empty for whoever may not have the letter
	Edit  bool      // the reader may change the list
}

// Bringer is somebody whom the letter to the customs names.
type Bringer struct {
	Placement string // the reference
	Name      string
	Work      string // the position, or the person's occupation
}

// Equipment returns what the people of a need bring.
func (s *Service) Equipment(ctx context.Context, who identity.Actor, ref string) (Equipment, error) {
	var e Equipment
	var seen []View
	err := s.DB.View(ctx, func(tx *store.Tx) (err error) {
		e, seen, err = equipmentIn(tx, who, ref)
		return err
	})
	if err == nil {
		s.shown(who, seen)
	}
	return e, err
}

func equipmentIn(tx *store.Tx, who identity.Actor, ref string) (e Equipment, seen []View, err error) {
	if e.Need, err = carriedIn(tx, who, ref); err != nil {
		return e, nil, err
	}
	e.Edit = who.Is(identity.Host, identity.Coordinator, identity.Association) && !e.Need.State.Over()
	if err := tx.Where("need_id = ?", e.Need.ID).Order("position").Find(&e.Goods).Error; err != nil {
		return e, nil, fmt.Errorf("load equipment: %w", err)
	}
	if who.Is(identity.Association) {
		return e, nil, nil // it knows its own members, and no others
	}
	e.Team, seen, err = bringersIn(tx, who, e.Need)
	return e, seen, err
}

// carriedIn finds the need of a list. An association keeps sight of the one that it has
// a team for, also when the call is over.
func carriedIn(tx *store.Tx, who identity.Actor, ref string) (needs.Need, error) {
	if !who.Is(identity.Association) {
		if !who.Is(identity.Host, identity.Ministry, identity.Coordinator) {
			return needs.Need{}, noEquipment
		}
		return needs.FindIn(tx, who, ref)
	}
	var found []needs.Need
	err := tx.Where("(id = ? OR reference = ?) AND programme_id = ?", ref, ref, who.ProgrammeID).
		Where("id IN (SELECT need_id FROM teams WHERE organisation_id = ?)", who.OrganisationID).Find(&found).Error
	if err != nil {
		return needs.Need{}, fmt.Errorf("load need: %w", err)
	}
	if len(found) == 0 {
		return needs.Need{}, noEquipment
	}
	return found[0], nil
}

var noEquipment = fault.New(fault.Missing, "equipment.missing", "There is no such list, or it is not open to you.")

// bringersIn returns the people who have accepted to come for a need.
func bringersIn(tx *store.Tx, who identity.Actor, n needs.Need) ([]Bringer, []View, error) {
	var all []Placement
	if err := scoped(tx, who).Where("need_id = ? AND state <> ?", n.ID, Cancelled).Order("reference").Find(&all).Error; err != nil {
		return nil, nil, fmt.Errorf("load placements: %w", err)
	}
	views, err := viewsIn(tx, who, all)
	if err != nil {
		return nil, nil, err
	}
	var work []struct{ PlacementID, Title, OccupationTitle string }
	err = tx.Raw(`SELECT p.id AS placement_id, COALESCE(o.title, '') AS title, r.occupation_title FROM placements p
		JOIN candidacies c ON c.id = p.candidacy_id JOIN professionals r ON r.id = p.professional_id
		LEFT JOIN need_positions o ON o.id = c.position_id WHERE p.need_id = ?`, n.ID).Scan(&work).Error
	if err != nil {
		return nil, nil, fmt.Errorf("load positions: %w", err)
	}
	team := make([]Bringer, len(views))
	for i, v := range views {
		team[i] = Bringer{Placement: v.Reference, Name: cmp.Or(v.Name, v.Pseudonym)}
		for _, w := range work {
			if w.PlacementID == v.ID {
				team[i].Work = cmp.Or(w.Title, w.OccupationTitle)
			}
		}
	}
	slices.SortFunc(team, func(a, b Bringer) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Placement, b.Placement))
	})
	return team, views, nil
}

// SetEquipment writes the list anew: the host, the coordinator, or an association whose
// team brings it. The version is the need's.
func (s *Service) SetEquipment(ctx context.Context, who identity.Actor, ref string, version int, goods []Good) (Equipment, error) {
	var e Equipment
	var seen []View
	err := s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		n, err := carriedIn(tx, who, ref)
		if err != nil {
			return err
		}
		if !who.Is(identity.Host, identity.Coordinator, identity.Association) {
			return fault.New(fault.Denied, "equipment.denied", "You may read this list. The host, the coordinator or the association of the team writes it.")
		}
		if n.State.Over() {
			return fault.New(fault.Conflict, "need.over", "This need is %s already.", n.State.Words())
		}
		if err := checkGoods(goods); err != nil {
			return err
		}
		if n, err = needs.TouchIn(tx, n.ID, version); err != nil {
			return err
		}
		if err := tx.Where("need_id = ?", n.ID).Delete(&Good{}).Error; err != nil {
			return fmt.Errorf("clear equipment: %w", err)
		}
		for i := range goods {
			goods[i].NeedID, goods[i].Position = n.ID, i
			goods[i].Name, goods[i].Serial = strings.TrimSpace(goods[i].Name), strings.TrimSpace(goods[i].Serial)
		}
		if len(goods) > 0 {
			if err := tx.CreateInBatches(goods, 100).Error; err != nil {
				return fmt.Errorf("write equipment: %w", err)
			}
		}
		tx.Emit("need.equipment_set", n.ID, store.Details{"lines": len(goods)})
		e, seen, err = equipmentIn(tx, who, n.ID)
		return err
	})
	if err == nil {
		s.shown(who, seen)
	}
	return e, err
}

// checkGoods complains about a list that no customs officer could read.
func checkGoods(goods []Good) error {
	var c fault.Check
	c.That(len(goods) <= mostGoods, "items", "list.long", "Please keep this to %d rows; it has %d.", mostGoods, len(goods))
	for i, g := range goods[:min(len(goods), mostGoods)] {
		at := func(field string) string { return fmt.Sprintf("items[%d].%s", i, field) }
		c.Length(strings.TrimSpace(g.Name), at("name"), 1, mostGoodLine)
		c.Length(strings.TrimSpace(g.Serial), at("serial"), 0, mostGoodLine)
		c.That(g.Quantity >= 1 && g.Quantity <= mostPieces, at("quantity"), "number.range", "Please give a number from %d to %d.", 1, mostPieces)
		c.That(g.Value >= 0 && g.Value <= mostWorth, at("value"), "number.range", "Please give a number from %d to %d.", 0, int64(mostWorth))
		_, err := currency.ParseISO(g.Currency)
		c.That(err == nil && g.Currency == strings.ToUpper(g.Currency), at("currency"), "currency.unknown", "Please write the currency as three letters, such as EUR.")
	}
	return c.Err()
}

// CustomsLetter writes the letter to the customs of a need as PDF: what comes, what
// leaves again, and who brings it. It names whoever has accepted and was not cancelled,
// in the language that is asked for or else the reader's.
func (s *Service) CustomsLetter(ctx context.Context, who identity.Actor, ref, language string) (string, []byte, error) {
	var e Equipment
	var seen []View
	a := about{language: cmp.Or(language, who.Locale)}
	if _, ok := wordings[a.language]; !ok {
		a.language = "en"
	}
	err := s.DB.View(ctx, func(tx *store.Tx) (err error) {
		if !who.Is(identity.Host, identity.Ministry, identity.Coordinator) {
			return noEquipment
		}
		if e, seen, err = equipmentIn(tx, who, ref); err != nil {
			return err
		}
		if len(e.Goods) == 0 || len(e.Team) == 0 {
			return fault.New(fault.Conflict, "customs.empty", "The letter needs goods on the list and somebody who has accepted to come: there are %d goods and %d people.", len(e.Goods), len(e.Team))
		}
		a.terms.Need = e.Need
		a.From, a.To = e.Need.StartsOn, e.Need.EndsOn
		hosts, err := identity.OrganisationsIn(tx, []string{e.Need.OrganisationID})
		if err != nil {
			return err
		}
		a.host = hosts[e.Need.OrganisationID]
		a.programme, err = identity.ProgrammeIn(tx, e.Need.ProgrammeID)
		return err
	})
	if err != nil {
		return "", nil, err
	}
	s.shown(who, seen)
	text, err := a.customs(e, s.DB.Now())
	return "customs-" + e.Need.Reference + ".pdf", text, err
}

// customs writes the letter.
func (a about) customs(e Equipment, now time.Time) ([]byte, error) {
	w := wordings[a.language]
	text := w.Letters["customs"]
	p := papers.New(papers.Options{Title: text.Title, Language: a.language, At: now, Footer: e.Need.Reference + " · " + now.Format(time.DateOnly)})
	if e.Need.Demo {
		p.Text(w.Demo)
	}
	for _, paragraph := range text.Body {
		p.Text(a.fill(paragraph))
	}
	for _, f := range [][2]string{{"host", a.host.Name}, {"place", a.place()}, {"from", string(a.From)}, {"to", string(a.To)}, {"reference", e.Need.Reference}} {
		p.Field(w.Fields[f[0]], f[1])
	}
	p.Heading(w.Headings["team"] + " (" + strconv.Itoa(len(e.Team)) + ")")
	for _, b := range e.Team {
		p.Item(joinedBy(b.Name, b.Work))
	}
	p.Heading(w.Headings["goods"])
	sums := map[string]int64{}
	for _, g := range e.Goods {
		fate := w.Returns
		if g.Stays {
			fate = w.Stays
		}
		sums[g.Currency] += g.Value * int64(g.Quantity)
		p.Item(joinedBy(fmt.Sprintf("%d × %s", g.Quantity, g.Name), serial(g.Serial), amount(g.Value*int64(g.Quantity), g.Currency), fate))
	}
	for _, code := range slices.Sorted(maps.Keys(sums)) {
		p.Field(w.Fields["total"], amount(sums[code], code))
	}
	return p.Bytes()
}

// serial writes a serial number as it stands on the thing.
func serial(number string) string {
	if number == "" {
		return ""
	}
	return "S/N " + number
}

// amount writes minor units with as many decimals as the currency has.
func amount(minor int64, code string) string {
	unit, err := currency.ParseISO(code)
	if err != nil {
		return strconv.FormatInt(minor, 10) + " " + code
	}
	scale, _ := currency.Standard.Rounding(unit)
	text := strconv.FormatInt(minor, 10)
	if scale > 0 {
		text = strings.Repeat("0", max(0, scale+1-len(text))) + text
		text = text[:len(text)-scale] + "." + text[len(text)-scale:]
	}
	return text + " " + code
}

// ofTeam marks an evaluation that was said of a whole team.
const ofTeam = "team"

// Evaluated is what became of one member when the host evaluated the team.
type Evaluated struct {
	Placement string
	Person    string
	Outcome   string // "done", "kept" where the host evaluated the person alone, "not_now"
}

// EvaluateTeam keeps one evaluation by the host for everybody who serves or has served
// for a need; each stay has it then as its own. Whoever was evaluated alone keeps that.
// Sending it again writes it over.
func (s *Service) EvaluateTeam(ctx context.Context, who identity.Actor, ref string, answers map[string]string) ([]Evaluated, error) {
	var all []Evaluated
	var seen []View
	err := s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		all, seen = nil, nil
		if !who.Is(identity.Host) {
			return noEquipment
		}
		n, err := needs.FindIn(tx, who, ref)
		if err != nil {
			return err
		}
		// Skills are one person's: they are confirmed for each alone.
		if err := forms[HostEvaluation].check(tidied(answers), 0); err != nil {
			return err
		}
		var stays []Placement
		if err := scoped(tx, who).Where("need_id = ? AND state <> ?", n.ID, Cancelled).Order("id").Find(&stays).Error; err != nil {
			return fmt.Errorf("load placements: %w", err)
		}
		if seen, err = viewsIn(tx, who, stays); err != nil {
			return err
		}
		done := 0
		for i, p := range stays {
			outcome, err := s.evaluateOne(tx, who, p, answers)
			if err != nil {
				return err
			}
			if outcome == "done" {
				done++
			}
			all = append(all, Evaluated{Placement: p.Reference, Person: cmp.Or(seen[i].Name, seen[i].Pseudonym), Outcome: outcome})
		}
		if done == 0 {
			return fault.New(fault.Conflict, "evaluation.nobody", "There is nobody to evaluate now: nobody of this need is on duty or has just ended without an evaluation of their own.")
		}
		tx.Emit("need.team_evaluated", n.ID, store.Details{"stays": done})
		return nil
	})
	if err == nil {
		s.shown(who, seen)
	}
	return all, err
}

// evaluateOne writes the evaluation of the team beside one stay.
func (s *Service) evaluateOne(tx *store.Tx, who identity.Actor, p Placement, answers map[string]string) (string, error) {
	if askable(p, HostEvaluation) != nil {
		return "not_now", nil
	}
	var own int64
	err := tx.Model(&Report{}).Where("placement_id = ? AND kind = ? AND role = ? AND NOT of_team", p.ID, HostEvaluation, identity.Host).Count(&own).Error
	if err != nil {
		return "", fmt.Errorf("load evaluations: %w", err)
	}
	if own > 0 {
		return "kept", nil
	}
	return "done", s.lockedReport(tx, who, p.ID, HostEvaluation, answers, ofTeam)
}
