// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"context"
	"iter"
	"math/bits"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// set is a set of documents of one state of the index, by their numbers: a bit
// each, so that conditions are met by the word.
type set []uint64

func (s *set) add(n uint64) {
	word := int(n / 64)
	if missing := word + 1 - len(*s); missing > 0 {
		*s = append(*s, make([]uint64, missing)...)
	}
	(*s)[word] |= 1 << (n % 64)
}

func (s set) remove(n uint64) {
	if word := int(n / 64); word < len(s) {
		s[word] &^= 1 << (n % 64)
	}
}

func (s set) has(n uint64) bool { return int(n/64) < len(s) && s[n/64]&(1<<(n%64)) != 0 }

// and keeps what is also in the other.
func (s set) and(o set) set {
	out := make(set, min(len(s), len(o)))
	for i := range out {
		out[i] = s[i] & o[i]
	}
	return out
}

// without keeps what is not in the other.
func (s set) without(o set) set {
	out := make(set, len(s))
	copy(out, s)
	for i := range min(len(s), len(o)) {
		out[i] &^= o[i]
	}
	return out
}

// or adds what is in the other.
func (s *set) or(o set) {
	for len(*s) < len(o) {
		*s = append(*s, 0)
	}
	for i := range o {
		(*s)[i] |= o[i]
	}
}

func (s set) count() int {
	n := 0
	for _, word := range s {
		n += bits.OnesCount64(word)
	}
	return n
}

// all walks over the members, lowest first.
func (s set) all() iter.Seq[uint64] {
	return func(yield func(uint64) bool) {
		for i, word := range s {
			for ; word != 0; word &= word - 1 {
				if !yield(uint64(i*64 + bits.TrailingZeros64(word))) {
					return
				}
			}
		}
	}
}

// state reads one state of the index term by term: bleve's query tree costs
// many times what its postings do.
type state struct {
	ctx    context.Context
	reader index.IndexReader
}

// having returns the documents that hold the term in the field. Their bitmaps are
// taken from the segments: one by one they would cost many times as much, and the
// facets of a search ask for some thousand terms.
func (st state) having(field, term string) (set, error) {
	if err := st.ctx.Err(); err != nil {
		return nil, err
	}
	snapshot, ok := st.reader.(*scorch.IndexSnapshot)
	if !ok {
		var out set
		err := st.walk(field, term, func(n uint64) { out.add(n) })
		return out, err
	}
	var out set
	from := uint64(0)
	for _, s := range snapshot.Segments() {
		if err := out.holders(s, field, term, from); err != nil {
			return nil, err
		}
		from += uint64(s.FullSize())
	}
	return out, nil
}

// holders adds the documents of one segment that hold the term; its numbers begin
// at from.
func (s *set) holders(in *scorch.SegmentSnapshot, field, term string, from uint64) error {
	terms, err := in.Segment().Dictionary(field)
	if err != nil {
		return err
	}
	postings, err := terms.PostingsList([]byte(term), in.Deleted(), nil)
	if err != nil {
		return err
	}
	each := postings.Iterator(false, false, false, nil)
	if whole, ok := each.(segment.OptimizablePostingsIterator); ok {
		if only, single := whole.DocNum1Hit(); single {
			s.add(from + only)
			return nil
		}
		if bitmap := whole.ActualBitmap(); bitmap != nil {
			s.addAll(bitmap, from)
			return nil
		}
	}
	for {
		next, err := each.Next()
		if err != nil || next == nil {
			return err
		}
		s.add(from + next.Number())
	}
}

// addAll adds the members of a bitmap.
func (s *set) addAll(bitmap *roaring.Bitmap, from uint64) {
	if bitmap.IsEmpty() {
		return
	}
	s.add(from + uint64(bitmap.Maximum())) // the set is long enough from now on
	var numbers [256]uint32
	some := bitmap.ManyIterator()
	for n := some.NextMany(numbers[:]); n > 0; n = some.NextMany(numbers[:]) {
		for _, number := range numbers[:n] {
			at := from + uint64(number)
			(*s)[at/64] |= 1 << (at % 64)
		}
	}
}

// walk calls f for each document that holds the term in the field.
func (st state) walk(field, term string, f func(n uint64)) error {
	if err := st.ctx.Err(); err != nil {
		return err
	}
	postings, err := st.reader.TermFieldReader(st.ctx, []byte(term), field, false, false, false)
	if err != nil {
		return err
	}
	defer postings.Close()
	var doc index.TermFieldDoc
	for {
		next, err := postings.Next(doc.Reset())
		if err != nil || next == nil {
			return err
		}
		f(next.ID.Value())
	}
}

// holding counts the documents that hold the term in the field.
func (st state) holding(field, term string) (int, error) {
	postings, err := st.reader.TermFieldReader(st.ctx, []byte(term), field, false, false, false)
	if err != nil {
		return 0, err
	}
	defer postings.Close()
	return int(postings.Count()), nil
}

// terms lists the terms of a field from first to last, both included; an empty
// last means to the end.
func (st state) terms(field, first, last string) ([]string, error) {
	var end []byte
	if last != "" {
		end = []byte(last)
	}
	dict, err := st.reader.FieldDictRange(field, []byte(first), end)
	if err != nil {
		return nil, err
	}
	return listed(dict)
}

// prefixed lists the terms of a field that begin so.
func (st state) prefixed(field, prefix string) ([]string, error) {
	dict, err := st.reader.FieldDictPrefix(field, []byte(prefix))
	if err != nil {
		return nil, err
	}
	return listed(dict)
}

func listed(dict index.FieldDict) ([]string, error) {
	defer dict.Close()
	var all []string
	for {
		entry, err := dict.Next()
		if err != nil || entry == nil {
			return all, err
		}
		all = append(all, entry.Term)
	}
}

// external returns the identifiers of documents, in the order of their numbers.
func (st state) external(numbers []uint64) ([]string, error) {
	ids := make([]string, len(numbers))
	var buffer index.IndexInternalID
	for i, n := range numbers {
		buffer = index.NewIndexInternalID(buffer, n)
		id, err := st.reader.ExternalID(buffer)
		if err != nil {
			return nil, err
		}
		ids[i] = id
	}
	return ids, nil
}
