// SPDX-License-Identifier: AGPL-3.0-or-later

package needs

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/store"
)

// View is a need as one reader may see it, with what they may do next.
type View struct {
	Terms
	Organisation identity.Organisation
	Programme    identity.Programme
	Reviews      []Verdict // none for associations and professionals
	Can          Can
	Next         []Next // the steps that the table lets the reader take, each with what it still waits for
}

// Verdict is a review with the names of who gave it.
type Verdict struct {
	Round        int
	Step         string
	Outcome      string
	Reason       string
	Comments     []Comment
	ByUser       string
	By           string
	Organisation string
	At           time.Time
}

// Can says what a reader may do with a need next. The server decides; a screen
// only shows it.
type Can struct {
	Edit, Submit, Duplicate           bool
	Validate, Return, Reject, Approve bool
	Publish, Extend, Close, Reopen    bool
	Cancel, Suspend, Resume           bool
	StandDown, CloseOut               bool
	Rank, Shortlist                   bool
	Nominate, Apply                   bool
}

// Allowed returns what the actor may do next with a need that they can see.
func Allowed(who identity.Actor, view View) Can {
	switch who.Role {
	case identity.Host:
		return hostMay(who, view.Terms.Need)
	case identity.Ministry:
		return ministryMay(who, view)
	case identity.Coordinator:
		return coordinatorMay(who, view)
	case identity.Association:
		return Can{Nominate: view.State == Published}
	case identity.Professional:
		return Can{Apply: view.State == Published}
	}
	return Can{}
}

func hostMay(who identity.Actor, n Need) Can {
	if !mine(who, n) {
		return Can{}
	}
	can := taken(who, View{Terms: Terms{Need: n}})
	can.Edit, can.Duplicate = n.State == Draft || n.State == Returned, true
	can.Submit = can.Edit // what is missing is said when it is tried
	return can
}

func ministryMay(who identity.Actor, view View) Can { return taken(who, view) }

func coordinatorMay(who identity.Actor, view View) Can {
	can := taken(who, view)
	can.Shortlist = view.Choosable() == nil
	can.Rank = can.Shortlist
	return can
}

// viewIn returns one need as the actor may see it.
func viewIn(tx *store.Tx, who identity.Actor, t Terms) (View, error) {
	views, err := viewsIn(tx, who, []Terms{t})
	if err != nil {
		return View{}, err
	}
	return views[0], nil
}

// viewsIn adds names, reviews and what may come next.
func viewsIn(tx *store.Tx, who identity.Actor, all []Terms) ([]View, error) {
	organisations, programmes, err := partiesIn(tx, all)
	if err != nil {
		return nil, err
	}
	reviews, err := reviewsIn(tx, who, all)
	if err != nil {
		return nil, err
	}
	running, err := candidateFor(tx, who, all)
	if err != nil {
		return nil, err
	}
	views := make([]View, len(all))
	for i, t := range all {
		views[i] = View{Terms: t, Organisation: organisations[t.OrganisationID], Programme: programmes[t.ProgrammeID], Reviews: reviews[t.ID]}
		views[i].Next = nextOf(who, views[i], day.Day(tx.Today()))
		views[i].Can = Allowed(who, views[i])
		views[i].Can.Apply = views[i].Can.Apply && !running[t.ID]
		if !insider(who) {
			views[i].StateReason = ""
		}
	}
	return views, nil
}

// candidateFor tells for which of the needs the professional is a candidate
// already, so that no screen offers to apply twice.
func candidateFor(tx *store.Tx, who identity.Actor, all []Terms) (map[string]bool, error) {
	running := map[string]bool{}
	if !who.Is(identity.Professional) || len(all) == 0 {
		return running, nil
	}
	ids := make([]string, len(all))
	for i, t := range all {
		ids[i] = t.ID
	}
	var found []string
	err := tx.Raw(`SELECT need_id FROM candidacies WHERE professional_id = ? AND need_id IN ?`, who.ProfessionalID, ids).Scan(&found).Error
	if err != nil {
		return nil, fmt.Errorf("load own candidacies: %w", err)
	}
	for _, needID := range found {
		running[needID] = true
	}
	return running, nil
}

// insider tells whether the actor takes part in the review of needs.
func insider(who identity.Actor) bool {
	return who.Is(identity.Host, identity.Ministry, identity.Coordinator)
}

// partiesIn returns the hosts and the programmes of the needs by identifier.
func partiesIn(tx *store.Tx, all []Terms) (map[string]identity.Organisation, map[string]identity.Programme, error) {
	var hosts []string
	programmes := map[string]identity.Programme{}
	for _, t := range all {
		if !slices.Contains(hosts, t.OrganisationID) {
			hosts = append(hosts, t.OrganisationID)
		}
		if _, known := programmes[t.ProgrammeID]; known {
			continue
		}
		p, err := identity.ProgrammeIn(tx, t.ProgrammeID)
		if err != nil {
			return nil, nil, fmt.Errorf("load programme: %w", err)
		}
		programmes[t.ProgrammeID] = p
	}
	organisations, err := identity.OrganisationsIn(tx, hosts)
	return organisations, programmes, err
}

// signed is a review with the names behind its identifiers.
type signed struct {
	Review
	UserName         string
	OrganisationName string
}

// reviewsIn returns the reviews of the needs, oldest first.
func reviewsIn(tx *store.Tx, who identity.Actor, all []Terms) (map[string][]Verdict, error) {
	grouped := map[string][]Verdict{}
	if !insider(who) || len(all) == 0 {
		return grouped, nil
	}
	ids := make([]string, len(all))
	for i, t := range all {
		ids[i] = t.ID
	}
	var found []signed
	err := tx.Raw(`SELECT r.*, COALESCE(u.name, '') AS user_name, COALESCE(o.name, '') AS organisation_name
		FROM need_reviews r LEFT JOIN users u ON u.id = r.by_user LEFT JOIN organisations o ON o.id = r.by_organisation
		WHERE r.need_id IN ? ORDER BY r.need_id, r.at, r.id`, ids).Scan(&found).Error
	if err != nil {
		return nil, fmt.Errorf("load reviews: %w", err)
	}
	for _, r := range found {
		v := Verdict{Round: r.Round, Step: r.Step, Outcome: r.Outcome, Reason: r.Reason, ByUser: r.ByUser,
			By: r.UserName, Organisation: r.OrganisationName, At: r.At, Comments: []Comment{}}
		if err := json.Unmarshal([]byte(r.Comments), &v.Comments); err != nil {
			return nil, fmt.Errorf("read comments of review %s: %w", r.ID, err)
		}
		grouped[r.NeedID] = append(grouped[r.NeedID], v)
	}
	return grouped, nil
}
