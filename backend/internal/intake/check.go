// SPDX-License-Identifier: AGPL-3.0-or-later

package intake

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/store"
)

// previewed is how many rows a dry run shows as they will be.
const previewed = 20

// Preview is one row as it would be.
type Preview struct {
	Planned
	Outcome Outcome
	Reason  string
	Twin    string
	TwinRow int
	Fields  []string // that would change
}

// Meaning is what words of a column were taken for, and in how many rows.
type Meaning struct {
	Field Field
	Words string
	Link  // the concept is empty where none is known
	Rows  int
}

// Trial is a dry run: what an import would do. Nothing is written by it, not even
// the trial; whoever asks after a restart starts it anew.
type Trial struct {
	Ready      bool
	Looked     int // rows looked at so far
	Total      int
	Counts     map[Outcome]int
	Rows       []Preview // the first, as they will be
	Duplicates []Preview // those who may be here already
	Problems   []Problem // all of them
	Meanings   []Meaning // the least sure first
	Assumed    map[string]int
	invalid    map[int]bool
}

// trials keeps the dry runs of the last minutes.
type trials struct {
	mu    sync.Mutex
	kept  map[string]*trial
	queue []*trial
}

type trial struct {
	key    string
	who    identity.Actor
	of     Import
	at     time.Time
	result Trial
	err    error
	began  bool
}

// Of the trials: how many are kept, and for how long.
const (
	triedMost = 8
	triedLife = 10 * time.Minute
)

// Check returns the dry run of an import, which is made beside the requests: ask
// again until it is Ready.
func (s *Service) Check(ctx context.Context, who identity.Actor, importID string) (Trial, error) {
	f, err := s.Find(ctx, who, importID)
	if err != nil {
		return Trial{}, err
	}
	if f.Reading == nil {
		return Trial{}, gone
	}
	key := fmt.Sprintf("%s %d %s", f.ID, f.Version, f.State)
	t := s.trials.ask(key, who, f.Import, s.DB.Now())
	s.Wake()
	s.trials.mu.Lock()
	defer s.trials.mu.Unlock()
	if t.err != nil {
		return Trial{}, t.err
	}
	return t.result, nil
}

// ask returns the trial with the key; it queues one where there is none.
func (t *trials) ask(key string, who identity.Actor, of Import, now time.Time) *trial {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.kept == nil {
		t.kept = map[string]*trial{}
	}
	for k, old := range t.kept {
		if now.Sub(old.at) > triedLife || len(t.kept) > triedMost && k != key && old.result.Ready {
			delete(t.kept, k)
		}
	}
	if found, ok := t.kept[key]; ok {
		return found
	}
	made := &trial{key: key, who: who, of: of, at: now}
	t.kept[key] = made
	t.queue = append(t.queue, made)
	return made
}

// next takes the trial that has waited longest.
func (t *trials) next() *trial {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.queue) == 0 {
		return nil
	}
	first := t.queue[0]
	t.queue = t.queue[1:]
	return first
}

func (t *trials) progress(of *trial, looked, total int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	of.result.Looked, of.result.Total = looked, total
}

func (t *trials) settle(of *trial, result Trial, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	of.result, of.err = result, err
}

// Try makes the dry runs that wait, and tells whether there was one.
func (s *Service) Try(ctx context.Context) bool {
	t := s.trials.next()
	if t == nil {
		return false
	}
	result, err := s.try(ctx, t)
	if err != nil && ctx.Err() == nil && fault.Of(err).Kind == fault.Internal {
		s.log().Warn("a dry run failed", "import", t.of.ID, "error", err)
	}
	s.trials.settle(t, result, err)
	return true
}

func (s *Service) try(ctx context.Context, t *trial) (Trial, error) {
	reading, set, err := s.read(ctx, t.of)
	if err != nil {
		return Trial{}, err
	}
	planned, err := s.plan(ctx, reading, set, func(looked int) { s.trials.progress(t, looked, len(reading.Body)) })
	if err != nil {
		return Trial{}, err
	}
	verdicts := make([]verdict, 0, len(planned))
	again := repeated(planned, set.Lenient)
	for start := 0; start < len(planned); start += chunked {
		chunk := planned[start:min(start+chunked, len(planned))]
		err := s.DB.View(ctx, func(tx *store.Tx) error {
			some, err := s.sortIn(tx, t.who, chunk, again, set)
			verdicts = append(verdicts, some...)
			return err
		})
		if err != nil {
			return Trial{}, err
		}
	}
	return summed(reading, planned, verdicts, set), nil
}

// plan turns every row into a profile; tell hears how far it is.
func (s *Service) plan(ctx context.Context, r *Reading, set Settings, tell func(int)) ([]Planned, error) {
	planner := s.planner(r, set)
	out := make([]Planned, 0, len(r.Body))
	for i, cells := range r.Body {
		if i%50 == 0 {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			tell(i)
		}
		out = append(out, planner.plan(cells))
	}
	return out, nil
}

// duplicatesShown is how many possible duplicates a dry run lists.
const duplicatesShown = 200

// summed makes of the verdicts what people read.
func summed(r *Reading, planned []Planned, verdicts []verdict, set Settings) Trial {
	t := Trial{Ready: true, Looked: len(planned), Total: len(planned), Counts: map[Outcome]int{}, Assumed: map[string]int{}, invalid: map[int]bool{}}
	meanings := map[string]*Meaning{}
	for i := range planned {
		p, v := &planned[i], verdicts[i]
		t.Counts[v.Outcome]++
		t.Problems = append(t.Problems, p.Problems...)
		if v.Outcome == Invalid && v.Reason != "" {
			t.Problems = append(t.Problems, v.problem(p, r))
		}
		if v.Outcome == Invalid {
			t.invalid[p.Number] = true
		}
		shown := Preview{Planned: *p, Outcome: v.Outcome, Reason: v.Reason, Twin: v.Twin, TwinRow: v.TwinRow, Fields: v.Fields}
		if len(t.Rows) < previewed {
			t.Rows = append(t.Rows, shown)
		}
		_, decided := set.Rows[p.Number]
		if (v.Outcome == Duplicate || decided) && len(t.Duplicates) < duplicatesShown {
			t.Duplicates = append(t.Duplicates, shown)
		}
		tally(meanings, t.Assumed, p)
	}
	for _, m := range meanings {
		t.Meanings = append(t.Meanings, *m)
	}
	slices.SortFunc(t.Meanings, func(a, b Meaning) int {
		return cmp.Or(cmp.Compare(a.Sure, b.Sure), cmp.Compare(b.Rows, a.Rows), cmp.Compare(a.Field, b.Field), cmp.Compare(a.Words, b.Words))
	})
	t.Meanings = t.Meanings[:min(len(t.Meanings), 500)]
	return t
}

// tally counts what words were taken for and what was taken for granted.
func tally(meanings map[string]*Meaning, assumed map[string]int, p *Planned) {
	count := func(field Field, words string, link Link) {
		key := string(field) + "\x00" + words
		if meanings[key] == nil {
			meanings[key] = &Meaning{Field: field, Words: words, Link: link}
		}
		meanings[key].Rows++
	}
	for _, l := range p.Links {
		count(l.Field, l.Words, l.Link)
	}
	for _, remark := range p.Remarks {
		if remark.Code == "unlinked" {
			count(remark.Field, remark.Words, Link{})
		} else {
			assumed[remark.Code]++
		}
	}
}
