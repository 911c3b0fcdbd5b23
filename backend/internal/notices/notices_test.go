// SPDX-License-Identifier: AGPL-3.0-or-later

package notices_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/identity/identitytest"
	"sankofa/backend/internal/mail/mailtest"
	"sankofa/backend/internal/notices"
	"sankofa/backend/internal/privacy"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/registry/registrytest"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

func TestEverybodyHearsOfASelection(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db, nil)
		ama := w.Joined("ama@example.org", privacy.Purposes...)
		n := w.Of.Published()
		if _, err := w.Selection.Nominate(t.Context(), w.Association, n.ID, ama.ProfessionalID, "One of ours."); err != nil {
			t.Fatal(err)
		}
		w.told()
		if got := w.news(ama)[0]; got.Kind != "nomination" || !strings.Contains(got.Text, n.Reference) || !strings.HasPrefix(got.Path, "/candidacies/") {
			t.Errorf("the nomination reads %+v", got)
		}
		w.Of.Submitted()
		w.told()
		if got := kinds(w.news(w.Ministry)); got != "need_submitted" { // what was validated long ago asks nobody any more
			t.Errorf("the ministry hears of %q", got)
		}
		w.Of.Validated()
		kofi := w.Joined("kofi@example.org", privacy.Purposes...)
		w.Shortlisted(w.Of.Published(), kofi)
		w.told()
		w.Placed(w.Of.Published(), kofi)
		w.sent()
		want := []string{"placement_booked", "offer", "candidacy_proposed", "candidacy_interview"}
		got := strings.Fields(kinds(w.news(kofi)))
		for _, kind := range want {
			if !slices.Contains(got, kind) {
				t.Errorf("the person hears of %v, want %s too", got, kind)
			}
		}
		for who, kind := range map[*identity.Actor]string{&w.Host: "candidacy_to_endorse", &w.Ministry: "need_submitted", &w.Coordinator: "need_validated", &w.Association: ""} {
			got := kinds(w.news(*who))
			if !strings.Contains(got, kind) {
				t.Errorf("the %s hears of %q, want %s", who.Role, got, kind)
			}
		}
		if got := w.news(w.Other.Coordinator); len(got) > 0 {
			t.Errorf("another programme hears of %+v", got)
		}
		for _, m := range w.outbox("") {
			if m.State == notices.Dead {
				t.Errorf("a mail cannot be composed: %+v", m)
			}
		}
		for _, n := range w.news(w.Host) {
			if strings.Contains(n.Text, "Boateng") {
				t.Errorf("an officer is told a name: %s", n.Text)
			}
		}
	})
}

func TestConsentsOfOneMomentAreOnePieceOfNews(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db, mailtest.New(t))
		ama := w.Joined("ama@example.org", privacy.RegistrySearch, privacy.Statistics)
		w.sent()
		got := w.news(ama)
		if kinds(got) != "consent_given" || got[0].Text != "You have agreed: being found for needs; being counted" || got[0].Path != "/me/consents" {
			t.Errorf("got %+v", got)
		}
		if err := w.Privacy.Withdraw(t.Context(), ama, privacy.Statistics); err != nil {
			t.Fatal(err)
		}
		w.sent()
		if got := w.news(ama)[0]; got.Text != "You have withdrawn your consent: being counted" {
			t.Errorf("got %+v", got)
		}
	})
}

func TestNoticesAreReadAndCounted(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db, nil)
		ama := w.Joined("ama@example.org", privacy.RegistrySearch)
		kofi := w.Joined("kofi@example.org", privacy.RegistrySearch)
		w.told()
		mine := w.news(ama)
		count := func(who identity.Actor) int {
			n, err := w.Unread(t.Context(), who)
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		if count(ama) != 1 || len(mine) != 1 {
			t.Fatalf("%d unread of %d", count(ama), len(mine))
		}
		if err := w.Read(t.Context(), kofi, []string{mine[0].ID}); err != nil || count(ama) != 1 {
			t.Errorf("somebody else reads it: %v", err)
		}
		if err := w.Read(t.Context(), ama, nil); err != nil || count(ama) != 0 || count(kofi) != 1 {
			t.Errorf("read: %v", err)
		}
		if err := w.Read(t.Context(), ama, []string{"x"}); !fault.Is(err, fault.Invalid) {
			t.Errorf("nonsense: %v", err)
		}
	})
}

