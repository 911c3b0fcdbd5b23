-- The schema on sqlite as the migrations make it. Generated: UPDATE_SCHEMA=1 go test ./internal/store

CREATE TABLE accessibility_needs (
    professional_id text PRIMARY KEY REFERENCES professionals (id) ON DELETE CASCADE,
    needs           text NOT NULL,
    version         integer NOT NULL DEFAULT 1,
    updated_at      datetime NOT NULL,
    CONSTRAINT accessibility_needs__length CHECK (length(needs) <= 2000)
);

CREATE TABLE agreement_acceptances (
    placement_id text NOT NULL REFERENCES placements (id) ON DELETE CASCADE,
    role         text NOT NULL,
    by_user      text NOT NULL,
    version      text NOT NULL,
    language     text NOT NULL,
    digest       text NOT NULL, -- SHA-256, hexadecimal
    from_on      date NOT NULL, -- of the stay as it was agreed to
    to_on        date NOT NULL,
    at           datetime NOT NULL,
    PRIMARY KEY (placement_id, role),
    CONSTRAINT agreement_acceptances__role CHECK (role IN ('professional', 'host', 'coordinator')),
    CONSTRAINT agreement_acceptances__order CHECK (from_on <= to_on)
);

CREATE TABLE alerts (
    id              text PRIMARY KEY,
    search_id       text NOT NULL REFERENCES saved_searches (id) ON DELETE CASCADE,
    user_id         text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    professional_id text NOT NULL REFERENCES professionals (id) ON DELETE CASCADE,
    event           bigint NOT NULL, -- of the ledger, by which the person came
    found_at        datetime NOT NULL,
    due_at          datetime NOT NULL, -- at once, or when the day or the week is over
    read_at         datetime,
    -- However often the ledger is read, one arrival is told once.
    CONSTRAINT alerts__once UNIQUE (search_id, user_id, professional_id, event)
);

CREATE INDEX alerts_professional ON alerts (professional_id);

CREATE INDEX alerts_user ON alerts (user_id, due_at);

CREATE TABLE allowance_instalments (
    placement_id text NOT NULL REFERENCES placements (id) ON DELETE CASCADE,
    number       integer NOT NULL,
    amount       bigint NOT NULL, -- minor units
    state        text NOT NULL DEFAULT 'ASKED',
    asked_by     text NOT NULL,
    asked_at     datetime NOT NULL,
    released_by  text NOT NULL DEFAULT '',
    released_at  datetime,
    PRIMARY KEY (placement_id, number),
    CONSTRAINT allowance_instalments__state CHECK (state IN ('ASKED', 'RELEASED', 'REFUSED')),
    CONSTRAINT allowance_instalments__amount CHECK (amount > 0),
    CONSTRAINT allowance_instalments__two CHECK (released_by <> asked_by),
    CONSTRAINT allowance_instalments__decided CHECK ((state = 'ASKED') = (released_at IS NULL))
);

CREATE TABLE application_drafts (
    need_id         text NOT NULL REFERENCES needs (id) ON DELETE CASCADE,
    professional_id text NOT NULL REFERENCES professionals (id) ON DELETE CASCADE,
    begun_at        datetime NOT NULL,
    PRIMARY KEY (need_id, professional_id)
);

CREATE TABLE approval_chains (
    programme_id text NOT NULL REFERENCES programmes (id) ON DELETE CASCADE,
    version      integer NOT NULL, -- 1 is the usual chain and never stored
    by_user      text NOT NULL,
    at           datetime NOT NULL,
    PRIMARY KEY (programme_id, version)
);

CREATE TABLE approval_people (
    programme_id text NOT NULL,
    version      integer NOT NULL,
    step         text NOT NULL,
    user_id      text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    PRIMARY KEY (programme_id, version, step, user_id),
    FOREIGN KEY (programme_id, version, step) REFERENCES approval_steps (programme_id, version, step) ON DELETE CASCADE
);

CREATE INDEX approval_people_user ON approval_people (user_id);

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

CREATE TABLE assessments (
    id           text PRIMARY KEY,
    candidacy_id text NOT NULL REFERENCES candidacies (id) ON DELETE CASCADE,
    round        integer NOT NULL,
    outcome      text NOT NULL,
    levels       text NOT NULL, -- JSON: the agreed level by criterion
    minutes      text NOT NULL,
    by_user      text NOT NULL, -- the chair
    at           datetime NOT NULL,
    CONSTRAINT assessments__once UNIQUE (candidacy_id, round),
    CONSTRAINT assessments__outcome CHECK (outcome IN ('recommended', 'reserve', 'not_selected')),
    CONSTRAINT assessments__minutes CHECK (length(minutes) > 0)
);

CREATE TRIGGER assessments_kept BEFORE UPDATE ON assessments
    WHEN NOT (NEW.minutes = '[erased]' AND NEW.outcome = OLD.outcome AND NEW.candidacy_id = OLD.candidacy_id)
BEGIN SELECT RAISE(ABORT, 'rule:assessments.final'); END;

CREATE TABLE breach_people (
    breach_id       text NOT NULL REFERENCES breaches (id) ON DELETE CASCADE,
    professional_id text NOT NULL REFERENCES professionals (id) ON DELETE CASCADE,
    looks           integer NOT NULL, -- how often they were looked at in the period
    PRIMARY KEY (breach_id, professional_id)
);

CREATE INDEX breach_people_professional ON breach_people (professional_id);

CREATE TABLE breaches (
    id                text PRIMARY KEY,
    title             text NOT NULL,
    what              text NOT NULL,
    organisation_id   text NOT NULL DEFAULT '', -- whose access it concerns; none: everybody's
    from_at           datetime NOT NULL,
    to_at             datetime NOT NULL,
    known_at          datetime NOT NULL, -- the 72 hours begin (GDPR, article 33)
    measures          text NOT NULL DEFAULT '',
    authority_told_at datetime,
    people_told_at    datetime,
    closed_at         datetime,
    by_user           text NOT NULL,
    version           integer NOT NULL DEFAULT 1,
    created_at        datetime NOT NULL, consequences text NOT NULL DEFAULT '', risk text NOT NULL DEFAULT 'risk'
    CONSTRAINT breaches__risk CHECK (risk IN ('none', 'risk', 'high')), people integer NOT NULL DEFAULT 0 -- about how many, as whoever recorded it estimates
    CONSTRAINT breaches__people CHECK (people >= 0), delay text NOT NULL DEFAULT '', words text NOT NULL DEFAULT '', updated_at datetime,
    CONSTRAINT breaches__order CHECK (from_at <= to_at)
);

CREATE TABLE bulk_acts (
    id              text PRIMARY KEY,
    programme_id    text NOT NULL REFERENCES programmes (id) ON DELETE CASCADE,
    kind            text NOT NULL,
    value           text NOT NULL DEFAULT '', -- the tag, or the colleague
    reason          text NOT NULL DEFAULT '', -- of a refusal, kept with each of them
    by_user         text NOT NULL,
    by_organisation text NOT NULL,
    state           text NOT NULL,
    created_at      datetime NOT NULL,
    due_at          datetime NOT NULL, -- until when it can be undone
    ended_at        datetime,
    version         integer NOT NULL DEFAULT 1,
    CONSTRAINT bulk_acts__kind CHECK (kind IN ('decline', 'remind', 'tag', 'untag', 'assign')),
    CONSTRAINT bulk_acts__state CHECK (state IN ('waiting', 'done', 'undone'))
);

CREATE INDEX bulk_acts_due ON bulk_acts (state, due_at);

CREATE TABLE bulk_items (
    act_id    text NOT NULL REFERENCES bulk_acts (id) ON DELETE CASCADE,
    position  integer NOT NULL,
    record    text NOT NULL,
    subject   text NOT NULL,
    version   integer NOT NULL, -- of the record, as the reader had seen it
    before    text NOT NULL DEFAULT '', -- what undoing puts back
    outcome   text NOT NULL DEFAULT 'waiting',
    problem   text NOT NULL DEFAULT '', -- the code of why it failed
    message   text NOT NULL DEFAULT '', -- the sentence
    PRIMARY KEY (act_id, position),
    CONSTRAINT bulk_items__record CHECK (record IN ('need', 'candidacy', 'placement')),
    CONSTRAINT bulk_items__outcome CHECK (outcome IN ('waiting', 'done', 'failed', 'undone')),
    CONSTRAINT bulk_items__once UNIQUE (act_id, record, subject)
);

CREATE TABLE calendar_feeds (
    professional_id text PRIMARY KEY REFERENCES professionals (id) ON DELETE CASCADE,
    token_hash      text NOT NULL UNIQUE, -- SHA-256: a stolen table opens no calendar
    created_at      datetime NOT NULL
);

CREATE TABLE candidacies (
    id              text PRIMARY KEY,
    need_id         text NOT NULL REFERENCES needs (id) ON DELETE CASCADE,
    professional_id text NOT NULL REFERENCES professionals (id),
    origin          text NOT NULL,
    nominated_by    text NOT NULL DEFAULT '', -- the association
    statement       text NOT NULL DEFAULT '', -- why: the person's words, or the association's
    submitted_at    datetime, -- since when partners may know of it: none while a nomination is unanswered
    state           text NOT NULL,
    snapshot_id     text REFERENCES ranking_snapshots (id),
    profile         text NOT NULL DEFAULT '', -- JSON: the profile as it was at the shortlist
    score           integer NOT NULL DEFAULT 0, -- of 1000, as the ranking had it then
    from_on         date,
    to_on           date,
    answer_by       datetime, -- when a nomination or an offer lapses
    end_reason      text NOT NULL DEFAULT '', -- why the person left, in their words
    placement       text NOT NULL DEFAULT '', -- the reference of the placement that came of it
    version         integer NOT NULL DEFAULT 1,
    created_at      datetime NOT NULL,
    updated_at      datetime NOT NULL, round integer NOT NULL DEFAULT 1, rules text NOT NULL DEFAULT '[]', reason_code text NOT NULL DEFAULT '', resumes_to text NOT NULL DEFAULT '', ended_at datetime, decide_by datetime, escalated_at datetime, position_id text REFERENCES need_positions (id), team_id text REFERENCES teams (id) ON DELETE SET NULL, chain_version integer NOT NULL DEFAULT 1,
    CONSTRAINT candidacies__origin CHECK (origin IN ('ranking', 'application', 'nomination')),
    CONSTRAINT candidacies__state CHECK (state IN ('DRAFT', 'NOMINATED', 'SUBMITTED', 'ELIGIBLE', 'LONGLISTED', 'UNDER_ASSESSMENT', 'RECOMMENDED', 'RESERVE', 'UNDER_REVIEW', 'SHORTLISTED', 'HOST_ENDORSED',
        'NO_OBJECTION', 'OBJECTED', 'APPROVED', 'OFFERED', 'ACCEPTED', 'DECLINED', 'OFFER_EXPIRED', 'NOT_SELECTED',
        'INELIGIBLE', 'WITHDRAWN', 'LAPSED', 'DISQUALIFIED')),
    UNIQUE (need_id, professional_id)
);

CREATE INDEX candidacies_professional ON candidacies (professional_id);

CREATE INDEX candidacies_team ON candidacies (team_id);

CREATE INDEX candidacies_waiting ON candidacies (state, updated_at);

CREATE TRIGGER candidacies_final BEFORE UPDATE ON candidacies
    WHEN NEW.state <> OLD.state AND (OLD.state IN ('ACCEPTED', 'DECLINED', 'OFFER_EXPIRED', 'WITHDRAWN', 'LAPSED')
        OR (OLD.state IN ('NOT_SELECTED', 'INELIGIBLE', 'DISQUALIFIED') AND NEW.state <> 'UNDER_REVIEW'))
BEGIN SELECT RAISE(ABORT, 'rule:candidacies.final'); END;

CREATE TABLE candidacy_references (
    id           text PRIMARY KEY,
    candidacy_id text NOT NULL REFERENCES candidacies (id) ON DELETE CASCADE,
    referee      text NOT NULL, -- a function and an institution, not a name
    words        text NOT NULL,
    by_user      text NOT NULL,
    at           datetime NOT NULL,
    CONSTRAINT candidacy_references__filled CHECK (length(referee) > 0 AND length(words) > 0)
);

