// SPDX-License-Identifier: AGPL-3.0-or-later

package needs

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/store"
)

// Stretch is how long a need was in a state, all times together.
type Stretch struct {
	State  State
	Hours  int // whole ones, rounded down
	Visits int // how often it came there
	Now    bool
}

// Held is how long a partner had a need in their hands.
type Held struct {
	Role  identity.Role
	Hours int
}

// Burden is the time that a need has cost, state by state and partner by partner, read
// from the ledger.
type Burden struct {
	States   []Stretch // in the order in which the need came there first
	Partners []Held
	Returned int // how often it was sent back
	Hours    int // altogether, until the need was over or now
}

// holders says in whose hands a need is in a state. In those that are left out nobody's
// work is waited for: a call is open, people serve, or the need is over.
var holders = map[State]identity.Role{
	Draft: identity.Host, Returned: identity.Host, Submitted: identity.Ministry, Validated: identity.Coordinator, Approved: identity.Coordinator,
	Closed: identity.Coordinator, InSelection: identity.Coordinator, PartlyFilled: identity.Coordinator, Delivered: identity.Coordinator,
}

// came is a need that comes into a state.
type came struct {
	state State
	at    time.Time
}

// BurdenOf adds up the time of a need that was begun as a draft and came into states
// one after the other, until now.
func BurdenOf(all []came, now time.Time) Burden {
	b := Burden{States: []Stretch{}, Partners: []Held{}}
	spent, held := map[State]time.Duration{}, map[identity.Role]time.Duration{}
	for i, c := range all {
		until := now
		if i+1 < len(all) {
			until = all[i+1].at
		}
		at := slices.IndexFunc(b.States, func(s Stretch) bool { return s.State == c.state })
		if at < 0 {
			b.States = append(b.States, Stretch{State: c.state})
			at = len(b.States) - 1
		}
		b.States[at].Visits++
		b.States[at].Now = i == len(all)-1
		if c.state == Returned {
			b.Returned++
		}
		if c.state.Over() {
			continue
		}
		spent[c.state] += until.Sub(c.at)
		if role, ok := holders[c.state]; ok {
			held[role] += until.Sub(c.at)
		}
	}
	var sum time.Duration
	for i := range b.States {
		b.States[i].Hours = int(spent[b.States[i].State].Hours())
		sum += spent[b.States[i].State]
	}
	b.Hours = int(sum.Hours())
	for _, role := range []identity.Role{identity.Host, identity.Ministry, identity.Coordinator} {
		b.Partners = append(b.Partners, Held{role, int(held[role].Hours())})
	}
	return b
}

// Burden returns the time that a need has cost; for those who take part in its review.
func (s *Service) Burden(ctx context.Context, who identity.Actor, ref string) (Burden, error) {
	var b Burden
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		n, err := FindIn(tx, who, ref)
		if err != nil {
			return err
		}
		if !insider(who) {
			return missing
		}
		all, err := cameIn(tx, n)
		b = BurdenOf(all, tx.Now)
		return err
	})
	return b, err
}

// cameIn reads from the ledger how a need came to where it is.
func cameIn(tx *store.Tx, n Need) ([]came, error) {
	var rows []struct {
		Details string
		At      time.Time
	}
	err := tx.Raw(`SELECT details, at FROM ledger WHERE subject = ? AND name LIKE 'need.%' ORDER BY number`, n.ID).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("load steps: %w", err)
	}
	all := []came{{Draft, n.CreatedAt}}
	for _, r := range rows {
		var said struct{ From, To State }
		_ = json.Unmarshal([]byte(r.Details), &said) // written by us
		if said.To != "" && said.To != said.From {
			all = append(all, came{said.To, r.At})
		}
	}
	return all, nil
}
