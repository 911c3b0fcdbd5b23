// SPDX-License-Identifier: AGPL-3.0-or-later

package inventory

// candidacy is the condition of tables that hang on a candidacy.
const candidacy = "candidacy_id IN (SELECT id FROM candidacies WHERE professional_id = @person)"

// selections are the tables of searches, rankings, choices and placements.
var selections = []Table{
	{Name: "alerts", Purpose: "Tells a coordinator that somebody new meets a saved search", Basis: Consent, Term: Passing, Whose: mine, Fate: Deleted, text: `
		id              | key     | which row it is
		search_id       | key     | the search
		user_id         | act     | who is told
		professional_id | key     | about whom
		event           | working | by which event they came
		found_at        | working | when
		due_at          | working | when it is told
		read_at         | working | when it was read`},
	{Name: "saved_search_people", Purpose: "Who is known to meet a watched search, so that only who comes newly is told of", Basis: Consent, Term: WhileUsed, Whose: mine, Fate: Deleted, text: `
		search_id       | working | the search
		professional_id | key     | who meets it`},
	{Name: "shown_people", Purpose: "Who stood where in a ranking that somebody saw, to keep rankings fair", Basis: PublicTask, Term: Selecting, Whose: "pseudonym = @pseudonym", Fate: Deleted, text: `
		ranking_id | working   | which ranking
		rank       | working   | the place
		pseudonym  | pseudonym | who
		score      | working   | the score`},
	{Name: "decisions", Purpose: "Who decided what on a candidacy, and why", Basis: PublicTask, Term: Mission, Whose: candidacy, Fate: Scrubbed,
		Reason: "That a decision was made stays; the words about you go.", text: `
		id              | key     | which row it is
		candidacy_id    | key     | on which candidacy
		step            | working | which of the steps
		outcome         | working | yes or no
		reason          | words   | why, in the officer's words | '[erased]'
		by_user         | act     | who decided
		by_organisation | act     | for which organisation
		at              | working | when
		round           | working | the how-manieth time
		for_user        | act     | for which colleague`},
	{Name: "application_drafts", Purpose: "Tells somebody who has begun an application before the call closes; the words stay on their device", Basis: Contract, Term: Passing, Whose: mine, Fate: Deleted, text: `
		need_id         | working | for which need
		professional_id | key     | who
		begun_at        | working | when`},
	{Name: "placements", Purpose: "Who goes where and when; the programme accounts for it", Basis: Contract, Term: Mission, Whose: mine, Fate: Scrubbed,
		Reason: "Accounts and statistics of the programme rest on it. Your pseudonym stands in it.", text: `
		id              | key       | which row it is
		reference       | working   | how people name it
		programme_id    | key       | of which programme
		need_id         | working   | for which need
		candidacy_id    | key       | from which candidacy
		professional_id | key       | who
		organisation_id | working   | with which host
		state           | working   | where it stands
		modality        | working   | there, from afar, or both
		from_on         | working   | since when
		to_on           | working   | until when
		reason          | words     | why it was cancelled, postponed or cut short | ''
		extension_to    | working   | the last day that is asked for, while it is
		version         | technical | keeps two writers from overwriting each other
		created_at      | working   | when it was made
		updated_at      | technical | when it was written`},
	{Name: "candidacies", Purpose: "Who stands for which need, and how the choice went", Basis: Contract, Term: Selecting, Whose: mine, Fate: Scrubbed,
		Reason: "How many stood and how far they came stays countable; words and the frozen profile go.", text: `
		id              | key       | which row it is
		need_id         | working   | for which need
		professional_id | key       | who
		origin          | working   | how it came about
		nominated_by    | working   | the association that put the person forward
		statement       | words     | why, in the person's or the association's words | ''
		submitted_at    | working   | since when partners may know of it
		state           | working   | where it stands
		snapshot_id     | key       | the ranking that it rests on
		profile         | words     | the profile as it was at the shortlist | ''
		score           | working   | the score at the shortlist
		from_on         | working   | from when
		to_on           | working   | until when
		answer_by       | working   | when it lapses
		end_reason      | words     | why the person left | ''
		placement       | working   | the placement that came of it
		round           | working   | the how-manieth time it is decided on
		rules           | working   | what each rule of eligibility found
		reason_code     | working   | why not, from the list
		resumes_to      | working   | the end that a review looks at again
		ended_at        | working   | when it came to that end
		decide_by       | working   | when whoever decides is late
		escalated_at    | working   | since when others know of that
		position_id     | working   | which of the need's positions
		team_id         | working   | the team that the person stands in
		chain_version   | technical | by which version of the chain it is decided
		version         | technical | keeps two writers from overwriting each other
		created_at      | working   | when it was made
		updated_at      | technical | when it was written`},
	{Name: "ranking_snapshots", Purpose: "Rankings as they stood when a shortlist was made, so that a choice can be explained later", Basis: PublicTask, Term: Mission,
		Section: "rankings", Fate: Edited, Reason: "Your place and score stay by pseudonym, so that the choice among the others can be explained. Your words go.", text: `
		id             | key       | which row it is
		need_id        | key       | for which need
		taken_at       | technical | when
		by_user        | act       | who made the shortlist
		algorithm      | technical | the version of the rules
		index_position | technical | what the ranking knew of
		body           | working   | the ranking, by pseudonyms
		redactions     | technical | how often people were taken out
		sha256         | technical | proves that the body is unchanged`},
	{Name: "proposal_rounds", Purpose: "Who could go where for all open needs together", Basis: PublicTask, Term: Selecting,
		Section: "proposals", Fate: Edited, Reason: "The line about you is taken out.", text: `
		proposal_id | key       | of which proposal
		round       | technical | the how-manieth time
		by_user     | act       | who asked
		at          | technical | when
		position    | technical | what the answer knew of
		posts       | plain     | how many posts it fills
		empty       | plain     | how many stay empty
		pins        | plain     | how many were held
		inputs      | working   | limits and held pairs, by pseudonyms
		result      | working   | who goes where, by pseudonyms`},
	{Name: "host_preferences", Purpose: "How a host orders the people on its shortlist", Basis: PublicTask, Term: Selecting,
		Section: "hostPreferences", Fate: Edited, Reason: "You are taken out of the list.", text: `
		need_id    | key       | for which need
		items      | working   | identifiers of people, the most wanted first
		version    | technical | keeps two writers from overwriting each other
		updated_at | technical | when it was written`},
}

