// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"bytes"
	"encoding/json"
	"image"
	"image/png"
	"maps"
	"net/http"
	"strings"
	"testing"

	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

// aCV suggests a name first.
const aCV = "Moussa Diallo\nAgronome\n\nLangues\nFrançais : C2\n\nCompétences\nirrigation, maraîchage\n"

var aPicture = func() string {
	var out bytes.Buffer
	if err := png.Encode(&out, image.NewGray(image.Rect(0, 0, 4, 4))); err != nil {
		panic(err)
	}
	return out.String()
}()

// pick keeps the entries of a map that another has.
func pick(from, like map[string]any) map[string]any {
	out := maps.Clone(from)
	maps.DeleteFunc(out, func(name string, _ any) bool { _, ok := like[name]; return !ok })
	return out
}

// document is a new document of the person.
func (g *stage) document() string {
	g.t.Helper()
	var d documentView
	g.Person.do("POST", "/me/documents", sent{"paper.png", []byte(aPicture)}).Into(g.t, &d)
	return d.ID
}

// cv is a new CV of the person.
func (g *stage) cv() (r readingView) {
	g.t.Helper()
	g.Person.do("POST", "/me/cv", sent{"cv.txt", []byte(aCV)}).Into(g.t, &r)
	return r
}

func TestADocumentIsSavedAndNeverShownInOurOrigin(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		g := newStage(t, db)
		got := g.Person.do("GET", "/me/documents/"+g.document(), nil)
		if got.Status != http.StatusOK || string(got.Body) != aPicture {
			t.Errorf("%d, %d bytes", got.Status, len(got.Body))
		}
		for name, want := range map[string]string{"Content-Type": "image/png", "X-Content-Type-Options": "nosniff",
			"Content-Security-Policy": "sandbox; default-src 'none'", "Content-Disposition": `attachment; filename="paper.png"; filename*=UTF-8''paper.png`} {
			if got.Header.Get(name) != want {
				t.Errorf("%s is %q, want %q", name, got.Header.Get(name), want)
			}
		}
	})
}

func TestACVWritesNothingBeforeThePersonSaysYesToIt(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		g := newStage(t, db)
		before := copied(g.mine().ProfileShown)
		r := g.cv()
		if after := copied(g.mine().ProfileShown); after != before {
			t.Fatalf("reading a CV changed the profile:\n%s\n%s", before, after)
		}
		var skill suggestionView
		for _, s := range r.Suggestions {
			if s.Field == "skills" {
				skill = s
			}
		}
		if skill.ID == "" || skill.Words == "" || skill.Answer != "open" {
			t.Fatalf("no skill is suggested: %+v", r.Suggestions)
		}
		count := len(g.mine().Skills)
		g.Person.do("POST", "/me/cv/suggestions/"+skill.ID, map[string]any{"answer": "accepted"}).Into(t, &r)
		mine := g.mine()
		if len(mine.Skills) != count+1 || mine.Skills[count].Evidence != "claimed" {
			t.Errorf("after the yes: %+v", mine.Skills)
		}
		refused(t, "the same yes again", g.Person.do("POST", "/me/cv/suggestions/"+skill.ID, map[string]any{"answer": "accepted"}), "-", http.StatusConflict)
		if strings.Contains(mine.CVText, "maraîchage") {
			t.Errorf("the text of the CV is searched before the person agreed: %q", mine.CVText)
		}
		g.Person.do("PUT", "/me/cv/text", map[string]any{"use": true}).Into(t, &r)
		if mine = g.mine(); !strings.Contains(mine.CVText, "maraîchage") || !r.TextUsed {
			t.Errorf("after the person agreed: %q", mine.CVText)
		}
	})
}

