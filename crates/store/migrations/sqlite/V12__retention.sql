-- What is kept for a time, found in the order in which that ends.

CREATE INDEX requests_by_time ON requests (at, asker, key);
CREATE INDEX api_keys_over ON api_keys ((COALESCE(revoked_at, expires_at)), id);
CREATE INDEX orders_given_up ON orders (since_at, id) WHERE state = 'withdrawn';
CREATE INDEX number_steps_cancelled ON number_steps (at, number) WHERE state = 'cancelled';
CREATE INDEX number_steps_by_order ON number_steps (order_id, number) WHERE order_id IS NOT NULL;
CREATE INDEX subjects_by_key ON subjects (subject_key);
CREATE INDEX proposals_by_key ON proposals (subject_key);
