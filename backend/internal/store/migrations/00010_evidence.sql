-- What stands behind a profile: records that may be of one person and how two
-- became one, who confirmed a skill, cases of verification, and where each word
-- came from.

-- +goose Up

-- ── Duplicates ────────────────────────────────────────────────────────────
-- Keys by which records of one person find each other (telephone, e-mail, date
-- of birth with a name), as keyed digests: the table alone tells nobody's number.
CREATE TABLE duplicate_secret (
    one    integer PRIMARY KEY CHECK (one = 1),
    secret text NOT NULL
);
{{if .Postgres}}
INSERT INTO duplicate_secret (one, secret) VALUES (1, gen_random_uuid()::text || gen_random_uuid()::text);
{{else}}
INSERT INTO duplicate_secret (one, secret) VALUES (1, lower(hex(randomblob(32))));
{{end}}

CREATE TABLE duplicate_keys (
    digest          text NOT NULL, -- HMAC-SHA-256 of one key, hexadecimal, cut to 128 bits
    professional_id text NOT NULL REFERENCES professionals (id) ON DELETE CASCADE,
    PRIMARY KEY (digest, professional_id)
);
CREATE INDEX duplicate_keys_professional ON duplicate_keys (professional_id);
-- Who changed lately is looked at again.
CREATE INDEX professionals_updated ON professionals (updated_at);

-- Two records that may be of one person, and what people said of them. A verdict
-- of "not the same" is remembered for as long as both are here.
CREATE TABLE duplicate_pairs (
    id         text PRIMARY KEY,
    first_id   text NOT NULL REFERENCES professionals (id) ON DELETE CASCADE,
    second_id  text NOT NULL REFERENCES professionals (id) ON DELETE CASCADE,
    strength   text NOT NULL,
    reasons    text NOT NULL, -- JSON: names of what agrees, never values
    state      text NOT NULL,
    found_at   {{.Time}} NOT NULL,
    decided_by text NOT NULL DEFAULT '',
    decided_at {{.Time}},
    version    integer NOT NULL DEFAULT 1,
    -- One pair a two, whichever came first.
    CONSTRAINT duplicate_pairs__order CHECK (first_id < second_id),
    CONSTRAINT duplicate_pairs__once UNIQUE (first_id, second_id),
    CONSTRAINT duplicate_pairs__strength CHECK (strength IN ('possible', 'likely')),
    CONSTRAINT duplicate_pairs__state CHECK (state IN ('open', 'different')),
    CONSTRAINT duplicate_pairs__decided CHECK ((state = 'different') = (decided_at IS NOT NULL))
);
CREATE INDEX duplicate_pairs_second ON duplicate_pairs (second_id);
CREATE INDEX duplicate_pairs_state ON duplicate_pairs (state, found_at);

-- Two records that became one. What both held stands here for as long as it can
-- be undone, and goes with the person.
CREATE TABLE merges (
    id                 text PRIMARY KEY,
    survivor_id        text NOT NULL REFERENCES professionals (id) ON DELETE CASCADE,
    absorbed_id        text NOT NULL,
    absorbed_pseudonym text NOT NULL,
    choices            text NOT NULL, -- JSON: field to the side it was taken from
    before             text NOT NULL DEFAULT '', -- JSON: the rows of both; empty once it is settled
    after              text NOT NULL DEFAULT '', -- JSON: the rows of the survivor when it was done
    made_by            text NOT NULL,
    made_for           text NOT NULL DEFAULT '',
    made_at            {{.Time}} NOT NULL,
    undo_until         {{.Time}} NOT NULL,
    undone_by          text NOT NULL DEFAULT '',
    undone_at          {{.Time}},
    state              text NOT NULL,
    version            integer NOT NULL DEFAULT 1,
    CONSTRAINT merges__state CHECK (state IN ('merged', 'undone', 'settled')),
    CONSTRAINT merges__undone CHECK ((state = 'undone') = (undone_at IS NOT NULL)),
    -- Whose time is over keeps nothing of what stood there.
    CONSTRAINT merges__settled CHECK (state = 'merged' OR (before = '' AND after = ''))
);
CREATE INDEX merges_survivor ON merges (survivor_id);
CREATE INDEX merges_absorbed ON merges (absorbed_id);
CREATE INDEX merges_due ON merges (state, undo_until);

-- ── Provenance ────────────────────────────────────────────────────────────
-- In which capacity somebody wrote, and from what: older rows say neither.
ALTER TABLE field_history ADD COLUMN capacity text NOT NULL DEFAULT '';
ALTER TABLE field_history ADD COLUMN source text NOT NULL DEFAULT '';

