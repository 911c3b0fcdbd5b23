// SPDX-License-Identifier: AGPL-3.0-or-later

package intake

import (
	"encoding/json"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/files"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/store"
)

// stale is the answer to whoever changes a version that is no longer the latest.
var stale = fault.New(fault.Stale, "stale",
	"Someone else changed this in the meantime. Reload to see their version, then make your change again.")

// scope limits a query on imports to those of the actor's association.
func scope(tx *store.Tx, who identity.Actor) *gorm.DB {
	query := tx.Model(&Import{})
	if officer(who) != nil {
		return query.Where("1 = 0")
	}
	return query.Where("organisation_id = ? AND programme_id = ?", who.OrganisationID, who.ProgrammeID)
}

func findIn(tx *store.Tx, who identity.Actor, importID string) (Import, error) {
	return one(scope(tx, who), importID)
}

func lockIn(tx *store.Tx, who identity.Actor, importID string) (Import, error) {
	return one(scope(tx, who).Clauses(clause.Locking{Strength: clause.LockingStrengthUpdate}), importID)
}

func one(query *gorm.DB, importID string) (Import, error) {
	var rows []Import
	if err := query.Where("id = ?", importID).Limit(1).Find(&rows).Error; err != nil {
		return Import{}, err
	}
	if len(rows) == 0 {
		return Import{}, missing
	}
	return rows[0], nil
}

func saveIn(tx *store.Tx, i *Import) error {
	read := i.Version
	i.Version++
	return store.Saved(tx.Model(&Import{}).Where("id = ? AND version = ?", i.ID, read).Select("*").Updates(i))
}

// remembering is one row of what an organisation's columns were about.
type remembering struct {
	OrganisationID string
	Headers        string
	Mapping        string
	UpdatedAt      time.Time
}

// TableName names the table for GORM.
func (remembering) TableName() string { return "import_mappings" }

func mappingIn(tx *store.Tx, organisationID, headers string) (mapping, error) {
	var rows []remembering
	if err := tx.Where("organisation_id = ? AND headers = ?", organisationID, headers).Limit(1).Find(&rows).Error; err != nil || len(rows) == 0 {
		return nil, err
	}
	var m mapping
	err := json.Unmarshal([]byte(rows[0].Mapping), &m)
	return m, err
}

// rememberIn keeps what a person said the columns are about.
func rememberIn(tx *store.Tx, organisationID string, r *Reading, set Settings) error {
	m := mapping{}
	for _, c := range r.Columns {
		if choice, ok := set.Columns[c.Index]; ok && !c.Twice && c.Name != "" {
			m[digestOf(c.Name)] = choice
		}
	}
	row := remembering{OrganisationID: organisationID, Headers: HeaderKey(r.Columns), Mapping: encodeMapping(m), UpdatedAt: tx.Now}
	return tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "organisation_id"}, {Name: "headers"}},
		DoUpdates: clause.AssignmentColumns([]string{"mapping", "updated_at"})}).Create(&row).Error
}

func digestOf(header string) string { return id.Digest(plainHeading(header)) }

// ForgetIn deletes what imports keep about a person: what stood before, who came
// of which row, and every file that they may stand in.
func ForgetIn(tx *store.Tx, professionalID string) error {
	var imports []string
	if err := tx.Model(&Row{}).Distinct("import_id").Where("professional_id = ?", professionalID).Pluck("import_id", &imports).Error; err != nil {
		return err
	}
	for _, importID := range imports {
		if err := files.ForgetImportIn(tx, importID); err != nil {
			return err
		}
	}
	return tx.Model(&Row{}).Where("professional_id = ?", professionalID).Updates(map[string]any{"professional_id": nil, "before": ""}).Error
}
