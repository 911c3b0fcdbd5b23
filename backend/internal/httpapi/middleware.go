// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"github.com/gin-gonic/gin"
	"golang.org/x/time/rate"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
)

// request is what the middlewares learn about a request.
type request struct {
	link    string // the secret of a link in a mail, where a file is sent by it: an address would stand in logs
	id      string
	key     string // Idempotency-Key
	token   string // of the session
	address string // of the client
	who     identity.Actor
	failed  error // why the session could not be read
	header  http.Header
	kind    string        // Content-Type
	body    io.ReadCloser // within the bounds; only for routes that read it themselves
}

type requestInContext struct{}

func requestFrom(ctx context.Context) *request {
	r, ok := ctx.Value(requestInContext{}).(*request)
	if !ok {
		return &request{header: http.Header{}}
	}
	return r
}

func actorOf(ctx context.Context) identity.Actor   { return requestFrom(ctx).who }
func requestOf(ctx context.Context) string         { return requestFrom(ctx).id }
func keyOf(ctx context.Context) string             { return requestFrom(ctx).key }
func linkOf(ctx context.Context) string            { return requestFrom(ctx).link }
func tokenOf(ctx context.Context) string           { return requestFrom(ctx).token }
func addressOf(ctx context.Context) string         { return requestFrom(ctx).address }
func failedSession(ctx context.Context) error      { return requestFrom(ctx).failed }
func answerHeader(ctx context.Context) http.Header { return requestFrom(ctx).header }

// identify gives the request its identifier and a place for what we learn.
func (a *API) identify(c *gin.Context) {
	r := &request{id: id.New(), key: c.GetHeader("Idempotency-Key"), link: c.GetHeader("Link-Token"), address: c.ClientIP(), header: c.Writer.Header()}
	c.Request = c.Request.WithContext(context.WithValue(c.Request.Context(), requestInContext{}, r))
	c.Next()
}

// policy is the content security policy: our own files and nothing else.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
	"font-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"

// headers sets the security headers of every answer.
func (a *API) headers(c *gin.Context) {
	h := c.Writer.Header()
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
	h.Set("X-Frame-Options", "DENY")
	h.Set("X-Request-Id", requestOf(c.Request.Context()))
	if strings.HasPrefix(c.Request.URL.Path, "/api/") {
		h.Set("Cache-Control", "no-store")
	}
	if a.settings.Secure {
		h.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
	}
	c.Next()
}

// logged writes one line a request: the route's pattern, never the address with
// its parameters, and nobody's name.
func (a *API) logged(c *gin.Context) {
	begin := time.Now()
	c.Next()
	route := c.FullPath()
	if route == "" {
		route = "(none)"
	}
	ctx := c.Request.Context()
	a.Log.InfoContext(ctx, "request", "method", c.Request.Method, "route", route, "status", c.Writer.Status(),
		"ms", time.Since(begin).Milliseconds(), "request", requestOf(ctx), "actor", actorOf(ctx).UserID)
}

// recovered turns a panic into an Internal problem; the process lives.
func (a *API) recovered(c *gin.Context) {
	defer func() {
		if cause := recover(); cause != nil {
			a.Log.ErrorContext(c.Request.Context(), "panic", "cause", fmt.Sprint(cause), "stack", string(debug.Stack()))
			a.refuse(c, fmt.Errorf("panic: %v", cause))
		}
	}()
	c.Next()
}

// bounded limits how much a request may carry, how long it may take, and how
// often an address may knock at the doors that are open to strangers.
func (a *API) bounded(c *gin.Context) {
	most, deadline := a.room(c)
	if c.Request.ContentLength > most {
		c.Header("Connection", "close")
		a.refuse(c, fault.New(fault.TooLarge, "request.too_large", "This is too large. Please send less than %d MB.", most>>20))
		return
	}
	if most > largest {
		// Not every connection has deadlines to set; the context's holds in any case.
		control := http.NewResponseController(c.Writer)
		_ = errors.Join(control.SetReadDeadline(time.Now().Add(deadline)), control.SetWriteDeadline(time.Now().Add(2*deadline)))
	}
	c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, most)
	r := requestFrom(c.Request.Context())
	r.kind, r.body = c.GetHeader("Content-Type"), c.Request.Body
	ctx, cancel := context.WithTimeout(c.Request.Context(), deadline)
	defer cancel()
	c.Request = c.Request.WithContext(ctx)
	c.Next()
}

// crossOrigin refuses writes that another site's page sends (Fetch Metadata, then Origin).
var crossOrigin = http.NewCrossOriginProtection()

func (a *API) sameOrigin(c *gin.Context) {
	if err := crossOrigin.Check(c.Request); err != nil {
		a.refuse(c, fault.New(fault.Denied, "request.cross_origin", "This request came from another site and was refused.").Because(err))
		return
	}
	c.Next()
}

// session finds out who is asking. A session that cannot be read is remembered
// and told by routes that need one; open routes do not care.
func (a *API) session(c *gin.Context) {
	r := requestFrom(c.Request.Context())
	if !strings.HasPrefix(c.Request.URL.Path, "/api/") {
		c.Next()
		return
	}
	if cookie, err := c.Request.Cookie(a.cookieName()); err == nil && cookie.Value != "" {
		r.token = cookie.Value
		r.who, r.failed = a.Identity.Resume(c.Request.Context(), cookie.Value)
	}
	if r.who.UserID == "" && c.Request.Method != http.MethodGet && !a.limits.allow(identity.Network(r.address)) {
		a.refuse(c, fault.New(fault.Limited, "request.limited", "Too many requests from your address. Please wait a moment and try again."))
		return
	}
	c.Next()
}

// cookieName is the session cookie's: the prefix makes browsers refuse it from
// other hosts and without https, so it is used where there is https.
func (a *API) cookieName() string {
	if a.settings.Secure {
		return "__Host-sankofa"
	}
	return "sankofa"
}

// setSession puts the session cookie into the answer; an empty token removes it.
func (a *API) setSession(ctx context.Context, token string) {
	cookie := http.Cookie{Name: a.cookieName(), Value: token, Path: "/", HttpOnly: true,
		Secure: a.settings.Secure, SameSite: http.SameSiteLaxMode}
	if token == "" {
		cookie.MaxAge = -1
		answerHeader(ctx).Set("Clear-Site-Data", `"cache"`)
	}
	answerHeader(ctx).Add("Set-Cookie", cookie.String())
}

// limits counts unsafe requests of strangers, per address.
type limits struct {
	mu  sync.Mutex
	per map[string]*rate.Limiter
}

// strangers may send two unsafe requests a second, a hundred at once.
const (
	strangerRate  = 2
	strangerBurst = 100
	strangerKept  = 10_000
)

// allow tells whether the address may send one more.
func (l *limits) allow(address string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.per == nil || len(l.per) >= strangerKept {
		l.per = map[string]*rate.Limiter{}
	}
	limiter := l.per[address]
	if limiter == nil {
		limiter = rate.NewLimiter(strangerRate, strangerBurst)
		l.per[address] = limiter
	}
	return limiter.Allow()
}
