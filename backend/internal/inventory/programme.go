// SPDX-License-Identifier: AGPL-3.0-or-later

package inventory

// programme are the tables of the programme itself: needs, organisations, words.
// They speak of offices and functions, not of people.
var programme = []Table{
	{Name: "ledger_head", Purpose: "Numbers and chains the ledger", Basis: NotOfOne, Term: Shared, text: `
		one  | technical | there is one row
		last | technical | the last number
		hash | technical | the last hash`},
	{Name: "reference_counters", Purpose: "Numbers needs and placements", Basis: NotOfOne, Term: Shared, text: `
		series | technical | which series
		year   | technical | which year
		last   | technical | the last number`},
	{Name: "consent_notices", Purpose: "The texts that people agreed to, kept for ever", Basis: NotOfOne, Term: Shared, text: `
		purpose  | plain     | what for
		version  | plain     | which version
		language | plain     | which language
		title    | plain     | its title
		body     | plain     | its words
		sha256   | technical | tells one text from another`},
	{Name: "organisations", Purpose: "Associations, hosts, ministries and coordinators", Basis: PublicTask, Term: Shared, text: `
		id         | key       | which row it is
		kind       | plain     | what it is
		name       | plain     | its name
		country    | plain     | where
		place      | plain     | in which town
		state      | plain     | whether it takes part
		website    | plain     | where it says more of itself
		summary    | plain     | what it does, in its own words
		state_reason | plain   | why it does not take part at present
		state_at   | technical | since when
		demo       | technical | made up by the demonstration
		version    | technical | keeps two writers from overwriting each other
		created_at | technical | since when`},
	{Name: "programmes", Purpose: "Programmes and their rules", Basis: NotOfOne, Term: Shared, text: `
		id                   | key       | which row it is
		code                 | plain     | its short name
		name                 | plain     | its name
		summary              | plain     | what it does
		minimum_counterparts | plain     | how many counterparts a need has at least
		shortlist_most       | plain     | how many stand on a shortlist at most
		demo                 | technical | made up by the demonstration
		version              | technical | keeps two writers from overwriting each other
		created_at           | technical | since when`},
	{Name: "programme_rates", Purpose: "What a programme pays for stays, by country", Basis: NotOfOne, Term: Shared, text: `
		programme_id | key       | which programme
		rates        | plain     | the rates
		version      | technical | keeps two writers from overwriting each other
		updated_at   | technical | when they were written`},
	{Name: "programme_countries", Purpose: "Which countries a programme serves", Basis: NotOfOne, Term: Shared, text: `
		programme_id | key   | which programme
		country      | plain | which country`},
	{Name: "programme_organisations", Purpose: "Who takes part in a programme", Basis: NotOfOne, Term: Shared, text: `
		programme_id    | key | which programme
		organisation_id | key | which organisation`},
	{Name: "needs", Purpose: "Terms of reference of host institutions", Basis: PublicTask, Term: Shared, text: `
		id               | key       | which row it is
		reference        | plain     | how people name it
		programme_id     | key       | in which programme
		organisation_id  | key       | of which host
		state            | plain     | where it stands
		round            | plain     | how often it was submitted
		submitted_by     | act       | who submitted it
		created_by       | act       | who wrote it
		title            | plain     | its title
		language         | plain     | the language it is written in
		sector           | plain     | its sector
		isco             | plain     | the occupation it asks for
		occupation_title | plain     | the same in words
		background       | plain     | why it is needed
		objectives       | plain     | what it is to reach
		country          | plain     | where
		duty_station     | plain     | in which town
		unit             | plain     | in which unit
		supervisor       | plain     | the function that supervises, not a name
		starts_on        | plain     | from when
		ends_on          | plain     | until when
		shortest_days    | plain     | the shortest stay that helps
		modality         | plain     | there, from afar, or both
		headcount        | plain     | how many posts
		filled           | plain     | how many are filled
		years_experience | plain     | what it asks for
		education_level  | plain     | what it asks for
		education_field  | plain     | what it asks for
		licence_required | plain     | what it asks for
		regulator        | plain     | the council that clears
		non_substitution | plain     | that no local post is replaced
		priority_sector  | plain     | which plan it serves
		opens_on         | plain     | from when it is open
		closes_on        | plain     | until when
		notice_languages | plain     | in which languages it is published
		state_reason     | plain     | why it was closed, extended or cancelled
		resumes_to       | plain     | where it comes back to after a suspension
		resumed_at       | plain     | when it came back
		stood_down_on    | plain     | since when it is not looked for any more
		relay            | plain     | whether several cover it one after the other
		overlap_days     | plain     | how long they are there together
		demo             | technical | made up by the demonstration
		version          | technical | keeps two writers from overwriting each other
		created_at       | technical | since when
		updated_at       | technical | when it was written`},
	{Name: "need_outputs", Purpose: "What a need is to bring about", Basis: NotOfOne, Term: Shared, text: `
		id        | key       | which row it is
		need_id   | key       | of which need
		position  | technical | the order
		output    | plain     | what
		indicator | plain     | how it is measured`},
	{Name: "need_counterparts", Purpose: "Functions that learn from the professional", Basis: NotOfOne, Term: Shared, text: `
		id       | key       | which row it is
		need_id  | key       | of which need
		position | technical | the order
		function | plain     | a function, not a name
		unit     | plain     | its unit`},
	{Name: "need_criteria", Purpose: "What a need asks for", Basis: NotOfOne, Term: Shared, text: `
		id       | key       | which row it is
		need_id  | key       | of which need
		position | technical | the order
		concept  | plain     | the skill
		label    | plain     | in the host's words
		required | plain     | whether it must be
		weight   | plain     | how much it counts`},
	{Name: "need_languages", Purpose: "Languages that a need asks for", Basis: NotOfOne, Term: Shared, text: `
		need_id  | key       | of which need
		position | technical | the order
		language | plain     | which language
		spoken   | plain     | the level of speaking
		written  | plain     | the level of writing
		required | plain     | whether it must be`},
	{Name: "need_contributions", Purpose: "What the host contributes", Basis: NotOfOne, Term: Shared, text: `
		id          | key       | which row it is
		need_id     | key       | of which need
		position    | technical | the order
		kind        | plain     | what
		description | plain     | in words`},
	{Name: "need_positions", Purpose: "The professions that a need's head count is made of", Basis: NotOfOne, Term: Shared, text: `
		id               | key       | which row it is
		need_id          | key       | of which need
		position         | technical | the order
		isco             | plain     | the occupation
		title            | plain     | in the host's words
		headcount        | plain     | how many
		filled           | plain     | how many of them are found
		licence_required | plain     | whether they need a licence`},
	{Name: "need_equipment", Purpose: "Goods that a team brings, for the customs", Basis: NotOfOne, Term: Shared, text: `
		need_id  | key       | of which need
		position | technical | the order
		name     | plain     | what
		quantity | plain     | how many
		value    | plain     | what one is worth
		currency | plain     | in which currency
		serial   | plain     | its serial number
		stays    | plain     | whether it stays with the host`},
	{Name: "teams", Purpose: "Teams that an association put together for a need", Basis: PublicTask, Term: Selecting, text: `
		id              | key       | which row it is
		need_id         | key       | for which need
		organisation_id | key       | the association
		name            | plain     | what the team is called
		statement       | plain     | why this team
		state           | plain     | where it stands
		created_by      | act       | who formed it
		applied_at      | technical | when it applied
		version         | technical | keeps two writers from overwriting each other
		created_at      | technical | since when
		updated_at      | technical | when it was written`},
	{Name: "need_reviews", Purpose: "What ministry and coordinator decided on a need", Basis: PublicTask, Term: Mission, text: `
		id              | key       | which row it is
		need_id         | key       | of which need
		round           | technical | of which submission
		step            | plain     | which step
		outcome         | plain     | what was decided
		reason          | plain     | why
		comments        | plain     | what to mend
		submitted_by    | act       | who submitted
		by_user         | act       | who decided
		by_organisation | act       | for which organisation
		at              | technical | when`},
	{Name: "proposals", Purpose: "Proposals that coordinators asked for", Basis: NotOfOne, Term: Selecting, text: `
		id           | key       | which row it is
		programme_id | key       | in which programme
		round        | technical | the newest round
		by_user      | act       | who asked first
		version      | technical | keeps two writers from overwriting each other
		created_at   | technical | since when
		updated_at   | technical | when it was written`},
	{Name: "esco_concepts", Purpose: "Skills and occupations of ESCO", Basis: NotOfOne, Term: Shared, text: `
		uri  | plain | which concept
		kind | plain | what it is
		isco | plain | its occupation`},
	{Name: "esco_files", Purpose: "Which files of ESCO were read", Basis: NotOfOne, Term: Shared, text: `
		name      | technical | the file
		sha256    | technical | its digest
		records   | technical | how far it was read
		finished  | technical | whether to the end
		announced | technical | whether the ledger says so`},
	{Name: "esco_labels", Purpose: "Words of ESCO", Basis: NotOfOne, Term: Shared, text: `
		uri      | plain | of which concept
		language | plain | in which language
		labels   | plain | the words`},
	{Name: "esco_relations", Purpose: "How concepts of ESCO belong together", Basis: NotOfOne, Term: Shared, text: `
		kind  | plain | how
		skill | plain | which skill
		other | plain | with what`},
	{Name: "local_words", Purpose: "Words that staff teach the vocabulary", Basis: NotOfOne, Term: Shared, text: `
		id            | key       | which row it is
		kind          | plain     | skill or occupation
		concept       | plain     | what it means
		language      | plain     | in which language
		word          | plain     | the word
		folded        | technical | as words are compared
		demo          | technical | made up by the demonstration
		programme_id  | key       | in which programme
		added_by      | act       | who added it
		added_for     | act       | for which organisation
		added_at      | technical | when
		withdrawn_by  | act       | who withdrew it
		withdrawn_for | act       | for which organisation
		withdrawn_at  | technical | when
		reason        | plain     | why`},
}

