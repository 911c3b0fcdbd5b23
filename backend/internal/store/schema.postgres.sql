-- The schema on postgres as the migrations make it. Generated: UPDATE_SCHEMA=1 go test ./internal/store

CREATE TABLE accessibility_needs (
    professional_id text NOT NULL,
    needs text NOT NULL,
    version integer NOT NULL DEFAULT 1,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT accessibility_needs__length CHECK ((length(needs) <= 2000)),
    CONSTRAINT accessibility_needs_pkey PRIMARY KEY (professional_id),
    CONSTRAINT accessibility_needs_professional_id_fkey FOREIGN KEY (professional_id) REFERENCES professionals(id) ON DELETE CASCADE
);

CREATE TABLE agreement_acceptances (
    placement_id text NOT NULL,
    role text NOT NULL,
    by_user text NOT NULL,
    version text NOT NULL,
    language text NOT NULL,
    digest text NOT NULL,
    from_on date NOT NULL,
    to_on date NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT agreement_acceptances__order CHECK ((from_on <= to_on)),
    CONSTRAINT agreement_acceptances__role CHECK ((role = ANY (ARRAY['professional'::text, 'host'::text, 'coordinator'::text]))),
    CONSTRAINT agreement_acceptances_pkey PRIMARY KEY (placement_id, role),
    CONSTRAINT agreement_acceptances_placement_id_fkey FOREIGN KEY (placement_id) REFERENCES placements(id) ON DELETE CASCADE
);

CREATE TABLE alerts (
    id text NOT NULL,
    search_id text NOT NULL,
    user_id text NOT NULL,
    professional_id text NOT NULL,
    event bigint NOT NULL,
    found_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    read_at timestamp with time zone,
    CONSTRAINT alerts__once UNIQUE (search_id, user_id, professional_id, event),
    CONSTRAINT alerts_pkey PRIMARY KEY (id),
    CONSTRAINT alerts_professional_id_fkey FOREIGN KEY (professional_id) REFERENCES professionals(id) ON DELETE CASCADE,
    CONSTRAINT alerts_search_id_fkey FOREIGN KEY (search_id) REFERENCES saved_searches(id) ON DELETE CASCADE,
    CONSTRAINT alerts_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
);

CREATE TABLE allowance_instalments (
    placement_id text NOT NULL,
    number integer NOT NULL,
    amount bigint NOT NULL,
    state text NOT NULL DEFAULT 'ASKED'::text,
    asked_by text NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    released_by text NOT NULL DEFAULT ''::text,
    released_at timestamp with time zone,
    CONSTRAINT allowance_instalments__amount CHECK ((amount > 0)),
    CONSTRAINT allowance_instalments__decided CHECK (((state = 'ASKED'::text) = (released_at IS NULL))),
    CONSTRAINT allowance_instalments__state CHECK ((state = ANY (ARRAY['ASKED'::text, 'RELEASED'::text, 'REFUSED'::text]))),
    CONSTRAINT allowance_instalments__two CHECK ((released_by <> asked_by)),
    CONSTRAINT allowance_instalments_pkey PRIMARY KEY (placement_id, number),
    CONSTRAINT allowance_instalments_placement_id_fkey FOREIGN KEY (placement_id) REFERENCES placements(id) ON DELETE CASCADE
);

CREATE TABLE application_drafts (
    need_id text NOT NULL,
    professional_id text NOT NULL,
    begun_at timestamp with time zone NOT NULL,
    CONSTRAINT application_drafts_need_id_fkey FOREIGN KEY (need_id) REFERENCES needs(id) ON DELETE CASCADE,
    CONSTRAINT application_drafts_pkey PRIMARY KEY (need_id, professional_id),
    CONSTRAINT application_drafts_professional_id_fkey FOREIGN KEY (professional_id) REFERENCES professionals(id) ON DELETE CASCADE
);

CREATE TABLE approval_chains (
    programme_id text NOT NULL,
    version integer NOT NULL,
    by_user text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT approval_chains_pkey PRIMARY KEY (programme_id, version),
    CONSTRAINT approval_chains_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES programmes(id) ON DELETE CASCADE
);

CREATE TABLE approval_people (
    programme_id text NOT NULL,
    version integer NOT NULL,
    step text NOT NULL,
    user_id text NOT NULL,
    CONSTRAINT approval_people_pkey PRIMARY KEY (programme_id, version, step, user_id),
    CONSTRAINT approval_people_programme_id_version_step_fkey FOREIGN KEY (programme_id, version, step) REFERENCES approval_steps(programme_id, version, step) ON DELETE CASCADE,
    CONSTRAINT approval_people_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
);

CREATE TABLE approval_steps (
    programme_id text NOT NULL,
    version integer NOT NULL,
    step text NOT NULL,
    days integer NOT NULL,
    working boolean NOT NULL,
    silence text NOT NULL,
    CONSTRAINT approval_steps__days CHECK (((days >= 1) AND (days <= 90))),
    CONSTRAINT approval_steps__silence CHECK ((silence = ANY (ARRAY['escalate'::text, 'remind'::text]))),
    CONSTRAINT approval_steps__step CHECK ((step = ANY (ARRAY['host_endorsement'::text, 'no_objection'::text, 'approval'::text]))),
    CONSTRAINT approval_steps_pkey PRIMARY KEY (programme_id, version, step),
    CONSTRAINT approval_steps_programme_id_version_fkey FOREIGN KEY (programme_id, version) REFERENCES approval_chains(programme_id, version) ON DELETE CASCADE
);

CREATE TABLE assessments (
    id text NOT NULL,
    candidacy_id text NOT NULL,
    round integer NOT NULL,
    outcome text NOT NULL,
    levels text NOT NULL,
    minutes text NOT NULL,
    by_user text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT assessments__minutes CHECK ((length(minutes) > 0)),
    CONSTRAINT assessments__once UNIQUE (candidacy_id, round),
    CONSTRAINT assessments__outcome CHECK ((outcome = ANY (ARRAY['recommended'::text, 'reserve'::text, 'not_selected'::text]))),
    CONSTRAINT assessments_candidacy_id_fkey FOREIGN KEY (candidacy_id) REFERENCES candidacies(id) ON DELETE CASCADE,
    CONSTRAINT assessments_pkey PRIMARY KEY (id)
);

CREATE TABLE breach_people (
    breach_id text NOT NULL,
    professional_id text NOT NULL,
    looks integer NOT NULL,
    CONSTRAINT breach_people_breach_id_fkey FOREIGN KEY (breach_id) REFERENCES breaches(id) ON DELETE CASCADE,
    CONSTRAINT breach_people_pkey PRIMARY KEY (breach_id, professional_id),
    CONSTRAINT breach_people_professional_id_fkey FOREIGN KEY (professional_id) REFERENCES professionals(id) ON DELETE CASCADE
);

CREATE TABLE breaches (
    id text NOT NULL,
    title text NOT NULL,
    what text NOT NULL,
    organisation_id text NOT NULL DEFAULT ''::text,
    from_at timestamp with time zone NOT NULL,
    to_at timestamp with time zone NOT NULL,
    known_at timestamp with time zone NOT NULL,
    measures text NOT NULL DEFAULT ''::text,
    authority_told_at timestamp with time zone,
    people_told_at timestamp with time zone,
    closed_at timestamp with time zone,
    by_user text NOT NULL,
    version integer NOT NULL DEFAULT 1,
    created_at timestamp with time zone NOT NULL,
    consequences text NOT NULL DEFAULT ''::text,
    risk text NOT NULL DEFAULT 'risk'::text,
    people integer NOT NULL DEFAULT 0,
    delay text NOT NULL DEFAULT ''::text,
    words text NOT NULL DEFAULT ''::text,
    updated_at timestamp with time zone,
    CONSTRAINT breaches__order CHECK ((from_at <= to_at)),
    CONSTRAINT breaches__people CHECK ((people >= 0)),
    CONSTRAINT breaches__risk CHECK ((risk = ANY (ARRAY['none'::text, 'risk'::text, 'high'::text]))),
    CONSTRAINT breaches_pkey PRIMARY KEY (id)
);

CREATE TABLE bulk_acts (
    id text NOT NULL,
    programme_id text NOT NULL,
    kind text NOT NULL,
    value text NOT NULL DEFAULT ''::text,
    reason text NOT NULL DEFAULT ''::text,
    by_user text NOT NULL,
    by_organisation text NOT NULL,
    state text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT bulk_acts__kind CHECK ((kind = ANY (ARRAY['decline'::text, 'remind'::text, 'tag'::text, 'untag'::text, 'assign'::text]))),
    CONSTRAINT bulk_acts__state CHECK ((state = ANY (ARRAY['waiting'::text, 'done'::text, 'undone'::text]))),
    CONSTRAINT bulk_acts_pkey PRIMARY KEY (id),
    CONSTRAINT bulk_acts_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES programmes(id) ON DELETE CASCADE
);

CREATE TABLE bulk_items (
    act_id text NOT NULL,
    position integer NOT NULL,
    record text NOT NULL,
    subject text NOT NULL,
    version integer NOT NULL,
    before text NOT NULL DEFAULT ''::text,
    outcome text NOT NULL DEFAULT 'waiting'::text,
    problem text NOT NULL DEFAULT ''::text,
    message text NOT NULL DEFAULT ''::text,
    CONSTRAINT bulk_items__once UNIQUE (act_id, record, subject),
    CONSTRAINT bulk_items__outcome CHECK ((outcome = ANY (ARRAY['waiting'::text, 'done'::text, 'failed'::text, 'undone'::text]))),
    CONSTRAINT bulk_items__record CHECK ((record = ANY (ARRAY['need'::text, 'candidacy'::text, 'placement'::text]))),
    CONSTRAINT bulk_items_act_id_fkey FOREIGN KEY (act_id) REFERENCES bulk_acts(id) ON DELETE CASCADE,
    CONSTRAINT bulk_items_pkey PRIMARY KEY (act_id, "position")
);

CREATE TABLE calendar_feeds (
    professional_id text NOT NULL,
    token_hash text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT calendar_feeds_pkey PRIMARY KEY (professional_id),
    CONSTRAINT calendar_feeds_professional_id_fkey FOREIGN KEY (professional_id) REFERENCES professionals(id) ON DELETE CASCADE,
    CONSTRAINT calendar_feeds_token_hash_key UNIQUE (token_hash)
);

CREATE TABLE candidacies (
    id text NOT NULL,
    need_id text NOT NULL,
    professional_id text NOT NULL,
    origin text NOT NULL,
    nominated_by text NOT NULL DEFAULT ''::text,
    statement text NOT NULL DEFAULT ''::text,
    submitted_at timestamp with time zone,
    state text NOT NULL,
    snapshot_id text,
    profile text NOT NULL DEFAULT ''::text,
    score integer NOT NULL DEFAULT 0,
    from_on date,
    to_on date,
    answer_by timestamp with time zone,
    end_reason text NOT NULL DEFAULT ''::text,
    placement text NOT NULL DEFAULT ''::text,
    version integer NOT NULL DEFAULT 1,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    round integer NOT NULL DEFAULT 1,
    rules text NOT NULL DEFAULT '[]'::text,
    reason_code text NOT NULL DEFAULT ''::text,
    resumes_to text NOT NULL DEFAULT ''::text,
    ended_at timestamp with time zone,
    decide_by timestamp with time zone,
    escalated_at timestamp with time zone,
    position_id text,
    team_id text,
    chain_version integer NOT NULL DEFAULT 1,
    CONSTRAINT candidacies__origin CHECK ((origin = ANY (ARRAY['ranking'::text, 'application'::text, 'nomination'::text]))),
    CONSTRAINT candidacies__state CHECK ((state = ANY (ARRAY['DRAFT'::text, 'NOMINATED'::text, 'SUBMITTED'::text, 'ELIGIBLE'::text, 'LONGLISTED'::text, 'SHORTLISTED'::text, 'UNDER_ASSESSMENT'::text, 'RECOMMENDED'::text, 'RESERVE'::text, 'UNDER_REVIEW'::text, 'HOST_ENDORSED'::text, 'NO_OBJECTION'::text, 'OBJECTED'::text, 'APPROVED'::text, 'OFFERED'::text, 'ACCEPTED'::text, 'DECLINED'::text, 'OFFER_EXPIRED'::text, 'NOT_SELECTED'::text, 'INELIGIBLE'::text, 'WITHDRAWN'::text, 'LAPSED'::text, 'DISQUALIFIED'::text]))),
    CONSTRAINT candidacies_need_id_fkey FOREIGN KEY (need_id) REFERENCES needs(id) ON DELETE CASCADE,
    CONSTRAINT candidacies_need_id_professional_id_key UNIQUE (need_id, professional_id),
    CONSTRAINT candidacies_pkey PRIMARY KEY (id),
    CONSTRAINT candidacies_position_id_fkey FOREIGN KEY (position_id) REFERENCES need_positions(id),
    CONSTRAINT candidacies_professional_id_fkey FOREIGN KEY (professional_id) REFERENCES professionals(id),
    CONSTRAINT candidacies_snapshot_id_fkey FOREIGN KEY (snapshot_id) REFERENCES ranking_snapshots(id),
    CONSTRAINT candidacies_team_id_fkey FOREIGN KEY (team_id) REFERENCES teams(id) ON DELETE SET NULL
);

CREATE TABLE candidacy_references (
    id text NOT NULL,
    candidacy_id text NOT NULL,
    referee text NOT NULL,
    words text NOT NULL,
    by_user text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT candidacy_references__filled CHECK (((length(referee) > 0) AND (length(words) > 0))),
    CONSTRAINT candidacy_references_candidacy_id_fkey FOREIGN KEY (candidacy_id) REFERENCES candidacies(id) ON DELETE CASCADE,
    CONSTRAINT candidacy_references_pkey PRIMARY KEY (id)
);

CREATE TABLE candidacy_reviews (
    id text NOT NULL,
    candidacy_id text NOT NULL,
    round integer NOT NULL,
    from_state text NOT NULL,
    grounds text NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    outcome text NOT NULL DEFAULT ''::text,
    words text NOT NULL DEFAULT ''::text,
    replayed text NOT NULL DEFAULT ''::text,
    by_user text NOT NULL DEFAULT ''::text,
    decided_at timestamp with time zone,
    CONSTRAINT candidacy_reviews__decided CHECK (((outcome = ''::text) = (decided_at IS NULL))),
    CONSTRAINT candidacy_reviews__once UNIQUE (candidacy_id, round),
    CONSTRAINT candidacy_reviews__outcome CHECK ((outcome = ANY (ARRAY[''::text, 'upheld'::text, 'reopened'::text, 'ended'::text]))),
    CONSTRAINT candidacy_reviews__replayed CHECK ((replayed = ANY (ARRAY[''::text, 'same'::text, 'differs'::text, 'none'::text]))),
    CONSTRAINT candidacy_reviews_candidacy_id_fkey FOREIGN KEY (candidacy_id) REFERENCES candidacies(id) ON DELETE CASCADE,
    CONSTRAINT candidacy_reviews_pkey PRIMARY KEY (id)
);

