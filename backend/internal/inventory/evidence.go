// SPDX-License-Identifier: AGPL-3.0-or-later

package inventory

// evidence are the tables of what stands behind a profile: duplicates, who
// confirmed what, and cases of verification.
var evidence = []Table{
	{Name: "duplicate_secret", Purpose: "Makes the keys of possible duplicates unreadable to whoever has their table alone", Basis: NotOfOne, Term: Shared, text: `
		one    | technical | there is one row
		secret | secret    | the key of the digests`},
	{Name: "duplicate_keys", Purpose: "Finds records that may be of one person, as keyed digests", Basis: PublicTask, Term: WhileUsed, Whose: mine, Fate: Deleted, text: `
		digest          | secret | a digest of a telephone number, an address, or a date of birth with a sound of the name
		professional_id | key    | whose it is`},
	{Name: "duplicate_pairs", Purpose: "Two records that may be of one person, and that people looked and found them different", Basis: PublicTask, Term: WhileUsed,
		Whose: "(first_id = @person OR second_id = @person)", Fate: Deleted, text: `
		id         | key       | which row it is
		first_id   | key       | one of the two
		second_id  | key       | the other
		strength   | working   | how much agrees
		reasons    | working   | what agrees, by name
		state      | working   | open, or found different
		found_at   | working   | when it was found
		decided_by | act       | who found them different
		decided_at | working   | when
		version    | technical | keeps two writers from overwriting each other`},
	{Name: "merges", Purpose: "That two records became one, so that it can be undone for thirty days", Basis: PublicTask, Term: Evidence,
		Whose: "survivor_id = @person", Fate: Deleted, text: `
		id                 | key       | which row it is
		survivor_id        | key       | the record that stayed
		absorbed_id        | key       | the record that went into it
		absorbed_pseudonym | pseudonym | its pseudonym, by which earlier rankings name it
		choices            | working   | which field was taken from which record
		before             | words     | both records as they were, until it cannot be undone any more
		after              | words     | the record as it was made, to see what changed since
		made_by            | act       | who decided it
		made_for           | act       | for which organisation
		made_at            | working   | when
		undo_until         | working   | until when it can be undone
		undone_by          | act       | who undid it
		undone_at          | working   | when
		state              | working   | merged, undone, or settled
		version            | technical | keeps two writers from overwriting each other`},
	{Name: "skill_confirmations", Purpose: "Who has seen a person do what they say they can", Basis: Consent, Term: WhileUsed, Whose: mine, Fate: Deleted, text: `
		id              | key      | which row it is
		professional_id | key      | whose skill it is
		kind            | working  | a referee or a host
		concept         | working  | which skill
		label           | words    | in which words
		request_id      | key      | the question that it answers
		placement       | working  | the placement that it comes from
		by_name         | identity | who confirmed it
		relation        | working  | how they know the work
		seen_until      | working  | when they last saw it
		comment         | words    | what they said
		made_at         | working  | when
		revoked_at      | working  | when it was taken back`},
	{Name: "referee_skills", Purpose: "Which skills a referee is asked about", Basis: Consent, Term: WhileUsed,
		Whose: "request_id IN (SELECT id FROM referee_requests WHERE professional_id = @person)", Fate: Deleted, text: `
		request_id | key       | of which question
		position   | technical | the order
		concept    | working   | which skill
		label      | words     | in which words`},
	{Name: "referee_requests", Purpose: "Asks somebody whom a person names to confirm skills", Basis: Consent, Term: WhileUsed, Whose: mine, Fate: Deleted, text: `
		id              | key       | which row it is
		professional_id | key       | who asks
		token_hash      | secret    | recognises the link without keeping it
		referee_name    | identity  | who is asked
		referee_email   | contact   | where the question goes
		locale          | technical | the language of the question
		message         | words     | what the person adds
		state           | working   | where it stands
		created_at      | working   | when it was asked
		expires_at      | working   | until when the link works
		opened_at       | working   | when it was opened
		answered_at     | working   | when it was answered
		version         | technical | keeps two writers from overwriting each other`},
	{Name: "verification_steps", Purpose: "How a credential was verified at its source, step by step", Basis: PublicTask, Term: WhileUsed,
		Whose: "case_id IN (SELECT id FROM verification_cases WHERE professional_id = @person)", Fate: Deleted, text: `
		id              | key     | which row it is
		case_id         | key     | of which case
		state           | working | what it led to
		note            | words   | what was written down
		reference       | working | the source's own reference
		by_user         | act     | who did it
		by_organisation | act     | for which organisation
		at              | working | when`},
	{Name: "verification_cases", Purpose: "Whether a credential was verified with whoever issued it", Basis: PublicTask, Term: WhileUsed, Whose: mine, Fate: Deleted, text: `
		id              | key       | which row it is
		professional_id | key       | whose credential
		credential      | working   | a licence or an education
		body            | words     | the council or the school
		number          | identity  | the number that the source is asked about
		country         | working   | where it was issued
		title           | words     | what it is called
		state           | working   | where the case stands
		reference       | working   | the source's own reference
		programme_id    | working   | the programme that asked
		opened_by       | act       | who opened it
		opened_at       | working   | when
		valid_until     | working   | until when what was confirmed holds
		version         | technical | keeps two writers from overwriting each other
		updated_at      | technical | when it was written`},
}
