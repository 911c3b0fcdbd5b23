// SPDX-License-Identifier: AGPL-3.0-or-later

// Package fault holds the one error that crosses borders: between packages,
// and between the server and its users. Whatever is not a Fault is logged in
// full and shown to nobody.
package fault

import (
	"errors"
	"fmt"
)

// Kind says what sort of trouble a fault is; it decides the HTTP status.
type Kind string

// The kinds, each with the HTTP status that httpapi gives it.
const (
	Invalid     Kind = "invalid"     // 400, or 422 with fields: the request cannot be understood
	Unknown     Kind = "unknown"     // 401, we do not know who is asking
	Denied      Kind = "denied"      // 403, what you may see but not do
	Missing     Kind = "missing"     // 404, also for what you may not see
	Conflict    Kind = "conflict"    // 409, the state does not allow it
	Stale       Kind = "stale"       // 412, someone was faster
	TooLarge    Kind = "too_large"   // 413
	Required    Kind = "required"    // 428, the request must say which version it means
	Limited     Kind = "limited"     // 429
	Internal    Kind = "internal"    // 500, the only one logged as an error
	Unavailable Kind = "unavailable" // 503, try again
	Full        Kind = "full"        // 507, no space left for a write
)

// Field is one thing wrong with one field of a request.
type Field struct {
	Field   string // the path as the request spells it: "outputs[0].indicator"
	Code    string // stable, dotted, the key of a translation
	Message string // the English sentence: what is wrong and how to mend it
	At      int    // the character of the value where the trouble begins, from 1; 0 when it is about the whole
	Mend    string // the value with the trouble mended, where we can guess; only to be shown to whoever sent it
}

// Fault is an error that may be shown to whoever asked.
type Fault struct {
	Kind    Kind
	Code    string // stable, dotted: "need.not_open"; the key of a translation
	Message string // the English sentence
	Fields  []Field
	cause   error
}

// New makes a fault; the message takes the arguments as fmt.Sprintf does.
func New(kind Kind, code, message string, args ...any) *Fault {
	if len(args) > 0 {
		message = fmt.Sprintf(message, args...)
	}
	return &Fault{Kind: kind, Code: code, Message: message}
}

// Error returns the message, and the cause where there is one: for the log only.
func (f *Fault) Error() string {
	if f.cause != nil {
		return f.Message + ": " + f.cause.Error()
	}
	return f.Message
}

// Unwrap returns the cause.
func (f *Fault) Unwrap() error { return f.cause }

// Because returns a copy that keeps err as its cause, for the log.
func (f *Fault) Because(err error) *Fault {
	kept := *f
	kept.cause = err
	return &kept
}

// Of returns err as a Fault; anything else becomes Internal with a fixed
// sentence, so that nothing of it reaches a user.
func Of(err error) *Fault {
	if err == nil {
		return nil
	}
	var f *Fault
	if errors.As(err, &f) {
		return f
	}
	return New(Internal, "internal", "Something went wrong on our side. Nothing was changed. Please try again.").Because(err)
}

// Is tells whether err is a fault of the kind.
func Is(err error, kind Kind) bool {
	var f *Fault
	return errors.As(err, &f) && f.Kind == kind
}

// HasCode tells whether err is a fault with the code.
func HasCode(err error, code string) bool {
	var f *Fault
	return errors.As(err, &f) && f.Code == code
}

// Check collects everything that is wrong with a request, so that a person
// mends it in one go.
type Check struct{ fields []Field }

// That records a complaint about the field unless ok.
func (c *Check) That(ok bool, field, code, message string, args ...any) {
	if ok {
		return
	}
	if len(args) > 0 {
		message = fmt.Sprintf(message, args...)
	}
	c.fields = append(c.fields, Field{Field: field, Code: code, Message: message})
}

// Length complains when the text has fewer than least or more than most characters.
func (c *Check) Length(text, field string, least, most int) {
	n := len([]rune(text))
	c.That(n >= least || least != 1, field, "field.empty", "Please fill this in.")
	c.That(n >= least || least == 1, field, "field.short", "Please write at least %d characters.", least)
	c.That(n <= most, field, "field.long", "Please keep this to %d characters; it has %d.", most, n)
}

// Failed tells whether anything was wrong so far.
func (c *Check) Failed() bool { return len(c.fields) > 0 }

// Err returns nil when nothing was wrong, or one fault that names every field.
func (c *Check) Err() error {
	if len(c.fields) == 0 {
		return nil
	}
	f := New(Invalid, "request.invalid", "Some fields need your attention.")
	f.Fields = c.fields
	return f
}
