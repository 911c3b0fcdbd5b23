// SPDX-License-Identifier: AGPL-3.0-or-later

package notices

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/mail"
	"sankofa/backend/internal/store"
)

// news is what a notice or a mail is about, and in whose words.
type news struct {
	Kind     string
	Subject  string
	Details  string
	UserID   string
	Locale   string
	Zone     *time.Location
	Now      time.Time
	OutboxID string
}

// told is what there is to say.
type told struct {
	Values mail.Values
	Path   string   // of the screen
	Lines  []string // of a digest
	Gone   bool     // there is nothing to say any more
	// Asked is the moment that tells this question from the next, where the mail's
	// link answers it; see Answer.
	Asked time.Time
}

// facts looks up what the texts of a kind need.
type facts func(t *mail.Texter, tx *store.Tx, n news) (told, error)

// said makes the values of pairs of names and words.
func said(path string, pairs ...string) told {
	words := map[string]string{}
	for i := 0; i+1 < len(pairs); i += 2 {
		words[pairs[i]] = pairs[i+1]
	}
	return told{Values: mail.Values{Words: words}, Path: path}
}

// gone is what is left of news about something that is not there any more.
var gone = told{Gone: true}

// on spells a moment's date for the person.
func (n news) on(t *mail.Texter, at time.Time) string { return t.Date(n.Locale, at.In(n.Zone)) }

// detail reads one text of the details.
func (n news) detail(name string) string { return detail(store.Event{Details: n.Details}, name) }

// ofAccount says nothing but where to go.
func ofAccount(path string) facts {
	return func(t *mail.Texter, tx *store.Tx, n news) (told, error) {
		out := said(path)
		if path != "/confirm" {
			return out, nil
		}
		var asked []time.Time
		err := tx.Raw(`SELECT created_at FROM users WHERE id = ? AND unconfirmed = ?`, n.UserID, true).Scan(&asked).Error
		if err != nil || len(asked) == 0 {
			return gone, err
		}
		out.Values.Words["deadline"] = n.on(t, asked[0].Add(7*24*time.Hour))
		return out, nil
	}
}

// ofInvitation says who invites to what, while the invitation is open.
func ofInvitation(t *mail.Texter, tx *store.Tx, n news) (told, error) {
	var rows []struct {
		Association, Programme string
		ExpiresAt              time.Time
	}
	err := tx.Raw(`SELECT o.name AS association, i.expires_at, COALESCE((SELECT MIN(p.name) FROM programmes p
			JOIN professional_programmes e ON e.programme_id = p.id WHERE e.professional_id = i.professional_id), '') AS programme
		FROM invitations i JOIN organisations o ON o.id = i.organisation_id
		WHERE i.id = ? AND i.outcome = '' AND i.expires_at > ?`, n.detail("invitation"), n.Now).Scan(&rows).Error
	if err != nil || len(rows) == 0 {
		return gone, err
	}
	return said("/invitation", "association", rows[0].Association, "programme", cmp.Or(rows[0].Programme, "Sankofa"),
		"deadline", n.on(t, rows[0].ExpiresAt)), nil
}

// ofReference says who asks, while the question is open.
func ofReference(t *mail.Texter, tx *store.Tx, n news) (told, error) {
	var rows []struct {
		Person    string
		ExpiresAt time.Time
	}
	err := tx.Raw(`SELECT p.given_name || ' ' || p.family_name AS person, r.expires_at FROM referee_requests r JOIN professionals p ON p.id = r.professional_id
		WHERE r.id = ? AND r.state = 'sent' AND r.expires_at > ?`, n.detail("request"), n.Now).Scan(&rows).Error
	if err != nil || len(rows) == 0 {
		return gone, err
	}
	return said("/referee", "person", strings.TrimSpace(rows[0].Person), "deadline", n.on(t, rows[0].ExpiresAt)), nil
}

// ofConsent names the purposes of an event, and of those that came with it.
func ofConsent(t *mail.Texter, tx *store.Tx, n news) (told, error) {
	purposes := []string{n.detail("purpose")}
	if at := n.detail("at"); at != "" {
		when, err := time.Parse(time.RFC3339Nano, at)
		if err != nil {
			return gone, err
		}
		column := "given_at"
		if n.Kind == "consent_withdrawn" {
			column = "withdrawn_at"
		}
		var found []string
		err = tx.Raw(`SELECT c.purpose FROM consents c WHERE c.professional_id = ? AND c.`+column+` = ? ORDER BY c.purpose`, n.Subject, when).Scan(&found).Error
		if err != nil {
			return gone, err
		}
		if len(found) > 0 {
			purposes = found
		}
	}
	for i, one := range purposes {
		purposes[i] = t.Word(n.Locale, "purpose", one)
	}
	return said("/me/consents", "purposes", strings.Join(purposes, t.Frame(n.Locale, "and"))), nil
}