CREATE TABLE certificates (
    code text NOT NULL,
    placement_id text NOT NULL,
    days integer NOT NULL,
    issued_on date NOT NULL,
    CONSTRAINT certificates__days CHECK ((days > 0)),
    CONSTRAINT certificates_pkey PRIMARY KEY (code),
    CONSTRAINT certificates_placement_id_fkey FOREIGN KEY (placement_id) REFERENCES placements(id) ON DELETE CASCADE,
    CONSTRAINT certificates_placement_id_key UNIQUE (placement_id)
);

CREATE TABLE clearance_signatures (
    clearance_id text NOT NULL,
    role text NOT NULL,
    by_user text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT clearance_signatures__role CHECK ((role = ANY (ARRAY['professional'::text, 'host'::text, 'coordinator'::text]))),
    CONSTRAINT clearance_signatures_clearance_id_fkey FOREIGN KEY (clearance_id) REFERENCES clearances(id) ON DELETE CASCADE,
    CONSTRAINT clearance_signatures_pkey PRIMARY KEY (clearance_id, role)
);

CREATE TABLE clearances (
    id text NOT NULL,
    placement_id text NOT NULL,
    kind text NOT NULL,
    mandatory boolean NOT NULL DEFAULT true,
    why text NOT NULL,
    state text NOT NULL DEFAULT 'OPEN'::text,
    reference text NOT NULL DEFAULT ''::text,
    issued_on date,
    valid_from date,
    valid_until date,
    note text NOT NULL DEFAULT ''::text,
    decided_by text,
    decided_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT clearances__decided CHECK (((state = ANY (ARRAY['VERIFIED'::text, 'REFUSED'::text, 'WAIVED'::text])) = (decided_at IS NOT NULL))),
    CONSTRAINT clearances__medical CHECK (((kind <> 'medical'::text) OR ((reference = ''::text) AND (note = ''::text)))),
    CONSTRAINT clearances__once UNIQUE (placement_id, kind),
    CONSTRAINT clearances__order CHECK (((valid_until IS NULL) OR (valid_from IS NULL) OR (valid_from <= valid_until))),
    CONSTRAINT clearances__state CHECK ((state = ANY (ARRAY['OPEN'::text, 'PROVIDED'::text, 'VERIFIED'::text, 'REFUSED'::text, 'WAIVED'::text]))),
    CONSTRAINT clearances_pkey PRIMARY KEY (id),
    CONSTRAINT clearances_placement_id_fkey FOREIGN KEY (placement_id) REFERENCES placements(id) ON DELETE CASCADE
);

CREATE TABLE committee_conflicts (
    candidacy_id text NOT NULL,
    user_id text NOT NULL,
    conflict boolean NOT NULL,
    reason text NOT NULL DEFAULT ''::text,
    at timestamp with time zone NOT NULL,
    CONSTRAINT committee_conflicts__reason CHECK (((NOT conflict) OR (length(reason) > 0))),
    CONSTRAINT committee_conflicts_candidacy_id_fkey FOREIGN KEY (candidacy_id) REFERENCES candidacies(id) ON DELETE CASCADE,
    CONSTRAINT committee_conflicts_pkey PRIMARY KEY (candidacy_id, user_id)
);

CREATE TABLE committee_members (
    need_id text NOT NULL,
    user_id text NOT NULL,
    organisation_id text NOT NULL,
    seat text NOT NULL,
    chair boolean NOT NULL DEFAULT false,
    added_by text NOT NULL,
    added_at timestamp with time zone NOT NULL,
    CONSTRAINT committee_members__seat CHECK ((seat = ANY (ARRAY['host'::text, 'coordinator'::text, 'ministry'::text, 'association'::text]))),
    CONSTRAINT committee_members_need_id_fkey FOREIGN KEY (need_id) REFERENCES needs(id) ON DELETE CASCADE,
    CONSTRAINT committee_members_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisations(id),
    CONSTRAINT committee_members_pkey PRIMARY KEY (need_id, user_id),
    CONSTRAINT committee_members_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id)
);

CREATE TABLE committee_scores (
    candidacy_id text NOT NULL,
    round integer NOT NULL,
    user_id text NOT NULL,
    criterion text NOT NULL,
    level integer NOT NULL,
    note text NOT NULL DEFAULT ''::text,
    at timestamp with time zone NOT NULL,
    CONSTRAINT committee_scores__level CHECK (((level >= 1) AND (level <= 4))),
    CONSTRAINT committee_scores_candidacy_id_fkey FOREIGN KEY (candidacy_id) REFERENCES candidacies(id) ON DELETE CASCADE,
    CONSTRAINT committee_scores_pkey PRIMARY KEY (candidacy_id, round, user_id, criterion)
);

CREATE TABLE consent_notices (
    purpose text NOT NULL,
    version text NOT NULL,
    language text NOT NULL,
    title text NOT NULL,
    body text NOT NULL,
    sha256 text NOT NULL,
    CONSTRAINT consent_notices__purpose CHECK ((purpose = ANY (ARRAY['registry_search'::text, 'share_with_hosts'::text, 'statistics'::text, 'association_contact'::text]))),
    CONSTRAINT consent_notices_pkey PRIMARY KEY (purpose, version, language)
);

CREATE TABLE consents (
    id text NOT NULL,
    professional_id text NOT NULL,
    purpose text NOT NULL,
    notice_version text NOT NULL,
    notice_language text NOT NULL,
    status text NOT NULL,
    given_by text NOT NULL,
    given_at timestamp with time zone NOT NULL,
    withdrawn_at timestamp with time zone,
    CONSTRAINT consents__status CHECK ((status = ANY (ARRAY['active'::text, 'withdrawn'::text]))),
    CONSTRAINT consents__withdrawn CHECK (((status = 'withdrawn'::text) = (withdrawn_at IS NOT NULL))),
    CONSTRAINT consents_id_professional_id_purpose_status_key UNIQUE (id, professional_id, purpose, status),
    CONSTRAINT consents_pkey PRIMARY KEY (id),
    CONSTRAINT consents_professional_id_fkey FOREIGN KEY (professional_id) REFERENCES professionals(id) ON DELETE CASCADE,
    CONSTRAINT consents_purpose_notice_version_notice_language_fkey FOREIGN KEY (purpose, notice_version, notice_language) REFERENCES consent_notices(purpose, version, language)
);

CREATE TABLE cv_readings (
    id text NOT NULL,
    professional_id text NOT NULL,
    file_id text NOT NULL,
    source text NOT NULL,
    language text NOT NULL DEFAULT ''::text,
    suggestions text NOT NULL,
    text_used boolean NOT NULL DEFAULT false,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT cv_readings__source CHECK ((source = ANY (ARRAY['pdf'::text, 'docx'::text, 'odt'::text, 'text'::text, 'jsonresume'::text, 'europass'::text]))),
    CONSTRAINT cv_readings_file_id_fkey FOREIGN KEY (file_id) REFERENCES files(id) ON DELETE CASCADE,
    CONSTRAINT cv_readings_pkey PRIMARY KEY (id),
    CONSTRAINT cv_readings_professional_id_fkey FOREIGN KEY (professional_id) REFERENCES professionals(id) ON DELETE CASCADE,
    CONSTRAINT cv_readings_professional_id_key UNIQUE (professional_id)
);

CREATE TABLE decisions (
    id text NOT NULL,
    candidacy_id text NOT NULL,
    step text NOT NULL,
    outcome text NOT NULL,
    reason text NOT NULL,
    by_user text NOT NULL,
    by_organisation text NOT NULL,
    at timestamp with time zone NOT NULL,
    round integer NOT NULL DEFAULT 1,
    for_user text NOT NULL DEFAULT ''::text,
    CONSTRAINT decisions__once UNIQUE (candidacy_id, round, step),
    CONSTRAINT decisions__outcome CHECK ((outcome = ANY (ARRAY['yes'::text, 'no'::text]))),
    CONSTRAINT decisions__reason CHECK (((length(reason) > 0) OR (step = 'acceptance'::text))),
    CONSTRAINT decisions__step CHECK ((step = ANY (ARRAY['shortlist'::text, 'host_endorsement'::text, 'no_objection'::text, 'approval'::text, 'acceptance'::text]))),
    CONSTRAINT decisions_candidacy_id_fkey FOREIGN KEY (candidacy_id) REFERENCES candidacies(id) ON DELETE CASCADE,
    CONSTRAINT decisions_pkey PRIMARY KEY (id)
);

CREATE TABLE delegations (
    id text NOT NULL,
    membership_id text NOT NULL,
    giver_id text NOT NULL,
    taker_id text NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    reason text NOT NULL,
    ended_at timestamp with time zone,
    ended_by text NOT NULL DEFAULT ''::text,
    created_at timestamp with time zone NOT NULL,
    accepted_at timestamp with time zone,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT delegations__order CHECK ((starts_at < ends_at)),
    CONSTRAINT delegations__reason CHECK ((length(reason) > 0)),
    CONSTRAINT delegations__two CHECK ((giver_id <> taker_id)),
    CONSTRAINT delegations_giver_id_fkey FOREIGN KEY (giver_id) REFERENCES users(id) ON DELETE CASCADE,
    CONSTRAINT delegations_membership_id_fkey FOREIGN KEY (membership_id) REFERENCES memberships(id) ON DELETE CASCADE,
    CONSTRAINT delegations_pkey PRIMARY KEY (id),
    CONSTRAINT delegations_taker_id_fkey FOREIGN KEY (taker_id) REFERENCES users(id) ON DELETE CASCADE
);

CREATE TABLE disclosures (
    id text NOT NULL,
    candidacy_id text NOT NULL,
    need_id text NOT NULL,
    professional_id text NOT NULL,
    organisation_id text NOT NULL,
    parts text NOT NULL,
    granted_parts text NOT NULL DEFAULT ''::text,
    purpose text NOT NULL,
    until_on date NOT NULL,
    state text NOT NULL,
    asked_by text NOT NULL,
    asked_for text NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    answer_by timestamp with time zone NOT NULL,
    answered_at timestamp with time zone,
    ended_at timestamp with time zone,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT disclosures__ended CHECK (((state = ANY (ARRAY['REFUSED'::text, 'EXPIRED'::text, 'REVOKED'::text])) = (ended_at IS NOT NULL))),
    CONSTRAINT disclosures__granted CHECK (((state <> 'GRANTED'::text) OR ((length(granted_parts) > 0) AND (answered_at IS NOT NULL)))),
    CONSTRAINT disclosures__parts CHECK ((length(parts) > 0)),
    CONSTRAINT disclosures__purpose CHECK ((length(purpose) > 0)),
    CONSTRAINT disclosures__state CHECK ((state = ANY (ARRAY['ASKED'::text, 'GRANTED'::text, 'REFUSED'::text, 'EXPIRED'::text, 'REVOKED'::text]))),
    CONSTRAINT disclosures_candidacy_id_fkey FOREIGN KEY (candidacy_id) REFERENCES candidacies(id) ON DELETE CASCADE,
    CONSTRAINT disclosures_need_id_fkey FOREIGN KEY (need_id) REFERENCES needs(id) ON DELETE CASCADE,
    CONSTRAINT disclosures_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisations(id) ON DELETE CASCADE,
    CONSTRAINT disclosures_pkey PRIMARY KEY (id),
    CONSTRAINT disclosures_professional_id_fkey FOREIGN KEY (professional_id) REFERENCES professionals(id) ON DELETE CASCADE
);

CREATE TABLE disqualifications (
    id text NOT NULL,
    candidacy_id text NOT NULL,
    evidence text NOT NULL,
    proposed_by text NOT NULL,
    proposed_at timestamp with time zone NOT NULL,
    reply_by timestamp with time zone NOT NULL,
    reply text NOT NULL DEFAULT ''::text,
    replied_at timestamp with time zone,
    outcome text NOT NULL DEFAULT ''::text,
    decided_by text NOT NULL DEFAULT ''::text,
    decided_at timestamp with time zone,
    CONSTRAINT disqualifications__decided CHECK (((outcome = ''::text) = (decided_at IS NULL))),
    CONSTRAINT disqualifications__evidence CHECK ((length(evidence) > 0)),
    CONSTRAINT disqualifications__outcome CHECK ((outcome = ANY (ARRAY[''::text, 'confirmed'::text, 'dropped'::text]))),
    CONSTRAINT disqualifications__reply CHECK (((outcome <> 'confirmed'::text) OR (replied_at IS NOT NULL) OR (decided_at >= reply_by))),
    CONSTRAINT disqualifications__two CHECK (((outcome <> 'confirmed'::text) OR (decided_by <> proposed_by))),
    CONSTRAINT disqualifications_candidacy_id_fkey FOREIGN KEY (candidacy_id) REFERENCES candidacies(id) ON DELETE CASCADE,
    CONSTRAINT disqualifications_pkey PRIMARY KEY (id)
);

CREATE TABLE duplicate_keys (
    digest text NOT NULL,
    professional_id text NOT NULL,
    CONSTRAINT duplicate_keys_pkey PRIMARY KEY (digest, professional_id),
    CONSTRAINT duplicate_keys_professional_id_fkey FOREIGN KEY (professional_id) REFERENCES professionals(id) ON DELETE CASCADE
);

CREATE TABLE duplicate_pairs (
    id text NOT NULL,
    first_id text NOT NULL,
    second_id text NOT NULL,
    strength text NOT NULL,
    reasons text NOT NULL,
    state text NOT NULL,
    found_at timestamp with time zone NOT NULL,
    decided_by text NOT NULL DEFAULT ''::text,
    decided_at timestamp with time zone,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT duplicate_pairs__decided CHECK (((state = 'different'::text) = (decided_at IS NOT NULL))),
    CONSTRAINT duplicate_pairs__once UNIQUE (first_id, second_id),
    CONSTRAINT duplicate_pairs__order CHECK ((first_id < second_id)),
    CONSTRAINT duplicate_pairs__state CHECK ((state = ANY (ARRAY['open'::text, 'different'::text]))),
    CONSTRAINT duplicate_pairs__strength CHECK ((strength = ANY (ARRAY['possible'::text, 'likely'::text]))),
    CONSTRAINT duplicate_pairs_first_id_fkey FOREIGN KEY (first_id) REFERENCES professionals(id) ON DELETE CASCADE,
    CONSTRAINT duplicate_pairs_pkey PRIMARY KEY (id),
    CONSTRAINT duplicate_pairs_second_id_fkey FOREIGN KEY (second_id) REFERENCES professionals(id) ON DELETE CASCADE
);

