//! Every sentence about filing numbers in English. `zh.rs` says the same in Chinese; the matches are exhaustive in both.

use super::{Duty, Event, Illegal, Loss, Machine, Reason, State, Who, en_receipt};
use rulebook::Lang;

pub(super) const HEADS: [&str; 5] = ["From", "What happens", "Why", "To", "By whom"];

pub(super) const fn machine(machine: Machine) -> &'static str {
    match machine {
        Machine::Subject => "subject number",
        Machine::Website => "website number",
    }
}

pub(super) const fn state(state: State) -> &'static str {
    match state {
        State::Active => "active",
        State::AccessDropped => "access dropped",
        State::Cancelled => "cancelled",
    }
}

pub(super) const fn event(event: Event) -> &'static str {
    match event {
        Event::File => "filed",
        Event::Import => "imported",
        Event::ImportDropped => "imported (access dropped)",
        Event::ImportCancelled => "imported (cancelled)",
        Event::Change => "change",
        Event::Correct => "correct the number",
        Event::AddAccess => "access added",
        Event::EndAccess => "one of several accesses ended",
        Event::DropAccess => "access dropped",
        Event::HostElsewhere => "hosted by another provider",
        Event::LeaveElsewhere => "no longer hosted by another provider",
        Event::Cancel => "cancellation",
    }
}

pub(super) const fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::ByOwner => "its owner asked for it",
        Reason::InstanceExpired => "the instance expired",
        Reason::InstanceReleased => "the instance was released",
        Reason::InformationUntrue => {
            "what is filed is untrue, inaccurate or missing, and was not mended in time"
        }
        Reason::ByNewDomainHolder => "the domain lapsed, and its new holder asked for it",
        Reason::AccessDroppedTooLong => "the website was hosted nowhere for too long; the bureau decided it",
        Reason::ByAuthority => "an authority demands it",
    }
}

pub(super) const fn who(who: Who) -> &'static str {
    match who {
        Who::Bureau => "the bureau, by filing an order",
        Who::Owner => "its owner",
        Who::Operator => "an operator",
        Who::Desk => "the desk",
        Who::TwoPeople => "two people of the staff",
    }
}

pub(super) const fn duty(duty: Duty) -> &'static str {
    match duty {
        Duty::True => "What is filed is true and accurate.",
        Duty::Change => "What changes is filed as changed in time.",
        Duty::Access => "When you move to another provider, the access is filed there in time.",
        Duty::Lawful => "Nothing unlawful is on the website.",
    }
}

pub(super) fn loss(loss: &Loss) -> String {
    match loss {
        Loss::Number { number } => format!("The number {number} is cancelled for ever. Nothing restores it."),
        Loss::Websites { numbers } => match numbers.as_slice() {
            [one] => format!("The subject's website is cancelled with it: {one}."),
            all => format!(
                "All {} websites of the subject are cancelled with it: {}.",
                all.len(),
                all.join(", ")
            ),
        },
        Loss::Served { here: false } => {
            "The website cannot be opened, and may not be until a new filing is approved.".to_owned()
        }
        Loss::Served { here: true } => {
            "The website can no longer be opened through this provider.".to_owned()
        }
        Loss::NewFiling { shown_by } => format!(
            "To use it again it has to be filed anew, with {} and under another number.",
            en_receipt::using(*shown_by)
        ),
        Loss::NoNewFiling { barred } => {
            format!("{}It cannot be filed anew once it is cancelled.", en_receipt::barred(*barred))
        }
        Loss::Codes { codes, restores } => {
            let codes = match codes {
                1 => "The service code behind it stays used up".to_owned(),
                many => format!("The {many} service codes behind it stay used up"),
            };
            let quota =
                if *restores { "the quota gets its place back" } else { "the quota gets nothing back" };
            format!("{codes}; {quota}.")
        }
        Loss::LeftEmpty { elsewhere } => {
            let then = if *elsewhere { ": file the access with the new provider soon" } else { "" };
            format!(
                "The number stays valid, but the bureau may cancel one that is hosted nowhere for long{then}."
            )
        }
    }
}

/// What a number can do or cannot.
const fn doing(event: Event) -> &'static str {
    match event {
        Event::File => "be filed",
        Event::Import => "be imported",
        Event::ImportDropped => "be imported with its access dropped",
        Event::ImportCancelled => "be imported as cancelled",
        Event::Change => "be changed",
        Event::AddAccess => "get an access",
        Event::EndAccess => "lose one of its accesses",
        Event::Correct => "be corrected",
        Event::DropAccess => "have its access dropped",
        Event::HostElsewhere => "be recorded as hosted by another provider",
        Event::LeaveElsewhere => "be recorded as no longer hosted by another provider",
        Event::Cancel => "be cancelled",
    }
}

pub(super) fn illegal(illegal: &Illegal) -> String {
    let Illegal { machine, from, tried, reason, .. } = illegal;
    let (number, tried) = (machine.label(Lang::En), doing(*tried));
    match (from, reason) {
        (Some(State::Cancelled), _) => {
            format!("This {number} is cancelled. Nothing restores it, and it can no longer {tried}.")
        }
        (Some(from), Some(reason)) => format!(
            "This {number} is “{}” and cannot {tried} for the reason “{}”.",
            from.label(Lang::En),
            reason.label(Lang::En)
        ),
        (Some(from), None) => {
            format!("This {number} is “{}” and cannot {tried}.", from.label(Lang::En))
        }
        (None, _) => format!("There is no such {number}, so that it cannot {tried}."),
    }
}

pub(super) fn instead(illegal: &Illegal) -> String {
    if illegal.from.is_some_and(State::is_final) {
        return "To go on using the website, file it anew. It gets another number.".to_owned();
    }
    if let Some(done) = already(illegal) {
        return done.to_owned();
    }
    let legal = illegal.legal.iter().map(|(event, reasons)| {
        let reasons: Vec<_> = reasons.iter().map(|reason| reason.label(Lang::En)).collect();
        match reasons.as_slice() {
            [] => doing(*event).to_owned(),
            some => format!("{} (because {})", doing(*event), some.join("; ")),
        }
    });
    let legal: Vec<_> = legal.collect();
    if legal.is_empty() {
        "Check the number.".to_owned()
    } else {
        format!("It can now {}.", legal.join(", or "))
    }
}

/// Where what was tried is done already, or is not done to such a number: nothing is offered that would go further.
const fn already(illegal: &Illegal) -> Option<&'static str> {
    match (illegal.machine, illegal.from, illegal.tried) {
        (Machine::Website, Some(State::AccessDropped), Event::DropAccess) => {
            Some("The access is dropped already: there is nothing to do.")
        }
        (Machine::Subject, Some(_), Event::DropAccess | Event::EndAccess) => Some(
            "Accesses are those of websites: give the number of the website, such as one with -1 behind it.",
        ),
        _ => None,
    }
}
