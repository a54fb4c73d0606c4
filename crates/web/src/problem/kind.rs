//! The kinds of problems: one table of words and statuses.

use super::{en, zh};
use axum::http::StatusCode;
use rulebook::Lang;

/// A kind of problem. Its word is part of the API and never changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// No token was presented, or none that is good.
    NotSignedIn,
    /// Somebody signed in with a one-time password, and has to set one of his own first.
    ChangePassword,
    /// The password was right, and a code of the second factor is needed as well.
    CodeNeeded,
    /// Somebody must have a second factor and has none: he has to set one up first.
    SetUpSecondFactor,
    /// He who asks may not do that, by his roles or by the scopes of his key.
    Forbidden,
    /// It is not there, or not for whoever asks: the two are never told apart.
    NotFound,
    /// Nothing is served at that address.
    NoSuchPage,
    /// The address is served, but not with that method.
    NoSuchMethod,
    /// The request cannot be read: its body is no JSON, or a header or parameter is not of its form.
    Unreadable,
    /// The request can be read, but something in it is not what is expected there.
    Invalid,
    /// It was decided against, with reasons; nothing was changed.
    Refused,
    /// An order cannot make that move where it stands; nothing was changed.
    IllegalMove,
    /// What is filled in for an order has faults; nothing was changed.
    OrderFaulty,
    /// A product was not verified, with the cause; nothing was changed.
    NotVerified,
    /// No edition of the rules is in force at the time asked about.
    NoEdition,
    /// Another import is open, or this one is in no state for that.
    ImportOpen,
    /// So many instances would be gone by an import that somebody has to consent.
    ConsentNeeded,
    /// What issues or changes something needs an idempotency key.
    KeyMissing,
    /// The idempotency key was used for another request.
    KeyUsed,
    /// The same request is still being worked on.
    StillWorking,
    /// Too much was asked in a short time.
    TooManyRequests,
    /// The body is larger than is taken there.
    TooLarge,
    /// The body is of a type that is not taken there.
    NotJson,
    /// What was to be changed is not what it was when it was read.
    Changed,
    /// Nothing is written until an operator has looked at the database.
    ReadOnly,
    /// Nothing was changed; asking again may help.
    Busy,
    /// It may have been done: asking again with the same idempotency key tells.
    OutcomeUnknown,
    /// The body of the request did not arrive in time; nothing was begun.
    Incomplete,
    /// The answer took too long.
    TooSlow,
    /// No font of the machine has Chinese, so that no document can be made.
    NoFont,
    /// The desk has a fault, which is in its log.
    Fault,
}

/// Every kind, with the word in its address and its status.
const KINDS: [(Kind, &str, StatusCode); 31] = [
    (Kind::NotSignedIn, "not-signed-in", StatusCode::UNAUTHORIZED),
    (Kind::ChangePassword, "change-password", StatusCode::FORBIDDEN),
    (Kind::CodeNeeded, "code-needed", StatusCode::UNAUTHORIZED),
    (Kind::SetUpSecondFactor, "set-up-second-factor", StatusCode::FORBIDDEN),
    (Kind::Forbidden, "forbidden", StatusCode::FORBIDDEN),
    (Kind::NotFound, "not-found", StatusCode::NOT_FOUND),
    (Kind::NoSuchPage, "no-such-page", StatusCode::NOT_FOUND),
    (Kind::NoSuchMethod, "no-such-method", StatusCode::METHOD_NOT_ALLOWED),
    (Kind::Unreadable, "unreadable", StatusCode::BAD_REQUEST),
    (Kind::Invalid, "invalid", StatusCode::UNPROCESSABLE_ENTITY),
    (Kind::Refused, "refused", StatusCode::CONFLICT),
    (Kind::IllegalMove, "illegal-move", StatusCode::CONFLICT),
    (Kind::OrderFaulty, "order-faulty", StatusCode::CONFLICT),
    (Kind::NotVerified, "not-verified", StatusCode::CONFLICT),
    (Kind::ImportOpen, "import-open", StatusCode::CONFLICT),
    (Kind::ConsentNeeded, "consent-needed", StatusCode::CONFLICT),
    (Kind::NoEdition, "no-edition", StatusCode::CONFLICT),
    (Kind::KeyMissing, "idempotency-key-missing", StatusCode::BAD_REQUEST),
    (Kind::KeyUsed, "idempotency-key-used", StatusCode::UNPROCESSABLE_ENTITY),
    (Kind::StillWorking, "still-working", StatusCode::CONFLICT),
    (Kind::TooManyRequests, "too-many-requests", StatusCode::TOO_MANY_REQUESTS),
    (Kind::TooLarge, "too-large", StatusCode::PAYLOAD_TOO_LARGE),
    (Kind::NotJson, "not-json", StatusCode::UNSUPPORTED_MEDIA_TYPE),
    (Kind::Changed, "changed", StatusCode::PRECONDITION_FAILED),
    (Kind::ReadOnly, "read-only", StatusCode::SERVICE_UNAVAILABLE),
    (Kind::Busy, "busy", StatusCode::SERVICE_UNAVAILABLE),
    (Kind::OutcomeUnknown, "outcome-unknown", StatusCode::SERVICE_UNAVAILABLE),
    (Kind::Incomplete, "incomplete", StatusCode::REQUEST_TIMEOUT),
    (Kind::TooSlow, "too-slow", StatusCode::SERVICE_UNAVAILABLE),
    (Kind::NoFont, "no-font", StatusCode::SERVICE_UNAVAILABLE),
    (Kind::Fault, "fault", StatusCode::INTERNAL_SERVER_ERROR),
];

/// What is said of a kind to people.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Says {
    /// The kind in a few words.
    pub(crate) title: &'static str,
    /// What it means and what to do.
    pub(crate) advice: &'static str,
}

impl Kind {
    /// Every kind, in the order of the table.
    pub fn all() -> impl Iterator<Item = Self> {
        KINDS.into_iter().map(|(kind, ..)| kind)
    }

    /// The kind of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        KINDS.into_iter().find(|(_, known, _)| *known == word).map(|(kind, ..)| kind)
    }

    fn row(self) -> (&'static str, StatusCode) {
        let row = KINDS.into_iter().find(|(kind, ..)| *kind == self);
        row.map_or(("fault", StatusCode::INTERNAL_SERVER_ERROR), |(_, word, status)| (word, status))
    }

    /// Its word: the last part of its address.
    pub fn word(self) -> &'static str {
        self.row().0
    }

    /// The status of answers with it.
    pub fn status(self) -> StatusCode {
        self.row().1
    }

    /// Whether it is about how something was asked, so that the API document helps.
    pub(crate) fn is_of_the_request(self) -> bool {
        matches!(self.status().as_u16(), 400 | 404 | 405 | 415 | 422)
    }

    /// Where the server explains it, relative to the server.
    pub fn address(self) -> String {
        format!("/problems/{}", self.word())
    }

    pub(crate) const fn says(self, lang: Lang) -> Says {
        match lang {
            Lang::Zh => zh::says(self),
            Lang::En => en::says(self),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_one_word_and_is_found_by_it() {
        let mut words: Vec<_> = Kind::all().map(Kind::word).collect();
        assert!(Kind::all().all(|kind| Kind::from_word(kind.word()) == Some(kind)));
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), KINDS.len());
    }
}
