// SPDX-License-Identifier: AGPL-3.0-or-later

package inventory

// ofRecords is the condition of tables that hang on a candidacy or a placement by one
// column.
func ofRecords(column string) string {
	return column + " IN (SELECT id FROM candidacies WHERE professional_id = @person UNION ALL SELECT id FROM placements WHERE professional_id = @person)"
}

// work are the tables of how people work in the system.
var work = []Table{
	{Name: "messages", Purpose: "What the parties of a candidacy or a placement write to each other", Basis: Contract, Term: Selecting,
		Whose: "(" + ofRecords("candidacy_id") + " OR " + ofRecords("placement_id") + ")", Fate: Deleted, text: `
		id              | key       | which message it is
		candidacy_id    | key       | of which candidacy
		placement_id    | key       | or of which placement
		audience        | working   | who may read it
		role            | working   | in which office it was written
		by_user         | act       | who wrote it
		by_organisation | act       | for which organisation
		body            | words     | what it says
		at              | working   | when`},
	{Name: "message_readings", Purpose: "Until when somebody has read a thread of messages", Basis: Contract, Term: Selecting,
		Whose: "(user_id = @user OR " + ofRecords("thread") + ")", Fate: Deleted, text: `
		thread  | key     | the candidacy or the placement
		user_id | act     | who
		role    | working | in which office
		read_at | working | until when`},
	{Name: "record_tags", Purpose: "Words that coordinators put on records, to find them again", Basis: PublicTask, Term: Selecting,
		Whose: ofRecords("subject"), Fate: Deleted, text: `
		record  | working | the kind of record
		subject | key     | which record
		tag     | words   | the word
		by_user | act     | who put it there
		at      | working | when`},
	{Name: "record_assignments", Purpose: "Which coordinator looks after a record", Basis: PublicTask, Term: Selecting,
		Whose: ofRecords("subject"), Fate: Deleted, text: `
		record  | working | the kind of record
		subject | key     | which record
		user_id | act     | who looks after it
		by_user | act     | who decided that
		at      | working | when`},
	{Name: "bulk_items", Purpose: "The records of an act on several, and what became of each", Basis: PublicTask, Term: Selecting,
		Whose: ofRecords("subject"), Fate: Deleted, text: `
		act_id   | key       | of which act
		position | technical | its place
		record   | working   | the kind of record
		subject  | key       | which record
		version  | technical | of the record when it was chosen
		before   | working   | what undoing puts back
		outcome  | working   | what became of it
		problem  | technical | the code of why it failed
		message  | working   | the sentence`},
	{Name: "bulk_acts", Purpose: "Acts on several records at once, and until when they can be undone", Basis: PublicTask, Term: Shared, text: `
		id              | key       | which act it is
		programme_id    | key       | of which programme
		kind            | technical | what is done
		value           | plain     | the tag or the colleague
		reason          | plain     | the same words for all of them
		by_user         | act       | who did it
		by_organisation | act       | for which organisation
		state           | technical | whether it waits, is done or undone
		created_at      | technical | when it was asked for
		due_at          | technical | until when it can be undone
		ended_at        | technical | when it came to its end
		version         | technical | keeps two from ending it at once`},
	{Name: "task_escalations", Purpose: "That people were told of a task that is overdue, so that they are told once", Basis: NotOfOne, Term: Shared, text: `
		kind    | technical | what waits
		subject | key       | on which record
		since   | technical | since when
		at      | technical | when people were told`},
}
