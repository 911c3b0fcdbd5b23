// SPDX-License-Identifier: AGPL-3.0-or-later

package identity_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/identity/identitytest"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

func signIn(s *identity.Service, email, password, code string) (string, error) {
	return s.SignIn(context.Background(), identity.Credentials{Email: email, Password: password, Code: code, Address: "192.0.2.1"})
}

func TestSigningInOpensASessionInTheFirstMembership(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w, s := identitytest.New(t, db), identity.NewService(db)
		token, err := signIn(s, " HOST@test.invalid ", identitytest.Password, "")
		if err != nil {
			t.Fatal(err)
		}
		who, err := s.Resume(t.Context(), token)
		if err != nil || who != w.Host {
			t.Errorf("resumed as %+v (%v), want %+v", who, err, w.Host)
		}
		if err := s.SignOut(t.Context(), token); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Resume(t.Context(), token); !fault.Is(err, fault.Unknown) {
			t.Errorf("after signing out: %v, want unknown", err)
		}
	})
}

func TestAWrongSignInDoesNotTellWhichPartWasWrong(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		identitytest.New(t, db)
		s := identity.NewService(db)
		_, unknown := signIn(s, "nobody@test.invalid", identitytest.Password, "")
		_, wrong := signIn(s, "host@test.invalid", "not the password", "")
		if unknown == nil || wrong == nil || unknown.Error() != wrong.Error() {
			t.Errorf("unknown address: %v; wrong password: %v", unknown, wrong)
		}
	})
}

func TestFailuresAreThrottledPerAccountAndAddress(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		identitytest.New(t, db)
		s := identity.NewService(db)
		for range 6 {
			_, _ = signIn(s, "host@test.invalid", "wrong", "")
		}
		if _, err := signIn(s, "host@test.invalid", identitytest.Password, ""); !fault.Is(err, fault.Limited) {
			t.Fatalf("the seventh try: %v, want limited", err)
		}
		elsewhere := identity.Credentials{Email: "host@test.invalid", Password: identitytest.Password, Address: "192.0.2.9"}
		if _, err := s.SignIn(t.Context(), elsewhere); err != nil {
			t.Errorf("from another address: %v, want a session: nobody is locked out by a stranger", err)
		}
		clock.Advance(time.Minute)
		if _, err := signIn(s, "host@test.invalid", identitytest.Password, ""); err != nil {
			t.Errorf("a minute later: %v", err)
		}
	})
}

func TestManyTriesAtOnceAreThrottledLikeOneAfterTheOther(t *testing.T) {
	db := storetest.SQLite(t)
	identitytest.New(t, db)
	s := identity.NewService(db)
	for _, row := range []struct {
		name    string
		address func(try int) string
	}{
		{"from one address", func(int) string { return "192.0.2.1" }},
		{"from one network of IPv6", func(try int) string { return fmt.Sprintf("2001:db8:1:2::%x", try) }},
	} {
		var looked atomic.Int64
		var group sync.WaitGroup
		for try := range 40 {
			group.Go(func() {
				_, err := s.SignIn(t.Context(), identity.Credentials{Email: "host@test.invalid", Password: "wrong", Address: row.address(try)})
				if !fault.Is(err, fault.Limited) {
					looked.Add(1)
				}
			})
		}
		group.Wait()
		if looked.Load() != 6 {
			t.Errorf("%s: %d of 40 passwords were looked at, want 6", row.name, looked.Load())
		}
	}
	if _, err := s.SignIn(t.Context(), identity.Credentials{Email: "host@test.invalid", Password: identitytest.Password, Address: "2001:db8:1:3::1"}); err != nil {
		t.Errorf("from the network beside it: %v", err)
	}
}

func TestASessionEnds(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		identitytest.New(t, db)
		s := identity.NewService(db)
		idle, _ := signIn(s, "host@test.invalid", identitytest.Password, "")
		clock.Advance(2*time.Hour + time.Second)
		if _, err := s.Resume(t.Context(), idle); !fault.Is(err, fault.Unknown) {
			t.Errorf("after two idle hours: %v", err)
		}
		busy, _ := signIn(s, "host@test.invalid", identitytest.Password, "")
		for range 11 {
			clock.Advance(time.Hour)
			if _, err := s.Resume(t.Context(), busy); err != nil {
				t.Fatalf("in use: %v", err)
			}
		}
		clock.Advance(time.Hour + time.Second)
		if _, err := s.Resume(t.Context(), busy); !fault.Is(err, fault.Unknown) {
			t.Errorf("after twelve hours: %v", err)
		}
	})
}

func TestARevokedMembershipLendsNoRoleFromTheNextRequestOn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w, s := identitytest.New(t, db), identity.NewService(db)
		token, _ := signIn(s, "host@test.invalid", identitytest.Password, "")
		if err := s.Revoke(t.Context(), w.Host, w.Host.MembershipID); !fault.Is(err, fault.Missing) {
			t.Errorf("a host revokes: %v, want missing", err)
		}
		if err := s.Revoke(t.Context(), w.Administrator, w.Host.MembershipID); err != nil {
			t.Fatal(err)
		}
		who, err := s.Resume(t.Context(), token)
		if err != nil || who.Role != identity.Nobody || who.OrganisationID != "" {
			t.Errorf("resumed as %+v (%v), want no role", who, err)
		}
	})
}

func TestActingForAnotherOrganisationNeedsAMembershipThere(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w, s := identitytest.New(t, db), identity.NewService(db)
		token, _ := signIn(s, "host@test.invalid", identitytest.Password, "")
		err := s.Act(t.Context(), w.Host, token, w.Ministry.MembershipID)
		if !fault.Is(err, fault.Missing) {
			t.Errorf("acting for the ministry: %v, want missing", err)
		}
		if err := s.Act(t.Context(), w.Host, token, ""); err != nil {
			t.Fatal(err)
		}
		if who, _ := s.Resume(t.Context(), token); who.Role != identity.Nobody {
			t.Errorf("acting for oneself: %+v", who)
		}
	})
}

