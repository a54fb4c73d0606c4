-- What is filed here: subjects, their websites and domains; and what may not be.

-- Nature and region of a subject are not known where it was filed through another provider.
CREATE TABLE subjects (
    id BLOB PRIMARY KEY,
    account BLOB NOT NULL REFERENCES accounts (id),
    subject_key BLOB NOT NULL REFERENCES subject_keys (id),
    number TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('active', 'cancelled')),
    nature INTEGER,
    region INTEGER,
    sealed BLOB NOT NULL,
    filed_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT;

CREATE INDEX subjects_by_account ON subjects (account, id);

CREATE TABLE websites (
    id BLOB PRIMARY KEY,
    subject BLOB NOT NULL REFERENCES subjects (id),
    number TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('active', 'access-dropped', 'cancelled')),
    sealed BLOB NOT NULL,
    filed_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT;

CREATE INDEX websites_by_subject ON websites (subject, id);

-- Domains of websites that are not cancelled, in the form in which they are compared, each with its keyed hash.
CREATE TABLE website_domains (
    domain TEXT PRIMARY KEY,
    mark BLOB NOT NULL,
    website BLOB NOT NULL REFERENCES websites (id)
) STRICT;

CREATE INDEX website_domains_by_website ON website_domains (website);

-- What is left of domains of cancelled websites: a keyed hash of each, and the website that was cancelled with it last. Whoever asks whether
-- something may be served under it is told that; nobody can read from it which domains there were.
CREATE TABLE cancelled_domains (
    mark BLOB PRIMARY KEY,
    website BLOB NOT NULL REFERENCES websites (id)
) STRICT;

CREATE INDEX cancelled_domains_by_website ON cancelled_domains (website);

-- By what subjects are found: keyed hashes of certificate numbers and names.
CREATE TABLE subject_marks (
    kind TEXT NOT NULL CHECK (kind IN ('certificate', 'subject-name')),
    mark BLOB NOT NULL,
    subject BLOB NOT NULL REFERENCES subjects (id),
    PRIMARY KEY (kind, mark, subject)
) STRICT;

CREATE INDEX subject_marks_by_subject ON subject_marks (subject);

-- By what websites are found beside their domains: keyed hashes of their names.
CREATE TABLE website_names (
    website BLOB PRIMARY KEY REFERENCES websites (id),
    mark BLOB NOT NULL
) STRICT;

CREATE INDEX website_names_by_mark ON website_names (mark);

-- What one of the provider's people proposes and another decides. What to do is JSON (`payload`); what names somebody in it is sealed
-- under a key of its own, which is destroyed once it is decided. Whoever proposed something may only take it back.
CREATE TABLE proposals (
    id BLOB PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('list', 'unlist', 'cancel')),
    payload BLOB NOT NULL,
    subject_key BLOB NOT NULL REFERENCES subject_keys (id),
    sealed BLOB NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'agreed', 'declined')),
    proposed_by TEXT NOT NULL,
    proposed_at INTEGER NOT NULL,
    decided_by TEXT,
    decided_at INTEGER,
    CHECK ((state = 'open') = (decided_at IS NULL)),
    CHECK ((decided_by IS NULL) = (decided_at IS NULL)),
    CHECK (state <> 'agreed' OR decided_by <> proposed_by)
) STRICT;

CREATE INDEX proposals_open ON proposals (id) WHERE state = 'open';

-- A rulebook that one of the provider's people proposes to publish and another agrees to. It names nobody, so that its text is kept as it
-- is. `base` is the rulebook that was in force when it was proposed; `added` are the editions that it adds to that, as JSON.
CREATE TABLE rulebook_proposals (
    id BLOB PRIMARY KEY,
    digest BLOB NOT NULL,
    text BLOB NOT NULL,
    base BLOB NOT NULL REFERENCES rulebooks (digest),
    added BLOB NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'agreed', 'declined')),
    proposed_by TEXT NOT NULL,
    proposed_at INTEGER NOT NULL,
    decided_by TEXT,
    decided_at INTEGER,
    reason TEXT,
    CHECK ((state = 'open') = (decided_at IS NULL)),
    CHECK ((decided_by IS NULL) = (decided_at IS NULL)),
    CHECK (state <> 'agreed' OR decided_by <> proposed_by),
    CHECK (reason IS NULL OR state = 'declined')
) STRICT;

CREATE INDEX rulebook_proposals_open ON rulebook_proposals (id) WHERE state = 'open';

-- What may not be filed, as keyed hashes. Two people put it there, and two take it away.
CREATE TABLE blacklist (
    id BLOB PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('domain', 'certificate', 'subject-name', 'website-name')),
    mark BLOB NOT NULL,
    reason TEXT NOT NULL,
    proposal BLOB NOT NULL REFERENCES proposals (id),
    at INTEGER NOT NULL,
    UNIQUE (kind, mark)
) STRICT;

-- Accounts that get no codes, because something by which a subject of theirs is found is on the blacklist, or was. A subject that
-- changes what it is called by stays here, and so does one that was erased, until two people take the entry off the blacklist.
CREATE TABLE blacklisted_subjects (
    subject BLOB NOT NULL REFERENCES subjects (id),
    kind TEXT NOT NULL,
    mark BLOB NOT NULL,
    since_at INTEGER NOT NULL,
    account BLOB NOT NULL REFERENCES accounts (id),
    ended_at INTEGER,
    PRIMARY KEY (kind, mark, subject, since_at)
) STRICT;

CREATE UNIQUE INDEX blacklisted_subjects_now ON blacklisted_subjects (kind, mark, subject) WHERE ended_at IS NULL;
CREATE INDEX blacklisted_subjects_by_account ON blacklisted_subjects (account, ended_at);
CREATE INDEX blacklisted_subjects_by_subject ON blacklisted_subjects (subject) WHERE ended_at IS NULL;

-- Looking at what a proposal would put on the blacklist.
ALTER TABLE access_log ADD COLUMN proposal BLOB;

-- The keys of the orders by which a subject was filed and changed: what is personal in them is erased with it.
CREATE TABLE subject_order_keys (
    subject BLOB NOT NULL REFERENCES subjects (id),
    subject_key BLOB NOT NULL REFERENCES subject_keys (id),
    PRIMARY KEY (subject, subject_key)
) STRICT;

CREATE INDEX subject_order_keys_by_key ON subject_order_keys (subject_key);

-- A rejected order is corrected by one order at a time: once that was given up, by another.
DROP INDEX orders_corrected;
CREATE UNIQUE INDEX orders_corrected ON orders (corrects) WHERE corrects IS NOT NULL AND state <> 'withdrawn';
