//! What is wrong with a subject that is to be imported, in English. `zh.rs` says the same in Chinese.

use super::WhatTrouble;
use rulebook::Lang;

pub(super) fn trouble(what: &WhatTrouble) -> String {
    match what {
        WhatTrouble::Check(what) => format!("{} {}", what.message(Lang::En), what.suggestion(Lang::En)),
        WhatTrouble::BadAccount => format!(
            "An account has 1 to {} bytes without control characters. Enter its id as inventories have it.",
            ledger::MAX_ID_LEN
        ),
        WhatTrouble::NoNumber => "The filing number is missing. Add it.".to_owned(),
        WhatTrouble::OfAnotherSubject => {
            "This is not the number of a website of the subject. Put the website with its subject.".to_owned()
        }
        WhatTrouble::NumberTwice => {
            "Another website of the subject has this number. Keep one of them.".to_owned()
        }
        WhatTrouble::NoSuchState => {
            "The number of a subject is active or cancelled. Write access-dropped at its websites.".to_owned()
        }
        WhatTrouble::SubjectCancelled => {
            "The subject is cancelled, and this website is not. Correct one of the two states.".to_owned()
        }
        WhatTrouble::HostedNowhere => {
            "Only a website that is active has accesses. Correct its state, or leave them out.".to_owned()
        }
        WhatTrouble::OtherProvince => {
            "The bureau of another province gave the number. Compare number and region.".to_owned()
        }
        WhatTrouble::TooMany { most } => format!("No more than {most} can be imported. Split the list."),
        WhatTrouble::NoAddress => "This is no IP address. Write it as 203.0.113.7 or 2001:db8::7.".to_owned(),
        WhatTrouble::UnknownInstance => {
            "The desk does not know this instance. Import it first (kebei import instances), or leave it out."
                .to_owned()
        }
        WhatTrouble::NumberOfAnother => {
            "The number is filed here for another account. Find out whose it is, and correct the account."
                .to_owned()
        }
        WhatTrouble::CancelledHere => {
            "The number is cancelled here, which nothing restores. Compare the state; a new filing gets a new number."
                .to_owned()
        }
        WhatTrouble::DomainFiled { number } => {
            format!("{number}, which is filed here, has this domain. Find out whose it is, and correct the other.")
        }
        WhatTrouble::CertificateFiled { number } => {
            format!("{number}, which is filed here, has this certificate. A certificate has one subject: compare both.")
        }
    }
}
