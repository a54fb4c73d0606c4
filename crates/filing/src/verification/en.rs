//! Every sentence about product verification in English. `zh.rs` says the same in Chinese; the matches are exhaustive in both.

use super::{Cause, CauseWord, Failed, Reader};
use crate::codes::en::{CHECK_CODE, UNKNOWN_CODE, clock, remedy};
use rulebook::{Code, CodeMade, Lang, Row};

/// Why a product is not verified.
pub(super) fn message(failed: &Failed<'_>, reader: Reader) -> String {
    match &failed.cause {
        Cause::MalformedCode(malformed) => malformed.message(Lang::En),
        Cause::NotGranted if reader.sees_all() => {
            "The service code was not granted to the account that files, which therefore cannot use it."
                .to_owned()
        }
        Cause::UnknownCode | Cause::NotGranted => UNKNOWN_CODE.to_owned(),
        Cause::CodeUnbound => {
            "The service code is not bound to an instance yet and cannot back a filing.".to_owned()
        }
        Cause::ProductMismatch { bought } => mismatch(failed, bought, reader),
        Cause::BadCredentials => "There is no such host, or the password is wrong.".to_owned(),
        Cause::CodeRecorded { .. } => {
            "The service code has backed the filing of 1 website and cannot be used again.".to_owned()
        }
        Cause::CodeRecording { .. } => {
            "The service code is in a filing order and cannot be used for another website.".to_owned()
        }
        Cause::InstanceLimitReached => limit_reached(failed, reader),
        Cause::CodeVoid => "The service code is void and cannot be used.".to_owned(),
        Cause::InstanceExpired { gone: true } => {
            format!("{} was released and cannot back a filing.", instance(failed))
        }
        Cause::InstanceExpired { gone: false } => expired(failed, reader),
        Cause::InstanceIneligible => {
            let first = format!("{} cannot back a filing now.", instance(failed));
            [first, findings(failed, reader)].join(" ").trim_end().to_owned()
        }
        Cause::UpstreamUnavailable { .. } => {
            "The login of the host cannot be checked at the moment; that does not mean that it is wrong."
                .to_owned()
        }
    }
}

/// What to do about it.
pub(super) fn suggestion(failed: &Failed<'_>, reader: Reader) -> String {
    match &failed.cause {
        Cause::NotGranted if reader.sees_all() => {
            "Its owner can grant it to the account that files, on the page “My codes”.".to_owned()
        }
        Cause::MalformedCode(malformed) => check_code(malformed.suggestion(Lang::En), failed),
        Cause::UnknownCode | Cause::NotGranted => check_code(CHECK_CODE, failed),
        Cause::CodeUnbound => "Bind it to an instance that can back a filing, then use it.".to_owned(),
        Cause::ProductMismatch { .. } if reader == Reader::Stranger => {
            "Check which product was bought and choose again.".to_owned()
        }
        Cause::ProductMismatch { bought } => {
            format!("Choose the product “{}” and verify again.", name(failed, bought))
        }
        Cause::BadCredentials => credentials(failed),
        Cause::CodeRecorded { room: true } | Cause::CodeRecording { room: true } => {
            "Use another unused service code of the instance, or apply for one more on it.".to_owned()
        }
        Cause::CodeRecorded { room: false }
        | Cause::CodeRecording { room: false }
        | Cause::InstanceLimitReached => "Use another instance that can back a filing.".to_owned(),
        Cause::CodeVoid => "Apply for another service code.".to_owned(),
        Cause::InstanceExpired { gone: true } => "Use another instance that is in its term.".to_owned(),
        Cause::InstanceExpired { gone: false } => renew(failed, reader),
        Cause::InstanceIneligible => mend(failed, reader),
        Cause::UpstreamUnavailable { retry_at } => format!("Try again after {}.", clock(*retry_at)),
    }
}

/// The product as people call it.
fn name<'s>(failed: &Failed<'s>, product: &'s str) -> &'s str {
    failed.edition.row(product).map_or(product, |row: &Row| &row.name.en)
}

