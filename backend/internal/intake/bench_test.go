// SPDX-License-Identifier: AGPL-3.0-or-later

package intake_test

import (
	"testing"

	"sankofa/backend/internal/intake"
	"sankofa/backend/internal/store/storetest"
)

// BenchmarkTenThousandMembers brings ten thousand people in, from the upload to the
// last row; the target is a minute:
//
//	go test ./internal/intake -run none -bench TenThousand -benchtime 1x
func BenchmarkTenThousandMembers(b *testing.B) {
	const many = 10_000
	content := people(many, nil)
	for b.Loop() {
		b.StopTimer()
		w := newWorld(b, storetest.SQLite(b))
		b.StartTimer()
		done := w.brought(w.uploaded(content))
		if done.State != intake.Done || done.Done != many || done.Invalid != 0 {
			b.Fatalf("imported: %+v", done.Import)
		}
	}
	b.ReportMetric(many*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
