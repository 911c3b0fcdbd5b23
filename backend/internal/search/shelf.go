// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"sync"
	"sync/atomic"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"

	"sankofa/backend/internal/matching"
)

// markKey is where the index keeps its mark, written in the same batch as the
// documents.
var markKey = []byte("mark")

// mark says how far an index has come: the number of the last event that it has
// seen, and that event's hash, by which we notice that the database is another,
// or has been restored from a backup.
type mark struct {
	Number int64
	Hash   string
	Form   string // of the documents; another program may have written others
}

// form changes whenever documents are made in another way.
const form = matching.Algorithm + "/3"

// errDamaged says that an index cannot be used; it is replaced by a new one.
var errDamaged = errors.New("search: the index is damaged")

// errHeld says that another process uses the index; it is left alone.
var errHeld = errors.New("search: another process holds the index")

// shelf is one index on the disk.
type shelf struct {
	path    string
	index   bleve.Index
	columns *columns
	marked  atomic.Int64 // the number in the mark on the disk

	using sync.RWMutex // held for reading by whoever searches, so that Close waits
	shut  bool
}

// Bleve reports what goes wrong in its own goroutines to a callback that is
// registered by name before any index is opened; it knows no closures, so the
// path tells us whose trouble it is.
const troubleName = "sankofa"

// troubles holds, by path, the error that an index reported by itself.
var troubles sync.Map

func init() {
	scorch.RegistryAsyncErrorCallbacks[troubleName] = func(err error, path string) {
		troubles.Store(filepath.Dir(path), err)
	}
}

// settings are those of every index of ours. Without the time-out, opening an
// index that another process holds would wait for ever.
func settings() map[string]any {
	return map[string]any{"bolt_timeout": "300ms", "asyncErrorCallbackName": troubleName, "numSnapshotsToKeep": 1}
}

// makeShelf makes an empty index in a directory that does not exist yet.
func makeShelf(path string) (*shelf, error) {
	var made *shelf
	err := guarded(func() error {
		idx, err := bleve.NewUsing(path, newMapping(), scorch.Name, scorch.Name, settings())
		made = &shelf{path: path, index: idx, columns: newColumns()}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("make index: %w", err)
	}
	return made, nil
}

// openShelf opens an index that was finished once.
func openShelf(path string) (*shelf, error) {
	// A root that has been emptied would be taken for a new one.
	if info, err := os.Stat(filepath.Join(path, "store", "root.bolt")); err != nil || info.Size() == 0 {
		return nil, fmt.Errorf("open index: %w", errors.Join(errDamaged, err))
	}
	if locked(path) {
		return nil, fmt.Errorf("open index: %w", errHeld)
	}
	if err := sound(path); err != nil {
		return nil, fmt.Errorf("open index: %w", err)
	}
	var opened *shelf
	err := guarded(func() error {
		idx, err := bleve.OpenUsing(path, settings())
		if err != nil {
			return err
		}
		opened = &shelf{path: path, index: idx, columns: newColumns()}
		if _, err = opened.mark(); err != nil {
			return err
		}
		return opened.load()
	})
	if err != nil {
		if opened != nil {
			_ = opened.close()
		}
		return nil, fmt.Errorf("open index: %w", err)
	}
	return opened, nil
}

// guarded turns a panic into an error: files that were torn make bleve read
// beyond their end, and pages of a mapped file that is gone raise a fault.
func guarded(f func() error) (err error) {
	before := debug.SetPanicOnFault(true)
	defer debug.SetPanicOnFault(before)
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: %v", errDamaged, p)
		}
	}()
	return f()
}

// trouble returns what the index has reported by itself.
func (s *shelf) trouble() error {
	if err, ok := troubles.Load(s.path); ok {
		return fmt.Errorf("%w: %v", errDamaged, err)
	}
	return nil
}

// use runs f while the index stays open.
func (s *shelf) use(f func() error) error {
	s.using.RLock()
	defer s.using.RUnlock()
	if s.shut {
		return fmt.Errorf("%w: it is closed", errDamaged)
	}
	if err := s.trouble(); err != nil {
		return err
	}
	return guarded(f)
}

// read runs f on one state of the index, which stays as it is meanwhile.
func (s *shelf) read(f func(index.IndexReader) error) error {
	return s.use(func() error {
		advanced, err := s.index.Advanced()
		if err != nil {
			return err
		}
		reader, err := advanced.Reader()
		if err != nil {
			return err
		}
		defer reader.Close()
		return f(reader)
	})
}

// write changes documents, and the mark unless it is nil, in one step; a nil
// document is deleted.
func (s *shelf) write(documents map[string]map[string]any, to *mark) error {
	return s.use(func() error {
		batch := s.index.NewBatch()
		for id, doc := range documents {
			if doc == nil {
				batch.Delete(id)
				continue
			}
			if err := batch.Index(id, doc); err != nil {
				return err
			}
		}
		if to != nil {
			text, err := json.Marshal(to)
			if err != nil {
				return err
			}
			batch.SetInternal(markKey, text)
		}
		rows, err := rowsOf(documents)
		if err != nil {
			return err
		}
		if err := s.index.Batch(batch); err != nil {
			return err
		}
		s.columns.change(rows)
		if to != nil {
			s.marked.Store(to.Number)
		}
		return nil
	})
}

// rowsOf reads the rows of documents of people; nothing for what is deleted.
func rowsOf(documents map[string]map[string]any) (map[string]*row, error) {
	rows := make(map[string]*row, len(documents))
	for id, doc := range documents {
		text, person := doc[rowField].(string)
		if doc == nil {
			rows[id] = nil
		}
		if !person {
			continue
		}
		r, err := unpackRow(text)
		if err != nil {
			return nil, err
		}
		rows[id] = &r
	}
	return rows, nil
}

// mark returns how far the index has come. One without a mark was never finished.
func (s *shelf) mark() (mark, error) {
	var m mark
	err := s.read(func(r index.IndexReader) error {
		text, err := r.GetInternal(markKey)
		if err != nil {
			return err
		}
		if json.Unmarshal(text, &m) != nil {
			return fmt.Errorf("%w: it has no mark", errDamaged)
		}
		s.marked.Store(m.Number)
		return nil
	})
	return m, err
}

// close waits for whoever still searches.
func (s *shelf) close() error {
	s.using.Lock()
	defer s.using.Unlock()
	if s.shut {
		return nil
	}
	s.shut = true
	troubles.Delete(s.path)
	return guarded(s.index.Close)
}
