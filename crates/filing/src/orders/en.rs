//! Every sentence about orders in English. `zh.rs` says the same in Chinese; the matches are exhaustive in both.

use super::{
    Awaited, BUREAU_DAYS, Illegal, Kind, Move, OnProducts, OnRegistry, Part, REVIEW_DAYS, Remark,
    RemarkWrong, Says, State, Thing, Until, Waiting, Who,
};
use rulebook::{Lang, calendar::shanghai};

pub(super) const HEADS: [&str; 6] = ["From", "Move", "To", "Who may do it", "Service codes", "Registry"];

pub(super) const fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::FirstFiling => "First filing",
        Kind::AddWebsite => "Add a website",
        Kind::AddAccess => "Add an access",
        Kind::Change => "Change what is filed",
        Kind::CancelSubject => "Cancel the subject",
        Kind::CancelWebsite => "Cancel a website",
        Kind::CancelAccess => "Cancel the access",
    }
}

pub(super) const fn part(part: Part) -> &'static str {
    match part {
        Part::Target => "Filing number",
        Part::Subject => "Subject",
        Part::Websites => "Websites",
        Part::Materials => "Materials",
        Part::Cancellation => "Cancellation",
    }
}

pub(super) const fn state(state: State) -> &'static str {
    match state {
        State::Draft => "Draft",
        State::Submitted => "Waiting for review",
        State::Returned => "Returned to be mended",
        State::Approved => "Review passed",
        State::AtBureau => "With the bureau",
        State::Filed => "Filed",
        State::Rejected => "Rejected by the bureau",
        State::Withdrawn => "Withdrawn",
    }
}

pub(super) const fn by(by: Move) -> &'static str {
    match by {
        Move::Open => "Open",
        Move::Save => "Edit",
        Move::Submit => "Submit",
        Move::Return => "Return",
        Move::Approve => "Pass the review",
        Move::Send => "Send to the bureau",
        Move::ConfirmSms => "Answer the text message",
        Move::MissSms => "Miss the text message",
        Move::File => "File",
        Move::Reject => "Reject",
        Move::Withdraw => "Withdraw",
        Move::Lapse => "Lapse",
        Move::Force => "Cancel by order of an authority",
    }
}

/// A move, as what an order cannot or can be.
const fn done(by: Move) -> &'static str {
    match by {
        Move::Open => "opened",
        Move::Save => "edited",
        Move::Submit => "submitted",
        Move::Return => "returned",
        Move::Approve => "passed",
        Move::Send => "sent to the bureau",
        Move::ConfirmSms => "marked as having its text message answered",
        Move::MissSms => "returned for a missed text message",
        Move::File => "marked as filed",
        Move::Reject => "marked as rejected by the bureau",
        Move::Withdraw => "withdrawn",
        Move::Lapse => "withdrawn for having been left idle",
        Move::Force => "cancelled by order of an authority",
    }
}

pub(super) const fn who(who: Who) -> &'static str {
    match who {
        Who::Filer => "The account that files",
        Who::Reviewer => "The reviewer who has claimed it",
        Who::Operator => "Operators",
        Who::Desk => "The desk itself",
        Who::Bureau => "The bureau",
        Who::TwoPeople => "Two people: one proposes it, another agrees",
    }
}

/// What a move does to the codes behind an order.
pub(super) const fn on_products(products: OnProducts) -> &'static str {
    match products {
        OnProducts::Keeps => "No change",
        OnProducts::Holds => "In use by the order",
        OnProducts::Records => "Recorded",
        OnProducts::Abandons => "Released or void, by the edition",
    }
}

/// What a move does to the registry.
pub(super) const fn on_registry(registry: OnRegistry) -> &'static str {
    match registry {
        OnRegistry::Keeps => "No change",
        OnRegistry::Writes => "Updated as the order asks",
    }
}

/// A move that cannot be made.
pub(super) fn illegal(illegal: &Illegal) -> String {
    let tried = done(illegal.tried);
    match illegal.from {
        Some(from) if illegal.tried == Move::Open => format!(
            "The order is \"{}\". Only one that the bureau rejected can be corrected into a new order.",
            state(from)
        ),
        Some(from) if illegal.is_for_others() => {
            format!("The order is \"{}\" and cannot be {tried} by you.", state(from))
        }
        Some(from) => format!("The order is \"{}\" and cannot be {tried}.", state(from)),
        None => format!("The order is not there yet and cannot be {tried}."),
    }
}

