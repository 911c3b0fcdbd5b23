// SPDX-License-Identifier: AGPL-3.0-or-later

package placements_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/placements"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

// TestTheDocumentsOfAPlacement asks everybody for every document before anything is
// signed, and the parties in every language once the stay is over. LETTERS names a
// folder to keep them in, for looking at.
func TestTheDocumentsOfAPlacement(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		s := newStay(t, db, clock)
		kinds := []placements.LetterKind{placements.Invitation, placements.TermsLetter, placements.AgreementText, placements.MissionOrder, placements.ServicePaper}
		for _, c := range []struct {
			who  identity.Actor
			want []placements.LetterKind
		}{{s.person, kinds[:3]}, {s.Host, kinds[:3]}, {s.Coordinator, kinds[:3]}, {s.Ministry, kinds[1:2]}, {s.Association, nil}} {
			for _, kind := range kinds {
				_, _, err := s.Placements.Letter(t.Context(), c.who, s.now.ID, kind, "")
				if got := err == nil; got != slices.Contains(c.want, kind) || err != nil && !fault.HasCode(err, "letter.missing") {
					t.Errorf("the %s gets the %s: %v", c.who.Role, kind, err)
				}
			}
		}
		s.begun()
		s.until(s.now.To.Add(1))
		if err := s.Placements.Tick(t.Context()); err != nil {
			t.Fatal(err)
		}
		s.must(s.Placements.Find(t.Context(), s.Coordinator, s.now.ID))
		s.finished()
		if len(s.now.File.Letters) != 5 {
			t.Errorf("in the end there are %v", s.now.File.Letters)
		}
		for _, language := range identity.Locales {
			for _, kind := range kinds {
				name, pdf, err := s.Placements.Letter(t.Context(), s.person, s.now.ID, kind, language)
				if err != nil || !bytes.HasPrefix(pdf, []byte("%PDF-")) || !bytes.Contains(pdf, []byte("/Lang ("+language)) {
					t.Errorf("%s in %s: %s, %d bytes (%v)", kind, language, name, len(pdf), err)
				}
				if folder := os.Getenv("LETTERS"); folder != "" {
					if err := os.WriteFile(filepath.Join(folder, language+"-"+name), pdf, 0o644); err != nil {
						t.Fatal(err)
					}
				}
			}
		}
	})
}

func TestWhoSignsTheAgreementAcceptsAText(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		s := newStay(t, db, clock)
		s.Host.Locale = "fr"
		s.must(s.Placements.Sign(t.Context(), s.Host, s.now.ID, s.now.Version, placements.Agreement))
		s.must(s.Placements.Sign(t.Context(), s.Host, s.now.ID, s.now.Version, placements.WorkPlan))
		var said []struct{ Role, Version, Language, Digest string }
		err := db.View(t.Context(), func(tx *store.Tx) error {
			return tx.Raw(`SELECT role, version, language, digest FROM agreement_acceptances WHERE placement_id = ?`, s.now.ID).Scan(&said).Error
		})
		if err != nil || len(said) != 1 || said[0].Role != "host" || said[0].Version != placements.AgreementVersion || said[0].Language != "fr" {
			t.Fatalf("accepted: %+v (%v)", said, err)
		}
		if want := placements.AgreementDigest("fr"); said[0].Digest != want || want == placements.AgreementDigest("en") || len(want) != 64 {
			t.Errorf("the digest is %s, want %s", said[0].Digest, want)
		}
	})
}
