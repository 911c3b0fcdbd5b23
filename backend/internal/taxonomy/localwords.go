// SPDX-License-Identifier: AGPL-3.0-or-later

package taxonomy

import (
	"context"
	"strings"
	"time"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/store"
)

// LocalWord is a word that staff added for a concept: a row.
type LocalWord struct {
	ID           string
	Kind         string // OccupationKind or SkillKind
	Concept      string // an ISCO-08 unit group, an everyday occupation such as "2222.midwife", or a skill
	Language     string // ISO 639
	Word         string // as it is written, Unicode NFC
	Folded       string // as words are compared
	Demo         bool
	ProgrammeID  string // that the author acted in
	AddedBy      string
	AddedFor     string // the organisation
	AddedAt      time.Time
	WithdrawnBy  string
	WithdrawnFor string
	WithdrawnAt  *time.Time
	Reason       string // why it was withdrawn
}

// TableName names the table for GORM.
func (LocalWord) TableName() string { return "local_words" }

// group is the unit group of an occupation's word.
func (w LocalWord) group() string {
	code, _, _ := strings.Cut(w.Concept, ".")
	return code
}

// NewWord is what somebody wants to add.
type NewWord struct {
	Kind     string
	Concept  string
	Language string
	Word     string
}

// Words keeps the local words. Coordinators, ministries and administrators may
// add some: the first two know how people at home speak, and the third keeps
// the installation. Everybody's matching changes with a word, so nobody else may.
type Words struct {
	DB       *store.DB
	Taxonomy *Taxonomy
}

// keepers are the roles that may read and add local words.
var keepers = []identity.Role{identity.Coordinator, identity.Ministry, identity.Administrator}

// nothing is the answer to whoever has no business here.
var nothing = fault.New(fault.Missing, "missing", "There is nothing here for you.")

// MostAtOnce is how many words one request may add.
const MostAtOnce = 100

// Add adds words, all of them or, when anything is wrong, none; every complaint
// is told at once. A word that names another concept in its language already is
// refused unless evenSo. They work when this returns: here at once, and on other
// servers of the database as soon as the ledger tells them.
func (w *Words) Add(ctx context.Context, who identity.Actor, words []NewWord, evenSo bool) ([]LocalWord, error) {
	if !who.Is(keepers...) {
		return nil, nothing
	}
	checked, err := w.Taxonomy.checkWords(words, evenSo, who.Locale)
	if err != nil {
		return nil, err
	}
	err = w.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		for i := range checked {
			one := &checked[i]
			one.ID, one.Demo, one.ProgrammeID = id.New(), who.Demo, who.ProgrammeID
			one.AddedBy, one.AddedFor, one.AddedAt = who.UserID, who.OrganisationID, tx.Now
			tx.Emit("word.added", one.ID, store.Details{"kind": one.Kind, "concept": one.Concept, "language": one.Language})
		}
		return tx.CreateInBatches(checked, atOnce).Error
	})
	if fault.HasCode(err, "duplicate") {
		return nil, fault.New(fault.Conflict, "word.added_meanwhile",
			"Somebody else has just added one of these words. Reload the list and leave it out.").Because(err)
	}
	if err != nil {
		return nil, err
	}
	return checked, w.Taxonomy.ReadLocal(ctx, w.DB)
}

// Withdraw takes a word out of use; who did it, when and why stays on record.
// A ministry withdraws what it added itself, a coordinator what was added in the
// programme, an administrator any.
func (w *Words) Withdraw(ctx context.Context, who identity.Actor, wordID, reason string) (LocalWord, error) {
	var word LocalWord
	if !who.Is(keepers...) {
		return word, nothing
	}
	var c fault.Check
	c.Length(strings.TrimSpace(reason), "reason", 1, 300)
	if err := c.Err(); err != nil {
		return word, err
	}
	err := w.DB.Change(ctx, who.Author(), func(tx *store.Tx) (err error) {
		if word, err = findWord(tx, wordID); err != nil {
			return err
		}
		if !word.mayWithdraw(who) {
			return fault.New(fault.Denied, "word.others", "This word was added by somebody else. Ask them, or an administrator, to withdraw it.")
		}
		if err := endWord(tx, &word, who, strings.TrimSpace(reason)); err != nil {
			return err
		}
		tx.Emit("word.withdrawn", word.ID, store.Details{"kind": word.Kind, "concept": word.Concept, "language": word.Language})
		return nil
	})
	if err != nil {
		return word, err
	}
	return word, w.Taxonomy.ReadLocal(ctx, w.DB)
}

