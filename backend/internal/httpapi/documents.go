// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"sankofa/backend/internal/completeness"
	"sankofa/backend/internal/documents"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/files"
	"sankofa/backend/internal/identity"
)

type documentView struct {
	ID        string    `json:"id"`
	Kind      string    `json:"kind" enum:"cv,licence,document,evidence,import,export"`
	Name      string    `json:"name" doc:"As the sender called it."`
	MediaType string    `json:"mediaType" doc:"What it is, by its bytes."`
	Size      int64     `json:"size" doc:"In bytes."`
	Attached  bool      `json:"attached" doc:"A licence of the profile shows it."`
	CreatedAt time.Time `json:"createdAt"`
}

func viewDocument(d documents.Document) documentView {
	return documentView{ID: d.ID, Kind: string(d.Kind), Name: d.Name, MediaType: string(d.MediaType), Size: d.Size, Attached: d.Attached, CreatedAt: d.CreatedAt}
}

type documentPath struct {
	ID string `path:"id" maxLength:"60"`
}

type suggestionView struct {
	ID     string `json:"id"`
	Field  string `json:"field" doc:"The field of the profile: phone, or a list such as experience, of which this is one row."`
	Value  any    `json:"value" doc:"As the profile spells it: text, a number, or one row."`
	Words  string `json:"words" doc:"What stands in the CV."`
	Sure   int    `json:"sure" doc:"How sure we are, of 1000."`
	Answer string `json:"answer" enum:"open,accepted,refused"`
}

type readingView struct {
	ID          string           `json:"id"`
	Document    documentView     `json:"document"`
	Source      string           `json:"source" enum:"pdf,docx,odt,text,jsonresume,europass" doc:"How it was read."`
	Language    string           `json:"language" doc:"The language of the CV, as far as recognised."`
	Suggestions []suggestionView `json:"suggestions"`
	TextUsed    bool             `json:"textUsed" doc:"The person lets searches read the whole text."`
	CreatedAt   time.Time        `json:"createdAt"`
}

func viewReading(r documents.Reading) readingView {
	return readingView{ID: r.ID, Document: viewDocument(documents.Document{File: r.File}), Source: r.Source, Language: r.Language, TextUsed: r.TextUsed, CreatedAt: r.CreatedAt,
		Suggestions: mapped(r.Suggestions, func(s documents.Suggestion) suggestionView {
			return suggestionView{ID: s.ID, Field: s.Field, Value: s.Value, Words: s.Words, Sure: s.Sure, Answer: string(s.Answer)}
		})}
}

type suggestionAnswer struct {
	ID   string `path:"id" maxLength:"10"`
	Body struct {
		Answer string `json:"answer" enum:"accepted,refused"`
		Value  any    `json:"value" required:"false" doc:"The value as the person mended it; left out, it is taken as suggested."`
	}
}

type textUse struct {
	Body struct {
		Use bool `json:"use" doc:"True: searches may read the whole text of my CV. False: they no longer may."`
	}
}

type feedView struct {
	On    bool       `json:"on"`
	Since *time.Time `json:"since" doc:"Null when it is off."`
	Path  string     `json:"path" doc:"The secret address below this server; shown once, when it is made."`
}

func viewFeed(f documents.Feed) feedView {
	view := feedView{On: f.On}
	if f.On {
		view.Since = &f.Since
	}
	if f.Secret != "" {
		view.Path = Base + "/calendars/" + f.Secret + ".ics"
	}
	return view
}

type calendarPath struct {
	Token string `path:"token" maxLength:"60" doc:"The secret, with or without .ics."`
}

