// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"cmp"
	"context"
	"time"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/taxonomy"
)

// WordText is a word that somebody wants to add; exported for huma to look into it.
type WordText struct {
	Kind     string `json:"kind" enum:"occupation,skill" doc:"What the word names."`
	Concept  string `json:"concept" maxLength:"300" doc:"An ISCO-08 unit group, an everyday occupation, or a skill."`
	Language string `json:"language" maxLength:"8" doc:"ISO 639: tw, wo, so, am, ti …"`
	Word     string `json:"word" maxLength:"1000" doc:"As it is written. At most 120 characters."`
}

type wordsSaid struct {
	Body struct {
		Words  []WordText `json:"words" maxItems:"100"`
		EvenSo bool       `json:"evenSo" required:"false" doc:"Add also words that name another concept in their language already."`
	}
}

// WordPath names a local word; exported for huma to look into it.
type WordPath struct {
	ID string `path:"id" maxLength:"60" doc:"The identifier of the word."`
}

type wordWithdrawal struct {
	WordPath
	Body struct {
		Reason string `json:"reason" maxLength:"1000" doc:"Why; kept with the word. At most 300 characters."`
	}
}

// Reader says in which language names are answered; exported for huma to look into it.
type Reader struct {
	Tongue string `query:"reader" maxLength:"8" doc:"Language of the names in the answer: ISO 639-1; left out, the account's."`
}

// of is the reader's language.
func (r Reader) of(who identity.Actor) string { return cmp.Or(r.Tongue, who.Locale, "en") }

type wordFilter struct {
	Page
	Reader
	Concept string `query:"concept" maxLength:"300" doc:"Only words for this concept."`
	Of      string `query:"of" maxLength:"8" doc:"Only words of this language."`
}

type conceptAsked struct {
	Reader
	Kind string `query:"kind" required:"true" enum:"occupation,skill"`
	ID   string `query:"id" required:"true" minLength:"1" maxLength:"300" doc:"An ISCO-08 unit group, an everyday occupation, or a skill."`
}

type tried struct {
	Reader
	Body struct {
		Text     string `json:"text" maxLength:"20000" doc:"A title, a skill, or a whole text."`
		Language string `json:"language" maxLength:"8" doc:"Language of the text; empty: not known."`
	}
}

type wordCan struct {
	Withdraw bool `json:"withdraw"`
}

type wordView struct {
	ID           string     `json:"id"`
	Kind         string     `json:"kind" enum:"occupation,skill"`
	Concept      string     `json:"concept"`
	ConceptLabel string     `json:"conceptLabel" doc:"In the reader's language."`
	Language     string     `json:"language"`
	Word         string     `json:"word"`
	Demo         bool       `json:"demo"`
	Author       string     `json:"author"`
	Organisation string     `json:"organisation"`
	AddedAt      time.Time  `json:"addedAt"`
	WithdrawnAt  *time.Time `json:"withdrawnAt,omitempty" doc:"Since when it is out of use."`
	Withdrawer   string     `json:"withdrawer"`
	Reason       string     `json:"reason" doc:"Why it was withdrawn."`
	Can          wordCan    `json:"can"`
}

type labelView struct {
	Language  string `json:"language"`
	Label     string `json:"label"`
	Preferred bool   `json:"preferred"`
	Origin    string `json:"origin" enum:"shipped,esco"`
}

type conceptView struct {
	Kind    string      `json:"kind" enum:"occupation,skill"`
	ID      string      `json:"id"`
	Label   string      `json:"label" doc:"In the reader's language."`
	Sector  string      `json:"sector" doc:"Of a skill."`
	Groups  []namedCode `json:"groups" doc:"ISCO-08 groups: of the occupation, or whose people use the skill."`
	Broader []namedCode `json:"broader" doc:"Skills that include this one."`
	Labels  []labelView `json:"labels"`
	Words   []wordView  `json:"words" doc:"What staff added, also what was withdrawn, newest first."`
	ESCO    escoView    `json:"esco"`
}

type linkView struct {
	Kind    string `json:"kind" enum:"occupation,skill"`
	Concept string `json:"concept"`
	Label   string `json:"label"`
	Matched string `json:"matched" doc:"The label that the words met."`
	Weight  int    `json:"weight" doc:"How much it tells, in thousandths; 0 where nobody weighed."`
	Local   bool   `json:"local" doc:"The label is a word that staff added."`
}

type mentionView struct {
	Concept string `json:"concept"`
	Label   string `json:"label"`
	Words   string `json:"words" doc:"As they stand in the text."`
	Local   bool   `json:"local" doc:"A word that staff added."`
}

type trialView struct {
	Occupations []linkView    `json:"occupations" doc:"What the text means as a job title, best first."`
	Skill       *linkView     `json:"skill,omitempty" doc:"What the text means as the name of a skill."`
	Skills      []linkView    `json:"skills" doc:"The skills that the text probably names, best first."`
	Fields      []linkView    `json:"fields" doc:"The fields of study (ISCED-F 2013) that the text probably names, best first."`
	Mentions    []mentionView `json:"mentions" doc:"The skills that the text speaks of, in their order."`
}

// vocabularyRoutes let staff teach the vocabulary words, and see what it knows.
func (a *API) vocabularyRoutes() []Route {
	staff := identity.Only(identity.Coordinator, identity.Ministry, identity.Administrator)
	return []Route{
		on("GET", "/vocabulary/words", staff, "list-words", "The words that staff added, newest first", a.listWords),
		creates("/vocabulary/words", staff, "add-words", "Add words for concepts: all, or none", a.addWords, a.addedWords),
		on("POST", "/vocabulary/words/{id}/withdraw", staff, "withdraw-word", "Take a word out of use", a.withdrawWord),
		on("GET", "/vocabulary/concept", staff, "show-concept", "A concept with its labels and where each comes from", a.showConcept),
		on("POST", "/vocabulary/try", staff, "try-words", "What a title, a skill or a text links to", a.tryWords),
	}
}

