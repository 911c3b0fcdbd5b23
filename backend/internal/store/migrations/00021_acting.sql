-- Acting for a colleague, with the colleague's yes.

-- +goose Up

-- Nobody acts for anybody before they have agreed to.
ALTER TABLE delegations ADD COLUMN accepted_at {{.Time}};
ALTER TABLE delegations ADD COLUMN version integer NOT NULL DEFAULT 1;

-- For whom a decision was signed is as final as by whom.
DROP TRIGGER decisions_kept{{if .Postgres}} ON decisions{{end}};
-- +goose StatementBegin
{{if .Postgres}}
CREATE TRIGGER decisions_kept BEFORE UPDATE ON decisions FOR EACH ROW
    WHEN (NOT (NEW.reason = '[erased]' AND NEW.id = OLD.id AND NEW.candidacy_id = OLD.candidacy_id AND NEW.round = OLD.round AND NEW.step = OLD.step
        AND NEW.outcome = OLD.outcome AND NEW.by_user = OLD.by_user AND NEW.by_organisation = OLD.by_organisation AND NEW.at = OLD.at
        AND NEW.for_user = OLD.for_user))
    EXECUTE FUNCTION refuse('rule:decisions.final');
{{else}}
CREATE TRIGGER decisions_kept BEFORE UPDATE ON decisions
    WHEN NOT (NEW.reason = '[erased]' AND NEW.id = OLD.id AND NEW.candidacy_id = OLD.candidacy_id AND NEW.round = OLD.round AND NEW.step = OLD.step
        AND NEW.outcome = OLD.outcome AND NEW.by_user = OLD.by_user AND NEW.by_organisation = OLD.by_organisation AND NEW.at = OLD.at
        AND NEW.for_user = OLD.for_user)
BEGIN SELECT RAISE(ABORT, 'rule:decisions.final'); END;
{{end}}
-- +goose StatementEnd

-- +goose Down
-- Migrations go forward only; a backup is taken before each.
SELECT 1;
