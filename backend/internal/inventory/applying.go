// SPDX-License-Identifier: AGPL-3.0-or-later

package inventory

// applicant picks the applications whose first officer is the person: they may have
// an account by that address.
const applicant = "officer_email = (SELECT email FROM users WHERE id = @user)"

// applying are the tables of organisations that ask to take part, and of officers who
// act for each other.
var applying = []Table{
	{Name: "organisation_referees", Purpose: "Who can say something of an organisation that asks to take part", Basis: PublicTask, Term: WhileMember,
		Whose: "application_id IN (SELECT id FROM organisation_applications WHERE " + applicant + ")", Fate: Deleted, text: `
		application_id | key       | of which application
		position       | technical | the order
		name           | identity  | who
		organisation   | working   | for whom they speak
		contact        | contact   | how to reach them`},
	{Name: "organisation_remarks", Purpose: "What an organisation has to mend in its application", Basis: PublicTask, Term: WhileMember, text: `
		application_id | key       | of which application
		round          | technical | the how-manieth time
		field          | plain     | which field
		words          | plain     | what is to be mended
		by_user        | act       | who says so
		at             | technical | when`},
	{Name: "organisation_applications", Purpose: "Organisations that ask to take part, and what became of it", Basis: PublicTask, Term: WhileMember,
		Whose: applicant, Fate: Scrubbed, Reason: "That the organisation was looked at before it was let in stays; who answered for it goes.", text: `
		id              | key       | which row it is
		programme_id    | key       | in which programme
		kind            | plain     | what it is
		name            | plain     | its name
		country         | plain     | where
		place           | plain     | in which town
		website         | plain     | where it says more of itself
		summary         | plain     | what it does
		officer_name    | identity  | who acts for it first | '[erased]'
		officer_email   | contact   | where the invitation goes | ''
		locale          | technical | the language of the mails
		state           | plain     | where it stands
		round           | technical | the how-manieth time it was sent
		confirmed_at    | technical | when the address was confirmed
		vouched_by      | act       | which officer of the ministry vouched
		vouched_at      | technical | when
		decided_by      | act       | who decided
		reason          | plain     | why
		organisation_id | key       | what it became
		version         | technical | keeps two writers from overwriting each other
		created_at      | technical | since when
		updated_at      | technical | when it was written`},
	{Name: "delegations", Purpose: "Who acts for which colleague, and until when", Basis: PublicTask, Term: Trail, text: `
		id            | key       | which row it is
		membership_id | key       | which office
		giver_id      | act       | whose office it is
		taker_id      | act       | who acts
		starts_at     | technical | from when
		ends_at       | technical | until when
		reason        | plain     | why
		ended_at      | technical | when it was ended early
		ended_by      | act       | by whom
		created_at    | technical | when it was given
		accepted_at   | technical | when the colleague agreed
		version       | technical | keeps two writers from overwriting each other`},
}
