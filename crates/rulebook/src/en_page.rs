//! What the page about an edition, its differences and its guidance say in English. `zh_page.rs` says it in Chinese.

use crate::{
    decision::Code,
    diff::{Difference, Handling, PolicyChange},
    edition::{
        CodeMade, CodeUse, Condition, Edition, OnAbandon, Policy, RestoreOnCancel, Row, Rulebook, Scope,
        VerifiedBy,
    },
    guidance::Situation,
    page::Heading,
    verification::Failure,
};

pub(crate) fn title(rulebook: &Rulebook, edition: &Edition) -> String {
    format!("{}: questions about filing service codes (edition {})", rulebook.name.en, edition.id)
}

pub(crate) fn introduction(rulebook: &Rulebook, edition: &Edition) -> String {
    let estimated = estimated(edition);
    let notice = rulebook.notice.as_ref().map_or_else(String::new, |notice| format!(" {}.", notice.en));
    format!(
        "This page is made from the rules themselves and says what the program does. These rules apply from \
         {}{estimated}, according to documents {}.{notice}",
        edition.effective,
        edition.source.join(", ")
    )
}

/// What a day that is only estimated is followed by.
pub(crate) fn estimated(edition: &Edition) -> String {
    if !edition.estimated {
        return String::new();
    }
    let stated = edition.rows().iter().filter(|row| !edition.is_estimated_for(&row.product));
    match names(stated) {
        stated if stated.is_empty() => " (an estimated date)".to_owned(),
        stated => format!(" (an estimated date, except for {stated})"),
    }
}

/// The words that somebody who has never filed must know.
pub(crate) const WORDS: [&str; 4] = [
    "**ICP filing**: what must be registered before a website on a server in mainland China may be opened; the host \
     submits it, and the provincial communications administration (the bureau) decides.",
    "**Instance**: one server or service that you bought.",
    "**Service code**: proves that you have an instance that may back a filing; each serves one website.",
    "**Subject**: the organisation or person that files.",
];

pub(crate) fn heading(heading: Heading) -> &'static str {
    match heading {
        Heading::Products => "Which products may back a filing",
        Heading::Button => "Why is there no \"apply\" button?",
        Heading::Reuse => "Can a service code be used again?",
        Heading::Failures => "Product verification failed: what now?",
        Heading::Where => "Where do I file?",
        Heading::Changes => "What changed since the edition before",
        Heading::Documents => "Documents",
    }
}

pub(crate) fn columns() -> [&'static str; 5] {
    ["Product", "What it must meet", "How many", "How it is verified", "Source"]
}

pub(crate) fn list_comma() -> &'static str {
    "; "
}

pub(crate) fn assumed() -> &'static str {
    " (assumed)"
}

pub(crate) fn nothing_asked(row: &Row) -> &'static str {
    if row.verified_by.value == VerifiedBy::Elsewhere { "not filed here" } else { "nothing else" }
}

pub(crate) fn every_row() -> &'static str {
    "Every product must also run in mainland China and must not have expired. \"Per instance\" counts each instance by \
     itself; \"per account\" counts all instances of the product that one account bought, together. What is marked \
     \"(assumed)\" is stated by no document."
}

pub(crate) fn note(name: &str, phrase: &str, note: &str) -> String {
    format!("{name}, {phrase}: {note}.")
}

pub(crate) fn condition(condition: Condition, row: &Row) -> String {
    match condition {
        Condition::Subscription => "a subscription".to_owned(),
        Condition::PublicBandwidth => "public bandwidth".to_owned(),
        Condition::PublicIp => "a public IP address".to_owned(),
        Condition::PurchasedMonths(n) => format!("at least {} purchased, renewals included", months(n.get())),
        Condition::RemainingMonths(n) => format!("at least {} remaining", months(n.get())),
        Condition::FirstPurchaseMonths(n) => format!("a first order of at least {}", months(n.get())),
        Condition::OrderAmount(amount) => format!("a first (or single) order of at least CNY {amount}"),
        Condition::InTerm => "not expired".to_owned(),
        Condition::Quota(quota) => {
            let per = match quota.per {
                Scope::Instance => "per instance",
                Scope::Account => "per account",
            };
            let what = if row.verified_by.value == VerifiedBy::HostPassword { "website" } else { "code" };
            let plural = if quota.codes.get() == 1 { "" } else { "s" };
            format!("{} {what}{plural} {per}", quota.codes)
        }
    }
}

