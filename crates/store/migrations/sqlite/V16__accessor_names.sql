-- Who said that a system serves a name, as the ledger names him; empty where that was not kept yet. He takes it away, and has so many of them.
ALTER TABLE accessor_names ADD COLUMN made_by TEXT NOT NULL DEFAULT '';

CREATE INDEX accessor_names_by_maker ON accessor_names (made_by);
