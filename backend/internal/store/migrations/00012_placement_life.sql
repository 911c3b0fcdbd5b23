-- The life of a placement after the offer was accepted: what has to be cleared
-- before anybody travels, every step that was taken, what both sides report, and
-- the certificate.

-- +goose Up

CREATE TABLE clearances (
    id           text PRIMARY KEY,
    placement_id text NOT NULL REFERENCES placements (id) ON DELETE CASCADE,
    kind         text NOT NULL,
    mandatory    boolean NOT NULL DEFAULT TRUE,
    why          text NOT NULL, -- the rule that asks for it, by its name
    state        text NOT NULL DEFAULT 'OPEN',
    reference    text NOT NULL DEFAULT '', -- of the paper: a policy, a letter, a permit
    issued_on    date, -- of a letter that must be fresh
    valid_from   date,
    valid_until  date, -- none: it does not end
    note         text NOT NULL DEFAULT '', -- of whoever verified or refused it
    decided_by   text, -- of a user
    decided_at   {{.Time}},
    created_at   {{.Time}} NOT NULL,
    updated_at   {{.Time}} NOT NULL,
    CONSTRAINT clearances__once UNIQUE (placement_id, kind),
    CONSTRAINT clearances__state CHECK (state IN ('OPEN', 'PROVIDED', 'VERIFIED', 'REFUSED', 'WAIVED')),
    CONSTRAINT clearances__order CHECK (valid_until IS NULL OR valid_from IS NULL OR valid_from <= valid_until),
    -- Whoever decides is named.
    CONSTRAINT clearances__decided CHECK ((state IN ('VERIFIED', 'REFUSED', 'WAIVED')) = (decided_at IS NOT NULL)),
    -- Medical fitness is kept as a result only: no paper, no number.
    CONSTRAINT clearances__medical CHECK (kind <> 'medical' OR (reference = '' AND note = ''))
);

-- Who has signed what has to be signed by several.
CREATE TABLE clearance_signatures (
    clearance_id text NOT NULL REFERENCES clearances (id) ON DELETE CASCADE,
    role         text NOT NULL,
    by_user      text NOT NULL,
    at           {{.Time}} NOT NULL,
    PRIMARY KEY (clearance_id, role),
    CONSTRAINT clearance_signatures__role CHECK (role IN ('professional', 'host', 'coordinator'))
);

-- Every step of a placement, and every confirmation that a step waits for. Nothing
-- here is changed afterwards.
CREATE TABLE placement_steps (
    id              text PRIMARY KEY,
    placement_id    text NOT NULL REFERENCES placements (id) ON DELETE CASCADE,
    move            text NOT NULL,
    from_state      text NOT NULL,
    to_state        text NOT NULL,
    role            text NOT NULL,
    by_user         text NOT NULL DEFAULT '', -- empty: a timer
    by_organisation text NOT NULL DEFAULT '',
    on_day          date, -- the day that the step is about
    reason          text NOT NULL DEFAULT '',
    at              {{.Time}} NOT NULL
);
CREATE INDEX placement_steps_placement ON placement_steps (placement_id, id);
-- Each side confirms the arrival once.
CREATE UNIQUE INDEX placement_steps_arrival ON placement_steps (placement_id, role) WHERE move = 'arrive';

CREATE TABLE placement_reports (
    id           text PRIMARY KEY,
    placement_id text NOT NULL REFERENCES placements (id) ON DELETE CASCADE,
    kind         text NOT NULL,
    body         text NOT NULL, -- JSON: the answers, each by its name
    role         text NOT NULL,
    by_user      text NOT NULL,
    created_at   {{.Time}} NOT NULL,
    updated_at   {{.Time}} NOT NULL,
    CONSTRAINT placement_reports__once UNIQUE (placement_id, kind, role),
    CONSTRAINT placement_reports__role CHECK (role IN ('professional', 'host', 'coordinator')),
    CONSTRAINT placement_reports__kind CHECK (kind IN ('midterm_person', 'midterm_host', 'handover', 'final_report', 'host_evaluation',
        'no_fee', 'follow_up_3', 'follow_up_12', 'outcome'))
);

-- What a certificate of service says, as it was issued: a code that is given to
-- whoever should be able to check it.
CREATE TABLE certificates (
    code         text PRIMARY KEY,
    placement_id text NOT NULL UNIQUE REFERENCES placements (id) ON DELETE CASCADE,
    days         integer NOT NULL,
    issued_on    date NOT NULL,
    CONSTRAINT certificates__days CHECK (days > 0)
);

