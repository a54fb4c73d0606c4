-- Product verification: what was verified, and the logins of hosts by which some products are.

-- A product that was proved to be the account's. One order may use it once, before it ends; it reserves nothing.
CREATE TABLE verifications (
    id BLOB PRIMARY KEY,
    account BLOB NOT NULL REFERENCES accounts (id),
    instance BLOB NOT NULL REFERENCES instances (id),
    code BLOB REFERENCES codes (id),
    product TEXT NOT NULL,
    -- The public addresses when it was proved, with spaces between them.
    addresses TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER,
    CHECK (expires_at > made_at),
    CHECK (used_at IS NULL OR (used_at >= made_at AND used_at < expires_at))
) STRICT;

-- Those that an order can still use, without going through all that were ever made.
CREATE INDEX verifications_unused ON verifications (expires_at, instance) WHERE used_at IS NULL;

-- The passwords of hosts, as PHC strings.
CREATE TABLE host_credentials (
    instance BLOB PRIMARY KEY REFERENCES instances (id),
    phc TEXT NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT;

-- The names under which hosts are logged in to, as keyed hashes: user names and names of hosts alike.
CREATE TABLE host_names (
    lookup BLOB PRIMARY KEY,
    instance BLOB NOT NULL REFERENCES host_credentials (instance)
) STRICT;

CREATE INDEX host_names_by_instance ON host_names (instance);
