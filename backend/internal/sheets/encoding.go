// SPDX-License-Identifier: AGPL-3.0-or-later

package sheets

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	utf16 "golang.org/x/text/encoding/unicode"
)

// The encodings of CSV files that are read. The names are those that
// spreadsheet programs show (IANA's, in lower case).
var encodings = []struct {
	name string
	code encoding.Encoding
}{
	{"utf-8", utf16.UTF8},
	{"windows-1252", charmap.Windows1252},
	{"windows-1256", charmap.Windows1256},
	{"macintosh", charmap.Macintosh},
	{"ibm850", charmap.CodePage850},
	{"windows-1250", charmap.Windows1250},
	{"windows-1254", charmap.Windows1254},
	{"utf-16le", utf16.UTF16(utf16.LittleEndian, utf16.UseBOM)},
	{"utf-16be", utf16.UTF16(utf16.BigEndian, utf16.UseBOM)},
}

// guessed are the encodings of one byte a letter that are told apart by what the
// text would say; where two say the same, the first is named.
var guessed = []string{"windows-1252", "windows-1256", "macintosh", "ibm850", "windows-1250", "windows-1254"}

// Encodings lists the names of the encodings that can be chosen.
func Encodings() []string {
	var names []string
	for _, e := range encodings {
		names = append(names, e.name)
	}
	return names
}

func encodingNamed(name string) (encoding.Encoding, bool) {
	for _, e := range encodings {
		if e.name == name {
			return e.code, true
		}
	}
	return nil, false
}

// decoded is a text with how it was read.
type decoded struct {
	text     string
	encoding string
	others   []string // what it may be as well
	replaced int      // characters that could not be read
	repaired bool     // it had been encoded twice
}

// decode turns bytes into text, as chosen or as the bytes suggest.
func decode(data []byte, chosen string) (decoded, error) {
	if chosen != "" {
		return decodeAs(data, chosen)
	}
	switch {
	case bytes.HasPrefix(data, []byte("\x00\x00\xfe\xff")), bytes.HasPrefix(data, []byte("\xff\xfe\x00\x00")):
		return decoded{}, refuse("sheet.encoding", "This text is in UTF-32, which nobody reads. Please save it as CSV UTF-8.")
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return decodeAs(data, "utf-16le")
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return decodeAs(data, "utf-16be")
	}
	if name := withoutMark(data); name != "" {
		return decodeAs(data, name)
	}
	if binary(data) {
		return decoded{}, refuse("sheet.binary", "This is not a spreadsheet that we can read. Please send CSV, XLSX or ODS.")
	}
	if utf8.Valid(data) {
		return decodedTwice(decoded{text: string(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))), encoding: "utf-8"}), nil
	}
	if mostlyUTF8(data) {
		return decodeAs(data, "utf-8")
	}
	return guess(data)
}

func decodeAs(data []byte, name string) (decoded, error) {
	code, ok := encodingNamed(name)
	if !ok {
		return decoded{}, refuse("sheet.encoding_unknown", "There is no such encoding; choose one of: %s.", strings.Join(Encodings(), ", "))
	}
	text, err := code.NewDecoder().Bytes(data)
	if err != nil {
		return decoded{}, refuse("sheet.encoding", "This file cannot be read as %s. Please save it as CSV UTF-8.", name)
	}
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	return decoded{text: string(text), encoding: name, replaced: bytes.Count(text, []byte("\uFFFD"))}, nil
}

// withoutMark recognises UTF-16 that does not say so: in a list of people every
// other byte is zero, for the delimiters and digits at least.
func withoutMark(data []byte) string {
	head := data[:min(len(data), 4096)]
	var zeros [2]int
	for i, b := range head {
		if b == 0 {
			zeros[i%2]++
		}
	}
	least := len(head) / 10
	switch {
	case zeros[1] > least && zeros[0]*8 < zeros[1]:
		return "utf-16le"
	case zeros[0] > least && zeros[1]*8 < zeros[0]:
		return "utf-16be"
	}
	return ""
}

// binary tells whether the bytes are no text at all.
func binary(data []byte) bool {
	head := data[:min(len(data), 8192)]
	odd := 0
	for _, b := range head {
		if b < ' ' && b != '\n' && b != '\r' && b != '\t' && b != 0x0c && b != 0x1a {
			odd++
		}
	}
	return bytes.IndexByte(head, 0) >= 0 || odd*50 > len(head)
}

