// SPDX-License-Identifier: AGPL-3.0-or-later

package registry

// levels spells the CEFR levels; the position of each is its number.
var levels = []string{"", "A1", "A2", "B1", "B2", "C1", "C2"}

// unknownLevel is what a level that does not exist is read as, so that the
// check can complain about it by name.
const unknownLevel CEFR = -1

// String spells the level as people do: "B2", or nothing.
func (c CEFR) String() string {
	if !c.Valid() {
		return ""
	}
	return levels[c]
}

// Valid tells whether the level exists.
func (c CEFR) Valid() bool { return c >= 0 && int(c) < len(levels) }

// MarshalText spells the level in JSON.
func (c CEFR) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// ParseCEFR reads "B2"; what is no level becomes one that is not Valid.
func ParseCEFR(text string) CEFR {
	for i, level := range levels {
		if level == text {
			return CEFR(i)
		}
	}
	return unknownLevel
}

// UnmarshalText reads the level as MarshalText spells it.
func (c *CEFR) UnmarshalText(text []byte) error {
	*c = ParseCEFR(string(text))
	return nil
}
