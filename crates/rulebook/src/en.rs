//! Every sentence of this crate in English. `zh.rs` says the same in Chinese; the matches are exhaustive in both.

use crate::{
    calendar::shanghai,
    decision::{Code, Decision, Finding, Products, Remedy, Value, Verdict},
    edition::{CodeMade, NoEdition, RestoreOnCancel, Row, Scope, VerifiedBy},
    facts::Fact,
};
use jiff::Timestamp;
use std::fmt::{self, Display, Write};

/// One reason of a decision, as a customer reads it: what is, what is asked, what to do where that helps.
pub(crate) fn finding(
    f: &mut impl Write,
    decision: &Decision<'_>,
    finding: &Finding<'_>,
    dead_end: bool,
) -> fmt::Result {
    reason(f, decision, finding)?;
    if finding.remedy.mends() && !dead_end {
        f.write_str(" ")?;
        advice(f, &finding.remedy)?;
    }
    if finding.code == Code::PurchasedTermShort { derived_purchase(f, decision) } else { Ok(()) }
}

/// What to do about it, where that is not part of the reason: these remedies can be shared by several reasons.
pub(crate) fn advice(f: &mut impl Write, remedy: &Remedy<'_>) -> fmt::Result {
    match remedy {
        Remedy::ConvertToSubscription { months } => {
            write!(f, "Convert it to a subscription of at least {}.", Months(*months))
        }
        Remedy::AddPublicBandwidth => {
            f.write_str("Upgrade its public bandwidth, or bind an elastic IP address that has bandwidth.")
        }
        Remedy::Renew { .. } => write!(f, "{}", Renewed(remedy)),
        _ => Ok(()),
    }
}

/// One reason of a decision: what is and what is asked, and what to do where no other reason can have the same remedy.
pub(crate) fn reason(f: &mut impl Write, decision: &Decision<'_>, finding: &Finding<'_>) -> fmt::Result {
    let Finding { required, actual, remedy, .. } = finding;
    match finding.code {
        Code::ProductNotFileable => {
            let edition = &decision.edition.id;
            write!(
                f,
                "The product \"{actual}\" is not in edition {edition} of the rules and cannot back a filing. "
            )?;
            f.write_str("If the name is misspelt, correct it and ask again. ")?;
            write!(f, "Use one of these products instead: {}.", Offer(remedy))
        }
        Code::OtherAccount => {
            write!(f, "The account you are using ({actual}) is not the one that bought this instance. ")?;
            f.write_str("Sign in with the account that bought it.")
        }
        Code::OutsideMainland => {
            write!(
                f,
                "The instance is in {actual}, outside mainland China: a website on it needs no filing. "
            )?;
            f.write_str(
                "If you later point a domain at a server in mainland China, that domain must be filed first.",
            )
        }
        Code::FiledElsewhere => write!(f, "{} is not filed here. {}", Named(decision.row()), Place(remedy)),
        Code::PayAsYouGo => {
            f.write_str("The instance is billed pay-as-you-go, and such instances cannot back a filing.")
        }
        Code::NoPublicBandwidth => {
            write!(f, "The instance has no public bandwidth (now {actual} Mbit/s); more than 0 is required.")
        }
        Code::NoPublicIp => {
            f.write_str("The instance has no public IP address, so there is no address to file.")
        }
        Code::PurchasedTermShort => {
            let (actual, required) = (Reached(actual), Asked(required));
            write!(
                f,
                "The instance was bought for {actual}, renewals included; at least {required} required."
            )
        }
        Code::RemainingTermShort => {
            let (actual, required) = (Reached(actual), Asked(required));
            write!(f, "The instance expires in {actual}; at least {required} required.")
        }
        Code::FirstPurchaseShort => {
            let (reached, asked) = (Reached(actual), Asked(required));
            write!(f, "The first order of this instance was for {reached}; at least {asked} required, ")?;
            write!(
                f,
                "and renewing does not make up for it. Buy {} with a first order of at least ",
                Offer(remedy)
            )?;
            write!(f, "{}.", Months(Count(remedy).get()))
        }
        Code::OrderAmountLow => {
            write!(
                f,
                "The first (or single) order of this instance was CNY {actual}; at least CNY {required} is required. "
            )?;
            write!(f, "Buy {} with an order of at least CNY {required}.", Offer(remedy))
        }
        Code::Expired => {
            write!(f, "The instance expired on {}; an expired instance cannot back a filing.", Clock(actual))
        }
        Code::QuotaExhausted => quota_exhausted(f, decision, finding),
        Code::UnknownFact => match remedy {
            Remedy::ProvideFact { fact } => unknown_fact(f, *fact, actual),
            _ => Ok(()),
        },
    }
}

