// SPDX-License-Identifier: AGPL-3.0-or-later

package sheets

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Order is the order in which a column writes its dates.
type Order string

// The orders.
const (
	DayFirst   Order = "dmy" // 31/12/1990
	MonthFirst Order = "mdy" // 12/31/1990
	YearFirst  Order = "ymd" // 1990-12-31
)

// Shape is what the values of a column look like.
type Shape struct {
	Filled   int
	Dates    int     // values that are a date in some order
	Order    Order   // of the dates; empty where there are none
	Doubtful bool    // every date reads both day first and month first, and not all the same
	Numbers  int     // values that are a number
	Decimal  string  // "," or "."; empty where no number has a fraction
	Unsure   bool    // whether the mark in the numbers sets off a fraction or thousands
	Longest  int     // characters of the longest value
	Repeats  float64 // how much of the column repeats itself: 1 for one value throughout
}

// Look looks at the values of a column.
func Look(values []string) Shape {
	var s Shape
	seen := map[string]bool{}
	first, second, both, differs := 0, 0, 0, false
	comma, point, either := 0, 0, 0
	for _, v := range values {
		v = Latin(strings.TrimSpace(v))
		if v == "" {
			continue
		}
		s.Filled++
		seen[v] = true
		s.Longest = max(s.Longest, utf8.RuneCountInString(v))
		if d, m, ok := ambiguous(v); ok {
			s.Dates++
			switch {
			case d > 12:
				first++
			case m > 12:
				second++
			default:
				both++
				differs = differs || d != m
			}
		} else if _, ok := ParseDate(v, DayFirst); ok {
			s.Dates++
		}
		if n, mark := numeral(v); n {
			s.Numbers++
			switch mark {
			case ",":
				comma++
			case ".":
				point++
			case "?,", "?.":
				either++
				s.Decimal = mark[1:]
			}
		}
	}
	if s.Filled > 0 {
		s.Repeats = 1 - float64(len(seen)-1)/float64(s.Filled)
	}
	s.order(first, second, both, differs)
	switch {
	case comma > 0 && comma >= point:
		s.Decimal = ","
	case point > 0:
		s.Decimal = "."
	case either > 0:
		s.Unsure = true
	}
	return s
}

func (s *Shape) order(first, second, both int, differs bool) {
	if s.Dates == 0 {
		return
	}
	s.Order = YearFirst
	switch {
	case first > 0 && first >= second:
		s.Order = DayFirst
	case second > 0:
		s.Order = MonthFirst
	case both > 0:
		s.Order, s.Doubtful = DayFirst, differs
	}
}

var slashed = regexp.MustCompile(`^(\d{1,2})\s?[-/. ]\s?(\d{1,2})\s?[-/. ]\s?(\d{4}|\d{2})(?:[ T].*)?$`)

// ambiguous returns the first two numbers of a date whose year stands last.
func ambiguous(text string) (first, second int, ok bool) {
	m := slashed.FindStringSubmatch(text)
	if m == nil {
		return 0, 0, false
	}
	first, _ = strconv.Atoi(m[1])
	second, _ = strconv.Atoi(m[2])
	return first, second, first >= 1 && second >= 1 && (first <= 12 && second <= 31 || second <= 12 && first <= 31)
}

var (
	yearLeads  = regexp.MustCompile(`^(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})(?:[ T].*)?$`)
	compact    = regexp.MustCompile(`^(19|20)(\d{2})(\d{2})(\d{2})$`)
	worded     = regexp.MustCompile(`^(\d{1,2})(?:\.|st|nd|rd|th|er|º|°)?[-/ .]+(?:de |of )?(\pL+)\.?,?[-/ .]+(?:de |of )?(\d{4}|\d{2})$`)
	monthLeads = regexp.MustCompile(`^(\pL+)\.?[- ](\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$`)
)

// ParseDate reads a date as people write it – 31/12/1990, 31.12.90, 1990-12-31,
// 31 décembre 1990, Dec 31, 1990 – into 1990-12-31.
func ParseDate(text string, order Order) (string, bool) {
	text = strings.ToLower(Latin(strings.TrimSpace(text)))
	if m := yearLeads.FindStringSubmatch(text); m != nil {
		return calendar(m[1], m[2], m[3])
	}
	if m := slashed.FindStringSubmatch(text); m != nil {
		if order == MonthFirst {
			return calendar(m[3], m[1], m[2])
		}
		return calendar(m[3], m[2], m[1])
	}
	if m := compact.FindStringSubmatch(text); m != nil {
		return calendar(m[1]+m[2], m[3], m[4])
	}
	if m := worded.FindStringSubmatch(text); m != nil {
		return calendar(m[3], monthNamed(m[2]), m[1])
	}
	if m := monthLeads.FindStringSubmatch(text); m != nil {
		return calendar(m[3], monthNamed(m[1]), m[2])
	}
	return "", false
}

