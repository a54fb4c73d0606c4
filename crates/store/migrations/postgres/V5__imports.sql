-- Imports of instances: recorded operations, and the rows that one has read and not yet applied.

-- A change too large for one transaction, applied in pieces. `cursor` is the last row that was read, then the last that was
-- applied: whoever goes on begins behind it. `holder` does so until `held_until`; others wait that long.
CREATE TABLE operations (
    id UUID PRIMARY KEY,
    kind TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('staging', 'staged', 'applying', 'done', 'abandoned')),
    actor TEXT NOT NULL,
    complete BIGINT NOT NULL CHECK (complete IN (0, 1)),
    cursor BIGINT NOT NULL,
    counts TEXT NOT NULL,
    digest BYTEA,
    holder TEXT NOT NULL,
    held_until BIGINT NOT NULL,
    rows_left BIGINT NOT NULL CHECK (rows_left IN (0, 1)),
    made_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);

-- One of a kind at a time.
CREATE UNIQUE INDEX operations_open ON operations (kind) WHERE state IN ('staging', 'staged', 'applying');
CREATE INDEX operations_with_rows ON operations (kind, id) WHERE rows_left = 1;
CREATE INDEX operations_newest ON operations (kind, id);

-- `number` counts the rows of an import from 1, `source` and `line` say where it stood. What need not be applied has no facts.
CREATE TABLE import_rows (
    operation UUID NOT NULL REFERENCES operations (id),
    number BIGINT NOT NULL,
    source TEXT NOT NULL,
    line BIGINT NOT NULL,
    name TEXT,
    facts BYTEA,
    outcome TEXT NOT NULL CHECK (outcome IN ('new', 'changed', 'same', 'gone', 'rejected')),
    noted BIGINT NOT NULL CHECK (noted IN (0, 1)),
    note TEXT,
    PRIMARY KEY (operation, number)
);

CREATE INDEX import_rows_by_name ON import_rows (operation, name, number);
CREATE INDEX import_rows_by_outcome ON import_rows (operation, outcome, number);
CREATE INDEX import_rows_noted ON import_rows (operation, number) WHERE noted = 1;
CREATE INDEX import_rows_to_apply ON import_rows (operation, number) WHERE outcome IN ('new', 'changed', 'gone');

-- Lists go by the bytes of names on both engines, whatever the language of this database.
CREATE INDEX instances_in_order ON instances (name COLLATE "C");
CREATE INDEX instances_of_account_in_order ON instances (account, name COLLATE "C");
