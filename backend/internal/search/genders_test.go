// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import "testing"

func TestBothFormsOfATitleHaveOneStem(t *testing.T) {
	texts, err := newAnalyzers()
	if err != nil {
		t.Fatal(err)
	}
	for _, pair := range [][3]string{
		{"it", "infermiere", "infermiera"}, {"it", "direttore", "direttrice"}, {"it", "dottore", "dottoressa"},
		{"fr", "infirmier", "infirmière"}, {"fr", "directeur", "directrice"}, {"fr", "formateur", "formatrice"}, {"fr", "vendeur", "vendeuse"},
		{"es", "enfermero", "enfermera"}, {"es", "profesor", "profesora"}, {"pt", "enfermeiro", "enfermeira"},
		{"de", "Entwickler", "Entwicklerin"}, {"de", "Krankenpfleger", "Krankenpflegerin"}, {"nl", "directeur", "directrice"},
	} {
		one, other := texts.Terms(pair[1], pair[0]), texts.Terms(pair[2], pair[0])
		if len(one) != 1 || len(other) != 1 || one[0].Stem != other[0].Stem {
			t.Errorf("%s: %q and %q come to %v and %v", pair[0], pair[1], pair[2], one, other)
		}
	}
}
