-- Who looked at what, and where entries of the ledger speak of something.

-- Lines are added, never changed, and forgotten when they are old. A line names ids alone, never what somebody typed.
CREATE TABLE access_log (
    id UUID PRIMARY KEY,
    at BIGINT NOT NULL,
    who TEXT NOT NULL,
    what TEXT NOT NULL,
    instance TEXT,
    code UUID,
    account TEXT,
    as_of BIGINT
);

-- The places of the entries that speak of something, by a digest of what it is. A worker adds them behind the sequencer, so
-- that nobody waits for them who issues codes.
CREATE TABLE entry_mentions (
    subject BYTEA NOT NULL,
    place BIGINT NOT NULL,
    PRIMARY KEY (subject, place)
);

-- How far the worker has come: all entries before that place.
CREATE TABLE entry_mentions_upto (
    only_one BIGINT PRIMARY KEY CHECK (only_one = 1),
    place BIGINT NOT NULL
);

INSERT INTO entry_mentions_upto (only_one, place) VALUES (1, 0);
