//! Every sentence about orders in English. `zh.rs` says the same in Chinese; the matches are exhaustive in both.

use super::{Illegal, Kind, Move, Part, State, Who};

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
        Move::Open => "be opened",
        Move::Save => "be edited",
        Move::Submit => "be submitted",
        Move::Return => "be returned",
        Move::Approve => "be approved",
        Move::Send => "be sent to the bureau",
        Move::ConfirmSms => "have its text message answered",
        Move::MissSms => "come back because no text message was answered",
        Move::File => "be filed",
        Move::Reject => "be rejected by the bureau",
        Move::Withdraw => "be withdrawn",
        Move::Lapse => "be withdrawn because it was left idle",
    }
}

pub(super) const fn who(who: Who) -> &'static str {
    match who {
        Who::Filer => "The account that files",
        Who::Reviewer => "The reviewer who has claimed it",
        Who::Operator => "Operators",
        Who::Desk => "The desk itself",
        Who::Bureau => "The bureau",
    }
}

/// A move that the state does not allow.
pub(super) fn illegal(illegal: &Illegal) -> String {
    let tried = by(illegal.tried);
    match illegal.from {
        Some(from) => format!("The order is \"{}\" and cannot {tried}.", state(from)),
        None => format!("The order is not there yet and cannot {tried}."),
    }
}

/// What the state allows instead.
pub(super) fn instead(illegal: &Illegal) -> String {
    match illegal.from {
        Some(State::Filed) => {
            "It is finished. To change what is filed, open an order for a change.".to_owned()
        }
        Some(State::Rejected) => {
            "It is finished. Open a new order with what is in it, correct that, and submit it.".to_owned()
        }
        Some(State::Withdrawn) => "It was given up. Open a new order when you want to file.".to_owned(),
        Some(State::AtBureau) => "The bureau is looking at it; wait for its answer.".to_owned(),
        _ => {
            let legal: Vec<_> = illegal.legal.iter().map(|legal| by(*legal)).collect();
            format!("It can now {}.", legal.join(", or "))
        }
    }
}
