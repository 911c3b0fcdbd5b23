// SPDX-License-Identifier: AGPL-3.0-or-later

package demo

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"sankofa/backend/internal/bulk"
	"sankofa/backend/internal/day"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/selection"
	"sankofa/backend/internal/store"
)

// part is a guest with how far they come.
type part struct {
	guest
	end  end
	view selection.View
}

// tell lets a chapter happen.
func (l *life) tell(ctx context.Context, c told) error {
	chosen, others, err := l.cast(ctx, c)
	if err != nil {
		return err
	}
	for i := range others {
		if err := l.enter(ctx, c, &others[i], i); err != nil {
			return fmt.Errorf("%s: %w", others[i].end, err)
		}
	}
	if len(chosen) == 0 {
		return nil
	}
	if err := l.choose(ctx, c, chosen); err != nil {
		return fmt.Errorf("shortlist: %w", err)
	}
	if c.committee {
		if err := l.seat(ctx, c); err != nil {
			return fmt.Errorf("committee: %w", err)
		}
	}
	for i := range chosen {
		lead := l.lead
		if c.committee {
			lead = l.assess
		}
		if err := lead(ctx, c, &chosen[i], i); err != nil {
			return fmt.Errorf("%s: %w", chosen[i].end, err)
		}
	}
	for i := range chosen { // all posts are taken before anybody leaves
		if chosen[i].view.Placement == "" {
			continue
		}
		if err := l.stay(ctx, c, &chosen[i]); err != nil {
			return err
		}
	}
	return l.mark(ctx, c, chosen)
}

// cast says who has which part: the ranking puts the best before the host.
func (l *life) cast(ctx context.Context, c told) (chosen, others []part, err error) {
	left := slices.Clone(c.pool)
	if len(c.chosen) > 0 {
		l.at(c.shortlist, 8)
		ranking, err := l.Freeze(ctx, c.coordinator, c.need.ID)
		if err != nil {
			return nil, nil, err
		}
		ranked := slices.DeleteFunc(slices.Clone(c.pool), func(g guest) bool { return ranking.People[g.pseudonym] == "" })
		slices.SortFunc(ranked, func(a, b guest) int {
			return cmp.Or(cmp.Compare(ranking.Scores[b.pseudonym], ranking.Scores[a.pseudonym]), cmp.Compare(a.pseudonym, b.pseudonym))
		})
		for _, e := range c.chosen {
			at := slices.IndexFunc(ranked, func(g guest) bool { return l.suits(c, e, g) })
			if at < 0 {
				continue // a small demonstration has nobody for this part
			}
			one := ranked[at]
			if slices.Contains(stays, e) {
				l.booked[one.id] = append(l.booked[one.id], [2]day.Day{c.need.StartsOn, c.need.EndsOn})
			}
			chosen = append(chosen, part{guest: one, end: e})
			ranked = slices.Delete(ranked, at, at+1)
			left = slices.DeleteFunc(left, func(g guest) bool { return g.id == one.id })
		}
	}
	for _, e := range c.others {
		if e == nominated && len(others) == 0 && c.place == "thies" { // the account that is shown has something to answer
			if g, there, err := l.shownPerson(ctx); err != nil || there {
				if err != nil {
					return nil, nil, err
				}
				others = append(others, part{guest: g, end: e})
				continue
			}
		}
		if len(left) == 0 {
			break
		}
		others = append(others, part{guest: left[0], end: e})
		left = left[1:]
	}
	return chosen, others, nil
}

// suits tells whether somebody can have a part: nobody is in two places, and only a
// permit that ends by absence ends by it.
func (l *life) suits(c told, e end, g guest) bool {
	if e == guarded {
		return g.status == "temporary" && l.unbooked(c, g)
	}
	return !slices.Contains(stays, e) || l.unbooked(c, g) && (g.status == "citizen" || day.Length(c.need.StartsOn, c.need.EndsOn) < 120)
}

