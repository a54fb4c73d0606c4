//! Filing orders and proposals under siege. A case is one of them, from its beginning to its end; its number says what becomes of it,
//! and each of its steps is an ask. Whoever goes on with it goes through it again from the beginning, under the same keys, and is told
//! what he was told before.

mod clerk;
mod form;
mod inspector;

pub(crate) use clerk::goes_through;
pub use inspector::{Inspected, inspect};

use filing::orders::Part;

/// Asks of a case at most.
const MOST: u64 = 32;

/// A step of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A first filing is begun.
    Open,
    /// A code is issued for it.
    Issue,
    /// The code is granted to another account.
    Grant,
    /// The grant is taken back.
    TakeBack,
    /// Its product is verified by that code.
    Verify,
    /// A part of it is filled in.
    Fill(Part),
    /// It is submitted.
    Submit,
    /// A reviewer claims it.
    Claim,
    /// He remarks on the name of its website.
    Remark,
    /// He gives it back.
    GiveBack,
    /// The name of its website is mended.
    Mend,
    /// It passes.
    Approve,
    /// It goes to the bureau.
    Send,
    /// The text message is answered.
    Answer,
    /// The bureau files it.
    File,
    /// It is given up.
    Withdraw,
    /// Another order is begun from the number that it was given, and carries what is filed.
    Carry,
    /// The name of a website is proposed for the blacklist.
    Propose,
    /// Another person agrees.
    Agree,
}

use Step::{
    Agree, Answer, Approve, Carry, Claim, File, Fill, GiveBack, Grant, Issue, Mend, Open, Propose, Remark,
    Send, Submit, TakeBack, Verify, Withdraw,
};

const SUBJECT: Step = Fill(Part::Subject);
const WEBSITES: Step = Fill(Part::Websites);
const MATERIALS: Step = Fill(Part::Materials);

/// What becomes of cases, one after the other.
const PLANS: [&[Step]; 6] = [
    &[
        Open, Issue, Verify, SUBJECT, WEBSITES, MATERIALS, Submit, Claim, Remark, GiveBack, Mend, Submit,
        Claim, Approve, Send, Answer, File, Carry,
    ],
    &[Open, Issue, Grant, TakeBack, Grant, TakeBack, Verify, SUBJECT, WEBSITES, MATERIALS, Submit, Withdraw],
    &[Propose, Agree],
    &[Open, Issue, Verify, SUBJECT, WEBSITES, MATERIALS, Submit, Claim, Approve, Withdraw],
    &[Open, SUBJECT],
    &[Propose],
];

impl Step {
    /// Whether it is asked under a key, and so told again. What has none can be done again.
    pub fn has_key(self) -> bool {
        !matches!(self, Fill(_) | Claim | Remark | Mend)
    }

    /// Whether it moves an order.
    fn moves(self) -> bool {
        self.has_key() && !matches!(self, Issue | Grant | TakeBack | Verify | Propose | Agree)
    }

    /// Whether it begins an order.
    fn opens(self) -> bool {
        matches!(self, Open | Carry)
    }
}

/// The asks of a case, with the step that each is.
pub fn asks(case: u64) -> impl Iterator<Item = (u64, Step)> {
    let plan = PLANS.iter().cycle().nth(usize::try_from(case % PLANS.len() as u64).unwrap());
    (case * MOST..).zip(plan.copied().unwrap_or_default().iter().copied())
}

/// The case of an ask, and the step that it is.
pub fn step_of(ask: u64) -> (u64, Step) {
    let case = ask / MOST;
    (case, asks(case).find(|(nth, _)| *nth == ask).unwrap().1)
}

/// The key of an ask.
fn key_of(ask: u64) -> String {
    format!("f-{ask}")
}

/// The ask with that key.
fn ask_of(key: &str) -> Option<u64> {
    key.strip_prefix("f-")?.parse().ok()
}
