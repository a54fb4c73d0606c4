//! What a code is now: its stored state, and the instance behind it as the rulebook sees it today.

use super::{State, Stored, en, zh};
use jiff::Timestamp;
use rulebook::{Billing, Decision, Edition, Facts, Finding, Lang, Remedy, Verdict, decide};

/// What a code is now, as people are shown it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shown {
    /// As it is stored.
    Stored(State),
    /// It is `bound` or `recording`, but its instance does not back it today (已失效).
    Expired,
}

/// The instance behind a code.
#[derive(Clone, Copy, Debug)]
pub enum Instance<'a> {
    /// What is known of it.
    Here {
        /// The edition in force.
        edition: &'a Edition,
        /// The facts.
        facts: &'a Facts,
        /// Now.
        at: Timestamp,
    },
    /// It was released: it will never be back.
    Gone,
}

/// Who reads about a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reader {
    /// Its owner, or staff.
    Owner,
    /// The account it was granted to, which does not see the owner's dates, amounts or account.
    Grantee,
}

/// What a code is now, and why.
#[derive(Clone, Debug)]
pub struct Standing<'a> {
    stored: Stored,
    shown: Shown,
    decision: Option<Decision<'a>>,
    ended: Option<Timestamp>,
}

/// Why a code is expired.
#[derive(Clone, Debug, PartialEq)]
pub enum Cause<'d> {
    /// The instance is gone.
    Gone,
    /// The instance ended then, where the decision does not look at that.
    Ended(Timestamp),
    /// The rulebook finds that the instance needs no filing, or may not back one.
    Finding(Finding<'d>),
}

impl<'a> Standing<'a> {
    /// What the code is, with that instance behind it; one that is `init` has none, and none is looked at for codes whose
    /// state is final. The rulebook is asked as the buyer of the instance, whoever reads the answer.
    pub fn of(stored: Stored, instance: Instance<'a>) -> Self {
        let asks = matches!(stored.state(), State::Bound | State::Recording);
        let (decision, ended) = match instance {
            Instance::Here { edition, facts, at } if asks => {
                (Some(decide(edition, facts, at, facts.account.as_deref())), ended(facts, at))
            }
            _ => (None, None),
        };
        let mut standing = Self { stored, shown: Shown::Stored(stored.state()), decision, ended };
        if asks && standing.find_causes().next().is_some() {
            standing.shown = Shown::Expired;
        }
        standing
    }

    /// What people are shown.
    pub const fn shown(&self) -> Shown {
        self.shown
    }

    /// The row behind it.
    pub const fn stored(&self) -> Stored {
        self.stored
    }

    /// Today's decision on the instance; `None` when it is gone, or does not matter.
    pub const fn decision(&self) -> Option<&Decision<'a>> {
        self.decision.as_ref()
    }

    /// Whether an order can be submitted with it now.
    pub fn is_usable(&self) -> bool {
        self.shown == Shown::Stored(State::Bound)
    }

    /// Why it is expired; none when it is not.
    pub fn causes(&self) -> impl Iterator<Item = Cause<'_>> {
        let expired = self.shown == Shown::Expired;
        self.find_causes().filter(move |_| expired)
    }

    /// What the code is and why, as `reader` may know it.
    pub fn message(&self, reader: Reader, lang: Lang) -> String {
        match lang {
            Lang::Zh => zh::standing(self, reader),
            Lang::En => en::standing(self, reader),
        }
    }

    /// What `reader` can do now.
    pub fn what_to_do(&self, reader: Reader, lang: Lang) -> String {
        match lang {
            Lang::Zh => zh::next(self, reader),
            Lang::En => en::next(self, reader),
        }
    }

    /// The remedies of the findings among the causes, each once, in their order. Where more than one asks to buy the same
    /// product again, one purchase has to meet all of them; beside a dead end none pays for the instance.
    pub fn remedies(&self) -> Vec<Remedy<'_>> {
        let dead_end = self.is_dead_end();
        let mut remedies: Vec<Remedy<'_>> = Vec::new();
        for cause in self.causes() {
            let Cause::Finding(Finding { remedy, .. }) = cause else { continue };
            if remedy.mends() && dead_end {
                continue;
            }
            if !remedies.iter_mut().any(|told| covers(told, &remedy)) {
                remedies.push(remedy);
            }
        }
        remedies
    }

    /// Whether only another instance helps: a quota that is used up does not count, for the code has its place in it.
    pub fn is_dead_end(&self) -> bool {
        self.causes().any(|cause| matches!(cause, Cause::Finding(finding) if finding.code.is_dead_end()))
    }

    /// Whether the owner can make the code good again by mending the instance.
    pub(super) fn can_recover(&self) -> bool {
        self.causes().all(|cause| match cause {
            Cause::Gone => false,
            Cause::Ended(_) => true,
            Cause::Finding(finding) => finding.remedy.mends(),
        })
    }

    fn find_causes(&self) -> impl Iterator<Item = Cause<'_>> {
        let gone = self.decision.is_none().then_some(Cause::Gone);
        let decided = self.decision.iter().flat_map(|decision| {
            decision.findings().filter(|finding| finding.code.expires_codes()).map(Cause::Finding)
        });
        // A decision that another system files says nothing else; that the instance ended must be told beside it.
        let elsewhere =
            self.decision.as_ref().is_some_and(|decision| decision.verdict() == Verdict::Elsewhere);
        let ended = self.ended.filter(|_| elsewhere).map(Cause::Ended);
        gone.into_iter().chain(decided).chain(ended)
    }
}

/// Whether `told` covers `more` too, after taking into it what that asks of the same purchase.
fn covers<'d>(told: &mut Remedy<'d>, more: &Remedy<'d>) -> bool {
    match (told, more) {
        (
            Remedy::Buy { products: told, months, amount },
            Remedy::Buy { products, months: more_months, amount: more_amount },
        ) if *told == *products => {
            *months = (*months).max(*more_months);
            *amount = (*amount).max(*more_amount);
            true
        }
        (told, more) => told == more,
    }
}

/// When the instance ended, if it did. One that is paid as it is used has no term (SPEC 3.3).
fn ended(facts: &Facts, at: Timestamp) -> Option<Timestamp> {
    facts.expires_at.filter(|expires| *expires <= at && facts.billing != Some(Billing::PayAsYouGo))
}

impl Shown {
    /// Every one, in the order of SPEC 1.
    pub const ALL: [Self; 6] = [
        Self::Stored(State::Init),
        Self::Stored(State::Bound),
        Self::Stored(State::Recording),
        Self::Stored(State::Recorded),
        Self::Expired,
        Self::Stored(State::Void),
    ];

    /// As answers carry it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Stored(state) => state.word(),
            Self::Expired => "expired",
        }
    }

    /// As people read it.
    pub const fn label(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Stored(state), _) => state.label(lang),
            (Self::Expired, Lang::Zh) => zh::EXPIRED,
            (Self::Expired, Lang::En) => en::EXPIRED,
        }
    }
}
