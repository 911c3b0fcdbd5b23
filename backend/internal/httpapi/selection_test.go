// SPDX-License-Identifier: AGPL-3.0-or-later

package httpapi

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/registry/registrytest"
	"sankofa/backend/internal/store"
	"sankofa/backend/internal/store/storetest"
)

// midwife adds a person with an account, who consents to everything.
func (h *house) midwife(t *testing.T, email string) (identity.Actor, string) {
	t.Helper()
	userID := h.User(email)
	p := registrytest.Midwife(email)
	p.UserID, p.State, p.Visible = &userID, registry.Active, true
	p.Programmes, p.Associations = []string{h.Programme.ID}, []string{h.AssociationOrg.ID}
	people := []registry.Profile{p}
	err := h.DB.Change(t.Context(), store.System, func(tx *store.Tx) error { return registry.RegisterBatchIn(tx, people) })
	if err != nil {
		t.Fatal(err)
	}
	who := identity.Actor{UserID: userID, Role: identity.Professional, ProfessionalID: people[0].ID, Locale: "en"}
	return who, people[0].Pseudonym
}

// opinion is the body of a decision.
func opinion(decision, reason string) map[string]string {
	return map[string]string{"decision": decision, "reason": reason}
}

func TestTheSelectionByTheAPI(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := open(t, db)
		n := h.published(t)
		ama, pseudonym := h.midwife(t, "ama@test.invalid")
		host, ministry, coordinator, person := h.as(t, h.Host), h.as(t, h.Ministry), h.as(t, h.Coordinator), h.as(t, ama)

		var sheet shortlistView
		body := map[string]any{"people": []map[string]string{{"pseudonym": pseudonym}}, "reason": "The best."}
		answer := coordinator.step("/needs/"+n.Reference+"/shortlist", n.Version, body)
		answer.Into(t, &sheet)
		if answer.Status != http.StatusCreated || len(sheet.Items) != 1 || sheet.Snapshot == nil || sheet.Items[0].Person.Name != "Ama Boateng" {
			t.Fatalf("shortlisted: %d %s", answer.Status, answer.Body)
		}
		c := sheet.Items[0]
		var kept snapshotView
		coordinator.do("GET", "/snapshots/"+sheet.Snapshot.ID, nil).Into(t, &kept)
		if !kept.Intact || kept.NeedReference != n.Reference || !strings.Contains(string(kept.Ranking), pseudonym) {
			t.Errorf("the frozen ranking: %+v", kept)
		}

		path := "/candidacies/" + c.ID
		host.step(path+"/endorse", c.Version, opinion("yes", "She knows the ward.")).Into(t, &c)
		ministry.step(path+"/no-objection", c.Version, opinion("yes", "None.")).Into(t, &c)
		coordinator.step(path+"/approve", c.Version, opinion("yes", "Funds are there.")).Into(t, &c)
		person.do("GET", path, nil).Into(t, &c)
		if c.Status != "offer" || c.State != "" || len(c.Decisions) != 0 || !c.Can.Accept || c.AnswerBy == nil {
			t.Errorf("she is told %s, %q, %d decisions, %+v", c.Status, c.State, len(c.Decisions), c.Can)
		}
		if p := person.step(path+"/accept", c.Version, map[string]bool{"noFee": false}).Problem(); p.Status != 422 || p.Fields[0].Field != "noFee" {
			t.Errorf("without the declaration: %+v", p)
		}
		person.step(path+"/accept", c.Version, map[string]bool{"noFee": true}).Into(t, &c)
		if c.Status != "accepted" || c.Placement != "GH-P-2026-0001" {
			t.Errorf("accepted: %s, %s", c.Status, c.Placement)
		}

		var placed list[placementView]
		host.do("GET", "/placements", nil).Into(t, &placed)
		if len(placed.Items) != 1 || placed.Items[0].Days != 84 || placed.Items[0].Person.Name == "" || !placed.Items[0].Can.Cancel {
			t.Fatalf("the host lists %+v", placed.Items)
		}
		var p placementView
		host.step("/placements/"+c.Placement+"/cancel", placed.Items[0].Version, map[string]string{"reason": "The ward moves."}).Into(t, &p)
		if p.State != "CANCELLED" || p.Person.Name != "" {
			t.Errorf("cancelled: %s, %q", p.State, p.Person.Name)
		}
	})
}