// accounts are the tables of whoever signs in.
var accounts = []Table{
	{Name: "sessions", Purpose: "Keeps somebody signed in", Basis: Contract, Term: Passing, Whose: "user_id = @user", Fate: Deleted, text: `
		token_hash    | secret    | recognises the browser without keeping its key
		user_id       | key       | who
		membership_id | key       | acting in which office
		delegation_id | key       | acting for which colleague
		created_at    | working   | since when
		seen_at       | working   | when last
		expires_at    | technical | until when`},
	{Name: "idempotency_keys", Purpose: "Makes a request that is sent twice count once", Basis: Contract, Term: Passing, Whose: "user_id = @user", Fate: Deleted, text: `
		user_id | key       | who sent it
		key     | technical | the browser's name for the request
		request | technical | a digest of the request
		subject | key       | what it made
		at      | technical | when`},
	{Name: "users", Purpose: "Accounts of whoever signs in", Basis: Contract, Term: WhileMember,
		Whose: "id = @user AND NOT EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = users.id)", Fate: Deleted, text: `
		id             | key       | which row it is
		email          | contact   | to sign in
		name           | identity  | to sign what the person does, and to greet them
		locale         | working   | the language of the screens
		password_hash  | secret    | recognises the password without keeping it
		state          | working   | whether the account is open
		totp_secret    | secret    | checks the second factor
		totp_confirmed | working   | that there is a second factor
		totp_last_step | technical | lets a code work once
		demo           | technical | made up by the demonstration
		unconfirmed    | technical | that the address waits for its confirmation
		version        | technical | keeps two writers from overwriting each other
		created_at     | working   | since when`},
	{Name: "memberships", Purpose: "Who acts for which organisation, in which role", Basis: Contract, Term: WhileMember, text: `
		id              | key       | which row it is
		user_id         | key       | who
		organisation_id | key       | for which organisation
		programme_id    | key       | in which programme
		role            | act       | as what
		state           | technical | whether it stands
		version         | technical | keeps two writers from overwriting each other
		created_at      | technical | since when`},
	{Name: "saved_searches", Purpose: "Searches that officers keep under a name", Basis: Contract, Term: WhileMember, text: `
		id           | key       | which row it is
		programme_id | key       | in which programme
		owner_id     | act       | whose it is
		kind         | plain     | people, or the best for a need
		name         | act       | what the officer calls it
		query        | act       | what is searched
		choices      | plain     | the chosen facets
		exact        | plain     | whether words are taken as they are
		locale       | plain     | the language of the words
		need_id      | key       | the watched need
		best         | plain     | how many of the best are watched
		shared       | plain     | whether colleagues see it
		watched      | technical | whether somebody wants alerts
		seen         | technical | how far its memory goes
		version      | technical | keeps two writers from overwriting each other
		created_at   | technical | since when
		updated_at   | technical | when it was written`},
	{Name: "saved_search_followers", Purpose: "What each reader of a saved search wants of it", Basis: Contract, Term: WhileMember, text: `
		search_id | key | which search
		user_id   | act | who reads it
		pinned    | act | whether it stands on the home page
		frequency | act | how often alerts are told`},
	{Name: "shown_rankings", Purpose: "Who saw which ranking, by which rules", Basis: PublicTask, Term: Selecting, text: `
		id              | key       | which row it is
		programme_id    | key       | in which programme
		need_id         | key       | for which need
		seen_by         | act       | who saw it
		organisation_id | act       | for which organisation
		role            | act       | as what
		at              | technical | when
		algorithm       | technical | the version of the rules
		index_position  | technical | what the ranking knew of
		source          | technical | index or database
		considered      | plain     | how many were looked at
		passed          | plain     | how many met the conditions
		shown           | plain     | how many were shown
		demo            | technical | made up by the demonstration`},
	{Name: "ledger", Purpose: "What happened, by whom and when: the audit trail, by identifiers, never values", Basis: Legal, Term: Trail,
		Whose: "subject = @person OR by_user = @user", Fate: Kept,
		Reason: "The chain of entries proves that nobody changed the past. It holds identifiers that lead to nobody once you are erased.", text: `
		number          | technical | the order
		at              | working   | when
		by_user         | act       | who did it, by identifier
		by_organisation | working   | for which organisation
		name            | working   | what happened
		subject         | key       | to what or whom, by identifier
		details         | working   | identifiers and names of fields
		hash            | technical | chains it to the entry before`},
}
