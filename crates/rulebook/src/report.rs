//! A decision as JSON carries it: with its messages for files and the API (SPEC 3.4), without them for the ledger.

use crate::{
    calendar::rfc3339,
    change::Change,
    decision::{Decision, Finding, Remedy, Value},
    text::Lang,
};
use jiff::civil::Date;
use serde::ser::{Serialize, SerializeMap, SerializeSeq, SerializeStruct, Serializer};
use std::fmt;

/// A decision with its messages in one language, ready to be serialised. Absent values are null, never omitted.
#[derive(Clone, Copy, Debug)]
pub struct Report<'d> {
    decision: &'d Decision<'d>,
    lang: Lang,
    changed: &'d [(Date, Change)],
    dated: bool,
}

impl<'d> Report<'d> {
    /// The same, with what changed about the instance after its purchase (变配) told in the messages of the findings that rest
    /// on it: each change with its day in Asia/Shanghai, for the buyer and for staff.
    #[must_use]
    pub const fn with_changes(self, changed: &'d [(Date, Change)]) -> Self {
        Self { changed, ..self }
    }

    /// The same without its moment, `at` being null: what stays as it is while only time passes, until a term ends, an expiry comes
    /// or another edition is in force. For telling whether a decision that was given before still stands.
    #[must_use]
    pub const fn undated(self) -> Self {
        Self { dated: false, ..self }
    }

    /// What a finding says, and when what it rests on became so.
    fn message(&self, finding: &Finding<'_>) -> String {
        let mut message = self.decision.message(finding, self.lang).to_string();
        let rests_on = finding.code.rests_on();
        for (day, change) in self.changed {
            if rests_on.iter().any(|fact| change.is_of(*fact)) {
                if self.lang == Lang::En {
                    message.push(' ');
                }
                message.push_str(&change.message(*day, self.lang));
            }
        }
        message
    }
}

/// A decision as a ledger keeps it: verdict, and findings with their figures and remedies. No sentence is in it: those may be
/// worded better tomorrow, and what was decided stands.
#[derive(Clone, Copy, Debug)]
pub struct Record<'d>(&'d Decision<'d>);

impl<'a> Decision<'a> {
    /// The decision as a ledger keeps it.
    pub fn record(&'a self) -> Record<'a> {
        Record(self)
    }

    /// The decision as JSON carries it, with its messages in `lang`.
    pub fn report(&'a self, lang: Lang) -> Report<'a> {
        Report { decision: self, lang, changed: &[], dated: true }
    }

    /// What `finding`, one of this decision's, says to a customer: what is, what is asked, what to do. Beside a dead end it does
    /// not tell him to pay for this instance.
    pub fn message(&self, finding: &Finding<'_>, lang: Lang) -> impl fmt::Display {
        self.message_beside(finding, self.is_dead_end(), lang)
    }

    /// The same, where not all findings count for whoever reads: `dead_end` is whether one of those that do is one.
    pub fn message_beside(&self, finding: &Finding<'_>, dead_end: bool, lang: Lang) -> impl fmt::Display {
        fmt::from_fn(move |f| match lang {
            Lang::Zh => crate::zh::finding(f, self, finding, dead_end),
            Lang::En => crate::en::finding(f, self, finding, dead_end),
        })
    }

    /// All that a person should read of the decision, a paragraph each: the findings, those with the same remedy together,
    /// or the summary when there is none; and what a derived fact means for it. Where only another instance helps, nobody is
    /// told to pay for this one.
    pub fn explanation(&self, lang: Lang) -> Vec<String> {
        let findings: Vec<Finding<'_>> = self.findings().collect();
        if findings.is_empty() {
            return vec![self.summary(lang).to_string()];
        }
        let beyond_repair = self.is_dead_end() && findings.iter().any(|finding| finding.remedy.mends());
        let mut told = Vec::new();
        if beyond_repair {
            told.push(said(lang, crate::zh::BEYOND_REPAIR, crate::en::BEYOND_REPAIR));
        }
        let mut paragraphs: Vec<(&Remedy<'_>, Vec<String>)> = Vec::new();
        for finding in &findings {
            let reason = self.reason(finding, lang).to_string();
            let same =
                |(remedy, _): &&mut (&Remedy<'_>, _)| finding.remedy.mends() && **remedy == finding.remedy;
            match paragraphs.iter_mut().find(same) {
                Some((_, reasons)) => reasons.push(reason),
                None => paragraphs.push((&finding.remedy, vec![reason])),
            }
        }
        for (remedy, mut sentences) in paragraphs {
            if remedy.mends() && !beyond_repair {
                sentences.push(remedy.advice(lang).to_string());
            }
            told.push(sentences.join(said(lang, "", " ").as_str()));
        }
        if self.rests_on_derived_purchase() {
            told.push(said(lang, crate::zh::DERIVED_PURCHASE, crate::en::DERIVED_PURCHASE));
        }
        told
    }

    fn reason(&self, finding: &Finding<'_>, lang: Lang) -> impl fmt::Display {
        fmt::from_fn(move |f| match lang {
            Lang::Zh => crate::zh::reason(f, self, finding),
            Lang::En => crate::en::reason(f, self, finding),
        })
    }

    /// What the decision comes to; for an eligible instance also how it is verified and what is left.
    pub fn summary(&self, lang: Lang) -> impl fmt::Display {
        fmt::from_fn(move |f| match lang {
            Lang::Zh => crate::zh::summary(f, self),
            Lang::En => crate::en::summary(f, self),
        })
    }
}

impl Remedy<'_> {
    /// What to do with the instance, where it mends this very one ([`Remedy::mends`]); nothing otherwise. Whoever tells it tells it so.
    pub fn advice(&self, lang: Lang) -> impl fmt::Display {
        fmt::from_fn(move |f| match lang {
            Lang::Zh => crate::zh::advice(f, self),
            Lang::En => crate::en::advice(f, self),
        })
    }
}

fn said(lang: Lang, zh: &str, en: &str) -> String {
    match lang {
        Lang::Zh => zh.to_owned(),
        Lang::En => en.to_owned(),
    }
}

impl Serialize for Report<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let decision = self.decision;
        let mut map = to.serialize_struct("Decision", 9)?;
        map.serialize_field("instance", &decision.case.facts.id)?;
        map.serialize_field("product", &decision.case.facts.product)?;
        map.serialize_field("edition", &decision.edition.id)?;
        let at = self.dated.then(|| Shown(rfc3339(decision.case.moment.at())));
        map.serialize_field("at", &at)?;
        map.serialize_field("verdict", decision.verdict.word())?;
        map.serialize_field("verified_by", &decision.verified_by().map(crate::VerifiedBy::word))?;
        map.serialize_field("quota", &decision.quota().map(Quota))?;
        map.serialize_field("derived", &Derived(decision))?;
        map.serialize_field("findings", &Findings(self))?;
        map.end()
    }
}

impl Serialize for Record<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_struct("Record", 2)?;
        map.serialize_field("verdict", self.0.verdict.word())?;
        map.serialize_field("findings", &Figures(self.0))?;
        map.end()
    }
}

