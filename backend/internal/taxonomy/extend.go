// SPDX-License-Identifier: AGPL-3.0-or-later

package taxonomy

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"

	"sankofa/backend/internal/store"
)

// Imported skills stand beside those of Sectors.
const (
	escoSector = "esco"
	escoGroup  = "esco-group" // a heading of skills
)

// ESCO says what of ESCO the vocabulary holds.
type ESCO struct {
	Loaded      bool
	Skills      int
	Occupations int
	Languages   []string
}

// ESCO returns what of ESCO the vocabulary holds. Where it is loaded the
// product shows ESCONotice.
func (t *Taxonomy) ESCO() ESCO { return t.now.Load().esco }

// Extend reads the imported concepts from the database and takes the vocabulary
// that they extend into use, all at once. It is called when a server starts and
// after an import.
func (t *Taxonomy) Extend(ctx context.Context, db *store.DB) error {
	e := newExtension(t.shipped)
	err := db.View(ctx, func(tx *store.Tx) error { return e.read(tx) })
	if err != nil {
		return fmt.Errorf("extend vocabulary: %w", err)
	}
	if len(e.skills)+len(e.occupations) == 0 {
		t.now.Store(t.shipped)
		return nil
	}
	e.join()
	e.v.index()
	t.now.Store(e.v)
	return nil
}

// extension is what the database adds to the shipped vocabulary.
type extension struct {
	v           *vocabulary
	skills      map[string]*Skill // and headings
	occupations map[string]*Occupation
	groups      map[string]string // URI -> code
	languages   map[string]string // each text once
	uses        map[string][]use  // skill -> groups
}

// use is how many occupations of a group need a skill.
type use struct {
	isco  string
	count int
}

func newExtension(shipped *vocabulary) *extension {
	v := *shipped
	v.skills, v.groups = maps.Clone(shipped.skills), maps.Clone(shipped.groups)
	v.aliases, v.added, v.imported = map[string]string{}, map[string]Labels{}, nil
	v.essential, v.optional = map[string][]string{}, map[string][]string{}
	return &extension{v: &v, skills: map[string]*Skill{}, occupations: map[string]*Occupation{}, groups: map[string]string{},
		languages: map[string]string{}, uses: map[string][]use{}}
}

// read streams the tables.
func (e *extension) read(tx *store.Tx) error {
	err := eachOf(tx, `SELECT uri, kind, isco FROM esco_concepts`, func(rows *sql.Rows) error {
		var uri, kind, isco string
		err := rows.Scan(&uri, &kind, &isco)
		e.addConcept(uri, kind, isco)
		return err
	})
	if err != nil {
		return err
	}
	err = eachOf(tx, `SELECT uri, language, labels FROM esco_labels`, func(rows *sql.Rows) error {
		var uri, language, labels string
		err := rows.Scan(&uri, &language, &labels)
		e.addLabels(uri, language, labels)
		return err
	})
	if err != nil {
		return err
	}
	err = eachOf(tx, `SELECT skill, other FROM esco_relations WHERE kind = 'broader'`, func(rows *sql.Rows) error {
		var skill, other string
		err := rows.Scan(&skill, &other)
		if one, up := e.skills[skill], e.skills[other]; one != nil && up != nil {
			one.Broader = append(one.Broader, up.ID)
		}
		return err
	})
	if err != nil {
		return err
	}
	err = eachOf(tx, `SELECT kind, skill, other FROM esco_relations WHERE kind <> 'broader' ORDER BY other, skill`, func(rows *sql.Rows) error {
		var kind, skill, occupation string
		err := rows.Scan(&kind, &skill, &occupation)
		if one, by := e.skills[skill], e.occupations[occupation]; one != nil && by != nil {
			of := e.v.essential
			if kind == relationOptional {
				of = e.v.optional
			}
			of[by.ID] = append(of[by.ID], one.ID) // both texts are kept once
		}
		return err
	})
	if err != nil {
		return err
	}
	return eachOf(tx, `SELECT r.skill, o.isco, COUNT(*) FROM esco_relations r JOIN esco_concepts o ON o.uri = r.other
		WHERE r.kind = 'essential' AND o.isco <> '' GROUP BY r.skill, o.isco`, func(rows *sql.Rows) error {
		var skill string
		var u use
		err := rows.Scan(&skill, &u.isco, &u.count)
		if one := e.skills[skill]; one != nil && e.v.groups[u.isco] != nil {
			e.uses[one.ID] = append(e.uses[one.ID], u)
		}
		return err
	})
}

