-- The tree over the entries of the ledger, its signed checkpoints, and the key that signs them.

-- Complete nodes only: their hashes never change. Level 0 are the entries, by their places.
CREATE TABLE ledger_nodes (
    level BIGINT NOT NULL CHECK (level BETWEEN 0 AND 62),
    idx BIGINT NOT NULL CHECK (idx >= 0),
    hash BYTEA NOT NULL,
    PRIMARY KEY (level, idx)
);

-- One row: how many entries have a place. Whoever gives places moves it from the size that it has read, or gives none.
CREATE TABLE ledger_head (
    only_one BIGINT PRIMARY KEY CHECK (only_one = 1),
    size BIGINT NOT NULL CHECK (size >= 0)
);

INSERT INTO ledger_head (only_one, size) VALUES (1, 0);

CREATE TABLE ledger_checkpoints (
    size BIGINT PRIMARY KEY CHECK (size > 0),
    note TEXT NOT NULL,
    at BIGINT NOT NULL
);

-- One row. The secret half is sealed under the master key.
CREATE TABLE ledger_key (
    only_one BIGINT PRIMARY KEY CHECK (only_one = 1),
    name TEXT NOT NULL,
    public TEXT NOT NULL,
    sealed BYTEA NOT NULL
);
