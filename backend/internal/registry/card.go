// SPDX-License-Identifier: AGPL-3.0-or-later

package registry

import (
	"sankofa/backend/internal/day"
	"sankofa/backend/internal/fault"
	"sankofa/backend/internal/identity"
	"sankofa/backend/internal/privacy"
	"sankofa/backend/internal/store"
)

// Card is a profile as one reader may see it: what they may not see is not in it.
type Card struct {
	Profile
	Named        bool // the reader may know who it is
	Affiliations []identity.Organisation
	Invitation   Standing
	Progress     Progress // how far the person has come; empty for a coordinator
	Consents     []privacy.Consent
	Lacks        []string      // fields to fill in before the person can be found
	Ending       []fault.Field // what is over, or will be soon
	Can          Rights
}

// Rights are what the reader may do next.
type Rights struct {
	Edit    bool
	Invite  bool
	Pause   bool
	Resume  bool
	Confirm bool
	Consent bool
}

// cardIn shows one profile to the actor.
func (s *Service) cardIn(tx *store.Tx, who identity.Actor, p Profile) (Card, error) {
	cards, err := s.cardsIn(tx, who, []Profile{p})
	if err != nil {
		return Card{}, err
	}
	return cards[0], nil
}

// cardsIn shows profiles that the actor may see.
func (s *Service) cardsIn(tx *store.Tx, who identity.Actor, people []Profile) ([]Card, error) {
	if len(people) == 0 {
		return nil, nil
	}
	if who.Is(identity.Coordinator) {
		return s.blindCardsIn(tx, who, people)
	}
	ids, organisations := make([]string, len(people)), []string{}
	for i, p := range people {
		ids[i] = p.ID
		organisations = append(organisations, p.Associations...)
	}
	standings, err := standingsIn(tx, ids)
	if err != nil {
		return nil, err
	}
	found, err := identity.OrganisationsIn(tx, organisations)
	if err != nil {
		return nil, err
	}
	contact, err := privacy.GivenIn(tx, ids, privacy.AssociationContact)
	if err != nil {
		return nil, err
	}
	consents, err := privacy.ConsentsOfIn(tx, ids)
	if err != nil {
		return nil, err
	}
	soFar, err := progressIn(tx, ids)
	if err != nil {
		return nil, err
	}
	cards := make([]Card, len(people))
	for i, p := range people {
		cards[i] = openCard(who, p, contact[p.ID])
		cards[i].Ending = p.Warnings(day.Of(tx.Now))
		cards[i].Invitation, cards[i].Progress = standings[p.ID], soFar[p.ID]
		if cards[i].Invitation.State == "" {
			cards[i].Invitation.State = "none"
		}
		for _, organisationID := range p.Associations {
			cards[i].Affiliations = append(cards[i].Affiliations, found[organisationID])
		}
		cards[i].Consents = consents[p.ID]
	}
	return cards, nil
}

// openCard shows a profile to the person or to their association. Once the
// profile is the person's own, the association has their address only if they
// agreed to hear from it.
func openCard(who identity.Actor, p Profile, contact bool) Card {
	self := who.Is(identity.Professional)
	lacks := p.Professional.Missing()
	if !self && p.State != Invited && !contact {
		p.Email, p.Phone = "", ""
	}
	mine := self && (p.State == Active || p.State == Paused)
	return Card{Profile: p, Named: true, Lacks: lacks, Can: Rights{
		Edit:    mayWrite(who, &p) == nil,
		Invite:  !self && p.State == Invited,
		Pause:   mine && p.State == Active,
		Resume:  mine && p.State == Paused,
		Confirm: mine,
		Consent: mine,
	}}
}

// blindCardsIn shows profiles to a coordinator: by pseudonym, and by name only
// who is on a shortlist.
func (s *Service) blindCardsIn(tx *store.Tx, who identity.Actor, people []Profile) ([]Card, error) {
	ids := make([]string, len(people))
	for i, p := range people {
		ids[i] = p.ID
	}
	known, err := s.nameKnownIn(tx, who, ids)
	if err != nil {
		return nil, err
	}
	cards := make([]Card, len(people))
	for i, p := range people {
		cards[i] = Card{Profile: p, Named: known[p.ID], Lacks: p.Professional.Missing()}
		if !known[p.ID] {
			cards[i].Profile = p.Blind()
		}
	}
	return cards, nil
}

// idsOf returns whom the cards are about.
func idsOf(cards []Card) []string {
	ids := make([]string, len(cards))
	for i, c := range cards {
		ids[i] = c.ID
	}
	return ids
}
