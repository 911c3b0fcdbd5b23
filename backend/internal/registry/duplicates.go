// SPDX-License-Identifier: AGPL-3.0-or-later

package registry

import (
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/likeness"
	"sankofa/backend/internal/store"
)

// Duplicate is somebody in the registry who may be the same person, and why.
type Duplicate struct {
	ProfessionalID string
	Strength       likeness.Strength
	Reasons        []likeness.Reason
}

// Alike returns what a person is compared with others by.
func (p *Professional) Alike() likeness.Person {
	return likeness.Person{GivenName: p.GivenName, FamilyName: p.FamilyName, Phone: p.Phone, Email: p.Email,
		BirthDate: p.BirthDate, Residence: p.ResidenceCountry, OriginCountry: p.OriginCountry}
}

// duplicateKey is one keyed digest by which records of one person meet.
type duplicateKey struct {
	Digest         string
	ProfessionalID string
}

// TableName names the table for GORM.
func (duplicateKey) TableName() string { return "duplicate_keys" }

// Pair is one row: two records that may be of one person.
type Pair struct {
	ID        string
	FirstID   string
	SecondID  string
	Strength  string // "possible" or "likely"
	Reasons   string // JSON: names of what agrees
	State     string // "open" or "different"
	FoundAt   time.Time
	DecidedBy string
	DecidedAt *time.Time
	Version   int
}

// TableName names the table for GORM.
func (Pair) TableName() string { return "duplicate_pairs" }

// The states of a pair; two that became one are no pair any more.
const (
	PairOpen      = "open"
	PairDifferent = "different"
)

// DuplicatesIn returns for each person who in the registry may be the same, the
// likeliest first, in the order of the people; nobody is found to be like
// themselves. It takes a few queries for thousands. What it finds may belong to
// others: DuplicatesFor shows an officer their own members only.
func DuplicatesIn(tx *store.Tx, people []Professional) ([][]Duplicate, error) {
	out := make([][]Duplicate, len(people))
	keys, asked, err := keysIn(tx, people)
	if err != nil || len(asked) == 0 {
		return out, err
	}
	candidates, err := sharingIn(tx, asked)
	if err != nil {
		return nil, err
	}
	known, err := comparableIn(tx, candidates)
	if err != nil {
		return nil, err
	}
	for i := range people {
		out[i] = duplicatesOf(&people[i], keys[i], candidates, known)
	}
	return out, nil
}

// DuplicatesFor is DuplicatesIn, narrowed to those whom an officer may see by name:
// what other associations hold is not this one's to learn.
func DuplicatesFor(tx *store.Tx, who identity.Actor, people []Professional) ([][]Duplicate, error) {
	found, err := DuplicatesIn(tx, people)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, one := range found {
		for _, d := range one {
			ids = append(ids, d.ProfessionalID)
		}
	}
	mine := map[string]bool{}
	for start := 0; start < len(ids) && !who.Is(identity.Coordinator); start += chunk {
		var rows []string
		if err := scope(tx, who).Where("id IN ?", ids[start:min(start+chunk, len(ids))]).Pluck("id", &rows).Error; err != nil {
			return nil, err
		}
		for _, row := range rows {
			mine[row] = true
		}
	}
	for i := range found {
		found[i] = slices.DeleteFunc(found[i], func(d Duplicate) bool { return !mine[d.ProfessionalID] })
	}
	return found, nil
}

// duplicatesOf compares one person with whoever shares a key.
func duplicatesOf(p *Professional, keys []string, candidates map[string][]string, known map[string]Professional) []Duplicate {
	var out []Duplicate
	seen := map[string]bool{p.ID: true}
	for _, key := range keys {
		for _, other := range candidates[key] {
			if seen[other] {
				continue
			}
			seen[other] = true
			them, ok := known[other]
			if !ok || them.Demo != p.Demo { // people of the demonstration are nobody
				continue
			}
			if found := likeness.Compare(p.Alike(), them.Alike()); found.Strength > likeness.None {
				out = append(out, Duplicate{ProfessionalID: other, Strength: found.Strength, Reasons: found.Reasons})
			}
		}
	}
	slices.SortFunc(out, func(a, b Duplicate) int {
		return cmp.Or(cmp.Compare(b.Strength, a.Strength), cmp.Compare(a.ProfessionalID, b.ProfessionalID))
	})
	return out
}

