-- Imports: spreadsheets that associations bring, what became of each row, and
-- how an organisation's columns were matched to fields the last time. The cells
-- themselves are not here: the file lies encrypted among the files, and goes.

-- +goose Up

CREATE TABLE imports (
    id              text PRIMARY KEY,
    organisation_id text NOT NULL REFERENCES organisations (id) ON DELETE CASCADE,
    programme_id    text NOT NULL REFERENCES programmes (id) ON DELETE CASCADE,
    created_by      text NOT NULL, -- the officer's user identifier
    created_at      {{.Time}} NOT NULL,
    file_name       text NOT NULL, -- as the officer's computer calls it
    format          text NOT NULL,
    settings        text NOT NULL, -- JSON: how the file is read, and what each column is about
    state           text NOT NULL,
    total           integer NOT NULL DEFAULT 0, -- rows that bring people, once it has started
    done            integer NOT NULL DEFAULT 0, -- of them, those with an outcome
    added           integer NOT NULL DEFAULT 0, -- people who are new
    updated         integer NOT NULL DEFAULT 0,
    same            integer NOT NULL DEFAULT 0,
    duplicates      integer NOT NULL DEFAULT 0, -- left out, because they may be here already
    invalid         integer NOT NULL DEFAULT 0,
    removed         integer NOT NULL DEFAULT 0, -- by undoing it
    restored        integer NOT NULL DEFAULT 0, -- by undoing it
    kept            integer NOT NULL DEFAULT 0, -- when it was undone: they had answered meanwhile
    started_at      {{.Time}},
    finished_at     {{.Time}},
    undo_until      {{.Time}},
    problem         text NOT NULL DEFAULT '', -- why it stopped: a code of ours
    leased_by       text NOT NULL DEFAULT '', -- the worker that is at it now
    leased_until    {{.Time}}, -- after this the worker is taken for dead, and another one goes on
    version         integer NOT NULL DEFAULT 1,
    CONSTRAINT imports__state CHECK (state IN ('open', 'running', 'done', 'cancelled', 'undoing', 'undone', 'discarded')),
    CONSTRAINT imports__format CHECK (format IN ('csv', 'xlsx', 'ods')),
    CONSTRAINT imports__done CHECK (done BETWEEN 0 AND total),
    CONSTRAINT imports__counts CHECK (added + updated + same + duplicates + invalid = done),
    -- What has an end can be undone until a day.
    CONSTRAINT imports__undo CHECK (state NOT IN ('done', 'undoing', 'undone') OR undo_until IS NOT NULL)
);
CREATE INDEX imports_organisation ON imports (organisation_id, programme_id, id);
CREATE INDEX imports_state ON imports (state);

-- What became of a row, written in the transaction that did it: a worker that is
-- killed and started again finds here which rows are done, so nothing doubles.
CREATE TABLE import_rows (
    import_id       text NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
    number          integer NOT NULL, -- the row in the file, from 1
    outcome         text NOT NULL,
    professional_id text REFERENCES professionals (id) ON DELETE SET NULL, -- whom it brought or changed
    before          text NOT NULL DEFAULT '', -- JSON: what stood in the changed fields; kept until it can no longer be undone
    undone          boolean NOT NULL DEFAULT FALSE,
    PRIMARY KEY (import_id, number),
    CONSTRAINT import_rows__outcome CHECK (outcome IN ('new', 'update', 'same', 'duplicate', 'invalid')),
    CONSTRAINT import_rows__before CHECK (before = '' OR outcome = 'update')
);
CREATE INDEX import_rows_professional ON import_rows (professional_id);
-- A person comes out of one row of an import.
CREATE UNIQUE INDEX import_rows_new_once ON import_rows (professional_id) WHERE outcome = 'new';

-- What columns were about, by the digest of their headers: names of fields and
-- places of columns, nobody's data.
CREATE TABLE import_mappings (
    organisation_id text NOT NULL REFERENCES organisations (id) ON DELETE CASCADE,
    headers         text NOT NULL, -- SHA-256 of the headers, sorted
    mapping         text NOT NULL, -- JSON: digest of a header -> field
    updated_at      {{.Time}} NOT NULL,
    PRIMARY KEY (organisation_id, headers)
);

-- +goose Down
-- Migrations go forward only; a backup is taken before each.
SELECT 1;