/// What can be done instead.
pub(super) fn instead(illegal: &Illegal) -> String {
    let legal: Vec<_> = illegal.legal.iter().map(|legal| done(*legal)).collect();
    match (illegal.from, legal.as_slice()) {
        (None, []) => "Wait until the account that files has opened it.".to_owned(),
        (None, _) => "Open the order first.".to_owned(),
        (Some(_), [.., last]) => {
            let others = legal.get(..legal.len() - 1).unwrap_or_default();
            let or = if others.is_empty() { "" } else { " or " };
            format!("It can now be {}{or}{last}.", others.join(", "))
        }
        (Some(from), []) => waits(illegal.kind, from),
    }
}

/// What there is to say to somebody who can do nothing with an order that stands there.
fn waits(kind: Kind, from: State) -> String {
    let said = match from {
        State::Draft => "The account that files is still filling it in; wait until it is submitted.",
        State::Submitted => "It is waiting for its review.",
        State::Returned => "The account that files is mending it; wait until it is submitted again.",
        State::Approved => "It goes to the bureau next; nothing needs to be done.",
        State::AtBureau => "The bureau is looking at it; wait for its answer.",
        State::Filed => return format!("It is finished. {}", filed(kind)),
        State::Rejected => REJECTED,
        State::Withdrawn => WITHDRAWN,
    };
    said.to_owned()
}

const REJECTED: &str = "It is finished. Open a new order with what is in it, correct that, and submit it.";
const WITHDRAWN: &str = "It was given up. Open a new order where it is still wanted.";

const BY_BUREAU: &str = "The bureau rejected it and says why. Correct it into a new draft with all that is in it, mend that, and submit it.";
const LAPSED: &str =
    "It was not submitted in time and ended by itself. Open a new order where it is still wanted.";
const SMS_MISSED: &str = "The text message of the bureau was not answered within 24 hours, so that the order came back. Make sure that the mobile numbers are right (they may be changed), and submit it again.";

/// What it means that an order has come to its end or came back by itself, and what is to be done now.
pub(super) const fn outcome(kind: Kind, state: State, by: Option<Move>) -> Option<&'static str> {
    match state {
        State::Withdrawn if matches!(by, Some(Move::Lapse)) => Some(LAPSED),
        State::Returned if matches!(by, Some(Move::MissSms)) => Some(SMS_MISSED),
        State::Filed => Some(filed(kind)),
        State::Rejected => Some(BY_BUREAU),
        State::Withdrawn => Some(WITHDRAWN),
        State::Draft | State::Submitted | State::Returned | State::Approved | State::AtBureau => None,
    }
}

/// What it means that the bureau filed an order. `zh.rs` names the sources of the duties.
const fn filed(kind: Kind) -> &'static str {
    match kind {
        Kind::FirstFiling => {
            "The websites are filed and may be served from now on. Show the filing number of each in the foot of its home page, linked to https://beian.miit.gov.cn, and file with the public security (https://beian.mps.gov.cn) within 30 days of opening. When something of it changes, open an order for a change."
        }
        Kind::AddWebsite => {
            "The new website is filed and may be served from now on. Show its filing number in the foot of its home page, linked to https://beian.miit.gov.cn, and file with the public security (https://beian.mps.gov.cn) within 30 days of opening."
        }
        Kind::AddAccess => {
            "The website may be served through this provider from now on; its filing number stays the same."
        }
        Kind::Change => {
            "What is filed was changed; the filing numbers stay the same. Where it is filed with the public security too, change it there as well."
        }
        Kind::CancelSubject => {
            "The subject and all its websites are cancelled for ever and may no longer be served. Filing again needs a new service code and gets a new number."
        }
        Kind::CancelWebsite => {
            "The website is cancelled for ever and may no longer be served; the subject and its other websites stay filed. Filing again needs a new service code and gets a new number."
        }
        Kind::CancelAccess => {
            "The website is no longer hosted by this provider, and cannot be reached through it. Its number is still good: file an access with the new provider soon, because the bureau may cancel a website that is hosted nowhere."
        }
    }
}

pub(super) const fn awaited(awaited: Awaited) -> &'static str {
    match awaited {
        Awaited::Submission => "To be submitted",
        Awaited::Mending => "To be mended",
        Awaited::Review => "To be reviewed",
        Awaited::Sending => "To be sent to the bureau",
        Awaited::Sms => "Text message to be answered",
        Awaited::Decision => "To be decided by the bureau",
    }
}

/// Where and how a text message is answered.
const SMS: &str = "at https://beian.miit.gov.cn whoever got it gives the code that it has, the number of the phone and the last six characters of his own certificate; where both people in charge got one, both do.";

