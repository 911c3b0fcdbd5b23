// SPDX-License-Identifier: AGPL-3.0-or-later

package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"sankofa/backend/internal/app"
	"sankofa/backend/internal/fault"
)

// userCommand sets up a new installation, and helps people who are locked out.
type userCommand struct {
	Programme    foundProgramme    `cmd:"" help:"Found a programme."`
	Organisation foundOrganisation `cmd:"" help:"Found an organisation in a programme."`
	Add          addUser           `cmd:"" help:"Make an account, or give an account one more role."`
	List         listUsers         `cmd:"" help:"List accounts and their roles."`
	Password     setPassword       `cmd:"" help:"Set a new password (read from standard input) and end all sessions."`
	ResetFactor  resetFactor       `cmd:"" name:"reset-second-factor" help:"Remove a lost second factor and end all sessions."`
}

type foundProgramme struct {
	Code      string   `required:"" help:"Short code, such as MIDA-GH."`
	Name      string   `required:"" help:"Name."`
	Countries []string `required:"" help:"Countries of origin (ISO 3166-1), separated by commas."`
}

// Run founds a programme.
func (f *foundProgramme) Run(ctx context.Context, c *common, out *output) error {
	return userDo(ctx, c, out, app.UserOptions{Act: "programme", Code: f.Code, Name: f.Name, Countries: f.Countries})
}

type foundOrganisation struct {
	Name      string `required:"" help:"Name."`
	Kind      string `required:"" help:"association, ministry, host_institution or coordinator."`
	Country   string `required:"" help:"Country (ISO 3166-1): of the ministry, of the host, or of residence of an association."`
	Place     string `help:"Town."`
	Programme string `required:"" help:"Code of the programme."`
}

// Run founds an organisation.
func (f *foundOrganisation) Run(ctx context.Context, c *common, out *output) error {
	return userDo(ctx, c, out, app.UserOptions{Act: "organisation", Name: f.Name, Kind: f.Kind, Country: f.Country, Place: f.Place, Code: f.Programme})
}

type addUser struct {
	Email        string `required:"" help:"E-mail address."`
	Name         string `help:"Name; needed for a new account."`
	Role         string `required:"" help:"association, host, ministry, coordinator or administrator."`
	Organisation string `required:"" help:"Name of the organisation."`
	Programme    string `help:"Code of the programme; not for administrators."`
	Locale       string `help:"Language of the screens: en, fr, ar or pt." default:"en"`
}

// Run makes an account. The password of a new one is read from standard input,
// so that it stands in no list of processes and no history.
func (a *addUser) Run(ctx context.Context, c *common, out *output) error {
	password, err := readPassword(out)
	if err != nil {
		return err
	}
	return userDo(ctx, c, out, app.UserOptions{Act: "add", Email: a.Email, Name: a.Name, Role: a.Role,
		Organisation: a.Organisation, Code: a.Programme, Locale: a.Locale, Password: password})
}

type listUsers struct{}

// Run lists accounts.
func (*listUsers) Run(ctx context.Context, c *common, out *output) error {
	return userDo(ctx, c, out, app.UserOptions{Act: "list"})
}

type setPassword struct {
	Email string `arg:"" help:"E-mail address of the account."`
}

// Run sets a new password.
func (s *setPassword) Run(ctx context.Context, c *common, out *output) error {
	password, err := readPassword(out)
	if err != nil {
		return err
	}
	return userDo(ctx, c, out, app.UserOptions{Act: "password", Email: s.Email, Password: password})
}

type resetFactor struct {
	Email string `arg:"" help:"E-mail address of the account."`
}

// Run removes a second factor.
func (r *resetFactor) Run(ctx context.Context, c *common, out *output) error {
	return userDo(ctx, c, out, app.UserOptions{Act: "reset-second-factor", Email: r.Email})
}

func userDo(ctx context.Context, c *common, out *output, options app.UserOptions) error {
	var result app.UserResult
	if err := c.do(ctx, out, "user", options, &result); err != nil {
		return err
	}
	return out.result(result, func(w io.Writer) { result.Print(w) })
}

// readPassword reads one line of standard input.
func readPassword(out *output) (string, error) {
	if info, err := os.Stdin.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
		fmt.Fprint(out.stderr, "Password (it will be visible; or pipe it in): ")
	}
	line, err := bufio.NewReader(io.LimitReader(os.Stdin, 1000)).ReadString('\n')
	line = strings.TrimRight(line, "\r\n")
	if line == "" {
		return "", fault.New(fault.Invalid, "password.missing", "Please give the password on standard input.").Because(err)
	}
	return line, nil
}
