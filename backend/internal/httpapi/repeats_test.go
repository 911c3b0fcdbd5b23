// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

// This file is about requests that come twice, late, or at the same moment.

// many sends the same request from as many browsers at once and counts the answers.
func many(n int, send func(i int) answerOf) map[int][]answerOf {
	var mu sync.Mutex
	var ready, done sync.WaitGroup
	start := make(chan struct{})
	answers := map[int][]answerOf{}
	for i := range n {
		ready.Add(1)
		done.Go(func() {
			ready.Done()
			<-start
			got := send(i)
			mu.Lock()
			defer mu.Unlock()
			answers[got.Status] = append(answers[got.Status], got)
		})
	}
	ready.Wait()
	close(start)
	done.Wait()
	return answers
}

// asks tells whether a route takes the header.
func (h *house) asks(r Route, header string) bool {
	for _, p := range operationOf(h.Server.Description().Paths[r.Path], r.Method).Parameters {
		if p.In == "header" && p.Name == header {
			return true
		}
	}
	return false
}

func TestAChangeMustSayWhichVersionItMeans(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		g := newStage(t, db)
		tables, writes, met := g.tables(t), g.writes(), 0
		for _, r := range g.Server.Routes() {
			if r.Method == http.MethodGet || !g.asks(r, "If-Match") {
				continue
			}
			met++
			good := writes[r.ID]()
			before := g.rows(t, tables)
			bare := good
			bare.etag = ""
			refused(t, r.ID+" without a version", bare.send(r.Method, good.whole()), "-", http.StatusPreconditionRequired)
			for _, garbage := range []string{canary, `"` + canary + `"`, `"0"`, `"-1"`, `"1.5"`, `"99999999999999999999"`, `"1", "2"`, "*", `""`, strings.Repeat("9", 3000)} {
				refused(t, r.ID+" of version "+first(garbage), good.send(r.Method, good.whole(), "If-Match", garbage), "If-Match", 422)
			}
			for _, stale := range []string{`"9"`, `W/"99"`, `"2147483648"`, `"9223372036854775807"`} {
				got := good.send(r.Method, good.whole(), "If-Match", stale)
				refused(t, r.ID+" of version "+stale, got, "-", http.StatusPreconditionFailed)
			}
			if after := g.rows(t, tables); after != before {
				t.Errorf("%s: something was written:\n%s\n%s", r.ID, before, after)
			}
			if got := good.send(r.Method, good.whole()); got.Status >= 300 {
				t.Errorf("%s: the sound request is refused: %d %s", r.ID, got.Status, got.Body)
			}
			if got := good.send(r.Method, good.whole()); got.Status < 400 || got.Status >= 500 {
				t.Errorf("%s: the version that has gone by is taken again: %d %s", r.ID, got.Status, got.Body)
			}
		}
		if met < 20 {
			t.Errorf("only %d routes ask for a version", met)
		}
	})
}

func TestOfTwoTabsThatSaveTheSameRecordOneIsTold(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		g := newStage(t, db)
		writes := g.writes()
		for _, id := range []string{"revise-need", "revise-professional", "revise-my-profile", "close-need"} {
			r := g.route(id)
			for round := range 5 {
				good := writes[id]()
				answers := many(2, func(int) answerOf { return good.send(r.Method, good.whole()) })
				lost := append(answers[http.StatusPreconditionFailed], answers[http.StatusConflict]...)
				if len(answers[http.StatusOK]) != 1 || len(lost) != 1 {
					t.Fatalf("%s, round %d: %v", id, round, answers)
				}
				refused(t, id+" of the slower tab", lost[0], "-", http.StatusPreconditionFailed)
			}
		}
	})
}

// route finds a route by its identifier.
func (h *house) route(id string) Route {
	for _, r := range h.Server.Routes() {
		if r.ID == id {
			return r
		}
	}
	panic("no route " + id)
}

func TestARequestWithAKeyHasOneEffect(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		g := newStage(t, db)
		tables, writes, met := g.tables(t), g.writes(), 0
		for _, r := range g.Server.Routes() {
			if !r.Creates || r.Access.Public { // strangers may not send a hundred at once; see TestRegisteringTwiceWithOneKeyMakesOnePerson
				continue
			}
			met++
			good, key := writes[r.ID](), "key-"+r.ID
			answers := many(100, func(int) answerOf { return good.send(r.Method, good.whole(), "Idempotency-Key", key) })
			if len(answers[http.StatusCreated]) != 100 {
				t.Fatalf("%s: a hundred at once: %s", r.ID, tally(answers))
			}
			var made []string
			for _, a := range answers[http.StatusCreated] {
				made = append(made, identified(t, a))
			}
			for _, one := range made {
				if one != made[0] {
					t.Errorf("%s: one key made %s and %s", r.ID, made[0], one)
				}
			}
			other := another(writes[r.ID](), good)
			before := g.rows(t, tables)
			if got := good.send(r.Method, good.whole(), "Idempotency-Key", key); got.Status != http.StatusCreated || identified(t, got) != made[0] {
				t.Errorf("%s again: %d %s", r.ID, got.Status, got.Body)
			}
			refused(t, r.ID+": the key for another request", other.send("POST", other.whole(), "Idempotency-Key", key), "Idempotency-Key", 422)
			for _, odd := range []string{strings.Repeat("k", 201), "\xff\xfe", "ключ"} {
				refused(t, r.ID+": the key "+first(odd), other.send("POST", other.whole(), "Idempotency-Key", odd), "Idempotency-Key", 422)
			}
			if after := g.rows(t, tables); after != before {
				t.Errorf("%s: a repeat wrote something:\n%s\n%s", r.ID, before, after)
			}
		}
		if met < 8 {
			t.Errorf("only %d routes create", met)
		}
	})
}

// another makes sure that a sound request is not the same as the one before it. It is
// sent by the same person: whose key it is belongs to the key.
func another(request, before sound) sound {
	request.by = before.by
	if _, ok := request.file(); ok {
		return request // each is about somebody else
	}
	if request.path == before.path && copied(request.body) == copied(before.body) {
		for _, name := range []string{"title", "language", "name", "value", "recipient"} {
			if _, ok := request.body[name]; ok {
				request.body[name] = "en"
				break
			}
		}
	}
	return request
}

// tally counts answers by their status.
func tally(answers map[int][]answerOf) string {
	out := ""
	for status, some := range answers {
		out += fmt.Sprintf("%d × %d (%.200s) ", len(some), status, some[0].Body)
	}
	return out
}

// identified is what an answer says it made: an identifier, or the whole of it.
func identified(t *testing.T, a answerOf) string {
	t.Helper()
	var view struct{ ID, State string }
	a.Into(t, &view)
	if view.ID == "" {
		// An invitation shows its link once, and has no identifier of its own.
		return view.State
	}
	return view.ID
}
