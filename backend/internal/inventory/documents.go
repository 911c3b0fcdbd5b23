// SPDX-License-Identifier: AGPL-3.0-or-later

package inventory

// documents are what a person sends as files, and what comes of them. The rows of
// files are deleted by their own package, which removes the content as well.
var documents = []Table{
	{Name: "cv_readings", Purpose: "What a CV suggests for the profile, until the person has said yes or no to each", Basis: Consent, Term: WhileUsed, Whose: mine, Fate: Deleted, text: `
		id              | key       | which row it is
		professional_id | key       | whose it is
		file_id         | key       | the document that was read
		source          | technical | how it was read
		language        | working   | which language the CV is written in
		suggestions     | words     | the suggestions, the words they come from, and what the person decided
		text_used       | technical | whether the person lets searches read the whole text
		created_at      | technical | when it was read`},
	{Name: "calendar_feeds", Purpose: "The address at which a calendar program may read when the person is free", Basis: Consent, Term: WhileUsed, Whose: mine, Fate: Deleted, text: `
		professional_id | key       | whose it is
		token_hash      | secret    | a digest of the secret address
		created_at      | technical | since when the address works`},
	{Name: "files", Purpose: "Documents, encrypted on the disk: CVs, licences, certificates, an association's lists", Basis: Consent, Term: WhileUsed, Whose: mine, Fate: Deleted, text: `
		id              | key       | which document it is
		professional_id | key       | whose it is
		import_id       | key       | or the import that it came with
		application_id  | key       | or the organisation that asks to take part with it
		kind            | technical | what it is for
		name            | words     | the name that the sender gave the file
		media_type      | technical | what it is, by its bytes
		size            | technical | how large it is
		sha256          | secret    | a digest of the content, to know the same document again
		master          | technical | which master key wraps its key
		wrapped_key     | secret    | the key that opens the content, wrapped
		created_by      | act       | who sent it
		created_at      | technical | when`},
}
