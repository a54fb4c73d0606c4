-- The ground: the desk itself, accounts, instances and their history, quotas, service codes, requests, the ledger.
-- Instants are microseconds since 1970, ids are UUIDs of 16 bytes.

-- Rulebooks that were published, by SHA-256 of their text. None is ever changed.
CREATE TABLE rulebooks (
    digest BLOB PRIMARY KEY,
    text BLOB NOT NULL,
    published_at INTEGER NOT NULL
) STRICT;

-- One row. What processes keep in memory is of a generation, and is read anew when that has grown.
CREATE TABLE desk (
    only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
    generation INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    rulebook BLOB NOT NULL REFERENCES rulebooks (digest)
) STRICT;

-- Keys, wrapped by the master key. One is active for each purpose.
CREATE TABLE data_keys (
    id INTEGER PRIMARY KEY,
    purpose TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('active', 'retired')),
    wrapped BLOB NOT NULL,
    made_at INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX data_keys_active ON data_keys (purpose) WHERE state = 'active';

CREATE TABLE accounts (
    id BLOB PRIMARY KEY,
    number INTEGER UNIQUE,
    name TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE instances (
    id BLOB PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    account BLOB REFERENCES accounts (id),
    product TEXT NOT NULL,
    facts BLOB NOT NULL,
    changed_at INTEGER NOT NULL,
    gone_at INTEGER
) STRICT;

CREATE INDEX instances_by_account ON instances (account, name);

CREATE TABLE instance_changes (
    instance BLOB NOT NULL REFERENCES instances (id),
    at INTEGER NOT NULL,
    before BLOB NOT NULL,
    gone_at INTEGER,
    PRIMARY KEY (instance, at)
) STRICT;

-- One row for each scope of a quota, opened when an instance is recorded: the instance, whatever its product, or its account
-- with the product.
-- `taken` places are what the limit guards; `used` counts what the rules look at where codes or websites count by use.
CREATE TABLE quota_places (
    owner BLOB NOT NULL,
    product TEXT NOT NULL,
    taken INTEGER NOT NULL CHECK (taken >= 0),
    used INTEGER NOT NULL CHECK (used >= 0),
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (owner, product)
) STRICT;

CREATE TABLE codes (
    id BLOB PRIMARY KEY,
    instance BLOB REFERENCES instances (id),
    owner BLOB REFERENCES accounts (id),
    grantee BLOB REFERENCES accounts (id),
    product TEXT,
    state TEXT NOT NULL CHECK (state IN ('init', 'bound', 'recording', 'recorded', 'void')),
    counted INTEGER NOT NULL CHECK (counted IN (0, 1)),
    lookup BLOB NOT NULL UNIQUE,
    sealed BLOB NOT NULL,
    changed_at INTEGER NOT NULL,
    CHECK (state <> 'init' OR (instance IS NULL AND counted = 0)),
    CHECK (state NOT IN ('bound', 'recording') OR counted = 1),
    CHECK (state NOT IN ('bound', 'recording', 'recorded') OR (instance IS NOT NULL AND owner IS NOT NULL)),
    CHECK (counted = 0 OR product IS NOT NULL)
) STRICT;

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
    digest BLOB NOT NULL,
    entry BLOB NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (asker, key)
) STRICT;

-- Entries of the ledger. A change is never told earlier than what it followed (`at`); the sequencer gives each its place in
-- the tree by that order.
CREATE TABLE ledger_entries (
    id BLOB PRIMARY KEY,
    at INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    place INTEGER UNIQUE
) STRICT;

CREATE INDEX ledger_waiting ON ledger_entries (at, id) WHERE place IS NULL;