// mostlyUTF8 tells whether nearly everything beyond ASCII is UTF-8: a few bytes
// were spoilt, or two files were put together.
func mostlyUTF8(data []byte) bool {
	good, bad := 0, 0
	for len(data) > 0 {
		r, n := utf8.DecodeRune(data)
		switch {
		case r == utf8.RuneError && n <= 1:
			bad++
		case n > 1:
			good++
		}
		data = data[n:]
	}
	return good > 9*bad
}

// decodedTwice mends text that was UTF-8, was taken for Windows-1252, and was
// made UTF-8 again: "JosÃ©". Only where all of it turns into sense.
func decodedTwice(d decoded) decoded {
	signs := 0
	for _, sign := range []string{"Ã©", "Ã¨", "Ã§", "Ã´", "Ã±", "Ã£", "Ã¡", "Ã­", "Ã³", "Ãª", "Ã¯", "Ø§", "Ù„"} {
		signs += strings.Count(d.text, sign)
	}
	if signs == 0 {
		return d
	}
	back, err := charmap.Windows1252.NewEncoder().String(d.text)
	if err != nil || !utf8.ValidString(back) {
		return d
	}
	d.text, d.repaired = back, true
	return d
}

// guess compares what the text would say in each encoding.
func guess(data []byte) (decoded, error) {
	var best decoded
	var scores []int
	var texts []string
	for _, name := range guessed {
		d, err := decodeAs(data, name)
		if err != nil {
			return decoded{}, err
		}
		texts, scores = append(texts, d.text), append(scores, likelihood(d.text))
		if best.encoding == "" || scores[len(scores)-1] > scores[slices.Index(guessed, best.encoding)] {
			best = d
		}
	}
	top := scores[slices.Index(guessed, best.encoding)]
	seen := []string{best.text}
	for i, name := range guessed {
		if top-scores[i] <= max(top, 1)/5 && !slices.Contains(seen, texts[i]) {
			best.others, seen = append(best.others, name), append(seen, texts[i])
		}
	}
	return best, nil
}

// usual are the accented letters of the languages that our spreadsheets are
// written in, most frequent in names and places.
const usual = "éèêëàâäáãåçîïíìñôöóòõøûüúùœæßÿ"

// likelihood says how much a text beyond ASCII looks like words.
func likelihood(text string) int {
	runes, score := []rune(text), 0
	for i, r := range runes {
		if r < utf8.RuneSelf {
			continue
		}
		var before, after rune
		if i > 0 {
			before = runes[i-1]
		}
		if i+1 < len(runes) {
			after = runes[i+1]
		}
		score += plausible(before, r, after)
	}
	return score
}

func plausible(before, r, after rune) int {
	switch {
	case r == utf8.RuneError:
		return -6
	case unicode.Is(unicode.Arabic, r):
		if latin(before) || latin(after) {
			return -4
		}
		if unicode.Is(unicode.Arabic, before) || unicode.Is(unicode.Arabic, after) {
			return 3
		}
		return 0
	case unicode.IsLower(r) && strings.ContainsRune(usual, r):
		return 3
	case unicode.IsUpper(r) && strings.ContainsRune(usual, unicode.ToLower(r)):
		return capital(before, after)
	case unicode.IsLetter(r):
		if unicode.IsLower(before) && unicode.IsUpper(r) {
			return -3
		}
		return -1
	case r == '’' || r == '‘':
		return 2 * oneIf(latin(before) && latin(after))
	case r == '\u00a0' || r == '°' || r == 'º' || r == '–' || r == '«' || r == '»' || r == '€':
		return oneIf(!latin(before) || !latin(after))
	}
	return -3 * oneIf(latin(before) || latin(after))
}

// capital judges an accented capital: at the beginning of a word, or among capitals.
func capital(before, after rune) int {
	switch {
	case unicode.IsLower(before):
		return -3
	case unicode.IsUpper(before), unicode.IsLetter(after):
		return 2
	}
	return -1
}

func latin(r rune) bool { return unicode.Is(unicode.Latin, r) }

func oneIf(ok bool) int {
	if ok {
		return 1
	}
	return 0
}
