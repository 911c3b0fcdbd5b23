// SPDX-License-Identifier: AGPL-3.0-or-later

package taxonomy

import (
	"archive/zip"
	"compress/flate"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"sankofa/backend/internal/fault"
)

// What an ESCO download may weigh. The whole classification in 28 languages
// stays far below; a file that was made to fill a disk or a memory does not.
const (
	mostEntries   = 5_000
	largestFile   = 512 << 20
	largestTotal  = 4 << 30
	steepestRatio = 200 // unpacked to packed, of entries that are not small
	smallEntry    = 1 << 20
)

// source is a CSV file of the download, in a folder or in a zip.
type source struct {
	shown string // where it is, for messages
	name  string // its base name in lower case, which tells kind and language
	size  int64
	open  func() (io.ReadCloser, error)
}

// sources finds the files of a download below a path and returns them in the
// order of their places, so that an import goes the same way each time. Whoever
// calls must close what comes second.
func sources(root string) ([]source, io.Closer, error) {
	info, err := os.Stat(root)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil, fault.New(fault.Missing, "esco.missing", "There is no file or folder %q. Please check the path.", root)
	case err != nil:
		return nil, nil, fault.New(fault.Invalid, "esco.unreadable", "%q cannot be read. Please check its permissions.", root).Because(err)
	}
	f := &finder{}
	if info.IsDir() {
		err = f.folder(root)
	} else {
		err = f.file(root, filepath.Base(root), info.Size())
	}
	if err == nil && len(f.found) == 0 {
		err = fault.New(fault.Invalid, "esco.no_files",
			"There is no ESCO file in %q. It must hold the CSV files of ESCO's download, such as skills_en.csv or occupations_fr.csv.", root)
	}
	if err != nil {
		_ = f.Close()
		return nil, nil, err
	}
	slices.SortStableFunc(f.found, func(a, b source) int { return strings.Compare(a.shown, b.shown) })
	return f.found, f, nil
}

// finder collects the files of a download.
type finder struct {
	found   []source
	entries int
	total   int64
	open    []io.Closer
}

// Close closes the zips.
func (f *finder) Close() error {
	var errs []error
	for _, c := range f.open {
		errs = append(errs, c.Close())
	}
	return errors.Join(errs...)
}

// folder looks through a folder and those in it. Links are not followed.
func (f *finder) folder(root string) error {
	// The root itself may be a link.
	root, err := filepath.EvalSymlinks(root)
	if err != nil {
		return err
	}
	return filepath.WalkDir(root, func(at string, d fs.DirEntry, err error) error {
		if err != nil {
			return fault.New(fault.Invalid, "esco.unreadable", "%q cannot be read. Please check its permissions.", at).Because(err)
		}
		if f.entries++; f.entries > mostEntries {
			return tooMuch(root)
		}
		if !d.Type().IsRegular() {
			return nil
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		shown, err := filepath.Rel(root, at)
		if err != nil {
			return err
		}
		return f.file(at, shown, info.Size())
	})
}

// file keeps a CSV file that we know, and looks into a zip.
func (f *finder) file(at, shown string, size int64) error {
	if strings.EqualFold(filepath.Ext(at), ".zip") {
		return f.zip(at, shown)
	}
	return f.keep(source{shown: shown, name: strings.ToLower(filepath.Base(at)), size: size, open: func() (io.ReadCloser, error) { return os.Open(at) }})
}

func (f *finder) keep(s source) error {
	if kindOf(s.name).read == nil {
		return nil
	}
	if f.total += s.size; s.size > largestFile || f.total > largestTotal {
		return tooMuch(s.shown)
	}
	f.found = append(f.found, s)
	return nil
}

// zip looks through a zip.
func (f *finder) zip(at, shown string) error {
	r, err := zip.OpenReader(at)
	if err != nil {
		return damagedZip(shown, err)
	}
	f.open = append(f.open, r)
	for _, entry := range r.File {
		if f.entries++; f.entries > mostEntries {
			return tooMuch(shown)
		}
		name := strings.ToLower(path.Base(strings.ReplaceAll(entry.Name, `\`, "/")))
		if entry.FileInfo().IsDir() || strings.HasPrefix(name, "._") || kindOf(name).read == nil {
			continue
		}
		if err := guard(entry, shown); err != nil {
			return err
		}
		inside := source{shown: shown + "/" + entry.Name, name: name, size: int64(entry.UncompressedSize64), open: entry.Open}
		if err := f.keep(inside); err != nil {
			return err
		}
	}
	return nil
}

// guard refuses an entry that would grow beyond reason.
func guard(entry *zip.File, shown string) error {
	const encrypted = 0x1
	if entry.Flags&encrypted != 0 {
		return fault.New(fault.Invalid, "esco.encrypted", "%s is protected by a password. Please unpack it first.", shown)
	}
	size := entry.UncompressedSize64
	if size > largestFile || size > smallEntry && size/steepestRatio > entry.CompressedSize64 {
		return tooMuch(shown + "/" + entry.Name)
	}
	return nil
}

func tooMuch(shown string) error {
	return fault.New(fault.TooLarge, "esco.too_large", "%s is larger than an ESCO download can be. Nothing was imported.", shown)
}

func damagedZip(shown string, cause error) error {
	return fault.New(fault.Invalid, "esco.zip_damaged", "%s is not a whole zip file. Please download it again.", shown).Because(cause)
}

// reader opens the file for reading, bounded by its size.
func (s source) reader() (io.ReadCloser, error) {
	r, err := s.open()
	if err != nil {
		return nil, s.unreadable(err)
	}
	return struct {
		io.Reader
		io.Closer
	}{io.LimitReader(r, s.size), r}, nil
}

// unreadable says why the file cannot be read.
func (s source) unreadable(err error) error {
	for _, damage := range []error{zip.ErrFormat, zip.ErrChecksum, zip.ErrAlgorithm, io.ErrUnexpectedEOF} {
		if errors.Is(err, damage) {
			return damagedZip(s.shown, err)
		}
	}
	var corrupt flate.CorruptInputError
	if errors.As(err, &corrupt) {
		return damagedZip(s.shown, err)
	}
	return fault.New(fault.Invalid, "esco.unreadable", "%q cannot be read.", s.shown).Because(err)
}
