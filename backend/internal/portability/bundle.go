// SPDX-License-Identifier: AGPL-3.0-or-later

// Package portability gives a person everything that is held about them: the
// profile in a form that can be read in again, every row of every table as the
// inventory lists them, who looked and who was told, and each frozen ranking with
// the score and its reasons.
package portability

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"sankofa/backend/internal/audit"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/inventory"
	"sankofa/backend/internal/privacy"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/store"
)

// Format names the form of the export, for whoever reads it in again.
const Format = "sankofa.person/1"

// mostLooks bounds how many looks are told one by one.
const mostLooks = 20_000

// Bundle is everything about one person.
type Bundle struct {
	At         time.Time
	Profile    registry.Profile
	Consents   []privacy.Consent
	Records    map[string][]map[string]any // rows by table, without secrets and without who among officers wrote them
	Looks      []audit.Look
	Recipients []Recipient
	Rankings   []Standing
	Sections   map[string][]json.RawMessage // what documents about many say of the person
	Withheld   []string                     // columns that are not told, and why not
}

// Recipient is an organisation that was shown something.
type Recipient struct {
	Organisation string    `json:"organisation"`
	Times        int       `json:"times"`
	First        time.Time `json:"first"`
	Last         time.Time `json:"last"`
}

// Standing is the person's place in one frozen ranking, with its reasons.
type Standing struct {
	Need    string          `json:"need"` // reference
	TakenAt time.Time       `json:"takenAt"`
	Rank    int             `json:"rank"`
	Score   int             `json:"score"`
	OutOf   int             `json:"outOf"`
	Reasons json.RawMessage `json:"reasons,omitempty"` // as the shortlist kept them
}

// Service gathers.
type Service struct {
	DB    *store.DB
	Audit *audit.Service
}

// Gather returns everything about the person who asks.
func (s *Service) Gather(ctx context.Context, who identity.Actor) (Bundle, error) {
	if !who.Is(identity.Professional) || who.ProfessionalID == "" {
		return Bundle{}, fault.New(fault.Missing, "missing", "There is nothing here for you.")
	}
	looks, err := s.looks(ctx, who)
	if err != nil {
		return Bundle{}, err
	}
	b := Bundle{At: s.DB.Now(), Looks: looks, Recipients: recipients(looks), Records: map[string][]map[string]any{}, Sections: map[string][]json.RawMessage{}}
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		found, err := registry.ProfilesIn(tx, []string{who.ProfessionalID})
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return fault.New(fault.Missing, "missing", "There is nothing here for you.")
		}
		b.Profile = found[0]
		if b.Consents, err = privacy.ConsentsIn(tx, who.ProfessionalID); err != nil {
			return err
		}
		if err := b.read(tx, who); err != nil {
			return err
		}
		return b.rank(tx)
	})
	return b, err
}

// looks reads who looked, page by page.
func (s *Service) looks(ctx context.Context, who identity.Actor) ([]audit.Look, error) {
	var all []audit.Look
	before := int64(0)
	for {
		some, next, err := s.Audit.WhoLooked(ctx, who, before, 100)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
		if before = next; next == 0 || len(all) >= mostLooks {
			return all, nil
		}
	}
}