// calendar writes a date that exists. Two digits of a year mean the last hundred
// years before the next ten: lists of people hold birth dates and plans.
func calendar(year, month, day string) (string, bool) {
	y, err1 := strconv.Atoi(year)
	m, err2 := strconv.Atoi(month)
	d, err3 := strconv.Atoi(day)
	if err1 != nil || err2 != nil || err3 != nil {
		return "", false
	}
	if y < 100 && len(year) == 2 {
		y += 2000
		if y > 2036 {
			y -= 100
		}
	}
	at := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if at.Year() != y || int(at.Month()) != m || at.Day() != d || y < 1000 {
		return "", false
	}
	return at.Format(time.DateOnly), true
}

// months are the beginnings of the names of the months, in the languages whose
// headers we read; the longer beginnings first where one begins like another.
var months = [12][]string{
	{"jan", "janv", "ene", "gen", "يناير", "جانفي", "كانون الثاني"},
	{"feb", "fév", "fev", "فبراير", "فيفري", "شباط"},
	{"mar", "mär", "مارس", "اذار", "آذار"},
	{"apr", "avr", "abr", "أبريل", "ابريل", "إبريل", "أفريل", "نيسان"},
	{"may", "mai", "mag", "mei", "مايو", "ماي", "أيار"},
	{"jun", "juin", "giu", "يونيو", "جوان", "حزيران"},
	{"jul", "juil", "lug", "يوليو", "جويلية", "تموز"},
	{"aug", "aou", "aoû", "ago", "أغسطس", "اغسطس", "أوت", "آب"},
	{"sep", "set", "سبتمبر", "أيلول"},
	{"oct", "out", "ott", "okt", "أكتوبر", "اكتوبر"},
	{"nov", "نوفمبر"},
	{"dec", "déc", "dez", "dic", "ديسمبر"},
}

// monthNamed returns the number of the month with the name, or nothing.
func monthNamed(name string) string {
	for i, names := range months {
		for _, begin := range names {
			if strings.HasPrefix(name, begin) {
				return strconv.Itoa(i + 1)
			}
		}
	}
	return ""
}

var (
	plainNumber = regexp.MustCompile(`^[-+]?\d+$`)
	oneMark     = regexp.MustCompile(`^[-+]?\d+([.,])\d+$`)
	thousand    = regexp.MustCompile(`^[-+]?\d{1,3}([.,])\d{3}$`)
	manyMarks   = regexp.MustCompile(`^[-+]?\d{1,3}(?:[., '’]\d{3})+([.,]\d+)?$`)
)

// numeral tells whether the text is a number, and which mark sets off its
// fraction: "?," where the comma may set off thousands as well.
func numeral(text string) (bool, string) {
	switch {
	case plainNumber.MatchString(text):
		return true, ""
	case thousand.MatchString(text):
		return true, "?" + thousand.FindStringSubmatch(text)[1]
	case oneMark.MatchString(text):
		return true, oneMark.FindStringSubmatch(text)[1]
	case manyMarks.MatchString(text):
		if m := manyMarks.FindStringSubmatch(text); m[1] != "" {
			return true, m[1][:1]
		}
		return true, ""
	}
	return false, ""
}

// ParseNumber reads a number as people write it: 1 234,5 and 1,234.5. The decimal
// mark is the column's; empty where it shows itself.
func ParseNumber(text, decimal string) (float64, bool) {
	text = Latin(strings.TrimSpace(text))
	isNumber, mark := numeral(text)
	if !isNumber {
		return 0, false
	}
	if strings.HasPrefix(mark, "?") {
		mark = decimal // 1.234 alone: as the rest of the column has it
	}
	var out strings.Builder
	for _, r := range text {
		switch {
		case string(r) == mark:
			out.WriteByte('.')
		case r >= '0' && r <= '9', r == '-':
			out.WriteRune(r)
		}
	}
	n, err := strconv.ParseFloat(out.String(), 64)
	return n, err == nil
}

// Latin writes the digits of Arabic and Persian keyboards as 0 to 9, and their
// decimal mark as a comma.
func Latin(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '٠' && r <= '٩':
			return r - '٠' + '0'
		case r >= '۰' && r <= '۹':
			return r - '۰' + '0'
		case r == '٫':
			return ','
		case r == '٬':
			return '.'
		}
		return r
	}, text)
}
