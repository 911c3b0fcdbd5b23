// SPDX-License-Identifier: AGPL-3.0-or-later

package matching

// LiftsByScore finds the same as Lifts by scoring each changed person in full.
func (s *Scorer) LiftsByScore(p Person, r Result) []Lift {
	return s.lifts(p, r, func(changed Person, _ string) int { return s.Score(changed).Score })
}
