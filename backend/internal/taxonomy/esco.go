// SPDX-License-Identifier: AGPL-3.0-or-later

package taxonomy

import (
	"context"
	"io"
	"slices"

	"sankofa/backend/internal/store"
)

// ESCONotice is what the European Commission asks every service to show that
// uses ESCO.
const ESCONotice = "This service uses the ESCO classification of the European Commission."

// ESCOReport says what an import did, and what the database holds after it.
type ESCOReport struct {
	Files       int      `json:"files"`       // read now
	Known       int      `json:"known"`       // read by an earlier import
	Records     int64    `json:"records"`     // read now
	Skills      int64    `json:"skills"`      // in the database, as what follows
	Occupations int64    `json:"occupations"` //
	Labels      int64    `json:"labels"`      //
	Relations   int64    `json:"relations"`   //
	Languages   []string `json:"languages"`   //
}

// ImportESCO reads ESCO's download – a folder of CSV files, a zip of them, or a
// folder of zips, in any set of languages – into the database. It may be
// stopped at any moment; when it is called again it goes on where it stopped,
// and adds nothing twice. Progress is told in bytes. Afterwards Extend makes
// the vocabulary use it.
func ImportESCO(ctx context.Context, db *store.DB, path string, progress func(done, total int64)) (ESCOReport, error) {
	files, closer, err := sources(path)
	if err != nil {
		return ESCOReport{}, err
	}
	defer closer.Close()
	if progress == nil {
		progress = func(int64, int64) {}
	}
	run := &escoImport{db: db, progress: progress}
	sums := make([]string, len(files))
	for i, s := range files {
		if sums[i], err = s.check(); err != nil {
			return ESCOReport{}, err
		}
		run.total += s.size
	}
	progress(0, run.total)
	for i, s := range files {
		if err := run.file(ctx, s, sums[i]); err != nil {
			return ESCOReport{}, err
		}
	}
	if err := run.count(ctx); err != nil {
		return ESCOReport{}, err
	}
	return run.report, run.announce(ctx)
}

// escoImport is one run of the import.
type escoImport struct {
	db          *store.DB
	progress    func(done, total int64)
	done, total int64
	report      ESCOReport
}

// recordsAtOnce is how many records one transaction writes.
const recordsAtOnce = 1000

// file reads one file, from where an earlier run stopped.
func (run *escoImport) file(ctx context.Context, s source, sum string) error {
	var mark escoFile
	err := run.db.View(ctx, func(tx *store.Tx) (err error) {
		mark, err = findFile(tx, s.name, sum)
		return err
	})
	if err != nil {
		return err
	}
	if mark.Finished {
		run.report.Known++
	} else if err := run.read(ctx, s, mark); err != nil {
		return err
	}
	run.done += s.size
	run.progress(run.done, run.total)
	return nil
}

// read reads the records of a file that come after the mark.
func (run *escoImport) read(ctx context.Context, s source, mark escoFile) error {
	r, err := s.records()
	if err != nil {
		return err
	}
	defer r.closer.Close()
	for at, ended := int64(0), false; !ended; {
		batch := newEscoBatch()
		for n := 0; n < recordsAtOnce && !ended; n++ {
			cell, err := r.next()
			if err == io.EOF {
				ended = true
				break
			}
			if err != nil {
				return err
			}
			if at++; at > mark.Records {
				r.kind.read(batch, cell)
				run.report.Records++
			}
		}
		if at <= mark.Records && !ended {
			continue
		}
		err := run.db.Keep(ctx, func(tx *store.Tx) error {
			if err := batch.write(tx); err != nil {
				return err
			}
			return mark.advance(tx, at, ended)
		})
		if err != nil {
			return err
		}
		run.progress(run.done+min(r.input.read, s.size), run.total)
	}
	run.report.Files++
	return nil
}

// count says what the database holds.
func (run *escoImport) count(ctx context.Context) error {
	return run.db.View(ctx, func(tx *store.Tx) error {
		r := &run.report
		row := tx.Raw(`SELECT
			(SELECT COUNT(*) FROM esco_concepts WHERE kind = 'skill'),
			(SELECT COUNT(*) FROM esco_concepts WHERE kind = 'occupation'),
			(SELECT COUNT(*) FROM esco_relations),
			(SELECT COALESCE(SUM(LENGTH(labels) - LENGTH(REPLACE(labels, ?, '')) + 1), 0) FROM esco_labels)`, "\n").Row()
		if err := row.Scan(&r.Skills, &r.Occupations, &r.Relations, &r.Labels); err != nil {
			return err
		}
		if err := tx.Raw(`SELECT DISTINCT language FROM esco_labels`).Scan(&r.Languages).Error; err != nil {
			return err
		}
		slices.Sort(r.Languages)
		return nil
	})
}

// announce tells the ledger about files that were read and not yet announced,
// by this run or by one that was stopped at its end.
func (run *escoImport) announce(ctx context.Context) error {
	var silent int64
	err := run.db.View(ctx, func(tx *store.Tx) error {
		return tx.Model(&escoFile{}).Where("finished AND NOT announced").Count(&silent).Error
	})
	if err != nil || silent == 0 {
		return err
	}
	return run.db.Change(ctx, store.System, func(tx *store.Tx) error {
		err := tx.Model(&escoFile{}).Where("finished AND NOT announced").Update("announced", true).Error
		if err != nil {
			return err
		}
		r := run.report
		tx.Emit("esco.imported", "esco", store.Details{"files": silent, "skills": r.Skills, "occupations": r.Occupations,
			"labels": r.Labels, "relations": r.Relations, "languages": r.Languages})
		return nil
	})
}
