// SPDX-License-Identifier: AGPL-3.0-or-later

package inventory

// imports are what associations brought by spreadsheet. The cells are in no
// table: the file lies encrypted among the files, and is deleted with the undo.
var imports = []Table{
	{Name: "import_rows", Purpose: "What became of each row of a spreadsheet, so that nothing doubles and all can be undone", Basis: PublicTask, Term: Passing, Whose: mine, Fate: Scrubbed,
		Reason: "The number of a row says nothing about you once it no longer names you.", text: `
		import_id       | key       | which import
		number          | technical | which row
		outcome         | working   | what became of it
		professional_id | key       | whom it brought or changed | NULL
		before          | words     | what stood in the fields that it changed, until it can no longer be undone | ''
		undone          | technical | that it was taken back`},
	{Name: "imports", Purpose: "Spreadsheets that associations brought, and how far each is", Basis: PublicTask, Term: Shared, text: `
		id              | key       | which row it is
		organisation_id | key       | the association
		programme_id    | key       | in which programme
		created_by      | act       | its officer
		created_at      | technical | when
		file_name       | plain     | what the officer calls the file
		format          | technical | what it is by its bytes
		settings        | technical | how it is read and what its columns are about
		state           | technical | where it stands
		total           | technical | how many rows it has
		done            | technical | of them, how many are done
		added           | technical | how many people were new
		updated         | technical | how many were changed
		same            | technical | how many stayed as they were
		duplicates      | technical | how many were left out as possible duplicates
		invalid         | technical | how many could not be brought in
		removed         | technical | how many were removed again
		restored        | technical | how many were put back
		kept            | technical | how many had answered and were left alone
		started_at      | technical | when it was started
		finished_at     | technical | when it ended
		undo_until      | technical | until when it can be undone
		problem         | technical | why it stopped
		leased_by       | technical | which server works on it
		leased_until    | technical | when that server is taken for dead
		version         | technical | finds out who was faster`},
	{Name: "import_mappings", Purpose: "What an association's columns were about the last time", Basis: NotOfOne, Term: Shared, text: `
		organisation_id | key       | the association
		headers         | technical | the digest of the names of the columns
		mapping         | technical | what each is about
		updated_at      | technical | when`},
}
