// SPDX-License-Identifier: AGPL-3.0-or-later

package search_test

import (
	"bytes"
	"encoding/json"
	"os"
	"testing"

	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/search"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

// frozen returns a world's ranking of sixty people, as a shortlist keeps it.
func frozen(t *testing.T, w *world) []byte {
	t.Helper()
	w.crowd(60)
	w.Added(moussa())
	need := w.publish(func(n *needs.Terms) { n.Languages, n.ShortestDays = n.Languages[1:], 1 })
	w.built()
	return must[search.Frozen](t)(w.Search.Freeze(t.Context(), w.Coordinator, need.ID)).Body
}

func TestAFrozenRankingReplaysWhateverHasHappenedSince(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		body := frozen(t, w)
		w.change("professional.changed", "everybody", func(tx *store.Tx) error {
			if err := tx.Exec("DELETE FROM professional_skills").Error; err != nil {
				return err
			}
			return tx.Model(&registry.Professional{}).Where("1 = 1").Updates(map[string]any{"isco": "9999", "cv_text": "nothing"}).Error
		})
		w.built()
		got := must[search.Replayed](t)(search.Replay(body))
		if !got.Replayable || !got.Equal || got.Compared < 5 || got.Kept != 0 || len(got.Differences) > 0 {
			t.Errorf("the replay says %+v", got)
		}
	})
}

func TestAReplayTellsWhatHasBeenChanged(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	body := frozen(t, w)
	change := func(from, to string) []byte {
		changed := bytes.Replace(body, []byte(from), []byte(to), 1)
		if bytes.Equal(changed, body) {
			t.Fatalf("the body does not hold %s", from)
		}
		return changed
	}
	for name, c := range map[string]struct {
		body []byte
		what string
	}{
		"a score":  {change(`"score":`, `"score":1`), "score"},
		"a status": {change(`"status":"met"`, `"status":"missing"`), ""},
		"a word":   {change(`"person":"irrigazione a goccia"`, `"person":"irrigazione"`), "skill.required"},
		"a gain":   {change(`"gain":`, `"gain":9`), "lifts"},
	} {
		got := must[search.Replayed](t)(search.Replay(c.body))
		if got.Equal || len(got.Differences) == 0 || c.what != "" && got.Differences[0].What != c.what {
			t.Errorf("%s was changed, and the replay says %+v", name, got)
		}
	}
}

func TestARankingOfOtherRulesIsShownAndNotReplayed(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	body := frozen(t, w)
	var fields map[string]any
	if err := json.Unmarshal(body, &fields); err != nil {
		t.Fatal(err)
	}
	fields["algorithm"] = "sankofa-9"
	got := must[search.Replayed](t)(search.Replay(must[[]byte](t)(json.Marshal(fields))))
	if got.Replayable || got.Equal || got.Reason != search.OtherRules {
		t.Errorf("rules that we do not have: %+v", got)
	}
	delete(fields, "made")
	fields["algorithm"] = "sankofa-1"
	got = must[search.Replayed](t)(search.Replay(must[[]byte](t)(json.Marshal(fields))))
	if got.Replayable || got.Equal || got.Reason != search.NoValues || got.Algorithm != "sankofa-1" {
		t.Errorf("a ranking of the first rules: %+v", got)
	}
}

func TestADamagedRankingIsAnError(t *testing.T) {
	for name, body := range map[string]string{
		"nothing": "", "no JSON": "{", "no base64": `{"made":"?"}`, "no gzip": `{"made":"aGVsbG8="}`,
	} {
		if got, err := search.Replay([]byte(body)); err == nil {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// TestTheGoldenRankingReplaysForEver replays a ranking that was frozen on
// 28 November 2026. It must never be made anew: whoever changes a rule keeps the
// old one beside the new.
func TestTheGoldenRankingReplaysForEver(t *testing.T) {
	body, err := os.ReadFile("testdata/frozen-sankofa-2.json")
	if err != nil {
		t.Fatal(err)
	}
	got := must[search.Replayed](t)(search.Replay(body))
	if !got.Replayable || !got.Equal || got.Compared < 20 || got.Algorithm != "sankofa-2" {
		t.Errorf("the replay says %+v", got)
	}
}
