-- The person decides: what they show to one host for one need, how they leave,
-- what is kept and until when, and what a data-protection officer answers for.

-- +goose Up

-- ── Disclosures ───────────────────────────────────────────────────────────
-- A host asks one person for one need to be told more than the pseudonym; the
-- person answers. Nothing is copied here: what was granted is read anew from the
-- profile for as long as the grant lasts.
CREATE TABLE disclosures (
    id              text PRIMARY KEY,
    candidacy_id    text NOT NULL REFERENCES candidacies (id) ON DELETE CASCADE,
    need_id         text NOT NULL REFERENCES needs (id) ON DELETE CASCADE,
    professional_id text NOT NULL REFERENCES professionals (id) ON DELETE CASCADE,
    organisation_id text NOT NULL REFERENCES organisations (id) ON DELETE CASCADE, -- to whom: the host
    parts           text NOT NULL,            -- what was asked for, by name: "name contact"
    granted_parts   text NOT NULL DEFAULT '', -- what the person gave of it
    purpose         text NOT NULL,            -- what for, in the words of who asked
    until_on        date NOT NULL,            -- the last day on which it is shown
    state           text NOT NULL,
    asked_by        text NOT NULL,
    asked_for       text NOT NULL,            -- the organisation that asked: the host or the coordinator
    asked_at        {{.Time}} NOT NULL,
    answer_by       {{.Time}} NOT NULL,       -- unanswered, it ends here
    answered_at     {{.Time}},
    ended_at        {{.Time}},
    version         integer NOT NULL DEFAULT 1,
    CONSTRAINT disclosures__state CHECK (state IN ('ASKED', 'GRANTED', 'REFUSED', 'EXPIRED', 'REVOKED')),
    CONSTRAINT disclosures__purpose CHECK (length(purpose) > 0),
    CONSTRAINT disclosures__parts CHECK (length(parts) > 0),
    -- Nothing is shown that was not given, and nothing is given without an answer.
    CONSTRAINT disclosures__granted CHECK (state <> 'GRANTED' OR (length(granted_parts) > 0 AND answered_at IS NOT NULL)),
    CONSTRAINT disclosures__ended CHECK ((state IN ('REFUSED', 'EXPIRED', 'REVOKED')) = (ended_at IS NOT NULL))
);
-- One question at a time, and none beside a grant that lasts.
CREATE UNIQUE INDEX disclosures_one_open ON disclosures (candidacy_id, organisation_id) WHERE state IN ('ASKED', 'GRANTED');
CREATE INDEX disclosures_professional ON disclosures (professional_id);
CREATE INDEX disclosures_organisation ON disclosures (organisation_id, need_id);
CREATE INDEX disclosures_open ON disclosures (state, until_on);

-- What a person needs to be able to work: told to nobody but a host to whom the
-- person discloses it.
CREATE TABLE accessibility_needs (
    professional_id text PRIMARY KEY REFERENCES professionals (id) ON DELETE CASCADE,
    needs           text NOT NULL,
    version         integer NOT NULL DEFAULT 1,
    updated_at      {{.Time}} NOT NULL,
    CONSTRAINT accessibility_needs__length CHECK (length(needs) <= 2000)
);

-- ── Erasure ───────────────────────────────────────────────────────────────
-- A row stands from the second confirmation on. While it is REQUESTED the person
-- is shown to nobody. DONE is the tombstone: a restored backup reads it again.
CREATE TABLE erasures (
    id              text PRIMARY KEY,
    professional_id text NOT NULL REFERENCES professionals (id) ON DELETE CASCADE,
    user_id         text NOT NULL DEFAULT '',
    cause           text NOT NULL,
    state           text NOT NULL,
    requested_at    {{.Time}} NOT NULL,
    due_at          {{.Time}} NOT NULL, -- the end of the days in which one may change one's mind
    ended_at        {{.Time}},
    counts          text NOT NULL DEFAULT '{}', -- JSON: how many rows of each table went or were emptied
    scoured_at      {{.Time}}, -- since when index, free pages and logs hold nothing either
    CONSTRAINT erasures__cause CHECK (cause IN ('person', 'retention')),
    CONSTRAINT erasures__state CHECK (state IN ('REQUESTED', 'CANCELLED', 'DONE')),
    CONSTRAINT erasures__ended CHECK ((state = 'REQUESTED') = (ended_at IS NULL)),
    CONSTRAINT erasures__scoured CHECK (scoured_at IS NULL OR state = 'DONE')
);
CREATE UNIQUE INDEX erasures_one_open ON erasures (professional_id) WHERE state = 'REQUESTED';
CREATE INDEX erasures_due ON erasures (state, due_at);

