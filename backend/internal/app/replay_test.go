// SPDX-License-Identifier: AGPL-3.0-or-later

package app

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"
	"testing"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/selection"
	"sankofa/backend/internal/store"
)

func TestAFrozenRankingIsReplayedOnTheCommandLine(t *testing.T) {
	a, err := Open(t.Context(), Config{Data: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	if _, err := a.demo(t.Context(), DemoOptions{People: 300}, func(_, _ int64) {}); err != nil {
		t.Fatal(err)
	}
	who, err := a.coordinatorOf(t.Context(), "DEMO-03")
	if err != nil {
		t.Fatal(err)
	}
	frozen, err := a.Search.Freeze(t.Context(), who, "DEMO-03")
	if err != nil {
		t.Fatal(err)
	}
	replay := func(body []byte) ReplayResult {
		var subject struct{ Need struct{ ID string } }
		if err := json.Unmarshal(frozen.Body, &subject); err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(frozen.Body)
		row := selection.Snapshot{ID: id.New(), NeedID: subject.Need.ID, ByUser: "u", Algorithm: frozen.Algorithm, Body: string(body), SHA256: hex.EncodeToString(sum[:])}
		err := a.DB.Change(t.Context(), store.System, func(tx *store.Tx) error {
			row.TakenAt = tx.Now
			tx.Emit("ranking.frozen", subject.Need.ID)
			return tx.Create(&row).Error
		})
		if err != nil {
			t.Fatal(err)
		}
		options, _ := json.Marshal(ReplayOptions{Snapshot: row.ID, Values: true})
		answer, err := a.Do(t.Context(), Command{Name: "replay", Options: options}, nil)
		var result ReplayResult
		if err == nil {
			err = json.Unmarshal(answer, &result)
		}
		if err != nil {
			t.Fatal(err)
		}
		return result
	}
	said := func(r ReplayResult) string {
		var out strings.Builder
		r.Print(&out)
		return out.String()
	}
	whole := replay(frozen.Body)
	if !whole.Intact || !whole.Equal || whole.Compared < 3 || whole.Made == nil || len(whole.Made.People) != whole.Compared || !strings.Contains(said(whole), "is the same") {
		t.Errorf("the replay says %s", said(whole))
	}
	changed := replay(bytes.Replace(frozen.Body, []byte(`"score":`), []byte(`"score":1`), 1))
	if changed.Intact || changed.Equal || !strings.Contains(said(changed), "NOT the one that was kept") || !strings.Contains(said(changed), "these lines differ") {
		t.Errorf("of a changed ranking the replay says %s", said(changed))
	}
	old := replay([]byte(`{"algorithm":"sankofa-1","candidates":[],"others":[]}`))
	if old.Replayable || !strings.Contains(said(old), "cannot be computed again") {
		t.Errorf("of an old ranking the replay says %s", said(old))
	}
	if _, err := a.replay(t.Context(), ReplayOptions{Snapshot: "nowhere"}); !fault.Is(err, fault.Missing) {
		t.Errorf("of no ranking: %v", err)
	}
}