struct Figures<'d>(&'d Decision<'d>);

impl Serialize for Figures<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.0.findings().map(Figure))
    }
}

struct Figure<'d>(Finding<'d>);

impl Serialize for Figure<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let Self(finding) = self;
        let mut map = to.serialize_struct("Figure", 4)?;
        map.serialize_field("code", finding.code.word())?;
        map.serialize_field("required", &finding.required)?;
        map.serialize_field("actual", &finding.actual)?;
        map.serialize_field("remedy", &RemedyIn(&finding.remedy, None))?;
        map.end()
    }
}

struct Quota(crate::QuotaState);

impl Serialize for Quota {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_struct("Quota", 4)?;
        map.serialize_field("limit", &self.0.limit)?;
        map.serialize_field("per", self.0.per.word())?;
        map.serialize_field("used", &self.0.used)?;
        map.serialize_field("left", &self.0.left)?;
        map.end()
    }
}

struct Derived<'d>(&'d Decision<'d>);

impl Serialize for Derived<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.0.derived().iter().map(crate::Fact::key))
    }
}

struct Findings<'d>(&'d Report<'d>);

impl Serialize for Findings<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut list = to.serialize_seq(None)?;
        for finding in self.0.decision.findings() {
            list.serialize_element(&One { report: self.0, finding })?;
        }
        list.end()
    }
}

struct One<'d> {
    report: &'d Report<'d>,
    finding: Finding<'d>,
}

impl Serialize for One<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let finding = &self.finding;
        let mut map = to.serialize_struct("Finding", 7)?;
        map.serialize_field("code", finding.code.word())?;
        map.serialize_field("blocking", &finding.blocking)?;
        map.serialize_field("required", &finding.required)?;
        map.serialize_field("actual", &finding.actual)?;
        map.serialize_field("remedy", &RemedyIn(&finding.remedy, Some(self.report.lang)))?;
        map.serialize_field("source", finding.source)?;
        map.serialize_field("message", &self.report.message(finding))?;
        map.end()
    }
}

/// A remedy with its texts in a language, or without any.
struct RemedyIn<'d>(&'d Remedy<'d>, Option<Lang>);

impl Serialize for RemedyIn<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let Self(remedy, lang) = self;
        let mut map = to.serialize_map(None)?;
        map.serialize_entry("action", remedy.word())?;
        match remedy {
            Remedy::Buy { products, months, amount } => {
                let products: Vec<&str> = products.rows().map(|row| row.product.as_str()).collect();
                map.serialize_entry("products", &products)?;
                if let Some(months) = months {
                    map.serialize_entry("months", months)?;
                }
                if let Some(amount) = amount {
                    map.serialize_entry("amount", &Shown(amount))?;
                }
            }
            Remedy::FileAt { place } => {
                if let Some(lang) = lang {
                    map.serialize_entry("where", &place.map(|place| place.in_lang(*lang)))?;
                }
            }
            Remedy::ConvertToSubscription { months } => map.serialize_entry("months", months)?,
            Remedy::Renew { months, until } => {
                map.serialize_entry("months", months)?;
                map.serialize_entry("until", &until.map(|until| Shown(rfc3339(until))))?;
            }
            Remedy::UseAnotherAccount { product } => map.serialize_entry("product", product)?,
            Remedy::ProvideFact { fact } => map.serialize_entry("fact", fact.key())?,
            Remedy::SignInAsPurchaser | Remedy::NoneNeeded | Remedy::AddPublicBandwidth => {}
        }
        map.end()
    }
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => to.serialize_none(),
            Self::Number(n) => to.serialize_u32(*n),
            Self::Word(word) => to.serialize_str(word),
            Self::Amount(_) | Self::Time(_) => to.collect_str(self),
        }
    }
}

/// Something shown as text, serialised without a text in between.
struct Shown<T>(T);

impl<T: fmt::Display> Serialize for Shown<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&self.0)
    }
}