// ofLicence names the licence that ends.
func ofLicence(t *mail.Texter, tx *store.Tx, n news) (told, error) {
	var rows []struct {
		Body       string
		ValidUntil day.Day
	}
	err := tx.Raw(`SELECT body, valid_until FROM professional_licences WHERE professional_id = ? AND valid_until = ?`, n.Subject, n.detail("until")).Scan(&rows).Error
	if err != nil || len(rows) == 0 { // renewed meanwhile
		return gone, err
	}
	until, err := time.Parse(time.DateOnly, n.detail("until"))
	return said("/me", "body", rows[0].Body, "date", t.Date(n.Locale, until)), err
}

// ofProfile says when the profile was last confirmed.
func ofProfile(t *mail.Texter, tx *store.Tx, n news) (told, error) {
	var rows []time.Time
	err := tx.Raw(`SELECT confirmed_at FROM professionals WHERE id = ? AND state = 'active' AND confirmed_at IS NOT NULL`, n.Subject).Scan(&rows).Error
	if err != nil || len(rows) == 0 || n.Now.Sub(rows[0]) < staleAfter {
		return gone, err
	}
	out := said("/me", "date", n.on(t, rows[0]))
	out.Asked = rows[0]
	return out, nil
}

// candidate is what a candidacy's texts need.
type candidate struct {
	ID, State, Reference, Title, Host, Association string
	AnswerBy                                       *time.Time
}

// ofCandidacy names the need, its host, who proposes and until when.
func ofCandidacy(t *mail.Texter, tx *store.Tx, n news) (told, error) {
	var rows []candidate
	err := tx.Raw(`SELECT c.id, c.state, c.answer_by, n.reference, n.title, o.name AS host, COALESCE(a.name, o.name) AS association
		FROM candidacies c JOIN needs n ON n.id = c.need_id JOIN organisations o ON o.id = n.organisation_id
		LEFT JOIN organisations a ON a.id = c.nominated_by WHERE c.id = ?`, n.Subject).Scan(&rows).Error
	if err != nil || len(rows) == 0 {
		return gone, err
	}
	c := rows[0]
	deadline := "–"
	if c.AnswerBy != nil {
		deadline = n.on(t, *c.AnswerBy)
	}
	out := said("/candidacies/"+c.ID, "reference", c.Reference, "title", c.Title, "host", c.Host, "association", c.Association, "deadline", deadline)
	out.Values.Words["state"] = c.State
	return out, nil
}

// stillIn is ofCandidacy while it stands in the state: a reminder is not needed later.
func stillIn(state string) facts {
	return func(t *mail.Texter, tx *store.Tx, n news) (told, error) {
		out, err := ofCandidacy(t, tx, n)
		if err != nil || out.Gone || out.Values.Words["state"] != state {
			return gone, err
		}
		return out, nil
	}
}

// ofDecision asks for a decision that is still to be made by the date.
func ofDecision(t *mail.Texter, tx *store.Tx, n news) (told, error) {
	out, err := ofCandidacy(t, tx, n)
	if err != nil || out.Gone {
		return gone, err
	}
	due, err := time.Parse(time.RFC3339, n.detail("due"))
	if err != nil {
		return gone, nil
	}
	var still int64
	err = tx.Raw(`SELECT count(*) FROM candidacies WHERE id = ? AND decide_by = ?`, n.Subject, due).Scan(&still).Error
	if err != nil || still == 0 {
		return gone, err
	}
	out.Values.Words["deadline"] = n.on(t, due)
	return out, nil
}

// ofPlacement names the placement, its need, host and dates.
func ofPlacement(t *mail.Texter, tx *store.Tx, n news) (told, error) {
	var rows []struct {
		Reference, Title, Host string
		FromOn, ToOn           time.Time
	}
	err := tx.Raw(`SELECT p.reference, n.title, o.name AS host, p.from_on, p.to_on FROM placements p JOIN needs n ON n.id = p.need_id
		JOIN organisations o ON o.id = p.organisation_id WHERE p.id = ?`, n.Subject).Scan(&rows).Error
	if err != nil || len(rows) == 0 {
		return gone, err
	}
	p := rows[0]
	return said("/placements/"+p.Reference, "placement", p.Reference, "title", p.Title, "host", p.Host,
		"from", t.Date(n.Locale, p.FromOn), "to", t.Date(n.Locale, p.ToOn)), nil
}

