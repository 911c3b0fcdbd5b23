// SPDX-License-Identifier: AGPL-3.0-or-later

package training

import (
	"bytes"
	"encoding/json"
	"fmt"

	"sankofa/backend/internal/matching"
	"sankofa/backend/internal/taxonomy"
)

// File is backend/internal/matching/weights.json: the weights, and where they
// come from. Matching reads the weights alone.
type File struct {
	Name     string                     `json:"name"`
	Data     string                     `json:"data"`
	Command  string                     `json:"command"`
	Measures []Measure                  `json:"measures"` // nDCG@10 on what was held out
	Features []string                   `json:"features"` // in the order of the slopes
	Groups   map[string]matching.Linear `json:"groups"`
}

// Train learns and returns the file. The same options give the same bytes on the
// same kind of processor.
func Train(tax *taxonomy.Taxonomy, o Options) (File, error) {
	m, measures, err := Learn(tax, o, fmt.Sprintf("%s/seed-%d", matching.Algorithm, o.Seed))
	if err != nil {
		return File{}, err
	}
	return File{Name: m.Name, Data: o.String(), Command: o.command(), Measures: measures, Features: matching.FeatureNames[:], Groups: m.Groups}, nil
}

func (o Options) command() string {
	return fmt.Sprintf("sankofa train --seed %d --people %d --needs %d --list %d --rounds %d", o.Seed, o.People, o.Needs, o.List, o.Rounds)
}

// Text spells the file.
func (f File) Text() ([]byte, error) {
	var out bytes.Buffer
	to := json.NewEncoder(&out)
	to.SetEscapeHTML(false)
	to.SetIndent("", " ")
	err := to.Encode(f)
	return out.Bytes(), err
}