func (l *life) unbooked(c told, g guest) bool {
	return !slices.ContainsFunc(l.booked[g.id], func(p [2]day.Day) bool { return p[0] <= c.need.EndsOn.Add(60) && c.need.StartsOn <= p[1].Add(60) })
}

// shownPerson is the professional whose sign-in is shown.
func (l *life) shownPerson(ctx context.Context) (guest, bool, error) {
	var rows []struct{ ID, Pseudonym, UserID string }
	err := l.DB.View(ctx, func(tx *store.Tx) error {
		return tx.Raw(`SELECT p.id, p.pseudonym, p.user_id FROM professionals p JOIN visibility v ON v.professional_id = p.id WHERE p.pseudonym = ? AND p.demo AND p.user_id IS NOT NULL`, MoussaDiop).Scan(&rows).Error
	})
	if err != nil || len(rows) == 0 {
		return guest{}, false, err
	}
	return guest{id: rows[0].ID, pseudonym: rows[0].Pseudonym, residence: "IT", association: "it-senegal",
		who: identity.Actor{UserID: rows[0].UserID, Role: identity.Professional, ProfessionalID: rows[0].ID, Locale: "fr", Demo: true}}, true, nil
}

// enter is somebody who comes by themselves, or whom an association proposes.
func (l *life) enter(ctx context.Context, c told, p *part, i int) error {
	before := min(c.shortlist-1, 0) - i
	l.at(before, 9)
	var err error
	if p.end == nominated {
		officer := l.associationOfficer(p.association)
		p.view, err = l.selection.Nominate(ctx, officer, c.need.ID, p.pseudonym, pick(i, nominationWords))
		return err
	}
	if p.view, err = l.selection.Apply(ctx, p.who, c.need.ID, pick(i, statements)); err != nil || p.end == applied {
		return err
	}
	l.at(min(before+2, 0), 11)
	if p.end == withdrawn {
		_, err = l.selection.Withdraw(ctx, p.who, p.view.ID, p.view.Version, "My employer needs me in these months.")
		return err
	}
	take := func(ask selection.Ask) error {
		p.view, err = l.selection.Take(ctx, c.coordinator, p.view.ID, p.view.Version, ask)
		return err
	}
	if p.end == ineligible {
		return take(selection.Ask{Move: "exclude", Code: "availability", Reason: "The days that you are free do not meet those of the host."})
	}
	if err := take(selection.Ask{Move: "admit"}); err != nil || p.end == eligible {
		return err
	}
	if err := take(selection.Ask{Move: "longlist"}); err != nil || p.end == longlisted {
		return err
	}
	return take(selection.Ask{Move: "dismiss", Code: "stronger_candidates", Reason: "Others have done just this work for longer."})
}

// associationOfficer speaks for an association, by its key.
func (l *life) associationOfficer(key string) identity.Actor {
	officers, _ := readOfficers() // read before
	return l.of("association", key, officers)
}

// choose puts the best before the host, five at a time as the programme wants it.
func (l *life) choose(ctx context.Context, c told, chosen []part) error {
	for group := range slices.Chunk(chosen, 5) {
		l.at(c.shortlist, 10)
		version, err := l.version(ctx, c)
		if err != nil {
			return err
		}
		picks := make([]selection.Pick, len(group))
		for i, p := range group {
			picks[i] = selection.Pick{Pseudonym: p.pseudonym}
		}
		sheet, err := l.selection.Shortlist(ctx, c.coordinator, c.need.ID, version, picks, "The best of the ranking; each has done this work, and has the language.")
		if err != nil {
			return err
		}
		for i := range group {
			for _, item := range sheet.Items {
				if item.ProfessionalID == group[i].id {
					group[i].view = item
				}
			}
		}
	}
	return nil
}

// version is that of the need as it stands.
func (l *life) version(ctx context.Context, c told) (int, error) {
	sitting, err := l.selection.Sitting(ctx, c.coordinator, c.need.ID)
	return sitting.Version, err
}

