//! The sentences of receipts, in English. `zh_receipt.rs` says the same in Chinese.

use super::{Asked, Event, Possible, Statement};
use rulebook::{Lang, calendar::shanghai};

pub(super) fn statement(told: &Statement<'_>) -> String {
    let Statement { machine, number, event, reason, was, at } = *told;
    let at = shanghai(at);
    let when = format!("On {} at {:02}:{:02} (Beijing time)", at.date(), at.hour(), at.minute());
    let whose = machine.label(Lang::En);
    let what = match (event, was) {
        (Event::File, _) => format!("the {whose} {number} was filed"),
        (Event::Import | Event::ImportDropped | Event::ImportCancelled, _) => {
            format!("the {whose} {number}, which had been filed before, was recorded here")
        }
        (Event::Change, _) => format!("a change was filed under the {whose} {number}"),
        (Event::Correct, Some(was)) => {
            format!("the {whose} that had been recorded as {was} was corrected to {number}")
        }
        (Event::Correct, None) => format!("the {whose} {number} was corrected"),
        (Event::AddAccess, _) => format!("an access was filed under the {whose} {number}"),
        (Event::EndAccess, _) => format!("one of several accesses under the {whose} {number} ended"),
        (Event::DropAccess, _) => {
            format!("the access through this provider under the {whose} {number} was dropped")
        }
        (Event::HostElsewhere, _) => {
            format!("the {whose} {number} was recorded as hosted by another provider")
        }
        (Event::LeaveElsewhere, _) => {
            format!("the {whose} {number} was recorded as no longer hosted by another provider")
        }
        (Event::Cancel, _) => format!("the {whose} {number} was cancelled"),
    };
    match reason {
        Some(reason) => format!("{when} {what}. The reason: {}.", reason.label(Lang::En)),
        None => format!("{when} {what}."),
    }
}

pub(super) const fn asked(asked: Asked) -> &'static str {
    match asked {
        Asked::Owner => "the owner of the number",
        Asked::NewHolder => "the new holder of the domain",
        Asked::Bureau => "the bureau",
        Asked::Authority => "an authority",
        Asked::Provider => "the provider",
    }
}

pub(super) const fn possible(possible: Possible) -> &'static str {
    match possible {
        Possible::FileAnew => {
            "To go on using it, file it anew: as another website where the number of the subject is active, otherwise as a first \
             filing. That needs a fresh service code (a host its user name and password), and gets a new number."
        }
        Possible::AddAccess => {
            "To have it hosted on another instance here, file an access, with a fresh service code (a host with its user name and \
             password). The number stays the same."
        }
        Possible::FileElsewhere => {
            "To have it hosted by another provider, file the access there. The number stays the same."
        }
        Possible::HostedStill => "The website stays hosted on its other instances.",
        Possible::ShowNumber => "Show the number at the foot of the home page.",
        Possible::AddWebsite => "More websites can be filed under the subject: add a website.",
    }
}
