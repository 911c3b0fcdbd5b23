// SPDX-License-Identifier: AGPL-3.0-or-later

package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/textproto"

	gomail "github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"
)

// Failure says why a mail did not go out. It holds no address and no word of the
// mail, so that it may be kept and shown to the administrator.
type Failure struct {
	Code      string // "unreachable", "certificate", "not_offered", "sign_in", "refused", "cut", "malformed"
	Reply     int    // the server's status (RFC 5321, 4.2.1); 0 when it said nothing
	Permanent bool   // trying again is of no use
	Server    bool   // no mail would fare better just now
	cause     error
}

// Error describes the failure without what the server wrote: it may quote an address.
func (f *Failure) Error() string { return fmt.Sprintf("mail: %s (%d)", f.Code, f.Reply) }

// Unwrap returns the cause, for tests.
func (f *Failure) Unwrap() error { return f.cause }

// Sender hands mails to a server, one connection for several.
type Sender struct {
	settings Settings
	trust    *tls.Config // nil: the system's certificates
}

// NewSender returns a sender; settings were checked.
func NewSender(s Settings) *Sender { return &Sender{settings: s.whole()} }

// client makes a client for one connection.
func (s *Sender) client() (*gomail.Client, error) {
	set := s.settings
	options := []gomail.Option{gomail.WithPort(set.Port), gomail.WithTimeout(set.Timeout), gomail.WithoutNoop(), gomail.WithoutRset(),
		gomail.WithHELO(set.Domain())}
	switch set.Security {
	case TLS:
		options = append(options, gomail.WithSSL())
	case None:
		options = append(options, gomail.WithTLSPolicy(gomail.NoTLS))
	default:
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	}
	if s.trust != nil {
		options = append(options, gomail.WithTLSConfig(s.trust))
	}
	if set.User != "" {
		kind := gomail.SMTPAuthAutoDiscover
		if set.Security == None {
			kind = gomail.SMTPAuthPlainNoEnc
		}
		options = append(options, gomail.WithSMTPAuth(kind), gomail.WithUsername(set.User), gomail.WithPassword(set.Password))
	}
	return gomail.NewClient(set.Host, options...)
}

// Post is a connection to the mail server.
type Post struct {
	sender *Sender
	client *gomail.Client
	line   *smtp.Client
}

// Connect reaches the server and signs in. A failure concerns every mail alike.
func (s *Sender) Connect(ctx context.Context) (*Post, error) {
	client, err := s.client()
	if err != nil {
		return nil, &Failure{Code: "malformed", Server: true, cause: err}
	}
	var wire net.Conn
	if s.settings.Security != TLS {
		// The library leaves the connection open when the greeting fails; we close it.
		err = gomail.WithDialContextFunc(func(ctx context.Context, network, address string) (net.Conn, error) {
			var dialer net.Dialer
			made, err := dialer.DialContext(ctx, network, address)
			wire = made
			return made, err
		})(client)
		if err != nil {
			return nil, &Failure{Code: "malformed", Server: true, cause: err}
		}
	}
	line, err := client.DialToSMTPClientWithContext(ctx)
	if err == nil {
		return &Post{sender: s, client: client, line: line}, nil
	}
	if wire != nil {
		_ = wire.Close()
	}
	f := classify(err, "not_offered")
	f.Server, f.Permanent = true, false // a wrong password is mended by people, and no mail is lost over it
	return nil, f
}

// Close says good-bye. What the server answers to that changes nothing.
func (p *Post) Close() {
	_ = p.client.CloseWithSMTPClient(p.line)
	_ = p.line.Close()
}

// Send hands one mail over. Nil means that the server has taken it: it answered
// the end of the data with 250. Any other end leaves it open whether it did, and
// a repeat bears the same Message-ID.
func (p *Post) Send(m Message) error {
	msg, err := m.build(p.sender.settings)
	if err != nil {
		return &Failure{Code: "malformed", Permanent: true, cause: err}
	}
	err = p.client.SendWithSMTPClient(p.line, msg)
	if err == nil || msg.IsDelivered() {
		return nil
	}
	return classify(err, "cut")
}

// classify reads what went wrong; silent is what to call it when neither the
// server nor the network said anything.
func classify(err error, silent string) *Failure {
	f := &Failure{Code: silent, cause: err}
	var send *gomail.SendError
	var said *textproto.Error
	var network net.Error
	var certificate *tls.CertificateVerificationError
	switch {
	case errors.As(err, &certificate):
		f.Code = "certificate"
	case errors.As(err, &send):
		f.Reply = send.ErrorCode()
	case errors.As(err, &said):
		f.Reply = said.Code
	case errors.As(err, &network) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
		f.Code = "unreachable"
	}
	f.read()
	return f
}

// read gives the server's status its meaning.
func (f *Failure) read() {
	switch {
	case f.Reply == 535 || f.Reply == 534 || f.Reply == 530: // RFC 4954, 6
		f.Code, f.Server = "sign_in", true
	case f.Reply == 421: // RFC 5321, 3.8: the server closes the connection
		f.Code, f.Server = "refused", true
	case f.Reply >= 500:
		f.Code, f.Permanent = "refused", true
	case f.Reply >= 400:
		f.Code = "refused"
	}
}
