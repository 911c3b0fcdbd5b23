// SPDX-License-Identifier: AGPL-3.0-or-later

package partners_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/files"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/identity/identitytest"
	"sankofa/backend/internal/lifecycle"
	"sankofa/backend/internal/partners"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
	"sankofa/backend/internal/taxonomy"
)

// world is a programme that may be asked.
type world struct {
	*identitytest.World
	*partners.Service
	t *testing.T
}

func newWorld(t *testing.T, db *store.DB) *world {
	t.Helper()
	codes, err := taxonomy.Load()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	kept, err := files.Open(t.Context(), files.Options{DB: db, Directory: filepath.Join(dir, "files"), KeyFile: filepath.Join(dir, "key")})
	if err != nil {
		t.Fatal(err)
	}
	w := &world{World: identitytest.New(t, db), t: t}
	w.Service = &partners.Service{DB: db, Codes: codes, Files: kept, Identity: identity.NewService(db)}
	return w
}

// form is a sound application.
func form(kind, email string) partners.Form {
	country := "GH"
	if kind == "association" {
		country = "NL"
	}
	return partners.Form{Programme: "TEST", Kind: kind, Name: "Diaspora Doctors " + email, Country: country, Place: "Utrecht", Website: "https://doctors.example.org",
		Summary: "We bring doctors of the diaspora together.", OfficerName: "Ama Owusu", OfficerEmail: email, Locale: "en",
		Referees: []partners.Referee{{Name: "Kofi Mensah", Organisation: "City of Utrecht", Contact: "kofi@city.example"}, {Name: "Ann Bakker", Organisation: "Red Cross", Contact: "+31 30 1234567"}}}
}

// link makes a link work as the mail does, and returns its secret.
func (w *world) link(kind identity.LinkKind, subject string) string {
	w.t.Helper()
	secret := id.Secret()
	err := w.DB.Keep(w.t.Context(), func(tx *store.Tx) error { return identity.PutLinkIn(tx, kind, subject, secret, tx.Now) })
	if err != nil {
		w.t.Fatal(err)
	}
	return secret
}

// asked applies, opens the link and adds a paper.
func (w *world) asked(f partners.Form) (partners.Dossier, string) {
	w.t.Helper()
	made, err := w.Apply(w.t.Context(), f)
	if err != nil {
		w.t.Fatalf("apply: %v %+v", err, fault.Of(err).Fields)
	}
	secret := w.link(identity.LinkApplication, made)
	if _, err := w.Open(w.t.Context(), secret); err != nil {
		w.t.Fatal(err)
	}
	if _, err := w.AddPaper(w.t.Context(), secret, "registration.pdf", pdf); err != nil {
		w.t.Fatal(err)
	}
	d, err := w.Open(w.t.Context(), secret)
	if err != nil || len(d.Papers) != 1 {
		w.t.Fatalf("%d papers: %v", len(d.Papers), err)
	}
	return d, secret
}

var pdf = []byte("%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n0\n%%EOF\n")

func steps(all []partners.Next) string {
	var out []string
	for _, n := range all {
		text := n.Name
		for _, e := range n.Missing {
			text += "-" + string(e)
		}
		out = append(out, text)
	}
	return strings.Join(out, " ")
}

