-- Placements while they last: an extension that is asked for.

-- +goose Up

-- The last day that is asked for, while it is: the lifecycle calls that state
-- EXTENSION_ASKED. Whoever asks is on duty all the same, so the state stays.
ALTER TABLE placements ADD COLUMN extension_to date
    CONSTRAINT placements__extension CHECK (extension_to IS NULL OR (state = 'ON_DUTY' AND extension_to > to_on));

-- +goose Down
-- Migrations go forward only; a backup is taken before each.
SELECT 1;
