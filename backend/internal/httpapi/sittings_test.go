// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

func rulesSound() map[string]any {
	return map[string]any{"committee": false, "shortlistLeast": 1, "balanced": false, "referencesLeast": 1}
}

// chainSound is a chain in which every step says something of its own.
func chainSound(host, coordinator string) map[string]any {
	step := func(name string, days int, working bool, silence string, approvers ...any) map[string]any {
		return map[string]any{"step": name, "days": days, "working": working, "silence": silence, "approvers": append([]any{}, approvers...)}
	}
	return map[string]any{"steps": []any{step("host_endorsement", 7, false, "remind", host), step("no_objection", 10, true, "escalate"),
		step("approval", 5, true, "escalate", coordinator)}}
}

// committee is the host, the coordinator in the chair, and the ministry.
func (g *stage) committee() map[string]any {
	return map[string]any{"members": []any{
		map[string]any{"userId": g.Side.Host.UserID, "seat": "host", "chair": false},
		map[string]any{"userId": g.Side.Coordinator.UserID, "seat": "coordinator", "chair": true},
		map[string]any{"userId": g.Side.Ministry.UserID, "seat": "ministry", "chair": false}}}
}

func (g *stage) versionOf(ref string) int {
	g.t.Helper()
	var n needView
	g.Coordinator.do("GET", "/needs/"+ref, nil).Into(g.t, &n)
	return n.Version
}

// sitting is a shortlisted person of a need with a committee.
func (g *stage) sitting() (c candidacyView) {
	g.t.Helper()
	c = g.candidacyAfter(0)
	ref := c.Need.Reference
	g.Coordinator.do("PUT", "/needs/"+ref+"/committee", g.committee(), "If-Match", etag(g.versionOf(ref))).Into(g.t, &sittingView{})
	g.Coordinator.do("GET", "/candidacies/"+c.ID, nil).Into(g.t, &c)
	return c
}

// assessed is a person whom the committee is judging.
func (g *stage) assessed() (c candidacyView) {
	g.t.Helper()
	c = g.sitting()
	for _, member := range []*client{g.Host, g.Coordinator, g.Ministry} {
		member.do("POST", "/candidacies/"+c.ID+"/interests", map[string]any{"conflict": false}).Into(g.t, &c)
	}
	g.Coordinator.step("/candidacies/"+c.ID+"/moves", c.Version, map[string]any{"move": "assess"}).Into(g.t, &c)
	return c
}

// judgement gives every criterion the level.
func (g *stage) judgement(c candidacyView, level int) map[string]any {
	scores := []any{}
	for _, k := range c.File.Criteria {
		scores = append(scores, map[string]any{"criterion": k.ID, "level": level, "note": "As seen"})
	}
	return map[string]any{"scores": scores}
}

func (g *stage) template() string {
	g.t.Helper()
	var made templateView
	g.Host.do("POST", "/needs/"+g.needIn("DRAFT").Reference+"/template", map[string]any{"title": "Irrigation"}).Into(g.t, &made)
	return made.ID
}

// missing tells what a step still waits for, as the reader sees it.
func missing(c candidacyView, move string) string {
	for _, next := range c.File.Next {
		if next.Move == move {
			all := []string{}
			for _, l := range next.Missing {
				all = append(all, strings.TrimSpace(l.Evidence+" "+l.What))
			}
			return strings.Join(all, ", ")
		}
	}
	return "not offered"
}

