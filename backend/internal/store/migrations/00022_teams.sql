-- Needs that ask for several professions at once, teams that apply for them together,
-- and the goods that a team brings.

-- +goose Up

-- ── What the head count of a need is made of ────────────────────────────────
CREATE TABLE need_positions (
    id               text PRIMARY KEY,
    need_id          text NOT NULL REFERENCES needs (id) ON DELETE CASCADE,
    position         integer NOT NULL, -- the order
    isco             text NOT NULL, -- ISCO-08 unit group
    title            text NOT NULL, -- in the host's words
    headcount        integer NOT NULL,
    filled           integer NOT NULL DEFAULT 0, -- accepted offers
    licence_required boolean NOT NULL DEFAULT FALSE,
    CONSTRAINT need_positions__headcount CHECK (headcount BETWEEN 1 AND 100),
    -- No position has more people than places, however many accept at once.
    CONSTRAINT need_positions__filled CHECK (filled BETWEEN 0 AND headcount),
    UNIQUE (need_id, position)
);

-- ── Teams ───────────────────────────────────────────────────────────────────
-- Several professionals who stand for one need together. Each member is a candidacy
-- of their own, with their own yes and their own outcome.
CREATE TABLE teams (
    id              text PRIMARY KEY,
    need_id         text NOT NULL REFERENCES needs (id) ON DELETE CASCADE,
    organisation_id text NOT NULL REFERENCES organisations (id), -- the association that formed it
    name            text NOT NULL,
    statement       text NOT NULL, -- why this team
    state           text NOT NULL DEFAULT 'FORMING',
    created_by      text NOT NULL,
    applied_at      {{.Time}},
    version         integer NOT NULL DEFAULT 1,
    created_at      {{.Time}} NOT NULL,
    updated_at      {{.Time}} NOT NULL,
    CONSTRAINT teams__state CHECK (state IN ('FORMING', 'APPLIED')),
    CONSTRAINT teams__applied CHECK ((state = 'APPLIED') = (applied_at IS NOT NULL)),
    UNIQUE (need_id, organisation_id, name)
);
CREATE INDEX teams_organisation ON teams (organisation_id);

ALTER TABLE candidacies ADD COLUMN position_id text REFERENCES need_positions (id); -- which of the need's positions; none where it has none
ALTER TABLE candidacies ADD COLUMN team_id text REFERENCES teams (id) ON DELETE SET NULL;
CREATE INDEX candidacies_team ON candidacies (team_id);

-- ── What a team brings ──────────────────────────────────────────────────────
CREATE TABLE need_equipment (
    need_id  text NOT NULL REFERENCES needs (id) ON DELETE CASCADE,
    position integer NOT NULL, -- the order
    name     text NOT NULL,
    quantity integer NOT NULL,
    value    bigint NOT NULL, -- of one piece, minor units
    currency text NOT NULL, -- ISO 4217
    serial   text NOT NULL DEFAULT '',
    stays    boolean NOT NULL DEFAULT FALSE, -- given to the host; else it leaves again with the team
    PRIMARY KEY (need_id, position),
    CONSTRAINT need_equipment__amounts CHECK (quantity BETWEEN 1 AND 100000 AND value >= 0)
);

-- One evaluation by the host for a whole team; a member's own stays beside it.
ALTER TABLE placement_reports ADD COLUMN of_team boolean NOT NULL DEFAULT FALSE;

-- +goose Down
-- Migrations go forward only; a backup is taken before each.
SELECT 1;
