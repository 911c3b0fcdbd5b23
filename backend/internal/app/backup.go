// SPDX-License-Identifier: AGPL-3.0-or-later

package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"sankofa/backend/internal/audit"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/store"
)

// Manifest says what a backup holds; the checksums of everything else are in it.
type Manifest struct {
	Format  int          `json:"format"`
	MadeAt  time.Time    `json:"madeAt"`
	Version string       `json:"version"` // of the program
	Engine  store.Engine `json:"engine"`
	Schema  int64        `json:"schema"`
	Ledger  int64        `json:"ledger"` // the last entry when it was begun
	Files   []Held       `json:"files"`
}

// Held is one file of a backup.
type Held struct {
	Name   string `json:"name"` // with slashes, below the backup's directory
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

const (
	manifestFile = "manifest.json"
	copyFile     = "sankofa.db"   // the copy of an SQLite database
	dumpFile     = "sankofa.dump" // pg_dump's custom format
	filesFolder  = "files"        // what else lies in the data directory
	backupFormat = 1
)

// BackupOptions are what `sankofa backup` asks for.
type BackupOptions struct {
	To string `json:"to"`
}

// BackedUp is what `sankofa backup` answers.
type BackedUp struct {
	To    string `json:"to"`
	Files int    `json:"files"`
	Bytes int64  `json:"bytes"`
}

// Print writes the result for a person.
func (r BackedUp) Print(w io.Writer) {
	fmt.Fprintf(w, "Backed up %d files, %d bytes, to %s.\nWho was erased since is erased again when it is restored: keep tombstones.jsonl of the data directory.\n", r.Files, r.Bytes, r.To)
}

// backup writes a consistent copy of everything into a new directory, while the
// server goes on.
func (a *App) backup(ctx context.Context, o BackupOptions) (BackedUp, error) {
	if err := os.Mkdir(o.To, 0o700); err != nil {
		return BackedUp{}, fault.New(fault.Conflict, "backup.there", "The directory %s cannot be made: %s. Name one that is not there yet.", o.To, reason(err)).Because(err)
	}
	made := Manifest{Format: backupFormat, MadeAt: a.DB.Now(), Version: a.conf.Version, Engine: a.DB.Engine(), Schema: a.schema}
	var err error
	if made.Ledger, err = a.DB.LastEvent(ctx); err != nil {
		return BackedUp{}, err
	}
	stones, err := a.Erasure.Tombstones(ctx)
	if err != nil {
		return BackedUp{}, err
	}
	if err := errors.Join(a.copyDatabase(ctx, o.To), a.copyFiles(o.To), writeStones(filepath.Join(o.To, stonesFile), stones)); err != nil {
		return BackedUp{}, errors.Join(err, os.RemoveAll(o.To))
	}
	if made.Files, err = heldIn(o.To); err != nil {
		return BackedUp{}, err
	}
	text, err := json.MarshalIndent(made, "", "  ")
	if err != nil {
		return BackedUp{}, err
	}
	result := BackedUp{To: o.To, Files: len(made.Files)}
	for _, f := range made.Files {
		result.Bytes += f.Size
	}
	return result, replaceFile(filepath.Join(o.To, manifestFile), append(text, '\n'))
}

// copyDatabase copies the database, as of one moment.
func (a *App) copyDatabase(ctx context.Context, to string) error {
	if a.DB.Engine() == store.SQLite {
		return a.DB.CopyTo(ctx, filepath.Join(to, copyFile))
	}
	return postgresTool(ctx, "pg_dump", "--format=custom", "--no-owner", "--file="+filepath.Join(to, dumpFile), "--dbname="+a.conf.Database)
}

// postgresTool runs one of PostgreSQL's own programs.
func postgresTool(ctx context.Context, name string, args ...string) error {
	path, err := exec.LookPath(name)
	if err != nil {
		return fault.New(fault.Unavailable, "backup.tool", "%s is not installed here. It comes with PostgreSQL's client programs.", name).Because(err)
	}
	out, err := exec.CommandContext(ctx, path, args...).CombinedOutput()
	if err != nil {
		return fault.New(fault.Unavailable, "backup.tool_failed", "%s failed: %s", name, strings.TrimSpace(string(out))).Because(err)
	}
	return nil
}

// spared are the parts of the data directory that a backup leaves out: the
// database is copied otherwise, the index is built anew, and the master keys of the
// documents do not lie beside what they open.
var spared = []string{"sankofa.db", "index", "lock", "control.sock", "files.key", stonesFile}

// copyFiles copies what else lies in the data directory, such as documents.
func (a *App) copyFiles(to string) error {
	return eachFile(a.conf.Data, func(name string) error {
		return copyFileTo(filepath.Join(a.conf.Data, name), filepath.Join(to, filesFolder, name))
	})
}

// eachFile calls f for every file of a data directory that a backup holds.
func eachFile(dir string, f func(name string) error) error {
	if _, err := os.Stat(dir); errors.Is(err, os.ErrNotExist) {
		return nil // there were none
	}
	return filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || path == dir {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		left := slices.ContainsFunc(spared, func(one string) bool {
			return name == one || strings.HasPrefix(name, one+"-") || strings.HasPrefix(name, one+".")
		})
		if entry.IsDir() && left {
			return filepath.SkipDir
		}
		if left || !entry.Type().IsRegular() {
			return nil
		}
		return f(name)
	})
}

