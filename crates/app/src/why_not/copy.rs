//! The answer as plain text that support pastes to the customer: his own words, and nothing that he must not see.

use super::{AccountSeen, CodeSeen, DomainSeen, InstanceSeen, NumberSeen, OrderSeen, en, zh};
use filing::{
    Refusal,
    codes::{IssueRefusal, Obstacle, Reader},
    registry::{NotServed, Serving, State},
};
use jiff::Timestamp;
use rulebook::{Lang, calendar::shanghai};
use std::fmt;

macro_rules! say {
    ($lang:expr, $function:ident($($argument:expr),*)) => {
        match $lang {
            Lang::Zh => zh::$function($($argument),*),
            Lang::En => en::$function($($argument),*),
        }
    };
}

impl InstanceSeen {
    /// What its buyer should read, a paragraph a line.
    pub fn copy(&self, lang: Lang) -> String {
        let mut told = vec![say!(lang, instance(self))];
        if let Some(at) = self.decided.gone_at() {
            told.push(say!(lang, gone(at)));
            return told.join("\n");
        }
        told.extend(self.decided.decision().explanation(lang));
        told.extend(self.changed_for_worse(lang));
        told.extend(self.beside_the_rules(lang));
        told.join("\n")
    }

    /// When what the findings rest on became so.
    fn changed_for_worse(&self, lang: Lang) -> Vec<String> {
        let decision = self.decided.decision();
        let rested_on: Vec<_> = decision.findings().flat_map(|finding| finding.code.rests_on()).collect();
        let changes = self.decided.changes().iter();
        let changes = changes.filter(|(_, change)| rested_on.iter().any(|fact| change.is_of(**fact)));
        changes.map(|(day, change)| change.message(*day, lang)).collect()
    }

    /// Why no code would be issued, beside what the rules find. That none is needed is said by the rules already.
    fn beside_the_rules(&self, lang: Lang) -> Vec<String> {
        self.judge(|_, answer| {
            let Err(refused) = answer else { return Vec::new() };
            let told = refused.reasons().iter().filter(|reason| {
                let IssueRefusal::Obstacle(obstacle) = reason else { return true };
                !matches!(
                    obstacle,
                    Obstacle::Finding { .. } | Obstacle::NoCodeNeeded { .. } | Obstacle::SignIn
                )
            });
            told.map(|reason| joined(&reason.message(lang), &reason.suggestion(lang), lang)).collect()
        })
    }
}

impl CodeSeen {
    /// What its owner should read, or the account that it was granted to.
    pub fn copy(&self, reader: Reader, lang: Lang) -> String {
        let standing = self.standing();
        let said = joined(&standing.message(reader, lang), &standing.what_to_do(reader, lang), lang);
        let label = standing.shown().label(lang);
        format!("{}\n{said}", say!(lang, code(&self.ending, label)))
    }
}

impl AccountSeen {
    /// What its customer should read: each instance with what is said of it, then each code.
    pub fn copy(&self, lang: Lang) -> String {
        let mut told = vec![say!(lang, account(self))];
        if self.blacklisted {
            let why = Obstacle::Blacklisted;
            told.push(joined(&why.message(lang), &why.suggestion(lang), lang));
        }
        for decided in &self.instances {
            let decision = decided.decision();
            let said = if decided.gone_at().is_some() {
                say!(lang, released()).to_owned()
            } else {
                joined(decision.verdict().label(lang), &decision.explanation(lang).join(" "), lang)
            };
            told.push(say!(lang, item(&decided.facts().id, &said)));
        }
        for code in &self.codes {
            let own = code.owner.as_ref() == Some(&self.name);
            let reader = if own { Reader::Owner } else { Reader::Grantee };
            told.push(say!(lang, item(&code.ending, &code.standing().message(reader, lang))));
        }
        told.join("\n")
    }
}

impl NumberSeen {
    /// What its owner should read: where it stands, and what threatens it.
    pub fn copy(&self, lang: Lang) -> String {
        let short = &self.number.short;
        let mut told = vec![say!(lang, number(&short.number, short.state.label(lang)))];
        if short.state == State::Cancelled {
            told.push(say!(lang, cancelled()).to_owned());
        }
        let risks = self.number.risks.iter();
        told.extend(risks.map(|told| joined(&told.risk.message(lang), told.risk.suggestion(lang), lang)));
        told.join("\n")
    }
}

impl DomainSeen {
    /// Why a website may not be served under it; of one that is cancelled, since when and why.
    pub fn message(&self, why: NotServed, lang: Lang) -> String {
        let then = self.cancelled.as_ref().filter(|_| why == NotServed::Cancelled);
        let then = then.map(|then| then.message(lang));
        then.map_or_else(|| why.message(lang).to_owned(), |then| joined(&then, why.message(lang), lang))
    }

    /// What whoever asks about it should read, with the number of the website that has it.
    pub fn copy(&self, number: Option<&NumberSeen>, lang: Lang) -> String {
        let said = match self.serving {
            Serving::May => say!(lang, may_be_served()).to_owned(),
            Serving::MayNot(why) => joined(&self.message(why, lang), why.suggestion(lang), lang),
        };
        let domain = say!(lang, domain(&self.domain, &said));
        std::iter::once(domain).chain(number.map(|seen| seen.copy(lang))).collect::<Vec<_>>().join("\n")
    }
}

impl OrderSeen {
    /// What its owner should read: where it stands, what it waits for, and what it came to.
    pub fn copy(&self, now: Timestamp, lang: Lang) -> String {
        let order = &self.order;
        let head = say!(lang, order(&order.id.to_string(), order.kind.label(lang), order.state.label(lang)));
        let waiting = order.waiting.iter().map(|waiting| waiting.message(now, lang));
        let by = order.stages.last().map(|stage| stage.by);
        let outcome = order.kind.outcome(order.state, by, lang).map(str::to_owned);
        std::iter::once(head).chain(waiting).chain(outcome).collect::<Vec<_>>().join("\n")
    }
}

/// Two sentences after each other; the second may be empty.
fn joined(first: &str, second: &str, lang: Lang) -> String {
    let between = match lang {
        _ if second.is_empty() => "",
        Lang::Zh if first.ends_with('。') => "",
        Lang::Zh => "：",
        Lang::En if first.ends_with('.') => " ",
        Lang::En => ": ",
    };
    format!("{first}{between}{second}")
}

/// A time on the clock of Beijing, to the minute.
pub(super) fn clock(at: Timestamp) -> impl fmt::Display {
    let at = shanghai(at);
    fmt::from_fn(move |f| write!(f, "{} {:02}:{:02}", at.date(), at.hour(), at.minute()))
}
