//! Service codes (备案服务号): the code that ties a filing to an instance.
//!
//! [`ServiceCode`] is what a customer reads and types. [`STEPS`] is all that can happen to a code; [`Standing`] is what
//! it is now, with the instance behind it; [`issue()`], [`import()`], [`bind()`], [`grant()`], [`withdraw_grant`] and
//! [`release()`] decide whether something may be done, and refuse with every reason at once.

mod bind;
pub(crate) mod en;
mod grant;
mod import;
mod issue;
pub(crate) mod obstacle;
mod release;
mod standing;
mod state;
mod text;
pub(crate) mod zh;

pub use bind::{BindRefusal, bind};
pub use grant::{GrantRefusal, Grantee, Granter, Held, grant, may_grant, withdraw_grant};
pub use import::{Arrival, Arriving, Import, ImportRefusal, import};
pub use issue::{Issue, IssueRefusal, MOST_AT_ONCE, issue};
pub use obstacle::{Asking, Obstacle};
pub use release::{LONGEST_REASON, Release, ReleaseRefusal, release};
pub use standing::{Cause, Instance, Reader, Shown, Standing};
pub use state::{Illegal, Move, Place, STEPS, State, Step, Stored, Who, apply, legal, page, step_of};
pub use text::{Malformed, ServiceCode};
