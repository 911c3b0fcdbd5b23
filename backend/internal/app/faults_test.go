// SPDX-License-Identifier: AGPL-3.0-or-later

package app_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sankofa/backend/internal/app"
	"sankofa/backend/internal/store/storetest"
)

// engines are the arguments of a server and the name of its database, on each
// engine; both hold the demonstration.
func engines(t *testing.T, f func(t *testing.T, args []string, database string)) {
	t.Run("sqlite", func(t *testing.T) {
		outline(t)
		dir := app.WithDemo(t, t.TempDir())
		f(t, []string{"--data", dir}, "sqlite:"+filepath.Join(dir, "sankofa.db"))
	})
	t.Run("postgres", func(t *testing.T) {
		outline(t)
		dsn := storetest.Postgres(t)
		f(t, []string{"--data", t.TempDir(), "--database", dsn, "--demo", "--people", "300"}, dsn)
	})
}

func TestNothingAcknowledgedIsLostOrDoubledWhenTheServerIsKilled(t *testing.T) {
	engines(t, func(t *testing.T, args []string, database string) {
		c := serve(t, args...)
		association := as(t, c, "association")
		w := write(t, association)
		const rounds = 6
		var slowest time.Duration
		for range rounds {
			before := w.count()
			within(t, "people are registered", func() bool { return w.count() > before+eight })
			time.Sleep(time.Duration(rand.IntN(300)) * time.Millisecond)
			c.kill()
			begun := time.Now()
			c = serve(t, args...)
			association.follow(c)
			within(t, "the server is ready", func() bool { ready, _ := association.health(); return ready })
			slowest = max(slowest, time.Since(begun))
		}
		w.finish()
		within(t, "the index has read the ledger", func() bool { return settled(association) })
		if code := c.stop(); code != 0 {
			t.Errorf("the server ended with %d: %s", code, c.errors)
		}
		w.check(database)
		t.Logf("%d kills, %d acknowledged in %d tries, ready again within %s", rounds, len(w.acked), w.tries, slowest.Round(time.Millisecond))
	})
}

func TestASecondServerOnTheSameDataIsRefused(t *testing.T) {
	outline(t)
	dir := app.WithDemo(t, t.TempDir())
	first := serve(t, "--data", dir)
	second := begin(t, "--data", dir)
	<-second.exited
	if second.code() != 4 || !strings.Contains(second.errors.String(), "is in use by another Sankofa ("+first.address+")") {
		t.Errorf("the second ended with %d: %s", second.code(), second.errors)
	}
	if ready, _ := browse(first).health(); !ready {
		t.Error("the first suffers from it")
	}
}

func TestARequestUnderwayIsAnsweredBeforeTheServerEnds(t *testing.T) {
	outline(t)
	c := serve(t, "--data", app.WithDemo(t, t.TempDir()))
	b := as(t, c, "association")
	host := strings.TrimPrefix(c.address, "http://")
	conn, err := net.Dial("tcp", host)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	body, _ := json.Marshal(map[string]any{"givenName": "Late", "email": "late@example.org", "originCountry": "SN", "residenceCountry": "IT", "originLink": "born", "isco": "2132", "occupationTitle": "Agronomo",
		"onsite": true, "languages": []any{map[string]any{"language": "it", "native": true}}})
	fmt.Fprintf(conn, "POST /api/v1/professionals HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nCookie: sankofa=%s\r\nContent-Length: %d\r\n\r\n%s",
		host, b.cookie, len(body), body[:20])
	time.Sleep(200 * time.Millisecond) // it is being read now
	ended := make(chan int, 1)
	go func() { ended <- c.stop() }()
	within(t, "nobody new is let in", func() bool {
		other, err := net.Dial("tcp", host)
		if err == nil {
			_ = other.Close()
		}
		return err != nil
	})
	if _, err := conn.Write(body[20:]); err != nil {
		t.Fatal(err)
	}
	res, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatalf("no answer: %v", err)
	}
	text, _ := io.ReadAll(res.Body)
	_ = res.Body.Close()
	if res.StatusCode != http.StatusCreated {
		t.Errorf("the request underway: %d %s", res.StatusCode, text)
	}
	if code := <-ended; code != 0 {
		t.Errorf("the server ended with %d: %s", code, c.errors)
	}
}

func TestTwoHundredMegabytesDoNotFillTheMemory(t *testing.T) {
	outline(t)
	c := serve(t, "--data", app.WithDemo(t, t.TempDir()))
	before := c.memory(t)
	host := strings.TrimPrefix(c.address, "http://")
	for range 4 {
		conn, err := net.Dial("tcp", host)
		if err != nil {
			t.Fatal(err)
		}
		_ = conn.SetDeadline(time.Now().Add(patience))
		go func() {
			fmt.Fprintf(conn, "POST /api/v1/session HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n", host)
			piece := fmt.Sprintf("%x\r\n%s\r\n", 64<<10, strings.Repeat("[", 64<<10))
			for range 200_000_000 / (64 << 10) {
				if _, err := io.WriteString(conn, piece); err != nil {
					return
				}
			}
		}()
		res, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil {
			t.Fatal(err)
		}
		if res.StatusCode != http.StatusRequestEntityTooLarge {
			t.Errorf("it answers %d", res.StatusCode)
		}
		_ = conn.Close()
	}
	if after := c.memory(t); after > before+64<<10 {
		t.Errorf("the memory grew from %d to %d kB", before, after)
	}
}

// memory is the most that the process has held, in kB.
func (c *child) memory(t *testing.T) (most int) {
	t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", c.cmd.Process.Pid))
	if err != nil {
		t.Skip("this system does not tell how much memory a process holds")
	}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			_, _ = fmt.Sscan(rest, &most)
		}
	}
	return most
}
