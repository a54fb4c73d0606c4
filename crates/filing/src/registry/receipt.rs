//! What the owner of a number keeps and shows of something that happened to it (回执): what happened as a sentence, who wanted it, and what
//! is possible now.

use super::{Advice, Event, Machine, Reason, State};
use jiff::Timestamp;
use rulebook::Lang;

/// Something that happened to a number, as a receipt says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Statement<'a> {
    /// Whose number it is.
    pub machine: Machine,
    /// The number, as it was then.
    pub number: &'a str,
    /// What happened.
    pub event: Event,
    /// Why, where an access ended or the number was cancelled.
    pub reason: Option<Reason>,
    /// The number under which it had been recorded, where this corrected it.
    pub was: Option<&'a str>,
    /// When.
    pub at: Timestamp,
}

/// Who wanted it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Asked {
    /// The owner of the number.
    Owner,
    /// Whoever registered the domain after him.
    NewHolder,
    /// The bureau.
    Bureau,
    /// An authority.
    Authority,
    /// The provider, by its people or by the desk itself.
    Provider,
}

/// What is possible after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Possible {
    /// It can be filed anew, with another code, and gets another number.
    FileAnew,
    /// Its website can be hosted here again.
    AddAccess,
    /// Its access can be filed with another provider.
    FileElsewhere,
    /// Its website is hosted on its other instances as before.
    HostedStill,
    /// It is to be shown at the foot of the home page.
    ShowNumber,
    /// More websites can be filed under it.
    AddWebsite,
    /// Nothing of what would be: the blacklist stands in its way.
    Barred,
}

impl Statement<'_> {
    /// What happened, when and why.
    pub fn sentence(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => super::zh_receipt::statement(self),
            Lang::En => super::en_receipt::statement(self),
        }
    }
}

impl Asked {
    /// Everybody.
    pub const ALL: [Self; 5] = [Self::Owner, Self::NewHolder, Self::Bureau, Self::Authority, Self::Provider];

    /// Who wanted something that happened for that reason. Of whether another provider hosts a website it is who said so: its owner, or where
    /// `by_provider` the provider's people.
    pub const fn of(event: Event, reason: Option<Reason>, by_provider: bool) -> Self {
        match reason {
            Some(Reason::ByOwner) => Self::Owner,
            Some(Reason::ByNewDomainHolder) => Self::NewHolder,
            Some(Reason::AccessDroppedTooLong) => Self::Bureau,
            Some(Reason::ByAuthority) => Self::Authority,
            Some(Reason::InstanceExpired | Reason::InstanceReleased | Reason::InformationUntrue) => {
                Self::Provider
            }
            None => match event {
                Event::HostElsewhere | Event::LeaveElsewhere if by_provider => Self::Provider,
                Event::File
                | Event::Change
                | Event::AddAccess
                | Event::HostElsewhere
                | Event::LeaveElsewhere => Self::Owner,
                Event::Import
                | Event::ImportDropped
                | Event::ImportCancelled
                | Event::Correct
                | Event::EndAccess
                | Event::DropAccess
                | Event::Cancel => Self::Provider,
            },
        }
    }

    /// As answers carry it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::NewHolder => "new-holder",
            Self::Bureau => "bureau",
            Self::Authority => "authority",
            Self::Provider => "provider",
        }
    }

    /// As people read it.
    pub const fn label(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => super::zh_receipt::asked(self),
            Lang::En => super::en_receipt::asked(self),
        }
    }
}

/// What is possible for a number of that sort once that brought it to `state`, as far as nothing is known of its owner
/// ([`Advice::possible`]).
pub const fn possible(machine: Machine, event: Event, state: State) -> &'static [Possible] {
    match (state, machine, event) {
        (State::Cancelled, ..) => &[Possible::FileAnew],
        (State::AccessDropped, _, Event::HostElsewhere) => &[Possible::AddAccess],
        (State::AccessDropped, ..) => &[Possible::AddAccess, Possible::FileElsewhere],
        (State::Active, _, Event::EndAccess) => &[Possible::HostedStill, Possible::AddAccess],
        (State::Active, Machine::Website, _) => &[Possible::ShowNumber],
        (State::Active, Machine::Subject, _) => &[Possible::AddWebsite],
    }
}

impl Possible {
    /// All that may be possible.
    pub const ALL: [Self; 7] = [
        Self::FileAnew,
        Self::AddAccess,
        Self::FileElsewhere,
        Self::HostedStill,
        Self::ShowNumber,
        Self::AddWebsite,
        Self::Barred,
    ];

    /// As answers carry it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::FileAnew => "file-anew",
            Self::AddAccess => "add-access",
            Self::FileElsewhere => "file-elsewhere",
            Self::HostedStill => "hosted-still",
            Self::ShowNumber => "show-number",
            Self::AddWebsite => "add-website",
            Self::Barred => "barred",
        }
    }

    /// What it is, in words for somebody of whom that is known.
    pub fn sentence(self, advice: Advice, lang: Lang) -> String {
        match lang {
            Lang::Zh => super::zh_receipt::possible(self, advice),
            Lang::En => super::en_receipt::possible(self, advice),
        }
    }
}
