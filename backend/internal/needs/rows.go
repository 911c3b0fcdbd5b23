// SPDX-License-Identifier: AGPL-3.0-or-later

package needs

import (
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/store"
)

// batch is how many identifiers one query names.
const batch = 500

// NextReferenceIn returns the next reference of a series in the year of the
// clock: "GH-2027-0001". The counter's row stays locked until the transaction
// ends, and goes back with it, so numbers have neither doubles nor gaps.
func NextReferenceIn(tx *store.Tx, series string) (string, error) {
	var last int
	err := tx.Raw(`INSERT INTO reference_counters (series, year, last) VALUES (?, ?, 1)
		ON CONFLICT (series, year) DO UPDATE SET last = reference_counters.last + 1 RETURNING last`,
		series, tx.Now.Year()).Scan(&last).Error
	if err != nil {
		return "", fmt.Errorf("number reference: %w", err)
	}
	return fmt.Sprintf("%s-%d-%04d", series, tx.Now.Year(), last), nil
}

// scoped is the query of the needs that the actor may list: what is forgotten
// here shows nothing instead of everything.
func scoped(tx *store.Tx, who identity.Actor) *gorm.DB {
	query := tx.Model(&Need{})
	switch who.Role {
	case identity.Host:
		return query.Where("organisation_id = ? AND programme_id = ?", who.OrganisationID, who.ProgrammeID)
	case identity.Ministry:
		return query.Where("programme_id = ? AND state NOT IN ?", who.ProgrammeID, unshared).
			Where("country = (SELECT country FROM organisations WHERE id = ?)", who.OrganisationID)
	case identity.Coordinator:
		return query.Where("programme_id = ? AND state NOT IN ?", who.ProgrammeID, unshared)
	case identity.Association:
		return open(query, tx).Where("programme_id = ?", who.ProgrammeID)
	case identity.Professional:
		return open(query, tx).Where("programme_id IN (SELECT programme_id FROM professional_programmes WHERE professional_id = ?)", who.ProfessionalID)
	}
	return query.Where("1 = 0")
}

// unshared are the states in which a need is its host's alone.
var unshared = []State{Draft, Expired}

// open narrows to the calls that are open today.
func open(query *gorm.DB, tx *store.Tx) *gorm.DB {
	return query.Where("state = ? AND (opens_on IS NULL OR opens_on <= ?)", Published, tx.Today())
}

// readable is scoped for one need: a person keeps sight of the need that they
// are a candidate for, whatever has become of it since.
func readable(tx *store.Tx, who identity.Actor) *gorm.DB {
	if who.Role != identity.Professional || who.ProfessionalID == "" {
		return scoped(tx, who)
	}
	return tx.Model(&Need{}).Where(scoped(tx, who)).
		Or("id IN (SELECT need_id FROM candidacies WHERE professional_id = ?)", who.ProfessionalID)
}

// FindIn returns a need by identifier or reference, as far as the actor may see it.
func FindIn(tx *store.Tx, who identity.Actor, ref string) (Need, error) {
	var n Need
	column := "reference"
	if id.Valid(ref) {
		column = "id"
	}
	err := tx.Model(&Need{}).Where(readable(tx, who)).Where(column+" = ?", ref).Limit(1).Find(&n).Error
	if err == nil && n.ID == "" {
		return n, missing
	}
	return n, err
}

// ReadableIn returns which of the needs the actor may read.
func ReadableIn(tx *store.Tx, who identity.Actor, ids []string) (map[string]bool, error) {
	may := make(map[string]bool, len(ids))
	for part := range slices.Chunk(ids, batch) {
		var found []string
		if err := tx.Model(&Need{}).Where(readable(tx, who)).Where("id IN ?", part).Pluck("id", &found).Error; err != nil {
			return nil, fmt.Errorf("load needs: %w", err)
		}
		for _, one := range found {
			may[one] = true
		}
	}
	return may, nil
}

