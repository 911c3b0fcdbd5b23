// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"context"
	"strings"
	"time"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/registry"
)

type skillView struct {
	ID       string `json:"id" required:"false" doc:"Of the row; what is sent is ignored."`
	Concept  string `json:"concept" required:"false" doc:"A skill of the vocabulary, or empty for the words alone."`
	Label    string `json:"label" required:"false" doc:"In the person's own words; kept for ever."`
	Level    int    `json:"level" doc:"1 basic, 2 independent, 3 advanced, 4 expert."`
	Years    int    `json:"years" required:"false"`
	LastUsed int    `json:"lastUsed" required:"false" doc:"A year; 0 is not said."`
	Evidence string `json:"evidence" required:"false" doc:"claimed or experience; referee and host are given by others."`
}

type languageView struct {
	Language    string `json:"language" doc:"ISO 639."`
	Native      bool   `json:"native" required:"false" doc:"Without levels, a native language counts as C2."`
	Listening   string `json:"listening" required:"false" doc:"CEFR: A1 to C2, or empty."`
	Reading     string `json:"reading" required:"false"`
	Interaction string `json:"interaction" required:"false" doc:"Conversation."`
	Production  string `json:"production" required:"false" doc:"Speaking at length."`
	Writing     string `json:"writing" required:"false"`
}

type educationView struct {
	Level       int    `json:"level" doc:"ISCED 2011, 0 to 8."`
	Field       string `json:"field" required:"false" doc:"ISCED-F 2013."`
	Title       string `json:"title" required:"false"`
	Institution string `json:"institution" required:"false"`
	Country     string `json:"country" required:"false" doc:"ISO 3166-1 alpha-2."`
	Year        int    `json:"year" required:"false" doc:"When it was completed; 0 is not said."`
}

type licenceView struct {
	Body           string `json:"body" doc:"The council or authority."`
	Number         string `json:"number" required:"false"`
	Country        string `json:"country" doc:"ISO 3166-1 alpha-2."`
	ISCO           string `json:"isco" required:"false" doc:"ISCO-08 unit group that it is for."`
	ValidFrom      string `json:"validFrom" required:"false" doc:"2024-05-01, or empty."`
	ValidUntil     string `json:"validUntil" required:"false" doc:"Empty: it does not expire."`
	GoodStandingOn string `json:"goodStandingOn" required:"false" doc:"Date of the certificate of good standing."`
	DocumentID     string `json:"documentId" required:"false" doc:"A document of the person that shows it, or empty."`
}

type experienceView struct {
	Title       string `json:"title"`
	ISCO        string `json:"isco" required:"false"`
	Employer    string `json:"employer" required:"false"`
	Country     string `json:"country" required:"false"`
	From        string `json:"from" required:"false" doc:"2019-09-01, or empty."`
	To          string `json:"to" required:"false" doc:"Empty: still there."`
	Description string `json:"description" required:"false" doc:"At most 5,000 characters."`
}

type windowView struct {
	From string `json:"from" doc:"The first day: 2027-02-01."`
	To   string `json:"to" doc:"The last day."`
}