CREATE INDEX candidacy_references_candidacy ON candidacy_references (candidacy_id);

CREATE TABLE candidacy_reviews (
    id           text PRIMARY KEY,
    candidacy_id text NOT NULL REFERENCES candidacies (id) ON DELETE CASCADE,
    round        integer NOT NULL,
    from_state   text NOT NULL,
    grounds      text NOT NULL,
    asked_at     datetime NOT NULL,
    outcome      text NOT NULL DEFAULT '',
    words        text NOT NULL DEFAULT '', -- of the reviewer
    replayed     text NOT NULL DEFAULT '', -- what came out when the frozen ranking was computed again
    by_user      text NOT NULL DEFAULT '',
    decided_at   datetime,
    CONSTRAINT candidacy_reviews__once UNIQUE (candidacy_id, round),
    CONSTRAINT candidacy_reviews__outcome CHECK (outcome IN ('', 'upheld', 'reopened', 'ended')),
    CONSTRAINT candidacy_reviews__replayed CHECK (replayed IN ('', 'same', 'differs', 'none')),
    CONSTRAINT candidacy_reviews__decided CHECK ((outcome = '') = (decided_at IS NULL))
);

CREATE TABLE certificates (
    code         text PRIMARY KEY,
    placement_id text NOT NULL UNIQUE REFERENCES placements (id) ON DELETE CASCADE,
    days         integer NOT NULL,
    issued_on    date NOT NULL,
    CONSTRAINT certificates__days CHECK (days > 0)
);

CREATE TABLE clearance_signatures (
    clearance_id text NOT NULL REFERENCES clearances (id) ON DELETE CASCADE,
    role         text NOT NULL,
    by_user      text NOT NULL,
    at           datetime NOT NULL,
    PRIMARY KEY (clearance_id, role),
    CONSTRAINT clearance_signatures__role CHECK (role IN ('professional', 'host', 'coordinator'))
);

CREATE TABLE clearances (
    id           text PRIMARY KEY,
    placement_id text NOT NULL REFERENCES placements (id) ON DELETE CASCADE,
    kind         text NOT NULL,
    mandatory    boolean NOT NULL DEFAULT TRUE,
    why          text NOT NULL, -- the rule that asks for it, by its name
    state        text NOT NULL DEFAULT 'OPEN',
    reference    text NOT NULL DEFAULT '', -- of the paper: a policy, a letter, a permit
    issued_on    date, -- of a letter that must be fresh
    valid_from   date,
    valid_until  date, -- none: it does not end
    note         text NOT NULL DEFAULT '', -- of whoever verified or refused it
    decided_by   text, -- of a user
    decided_at   datetime,
    created_at   datetime NOT NULL,
    updated_at   datetime NOT NULL,
    CONSTRAINT clearances__once UNIQUE (placement_id, kind),
    CONSTRAINT clearances__state CHECK (state IN ('OPEN', 'PROVIDED', 'VERIFIED', 'REFUSED', 'WAIVED')),
    CONSTRAINT clearances__order CHECK (valid_until IS NULL OR valid_from IS NULL OR valid_from <= valid_until),
    -- Whoever decides is named.
    CONSTRAINT clearances__decided CHECK ((state IN ('VERIFIED', 'REFUSED', 'WAIVED')) = (decided_at IS NOT NULL)),
    -- Medical fitness is kept as a result only: no paper, no number.
    CONSTRAINT clearances__medical CHECK (kind <> 'medical' OR (reference = '' AND note = ''))
);

CREATE TABLE committee_conflicts (
    candidacy_id text NOT NULL REFERENCES candidacies (id) ON DELETE CASCADE,
    user_id      text NOT NULL,
    conflict     boolean NOT NULL,
    reason       text NOT NULL DEFAULT '',
    at           datetime NOT NULL,
    PRIMARY KEY (candidacy_id, user_id),
    CONSTRAINT committee_conflicts__reason CHECK (NOT conflict OR length(reason) > 0)
);

CREATE TABLE committee_members (
    need_id         text NOT NULL REFERENCES needs (id) ON DELETE CASCADE,
    user_id         text NOT NULL REFERENCES users (id),
    organisation_id text NOT NULL REFERENCES organisations (id),
    seat            text NOT NULL, -- the role that the member sits for
    chair           boolean NOT NULL DEFAULT FALSE,
    added_by        text NOT NULL,
    added_at        datetime NOT NULL,
    PRIMARY KEY (need_id, user_id),
    CONSTRAINT committee_members__seat CHECK (seat IN ('host', 'coordinator', 'ministry', 'association'))
);

CREATE UNIQUE INDEX committee_members_chair ON committee_members (need_id) WHERE chair;

CREATE INDEX committee_members_user ON committee_members (user_id);

CREATE TABLE committee_scores (
    candidacy_id text NOT NULL REFERENCES candidacies (id) ON DELETE CASCADE,
    round        integer NOT NULL,
    user_id      text NOT NULL,
    criterion    text NOT NULL, -- the identifier of a criterion of the need
    level        integer NOT NULL,
    note         text NOT NULL DEFAULT '',
    at           datetime NOT NULL,
    PRIMARY KEY (candidacy_id, round, user_id, criterion),
    CONSTRAINT committee_scores__level CHECK (level BETWEEN 1 AND 4)
);

CREATE TABLE consent_notices (
    purpose  text NOT NULL,
    version  text NOT NULL,
    language text NOT NULL,
    title    text NOT NULL,
    body     text NOT NULL,
    sha256   text NOT NULL,
    PRIMARY KEY (purpose, version, language),
    CONSTRAINT consent_notices__purpose CHECK (purpose IN ('registry_search', 'share_with_hosts', 'statistics', 'association_contact'))
);

CREATE TABLE consents (
    id              text PRIMARY KEY,
    professional_id text NOT NULL REFERENCES professionals (id) ON DELETE CASCADE,
    purpose         text NOT NULL,
    notice_version  text NOT NULL,
    notice_language text NOT NULL,
    status          text NOT NULL,
    given_by        text NOT NULL,
    given_at        datetime NOT NULL,
    withdrawn_at    datetime,
    FOREIGN KEY (purpose, notice_version, notice_language) REFERENCES consent_notices (purpose, version, language),
    CONSTRAINT consents__status CHECK (status IN ('active', 'withdrawn')),
    CONSTRAINT consents__withdrawn CHECK ((status = 'withdrawn') = (withdrawn_at IS NOT NULL)),
    UNIQUE (id, professional_id, purpose, status)
);

CREATE UNIQUE INDEX consents_one_active ON consents (professional_id, purpose) WHERE status = 'active';

CREATE INDEX consents_professional ON consents (professional_id);

CREATE TABLE cv_readings (
    id              text PRIMARY KEY,
    professional_id text NOT NULL UNIQUE REFERENCES professionals (id) ON DELETE CASCADE,
    file_id         text NOT NULL REFERENCES files (id) ON DELETE CASCADE,
    source          text NOT NULL, -- how it was read
    language        text NOT NULL DEFAULT '', -- ISO 639-1, as far as recognised
    suggestions     text NOT NULL, -- JSON: field, value, the words it comes from, what was decided
    text_used       boolean NOT NULL DEFAULT FALSE, -- the person lets searches read the whole text
    created_at      datetime NOT NULL,
    CONSTRAINT cv_readings__source CHECK (source IN ('pdf', 'docx', 'odt', 'text', 'jsonresume', 'europass'))
);

CREATE INDEX cv_readings_file ON cv_readings (file_id);

CREATE TABLE "decisions" (
    id              text PRIMARY KEY,
    candidacy_id    text NOT NULL REFERENCES candidacies (id) ON DELETE CASCADE,
    step            text NOT NULL,
    outcome         text NOT NULL,
    reason          text NOT NULL,
    by_user         text NOT NULL,
    by_organisation text NOT NULL,
    at              datetime NOT NULL,
    round           integer NOT NULL DEFAULT 1, for_user text NOT NULL DEFAULT '',
    CONSTRAINT decisions__step CHECK (step IN ('shortlist', 'host_endorsement', 'no_objection', 'approval', 'acceptance')),
    CONSTRAINT decisions__outcome CHECK (outcome IN ('yes', 'no')),
    CONSTRAINT decisions__reason CHECK (length(reason) > 0 OR step = 'acceptance'),
    CONSTRAINT decisions__once UNIQUE (candidacy_id, round, step)
);

CREATE UNIQUE INDEX decisions_three_people ON decisions (candidacy_id, round, by_user)
    WHERE step IN ('host_endorsement', 'no_objection', 'approval');

CREATE TRIGGER decisions_apart BEFORE INSERT ON decisions
    WHEN NEW.step IN ('host_endorsement', 'no_objection', 'approval') AND EXISTS (SELECT 1 FROM decisions d
        WHERE d.candidacy_id = NEW.candidacy_id AND d.round = NEW.round AND d.step <> NEW.step
          AND d.step IN ('host_endorsement', 'no_objection', 'approval')
          AND (NEW.for_user <> '' AND d.by_user = NEW.for_user OR d.for_user <> '' AND d.for_user IN (NEW.by_user, NEW.for_user)))
BEGIN SELECT RAISE(ABORT, 'rule:decisions.apart'); END;

CREATE TRIGGER decisions_kept BEFORE UPDATE ON decisions
    WHEN NOT (NEW.reason = '[erased]' AND NEW.id = OLD.id AND NEW.candidacy_id = OLD.candidacy_id AND NEW.round = OLD.round AND NEW.step = OLD.step
        AND NEW.outcome = OLD.outcome AND NEW.by_user = OLD.by_user AND NEW.by_organisation = OLD.by_organisation AND NEW.at = OLD.at
        AND NEW.for_user = OLD.for_user)
BEGIN SELECT RAISE(ABORT, 'rule:decisions.final'); END;

CREATE TABLE delegations (
    id            text PRIMARY KEY,
    membership_id text NOT NULL REFERENCES memberships (id) ON DELETE CASCADE, -- of the giver: the office
    giver_id      text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    taker_id      text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    starts_at     datetime NOT NULL,
    ends_at       datetime NOT NULL,
    reason        text NOT NULL,
    ended_at      datetime, -- before its time
    ended_by      text NOT NULL DEFAULT '',
    created_at    datetime NOT NULL, accepted_at datetime, version integer NOT NULL DEFAULT 1,
    CONSTRAINT delegations__two CHECK (giver_id <> taker_id),
    CONSTRAINT delegations__order CHECK (starts_at < ends_at),
    CONSTRAINT delegations__reason CHECK (length(reason) > 0)
);

CREATE INDEX delegations_giver ON delegations (giver_id, ends_at);

CREATE INDEX delegations_membership ON delegations (membership_id);

CREATE INDEX delegations_taker ON delegations (taker_id, ends_at);

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
    asked_at        datetime NOT NULL,
    answer_by       datetime NOT NULL,       -- unanswered, it ends here
    answered_at     datetime,
    ended_at        datetime,
    version         integer NOT NULL DEFAULT 1,
    CONSTRAINT disclosures__state CHECK (state IN ('ASKED', 'GRANTED', 'REFUSED', 'EXPIRED', 'REVOKED')),
    CONSTRAINT disclosures__purpose CHECK (length(purpose) > 0),
    CONSTRAINT disclosures__parts CHECK (length(parts) > 0),
    -- Nothing is shown that was not given, and nothing is given without an answer.
    CONSTRAINT disclosures__granted CHECK (state <> 'GRANTED' OR (length(granted_parts) > 0 AND answered_at IS NOT NULL)),
    CONSTRAINT disclosures__ended CHECK ((state IN ('REFUSED', 'EXPIRED', 'REVOKED')) = (ended_at IS NOT NULL))
);

CREATE UNIQUE INDEX disclosures_one_open ON disclosures (candidacy_id, organisation_id) WHERE state IN ('ASKED', 'GRANTED');

CREATE INDEX disclosures_open ON disclosures (state, until_on);

CREATE INDEX disclosures_organisation ON disclosures (organisation_id, need_id);

CREATE INDEX disclosures_professional ON disclosures (professional_id);

