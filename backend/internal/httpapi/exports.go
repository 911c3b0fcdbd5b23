// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/placements"
	"sankofa/backend/internal/selection"
)

// mostExported is how many rows one spreadsheet holds; a longer list is narrowed first.
const mostExported = 10_000

// headings name the columns of exported lists, in the order of identity.Locales.
var headings = map[string][]string{
	"reference": {"Reference", "Référence", "المرجع", "Referência"},
	"title":     {"Need", "Besoin", "الاحتياج", "Necessidade"},
	"host":      {"Host institution", "Institution d’accueil", "المؤسسة المضيفة", "Instituição de acolhimento"},
	"country":   {"Country", "Pays", "البلد", "País"},
	"place":     {"Duty station", "Lieu d’affectation", "مكان العمل", "Local de trabalho"},
	"sector":    {"Sector", "Secteur", "القطاع", "Setor"},
	"isco":      {"Occupation (ISCO-08)", "Profession (CITP-08)", "المهنة (ISCO-08)", "Profissão (CITP-08)"},
	"from":      {"From", "Du", "من", "De"},
	"to":        {"Until", "Au", "حتى", "Até"},
	"days":      {"Days", "Jours", "الأيام", "Dias"},
	"modality":  {"Modality", "Modalité", "الصيغة", "Modalidade"},
	"posts":     {"Posts", "Postes", "المناصب", "Vagas"},
	"filled":    {"Filled", "Pourvus", "المشغولة", "Preenchidas"},
	"opens":     {"Call opens", "Ouverture", "فتح النداء", "Abertura"},
	"closes":    {"Call closes", "Clôture", "إغلاق النداء", "Encerramento"},
	"state":     {"State", "État", "الحالة", "Estado"},
	"status":    {"Status", "Statut", "الوضع", "Situação"},
	"changed":   {"Changed", "Modifié", "آخر تغيير", "Alterado"},
	"person":    {"Person", "Personne", "الشخص", "Pessoa"},
	"pseudonym": {"Pseudonym", "Pseudonyme", "الاسم المستعار", "Pseudónimo"},
	"origin":    {"Came by", "Origine", "طريق الترشح", "Origem"},
	"nominated": {"Nominated by", "Proposé par", "رشحته", "Proposto por"},
	"score":     {"Score", "Score", "النقاط", "Pontuação"},
	"decide":    {"Decision due", "Décision attendue", "موعد القرار", "Decisão até"},
	"answer":    {"Answer due", "Réponse attendue", "موعد الرد", "Resposta até"},
	"reason":    {"Reason", "Raison", "السبب", "Motivo"},
	"placement": {"Placement", "Placement", "الإيفاد", "Colocação"},
	"extension": {"Extension asked until", "Prolongation demandée jusqu’au", "التمديد المطلوب حتى", "Prolongamento pedido até"},
}

// headed returns the first row of a list in the language.
func headed(locale string, columns ...string) []string {
	at := max(slices.Index(identity.Locales, locale), 0)
	return mapped(columns, func(c string) string { return headings[c][at] })
}

// gathered reads a list to its end, page by page, as the reader sees it.
func gathered[T any](read func(after string) ([]T, string, error)) ([]T, error) {
	var all []T
	for next := ""; ; {
		some, more, err := read(next)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
		if len(all) > mostExported || len(all) == mostExported && more != "" {
			return nil, fault.New(fault.Conflict, "export.long", "This list has more than %d rows. Please narrow it first.", mostExported)
		}
		if next = more; next == "" {
			return all, nil
		}
	}
}

// ExportFormat says in which format and language a list is wanted; exported for huma
// to look into it.
type ExportFormat struct {
	SpreadsheetFormat
	Language string `query:"language" maxLength:"10" doc:"Of the headings: en, fr, ar or pt; empty: the reader's."`
}

type needsExport struct {
	ExportFormat
	State []string `query:"state" maxItems:"20" doc:"Only needs in these states, separated by commas."`
	Q     string   `query:"q" maxLength:"300" doc:"Words of the title, the reference or the host's name."`
}

type candidaciesExport struct {
	ExportFormat
	State   []string `query:"state" maxItems:"20" doc:"Only in these states, separated by commas."`
	Pending bool     `query:"pending" doc:"Only those that wait for me."`
}

type placementsExport struct {
	ExportFormat
	State []string `query:"state" maxItems:"20" doc:"Only in these states, separated by commas."`
}

// exportRoutes let everybody take away the lists that they see, and no more than that.
func (a *API) exportRoutes() []Route {
	readers := identity.Only(identity.Host, identity.Ministry, identity.Coordinator, identity.Association, identity.Professional)
	return []Route{
		workbook("/needs/export", readers, "export-needs", "The list of needs as a spreadsheet: what I may not see is not in it", a.exportNeeds),
		workbook("/candidacies/export", readers, "export-candidacies", "The list of candidacies as a spreadsheet; each person sees that I took it", a.exportCandidacies),
		workbook("/placements/export", readers, "export-placements", "The list of placements as a spreadsheet; each person sees that I took it", a.exportPlacements),
	}
}