// ProfileText is what people write about a professional. What is missing of it
// can be added later; some of it is needed before the person can be found. It is
// exported, as IfMatch is, for huma to look into it.
type ProfileText struct {
	GivenName          string           `json:"givenName" doc:"1 to 200 characters of any script."`
	FamilyName         string           `json:"familyName" required:"false" doc:"May be empty: many people have one name."`
	Email              string           `json:"email"`
	Phone              string           `json:"phone" required:"false" doc:"With the country code: +31201234567."`
	Sex                string           `json:"sex" required:"false" doc:"female, male, other, or empty. Never matched on."`
	BirthDate          string           `json:"birthDate" required:"false"`
	OriginCountry      string           `json:"originCountry" doc:"ISO 3166-1 alpha-2."`
	OriginLink         string           `json:"originLink" required:"false" doc:"born, citizen, parent, grandparent or spouse."`
	ResidenceCountry   string           `json:"residenceCountry" doc:"ISO 3166-1 alpha-2."`
	ResidencePlace     string           `json:"residencePlace" required:"false"`
	ResidenceStatus    string           `json:"residenceStatus" required:"false" doc:"citizen, permanent, temporary, refugee or other."`
	RightOfReturn      string           `json:"rightOfReturn" required:"false" doc:"yes, no or unknown: may the person come back to where they live."`
	RightOfReturnUntil string           `json:"rightOfReturnUntil" required:"false" doc:"Empty: it does not expire."`
	OccupationTitle    string           `json:"occupationTitle" required:"false" doc:"In the person's own words."`
	ISCO               string           `json:"isco" required:"false" doc:"A four-digit unit group of ISCO-08."`
	YearsExperience    int              `json:"yearsExperience" required:"false"`
	Summary            string           `json:"summary" required:"false" doc:"At most 2,000 characters."`
	CVText             string           `json:"cvText" required:"false" doc:"At most 60,000 characters."`
	CVLanguage         string           `json:"cvLanguage" required:"false" doc:"ISO 639 code of the language of the CV."`
	Onsite             bool             `json:"onsite" required:"false" doc:"Can work there."`
	Virtual            bool             `json:"virtual" required:"false" doc:"Can work from home."`
	Hybrid             bool             `json:"hybrid" required:"false" doc:"Can do some of each."`
	LongestDays        int              `json:"longestDays" required:"false" doc:"The longest stay at once, in days; 0 means 90."`
	NoticeDays         int              `json:"noticeDays" required:"false" doc:"Between an offer and the first day."`
	Skills             []skillView      `json:"skills" required:"false" doc:"At most 60."`
	Languages          []languageView   `json:"languages" required:"false" doc:"At most 20."`
	Education          []educationView  `json:"education" required:"false" doc:"At most 20."`
	Licences           []licenceView    `json:"licences" required:"false" doc:"At most 20."`
	Experience         []experienceView `json:"experience" required:"false" doc:"At most 30."`
	Availability       []windowView     `json:"availability" required:"false" doc:"At most 24."`
}

// ProfileShown is the same in an answer, where nothing is left out. Go converts
// one into the other, as they differ in nothing but their tags.
type ProfileShown struct {
	GivenName          string           `json:"givenName" doc:"Empty for who may not know it."`
	FamilyName         string           `json:"familyName"`
	Email              string           `json:"email"`
	Phone              string           `json:"phone"`
	Sex                string           `json:"sex"`
	BirthDate          string           `json:"birthDate"`
	OriginCountry      string           `json:"originCountry"`
	OriginLink         string           `json:"originLink"`
	ResidenceCountry   string           `json:"residenceCountry"`
	ResidencePlace     string           `json:"residencePlace"`
	ResidenceStatus    string           `json:"residenceStatus"`
	RightOfReturn      string           `json:"rightOfReturn"`
	RightOfReturnUntil string           `json:"rightOfReturnUntil"`
	OccupationTitle    string           `json:"occupationTitle"`
	ISCO               string           `json:"isco"`
	YearsExperience    int              `json:"yearsExperience"`
	Summary            string           `json:"summary"`
	CVText             string           `json:"cvText"`
	CVLanguage         string           `json:"cvLanguage"`
	Onsite             bool             `json:"onsite"`
	Virtual            bool             `json:"virtual"`
	Hybrid             bool             `json:"hybrid"`
	LongestDays        int              `json:"longestDays"`
	NoticeDays         int              `json:"noticeDays"`
	Skills             []skillView      `json:"skills"`
	Languages          []languageView   `json:"languages"`
	Education          []educationView  `json:"education"`
	Licences           []licenceView    `json:"licences"`
	Experience         []experienceView `json:"experience"`
	Availability       []windowView     `json:"availability"`
}