fn months(n: u32) -> String {
    format!("{n} month{}", if n == 1 { "" } else { "s" })
}

pub(crate) fn handling(row: &Row) -> String {
    match (row.verified_by.value, row.code_made.value) {
        (VerifiedBy::HostPassword, _) => "the host's own credentials; no service code".to_owned(),
        (VerifiedBy::Elsewhere, _) => "filed in another system".to_owned(),
        (VerifiedBy::ServiceCode, CodeMade::OnRequest) => "service code, applied for here".to_owned(),
        (VerifiedBy::ServiceCode, CodeMade::OnPurchase) => {
            "service code, made on purchase: just view it".to_owned()
        }
        (VerifiedBy::ServiceCode, CodeMade::Elsewhere) => "service code, made in another system".to_owned(),
    }
}

pub(crate) fn button() -> &'static str {
    "The desk tells all reasons at once. These are the reasons there can be, and what to do:"
}

/// One reason why an instance may be refused; `about` are the products it is about, none for all.
pub(crate) fn reason(code: Code, about: &[&Row], edition: &Edition) -> String {
    let names = names(about.iter().copied());
    let only = if about.is_empty() { String::new() } else { format!(" (For: {names}.)") };
    let text = match code {
        Code::ProductNotFileable => "The product is not in the table above. Use one that is.",
        Code::OtherAccount => {
            "You are signed in with another account than the one that bought the instance. Sign in with that one."
        }
        Code::OutsideMainland => {
            "The instance is outside mainland China: no filing is needed. A domain that is later pointed at a server \
             in mainland China must be filed first."
        }
        Code::FiledElsewhere => return filed_elsewhere(edition),
        Code::PayAsYouGo => "It is billed pay-as-you-go. Convert it to a subscription of the required term.",
        Code::NoPublicBandwidth => {
            "It has no public bandwidth, or lost it in a change of configuration. Upgrade the bandwidth, or bind an \
             elastic IP address that has some."
        }
        Code::NoPublicIp => {
            "It has no public IP address (\"no IP address that can be filed\"). Buy public bandwidth, or bind an \
             elastic IP address."
        }
        Code::PurchasedTermShort => {
            "It was bought for too short a term, renewals included. Renew it; the desk says by how many months."
        }
        Code::RemainingTermShort => "It expires too soon. Renew it; the desk says by how many months.",
        Code::FirstPurchaseShort => {
            "Its first order was too short, and renewing does not make up for it. Buy another with a first order of the required length."
        }
        Code::OrderAmountLow => {
            "Its first (or single) order was too small. Buy another for at least the required amount."
        }
        Code::Expired => {
            "It has expired. Renew it; service codes that its expiry made unusable can then be used again."
        }
        Code::QuotaExhausted => {
            "Its quota is used up. Where the quota counts per instance, buy another instance; where it counts per \
             account, use another account and buy an instance there."
        }
        Code::UnknownFact => "Something that must be known is missing. Provide it.",
    };
    format!("{text}{only}")
}

fn filed_elsewhere(edition: &Edition) -> String {
    let rows = edition.rows().iter().filter(|row| row.verified_by.value == VerifiedBy::Elsewhere);
    let names = names(rows);
    if names.is_empty() {
        return "A product that is filed in another system has no button here.".to_owned();
    }
    format!("Filed in another system, so there is no button here: {names}. See \"Where do I file?\" below.")
}

/// Why a product has no "apply" button although it can be filed; `None` where it has one.
pub(crate) fn no_button(situation: &Situation<'_>) -> Option<String> {
    match situation {
        Situation::HostPassword(rows) => Some(format!(
            "{}: verified by the host's own credentials, so there is no code to apply for.",
            names(rows.iter().copied())
        )),
        Situation::CodeOnPurchase(rows) => {
            Some(format!("{}: the code was made on purchase; choose \"view\".", names(rows.iter().copied())))
        }
        Situation::CodesMadeElsewhere(rows) => Some(format!(
            "{}: the code is made in another system; see \"Where do I file?\" below.",
            names(rows.iter().copied())
        )),
        _ => None,
    }
}

pub(crate) fn reuse(policy: &Policy) -> String {
    let rule = "No. A code backs one website of one subject. Once that is filed, the code cannot be used for another \
                website, released, or deleted and applied for again.";
    format!("{rule} {}", policies(policy).join(" "))
}

