// SPDX-License-Identifier: AGPL-3.0-or-later

package taxonomy

import (
	"context"
	"os"
	"strings"
	"testing"

	"sankofa/backend/internal/store"
)

// benchmarked is the shipped vocabulary, extended by the ESCO download in the
// folder that BENCH_ESCO names, if it names one.
func benchmarked(b *testing.B) *Taxonomy {
	b.Helper()
	tax, err := Load()
	if err != nil {
		b.Fatal(err)
	}
	if folder := os.Getenv("BENCH_ESCO"); folder != "" {
		if err := tax.Extend(b.Context(), imported(b, folder)); err != nil {
			b.Fatal(err)
		}
	}
	return tax
}

// imported is a database with an ESCO download in it.
func imported(b *testing.B, folder string) *store.DB {
	b.Helper()
	db, err := store.Open(b.Context(), store.Options{Database: "sqlite:" + b.TempDir() + "/esco.db"})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	if _, err = db.Migrate(b.Context()); err == nil {
		_, err = ImportESCO(b.Context(), db, folder, nil)
	}
	if err != nil {
		b.Fatal(err)
	}
	return db
}

// longCV is a text of 60,000 characters in which few words come twice.
func longCV(tax *Taxonomy, language string) string {
	var out strings.Builder
	for _, s := range tax.Skills("") {
		for _, label := range s.Labels[language] {
			out.WriteString("Erfahrung, experience, expérience: " + label + ", depuis 2012. ")
		}
	}
	text := strings.Repeat(out.String(), 1+60_000/out.Len())
	return strings.ToValidUTF8(text[:60_000], "")
}

func BenchmarkMentions(b *testing.B) {
	tax := benchmarked(b)
	for _, language := range []string{"en", "fr", "de", "ar"} {
		text := longCV(tax, language)
		b.Run(language, func(b *testing.B) {
			for b.Loop() {
				tax.Mentions(text, language)
			}
		})
	}
	text := longCV(tax, "fr")
	b.Run("unknown", func(b *testing.B) {
		for b.Loop() {
			tax.Mentions(text, "")
		}
	})
}

func BenchmarkTyping(b *testing.B) {
	tax := benchmarked(b)
	for _, typed := range []string{"a", "ma", "mana", "management of", "irrigation", "zz"} {
		b.Run("skills/"+typed, func(b *testing.B) {
			for b.Loop() {
				tax.SuggestSkills(typed, "en", 10)
			}
		})
		b.Run("occupations/"+typed, func(b *testing.B) {
			for b.Loop() {
				tax.SuggestOccupations(typed, "fr", 10)
			}
		})
	}
}

func BenchmarkLinkOccupation(b *testing.B) {
	tax := benchmarked(b)
	for b.Loop() {
		tax.LinkOccupation("Software-Entwickler/in (m/w/d) – Berlin", "de")
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := Load(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkExtend(b *testing.B) {
	folder := os.Getenv("BENCH_ESCO")
	if folder == "" {
		b.Skip("BENCH_ESCO does not name an ESCO download")
	}
	db := imported(b, folder)
	tax, err := Load()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if err := tax.Extend(context.Background(), db); err != nil {
			b.Fatal(err)
		}
	}
}
