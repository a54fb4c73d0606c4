-- What a user shows beside his password: codes of an app, or one of those that he was given for the day on which he has no app.

-- `sealed` is what his app makes codes of. It counts from `confirmed_at` on, when he showed that his app makes them. A code of the
-- step `last_step`, of half a minute since 1970, was taken last: neither it nor an older one is taken again.
CREATE TABLE second_factors (
    user_id UUID PRIMARY KEY REFERENCES users (id),
    sealed BYTEA NOT NULL,
    made_at BIGINT NOT NULL,
    confirmed_at BIGINT,
    last_step BIGINT NOT NULL
);

-- Found by the SHA-256 of their text; each is good once.
CREATE TABLE recovery_codes (
    user_id UUID NOT NULL REFERENCES second_factors (user_id),
    digest BYTEA NOT NULL,
    used_at BIGINT,
    PRIMARY KEY (user_id, digest)
);

-- From where somebody signed in, sealed.
ALTER TABLE sessions ADD COLUMN address BYTEA;
