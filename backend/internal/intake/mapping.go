// SPDX-License-Identifier: AGPL-3.0-or-later

package intake

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"net/mail"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"sankofa/backend/internal/sheets"
)

// Column is a column of the file, with what it is taken to be about.
type Column struct {
	Index   int
	Letter  string // as the spreadsheet names it: "C"
	Name    string // its header
	Field   Field
	Sure    int  // of the guess, in thousandths; 1000 when a person chose
	Chosen  bool // a person chose the field, now or in an earlier import
	Order   sheets.Order
	Doubt   bool // nobody can tell day from month in it, and nobody has said
	Decimal string
	Samples []string
	Filled  int
	Twice   bool // another column has the same header
}

// mark begins the names of the columns that we add to an error file; a file that
// comes back has them, and they are about nobody.
const mark = "Sankofa:"

// headed is how many rows from the top a header is looked for in.
const headed = 25

// headerOf finds the row with the headers: the one with most words that are
// known as headers, and else the first with several texts in it.
func headerOf(rows []sheets.Row, v Vocabulary) int {
	best, most := -1, 0
	for i, r := range rows[:min(len(rows), headed)] {
		score := 0
		for _, cell := range r.Cells {
			if _, sure := named(cell, v); sure >= 600 {
				score++
			}
		}
		if score > most {
			best, most = i, score
		}
	}
	if best >= 0 && (most >= 2 || len(rows[best].Cells) == 1) {
		return best
	}
	for i, r := range rows[:min(len(rows), headed)] {
		if filled(r) >= 2 {
			return i
		}
	}
	return 0
}

func filled(r sheets.Row) int {
	n := 0
	for _, cell := range r.Cells {
		if cell != "" {
			n++
		}
	}
	return n
}

// named tells what a header says by itself, and how sure that is.
func named(header string, v Vocabulary) (Field, int) {
	key := plainHeading(header)
	if key == "" || strings.HasPrefix(header, mark) {
		return Ignored, 0
	}
	if field, ok := byHeading[key]; ok {
		return field, 950
	}
	if _, ok := v.LanguageNamed(key); ok {
		return LanguageLevel, 700
	}
	return within(key)
}

// within finds the longest known heading inside a longer one: "Adresse e-mail du
// membre". A short heading inside a long one says little.
func within(key string) (Field, int) {
	words := strings.Fields(key)
	if len(words) > 12 {
		words = words[:12]
	}
	best, most, at := Ignored, 0, 0
	for from := range words {
		for to := len(words); to > from; to-- {
			phrase := strings.Join(words[from:to], " ")
			field, ok := byHeading[phrase]
			if length := to - from; ok && (length > most || length == most && at > from) {
				best, most, at = field, length, from
			}
		}
	}
	if most == 0 {
		return Ignored, 0
	}
	return best, 350 + 500*most/len(words)
}

// claim is what one column may be about.
type claim struct {
	column int
	field  Field
	sure   int
}

// mapped guesses what each column is about, by its header and by its values; no
// two columns are about the same, but for lists.
func mapped(header sheets.Row, body []sheets.Row, v Vocabulary) []Column {
	width := len(header.Cells)
	for _, r := range body {
		width = max(width, len(r.Cells))
	}
	columns := make([]Column, width)
	var claims []claim
	for i := range columns {
		values := valuesOf(body, i)
		c := &columns[i]
		*c = Column{Index: i, Letter: sheets.Column(i), Name: header.Cell(i)}
		shape := sheets.Look(values)
		c.Filled, c.Order, c.Decimal, c.Samples = shape.Filled, shape.Order, shape.Decimal, samples(values)
		c.Doubt = shape.Doubtful
		if strings.HasPrefix(c.Name, mark) {
			continue
		}
		claims = append(claims, weighed(i, c.Name, values, shape, v)...)
	}
	settle(columns, claims)
	twins(columns)
	return columns
}

func valuesOf(body []sheets.Row, column int) []string {
	values := make([]string, len(body))
	for i, r := range body {
		values[i] = r.Cell(column)
	}
	return values
}

// shown is how many values of a column are shown as samples.
const shown = 3

func samples(values []string) []string {
	var out []string
	for _, v := range values {
		if v != "" && !slices.Contains(out, v) {
			if r := []rune(v); len(r) > 80 {
				v = string(r[:79]) + "…"
			}
			if out = append(out, v); len(out) == shown {
				break
			}
		}
	}
	return out
}

// settle gives each field to the column with the best claim on it.
func settle(columns []Column, claims []claim) {
	slices.SortStableFunc(claims, func(a, b claim) int { return cmp.Or(cmp.Compare(b.sure, a.sure), cmp.Compare(a.column, b.column)) })
	taken := map[Field]bool{}
	for _, c := range claims {
		one := &columns[c.column]
		if one.Field != Ignored || taken[c.field] && !many[c.field] || c.sure < 400 {
			continue
		}
		one.Field, one.Sure = c.field, c.sure
		taken[c.field] = true
	}
	apart(columns, taken)
}