CREATE TABLE duplicate_secret (
    one integer NOT NULL,
    secret text NOT NULL,
    CONSTRAINT duplicate_secret_one_check CHECK ((one = 1)),
    CONSTRAINT duplicate_secret_pkey PRIMARY KEY (one)
);

CREATE TABLE emergency_contacts (
    id text NOT NULL,
    professional_id text NOT NULL,
    position integer NOT NULL,
    name text NOT NULL,
    phone text NOT NULL,
    relation text NOT NULL DEFAULT ''::text,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT emergency_contacts_pkey PRIMARY KEY (id),
    CONSTRAINT emergency_contacts_professional_id_fkey FOREIGN KEY (professional_id) REFERENCES professionals(id) ON DELETE CASCADE
);

CREATE TABLE erasures (
    id text NOT NULL,
    professional_id text NOT NULL,
    user_id text NOT NULL DEFAULT ''::text,
    cause text NOT NULL,
    state text NOT NULL,
    requested_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    counts text NOT NULL DEFAULT '{}'::text,
    scoured_at timestamp with time zone,
    CONSTRAINT erasures__cause CHECK ((cause = ANY (ARRAY['person'::text, 'retention'::text]))),
    CONSTRAINT erasures__ended CHECK (((state = 'REQUESTED'::text) = (ended_at IS NULL))),
    CONSTRAINT erasures__scoured CHECK (((scoured_at IS NULL) OR (state = 'DONE'::text))),
    CONSTRAINT erasures__state CHECK ((state = ANY (ARRAY['REQUESTED'::text, 'CANCELLED'::text, 'DONE'::text]))),
    CONSTRAINT erasures_pkey PRIMARY KEY (id),
    CONSTRAINT erasures_professional_id_fkey FOREIGN KEY (professional_id) REFERENCES professionals(id) ON DELETE CASCADE
);

CREATE TABLE esco_concepts (
    uri text NOT NULL,
    kind text NOT NULL,
    isco text NOT NULL DEFAULT ''::text,
    CONSTRAINT esco_concepts__kind CHECK ((kind = ANY (ARRAY['skill'::text, 'heading'::text, 'occupation'::text, 'group'::text]))),
    CONSTRAINT esco_concepts_pkey PRIMARY KEY (uri)
);

CREATE TABLE esco_files (
    name text NOT NULL,
    sha256 text NOT NULL,
    records bigint NOT NULL DEFAULT 0,
    finished boolean NOT NULL DEFAULT false,
    announced boolean NOT NULL DEFAULT false,
    CONSTRAINT esco_files__order CHECK ((finished OR (NOT announced))),
    CONSTRAINT esco_files_pkey PRIMARY KEY (name, sha256)
);

CREATE TABLE esco_labels (
    uri text NOT NULL,
    language text NOT NULL,
    labels text NOT NULL,
    CONSTRAINT esco_labels__empty CHECK ((labels <> ''::text)),
    CONSTRAINT esco_labels_pkey PRIMARY KEY (uri, language)
);

CREATE TABLE esco_relations (
    kind text NOT NULL,
    skill text NOT NULL,
    other text NOT NULL,
    CONSTRAINT esco_relations__kind CHECK ((kind = ANY (ARRAY['broader'::text, 'essential'::text, 'optional'::text]))),
    CONSTRAINT esco_relations_pkey PRIMARY KEY (kind, skill, other)
);

CREATE TABLE field_history (
    id text NOT NULL,
    professional_id text NOT NULL,
    field text NOT NULL,
    before text NOT NULL,
    after text NOT NULL,
    by_user text NOT NULL,
    by_organisation text NOT NULL,
    at timestamp with time zone NOT NULL,
    capacity text NOT NULL DEFAULT ''::text,
    source text NOT NULL DEFAULT ''::text,
    CONSTRAINT field_history_pkey PRIMARY KEY (id),
    CONSTRAINT field_history_professional_id_fkey FOREIGN KEY (professional_id) REFERENCES professionals(id) ON DELETE CASCADE
);

CREATE TABLE files (
    id text NOT NULL,
    professional_id text,
    import_id text,
    kind text NOT NULL,
    name text NOT NULL,
    media_type text NOT NULL,
    size bigint NOT NULL,
    sha256 text NOT NULL,
    master text NOT NULL,
    wrapped_key bytea NOT NULL,
    created_by text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    application_id text,
    CONSTRAINT files__kind CHECK ((kind = ANY (ARRAY['cv'::text, 'licence'::text, 'document'::text, 'evidence'::text, 'import'::text, 'export'::text]))),
    CONSTRAINT files__name CHECK (((length(name) >= 1) AND (length(name) <= 200))),
    CONSTRAINT files__owner CHECK ((((
CASE
    WHEN (professional_id IS NULL) THEN 0
    ELSE 1
END +
CASE
    WHEN (import_id IS NULL) THEN 0
    ELSE 1
END) +
CASE
    WHEN (application_id IS NULL) THEN 0
    ELSE 1
END) = 1)),
    CONSTRAINT files__sha256 CHECK ((length(sha256) = 64)),
    CONSTRAINT files__size CHECK ((size > 0)),
    CONSTRAINT files_pkey PRIMARY KEY (id),
    CONSTRAINT files_professional_id_fkey FOREIGN KEY (professional_id) REFERENCES professionals(id) ON DELETE CASCADE
);

CREATE TABLE host_preferences (
    need_id text NOT NULL,
    items text NOT NULL,
    version integer NOT NULL DEFAULT 1,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT host_preferences_need_id_fkey FOREIGN KEY (need_id) REFERENCES needs(id) ON DELETE CASCADE,
    CONSTRAINT host_preferences_pkey PRIMARY KEY (need_id)
);

CREATE TABLE idempotency_keys (
    user_id text NOT NULL,
    key text NOT NULL,
    request text NOT NULL,
    subject text NOT NULL DEFAULT ''::text,
    at timestamp with time zone NOT NULL,
    CONSTRAINT idempotency_keys_pkey PRIMARY KEY (user_id, key)
);

CREATE TABLE impact_assessments (
    id text NOT NULL,
    title text NOT NULL,
    processing text NOT NULL,
    necessity text NOT NULL,
    risks text NOT NULL,
    measures text NOT NULL,
    outcome text NOT NULL,
    review_on date NOT NULL,
    by_user text NOT NULL,
    version integer NOT NULL DEFAULT 1,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT impact_assessments__outcome CHECK ((outcome = ANY (ARRAY['low'::text, 'mitigated'::text, 'high'::text]))),
    CONSTRAINT impact_assessments__title CHECK ((length(title) > 0)),
    CONSTRAINT impact_assessments_pkey PRIMARY KEY (id)
);

CREATE TABLE import_mappings (
    organisation_id text NOT NULL,
    headers text NOT NULL,
    mapping text NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT import_mappings_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisations(id) ON DELETE CASCADE,
    CONSTRAINT import_mappings_pkey PRIMARY KEY (organisation_id, headers)
);

CREATE TABLE import_rows (
    import_id text NOT NULL,
    number integer NOT NULL,
    outcome text NOT NULL,
    professional_id text,
    before text NOT NULL DEFAULT ''::text,
    undone boolean NOT NULL DEFAULT false,
    CONSTRAINT import_rows__before CHECK (((before = ''::text) OR (outcome = 'update'::text))),
    CONSTRAINT import_rows__outcome CHECK ((outcome = ANY (ARRAY['new'::text, 'update'::text, 'same'::text, 'duplicate'::text, 'invalid'::text]))),
    CONSTRAINT import_rows_import_id_fkey FOREIGN KEY (import_id) REFERENCES imports(id) ON DELETE CASCADE,
    CONSTRAINT import_rows_pkey PRIMARY KEY (import_id, number),
    CONSTRAINT import_rows_professional_id_fkey FOREIGN KEY (professional_id) REFERENCES professionals(id) ON DELETE SET NULL
);

CREATE TABLE imports (
    id text NOT NULL,
    organisation_id text NOT NULL,
    programme_id text NOT NULL,
    created_by text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    file_name text NOT NULL,
    format text NOT NULL,
    settings text NOT NULL,
    state text NOT NULL,
    total integer NOT NULL DEFAULT 0,
    done integer NOT NULL DEFAULT 0,
    added integer NOT NULL DEFAULT 0,
    updated integer NOT NULL DEFAULT 0,
    same integer NOT NULL DEFAULT 0,
    duplicates integer NOT NULL DEFAULT 0,
    invalid integer NOT NULL DEFAULT 0,
    removed integer NOT NULL DEFAULT 0,
    restored integer NOT NULL DEFAULT 0,
    kept integer NOT NULL DEFAULT 0,
    started_at timestamp with time zone,
    finished_at timestamp with time zone,
    undo_until timestamp with time zone,
    problem text NOT NULL DEFAULT ''::text,
    leased_by text NOT NULL DEFAULT ''::text,
    leased_until timestamp with time zone,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT imports__counts CHECK ((((((added + updated) + same) + duplicates) + invalid) = done)),
    CONSTRAINT imports__done CHECK (((done >= 0) AND (done <= total))),
    CONSTRAINT imports__format CHECK ((format = ANY (ARRAY['csv'::text, 'xlsx'::text, 'ods'::text]))),
    CONSTRAINT imports__state CHECK ((state = ANY (ARRAY['open'::text, 'running'::text, 'done'::text, 'cancelled'::text, 'undoing'::text, 'undone'::text, 'discarded'::text]))),
    CONSTRAINT imports__undo CHECK (((state <> ALL (ARRAY['done'::text, 'undoing'::text, 'undone'::text])) OR (undo_until IS NOT NULL))),
    CONSTRAINT imports_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisations(id) ON DELETE CASCADE,
    CONSTRAINT imports_pkey PRIMARY KEY (id),
    CONSTRAINT imports_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES programmes(id) ON DELETE CASCADE
);

CREATE TABLE incidents (
    id text NOT NULL,
    programme_id text NOT NULL,
    placement_id text NOT NULL,
    filed_by text NOT NULL,
    role text NOT NULL,
    kind text NOT NULL,
    happened_on date,
    body text NOT NULL,
    state text NOT NULL DEFAULT 'OPEN'::text,
    outcome text NOT NULL DEFAULT ''::text,
    decided_by text NOT NULL DEFAULT ''::text,
    version integer NOT NULL DEFAULT 1,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT incidents__decided CHECK (((decided_by = ''::text) OR (decided_by <> filed_by))),
    CONSTRAINT incidents__kind CHECK ((kind = ANY (ARRAY['safety'::text, 'health'::text, 'harassment'::text, 'abuse'::text, 'fee'::text, 'work'::text, 'other'::text]))),
    CONSTRAINT incidents__outcome CHECK (((state <> 'CLOSED'::text) OR (outcome <> ''::text))),
    CONSTRAINT incidents__state CHECK ((state = ANY (ARRAY['OPEN'::text, 'WORKING'::text, 'CLOSED'::text]))),
    CONSTRAINT incidents_pkey PRIMARY KEY (id),
    CONSTRAINT incidents_placement_id_fkey FOREIGN KEY (placement_id) REFERENCES placements(id) ON DELETE CASCADE,
    CONSTRAINT incidents_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES programmes(id)
);

CREATE TABLE indicator_values (
    placement_id text NOT NULL,
    number integer NOT NULL,
    moment text NOT NULL,
    value text NOT NULL,
    on_day date,
    measured_by text NOT NULL DEFAULT ''::text,
    role text NOT NULL,
    by_user text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT indicator_values__measured CHECK (((moment = 'target'::text) OR ((on_day IS NOT NULL) AND (measured_by <> ''::text)))),
    CONSTRAINT indicator_values__moment CHECK ((moment = ANY (ARRAY['baseline'::text, 'target'::text, 'end'::text, 'month_12'::text]))),
    CONSTRAINT indicator_values_pkey PRIMARY KEY (placement_id, number, moment),
    CONSTRAINT indicator_values_placement_id_number_fkey FOREIGN KEY (placement_id, number) REFERENCES placement_indicators(placement_id, number) ON DELETE CASCADE
);

CREATE TABLE invitations (
    id text NOT NULL,
    professional_id text NOT NULL,
    token_hash text NOT NULL,
    organisation_id text NOT NULL,
    created_by text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    opened_at timestamp with time zone,
    used_at timestamp with time zone,
    outcome text NOT NULL DEFAULT ''::text,
    CONSTRAINT invitations__outcome CHECK ((outcome = ANY (ARRAY[''::text, 'confirmed'::text, 'declined'::text, 'replaced'::text]))),
    CONSTRAINT invitations_pkey PRIMARY KEY (id),
    CONSTRAINT invitations_professional_id_fkey FOREIGN KEY (professional_id) REFERENCES professionals(id) ON DELETE CASCADE,
    CONSTRAINT invitations_token_hash_key UNIQUE (token_hash)
);

CREATE TABLE ledger (
    number bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    by_user text NOT NULL,
    by_organisation text NOT NULL,
    name text NOT NULL,
    subject text NOT NULL,
    details text NOT NULL,
    hash text NOT NULL,
    CONSTRAINT ledger_pkey PRIMARY KEY (number)
);

CREATE TABLE ledger_head (
    one integer NOT NULL,
    last bigint NOT NULL,
    hash text NOT NULL,
    CONSTRAINT ledger_head_one_check CHECK ((one = 1)),
    CONSTRAINT ledger_head_pkey PRIMARY KEY (one)
);

CREATE TABLE local_words (
    id text NOT NULL,
    kind text NOT NULL,
    concept text NOT NULL,
    language text NOT NULL,
    word text NOT NULL,
    folded text NOT NULL,
    demo boolean NOT NULL DEFAULT false,
    programme_id text NOT NULL DEFAULT ''::text,
    added_by text NOT NULL,
    added_for text NOT NULL DEFAULT ''::text,
    added_at timestamp with time zone NOT NULL,
    withdrawn_by text NOT NULL DEFAULT ''::text,
    withdrawn_for text NOT NULL DEFAULT ''::text,
    withdrawn_at timestamp with time zone,
    reason text NOT NULL DEFAULT ''::text,
    CONSTRAINT local_words__kind CHECK ((kind = ANY (ARRAY['occupation'::text, 'skill'::text]))),
    CONSTRAINT local_words__withdrawn CHECK (((withdrawn_at IS NULL) = (withdrawn_by = ''::text))),
    CONSTRAINT local_words__word CHECK ((((length(word) >= 1) AND (length(word) <= 120)) AND (folded <> ''::text))),
    CONSTRAINT local_words_pkey PRIMARY KEY (id)
);

