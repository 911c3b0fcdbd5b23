// SPDX-License-Identifier: AGPL-3.0-or-later

package proposals

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"gorm.io/gorm"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/store"
)

// round is one row of the answers to a proposal.
type round struct {
	ProposalID string `gorm:"primaryKey"`
	Round      int    `gorm:"primaryKey"`
	ByUser     string
	At         time.Time
	Position   int64
	Posts      int
	Empty      int
	Pins       int
	Inputs     string
	Result     string
}

// TableName names the table for GORM.
func (round) TableName() string { return "proposal_rounds" }

// scoped is the query of the proposals that the actor may see: what is forgotten
// here shows nothing instead of everything.
func scoped(tx *store.Tx, who identity.Actor) *gorm.DB {
	query := tx.Model(&Proposal{})
	if !who.Is(identity.Coordinator) {
		return query.Where("1 = 0")
	}
	return query.Where("programme_id = ?", who.ProgrammeID)
}

func findIn(tx *store.Tx, who identity.Actor, proposalID string) (Proposal, error) {
	var found []Proposal
	if !id.Valid(proposalID) {
		return Proposal{}, missing
	}
	if err := scoped(tx, who).Where("id = ?", proposalID).Find(&found).Error; err != nil {
		return Proposal{}, fmt.Errorf("load proposal: %w", err)
	}
	if len(found) == 0 {
		return Proposal{}, missing
	}
	return found[0], nil
}

// versionIn is findIn for somebody who means a version.
func versionIn(tx *store.Tx, who identity.Actor, proposalID string, version int) (Proposal, error) {
	p, err := findIn(tx, who, proposalID)
	if err == nil && p.Version != version {
		err = fault.New(fault.Stale, "stale", "Someone else changed this in the meantime. Reload to see their version, then make your change again.")
	}
	return p, err
}

// save writes a changed proposal, unless somebody else changed it first.
func save(tx *store.Tx, p *Proposal) error {
	read := p.Version
	p.Version++
	p.UpdatedAt = tx.Now
	return store.Saved(tx.Model(&Proposal{}).Where("id = ? AND version = ?", p.ID, read).Select("*").Updates(p))
}

// keep writes an answer as a round of its proposal.
func (a answer) keep(tx *store.Tx, who identity.Actor, p Proposal) error {
	inputs, err := json.Marshal(a.inputs)
	if err != nil {
		return fmt.Errorf("write inputs: %w", err)
	}
	result, err := json.Marshal(a.result)
	if err != nil {
		return fmt.Errorf("write result: %w", err)
	}
	row := round{ProposalID: p.ID, Round: p.Round, ByUser: who.UserID, At: tx.Now, Position: a.position, Posts: a.result.Posts, Pins: len(a.inputs.Pins),
		Inputs: string(inputs), Result: string(result)}
	for _, n := range a.result.Needs {
		row.Empty += n.Empty
	}
	if err := tx.Create(&row).Error; err != nil {
		return fmt.Errorf("keep round: %w", err)
	}
	return nil
}

// details are what the ledger keeps: how much, and nobody.
func (a answer) details(round int) store.Details {
	return store.Details{"round": round, "stays": len(a.result.Lines), "pins": len(a.inputs.Pins), "optimal": a.result.Optimal}
}

// View is a proposal with its newest answer, and what changed since the one before.
type View struct {
	Proposal
	By       string // the name of who asked last
	At       time.Time
	Position int64
	Inputs   Inputs
	Result   Result
	Before   *Result // the answer of the round before; nil for the first
	Changes  []Change
	Titles   map[string]Heading // of needs, by reference
}

// Heading is what a reader sees of a need at a glance.
type Heading struct {
	Title        string
	Organisation string
	Country      string
	State        string
}

// Change is what another round means for one person.
type Change struct {
	Person string
	Before *Line // nil: they went nowhere
	After  *Line // nil: they go nowhere
}

// viewIn reads a proposal with its two newest rounds, and who stands in it.
func viewIn(tx *store.Tx, p Proposal) (View, []string, error) {
	var rows []round
	if err := tx.Where("proposal_id = ?", p.ID).Order("round DESC").Limit(2).Find(&rows).Error; err != nil || len(rows) == 0 {
		return View{}, nil, fmt.Errorf("load rounds: %w", err)
	}
	v := View{Proposal: p, At: rows[0].At, Position: rows[0].Position, Changes: []Change{}}
	if err := json.Unmarshal([]byte(rows[0].Inputs), &v.Inputs); err != nil {
		return v, nil, fmt.Errorf("read inputs: %w", err)
	}
	if err := json.Unmarshal([]byte(rows[0].Result), &v.Result); err != nil {
		return v, nil, fmt.Errorf("read result: %w", err)
	}
	if len(rows) == 2 {
		v.Before = &Result{}
		if err := json.Unmarshal([]byte(rows[1].Result), v.Before); err != nil {
			return v, nil, fmt.Errorf("read result: %w", err)
		}
	}
	if err := v.withhold(tx); err != nil {
		return v, nil, err
	}
	if v.Before != nil {
		v.Changes = changes(v.Before.Lines, v.Result.Lines)
	}
	names, err := identity.UserNamesIn(tx, []string{rows[0].ByUser})
	if err != nil {
		return v, nil, err
	}
	v.By = names[rows[0].ByUser]
	if v.Titles, err = headingsIn(tx, v); err != nil {
		return v, nil, err
	}
	people, err := peopleIn(tx, v)
	return v, people, err
}

