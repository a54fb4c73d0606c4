//! What is told of refused calls, in English.

use super::fault::{Bsn, Refusal};

pub(super) fn message(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Missing(name) => format!("The parameter {name} is missing."),
        Refusal::Unfit { name, expected } => format!("The parameter {name} is not right; expected: {expected}."),
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
        Refusal::SignatureDoesNotMatch { ours } => {
            format!("The signature does not match. Compare the secret and the string to sign. server string to sign is:{ours}")
        }
        Refusal::NonceUsed => "This nonce was used before. Each request needs another.".to_owned(),
        Refusal::NotAllowed(right) => {
            format!("This key does not have the right {right}. Ask an operator to grant it.")
        }
        Refusal::UnknownVersion => "There is no such version; there are 2015-05-12 and 2016-08-10.".to_owned(),
        Refusal::UnknownAction => {
            "This version has no such action. Compare the action and the version.".to_owned()
        }
        Refusal::NotOffered => "This action is not offered here.".to_owned(),
        Refusal::NoDomain(name) => format!("\"{name}\" is no domain that can be filed."),
        Refusal::NotReady => "What may be served is being loaded. Try again in a moment.".to_owned(),
        Refusal::TooMany => "Too many requests. Try again later.".to_owned(),
        Refusal::Unavailable => {
            "The service is not available at this moment, and nothing was changed. Try again.".to_owned()
        }
        Refusal::OutcomeUnknown => "It may have been done. Look first, and then decide whether to try again.".to_owned(),
        Refusal::Fault => "The desk has a fault, which is in its log. Tell support the RequestId.".to_owned(),
        Refusal::Bsn(fault) => bsn(fault),
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
