// SPDX-License-Identifier: AGPL-3.0-or-later

package documents

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"

	"sankofa/backend/internal/curriculum"
	"sankofa/backend/internal/day"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/store"
)

// Decide takes the person's answer to one suggestion. An accepted one is written
// to the profile in the same moment, with the value that the person mended, if
// they did; nothing else of the CV is.
func (s *Service) Decide(ctx context.Context, who identity.Actor, suggestionID string, answer Answer, mended json.RawMessage) (r Reading, err error) {
	own, err := self(who)
	if err != nil {
		return r, err
	}
	settle := func(tx *store.Tx) (Suggestion, error) {
		if r, err = readingIn(tx, own); err != nil {
			return Suggestion{}, err
		}
		return r.settleIn(tx, suggestionID, answer, mended)
	}
	if answer != Accepted {
		err = s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
			_, err := settle(tx)
			return err
		})
		return r, err
	}
	_, err = s.Registry.Rewrite(ctx, who, func(tx *store.Tx, now registry.Profile) (registry.Profile, error) {
		one, err := settle(tx)
		if err != nil {
			return now, err
		}
		return now, put(&now, one)
	})
	return r, err
}

// settleIn keeps the answer to a suggestion and returns it.
func (r *Reading) settleIn(tx *store.Tx, suggestionID string, answer Answer, mended json.RawMessage) (Suggestion, error) {
	at := slices.IndexFunc(r.Suggestions, func(one Suggestion) bool { return one.ID == suggestionID })
	if at < 0 {
		return Suggestion{}, fault.New(fault.Missing, "suggestion.missing", "There is no such suggestion. Perhaps another CV was sent meanwhile.")
	}
	one := &r.Suggestions[at]
	if one.Answer == Accepted {
		return Suggestion{}, fault.New(fault.Conflict, "suggestion.settled", "This is in your profile already.")
	}
	if len(mended) > 0 && !bytes.Equal(mended, []byte("null")) {
		one.Value = mended
	}
	one.Answer = answer
	said, err := json.Marshal(r.Suggestions)
	if err != nil {
		return Suggestion{}, err
	}
	r.Said = string(said)
	tx.Emit("cv.answered", r.ID, store.Details{"professional": r.ProfessionalID, "field": one.Field, "answer": string(answer)})
	return *one, tx.Exec(`UPDATE cv_readings SET suggestions = ? WHERE id = ?`, r.Said, r.ID).Error
}

// unreadable is said of a mended value that is not what the field holds.
func unreadable() error {
	var c fault.Check
	c.That(false, "value", "value.kind", "This value does not fit the field.")
	return c.Err()
}

// read reads a value strictly: what the field does not know is refused.
func read(value json.RawMessage, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(value))
	decoder.DisallowUnknownFields()
	if decoder.Decode(into) != nil || decoder.More() {
		return unreadable()
	}
	return nil
}

// put writes an accepted suggestion into a profile: a field, or one more row of a
// list. Lists are copied, since others may hold them.
func put(p *registry.Profile, one Suggestion) error {
	texts := map[string]*string{"givenName": &p.GivenName, "familyName": &p.FamilyName, "email": &p.Email, "phone": &p.Phone,
		"occupationTitle": &p.OccupationTitle, "isco": &p.ISCO, "summary": &p.Summary}
	switch one.Field {
	case "birthDate":
		return read(one.Value, &p.BirthDate)
	case "yearsExperience":
		return read(one.Value, &p.YearsExperience)
	case "experience":
		return add(&p.Experience, one.Value, post)
	case "education":
		return add(&p.Education, one.Value, degree)
	case "languages":
		return addLanguage(p, one.Value)
	case "skills":
		return add(&p.Skills, one.Value, skill)
	case "licences":
		return add(&p.Licences, one.Value, licence)
	}
	if to := texts[one.Field]; to != nil {
		return read(one.Value, to)
	}
	return unreadable()
}

// add appends a row.
func add[T any](to *[]T, value json.RawMessage, parse func(json.RawMessage) (T, error)) error {
	row, err := parse(value)
	if err == nil {
		*to = append(slices.Clone(*to), row)
	}
	return err
}