// lead brings somebody from the shortlist as far as they come.
func (l *life) lead(ctx context.Context, c told, p *part, i int) error {
	day := func(after int) { l.at(min(c.shortlist+after, 0), 9+i%7) }
	keep := func(v selection.View, failed error) error {
		p.view = v
		return failed
	}
	switch p.end {
	case shortlisted:
		return nil
	case doubted:
		day(5)
		return keep(l.selection.Take(ctx, c.coordinator, p.view.ID, p.view.Version, selection.Ask{Move: "disqualify", Reason: "The school that the diploma names does not know of it."}))
	case refused, reviewed:
		day(4)
		if err := keep(l.selection.Endorse(ctx, c.host, p.view.ID, p.view.Version, selection.Opinion{Reason: "We need somebody who has led a team of this size."})); err != nil || p.end == refused {
			return err
		}
		day(9)
		return keep(l.selection.Take(ctx, p.who, p.view.ID, p.view.Version, selection.Ask{Move: "ask_review", Reason: "I have led twelve people since 2021; it stands in my file."}))
	}
	day(3)
	if err := keep(l.selection.Endorse(ctx, c.host, p.view.ID, p.view.Version, selection.Opinion{Yes: true, Reason: pick(i, endorsements)})); err != nil || p.end == endorsed {
		return err
	}
	if p.end == left {
		day(6)
		return keep(l.selection.Withdraw(ctx, p.who, p.view.ID, p.view.Version, "My mother is ill. I hope to come another year."))
	}
	day(6)
	opinion := selection.Opinion{Yes: p.end != objected, Reason: "In line with the strategy of the sector."}
	if p.end == objected {
		opinion.Reason = "Two others of this trade work at the same hospital already."
	}
	if err := keep(l.selection.Clear(ctx, c.ministry, p.view.ID, p.view.Version, opinion)); err != nil || p.end == objected || p.end == unopposed {
		return err
	}
	day(9)
	if err := keep(l.selection.Approve(ctx, c.coordinator, p.view.ID, p.view.Version, selection.Opinion{Yes: true, Reason: "All is in order, and the budget line covers it."})); err != nil || p.end == offered {
		return err
	}
	day(11)
	if p.end == declined {
		return keep(l.selection.Decline(ctx, p.who, p.view.ID, p.view.Version, "I have been offered a post that I cannot leave."))
	}
	return keep(l.selection.Accept(ctx, p.who, p.view.ID, p.view.Version, true))
}

// seat puts the committee together; the second coordinator chairs it, so that the
// first can still approve.
func (l *life) seat(ctx context.Context, c told) error {
	l.at(c.shortlist, 14)
	version, err := l.version(ctx, c)
	if err != nil {
		return err
	}
	_, err = l.selection.Seat(ctx, c.coordinator, c.need.ID, version, []selection.Seat{{UserID: c.host.UserID, Seat: "host"},
		{UserID: c.second.UserID, Seat: "coordinator", Chair: true}, {UserID: c.ministry.UserID, Seat: "ministry"}})
	return err
}

