// SPDX-License-Identifier: AGPL-3.0-or-later

package search_test

import (
	"testing"

	"sankofa/backend/internal/needs"
	"sankofa/backend/internal/search"
	"sankofa/backend/internal/store/storetest"
)

func benchmarkRank(b *testing.B, people int, indexed bool) {
	w := newWorld(b, storetest.SQLite(b))
	w.crowd(people)
	need := w.publish(func(n *needs.Terms) { n.ShortestDays = 14 })
	if indexed {
		w.built()
	}
	w.rank(need, 50)
	b.ResetTimer()
	for b.Loop() {
		w.rank(need, 50)
	}
}

func BenchmarkRankOf1000(b *testing.B)                { benchmarkRank(b, 1000, true) }
func BenchmarkRankOf10000(b *testing.B)               { benchmarkRank(b, 10_000, true) }
func BenchmarkRankOf1000WithoutTheIndex(b *testing.B) { benchmarkRank(b, 1000, false) }

func BenchmarkRebuildOf1000(b *testing.B) {
	w := newWorld(b, storetest.SQLite(b))
	w.crowd(1000)
	for b.Loop() {
		w.built()
	}
}

func benchmarkFind(b *testing.B, people int, asked search.Asked) {
	w := newWorld(b, storetest.SQLite(b))
	w.crowd(people)
	w.built()
	w.asked(asked)
	b.ResetTimer()
	for b.Loop() {
		w.asked(asked)
	}
}

func BenchmarkFindAmong3000(b *testing.B) {
	benchmarkFind(b, 3000, search.Asked{Query: "midwife OR teacher OR nurse"})
}

func BenchmarkFindAmong3000WithFacets(b *testing.B) {
	benchmarkFind(b, 3000, search.Asked{Query: "midwife OR teacher OR nurse", Facets: true})
}
