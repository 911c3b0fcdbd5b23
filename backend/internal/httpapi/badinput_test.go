// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

// canary stands in every text that must not come back.
const canary = "canary-7f3a"

// spoilt is a request in which one thing is wrong, and the field that must be named.
type spoilt struct {
	what  string
	body  any
	field string // "-": none in particular
}

// isDate recognises a calendar date in a sound request.
var isDate = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)

// notJSON are bodies that cannot be read at all.
var notJSON = []string{
	`{`, `{"` + canary, `{'a': 1}`, `{"a": 1} {"b": 2}`, `nonsense ` + canary, "\x00", "\xef\xbb\xbf{}", "{\"email\": \"\xff\"}", "<a/>", `{"a": 1e999}`,
	strings.Repeat(`{"a":`, 20_000) + "1" + strings.Repeat("}", 20_000), strings.Repeat("[", 100_000),
}

// notAnObject are bodies of JSON that are no object.
var notAnObject = []string{`[]`, `7`, `"` + canary + `"`, `true`, `[{"` + canary + `": 1}]`}

// spoils spoils one value after the other, in every way that its kind allows.
func spoils(good map[string]any) []spoilt {
	var all []spoilt
	walk(good, "", func(at string, value any, set func(any)) {
		for _, bad := range wrongly(at, value) {
			set(bad.value)
			all = append(all, spoilt{what: at + ": " + bad.what, body: copied(good), field: bad.field(at)})
		}
		set(value)
	})
	return all
}

// wrong is a value that does not belong where it stands.
type wrong struct {
	what  string
	value any
	below string // appended to the path of the value
}

func (w wrong) field(at string) string { return joined(at, w.below) }

// nonsense are whole numbers and fractions that nothing here can mean.
var nonsense = map[string]any{"text": canary, "a fraction": 1.5, "negative": -1, "huge": 1e15, "beyond 32 bits": 3_000_000_000,
	"beyond 64 bits": json.RawMessage("123456789012345678901234567890"), "a list": []any{canary}}

// impossible are dates that do not exist, or are not written as dates are.
var impossible = []string{"2027-02-30", "2027-13-01", "2027-00-10", "0000-01-01", "9999-12-31", "20270201", "2027-2-1", "2027-02-01T00:00:00Z",
	"١٥-٠٣-٢٠٢٧", "tomorrow " + canary, "-2027-02-01"}

// wrongly returns what must not stand in the place of the value.
func wrongly(at string, value any) []wrong {
	var out []wrong
	switch v := value.(type) {
	case string:
		out = append(out, wrong{"an object", map[string]any{canary: canary}, ""}, wrong{"a number", 7, ""})
		if strings.HasSuffix(at, "].id") { // sent back by browsers, and ignored
			return out
		}
		out = append(out, wrong{"over-long", strings.Repeat(canary, 9000), ""})
		if !strings.HasSuffix(at, "password") {
			out = append(out, wrong{"NUL", "a\x00" + canary, ""}, wrong{"control characters", canary + "\x1b[2J", ""})
		}
		if isDate.MatchString(v) {
			for _, date := range impossible {
				out = append(out, wrong{date, date, ""})
			}
		}
	case int:
		for what, bad := range nonsense {
			if what == "beyond 32 bits" && at == "budget" {
				continue // three billion francs are a budget
			}
			out = append(out, wrong{what, bad, ""})
		}
	case bool:
		out = append(out, wrong{"text", canary, ""}, wrong{"a number", 1, ""})
	case []any:
		out = append(out, wrong{"an object", map[string]any{canary: 1}, ""}, wrong{"text", canary, ""})
		if len(v) > 0 {
			out = append(out, wrong{"ten thousand", slices.Repeat(v, 10_000/len(v)), ""})
		}
	case map[string]any:
		more := maps.Clone(v)
		more["unheardOf"] = canary
		out = append(out, wrong{"an unknown field", more, "unheardOf"})
		if at != "" {
			out = append(out, wrong{"text", canary, ""}, wrong{"null", nil, ""})
		}
	}
	return out
}

// walk visits every value of a body, outermost first; set replaces the value in place.
func walk(value any, at string, visit func(at string, value any, set func(any))) {
	var inside func(value any, at string)
	inside = func(value any, at string) {
		switch v := value.(type) {
		case map[string]any:
			for _, name := range slices.Sorted(maps.Keys(v)) {
				kept := v[name]
				visit(joined(at, name), kept, func(to any) { v[name] = to })
				inside(kept, joined(at, name))
			}
		case []any:
			for i := range v[:min(len(v), 1)] {
				kept, place := v[i], fmt.Sprintf("%s[%d]", at, i)
				visit(place, kept, func(to any) { v[i] = to })
				inside(kept, place)
			}
		}
	}
	root := value.(map[string]any)
	visit(at, maps.Clone(root), func(to any) {
		clear(root)
		maps.Copy(root, to.(map[string]any))
	})
	inside(root, at)
}

// copied writes a body down as it is now.
func copied(body any) string {
	text, err := json.Marshal(body)
	if err != nil {
		panic(err)
	}
	return string(text)
}

