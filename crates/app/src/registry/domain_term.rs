//! An operator records until when a domain of a website is registered: nothing tells the desk by itself.

use super::{
    ends::NumberFault,
    numbered::Numbered,
    untrue::{changed_at, ids},
};
use crate::{
    Actor, Desk, Failure, IdempotencyKey, Operator, Told,
    chance::Draw,
    clock::following,
    codes::damaged,
    deed::{Deed, Done, Setting, asked, decided},
    failure::{DeskError, Failed},
    ledger_entry::{entry, row},
    personal::Vault,
};
use filing::checks::registrable;
use jiff::civil::Date;
use ledger::{Entry, EntryRef};
use serde::{Deserialize, Serialize};
use store::{Tx, domain_terms::DomainTerm, entries, websites};

/// Until when a domain is registered.
#[derive(Clone, Debug, Serialize)]
pub struct RecordDomainTerm {
    /// Who records it.
    pub operator: Operator,
    /// The number of the website.
    pub number: String,
    /// One of its domains, in either form.
    pub domain: String,
    /// The last day of its registration.
    pub expires_on: Date,
}

/// Why nothing is recorded. Nothing was changed, and nothing is in the ledger.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DomainTermFault {
    /// The number is none.
    #[error(transparent)]
    Number(#[from] NumberFault),
    /// The number has no such domain.
    #[error("the number has no such domain")]
    Domain,
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
    /// Records until when a domain of a website is registered, over what was said before.
    pub async fn record_domain_term(
        &self,
        ask: RecordDomainTerm,
        key: Option<IdempotencyKey>,
    ) -> Result<Told<DomainTermRecorded>, Failure<DomainTermFault>> {
        self.once(key, ask).await
    }
}

impl Deed for RecordDomainTerm {
    const WORD: &'static str = "record-domain-term";
    type Ready = ();
    type Answer = DomainTermRecorded;
    type Fault = DomainTermFault;

    fn actor(&self) -> Actor {
        Actor::Staff(self.operator.clone())
    }

    fn prepare(&self, _: &Setting, _: &mut Draw) -> Result<(), DeskError> {
        Ok(())
    }

    async fn run(&self, tx: &mut Tx<'_>, setting: &Setting, (): &()) -> Done<Self> {
        setting.ground.check(tx).await?;
        let found = Numbered::find(tx, &self.number).await?;
        let found = found.ok_or_else(|| because(DomainTermFault::Number(NumberFault::Unknown)))?;
        let domain = registrable(&self.domain).map_err(|_| because(DomainTermFault::Domain))?;
        let website = found.website.as_ref().ok_or_else(|| because(DomainTermFault::Domain))?;
        if !websites::domains(tx, website.id).await?.contains(&domain) {
            return Err(because(DomainTermFault::Domain));
        }
        let at = following(setting.now, [changed_at(&found)])?.as_microsecond();
        let recorded = DomainTermRecorded { number: found.number().to_owned(), expires_on: self.expires_on };
        // Erased ones have no domains.
        let vault = Vault::find(tx, &setting.ground, found.subject.subject_key).await?.vault();
        let commitment = vault.map(|vault| vault.commitment("domain", &domain)).transpose()?;
        let entry = Entry {
            ids: ids(&found),
            decided: Some(decided(&recorded, &(), Vec::new())?),
            commitments: commitment.map(|commitment| ("domain".into(), commitment)).into_iter().collect(),
            ..entry(at, &self.actor(), "number.domain-term")
        };
        let expires_on = self.expires_on.to_string();
        let term = DomainTerm { website: website.id, domain, expires_on, entry: setting.entry };
        tx.together(&[term.setting(), entries::adding(&row(setting.entry, &entry)?)]).await?;
        Ok(recorded)
    }

    async fn again(&self, _: &mut Tx<'_>, setting: &Setting, entry: &EntryRef<'_>) -> Done<Self> {
        asked(entry).map_err(|fault| Failed::Desk(damaged(setting.entry, &fault).into()))
    }
}

fn because(fault: DomainTermFault) -> Failed<Failure<DomainTermFault>> {
    Failed::Because(Failure::Because(fault))
}
