//! What advice about a number has to know of whoever would follow it: what the blacklist keeps from him, and how he showed that a product
//! is his.

use super::Possible;

/// What the blacklist keeps from the owner of a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Barred {
    /// Nothing.
    #[default]
    Nothing,
    /// Another subject of the account is on it: the account gets no service codes.
    Codes,
    /// The subject itself is on it: nothing more can be filed for it.
    Filing,
}

/// How it was shown that the products behind a website are the customer's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ShownBy {
    /// By service codes.
    Code,
    /// By user name and password of a host.
    Password,
    /// By both, or it is not known.
    #[default]
    Either,
}

/// What advice has to know.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Advice {
    /// What the blacklist keeps from the owner.
    pub barred: Barred,
    /// How products were shown to be his.
    pub shown_by: ShownBy,
}

impl ShownBy {
    /// Of so many codes and so many passwords.
    pub const fn of(codes: usize, passwords: usize) -> Self {
        match (codes, passwords) {
            (0, 0) => Self::Either,
            (_, 0) => Self::Code,
            (0, _) => Self::Password,
            (_, _) => Self::Either,
        }
    }
}

impl Advice {
    /// Whether he can file something that needs a product here.
    pub const fn may_file(self) -> bool {
        match self.barred {
            Barred::Nothing => true,
            Barred::Codes => matches!(self.shown_by, ShownBy::Password),
            Barred::Filing => false,
        }
    }

    /// What is possible to him of what would be.
    pub fn possible(self, all: &[Possible]) -> Vec<Possible> {
        let kept = |possible: &&Possible| match possible {
            Possible::FileAnew | Possible::AddAccess | Possible::AddWebsite => self.may_file(),
            Possible::FileElsewhere => self.barred != Barred::Filing,
            Possible::HostedStill | Possible::ShowNumber | Possible::Barred => true,
        };
        let possible: Vec<_> = all.iter().filter(kept).copied().collect();
        if possible.len() == all.len() {
            return possible;
        }
        std::iter::once(Possible::Barred).chain(possible).collect()
    }
}
