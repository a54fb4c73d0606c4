//! Until when a domain of a website is registered, as its owner or an operator says: nothing tells the desk by itself.

use super::{
    ends::NumberFault,
    numbered::Numbered,
    untrue::{changed_at, ids},
};
use crate::{
    Actor, Desk, Failure, IdempotencyKey, Told,
    chance::Draw,
    clock::following,
    codes::damaged,
    deed::{Deed, Done, Setting, asked, decided},
    failure::{DeskError, Failed},
    ledger_entry::{entry, row},
    personal::Vault,
    watch::{Keeping, Telling, today},
};
use filing::checks::registrable;
use jiff::{Span, civil::Date};
use ledger::{Entry, EntryRef};
use serde::{Deserialize, Serialize};
use store::{Tx, domain_terms::DomainTerm, entries, websites};

/// Years back from today that are taken: what lapsed longer ago was registered by somebody else since, or is a slip of the keyboard.
const MOST_YEARS_AGO: i64 = 1;
/// Years ahead that are taken: registries sell ten at most, and a transfer may come on top.
const MOST_YEARS_AHEAD: i64 = 20;

/// Until when a domain is registered.
#[derive(Clone, Debug, Serialize)]
pub struct RecordDomainTerm {
    /// Who says so: an account for a number of its own, an operator for any.
    pub by: Actor,
    /// The number of the website.
    pub number: String,
    /// One of its domains, in either form.
    pub domain: String,
    /// The last day of its registration: from a year ago to twenty years from now.
    pub expires_on: Date,
}

/// Why nothing is recorded. Nothing was changed, and nothing is in the ledger.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DomainTermFault {
    /// The number is none, or it is another account's, which is never said.
    #[error(transparent)]
    Number(#[from] NumberFault),
    /// The number has no such domain.
    #[error("the number has no such domain")]
    Domain,
    /// No registration ends then.
    #[error("the day lies not between `{first}` and `{last}`")]
    Day {
        /// The first day that is taken.
        first: Date,
        /// The last.
        last: Date,
    },
}

/// It was recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DomainTermRecorded {
    /// The number of the website.
    pub number: String,
    /// The last day of the registration.
    pub expires_on: Date,
}

impl Desk {
    /// Records until when a domain of a website is registered, over what was said before. What threatens the number by that is known at once.
    pub async fn record_domain_term(
        &self,
        ask: RecordDomainTerm,
        key: Option<IdempotencyKey>,
    ) -> Result<Told<DomainTermRecorded>, Failure<DomainTermFault>> {
        let rule = self.watch_rule();
        self.once(key, Telling { ask, rule }).await
    }
}

impl Deed for Telling<RecordDomainTerm> {
    const WORD: &'static str = "record-domain-term";
    /// From what ids of warnings are drawn.
    type Ready = [u8; 32];
    type Answer = DomainTermRecorded;
    type Fault = DomainTermFault;

    fn actor(&self) -> Actor {
        self.ask.by.clone()
    }

    fn prepare(&self, _: &Setting, draw: &mut Draw) -> Result<[u8; 32], DeskError> {
        Ok(draw.bytes())
    }

    async fn run(&self, tx: &mut Tx<'_>, setting: &Setting, drawn: &[u8; 32]) -> Done<Self> {
        let ask = &self.ask;
        setting.ground.check(tx).await?;
        ask.may_be(today(setting.now)).map_err(because)?;
        let found = Numbered::find(tx, &ask.number).await?.filter(|found| found.is_spoken_of_by(&ask.by));
        let found = found.ok_or_else(|| because(DomainTermFault::Number(NumberFault::Unknown)))?;
        let domain = registrable(&ask.domain).map_err(|_| because(DomainTermFault::Domain))?;
        let website = found.website.as_ref().ok_or_else(|| because(DomainTermFault::Domain))?;
        if !websites::domains(tx, website.id).await?.contains(&domain) {
            return Err(because(DomainTermFault::Domain));
        }
        let at = following(setting.now, [changed_at(&found)])?.as_microsecond();
        let recorded = DomainTermRecorded { number: found.number().to_owned(), expires_on: ask.expires_on };
        // Erased ones have no domains.
        let vault = Vault::find(tx, &setting.ground, found.subject.subject_key).await?.vault();
        let commitment = vault.map(|vault| vault.commitment("domain", &domain)).transpose()?;
        let entry = Entry {
            ids: ids(&found),
            decided: Some(decided(&recorded, &(), Vec::new())?),
            commitments: commitment.map(|commitment| ("domain".into(), commitment)).into_iter().collect(),
            ..entry(at, &ask.by, "number.domain-term")
        };
        let expires_on = ask.expires_on.to_string();
        let (said_by, said_at) = (ask.by.to_string(), at);
        let term =
            DomainTerm { website: website.id, domain, expires_on, said_by, said_at, entry: setting.entry };
        tx.together(&[term.setting(), entries::adding(&row(setting.entry, &entry)?)]).await?;
        let keeping = Keeping { setting, rule: &self.rule, draw: Draw::of(*drawn), warns: false };
        keeping.keep_now(tx, &found).await?;
        Ok(recorded)
    }

    async fn again(&self, _: &mut Tx<'_>, setting: &Setting, entry: &EntryRef<'_>) -> Done<Self> {
        asked(entry).map_err(|fault| Failed::Desk(damaged(setting.entry, &fault).into()))
    }
}

impl RecordDomainTerm {
    fn may_be(&self, today: Date) -> Result<(), DomainTermFault> {
        let first = today.saturating_sub(Span::new().years(MOST_YEARS_AGO));
        let last = today.saturating_add(Span::new().years(MOST_YEARS_AHEAD));
        if (first..=last).contains(&self.expires_on) {
            Ok(())
        } else {
            Err(DomainTermFault::Day { first, last })
        }
    }
}

fn because(fault: DomainTermFault) -> Failed<Failure<DomainTermFault>> {
    Failed::Because(Failure::Because(fault))
}
