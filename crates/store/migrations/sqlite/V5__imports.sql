-- Imports of instances: recorded operations, and the rows that one has read and not yet applied.

-- A change too large for one transaction, applied in pieces. `cursor` is the last row that was read, then the last that was
-- applied: whoever goes on begins behind it. `holder` does so until `held_until`; others wait that long.
CREATE TABLE operations (
    id BLOB PRIMARY KEY,
    kind TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('staging', 'staged', 'applying', 'done', 'abandoned')),
    actor TEXT NOT NULL,
    complete INTEGER NOT NULL CHECK (complete IN (0, 1)),
    cursor INTEGER NOT NULL,
    counts TEXT NOT NULL,
    digest BLOB,
    holder TEXT NOT NULL,
    held_until INTEGER NOT NULL,
    rows_left INTEGER NOT NULL CHECK (rows_left IN (0, 1)),
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT;

-- One of a kind at a time.
CREATE UNIQUE INDEX operations_open ON operations (kind) WHERE state IN ('staging', 'staged', 'applying');
CREATE INDEX operations_with_rows ON operations (kind, id) WHERE rows_left = 1;
CREATE INDEX operations_newest ON operations (kind, id);

-- `number` counts the rows of an import from 1, `source` and `line` say where it stood. What need not be applied has no facts.
CREATE TABLE import_rows (
    operation BLOB NOT NULL REFERENCES operations (id),
    number INTEGER NOT NULL,
    source TEXT NOT NULL,
    line INTEGER NOT NULL,
    name TEXT,
    facts BLOB,
    outcome TEXT NOT NULL CHECK (outcome IN ('new', 'changed', 'same', 'gone', 'rejected')),
    noted INTEGER NOT NULL CHECK (noted IN (0, 1)),
    note TEXT,
    PRIMARY KEY (operation, number)
) STRICT;

CREATE INDEX import_rows_by_name ON import_rows (operation, name, number);
CREATE INDEX import_rows_by_outcome ON import_rows (operation, outcome, number);
CREATE INDEX import_rows_noted ON import_rows (operation, number) WHERE noted = 1;
CREATE INDEX import_rows_to_apply ON import_rows (operation, number) WHERE outcome IN ('new', 'changed', 'gone');