fn quota_exhausted(f: &mut impl Write, decision: &Decision<'_>, finding: &Finding<'_>) -> fmt::Result {
    let Finding { required, actual, remedy, .. } = finding;
    let Some(row) = decision.row() else { return Ok(()) };
    let per_account = row.quota().is_some_and(|quota| quota.per == Scope::Account);
    let name = Named(Some(row));
    if per_account {
        write!(f, "All {name} instances of one account together can have ")?;
    } else {
        write!(f, "Each {name} instance can have ")?;
    }
    match (row.verified_by.value, row.code_made.value) {
        (VerifiedBy::HostPassword, _) => {
            write!(
                f,
                "at most {}; {actual} already submitted or filed, so none is left. ",
                Counted(required, "filed website")
            )?;
        }
        (_, CodeMade::OnPurchase) => {
            let codes = Counted(required, "filing service code");
            write!(f, "only {codes}; {actual} already used, so none is left. ")?;
        }
        _ => {
            let codes = Counted(required, "filing service code");
            write!(f, "at most {codes}; {actual} already issued, so none is left. ")?;
        }
    }
    if decision.edition.policy.restore_on_cancel.value == RestoreOnCancel::Never {
        f.write_str("Cancelling a filing gives no place back. ")?;
    }
    match remedy {
        Remedy::UseAnotherAccount { .. } => {
            write!(
                f,
                "Another instance in this account does not help: use another account and buy {name} there."
            )
        }
        _ => write!(f, "Buy {} and file with the new instance.", Offer(remedy)),
    }
}

fn unknown_fact(f: &mut impl Write, fact: Fact, actual: &Value<'_>) -> fmt::Result {
    match fact {
        Fact::Account => f.write_str(
            "It is not known which account bought this instance, so whether it is yours cannot be told. \
             Give the buying account.",
        ),
        Fact::Region if *actual == Value::Null => f.write_str(
            "The region is missing, so whether the instance is in mainland China cannot be told. Give the region.",
        ),
        Fact::Region => write!(
            f,
            "The region \"{actual}\" is not known, so whether the instance is in mainland China cannot be told. \
             Check the region."
        ),
        Fact::Billing => f.write_str(
            "The billing method is missing, so whether this is a subscription cannot be told. \
             Give the billing method.",
        ),
        Fact::PublicBandwidth => f.write_str(
            "The public bandwidth is missing, so whether the instance can be reached from the internet cannot be \
             told. Give the public bandwidth.",
        ),
        Fact::PublicIps => f.write_str(
            "The public IP addresses are missing, so whether there is an address to file cannot be told. \
             Give the public IP addresses.",
        ),
        Fact::PurchasedAt => f.write_str(
            "The purchase time is missing, so the purchased term cannot be counted. Give the purchase time.",
        ),
        Fact::ExpiresAt => f.write_str(
            "The expiry time is missing, so neither the term nor whether it has ended can be told. \
             Give the expiry time.",
        ),
        Fact::FirstPurchaseMonths => f.write_str(
            "The length of the first order is missing, so whether it suffices cannot be told. \
             Give the months of the first order.",
        ),
        Fact::FirstOrderAmount => f.write_str(
            "The amount of the first order is missing, so whether it suffices cannot be told. \
             Give the amount of the first order.",
        ),
        Fact::CodesIssued => f.write_str(
            "The number of codes issued so far is missing, so whether any is left cannot be told. Give that number.",
        ),
    }
}

/// What a decision comes to, in a sentence or two; the reasons are the findings'.
pub(crate) fn summary(f: &mut impl Write, decision: &Decision<'_>) -> fmt::Result {
    match (decision.verdict(), decision.row()) {
        (Verdict::Eligible, Some(row)) => eligible(f, decision, row),
        (Verdict::Undetermined, _) => f.write_str("More must be known before this can be decided."),
        (Verdict::NotRequired, _) => f.write_str("It is outside mainland China: no filing is needed."),
        (Verdict::Elsewhere, _) => f.write_str("It is filed in another system."),
        (Verdict::Ineligible | Verdict::Eligible, _) => f.write_str("It cannot back a filing now."),
    }?;
    // The finding of a short term says so itself.
    if decision.has(Code::PurchasedTermShort) { Ok(()) } else { derived_purchase(f, decision) }
}

fn eligible(f: &mut impl Write, decision: &Decision<'_>, row: &Row) -> fmt::Result {
    let left = decision.quota().map(|quota| quota.left);
    match (row.verified_by.value, row.code_made.value) {
        (VerifiedBy::HostPassword, _) => {
            match left {
                Some(1) => f.write_str("It can back the filing of 1 more website. ")?,
                Some(left) => write!(f, "It can back the filing of {left} more websites. ")?,
                None => f.write_str("It can back a filing. ")?,
            }
            f.write_str("No service code is needed: the product is verified by the host's own credentials.")?;
            match &row.credentials_from {
                Some(from) => write!(f, " {}.", from.value.en),
                None => Ok(()),
            }
        }
        (_, CodeMade::OnRequest) => match left {
            Some(1) => write!(f, "It can back a filing; 1 more service code can be applied for. {WHERE_TO_APPLY}"),
            Some(left) => {
                write!(f, "It can back a filing; {left} more service codes can be applied for. {WHERE_TO_APPLY}")
            }
            None => write!(f, "It can back a filing. {WHERE_TO_APPLY}"),
        },
        (_, CodeMade::OnPurchase) => f.write_str(
            "It can back a filing. Its service code was made when it was bought: view it on the apply page, there is no need to apply.",
        ),
        (_, CodeMade::Elsewhere) => {
            f.write_str("It can back a filing; its service codes are not made here.")?;
            match &row.place {
                Some(place) => write!(f, " How to get them: {}.", place.value.en),
                None => Ok(()),
            }
        }
    }
}

