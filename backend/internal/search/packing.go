// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"encoding/binary"
	"errors"
	"fmt"
	"reflect"
)

// Values are kept in the index as few bytes, one after the other in the order of
// their fields: numbers as variable-length integers, texts and lists after their
// length. Nothing says what is what; another program, whose values have other
// fields, has another form and builds its index anew.

// errPacked says that bytes are not what pack wrote.
var errPacked = errors.New("search: these are not packed values")

// pack appends a value: a struct, a list, a text, a whole number or a truth.
func pack(to []byte, value reflect.Value) []byte {
	switch value.Kind() {
	case reflect.Struct:
		for i := range value.NumField() {
			to = pack(to, value.Field(i))
		}
	case reflect.Slice:
		to = binary.AppendUvarint(to, uint64(value.Len()))
		for i := range value.Len() {
			to = pack(to, value.Index(i))
		}
	case reflect.String:
		to = binary.AppendUvarint(to, uint64(value.Len()))
		to = append(to, value.String()...)
	case reflect.Int, reflect.Int32, reflect.Int64:
		to = binary.AppendVarint(to, value.Int())
	case reflect.Uint8:
		to = append(to, byte(value.Uint()))
	case reflect.Bool:
		if value.Bool() {
			return append(to, 1)
		}
		to = append(to, 0)
	default:
		panic(fmt.Sprintf("search: values of the kind %s are not packed", value.Kind())) // found by any test that packs a person
	}
	return to
}

// packed reads what pack wrote. The texts that it reads are parts of rest, so
// whoever keeps one for long clones it.
type packed struct {
	rest   string
	failed bool
}

// number reads a variable-length integer, as binary.Uvarint does.
func (p *packed) number() uint64 {
	var n uint64
	for i := range min(len(p.rest), binary.MaxVarintLen64) {
		b := p.rest[i]
		if n |= uint64(b&0x7f) << (7 * i); b < 0x80 {
			if i == binary.MaxVarintLen64-1 && b > 1 {
				break // more than 64 bits
			}
			p.rest = p.rest[i+1:]
			return n
		}
	}
	p.failed, p.rest = true, ""
	return 0
}

func (p *packed) byte() byte {
	if p.rest == "" {
		p.failed = true
		return 0
	}
	one := p.rest[0]
	p.rest = p.rest[1:]
	return one
}

// text reads a text.
func (p *packed) text() string {
	n := p.length()
	text := p.rest[:n]
	p.rest = p.rest[n:]
	return text
}

// length returns the length of a text or a list, of which every member takes a
// byte at least.
func (p *packed) length() int {
	n := p.number()
	if n > uint64(len(p.rest)) {
		p.failed, p.rest = true, ""
		return 0
	}
	return int(n)
}

// fill reads into a value that can be set.
func (p *packed) fill(value reflect.Value) {
	switch value.Kind() {
	case reflect.Struct:
		for i := range value.NumField() {
			p.fill(value.Field(i))
		}
	case reflect.Slice:
		n := p.length()
		if n == 0 {
			return
		}
		if list, ok := reflect.TypeAssert[*[]stem](value.Addr()); ok {
			*list = p.stems(n) // most of a row
			return
		}
		value.Set(reflect.MakeSlice(value.Type(), n, n))
		for i := range n {
			p.fill(value.Index(i))
		}
	case reflect.String:
		value.SetString(p.text())
	case reflect.Uint8:
		value.SetUint(uint64(p.byte()))
	case reflect.Bool:
		value.SetBool(p.byte() == 1)
	default:
		value.SetInt(p.integer())
	}
}

// integer reads a whole number.
func (p *packed) integer() int64 {
	n := p.number()
	return int64(n>>1) ^ -int64(n&1)
}

// stems reads so many stems, field by field as fill would.
func (p *packed) stems(n int) []stem {
	list := make([]stem, n)
	for i := range list {
		list[i] = stem{Stem: p.text(), Count: int(p.integer())}
	}
	return list
}
