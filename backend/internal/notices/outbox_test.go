// SPDX-License-Identifier: AGPL-3.0-or-later

package notices_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/mail/mailtest"
	"sankofa/backend/internal/notices"
	"sankofa/backend/internal/privacy"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

func TestAnInvitationGoesOutAndItsLinkWorks(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db, mailtest.New(t))
		made := w.Registered("ama@example.org")
		w.sent()
		w.sent() // again: nothing more happens
		got := w.Post.Mails()
		if len(got) != 1 || got[0].To != "ama@example.org" {
			t.Fatalf("got %+v", got)
		}
		_, text := body(t, got[0])
		welcome, err := w.Registry.Open(t.Context(), secretIn(t, text))
		if err != nil || welcome.Profile.ID != made.ID {
			t.Errorf("the link of the mail: %v", err)
		}
		if _, err := w.Registry.Open(t.Context(), made.Secret); err != nil {
			t.Errorf("the link that the officer was shown: %v", err)
		}
		item := w.only("invitation")
		if item.State != notices.Sent || item.To != "a…@example.org" || item.Open {
			t.Errorf("the administrator sees %+v", item)
		}
		if _, err := w.Service.Open(t.Context(), w.Administrator, item.ID); !fault.Is(err, fault.Denied) {
			t.Errorf("the administrator reads a mail that was sent: %v", err)
		}
		var held int64
		_ = db.View(t.Context(), func(tx *store.Tx) error {
			return tx.Raw(`SELECT count(*) FROM outbox WHERE details LIKE '%ama@%' OR details LIKE '%Boateng%' OR once LIKE '%ama@%'`).Scan(&held).Error
		})
		if held != 0 {
			t.Error("the outbox holds a name or an address")
		}
	})
}

func TestWithoutAMailServerTheAdministratorReadsTheMail(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db, nil)
		made := w.Registered("ama@example.org")
		w.sent()
		item := w.only("invitation")
		if item.State != notices.Shown || item.To != "ama@example.org" || !item.Open {
			t.Fatalf("the administrator sees %+v", item)
		}
		letter, err := w.Service.Open(t.Context(), w.Administrator, item.ID)
		if err != nil || !strings.Contains(letter.Text, "Hello Ama Boateng") {
			t.Fatalf("the mail: %v %s", err, letter.Text)
		}
		if welcome, err := w.Registry.Open(t.Context(), secretIn(t, letter.Text)); err != nil || welcome.Profile.ID != made.ID {
			t.Errorf("its link: %v", err)
		}
		if _, err := w.Service.Open(t.Context(), w.Coordinator, item.ID); !fault.Is(err, fault.Missing) {
			t.Errorf("a coordinator reads the outbox: %v", err)
		}
		// A newer link replaces the older ones, also the one in the mail.
		if _, err := w.Registry.Invite(t.Context(), w.Association, made.ID); err != nil {
			t.Fatal(err)
		}
		if old, err := w.Service.Open(t.Context(), w.Administrator, item.ID); err != nil || !old.Gone {
			t.Errorf("the older mail still says something: %v %+v", err, old)
		}
	})
}

func TestAMailServerThatMisbehavesLosesNothing(t *testing.T) {
	for _, row := range []struct {
		name    string
		mood    mailtest.Mood
		then    notices.State
		problem string
		reply   int
		wait    time.Duration
	}{
		{"hangs", mailtest.Hangs, notices.Waiting, "cut", 0, 2 * time.Minute},
		{"comes back later", mailtest.Later, notices.Waiting, "refused", 451, 2 * time.Minute},
		{"cuts in the middle", mailtest.CutsIn, notices.Waiting, "cut", 0, 2 * time.Minute},
		{"refuses", mailtest.Refuses, notices.Dead, "refused", 550, 0},
	} {
		t.Run(row.name, func(t *testing.T) {
			storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
				w := newWorld(t, db, mailtest.New(t))
				w.Registered("ama@example.org")
				w.Post.Behaves(row.mood)
				w.sent()
				if got := w.only("invitation"); got.State != row.then || got.Problem != row.problem || got.Reply != row.reply {
					t.Fatalf("after it %s: %+v", row.name, got)
				}
				if row.then == notices.Dead {
					if _, err := w.Retry(t.Context(), w.Administrator, w.only("invitation").ID); err != nil {
						t.Fatal(err)
					}
				}
				w.sent()
				if row.then == notices.Waiting && len(w.Post.Mails()) != 0 {
					t.Error("it was tried again at once")
				}
				clock.Advance(row.wait)
				w.sent()
				if got := w.only("invitation"); got.State != notices.Sent || len(w.Post.Mails()) != 1 {
					t.Errorf("in the end: %+v, %d mails", got, len(w.Post.Mails()))
				}
			})
		})
	}
}

