// SPDX-License-Identifier: AGPL-3.0-or-later

package search

// Findings is what a query found.
type Findings struct {
	Source     string       `json:"source" enum:"index,database" doc:"Who answered: the database does while the index is being rebuilt"`
	Total      int          `json:"total" doc:"How many people there are in all"`
	Items      []Hit        `json:"items"`
	Next       string       `json:"next" doc:"Cursor of the next page; empty on the last."`
	Understood []Understood `json:"understood" doc:"What the parts of the query were taken for, in their order"`
	Facets     []Facet      `json:"facets"`
}

// Understood is what a part of a query was taken for.
type Understood struct {
	Kind     string    `json:"kind" enum:"word,phrase,field,concept"`
	Text     string    `json:"text" doc:"As it was typed"`
	From     int       `json:"from" doc:"Where it begins in the query, in characters from 0"`
	To       int       `json:"to" doc:"Where it ends"`
	Field    string    `json:"field,omitempty"`
	Negated  bool      `json:"negated" doc:"People who have it are left out"`
	Concepts []Concept `json:"concepts" doc:"Skills and occupations that will do in the place of the words"`
	Guessed  bool      `json:"guessed" doc:"The concepts were guessed: the word is spelled or sounds nearly like their names"`
	Near     []Near    `json:"near" doc:"Other spellings that will do, because hardly anybody uses the word as it was typed"`
}

// Concept is a skill or a group of occupations.
type Concept struct {
	ID    string `json:"id"`
	Kind  string `json:"kind" enum:"skill,occupation"`
	Label string `json:"label" doc:"In the reader's language"`
}

// Hit is one person who was found, by pseudonym.
type Hit struct {
	ProfessionalID string    `json:"professionalId"`
	Person         string    `json:"person" doc:"The person's pseudonym"`
	Demo           bool      `json:"demo"`
	Relevance      int       `json:"relevance" doc:"The points by which the list is ordered; they say nothing about a person's worth for a need"`
	Matched        []string  `json:"matched" doc:"Words of the profile that met the query, as the person wrote them"`
	Reasons        []Reason  `json:"reasons" doc:"How each part of the query is met"`
	Excerpts       []Excerpt `json:"excerpts"`
	Summary        Summary   `json:"summary"`
}

// Reason is how a person meets one part of a query.
type Reason struct {
	Part    int      `json:"part" doc:"The part, by its place in understood"`
	Words   []string `json:"words" doc:"As the person wrote them; empty where codes meet"`
	Concept *Concept `json:"concept,omitempty" doc:"The concept that joins them to what was typed"`
}
