// SPDX-License-Identifier: AGPL-3.0-or-later

package taxonomy

import "slices"

// index makes the tables that linking and typing use. What we ship comes before
// what was imported, so that an import never takes a word away from it.
func (v *vocabulary) index() {
	var own, imported []string
	for _, id := range slices.Sorted(keysOf(v.skills)) {
		switch v.skills[id].Sector {
		case escoSector:
			imported = append(imported, id)
		case escoGroup: // a heading, which nobody is said to be able to do
		default:
			own = append(own, id)
		}
	}
	x := newIndexer(v)
	x.addSkills(own, v.ownLabels)
	x.addSkills(imported, func(id string) Labels { return v.skills[id].Labels })
	x.addSkills(slices.Sorted(keysOf(v.added)), func(id string) Labels { return v.added[id] })
	v.indexLabels(slices.Concat(own, imported))
	v.indexTitles()
	v.usesOf, v.links = map[string][]string{}, &linkers{}
	for _, id := range own {
		for _, group := range v.skills[id].ISCO {
			v.usesOf[group] = append(v.usesOf[group], id)
		}
	}
}

// ownLabels returns the labels that a skill of ours came with.
func (v *vocabulary) ownLabels(id string) Labels {
	all, added := v.skills[id].Labels, v.added[id]
	if len(added) == 0 {
		return all
	}
	own := Labels{}
	for language, list := range all {
		own[language] = list[:len(list)-len(added[language])]
	}
	return own
}

func (v *vocabulary) indexLabels(ids []string) {
	labels := newListing()
	for _, id := range ids {
		all := v.skills[id].Labels
		for _, language := range slices.Sorted(keysOf(all)) {
			for rank, label := range all[language] {
				labels.add(id, language, label, rank)
			}
		}
	}
	v.labels = labels.done()
}

// indexTitles lists everyday occupations first, the groups' titles after them,
// and imported occupations last.
func (v *vocabulary) indexTitles() {
	b := &titleBuilder{typing: newListing(), seen: map[[3]string]bool{}}
	for _, o := range v.occupations {
		b.add(o.ISCO, o.Labels, 0)
	}
	for _, code := range slices.Sorted(keysOf(v.groups)) {
		if len(code) == 4 {
			b.add(code, v.groups[code].Labels, 1)
		}
	}
	for _, o := range v.imported {
		b.add(o.ISCO, o.Labels, importedRank)
	}
	v.titles = b.typing.done()
}

// importedRank puts imported titles behind ours where they fit as well.
const importedRank = 1000

// titleBuilder fills the table of titles for typing.
type titleBuilder struct {
	typing *listing
	seen   map[[3]string]bool // code, language, folded title
}

func (b *titleBuilder) add(code string, labels Labels, rank int) {
	for _, language := range slices.Sorted(keysOf(labels)) {
		for i, label := range labels[language] {
			for _, title := range variants(label) {
				key := [3]string{code, language, Fold(title)}
				if b.seen[key] {
					continue
				}
				b.seen[key] = true
				b.typing.add(code, language, title, rank+i)
			}
		}
	}
}
