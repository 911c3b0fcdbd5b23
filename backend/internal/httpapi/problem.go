// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"context"
	"errors"
	"net/http"

	"sankofa/backend/internal/fault"
)

// Problem is every error answer (RFC 9457, problem details). It never repeats
// what was sent: that may be a password or somebody's data.
type Problem struct {
	Type      string         `json:"type" doc:"A stable name of the kind of problem."`
	Title     string         `json:"title" doc:"The HTTP status in words."`
	Status    int            `json:"status"`
	Detail    string         `json:"detail" doc:"What is wrong and how to mend it, in English; translate by code."`
	Code      string         `json:"code" doc:"Stable, dotted: the key of a translation."`
	Fields    []ProblemField `json:"fields,omitempty" doc:"Every field that needs attention."`
	RequestID string         `json:"requestId,omitempty" doc:"Quote this when you ask for help."`

	retryAfter string
}

// ProblemField is one field that needs attention.
type ProblemField struct {
	Field   string `json:"field" doc:"The path in the request: outputs[0].indicator"`
	Code    string `json:"code"`
	Message string `json:"message"`
	At      int    `json:"at,omitempty" doc:"The character of the value where the trouble begins, from 1; left out when it is about the whole."`
	Mend    string `json:"mend,omitempty" doc:"The value with the trouble mended, where that can be guessed: only of what somebody searches for."`
}

// Error makes a Problem an error.
func (p *Problem) Error() string { return p.Detail }

// GetStatus returns the HTTP status.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType returns the media type of RFC 9457.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// GetHeaders adds Retry-After where waiting helps.
func (p *Problem) GetHeaders() http.Header {
	if p.retryAfter == "" {
		return nil
	}
	return http.Header{"Retry-After": {p.retryAfter}}
}

// statuses is the only place that knows what a kind of fault is in HTTP.
var statuses = map[fault.Kind]int{
	fault.Invalid:     http.StatusUnprocessableEntity,
	fault.Unknown:     http.StatusUnauthorized,
	fault.Denied:      http.StatusForbidden,
	fault.Missing:     http.StatusNotFound,
	fault.Conflict:    http.StatusConflict,
	fault.Stale:       http.StatusPreconditionFailed,
	fault.TooLarge:    http.StatusRequestEntityTooLarge,
	fault.Required:    http.StatusPreconditionRequired,
	fault.Limited:     http.StatusTooManyRequests,
	fault.Internal:    http.StatusInternalServerError,
	fault.Unavailable: http.StatusServiceUnavailable,
	fault.Full:        http.StatusInsufficientStorage,
}

// mostFields is how many fields one answer names: two megabytes of nonsense shall
// not come back as twenty.
const mostFields = 100

// problemOf turns a fault into the answer.
func problemOf(f *fault.Fault) *Problem {
	status := statuses[f.Kind]
	if status == 0 {
		status = http.StatusInternalServerError
	}
	p := &Problem{Type: "urn:sankofa:problem:" + f.Code, Title: http.StatusText(status), Status: status, Detail: f.Message, Code: f.Code}
	for _, field := range f.Fields[:min(len(f.Fields), mostFields)] {
		p.Fields = append(p.Fields, ProblemField(field))
	}
	switch f.Kind {
	case fault.Unavailable:
		p.retryAfter = "5"
	case fault.Limited:
		p.retryAfter = "30"
	}
	return p
}

// problem logs what nobody may see and returns what the caller may; nil for no error.
func (a *API) problem(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	// A request that ran into its own deadline met a slow database.
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		err = fault.New(fault.Unavailable, "request.timeout", "This took too long and was stopped. Nothing is left half done. Please try again.").Because(err)
	}
	f := fault.Of(err)
	switch f.Kind {
	case fault.Internal:
		a.Log.ErrorContext(ctx, "internal fault", "error", err.Error(), "request", requestOf(ctx))
	case fault.Unavailable, fault.Full:
		a.Log.WarnContext(ctx, "not available", "code", f.Code, "error", err.Error(), "request", requestOf(ctx))
	}
	p := problemOf(f)
	p.RequestID = requestOf(ctx)
	return p
}
