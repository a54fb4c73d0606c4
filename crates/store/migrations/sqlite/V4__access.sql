-- Who may do what at the desk: users, their sessions and keys, and tries that failed.

-- `roles` are words with a space between them. A customer acts for one account and has no other role; a system has no password.
-- `password` is a PHC string of argon2id. A one-time password is good until `password_until`, for one session, which was opened
-- at `password_used_at`, and opens nothing but its replacement. `email` is sealed.
CREATE TABLE users (
    id BLOB PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    system INTEGER NOT NULL CHECK (system IN (0, 1)),
    roles TEXT NOT NULL CHECK (roles <> ''),
    account BLOB REFERENCES accounts (id),
    password TEXT,
    password_until INTEGER,
    password_used_at INTEGER,
    locked_at INTEGER,
    email BLOB,
    made_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    CHECK ((roles = 'customer') = (account IS NOT NULL)),
    CHECK ((system = 1) = (password IS NULL)),
    CHECK (password IS NOT NULL OR password_until IS NULL),
    CHECK (password_until IS NOT NULL OR password_used_at IS NULL)
) STRICT;

-- Those of the provider's people who are let in: one of them at least must stay an operator.
CREATE INDEX users_let_in ON users (id) WHERE account IS NULL AND system = 0 AND locked_at IS NULL;

-- Found by the SHA-256 of the token that its user holds.
CREATE TABLE sessions (
    id BLOB PRIMARY KEY,
    user_id BLOB NOT NULL REFERENCES users (id),
    digest BLOB NOT NULL UNIQUE,
    made_at INTEGER NOT NULL,
    used_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    ended_at INTEGER
) STRICT;

CREATE INDEX sessions_by_user ON sessions (user_id, id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at, id);

-- A bearer key is found by the SHA-256 of its text; a signing key by its id, and its secret is sealed, for it is needed again.
-- `scopes` are words with a space between them; none means all that the roles of its user allow.
CREATE TABLE api_keys (
    id BLOB PRIMARY KEY,
    user_id BLOB NOT NULL REFERENCES users (id),
    label TEXT NOT NULL,
    digest BLOB UNIQUE,
    sealed BLOB,
    scopes TEXT,
    made_at INTEGER NOT NULL,
    expires_at INTEGER,
    revoked_at INTEGER,
    used_at INTEGER,
    CHECK ((digest IS NULL) <> (sealed IS NULL))
) STRICT;

CREATE INDEX api_keys_by_user ON api_keys (user_id, id) WHERE revoked_at IS NULL;

-- Tries that failed, by what they were for and a keyed hash of who tried. They are counted from
-- `first_at` on, for a day.
CREATE TABLE tries (
    scope TEXT NOT NULL,
    subject BLOB NOT NULL,
    failures INTEGER NOT NULL CHECK (failures >= 0),
    first_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    PRIMARY KEY (scope, subject)
) STRICT;

CREATE INDEX tries_by_time ON tries (last_at, scope, subject);
