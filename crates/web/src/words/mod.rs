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
    /// Neither or both kinds of proof were given.
    WhichProof,
    /// Give one.
    OneProof,
    /// There is no such product.
    UnknownProduct { product: &'a str },
    /// The product is verified by something else: by a code, or else by the login of the host.
    WrongProof { product: &'a str, by_code: bool },
    /// The desk did not know the instance yet, at that time.
    BeforeFirst { instance: &'a str, first: &'a str },
    /// There is no such import.
    UnknownImport,
    /// Customers do not import.
    NotForCustomers,
    /// There is no such verdict.
    UnknownVerdict { word: &'a str },
    /// It must be one of these words.
    OneOf { words: &'a str },
    /// Pages are not so long.
    BadLimit { found: u32 },
    /// They may be so long.
    LimitFrom { most: u32 },
    /// The list cannot be read at all.
    NoInventory { why: &'a str },
    /// The cursor is none that a page gave.
    BadCursor,
    /// A parameter is not of its form.
    BadParameter { why: &'a str },
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
