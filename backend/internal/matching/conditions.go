// SPDX-License-Identifier: AGPL-3.0-or-later

package matching

import (
	"fmt"
	"slices"
	"strings"

	"sankofa/backend/internal/day"
)

// Condition is something that no score makes up for.
type Condition string

// The conditions.
const (
	Consent       Condition = "consent"
	Origin        Condition = "origin"
	Availability  Condition = "availability"
	Languages     Condition = "language"
	Licences      Condition = "licence"
	RightOfReturn Condition = "right_of_return"
	Modality      Condition = "modality"
)

// Conditions lists all, in the order in which they are applied.
var Conditions = []Condition{Consent, Origin, Availability, Languages, Licences, RightOfReturn, Modality}

// Block is a condition that a person does not meet, and why.
type Block struct {
	Condition Condition `json:"condition" doc:"The condition that is not met"`
	Need      string    `json:"need" doc:"What the need asks for"`
	Person    string    `json:"person" doc:"What the profile says"`
	Reason    string    `json:"reason" doc:"A sentence for the person concerned"`
}

// checks holds the rule of each condition.
var checks = map[Condition]func(Need, Person) *Block{
	Consent: consent, Origin: origin, Availability: availability, Languages: languages,
	Licences: licences, RightOfReturn: rightOfReturn, Modality: modality,
}

// Check returns nil when the person meets the condition.
func Check(c Condition, need Need, person Person) *Block { return checks[c](need, person) }

// Blocks returns every condition that the person does not meet.
func Blocks(need Need, person Person) []Block {
	var all []Block
	for _, c := range Conditions {
		if b := Check(c, need, person); b != nil {
			all = append(all, *b)
		}
	}
	return all
}

// First returns the first condition that the person does not meet, or nothing.
func First(need Need, person Person) (Condition, bool) {
	for _, c := range Conditions {
		if Check(c, need, person) != nil {
			return c, true
		}
	}
	return "", false
}

func consent(_ Need, p Person) *Block {
	if p.Searchable {
		return nil
	}
	return &Block{Condition: Consent, Reason: "Nobody can find you until you consent to being searched and your profile is active."}
}

func origin(n Need, p Person) *Block {
	if p.Origin == n.Country {
		return nil
	}
	return &Block{Condition: Origin, Need: n.Country, Person: p.Origin,
		Reason: "This post is for people with ties to another country."}
}

func availability(n Need, p Person) *Block {
	days := n.Days()
	if days == 0 || p.LongestDays >= days && slices.ContainsFunc(p.Windows, func(w Window) bool {
		return day.Overlap(w.From, w.To, n.Starts, n.Ends) >= days
	}) {
		return nil
	}
	return &Block{Condition: Availability, Need: fmt.Sprintf("%s, %d", period(n.Starts, n.Ends), days), Person: p.available(n),
		Reason: fmt.Sprintf("It asks for at least %d days between %s and %s; your profile does not offer so many then.", days, n.Starts, n.Ends)}
}

// available spells the windows that come nearest to the need, and the longest stay.
func (p Person) available(n Need) string {
	best := p.window(n)
	if best == (Window{}) {
		return ""
	}
	return fmt.Sprintf("%s, %d", period(best.From, best.To), p.LongestDays)
}

// window returns the window that covers most of the need's period, or the first.
func (p Person) window(n Need) Window {
	var best Window
	most := -1
	for _, w := range p.Windows {
		if days := day.Overlap(w.From, w.To, n.Starts, n.Ends); days > most {
			best, most = w, days
		}
	}
	return best
}

func period(from, to day.Day) string { return string(from) + " – " + string(to) }

func languages(n Need, p Person) *Block {
	for _, f := range n.Floors {
		known := p.language(f.Language)
		if f.Required && (known.Spoken < f.Spoken || known.Written < f.Written) {
			return &Block{Condition: Languages, Need: spell(f.Language, f.Spoken, f.Written),
				Person: spell(f.Language, known.Spoken, known.Written),
				Reason: fmt.Sprintf("It asks for more of the language %q (%s spoken, %s written) than your profile states.",
					f.Language, f.Spoken, f.Written)}
		}
	}
	return nil
}

// language returns what the person can do in a language: nothing, unless listed.
func (p Person) language(code string) Language {
	for _, l := range p.Languages {
		if l.Language == code {
			return l
		}
	}
	return Language{Language: code}
}

// spell writes a language with its levels: "fr B2/B1", spoken first.
func spell(language string, spoken, written Level) string {
	return language + " " + spoken.String() + "/" + written.String()
}

// licenceStanding says what a profile tells about a licence for the need.
func licenceStanding(n Need, p Person) (Licence, Status) {
	var unsure, expired *Licence
	for i, l := range p.Licences {
		switch {
		case l.ISCO != "" && !n.near(l.ISCO):
		case l.Until == "" || l.ISCO == "":
			if l.Until == "" || l.Until >= n.Ends {
				unsure = &p.Licences[i]
			}
		case l.Until >= n.Ends:
			return l, Met
		default:
			expired = &p.Licences[i]
		}
	}
	switch {
	case unsure != nil:
		return *unsure, Unknown
	case expired != nil:
		return *expired, Missing
	}
	return Licence{}, Missing
}

// sameMinorGroup tells whether two ISCO-08 codes share their first three digits.
func sameMinorGroup(a, b string) bool { return len(a) >= 3 && len(b) >= 3 && a[:3] == b[:3] }

func licences(n Need, p Person) *Block {
	if !n.LicenceRequired {
		return nil
	}
	found, status := licenceStanding(n, p)
	if status != Missing {
		return nil
	}
	return &Block{Condition: Licences, Need: licenceWanted(n), Person: found.spell(),
		Reason: "It asks for a professional licence that is valid until the last day; your profile shows none."}
}

func licenceWanted(n Need) string { return fmt.Sprintf("%s, %s", n.ISCO, n.Ends) }

// spell writes a licence: who gave it, where, and how long it holds.
func (l Licence) spell() string {
	if l == (Licence{}) {
		return ""
	}
	until := string(l.Until)
	if until == "" {
		until = "?"
	}
	return fmt.Sprintf("%s (%s), %s", l.Body, l.Country, until)
}

func rightOfReturn(n Need, p Person) *Block {
	// Who does not travel does not have to come back.
	if n.Modality == "virtual" {
		return nil
	}
	if p.ReturnRight != "no" && (p.ReturnRightUntil == "" || p.ReturnRightUntil >= n.Ends) {
		return nil
	}
	return &Block{Condition: RightOfReturn, Need: string(n.Ends), Person: p.ReturnRight + " " + string(p.ReturnRightUntil),
		Reason: "Your right to return to the country where you live would not outlast the stay. Please do not risk it."}
}

func modality(n Need, p Person) *Block {
	if p.does(n.Modality) {
		return nil
	}
	return &Block{Condition: Modality, Need: n.Modality, Person: strings.Join(p.Modalities(), ", "),
		Reason: fmt.Sprintf("The work is %s; your profile does not offer that.", n.Modality)}
}

// does tells whether the person works in the modality.
func (p Person) does(modality string) bool {
	switch modality {
	case "onsite":
		return p.Onsite
	case "virtual":
		return p.Virtual
	case "hybrid":
		return p.Hybrid
	}
	return true
}
