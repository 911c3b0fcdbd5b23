// SPDX-License-Identifier: AGPL-3.0-or-later

// Package funding knows what stays cost: the rates of a programme by country, and how
// they become an amount. Money is counted in minor units of its currency, never in
// fractions.
package funding

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"

	"sankofa/backend/internal/fault"
)

// Tier is a stretch of a stay and how much of the daily rate is paid for its days.
type Tier struct {
	Days    int `json:"days"`    // so many; 0: all that are left
	Percent int `json:"percent"` // of the daily rate
}

// Rate is what a programme pays for stays in a country.
type Rate struct {
	Country      string `json:"country"`      // ISO 3166; empty: wherever no other rate is
	Currency     string `json:"currency"`     // ISO 4217
	Daily        int64  `json:"daily"`        // minor units a day
	Travel       int64  `json:"travel"`       // minor units a stay
	LodgingShare int    `json:"lodgingShare"` // percent of the allowance for whom the host lodges
	Tiers        []Tier `json:"tiers"`        // none: every day in full
	// For every thirty days of a stay, rounded up; for days beyond them no allowance is
	// paid. Nil: no limit is set.
	LeaveDays  *int `json:"leaveDays,omitempty"`  // of leave
	RemoteDays *int `json:"remoteDays,omitempty"` // of work from elsewhere
}

// Allowance returns what a stay of so many days is paid, in minor units. Each tier is
// rounded to the nearest unit, halves up.
func (r Rate) Allowance(days int, lodged bool) int64 {
	share := int64(100)
	if lodged {
		share = int64(r.LodgingShare)
	}
	var sum int64
	left := max(days, 0)
	pay := func(n, percent int) {
		sum += (r.Daily*int64(n)*int64(percent)*share + 5_000) / 10_000
		left -= n
	}
	for _, t := range r.Tiers {
		n := left
		if t.Days > 0 {
			n = min(t.Days, left)
		}
		pay(n, t.Percent)
	}
	if len(r.Tiers) == 0 {
		pay(left, 100)
	}
	return sum
}

// Cost is the allowance and the journey.
func (r Rate) Cost(days int, lodged bool) int64 { return r.Allowance(days, lodged) + r.Travel }

// Limits of what rates may be: far above what anybody is paid.
const (
	mostAmount = 2_000_000_000
	mostRates  = 100
	mostTiers  = 10
	mostDays   = 731
)

var currency = regexp.MustCompile(`^[A-Z]{3}$`)

// check complains about rates that cannot be meant.
func check(rates []Rate, country func(string) bool) error {
	var c fault.Check
	c.That(len(rates) <= mostRates, "rates", "rows.many", "Please give %d at most.", mostRates)
	seen := map[string]bool{}
	for i, r := range rates {
		at := func(field string) string { return fmt.Sprintf("rates[%d].%s", i, field) }
		c.That(r.Country == "" || country(r.Country), at("country"), "country.unknown", "We do not know this country. Please choose one from the list.")
		c.That(!seen[r.Country], at("country"), "country.twice", "There is a rate for this country already.")
		seen[r.Country] = true
		c.That(currency.MatchString(r.Currency), at("currency"), "currency.unknown", "Please write the currency as three letters, such as EUR.")
		c.That(r.Daily >= 0 && r.Daily <= mostAmount, at("daily"), "number.range", "Please give a number from %d to %d.", 0, int64(mostAmount))
		c.That(r.Travel >= 0 && r.Travel <= mostAmount, at("travel"), "number.range", "Please give a number from %d to %d.", 0, int64(mostAmount))
		c.That(r.LodgingShare >= 0 && r.LodgingShare <= 100, at("lodgingShare"), "number.range", "Please give a number from %d to %d.", 0, 100)
		c.That(r.LeaveDays == nil || *r.LeaveDays >= 0 && *r.LeaveDays <= 30, at("leaveDays"), "number.range", "Please give a number from %d to %d.", 0, 30)
		c.That(r.RemoteDays == nil || *r.RemoteDays >= 0 && *r.RemoteDays <= 30, at("remoteDays"), "number.range", "Please give a number from %d to %d.", 0, 30)
		checkTiers(&c, r.Tiers, at("tiers"))
	}
	return c.Err()
}

func checkTiers(c *fault.Check, tiers []Tier, field string) {
	c.That(len(tiers) <= mostTiers, field, "rows.many", "Please give %d at most.", mostTiers)
	for k, t := range tiers {
		at := fmt.Sprintf("%s[%d].", field, k)
		last := k == len(tiers)-1
		c.That(t.Percent >= 0 && t.Percent <= 100, at+"percent", "number.range", "Please give a number from %d to %d.", 0, 100)
		c.That(t.Days >= 0 && t.Days <= mostDays, at+"days", "number.range", "Please give a number from %d to %d.", 0, mostDays)
		c.That((t.Days == 0) == last, at+"days", "tiers.rest", "Each step says for how many days it holds; the last holds for all that are left, and says 0.")
	}
}

// Spelled is the tiers as they are kept.
func Spelled(tiers []Tier) string {
	text, _ := json.Marshal(slices.Concat([]Tier{}, tiers)) // numbers
	return string(text)
}

// Read is Spelled backwards.
func Read(text string) []Tier {
	var tiers []Tier
	_ = json.Unmarshal([]byte(text), &tiers) // written by us
	return tiers
}
