-- Who could go where, for all open needs together: proposals that coordinators
-- ask for, and what both sides would rather have. A proposal decides nothing.

-- +goose Up

CREATE TABLE proposals (
    id           text PRIMARY KEY,
    programme_id text NOT NULL REFERENCES programmes (id) ON DELETE CASCADE,
    round        integer NOT NULL DEFAULT 1, -- the newest of proposal_rounds
    by_user      text NOT NULL,              -- who asked first
    version      integer NOT NULL DEFAULT 1,
    created_at   {{.Time}} NOT NULL,
    updated_at   {{.Time}} NOT NULL,
    CONSTRAINT proposals__round CHECK (round >= 1)
);
CREATE INDEX proposals_programme ON proposals (programme_id, id);

-- Each time it was asked, with other pins or another budget; never changed
-- afterwards, so that one can see what a pin did. People stand there by pseudonym.
CREATE TABLE proposal_rounds (
    proposal_id text NOT NULL REFERENCES proposals (id) ON DELETE CASCADE,
    round       integer NOT NULL,
    by_user     text NOT NULL,
    at          {{.Time}} NOT NULL,
    position    bigint NOT NULL, -- the last entry of the ledger before the inputs were read
    posts       integer NOT NULL, -- that the answer fills
    empty       integer NOT NULL, -- and leaves empty
    pins        integer NOT NULL,
    inputs      text NOT NULL,   -- JSON: budget, costs, quotas, pins
    result      text NOT NULL,   -- JSON: who goes where, totals and bound, what stays empty and why
    PRIMARY KEY (proposal_id, round),
    CONSTRAINT proposal_rounds__round CHECK (round >= 1)
);

-- How a professional orders the needs that suit them. It is theirs, and goes with them.
CREATE TABLE professional_preferences (
    professional_id text PRIMARY KEY REFERENCES professionals (id) ON DELETE CASCADE,
    items           text NOT NULL, -- JSON: identifiers of needs, the most wanted first
    version         integer NOT NULL DEFAULT 1,
    updated_at      {{.Time}} NOT NULL
);

-- How a host orders the people on its shortlist.
CREATE TABLE host_preferences (
    need_id    text PRIMARY KEY REFERENCES needs (id) ON DELETE CASCADE,
    items      text NOT NULL, -- JSON: identifiers of professionals, the most wanted first
    version    integer NOT NULL DEFAULT 1,
    updated_at {{.Time}} NOT NULL
);