fn derived_purchase(f: &mut impl Write, decision: &Decision<'_>) -> fmt::Result {
    if decision.rests_on_derived_purchase() { write!(f, " {DERIVED_PURCHASE}") } else { Ok(()) }
}

/// The next step of whoever has an eligible instance.
const WHERE_TO_APPLY: &str = "Sign in with the account that bought it and apply on the page for service codes; each code serves one website.";

/// Said before anything else where no payment for this instance can help.
pub(crate) const BEYOND_REPAIR: &str = "Do not pay more for this instance in order to file: no renewal or upgrade can repair all of what follows.";

/// What a derived purchase means for whoever relies on the decision.
pub(crate) const DERIVED_PURCHASE: &str =
    "(The purchase time is derived, not known; the real term may be shorter.)";

/// Why no edition decides.
pub(crate) fn no_edition(error: &NoEdition) -> String {
    match error {
        NoEdition::Before { day, first, from } => format!(
            "there are no rules for {day} yet: the first edition, {first}, counts from {from}; \
             ask about that day or a later one"
        ),
        NoEdition::Unknown { id, known } => {
            format!("the rulebook has no edition `{id}`; it has {}", known.join(", "))
        }
    }
}

/// The name of a product.
struct Named<'d>(Option<&'d Row>);

impl Display for Named<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.map_or("this product", |row| row.name.en.as_str()))
    }
}

/// The products that a remedy offers.
struct Offer<'d>(&'d Remedy<'d>);

impl Display for Offer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Remedy::Buy { products, .. } = self.0 else { return Ok(()) };
        match products {
            Products::Same(row) => write!(f, "a new {} instance", row.name.en),
            Products::AnyOf(edition) => {
                for (at, row) in edition.fileable().enumerate() {
                    write!(f, "{}{}", if at == 0 { "" } else { ", " }, row.name.en)?;
                }
                Ok(())
            }
        }
    }
}

/// The system in which a product is filed, and how.
struct Place<'d>(&'d Remedy<'d>);

impl Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Remedy::FileAt { place: Some(place) } => write!(f, "{}.", place.en),
            _ => Ok(()),
        }
    }
}

/// The months of a remedy.
struct Count<'d>(&'d Remedy<'d>);

impl Count<'_> {
    fn get(&self) -> u32 {
        match self.0 {
            Remedy::ConvertToSubscription { months }
            | Remedy::Renew { months, .. }
            | Remedy::Buy { months: Some(months), .. } => *months,
            _ => 1,
        }
    }
}

/// A number of things, with their noun.
struct Counted<'d>(&'d Value<'d>, &'static str);

impl Display for Counted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(count, noun) = self;
        write!(f, "{count} {noun}{}", if **count == Value::Number(1) { "" } else { "s" })
    }
}

/// A number of months, with its noun.
struct Months(u32);

impl Display for Months {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} month{}", self.0, if self.0 == 1 { "" } else { "s" })
    }
}

/// How to renew, and what it gives.
struct Renewed<'d>(&'d Remedy<'d>);

impl Display for Renewed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Remedy::Renew { until, .. } = self.0 else { return Ok(()) };
        write!(f, "Renew it by at least {}", Months(Count(self.0).get()))?;
        match until {
            Some(until) => write!(f, ", to {} or later.", clock(*until)),
            None => f.write_str("."),
        }
    }
}

/// Whole months reached.
struct Reached<'d>(&'d Value<'d>);

impl Display for Reached<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Value::Number(0) => f.write_str("less than 1 month"),
            Value::Number(months) => Months(*months).fmt(f),
            other => other.fmt(f),
        }
    }
}

/// Months asked for, with the verb that follows them.
struct Asked<'d>(&'d Value<'d>);

impl Display for Asked<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Value::Number(1) => f.write_str("1 month is"),
            months => write!(f, "{months} months are"),
        }
    }
}

/// An instant as people read it.
struct Clock<'d>(&'d Value<'d>);

impl Display for Clock<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Value::Time(at) => clock(*at).fmt(f),
            other => other.fmt(f),
        }
    }
}

fn clock(at: Timestamp) -> impl Display {
    std::fmt::from_fn(move |f| {
        let at = shanghai(at);
        write!(f, "{} {:02}:{:02} (+08:00)", at.date(), at.hour(), at.minute())
    })
}