/// What holds for every product of an edition, a sentence each.
pub(crate) fn policies(policy: &Policy) -> [String; 3] {
    let cancel = match policy.restore_on_cancel.value {
        RestoreOnCancel::Never => {
            "When a filing is cancelled, neither the code nor its place in the quota comes back"
        }
        RestoreOnCancel::Restore => {
            "When a website is cancelled its place in the quota comes back and a new code can be applied for; the old \
             code does not come back"
        }
    };
    let abandon = match policy.on_abandon.value {
        OnAbandon::Release => {
            "After an order was withdrawn or rejected by the bureau its code can be used again"
        }
        OnAbandon::Burn => {
            "After an order was withdrawn or rejected by the bureau its code is void and stays counted"
        }
    };
    let code_use = match policy.code_use.value {
        CodeUse::Granted => {
            "A code can be used by the account that applied for it and by the account it was granted to"
        }
        CodeUse::Anyone => "A code can be used by any account that knows it",
    };
    let en = crate::Lang::En;
    [
        format!("{}.", policy.restore_on_cancel.marked(cancel.to_owned(), en)),
        format!("{}.", policy.on_abandon.marked(abandon.to_owned(), en)),
        format!("{}.", policy.code_use.marked(code_use.to_owned(), en)),
    ]
}

pub(crate) fn failure(failure: Failure, policy: &Policy) -> String {
    match failure {
        Failure::InvalidProductInfo => {
            let granted = match policy.code_use.value {
                CodeUse::Granted => " If somebody else applied for the code, have it granted to your account first.",
                CodeUse::Anyone => "",
            };
            format!(
                "What was entered does not match. Check that the code is complete and that the product chosen is the \
                 one that was bought.{granted} For products verified by the host's credentials, check those."
            )
        }
        Failure::SubjectLimitReached => {
            "The code has been used or is in another order, or the host has backed all the websites it may. If the \
             instance has a code left, use that one; otherwise use another instance."
                .to_owned()
        }
        Failure::InterfaceException => {
            "The code cannot be used now: it is void, its instance has expired or no longer meets the rules, or the \
             answer could not be had. Do what the desk says, such as renewing, or apply on an instance in its term; \
             if the answer could not be had, try again later."
                .to_owned()
        }
    }
}

pub(crate) fn question(situation: &Situation<'_>) -> String {
    match situation {
        Situation::Eligible => "An instance that meets the rules?".to_owned(),
        Situation::NoServer { .. } => "No server yet?".to_owned(),
        Situation::OtherProvider => "Is the server with another provider?".to_owned(),
        Situation::OutsideMainland => "Is the server outside mainland China?".to_owned(),
        Situation::HostPassword(rows)
        | Situation::FiledElsewhere(rows)
        | Situation::CodesMadeElsewhere(rows)
        | Situation::CodeOnPurchase(rows) => format!("{}?", names(rows.iter().copied())),
        Situation::InstanceQuotaUsedUp { .. } => "Is the instance's quota used up?".to_owned(),
        Situation::AccountQuotaUsedUp { .. } => "Is the account's quota used up?".to_owned(),
        Situation::OtherAccount => "Did another account buy the instance?".to_owned(),
    }
}

pub(crate) fn answer(situation: &Situation<'_>) -> String {
    let place = |rows: &[&Row]| {
        let place = rows.first().and_then(|row| row.place.as_ref());
        place.map_or_else(String::new, |place| format!("{}.", place.value.en))
    };
    match situation {
        Situation::Eligible => {
            "Sign in with the account that bought it, choose \"apply\" beside the instance on the page for service codes, and \
             file with the code."
                .to_owned()
        }
        Situation::NoServer { products } => {
            format!("Buy one of the products that may back a filing: {}.", names(products.iter().copied()))
        }
        Situation::OtherProvider => {
            "File through the provider that hosts the server; where the domain is registered does not matter."
                .to_owned()
        }
        Situation::OutsideMainland => {
            "No filing is needed. A domain pointed at a server in mainland China must be filed first."
                .to_owned()
        }
        Situation::HostPassword(rows) => {
            let from = rows.first().and_then(|row| row.credentials_from.as_ref());
            let from = from.map_or_else(String::new, |from| format!(" {}.", from.value.en));
            format!("File here, without a service code: the host's own credentials are asked.{from}")
        }
        Situation::FiledElsewhere(rows) => format!("It is not filed here. {}", place(rows)),
        Situation::CodesMadeElsewhere(rows) => {
            format!("File here; the service code is made in another system: {}", place(rows))
        }
        Situation::CodeOnPurchase(_) => {
            "File here. The service code was made on purchase: choose \"view\" on the page for service codes."
                .to_owned()
        }
        Situation::InstanceQuotaUsedUp { products } => {
            format!("Buy another instance and file with that one ({}).", names(products.iter().copied()))
        }
        Situation::AccountQuotaUsedUp { products } => format!(
            "Another instance in this account does not help. Use another account and buy an instance there ({}).",
            names(products.iter().copied())
        ),
        Situation::OtherAccount => "Sign in with the account that bought it, then apply.".to_owned(),
    }
}

