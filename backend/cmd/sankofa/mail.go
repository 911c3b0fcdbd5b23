// SPDX-License-Identifier: AGPL-3.0-or-later

package main

import (
	"os"
	"strings"
	"time"

	"sankofa/backend/internal/app"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/mail"
)

// mailFlags say how mails leave. Without a host the administrator reads them in
// the product.
type mailFlags struct {
	Host         string        `name:"smtp-host" help:"Mail server. Without it mails are shown to the administrator and sent to nobody." placeholder:"HOST"`
	Port         int           `name:"smtp-port" help:"Port of the mail server; 587, 465 or 25 by its security." placeholder:"PORT"`
	Security     string        `name:"smtp-security" help:"starttls, tls or none; none is for a server on this machine." default:"starttls" enum:"starttls,tls,none"`
	User         string        `name:"smtp-user" help:"Who signs in to the mail server." placeholder:"NAME"`
	Password     string        `name:"smtp-password" help:"Password for the mail server; better in the environment or a file." placeholder:"PASSWORD"`
	PasswordFile string        `name:"smtp-password-file" help:"File that holds the password." placeholder:"FILE"`
	From         string        `name:"smtp-from" help:"Address that mails come from, such as Sankofa <no-reply@example.org>." placeholder:"ADDRESS"`
	Timeout      time.Duration `name:"smtp-timeout" help:"How long the mail server may take." default:"30s"`
	KeyFile      string        `name:"mail-key-file" help:"Key of the links in mails; DIR/mail.key, made at the first start. Servers that share a database share it." placeholder:"FILE"`
}

// configure puts the flags into the program's configuration.
func (f *mailFlags) configure(conf *app.Config) error {
	password := f.Password
	if f.PasswordFile != "" {
		text, err := os.ReadFile(f.PasswordFile)
		if err != nil {
			return fault.New(fault.Invalid, "config.smtp_password_file", "--smtp-password-file cannot be read: %s.", f.PasswordFile).Because(err)
		}
		password = strings.TrimRight(string(text), "\r\n")
	}
	conf.MailKeyFile = f.KeyFile
	conf.Mail = mail.Settings{Host: f.Host, Port: f.Port, Security: mail.Security(f.Security), User: f.User, Password: password, From: f.From, Timeout: f.Timeout}
	return nil
}