// readIn returns a need with all that belongs to it.
func readIn(tx *store.Tx, who identity.Actor, ref string) (Terms, error) {
	n, err := FindIn(tx, who, ref)
	if err != nil {
		return Terms{}, err
	}
	found, err := assemble(tx, []Need{n})
	if err != nil {
		return Terms{}, err
	}
	return found[0], nil
}

// TermsIn returns the needs with all that belongs to them, whoever asks: the
// layers above check the right. Unknown identifiers are left out.
func TermsIn(tx *store.Tx, ids []string) ([]Terms, error) {
	var all []Terms
	for part := range slices.Chunk(ids, batch) {
		var found []Need
		if err := tx.Where("id IN ?", part).Order("id").Find(&found).Error; err != nil {
			return nil, fmt.Errorf("load needs: %w", err)
		}
		terms, err := assemble(tx, found)
		if err != nil {
			return nil, err
		}
		all = append(all, terms...)
	}
	return all, nil
}

// LockIn returns a need and holds its row until the transaction ends, for the
// steps of candidates that count its posts. SQLite's one writer needs no lock.
func LockIn(tx *store.Tx, needID string) (Need, error) {
	var n Need
	err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Where("id = ?", needID).Take(&n).Error
	return n, err
}

// list returns one page of the needs that the actor may see, newest first.
func list(tx *store.Tx, who identity.Actor, f Filter) ([]Terms, string, error) {
	limit := f.Limit
	if limit == 0 {
		limit = 25
	}
	query := scoped(tx, who)
	if len(f.States) > 0 {
		query = query.Where("state IN ?", f.States)
	}
	if f.After != "" {
		query = query.Where("id < ?", f.After)
	}
	if text := strings.ToLower(strings.TrimSpace(f.Query)); text != "" {
		pattern := "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(text) + "%"
		query = query.Where(`(lower(title) LIKE ? ESCAPE '\' OR lower(reference) LIKE ? ESCAPE '\' OR organisation_id IN
			(SELECT id FROM organisations WHERE lower(name) LIKE ? ESCAPE '\'))`, pattern, pattern, pattern)
	}
	var found []Need
	if err := query.Order("id DESC").Limit(limit + 1).Find(&found).Error; err != nil {
		return nil, "", fmt.Errorf("list needs: %w", err)
	}
	next := ""
	if len(found) > limit {
		found = found[:limit]
		next = found[limit-1].ID
	}
	terms, err := assemble(tx, found)
	return terms, next, err
}

// assemble joins needs with their rows, in six queries however many there are.
func assemble(tx *store.Tx, found []Need) ([]Terms, error) {
	ids := make([]string, len(found))
	for i, n := range found {
		ids[i] = n.ID
	}
	outputs, err1 := children(tx, ids, func(r Output) string { return r.NeedID })
	counterparts, err2 := children(tx, ids, func(r Counterpart) string { return r.NeedID })
	criteria, err3 := children(tx, ids, func(r Criterion) string { return r.NeedID })
	languages, err4 := children(tx, ids, func(r LanguageFloor) string { return r.NeedID })
	contributions, err5 := children(tx, ids, func(r Contribution) string { return r.NeedID })
	positions, err6 := children(tx, ids, func(r Position) string { return r.NeedID })
	for _, err := range []error{err1, err2, err3, err4, err5, err6} {
		if err != nil {
			return nil, fmt.Errorf("load terms: %w", err)
		}
	}
	terms := make([]Terms, len(found))
	for i, n := range found {
		terms[i] = Terms{Need: n, Outputs: outputs[n.ID], Counterparts: counterparts[n.ID], Criteria: criteria[n.ID],
			Languages: languages[n.ID], Contributions: contributions[n.ID], Positions: positions[n.ID]}
	}
	return terms, nil
}

// children loads the rows of one kind that belong to the needs, in their order.
func children[R any](tx *store.Tx, ids []string, owner func(R) string) (map[string][]R, error) {
	grouped := map[string][]R{}
	for part := range slices.Chunk(ids, batch) {
		var found []R
		if err := tx.Where("need_id IN ?", part).Order("need_id, position").Find(&found).Error; err != nil {
			return nil, err
		}
		for _, r := range found {
			grouped[owner(r)] = append(grouped[owner(r)], r)
		}
	}
	return grouped, nil
}