// eachOf calls f for every row of a query.
func eachOf(tx *store.Tx, query string, f func(*sql.Rows) error) error {
	rows, err := tx.Raw(query).Rows()
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := f(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (e *extension) addConcept(uri, kind, isco string) {
	switch kind {
	case kindSkill:
		e.skills[uri] = &Skill{ID: uri, Sector: escoSector, Labels: Labels{}}
	case kindHeading:
		e.skills[uri] = &Skill{ID: uri, Sector: escoGroup, Labels: Labels{}}
	case kindOccupation:
		if e.v.groups[isco] != nil {
			e.occupations[uri] = &Occupation{ID: uri, ISCO: isco, Labels: Labels{}}
		}
	case kindGroup:
		if e.v.groups[isco] != nil {
			e.groups[uri] = isco
		}
	}
}

func (e *extension) addLabels(uri, language, labels string) {
	known, ok := e.languages[language]
	if !ok {
		e.languages[language], known = language, language
	}
	list := split(labels, "\n")
	if s := e.skills[uri]; s != nil {
		s.Labels[known] = list
	}
	if o := e.occupations[uri]; o != nil {
		o.Labels[known] = list
	}
	if code, ok := e.groups[uri]; ok {
		e.nameGroup(code, known, list)
	}
}

// nameGroup names a group of ISCO-08 in a language that ours does not.
func (e *extension) nameGroup(code, language string, labels []string) {
	g := e.v.groups[code]
	if len(g.Labels[language]) > 0 {
		return
	}
	named := &Group{Code: code, Labels: maps.Clone(g.Labels)}
	named.Labels[language] = labels
	e.v.groups[code] = named
}

// join puts what was read into the vocabulary.
func (e *extension) join() {
	ours := newOwnWords(e.v)
	for _, uri := range slices.Sorted(keysOf(e.skills)) {
		s := e.skills[uri]
		if len(s.Labels) == 0 {
			continue
		}
		if id := ours.meant(s); id != "" && s.Sector == escoSector {
			e.v.aliases[uri] = id
			e.v.enrich(id, s.Labels)
			continue
		}
		s.ISCO = mostUsed(e.uses[uri])
		e.v.skills[uri] = s
		if s.Sector == escoSector {
			e.v.esco.Skills++
		}
	}
	e.linkBroader()
	for _, uri := range slices.Sorted(keysOf(e.occupations)) {
		if o := e.occupations[uri]; len(o.Labels) > 0 {
			e.v.imported = append(e.v.imported, *o)
		}
	}
	e.v.esco.Loaded = true
	e.v.esco.Skills += len(e.v.aliases)
	e.v.esco.Occupations = len(e.v.imported)
	e.v.esco.Languages = slices.Sorted(keysOf(e.languages))
}

// mostGroupsOfSkill is how many groups a skill is linked to.
const mostGroupsOfSkill = 8

// mostUsed returns the groups with the most occupations that need a skill.
func mostUsed(uses []use) []string {
	slices.SortFunc(uses, func(a, b use) int { return cmp.Or(cmp.Compare(b.count, a.count), cmp.Compare(a.isco, b.isco)) })
	var out []string
	for _, u := range uses[:min(len(uses), mostGroupsOfSkill)] {
		out = append(out, u.isco)
	}
	return out
}

// enrich adds words to a skill of ours: those that it has not got.
func (v *vocabulary) enrich(id string, labels Labels) {
	s := *v.skills[id]
	s.Labels = maps.Clone(s.Labels)
	added := v.added[id]
	if added == nil {
		added = Labels{}
		v.added[id] = added
	}
	for language, list := range labels {
		known := map[string]bool{}
		for _, label := range s.Labels[language] {
			known[Fold(label)] = true
		}
		for _, label := range list {
			if key := Fold(label); !known[key] {
				known[key] = true
				s.Labels[language] = append(slices.Clip(s.Labels[language]), label)
				added[language] = append(added[language], label)
			}
		}
	}
	v.skills[id] = &s
}

// crowd is how many skills a heading may hold whose skills are still siblings:
// those of a larger one have little to do with each other.
const crowd = 25

// linkBroader points every imported skill to what is above it in the vocabulary.
// What ESCO puts above a skill of ours is left out: our hierarchy is complete,
// and mixing two would make circles.
func (e *extension) linkBroader() {
	narrower := map[string]int{}
	for _, s := range e.skills {
		var up []string
		for _, id := range s.Broader {
			if id = e.v.known(id); e.v.skills[id] != nil && !slices.Contains(up, id) {
				up = append(up, id)
			}
		}
		slices.Sort(up)
		s.Broader = up
		for _, id := range up {
			narrower[id]++
		}
	}
	e.v.crowded = map[string]bool{}
	for id, n := range narrower {
		if e.v.skills[id].Sector == escoGroup && n > crowd {
			e.v.crowded[id] = true
		}
	}
}

// ownWords finds the skill of ours that an imported one means.
type ownWords struct {
	preferred map[string]string            // English
	any       map[string]map[string]string // by language
}

func newOwnWords(v *vocabulary) *ownWords {
	w := &ownWords{preferred: map[string]string{}, any: map[string]map[string]string{}}
	for _, id := range slices.Sorted(keysOf(v.skills)) {
		for language, list := range v.skills[id].Labels {
			if w.any[language] == nil {
				w.any[language] = map[string]string{}
			}
			for rank, label := range list {
				key := Fold(label)
				if language == "en" && rank == 0 && w.preferred[key] == "" {
					w.preferred[key] = id
				}
				if w.any[language][key] == "" {
					w.any[language][key] = id
				}
			}
		}
	}
	return w
}

// meant returns the skill of ours whose preferred English label the imported
// skill prefers too, or which shares labels with it in two languages, one of
// them preferred there; or nothing.
func (w *ownWords) meant(s *Skill) string {
	if english := s.Labels["en"]; len(english) > 0 {
		if id := w.preferred[Fold(english[0])]; id != "" {
			return id
		}
	}
	languages, prefers, best := map[string]int{}, map[string]bool{}, ""
	for language, list := range s.Labels {
		in := map[string]bool{}
		for rank, label := range list {
			id := w.any[language][Fold(label)]
			if id == "" {
				continue
			}
			if prefers[id] = prefers[id] || rank == 0; !in[id] {
				in[id] = true
				languages[id]++
			}
		}
	}
	for _, id := range slices.Sorted(keysOf(languages)) {
		if prefers[id] && languages[id] > max(1, languages[best]) {
			best = id
		}
	}
	return best
}