// apart mends what only the columns together tell: beside a family name, a "Name"
// is the given one, and the other way round.
func apart(columns []Column, taken map[Field]bool) {
	for i := range columns {
		c := &columns[i]
		key := plainHeading(c.Name)
		switch {
		case c.Field == FullName && taken[FamilyName] && !taken[GivenName] && !strings.Contains(key, " "):
			c.Field, taken[GivenName] = GivenName, true
		case c.Field == GivenName && !taken[FamilyName] && !taken[FullName] && (key == "nombre" || key == "nome" || key == "الاسم"):
			c.Field, taken[FullName], taken[GivenName] = FullName, true, false
		case c.Field == FamilyName && !taken[GivenName] && !taken[FullName] && (key == "nom" || key == "noms"):
			c.Field, taken[FullName], taken[FamilyName] = FullName, true, false
		}
	}
}

// twins marks columns whose headers are the same.
func twins(columns []Column) {
	count := map[string]int{}
	for _, c := range columns {
		count[plainHeading(c.Name)]++
	}
	for i := range columns {
		key := plainHeading(columns[i].Name)
		columns[i].Twice = key != "" && count[key] > 1
	}
}

// weighed returns what a column may be about: what its header says, borne out or
// spoken against by its values, and what the values alone say.
func weighed(i int, header string, values []string, shape sheets.Shape, v Vocabulary) []claim {
	told, sure := named(header, v)
	var claims []claim
	seen := signs(values, shape, v)
	if told != Ignored {
		claims = append(claims, claim{i, told, sure + borne(told, seen, shape)})
		// "Nom" beside nothing else may be the whole name, "Pays" either country.
		switch told {
		case ResidenceCountry:
			claims = append(claims, claim{i, OriginCountry, sure - 420})
		case GivenName, FamilyName:
			claims = append(claims, claim{i, FullName, sure - 450})
		case FullName:
			if strings.Contains(plainHeading(header), " ") {
				break
			}
			claims = append(claims, claim{i, GivenName, sure - 430}, claim{i, FamilyName, sure - 460})
		}
	}
	for field, share := range seen {
		if share >= 0.7 && field != told {
			alone := map[Field]int{Email: 900, Phone: 560, Sex: 520, LanguageLevel: 0}[field]
			if alone > 0 {
				claims = append(claims, claim{i, field, alone})
			}
		}
	}
	return claims
}

// borne says how the values bear out what a header says.
func borne(told Field, seen map[Field]float64, shape sheets.Shape) int {
	if shape.Filled == 0 {
		return -60
	}
	dates := float64(shape.Dates) / float64(shape.Filled)
	switch told {
	case Email, Phone, Sex, OriginCountry, ResidenceCountry, LanguageLevel:
		switch share := seen[told]; {
		case share >= 0.6:
			return 45
		case share < 0.2:
			return -350
		}
	case BirthDate, AvailableFrom, AvailableTo:
		switch {
		case dates >= 0.6:
			return 45
		case dates < 0.1:
			return -200
		}
	case GivenName, FamilyName, FullName, Occupation, Institution, Employer:
		if float64(shape.Numbers) > 0.6*float64(shape.Filled) || seen[Email] > 0.5 || dates > 0.6 {
			return -500
		}
	}
	return 0
}

var phoneLike = regexp.MustCompile(`^[+(]?[0-9][0-9 ()./+-]{6,24}$`)

// looked is how many values of a column are looked at for what they are.
const looked = 400

// signs says which share of the values look like those of a field.
func signs(values []string, shape sheets.Shape, v Vocabulary) map[Field]float64 {
	counts, n := map[Field]int{}, 0
	for _, value := range values {
		if value == "" {
			continue
		}
		if n++; n > looked {
			n--
			break
		}
		if address, err := mail.ParseAddress(value); err == nil && strings.Contains(address.Address, ".") {
			counts[Email]++
			continue
		}
		if digits := strings.Map(digit, sheets.Latin(value)); phoneLike.MatchString(sheets.Latin(value)) && len(digits) >= 8 && len(digits) <= 15 {
			if _, isDate := sheets.ParseDate(value, sheets.DayFirst); !isDate {
				counts[Phone]++
			}
			continue
		}
		if _, ok := sexOf(value); ok {
			counts[Sex]++
		}
		if _, ok := levelOf(value); ok {
			counts[LanguageLevel]++
		}
		if _, ok := v.CountryNamed(value); ok {
			counts[OriginCountry]++
			counts[ResidenceCountry]++
		}
	}
	out := map[Field]float64{}
	for field, count := range counts {
		out[field] = float64(count) / float64(max(n, 1))
	}
	return out
}

func digit(r rune) rune {
	if unicode.IsDigit(r) {
		return r
	}
	return -1
}

// HeaderKey tells one set of headers from another, in whatever order they stand:
// by it an organisation's mapping is remembered.
func HeaderKey(columns []Column) string {
	var keys []string
	for _, c := range columns {
		if !strings.HasPrefix(c.Name, mark) && c.Name != "" {
			keys = append(keys, plainHeading(c.Name))
		}
	}
	slices.Sort(keys)
	sum := sha256.Sum256([]byte(strings.Join(keys, "\n")))
	return hex.EncodeToString(sum[:])
}