// takesPart tells whether the actor's organisation belongs to the acting programme.
func takesPart(tx *store.Tx, who identity.Actor) (bool, error) {
	var n int64
	err := tx.Table("programme_organisations").
		Where("programme_id = ? AND organisation_id = ?", who.ProgrammeID, who.OrganisationID).Count(&n).Error
	return n > 0, err
}

// sameVersion compares what the reader saw with what stands now.
func (n *Need) sameVersion(version int) error {
	if n.Version == version {
		return nil
	}
	return fault.New(fault.Stale, "stale",
		"Someone else changed this in the meantime. Reload to see their version, then make your change again.")
}

// insert writes a new need and its rows.
func insert(tx *store.Tx, t Terms) error {
	if err := tx.Create(&t.Need).Error; err != nil {
		return fmt.Errorf("write need: %w", err)
	}
	return insertChildren(tx, t)
}

// save writes a changed need, unless somebody else changed it first.
func save(tx *store.Tx, n *Need) error {
	read := n.Version
	n.Version++
	n.UpdatedAt = tx.Now
	return store.Saved(tx.Model(&Need{}).Where("id = ? AND version = ?", n.ID, read).Select("*").Updates(n))
}

// replaceChildren writes the rows of a revised need anew.
func replaceChildren(tx *store.Tx, t Terms) error {
	for _, table := range []any{&Output{}, &Counterpart{}, &Criterion{}, &LanguageFloor{}, &Contribution{}, &Position{}} {
		if err := tx.Where("need_id = ?", t.ID).Delete(table).Error; err != nil {
			return fmt.Errorf("clear terms: %w", err)
		}
	}
	return insertChildren(tx, t)
}

// insertChildren numbers and writes the rows of a need.
func insertChildren(tx *store.Tx, t Terms) error {
	for i := range t.Outputs {
		t.Outputs[i].ID, t.Outputs[i].NeedID, t.Outputs[i].Position = id.New(), t.ID, i
	}
	for i := range t.Counterparts {
		t.Counterparts[i].ID, t.Counterparts[i].NeedID, t.Counterparts[i].Position = id.New(), t.ID, i
	}
	for i := range t.Criteria {
		t.Criteria[i].ID, t.Criteria[i].NeedID, t.Criteria[i].Position = id.New(), t.ID, i
	}
	for i := range t.Languages {
		t.Languages[i].NeedID, t.Languages[i].Position = t.ID, i
	}
	for i := range t.Contributions {
		t.Contributions[i].ID, t.Contributions[i].NeedID, t.Contributions[i].Position = id.New(), t.ID, i
	}
	for i := range t.Positions {
		t.Positions[i].ID, t.Positions[i].NeedID, t.Positions[i].Position = id.New(), t.ID, i
	}
	for _, err := range []error{create(tx, t.Outputs), create(tx, t.Counterparts), create(tx, t.Criteria),
		create(tx, t.Languages), create(tx, t.Contributions), create(tx, t.Positions)} {
		if err != nil {
			return fmt.Errorf("write terms: %w", err)
		}
	}
	return nil
}

func create[R any](tx *store.Tx, found []R) error {
	if len(found) == 0 {
		return nil
	}
	return tx.CreateInBatches(found, 100).Error
}

// ReferencesIn returns the references of needs by identifier.
func ReferencesIn(tx *store.Tx, ids []string) (map[string]string, error) {
	found := make(map[string]string, len(ids))
	for part := range slices.Chunk(ids, batch) {
		var some []Need
		if err := tx.Select("id", "reference").Where("id IN ?", part).Find(&some).Error; err != nil {
			return nil, fmt.Errorf("load references: %w", err)
		}
		for _, n := range some {
			found[n.ID] = n.Reference
		}
	}
	return found, nil
}
