//! What is kept for how long, said a second time: how many days, which rows there are of each thing, and which things are over.

/// Something that is kept for a time.
pub(super) struct Kept {
    /// As runs count it; empty where they do not.
    pub(super) word: &'static str,
    /// Days.
    pub(super) days: i64,
    /// Its things, by an id or by a text, with each of their rows.
    pub(super) things: &'static str,
    /// Those that are over since `$until`.
    pub(super) over: &'static str,
}

/// All of it. What was filled in for an order goes as a whole.
pub(super) const KEPT: [Kept; 9] = [
    Kept {
        word: "idle-orders",
        days: 90,
        things: "SELECT o.id, '', 'part ' || p.part FROM orders o JOIN order_parts p ON p.order_id = o.id WHERE o.state = 'withdrawn'
                 UNION ALL SELECT o.id, '', 'round ' || CAST(r.round AS TEXT) FROM orders o JOIN order_rounds r ON r.order_id = o.id
                 WHERE o.state = 'withdrawn'
                 UNION ALL SELECT o.id, '', 'remark ' || r.path FROM orders o JOIN order_remarks r ON r.order_id = o.id
                 WHERE o.state = 'withdrawn'
                 UNION ALL SELECT o.id, '', 'mark ' || m.kind FROM orders o JOIN order_marks m ON m.order_id = o.id
                 WHERE o.state = 'withdrawn'
                 UNION ALL SELECT o.id, '', p.copy || ' ' || CAST(p.number AS TEXT) || ' of ' || CAST(a.purpose AS TEXT) FROM orders o
                 JOIN attachments a ON a.order_id = o.id JOIN attachment_pieces p ON p.attachment = a.id WHERE o.state = 'withdrawn'",
        over: "SELECT id, '' FROM orders WHERE state = 'withdrawn' AND since_at <= $until",
    },
    Kept {
        word: "",
        days: 90,
        things: "SELECT id, '', 'key' FROM subject_keys WHERE sealed IS NOT NULL",
        over: "SELECT k.id, '' FROM subject_keys k WHERE k.sealed IS NOT NULL
               AND EXISTS (SELECT 1 FROM orders o WHERE o.subject_key = k.id)
               AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.subject_key = k.id AND (o.state <> 'withdrawn' OR o.since_at > $until))",
    },
    Kept {
        word: "documents",
        days: 365,
        things: "SELECT a.id, '', p.copy || ' ' || CAST(p.number AS TEXT) FROM attachments a
                 JOIN orders o ON o.id = a.order_id JOIN attachment_pieces p ON p.attachment = a.id WHERE o.state <> 'withdrawn'",
        over: "SELECT a.id, '' FROM attachments a WHERE EXISTS (SELECT 1 FROM number_steps s WHERE s.order_id = a.order_id)
               AND NOT EXISTS (SELECT 1 FROM number_steps s WHERE s.order_id = a.order_id AND NOT EXISTS
               (SELECT 1 FROM number_steps e WHERE e.number = s.number AND e.event = 'cancel' AND e.at <= $until))",
    },
    Kept {
        word: "requests",
        days: 90,
        things: "SELECT CAST(NULL AS UUID), asker || ' ' || key, 'request' FROM requests",
        over: "SELECT CAST(NULL AS UUID), asker || ' ' || key FROM requests WHERE at <= $until",
    },
    Kept {
        word: "tries",
        days: 1,
        things: "SELECT CAST(NULL AS UUID), scope, 'tries' FROM tries",
        over: "SELECT CAST(NULL AS UUID), scope FROM tries WHERE last_at <= $until",
    },
    Kept {
        word: "sessions",
        days: 7,
        things: "SELECT id, '', 'session' FROM sessions",
        over: "SELECT id, '' FROM sessions WHERE expires_at <= $until",
    },
    Kept {
        word: "keys",
        days: 180,
        things: "SELECT id, '', 'key' FROM api_keys",
        over: "SELECT id, '' FROM api_keys WHERE expires_at <= $until",
    },
    Kept {
        word: "access-log",
        days: 365,
        things: "SELECT id, '', 'line' FROM access_log",
        over: "SELECT id, '' FROM access_log WHERE at <= $until",
    },
    Kept {
        word: "jobs",
        days: 90,
        things: "SELECT id, '', 'job' FROM jobs",
        over: "SELECT id, '' FROM jobs WHERE state = 'done' AND ended_at <= $until",
    },
];