CREATE TRIGGER disclosures_final BEFORE UPDATE ON disclosures
    WHEN OLD.state IN ('REFUSED', 'EXPIRED', 'REVOKED') AND NEW.state <> OLD.state
BEGIN SELECT RAISE(ABORT, 'rule:disclosures.final'); END;

CREATE TABLE disqualifications (
    id           text PRIMARY KEY,
    candidacy_id text NOT NULL REFERENCES candidacies (id) ON DELETE CASCADE,
    evidence     text NOT NULL, -- what is false, and how one knows
    proposed_by  text NOT NULL,
    proposed_at  datetime NOT NULL,
    reply_by     datetime NOT NULL,
    reply        text NOT NULL DEFAULT '', -- of the person
    replied_at   datetime,
    outcome      text NOT NULL DEFAULT '',
    decided_by   text NOT NULL DEFAULT '',
    decided_at   datetime,
    CONSTRAINT disqualifications__evidence CHECK (length(evidence) > 0),
    CONSTRAINT disqualifications__outcome CHECK (outcome IN ('', 'confirmed', 'dropped')),
    CONSTRAINT disqualifications__decided CHECK ((outcome = '') = (decided_at IS NULL)),
    -- Two people, and not before the person has had seven days or has replied.
    CONSTRAINT disqualifications__two CHECK (outcome <> 'confirmed' OR decided_by <> proposed_by),
    CONSTRAINT disqualifications__reply CHECK (outcome <> 'confirmed' OR replied_at IS NOT NULL OR decided_at >= reply_by)
);

CREATE UNIQUE INDEX disqualifications_one_open ON disqualifications (candidacy_id) WHERE outcome = '';

CREATE TABLE duplicate_keys (
    digest          text NOT NULL, -- HMAC-SHA-256 of one key, hexadecimal, cut to 128 bits
    professional_id text NOT NULL REFERENCES professionals (id) ON DELETE CASCADE,
    PRIMARY KEY (digest, professional_id)
);

CREATE INDEX duplicate_keys_professional ON duplicate_keys (professional_id);

CREATE TABLE duplicate_pairs (
    id         text PRIMARY KEY,
    first_id   text NOT NULL REFERENCES professionals (id) ON DELETE CASCADE,
    second_id  text NOT NULL REFERENCES professionals (id) ON DELETE CASCADE,
    strength   text NOT NULL,
    reasons    text NOT NULL, -- JSON: names of what agrees, never values
    state      text NOT NULL,
    found_at   datetime NOT NULL,
    decided_by text NOT NULL DEFAULT '',
    decided_at datetime,
    version    integer NOT NULL DEFAULT 1,
    -- One pair a two, whichever came first.
    CONSTRAINT duplicate_pairs__order CHECK (first_id < second_id),
    CONSTRAINT duplicate_pairs__once UNIQUE (first_id, second_id),
    CONSTRAINT duplicate_pairs__strength CHECK (strength IN ('possible', 'likely')),
    CONSTRAINT duplicate_pairs__state CHECK (state IN ('open', 'different')),
    CONSTRAINT duplicate_pairs__decided CHECK ((state = 'different') = (decided_at IS NOT NULL))
);

CREATE INDEX duplicate_pairs_second ON duplicate_pairs (second_id);

CREATE INDEX duplicate_pairs_state ON duplicate_pairs (state, found_at);

CREATE TABLE duplicate_secret (
    one    integer PRIMARY KEY CHECK (one = 1),
    secret text NOT NULL
);

CREATE TABLE emergency_contacts (
    id              text PRIMARY KEY,
    professional_id text NOT NULL REFERENCES professionals (id) ON DELETE CASCADE,
    position        integer NOT NULL,
    name            text NOT NULL,
    phone           text NOT NULL,
    relation        text NOT NULL DEFAULT '',
    updated_at      datetime NOT NULL
);

CREATE INDEX emergency_contacts_professional ON emergency_contacts (professional_id, position);

CREATE TABLE erasures (
    id              text PRIMARY KEY,
    professional_id text NOT NULL REFERENCES professionals (id) ON DELETE CASCADE,
    user_id         text NOT NULL DEFAULT '',
    cause           text NOT NULL,
    state           text NOT NULL,
    requested_at    datetime NOT NULL,
    due_at          datetime NOT NULL, -- the end of the days in which one may change one's mind
    ended_at        datetime,
    counts          text NOT NULL DEFAULT '{}', -- JSON: how many rows of each table went or were emptied
    scoured_at      datetime, -- since when index, free pages and logs hold nothing either
    CONSTRAINT erasures__cause CHECK (cause IN ('person', 'retention')),
    CONSTRAINT erasures__state CHECK (state IN ('REQUESTED', 'CANCELLED', 'DONE')),
    CONSTRAINT erasures__ended CHECK ((state = 'REQUESTED') = (ended_at IS NULL)),
    CONSTRAINT erasures__scoured CHECK (scoured_at IS NULL OR state = 'DONE')
);

CREATE INDEX erasures_due ON erasures (state, due_at);

CREATE UNIQUE INDEX erasures_one_open ON erasures (professional_id) WHERE state = 'REQUESTED';

CREATE TRIGGER erasures_final BEFORE UPDATE ON erasures
    WHEN OLD.state IN ('CANCELLED', 'DONE') AND NEW.state <> OLD.state
BEGIN SELECT RAISE(ABORT, 'rule:erasures.final'); END;

CREATE TABLE esco_concepts (
    uri  text PRIMARY KEY,
    kind text NOT NULL,
    isco text NOT NULL DEFAULT '', -- the unit group of an occupation, the code of a group
    CONSTRAINT esco_concepts__kind CHECK (kind IN ('skill', 'heading', 'occupation', 'group'))
);

CREATE TABLE esco_files (
    name      text NOT NULL,
    sha256    text NOT NULL,
    records   bigint NOT NULL DEFAULT 0,
    finished  boolean NOT NULL DEFAULT FALSE,
    announced boolean NOT NULL DEFAULT FALSE, -- the ledger says that it was imported
    PRIMARY KEY (name, sha256),
    CONSTRAINT esco_files__order CHECK (finished OR NOT announced)
);

CREATE TABLE esco_labels (
    uri      text NOT NULL,
    language text NOT NULL,
    labels   text NOT NULL,
    PRIMARY KEY (uri, language),
    CONSTRAINT esco_labels__empty CHECK (labels <> '')
);

CREATE TABLE "esco_relations" (
    kind  text NOT NULL,
    skill text NOT NULL,
    other text NOT NULL, -- what is above the skill, or an occupation that needs it
    PRIMARY KEY (kind, skill, other),
    CONSTRAINT esco_relations__kind CHECK (kind IN ('broader', 'essential', 'optional'))
);

CREATE INDEX esco_relations_other ON esco_relations (kind, other);

CREATE TABLE field_history (
    id              text PRIMARY KEY,
    professional_id text NOT NULL REFERENCES professionals (id) ON DELETE CASCADE,
    field           text NOT NULL,
    before          text NOT NULL,
    after           text NOT NULL,
    by_user         text NOT NULL,
    by_organisation text NOT NULL,
    at              datetime NOT NULL
, capacity text NOT NULL DEFAULT '', source text NOT NULL DEFAULT '');

CREATE INDEX field_history_professional ON field_history (professional_id, at);

CREATE TABLE files (
    id              text PRIMARY KEY, -- 128 random bits; also the name on disk
    professional_id text REFERENCES professionals (id) ON DELETE CASCADE, -- whose it is
    import_id       text, -- or the import that it came with
    kind            text NOT NULL,
    name            text NOT NULL, -- as the sender called it, for the list and the download
    media_type      text NOT NULL, -- by its bytes, never by what the sender says
    size            bigint NOT NULL, -- of the content, in bytes
    sha256          text NOT NULL, -- of the content, in hexadecimal
    master          text NOT NULL, -- which master key wraps this file's own
    wrapped_key     blob NOT NULL,
    created_by      text NOT NULL, -- the user's identifier
    created_at      datetime NOT NULL, application_id text,
    CONSTRAINT files__owner CHECK ((professional_id IS NOT NULL) + (import_id IS NOT NULL) + (application_id IS NOT NULL) = 1),
    CONSTRAINT files__kind CHECK (kind IN ('cv', 'licence', 'document', 'evidence', 'import', 'export')),
    CONSTRAINT files__name CHECK (length(name) BETWEEN 1 AND 200),
    CONSTRAINT files__size CHECK (size > 0),
    CONSTRAINT files__sha256 CHECK (length(sha256) = 64)
);

CREATE INDEX files_application ON files (application_id);

CREATE INDEX files_import ON files (import_id);

CREATE INDEX files_professional ON files (professional_id, created_at);

CREATE TABLE host_preferences (
    need_id    text PRIMARY KEY REFERENCES needs (id) ON DELETE CASCADE,
    items      text NOT NULL, -- JSON: identifiers of professionals, the most wanted first
    version    integer NOT NULL DEFAULT 1,
    updated_at datetime NOT NULL
);

CREATE TABLE idempotency_keys (
    user_id text NOT NULL,
    key     text NOT NULL,
    request text NOT NULL,
    subject text NOT NULL DEFAULT '',
    at      datetime NOT NULL,
    PRIMARY KEY (user_id, key)
);

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
    created_at datetime NOT NULL,
    updated_at datetime NOT NULL,
    CONSTRAINT impact_assessments__outcome CHECK (outcome IN ('low', 'mitigated', 'high')),
    CONSTRAINT impact_assessments__title CHECK (length(title) > 0)
);

CREATE INDEX impact_assessments_review ON impact_assessments (review_on);

CREATE TABLE import_mappings (
    organisation_id text NOT NULL REFERENCES organisations (id) ON DELETE CASCADE,
    headers         text NOT NULL, -- SHA-256 of the headers, sorted
    mapping         text NOT NULL, -- JSON: digest of a header -> field
    updated_at      datetime NOT NULL,
    PRIMARY KEY (organisation_id, headers)
);

CREATE TABLE import_rows (
    import_id       text NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
    number          integer NOT NULL, -- the row in the file, from 1
    outcome         text NOT NULL,
    professional_id text REFERENCES professionals (id) ON DELETE SET NULL, -- whom it brought or changed
    before          text NOT NULL DEFAULT '', -- JSON: what stood in the changed fields; kept until it can no longer be undone
    undone          boolean NOT NULL DEFAULT FALSE,
    PRIMARY KEY (import_id, number),
    CONSTRAINT import_rows__outcome CHECK (outcome IN ('new', 'update', 'same', 'duplicate', 'invalid')),
    CONSTRAINT import_rows__before CHECK (before = '' OR outcome = 'update')
);

CREATE UNIQUE INDEX import_rows_new_once ON import_rows (professional_id) WHERE outcome = 'new';

CREATE INDEX import_rows_professional ON import_rows (professional_id);

CREATE TABLE imports (
    id              text PRIMARY KEY,
    organisation_id text NOT NULL REFERENCES organisations (id) ON DELETE CASCADE,
    programme_id    text NOT NULL REFERENCES programmes (id) ON DELETE CASCADE,
    created_by      text NOT NULL, -- the officer's user identifier
    created_at      datetime NOT NULL,
    file_name       text NOT NULL, -- as the officer's computer calls it
    format          text NOT NULL,
    settings        text NOT NULL, -- JSON: how the file is read, and what each column is about
    state           text NOT NULL,
    total           integer NOT NULL DEFAULT 0, -- rows that bring people, once it has started
    done            integer NOT NULL DEFAULT 0, -- of them, those with an outcome
    added           integer NOT NULL DEFAULT 0, -- people who are new
    updated         integer NOT NULL DEFAULT 0,
    same            integer NOT NULL DEFAULT 0,
    duplicates      integer NOT NULL DEFAULT 0, -- left out, because they may be here already
    invalid         integer NOT NULL DEFAULT 0,
    removed         integer NOT NULL DEFAULT 0, -- by undoing it
    restored        integer NOT NULL DEFAULT 0, -- by undoing it
    kept            integer NOT NULL DEFAULT 0, -- when it was undone: they had answered meanwhile
    started_at      datetime,
    finished_at     datetime,
    undo_until      datetime,
    problem         text NOT NULL DEFAULT '', -- why it stopped: a code of ours
    leased_by       text NOT NULL DEFAULT '', -- the worker that is at it now
    leased_until    datetime, -- after this the worker is taken for dead, and another one goes on
    version         integer NOT NULL DEFAULT 1,
    CONSTRAINT imports__state CHECK (state IN ('open', 'running', 'done', 'cancelled', 'undoing', 'undone', 'discarded')),
    CONSTRAINT imports__format CHECK (format IN ('csv', 'xlsx', 'ods')),
    CONSTRAINT imports__done CHECK (done BETWEEN 0 AND total),
    CONSTRAINT imports__counts CHECK (added + updated + same + duplicates + invalid = done),
    -- What has an end can be undone until a day.
    CONSTRAINT imports__undo CHECK (state NOT IN ('done', 'undoing', 'undone') OR undo_until IS NOT NULL)
);

