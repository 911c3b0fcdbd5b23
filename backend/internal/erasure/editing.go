// SPDX-License-Identifier: AGPL-3.0-or-later

package erasure

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"sankofa/backend/internal/search"
	"sankofa/backend/internal/store"
)

// Documents about many people are not deleted for one: the person is taken out.
// Each is found by what stands for the person in it.
var documents = map[string]struct{ count, by string }{
	"ranking_snapshots": {"SELECT count(*) FROM ranking_snapshots WHERE body LIKE ?", "pseudonym"},
	"proposal_rounds":   {"SELECT count(*) FROM proposal_rounds WHERE result LIKE ? OR inputs LIKE ?", "pseudonym"},
	"host_preferences":  {"SELECT count(*) FROM host_preferences WHERE items LIKE ?", "person"},
}

// editable counts the documents in which the person stands.
func editable(tx *store.Tx, table, pseudonym, person string) (n int64, err error) {
	switch doc := documents[table]; {
	case doc.by == "person":
		err = tx.Raw(doc.count, within(person)).Scan(&n).Error
	case table == "proposal_rounds":
		err = tx.Raw(doc.count, within(pseudonym), within(pseudonym)).Scan(&n).Error
	default:
		err = tx.Raw(doc.count, within(pseudonym)).Scan(&n).Error
	}
	return n, err
}

// within is the pattern of a document that holds a quoted word.
func within(word string) string { return `%"` + word + `"%` }

// editIn takes the person out of the documents of one table.
func editIn(tx *store.Tx, table string, values map[string]any) (int64, error) {
	pseudonym, person := values["pseudonym"].(string), values["person"].(string)
	switch table {
	case "ranking_snapshots":
		return redactIn(tx, pseudonym)
	case "proposal_rounds":
		return withoutLineIn(tx, pseudonym)
	case "host_preferences":
		return withoutWishIn(tx, person)
	}
	return 0, fmt.Errorf("erasure: nobody knows how to take a person out of %s", table)
}

// redactIn takes the person's words out of frozen rankings. The ledger says which
// text took the place of which.
func redactIn(tx *store.Tx, pseudonym string) (int64, error) {
	var ids []string
	if err := tx.Raw(`SELECT id FROM ranking_snapshots WHERE body LIKE ?`, within(pseudonym)).Scan(&ids).Error; err != nil {
		return 0, err
	}
	for _, id := range ids {
		var body string
		if err := tx.Raw(`SELECT body FROM ranking_snapshots WHERE id = ?`, id).Scan(&body).Error; err != nil {
			return 0, err
		}
		after, found, err := search.Redact([]byte(body), pseudonym)
		if err != nil {
			return 0, fmt.Errorf("ranking %s: %w", id, err)
		}
		if !found {
			continue
		}
		sum := digest(string(after))
		err = tx.Exec(`UPDATE ranking_snapshots SET body = ?, sha256 = ?, redactions = redactions + 1 WHERE id = ?`, string(after), sum, id).Error
		if err != nil {
			return 0, err
		}
		tx.Emit("snapshot.redacted", id, store.Details{"before": digest(body), "after": sum})
	}
	return int64(len(ids)), nil
}

func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// withoutLineIn takes the lines about the person out of proposals.
func withoutLineIn(tx *store.Tx, pseudonym string) (int64, error) {
	var rows []struct {
		ProposalID     string
		Round          int
		Inputs, Result string
	}
	err := tx.Raw(`SELECT proposal_id, round, inputs, result FROM proposal_rounds WHERE result LIKE ? OR inputs LIKE ?`,
		within(pseudonym), within(pseudonym)).Scan(&rows).Error
	if err != nil {
		return 0, err
	}
	for _, r := range rows {
		inputs, err := without(r.Inputs, pseudonym)
		if err != nil {
			return 0, err
		}
		result, err := without(r.Result, pseudonym)
		if err != nil {
			return 0, err
		}
		err = tx.Exec(`UPDATE proposal_rounds SET inputs = ?, result = ? WHERE proposal_id = ? AND round = ?`, inputs, result, r.ProposalID, r.Round).Error
		if err != nil {
			return 0, err
		}
	}
	return int64(len(rows)), nil
}

// withoutWishIn takes the person out of what hosts would rather have.
func withoutWishIn(tx *store.Tx, person string) (int64, error) {
	var rows []struct{ NeedID, Items string }
	if err := tx.Raw(`SELECT need_id, items FROM host_preferences WHERE items LIKE ?`, within(person)).Scan(&rows).Error; err != nil {
		return 0, err
	}
	for _, r := range rows {
		items, err := without(r.Items, person)
		if err != nil {
			return 0, err
		}
		err = tx.Exec(`UPDATE host_preferences SET items = ?, version = version + 1, updated_at = ? WHERE need_id = ?`, items, tx.Now, r.NeedID).Error
		if err != nil {
			return 0, err
		}
	}
	return int64(len(rows)), nil
}

// without returns a JSON text without the entries of lists that are the name, or
// that are about who has it.
func without(text, name string) (string, error) {
	var doc any
	if err := json.Unmarshal([]byte(text), &doc); err != nil {
		return "", fmt.Errorf("read a document: %w", err)
	}
	out, err := json.Marshal(pruned(doc, name))
	return string(out), err
}

// pruned walks a document.
func pruned(doc any, name string) any {
	switch v := doc.(type) {
	case map[string]any:
		for key, value := range v {
			v[key] = pruned(value, name)
		}
	case []any:
		kept := make([]any, 0, len(v))
		for _, value := range v {
			about, _ := value.(map[string]any)
			if value == name || about != nil && about["person"] == name {
				continue
			}
			kept = append(kept, pruned(value, name))
		}
		return kept
	}
	return doc
}