-- ── Who confirms skills ───────────────────────────────────────────────────
-- A question to a referee, by a link that needs no account. The link is kept as
-- a digest only.
CREATE TABLE referee_requests (
    id              text PRIMARY KEY,
    professional_id text NOT NULL REFERENCES professionals (id) ON DELETE CASCADE,
    token_hash      text UNIQUE, -- of the link in the mail; none until it is sent
    referee_name    text NOT NULL,
    referee_email   text NOT NULL,
    locale          text NOT NULL,
    message         text NOT NULL DEFAULT '', -- from the person, in their words
    state           text NOT NULL,
    created_at      {{.Time}} NOT NULL,
    expires_at      {{.Time}} NOT NULL,
    opened_at       {{.Time}},
    answered_at     {{.Time}},
    version         integer NOT NULL DEFAULT 1,
    CONSTRAINT referee_requests__state CHECK (state IN ('sent', 'answered', 'declined', 'revoked')),
    CONSTRAINT referee_requests__answered CHECK ((state IN ('answered', 'declined')) = (answered_at IS NOT NULL))
);
CREATE INDEX referee_requests_professional ON referee_requests (professional_id, created_at);

-- The skills that are asked about: by concept, or by the words where none is known.
CREATE TABLE referee_skills (
    request_id text NOT NULL REFERENCES referee_requests (id) ON DELETE CASCADE,
    position   integer NOT NULL,
    concept    text NOT NULL DEFAULT '',
    label      text NOT NULL,
    PRIMARY KEY (request_id, position)
);

-- What a referee or a host of a past placement has seen the person do. It belongs
-- to the skill by its concept, or by its words, and outlives any rewriting of the list.
CREATE TABLE skill_confirmations (
    id              text PRIMARY KEY,
    professional_id text NOT NULL REFERENCES professionals (id) ON DELETE CASCADE,
    kind            text NOT NULL,
    concept         text NOT NULL DEFAULT '',
    label           text NOT NULL,
    request_id      text REFERENCES referee_requests (id) ON DELETE CASCADE,
    placement       text NOT NULL DEFAULT '', -- its reference
    by_name         text NOT NULL, -- the referee, or the host institution
    relation        text NOT NULL, -- how they know the work
    seen_until      date, -- when they last saw it
    comment         text NOT NULL DEFAULT '',
    made_at         {{.Time}} NOT NULL,
    revoked_at      {{.Time}},
    CONSTRAINT skill_confirmations__kind CHECK (kind IN ('referee', 'host')),
    CONSTRAINT skill_confirmations__from CHECK ((kind = 'referee') = (request_id IS NOT NULL)),
    CONSTRAINT skill_confirmations__relation CHECK (relation IN ('supervisor', 'colleague', 'teacher', 'client', 'council', 'host'))
);
CREATE INDEX skill_confirmations_professional ON skill_confirmations (professional_id);
-- Answering twice confirms once.
CREATE UNIQUE INDEX skill_confirmations_once ON skill_confirmations (request_id, concept, label);

-- ── Verification at the source ────────────────────────────────────────────
-- One question to whoever issued a credential. The credential is written down as
-- it stood when the case was opened.
CREATE TABLE verification_cases (
    id              text PRIMARY KEY,
    professional_id text NOT NULL REFERENCES professionals (id) ON DELETE CASCADE,
    credential      text NOT NULL,
    body            text NOT NULL, -- the council or the school
    number          text NOT NULL DEFAULT '',
    country         text NOT NULL DEFAULT '',
    title           text NOT NULL DEFAULT '',
    state           text NOT NULL,
    reference       text NOT NULL DEFAULT '', -- the body's own, of its answer
    programme_id    text NOT NULL DEFAULT '',
    opened_by       text NOT NULL,
    opened_at       {{.Time}} NOT NULL,
    valid_until     date, -- of what was confirmed: the case expires after it
    version         integer NOT NULL DEFAULT 1,
    updated_at      {{.Time}} NOT NULL,
    CONSTRAINT verification_cases__credential CHECK (credential IN ('licence', 'education')),
    CONSTRAINT verification_cases__state CHECK (state IN ('REQUESTED', 'SENT_TO_SOURCE', 'CONFIRMED', 'DISCREPANT', 'UNREACHABLE', 'EXPIRED'))
);
CREATE INDEX verification_cases_professional ON verification_cases (professional_id);
CREATE INDEX verification_cases_state ON verification_cases (state, valid_until);
-- One case at a time is open for a credential, however many ask at once.
CREATE UNIQUE INDEX verification_cases_one_open ON verification_cases (professional_id, credential, body, number, country, title)
    WHERE state IN ('REQUESTED', 'SENT_TO_SOURCE', 'UNREACHABLE');

CREATE TABLE verification_steps (
    id              text PRIMARY KEY,
    case_id         text NOT NULL REFERENCES verification_cases (id) ON DELETE CASCADE,
    state           text NOT NULL, -- that it led to
    note            text NOT NULL DEFAULT '',
    reference       text NOT NULL DEFAULT '',
    by_user         text NOT NULL,
    by_organisation text NOT NULL,
    at              {{.Time}} NOT NULL
);
CREATE INDEX verification_steps_case ON verification_steps (case_id, at);

-- +goose Down
-- Migrations go forward only; a backup is taken before each.
SELECT 1;
