// SPDX-License-Identifier: AGPL-3.0-or-later

package identity

import (
	"context"
	"net/mail"
	"slices"
	"strings"
	"time"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/store"
)

// Lives of a session: it ends after two hours without a request and after
// twelve in any case (ASVS 5.0, 7.3: both limits stated).
const (
	idle     = 2 * time.Hour
	lifetime = 12 * time.Hour
	touch    = 5 * time.Minute // how often "last seen" is written
)

// Locales are the languages of the screens.
var Locales = []string{"en", "fr", "ar", "pt"}

// Service signs people in and says who they are.
type Service struct {
	DB       *store.DB
	throttle *throttle
	decoy    string // a hash to compare with when there is no such account
}

// NewService returns the service.
func NewService(db *store.DB) *Service {
	return &Service{DB: db, throttle: newThrottle(), decoy: hashPassword(id.Secret())}
}

// Credentials are what a person types to sign in.
type Credentials struct {
	Email    string
	Password string
	Code     string // of the second factor, when there is one
	Address  string // that the request comes from, for throttling
}

// wrong is the one answer to every wrong sign-in: it does not tell which part.
var wrong = fault.New(fault.Unknown, "session.wrong", "The e-mail address or the password is not right.")

// SignIn checks the credentials and opens a session. The returned token is the
// only copy.
func (s *Service) SignIn(ctx context.Context, c Credentials) (token string, err error) {
	from := Network(c.Address)
	tries := []try{
		{from + "|" + strings.ToLower(strings.TrimSpace(c.Email)), failuresPerAccount, accountRefill},
		{from, failuresPerAddress, addressRefill},
	}
	if wait := s.throttle.begin(s.DB.Now(), tries...); wait > 0 {
		return "", fault.New(fault.Limited, "session.throttled",
			"Too many tries. Please wait %d seconds and try again.", int(wait.Seconds())+1)
	}
	token, err = s.signIn(ctx, c)
	failed := fault.HasCode(err, wrong.Code) || fault.HasCode(err, "session.code_wrong")
	s.throttle.end(s.DB.Now(), failed, tries...)
	if err == nil {
		s.throttle.forget(tries[0].key)
	}
	return token, err
}

func (s *Service) signIn(ctx context.Context, c Credentials) (string, error) {
	var u User
	err := s.DB.View(ctx, func(tx *store.Tx) (err error) {
		u, err = userByEmail(tx, c.Email)
		return err
	})
	if err != nil && !fault.Is(err, fault.Missing) {
		return "", err
	}
	known := err == nil && u.State == "active" && !u.Unconfirmed
	hash := s.decoy
	if known {
		hash = u.PasswordHash
	}
	if !passwordMatches(hash, c.Password) || !known {
		return "", wrong
	}
	if u.TOTPConfirmed {
		if err := s.secondFactor(ctx, u.ID, c.Code); err != nil {
			return "", err
		}
	}
	return s.open(ctx, u.ID)
}

// open makes a session that acts in the person's first membership.
func (s *Service) open(ctx context.Context, userID string) (string, error) {
	token := id.Secret()
	err := s.DB.Keep(ctx, func(tx *store.Tx) error {
		if err := tx.Where("expires_at < ? OR seen_at < ?", tx.Now, tx.Now.Add(-idle)).Delete(&session{}).Error; err != nil {
			return err
		}
		memberships, err := membershipsIn(tx, userID)
		if err != nil {
			return err
		}
		row := session{TokenHash: id.Digest(token), UserID: userID, CreatedAt: tx.Now, SeenAt: tx.Now, ExpiresAt: tx.Now.Add(lifetime)}
		if len(memberships) > 0 {
			row.MembershipID = &memberships[0].ID
		}
		return tx.Create(&row).Error
	})
	return token, err
}

// OpenFor opens a session for a person who has just proved who they are in
// another way, such as by accepting an invitation.
func (s *Service) OpenFor(ctx context.Context, userID string) (string, error) {
	return s.open(ctx, userID)
}

// Resume returns who the token belongs to, or an Unknown fault.
func (s *Service) Resume(ctx context.Context, token string) (Actor, error) {
	var found standing
	err := s.DB.View(ctx, func(tx *store.Tx) (err error) {
		found, err = standingIn(tx, id.Digest(token))
		return err
	})
	if err != nil {
		return Actor{}, err
	}
	if s.DB.Now().Sub(found.SeenAt) > touch {
		// Being late here only shortens the session, so an error is not the person's.
		_ = s.DB.Keep(ctx, func(tx *store.Tx) error {
			return tx.Model(&session{}).Where("token_hash = ?", found.Token).Update("seen_at", tx.Now).Error
		})
	}
	return found.actor(), nil
}

