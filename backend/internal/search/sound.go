// SPDX-License-Identifier: AGPL-3.0-or-later

package search

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
)

// sound tells whether the segments of an index are as they were written. Each
// ends with the CRC-32 of all that comes before; bleve writes it and never looks
// at it again, and a flipped bit would quietly lose somebody.
func sound(path string) error {
	segments, err := filepath.Glob(filepath.Join(path, "store", "*.zap"))
	if err != nil {
		return err
	}
	for _, segment := range segments {
		if err := intact(segment); err != nil {
			return fmt.Errorf("%w: %s: %w", errDamaged, filepath.Base(segment), err)
		}
	}
	return nil
}

// intact compares the checksum of one segment with its content.
func intact(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	const width = 4
	if info.Size() <= width {
		return io.ErrUnexpectedEOF
	}
	sum := crc32.NewIEEE()
	if _, err := io.CopyN(sum, file, info.Size()-width); err != nil {
		return err
	}
	var written [width]byte
	if _, err := io.ReadFull(file, written[:]); err != nil {
		return err
	}
	if binary.BigEndian.Uint32(written[:]) != sum.Sum32() {
		return fmt.Errorf("its checksum is %x and should be %x", sum.Sum32(), written)
	}
	return nil
}
