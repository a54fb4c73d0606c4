//! Service codes (备案服务号): asking whether they would be issued, issuing them, and what becomes of them.

mod bind;
mod check;
mod for_systems;
mod grant;
mod held;
mod import;
mod issue;
mod listed;
mod making;
mod mine;
mod places;
mod premake;
mod question;
mod release;
mod withdraw;

pub(crate) use bind::{BIND_REFUSED, BOUND};
pub use bind::{BindCode, Binding};
pub use for_systems::SystemsCode;
pub use grant::{GrantCode, GrantCodeBy, Granting};
pub(crate) use held::HeldThen;
pub use held::Which;
pub use import::{Arrived, ImportCode, ImportFault, Importing};
pub(crate) use import::{IMPORT_REFUSED, IMPORTED, REPEATED};
pub use issue::Issuing;
pub(crate) use issue::{ISSUED, REFUSED};
pub use listed::{CodePage, ListCodes};
pub use mine::{ListFault, MOST_LISTED, MyCode};
pub(crate) use places::{codes_issued, counted_scope, counts_by_use, in_scope, scopes, takes};
pub use premake::{MOST_PREMADE, PremakeCodes, PremakeFault};
pub use question::{Question, UnlikeDecided};
pub(crate) use question::{basis, damaged};
pub use release::{ReleaseCode, Releasing};
pub use withdraw::{WithdrawGrant, Withdrawing};

use crate::{Actor, Asker};
use filing::codes::ServiceCode;
use rulebook::NoEdition;
use serde::Serialize;
use std::num::NonZero;
use store::CodeId;

/// Codes are asked for, in earnest or to see whether there would be any.
#[derive(Clone, Debug, Serialize)]
pub struct CodesAsked {
    /// Who asks.
    pub asker: Asker,
    /// On which instance, as its seller names it.
    pub instance: String,
    /// How many.
    pub count: NonZero<u32>,
}

/// Codes are asked for an account by another system of the provider, such as its product catalogue.
#[derive(Clone, Debug, Serialize)]
pub struct CodesAskedBy {
    /// Who asks in its name.
    pub by: Actor,
    /// What, for which account.
    pub ask: CodesAsked,
}

/// A code that was issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssuedCode {
    /// Its id.
    pub id: CodeId,
    /// The code itself, for its owner's eyes.
    pub code: ServiceCode,
}

/// Why it cannot even be asked whether codes are issued.
#[derive(Clone, Debug, thiserror::Error)]
pub enum IssueFault {
    /// The account has bought no such instance, or it is gone. Said alike whether somebody else has it.
    #[error("the account has no instance `{0}`")]
    UnknownInstance(String),
    /// No edition of the rules is in force yet.
    #[error(transparent)]
    NoEdition(#[from] NoEdition),
}

/// Why nothing can even be asked about a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodeFault {
    /// There is no such code, or it is somebody else's, which is never said.
    #[error("no such service code")]
    UnknownCode,
}
