// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"time"

	"sankofa/backend/internal/store/storetest"
)

// This file speaks to the server as no browser does: too much, too slowly, or
// not to the end.

// dialled is a bare connection to the server.
func dialled(t *testing.T, h *house) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(h.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	_ = conn.SetDeadline(time.Now().Add(20 * time.Second))
	return conn
}

// head is the beginning of a request that signs in.
func head(length string) string {
	return "POST /api/v1/session HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\n" + length + "\r\n\r\n"
}

// heard reads one answer.
func heard(t *testing.T, conn net.Conn) answerOf {
	t.Helper()
	res, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatalf("no answer: %v", err)
	}
	defer res.Body.Close()
	text, _ := io.ReadAll(res.Body)
	return answerOf{res.StatusCode, res.Header, text}
}

// patient opens the API with little time for a body to arrive.
func patient(t *testing.T, arrival time.Duration) *house {
	t.Helper()
	h := open(t, storetest.SQLite(t))
	server, err := NewServer(h.API, Settings{Version: "test", Arrival: arrival})
	if err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(server.Engine)
	t.Cleanup(web.Close)
	h.URL = web.URL
	return h
}

// means checks that a problem has the status and the code.
func (a answerOf) means(t *testing.T, what string, status int, code string) {
	t.Helper()
	if p := a.Problem(); a.Status != status || p.Code != code || a.Header.Get("Content-Type") != "application/problem+json" {
		t.Errorf("%s: %d %s, want %d %s", what, a.Status, a.Body, status, code)
	}
}

func TestAHugeBodyIsRefusedBeforeItHasArrived(t *testing.T) {
	h := patient(t, time.Minute)
	for _, row := range []struct{ what, length string }{
		{"two hundred megabytes that are announced", "Content-Length: 200000000"},
		{"two hundred megabytes in chunks", "Transfer-Encoding: chunked"},
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		conn, begun := dialled(t, h), time.Now()
		_, _ = io.WriteString(conn, head(row.length))
		sent := make(chan int, 1)
		go func() { sent <- pour(conn, 200_000_000, strings.HasPrefix(row.length, "Transfer")) }()
		heard(t, conn).means(t, row.what, http.StatusRequestEntityTooLarge, "request.too_large")
		took := time.Since(begun)
		_ = conn.Close()
		runtime.ReadMemStats(&after)
		if grown := after.TotalAlloc - before.TotalAlloc; took > 30*time.Second || grown > 64<<20 {
			t.Errorf("%s: refused after %s, with %d MB made on the way", row.what, took, grown>>20)
		}
		if n := <-sent; n >= 200_000_000 {
			t.Errorf("%s: all of it was taken", row.what)
		}
	}
}

// pour writes a JSON text that does not end, until nobody takes any more.
func pour(to io.Writer, most int, chunked bool) (sent int) {
	piece := strings.Repeat("a", 64<<10)
	if chunked {
		piece = fmt.Sprintf("%x\r\n%s\r\n", len(piece), piece)
	}
	for sent < most {
		n, err := io.WriteString(to, piece)
		sent += n
		if err != nil {
			break
		}
	}
	return sent
}

func TestABodyThatDoesNotArriveIsGivenUp(t *testing.T) {
	h := patient(t, 300*time.Millisecond)
	conn, begun := dialled(t, h), time.Now()
	_, _ = io.WriteString(conn, head("Content-Length: 100")+`{"email": "`)
	heard(t, conn).means(t, "a body that stops", http.StatusRequestTimeout, "request.slow")
	if took := time.Since(begun); took > 30*time.Second {
		t.Errorf("it was waited for for %s", took)
	}
	slow := dialled(t, h)
	go func() {
		_, _ = io.WriteString(slow, head("Content-Length: 100"))
		for range 50 { // a byte at a time, for ever
			if _, err := io.WriteString(slow, " "); err != nil {
				return
			}
			time.Sleep(50 * time.Millisecond)
		}
	}()
	heard(t, slow).means(t, "a body that trickles", http.StatusRequestTimeout, "request.slow")
}

func TestARequestThatBreaksOffIsNoFaultOfOurs(t *testing.T) {
	h := patient(t, time.Minute)
	for what, text := range map[string]string{
		"a body that is cut":    head("Content-Length: 100") + `{"email": "a@b.c"`,
		"a chunk that is cut":   head("Transfer-Encoding: chunked") + "ff\r\n{",
		"a chunk without size":  head("Transfer-Encoding: chunked") + "zz\r\n{}\r\n0\r\n\r\n",
		"a chunk that is wrong": head("Transfer-Encoding: chunked") + "2\r\n{}xx0\r\n\r\n",
	} {
		conn := dialled(t, h)
		_, _ = io.WriteString(conn, text)
		_ = conn.(*net.TCPConn).CloseWrite()
		heard(t, conn).means(t, what, http.StatusBadRequest, "request.cut")
	}
	conn := dialled(t, h)
	_, _ = io.WriteString(conn, head("Content-Length: 0"))
	heard(t, conn).means(t, "an empty body", http.StatusBadRequest, "request.empty")
	packed := h.stranger(t).do("POST", "/session", "\x1f\x8b\x08\x00\x00", "Content-Encoding", "gzip")
	packed.means(t, "a packed body", http.StatusBadRequest, "request.malformed")
}

func TestNonsenseInBulkIsAnsweredBriefly(t *testing.T) {
	h := patient(t, time.Minute)
	var names strings.Builder
	for i := range 20_000 {
		fmt.Fprintf(&names, `"%x":0,`, i)
	}
	for what, body := range map[string]string{
		"unknown fields": "{" + strings.TrimSuffix(names.String(), ",") + "}",
		"wrong entries":  `{"people": [` + strings.Repeat("0,", 50_000) + "0]}",
	} {
		path := "/session"
		c := h.stranger(t)
		if what == "wrong entries" {
			c, path = h.as(t, h.Coordinator), "/needs/GH-2026-0001/shortlist"
		}
		begun := time.Now()
		got := c.do("POST", path, body)
		if took := time.Since(begun); took > time.Minute {
			t.Errorf("%s: it took %s", what, took)
		}
		if got.Status != 422 || len(got.Body) > 20_000 || len(got.Problem().Fields) > mostFields {
			t.Errorf("%s: %d, %d bytes, %d fields", what, got.Status, len(got.Body), len(got.Problem().Fields))
		}
	}
	long := h.stranger(t).do("POST", "/session", `{"`+strings.Repeat("k", 1_000_000)+`": 1}`)
	if long.Status != 422 || len(long.Body) > 20_000 {
		t.Errorf("a name of a megabyte: %d, %d bytes", long.Status, len(long.Body))
	}
}