func TestAMailThatIsNeverTakenIsGivenUp(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		w := newWorld(t, db, mailtest.New(t))
		w.Registered("ama@example.org")
		moods := slices.Repeat([]mailtest.Mood{mailtest.Later}, 100)
		w.Post.Behaves(moods...)
		w.told()
		for range 60 {
			w.Drain(t.Context())
			clock.Advance(4 * time.Hour)
		}
		if got := w.only("invitation"); got.State != notices.Dead || got.Attempts < 20 || got.Attempts > 50 {
			t.Errorf("after ten days: %+v", got)
		}
	})
}

// TestASenderThatDies is about the one moment that no protocol closes: the mail
// server has taken the mail, and the program dies before it has written that down.
func TestASenderThatDies(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		w := newWorld(t, db, mailtest.New(t))
		w.Registered("ama@example.org")
		w.sent()
		// As a program leaves it that is killed after the server's answer.
		err := db.Keep(t.Context(), func(tx *store.Tx) error {
			return tx.Exec(`UPDATE outbox SET state = 'sending', sent_at = NULL, leased_by = 'the dead', leased_until = ?`, tx.Now.Add(5*time.Minute)).Error
		})
		if err != nil {
			t.Fatal(err)
		}
		w.sent()
		if got := w.Post.Mails(); len(got) != 1 {
			t.Fatalf("%d mails while the lease runs", len(got))
		}
		clock.Advance(6 * time.Minute)
		w.sent()
		got := w.Post.Mails()
		if len(got) != 2 || w.only("invitation").State != notices.Sent {
			t.Fatalf("%d mails after the lease", len(got))
		}
		first, one := body(t, got[0])
		second, two := body(t, got[1])
		if first.Get("Message-Id") == "" || first.Get("Message-Id") != second.Get("Message-Id") {
			t.Errorf("a mail server cannot recognise the repeat: %q and %q", first.Get("Message-Id"), second.Get("Message-Id"))
		}
		if secretIn(t, one) != secretIn(t, two) {
			t.Error("the repeat holds another link")
		}
	})
}

func TestTheAnswerThatGetsLostIsRepeatedRecognisably(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		w := newWorld(t, db, mailtest.New(t))
		w.Registered("ama@example.org")
		w.Post.Behaves(mailtest.CutsAfter)
		w.sent()
		clock.Advance(2 * time.Minute)
		w.sent()
		got := w.Post.Mails()
		if len(got) != 2 {
			t.Fatalf("%d mails, want the one whose answer was lost, and its repeat", len(got))
		}
		first, _ := body(t, got[0])
		second, _ := body(t, got[1])
		if first.Get("Message-Id") != second.Get("Message-Id") {
			t.Error("the repeat has another Message-ID")
		}
	})
}

func TestManySendersSendEachMailOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db, mailtest.New(t))
		const people = 40
		for i := range people {
			w.Registered(fmt.Sprintf("ama-%d@example.org", i))
		}
		// Several programs read the ledger and send at the same time.
		var group sync.WaitGroup
		for range 4 {
			other := &world{World: w.World, t: t, db: db, Post: w.Post}
			other.Service = other.teller()
			group.Go(func() {
				reader := notices.Reader{Service: other.Service}
				at, err := reader.Position(t.Context())
				if err != nil {
					t.Error(err)
				}
				events, err := db.Events(t.Context(), at, 1000)
				if err == nil && len(events) > 0 {
					err = reader.Deliver(t.Context(), events)
				}
				if err != nil && !fault.Is(err, fault.Stale) {
					t.Error(err)
				}
				other.Drain(t.Context())
			})
		}
		group.Wait()
		w.sent()
		seen := map[string]int{}
		for _, got := range w.Post.Mails() {
			seen[got.To]++
		}
		if len(seen) != people || len(w.Post.Mails()) != people {
			t.Errorf("%d people got %d mails, want %d each one", len(seen), len(w.Post.Mails()), people)
		}
	})
}

func TestTheSenderStopsWithTheServer(t *testing.T) {
	db := storetest.SQLite(t)
	w := newWorld(t, db, mailtest.New(t))
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		w.Run(ctx)
		close(ended)
	}()
	w.Registered("ama@example.org")
	w.told() // wakes it
	for end := time.Now().Add(10 * time.Second); len(w.Post.Mails()) == 0 && time.Now().Before(end); {
		time.Sleep(10 * time.Millisecond)
	}
	cancel()
	select {
	case <-ended:
	case <-time.After(10 * time.Second):
		t.Fatal("the sender does not stop")
	}
	if got := w.only("invitation"); got.State != notices.Sent {
		t.Errorf("the mail is %s", got.State)
	}
}

