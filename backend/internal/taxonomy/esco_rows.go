// SPDX-License-Identifier: AGPL-3.0-or-later

package taxonomy

import (
	"slices"
	"strings"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/store"
)

// escoConcept is a row of esco_concepts.
type escoConcept struct {
	URI  string `gorm:"column:uri;primaryKey"`
	Kind string
	ISCO string `gorm:"column:isco"`
}

func (escoConcept) TableName() string { return "esco_concepts" }

// escoLabel is a row of esco_labels.
type escoLabel struct {
	URI      string `gorm:"column:uri;primaryKey"`
	Language string `gorm:"primaryKey"`
	Labels   string // one a line, the preferred one first
}

func (escoLabel) TableName() string { return "esco_labels" }

// escoRelation is a row of esco_relations.
type escoRelation struct {
	Kind  string `gorm:"primaryKey"`
	Skill string `gorm:"primaryKey"`
	Other string `gorm:"primaryKey"`
}

func (escoRelation) TableName() string { return "esco_relations" }

// escoFile is a row of esco_files.
type escoFile struct {
	Name      string `gorm:"primaryKey"`
	SHA256    string `gorm:"column:sha256;primaryKey"`
	Records   int64
	Finished  bool
	Announced bool
}

func (escoFile) TableName() string { return "esco_files" }

// escoBatch is what some records say, each thing once: a statement must not
// meet the same row twice.
type escoBatch struct {
	concepts  map[string]escoConcept
	labels    map[[2]string][]string
	relations map[escoRelation]bool
}

func newEscoBatch() *escoBatch {
	return &escoBatch{concepts: map[string]escoConcept{}, labels: map[[2]string][]string{}, relations: map[escoRelation]bool{}}
}

func (b *escoBatch) concept(uri, kind, isco string) {
	if !escoURI(uri) {
		return
	}
	if !slices.ContainsFunc([]rune(isco), func(r rune) bool { return r < '0' || r > '9' }) && len(isco) <= 4 {
		b.concepts[uri] = escoConcept{URI: uri, Kind: kind, ISCO: isco}
		return
	}
	b.concepts[uri] = escoConcept{URI: uri, Kind: kind}
}

// escoURI tells whether a concept can be kept: the identifier is not ours.
func escoURI(uri string) bool {
	return len(uri) <= longestURI && (strings.HasPrefix(uri, "http://") || strings.HasPrefix(uri, "https://"))
}

const longestURI = 300

func (b *escoBatch) label(uri, language, preferred string, others []string) {
	var list []string
	for _, label := range append([]string{preferred}, others...) {
		if label = strings.Join(strings.Fields(label), " "); label != "" && len(label) <= longestLabel {
			list = append(list, label)
		}
	}
	if len(list) > 0 && escoURI(uri) {
		key := [2]string{uri, language}
		b.labels[key] = merged(list, b.labels[key])
	}
}

func (b *escoBatch) relation(kind, skill, other string) {
	if escoURI(skill) && escoURI(other) && skill != other {
		b.relations[escoRelation{kind, skill, other}] = true
	}
}

// mostLabels is how many labels one concept may have in one language.
const mostLabels = 200

// merged puts the newer labels before the older ones, each once: the preferred
// label is that of the file that was read last.
func merged(newer, older []string) []string {
	out := make([]string, 0, len(newer)+len(older))
	for _, label := range slices.Concat(newer, older) {
		if len(out) < mostLabels && !slices.Contains(out, label) {
			out = append(out, label)
		}
	}
	return out
}

// write puts the batch into the database. Doing so twice changes nothing more.
func (b *escoBatch) write(tx *store.Tx) error {
	if err := b.writeConcepts(tx); err != nil {
		return err
	}
	if err := b.writeLabels(tx); err != nil {
		return err
	}
	var rows []escoRelation
	for r := range b.relations {
		rows = append(rows, r)
	}
	slices.SortFunc(rows, func(a, b escoRelation) int { return strings.Compare(a.Skill+a.Other, b.Skill+b.Other) })
	return inserted(tx, rows, clause.OnConflict{DoNothing: true})
}

