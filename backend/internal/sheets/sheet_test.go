// SPDX-License-Identifier: AGPL-3.0-or-later

package sheets_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/sheets"
	"sankofa/backend/internal/sheets/sheetstest"
)

func TestEveryAwkwardFileIsReadOrRefusedAsItShould(t *testing.T) {
	cases := sheetstest.Corpus()
	if len(cases) < 50 {
		t.Errorf("the corpus has %d files", len(cases))
	}
	for _, c := range cases {
		t.Run(c.Name, func(t *testing.T) {
			table, err := sheets.Read(t.Context(), c.Content, sheets.Choices{})
			if c.Fault != "" {
				if !fault.HasCode(err, c.Fault) {
					t.Fatalf("got %v, want %s", err, c.Fault)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if table.Format != c.Format || table.Encoding != c.Encoding || table.Delimiter != c.Delimiter || len(table.Rows) != c.Rows {
				t.Errorf("%s %s %q with %d rows, want %s %s %q with %d", table.Format, table.Encoding, table.Delimiter, len(table.Rows), c.Format, c.Encoding, c.Delimiter, c.Rows)
			}
			for at, want := range c.Cells {
				if got := cellAt(table, at); got != want {
					t.Errorf("%s holds %q, want %q", at, got, want)
				}
			}
			if asked := len(table.Doubts) > 0; asked != (c.Doubt != "") || asked && table.Doubts[0].About != c.Doubt {
				t.Errorf("doubts: %+v, want %q", table.Doubts, c.Doubt)
			}
			if c.Note != "" && !slices.ContainsFunc(table.Notes, func(n sheets.Note) bool { return n.Code == c.Note }) {
				t.Errorf("notes: %+v, want %s", table.Notes, c.Note)
			}
		})
	}
}

// cellAt returns the text at a reference such as B2.
func cellAt(table *sheets.Table, at string) string {
	for _, r := range table.Rows {
		for i := range r.Cells {
			if fmt.Sprintf("%s%d", sheets.Column(i), r.Number) == at {
				return r.Cells[i]
			}
		}
	}
	return "(nothing)"
}

func TestWhatWeWriteIsReadAsItWasAndRunsNothing(t *testing.T) {
	rows := [][]string{{"name", "phone", "note"}, {"=HYPERLINK(\"x\")", "+33612345678", "@x"}, {"-1+1", "0612", "two\nlines"}, {"'quoted", "", "\tx"}}
	text, err := sheets.WriteCSV(rows)
	if err != nil {
		t.Fatal(err)
	}
	book, err := sheets.WriteXLSX(sheets.Page{Name: "Members", Rows: rows, Widths: []float64{20}})
	if err != nil {
		t.Fatal(err)
	}
	for format, content := range map[string][]byte{"csv": text, "xlsx": book} {
		table, err := sheets.Read(t.Context(), content, sheets.Choices{})
		if err != nil {
			t.Fatalf("%s: %v", format, err)
		}
		for i, r := range table.Rows {
			for j := range rows[i] {
				if got := sheets.Unsafe(r.Cell(j)); got != rows[i][j] && rows[i][j] != "\tx" {
					t.Errorf("%s: %q came back as %q", format, rows[i][j], got)
				}
			}
			if first := r.Cell(0); format == "csv" && first != "" && (first[0] == '=' || first[0] == '-') {
				t.Errorf("%s: %q would be run", format, first)
			}
		}
	}
}

func TestDatesAreReadInTheOrderOfTheirColumn(t *testing.T) {
	for _, row := range []struct {
		text  string
		order sheets.Order
		want  string
	}{
		{"31/12/1990", sheets.DayFirst, "1990-12-31"}, {"12/31/1990", sheets.MonthFirst, "1990-12-31"}, {"31.12.90", sheets.DayFirst, "1990-12-31"},
		{"1990-12-31", sheets.MonthFirst, "1990-12-31"}, {"1990/12/31", sheets.DayFirst, "1990-12-31"}, {"31 décembre 1990", sheets.DayFirst, "1990-12-31"},
		{"Dec 31, 1990", sheets.DayFirst, "1990-12-31"}, {"31 de dezembro de 1990", sheets.DayFirst, "1990-12-31"}, {"1er mars 1988", sheets.DayFirst, "1988-03-01"},
		{"٣١/١٢/١٩٩٠", sheets.DayFirst, "1990-12-31"}, {"31-dic-90", sheets.DayFirst, "1990-12-31"}, {"19901231", sheets.DayFirst, "1990-12-31"},
		{"31/02/1990", sheets.DayFirst, ""}, {"12/31/1990", sheets.DayFirst, ""}, {"1990", sheets.DayFirst, ""}, {"soon", sheets.DayFirst, ""},
	} {
		if got, _ := sheets.ParseDate(row.text, row.order); got != row.want {
			t.Errorf("%q as %s is %q, want %q", row.text, row.order, got, row.want)
		}
	}
}

func TestAColumnTellsItsOrderOrIsInDoubt(t *testing.T) {
	for _, row := range []struct {
		values   []string
		order    sheets.Order
		doubtful bool
	}{
		{[]string{"01/02/1990", "13/02/1990"}, sheets.DayFirst, false},
		{[]string{"01/02/1990", "02/13/1990"}, sheets.MonthFirst, false},
		{[]string{"01/02/1990", "03/04/1991"}, sheets.DayFirst, true},
		{[]string{"02/02/1990", "03/03/1991"}, sheets.DayFirst, false},
		{[]string{"1990-02-01"}, sheets.YearFirst, false},
	} {
		if got := sheets.Look(row.values); got.Order != row.order || got.Doubtful != row.doubtful {
			t.Errorf("%v: %s %v, want %s %v", row.values, got.Order, got.Doubtful, row.order, row.doubtful)
		}
	}
}

func TestNumbersAreReadByTheMarkOfTheirColumn(t *testing.T) {
	for _, row := range []struct {
		text, decimal string
		want          float64
	}{{"7,5", ",", 7.5}, {"7.5", ".", 7.5}, {"1 234,5", ",", 1234.5}, {"1,234.5", ".", 1234.5}, {"1.234", ",", 1234}, {"1.234", ".", 1.234}, {"٧", "", 7}} {
		if got, ok := sheets.ParseNumber(row.text, row.decimal); !ok || got != row.want {
			t.Errorf("%q is %v, want %v", row.text, got, row.want)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, c := range sheetstest.Corpus() {
		if len(c.Content) < 20_000 {
			f.Add(c.Content)
		}
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		table, err := sheets.Read(context.Background(), content, sheets.Choices{})
		var known *fault.Fault
		if err != nil && !errors.As(err, &known) {
			t.Errorf("an error that nobody can read: %v", err)
		}
		if err == nil && (len(table.Rows) == 0 || len(table.Rows) > sheets.MostRows || table.Width() > sheets.MostColumns) {
			t.Errorf("%d rows, %d columns", len(table.Rows), table.Width())
		}
	})
}
