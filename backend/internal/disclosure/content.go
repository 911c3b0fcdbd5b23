// SPDX-License-Identifier: AGPL-3.0-or-later

package disclosure

import (
	"strings"

	"sankofa/backend/internal/registry"
)

// Content is one part as it is shown.
type Content struct {
	Part  Part
	Lines []Line
}

// Line is one value, by the name of its field.
type Line struct{ Field, Value string }

// lines read the parts of a profile. A part without values shows that it is empty.
var lines = map[Part]func(p registry.Profile, accessibility string) []Line{
	Name: func(p registry.Profile, _ string) []Line {
		return filled(Line{"givenName", p.GivenName}, Line{"familyName", p.FamilyName})
	},
	Contact: func(p registry.Profile, _ string) []Line {
		return filled(Line{"email", p.Email}, Line{"phone", p.Phone})
	},
	CV: func(p registry.Profile, _ string) []Line {
		return filled(Line{"summary", p.Summary}, Line{"cvText", p.CVText})
	},
	Licences: licences,
	Birth: func(p registry.Profile, _ string) []Line {
		return filled(Line{"birthDate", string(p.BirthDate)})
	},
	Residence: func(p registry.Profile, _ string) []Line {
		return filled(Line{"residenceCountry", p.ResidenceCountry}, Line{"residencePlace", p.ResidencePlace}, Line{"residenceStatus", p.ResidenceStatus})
	},
	Accessibility: func(_ registry.Profile, accessibility string) []Line {
		return filled(Line{"accessibility", accessibility})
	},
}

func licences(p registry.Profile, _ string) []Line {
	var out []Line
	for _, l := range p.Licences {
		out = append(out, filled(Line{"licence", strings.Join(strings.Fields(l.Body+" "+l.Number+" "+l.Country), " ")})...)
	}
	return out
}

// filled leaves out what is empty.
func filled(all ...Line) []Line {
	var out []Line
	for _, l := range all {
		if strings.TrimSpace(l.Value) != "" {
			out = append(out, l)
		}
	}
	return out
}
