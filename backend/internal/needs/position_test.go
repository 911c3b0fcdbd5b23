// SPDX-License-Identifier: AGPL-3.0-or-later

package needs_test

import (
	"context"
	"strings"
	"sync"
	"testing"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/needs/needstest"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

// ward asks for three midwives and two nurses.
func ward() needs.Form {
	form := needstest.Form()
	form.Headcount, form.Regulator = 5, "Nursing and Midwifery Council"
	form.Positions = []needs.Position{{ISCO: "2222", Title: "Midwives", Headcount: 3, LicenceRequired: true}, {ISCO: "2221", Title: "Nurses", Headcount: 2}}
	return form
}

func TestPositionsMakeUpTheHeadcount(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := needstest.New(t, db)
		for _, row := range []struct {
			about  string
			change func(*needs.Form)
			want   string
		}{
			{"sound", func(*needs.Form) {}, ""},
			{"no head count said: it is the sum", func(f *needs.Form) { f.Headcount = 0 }, ""},
			{"another sum", func(f *needs.Form) { f.Headcount = 6 }, "positions.sum"},
			{"nobody of one", func(f *needs.Form) { f.Positions[1].Headcount = 0 }, "number.range"},
			{"no such occupation", func(f *needs.Form) { f.Positions[1].ISCO = "9999" }, "isco.unknown"},
			{"twice the same", func(f *needs.Form) { f.Positions[1] = f.Positions[0]; f.Headcount = 6 }, "position.twice"},
			{"no words", func(f *needs.Form) { f.Positions[0].Title = "" }, "title"},
			{"a relay", func(f *needs.Form) { f.Relay = true }, "positions.relay"},
		} {
			form := ward()
			row.change(&form)
			view, err := w.Needs.Draft(t.Context(), w.Host, form)
			if row.want == "" {
				if err != nil || view.Headcount != 5 || len(view.Positions) != 2 || view.Positions[0].Title != "Midwives" {
					t.Errorf("%s: %v, head count %d, %+v", row.about, err, view.Headcount, view.Positions)
				}
				continue
			}
			if err == nil || !said(err, row.want) {
				t.Errorf("%s: %v, want %s", row.about, err, row.want)
			}
		}
		draft := ward()
		draft.Regulator = ""
		n, err := w.Needs.Draft(t.Context(), w.Host, draft)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Needs.Submit(t.Context(), w.Host, n.ID, n.Version); !said(err, "regulator.missing") {
			t.Errorf("midwives with a licence and no council: %v", err)
		}
	})
}

// said tells whether a fault, or a field of it, has the code or is of the field.
func said(err error, word string) bool {
	f := fault.Of(err)
	for _, one := range f.Fields {
		if one.Code == word || strings.HasSuffix(one.Field, word) {
			return true
		}
	}
	return f.Code == word
}

// Of many who accept at once for the last places of a position, as many get them as
// there are; the places of the other position stay free.
func TestNoPositionIsOverfilled(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := needstest.New(t, db)
		n := w.Must(w.Needs.Draft(t.Context(), w.Host, ward()))
		// The state is not what this is about.
		err := db.Keep(t.Context(), func(tx *store.Tx) error {
			return tx.Exec(`UPDATE needs SET state = 'IN_SELECTION' WHERE id = ?`, n.ID).Error
		})
		if err != nil {
			t.Fatal(err)
		}
		midwives := n.Positions[0].ID
		var wait sync.WaitGroup
		results := make([]error, 5)
		for i := range results {
			wait.Go(func() {
				results[i] = db.Change(context.Background(), store.System, func(tx *store.Tx) error {
					_, err := needs.FillIn(tx, n.ID, &midwives)
					return err
				})
			})
		}
		wait.Wait()
		took, full := 0, 0
		for _, err := range results {
			switch {
			case err == nil:
				took++
			case fault.Of(err).Code == "position.full":
				full++
			default:
				t.Errorf("neither in nor told that it is full: %v", err)
			}
		}
		if took != 3 || full != 2 {
			t.Errorf("%d got one of three places, %d were told", took, full)
		}
		now := w.Must(w.Needs.Find(t.Context(), w.Host, n.ID))
		if now.Filled != 3 || now.Positions[0].Filled != 3 || now.Positions[1].Filled != 0 || now.State != needs.PartlyFilled {
			t.Errorf("afterwards %d of the need (%s), %+v", now.Filled, now.State, now.Positions)
		}
		err = db.Change(t.Context(), store.System, func(tx *store.Tx) error {
			tx.Emit("need.filled", n.ID, nil)
			return tx.Exec(`UPDATE need_positions SET filled = 4 WHERE id = ?`, midwives).Error
		})
		if err == nil {
			t.Error("the schema let a position of three have four")
		}
		err = db.Change(t.Context(), store.System, func(tx *store.Tx) error {
			_, err := needs.FillIn(tx, n.ID, nil)
			return err
		})
		if fault.Of(err).Code != "position.missing" {
			t.Errorf("an offer for no position: %v", err)
		}
		err = db.Change(t.Context(), store.System, func(tx *store.Tx) error {
			_, err := needs.ReleaseIn(tx, n.ID, &midwives)
			return err
		})
		if now = w.Must(w.Needs.Find(t.Context(), w.Host, n.ID)); err != nil || now.Filled != 2 || now.Positions[0].Filled != 2 {
			t.Errorf("after one is free again: %v, %d, %+v", err, now.Filled, now.Positions)
		}
	})
}

func TestThePositionIsFoundByTheOccupation(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := needstest.New(t, db)
		n, plain := w.Must(w.Needs.Draft(t.Context(), w.Host, ward())), w.Draft()
		for _, row := range []struct{ need, asked, isco, want, code string }{
			{n.ID, "", "2222", n.Positions[0].ID, ""},
			{n.ID, "", "2221", n.Positions[1].ID, ""},
			{n.ID, n.Positions[1].ID, "2222", n.Positions[1].ID, ""},
			{n.ID, "", "2132", "", "position.missing"},
			{n.ID, "another", "2222", "", "position.unknown"},
			{plain.ID, "", "2222", "", ""},
			{plain.ID, n.Positions[0].ID, "2222", "", "position.unknown"},
		} {
			err := db.View(t.Context(), func(tx *store.Tx) error {
				got, err := needs.PositionFor(tx, row.need, row.asked, row.isco, "position")
				if err == nil && (got == nil) != (row.want == "") || err == nil && got != nil && *got != row.want {
					t.Errorf("%+v: got %v", row, got)
				}
				return err
			})
			if row.code == "" && err != nil || row.code != "" && !said(err, row.code) {
				t.Errorf("%+v: %v", row, err)
			}
		}
	})
}