fn instance(failed: &Failed<'_>) -> &'static str {
    if failed.by_code { "The instance of the service code" } else { "The host" }
}

fn mismatch(failed: &Failed<'_>, bought: &str, reader: Reader) -> String {
    let (what, chosen) =
        (if failed.by_code { "The service code" } else { "The host" }, name(failed, failed.product));
    match reader {
        Reader::Owner | Reader::Grantee | Reader::Staff => {
            format!("{what} belongs to “{}”, but the product chosen is “{chosen}”.", name(failed, bought))
        }
        Reader::Stranger => format!("{what} does not belong to the product chosen, “{chosen}”."),
    }
}

fn check_code(first: &str, failed: &Failed<'_>) -> String {
    let row = failed.chosen();
    let found = match row.map(|row| (row.code_made.value, &row.place)) {
        Some((CodeMade::OnPurchase, _)) => {
            "Service codes exist from the purchase on; they are shown on the page “Apply”.".to_owned()
        }
        Some((CodeMade::Elsewhere, Some(place))) => format!("Where to get it: {}.", place.value.en),
        _ => "Service codes are shown on the page “My codes”.".to_owned(),
    };
    format!("{first} {found}")
}

fn credentials(failed: &Failed<'_>) -> String {
    let place = failed.chosen().and_then(|row| row.credentials_from.as_ref());
    let place = place.map_or("See or reset the login in the console of the host", |place| &place.value.en);
    format!("Check it and enter it again. {place}.")
}

fn limit_reached(failed: &Failed<'_>, reader: Reader) -> String {
    if reader.sees_all() { findings(failed, reader) } else { brief(Code::QuotaExhausted).to_owned() }
}

fn expired(failed: &Failed<'_>, reader: Reader) -> String {
    let whose = instance(failed);
    match failed.ended().filter(|_| reader.sees_all()) {
        Some(at) => format!("{whose} expired on {} and cannot back a filing.", clock(at)),
        None if reader.sees_all() => format!("{whose} has expired. {}", findings(failed, reader)),
        None => format!("{whose} has expired and cannot back a filing."),
    }
}

fn findings(failed: &Failed<'_>, reader: Reader) -> String {
    failed.reasons(reader, Lang::En).join(" ")
}

fn renew(failed: &Failed<'_>, reader: Reader) -> String {
    match reader {
        Reader::Owner | Reader::Staff => {
            let steps = mending(failed);
            let renew = if steps.is_empty() { "Renew the instance." } else { &steps };
            format!("{renew} Or use another instance that is in its term.")
        }
        Reader::Grantee if failed.is_dead_end() => mend(failed, reader),
        Reader::Grantee => {
            "Ask the owner of the instance to renew it, or use another instance that is in its term."
                .to_owned()
        }
        Reader::Stranger => "Use another instance that is in its term.".to_owned(),
    }
}

fn mend(failed: &Failed<'_>, reader: Reader) -> String {
    match reader {
        Reader::Owner | Reader::Staff => mending(failed),
        Reader::Grantee => {
            "Ask the owner of the instance to mend this, or use another instance that can back a filing."
                .to_owned()
        }
        Reader::Stranger => "Use another instance that can back a filing.".to_owned(),
    }
}

/// The remedies of the findings, each once.
fn mending(failed: &Failed<'_>) -> String {
    let Some(decision) = failed.decision() else { return String::new() };
    let mut steps: Vec<String> = Vec::new();
    for finding in failed.helpful() {
        let step = remedy(&finding.remedy, decision);
        if !steps.contains(&step) {
            steps.push(step);
        }
    }
    steps.join(" ")
}

/// A reason as it may be told to a grantee: without the owner's dates, amounts and account.
pub(super) const fn brief(code: Code) -> &'static str {
    match code {
        Code::ProductNotFileable => "The product cannot back a filing now.",
        Code::OtherAccount => "The instance has another buyer.",
        Code::OutsideMainland => "The instance is outside mainland China, where nothing has to be filed.",
        Code::FiledElsewhere => "The product is filed in another system.",
        Code::PayAsYouGo => "The instance is billed pay-as-you-go and cannot back a filing.",
        Code::NoPublicBandwidth => "The instance has no public bandwidth.",
        Code::NoPublicIp => "The instance has no public IP address.",
        Code::PurchasedTermShort => "The instance was bought for too short a term.",
        Code::RemainingTermShort => "The instance expires too soon.",
        Code::FirstPurchaseShort => "The first order of the instance was for too short a term.",
        Code::OrderAmountLow => "The first order of the instance was too small.",
        Code::Expired => "The instance has expired.",
        Code::QuotaExhausted => "The filing quota of the instance is used up.",
        Code::UnknownFact => "More must be known about the instance.",
    }
}

/// What a cause means and what to do about it, without a case.
pub(super) const fn explained(cause: CauseWord) -> [&'static str; 2] {
    match cause {
        CauseWord::MalformedCode => [
            "The service code is mistyped: a symbol is missing, doubled or wrong.",
            "Compare it with the original, or better copy it. Case, spaces and dashes do not matter.",
        ],
        CauseWord::UnknownCode => [
            "There is no such service code, or your account cannot use it.",
            "Look it up on the page “My service codes”. If somebody else applied for it, have it granted to your account first.",
        ],
        CauseWord::NotGranted => [
            "Another account applied for the service code, and did not grant it to yours.",
            "Its owner can grant it to your account on the page “My service codes”; then verify again.",
        ],
        CauseWord::CodeUnbound => [
            "The service code is not bound to an instance yet.",
            "Bind it to an instance that can back a filing, then verify again.",
        ],
        CauseWord::ProductMismatch => [
            "The product chosen is not the one that was bought.",
            "Choose the product that was bought, then verify again.",
        ],
        CauseWord::BadCredentials => [
            "There is no such host, or the password is wrong.",
            "Check the user name (or host name) and the password of the host; reset the password if it is forgotten.",
        ],
        CauseWord::CodeRecorded => [
            "The service code has backed the filing of a website and cannot be used again.",
            "If the instance has a place left, apply for one more service code; otherwise use another instance.",
        ],
        CauseWord::CodeRecording => [
            "The service code is in a filing order that was submitted.",
            "Use another unused service code; if there is none, apply for one more, or use another instance.",
        ],
        CauseWord::InstanceLimitReached => [
            "The host has backed as many websites as it may.",
            "Use another instance that can back a filing.",
        ],
        CauseWord::CodeVoid => ["The service code is void.", "Apply for another service code."],
        CauseWord::InstanceExpired => [
            "The instance of the service code has expired or was released.",
            "If it expired, renew it: the service code can then be used again. If it was released, apply on an instance in its term.",
        ],
        CauseWord::InstanceIneligible => [
            "The instance of the service code does not meet the rules now: it became pay-as-you-go, for example, or lost its public bandwidth.",
            "The page “Apply for service codes” tells every reason for that instance. Mend them, then verify again.",
        ],
        CauseWord::UpstreamUnavailable => [
            "The login of the host cannot be checked at the moment; that does not mean that it is wrong.",
            "Try again later; the page says from when on.",
        ],
    }
}