// profile reads what was written.
func (t ProfileText) profile() registry.Profile {
	return registry.Profile{
		Professional: registry.Professional{
			GivenName: t.GivenName, FamilyName: t.FamilyName, Email: t.Email, Phone: t.Phone, Sex: t.Sex, BirthDate: day.Day(t.BirthDate),
			OriginCountry: t.OriginCountry, OriginLink: t.OriginLink, ResidenceCountry: t.ResidenceCountry, ResidencePlace: t.ResidencePlace,
			ResidenceStatus: t.ResidenceStatus, RightOfReturn: t.RightOfReturn, RightOfReturnUntil: day.Day(t.RightOfReturnUntil),
			OccupationTitle: t.OccupationTitle, ISCO: t.ISCO, YearsExperience: t.YearsExperience, Summary: t.Summary, CVText: t.CVText,
			CVLanguage: t.CVLanguage, Onsite: t.Onsite, Virtual: t.Virtual, Hybrid: t.Hybrid, LongestDays: t.LongestDays, NoticeDays: t.NoticeDays,
		},
		Skills: mapped(t.Skills, func(s skillView) registry.Skill {
			return registry.Skill{Concept: s.Concept, Label: s.Label, Level: s.Level, Years: s.Years, LastUsed: s.LastUsed, Evidence: registry.Evidence(s.Evidence)}
		}),
		Languages: mapped(t.Languages, languageView.language),
		Education: mapped(t.Education, func(e educationView) registry.Education {
			return registry.Education{Level: e.Level, Field: e.Field, Title: e.Title, Institution: e.Institution, Country: e.Country, Year: e.Year}
		}),
		Licences: mapped(t.Licences, func(l licenceView) registry.Licence {
			return registry.Licence{Body: l.Body, Number: l.Number, Country: l.Country, ISCO: l.ISCO, ValidFrom: day.Day(l.ValidFrom),
				ValidUntil: day.Day(l.ValidUntil), GoodStandingOn: day.Day(l.GoodStandingOn), DocumentID: l.DocumentID}
		}),
		Experience: mapped(t.Experience, func(e experienceView) registry.Experience {
			return registry.Experience{Title: e.Title, ISCO: e.ISCO, Employer: e.Employer, Country: e.Country, From: day.Day(e.From),
				To: day.Day(e.To), Description: e.Description}
		}),
		Availability: mapped(t.Availability, func(w windowView) registry.Window {
			return registry.Window{From: day.Day(w.From), To: day.Day(w.To)}
		}),
	}
}

func (l languageView) language() registry.Language {
	return registry.Language{Language: l.Language, Native: l.Native, Listening: registry.ParseCEFR(l.Listening),
		Reading: registry.ParseCEFR(l.Reading), Interaction: registry.ParseCEFR(l.Interaction),
		Production: registry.ParseCEFR(l.Production), Writing: registry.ParseCEFR(l.Writing)}
}

// profileTextOf shows what was written.
func profileTextOf(p registry.Profile) ProfileText {
	return ProfileText{
		GivenName: p.GivenName, FamilyName: p.FamilyName, Email: p.Email, Phone: p.Phone, Sex: p.Sex, BirthDate: string(p.BirthDate),
		OriginCountry: p.OriginCountry, OriginLink: p.OriginLink, ResidenceCountry: p.ResidenceCountry, ResidencePlace: p.ResidencePlace,
		ResidenceStatus: p.ResidenceStatus, RightOfReturn: p.RightOfReturn, RightOfReturnUntil: string(p.RightOfReturnUntil),
		OccupationTitle: p.OccupationTitle, ISCO: p.ISCO, YearsExperience: p.YearsExperience, Summary: p.Summary, CVText: p.CVText,
		CVLanguage: p.CVLanguage, Onsite: p.Onsite, Virtual: p.Virtual, Hybrid: p.Hybrid, LongestDays: p.LongestDays, NoticeDays: p.NoticeDays,
		Skills: mapped(p.Skills, func(s registry.Skill) skillView {
			return skillView{ID: s.ID, Concept: s.Concept, Label: s.Label, Level: s.Level, Years: s.Years, LastUsed: s.LastUsed, Evidence: string(s.Evidence)}
		}),
		Languages: mapped(p.Languages, func(l registry.Language) languageView {
			return languageView{Language: l.Language, Native: l.Native, Listening: l.Listening.String(), Reading: l.Reading.String(),
				Interaction: l.Interaction.String(), Production: l.Production.String(), Writing: l.Writing.String()}
		}),
		Education: mapped(p.Education, func(e registry.Education) educationView {
			return educationView{Level: e.Level, Field: e.Field, Title: e.Title, Institution: e.Institution, Country: e.Country, Year: e.Year}
		}),
		Licences: mapped(p.Licences, func(l registry.Licence) licenceView {
			return licenceView{Body: l.Body, Number: l.Number, Country: l.Country, ISCO: l.ISCO, ValidFrom: string(l.ValidFrom),
				ValidUntil: string(l.ValidUntil), GoodStandingOn: string(l.GoodStandingOn), DocumentID: l.DocumentID}
		}),
		Experience: mapped(p.Experience, func(e registry.Experience) experienceView {
			return experienceView{Title: e.Title, ISCO: e.ISCO, Employer: e.Employer, Country: e.Country, From: string(e.From),
				To: string(e.To), Description: e.Description}
		}),
		Availability: mapped(p.Availability, func(w registry.Window) windowView { return windowView{From: string(w.From), To: string(w.To)} }),
	}
}