CREATE INDEX imports_organisation ON imports (organisation_id, programme_id, id);

CREATE INDEX imports_state ON imports (state);

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
    created_at   datetime NOT NULL,
    updated_at   datetime NOT NULL,
    CONSTRAINT incidents__kind CHECK (kind IN ('safety', 'health', 'harassment', 'abuse', 'fee', 'work', 'other')),
    CONSTRAINT incidents__state CHECK (state IN ('OPEN', 'WORKING', 'CLOSED')),
    -- Whoever told it is told what was done.
    CONSTRAINT incidents__outcome CHECK (state <> 'CLOSED' OR outcome <> ''),
    -- Nobody decides about what they have told themselves.
    CONSTRAINT incidents__decided CHECK (decided_by = '' OR decided_by <> filed_by)
);

CREATE INDEX incidents_filed ON incidents (filed_by, id);

CREATE INDEX incidents_programme ON incidents (programme_id, id);

CREATE TABLE indicator_values (
    placement_id text NOT NULL,
    number       integer NOT NULL,
    moment       text NOT NULL,
    value        text NOT NULL, -- a decimal number as it was written: it is shown, never reckoned with
    on_day       date, -- when it was measured; of a target, by when it is to be reached
    measured_by  text NOT NULL DEFAULT '', -- an office, not a person
    role         text NOT NULL, -- of whoever wrote it down
    by_user      text NOT NULL,
    at           datetime NOT NULL,
    PRIMARY KEY (placement_id, number, moment),
    FOREIGN KEY (placement_id, number) REFERENCES placement_indicators (placement_id, number) ON DELETE CASCADE,
    CONSTRAINT indicator_values__moment CHECK (moment IN ('baseline', 'target', 'end', 'month_12')),
    CONSTRAINT indicator_values__measured CHECK (moment = 'target' OR (on_day IS NOT NULL AND measured_by <> ''))
);

CREATE TABLE invitations (
    id              text PRIMARY KEY,
    professional_id text NOT NULL REFERENCES professionals (id) ON DELETE CASCADE,
    token_hash      text NOT NULL UNIQUE,
    organisation_id text NOT NULL,
    created_by      text NOT NULL,
    created_at      datetime NOT NULL,
    expires_at      datetime NOT NULL,
    opened_at       datetime,
    used_at         datetime,
    outcome         text NOT NULL DEFAULT '',
    CONSTRAINT invitations__outcome CHECK (outcome IN ('', 'confirmed', 'declined', 'replaced'))
);

CREATE UNIQUE INDEX invitations_one_open ON invitations (professional_id) WHERE outcome = '';

CREATE INDEX invitations_professional ON invitations (professional_id);

CREATE TABLE ledger (
    number          bigint PRIMARY KEY,
    at              datetime NOT NULL,
    by_user         text NOT NULL,
    by_organisation text NOT NULL,
    name            text NOT NULL,
    subject         text NOT NULL,
    details         text NOT NULL,
    hash            text NOT NULL
);

CREATE INDEX ledger_name ON ledger (name, number);

CREATE INDEX ledger_subject ON ledger (subject, number);

CREATE TRIGGER ledger_kept_delete BEFORE DELETE ON ledger BEGIN SELECT RAISE(ABORT, 'rule:ledger.append_only'); END;

CREATE TRIGGER ledger_kept_update BEFORE UPDATE ON ledger BEGIN SELECT RAISE(ABORT, 'rule:ledger.append_only'); END;

CREATE TABLE ledger_head (
    one  integer PRIMARY KEY CHECK (one = 1),
    last bigint NOT NULL,
    hash text NOT NULL
);

CREATE TABLE local_words (
    id            text PRIMARY KEY,
    kind          text NOT NULL,
    concept       text NOT NULL, -- an ISCO-08 unit group, an everyday occupation, or a skill
    language      text NOT NULL, -- ISO 639
    word          text NOT NULL, -- as it is written, Unicode NFC
    folded        text NOT NULL, -- as words are compared
    demo          boolean NOT NULL DEFAULT FALSE,
    programme_id  text NOT NULL DEFAULT '', -- that the author acted in; none for administrators
    added_by      text NOT NULL,
    added_for     text NOT NULL DEFAULT '', -- the author's organisation
    added_at      datetime NOT NULL,
    withdrawn_by  text NOT NULL DEFAULT '',
    withdrawn_for text NOT NULL DEFAULT '',
    withdrawn_at  datetime,
    reason        text NOT NULL DEFAULT '', -- why it was withdrawn
    CONSTRAINT local_words__kind CHECK (kind IN ('occupation', 'skill')),
    CONSTRAINT local_words__word CHECK (length(word) BETWEEN 1 AND 120 AND folded <> ''),
    CONSTRAINT local_words__withdrawn CHECK ((withdrawn_at IS NULL) = (withdrawn_by = ''))
);

CREATE INDEX local_words_concept ON local_words (concept);

CREATE INDEX local_words_newest ON local_words (added_at, id);

CREATE UNIQUE INDEX local_words_once ON local_words (language, folded, concept) WHERE withdrawn_at IS NULL;

CREATE TABLE mail_links (
    token_hash text PRIMARY KEY,
    kind       text NOT NULL, -- "invitation", "confirmation", "reset", …
    subject    text NOT NULL, -- the identifier of what the link is about
    user_id    text REFERENCES users (id) ON DELETE CASCADE,
    created_at datetime NOT NULL,
    expires_at datetime NOT NULL,
    used_at    datetime
);

CREATE INDEX mail_links_expiry ON mail_links (expires_at);

CREATE INDEX mail_links_subject ON mail_links (kind, subject);

CREATE INDEX mail_links_user ON mail_links (user_id);

CREATE TABLE memberships (
    id              text PRIMARY KEY,
    user_id         text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    organisation_id text NOT NULL REFERENCES organisations (id) ON DELETE CASCADE,
    programme_id    text REFERENCES programmes (id) ON DELETE CASCADE, -- none for administrators
    role            text NOT NULL,
    state           text NOT NULL,
    version         integer NOT NULL DEFAULT 1,
    created_at      datetime NOT NULL,
    CONSTRAINT memberships__role CHECK (role IN ('association', 'host', 'ministry', 'coordinator', 'administrator')),
    CONSTRAINT memberships__state CHECK (state IN ('invited', 'confirmed', 'revoked')),
    CONSTRAINT memberships__programme CHECK (role = 'administrator' OR programme_id IS NOT NULL)
);

CREATE UNIQUE INDEX memberships_once ON memberships (user_id, organisation_id, programme_id, role);

CREATE INDEX memberships_organisation ON memberships (organisation_id);

CREATE TABLE merges (
    id                 text PRIMARY KEY,
    survivor_id        text NOT NULL REFERENCES professionals (id) ON DELETE CASCADE,
    absorbed_id        text NOT NULL,
    absorbed_pseudonym text NOT NULL,
    choices            text NOT NULL, -- JSON: field to the side it was taken from
    before             text NOT NULL DEFAULT '', -- JSON: the rows of both; empty once it is settled
    after              text NOT NULL DEFAULT '', -- JSON: the rows of the survivor when it was done
    made_by            text NOT NULL,
    made_for           text NOT NULL DEFAULT '',
    made_at            datetime NOT NULL,
    undo_until         datetime NOT NULL,
    undone_by          text NOT NULL DEFAULT '',
    undone_at          datetime,
    state              text NOT NULL,
    version            integer NOT NULL DEFAULT 1,
    CONSTRAINT merges__state CHECK (state IN ('merged', 'undone', 'settled')),
    CONSTRAINT merges__undone CHECK ((state = 'undone') = (undone_at IS NOT NULL)),
    -- Whose time is over keeps nothing of what stood there.
    CONSTRAINT merges__settled CHECK (state = 'merged' OR (before = '' AND after = ''))
);

CREATE INDEX merges_absorbed ON merges (absorbed_id);

CREATE INDEX merges_due ON merges (state, undo_until);

CREATE INDEX merges_survivor ON merges (survivor_id);

CREATE TABLE message_readings (
    thread  text NOT NULL, -- the candidacy or the placement
    user_id text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    role    text NOT NULL,
    read_at datetime NOT NULL,
    PRIMARY KEY (thread, user_id, role)
);

CREATE TABLE messages (
    id              text PRIMARY KEY,
    candidacy_id    text REFERENCES candidacies (id) ON DELETE CASCADE,
    placement_id    text REFERENCES placements (id) ON DELETE CASCADE,
    audience        text NOT NULL, -- who may read it: everybody in the thread, or the person and the programme alone
    role            text NOT NULL, -- in which office it was written
    by_user         text NOT NULL,
    by_organisation text NOT NULL DEFAULT '',
    body            text NOT NULL,
    at              datetime NOT NULL,
    -- A message hangs on one record.
    CONSTRAINT messages__one CHECK ((candidacy_id IS NULL) <> (placement_id IS NULL)),
    CONSTRAINT messages__audience CHECK (audience IN ('everybody', 'programme')),
    CONSTRAINT messages__body CHECK (length(body) > 0),
    -- A host writes to everybody: what it may not read it does not write either.
    CONSTRAINT messages__host CHECK (role <> 'host' OR audience = 'everybody')
);

CREATE INDEX messages_candidacy ON messages (candidacy_id, id);

CREATE INDEX messages_placement ON messages (placement_id, id);

CREATE TABLE need_contributions (
    id          text PRIMARY KEY,
    need_id     text NOT NULL REFERENCES needs (id) ON DELETE CASCADE,
    position    integer NOT NULL,
    kind        text NOT NULL,
    description text NOT NULL DEFAULT '',
    CONSTRAINT need_contributions__kind CHECK (kind IN ('lodging', 'meals', 'local_transport', 'workspace',
        'equipment', 'interpreter', 'security', 'other'))
);

CREATE INDEX need_contributions_need ON need_contributions (need_id);

CREATE TABLE need_counterparts (
    id       text PRIMARY KEY,
    need_id  text NOT NULL REFERENCES needs (id) ON DELETE CASCADE,
    position integer NOT NULL,
    function text NOT NULL,
    unit     text NOT NULL DEFAULT ''
);

CREATE INDEX need_counterparts_need ON need_counterparts (need_id);

CREATE TABLE need_criteria (
    id       text PRIMARY KEY,
    need_id  text NOT NULL REFERENCES needs (id) ON DELETE CASCADE,
    position integer NOT NULL,
    concept  text NOT NULL DEFAULT '', -- a skill concept, or empty for words only
    label    text NOT NULL,            -- the words as the host wrote them
    required boolean NOT NULL,
    weight   integer NOT NULL,
    CONSTRAINT need_criteria__weight CHECK (weight BETWEEN 1 AND 5)
);

CREATE INDEX need_criteria_need ON need_criteria (need_id);

CREATE TABLE need_equipment (
    need_id  text NOT NULL REFERENCES needs (id) ON DELETE CASCADE,
    position integer NOT NULL, -- the order
    name     text NOT NULL,
    quantity integer NOT NULL,
    value    bigint NOT NULL, -- of one piece, minor units
    currency text NOT NULL, -- ISO 4217
    serial   text NOT NULL DEFAULT '',
    stays    boolean NOT NULL DEFAULT FALSE, -- given to the host; else it leaves again with the team
    PRIMARY KEY (need_id, position),
    CONSTRAINT need_equipment__amounts CHECK (quantity BETWEEN 1 AND 100000 AND value >= 0)
);

