// SPDX-License-Identifier: AGPL-3.0-or-later

package training

import (
	"math"
	"slices"

	"sankofa/backend/internal/matching"
	"sankofa/backend/internal/taxonomy"
)

// learnable are the groups whose weights are learnt, against each other. What a
// host or a law asks for - languages, education, years, days, a licence - weighs
// the same whoever has written how much, and is left out of the learning. So is
// the weight of the words: generated texts are too much alike to learn it from,
// and the prior follows what was measured on real ones.
var learnable = []string{matching.ByOccupation, matching.ByRequiredSkill, matching.ByDesirableSkill, matching.ByTopics}

const (
	sharp    = 12.0 // how sharply the softmax tells scores from 0 to 1 apart
	step     = 0.02 // of the learning, in shares of the whole weight
	nearBase = 0.02 // how much a weight away from the prior costs
)

// learner holds the weights in the measure in which all priors add up to one.
type learner struct {
	groups []string
	theta  [][]float64 // by group: base and slopes
	least  []float64
	most   []float64
	prior  [][]float64
	fixed  []bool
	scale  float64
	whole  float64 // what the learnable weights of all samples of a round add up to
}

func newLearner(prior matching.Model) *learner {
	l := &learner{groups: matching.Groups}
	for _, g := range l.groups {
		l.scale += float64(prior.Groups[g].Base)
	}
	for _, g := range l.groups {
		w := prior.Groups[g]
		row := []float64{float64(w.Base) / l.scale}
		for i, slope := range w.Slope {
			row = append(row, float64(slope)*units[i]/l.scale)
		}
		l.theta, l.prior = append(l.theta, slices.Clone(row)), append(l.prior, row)
		l.least, l.most = append(l.least, float64(w.Least)/l.scale), append(l.most, float64(w.Most)/l.scale)
		l.fixed = append(l.fixed, !slices.Contains(learnable, g))
	}
	return l
}

// units are how much of each feature counts as one in learning, so that one step
// moves all about as far: lengths have some eight doublings.
var units = [...]float64{8, 8, 8, 8, 1, 1, 1}

// unit is the unit of a parameter: of the base, one.
func unit(parameter int) float64 {
	if parameter == 0 {
		return 1
	}
	return units[parameter-1]
}

// weight returns a group's weight, and how far it would be out of its bounds.
func (l *learner) weight(group int, x []float64) (bounded, beyond float64) {
	sum := 0.0
	for i, t := range l.theta[group] {
		sum += t * x[i] / unit(i)
	}
	bounded = min(max(sum, l.least[group]), l.most[group])
	return bounded, sum - bounded
}

// score is the score of a sample, and for each group how it moves with its weight
// and how far that is out of its bounds.
func (l *learner) score(s sample, moves, beyond []float64) float64 {
	total, sum := 0.0, 0.0
	for g := range l.groups {
		moves[g] = 0
		if !s.asked[g] {
			continue
		}
		w, out := l.weight(g, s.x)
		total, sum = total+w, sum+w*s.shares[g]
		beyond[g] = out
		if !l.fixed[g] {
			moves[g] = 1
		}
	}
	if total == 0 {
		return 0
	}
	l.whole += total
	score := sum / total
	for g := range moves {
		moves[g] *= (s.shares[g] - score) / total
	}
	return score
}

// learn moves the weights, all lists at a time, against the gradient of the
// cross-entropy between the softmax of the truth and that of the scores (listwise
// softmax: Cao and others, ICML 2007), with Adam's steps (Kingma and Ba, 2015).
func (l *learner) learn(lists []list, rounds int) {
	first, second := zeros(l.theta), zeros(l.theta)
	before := 0.0
	for round := 1; round <= rounds; round++ {
		slope := zeros(l.theta)
		l.whole = 0
		for _, one := range lists {
			l.descend(one, slope, 1/float64(len(lists)))
		}
		if round == 1 {
			before = l.whole
		}
		l.stretch(before / l.whole)
		for g := range l.theta {
			for i := range l.theta[g] {
				if l.fixed[g] {
					continue
				}
				d := slope[g][i] + nearBase*(l.theta[g][i]-l.prior[g][i])
				first[g][i] = 0.9*first[g][i] + 0.1*d
				second[g][i] = 0.999*second[g][i] + 0.001*d*d
				a := first[g][i] / (1 - math.Pow(0.9, float64(round)))
				b := second[g][i] / (1 - math.Pow(0.999, float64(round)))
				l.theta[g][i] -= step / math.Sqrt(float64(round)) * a / (math.Sqrt(b) + 1e-8) * l.most[g]
			}
		}
	}
}

// stretch keeps the learnable weights together as heavy as they were: the order
// that they give follows from their proportions alone, but against the others
// they must neither grow nor shrink.
func (l *learner) stretch(by float64) {
	for g := range l.theta {
		for i := range l.theta[g] {
			if !l.fixed[g] {
				l.theta[g][i] *= by
			}
		}
	}
}

// descend adds a list's part of the gradient.
func (l *learner) descend(one list, slope [][]float64, part float64) {
	n := len(one.samples)
	scores, truth := make([]float64, n), make([]float64, n)
	moves, beyond := make([][]float64, n), make([][]float64, n)
	for i, s := range one.samples {
		moves[i], beyond[i] = make([]float64, len(l.groups)), make([]float64, len(l.groups))
		scores[i], truth[i] = sharp*l.score(s, moves[i], beyond[i]), sharp*s.truth
	}
	p, q := softmax(scores), softmax(truth)
	for i, s := range one.samples {
		d := part * sharp * (p[i] - q[i])
		for g, move := range moves[i] {
			if move == 0 || d*move*beyond[i][g] < 0 {
				continue // it would only go further beyond its bound
			}
			for f, x := range s.x {
				slope[g][f] += d * move * x / unit(f)
			}
		}
	}
}

func softmax(values []float64) []float64 {
	out, total, top := make([]float64, len(values)), 0.0, slices.Max(values)
	for i, v := range values {
		out[i] = math.Exp(v - top)
		total += out[i]
	}
	for i := range out {
		out[i] /= total
	}
	return out
}

func zeros(like [][]float64) [][]float64 {
	out := make([][]float64, len(like))
	for i := range like {
		out[i] = make([]float64, len(like[i]))
	}
	return out
}

// model writes what was learnt in whole numbers.
func (l *learner) model(name string, prior matching.Model) matching.Model {
	m := matching.Model{Name: name, Groups: map[string]matching.Linear{}}
	for g, group := range l.groups {
		w := prior.Groups[group]
		if !l.fixed[g] {
			w.Base = int(math.Round(l.theta[g][0] * l.scale))
			for i := range w.Slope {
				w.Slope[i] = int(math.Round(l.theta[g][i+1] * l.scale / units[i]))
			}
		}
		m.Groups[group] = w
	}
	return m
}

// Learn learns weights from the prior's, and measures both on what was held out.
func Learn(tax *taxonomy.Taxonomy, o Options, name string) (matching.Model, []Measure, error) {
	d, err := gather(tax, o)
	if err != nil {
		return matching.Model{}, nil, err
	}
	prior := matching.Prior()
	l := newLearner(prior)
	l.learn(d.learnt, o.Rounds)
	learnt := l.model(name, prior)
	return learnt, measured(d.held, prior, learnt), learnt.Check()
}