// TestACommitteeChooses is story 3's quorum and everything after it: without a side of
// the origin state nothing begins, scores stay hidden until one's own are in, the chair
// speaks, and whoever scored cannot approve.
func TestACommitteeChooses(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		g := newStage(t, db)
		g.Coordinator.do("PUT", "/selection-rules", rulesSound(), "If-Match", etag(1)).Into(t, &rulesView{})
		c := g.sitting()
		path := "/candidacies/" + c.ID
		if got := g.Host.step(path+"/endorse", c.Version, opinion("yes", "Ours")); got.Status != http.StatusConflict {
			t.Errorf("the host passed the committee by: %s", got.Body)
		}
		for _, member := range []*client{g.Host, g.Coordinator} {
			member.do("POST", path+"/interests", map[string]any{"conflict": false}).Into(t, &c)
		}
		if got := missing(c, "assess"); got != "quorum ministry_or_association" {
			t.Errorf("without the origin side: %q", got)
		}
		if got := g.Coordinator.step(path+"/moves", c.Version, map[string]any{"move": "assess"}); got.Status != http.StatusConflict {
			t.Errorf("assessed without a quorum: %s", got.Body)
		}
		g.Ministry.do("POST", path+"/interests", map[string]any{"conflict": false}).Into(t, &c)
		g.Coordinator.step(path+"/moves", c.Version, map[string]any{"move": "assess"}).Into(t, &c)

		g.Host.do("POST", path+"/scores", g.judgement(c, 4)).Into(t, &c)
		g.Ministry.do("GET", path, nil).Into(t, &c)
		if len(c.File.Scores) != 0 {
			t.Errorf("the ministry sees %d scores before its own", len(c.File.Scores))
		}
		g.Ministry.do("POST", path+"/scores", g.judgement(c, 3)).Into(t, &c)
		if got, want := len(c.File.Scores), 2*len(c.File.Criteria); got != want || want == 0 {
			t.Errorf("after its own the ministry sees %d scores, want %d", got, want)
		}
		if got := g.Ministry.do("POST", path+"/scores", g.judgement(c, 1)); got.Status != http.StatusConflict {
			t.Errorf("judged twice: %s", got.Body)
		}
		g.Coordinator.do("GET", path, nil).Into(t, &c)
		if got := missing(c, "recommend"); got != "references" {
			t.Errorf("before the reference: %q", got)
		}
		g.Ministry.do("POST", path+"/references", map[string]any{"referee": "Head of unit", "words": "Sound"}).Into(t, &c)
		levels := []any{}
		for _, k := range c.File.Criteria {
			levels = append(levels, map[string]any{"criterion": k.ID, "level": 3})
		}
		recommend := map[string]any{"move": "recommend", "reason": "Agreed after an hour.", "levels": levels}
		if got := g.Ministry.step(path+"/moves", c.Version, recommend); got.Status != http.StatusForbidden {
			t.Errorf("somebody else spoke for the chair: %s", got.Body)
		}
		g.Coordinator.step(path+"/moves", c.Version, recommend).Into(t, &c)
		if c.State != "RECOMMENDED" || len(c.File.Assessments) != 1 {
			t.Errorf("the committee made it %s, with %d assessments", c.State, len(c.File.Assessments))
		}
		g.Host.step(path+"/endorse", c.Version, opinion("yes", "Ours")).Into(t, &c)
		g.Ministry.step(path+"/no-objection", c.Version, opinion("no", "The council has doubts")).Into(t, &c)
		var own candidacyView
		if g.Person.do("GET", path, nil).Into(t, &own); own.Status != "proposed" {
			t.Errorf("of an objection the person is told %s", own.Status)
		}
		g.Coordinator.step(path+"/moves", c.Version, map[string]any{"move": "reconsider", "reason": "The doubts are answered"}).Into(t, &c)
		if c.State != "UNDER_ASSESSMENT" || c.Round != 2 || len(c.File.Scores) != 0 {
			t.Errorf("back with the committee it is %s in round %d with %d scores", c.State, c.Round, len(c.File.Scores))
		}
	})
}

