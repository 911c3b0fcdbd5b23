// SPDX-License-Identifier: AGPL-3.0-or-later

// Package mailtest is a mail server in the test's own process that behaves as
// badly as the test wants.
package mailtest

import (
	"errors"
	"io"
	"net"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"sankofa/backend/internal/mail"
)

// Mood is how the server treats the next mail.
type Mood int

// The moods.
const (
	Friendly  Mood = iota
	Hangs          // after the data, for ever
	Later          // 451: come back later
	Refuses        // 550: there is no such person
	CutsIn         // the line breaks in the middle of the data
	CutsAfter      // the mail is taken, and the line breaks before that is said
)

// Got is a mail that the server has taken.
type Got struct {
	From, To string
	Source   string // as it travelled
}

// Server is a mail server on this machine.
type Server struct {
	Settings mail.Settings

	mu    sync.Mutex
	moods []Mood
	got   []Got
	stop  chan struct{}
}

// New starts a server that goes when the test ends.
func New(t testing.TB) *Server {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &Server{stop: make(chan struct{})}
	server := smtp.NewServer(s)
	server.Domain, server.AllowInsecureAuth, server.MaxMessageBytes = "test.invalid", true, 1<<20
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() {
		close(s.stop)
		_ = server.Close()
	})
	_, port, err := net.SplitHostPort(listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	number, err := strconv.Atoi(port)
	if err != nil {
		t.Fatal(err)
	}
	s.Settings = mail.Settings{Host: "127.0.0.1", Port: number, Security: mail.None, From: "Sankofa <no-reply@sankofa.test>", Timeout: 500 * time.Millisecond}
	return s
}

// Behaves sets the moods for the next mails, in order; afterwards it is friendly.
func (s *Server) Behaves(moods ...Mood) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.moods = moods
}

// Mails returns what has been taken.
func (s *Server) Mails() []Got {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Got{}, s.got...)
}

// mood takes the next one.
func (s *Server) mood() Mood {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.moods) == 0 {
		return Friendly
	}
	next := s.moods[0]
	s.moods = s.moods[1:]
	return next
}

// NewSession begins a conversation.
func (s *Server) NewSession(c *smtp.Conn) (smtp.Session, error) {
	return &session{server: s, line: c.Conn()}, nil
}

type session struct {
	server   *Server
	line     net.Conn
	from, to string
	mood     Mood
}

// Mail hears who sends.
func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	s.from, s.mood = from, s.server.mood()
	return nil
}

// Rcpt hears whom it is for.
func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.to = to
	switch s.mood {
	case Later:
		return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 7, 1}, Message: "try again later"}
	case Refuses:
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such person"}
	}
	return nil
}

// errCut is the answer that nobody hears.
var errCut = errors.New("the line is cut")

// Data takes the mail, or not.
func (s *session) Data(r io.Reader) error {
	if s.mood == CutsIn {
		_ = s.line.Close()
		return errCut
	}
	source, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if s.mood == Hangs {
		<-s.server.stop
		return errCut
	}
	s.server.mu.Lock()
	s.server.got = append(s.server.got, Got{From: s.from, To: s.to, Source: string(source)})
	s.server.mu.Unlock()
	if s.mood == CutsAfter {
		_ = s.line.Close()
		return errCut
	}
	return nil
}

// Reset forgets the mail that was begun.
func (s *session) Reset() {}

// Logout ends the conversation.
func (s *session) Logout() error { return nil }