func TestTheAdministratorTestsAndGivesUp(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db, mailtest.New(t))
		item, err := w.Test(t.Context(), w.Administrator)
		if err != nil {
			t.Fatal(err)
		}
		w.sent()
		if got := w.Post.Mails(); len(got) != 1 || got[0].To != "administrator@test.invalid" {
			t.Errorf("the test mail: %+v", got)
		}
		if _, err := w.GiveUp(t.Context(), w.Administrator, item.ID); !fault.Is(err, fault.Conflict) {
			t.Errorf("giving up what was sent: %v", err)
		}
		if _, err := w.Test(t.Context(), w.Coordinator); !fault.Is(err, fault.Missing) {
			t.Errorf("a coordinator sends a test: %v", err)
		}
		w.Post.Behaves(mailtest.Later)
		item, err = w.Test(t.Context(), w.Administrator)
		if err != nil {
			t.Fatal(err)
		}
		w.sent()
		if _, err := w.GiveUp(t.Context(), w.Administrator, item.ID); err != nil {
			t.Fatal(err)
		}
		standing, err := w.Standing(t.Context())
		if err != nil || standing.Counts[notices.GivenUp] != 1 || standing.Counts[notices.Sent] != 1 || !standing.Configured {
			t.Errorf("the outbox stands %+v %v", standing, err)
		}
	})
}

func TestWhatIsForgottenIsNotSent(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db, mailtest.New(t))
		ama := w.Joined("ama@example.org", privacy.Purposes...)
		made := w.Registered("kofi@example.org")
		w.told()
		if len(w.outbox("")) < 2 || len(w.news(ama)) == 0 {
			t.Fatalf("nothing was told: %d mails, %d notices", len(w.outbox("")), len(w.news(ama)))
		}
		err := db.Keep(t.Context(), func(tx *store.Tx) error {
			for _, one := range []string{ama.ProfessionalID, made.ID} {
				if err := notices.ForgetIn(tx, one); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		w.sent()
		if left := w.news(ama); len(left) > 0 || len(w.Post.Mails()) > 0 {
			t.Errorf("%d notices and %d mails of people who are forgotten", len(left), len(w.Post.Mails()))
		}
	})
}

func TestAResetLinkWorksOnceAndForAnHour(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		w := newWorld(t, db, mailtest.New(t))
		who := identity.NewService(db)
		ask := func(email string) {
			t.Helper()
			if err := who.AskReset(t.Context(), email, "192.0.2.1"); err != nil {
				t.Fatal(err)
			}
			w.sent()
		}
		ask("nobody@example.org")
		if len(w.Post.Mails()) != 0 {
			t.Fatal("an address without an account gets a mail")
		}
		ask(" HOST@test.invalid ")
		_, text := body(t, w.Post.Mails()[0])
		link := secretIn(t, text)
		if err := who.Reset(t.Context(), link, "short"); !fault.Is(err, fault.Invalid) {
			t.Errorf("a short password: %v", err)
		}
		if err := who.Reset(t.Context(), link, "another long password"); err != nil {
			t.Fatal(err)
		}
		if err := who.Reset(t.Context(), link, "a third long password"); !fault.HasCode(err, "link.over") {
			t.Errorf("a second time: %v", err)
		}
		if _, err := who.SignIn(t.Context(), identity.Credentials{Email: "host@test.invalid", Password: "another long password"}); err != nil {
			t.Errorf("the new password: %v", err)
		}
		w.sent()
		if got := w.Post.Mails(); len(got) != 2 || kinds(w.news(w.Host)) != "password_changed" {
			t.Errorf("%d mails, and the notices %q", len(got), kinds(w.news(w.Host)))
		}
		ask("host@test.invalid")
		_, text = body(t, w.Post.Mails()[2])
		clock.Advance(61 * time.Minute)
		if err := who.Reset(t.Context(), secretIn(t, text), "a fourth long password"); !fault.HasCode(err, "link.over") {
			t.Errorf("after an hour: %v", err)
		}
		for range 3 {
			_ = who.AskReset(t.Context(), "ministry@test.invalid", "192.0.2.1")
		}
		if err := who.AskReset(t.Context(), "ministry@test.invalid", "192.0.2.1"); !fault.Is(err, fault.Limited) {
			t.Errorf("asking for ever: %v", err)
		}
	})
}