// choose sets how soon somebody wants to hear.
func (w *world) choose(who identity.Actor, change func(*notices.Preferences)) {
	w.t.Helper()
	p, err := w.Preferences(w.t.Context(), who)
	if err != nil {
		w.t.Fatal(err)
	}
	change(&p)
	if _, err := w.Choose(w.t.Context(), who, p); err != nil {
		w.t.Fatalf("%v %+v", err, fault.Of(err).Fields)
	}
}

// every sets one frequency for everything.
func every(often notices.Frequency) func(*notices.Preferences) {
	return func(p *notices.Preferences) {
		for i := range p.Choices {
			p.Choices[i].Frequency = often
		}
	}
}

func TestADigestGathersTheDayAndGoesAtThePersonsHour(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		w := newWorld(t, db, mailtest.New(t))
		ama := w.Joined("ama@example.org", privacy.RegistrySearch)
		w.sent()
		before := len(w.Post.Mails())
		w.choose(ama, func(p *notices.Preferences) {
			every(notices.Daily)(p)
			p.TimeZone, p.DigestHour = "Africa/Nairobi", 18
		})
		if err := w.Privacy.Withdraw(t.Context(), ama, privacy.RegistrySearch); err != nil {
			t.Fatal(err)
		}
		clock.Advance(time.Second)
		if _, err := w.Privacy.Give(t.Context(), ama, registrytest.Consents(privacy.Statistics)[0]); err != nil {
			t.Fatal(err)
		}
		w.sent()
		if len(w.Post.Mails()) != before || len(w.news(ama)) != 3 {
			t.Fatalf("%d mails at once, %d notices in the product", len(w.Post.Mails())-before, len(w.news(ama)))
		}
		digest := w.outbox("digest")[0] // the latest; the association has one too
		// The clock starts at 9:00 in Greenwich, noon in Nairobi: six o'clock there is 15:00.
		if want := storetest.Start.Add(6 * time.Hour); !digest.DueAt.Equal(want) {
			t.Errorf("the digest is due %s, want %s", digest.DueAt, want)
		}
		clock.Advance(6*time.Hour + time.Minute)
		w.sent()
		got := w.Post.Mails()[before:]
		if len(got) != 1 {
			t.Fatalf("%d mails when the day is over", len(got))
		}
		_, text := body(t, got[0])
		if !strings.Contains(text, "withdrawn your consent: being found for needs") || !strings.Contains(text, "agreed: being counted") {
			t.Errorf("the digest: %s", text)
		}
		clock.Advance(48 * time.Hour)
		w.sent()
		for _, got := range w.Post.Mails()[before+1:] {
			if got.To == "ama@example.org" {
				t.Error("a day without news has a digest")
			}
		}
	})
}

func TestQuietHoursAndNoneAreKept(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		w := newWorld(t, db, mailtest.New(t))
		ama := w.Joined("ama@example.org", privacy.RegistrySearch)
		w.sent()
		w.choose(ama, func(p *notices.Preferences) { p.QuietFrom, p.QuietTo = 22, 11 })
		before := len(w.Post.Mails())
		if err := w.Privacy.Withdraw(t.Context(), ama, privacy.RegistrySearch); err != nil {
			t.Fatal(err)
		}
		w.sent()
		if got := w.only("consent_withdrawn"); len(w.Post.Mails()) != before || !got.DueAt.Equal(storetest.Start.Add(2*time.Hour)) {
			t.Errorf("in the quiet hours: %+v", got)
		}
		clock.Advance(2*time.Hour + time.Second)
		w.sent()
		if len(w.Post.Mails()) != before+1 {
			t.Error("nothing came when the quiet hours ended")
		}
		w.choose(ama, every(notices.Never))
		if _, err := w.Privacy.Give(t.Context(), ama, registrytest.Consents(privacy.Statistics)[0]); err != nil {
			t.Fatal(err)
		}
		w.sent()
		if len(w.Post.Mails()) != before+1 || len(w.news(ama)) != 3 {
			t.Errorf("%d mails to somebody who wants none; %d notices", len(w.Post.Mails())-before-1, len(w.news(ama)))
		}
	})
}

