//! What can happen to a service code: one table, from which moves, refusals, SQL guards, pages and tests are made.

use rulebook::{CodeMade, Lang, OnAbandon};

/// Where a code stands, as it is stored. That it has expired is not stored: see [`super::Shown`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// Made beforehand, not bound to an instance (未分配).
    Init,
    /// Bound to an instance, unused (未使用).
    Bound,
    /// In a submitted order (备案中).
    Recording,
    /// That order was filed (已备案). Final.
    Recorded,
    /// Never usable again (已作废). Final.
    Void,
}

/// Something that happens to a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Move {
    /// Is made without an instance, to be bound later.
    Premake,
    /// Is issued on an instance.
    Issue,
    /// Arrives from the system that made it, or with the purchase.
    Import,
    /// Is bound to an instance after it was made.
    Bind,
    /// Goes into an order that is submitted.
    Submit,
    /// The order is filed.
    File,
    /// The order is withdrawn or rejected, and the edition releases: the code can be used again.
    AbandonRelease,
    /// The order is withdrawn or rejected, and the edition burns: the code is void and stays counted.
    AbandonBurn,
    /// An operator makes it void, with a reason.
    Release,
    /// Its website was cancelled, and the edition gives the place back. The code itself stays recorded.
    RestorePlace,
}

/// Who may make a move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Who {
    /// The account that bought the instance.
    Buyer,
    /// The account that files: the owner of the code or the one it was granted to.
    Filer,
    /// The bureau, by its answer to the order.
    Bureau,
    /// The desk by itself: an order left idle, a website cancelled.
    Desk,
    /// Another system of the provider.
    Partner,
    /// An operator.
    Operator,
}

/// What a move does to the place that a code takes in the quota.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// The code had none and takes one.
    Takes,
    /// It had one and keeps it.
    Keeps,
    /// It had one and gives it back.
    GivesBack,
    /// It had none and needs none.
    Untouched,
}

/// One row of [`STEPS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// From where; `None` where the move makes the code.
    pub from: Option<State>,
    /// What happens.
    pub by: Move,
    /// To where.
    pub to: State,
    /// Who may do it.
    pub who: &'static [Who],
    /// What it does to the quota; with it, whether the code must have a place for the move to be legal.
    pub place: Place,
    /// Whether no further move leads back. The user is told before, and confirms.
    pub irreversible: bool,
}

/// Who ends an order without a filing number.
const ABANDONING: &[Who] = &[Who::Filer, Who::Desk, Who::Bureau];

/// Everything that can happen to a code. What is not here is illegal.
pub const STEPS: [Step; 11] = [
    step(None, Move::Premake, State::Init, &[Who::Operator], Place::Untouched, true),
    step(None, Move::Issue, State::Bound, &[Who::Buyer], Place::Takes, true),
    step(None, Move::Import, State::Bound, &[Who::Partner, Who::Operator], Place::Takes, true),
    step(Some(State::Init), Move::Bind, State::Bound, &[Who::Buyer], Place::Takes, true),
    step(Some(State::Bound), Move::Submit, State::Recording, &[Who::Filer], Place::Keeps, false),
    step(Some(State::Recording), Move::File, State::Recorded, &[Who::Bureau], Place::Keeps, true),
    step(Some(State::Recording), Move::AbandonRelease, State::Bound, ABANDONING, Place::Keeps, false),
    step(Some(State::Recording), Move::AbandonBurn, State::Void, ABANDONING, Place::Keeps, true),
    step(Some(State::Init), Move::Release, State::Void, &[Who::Operator], Place::Untouched, true),
    step(Some(State::Bound), Move::Release, State::Void, &[Who::Operator], Place::GivesBack, true),
    step(Some(State::Recorded), Move::RestorePlace, State::Recorded, &[Who::Desk], Place::GivesBack, true),
];

