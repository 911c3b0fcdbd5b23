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

-- +goose Down
-- Migrations go forward only; a backup is taken before each.
SELECT 1;
