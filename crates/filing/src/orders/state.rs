//! What can happen to an order: one table, from which moves, refusals, SQL guards, pages and tests are made.

use super::{Kind, Needs};
use rulebook::Lang;

/// Where an order stands.
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
    /// An authority cancelled what it is about (by-authority, SPEC 7): the order is made and filed at once, so that the account sees
    /// what became of its number.
    Force,
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
    /// Two of the provider's people: one proposed it, another agreed.
    TwoPeople,
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
pub const STEPS: [Step; 20] = [
    step(None, Move::Open, State::Draft, &[Who::Filer], OnProducts::Keeps),
    step(Some(State::Draft), Move::Save, State::Draft, &[Who::Filer], OnProducts::Keeps),
    step(Some(State::Returned), Move::Save, State::Returned, &[Who::Filer], OnProducts::Keeps),
    step(Some(State::Draft), Move::Submit, State::Submitted, &[Who::Filer], OnProducts::Holds),
    step(Some(State::Returned), Move::Submit, State::Submitted, &[Who::Filer], OnProducts::Holds),
    step(Some(State::Submitted), Move::Return, State::Returned, &[Who::Reviewer], OnProducts::Keeps),
    step(Some(State::Submitted), Move::Approve, State::Approved, &[Who::Reviewer], OnProducts::Keeps),
    // What comes up before the bureau has it is mended like anything else.
    step(Some(State::Approved), Move::Return, State::Returned, &[Who::Reviewer], OnProducts::Keeps),
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
    Step {
        registry: OnRegistry::Writes,
        ..step(None, Move::Force, State::Filed, &[Who::TwoPeople], OnProducts::Keeps)
    },
];

/// Whose answer it is, and who records it until the bureau is connected.
const BUREAU: &[Who] = &[Who::Bureau, Who::Operator];

const fn step(from: Option<State>, by: Move, to: State, who: &'static [Who], products: OnProducts) -> Step {
    Step { from, by, to, who, products, registry: OnRegistry::Keeps }
}

/// A move that whoever tries it cannot make now, with those that he can: the body of a 409.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{}` is no move of an order that is `{}`", tried.word(), from.map_or("not there yet", State::word))]
pub struct Illegal {
    /// What the order asks for.
    pub kind: Kind,
    /// Where the order stands; `None` when there is none yet.
    pub from: Option<State>,
    /// The move that was tried.
    pub tried: Move,
    /// Who tried it.
    pub who: Who,
    /// The moves that would be legal for him, in the order of [`STEPS`]: nobody is told of what only others can do.
    pub legal: Vec<Move>,
}

/// The row of [`STEPS`] by which `who` makes the move `by` with an order of that kind at `from`; `None` stands for one that is not
/// made yet.
pub fn step_of(
    kind: Kind,
    from: impl Into<Option<State>>,
    by: Move,
    who: Who,
) -> Result<&'static Step, Illegal> {
    let from = from.into();
    let step = steps(kind, from).find(|step| step.by == by && step.who.contains(&who));
    step.ok_or_else(|| Illegal { kind, from, tried: by, who, legal: legal(kind, from, who).collect() })
}

/// The moves that `who` can make with an order of that kind at `from`, in the order of [`STEPS`].
pub fn legal(kind: Kind, from: impl Into<Option<State>>, who: Who) -> impl Iterator<Item = Move> {
    steps(kind, from).filter(move |step| step.who.contains(&who)).map(|step| step.by)
}

/// The rows that an order of that kind can take at `from`, whoever makes the move.
pub fn steps(kind: Kind, from: impl Into<Option<State>>) -> impl Iterator<Item = &'static Step> {
    let from = from.into();
    STEPS.iter().filter(move |step| step.from == from && step.is_of(kind.needs()))
}

impl Step {
    /// Whether orders that need this make the step: there is no text message where none is sent, and no authority cancels what can
    /// be had again.
    pub const fn is_of(&self, needs: &Needs) -> bool {
        match self.by {
            Move::ConfirmSms | Move::MissSms => needs.sms,
            Move::Force => needs.irreversible,
            _ => true,
        }
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

    /// As people read it.
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
    pub const ALL: [Self; 13] = [
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
        Self::Force,
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
            Self::Force => "force",
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
        State::ALL.into_iter().filter(move |state| steps(kind, *state).any(|step| step.by == self))
    }
}

impl Who {
    /// Everybody who moves orders.
    pub const ALL: [Self; 6] =
        [Self::Filer, Self::Reviewer, Self::Operator, Self::Desk, Self::Bureau, Self::TwoPeople];

    /// As answers carry it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Filer => "filer",
            Self::Reviewer => "reviewer",
            Self::Operator => "operator",
            Self::Desk => "desk",
            Self::Bureau => "bureau",
            Self::TwoPeople => "two-people",
        }
    }

    /// As people read it.
    pub const fn label(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => super::zh::who(self),
            Lang::En => super::en::who(self),
        }
    }
}

impl OnProducts {
    /// As people read it.
    pub const fn label(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => super::zh::on_products(self),
            Lang::En => super::en::on_products(self),
        }
    }
}

impl OnRegistry {
    /// As people read it.
    pub const fn label(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => super::zh::on_registry(self),
            Lang::En => super::en::on_registry(self),
        }
    }
}

impl Illegal {
    /// The stable code of the error.
    pub const WORD: &'static str = "illegal-move";

    /// Whether the order could make the move, but not by whoever tried it.
    pub(super) fn is_for_others(&self) -> bool {
        steps(self.kind, self.from).any(|step| step.by == self.tried)
    }

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

/// The table of [`STEPS`] as Markdown, for the page about orders.
pub fn page(lang: Lang) -> String {
    let heads = match lang {
        Lang::Zh => super::zh::HEADS,
        Lang::En => super::en::HEADS,
    };
    let mut lines = vec![row(&heads.map(str::to_owned)), row(&heads.map(|_| "---".to_owned()))];
    lines.extend(STEPS.iter().map(|step| {
        let who: Vec<_> = step.who.iter().map(|who| who.label(lang)).collect();
        row(&[
            step.from.map_or_else(|| "–".to_owned(), |from| named(from, lang)),
            moved(step, lang),
            named(step.to, lang),
            who.join(comma(lang)),
            step.products.label(lang).to_owned(),
            step.registry.label(lang).to_owned(),
        ])
    }));
    lines.concat()
}

fn named(state: State, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{}（`{}`）", state.label(lang), state.word()),
        Lang::En => format!("{} (`{}`)", state.label(lang), state.word()),
    }
}

/// The move, with the kinds of orders that do not make it.
fn moved(step: &Step, lang: Lang) -> String {
    let without = Kind::ALL.into_iter().filter(|kind| !step.is_of(kind.needs()));
    let without: Vec<_> = without.map(|kind| kind.label(lang)).collect();
    let label = step.by.label(lang);
    match (without.is_empty(), lang) {
        (true, _) => label.to_owned(),
        (false, Lang::Zh) => format!("{label}（{}除外）", without.join(comma(lang))),
        (false, Lang::En) => format!("{label} (not: {})", without.join(comma(lang))),
    }
}

const fn comma(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "、",
        Lang::En => ", ",
    }
}

fn row(cells: &[String]) -> String {
    format!("| {} |\n", cells.join(" | "))
}