// inserted writes rows a few hundred at a time; their order keeps two writers
// from waiting for each other.
func inserted[T any](tx *store.Tx, rows []T, conflict clause.OnConflict) error {
	if len(rows) == 0 {
		return nil
	}
	return tx.Clauses(conflict).CreateInBatches(rows, atOnce).Error
}

// atOnce is how many rows one statement writes or names.
const atOnce = 400

func (b *escoBatch) writeConcepts(tx *store.Tx) error {
	var rows []escoConcept
	for _, uri := range slices.Sorted(keysOf(b.concepts)) {
		rows = append(rows, b.concepts[uri])
	}
	// A file that does not know the group leaves it as it is.
	return inserted(tx, rows, clause.OnConflict{Columns: []clause.Column{{Name: "uri"}}, DoUpdates: clause.Assignments(map[string]any{
		"kind": gorm.Expr("excluded.kind"),
		"isco": gorm.Expr("CASE WHEN excluded.isco = '' THEN esco_concepts.isco ELSE excluded.isco END"),
	})})
}

func (b *escoBatch) writeLabels(tx *store.Tx) error {
	keys := slices.SortedFunc(keysOf(b.labels), func(a, b [2]string) int { return strings.Compare(a[0]+a[1], b[0]+b[1]) })
	for some := range slices.Chunk(keys, atOnce) {
		known, err := knownLabels(tx, some)
		if err != nil {
			return err
		}
		var rows []escoLabel
		for _, key := range some {
			now := strings.Join(merged(b.labels[key], split(known[key], "\n")), "\n")
			if now != known[key] {
				rows = append(rows, escoLabel{URI: key[0], Language: key[1], Labels: now})
			}
		}
		err = inserted(tx, rows, clause.OnConflict{
			Columns:   []clause.Column{{Name: "uri"}, {Name: "language"}},
			DoUpdates: clause.AssignmentColumns([]string{"labels"}),
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// knownLabels returns the labels that the database has for concepts.
func knownLabels(tx *store.Tx, keys [][2]string) (map[[2]string]string, error) {
	var uris []string
	for _, key := range keys {
		uris = append(uris, key[0])
	}
	var rows []escoLabel
	if err := tx.Where("uri IN ?", uris).Find(&rows).Error; err != nil {
		return nil, err
	}
	known := map[[2]string]string{}
	for _, r := range rows {
		known[[2]string{r.URI, r.Language}] = r.Labels
	}
	return known, nil
}

// findFile returns how far a file was read; a zero row for one that is new.
func findFile(tx *store.Tx, name, sha256 string) (escoFile, error) {
	var found []escoFile
	err := tx.Where("name = ? AND sha256 = ?", name, sha256).Find(&found).Error
	if err != nil || len(found) == 0 {
		return escoFile{Name: name, SHA256: sha256}, err
	}
	return found[0], nil
}

// advance notes how far a file is read. Somebody else who reads it at the same
// time has moved the mark already.
func (f *escoFile) advance(tx *store.Tx, records int64, finished bool) error {
	if f.Records == 0 && !f.Finished {
		if err := inserted(tx, []escoFile{{Name: f.Name, SHA256: f.SHA256}}, clause.OnConflict{DoNothing: true}); err != nil {
			return err
		}
	}
	res := tx.Model(&escoFile{}).Where("name = ? AND sha256 = ? AND records = ? AND NOT finished", f.Name, f.SHA256, f.Records).
		Updates(map[string]any{"records": records, "finished": finished})
	if res.Error == nil && res.RowsAffected == 0 {
		return fault.New(fault.Conflict, "esco.running", "Another import is reading %s just now. Wait until it has finished.", f.Name)
	}
	if res.Error == nil {
		f.Records, f.Finished = records, finished
	}
	return res.Error
}
