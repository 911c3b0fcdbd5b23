// SPDX-License-Identifier: AGPL-3.0-or-later

package intake

import (
	_ "embed"
	"encoding/json"
	"strings"
)

// tellings are the sentences of problems in the languages that we offer, by code.
//
//go:embed tellings.json
var tellingsText []byte

var tellings = func() map[string]map[string]string {
	var read map[string]map[string]string
	if err := json.Unmarshal(tellingsText, &read); err != nil {
		panic("intake: the sentences cannot be read: " + err.Error()) // a mistake of ours that every test finds
	}
	return read
}()

// In returns the sentence in the reader's language, or in English where we have
// none in it.
func (p Problem) In(language string) string {
	text := tellings[p.Code][language]
	if text == "" {
		return p.Message
	}
	return strings.ReplaceAll(text, "{row}", p.Suggestion)
}
