// SPDX-License-Identifier: AGPL-3.0-or-later

package placements

import (
	"slices"
	"time"

	"sankofa/backend/internal/day"
	"sankofa/backend/internal/fault"
)

// ClearanceKind is one thing that has to be in order before anybody travels.
type ClearanceKind string

// The kinds of clearances, in the order in which they are looked after.
const (
	Agreement     ClearanceKind = "agreement"       // the participation agreement, signed
	WorkPlan      ClearanceKind = "work_plan"       // signed by person, host and coordinator (TOKTEN's rule)
	Registration  ClearanceKind = "registration"    // with the professional council of the country
	GoodStanding  ClearanceKind = "good_standing"   // a letter of the council that the person belongs to
	Insurance     ClearanceKind = "insurance"       // health, accident and liability, for every day
	Medical       ClearanceKind = "medical"         // fit or not: the result, and nothing of why
	Entry         ClearanceKind = "entry"           // visa, or the right to enter without one
	RightOfReturn ClearanceKind = "right_of_return" // to the country where the person lives
	Employer      ClearanceKind = "employer"        // release by whoever employs the person
	Briefing      ClearanceKind = "briefing"        // security, safeguarding and passing on of skills
	Safeguarding  ClearanceKind = "safeguarding"    // the declaration that nobody was harmed by the person
	HostReady     ClearanceKind = "host_readiness"  // counterparts, space and equipment, three weeks before
)

// ClearanceState is how far a clearance is.
type ClearanceState string

// The states of a clearance.
const (
	Open     ClearanceState = "OPEN"
	Provided ClearanceState = "PROVIDED" // somebody has brought it; nobody has looked yet
	Verified ClearanceState = "VERIFIED"
	Refused  ClearanceState = "REFUSED"
	Waived   ClearanceState = "WAIVED" // the coordinator says why it is not needed
)

// Clearance is one line of the checklist of a placement.
type Clearance struct {
	ID          string
	PlacementID string
	Kind        ClearanceKind
	Mandatory   bool
	Why         string // the rule that asks for it
	State       ClearanceState
	Reference   string
	IssuedOn    day.Day
	ValidFrom   day.Day
	ValidUntil  day.Day
	Note        string
	DecidedBy   string
	DecidedAt   *time.Time
	CreatedAt   time.Time
	UpdatedAt   time.Time
}

// Limits of what a paper must reach.
const (
	// ReturnBuffer is how many days the right to return has to outlast the stay: a
	// flight that is missed must not cost anybody their residence.
	ReturnBuffer = 30
	// GoodStandingAge is how old a letter of good standing may be on the first day,
	// in days. Councils of the region ask for one of the last three months.
	GoodStandingAge = 90
)

// Facts is what the rules of the checklist look at.
type Facts struct {
	Regulated  bool   // the need asks for a licence
	Modality   string // "onsite", "virtual", "hybrid"
	OriginLink string // of the person to the country: "citizen" enters without a visa
	Residence  string // their status where they live: "citizen", "permanent", …
	Employed   bool   // a post of theirs has no end
}

// rule is a line of the checklist, and whom it is for.
type rule struct {
	kind ClearanceKind
	why  string
	when func(Facts) bool
}

func always(Facts) bool      { return true }
func travels(f Facts) bool   { return f.Modality != "virtual" }
func regulated(f Facts) bool { return f.Regulated }

// rules make the checklist; the screens say what each is for.
var rules = []rule{
	{Agreement, "always", always},
	{WorkPlan, "always", always},
	{Registration, "regulated", regulated},
	{GoodStanding, "regulated", regulated},
	{Insurance, "travels", travels},
	{Medical, "travels", travels},
	{Entry, "not_a_citizen", func(f Facts) bool { return travels(f) && f.OriginLink != "citizen" }},
	{RightOfReturn, "lives_abroad_by_permit", func(f Facts) bool { return travels(f) && f.Residence != "citizen" }},
	{Employer, "employed", func(f Facts) bool { return f.Employed }},
	{Briefing, "always", always},
	{Safeguarding, "always", always},
	{HostReady, "travels", travels},
}

// Checklist lists what has to be cleared for a placement.
func Checklist(f Facts) []Clearance {
	var all []Clearance
	for _, r := range rules {
		if r.when(f) {
			all = append(all, Clearance{Kind: r.kind, Mandatory: true, Why: r.why, State: Open})
		}
	}
	return all
}

// signers are who has to sign what several sign; it is verified when all have.
var signers = map[ClearanceKind][]string{
	WorkPlan:  {"professional", "host", "coordinator"},
	Agreement: {"professional", "host", "coordinator"},
}

