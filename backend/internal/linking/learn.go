// SPDX-License-Identifier: AGPL-3.0-or-later

package linking

import (
	"math"
	"math/rand/v2"
)

// Example is one title with its candidates, of which some are right.
type Example struct {
	Set        string // that it comes from; each set counts the same
	Language   string
	Candidates [][]float32
	Right      []bool
}

// How a model is trained: Adam (Kingma and Ba, 2015) with its usual constants on
// the listwise softmax loss (Cao, Qin, Liu, Tsai and Li, 2007).
const (
	rounds     = 24   // over the examples at least
	leastSteps = 1500 // of the descent, however few examples there are
	firstRate  = 0.05
	secondRate = 0.01
	atOnce     = 64
	decay      = 1e-4
	adamFirst  = 0.9
	adamSecond = 0.999
)

// Learn returns the weights under which the right candidates of the examples come
// first as often as may be. The same examples and seed give the same weights.
func Learn(examples []Example, seed uint64) []float64 {
	var usable []Example
	size := map[string]float64{}
	for _, e := range examples {
		if anyRight(e) {
			usable = append(usable, e)
			size[e.Set]++
		}
	}
	if len(usable) == 0 {
		return nil
	}
	mean := float64(len(usable)) / float64(len(size))
	n := len(usable[0].Candidates[0])
	a := adam{weights: make([]float64, n), first: make([]float64, n), second: make([]float64, n)}
	gradient := make([]float64, n)
	chance := rand.New(rand.NewPCG(seed, seed))
	order := chance.Perm(len(usable))
	whole := max(rounds, leastSteps*atOnce/len(usable))
	for round := range whole {
		rate := firstRate
		if round >= whole/2 {
			rate = secondRate
		}
		chance.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for at, k := range order {
			// A set with many titles shall not count more than one with few; the
			// root keeps small sets from being learnt by heart.
			descend(usable[k], a.weights, gradient, math.Sqrt(mean/size[usable[k].Set]))
			if (at+1)%atOnce == 0 || at+1 == len(order) {
				a.step(gradient, rate)
			}
		}
	}
	return a.weights
}

func anyRight(e Example) bool {
	for _, right := range e.Right {
		if right {
			return true
		}
	}
	return false
}

// descend adds the gradient of one example.
func descend(e Example, weights, gradient []float64, counts float64) {
	shares := make([]float64, len(e.Candidates))
	top := math.Inf(-1)
	for i, f := range e.Candidates {
		shares[i] = score(weights, f)
		top = max(top, shares[i])
	}
	sum, right := 0.0, 0.0
	for i := range shares {
		shares[i] = math.Exp(shares[i] - top)
		sum += shares[i]
		if e.Right[i] {
			right += shares[i]
		}
	}
	for i, f := range e.Candidates {
		slope := shares[i] / sum
		if e.Right[i] {
			slope -= shares[i] / right
		}
		if math.Abs(slope) < 1e-7 {
			continue
		}
		for j, x := range f {
			gradient[j] += counts * slope * float64(x)
		}
	}
}

// adam is the state of the descent.
type adam struct {
	weights, first, second []float64
	steps                  int
}

func (a *adam) step(gradient []float64, rate float64) {
	a.steps++
	one, two := 1-math.Pow(adamFirst, float64(a.steps)), 1-math.Pow(adamSecond, float64(a.steps))
	for j := range a.weights {
		g := gradient[j]/atOnce + decay*a.weights[j]
		a.first[j] = adamFirst*a.first[j] + (1-adamFirst)*g
		a.second[j] = adamSecond*a.second[j] + (1-adamSecond)*g*g
		a.weights[j] -= rate * (a.first[j] / one) / (math.Sqrt(a.second[j]/two) + 1e-8)
		gradient[j] = 0
	}
}