CREATE TABLE mail_links (
    token_hash text NOT NULL,
    kind text NOT NULL,
    subject text NOT NULL,
    user_id text,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    CONSTRAINT mail_links_pkey PRIMARY KEY (token_hash),
    CONSTRAINT mail_links_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
);

CREATE TABLE memberships (
    id text NOT NULL,
    user_id text NOT NULL,
    organisation_id text NOT NULL,
    programme_id text,
    role text NOT NULL,
    state text NOT NULL,
    version integer NOT NULL DEFAULT 1,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT memberships__programme CHECK (((role = 'administrator'::text) OR (programme_id IS NOT NULL))),
    CONSTRAINT memberships__role CHECK ((role = ANY (ARRAY['association'::text, 'host'::text, 'ministry'::text, 'coordinator'::text, 'administrator'::text]))),
    CONSTRAINT memberships__state CHECK ((state = ANY (ARRAY['invited'::text, 'confirmed'::text, 'revoked'::text]))),
    CONSTRAINT memberships_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisations(id) ON DELETE CASCADE,
    CONSTRAINT memberships_pkey PRIMARY KEY (id),
    CONSTRAINT memberships_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES programmes(id) ON DELETE CASCADE,
    CONSTRAINT memberships_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
);

CREATE TABLE merges (
    id text NOT NULL,
    survivor_id text NOT NULL,
    absorbed_id text NOT NULL,
    absorbed_pseudonym text NOT NULL,
    choices text NOT NULL,
    before text NOT NULL DEFAULT ''::text,
    after text NOT NULL DEFAULT ''::text,
    made_by text NOT NULL,
    made_for text NOT NULL DEFAULT ''::text,
    made_at timestamp with time zone NOT NULL,
    undo_until timestamp with time zone NOT NULL,
    undone_by text NOT NULL DEFAULT ''::text,
    undone_at timestamp with time zone,
    state text NOT NULL,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT merges__settled CHECK (((state = 'merged'::text) OR ((before = ''::text) AND (after = ''::text)))),
    CONSTRAINT merges__state CHECK ((state = ANY (ARRAY['merged'::text, 'undone'::text, 'settled'::text]))),
    CONSTRAINT merges__undone CHECK (((state = 'undone'::text) = (undone_at IS NOT NULL))),
    CONSTRAINT merges_pkey PRIMARY KEY (id),
    CONSTRAINT merges_survivor_id_fkey FOREIGN KEY (survivor_id) REFERENCES professionals(id) ON DELETE CASCADE
);

CREATE TABLE message_readings (
    thread text NOT NULL,
    user_id text NOT NULL,
    role text NOT NULL,
    read_at timestamp with time zone NOT NULL,
    CONSTRAINT message_readings_pkey PRIMARY KEY (thread, user_id, role),
    CONSTRAINT message_readings_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
);

CREATE TABLE messages (
    id text NOT NULL,
    candidacy_id text,
    placement_id text,
    audience text NOT NULL,
    role text NOT NULL,
    by_user text NOT NULL,
    by_organisation text NOT NULL DEFAULT ''::text,
    body text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT messages__audience CHECK ((audience = ANY (ARRAY['everybody'::text, 'programme'::text]))),
    CONSTRAINT messages__body CHECK ((length(body) > 0)),
    CONSTRAINT messages__host CHECK (((role <> 'host'::text) OR (audience = 'everybody'::text))),
    CONSTRAINT messages__one CHECK (((candidacy_id IS NULL) <> (placement_id IS NULL))),
    CONSTRAINT messages_candidacy_id_fkey FOREIGN KEY (candidacy_id) REFERENCES candidacies(id) ON DELETE CASCADE,
    CONSTRAINT messages_pkey PRIMARY KEY (id),
    CONSTRAINT messages_placement_id_fkey FOREIGN KEY (placement_id) REFERENCES placements(id) ON DELETE CASCADE
);

CREATE TABLE need_contributions (
    id text NOT NULL,
    need_id text NOT NULL,
    position integer NOT NULL,
    kind text NOT NULL,
    description text NOT NULL DEFAULT ''::text,
    CONSTRAINT need_contributions__kind CHECK ((kind = ANY (ARRAY['lodging'::text, 'meals'::text, 'local_transport'::text, 'workspace'::text, 'equipment'::text, 'interpreter'::text, 'security'::text, 'other'::text]))),
    CONSTRAINT need_contributions_need_id_fkey FOREIGN KEY (need_id) REFERENCES needs(id) ON DELETE CASCADE,
    CONSTRAINT need_contributions_pkey PRIMARY KEY (id)
);

CREATE TABLE need_counterparts (
    id text NOT NULL,
    need_id text NOT NULL,
    position integer NOT NULL,
    function text NOT NULL,
    unit text NOT NULL DEFAULT ''::text,
    CONSTRAINT need_counterparts_need_id_fkey FOREIGN KEY (need_id) REFERENCES needs(id) ON DELETE CASCADE,
    CONSTRAINT need_counterparts_pkey PRIMARY KEY (id)
);

CREATE TABLE need_criteria (
    id text NOT NULL,
    need_id text NOT NULL,
    position integer NOT NULL,
    concept text NOT NULL DEFAULT ''::text,
    label text NOT NULL,
    required boolean NOT NULL,
    weight integer NOT NULL,
    CONSTRAINT need_criteria__weight CHECK (((weight >= 1) AND (weight <= 5))),
    CONSTRAINT need_criteria_need_id_fkey FOREIGN KEY (need_id) REFERENCES needs(id) ON DELETE CASCADE,
    CONSTRAINT need_criteria_pkey PRIMARY KEY (id)
);

CREATE TABLE need_equipment (
    need_id text NOT NULL,
    position integer NOT NULL,
    name text NOT NULL,
    quantity integer NOT NULL,
    value bigint NOT NULL,
    currency text NOT NULL,
    serial text NOT NULL DEFAULT ''::text,
    stays boolean NOT NULL DEFAULT false,
    CONSTRAINT need_equipment__amounts CHECK ((((quantity >= 1) AND (quantity <= 100000)) AND (value >= 0))),
    CONSTRAINT need_equipment_need_id_fkey FOREIGN KEY (need_id) REFERENCES needs(id) ON DELETE CASCADE,
    CONSTRAINT need_equipment_pkey PRIMARY KEY (need_id, "position")
);

CREATE TABLE need_languages (
    need_id text NOT NULL,
    position integer NOT NULL,
    language text NOT NULL,
    spoken integer NOT NULL,
    written integer NOT NULL,
    required boolean NOT NULL,
    CONSTRAINT need_languages__cefr CHECK ((((spoken >= 0) AND (spoken <= 6)) AND ((written >= 0) AND (written <= 6)))),
    CONSTRAINT need_languages_need_id_fkey FOREIGN KEY (need_id) REFERENCES needs(id) ON DELETE CASCADE,
    CONSTRAINT need_languages_pkey PRIMARY KEY (need_id, language)
);

CREATE TABLE need_outputs (
    id text NOT NULL,
    need_id text NOT NULL,
    position integer NOT NULL,
    output text NOT NULL,
    indicator text NOT NULL DEFAULT ''::text,
    CONSTRAINT need_outputs_need_id_fkey FOREIGN KEY (need_id) REFERENCES needs(id) ON DELETE CASCADE,
    CONSTRAINT need_outputs_pkey PRIMARY KEY (id)
);

CREATE TABLE need_positions (
    id text NOT NULL,
    need_id text NOT NULL,
    position integer NOT NULL,
    isco text NOT NULL,
    title text NOT NULL,
    headcount integer NOT NULL,
    filled integer NOT NULL DEFAULT 0,
    licence_required boolean NOT NULL DEFAULT false,
    CONSTRAINT need_positions__filled CHECK (((filled >= 0) AND (filled <= headcount))),
    CONSTRAINT need_positions__headcount CHECK (((headcount >= 1) AND (headcount <= 100))),
    CONSTRAINT need_positions_need_id_fkey FOREIGN KEY (need_id) REFERENCES needs(id) ON DELETE CASCADE,
    CONSTRAINT need_positions_need_id_position_key UNIQUE (need_id, "position"),
    CONSTRAINT need_positions_pkey PRIMARY KEY (id)
);

CREATE TABLE need_reviews (
    id text NOT NULL,
    need_id text NOT NULL,
    round integer NOT NULL,
    step text NOT NULL,
    outcome text NOT NULL,
    reason text NOT NULL DEFAULT ''::text,
    comments text NOT NULL DEFAULT '[]'::text,
    submitted_by text NOT NULL,
    by_user text NOT NULL,
    by_organisation text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT need_reviews__author CHECK ((by_user <> submitted_by)),
    CONSTRAINT need_reviews__outcome CHECK ((outcome = ANY (ARRAY['validated'::text, 'approved'::text, 'returned'::text, 'rejected'::text]))),
    CONSTRAINT need_reviews__step CHECK ((step = ANY (ARRAY['validation'::text, 'approval'::text]))),
    CONSTRAINT need_reviews_need_id_fkey FOREIGN KEY (need_id) REFERENCES needs(id) ON DELETE CASCADE,
    CONSTRAINT need_reviews_need_id_round_step_key UNIQUE (need_id, round, step),
    CONSTRAINT need_reviews_pkey PRIMARY KEY (id)
);

CREATE TABLE need_templates (
    id text NOT NULL,
    programme_id text NOT NULL,
    organisation_id text,
    title text NOT NULL,
    body text NOT NULL,
    created_by text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT need_templates__title CHECK ((length(title) > 0)),
    CONSTRAINT need_templates_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisations(id),
    CONSTRAINT need_templates_pkey PRIMARY KEY (id),
    CONSTRAINT need_templates_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES programmes(id)
);

CREATE TABLE needs (
    id text NOT NULL,
    reference text NOT NULL,
    programme_id text NOT NULL,
    organisation_id text NOT NULL,
    state text NOT NULL,
    round integer NOT NULL DEFAULT 0,
    submitted_by text NOT NULL DEFAULT ''::text,
    created_by text NOT NULL,
    title text NOT NULL,
    language text NOT NULL,
    sector text NOT NULL,
    isco text NOT NULL,
    occupation_title text NOT NULL DEFAULT ''::text,
    background text NOT NULL DEFAULT ''::text,
    objectives text NOT NULL DEFAULT ''::text,
    country text NOT NULL,
    duty_station text NOT NULL DEFAULT ''::text,
    unit text NOT NULL DEFAULT ''::text,
    supervisor text NOT NULL DEFAULT ''::text,
    starts_on date,
    ends_on date,
    shortest_days integer NOT NULL DEFAULT 0,
    modality text NOT NULL,
    headcount integer NOT NULL DEFAULT 1,
    filled integer NOT NULL DEFAULT 0,
    years_experience integer NOT NULL DEFAULT 0,
    education_level integer NOT NULL DEFAULT 0,
    education_field text NOT NULL DEFAULT ''::text,
    licence_required boolean NOT NULL DEFAULT false,
    regulator text NOT NULL DEFAULT ''::text,
    non_substitution boolean NOT NULL DEFAULT false,
    priority_sector text NOT NULL DEFAULT ''::text,
    opens_on date,
    closes_on date,
    notice_languages text NOT NULL DEFAULT ''::text,
    state_reason text NOT NULL DEFAULT ''::text,
    demo boolean NOT NULL DEFAULT false,
    version integer NOT NULL DEFAULT 1,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    resumes_to text NOT NULL DEFAULT ''::text,
    resumed_at timestamp with time zone,
    stood_down_on date,
    relay boolean NOT NULL DEFAULT false,
    overlap_days integer NOT NULL DEFAULT 0,
    CONSTRAINT needs__dates CHECK ((starts_on <= ends_on)),
    CONSTRAINT needs__filled CHECK (((filled >= 0) AND (filled <= headcount))),
    CONSTRAINT needs__headcount CHECK (((headcount >= 1) AND (headcount <= 100))),
    CONSTRAINT needs__modality CHECK ((modality = ANY (ARRAY['onsite'::text, 'virtual'::text, 'hybrid'::text]))),
    CONSTRAINT needs__overlap CHECK (((overlap_days >= 0) AND (overlap_days <= 30))),
    CONSTRAINT needs__resumes CHECK (((state = 'SUSPENDED'::text) = (resumes_to <> ''::text))),
    CONSTRAINT needs__state CHECK ((state = ANY (ARRAY['DRAFT'::text, 'SUBMITTED'::text, 'RETURNED'::text, 'VALIDATED'::text, 'REJECTED'::text, 'APPROVED'::text, 'PUBLISHED'::text, 'CLOSED'::text, 'IN_SELECTION'::text, 'PARTLY_FILLED'::text, 'FILLED'::text, 'UNDERWAY'::text, 'DELIVERED'::text, 'CLOSED_OUT'::text, 'SUSPENDED'::text, 'STOOD_DOWN'::text, 'CANCELLED'::text, 'EXPIRED'::text]))),
    CONSTRAINT needs_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisations(id),
    CONSTRAINT needs_pkey PRIMARY KEY (id),
    CONSTRAINT needs_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES programmes(id),
    CONSTRAINT needs_reference_key UNIQUE (reference)
);

CREATE TABLE notice_choices (
    user_id text NOT NULL,
    kind text NOT NULL,
    frequency text NOT NULL,
    CONSTRAINT notice_choices__frequency CHECK ((frequency = ANY (ARRAY['instant'::text, 'daily'::text, 'weekly'::text, 'none'::text]))),
    CONSTRAINT notice_choices_pkey PRIMARY KEY (user_id, kind),
    CONSTRAINT notice_choices_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
);

CREATE TABLE notice_reader (
    one integer NOT NULL,
    position bigint NOT NULL,
    CONSTRAINT notice_reader_one_check CHECK ((one = 1)),
    CONSTRAINT notice_reader_pkey PRIMARY KEY (one)
);

CREATE TABLE notice_settings (
    user_id text NOT NULL,
    time_zone text NOT NULL DEFAULT 'UTC'::text,
    quiet_from integer NOT NULL DEFAULT 0,
    quiet_to integer NOT NULL DEFAULT 0,
    digest_hour integer NOT NULL DEFAULT 8,
    version integer NOT NULL DEFAULT 1,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT notice_settings__hours CHECK ((((quiet_from >= 0) AND (quiet_from <= 23)) AND ((quiet_to >= 0) AND (quiet_to <= 23)) AND ((digest_hour >= 0) AND (digest_hour <= 23)))),
    CONSTRAINT notice_settings_pkey PRIMARY KEY (user_id),
    CONSTRAINT notice_settings_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
);

