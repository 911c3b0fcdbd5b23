// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"context"
	"time"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/registry"
)

type refereeSkillView struct {
	Position int    `json:"position"`
	Concept  string `json:"concept" doc:"A skill of the vocabulary, or empty for the words alone."`
	Label    string `json:"label" doc:"In the person's own words."`
}

type confirmationView struct {
	Kind      string     `json:"kind" enum:"referee,host"`
	Concept   string     `json:"concept"`
	Label     string     `json:"label"`
	By        string     `json:"by" doc:"The referee, or the host institution."`
	Relation  string     `json:"relation" enum:"supervisor,colleague,teacher,client,council,host"`
	SeenUntil string     `json:"seenUntil" doc:"When they last saw it; may be empty."`
	Comment   string     `json:"comment"`
	Placement string     `json:"placement" doc:"Reference of the placement that a host speaks of."`
	MadeAt    time.Time  `json:"madeAt"`
	RevokedAt *time.Time `json:"revokedAt" doc:"Null while it counts."`
}

func viewConfirmation(c registry.Confirmation) confirmationView {
	return confirmationView{Kind: string(c.Kind), Concept: c.Concept, Label: c.Label, By: c.ByName, Relation: c.Relation, SeenUntil: string(c.SeenUntil),
		Comment: c.Comment, Placement: c.Placement, MadeAt: c.MadeAt, RevokedAt: c.RevokedAt}
}

type referenceView struct {
	ID            string             `json:"id"`
	Name          string             `json:"name"`
	Email         string             `json:"email"`
	State         string             `json:"state" enum:"sent,answered,declined,revoked,expired"`
	Opened        bool               `json:"opened"`
	CreatedAt     time.Time          `json:"createdAt"`
	ExpiresAt     time.Time          `json:"expiresAt"`
	Skills        []refereeSkillView `json:"skills"`
	Confirmations []confirmationView `json:"confirmations"`
}

type refereesView struct {
	Items         []referenceView    `json:"items" doc:"Whom I asked, newest first."`
	Confirmations []confirmationView `json:"confirmations" doc:"Everything that stands behind my skills, newest first."`
}

func viewSkillAsked(s registry.RefereeSkill) refereeSkillView {
	return refereeSkillView{Position: s.Position, Concept: s.Concept, Label: s.Label}
}

type skillNamed struct {
	Concept string `json:"concept" required:"false" maxLength:"200"`
	Label   string `json:"label" required:"false" maxLength:"200"`
}

type refereeAsking struct {
	Body struct {
		Name    string       `json:"name" maxLength:"200"`
		Email   string       `json:"email" maxLength:"254"`
		Locale  string       `json:"locale" maxLength:"10" doc:"The language of the mail and of the page behind its link."`
		Message string       `json:"message" required:"false" maxLength:"1000"`
		Skills  []skillNamed `json:"skills" maxItems:"60" doc:"Skills of my profile, by concept or by label."`
	}
}

// RefereePath names a question to a referee; exported for huma to look into it.
type RefereePath struct {
	ID string `path:"id" maxLength:"60"`
}

type refereeOpening struct {
	Body struct {
		Token string `json:"token" maxLength:"200" doc:"What stands behind the # of the link."`
	}
}

type askedView struct {
	Person    string             `json:"person" doc:"Who named you."`
	Name      string             `json:"name" doc:"Your own name, as they wrote it."`
	Message   string             `json:"message"`
	Locale    string             `json:"locale"`
	ExpiresAt time.Time          `json:"expiresAt"`
	Skills    []refereeSkillView `json:"skills"`
}

type refereeAnswer struct {
	Body struct {
		Token     string `json:"token" maxLength:"200"`
		Declined  bool   `json:"declined" required:"false" doc:"You cannot or do not want to say anything."`
		Relation  string `json:"relation" required:"false" maxLength:"20" doc:"supervisor, colleague, teacher, client or council."`
		SeenUntil string `json:"seenUntil" required:"false" maxLength:"10" doc:"When you last saw it: 2025-06-30."`
		Comment   string `json:"comment" required:"false" maxLength:"1000"`
		Confirmed []int  `json:"confirmed" required:"false" maxItems:"60" doc:"Positions of the skills that you have seen."`
	}
}

