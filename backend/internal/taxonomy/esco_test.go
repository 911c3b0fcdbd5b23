// SPDX-License-Identifier: AGPL-3.0-or-later

package taxonomy

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

// The concepts of these tests are invented: ESCO's own labels stay out of the
// repository. Only the form of the files is ESCO's.
const (
	skillURI      = "http://example.org/skill/"
	occupationURI = "http://example.org/occupation/"
	groupURI      = "http://example.org/isco/C"
)

const skillsHeader = "conceptType,conceptUri,skillType,preferredLabel,altLabels,status,description\n"

// skillRow writes a skill as the main files do: synonyms one a line, in quotes.
func skillRow(name, preferred string, others ...string) string {
	return fmt.Sprintf("KnowledgeSkillCompetence,%s%s,knowledge,%s,\"%s\",released,\"Several lines,\nwith \"\"quotes\"\".\"\n",
		skillURI, name, preferred, strings.Join(others, "\n"))
}

// download is a small ESCO download in two languages.
func download() map[string]string {
	return map[string]string{
		"skills_en.csv": "\ufeff" + skillsHeader + skillRow("weave", "basket weaving", "weaving of baskets", "basketry") +
			skillRow("rope", "rope making") + skillRow("drip", "drip irrigation", "trickle watering") +
			skillRow("river", "river walking", "fording") +
			"KnowledgeSkillCompetence," + skillURI + "old,knowledge,forgotten craft,,deprecated,\n",
		"skills_fr.csv": "conceptType,conceptUri,preferredLabel,altLabels\n" +
			"KnowledgeSkillCompetence," + skillURI + "weave,tressage de paniers,\n" +
			"KnowledgeSkillCompetence," + skillURI + "drip,micro-arrosage localisé,\n",
		"craftSkillsCollection_en.csv": "conceptType,conceptUri,preferredLabel,altLabels,broaderConceptUri\n" +
			"KnowledgeSkillCompetence," + skillURI + "weave,basket weaving,wicker work | cane weaving," + skillURI + "crafts | " + skillURI + "plants\n",
		"skillGroups_en.csv": "conceptType,conceptUri,preferredLabel,altLabels\nSkillGroup," + skillURI + "crafts,handicrafts,\n",
		"broaderRelationsSkillPillar_en.csv": "conceptType,conceptUri,broaderType,broaderUri\n" +
			"KnowledgeSkillCompetence," + skillURI + "rope,SkillGroup," + skillURI + "crafts\n" +
			"KnowledgeSkillCompetence," + skillURI + "river,KnowledgeSkillCompetence," + skillURI + "drip\n",
		"skillsHierarchy_en.csv": "Level 0 URI,Level 0 preferred term,Level 1 URI,Level 1 preferred term,Level 2 URI,Level 2 preferred term,Level 3 URI,Level 3 preferred term,Description,Level 0 code\n" +
			skillURI + "top,all,,,,,,,,T\n" + skillURI + "top,all," + skillURI + "crafts,handicrafts,,,,\n",
		"occupations_en.csv": "conceptType,conceptUri,iscoGroup,preferredLabel,altLabels\n" +
			"Occupation," + occupationURI + "weaver,7317,basket weaver,\"basket maker\nmaker of baskets\"\n",
		"occupations_de.csv": "conceptType,conceptUri,iscoGroup,preferredLabel,altLabels\n" +
			"Occupation," + occupationURI + "weaver,7317,Korbflechter/Korbflechterin,\n",
		"ISCOGroups_de.csv": "conceptType,conceptUri,code,preferredLabel,altLabels\nISCOGroup," + groupURI + "7317,7317,Korbleute,\n",
		"occupationSkillRelations.csv": "occupationUri,relationType,skillType,skillUri\n" +
			occupationURI + "weaver,essential,knowledge," + skillURI + "weave\n" +
			occupationURI + "weaver,optional,knowledge," + skillURI + "rope\n",
		"conceptSchemes_en.csv": "this,file,is\nnot,used\n",
	}
}

