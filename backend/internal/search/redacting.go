// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// Redact takes a person who was erased out of a frozen ranking: the words, the
// reasons and the values that the score was made of. Place, pseudonym and score
// stay, so that the choice among the others can still be explained and computed
// again. It reads no more of the document than it changes, so that rankings of
// older rules keep every byte about everybody else. False: the person is not in it.
func Redact(body []byte, pseudonym string) ([]byte, bool, error) {
	var doc map[string]json.RawMessage
	if err := json.Unmarshal(body, &doc); err != nil {
		return nil, false, fmt.Errorf("read frozen ranking: %w", err)
	}
	found := false
	for _, list := range []string{"candidates", "others"} {
		changed, err := redactList(doc, list, pseudonym)
		if err != nil {
			return nil, false, err
		}
		found = found || changed
	}
	if !found {
		return body, false, nil
	}
	if err := redactMade(doc, pseudonym); err != nil {
		return nil, false, err
	}
	out, err := json.Marshal(doc)
	return out, true, err
}

// erasedLine is what stays of somebody who was erased.
type erasedLine struct {
	Rank   int    `json:"rank"`
	Person string `json:"person"`
	Score  int    `json:"score"`
	OutOf  int    `json:"outOf,omitempty"`
	Erased bool   `json:"erased"`
}

// redactList leaves of the person in one list only the line.
func redactList(doc map[string]json.RawMessage, name, pseudonym string) (bool, error) {
	var entries []json.RawMessage
	if doc[name] == nil {
		return false, nil
	}
	if err := json.Unmarshal(doc[name], &entries); err != nil {
		return false, fmt.Errorf("read %s of a frozen ranking: %w", name, err)
	}
	found := false
	for i, entry := range entries {
		var one erasedLine
		if err := json.Unmarshal(entry, &one); err != nil {
			return false, fmt.Errorf("read %s of a frozen ranking: %w", name, err)
		}
		if one.Person != pseudonym {
			continue
		}
		found, one.Erased = true, true
		entries[i], _ = json.Marshal(one) // a struct of text and numbers always encodes
	}
	if !found {
		return false, nil
	}
	text, err := json.Marshal(entries)
	doc[name] = text
	return true, err
}

// redactMade takes the person's values out of what the scores were made of.
func redactMade(doc map[string]json.RawMessage, pseudonym string) error {
	var zipped string
	if doc["made"] == nil || json.Unmarshal(doc["made"], &zipped) != nil || zipped == "" {
		return nil // frozen before rankings kept that
	}
	made, err := unzippedFields(zipped)
	if err != nil {
		return err
	}
	var people, kept []json.RawMessage
	if err := json.Unmarshal(made["people"], &people); err != nil {
		return fmt.Errorf("read what a frozen ranking was made of: %w", err)
	}
	for _, one := range people {
		var who struct{ Pseudonym string }
		if err := json.Unmarshal(one, &who); err != nil {
			return fmt.Errorf("read what a frozen ranking was made of: %w", err)
		}
		if who.Pseudonym != pseudonym {
			kept = append(kept, one)
		}
	}
	if made["people"], err = json.Marshal(kept); err != nil {
		return err
	}
	if zipped, err = zippedFields(made); err != nil {
		return err
	}
	doc["made"], err = json.Marshal(zipped)
	return err
}

// unzippedFields reads what a ranking was made of, field by field.
func unzippedFields(text string) (map[string]json.RawMessage, error) {
	raw, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil, fmt.Errorf("read what a frozen ranking was made of: %w", err)
	}
	from, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		return nil, fmt.Errorf("read what a frozen ranking was made of: %w", err)
	}
	var made map[string]json.RawMessage
	if err := json.NewDecoder(io.LimitReader(from, mostUnzipped)).Decode(&made); err != nil {
		return nil, fmt.Errorf("read what a frozen ranking was made of: %w", err)
	}
	return made, nil
}

func zippedFields(made map[string]json.RawMessage) (string, error) {
	text, err := json.Marshal(made)
	if err != nil {
		return "", err
	}
	var out bytes.Buffer
	to := gzip.NewWriter(&out)
	_, err = to.Write(text)
	err = errors.Join(err, to.Close())
	return base64.StdEncoding.EncodeToString(out.Bytes()), err
}