// TestADecisionIsLookedAtAgain: within fifteen days, by somebody who had no part in it.
func TestADecisionIsLookedAtAgain(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		g := newStage(t, db)
		c := g.applied()
		path := "/candidacies/" + c.ID
		out := map[string]any{"move": "exclude", "reason": "No licence", "code": "licence"}
		if got := g.Host.step(path+"/moves", c.Version, out); got.Status != http.StatusForbidden {
			t.Errorf("the host excluded somebody: %s", got.Body)
		}
		g.Coordinator.step(path+"/moves", c.Version, out).Into(t, &c)
		if c.State != "INELIGIBLE" || len(c.File.Rules) == 0 {
			t.Errorf("%s, with %d rules kept", c.State, len(c.File.Rules))
		}
		var own candidacyView
		g.Person.do("GET", path, nil).Into(t, &own)
		if own.ReasonCode != "licence" || own.File.ReviewUntil == nil || own.State != "" {
			t.Errorf("the person reads %q, may ask until %v, sees the state %q", own.ReasonCode, own.File.ReviewUntil, own.State)
		}
		g.Person.step(path+"/moves", own.Version, map[string]any{"move": "ask_review", "reason": "My licence was overlooked"}).Into(t, &own)
		g.Coordinator.do("GET", path, nil).Into(t, &c)
		if c.State != "UNDER_REVIEW" {
			t.Fatalf("after the wish it is %s", c.State)
		}
		g.Coordinator.step(path+"/moves", c.Version, map[string]any{"move": "reopen", "reason": "It was there"}).Into(t, &c)
		if c.State != "ELIGIBLE" || c.Round != 2 || c.File.Reviews[0].Outcome != "reopened" {
			t.Errorf("after the review: %s, round %d, %+v", c.State, c.Round, c.File.Reviews)
		}
	})
}

// TestAFalseStatementNeedsTwoPeopleAndAReply: one officer alone ends nothing.
func TestAFalseStatementNeedsTwoPeopleAndAReply(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		g := newStage(t, db)
		c := g.doubted()
		path, again := "/candidacies/"+c.ID+"/moves", map[string]any{"move": "disqualify", "reason": "The council confirms"}
		if got := missing(c, "disqualify"); got != "right_of_reply, second_approver" {
			t.Errorf("at first: %q", got)
		}
		if got := g.Coordinator.step(path, c.Version, again); got.Status != http.StatusConflict {
			t.Errorf("disqualified before the reply: %s", got.Body)
		}
		g.Person.step("/candidacies/"+c.ID+"/reply", c.Version, map[string]any{"reason": "It was renewed"}).Into(t, &c)
		g.Coordinator.do("GET", "/candidacies/"+c.ID, nil).Into(t, &c)
		if got := missing(c, "disqualify"); got != "second_approver" {
			t.Errorf("after the reply: %q", got)
		}
		if got := g.Coordinator.step(path, c.Version, again); got.Status != http.StatusConflict {
			t.Errorf("one officer disqualified alone: %s", got.Body)
		}
		second := g.as(t, g.Officer("second@test.invalid", g.Side.Coordinator.OrganisationID, g.Side.Coordinator.ProgrammeID, g.Side.Coordinator.Role))
		second.step(path, c.Version, again).Into(t, &c)
		if c.State != "DISQUALIFIED" {
			t.Errorf("two officers and a reply made it %s", c.State)
		}
	})
}

// TestASuspendedNeedWaits: nothing is decided meanwhile, and it comes back to where it
// stood; stood down, it takes everybody along.
func TestASuspendedNeedWaits(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		g := newStage(t, db)
		c := g.candidacyAfter(0)
		ref := c.Need.Reference
		var n needView
		g.Ministry.step("/needs/"+ref+"/suspend", g.versionOf(ref), map[string]any{"reason": "Floods"}).Into(t, &n)
		if n.State != "SUSPENDED" || !n.Can.Resume || n.Can.Shortlist {
			t.Errorf("%s, may %+v", n.State, n.Can)
		}
		if got := g.Host.step("/candidacies/"+c.ID+"/endorse", c.Version, opinion("yes", "Ours")); got.Status != http.StatusConflict {
			t.Errorf("endorsed while suspended: %s", got.Body)
		}
		g.Coordinator.step("/needs/"+ref+"/resume", n.Version, nil).Into(t, &n)
		if n.State != "IN_SELECTION" {
			t.Errorf("resumed to %s", n.State)
		}
		g.Host.step("/needs/"+ref+"/stand-down", n.Version, map[string]any{"reason": "The station closes"}).Into(t, &n)
		if err := g.API.Selection.Lapse(t.Context()); err != nil {
			t.Fatal(err)
		}
		var own candidacyView
		if g.Person.do("GET", "/candidacies/"+c.ID, nil).Into(t, &own); own.Status != "closed" || n.State != "STOOD_DOWN" {
			t.Errorf("the need is %s, the person is told %s", n.State, own.Status)
		}
	})
}

