//! What is wrong with a subject that is to be imported: where, what, and what to do.

use filing::checks::What;
use rulebook::Lang;

/// Something that is wrong with a subject that is to be imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// Where: `number`, `websites[0].domains[1]`.
    pub path: String,
    /// What.
    pub what: WhatTrouble,
}

/// What can be wrong. Other numbers are named; what is personal never is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhatTrouble {
    /// A check of orders finds it, too.
    Check(What),
    /// No account is called so.
    BadAccount,
    /// The number is missing.
    NoNumber,
    /// The website's number is not one of the subject's.
    OfAnotherSubject,
    /// Another website of the same subject has the same number.
    NumberTwice,
    /// The number of a subject is never without access.
    NoSuchState,
    /// The website is not cancelled, and its subject is.
    SubjectCancelled,
    /// The website is hosted, and its number says that it is not.
    HostedNowhere,
    /// The region is in another province than the bureau that gave the number.
    OtherProvince,
    /// A list is too long.
    TooMany {
        /// What it may have.
        most: usize,
    },
    /// It is no IP address.
    NoAddress,
    /// The desk does not know the instance.
    UnknownInstance,
    /// The number is filed here for another account.
    NumberOfAnother,
    /// The number is cancelled here, which is for ever.
    CancelledHere,
    /// A website that is filed here has the domain.
    DomainFiled {
        /// Its number.
        number: String,
    },
    /// A subject that is filed here has the certificate.
    CertificateFiled {
        /// Its number.
        number: String,
    },
}

impl WhatTrouble {
    /// A stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Check(what) => what.code(),
            Self::BadAccount => "bad-account",
            Self::NoNumber => "number-missing",
            Self::OfAnotherSubject => "number-of-another-subject",
            Self::NumberTwice => "number-twice",
            Self::NoSuchState => "no-such-state",
            Self::SubjectCancelled => "subject-cancelled",
            Self::HostedNowhere => "hosted-nowhere",
            Self::OtherProvince => "other-province",
            Self::TooMany { .. } => "too-many",
            Self::NoAddress => "no-address",
            Self::UnknownInstance => "unknown-instance",
            Self::NumberOfAnother => "number-of-another-account",
            Self::CancelledHere => "cancelled-here",
            Self::DomainFiled { .. } => "domain-filed",
            Self::CertificateFiled { .. } => "certificate-filed",
        }
    }

    /// What is wrong.
    pub fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => super::zh::message(self),
            Lang::En => super::en::message(self),
        }
    }

    /// What to do.
    pub fn suggestion(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => super::zh::suggestion(self),
            Lang::En => super::en::suggestion(self),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_and_what_to_do_are_told_apart() {
        let number = || "粤ICP备12345678号-1".to_owned();
        let all = [
            WhatTrouble::BadAccount,
            WhatTrouble::NoNumber,
            WhatTrouble::OfAnotherSubject,
            WhatTrouble::NumberTwice,
            WhatTrouble::NoSuchState,
            WhatTrouble::SubjectCancelled,
            WhatTrouble::HostedNowhere,
            WhatTrouble::OtherProvince,
            WhatTrouble::TooMany { most: 7 },
            WhatTrouble::NoAddress,
            WhatTrouble::UnknownInstance,
            WhatTrouble::NumberOfAnother,
            WhatTrouble::CancelledHere,
            WhatTrouble::DomainFiled { number: number() },
            WhatTrouble::CertificateFiled { number: number() },
        ];
        for what in all {
            for (lang, stop) in [(Lang::Zh, '。'), (Lang::En, '.')] {
                let (message, suggestion) = (what.message(lang), what.suggestion(lang));
                assert!(message.ends_with(stop) && suggestion.ends_with(stop), "{message} {suggestion}");
                assert!(!message.contains(&suggestion) && !message.contains('请'), "{message}");
                assert_eq!(message.matches(stop).count(), 1, "{message}");
            }
        }
    }
}
