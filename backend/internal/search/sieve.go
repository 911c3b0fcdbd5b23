// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"slices"
	"strings"

	index "github.com/blevesearch/bleve_index_api"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/matching"
)

// sieved is who met the conditions, and how many each condition removed.
type sieved struct {
	known   int // people of the programme in the index
	pool    set // those of the need's country of origin
	passing set
	removed map[matching.Condition]int
}

// sieve applies the conditions to the people of a programme, one after the
// other, as sets. Every set is exact: the same people pass as by the rules of
// matching, which tests compare.
func (st state) sieve(need matching.Need, programme string) (sieved, error) {
	out := sieved{removed: map[matching.Condition]int{}}
	var err error
	if out.known, err = st.holding(memberField, member(personKind, programme)); err != nil {
		return out, err
	}
	if out.pool, err = st.having(poolField, pool(personKind, programme, need.Country)); err != nil {
		return out, err
	}
	left, passing := out.pool.count(), out.pool
	out.removed[matching.Origin] = out.known - left
	for _, c := range matching.Conditions[2:] {
		if passing, err = st.meet(c, need, passing); err != nil {
			return out, err
		}
		now := passing.count()
		out.removed[c], left = left-now, now
	}
	out.passing = passing
	return out, nil
}

// meet returns those of the people who meet one condition.
func (st state) meet(c matching.Condition, need matching.Need, among set) (set, error) {
	switch c {
	case matching.Availability:
		return st.available(need, among)
	case matching.Languages:
		return st.speaking(need, among)
	case matching.Licences:
		return st.licensed(need, among)
	case matching.RightOfReturn:
		return st.returning(need, among)
	case matching.Modality:
		works, err := st.having(worksField, need.Modality)
		return among.and(works), err
	}
	return among, nil
}

// available reads the windows themselves: a month is too coarse for a rule that
// counts days.
func (st state) available(need matching.Need, among set) (set, error) {
	if need.Days() == 0 {
		return among, nil
	}
	values, err := st.reader.DocValueReader([]string{windowField})
	if err != nil {
		return nil, err
	}
	fits := map[string]bool{} // many people share a window
	var free set
	var buffer index.IndexInternalID
	for n := range among.all() {
		buffer = index.NewIndexInternalID(buffer, n)
		err := values.VisitDocValues(buffer, func(_ string, token []byte) {
			fit, known := fits[string(token)]
			if !known {
				w, longest := readWindow(token)
				fit = longest >= need.Days() && day.Overlap(w.From, w.To, need.Starts, need.Ends) >= need.Days()
				fits[string(token)] = fit
			}
			if fit {
				free.add(n)
			}
		})
		if err != nil {
			return nil, err
		}
	}
	return free, nil
}

// speaking keeps who reaches the floor of each required language.
func (st state) speaking(need matching.Need, among set) (set, error) {
	for _, f := range need.Floors {
		if !f.Required {
			continue
		}
		for _, floor := range []struct {
			ability string
			level   int
		}{{"s", int(f.Spoken)}, {"w", int(f.Written)}} {
			if floor.level == 0 {
				continue
			}
			able, err := st.having(speaksField, speaks(f.Language, floor.ability, floor.level))
			if err != nil {
				return nil, err
			}
			among = among.and(able)
		}
	}
	return among, nil
}

// licensed keeps who has, or may have, a licence for the work to the last day.
func (st state) licensed(need matching.Need, among set) (set, error) {
	if !need.LicenceRequired {
		return among, nil
	}
	groups := []string{unsaid}
	if len(need.ISCO) >= 3 {
		groups = append(groups, minorGroup(need.ISCO))
	}
	var holders set
	for _, group := range groups {
		tokens, err := st.prefixed(licenceField, group+"/")
		if err != nil {
			return nil, err
		}
		for _, token := range tokens {
			if until := strings.TrimPrefix(token, group+"/"); until != unsaid && until < string(need.Ends) {
				continue
			}
			some, err := st.having(licenceField, token)
			if err != nil {
				return nil, err
			}
			holders.or(some)
		}
	}
	return among.and(holders), nil
}

// returning leaves out who may not come back after the stay. Most people may, so
// it collects the others.
func (st state) returning(need matching.Need, among set) (set, error) {
	if need.Modality == "virtual" {
		return among, nil
	}
	tokens, err := st.terms(returnField, "", string(need.Ends))
	if err != nil {
		return nil, err
	}
	tokens = slices.DeleteFunc(tokens, func(token string) bool { return token >= string(need.Ends) })
	for _, token := range append(tokens, never) {
		stranded, err := st.having(returnField, token)
		if err != nil {
			return nil, err
		}
		among = among.without(stranded)
	}
	return among, nil
}
