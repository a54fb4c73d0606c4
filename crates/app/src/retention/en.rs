//! The words of retention, in English.

use super::{Source, What, Words};

pub(super) const fn words(what: What) -> Words {
    match what {
        What::IdleOrders => Words {
            what: "orders given up",
            from: "when the order was given up, or lapsed",
            effect: "What was filled in, submitted and remarked, the pictures, and the hashes by which it is found are gone; so is the key where nothing else is sealed under it. The order and its steps stay",
        },
        What::Documents => Words {
            what: "pictures of filings",
            from: "when the last number that the order filed, changed or ended was cancelled",
            effect: "The pictures are gone. The order, the numbers, their history and what was filled in stay; the last is erased on request",
        },
        What::Requests => Words {
            what: "idempotency keys",
            from: "when the request was made",
            effect: "The same key can be used again, and then does it again. What was done stays, in the ledger too",
        },
        What::Tries => Words {
            what: "failed tries",
            from: "the last that failed",
            effect: "They slow nobody down any more",
        },
        What::Sessions => Words {
            what: "sessions",
            from: "when the session ends at the latest",
            effect: "Its token is unknown rather than expired",
        },
        What::Keys => Words {
            what: "keys",
            from: "when the key was revoked or expired",
            effect: "It is unknown rather than revoked or expired. The ledger still says that there was one",
        },
        What::AccessLog => {
            Words { what: "access log", from: "when somebody looked", effect: "The line is gone" }
        }
        What::Jobs => {
            Words { what: "jobs", from: "when the job was done", effect: "The job and its key are gone" }
        }
    }
}

pub(super) const fn source(source: Source) -> &'static str {
    match source {
        Source::Own => {
            "the provider's choice; no longer than needed (Personal Information Protection Law, articles 19 and 47)"
        }
        Source::CybersecurityLaw => "Cybersecurity Law of 2017, article 21 (3): six months at least",
        Source::CybersecurityLawOf2026 => {
            "Cybersecurity Law as amended for 2026, article 23 (3): six months at least"
        }
    }
}
