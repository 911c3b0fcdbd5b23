// SPDX-License-Identifier: AGPL-3.0-or-later

package files_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/files"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

// open opens a service in a directory of the test.
func open(t *testing.T, db *store.DB, dir string) *files.Service {
	t.Helper()
	s, err := files.Open(t.Context(), files.Options{DB: db, Directory: filepath.Join(dir, "files"), KeyFile: filepath.Join(dir, "files.key")})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// keep writes a document of an import and its row.
func keep(t *testing.T, db *store.DB, s *files.Service, name, content string) files.File {
	t.Helper()
	w, err := s.Write(t.Context(), files.Upload{Name: name, Body: strings.NewReader(content), Most: 10 << 20})
	if err != nil {
		t.Fatal(err)
	}
	var f files.File
	err = db.Change(t.Context(), store.System, func(tx *store.Tx) (err error) {
		f, err = s.KeepIn(tx, w, files.Owner{ImportID: "import-1"}, files.Import, store.System)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func read(s *files.Service, f files.File) (string, error) {
	content, err := s.Read(f)
	if err != nil {
		return "", err
	}
	defer func() { _ = content.Close() }()
	text, err := io.ReadAll(content)
	return string(text), err
}

// onDisk returns the paths of all files in the directory.
func onDisk(t *testing.T, dir string) []string {
	t.Helper()
	var all []string
	err := filepath.WalkDir(filepath.Join(dir, "files"), func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			all = append(all, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestWhatIsKeptIsReadBackAndCannotBeReadOnTheDisk(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		dir := t.TempDir()
		s := open(t, db, dir)
		for _, size := range []int{1, 63, 64<<10 - 1, 64 << 10, 64<<10 + 1, 3 * 64 << 10, 1 << 20} {
			text := strings.Repeat("Kwabena was here. ", size/18+1)[:size]
			f := keep(t, db, s, "notes.txt", text)
			if f.Size != int64(size) || f.MediaType != files.Text || f.Name != "notes.txt" {
				t.Errorf("%d bytes were kept as %+v", size, f)
			}
			got, err := read(s, f)
			if err != nil || got != text {
				t.Errorf("%d bytes came back as %d, %v", size, len(got), err)
			}
		}
		for _, path := range onDisk(t, dir) {
			sealed, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if bytes.Contains(sealed, []byte("Kwabena")) {
				t.Errorf("%s holds the content in clear", path)
			}
			if info, _ := os.Stat(path); info.Mode().Perm() != 0o600 {
				t.Errorf("%s has rights %v, want 0600", path, info.Mode().Perm())
			}
		}
	})
}

func TestReadingAnywhereGivesWhatStandsThere(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s := open(t, db, t.TempDir())
		text := strings.Repeat("0123456789abcdef", 20_000)
		content, err := s.Read(keep(t, db, s, "a.txt", text))
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = content.Close() }()
		random := rand.New(rand.NewPCG(1, 2))
		for range 200 {
			at, length := random.IntN(len(text)), random.IntN(200_000)
			got := make([]byte, length)
			n, err := content.ReadAt(got, int64(at))
			want := text[at:min(len(text), at+length)]
			if string(got[:n]) != want || (n < length) != errors.Is(err, io.EOF) {
				t.Fatalf("%d bytes at %d: got %d, %v", length, at, n, err)
			}
		}
	})
}

func TestWhatWasChangedOnTheDiskIsAnError(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		dir := t.TempDir()
		s := open(t, db, dir)
		f := keep(t, db, s, "a.txt", strings.Repeat("x", 200_000))
		other := keep(t, db, s, "b.txt", strings.Repeat("y", 200_000))
		path := filepath.Join(dir, "files", f.ID[:2], f.ID)
		whole, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		swapped, err := os.ReadFile(filepath.Join(dir, "files", other.ID[:2], other.ID))
		if err != nil {
			t.Fatal(err)
		}
		const chunk = 64<<10 + 16
		moved := append([]byte{}, whole[:4]...)
		moved = append(append(append(moved, whole[4+chunk:4+2*chunk]...), whole[4:4+chunk]...), whole[4+2*chunk:]...)
		flipped := bytes.Clone(whole)
		flipped[len(flipped)/2] ^= 1
		for what, damaged := range map[string][]byte{
			"a flipped bit": flipped, "a cut": whole[:len(whole)-1], "a chunk left out": whole[:4+chunk],
			"chunks moved": moved, "another file": swapped, "nothing": {}, "the mark only": whole[:4],
		} {
			if err := os.WriteFile(path, damaged, 0o600); err != nil {
				t.Fatal(err)
			}
			if _, err := read(s, f); !fault.HasCode(err, "file.damaged") {
				t.Errorf("%s: got %v, want file.damaged", what, err)
			}
		}
	})
}

