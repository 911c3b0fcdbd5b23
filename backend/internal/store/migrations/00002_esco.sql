-- ESCO, the European Commission's classification, as far as an import brought
-- it. It extends the vocabulary that ships; without it every table is empty.
-- Concepts keep the URIs that the Commission gave them.

-- +goose Up

CREATE TABLE esco_concepts (
    uri  text PRIMARY KEY,
    kind text NOT NULL,
    isco text NOT NULL DEFAULT '', -- the unit group of an occupation, the code of a group
    CONSTRAINT esco_concepts__kind CHECK (kind IN ('skill', 'heading', 'occupation', 'group'))
);

-- The labels of a concept in one language, one a line, the preferred one first.
CREATE TABLE esco_labels (
    uri      text NOT NULL,
    language text NOT NULL,
    labels   text NOT NULL,
    PRIMARY KEY (uri, language),
    CONSTRAINT esco_labels__empty CHECK (labels <> '')
);

-- "broader": a skill and one that includes it. "essential": a skill and an
-- occupation that needs it. Files come in any order, so nothing refers to a row.
CREATE TABLE esco_relations (
    kind  text NOT NULL,
    skill text NOT NULL,
    other text NOT NULL,
    PRIMARY KEY (kind, skill, other),
    CONSTRAINT esco_relations__kind CHECK (kind IN ('broader', 'essential'))
);
CREATE INDEX esco_relations_other ON esco_relations (kind, other);

-- How far each file was read, so that an import goes on where it stopped. The
-- digest tells another edition of a file with the same name.
CREATE TABLE esco_files (
    name      text NOT NULL,
    sha256    text NOT NULL,
    records   bigint NOT NULL DEFAULT 0,
    finished  boolean NOT NULL DEFAULT FALSE,
    announced boolean NOT NULL DEFAULT FALSE, -- the ledger says that it was imported
    PRIMARY KEY (name, sha256),
    CONSTRAINT esco_files__order CHECK (finished OR NOT announced)
);