// copyFileTo copies one file and waits for the disk.
func copyFileTo(from, to string) error {
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return err
	}
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}

// heldIn lists the files of a backup with their checksums.
func heldIn(dir string) ([]Held, error) {
	var held []Held
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil || name == manifestFile {
			return err
		}
		one, err := heldAt(dir, filepath.ToSlash(name))
		held = append(held, one)
		return err
	})
	return held, err
}

func heldAt(dir, name string) (Held, error) {
	file, err := os.Open(filepath.Join(dir, filepath.FromSlash(name)))
	if err != nil {
		return Held{}, err
	}
	defer file.Close()
	sum := sha256.New()
	size, err := io.Copy(sum, file)
	return Held{Name: name, Size: size, SHA256: hex.EncodeToString(sum.Sum(nil))}, err
}

// RestoreOptions are what `sankofa restore` asks for.
type RestoreOptions struct {
	From       string // the directory of the backup
	Tombstones string // one more list of who was erased, from a newer backup; empty: none
	Replace    bool   // what is in the data directory may be written over
}

// Restored is what `sankofa restore` answers.
type Restored struct {
	MadeAt  time.Time `json:"madeAt"`
	Schema  int64     `json:"schema"`
	Entries int64     `json:"entries"` // of the ledger, checked one by one
	Erased  int       `json:"erased"`  // people who were erased since the backup, erased again
	Indexed int       `json:"indexed"`
}

// Print writes the result for a person.
func (r Restored) Print(w io.Writer) {
	fmt.Fprintf(w, "Restored the backup of %s. The schema is at version %d, the ledger is whole (%d entries).\n%d people had been erased since and were erased again. The index holds %d documents.\n",
		r.MadeAt.Format(time.RFC3339), r.Schema, r.Entries, r.Erased, r.Indexed)
}

// Restore puts a backup into the data directory, or into the PostgreSQL database
// that the configuration names. It verifies every checksum first, and the ledger
// and the people who were erased afterwards, before anybody can be served.
func Restore(ctx context.Context, conf Config, o RestoreOptions) (Restored, error) {
	made, err := checkBackup(o.From)
	if err != nil {
		return Restored{}, err
	}
	stones, err := stonesOf(filepath.Join(o.From, stonesFile), filepath.Join(conf.Data, stonesFile), o.Tombstones)
	if err != nil {
		return Restored{}, err
	}
	if err := putBack(ctx, conf, o, made); err != nil {
		return Restored{}, err
	}
	if err := writeStones(filepath.Join(conf.Data, stonesFile), stones); err != nil {
		return Restored{}, err
	}
	a, err := Open(ctx, conf)
	if err != nil {
		return Restored{}, err
	}
	r, err := a.settle(ctx, stones)
	r.MadeAt, r.Schema = made.MadeAt, a.schema
	return r, errors.Join(err, a.Close())
}

