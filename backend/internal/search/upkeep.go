// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"math"
	"strings"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/matching"
)

// dayNumber counts the days since 1970-01-01.
func dayNumber(d day.Day) int32 { return int32(d.Time().Unix() / (24 * 60 * 60)) }

// dayWindows turns windows into numbers. A day that is no day ends nothing and begins
// nothing, as in the rules.
func dayWindows(windows []matching.Window) []dayWindow {
	out := make([]dayWindow, 0, len(windows))
	for _, w := range windows {
		if w.From.Valid() && w.To.Valid() {
			out = append(out, dayWindow{dayNumber(w.From), dayNumber(w.To)})
		}
	}
	return out
}

// lastReturn is the last day on which a person may come back to where they live.
func lastReturn(p matching.Person) int32 {
	switch {
	case p.ReturnRight == "no":
		return math.MinInt32
	case p.ReturnRightUntil == "":
		return math.MaxInt32
	}
	return dayNumber(p.ReturnRightUntil)
}

// put takes a person in, in the place of what was known of them.
func (c *columns) put(r row) {
	c.drop(r.ID)
	c.kin.know(r.Person.Claims)
	p := c.pool(r.Origin)
	e := c.lex.learn(r)
	c.where[e.ID] = place{p, p.add(e)}
}

// pool returns the people of a country; nobody when they are the first.
func (c *columns) pool(country string) *homeland {
	p := c.pools[country]
	if p == nil {
		p = newHomeland(c.lex)
		c.pools[strings.Clone(country)] = p
	}
	return p
}

// drop forgets a person.
func (c *columns) drop(id string) {
	at, ok := c.where[id]
	if !ok {
		return
	}
	delete(c.where, id)
	at.pool.live.remove(uint64(at.slot))
	for programme, members := range at.pool.members {
		members.remove(uint64(at.slot))
		at.pool.members[programme] = members
	}
	at.pool.alive--
	at.pool.held.known = nil
	if dead := len(at.pool.ids) - at.pool.alive; dead > 64 && dead > len(at.pool.ids)/8 {
		c.repack(at.pool)
	}
}

// version returns the version of a person's profile, or -1 for nobody.
func (c *columns) version(id string) int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	at, ok := c.where[id]
	if !ok {
		return -1
	}
	return int(at.pool.versions[at.slot])
}

// change takes in what a batch has written: rows, or nothing for who is gone.
func (c *columns) change(rows map[string]*row) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for id, r := range rows {
		if r == nil {
			c.drop(id)
			continue
		}
		c.put(*r)
	}
}

// repack closes the gaps that the dead have left.
func (c *columns) repack(p *homeland) {
	to := make([]int32, len(p.ids)) // the new slot of each old one, or -1
	next := int32(0)
	for slot := range to {
		to[slot] = -1
		if p.live.has(uint64(slot)) {
			to[slot] = next
			next++
		}
	}
	p.renumber(to)
	for slot, id := range p.ids {
		c.where[id] = place{p, uint32(slot)}
	}
}

// renumber gives everybody the slot that the list says.
func (p *homeland) renumber(to []int32) {
	p.ids, p.names, p.versions = kept(p.ids, to), kept(p.names, to), kept(p.versions, to)
	p.longest, p.returns = kept(p.longest, to), kept(p.returns, to)
	p.classes = kept(p.classes, to)
	p.windows, p.work, p.mine = p.windows.kept(to), p.work.kept(to), p.mine.kept(to)
	for n := range p.weeks {
		p.weeks[n] = p.weeks[n].renumbered(to)
	}
	for i := range p.facets {
		p.facets[i] = kept(p.facets[i], to)
	}
	for language, levels := range p.speech {
		p.speech[language] = kept(levels, to)
	}
	p.live = p.live.renumbered(to)
	for i := range p.works {
		p.works[i] = p.works[i].renumbered(to)
	}
	for programme, members := range p.members {
		p.members[programme] = members.renumbered(to)
	}
	for _, list := range [][]*claimants{p.claims, p.labels} {
		for _, c := range list {
			if c != nil {
				c.renumber(to)
			}
		}
	}
	for _, u := range p.stems {
		if u != nil {
			u.renumber(to)
		}
	}
}

// kept returns the values of those who stay; the list may end early.
func kept[T any](values []T, to []int32) []T {
	out := values[:0]
	for slot, value := range values {
		if to[slot] >= 0 {
			out = append(out, value)
		}
	}
	clear(values[len(out):])
	return out
}

func (l *listing[T]) kept(to []int32) listing[T] {
	var out listing[T]
	for slot := range l.ends {
		if to[slot] >= 0 {
			out.add(l.at(uint32(slot))...)
		}
	}
	return out
}

func (s set) renumbered(to []int32) set {
	var out set
	for n := range s.all() {
		if to[n] >= 0 {
			out.add(uint64(to[n]))
		}
	}
	return out
}

func (c *claimants) renumber(to []int32) {
	n := 0
	for i, slot := range c.slots {
		if to[slot] >= 0 {
			c.slots[n], c.grades[n] = uint32(to[slot]), c.grades[i]
			n++
		}
	}
	c.slots, c.grades = c.slots[:n], c.grades[:n]
}

func (u *users) renumber(to []int32) {
	n := 0
	for i, slot := range u.slots {
		if to[slot] >= 0 {
			u.slots[n], u.counts[n] = uint32(to[slot]), u.counts[i]
			n++
		}
	}
	u.slots, u.counts = u.slots[:n], u.counts[:n]
}
