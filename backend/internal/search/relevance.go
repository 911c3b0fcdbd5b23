// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Relevance is counted in whole points, so that the order never depends on how a
// computer rounds. What a profile states in codes comes first, and then what its
// texts say, after BM25 (Robertson and Zaragoza, 2009) with the usual k1 = 1.2 and
// b = 0.75.
const (
	codedPoints  = 1_000_000 // more than thirty words in a text can give
	worthPoints  = 100       // for each thousandth that a claimed skill is worth
	commonLength = 300       // in the texts of a profile: the average that lengths are compared with
)

// saturation is what a word gives that a text of so many words holds so many
// times, in thousandths: at most 2,200.
func saturation(times, length int) int {
	pivot := 1200 * (250*commonLength + 750*length) / (1000 * commonLength)
	return times * 2200 * 1000 / (times*1000 + pivot)
}

// rarity is the inverse document frequency in thousandths: of so many people so
// many use the word.
func rarity(people, users int) int {
	return int(1000 * math.Log(1+(float64(people-users)+0.5)/(float64(users)+0.5)))
}

// evaluation puts a plan to a source.
type evaluation struct {
	src      source
	texts    analyzers
	people   int
	points   []int // by document
	wordbook *wordbook
	exact    bool // no other spellings
	settled  bool // other spellings have been decided on already
}

func newEvaluation(src source, texts analyzers) *evaluation {
	all := src.everybody()
	return &evaluation{src: src, texts: texts, people: all.count(), points: make([]int, 64*len(all))}
}

// met returns who meets the plan, and counts their points.
func (e *evaluation) met(p *plan) (set, error) {
	if p == nil {
		return e.src.everybody(), nil
	}
	if p.kind == oneClause {
		return e.part(p.part)
	}
	var out set
	for i, kid := range p.kids {
		some, err := e.met(kid)
		if err != nil {
			return nil, err
		}
		switch {
		case p.kind == noneOf:
			return e.src.everybody().without(some), nil
		case p.kind == anyOf:
			out.or(some)
		case i == 0:
			out = some
		default:
			out = out.and(some)
		}
	}
	return out, nil
}

// part returns who meets one part.
func (e *evaluation) part(p *queryPart) (set, error) {
	var out set
	switch {
	case p.coded():
		coded, err := e.codes(p)
		if err != nil {
			return nil, err
		}
		out = coded
		if p.field != "" {
			return out, nil
		}
	case p.field != "":
		some, err := queryFields[p.field].holders(e.src, p.words[0])
		if err == nil && !p.negated {
			e.give(some, codedPoints)
		}
		return some, err
	case p.phrase:
		return e.row(p)
	}
	spelled, err := e.spelled(p, out)
	if err != nil {
		return nil, err
	}
	if out, err = e.guessed(p, out, spelled); err != nil {
		return nil, err
	}
	both := make(set, 0, len(out))
	both.or(out)
	both.or(spelled)
	return both, nil
}

// guessed takes a word that hardly anybody uses for the label that is spelled nearly
// like it, and if nobody is found at all for the one that sounds like it in the other
// script. It returns who has what is meant.
func (e *evaluation) guessed(p *queryPart, coded, spelled set) (set, error) {
	if e.exact || e.settled || p.negated || p.coded() || len(p.words) != 1 || e.wordbook == nil {
		return coded, nil
	}
	var meant naming
	if users := spelled.shared(e.src.everybody()); users <= few || len(p.near[0]) > 0 {
		meant = e.wordbook.nearest(p.words[0])
		if meant.size() == 0 && users == 0 {
			meant = e.wordbook.sounding(p.words[0])
		}
	}
	if meant.size() == 0 {
		return coded, nil
	}
	p.skills, p.groups, p.guessed = meant.skills, meant.groups, true
	return e.codes(p)
}

// give adds points to each member.
func (e *evaluation) give(members set, points int) {
	for n := range members.all() {
		if int(n) < len(e.points) {
			e.points[n] += points
		}
	}
}

// codes returns who has a concept or works in a group, and counts what a claim is worth.
func (e *evaluation) codes(p *queryPart) (set, error) {
	var all set
	for _, concept := range p.skills {
		holders, err := e.src.having(aboveField, concept)
		if err != nil {
			return nil, err
		}
		all.or(holders)
		if p.negated {
			continue
		}
		claims, err := e.src.prefixed(worthField, concept+"/")
		if err != nil {
			return nil, err
		}
		for _, claim := range claims {
			worth, _ := strconv.Atoi(claim[strings.LastIndexByte(claim, '/')+1:])
			claimants, err := e.src.having(worthField, claim)
			if err != nil {
				return nil, err
			}
			e.give(claimants, worth*worthPoints)
		}
	}
	for _, group := range p.groups {
		for _, field := range []string{iscoField, heldField} {
			holders, err := e.src.having(field, group)
			if err != nil {
				return nil, err
			}
			all.or(holders)
			if field == iscoField && !p.negated {
				e.give(holders, 1000*worthPoints) // the present occupation before former ones
			}
		}
	}
	if !p.negated {
		e.give(all, codedPoints)
	}
	return all, nil
}

