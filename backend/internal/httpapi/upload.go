// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/sheets"
)

// arrivalOfFile is how long a file may take to arrive: 20 MB over a slow line.
const arrivalOfFile = 3 * time.Minute

// fileRoom is what a multipart request may carry beside its file, in bytes.
const fileRoom = 64 << 10

// sent is a file that arrived.
type sent struct {
	Name    string
	Content []byte
}

// sentKept tells one upload from another for the Idempotency-Key: a browser that
// repeats a request cuts it at other marks.
type sentKept struct{ Name, SHA256 string }

func (s sent) kept() any {
	sum := sha256.Sum256(s.Content)
	return sentKept{s.Name, hex.EncodeToString(sum[:])}
}

// uploads describes a POST of one file, as multipart/form-data in the part
// "file", of at most so many bytes: do makes something of it, as in creates. The
// file is never written to the disk in the clear.
func uploads[Out any](path string, access identity.Access, id, summary string, most int64,
	do func(context.Context, identity.Actor, sent) (string, error),
	read func(context.Context, identity.Actor, string) (Out, error)) Route {
	r := Route{Method: http.MethodPost, Path: path, Access: access, ID: id, Summary: summary, Creates: true, Most: most}
	r.register = func(api huma.API, a *API, op huma.Operation) {
		op.DefaultStatus = http.StatusCreated
		op.Parameters = append(op.Parameters, &huma.Param{Name: "Idempotency-Key", In: "header", Schema: &huma.Schema{Type: "string", MaxLength: new(longestKey)},
			Description: "Any unique text. The same key with the same file has one effect, however often it is sent."})
		huma.Register(api, op, func(ctx context.Context, _ *none) (*answer[Out], error) {
			who := actorOf(ctx)
			file, err := receive(ctx, most)
			if err != nil {
				return nil, a.problem(ctx, err)
			}
			made, err := a.once(ctx, who, id, file, func(ctx context.Context) (string, error) { return do(ctx, who, file) })
			if err != nil {
				return nil, a.problem(ctx, err)
			}
			out, err := read(ctx, who, made)
			if err != nil {
				return nil, a.problem(ctx, err)
			}
			return &answer[Out]{ETag: etagOf(out), Body: out}, nil
		})
		// Described afterwards: huma would want to read what it knows to be a body.
		operationOf(api.OpenAPI().Paths[path], http.MethodPost).RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{
			"multipart/form-data": {Schema: &huma.Schema{Type: huma.TypeObject, Required: []string{"file"}, Properties: map[string]*huma.Schema{
				"file": {Type: huma.TypeString, Format: "binary", Description: "The file, with its name."}}}}}}
	}
	return r
}

// receive reads the part "file" of a multipart request.
func receive(ctx context.Context, most int64) (sent, error) {
	r := requestFrom(ctx)
	kind, params, err := mime.ParseMediaType(r.kind)
	if err != nil || kind != "multipart/form-data" || params["boundary"] == "" {
		return sent{}, fault.New(fault.Invalid, "upload.kind", "Please send the file as multipart/form-data.")
	}
	parts := multipart.NewReader(r.body, params["boundary"])
	for {
		part, err := parts.NextPart()
		if err != nil {
			return sent{}, unreceived(err)
		}
		if part.FormName() != "file" {
			continue
		}
		content, err := io.ReadAll(io.LimitReader(part, most+1))
		if err != nil {
			return sent{}, unreceived(err)
		}
		if int64(len(content)) > most {
			return sent{}, fault.New(fault.TooLarge, "upload.too_large", "This file is too large. Please send one of at most %d MB.", most>>20)
		}
		return sent{Name: part.FileName(), Content: content}, nil
	}
}

// unreceived says why a file did not arrive.
func unreceived(err error) error {
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return fault.New(fault.TooLarge, "upload.too_large", "This file is too large. Please send one of at most %d MB.", large.Limit>>20)
	case errors.Is(err, io.EOF):
		var c fault.Check
		c.That(false, "file", "upload.missing", "Please choose a file.")
		return c.Err()
	}
	return fault.New(fault.Invalid, "upload.cut", "The file did not arrive whole. Please send it again.").Because(err)
}

// room is how much a request may carry and how long it may take: more where a
// file is expected.
func (a *API) room(c *gin.Context) (most int64, deadline time.Duration) {
	if size := a.roomy[c.Request.Method+" "+c.FullPath()]; size > 0 {
		return size + fileRoom, arrivalOfFile
	}
	return largest, a.settings.Deadline
}

// xlsx is the media type of workbooks.
const xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// workbook describes a route that answers with a spreadsheet in the format that
// is asked for: do returns a name without an end, and the rows.
func workbook[In any](path string, access identity.Access, id, summary string,
	do func(context.Context, identity.Actor, *In) (name, format string, rows [][]string, err error)) Route {
	r := Route{Method: http.MethodGet, Path: path, Access: access, ID: id, Summary: summary}
	r.register = func(api huma.API, a *API, op huma.Operation) {
		op.Responses = map[string]*huma.Response{"200": {Description: "A spreadsheet. Nothing in it can be taken for a formula.", Content: map[string]*huma.MediaType{
			"text/csv": {Schema: &huma.Schema{Type: huma.TypeString}}, xlsx: {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}}}}
		huma.Register(api, op, func(ctx context.Context, in *In) (*file, error) {
			if err := legible(in); err != nil {
				return nil, a.problem(ctx, err)
			}
			name, format, rows, err := do(ctx, actorOf(ctx), in)
			if err != nil {
				return nil, a.problem(ctx, err)
			}
			out := &file{Type: "text/csv; charset=utf-8"}
			if format == "xlsx" {
				out.Type = xlsx
				out.Body, err = sheets.WriteXLSX(sheets.Page{Name: named(name), Rows: rows, Widths: []float64{18}, RightToLeft: actorOf(ctx).Locale == "ar"})
			} else {
				out.Body, err = sheets.WriteCSV(rows)
			}
			out.Disposition = "attachment; filename*=UTF-8''" + url.PathEscape(name+"."+format)
			return out, a.problem(ctx, err)
		})
	}
	return r
}

// named is the name of a sheet after that of its file.
func named(name string) string {
	text := []rune(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\'`, r) {
			return '-'
		}
		return r
	}, name))
	return string(text[:min(len(text), 31)]) // no program takes longer ones
}
