-- Needs and candidacies to the end of their lives: suspension and standing down,
-- eligibility, committees with their scores, reserve, review and disqualification;
-- templates; what a programme asks of a selection; relays.

-- +goose Up

-- ── Needs ───────────────────────────────────────────────────────────────────
-- Where a suspended need comes back to.
ALTER TABLE needs ADD COLUMN resumes_to text NOT NULL DEFAULT ''
    CONSTRAINT needs__resumes CHECK ((state = 'SUSPENDED') = (resumes_to <> ''));
ALTER TABLE needs ADD COLUMN resumed_at {{.Time}}; -- nobody is late who could not answer while it was suspended
ALTER TABLE needs ADD COLUMN stood_down_on date; -- candidates see it for fourteen days more
-- Covered by several people one after the other, each handing over to the next.
ALTER TABLE needs ADD COLUMN relay boolean NOT NULL DEFAULT FALSE;
ALTER TABLE needs ADD COLUMN overlap_days integer NOT NULL DEFAULT 0
    CONSTRAINT needs__overlap CHECK (overlap_days BETWEEN 0 AND 30);

-- A need to begin others from: a host's own, or the programme's.
CREATE TABLE need_templates (
    id              text PRIMARY KEY,
    programme_id    text NOT NULL REFERENCES programmes (id),
    organisation_id text REFERENCES organisations (id), -- none: every host of the programme may use it
    title           text NOT NULL,
    body            text NOT NULL, -- JSON: what a host writes in a need, without days
    created_by      text NOT NULL,
    created_at      {{.Time}} NOT NULL,
    CONSTRAINT need_templates__title CHECK (length(title) > 0)
);
CREATE INDEX need_templates_programme ON need_templates (programme_id);

-- ── What a programme asks of a selection ────────────────────────────────────
CREATE TABLE selection_rules (
    programme_id     text PRIMARY KEY REFERENCES programmes (id),
    committee        boolean NOT NULL DEFAULT FALSE, -- else a host may endorse from the shortlist
    shortlist_least  integer NOT NULL DEFAULT 1,
    balanced         boolean NOT NULL DEFAULT FALSE, -- women and men on every shortlist, or a written reason
    references_least integer NOT NULL DEFAULT 2,     -- of somebody whom a committee recommends
    endorsement_days integer NOT NULL DEFAULT 10,
    objection_days   integer NOT NULL DEFAULT 10,
    approval_days    integer NOT NULL DEFAULT 10,
    silence          text NOT NULL DEFAULT 'escalate', -- what happens when nobody decides; never a yes
    version          integer NOT NULL DEFAULT 1,
    CONSTRAINT selection_rules__silence CHECK (silence IN ('escalate', 'remind')),
    CONSTRAINT selection_rules__counts CHECK (shortlist_least BETWEEN 1 AND 20 AND references_least BETWEEN 0 AND 5),
    CONSTRAINT selection_rules__days CHECK (endorsement_days BETWEEN 1 AND 90 AND objection_days BETWEEN 1 AND 90
        AND approval_days BETWEEN 1 AND 90)
);

-- ── Candidacies ─────────────────────────────────────────────────────────────
ALTER TABLE candidacies ADD COLUMN round integer NOT NULL DEFAULT 1; -- one more after an objection or a review
ALTER TABLE candidacies ADD COLUMN rules text NOT NULL DEFAULT '[]'; -- JSON: what each rule of eligibility found
ALTER TABLE candidacies ADD COLUMN reason_code text NOT NULL DEFAULT ''; -- why not: from the list
ALTER TABLE candidacies ADD COLUMN resumes_to text NOT NULL DEFAULT ''; -- the end that a review looks at again
ALTER TABLE candidacies ADD COLUMN ended_at {{.Time}}; -- from then on fifteen days to ask for a review
ALTER TABLE candidacies ADD COLUMN decide_by {{.Time}}; -- when whoever is to decide is late
ALTER TABLE candidacies ADD COLUMN escalated_at {{.Time}}; -- since when others know that nobody decided

