// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"strings"
	"testing"

	"sankofa/backend/internal/search"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

func TestTheMainJobFromRegistrationToPlacement(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := whole(t, db)
		s := h.play(t, h.Side, "GH", "main")
		if !strings.HasPrefix(s.Need, "GH-2026-") || !strings.HasPrefix(s.Placement, "GH-P-2026-") {
			t.Errorf("references %s and %s", s.Need, s.Placement)
		}
		var p placementView
		s.Person.do("GET", "/placements/"+s.Placement, nil).Into(t, &p)
		if p.State != "PREPARING" || p.From != "2027-06-07" || p.To != "2027-07-16" || p.Days != 40 {
			t.Errorf("placement %+v", p)
		}
		var frozen snapshotView
		s.Coordinator.do("GET", "/snapshots/"+s.Snapshot, nil).Into(t, &frozen)
		if !frozen.Intact || !strings.Contains(string(frozen.Ranking), s.Pseudonym) || strings.Contains(string(frozen.Ranking), "Moussa") {
			t.Errorf("snapshot intact %v: %.300s", frozen.Intact, frozen.Ranking)
		}
		var again search.Replayed
		s.Coordinator.do("GET", "/snapshots/"+s.Snapshot+"/replay", nil).Into(t, &again)
		if !again.Replayable || !again.Equal || again.Compared < 1 {
			t.Errorf("the replay says %+v", again)
		}
		var looks list[lookView]
		s.Person.do("GET", "/me/views", nil).Into(t, &looks)
		roles := map[string]bool{}
		for _, look := range looks.Items {
			roles[look.Role] = true
		}
		if !roles["coordinator"] || !roles["host"] || !roles["ministry"] {
			t.Errorf("who looked: %+v", looks.Items)
		}
		admin := h.as(t, h.Administrator)
		var proof proofView
		admin.do("GET", "/ledger/check", nil).Into(t, &proof)
		if !proof.Intact || proof.Entries == 0 {
			t.Errorf("proof: %+v", proof)
		}
	})
}
