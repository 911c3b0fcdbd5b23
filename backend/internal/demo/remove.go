// SPDX-License-Identifier: AGPL-3.0-or-later

package demo

import (
	"context"
	"fmt"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/store"
)

// The rows that belong to the demonstration. Whatever happened within its
// programme does, even if somebody real took part in it.
const (
	demoProgrammes    = `(SELECT id FROM programmes WHERE demo)`
	demoPeople        = `(SELECT id FROM professionals WHERE demo)`
	demoUsers         = `(SELECT id FROM users WHERE demo)`
	demoOrganisations = `(SELECT id FROM organisations WHERE demo)`
	demoNeeds         = `(SELECT id FROM needs WHERE demo OR programme_id IN ` + demoProgrammes + ` OR organisation_id IN ` + demoOrganisations + `)`
	demoWords         = `(SELECT id FROM local_words WHERE demo)`
	demoCandidacies   = `(SELECT id FROM candidacies WHERE need_id IN ` + demoNeeds + ` OR professional_id IN ` + demoPeople + `)`
)

// removals are the statements that take the demonstration away, children first:
// so no foreign key has to search for rows that hang on what goes.
var removals = []string{
	`DELETE FROM record_tags WHERE subject IN ` + demoCandidacies + ` OR subject IN ` + demoNeeds + ` OR subject IN (SELECT id FROM placements WHERE candidacy_id IN ` + demoCandidacies + `)`,
	`DELETE FROM placements WHERE candidacy_id IN ` + demoCandidacies,
	`DELETE FROM decisions WHERE candidacy_id IN ` + demoCandidacies,
	`DELETE FROM candidacies WHERE id IN ` + demoCandidacies,
	`DELETE FROM teams WHERE need_id IN ` + demoNeeds + ` OR organisation_id IN ` + demoOrganisations,
	`DELETE FROM ranking_snapshots WHERE need_id IN ` + demoNeeds,
	`DELETE FROM needs WHERE id IN ` + demoNeeds,
	`DELETE FROM local_words WHERE demo`,
	`DELETE FROM visibility WHERE professional_id IN ` + demoPeople,
	`DELETE FROM consents WHERE professional_id IN ` + demoPeople,
	`DELETE FROM professionals WHERE demo`,
	`DELETE FROM idempotency_keys WHERE user_id IN ` + demoUsers,
	`DELETE FROM users WHERE demo`,
	`DELETE FROM organisations WHERE demo`,
	`DELETE FROM programmes WHERE demo`,
}

// Remove takes the whole demonstration away in one transaction: people, needs,
// candidacies, placements, accounts, organisations and the programme. The ledger
// stays; it holds no names.
func Remove(ctx context.Context, deps Deps) (Report, error) {
	before, err := Count(ctx, deps.DB)
	if err != nil {
		return Report{}, err
	}
	if before.empty() {
		return before, nil
	}
	removed := 0
	err = deps.DB.Change(ctx, store.System, func(tx *store.Tx) error {
		var err error
		if removed, err = announceRemoval(tx); err != nil {
			return err
		}
		for _, statement := range removals {
			if err := tx.Exec(statement).Error; err != nil {
				return fmt.Errorf("remove the demonstration: %w", err)
			}
		}
		return nil
	})
	if fault.HasCode(err, "dangling") {
		err = fault.New(fault.Conflict, "demo.in_use", "Something real hangs on the demonstration. Please end that first.").Because(err)
	}
	if err != nil {
		return before, err
	}
	after, err := Count(ctx, deps.DB)
	after.Removed = removed
	return after, err
}

func (r Report) empty() bool { return r.People+r.Needs+r.Organisations+r.Accounts == 0 }

// announceRemoval tells the readers of the ledger what goes, so that the search
// index forgets it, and returns how many people that are.
func announceRemoval(tx *store.Tx) (int, error) {
	people := 0
	for _, kind := range []struct{ event, query string }{
		{"need.removed", demoNeeds}, {"professional.removed", demoPeople}, {"user.removed", demoUsers},
		{"organisation.removed", demoOrganisations}, {"programme.removed", demoProgrammes}, {"word.removed", demoWords},
	} {
		var ids []string
		if err := tx.Raw(kind.query[1 : len(kind.query)-1]).Scan(&ids).Error; err != nil {
			return 0, err
		}
		for _, one := range ids {
			tx.Emit(kind.event, one, store.Details{"demo": true})
		}
		if kind.event == "professional.removed" {
			people = len(ids)
		}
	}
	return people, nil
}
