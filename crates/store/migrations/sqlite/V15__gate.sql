-- What may be served, for load balancers, CDN and edges; and the nonces of requests that are signed.

-- Domains of which something changed, each with the entry of the ledger that says so: whoever keeps an index of what may be served reads
-- them by the places of these entries, so that none is missed and none is seen before it is kept. With `domain` empty it is the ranges of
-- addresses that changed.
CREATE TABLE gate_changes (
    entry BLOB NOT NULL,
    domain TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (entry, domain)
) STRICT;

CREATE INDEX gate_changes_by_at ON gate_changes (at, entry, domain);

-- Domains that may be served for a time without being filed. `mark` is the keyed hash by which the blacklist is searched.
CREATE TABLE gate_windows (
    id BLOB PRIMARY KEY,
    domain TEXT NOT NULL,
    mark BLOB NOT NULL,
    from_at INTEGER,
    until_at INTEGER,
    reason TEXT NOT NULL,
    caller TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    ended_by TEXT,
    ended_at INTEGER,
    CHECK (from_at IS NULL OR until_at IS NULL OR from_at < until_at),
    CHECK ((ended_by IS NULL) = (ended_at IS NULL))
) STRICT;

CREATE INDEX gate_windows_by_domain ON gate_windows (domain) WHERE ended_at IS NULL;
CREATE INDEX gate_windows_by_mark ON gate_windows (mark) WHERE ended_at IS NULL;

-- Addresses of the provider's own, 16 bytes each; those of IPv4 as they are mapped into IPv6.
CREATE TABLE gate_ranges (
    id BLOB PRIMARY KEY,
    first BLOB NOT NULL CHECK (length(first) = 16),
    last BLOB NOT NULL CHECK (length(last) = 16),
    reason TEXT NOT NULL,
    caller TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    ended_by TEXT,
    ended_at INTEGER,
    CHECK (first <= last),
    CHECK ((ended_by IS NULL) = (ended_at IS NULL))
) STRICT;

CREATE UNIQUE INDEX gate_ranges_now ON gate_ranges (first, last) WHERE ended_at IS NULL;

-- Names of hosts that another system of the provider says that it serves, each with its registrable domain.
CREATE TABLE accessor_names (
    caller TEXT NOT NULL,
    domain TEXT NOT NULL,
    name TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (caller, domain, name)
) STRICT;

CREATE INDEX website_domains_by_mark ON website_domains (mark);

-- What a signed request carries so that it cannot be sent again: the SHA-256 of it, once for a key.
CREATE TABLE signature_nonces (
    key_id BLOB NOT NULL,
    nonce BLOB NOT NULL CHECK (length(nonce) = 32),
    at INTEGER NOT NULL,
    PRIMARY KEY (key_id, nonce)
) STRICT;

CREATE INDEX signature_nonces_by_at ON signature_nonces (at);

-- Under which number a code was filed.
CREATE INDEX verifications_by_code ON verifications (code) WHERE code IS NOT NULL;
CREATE INDEX accesses_by_verification ON accesses (verification) WHERE verification IS NOT NULL;