func TestAnOrganisationFromTheFirstPageToItsFirstOfficer(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		made, err := w.Apply(t.Context(), form("association", "ama@doctors.example"))
		if err != nil {
			t.Fatal(err, fault.Of(err).Fields)
		}
		if _, err := w.Find(t.Context(), w.Coordinator, made); !fault.Is(err, fault.Missing) {
			t.Errorf("an address that nobody confirmed is looked at: %v", err)
		}
		secret := w.link(identity.LinkApplication, made)
		d, err := w.Open(t.Context(), secret)
		if err != nil || d.State != lifecycle.Applied || d.ConfirmedAt == nil {
			t.Fatalf("%+v %v", d, err)
		}
		seen, err := w.Find(t.Context(), w.Coordinator, made)
		if err != nil || steps(seen.Can) != "return approve-papers refuse" {
			t.Fatalf("without papers the coordinator may %s (%v)", steps(seen.Can), err)
		}
		if _, err := w.Take(t.Context(), w.Coordinator, made, seen.Version, partners.Move{Name: "approve", Reason: "Known."}); !fault.HasCode(err, "organisation.evidence") {
			t.Errorf("approved without papers: %v", err)
		}
		if _, err := w.AddPaper(t.Context(), secret, "registration.pdf", pdf); err != nil {
			t.Fatal(err)
		}

		back, err := w.Take(t.Context(), w.Coordinator, made, seen.Version, partners.Move{Name: "return", Reason: "Two things.",
			Remarks: []partners.Remark{{Field: "summary", Words: "Which doctors?"}, {Field: "papers", Words: "Older than two years."}}})
		if err != nil || back.State != lifecycle.Returned || len(back.Remarks) != 2 {
			t.Fatalf("%+v %v", back, err)
		}
		mended := form("association", "somebody@else.example")
		mended.Summary = "Surgeons and anaesthetists from Ghana in the Netherlands."
		again, err := w.Resend(t.Context(), secret, back.Version, mended)
		if err != nil || again.State != lifecycle.Applied || again.Round != 2 || again.OfficerEmail != "ama@doctors.example" || !strings.HasPrefix(again.Summary, "Surgeons") {
			t.Fatalf("%+v %v", again, err)
		}
		if _, err := w.Take(t.Context(), w.Coordinator, made, back.Version, partners.Move{Name: "approve", Reason: "Known."}); !fault.Is(err, fault.Stale) {
			t.Errorf("an older version was approved: %v", err)
		}
		in, err := w.Take(t.Context(), w.Coordinator, made, again.Version, partners.Move{Name: "approve", Reason: "Known to the city."})
		if err != nil || in.State != lifecycle.Approved || in.OrganisationID == nil || !in.Invited {
			t.Fatalf("%+v %v", in, err)
		}
		if _, err := w.AddPaper(t.Context(), secret, "late.pdf", pdf); !fault.Is(err, fault.Conflict) {
			t.Errorf("a paper after the end: %v", err)
		}

		office := w.link(identity.LinkOffice, made)
		seat, err := w.OpenOffice(t.Context(), office)
		if err != nil || seat.Known || seat.Role != identity.Association || seat.Email != "ama@doctors.example" {
			t.Fatalf("%+v %v", seat, err)
		}
		if err := w.TakeOffice(t.Context(), office, "Ama Owusu", "short", "en"); !fault.Is(err, fault.Invalid) {
			t.Errorf("a short password: %v", err)
		}
		if err := w.TakeOffice(t.Context(), office, "Ama Owusu", "correct horse battery", "en"); err != nil {
			t.Fatal(err)
		}
		if err := w.TakeOffice(t.Context(), office, "Ama Owusu", "correct horse battery", "en"); !fault.Is(err, fault.Conflict) {
			t.Errorf("the link worked twice: %v", err)
		}
		token, err := w.Identity.SignIn(t.Context(), identity.Credentials{Email: "ama@doctors.example", Password: "correct horse battery"})
		if err != nil {
			t.Fatal(err)
		}
		officer, err := w.Identity.Resume(t.Context(), token)
		if err != nil || officer.Role != identity.Association || officer.OrganisationID != *in.OrganisationID {
			t.Fatalf("%+v %v", officer, err)
		}

		one, err := w.FindOffice(t.Context(), w.Coordinator, *in.OrganisationID)
		if err != nil || one.Officers != 1 || steps(one.Can) != "suspend close" {
			t.Fatalf("%+v %v", one, err)
		}
		one, err = w.MoveOffice(t.Context(), w.Coordinator, one.ID, one.Version, "suspend", "Complaints are looked into.")
		if err != nil || one.State != "SUSPENDED" {
			t.Fatalf("%+v %v", one, err)
		}
		if officer, err := w.Identity.Resume(t.Context(), token); err != nil || officer.Role != identity.Nobody {
			t.Errorf("an officer of a suspended organisation acts as %q (%v)", officer.Role, err)
		}
		if listed(t, w, "Diaspora Doctors") {
			t.Error("a suspended organisation stands in the directory")
		}
		if one, err = w.MoveOffice(t.Context(), w.Coordinator, one.ID, one.Version, "reinstate", "Nothing was found."); err != nil {
			t.Fatal(err)
		}
		if !listed(t, w, "diaspora doctors") {
			t.Error("who takes part again does not stand in the directory")
		}
		if one, err = w.MoveOffice(t.Context(), w.Coordinator, one.ID, one.Version, "close", "It was dissolved."); err != nil || len(one.Can) != 0 {
			t.Fatalf("%+v %v", one, err)
		}
		if _, err = w.MoveOffice(t.Context(), w.Coordinator, one.ID, one.Version, "reinstate", "x"); !fault.Is(err, fault.Conflict) {
			t.Errorf("a closed organisation came back: %v", err)
		}
	})
}