{{if .Postgres}}
ALTER TABLE candidacies DROP CONSTRAINT candidacies__state;
ALTER TABLE candidacies ADD CONSTRAINT candidacies__state CHECK (state IN ('DRAFT', 'NOMINATED', 'SUBMITTED', 'ELIGIBLE', 'LONGLISTED',
    'SHORTLISTED', 'UNDER_ASSESSMENT', 'RECOMMENDED', 'RESERVE', 'UNDER_REVIEW', 'HOST_ENDORSED',
    'NO_OBJECTION', 'OBJECTED', 'APPROVED', 'OFFERED', 'ACCEPTED', 'DECLINED', 'OFFER_EXPIRED', 'NOT_SELECTED',
    'INELIGIBLE', 'WITHDRAWN', 'LAPSED', 'DISQUALIFIED'));
{{else}}
-- A wider CHECK changes nothing that is stored, so the table need not be written
-- anew: https://sqlite.org/lang_altertable.html, "Making Other Kinds Of Table Schema
-- Changes", the second procedure.
PRAGMA writable_schema = ON;
UPDATE sqlite_master SET sql = replace(sql, 'CHECK (state IN (''DRAFT'', ''NOMINATED'', ''SUBMITTED'', ''SHORTLISTED'',',
    'CHECK (state IN (''DRAFT'', ''NOMINATED'', ''SUBMITTED'', ''ELIGIBLE'', ''LONGLISTED'', ''UNDER_ASSESSMENT'', ''RECOMMENDED'', ''RESERVE'', ''UNDER_REVIEW'', ''SHORTLISTED'',')
    WHERE type = 'table' AND name = 'candidacies';
PRAGMA writable_schema = RESET;
{{end}}

-- A decision is of a round. Nothing refers to decisions, so SQLite may write the
-- table anew.
{{if .Postgres}}
ALTER TABLE decisions ADD COLUMN round integer NOT NULL DEFAULT 1;
ALTER TABLE decisions DROP CONSTRAINT decisions_candidacy_id_step_key;
ALTER TABLE decisions ADD CONSTRAINT decisions__once UNIQUE (candidacy_id, round, step);
DROP INDEX decisions_three_people;
DROP TRIGGER decisions_kept ON decisions;
DROP TRIGGER candidacies_final ON candidacies;
{{else}}
DROP TRIGGER decisions_kept;
DROP TRIGGER candidacies_final;
CREATE TABLE decisions_of_rounds (
    id              text PRIMARY KEY,
    candidacy_id    text NOT NULL REFERENCES candidacies (id) ON DELETE CASCADE,
    step            text NOT NULL,
    outcome         text NOT NULL,
    reason          text NOT NULL,
    by_user         text NOT NULL,
    by_organisation text NOT NULL,
    at              {{.Time}} NOT NULL,
    round           integer NOT NULL DEFAULT 1,
    CONSTRAINT decisions__step CHECK (step IN ('shortlist', 'host_endorsement', 'no_objection', 'approval', 'acceptance')),
    CONSTRAINT decisions__outcome CHECK (outcome IN ('yes', 'no')),
    CONSTRAINT decisions__reason CHECK (length(reason) > 0 OR step = 'acceptance'),
    CONSTRAINT decisions__once UNIQUE (candidacy_id, round, step)
);
INSERT INTO decisions_of_rounds (id, candidacy_id, step, outcome, reason, by_user, by_organisation, at)
    SELECT id, candidacy_id, step, outcome, reason, by_user, by_organisation, at FROM decisions;
DROP TABLE decisions;
ALTER TABLE decisions_of_rounds RENAME TO decisions;
{{end}}
-- In each round the three that open the door are three people's.
CREATE UNIQUE INDEX decisions_three_people ON decisions (candidacy_id, round, by_user)
    WHERE step IN ('host_endorsement', 'no_objection', 'approval');

-- A person who was not selected may have it looked at again, once a round.
CREATE TABLE candidacy_reviews (
    id           text PRIMARY KEY,
    candidacy_id text NOT NULL REFERENCES candidacies (id) ON DELETE CASCADE,
    round        integer NOT NULL,
    from_state   text NOT NULL,
    grounds      text NOT NULL,
    asked_at     {{.Time}} NOT NULL,
    outcome      text NOT NULL DEFAULT '',
    words        text NOT NULL DEFAULT '', -- of the reviewer
    replayed     text NOT NULL DEFAULT '', -- what came out when the frozen ranking was computed again
    by_user      text NOT NULL DEFAULT '',
    decided_at   {{.Time}},
    CONSTRAINT candidacy_reviews__once UNIQUE (candidacy_id, round),
    CONSTRAINT candidacy_reviews__outcome CHECK (outcome IN ('', 'upheld', 'reopened', 'ended')),
    CONSTRAINT candidacy_reviews__replayed CHECK (replayed IN ('', 'same', 'differs', 'none')),
    CONSTRAINT candidacy_reviews__decided CHECK ((outcome = '') = (decided_at IS NULL))
);

