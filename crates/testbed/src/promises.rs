//! What SPEC 4 to 7 promises of codes, verifications, orders and numbers, as statements that either engine understands.

/// What holds at every moment, under rules that give an instance five places and a host two, as a count of what breaks it.
pub const PROMISES: [(&str, &str); 23] = [
    (
        "no instance has more codes or websites than its quota",
        "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM quota_places p JOIN instances i ON i.id = p.owner
         WHERE p.product = '' AND p.taken > CASE WHEN i.product = 'web-hosting' THEN 2 ELSE 5 END",
    ),
    (
        "the places of an instance that are taken are its codes that count and the websites on it as a host",
        "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM quota_places p WHERE p.product = '' AND p.taken <>
         (SELECT COUNT(*) FROM codes c WHERE c.instance = p.owner AND c.counted = 1) +
         (SELECT COUNT(*) FROM order_products o JOIN verifications v ON v.id = o.verification
          WHERE v.instance = p.owner AND v.code IS NULL AND o.ended_at IS NULL)",
    ),
    (
        "and so are those of an account with a product that has codes",
        "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM quota_places p WHERE p.product = 'ecs' AND p.taken <>
         (SELECT COUNT(*) FROM codes c WHERE c.owner = p.owner AND c.product = p.product AND c.counted = 1)",
    ),
    (
        "the places in use are the codes that are recorded or about to be, and the websites on a host",
        "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM quota_places p WHERE p.product = '' AND p.used <>
         (SELECT COUNT(*) FROM codes c WHERE c.instance = p.owner AND c.state IN ('recording', 'recorded')) +
         (SELECT COUNT(*) FROM order_products o JOIN verifications v ON v.id = o.verification
          WHERE v.instance = p.owner AND v.code IS NULL AND o.ended_at IS NULL)",
    ),
    (
        "a code is being recorded while an order holds it, and only then",
        "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM codes c WHERE (c.state = 'recording') <> EXISTS
         (SELECT 1 FROM order_products p JOIN verifications v ON v.id = p.verification JOIN orders o ON o.id = p.order_id
          WHERE v.code = c.id AND p.ended_at IS NULL AND o.state IN ('submitted', 'returned', 'approved', 'at-bureau'))",
    ),
    (
        "no code is held by two orders",
        "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM
         (SELECT v.code FROM order_products p JOIN verifications v ON v.id = p.verification
          WHERE p.ended_at IS NULL AND v.code IS NOT NULL GROUP BY v.code HAVING COUNT(*) > 1) twice",
    ),
    (
        "a code is recorded once an order is filed with it, and only then",
        "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM codes c WHERE (c.state = 'recorded') <> EXISTS
         (SELECT 1 FROM order_products p JOIN verifications v ON v.id = p.verification JOIN orders o ON o.id = p.order_id
          WHERE v.code = c.id AND p.ended_at IS NULL AND o.state = 'filed')",
    ),
    (
        "a certificate has one subject at most that is not cancelled",
        "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM
         (SELECT m.mark FROM subject_marks m JOIN subjects s ON s.id = m.subject
          WHERE m.kind = 'certificate' AND s.state = 'active' GROUP BY m.mark HAVING COUNT(*) > 1) twice",
    ),
    (
        "of a cancelled subject every website is cancelled",
        "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM websites w JOIN subjects s ON s.id = w.subject
         WHERE s.state = 'cancelled' AND w.state <> 'cancelled'",
    ),
    (
        "a website has domains until it is cancelled, and no longer; of one that was imported they may be unknown",
        "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM websites w WHERE (w.state <> 'cancelled') <> EXISTS
         (SELECT 1 FROM website_domains d WHERE d.website = w.id) AND (w.state = 'cancelled' OR NOT EXISTS
         (SELECT 1 FROM number_steps s WHERE s.number = w.number AND s.event IN ('import', 'import-dropped')))",
    ),
    (
        "what is left of domains is of websites that are cancelled",
        "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM cancelled_domains d JOIN websites w ON w.id = d.website
         WHERE w.state <> 'cancelled'",
    ),
    (
        "the number of a website is one of its subject's",
        "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM websites w JOIN subjects s ON s.id = w.subject
         WHERE w.number NOT LIKE s.number || '-%'",
    ),
    (
        "two orders that are not finished ask for no domain together",
        "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM
         (SELECT m.mark FROM order_marks m JOIN orders o ON o.id = m.order_id
          WHERE m.kind = 'domain' AND o.state IN ('submitted', 'returned', 'approved', 'at-bureau')
          GROUP BY m.mark HAVING COUNT(*) > 1) twice",
    ),
    (
        "two first filings that are not finished are of two subjects",
        "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM
         (SELECT m.mark FROM order_marks m JOIN orders o ON o.id = m.order_id
          WHERE m.kind = 'certificate' AND o.kind = 'first-filing' AND o.state IN ('submitted', 'returned', 'approved', 'at-bureau')
          GROUP BY m.mark HAVING COUNT(*) > 1) twice",
    ),
    (
        "an order that holds nothing by its state holds nothing",
        "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM order_products p JOIN orders o ON o.id = p.order_id
         WHERE p.ended_at IS NULL AND o.state IN ('draft', 'withdrawn', 'rejected')",
    ),
    (
        "a verification is used once an order took it, and not before",
        "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM verifications v
         WHERE (v.used_at IS NOT NULL) <> EXISTS (SELECT 1 FROM order_products p WHERE p.verification = v.id)",
    ),
    (
        "an order is backed by verifications of its own account",
        "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM order_products p JOIN orders o ON o.id = p.order_id
         JOIN verifications v ON v.id = p.verification WHERE o.account <> v.account",
    ),
    (
        "a number stands where the last thing that happened to it left it",
        "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM
         (SELECT number, state FROM websites UNION ALL SELECT number, state FROM subjects) f
         WHERE f.state <> (SELECT s.state FROM number_steps s WHERE s.number = f.number ORDER BY s.at DESC LIMIT 1)",
    ),
    (
        "whatever happened to a number is in the entry that it names, which says the same time",
        "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM number_steps s WHERE NOT EXISTS
         (SELECT 1 FROM ledger_entries e WHERE e.id = s.entry AND e.at = s.at)",
    ),
    (
        "a website is hosted here while its number is active, and only then",
        "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM websites w WHERE (w.state = 'active') <> EXISTS
         (SELECT 1 FROM accesses a WHERE a.website = w.id AND a.ended_at IS NULL)",
    ),
    (
        "of the orders under way about one website none contradicts another",
        "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM order_marks m JOIN order_marks n ON n.kind = m.kind AND n.mark = m.mark AND n.order_id < m.order_id
         JOIN orders a ON a.id = m.order_id JOIN orders b ON b.id = n.order_id
         WHERE m.kind = 'website-number' AND a.state IN ('submitted', 'returned', 'approved', 'at-bureau')
         AND b.state IN ('submitted', 'returned', 'approved', 'at-bureau')
         AND NOT (a.kind = 'add-access' AND b.kind = 'change') AND NOT (a.kind = 'change' AND b.kind = 'add-access')",
    ),
    (
        "nor of those about one subject",
        "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM order_marks m JOIN order_marks n ON n.kind = m.kind AND n.mark = m.mark AND n.order_id < m.order_id
         JOIN orders a ON a.id = m.order_id JOIN orders b ON b.id = n.order_id
         WHERE m.kind = 'subject-number' AND a.state IN ('submitted', 'returned', 'approved', 'at-bureau')
         AND b.state IN ('submitted', 'returned', 'approved', 'at-bureau')
         AND (a.kind = 'cancel-subject' OR b.kind = 'cancel-subject' OR (a.kind = 'change' AND b.kind = 'change'))",
    ),
    (
        "nothing threatens a number that is cancelled, and nothing is kept of where its domains led",
        "SELECT CAST((SELECT COUNT(*) FROM number_risks r JOIN (SELECT number, state FROM websites UNION ALL
         SELECT number, state FROM subjects) f ON f.number = r.number WHERE f.state = 'cancelled')
         + (SELECT COUNT(*) FROM watch_streaks k JOIN websites w ON w.id = k.website WHERE w.state = 'cancelled')
         + (SELECT COUNT(*) FROM domain_terms t JOIN websites w ON w.id = t.website WHERE w.state = 'cancelled') AS BIGINT) AS n",
    ),
];
