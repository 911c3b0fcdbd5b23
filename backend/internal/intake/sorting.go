// SPDX-License-Identifier: AGPL-3.0-or-later

package intake

import (
	"fmt"
	"slices"

	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/likeness"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/store"
)

// verdict is what would become of a planned row, and why.
type verdict struct {
	Outcome Outcome
	Reason  string   // a code: "email.twice", "phone.same", "theirs", …; empty when there is nothing to say
	Twin    string   // the identifier of the member that the row is, or may be
	TwinRow int      // or the row of the file that it repeats
	Fields  []string // that would change
}

// repeats are the rows of a file that repeat an earlier one; it goes by the whole
// file, so that it does not matter where a chunk begins.
type repeats map[int]verdict

// repeated finds them: by the address, or by what else records of one person share.
func repeated(rows []Planned, lenient bool) repeats {
	out := repeats{}
	emails, met := map[string]*Planned{}, map[string][]*Planned{}
	for i := range rows {
		p := &rows[i]
		if !p.valid(lenient) {
			continue
		}
		if before, ok := emails[p.Profile.Email]; ok {
			if equal(before, p) {
				out[p.Number] = verdict{Outcome: Same, Reason: "row.twice", TwinRow: before.Number}
			} else {
				out[p.Number] = verdict{Outcome: Invalid, Reason: "email.twice", TwinRow: before.Number}
			}
			continue
		}
		emails[p.Profile.Email] = p
		if before := meets(met, p); before != nil {
			out[p.Number] = verdict{Outcome: Duplicate, Reason: reasonOf(likeness.Compare(before.Profile.Alike(), p.Profile.Alike()).Reasons), TwinRow: before.Number}
		}
	}
	return out
}

// equal tells whether two rows would write the same.
func equal(a, b *Planned) bool {
	_, changed := registry.Merge(a.Profile, b.Profile, func(string) bool { return true })
	return len(changed) == 0
}

// crowd is how many rows with one key are compared: more have a telephone number
// that somebody typed for everybody.
const crowd = 5

// meets finds an earlier row that may be of the same person – a family shares a
// telephone, but not its given names – and notes the row for later ones.
func meets(met map[string][]*Planned, p *Planned) *Planned {
	var found *Planned
	for _, key := range likeness.Keys(p.Profile.Alike()) {
		for _, before := range met[key] {
			if found == nil && likeness.Compare(before.Profile.Alike(), p.Profile.Alike()).Strength > likeness.None {
				found = before
			}
		}
		if len(met[key]) < crowd {
			met[key] = append(met[key], p)
		}
	}
	return found
}

// sortIn says what would become of each row of a chunk, as things stand: one
// query for the addresses and one for the likenesses, however many rows.
func (s *Service) sortIn(tx *store.Tx, who identity.Actor, chunk []Planned, again repeats, set Settings) ([]verdict, error) {
	out := make([]verdict, len(chunk))
	var emails []string
	for _, p := range chunk {
		emails = append(emails, p.Profile.Email)
	}
	members, err := registry.MembersByEmailIn(tx, who, emails)
	if err != nil {
		return nil, err
	}
	var strangers []registry.Professional
	var places []int
	for i := range chunk {
		p := &chunk[i]
		member, known := members[p.Profile.Email]
		repeat, twice := again[p.Number]
		switch {
		case !p.valid(set.Lenient):
			out[i] = verdict{Outcome: Invalid}
		case twice && !(repeat.Outcome == Duplicate && set.adds(p.Number)):
			out[i] = repeat
		case known:
			out[i] = amendment(member, p)
		default:
			out[i] = verdict{Outcome: New}
			stranger := p.Profile.Professional
			stranger.Demo = who.Demo // as ArriveIn would write them: fictional people are compared with their like
			strangers, places = append(strangers, stranger), append(places, i)
		}
	}
	if len(strangers) == 0 || set.AddDuplicates && len(set.Rows) == 0 {
		return out, nil
	}
	found, err := registry.DuplicatesFor(tx, who, strangers)
	if err != nil {
		return nil, err
	}
	for at, duplicates := range found {
		i := places[at]
		if len(duplicates) == 0 || set.adds(chunk[i].Number) {
			continue
		}
		out[i] = verdict{Outcome: Duplicate, Reason: reasonOf(duplicates[0].Reasons), Twin: duplicates[0].ProfessionalID}
		if set.Rows[chunk[i].Number] != UpdateRow {
			continue
		}
		if out[i], err = decidedIn(tx, &chunk[i], out[i]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// decidedIn is what becomes of a row that a person says is about a member whom we
// only took for likely. The address to which the member was invited stays.
func decidedIn(tx *store.Tx, p *Planned, likely verdict) (verdict, error) {
	members, err := registry.ProfilesIn(tx, []string{likely.Twin})
	if err != nil || len(members) == 0 {
		return likely, err
	}
	p.gives["email"] = false
	v := amendment(members[0], p)
	if v.Reason == "" {
		v.Reason = likely.Reason
	}
	return v, nil
}

// reasonOf names what speaks most for two records being of one person.
func reasonOf(reasons []likeness.Reason) string {
	for _, reason := range []likeness.Reason{likeness.SamePhone, likeness.SameBirth, likeness.NearBirth} {
		if slices.Contains(reasons, reason) {
			return map[likeness.Reason]string{likeness.SamePhone: "phone.same", likeness.SameBirth: "birth.same", likeness.NearBirth: "birth.near"}[reason]
		}
	}
	return "name.same"
}

// amendment says what a row would change in a member who is here already. Who
// has answered keeps their own profile: only they change it.
func amendment(member registry.Profile, p *Planned) verdict {
	v := verdict{Outcome: Same, Twin: member.ID}
	switch member.State {
	case registry.Declined:
		v.Reason = "declined"
	case registry.Invited:
		if _, v.Fields = registry.Merge(member, p.Profile, func(field string) bool { return p.gives[field] }); len(v.Fields) > 0 {
			v.Outcome = Update
		}
	default:
		v.Reason = "theirs"
	}
	return v
}

// problem spells a verdict that makes a row invalid as a problem of its address.
func (v verdict) problem(p *Planned, r *Reading) Problem {
	one := Problem{Row: p.Number, Field: Email, Value: p.Profile.Email, Code: v.Reason,
		Message: fmt.Sprintf("Row %d has the same e-mail address. Each person needs one of their own.", v.TwinRow), Suggestion: fmt.Sprint(v.TwinRow)}
	if c := r.column(Email); c != nil {
		one.Column, one.Header, one.Value = c.Letter, c.Name, p.Profile.Email
	}
	return one
}
