// SPDX-License-Identifier: AGPL-3.0-or-later

package placements

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm/clause"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/papers"
	"sankofa/backend/internal/store"
)

// AgreementVersion names the text of the participation agreement that is signed now.
// A changed text is a new version; what was accepted is kept by its digest.
const AgreementVersion = "2026-11"

// acceptance is one side's word for a version of the agreement, in the language in
// which it was read.
type acceptance struct {
	PlacementID string `gorm:"primaryKey"`
	Role        string `gorm:"primaryKey"`
	ByUser      string
	Version     string
	Language    string
	Digest      string
	FromOn      day.Day // of the stay as it was agreed to
	ToOn        day.Day
	At          time.Time
}

// TableName names the table for GORM.
func (acceptance) TableName() string { return "agreement_acceptances" }

// AgreementDigest is the SHA-256 of the agreement's text in a language, so that
// everybody can tell which words were accepted.
func AgreementDigest(language string) string {
	var text strings.Builder
	for _, c := range wordings[language].Clauses {
		text.WriteString(c.Title + "\n" + c.Text + "\n")
	}
	sum := sha256.Sum256([]byte(AgreementVersion + "\n" + text.String()))
	return hex.EncodeToString(sum[:])
}

// acceptIn records which text a side has accepted.
func acceptIn(tx *store.Tx, who identity.Actor, p Placement) error {
	language := who.Locale
	if !slices.Contains(identity.Locales, language) {
		language = "en"
	}
	row := acceptance{PlacementID: p.ID, Role: string(who.Role), ByUser: who.UserID, Version: AgreementVersion, Language: language,
		Digest: AgreementDigest(language), FromOn: p.From, ToOn: p.To, At: tx.Now}
	if err := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error; err != nil {
		return fmt.Errorf("write acceptance: %w", err)
	}
	return nil
}

// writeAgreement writes the clauses, and who has accepted which text when.
func (a about) writeAgreement(p *papers.Paper, w wording) {
	a.writeStay(p, w)
	for i, c := range w.Clauses {
		p.Heading(fmt.Sprintf("%d. %s", i+1, c.Title))
		p.Text(c.Text)
	}
	p.Heading(w.Headings["acceptance"])
	p.Field(w.Fields["version"], AgreementVersion+" · "+a.language)
	p.Field(w.Fields["digest"], AgreementDigest(a.language))
	if len(a.acceptances) == 0 {
		p.Text(w.NotAccepted)
	}
	for _, one := range a.acceptances {
		said := strings.NewReplacer("{role}", w.Roles[one.Role], "{date}", one.At.UTC().Format(time.DateOnly)).Replace(w.Accepted)
		p.Field(w.Fields["accepted"], said)
		p.Field("", one.Version+" · "+one.Language+" · "+string(one.FromOn)+" – "+string(one.ToOn))
		p.Field("", one.Digest)
	}
}
