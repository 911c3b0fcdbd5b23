// SPDX-License-Identifier: AGPL-3.0-or-later

package assigning

// divide splits a node into parts that together are all of it, or into none when
// everything in it is decided.
func (s *search) divide(n *node) []*node {
	if arcs := s.undecidedPin(n); arcs != nil {
		return s.byPin(n, arcs)
	}
	if i, w, ok := s.undecidedWay(n); ok {
		return s.byWay(n, i, w)
	}
	if a := s.undecidedArc(n); a >= 0 {
		return s.byArc(n, a)
	}
	// Everything is decided: what is taken is the only proposal of this part.
	var all []int32
	for a, state := range n.state {
		if state == in {
			all = append(all, int32(a))
		}
	}
	s.offer(all)
	return nil
}

// undecidedPin returns the arcs by which a pin may still be kept.
func (s *search) undecidedPin(n *node) []int32 {
	for _, p := range s.m.pins {
		var open []int32
		kept := false
		for _, a := range p.arcs {
			kept = kept || n.state[a] == in
			if n.state[a] == free {
				open = append(open, a)
			}
		}
		if !kept {
			return open
		}
	}
	return nil
}

// byPin makes a part for each arc by which the pin may be kept.
func (s *search) byPin(n *node, arcs []int32) []*node {
	parts := make([]*node, len(arcs))
	for i, a := range arcs {
		parts[i] = n.child()
		parts[i].state[a] = in
	}
	return parts
}

// undecidedWay returns the way of a linked need that the relaxed problem is least
// sure about: nearest to a half, counting from whole posts.
func (s *search) undecidedWay(n *node) (need, way int, ok bool) {
	most := int64(-1)
	for i := range s.m.needs {
		if !s.m.needs[i].linked {
			continue
		}
		for w := range s.m.needs[i].ways {
			if n.low[i][w] == n.high[i][w] {
				continue
			}
			part := s.filled[i][w] % 1000
			if doubt := min(part, 1000-part); doubt > most {
				most, need, way, ok = doubt, i, w, true
			}
		}
	}
	return need, way, ok
}

// byWay makes two parts: the way is filled more often than some number of times,
// or not.
func (s *search) byWay(n *node, i, w int) []*node {
	at := int32(s.filled[i][w] / 1000)
	at = min(max(at, n.low[i][w]), n.high[i][w]-1)
	more, less := n.child(), n.child()
	more.low[i][w], less.high[i][w] = at+1, at
	return []*node{more, less}
}

// undecidedArc returns the free arc that the relaxed problem is least sure about,
// or -1 when none is free.
func (s *search) undecidedArc(n *node) int32 {
	most, found := int64(-1), int32(-1)
	for a, state := range n.state {
		if state != free {
			continue
		}
		doubt := 2 * min(s.mean[a], 1000-s.mean[a])
		if s.mean[a] >= 500 {
			doubt++ // of two that are as sure, the one that is wanted
		}
		if doubt > most {
			most, found = doubt, int32(a)
		}
	}
	return found
}

func (s *search) byArc(n *node, a int32) []*node {
	with, without := n.child(), n.child()
	with.state[a], without.state[a] = in, out
	return []*node{with, without}
}
