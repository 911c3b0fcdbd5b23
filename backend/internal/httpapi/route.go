// SPDX-License-Identifier: AGPL-3.0-or-later

// Package httpapi is the door for programs and for the browser: it decodes what
// is asked, asks the services, and encodes what they answer. It decides
// nothing. Routes are data: one list feeds the router, the access test, the
// OpenAPI description and the browser's types.
package httpapi

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/store"
)

// Route is one operation of the API.
type Route struct {
	Method  string
	Path    string // below /api/v1, with {placeholders}: "/needs/{ref}"
	Access  identity.Access
	ID      string // unique, kebab-case, for generated clients: "submit-need"
	Summary string
	// Creates tells that the route makes something new and honours Idempotency-Key.
	Creates bool
	// Most is how many bytes of a file the route takes; 0 where it takes none.
	Most int64

	register func(huma.API, *API, huma.Operation)
}

// Nothing is the answer of a route that has nothing to say: status 204.
type Nothing struct{}

// versioned is a wire type of a changeable record; its version becomes the ETag.
type versioned interface{ etag() int }

// answer is what huma writes.
type answer[Out any] struct {
	ETag string `header:"ETag" doc:"The version of the record, for If-Match."`
	Body Out
}

// silence is an answer without a body.
type silence struct{}

// on describes a route served by do. In is a huma input struct: path, query and
// header parameters by tags, the JSON body in a field named Body. Errors are
// faults; anything else is logged and becomes an Internal problem.
//
//	on("POST", "/needs/{ref}/submit", identity.Only(identity.Host), "submit-need", "Submit a need for validation",
//		func(ctx context.Context, who identity.Actor, in *needAct) (needView, error) { … })
func on[In, Out any](method, path string, access identity.Access, id, summary string,
	do func(context.Context, identity.Actor, *In) (Out, error)) Route {
	r := Route{Method: method, Path: path, Access: access, ID: id, Summary: summary}
	r.register = func(api huma.API, a *API, op huma.Operation) {
		huma.Register(api, op, func(ctx context.Context, in *In) (*answer[Out], error) {
			if err := legible(in); err != nil {
				return nil, a.problem(ctx, err)
			}
			out, err := do(ctx, actorOf(ctx), in)
			if err != nil {
				return nil, a.problem(ctx, err)
			}
			return &answer[Out]{ETag: etagOf(out), Body: out}, nil
		})
	}
	return r
}

// file is what huma writes of a table for a spreadsheet.
type file struct {
	Type        string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition" doc:"The name to save it under."`
	Body        []byte
}

// sheet describes a route that answers with CSV: do returns a name for the file
// and its text.
func sheet[In any](path string, access identity.Access, id, summary string,
	do func(context.Context, identity.Actor, *In) (string, []byte, error)) Route {
	r := Route{Method: http.MethodGet, Path: path, Access: access, ID: id, Summary: summary}
	r.register = func(api huma.API, a *API, op huma.Operation) {
		op.Responses = map[string]*huma.Response{"200": {Description: "A table in UTF-8 (RFC 4180)",
			Content: map[string]*huma.MediaType{"text/csv": {Schema: &huma.Schema{Type: huma.TypeString}}}}}
		huma.Register(api, op, func(ctx context.Context, in *In) (*file, error) {
			if err := legible(in); err != nil {
				return nil, a.problem(ctx, err)
			}
			name, text, err := do(ctx, actorOf(ctx), in)
			if err != nil {
				return nil, a.problem(ctx, err)
			}
			return &file{Type: "text/csv; charset=utf-8", Disposition: fmt.Sprintf("attachment; filename=%q", name), Body: text}, nil
		})
	}
	return r
}

// does describes a route that answers 204.
func does[In any](method, path string, access identity.Access, id, summary string,
	do func(context.Context, identity.Actor, *In) error) Route {
	r := Route{Method: method, Path: path, Access: access, ID: id, Summary: summary}
	r.register = func(api huma.API, a *API, op huma.Operation) {
		op.DefaultStatus = http.StatusNoContent
		huma.Register(api, op, func(ctx context.Context, in *In) (*silence, error) {
			if err := legible(in); err != nil {
				return nil, a.problem(ctx, err)
			}
			return nil, a.problem(ctx, do(ctx, actorOf(ctx), in))
		})
	}
	return r
}

// creates describes a POST that makes something: do makes it and returns its
// identifier (the subject of the first event of its first Change), read returns
// it for the answer. With an Idempotency-Key the same request has one effect; a
// repeat is answered by reading what the first one made.
func creates[In, Out any](path string, access identity.Access, id, summary string,
	do func(context.Context, identity.Actor, *In) (string, error),
	read func(context.Context, identity.Actor, string) (Out, error)) Route {
	r := Route{Method: http.MethodPost, Path: path, Access: access, ID: id, Summary: summary, Creates: true}
	r.register = func(api huma.API, a *API, op huma.Operation) {
		op.DefaultStatus = http.StatusCreated
		op.Parameters = append(op.Parameters, &huma.Param{Name: "Idempotency-Key", In: "header", Schema: &huma.Schema{Type: "string", MaxLength: new(longestKey)},
			Description: "Any unique text. The same key with the same request has one effect, however often it is sent."})
		huma.Register(api, op, func(ctx context.Context, in *In) (*answer[Out], error) {
			who := actorOf(ctx)
			made, err := a.once(ctx, who, id, in, func(ctx context.Context) (string, error) { return do(ctx, who, in) })
			if err != nil {
				return nil, a.problem(ctx, err)
			}
			out, err := read(ctx, who, made)
			if err != nil {
				return nil, a.problem(ctx, err)
			}
			return &answer[Out]{ETag: etagOf(out), Body: out}, nil
		})
	}
	return r
}

