-- Organisations that ask to take part: what they say of themselves, who answers for
-- it, and what became of it; and officers who let a colleague act for them.

-- +goose Up

-- ── What everybody may read of a partner ────────────────────────────────────
ALTER TABLE organisations ADD COLUMN website text NOT NULL DEFAULT '';
ALTER TABLE organisations ADD COLUMN summary text NOT NULL DEFAULT ''; -- what it does, in its own words
-- Why it does not take part at present, for those who ask.
ALTER TABLE organisations ADD COLUMN state_reason text NOT NULL DEFAULT '';
ALTER TABLE organisations ADD COLUMN state_at {{.Time}};

-- ── Applications ────────────────────────────────────────────────────────────
CREATE TABLE organisation_applications (
    id              text PRIMARY KEY,
    programme_id    text NOT NULL REFERENCES programmes (id) ON DELETE CASCADE,
    kind            text NOT NULL,
    name            text NOT NULL,
    country         text NOT NULL,
    place           text NOT NULL DEFAULT '',
    website         text NOT NULL DEFAULT '',
    summary         text NOT NULL,
    officer_name    text NOT NULL, -- the first officer
    officer_email   text NOT NULL,
    locale          text NOT NULL,
    state           text NOT NULL,
    round           integer NOT NULL DEFAULT 1, -- one more each time it is sent again
    confirmed_at    {{.Time}}, -- when the link in the first mail was opened: before that nobody looks at it
    vouched_by      text NOT NULL DEFAULT '', -- the ministry's officer who vouched for a host
    vouched_at      {{.Time}},
    decided_by      text NOT NULL DEFAULT '',
    reason          text NOT NULL DEFAULT '', -- of the last decision
    organisation_id text REFERENCES organisations (id), -- what it became
    version         integer NOT NULL DEFAULT 1,
    created_at      {{.Time}} NOT NULL,
    updated_at      {{.Time}} NOT NULL,
    CONSTRAINT organisation_applications__kind CHECK (kind IN ('association', 'ministry', 'host_institution',
        'destination_ministry', 'donor', 'local_authority', 'professional_council', 'recruitment_agency', 'employer', 'data_office')),
    CONSTRAINT organisation_applications__state CHECK (state IN ('APPLIED', 'RETURNED', 'APPROVED', 'CLOSED')),
    CONSTRAINT organisation_applications__email CHECK (officer_email = lower(officer_email)),
    -- What was approved is an organisation, and nothing else is.
    CONSTRAINT organisation_applications__approved CHECK ((state = 'APPROVED') = (organisation_id IS NOT NULL)),
    -- Nobody is refused, and nothing sent back, without a reason.
    CONSTRAINT organisation_applications__reason CHECK (state NOT IN ('RETURNED', 'CLOSED') OR length(reason) > 0),
    CONSTRAINT organisation_applications__vouched CHECK ((vouched_by <> '') = (vouched_at IS NOT NULL))
);
CREATE INDEX organisation_applications_waiting ON organisation_applications (programme_id, state, created_at);

-- Two people who know the organisation and are not of it.
CREATE TABLE organisation_referees (
    application_id text NOT NULL REFERENCES organisation_applications (id) ON DELETE CASCADE,
    position       integer NOT NULL,
    name           text NOT NULL,
    organisation   text NOT NULL,
    contact        text NOT NULL,
    PRIMARY KEY (application_id, position)
);

-- What has to be mended, field by field.
CREATE TABLE organisation_remarks (
    application_id text NOT NULL REFERENCES organisation_applications (id) ON DELETE CASCADE,
    round          integer NOT NULL,
    field          text NOT NULL,
    words          text NOT NULL,
    by_user        text NOT NULL,
    at             {{.Time}} NOT NULL,
    PRIMARY KEY (application_id, round, field),
    CONSTRAINT organisation_remarks__words CHECK (length(words) > 0)
);

