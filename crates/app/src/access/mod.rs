//! Who may do what at the desk: users, their passwords, sessions and keys.

mod add_user;
mod change;
mod change_roles;
mod counter;
mod edit_user;
mod email;
mod half_open;
mod keys;
mod last_uses;
mod lock_user;
mod make_key;
mod nonces;
mod own_password;
mod own_sessions;
mod passwords;
mod principal;
mod recognise;
mod remembered;
mod reset_password;
mod revoke_key;
mod right;
mod role;
mod second_factor;
mod set_password;
mod sign_in;
mod sign_out;
mod signing_key;
mod token;
pub(crate) mod tries;
mod users;

pub use add_user::{AddUser, AddUserFault, AddedUser, ONE_TIME_GOOD, RolesFault};
pub use change::UserFault;
pub use change_roles::ChangeRoles;
pub use counter::{Counter, Recognised};
pub use edit_user::{Edit, EditUser};
pub use email::{BadEmail, Email};
pub use half_open::{HALF_OPEN, HalfOpen};
pub use keys::ListedKey;
pub(crate) use last_uses::Waiting;
pub use last_uses::{LastUses, NOTED_EVERY};
pub use make_key::{KeyFault, KeysOf, LONGEST_LABEL, MOST_KEYS, MadeKey, MakeKey};
pub use nonces::{MOST_APART, Nonces};
pub use own_sessions::ListedSession;
pub(crate) use passwords::Passwords;
pub use passwords::{LONGEST_PASSWORD, Password, SHORTEST_PASSWORD};
pub use principal::{Principal, Through};
pub use recognise::Unrecognised;
pub(crate) use remembered::{Good, KnownKeys};
pub use right::{RIGHTS, Right};
pub use role::{Role, Roles};
pub(crate) use second_factor::TotpSecret;
pub use second_factor::{
    BEGUN_GOOD, Begun, Code, PER_SECOND_FACTOR, RECOVERY_CODES, SecondFactor, SecondFactorError,
    SecondFactorRule,
};
pub use set_password::SetPasswordError;
pub use sign_in::{
    IDLE_SESSION, LONGEST_SESSION, MOST_SESSIONS, PER_ADDRESS, PER_NAME_AND_ADDRESS, SignIn, SignInError,
    SignedIn,
};
pub use signing_key::SigningKey;
pub use token::{Credential, ShownOnce};
pub use tries::Slowing;
pub use users::{ListedUser, MOST_USERS_LISTED};