func TestASecondFactor(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		identitytest.New(t, db)
		s := identity.NewService(db)
		token, err := signIn(s, "coordinator@test.invalid", identitytest.Password, "")
		if err != nil {
			t.Fatal(err)
		}
		who, _ := s.Resume(t.Context(), token)
		if err := identity.Only(identity.Coordinator).Admit(who); !fault.HasCode(err, "session.enrol") {
			t.Errorf("before enrolling: %v, want session.enrol", err)
		}
		e, err := s.Enrol(t.Context(), who)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.ConfirmEnrolment(t.Context(), who, token, "000000"); !fault.Is(err, fault.Invalid) {
			t.Errorf("a wrong first code: %v", err)
		}
		code, _ := totp.GenerateCode(e.Secret, clock.Now())
		if err := s.ConfirmEnrolment(t.Context(), who, token, code); err != nil {
			t.Fatal(err)
		}
		who, _ = s.Resume(t.Context(), token)
		if err := identity.Only(identity.Coordinator).Admit(who); err != nil {
			t.Errorf("after enrolling: %v", err)
		}
		if _, err := signIn(s, "coordinator@test.invalid", identitytest.Password, ""); !fault.HasCode(err, "session.totp_required") {
			t.Errorf("without a code: %v", err)
		}
		if _, err := signIn(s, "coordinator@test.invalid", identitytest.Password, code); !fault.HasCode(err, "session.code_wrong") {
			t.Errorf("with a code used before: %v", err)
		}
	})
}

func TestSessionsOpenedByThePasswordAloneEndWithTheSecondFactor(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		identitytest.New(t, db)
		s := identity.NewService(db)
		thief, _ := signIn(s, "coordinator@test.invalid", identitytest.Password, "")
		other, _ := signIn(s, "ministry@test.invalid", identitytest.Password, "")
		own, _ := signIn(s, "coordinator@test.invalid", identitytest.Password, "")
		who, _ := s.Resume(t.Context(), own)
		e, _ := s.Enrol(t.Context(), who)
		code, _ := totp.GenerateCode(e.Secret, clock.Now())
		if err := s.ConfirmEnrolment(t.Context(), who, own, code); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Resume(t.Context(), thief); !fault.Is(err, fault.Unknown) {
			t.Errorf("a session that knew the password only: %v, want unknown", err)
		}
		if who, err := s.Resume(t.Context(), own); err != nil || who.MustEnrol {
			t.Errorf("the session that enrolled: %+v (%v)", who, err)
		}
		if _, err := s.Resume(t.Context(), other); err != nil {
			t.Errorf("somebody else's session: %v", err)
		}
	})
}

func TestACodeOpensOneSessionHoweverManyTry(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		identitytest.New(t, db)
		s := identity.NewService(db)
		token, _ := signIn(s, "ministry@test.invalid", identitytest.Password, "")
		who, _ := s.Resume(t.Context(), token)
		e, _ := s.Enrol(t.Context(), who)
		first, _ := totp.GenerateCode(e.Secret, clock.Now())
		if err := s.ConfirmEnrolment(t.Context(), who, token, first); err != nil {
			t.Fatal(err)
		}
		clock.Advance(time.Minute)
		code, _ := totp.GenerateCode(e.Secret, clock.Now())
		var mu sync.Mutex
		opened := 0
		var group sync.WaitGroup
		for range 5 {
			group.Go(func() {
				if _, err := signIn(s, "ministry@test.invalid", identitytest.Password, code); err == nil {
					mu.Lock()
					opened++
					mu.Unlock()
				}
			})
		}
		group.Wait()
		if opened != 1 {
			t.Errorf("%d sessions opened with one code, want 1", opened)
		}
	})
}

func TestAnAccountIsCheckedFieldByField(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		identitytest.New(t, db)
		create := func(n identity.NewUser) error {
			return db.Change(t.Context(), store.System, func(tx *store.Tx) error {
				_, err := identity.CreateUserIn(tx, n)
				return err
			})
		}
		f := fault.Of(create(identity.NewUser{Email: "nonsense", Name: " ", Password: "short", Locale: "xx"}))
		var fields []string
		for _, field := range f.Fields {
			fields = append(fields, field.Field)
		}
		if want := []string{"email", "name", "locale", "password"}; !slices.Equal(fields, want) {
			t.Errorf("fields %v, want %v", fields, want)
		}
		err := create(identity.NewUser{Email: "Host@Test.invalid", Name: "Again", Password: identitytest.Password, Locale: "en"})
		if f := fault.Of(err); len(f.Fields) != 1 || f.Fields[0].Code != "email.taken" {
			t.Errorf("an address that is taken: %+v", f)
		}
	})
}

func TestAccessAdmits(t *testing.T) {
	host := identity.Actor{UserID: "u", Role: identity.Host}
	for _, row := range []struct {
		name   string
		access identity.Access
		who    identity.Actor
		want   fault.Kind
	}{
		{"a stranger at an open door", identity.Public, identity.Actor{}, ""},
		{"a stranger", identity.SignedIn, identity.Actor{}, fault.Unknown},
		{"anybody signed in", identity.SignedIn, host, ""},
		{"the role", identity.Only(identity.Host), host, ""},
		{"another role", identity.Only(identity.Ministry), host, fault.Missing},
	} {
		err := row.access.Admit(row.who)
		if (err == nil) != (row.want == "") || (err != nil && !fault.Is(err, row.want)) {
			t.Errorf("%s: %v, want %q", row.name, err, row.want)
		}
	}
}