// once runs do bound to the request's Idempotency-Key, or returns what an
// earlier request with the key made.
func (a *API) once(ctx context.Context, who identity.Actor, route string, in any, do func(context.Context) (string, error)) (string, error) {
	value := keyOf(ctx)
	if err := errors.Join(checkKey(value), legible(in)); err != nil {
		return "", err
	}
	if value == "" {
		return do(ctx)
	}
	owner := cmp.Or(who.UserID, store.Stranger.UserID)
	digest, err := digestOf(route, in)
	if err != nil {
		return "", err
	}
	if made, ok, err := a.recall(ctx, owner, value, digest); err != nil || ok {
		return made, err
	}
	done, err := a.turns.take(ctx, owner+" "+value)
	if err != nil {
		return "", err
	}
	defer done()
	// Whoever had to wait finds what the first one made.
	if made, ok, err := a.recall(ctx, owner, value, digest); err != nil || ok {
		return made, err
	}
	made, err := do(store.WithKey(ctx, &store.Key{Value: value, Request: digest}))
	if err == nil {
		return made, nil
	}
	// The same request may have come through meanwhile, and may be the very reason
	// why this one was refused: its version has gone by, its place is taken.
	first, ok, recalled := a.recall(ctx, owner, value, digest)
	if ok || fault.HasCode(err, store.Repeated) && recalled != nil {
		return first, recalled
	}
	return made, err
}

// longestKey is how many characters an Idempotency-Key may have.
const longestKey = 200

// checkKey refuses a key that cannot be kept: forgetting it silently would let a
// repeat have a second effect.
func checkKey(value string) error {
	odd := strings.ContainsFunc(value, func(r rune) bool { return r < ' ' || r > '~' })
	var c fault.Check
	c.That(len(value) <= longestKey && !odd, "Idempotency-Key", "idempotency.malformed",
		"An Idempotency-Key has at most %d letters, digits and signs of ASCII.", longestKey)
	return c.Err()
}

// recall looks an Idempotency-Key up.
func (a *API) recall(ctx context.Context, owner, value, digest string) (string, bool, error) {
	found, ok, err := a.DB.Recall(ctx, owner, value)
	if err != nil || !ok {
		return "", false, err
	}
	if found.Request != digest {
		var c fault.Check
		c.That(false, "Idempotency-Key", "idempotency.other_request", "This key was used for another request. Send a new key.")
		return "", false, c.Err()
	}
	return found.Subject, true, nil
}

// secretive is an input that holds a password: kept returns it as it may be
// digested, since a digest is quick to guess.
type secretive interface{ kept() any }

// digestOf tells one request from another: the route and everything decoded from it.
func digestOf(route string, in any) (string, error) {
	if s, ok := in.(secretive); ok {
		in = s.kept()
	}
	text, err := json.Marshal(in)
	if err != nil {
		return "", fmt.Errorf("digest of %s: %w", route, err)
	}
	sum := sha256.Sum256(append([]byte(route+"\n"), text...))
	return hex.EncodeToString(sum[:]), nil
}

// etagOf returns the ETag of a changeable record, or nothing.
func etagOf(out any) string {
	if v, ok := out.(versioned); ok {
		return `"` + strconv.Itoa(v.etag()) + `"`
	}
	return ""
}

// IfMatch is embedded in the inputs of routes that change a record. It is
// exported because huma does not look into embedded fields that are not.
type IfMatch struct {
	Means string `header:"If-Match" doc:"The ETag of the version that you saw, such as \"3\"."`
}

// version returns the version that the request means.
func (m IfMatch) version() (int, error) {
	if m.Means == "" {
		return 0, fault.New(fault.Required, "request.if_match_missing",
			"Please say which version you mean: send the record's ETag as If-Match.")
	}
	v, err := strconv.Atoi(strings.Trim(strings.TrimPrefix(m.Means, "W/"), `"`))
	if err != nil || v < 1 {
		var c fault.Check
		c.That(false, "If-Match", "request.if_match_malformed", "If-Match must be the record's ETag, such as \"3\".")
		return 0, c.Err()
	}
	// No record has so many versions, and the database counts no further.
	return min(v, math.MaxInt32-1), nil
}

// Page is embedded in the inputs of lists; exported for the same reason.
type Page struct {
	After string `query:"after" maxLength:"500" doc:"The cursor that the previous page gave as next."`
	Limit int    `query:"limit" minimum:"1" maximum:"100" default:"25" doc:"How many items at most."`
}

// list is the answer of every list.
type list[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next" doc:"Cursor of the next page; empty on the last."`
}

// listOf returns a list whose items are never null.
func listOf[T any](items []T, next string) list[T] {
	if items == nil {
		items = []T{}
	}
	return list[T]{Items: items, Next: next}
}

// mapped converts a slice; the result is never nil, so JSON shows [] and not null.
func mapped[A, B any](in []A, f func(A) B) []B {
	out := make([]B, 0, len(in))
	for _, one := range in {
		out = append(out, f(one))
	}
	return out
}

// none is the input of routes that take nothing.
type none struct{}
