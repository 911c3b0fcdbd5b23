-- What a stay costs: the rates of a programme, what each placement was promised, and
-- what of it is paid.

-- +goose Up

-- By country; one row a programme, since the rates are agreed on together.
CREATE TABLE programme_rates (
    programme_id text PRIMARY KEY REFERENCES programmes (id) ON DELETE CASCADE,
    rates        text NOT NULL, -- JSON: amounts in minor units, by country
    version      integer NOT NULL DEFAULT 1,
    updated_at   {{.Time}} NOT NULL
);

-- The rate of a placement as it was when the offer was accepted: rates that change
-- later change nothing that was promised.
CREATE TABLE placement_plans (
    placement_id  text PRIMARY KEY REFERENCES placements (id) ON DELETE CASCADE,
    currency      text NOT NULL, -- ISO 4217
    daily         bigint NOT NULL, -- minor units
    travel        bigint NOT NULL, -- minor units, once
    lodged        boolean NOT NULL, -- by the host
    lodging_share integer NOT NULL, -- percent of the allowance that somebody gets who is lodged
    tiers         text NOT NULL, -- JSON: how many days at how many percent
    committed     bigint NOT NULL, -- minor units that are kept for this stay
    released      bigint NOT NULL DEFAULT 0, -- minor units that were kept and are free again
    at            {{.Time}} NOT NULL,
    CONSTRAINT placement_plans__amounts CHECK (daily >= 0 AND travel >= 0 AND committed >= 0 AND released >= 0 AND lodging_share BETWEEN 0 AND 100)
);

-- Two people pay: one asks for it, another releases it.
CREATE TABLE allowance_instalments (
    placement_id text NOT NULL REFERENCES placements (id) ON DELETE CASCADE,
    number       integer NOT NULL,
    amount       bigint NOT NULL, -- minor units
    state        text NOT NULL DEFAULT 'ASKED',
    asked_by     text NOT NULL,
    asked_at     {{.Time}} NOT NULL,
    released_by  text NOT NULL DEFAULT '',
    released_at  {{.Time}},
    PRIMARY KEY (placement_id, number),
    CONSTRAINT allowance_instalments__state CHECK (state IN ('ASKED', 'RELEASED', 'REFUSED')),
    CONSTRAINT allowance_instalments__amount CHECK (amount > 0),
    CONSTRAINT allowance_instalments__two CHECK (released_by <> asked_by),
    CONSTRAINT allowance_instalments__decided CHECK ((state = 'ASKED') = (released_at IS NULL))
);

-- +goose Down
-- Migrations go forward only; a backup is taken before each.
SELECT 1;
