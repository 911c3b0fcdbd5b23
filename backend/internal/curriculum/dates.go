// SPDX-License-Identifier: AGPL-3.0-or-later

package curriculum

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// months are the names of months and their usual short forms, folded, January
// first; Arabic twice, as the Maghreb, the Nile and the Levant call them.
var months = func() map[string]int {
	all := map[string]int{}
	for _, names := range []string{
		"january february march april may june july august september october november december",
		"jan feb mar apr may jun jul aug sep oct nov dec", "- - - - - - - - sept - - -",
		"janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre", "janv fevr - avr - - juil - - - - -",
		"janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro", "- fev - abr - - - ago set out - dez",
		"enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre", "ene - - - - - - - - - - dic",
		"gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre", "gen - - - mag giu lug - - ott - -",
		"januar februar marz april mai juni juli august september oktober november dezember", "- - - - - - - - - okt - -", "janner feber maerz - - - - - - - - -",
		"يناير فبراير مارس ابريل مايو يونيو يوليو اغسطس سبتمبر اكتوبر نوفمبر ديسمبر",
		"جانفي فيفري - افريل ماي جوان جويليه اوت - - - -", "- - - - - - يوليوز غشت شتنبر - نونبر دجنبر",
	} {
		for i, name := range strings.Fields(names) {
			if name != "-" {
				all[name] = i + 1
			}
		}
	}
	return all
}()

// until are the words for "still there", folded.
const until = `present|now|today|current|currently|ongoing|to date|till date|aujourd'hui|a ce jour|ce jour|present|actuel|actuellement|en cours|presente|atual|atualmente|actual|actualidad|actualmente|hoje|la fecha|hoy|oggi|in corso|attuale|heute|laufend|jetzt|الان|حتي الان|الي الان|اليوم|الحاضر`

// since are the words before the first day of a post that goes on, folded.
const since = `since|from|depuis|desde|dal|da|seit|ab|منذ`

// A moment is a day, a month or a year, in one of the groups below, folded.
var (
	moment  = `(?:(\d{1,2})[./-](\d{1,2})[./-](\d{4})\b|(\d{4})-(\d{1,2})(?:-(\d{1,2}))?\b|(\d{1,2})[./-](\d{4})\b|(?:(\d{1,2})\.? (?:de )?)?(` + monthWords() + `)\.?,?(?: de| del)? (\d{4})\b|(\d{4})\b)`
	aRange  = regexp.MustCompile(`(?:(?:^|[\s(,|])(?:` + since + `|de|du|von|between)\s+)?` + moment + `\s*(?:-|–|—|−|~|to|until|till|au|a|jusqu'a|ate|al|hasta|fino a|bis|الي|حتي|and)\s*(?:` + moment + `|(` + until + `))`)
	aSince  = regexp.MustCompile(`(?:^|[\s(,|])(?:` + since + `)\s+` + moment)
	aMoment = regexp.MustCompile(moment)
)

// The groups of a moment, from 0.
const (
	gDay, gMonth, gYear          = 0, 1, 2
	gISOYear, gISOMonth, gISODay = 3, 4, 5
	gMonthOf, gOfYear            = 6, 7
	gNamedDay, gName, gNamedYear = 8, 9, 10
	gOnlyYear                    = 11
	groups                       = 12
)

// monthWords lists the names of months, the longest first.
func monthWords() string {
	all := slices.SortedFunc(maps.Keys(months), func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) })
	return strings.Join(all, "|")
}

// span is a time with a beginning and maybe an end, and where it stands in the
// line.
type span struct {
	from, to  string // YYYY-MM-DD; an empty to goes on
	goesOn    bool
	begin, at int // the bytes of the folded line that it takes up
}

// spanOf finds a time in a line: "03/2019 – present", "de mars 2015 à juin 2018".
func spanOf(folded string) (span, bool) {
	if m := aRange.FindStringSubmatchIndex(folded); m != nil {
		from, ok := dayOf(folded, m[2:2+2*groups], false)
		s := span{from: from, begin: m[0], at: m[1], goesOn: m[2+4*groups] >= 0}
		if !s.goesOn {
			var fine bool
			s.to, fine = dayOf(folded, m[2+2*groups:2+4*groups], true)
			ok = ok && fine && s.from <= s.to
		}
		if ok {
			return s, true
		}
	}
	if m := aSince.FindStringSubmatchIndex(folded); m != nil {
		if from, ok := dayOf(folded, m[2:], false); ok {
			return span{from: from, goesOn: true, begin: m[0], at: m[1]}, true
		}
	}
	return span{}, false
}

// dayOf reads the groups of a moment. A month is its first day, at the end of a
// time its last; a year alone likewise. Days come before months, as everywhere
// but in the United States, unless that is impossible.
func dayOf(text string, at []int, end bool) (string, bool) {
	part := func(n int) int {
		if at[2*n] < 0 {
			return 0
		}
		v, _ := strconv.Atoi(text[at[2*n]:at[2*n+1]]) // the pattern gives digits only
		return v
	}
	year, month, day := part(gOnlyYear), 0, 0
	switch {
	case part(gYear) > 0:
		day, month, year = part(gDay), part(gMonth), part(gYear)
		if month > 12 && day <= 12 {
			day, month = month, day
		}
	case part(gISOYear) > 0:
		year, month, day = part(gISOYear), part(gISOMonth), part(gISODay)
	case part(gOfYear) > 0:
		month, year = part(gMonthOf), part(gOfYear)
	case part(gNamedYear) > 0:
		day, month, year = part(gNamedDay), months[text[at[2*gName]:at[2*gName+1]]], part(gNamedYear)
	}
	return spelled(year, month, day, end)
}

func spelled(year, month, day int, end bool) (string, bool) {
	if year < 1940 || year > 2100 || month > 12 || day > 31 {
		return "", false
	}
	switch {
	case month == 0 && end:
		month, day = 12, 31
	case month == 0:
		month, day = 1, 1
	case day == 0 && end:
		day = time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
	case day == 0:
		day = 1
	}
	if time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Day() != day {
		return "", false
	}
	return fmt.Sprintf("%04d-%02d-%02d", year, month, day), true
}