// ProfilePatch is what a form that saves as one types sends of a profile. It is
// exported, as IfMatch is, for huma to look into it.
type ProfilePatch struct {
	GivenName          string           `json:"givenName,omitempty" required:"false"`
	FamilyName         string           `json:"familyName,omitempty" required:"false"`
	Email              string           `json:"email,omitempty" required:"false"`
	Phone              string           `json:"phone,omitempty" required:"false"`
	Sex                string           `json:"sex,omitempty" required:"false"`
	BirthDate          string           `json:"birthDate,omitempty" required:"false"`
	OriginCountry      string           `json:"originCountry,omitempty" required:"false"`
	OriginLink         string           `json:"originLink,omitempty" required:"false"`
	ResidenceCountry   string           `json:"residenceCountry,omitempty" required:"false"`
	ResidencePlace     string           `json:"residencePlace,omitempty" required:"false"`
	ResidenceStatus    string           `json:"residenceStatus,omitempty" required:"false"`
	RightOfReturn      string           `json:"rightOfReturn,omitempty" required:"false"`
	RightOfReturnUntil string           `json:"rightOfReturnUntil,omitempty" required:"false"`
	OccupationTitle    string           `json:"occupationTitle,omitempty" required:"false"`
	ISCO               string           `json:"isco,omitempty" required:"false"`
	YearsExperience    int              `json:"yearsExperience,omitempty" required:"false"`
	Summary            string           `json:"summary,omitempty" required:"false"`
	CVText             string           `json:"cvText,omitempty" required:"false"`
	CVLanguage         string           `json:"cvLanguage,omitempty" required:"false"`
	Onsite             bool             `json:"onsite,omitempty" required:"false"`
	Virtual            bool             `json:"virtual,omitempty" required:"false"`
	Hybrid             bool             `json:"hybrid,omitempty" required:"false"`
	LongestDays        int              `json:"longestDays,omitempty" required:"false"`
	NoticeDays         int              `json:"noticeDays,omitempty" required:"false"`
	Skills             []skillView      `json:"skills,omitempty" required:"false"`
	Languages          []languageView   `json:"languages,omitempty" required:"false"`
	Education          []educationView  `json:"education,omitempty" required:"false"`
	Licences           []licenceView    `json:"licences,omitempty" required:"false"`
	Experience         []experienceView `json:"experience,omitempty" required:"false"`
	Availability       []windowView     `json:"availability,omitempty" required:"false"`
}

type ownPatch struct {
	Body struct {
		Fields []string     `json:"fields" maxItems:"40" doc:"The fields to write, by name; others stay."`
		Seen   ProfilePatch `json:"seen" doc:"What these fields held when the form was opened: if they hold something else now, nothing is written (412)."`
		Values ProfilePatch `json:"values" doc:"What they shall hold."`
	}
}

type meterItem struct {
	Name   string `json:"name"`
	Part   string `json:"part" doc:"The part of the form in which it stands."`
	Field  string `json:"field"`
	Weight int    `json:"weight" doc:"Of 100 together."`
	Done   bool   `json:"done"`
}

type meterTip struct {
	Kind    string `json:"kind" enum:"condition,lift" doc:"condition: without it I am out. lift: with it I score more."`
	What    string `json:"what" doc:"The condition or the change, as the ranking names it."`
	Part    string `json:"part" doc:"The part of the form in which it is mended."`
	Concept string `json:"concept"`
	Label   string `json:"label" doc:"The skill, or what the needs ask for."`
	Needs   int    `json:"needs" doc:"Open needs that want it."`
	Gain    int    `json:"gain" doc:"Points of 1000 that it would add, at most; 0 for a condition."`
	Example string `json:"example" doc:"The reference of one of the needs."`
}

type meterView struct {
	Percent int         `json:"percent"`
	Items   []meterItem `json:"items"`
	Needs   int         `json:"needs" doc:"Open needs that were looked at."`
	Tips    []meterTip  `json:"tips" doc:"What would lift me, the most wanted first."`
}

func (a *API) showMeter(ctx context.Context, who identity.Actor, _ *none) (meterView, error) {
	m, err := a.Completeness.Mine(ctx, who)
	return meterView{Percent: m.Percent, Needs: m.Needs, Items: mapped(m.Items, func(i completeness.Item) meterItem { return meterItem(i) }),
		Tips: mapped(m.Tips, func(t completeness.Tip) meterTip { return meterTip(t) })}, err
}