// refused checks the answer to a request that cannot be meant.
func refused(t *testing.T, what string, got answerOf, field string, statuses ...int) {
	t.Helper()
	p := got.Problem()
	if !slices.Contains(statuses, got.Status) || p.Status != got.Status || p.Code == "" || p.Detail == "" {
		t.Errorf("%s: %d %.300s, want one of %v", what, got.Status, got.Body, statuses)
		return
	}
	if kind := got.Header.Get("Content-Type"); kind != "application/problem+json" {
		t.Errorf("%s: it is %s", what, kind)
	}
	if strings.Contains(string(got.Body), canary) || len(got.Body) > 50_000 {
		t.Errorf("%s: the answer of %d bytes repeats what was sent: %.300s", what, len(got.Body), got.Body)
	}
	if field != "-" && !slices.ContainsFunc(p.Fields, func(f ProblemField) bool { return f.Field == field && f.Message != "" }) {
		t.Errorf("%s: it names %+v, not %q", what, p.Fields, field)
	}
}

func TestWhatCannotBeMeantIsRefusedAndLeavesNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		g := newStage(t, db)
		tables := g.tables(t)
		writes := g.writes()
		for _, r := range g.Server.Routes() {
			if r.Method == http.MethodGet {
				continue
			}
			prepare, ok := writes[r.ID]
			if !ok {
				t.Errorf("%s (%s %s): no sound request is known; add one", r.ID, r.Method, r.Path)
				continue
			}
			good := prepare()
			if file, ok := good.file(); ok {
				g.spoilsUpload(t, r, good, file)
				continue
			}
			op := operationOf(g.Server.Description().Paths[r.Path], r.Method)
			before := g.rows(t, tables)
			if (op.RequestBody != nil) != (good.body != nil) {
				t.Errorf("%s: the sound request has the wrong body", r.ID)
			}
			if good.body != nil {
				g.covers(t, r.ID, op.RequestBody.Content["application/json"].Schema, good.body, "")
				for _, text := range notJSON {
					refused(t, r.ID+": "+first(text), good.send(r.Method, text), "-", 400)
				}
				for _, text := range notAnObject {
					refused(t, r.ID+": "+text, good.send(r.Method, text), "-", 422)
				}
				refused(t, r.ID+" as text", good.send(r.Method, copied(good.body), "Content-Type", "text/plain"), "-", 415)
				for _, s := range spoils(good.body) {
					refused(t, r.ID+": "+s.what, good.send(r.Method, s.body), s.field, 400, 422)
				}
			}
			if after := g.rows(t, tables); after != before {
				t.Errorf("%s: something was written:\n%s\n%s", r.ID, before, after)
			}
			if got := good.send(r.Method, good.whole()); got.Status >= 300 {
				t.Errorf("%s: at the end the sound request is refused: %d %s", r.ID, got.Status, got.Body)
			}
		}
	})
}

// covers fails the test when a field of the description is not in the sound
// request: then nobody would spoil it. A step of a need reads some fields only.
func (g *stage) covers(t *testing.T, route string, schema *huma.Schema, value any, at string) {
	t.Helper()
	if strings.HasSuffix(schema.Ref, "/NeedSaid") {
		return
	}
	schema = g.Server.resolve(schema)
	switch v := value.(type) {
	case map[string]any:
		for name, below := range schema.Properties {
			if _, ok := v[name]; !ok {
				t.Errorf("%s: the sound request lacks %s", route, joined(at, name))
				continue
			}
			g.covers(t, route, below, v[name], joined(at, name))
		}
	case []any:
		if len(v) == 0 {
			t.Errorf("%s: the sound request has no entry in %s", route, at)
			return
		}
		g.covers(t, route, schema.Items, v[0], at+"[0]")
	}
}

// first is the beginning of a long text.
func first(text string) string { return text[:min(len(text), 40)] }

// spoilsUpload sends a file in ways in which no browser does, and files that are
// no spreadsheets; nothing may be written.
func (g *stage) spoilsUpload(t *testing.T, r Route, good sound, file sent) {
	t.Helper()
	tables := g.tables(t)
	before := g.rows(t, tables)
	text, kind := multiparted(file)
	_, mark, _ := strings.Cut(kind, "boundary=")
	for what, bad := range map[string]struct{ body, kind string }{
		"JSON":              {`{"file": "` + canary + `"}`, "application/json"},
		"no boundary":       {string(text), "multipart/form-data"},
		"another boundary":  {string(text), "multipart/form-data; boundary=other"},
		"cut off":           {string(text[:len(text)-len(mark)-12]), kind},
		"nothing":           {"", kind},
		"another part":      {strings.Replace(string(text), `name="file"`, `name="`+canary+`"`, 1), kind},
		"a type of its own": {string(text), canary},
	} {
		refused(t, r.ID+": "+what, good.send(r.Method, bad.body, "Content-Type", bad.kind), "-", 400, 422)
	}
	for what, content := range map[string]string{"empty": "", "blanks": " \n \n", "a PDF": "%PDF-1.7 " + canary, "a page": "<html>" + canary, "bytes": "\x00\x01\x02" + canary,
		"a broken archive": "PK\x03\x04" + canary} {
		refused(t, r.ID+": "+what, good.send(r.Method, sent{"members.csv", []byte(content)}), "-", 422)
	}
	refused(t, r.ID+": too large", good.send(r.Method, sent{"members.csv", bytes.Repeat([]byte("a,b\n"), int(r.Most)/4+1)}), "-", 413)
	if after := g.rows(t, tables); after != before {
		t.Errorf("%s: something was written:\n%s\n%s", r.ID, before, after)
	}
	if got := good.send(r.Method, good.whole()); got.Status >= 300 {
		t.Errorf("%s: at the end the sound file is refused: %d %s", r.ID, got.Status, got.Body)
	}
}
