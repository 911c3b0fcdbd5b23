-- What people are told: notices in the product, the outbox of mails, what each
-- person wants to hear of and when, and the links that stand in mails. No row
-- holds a name, an address or the text of a mail: a mail is composed when it is
-- sent, from who it is for and what it is about, and goes when the person goes.

-- +goose Up

-- Somebody registered with this address and has not opened the link in our mail:
-- until then nobody signs in with it and nobody finds the profile.
ALTER TABLE users ADD COLUMN unconfirmed boolean NOT NULL DEFAULT FALSE;

CREATE TABLE notice_settings (
    user_id     text PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    time_zone   text NOT NULL DEFAULT 'UTC', -- of the IANA database: "Africa/Accra"
    quiet_from  integer NOT NULL DEFAULT 0,  -- hours of the person's clock; equal: no quiet hours
    quiet_to    integer NOT NULL DEFAULT 0,
    digest_hour integer NOT NULL DEFAULT 8,  -- when the day's or the week's mail goes out
    version     integer NOT NULL DEFAULT 1,
    updated_at  {{.Time}} NOT NULL,
    CONSTRAINT notice_settings__hours CHECK (quiet_from BETWEEN 0 AND 23 AND quiet_to BETWEEN 0 AND 23 AND digest_hour BETWEEN 0 AND 23)
);

-- What a person chose other than the usual.
CREATE TABLE notice_choices (
    user_id   text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    kind      text NOT NULL,
    frequency text NOT NULL,
    PRIMARY KEY (user_id, kind),
    CONSTRAINT notice_choices__frequency CHECK (frequency IN ('instant', 'daily', 'weekly', 'none'))
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
    due_at          {{.Time}} NOT NULL,
    attempts        integer NOT NULL DEFAULT 0,
    retry_at        {{.Time}}, -- not before, after a failure
    leased_by       text NOT NULL DEFAULT '', -- the sender that is at it now
    leased_until    {{.Time}}, -- after this the sender is taken for dead, and another one tries
    problem         text NOT NULL DEFAULT '', -- why it was not sent: a code of ours
    reply           integer NOT NULL DEFAULT 0, -- the mail server's status (RFC 5321, 4.2); 0 when it said nothing
    sent_at         {{.Time}},
    created_at      {{.Time}} NOT NULL,
    updated_at      {{.Time}} NOT NULL,
    CONSTRAINT outbox__state CHECK (state IN ('waiting', 'sending', 'sent', 'shown', 'dropped', 'dead', 'given_up')),
    -- Whoever is sending holds a lease, and nobody else does.
    CONSTRAINT outbox__lease CHECK ((state = 'sending') = (leased_until IS NOT NULL)),
    CONSTRAINT outbox__sent CHECK (state <> 'sent' OR sent_at IS NOT NULL)
);
CREATE INDEX outbox_due ON outbox (state, due_at);
CREATE INDEX outbox_user ON outbox (user_id);
CREATE INDEX outbox_professional ON outbox (professional_id);

CREATE TABLE notices (
    id              text PRIMARY KEY,
    once            text NOT NULL UNIQUE, -- as in the outbox
    user_id         text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    professional_id text REFERENCES professionals (id) ON DELETE CASCADE, -- whom it is about
    kind            text NOT NULL,
    subject         text NOT NULL,
    details         text NOT NULL DEFAULT '{}',
    at              {{.Time}} NOT NULL,
    read_at         {{.Time}},
    outbox_id       text REFERENCES outbox (id) ON DELETE SET NULL -- the digest that tells of it
);
CREATE INDEX notices_user ON notices (user_id, at);
CREATE INDEX notices_professional ON notices (professional_id);
CREATE INDEX notices_outbox ON notices (outbox_id);

-- Links in mails. Only the digest of the secret stands here: a stolen table opens nothing.
CREATE TABLE mail_links (
    token_hash text PRIMARY KEY,
    kind       text NOT NULL, -- "invitation", "confirmation", "reset", …
    subject    text NOT NULL, -- the identifier of what the link is about
    user_id    text REFERENCES users (id) ON DELETE CASCADE,
    created_at {{.Time}} NOT NULL,
    expires_at {{.Time}} NOT NULL,
    used_at    {{.Time}}
);
CREATE INDEX mail_links_subject ON mail_links (kind, subject);
CREATE INDEX mail_links_user ON mail_links (user_id);
CREATE INDEX mail_links_expiry ON mail_links (expires_at);

-- How far the ledger has been turned into notices. It begins where the ledger
-- stands: nobody is written to about what happened before there were mails.
CREATE TABLE notice_reader (
    one      integer PRIMARY KEY CHECK (one = 1),
    position bigint NOT NULL
);
INSERT INTO notice_reader (one, position) SELECT 1, last FROM ledger_head WHERE one = 1;

-- +goose Down
-- Migrations go forward only; a backup is taken before each.
SELECT 1;
