// SPDX-License-Identifier: AGPL-3.0-or-later

package notices

import (
	"context"
	"crypto/hmac"
	"encoding/base64"
	"strconv"
	"strings"
	"time"

	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/id"
	"sankofa/backend/internal/store"
)

// Answer is what the link of one mail can say for a person without signing in:
// that their profile is still right, or that it shall be kept. It can do nothing else.
type Answer struct {
	Kind           string
	ProfessionalID string
	// Asked tells one question from the next: when the profile was last confirmed, or
	// until when to answer. The link of an older question answers no newer one.
	Asked  time.Time
	Locale string
}

// The kinds whose mails can be answered by their link.
const (
	KindStale     = "profile_stale"
	KindRetention = "retention_asked"
)

// answerPath is the page that a link of this kind opens.
const answerPath = "/mail-answer"

// AnswerToken is what the mail carries, behind the # of its link.
func (s *Service) AnswerToken(kind, professionalID string, asked time.Time) string {
	said := kind + "." + professionalID + "." + strconv.FormatInt(asked.UnixMicro(), 10)
	return base64.RawURLEncoding.EncodeToString([]byte(said)) + "." + base64.RawURLEncoding.EncodeToString(s.mac("answer", said)[:16])
}

// ReadAnswer reads a token of ours.
func (s *Service) ReadAnswer(ctx context.Context, token string) (Answer, error) {
	front, back, _ := strings.Cut(token, ".")
	said, err1 := base64.RawURLEncoding.DecodeString(front)
	sign, err2 := base64.RawURLEncoding.DecodeString(back)
	if err1 != nil || err2 != nil || !hmac.Equal(sign, s.mac("answer", string(said))[:16]) {
		return Answer{}, deadAnswer
	}
	parts := strings.Split(string(said), ".")
	if len(parts) != 3 || !id.Valid(parts[1]) || parts[0] != KindStale && parts[0] != KindRetention {
		return Answer{}, deadAnswer
	}
	at, err := strconv.ParseInt(parts[2], 10, 64)
	if err != nil {
		return Answer{}, deadAnswer
	}
	a := Answer{Kind: parts[0], ProfessionalID: parts[1], Asked: time.UnixMicro(at).UTC()}
	err = s.DB.View(ctx, func(tx *store.Tx) error {
		var locales []string
		err := tx.Raw(`SELECT u.locale FROM professionals p JOIN users u ON u.id = p.user_id WHERE p.id = ?`, a.ProfessionalID).Scan(&locales).Error
		if err == nil && len(locales) == 0 {
			return deadAnswer
		}
		if err == nil {
			a.Locale = locales[0]
		}
		return err
	})
	return a, err
}

// deadAnswer answers a link that is not ours, or of somebody who is gone.
var deadAnswer = fault.New(fault.Missing, "answer.unknown", "This link is not complete. Please open it from the mail again, or sign in and answer there.")