func viewWord(w taxonomy.SignedWord) wordView {
	return wordView{ID: w.ID, Kind: w.Kind, Concept: w.Concept, ConceptLabel: w.ConceptLabel, Language: w.Language, Word: w.Word, Demo: w.Demo,
		Author: w.Author, Organisation: w.Organisation, AddedAt: w.AddedAt, WithdrawnAt: w.WithdrawnAt, Withdrawer: w.Withdrawer, Reason: w.Reason,
		Can: wordCan{Withdraw: w.CanWithdraw}}
}

func (a *API) listWords(ctx context.Context, who identity.Actor, in *wordFilter) (list[wordView], error) {
	words, next, err := a.Words.List(ctx, who, taxonomy.WordFilter{Concept: in.Concept, Language: in.Of, After: in.After, Limit: in.Limit}, in.of(who))
	return listOf(mapped(words, viewWord), next), err
}

func (a *API) addWords(ctx context.Context, who identity.Actor, in *wordsSaid) (string, error) {
	words := mapped(in.Body.Words, func(w WordText) taxonomy.NewWord { return taxonomy.NewWord(w) })
	added, err := a.Words.Add(ctx, who, words, in.Body.EvenSo)
	if err != nil {
		return "", err
	}
	return added[0].ID, nil
}

// addedWords returns a word with those that were added with it.
func (a *API) addedWords(ctx context.Context, who identity.Actor, wordID string) (list[wordView], error) {
	words, err := a.Words.Together(ctx, who, wordID, who.Locale)
	return listOf(mapped(words, viewWord), ""), err
}

func (a *API) withdrawWord(ctx context.Context, who identity.Actor, in *wordWithdrawal) (wordView, error) {
	if _, err := a.Words.Withdraw(ctx, who, in.ID, in.Body.Reason); err != nil {
		return wordView{}, err
	}
	word, err := a.Words.Find(ctx, who, in.ID, who.Locale)
	return viewWord(word), err
}

func (a *API) showConcept(ctx context.Context, who identity.Actor, in *conceptAsked) (conceptView, error) {
	known, ok := a.Taxonomy.Concept(in.Kind, in.ID, in.of(who))
	if !ok {
		return conceptView{}, fault.New(fault.Missing, "concept.missing", "The vocabulary knows no such concept.")
	}
	words, _, err := a.Words.List(ctx, who, taxonomy.WordFilter{Concept: known.ID, Limit: 100}, in.of(who))
	if err != nil {
		return conceptView{}, err
	}
	view := conceptView{Kind: known.Kind, ID: known.ID, Label: known.Label, Sector: known.Sector, Words: mapped(words, viewWord),
		Groups:  mapped(known.ISCO, func(code string) namedCode { return namedCode{code, a.Taxonomy.Title(code, in.of(who))} }),
		Broader: mapped(known.Broader, func(id string) namedCode { return namedCode{id, a.Taxonomy.Label(id, in.of(who))} }),
		Labels: mapped(known.Labels, func(l taxonomy.OriginLabel) labelView {
			return labelView{Language: l.Language, Label: l.Label, Preferred: l.Preferred, Origin: l.Origin}
		})}
	if a.Taxonomy.ESCO().Loaded {
		view.ESCO = escoView{Loaded: true, Notice: taxonomy.ESCONotice}
	}
	return view, nil
}

// tryWords changes nothing. It is a POST because a text may speak of a person,
// and addresses are written into logs.
func (a *API) tryWords(_ context.Context, who identity.Actor, in *tried) (trialView, error) {
	text, language := in.Body.Text, in.Body.Language
	view := trialView{Occupations: []linkView{}, Skills: []linkView{}, Fields: []linkView{}, Mentions: []mentionView{}}
	for _, s := range a.Taxonomy.LinkSkills(text, language) {
		view.Skills = append(view.Skills, linkView{Kind: taxonomy.SkillKind, Concept: s.ID, Label: a.Taxonomy.Label(s.ID, in.of(who)), Matched: s.Matched, Weight: s.Weight})
	}
	for _, s := range a.Taxonomy.LinkFields(text, language) {
		view.Fields = append(view.Fields, linkView{Kind: "field", Concept: s.ID, Label: s.Label, Matched: s.Matched, Weight: s.Weight})
	}
	for _, s := range a.Taxonomy.LinkOccupation(text, language) {
		view.Occupations = append(view.Occupations, linkView{Kind: taxonomy.OccupationKind, Concept: s.ID, Label: a.Taxonomy.Title(s.ID, in.of(who)),
			Matched: s.Matched, Weight: s.Weight, Local: a.Taxonomy.IsLocal(taxonomy.OccupationKind, s.ID, s.Matched)})
	}
	if id, ok := a.Taxonomy.LinkSkill(text, language); ok {
		view.Skill = &linkView{Kind: taxonomy.SkillKind, Concept: id, Label: a.Taxonomy.Label(id, in.of(who)), Matched: text,
			Local: a.Taxonomy.IsLocal(taxonomy.SkillKind, id, text)}
	}
	for _, m := range a.Taxonomy.Mentions(text, language) {
		view.Mentions = append(view.Mentions, mentionView{Concept: m.Concept, Label: a.Taxonomy.Label(m.Concept, in.of(who)), Words: m.Words,
			Local: a.Taxonomy.IsLocal(taxonomy.SkillKind, m.Concept, m.Words)})
	}
	return view, nil
}
