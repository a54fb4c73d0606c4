//! What an order asks for: seven kinds, one table, from which forms, checks and moves learn what each needs.

use super::{Move, State};
use rulebook::Lang;

/// What an order asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A subject and its first websites are filed (首次备案).
    FirstFiling,
    /// A filed subject files one more website (新增网站).
    AddWebsite,
    /// A filed website is hosted here too (新增接入).
    AddAccess,
    /// What is filed changes (变更备案).
    Change,
    /// A subject is cancelled with all its websites (注销主体).
    CancelSubject,
    /// One website is cancelled (注销网站).
    CancelWebsite,
    /// A website is no longer hosted here (取消接入).
    CancelAccess,
}

/// One part of what is filled in. A customer saves one at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Which filed subject or website the order is about.
    Target,
    /// The organisation or person that files.
    Subject,
    /// The websites, each with its verified product and the person in charge of it.
    Websites,
    /// Which pictures were added for what.
    Materials,
    /// Why something is cancelled, and that it is meant.
    Cancellation,
}

/// Which filing number an order starts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// None: there will be one when the order is filed.
    Nothing,
    /// That of a subject, `浙ICP备12345678号`.
    Subject,
    /// That of a website, `浙ICP备12345678号-1`.
    Website,
}

/// One row of [`KINDS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Needs {
    /// The kind.
    pub kind: Kind,
    /// The number it starts from.
    pub target: Target,
    /// What is filled in, in the order in which people are asked.
    pub parts: &'static [Part],
    /// How many websites it has: at least, at most. The bureau's answer to a request for several new websites of a filed
    /// subject does not say which it is about, so that there is one to an order.
    pub websites: (usize, usize),
    /// Whether each of its websites needs a verified product.
    pub verified: bool,
    /// Whether the bureau sends a text message that must be answered within 24 hours.
    pub sms: bool,
    /// Whether it ends something that no order brings back.
    pub irreversible: bool,
}

/// Websites of one order at most: each is looked at by a person.
const MOST_WEBSITES: usize = 10;

/// What each kind needs.
pub const KINDS: [Needs; 7] = [
    Needs {
        kind: Kind::FirstFiling,
        target: Target::Nothing,
        parts: &[Part::Subject, Part::Websites, Part::Materials],
        websites: (1, MOST_WEBSITES),
        verified: true,
        sms: true,
        irreversible: false,
    },
    Needs {
        kind: Kind::AddWebsite,
        target: Target::Subject,
        parts: &[Part::Target, Part::Websites, Part::Materials],
        websites: (1, 1),
        verified: true,
        sms: true,
        irreversible: false,
    },
    Needs {
        kind: Kind::AddAccess,
        target: Target::Website,
        parts: &[Part::Target, Part::Websites, Part::Materials],
        websites: (1, 1),
        verified: true,
        sms: true,
        irreversible: false,
    },
    Needs {
        kind: Kind::Change,
        target: Target::Subject,
        parts: &[Part::Target, Part::Subject, Part::Websites, Part::Materials],
        websites: (0, MOST_WEBSITES),
        verified: false,
        sms: true,
        irreversible: false,
    },
    cancel(Kind::CancelSubject, Target::Subject, true, true),
    cancel(Kind::CancelWebsite, Target::Website, true, true),
    cancel(Kind::CancelAccess, Target::Website, false, false),
];

const fn cancel(kind: Kind, target: Target, sms: bool, irreversible: bool) -> Needs {
    let parts = &[Part::Target, Part::Cancellation];
    Needs { kind, target, parts, websites: (0, 0), verified: false, sms, irreversible }
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 7] = [
        Self::FirstFiling,
        Self::AddWebsite,
        Self::AddAccess,
        Self::Change,
        Self::CancelSubject,
        Self::CancelWebsite,
        Self::CancelAccess,
    ];

    /// As it is stored and as answers carry it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::FirstFiling => "first-filing",
            Self::AddWebsite => "add-website",
            Self::AddAccess => "add-access",
            Self::Change => "change",
            Self::CancelSubject => "cancel-subject",
            Self::CancelWebsite => "cancel-website",
            Self::CancelAccess => "cancel-access",
        }
    }

    /// The kind of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// As people read it.
    pub const fn label(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => super::zh::kind(self),
            Lang::En => super::en::kind(self),
        }
    }

    /// What it means that an order of this kind has come to its end, or came back by itself, and what its owner is to do now; `None`
    /// while it goes on. `by` is the last move that it made, where that is at hand.
    pub const fn outcome(self, state: State, by: Option<Move>, lang: Lang) -> Option<&'static str> {
        match lang {
            Lang::Zh => super::zh::outcome(self, state, by),
            Lang::En => super::en::outcome(self, state, by),
        }
    }

    /// What it needs.
    pub const fn needs(self) -> &'static Needs {
        let [first, website, access, change, subject_ends, website_ends, access_ends] = &KINDS;
        match self {
            Self::FirstFiling => first,
            Self::AddWebsite => website,
            Self::AddAccess => access,
            Self::Change => change,
            Self::CancelSubject => subject_ends,
            Self::CancelWebsite => website_ends,
            Self::CancelAccess => access_ends,
        }
    }
}

impl Needs {
    /// Whether `part` is filled in.
    pub fn has(&self, part: Part) -> bool {
        self.parts.contains(&part)
    }
}

impl Part {
    /// Every part.
    pub const ALL: [Self; 5] =
        [Self::Target, Self::Subject, Self::Websites, Self::Materials, Self::Cancellation];

    /// As it is stored, as answers carry it, and as paths begin.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Target => "target",
            Self::Subject => "subject",
            Self::Websites => "websites",
            Self::Materials => "materials",
            Self::Cancellation => "cancellation",
        }
    }

    /// The part of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.word() == word)
    }

    /// As people read it.
    pub const fn label(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => super::zh::part(self),
            Lang::En => super::en::part(self),
        }
    }
}
