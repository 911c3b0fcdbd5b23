// SPDX-License-Identifier: AGPL-3.0-or-later

// Package webui serves the single-page application that is built into the
// binary: hashed files for a year, the page itself never from a cache.
package webui

import (
	"bytes"
	"compress/gzip"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"

	"github.com/gin-gonic/gin"
)

// file is one built file, compressed once at start.
type file struct {
	kind   string // media type
	plain  []byte
	packed []byte // gzip; nil where it saves nothing
	hashed bool   // the name changes with the content
}

// Mount serves the application for every address that nothing else answers. A
// path below /api/ is never answered with a page.
func Mount(engine *gin.Engine, dist fs.FS, missing gin.HandlerFunc) error {
	files, err := load(dist)
	if err != nil {
		return err
	}
	engine.NoRoute(func(c *gin.Context) {
		name := strings.TrimPrefix(path.Clean(c.Request.URL.Path), "/")
		if strings.HasPrefix(name, "api/") || name == "api" || (c.Request.Method != http.MethodGet && c.Request.Method != http.MethodHead) {
			missing(c)
			return
		}
		if f, ok := files[name]; ok && name != "index.html" {
			send(c, f)
			return
		}
		if path.Ext(name) != "" { // a file that is not there is not a page
			missing(c)
			return
		}
		index, ok := files["index.html"]
		if !ok {
			c.Data(http.StatusServiceUnavailable, "text/plain; charset=utf-8",
				[]byte("The screens are not built into this binary. Run ./scripts/build and start it again.\n"))
			return
		}
		send(c, index)
	})
	return nil
}

// load reads and compresses the built files.
func load(dist fs.FS) (map[string]*file, error) {
	files := map[string]*file{}
	err := fs.WalkDir(dist, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || entry.Name() == ".gitkeep" {
			return err
		}
		plain, err := fs.ReadFile(dist, name)
		if err != nil {
			return err
		}
		kind := mime.TypeByExtension(path.Ext(name))
		if kind == "" {
			kind = "application/octet-stream"
		}
		files[name] = &file{kind: kind, plain: plain, packed: pack(plain), hashed: strings.HasPrefix(name, "assets/")}
		return nil
	})
	return files, err
}

// pack compresses, or returns nothing where that does not pay.
func pack(plain []byte) []byte {
	var out bytes.Buffer
	w, _ := gzip.NewWriterLevel(&out, gzip.BestCompression) // The level is a valid constant.
	if _, err := w.Write(plain); err != nil {
		return nil
	}
	if err := w.Close(); err != nil || out.Len() >= len(plain) {
		return nil
	}
	return out.Bytes()
}

// send writes a file with the caching that its name allows.
func send(c *gin.Context, f *file) {
	if f.hashed {
		c.Header("Cache-Control", "public, max-age=31536000, immutable")
	} else {
		c.Header("Cache-Control", "no-store")
	}
	c.Header("Vary", "Accept-Encoding")
	if f.packed != nil && strings.Contains(c.GetHeader("Accept-Encoding"), "gzip") {
		c.Header("Content-Encoding", "gzip")
		c.Data(http.StatusOK, f.kind, f.packed)
		return
	}
	c.Data(http.StatusOK, f.kind, f.plain)
}
