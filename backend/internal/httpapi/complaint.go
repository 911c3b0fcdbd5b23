// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/http"
	"regexp"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// This file turns what huma complains about, before a handler is asked, into our
// problems: plain sentences that repeat no value.

// newError replaces huma's error.
func newError(status int, message string, errs ...error) huma.StatusError {
	code, detail := "request.invalid", "Some fields need your attention."
	switch {
	case status == http.StatusRequestEntityTooLarge || tooLarge(message, errs):
		status, code = http.StatusRequestEntityTooLarge, "request.too_large"
		detail, errs = "This is too large. Please send less than 2 MB.", nil
	case status == http.StatusRequestTimeout:
		code, errs = "request.slow", nil
		detail = "The request arrived too slowly and was given up. Nothing was changed. Please try again."
	case message == "cannot read request body":
		status, code, errs = http.StatusBadRequest, "request.cut", nil
		detail = "The request broke off before its end. Nothing was changed. Please send it again."
	case message == "request body is required":
		code, detail = "request.empty", "Please send what this address asks for as JSON; the request was empty."
	case status == http.StatusBadRequest:
		code, errs = "request.malformed", nil
		detail = "The request could not be read: it is not valid JSON, or a value has the wrong form."
	case status == http.StatusUnsupportedMediaType:
		code, detail, errs = "request.media_type", "Please send JSON (Content-Type: application/json).", nil
	case status == http.StatusNotAcceptable:
		code, detail = "request.not_acceptable", "This address answers in JSON."
	case status >= 500:
		code, detail, errs = "internal", "Something went wrong on our side. Nothing was changed. Please try again.", nil
	}
	p := &Problem{Type: "urn:sankofa:problem:" + code, Title: http.StatusText(status), Status: status, Detail: detail, Code: code}
	for _, err := range errs[:min(len(errs), mostFields)] {
		if err != nil {
			p.Fields = append(p.Fields, fieldOf(err))
		}
	}
	return p
}

// tooLarge recognises a body that http.MaxBytesReader cut off. Only what went
// wrong in reading is looked at: the text of a complaint about a field spells out
// all that was sent, and there may be a hundred thousand of them.
func tooLarge(message string, errs []error) bool {
	const cut = "request body too large"
	for _, err := range errs {
		var limit *http.MaxBytesError
		var field *huma.ErrorDetail
		if errors.As(err, &limit) || err != nil && !errors.As(err, &field) && strings.Contains(err.Error(), cut) {
			return true
		}
	}
	return strings.Contains(message, cut)
}

// required finds the name in huma's complaint about a property that is not there.
var required = regexp.MustCompile(`expected required property (\S+) to be present`)

// longestName is how much of a field's name is repeated, in bytes.
const longestName = 200

// fieldOf turns one of huma's complaints into a field with a plain sentence.
func fieldOf(err error) ProblemField {
	var d *huma.ErrorDetail
	if !errors.As(err, &d) {
		return ProblemField{Field: "", Code: "field.invalid", Message: "This could not be read."}
	}
	where := d.Location
	if where == "body" {
		where = ""
	}
	for _, prefix := range []string{"body.", "path.", "query.", "header."} {
		if rest, ok := strings.CutPrefix(where, prefix); ok {
			where = rest // once: a field may be called "body" itself
			break
		}
	}
	if len(where) > longestName {
		where = strings.ToValidUTF8(where[:longestName], "") + "…"
	}
	if found := required.FindStringSubmatch(d.Message); found != nil {
		return ProblemField{Field: strings.TrimPrefix(where+"."+found[1], "."), Code: "field.required", Message: "Please fill this in."}
	}
	if body, ok := d.Value.(string); ok && where == "" && strings.HasPrefix(d.Message, "json: ") {
		return ProblemField{Field: unwieldy(body), Code: "field.range", Message: "This number is too large."}
	}
	for _, c := range complaints {
		if rest, ok := strings.CutPrefix(d.Message, c.begins); ok {
			return ProblemField{Field: where, Code: c.code, Message: said(c.message, rest)}
		}
	}
	return ProblemField{Field: where, Code: "field.invalid", Message: "This is not valid."}
}

// complaints are huma's, by how they begin; the first that fits counts.
var complaints = []struct {
	begins, code, message string // the message may take what follows: a limit, a list
}{
	{"unexpected property", "field.unknown", "This field is not known here. Please leave it out."},
	{"unknown query parameter", "field.unknown", "This parameter is not known here. Please leave it out."},
	{"expected length <= ", "field.long", "Please keep this to %s characters."},
	{"expected length >= ", "field.short", "Please write at least %s characters."},
	{"expected array length <= ", "list.long", "Please keep this to %s entries."},
	{"expected array length >= ", "list.short", "Please give at least %s entries."},
	{"expected number <= ", "field.range", "Please give at most %s."},
	{"expected number >= ", "field.range", "Please give at least %s."},
	{"expected value to be one of ", "field.choice", "Please choose one of: %s."},
	{"expected string to ", "field.form", "This does not have the form that is asked for."},
	{"expected string", "field.type", "This must be text."},
	{"expected boolean", "field.type", "This must be true or false."},
	{"invalid boolean", "field.type", "This must be true or false."},
	{"expected integer", "field.type", "This must be a whole number."},
	{"invalid integer", "field.type", "This must be a whole number."},
	{"expected number", "field.type", "This must be a number."},
	{"expected array", "field.type", "This must be a list."},
	{"expected object", "field.type", "This must be an object."},
	{"required ", "field.required", "Please fill this in."},
}

// said puts what follows into a message that has a place for it.
func said(message, rest string) string {
	return strings.Replace(message, "%s", strings.Trim(rest, `"`), 1)
}

// unwieldy names the first whole number of a JSON text that no integer of ours
// holds. Huma lets such pass, and decoding, which fails on it, names no entry of
// a list.
func unwieldy(body string) string {
	var parsed any
	if json.Unmarshal([]byte(body), &parsed) != nil {
		return ""
	}
	at, _ := beyond(parsed, "")
	return at
}

func beyond(v any, at string) (string, bool) {
	switch v := v.(type) {
	case float64:
		return at, math.Abs(v) >= 1<<63
	case []any:
		for i, one := range v {
			if found, ok := beyond(one, fmt.Sprintf("%s[%d]", at, i)); ok {
				return found, true
			}
		}
	case map[string]any:
		for name, one := range v {
			if found, ok := beyond(one, joined(at, name)); ok {
				return found, true
			}
		}
	}
	return "", false
}
