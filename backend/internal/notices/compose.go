// SPDX-License-Identifier: AGPL-3.0-or-later

package notices

import (
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"strings"
	"time"

	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/mail"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/selection"
	"sankofa/backend/internal/store"
)

// addressee is who a mail goes to, as it is now.
type addressee struct {
	Email, Name, Locale string
	Demo                bool
	Zone                *time.Location
	chosen              choices
}

// composed is a mail, or the reason why there is none.
type composed struct {
	mail.Message
	To   addressee
	Gone bool // nothing to say any more
	Link link // that must work before the mail leaves
}

// link is a secret that the mail holds.
type link struct {
	Kind            identity.LinkKind
	Subject, Secret string
}

// mac signs for a purpose with the installation's key.
func (s *Service) mac(purpose, text string) []byte {
	h := hmac.New(sha256.New, s.Key)
	h.Write([]byte(purpose + "\n" + text))
	return h.Sum(nil)
}

// secretOf is the secret of the link in a mail: the same however often the mail
// is composed, and nowhere but in it.
func (s *Service) secretOf(mailID string) string {
	return base64.RawURLEncoding.EncodeToString(s.mac("link", mailID))
}

// composeIn writes a mail from what the database says now.
func (s *Service) composeIn(tx *store.Tx, e entry) (composed, error) {
	k, ok := byName[e.Kind]
	if !ok || tx.Now.Sub(e.DueAt) > k.lasts() {
		return composed{Gone: true}, nil
	}
	to, there, err := addresseeIn(tx, e)
	if err != nil || !there || to.chosen.of(k) == Never {
		return composed{Gone: true}, err
	}
	if open, err := k.openIn(tx, e.Subject); err != nil || !open {
		return composed{Gone: true}, err
	}
	n := news{Kind: e.Kind, Subject: e.Subject, Details: e.Details, UserID: text(e.UserID), Locale: to.Locale, Zone: to.Zone, Now: tx.Now, OutboxID: e.ID}
	look := k.Facts
	if e.Kind == digestKind {
		look = ofDigest
	}
	what, err := look(s.Texts, tx, n)
	if err != nil || what.Gone {
		return composed{Gone: true}, err
	}
	out := composed{To: to}
	letter := mail.Letter{Kind: e.Kind, Language: to.Locale, Name: to.Name, Values: what.Values, Lines: what.Lines, Link: s.url(what.Path), Demo: to.Demo}
	if k.Link == identity.LinkDecision {
		if out.Link, err = s.decisionIn(tx, n); err != nil || out.Link.Secret == "" {
			return composed{Gone: true}, err
		}
		letter.Link = s.url(decidePath) + "#" + out.Link.Secret
	} else if k.Link != "" {
		out.Link = link{Kind: k.Link, Subject: cmp.Or(n.detail("invitation"), n.detail("request"), n.UserID, n.Subject), Secret: s.secretOf(e.ID)}
		if k.At != "" {
			out.Link.Subject, letter.Link = n.Subject, s.url(k.At)
		}
		letter.Link += "#" + out.Link.Secret // behind the #, so that no server's log sees it
	}
	if k.Answers {
		letter.Link = s.url(answerPath) + "#" + s.AnswerToken(e.Kind, e.Subject, what.Asked)
	}
	if e.UserID != nil && !k.Mandatory {
		letter.Stop = s.url("/unsubscribe?token=" + s.stopToken(*e.UserID, k.Name))
	}
	out.Message, err = s.Texts.Compose(letter)
	out.ID, out.Message.To, out.At, out.Unsubscribe = e.ID, to.Email, tx.Now, letter.Stop
	return out, err
}

// decidePath is the page on which a decision is taken by the link of a mail.
const decidePath = "/decide"

// decisionIn is the link by which an officer decides about a candidacy that waits.
func (s *Service) decisionIn(tx *store.Tx, n news) (link, error) {
	c, waits, err := selection.WaitingIn(tx, n.Subject)
	if err != nil || !waits {
		return link{}, err
	}
	return link{Kind: identity.LinkDecision, Subject: selection.LinkSubject(c, n.UserID), Secret: s.secretOf(n.OutboxID)}, nil
}

func text(maybe *string) string {
	if maybe == nil {
		return ""
	}
	return *maybe
}

