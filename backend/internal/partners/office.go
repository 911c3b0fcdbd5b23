// SPDX-License-Identifier: AGPL-3.0-or-later

package partners

import (
	"context"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/lifecycle"
	"sankofa/backend/internal/store"
)

// Seat is the office that a link offers.
type Seat struct {
	Organisation identity.Organisation
	Programme    identity.Programme
	Role         identity.Role
	Email        string
	Name         string
	Locale       string
	Known        bool // the address has an account: its own password is asked

	application, userID string
}

// OpenOffice shows the first officer of an approved organisation what the link offers.
func (s *Service) OpenOffice(ctx context.Context, secret string) (Seat, error) {
	var seat Seat
	err := s.DB.View(ctx, func(tx *store.Tx) (err error) {
		seat, err = seatIn(tx, secret)
		return err
	})
	return seat, err
}

func seatIn(tx *store.Tx, secret string) (Seat, error) {
	link, err := identity.UsableIn(tx, identity.LinkOffice, secret)
	if err != nil {
		return Seat{}, err
	}
	d, err := dossierIn(tx, link.Subject)
	if err != nil {
		return Seat{}, err
	}
	if d.OrganisationID == nil || !d.Invited {
		return Seat{}, fault.New(fault.Conflict, "office.taken", "Somebody has taken this office already. Please sign in.")
	}
	seat := Seat{Programme: d.Programme, Role: offices[d.Kind], Email: d.OfficerEmail, Name: d.OfficerName, Locale: d.Locale, application: d.ID}
	if seat.Organisation, err = identity.OrganisationIn(tx, *d.OrganisationID); err != nil {
		return seat, err
	}
	userID, waits, err := identity.StandsIn(tx, d.OfficerEmail)
	seat.Known, seat.userID = userID != "", userID
	if err == nil && waits {
		err = fault.New(fault.Conflict, "office.unconfirmed", "This address has an account that waits for its confirmation. Please open the link in that mail first, then this one again.")
	}
	return seat, err
}

// TakeOffice makes the first officer of an approved organisation: with a new account,
// or with the one that the address has. The link works once.
func (s *Service) TakeOffice(ctx context.Context, secret, name, password, locale string) error {
	seat, err := s.OpenOffice(ctx, secret)
	if err != nil {
		return err
	}
	user := identity.NewUser{Email: seat.Email, Name: name, Password: password, Locale: locale}
	if seat.Known {
		if err := s.Identity.Prove(ctx, identity.Actor{UserID: seat.userID}, password); err != nil {
			return err
		}
	} else {
		var c fault.Check
		identity.CheckNewUser(&c, user)
		if err := c.Err(); err != nil {
			return err
		}
		user.Hash = identity.HashPassword(password) // before the transaction: it is slow on purpose
	}
	return s.DB.Change(ctx, store.Stranger, func(tx *store.Tx) error {
		seat, err := seatIn(tx, secret)
		if err != nil {
			return err
		}
		if _, err := identity.UseIn(tx, identity.LinkOffice, secret); err != nil {
			return err
		}
		if !seat.Known {
			if seat.userID, err = identity.CreateUserIn(tx, user); err != nil {
				return err
			}
		}
		_, err = identity.JoinIn(tx, seat.userID, seat.Organisation.ID, seat.Programme.ID, seat.Role)
		return err
	})
}

// Office is an organisation that takes part, for those who run the programme.
type Office struct {
	identity.Organisation
	Officers   int
	OpenNeeds  int
	Programmes []string // codes
	Can        []Next
}

// officeScope are the organisations that the actor looks after.
func officeScope(tx *store.Tx, who identity.Actor) *gorm.DB {
	query := tx.Model(&identity.Organisation{}).Where("state IN ?", []lifecycle.State{lifecycle.Approved, lifecycle.Suspended, lifecycle.Closed})
	switch who.Role {
	case identity.Administrator:
		return query
	case identity.Coordinator:
		return query.Where("id IN (SELECT organisation_id FROM programme_organisations WHERE programme_id = ?)", who.ProgrammeID)
	}
	return query.Where("1 = 0")
}

// Offices lists the organisations of the programme with what hangs on them.
func (s *Service) Offices(ctx context.Context, who identity.Actor, of, after string, limit int) ([]Office, string, error) {
	var c fault.Check
	c.That(of == "" || slices.Contains([]string{"APPROVED", "SUSPENDED", "CLOSED"}, of), "state", "state.unknown", "There is no such state.")
	if err := c.Err(); err != nil {
		return nil, "", err
	}
	var out []Office
	next := ""
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		query := officeScope(tx, who).Order("id").Limit(limit + 1)
		if of != "" {
			query = query.Where("state = ?", of)
		}
		if after != "" {
			query = query.Where("id > ?", after)
		}
		var rows []identity.Organisation
		if err := query.Find(&rows).Error; err != nil {
			return err
		}
		if len(rows) > limit {
			rows = rows[:limit]
			next = rows[limit-1].ID
		}
		for _, o := range rows {
			one, err := officeIn(tx, who, o)
			if err != nil {
				return err
			}
			out = append(out, one)
		}
		return nil
	})
	return out, next, err
}

func officeIn(tx *store.Tx, who identity.Actor, o identity.Organisation) (Office, error) {
	one := Office{Organisation: o, Can: []Next{}}
	err := tx.Raw(`SELECT count(DISTINCT user_id) FROM memberships WHERE organisation_id = ? AND state = 'confirmed'`, o.ID).Scan(&one.Officers).Error
	if err != nil {
		return one, err
	}
	err = tx.Raw(`SELECT count(*) FROM needs WHERE organisation_id = ? AND state NOT IN ('REJECTED', 'CLOSED_OUT', 'STOOD_DOWN', 'CANCELLED', 'EXPIRED')`, o.ID).Scan(&one.OpenNeeds).Error
	if err != nil {
		return one, err
	}
	err = tx.Raw(`SELECT p.code FROM programmes p JOIN programme_organisations l ON l.programme_id = p.id WHERE l.organisation_id = ? ORDER BY p.code`, o.ID).Scan(&one.Programmes).Error
	if may(who, o) {
		for _, m := range lifecycle.Organisation.Next(lifecycle.State(o.State), acts(who)) {
			one.Can = append(one.Can, Next{Name: m.Name})
		}
	}
	return one, err
}

