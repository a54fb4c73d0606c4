//! What can happen to a filing number: one table for subjects and one for websites, from which moves, refusals, SQL guards, pages and
//! tests are made.

use rulebook::Lang;

/// Whose number it is: each has a table of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Machine {
    /// A subject's, `浙ICP备12345678号`.
    Subject,
    /// A website's, `浙ICP备12345678号-1`.
    Website,
}

/// Where a number stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// It is filed, and its website is hosted here (正常).
    Active,
    /// It is filed, and its website is no longer hosted here (已取消接入). The number of a subject never stands here.
    AccessDropped,
    /// It is no number any more (已注销). Final: no operation restores it.
    Cancelled,
}

/// Something that happens to a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Event {
    /// The bureau gives it.
    File,
    /// It was filed before this desk kept it, and is hosted here.
    Import,
    /// It was filed before this desk kept it, and is hosted here no more.
    ImportDropped,
    /// It was filed before this desk kept it, and is cancelled.
    ImportCancelled,
    /// What is filed under it changes (变更备案).
    Change,
    /// It was recorded with a slip of the keyboard, and is recorded as the bureau gave it.
    Correct,
    /// Its website is hosted here, anew or on one more instance (接入备案).
    AddAccess,
    /// Its website is no longer hosted on one of several instances.
    EndAccess,
    /// Its website is no longer hosted here (取消接入).
    DropAccess,
    /// Its website, which is hosted here no more, is hosted by another provider, who filed the access.
    HostElsewhere,
    /// Its website is no longer hosted by another provider either.
    LeaveElsewhere,
    /// It is cancelled (注销).
    Cancel,
}

/// Why an access ends or a number is cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// Its owner wants it, and asked us or the bureau.
    ByOwner,
    /// The term of the instance behind the access ended.
    InstanceExpired,
    /// The instance behind the access was given back.
    InstanceReleased,
    /// What is filed is untrue, inaccurate or missing, and was not mended by the day given.
    InformationUntrue,
    /// The domain lapsed, was deleted, and whoever registered it next had the number cancelled.
    ByNewDomainHolder,
    /// The website was hosted nowhere for too long. The bureau decides that; we only warn.
    AccessDroppedTooLong,
    /// An authority demands it, for unlawful content.
    ByAuthority,
}

/// Who makes something happen to a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Who {
    /// The bureau, by filing an order.
    Bureau,
    /// The owner of the number, who says what the desk cannot see.
    Owner,
    /// An operator, who records what the bureau decided or what the provider found.
    Operator,
    /// The desk by itself.
    Desk,
    /// Two of the provider's people: one proposed it, another agreed.
    TwoPeople,
}

/// A reason, where the step needs one, and who may give it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ground {
    /// Why; `None` where there is nothing to give reasons for.
    pub reason: Option<Reason>,
    /// Who.
    pub who: &'static [Who],
}

/// One row of [`SUBJECT`] or [`WEBSITE`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// From where; `None` where there was no number yet.
    pub from: Option<State>,
    /// What happens.
    pub by: Event,
    /// To where.
    pub to: State,
    /// Why, and by whom.
    pub grounds: &'static [Ground],
}

const BUREAU: &[Ground] = &[Ground { reason: None, who: &[Who::Bureau] }];
const RECORDED: &[Ground] = &[Ground { reason: None, who: &[Who::Operator] }];
/// Nothing tells the desk what other providers do but people.
const SAID: &[Ground] = &[Ground { reason: None, who: &[Who::Owner, Who::Operator] }];
const HOSTED_NO_MORE: &[Ground] = &[
    ground(Reason::ByOwner, &[Who::Bureau, Who::Operator]),
    ground(Reason::InstanceExpired, &[Who::Desk, Who::Operator]),
    ground(Reason::InstanceReleased, &[Who::Desk, Who::Operator]),
    ground(Reason::InformationUntrue, &[Who::Operator]),
    ground(Reason::ByAuthority, &[Who::Operator]),
];
/// Of several instances one is no more; people end all accesses of a website, or none.
const ONE_HOSTED_NO_MORE: &[Ground] =
    &[ground(Reason::InstanceExpired, &[Who::Desk]), ground(Reason::InstanceReleased, &[Who::Desk])];
const BY_OWNER: Ground = ground(Reason::ByOwner, &[Who::Bureau, Who::Operator]);
const BY_HOLDER: Ground = ground(Reason::ByNewDomainHolder, &[Who::Operator]);
const TOO_LONG: Ground = ground(Reason::AccessDroppedTooLong, &[Who::Operator]);
const BY_AUTHORITY: Ground = ground(Reason::ByAuthority, &[Who::TwoPeople]);

