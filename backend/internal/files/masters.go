// SPDX-License-Identifier: AGPL-3.0-or-later

package files

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"sankofa/backend/internal/fault"
)

// masters are the keys that wrap the files' own, read from one file: a line a
// key, "NAME BASE64", the first of them in use, the others kept for what they
// once wrapped. Lines that begin with # are for people.
type masters struct {
	path string
	mu   sync.RWMutex
	keys []master
}

type master struct {
	name string
	key  []byte
}

const keyFileText = `# Master keys of the documents of this Sankofa. Without this file no document can
# be read again: keep a copy apart from the backups of the data. The first key is
# in use. "sankofa files rotate" makes a new one.
`

// readMasters reads the key file, or makes it where nothing was wrapped yet.
func readMasters(path string, used []string) (*masters, error) {
	m := &masters{path: path}
	text, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && len(used) == 0:
		m.keys = []master{newMaster()}
		return m, m.write()
	case errors.Is(err, fs.ErrNotExist):
		return nil, fault.New(fault.Unavailable, "files.key_missing",
			"Documents are kept here, but the file %s with their master key is gone. Put it back from its copy.", path)
	case err != nil:
		return nil, fault.New(fault.Unavailable, "files.key_unreadable", "The key file %s cannot be read: check its owner and rights.", path).Because(err)
	}
	if err := private(path); err != nil {
		return nil, err
	}
	if m.keys, err = parseMasters(string(text), path); err != nil {
		return nil, err
	}
	for _, name := range used {
		if m.find(name) == nil {
			return nil, fault.New(fault.Unavailable, "files.key_missing",
				"The key file %s does not hold the key %q that documents were stored with. Add its line again from a copy.", path, name)
		}
	}
	return m, nil
}

// private refuses a key file that others may read.
func private(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return fault.New(fault.Unavailable, "files.key_unreadable", "The key file %s cannot be read.", path).Because(err)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return fault.New(fault.Invalid, "files.key_open", "The key file %s can be read by others. Run: chmod 600 %s", path, path)
	}
	return nil
}

func parseMasters(text, path string) ([]master, error) {
	var keys []master
	for i, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, coded, _ := strings.Cut(line, " ")
		key, err := base64.StdEncoding.DecodeString(strings.TrimSpace(coded))
		if err != nil || len(key) != keySize {
			return nil, fault.New(fault.Invalid, "files.key_malformed",
				"Line %d of %s is not a key: it must be a name, a space, and 32 bytes in base64.", i+1, path)
		}
		keys = append(keys, master{name, key})
	}
	if len(keys) == 0 {
		return nil, fault.New(fault.Invalid, "files.key_malformed", "The key file %s holds no key.", path)
	}
	return keys, nil
}

func newMaster() master {
	m := master{key: make([]byte, keySize)}
	_, _ = rand.Read(m.key)
	var name [4]byte
	_, _ = rand.Read(name[:])
	m.name = hex.EncodeToString(name[:])
	return m
}

// write puts the keys on the disk, all or nothing.
func (m *masters) write() error {
	var out strings.Builder
	out.WriteString(keyFileText)
	for _, k := range m.keys {
		fmt.Fprintf(&out, "%s %s\n", k.name, base64.StdEncoding.EncodeToString(k.key))
	}
	next := m.path + ".next"
	file, err := os.OpenFile(next, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return disk(err)
	}
	_, err = file.WriteString(out.String())
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return disk(err)
	}
	if err := os.Rename(next, m.path); err != nil {
		return disk(err)
	}
	return syncDirectory(filepath.Dir(m.path))
}

func (m *masters) find(name string) []byte {
	for _, k := range m.keys {
		if k.name == name {
			return k.key
		}
	}
	return nil
}

// wrap encrypts a file's key with the master key in use.
func (m *masters) wrap(key []byte, id string) (name string, wrapped []byte, err error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return wrapWith(m.keys[0], key, id)
}

func wrapWith(with master, key []byte, id string) (string, []byte, error) {
	aead, err := sealer(with.key)
	if err != nil {
		return "", nil, err
	}
	out := make([]byte, aead.NonceSize())
	_, _ = rand.Read(out)
	return with.name, aead.Seal(out, out, key, []byte("key of "+id)), nil
}

// unwrap decrypts a file's key.
func (m *masters) unwrap(name string, wrapped []byte, id string) ([]byte, error) {
	m.mu.RLock()
	held := m.find(name)
	m.mu.RUnlock()
	if held == nil {
		return nil, fault.New(fault.Unavailable, "files.key_missing", "The key of this document is not in the key file. Please tell the administrator.")
	}
	aead, err := sealer(held)
	if err != nil {
		return nil, err
	}
	if len(wrapped) < aead.NonceSize() {
		return nil, damaged
	}
	key, err := aead.Open(nil, wrapped[:aead.NonceSize()], wrapped[aead.NonceSize():], []byte("key of "+id))
	if err != nil {
		return nil, damaged.Because(err)
	}
	return key, nil
}

// begin puts a new key in front; the older ones stay for what they wrapped.
func (m *masters) begin() (string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	before := m.keys
	m.keys = append([]master{newMaster()}, before...)
	if err := m.write(); err != nil {
		m.keys = before
		return "", err
	}
	return m.keys[0].name, nil
}

// retire forgets every key but those that are named.
func (m *masters) retire(keep ...string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	before := m.keys
	m.keys = slices.DeleteFunc(slices.Clone(before), func(k master) bool { return !slices.Contains(keep, k.name) })
	if err := m.write(); err != nil {
		m.keys = before
		return err
	}
	return nil
}
