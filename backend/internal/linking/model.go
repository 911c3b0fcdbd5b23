// SPDX-License-Identifier: AGPL-3.0-or-later

package linking

import (
	"cmp"
	_ "embed"
	"encoding/json"
	"math"
	"slices"
)

// Model is the linear model: what each sign counts. It is trained by cmd/learn.
type Model struct {
	Occupations []float64 `json:"occupations"` // by feature of a candidate
	Skills      []float64 `json:"skills"`      // the same, where concepts are skills
	Pairs       []float64 `json:"pairs"`       // by part of the likeness of two titles
	Data        []string  `json:"data"`        // what it was trained on
}

func score(weights []float64, f []float32) float64 {
	sum := 0.0
	for i, w := range weights {
		sum += w * float64(f[i])
	}
	return sum
}

// share sorts links by their scores and says how sure each is (softmax, for
// which the model was trained).
func share(links []Link) {
	slices.SortStableFunc(links, func(a, b Link) int { return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Concept, b.Concept)) })
	sum := 0.0
	for i := range links {
		links[i].Share = math.Exp(links[i].Score - links[0].Score)
		sum += links[i].Share
	}
	for i := range links {
		links[i].Share /= sum
	}
}

//go:embed model.json
var trained []byte

// Trained returns the model that was trained on what its Data names.
func Trained() Model {
	var m Model
	if err := json.Unmarshal(trained, &m); err != nil {
		panic("linking: model.json cannot be read: " + err.Error()) // built in; a test reads it
	}
	return m
}