CREATE TABLE need_languages (
    need_id  text NOT NULL REFERENCES needs (id) ON DELETE CASCADE,
    position integer NOT NULL,
    language text NOT NULL,
    spoken   integer NOT NULL, -- CEFR floor for listening and interaction
    written  integer NOT NULL, -- CEFR floor for reading and writing
    required boolean NOT NULL,
    PRIMARY KEY (need_id, language),
    CONSTRAINT need_languages__cefr CHECK (spoken BETWEEN 0 AND 6 AND written BETWEEN 0 AND 6)
);

CREATE TABLE need_outputs (
    id        text PRIMARY KEY,
    need_id   text NOT NULL REFERENCES needs (id) ON DELETE CASCADE,
    position  integer NOT NULL,
    output    text NOT NULL,
    indicator text NOT NULL DEFAULT ''
);

CREATE INDEX need_outputs_need ON need_outputs (need_id);

CREATE TABLE need_positions (
    id               text PRIMARY KEY,
    need_id          text NOT NULL REFERENCES needs (id) ON DELETE CASCADE,
    position         integer NOT NULL, -- the order
    isco             text NOT NULL, -- ISCO-08 unit group
    title            text NOT NULL, -- in the host's words
    headcount        integer NOT NULL,
    filled           integer NOT NULL DEFAULT 0, -- accepted offers
    licence_required boolean NOT NULL DEFAULT FALSE,
    CONSTRAINT need_positions__headcount CHECK (headcount BETWEEN 1 AND 100),
    -- No position has more people than places, however many accept at once.
    CONSTRAINT need_positions__filled CHECK (filled BETWEEN 0 AND headcount),
    UNIQUE (need_id, position)
);

CREATE TABLE need_reviews (
    id              text PRIMARY KEY,
    need_id         text NOT NULL REFERENCES needs (id) ON DELETE CASCADE,
    round           integer NOT NULL,
    step            text NOT NULL,
    outcome         text NOT NULL,
    reason          text NOT NULL DEFAULT '',
    comments        text NOT NULL DEFAULT '[]', -- JSON: what to mend, field by field
    submitted_by    text NOT NULL,
    by_user         text NOT NULL,
    by_organisation text NOT NULL,
    at              datetime NOT NULL,
    CONSTRAINT need_reviews__step CHECK (step IN ('validation', 'approval')),
    CONSTRAINT need_reviews__outcome CHECK (outcome IN ('validated', 'approved', 'returned', 'rejected')),
    CONSTRAINT need_reviews__author CHECK (by_user <> submitted_by),
    UNIQUE (need_id, round, step)
);

CREATE UNIQUE INDEX need_reviews_two_people ON need_reviews (need_id, round, by_user)
    WHERE outcome IN ('validated', 'approved');

CREATE TRIGGER reviews_kept BEFORE UPDATE ON need_reviews BEGIN SELECT RAISE(ABORT, 'rule:need_reviews.final'); END;

CREATE TABLE need_templates (
    id              text PRIMARY KEY,
    programme_id    text NOT NULL REFERENCES programmes (id),
    organisation_id text REFERENCES organisations (id), -- none: every host of the programme may use it
    title           text NOT NULL,
    body            text NOT NULL, -- JSON: what a host writes in a need, without days
    created_by      text NOT NULL,
    created_at      datetime NOT NULL,
    CONSTRAINT need_templates__title CHECK (length(title) > 0)
);

CREATE INDEX need_templates_programme ON need_templates (programme_id);

CREATE TABLE needs (
    id               text PRIMARY KEY,
    reference        text NOT NULL UNIQUE,
    programme_id     text NOT NULL REFERENCES programmes (id),
    organisation_id  text NOT NULL REFERENCES organisations (id),
    state            text NOT NULL,
    round            integer NOT NULL DEFAULT 0, -- how often it was submitted
    submitted_by     text NOT NULL DEFAULT '',
    created_by       text NOT NULL,
    title            text NOT NULL,
    language         text NOT NULL, -- that it is written in
    sector           text NOT NULL,
    isco             text NOT NULL,
    occupation_title text NOT NULL DEFAULT '',
    background       text NOT NULL DEFAULT '',
    objectives       text NOT NULL DEFAULT '',
    country          text NOT NULL,
    duty_station     text NOT NULL DEFAULT '',
    unit             text NOT NULL DEFAULT '',
    supervisor       text NOT NULL DEFAULT '', -- a function, not a person's name
    starts_on        date,
    ends_on          date,
    shortest_days    integer NOT NULL DEFAULT 0, -- the shortest stay that still helps
    modality         text NOT NULL,
    headcount        integer NOT NULL DEFAULT 1,
    filled           integer NOT NULL DEFAULT 0,
    years_experience integer NOT NULL DEFAULT 0,
    education_level  integer NOT NULL DEFAULT 0,
    education_field  text NOT NULL DEFAULT '',
    licence_required boolean NOT NULL DEFAULT FALSE,
    regulator        text NOT NULL DEFAULT '',
    non_substitution boolean NOT NULL DEFAULT FALSE, -- the host declares that no local post is replaced
    priority_sector  text NOT NULL DEFAULT '',
    opens_on         date,
    closes_on        date,
    notice_languages text NOT NULL DEFAULT '', -- that the call is published in: "en,fr"
    state_reason     text NOT NULL DEFAULT '', -- why it was closed early, extended, reopened or cancelled
    demo             boolean NOT NULL DEFAULT FALSE,
    version          integer NOT NULL DEFAULT 1,
    created_at       datetime NOT NULL,
    updated_at       datetime NOT NULL, resumes_to text NOT NULL DEFAULT ''
    CONSTRAINT needs__resumes CHECK ((state = 'SUSPENDED') = (resumes_to <> '')), resumed_at datetime, stood_down_on date, relay boolean NOT NULL DEFAULT FALSE, overlap_days integer NOT NULL DEFAULT 0
    CONSTRAINT needs__overlap CHECK (overlap_days BETWEEN 0 AND 30),
    CONSTRAINT needs__state CHECK (state IN ('DRAFT', 'SUBMITTED', 'RETURNED', 'VALIDATED', 'REJECTED', 'APPROVED',
        'PUBLISHED', 'CLOSED', 'IN_SELECTION', 'PARTLY_FILLED', 'FILLED', 'UNDERWAY', 'DELIVERED', 'CLOSED_OUT',
        'SUSPENDED', 'STOOD_DOWN', 'CANCELLED', 'EXPIRED')),
    CONSTRAINT needs__modality CHECK (modality IN ('onsite', 'virtual', 'hybrid')),
    CONSTRAINT needs__dates CHECK (starts_on <= ends_on),
    CONSTRAINT needs__headcount CHECK (headcount BETWEEN 1 AND 100),
    -- A post is never over-filled, however many accept at once.
    CONSTRAINT needs__filled CHECK (filled BETWEEN 0 AND headcount)
);

CREATE INDEX needs_organisation ON needs (organisation_id);

CREATE INDEX needs_programme ON needs (programme_id, state);

CREATE INDEX needs_waiting ON needs (state, updated_at);

CREATE TRIGGER needs_final BEFORE UPDATE ON needs
    WHEN OLD.state IN ('REJECTED', 'CLOSED_OUT', 'STOOD_DOWN', 'CANCELLED', 'EXPIRED') AND NEW.state <> OLD.state
BEGIN SELECT RAISE(ABORT, 'rule:needs.final'); END;

CREATE TABLE notice_choices (
    user_id   text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    kind      text NOT NULL,
    frequency text NOT NULL,
    PRIMARY KEY (user_id, kind),
    CONSTRAINT notice_choices__frequency CHECK (frequency IN ('instant', 'daily', 'weekly', 'none'))
);

CREATE TABLE notice_reader (
    one      integer PRIMARY KEY CHECK (one = 1),
    position bigint NOT NULL
);

CREATE TABLE notice_settings (
    user_id     text PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    time_zone   text NOT NULL DEFAULT 'UTC', -- of the IANA database: "Africa/Accra"
    quiet_from  integer NOT NULL DEFAULT 0,  -- hours of the person's clock; equal: no quiet hours
    quiet_to    integer NOT NULL DEFAULT 0,
    digest_hour integer NOT NULL DEFAULT 8,  -- when the day's or the week's mail goes out
    version     integer NOT NULL DEFAULT 1,
    updated_at  datetime NOT NULL,
    CONSTRAINT notice_settings__hours CHECK (quiet_from BETWEEN 0 AND 23 AND quiet_to BETWEEN 0 AND 23 AND digest_hour BETWEEN 0 AND 23)
);

CREATE TABLE notices (
    id              text PRIMARY KEY,
    once            text NOT NULL UNIQUE, -- as in the outbox
    user_id         text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    professional_id text REFERENCES professionals (id) ON DELETE CASCADE, -- whom it is about
    kind            text NOT NULL,
    subject         text NOT NULL,
    details         text NOT NULL DEFAULT '{}',
    at              datetime NOT NULL,
    read_at         datetime,
    outbox_id       text REFERENCES outbox (id) ON DELETE SET NULL -- the digest that tells of it
);

CREATE INDEX notices_outbox ON notices (outbox_id);

CREATE INDEX notices_professional ON notices (professional_id);

CREATE INDEX notices_user ON notices (user_id, at);

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
    confirmed_at    datetime, -- when the link in the first mail was opened: before that nobody looks at it
    vouched_by      text NOT NULL DEFAULT '', -- the ministry's officer who vouched for a host
    vouched_at      datetime,
    decided_by      text NOT NULL DEFAULT '',
    reason          text NOT NULL DEFAULT '', -- of the last decision
    organisation_id text REFERENCES organisations (id), -- what it became
    version         integer NOT NULL DEFAULT 1,
    created_at      datetime NOT NULL,
    updated_at      datetime NOT NULL,
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

CREATE TABLE organisation_referees (
    application_id text NOT NULL REFERENCES organisation_applications (id) ON DELETE CASCADE,
    position       integer NOT NULL,
    name           text NOT NULL,
    organisation   text NOT NULL,
    contact        text NOT NULL,
    PRIMARY KEY (application_id, position)
);

CREATE TABLE organisation_remarks (
    application_id text NOT NULL REFERENCES organisation_applications (id) ON DELETE CASCADE,
    round          integer NOT NULL,
    field          text NOT NULL,
    words          text NOT NULL,
    by_user        text NOT NULL,
    at             datetime NOT NULL,
    PRIMARY KEY (application_id, round, field),
    CONSTRAINT organisation_remarks__words CHECK (length(words) > 0)
);

CREATE TABLE organisations (
    id         text PRIMARY KEY,
    kind       text NOT NULL,
    name       text NOT NULL,
    country    text NOT NULL,
    place      text NOT NULL DEFAULT '',
    state      text NOT NULL,
    demo       boolean NOT NULL DEFAULT FALSE,
    version    integer NOT NULL DEFAULT 1,
    created_at datetime NOT NULL, website text NOT NULL DEFAULT '', summary text NOT NULL DEFAULT '', state_reason text NOT NULL DEFAULT '', state_at datetime,
    CONSTRAINT organisations__kind CHECK (kind IN ('association', 'ministry', 'host_institution',
        'destination_ministry', 'coordinator', 'donor', 'local_authority', 'professional_council',
        'recruitment_agency', 'employer', 'data_office')),
    CONSTRAINT organisations__state CHECK (state IN ('APPLIED', 'RETURNED', 'APPROVED', 'SUSPENDED', 'CLOSED'))
);