// officers are the registers of the data-protection officer.
var officers = []Table{
	{Name: "transfers", Purpose: "Transfers of personal data to other countries, with basis and safeguards", Basis: Legal, Term: Evidence, text: `
		id         | key       | which row it is
		recipient  | plain     | to whom
		country    | plain     | in which country
		categories | plain     | which data
		purpose    | plain     | what for
		basis      | plain     | on which basis
		safeguards | plain     | with which safeguards
		contract   | plain     | by which kind of contract
		from_on    | plain     | since when
		until_on   | plain     | until when
		by_user    | act       | who recorded it
		version    | technical | keeps two writers from overwriting each other
		created_at | technical | when`},
	{Name: "breaches", Purpose: "Breaches, what was done, and when whom was told", Basis: Legal, Term: Evidence, text: `
		id                | key       | which row it is
		title             | plain     | in short
		what              | plain     | what happened
		organisation_id   | key       | whose access it concerns
		from_at           | plain     | since when
		to_at             | plain     | until when
		known_at          | plain     | when it became known
		measures          | plain     | what was done
		authority_told_at | plain     | when the authority was told
		people_told_at    | plain     | when people were told
		closed_at         | plain     | when it was closed
		by_user           | act       | who recorded it
		version           | technical | keeps two writers from overwriting each other
		created_at        | technical | when
		consequences      | plain     | what may follow for people
		risk              | plain     | how great the risk for people is
		people            | plain     | about how many people it concerns
		delay             | plain     | why the authority was told late
		words             | plain     | what the people were told
		updated_at        | technical | when it was written last`},
	{Name: "impact_assessments", Purpose: "Notes of impact assessments", Basis: Legal, Term: Shared, text: `
		id         | key       | which row it is
		title      | plain     | in short
		processing | plain     | what is done with whose data
		necessity  | plain     | why it is needed
		risks      | plain     | what may happen to people
		measures   | plain     | what is done against it
		outcome    | plain     | what risk is left
		review_on  | plain     | when it is looked at again
		by_user    | act       | who wrote it
		version    | technical | keeps two writers from overwriting each other
		created_at | technical | when
		updated_at | technical | when it was written last`},
}
