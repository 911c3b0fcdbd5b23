// SPDX-License-Identifier: AGPL-3.0-or-later

package linking

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// inParallel calls f for the numbers below n, on all processors.
func inParallel(n int, f func(i int)) {
	var next atomic.Int64
	var group sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		group.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				f(i)
			}
		})
	}
	group.Wait()
}
