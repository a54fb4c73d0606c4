//! The sessions of whoever asks: where he is signed in, and how he ends that.

use super::{IDLE_SESSION, MOST_SESSIONS, Principal, Through, recognise::moment, tries::micros};
use crate::{
    Desk,
    failure::{DeskError, Failed},
    ground::{Ground, Kept},
};
use jiff::Timestamp;
use std::sync::Arc;
use store::{SessionId, Tx, Unit, UserId, sessions};

/// A session that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedSession {
    /// Its id.
    pub id: SessionId,
    /// When somebody signed in.
    pub made_at: Timestamp,
    /// When it was last used, to a minute.
    pub used_at: Timestamp,
    /// When it ends at the latest.
    pub expires_at: Timestamp,
    /// From which address somebody signed in, where that is known.
    pub address: Option<String>,
    /// Whether it is the one in which this is asked.
    pub is_this: bool,
}

impl Desk {
    /// The open sessions of whoever asks, the newest first: at most [`MOST_SESSIONS`].
    pub async fn my_sessions(&self, principal: &Principal) -> Result<Vec<ListedSession>, DeskError> {
        let (user, through, now) = (principal.user, principal.through(), self.now().as_microsecond());
        self.read(|ground| Ok(List { ground, user, through, now })).await
    }

    /// Ends an open session of whoever asks; `false` where he has none of that id.
    pub async fn end_session(&self, principal: &Principal, id: SessionId) -> Result<bool, DeskError> {
        let (user, now) = (principal.user, self.now().as_microsecond());
        self.write(|_| Ok(EndOne { id, user, now })).await
    }

    /// Ends every session of whoever asks but the one in which he does; how many.
    pub async fn end_other_sessions(&self, principal: &Principal) -> Result<u64, DeskError> {
        let kept = match principal.through() {
            Through::Session(id) => id,
            Through::Key(_) => SessionId::new(uuid::Uuid::nil()),
        };
        let (user, now) = (principal.user, self.now().as_microsecond());
        self.write(|_| Ok(EndOthers { user, kept, now })).await
    }
}

struct List {
    ground: Arc<Ground>,
    user: UserId,
    through: Through,
    now: i64,
}

impl Unit for List {
    type Output = Vec<ListedSession>;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, Self::Error> {
        let Self { ground, user, through, now } = self;
        ground.check::<DeskError>(tx).await?;
        let found = sessions::open_of(tx, *user, *now, used_since(*now), MOST_SESSIONS).await?;
        let listed = |session: sessions::Listed| {
            let opened = session
                .address
                .map(|sealed| ground.secrets.open_kept(Kept::SessionAddresses, session.id.uuid(), &sealed));
            let address = opened.transpose()?.map(|plain| String::from_utf8_lossy(&plain).into_owned());
            Ok(ListedSession {
                id: session.id,
                made_at: moment(session.made_at),
                used_at: moment(session.used_at),
                expires_at: moment(session.expires_at),
                address,
                is_this: *through == Through::Session(session.id),
            })
        };
        found.into_iter().map(listed).collect()
    }
}

/// Sessions that were last used then or before are over at `now`.
fn used_since(now: i64) -> i64 {
    now.saturating_sub(micros(IDLE_SESSION))
}

struct EndOne {
    id: SessionId,
    user: UserId,
    now: i64,
}

impl Unit for EndOne {
    type Output = bool;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<bool, Self::Error> {
        let Self { id, user, now } = self;
        Ok(sessions::end_one_of(tx, *id, *user, *now, used_since(*now)).await?)
    }
}

struct EndOthers {
    user: UserId,
    kept: SessionId,
    now: i64,
}

impl Unit for EndOthers {
    type Output = u64;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<u64, Self::Error> {
        let Self { user, kept, now } = self;
        let open = sessions::open_of(tx, *user, *now, used_since(*now), MOST_SESSIONS).await?;
        tx.together(&[sessions::ending_others(user, kept, now)]).await?;
        let others = open.iter().filter(|session| session.id != *kept).count();
        Ok(u64::try_from(others).unwrap_or_default())
    }
}