pub(crate) fn since(before: &Edition, after: &Edition) -> String {
    format!("From edition {} to {}:", before.id, after.id)
}

pub(crate) fn unchanged() -> &'static str {
    "No rule changed."
}

pub(crate) fn version(version: &str) -> String {
    format!(" (version {version})")
}

pub(crate) fn difference(difference: &Difference<'_>) -> String {
    match difference {
        Difference::Added(row) => {
            let asks = row.conditions.iter().filter(|stated| stated.value != Condition::InTerm);
            let mut parts: Vec<String> =
                asks.map(|stated| stated.marked(condition(stated.value, row), crate::Lang::En)).collect();
            parts.push(handling(row));
            format!("New product {}: {}.", row.name.en, parts.join("; "))
        }
        Difference::Removed(row) => format!("{} may no longer back a filing.", row.name.en),
        Difference::Condition { row, before, after } => {
            let phrase = |stated: &crate::Stated<Condition>| {
                stated.marked(condition(stated.value, row), crate::Lang::En)
            };
            let name = &row.name.en;
            match (before, after) {
                (Some(before), Some(after)) => {
                    format!("{name}: \"{}\" becomes \"{}\".", phrase(before), phrase(after))
                }
                (None, Some(after)) if after.value.is_quota() => {
                    format!("{name}: now limited to {}.", phrase(after))
                }
                (Some(before), None) if before.value.is_quota() => {
                    format!("{name}: the number is no longer limited (before: {}).", phrase(before))
                }
                (None, Some(after)) => format!("{name}: now also asked: {}.", phrase(after)),
                (Some(before), None) => format!("{name}: no longer asked: {}.", phrase(before)),
                (None, None) => String::new(),
            }
        }
        Difference::Handling { before, after, what } => handled(before, after, *what),
        Difference::Policy(change) => policy(*change),
    }
}

fn handled(before: &Row, after: &Row, what: Handling) -> String {
    let name = &after.name.en;
    match what {
        Handling::Name => format!("{} is now called {name}.", before.name.en),
        Handling::Aliases => format!("{name}: its other names are now {}.", after.aliases.join(", ")),
        Handling::VerifiedBy | Handling::CodeMade => {
            format!("{name}: verification was \"{}\" and is now \"{}\".", handling(before), handling(after))
        }
        Handling::Place => {
            let place = after.place.as_ref().map_or("(no longer said)", |place| place.value.en.as_str());
            format!("{name}: where to go is now: {place}.")
        }
        Handling::CredentialsFrom => {
            let from =
                after.credentials_from.as_ref().map_or("(no longer said)", |from| from.value.en.as_str());
            format!("{name}: user name and password are now found so: {from}.")
        }
    }
}

fn policy(change: PolicyChange) -> String {
    match change {
        PolicyChange::RestoreOnCancel(from, to) => {
            let word = |policy| match policy {
                RestoreOnCancel::Never => "no place in the quota comes back",
                RestoreOnCancel::Restore => "the place in the quota comes back",
            };
            format!("After a website is cancelled: \"{}\" becomes \"{}\".", word(from), word(to))
        }
        PolicyChange::OnAbandon(from, to) => {
            let word = |policy| match policy {
                OnAbandon::Release => "the code can be used again",
                OnAbandon::Burn => "the code is void",
            };
            format!("After an order is withdrawn or rejected: \"{}\" becomes \"{}\".", word(from), word(to))
        }
        PolicyChange::CodeUse(from, to) => {
            let word = |policy| match policy {
                CodeUse::Granted => "its owner and the account it was granted to",
                CodeUse::Anyone => "any account that knows it",
            };
            format!("Who may use a code: \"{}\" becomes \"{}\".", word(from), word(to))
        }
    }
}

fn names<'e>(rows: impl Iterator<Item = &'e Row>) -> String {
    rows.map(|row| row.name.en.as_str()).collect::<Vec<_>>().join(", ")
}
