-- The tree over the entries of the ledger, its signed checkpoints, and the key that signs them.

-- Complete nodes only: their hashes never change. Level 0 are the entries, by their places.
CREATE TABLE ledger_nodes (
    level INTEGER NOT NULL CHECK (level BETWEEN 0 AND 62),
    idx INTEGER NOT NULL CHECK (idx >= 0),
    hash BLOB NOT NULL,
    PRIMARY KEY (level, idx)
) STRICT;

-- One row: how many entries have a place. Whoever gives places moves it from the size that it has read, or gives none.
CREATE TABLE ledger_head (
    only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
    size INTEGER NOT NULL CHECK (size >= 0)
) STRICT;

INSERT INTO ledger_head (only_one, size) VALUES (1, 0);

CREATE TABLE ledger_checkpoints (
    size INTEGER PRIMARY KEY CHECK (size > 0),
    note TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

-- One row. The secret half is sealed under the master key.
CREATE TABLE ledger_key (
    only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
    name TEXT NOT NULL,
    public TEXT NOT NULL,
    sealed BLOB NOT NULL
) STRICT;