// checkBackup reads the manifest and compares every file with its checksum.
func checkBackup(dir string) (Manifest, error) {
	var made Manifest
	text, err := os.ReadFile(filepath.Join(dir, manifestFile))
	if err != nil {
		return made, fault.New(fault.Missing, "backup.missing", "There is no backup in %s: it has no %s.", dir, manifestFile).Because(err)
	}
	if err := json.Unmarshal(text, &made); err != nil || made.Format != backupFormat {
		return made, fault.New(fault.Invalid, "backup.format", "This program cannot read the backup in %s.", dir).Because(err)
	}
	for _, want := range made.Files {
		if !filepath.IsLocal(filepath.FromSlash(want.Name)) {
			return made, fault.New(fault.Invalid, "backup.format", "The backup names a file outside its own directory.")
		}
		got, err := heldAt(dir, want.Name)
		if err != nil || got != want {
			return made, fault.New(fault.Conflict, "backup.damaged", "The backup is damaged: %s is missing or was changed. Take another one.", want.Name).Because(err)
		}
	}
	return made, nil
}

// putBack writes database and files. The data directory is held meanwhile, so that
// no server runs on it.
func putBack(ctx context.Context, conf Config, o RestoreOptions, made Manifest) error {
	held, err := hold(conf.Data)
	if err != nil {
		return err
	}
	defer func() { _ = held.release() }()
	database := filepath.Join(conf.Data, copyFile)
	_, err = os.Stat(database)
	if (err == nil || conf.Database != "") && !o.Replace {
		return fault.New(fault.Conflict, "restore.there", "There is a database already. Say --replace to write over it.")
	}
	if (made.Engine == store.Postgres) != (conf.Database != "") {
		return fault.New(fault.Conflict, "restore.engine", "The backup is of %s; name the same kind of database.", made.Engine)
	}
	err = os.RemoveAll(filepath.Join(conf.Data, "index"))
	if made.Engine == store.Postgres {
		err = errors.Join(err, postgresTool(ctx, "pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", "--dbname="+conf.Database, filepath.Join(o.From, dumpFile)))
	} else {
		for _, old := range []string{database + "-wal", database + "-shm"} {
			if gone := os.Remove(old); gone != nil && !errors.Is(gone, os.ErrNotExist) {
				err = errors.Join(err, gone)
			}
		}
		err = errors.Join(err, copyFileTo(filepath.Join(o.From, copyFile), database))
	}
	if err != nil {
		return err
	}
	return eachFile(filepath.Join(o.From, filesFolder), func(name string) error {
		return copyFileTo(filepath.Join(o.From, filesFolder, name), filepath.Join(conf.Data, name))
	})
}

// settle checks the ledger, erases again who was erased since, and builds the index.
func (a *App) settle(ctx context.Context, stones []erasedBefore) (Restored, error) {
	proof, err := audit.Verify(ctx, a.DB)
	if err != nil {
		return Restored{}, err
	}
	if !proof.Intact {
		return Restored{}, fault.New(fault.Conflict, "restore.ledger", "The ledger of the backup is broken at entry %d. Take another backup.", proof.BrokenAt)
	}
	r := Restored{Entries: proof.Entries}
	if r.Erased, err = a.Erasure.Reapply(ctx, stones); err != nil {
		return r, err
	}
	err = a.Search.Rebuild(ctx, nil)
	r.Indexed = a.Search.Health(ctx).Documents
	return r, err
}
