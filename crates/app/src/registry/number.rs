//! One number with everything that happened to it, where it is hosted, what keeps it, and what is lost when it ends.

use super::{
    advice::Shown,
    numbered::{Numbered, tidied},
    untrue_told::{self, UntrueTold},
};
use crate::{
    Asker, Desk,
    access::{Principal, Right},
    access_log::{About, Looking},
    failure::{Damage, DeskError, Failed, Failure},
    ground::Ground,
    orders::moment,
    personal::{Purpose, SeeFault},
    watch::{Streaks, of_subject, of_website, today},
};
use filing::registry::{
    CancelledThen, Ending, Event, Loss, Machine, Next, Reason, Risk, State, WatchRule, Weight, Who, legal,
    losses,
};
use jiff::Timestamp;
use std::sync::Arc;
use store::{
    OrderId, Tx, Unit, accesses, accounts,
    domain_terms::{self, DomainTerm},
    instances, number_risks,
    numbers::{self, NumberStep},
    websites,
};

/// A number with all that is known of it. Nothing of it is personal.
#[derive(Clone, Debug)]
pub struct Number {
    /// What is told of it in lists.
    pub short: NumberInShort,
    /// The number under which it was asked for, where that was corrected to the one that it has.
    pub asked_as: Option<String>,
    /// Other numbers that were recorded as the one that was asked for before they were corrected, the last corrected first.
    pub formerly: Vec<String>,
    /// The account, by its id in inventories.
    pub account: String,
    /// The subject's number, where it is a website's.
    pub subject: Option<String>,
    /// The websites of the subject, cancelled ones too, where it is a subject's.
    pub websites: Vec<NumberInShort>,
    /// Where the website is hosted, and was, oldest first.
    pub accesses: Vec<AccessTold>,
    /// What happened to it, oldest first.
    pub history: Vec<Happened>,
    /// What threatens it unless somebody acts, what is worst first; for a subject, what threatens its websites is told with them.
    pub risks: Vec<RiskTold>,
    /// All that was ever found untrue under it or its subject's number, oldest first, as far as whoever asks is told.
    pub untrue: Vec<UntrueTold>,
    /// Until when the domains of the website are registered, as far as somebody said so.
    pub domain_terms: Vec<DomainTermTold>,
    /// How it could end, and what would be lost: told before anything is.
    pub endings: Vec<EndingTold>,
}

/// A number as lists tell it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberInShort {
    /// The number.
    pub number: String,
    /// Whose it is.
    pub machine: Machine,
    /// Where it stands.
    pub state: State,
    /// When it became known here.
    pub filed_at: Timestamp,
    /// When something last happened to it.
    pub changed_at: Timestamp,
    /// The domains of the website, as they are compared; none once it is cancelled.
    pub domains: Vec<String>,
}

/// Where a website is hosted here, or was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessTold {
    /// The instance, as its seller names it.
    pub instance: Option<String>,
    /// The addresses.
    pub addresses: Vec<String>,
    /// Since when.
    pub since: Timestamp,
    /// Until when, and why it ended.
    pub ended: Option<(Timestamp, Reason)>,
}

/// Something that happened to a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happened {
    /// When.
    pub at: Timestamp,
    /// What.
    pub event: Event,
    /// Why, where an access ended or the number was cancelled.
    pub reason: Option<Reason>,
    /// Where it came to.
    pub state: State,
    /// The number under which it had been recorded, where this corrected it.
    pub was: Option<String>,
    /// Who did it, as the ledger names him.
    pub actor: String,
    /// The order by which it happened.
    pub order: Option<OrderId>,
    /// The edition of the rules that said what became of codes.
    pub edition: Option<String>,
    /// The entry of the ledger that says it.
    pub entry: store::EntryId,
}

/// What threatens a number, and what comes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RiskTold {
    /// What.
    pub risk: Risk,
    /// How much it weighs today.
    pub weight: Weight,
    /// What happens next unless somebody acts, and from which day on.
    pub next: Next,
}

/// Until when a domain is registered, as somebody said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DomainTermTold {
    /// The domain, as it is compared.
    pub domain: String,
    /// The last day of its registration, `2026-11-30`.
    pub expires_on: String,
    /// Who said so last, as the ledger names him.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// How a number could end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndingTold {
    /// [`Event::DropAccess`] or [`Event::Cancel`].
    pub event: Event,
    /// For which reasons somebody of the staff may record it.
    pub reasons: Vec<Reason>,
    /// What would be lost.
    pub losses: Vec<Loss>,
}

impl Number {
    /// When and why it was cancelled, where it was.
    pub(crate) fn cancelled(&self) -> Option<CancelledThen> {
        let ended = self.history.iter().find(|happened| happened.state.is_final())?;
        let number = self.short.number.clone();
        Some(CancelledThen { number, at: ended.at, reason: ended.reason })
    }
}

