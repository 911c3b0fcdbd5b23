// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"slices"
	"strings"
	"testing"

	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
	"sankofa/backend/internal/taxonomy"
)

// shippedWords is the shipped vocabulary, read once: no test here changes it.
func shippedWords(t *testing.T) *taxonomy.Taxonomy {
	t.Helper()
	words, err := vocabulary()
	if err != nil {
		t.Fatal(err)
	}
	return words
}

func TestAnybodyMayLookWordsUp(t *testing.T) {
	h := open(t, storetest.SQLite(t))
	anybody := h.stranger(t)

	var occupations list[occupationSuggestion]
	anybody.do("GET", "/taxonomy/occupations?q=sage-fem&language=fr", nil).Into(t, &occupations)
	if len(occupations.Items) == 0 || occupations.Items[0].Code != "2222" || occupations.Items[0].Matched != "sage-femme" {
		t.Errorf("sage-fem suggests %+v", occupations.Items)
	}
	anybody.do("GET", "/taxonomy/occupation-links?title=Sage-femme+(H/F)&language=fr", nil).Into(t, &occupations)
	if len(occupations.Items) == 0 || occupations.Items[0].Code != "2222" {
		t.Errorf("the free title leads to %+v", occupations.Items)
	}

	var skills list[skillSuggestion]
	anybody.do("GET", "/taxonomy/skills?q=goutte-a&language=it", nil).Into(t, &skills)
	if len(skills.Items) == 0 || skills.Items[0].ID != "agriculture.drip-irrigation" ||
		skills.Items[0].Label != "irrigazione a goccia" || skills.Items[0].Sector != "agriculture" {
		t.Errorf("goutte-a suggests %+v", skills.Items)
	}
	anybody.do("GET", "/taxonomy/skills?isco=2222&limit=5", nil).Into(t, &skills)
	if len(skills.Items) != 5 {
		t.Errorf("%d skills of midwives, want 5", len(skills.Items))
	}
	for _, s := range skills.Items {
		if found, _ := shippedWords(t).Find(s.ID); !slices.Contains(found.ISCO, "2222") {
			t.Errorf("%s is no skill of midwives", s.ID)
		}
	}
	anybody.do("GET", "/taxonomy/skills?q=", nil).Into(t, &skills)
	if len(skills.Items) != 0 {
		t.Errorf("nothing typed suggests %+v", skills.Items)
	}
}

func TestCodesAreNamedInTheReadersLanguage(t *testing.T) {
	h := open(t, storetest.SQLite(t))
	h.API.Taxonomy = shippedWords(t)
	var names list[namedCode]
	h.stranger(t).do("GET", "/taxonomy/names?codes=agriculture.drip-irrigation,2222,nothing.known&language=fr", nil).Into(t, &names)
	if len(names.Items) != 2 || names.Items[0].Name != "irrigation goutte à goutte" || names.Items[1].Code != "2222" || names.Items[1].Name == "2222" {
		t.Errorf("got %+v", names.Items)
	}
}

func TestCodeListsSpeakTheReadersLanguage(t *testing.T) {
	h := open(t, storetest.SQLite(t))
	var lists codeLists
	h.stranger(t).do("GET", "/taxonomy/lists?language=fr", nil).Into(t, &lists)
	for name, in := range map[string]struct {
		items []namedCode
		want  namedCode
	}{
		"countries": {lists.Countries, namedCode{"SN", "Sénégal"}},
		"languages": {lists.Languages, namedCode{"wo", "wolof"}},
		"sectors":   {lists.Sectors, namedCode{"health", "Santé"}},
	} {
		if !slices.Contains(in.items, in.want) {
			t.Errorf("%s lack %+v", name, in.want)
		}
	}
	if len(lists.ISCEDLevels) != 9 || len(lists.ISCEDFields) < 100 || strings.Join(lists.CEFR, " ") != "A1 A2 B1 B2 C1 C2" {
		t.Errorf("%d levels, %d fields, CEFR %v", len(lists.ISCEDLevels), len(lists.ISCEDFields), lists.CEFR)
	}
	if lists.ESCO.Loaded || lists.ESCO.Notice != "" {
		t.Errorf("ESCO is not loaded, but: %+v", lists.ESCO)
	}
}

func TestTheNoticeOfESCOIsShownOnceItIsLoaded(t *testing.T) {
	db := storetest.SQLite(t)
	h := open(t, db)
	err := db.Keep(t.Context(), func(tx *store.Tx) error {
		if err := tx.Exec(`INSERT INTO esco_concepts (uri, kind) VALUES ('http://example.org/a', 'skill')`).Error; err != nil {
			return err
		}
		return tx.Exec(`INSERT INTO esco_labels (uri, language, labels) VALUES ('http://example.org/a', 'en', 'basket weaving')`).Error
	})
	if err != nil {
		t.Fatal(err)
	}
	if h.API.Taxonomy, err = taxonomy.Load(); err != nil {
		t.Fatal(err)
	}
	if err := h.API.Taxonomy.Extend(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	var lists codeLists
	h.stranger(t).do("GET", "/taxonomy/lists", nil).Into(t, &lists)
	if !lists.ESCO.Loaded || lists.ESCO.Notice != "This service uses the ESCO classification of the European Commission." {
		t.Errorf("ESCO: %+v", lists.ESCO)
	}
}

func TestUnreasonableQuestionsAreRefused(t *testing.T) {
	h := open(t, storetest.SQLite(t))
	for _, path := range []string{
		"/taxonomy/skills?q=" + strings.Repeat("x", 201), "/taxonomy/skills?limit=0", "/taxonomy/skills?isco=nurse",
		"/taxonomy/occupation-links", "/taxonomy/occupations?colour=red",
	} {
		if got := h.stranger(t).do("GET", path, nil); got.Status != 422 {
			t.Errorf("%.60s: status %d, want 422", path, got.Status)
		}
	}
}