func listed(t *testing.T, w *world, words string) bool {
	t.Helper()
	found, _, err := w.Directory(t.Context(), partners.Filter{Words: words, Limit: 10})
	if err != nil {
		t.Fatal(err)
	}
	return len(found) > 0
}

func TestAMinistryVouchesForTheHostsOfItsCountryOnly(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		host, _ := w.asked(form("host_institution", "head@hospital.example"))
		other, _ := w.asked(form("association", "chair@association.example"))
		seen, _, err := w.Applications(t.Context(), w.Ministry, "", "", 10)
		if err != nil || len(seen) != 1 || seen[0].ID != host.ID {
			t.Fatalf("the ministry sees %d applications (%v)", len(seen), err)
		}
		if _, err := w.Find(t.Context(), w.Ministry, other.ID); !fault.Is(err, fault.Missing) {
			t.Errorf("the ministry sees an association: %v", err)
		}
		if _, err := w.Find(t.Context(), w.Other.Coordinator, host.ID); !fault.Is(err, fault.Missing) {
			t.Errorf("another programme sees it: %v", err)
		}
		d, err := w.Find(t.Context(), w.Coordinator, host.ID)
		if err != nil || steps(d.Can) != "return approve-vouched refuse" {
			t.Fatalf("before the ministry spoke: %s (%v)", steps(d.Can), err)
		}
		if _, err := w.Take(t.Context(), w.Ministry, host.ID, d.Version, partners.Move{Name: "approve", Reason: "x"}); !fault.Is(err, fault.Denied) {
			t.Errorf("the ministry approved: %v", err)
		}
		d, err = w.Take(t.Context(), w.Ministry, host.ID, d.Version, partners.Move{Name: "vouch"})
		if err != nil || d.VouchedAt == nil || steps(d.Can) != "return" {
			t.Fatalf("%s %v", steps(d.Can), err)
		}
		if _, err = w.Take(t.Context(), w.Coordinator, host.ID, d.Version, partners.Move{Name: "approve", Reason: "Known."}); err != nil {
			t.Error(err)
		}
		if _, err := w.Take(t.Context(), w.Administrator, other.ID, other.Version, partners.Move{Name: "refuse", Reason: "No papers that we can read."}); err != nil {
			t.Errorf("the administrator may not refuse: %v", err)
		}
	})
}

func TestWhatCannotBeMeantIsNamed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		for field, spoil := range map[string]func(*partners.Form){
			"programme":           func(f *partners.Form) { f.Programme = "NONE" },
			"kind":                func(f *partners.Form) { f.Kind = "coordinator" },
			"name":                func(f *partners.Form) { f.Name = " " },
			"country":             func(f *partners.Form) { f.Country = "XX" },
			"website":             func(f *partners.Form) { f.Website = "javascript:alert(1)" },
			"summary":             func(f *partners.Form) { f.Summary = "short" },
			"officerEmail":        func(f *partners.Form) { f.OfficerEmail = "nobody" },
			"locale":              func(f *partners.Form) { f.Locale = "xx" },
			"referees":            func(f *partners.Form) { f.Referees = f.Referees[:1] },
			"referees[1].contact": func(f *partners.Form) { f.Referees[1].Contact = f.Referees[0].Contact },
			"referees[0].contact": func(f *partners.Form) { f.Referees[0].Contact = f.OfficerEmail },
			"officerName":         func(f *partners.Form) { f.OfficerName = "A\nB" },
		} {
			f := form("host_institution", "x@y.example")
			spoil(&f)
			_, err := w.Apply(t.Context(), f)
			if !slices.ContainsFunc(fault.Of(err).Fields, func(one fault.Field) bool { return one.Field == field }) {
				t.Errorf("%s: %v %+v", field, err, fault.Of(err).Fields)
			}
		}
		f := form("host_institution", "x@y.example")
		f.Country = "NL"
		if _, err := w.Apply(t.Context(), f); !fault.Is(err, fault.Invalid) {
			t.Errorf("a host outside the countries of the programme: %v", err)
		}
	})
}

