-- +goose Up
-- What an occupation may need, beside what it cannot do without, tells which
-- occupations are like each other.
{{if .Postgres}}
ALTER TABLE esco_relations DROP CONSTRAINT esco_relations__kind;
ALTER TABLE esco_relations ADD CONSTRAINT esco_relations__kind CHECK (kind IN ('broader', 'essential', 'optional'));
{{else}}
-- SQLite cannot change a CHECK in place.
CREATE TABLE esco_relations_all (
    kind  text NOT NULL,
    skill text NOT NULL,
    other text NOT NULL, -- what is above the skill, or an occupation that needs it
    PRIMARY KEY (kind, skill, other),
    CONSTRAINT esco_relations__kind CHECK (kind IN ('broader', 'essential', 'optional'))
);
INSERT INTO esco_relations_all (kind, skill, other) SELECT kind, skill, other FROM esco_relations;
DROP TABLE esco_relations;
ALTER TABLE esco_relations_all RENAME TO esco_relations;
CREATE INDEX esco_relations_other ON esco_relations (kind, other);
{{end}}

-- +goose Down
-- Migrations go forward only; a backup is taken before each.
SELECT 1;
