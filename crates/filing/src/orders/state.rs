//! What can happen to an order: one table, from which moves, refusals, SQL guards, pages and tests are made.

use super::{Kind, Needs};
use rulebook::Lang;

/// Where an order stands (SPEC 1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// The customer fills it in (草稿).
    Draft,
    /// A reviewer is to look at it (待初审).
    Submitted,
    /// The customer is to mend what the reviewer, or the missed text message, points at (退回修改).
    Returned,
    /// The reviewer found nothing; it goes to the bureau next (初审通过).
    Approved,
    /// The bureau has it (管局审核中).
    AtBureau,
    /// The bureau filed it (备案成功). Final.
    Filed,
    /// The bureau rejected it (管局驳回). Final; it may be corrected into a new draft.
    Rejected,
    /// It was given up before the bureau had it (已撤回). Final.
    Withdrawn,
}

/// Something that happens to an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Move {
    /// Is begun.
    Open,
    /// A part of it is saved, or a picture added or taken away.
    Save,
    /// Is handed in, the first time or after it was mended.
    Submit,
    /// The reviewer gives it back with remarks.
    Return,
    /// The reviewer lets it pass.
    Approve,
    /// Is handed to the bureau, which takes it.
    Send,
    /// The text message of the bureau was answered.
    ConfirmSms,
    /// It was not answered in time.
    MissSms,
    /// The bureau filed it.
    File,
    /// The bureau rejected it.
    Reject,
    /// Its owner gives it up.
    Withdraw,
    /// It was left idle for too long.
    Lapse,
}

/// Who may make a move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Who {
    /// The account whose order it is.
    Filer,
    /// A reviewer who has claimed it.
    Reviewer,
    /// An operator, while no gateway speaks with the bureau.
    Operator,
    /// The desk by itself, when a deadline has passed.
    Desk,
    /// The bureau, by its answer; until it is connected an operator records it.
    Bureau,
}

/// What a move does to the verified products of an order and the codes behind them. Orders without any are not touched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OnProducts {
    /// Nothing.
    Keeps,
    /// Each verification that the order does not hold yet is used, and its code becomes `recording`; what it no longer names is
    /// given back as if the order were abandoned.
    Holds,
    /// The codes become `recorded`.
    Records,
    /// The codes are released or burned, as the edition in force says (`on_abandon`).
    Abandons,
}

/// What a move does to the registry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OnRegistry {
    /// Nothing.
    Keeps,
    /// What the order asked for is done there: written, changed, or ended.
    Writes,
}

/// One row of [`STEPS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// From where; `None` where the move makes the order.
    pub from: Option<State>,
    /// What happens.
    pub by: Move,
    /// To where.
    pub to: State,
    /// Who may do it.
    pub who: &'static [Who],
    /// What it does to verified products and codes.
    pub products: OnProducts,
    /// What it does to the registry.
    pub registry: OnRegistry,
}

/// Everything that can happen to an order. What is not here is illegal.
pub const STEPS: [Step; 18] = [
    step(None, Move::Open, State::Draft, &[Who::Filer], OnProducts::Keeps),
    step(Some(State::Draft), Move::Save, State::Draft, &[Who::Filer], OnProducts::Keeps),
    step(Some(State::Returned), Move::Save, State::Returned, &[Who::Filer], OnProducts::Keeps),
    step(Some(State::Draft), Move::Submit, State::Submitted, &[Who::Filer], OnProducts::Holds),
    step(Some(State::Returned), Move::Submit, State::Submitted, &[Who::Filer], OnProducts::Holds),
    step(Some(State::Submitted), Move::Return, State::Returned, &[Who::Reviewer], OnProducts::Keeps),
    step(Some(State::Submitted), Move::Approve, State::Approved, &[Who::Reviewer], OnProducts::Keeps),
    step(Some(State::Approved), Move::Send, State::AtBureau, &[Who::Operator, Who::Desk], OnProducts::Keeps),
    step(Some(State::AtBureau), Move::ConfirmSms, State::AtBureau, BUREAU, OnProducts::Keeps),
    step(Some(State::AtBureau), Move::MissSms, State::Returned, &[Who::Desk], OnProducts::Keeps),
    Step {
        registry: OnRegistry::Writes,
        ..step(Some(State::AtBureau), Move::File, State::Filed, BUREAU, OnProducts::Records)
    },
    step(Some(State::AtBureau), Move::Reject, State::Rejected, BUREAU, OnProducts::Abandons),
    step(Some(State::Draft), Move::Withdraw, State::Withdrawn, &[Who::Filer], OnProducts::Keeps),
    step(Some(State::Submitted), Move::Withdraw, State::Withdrawn, &[Who::Filer], OnProducts::Abandons),
    step(Some(State::Returned), Move::Withdraw, State::Withdrawn, &[Who::Filer], OnProducts::Abandons),
    step(Some(State::Approved), Move::Withdraw, State::Withdrawn, &[Who::Filer], OnProducts::Abandons),
    step(Some(State::Draft), Move::Lapse, State::Withdrawn, &[Who::Desk], OnProducts::Keeps),
    step(Some(State::Returned), Move::Lapse, State::Withdrawn, &[Who::Desk], OnProducts::Abandons),
];

