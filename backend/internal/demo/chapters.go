// SPDX-License-Identifier: AGPL-3.0-or-later

package demo

// chapter is a need whose selection has begun, with whom it has come how far. All
// days are counted from the day of loading, so that the demonstration is in mid-life
// whenever it is loaded.
type chapter struct {
	reference string
	place     string // key of an organisation
	words     string // reference of the written terms that it borrows its words from
	from, to  int    // of the stay
	shortlist int    // the day of the shortlist
	posts     int
	committee bool
	chosen    []end // of those on the shortlist, best first; at most ten
	others    []end // of those who come by themselves, and never onto it
}

// end is how far somebody has come.
type end string

// Before the shortlist.
const (
	nominated  end = "nominated"
	applied    end = "applied"
	eligible   end = "eligible"
	ineligible end = "ineligible"
	longlisted end = "longlisted"
	dismissed  end = "dismissed"
	withdrawn  end = "withdrawn"
)

// From the shortlist to the offer.
const (
	shortlisted end = "shortlisted"
	doubted     end = "doubted"     // a statement may be false, and the person may reply
	assessing   end = "assessing"   // one member has judged
	judged      end = "judged"      // two members have
	recommended end = "recommended" // by the committee
	reserve     end = "reserve"
	notSelected end = "not selected" // by the committee
	endorsed    end = "endorsed"
	unopposed   end = "unopposed"
	objected    end = "objected"
	refused     end = "refused" // by the host
	reviewed    end = "reviewed"
	offered     end = "offered"
	declined    end = "declined"
	left        end = "left" // withdrew after the host's yes
)

// From the accepted offer on.
const (
	preparing  end = "preparing"
	partly     end = "partly"  // some clearances are there
	guarded    end = "guarded" // the stay would end the right to live abroad
	cleared    end = "cleared"
	travelling end = "travelling"
	arriving   end = "arriving" // one side has confirmed the arrival
	onDuty     end = "on duty"
	extending  end = "extending"
	suspended  end = "suspended"
	evacuated  end = "evacuated"
	curtailed  end = "curtailed"
	ended      end = "ended" // reports are missing
	completed  end = "completed"
	followed   end = "followed up"
	postponed  end = "postponed"
	cancelled  end = "cancelled"
)

// stays are the ends of those who accepted.
var stays = []end{preparing, partly, guarded, cleared, travelling, arriving, onDuty, extending, suspended, evacuated, curtailed, ended, completed, followed, postponed, cancelled}

// chapters are all of them. The host, the ministry, the association and the
// professional whose sign-ins are shown work in Senegal: most happens there.
var chapters = []chapter{
	{reference: "DEMO-L01", place: "thies", words: "DEMO-03", from: 60, to: 101, shortlist: -18, posts: 2, committee: true,
		chosen: []end{recommended, judged, assessing, reserve, notSelected}, others: []end{longlisted, eligible, applied, ineligible, withdrawn, dismissed}},
	{reference: "DEMO-L02", place: "thies", words: "DEMO-03", from: 95, to: 150, posts: 2,
		others: []end{nominated, nominated, applied, applied, applied, eligible, longlisted, withdrawn}},
	{reference: "DEMO-L03", place: "thies", words: "DEMO-03", from: -48, to: 30, shortlist: -95, posts: 3,
		chosen: []end{onDuty, extending, suspended, refused}, others: []end{dismissed, ineligible}},
	{reference: "DEMO-L04", place: "thies", words: "DEMO-03", from: -80, to: -12, shortlist: -130, posts: 2, chosen: []end{ended, curtailed}, others: []end{dismissed}},
	{reference: "DEMO-L05", place: "kaolack", words: "DEMO-29", from: 24, to: 228, shortlist: -24, posts: 4,
		chosen: []end{partly, guarded, endorsed, unopposed}, others: []end{withdrawn, dismissed}},
	{reference: "DEMO-L06", place: "kaolack", words: "DEMO-29", from: -190, to: -130, shortlist: -240, posts: 1, chosen: []end{completed}, others: []end{ineligible}},
	{reference: "DEMO-L07", place: "kumasi", words: "DEMO-01", from: 55, to: 110, shortlist: -14, posts: 3,
		chosen: []end{offered, unopposed, endorsed, objected, declined, shortlisted, shortlisted, reviewed, doubted}, others: []end{longlisted, eligible, dismissed, withdrawn}},
	{reference: "DEMO-L08", place: "tamale", words: "DEMO-28", from: -16, to: 60, shortlist: -60, posts: 3, chosen: []end{onDuty, onDuty, refused}, others: []end{ineligible}},
	{reference: "DEMO-L09", place: "kumasi", words: "DEMO-01", from: 1, to: 62, shortlist: -45, posts: 3, chosen: []end{travelling, cleared, cancelled}, others: []end{dismissed}},
	{reference: "DEMO-L10", place: "hargeisa", words: "DEMO-02", from: -30, to: 75, shortlist: -80, posts: 3, chosen: []end{onDuty, evacuated, refused}, others: []end{withdrawn}},
	{reference: "DEMO-L11", place: "garowe", words: "DEMO-32", from: -520, to: -450, shortlist: -570, posts: 1, chosen: []end{followed}, others: []end{dismissed}},
	{reference: "DEMO-L12", place: "hargeisa", words: "DEMO-02", from: 75, to: 140, shortlist: -9, posts: 2, committee: true,
		chosen: []end{judged, assessing, shortlisted, recommended}, others: []end{longlisted, applied}},
	{reference: "DEMO-L13", place: "lubumbashi", words: "DEMO-07", from: 0, to: 55, shortlist: -50, posts: 3, chosen: []end{arriving, postponed, preparing}, others: []end{dismissed, ineligible}},
	{reference: "DEMO-L14", place: "goma", words: "DEMO-31", from: 70, to: 120, shortlist: -13, posts: 2,
		chosen: []end{endorsed, left, shortlisted, offered}, others: []end{longlisted, eligible, withdrawn}},
	{reference: "DEMO-L15", place: "bo", words: "DEMO-08", from: 45, to: 120, shortlist: -20, posts: 2,
		chosen: []end{partly, offered, shortlisted}, others: []end{longlisted, dismissed}},
	{reference: "DEMO-L16", place: "praia", words: "DEMO-22", from: -170, to: -110, shortlist: -220, posts: 1, chosen: []end{completed}, others: []end{dismissed}},
}
