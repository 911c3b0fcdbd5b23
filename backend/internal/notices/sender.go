// SPDX-License-Identifier: AGPL-3.0-or-later

package notices

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/mail"
	"sankofa/backend/internal/store"
)

// Paces of the sender.
const (
	look       = 15 * time.Second // at the outbox even when nobody woke us: another program may have written to it
	firstPause = 5 * time.Second  // when the mail server is away; it doubles each time
	lastPause  = 5 * time.Minute
	recording  = 200 * time.Millisecond // between two tries to write down that a mail has left
)

// line is the connection to the mail server, kept while there are mails.
type line struct {
	post     *mail.Post
	failures int
}

func (l *line) close() {
	if l.post != nil {
		l.post.Close()
		l.post = nil
	}
}

// Run sends what is due until the context ends. A mail that is on its way then is
// finished first: cut in the middle, nobody would know whether it arrived.
func (s *Service) Run(ctx context.Context) {
	var l line
	defer l.close()
	for ctx.Err() == nil {
		pause := s.deliver(ctx, &l)
		if pause == 0 {
			continue
		}
		l.close() // nobody keeps a mail server waiting
		timer := time.NewTimer(pause)
		select {
		case <-ctx.Done():
		case <-s.woken:
			if l.failures > 0 { // a server that is away is not hurried by new mails
				select {
				case <-ctx.Done():
				case <-timer.C:
				}
			}
		case <-timer.C:
		}
		timer.Stop()
	}
}

// deliver sends one mail and returns how long to rest before the next.
func (s *Service) deliver(ctx context.Context, l *line) time.Duration {
	var e entry
	var ok bool
	err := s.DB.Keep(ctx, func(tx *store.Tx) (err error) {
		e, ok, err = claimIn(tx, s.worker)
		return err
	})
	if err != nil {
		if ctx.Err() == nil {
			s.Log.Warn("the outbox cannot be read; it is tried again", "error", err)
		}
		return look
	}
	if !ok {
		return look
	}
	o := s.attempt(context.WithoutCancel(ctx), e, l)
	s.record(context.WithoutCancel(ctx), e, o)
	if l.failures > 0 {
		return min(firstPause<<min(l.failures-1, 16), lastPause)
	}
	return 0
}

// attempt sends one mail, or finds out why it cannot.
func (s *Service) attempt(ctx context.Context, e entry, l *line) (o outcome) {
	// A mail that cannot be composed must not stop the others.
	defer func() {
		if p := recover(); p != nil {
			s.Log.Error("a mail cannot be composed", "mail", e.ID, "kind", e.Kind, "cause", fmt.Sprint(p))
			o = outcome{State: Dead, Problem: "compose"}
		}
	}()
	m, err := s.prepare(ctx, e)
	switch {
	case fault.Is(err, fault.Unavailable) || fault.Is(err, fault.Full):
		at := s.DB.Now().Add(firstRetry)
		return outcome{State: Waiting, Problem: "database", Retry: &at, Free: true}
	case err != nil:
		s.Log.Error("a mail cannot be composed", "mail", e.ID, "kind", e.Kind, "error", err)
		return outcome{State: Dead, Problem: "compose"}
	case m.Gone:
		return outcome{State: Dropped}
	case s.sender == nil || m.To.Demo:
		return outcome{State: Shown}
	}
	err = s.send(ctx, m.Message, l)
	var f *mail.Failure
	if errors.As(err, &f) {
		s.Log.Warn("a mail was not sent", "mail", e.ID, "kind", e.Kind, "problem", f.Code, "reply", f.Reply, "attempts", e.Attempts)
		return e.after(f, s.DB.Now())
	}
	return outcome{State: Sent}
}

// send hands a mail over, by the connection that is open or a new one.
func (s *Service) send(ctx context.Context, m mail.Message, l *line) error {
	fresh := l.post == nil
	if fresh {
		post, err := s.sender.Connect(ctx)
		if err != nil {
			l.failures++
			return err
		}
		l.post = post
	}
	err := l.post.Send(m)
	var f *mail.Failure
	if err == nil || errors.As(err, &f) && f.Code == "malformed" {
		l.failures = 0
		return err
	}
	l.close() // in whatever state it is
	if f.Server || f.Reply == 0 {
		l.failures++
		return err
	}
	l.failures = 0
	return err
}

// record writes down how the sending ended. While a mail has left and that is not
// written, it would be sent again; so it is tried until the lease is nearly over.
func (s *Service) record(ctx context.Context, e entry, o outcome) {
	for end := time.Now().Add(lease / 2); ; time.Sleep(recording) {
		err := s.DB.Keep(ctx, func(tx *store.Tx) error { return settleIn(tx, e, o) })
		if err == nil {
			return
		}
		if errors.Is(err, errLost) || time.Now().After(end) {
			s.Log.Error("how a mail ended could not be written", "mail", e.ID, "kind", e.Kind, "outcome", string(o.State), "error", err)
			return
		}
	}
}

// Drain sends everything that is due now and returns; for commands and tests.
func (s *Service) Drain(ctx context.Context) {
	var l line
	defer l.close()
	for ctx.Err() == nil && s.deliver(ctx, &l) == 0 {
	}
}

// guard keeps the work of the clock from running twice in one program.
type guard struct {
	mu   sync.Mutex
	last time.Time
}