// ofEvaluation is ofPlacement while the host's evaluation is missing; the link of the mail
// works for as long as links of its kind do.
func ofEvaluation(t *mail.Texter, tx *store.Tx, n news) (told, error) {
	var open int64
	err := tx.Raw(`SELECT count(*) FROM placements p WHERE p.id = ? AND p.state IN ('ENDED', 'CURTAILED')
		AND NOT EXISTS (SELECT 1 FROM placement_reports r WHERE r.placement_id = p.id AND r.kind = 'host_evaluation')`, n.Subject).Scan(&open).Error
	if err != nil || open == 0 {
		return gone, err
	}
	out, err := ofPlacement(t, tx, n)
	if err != nil || out.Gone {
		return gone, err
	}
	out.Values.Words["deadline"] = n.on(t, n.Now.Add(identity.LinkEvaluation.Life()))
	return out, nil
}

// ofDisclosure names the host that asks, while the question is open.
func ofDisclosure(t *mail.Texter, tx *store.Tx, n news) (told, error) {
	var rows []struct {
		Reference, Title, Host string
		AnswerBy               time.Time
	}
	err := tx.Raw(`SELECT n.reference, n.title, o.name AS host, d.answer_by FROM disclosures d JOIN needs n ON n.id = d.need_id
		JOIN organisations o ON o.id = d.organisation_id WHERE d.id = ? AND d.answered_at IS NULL AND d.answer_by > ?`, n.Subject, n.Now).Scan(&rows).Error
	if err != nil || len(rows) == 0 {
		return gone, err
	}
	return said("/me/privacy", "reference", rows[0].Reference, "title", rows[0].Title, "host", rows[0].Host, "deadline", n.on(t, rows[0].AnswerBy)), nil
}

// ofBreach leads to what happened; the mail says no more than that something did.
func ofBreach(t *mail.Texter, tx *store.Tx, n news) (told, error) {
	var rows []struct{ FromAt, ToAt time.Time }
	err := tx.Raw(`SELECT from_at, to_at FROM breaches WHERE id = ?`, n.Subject).Scan(&rows).Error
	if err != nil || len(rows) == 0 {
		return gone, err
	}
	return said("/me/privacy", "from", n.on(t, rows[0].FromAt), "to", n.on(t, rows[0].ToAt)), nil
}

// ofRankingReview names the need for which somebody doubts the ranking.
func ofRankingReview(path string) facts {
	return func(t *mail.Texter, tx *store.Tx, n news) (told, error) {
		var rows []struct {
			Reference, Title string
			AnswerBy         time.Time
		}
		err := tx.Raw(`SELECT n.reference, n.title, r.answer_by FROM review_requests r JOIN needs n ON n.id = r.need_id WHERE r.id = ?`, n.Subject).Scan(&rows).Error
		if err != nil || len(rows) == 0 {
			return gone, err
		}
		return said(path, "reference", rows[0].Reference, "title", rows[0].Title, "deadline", n.on(t, rows[0].AnswerBy)), nil
	}
}

// ofDay says until when, as the event has it.
func ofDay(name string) facts {
	return func(t *mail.Texter, _ *store.Tx, n news) (told, error) {
		until, err := time.Parse(time.RFC3339, n.detail(name))
		if err != nil {
			return gone, err
		}
		out := said("/me/privacy", "deadline", n.on(t, until))
		out.Asked = until
		return out, nil
	}
}

// ofMember leads to the member; no name is said.
func ofMember(path string) facts {
	return func(_ *mail.Texter, _ *store.Tx, n news) (told, error) {
		return said(strings.ReplaceAll(path, "{id}", n.Subject)), nil
	}
}

// ofNeed names the need and its host.
func ofNeed(_ *mail.Texter, tx *store.Tx, n news) (told, error) {
	var rows []struct{ Reference, Title, Host string }
	err := tx.Raw(`SELECT n.reference, n.title, o.name AS host FROM needs n JOIN organisations o ON o.id = n.organisation_id WHERE n.id = ?`, n.Subject).Scan(&rows).Error
	if err != nil || len(rows) == 0 {
		return gone, err
	}
	return said("/needs/"+rows[0].Reference, "reference", rows[0].Reference, "title", cmp.Or(rows[0].Title, "–"), "host", rows[0].Host), nil
}