CREATE TABLE outbox (
    id              text PRIMARY KEY, -- and, with our domain, the Message-ID: a repeat is recognised by it
    once            text NOT NULL UNIQUE, -- what it is about and for whom: however often the ledger is read, one mail
    kind            text NOT NULL,
    user_id         text REFERENCES users (id) ON DELETE CASCADE,
    professional_id text REFERENCES professionals (id) ON DELETE CASCADE, -- who is written to without an account
    subject         text NOT NULL, -- the identifier of what it is about
    details         text NOT NULL DEFAULT '{}', -- JSON: identifiers, states, numbers
    state           text NOT NULL,
    due_at          datetime NOT NULL,
    attempts        integer NOT NULL DEFAULT 0,
    retry_at        datetime, -- not before, after a failure
    leased_by       text NOT NULL DEFAULT '', -- the sender that is at it now
    leased_until    datetime, -- after this the sender is taken for dead, and another one tries
    problem         text NOT NULL DEFAULT '', -- why it was not sent: a code of ours
    reply           integer NOT NULL DEFAULT 0, -- the mail server's status (RFC 5321, 4.2); 0 when it said nothing
    sent_at         datetime,
    created_at      datetime NOT NULL,
    updated_at      datetime NOT NULL,
    CONSTRAINT outbox__state CHECK (state IN ('waiting', 'sending', 'sent', 'shown', 'dropped', 'dead', 'given_up')),
    -- Whoever is sending holds a lease, and nobody else does.
    CONSTRAINT outbox__lease CHECK ((state = 'sending') = (leased_until IS NOT NULL)),
    CONSTRAINT outbox__sent CHECK (state <> 'sent' OR sent_at IS NOT NULL)
);

CREATE INDEX outbox_due ON outbox (state, due_at);

CREATE INDEX outbox_professional ON outbox (professional_id);

CREATE INDEX outbox_user ON outbox (user_id);

CREATE TABLE placement_absences (
    placement_id text NOT NULL REFERENCES placements (id) ON DELETE CASCADE,
    from_on      date NOT NULL,
    to_on        date NOT NULL,
    kind         text NOT NULL,
    role         text NOT NULL, -- of whoever wrote it down
    by_user      text NOT NULL,
    at           datetime NOT NULL,
    PRIMARY KEY (placement_id, from_on),
    CONSTRAINT placement_absences__kind CHECK (kind IN ('leave', 'remote')),
    CONSTRAINT placement_absences__order CHECK (from_on <= to_on)
);

CREATE TABLE placement_indicators (
    placement_id text NOT NULL REFERENCES placements (id) ON DELETE CASCADE,
    number       integer NOT NULL,
    name         text NOT NULL,
    unit         text NOT NULL DEFAULT '',
    source       text NOT NULL, -- where the values come from: a register, a survey
    PRIMARY KEY (placement_id, number)
);

CREATE TABLE placement_links (
    token_hash   text PRIMARY KEY,
    placement_id text NOT NULL REFERENCES placements (id) ON DELETE CASCADE,
    kind         text NOT NULL, -- of the report
    created_by   text NOT NULL,
    created_at   datetime NOT NULL,
    expires_at   datetime NOT NULL
);

CREATE INDEX placement_links_placement ON placement_links (placement_id);

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
    at            datetime NOT NULL, leave_days integer
    CONSTRAINT placement_plans__leave CHECK (leave_days BETWEEN 0 AND 30), remote_days integer
    CONSTRAINT placement_plans__remote CHECK (remote_days BETWEEN 0 AND 30),
    CONSTRAINT placement_plans__amounts CHECK (daily >= 0 AND travel >= 0 AND committed >= 0 AND released >= 0 AND lodging_share BETWEEN 0 AND 100)
);

CREATE TABLE placement_reports (
    id           text PRIMARY KEY,
    placement_id text NOT NULL REFERENCES placements (id) ON DELETE CASCADE,
    kind         text NOT NULL,
    body         text NOT NULL, -- JSON: the answers, each by its name
    role         text NOT NULL,
    by_user      text NOT NULL,
    created_at   datetime NOT NULL,
    updated_at   datetime NOT NULL, source text NOT NULL DEFAULT 'portal'
    CONSTRAINT placement_reports__source CHECK (source IN ('portal', 'link', 'file')), of_team boolean NOT NULL DEFAULT FALSE,
    CONSTRAINT placement_reports__once UNIQUE (placement_id, kind, role),
    CONSTRAINT placement_reports__role CHECK (role IN ('professional', 'host', 'coordinator')),
    CONSTRAINT placement_reports__kind CHECK (kind IN ('midterm_person', 'midterm_host', 'handover', 'final_report', 'host_evaluation',
        'no_fee', 'follow_up_3', 'follow_up_12', 'outcome'))
);

CREATE TABLE placement_sessions (
    placement_id text NOT NULL REFERENCES placements (id) ON DELETE CASCADE,
    number       integer NOT NULL,
    kind         text NOT NULL,
    title        text NOT NULL DEFAULT '',
    held_on      date,
    PRIMARY KEY (placement_id, number),
    CONSTRAINT placement_sessions__kind CHECK (kind IN ('counterparts', 'training')),
    CONSTRAINT placement_sessions__day CHECK ((kind = 'training') = (held_on IS NOT NULL))
);

CREATE TABLE placement_steps (
    id              text PRIMARY KEY,
    placement_id    text NOT NULL REFERENCES placements (id) ON DELETE CASCADE,
    move            text NOT NULL,
    from_state      text NOT NULL,
    to_state        text NOT NULL,
    role            text NOT NULL,
    by_user         text NOT NULL DEFAULT '', -- empty: a timer
    by_organisation text NOT NULL DEFAULT '',
    on_day          date, -- the day that the step is about
    reason          text NOT NULL DEFAULT '',
    at              datetime NOT NULL
);

CREATE UNIQUE INDEX placement_steps_arrival ON placement_steps (placement_id, role) WHERE move = 'arrive';

CREATE INDEX placement_steps_placement ON placement_steps (placement_id, id);

CREATE TABLE placements (
    id              text PRIMARY KEY,
    reference       text NOT NULL UNIQUE,
    programme_id    text NOT NULL REFERENCES programmes (id),
    need_id         text NOT NULL REFERENCES needs (id),
    candidacy_id    text NOT NULL UNIQUE REFERENCES candidacies (id),
    professional_id text NOT NULL REFERENCES professionals (id),
    organisation_id text NOT NULL REFERENCES organisations (id), -- the host
    state           text NOT NULL,
    modality        text NOT NULL,
    from_on         date NOT NULL,
    to_on           date NOT NULL,
    reason          text NOT NULL DEFAULT '', -- why it was cancelled
    version         integer NOT NULL DEFAULT 1,
    created_at      datetime NOT NULL,
    updated_at      datetime NOT NULL, extension_to date
    CONSTRAINT placements__extension CHECK (extension_to IS NULL OR (state = 'ON_DUTY' AND extension_to > to_on)),
    CONSTRAINT placements__order CHECK (from_on <= to_on),
    CONSTRAINT placements__state CHECK (state IN ('PREPARING', 'CLEARED', 'POSTPONED', 'TRAVELLING', 'ON_DUTY',
        'SUSPENDED', 'EVACUATED', 'CURTAILED', 'ENDED', 'COMPLETED', 'FOLLOWED_UP', 'CLOSED', 'CANCELLED'))
);

CREATE INDEX placements_need ON placements (need_id);

CREATE INDEX placements_professional ON placements (professional_id);

CREATE INDEX placements_programme ON placements (programme_id, state);

CREATE INDEX placements_waiting ON placements (state, updated_at);

CREATE TRIGGER placements_final BEFORE UPDATE ON placements
    WHEN OLD.state IN ('CLOSED', 'CANCELLED') AND NEW.state <> OLD.state
BEGIN SELECT RAISE(ABORT, 'rule:placements.final'); END;

CREATE TRIGGER placements_overlap_insert BEFORE INSERT ON placements WHEN NEW.state <> 'CANCELLED'
BEGIN
    SELECT RAISE(ABORT, 'rule:placements.overlap') WHERE EXISTS (
        SELECT 1 FROM placements p WHERE p.professional_id = NEW.professional_id AND p.state <> 'CANCELLED'
            AND p.from_on <= NEW.to_on AND NEW.from_on <= p.to_on);
END;

CREATE TRIGGER placements_overlap_update BEFORE UPDATE ON placements WHEN NEW.state <> 'CANCELLED'
BEGIN
    SELECT RAISE(ABORT, 'rule:placements.overlap') WHERE EXISTS (
        SELECT 1 FROM placements p WHERE p.professional_id = NEW.professional_id AND p.id <> NEW.id
            AND p.state <> 'CANCELLED' AND p.from_on <= NEW.to_on AND NEW.from_on <= p.to_on);
END;

CREATE TABLE professional_associations (
    professional_id text NOT NULL REFERENCES professionals (id) ON DELETE CASCADE,
    organisation_id text NOT NULL REFERENCES organisations (id) ON DELETE CASCADE,
    since           datetime NOT NULL,
    PRIMARY KEY (professional_id, organisation_id)
);

CREATE INDEX professional_associations_organisation ON professional_associations (organisation_id);

CREATE TABLE professional_availability (
    id              text PRIMARY KEY,
    professional_id text NOT NULL REFERENCES professionals (id) ON DELETE CASCADE,
    position        integer NOT NULL,
    from_on         date NOT NULL,
    to_on           date NOT NULL,
    CONSTRAINT professional_availability__order CHECK (from_on <= to_on)
);

CREATE INDEX professional_availability_professional ON professional_availability (professional_id);

CREATE TABLE professional_education (
    id              text PRIMARY KEY,
    professional_id text NOT NULL REFERENCES professionals (id) ON DELETE CASCADE,
    position        integer NOT NULL,
    level           integer NOT NULL, -- ISCED 2011
    field           text NOT NULL DEFAULT '', -- ISCED-F 2013
    title           text NOT NULL DEFAULT '',
    institution     text NOT NULL DEFAULT '',
    country         text NOT NULL DEFAULT '',
    year            integer NOT NULL DEFAULT 0,
    CONSTRAINT professional_education__level CHECK (level BETWEEN 0 AND 8)
);

CREATE INDEX professional_education_professional ON professional_education (professional_id);

CREATE TABLE professional_experience (
    id              text PRIMARY KEY,
    professional_id text NOT NULL REFERENCES professionals (id) ON DELETE CASCADE,
    position        integer NOT NULL,
    title           text NOT NULL,
    isco            text NOT NULL DEFAULT '',
    employer        text NOT NULL DEFAULT '',
    country         text NOT NULL DEFAULT '',
    from_on         date,
    to_on           date, -- none: still there
    description     text NOT NULL DEFAULT ''
);

CREATE INDEX professional_experience_professional ON professional_experience (professional_id);

CREATE TABLE professional_languages (
    professional_id text NOT NULL REFERENCES professionals (id) ON DELETE CASCADE,
    language        text NOT NULL,
    native          boolean NOT NULL DEFAULT FALSE,
    listening       integer NOT NULL, -- CEFR: 0 none, 1 A1 … 6 C2
    reading         integer NOT NULL,
    interaction     integer NOT NULL,
    production      integer NOT NULL,
    writing         integer NOT NULL,
    PRIMARY KEY (professional_id, language),
    CONSTRAINT professional_languages__cefr CHECK (listening BETWEEN 0 AND 6 AND reading BETWEEN 0 AND 6
        AND interaction BETWEEN 0 AND 6 AND production BETWEEN 0 AND 6 AND writing BETWEEN 0 AND 6)
);

CREATE TABLE professional_licences (
    id               text PRIMARY KEY,
    professional_id  text NOT NULL REFERENCES professionals (id) ON DELETE CASCADE,
    position         integer NOT NULL,
    body             text NOT NULL,
    number           text NOT NULL DEFAULT '',
    country          text NOT NULL,
    isco             text NOT NULL DEFAULT '',
    valid_from       date,
    valid_until      date,
    good_standing_on date
, document_id text NOT NULL DEFAULT '');

CREATE INDEX professional_licences_professional ON professional_licences (professional_id);

CREATE TABLE professional_preferences (
    professional_id text PRIMARY KEY REFERENCES professionals (id) ON DELETE CASCADE,
    items           text NOT NULL, -- JSON: identifiers of needs, the most wanted first
    version         integer NOT NULL DEFAULT 1,
    updated_at      datetime NOT NULL
);

CREATE TABLE professional_programmes (
    professional_id text NOT NULL REFERENCES professionals (id) ON DELETE CASCADE,
    programme_id    text NOT NULL REFERENCES programmes (id) ON DELETE CASCADE,
    PRIMARY KEY (professional_id, programme_id)
);

CREATE INDEX professional_programmes_programme ON professional_programmes (programme_id);

