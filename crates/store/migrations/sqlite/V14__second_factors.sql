-- What a user shows beside his password: codes of an app, or one of those that he was given for the day on which he has no app.

-- `sealed` is what his app makes codes of. It counts from `confirmed_at` on, when he showed that his app makes them. A code of the
-- step `last_step`, of half a minute since 1970, was taken last: neither it nor an older one is taken again.
CREATE TABLE second_factors (
    user_id BLOB PRIMARY KEY REFERENCES users (id),
    sealed BLOB NOT NULL,
    made_at INTEGER NOT NULL,
    confirmed_at INTEGER,
    last_step INTEGER NOT NULL
) STRICT;

-- Found by the SHA-256 of their text; each is good once.
CREATE TABLE recovery_codes (
    user_id BLOB NOT NULL REFERENCES second_factors (user_id),
    digest BLOB NOT NULL,
    used_at INTEGER,
    PRIMARY KEY (user_id, digest)
) STRICT;

-- From where somebody signed in, sealed.
ALTER TABLE sessions ADD COLUMN address BLOB;
