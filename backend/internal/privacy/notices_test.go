// SPDX-License-Identifier: AGPL-3.0-or-later

package privacy

import (
	"strings"
	"testing"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

func TestEveryPurposeHasANoticeInEveryLanguage(t *testing.T) {
	for _, p := range Purposes {
		english := current[p]["en"]
		for _, language := range []string{"en", "fr", "ar", "pt"} {
			n, ok := current[p][language]
			if !ok {
				t.Errorf("%s is not there in %s", p, language)
				continue
			}
			if n.Version != english.Version || n.Required != english.Required {
				t.Errorf("%s (%s): version %s and required %v differ from English", p, language, n.Version, n.Required)
			}
			if strings.Count(n.Body, "\n\n") != strings.Count(english.Body, "\n\n") || strings.Count(n.Body, "\n- ") != strings.Count(english.Body, "\n- ") {
				t.Errorf("%s (%s) has other paragraphs or points than English", p, language)
			}
		}
		if english.Required != (p == RegistrySearch) {
			t.Errorf("%s: required is %v", p, english.Required)
		}
	}
	if got := CurrentNotice(RegistrySearch, "de"); got.Language != "en" {
		t.Errorf("a language that is not there is answered in %s", got.Language)
	}
}

func TestANoticeThatCannotBeReadIsRefused(t *testing.T) {
	for name, row := range map[string]struct{ file, text string }{
		"an unknown purpose": {"marketing.en.md", "---\nversion: 1\ntitle: t\n---\nbody"},
		"no language":        {"statistics.md", "---\nversion: 1\ntitle: t\n---\nbody"},
		"no head":            {"statistics.en.md", "body"},
		"no version":         {"statistics.en.md", "---\ntitle: t\n---\nbody"},
		"an unknown key":     {"statistics.en.md", "---\nversion: 1\ntitle: t\ncolour: red\n---\nbody"},
		"no body":            {"statistics.en.md", "---\nversion: 1\ntitle: t\n---\n"},
	} {
		if n, err := parseNotice(row.file, row.text); err == nil {
			t.Errorf("%s was read as %+v", name, n)
		}
	}
}

func TestNoticesAreInstalledOnceAndNeverRewritten(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s := &Service{DB: db}
		for range 2 {
			if err := s.InstallNotices(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		last, _ := db.LastEvent(t.Context())
		if last != int64(len(Purposes)*4) {
			t.Errorf("%d texts were installed, want each once", last)
		}
		err := db.Keep(t.Context(), func(tx *store.Tx) error {
			return tx.Exec(`UPDATE consent_notices SET sha256 = 'other' WHERE purpose = 'statistics' AND language = 'fr'`).Error
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.InstallNotices(t.Context()); !fault.HasCode(err, "notice.changed") {
			t.Errorf("a changed text: %v", err)
		}
	})
}
