// SPDX-License-Identifier: AGPL-3.0-or-later

package matching

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"sankofa/backend/internal/day"
)

// occupation measures the way between two occupations in the tree of ISCO-08;
// a post held before counts almost as much as the present occupation. Where only
// a title is known, what it probably means counts as surely as it means it.
func (s *Scorer) occupation(p Person) verdict {
	n := s.need
	wanted := n.Groups()
	best := verdict{status: Unknown, evidence: Evidence{Need: spelled(n.ISCO, n.Occupation)}, concept: wanted[0].ISCO}
	compare := func(isco, title string, linked []Link, worth int, from Source) {
		groups := groupsOf(isco, linked)
		if len(groups) == 0 {
			return
		}
		share, concept := kin(wanted, groups)
		if share = share * worth / full; share > best.share || best.status == Unknown {
			v := graded(share, Evidence{Need: best.evidence.Need, Person: spelled(isco, title)})
			v.concept, v.source = concept, from
			best = v
		}
	}
	compare(p.ISCO, p.Occupation, p.Linked, full, "")
	for _, post := range p.Posts {
		compare(post.ISCO, post.Title, post.Linked, formerPost, FromExperience)
	}
	return best
}

// formerPost is what a post counts against the present occupation.
const formerPost = 900

// groupsOf is the code that somebody chose, or else what a title probably means.
func groupsOf(isco string, linked []Link) []Link {
	if isco != "" {
		return []Link{{ISCO: isco, Weight: full}}
	}
	return linked
}

// Groups returns the ISCO-08 unit groups that the need asks for: those of its
// positions, or the one that it names, or those that its words probably mean.
func (n Need) Groups() []Link {
	if len(n.Also) == 0 {
		return groupsOf(n.ISCO, n.Linked)
	}
	all := make([]Link, len(n.Also))
	for i, isco := range n.Also {
		all[i] = Link{ISCO: isco, Weight: full}
	}
	return all
}

// near tells whether a code is of the minor group of one that the need asks for.
func (n Need) near(isco string) bool {
	if len(n.Also) == 0 {
		return sameMinorGroup(isco, n.ISCO)
	}
	return slices.ContainsFunc(n.Also, func(also string) bool { return sameMinorGroup(isco, also) })
}

// kin is the share for the nearest of the groups on both sides, and the need's
// group that it is near to.
func kin(wanted, own []Link) (share int, concept string) {
	concept = wanted[0].ISCO
	for _, w := range wanted {
		for _, o := range own {
			if near := Kinship(w.ISCO, o.ISCO) * w.Weight / full * o.Weight / full; near > share {
				share, concept = near, w.ISCO
			}
		}
	}
	return share, concept
}

// spelled writes a code and the words for it, as far as they are there.
func spelled(isco, title string) string { return strings.TrimSpace(isco + " " + title) }

// Kinship is the share for two ISCO-08 codes by the first digits they have in common.
func Kinship(a, b string) int {
	same := 0
	for same < min(len(a), len(b)) && a[same] == b[same] {
		same++
	}
	return [...]int{0, 100, 300, 600, full}[min(same, 4)]
}

// abilities takes a floor apart: speech and writing are criteria of their own. A
// language without a level is asked for in speech.
func (f Floor) abilities() []Floor {
	spoken, written := f, f
	spoken.Written, written.Spoken = 0, 0
	switch {
	case f.Spoken > 0 && f.Written > 0:
		return []Floor{spoken, written}
	case f.Written > 0:
		return []Floor{written}
	}
	return []Floor{spoken}
}