CREATE TABLE professional_skills (
    id              text PRIMARY KEY,
    professional_id text NOT NULL REFERENCES professionals (id) ON DELETE CASCADE,
    position        integer NOT NULL,
    concept         text NOT NULL DEFAULT '', -- empty: words that no concept is known for
    label           text NOT NULL,            -- the words as the person wrote them, for ever
    level           integer NOT NULL,
    years           integer NOT NULL DEFAULT 0,
    last_used       integer NOT NULL DEFAULT 0, -- a year; 0 is not said
    evidence        text NOT NULL DEFAULT 'claimed',
    CONSTRAINT professional_skills__level CHECK (level BETWEEN 1 AND 4),
    CONSTRAINT professional_skills__evidence CHECK (evidence IN ('claimed', 'experience', 'referee', 'host'))
);

CREATE INDEX professional_skills_professional ON professional_skills (professional_id);

CREATE TABLE professionals (
    id                    text PRIMARY KEY,
    pseudonym             text NOT NULL UNIQUE,
    user_id               text UNIQUE REFERENCES users (id) ON DELETE SET NULL,
    given_name            text NOT NULL,
    family_name           text NOT NULL DEFAULT '', -- many people have one name only
    email                 text NOT NULL,
    phone                 text NOT NULL DEFAULT '',
    sex                   text NOT NULL DEFAULT '',
    birth_date            date,
    origin_country        text NOT NULL,
    origin_link           text NOT NULL,
    residence_country     text NOT NULL,
    residence_place       text NOT NULL DEFAULT '',
    residence_status      text NOT NULL,
    right_of_return       text NOT NULL,
    right_of_return_until date, -- none: it does not expire (a citizen's)
    occupation_title      text NOT NULL,
    isco                  text NOT NULL,
    years_experience      integer NOT NULL DEFAULT 0,
    summary               text NOT NULL DEFAULT '',
    cv_text               text NOT NULL DEFAULT '',
    cv_language           text NOT NULL DEFAULT '',
    onsite                boolean NOT NULL DEFAULT TRUE,
    virtual               boolean NOT NULL DEFAULT FALSE,
    hybrid                boolean NOT NULL DEFAULT FALSE,
    longest_days          integer NOT NULL DEFAULT 90,
    notice_days           integer NOT NULL DEFAULT 30,
    state                 text NOT NULL,
    demo                  boolean NOT NULL DEFAULT FALSE,
    version               integer NOT NULL DEFAULT 1,
    created_at            datetime NOT NULL,
    updated_at            datetime NOT NULL,
    confirmed_at          datetime, -- when the person last said that this is right
    sought                text NOT NULL DEFAULT '', -- names and e-mail, folded, for the lists' search
    sought_work           text NOT NULL DEFAULT '', erased_at datetime, -- pseudonym and occupation, folded: what the blind may search
    CONSTRAINT professionals__sex CHECK (sex IN ('', 'female', 'male', 'other')),
    CONSTRAINT professionals__origin_link CHECK (origin_link IN ('', 'born', 'citizen', 'parent', 'grandparent', 'spouse')),
    CONSTRAINT professionals__residence_status CHECK (residence_status IN ('', 'citizen', 'permanent', 'temporary', 'refugee', 'other')),
    CONSTRAINT professionals__right_of_return CHECK (right_of_return IN ('yes', 'no', 'unknown')),
    CONSTRAINT professionals__state CHECK (state IN ('invited', 'active', 'paused', 'declined'))
);

CREATE INDEX professionals_email ON professionals (email);

CREATE INDEX professionals_origin ON professionals (origin_country, state);

CREATE INDEX professionals_updated ON professionals (updated_at);

CREATE TABLE programme_countries (
    programme_id text NOT NULL REFERENCES programmes (id) ON DELETE CASCADE,
    country      text NOT NULL,
    PRIMARY KEY (programme_id, country)
);

CREATE TABLE programme_organisations (
    programme_id    text NOT NULL REFERENCES programmes (id) ON DELETE CASCADE,
    organisation_id text NOT NULL REFERENCES organisations (id) ON DELETE CASCADE,
    PRIMARY KEY (programme_id, organisation_id)
);

CREATE TABLE programme_rates (
    programme_id text PRIMARY KEY REFERENCES programmes (id) ON DELETE CASCADE,
    rates        text NOT NULL, -- JSON: amounts in minor units, by country
    version      integer NOT NULL DEFAULT 1,
    updated_at   datetime NOT NULL
);

CREATE TABLE programmes (
    id                   text PRIMARY KEY,
    code                 text NOT NULL UNIQUE,
    name                 text NOT NULL,
    summary              text NOT NULL DEFAULT '',
    minimum_counterparts integer NOT NULL DEFAULT 2,
    shortlist_most       integer NOT NULL DEFAULT 5,
    demo                 boolean NOT NULL DEFAULT FALSE,
    version              integer NOT NULL DEFAULT 1,
    created_at           datetime NOT NULL,
    CONSTRAINT programmes__counterparts CHECK (minimum_counterparts BETWEEN 0 AND 20),
    CONSTRAINT programmes__shortlist CHECK (shortlist_most BETWEEN 1 AND 20)
);

CREATE TABLE proposal_rounds (
    proposal_id text NOT NULL REFERENCES proposals (id) ON DELETE CASCADE,
    round       integer NOT NULL,
    by_user     text NOT NULL,
    at          datetime NOT NULL,
    position    bigint NOT NULL, -- the last entry of the ledger before the inputs were read
    posts       integer NOT NULL, -- that the answer fills
    empty       integer NOT NULL, -- and leaves empty
    pins        integer NOT NULL,
    inputs      text NOT NULL,   -- JSON: budget, costs, quotas, pins
    result      text NOT NULL,   -- JSON: who goes where, totals and bound, what stays empty and why
    PRIMARY KEY (proposal_id, round),
    CONSTRAINT proposal_rounds__round CHECK (round >= 1)
);

CREATE TABLE proposals (
    id           text PRIMARY KEY,
    programme_id text NOT NULL REFERENCES programmes (id) ON DELETE CASCADE,
    round        integer NOT NULL DEFAULT 1, -- the newest of proposal_rounds
    by_user      text NOT NULL,              -- who asked first
    version      integer NOT NULL DEFAULT 1,
    created_at   datetime NOT NULL,
    updated_at   datetime NOT NULL,
    CONSTRAINT proposals__round CHECK (round >= 1)
);

CREATE INDEX proposals_programme ON proposals (programme_id, id);

CREATE TABLE ranking_snapshots (
    id             text PRIMARY KEY,
    need_id        text NOT NULL REFERENCES needs (id) ON DELETE CASCADE,
    taken_at       datetime NOT NULL,
    by_user        text NOT NULL,
    algorithm      text NOT NULL,
    index_position bigint NOT NULL,
    body           text NOT NULL, -- JSON, pseudonyms only
    sha256         text NOT NULL
, redactions integer NOT NULL DEFAULT 0);

CREATE INDEX ranking_snapshots_need ON ranking_snapshots (need_id, taken_at);

CREATE TRIGGER snapshots_kept BEFORE UPDATE ON ranking_snapshots
    WHEN NOT (NEW.redactions = OLD.redactions + 1 AND NEW.id = OLD.id AND NEW.need_id = OLD.need_id AND NEW.taken_at = OLD.taken_at
        AND NEW.by_user = OLD.by_user AND NEW.algorithm = OLD.algorithm AND NEW.index_position = OLD.index_position)
BEGIN SELECT RAISE(ABORT, 'rule:ranking_snapshots.frozen'); END;

CREATE TABLE record_assignments (
    record  text NOT NULL,
    subject text PRIMARY KEY,
    user_id text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    by_user text NOT NULL,
    at      datetime NOT NULL,
    CONSTRAINT record_assignments__record CHECK (record IN ('need', 'candidacy', 'placement'))
);

CREATE INDEX record_assignments_user ON record_assignments (user_id);

CREATE TABLE record_tags (
    record  text NOT NULL,
    subject text NOT NULL,
    tag     text NOT NULL,
    by_user text NOT NULL,
    at      datetime NOT NULL,
    PRIMARY KEY (subject, tag),
    CONSTRAINT record_tags__record CHECK (record IN ('need', 'candidacy', 'placement')),
    CONSTRAINT record_tags__tag CHECK (length(tag) BETWEEN 1 AND 40)
);

CREATE INDEX record_tags_tag ON record_tags (tag);

CREATE TABLE referee_requests (
    id              text PRIMARY KEY,
    professional_id text NOT NULL REFERENCES professionals (id) ON DELETE CASCADE,
    token_hash      text UNIQUE, -- of the link in the mail; none until it is sent
    referee_name    text NOT NULL,
    referee_email   text NOT NULL,
    locale          text NOT NULL,
    message         text NOT NULL DEFAULT '', -- from the person, in their words
    state           text NOT NULL,
    created_at      datetime NOT NULL,
    expires_at      datetime NOT NULL,
    opened_at       datetime,
    answered_at     datetime,
    version         integer NOT NULL DEFAULT 1,
    CONSTRAINT referee_requests__state CHECK (state IN ('sent', 'answered', 'declined', 'revoked')),
    CONSTRAINT referee_requests__answered CHECK ((state IN ('answered', 'declined')) = (answered_at IS NOT NULL))
);

CREATE INDEX referee_requests_professional ON referee_requests (professional_id, created_at);

CREATE TABLE referee_skills (
    request_id text NOT NULL REFERENCES referee_requests (id) ON DELETE CASCADE,
    position   integer NOT NULL,
    concept    text NOT NULL DEFAULT '',
    label      text NOT NULL,
    PRIMARY KEY (request_id, position)
);

CREATE TABLE reference_counters (
    series text NOT NULL, -- "GH" for needs, "GH-P" for placements
    year   integer NOT NULL,
    last   integer NOT NULL,
    PRIMARY KEY (series, year)
);

CREATE TABLE retention_questions (
    id              text PRIMARY KEY,
    professional_id text NOT NULL REFERENCES professionals (id) ON DELETE CASCADE,
    class           text NOT NULL,
    asked_at        datetime NOT NULL,
    answer_by       datetime NOT NULL,
    answered_at     datetime,
    answer          text NOT NULL DEFAULT '',
    CONSTRAINT retention_questions__answer CHECK (answer IN ('', 'keep', 'erase', 'none')),
    CONSTRAINT retention_questions__answered CHECK ((answer = '') = (answered_at IS NULL))
);

CREATE INDEX retention_questions_due ON retention_questions (answer, answer_by);

CREATE UNIQUE INDEX retention_questions_one_open ON retention_questions (professional_id, class) WHERE answer = '';

CREATE TABLE review_requests (
    id              text PRIMARY KEY,
    professional_id text NOT NULL REFERENCES professionals (id) ON DELETE CASCADE,
    need_id         text NOT NULL REFERENCES needs (id) ON DELETE CASCADE,
    words           text NOT NULL, -- what the person doubts
    state           text NOT NULL,
    asked_at        datetime NOT NULL,
    answer_by       datetime NOT NULL, -- one month: GDPR, article 12(3)
    answer          text NOT NULL DEFAULT '',
    answered_by     text NOT NULL DEFAULT '',
    answered_at     datetime,
    version         integer NOT NULL DEFAULT 1,
    CONSTRAINT review_requests__state CHECK (state IN ('OPEN', 'ANSWERED')),
    CONSTRAINT review_requests__words CHECK (length(words) > 0 OR state = 'ANSWERED'),
    CONSTRAINT review_requests__answered CHECK ((state = 'ANSWERED') = (answered_at IS NOT NULL))
);

CREATE INDEX review_requests_need ON review_requests (need_id, state);

CREATE UNIQUE INDEX review_requests_one_open ON review_requests (professional_id, need_id) WHERE state = 'OPEN';

CREATE TABLE saved_search_followers (
    search_id text NOT NULL REFERENCES saved_searches (id) ON DELETE CASCADE,
    user_id   text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    pinned    boolean NOT NULL DEFAULT FALSE, -- to the reader's home
    frequency text NOT NULL DEFAULT 'none',
    PRIMARY KEY (search_id, user_id),
    CONSTRAINT saved_search_followers__frequency CHECK (frequency IN ('none', 'instant', 'daily', 'weekly'))
);

CREATE INDEX saved_search_followers_user ON saved_search_followers (user_id);

CREATE TABLE saved_search_people (
    search_id       text NOT NULL REFERENCES saved_searches (id) ON DELETE CASCADE,
    professional_id text NOT NULL REFERENCES professionals (id) ON DELETE CASCADE,
    PRIMARY KEY (search_id, professional_id)
);

CREATE INDEX saved_search_people_professional ON saved_search_people (professional_id);

CREATE TABLE saved_searches (
    id           text PRIMARY KEY,
    programme_id text NOT NULL REFERENCES programmes (id) ON DELETE CASCADE,
    owner_id     text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    kind         text NOT NULL,
    name         text NOT NULL,
    query        text NOT NULL DEFAULT '', -- as it was typed: it may hold a name, so the ledger never does
    choices      text NOT NULL DEFAULT '{}', -- JSON: the values chosen in each facet
    exact        boolean NOT NULL DEFAULT FALSE,
    locale       text NOT NULL DEFAULT 'en', -- the language in which its words are read
    need_id      text REFERENCES needs (id) ON DELETE CASCADE,
    best         integer NOT NULL DEFAULT 0, -- how many of the best for the need are watched
    shared       boolean NOT NULL DEFAULT FALSE,
    watched      boolean NOT NULL DEFAULT FALSE, -- somebody wants alerts: who meets it is remembered
    seen         bigint NOT NULL DEFAULT 0, -- the last event of the ledger that its memory knows of
    version      integer NOT NULL DEFAULT 1,
    created_at   datetime NOT NULL,
    updated_at   datetime NOT NULL,
    CONSTRAINT saved_searches__kind CHECK (kind IN ('people', 'need')),
    -- A watch of a need names it and how many; a search for people does neither.
    CONSTRAINT saved_searches__need CHECK ((kind = 'need') = (need_id IS NOT NULL)),
    CONSTRAINT saved_searches__best CHECK (best BETWEEN 0 AND 100 AND (kind = 'need') = (best > 0)),
    CONSTRAINT saved_searches__name CHECK (length(name) > 0)
);

CREATE INDEX saved_searches_need ON saved_searches (need_id);

CREATE UNIQUE INDEX saved_searches_one_watch ON saved_searches (owner_id, programme_id, need_id) WHERE need_id IS NOT NULL;

CREATE INDEX saved_searches_programme ON saved_searches (programme_id, owner_id);

CREATE INDEX saved_searches_watched ON saved_searches (watched, seen);

CREATE TABLE "selection_rules" (
    programme_id     text PRIMARY KEY REFERENCES programmes (id),
    committee        boolean NOT NULL DEFAULT FALSE, -- else a host may endorse from the shortlist
    shortlist_least  integer NOT NULL DEFAULT 1,
    balanced         boolean NOT NULL DEFAULT FALSE, -- women and men on every shortlist, or a written reason
    references_least integer NOT NULL DEFAULT 2,     -- of somebody whom a committee recommends
    version          integer NOT NULL DEFAULT 1,
    CONSTRAINT selection_rules__counts CHECK (shortlist_least BETWEEN 1 AND 20 AND references_least BETWEEN 0 AND 5)
);

CREATE TABLE session_attendance (
    placement_id text NOT NULL,
    number       integer NOT NULL,
    sex          text NOT NULL, -- empty: not said
    age          text NOT NULL, -- a band; empty: not said
    people       integer NOT NULL,
    PRIMARY KEY (placement_id, number, sex, age),
    FOREIGN KEY (placement_id, number) REFERENCES placement_sessions (placement_id, number) ON DELETE CASCADE,
    CONSTRAINT session_attendance__people CHECK (people BETWEEN 1 AND 1000)
);

CREATE TABLE sessions (
    token_hash    text PRIMARY KEY, -- SHA-256: a stolen table opens no session
    user_id       text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    membership_id text REFERENCES memberships (id) ON DELETE SET NULL,
    created_at    datetime NOT NULL,
    seen_at       datetime NOT NULL,
    expires_at    datetime NOT NULL
, delegation_id text REFERENCES delegations (id) ON DELETE SET NULL);

CREATE INDEX sessions_expiry ON sessions (expires_at);

CREATE INDEX sessions_user ON sessions (user_id);

CREATE TABLE shown_people (
    ranking_id text NOT NULL REFERENCES shown_rankings (id) ON DELETE CASCADE,
    rank       integer NOT NULL,
    pseudonym  text NOT NULL,
    score      integer NOT NULL, -- of 1000
    PRIMARY KEY (ranking_id, rank),
    CONSTRAINT shown_people__score CHECK (score BETWEEN 0 AND 1000),
    CONSTRAINT shown_people__rank CHECK (rank >= 1)
);

CREATE INDEX shown_people_pseudonym ON shown_people (pseudonym);

CREATE TABLE shown_rankings (
    id              text PRIMARY KEY,
    programme_id    text NOT NULL REFERENCES programmes (id) ON DELETE CASCADE,
    need_id         text NOT NULL REFERENCES needs (id) ON DELETE CASCADE,
    seen_by         text NOT NULL, -- the user
    organisation_id text NOT NULL DEFAULT '', -- that they acted for
    role            text NOT NULL,
    at              datetime NOT NULL,
    algorithm       text NOT NULL, -- the version of the rules and of their weights
    index_position  bigint NOT NULL, -- the last event of the ledger that the ranking knew of
    source          text NOT NULL,
    considered      integer NOT NULL,
    passed          integer NOT NULL,
    shown           integer NOT NULL,
    demo            boolean NOT NULL DEFAULT FALSE, -- made by the demonstration: nobody saw it
    CONSTRAINT shown_rankings__source CHECK (source IN ('index', 'database')),
    CONSTRAINT shown_rankings__counts CHECK (considered >= 0 AND passed >= 0 AND shown >= 0)
);

CREATE INDEX shown_rankings_at ON shown_rankings (at);

CREATE INDEX shown_rankings_need ON shown_rankings (need_id);

CREATE INDEX shown_rankings_programme ON shown_rankings (programme_id, at, id);

CREATE TABLE skill_confirmations (
    id              text PRIMARY KEY,
    professional_id text NOT NULL REFERENCES professionals (id) ON DELETE CASCADE,
    kind            text NOT NULL,
    concept         text NOT NULL DEFAULT '',
    label           text NOT NULL,
    request_id      text REFERENCES referee_requests (id) ON DELETE CASCADE,
    placement       text NOT NULL DEFAULT '', -- its reference
    by_name         text NOT NULL, -- the referee, or the host institution
    relation        text NOT NULL, -- how they know the work
    seen_until      date, -- when they last saw it
    comment         text NOT NULL DEFAULT '',
    made_at         datetime NOT NULL,
    revoked_at      datetime,
    CONSTRAINT skill_confirmations__kind CHECK (kind IN ('referee', 'host')),
    CONSTRAINT skill_confirmations__from CHECK ((kind = 'referee') = (request_id IS NOT NULL)),
    CONSTRAINT skill_confirmations__relation CHECK (relation IN ('supervisor', 'colleague', 'teacher', 'client', 'council', 'host'))
);

CREATE UNIQUE INDEX skill_confirmations_once ON skill_confirmations (request_id, concept, label);

CREATE INDEX skill_confirmations_professional ON skill_confirmations (professional_id);

CREATE TABLE task_escalations (
    kind    text NOT NULL,
    subject text NOT NULL, -- the record
    since   datetime NOT NULL, -- since when it has waited
    at      datetime NOT NULL,
    PRIMARY KEY (kind, subject, since)
);

CREATE TABLE teams (
    id              text PRIMARY KEY,
    need_id         text NOT NULL REFERENCES needs (id) ON DELETE CASCADE,
    organisation_id text NOT NULL REFERENCES organisations (id), -- the association that formed it
    name            text NOT NULL,
    statement       text NOT NULL, -- why this team
    state           text NOT NULL DEFAULT 'FORMING',
    created_by      text NOT NULL,
    applied_at      datetime,
    version         integer NOT NULL DEFAULT 1,
    created_at      datetime NOT NULL,
    updated_at      datetime NOT NULL,
    CONSTRAINT teams__state CHECK (state IN ('FORMING', 'APPLIED')),
    CONSTRAINT teams__applied CHECK ((state = 'APPLIED') = (applied_at IS NOT NULL)),
    UNIQUE (need_id, organisation_id, name)
);

CREATE INDEX teams_organisation ON teams (organisation_id);

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
    created_at datetime NOT NULL,
    CONSTRAINT transfers__basis CHECK (basis IN ('adequacy', 'standard_clauses', 'agreement', 'consent', 'public_interest')),
    CONSTRAINT transfers__order CHECK (until_on IS NULL OR from_on <= until_on)
);