-- A false statement ends a candidacy once the person could reply and a second
-- officer agrees.
CREATE TABLE disqualifications (
    id           text PRIMARY KEY,
    candidacy_id text NOT NULL REFERENCES candidacies (id) ON DELETE CASCADE,
    evidence     text NOT NULL, -- what is false, and how one knows
    proposed_by  text NOT NULL,
    proposed_at  {{.Time}} NOT NULL,
    reply_by     {{.Time}} NOT NULL,
    reply        text NOT NULL DEFAULT '', -- of the person
    replied_at   {{.Time}},
    outcome      text NOT NULL DEFAULT '',
    decided_by   text NOT NULL DEFAULT '',
    decided_at   {{.Time}},
    CONSTRAINT disqualifications__evidence CHECK (length(evidence) > 0),
    CONSTRAINT disqualifications__outcome CHECK (outcome IN ('', 'confirmed', 'dropped')),
    CONSTRAINT disqualifications__decided CHECK ((outcome = '') = (decided_at IS NULL)),
    -- Two people, and not before the person has had seven days or has replied.
    CONSTRAINT disqualifications__two CHECK (outcome <> 'confirmed' OR decided_by <> proposed_by),
    CONSTRAINT disqualifications__reply CHECK (outcome <> 'confirmed' OR replied_at IS NOT NULL OR decided_at >= reply_by)
);
CREATE UNIQUE INDEX disqualifications_one_open ON disqualifications (candidacy_id) WHERE outcome = '';

-- ── Committees ──────────────────────────────────────────────────────────────
CREATE TABLE committee_members (
    need_id         text NOT NULL REFERENCES needs (id) ON DELETE CASCADE,
    user_id         text NOT NULL REFERENCES users (id),
    organisation_id text NOT NULL REFERENCES organisations (id),
    seat            text NOT NULL, -- the role that the member sits for
    chair           boolean NOT NULL DEFAULT FALSE,
    added_by        text NOT NULL,
    added_at        {{.Time}} NOT NULL,
    PRIMARY KEY (need_id, user_id),
    CONSTRAINT committee_members__seat CHECK (seat IN ('host', 'coordinator', 'ministry', 'association'))
);
CREATE UNIQUE INDEX committee_members_chair ON committee_members (need_id) WHERE chair;
CREATE INDEX committee_members_user ON committee_members (user_id);

-- Before scoring, every member says whether they have a conflict of interest.
CREATE TABLE committee_conflicts (
    candidacy_id text NOT NULL REFERENCES candidacies (id) ON DELETE CASCADE,
    user_id      text NOT NULL,
    conflict     boolean NOT NULL,
    reason       text NOT NULL DEFAULT '',
    at           {{.Time}} NOT NULL,
    PRIMARY KEY (candidacy_id, user_id),
    CONSTRAINT committee_conflicts__reason CHECK (NOT conflict OR length(reason) > 0)
);

-- One level for one criterion, by one member, made without seeing the others'.
CREATE TABLE committee_scores (
    candidacy_id text NOT NULL REFERENCES candidacies (id) ON DELETE CASCADE,
    round        integer NOT NULL,
    user_id      text NOT NULL,
    criterion    text NOT NULL, -- the identifier of a criterion of the need
    level        integer NOT NULL,
    note         text NOT NULL DEFAULT '',
    at           {{.Time}} NOT NULL,
    PRIMARY KEY (candidacy_id, round, user_id, criterion),
    CONSTRAINT committee_scores__level CHECK (level BETWEEN 1 AND 4)
);

-- What the committee agreed on, with its minutes; never changed.
CREATE TABLE assessments (
    id           text PRIMARY KEY,
    candidacy_id text NOT NULL REFERENCES candidacies (id) ON DELETE CASCADE,
    round        integer NOT NULL,
    outcome      text NOT NULL,
    levels       text NOT NULL, -- JSON: the agreed level by criterion
    minutes      text NOT NULL,
    by_user      text NOT NULL, -- the chair
    at           {{.Time}} NOT NULL,
    CONSTRAINT assessments__once UNIQUE (candidacy_id, round),
    CONSTRAINT assessments__outcome CHECK (outcome IN ('recommended', 'reserve', 'not_selected')),
    CONSTRAINT assessments__minutes CHECK (length(minutes) > 0)
);