const fn step(
    from: Option<State>,
    by: Move,
    to: State,
    who: &'static [Who],
    place: Place,
    irreversible: bool,
) -> Step {
    Step { from, by, to, who, place, irreversible }
}

/// A code's row in the database: its state, and whether it has a place in the quota.
///
/// Three states say the second by themselves. A `recorded` code loses its place when its website is cancelled and the
/// edition restores; a `void` one has its place still when it was burned, and none when it was released.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Stored {
    state: State,
    counted: bool,
}

/// A move that the state of the code does not allow, with those that it does: the body of a 409.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{}` is no move of a code that is `{}`", tried.word(), from.map_or("not there yet", |from| from.state.word()))]
pub struct Illegal {
    /// Where the code stands; `None` when there is none yet.
    pub from: Option<Stored>,
    /// The move that was tried.
    pub tried: Move,
    /// The moves that would be legal, in the order of [`STEPS`].
    pub legal: Vec<Move>,
}

/// The row of [`STEPS`] by which a code at `from` makes the move `by`; `None` stands for a code that is not made yet.
pub fn step_of(from: impl Into<Option<Stored>>, by: Move) -> Result<&'static Step, Illegal> {
    let from = from.into();
    let step = STEPS.iter().find(|step| step.by == by && step.starts_at(from));
    step.ok_or_else(|| Illegal { from, tried: by, legal: legal(from).collect() })
}

/// Makes the move `by`.
pub fn apply(from: impl Into<Option<Stored>>, by: Move) -> Result<Stored, Illegal> {
    step_of(from, by).map(Step::result)
}

/// The moves that are legal at `from`, in the order of [`STEPS`].
pub fn legal(from: impl Into<Option<Stored>>) -> impl Iterator<Item = Move> {
    let from = from.into();
    STEPS.iter().filter(move |step| step.starts_at(from)).map(|step| step.by)
}

impl Step {
    fn starts_at(&self, from: Option<Stored>) -> bool {
        self.from == from.map(|from| from.state)
            && self.place.needed() == from.is_some_and(|from| from.counted)
    }

    const fn result(&self) -> Stored {
        Stored { state: self.to, counted: self.place.kept() }
    }
}

impl Place {
    /// Whether the code must have a place before.
    pub const fn needed(self) -> bool {
        matches!(self, Self::Keeps | Self::GivesBack)
    }

    /// Whether it has one after.
    pub const fn kept(self) -> bool {
        matches!(self, Self::Takes | Self::Keeps)
    }
}

impl Stored {
    /// Every pair that a code can come to; a CHECK in the database says the same.
    pub const ALL: [Self; 7] = [
        Self { state: State::Init, counted: false },
        Self { state: State::Bound, counted: true },
        Self { state: State::Recording, counted: true },
        Self { state: State::Recorded, counted: true },
        Self { state: State::Recorded, counted: false },
        Self { state: State::Void, counted: true },
        Self { state: State::Void, counted: false },
    ];

    /// A code that is bound and unused.
    pub(crate) const BOUND: Self = Self { state: State::Bound, counted: true };

    /// The pair as it was read from a database; `None` when no code can come to it.
    pub fn new(state: State, counted: bool) -> Option<Self> {
        Self::ALL.into_iter().find(|stored| *stored == Self { state, counted })
    }

    /// Where the code stands.
    pub const fn state(self) -> State {
        self.state
    }

    /// Whether it has a place in the quota.
    pub const fn counted(self) -> bool {
        self.counted
    }

    /// Whether it is part of the fact `codes_issued` (SPEC 3.2). Codes made on purchase count there once they are used:
    /// before, their place is theirs, and nobody else could take it.
    pub const fn is_issued(self, made: CodeMade) -> bool {
        let used = !matches!(self.state, State::Init | State::Bound);
        self.counted && (used || !matches!(made, CodeMade::OnPurchase))
    }
}

impl State {
    /// Every state, in the order in which a code comes to it.
    pub const ALL: [Self; 5] = [Self::Init, Self::Bound, Self::Recording, Self::Recorded, Self::Void];