/// Everything that can happen to the number of a subject. What is not here is illegal.
pub const SUBJECT: [Step; 7] = [
    step(None, Event::File, State::Active, BUREAU),
    step(None, Event::Import, State::Active, RECORDED),
    step(None, Event::ImportCancelled, State::Cancelled, RECORDED),
    step(Some(State::Active), Event::Change, State::Active, BUREAU),
    step(Some(State::Active), Event::Correct, State::Active, RECORDED),
    step(Some(State::Active), Event::Cancel, State::Cancelled, &[BY_OWNER, TOO_LONG, BY_AUTHORITY]),
    // It stays cancelled, and whoever has the number in truth can be given it.
    step(Some(State::Cancelled), Event::Correct, State::Cancelled, RECORDED),
];

/// Everything that can happen to the number of a website. What is not here is illegal.
pub const WEBSITE: [Step; 17] = [
    step(None, Event::File, State::Active, BUREAU),
    step(None, Event::Import, State::Active, RECORDED),
    step(None, Event::ImportDropped, State::AccessDropped, RECORDED),
    step(None, Event::ImportCancelled, State::Cancelled, RECORDED),
    step(Some(State::Active), Event::Change, State::Active, BUREAU),
    step(Some(State::AccessDropped), Event::Change, State::AccessDropped, BUREAU),
    step(Some(State::Active), Event::Correct, State::Active, RECORDED),
    step(Some(State::AccessDropped), Event::Correct, State::AccessDropped, RECORDED),
    step(Some(State::Active), Event::AddAccess, State::Active, BUREAU),
    step(Some(State::AccessDropped), Event::AddAccess, State::Active, BUREAU),
    step(Some(State::AccessDropped), Event::HostElsewhere, State::AccessDropped, SAID),
    step(Some(State::AccessDropped), Event::LeaveElsewhere, State::AccessDropped, SAID),
    step(Some(State::Active), Event::EndAccess, State::Active, ONE_HOSTED_NO_MORE),
    step(Some(State::Active), Event::DropAccess, State::AccessDropped, HOSTED_NO_MORE),
    step(Some(State::Active), Event::Cancel, State::Cancelled, &[BY_OWNER, BY_HOLDER, BY_AUTHORITY]),
    step(
        Some(State::AccessDropped),
        Event::Cancel,
        State::Cancelled,
        &[BY_OWNER, BY_HOLDER, TOO_LONG, BY_AUTHORITY],
    ),
    step(Some(State::Cancelled), Event::Correct, State::Cancelled, RECORDED),
];

const fn ground(reason: Reason, who: &'static [Who]) -> Ground {
    Ground { reason: Some(reason), who }
}

const fn step(from: Option<State>, by: Event, to: State, grounds: &'static [Ground]) -> Step {
    Step { from, by, to, grounds }
}

/// Something that cannot happen to a number, with what can: the body of a 409.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{}` cannot happen to a number that is `{}`", tried.word(), from.map_or("not there yet", State::word))]
pub struct Illegal {
    /// Whose number it is.
    pub machine: Machine,
    /// Where it stands; `None` when there is none yet.
    pub from: Option<State>,
    /// What was tried.
    pub tried: Event,
    /// For which reason.
    pub reason: Option<Reason>,
    /// Who tried it.
    pub who: Who,
    /// What he could do instead, each with the reasons that he may give, in the order of the table.
    pub legal: Vec<(Event, Vec<Reason>)>,
}

/// The row by which `who` makes something happen to a number at `from` for that reason; `None` stands for one that is not there yet.
pub fn step_of(
    machine: Machine,
    from: impl Into<Option<State>>,
    by: Event,
    reason: Option<Reason>,
    who: Who,
) -> Result<&'static Step, Illegal> {
    let from = from.into();
    let step = steps(machine, from).find(|step| step.by == by && step.allows(reason, who));
    let legal = || legal(machine, from, who).collect();
    step.ok_or_else(|| Illegal { machine, from, tried: by, reason, who, legal: legal() })
}

/// What `who` can make happen to a number at `from`, and for which reasons, in the order of the table.
pub fn legal(
    machine: Machine,
    from: impl Into<Option<State>>,
    who: Who,
) -> impl Iterator<Item = (Event, Vec<Reason>)> {
    let may = move |ground: &&Ground| ground.who.contains(&who);
    steps(machine, from).filter(move |step| step.grounds.iter().any(|ground| may(&ground))).map(move |step| {
        let reasons = step.grounds.iter().filter(may).filter_map(|ground| ground.reason);
        (step.by, reasons.collect())
    })
}

/// The rows that a number can take at `from`, whoever makes it happen.
pub fn steps(machine: Machine, from: impl Into<Option<State>>) -> impl Iterator<Item = &'static Step> {
    let from = from.into();
    machine.table().iter().filter(move |step| step.from == from)
}

impl Step {
    fn allows(&self, reason: Option<Reason>, who: Who) -> bool {
        self.grounds.iter().any(|ground| ground.reason == reason && ground.who.contains(&who))
    }
}

