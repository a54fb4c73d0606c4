-- The ground: the desk itself, accounts, instances and their history, quotas, service codes, requests, the ledger.
-- Instants are microseconds since 1970, ids are UUIDs of 16 bytes.

-- Rulebooks that were published, by SHA-256 of their text. None is ever changed.
CREATE TABLE rulebooks (
    digest BYTEA PRIMARY KEY,
    text BYTEA NOT NULL,
    published_at BIGINT NOT NULL
);

-- One row. What processes keep in memory is of a generation, and is read anew when that has grown.
CREATE TABLE desk (
    only_one BIGINT PRIMARY KEY CHECK (only_one = 1),
    generation BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    rulebook BYTEA NOT NULL REFERENCES rulebooks (digest)
);

-- Keys, wrapped by the master key. One is active for each purpose.
CREATE TABLE data_keys (
    id BIGINT PRIMARY KEY,
    purpose TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('active', 'retired')),
    wrapped BYTEA NOT NULL,
    made_at BIGINT NOT NULL
);

CREATE UNIQUE INDEX data_keys_active ON data_keys (purpose) WHERE state = 'active';

CREATE TABLE accounts (
    id UUID PRIMARY KEY,
    number BIGINT UNIQUE,
    name TEXT NOT NULL UNIQUE,
    created_at BIGINT NOT NULL
);

CREATE TABLE instances (
    id UUID PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    account UUID REFERENCES accounts (id),
    product TEXT NOT NULL,
    facts BYTEA NOT NULL,
    changed_at BIGINT NOT NULL,
    gone_at BIGINT
);

CREATE INDEX instances_by_account ON instances (account, name);

CREATE TABLE instance_changes (
    instance UUID NOT NULL REFERENCES instances (id),
    at BIGINT NOT NULL,
    before BYTEA NOT NULL,
    gone_at BIGINT,
    PRIMARY KEY (instance, at)
);

-- One row for each scope of a quota, opened when an instance is recorded: the instance, whatever its product, or its account
-- with the product.
-- `taken` places are what the limit guards; `used` counts what the rules look at where codes or websites count by use.
-- Every issued code changes two rows. With room on the page a change stays there and touches no index, whose pages others that
-- are under way have read: of units at once on many accounts 3 % collided without it, 0.4 % with it.
CREATE TABLE quota_places (
    owner UUID NOT NULL,
    product TEXT NOT NULL,
    taken BIGINT NOT NULL CHECK (taken >= 0),
    used BIGINT NOT NULL CHECK (used >= 0),
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (owner, product)
) WITH (fillfactor = 70);

CREATE TABLE codes (
    id UUID PRIMARY KEY,
    instance UUID REFERENCES instances (id),
    owner UUID REFERENCES accounts (id),
    grantee UUID REFERENCES accounts (id),
    product TEXT,
    state TEXT NOT NULL CHECK (state IN ('init', 'bound', 'recording', 'recorded', 'void')),
    counted BIGINT NOT NULL CHECK (counted IN (0, 1)),
    lookup BYTEA NOT NULL UNIQUE,
    sealed BYTEA NOT NULL,
    changed_at BIGINT NOT NULL,
    CHECK (state <> 'init' OR (instance IS NULL AND counted = 0)),
    CHECK (state NOT IN ('bound', 'recording') OR counted = 1),
    CHECK (state NOT IN ('bound', 'recording', 'recorded') OR (instance IS NOT NULL AND owner IS NOT NULL)),
    CHECK (counted = 0 OR product IS NOT NULL)
);

CREATE INDEX codes_by_instance ON codes (instance, id);
CREATE INDEX codes_by_owner ON codes (owner, id);
CREATE INDEX codes_by_grantee ON codes (grantee, id) WHERE grantee IS NOT NULL;

-- Codes with the names of those who have to do with them.
CREATE VIEW held_codes AS
SELECT c.id, c.instance, c.owner, c.grantee, c.product, c.state, c.counted, c.lookup, c.sealed, c.changed_at,
       o.name AS owner_name, g.name AS grantee_name
FROM codes c LEFT JOIN accounts o ON o.id = c.owner LEFT JOIN accounts g ON g.id = c.grantee;

-- What was asked with an idempotency key, and the entry of the ledger from which the answer is given again.
CREATE TABLE requests (
    asker TEXT NOT NULL,
    key TEXT NOT NULL,
    digest BYTEA NOT NULL,
    entry UUID NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (asker, key)
);

-- Entries of the ledger. A change is never told earlier than what it followed (`at`); the sequencer gives each its place in
-- the tree by that order.
CREATE TABLE ledger_entries (
    id UUID PRIMARY KEY,
    at BIGINT NOT NULL,
    bytes BYTEA NOT NULL,
    place BIGINT UNIQUE
);

CREATE INDEX ledger_waiting ON ledger_entries (at, id) WHERE place IS NULL;
