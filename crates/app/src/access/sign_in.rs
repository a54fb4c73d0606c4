//! Signing in with name and password.

use super::{
    Password, ShownOnce, Slowing,
    add_user::user_name,
    token::{TokenKind, digest},
    tries::{self, Limit, address_part, micros},
};
use crate::{
    Desk,
    failure::{DeskError, Failed},
    ground::Secrets,
};
use jiff::{SignedDuration, Timestamp};
use std::net::IpAddr;
use store::{
    Tx, Unit,
    sessions::{self, NewSession},
    users::{self, User},
};

/// A session in which nothing was done for so long is over: a working day, and not the night after it.
pub const IDLE_SESSION: SignedDuration = SignedDuration::from_hours(12);
/// A session is over after so long, whatever is done in it.
pub const LONGEST_SESSION: SignedDuration = SignedDuration::from_hours(24 * 7);
/// Sessions that one user has at a time; with one more the oldest ends.
pub const MOST_SESSIONS: i64 = 20;

/// Tries of one name from one address: five typing mistakes cost nothing.
pub const PER_NAME_AND_ADDRESS: Slowing = Slowing { free: 5 };
/// Tries of any name from one address: an office behind one address has many who mistype in a day.
pub const PER_ADDRESS: Slowing = Slowing { free: 100 };

/// Somebody signs in.
#[derive(Clone, Debug)]
pub struct SignIn {
    /// His name.
    pub name: String,
    /// His password.
    pub password: Password,
    /// From where he comes, where that is known.
    pub address: Option<IpAddr>,
}

/// Somebody signed in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The token of his session.
    pub token: ShownOnce,
    /// When the session ends at the latest.
    pub expires_at: Timestamp,
    /// Whether he must set a password of his own first.
    pub must_change_password: bool,
}

/// Why nobody signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// No user has that name and that password. Never told apart, in words or in work.
    #[error("wrong name or password")]
    Wrong,
    /// It failed too often from there; whether the password is right is not looked at.
    #[error("too many tries, the next in {} s", retry_after.as_secs())]
    TooMany {
        /// How long to wait.
        retry_after: SignedDuration,
    },
    /// The password is right, but it was a one-time password and its time is over: an operator gives another.
    #[error("the one-time password has expired")]
    OneTimeExpired,
    /// The password is right, but it was a one-time password and has opened its one session: an operator gives another.
    #[error("the one-time password was used already")]
    OneTimeUsed,
    /// The password is right, but an operator has locked the user.
    #[error("the user is locked")]
    Locked,
    /// Too many sign in at this moment.
    #[error("too many passwords are looked at already, try again")]
    Busy,
    /// The desk failed.
    #[error(transparent)]
    Desk(DeskError),
}

impl From<DeskError> for SignInError {
    fn from(error: DeskError) -> Self {
        match error {
            DeskError::Busy => Self::Busy,
            error => Self::Desk(error),
        }
    }
}

impl Desk {
    /// Signs somebody in. A try counts before its password is looked at and is taken back when that was right, so that many at
    /// once are slowed down as well; whether the name is known makes no difference in what is done.
    pub async fn sign_in(&self, sign_in: SignIn) -> Result<SignedIn, SignInError> {
        let turn = self.passwords().turn()?;
        let SignIn { name, password, address } = sign_in;
        let (now, name) = (self.now(), user_name(&name).unwrap_or_default());
        let address = address_part(address);
        let limits = |secrets: &Secrets| limits(&name, &address, secrets);
        let found = self.write::<_, SignInError>(|ground| {
            Ok(Try { limits: limits(&ground.secrets), name: name.clone(), now })
        });
        let found = found.await?;
        let hash = found.as_ref().and_then(|user| user.password.clone());
        let right = self.passwords().verify(turn, password, hash).await?;
        let user = found.filter(|_| right).ok_or(SignInError::Wrong)?;
        let mut draw = self.chance().draw();
        let token = TokenKind::Session.token(&draw.bytes());
        let expires_at = now.saturating_add(LONGEST_SESSION).unwrap_or(now);
        let session = NewSession {
            id: draw.id(now),
            user: user.id,
            digest: digest(token.reveal()).to_vec(),
            made_at: now.as_microsecond(),
            expires_at: expires_at.as_microsecond(),
        };
        let opened = self.write::<_, SignInError>(|ground| {
            let (user, session) = (user.clone(), session.clone());
            Ok(Open { limits: limits(&ground.secrets), user, session, now })
        });
        let must_change_password = opened.await??;
        Ok(SignedIn { token, expires_at, must_change_password })
    }
}

/// The narrowest first.
fn limits(name: &str, address: &[u8], secrets: &Secrets) -> Vec<Limit> {
    let narrow = [name.as_bytes(), address];
    let narrow = Limit::on("sign-in", &narrow, PER_NAME_AND_ADDRESS, secrets);
    let wide = Limit::on("sign-in-address", &[address], PER_ADDRESS, secrets);
    // From an unknown address nothing can be said of it.
    if address.is_empty() { vec![narrow] } else { vec![narrow, wide] }
}

/// May it be tried? It is counted, and whoever has that name is read.
struct Try {
    limits: Vec<Limit>,
    name: String,
    now: Timestamp,
}

impl Unit for Try {
    type Output = Option<User>;
    type Error = Failed<SignInError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Option<User>, Self::Error> {
        let Self { limits, name, now } = self;
        if let Some(retry_after) = tries::may(tx, limits, *now).await? {
            return Err(Failed::Because(SignInError::TooMany { retry_after }));
        }
        tries::failed(tx, limits, *now).await?;
        Ok(users::by_name(tx, name).await?)
    }
}

/// Opens the session of somebody whose password was right.
struct Open {
    limits: Vec<Limit>,
    user: User,
    session: NewSession,
    now: Timestamp,
}

impl Unit for Open {
    /// Whether he must change his password.
    type Output = Result<bool, SignInError>;
    type Error = Failed<SignInError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, Self::Error> {
        let Self { limits, user, session, .. } = self;
        // Meanwhile the password may have been changed.
        let now = users::by_id(tx, user.id).await?.filter(|now| now.password == user.password);
        let Some(now) = now else { return Ok(Err(SignInError::Wrong)) };
        tries::succeeded(tx, limits).await?;
        if now.locked_at.is_some() {
            return Ok(Err(SignInError::Locked));
        }
        if is_past(&now, self.now) {
            return Ok(Err(SignInError::OneTimeExpired));
        }
        let one_time = now.password_until.is_some();
        if one_time && !users::use_one_time(tx, user.id, session.made_at).await? {
            return Ok(Err(SignInError::OneTimeUsed));
        }
        tx.together(&[sessions::adding(session)]).await?;
        sessions::end_oldest(tx, user.id, MOST_SESSIONS, session.made_at).await?;
        Ok(Ok(one_time))
    }
}

/// Whether the password of `user` is a one-time password whose time is over.
pub(super) fn is_past(user: &User, now: Timestamp) -> bool {
    user.password_until.is_some_and(|until| now.as_microsecond() >= until)
}

/// Until when a one-time password given at `now` is good: over a weekend.
pub(super) fn one_time_until(now: Timestamp) -> i64 {
    now.as_microsecond().saturating_add(micros(super::ONE_TIME_GOOD))
}
