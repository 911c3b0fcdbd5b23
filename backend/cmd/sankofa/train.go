// SPDX-License-Identifier: AGPL-3.0-or-later

package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"sankofa/backend/internal/taxonomy"
	"sankofa/backend/internal/training"
)

type trainCommand struct {
	Out    string `help:"File to write the weights to, such as backend/internal/matching/weights.json; empty: only measure." placeholder:"FILE"`
	Seed   uint64 `help:"Seed of the people, the needs and the lists." default:"2026"`
	People int    `help:"How many people are made." default:"600"`
	Needs  int    `help:"How many needs are made." default:"150"`
	List   int    `help:"How many people are compared with each need." default:"40"`
	Rounds int    `help:"Rounds of learning." default:"400"`
}

// Run learns the weights of the score; it needs no data directory.
func (t *trainCommand) Run(_ context.Context, _ *common, out *output) error {
	tax, err := taxonomy.Load()
	if err != nil {
		return err
	}
	file, err := training.Train(tax, training.Options{Seed: t.Seed, People: t.People, Needs: t.Needs, List: t.List, Rounds: t.Rounds})
	if err != nil {
		return err
	}
	if t.Out != "" {
		text, err := file.Text()
		if err != nil {
			return err
		}
		if err := os.WriteFile(t.Out, text, 0o644); err != nil {
			return err
		}
	}
	return out.result(file, func(w io.Writer) {
		fmt.Fprintf(w, "Weights %s, learnt from %s.\nnDCG@10 on what was held out:\n%-12s %-12s %6s %8s %8s\n", file.Name, file.Data, "need", "person", "lists", "before", "after")
		for _, m := range file.Measures {
			fmt.Fprintf(w, "%-12s %-12s %6d %8.4f %8.4f\n", m.Need, m.Person, m.Lists, m.Before, m.After)
		}
	})
}
