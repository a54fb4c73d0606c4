//! Signing in with name and password, and with a code where there is a second factor: at once, or in two steps.

use super::{
    Code, HalfOpen, Password, ShownOnce, Slowing,
    add_user::user_name,
    half_open::PasswordShown,
    second_factor::step::{self, Step},
    token::{TokenKind, digest},
    tries::{self, Limit, address_part, micros},
};
use crate::{
    Desk,
    failure::{DeskError, Failed},
    ground::{Ground, Kept, Secrets, USERS},
};
use jiff::{SignedDuration, Timestamp};
use std::{net::IpAddr, sync::Arc};
use store::{
    Tx, Unit, second_factors,
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
    /// A code of his second factor, where he has one and shows it at once.
    pub code: Option<Code>,
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
    /// Whether he must set up a second factor first.
    pub must_set_up_second_factor: bool,
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
    /// The password is right, but a code is needed as well: with it and this ticket the sign-in goes on.
    #[error("a code of the second factor is needed")]
    CodeNeeded(HalfOpen),
    /// The password is right, but the code is none now, or was good once.
    #[error("the code is none, or was used")]
    WrongCode,
    /// The code came too late, or the password was changed meanwhile: the sign-in begins anew.
    #[error("the code came too late")]
    Over,
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
    /// once are slowed down as well; whether the name is known makes no difference in what is done. That a code is needed is told
    /// only to whoever has the password.
    pub async fn sign_in(&self, sign_in: SignIn) -> Result<SignedIn, SignInError> {
        let turn = self.passwords().turn()?;
        let SignIn { name, password, address, code } = sign_in;
        let (now, name) = (self.now(), user_name(&name).unwrap_or_default());
        let found = self.write::<_, SignInError>(|ground| {
            let limits = limits(&name, &address_part(address), &ground.secrets);
            Ok(Try { limits, name: name.clone(), now })
        });
        let found = found.await?;
        let hash = found.as_ref().and_then(|user| user.password.clone());
        let right = self.passwords().verify(turn, password, hash.clone()).await?;
        let user = found.filter(|user| {
            if !right {
                // Only where somebody is called so: what is typed as a name may be a password.
                tracing::warn!(event = "access.wrong_password", user = user.name);
            }
            right
        });
        let user = user.ok_or(SignInError::Wrong)?;
        let password = digest(&hash.unwrap_or_default());
        let shown = PasswordShown { user: user.id, password };
        self.open_session(Opening { shown, code, address, counted: true, now }).await
    }

    /// Finishes the sign-in of whoever gave the right password before, with the code that was needed.
    pub async fn finish_sign_in(
        &self,
        ticket: &HalfOpen,
        code: Code,
        address: Option<IpAddr>,
    ) -> Result<SignedIn, SignInError> {
        let now = self.now();
        let shown = PasswordShown::read(ticket, &self.ground(), now).ok_or(SignInError::Over)?;
        self.open_session(Opening { shown, code: Some(code), address, counted: false, now }).await
    }

    async fn open_session(&self, opening: Opening) -> Result<SignedIn, SignInError> {
        let now = opening.now;
        let mut draw = self.chance().draw();
        let token = TokenKind::Session.token(&draw.bytes());
        let expires_at = now.saturating_add(LONGEST_SESSION).unwrap_or(now);
        let session = NewSession {
            id: draw.id(now),
            user: opening.shown.user,
            digest: digest(token.reveal()).to_vec(),
            made_at: now.as_microsecond(),
            expires_at: expires_at.as_microsecond(),
            address: None,
        };
        let opened = self.write::<_, SignInError>(|ground| {
            let rng = &mut draw.again().0;
            // A desk from before there were users has no key for it until something else needs one.
            let address = opening.address.filter(|_| ground.secrets.has(&USERS));
            let sealed = address.map(|address| {
                let address = address.to_canonical().to_string();
                ground.secrets.seal_kept(Kept::SessionAddresses, session.id.uuid(), address.as_bytes(), rng)
            });
            let session = NewSession { address: sealed.transpose()?, ..session.clone() };
            Ok(Open { ground, opening: opening.clone(), session })
        });
        match opened.await? {
            Opened::In { name, one_time, second_factor, is_customer, is_system } => {
                tracing::info!(event = "access.signed_in", user = name);
                Ok(SignedIn {
                    token,
                    expires_at,
                    must_change_password: one_time,
                    must_set_up_second_factor: !second_factor
                        && self.second_factor_rule().asks(is_customer, is_system),
                })
            }
            Opened::CodeNeeded => Err(SignInError::CodeNeeded(opening.shown.ticket(
                &self.ground(),
                now,
                &mut self.chance().draw().0,
            )?)),
            Opened::Not(error) => Err(error),
        }
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
            tracing::warn!(event = "access.slowed_down");
            return Err(Failed::Because(SignInError::TooMany { retry_after }));
        }
        tries::failed(tx, limits, *now).await?;
        Ok(users::by_name(tx, name).await?)
    }
}

