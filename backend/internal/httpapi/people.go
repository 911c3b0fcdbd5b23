// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/registry"
)

// mostFile is how much of a file of people is read, in bytes.
const mostFile = 256 << 20

// ReadPeople reads professionals in the form of the API: a JSON array, or one
// object after the other. What cannot be read is named by its place.
func ReadPeople(from io.Reader) ([]registry.Profile, error) {
	in := bufio.NewReader(io.LimitReader(from, mostFile))
	begin, err := firstByte(in)
	if err != nil {
		return nil, fault.New(fault.Invalid, "people.empty", "The file is empty.").Because(err)
	}
	lines := json.NewDecoder(in)
	lines.DisallowUnknownFields()
	if begin == '[' {
		if _, err := lines.Token(); err != nil {
			return nil, unreadable(0, err)
		}
	}
	var people []registry.Profile
	for lines.More() {
		var text ProfileText
		if err := lines.Decode(&text); err != nil {
			return nil, unreadable(len(people), err)
		}
		people = append(people, text.profile())
		if len(people) > registry.MostAtOnce {
			break // RegisterAll says how many are taken
		}
	}
	if begin == '[' && len(people) <= registry.MostAtOnce {
		if _, err := lines.Token(); err != nil {
			return nil, unreadable(len(people), err)
		}
	}
	return people, nil
}

// firstByte looks at what the file begins with, past blanks and a byte order mark.
func firstByte(in *bufio.Reader) (byte, error) {
	if mark, err := in.Peek(3); err == nil && bytes.Equal(mark, []byte("\xef\xbb\xbf")) {
		_, _ = in.Discard(3) // They have just been looked at.
	}
	for {
		next, err := in.Peek(1)
		if err != nil {
			return 0, err
		}
		if !bytes.ContainsAny(next, " \t\r\n") {
			return next[0], nil
		}
		_, _ = in.Discard(1)
	}
}

// unreadable names the place of what is not JSON, or not a professional. The
// decoder's own words name fields and types, never values.
func unreadable(at int, err error) error {
	field := fmt.Sprintf("people[%d]", at)
	var kind *json.UnmarshalTypeError
	var syntax *json.SyntaxError
	message := "This is not a professional in the form of the API: " + err.Error() + "."
	switch {
	case errors.As(err, &kind):
		field, message = field+"."+kind.Field, fmt.Sprintf("This must be of the type %s.", kind.Type)
	case errors.As(err, &syntax), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		message = "The file is not valid JSON here; it may be cut off."
	}
	var c fault.Check
	c.That(false, field, "people.unreadable", "%s", message)
	return c.Err()
}
