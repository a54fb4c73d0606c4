//! What SPEC 4 to 6 promises of codes, verifications and orders, as statements that either engine understands.

/// What holds at every moment while people file first websites of one code each, as a count of what breaks it.
pub const PROMISES: [(&str, &str); 11] = [
    (
        "no instance has more codes than its quota",
        "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM quota_places WHERE product = '' AND taken > 5",
    ),
    (
        "the places of an instance that are taken are its codes that count",
        "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM quota_places p WHERE p.product = '' AND p.taken <>
         (SELECT COUNT(*) FROM codes c WHERE c.instance = p.owner AND c.counted = 1)",
    ),
    (
        "and so are those of an account with a product",
        "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM quota_places p WHERE p.product <> '' AND p.taken <>
         (SELECT COUNT(*) FROM codes c WHERE c.owner = p.owner AND c.product = p.product AND c.counted = 1)",
    ),
    (
        "the places in use are the codes that are recorded or about to be",
        "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM quota_places p WHERE p.product = '' AND p.used <>
         (SELECT COUNT(*) FROM codes c WHERE c.instance = p.owner AND c.state IN ('recording', 'recorded'))",
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
        "as many codes are recorded as orders are filed",
        "SELECT CAST(ABS((SELECT COUNT(*) FROM codes WHERE state = 'recorded') -
                         (SELECT COUNT(*) FROM orders WHERE state = 'filed')) AS BIGINT) AS n",
    ),
    (
        "as many websites are filed as orders",
        "SELECT CAST(ABS((SELECT COUNT(*) FROM websites WHERE state = 'active') -
                         (SELECT COUNT(*) FROM orders WHERE state = 'filed')) AS BIGINT) AS n",
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
];