// headingsIn returns what the needs of a proposal are called.
func headingsIn(tx *store.Tx, v View) (map[string]Heading, error) {
	ids := map[string]bool{}
	for _, n := range v.Result.Needs {
		ids[n.ID] = true
	}
	for _, c := range v.Changes {
		if c.Before != nil {
			ids[c.Before.NeedID] = true
		}
	}
	titles := map[string]Heading{}
	for part := range slices.Chunk(slices.Sorted(maps.Keys(ids)), batch) {
		var found []needs.Need
		if err := tx.Select("id", "reference", "title", "organisation_id", "country", "state").Where("id IN ?", part).Find(&found).Error; err != nil {
			return nil, fmt.Errorf("load needs: %w", err)
		}
		var hosts []string
		for _, n := range found {
			hosts = append(hosts, n.OrganisationID)
		}
		organisations, err := identity.OrganisationsIn(tx, hosts)
		if err != nil {
			return nil, err
		}
		for _, n := range found {
			titles[n.Reference] = Heading{Title: n.Title, Organisation: organisations[n.OrganisationID].Name, Country: n.Country, State: string(n.State)}
		}
	}
	return titles, nil
}

// peopleIn returns the identifiers of everybody who stands in a view.
func peopleIn(tx *store.Tx, v View) ([]string, error) {
	names := map[string]bool{}
	for _, l := range v.Result.Lines {
		names[l.Person] = true
	}
	for _, c := range v.Changes {
		names[c.Person] = true
	}
	if v.Result.Stable != nil {
		for _, m := range slices.Concat(v.Result.Stable.People, v.Result.Stable.Hosts) {
			names[m.Person] = true
		}
	}
	var ids []string
	for part := range slices.Chunk(slices.Sorted(maps.Keys(names)), batch) {
		found, err := registry.ByPseudonymIn(tx, part)
		if err != nil {
			return nil, err
		}
		ids = append(ids, slices.Sorted(maps.Values(found))...)
	}
	return ids, nil
}

// changes compares two answers person by person.
func changes(before, after []Line) []Change {
	type stay struct{ need, person, from, to string }
	key := func(l Line) stay { return stay{l.Need, l.Person, string(l.From), string(l.To)} }
	same := map[stay]bool{}
	for _, l := range before {
		same[key(l)] = true
	}
	gone, come := map[string][]Line{}, map[string][]Line{}
	kept := map[stay]bool{}
	people := map[string]bool{}
	for _, l := range after {
		if same[key(l)] {
			kept[key(l)] = true
			continue
		}
		come[l.Person] = append(come[l.Person], l)
		people[l.Person] = true
	}
	for _, l := range before {
		if !kept[key(l)] {
			gone[l.Person] = append(gone[l.Person], l)
			people[l.Person] = true
		}
	}
	all := []Change{}
	for _, person := range slices.Sorted(maps.Keys(people)) {
		for i := range max(len(gone[person]), len(come[person])) {
			c := Change{Person: person}
			if i < len(gone[person]) {
				c.Before = &gone[person][i]
			}
			if i < len(come[person]) {
				c.After = &come[person][i]
			}
			all = append(all, c)
		}
	}
	return all
}

// Summary is a proposal in a list.
type Summary struct {
	Proposal
	By    string
	At    time.Time
	Posts int
	Empty int
	Pins  int
}

// listIn returns one page of the proposals that the actor may see, newest first.
func listIn(tx *store.Tx, who identity.Actor, after string, limit int) ([]Summary, string, error) {
	query := scoped(tx, who)
	if after != "" {
		query = query.Where("id < ?", after)
	}
	var found []Proposal
	if err := query.Order("id DESC").Limit(limit + 1).Find(&found).Error; err != nil {
		return nil, "", fmt.Errorf("list proposals: %w", err)
	}
	next := ""
	if len(found) > limit {
		found = found[:limit]
		next = found[limit-1].ID
	}
	var rows []round
	ids, users := make([]string, len(found)), make([]string, len(found))
	for i, p := range found {
		ids[i] = p.ID
	}
	err := tx.Raw(`SELECT r.proposal_id, r.round, r.by_user, r.at, r.posts, r.empty, r.pins FROM proposal_rounds r
		JOIN proposals p ON p.id = r.proposal_id AND p.round = r.round WHERE p.id IN ?`, ids).Scan(&rows).Error
	if err != nil {
		return nil, "", fmt.Errorf("load rounds: %w", err)
	}
	for i, r := range rows {
		users[i] = r.ByUser
	}
	names, err := identity.UserNamesIn(tx, users)
	if err != nil {
		return nil, "", err
	}
	all := make([]Summary, len(found))
	for i, p := range found {
		r := rows[slices.IndexFunc(rows, func(r round) bool { return r.ProposalID == p.ID })]
		all[i] = Summary{Proposal: p, By: names[r.ByUser], At: r.At, Posts: r.Posts, Empty: r.Empty, Pins: r.Pins}
	}
	return all, next, nil
}
