-- A stay followed more closely: what is measured of it, who learnt from the person,
-- and the days on which the person was away or worked from elsewhere.

-- +goose Up

CREATE TABLE placement_indicators (
    placement_id text NOT NULL REFERENCES placements (id) ON DELETE CASCADE,
    number       integer NOT NULL,
    name         text NOT NULL,
    unit         text NOT NULL DEFAULT '',
    source       text NOT NULL, -- where the values come from: a register, a survey
    PRIMARY KEY (placement_id, number)
);

CREATE TABLE indicator_values (
    placement_id text NOT NULL,
    number       integer NOT NULL,
    moment       text NOT NULL,
    value        text NOT NULL, -- a decimal number as it was written: it is shown, never reckoned with
    on_day       date, -- when it was measured; of a target, by when it is to be reached
    measured_by  text NOT NULL DEFAULT '', -- an office, not a person
    role         text NOT NULL, -- of whoever wrote it down
    by_user      text NOT NULL,
    at           {{.Time}} NOT NULL,
    PRIMARY KEY (placement_id, number, moment),
    FOREIGN KEY (placement_id, number) REFERENCES placement_indicators (placement_id, number) ON DELETE CASCADE,
    CONSTRAINT indicator_values__moment CHECK (moment IN ('baseline', 'target', 'end', 'month_12')),
    CONSTRAINT indicator_values__measured CHECK (moment = 'target' OR (on_day IS NOT NULL AND measured_by <> ''))
);

-- Who learnt from the person: the counterparts beside them, and those who came to a
-- training. Heads are counted; nobody is named.
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

-- Why somebody is on leave is nobody's business here, so there is no word of it.
CREATE TABLE placement_absences (
    placement_id text NOT NULL REFERENCES placements (id) ON DELETE CASCADE,
    from_on      date NOT NULL,
    to_on        date NOT NULL,
    kind         text NOT NULL,
    role         text NOT NULL, -- of whoever wrote it down
    by_user      text NOT NULL,
    at           {{.Time}} NOT NULL,
    PRIMARY KEY (placement_id, from_on),
    CONSTRAINT placement_absences__kind CHECK (kind IN ('leave', 'remote')),
    CONSTRAINT placement_absences__order CHECK (from_on <= to_on)
);

-- How many days of each a stay may have for every thirty of its days, as it was
-- promised; none: no limit was set.
ALTER TABLE placement_plans ADD COLUMN leave_days integer
    CONSTRAINT placement_plans__leave CHECK (leave_days BETWEEN 0 AND 30);
ALTER TABLE placement_plans ADD COLUMN remote_days integer
    CONSTRAINT placement_plans__remote CHECK (remote_days BETWEEN 0 AND 30);

-- +goose Down
-- Migrations go forward only; a backup is taken before each.
SELECT 1;