impl Desk {
    /// A number of the account; `None` where it has none such. One that was corrected is found under the one that it had, too.
    pub async fn own_number(&self, asker: &Asker, number: &str) -> Result<Option<Number>, DeskError> {
        let (number, asker, now) = (number.to_owned(), Some(asker.clone()), self.now());
        let rule = self.watch_rule();
        let one =
            |ground| One { ground, number: number.clone(), asker: asker.clone(), in_clear: true, rule, now };
        self.read(|ground| Ok(one(ground))).await
    }

    /// A number, whoever's it is, for somebody of the staff; under the one that it had before it was corrected, too. That he looked is in the access log before it is told.
    pub async fn number_for(&self, by: &Principal, number: &str) -> Result<Option<Number>, DeskError> {
        self.number_seen(by, number, None).await
    }

    /// The same with what names people in it, for a purpose, by whoever may read what is personal: what was found untrue.
    pub async fn number_in_clear(
        &self,
        by: &Principal,
        number: &str,
        purpose: Purpose,
    ) -> Result<Option<Number>, Failure<SeeFault>> {
        if !by.may(Right::ReadPersonalData) {
            return Err(Failure::Because(SeeFault::NotAllowed(Right::ReadPersonalData)));
        }
        Ok(self.number_seen(by, number, Some(purpose)).await?)
    }

    async fn number_seen(
        &self,
        by: &Principal,
        number: &str,
        purpose: Option<Purpose>,
    ) -> Result<Option<Number>, DeskError> {
        let (number, in_clear, rule, now) =
            (number.to_owned(), purpose.is_some(), self.watch_rule(), self.now());
        let one = |ground| One { ground, number: number.clone(), asker: None, in_clear, rule, now };
        let found = self.read(|ground| Ok(one(ground))).await?;
        if let Some(found) = &found {
            let (account, number) = (Some(found.account.clone()), Some(found.short.number.clone()));
            let about = About { account, purpose, number, ..About::default() };
            self.note_looking(by, Looking::Number, about).await?;
        }
        Ok(found)
    }
}

/// A number as somebody of the staff is told it.
pub(crate) async fn told_to_staff(
    tx: &mut Tx<'_>,
    ground: &Arc<Ground>,
    rule: WatchRule,
    found: Numbered,
    now: Timestamp,
) -> Result<Number, DeskError> {
    let (ground, number) = (Arc::clone(ground), found.number().to_owned());
    One { ground, number, asker: None, in_clear: false, rule, now }.told(tx, found).await
}

struct One {
    ground: Arc<Ground>,
    number: String,
    /// Whose number it is to be; `None` for staff, who see those of all.
    asker: Option<Asker>,
    /// Whether what names people is told.
    in_clear: bool,
    rule: WatchRule,
    now: Timestamp,
}

impl Unit for One {
    type Output = Option<Number>;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Option<Number>, Self::Error> {
        let found = Numbered::find_ever(tx, &self.number).await?;
        match found.into_iter().find(|found| self.is_told(found)) {
            Some(found) => Ok(Some(self.told(tx, found).await?)),
            None => Ok(None),
        }
    }
}

impl One {
    fn is_told(&self, found: &Numbered) -> bool {
        self.asker.as_ref().is_none_or(|asker| asker.id() == found.subject.account)
    }

    /// What else was recorded under the number that is asked for.
    async fn formerly(&self, tx: &mut Tx<'_>, found: &Numbered) -> Result<Vec<String>, DeskError> {
        let all = Numbered::find_ever(tx, &self.number).await?;
        let others = all.iter().filter(|one| one.number() != found.number() && self.is_told(one));
        let mut numbers: Vec<_> = others.map(|one| one.number().to_owned()).collect();
        numbers.dedup();
        Ok(numbers)
    }

    async fn told(&self, tx: &mut Tx<'_>, found: Numbered) -> Result<Number, DeskError> {
        let short = in_short(tx, &found).await?;
        let account = accounts::by_id(tx, found.subject.account).await?;
        let missing =
            || Damage::Sealed { row: found.subject.id.uuid(), fault: "its account is missing".to_owned() };
        let account = account.ok_or_else(missing)?.name;
        let history = numbers::of_number(tx, found.number()).await?;
        let (mut accesses, mut risks, mut siblings) = (Vec::new(), Vec::new(), Vec::new());
        let mut domain_terms = Vec::new();
        match &found.website {
            Some(website) => {
                let streaks = Streaks::of(tx, website.id).await?;
                risks = of_website(tx, &self.ground, &self.rule, &found, &streaks, self.now).await?;
                for access in accesses::of_website(tx, website.id).await? {
                    accesses.push(hosted(tx, access).await?);
                }
                domain_terms.extend(domain_terms::of_website(tx, website.id).await?.into_iter().map(term));
            }
            None => siblings = self.websites(tx, &found).await?,
        }
        if !found.state().is_final() {
            risks.extend(of_subject(tx, &self.rule, &found.subject, self.now).await?);
            Risk::worst_first(&mut risks);
        }
        let untrue = untrue_told::of_number(tx, &self.ground, &found, &history, self.in_clear).await?;
        let history = history.into_iter().map(happened).collect();
        let endings = self.endings(tx, &found).await?;
        let subject = found.website.is_some().then(|| found.subject.number.clone());
        let risks = self.told_risks(tx, &found, risks).await?;
        let websites = siblings;
        let asked_as = tidied(&self.number).filter(|asked| *asked != short.number);
        Ok(Number {
            short,
            asked_as,
            formerly: self.formerly(tx, &found).await?,
            account,
            subject,
            websites,
            accesses,
            history,
            risks,
            untrue,
            domain_terms,
            endings,
        })
    }