// put writes files into a folder and returns it.
func put(t *testing.T, files map[string]string) string {
	t.Helper()
	folder := t.TempDir()
	for name, text := range files {
		at := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(at), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// zipped returns the files as a zip.
func zipped(t *testing.T, files map[string]string) string {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, name := range slices.Sorted(keysOf(files)) {
		f, err := w.Create(name)
		if err == nil {
			_, err = f.Write([]byte(files[name]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// tiny is a vocabulary of a few words, so that these tests need no data file.
func tiny() *Taxonomy {
	v := &vocabulary{
		skills: map[string]*Skill{
			"agriculture.drip-irrigation": {ID: "agriculture.drip-irrigation", Sector: "agriculture", ISCO: []string{"2132"},
				Labels: Labels{"en": {"drip irrigation"}, "fr": {"irrigation goutte à goutte"}}},
			"agriculture.watering": {ID: "agriculture.watering", Sector: "agriculture", ISCO: []string{"2132"},
				Labels: Labels{"en": {"watering", "trickle watering"}, "fr": {"arrosage"}}},
		},
		groups: map[string]*Group{
			"7317": {Code: "7317", Labels: Labels{"en": {"Handicraft workers in wood"}}},
			"2132": {Code: "2132", Labels: Labels{"en": {"Farming advisers"}}},
		},
		aliases: map[string]string{},
	}
	v.index()
	t := &Taxonomy{shipped: v}
	t.now.Store(v)
	return t
}

// rowsOf dumps the tables of ESCO, to compare.
func rowsOf(t *testing.T, db *store.DB) string {
	t.Helper()
	var out []string
	err := db.View(t.Context(), func(tx *store.Tx) error {
		var concepts []escoConcept
		var labels []escoLabel
		var relations []escoRelation
		for _, rows := range []any{&concepts, &labels, &relations} {
			if err := tx.Find(rows).Error; err != nil {
				return err
			}
		}
		for _, c := range concepts {
			out = append(out, fmt.Sprintf("%+v", c))
		}
		for _, l := range labels {
			out = append(out, fmt.Sprintf("%+v", l))
		}
		for _, r := range relations {
			out = append(out, fmt.Sprintf("%+v", r))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(out)
	return strings.Join(out, "\n")
}

// imports counts the events of the ledger.
func imports(t *testing.T, db *store.DB) int {
	t.Helper()
	events, err := db.Events(t.Context(), 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, e := range events {
		if e.Name == "esco.imported" {
			n++
		}
	}
	return n
}

func importAll(t *testing.T, db *store.DB, path string) ESCOReport {
	t.Helper()
	report, err := ImportESCO(t.Context(), db, path, nil)
	if err != nil {
		t.Fatalf("import %s: %v", path, err)
	}
	return report
}

func TestAnImportExtendsTheVocabulary(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		report := importAll(t, db, put(t, download()))
		if report.Files != 10 || report.Skills != 4 || report.Occupations != 1 || !slices.Equal(report.Languages, []string{"de", "en", "fr"}) {
			t.Errorf("report: %+v", report)
		}
		tax := tiny()
		if err := tax.Extend(t.Context(), db); err != nil {
			t.Fatal(err)
		}
		if e := tax.ESCO(); !e.Loaded || e.Skills != 4 || e.Occupations != 1 {
			t.Errorf("ESCO: %+v", e)
		}
		weave, ok := tax.Find(skillURI + "weave")
		if !ok || weave.Labels.In("fr") != "tressage de paniers" || !slices.Equal(weave.ISCO, []string{"7317"}) {
			t.Errorf("basket weaving: %+v", weave)
		}
		if want := []string{"basket weaving", "wicker work", "cane weaving", "weaving of baskets", "basketry"}; !sameWords(weave.Labels["en"], want) {
			t.Errorf("labels %q, want %q", weave.Labels["en"], want)
		}
		if tax.Relation(skillURI+"rope", skillURI+"weave") != Sibling {
			t.Error("two skills under one heading are no siblings")
		}
		if heading, ok := tax.Find(skillURI + "crafts"); !ok || tax.Skill(heading.ID) || len(tax.SuggestSkills("handicrafts", "en", 3)) > 0 {
			t.Error("a heading is taken for a skill")
		}
		if tax.Skill(skillURI + "old") {
			t.Error("a deprecated concept was imported")
		}
		for words, language := range map[string]string{"Cane weaving": "en", "tressage de paniers": "fr", "basketry": "de"} {
			if got, _ := tax.LinkSkill(words, language); got != skillURI+"weave" {
				t.Errorf("%q names %q", words, got)
			}
		}
		if got := tax.SuggestSkills("wicker", "fr", 3); len(got) != 1 || got[0].Label != "tressage de paniers" {
			t.Errorf("wicker suggests %v", got)
		}
		if got := tax.SuggestOccupations("korbflechterin", "de", 3); len(got) != 1 || got[0] != (Suggestion{ID: "7317", Label: "Korbleute", Matched: "Korbflechterin"}) {
			t.Errorf("Korbflechterin suggests %v", got)
		}
	})
}

func sameWords(got, want []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(want))) && got[0] == want[0]
}

func TestAnImportedSkillThatWeHaveBecomesOurs(t *testing.T) {
	db := storetest.SQLite(t)
	importAll(t, db, put(t, download()))
	tax := tiny()
	if err := tax.Extend(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	ours := "agriculture.drip-irrigation"
	found, _ := tax.Find(skillURI + "drip")
	if found.ID != ours || tax.Relation(ours, skillURI+"drip") != Same {
		t.Fatalf("the alias leads to %q", found.ID)
	}
	if got, _ := tax.LinkSkill("micro-arrosage localisé", "fr"); got != ours {
		t.Errorf("a new synonym names %q", got)
	}
	if found.Labels.In("fr") != "irrigation goutte à goutte" {
		t.Errorf("the preferred label became %q", found.Labels.In("fr"))
	}
	if got, _ := tax.LinkSkill("trickle watering", "en"); got != "agriculture.watering" {
		t.Errorf("the import took a word of ours away: it names %q", got)
	}
	if tax.Relation(ours, skillURI+"river") != Narrower {
		t.Error("what is below the imported skill is not below ours")
	}
}

func TestTwoSharedLanguagesMakeAnAlias(t *testing.T) {
	v := tiny().shipped
	words := newOwnWords(v)
	for _, row := range []struct {
		labels Labels
		want   string
	}{
		{Labels{"en": {"hosing", "watering"}, "fr": {"Arrosage"}}, "agriculture.watering"},
		{Labels{"en": {"hosing", "watering"}, "fr": {"mouillage", "arrosage"}}, ""}, // it prefers other words everywhere
		{Labels{"en": {"trickle watering"}}, ""},                                    // one language
		{Labels{"en": {"Drip Irrigation"}}, "agriculture.drip-irrigation"},
		{Labels{}, ""},
	} {
		if got := words.meant(&Skill{Labels: row.labels}); got != row.want {
			t.Errorf("%v means %q, want %q", row.labels, got, row.want)
		}
	}
}

func TestImportingAgainAddsNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		folder := put(t, download())
		importAll(t, db, folder)
		before := rowsOf(t, db)
		report := importAll(t, db, folder)
		if report.Files != 0 || report.Known != 10 || report.Records != 0 {
			t.Errorf("second report: %+v", report)
		}
		if rowsOf(t, db) != before {
			t.Error("the second import changed something")
		}
		if n := imports(t, db); n != 1 {
			t.Errorf("%d events, want 1", n)
		}
	})
}

func TestANewerFileSaysWhatIsPreferred(t *testing.T) {
	db := storetest.SQLite(t)
	importAll(t, db, put(t, map[string]string{"skills_en.csv": skillsHeader + skillRow("a", "old words", "common words")}))
	importAll(t, db, put(t, map[string]string{"skills_en.csv": skillsHeader + skillRow("a", "new words", "common words")}))
	tax := tiny()
	if err := tax.Extend(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	got, _ := tax.Find(skillURI + "a")
	if want := []string{"new words", "common words", "old words"}; !slices.Equal(got.Labels["en"], want) {
		t.Errorf("labels %q, want %q", got.Labels["en"], want)
	}
	if n := imports(t, db); n != 2 {
		t.Errorf("%d events, want 2", n)
	}
}

// many is a file of several batches.
func many() map[string]string {
	var text strings.Builder
	text.WriteString(skillsHeader)
	for i := range 3*recordsAtOnce + 10 {
		text.WriteString(skillRow(fmt.Sprint(i), fmt.Sprintf("invented craft %d", i), fmt.Sprintf("craft number %d", i)))
	}
	return map[string]string{"skills_en.csv": text.String()}
}

func TestAnImportGoesOnWhereItStopped(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		folder := put(t, many())
		ctx, stop := context.WithCancel(t.Context())
		calls, last := 0, int64(0)
		_, err := ImportESCO(ctx, db, folder, func(done, total int64) {
			if calls++; done < last || done > total {
				t.Errorf("progress went from %d to %d of %d", last, done, total)
			}
			if last = done; calls == 3 { // the beginning and two batches
				stop()
			}
		})
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("stopped import: %v", err)
		}
		if n := imports(t, db); n != 0 {
			t.Errorf("%d events of an import that did not finish", n)
		}
		if report := importAll(t, db, folder); report.Records != recordsAtOnce+10 || report.Skills != 3*recordsAtOnce+10 {
			t.Errorf("second run: %+v", report)
		}
		if n := imports(t, db); n != 1 {
			t.Errorf("%d events, want 1", n)
		}
	})
}

func TestTwoImportsAtOnceDoNotDisturbEachOther(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		folder := put(t, many())
		var group sync.WaitGroup
		for range 4 {
			group.Go(func() {
				_, err := ImportESCO(context.Background(), db, folder, nil)
				if err != nil && !fault.HasCode(err, "esco.running") && !fault.Is(err, fault.Stale) {
					t.Errorf("import: %v", err)
				}
			})
		}
		group.Wait()
		if report := importAll(t, db, folder); report.Skills != 3*recordsAtOnce+10 || report.Labels != 2*report.Skills {
			t.Errorf("after all: %+v", report)
		}
		if n := imports(t, db); n != 1 {
			t.Errorf("%d events, want 1", n)
		}
	})
}

func TestADownloadMayBeZippedAndNested(t *testing.T) {
	straight := storetest.SQLite(t)
	importAll(t, straight, put(t, download()))
	want := rowsOf(t, straight)
	nested := map[string]string{}
	for name, text := range download() {
		nested["ESCO dataset/"+name] = text
		nested["__MACOSX/._"+name] = "not a table"
	}
	zip := zipped(t, nested)
	for name, path := range map[string]string{
		"zip":           filepath.Join(put(t, map[string]string{"esco.ZIP": zip}), "esco.ZIP"),
		"nested folder": put(t, map[string]string{"a/b/esco.zip": zip}),
		"folders":       put(t, prefixed("csv/en/", download())),
	} {
		t.Run(name, func(t *testing.T) {
			db := storetest.SQLite(t)
			importAll(t, db, path)
			if got := rowsOf(t, db); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func prefixed(prefix string, files map[string]string) map[string]string {
	out := map[string]string{}
	for name, text := range files {
		out[prefix+name] = text
	}
	return out
}

func TestFaultyDownloadsAreRefusedAndLeaveNothing(t *testing.T) {
	good := skillsHeader + skillRow("a", "some craft")
	zip := zipped(t, download())
	torn := []byte(zip)
	torn[60] ^= 0xff // in the data of the first file
	for name, row := range map[string]struct {
		files map[string]string
		path  string
		code  string
		says  string
	}{
		"not there":         {path: "nowhere", code: "esco.missing", says: "nowhere"},
		"no ESCO file":      {files: map[string]string{"people.csv": "a,b\n1,2\n"}, code: "esco.no_files", says: "skills_en.csv"},
		"a single stranger": {files: map[string]string{"people.csv": "a,b\n1,2\n"}, path: "people.csv", code: "esco.no_files"},
		"wrong header": {files: map[string]string{"a/skills_en.csv": good, "z/skills_fr.csv": "conceptUri;preferredLabel\nx;y\n"},
			code: "esco.wrong_header", says: `z/skills_fr.csv has no column "conceptUri"`},
		"missing column":   {files: map[string]string{"skills_en.csv": "conceptUri,preferredLabel\nhttp://x,y\n"}, code: "esco.wrong_header", says: `"altLabels"`},
		"empty file":       {files: map[string]string{"skills_en.csv": ""}, code: "esco.truncated", says: "skills_en.csv"},
		"cut in a quote":   {files: map[string]string{"skills_en.csv": good[:len(good)-2]}, code: "esco.truncated", says: "skills_en.csv"},
		"cut in a row":     {files: map[string]string{"skills_en.csv": good + "KnowledgeSkillCompetence,http://x"}, code: "esco.truncated", says: "line 4"},
		"no end of record": {files: map[string]string{"skills_en.csv": good + `"` + strings.Repeat("x,\n", largestRecord)}, code: "esco.truncated"},
		"Latin letters":    {files: map[string]string{"skills_fr.csv": skillsHeader + skillRow("a", "m\xe9tier")}, code: "esco.not_utf8", says: "line 2"},
		"UTF-16":           {files: map[string]string{"skills_fr.csv": "\xff\xfec\x00o\x00n\x00\n\x00"}, code: "esco.not_utf8"},
		"no zip":           {files: map[string]string{"esco.zip": "this is no zip"}, path: "esco.zip", code: "esco.zip_damaged", says: "esco.zip"},
		"half a zip":       {files: map[string]string{"esco.zip": zip[:len(zip)/2]}, path: "esco.zip", code: "esco.zip_damaged"},
		"a torn zip":       {files: map[string]string{"esco.zip": string(torn)}, code: "esco.zip_damaged"},
		"a zip bomb":       {files: map[string]string{"esco.zip": zipped(t, map[string]string{"skills_en.csv": good + strings.Repeat("\n", 8<<20)})}, code: "esco.too_large"},
	} {
		t.Run(name, func(t *testing.T) {
			db := storetest.SQLite(t)
			_, err := ImportESCO(t.Context(), db, filepath.Join(put(t, row.files), row.path), nil)
			if !fault.HasCode(err, row.code) {
				t.Fatalf("got %v, want %s", err, row.code)
			}
			if message := fault.Of(err).Message; !strings.Contains(message, row.says) {
				t.Errorf("message %q does not say %q", message, row.says)
			}
			if got := rowsOf(t, db); got != "" {
				t.Errorf("left behind: %s", got)
			}
		})
	}
}

func TestWithoutESCONothingChanges(t *testing.T) {
	tax := tiny()
	if err := tax.Extend(t.Context(), storetest.SQLite(t)); err != nil {
		t.Fatal(err)
	}
	if tax.ESCO().Loaded || tax.now.Load() != tax.shipped {
		t.Error("an empty database extended the vocabulary")
	}
}

func TestASkillIsLinkedToTheGroupsThatNeedItMost(t *testing.T) {
	var uses []use
	for i := range 12 {
		uses = append(uses, use{isco: fmt.Sprintf("%04d", i), count: i})
	}
	got := mostUsed(uses)
	if want := strings.Fields("0011 0010 0009 0008 0007 0006 0005 0004"); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestSkillsOfACrowdedHeadingAreNoSiblings(t *testing.T) {
	e := newExtension(tiny().shipped)
	for heading, size := range map[string]int{"few": crowd, "many": crowd + 1} {
		e.addConcept(skillURI+heading, kindHeading, "")
		e.addLabels(skillURI+heading, "en", heading)
		for i := range size {
			uri := fmt.Sprintf("%s%s%d", skillURI, heading, i)
			e.addConcept(uri, kindSkill, "")
			e.addLabels(uri, "en", fmt.Sprintf("%s %d", heading, i))
			e.skills[uri].Broader = []string{skillURI + heading}
		}
	}
	e.join()
	if !e.v.siblings(skillURI+"few0", skillURI+"few1") || e.v.siblings(skillURI+"many0", skillURI+"many1") {
		t.Error("siblings do not depend on the size of the heading")
	}
}

func FuzzESCOFile(f *testing.F) {
	for name, text := range download() {
		f.Add(strings.ToLower(name), []byte(text))
	}
	f.Fuzz(func(t *testing.T, name string, text []byte) {
		if kindOf(name).read == nil {
			return
		}
		s := source{shown: name, name: name, size: int64(len(text)), open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(text)), nil }}
		r, err := s.records()
		for batch := newEscoBatch(); err == nil; {
			var cell func(string) string
			if cell, err = r.next(); err == nil {
				r.kind.read(batch, cell)
			}
			for key, labels := range batch.labels {
				if !escoURI(key[0]) || slices.Contains(labels, "") || strings.Contains(strings.Join(labels, ""), "\n") {
					t.Errorf("%v: labels %q", key, labels)
				}
			}
		}
		if err != io.EOF && fault.Of(err).Kind != fault.Invalid {
			t.Errorf("%q: %v is not a clear fault", name, err)
		}
	})
}
