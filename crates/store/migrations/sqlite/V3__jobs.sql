-- Jobs that the desk does by itself, and named leases for what only one process does at a time.

-- A job is added in the transaction of the change that asks for it. `due_at` says when it may be claimed; claiming moves it to
-- when the lease runs out, so that a job whose holder died is due again by itself. `lease` is the last claim: whatever a
-- holder writes about the job names it.
CREATE TABLE jobs (
    id BLOB PRIMARY KEY,
    kind TEXT NOT NULL,
    payload BLOB NOT NULL,
    dedupe TEXT UNIQUE,
    due_at INTEGER NOT NULL,
    tries INTEGER NOT NULL CHECK (tries >= 0),
    state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'dead')),
    lease BLOB,
    last_error TEXT,
    made_at INTEGER NOT NULL,
    ended_at INTEGER,
    CHECK ((state = 'waiting') = (ended_at IS NULL))
) STRICT;

CREATE INDEX jobs_due ON jobs (kind, due_at, id) WHERE state = 'waiting';
CREATE INDEX jobs_done ON jobs (ended_at, id) WHERE state = 'done';
CREATE INDEX jobs_dead ON jobs (ended_at, id) WHERE state = 'dead';

-- `fence` grows with every holder, and what a holder writes checks it.
CREATE TABLE leases (
    name TEXT PRIMARY KEY,
    holder TEXT NOT NULL,
    fence INTEGER NOT NULL CHECK (fence >= 1),
    until INTEGER NOT NULL
) STRICT;
