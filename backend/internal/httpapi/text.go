// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"

	"sankofa/backend/internal/fault"
)

// readable is JSON as everybody speaks it. Go would put a replacement in the place
// of what is not UTF-8, and somebody's name would be stored with holes in it.
var readable = huma.Format{Marshal: huma.DefaultJSONFormat.Marshal, Unmarshal: func(text []byte, to any) error {
	if !utf8.Valid(text) {
		return errors.New("this is not UTF-8")
	}
	return json.Unmarshal(text, to)
}}

// legible complains about text with characters that no screen shows and that not
// every database can hold – PostgreSQL knows no NUL – wherever in the request it
// stands. Passwords may hold anything: they are only ever hashed.
func legible(in any) error {
	var c fault.Check
	look(&c, reflect.ValueOf(in), "")
	return c.Err()
}

// look visits every text of a request; at is the path as the request spells it.
func look(c *fault.Check, v reflect.Value, at string) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			look(c, v.Elem(), at)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if name, secret := wireName(v.Type().Field(i)); !secret {
				look(c, v.Field(i), joined(at, name))
			}
		}
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return // a file; whoever reads it judges it
		}
		for i := range v.Len() {
			look(c, v.Index(i), fmt.Sprintf("%s[%d]", at, i))
		}
	case reflect.Map: // of names to texts
		for _, key := range v.MapKeys() {
			c.That(shown(key.String()), at, "field.control", "Please remove invisible characters.")
			look(c, v.MapIndex(key), joined(at, key.String()))
		}
	case reflect.String:
		c.That(shown(v.String()), at, "field.control", "Please remove invisible characters.")
	}
}

// wireName returns the name of a field in the request, or nothing for what is
// only a layer in Go: the body, and embedded parts.
func wireName(f reflect.StructField) (name string, secret bool) {
	for _, tag := range []string{"json", "path", "query", "header"} {
		if name, _, _ = strings.Cut(f.Tag.Get(tag), ","); name != "" {
			return name, name == "password"
		}
	}
	return "", false
}

// joined continues a path.
func joined(at, name string) string {
	if at == "" || name == "" {
		return at + name
	}
	return at + "." + name
}

// shown tells whether a screen can show the text; lines and tabs are fine.
func shown(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsFunc(text, func(r rune) bool {
		return unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t'
	})
}
