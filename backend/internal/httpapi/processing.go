// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"bytes"
	"context"
	"encoding/csv"
	"html/template"

	"sankofa/backend/internal/accountability"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/inventory"
)

type activityColumn struct {
	Name    string `json:"name"`
	Kind    string `json:"kind" doc:"key, technical, act, plain, secret, pseudonym, identity, contact, working, sensitive or words."`
	Purpose string `json:"purpose"`
	Erased  bool   `json:"erased" doc:"The value goes when the person is erased, and the row stays."`
}

type activityView struct {
	Table   string           `json:"table"`
	Purpose string           `json:"purpose"`
	Basis   string           `json:"basis" enum:"consent,contract,legal,publictask,none"`
	Term    string           `json:"term" doc:"How long: profile, evidence, selection, placement, ledger, passing, account or programme."`
	Fate    string           `json:"fate" doc:"What erasure does: deleted, scrubbed, kept, edited; empty: it is about nobody."`
	Reason  string           `json:"reason" doc:"Why something stays after erasure."`
	Columns []activityColumn `json:"columns"`
}

func viewActivity(t inventory.Table) activityView {
	return activityView{Table: t.Name, Purpose: t.Purpose, Basis: string(t.Basis), Term: string(t.Term), Fate: string(t.Fate), Reason: t.Reason,
		Columns: mapped(t.Columns, func(c inventory.Column) activityColumn {
			return activityColumn{Name: c.Name, Kind: string(c.Kind), Purpose: c.Purpose, Erased: c.Erased != ""}
		})}
}

// processingRoutes are the record of processing activities (GDPR, article 30).
func (a *API) processingRoutes() []Route {
	keepers := identity.Only(identity.Administrator, identity.Coordinator)
	return []Route{
		on("GET", "/processing", keepers, "list-processing", "What is held, what for, on which basis and how long", a.processing),
		sheet("/processing.csv", keepers, "export-processing", "The record of processing as a table, column by column", a.processingCSV),
		download("/processing.html", "text/html; charset=utf-8", "The record as a page of its own", keepers, "print-processing", "The record of processing as a page to print", a.processingHTML),
	}
}

func (a *API) processing(_ context.Context, _ identity.Actor, _ *none) (list[activityView], error) {
	return listOf(mapped(inventory.Tables(), viewActivity), ""), nil
}

func (a *API) processingCSV(_ context.Context, _ identity.Actor, _ *none) (string, []byte, error) {
	var out bytes.Buffer
	to := csv.NewWriter(&out)
	lines := [][]string{{"table", "column", "kind", "personal", "purpose", "activity", "basis", "kept", "erasure", "why it stays"}}
	for _, t := range inventory.Tables() {
		for _, c := range t.Columns {
			personal := "no"
			if c.Kind.Personal() {
				personal = "yes"
			}
			lines = append(lines, []string{t.Name, c.Name, string(c.Kind), personal, c.Purpose, t.Purpose, string(t.Basis), string(t.Term), string(t.Fate), t.Reason})
		}
	}
	err := to.WriteAll(lines)
	return "processing.csv", out.Bytes(), err
}

var processingPage = template.Must(template.New("processing").Parse(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Record of processing activities</title></head><body>
<h1>Record of processing activities (GDPR, article 30)</h1>
{{range .Tables}}<h2>{{.Name}}</h2>
<p>{{.Purpose}}. Basis: {{.Basis}}. Kept: {{.Term}}.{{if .Fate}} On erasure: {{.Fate}}. {{.Reason}}{{end}}</p>
<table><thead><tr><th>Column</th><th>Kind</th><th>Purpose</th></tr></thead><tbody>
{{range .Columns}}<tr><td>{{.Name}}</td><td>{{.Kind}}</td><td>{{.Purpose}}</td></tr>
{{end}}</tbody></table>
{{end}}<h1>Transfers to other countries (articles 44–49)</h1>
{{if .Transfers}}<table><thead><tr><th>Recipient</th><th>Country</th><th>Data</th><th>Purpose</th><th>Ground</th><th>Safeguards</th><th>Contract</th><th>From</th><th>Until</th></tr></thead><tbody>
{{range .Transfers}}<tr><td>{{.Recipient}}</td><td>{{.Country}}</td><td>{{.Categories}}</td><td>{{.Purpose}}</td><td>{{.Basis}}</td><td>{{.Safeguards}}</td><td>{{.Contract}}</td><td>{{.FromOn}}</td><td>{{with .UntilOn}}{{.}}{{end}}</td></tr>
{{end}}</tbody></table>{{else}}<p>None is entered.</p>{{end}}
</body></html>
`))

// mostPrinted bounds the transfers on the page to print.
const mostPrinted = 1000

func (a *API) processingHTML(ctx context.Context, who identity.Actor, _ *none) (string, []byte, error) {
	transfers, err := a.allTransfers(ctx, who)
	if err != nil {
		return "", nil, err
	}
	var out bytes.Buffer
	err = processingPage.Execute(&out, struct {
		Tables    []inventory.Table
		Transfers []accountability.Transfer
	}{inventory.Tables(), transfers})
	return "processing.html", out.Bytes(), err
}

// allTransfers reads the register, page by page.
func (a *API) allTransfers(ctx context.Context, who identity.Actor) (all []accountability.Transfer, err error) {
	next := ""
	for {
		rows, more, err := a.Accountability.Transfers(ctx, who, accountability.Page{After: next, Limit: 100})
		if err != nil {
			return nil, err
		}
		all = append(all, rows...)
		if next = more; next == "" || len(all) >= mostPrinted {
			return all, nil
		}
	}
}