CREATE TABLE notices (
    id text NOT NULL,
    once text NOT NULL,
    user_id text NOT NULL,
    professional_id text,
    kind text NOT NULL,
    subject text NOT NULL,
    details text NOT NULL DEFAULT '{}'::text,
    at timestamp with time zone NOT NULL,
    read_at timestamp with time zone,
    outbox_id text,
    CONSTRAINT notices_once_key UNIQUE (once),
    CONSTRAINT notices_outbox_id_fkey FOREIGN KEY (outbox_id) REFERENCES outbox(id) ON DELETE SET NULL,
    CONSTRAINT notices_pkey PRIMARY KEY (id),
    CONSTRAINT notices_professional_id_fkey FOREIGN KEY (professional_id) REFERENCES professionals(id) ON DELETE CASCADE,
    CONSTRAINT notices_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
);

CREATE TABLE organisation_applications (
    id text NOT NULL,
    programme_id text NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    country text NOT NULL,
    place text NOT NULL DEFAULT ''::text,
    website text NOT NULL DEFAULT ''::text,
    summary text NOT NULL,
    officer_name text NOT NULL,
    officer_email text NOT NULL,
    locale text NOT NULL,
    state text NOT NULL,
    round integer NOT NULL DEFAULT 1,
    confirmed_at timestamp with time zone,
    vouched_by text NOT NULL DEFAULT ''::text,
    vouched_at timestamp with time zone,
    decided_by text NOT NULL DEFAULT ''::text,
    reason text NOT NULL DEFAULT ''::text,
    organisation_id text,
    version integer NOT NULL DEFAULT 1,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT organisation_applications__approved CHECK (((state = 'APPROVED'::text) = (organisation_id IS NOT NULL))),
    CONSTRAINT organisation_applications__email CHECK ((officer_email = lower(officer_email))),
    CONSTRAINT organisation_applications__kind CHECK ((kind = ANY (ARRAY['association'::text, 'ministry'::text, 'host_institution'::text, 'destination_ministry'::text, 'donor'::text, 'local_authority'::text, 'professional_council'::text, 'recruitment_agency'::text, 'employer'::text, 'data_office'::text]))),
    CONSTRAINT organisation_applications__reason CHECK (((state <> ALL (ARRAY['RETURNED'::text, 'CLOSED'::text])) OR (length(reason) > 0))),
    CONSTRAINT organisation_applications__state CHECK ((state = ANY (ARRAY['APPLIED'::text, 'RETURNED'::text, 'APPROVED'::text, 'CLOSED'::text]))),
    CONSTRAINT organisation_applications__vouched CHECK (((vouched_by <> ''::text) = (vouched_at IS NOT NULL))),
    CONSTRAINT organisation_applications_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisations(id),
    CONSTRAINT organisation_applications_pkey PRIMARY KEY (id),
    CONSTRAINT organisation_applications_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES programmes(id) ON DELETE CASCADE
);

CREATE TABLE organisation_referees (
    application_id text NOT NULL,
    position integer NOT NULL,
    name text NOT NULL,
    organisation text NOT NULL,
    contact text NOT NULL,
    CONSTRAINT organisation_referees_application_id_fkey FOREIGN KEY (application_id) REFERENCES organisation_applications(id) ON DELETE CASCADE,
    CONSTRAINT organisation_referees_pkey PRIMARY KEY (application_id, "position")
);

CREATE TABLE organisation_remarks (
    application_id text NOT NULL,
    round integer NOT NULL,
    field text NOT NULL,
    words text NOT NULL,
    by_user text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT organisation_remarks__words CHECK ((length(words) > 0)),
    CONSTRAINT organisation_remarks_application_id_fkey FOREIGN KEY (application_id) REFERENCES organisation_applications(id) ON DELETE CASCADE,
    CONSTRAINT organisation_remarks_pkey PRIMARY KEY (application_id, round, field)
);

CREATE TABLE organisations (
    id text NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    country text NOT NULL,
    place text NOT NULL DEFAULT ''::text,
    state text NOT NULL,
    demo boolean NOT NULL DEFAULT false,
    version integer NOT NULL DEFAULT 1,
    created_at timestamp with time zone NOT NULL,
    website text NOT NULL DEFAULT ''::text,
    summary text NOT NULL DEFAULT ''::text,
    state_reason text NOT NULL DEFAULT ''::text,
    state_at timestamp with time zone,
    CONSTRAINT organisations__kind CHECK ((kind = ANY (ARRAY['association'::text, 'ministry'::text, 'host_institution'::text, 'destination_ministry'::text, 'coordinator'::text, 'donor'::text, 'local_authority'::text, 'professional_council'::text, 'recruitment_agency'::text, 'employer'::text, 'data_office'::text]))),
    CONSTRAINT organisations__state CHECK ((state = ANY (ARRAY['APPLIED'::text, 'RETURNED'::text, 'APPROVED'::text, 'SUSPENDED'::text, 'CLOSED'::text]))),
    CONSTRAINT organisations_pkey PRIMARY KEY (id)
);

CREATE TABLE outbox (
    id text NOT NULL,
    once text NOT NULL,
    kind text NOT NULL,
    user_id text,
    professional_id text,
    subject text NOT NULL,
    details text NOT NULL DEFAULT '{}'::text,
    state text NOT NULL,
    due_at timestamp with time zone NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    retry_at timestamp with time zone,
    leased_by text NOT NULL DEFAULT ''::text,
    leased_until timestamp with time zone,
    problem text NOT NULL DEFAULT ''::text,
    reply integer NOT NULL DEFAULT 0,
    sent_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT outbox__lease CHECK (((state = 'sending'::text) = (leased_until IS NOT NULL))),
    CONSTRAINT outbox__sent CHECK (((state <> 'sent'::text) OR (sent_at IS NOT NULL))),
    CONSTRAINT outbox__state CHECK ((state = ANY (ARRAY['waiting'::text, 'sending'::text, 'sent'::text, 'shown'::text, 'dropped'::text, 'dead'::text, 'given_up'::text]))),
    CONSTRAINT outbox_once_key UNIQUE (once),
    CONSTRAINT outbox_pkey PRIMARY KEY (id),
    CONSTRAINT outbox_professional_id_fkey FOREIGN KEY (professional_id) REFERENCES professionals(id) ON DELETE CASCADE,
    CONSTRAINT outbox_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
);

CREATE TABLE placement_absences (
    placement_id text NOT NULL,
    from_on date NOT NULL,
    to_on date NOT NULL,
    kind text NOT NULL,
    role text NOT NULL,
    by_user text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT placement_absences__kind CHECK ((kind = ANY (ARRAY['leave'::text, 'remote'::text]))),
    CONSTRAINT placement_absences__order CHECK ((from_on <= to_on)),
    CONSTRAINT placement_absences_pkey PRIMARY KEY (placement_id, from_on),
    CONSTRAINT placement_absences_placement_id_fkey FOREIGN KEY (placement_id) REFERENCES placements(id) ON DELETE CASCADE
);

CREATE TABLE placement_indicators (
    placement_id text NOT NULL,
    number integer NOT NULL,
    name text NOT NULL,
    unit text NOT NULL DEFAULT ''::text,
    source text NOT NULL,
    CONSTRAINT placement_indicators_pkey PRIMARY KEY (placement_id, number),
    CONSTRAINT placement_indicators_placement_id_fkey FOREIGN KEY (placement_id) REFERENCES placements(id) ON DELETE CASCADE
);

CREATE TABLE placement_links (
    token_hash text NOT NULL,
    placement_id text NOT NULL,
    kind text NOT NULL,
    created_by text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT placement_links_pkey PRIMARY KEY (token_hash),
    CONSTRAINT placement_links_placement_id_fkey FOREIGN KEY (placement_id) REFERENCES placements(id) ON DELETE CASCADE
);

CREATE TABLE placement_plans (
    placement_id text NOT NULL,
    currency text NOT NULL,
    daily bigint NOT NULL,
    travel bigint NOT NULL,
    lodged boolean NOT NULL,
    lodging_share integer NOT NULL,
    tiers text NOT NULL,
    committed bigint NOT NULL,
    released bigint NOT NULL DEFAULT 0,
    at timestamp with time zone NOT NULL,
    leave_days integer,
    remote_days integer,
    CONSTRAINT placement_plans__amounts CHECK (((daily >= 0) AND (travel >= 0) AND (committed >= 0) AND (released >= 0) AND ((lodging_share >= 0) AND (lodging_share <= 100)))),
    CONSTRAINT placement_plans__leave CHECK (((leave_days >= 0) AND (leave_days <= 30))),
    CONSTRAINT placement_plans__remote CHECK (((remote_days >= 0) AND (remote_days <= 30))),
    CONSTRAINT placement_plans_pkey PRIMARY KEY (placement_id),
    CONSTRAINT placement_plans_placement_id_fkey FOREIGN KEY (placement_id) REFERENCES placements(id) ON DELETE CASCADE
);

CREATE TABLE placement_reports (
    id text NOT NULL,
    placement_id text NOT NULL,
    kind text NOT NULL,
    body text NOT NULL,
    role text NOT NULL,
    by_user text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    source text NOT NULL DEFAULT 'portal'::text,
    of_team boolean NOT NULL DEFAULT false,
    CONSTRAINT placement_reports__kind CHECK ((kind = ANY (ARRAY['midterm_person'::text, 'midterm_host'::text, 'handover'::text, 'final_report'::text, 'host_evaluation'::text, 'no_fee'::text, 'follow_up_3'::text, 'follow_up_12'::text, 'outcome'::text]))),
    CONSTRAINT placement_reports__once UNIQUE (placement_id, kind, role),
    CONSTRAINT placement_reports__role CHECK ((role = ANY (ARRAY['professional'::text, 'host'::text, 'coordinator'::text]))),
    CONSTRAINT placement_reports__source CHECK ((source = ANY (ARRAY['portal'::text, 'link'::text, 'file'::text]))),
    CONSTRAINT placement_reports_pkey PRIMARY KEY (id),
    CONSTRAINT placement_reports_placement_id_fkey FOREIGN KEY (placement_id) REFERENCES placements(id) ON DELETE CASCADE
);

CREATE TABLE placement_sessions (
    placement_id text NOT NULL,
    number integer NOT NULL,
    kind text NOT NULL,
    title text NOT NULL DEFAULT ''::text,
    held_on date,
    CONSTRAINT placement_sessions__day CHECK (((kind = 'training'::text) = (held_on IS NOT NULL))),
    CONSTRAINT placement_sessions__kind CHECK ((kind = ANY (ARRAY['counterparts'::text, 'training'::text]))),
    CONSTRAINT placement_sessions_pkey PRIMARY KEY (placement_id, number),
    CONSTRAINT placement_sessions_placement_id_fkey FOREIGN KEY (placement_id) REFERENCES placements(id) ON DELETE CASCADE
);

CREATE TABLE placement_steps (
    id text NOT NULL,
    placement_id text NOT NULL,
    move text NOT NULL,
    from_state text NOT NULL,
    to_state text NOT NULL,
    role text NOT NULL,
    by_user text NOT NULL DEFAULT ''::text,
    by_organisation text NOT NULL DEFAULT ''::text,
    on_day date,
    reason text NOT NULL DEFAULT ''::text,
    at timestamp with time zone NOT NULL,
    CONSTRAINT placement_steps_pkey PRIMARY KEY (id),
    CONSTRAINT placement_steps_placement_id_fkey FOREIGN KEY (placement_id) REFERENCES placements(id) ON DELETE CASCADE
);

CREATE TABLE placements (
    id text NOT NULL,
    reference text NOT NULL,
    programme_id text NOT NULL,
    need_id text NOT NULL,
    candidacy_id text NOT NULL,
    professional_id text NOT NULL,
    organisation_id text NOT NULL,
    state text NOT NULL,
    modality text NOT NULL,
    from_on date NOT NULL,
    to_on date NOT NULL,
    reason text NOT NULL DEFAULT ''::text,
    version integer NOT NULL DEFAULT 1,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    extension_to date,
    CONSTRAINT placements__extension CHECK (((extension_to IS NULL) OR ((state = 'ON_DUTY'::text) AND (extension_to > to_on)))),
    CONSTRAINT placements__order CHECK ((from_on <= to_on)),
    CONSTRAINT placements__overlap EXCLUDE USING gist (professional_id WITH =, daterange(from_on, to_on, '[]'::text) WITH &&) WHERE ((state <> 'CANCELLED'::text)),
    CONSTRAINT placements__state CHECK ((state = ANY (ARRAY['PREPARING'::text, 'CLEARED'::text, 'POSTPONED'::text, 'TRAVELLING'::text, 'ON_DUTY'::text, 'SUSPENDED'::text, 'EVACUATED'::text, 'CURTAILED'::text, 'ENDED'::text, 'COMPLETED'::text, 'FOLLOWED_UP'::text, 'CLOSED'::text, 'CANCELLED'::text]))),
    CONSTRAINT placements_candidacy_id_fkey FOREIGN KEY (candidacy_id) REFERENCES candidacies(id),
    CONSTRAINT placements_candidacy_id_key UNIQUE (candidacy_id),
    CONSTRAINT placements_need_id_fkey FOREIGN KEY (need_id) REFERENCES needs(id),
    CONSTRAINT placements_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisations(id),
    CONSTRAINT placements_pkey PRIMARY KEY (id),
    CONSTRAINT placements_professional_id_fkey FOREIGN KEY (professional_id) REFERENCES professionals(id),
    CONSTRAINT placements_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES programmes(id),
    CONSTRAINT placements_reference_key UNIQUE (reference)
);

CREATE TABLE professional_associations (
    professional_id text NOT NULL,
    organisation_id text NOT NULL,
    since timestamp with time zone NOT NULL,
    CONSTRAINT professional_associations_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisations(id) ON DELETE CASCADE,
    CONSTRAINT professional_associations_pkey PRIMARY KEY (professional_id, organisation_id),
    CONSTRAINT professional_associations_professional_id_fkey FOREIGN KEY (professional_id) REFERENCES professionals(id) ON DELETE CASCADE
);

CREATE TABLE professional_availability (
    id text NOT NULL,
    professional_id text NOT NULL,
    position integer NOT NULL,
    from_on date NOT NULL,
    to_on date NOT NULL,
    CONSTRAINT professional_availability__order CHECK ((from_on <= to_on)),
    CONSTRAINT professional_availability_pkey PRIMARY KEY (id),
    CONSTRAINT professional_availability_professional_id_fkey FOREIGN KEY (professional_id) REFERENCES professionals(id) ON DELETE CASCADE
);

