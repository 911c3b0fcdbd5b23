// SPDX-License-Identifier: AGPL-3.0-or-later

package app

import (
	"testing"

	"sankofa/backend/internal/board"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/placements"
	"sankofa/backend/internal/selection"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
	"sankofa/backend/internal/tasks"
)

func TestTheDemonstrationIsAlive(t *testing.T) {
	for _, database := range []string{"", "postgres"} {
		t.Run(database, func(t *testing.T) {
			if database != "" {
				database = storetest.Postgres(t)
			}
			a, err := Open(t.Context(), Config{Data: t.TempDir(), Database: database})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = a.Close() })
			silent := func(int64, int64) {}
			for range 2 { // the second finds everything there
				if _, err := a.demo(t.Context(), DemoOptions{People: 320}, silent); err != nil {
					t.Fatal(err)
				}
			}
			isAlive(t, a)
			if _, err := a.demo(t.Context(), DemoOptions{Remove: true}, silent); err != nil {
				t.Fatalf("remove: %v", err)
			}
		})
	}
}

// isAlive fails the test unless every state has somebody and every side has work.
func isAlive(t *testing.T, a *App) {
	t.Helper()
	stands := map[string]int{}
	count := func(tx *store.Tx, table string) error {
		var rows []struct {
			State string
			N     int
		}
		err := tx.Raw(`SELECT state, count(*) AS n FROM ` + table + ` GROUP BY state`).Scan(&rows).Error
		for _, r := range rows {
			stands[table+" "+r.State] = r.N
			stands[table] += r.N
		}
		return err
	}
	err := a.DB.View(t.Context(), func(tx *store.Tx) error {
		if err := count(tx, "candidacies"); err != nil {
			return err
		}
		return count(tx, "placements")
	})
	if err != nil {
		t.Fatal(err)
	}
	if n := stands["candidacies"]; n < 60 || n > 120 {
		t.Errorf("%d candidacies", n)
	}
	if n := stands["placements"]; n < 15 || n > 30 {
		t.Errorf("%d placements", n)
	}
	for _, s := range []selection.State{selection.Nominated, selection.Submitted, selection.Eligible, selection.Ineligible, selection.Longlisted, selection.Shortlisted,
		selection.UnderAssessment, selection.Recommended, selection.Reserve, selection.NotSelected, selection.HostEndorsed, selection.NoObjection, selection.Objected,
		selection.Offered, selection.Accepted, selection.Declined, selection.Withdrawn, selection.UnderReview} {
		if stands["candidacies "+string(s)] == 0 {
			t.Errorf("no candidacy is %s", s)
		}
	}
	for _, s := range []placements.State{placements.Preparing, placements.Cleared, placements.Postponed, placements.Travelling, placements.OnDuty, placements.Suspended,
		placements.Evacuated, placements.Curtailed, placements.Ended, placements.Completed, placements.FollowedUp, placements.Cancelled} {
		if stands["placements "+string(s)] == 0 {
			t.Errorf("no placement is %s", s)
		}
	}
	for _, mailbox := range []string{"coordinator", "host", "ministry", "association", "professional"} {
		who := a.demoActor(t, mailbox)
		inbox, err := a.Tasks.List(t.Context(), who, tasks.Filter{})
		if err != nil || len(inbox.Mine) == 0 {
			t.Errorf("nothing waits for the %s: %v", mailbox, err)
		}
	}
	shown, err := a.Board.Show(t.Context(), a.demoActor(t, "coordinator"), board.Filter{})
	late := 0
	for _, c := range shown.Cards {
		if c.Late() {
			late++
		}
	}
	if err != nil || len(shown.Cards) < 60 || len(shown.Tags) < 3 || late == 0 || late == len(shown.Cards) {
		t.Errorf("the board has %d cards, %d of them late, and tags %v; %v", len(shown.Cards), late, shown.Tags, err)
	}
}

// demoActor is an account of the demonstration as it acts.
func (a *App) demoActor(t *testing.T, mailbox string) identity.Actor {
	t.Helper()
	var rows []struct{ UserID, MembershipID, OrganisationID, ProgrammeID, Role, ProfessionalID string }
	err := a.DB.View(t.Context(), func(tx *store.Tx) error {
		return tx.Raw(`SELECT u.id AS user_id, COALESCE(m.id, '') AS membership_id, COALESCE(m.organisation_id, '') AS organisation_id, COALESCE(m.programme_id, '') AS programme_id,
			COALESCE(m.role, 'professional') AS role, COALESCE(p.id, '') AS professional_id FROM users u LEFT JOIN memberships m ON m.user_id = u.id
			LEFT JOIN professionals p ON p.user_id = u.id WHERE u.email = ?`, mailbox+"@demo.sankofa.invalid").Scan(&rows).Error
	})
	if err != nil || len(rows) != 1 {
		t.Fatalf("%s: %d accounts, %v", mailbox, len(rows), err)
	}
	r := rows[0]
	return identity.Actor{UserID: r.UserID, MembershipID: r.MembershipID, OrganisationID: r.OrganisationID, ProgrammeID: r.ProgrammeID, Role: identity.Role(r.Role),
		ProfessionalID: r.ProfessionalID, Locale: "en", Demo: true}
}
