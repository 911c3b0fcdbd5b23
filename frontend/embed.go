// SPDX-License-Identifier: AGPL-3.0-or-later

// Package frontend carries the built single-page application inside the binary.
package frontend

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// Dist returns the built application. It holds no index.html until
// scripts/build has run.
func Dist() fs.FS {
	built, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(err) // The folder is part of the binary: this cannot happen.
	}
	return built
}
