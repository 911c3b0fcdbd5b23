// SPDX-License-Identifier: AGPL-3.0-or-later

package app

import (
	"context"
	"fmt"
	"io"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
)

// UserOptions are what `sankofa user` asks for.
type UserOptions struct {
	Act          string   `json:"act"` // "programme", "organisation", "add", "list", "password", "reset-second-factor"
	Code         string   `json:"code"`
	Name         string   `json:"name"`
	Kind         string   `json:"kind"`
	Country      string   `json:"country"`
	Place        string   `json:"place"`
	Countries    []string `json:"countries"`
	Email        string   `json:"email"`
	Role         string   `json:"role"`
	Organisation string   `json:"organisation"`
	Locale       string   `json:"locale"`
	Password     string   `json:"password"`
}

// UserResult is what `sankofa user` answers.
type UserResult struct {
	Done     string        `json:"done"` // one sentence
	Accounts []AccountLine `json:"accounts,omitempty"`
}

// AccountLine is one account with one role.
type AccountLine struct {
	Email        string `json:"email"`
	Role         string `json:"role"`
	State        string `json:"state"`
	Organisation string `json:"organisation"`
	Programme    string `json:"programme"`
	SecondFactor bool   `json:"secondFactor"`
}

// Print writes the result for a person.
func (r UserResult) Print(w io.Writer) {
	for _, a := range r.Accounts {
		fmt.Fprintf(w, "%-14s %-10s %-44s %s (%s)\n", a.Role, a.State, a.Email, a.Organisation, a.Programme)
	}
	fmt.Fprintln(w, r.Done)
}

// user carries out what the operator asks about accounts.
func (a *App) user(ctx context.Context, o UserOptions) (UserResult, error) {
	switch o.Act {
	case "programme":
		if err := a.countries(o.Countries...); err != nil {
			return UserResult{}, err
		}
		_, err := a.Identity.FoundProgramme(ctx, identity.Programme{Code: o.Code, Name: o.Name, Countries: o.Countries})
		return UserResult{Done: "Founded programme " + o.Code + "."}, err
	case "organisation":
		if err := a.countries(o.Country); err != nil {
			return UserResult{}, err
		}
		_, err := a.Identity.FoundOrganisation(ctx, identity.Organisation{Kind: o.Kind, Name: o.Name, Country: o.Country, Place: o.Place}, o.Code)
		return UserResult{Done: "Founded " + o.Name + "."}, err
	case "add":
		return a.appoint(ctx, o)
	case "list":
		return a.accounts(ctx)
	case "password":
		return UserResult{Done: "The password is set; every session of the account has ended."}, a.Identity.SetPassword(ctx, o.Email, o.Password)
	case "reset-second-factor":
		return UserResult{Done: "The second factor is removed; every session of the account has ended."}, a.Identity.ResetFactor(ctx, o.Email)
	}
	return UserResult{}, fault.New(fault.Invalid, "user.act", "This is not something that can be done with accounts.")
}

// countries complains about codes that are no countries.
func (a *App) countries(codes ...string) error {
	var c fault.Check
	for _, code := range codes {
		c.That(a.Taxonomy.Country(code), "countries", "country.unknown", "%s is not a country code of ISO 3166-1, such as GH.", code)
	}
	return c.Err()
}

func (a *App) appoint(ctx context.Context, o UserOptions) (UserResult, error) {
	created, err := a.Identity.Appoint(ctx, identity.Appointment{
		NewUser: identity.NewUser{Email: o.Email, Name: o.Name, Password: o.Password, Locale: o.Locale},
		Role:    identity.Role(o.Role), Organisation: o.Organisation, Programme: o.Code})
	done := "The account has one more role; its password is as before."
	if created {
		done = "The account is made."
	}
	return UserResult{Done: done}, err
}

func (a *App) accounts(ctx context.Context) (UserResult, error) {
	rows, err := a.Identity.List(ctx)
	if err != nil {
		return UserResult{}, err
	}
	r := UserResult{Done: fmt.Sprintf("%d roles.", len(rows)), Accounts: []AccountLine{}}
	for _, row := range rows {
		r.Accounts = append(r.Accounts, AccountLine(row))
	}
	return r, nil
}
