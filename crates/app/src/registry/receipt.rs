//! A receipt (回执): something that happened to a number, as its owner keeps and shows it. It is made of the history of the number and of
//! the entry of the ledger, which are kept for ever, each time it is asked for; so it cannot say anything else than they do. What is
//! possible now is as of now: whoever came on the blacklist since is not advised to file.

use super::{Numbered, advice::Shown, numbered::tidied};
use crate::{
    Asker, Desk,
    access::Principal,
    access_log::{About, Looking},
    failure::{Damage, DeskError, Failed},
    orders::moment,
};
use filing::registry::{
    Advice, Asked, Ending, Event, Loss, Machine, Possible, Reason, State, losses, possible,
};
use jiff::Timestamp;
use ledger::{EntryRef, Hash, leaf_hash};
use store::{
    EntryId, OrderId, Tx, Unit, accounts, entries,
    numbers::{self, NumberStep, StepThen},
    subjects::Subject,
    websites,
};

/// Something that happened to a number. Nothing of it is personal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The account, by its id in inventories.
    pub account: String,
    /// The number that it was asked for, and what happened to it.
    pub number: ReceiptNumber,
    /// The other numbers to which something happened with it.
    pub others: Vec<ReceiptNumber>,
    /// When.
    pub at: Timestamp,
    /// Who did it, as the ledger names him.
    pub actor: String,
    /// The order by which it happened.
    pub order: Option<OrderId>,
    /// The edition of the rules that said what became of service codes.
    pub edition: Option<String>,
    /// What was lost with it, the heaviest first.
    pub losses: Vec<Loss>,
    /// What is possible now.
    pub possible: Vec<Possible>,
    /// What is known of the owner of the number, for the words of that.
    pub advice: Advice,
    /// The entry of the ledger that says it.
    pub entry: Entered,
}

/// Something that happened to one number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptNumber {
    /// The number, as it was then.
    pub number: String,
    /// The number that it has today.
    pub today: String,
    /// Whose it is.
    pub machine: Machine,
    /// What happened.
    pub event: Event,
    /// Why, where an access ended or the number was cancelled.
    pub reason: Option<Reason>,
    /// Where that brought it.
    pub state: State,
    /// The number under which it had been recorded, where this corrected it.
    pub was: Option<String>,
    /// Whether the provider recorded it, by its people or its systems, and not the owner of the number.
    pub by_provider: bool,
}

impl ReceiptNumber {
    /// Who wanted it.
    pub const fn asked(&self) -> Asked {
        Asked::of(self.event, self.reason, self.by_provider)
    }
}

/// An entry of the ledger, as whoever has a receipt compares it with the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entered {
    /// Its id.
    pub id: EntryId,
    /// Its kind.
    pub kind: String,
    /// The hash of its leaf in the tree (RFC 9162, 2.1.1).
    pub leaf: Hash,
}

impl Entered {
    /// The entry with that id, which something that is kept names.
    pub(crate) async fn find(tx: &mut Tx<'_>, id: EntryId) -> Result<Self, DeskError> {
        let bytes = entries::by_id(tx, id).await?.map(|row| row.bytes).unwrap_or_default();
        let read = EntryRef::decode(&bytes);
        let kind = read.map_err(|error| Damage::Entry { id, fault: error.to_string() })?.kind.to_owned();
        Ok(Self { id, kind, leaf: leaf_hash(&bytes) })
    }
}

impl Desk {
    /// The receipt of what an entry says of a number of the account; `None` where it has none such. A number that was corrected is found
    /// under the one that it had, too.
    pub async fn own_receipt(
        &self,
        asker: &Asker,
        number: &str,
        entry: EntryId,
    ) -> Result<Option<Receipt>, DeskError> {
        let (number, asker) = (number.to_owned(), Some(asker.clone()));
        self.read(|_| Ok(One { number: number.clone(), entry, asker: asker.clone() })).await
    }

    /// The receipt, whoever's, for somebody of the staff. That he looked is in the access log before it is told.
    pub async fn receipt_for(
        &self,
        by: &Principal,
        number: &str,
        entry: EntryId,
    ) -> Result<Option<Receipt>, DeskError> {
        let number = number.to_owned();
        let found = self.read(|_| Ok(One { number: number.clone(), entry, asker: None })).await?;
        if let Some(found) = &found {
            let (account, number) = (Some(found.account.clone()), Some(found.number.today.clone()));
            let about = About { account, number, ..About::default() };
            self.note_looking(by, Looking::Number, about).await?;
        }
        Ok(found)
    }
}

