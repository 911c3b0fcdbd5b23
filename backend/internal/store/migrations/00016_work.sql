-- How people work in it: who was told that something is overdue, what the parties
-- write to each other, what is done to many records at once, and the marks that
-- coordinators put on records.

-- +goose Up

-- ── Tasks ─────────────────────────────────────────────────────────────────
-- Tasks are computed from the state of records and never stored. That people were
-- told of one that is overdue is: once for each time a record came into the state.
CREATE TABLE task_escalations (
    kind    text NOT NULL,
    subject text NOT NULL, -- the record
    since   {{.Time}} NOT NULL, -- since when it has waited
    at      {{.Time}} NOT NULL,
    PRIMARY KEY (kind, subject, since)
);
-- When a record came into its state is read from the ledger, by its subject:
-- ledger_subject of the first migration serves that.
CREATE INDEX needs_waiting ON needs (state, updated_at);
CREATE INDEX candidacies_waiting ON candidacies (state, updated_at);
CREATE INDEX placements_waiting ON placements (state, updated_at);

-- ── Messages ──────────────────────────────────────────────────────────────
-- What the parties of a candidacy or a placement write to each other. Nobody's
-- address is in it; what happened is read from the ledger and stands between.
CREATE TABLE messages (
    id              text PRIMARY KEY,
    candidacy_id    text REFERENCES candidacies (id) ON DELETE CASCADE,
    placement_id    text REFERENCES placements (id) ON DELETE CASCADE,
    audience        text NOT NULL, -- who may read it: everybody in the thread, or the person and the programme alone
    role            text NOT NULL, -- in which office it was written
    by_user         text NOT NULL,
    by_organisation text NOT NULL DEFAULT '',
    body            text NOT NULL,
    at              {{.Time}} NOT NULL,
    -- A message hangs on one record.
    CONSTRAINT messages__one CHECK ((candidacy_id IS NULL) <> (placement_id IS NULL)),
    CONSTRAINT messages__audience CHECK (audience IN ('everybody', 'programme')),
    CONSTRAINT messages__body CHECK (length(body) > 0),
    -- A host writes to everybody: what it may not read it does not write either.
    CONSTRAINT messages__host CHECK (role <> 'host' OR audience = 'everybody')
);
CREATE INDEX messages_candidacy ON messages (candidacy_id, id);
CREATE INDEX messages_placement ON messages (placement_id, id);

-- Until when somebody has read a thread.
CREATE TABLE message_readings (
    thread  text NOT NULL, -- the candidacy or the placement
    user_id text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    role    text NOT NULL,
    read_at {{.Time}} NOT NULL,
    PRIMARY KEY (thread, user_id, role)
);

-- ── Many at once ──────────────────────────────────────────────────────────
-- An act on several records. What cannot be taken back waits until it is due, so
-- that it can be undone before; what can is done at once and undone by its opposite.
CREATE TABLE bulk_acts (
    id              text PRIMARY KEY,
    programme_id    text NOT NULL REFERENCES programmes (id) ON DELETE CASCADE,
    kind            text NOT NULL,
    value           text NOT NULL DEFAULT '', -- the tag, or the colleague
    reason          text NOT NULL DEFAULT '', -- of a refusal, kept with each of them
    by_user         text NOT NULL,
    by_organisation text NOT NULL,
    state           text NOT NULL,
    created_at      {{.Time}} NOT NULL,
    due_at          {{.Time}} NOT NULL, -- until when it can be undone
    ended_at        {{.Time}},
    version         integer NOT NULL DEFAULT 1,
    CONSTRAINT bulk_acts__kind CHECK (kind IN ('decline', 'remind', 'tag', 'untag', 'assign')),
    CONSTRAINT bulk_acts__state CHECK (state IN ('waiting', 'done', 'undone'))
);
CREATE INDEX bulk_acts_due ON bulk_acts (state, due_at);

CREATE TABLE bulk_items (
    act_id    text NOT NULL REFERENCES bulk_acts (id) ON DELETE CASCADE,
    position  integer NOT NULL,
    record    text NOT NULL,
    subject   text NOT NULL,
    version   integer NOT NULL, -- of the record, as the reader had seen it
    before    text NOT NULL DEFAULT '', -- what undoing puts back
    outcome   text NOT NULL DEFAULT 'waiting',
    problem   text NOT NULL DEFAULT '', -- the code of why it failed
    message   text NOT NULL DEFAULT '', -- the sentence
    PRIMARY KEY (act_id, position),
    CONSTRAINT bulk_items__record CHECK (record IN ('need', 'candidacy', 'placement')),
    CONSTRAINT bulk_items__outcome CHECK (outcome IN ('waiting', 'done', 'failed', 'undone')),
    CONSTRAINT bulk_items__once UNIQUE (act_id, record, subject)
);

-- ── Marks ─────────────────────────────────────────────────────────────────
-- Words that coordinators put on records, for themselves.
CREATE TABLE record_tags (
    record  text NOT NULL,
    subject text NOT NULL,
    tag     text NOT NULL,
    by_user text NOT NULL,
    at      {{.Time}} NOT NULL,
    PRIMARY KEY (subject, tag),
    CONSTRAINT record_tags__record CHECK (record IN ('need', 'candidacy', 'placement')),
    CONSTRAINT record_tags__tag CHECK (length(tag) BETWEEN 1 AND 40)
);
CREATE INDEX record_tags_tag ON record_tags (tag);

-- Which coordinator looks after a record: one at a time.
CREATE TABLE record_assignments (
    record  text NOT NULL,
    subject text PRIMARY KEY,
    user_id text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    by_user text NOT NULL,
    at      {{.Time}} NOT NULL,
    CONSTRAINT record_assignments__record CHECK (record IN ('need', 'candidacy', 'placement'))
);
CREATE INDEX record_assignments_user ON record_assignments (user_id);

-- +goose Down
-- Migrations go forward only; a backup is taken before each.
SELECT 1;