func TestAFrozenRankingCanBeCheckedByWhoeverReadsIt(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := open(t, db)
		n := h.published(t)
		_, pseudonym := h.midwife(t, "ama@test.invalid")
		coordinator := h.as(t, h.Coordinator)
		body := map[string]any{"people": []map[string]string{{"pseudonym": pseudonym}}, "reason": "The best."}
		var sheet shortlistView
		coordinator.step("/needs/"+n.Reference+"/shortlist", n.Version, body).Into(t, &sheet)
		var kept snapshotView
		coordinator.do("GET", "/snapshots/"+sheet.Snapshot.ID, nil).Into(t, &kept)
		if sum := sha256.Sum256(kept.Ranking); hex.EncodeToString(sum[:]) != kept.SHA256 {
			t.Errorf("what was sent has another SHA-256 than %s:\n%s", kept.SHA256, kept.Ranking)
		}
	})
}

func TestANominationByTheAPI(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := open(t, db)
		n := h.published(t)
		ama, pseudonym := h.midwife(t, "ama@test.invalid")
		association, host, person := h.as(t, h.Association), h.as(t, h.Host), h.as(t, ama)
		var c candidacyView
		body := map[string]string{"professionalId": pseudonym, "reason": "She trained our midwives."}
		association.do("POST", "/needs/"+n.Reference+"/nominations", body, "Idempotency-Key", "k").Into(t, &c)
		var again candidacyView
		association.do("POST", "/needs/"+n.Reference+"/nominations", body, "Idempotency-Key", "k").Into(t, &again)
		if c.ID == "" || c.ID != again.ID || c.Status != "nominated" {
			t.Errorf("nominated %s, again %s: %s", c.ID, again.ID, c.Status)
		}
		if got := host.do("GET", "/candidacies/"+c.ID, nil).Status; got != http.StatusNotFound {
			t.Errorf("the host gets %d, want 404", got)
		}
		var mine list[candidacyView]
		person.do("GET", "/candidacies?pending=true", nil).Into(t, &mine)
		if len(mine.Items) != 1 || !mine.Items[0].Can.Answer || mine.Items[0].Association == "" {
			t.Fatalf("what waits for her: %+v", mine.Items)
		}
		person.step("/candidacies/"+c.ID+"/answer", c.Version, map[string]bool{"accept": true}).Into(t, &c)
		answer := host.do("GET", "/candidacies/"+c.ID, nil)
		var seen candidacyView
		answer.Into(t, &seen)
		if seen.Person.Pseudonym != pseudonym || seen.Person.ProfessionalID != "" || strings.Contains(string(answer.Body), "Boateng") ||
			strings.Contains(string(answer.Body), "trained") {
			t.Errorf("the host sees %s", answer.Body)
		}
		var withdrawn candidacyView
		person.step("/candidacies/"+c.ID+"/withdraw", c.Version, nil).Into(t, &withdrawn)
		if withdrawn.Status != "closed" {
			t.Errorf("withdrawn: %s", withdrawn.Status)
		}
	})
}

func TestAStepNeedsTheVersionThatWasSeen(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := open(t, db)
		n := h.published(t)
		ama, _ := h.midwife(t, "ama@test.invalid")
		person := h.as(t, ama)
		var c candidacyView
		person.do("POST", "/needs/"+n.Reference+"/applications", map[string]string{"statement": "I want to help."}).Into(t, &c)
		for _, step := range []string{"answer", "dismiss", "endorse", "no-objection", "approve", "accept", "decline", "withdraw"} {
			as := map[string]identity.Actor{"dismiss": h.Coordinator, "approve": h.Coordinator, "endorse": h.Host, "no-objection": h.Ministry}
			who, found := as[step]
			if !found {
				who = ama
			}
			body := map[string]map[string]any{"answer": {"accept": true}, "accept": {"noFee": true}, "endorse": {"decision": "yes", "reason": "x"},
				"no-objection": {"decision": "yes", "reason": "x"}, "approve": {"decision": "yes", "reason": "x"}}[step]
			browser := h.as(t, who)
			if got := browser.do("POST", "/candidacies/"+c.ID+"/"+step, jsonOf(t, body)).Status; got != http.StatusPreconditionRequired {
				t.Errorf("%s without If-Match: got %d, want 428", step, got)
			}
		}
	})
}

// jsonOf spells a body; nothing is an empty object.
func jsonOf(t *testing.T, body map[string]any) string {
	t.Helper()
	if body == nil {
		return "{}"
	}
	text, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
