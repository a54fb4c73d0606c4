-- Who looked at what, and where entries of the ledger speak of something.

-- Lines are added, never changed, and forgotten when they are old. A line names ids alone, never what somebody typed.
CREATE TABLE access_log (
    id BLOB PRIMARY KEY,
    at INTEGER NOT NULL,
    who TEXT NOT NULL,
    what TEXT NOT NULL,
    instance TEXT,
    code BLOB,
    account TEXT,
    as_of INTEGER
) STRICT;

-- The places of the entries that speak of something, by a digest of what it is. A worker adds them behind the sequencer, so
-- that nobody waits for them who issues codes.
CREATE TABLE entry_mentions (
    subject BLOB NOT NULL,
    place INTEGER NOT NULL,
    PRIMARY KEY (subject, place)
) STRICT, WITHOUT ROWID;

-- How far the worker has come: all entries before that place.
CREATE TABLE entry_mentions_upto (
    only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
    place INTEGER NOT NULL
) STRICT;

INSERT INTO entry_mentions_upto (only_one, place) VALUES (1, 0);
