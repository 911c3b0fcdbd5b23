// SPDX-License-Identifier: AGPL-3.0-or-later

package matching

import (
	"fmt"
	"strconv"
	"strings"

	"sankofa/backend/internal/day"
)

// occupation measures the way between two occupations in the tree of ISCO-08;
// a post held before counts almost as much as the present occupation.
func (s *Scorer) occupation(p Person) verdict {
	n := s.need
	wanted := strings.TrimSpace(n.ISCO + " " + n.Occupation)
	best := graded(kinship(n.ISCO, p.ISCO), Evidence{Need: wanted, Person: strings.TrimSpace(p.ISCO + " " + p.Occupation)})
	known := p.ISCO != ""
	for _, post := range p.Posts {
		known = known || post.ISCO != ""
		if share := kinship(n.ISCO, post.ISCO) * 9 / 10; share > best.share {
			best = graded(share, Evidence{Need: wanted, Person: post.ISCO + " " + post.Title})
			best.source = FromExperience
		}
	}
	best.concept = n.ISCO
	if !known {
		best.status = Unknown
	}
	return best
}

// kinship is the share for two ISCO-08 codes by the first digits they have in common.
func kinship(a, b string) int {
	same := 0
	for same < min(len(a), len(b)) && a[same] == b[same] {
		same++
	}
	return [...]int{0, 100, 300, 600, full}[min(same, 4)]
}

// floor asks how far a person knows a language. Whoever reaches the floor has
// most of the points; two levels more give all.
func floor(f Floor, p Person) verdict {
	known := p.language(f.Language)
	e := Evidence{Need: spell(f.Language, f.Spoken, f.Written)}
	if len(p.Languages) == 0 {
		return verdict{status: Unknown, evidence: e, concept: f.Language}
	}
	if known.Spoken > 0 || known.Written > 0 {
		e.Person = spell(f.Language, known.Spoken, known.Written)
	}
	margin := min(int(known.Spoken-f.Spoken), int(known.Written-f.Written))
	// Nobody climbs above C2: a floor of C2 that is reached is met completely.
	room := min(2, 6-int(max(f.Spoken, f.Written)))
	v := graded(languageShare(margin, room), e)
	v.concept = f.Language
	if v.evidence.Person == "" {
		v.share, v.status = 0, Missing
	}
	return v
}

// languageShare turns levels above (or below) the floor into a share.
func languageShare(margin, room int) int {
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
	e.Person = strings.TrimSpace(fmt.Sprintf("%d %s", best.Level, best.Title))
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

func (s *Scorer) experience(p Person) verdict {
	e := Evidence{Need: strconv.Itoa(s.need.Years)}
	if p.Years == 0 && len(p.Posts) == 0 {
		return verdict{status: Unknown, evidence: e}
	}
	e.Person = strconv.Itoa(p.Years)
	return graded(min(full, full*p.Years/s.need.Years), e)
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
