// SPDX-License-Identifier: AGPL-3.0-or-later

package evaluation

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/linking"
	"sankofa/backend/internal/taxonomy"
)

// Set is one public set of queries with judgements.
type Set struct {
	Name    string
	Source  string // who made it, for readers
	Options Options
}

// Where public sets come from.
const (
	melo       = "MELO (Retyk et al., 2024)"
	talentCLEF = "TalentCLEF 2025 task A"
	jobBERT    = "JobBERT vacancy titles (Decorte et al., 2021)"
	spans      = "skill spans linked to ESCO (Decorte et al., 2022)"
)

// PublicSets finds the public sets in a folder, in the form in which they are
// published, and writes those that need it into the other folder as TSV. Labels
// of ESCO come from the vocabulary.
func PublicSets(folder, work string, t *taxonomy.Taxonomy) ([]Set, error) {
	var all []Set
	for _, find := range []func(string, string, *taxonomy.Taxonomy) ([]Set, error){meloSets, talentSets, jobbertSets, spanSets} {
		found, err := find(folder, work, t)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	if len(all) == 0 {
		return nil, fault.New(fault.Missing, "evaluate.no_sets", "There are no public sets in %q: it should have the folders melo, talentclef2025, jobbert and skill_spans.", folder)
	}
	return all, nil
}

// meloSets are named "swe_q_sv_c_en": country, and the languages of queries and corpus.
func meloSets(folder, _ string, _ *taxonomy.Taxonomy) ([]Set, error) {
	found, err := filepath.Glob(filepath.Join(folder, "melo", "*_q_*_c_*"))
	if err != nil {
		return nil, err
	}
	var all []Set
	for _, dir := range found {
		parts := strings.Split(filepath.Base(dir), "_")
		if len(parts) != 5 {
			continue
		}
		in := func(name string) string { return filepath.Join(dir, name) }
		all = append(all, Set{Name: filepath.Base(dir), Source: melo, Options: Options{Task: Occupation, Corpus: in("corpus_elements.tsv"),
			Queries: in("queries.tsv"), Qrels: in("annotations.tsv"), Mapping: in("concept_mapping.tsv"), QueryLanguage: parts[2], CorpusLanguage: parts[4]}})
	}
	return all, nil
}

// talentSets hold one language a folder.
func talentSets(folder, _ string, _ *taxonomy.Taxonomy) ([]Set, error) {
	found, err := filepath.Glob(filepath.Join(folder, "talentclef2025", "*"))
	if err != nil {
		return nil, err
	}
	codes := map[string]string{"english": "en", "spanish": "es", "german": "de", "chinese": "zh"}
	var all []Set
	for _, dir := range found {
		language, known := codes[filepath.Base(dir)]
		if !known {
			continue
		}
		in := func(name string) string { return filepath.Join(dir, name) }
		all = append(all, Set{Name: "talentclef_" + language, Source: talentCLEF, Options: Options{Task: Title, Corpus: in("corpus_elements"),
			Queries: in("queries"), Qrels: in("qrels.tsv"), CorpusLanguage: language, QueryLanguage: language}})
	}
	return all, nil
}

// jobbertSets rank the English labels of ESCO's occupations for vacancy titles.
func jobbertSets(folder, work string, t *taxonomy.Taxonomy) ([]Set, error) {
	var queries [][3]string // identifier, title, concept
	err := eachRecord(filepath.Join(folder, "jobbert", "titles.csv"), func(cells []string) {
		if len(cells) == 3 && strings.HasPrefix(cells[2], "http") {
			queries = append(queries, [3]string{"q" + cells[0], cells[1], cells[2]})
		}
	})
	if err != nil || len(queries) == 0 {
		return nil, err
	}
	o, err := written(work, "jobbert", t.OccupationVocabulary(), queries)
	o.Task = Occupation
	return []Set{{Name: "jobbert_en", Source: jobBERT, Options: o}}, err
}

// spanSets rank the English labels of ESCO's skills for phrases of vacancies.
func spanSets(folder, work string, t *taxonomy.Taxonomy) ([]Set, error) {
	v := t.SkillVocabulary()
	named := map[string]string{}
	for _, l := range v.Labels("en") {
		key := taxonomy.Fold(l.Text)
		if _, taken := named[key]; !taken || l.Rank == 0 {
			named[key] = v.Concepts[l.Concept].ID
		}
	}
	var all []Set
	for _, name := range []string{"house", "tech"} {
		var queries [][3]string
		err := eachRecord(filepath.Join(folder, "skill_spans", name+"_validation_annotations.csv"), func(cells []string) {
			if len(cells) < 4 {
				return
			}
			span := cells[1]
			if cells[2] != "" {
				span = cells[2]
			}
			if concept, ok := named[taxonomy.Fold(cells[3])]; ok {
				queries = append(queries, [3]string{fmt.Sprintf("q%d", len(queries)), span, concept})
			}
		})
		if err != nil {
			return nil, err
		}
		if len(queries) == 0 {
			continue
		}
		o, err := written(work, "spans_"+name, v, queries)
		if err != nil {
			return nil, err
		}
		o.Task = Skill
		all = append(all, Set{Name: "spans_" + name, Source: spans, Options: o})
	}
	return all, nil
}

// eachRecord calls f for the records of a CSV file after its header; a file that
// is not there has none.
func eachRecord(path string, f func(cells []string)) error {
	file, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return unreadable(path, err)
	}
	defer file.Close()
	in := csv.NewReader(file)
	in.FieldsPerRecord = -1
	for line := 0; ; line++ {
		cells, err := in.Read()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return unreadable(path, err)
		}
		if line > 0 {
			f(cells)
		}
	}
}

// written writes queries, the English labels of a vocabulary as the corpus, and
// the judgements that say which are labels of the right concept.
func written(work, name string, v linking.Vocabulary, queries [][3]string) (Options, error) {
	files := map[string]*strings.Builder{}
	for _, kind := range []string{"corpus", "queries", "qrels", "mapping"} {
		files[kind] = &strings.Builder{}
	}
	labels := map[string][]string{} // of each concept
	for i, l := range v.Labels("en") {
		id, concept := fmt.Sprintf("c%06d", i), v.Concepts[l.Concept].ID
		if strings.HasPrefix(concept, "http") || !strings.Contains(concept, "/") {
			fmt.Fprintf(files["corpus"], "%s\t%s\n", id, l.Text)
			fmt.Fprintf(files["mapping"], "%s\t%s\n", id, concept)
			labels[concept] = append(labels[concept], id)
		}
	}
	for _, q := range queries {
		fmt.Fprintf(files["queries"], "%s\t%s\n", q[0], strings.Join(strings.Fields(q[1]), " "))
		for _, id := range labels[q[2]] {
			fmt.Fprintf(files["qrels"], "%s\t0\t%s\t1\n", q[0], id)
		}
	}
	at := func(kind string) string { return filepath.Join(work, name+"_"+kind+".tsv") }
	for _, kind := range slices.Sorted(maps.Keys(files)) {
		if err := os.WriteFile(at(kind), []byte(files[kind].String()), 0o600); err != nil {
			return Options{}, unwritable(at(kind), err)
		}
	}
	return Options{Corpus: at("corpus"), Queries: at("queries"), Qrels: at("qrels"), Mapping: at("mapping"), CorpusLanguage: "en", QueryLanguage: "en"}, nil
}
