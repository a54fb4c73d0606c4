-- Whether a checkpoint of the ledger was ever kept outside the database.

-- One row, written after the first file outside: where it is there and the file is not, the file was taken away.
CREATE TABLE ledger_outside (
    only_one BIGINT PRIMARY KEY CHECK (only_one = 1),
    kept_since BIGINT NOT NULL
);
