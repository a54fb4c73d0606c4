-- The life of filing numbers: what happened to each, on which instances its website is hosted, and what its owner is to mend.

-- Everything that happened to a number, of a subject or a website, each with the entry of the ledger that says it. `edition` is that of
-- the rules where they decided something, `order_id` the order by which it happened, `was` the number
-- under which it had been recorded, where that was a slip.
CREATE TABLE number_steps (
    number TEXT NOT NULL,
    at BIGINT NOT NULL,
    event TEXT NOT NULL CHECK (event IN ('file', 'import', 'import-dropped', 'import-cancelled', 'change', 'correct', 'add-access', 'end-access', 'drop-access', 'host-elsewhere', 'leave-elsewhere', 'cancel')),
    reason TEXT CHECK (reason IN ('by-owner', 'instance-expired', 'instance-released', 'information-untrue', 'by-new-domain-holder', 'access-dropped-too-long', 'by-authority')),
    state TEXT NOT NULL CHECK (state IN ('active', 'access-dropped', 'cancelled')),
    was TEXT,
    actor TEXT NOT NULL,
    order_id UUID REFERENCES orders (id),
    edition TEXT,
    entry UUID NOT NULL,
    PRIMARY KEY (number, at),
    CHECK (event = 'correct' OR (state = 'cancelled') = (event IN ('cancel', 'import-cancelled'))),
    CHECK ((was IS NULL) = (event <> 'correct')),
    CHECK ((reason IS NULL) = (event NOT IN ('end-access', 'drop-access', 'cancel')))
);

CREATE INDEX number_steps_by_entry ON number_steps (entry, number);
CREATE INDEX number_steps_by_was ON number_steps (was) WHERE was IS NOT NULL;

-- Where a website is hosted here: on which instance, proved by which verification. Neither is known of a website that was imported
-- without. `addresses` has spaces between them. `restored_at` is when its place in the quota was given back.
CREATE TABLE accesses (
    id UUID PRIMARY KEY,
    website UUID NOT NULL REFERENCES websites (id),
    instance UUID REFERENCES instances (id),
    verification UUID UNIQUE REFERENCES verifications (id),
    addresses TEXT NOT NULL,
    since_at BIGINT NOT NULL,
    ended_at BIGINT,
    reason TEXT,
    restored_at BIGINT,
    CHECK ((reason IS NULL) = (ended_at IS NULL)),
    CHECK (restored_at IS NULL OR ended_at IS NOT NULL)
);

CREATE INDEX accesses_by_website ON accesses (website, id);
CREATE INDEX accesses_by_instance ON accesses (instance, id) WHERE ended_at IS NULL;

-- Looking at numbers.
ALTER TABLE access_log ADD COLUMN number TEXT;