-- ── Retention ─────────────────────────────────────────────────────────────
-- Before anything of a person is deleted because its time is over, the person is
-- asked. Who says keep starts the clock anew; who says nothing is erased.
CREATE TABLE retention_questions (
    id              text PRIMARY KEY,
    professional_id text NOT NULL REFERENCES professionals (id) ON DELETE CASCADE,
    class           text NOT NULL,
    asked_at        {{.Time}} NOT NULL,
    answer_by       {{.Time}} NOT NULL,
    answered_at     {{.Time}},
    answer          text NOT NULL DEFAULT '',
    CONSTRAINT retention_questions__answer CHECK (answer IN ('', 'keep', 'erase', 'none')),
    CONSTRAINT retention_questions__answered CHECK ((answer = '') = (answered_at IS NULL))
);
CREATE UNIQUE INDEX retention_questions_one_open ON retention_questions (professional_id, class) WHERE answer = '';
CREATE INDEX retention_questions_due ON retention_questions (answer, answer_by);

-- ── Human review ──────────────────────────────────────────────────────────
-- A ranking is advice. Whoever doubts it may have a person look again.
CREATE TABLE review_requests (
    id              text PRIMARY KEY,
    professional_id text NOT NULL REFERENCES professionals (id) ON DELETE CASCADE,
    need_id         text NOT NULL REFERENCES needs (id) ON DELETE CASCADE,
    words           text NOT NULL, -- what the person doubts
    state           text NOT NULL,
    asked_at        {{.Time}} NOT NULL,
    answer_by       {{.Time}} NOT NULL, -- one month: GDPR, article 12(3)
    answer          text NOT NULL DEFAULT '',
    answered_by     text NOT NULL DEFAULT '',
    answered_at     {{.Time}},
    version         integer NOT NULL DEFAULT 1,
    CONSTRAINT review_requests__state CHECK (state IN ('OPEN', 'ANSWERED')),
    CONSTRAINT review_requests__words CHECK (length(words) > 0 OR state = 'ANSWERED'),
    CONSTRAINT review_requests__answered CHECK ((state = 'ANSWERED') = (answered_at IS NOT NULL))
);
CREATE UNIQUE INDEX review_requests_one_open ON review_requests (professional_id, need_id) WHERE state = 'OPEN';
CREATE INDEX review_requests_need ON review_requests (need_id, state);

-- ── What the officer answers for ──────────────────────────────────────────
-- Transfers to recipients in other countries: who, on which basis, with which
-- safeguards (GDPR, articles 44-49).
CREATE TABLE transfers (
    id         text PRIMARY KEY,
    recipient  text NOT NULL,
    country    text NOT NULL,
    categories text NOT NULL, -- which personal data, in words
    purpose    text NOT NULL,
    basis      text NOT NULL,
    safeguards text NOT NULL DEFAULT '',
    contract   text NOT NULL DEFAULT '', -- its kind: memorandum, standard clauses, …
    from_on    date NOT NULL,
    until_on   date,
    by_user    text NOT NULL,
    version    integer NOT NULL DEFAULT 1,
    created_at {{.Time}} NOT NULL,
    CONSTRAINT transfers__basis CHECK (basis IN ('adequacy', 'standard_clauses', 'agreement', 'consent', 'public_interest')),
    CONSTRAINT transfers__order CHECK (until_on IS NULL OR from_on <= until_on)
);

-- Breaches, with whom they concern as the ledger told it when it was recorded.
CREATE TABLE breaches (
    id                text PRIMARY KEY,
    title             text NOT NULL,
    what              text NOT NULL,
    organisation_id   text NOT NULL DEFAULT '', -- whose access it concerns; none: everybody's
    from_at           {{.Time}} NOT NULL,
    to_at             {{.Time}} NOT NULL,
    known_at          {{.Time}} NOT NULL, -- the 72 hours begin (GDPR, article 33)
    measures          text NOT NULL DEFAULT '',
    authority_told_at {{.Time}},
    people_told_at    {{.Time}},
    closed_at         {{.Time}},
    by_user           text NOT NULL,
    version           integer NOT NULL DEFAULT 1,
    created_at        {{.Time}} NOT NULL,
    CONSTRAINT breaches__order CHECK (from_at <= to_at)
);
CREATE TABLE breach_people (
    breach_id       text NOT NULL REFERENCES breaches (id) ON DELETE CASCADE,
    professional_id text NOT NULL REFERENCES professionals (id) ON DELETE CASCADE,
    looks           integer NOT NULL, -- how often they were looked at in the period
    PRIMARY KEY (breach_id, professional_id)
);
CREATE INDEX breach_people_professional ON breach_people (professional_id);