CREATE TABLE professional_education (
    id text NOT NULL,
    professional_id text NOT NULL,
    position integer NOT NULL,
    level integer NOT NULL,
    field text NOT NULL DEFAULT ''::text,
    title text NOT NULL DEFAULT ''::text,
    institution text NOT NULL DEFAULT ''::text,
    country text NOT NULL DEFAULT ''::text,
    year integer NOT NULL DEFAULT 0,
    CONSTRAINT professional_education__level CHECK (((level >= 0) AND (level <= 8))),
    CONSTRAINT professional_education_pkey PRIMARY KEY (id),
    CONSTRAINT professional_education_professional_id_fkey FOREIGN KEY (professional_id) REFERENCES professionals(id) ON DELETE CASCADE
);

CREATE TABLE professional_experience (
    id text NOT NULL,
    professional_id text NOT NULL,
    position integer NOT NULL,
    title text NOT NULL,
    isco text NOT NULL DEFAULT ''::text,
    employer text NOT NULL DEFAULT ''::text,
    country text NOT NULL DEFAULT ''::text,
    from_on date,
    to_on date,
    description text NOT NULL DEFAULT ''::text,
    CONSTRAINT professional_experience_pkey PRIMARY KEY (id),
    CONSTRAINT professional_experience_professional_id_fkey FOREIGN KEY (professional_id) REFERENCES professionals(id) ON DELETE CASCADE
);

CREATE TABLE professional_languages (
    professional_id text NOT NULL,
    language text NOT NULL,
    native boolean NOT NULL DEFAULT false,
    listening integer NOT NULL,
    reading integer NOT NULL,
    interaction integer NOT NULL,
    production integer NOT NULL,
    writing integer NOT NULL,
    CONSTRAINT professional_languages__cefr CHECK ((((listening >= 0) AND (listening <= 6)) AND ((reading >= 0) AND (reading <= 6)) AND ((interaction >= 0) AND (interaction <= 6)) AND ((production >= 0) AND (production <= 6)) AND ((writing >= 0) AND (writing <= 6)))),
    CONSTRAINT professional_languages_pkey PRIMARY KEY (professional_id, language),
    CONSTRAINT professional_languages_professional_id_fkey FOREIGN KEY (professional_id) REFERENCES professionals(id) ON DELETE CASCADE
);

CREATE TABLE professional_licences (
    id text NOT NULL,
    professional_id text NOT NULL,
    position integer NOT NULL,
    body text NOT NULL,
    number text NOT NULL DEFAULT ''::text,
    country text NOT NULL,
    isco text NOT NULL DEFAULT ''::text,
    valid_from date,
    valid_until date,
    good_standing_on date,
    document_id text NOT NULL DEFAULT ''::text,
    CONSTRAINT professional_licences_pkey PRIMARY KEY (id),
    CONSTRAINT professional_licences_professional_id_fkey FOREIGN KEY (professional_id) REFERENCES professionals(id) ON DELETE CASCADE
);

CREATE TABLE professional_preferences (
    professional_id text NOT NULL,
    items text NOT NULL,
    version integer NOT NULL DEFAULT 1,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT professional_preferences_pkey PRIMARY KEY (professional_id),
    CONSTRAINT professional_preferences_professional_id_fkey FOREIGN KEY (professional_id) REFERENCES professionals(id) ON DELETE CASCADE
);

CREATE TABLE professional_programmes (
    professional_id text NOT NULL,
    programme_id text NOT NULL,
    CONSTRAINT professional_programmes_pkey PRIMARY KEY (professional_id, programme_id),
    CONSTRAINT professional_programmes_professional_id_fkey FOREIGN KEY (professional_id) REFERENCES professionals(id) ON DELETE CASCADE,
    CONSTRAINT professional_programmes_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES programmes(id) ON DELETE CASCADE
);

CREATE TABLE professional_skills (
    id text NOT NULL,
    professional_id text NOT NULL,
    position integer NOT NULL,
    concept text NOT NULL DEFAULT ''::text,
    label text NOT NULL,
    level integer NOT NULL,
    years integer NOT NULL DEFAULT 0,
    last_used integer NOT NULL DEFAULT 0,
    evidence text NOT NULL DEFAULT 'claimed'::text,
    CONSTRAINT professional_skills__evidence CHECK ((evidence = ANY (ARRAY['claimed'::text, 'experience'::text, 'referee'::text, 'host'::text]))),
    CONSTRAINT professional_skills__level CHECK (((level >= 1) AND (level <= 4))),
    CONSTRAINT professional_skills_pkey PRIMARY KEY (id),
    CONSTRAINT professional_skills_professional_id_fkey FOREIGN KEY (professional_id) REFERENCES professionals(id) ON DELETE CASCADE
);

CREATE TABLE professionals (
    id text NOT NULL,
    pseudonym text NOT NULL,
    user_id text,
    given_name text NOT NULL,
    family_name text NOT NULL DEFAULT ''::text,
    email text NOT NULL,
    phone text NOT NULL DEFAULT ''::text,
    sex text NOT NULL DEFAULT ''::text,
    birth_date date,
    origin_country text NOT NULL,
    origin_link text NOT NULL,
    residence_country text NOT NULL,
    residence_place text NOT NULL DEFAULT ''::text,
    residence_status text NOT NULL,
    right_of_return text NOT NULL,
    right_of_return_until date,
    occupation_title text NOT NULL,
    isco text NOT NULL,
    years_experience integer NOT NULL DEFAULT 0,
    summary text NOT NULL DEFAULT ''::text,
    cv_text text NOT NULL DEFAULT ''::text,
    cv_language text NOT NULL DEFAULT ''::text,
    onsite boolean NOT NULL DEFAULT true,
    virtual boolean NOT NULL DEFAULT false,
    hybrid boolean NOT NULL DEFAULT false,
    longest_days integer NOT NULL DEFAULT 90,
    notice_days integer NOT NULL DEFAULT 30,
    state text NOT NULL,
    demo boolean NOT NULL DEFAULT false,
    version integer NOT NULL DEFAULT 1,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    confirmed_at timestamp with time zone,
    sought text NOT NULL DEFAULT ''::text,
    sought_work text NOT NULL DEFAULT ''::text,
    erased_at timestamp with time zone,
    CONSTRAINT professionals__origin_link CHECK ((origin_link = ANY (ARRAY[''::text, 'born'::text, 'citizen'::text, 'parent'::text, 'grandparent'::text, 'spouse'::text]))),
    CONSTRAINT professionals__residence_status CHECK ((residence_status = ANY (ARRAY[''::text, 'citizen'::text, 'permanent'::text, 'temporary'::text, 'refugee'::text, 'other'::text]))),
    CONSTRAINT professionals__right_of_return CHECK ((right_of_return = ANY (ARRAY['yes'::text, 'no'::text, 'unknown'::text]))),
    CONSTRAINT professionals__sex CHECK ((sex = ANY (ARRAY[''::text, 'female'::text, 'male'::text, 'other'::text]))),
    CONSTRAINT professionals__state CHECK ((state = ANY (ARRAY['invited'::text, 'active'::text, 'paused'::text, 'declined'::text]))),
    CONSTRAINT professionals_pkey PRIMARY KEY (id),
    CONSTRAINT professionals_pseudonym_key UNIQUE (pseudonym),
    CONSTRAINT professionals_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE SET NULL,
    CONSTRAINT professionals_user_id_key UNIQUE (user_id)
);

CREATE TABLE programme_countries (
    programme_id text NOT NULL,
    country text NOT NULL,
    CONSTRAINT programme_countries_pkey PRIMARY KEY (programme_id, country),
    CONSTRAINT programme_countries_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES programmes(id) ON DELETE CASCADE
);

CREATE TABLE programme_organisations (
    programme_id text NOT NULL,
    organisation_id text NOT NULL,
    CONSTRAINT programme_organisations_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisations(id) ON DELETE CASCADE,
    CONSTRAINT programme_organisations_pkey PRIMARY KEY (programme_id, organisation_id),
    CONSTRAINT programme_organisations_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES programmes(id) ON DELETE CASCADE
);

CREATE TABLE programme_rates (
    programme_id text NOT NULL,
    rates text NOT NULL,
    version integer NOT NULL DEFAULT 1,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT programme_rates_pkey PRIMARY KEY (programme_id),
    CONSTRAINT programme_rates_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES programmes(id) ON DELETE CASCADE
);

CREATE TABLE programmes (
    id text NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    summary text NOT NULL DEFAULT ''::text,
    minimum_counterparts integer NOT NULL DEFAULT 2,
    shortlist_most integer NOT NULL DEFAULT 5,
    demo boolean NOT NULL DEFAULT false,
    version integer NOT NULL DEFAULT 1,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT programmes__counterparts CHECK (((minimum_counterparts >= 0) AND (minimum_counterparts <= 20))),
    CONSTRAINT programmes__shortlist CHECK (((shortlist_most >= 1) AND (shortlist_most <= 20))),
    CONSTRAINT programmes_code_key UNIQUE (code),
    CONSTRAINT programmes_pkey PRIMARY KEY (id)
);

CREATE TABLE proposal_rounds (
    proposal_id text NOT NULL,
    round integer NOT NULL,
    by_user text NOT NULL,
    at timestamp with time zone NOT NULL,
    position bigint NOT NULL,
    posts integer NOT NULL,
    empty integer NOT NULL,
    pins integer NOT NULL,
    inputs text NOT NULL,
    result text NOT NULL,
    CONSTRAINT proposal_rounds__round CHECK ((round >= 1)),
    CONSTRAINT proposal_rounds_pkey PRIMARY KEY (proposal_id, round),
    CONSTRAINT proposal_rounds_proposal_id_fkey FOREIGN KEY (proposal_id) REFERENCES proposals(id) ON DELETE CASCADE
);

CREATE TABLE proposals (
    id text NOT NULL,
    programme_id text NOT NULL,
    round integer NOT NULL DEFAULT 1,
    by_user text NOT NULL,
    version integer NOT NULL DEFAULT 1,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT proposals__round CHECK ((round >= 1)),
    CONSTRAINT proposals_pkey PRIMARY KEY (id),
    CONSTRAINT proposals_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES programmes(id) ON DELETE CASCADE
);

CREATE TABLE ranking_snapshots (
    id text NOT NULL,
    need_id text NOT NULL,
    taken_at timestamp with time zone NOT NULL,
    by_user text NOT NULL,
    algorithm text NOT NULL,
    index_position bigint NOT NULL,
    body text NOT NULL,
    sha256 text NOT NULL,
    redactions integer NOT NULL DEFAULT 0,
    CONSTRAINT ranking_snapshots_need_id_fkey FOREIGN KEY (need_id) REFERENCES needs(id) ON DELETE CASCADE,
    CONSTRAINT ranking_snapshots_pkey PRIMARY KEY (id)
);

CREATE TABLE record_assignments (
    record text NOT NULL,
    subject text NOT NULL,
    user_id text NOT NULL,
    by_user text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT record_assignments__record CHECK ((record = ANY (ARRAY['need'::text, 'candidacy'::text, 'placement'::text]))),
    CONSTRAINT record_assignments_pkey PRIMARY KEY (subject),
    CONSTRAINT record_assignments_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
);

CREATE TABLE record_tags (
    record text NOT NULL,
    subject text NOT NULL,
    tag text NOT NULL,
    by_user text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT record_tags__record CHECK ((record = ANY (ARRAY['need'::text, 'candidacy'::text, 'placement'::text]))),
    CONSTRAINT record_tags__tag CHECK (((length(tag) >= 1) AND (length(tag) <= 40))),
    CONSTRAINT record_tags_pkey PRIMARY KEY (subject, tag)
);

CREATE TABLE referee_requests (
    id text NOT NULL,
    professional_id text NOT NULL,
    token_hash text,
    referee_name text NOT NULL,
    referee_email text NOT NULL,
    locale text NOT NULL,
    message text NOT NULL DEFAULT ''::text,
    state text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    opened_at timestamp with time zone,
    answered_at timestamp with time zone,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT referee_requests__answered CHECK (((state = ANY (ARRAY['answered'::text, 'declined'::text])) = (answered_at IS NOT NULL))),
    CONSTRAINT referee_requests__state CHECK ((state = ANY (ARRAY['sent'::text, 'answered'::text, 'declined'::text, 'revoked'::text]))),
    CONSTRAINT referee_requests_pkey PRIMARY KEY (id),
    CONSTRAINT referee_requests_professional_id_fkey FOREIGN KEY (professional_id) REFERENCES professionals(id) ON DELETE CASCADE,
    CONSTRAINT referee_requests_token_hash_key UNIQUE (token_hash)
);

CREATE TABLE referee_skills (
    request_id text NOT NULL,
    position integer NOT NULL,
    concept text NOT NULL DEFAULT ''::text,
    label text NOT NULL,
    CONSTRAINT referee_skills_pkey PRIMARY KEY (request_id, "position"),
    CONSTRAINT referee_skills_request_id_fkey FOREIGN KEY (request_id) REFERENCES referee_requests(id) ON DELETE CASCADE
);

CREATE TABLE reference_counters (
    series text NOT NULL,
    year integer NOT NULL,
    last integer NOT NULL,
    CONSTRAINT reference_counters_pkey PRIMARY KEY (series, year)
);

CREATE TABLE retention_questions (
    id text NOT NULL,
    professional_id text NOT NULL,
    class text NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    answer_by timestamp with time zone NOT NULL,
    answered_at timestamp with time zone,
    answer text NOT NULL DEFAULT ''::text,
    CONSTRAINT retention_questions__answer CHECK ((answer = ANY (ARRAY[''::text, 'keep'::text, 'erase'::text, 'none'::text]))),
    CONSTRAINT retention_questions__answered CHECK (((answer = ''::text) = (answered_at IS NULL))),
    CONSTRAINT retention_questions_pkey PRIMARY KEY (id),
    CONSTRAINT retention_questions_professional_id_fkey FOREIGN KEY (professional_id) REFERENCES professionals(id) ON DELETE CASCADE
);

CREATE TABLE review_requests (
    id text NOT NULL,
    professional_id text NOT NULL,
    need_id text NOT NULL,
    words text NOT NULL,
    state text NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    answer_by timestamp with time zone NOT NULL,
    answer text NOT NULL DEFAULT ''::text,
    answered_by text NOT NULL DEFAULT ''::text,
    answered_at timestamp with time zone,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT review_requests__answered CHECK (((state = 'ANSWERED'::text) = (answered_at IS NOT NULL))),
    CONSTRAINT review_requests__state CHECK ((state = ANY (ARRAY['OPEN'::text, 'ANSWERED'::text]))),
    CONSTRAINT review_requests__words CHECK (((length(words) > 0) OR (state = 'ANSWERED'::text))),
    CONSTRAINT review_requests_need_id_fkey FOREIGN KEY (need_id) REFERENCES needs(id) ON DELETE CASCADE,
    CONSTRAINT review_requests_pkey PRIMARY KEY (id),
    CONSTRAINT review_requests_professional_id_fkey FOREIGN KEY (professional_id) REFERENCES professionals(id) ON DELETE CASCADE
);

