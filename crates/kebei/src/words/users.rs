//! What the program says of users and their keys.

use super::{users_en, users_zh};
use app::{
    OpenAccountError,
    access::{AddUserFault, KeyFault, ListedKey, ListedUser, MadeKey, Right, UserFault},
};
use jiff::Timestamp;
use rulebook::{Lang, calendar};

/// Something that is said of users.
#[derive(Debug)]
pub(crate) enum UserSay<'a> {
    /// A user was added; his one-time password, where he has one.
    Added { name: &'a str, password: Option<&'a str> },
    /// He was not.
    NotAdded(&'a AddUserFault),
    /// What was given is no e-mail address.
    BadEmail,
    /// One user.
    User(&'a ListedUser),
    /// There is none.
    NoUsers,
    /// A user has other roles.
    Changed { name: &'a str },
    /// A user was not changed.
    NotChanged(&'a UserFault),
    /// A user was locked.
    Locked { name: &'a str },
    /// A user was let in again.
    Unlocked { name: &'a str },
    /// A user has a new one-time password.
    Reset { name: &'a str, password: &'a str },
    /// A user has no second factor any more.
    SecondFactorReset { name: &'a str },
    /// An account was opened.
    Opened { account: &'a str },
    /// It was not.
    NotOpened(&'a OpenAccountError),
    /// A key was made.
    KeyMade(&'a MadeKey),
    /// Nothing was done about a key.
    KeyFault(&'a KeyFault),
    /// One key.
    Key(&'a ListedKey),
    /// There is none.
    NoKeys { user: &'a str },
    /// What was given is the id of no key.
    BadKeyId { found: &'a str },
    /// A key was revoked.
    KeyRevoked,
    /// What a right allows.
    Right(Right),
    /// Over the column of rights in the table of roles.
    RightHeading,
}

impl UserSay<'_> {
    /// The words.
    pub(crate) fn to_text(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => users_zh::say(self),
            Lang::En => users_en::say(self),
        }
    }
}

/// A moment as operators read it.
pub(super) fn moment(at: Timestamp) -> String {
    calendar::shanghai(at).strftime("%Y-%m-%d %H:%M").to_string()
}

/// Words of rights or roles, one after the other.
pub(super) fn words<'w>(words: impl Iterator<Item = &'w str>) -> String {
    words.collect::<Vec<_>>().join(" ")
}
