// SPDX-License-Identifier: AGPL-3.0-or-later

package app

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"sankofa/backend/internal/fault"
)

// lock is the data directory, held by one process at a time. The operating
// system lets go of it when the process ends, however it ends.
type lock struct{ file *os.File }

// Busy is the code of the fault that another process holds the data directory.
const Busy = "data.busy"

// hold takes the data directory, making it where it is not there yet.
func hold(dir string) (*lock, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fault.New(fault.Unavailable, "data.unwritable", "The directory %s cannot be made: %s.", dir, reason(err)).Because(err)
	}
	file, err := os.OpenFile(filepath.Join(dir, "lock"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fault.New(fault.Unavailable, "data.unwritable", "The directory %s cannot be written: %s.", dir, reason(err)).Because(err)
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		holder, _ := os.ReadFile(file.Name())
		_ = file.Close()
		return nil, fault.New(fault.Conflict, Busy, "%s is in use by another Sankofa (%s). Stop it first, or choose another --data.",
			dir, strings.TrimSpace(string(holder)))
	}
	l := &lock{file}
	return l, l.sign("process " + fmt.Sprint(os.Getpid()))
}

// sign writes who holds the lock, for whoever meets it.
func (l *lock) sign(holder string) error {
	if err := l.file.Truncate(0); err != nil {
		return fault.New(fault.Full, "disk.full", "There is no space left in the data directory.").Because(err)
	}
	_, err := l.file.WriteAt([]byte(holder+"\n"), 0)
	return err
}

// release lets the data directory go.
func (l *lock) release() error { return l.file.Close() }

// reason is what the operating system says, without the path.
func reason(err error) string {
	var at *os.PathError
	if errors.As(err, &at) {
		return at.Err.Error()
	}
	return err.Error()
}