// keysIn returns the digests of each person, and all of them once.
func keysIn(tx *store.Tx, people []Professional) (of [][]string, all []string, err error) {
	var secret string
	if err := tx.Raw(`SELECT secret FROM duplicate_secret WHERE one = 1`).Scan(&secret).Error; err != nil {
		return nil, nil, err
	}
	of = make([][]string, len(people))
	seen := map[string]bool{}
	for i := range people {
		for _, key := range likeness.Keys(people[i].Alike()) {
			sum := hmac.New(sha256.New, []byte(secret))
			sum.Write([]byte(key))
			digest := hex.EncodeToString(sum.Sum(nil)[:16])
			of[i] = append(of[i], digest)
			if !seen[digest] {
				seen[digest] = true
				all = append(all, digest)
			}
		}
	}
	return of, all, nil
}

// crowd is how many may share one key at most: more than these have a number that
// an association typed for everybody, and it says nothing of any of them.
const crowd = 20

// sharingIn returns who has which of the keys.
func sharingIn(tx *store.Tx, digests []string) (map[string][]string, error) {
	found := map[string][]string{}
	for start := 0; start < len(digests); start += chunk {
		var rows []duplicateKey
		err := tx.Where("digest IN ?", digests[start:min(start+chunk, len(digests))]).Order("digest, professional_id").Find(&rows).Error
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			found[row.Digest] = append(found[row.Digest], row.ProfessionalID)
		}
	}
	maps.DeleteFunc(found, func(_ string, people []string) bool { return len(people) > crowd })
	return found, nil
}

// comparableIn reads what the candidates are compared by. Who declined is not
// proposed to anybody: nothing of them is to be used.
func comparableIn(tx *store.Tx, candidates map[string][]string) (map[string]Professional, error) {
	var ids []string
	seen := map[string]bool{}
	for _, people := range candidates {
		for _, one := range people {
			if !seen[one] {
				seen[one] = true
				ids = append(ids, one)
			}
		}
	}
	known := make(map[string]Professional, len(ids))
	for start := 0; start < len(ids); start += chunk {
		var rows []Professional
		err := tx.Select("id", "given_name", "family_name", "email", "phone", "birth_date", "residence_country", "origin_country", "demo", "state").
			Where("id IN ? AND state <> ?", ids[start:min(start+chunk, len(ids))], Declined).Find(&rows).Error
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			known[row.ID] = row
		}
	}
	return known, nil
}

// RekeyIn writes the keys of people anew and remembers whom each may be the same
// as. A verdict that two are different people stands.
func RekeyIn(tx *store.Tx, people []Professional) error {
	keys, _, err := keysIn(tx, people)
	if err != nil {
		return err
	}
	var ids []string
	var rows []duplicateKey
	for i := range people {
		ids = append(ids, people[i].ID)
		for _, digest := range keys[i] {
			rows = append(rows, duplicateKey{Digest: digest, ProfessionalID: people[i].ID})
		}
	}
	for start := 0; start < len(ids); start += chunk {
		if err := tx.Where("professional_id IN ?", ids[start:min(start+chunk, len(ids))]).Delete(&duplicateKey{}).Error; err != nil {
			return err
		}
	}
	if err := createAll(tx, rows); err != nil {
		return err
	}
	return pairIn(tx, people)
}

// PairAgainIn looks again whom the people may be the same as.
func PairAgainIn(tx *store.Tx, people []Professional) error { return pairIn(tx, people) }

