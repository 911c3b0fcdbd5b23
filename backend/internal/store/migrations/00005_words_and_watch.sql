-- What staff teach the vocabulary, and what keeps the ranking honest: who was
-- shown which ranking.

-- +goose Up

-- ── Local words ───────────────────────────────────────────────────────────
-- A word of a language for a concept of the vocabulary, with who added it and
-- when. It is never deleted, only withdrawn, so that an old ranking can be
-- understood. Authors are kept as the ledger keeps them: by identifier.
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
    added_at      {{.Time}} NOT NULL,
    withdrawn_by  text NOT NULL DEFAULT '',
    withdrawn_for text NOT NULL DEFAULT '',
    withdrawn_at  {{.Time}},
    reason        text NOT NULL DEFAULT '', -- why it was withdrawn
    CONSTRAINT local_words__kind CHECK (kind IN ('occupation', 'skill')),
    CONSTRAINT local_words__word CHECK (length(word) BETWEEN 1 AND 120 AND folded <> ''),
    CONSTRAINT local_words__withdrawn CHECK ((withdrawn_at IS NULL) = (withdrawn_by = ''))
);
-- One word names one concept once in a language, however many add it at once.
CREATE UNIQUE INDEX local_words_once ON local_words (language, folded, concept) WHERE withdrawn_at IS NULL;
CREATE INDEX local_words_newest ON local_words (added_at, id);
CREATE INDEX local_words_concept ON local_words (concept);

-- ── Rankings that were shown ──────────────────────────────────────────────
-- Who saw which ranking, by which rules. The people stand there by pseudonym
-- only, which says nothing any more once a profile is erased; rows go when
-- their time is over (stats.Kept).
CREATE TABLE shown_rankings (
    id              text PRIMARY KEY,
    programme_id    text NOT NULL REFERENCES programmes (id) ON DELETE CASCADE,
    need_id         text NOT NULL REFERENCES needs (id) ON DELETE CASCADE,
    seen_by         text NOT NULL, -- the user
    organisation_id text NOT NULL DEFAULT '', -- that they acted for
    role            text NOT NULL,
    at              {{.Time}} NOT NULL,
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
CREATE INDEX shown_rankings_programme ON shown_rankings (programme_id, at, id);
CREATE INDEX shown_rankings_need ON shown_rankings (need_id);
CREATE INDEX shown_rankings_at ON shown_rankings (at);

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
