-- What is filed here: subjects, their websites and domains; and what may not be.

-- Nature and region of a subject are not known where it was filed through another provider.
CREATE TABLE subjects (
    id UUID PRIMARY KEY,
    account UUID NOT NULL REFERENCES accounts (id),
    subject_key UUID NOT NULL REFERENCES subject_keys (id),
    number TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('active', 'cancelled')),
    nature BIGINT,
    region BIGINT,
    sealed BYTEA NOT NULL,
    filed_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);

CREATE INDEX subjects_by_account ON subjects (account, id);

CREATE TABLE websites (
    id UUID PRIMARY KEY,
    subject UUID NOT NULL REFERENCES subjects (id),
    number TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('active', 'access-dropped', 'cancelled')),
    sealed BYTEA NOT NULL,
    filed_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);

CREATE INDEX websites_by_subject ON websites (subject, id);

-- Domains of websites that are not cancelled, in the form in which they are compared, each with its keyed hash.
CREATE TABLE website_domains (
    domain TEXT PRIMARY KEY,
    mark BYTEA NOT NULL,
    website UUID NOT NULL REFERENCES websites (id)
);

CREATE INDEX website_domains_by_website ON website_domains (website);

-- What is left of domains of cancelled websites: a keyed hash of each, and the website that was cancelled with it last. Whoever asks whether
-- something may be served under it is told that; nobody can read from it which domains there were.
CREATE TABLE cancelled_domains (
    mark BYTEA PRIMARY KEY,
    website UUID NOT NULL REFERENCES websites (id)
);

CREATE INDEX cancelled_domains_by_website ON cancelled_domains (website);

-- By what subjects are found: keyed hashes of certificate numbers and names.
CREATE TABLE subject_marks (
    kind TEXT NOT NULL CHECK (kind IN ('certificate', 'subject-name')),
    mark BYTEA NOT NULL,
    subject UUID NOT NULL REFERENCES subjects (id),
    PRIMARY KEY (kind, mark, subject)
);

CREATE INDEX subject_marks_by_subject ON subject_marks (subject);

-- By what websites are found beside their domains: keyed hashes of their names.
CREATE TABLE website_names (
    website UUID PRIMARY KEY REFERENCES websites (id),
    mark BYTEA NOT NULL
);

CREATE INDEX website_names_by_mark ON website_names (mark);

-- What one of the provider's people proposes and another decides. What to do is JSON (`payload`); what names somebody in it is sealed
-- under a key of its own, which is destroyed once it is decided. Whoever proposed something may only take it back.
CREATE TABLE proposals (
    id UUID PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('list', 'unlist', 'cancel')),
    payload BYTEA NOT NULL,
    subject_key UUID NOT NULL REFERENCES subject_keys (id),
    sealed BYTEA NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'agreed', 'declined')),
    proposed_by TEXT NOT NULL,
    proposed_at BIGINT NOT NULL,
    decided_by TEXT,
    decided_at BIGINT,
    CHECK ((state = 'open') = (decided_at IS NULL)),
    CHECK ((decided_by IS NULL) = (decided_at IS NULL)),
    CHECK (state <> 'agreed' OR decided_by <> proposed_by)
);

CREATE INDEX proposals_open ON proposals (id) WHERE state = 'open';

-- A rulebook that one of the provider's people proposes to publish and another agrees to. It names nobody, so that its text is kept as it
-- is. `base` is the rulebook that was in force when it was proposed; `added` are the editions that it adds to that, as JSON.
CREATE TABLE rulebook_proposals (
    id UUID PRIMARY KEY,
    digest BYTEA NOT NULL,
    text BYTEA NOT NULL,
    base BYTEA NOT NULL REFERENCES rulebooks (digest),
    added BYTEA NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'agreed', 'declined')),
    proposed_by TEXT NOT NULL,
    proposed_at BIGINT NOT NULL,
    decided_by TEXT,
    decided_at BIGINT,
    reason TEXT,
    CHECK ((state = 'open') = (decided_at IS NULL)),
    CHECK ((decided_by IS NULL) = (decided_at IS NULL)),
    CHECK (state <> 'agreed' OR decided_by <> proposed_by),
    CHECK (reason IS NULL OR state = 'declined')
);

CREATE INDEX rulebook_proposals_open ON rulebook_proposals (id) WHERE state = 'open';

-- What may not be filed, as keyed hashes. Two people put it there, and two take it away.
CREATE TABLE blacklist (
    id UUID PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('domain', 'certificate', 'subject-name', 'website-name')),
    mark BYTEA NOT NULL,
    reason TEXT NOT NULL,
    proposal UUID NOT NULL REFERENCES proposals (id),
    at BIGINT NOT NULL,
    UNIQUE (kind, mark)
);

-- Accounts that get no codes, because something by which a subject of theirs is found is on the blacklist, or was. A subject that
-- changes what it is called by stays here, and so does one that was erased, until two people take the entry off the blacklist.
CREATE TABLE blacklisted_subjects (
    subject UUID NOT NULL REFERENCES subjects (id),
    kind TEXT NOT NULL,
    mark BYTEA NOT NULL,
    since_at BIGINT NOT NULL,
    account UUID NOT NULL REFERENCES accounts (id),
    ended_at BIGINT,
    PRIMARY KEY (kind, mark, subject, since_at)
);

CREATE UNIQUE INDEX blacklisted_subjects_now ON blacklisted_subjects (kind, mark, subject) WHERE ended_at IS NULL;
CREATE INDEX blacklisted_subjects_by_account ON blacklisted_subjects (account, ended_at);
CREATE INDEX blacklisted_subjects_by_subject ON blacklisted_subjects (subject) WHERE ended_at IS NULL;

-- Looking at what a proposal would put on the blacklist.
ALTER TABLE access_log ADD COLUMN proposal UUID;

-- The keys of the orders by which a subject was filed and changed: what is personal in them is erased with it.
CREATE TABLE subject_order_keys (
    subject UUID NOT NULL REFERENCES subjects (id),
    subject_key UUID NOT NULL REFERENCES subject_keys (id),
    PRIMARY KEY (subject, subject_key)
);

CREATE INDEX subject_order_keys_by_key ON subject_order_keys (subject_key);

-- A rejected order is corrected by one order at a time: once that was given up, by another.
DROP INDEX orders_corrected;
CREATE UNIQUE INDEX orders_corrected ON orders (corrects) WHERE corrects IS NOT NULL AND state <> 'withdrawn';