    async fn told_risks(
        &self,
        tx: &mut Tx<'_>,
        found: &Numbered,
        risks: Vec<Risk>,
    ) -> Result<Vec<RiskTold>, DeskError> {
        let mut known = number_risks::of_number(tx, found.number()).await?;
        if found.website.is_some() {
            known.extend(number_risks::of_number(tx, &found.subject.number).await?);
        }
        let warned = |risk: &Risk| {
            let row = known.iter().find(|row| {
                row.risk == risk.word()
                    && row.what == risk.what().unwrap_or_default()
                    && risk.day().is_none_or(|day| row.day == day.to_string())
            });
            today(row.and_then(|row| row.warned_at).map_or(self.now, moment))
        };
        let told = risks.into_iter().map(|risk| {
            let next = risk.next(&self.rule, warned(&risk));
            RiskTold {
                weight: risk.weight(&self.rule, today(self.now)),
                // What was to come before it was noticed comes next.
                next: Next { on: next.on.map(|on| on.max(today(self.now))), ..next },
                risk,
            }
        });
        Ok(told.collect())
    }

    async fn websites(&self, tx: &mut Tx<'_>, found: &Numbered) -> Result<Vec<NumberInShort>, DeskError> {
        let mut told = Vec::new();
        for website in super::numbered::all_of(tx, &found.subject).await? {
            let one = Numbered { subject: found.subject.clone(), website: Some(website) };
            told.push(in_short(tx, &one).await?);
        }
        Ok(told)
    }

    /// How it could end, and what would be lost.
    async fn endings(&self, tx: &mut Tx<'_>, found: &Numbered) -> Result<Vec<EndingTold>, DeskError> {
        let concerned = found.concerned(tx).await?;
        let numbers: Vec<_> = concerned.iter().map(|website| website.number.clone()).collect();
        let mut shown = Shown::default();
        for website in &concerned {
            shown.count(tx, website.id).await?;
        }
        let advice = shown.advice(tx, &found.subject).await?;
        let restores = self.ground.restores_places(self.now);
        let ends = legal(found.machine(), found.state(), Who::Operator)
            .filter(|(event, _)| matches!(event, Event::DropAccess | Event::Cancel));
        let told = ends.map(|(event, reasons)| {
            let ending = Ending {
                machine: found.machine(),
                by: event,
                number: found.number(),
                websites: &numbers,
                codes: shown.used + shown.restored,
                restores,
                advice,
            };
            EndingTold { event, reasons, losses: losses(&ending) }
        });
        Ok(told.collect())
    }
}

pub(super) async fn in_short(tx: &mut Tx<'_>, found: &Numbered) -> Result<NumberInShort, DeskError> {
    let (filed_at, changed_at) = match &found.website {
        Some(website) => (website.filed_at, website.changed_at),
        None => (found.subject.filed_at, found.subject.changed_at),
    };
    let domains = match &found.website {
        Some(website) => websites::domains(tx, website.id).await?,
        None => Vec::new(),
    };
    Ok(NumberInShort {
        number: found.number().to_owned(),
        machine: found.machine(),
        state: found.state(),
        filed_at: moment(filed_at),
        changed_at: moment(changed_at),
        domains,
    })
}

async fn hosted(tx: &mut Tx<'_>, access: accesses::Access) -> Result<AccessTold, DeskError> {
    let instance = match access.instance {
        Some(id) => instances::by_id(tx, id).await?.map(|instance| instance.name),
        None => None,
    };
    Ok(AccessTold {
        instance,
        addresses: access.addresses.split_whitespace().map(str::to_owned).collect(),
        since: moment(access.since_at),
        ended: access.ended.map(|(at, reason)| (moment(at), reason)),
    })
}

fn term(term: DomainTerm) -> DomainTermTold {
    let DomainTerm { domain, expires_on, said_by, said_at, .. } = term;
    DomainTermTold { domain, expires_on, by: said_by, at: moment(said_at) }
}

fn happened(step: NumberStep) -> Happened {
    let NumberStep { at, event, reason, state, was, actor, order, edition, entry, .. } = step;
    Happened { at: moment(at), event, reason, state, was, actor, order, edition, entry }
}
