// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"fmt"
	"reflect"

	"sankofa/backend/internal/matching"
	"sankofa/backend/internal/registry"
)

// row is what the index keeps of a person for ranking, beside what is searched
// for: codes, levels, counts and days, and the stems of the texts. Words that only
// explain a score are left out; whoever is shown is read again from the database.
type row struct {
	Origin     string
	Version    int // of the profile that was read
	ID         string
	Programmes []string
	Class      matching.Class  // whatever the need is written in
	Person     matching.Person // without its terms
	Stems      []stem          // of the person's texts, sorted
}

// stem is a word of a person's texts and how often it occurs.
type stem struct {
	Stem  string
	Count int
}

// newRow makes the row of a profile from its values.
func newRow(profile registry.Profile, p matching.Person) row {
	r := row{Origin: p.Origin, Version: profile.Version, ID: profile.ID, Programmes: profile.Programmes,
		Class: matching.ClassOf(matching.Need{}, p), Person: lean(p)}
	r.Stems = make([]stem, len(p.Terms))
	for i, t := range p.Terms {
		r.Stems[i] = stem{Stem: t.Stem, Count: t.Count}
	}
	return r
}

// lean leaves out the words that only explain a score.
func lean(p matching.Person) matching.Person {
	p.Occupation, p.Terms, p.Missions = "", nil, nil
	p.Claims = each(p.Claims, func(c matching.Claim) matching.Claim {
		c.Words, c.Source = "", ""
		c.Terms = each(c.Terms, func(t matching.Term) matching.Term { return matching.Term{Stem: t.Stem} })
		return c
	})
	p.Education = each(p.Education, func(e matching.Education) matching.Education { e.Title = ""; return e })
	p.Licences = each(p.Licences, func(l matching.Licence) matching.Licence { l.Body, l.Country = "", ""; return l })
	p.Posts = each(p.Posts, func(post matching.Post) matching.Post { post.Title = ""; return post })
	return p
}

// each returns what f makes of every member.
func each[T any](list []T, f func(T) T) []T {
	out := make([]T, len(list))
	for i, one := range list {
		out[i] = f(one)
	}
	return out
}

// pack spells a row as bytes.
func (r row) pack() []byte { return pack(make([]byte, 0, 1024), reflect.ValueOf(r)) }

// unpackRow reads a row, whose texts are parts of the one given. Bytes that end
// early or go on are an error, and never a panic: they come from a file.
func unpackRow(text string) (row, error) {
	var r row
	p := packed{rest: text}
	p.fill(reflect.ValueOf(&r).Elem())
	if p.failed || len(p.rest) > 0 {
		return row{}, fmt.Errorf("%w: %w", errDamaged, errPacked)
	}
	return r, nil
}

// versionOf reads the version alone.
func versionOf(text string) (int, error) {
	p := packed{rest: text}
	p.text() // the origin
	version := p.integer()
	if p.failed {
		return 0, fmt.Errorf("%w: %w", errDamaged, errPacked)
	}
	return int(version), nil
}
