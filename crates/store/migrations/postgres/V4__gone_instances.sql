-- Whether an instance was gone before a change of it, and since when (in microseconds since 1970).
ALTER TABLE instance_changes ADD COLUMN gone_at BIGINT;
