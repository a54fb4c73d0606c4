//! The sentences of receipts, in English. `zh_receipt.rs` says the same in Chinese.

use super::{Advice, Asked, Barred, Event, Possible, ShownBy, Statement};
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

pub(super) fn possible(possible: Possible, advice: Advice) -> String {
    match possible {
        Possible::FileAnew => format!(
            "To go on using it, file it anew: as another website where the number of the subject is active, otherwise as a first \
             filing. That needs {}, and gets a new number.",
            using(advice.shown_by)
        ),
        Possible::AddAccess => format!(
            "To have it hosted on another instance here, file an access, with {}. The number stays the same.",
            using(advice.shown_by)
        ),
        Possible::FileElsewhere => {
            "To have it hosted by another provider, file the access there. The number stays the same."
                .to_owned()
        }
        Possible::HostedStill => "The website stays hosted on its other instances.".to_owned(),
        Possible::ShowNumber => "Show the number at the foot of the home page.".to_owned(),
        Possible::AddWebsite => "More websites can be filed under the subject: add a website.".to_owned(),
        Possible::Barred => format!("{}If you have questions, ask support.", barred(advice.barred)),
    }
}

/// What a new filing or access needs.
pub(super) const fn using(shown_by: ShownBy) -> &'static str {
    match shown_by {
        ShownBy::Code => "a fresh service code",
        ShownBy::Password => "the user name and password of the host",
        ShownBy::Either => "a fresh service code (a host: its user name and password)",
    }
}

/// What the blacklist keeps from somebody; nothing where it keeps nothing.
pub(super) const fn barred(barred: Barred) -> &'static str {
    match barred {
        Barred::Nothing => "",
        Barred::Codes => {
            "A filing subject of this account is on the blacklist, so the account gets no service codes. "
        }
        Barred::Filing => {
            "This filing subject is on the blacklist: no filing and no access can be made for it. "
        }
    }
}
