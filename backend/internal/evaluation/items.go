// SPDX-License-Identifier: AGPL-3.0-or-later

package evaluation

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"sankofa/backend/internal/fault"
)

// item is a text with the identifier that a run and its judgements know it by.
type item struct{ id, text string }

const (
	longestLine  = 4 << 20 // bytes
	largestText  = 4 << 20 // of one document, in bytes
	mostItems    = 2_000_000
	idColumnOnly = "id"
)

// readItems reads a TSV file (identifier, tab, text), or a folder of text files,
// one document each, whose name without ".txt" is the identifier.
func readItems(path string) ([]item, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fault.New(fault.Missing, "evaluate.missing", "There is no file or folder %q. Please check the path.", path)
	}
	if err != nil {
		return nil, unreadable(path, err)
	}
	var items []item
	if info.IsDir() {
		items, err = readFolder(path)
	} else {
		err = eachLine(path, 2, func(_ int, cells []string) error {
			items = append(items, item{cells[0], strings.TrimSpace(cells[1])})
			return nil
		})
	}
	if err != nil {
		return nil, err
	}
	if len(items) > 0 && isHeader(items[0].id) {
		items = items[1:]
	}
	if len(items) == 0 {
		return nil, fault.New(fault.Invalid, "evaluate.empty", "There is nothing in %q. It must have one line for each text: an identifier, a tab, and the text.", path)
	}
	return items, unique(path, items)
}

// isHeader tells whether an identifier is the title of its column.
func isHeader(id string) bool {
	id = strings.ToLower(id)
	return id == idColumnOnly || strings.HasSuffix(id, "_id")
}

func unique(path string, items []item) error {
	seen := make(map[string]bool, len(items))
	for _, it := range items {
		if seen[it.id] {
			return fault.New(fault.Invalid, "evaluate.twice", "The identifier %q stands twice in %q. Please give each text its own.", it.id, path)
		}
		seen[it.id] = true
	}
	return nil
}

func readFolder(path string) ([]item, error) {
	entries, err := os.ReadDir(path)
	if err != nil {
		return nil, unreadable(path, err)
	}
	var items []item
	for _, e := range entries {
		if !e.Type().IsRegular() || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		file := filepath.Join(path, e.Name())
		info, err := e.Info()
		if err != nil {
			return nil, unreadable(file, err)
		}
		if info.Size() > largestText {
			return nil, fault.New(fault.Invalid, "evaluate.large", "%q is larger than %d MB. Please cut it.", file, largestText>>20)
		}
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, unreadable(file, err)
		}
		if !utf8.Valid(text) {
			return nil, notUTF8(file, 1)
		}
		items = append(items, item{strings.TrimSuffix(e.Name(), ".txt"), string(text)})
	}
	return items, nil
}

// eachLine calls f for the cells of every line that is not empty.
func eachLine(path string, least int, f func(line int, cells []string) error) error {
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return fault.New(fault.Missing, "evaluate.missing", "There is no file %q. Please check the path.", path)
	}
	if err != nil {
		return unreadable(path, err)
	}
	defer file.Close()
	in := bufio.NewScanner(file)
	in.Buffer(make([]byte, 64<<10), longestLine)
	for line := 1; in.Scan(); line++ {
		text := strings.TrimPrefix(strings.TrimRight(in.Text(), "\r"), "\ufeff")
		if strings.TrimSpace(text) == "" {
			continue
		}
		if !utf8.ValidString(text) {
			return notUTF8(path, line)
		}
		cells := strings.Split(text, "\t")
		if least > 2 && len(cells) == 1 {
			cells = strings.Fields(text) // judgements often come with blanks
		}
		if len(cells) < least {
			return fault.New(fault.Invalid, "evaluate.columns", "%q, line %d: there must be %d columns with a tab between them.", path, line, least)
		}
		if line > mostItems {
			return fault.New(fault.Invalid, "evaluate.large", "%q has more than %d lines.", path, mostItems)
		}
		if err := f(line, cells); err != nil {
			return err
		}
	}
	if err := in.Err(); errors.Is(err, bufio.ErrTooLong) {
		return fault.New(fault.Invalid, "evaluate.large", "%q has a line of more than %d MB.", path, longestLine>>20)
	} else if err != nil && err != io.EOF {
		return unreadable(path, err)
	}
	return nil
}

func unreadable(path string, err error) error {
	return fault.New(fault.Invalid, "evaluate.unreadable", "%q cannot be read. Please check that it is a file or a folder that you may read.", path).Because(err)
}

func notUTF8(path string, line int) error {
	return fault.New(fault.Invalid, "evaluate.not_utf8", "%q, line %d, is not written in UTF-8. Please convert it.", path, line)
}

// readMapping reads which concept a text of the corpus names.
func readMapping(path string) (map[string]string, error) {
	concepts := map[string]string{}
	err := eachLine(path, 2, func(_ int, cells []string) error {
		concepts[cells[0]] = strings.TrimSpace(cells[1])
		return nil
	})
	return concepts, err
}

// judgements say which texts of the corpus are right for a query, by query.
type judgements map[string]map[string]int

// readJudgements reads TREC qrels: query, 0, document, relevance; or the same
// without the 0.
func readJudgements(path string) (judgements, error) {
	all := judgements{}
	err := eachLine(path, 3, func(line int, cells []string) error {
		document, grade := cells[1], cells[2]
		if len(cells) >= 4 {
			document, grade = cells[2], cells[3]
		}
		relevance, ok := wholeNumber(strings.TrimSpace(grade))
		if !ok {
			if line == 1 {
				return nil // the titles of the columns
			}
			return fault.New(fault.Invalid, "evaluate.relevance", "%q, line %d: the relevance %q is no whole number.", path, line, grade)
		}
		query := strings.TrimSpace(cells[0])
		if all[query] == nil {
			all[query] = map[string]int{}
		}
		all[query][strings.TrimSpace(document)] = relevance
		return nil
	})
	return all, err
}

// named gives documents of a folder the identifiers that the judgements use, who
// may write the names of the files out.
func (j judgements) named(items []item) []item {
	full := false
	for _, documents := range j {
		for id := range documents {
			full = full || strings.HasSuffix(id, ".txt")
		}
	}
	if !full {
		return items
	}
	out := slices.Clone(items)
	for i := range out {
		out[i].id += ".txt"
	}
	return out
}

func unwritable(path string, err error) error {
	return fault.New(fault.Invalid, "evaluate.unwritable", "%q cannot be written. Please choose a file in a folder that exists and that you may write to.", path).Because(err)
}
