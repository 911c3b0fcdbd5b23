-- Placements while they last: an extension that is asked for.

-- +goose Up

-- The last day that is asked for, while it is: the lifecycle calls that state
-- EXTENSION_ASKED. Whoever asks is on duty all the same, so the state stays.
ALTER TABLE placements ADD COLUMN extension_to date
    CONSTRAINT placements__extension CHECK (extension_to IS NULL OR (state = 'ON_DUTY' AND extension_to > to_on));

-- Which text of the participation agreement each side has accepted: the version, the
-- language that it was read in, and the digest of its words.
CREATE TABLE agreement_acceptances (
    placement_id text NOT NULL REFERENCES placements (id) ON DELETE CASCADE,
    role         text NOT NULL,
    by_user      text NOT NULL,
    version      text NOT NULL,
    language     text NOT NULL,
    digest       text NOT NULL, -- SHA-256, hexadecimal
    from_on      date NOT NULL, -- of the stay as it was agreed to
    to_on        date NOT NULL,
    at           {{.Time}} NOT NULL,
    PRIMARY KEY (placement_id, role),
    CONSTRAINT agreement_acceptances__role CHECK (role IN ('professional', 'host', 'coordinator')),
    CONSTRAINT agreement_acceptances__order CHECK (from_on <= to_on)
);

-- How a report came: by the screens, by a link without an account, or as a file.
ALTER TABLE placement_reports ADD COLUMN source text NOT NULL DEFAULT 'portal'
    CONSTRAINT placement_reports__source CHECK (source IN ('portal', 'link', 'file'));

-- A link that opens one form of one placement, without an account.
CREATE TABLE placement_links (
    token_hash   text PRIMARY KEY,
    placement_id text NOT NULL REFERENCES placements (id) ON DELETE CASCADE,
    kind         text NOT NULL, -- of the report
    created_by   text NOT NULL,
    created_at   {{.Time}} NOT NULL,
    expires_at   {{.Time}} NOT NULL
);
CREATE INDEX placement_links_placement ON placement_links (placement_id);

-- Whom to tell when something has happened to somebody.
CREATE TABLE emergency_contacts (
    id              text PRIMARY KEY,
    professional_id text NOT NULL REFERENCES professionals (id) ON DELETE CASCADE,
    position        integer NOT NULL,
    name            text NOT NULL,
    phone           text NOT NULL,
    relation        text NOT NULL DEFAULT '',
    updated_at      {{.Time}} NOT NULL
);
CREATE INDEX emergency_contacts_professional ON emergency_contacts (professional_id, position);

-- What went wrong, told in confidence: apart from the placement, since fewer people
-- may read it.
CREATE TABLE incidents (
    id           text PRIMARY KEY,
    programme_id text NOT NULL REFERENCES programmes (id),
    placement_id text NOT NULL REFERENCES placements (id) ON DELETE CASCADE,
    filed_by     text NOT NULL, -- of a user
    role         text NOT NULL,
    kind         text NOT NULL,
    happened_on  date,
    body         text NOT NULL,
    state        text NOT NULL DEFAULT 'OPEN',
    outcome      text NOT NULL DEFAULT '', -- what was done, for whoever told it
    decided_by   text NOT NULL DEFAULT '',
    version      integer NOT NULL DEFAULT 1,
    created_at   {{.Time}} NOT NULL,
    updated_at   {{.Time}} NOT NULL,
    CONSTRAINT incidents__kind CHECK (kind IN ('safety', 'health', 'harassment', 'abuse', 'fee', 'work', 'other')),
    CONSTRAINT incidents__state CHECK (state IN ('OPEN', 'WORKING', 'CLOSED')),
    -- Whoever told it is told what was done.
    CONSTRAINT incidents__outcome CHECK (state <> 'CLOSED' OR outcome <> ''),
    -- Nobody decides about what they have told themselves.
    CONSTRAINT incidents__decided CHECK (decided_by = '' OR decided_by <> filed_by)
);
CREATE INDEX incidents_programme ON incidents (programme_id, id);
CREATE INDEX incidents_filed ON incidents (filed_by, id);

-- +goose Down
-- Migrations go forward only; a backup is taken before each.
SELECT 1;
