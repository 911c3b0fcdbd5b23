// SPDX-License-Identifier: AGPL-3.0-or-later

package stats

import "math"

// Interval returns the exact 95 % confidence interval of a rate of k among n
// (C. J. Clopper and E. S. Pearson, Biometrika 26, 1934): it holds for small
// numbers, where the usual approximation does not.
func Interval(k, n int) (low, high float64) {
	if n < 1 {
		return 0, 1
	}
	low, high = 0, 1
	if k > 0 {
		low = bisected(func(p float64) bool { return 1-atMost(k-1, n, p) < tail })
	}
	if k < n {
		high = bisected(func(p float64) bool { return atMost(k, n, p) >= tail })
	}
	return low, high
}

// tail is what an interval of 95 % leaves out on each side.
const tail = 0.025

// bisected returns the largest rate for which a condition holds that holds for
// all smaller ones.
func bisected(holds func(p float64) bool) float64 {
	low, high := 0.0, 1.0
	for range 60 {
		if mid := (low + high) / 2; holds(mid) {
			low = mid
		} else {
			high = mid
		}
	}
	return low
}

// atMost is the probability of k or fewer among n, each with probability p.
func atMost(k, n int, p float64) float64 {
	if p <= 0 {
		return 1
	}
	if p >= 1 {
		if k >= n {
			return 1
		}
		return 0
	}
	sum := 0.0
	for i := 0; i <= k; i++ {
		sum += math.Exp(choose(n, i) + float64(i)*math.Log(p) + float64(n-i)*math.Log1p(-p))
	}
	return min(sum, 1)
}

// choose is the logarithm of the number of ways to take k of n.
func choose(n, k int) float64 {
	a, _ := math.Lgamma(float64(n + 1))
	b, _ := math.Lgamma(float64(k + 1))
	c, _ := math.Lgamma(float64(n - k + 1))
	return a - b - c
}

// Fisher returns how probable a difference at least as unlikely as this one is,
// if k1 of n1 and k2 of n2 were chosen at the same rate (Fisher's exact test,
// two-sided: R. A. Fisher, Journal of the Royal Statistical Society 85, 1922).
func Fisher(k1, n1, k2, n2 int) float64 {
	total, chosen := n1+n2, k1+k2
	if n1 < 1 || n2 < 1 {
		return 1
	}
	chance := func(k int) float64 { return choose(n1, k) + choose(n2, chosen-k) - choose(total, chosen) }
	seen, sum := chance(k1), 0.0
	for k := max(0, chosen-n2); k <= min(n1, chosen); k++ {
		if one := chance(k); one <= seen+1e-9 { // equal but for rounding
			sum += math.Exp(one)
		}
	}
	return min(sum, 1)
}