// SignOut ends the session of the token.
func (s *Service) SignOut(ctx context.Context, token string) error {
	return s.DB.Keep(ctx, func(tx *store.Tx) error {
		return tx.Where("token_hash = ?", id.Digest(token)).Delete(&session{}).Error
	})
}

// Act chooses the membership that the session acts in; an empty one acts for
// the person alone. It ends acting for a colleague.
func (s *Service) Act(ctx context.Context, who Actor, token, membershipID string) error {
	return s.DB.Keep(ctx, func(tx *store.Tx) error {
		var chosen *string
		if membershipID != "" {
			mine, err := membershipsIn(tx, who.UserID)
			if err != nil {
				return err
			}
			if !slices.ContainsFunc(mine, func(m Membership) bool { return m.ID == membershipID }) {
				return fault.New(fault.Missing, "membership.missing", "You do not belong to that organisation.")
			}
			chosen = &membershipID
		}
		return actIn(tx, who, token, chosen, nil)
	})
}

// actIn writes what the session acts in.
func actIn(tx *store.Tx, who Actor, token string, membershipID, delegationID *string) error {
	return tx.Model(&session{}).Where("token_hash = ? AND user_id = ?", id.Digest(token), who.UserID).
		Updates(map[string]any{"membership_id": membershipID, "delegation_id": delegationID}).Error
}

// SetLocale chooses the language of the person's screens.
func (s *Service) SetLocale(ctx context.Context, who Actor, locale string) error {
	var c fault.Check
	c.That(slices.Contains(Locales, locale), "locale", "locale.unknown", "Please choose one of: %s.", strings.Join(Locales, ", "))
	if err := c.Err(); err != nil {
		return err
	}
	return s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		tx.Emit("user.updated", who.UserID, store.Details{"fields": []string{"locale"}})
		return tx.Model(&User{}).Where("id = ?", who.UserID).Update("locale", locale).Error
	})
}

// membershipsIn returns the memberships that the person may act in, oldest first.
func membershipsIn(tx *store.Tx, userID string) ([]Membership, error) {
	var rows []Membership
	err := tx.Raw(`SELECT m.* FROM memberships m JOIN organisations o ON o.id = m.organisation_id
		WHERE m.user_id = ? AND m.state = 'confirmed' AND o.state = 'APPROVED' ORDER BY m.created_at, m.id`, userID).
		Scan(&rows).Error
	return rows, err
}

// NewUser is an account to be made.
type NewUser struct {
	Email    string
	Name     string
	Password string
	Locale   string
	Demo     bool
	// Unconfirmed tells that the address waits for the link in our mail.
	Unconfirmed bool
	// Hash is an encoded password hash to use instead of Password, for batches
	// of demonstration accounts that share one.
	Hash string
}

// CheckNewUser complains about what is wrong with an account to be made; the
// fields are named as requests spell them.
func CheckNewUser(c *fault.Check, n NewUser) {
	address, err := mail.ParseAddress(n.Email)
	c.That(err == nil && address.Address == strings.TrimSpace(n.Email) && len(n.Email) <= 254, "email", "email.malformed",
		"Please write an e-mail address such as name@example.org.")
	c.Length(strings.TrimSpace(n.Name), "name", 1, 200)
	c.That(slices.Contains(Locales, n.Locale), "locale", "locale.unknown", "Please choose one of: %s.", strings.Join(Locales, ", "))
	if n.Hash == "" {
		checkPassword(c, n.Password, "password")
	}
}

// CreateUserIn makes an account. An address that is taken is a field's fault.
func CreateUserIn(tx *store.Tx, n NewUser) (string, error) {
	var c fault.Check
	CheckNewUser(&c, n)
	if err := c.Err(); err != nil {
		return "", err
	}
	hash := n.Hash
	if hash == "" {
		hash = hashPassword(n.Password)
	}
	u := User{ID: id.New(), Email: strings.ToLower(strings.TrimSpace(n.Email)), Name: strings.TrimSpace(n.Name),
		Locale: n.Locale, PasswordHash: hash, State: "active", Demo: n.Demo, Unconfirmed: n.Unconfirmed, Version: 1, CreatedAt: tx.Now}
	var taken int64
	if err := tx.Model(&User{}).Where("email = ?", u.Email).Count(&taken).Error; err != nil {
		return "", err
	}
	c.That(taken == 0, "email", "email.taken", "This e-mail address has an account already. Please sign in.")
	if err := c.Err(); err != nil {
		return "", err
	}
	tx.Emit("user.created", u.ID)
	return u.ID, tx.Create(&u).Error
}

// HashPassword returns the encoded hash of a password, for NewUser.Hash.
func HashPassword(password string) string { return hashPassword(password) }
