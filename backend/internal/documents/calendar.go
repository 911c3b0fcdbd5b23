// SPDX-License-Identifier: AGPL-3.0-or-later

package documents

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/store"
)

// Feed is the address at which a calendar program reads when a person is free.
type Feed struct {
	On     bool
	Since  time.Time
	Secret string // in the address; shown once, to who asked for it
}

// feed is its row.
type feed struct {
	ProfessionalID string
	TokenHash      string
	CreatedAt      time.Time
}

// TableName names the table for GORM.
func (feed) TableName() string { return "calendar_feeds" }

// Calendar tells whether the person's calendar can be read from outside.
func (s *Service) Calendar(ctx context.Context, who identity.Actor) (Feed, error) {
	own, err := self(who)
	if err != nil {
		return Feed{}, err
	}
	var rows []feed
	err = s.DB.View(ctx, func(tx *store.Tx) error { return tx.Where("professional_id = ?", own).Find(&rows).Error })
	if err != nil || len(rows) == 0 {
		return Feed{}, err
	}
	return Feed{On: true, Since: rows[0].CreatedAt}, nil
}

// RenewCalendar makes a new secret address; an older one stops working.
func (s *Service) RenewCalendar(ctx context.Context, who identity.Actor) (Feed, error) {
	own, err := self(who)
	if err != nil {
		return Feed{}, err
	}
	f := Feed{On: true, Secret: id.Secret()}
	err = s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		f.Since = tx.Now
		tx.Emit("calendar.renewed", own)
		if err := tx.Exec(`DELETE FROM calendar_feeds WHERE professional_id = ?`, own).Error; err != nil {
			return err
		}
		return tx.Create(&feed{ProfessionalID: own, TokenHash: id.Digest(f.Secret), CreatedAt: tx.Now}).Error
	})
	return f, err
}

// CloseCalendar ends the address.
func (s *Service) CloseCalendar(ctx context.Context, who identity.Actor) error {
	own, err := self(who)
	if err != nil {
		return err
	}
	return s.DB.Change(ctx, who.Author(), func(tx *store.Tx) error {
		tx.Emit("calendar.closed", own)
		return tx.Exec(`DELETE FROM calendar_feeds WHERE professional_id = ?`, own).Error
	})
}

// words are what a calendar says, in the languages that we offer.
var words = map[string]struct{ name, free, ends string }{
	"en": {"Sankofa: when I am free", "Free for a mission", "Licence ends: %s"},
	"fr": {"Sankofa : mes disponibilités", "Disponible pour une mission", "Fin de l’autorisation : %s"},
	"ar": {"سنكوفا: أوقات تفرغي", "متاح لمهمة", "انتهاء الترخيص: %s"},
	"pt": {"Sankofa: quando estou livre", "Disponível para uma missão", "Fim da licença: %s"},
}

// ICS returns the calendar behind a secret address, in the language of its
// person. Whoever has the address reads it: it tells no name and no address.
func (s *Service) ICS(ctx context.Context, secret string) (string, error) {
	var out string
	err := s.DB.View(ctx, func(tx *store.Tx) error {
		var rows []feed
		if err := tx.Where("token_hash = ?", id.Digest(secret)).Find(&rows).Error; err != nil {
			return err
		}
		if len(rows) == 0 {
			return missing
		}
		people, err := registry.ProfilesIn(tx, []string{rows[0].ProfessionalID})
		if err != nil {
			return err
		}
		if len(people) == 0 {
			return missing
		}
		locale := ""
		if people[0].UserID != nil {
			if err := tx.Raw(`SELECT locale FROM users WHERE id = ?`, *people[0].UserID).Scan(&locale).Error; err != nil {
				return err
			}
		}
		out = calendar(people[0], locale, tx.Now)
		return nil
	})
	return out, err
}

// calendar spells the free time of a person, and when licences end, as iCalendar
// (RFC 5545). Days are DATE values, which no zone shifts; the end of an event is
// the day after its last.
func calendar(p registry.Profile, locale string, now time.Time) string {
	say, ok := words[locale]
	if !ok {
		locale, say = "en", words["en"]
	}
	var c ics
	c.line("BEGIN:VCALENDAR")
	c.line("VERSION:2.0")
	c.line("PRODID:-//Sankofa//Availability//" + strings.ToUpper(locale))
	c.line("CALSCALE:GREGORIAN")
	c.line("METHOD:PUBLISH")
	c.line("X-WR-CALNAME:" + escaped(say.name))
	c.line("REFRESH-INTERVAL;VALUE=DURATION:PT12H")
	c.line("X-PUBLISHED-TTL:PT12H")
	stamp := p.UpdatedAt.UTC().Format("20060102T150405Z")
	for _, w := range p.Availability {
		c.event(p.Pseudonym, "free", w.From, w.To, say.free, stamp)
	}
	for _, l := range p.Licences {
		if l.ValidUntil != "" && l.ValidUntil >= day.Of(now) {
			c.event(p.Pseudonym, "licence "+l.Body+l.Number, l.ValidUntil, l.ValidUntil, fmt.Sprintf(say.ends, l.Body), stamp)
		}
	}
	c.line("END:VCALENDAR")
	return c.String()
}

// ics writes content lines.
type ics struct{ strings.Builder }

// event writes one event of whole days. Its identifier depends on what it is
// and when, so that a calendar that reads again knows it again; it says nothing
// of the person.
func (c *ics) event(whose, what string, from, to day.Day, title, stamp string) {
	sum := sha256.Sum256([]byte(whose + "\n" + what + "\n" + string(from) + "\n" + string(to)))
	c.line("BEGIN:VEVENT")
	c.line("UID:" + hex.EncodeToString(sum[:16]) + "@sankofa.invalid")
	c.line("DTSTAMP:" + stamp)
	c.line("DTSTART;VALUE=DATE:" + strings.ReplaceAll(string(from), "-", ""))
	c.line("DTEND;VALUE=DATE:" + strings.ReplaceAll(string(to.Add(1)), "-", ""))
	c.line("SUMMARY:" + escaped(title))
	c.line("CLASS:PRIVATE")
	c.line("TRANSP:TRANSPARENT")
	c.line("END:VEVENT")
}

// longestLine is how many bytes a line may have without its end (RFC 5545, 3.1).
const longestLine = 75

// line writes a line, folded so that no character is cut in two.
func (c *ics) line(text string) {
	most := longestLine
	for len(text) > most {
		cut := most
		for cut > 0 && !utf8.RuneStart(text[cut]) {
			cut--
		}
		c.WriteString(text[:cut] + "\r\n ")
		text, most = text[cut:], longestLine-1
	}
	c.WriteString(text + "\r\n")
}

// escaped spells text as a value (RFC 5545, 3.3.11). What is no character of a
// line is left out: a name must not end one.
func escaped(text string) string {
	text = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' || r == 0x7f {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, ""))
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`).Replace(text)
}
