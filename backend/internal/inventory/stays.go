// SPDX-License-Identifier: AGPL-3.0-or-later

package inventory

// ofPlacement is the condition of tables that hang on a placement.
const ofPlacement = "placement_id IN (SELECT id FROM placements WHERE professional_id = @person)"

// stays are the tables of what happens between the accepted offer and the year after.
var stays = []Table{
	{Name: "clearance_signatures", Purpose: "Who has signed the agreement and the work plan", Basis: Contract, Term: Mission,
		Whose: "clearance_id IN (SELECT id FROM clearances WHERE " + ofPlacement + ")", Fate: Kept,
		Reason: "That both sides signed stays with the accounts of the programme.", text: `
		clearance_id | key     | under what
		role         | working | for which side
		by_user      | act     | who
		at           | working | when`},
	{Name: "agreement_acceptances", Purpose: "Which text of the participation agreement each side has accepted", Basis: Contract, Term: Mission, Whose: ofPlacement, Fate: Kept,
		Reason: "That both sides accepted it, and in which words, stays with the accounts of the programme.", text: `
		placement_id | key     | of which placement
		role         | working | for which side
		by_user      | act     | who
		version      | working | of the text
		language     | working | in which it was read
		digest       | working | of the words
		from_on      | working | the first day that was agreed to
		to_on        | working | the last
		at           | working | when`},
	{Name: "clearances", Purpose: "What has to be in order before anybody travels", Basis: Contract, Term: Mission, Whose: ofPlacement, Fate: Scrubbed,
		Reason: "That it was checked stays; numbers and words go.", text: `
		id           | key       | which row it is
		placement_id | key       | of which placement
		kind         | working   | what it is
		mandatory    | working   | whether nobody travels without it
		why          | working   | by which rule it is asked for
		state        | working   | how far it is; of medical fitness the result and nothing else
		reference    | identity  | the number of the paper | ''
		issued_on    | working   | when a letter was written
		valid_from   | working   | since when it holds
		valid_until  | working   | until when it holds
		note         | words     | what the coordinator said of it | ''
		decided_by   | act       | who verified or refused it
		decided_at   | working   | when
		created_at   | technical | when it was made
		updated_at   | technical | when it was written`},
	{Name: "placement_plans", Purpose: "What was promised for a stay when the offer was accepted", Basis: Contract, Term: Mission, Whose: ofPlacement, Fate: Kept,
		Reason: "The accounts of the programme keep what was promised; it does not name you.", text: `
		placement_id  | key     | of which placement
		currency      | working | in which currency
		daily         | working | for a day
		travel        | working | for the journey
		lodged        | working | whether the host lodges
		lodging_share | working | how much is paid then
		tiers         | working | how much is paid for which days
		committed     | working | how much is kept for it
		released      | working | how much of that is free again
		leave_days    | working | how many days of leave for every thirty
		remote_days   | working | how many days of work from elsewhere for every thirty
		at            | working | when`},
	{Name: "allowance_instalments", Purpose: "What of an allowance is paid, and which two people said so", Basis: Contract, Term: Mission, Whose: ofPlacement, Fate: Kept,
		Reason: "Accounts are kept for as long as the law asks; they do not name you.", text: `
		placement_id | key     | of which placement
		number       | working | which one
		amount       | working | how much
		state        | working | whether it is paid
		asked_by     | act     | who asked for it
		asked_at     | working | when
		released_by  | act     | who released it
		released_at  | working | when`},
	{Name: "indicator_values", Purpose: "What was measured at the host before, at the end of, and a year after a stay", Basis: PublicTask, Term: Mission, Whose: ofPlacement, Fate: Kept,
		Reason: "Numbers about the host's work stay with the accounts of the programme; they do not name you.", text: `
		placement_id | key     | of which placement
		number       | key     | of which indicator
		moment       | working | before, meant, at the end, or a year after
		value        | working | how much
		on_day       | working | when it was measured
		measured_by  | working | by which office
		role         | working | of whoever wrote it down
		by_user      | act     | who wrote it down
		at           | working | when`},
	{Name: "placement_indicators", Purpose: "What is measured of a stay", Basis: PublicTask, Term: Mission, Whose: ofPlacement, Fate: Kept,
		Reason: "What is measured at the host stays with the accounts of the programme; it does not name you.", text: `
		placement_id | key     | of which placement
		number       | key     | which indicator
		name         | working | what is measured
		unit         | working | in what
		source       | working | where the values come from`},
	{Name: "session_attendance", Purpose: "How many learnt from a person, by sex and age; nobody is named", Basis: PublicTask, Term: Mission, Whose: ofPlacement, Fate: Kept,
		Reason: "How many were trained stays with the accounts of the programme; it does not name you.", text: `
		placement_id | key     | of which placement
		number       | key     | of which training
		sex          | working | women, men, others
		age          | working | of which years
		people       | working | how many`},
	{Name: "placement_sessions", Purpose: "The counterparts and the trainings of a stay", Basis: PublicTask, Term: Mission, Whose: ofPlacement, Fate: Scrubbed,
		Reason: "That a training was given stays with the accounts of the programme; its title goes.", text: `
		placement_id | key     | of which placement
		number       | key     | which one
		kind         | working | counterparts, or a training
		title        | words   | what it was about | ''
		held_on      | working | when`},
	{Name: "placement_absences", Purpose: "Days of leave and of work from elsewhere", Basis: Contract, Term: Mission, Whose: ofPlacement, Fate: Kept,
		Reason: "They belong to the accounts of the allowance; they do not name you, and say no reason.", text: `
		placement_id | key     | of which placement
		from_on      | working | the first day
		to_on        | working | the last
		kind         | working | leave, or work from elsewhere
		role         | working | of whoever wrote it down
		by_user      | act     | who wrote it down
		at           | working | when`},
	{Name: "placement_steps", Purpose: "Every step of a placement, and who took it", Basis: Contract, Term: Mission, Whose: ofPlacement, Fate: Scrubbed,
		Reason: "The days of service stay with the accounts of the programme; the words go.", text: `
		id              | key     | which row it is
		placement_id    | key     | of which placement
		move            | working | which step
		from_state      | working | from where
		to_state        | working | to where
		role            | working | in which office
		by_user         | act     | who
		by_organisation | act     | for which organisation
		on_day          | working | about which day
		reason          | words   | why | ''
		at              | working | when`},
	{Name: "placement_reports", Purpose: "What both sides tell of a placement", Basis: Contract, Term: Mission, Whose: ofPlacement, Fate: Scrubbed,
		Reason: "That a report was given stays; what it says goes.", text: `
		id           | key       | which row it is
		placement_id | key       | of which placement
		kind         | working   | which report
		body         | words     | the answers | '{}'
		role         | working   | of which side
		by_user      | act       | who wrote it
		created_at   | working   | when it was first given
		source       | working   | by the screens, by a link, or as a file
		of_team      | working   | whether it was said of a whole team
		updated_at   | technical | when it was last written`},
	{Name: "placement_links", Purpose: "Lets a host evaluate without an account", Basis: Contract, Term: Passing, Whose: ofPlacement, Fate: Deleted, text: `
		token_hash   | secret    | of the link
		placement_id | key       | of which placement
		kind         | working   | which form it opens
		created_by   | act       | who made it
		created_at   | technical | when
		expires_at   | technical | until when it works`},
	{Name: "emergency_contacts", Purpose: "Whom to tell when something has happened to somebody", Basis: Contract, Term: WhileUsed, Whose: "professional_id = @person", Fate: Deleted, text: `
		id              | key       | which row it is
		professional_id | key       | whose contact
		position        | technical | in which order
		name            | identity  | of the contact
		phone           | contact   | of the contact
		relation        | words     | what they are to the person
		updated_at      | technical | when it was written`},
	{Name: "incidents", Purpose: "What went wrong, told in confidence to the coordinator", Basis: Legal, Term: Mission, Whose: ofPlacement, Fate: Scrubbed,
		Reason: "That it was told and dealt with stays; the words go.", text: `
		id           | key       | which row it is
		programme_id | key       | of which programme
		placement_id | key       | of which placement
		filed_by     | act       | who told it
		role         | working   | in which office
		kind         | working   | what it is about
		happened_on  | working   | when it happened
		body         | secret    | what was told, perhaps by somebody else than the person | ''
		state        | working   | how far it is
		outcome      | secret    | what was done | '-'
		decided_by   | act       | who worked on it
		version      | technical | keeps two writers from overwriting each other
		created_at   | working   | when it was told
		updated_at   | technical | when it was written`},
	{Name: "certificates", Purpose: "Lets whoever holds a certificate of service check that it is real", Basis: Contract, Term: Mission, Whose: ofPlacement, Fate: Kept,
		Reason: "A certificate that you have given to somebody can still be checked; it does not name you.", text: `
		code         | working | what is typed to check it
		placement_id | key     | of which placement
		days         | working | how many days it certifies
		issued_on    | working | when it was issued`},
}
