// SPDX-License-Identifier: AGPL-3.0-or-later

package training

import (
	"bytes"
	"encoding/json"
	"os"
	"reflect"
	"testing"

	"sankofa/backend/internal/matching"
	"sankofa/backend/internal/taxonomy"
)

func TestTheCommittedWeightsSayWhereTheyComeFrom(t *testing.T) {
	text, err := os.ReadFile("../matching/weights.json")
	if err != nil {
		t.Fatal(err)
	}
	from := json.NewDecoder(bytes.NewReader(text))
	from.DisallowUnknownFields()
	var file File
	if err := from.Decode(&file); err != nil {
		t.Fatal(err)
	}
	if file.Data != Usual.String() || file.Command != Usual.command() || !reflect.DeepEqual(file.Features, matching.FeatureNames[:]) {
		t.Errorf("the weights are of %q by %q", file.Data, file.Command)
	}
	if m := matching.Weights(); m.Name != file.Name || !reflect.DeepEqual(m.Groups, file.Groups) {
		t.Error("matching does not score with this file")
	}
	for _, m := range file.Measures {
		if m.Need == "all" && m.Person == "mixed" && m.After <= m.Before {
			t.Errorf("learning has not helped: %+v", m)
		}
	}
	again, err := file.Text()
	if err != nil || !bytes.Equal(again, text) {
		t.Errorf("the file is not as the command writes it: %v", err)
	}
}

func TestLearningIsTheSameEachTimeAndHelps(t *testing.T) {
	tax, err := taxonomy.Load()
	if err != nil {
		t.Fatal(err)
	}
	small := Options{Seed: 5, People: 90, Needs: 12, List: 20, Rounds: 60}
	one, err := Train(tax, small)
	if err != nil {
		t.Fatal(err)
	}
	other, err := Train(tax, small)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(one, other) {
		t.Error("the same seed gave other weights")
	}
	if reflect.DeepEqual(one.Groups, matching.Prior().Groups) {
		t.Error("nothing was learnt")
	}
	prior := matching.Prior()
	for group, w := range one.Groups {
		if w.Least != prior.Groups[group].Least || w.Most != prior.Groups[group].Most {
			t.Errorf("%s has other bounds: %+v", group, w)
		}
	}
}

func TestNDCGIsOneForTheIdealOrderAndLessForAnyOther(t *testing.T) {
	sampled := func(scores ...float64) list {
		var l list
		for i, s := range scores {
			shares, asked := make([]float64, len(matching.Groups)), make([]bool, len(matching.Groups))
			shares[0], asked[0] = s, true
			l.samples = append(l.samples, sample{x: []float64{1, 0, 0, 0, 0, 0, 0, 0}, shares: shares, asked: asked, truth: 1 - float64(i)/10})
		}
		return l
	}
	by := newLearner(matching.Prior())
	if got := ndcg(sampled(0.9, 0.8, 0.7), by); got != 1 {
		t.Errorf("the ideal order measures %f", got)
	}
	if got := ndcg(sampled(0.7, 0.8, 0.9), by); got >= 1 || got < 0.5 {
		t.Errorf("the reverse order measures %f", got)
	}
}