/// A session is to be opened for somebody whose password was right.
#[derive(Clone, Debug)]
struct Opening {
    shown: PasswordShown,
    code: Option<Code>,
    address: Option<IpAddr>,
    /// Whether this try is counted already.
    counted: bool,
    now: Timestamp,
}

/// Opens it.
struct Open {
    ground: Arc<Ground>,
    opening: Opening,
    session: NewSession,
}

/// What came of it. All of it is kept, so that what was counted is.
enum Opened {
    In { name: String, one_time: bool, second_factor: bool, is_customer: bool, is_system: bool },
    CodeNeeded,
    Not(SignInError),
}

impl Unit for Open {
    type Output = Opened;
    type Error = Failed<SignInError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Opened, Self::Error> {
        let Self { ground, opening, session } = self;
        let Opening { shown, address, counted, now, .. } = opening;
        ground.check::<SignInError>(tx).await?;
        // Meanwhile the password may have been changed.
        let user = users::by_id(tx, shown.user).await?;
        let user = user.filter(|user| user.password.as_deref().map(digest) == Some(shown.password));
        let Some(user) = user else {
            return Ok(Opened::Not(if *counted { SignInError::Wrong } else { SignInError::Over }));
        };
        let limits = limits(&user.name, &address_part(*address), &ground.secrets);
        if !counted {
            if let Some(retry_after) = tries::may(tx, &limits, *now).await? {
                return Ok(Opened::Not(SignInError::TooMany { retry_after }));
            }
            tries::failed(tx, &limits, *now).await?;
        }
        if user.locked_at.is_some() {
            tries::succeeded(tx, &limits).await?;
            return Ok(Opened::Not(SignInError::Locked));
        }
        let factor = second_factors::of_user(tx, user.id).await?;
        let factor = factor.filter(|factor| factor.confirmed_at.is_some());
        if let Some(factor) = &factor
            && let Some(stops) = self.second_step(tx, factor, &limits, &user.name).await?
        {
            return Ok(stops);
        }
        tries::succeeded(tx, &limits).await?;
        if is_past(&user, *now) {
            return Ok(Opened::Not(SignInError::OneTimeExpired));
        }
        let one_time = user.password_until.is_some();
        if one_time && !users::use_one_time(tx, user.id, session.made_at).await? {
            return Ok(Opened::Not(SignInError::OneTimeUsed));
        }
        tx.together(&[sessions::adding(session)]).await?;
        sessions::end_oldest(tx, user.id, MOST_SESSIONS, session.made_at).await?;
        let (is_customer, is_system) = (user.account.is_some(), user.system);
        Ok(Opened::In { name: user.name, one_time, second_factor: factor.is_some(), is_customer, is_system })
    }
}

impl Open {
    /// Holds the code against the second factor; what it stops at, if it does. Only a code that was looked at and wrong stays
    /// counted.
    async fn second_step(
        &self,
        tx: &mut Tx<'_>,
        factor: &second_factors::SecondFactor,
        limits: &[Limit],
        name: &str,
    ) -> Result<Option<Opened>, DeskError> {
        let Opening { code, now, .. } = &self.opening;
        let Some(code) = code else {
            tries::undecided(tx, limits).await?;
            return Ok(Some(Opened::CodeNeeded));
        };
        Ok(match step::take(tx, &self.ground, factor, *code, *now).await? {
            Step::Taken => None,
            Step::Wrong => {
                tracing::warn!(event = "access.wrong_code", user = name);
                Some(Opened::Not(SignInError::WrongCode))
            }
            Step::TooMany(retry_after) => {
                tries::undecided(tx, limits).await?;
                Some(Opened::Not(SignInError::TooMany { retry_after }))
            }
        })
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