func TestAskingTwiceIsOneApplicationAndTimeTidies(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		w := newWorld(t, db)
		first, err := w.Apply(t.Context(), form("association", "a@b.example"))
		second, again := w.Apply(t.Context(), form("association", "A@b.example"))
		if err != nil || again != nil || first != second {
			t.Fatalf("%s %v, %s %v", first, err, second, again)
		}
		returned, secret := w.asked(form("association", "c@d.example"))
		d, err := w.Take(t.Context(), w.Coordinator, returned.ID, returned.Version, partners.Move{Name: "return", Reason: "See below.", Remarks: []partners.Remark{{Field: "name", Words: "In full, please."}}})
		if err != nil {
			t.Fatal(err)
		}
		clock.Advance(15 * 24 * time.Hour)
		if err := w.Tick(t.Context()); err != nil {
			t.Fatal(err)
		}
		var n int64
		count := func() int64 {
			err := db.View(t.Context(), func(tx *store.Tx) error {
				return tx.Raw(`SELECT count(*) FROM organisation_applications`).Scan(&n).Error
			})
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		if count() != 1 {
			t.Errorf("%d applications after two weeks, want the confirmed one", n)
		}
		clock.Advance(80 * 24 * time.Hour)
		if err := w.Tick(t.Context()); err != nil {
			t.Fatal(err)
		}
		if d, err = w.Find(t.Context(), w.Coordinator, d.ID); err != nil || d.State != lifecycle.Closed || d.Reason == "" {
			t.Errorf("what nobody mended is %s (%v)", d.State, err)
		}
		if _, err := w.Resend(t.Context(), secret, d.Version, form("association", "c@d.example")); !fault.Is(err, fault.Conflict) {
			t.Errorf("a closed application was sent again: %v", err)
		}
		clock.Advance(366 * 24 * time.Hour)
		if err := w.Tick(t.Context()); err != nil || count() != 0 {
			t.Errorf("%d are left after a year (%v)", n, err)
		}
		err = db.View(t.Context(), func(tx *store.Tx) error { return tx.Raw(`SELECT count(*) FROM files`).Scan(&n).Error })
		if err != nil || n != 0 {
			t.Errorf("%d papers are left (%v)", n, err)
		}
	})
}

func TestNobodyMovesTheOwnOrganisationNorTheOneThatRuns(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		one, err := w.FindOffice(t.Context(), w.Coordinator, w.CoordinatorOrg.ID)
		if err != nil || len(one.Can) != 0 {
			t.Fatalf("%+v %v", one.Can, err)
		}
		if _, err := w.MoveOffice(t.Context(), w.Coordinator, one.ID, one.Version, "suspend", "x"); !fault.Is(err, fault.Denied) {
			t.Errorf("the coordinator suspended itself: %v", err)
		}
		if _, err := w.FindOffice(t.Context(), w.Other.Coordinator, w.HostOrg.ID); !fault.Is(err, fault.Missing) {
			t.Errorf("another programme's host is seen: %v", err)
		}
		all, next, err := w.Offices(t.Context(), w.Coordinator, "", "", 3)
		if err != nil || len(all) != 3 || next == "" {
			t.Fatalf("%d %q %v", len(all), next, err)
		}
		rest, _, err := w.Offices(t.Context(), w.Coordinator, "", next, 10)
		if err != nil || len(rest) != 2 || slices.ContainsFunc(rest, func(o partners.Office) bool { return o.ID == all[2].ID }) {
			t.Errorf("the second page has %d (%v)", len(rest), err)
		}
		page, next, err := w.Directory(t.Context(), partners.Filter{Limit: 4})
		if err != nil || len(page) != 4 || next == "" {
			t.Fatalf("%d %q %v", len(page), next, err)
		}
		more, _, err := w.Directory(t.Context(), partners.Filter{Limit: 100, After: next})
		if err != nil || len(more)+len(page) != 9 {
			t.Errorf("the directory has %d partners (%v)", len(more)+len(page), err)
		}
	})
}
