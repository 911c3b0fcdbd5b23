// SPDX-License-Identifier: AGPL-3.0-or-later

package app

import (
	"context"
	"io"

	"sankofa/backend/internal/httpapi"
)

type DemoOptions struct {
	People int  `json:"people"`
	Remove bool `json:"remove"`
}
type DemoResult struct{}

func (r DemoResult) Print(w io.Writer) {}
func (a *App) demo(ctx context.Context, o DemoOptions, progress Progress) (DemoResult, error) {
	return DemoResult{}, nil
}
func (a *App) loadDemo(ctx context.Context, progress Progress) error       { return nil }
func (a *App) signIns(ctx context.Context) []httpapi.DemoSignIn { return nil }
