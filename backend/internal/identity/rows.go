// SPDX-License-Identifier: AGPL-3.0-or-later

package identity

import (
	"strings"
	"time"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/store"
)

// Programme is the container of the work: countries, rules, partners (MIDA,
// CD4D and their like).
type Programme struct {
	ID                  string
	Code                string // "MIDA-DEMO"
	Name                string
	Summary             string
	MinimumCounterparts int // local colleagues a need must name before it can be submitted
	ShortlistMost       int // names a shortlist may hold
	Demo                bool
	Version             int
	CreatedAt           time.Time
	Countries           []string `gorm:"-"` // countries of origin it serves
}

// Organisation is a partner of a programme.
type Organisation struct {
	ID      string
	Kind    string // "association", "ministry", "host_institution", …
	Name    string
	Country string
	Place   string
	Website string
	Summary string // what it does, in its own words
	State   string // "APPROVED" and the other states of the lifecycle
	// StateReason says why it does not take part at present, and StateAt since when.
	StateReason string
	StateAt     *time.Time
	Demo        bool
	Version     int
	CreatedAt   time.Time
}

// User is a person who signs in.
type User struct {
	ID            string
	Email         string // lower case
	Name          string
	Locale        string
	PasswordHash  string
	State         string
	TOTPSecret    string `gorm:"column:totp_secret"`
	TOTPConfirmed bool   `gorm:"column:totp_confirmed"`
	TOTPLastStep  int64  `gorm:"column:totp_last_step"`
	Demo          bool
	Unconfirmed   bool // registered by themselves and has not opened the link in our mail
	Version       int
	CreatedAt     time.Time
}

// Membership is what a person may do for an organisation in a programme.
type Membership struct {
	ID             string
	UserID         string
	OrganisationID string
	ProgrammeID    *string
	Role           Role
	State          string // "invited", "confirmed", "revoked"
	Version        int
	CreatedAt      time.Time
}

// session is one signed-in browser or program.
type session struct {
	TokenHash    string `gorm:"primaryKey"`
	UserID       string
	MembershipID *string
	DelegationID *string
	CreatedAt    time.Time
	SeenAt       time.Time
	ExpiresAt    time.Time
}

// TableName names the table for GORM.
func (session) TableName() string { return "sessions" }

// ProgrammeIn returns a programme with its countries.
func ProgrammeIn(tx *store.Tx, programmeID string) (Programme, error) {
	var p Programme
	if err := tx.Where("id = ?", programmeID).Take(&p).Error; err != nil {
		return p, err
	}
	err := tx.Raw(`SELECT country FROM programme_countries WHERE programme_id = ? ORDER BY country`, programmeID).
		Scan(&p.Countries).Error
	return p, err
}

// OrganisationIn returns an organisation.
func OrganisationIn(tx *store.Tx, organisationID string) (Organisation, error) {
	var o Organisation
	err := tx.Where("id = ?", organisationID).Take(&o).Error
	return o, err
}

// OrganisationsIn returns the organisations by identifier; unknown ones are left out.
func OrganisationsIn(tx *store.Tx, ids []string) (map[string]Organisation, error) {
	found := make(map[string]Organisation, len(ids))
	if len(ids) == 0 {
		return found, nil
	}
	var rows []Organisation
	if err := tx.Where("id IN ?", ids).Find(&rows).Error; err != nil {
		return nil, err
	}
	for _, o := range rows {
		found[o.ID] = o
	}
	return found, nil
}

// UserNamesIn returns the names of users by identifier, for the decisions they signed.
func UserNamesIn(tx *store.Tx, ids []string) (map[string]string, error) {
	found := make(map[string]string, len(ids))
	if len(ids) == 0 {
		return found, nil
	}
	var rows []User
	if err := tx.Select("id", "name").Where("id IN ?", ids).Find(&rows).Error; err != nil {
		return nil, err
	}
	for _, u := range rows {
		found[u.ID] = u.Name
	}
	return found, nil
}

// userByEmail finds who signs in with the address.
func userByEmail(tx *store.Tx, email string) (User, error) {
	var u User
	err := tx.Where("email = ?", strings.ToLower(strings.TrimSpace(email))).Take(&u).Error
	return u, err
}

// saveUser writes a changed user, unless somebody else changed it first.
func saveUser(tx *store.Tx, u *User) error {
	read := u.Version
	u.Version++
	return store.Saved(tx.Model(u).Where("version = ?", read).Select("*").Updates(u))
}

// standing is what one query tells about a session: who, and acting as what.
type standing struct {
	User
	Token          string
	MembershipID   string
	Role           Role
	OrganisationID string
	ProgrammeID    string
	ProfessionalID string
	SeenAt         time.Time
	DelegationID   string
	ForUserID      string
}

// standingIn reads a live session. A membership that is no longer confirmed, or
// whose organisation is not approved, lends no role: it must show in every
// request, not only at sign-in.
func standingIn(tx *store.Tx, tokenHash string) (standing, error) {
	var s standing
	res := tx.Raw(`
		SELECT u.*, s.token_hash AS token, s.seen_at AS seen_at,
		       COALESCE(m.id, '') AS membership_id, COALESCE(m.role, '') AS role,
		       COALESCE(o.id, '') AS organisation_id, COALESCE(m.programme_id, '') AS programme_id,
		       COALESCE(p.id, '') AS professional_id, COALESCE(d.id, '') AS delegation_id, COALESCE(d.giver_id, '') AS for_user_id
		FROM sessions s
		JOIN users u ON u.id = s.user_id AND u.state = 'active'
		LEFT JOIN delegations d ON d.id = s.delegation_id AND d.taker_id = u.id AND `+inForce+`
		LEFT JOIN memberships m ON m.id = COALESCE(d.membership_id, s.membership_id) AND m.user_id = COALESCE(d.giver_id, u.id) AND m.state = 'confirmed'
			AND EXISTS (SELECT 1 FROM organisations a WHERE a.id = m.organisation_id AND a.state = 'APPROVED')
		LEFT JOIN organisations o ON o.id = m.organisation_id
		LEFT JOIN professionals p ON p.user_id = u.id
		WHERE s.token_hash = ? AND s.expires_at > ? AND s.seen_at > ?`,
		tx.Now, tx.Now, tokenHash, tx.Now, tx.Now.Add(-idle)).Scan(&s)
	if res.Error != nil {
		return s, res.Error
	}
	if s.User.ID == "" {
		return s, fault.New(fault.Unknown, "session.ended", "Your session has ended. Please sign in again; what you typed is kept.")
	}
	if s.Role == Nobody && s.ProfessionalID != "" {
		s.Role = Professional
	}
	return s, nil
}

// actor turns a standing into who is asking.
func (s standing) actor() Actor {
	return Actor{
		UserID: s.User.ID, Role: s.Role, MembershipID: s.MembershipID, OrganisationID: s.OrganisationID,
		ProgrammeID: s.ProgrammeID, ProfessionalID: s.ProfessionalID, Locale: s.Locale, Demo: s.User.Demo,
		MustEnrol: needsSecondFactor(s.Role) && !s.TOTPConfirmed && !s.User.Demo, DelegationID: s.DelegationID, ForUserID: s.ForUserID,
	}
}

// needsSecondFactor tells whether the role may only be acted in with a second
// factor (feature 165). Accounts of the demonstration are exempt: their
// password is public, so a second factor would protect nothing.
func needsSecondFactor(role Role) bool { return role == Coordinator || role == Ministry }
