// SPDX-License-Identifier: AGPL-3.0-or-later

package identity

import (
	"time"

	"gorm.io/gorm/clause"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/store"
)

// LinkKind is what a link in a mail opens.
type LinkKind string

// The kinds of links. Their secrets are made when the mail is composed, and only
// their digests are kept.
const (
	LinkInvitation   LinkKind = "invitation"   // the subject is an invitation
	LinkConfirmation LinkKind = "confirmation" // the subject is a user who registered
	LinkReset        LinkKind = "reset"        // the subject is a user who forgot the password
	LinkReference    LinkKind = "reference"    // the subject is a question to a referee
	// LinkApplication opens an organisation's application; it works as often as it is opened.
	LinkApplication LinkKind = "application"
	LinkOffice      LinkKind = "office" // the subject is an application that was approved
	// LinkEvaluation opens the evaluation of a placement, as often as it is opened.
	LinkEvaluation LinkKind = "evaluation"
	LinkDecision   LinkKind = "decision" // the subject is a decision that waits for one officer
)

// lives is how long a link of each kind works. An invitation's own row says when
// it ends.
var lives = map[LinkKind]time.Duration{LinkInvitation: 60 * 24 * time.Hour, LinkConfirmation: 7 * 24 * time.Hour, LinkReset: time.Hour,
	LinkReference: 30 * 24 * time.Hour, LinkApplication: 180 * 24 * time.Hour, LinkOffice: 30 * 24 * time.Hour, LinkEvaluation: 60 * 24 * time.Hour,
	LinkDecision: 14 * 24 * time.Hour}

// Life is how long a link of the kind works.
func (k LinkKind) Life() time.Duration { return lives[k] }

// Link is one row: a link that stands in a mail.
type Link struct {
	TokenHash string `gorm:"primaryKey"`
	Kind      LinkKind
	Subject   string
	UserID    *string
	CreatedAt time.Time
	ExpiresAt time.Time
	UsedAt    *time.Time
}

// TableName names the table for GORM.
func (Link) TableName() string { return "mail_links" }

// PutLinkIn makes a link work that is about to be sent. Since is when it was
// asked for: a mail that waits does not make it live longer. Doing it again with
// the same secret changes nothing, so that a repeated mail holds the same link.
func PutLinkIn(tx *store.Tx, kind LinkKind, subject, secret string, since time.Time) error {
	link := Link{TokenHash: id.Digest(secret), Kind: kind, Subject: subject, CreatedAt: tx.Now, ExpiresAt: since.Add(kind.Life())}
	if kind == LinkConfirmation || kind == LinkReset {
		link.UserID = &subject // the link goes with the account
	}
	return tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&link).Error
}

// LinkIn finds the link with the secret.
func LinkIn(tx *store.Tx, kind LinkKind, secret string) (Link, bool, error) {
	var rows []Link
	err := tx.Where("token_hash = ? AND kind = ?", id.Digest(secret), kind).Limit(1).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return Link{}, false, err
	}
	return rows[0], true, nil
}

// UsableIn finds a link that works, without spending it.
func UsableIn(tx *store.Tx, kind LinkKind, secret string) (Link, error) {
	link, ok, err := LinkIn(tx, kind, secret)
	if err == nil && (!ok || link.UsedAt != nil || !tx.Now.Before(link.ExpiresAt)) {
		err = deadLink
	}
	return link, err
}

// UseIn spends a link that works once, and every other of its kind for the same subject.
func UseIn(tx *store.Tx, kind LinkKind, secret string) (Link, error) { return useIn(tx, kind, secret) }

// deadLink answers every link that does not work, whatever the reason.
var deadLink = fault.New(fault.Conflict, "link.over",
	"This link does not work any more: it was used, it is too old, or it is not complete. Please ask for a new one.")

// useIn spends a link that works once, and every other of its kind for the same user.
func useIn(tx *store.Tx, kind LinkKind, secret string) (Link, error) {
	link, ok, err := LinkIn(tx, kind, secret)
	if err != nil {
		return link, err
	}
	if !ok || link.UsedAt != nil || !tx.Now.Before(link.ExpiresAt) {
		return link, deadLink
	}
	res := tx.Model(&Link{}).Where("kind = ? AND subject = ? AND used_at IS NULL", kind, link.Subject).Update("used_at", tx.Now)
	if res.Error == nil && res.RowsAffected == 0 {
		return link, deadLink // somebody was faster with the same link
	}
	return link, res.Error
}

// ForgetLinksIn drops the links that ended some time ago.
func ForgetLinksIn(tx *store.Tx, before time.Time) error {
	return tx.Where("expires_at < ?", before).Delete(&Link{}).Error
}
