// SPDX-License-Identifier: AGPL-3.0-or-later

package demo

import (
	"context"
	"slices"

	"sankofa/backend/internal/registry"
	"sankofa/backend/internal/store"
)

// SignIn is an account that may be shown to everybody: one for each role.
type SignIn struct {
	Role         string `json:"role"`
	Email        string `json:"email"`
	Password     string `json:"password"`
	Name         string `json:"name"`
	Organisation string `json:"organisation" doc:"That the person acts for; empty for a professional"`
}

// Need is a need of the demonstration.
type Need struct {
	Reference string `json:"reference"`
	Title     string `json:"title"`
	Language  string `json:"language"`
	Country   string `json:"country"`
	State     string `json:"state"`
}

// Character is a person of the stories.
type Character struct {
	Story     int    `json:"story" doc:"Number of the story"`
	Need      string `json:"need" doc:"Reference of the need that the story is about"`
	Pseudonym string `json:"pseudonym" doc:"The same in every demonstration"`
	Name      string `json:"name"`
	Work      string `json:"work" doc:"In the person's own words"`
	Residence string `json:"residence"`
	Email     string `json:"email"`
}

// Description is what somebody needs to know who wants to walk through the
// demonstration.
type Description struct {
	Report
	SignIns    []SignIn    `json:"signIns"`
	Needs      []Need      `json:"needs" doc:"Every need, in the order of the references"`
	Characters []Character `json:"characters"`
}

// Describe says what is there and how to look at it; without a demonstration
// its lists are empty.
func Describe(ctx context.Context, deps Deps) (Description, error) {
	out := Description{SignIns: []SignIn{}, Needs: []Need{}, Characters: []Character{}}
	var err error
	if out.Report, err = Count(ctx, deps.DB); err != nil {
		return out, err
	}
	signIns, err := SignIns(ctx, deps.DB)
	if err != nil || signIns == nil {
		return out, err
	}
	out.SignIns = signIns
	err = deps.DB.View(ctx, func(tx *store.Tx) error {
		if err := tx.Raw(`SELECT reference, title, language, country, state FROM needs WHERE demo ORDER BY reference`).
			Scan(&out.Needs).Error; err != nil {
			return err
		}
		out.Characters, err = charactersIn(tx)
		return err
	})
	return out, err
}

// charactersIn returns the people of the stories who are there.
func charactersIn(tx *store.Tx) ([]Character, error) {
	out := []Character{}
	for _, s := range stories {
		var found []registry.Professional
		if err := tx.Where("pseudonym = ? AND demo = ?", s.pseudonym, true).Limit(1).Find(&found).Error; err != nil {
			return nil, err
		}
		for _, p := range found {
			out = append(out, Character{Story: s.number, Need: s.need, Pseudonym: p.Pseudonym, Name: p.GivenName + " " + p.FamilyName,
				Work: p.OccupationTitle, Residence: p.ResidenceCountry, Email: s.mailbox + "@" + domain})
		}
	}
	return out, nil
}

// SignIns returns the accounts that are shown to everybody, or nil where no
// demonstration is loaded.
func SignIns(ctx context.Context, db *store.DB) ([]SignIn, error) {
	officers, err := readOfficers()
	if err != nil {
		return nil, err
	}
	organisations, err := readOrganisations()
	if err != nil {
		return nil, err
	}
	named := map[string]string{}
	for _, r := range organisations {
		named[r["key"]] = r["name"]
	}
	all := shown(officers, named)
	emails := make([]string, len(all))
	for i, s := range all {
		emails[i] = s.Email
	}
	var there []string
	err = db.View(ctx, func(tx *store.Tx) error {
		return tx.Raw(`SELECT email FROM users WHERE demo AND state = 'active' AND email IN ?`, emails).Scan(&there).Error
	})
	all = slices.DeleteFunc(all, func(s SignIn) bool { return !slices.Contains(there, s.Email) })
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return all, nil
}

// order is how the roles are listed: as the work passes from one to the next.
var order = []string{"association", "professional", "host", "ministry", "coordinator", "administrator"}

// shown lists one account a role.
func shown(officers []record, named map[string]string) []SignIn {
	by := map[string]SignIn{"professional": professionalSignIn()}
	for _, r := range officers {
		if r["printed"] == "yes" {
			by[r["role"]] = SignIn{Role: r["role"], Email: r["mailbox"] + "@" + domain, Password: Password,
				Name: r["name"], Organisation: named[r["organisation"]]}
		}
	}
	var out []SignIn
	for _, role := range order {
		out = append(out, by[role])
	}
	return out
}

// professionalSignIn is the account of the agronomist of story 3.
func professionalSignIn() SignIn {
	p := moussa()
	return SignIn{Role: "professional", Email: "professional@" + domain, Password: Password, Name: p.GivenName + " " + p.FamilyName}
}
