// SPDX-License-Identifier: AGPL-3.0-or-later

package identity

import (
	"context"
	"slices"
	"strings"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/store"
)

// What the operator of an installation does from the command line: found
// programmes and organisations, make accounts, help people who are locked out.
// None of it is a route of the API.

// kinds are the organisations that a role belongs to.
var kinds = map[Role]string{Association: "association", Host: "host_institution", Ministry: "ministry", Coordinator: "coordinator"}

// FoundProgramme makes a programme.
func (s *Service) FoundProgramme(ctx context.Context, p Programme) (Programme, error) {
	var c fault.Check
	c.Length(p.Code, "code", 1, 40)
	c.Length(p.Name, "name", 1, 200)
	c.That(len(p.Countries) > 0, "countries", "programme.countries", "Name at least one country of origin.")
	if err := c.Err(); err != nil {
		return p, err
	}
	p.MinimumCounterparts, p.ShortlistMost = 2, 5
	err := s.DB.Change(ctx, store.System, func(tx *store.Tx) (err error) {
		p, err = FoundProgrammeIn(tx, p)
		return err
	})
	if fault.HasCode(err, "duplicate") {
		return p, fault.New(fault.Conflict, "programme.exists", "There is a programme %s already.", p.Code).Because(err)
	}
	return p, err
}

// FoundOrganisation makes an approved organisation in a programme.
func (s *Service) FoundOrganisation(ctx context.Context, o Organisation, programme string) (Organisation, error) {
	var c fault.Check
	c.Length(o.Name, "name", 1, 200)
	c.That(slices.Contains([]string{"association", "ministry", "host_institution", "coordinator"}, o.Kind), "kind", "organisation.kind",
		"The kind is association, ministry, host_institution or coordinator.")
	if err := c.Err(); err != nil {
		return o, err
	}
	err := s.DB.Change(ctx, store.System, func(tx *store.Tx) error {
		p, err := programmeByCode(tx, programme)
		if err != nil {
			return err
		}
		o, err = FoundOrganisationIn(tx, o, p.ID)
		return err
	})
	return o, err
}

// Appointment makes an account, or gives one that exists another role.
type Appointment struct {
	NewUser
	Role         Role
	Organisation string // by name
	Programme    string // by code; empty for administrators
}

// Appoint carries an appointment out and tells whether the account is new.
func (s *Service) Appoint(ctx context.Context, a Appointment) (created bool, err error) {
	err = s.DB.Change(ctx, store.System, func(tx *store.Tx) error {
		programmeID, err := appointedTo(tx, a)
		if err != nil {
			return err
		}
		organisationID, err := organisationByName(tx, a, programmeID)
		if err != nil {
			return err
		}
		u, err := userByEmail(tx, a.Email)
		if created = fault.Is(store.Translate(err), fault.Missing); created {
			u.ID, err = CreateUserIn(tx, a.NewUser)
		}
		if err != nil {
			return err
		}
		_, err = JoinIn(tx, u.ID, organisationID, programmeID, a.Role)
		return err
	})
	if fault.HasCode(err, "duplicate") {
		return false, fault.New(fault.Conflict, "membership.exists", "This account has that role there already.").Because(err)
	}
	return created, err
}

// appointedTo finds the programme of an appointment.
func appointedTo(tx *store.Tx, a Appointment) (string, error) {
	if a.Role == Administrator {
		return "", nil
	}
	if kinds[a.Role] == "" {
		var c fault.Check
		c.That(false, "role", "role.unknown", "The role is association, host, ministry, coordinator or administrator.")
		return "", c.Err()
	}
	p, err := programmeByCode(tx, a.Programme)
	return p.ID, err
}

func programmeByCode(tx *store.Tx, code string) (Programme, error) {
	var p Programme
	err := tx.Where("code = ?", code).Take(&p).Error
	if err != nil {
		return p, fault.New(fault.Missing, "programme.missing", "There is no programme %q.", code).Because(err)
	}
	return p, nil
}

func organisationByName(tx *store.Tx, a Appointment, programmeID string) (string, error) {
	query := tx.Model(&Organisation{}).Where("name = ?", a.Organisation)
	if programmeID != "" {
		query = query.Where("kind = ?", kinds[a.Role]).
			Where("id IN (SELECT organisation_id FROM programme_organisations WHERE programme_id = ?)", programmeID)
	}
	var found []Organisation
	if err := query.Limit(2).Find(&found).Error; err != nil {
		return "", err
	}
	if len(found) != 1 {
		return "", fault.New(fault.Missing, "organisation.missing", "There is not exactly one organisation %q for that role; there are %d.", a.Organisation, len(found))
	}
	return found[0].ID, nil
}

// Listed is an account in a list for the operator.
type Listed struct {
	Email        string
	Role         string
	State        string
	Organisation string
	Programme    string
	SecondFactor bool
}

// List returns the accounts that have a role.
func (s *Service) List(ctx context.Context) ([]Listed, error) {
	var rows []Listed
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		return tx.Raw(`SELECT u.email, m.role, m.state, o.name AS organisation, COALESCE(p.code, '') AS programme,
				u.totp_confirmed AS second_factor
			FROM users u JOIN memberships m ON m.user_id = u.id JOIN organisations o ON o.id = m.organisation_id
			LEFT JOIN programmes p ON p.id = m.programme_id ORDER BY u.email, m.role LIMIT 5000`).Scan(&rows).Error
	})
	return rows, err
}

// SetPassword gives an account a new password and ends its sessions.
func (s *Service) SetPassword(ctx context.Context, email, password string) error {
	var c fault.Check
	checkPassword(&c, password, "password")
	if err := c.Err(); err != nil {
		return err
	}
	return s.reset(ctx, email, "password", func(u *User) { u.PasswordHash = hashPassword(password) })
}

// ResetFactor removes a lost second factor and ends the account's sessions.
func (s *Service) ResetFactor(ctx context.Context, email string) error {
	return s.reset(ctx, email, "secondFactor", func(u *User) { u.TOTPSecret, u.TOTPConfirmed = "", false })
}

func (s *Service) reset(ctx context.Context, email, field string, change func(*User)) error {
	return s.DB.Change(ctx, store.System, func(tx *store.Tx) error {
		u, err := userByEmail(tx, email)
		if err != nil {
			return fault.New(fault.Missing, "user.missing", "There is no account %s.", strings.ToLower(email)).Because(err)
		}
		change(&u)
		tx.Emit("user.updated", u.ID, store.Details{"fields": []string{field}})
		if err := tx.Where("user_id = ?", u.ID).Delete(&session{}).Error; err != nil {
			return err
		}
		return saveUser(tx, &u)
	})
}

// Officer returns the actor that an account is in the role, for what the
// operator does in their name.
func (s *Service) Officer(ctx context.Context, email string, role Role) (Actor, error) {
	var who Actor
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		u, err := userByEmail(tx, email)
		if err != nil {
			return fault.New(fault.Missing, "user.missing", "There is no account %s.", strings.ToLower(email)).Because(err)
		}
		memberships, err := membershipsIn(tx, u.ID)
		if err != nil {
			return err
		}
		for _, m := range memberships {
			if m.Role == role && m.ProgrammeID != nil {
				who = Actor{UserID: u.ID, Role: role, MembershipID: m.ID, OrganisationID: m.OrganisationID,
					ProgrammeID: *m.ProgrammeID, Locale: u.Locale, Demo: u.Demo}
				return nil
			}
		}
		return fault.New(fault.Missing, "membership.missing", "The account %s has not the role %s.", u.Email, role)
	})
	return who, err
}