// recipients counts who was shown something.
func recipients(looks []audit.Look) []Recipient {
	at := map[string]int{}
	var all []Recipient
	for _, l := range looks {
		if l.Organisation == "" {
			continue
		}
		i, ok := at[l.Organisation]
		if !ok {
			i = len(all)
			at[l.Organisation] = i
			all = append(all, Recipient{Organisation: l.Organisation, First: l.At, Last: l.At})
		}
		all[i].Times++
		all[i].First = earlier(all[i].First, l.At)
		if l.At.After(all[i].Last) {
			all[i].Last = l.At
		}
	}
	return all
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// read copies the person's rows out of every table of the inventory.
func (b *Bundle) read(tx *store.Tx, who identity.Actor) error {
	values := map[string]any{"person": b.Profile.ID, "user": who.UserID, "pseudonym": b.Profile.Pseudonym}
	for _, table := range inventory.Tables() {
		if table.Section != "" {
			if err := b.quote(tx, table); err != nil {
				return err
			}
			continue
		}
		if table.Whose == "" {
			continue
		}
		columns := b.told(table)
		if len(columns) == 0 {
			continue
		}
		whose := table.Whose
		if table.Name == "users" {
			whose = "id = @user" // an officer's account stays at an erasure, but is told
		}
		var rows []map[string]any
		err := tx.Table(table.Name).Select(columns).Where(whose, values).Find(&rows).Error
		if err != nil {
			return fmt.Errorf("export %s: %w", table.Name, err)
		}
		if len(rows) > 0 {
			b.Records[table.Name] = rows
		}
	}
	return nil
}

// told lists the columns of a table that the person is told; of the others it says
// why not.
func (b *Bundle) told(table inventory.Table) []string {
	var columns []string
	for _, c := range table.Columns {
		switch c.Kind {
		case inventory.Secret:
			b.Withheld = append(b.Withheld, table.Name+"."+c.Name+": a digest or a key; telling it would endanger you")
		case inventory.Act:
			b.Withheld = append(b.Withheld, table.Name+"."+c.Name+": which officer it was is the officer's own data; the organisation is told")
		default:
			columns = append(columns, c.Name)
		}
	}
	return columns
}

// rank finds the person in the frozen rankings.
func (b *Bundle) rank(tx *store.Tx) error {
	var rows []struct {
		Reference string
		TakenAt   time.Time
		Body      string
	}
	err := tx.Raw(`SELECT n.reference, s.taken_at, s.body FROM ranking_snapshots s JOIN needs n ON n.id = s.need_id
		WHERE s.body LIKE ? ORDER BY s.taken_at, s.id`, `%"`+b.Profile.Pseudonym+`"%`).Scan(&rows).Error
	if err != nil {
		return fmt.Errorf("export rankings: %w", err)
	}
	for _, r := range rows {
		var doc struct{ Candidates, Others []json.RawMessage }
		if err := json.Unmarshal([]byte(r.Body), &doc); err != nil {
			return fmt.Errorf("export rankings: %w", err)
		}
		for _, entry := range slices.Concat(doc.Candidates, doc.Others) {
			var one struct {
				Rank, Score, OutOf int
				Person             string
				Criteria           json.RawMessage
			}
			if json.Unmarshal(entry, &one) == nil && one.Person == b.Profile.Pseudonym {
				b.Rankings = append(b.Rankings, Standing{Need: r.Reference, TakenAt: r.TakenAt.UTC(), Rank: one.Rank, Score: one.Score, OutOf: max(one.OutOf, 1000), Reasons: entry})
			}
		}
	}
	return nil
}

// quote copies what a document about many says of the person.
func (b *Bundle) quote(tx *store.Tx, table inventory.Table) error {
	for _, c := range table.Columns {
		if c.Kind != inventory.Working {
			continue
		}
		var texts []string
		err := tx.Raw("SELECT "+c.Name+" FROM "+table.Name+" WHERE "+c.Name+" LIKE ? OR "+c.Name+" LIKE ?",
			`%"`+b.Profile.Pseudonym+`"%`, `%"`+b.Profile.ID+`"%`).Scan(&texts).Error
		if err != nil {
			return fmt.Errorf("export %s: %w", table.Name, err)
		}
		for _, text := range texts {
			var doc any
			if err := json.Unmarshal([]byte(text), &doc); err != nil {
				return fmt.Errorf("export %s: %w", table.Name, err)
			}
			b.Sections[table.Section] = append(b.Sections[table.Section], about(doc, b.Profile.Pseudonym, b.Profile.ID)...)
		}
	}
	return nil
}

// about collects the entries of lists that are about the person.
func about(doc any, names ...string) []json.RawMessage {
	var out []json.RawMessage
	switch v := doc.(type) {
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			out = append(out, about(v[key], names...)...)
		}
	case []any:
		for i, value := range v {
			one, _ := value.(map[string]any)
			if text, ok := value.(string); ok && slices.Contains(names, text) {
				said, _ := json.Marshal(map[string]int{"position": i + 1})
				out = append(out, said)
				continue
			}
			if who, ok := one["person"].(string); ok && slices.Contains(names, who) {
				said, _ := json.Marshal(one) // it came from JSON
				out = append(out, said)
				continue
			}
			out = append(out, about(value, names...)...)
		}
	}
	return out
}