type namedView struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type invitationView struct {
	State     string     `json:"state" enum:"none,sent,opened,confirmed,declined,expired"`
	ExpiresAt *time.Time `json:"expiresAt" doc:"Null when there is none."`
	Link      string     `json:"link" doc:"Shown once, to who made it: hand it to the person. Otherwise empty."`
}

func viewInvitation(s registry.Standing, secret string) invitationView {
	view := invitationView{State: s.State}
	if !s.ExpiresAt.IsZero() {
		view.ExpiresAt = &s.ExpiresAt
	}
	if secret != "" {
		// Behind the hash: browsers send it to no server, so it is in no log.
		view.Link = "/invitation#" + secret
	}
	return view
}

// profileCan says what the reader may do next; the server decides.
type profileCan struct {
	Edit    bool `json:"edit"`
	Invite  bool `json:"invite"`
	Pause   bool `json:"pause"`
	Resume  bool `json:"resume"`
	Confirm bool `json:"confirm"`
	Consent bool `json:"consent"`
}

type professionalView struct {
	ID           string         `json:"id"`
	Pseudonym    string         `json:"pseudonym" doc:"How partners name the person before the shortlist: P-7K3M-Q2XA."`
	Version      int            `json:"version"`
	State        string         `json:"state" enum:"invited,active,paused,declined"`
	Visible      bool           `json:"visible" doc:"The person can be found now."`
	Lacks        []string       `json:"lacks" doc:"Fields to fill in before the person can be found."`
	Warnings     []ProblemField `json:"warnings" doc:"What is over, or will be within 90 days: licences, the right to return, free time."`
	Demo         bool           `json:"demo" doc:"Fictional, made by the demonstration."`
	Named        bool           `json:"named" doc:"Whether the reader may know who it is."`
	Associations []namedView    `json:"associations"`
	Invitation   invitationView `json:"invitation"`
	Consents     []consentView  `json:"consents"`
	Can          profileCan     `json:"can"`
	ConfirmedAt  *time.Time     `json:"confirmedAt" doc:"When the person last said that this is right."`
	CreatedAt    time.Time      `json:"createdAt"`
	UpdatedAt    time.Time      `json:"updatedAt"`
	ProfileShown
}

func (v professionalView) etag() int { return v.Version }

func viewProfessional(c registry.Card, locale, secret string) professionalView {
	return professionalView{
		ID: c.ID, Pseudonym: c.Pseudonym, Version: c.Version, State: string(c.State), Visible: c.Visible, Lacks: append([]string{}, c.Lacks...),
		Warnings: mapped(c.Ending, func(f fault.Field) ProblemField { return ProblemField(f) }),
		Demo:     c.Demo, Named: c.Named, Invitation: viewInvitation(c.Invitation, secret), Can: profileCan(c.Can),
		Associations: mapped(c.Affiliations, func(o identity.Organisation) namedView { return namedView{ID: o.ID, Name: o.Name} }),
		Consents:     viewConsents(c.Consents, locale), ConfirmedAt: c.ConfirmedAt, CreatedAt: c.CreatedAt, UpdatedAt: c.UpdatedAt,
		ProfileShown: ProfileShown(profileTextOf(c.Profile)),
	}
}

