//! What is seen of a filing number, and of a domain.

use super::{Ends, Look, WhyNot};
use crate::{
    orders::mark_of,
    registry::{Number, Numbered, last_with, told_to_staff},
};
use filing::{
    checks::{Wanted, registrable},
    registry::{CancelledThen, Serving, serving},
};
use store::{Tx, blacklist, subjects};

/// A number as staff sees it. Of an earlier time it is told where it stood then and what had happened, and no risks.
#[derive(Clone, Debug)]
pub struct NumberSeen {
    /// The number.
    pub number: Number,
}

/// A domain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DomainSeen {
    /// What is registered of what was typed, as ASCII in small letters.
    pub domain: String,
    /// Whether a website may be served under it, and why not. Whether it is on the blacklist is told as of today.
    pub serving: Serving,
    /// When and why the number of the website that had it last was cancelled, where it was.
    pub cancelled: Option<CancelledThen>,
}

impl Look {
    /// All that is seen of a number.
    pub(super) async fn number(&self, tx: &mut Tx<'_>, found: Numbered) -> Result<NumberSeen, Ends> {
        let mut number = told_to_staff(tx, &self.ground, self.rule, found, self.now).await?;
        if self.ask.at.is_some() {
            let until = self.until();
            let first = number.history.first().map_or(number.short.filed_at, |first| first.at);
            number.history.retain(|happened| happened.at <= until);
            let Some(last) = number.history.last() else { return Err(Ends::NotYet(first)) };
            (number.short.state, number.short.changed_at) = (last.state, last.at);
            number.accesses.retain(|access| access.since <= until);
            for access in &mut number.accesses {
                access.ended = access.ended.filter(|(at, _)| *at <= until);
            }
            number.untrue.retain(|untrue| untrue.recorded_at <= until);
            for untrue in &mut number.untrue {
                untrue.is_warned = None;
                untrue.ended = untrue.ended.take().filter(|ended| ended.at <= until);
            }
            number.risks.clear();
        }
        Ok(NumberSeen { number })
    }

    /// What is seen of a domain; `None` where it is none that can be filed.
    pub(super) async fn domain(&self, tx: &mut Tx<'_>, typed: &str) -> Result<Option<WhyNot>, Ends> {
        let host = typed.split_once("://").map_or(typed, |(_, host)| host);
        let host = host.split(['/', '?', '#']).next().unwrap_or_default();
        let Ok(domain) = registrable(host) else { return Ok(None) };
        let number = match last_with(tx, &self.ground, &domain).await? {
            Some(website) => {
                let subject = subjects::by_id(tx, website.subject).await?;
                subject.map(|subject| Numbered { subject, website: Some(website) })
            }
            None => None,
        };
        let number = match number {
            Some(found) => Some(self.number(tx, found).await?),
            None => None,
        };
        let (kind, mark) = mark_of(&self.ground, &Wanted::Domain(domain.clone()));
        let listed = blacklist::find(tx, kind, &mark).await?.is_some();
        let serving = serving(number.as_ref().map(|seen| seen.number.short.state), listed);
        let cancelled = number.as_ref().and_then(|seen| seen.number.cancelled());
        Ok(Some(WhyNot::Domain(Box::new(DomainSeen { domain, serving, cancelled }), number.map(Box::new))))
    }
}
