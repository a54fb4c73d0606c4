-- Filing orders (备案订单), what is filled in for them, and the keys under which whatever is personal is sealed.

-- One for each filing subject. What is personal about it is sealed under its key and nothing else, so that destroying the key
-- erases all of it at once, wherever it was copied to. `sealed` is the key, under the keyring's.
CREATE TABLE subject_keys (
    id BLOB PRIMARY KEY,
    sealed BLOB,
    made_at INTEGER NOT NULL,
    erased_at INTEGER,
    CHECK ((sealed IS NULL) = (erased_at IS NOT NULL))
) STRICT;

-- `version` grows with whatever changes. It is in its state since `since_at`, and its owner last saved something at `touched_at`.
-- `due_at` is when the next deadline of whoever acts next ends; at `wake_at` the desk does something about it by itself. `taken_at` is
-- when the bureau took it, `sms_at` when its text message was answered. `reviewer` has it until `claimed_until`.
CREATE TABLE orders (
    id BLOB PRIMARY KEY,
    account BLOB NOT NULL REFERENCES accounts (id),
    kind TEXT NOT NULL CHECK (kind IN ('first-filing', 'add-website', 'add-access', 'change', 'cancel-subject', 'cancel-website', 'cancel-access')),
    state TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'returned', 'approved', 'at-bureau', 'filed', 'rejected', 'withdrawn')),
    subject_key BLOB NOT NULL REFERENCES subject_keys (id),
    corrects BLOB REFERENCES orders (id),
    version INTEGER NOT NULL CHECK (version >= 1),
    round INTEGER NOT NULL CHECK (round >= 0),
    since_at INTEGER NOT NULL,
    touched_at INTEGER NOT NULL,
    due_at INTEGER,
    wake_at INTEGER,
    taken_at INTEGER,
    sms_at INTEGER,
    reviewer TEXT,
    claimed_until INTEGER,
    opened_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    CHECK (round > 0 OR state IN ('draft', 'withdrawn')),
    CHECK ((reviewer IS NULL) = (claimed_until IS NULL)),
    CHECK (state <> 'at-bureau' OR taken_at IS NOT NULL)
) STRICT;

CREATE INDEX orders_by_account ON orders (account, id);
CREATE INDEX orders_drafts ON orders (account, id) WHERE state = 'draft';
CREATE INDEX orders_by_state ON orders (state, due_at, id);
CREATE INDEX orders_waking ON orders (wake_at, id) WHERE wake_at IS NOT NULL;
CREATE INDEX orders_by_subject_key ON orders (subject_key, id);
CREATE UNIQUE INDEX orders_corrected ON orders (corrects) WHERE corrects IS NOT NULL;

-- What is filled in, a part at a time: JSON, sealed under the subject's key.
CREATE TABLE order_parts (
    order_id BLOB NOT NULL REFERENCES orders (id),
    part TEXT NOT NULL CHECK (part IN ('target', 'subject', 'websites', 'materials', 'cancellation')),
    sealed BLOB NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (order_id, part)
) STRICT;

-- The whole form as it was submitted, each time: JSON, sealed.
CREATE TABLE order_rounds (
    order_id BLOB NOT NULL REFERENCES orders (id),
    round INTEGER NOT NULL CHECK (round >= 1),
    sealed BLOB NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (order_id, round)
) STRICT;

-- What the reviewer says of a field of a round: it passes, or what is to be mended (JSON, sealed).
CREATE TABLE order_remarks (
    order_id BLOB NOT NULL REFERENCES orders (id),
    round INTEGER NOT NULL CHECK (round >= 1),
    path TEXT NOT NULL,
    sealed BLOB,
    reviewer TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (order_id, round, path)
) STRICT;

-- Everything that happened to an order, each with the entry of the ledger that says it.
CREATE TABLE order_steps (
    order_id BLOB NOT NULL REFERENCES orders (id),
    version INTEGER NOT NULL,
    move TEXT NOT NULL,
    state TEXT NOT NULL,
    actor TEXT NOT NULL,
    at INTEGER NOT NULL,
    entry BLOB NOT NULL,
    PRIMARY KEY (order_id, version)
) STRICT;

-- The verified products that an order holds, one for each website: their codes are `recording`. One that was given back has
-- `ended_at`, and the verification stays used.
CREATE TABLE order_products (
    verification BLOB PRIMARY KEY REFERENCES verifications (id),
    order_id BLOB NOT NULL REFERENCES orders (id),
    held_at INTEGER NOT NULL,
    ended_at INTEGER
) STRICT;

CREATE INDEX order_products_held ON order_products (order_id, verification) WHERE ended_at IS NULL;

-- By what an order is found: keyed hashes of domains, certificate numbers and names. They are of the last round that was submitted.
CREATE TABLE order_marks (
    kind TEXT NOT NULL CHECK (kind IN ('domain', 'certificate', 'subject-name', 'website-name', 'subject-number', 'website-number')),
    mark BLOB NOT NULL,
    order_id BLOB NOT NULL REFERENCES orders (id),
    PRIMARY KEY (kind, mark, order_id)
) STRICT;

CREATE INDEX order_marks_by_order ON order_marks (order_id);

-- Pictures that were added to an order. `review_bytes` and `bureau_bytes` are the sizes of its two copies, which lie in pieces,
-- each sealed under the subject's key.
CREATE TABLE attachments (
    id BLOB PRIMARY KEY,
    order_id BLOB NOT NULL REFERENCES orders (id),
    purpose INTEGER NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    review_bytes INTEGER NOT NULL,
    bureau_bytes INTEGER NOT NULL,
    added_at INTEGER NOT NULL,
    removed_at INTEGER
) STRICT;

CREATE INDEX attachments_by_order ON attachments (order_id, id);

CREATE TABLE attachment_pieces (
    attachment BLOB NOT NULL REFERENCES attachments (id),
    copy TEXT NOT NULL CHECK (copy IN ('review', 'bureau')),
    number INTEGER NOT NULL CHECK (number >= 0),
    sealed BLOB NOT NULL,
    PRIMARY KEY (attachment, copy, number)
) STRICT;

-- Looking at orders and at what is personal in them.
ALTER TABLE access_log ADD COLUMN order_id BLOB;
ALTER TABLE access_log ADD COLUMN purpose TEXT;