func TestPreferencesAreCheckedAndKeptFromOverwriting(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db, nil)
		p, err := w.Preferences(t.Context(), w.Host)
		if err != nil || p.TimeZone != "UTC" || len(p.Choices) == 0 {
			t.Fatalf("%+v %v", p, err)
		}
		for _, c := range p.Choices {
			if c.Label == "" || c.Kind == "reset" || c.Kind == "consent_given" {
				t.Errorf("a host chooses %+v", c)
			}
		}
		for _, spoil := range []func(*notices.Preferences){
			func(p *notices.Preferences) { p.TimeZone = "Mars/Olympus" },
			func(p *notices.Preferences) { p.TimeZone = "" },
			func(p *notices.Preferences) { p.QuietFrom = 24 },
			func(p *notices.Preferences) { p.Choices = []notices.Choice{{Kind: "reset", Frequency: notices.Never}} },
			func(p *notices.Preferences) {
				p.Choices = []notices.Choice{{Kind: p.Choices[0].Kind, Frequency: "hourly"}}
			},
			func(p *notices.Preferences) { p.Choices = slices.Concat(p.Choices, p.Choices) },
		} {
			bad := p
			bad.Choices = slices.Clone(p.Choices)
			spoil(&bad)
			if _, err := w.Choose(t.Context(), w.Host, bad); !fault.Is(err, fault.Invalid) {
				t.Errorf("%+v: %v", bad, err)
			}
		}
		next, err := w.Choose(t.Context(), w.Host, p)
		if err != nil || next.Version <= p.Version {
			t.Fatalf("%+v %v", next, err)
		}
		if _, err := w.Choose(t.Context(), w.Host, p); !fault.Is(err, fault.Stale) {
			t.Errorf("an older version: %v", err)
		}
	})
}

func TestOneClickEndsOneKindOfMail(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		w := newWorld(t, db, mailtest.New(t))
		ama := w.Joined("ama@example.org", privacy.RegistrySearch)
		w.sent()
		got := w.Post.Mails()
		header, _ := body(t, got[len(got)-1])
		link := strings.Trim(header.Get("List-Unsubscribe"), "<>")
		address, err := url.Parse(link)
		if err != nil || address.Path != "/unsubscribe" || header.Get("List-Unsubscribe-Post") != "List-Unsubscribe=One-Click" {
			t.Fatalf("the header: %q", link)
		}
		token := address.Query().Get("token")
		if _, err := w.Stop(t.Context(), token+"x"); !fault.Is(err, fault.Missing) {
			t.Errorf("a forged token: %v", err)
		}
		what, err := w.Stoppable(t.Context(), token)
		if err != nil || what.Label != "What I agreed to" {
			t.Errorf("%+v %v", what, err)
		}
		for range 2 { // mail programs repeat
			if _, err := w.Stop(t.Context(), token); err != nil {
				t.Fatal(err)
			}
		}
		before := len(w.Post.Mails())
		clock.Advance(time.Second)
		if _, err := w.Privacy.Give(t.Context(), ama, registrytest.Consents(privacy.Statistics)[0]); err != nil {
			t.Fatal(err)
		}
		w.sent()
		if len(w.Post.Mails()) != before || len(w.news(ama)) != 2 {
			t.Errorf("%d mails after the click, %d notices", len(w.Post.Mails())-before, len(w.news(ama)))
		}
	})
}

func TestTheClockRemindsOnce(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		w := newWorld(t, db, nil)
		ama := w.Joined("ama@example.org", privacy.Purposes...)
		n := w.Of.Published()
		if _, err := w.Selection.Nominate(t.Context(), w.Association, n.ID, ama.ProfessionalID, "One of ours."); err != nil {
			t.Fatal(err)
		}
		count := func(kind string) (n int) {
			for _, one := range w.news(ama) {
				if one.Kind == kind {
					n++
				}
			}
			return n
		}
		tick := func(d time.Duration) {
			t.Helper()
			clock.Advance(d)
			for range 2 {
				clock.Advance(2 * time.Hour)
				if err := w.Tick(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			w.sent()
		}
		tick(time.Hour)
		if count("nomination_reminder") != 0 {
			t.Error("reminded on the first day")
		}
		tick(11 * 24 * time.Hour)
		if count("nomination_reminder") != 1 {
			t.Errorf("reminded %d times before the end", count("nomination_reminder"))
		}
		if count("licence_expiry") != 0 || count("profile_stale") != 0 {
			t.Error("told too early that something is old")
		}
		tick(200 * 24 * time.Hour)
		if count("profile_stale") != 1 {
			t.Errorf("asked %d times whether the profile is right", count("profile_stale"))
		}
		// The licence ends on 31 December 2027; the clock stands in July.
		tick(130 * 24 * time.Hour)
		tick(45 * 24 * time.Hour)
		if count("licence_expiry") != 2 {
			t.Errorf("warned %d times of the licence, want 60 and 14 days before", count("licence_expiry"))
		}
	})
}

