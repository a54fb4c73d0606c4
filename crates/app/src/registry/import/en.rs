//! What is wrong with a subject that is to be imported, in English. `zh.rs` says the same in Chinese.

use super::WhatTrouble;
use rulebook::Lang;

pub(super) fn message(what: &WhatTrouble) -> String {
    let said = match what {
        WhatTrouble::Check(what) => return what.message(Lang::En),
        WhatTrouble::BadAccount => {
            return format!("An account has 1 to {} bytes without control characters.", ledger::MAX_ID_LEN);
        }
        WhatTrouble::NoNumber => "The filing number is missing.",
        WhatTrouble::OfAnotherSubject => "This is not the number of a website of the subject.",
        WhatTrouble::NumberTwice => "Another website of the subject has this number.",
        WhatTrouble::NoSuchState => "The number of a subject is active or cancelled.",
        WhatTrouble::SubjectCancelled => "The subject is cancelled, and this website is not.",
        WhatTrouble::HostedNowhere => "Only a website that is active has accesses.",
        WhatTrouble::OtherProvince => "The bureau of another province gave the number.",
        WhatTrouble::TooMany { most } => return format!("No more than {most} can be imported."),
        WhatTrouble::NoAddress => "This is no IP address.",
        WhatTrouble::UnknownInstance => "The desk does not know this instance.",
        WhatTrouble::NumberOfAnother => "The number is filed here for another account.",
        WhatTrouble::CancelledHere => "The number is cancelled here, which nothing restores.",
        WhatTrouble::DomainFiled { number } => {
            return format!("{number}, which is filed here, has this domain.");
        }
        WhatTrouble::CertificateFiled { number } => {
            return format!("{number}, which is filed here, has this certificate.");
        }
    };
    said.to_owned()
}

pub(super) fn suggestion(what: &WhatTrouble) -> String {
    let said = match what {
        WhatTrouble::Check(what) => return what.suggestion(Lang::En),
        WhatTrouble::BadAccount => "Enter its id as inventories have it.",
        WhatTrouble::NoNumber => "Add it.",
        WhatTrouble::OfAnotherSubject => "Put the website with its subject.",
        WhatTrouble::NumberTwice => "Keep one of them.",
        WhatTrouble::NoSuchState => "Write access-dropped at its websites.",
        WhatTrouble::SubjectCancelled => "Correct one of the two states.",
        WhatTrouble::HostedNowhere => "Correct its state, or leave them out.",
        WhatTrouble::OtherProvince => "Compare number and region.",
        WhatTrouble::TooMany { .. } => "Split the list.",
        WhatTrouble::NoAddress => "Write it as 203.0.113.7 or 2001:db8::7.",
        WhatTrouble::UnknownInstance => "Import it first (kebei import instances), or leave it out.",
        WhatTrouble::NumberOfAnother => "Find out whose it is, and correct the account.",
        WhatTrouble::CancelledHere => "Compare the state; a new filing gets a new number.",
        WhatTrouble::DomainFiled { .. } => "Find out whose it is, and correct the other.",
        WhatTrouble::CertificateFiled { .. } => "A certificate has one subject: compare both.",
    };
    said.to_owned()
}
