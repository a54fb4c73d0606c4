-- The ground: accounts, instances and their history, quotas, service codes, requests, the ledger.
-- Instants are microseconds since 1970, ids are UUIDs of 16 bytes.

CREATE TABLE accounts (
    id UUID PRIMARY KEY,
    number BIGINT NOT NULL UNIQUE,
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
    PRIMARY KEY (instance, at)
);

-- One row for each scope of a quota: an instance, or an account and a product.
CREATE TABLE quota_places (
    owner UUID NOT NULL,
    product TEXT NOT NULL,
    issued BIGINT NOT NULL CHECK (issued >= 0),
    PRIMARY KEY (owner, product)
);

CREATE TABLE codes (
    id UUID PRIMARY KEY,
    instance UUID REFERENCES instances (id),
    owner UUID REFERENCES accounts (id),
    grantee UUID REFERENCES accounts (id),
    state TEXT NOT NULL CHECK (state IN ('init', 'bound', 'recording', 'recorded', 'void')),
    counted BIGINT NOT NULL CHECK (counted IN (0, 1)),
    lookup BYTEA NOT NULL UNIQUE,
    sealed BYTEA NOT NULL,
    changed_at BIGINT NOT NULL,
    CHECK (state <> 'init' OR (instance IS NULL AND counted = 0)),
    CHECK (state NOT IN ('bound', 'recording', 'recorded') OR (instance IS NOT NULL AND owner IS NOT NULL))
);

CREATE INDEX codes_by_instance ON codes (instance, id);
CREATE INDEX codes_by_owner ON codes (owner, id);

-- What was asked with an idempotency key, and which things the answer is rendered from.
CREATE TABLE requests (
    account UUID NOT NULL REFERENCES accounts (id),
    key TEXT NOT NULL,
    digest BYTEA NOT NULL,
    answer BYTEA NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (account, key)
);

-- Entries in the order in which they were written; the sequencer gives each its place in the tree.
CREATE TABLE ledger_entries (
    id UUID PRIMARY KEY,
    bytes BYTEA NOT NULL,
    place BIGINT UNIQUE
);

CREATE INDEX ledger_waiting ON ledger_entries (id) WHERE place IS NULL;
