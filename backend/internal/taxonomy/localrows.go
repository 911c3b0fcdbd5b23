// SPDX-License-Identifier: AGPL-3.0-or-later

package taxonomy

import (
	"gorm.io/gorm"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/store"
)

// wordsInUse returns the local words that nobody has withdrawn.
func wordsInUse(tx *store.Tx) ([]LocalWord, error) {
	var words []LocalWord
	err := tx.Where("withdrawn_at IS NULL").Order("id").Find(&words).Error
	return words, err
}

// findWord returns a local word, in use or not.
func findWord(tx *store.Tx, wordID string) (LocalWord, error) {
	var found []LocalWord
	if err := tx.Where("id = ?", wordID).Find(&found).Error; err != nil {
		return LocalWord{}, err
	}
	if len(found) == 0 {
		return LocalWord{}, fault.New(fault.Missing, "word.missing", "There is no such word.")
	}
	return found[0], nil
}

// wordsNamed returns the local words with the identifiers, in use or not.
func wordsNamed(tx *store.Tx, ids []string) ([]LocalWord, error) {
	var found []LocalWord
	err := tx.Where("id IN ?", ids).Order("id").Find(&found).Error
	return found, err
}

// endWord withdraws a word, unless somebody else was faster.
func endWord(tx *store.Tx, w *LocalWord, who identity.Actor, reason string) error {
	w.WithdrawnBy, w.WithdrawnFor, w.WithdrawnAt, w.Reason = who.UserID, who.OrganisationID, &tx.Now, reason
	res := tx.Model(w).Where("withdrawn_at IS NULL").Select("withdrawn_by", "withdrawn_for", "withdrawn_at", "reason").Updates(w)
	if res.Error == nil && res.RowsAffected == 0 {
		return fault.New(fault.Conflict, "word.withdrawn", "This word was withdrawn already.")
	}
	return res.Error
}

// signed selects words with the names of those who signed for them.
func signed(tx *store.Tx) *gorm.DB {
	return tx.Table("local_words w").
		Select(`w.*, COALESCE(u.name, '') AS author, COALESCE(o.name, '') AS organisation, COALESCE(v.name, '') AS withdrawer`).
		Joins("LEFT JOIN users u ON u.id = w.added_by").Joins("LEFT JOIN organisations o ON o.id = w.added_for").
		Joins("LEFT JOIN users v ON v.id = w.withdrawn_by")
}

// wordsTogether returns the words that one change added.
func wordsTogether(tx *store.Tx, wordID string) ([]SignedWord, error) {
	one, err := findWord(tx, wordID)
	if err != nil {
		return nil, err
	}
	var words []SignedWord
	err = signed(tx).Where("w.added_by = ? AND w.added_at = ?", one.AddedBy, one.AddedAt).Order("w.id").Scan(&words).Error
	return words, err
}

// listWords returns words, newest first: one more than asked for if there are more.
func listWords(tx *store.Tx, f WordFilter) ([]SignedWord, error) {
	query := signed(tx)
	if f.Concept != "" {
		query = query.Where("w.concept = ?", f.Concept)
	}
	if f.Language != "" {
		query = query.Where("w.language = ?", f.Language)
	}
	if f.After != "" {
		query = query.Where("w.id < ?", f.After)
	}
	var words []SignedWord
	err := query.Order("w.id DESC").Limit(f.Limit + 1).Scan(&words).Error
	return words, err
}

// AddLocalIn writes words within a larger change, for the demonstration. They
// were checked when it was written; those that are there already stay as they are.
func AddLocalIn(tx *store.Tx, words []LocalWord) error {
	for i := range words {
		w := &words[i]
		var there int64
		err := tx.Model(&LocalWord{}).Where("language = ? AND concept = ? AND folded = ? AND withdrawn_at IS NULL", w.Language, w.Concept, foldedWord(w.Word, w.Language)).
			Count(&there).Error
		if err != nil {
			return err
		}
		if there > 0 {
			continue
		}
		w.Folded = foldedWord(w.Word, w.Language)
		if err := tx.Create(w).Error; err != nil {
			return err
		}
		tx.Emit("word.added", w.ID, store.Details{"kind": w.Kind, "concept": w.Concept, "language": w.Language})
	}
	return nil
}
