// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
	"github.com/gin-gonic/gin"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
)

// Base is where the API begins.
const Base = "/api/v1"

// largest is the most that a request may carry, in bytes.
const largest = 2 << 20

// Settings are what the operator decides about the door.
type Settings struct {
	// Secure tells that people reach us by https: cookies are marked Secure and
	// browsers are told to stay on https.
	Secure bool
	// Proxies are the addresses of reverse proxies whose X-Forwarded-For is believed.
	Proxies []string
	// Version of the program, for the description.
	Version string
	// Deadline is how long a request may take.
	Deadline time.Duration
	// Arrival is how long a body may take to arrive.
	Arrival time.Duration
}

// setup of huma is process-wide; it is done once.
var setup = sync.OnceFunc(func() {
	huma.NewError = newError
	huma.DefaultArrayNullable = false
})

// Server is the router with everything that the API serves. Other packages may
// add pages to it.
type Server struct {
	Engine *gin.Engine
	door   *API
	api    huma.API
	routes []Route
}

// NewServer builds the router from the list of routes.
func NewServer(a *API, settings Settings) (*Server, error) {
	setup()
	gin.SetMode(gin.ReleaseMode)
	if a.Log == nil {
		a.Log = slog.New(slog.DiscardHandler)
	}
	if settings.Deadline == 0 {
		settings.Deadline = 20 * time.Second
	}
	if settings.Arrival == 0 {
		settings.Arrival = 15 * time.Second
	}
	a.settings = settings
	engine := gin.New()
	if err := engine.SetTrustedProxies(settings.Proxies); err != nil {
		return nil, err
	}
	engine.HandleMethodNotAllowed = true
	engine.Use(a.identify, a.headers, a.logged, a.recovered, a.bounded, a.sameOrigin, a.session)
	engine.NoMethod(func(c *gin.Context) {
		a.refuse(c, fault.New(fault.Missing, "method.missing", "This address does not answer to %s.", c.Request.Method))
	})

	conf := huma.DefaultConfig("Sankofa", settings.Version)
	conf.Formats = map[string]huma.Format{"application/json": readable, "json": readable}
	conf.OpenAPIPath, conf.DocsPath, conf.SchemasPath, conf.CreateHooks = "", "", "", nil
	conf.Info.Description = "The platform on which diasporas lend their skills back home. " +
		"Sign in with POST /session; the session is a cookie. Errors are application/problem+json."
	conf.Servers = []*huma.Server{{URL: Base}}
	conf.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"session": {Type: "apiKey", In: "cookie", Name: "sankofa"},
	}
	s := &Server{Engine: engine, door: a, routes: a.Routes()}
	a.roomy = map[string]int64{}
	s.api = humagin.NewWithGroup(engine, engine.Group(Base), conf)
	for _, r := range s.routes {
		r.register(s.api, a, a.operation(r))
		if r.Most > 0 {
			a.roomy[r.Method+" "+Base+r.Path] = r.Most
		}
	}
	a.serveHealth(engine)
	a.serveUnsubscribe(engine)
	a.serveEvaluation(engine)
	return s, s.describe()
}

// operation is the description of a route.
func (a *API) operation(r Route) huma.Operation {
	op := huma.Operation{
		OperationID: r.ID, Method: r.Method, Path: r.Path, Summary: r.Summary,
		Tags: []string{tagOf(r.Path)}, MaxBodyBytes: largest, BodyReadTimeout: a.settings.Arrival,
		Errors:                       []int{http.StatusUnprocessableEntity},
		RejectUnknownQueryParameters: true,
		Middlewares:                  huma.Middlewares{a.admit(r.Access)},
		Security:                     []map[string][]string{{"session": {}}},
		Extensions:                   map[string]any{"x-roles": rolesOf(r.Access)},
	}
	if r.Access.Public {
		op.Security = []map[string][]string{}
	}
	return op
}

// tagOf groups operations by the first part of their path.
func tagOf(path string) string {
	tag, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	return tag
}

// rolesOf says in the description who may call the route.
func rolesOf(access identity.Access) []string {
	if access.Public {
		return []string{"public"}
	}
	if len(access.Roles) == 0 {
		return []string{"signed in"}
	}
	return mapped(access.Roles, func(r identity.Role) string { return string(r) })
}

// admit checks the access of the route before anything is decoded.
func (a *API) admit(access identity.Access) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		c := humagin.Unwrap(ctx)
		if err := failedSession(c.Request.Context()); err != nil && !access.Public {
			a.refuse(c, err)
			return
		}
		if err := access.Admit(actorOf(c.Request.Context())); err != nil {
			a.refuse(c, err)
			return
		}
		next(ctx)
	}
}

// refuse answers with a problem, outside huma.
func (a *API) refuse(c *gin.Context, err error) {
	p := a.problem(c.Request.Context(), err).(*Problem)
	for name, values := range p.GetHeaders() {
		c.Writer.Header()[name] = values
	}
	body, _ := json.Marshal(p) // A struct of texts always encodes.
	c.Abort()
	c.Data(p.Status, "application/problem+json", body)
}

// Missing answers what no route does: a problem, never a page.
func (s *Server) Missing(c *gin.Context) {
	s.door.refuse(c, fault.New(fault.Missing, "missing", "There is nothing at this address."))
}

// Description returns the OpenAPI document.
func (s *Server) Description() *huma.OpenAPI { return s.api.OpenAPI() }

// Routes returns the list that the server was built from.
func (s *Server) Routes() []Route { return s.routes }
