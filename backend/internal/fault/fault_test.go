// SPDX-License-Identifier: AGPL-3.0-or-later

package fault

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestOfHidesForeignErrors(t *testing.T) {
	got := Of(fmt.Errorf("load need: %w", errors.New("password=secret")))
	if got.Kind != Internal || strings.Contains(got.Message, "secret") {
		t.Errorf("Of(foreign) = %v %q, want an internal fault that shows nothing", got.Kind, got.Message)
	}
	if !strings.Contains(got.Error(), "secret") {
		t.Error("the cause is lost to the log")
	}
}

func TestOfFindsAWrappedFault(t *testing.T) {
	want := New(Conflict, "need.not_open", "This need is already %s.", "closed")
	got := Of(fmt.Errorf("close need: %w", want))
	if got != want || got.Message != "This need is already closed." {
		t.Errorf("Of(wrapped) = %v", got)
	}
}

func TestCheckNamesEveryField(t *testing.T) {
	var c Check
	c.Length("", "title", 1, 10)
	c.Length("short", "background", 20, 100)
	c.Length(strings.Repeat("é", 11), "unit", 0, 10)
	c.That(true, "never", "never", "never")
	f := Of(c.Err())
	if len(f.Fields) != 3 || f.Kind != Invalid {
		t.Fatalf("got %+v", f)
	}
	if f.Fields[0].Code != "field.empty" || f.Fields[1].Code != "field.short" || f.Fields[2].Code != "field.long" {
		t.Errorf("codes: %+v", f.Fields)
	}
}
