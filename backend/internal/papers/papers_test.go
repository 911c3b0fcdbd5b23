// SPDX-License-Identifier: AGPL-3.0-or-later

package papers

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

func TestArabicLettersJoinTheirNeighbours(t *testing.T) {
	for word, want := range map[string]string{
		"سلام":   "\uFEB3\uFEFC\uFEE1",                   // seen at the beginning, lam with alef at its end, meem alone
		"باب":    "\uFE91\uFE8E\uFE8F",                   // beh, alef, and a beh that alef does not reach
		"كتب":    "\uFEDB\uFE98\uFE90",                   // beginning, middle, end
		"دار":    "\uFEA9\uFE8D\uFEAD",                   // letters that join to nobody after them
		"مُحَمد": "\uFEE3\u064F\uFEA4\u064E\uFEE4\uFEAA", // vowel signs do not part letters
		"Ama 7":  "Ama 7",
	} {
		if got := shaped(word); got != want {
			t.Errorf("%s is shaped as %+q, want %+q", word, got, want)
		}
	}
}

func TestALineIsDrawnInTheOrderInWhichItIsRead(t *testing.T) {
	if got := visual(shaped("باب"), true); got != "\uFE8F\uFE8E\uFE91" {
		t.Errorf("a word from the right is drawn as %+q", got)
	}
	if got := visual("2026-12-01 "+shaped("باب"), true); !strings.Contains(got, "2026/12/01") {
		t.Errorf("a date among Arabic is drawn as %q", got)
	}
	if got := visual("Ama Boateng", false); got != "Ama Boateng" {
		t.Errorf("Latin is drawn as %q", got)
	}
	if rightToLeft("Ama باب") || !rightToLeft("12 باب Ama") {
		t.Error("the direction of a text is that of its first letter")
	}
}

func TestAPaperTurnsItsPagesAndIsTheSameEachTime(t *testing.T) {
	made := func() []byte {
		p := New(Options{Title: "What is held", Language: "en", At: time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC), Footer: "P-7K3M-Q2XA"})
		p.Heading("A heading")
		p.Text(strings.Repeat("Words that fill a line. ", 900))
		p.Field("A name that is far too long for its column and goes on", strings.Repeat("x", 400))
		p.Field("Empty", " ")
		p.Item("An item")
		out, err := p.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	first := made()
	if !bytes.HasPrefix(first, []byte("%PDF-")) || bytes.Count(first, []byte("/Type /Page\n")) < 4 {
		t.Errorf("%d pages", bytes.Count(first, []byte("/Type /Page\n")))
	}
	if !bytes.Equal(first, made()) {
		t.Error("the same document has other bytes the second time")
	}
}