// documentRoutes keep a person's papers, read a CV, and open a calendar.
func (a *API) documentRoutes() []Route {
	self := identity.Only(identity.Professional)
	return []Route{
		on("PATCH", "/me/professional", self, "patch-my-profile", "Write some fields of my profile, if nobody else has meanwhile", a.patchMine),
		on("GET", "/me/completeness", self, "show-completeness", "How much of my profile is filled in, and what would lift me today", a.showMeter),
		on("GET", "/me/documents", self, "list-my-documents", "My documents", a.listDocuments),
		uploads("/me/documents", self, "add-document", "Keep a document of mine, encrypted", documents.MostBytes, a.addDocument, a.readDocument),
		paper("/me/documents/{id}", self, "fetch-document", "A document of mine, to be saved", a.fetchDocument),
		does("DELETE", "/me/documents/{id}", self, "delete-document", "Destroy a document of mine", a.deleteDocument),
		on("GET", "/me/cv", self, "show-cv", "What my CV suggests for my profile", a.showCV),
		uploads("/me/cv", self, "read-cv", "Read a CV into suggestions; nothing is written to my profile", documents.MostBytes, a.readCV, a.readRead),
		on("POST", "/me/cv/suggestions/{id}", self, "answer-suggestion", "Take a suggestion of my CV into my profile, or refuse it", a.answerSuggestion),
		on("PUT", "/me/cv/text", self, "use-cv-text", "Let searches read the whole text of my CV, or end that", a.useText),
		does("DELETE", "/me/cv", self, "drop-cv", "Destroy my CV and what is still suggested", a.dropCV),
		on("GET", "/me/calendar", self, "show-calendar-feed", "Whether a calendar program can read when I am free", a.showCalendar),
		on("POST", "/me/calendar", self, "renew-calendar-feed", "Make a new secret address for calendar programs; the older one stops working", a.renewCalendar),
		does("DELETE", "/me/calendar", self, "close-calendar-feed", "End the address for calendar programs", a.closeCalendar),
		calendarFeed("/calendars/{token}", "read-calendar", "When somebody is free, for calendar programs (RFC 5545)"),
	}
}

func (a *API) patchMine(ctx context.Context, who identity.Actor, in *ownPatch) (professionalView, error) {
	card, err := a.Registry.Patch(ctx, who, in.Body.Fields, ProfileText(in.Body.Seen).profile(), ProfileText(in.Body.Values).profile())
	return viewProfessional(card, who.Locale, ""), renamed(err, func(field string) string {
		if strings.HasPrefix(field, "fields") || strings.HasPrefix(field, "seen.") {
			return field
		}
		return "values." + field
	})
}

func (a *API) listDocuments(ctx context.Context, who identity.Actor, _ *none) (list[documentView], error) {
	found, err := a.Documents.List(ctx, who)
	return listOf(mapped(found, viewDocument), ""), err
}

func (a *API) addDocument(ctx context.Context, who identity.Actor, file sent) (string, error) {
	d, err := a.Documents.Add(ctx, who, files.Licence, file.Name, file.Content)
	return d.ID, err
}

func (a *API) readDocument(ctx context.Context, who identity.Actor, id string) (documentView, error) {
	d, err := a.Documents.Find(ctx, who, id)
	return viewDocument(d), err
}

func (a *API) deleteDocument(ctx context.Context, who identity.Actor, in *documentPath) error {
	return a.Documents.Delete(ctx, who, in.ID)
}

func (a *API) fetchDocument(ctx context.Context, who identity.Actor, in *documentPath) (files.File, io.ReadCloser, error) {
	return a.Documents.Content(ctx, who, in.ID)
}

func (a *API) readCV(ctx context.Context, who identity.Actor, file sent) (string, error) {
	r, err := a.Documents.ReadCV(ctx, who, file.Name, file.Content)
	return r.ID, err
}

func (a *API) readRead(ctx context.Context, who identity.Actor, _ string) (readingView, error) {
	return a.showCV(ctx, who, nil)
}

func (a *API) showCV(ctx context.Context, who identity.Actor, _ *none) (readingView, error) {
	r, err := a.Documents.CV(ctx, who)
	return viewReading(r), err
}

func (a *API) answerSuggestion(ctx context.Context, who identity.Actor, in *suggestionAnswer) (readingView, error) {
	var mended json.RawMessage
	if in.Body.Value != nil {
		text, err := json.Marshal(in.Body.Value)
		if err != nil {
			return readingView{}, err
		}
		mended = text
	}
	r, err := a.Documents.Decide(ctx, who, in.ID, documents.Answer(in.Body.Answer), mended)
	return viewReading(r), renamed(err, func(field string) string {
		if _, below, row := strings.Cut(field, "]"); row {
			return "value" + below
		}
		return "value"
	})
}