// may tells whether the actor may move the organisation: nobody suspends the own, and
// who runs a programme is the administrator's matter.
func may(who identity.Actor, o identity.Organisation) bool {
	return who.OrganisationID != o.ID && (o.Kind != "coordinator" || who.Is(identity.Administrator))
}

// FindOffice shows one organisation.
func (s *Service) FindOffice(ctx context.Context, who identity.Actor, ref string) (Office, error) {
	var out Office
	err := s.DB.View(ctx, func(tx *store.Tx) (err error) {
		out, err = officeFoundIn(tx, who, ref)
		return err
	})
	return out, err
}

var officeMissing = fault.New(fault.Missing, "organisation.missing", "This organisation does not exist, or it is not yours to see.")

func officeFoundIn(tx *store.Tx, who identity.Actor, ref string) (Office, error) {
	var rows []identity.Organisation
	if err := officeScope(tx, who).Where("id = ?", ref).Limit(1).Find(&rows).Error; err != nil {
		return Office{}, err
	}
	if len(rows) == 0 {
		return Office{}, officeMissing
	}
	return officeIn(tx, who, rows[0])
}

// MoveOffice suspends an organisation, lets it act again, or ends its part for good.
// The members of one that is not approved lend nobody a role from the next request
// on; its needs stay where the coordinator sees them.
func (s *Service) MoveOffice(ctx context.Context, who identity.Actor, ref string, version int, name, reason string) (Office, error) {
	reason = strings.TrimSpace(reason)
	var out Office
	err := s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		found, err := officeFoundIn(tx, who, ref)
		if err != nil {
			return err
		}
		var c fault.Check
		c.That(slices.Contains([]string{"suspend", "reinstate", "close"}, name), "move", "move.unknown", "There is no such step.")
		c.Length(reason, "reason", 1, wordsMost)
		plain(&c, reason, "reason", "\n\t")
		if err := c.Err(); err != nil {
			return err
		}
		o := found.Organisation
		move, ok := lifecycle.Organisation.Find(name, lifecycle.State(o.State), acts(who))
		if !ok {
			return state(lifecycle.State(o.State))
		}
		if !move.May(acts(who)) || !may(who, o) {
			return fault.New(fault.Denied, "move.denied", "You cannot do this to your own organisation, nor to one that runs a programme.")
		}
		o.State, o.StateReason, o.StateAt, o.Version = string(move.To), reason, &tx.Now, version+1
		tx.Emit(map[string]string{"suspend": "organisation.suspended", "reinstate": "organisation.reinstated", "close": "organisation.closed"}[name], o.ID)
		err = store.Saved(tx.Model(&identity.Organisation{}).Where("id = ? AND version = ?", o.ID, version).Select("*").Updates(&o))
		if err != nil {
			return err
		}
		out, err = officeFoundIn(tx, who, ref)
		return err
	})
	return out, err
}

// Partner is what everybody may read of an organisation that takes part.
type Partner struct {
	ID         string
	Kind       string
	Name       string
	Country    string
	Place      string
	Website    string
	Summary    string
	Since      time.Time
	Programmes []string `gorm:"-"` // names
}

// Filter narrows the directory.
type Filter struct {
	Kind, Country, Words, After string
	Limit                       int
}

// Directory lists who takes part, by name, for anybody. Nobody is named in it, only
// organisations.
func (s *Service) Directory(ctx context.Context, f Filter) ([]Partner, string, error) {
	var c fault.Check
	c.That(f.Country == "" || s.Codes.Country(f.Country), "country", "country.unknown", "We do not know this country. Please choose one from the list.")
	if err := c.Err(); err != nil {
		return nil, "", err
	}
	var out []Partner
	next := ""
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		query := tx.Table("organisations o").Select("o.id, o.kind, o.name, o.country, o.place, o.website, o.summary, o.created_at AS since").
			Where("o.state = 'APPROVED' AND o.id IN (SELECT organisation_id FROM programme_organisations)").Order("lower(o.name), o.id").Limit(f.Limit + 1)
		if f.Kind != "" {
			query = query.Where("o.kind = ?", f.Kind)
		}
		if f.Country != "" {
			query = query.Where("o.country = ?", f.Country)
		}
		if words := strings.ToLower(strings.TrimSpace(f.Words)); words != "" {
			like := "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(words) + "%"
			query = query.Where(`lower(o.name) LIKE ? ESCAPE '\' OR lower(o.place) LIKE ? ESCAPE '\'`, like, like)
		}
		if f.After != "" {
			query = query.Where("(lower(o.name), o.id) > (SELECT lower(a.name), a.id FROM organisations a WHERE a.id = ?)", f.After)
		}
		if err := query.Scan(&out).Error; err != nil {
			return err
		}
		if len(out) > f.Limit {
			out = out[:f.Limit]
			next = out[f.Limit-1].ID
		}
		for i := range out {
			err := tx.Raw(`SELECT p.name FROM programmes p JOIN programme_organisations l ON l.programme_id = p.id WHERE l.organisation_id = ? ORDER BY p.name`, out[i].ID).
				Scan(&out[i].Programmes).Error
			if err != nil {
				return err
			}
		}
		return nil
	})
	return out, next, err
}