-- What somebody who knows the person's work said when the committee asked.
CREATE TABLE candidacy_references (
    id           text PRIMARY KEY,
    candidacy_id text NOT NULL REFERENCES candidacies (id) ON DELETE CASCADE,
    referee      text NOT NULL, -- a function and an institution, not a name
    words        text NOT NULL,
    by_user      text NOT NULL,
    at           {{.Time}} NOT NULL,
    CONSTRAINT candidacy_references__filled CHECK (length(referee) > 0 AND length(words) > 0)
);
CREATE INDEX candidacy_references_candidacy ON candidacy_references (candidacy_id);

{{if .Postgres}}
CREATE TRIGGER decisions_kept BEFORE UPDATE ON decisions FOR EACH ROW
    WHEN (NOT (NEW.reason = '[erased]' AND NEW.id = OLD.id AND NEW.candidacy_id = OLD.candidacy_id AND NEW.round = OLD.round AND NEW.step = OLD.step
        AND NEW.outcome = OLD.outcome AND NEW.by_user = OLD.by_user AND NEW.by_organisation = OLD.by_organisation AND NEW.at = OLD.at))
    EXECUTE FUNCTION refuse('rule:decisions.final');
-- What a committee agreed on stays; of somebody who was erased the minutes go.
CREATE TRIGGER assessments_kept BEFORE UPDATE ON assessments FOR EACH ROW
    WHEN (NOT (NEW.minutes = '[erased]' AND NEW.outcome = OLD.outcome AND NEW.candidacy_id = OLD.candidacy_id))
    EXECUTE FUNCTION refuse('rule:assessments.final');
-- Terminal states have no exits; three of them a review, and an objection goes back
-- to the committee or ends.
CREATE TRIGGER candidacies_final BEFORE UPDATE ON candidacies FOR EACH ROW
    WHEN (NEW.state <> OLD.state AND (OLD.state IN ('ACCEPTED', 'DECLINED', 'OFFER_EXPIRED', 'WITHDRAWN', 'LAPSED')
        OR (OLD.state IN ('NOT_SELECTED', 'INELIGIBLE', 'DISQUALIFIED') AND NEW.state <> 'UNDER_REVIEW')))
    EXECUTE FUNCTION refuse('rule:candidacies.final');
{{else}}
-- +goose StatementBegin
CREATE TRIGGER decisions_kept BEFORE UPDATE ON decisions
    WHEN NOT (NEW.reason = '[erased]' AND NEW.id = OLD.id AND NEW.candidacy_id = OLD.candidacy_id AND NEW.round = OLD.round AND NEW.step = OLD.step
        AND NEW.outcome = OLD.outcome AND NEW.by_user = OLD.by_user AND NEW.by_organisation = OLD.by_organisation AND NEW.at = OLD.at)
BEGIN SELECT RAISE(ABORT, 'rule:decisions.final'); END;
-- +goose StatementEnd
-- What a committee agreed on stays; of somebody who was erased the minutes go.
-- +goose StatementBegin
CREATE TRIGGER assessments_kept BEFORE UPDATE ON assessments
    WHEN NOT (NEW.minutes = '[erased]' AND NEW.outcome = OLD.outcome AND NEW.candidacy_id = OLD.candidacy_id)
BEGIN SELECT RAISE(ABORT, 'rule:assessments.final'); END;
-- +goose StatementEnd
-- Terminal states have no exits; three of them a review, and an objection goes back
-- to the committee or ends.
-- +goose StatementBegin
CREATE TRIGGER candidacies_final BEFORE UPDATE ON candidacies
    WHEN NEW.state <> OLD.state AND (OLD.state IN ('ACCEPTED', 'DECLINED', 'OFFER_EXPIRED', 'WITHDRAWN', 'LAPSED')
        OR (OLD.state IN ('NOT_SELECTED', 'INELIGIBLE', 'DISQUALIFIED') AND NEW.state <> 'UNDER_REVIEW'))
BEGIN SELECT RAISE(ABORT, 'rule:candidacies.final'); END;
-- +goose StatementEnd
{{end}}

-- +goose Down
-- Migrations go forward only; a backup is taken before each.
SELECT 1;
