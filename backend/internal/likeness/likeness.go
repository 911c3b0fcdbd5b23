// SPDX-License-Identifier: AGPL-3.0-or-later

// Package likeness says whether two records are of one person: by telephone
// number, e-mail address, name across scripts and spellings, and date of birth.
// It is pure: values in, an opinion with its reasons out; people decide.
package likeness

import (
	"slices"
	"strings"

	"sankofa/backend/internal/day"
)

// Person is what two records are compared by.
type Person struct {
	GivenName, FamilyName    string
	Phone, Email             string
	BirthDate                day.Day
	Residence, OriginCountry string // ISO 3166-1 alpha-2: where a national number may be dialled
}

// Strength says how sure we are.
type Strength int

// The strengths; nothing weaker is proposed to anybody.
const (
	None     Strength = iota
	Possible          // worth a look
	Likely            // the same by all that identifies a person
)

// String names the strength as answers spell it.
func (s Strength) String() string { return [...]string{"none", "possible", "likely"}[s] }

// Reason is one thing that speaks for or against.
type Reason string

// The reasons.
const (
	SameName   Reason = "name"
	PartName   Reason = "name_part" // a name of both, the rest differs
	SamePhone  Reason = "phone"
	SameEmail  Reason = "email"
	SameBirth  Reason = "birth_date"
	NearBirth  Reason = "birth_date_near"  // day and month swapped, or one digit differs
	UsualBirth Reason = "birth_date_usual" // 1 January, which registers write who do not know
	NoBirth    Reason = "birth_date_unknown"
)

// Likeness is the opinion with its reasons.
type Likeness struct {
	Strength Strength
	Reasons  []Reason
}

// Compare says whether two records are of one person. A telephone that a family
// shares is no reason by itself, and another date of birth speaks against
// everything but the same address of the same name with a slip in the date.
func Compare(a, b Person) Likeness {
	name, birth := compareNames(a, b), compareBirths(a.BirthDate, b.BirthDate)
	phone := share(phonesOf(a), phonesOf(b))
	email := a.Email != "" && strings.EqualFold(strings.TrimSpace(a.Email), strings.TrimSpace(b.Email))
	strength := judge(name, birth, phone, email)
	if strength == None {
		return Likeness{}
	}
	return Likeness{Strength: strength, Reasons: reasons(name, birth, phone, email)}
}

func judge(name agreement, birth Reason, phone, email bool) Strength {
	contact := phone || email
	switch {
	case name == different:
		return None
	case birth == "": // they differ
		return when(name == same && email, Possible)
	case birth == NearBirth:
		return when(name == same && contact, Possible)
	case birth == SameBirth && name == same:
		return Likely
	case birth == UsualBirth && name == same:
		return max(when(contact, Likely), Possible)
	case birth == NoBirth && name == same:
		return when(contact, Likely)
	}
	return when(contact, Possible) // a part of the name
}

func when(ok bool, s Strength) Strength {
	if ok {
		return s
	}
	return None
}

func reasons(name agreement, birth Reason, phone, email bool) []Reason {
	var out []Reason
	for _, one := range []struct {
		reason Reason
		holds  bool
	}{{SameName, name == same}, {PartName, name == partly}, {SamePhone, phone}, {SameEmail, email}} {
		if one.holds {
			out = append(out, one.reason)
		}
	}
	if birth != "" {
		out = append(out, birth)
	}
	return out
}

// compareBirths returns how two dates agree, or nothing when they differ.
func compareBirths(a, b day.Day) Reason {
	switch {
	case a == "" || b == "":
		return NoBirth
	case a == b && strings.HasSuffix(string(a), "-01-01"):
		return UsualBirth
	case a == b:
		return SameBirth
	case swapped(a) == b, slips(string(a), string(b)) == 1:
		return NearBirth
	}
	return ""
}

// swapped returns the date with day and month in the other order.
func swapped(d day.Day) day.Day {
	if len(d) != len("2006-01-02") {
		return d
	}
	return d[:5] + d[8:] + "-" + d[5:7]
}

// slips counts the places in which two dates differ.
func slips(a, b string) int {
	n := 0
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			n++
		}
	}
	return n
}

func phonesOf(p Person) []string { return Phones(p.Phone, p.Residence, p.OriginCountry) }

func share(a, b []string) bool {
	return slices.ContainsFunc(a, func(one string) bool { return slices.Contains(b, one) })
}

// Keys returns what anybody who may be the same person shares at least one of:
// for looking candidates up in an index before comparing. Two that share none
// are not alike; two that share one need not be.
func Keys(p Person) []string {
	var out []string
	add := func(key string) {
		if !slices.Contains(out, key) {
			out = append(out, key)
		}
	}
	for _, number := range phonesOf(p) {
		add("phone " + number)
	}
	if p.Email != "" {
		add("email " + strings.ToLower(strings.TrimSpace(p.Email)))
	}
	if p.BirthDate != "" {
		for _, word := range words(p.GivenName + " " + p.FamilyName) {
			for _, reading := range readings(word) {
				add("birth " + string(p.BirthDate) + " " + reading)
			}
		}
	}
	return out
}