impl Machine {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Subject, Self::Website];

    /// All that can happen to such a number.
    pub const fn table(self) -> &'static [Step] {
        match self {
            Self::Subject => &SUBJECT,
            Self::Website => &WEBSITE,
        }
    }

    /// As answers carry it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Subject => "subject",
            Self::Website => "website",
        }
    }

    /// As people read it.
    pub const fn label(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => super::zh::machine(self),
            Lang::En => super::en::machine(self),
        }
    }
}

impl State {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Active, Self::AccessDropped, Self::Cancelled];

    /// As it is stored and as answers carry it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::AccessDropped => "access-dropped",
            Self::Cancelled => "cancelled",
        }
    }

    /// The state of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }

    /// As people read it.
    pub const fn label(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => super::zh::state(self),
            Lang::En => super::en::state(self),
        }
    }

    /// Whether nothing more can happen to a number there, but that it is written as the bureau gave it.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Cancelled)
    }
}

impl Event {
    /// Everything that happens.
    pub const ALL: [Self; 12] = [
        Self::File,
        Self::Import,
        Self::ImportDropped,
        Self::ImportCancelled,
        Self::Change,
        Self::Correct,
        Self::AddAccess,
        Self::EndAccess,
        Self::DropAccess,
        Self::HostElsewhere,
        Self::LeaveElsewhere,
        Self::Cancel,
    ];

    /// As it is stored and as answers carry it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Import => "import",
            Self::ImportDropped => "import-dropped",
            Self::ImportCancelled => "import-cancelled",
            Self::Change => "change",
            Self::Correct => "correct",
            Self::AddAccess => "add-access",
            Self::EndAccess => "end-access",
            Self::DropAccess => "drop-access",
            Self::HostElsewhere => "host-elsewhere",
            Self::LeaveElsewhere => "leave-elsewhere",
            Self::Cancel => "cancel",
        }
    }

    /// The event of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|event| event.word() == word)
    }

    /// As people read it.
    pub const fn label(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => super::zh::event(self),
            Lang::En => super::en::event(self),
        }
    }
}

impl Reason {
    /// Every reason.
    pub const ALL: [Self; 7] = [
        Self::ByOwner,
        Self::InstanceExpired,
        Self::InstanceReleased,
        Self::InformationUntrue,
        Self::ByNewDomainHolder,
        Self::AccessDroppedTooLong,
        Self::ByAuthority,
    ];

    /// As it is stored and as answers carry it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::ByOwner => "by-owner",
            Self::InstanceExpired => "instance-expired",
            Self::InstanceReleased => "instance-released",
            Self::InformationUntrue => "information-untrue",
            Self::ByNewDomainHolder => "by-new-domain-holder",
            Self::AccessDroppedTooLong => "access-dropped-too-long",
            Self::ByAuthority => "by-authority",
        }
    }

    /// The reason of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.word() == word)
    }

    /// As people read it.
    pub const fn label(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => super::zh::reason(self),
            Lang::En => super::en::reason(self),
        }
    }
}

impl Who {
    /// Everybody who makes something happen to numbers.
    pub const ALL: [Self; 5] = [Self::Bureau, Self::Owner, Self::Operator, Self::Desk, Self::TwoPeople];

    /// As people read it.
    pub const fn label(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => super::zh::who(self),
            Lang::En => super::en::who(self),
        }
    }
}

impl Illegal {
    /// The stable code of the error.
    pub const WORD: &'static str = "illegal-event";

    /// What cannot happen, and why.
    pub fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => super::zh::illegal(self),
            Lang::En => super::en::illegal(self),
        }
    }

    /// What can be done instead.
    pub fn suggestion(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => super::zh::instead(self),
            Lang::En => super::en::instead(self),
        }
    }
}

/// One of the tables as Markdown, for the page about numbers.
pub fn page(machine: Machine, lang: Lang) -> String {
    let heads = match lang {
        Lang::Zh => super::zh::HEADS,
        Lang::En => super::en::HEADS,
    };
    let mut lines = vec![row(&heads.map(str::to_owned)), row(&heads.map(|_| "---".to_owned()))];
    for step in machine.table() {
        lines.extend(step.grounds.iter().map(|ground| {
            let who: Vec<_> = ground.who.iter().map(|who| who.label(lang)).collect();
            row(&[
                step.from.map_or_else(|| "–".to_owned(), |from| from.label(lang).to_owned()),
                step.by.label(lang).to_owned(),
                ground.reason.map_or_else(|| "–".to_owned(), |reason| reason.label(lang).to_owned()),
                step.to.label(lang).to_owned(),
                who.join(match lang {
                    Lang::Zh => "、",
                    Lang::En => ", ",
                }),
            ])
        }));
    }
    lines.concat()
}

fn row(cells: &[String]) -> String {
    format!("| {} |\n", cells.join(" | "))
}