// assess is the committee's work on somebody.
func (l *life) assess(ctx context.Context, c told, p *part, i int) error {
	if p.end == shortlisted {
		return nil
	}
	day := func(after int) { l.at(min(c.shortlist+after, 0), 9+i%7) }
	day(2)
	for _, member := range []identity.Actor{c.host, c.second, c.ministry} {
		if _, err := l.selection.Declare(ctx, member, p.view.ID, false, ""); err != nil {
			return err
		}
	}
	take := func(ask selection.Ask) error {
		v, err := l.selection.Find(ctx, c.second, p.view.ID)
		if err == nil {
			p.view, err = l.selection.Take(ctx, c.second, p.view.ID, v.Version, ask)
		}
		return err
	}
	day(4)
	if err := take(selection.Ask{Move: "assess"}); err != nil {
		return err
	}
	judges := []identity.Actor{c.second, c.ministry}
	if p.end == assessing {
		judges = judges[:1]
	}
	agreed := []selection.Agreed{}
	for j, judge := range judges {
		day(6 + j)
		var scores []selection.Score
		agreed = agreed[:0]
		for k, criterion := range c.terms.Criteria {
			level := max(1, 4-(i+j+k)%3-i/3)
			scores = append(scores, selection.Score{Criterion: criterion.ID, Level: level, Note: pick(k, notes)})
			agreed = append(agreed, selection.Agreed{Criterion: criterion.ID, Level: level})
		}
		if _, err := l.selection.Judge(ctx, judge, p.view.ID, scores); err != nil {
			return err
		}
	}
	for _, one := range references {
		if _, err := l.selection.Refer(ctx, c.second, p.view.ID, one[0], one[1]); err != nil {
			return err
		}
	}
	move := map[end]string{recommended: "recommend", reserve: "reserve", notSelected: "not_select"}[p.end]
	if move == "" {
		return nil
	}
	day(8)
	ask := selection.Ask{Move: move, Levels: agreed, Reason: "The committee met by telephone and agreed on every level."}
	if move == "not_select" {
		ask.Code = "experience"
	}
	return take(ask)
}

// mark puts tags on some, hands some to a colleague, and lets the parties write.
func (l *life) mark(ctx context.Context, c told, chosen []part) error {
	for i, p := range chosen {
		target := bulk.Target{Record: "candidacy", ID: p.view.ID}
		if p.view.State == selection.Accepted || p.view.State == selection.NotSelected {
			continue
		}
		l.at(0, 7)
		var asked []bulk.Asked
		if i%3 == 0 {
			asked = append(asked, bulk.Asked{Kind: bulk.Tag, Value: pick(i/3+c.posts, tags)})
		}
		if i%2 == 0 {
			asked = append(asked, bulk.Asked{Kind: bulk.Assign, Value: []string{c.coordinator.UserID, c.second.UserID}[i/2%2]})
		}
		for _, a := range asked {
			a.Targets = []bulk.Target{target}
			if _, err := l.bulk.Begin(ctx, c.coordinator, a); err != nil {
				return fmt.Errorf("mark: %w", err)
			}
		}
		if i > 1 || p.end == doubted || !p.view.Running() {
			continue
		}
		for j, one := range []struct {
			who   identity.Actor
			words string
		}{{c.coordinator, "Thank you for your patience. The host asks whether you could begin a week earlier."},
			{p.who, "A week earlier suits me, if I know before the end of the month."},
			{c.host, "That helps us: the team is complete in that week. You will share an office with your counterpart."}} {
			l.at(-3+j, 10)
			if _, err := l.messages.Write(ctx, one.who, "candidacy", p.view.ID, "", one.words); err != nil {
				return fmt.Errorf("write: %w", err)
			}
		}
	}
	return nil
}

// pick is one of a list, over and over.
func pick(i int, words []string) string { return words[i%len(words)] }

var (
	nominationWords = []string{"Our member has trained producers for years, and goes home every winter.", "We know this work well; our board proposes it with one voice."}
	statements      = []string{"I grew up near the place and want to give back what I have learnt.", "I have done exactly this for eight years and can teach it.",
		"My employer lets me go for these weeks. I would come prepared.", "I worked with this host as a student and know the team.", "I can pass on what my team has learnt the hard way."}
	endorsements = []string{"She knows the work that our plan asks for.", "The interview convinced all three of us.", "The best fit for what the team wants to learn."}
	notes        = []string{"Plain examples from daily work.", "Two projects named, one of them alone.", ""}
	references   = [][2]string{{"Head of department, present employer", "Reliable, patient with beginners, calm when it counts."}, {"Former supervisor, public service", "I would work together again at any time."}}
	tags         = []string{"urgent", "needs a visa", "speaks to the press", "first stay", "second opinion"}
)
