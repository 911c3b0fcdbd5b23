// SPDX-License-Identifier: AGPL-3.0-or-later

package stats

import (
	"bytes"
	"encoding/csv"
	"strconv"
	"strings"
	"time"
)

// Sheet writes a table as CSV (RFC 4180) for a spreadsheet. Text that a
// spreadsheet would take for a formula is marked as text with an apostrophe
// (OWASP, CSV injection), so that nobody's words run in somebody's program. It
// begins with a byte order mark, by which spreadsheets know UTF-8.
func Sheet(header []string, rows [][]string) []byte {
	var out bytes.Buffer
	out.WriteString("\ufeff")
	w := csv.NewWriter(&out)
	w.UseCRLF = true
	_ = w.Write(harmless(header)) // a buffer takes everything
	for _, row := range rows {
		_ = w.Write(harmless(row))
	}
	w.Flush()
	return out.Bytes()
}

// harmless marks what begins like a formula.
func harmless(row []string) []string {
	out := make([]string, len(row))
	for i, cell := range row {
		if strings.HasPrefix(strings.TrimLeft(cell, " \u00a0"), "=") || strings.IndexAny(cell, "+-@\t\r\n＝＋－＠") == 0 {
			if _, err := strconv.ParseFloat(cell, 64); err != nil { // a number is no formula
				cell = "'" + cell
			}
		}
		out[i] = cell
	}
	return out
}

// Withheld stands in the place of a number that is not published.
const Withheld = "c" // "confidential", as in SDMX's code list of observation status

// CSV writes the report, a line for each group.
func (r Report) CSV() []byte {
	header := []string{"dimension", "group"}
	for s, stage := range Stages {
		header = append(header, stage)
		if s > 0 {
			header = append(header, stage+"_rate", stage+"_low95", stage+"_high95", stage+"_ratio", stage+"_p")
		}
	}
	rows := [][]string{r.line("everybody", Group{Cells: r.Total, Rates: make([]Rate, len(Stages))})}
	for _, t := range r.Tables {
		for _, g := range t.Groups {
			rows = append(rows, r.line(string(t.Dimension), g))
		}
	}
	return Sheet(header, rows)
}

func (r Report) line(dimension string, g Group) []string {
	line := []string{dimension, g.Name}
	for s, c := range g.Cells {
		count := Withheld
		if c.Open {
			count = strconv.Itoa(c.Count)
		}
		line = append(line, count)
		if s == 0 {
			continue
		}
		line = append(line, g.Rates[s].cells()...)
	}
	return line
}

func (r Rate) cells() []string {
	if !r.Known {
		return []string{"", "", "", "", ""}
	}
	figure := func(f float64) string { return strconv.FormatFloat(f, 'f', 4, 64) }
	out := []string{figure(r.Share), figure(r.Low), figure(r.High), "", ""}
	if r.Ratio > 0 || r.Chance > 0 {
		out[3], out[4] = figure(r.Ratio), figure(r.Chance)
	}
	return out
}

// LogCSV writes rankings that were shown, a line for each person in each.
func LogCSV(rows []ExportedRow) []byte {
	header := []string{"ranking", "at", "seen_by", "organisation", "role", "need", "algorithm", "index_position", "source", "considered", "passed", "rank", "person", "score"}
	var lines [][]string
	for _, r := range rows {
		lines = append(lines, []string{r.Ranking, r.At.UTC().Format(time.RFC3339), r.Viewer, r.Organisation, r.Role, r.Need, r.Algorithm,
			strconv.FormatInt(r.IndexPosition, 10), r.Source, strconv.Itoa(r.Considered), strconv.Itoa(r.Passed), strconv.Itoa(r.Rank), r.Pseudonym, strconv.Itoa(r.Score)})
	}
	return Sheet(header, lines)
}
