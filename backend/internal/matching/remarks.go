// SPDX-License-Identifier: AGPL-3.0-or-later

package matching

import "fmt"

// Remark says what is odd about a need, so that whoever reads its ranking knows
// why it is as it is.
type Remark struct {
	Code string `json:"code" enum:"nothing_asked,conditions_only,dates_reversed,shortest_longer,level_impossible" doc:"A stable key"`
	Text string `json:"text" doc:"The same as a sentence in English"`
}

// The codes of remarks.
const (
	NothingAsked    = "nothing_asked"
	ConditionsOnly  = "conditions_only"
	DatesReversed   = "dates_reversed"
	ShortestLonger  = "shortest_longer"
	LevelImpossible = "level_impossible"
)

// highest is C2, the highest level of the CEFR.
const highest Level = 6

// Remarks lists what is odd about the need; nothing for most.
func (n Need) Remarks() []Remark {
	var all []Remark
	add := func(odd bool, code, text string, args ...any) {
		if odd {
			all = append(all, Remark{code, fmt.Sprintf(text, args...)})
		}
	}
	reversed := n.Starts.Valid() && n.Ends.Valid() && n.Ends < n.Starts
	add(reversed, DatesReversed, "The last day (%s) comes before the first (%s), so nobody's days can be compared with the need's. Please set the dates right.", n.Ends, n.Starts)
	add(!reversed && n.length() > 0 && n.Shortest > n.length(), ShortestLonger,
		"The shortest stay (%d days) is longer than the whole period (%d days), so nobody can be free for long enough.", n.Shortest, n.length())
	for _, f := range n.Floors {
		add(f.Spoken > highest || f.Written > highest, LevelImpossible, "The language %q is asked for above C2, the highest level there is, so nobody reaches it.", f.Language)
	}
	if !n.tellsApart() {
		add(n.conditional(), ConditionsOnly, "This need has conditions and nothing else: it names no occupation, skill, language, education or experience and has no text. Whoever meets the conditions suits it alike.")
		add(!n.conditional(), NothingAsked, "This need asks for nothing, so everybody suits it alike. Please name an occupation, skills, or what shall be done.")
	}
	return all
}

// tellsApart tells whether the need asks for anything by which those who meet its
// conditions can be told apart.
func (n Need) tellsApart() bool {
	return len(n.Groups())+len(n.Wishes)+len(n.Floors)+len(n.Terms)+len(n.Topics) > 0 ||
		n.EducationLevel > 0 || n.EducationField != "" || n.Years > 0
}

// conditional tells whether the need has any condition of its own.
func (n Need) conditional() bool { return n.Days() > 0 || n.LicenceRequired }