func TestAFormThatSavesAsOneTypesMeetsAnotherDevice(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		g := newStage(t, db)
		send := func(field, seen, value string) answerOf {
			return g.Person.do("PATCH", "/me/professional", map[string]any{"fields": []any{field}, "seen": map[string]any{field: seen}, "values": map[string]any{field: value}})
		}
		start := g.mine()
		for _, c := range []struct {
			what, field, seen, value string
			want                     int
		}{
			{"the first device", "summary", start.Summary, "First", 200},
			{"the second, which saw what the first overwrote", "summary", start.Summary, "Second", 412},
			{"the first again, whose answer was lost", "summary", start.Summary, "First", 200},
			{"the second in another field", "residencePlace", start.ResidencePlace, "Milano", 200},
			{"the second after it looked", "summary", "First", "Both", 200},
			{"a value that cannot be", "phone", start.Phone, "call me", 422},
			{"a field that nobody writes", "pseudonym", "", "P-0000-0000", 422},
		} {
			got := send(c.field, c.seen, c.value)
			if got.Status != c.want {
				t.Errorf("%s: %d %s, want %d", c.what, got.Status, got.Body, c.want)
			}
			if c.want == 412 && (len(got.Problem().Fields) != 1 || got.Problem().Fields[0].Field != "summary") {
				t.Errorf("%s: it does not say what changed: %s", c.what, got.Body)
			}
		}
		if now := g.mine(); now.Summary != "Both" || now.ResidencePlace != "Milano" {
			t.Errorf("it holds %q and %q", now.Summary, now.ResidencePlace)
		}
	})
}

func TestACalendarIsReadByItsSecretAddressUntilThatIsRenewed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		g := newStage(t, db)
		var first, second feedView
		g.Person.do("POST", "/me/calendar", nil).Into(t, &first)
		got := g.stranger(t).do("GET", first.Path, nil)
		if got.Status != http.StatusOK || got.Header.Get("Content-Type") != "text/calendar; charset=utf-8" || !bytes.HasPrefix(got.Body, []byte("BEGIN:VCALENDAR\r\n")) {
			t.Errorf("%d %v %s", got.Status, got.Header, got.Body)
		}
		if mine := g.mine(); bytes.Contains(got.Body, []byte(mine.GivenName)) || bytes.Contains(got.Body, []byte(mine.Pseudonym)) {
			t.Errorf("the calendar says who it is: %s", got.Body)
		}
		g.Person.do("POST", "/me/calendar", nil).Into(t, &second)
		if status := g.stranger(t).do("GET", first.Path, nil).Status; status != http.StatusNotFound {
			t.Errorf("the old address: %d", status)
		}
		g.Person.do("DELETE", "/me/calendar", nil)
		if status := g.stranger(t).do("GET", second.Path, nil).Status; status != http.StatusNotFound {
			t.Errorf("the closed address: %d", status)
		}
		var now feedView
		g.Person.do("GET", "/me/calendar", nil).Into(t, &now)
		if now.On || now.Path != "" {
			t.Errorf("after closing: %+v", now)
		}
	})
}

func TestTheMeterCountsAndSaysWhatTheNeedsOfTodayWant(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		g := newStage(t, db)
		g.needIn("PUBLISHED")
		if err := g.API.Search.Open(t.Context()); err != nil {
			t.Fatal(err)
		}
		var m meterView
		g.Person.do("GET", "/me/completeness", nil).Into(t, &m)
		sum, done := 0, 0
		for _, i := range m.Items {
			sum += i.Weight
			if i.Done {
				done += i.Weight
			}
		}
		if sum != 100 || done != m.Percent || m.Percent == 0 || m.Percent == 100 {
			t.Errorf("weights %d, done %d, shown %d", sum, done, m.Percent)
		}
		if m.Needs != 1 || len(m.Tips) == 0 {
			text, _ := json.Marshal(m)
			t.Fatalf("no tip: %s", text)
		}
		for _, tip := range m.Tips {
			if tip.Part == "" || tip.Needs != 1 || tip.Example == "" || tip.Kind == "lift" && tip.Gain <= 0 {
				t.Errorf("%+v", tip)
			}
		}
	})
}