// professionalRow is what a list shows of a person.
type professionalRow struct {
	ID               string         `json:"id"`
	Pseudonym        string         `json:"pseudonym"`
	Version          int            `json:"version"`
	State            string         `json:"state"`
	Visible          bool           `json:"visible"`
	Demo             bool           `json:"demo"`
	Named            bool           `json:"named"`
	GivenName        string         `json:"givenName"`
	FamilyName       string         `json:"familyName"`
	Email            string         `json:"email"`
	OriginCountry    string         `json:"originCountry"`
	ResidenceCountry string         `json:"residenceCountry"`
	OccupationTitle  string         `json:"occupationTitle"`
	ISCO             string         `json:"isco"`
	YearsExperience  int            `json:"yearsExperience"`
	Invitation       invitationView `json:"invitation"`
	Progress         string         `json:"progress" doc:"How far the person has come, for their association: uninvited, sent, opened, expired, confirmed, visible, paused, withdrawn, stale or declined."`
	CreatedAt        time.Time      `json:"createdAt"`
	UpdatedAt        time.Time      `json:"updatedAt"`
}

func viewRow(c registry.Card) professionalRow {
	return professionalRow{ID: c.ID, Pseudonym: c.Pseudonym, Version: c.Version, State: string(c.State), Visible: c.Visible, Demo: c.Demo,
		Named: c.Named, GivenName: c.GivenName, FamilyName: c.FamilyName, Email: c.Email, OriginCountry: c.OriginCountry,
		ResidenceCountry: c.ResidenceCountry, OccupationTitle: c.OccupationTitle, ISCO: c.ISCO, YearsExperience: c.YearsExperience,
		Invitation: viewInvitation(c.Invitation, ""), Progress: string(c.Progress), CreatedAt: c.CreatedAt, UpdatedAt: c.UpdatedAt}
}

// ProfessionalPath names a professional by the identifier or the pseudonym. It
// is exported, as IfMatch is, for huma to look into it.
type ProfessionalPath struct {
	ID string `path:"id" maxLength:"60" doc:"The identifier or the pseudonym."`
}

type professionalDraft struct{ Body ProfileText }

type professionalRevision struct {
	ProfessionalPath
	IfMatch
	Body ProfileText
}

type ownRevision struct {
	IfMatch
	Body ProfileText
}

type professionalFilter struct {
	Page
	Q     string `query:"q" maxLength:"200" doc:"Words of the name or e-mail; for a coordinator of the occupation, ISCO code or pseudonym."`
	State string `query:"state" enum:"invited,active,paused,declined" doc:"Only people in this state."`

	Progress string `query:"progress" enum:"uninvited,sent,opened,expired,confirmed,visible,paused,withdrawn,stale,declined" doc:"For an association: only members who have come so far; who waits longest comes first."`
	Import   string `query:"import" maxLength:"60" doc:"For an association: only people whom this import brought."`
}

type pausing struct {
	IfMatch
	Body struct {
		Paused bool `json:"paused" doc:"True: nobody finds me for now. False: they may again."`
	}
}

type changeView struct {
	ID           string    `json:"id" doc:"By which what stood before can be put back."`
	At           time.Time `json:"at"`
	By           string    `json:"by" doc:"you, person, referee, association (or another kind of organisation), or programme."`
	Organisation string    `json:"organisation"`
	Capacity     string    `json:"capacity" doc:"The role in which they wrote; empty for entries before this was kept."`
	Source       string    `json:"source" doc:"hand, import, suggestion, merge, restore, referee or host; empty for entries before this was kept."`
	Field        string    `json:"field"`
	Before       string    `json:"before" doc:"Text; of a list, JSON."`
	After        string    `json:"after"`
}

// registryRoutes register people and let them keep their profile.
func (a *API) registryRoutes() []Route {
	association, self := identity.Only(identity.Association), identity.Only(identity.Professional)
	readers := identity.Only(identity.Association, identity.Coordinator, identity.Professional)
	return []Route{
		creates("/registrations", identity.Public, "register-myself", "Register myself", a.registerMyself, a.readRegistration),
		creates("/professionals", association, "register-professional", "Register a member and make an invitation", a.registerProfessional, a.readInvited),
		on("GET", "/professionals", identity.Only(identity.Association, identity.Coordinator), "list-professionals",
			"The people whom I may see, newest first", a.listProfessionals),
		on("GET", "/professionals/{id}", readers, "show-professional", "A professional", a.showProfessional),
		on("PUT", "/professionals/{id}", identity.Only(identity.Association, identity.Professional), "revise-professional",
			"Rewrite a profile", a.reviseProfessional),
		creates("/professionals/{id}/invitation", association, "invite-professional", "Make a new invitation; older links stop working",
			a.inviteProfessional, a.readInvitation),
		on("GET", "/me/professional", self, "show-my-profile", "My profile", a.showMine),
		on("PUT", "/me/professional", self, "revise-my-profile", "Rewrite my profile", a.reviseMine),
		on("POST", "/me/professional/pause", self, "pause-my-profile", "Rest from being found, or end the rest", a.pauseMine),
		on("POST", "/me/professional/confirm", self, "confirm-my-profile", "Say that everything is still right", a.confirmMine),
		on("GET", "/me/changes", self, "list-my-changes", "What was changed in my profile, and by whom", a.myChanges),
	}
}

