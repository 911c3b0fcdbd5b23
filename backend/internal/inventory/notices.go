// SPDX-License-Identifier: AGPL-3.0-or-later

package inventory

// told are the tables of what people are told. They go first: a link in a mail is
// found by the invitation that it opens.
var told = []Table{
	{Name: "mail_links", Purpose: "Links that stand in mails", Basis: Contract, Term: Passing,
		Whose: "user_id = @user OR subject IN (SELECT id FROM invitations WHERE professional_id = @person)", Fate: Deleted, text: `
		token_hash | secret    | recognises the link without keeping it
		kind       | technical | what it opens
		subject    | key       | the invitation or the account that it opens
		user_id    | key       | whose account it is about
		created_at | working   | since when
		expires_at | technical | until when
		used_at    | working   | when it was opened`},
	{Name: "notices", Purpose: "What a person is told in the product", Basis: Contract, Term: WhileMember, Whose: "user_id = @user OR professional_id = @person", Fate: Deleted, text: `
		id              | key       | which row it is
		once            | technical | keeps the same news from being told twice
		user_id         | key       | who is told
		professional_id | key       | whom it is about
		kind            | working   | what sort of news
		subject         | key       | what it is about
		details         | key       | identifiers and states
		at              | working   | when
		read_at         | working   | when it was read
		outbox_id       | key       | the summary that tells of it`},
	{Name: "outbox", Purpose: "Mails that wait, and how the others ended; no address and no text", Basis: Contract, Term: Passing,
		Whose: "user_id = @user OR professional_id = @person OR subject = @person", Fate: Deleted, text: `
		id              | key       | which row it is, and the Message-ID of the mail
		once            | technical | keeps the same mail from being sent twice
		kind            | working   | what sort of mail
		user_id         | key       | to whose account
		professional_id | key       | to whom without an account
		subject         | key       | what it is about
		details         | key       | identifiers and states
		state           | working   | where it stands
		due_at          | working   | when it was to be sent
		attempts        | technical | how often it was tried
		retry_at        | technical | when it is tried again
		leased_by       | technical | which program is sending it
		leased_until    | technical | until when that is believed
		problem         | technical | why it was not sent
		reply           | technical | the mail server's status
		sent_at         | working   | when it left
		created_at      | technical | since when
		updated_at      | technical | when it was written`},
	{Name: "notice_settings", Purpose: "When a person wants to be told", Basis: Contract, Term: WhileMember, Whose: "user_id = @user", Fate: Deleted, text: `
		user_id     | key       | who
		time_zone   | working   | by which clock
		quiet_from  | working   | from which hour no mail is sent
		quiet_to    | working   | until which hour
		digest_hour | working   | at which hour summaries are sent
		version     | technical | keeps two writers from overwriting each other
		updated_at  | technical | when it was written`},
	{Name: "notice_choices", Purpose: "Of what a person wants to be told", Basis: Contract, Term: WhileMember, Whose: "user_id = @user", Fate: Deleted, text: `
		user_id   | key     | who
		kind      | working | of what
		frequency | working | how soon`},
	{Name: "notice_reader", Purpose: "How far the ledger was turned into notices", Basis: NotOfOne, Term: Shared, text: `
		one      | technical | there is one row
		position | technical | the last event`},
}