// floor asks how far a person knows a language in one ability. Whoever reaches
// the floor has most of the points; two levels more give all.
func floor(f Floor, p Person) verdict {
	v := verdict{status: Unknown, evidence: Evidence{Need: spell(f.Language, f.Spoken, f.Written)}, concept: f.Language}
	if len(p.Languages) == 0 {
		return v
	}
	known := p.language(f.Language)
	asked, level := f.Spoken, known.Spoken
	if f.Written > 0 {
		asked, level, known.Spoken = f.Written, known.Written, 0
	} else {
		known.Written = 0
	}
	if level == 0 {
		v.status = Missing
		return v
	}
	v.evidence.Person = spell(f.Language, known.Spoken, known.Written)
	// Nobody climbs above C2: a floor of C2 that is reached is met completely.
	v2 := graded(LanguageShare(int(level-asked), min(2, 6-int(asked))), v.evidence)
	v2.concept = f.Language
	return v2
}

// LanguageShare turns levels above (or below) the floor into a share, where there
// is room for so many levels above it.
func LanguageShare(margin, room int) int {
	switch {
	case margin < 0:
		return max(0, 400+200*margin)
	case margin >= room:
		return full
	}
	return full - 150*(room-margin)
}

func (s *Scorer) educationLevel(p Person) verdict {
	asked := s.need.EducationLevel
	e := Evidence{Need: strconv.Itoa(asked)}
	if len(p.Education) == 0 {
		return verdict{status: Unknown, evidence: e}
	}
	best := p.Education[0]
	for _, each := range p.Education[1:] {
		if each.Level > best.Level {
			best = each
		}
	}
	e.Person = strings.TrimSpace(strconv.Itoa(best.Level) + " " + best.Title)
	switch asked - best.Level {
	case 1:
		return graded(500, e)
	case 2:
		return graded(200, e)
	}
	if best.Level >= asked {
		return graded(full, e)
	}
	return graded(0, e)
}

// educationField compares codes of ISCED-F 2013, of which the first two digits
// name a broad field and the third a narrow one.
func (s *Scorer) educationField(p Person) verdict {
	asked := s.need.EducationField
	best := verdict{status: Unknown, evidence: Evidence{Need: asked}, concept: asked}
	for _, each := range p.Education {
		if each.Field == "" {
			continue
		}
		v := graded(fieldShare(asked, each.Field), Evidence{Need: asked, Person: strings.TrimSpace(each.Field + " " + each.Title)})
		if best.status == Unknown || v.share > best.share {
			v.concept = asked
			best = v
		}
	}
	return best
}

// fieldShare is the share for two codes of ISCED-F. A code that a need gives
// less exactly is met by every code below it.
func fieldShare(asked, known string) int {
	switch {
	case strings.HasPrefix(known, strings.TrimRight(asked, "0")) && len(strings.TrimRight(asked, "0")) >= 2:
		return full
	case len(asked) >= 3 && len(known) >= 3 && asked[:3] == known[:3]:
		return 700
	case len(asked) >= 2 && len(known) >= 2 && asked[:2] == known[:2]:
		return 400
	}
	return 0
}

// experience compares years. Where the profile states none, the time from the
// first post to the last is taken for them.
func (s *Scorer) experience(p Person) verdict {
	e := Evidence{Need: strconv.Itoa(s.need.Years)}
	years := p.Years
	if years == 0 {
		years = s.practised(p)
	}
	if years == 0 && len(p.Posts) == 0 {
		return verdict{status: Unknown, evidence: e}
	}
	e.Person = strconv.Itoa(years)
	return graded(min(full, full*years/s.need.Years), e)
}

// practised is how many years lie between the beginning of the first post and
// the end of the last; one that goes on ends with the need's first day.
func (s *Scorer) practised(p Person) int {
	var first, last day.Day
	for _, post := range p.Posts {
		if !post.From.Valid() {
			continue
		}
		to := post.To
		if to == "" {
			to = s.need.Starts
		}
		if first == "" || post.From < first {
			first = post.From
		}
		last = max(last, to)
	}
	if first == "" || !last.Valid() || last < first {
		return 0
	}
	return day.Length(first, last) * 100 / 36525
}

// How long ago the work may have been done last: within a year it is all there;
// after eleven years nothing of it counts. In days.
const (
	fresh = 365
	stale = 11 * 365
)

