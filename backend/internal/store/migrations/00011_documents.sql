-- Documents: encrypted files at rest, what a CV suggested, and the calendar that
-- other calendars may read.

-- +goose Up

-- ── Files ─────────────────────────────────────────────────────────────────
-- The content lies encrypted in the data directory under the row's identifier;
-- the key that opens it lies here, wrapped by the master key. So a stolen disk
-- without the database, or a database without the master key, tells nothing,
-- and deleting the row destroys the content at once, wherever a copy of the
-- file is.
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
    wrapped_key     {{.Bytes}} NOT NULL,
    created_by      text NOT NULL, -- the user's identifier
    created_at      {{.Time}} NOT NULL,
    CONSTRAINT files__owner CHECK ((professional_id IS NULL) <> (import_id IS NULL)),
    CONSTRAINT files__kind CHECK (kind IN ('cv', 'licence', 'document', 'evidence', 'import', 'export')),
    CONSTRAINT files__name CHECK (length(name) BETWEEN 1 AND 200),
    CONSTRAINT files__size CHECK (size > 0),
    CONSTRAINT files__sha256 CHECK (length(sha256) = 64)
);
CREATE INDEX files_professional ON files (professional_id, created_at);
CREATE INDEX files_import ON files (import_id);

-- A licence may have its paper attached.
ALTER TABLE professional_licences ADD COLUMN document_id text NOT NULL DEFAULT '';

-- ── What a CV suggested ───────────────────────────────────────────────────
-- Suggestions wait here until the person has said yes or no to each; nothing of
-- them is in the profile before. A new CV takes the place of the one before.
CREATE TABLE cv_readings (
    id              text PRIMARY KEY,
    professional_id text NOT NULL UNIQUE REFERENCES professionals (id) ON DELETE CASCADE,
    file_id         text NOT NULL REFERENCES files (id) ON DELETE CASCADE,
    source          text NOT NULL, -- how it was read
    language        text NOT NULL DEFAULT '', -- ISO 639-1, as far as recognised
    suggestions     text NOT NULL, -- JSON: field, value, the words it comes from, what was decided
    text_used       boolean NOT NULL DEFAULT FALSE, -- the person lets searches read the whole text
    created_at      {{.Time}} NOT NULL,
    CONSTRAINT cv_readings__source CHECK (source IN ('pdf', 'docx', 'odt', 'text', 'jsonresume', 'europass'))
);
CREATE INDEX cv_readings_file ON cv_readings (file_id);

-- ── The calendar for other calendars ──────────────────────────────────────
CREATE TABLE calendar_feeds (
    professional_id text PRIMARY KEY REFERENCES professionals (id) ON DELETE CASCADE,
    token_hash      text NOT NULL UNIQUE, -- SHA-256: a stolen table opens no calendar
    created_at      {{.Time}} NOT NULL
);

-- +goose Down
-- Migrations go forward only; a backup is taken before each.
SELECT 1;
