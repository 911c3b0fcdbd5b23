// SPDX-License-Identifier: AGPL-3.0-or-later

package arch

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// emitted finds what the code writes into the ledger under a whole name; names that
// are put together, such as "need." and a step, end with a dot in the code.
var emitted = regexp.MustCompile(`\.Emit\("([a-z_.]+[a-z])"`)

// TestWhatIsWrittenIntoTheLedgerHasAWord holds that no reader of the ledger meets a
// name of the code alone. The screens' own tests see to the other languages.
func TestWhatIsWrittenIntoTheLedgerHasAWord(t *testing.T) {
	text, err := os.ReadFile("../../../frontend/src/ledger/strings.en.json")
	if err != nil {
		t.Fatal(err)
	}
	var words map[string]any
	if err := json.Unmarshal(text, &words); err != nil {
		t.Fatal(err)
	}
	names := 0
	err = filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.HasSuffix(filepath.Dir(path), "test") {
			return err
		}
		source, err := os.ReadFile(path)
		for _, found := range emitted.FindAllSubmatch(source, -1) {
			names++
			if name := string(found[1]); words["ledger.event."+name] == nil {
				t.Errorf("%s: nothing in frontend/src/ledger/strings.en.json says what %q is", path, name)
			}
		}
		return err
	})
	if err != nil || names < 100 {
		t.Fatalf("%d names were found (%v)", names, err)
	}
}
