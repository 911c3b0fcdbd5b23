-- Who has begun an application and not sent it, so that they can be told before the
-- call closes. The words stay on the person's own device.

-- +goose Up

CREATE TABLE application_drafts (
    need_id         text NOT NULL REFERENCES needs (id) ON DELETE CASCADE,
    professional_id text NOT NULL REFERENCES professionals (id) ON DELETE CASCADE,
    begun_at        {{.Time}} NOT NULL,
    PRIMARY KEY (need_id, professional_id)
);

-- +goose Down
-- Migrations go forward only; a backup is taken before each.
SELECT 1;