func TestAFileWithoutARowIsSweptAndOneWithARowStays(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		dir := t.TempDir()
		s := open(t, db, dir)
		kept := keep(t, db, s, "kept.txt", "stays")
		if _, err := s.Write(t.Context(), files.Upload{Name: "a.txt", Body: strings.NewReader("orphan"), Most: 100}); err != nil {
			t.Fatal(err)
		}
		if n, err := s.Sweep(t.Context()); n != 0 || err != nil {
			t.Errorf("the young orphan: removed %d, %v; want it left alone", n, err)
		}
		old := time.Now().Add(-2 * files.Grace)
		for _, path := range onDisk(t, dir) {
			if err := os.Chtimes(path, old, old); err != nil {
				t.Fatal(err)
			}
		}
		if n, err := s.Sweep(t.Context()); n != 1 || err != nil {
			t.Errorf("the old orphan: removed %d, %v; want 1", n, err)
		}
		if got, err := read(s, kept); got != "stays" || err != nil {
			t.Errorf("the kept one reads %q, %v", got, err)
		}
	})
}

func TestErasingTakesTheKeyAtOnceAndTheFileRightAfter(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		dir := t.TempDir()
		s := open(t, db, dir)
		remover := files.NewRemover(s)
		from, err := remover.Position(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		f := keep(t, db, s, "a.txt", "gone")
		err = db.Change(t.Context(), store.System, func(tx *store.Tx) error { return files.ForgetImportIn(tx, "import-1") })
		if err != nil {
			t.Fatal(err)
		}
		err = db.View(t.Context(), func(tx *store.Tx) error { _, err := files.FindIn(tx, f.ID); return err })
		if !fault.Is(err, fault.Missing) {
			t.Errorf("the row: %v, want missing", err)
		}
		events, err := db.Events(t.Context(), from, 100)
		if err != nil {
			t.Fatal(err)
		}
		for range 2 { // at least once, so twice is fine
			if err := remover.Deliver(t.Context(), events); err != nil {
				t.Fatal(err)
			}
		}
		if left := onDisk(t, dir); len(left) != 0 {
			t.Errorf("still on the disk: %v", left)
		}
	})
}

func TestANewMasterKeyLeavesEveryDocumentReadable(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		dir := t.TempDir()
		s := open(t, db, dir)
		var ids []string
		for range 3 {
			ids = append(ids, keep(t, db, s, "a.txt", "the same").ID)
		}
		before, err := os.ReadFile(filepath.Join(dir, "files.key"))
		if err != nil {
			t.Fatal(err)
		}
		if n, err := s.Rotate(t.Context()); n != 3 || err != nil {
			t.Fatalf("wrapped %d, %v; want 3", n, err)
		}
		again := open(t, db, dir) // as after a restart
		for _, id := range ids {
			var f files.File
			if err := db.View(t.Context(), func(tx *store.Tx) (err error) { f, err = files.FindIn(tx, id); return err }); err != nil {
				t.Fatal(err)
			}
			if got, err := read(again, f); got != "the same" || err != nil {
				t.Errorf("%q, %v", got, err)
			}
		}
		// The old key is gone from the file, and is no use any more.
		if err := os.WriteFile(filepath.Join(dir, "files.key"), before, 0o600); err != nil {
			t.Fatal(err)
		}
		_, err = files.Open(t.Context(), files.Options{DB: db, Directory: filepath.Join(dir, "files"), KeyFile: filepath.Join(dir, "files.key")})
		if !fault.HasCode(err, "files.key_missing") {
			t.Errorf("with the old key file: %v, want files.key_missing", err)
		}
	})
}