-- ── What erasure may touch ────────────────────────────────────────────────
-- A row that was erased stays for the counts of placements, and says when.
ALTER TABLE professionals ADD COLUMN erased_at {{.Time}};

-- A frozen ranking stays as it is but for people who were erased: their words are
-- taken out, their place and score stay, and the row counts how often that was done.
ALTER TABLE ranking_snapshots ADD COLUMN redactions integer NOT NULL DEFAULT 0;
{{if .Postgres}}
DROP TRIGGER snapshots_kept ON ranking_snapshots;
CREATE TRIGGER snapshots_kept BEFORE UPDATE ON ranking_snapshots FOR EACH ROW
    WHEN (NOT (NEW.redactions = OLD.redactions + 1 AND NEW.id = OLD.id AND NEW.need_id = OLD.need_id AND NEW.taken_at = OLD.taken_at
        AND NEW.by_user = OLD.by_user AND NEW.algorithm = OLD.algorithm AND NEW.index_position = OLD.index_position))
    EXECUTE FUNCTION refuse('rule:ranking_snapshots.frozen');
-- A decision stays; of one about a person who was erased the words of its reason go.
DROP TRIGGER decisions_kept ON decisions;
CREATE TRIGGER decisions_kept BEFORE UPDATE ON decisions FOR EACH ROW
    WHEN (NOT (NEW.reason = '[erased]' AND NEW.id = OLD.id AND NEW.candidacy_id = OLD.candidacy_id AND NEW.step = OLD.step
        AND NEW.outcome = OLD.outcome AND NEW.by_user = OLD.by_user AND NEW.by_organisation = OLD.by_organisation AND NEW.at = OLD.at))
    EXECUTE FUNCTION refuse('rule:decisions.final');
CREATE TRIGGER disclosures_final BEFORE UPDATE ON disclosures FOR EACH ROW
    WHEN (OLD.state IN ('REFUSED', 'EXPIRED', 'REVOKED') AND NEW.state <> OLD.state)
    EXECUTE FUNCTION refuse('rule:disclosures.final');
CREATE TRIGGER erasures_final BEFORE UPDATE ON erasures FOR EACH ROW
    WHEN (OLD.state IN ('CANCELLED', 'DONE') AND NEW.state <> OLD.state)
    EXECUTE FUNCTION refuse('rule:erasures.final');
{{else}}
DROP TRIGGER snapshots_kept;
-- +goose StatementBegin
CREATE TRIGGER snapshots_kept BEFORE UPDATE ON ranking_snapshots
    WHEN NOT (NEW.redactions = OLD.redactions + 1 AND NEW.id = OLD.id AND NEW.need_id = OLD.need_id AND NEW.taken_at = OLD.taken_at
        AND NEW.by_user = OLD.by_user AND NEW.algorithm = OLD.algorithm AND NEW.index_position = OLD.index_position)
BEGIN SELECT RAISE(ABORT, 'rule:ranking_snapshots.frozen'); END;
-- +goose StatementEnd
-- A decision stays; of one about a person who was erased the words of its reason go.
DROP TRIGGER decisions_kept;
-- +goose StatementBegin
CREATE TRIGGER decisions_kept BEFORE UPDATE ON decisions
    WHEN NOT (NEW.reason = '[erased]' AND NEW.id = OLD.id AND NEW.candidacy_id = OLD.candidacy_id AND NEW.step = OLD.step
        AND NEW.outcome = OLD.outcome AND NEW.by_user = OLD.by_user AND NEW.by_organisation = OLD.by_organisation AND NEW.at = OLD.at)
BEGIN SELECT RAISE(ABORT, 'rule:decisions.final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER disclosures_final BEFORE UPDATE ON disclosures
    WHEN OLD.state IN ('REFUSED', 'EXPIRED', 'REVOKED') AND NEW.state <> OLD.state
BEGIN SELECT RAISE(ABORT, 'rule:disclosures.final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER erasures_final BEFORE UPDATE ON erasures
    WHEN OLD.state IN ('CANCELLED', 'DONE') AND NEW.state <> OLD.state
BEGIN SELECT RAISE(ABORT, 'rule:erasures.final'); END;
-- +goose StatementEnd
{{end}}

-- +goose Down
-- Migrations go forward only; a backup is taken before each.
SELECT 1;
