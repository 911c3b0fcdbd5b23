// SPDX-License-Identifier: AGPL-3.0-or-later

package mail_test

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"
	netmail "net/mail"
	"strings"
	"testing"
	"time"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/mail"
	"sankofa/backend/internal/mail/mailtest"
)

// letter is a mail in Arabic.
func letter() mail.Message {
	return mail.Message{ID: "0001", To: "ama@example.org", Name: "أمة", Subject: "عرض لك: GH-2027-0001", Language: "ar", Text: "مرحبًا،\n\nنعم.\n",
		HTML: `<html lang="ar" dir="rtl"><body dir="rtl">مرحبًا</body></html>`, Unsubscribe: "https://sankofa.test/unsubscribe?token=x", At: time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)}
}

func TestAMailArrivesAsItWasWritten(t *testing.T) {
	server := mailtest.New(t)
	post, err := mail.NewSender(server.Settings).Connect(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer post.Close()
	if err := post.Send(letter()); err != nil {
		t.Fatal(err)
	}
	got := server.Mails()
	if len(got) != 1 || got[0].To != "ama@example.org" || got[0].From != "no-reply@sankofa.test" {
		t.Fatalf("got %+v", got)
	}
	m, err := netmail.ReadMessage(strings.NewReader(got[0].Source))
	if err != nil {
		t.Fatal(err)
	}
	var words mime.WordDecoder
	subject, err := words.DecodeHeader(m.Header.Get("Subject"))
	if err != nil || subject != letter().Subject {
		t.Errorf("the subject is %q, %v", subject, err)
	}
	for header, want := range map[string]string{"Message-Id": "<0001@sankofa.test>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
		"List-Unsubscribe": "<https://sankofa.test/unsubscribe?token=x>", "Auto-Submitted": "auto-generated", "Content-Language": "ar"} {
		if got := m.Header.Get(header); got != want {
			t.Errorf("%s: got %q, want %q", header, got, want)
		}
	}
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		t.Fatalf("the mail is %s, %v", kind, err)
	}
	parts := map[string]string{}
	for reader := multipart.NewReader(m.Body, params["boundary"]); ; {
		part, err := reader.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(part)
		if err != nil {
			t.Fatal(err)
		}
		kind, _, _ := mime.ParseMediaType(part.Header.Get("Content-Type"))
		parts[kind] = string(body)
	}
	if !strings.Contains(parts["text/plain"], "نعم") || !strings.Contains(parts["text/html"], `dir="rtl"`) {
		t.Errorf("the parts: %+v", parts)
	}
}

func TestAServerThatMisbehavesIsTold(t *testing.T) {
	for _, row := range []struct {
		name      string
		mood      mailtest.Mood
		code      string
		reply     int
		permanent bool
	}{
		{"hangs", mailtest.Hangs, "cut", 0, false},
		{"comes back later", mailtest.Later, "refused", 451, false},
		{"refuses", mailtest.Refuses, "refused", 550, true},
		{"cuts in the middle", mailtest.CutsIn, "cut", 0, false},
		{"cuts before it answers", mailtest.CutsAfter, "cut", 0, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			server := mailtest.New(t)
			server.Behaves(row.mood)
			post, err := mail.NewSender(server.Settings).Connect(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			defer post.Close()
			var f *mail.Failure
			if err := post.Send(letter()); !errors.As(err, &f) || f.Code != row.code || f.Reply != row.reply || f.Permanent != row.permanent {
				t.Errorf("got %+v, want %s %d, permanent %v", f, row.code, row.reply, row.permanent)
			}
			if f != nil && strings.Contains(f.Error(), "ama@example.org") {
				t.Errorf("the failure quotes the address: %v", f)
			}
		})
	}
}

func TestAServerThatIsAwayConcernsEveryMail(t *testing.T) {
	settings := mailtest.New(t).Settings
	settings.Port = 1
	_, err := mail.NewSender(settings).Connect(t.Context())
	var f *mail.Failure
	if !errors.As(err, &f) || f.Code != "unreachable" || !f.Server || f.Permanent {
		t.Errorf("got %+v", f)
	}
	settings = mailtest.New(t).Settings
	settings.Security = mail.StartTLS
	if _, err = mail.NewSender(settings).Connect(t.Context()); !errors.As(err, &f) || f.Code != "not_offered" || !f.Server {
		t.Errorf("a server without STARTTLS: %+v", f)
	}
	settings.Security, settings.User, settings.Password = mail.None, "u", "p"
	if _, err = mail.NewSender(settings).Connect(t.Context()); !errors.As(err, &f) || !f.Server {
		t.Errorf("a server without sign-in: %+v", f)
	}
}

func TestNothingBreaksOutOfAHeader(t *testing.T) {
	for _, spoil := range []func(*mail.Message){
		func(m *mail.Message) { m.Subject = "Hello\r\nBcc: everybody@example.org" },
		func(m *mail.Message) { m.Name = "Ama\nBcc: everybody@example.org" },
		func(m *mail.Message) { m.To = "ama@example.org\r\nBcc: everybody@example.org" },
		func(m *mail.Message) { m.To = "ama@example.org, everybody@example.org" },
		func(m *mail.Message) { m.To = "Ama <ama@example.org>" },
		func(m *mail.Message) { m.ID = "0001>\r\nX: y" },
		func(m *mail.Message) { m.Unsubscribe = "https://x.test/\r\nX: y" },
		func(m *mail.Message) { m.Subject = "" },
	} {
		m := letter()
		spoil(&m)
		if source, err := m.Source(mail.Settings{From: "a@b.test"}); err == nil {
			t.Errorf("made %q of %+v", source, m)
		}
	}
}

func TestSettingsAreChecked(t *testing.T) {
	sound := mail.Settings{Host: "smtp.example.org", From: "Sankofa <no-reply@example.org>", User: "u", Password: "secret-word", Security: mail.TLS}
	var c fault.Check
	sound.Check(&c)
	mail.Settings{}.Check(&c)
	if err := c.Err(); err != nil {
		t.Errorf("sound settings: %+v", fault.Of(err).Fields)
	}
	if text := sound.String(); strings.Contains(text, "secret-word") || !strings.Contains(text, "smtp.example.org") {
		t.Errorf("printed: %s", text)
	}
	for name, spoil := range map[string]func(*mail.Settings){
		"no sender":                 func(s *mail.Settings) { s.From = "nobody" },
		"a URL":                     func(s *mail.Settings) { s.Host = "smtp://x" },
		"a port":                    func(s *mail.Settings) { s.Port = 70000 },
		"a security":                func(s *mail.Settings) { s.Security = "ssl" },
		"a user without a password": func(s *mail.Settings) { s.Password = "" },
		"a password in the open":    func(s *mail.Settings) { s.Security = mail.None },
		"everything but the host":   func(s *mail.Settings) { s.Host = "" },
	} {
		bad := sound
		spoil(&bad)
		var c fault.Check
		bad.Check(&c)
		if c.Err() == nil {
			t.Errorf("%s was accepted", name)
		}
	}
}