// renamed names the fields of a complaint as the request spells them.
func renamed(err error, name func(string) string) error {
	if err == nil || !fault.Is(err, fault.Invalid) {
		return err
	}
	f := *fault.Of(err)
	f.Fields = mapped(f.Fields, func(one fault.Field) fault.Field {
		one.Field = name(one.Field)
		return one
	})
	return &f
}

func (a *API) useText(ctx context.Context, who identity.Actor, in *textUse) (readingView, error) {
	r, err := a.Documents.UseText(ctx, who, in.Body.Use)
	return viewReading(r), err
}

func (a *API) dropCV(ctx context.Context, who identity.Actor, _ *none) error {
	return a.Documents.DropCV(ctx, who)
}

func (a *API) showCalendar(ctx context.Context, who identity.Actor, _ *none) (feedView, error) {
	f, err := a.Documents.Calendar(ctx, who)
	return viewFeed(f), err
}

func (a *API) renewCalendar(ctx context.Context, who identity.Actor, _ *none) (feedView, error) {
	f, err := a.Documents.RenewCalendar(ctx, who)
	return viewFeed(f), err
}

func (a *API) closeCalendar(ctx context.Context, who identity.Actor, _ *none) error {
	return a.Documents.CloseCalendar(ctx, who)
}

// kept is what huma writes of a document. It is never shown within our origin:
// the browser saves it, and would run nothing of it if it did not.
type kept struct {
	Type        string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition" doc:"The name to save it under."`
	Policy      string `header:"Content-Security-Policy"`
	Body        []byte
}

// paper describes a route that answers with a document.
func paper[In any](path string, access identity.Access, id, summary string,
	do func(context.Context, identity.Actor, *In) (files.File, io.ReadCloser, error)) Route {
	r := Route{Method: http.MethodGet, Path: path, Access: access, ID: id, Summary: summary}
	r.register = func(api huma.API, a *API, op huma.Operation) {
		op.Responses = map[string]*huma.Response{"200": {Description: "The document as it was sent",
			Content: map[string]*huma.MediaType{"application/octet-stream": {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}}}}
		huma.Register(api, op, func(ctx context.Context, in *In) (*kept, error) {
			if err := legible(in); err != nil {
				return nil, a.problem(ctx, err)
			}
			f, content, err := do(ctx, actorOf(ctx), in)
			if err != nil {
				return nil, a.problem(ctx, err)
			}
			defer func() { _ = content.Close() }()
			text, err := io.ReadAll(content)
			if err != nil {
				return nil, a.problem(ctx, err)
			}
			return &kept{Type: string(f.MediaType), Policy: "sandbox; default-src 'none'", Disposition: attachment(f.Name), Body: text}, nil
		})
	}
	return r
}

// attachment spells a name for saving, in ASCII and in full (RFC 6266, RFC 8187).
func attachment(name string) string {
	ascii := strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || r == '"' || r == '\\' {
			return '_'
		}
		return r
	}, name)
	return fmt.Sprintf(`attachment; filename="%s"; filename*=UTF-8''%s`, ascii, strings.ReplaceAll(url.QueryEscape(name), "+", "%20"))
}

// calendarFeed describes the route that calendar programs read.
func calendarFeed(path, id, summary string) Route {
	r := Route{Method: http.MethodGet, Path: path, Access: identity.Public, ID: id, Summary: summary}
	r.register = func(api huma.API, a *API, op huma.Operation) {
		op.Responses = map[string]*huma.Response{"200": {Description: "An iCalendar object (RFC 5545)",
			Content: map[string]*huma.MediaType{"text/calendar": {Schema: &huma.Schema{Type: huma.TypeString}}}}}
		huma.Register(api, op, func(ctx context.Context, in *calendarPath) (*file, error) {
			if err := legible(in); err != nil {
				return nil, a.problem(ctx, err)
			}
			text, err := a.Documents.ICS(ctx, strings.TrimSuffix(in.Token, ".ics"))
			if err != nil {
				return nil, a.problem(ctx, err)
			}
			return &file{Type: "text/calendar; charset=utf-8", Disposition: `attachment; filename="sankofa.ics"`, Body: []byte(text)}, nil
		})
	}
	return r
}