// made carries an identifier and, for this one answer, a secret: a repeat of the
// request finds the identifier alone, because the secret is kept nowhere.
func made(r registry.Registered, err error) (string, error) {
	if err != nil || r.Secret == "" {
		return r.ID, err
	}
	return r.ID + "#" + r.Secret, nil
}

func (a *API) registerProfessional(ctx context.Context, who identity.Actor, in *professionalDraft) (string, error) {
	return made(a.Registry.Register(ctx, who, in.Body.profile()))
}

func (a *API) readInvited(ctx context.Context, who identity.Actor, made string) (professionalView, error) {
	ref, secret, _ := strings.Cut(made, "#")
	card, err := a.Registry.Find(ctx, who, ref)
	return viewProfessional(card, who.Locale, secret), err
}

func (a *API) inviteProfessional(ctx context.Context, who identity.Actor, in *ProfessionalPath) (string, error) {
	return made(a.Registry.Invite(ctx, who, in.ID))
}

func (a *API) readInvitation(ctx context.Context, who identity.Actor, made string) (invitationView, error) {
	view, err := a.readInvited(ctx, who, made)
	return view.Invitation, err
}

func (a *API) listProfessionals(ctx context.Context, who identity.Actor, in *professionalFilter) (list[professionalRow], error) {
	found, err := a.Registry.List(ctx, who, registry.Filter{Query: in.Q, State: registry.State(in.State), Progress: registry.Progress(in.Progress),
		Import: in.Import, After: in.After, Limit: in.Limit})
	return listOf(mapped(found.Items, viewRow), found.Next), err
}

func (a *API) showProfessional(ctx context.Context, who identity.Actor, in *ProfessionalPath) (professionalView, error) {
	return a.readInvited(ctx, who, in.ID)
}

func (a *API) reviseProfessional(ctx context.Context, who identity.Actor, in *professionalRevision) (professionalView, error) {
	return a.revise(ctx, who, in.ID, in.IfMatch, in.Body)
}

func (a *API) revise(ctx context.Context, who identity.Actor, ref string, match IfMatch, text ProfileText) (professionalView, error) {
	version, err := match.version()
	if err != nil {
		return professionalView{}, err
	}
	card, err := a.Registry.Update(ctx, who, ref, version, text.profile())
	return viewProfessional(card, who.Locale, ""), err
}

func (a *API) showMine(ctx context.Context, who identity.Actor, _ *none) (professionalView, error) {
	return a.readInvited(ctx, who, who.ProfessionalID)
}

func (a *API) reviseMine(ctx context.Context, who identity.Actor, in *ownRevision) (professionalView, error) {
	return a.revise(ctx, who, who.ProfessionalID, in.IfMatch, in.Body)
}

func (a *API) pauseMine(ctx context.Context, who identity.Actor, in *pausing) (professionalView, error) {
	version, err := in.version()
	if err != nil {
		return professionalView{}, err
	}
	act := a.Registry.Resume
	if in.Body.Paused {
		act = a.Registry.Pause
	}
	card, err := act(ctx, who, version)
	return viewProfessional(card, who.Locale, ""), err
}

func (a *API) confirmMine(ctx context.Context, who identity.Actor, in *struct{ IfMatch }) (professionalView, error) {
	version, err := in.version()
	if err != nil {
		return professionalView{}, err
	}
	card, err := a.Registry.Confirm(ctx, who, version)
	return viewProfessional(card, who.Locale, ""), err
}