func (in *refereeOpening) kept() any { return nil }
func (in *refereeAnswer) kept() any  { return nil }

type caseStepView struct {
	State        string    `json:"state" enum:"REQUESTED,SENT_TO_SOURCE,CONFIRMED,DISCREPANT,UNREACHABLE,EXPIRED"`
	Note         string    `json:"note"`
	Reference    string    `json:"reference"`
	Organisation string    `json:"organisation"`
	At           time.Time `json:"at"`
}

type caseView struct {
	ID           string         `json:"id"`
	Version      int            `json:"version"`
	Professional string         `json:"professional" doc:"Pseudonym."`
	Name         string         `json:"name" doc:"Empty for who may not know it."`
	Credential   string         `json:"credential" enum:"licence,education"`
	Issuer       string         `json:"issuer" doc:"The council or the school."`
	Number       string         `json:"number"`
	Country      string         `json:"country"`
	Title        string         `json:"title"`
	State        string         `json:"state" enum:"REQUESTED,SENT_TO_SOURCE,CONFIRMED,DISCREPANT,UNREACHABLE,EXPIRED"`
	Reference    string         `json:"reference" doc:"The source's own."`
	ValidUntil   string         `json:"validUntil"`
	OpenedAt     time.Time      `json:"openedAt"`
	UpdatedAt    time.Time      `json:"updatedAt"`
	Steps        []caseStepView `json:"steps"`
	Next         []string       `json:"next" doc:"What the reader may make of it."`
}

func (v caseView) etag() int { return v.Version }

func viewCase(c registry.CaseView) caseView {
	v := caseView{ID: c.ID, Version: c.Version, Professional: c.Pseudonym, Name: c.Name, Credential: c.Credential, Issuer: c.Body, Number: c.Number,
		Country: c.Country, Title: c.Title, State: string(c.State), Reference: c.Reference, ValidUntil: string(c.ValidUntil), OpenedAt: c.OpenedAt,
		UpdatedAt: c.UpdatedAt, Next: []string{},
		Steps: mapped(c.Steps, func(s registry.CaseStep) caseStepView {
			return caseStepView{State: string(s.State), Note: s.Note, Reference: s.Reference, Organisation: c.By[s.ByOrganisation].Name, At: s.At}
		})}
	if c.Can {
		v.Next = mapped(c.Next(), func(s registry.CaseState) string { return string(s) })
	}
	return v
}

type caseFilter struct {
	Page
	State string `query:"state" maxLength:"20" doc:"Only of this state."`
}

type caseOpening struct {
	Body struct {
		Professional string `json:"professional" maxLength:"60" doc:"Identifier or pseudonym."`
		Credential   string `json:"credential" enum:"licence,education"`
		Issuer       string `json:"issuer" maxLength:"200" doc:"The council or the school, as the profile names it."`
		Number       string `json:"number" required:"false" maxLength:"200" doc:"Empty for a reader who sees none."`
		Country      string `json:"country" required:"false" maxLength:"2"`
		Title        string `json:"title" required:"false" maxLength:"200" doc:"Of an education."`
		Note         string `json:"note" required:"false" maxLength:"2000"`
	}
}

// CasePath names a case; exported for huma to look into it.
type CasePath struct {
	ID string `path:"id" maxLength:"60"`
}

type caseMoving struct {
	CasePath
	IfMatch
	Body struct {
		To         string `json:"to" enum:"SENT_TO_SOURCE,CONFIRMED,DISCREPANT,UNREACHABLE,EXPIRED"`
		Note       string `json:"note" required:"false" maxLength:"2000"`
		Reference  string `json:"reference" required:"false" maxLength:"200"`
		ValidUntil string `json:"validUntil" required:"false" maxLength:"10" doc:"Of what was confirmed; empty: as the credential says."`
	}
}

