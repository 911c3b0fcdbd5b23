// SPDX-License-Identifier: AGPL-3.0-or-later

package lifecycle

import (
	"fmt"
	"strings"
)

// Document spells a machine for docs/lifecycles.md: a diagram and a table.
func (m Machine) Document() string {
	var out strings.Builder
	fmt.Fprintf(&out, "```mermaid\nstateDiagram-v2\n    [*] --> %s\n", m.Begin)
	for _, s := range m.Also {
		fmt.Fprintf(&out, "    [*] --> %s\n", s)
	}
	for _, move := range m.Moves {
		for _, from := range move.From {
			fmt.Fprintf(&out, "    %s --> %s: %s\n", from, move.To, move.Name)
		}
	}
	for _, s := range m.States() {
		if m.Final(s) {
			fmt.Fprintf(&out, "    %s --> [*]\n", s)
		}
	}
	out.WriteString("```\n\n| step | from | to | who | asks for | who is told |\n|---|---|---|---|---|---|\n")
	for _, move := range m.Moves {
		fmt.Fprintf(&out, "| %s | %s | %s | %s | %s | %s |\n", move.Name, listed(move.From), move.To, listed(move.By), listed(move.Evidence), listed(move.Notified))
	}
	return out.String()
}

// listed joins words; nothing becomes a dash.
func listed[T ~string](words []T) string {
	if len(words) == 0 {
		return "–"
	}
	all := make([]string, len(words))
	for i, w := range words {
		all[i] = strings.ReplaceAll(string(w), "_", " ")
		if strings.ToUpper(string(w)) == string(w) { // a state keeps its spelling
			all[i] = string(w)
		}
	}
	return strings.Join(all, ", ")
}