// mayWithdraw tells whether the word is the actor's to withdraw.
func (w LocalWord) mayWithdraw(who identity.Actor) bool {
	switch who.Role {
	case identity.Administrator:
		return true
	case identity.Coordinator:
		return w.ProgrammeID == who.ProgrammeID && w.ProgrammeID != ""
	case identity.Ministry:
		return w.AddedFor == who.OrganisationID && w.AddedFor != ""
	}
	return false
}

// WordFilter chooses local words.
type WordFilter struct {
	Concept  string // only of this concept
	Language string // only of this language
	After    string // only older ones: the identifier of the last one seen
	Limit    int
}

// SignedWord is a local word with the names of those who added and withdrew it.
type SignedWord struct {
	LocalWord
	Author       string
	Organisation string
	Withdrawer   string
	CanWithdraw  bool   `gorm:"-"`
	ConceptLabel string `gorm:"-"` // in the reader's language
}

// List returns local words, newest first, also those that were withdrawn.
func (w *Words) List(ctx context.Context, who identity.Actor, f WordFilter, language string) (words []SignedWord, next string, err error) {
	if !who.Is(keepers...) {
		return nil, "", nothing
	}
	if f.Concept != "" { // a concept of ESCO may stand for one of ours
		f.Concept = w.Taxonomy.now.Load().known(f.Concept)
	}
	f.Limit = min(max(f.Limit, 1), 100)
	err = w.DB.View(ctx, func(tx *store.Tx) error {
		words, err = listWords(tx, f)
		return err
	})
	if err != nil {
		return nil, "", err
	}
	if len(words) > f.Limit {
		words = words[:f.Limit]
		next = words[f.Limit-1].ID
	}
	w.tell(words, who, language)
	return words, next, nil
}

// tell says what the reader needs beside the row: the concept in their language,
// and what they may do.
func (w *Words) tell(words []SignedWord, who identity.Actor, language string) {
	for i := range words {
		words[i].CanWithdraw = words[i].WithdrawnAt == nil && words[i].mayWithdraw(who)
		words[i].ConceptLabel = w.Taxonomy.conceptLabel(words[i].Kind, words[i].Concept, language)
	}
}

// Together returns a word and those that were added with it.
func (w *Words) Together(ctx context.Context, who identity.Actor, wordID, language string) ([]SignedWord, error) {
	return w.some(ctx, who, language, func(tx *store.Tx) ([]SignedWord, error) { return wordsTogether(tx, wordID) })
}

// Find returns one word.
func (w *Words) Find(ctx context.Context, who identity.Actor, wordID, language string) (SignedWord, error) {
	words, err := w.some(ctx, who, language, func(tx *store.Tx) ([]SignedWord, error) {
		var found []SignedWord
		err := signed(tx).Where("w.id = ?", wordID).Scan(&found).Error
		return found, err
	})
	if err != nil {
		return SignedWord{}, err
	}
	if len(words) == 0 {
		return SignedWord{}, fault.New(fault.Missing, "word.missing", "There is no such word.")
	}
	return words[0], nil
}

// some reads words for a keeper.
func (w *Words) some(ctx context.Context, who identity.Actor, language string, read func(*store.Tx) ([]SignedWord, error)) ([]SignedWord, error) {
	if !who.Is(keepers...) {
		return nil, nothing
	}
	var words []SignedWord
	err := w.DB.View(ctx, func(tx *store.Tx) (err error) {
		words, err = read(tx)
		return err
	})
	w.tell(words, who, language)
	return words, err
}