// RecencyShare is the share for work that ended so many days before the need
// begins.
func RecencyShare(days int) int {
	return full * (stale - min(max(days, fresh), stale)) / (stale - fresh)
}

// recency asks when the person last did this work, or work of the same minor
// group: by the posts, for which alone dates are known.
func (s *Scorer) recency(p Person) verdict {
	n := s.need
	wanted := n.Groups()
	best := verdict{status: Unknown, evidence: Evidence{Need: string(n.Starts)}}
	undated := len(p.Posts) == 0
	for _, post := range p.Posts {
		near, concept := kin(wanted, groupsOf(post.ISCO, post.Linked))
		switch {
		case near < sameWork:
		case !post.From.Valid() && !post.To.Valid():
			undated = true
		default:
			share := full
			if post.To.Valid() && post.To < n.Starts {
				share = RecencyShare(day.Length(post.To, n.Starts) - 1)
			}
			if v := graded(share, Evidence{Need: best.evidence.Need, Person: post.spell()}); best.status == Unknown || share > best.share {
				v.concept, v.source = concept, FromExperience
				best = v
			}
		}
	}
	if best.status == Unknown && !undated {
		best.status = Missing // posts there are, none of them near
	}
	return best
}

// sameWork is from which kinship on a post is this work: the same minor group.
const sameWork = 500

// spell writes a post: its days and its title.
func (p Post) spell() string {
	return strings.TrimSpace(fmt.Sprintf("%s – %s, %s", p.From, p.To, p.Title))
}

// What completed missions count: the first most of it, one more the rest; one in
// the same minor group all.
const (
	oneMission  = 700
	moreMission = 300
)

// MissionShare is the share for so many missions, of which one may have been near.
func MissionShare(missions int, near bool) int {
	switch {
	case missions == 0:
		return 0
	case near:
		return full
	}
	return min(full, oneMission+moreMission*(missions-1))
}

// missions looks at completed placements, of whatever programme.
func (s *Scorer) missions(p Person) verdict {
	near, last := false, Mission{}
	for _, m := range p.Missions {
		near = near || s.need.near(m.ISCO)
		if m.To >= last.To {
			last = m
		}
	}
	e := Evidence{Need: s.need.ISCO}
	if len(p.Missions) > 0 {
		e.Person = strings.TrimSpace(fmt.Sprintf("%d: %s %s %s", len(p.Missions), last.To, last.ISCO, last.Country))
	}
	return graded(MissionShare(len(p.Missions), near), e)
}

// availability is the share of the period that the person could be there in one go.
func (s *Scorer) availability(p Person) verdict {
	n := s.need
	e := Evidence{Need: fmt.Sprintf("%s, %d", period(n.Starts, n.Ends), n.length()), Person: p.available(n)}
	if len(p.Windows) == 0 {
		return verdict{status: Unknown, evidence: e}
	}
	w := p.window(n)
	days := min(day.Overlap(w.From, w.To, n.Starts, n.Ends), p.LongestDays)
	v := graded(full*days/n.length(), e)
	if v.status == Met && days < n.length() {
		v.status = Partly
	}
	return v
}

func (s *Scorer) licence(p Person) verdict {
	found, status := licenceStanding(s.need, p)
	v := verdict{status: status, concept: s.need.ISCO, evidence: Evidence{Need: licenceWanted(s.need), Person: found.spell()}}
	if status == Met {
		v.share = full
	}
	return v
}

func (s *Scorer) modality(p Person) verdict {
	e := Evidence{Need: s.need.Modality, Person: strings.Join(p.Modalities(), ", ")}
	if p.does(s.need.Modality) {
		return graded(full, e)
	}
	return graded(0, e)
}

// Modalities lists how the person works.
func (p Person) Modalities() []string {
	var all []string
	for _, m := range []string{"onsite", "virtual", "hybrid"} {
		if p.does(m) {
			all = append(all, m)
		}
	}
	return all
}
