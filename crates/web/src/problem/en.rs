//! What is said of each kind of problem, in English.

use super::kind::{Kind, Says};

#[expect(clippy::too_many_lines, reason = "one exhaustive match, a kind after the other")]
pub(super) const fn says(kind: Kind) -> Says {
    let (title, advice) = match kind {
        Kind::NotSignedIn => (
            "Not signed in",
            "Present the token of a session, or an API key, as \"Authorization: Bearer …\".",
        ),
        Kind::ChangePassword => (
            "Set a password first",
            "You signed in with a one-time password. Set one of your own before anything else.",
        ),
        Kind::CodeNeeded => (
            "A code is needed as well",
            "Your password is right. Send the present code of your authenticator app, or one of your recovery codes, as code beside it.",
        ),
        Kind::SetUpSecondFactor => (
            "Set up a second factor first",
            "Your role requires a second factor to sign in, and you have none yet. Set one up in the console, at /me/second-factor, before anything else.",
        ),
        Kind::Forbidden => (
            "Not allowed",
            "Neither your roles nor the scopes of your key include this. Ask an operator if you need it.",
        ),
        Kind::NotFound => (
            "Not found",
            "What you asked for was not found. Check it, and that you signed in with the account that bought it.",
        ),
        Kind::NoSuchPage => (
            "No such address",
            "Nothing is served at this address. Compare it with the API document at /api/docs.",
        ),
        Kind::NoSuchMethod => (
            "Method not supported",
            "This address does not support that method. Compare it with the API document at /api/docs.",
        ),
        Kind::Unreadable => (
            "The request cannot be read",
            "Its form is wrong. Compare it with the API document at /api/docs.",
        ),
        Kind::Invalid => (
            "Something in the request is wrong",
            "Each entry of errors says what to correct. The API document is at /api/docs, and as JSON at /api/openapi.json.",
        ),
        Kind::Refused => {
            ("Not done", "Nothing was changed. Under errors stands every reason, with what to do about it.")
        }
        Kind::IllegalMove => (
            "Not possible where the order stands",
            "Nothing was changed. errors says where the order stands and what can be done with it now.",
        ),
        Kind::OrderFaulty => (
            "The order has faults",
            "Nothing was changed. Each entry of errors is a field to correct, with what to write there.",
        ),
        Kind::NotVerified => {
            ("Product not verified", "Nothing was changed. Under errors stands why, and what to do.")
        }
        Kind::ImportOpen => {
            ("Not in this state of the import", "Finish or abandon the import that is open first.")
        }
        Kind::ConsentNeeded => (
            "Consent needed",
            "Many instances would be gone by this import. Check that the list is complete, and send it again with allow_gone true if it is.",
        ),
        Kind::NoEdition => (
            "No rules at that time",
            "The time asked about is before the first edition of the rules. Ask about a later one.",
        ),
        Kind::KeyMissing => (
            "Idempotency key missing",
            "Send a unique value of your own, such as a UUID, as Idempotency-Key. A request that is sent again is then not done again.",
        ),
        Kind::KeyUsed => (
            "The idempotency key was used for another request",
            "One Idempotency-Key serves for one request with the same content. Take a new one for a new request.",
        ),
        Kind::StillWorking => (
            "Still being worked on",
            "Wait as many seconds as Retry-After says, and send the request again with the same Idempotency-Key.",
        ),
        Kind::TooManyRequests => ("Too many requests", "Wait as many seconds as Retry-After says."),
        Kind::TooLarge => (
            "The request is too large",
            "The body is larger than is taken here. Send less; lists can be sent in parts.",
        ),
        Kind::NotJson => ("Content type not supported", "Send JSON, with Content-Type: application/json."),
        Kind::Changed => (
            "Changed meanwhile",
            "It changed after you read it, perhaps by something that you did elsewhere. Read it again before you change it.",
        ),
        Kind::ReadOnly => (
            "Read-only for the time being",
            "An operator has to look at the database first. What you submitted before is not affected.",
        ),
        Kind::Busy => ("The desk is busy", "Nothing was changed. Try again in a moment."),
        Kind::OutcomeUnknown => (
            "The outcome is not known yet",
            "It may have been done. Where you sent an Idempotency-Key, send the request again with the same one: it is not done twice. Otherwise look first whether it was done.",
        ),
        Kind::Incomplete => (
            "The request did not arrive in full",
            "Its body was not received in time, and nothing was changed. Check your connection and send the request again.",
        ),
        Kind::TooSlow => (
            "It took too long",
            "It was not finished in time, and may have been done. Try again with the same Idempotency-Key, so that nothing is done twice; where you sent none, look first.",
        ),
        Kind::NoFont => (
            "No PDF can be made now",
            "The machine has no font with Chinese characters. Print the page as PDF with your browser instead. Once the provider has installed one (such as Noto Sans CJK, Debian's package fonts-noto-cjk), it can be downloaded.",
        ),
        Kind::Fault => (
            "The desk has a fault",
            "It was noted. Try again later; if it stays, tell support the request id (X-Request-Id).",
        ),
    };
    Says { title, advice }
}
