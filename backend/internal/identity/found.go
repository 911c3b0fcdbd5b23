// SPDX-License-Identifier: AGPL-3.0-or-later

package identity

import (
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/store"
)

// FoundProgrammeIn writes a new programme and the countries it serves.
func FoundProgrammeIn(tx *store.Tx, p Programme) (Programme, error) {
	if p.ID == "" {
		p.ID = id.New()
	}
	p.Version, p.CreatedAt = 1, tx.Now
	if err := tx.Create(&p).Error; err != nil {
		return p, err
	}
	for _, country := range p.Countries {
		err := tx.Exec(`INSERT INTO programme_countries (programme_id, country) VALUES (?, ?)`, p.ID, country).Error
		if err != nil {
			return p, err
		}
	}
	tx.Emit("programme.founded", p.ID)
	return p, nil
}

// FoundOrganisationIn writes a new approved organisation that takes part in the programmes.
func FoundOrganisationIn(tx *store.Tx, o Organisation, programmeIDs ...string) (Organisation, error) {
	if o.ID == "" {
		o.ID = id.New()
	}
	if o.State == "" {
		o.State = "APPROVED"
	}
	o.Version, o.CreatedAt = 1, tx.Now
	if err := tx.Create(&o).Error; err != nil {
		return o, err
	}
	for _, programmeID := range programmeIDs {
		err := tx.Exec(`INSERT INTO programme_organisations (programme_id, organisation_id) VALUES (?, ?)`, programmeID, o.ID).Error
		if err != nil {
			return o, err
		}
	}
	tx.Emit("organisation.approved", o.ID)
	return o, nil
}

// JoinIn makes the user a confirmed member of the organisation in the
// programme; the programme is empty for administrators.
func JoinIn(tx *store.Tx, userID, organisationID, programmeID string, role Role) (Membership, error) {
	m := Membership{ID: id.New(), UserID: userID, OrganisationID: organisationID, Role: role,
		State: "confirmed", Version: 1, CreatedAt: tx.Now}
	if programmeID != "" {
		m.ProgrammeID = &programmeID
	}
	tx.Emit("membership.confirmed", m.ID, store.Details{"user": userID, "organisation": organisationID, "role": string(role)})
	return m, tx.Create(&m).Error
}