/// Whose answer it is, and who records it until the bureau is connected.
const BUREAU: &[Who] = &[Who::Bureau, Who::Operator];

const fn step(from: Option<State>, by: Move, to: State, who: &'static [Who], products: OnProducts) -> Step {
    Step { from, by, to, who, products, registry: OnRegistry::Keeps }
}

/// A move that the state of the order does not allow, with those that it does: the body of a 409.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{}` is no move of an order that is `{}`", tried.word(), from.map_or("not there yet", State::word))]
pub struct Illegal {
    /// Where the order stands; `None` when there is none yet.
    pub from: Option<State>,
    /// The move that was tried.
    pub tried: Move,
    /// The moves that would be legal, in the order of [`STEPS`].
    pub legal: Vec<Move>,
}

/// The row of [`STEPS`] by which an order of that kind at `from` makes the move `by`; `None` stands for one that is not made yet.
pub fn step_of(kind: Kind, from: impl Into<Option<State>>, by: Move) -> Result<&'static Step, Illegal> {
    let from = from.into();
    let step = STEPS.iter().find(|step| step.by == by && step.from == from && step.is_of(kind.needs()));
    step.ok_or_else(|| Illegal { from, tried: by, legal: legal(kind, from).collect() })
}

/// The moves that are legal for an order of that kind at `from`, in the order of [`STEPS`].
pub fn legal(kind: Kind, from: impl Into<Option<State>>) -> impl Iterator<Item = Move> {
    let from = from.into();
    let steps = STEPS.iter().filter(move |step| step.from == from && step.is_of(kind.needs()));
    steps.map(|step| step.by)
}

impl Step {
    /// Whether orders that need this make the step: there is no text message where none is sent.
    pub const fn is_of(&self, needs: &Needs) -> bool {
        needs.sms || !matches!(self.by, Move::ConfirmSms | Move::MissSms)
    }
}

impl State {
    /// Every state, in the order in which an order comes to it.
    pub const ALL: [Self; 8] = [
        Self::Draft,
        Self::Submitted,
        Self::Returned,
        Self::Approved,
        Self::AtBureau,
        Self::Filed,
        Self::Rejected,
        Self::Withdrawn,
    ];

    /// As it is stored and as answers carry it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Returned => "returned",
            Self::Approved => "approved",
            Self::AtBureau => "at-bureau",
            Self::Filed => "filed",
            Self::Rejected => "rejected",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The state of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }

    /// As people read it (SPEC 1).
    pub const fn label(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => super::zh::state(self),
            Lang::En => super::en::state(self),
        }
    }

    /// Whether nothing more can happen to an order there.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Filed | Self::Rejected | Self::Withdrawn)
    }

    /// Whether an order there holds its verified products, so that their codes are `recording`.
    pub const fn holds_products(self) -> bool {
        matches!(self, Self::Submitted | Self::Returned | Self::Approved | Self::AtBureau)
    }
}

impl Move {
    /// Every move.
    pub const ALL: [Self; 12] = [
        Self::Open,
        Self::Save,
        Self::Submit,
        Self::Return,
        Self::Approve,
        Self::Send,
        Self::ConfirmSms,
        Self::MissSms,
        Self::File,
        Self::Reject,
        Self::Withdraw,
        Self::Lapse,
    ];

    /// As the ledger and answers carry it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Save => "save",
            Self::Submit => "submit",
            Self::Return => "return",
            Self::Approve => "approve",
            Self::Send => "send",
            Self::ConfirmSms => "confirm-sms",
            Self::MissSms => "miss-sms",
            Self::File => "file",
            Self::Reject => "reject",
            Self::Withdraw => "withdraw",
            Self::Lapse => "lapse",
        }
    }

    /// The move of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.word() == word)
    }

    /// As people read it.
    pub const fn label(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => super::zh::by(self),
            Lang::En => super::en::by(self),
        }
    }

    /// The states from which the move is legal for an order of that kind: `WHERE state IN (…)`.
    pub fn guard(self, kind: Kind) -> impl Iterator<Item = State> {
        State::ALL.into_iter().filter(move |state| step_of(kind, *state, self).is_ok())
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