// referenceKind is the mail to somebody whom a person asks to confirm skills.
const referenceKind = "reference"

// refereeIn finds the address that a person gave for a referee.
func refereeIn(tx *store.Tx, e entry) (addressee, bool, error) {
	var rows []struct {
		RefereeEmail, RefereeName, Locale string
		Demo                              bool
	}
	err := tx.Raw(`SELECT r.referee_email, r.referee_name, r.locale, p.demo FROM referee_requests r JOIN professionals p ON p.id = r.professional_id
		WHERE r.id = ?`, (news{Details: e.Details}).detail("request")).Scan(&rows).Error
	if err != nil || len(rows) == 0 {
		return addressee{}, false, err
	}
	return addressee{Email: rows[0].RefereeEmail, Name: rows[0].RefereeName, Locale: rows[0].Locale, Demo: rows[0].Demo, Zone: time.UTC}, true, nil
}

// addresseeIn finds address, name and language of whom the mail is for.
func addresseeIn(tx *store.Tx, e entry) (addressee, bool, error) {
	if e.Kind == referenceKind {
		return refereeIn(tx, e)
	}
	if one := byName[e.Kind].Link; one == identity.LinkApplication || one == identity.LinkOffice {
		return applicantIn(tx, e.Subject)
	}
	if e.UserID == nil {
		return invitedIn(tx, text(e.ProfessionalID))
	}
	u, there, err := userIn(tx, *e.UserID)
	if err != nil || !there || u.State != "active" {
		return addressee{}, false, err
	}
	set, err := settingsIn(tx, u.ID)
	if err != nil {
		return addressee{}, false, err
	}
	chosen, err := choicesIn(tx, u.ID)
	return addressee{Email: u.Email, Name: u.Name, Locale: u.Locale, Demo: u.Demo, Zone: set.zone(), chosen: chosen}, true, err
}

// invitedIn is somebody without an account: their language is the one of their
// CV, or their own, or that of the officer who wrote about them.
func invitedIn(tx *store.Tx, professionalID string) (addressee, bool, error) {
	var rows []struct {
		Email, GivenName, FamilyName, Officer string
		Demo                                  bool
	}
	err := tx.Raw(`SELECT p.email, p.given_name, p.family_name, p.demo,
			COALESCE((SELECT u.locale FROM invitations i JOIN users u ON u.id = i.created_by WHERE i.professional_id = p.id ORDER BY i.created_at DESC LIMIT 1), '') AS officer
		FROM professionals p WHERE p.id = ? AND p.state = 'invited'`, professionalID).Scan(&rows).Error
	if err != nil || len(rows) == 0 {
		return addressee{}, false, err
	}
	spoken, err := registry.MailLanguagesIn(tx, []string{professionalID})
	if err != nil {
		return addressee{}, false, err
	}
	p, locale := rows[0], "en"
	for _, one := range []string{spoken[professionalID], rows[0].Officer} {
		if slices.Contains(identity.Locales, one) {
			locale = one
			break
		}
	}
	return addressee{Email: p.Email, Name: strings.TrimSpace(p.GivenName + " " + p.FamilyName), Locale: locale, Demo: p.Demo, Zone: time.UTC}, true, nil
}

// stopToken is what ends one kind of mail to one person without signing in. It
// can do nothing else, and it does not run out: mails are kept for years.
func (s *Service) stopToken(userID, kind string) string {
	said := userID + "." + kind
	return base64.RawURLEncoding.EncodeToString([]byte(said)) + "." + base64.RawURLEncoding.EncodeToString(s.mac("stop", said)[:16])
}

// readStop reads a token of ours.
func (s *Service) readStop(token string) (userID string, k kind, ok bool) {
	front, back, _ := strings.Cut(token, ".")
	said, err1 := base64.RawURLEncoding.DecodeString(front)
	sign, err2 := base64.RawURLEncoding.DecodeString(back)
	if err1 != nil || err2 != nil || !hmac.Equal(sign, s.mac("stop", string(said))[:16]) {
		return "", kind{}, false
	}
	userID, name, _ := strings.Cut(string(said), ".")
	k, known := byName[name]
	return userID, k, known && id.Valid(userID)
}