CREATE TABLE saved_search_followers (
    search_id text NOT NULL,
    user_id text NOT NULL,
    pinned boolean NOT NULL DEFAULT false,
    frequency text NOT NULL DEFAULT 'none'::text,
    CONSTRAINT saved_search_followers__frequency CHECK ((frequency = ANY (ARRAY['none'::text, 'instant'::text, 'daily'::text, 'weekly'::text]))),
    CONSTRAINT saved_search_followers_pkey PRIMARY KEY (search_id, user_id),
    CONSTRAINT saved_search_followers_search_id_fkey FOREIGN KEY (search_id) REFERENCES saved_searches(id) ON DELETE CASCADE,
    CONSTRAINT saved_search_followers_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
);

CREATE TABLE saved_search_people (
    search_id text NOT NULL,
    professional_id text NOT NULL,
    CONSTRAINT saved_search_people_pkey PRIMARY KEY (search_id, professional_id),
    CONSTRAINT saved_search_people_professional_id_fkey FOREIGN KEY (professional_id) REFERENCES professionals(id) ON DELETE CASCADE,
    CONSTRAINT saved_search_people_search_id_fkey FOREIGN KEY (search_id) REFERENCES saved_searches(id) ON DELETE CASCADE
);

CREATE TABLE saved_searches (
    id text NOT NULL,
    programme_id text NOT NULL,
    owner_id text NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    query text NOT NULL DEFAULT ''::text,
    choices text NOT NULL DEFAULT '{}'::text,
    exact boolean NOT NULL DEFAULT false,
    locale text NOT NULL DEFAULT 'en'::text,
    need_id text,
    best integer NOT NULL DEFAULT 0,
    shared boolean NOT NULL DEFAULT false,
    watched boolean NOT NULL DEFAULT false,
    seen bigint NOT NULL DEFAULT 0,
    version integer NOT NULL DEFAULT 1,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT saved_searches__best CHECK ((((best >= 0) AND (best <= 100)) AND ((kind = 'need'::text) = (best > 0)))),
    CONSTRAINT saved_searches__kind CHECK ((kind = ANY (ARRAY['people'::text, 'need'::text]))),
    CONSTRAINT saved_searches__name CHECK ((length(name) > 0)),
    CONSTRAINT saved_searches__need CHECK (((kind = 'need'::text) = (need_id IS NOT NULL))),
    CONSTRAINT saved_searches_need_id_fkey FOREIGN KEY (need_id) REFERENCES needs(id) ON DELETE CASCADE,
    CONSTRAINT saved_searches_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES users(id) ON DELETE CASCADE,
    CONSTRAINT saved_searches_pkey PRIMARY KEY (id),
    CONSTRAINT saved_searches_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES programmes(id) ON DELETE CASCADE
);

CREATE TABLE selection_rules (
    programme_id text NOT NULL,
    committee boolean NOT NULL DEFAULT false,
    shortlist_least integer NOT NULL DEFAULT 1,
    balanced boolean NOT NULL DEFAULT false,
    references_least integer NOT NULL DEFAULT 2,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT selection_rules__counts CHECK ((((shortlist_least >= 1) AND (shortlist_least <= 20)) AND ((references_least >= 0) AND (references_least <= 5)))),
    CONSTRAINT selection_rules_kept_pkey PRIMARY KEY (programme_id),
    CONSTRAINT selection_rules_kept_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES programmes(id)
);

CREATE TABLE session_attendance (
    placement_id text NOT NULL,
    number integer NOT NULL,
    sex text NOT NULL,
    age text NOT NULL,
    people integer NOT NULL,
    CONSTRAINT session_attendance__people CHECK (((people >= 1) AND (people <= 1000))),
    CONSTRAINT session_attendance_pkey PRIMARY KEY (placement_id, number, sex, age),
    CONSTRAINT session_attendance_placement_id_number_fkey FOREIGN KEY (placement_id, number) REFERENCES placement_sessions(placement_id, number) ON DELETE CASCADE
);

CREATE TABLE sessions (
    token_hash text NOT NULL,
    user_id text NOT NULL,
    membership_id text,
    created_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    delegation_id text,
    CONSTRAINT sessions_delegation_id_fkey FOREIGN KEY (delegation_id) REFERENCES delegations(id) ON DELETE SET NULL,
    CONSTRAINT sessions_membership_id_fkey FOREIGN KEY (membership_id) REFERENCES memberships(id) ON DELETE SET NULL,
    CONSTRAINT sessions_pkey PRIMARY KEY (token_hash),
    CONSTRAINT sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
);

CREATE TABLE shown_people (
    ranking_id text NOT NULL,
    rank integer NOT NULL,
    pseudonym text NOT NULL,
    score integer NOT NULL,
    CONSTRAINT shown_people__rank CHECK ((rank >= 1)),
    CONSTRAINT shown_people__score CHECK (((score >= 0) AND (score <= 1000))),
    CONSTRAINT shown_people_pkey PRIMARY KEY (ranking_id, rank),
    CONSTRAINT shown_people_ranking_id_fkey FOREIGN KEY (ranking_id) REFERENCES shown_rankings(id) ON DELETE CASCADE
);

CREATE TABLE shown_rankings (
    id text NOT NULL,
    programme_id text NOT NULL,
    need_id text NOT NULL,
    seen_by text NOT NULL,
    organisation_id text NOT NULL DEFAULT ''::text,
    role text NOT NULL,
    at timestamp with time zone NOT NULL,
    algorithm text NOT NULL,
    index_position bigint NOT NULL,
    source text NOT NULL,
    considered integer NOT NULL,
    passed integer NOT NULL,
    shown integer NOT NULL,
    demo boolean NOT NULL DEFAULT false,
    CONSTRAINT shown_rankings__counts CHECK (((considered >= 0) AND (passed >= 0) AND (shown >= 0))),
    CONSTRAINT shown_rankings__source CHECK ((source = ANY (ARRAY['index'::text, 'database'::text]))),
    CONSTRAINT shown_rankings_need_id_fkey FOREIGN KEY (need_id) REFERENCES needs(id) ON DELETE CASCADE,
    CONSTRAINT shown_rankings_pkey PRIMARY KEY (id),
    CONSTRAINT shown_rankings_programme_id_fkey FOREIGN KEY (programme_id) REFERENCES programmes(id) ON DELETE CASCADE
);

CREATE TABLE skill_confirmations (
    id text NOT NULL,
    professional_id text NOT NULL,
    kind text NOT NULL,
    concept text NOT NULL DEFAULT ''::text,
    label text NOT NULL,
    request_id text,
    placement text NOT NULL DEFAULT ''::text,
    by_name text NOT NULL,
    relation text NOT NULL,
    seen_until date,
    comment text NOT NULL DEFAULT ''::text,
    made_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    CONSTRAINT skill_confirmations__from CHECK (((kind = 'referee'::text) = (request_id IS NOT NULL))),
    CONSTRAINT skill_confirmations__kind CHECK ((kind = ANY (ARRAY['referee'::text, 'host'::text]))),
    CONSTRAINT skill_confirmations__relation CHECK ((relation = ANY (ARRAY['supervisor'::text, 'colleague'::text, 'teacher'::text, 'client'::text, 'council'::text, 'host'::text]))),
    CONSTRAINT skill_confirmations_pkey PRIMARY KEY (id),
    CONSTRAINT skill_confirmations_professional_id_fkey FOREIGN KEY (professional_id) REFERENCES professionals(id) ON DELETE CASCADE,
    CONSTRAINT skill_confirmations_request_id_fkey FOREIGN KEY (request_id) REFERENCES referee_requests(id) ON DELETE CASCADE
);

CREATE TABLE task_escalations (
    kind text NOT NULL,
    subject text NOT NULL,
    since timestamp with time zone NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT task_escalations_pkey PRIMARY KEY (kind, subject, since)
);

CREATE TABLE teams (
    id text NOT NULL,
    need_id text NOT NULL,
    organisation_id text NOT NULL,
    name text NOT NULL,
    statement text NOT NULL,
    state text NOT NULL DEFAULT 'FORMING'::text,
    created_by text NOT NULL,
    applied_at timestamp with time zone,
    version integer NOT NULL DEFAULT 1,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT teams__applied CHECK (((state = 'APPLIED'::text) = (applied_at IS NOT NULL))),
    CONSTRAINT teams__state CHECK ((state = ANY (ARRAY['FORMING'::text, 'APPLIED'::text]))),
    CONSTRAINT teams_need_id_fkey FOREIGN KEY (need_id) REFERENCES needs(id) ON DELETE CASCADE,
    CONSTRAINT teams_need_id_organisation_id_name_key UNIQUE (need_id, organisation_id, name),
    CONSTRAINT teams_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisations(id),
    CONSTRAINT teams_pkey PRIMARY KEY (id)
);

CREATE TABLE transfers (
    id text NOT NULL,
    recipient text NOT NULL,
    country text NOT NULL,
    categories text NOT NULL,
    purpose text NOT NULL,
    basis text NOT NULL,
    safeguards text NOT NULL DEFAULT ''::text,
    contract text NOT NULL DEFAULT ''::text,
    from_on date NOT NULL,
    until_on date,
    by_user text NOT NULL,
    version integer NOT NULL DEFAULT 1,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT transfers__basis CHECK ((basis = ANY (ARRAY['adequacy'::text, 'standard_clauses'::text, 'agreement'::text, 'consent'::text, 'public_interest'::text]))),
    CONSTRAINT transfers__order CHECK (((until_on IS NULL) OR (from_on <= until_on))),
    CONSTRAINT transfers_pkey PRIMARY KEY (id)
);

CREATE TABLE users (
    id text NOT NULL,
    email text NOT NULL,
    name text NOT NULL,
    locale text NOT NULL DEFAULT 'en'::text,
    password_hash text NOT NULL,
    state text NOT NULL DEFAULT 'active'::text,
    totp_secret text NOT NULL DEFAULT ''::text,
    totp_confirmed boolean NOT NULL DEFAULT false,
    totp_last_step bigint NOT NULL DEFAULT 0,
    demo boolean NOT NULL DEFAULT false,
    version integer NOT NULL DEFAULT 1,
    created_at timestamp with time zone NOT NULL,
    unconfirmed boolean NOT NULL DEFAULT false,
    CONSTRAINT users__email CHECK ((email = lower(email))),
    CONSTRAINT users__state CHECK ((state = ANY (ARRAY['active'::text, 'suspended'::text]))),
    CONSTRAINT users_email_key UNIQUE (email),
    CONSTRAINT users_pkey PRIMARY KEY (id)
);

CREATE TABLE verification_cases (
    id text NOT NULL,
    professional_id text NOT NULL,
    credential text NOT NULL,
    body text NOT NULL,
    number text NOT NULL DEFAULT ''::text,
    country text NOT NULL DEFAULT ''::text,
    title text NOT NULL DEFAULT ''::text,
    state text NOT NULL,
    reference text NOT NULL DEFAULT ''::text,
    programme_id text NOT NULL DEFAULT ''::text,
    opened_by text NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    valid_until date,
    version integer NOT NULL DEFAULT 1,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT verification_cases__credential CHECK ((credential = ANY (ARRAY['licence'::text, 'education'::text]))),
    CONSTRAINT verification_cases__state CHECK ((state = ANY (ARRAY['REQUESTED'::text, 'SENT_TO_SOURCE'::text, 'CONFIRMED'::text, 'DISCREPANT'::text, 'UNREACHABLE'::text, 'EXPIRED'::text]))),
    CONSTRAINT verification_cases_pkey PRIMARY KEY (id),
    CONSTRAINT verification_cases_professional_id_fkey FOREIGN KEY (professional_id) REFERENCES professionals(id) ON DELETE CASCADE
);

CREATE TABLE verification_steps (
    id text NOT NULL,
    case_id text NOT NULL,
    state text NOT NULL,
    note text NOT NULL DEFAULT ''::text,
    reference text NOT NULL DEFAULT ''::text,
    by_user text NOT NULL,
    by_organisation text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT verification_steps_case_id_fkey FOREIGN KEY (case_id) REFERENCES verification_cases(id) ON DELETE CASCADE,
    CONSTRAINT verification_steps_pkey PRIMARY KEY (id)
);

CREATE TABLE visibility (
    professional_id text NOT NULL,
    consent_id text NOT NULL,
    purpose text NOT NULL DEFAULT 'registry_search'::text,
    status text NOT NULL DEFAULT 'active'::text,
    since timestamp with time zone NOT NULL,
    CONSTRAINT visibility__purpose CHECK ((purpose = 'registry_search'::text)),
    CONSTRAINT visibility__status CHECK ((status = 'active'::text)),
    CONSTRAINT visibility_consent_id_professional_id_purpose_status_fkey FOREIGN KEY (consent_id, professional_id, purpose, status) REFERENCES consents(id, professional_id, purpose, status),
    CONSTRAINT visibility_pkey PRIMARY KEY (professional_id),
    CONSTRAINT visibility_professional_id_fkey FOREIGN KEY (professional_id) REFERENCES professionals(id) ON DELETE CASCADE
);

CREATE INDEX alerts_professional ON public.alerts USING btree (professional_id);

CREATE INDEX alerts_user ON public.alerts USING btree (user_id, due_at);

CREATE INDEX approval_people_user ON public.approval_people USING btree (user_id);

CREATE INDEX breach_people_professional ON public.breach_people USING btree (professional_id);

CREATE INDEX bulk_acts_due ON public.bulk_acts USING btree (state, due_at);

CREATE INDEX candidacies_professional ON public.candidacies USING btree (professional_id);

CREATE INDEX candidacies_team ON public.candidacies USING btree (team_id);

CREATE INDEX candidacies_waiting ON public.candidacies USING btree (state, updated_at);

CREATE INDEX candidacy_references_candidacy ON public.candidacy_references USING btree (candidacy_id);

CREATE UNIQUE INDEX committee_members_chair ON public.committee_members USING btree (need_id) WHERE chair;

CREATE INDEX committee_members_user ON public.committee_members USING btree (user_id);

CREATE UNIQUE INDEX consents_one_active ON public.consents USING btree (professional_id, purpose) WHERE (status = 'active'::text);

CREATE INDEX consents_professional ON public.consents USING btree (professional_id);

CREATE INDEX cv_readings_file ON public.cv_readings USING btree (file_id);

CREATE UNIQUE INDEX decisions_three_people ON public.decisions USING btree (candidacy_id, round, by_user) WHERE (step = ANY (ARRAY['host_endorsement'::text, 'no_objection'::text, 'approval'::text]));

