// SPDX-License-Identifier: AGPL-3.0-or-later

package registry

import (
	"fmt"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/fault"
)

// soon is how long before it ends a person is told that something ends, in days.
const soon = 90

// Warnings tells what in the profile is over or will be soon: a person who does
// not know that a licence ran out waits in vain to be found.
func (p Profile) Warnings(today day.Day) []fault.Field {
	var c warner
	for i, l := range p.Licences {
		c.ends(l.ValidUntil, today, at("licences", i, "validUntil"), "licence",
			"This licence ended on %s.", "This licence ends on %s.")
	}
	if p.RightOfReturn == "yes" {
		c.ends(p.RightOfReturnUntil, today, "rightOfReturnUntil", "rightOfReturn",
			"Your right to return ended on %s.", "Your right to return ends on %s.")
	}
	last := day.Day("")
	for _, w := range p.Availability {
		last = max(last, w.To)
	}
	if last < today {
		c.add("availability", "availability.over", "You are not free on any day to come: nobody can ask for you.")
	}
	return c
}

// warner collects warnings.
type warner []fault.Field

func (c *warner) add(field, code, message string) {
	*c = append(*c, fault.Field{Field: field, Code: code, Message: message})
}

// ends warns of a date that has passed or comes soon.
func (c *warner) ends(until, today day.Day, field, what, over, near string) {
	switch {
	case until == "":
	case until < today:
		c.add(field, what+".ended", fmt.Sprintf(over, until))
	case until <= today.Add(soon):
		c.add(field, what+".ends_soon", fmt.Sprintf(near, until))
	}
}
