-- Saved searches of coordinators, and what they raise: alerts on people who
-- newly meet one, or who newly come among the best for a need. No row says
-- anything about a person but who it is, by identifier; when somebody goes, their
-- rows go too.

-- +goose Up

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
    created_at   {{.Time}} NOT NULL,
    updated_at   {{.Time}} NOT NULL,
    CONSTRAINT saved_searches__kind CHECK (kind IN ('people', 'need')),
    -- A watch of a need names it and how many; a search for people does neither.
    CONSTRAINT saved_searches__need CHECK ((kind = 'need') = (need_id IS NOT NULL)),
    CONSTRAINT saved_searches__best CHECK (best BETWEEN 0 AND 100 AND (kind = 'need') = (best > 0)),
    CONSTRAINT saved_searches__name CHECK (length(name) > 0)
);
CREATE INDEX saved_searches_programme ON saved_searches (programme_id, owner_id);
CREATE INDEX saved_searches_watched ON saved_searches (watched, seen);
CREATE INDEX saved_searches_need ON saved_searches (need_id);
-- One watch of a need a person is enough.
CREATE UNIQUE INDEX saved_searches_one_watch ON saved_searches (owner_id, programme_id, need_id) WHERE need_id IS NOT NULL;

-- What each reader of a saved search wants of it: its owner, and whoever shares it.
CREATE TABLE saved_search_followers (
    search_id text NOT NULL REFERENCES saved_searches (id) ON DELETE CASCADE,
    user_id   text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    pinned    boolean NOT NULL DEFAULT FALSE, -- to the reader's home
    frequency text NOT NULL DEFAULT 'none',
    PRIMARY KEY (search_id, user_id),
    CONSTRAINT saved_search_followers__frequency CHECK (frequency IN ('none', 'instant', 'daily', 'weekly'))
);
CREATE INDEX saved_search_followers_user ON saved_search_followers (user_id);

-- Who is known to meet a watched search, so that only who comes newly is told of.
CREATE TABLE saved_search_people (
    search_id       text NOT NULL REFERENCES saved_searches (id) ON DELETE CASCADE,
    professional_id text NOT NULL REFERENCES professionals (id) ON DELETE CASCADE,
    PRIMARY KEY (search_id, professional_id)
);
CREATE INDEX saved_search_people_professional ON saved_search_people (professional_id);

CREATE TABLE alerts (
    id              text PRIMARY KEY,
    search_id       text NOT NULL REFERENCES saved_searches (id) ON DELETE CASCADE,
    user_id         text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    professional_id text NOT NULL REFERENCES professionals (id) ON DELETE CASCADE,
    event           bigint NOT NULL, -- of the ledger, by which the person came
    found_at        {{.Time}} NOT NULL,
    due_at          {{.Time}} NOT NULL, -- at once, or when the day or the week is over
    read_at         {{.Time}},
    -- However often the ledger is read, one arrival is told once.
    CONSTRAINT alerts__once UNIQUE (search_id, user_id, professional_id, event)
);
CREATE INDEX alerts_user ON alerts (user_id, due_at);
CREATE INDEX alerts_professional ON alerts (professional_id);

-- +goose Down
-- Migrations go forward only; a backup is taken before each.
SELECT 1;
