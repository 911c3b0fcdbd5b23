-- What a data-protection officer answers for: what is said of a breach to the
-- authority (GDPR, article 33), and the notes of an impact assessment (article 35).

-- +goose Up

ALTER TABLE breaches ADD COLUMN consequences text NOT NULL DEFAULT ''; -- what may follow for people
ALTER TABLE breaches ADD COLUMN risk text NOT NULL DEFAULT 'risk'
    CONSTRAINT breaches__risk CHECK (risk IN ('none', 'risk', 'high')); -- none: nobody has to be told
ALTER TABLE breaches ADD COLUMN people integer NOT NULL DEFAULT 0 -- about how many, as whoever recorded it estimates
    CONSTRAINT breaches__people CHECK (people >= 0);
ALTER TABLE breaches ADD COLUMN delay text NOT NULL DEFAULT ''; -- why the authority was told after 72 hours
ALTER TABLE breaches ADD COLUMN words text NOT NULL DEFAULT ''; -- what the people were told
ALTER TABLE breaches ADD COLUMN updated_at {{.Time}};

CREATE TABLE impact_assessments (
    id         text PRIMARY KEY,
    title      text NOT NULL,
    processing text NOT NULL, -- what is done with whose data, and what for
    necessity  text NOT NULL, -- why it is needed, and no more than that
    risks      text NOT NULL, -- for the people
    measures   text NOT NULL, -- against the risks
    outcome    text NOT NULL, -- what is left
    review_on  date NOT NULL, -- when it is looked at again
    by_user    text NOT NULL,
    version    integer NOT NULL DEFAULT 1,
    created_at {{.Time}} NOT NULL,
    updated_at {{.Time}} NOT NULL,
    CONSTRAINT impact_assessments__outcome CHECK (outcome IN ('low', 'mitigated', 'high')),
    CONSTRAINT impact_assessments__title CHECK (length(title) > 0)
);
CREATE INDEX impact_assessments_review ON impact_assessments (review_on);

-- +goose Down
-- Migrations go forward only; a backup is taken before each.
SELECT 1;
