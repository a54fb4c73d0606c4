//! May this code, which another system made or which came with the purchase, be taken in? (SPEC 3 `code_made`, SPEC 4)

use super::{Illegal, Move, Stored, apply, en, zh};
use crate::{Refusal, Refused};
use rulebook::{CodeMade, Decision, Lang, Row, Scope, VerifiedBy};

/// A code that arrives for an instance.
#[derive(Clone, Copy, Debug)]
pub struct Arrival<'d> {
    /// Today's decision on the instance. Its verdict does not matter: a code that is there is taken in, and is expired for as
    /// long as its instance does not back it.
    pub decision: &'d Decision<'d>,
    /// Places that codes have taken in the scope of the quota. This is not the fact `codes_issued`, which counts codes by use
    /// where they are made on purchase.
    pub taken: u32,
    /// The code.
    pub code: Arriving,
}

/// The code that arrives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arriving {
    /// None is named: the desk is to make one.
    Unmade,
    /// One that the desk has never seen.
    New,
    /// One that it has.
    Known {
        /// Its row.
        stored: Stored,
        /// Whether it is on this very instance.
        here: bool,
    },
}

/// What becomes of a code that may be taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Import {
    /// It is new, and this is its row. It takes one place of the quota.
    Taken(Stored),
    /// It was taken in before: nothing changes.
    Before,
}

/// Why a code is not taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportRefusal<'d> {
    /// The edition does not know the product.
    NotFileable {
        /// The id of the product.
        product: &'d str,
    },
    /// Another system files the product, so nothing is done with its codes here.
    FiledElsewhere {
        /// What the edition says of the product.
        row: &'d Row,
    },
    /// The product is verified by the host's credentials.
    NoCodeNeeded {
        /// What the edition says of the product.
        row: &'d Row,
    },
    /// Codes of the product are issued here, when its buyer asks for them.
    IssuedHere {
        /// What the edition says of the product.
        row: &'d Row,
    },
    /// Who bought the instance is not known, so that the code would be nobody's.
    UnknownBuyer,
    /// Every place of the quota is taken.
    NoPlaceLeft {
        /// How many there may be.
        limit: u32,
        /// How many there are.
        taken: u32,
        /// For what the quota counts.
        per: Scope,
        /// What the edition says of the product.
        row: &'d Row,
    },
    /// Another system makes the codes of the product, and none was named.
    CodeMissing {
        /// What the edition says of the product.
        row: &'d Row,
    },
    /// The code is known already, and not as one of this instance.
    Known(Illegal),
}

/// Decides whether the code may be taken in. The place in the quota is taken by the database, which asks again.
pub fn import<'d>(arrival: &Arrival<'d>) -> Result<Import, Refused<ImportRefusal<'d>>> {
    if matches!(arrival.code, Arriving::Known { here: true, .. }) {
        return Ok(Import::Before);
    }
    let decision = arrival.decision;
    let case = decision.case();
    let mut reasons = Vec::new();
    match decision.row() {
        None => reasons.push(ImportRefusal::NotFileable { product: &case.facts.product }),
        Some(row) => match manner(row) {
            Some(refusal) => reasons.push(refusal),
            None => {
                reasons.extend(no_place(row, arrival.taken).into_iter().chain(missing(row, arrival.code)));
            }
        },
    }
    if case.facts.account.is_none() {
        reasons.push(ImportRefusal::UnknownBuyer);
    }
    let known = match arrival.code {
        Arriving::Known { stored, .. } => Some(stored),
        Arriving::Unmade | Arriving::New => None,
    };
    match apply(known, Move::Import) {
        Ok(stored) => Refused::unless_none(reasons, Import::Taken(stored)),
        Err(illegal) => Err(Refused::of(ImportRefusal::Known(illegal), reasons)),
    }
}

/// Why codes of the product are never taken in, if they are not.
fn manner(row: &Row) -> Option<ImportRefusal<'_>> {
    match (row.verified_by.value, row.code_made.value) {
        (VerifiedBy::Elsewhere, _) => Some(ImportRefusal::FiledElsewhere { row }),
        (VerifiedBy::HostPassword, _) => Some(ImportRefusal::NoCodeNeeded { row }),
        (VerifiedBy::ServiceCode, CodeMade::OnRequest) => Some(ImportRefusal::IssuedHere { row }),
        (VerifiedBy::ServiceCode, CodeMade::OnPurchase | CodeMade::Elsewhere) => None,
    }
}

fn no_place(row: &Row, taken: u32) -> Option<ImportRefusal<'_>> {
    let quota = row.quota()?;
    let limit = quota.codes.get();
    (taken >= limit).then_some(ImportRefusal::NoPlaceLeft { limit, taken, per: quota.per, row })
}

fn missing(row: &Row, code: Arriving) -> Option<ImportRefusal<'_>> {
    let made_elsewhere = row.code_made.value == CodeMade::Elsewhere;
    (made_elsewhere && code == Arriving::Unmade).then_some(ImportRefusal::CodeMissing { row })
}

impl Refusal for ImportRefusal<'_> {
    fn word(&self) -> &'static str {
        match self {
            Self::NotFileable { .. } => "product-not-fileable",
            Self::FiledElsewhere { .. } => "filed-elsewhere",
            Self::NoCodeNeeded { .. } => "no-code-needed",
            Self::IssuedHere { .. } => "issued-here",
            Self::UnknownBuyer => "unknown-buyer",
            Self::NoPlaceLeft { .. } => "no-place-left",
            Self::CodeMissing { .. } => "code-missing",
            Self::Known(_) => "known-code",
        }
    }

    fn action(&self) -> &'static str {
        match self {
            Self::NotFileable { .. } => "check-product",
            Self::FiledElsewhere { .. } | Self::NoCodeNeeded { .. } => "none-needed",
            Self::IssuedHere { .. } => "have-it-issued",
            Self::UnknownBuyer => "record-buyer",
            Self::NoPlaceLeft { .. } => "release-code",
            Self::CodeMissing { .. } => "give-code",
            Self::Known(_) => "check-code",
        }
    }

    fn path(&self) -> &'static str {
        match self {
            Self::CodeMissing { .. } | Self::Known(_) => "code",
            Self::NotFileable { .. }
            | Self::FiledElsewhere { .. }
            | Self::NoCodeNeeded { .. }
            | Self::IssuedHere { .. }
            | Self::UnknownBuyer
            | Self::NoPlaceLeft { .. } => "instance",
        }
    }

    fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => zh::import(self),
            Lang::En => en::import(self),
        }
    }

    fn suggestion(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => zh::past_import(self),
            Lang::En => en::past_import(self),
        }
    }
}