// TestATemplateBeginsANeed: without days, and without the host's declaration.
func TestATemplateBeginsANeed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		g := newStage(t, db)
		made := g.template()
		var n needView
		g.Host.do("POST", "/need-templates/"+made+"/needs", nil).Into(t, &n)
		if n.State != "DRAFT" || n.StartsOn != "" || n.NonSubstitution || n.Title != terms()["title"] {
			t.Errorf("%s from %q, declared %t: %s", n.State, n.StartsOn, n.NonSubstitution, n.Title)
		}
		if got := g.as(t, g.SecondHost).do("POST", "/need-templates/"+made+"/needs", nil); got.Status != http.StatusNotFound {
			t.Errorf("another host used it: %s", got.Body)
		}
		i := slices.IndexFunc(n.Next, func(s nextStep) bool { return s.Move == "submit" })
		if i < 0 || len(n.Next[i].Missing) == 0 {
			t.Errorf("nothing is missing: %+v", n.Next)
		}
	})
}

// TestANominationWithoutAnAnswer is story 10: of six one refuses and one is silent; the
// host sees four, by pseudonym, and never learns of the other two.
func TestANominationWithoutAnAnswer(t *testing.T) {
	storetest.EachWithClock(t, func(t *testing.T, db *store.DB, clock *storetest.Clock) {
		h := whole(t, db)
		main := h.play(t, h.Side, "GH", "main")
		var people []*scene
		var ids []string
		for i := range 6 {
			s := &scene{Side: h.Side, Association: main.Association}
			s.join(t, h, "GH", "story"+string(rune('a'+i)))
			var c candidacyView
			main.Association.do("POST", "/needs/"+main.Open+"/nominations", map[string]any{"professionalId": s.Professional, "reason": "One of ours"}).Into(t, &c)
			people, ids = append(people, s), append(ids, c.ID)
		}
		for i := range 5 {
			var c candidacyView
			people[i].Person.step("/candidacies/"+ids[i]+"/answer", 1, map[string]any{"accept": i < 4}).Into(t, &c)
		}
		clock.Advance(15 * 24 * time.Hour)
		if err := h.API.Selection.Lapse(t.Context()); err != nil {
			t.Fatal(err)
		}
		host := h.as(t, h.Side.Host)
		var seen list[candidacyView]
		host.do("GET", "/candidacies?limit=100", nil).Into(t, &seen)
		shown := 0
		for _, c := range seen.Items {
			i := slices.Index(ids, c.ID)
			if i > 3 {
				t.Errorf("the host sees the candidacy of somebody who never said yes: %+v", c)
			}
			if i >= 0 {
				shown++
				if c.Person.Name != "" || c.Person.ProfessionalID != "" || c.Person.Pseudonym == "" {
					t.Errorf("the host is told who it is: %+v", c.Person)
				}
			}
		}
		if shown != 4 {
			t.Errorf("the host sees %d of four", shown)
		}
		for i, reader := range map[int]*client{4: h.as(t, h.Side.Association), 5: h.as(t, h.Side.Association)} {
			var c candidacyView
			if reader.do("GET", "/candidacies/"+ids[i], nil).Into(t, &c); c.Status != "closed" {
				t.Errorf("of the %dth the association reads %s", i+1, c.Status)
			}
			if got := host.do("GET", "/candidacies/"+ids[i], nil); got.Status != http.StatusNotFound {
				t.Errorf("the host found it: %v", got.Body)
			}
		}
		err := db.View(t.Context(), func(tx *store.Tx) error {
			var looks, lapsed int64
			err := tx.Raw(`SELECT count(*) FROM ledger WHERE name = 'candidacy.lapsed' AND subject = ?`, ids[5]).Scan(&lapsed).Error
			if lapsed != 1 {
				t.Errorf("the silent one lapsed %d times", lapsed)
			}
			if err != nil {
				return err
			}
			err = tx.Raw(`SELECT count(*) FROM ledger WHERE name LIKE '%viewed%' AND by_organisation = ? AND (subject = ? OR details LIKE ?)`,
				h.Side.HostOrg.ID, people[4].Professional, "%"+people[4].Professional+"%").Scan(&looks).Error
			if looks != 0 {
				t.Errorf("a host looked %d times at whoever refused", looks)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
