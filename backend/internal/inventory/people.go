// SPDX-License-Identifier: AGPL-3.0-or-later

package inventory

// mine is the condition of tables that name the professional.
const mine = "professional_id = @person"

// people are the tables of the registry, of consents and of what persons decide.
var people = []Table{
	{Name: "visibility", Purpose: "Who can be found at all", Basis: Consent, Term: WhileUsed, Whose: mine, Fate: Deleted, text: `
		professional_id | key       | whom it lets be found
		consent_id      | key       | the consent that it rests on
		purpose         | technical | holds the row to the consent to be found
		status          | technical | holds the row to a consent that stands
		since           | working   | since when the person can be found`},
	{Name: "professional_skills", Purpose: "What a person can do, to match it with needs", Basis: Consent, Term: WhileUsed, Whose: mine, Fate: Deleted, text: `
		id              | key       | which row it is
		professional_id | key       | whose it is
		position        | technical | the order in which the person put them
		concept         | working   | the skill, as needs name it
		label           | words     | the skill in the person's own words
		level           | working   | how well the person can do it
		years           | working   | for how long
		last_used       | working   | the year in which it was last used
		evidence        | working   | what stands behind it`},
	{Name: "professional_languages", Purpose: "The languages of a person, to meet what a need asks for", Basis: Consent, Term: WhileUsed, Whose: mine, Fate: Deleted, text: `
		professional_id | key     | whose it is
		language        | working | which language
		native          | working | that it is the first language
		listening       | working | level of listening
		reading         | working | level of reading
		interaction     | working | level of conversation
		production      | working | level of speaking
		writing         | working | level of writing`},
	{Name: "professional_education", Purpose: "Education of a person, to meet what a need asks for", Basis: Consent, Term: WhileUsed, Whose: mine, Fate: Deleted, text: `
		id              | key       | which row it is
		professional_id | key       | whose it is
		position        | technical | the order
		level           | working   | level of the degree
		field           | working   | field of study
		title           | words     | the title in the person's words
		institution     | words     | where it was earned
		country         | working   | in which country
		year            | working   | in which year`},
	{Name: "professional_licences", Purpose: "Registrations with councils, to clear a person for practice", Basis: Consent, Term: WhileUsed, Whose: mine, Fate: Deleted, text: `
		id               | key       | which row it is
		professional_id  | key       | whose it is
		position         | technical | the order
		body             | words     | the council
		number           | identity  | to ask the council about the registration
		country          | working   | where it is valid
		isco             | working   | for which occupation
		valid_from       | working   | since when
		valid_until      | working   | until when
		good_standing_on | working   | date of the certificate of good standing
		document_id      | key       | the document that shows it`},
	{Name: "professional_experience", Purpose: "Posts that a person held, to match them with needs", Basis: Consent, Term: WhileUsed, Whose: mine, Fate: Deleted, text: `
		id              | key       | which row it is
		professional_id | key       | whose it is
		position        | technical | the order
		title           | words     | the title of the post
		isco            | working   | its occupation
		employer        | words     | who employed the person
		country         | working   | where
		from_on         | working   | since when
		to_on           | working   | until when
		description     | words     | what the person did there`},
	{Name: "professional_availability", Purpose: "When a person is free, to match it with the dates of needs", Basis: Consent, Term: WhileUsed, Whose: mine, Fate: Deleted, text: `
		id              | key       | which row it is
		professional_id | key       | whose it is
		position        | technical | the order
		from_on         | working   | the first free day
		to_on           | working   | the last free day`},
	{Name: "professional_preferences", Purpose: "Which needs a person would rather have", Basis: Consent, Term: WhileUsed, Whose: mine, Fate: Deleted, text: `
		professional_id | key       | whose it is
		items           | working   | the needs, the most wanted first
		version         | technical | keeps two writers from overwriting each other
		updated_at      | technical | when it was written`},
	{Name: "accessibility_needs", Purpose: "What a person needs to be able to work; told to a host only by a disclosure", Basis: Consent, Term: WhileUsed, Whose: mine, Fate: Deleted, text: `
		professional_id | key       | whose it is
		needs           | sensitive | what the person needs
		version         | technical | keeps two writers from overwriting each other
		updated_at      | technical | when it was written`},
	{Name: "field_history", Purpose: "What each field held before and who wrote it, for corrections", Basis: Consent, Term: Evidence, Whose: mine, Fate: Deleted, text: `
		id              | key     | which row it is
		professional_id | key     | whose it is
		field           | working | which field
		before          | words   | what stood there
		after           | words   | what was written
		by_user         | act     | who wrote it
		by_organisation | act     | for which organisation
		at              | working | when
		capacity        | working | in which capacity they wrote
		source          | working | from what: by hand, an import, a suggestion, a merge`},
	{Name: "invitations", Purpose: "Links by which people answer an association", Basis: PublicTask, Term: Passing, Whose: mine, Fate: Deleted, text: `
		id              | key     | which row it is
		professional_id | key     | who is invited
		token_hash      | secret  | recognises the link without keeping it
		organisation_id | working | the association that invites
		created_by      | act     | its officer
		created_at      | working | when
		expires_at      | working | until when the link works
		opened_at       | working | when it was opened
		used_at         | working | when it was answered
		outcome         | working | what was answered`},
	{Name: "professional_programmes", Purpose: "In which programmes a person takes part", Basis: Consent, Term: WhileUsed, Whose: mine, Fate: Deleted, text: `
		professional_id | key     | who
		programme_id    | working | in which programme`},
	{Name: "professional_associations", Purpose: "To which associations a person belongs", Basis: Consent, Term: WhileUsed, Whose: mine, Fate: Deleted, text: `
		professional_id | key     | who
		organisation_id | working | to which association
		since           | working | since when`},
	{Name: "retention_questions", Purpose: "Whether a person wants to be kept, asked before anything is deleted", Basis: Legal, Term: Evidence, Whose: mine, Fate: Kept,
		Reason: "It shows that you were asked; it says nothing about you.", text: `
		id              | key     | which row it is
		professional_id | key     | who was asked
		class           | working | about what
		asked_at        | working | when
		answer_by       | working | until when an answer counted
		answered_at     | working | when it was answered
		answer          | working | what was answered`},
	{Name: "disclosures", Purpose: "What a person showed to one host for one need, or refused", Basis: Consent, Term: Evidence, Whose: mine, Fate: Scrubbed,
		Reason: "It shows to whom you opened what and until when: the proof of what you allowed.", text: `
		id              | key       | which row it is
		candidacy_id    | key       | the candidacy that it is about
		need_id         | working   | for which need
		professional_id | key       | who was asked
		organisation_id | working   | to whom it is shown
		parts           | working   | what was asked for
		granted_parts   | working   | what was given
		purpose         | words     | what for | '[erased]'
		until_on        | working   | until when
		state           | working   | what became of it | CASE WHEN state IN ('ASKED', 'GRANTED') THEN 'REVOKED' ELSE state END
		asked_by        | act       | the officer who asked
		asked_for       | working   | the organisation that asked
		asked_at        | working   | when
		answer_by       | working   | until when an answer counted
		answered_at     | working   | when it was answered
		ended_at        | working   | when it ended | COALESCE(ended_at, @now)
		version         | technical | keeps two writers from overwriting each other`},
	{Name: "review_requests", Purpose: "Requests that a person look again at a ranking", Basis: Legal, Term: Evidence, Whose: mine, Fate: Scrubbed,
		Reason: "It shows that you were answered in time; the words go.", text: `
		id              | key       | which row it is
		professional_id | key       | who asked
		need_id         | working   | about which need
		words           | words     | what the person doubts | CASE WHEN state = 'OPEN' THEN '[erased]' ELSE '' END
		state           | working   | what became of it
		asked_at        | working   | when
		answer_by       | working   | until when it has to be answered
		answer          | words     | the coordinator's answer | ''
		answered_by     | act       | who answered
		answered_at     | working   | when
		version         | technical | keeps two writers from overwriting each other`},
	{Name: "breach_people", Purpose: "Whom a breach concerns, so that they can be told", Basis: Legal, Term: Evidence, Whose: mine, Fate: Kept,
		Reason: "The law asks for a record of every breach; only your pseudonym stands in it.", text: `
		breach_id       | working | which breach
		professional_id | key     | whom it concerns
		looks           | working | how often they were looked at in the period`},
	{Name: "professionals", Purpose: "The registry of professionals of the diaspora", Basis: Consent, Term: WhileUsed, Whose: "id = @person", Fate: Scrubbed,
		Reason: "An empty row with your pseudonym stays, so that counts of placements stay right. Country and occupation stay only if you were placed, sex only if you also agreed to statistics.", text: `
		id                    | key       | which row it is
		pseudonym             | pseudonym | how partners name the person before they may know who it is
		user_id               | key       | the account | NULL
		given_name            | identity  | to address the person, and to name them to whom they agreed | ''
		family_name           | identity  | to address the person, and to name them to whom they agreed | ''
		email                 | contact   | to invite the person and to write to them | ''
		phone                 | contact   | to reach the person | ''
		sex                   | sensitive | to count women and men in the pipeline; never matched on | CASE WHEN EXISTS (SELECT 1 FROM placements x WHERE x.professional_id = professionals.id) AND EXISTS (SELECT 1 FROM consents y WHERE y.professional_id = professionals.id AND y.purpose = 'statistics' AND y.status = 'active') THEN sex ELSE '' END
		birth_date            | sensitive | to tell two people of one name apart; never matched on | NULL
		origin_country        | working   | which programmes serve the person | CASE WHEN EXISTS (SELECT 1 FROM placements x WHERE x.professional_id = professionals.id) THEN origin_country ELSE '' END
		origin_link           | sensitive | how the person belongs to the diaspora | ''
		residence_country     | working   | where the person lives, for travel and right of return | CASE WHEN EXISTS (SELECT 1 FROM placements x WHERE x.professional_id = professionals.id) THEN residence_country ELSE '' END
		residence_place       | contact   | for travel | ''
		residence_status      | sensitive | whether a stay abroad endangers it | ''
		right_of_return       | sensitive | nobody is sent who could not come back | 'unknown'
		right_of_return_until | sensitive | until when the person can come back | NULL
		occupation_title      | words     | the occupation in the person's words | ''
		isco                  | working   | the occupation, as needs name it | CASE WHEN EXISTS (SELECT 1 FROM placements x WHERE x.professional_id = professionals.id) THEN isco ELSE '' END
		years_experience      | working   | to meet what a need asks for | 0
		summary               | words     | what the person says about themselves | ''
		cv_text               | words     | the CV, to be found by its words | ''
		cv_language           | working   | the language of the CV | ''
		onsite                | working   | whether the person can go | TRUE
		virtual               | working   | whether the person can work from afar | FALSE
		hybrid                | working   | whether both | FALSE
		longest_days          | working   | the longest stay | 90
		notice_days           | working   | how long before | 30
		state                 | working   | where the person stands in the registry | 'declined'
		demo                  | technical | made up by the demonstration
		version               | technical | keeps two writers from overwriting each other | version + 1
		created_at            | working   | when the profile was made
		updated_at            | working   | when it was last written | @now
		confirmed_at          | working   | when the person last said that it is right | NULL
		erased_at             | working   | when it was erased | @now
		sought                | identity  | name and address, for the association's search | ''
		sought_work           | working   | pseudonym and occupation, for lists | ''`},
	{Name: "consents", Purpose: "What a person agreed to, to which text, and when it ended", Basis: Legal, Term: Evidence, Whose: mine, Fate: Scrubbed,
		Reason: "It proves that you agreed, and that you withdrew. It holds no words of yours.", text: `
		id              | key     | which row it is
		professional_id | key     | who agreed
		purpose         | working | to what
		notice_version  | working | to which text
		notice_language | working | in which language it was read
		status          | working | whether it stands | 'withdrawn'
		given_by        | key     | the account that agreed
		given_at        | working | when
		withdrawn_at    | working | when it ended | COALESCE(withdrawn_at, @now)`},
	{Name: "erasures", Purpose: "Who asked to be erased, and that it was done", Basis: Legal, Term: Evidence, Whose: mine, Fate: Kept,
		Reason: "It says by identifier that you were erased, so that a restored backup erases you again.", text: `
		id              | key       | which row it is
		professional_id | key       | who
		user_id         | key       | the account
		cause           | working   | who wanted it
		state           | working   | what became of it
		requested_at    | working   | when
		due_at          | working   | when it is carried out
		ended_at        | working   | when it ended
		counts          | technical | how many rows went
		scoured_at      | technical | since when the disk holds nothing either`},
}
