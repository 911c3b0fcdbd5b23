// SPDX-License-Identifier: AGPL-3.0-or-later

package privacy

import (
	"slices"
	"strings"
	"time"

	"sankofa/backend/internal/store"
)

// Opening is how a person answered a host for one candidacy: what is open to that
// host now, and whether the person has closed the door again.
type Opening struct {
	Parts  []string // what is shown now, by name
	Closed bool     // refused, revoked, or over: a general consent counts no more here
}

// Shows tells whether the part is open now.
func (o Opening) Shows(part string) bool { return slices.Contains(o.Parts, part) }

// OpeningsIn returns how the people of candidacies answered the host, by candidacy;
// the newest answer counts. The rows are disclosure's.
func OpeningsIn(tx *store.Tx, candidacyIDs []string) (map[string]Opening, error) {
	all := map[string]Opening{}
	for part := range slices.Chunk(candidacyIDs, chunk) {
		var rows []struct {
			CandidacyID  string
			State        string
			GrantedParts string
			Over         bool
			AnsweredAt   *time.Time
		}
		err := tx.Raw(`SELECT candidacy_id, state, granted_parts, until_on < ? AS over, answered_at FROM disclosures
			WHERE candidacy_id IN ? ORDER BY asked_at, id`, tx.Today(), part).Scan(&rows).Error
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			open := r.State == "GRANTED" && !r.Over
			switch {
			case open:
				all[r.CandidacyID] = Opening{Parts: strings.Fields(r.GrantedParts)}
			case r.AnsweredAt != nil:
				all[r.CandidacyID] = Opening{Closed: true}
			}
		}
	}
	return all, nil
}
