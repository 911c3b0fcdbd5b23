// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"

	"sankofa/backend/internal/matching"
)

// Replayed is what came out of computing a frozen ranking again from what it was
// made of, with nothing of today: neither the index nor profiles nor words.
type Replayed struct {
	Algorithm   string       `json:"algorithm" doc:"The version of the rules that the ranking was made by"`
	Replayable  bool         `json:"replayable" doc:"Whether the ranking can be computed again; if not, reason says why, and it is shown as it was frozen"`
	Reason      string       `json:"reason" enum:",no_values,other_rules" doc:"no_values: it was frozen before rankings kept what they were made of; other_rules: this version does not have the rules of that time"`
	Equal       bool         `json:"equal" doc:"Every score and every reason came out the same"`
	Compared    int          `json:"compared" doc:"People whose scores were computed again"`
	Kept        int          `json:"kept" doc:"People of whom the score alone was kept, as they stand further down than 5,000 others"`
	Differences []Difference `json:"differences" doc:"What came out otherwise; at most 50"`
}

// Difference is a line of a frozen ranking that came out otherwise.
type Difference struct {
	Person   string `json:"person" doc:"Pseudonym"`
	What     string `json:"what" doc:"score, rank, headline, lifts, or the name of a criterion"`
	Frozen   string `json:"frozen"`
	Replayed string `json:"replayed"`
}

// Why a ranking cannot be replayed.
const (
	NoValues   = "no_values"
	OtherRules = "other_rules"
)

// mostDifferences is how many are told.
const mostDifferences = 50

// Replay computes a frozen ranking again and compares it line by line. An error
// says that the body is not a frozen ranking, or is damaged.
func Replay(body []byte) (Replayed, error) {
	var frozen frozenRanking
	if err := json.Unmarshal(body, &frozen); err != nil {
		return Replayed{}, fmt.Errorf("read frozen ranking: %w", err)
	}
	out := Replayed{Algorithm: frozen.Algorithm, Differences: []Difference{}}
	if frozen.Made == "" {
		out.Reason = NoValues
		return out, nil
	}
	made, err := unzipped(frozen.Made)
	if err != nil {
		return Replayed{}, err
	}
	scorer, ok := made.Scorer()
	if !ok || made.Algorithm != frozen.Algorithm {
		out.Reason = OtherRules
		return out, nil
	}
	out.Replayable = true
	out.compare(frozen, made, scorer)
	out.Equal = len(out.Differences) == 0
	return out, nil
}

// MadeOf returns what a frozen ranking was made of, for whoever checks it with
// other means; false when it was frozen before rankings kept that.
func MadeOf(body []byte) (matching.Made, bool, error) {
	var frozen frozenRanking
	if err := json.Unmarshal(body, &frozen); err != nil {
		return matching.Made{}, false, fmt.Errorf("read frozen ranking: %w", err)
	}
	if frozen.Made == "" {
		return matching.Made{}, false, nil
	}
	made, err := unzipped(frozen.Made)
	return made, err == nil, err
}

// compare scores the people in the order in which they were frozen.
func (r *Replayed) compare(frozen frozenRanking, made matching.Made, scorer *matching.Scorer) {
	frozen = frozen.present()
	total := len(frozen.Candidates) + len(frozen.Others)
	if len(made.People) > total || len(made.People) < min(total, mostMade) {
		r.differ("", "people", total, len(made.People))
		return
	}
	var before matching.Result
	for i, p := range made.People {
		result := scorer.Score(p)
		if i > 0 && matching.Compare(before, result) >= 0 {
			r.differ(p.Pseudonym, "rank", i+1, "not behind "+before.Pseudonym)
		}
		before = result
		if i < len(frozen.Candidates) {
			r.compareReasons(frozen.Candidates[i], p, result, scorer)
		} else {
			other := frozen.Others[i-len(frozen.Candidates)]
			r.expect(p.Pseudonym, "person", other.Person, p.Pseudonym)
			r.expect(p.Pseudonym, "score", other.Score, result.Score)
		}
	}
	r.Compared, r.Kept = len(made.People), total-len(made.People)
}

// present leaves out who was erased since: of them there is nothing to compute.
func (f frozenRanking) present() frozenRanking {
	f.Candidates = slices.DeleteFunc(slices.Clone(f.Candidates), func(c Candidate) bool { return c.Erased })
	f.Others = slices.DeleteFunc(slices.Clone(f.Others), func(o Other) bool { return o.Erased })
	return f
}

// compareReasons compares somebody's reasons. The names of concepts are left
// out: no rule reads them.
func (r *Replayed) compareReasons(was Candidate, p matching.Person, result matching.Result, scorer *matching.Scorer) {
	r.expect(was.Person, "person", was.Person, p.Pseudonym)
	r.expect(was.Person, "score", was.Score, result.Score)
	r.expect(was.Person, "criteria", len(was.Criteria), len(result.Criteria))
	for i := range min(len(was.Criteria), len(result.Criteria)) {
		c := was.Criteria[i]
		c.ConceptLabel = ""
		r.expect(was.Person, c.Name, c, result.Criteria[i])
	}
	lifts := make([]matching.Lift, len(was.Lifts))
	for i, l := range was.Lifts {
		l.ConceptLabel = ""
		lifts[i] = l
	}
	r.expect(was.Person, "headline", was.Headline, result.Headline())
	r.expect(was.Person, "lifts", lifts, scorer.Lifts(p, result))
}

func (r *Replayed) expect(person, what string, frozen, replayed any) {
	if !reflect.DeepEqual(frozen, replayed) {
		r.differ(person, what, frozen, replayed)
	}
}

// differ notes a difference in the words of JSON.
func (r *Replayed) differ(person, what string, frozen, replayed any) {
	if len(r.Differences) < mostDifferences {
		r.Differences = append(r.Differences, Difference{person, what, spelt(frozen), spelt(replayed)})
	}
}

func spelt(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprint(v)
	}
	return string(text)
}

// zipped writes what a ranking was made of in little room.
func zipped(made matching.Made) (string, error) {
	text, err := json.Marshal(made)
	if err != nil {
		return "", fmt.Errorf("freeze ranking: %w", err)
	}
	var out bytes.Buffer
	to := gzip.NewWriter(&out)
	_, err = to.Write(text)
	if err := errors.Join(err, to.Close()); err != nil {
		return "", fmt.Errorf("freeze ranking: %w", err)
	}
	return base64.StdEncoding.EncodeToString(out.Bytes()), nil
}

// mostUnzipped bounds what is read of a zipped text: one of five thousand people
// has some ten megabytes.
const mostUnzipped = 256 << 20

// unzipped reads what a ranking was made of.
func unzipped(text string) (made matching.Made, err error) {
	raw, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return made, fmt.Errorf("read what a frozen ranking was made of: %w", err)
	}
	from, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		return made, fmt.Errorf("read what a frozen ranking was made of: %w", err)
	}
	if err := json.NewDecoder(io.LimitReader(from, mostUnzipped)).Decode(&made); err != nil {
		return made, fmt.Errorf("read what a frozen ranking was made of: %w", err)
	}
	if err := made.Model.Check(); err != nil {
		return made, fmt.Errorf("read what a frozen ranking was made of: %w", err)
	}
	return made, nil
}
