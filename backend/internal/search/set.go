// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"context"
	"iter"
	"math/bits"

	index "github.com/blevesearch/bleve_index_api"
)

// set is a set of documents of one state of the index, by their numbers: a bit
// each, so that conditions are met by the word.
type set []uint64

func (s *set) add(n uint64) {
	word := int(n / 64)
	for len(*s) <= word {
		*s = append(*s, 0)
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

// having returns the documents that hold the term in the field.
func (st state) having(field, term string) (set, error) {
	var out set
	err := st.walk(field, term, func(n uint64) { out.add(n) })
	return out, err
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
