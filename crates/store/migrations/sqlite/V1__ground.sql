-- The ground: accounts, instances and their history, quotas, service codes, requests, the ledger.
-- Instants are microseconds since 1970, ids are UUIDs of 16 bytes.

CREATE TABLE accounts (
    id BLOB PRIMARY KEY,
    number INTEGER NOT NULL UNIQUE,
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
    PRIMARY KEY (instance, at)
) STRICT;

-- One row for each scope of a quota: an instance, or an account and a product.
CREATE TABLE quota_places (
    owner BLOB NOT NULL,
    product TEXT NOT NULL,
    issued INTEGER NOT NULL CHECK (issued >= 0),
    PRIMARY KEY (owner, product)
) STRICT;

CREATE TABLE codes (
    id BLOB PRIMARY KEY,
    instance BLOB REFERENCES instances (id),
    owner BLOB REFERENCES accounts (id),
    grantee BLOB REFERENCES accounts (id),
    state TEXT NOT NULL CHECK (state IN ('init', 'bound', 'recording', 'recorded', 'void')),
    counted INTEGER NOT NULL CHECK (counted IN (0, 1)),
    lookup BLOB NOT NULL UNIQUE,
    sealed BLOB NOT NULL,
    changed_at INTEGER NOT NULL,
    CHECK (state <> 'init' OR (instance IS NULL AND counted = 0)),
    CHECK (state NOT IN ('bound', 'recording', 'recorded') OR (instance IS NOT NULL AND owner IS NOT NULL))
) STRICT;

CREATE INDEX codes_by_instance ON codes (instance, id);
CREATE INDEX codes_by_owner ON codes (owner, id);

-- What was asked with an idempotency key, and which things the answer is rendered from.
CREATE TABLE requests (
    account BLOB NOT NULL REFERENCES accounts (id),
    key TEXT NOT NULL,
    digest BLOB NOT NULL,
    answer BLOB NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (account, key)
) STRICT;

-- Entries in the order in which they were written; the sequencer gives each its place in the tree.
CREATE TABLE ledger_entries (
    id BLOB PRIMARY KEY,
    bytes BLOB NOT NULL,
    place INTEGER UNIQUE
) STRICT;

CREATE INDEX ledger_waiting ON ledger_entries (id) WHERE place IS NULL;