CREATE INDEX delegations_giver ON public.delegations USING btree (giver_id, ends_at);

CREATE INDEX delegations_membership ON public.delegations USING btree (membership_id);

CREATE INDEX delegations_taker ON public.delegations USING btree (taker_id, ends_at);

CREATE UNIQUE INDEX disclosures_one_open ON public.disclosures USING btree (candidacy_id, organisation_id) WHERE (state = ANY (ARRAY['ASKED'::text, 'GRANTED'::text]));

CREATE INDEX disclosures_open ON public.disclosures USING btree (state, until_on);

CREATE INDEX disclosures_organisation ON public.disclosures USING btree (organisation_id, need_id);

CREATE INDEX disclosures_professional ON public.disclosures USING btree (professional_id);

CREATE UNIQUE INDEX disqualifications_one_open ON public.disqualifications USING btree (candidacy_id) WHERE (outcome = ''::text);

CREATE INDEX duplicate_keys_professional ON public.duplicate_keys USING btree (professional_id);

CREATE INDEX duplicate_pairs_second ON public.duplicate_pairs USING btree (second_id);

CREATE INDEX duplicate_pairs_state ON public.duplicate_pairs USING btree (state, found_at);

CREATE INDEX emergency_contacts_professional ON public.emergency_contacts USING btree (professional_id, "position");

CREATE INDEX erasures_due ON public.erasures USING btree (state, due_at);

CREATE UNIQUE INDEX erasures_one_open ON public.erasures USING btree (professional_id) WHERE (state = 'REQUESTED'::text);

CREATE INDEX esco_relations_other ON public.esco_relations USING btree (kind, other);

CREATE INDEX field_history_professional ON public.field_history USING btree (professional_id, at);

CREATE INDEX files_application ON public.files USING btree (application_id);

CREATE INDEX files_import ON public.files USING btree (import_id);

CREATE INDEX files_professional ON public.files USING btree (professional_id, created_at);

CREATE INDEX impact_assessments_review ON public.impact_assessments USING btree (review_on);

CREATE UNIQUE INDEX import_rows_new_once ON public.import_rows USING btree (professional_id) WHERE (outcome = 'new'::text);

CREATE INDEX import_rows_professional ON public.import_rows USING btree (professional_id);

CREATE INDEX imports_organisation ON public.imports USING btree (organisation_id, programme_id, id);

CREATE INDEX imports_state ON public.imports USING btree (state);

CREATE INDEX incidents_filed ON public.incidents USING btree (filed_by, id);

CREATE INDEX incidents_programme ON public.incidents USING btree (programme_id, id);

CREATE UNIQUE INDEX invitations_one_open ON public.invitations USING btree (professional_id) WHERE (outcome = ''::text);

CREATE INDEX invitations_professional ON public.invitations USING btree (professional_id);

CREATE INDEX ledger_name ON public.ledger USING btree (name, number);

CREATE INDEX ledger_subject ON public.ledger USING btree (subject, number);

CREATE INDEX local_words_concept ON public.local_words USING btree (concept);

CREATE INDEX local_words_newest ON public.local_words USING btree (added_at, id);

CREATE UNIQUE INDEX local_words_once ON public.local_words USING btree (language, folded, concept) WHERE (withdrawn_at IS NULL);

CREATE INDEX mail_links_expiry ON public.mail_links USING btree (expires_at);

CREATE INDEX mail_links_subject ON public.mail_links USING btree (kind, subject);

CREATE INDEX mail_links_user ON public.mail_links USING btree (user_id);

CREATE UNIQUE INDEX memberships_once ON public.memberships USING btree (user_id, organisation_id, programme_id, role);

CREATE INDEX memberships_organisation ON public.memberships USING btree (organisation_id);

CREATE INDEX merges_absorbed ON public.merges USING btree (absorbed_id);

CREATE INDEX merges_due ON public.merges USING btree (state, undo_until);

CREATE INDEX merges_survivor ON public.merges USING btree (survivor_id);

CREATE INDEX messages_candidacy ON public.messages USING btree (candidacy_id, id);

CREATE INDEX messages_placement ON public.messages USING btree (placement_id, id);

CREATE INDEX need_contributions_need ON public.need_contributions USING btree (need_id);

CREATE INDEX need_counterparts_need ON public.need_counterparts USING btree (need_id);

CREATE INDEX need_criteria_need ON public.need_criteria USING btree (need_id);

CREATE INDEX need_outputs_need ON public.need_outputs USING btree (need_id);

CREATE UNIQUE INDEX need_reviews_two_people ON public.need_reviews USING btree (need_id, round, by_user) WHERE (outcome = ANY (ARRAY['validated'::text, 'approved'::text]));

CREATE INDEX need_templates_programme ON public.need_templates USING btree (programme_id);

CREATE INDEX needs_organisation ON public.needs USING btree (organisation_id);

CREATE INDEX needs_programme ON public.needs USING btree (programme_id, state);

CREATE INDEX needs_waiting ON public.needs USING btree (state, updated_at);

CREATE INDEX notices_outbox ON public.notices USING btree (outbox_id);

CREATE INDEX notices_professional ON public.notices USING btree (professional_id);

CREATE INDEX notices_user ON public.notices USING btree (user_id, at);

CREATE INDEX organisation_applications_waiting ON public.organisation_applications USING btree (programme_id, state, created_at);

CREATE INDEX outbox_due ON public.outbox USING btree (state, due_at);

CREATE INDEX outbox_professional ON public.outbox USING btree (professional_id);

CREATE INDEX outbox_user ON public.outbox USING btree (user_id);

CREATE INDEX placement_links_placement ON public.placement_links USING btree (placement_id);

CREATE UNIQUE INDEX placement_steps_arrival ON public.placement_steps USING btree (placement_id, role) WHERE (move = 'arrive'::text);

CREATE INDEX placement_steps_placement ON public.placement_steps USING btree (placement_id, id);

CREATE INDEX placements_need ON public.placements USING btree (need_id);

CREATE INDEX placements_professional ON public.placements USING btree (professional_id);

CREATE INDEX placements_programme ON public.placements USING btree (programme_id, state);

CREATE INDEX placements_waiting ON public.placements USING btree (state, updated_at);

CREATE INDEX professional_associations_organisation ON public.professional_associations USING btree (organisation_id);

CREATE INDEX professional_availability_professional ON public.professional_availability USING btree (professional_id);

CREATE INDEX professional_education_professional ON public.professional_education USING btree (professional_id);

CREATE INDEX professional_experience_professional ON public.professional_experience USING btree (professional_id);

CREATE INDEX professional_licences_professional ON public.professional_licences USING btree (professional_id);

CREATE INDEX professional_programmes_programme ON public.professional_programmes USING btree (programme_id);

CREATE INDEX professional_skills_professional ON public.professional_skills USING btree (professional_id);

CREATE INDEX professionals_email ON public.professionals USING btree (email);

CREATE INDEX professionals_origin ON public.professionals USING btree (origin_country, state);

CREATE INDEX professionals_updated ON public.professionals USING btree (updated_at);

CREATE INDEX proposals_programme ON public.proposals USING btree (programme_id, id);

CREATE INDEX ranking_snapshots_need ON public.ranking_snapshots USING btree (need_id, taken_at);

CREATE INDEX record_assignments_user ON public.record_assignments USING btree (user_id);

CREATE INDEX record_tags_tag ON public.record_tags USING btree (tag);

CREATE INDEX referee_requests_professional ON public.referee_requests USING btree (professional_id, created_at);

CREATE INDEX retention_questions_due ON public.retention_questions USING btree (answer, answer_by);

CREATE UNIQUE INDEX retention_questions_one_open ON public.retention_questions USING btree (professional_id, class) WHERE (answer = ''::text);

CREATE INDEX review_requests_need ON public.review_requests USING btree (need_id, state);

CREATE UNIQUE INDEX review_requests_one_open ON public.review_requests USING btree (professional_id, need_id) WHERE (state = 'OPEN'::text);

CREATE INDEX saved_search_followers_user ON public.saved_search_followers USING btree (user_id);

CREATE INDEX saved_search_people_professional ON public.saved_search_people USING btree (professional_id);

CREATE INDEX saved_searches_need ON public.saved_searches USING btree (need_id);

CREATE UNIQUE INDEX saved_searches_one_watch ON public.saved_searches USING btree (owner_id, programme_id, need_id) WHERE (need_id IS NOT NULL);

CREATE INDEX saved_searches_programme ON public.saved_searches USING btree (programme_id, owner_id);

CREATE INDEX saved_searches_watched ON public.saved_searches USING btree (watched, seen);

CREATE INDEX sessions_expiry ON public.sessions USING btree (expires_at);

CREATE INDEX sessions_user ON public.sessions USING btree (user_id);

CREATE INDEX shown_people_pseudonym ON public.shown_people USING btree (pseudonym);

CREATE INDEX shown_rankings_at ON public.shown_rankings USING btree (at);

CREATE INDEX shown_rankings_need ON public.shown_rankings USING btree (need_id);

CREATE INDEX shown_rankings_programme ON public.shown_rankings USING btree (programme_id, at, id);

CREATE UNIQUE INDEX skill_confirmations_once ON public.skill_confirmations USING btree (request_id, concept, label);

CREATE INDEX skill_confirmations_professional ON public.skill_confirmations USING btree (professional_id);

CREATE INDEX teams_organisation ON public.teams USING btree (organisation_id);

CREATE UNIQUE INDEX verification_cases_one_open ON public.verification_cases USING btree (professional_id, credential, body, number, country, title) WHERE (state = ANY (ARRAY['REQUESTED'::text, 'SENT_TO_SOURCE'::text, 'UNREACHABLE'::text]));

CREATE INDEX verification_cases_professional ON public.verification_cases USING btree (professional_id);

CREATE INDEX verification_cases_state ON public.verification_cases USING btree (state, valid_until);

CREATE INDEX verification_steps_case ON public.verification_steps USING btree (case_id, at);

CREATE INDEX visibility_consent ON public.visibility USING btree (consent_id);

CREATE OR REPLACE FUNCTION public.decisions_apart()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    IF NEW.step IN ('host_endorsement', 'no_objection', 'approval') AND EXISTS (SELECT 1 FROM decisions d
        WHERE d.candidacy_id = NEW.candidacy_id AND d.round = NEW.round AND d.step <> NEW.step
          AND d.step IN ('host_endorsement', 'no_objection', 'approval')
          AND (NEW.for_user <> '' AND d.by_user = NEW.for_user OR d.for_user <> '' AND d.for_user IN (NEW.by_user, NEW.for_user))) THEN
        RAISE EXCEPTION 'rule:decisions.apart';
    END IF;
    RETURN NEW;
END $function$;

CREATE OR REPLACE FUNCTION public.refuse()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    RAISE EXCEPTION '%', TG_ARGV[0];
END $function$;

CREATE TRIGGER assessments_kept BEFORE UPDATE ON public.assessments FOR EACH ROW WHEN ((NOT ((new.minutes = '[erased]'::text) AND (new.outcome = old.outcome) AND (new.candidacy_id = old.candidacy_id)))) EXECUTE FUNCTION refuse('rule:assessments.final');

CREATE TRIGGER candidacies_final BEFORE UPDATE ON public.candidacies FOR EACH ROW WHEN (((new.state <> old.state) AND ((old.state = ANY (ARRAY['ACCEPTED'::text, 'DECLINED'::text, 'OFFER_EXPIRED'::text, 'WITHDRAWN'::text, 'LAPSED'::text])) OR ((old.state = ANY (ARRAY['NOT_SELECTED'::text, 'INELIGIBLE'::text, 'DISQUALIFIED'::text])) AND (new.state <> 'UNDER_REVIEW'::text))))) EXECUTE FUNCTION refuse('rule:candidacies.final');

CREATE TRIGGER decisions_apart BEFORE INSERT ON public.decisions FOR EACH ROW EXECUTE FUNCTION decisions_apart();

CREATE TRIGGER decisions_kept BEFORE UPDATE ON public.decisions FOR EACH ROW WHEN ((NOT ((new.reason = '[erased]'::text) AND (new.id = old.id) AND (new.candidacy_id = old.candidacy_id) AND (new.round = old.round) AND (new.step = old.step) AND (new.outcome = old.outcome) AND (new.by_user = old.by_user) AND (new.by_organisation = old.by_organisation) AND (new.at = old.at) AND (new.for_user = old.for_user)))) EXECUTE FUNCTION refuse('rule:decisions.final');

CREATE TRIGGER disclosures_final BEFORE UPDATE ON public.disclosures FOR EACH ROW WHEN (((old.state = ANY (ARRAY['REFUSED'::text, 'EXPIRED'::text, 'REVOKED'::text])) AND (new.state <> old.state))) EXECUTE FUNCTION refuse('rule:disclosures.final');

CREATE TRIGGER erasures_final BEFORE UPDATE ON public.erasures FOR EACH ROW WHEN (((old.state = ANY (ARRAY['CANCELLED'::text, 'DONE'::text])) AND (new.state <> old.state))) EXECUTE FUNCTION refuse('rule:erasures.final');

CREATE TRIGGER ledger_kept BEFORE DELETE OR UPDATE ON public.ledger FOR EACH ROW EXECUTE FUNCTION refuse('rule:ledger.append_only');

CREATE TRIGGER reviews_kept BEFORE UPDATE ON public.need_reviews FOR EACH ROW EXECUTE FUNCTION refuse('rule:need_reviews.final');

CREATE TRIGGER needs_final BEFORE UPDATE ON public.needs FOR EACH ROW WHEN (((old.state = ANY (ARRAY['REJECTED'::text, 'CLOSED_OUT'::text, 'STOOD_DOWN'::text, 'CANCELLED'::text, 'EXPIRED'::text])) AND (new.state <> old.state))) EXECUTE FUNCTION refuse('rule:needs.final');

CREATE TRIGGER placements_final BEFORE UPDATE ON public.placements FOR EACH ROW WHEN (((old.state = ANY (ARRAY['CLOSED'::text, 'CANCELLED'::text])) AND (new.state <> old.state))) EXECUTE FUNCTION refuse('rule:placements.final');

CREATE TRIGGER snapshots_kept BEFORE UPDATE ON public.ranking_snapshots FOR EACH ROW WHEN ((NOT ((new.redactions = (old.redactions + 1)) AND (new.id = old.id) AND (new.need_id = old.need_id) AND (new.taken_at = old.taken_at) AND (new.by_user = old.by_user) AND (new.algorithm = old.algorithm) AND (new.index_position = old.index_position)))) EXECUTE FUNCTION refuse('rule:ranking_snapshots.frozen');
