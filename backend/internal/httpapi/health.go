// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"context"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
)

// HealthCheck is one thing that must be well for the server to do its work.
type HealthCheck struct {
	Name   string         `json:"name"` // "database", "migrations", "index", "disk"
	OK     bool           `json:"ok"`
	State  string         `json:"state"` // "ok", or what is the matter in a word
	Detail map[string]any `json:"detail,omitempty"`
}

// health is the answer of /readyz.
type health struct {
	Ready  bool          `json:"ready"`
	Checks []HealthCheck `json:"checks"`
}

// serveHealth answers whether the process is alive and whether it can work.
// Neither says anything about people or secrets, so both are open.
func (a *API) serveHealth(engine *gin.Engine) {
	engine.GET("/healthz", func(c *gin.Context) { c.JSON(http.StatusOK, gin.H{"status": "alive"}) })
	engine.GET("/readyz", func(c *gin.Context) {
		ctx, cancel := context.WithTimeout(c.Request.Context(), 3*time.Second)
		defer cancel()
		answer := health{Ready: true, Checks: []HealthCheck{}}
		if a.Checks != nil {
			answer.Checks = a.Checks(ctx)
		}
		for _, check := range answer.Checks {
			answer.Ready = answer.Ready && check.OK
		}
		if !answer.Ready {
			c.Header("Retry-After", "5")
			c.JSON(http.StatusServiceUnavailable, answer)
			return
		}
		c.JSON(http.StatusOK, answer)
	})
}