type changeFilter struct {
	Page
	Field string `query:"field" maxLength:"60" doc:"Only of this field."`
}

type memberChangesAsked struct {
	ProfessionalPath
	Page
	Field string `query:"field" maxLength:"60" doc:"Only of this field."`
}

type restoring struct {
	IfMatch
	ID string `path:"id" maxLength:"60" doc:"The change whose before is put back."`
}

type memberRestoring struct {
	ProfessionalPath
	IfMatch
	Change string `path:"change" maxLength:"60" doc:"The change whose before is put back."`
}

// evidenceRoutes are about what stands behind a profile.
func (a *API) evidenceRoutes() []Route {
	self, association, coordinator := identity.Only(identity.Professional), identity.Only(identity.Association), identity.Only(identity.Coordinator)
	readers := identity.Only(identity.Professional, identity.Coordinator)
	return []Route{
		on("GET", "/me/referees", self, "list-my-referees", "Whom I asked to confirm skills, and what they said", a.myReferees),
		creates("/me/referees", self, "ask-referee", "Ask somebody to confirm skills, by a link in a mail", a.askReferee, a.readReferee),
		does("DELETE", "/me/referees/{id}", self, "revoke-referee", "Take a question back, and what was confirmed with it", a.revokeReferee),
		on("POST", "/referee/open", identity.Public, "open-reference", "What a referee is asked", a.openReferee),
		does("POST", "/referee/answer", identity.Public, "answer-reference", "Confirm skills as a referee, or say that I cannot", a.answerReferee),
		on("GET", "/verifications", readers, "list-verifications", "Cases of verification at the source, newest first", a.listCases),
		creates("/verifications", coordinator, "request-verification", "Ask for the verification of a credential", a.openCase, a.readCase),
		on("GET", "/verifications/{id}", readers, "show-verification", "A case of verification", a.showCase),
		on("POST", "/verifications/{id}/move", coordinator, "move-verification", "Take a case one step further", a.moveCase),
		on("GET", "/professionals/{id}/changes", association, "list-member-changes", "What was changed in a member's profile, and by whom", a.memberChanges),
		on("POST", "/professionals/{id}/changes/{change}/restore", association, "restore-member-field", "Put back what a field of a member's profile held before a change", a.restoreMember),
		on("POST", "/me/changes/{id}/restore", self, "restore-my-field", "Put back what a field held before a change", a.restoreMine),
	}
}

func (a *API) myReferees(ctx context.Context, who identity.Actor, _ *none) (refereesView, error) {
	found, all, err := a.Registry.References(ctx, who)
	now := a.DB.Now()
	return refereesView{Confirmations: mapped(all, viewConfirmation), Items: mapped(found, func(r registry.Reference) referenceView {
		return referenceView{ID: r.ID, Name: r.RefereeName, Email: r.RefereeEmail, State: string(r.Standing(now)), Opened: r.OpenedAt != nil,
			CreatedAt: r.CreatedAt, ExpiresAt: r.ExpiresAt, Skills: mapped(r.Skills, viewSkillAsked), Confirmations: mapped(r.Confirmations, viewConfirmation)}
	})}, err
}

func (a *API) askReferee(ctx context.Context, who identity.Actor, in *refereeAsking) (string, error) {
	b := in.Body
	return a.Registry.AskReferee(ctx, who, registry.Question{Name: b.Name, Email: b.Email, Locale: b.Locale, Message: b.Message,
		Skills: mapped(b.Skills, func(s skillNamed) registry.Skill { return registry.Skill{Concept: s.Concept, Label: s.Label} })})
}

func (a *API) readReferee(ctx context.Context, who identity.Actor, _ string) (refereesView, error) {
	return a.myReferees(ctx, who, nil)
}

func (a *API) revokeReferee(ctx context.Context, who identity.Actor, in *RefereePath) error {
	return a.Registry.RevokeReferee(ctx, who, in.ID)
}

