//! What is told of refused calls, in English.

use super::fault::{Bsn, Expected, Refusal};
use app::gate::{LONGEST_REASON, MAX_RANGES, MAX_WINDOWS, MOST_AT_ONCE, MOST_ENDED, MOST_NAMES, MOST_OF_ONE};

pub(super) fn message(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Missing(name) => format!("The parameter {name} is missing."),
        Refusal::Unfit { name, expected: wanted } => {
            format!("The parameter {name} is not right; expected: {}.", expected(*wanted))
        }
        Refusal::Repeated(name) => format!("The parameter {name} is there more than once. Send it once."),
        Refusal::NotAForm => "The body must be application/x-www-form-urlencoded, or empty.".to_owned(),
        Refusal::TooLarge => "The request is too large. Send fewer parameters, or several requests.".to_owned(),
        Refusal::UnknownKey => {
            "There is no such AccessKeyId, or it is revoked or expired. Use a signing key that is good.".to_owned()
        }
        Refusal::Expired => {
            "The request says a time that is more than 15 minutes from the server's. Set the clock right and sign again."
                .to_owned()
        }
        Refusal::Unsigned => {
            "A header that must be signed is not: host and every header that begins with x-acs- must be.".to_owned()
        }
        Refusal::SignatureDoesNotMatch { ours: None } => {
            "The signature does not match. Compare x-acs-content-sha256 with the body, and the names of the signed headers with what is sent."
                .to_owned()
        }
        Refusal::SignatureDoesNotMatch { ours: Some(ours) } => {
            format!("The signature does not match. Compare the secret and the string to sign. server string to sign is:{ours}")
        }
        Refusal::NonceUsed => "This nonce was used before. Each request needs another.".to_owned(),
        Refusal::NotAllowed(right) => {
            format!("This key does not have the right {right}. Ask an operator to grant it.")
        }
        Refusal::MadeByOthers => {
            "Another key has put this down, and it is not for this one to take away. Ask whoever did, or an operator.".to_owned()
        }
        Refusal::UnknownVersion => "There is no such version; there are 2015-05-12 and 2016-08-10.".to_owned(),
        Refusal::UnknownAction => {
            "This version has no such action. Compare the action and the version.".to_owned()
        }
        Refusal::NotOffered => "This action is not offered here.".to_owned(),
        Refusal::NoDomain(name) => format!("\"{name}\" is no domain that can be filed."),
        Refusal::NotReady => "What may be served is being loaded. Try again in a moment.".to_owned(),
        Refusal::TooMany { again } => format!("Too many requests. Try again in {again} seconds."),
        Refusal::Unavailable => {
            "The service is not available at this moment, and nothing was changed. Try again.".to_owned()
        }
        Refusal::OutcomeUnknown => "It may have been done. Look first, and then decide whether to try again.".to_owned(),
        Refusal::Fault => "The desk has a fault, which is in its log. Tell support the RequestId.".to_owned(),
        Refusal::Bsn(fault) => bsn(fault),
    }
}

fn expected(expected: Expected) -> String {
    match expected {
        Expected::Just(text) => text.to_owned(),
        Expected::NonceLength => "1 to 128 bytes".to_owned(),
        Expected::NoGap => "values that are numbered from 1 on, without a gap".to_owned(),
        Expected::Values { most } => format!("at most {most} values"),
        Expected::Number { most: None } => "a whole number from 1 on".to_owned(),
        Expected::Number { most: Some(most) } => format!("a whole number from 1 to {most}"),
        Expected::Caller => "1 to 64 characters of A-Z, a-z, 0-9, \"-\", \"_\" and \".\"".to_owned(),
        Expected::Names => format!("1 to {MOST_AT_ONCE} names"),
        Expected::LaterTime => "a time after StartTime and after now".to_owned(),
        Expected::Reason => format!("1 to {LONGEST_REASON} characters in one line, without invisible ones"),
        Expected::RoomForWindows => format!("domains with fewer than {MAX_WINDOWS} entries"),
        Expected::FewerWindows => format!("fewer names: at most {MOST_ENDED} entries are taken away at once"),
        Expected::Listed => "domains on the white list".to_owned(),
        Expected::Range => {
            "an address, a network such as 10.0.0.0/8, or two addresses with - between them".to_owned()
        }
        Expected::AddressVersion => "4 or 6, as the address is".to_owned(),
        Expected::NewRange => "a range that is not there yet".to_owned(),
        Expected::KnownRange => "a range that is there".to_owned(),
        Expected::RoomForRanges => format!("at most {MAX_RANGES} ranges in all"),
        Expected::RoomForNames => format!("at most {MOST_NAMES} names below one domain"),
        Expected::RoomForAllNames => {
            format!("at most {MOST_OF_ONE} names in all from the system whose key this is")
        }
        Expected::Address => "an address".to_owned(),
    }
}

fn bsn(fault: &Bsn) -> String {
    match fault {
        Bsn::NoAccount => "No account has that number.".to_owned(),
        Bsn::NoInstance => "There is no such instance, or it is of another type.".to_owned(),
        Bsn::NoSn => "No service code (sn) was given.".to_owned(),
        Bsn::NoCode => "There is no such service code. Compare it.".to_owned(),
        Bsn::CannotBind => "Service codes of this type are not made here.".to_owned(),
        Bsn::NotOwner => "This instance does not belong to that account.".to_owned(),
        Bsn::Missing(name) => format!("The parameter {name} is missing."),
        Bsn::Count => "num must be a whole number from 1 to 20.".to_owned(),
        Bsn::NotOwned => "This service code does not belong to that account.".to_owned(),
        Bsn::AccountUnfit(told)
        | Bsn::NoAddress(told)
        | Bsn::Unfit(told)
        | Bsn::Failed(told)
        | Bsn::NotFiled(told)
        | Bsn::Limit(told) => told.clone(),
    }
}
