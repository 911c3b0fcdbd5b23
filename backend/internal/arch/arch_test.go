// SPDX-License-Identifier: AGPL-3.0-or-later

// Package arch holds no code, only the test that keeps the house in its layers.
package arch

import (
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// layers is the picture of docs/architecture.md: imports point down, and
// packages on one line do not import each other.
var layers = []string{
	"cmd/sankofa cmd/evaluate cmd/learn cmd/bench",
	"internal/app",
	"internal/training",
	"internal/httpapi internal/webui internal/demo",
	"internal/board internal/bulk",
	"internal/retention internal/tasks internal/messages",
	"internal/stats internal/intake internal/proposals internal/merging internal/erasure internal/disclosure internal/portability internal/notices internal/accountability",
	"internal/placements",
	"internal/selection internal/savedsearches internal/completeness",
	"internal/search",
	"internal/matching internal/assigning",
	"internal/needs internal/documents internal/partners",
	"internal/registry",
	"internal/evaluation",
	"internal/privacy internal/audit internal/taxonomy internal/funding",
	"internal/identity internal/relay internal/files",
	"internal/store",
	"internal/likeness internal/mail internal/curriculum",
	"internal/sheets",
	"internal/fault internal/id internal/day internal/linking internal/lifecycle internal/inventory internal/papers",
}

// only says which packages may import a library, and why no other may.
var only = []struct{ library, reason, allowed string }{
	{"github.com/gin-gonic", "the web framework stays at the door", "internal/httpapi internal/webui"},
	{"github.com/danielgtaylor/huma", "services do not know the API layer", "internal/httpapi"},
	{"github.com/blevesearch/bleve", "the index is disposable and behind one package; cmd/bench also compares with it", "internal/search cmd/bench"},
	{"gorm.io/driver", "only the floor names an engine", "internal/store"},
	{"modernc.org/sqlite", "only the floor names an engine; cmd/bench also compares with it", "internal/store cmd/bench"},
	{"github.com/jackc", "only the floor names an engine; cmd/bench also compares with it", "internal/store internal/store/storetest cmd/bench"},
	{"github.com/wneessen/go-mail", "one package speaks to mail servers", "internal/mail"},
	{"github.com/alecthomas/kong", "only the command line reads flags", "cmd/sankofa"},
	{"github.com/nyaruka/phonenumbers", "numbering plans are asked in one place", "internal/likeness"},
	{"github.com/xuri/excelize", "one package knows workbooks", "internal/sheets internal/sheets/sheetstest"},
	{"net/http", "domain packages do not know HTTP", "cmd/sankofa internal/app internal/httpapi internal/webui"},
}

type listed struct {
	ImportPath string
	Imports    []string
}

const root = "sankofa/backend/"

func packages(t *testing.T) []listed {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", root+"...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []listed
	for dec := json.NewDecoder(strings.NewReader(string(out))); dec.More(); {
		var p listed
		if err := dec.Decode(&p); err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	if len(all) < 10 {
		t.Fatalf("go list found only %d packages", len(all))
	}
	return all
}

func TestImportsPointDown(t *testing.T) {
	level := map[string]int{}
	for i, line := range layers {
		for _, p := range strings.Fields(line) {
			level[p] = i
		}
	}
	for _, p := range packages(t) {
		from := strings.TrimPrefix(p.ImportPath, root)
		if from == "internal/arch" {
			continue
		}
		helper := strings.HasSuffix(from, "test") // helpers of tests stand beside what they help
		if helper {
			from = path.Dir(from)
		}
		at, ok := level[from]
		if !ok {
			t.Errorf("%s has no layer: add it to the picture", from)
			continue
		}
		for _, imported := range p.Imports {
			to, ours := strings.CutPrefix(imported, root)
			if helper && strings.HasSuffix(to, "test") { // … and on the helpers of what lies below
				to = path.Dir(to)
			}
			if !ours || to == from {
				continue
			}
			if below, ok := level[to]; !ok || below <= at {
				t.Errorf("%s may not import %s: imports point down", from, to)
			}
		}
	}
}

func TestLibrariesStayWhereTheyBelong(t *testing.T) {
	for _, p := range packages(t) {
		from := strings.TrimPrefix(p.ImportPath, root)
		for _, imported := range p.Imports {
			for _, rule := range only {
				within := imported == rule.library || strings.HasPrefix(imported, rule.library+"/")
				if within && !contains(strings.Fields(rule.allowed), from) {
					t.Errorf("%s may not import %s: %s", from, imported, rule.reason)
				}
			}
		}
	}
}

func contains(list []string, one string) bool {
	for _, item := range list {
		if item == one {
			return true
		}
	}
	return false
}

// bothTags finds a struct field that is a row and a wire type at once.
var bothTags = regexp.MustCompile("`[^`]*gorm:[^`]*json:|`[^`]*json:[^`]*gorm:")

// forbidden are calls that have cost others their data.
var forbidden = map[*regexp.Regexp]string{
	regexp.MustCompile(`\.AutoMigrate\(`):   "the schema is SQL",
	regexp.MustCompile(`(tx|db|g)\.Save\(`): "Save writes every field; use Updates with the version",
	regexp.MustCompile(`context\.TODO\(`):   "pass the context on",
}

func TestSourceKeepsTheHouseRules(t *testing.T) {
	err := filepath.WalkDir("../..", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(name, ".go") || strings.Contains(name, "third_party") {
			return err
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		source := string(text)
		if !strings.HasPrefix(source, "// SPDX-License-Identifier: ") {
			t.Errorf("%s: the first line must be the SPDX licence line", name)
		}
		if bothTags.MatchString(source) {
			t.Errorf("%s: a struct has gorm and json tags; rows and wire types are two shapes", name)
		}
		if strings.HasSuffix(name, "_test.go") {
			return nil
		}
		for pattern, reason := range forbidden {
			if pattern.MatchString(source) {
				t.Errorf("%s: %s is not used here: %s", name, pattern, reason)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
