-- The three decisions of a programme as a chain that it sets itself.

-- +goose Up

-- ── The chain of approval ───────────────────────────────────────────────────
-- Every version stays: a candidacy is decided by the chain that stood when it began.
CREATE TABLE approval_chains (
    programme_id text NOT NULL REFERENCES programmes (id) ON DELETE CASCADE,
    version      integer NOT NULL, -- 1 is the usual chain and never stored
    by_user      text NOT NULL,
    at           {{.Time}} NOT NULL,
    PRIMARY KEY (programme_id, version)
);
CREATE TABLE approval_steps (
    programme_id text NOT NULL,
    version      integer NOT NULL,
    step         text NOT NULL,
    days         integer NOT NULL, -- to decide in
    working      boolean NOT NULL, -- the days are working days
    silence      text NOT NULL, -- what follows when nobody decides; never a yes
    PRIMARY KEY (programme_id, version, step),
    FOREIGN KEY (programme_id, version) REFERENCES approval_chains (programme_id, version) ON DELETE CASCADE,
    CONSTRAINT approval_steps__step CHECK (step IN ('host_endorsement', 'no_objection', 'approval')),
    CONSTRAINT approval_steps__days CHECK (days BETWEEN 1 AND 90),
    CONSTRAINT approval_steps__silence CHECK (silence IN ('escalate', 'remind'))
);
-- Who may decide at a step; where nobody is named, any officer of its side.
CREATE TABLE approval_people (
    programme_id text NOT NULL,
    version      integer NOT NULL,
    step         text NOT NULL,
    user_id      text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    PRIMARY KEY (programme_id, version, step, user_id),
    FOREIGN KEY (programme_id, version, step) REFERENCES approval_steps (programme_id, version, step) ON DELETE CASCADE
);
CREATE INDEX approval_people_user ON approval_people (user_id);

-- What programmes had set so far becomes their first own chain.
INSERT INTO approval_chains (programme_id, version, by_user, at)
    SELECT r.programme_id, 2, 'system', p.created_at FROM selection_rules r JOIN programmes p ON p.id = r.programme_id;
INSERT INTO approval_steps (programme_id, version, step, days, working, silence)
    SELECT programme_id, 2, 'host_endorsement', endorsement_days, FALSE, silence FROM selection_rules;
INSERT INTO approval_steps (programme_id, version, step, days, working, silence)
    SELECT programme_id, 2, 'no_objection', objection_days, FALSE, silence FROM selection_rules;
INSERT INTO approval_steps (programme_id, version, step, days, working, silence)
    SELECT programme_id, 2, 'approval', approval_days, FALSE, silence FROM selection_rules;
ALTER TABLE candidacies ADD COLUMN chain_version integer NOT NULL DEFAULT 1; -- that it is decided by
UPDATE candidacies SET chain_version = 2 WHERE need_id IN (SELECT n.id FROM needs n JOIN selection_rules r ON r.programme_id = n.programme_id);

-- The days and the silence stand in the chain now.
CREATE TABLE selection_rules_kept (
    programme_id     text PRIMARY KEY REFERENCES programmes (id),
    committee        boolean NOT NULL DEFAULT FALSE, -- else a host may endorse from the shortlist
    shortlist_least  integer NOT NULL DEFAULT 1,
    balanced         boolean NOT NULL DEFAULT FALSE, -- women and men on every shortlist, or a written reason
    references_least integer NOT NULL DEFAULT 2,     -- of somebody whom a committee recommends
    version          integer NOT NULL DEFAULT 1,
    CONSTRAINT selection_rules__counts CHECK (shortlist_least BETWEEN 1 AND 20 AND references_least BETWEEN 0 AND 5)
);
INSERT INTO selection_rules_kept SELECT programme_id, committee, shortlist_least, balanced, references_least, version FROM selection_rules;
DROP TABLE selection_rules;
ALTER TABLE selection_rules_kept RENAME TO selection_rules;

-- +goose Down
-- Migrations go forward only; a backup is taken before each.
SELECT 1;
