// SPDX-License-Identifier: AGPL-3.0-or-later

package proposals

import (
	"maps"
	"slices"

	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/store"
)

// withhold takes everybody out of the view who cannot be found any more: an answer
// is kept as it was computed, but nobody is shown in it who withdrew or rests. The
// sums stay what they were.
func (v *View) withhold(tx *store.Tx) error {
	found, err := foundIn(tx, v.ProgrammeID, v.everybody())
	if err != nil {
		return err
	}
	hidden := func(person string) bool { return !found[person] }
	v.Inputs.Pins = slices.DeleteFunc(v.Inputs.Pins, func(p Pin) bool { return hidden(p.Person) })
	for _, r := range []*Result{&v.Result, v.Before} {
		if r == nil {
			continue
		}
		r.Lines = slices.DeleteFunc(r.Lines, func(l Line) bool { return hidden(l.Person) })
		r.Pins = slices.DeleteFunc(r.Pins, func(p PinCost) bool { return hidden(p.Person) })
		if r.Stable != nil {
			r.Stable.People = slices.DeleteFunc(r.Stable.People, func(m Match) bool { return hidden(m.Person) })
			r.Stable.Hosts = slices.DeleteFunc(r.Stable.Hosts, func(m Match) bool { return hidden(m.Person) })
		}
	}
	return nil
}

// everybody returns the pseudonyms that stand in a view.
func (v *View) everybody() []string {
	names := map[string]bool{}
	for _, p := range v.Inputs.Pins {
		names[p.Person] = true
	}
	for _, r := range []*Result{&v.Result, v.Before} {
		if r == nil {
			continue
		}
		for _, l := range r.Lines {
			names[l.Person] = true
		}
		for _, p := range r.Pins {
			names[p.Person] = true
		}
		if r.Stable != nil {
			for _, m := range slices.Concat(r.Stable.People, r.Stable.Hosts) {
				names[m.Person] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(names))
}

// foundIn tells which of the pseudonyms are of people who can be found now.
func foundIn(tx *store.Tx, programmeID string, pseudonyms []string) (map[string]bool, error) {
	found := map[string]bool{}
	for part := range slices.Chunk(pseudonyms, batch) {
		ids, err := registry.ByPseudonymIn(tx, part)
		if err != nil {
			return nil, err
		}
		visible, err := registry.VisibleIn(tx, programmeID, slices.Sorted(maps.Values(ids)))
		if err != nil {
			return nil, err
		}
		for pseudonym, professionalID := range ids {
			found[pseudonym] = visible[professionalID]
		}
	}
	return found, nil
}
