// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"html/template"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"
)

//go:embed docs.html
var docsPage string

//go:embed docs.css
var docsStyle []byte

// docsOperation is one operation on the readable page.
type docsOperation struct {
	Method, Path, Summary, ID string
	Roles                     []string
	Parameters                []docsField
	Body, Answer              []docsField
}

// docsField is one parameter or property.
type docsField struct{ Name, Type, Doc string }

// describe serves the OpenAPI document and a readable page of it, both made
// once from the routes.
func (s *Server) describe() error {
	document, err := json.MarshalIndent(s.api.OpenAPI(), "", "  ")
	if err != nil {
		return fmt.Errorf("describe the API: %w", err)
	}
	document = append(document, '\n')
	page, err := template.New("docs").Parse(docsPage)
	if err != nil {
		return fmt.Errorf("read the page of the API: %w", err)
	}
	var readable bytes.Buffer
	if err := page.Execute(&readable, s.documented()); err != nil {
		return fmt.Errorf("write the page of the API: %w", err)
	}
	s.Engine.GET("/api/openapi.json", func(c *gin.Context) { c.Data(http.StatusOK, "application/json; charset=utf-8", document) })
	s.Engine.GET("/api/docs", func(c *gin.Context) { c.Data(http.StatusOK, "text/html; charset=utf-8", readable.Bytes()) })
	s.Engine.GET("/api/docs.css", func(c *gin.Context) { c.Data(http.StatusOK, "text/css; charset=utf-8", docsStyle) })
	return nil
}

// documented returns the operations by tag, in the order of the routes.
func (s *Server) documented() map[string][]docsOperation {
	out := map[string][]docsOperation{}
	for _, r := range s.routes {
		op := operationOf(s.api.OpenAPI().Paths[r.Path], r.Method)
		if op == nil {
			continue
		}
		doc := docsOperation{Method: r.Method, Path: Base + r.Path, Summary: r.Summary, ID: r.ID, Roles: rolesOf(r.Access)}
		for _, p := range op.Parameters {
			doc.Parameters = append(doc.Parameters, docsField{p.Name + " (" + p.In + ")", typeOf(p.Schema), p.Description})
		}
		if op.RequestBody != nil {
			doc.Body = s.fields(op.RequestBody.Content["application/json"])
		}
		for _, status := range []string{"200", "201"} {
			if answer := op.Responses[status]; answer != nil {
				doc.Answer = s.fields(answer.Content["application/json"])
			}
		}
		out[tagOf(r.Path)] = append(out[tagOf(r.Path)], doc)
	}
	return out
}

func operationOf(item *huma.PathItem, method string) *huma.Operation {
	if item == nil {
		return nil
	}
	return map[string]*huma.Operation{"GET": item.Get, "POST": item.Post, "PUT": item.Put, "DELETE": item.Delete, "PATCH": item.Patch}[method]
}

// fields lists the properties of a JSON object.
func (s *Server) fields(content *huma.MediaType) []docsField {
	if content == nil || content.Schema == nil {
		return nil
	}
	schema := s.resolve(content.Schema)
	var out []docsField
	for _, name := range slices.Sorted(maps.Keys(schema.Properties)) {
		out = append(out, docsField{name, typeOf(schema.Properties[name]), s.resolve(schema.Properties[name]).Description})
	}
	return out
}

func (s *Server) resolve(schema *huma.Schema) *huma.Schema {
	if schema.Ref == "" {
		return schema
	}
	return s.api.OpenAPI().Components.Schemas.SchemaFromRef(schema.Ref)
}

// typeOf names the type of a schema in a word.
func typeOf(schema *huma.Schema) string {
	switch {
	case schema == nil:
		return ""
	case schema.Ref != "":
		return schema.Ref[strings.LastIndex(schema.Ref, "/")+1:]
	case schema.Type == "array":
		return "list of " + typeOf(schema.Items)
	case schema.Format != "":
		return schema.Type + " (" + schema.Format + ")"
	}
	return schema.Type
}