// bringers are who may bring a paper, besides the coordinator.
var bringers = map[ClearanceKind][]string{
	Registration: {"professional", "host"}, GoodStanding: {"professional"}, Insurance: {"professional"}, Medical: {"professional"},
	Entry: {"professional", "host"}, RightOfReturn: {"professional"}, Employer: {"professional"}, Briefing: {"professional"},
	Safeguarding: {"professional"}, HostReady: {"host"},
}

// Paper is what somebody brings for a clearance.
type Paper struct {
	Reference  string
	IssuedOn   day.Day
	ValidFrom  day.Day
	ValidUntil day.Day
}

// Short tells why a paper does not reach: a code, or nothing when it does. The stay
// is from one day to another, both included.
func (c Clearance) Short(from, to day.Day) string {
	switch c.Kind {
	case Insurance:
		if !c.ValidFrom.Valid() || !c.ValidUntil.Valid() || c.ValidFrom > from || c.ValidUntil < to {
			return "covers_not_all_days"
		}
	case RightOfReturn:
		if c.ValidUntil.Valid() && c.ValidUntil < to.Add(ReturnBuffer) {
			return "ends_too_soon"
		}
	case GoodStanding:
		if !c.IssuedOn.Valid() {
			return "no_date"
		}
		if c.IssuedOn > from {
			return "dated_later"
		}
		if c.Age(from) > GoodStandingAge {
			return "too_old"
		}
	case Registration, Entry, Medical, Employer:
		if c.ValidFrom.Valid() && c.ValidFrom > from {
			return "begins_too_late"
		}
		if c.ValidUntil.Valid() && c.ValidUntil < to {
			return "ends_too_soon"
		}
	}
	return ""
}

// Age is how many days old the letter is on the day.
func (c Clearance) Age(on day.Day) int { return day.Length(c.IssuedOn, on) - 1 }

// Done tells whether nothing is left to do for a clearance.
func (c Clearance) Done(from, to day.Day) bool {
	return !c.Mandatory || c.State == Waived || c.State == Verified && c.Short(from, to) == ""
}

// Bring notes a paper; what was decided about an earlier one is void.
func (c *Clearance) Bring(p Paper) {
	c.Reference, c.IssuedOn, c.ValidFrom, c.ValidUntil = p.Reference, p.IssuedOn, p.ValidFrom, p.ValidUntil
	c.State, c.Note, c.DecidedBy, c.DecidedAt = Provided, "", "", nil
}

// Decide is the coordinator's word about a paper. One that does not reach cannot be
// verified, whoever says so.
func (c *Clearance) Decide(state ClearanceState, note, by string, now time.Time, from, to day.Day) error {
	if !slices.Contains([]ClearanceState{Verified, Refused, Waived}, state) {
		return fault.New(fault.Invalid, "clearance.decision", "Say whether this is verified, refused or waived.")
	}
	if state == Verified {
		if len(signers[c.Kind]) > 0 {
			return fault.New(fault.Conflict, "clearance.signed", "This counts when everybody has signed it.")
		}
		if code := c.Short(from, to); code != "" {
			return c.shortfall(code, from, to)
		}
	}
	c.State, c.Note, c.DecidedBy, c.DecidedAt = state, note, by, &now
	return nil
}

// shortfall says in a sentence why a paper does not reach.
func (c Clearance) shortfall(code string, from, to day.Day) error {
	switch code {
	case "covers_not_all_days":
		return fault.New(fault.Conflict, "clearance.covers_not_all_days", "It has to cover every day from %s to %s.", from, to)
	case "too_old":
		return fault.New(fault.Conflict, "clearance.too_old",
			"The letter is %d days old on the first day, and may be %d at most. Please ask for a newer one.", c.Age(from), GoodStandingAge)
	case "no_date", "dated_later":
		return fault.New(fault.Conflict, "clearance."+code, "Please give the day on which the letter was written, not later than %s.", from)
	case "begins_too_late":
		return fault.New(fault.Conflict, "clearance.begins_too_late", "It begins on %s, and the stay on %s.", c.ValidFrom, from)
	}
	if c.Kind == RightOfReturn {
		return fault.New(fault.Conflict, "clearance.ends_too_soon",
			"It ends on %s. It has to reach %d days beyond the last day: %s.", c.ValidUntil, ReturnBuffer, to.Add(ReturnBuffer))
	}
	return fault.New(fault.Conflict, "clearance.ends_too_soon", "It ends on %s, before the last day %s.", c.ValidUntil, to)
}

// Reopen takes back what was verified and no longer reaches, because the days have
// changed. It tells whether it did.
func (c *Clearance) Reopen(from, to day.Day) bool {
	if c.State != Verified || c.Short(from, to) == "" {
		return false
	}
	c.State, c.DecidedBy, c.DecidedAt = Provided, "", nil
	return true
}