// pairIn writes down whom the people may be the same as, and takes back what does
// not hold any more.
func pairIn(tx *store.Tx, people []Professional) error {
	found, err := DuplicatesIn(tx, people)
	if err != nil {
		return err
	}
	holds := map[[2]string]Pair{}
	ids := make([]string, len(people))
	for i := range people {
		ids[i] = people[i].ID
		if people[i].State == Declined {
			continue
		}
		for _, d := range found[i] {
			pair := newPair(people[i].ID, d, tx.Now)
			holds[pair.between()] = pair
		}
	}
	if err := unpairIn(tx, ids, holds); err != nil || len(holds) == 0 {
		return err
	}
	rows := slices.SortedFunc(maps.Values(holds), func(a, b Pair) int { return cmp.Compare(a.ID, b.ID) })
	return tx.Clauses(clause.OnConflict{DoNothing: true}).CreateInBatches(rows, chunk).Error
}

// unpairIn deletes the open pairs of the people that do not hold any more, or hold
// for other reasons.
func unpairIn(tx *store.Tx, ids []string, holds map[[2]string]Pair) error {
	var gone []string
	for start := 0; start < len(ids); start += chunk {
		part := ids[start:min(start+chunk, len(ids))]
		var open []Pair
		if err := tx.Where("state = ? AND (first_id IN ? OR second_id IN ?)", PairOpen, part, part).Find(&open).Error; err != nil {
			return err
		}
		for _, pair := range open {
			now, ok := holds[pair.between()]
			if !ok || now.Strength != pair.Strength || now.Reasons != pair.Reasons {
				gone = append(gone, pair.ID)
			}
		}
	}
	for start := 0; start < len(gone); start += chunk {
		if err := tx.Where("id IN ?", gone[start:min(start+chunk, len(gone))]).Delete(&Pair{}).Error; err != nil {
			return err
		}
	}
	return nil
}

// between names the two.
func (p Pair) between() [2]string { return [2]string{p.FirstID, p.SecondID} }

func newPair(one string, d Duplicate, now time.Time) Pair {
	reasons, _ := json.Marshal(d.Reasons) // a list of words always encodes
	return Pair{ID: id.New(), FirstID: min(one, d.ProfessionalID), SecondID: max(one, d.ProfessionalID), Strength: d.Strength.String(),
		Reasons: string(reasons), State: PairOpen, FoundAt: now, Version: 1}
}

// pairsOf limits a query on pairs to those of whom the actor may decide: both
// belong to the officer's association, or to the coordinator's programme.
func pairsOf(tx *store.Tx, who identity.Actor) *gorm.DB {
	query := tx.Model(&Pair{})
	switch who.Role {
	case identity.Administrator:
		return query
	case identity.Coordinator:
		const enrolled = `IN (SELECT e.professional_id FROM professional_programmes e JOIN professionals p ON p.id = e.professional_id
			WHERE e.programme_id = ? AND p.state <> 'declined')`
		return query.Where("first_id "+enrolled+" AND second_id "+enrolled, who.ProgrammeID, who.ProgrammeID)
	case identity.Association:
		mine := scope(tx, who).Select("id")
		return query.Where("first_id IN (?) AND second_id IN (?)", mine, mine)
	}
	return query.Where("1 = 0")
}

// DifferentIn remembers that two are not the same person.
func DifferentIn(tx *store.Tx, who identity.Actor, p *Pair) error {
	read := p.Version
	p.State, p.DecidedBy, p.DecidedAt = PairDifferent, who.UserID, &tx.Now
	p.Version++
	return store.Saved(tx.Model(&Pair{}).Where("id = ? AND version = ? AND state = ?", p.ID, read, PairOpen).Select("*").Updates(p))
}

// UnkeyedIn returns people who have no keys yet, after an identifier: those who
// were here before there were keys.
func UnkeyedIn(tx *store.Tx, after string, limit int) ([]Professional, error) {
	var rows []Professional
	err := tx.Where("id > ? AND NOT EXISTS (SELECT 1 FROM duplicate_keys k WHERE k.professional_id = professionals.id)", after).
		Order("id").Limit(limit).Find(&rows).Error
	return rows, err
}
