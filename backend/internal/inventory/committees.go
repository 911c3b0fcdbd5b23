// SPDX-License-Identifier: AGPL-3.0-or-later

package inventory

// committees are the tables of how people are chosen, and of what a programme asks of it.
var committees = []Table{
	{Name: "candidacy_reviews", Purpose: "Lets a person who was not selected have it looked at again", Basis: PublicTask, Term: Selecting, Whose: candidacy, Fate: Scrubbed,
		Reason: "That a decision was looked at again stays countable; the words go.", text: `
		id           | key     | which row it is
		candidacy_id | key     | of which candidacy
		round        | working | the how-manieth time
		from_state   | working | which end
		grounds      | words   | why, in the person's words | '[erased]'
		asked_at     | working | when
		outcome      | working | what came of it
		words        | words   | what the reviewer said | ''
		replayed     | working | whether the frozen ranking came out the same
		by_user      | act     | who looked
		decided_at   | working | when`},
	{Name: "disqualifications", Purpose: "Ends a candidacy with a false statement, after the person could reply", Basis: PublicTask, Term: Selecting, Whose: candidacy, Fate: Scrubbed,
		Reason: "That it happened stays; the words go.", text: `
		id           | key     | which row it is
		candidacy_id | key     | of which candidacy
		evidence     | words   | what is false, and how one knows | '[erased]'
		proposed_by  | act     | who says so
		proposed_at  | working | when
		reply_by     | working | until when the person may reply
		reply        | words   | what the person says | ''
		replied_at   | working | when
		outcome      | working | what came of it
		decided_by   | act     | who decided
		decided_at   | working | when`},
	{Name: "committee_conflicts", Purpose: "Keeps whoever has a conflict of interest from judging", Basis: PublicTask, Term: Selecting, Whose: candidacy, Fate: Scrubbed,
		Reason: "That everybody declared stays; the words go.", text: `
		candidacy_id | key     | about which candidacy
		user_id      | act     | which member
		conflict     | working | whether there is one
		reason       | words   | which | '[erased]'
		at           | working | when`},
	{Name: "committee_scores", Purpose: "How each member of a committee judges each criterion", Basis: PublicTask, Term: Selecting, Whose: candidacy, Fate: Scrubbed,
		Reason: "That two judged independently stays; the words go.", text: `
		candidacy_id | key     | of which candidacy
		round        | working | the how-manieth time
		user_id      | act     | which member
		criterion    | working | which criterion
		level        | working | one of four levels
		note         | words   | why | ''
		at           | working | when`},
	{Name: "assessments", Purpose: "What a committee agreed on, with its minutes", Basis: PublicTask, Term: Mission, Whose: candidacy, Fate: Scrubbed,
		Reason: "What was agreed stays; the minutes go.", text: `
		id           | key     | which row it is
		candidacy_id | key     | of which candidacy
		round        | working | the how-manieth time
		outcome      | working | what was agreed
		levels       | working | the agreed levels
		minutes      | words   | of the meeting | '[erased]'
		by_user      | act     | who chaired it
		at           | working | when`},
	{Name: "candidacy_references", Purpose: "What somebody who knows the person's work told a committee", Basis: PublicTask, Term: Selecting, Whose: candidacy, Fate: Scrubbed,
		Reason: "That references were taken stays; what they say goes.", text: `
		id           | key     | which row it is
		candidacy_id | key     | about which candidacy
		referee      | words   | who, by function | '[erased]'
		words        | words   | what they said | '[erased]'
		by_user      | act     | who asked
		at           | working | when`},
	{Name: "committee_members", Purpose: "Who chooses among the candidates of a need", Basis: PublicTask, Term: Shared, text: `
		need_id         | key   | of which need
		user_id         | act   | who
		organisation_id | key   | for which organisation
		seat            | plain | for which side
		chair           | plain | whether they speak for it
		added_by        | act   | who put them there
		added_at        | plain | when`},
	{Name: "need_templates", Purpose: "Needs to begin others from", Basis: NotOfOne, Term: Shared, text: `
		id              | key       | which row it is
		programme_id    | key       | in which programme
		organisation_id | key       | of which host; none: everybody's
		title           | plain     | what it is called
		body            | plain     | the text
		created_by      | act       | who made it
		created_at      | technical | when`},
	{Name: "selection_rules", Purpose: "What a programme asks of a selection", Basis: NotOfOne, Term: Shared, text: `
		programme_id     | key       | which programme
		committee        | plain     | whether a committee has to choose
		shortlist_least  | plain     | how many are shortlisted at least
		balanced         | plain     | whether a shortlist has women and men
		references_least | plain     | how many references are taken
		version          | technical | keeps two writers from overwriting each other`},
	{Name: "approval_chains", Purpose: "The versions of how a programme decides", Basis: NotOfOne, Term: Shared, text: `
		programme_id | key       | which programme
		version      | technical | the how-manieth
		by_user      | act       | who set it
		at           | technical | when`},
	{Name: "approval_steps", Purpose: "Until when a side decides, and what follows silence", Basis: NotOfOne, Term: Shared, text: `
		programme_id | key       | which programme
		version      | technical | of which version
		step         | plain     | which decision
		days         | plain     | how long the side may take
		working      | plain     | whether these are working days
		silence      | plain     | what follows when nobody decides`},
	{Name: "approval_people", Purpose: "Which officers decide at a step", Basis: PublicTask, Term: Trail, text: `
		programme_id | key       | which programme
		version      | technical | of which version
		step         | plain     | which decision
		user_id      | act       | who`},
}