func TestRegisteringTellsNothingAndTheMailTellsAll(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		w := newWorld(t, db, mailtest.New(t))
		w.Registry.ConfirmsAddresses = true
		profile := registry.Profile{Professional: registry.Professional{GivenName: "Moussa", OriginCountry: "SN", OriginLink: "born", ResidenceCountry: "NL",
			OccupationTitle: "Midwife", ISCO: "2222"}}
		account := registry.Account{Email: "moussa@example.org", Password: identitytest.Password, Locale: "en", Consents: registrytest.Consents(privacy.RegistrySearch)}
		register := func() {
			t.Helper()
			if made, err := w.Registry.SelfRegister(t.Context(), profile, account); err != nil || made.ID != "" {
				t.Fatalf("the answer is %+v, %v; want one that is always the same", made, err)
			}
			w.sent()
		}
		visible := func() (n int64) {
			_ = db.View(t.Context(), func(tx *store.Tx) error { return tx.Raw(`SELECT count(*) FROM visibility`).Scan(&n).Error })
			return n
		}
		who := identity.NewService(db)
		signIn := func() error {
			_, err := who.SignIn(t.Context(), identity.Credentials{Email: account.Email, Password: account.Password})
			return err
		}
		register()
		if visible() != 0 || signIn() == nil {
			t.Fatal("an address that nobody confirmed can be found or signed in to")
		}
		register() // the first registration makes way
		link := func() string {
			got := w.Post.Mails()
			_, text := body(t, got[len(got)-1])
			return secretIn(t, text)
		}
		if _, err := w.Registry.ConfirmAddress(t.Context(), link()); err != nil {
			t.Fatal(err)
		}
		if visible() != 1 || signIn() != nil {
			t.Errorf("confirmed: visible %d, signing in: %v", visible(), signIn())
		}
		if _, err := w.Registry.ConfirmAddress(t.Context(), link()); !fault.HasCode(err, "link.over") {
			t.Errorf("a second time: %v", err)
		}
		register()
		got := w.Post.Mails()
		if _, text := body(t, got[len(got)-1]); !strings.Contains(text, "has an account already") {
			t.Errorf("the mail to the owner of the address: %s", text)
		}
		account.Email = "late@example.org"
		register()
		clock.Advance(8 * 24 * time.Hour)
		if err := w.Registry.ForgetUnconfirmed(t.Context()); err != nil {
			t.Fatal(err)
		}
		var left int64
		_ = db.View(t.Context(), func(tx *store.Tx) error {
			return tx.Raw(`SELECT count(*) FROM users WHERE email = 'late@example.org'`).Scan(&left).Error
		})
		if left != 0 {
			t.Error("a registration that nobody confirmed stays for ever")
		}
	})
}

func TestWhatConcernsOnesDataIsAlwaysTold(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db, nil)
		ama := w.Joined("ama@example.org", privacy.Purposes...)
		w.sent()
		w.choose(ama, every(notices.Never))
		err := db.Change(t.Context(), store.System, func(tx *store.Tx) error {
			tx.Emit("erasure.requested", ama.ProfessionalID, store.Details{"due": "2026-12-15T09:00:00Z"})
			tx.Emit("disclosure.asked", "gone meanwhile", store.Details{"professional": ama.ProfessionalID})
			tx.Emit("retention.asked", ama.ProfessionalID, store.Details{"by": "2027-03-01T09:00:00Z"})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		w.sent()
		if got := w.news(ama); !slices.ContainsFunc(got, func(n notices.Notice) bool {
			return n.Kind == "disclosure_asked" && n.Text == "A host asks to see more" && n.Path == ""
		}) {
			t.Errorf("a question that is over reads %+v", got)
		}
		for kind, day := range map[string]string{"erasure_requested": "15 December 2026", "retention_asked": "1 March 2027"} {
			letter, err := w.Service.Open(t.Context(), w.Administrator, w.only(kind).ID)
			if err != nil || !strings.Contains(letter.Text, day) {
				t.Errorf("%s: %v %s", kind, err, letter.Text)
			}
		}
	})
}
