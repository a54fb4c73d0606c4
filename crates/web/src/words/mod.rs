//! What the API says beside decisions and refusals.

mod en;
mod zh;

use rulebook::Lang;

/// Something that is said.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Say<'a> {
    /// What was presented is no session and no key.
    UnknownToken,
    /// The session, or the key, is too old.
    ExpiredToken,
    /// The key was revoked.
    RevokedKey,
    /// The session was ended.
    SignedOut,
    /// The user is locked.
    LockedUser,
    /// The account has no such instance, whether or not somebody else has.
    UnknownInstance { instance: &'a str },
    /// There is no such code, or it is somebody else's.
    UnknownCode,
    /// Only who acts for an account can do that.
    NoAccount,
    /// The body is no JSON, at that line and column.
    NoJson { line: usize, column: usize },
    /// Something in the body is not what is expected; what the reader says of it, in English.
    BadField { why: &'a str },
    /// Compare with the API document.
    CompareWithDocument,
    /// The idempotency key is not of its form.
    BadIdempotencyKey,
    /// How to write one.
    WriteIdempotencyKey,
    /// The cursor is none that a page gave.
    BadCursor,
    /// A parameter is not of its form.
    BadParameter { why: &'a str },
    /// Nothing keeps the desk from serving.
    Ready,
    /// The database does not answer.
    DatabaseMissing,
    /// No edition of the rules is in force.
    EditionMissing,
    /// Nothing is written until an operator has looked.
    WritableMissing,
}

impl Say<'_> {
    /// The words.
    pub(crate) fn to_text(self, lang: Lang) -> String {
        match lang {
            Lang::Zh => zh::say(self),
            Lang::En => en::say(self),
        }
    }
}