func (a *API) openReferee(ctx context.Context, _ identity.Actor, in *refereeOpening) (askedView, error) {
	found, err := a.Registry.OpenReferee(ctx, in.Body.Token)
	return askedView{Person: found.Person, Name: found.RefereeName, Message: found.Message, Locale: found.Locale, ExpiresAt: found.ExpiresAt,
		Skills: mapped(found.Skills, viewSkillAsked)}, err
}

func (a *API) answerReferee(ctx context.Context, _ identity.Actor, in *refereeAnswer) error {
	b := in.Body
	return a.Registry.AnswerReferee(ctx, b.Token, registry.Answer{Declined: b.Declined, Relation: b.Relation, SeenUntil: day.Day(b.SeenUntil),
		Comment: b.Comment, Confirmed: b.Confirmed})
}

func (a *API) listCases(ctx context.Context, who identity.Actor, in *caseFilter) (list[caseView], error) {
	found, next, err := a.Registry.Cases(ctx, who, registry.CaseState(in.State), in.After, in.Limit)
	return listOf(mapped(found, viewCase), next), err
}

func (a *API) openCase(ctx context.Context, who identity.Actor, in *caseOpening) (string, error) {
	b := in.Body
	return a.Registry.OpenCase(ctx, who, b.Professional, registry.Credential{Kind: b.Credential, Body: b.Issuer, Number: b.Number, Country: b.Country, Title: b.Title}, b.Note)
}

func (a *API) readCase(ctx context.Context, who identity.Actor, id string) (caseView, error) {
	found, err := a.Registry.FindCase(ctx, who, id)
	return viewCase(found), err
}

func (a *API) showCase(ctx context.Context, who identity.Actor, in *CasePath) (caseView, error) {
	return a.readCase(ctx, who, in.ID)
}

func (a *API) moveCase(ctx context.Context, who identity.Actor, in *caseMoving) (caseView, error) {
	version, err := in.version()
	if err != nil {
		return caseView{}, err
	}
	b := in.Body
	found, err := a.Registry.MoveCase(ctx, who, in.ID, version, registry.CaseMove{To: registry.CaseState(b.To), Note: b.Note, Reference: b.Reference, ValidUntil: day.Day(b.ValidUntil)})
	return viewCase(found), err
}

func viewPast(c registry.Changed) changeView {
	return changeView{ID: c.ID, At: c.At, By: c.By, Organisation: c.Organisation, Capacity: c.Capacity, Source: c.Source, Field: c.Field, Before: c.Before, After: c.After}
}

func (a *API) myChanges(ctx context.Context, who identity.Actor, in *changeFilter) (list[changeView], error) {
	found, next, err := a.Registry.Changes(ctx, who, registry.Past{Field: in.Field, After: in.After, Limit: in.Limit})
	return listOf(mapped(found, viewPast), next), err
}

func (a *API) memberChanges(ctx context.Context, who identity.Actor, in *memberChangesAsked) (list[changeView], error) {
	found, next, err := a.Registry.Changes(ctx, who, registry.Past{Ref: in.ID, Field: in.Field, After: in.After, Limit: in.Limit})
	return listOf(mapped(found, viewPast), next), err
}

func (a *API) restoreMine(ctx context.Context, who identity.Actor, in *restoring) (professionalView, error) {
	return a.restore(ctx, who, who.ProfessionalID, in.ID, in.IfMatch)
}

func (a *API) restoreMember(ctx context.Context, who identity.Actor, in *memberRestoring) (professionalView, error) {
	return a.restore(ctx, who, in.ID, in.Change, in.IfMatch)
}

func (a *API) restore(ctx context.Context, who identity.Actor, ref, change string, match IfMatch) (professionalView, error) {
	version, err := match.version()
	if err != nil {
		return professionalView{}, err
	}
	card, err := a.Registry.Restore(ctx, who, ref, change, version)
	return viewProfessional(card, who.Locale, ""), err
}