-- The papers of an application are files as others.
ALTER TABLE files ADD COLUMN application_id text;
{{if .Postgres}}
ALTER TABLE files DROP CONSTRAINT files__owner;
ALTER TABLE files ADD CONSTRAINT files__owner CHECK ((CASE WHEN professional_id IS NULL THEN 0 ELSE 1 END)
    + (CASE WHEN import_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN application_id IS NULL THEN 0 ELSE 1 END) = 1);
{{else}}
-- A CHECK that every stored row passes changes nothing that is stored, so the table
-- need not be written anew: https://sqlite.org/lang_altertable.html, "Making Other
-- Kinds Of Table Schema Changes", the second procedure.
PRAGMA writable_schema = ON;
UPDATE sqlite_master SET sql = replace(sql, 'CHECK ((professional_id IS NULL) <> (import_id IS NULL))',
    'CHECK ((professional_id IS NOT NULL) + (import_id IS NOT NULL) + (application_id IS NOT NULL) = 1)')
    WHERE type = 'table' AND name = 'files';
PRAGMA writable_schema = RESET;
{{end}}
CREATE INDEX files_application ON files (application_id);

-- ── Acting for a colleague ──────────────────────────────────────────────────
-- The giver's office, for a time, in another officer's hands. Both are named with
-- whatever is done, and both count where two people must be different.
CREATE TABLE delegations (
    id            text PRIMARY KEY,
    membership_id text NOT NULL REFERENCES memberships (id) ON DELETE CASCADE, -- of the giver: the office
    giver_id      text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    taker_id      text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    starts_at     {{.Time}} NOT NULL,
    ends_at       {{.Time}} NOT NULL,
    reason        text NOT NULL,
    ended_at      {{.Time}}, -- before its time
    ended_by      text NOT NULL DEFAULT '',
    created_at    {{.Time}} NOT NULL,
    CONSTRAINT delegations__two CHECK (giver_id <> taker_id),
    CONSTRAINT delegations__order CHECK (starts_at < ends_at),
    CONSTRAINT delegations__reason CHECK (length(reason) > 0)
);
CREATE INDEX delegations_giver ON delegations (giver_id, ends_at);
CREATE INDEX delegations_taker ON delegations (taker_id, ends_at);
CREATE INDEX delegations_membership ON delegations (membership_id);

-- The session that acts for somebody.
ALTER TABLE sessions ADD COLUMN delegation_id text REFERENCES delegations (id) ON DELETE SET NULL;

-- For whom a decision was signed: of the three that open the door none is signed by,
-- or for, somebody of another.
ALTER TABLE decisions ADD COLUMN for_user text NOT NULL DEFAULT '';
{{if .Postgres}}
-- +goose StatementBegin
CREATE FUNCTION decisions_apart() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.step IN ('host_endorsement', 'no_objection', 'approval') AND EXISTS (SELECT 1 FROM decisions d
        WHERE d.candidacy_id = NEW.candidacy_id AND d.round = NEW.round AND d.step <> NEW.step
          AND d.step IN ('host_endorsement', 'no_objection', 'approval')
          AND (NEW.for_user <> '' AND d.by_user = NEW.for_user OR d.for_user <> '' AND d.for_user IN (NEW.by_user, NEW.for_user))) THEN
        RAISE EXCEPTION 'rule:decisions.apart';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER decisions_apart BEFORE INSERT ON decisions FOR EACH ROW EXECUTE FUNCTION decisions_apart();
{{else}}
-- +goose StatementBegin
CREATE TRIGGER decisions_apart BEFORE INSERT ON decisions
    WHEN NEW.step IN ('host_endorsement', 'no_objection', 'approval') AND EXISTS (SELECT 1 FROM decisions d
        WHERE d.candidacy_id = NEW.candidacy_id AND d.round = NEW.round AND d.step <> NEW.step
          AND d.step IN ('host_endorsement', 'no_objection', 'approval')
          AND (NEW.for_user <> '' AND d.by_user = NEW.for_user OR d.for_user <> '' AND d.for_user IN (NEW.by_user, NEW.for_user)))
BEGIN SELECT RAISE(ABORT, 'rule:decisions.apart'); END;
-- +goose StatementEnd
{{end}}

-- +goose Down
-- Migrations go forward only; a backup is taken before each.
SELECT 1;