// outside tells whether the reader is told a status and no state.
func outside(who identity.Actor) bool { return who.Is(identity.Association, identity.Professional) }

func (a *API) exportNeeds(ctx context.Context, who identity.Actor, in *needsExport) (string, string, [][]string, error) {
	found, err := gathered(func(after string) ([]needs.View, string, error) {
		page, err := a.Needs.List(ctx, who, needs.Filter{Query: in.Q, After: after, Limit: 100, States: mapped(in.State, func(s string) needs.State { return needs.State(s) })})
		return page.Items, page.Next, err
	})
	if err != nil {
		return "", "", nil, err
	}
	columns := []string{"reference", "title", "host", "country", "place", "sector", "isco", "from", "to", "days", "modality", "opens", "closes"}
	if !outside(who) {
		columns = append(columns, "posts", "filled", "state", "changed")
	}
	rows := [][]string{headed(cmp.Or(in.Language, who.Locale), columns...)}
	for _, one := range mapped(found, viewNeed) {
		row := []string{one.Reference, one.Title, one.Organisation.Name, one.Country, one.DutyStation, one.Sector, one.ISCO, one.StartsOn, one.EndsOn, figure(one.Days),
			one.Modality, one.OpensOn, one.ClosesOn}
		if !outside(who) {
			row = append(row, strconv.Itoa(one.Headcount), strconv.Itoa(one.Filled), one.State, one.UpdatedAt.UTC().Format(time.RFC3339))
		}
		rows = append(rows, row)
	}
	return "needs", in.Format, rows, nil
}

func (a *API) exportCandidacies(ctx context.Context, who identity.Actor, in *candidaciesExport) (string, string, [][]string, error) {
	found, err := gathered(func(after string) ([]selection.View, string, error) {
		page, err := a.Selection.List(ctx, who, selection.Filter{Pending: in.Pending, After: after, Limit: 100,
			States: mapped(in.State, func(s string) selection.State { return selection.State(s) })})
		return page.Items, page.Next, err
	})
	if err != nil {
		return "", "", nil, err
	}
	columns := []string{"pseudonym", "person", "reference", "title", "host", "from", "to", "days", "status", "origin", "nominated", "answer", "placement"}
	if !outside(who) {
		columns = append(columns, "state", "score", "decide", "changed")
	}
	rows, people := [][]string{headed(cmp.Or(in.Language, who.Locale), columns...)}, map[string][]string{}
	for _, v := range found {
		one := viewCandidacy(v)
		row := []string{one.Person.Pseudonym, one.Person.Name, one.Need.Reference, one.Need.Title, one.Need.Organisation.Name, one.From, one.To, figure(one.Days),
			one.Status, one.Origin, one.Association, moment(one.AnswerBy), one.Placement}
		if !outside(who) {
			row = append(row, one.State, figure(one.Score), moment(one.DecideBy), one.UpdatedAt.UTC().Format(time.RFC3339))
		}
		rows, people[v.NeedID] = append(rows, row), append(people[v.NeedID], v.ProfessionalID)
	}
	a.taken(who, people)
	return "candidacies", in.Format, rows, nil
}

func (a *API) exportPlacements(ctx context.Context, who identity.Actor, in *placementsExport) (string, string, [][]string, error) {
	found, err := gathered(func(after string) ([]placements.View, string, error) {
		page, err := a.Placements.List(ctx, who, placements.Filter{After: after, Limit: 100, States: mapped(in.State, func(s string) placements.State { return placements.State(s) })})
		return page.Items, page.Next, err
	})
	if err != nil {
		return "", "", nil, err
	}
	rows := [][]string{headed(cmp.Or(in.Language, who.Locale), "placement", "pseudonym", "person", "reference", "title", "host", "from", "to", "days", "modality", "state", "extension", "reason")}
	people := map[string][]string{}
	for _, v := range found {
		one := viewPlacement(v)
		rows = append(rows, []string{one.Reference, one.Person.Pseudonym, one.Person.Name, one.Need.Reference, one.Need.Title, one.Organisation.Name, one.From, one.To,
			figure(one.Days), one.Modality, one.State, one.ExtensionTo, one.Reason})
		people[v.NeedID] = append(people[v.NeedID], v.ProfessionalID)
	}
	a.taken(who, people)
	return "placements", in.Format, rows, nil
}

// taken records that the reader took a list in which people stand, need by need.
func (a *API) taken(who identity.Actor, people map[string][]string) {
	for need, ids := range people {
		a.Audit.Viewed(who, slices.DeleteFunc(ids, func(one string) bool { return strings.TrimSpace(one) == "" }), "export", need)
	}
}

// figure spells a number; nothing where there is none.
func figure(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// moment spells a moment that may not be.
func moment(at *time.Time) string {
	if at == nil {
		return ""
	}
	return at.UTC().Format(time.RFC3339)
}