struct One {
    number: String,
    entry: EntryId,
    asker: Option<Asker>,
}

impl Unit for One {
    type Output = Option<Receipt>;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Option<Receipt>, Self::Error> {
        let Some(asked) = tidied(&self.number) else { return Ok(None) };
        let Some(number) = numbers::named(tx, self.entry, &asked).await? else { return Ok(None) };
        let found = Numbered::find(tx, &number).await?;
        let is_told =
            |found: &Numbered| self.asker.as_ref().is_none_or(|asker| asker.id() == found.subject.account);
        match found.filter(is_told) {
            Some(found) => Ok(self.told(tx, &found).await?),
            None => Ok(None),
        }
    }
}

impl One {
    async fn told(&self, tx: &mut Tx<'_>, found: &Numbered) -> Result<Option<Receipt>, DeskError> {
        let mut steps = numbers::of_entry(tx, self.entry).await?;
        let Some(nth) = steps.iter().position(|then| then.step.number == found.number()) else {
            return Ok(None);
        };
        let StepThen { step, then } = steps.remove(nth);
        let number = receipt_number(&step, then);
        let (losses, advice) = lost(tx, &step, &number.number, &steps, &found.subject).await?;
        // What became of it since decides, not where that brought it.
        let today = found.state();
        let event = if today == number.state { number.event } else { Event::Change };
        let possible = advice.possible(possible(number.machine, event, today));
        let missing =
            || Damage::Sealed { row: found.subject.id.uuid(), fault: "its account is missing".to_owned() };
        let account = accounts::by_id(tx, found.subject.account).await?.ok_or_else(missing)?.name;
        let entry = Entered::find(tx, self.entry).await?;
        let mut others: Vec<_> =
            steps.into_iter().map(|StepThen { step, then }| receipt_number(&step, then)).collect();
        // `…-10` comes after `…-9`.
        others.sort_by_cached_key(|other| (other.number.len(), other.number.clone()));
        let (at, actor, order, edition) =
            (moment(step.at), step.actor.clone(), step.order, step.edition.clone());
        Ok(Some(Receipt {
            account,
            number,
            others,
            at,
            actor,
            order,
            edition,
            losses,
            possible,
            advice,
            entry,
        }))
    }
}

fn receipt_number(step: &NumberStep, then: Option<String>) -> ReceiptNumber {
    ReceiptNumber {
        number: then.unwrap_or_else(|| step.number.clone()),
        today: step.number.clone(),
        machine: machine(&step.number),
        event: step.event,
        reason: step.reason,
        state: step.state,
        was: step.was.clone(),
        by_provider: !step.actor.starts_with("account:"),
    }
}

fn machine(number: &str) -> Machine {
    if number.contains('-') { Machine::Website } else { Machine::Subject }
}

/// What was lost with a step of what was called `number` then, and with those of the websites that went with their subject; and what
/// advice has to know of its owner.
async fn lost(
    tx: &mut Tx<'_>,
    step: &NumberStep,
    number: &str,
    others: &[StepThen],
    subject: &Subject,
) -> Result<(Vec<Loss>, Advice), DeskError> {
    let machine = machine(&step.number);
    let with = others.iter().filter(|_| machine == Machine::Subject && step.event == Event::Cancel);
    let mut shown = Shown::default();
    for step in std::iter::once(step).chain(with.clone().map(|other| &other.step)) {
        if let Some(website) = websites::by_number(tx, &step.number).await? {
            shown.count(tx, website.id).await?;
        }
    }
    let Shown { used: codes, restored, .. } = shown;
    let advice = shown.advice(tx, subject).await?;
    let then = |other: &StepThen| other.then.clone().unwrap_or_else(|| other.step.number.clone());
    let websites: Vec<_> = with.map(then).collect();
    let ending =
        Ending { machine, by: step.event, number, websites: &websites, codes, restores: false, advice };
    let came_back = (step.event == Event::Cancel && restored > 0)
        .then_some(Loss::Codes { codes: restored, restores: true });
    Ok((losses(&ending).into_iter().chain(came_back).collect(), advice))
}