    /// As it is stored and as answers carry it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Init => "init",
            Self::Bound => "bound",
            Self::Recording => "recording",
            Self::Recorded => "recorded",
            Self::Void => "void",
        }
    }

    /// The state with that word.
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
}

impl Move {
    /// Every move.
    pub const ALL: [Self; 10] = [
        Self::Premake,
        Self::Issue,
        Self::Import,
        Self::Bind,
        Self::Submit,
        Self::File,
        Self::AbandonRelease,
        Self::AbandonBurn,
        Self::Release,
        Self::RestorePlace,
    ];

    /// What becomes of the code of an order that was withdrawn or rejected, by the policy of the edition in force.
    pub const fn abandon(policy: OnAbandon) -> Self {
        match policy {
            OnAbandon::Release => Self::AbandonRelease,
            OnAbandon::Burn => Self::AbandonBurn,
        }
    }

    /// As the ledger and answers carry it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Premake => "premake",
            Self::Issue => "issue",
            Self::Import => "import",
            Self::Bind => "bind",
            Self::Submit => "submit",
            Self::File => "file",
            Self::AbandonRelease => "abandon-release",
            Self::AbandonBurn => "abandon-burn",
            Self::Release => "release",
            Self::RestorePlace => "restore-place",
        }
    }

    /// As people read it.
    pub const fn label(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => super::zh::by(self),
            Lang::En => super::en::by(self),
        }
    }

    /// Whether the move makes a code, so that there is none before.
    pub fn makes(self) -> bool {
        self.steps().all(|step| step.from.is_none())
    }

    /// The rows of the move: what an `UPDATE` must ask for in its `WHERE`, and what it writes. A move that makes a code
    /// starts from nothing: it inserts.
    pub fn steps(self) -> impl Iterator<Item = &'static Step> {
        STEPS.iter().filter(move |step| step.by == self)
    }

    /// The stored states from which the move is legal: `WHERE state IN (…) AND counted = …`.
    pub fn guard(self) -> impl Iterator<Item = Stored> {
        Stored::ALL.into_iter().filter(move |stored| step_of(*stored, self).is_ok())
    }
}

impl Who {
    /// As people read it.
    pub const fn label(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => super::zh::who(self),
            Lang::En => super::en::who(self),
        }
    }
}

impl Place {
    /// As people read it.
    pub const fn label(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => super::zh::place(self),
            Lang::En => super::en::place(self),
        }
    }
}

impl Illegal {
    /// The stable code of the error.
    pub const WORD: &'static str = "illegal-move";

    /// What cannot be done, and why.
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

/// The table of [`STEPS`] as Markdown, for the page about codes.
pub fn page(lang: Lang) -> String {
    let (heads, yes, no) = match lang {
        Lang::Zh => (super::zh::HEADS, super::zh::YES, super::zh::NO),
        Lang::En => (super::en::HEADS, super::en::YES, super::en::NO),
    };
    let mut lines = vec![row(&heads.map(str::to_owned)), row(&heads.map(|_| "---".to_owned()))];
    lines.extend(STEPS.iter().map(|step| {
        let state = |state: State| match lang {
            Lang::Zh => format!("{}（`{}`）", state.label(lang), state.word()),
            Lang::En => format!("{} (`{}`)", state.label(lang), state.word()),
        };
        let who: Vec<_> = step.who.iter().map(|who| who.label(lang)).collect();
        let comma = if lang == Lang::Zh { "、" } else { ", " };
        row(&[
            step.from.map_or_else(|| "–".to_owned(), state),
            step.by.label(lang).to_owned(),
            state(step.to),
            who.join(comma),
            step.place.label(lang).to_owned(),
            (if step.irreversible { no } else { yes }).to_owned(),
        ])
    }));
    lines.concat()
}

fn row(cells: &[String]) -> String {
    format!("| {} |\n", cells.join(" | "))
}
