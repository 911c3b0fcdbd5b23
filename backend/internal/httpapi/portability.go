// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"sankofa/backend/internal/audit"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/portability"
	"sankofa/backend/internal/privacy"
	"sankofa/backend/internal/registry"
)

// exportView is everything about a person. Its profile can be sent back to
// PUT /me/professional, and is then the same.
type exportView struct {
	Format     string                       `json:"format"`
	ExportedAt time.Time                    `json:"exportedAt"`
	Profile    ProfileShown                 `json:"profile"`
	Pseudonym  string                       `json:"pseudonym"`
	Consents   []exportConsent              `json:"consents"`
	Recipients []portability.Recipient      `json:"recipients"`
	Looks      []lookView                   `json:"looks"`
	Rankings   []portability.Standing       `json:"rankings"`
	Records    map[string][]map[string]any  `json:"records"`
	Documents  map[string][]json.RawMessage `json:"documents"`
	Withheld   []string                     `json:"withheld"`
}

// exportConsent is a consent with the words that were agreed to.
type exportConsent struct {
	consentView
	Text string `json:"text"`
}

// download describes a route that answers with a file.
func download[In any](path, kind, what string, access identity.Access, id, summary string,
	do func(context.Context, identity.Actor, *In) (string, []byte, error)) Route {
	r := Route{Method: http.MethodGet, Path: path, Access: access, ID: id, Summary: summary}
	r.register = func(api huma.API, a *API, op huma.Operation) {
		op.Responses = map[string]*huma.Response{"200": {Description: what,
			Content: map[string]*huma.MediaType{kind: {Schema: &huma.Schema{Type: huma.TypeString}}}}}
		huma.Register(api, op, func(ctx context.Context, in *In) (*file, error) {
			if err := legible(in); err != nil {
				return nil, a.problem(ctx, err)
			}
			name, text, err := do(ctx, actorOf(ctx), in)
			if err != nil {
				return nil, a.problem(ctx, err)
			}
			return &file{Type: kind, Disposition: fmt.Sprintf("attachment; filename=%q", name), Body: text}, nil
		})
	}
	return r
}

// portabilityRoutes give a person everything that is held about them.
func (a *API) portabilityRoutes() []Route {
	self := identity.Only(identity.Professional)
	return []Route{
		download("/me/export.json", "application/json", "Everything, as JSON; its profile can be sent back to PUT /me/professional", self, "export-me", "Everything about me, for programs", a.exportJSON),
		download("/me/export.resume.json", "application/json", "The profile as JSON Resume 1.0.0", self, "export-my-resume", "My profile as JSON Resume", a.exportResume),
		download("/me/export.pdf", "application/pdf", "Everything, for reading", self, "export-me-readable", "Everything about me, for reading", a.exportPDF),
	}
}

func (a *API) exportJSON(ctx context.Context, who identity.Actor, _ *none) (string, []byte, error) {
	b, err := a.Portability.Gather(ctx, who)
	if err != nil {
		return "", nil, err
	}
	text, err := json.MarshalIndent(viewExport(b, who), "", "  ")
	return "sankofa-" + b.Profile.Pseudonym + ".json", append(text, '\n'), err
}

// viewExport spells the bundle.
func viewExport(b portability.Bundle, who identity.Actor) exportView {
	card := registry.Card{Profile: b.Profile, Named: true}
	views := viewConsents(b.Consents, who.Locale)
	consents := make([]exportConsent, len(views))
	for i, v := range views {
		consents[i] = exportConsent{consentView: v, Text: privacy.CurrentNotice(privacy.Purpose(v.Purpose), who.Locale).Body}
	}
	return exportView{Format: portability.Format, ExportedAt: b.At, Profile: viewProfessional(card, who.Locale, "").ProfileShown, Pseudonym: b.Profile.Pseudonym,
		Consents: consents, Recipients: append([]portability.Recipient{}, b.Recipients...), Rankings: append([]portability.Standing{}, b.Rankings...),
		Looks: mapped(b.Looks, viewLook), Records: b.Records, Documents: b.Sections, Withheld: listed(b.Withheld)}
}

func viewLook(l audit.Look) lookView {
	return lookView{At: l.At, Organisation: l.Organisation, Role: l.Role, What: l.What, NeedReference: l.Need}
}

func (a *API) exportResume(ctx context.Context, who identity.Actor, _ *none) (string, []byte, error) {
	b, err := a.Portability.Gather(ctx, who)
	if err != nil {
		return "", nil, err
	}
	text, err := json.MarshalIndent(portability.ResumeOf(b.Profile), "", "  ")
	return "resume-" + b.Profile.Pseudonym + ".json", append(text, '\n'), err
}

func (a *API) exportPDF(ctx context.Context, who identity.Actor, _ *none) (string, []byte, error) {
	b, err := a.Portability.Gather(ctx, who)
	if err != nil {
		return "", nil, err
	}
	text, err := portability.Readable(b, who.Locale)
	return "sankofa-" + b.Profile.Pseudonym + ".pdf", text, err
}