// ofCall is ofNeed while the call is open, with its last day.
func ofCall(t *mail.Texter, tx *store.Tx, n news) (told, error) {
	var closes []time.Time
	err := tx.Raw(`SELECT closes_on FROM needs WHERE id = ? AND state = 'PUBLISHED' AND closes_on >= ?`, n.Subject, day.Of(n.Now)).Scan(&closes).Error
	if err != nil || len(closes) == 0 {
		return gone, err
	}
	out, err := ofNeed(t, tx, n)
	if err != nil || out.Gone {
		return gone, err
	}
	out.Values.Words["deadline"] = t.Date(n.Locale, closes[0])
	return out, nil
}

// ofTask names the record that waits, while it still stands where it stood.
func ofTask(t *mail.Texter, tx *store.Tx, n news) (told, error) {
	record := map[string]struct {
		table string
		facts facts
	}{"need": {"needs", ofNeed}, "candidacy": {"candidacies", ofCandidacy}, "placement": {"placements", ofPlacement}}[n.detail("record")]
	due, err := time.Parse(time.RFC3339, n.detail("due"))
	if err != nil || record.facts == nil {
		return gone, err
	}
	var still int64
	err = tx.Table(record.table).Where("id = ? AND state = ?", n.Subject, n.detail("state")).Count(&still).Error
	if err != nil || still == 0 {
		return gone, err
	}
	out, err := record.facts(t, tx, n)
	if err != nil || out.Gone {
		return gone, err
	}
	words := out.Values.Words
	words["reference"], words["deadline"] = cmp.Or(words["reference"], words["placement"]), n.on(t, due)
	return out, nil
}

// ofMessage leads to the thread; what was written is read there, and by nobody who
// reads the mail.
func ofMessage(t *mail.Texter, tx *store.Tx, n news) (told, error) {
	find := ofCandidacy
	if n.detail("record") == "placement" {
		find = ofPlacement
	}
	out, err := find(t, tx, n)
	if err != nil || out.Gone {
		return gone, err
	}
	words := out.Values.Words
	words["reference"] = cmp.Or(words["reference"], words["placement"])
	out.Path += "#messages"
	return out, nil
}

// ofAlert counts the alerts of a saved search that the person has not read.
func ofAlert(_ *mail.Texter, tx *store.Tx, n news) (told, error) {
	var rows []struct {
		Name  string
		Count int
	}
	err := tx.Raw(`SELECT s.name, count(*) AS count FROM saved_searches s JOIN alerts a ON a.search_id = s.id AND a.user_id = ?
		JOIN visibility v ON v.professional_id = a.professional_id
		WHERE s.id = ? AND a.read_at IS NULL AND a.due_at <= ? GROUP BY s.name`, n.UserID, n.Subject, n.Now).Scan(&rows).Error
	if err != nil || len(rows) == 0 {
		return gone, err
	}
	out := said("/alerts?search="+n.Subject, "search", rows[0].Name)
	out.Values.Count = rows[0].Count
	return out, nil
}

// ofDigest lists what the digest gathered and still holds.
func ofDigest(t *mail.Texter, tx *store.Tx, n news) (told, error) {
	var rows []notice
	if err := tx.Where("outbox_id = ?", n.OutboxID).Order("at, id").Limit(mostInDigest).Find(&rows).Error; err != nil {
		return gone, err
	}
	chosen, err := choicesIn(tx, n.UserID)
	if err != nil {
		return gone, err
	}
	out := said("/notices")
	for _, row := range rows {
		if row.ReadAt != nil || chosen.of(byName[row.Kind]) == Never {
			continue
		}
		line, _, err := n.line(t, tx, row)
		if err != nil {
			return gone, err
		}
		if line != "" {
			out.Lines = append(out.Lines, line)
		}
	}
	out.Values.Count, out.Gone = len(out.Lines), len(out.Lines) == 0
	return out, nil
}

// mostInDigest bounds one mail; the page has the rest.
const mostInDigest = 200

// line is a notice in one line, and where it leads; empty when it is about
// something that is gone.
func (n news) line(t *mail.Texter, tx *store.Tx, row notice) (string, string, error) {
	k, ok := byName[row.Kind]
	if !ok { // of a later version of the program
		return "", "", nil
	}
	one := n
	one.Kind, one.Subject, one.Details = row.Kind, row.Subject, row.Details
	what, err := k.Facts(t, tx, one)
	if err != nil || what.Gone {
		return "", "", err
	}
	text, err := t.Line(n.Locale, row.Kind, what.Values)
	return text, what.Path, err
}

// encoded writes details as JSON.
func encoded(details map[string]string) string {
	text, err := json.Marshal(details)
	if err != nil {
		return "{}" // Maps of texts always encode.
	}
	return string(text)
}

// onceKey tells one piece of news from every other, for one person.
func onceKey(kind, what, who string) string { return fmt.Sprintf("%s:%s:%s", kind, what, who) }