CREATE TABLE users (
    id             text PRIMARY KEY,
    email          text NOT NULL UNIQUE,
    name           text NOT NULL,
    locale         text NOT NULL DEFAULT 'en',
    password_hash  text NOT NULL,
    state          text NOT NULL DEFAULT 'active',
    totp_secret    text NOT NULL DEFAULT '',
    totp_confirmed boolean NOT NULL DEFAULT FALSE,
    totp_last_step bigint NOT NULL DEFAULT 0, -- a code works once (RFC 6238, 5.2)
    demo           boolean NOT NULL DEFAULT FALSE,
    version        integer NOT NULL DEFAULT 1,
    created_at     datetime NOT NULL, unconfirmed boolean NOT NULL DEFAULT FALSE,
    CONSTRAINT users__email CHECK (email = lower(email)),
    CONSTRAINT users__state CHECK (state IN ('active', 'suspended'))
);

CREATE TABLE verification_cases (
    id              text PRIMARY KEY,
    professional_id text NOT NULL REFERENCES professionals (id) ON DELETE CASCADE,
    credential      text NOT NULL,
    body            text NOT NULL, -- the council or the school
    number          text NOT NULL DEFAULT '',
    country         text NOT NULL DEFAULT '',
    title           text NOT NULL DEFAULT '',
    state           text NOT NULL,
    reference       text NOT NULL DEFAULT '', -- the body's own, of its answer
    programme_id    text NOT NULL DEFAULT '',
    opened_by       text NOT NULL,
    opened_at       datetime NOT NULL,
    valid_until     date, -- of what was confirmed: the case expires after it
    version         integer NOT NULL DEFAULT 1,
    updated_at      datetime NOT NULL,
    CONSTRAINT verification_cases__credential CHECK (credential IN ('licence', 'education')),
    CONSTRAINT verification_cases__state CHECK (state IN ('REQUESTED', 'SENT_TO_SOURCE', 'CONFIRMED', 'DISCREPANT', 'UNREACHABLE', 'EXPIRED'))
);

CREATE UNIQUE INDEX verification_cases_one_open ON verification_cases (professional_id, credential, body, number, country, title)
    WHERE state IN ('REQUESTED', 'SENT_TO_SOURCE', 'UNREACHABLE');

CREATE INDEX verification_cases_professional ON verification_cases (professional_id);

CREATE INDEX verification_cases_state ON verification_cases (state, valid_until);

CREATE TABLE verification_steps (
    id              text PRIMARY KEY,
    case_id         text NOT NULL REFERENCES verification_cases (id) ON DELETE CASCADE,
    state           text NOT NULL, -- that it led to
    note            text NOT NULL DEFAULT '',
    reference       text NOT NULL DEFAULT '',
    by_user         text NOT NULL,
    by_organisation text NOT NULL,
    at              datetime NOT NULL
);

CREATE INDEX verification_steps_case ON verification_steps (case_id, at);

CREATE TABLE visibility (
    professional_id text PRIMARY KEY REFERENCES professionals (id) ON DELETE CASCADE,
    consent_id      text NOT NULL,
    purpose         text NOT NULL DEFAULT 'registry_search',
    status          text NOT NULL DEFAULT 'active',
    since           datetime NOT NULL,
    CONSTRAINT visibility__purpose CHECK (purpose = 'registry_search'),
    CONSTRAINT visibility__status CHECK (status = 'active'),
    FOREIGN KEY (consent_id, professional_id, purpose, status) REFERENCES consents (id, professional_id, purpose, status)
);

CREATE INDEX visibility_consent ON visibility (consent_id);