func post(value json.RawMessage) (registry.Experience, error) {
	var v struct {
		Title, ISCO, Employer, Country, Description string
		From, To                                    day.Day
	}
	err := read(value, &v)
	return registry.Experience{Title: v.Title, ISCO: v.ISCO, Employer: v.Employer, Country: v.Country, From: v.From, To: v.To, Description: v.Description}, err
}

func degree(value json.RawMessage) (registry.Education, error) {
	var v struct {
		Level, Year                        int
		Field, Title, Institution, Country string
	}
	err := read(value, &v)
	return registry.Education{Level: v.Level, Field: v.Field, Title: v.Title, Institution: v.Institution, Country: v.Country, Year: v.Year}, err
}

func skill(value json.RawMessage) (registry.Skill, error) {
	var v struct {
		ID, Concept, Label, Evidence string
		Level, Years, LastUsed       int
	}
	err := read(value, &v)
	return registry.Skill{Concept: v.Concept, Label: v.Label, Level: v.Level, Years: v.Years, LastUsed: v.LastUsed, Evidence: registry.Claimed}, err
}

func licence(value json.RawMessage) (registry.Licence, error) {
	var v struct {
		Body, Number, Country, ISCO, DocumentID string
		ValidFrom, ValidUntil, GoodStandingOn   day.Day
	}
	err := read(value, &v)
	return registry.Licence{Body: v.Body, Number: v.Number, Country: v.Country, ISCO: v.ISCO, ValidFrom: v.ValidFrom, ValidUntil: v.ValidUntil,
		GoodStandingOn: v.GoodStandingOn, DocumentID: v.DocumentID}, err
}

// addLanguage adds a language, or takes the place of the same one: a profile has
// each once.
func addLanguage(p *registry.Profile, value json.RawMessage) error {
	var v struct {
		Language                                             string
		Native                                               bool
		Listening, Reading, Interaction, Production, Writing string
	}
	if err := read(value, &v); err != nil {
		return err
	}
	row := registry.Language{Language: v.Language, Native: v.Native, Listening: registry.ParseCEFR(v.Listening), Reading: registry.ParseCEFR(v.Reading),
		Interaction: registry.ParseCEFR(v.Interaction), Production: registry.ParseCEFR(v.Production), Writing: registry.ParseCEFR(v.Writing)}
	rest := slices.DeleteFunc(slices.Clone(p.Languages), func(l registry.Language) bool { return l.Language == row.Language })
	p.Languages = append(rest, row)
	return nil
}

// UseText lets searches read the whole text of the CV, or ends that. It is the
// person's own step; reading a CV does not do it.
func (s *Service) UseText(ctx context.Context, who identity.Actor, use bool) (r Reading, err error) {
	if r, err = s.CV(ctx, who); err != nil {
		return r, err
	}
	text := ""
	if use {
		if text, err = s.text(ctx, r); err != nil {
			return r, err
		}
	}
	_, err = s.Registry.Rewrite(ctx, who, func(tx *store.Tx, now registry.Profile) (registry.Profile, error) {
		if r, err = readingIn(tx, r.ProfessionalID); err != nil {
			return now, err
		}
		now.CVText, now.CVLanguage = text, ""
		if use {
			now.CVLanguage = r.Language
		}
		r.TextUsed = use
		return now, tx.Exec(`UPDATE cv_readings SET text_used = ? WHERE id = ?`, use, r.ID).Error
	})
	return r, err
}

// mostSearched is how many characters of a CV searches read; the registry takes
// no more.
const mostSearched = 60_000

// text reads the words of a CV again, from the document that is kept.
func (s *Service) text(ctx context.Context, r Reading) (string, error) {
	content, err := s.Files.Read(r.File)
	if err != nil {
		return "", err
	}
	defer func() { _ = content.Close() }()
	limited, cancel := context.WithTimeout(ctx, readTime)
	defer cancel()
	found, err := curriculum.Read(limited, curriculum.Document{Content: content, Size: content.Size(), Type: string(r.File.MediaType)},
		linker{s.Taxonomy}, s.DB.Now())
	if err != nil {
		return "", err
	}
	if long := []rune(found.Text); len(long) > mostSearched {
		return string(long[:mostSearched]), nil
	}
	return found.Text, nil
}
