// SPDX-License-Identifier: AGPL-3.0-or-later

package evaluation

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/linking"
	"sankofa/backend/internal/taxonomy"
)

// file writes a file of the test.
func file(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

var loaded = sync.OnceValues(taxonomy.Load)

func vocabulary(t *testing.T) *taxonomy.Taxonomy {
	t.Helper()
	tax, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	return tax
}

// drawn is a run and judgements by chance, the same every time.
func drawn() ([]ranked, judgements) {
	chance := rand.New(rand.NewPCG(7, 7))
	var run []ranked
	right := judgements{}
	for q := range 40 {
		r := ranked{query: fmt.Sprintf("q%02d", q)}
		for _, d := range chance.Perm(60) {
			r.documents = append(r.documents, fmt.Sprintf("d%03d", d))
		}
		run = append(run, r)
		right[r.query] = map[string]int{}
		for range 1 + chance.IntN(8) {
			right[r.query][fmt.Sprintf("d%03d", chance.IntN(90))] = chance.IntN(3)
		}
	}
	return run, right
}

// The figures that an independent scorer with trec_eval's conventions gives for
// the run that drawn makes.
var independent = Metrics{Queries: 39, MAP: 0.0817, MRR: 0.1265, NDCG10: 0.0800, P5: 0.0410, Hit1: 0.0256, Hit5: 0.2051, Hit10: 0.3077,
	Recall10: 0.1256, Recall100: 0.6675}

func TestFiguresAreThoseOfAnIndependentScorer(t *testing.T) {
	run, right := drawn()
	if to := os.Getenv("DRAWN_RUN"); to != "" { // to compute them anew
		var lines strings.Builder
		for q, documents := range right {
			for d, grade := range documents {
				fmt.Fprintf(&lines, "%s\t0\t%s\t%d\n", q, d, grade)
			}
		}
		if err := os.WriteFile(to+".qrels", []byte(lines.String()), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := writeRun(to, run); err != nil {
			t.Fatal(err)
		}
	}
	got := measure(run, right, 0)
	for _, row := range []struct {
		name      string
		got, want float64
	}{{"MAP", got.MAP, independent.MAP}, {"MRR", got.MRR, independent.MRR}, {"nDCG@10", got.NDCG10, independent.NDCG10}, {"P@5", got.P5, independent.P5},
		{"Hit@1", got.Hit1, independent.Hit1}, {"Hit@5", got.Hit5, independent.Hit5}, {"Hit@10", got.Hit10, independent.Hit10},
		{"R@10", got.Recall10, independent.Recall10}, {"R@100", got.Recall100, independent.Recall100},
		{"queries", float64(got.Queries), float64(independent.Queries)}} {
		if math.Abs(row.got-row.want) > 5e-5 {
			t.Errorf("%s is %.6f, want %.4f", row.name, row.got, row.want)
		}
	}
}

func TestARunIsReadBackInItsOrder(t *testing.T) {
	run, _ := drawn()
	path := filepath.Join(t.TempDir(), "run")
	if err := writeRun(path, run); err != nil {
		t.Fatal(err)
	}
	var documents []string
	last := 1 << 30
	err := eachLine(path, 6, func(line int, cells []string) error {
		if cells[0] != run[0].query {
			return nil
		}
		score, ok := wholeNumber(cells[4])
		if !ok || score >= last {
			t.Errorf("line %d: score %s after %d: ties could be broken in another way", line, cells[4], last)
		}
		last = score
		documents = append(documents, cells[2])
		return nil
	})
	if err != nil || !slices.Equal(documents, run[0].documents) {
		t.Errorf("read %v, %v", documents, err)
	}
	if err := writeRun(filepath.Join(path, "no", "folder"), run); !fault.HasCode(err, "evaluate.unwritable") {
		t.Errorf("a run that cannot be written: %v", err)
	}
}

func TestTitlesAreRankedForTitles(t *testing.T) {
	o := Options{Corpus: file(t, "c", "c1\tcivil engineer\nc2\tobstetric midwife\nc3\tprimary school teacher\n"), Queries: file(t, "q", "q_id\ttitle\nq1\tmidwife\nq2\tteacher\n"),
		Qrels: file(t, "j", "q1 0 c2 1\nq2 0 c3 1\n"), Run: filepath.Join(t.TempDir(), "run"), Model: linking.Trained()}
	r, err := Evaluate(t.Context(), vocabulary(t), o, nil)
	if err != nil {
		t.Fatal(err)
	}
	if r.Task != Title || r.CorpusLanguage != "en" || r.Queries != 2 || r.Metrics == nil || r.Metrics.Hit1 != 1 {
		t.Errorf("got %+v with %+v", r, r.Metrics)
	}
	if text, err := os.ReadFile(o.Run); err != nil || !strings.HasPrefix(string(text), "q1\tQ0\tc2\t1\t") {
		t.Errorf("the run is %q, %v", text, err)
	}
}

func TestLabelsOfAnotherLanguageAreFoundThroughConcepts(t *testing.T) {
	// No word is shared: the vocabulary joins the two languages.
	corpus, mapping := "c1\tmidwife\nc2\tagronomist\nc3\tnurse\n", ""
	o := Options{Task: Occupation, Corpus: file(t, "c", corpus), Queries: file(t, "q", "q1\tHebamme\nq2\tagronomo\n"), Qrels: file(t, "j", "q1\tc1\t1\nq2\tc2\t1\n"),
		CorpusLanguage: "en", Model: linking.Trained(), Mapping: mapping}
	for language, query := range map[string]string{"de": "q1", "it": "q2"} {
		o.QueryLanguage = language
		w := &work{Options: o, taxonomy: vocabulary(t)}
		if err := w.read(); err != nil {
			t.Fatal(err)
		}
		run, err := w.rank(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range run {
			if r.query == query && (len(r.documents) == 0 || w.right[query][r.documents[0]] != 1) {
				t.Errorf("%s: %s gets %v", language, query, r.documents)
			}
		}
	}
}

func TestFoldersOfTextsAreRankedByAllTheirWords(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"cv1.txt": "I am a nurse in a hospital for children", "cv2.txt": "Bridges and roads, ten years as an engineer", ".hidden": "x"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	o := Options{Corpus: dir, Queries: file(t, "q", "v1\tEngineer for roads wanted\n"), Qrels: file(t, "j", "v1 0 cv2.txt 1\n"), Model: linking.Trained()}
	r, err := Evaluate(t.Context(), vocabulary(t), o, nil)
	if err != nil || r.Task != Text || r.Corpus != 2 || r.Metrics.Hit1 != 1 {
		t.Errorf("got %+v, %v", r, err)
	}
}

func TestTheOrderOfLabels(t *testing.T) {
	groups := []group{{0.6, []int{1, 2}}, {0.3, []int{3, 4, 5}}, {0.1, []int{6}}}
	for order, want := range map[string][]int{
		Grouped:  {1, 2, 3, 4, 5, 6},
		Concepts: {1, 3, 6, 2, 4, 5},
		Mixed:    {1, 2, 3, 4, 5, 6}, // the first is likely, and has only two labels
	} {
		got := arrange(groups, order, 10)
		if order == Mixed {
			got = got[:3]
			want = want[:3]
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", order, got, want)
		}
	}
	unsure := arrange([]group{{0.3, []int{1, 2, 3, 4}}, {0.28, []int{5, 6, 7, 8}}}, Mixed, 2)
	if !slices.Equal(unsure, []int{1, 5}) {
		t.Errorf("of two that are as likely both must come soon: %v", unsure)
	}
	if got := arrange(groups, Mixed, 2); len(got) != 2 {
		t.Errorf("asked for two, got %v", got)
	}
}

func TestBadFilesAreExplained(t *testing.T) {
	good := func() Options {
		return Options{Corpus: file(t, "c", "c1\tnurse\n"), Queries: file(t, "q", "q1\tnurse\n"), Model: linking.Trained()}
	}
	for name, row := range map[string]struct {
		change func(*Options)
		code   string
	}{
		"no such file":              {func(o *Options) { o.Corpus = "/no/such/file" }, "evaluate.missing"},
		"empty":                     {func(o *Options) { o.Queries = file(t, "q", "\n\n") }, "evaluate.empty"},
		"no tab":                    {func(o *Options) { o.Queries = file(t, "q", "nurse\n") }, "evaluate.columns"},
		"not UTF-8":                 {func(o *Options) { o.Corpus = file(t, "c", "c1\t\xff\xfe\n") }, "evaluate.not_utf8"},
		"an identifier twice":       {func(o *Options) { o.Corpus = file(t, "c", "c1\ta\nc1\tb\n") }, "evaluate.twice"},
		"a task that is none":       {func(o *Options) { o.Task = "names" }, "evaluate.task"},
		"a relevance of letters":    {func(o *Options) { o.Qrels = file(t, "j", "q1 0 c1 1\nq1 0 c1 yes\n") }, "evaluate.relevance"},
		"judgements in two columns": {func(o *Options) { o.Qrels = file(t, "j", "q1 c1\n") }, "evaluate.columns"},
		"a line without an end":     {func(o *Options) { o.Corpus = file(t, "c", "c1\t"+strings.Repeat("x", longestLine+1)) }, "evaluate.large"},
		"no folder for the run":     {func(o *Options) { o.Run = "/no/such/folder/run" }, "evaluate.unwritable"},
	} {
		o := good()
		row.change(&o)
		if _, err := Evaluate(t.Context(), vocabulary(t), o, nil); !fault.HasCode(err, row.code) {
			t.Errorf("%s: %v, want %s", name, err, row.code)
		}
	}
}

func TestPublicSetsAreFoundAsTheyArePublished(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"melo/abc_q_de_c_en/queries.tsv":              "Q1\tHebamme\n",
		"melo/abc_q_de_c_en/corpus_elements.tsv":      "C1\tmidwife\n",
		"melo/abc_q_de_c_en/annotations.tsv":          "Q1\t0\tC1\t1\n",
		"melo/abc_q_de_c_en/concept_mapping.tsv":      "C1\thttp://data.europa.eu/esco/occupation/1\n",
		"talentclef2025/english/queries":              "q_id\tjobtitle\n1\tnurse\n",
		"jobbert/titles.csv":                          ",vacancyTitle,conceptUri\n0,Nurse,http://data.europa.eu/esco/isco/C2221\n",
		"skill_spans/tech_validation_annotations.csv": "sentence,span,sub_span,label\nx,java,,Java\nx,y,,LABEL NOT PRESENT\n",
	} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	tax := vocabulary(t)
	sets, err := PublicSets(dir, t.TempDir(), tax)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, s := range sets {
		names = append(names, s.Name)
	}
	if want := []string{"abc_q_de_c_en", "talentclef_en", "jobbert_en"}; !slices.Equal(names[:min(3, len(names))], want) {
		t.Errorf("found %v, want %v", names, want)
	}
	sets[0].Options.Model = linking.Trained()
	all, queries, err := Compare(t.Context(), tax, sets[0].Options, 10)
	if err != nil || queries != 1 || len(all) != 7 || all[0].Name != Product {
		t.Errorf("compared %v of %d queries, %v", all, queries, err)
	}
	examples, err := Examples(t.Context(), tax, sets[0].Options, 10, 1)
	if err != nil || len(examples) != 1 {
		t.Errorf("%d examples, %v", len(examples), err)
	}
	if _, err := PublicSets(t.TempDir(), t.TempDir(), tax); !fault.HasCode(err, "evaluate.no_sets") {
		t.Errorf("an empty folder: %v", err)
	}
}