func TestABadKeyFileIsNamedAndNothingIsMadeInItsPlace(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		dir := t.TempDir()
		s := open(t, db, dir)
		keep(t, db, s, "a.txt", "x")
		at := filepath.Join(dir, "files.key")
		if info, err := os.Stat(at); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("the key file: %v, %v; want 0600", info.Mode().Perm(), err)
		}
		text, _ := os.ReadFile(at)
		for _, c := range []struct {
			want  string
			spoil func() error
		}{
			{"files.key_open", func() error { return os.Chmod(at, 0o644) }},
			{"files.key_malformed", func() error { return os.WriteFile(at, []byte("abc def\n"), 0o600) }},
			{"files.key_missing", func() error { return os.Remove(at) }},
		} {
			if err := errors.Join(os.WriteFile(at, text, 0o600), os.Chmod(at, 0o600), c.spoil()); err != nil {
				t.Fatal(err)
			}
			_, err := files.Open(t.Context(), files.Options{DB: db, Directory: dir, KeyFile: at})
			if !fault.HasCode(err, c.want) {
				t.Errorf("got %v, want %s", err, c.want)
			}
		}
		if _, err := os.Stat(at); !errors.Is(err, fs.ErrNotExist) {
			t.Error("a new key file was made while documents need the old one")
		}
	})
}

func TestWhatIsTooLargeOrBrokenOffLeavesNothingBehind(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		dir := t.TempDir()
		s := open(t, db, dir)
		_, err := s.Write(t.Context(), files.Upload{Name: "a.txt", Body: strings.NewReader(strings.Repeat("x", 101)), Most: 100})
		if !fault.Is(err, fault.TooLarge) {
			t.Errorf("101 of 100 bytes: %v, want too large", err)
		}
		_, err = s.Write(t.Context(), files.Upload{Name: "a.txt", Body: io.MultiReader(strings.NewReader("abc"), failing{}), Most: 100})
		if err == nil {
			t.Error("an upload that broke off was taken")
		}
		gone, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := s.Write(gone, files.Upload{Name: "a.txt", Body: strings.NewReader("abc"), Most: 100}); !errors.Is(err, context.Canceled) {
			t.Errorf("a cancelled upload: %v", err)
		}
		if _, err := s.Write(t.Context(), files.Upload{Name: "a.txt", Body: strings.NewReader(""), Most: 100}); !hasField(err, "file.empty") {
			t.Errorf("an empty upload: %v", err)
		}
		if left := onDisk(t, dir); len(left) != 0 {
			t.Errorf("left behind: %v", left)
		}
	})
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.New("the network went away") }

func TestNamesAreKeptWithoutPathsAndTricks(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s := open(t, db, t.TempDir())
		for sent, want := range map[string]string{
			`C:\Users\x\cv.txt`:               "cv.txt",
			"../../etc/cv.txt":                "cv.txt",
			"cv\u202etxt.txt":                 "cvtxt.txt",
			"a\r\nX: y.txt":                   "aX y.txt",
			"":                                "document",
			"..":                              "document",
			"سيرة ذاتية.txt":                  "سيرة ذاتية.txt",
			strings.Repeat("é", 300) + ".txt": strings.Repeat("é", 116) + ".txt",
		} {
			w, err := s.Write(t.Context(), files.Upload{Name: sent, Body: strings.NewReader("x"), Most: 100})
			if err != nil || w.Name != want {
				t.Errorf("%q is kept as %q, %v; want %q", sent, w.Name, err, want)
			}
		}
	})
}

// hasField tells whether the fault complains about a field with the code.
func hasField(err error, code string) bool {
	for _, f := range fault.Of(err).Fields {
		if f.Code == code {
			return true
		}
	}
	return false
}
