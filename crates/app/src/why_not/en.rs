//! What a look-up says beside the words of the rules, in English. `zh.rs` says the same in Chinese.

use super::{AccountSeen, InstanceSeen, Unknown, copy::clock};
use jiff::Timestamp;
use rulebook::Lang;

pub(super) fn instance(seen: &InstanceSeen) -> String {
    let (decided, facts) = (&seen.decided, seen.decided.facts());
    let name = seen.row().map_or(facts.product.as_str(), |row| row.name.en.as_str());
    let verdict = decided.decision().verdict().label(Lang::En);
    format!(
        "Instance {} ({name}): {verdict}, by edition {} of the rules, as of {} (Beijing time).",
        facts.id,
        decided.edition().id,
        clock(decided.at())
    )
}

pub(super) fn gone(at: Timestamp) -> String {
    format!(
        "The instance was released at {} (Beijing time) and can no longer back a filing. Use another instance.",
        clock(at)
    )
}

pub(super) fn code(ending: &str, label: &str) -> String {
    format!("Service code {ending}: {label}.")
}

pub(super) fn account(seen: &AccountSeen) -> String {
    if seen.instances.is_empty() && seen.codes.is_empty() {
        format!(
            "Account {} has no instance and no service code. Check that you signed in with the account that bought it.",
            seen.name
        )
    } else {
        let more = if seen.more_instances || seen.more_codes { " (the first of them)" } else { "" };
        format!("Instances and service codes of account {}{more}:", seen.name)
    }
}

pub(super) const fn released() -> &'static str {
    "released; it can no longer back a filing."
}

pub(super) fn item(name: &str, said: &str) -> String {
    format!("- {name}: {said}")
}

pub(super) fn unknown(unknown: &Unknown) -> String {
    if let Some(first) = unknown.not_before {
        return format!(
            "The desk first heard of it at {} (Beijing time). Ask about a later time.",
            clock(first)
        );
    }
    // What may be a code is not repeated.
    match (unknown.mistyped(), unknown.reads_as_code) {
        (Some(malformed), _) => format!(
            "There is no such instance, account, filing number, domain or order. If it is a service code, it is mistyped: {} {}",
            malformed.message(Lang::En),
            malformed.suggestion(Lang::En)
        ),
        (None, true) => {
            "There is no such instance, account, filing number, domain or order. As a service code it is well \
             formed, but the desk has no such code."
                .to_owned()
        }
        (None, false) => format!(
            "“{}” is no instance, account, filing number, domain or submitted order, and no service code. Check it and try again.",
            unknown.name
        ),
    }
}

pub(super) fn number(number: &str, label: &str) -> String {
    format!("Filing number {number}: {label}.")
}

pub(super) const fn cancelled() -> &'static str {
    "A number that was cancelled never comes back. To run the website, file it anew; it may not be served before that is approved."
}

pub(super) fn domain(domain: &str, said: &str) -> String {
    format!("Domain {domain}: {said}")
}

pub(super) const fn may_be_served() -> &'static str {
    "It is filed, and may be served."
}

pub(super) fn order(id: &str, kind: &str, label: &str) -> String {
    format!("Filing order {id} ({kind}): {label}.")
}
