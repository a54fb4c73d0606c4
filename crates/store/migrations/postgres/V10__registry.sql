-- What is filed here: subjects, their websites and domains; and what may not be.

CREATE TABLE subjects (
    id UUID PRIMARY KEY,
    account UUID NOT NULL REFERENCES accounts (id),
    subject_key UUID NOT NULL REFERENCES subject_keys (id),
    number TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('active', 'cancelled')),
    nature BIGINT NOT NULL,
    region BIGINT NOT NULL,
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

-- Domains of websites that are not cancelled, in the form in which they are compared.
CREATE TABLE website_domains (
    domain TEXT PRIMARY KEY,
    website UUID NOT NULL REFERENCES websites (id)
);

CREATE INDEX website_domains_by_website ON website_domains (website);

-- By what subjects are found: keyed hashes of certificate numbers and names.
CREATE TABLE subject_marks (
    kind TEXT NOT NULL CHECK (kind IN ('certificate', 'subject-name')),
    mark BYTEA NOT NULL,
    subject UUID NOT NULL REFERENCES subjects (id),
    PRIMARY KEY (kind, mark, subject)
);

CREATE INDEX subject_marks_by_subject ON subject_marks (subject);

-- What may not be filed, as keyed hashes. Two people put it there, and two take it away.
CREATE TABLE blacklist (
    kind TEXT NOT NULL CHECK (kind IN ('domain', 'certificate', 'subject-name', 'website-name')),
    mark BYTEA NOT NULL,
    reason TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (kind, mark)
);

-- What one operator proposes and another decides: what to do is JSON, sealed where it names somebody.
CREATE TABLE proposals (
    id UUID PRIMARY KEY,
    kind TEXT NOT NULL,
    payload BYTEA NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'agreed', 'declined')),
    proposed_by TEXT NOT NULL,
    proposed_at BIGINT NOT NULL,
    decided_by TEXT,
    decided_at BIGINT,
    CHECK ((state = 'open') = (decided_at IS NULL)),
    CHECK (decided_by IS NULL OR decided_by <> proposed_by)
);

CREATE INDEX proposals_open ON proposals (proposed_at, id) WHERE state = 'open';

-- The keys of the orders by which a subject was filed and changed: what is personal in them is erased with it.
CREATE TABLE subject_order_keys (
    subject UUID NOT NULL REFERENCES subjects (id),
    subject_key UUID NOT NULL REFERENCES subject_keys (id),
    PRIMARY KEY (subject, subject_key)
);

CREATE INDEX subject_order_keys_by_key ON subject_order_keys (subject_key);
