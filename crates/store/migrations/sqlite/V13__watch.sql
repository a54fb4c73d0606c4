-- The watch of filing numbers: what is recorded about them, what rounds saw outside, what threatens them, and of what was warned.
-- Days are texts, 2026-11-30.

-- Until when domains of filed websites are registered, as somebody (`said_by`, as the ledger names him) said last.
CREATE TABLE domain_terms (
    website BLOB NOT NULL REFERENCES websites (id),
    domain TEXT NOT NULL,
    expires_on TEXT NOT NULL,
    said_by TEXT NOT NULL,
    said_at INTEGER NOT NULL,
    entry BLOB NOT NULL,
    PRIMARY KEY (website, domain)
) STRICT;

-- What is filed under a number and was found untrue, inaccurate or missing. What that is is sealed under the key of the subject. Of one
-- number there is one at a time.
CREATE TABLE untrue_information (
    id BLOB PRIMARY KEY,
    number TEXT NOT NULL,
    subject BLOB NOT NULL REFERENCES subjects (id),
    sealed BLOB NOT NULL,
    mend_by TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    entry BLOB NOT NULL,
    mended_at INTEGER,
    mended_entry BLOB,
    CHECK ((mended_at IS NULL) = (mended_entry IS NULL))
) STRICT;

CREATE UNIQUE INDEX untrue_information_now ON untrue_information (number) WHERE mended_at IS NULL;
CREATE INDEX untrue_information_by_subject ON untrue_information (subject);
CREATE INDEX untrue_information_by_number ON untrue_information (number, recorded_at);

-- Rounds in a row that saw the same to be wrong about a domain (`what`) or the home page of a website, the addresses that were seen last
-- with spaces between them.
CREATE TABLE watch_streaks (
    website BLOB NOT NULL REFERENCES websites (id),
    kind TEXT NOT NULL CHECK (kind IN ('domain', 'page')),
    what TEXT NOT NULL,
    fault TEXT NOT NULL CHECK (fault IN ('elsewhere', 'gone', 'not-shown')),
    seen TEXT NOT NULL,
    rounds INTEGER NOT NULL CHECK (rounds > 0),
    since_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    PRIMARY KEY (website, kind, what)
) STRICT;

-- How far the watch has come in going through all websites.
CREATE TABLE watch_passes (
    name TEXT PRIMARY KEY,
    began_at INTEGER NOT NULL,
    behind BLOB NOT NULL,
    ended_at INTEGER
) STRICT;

-- What threatens a number, as the last round found it. `day` is the day of the risk, or that on which it was noticed. `told` is how much
-- it weighed when its owner was warned last.
CREATE TABLE number_risks (
    id BLOB PRIMARY KEY,
    number TEXT NOT NULL,
    risk TEXT NOT NULL,
    what TEXT NOT NULL,
    day TEXT NOT NULL,
    seen TEXT NOT NULL,
    weight TEXT NOT NULL CHECK (weight IN ('notice', 'warning', 'urgent')),
    noticed_at INTEGER NOT NULL,
    warned_at INTEGER,
    told_at INTEGER,
    told TEXT CHECK (told IN ('warning', 'urgent')),
    UNIQUE (number, risk, what),
    CHECK ((told IS NULL) = (told_at IS NULL))
) STRICT;

CREATE INDEX number_risks_by_day ON number_risks (day, id);
CREATE INDEX number_risks_by_risk ON number_risks (risk, day, id);
