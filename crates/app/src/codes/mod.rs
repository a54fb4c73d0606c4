//! Service codes (备案服务号): asking whether they would be issued, issuing them, and what becomes of them (SPEC 4).

mod check;
mod issue;
mod question;

pub use check::CheckCodes;
pub use issue::{Answer, IssueCodes, IssueError, IssuedCode};
pub(crate) use issue::{ISSUED, REFUSED};
pub use question::{Question, UnlikeDecided};