// row returns who wrote the words in a row.
func (e *evaluation) row(p *queryPart) (set, error) {
	holders, err := e.src.inARow(p.words[0])
	if err == nil && !p.negated {
		e.give(holders, 2*rarity(e.people, holders.and(e.src.everybody()).count()))
	}
	return holders, err
}

// spelled returns who wrote all the words of a part, or others that are spelled
// nearly like them where nobody is found by the words or by what they mean.
func (e *evaluation) spelled(p *queryPart, coded set) (set, error) {
	may := !e.exact && !e.settled && !p.negated && coded.and(e.src.everybody()).count() == 0
	if !e.settled {
		p.near = make([][]Near, len(p.words))
	}
	points := make([]int, len(e.points))
	var all set
	for i, word := range p.words {
		best := make([]int, len(e.points))
		some, err := e.word(word, best)
		if err != nil {
			return nil, err
		}
		if may {
			if p.near[i], err = spellings(e.src, word, some.and(e.src.everybody()).count()); err != nil {
				return nil, err
			}
		}
		for _, other := range p.near[i] {
			more, err := e.text(wordsField, []string{other.Word}, best, other.apart)
			if err != nil {
				return nil, err
			}
			some.or(more)
		}
		rare := rarity(e.people, some.and(e.src.everybody()).count())
		for n := range some.all() {
			if int(n) < len(points) {
				points[n] += best[n] * rare / 1000
			}
		}
		if i == 0 {
			all = some
		} else {
			all = all.and(some)
		}
	}
	if !p.negated {
		for n := range all.all() {
			if int(n) < len(e.points) {
				e.points[n] += points[n]
			}
		}
	}
	return all, nil
}

// word returns the documents whose text holds a word: as it is written, or in
// another form of it in the text's language.
func (e *evaluation) word(word string, best []int) (set, error) {
	some, err := e.text(wordsField, e.texts.tokens(word, other), best, 0)
	if err != nil {
		return nil, err
	}
	for language := range analyzerNames {
		more, err := e.text(textField+language, e.texts.tokens(word, language), best, 0)
		if err != nil {
			return nil, err
		}
		some.or(more)
	}
	return some, nil
}

// text returns the documents that hold all the tokens in the field, and notes the
// best that each gives; a spelling that is so many slips apart gives a part of it.
func (e *evaluation) text(field string, tokens []string, best []int, slips int) (set, error) {
	var all set
	for i, token := range tokens {
		var some set
		err := e.src.weighed(field, token, func(n uint64, times, length int) {
			some.add(n)
			if int(n) < len(best) {
				best[n] = max(best[n], saturation(times, length)>>slips)
			}
		})
		if err != nil {
			return nil, err
		}
		if all = all.and(some); i == 0 {
			all = some
		}
	}
	return all, nil
}

// cursorAt is where somebody stands in the order of a search.
type cursorAt struct {
	Points int    `json:"p"`
	ID     string `json:"i"`
}

// ordered returns the people of one page: those with the most points first, and of
// equals those who are here longest. After a place it goes on from there.
func (e *evaluation) ordered(hits set, after *cursorAt, limit int) (page []cursorAt, more bool, err error) {
	numbers := make([]uint64, 0, hits.count())
	for n := range hits.all() {
		if after == nil || e.points[n] <= after.Points {
			numbers = append(numbers, n)
		}
	}
	slices.SortFunc(numbers, func(a, b uint64) int { return cmp.Compare(e.points[b], e.points[a]) })
	// Of whoever has as many points as the last on the page, or as the last of the
	// page before, identifiers decide: these are asked for.
	for from := 0; from < len(numbers) && len(page) <= limit; {
		to := from
		for to < len(numbers) && e.points[numbers[to]] == e.points[numbers[from]] {
			to++
		}
		ids, err := e.src.external(numbers[from:to])
		if err != nil {
			return nil, false, err
		}
		slices.Sort(ids)
		points := e.points[numbers[from]]
		for _, id := range ids {
			if after == nil || points < after.Points || id > after.ID {
				page = append(page, cursorAt{Points: points, ID: id})
			}
		}
		from = to
	}
	more = len(page) > limit
	return page[:min(limit, len(page))], more, nil
}