/// What an order waits for, and by when.
pub(super) fn waiting(waiting: &Waiting) -> String {
    match (waiting.awaited, by_when(waiting.until)) {
        (Awaited::Submission, Some(by)) => {
            format!("Submit the draft {by}. If it is left untouched until then, it is withdrawn.")
        }
        (Awaited::Submission, None) => "Fill in the draft and submit it.".to_owned(),
        (Awaited::Mending, Some(by)) => {
            format!("Mend it and submit it again {by}. If it is left untouched until then, it is withdrawn.")
        }
        (Awaited::Mending, None) => "Mend it and submit it again.".to_owned(),
        (Awaited::Review, Some(by)) => format!("The order is waiting for its review, expected {by}."),
        (Awaited::Review, None) => format!(
            "The order is waiting for its review, expected within {}.{}",
            working_days(REVIEW_DAYS),
            not_known(waiting.until)
        ),
        (Awaited::Sending, _) => "The review is passed; the order goes to the bureau next.".to_owned(),
        (Awaited::Sms, Some(by)) => {
            format!("Answer the text message of the bureau {by}: {SMS} Otherwise the order comes back.")
        }
        (Awaited::Sms, None) => {
            format!("Answer the text message of the bureau: {SMS}")
        }
        (Awaited::Decision, Some(by)) => {
            format!(
                "The bureau must decide {by}: {BUREAU_DAYS} working days from the one after it took the order."
            )
        }
        (Awaited::Decision, None) => format!(
            "The bureau must decide within {}, from the one after it took the order.{}",
            working_days(BUREAU_DAYS),
            not_known(waiting.until)
        ),
    }
}

fn working_days(days: u32) -> String {
    format!("{days} working day{}", if days == 1 { "" } else { "s" })
}

/// Why the last day of a term of working days is not told.
fn not_known(until: Until) -> String {
    until.unknown_year().map_or_else(String::new, |year| {
        format!(" The last day cannot be told yet, because the holidays of {year} are not known here.")
    })
}

/// What an order still waits for once its term has passed, where nothing happens by itself then.
pub(super) const fn late(awaited: Awaited) -> &'static str {
    match awaited {
        Awaited::Review => "The review takes longer than expected. Wait for it, or ask support.",
        Awaited::Decision => "The bureau takes longer than its term. Wait for its decision, or ask support.",
        Awaited::Submission | Awaited::Mending | Awaited::Sending | Awaited::Sms => "The term has passed.",
    }
}

/// The end of a term with the word before it.
fn by_when(until: Until) -> Option<String> {
    match until {
        Until::Instant(at) => {
            let at = shanghai(at);
            Some(format!("before {} {:02}:{:02} (Beijing time)", at.date(), at.hour(), at.minute()))
        }
        Until::Day(day) => Some(format!("by the end of {day} (Beijing time)")),
        Until::NotKnown(_) | Until::Open => None,
    }
}

/// A product or a picture that a form names.
pub(super) fn thing(thing: &Thing) -> String {
    match thing {
        Thing::Product { name: Some(name), instance, day } => {
            format!("{}, instance {instance}, verified on {day}", name.in_lang(Lang::En))
        }
        Thing::Product { name: None, instance, day } => format!("instance {instance}, verified on {day}"),
        Thing::Picture { width, height, bytes } => {
            format!("picture, {width} × {height} pixels, {} KiB", Thing::kib(*bytes))
        }
    }
}

pub(super) const fn says(says: Says) -> &'static str {
    match says {
        Says::Problem => "problem",
        Says::Suggestion => "suggestion",
    }
}

/// What is wrong with a remark.
pub(super) fn remark_wrong(wrong: &RemarkWrong) -> String {
    match wrong {
        RemarkWrong::None => "The order is given back without a remark.".to_owned(),
        RemarkWrong::TooMany => format!("There are more than {} remarks.", Remark::MOST),
        RemarkWrong::NoSuchField => "The order has no such field.".to_owned(),
        RemarkWrong::Empty(part) => format!("The {} is missing.", says(*part)),
        RemarkWrong::TooLong(part) => {
            format!("The {} has more than {} characters.", says(*part), part.longest())
        }
        RemarkWrong::Unprintable(part) => {
            format!("The {} has characters that cannot be shown.", says(*part))
        }
    }
}

/// What to do about it.
pub(super) const fn remark_mend(wrong: &RemarkWrong) -> &'static str {
    match wrong {
        RemarkWrong::None => "Give at least one remark that names what is to be mended.",
        RemarkWrong::TooMany => "Put some together, for instance in one remark on a whole website.",
        RemarkWrong::NoSuchField => {
            "Choose something that the order has. To ask for another website or picture, remark on the whole list."
        }
        RemarkWrong::Empty(Says::Problem) => "Say what is wrong, or choose one of the usual remarks.",
        RemarkWrong::Empty(Says::Suggestion) => "Say how to mend it, or choose one of the usual remarks.",
        RemarkWrong::TooLong(_) => "Say it in fewer words, or in several remarks.",
        RemarkWrong::Unprintable(_) => "Take these characters out, or type the text again.",
    }
}
