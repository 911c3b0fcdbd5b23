// SPDX-License-Identifier: AGPL-3.0-or-later

package files

import (
	"bufio"
	"crypto/aes"
	"crypto/cipher"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"path/filepath"
	"sync"
	"syscall"

	"sankofa/backend/internal/fault"
)

// A file on the disk is a mark, then chunks sealed with AES-256-GCM (NIST SP
// 800-38D) under the file's own key. The nonce of a chunk is its number and
// whether it is the last, so that chunks cannot be moved, left out or cut off
// (STREAM: Hoang, Reyhanitabar, Rogaway, Vizár, CRYPTO 2015). Each key seals one
// file once, so no nonce ever comes twice. The file's identifier is
// authenticated with every chunk: one file cannot take the place of another.
const (
	mark      = "SKF1"
	keySize   = 32
	chunkSize = 64 << 10 // of the content; sealed chunks are tagSize longer
	tagSize   = 16
)

// damaged is what a reader is told whose file was changed, cut or swapped.
var damaged = fault.New(fault.Unavailable, "file.damaged",
	"This document is damaged and cannot be read. Please tell the administrator: it must come back from a backup.")

func sealer(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// nonce spells the number of a chunk and whether it is the last.
func nonce(n int64, last bool) []byte {
	out := make([]byte, 12)
	binary.BigEndian.PutUint64(out[3:11], uint64(n))
	if last {
		out[11] = 1
	}
	return out
}

// sealTo writes what from gives to a new file, encrypted, and waits until the
// disk has it. It returns the size of the content.
func sealTo(path string, key []byte, id string, from io.Reader) (int64, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return 0, unwritable.Because(err)
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return 0, unwritable.Because(err)
	}
	size, err := seal(file, key, id, from)
	if err == nil {
		err = disk(file.Sync())
	}
	if closed := file.Close(); err == nil {
		err = disk(closed)
	}
	if err == nil {
		err = syncDirectory(filepath.Dir(path))
	}
	return size, err
}

// seal encrypts chunk after chunk; one is read ahead to know which is the last.
func seal(to io.Writer, key []byte, id string, from io.Reader) (size int64, err error) {
	aead, err := sealer(key)
	if err != nil {
		return 0, err
	}
	in := bufio.NewReaderSize(from, 2*chunkSize)
	if _, err := io.WriteString(to, mark); err != nil {
		return 0, disk(err)
	}
	chunk, out := make([]byte, chunkSize), make([]byte, 0, chunkSize+tagSize)
	for n := int64(0); ; n++ {
		got, err := io.ReadFull(in, chunk)
		if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			return size, err
		}
		_, ahead := in.Peek(1)
		last := got < chunkSize || ahead != nil
		if last && ahead != nil && !errors.Is(ahead, io.EOF) {
			return size, ahead
		}
		if _, err := to.Write(aead.Seal(out, nonce(n, last), chunk[:got], []byte(id))); err != nil {
			return size, disk(err)
		}
		if size += int64(got); last {
			return size, nil
		}
	}
}

// disk turns what the disk says into what people are told.
func disk(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return fault.New(fault.Full, "disk.full", "There is no space left to store this document. Nothing was kept; please tell the administrator.").Because(err)
	}
	return unwritable.Because(err)
}

// syncDirectory waits until the disk knows the names in a directory.
func syncDirectory(path string) error {
	dir, err := os.Open(path)
	if err != nil {
		return disk(err)
	}
	defer func() { _ = dir.Close() }()
	return disk(dir.Sync())
}

// Content reads a document, from the front or anywhere, decrypting as it goes;
// one chunk is in memory at a time. It may be read by several at once.
type Content struct {
	file *os.File
	aead cipher.AEAD
	id   string
	size int64
	last int64 // the number of the last chunk

	mu    sync.Mutex
	held  int64 // the number of the chunk in memory, or -1
	plain []byte
	at    int64 // of Read
}

// openSealed opens a file that sealTo wrote.
func openSealed(path string, key []byte, id string) (*Content, error) {
	aead, err := sealer(key)
	if err != nil {
		return nil, err
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, damaged.Because(err)
	}
	info, err := file.Stat()
	if err == nil {
		head := make([]byte, len(mark))
		if _, err = file.ReadAt(head, 0); err == nil && string(head) != mark {
			err = errors.New("not a file of ours")
		}
	}
	if err != nil {
		return nil, errors.Join(damaged.Because(err), file.Close())
	}
	sealed := info.Size() - int64(len(mark))
	chunks := (sealed + chunkSize + tagSize - 1) / (chunkSize + tagSize)
	c := &Content{file: file, aead: aead, id: id, size: sealed - chunks*tagSize, last: chunks - 1, held: -1}
	if c.size < 0 || chunks < 1 {
		return nil, errors.Join(damaged, file.Close())
	}
	return c, nil
}

// Size returns the size of the content in bytes.
func (c *Content) Size() int64 { return c.size }

// Close lets the file go.
func (c *Content) Close() error { return c.file.Close() }

// Read reads on.
func (c *Content) Read(p []byte) (int, error) {
	n, err := c.ReadAt(p, c.at)
	c.at += int64(n)
	if n > 0 && errors.Is(err, io.EOF) {
		err = nil
	}
	return n, err
}

// ReadAt reads from a place in the content.
func (c *Content) ReadAt(p []byte, at int64) (n int, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for n < len(p) {
		if at < 0 || at >= c.size {
			return n, io.EOF
		}
		if err := c.hold(at / chunkSize); err != nil {
			return n, err
		}
		got := copy(p[n:], c.plain[at%chunkSize:])
		n, at = n+got, at+int64(got)
	}
	return n, nil
}

// hold decrypts a chunk into memory.
func (c *Content) hold(n int64) error {
	if c.held == n {
		return nil
	}
	length := int64(chunkSize)
	if n == c.last {
		length = c.size - n*chunkSize
	}
	sealed := make([]byte, length+tagSize)
	if _, err := c.file.ReadAt(sealed, int64(len(mark))+n*(chunkSize+tagSize)); err != nil {
		return damaged.Because(err)
	}
	plain, err := c.aead.Open(sealed[:0], nonce(n, n == c.last), sealed, []byte(c.id))
	if err != nil {
		return damaged.Because(err)
	}
	c.held, c.plain = n, plain
	return nil
}
