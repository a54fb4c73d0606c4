//! What has piled up on the desk until retention runs: rows of everything that is kept for a time, over for a day or not for another.

use super::kept::KEPT;
use crate::{life::Life, life::Site, tables::Source, town::dice};
use app::{Desk, IdempotencyKey, Operator, registry::CancelNumber};
use filing::registry::Reason;
use rand_chacha::rand_core::Rng;
use store::{
    AttachmentId, CommitHook, EntryId, StoreError, Tx, Unit, UserId,
    access_log::{self, Line},
    api_keys::{self, ApiKey},
    attachments::Piece,
    jobs::{self, Claiming, NewJob},
    requests::{self, Request},
    sessions::{self, NewSession},
    tries,
    users::{self, User},
};
use uuid::Uuid;

/// Rows of each kind that are over, more than go in one transaction; and rows that are not.
const OVER: usize = 230;
const NOT_OVER: usize = 20;
/// A day, in microseconds.
const DAY: i64 = 86_400_000_000;
/// The pieces of a copy of a picture.
const PIECES: i64 = 2;
/// The kind of the jobs that are done.
const DONE: &str = "siege.done";

/// Cancels a number, which `digits` confirm.
pub async fn cancels(life: &Life, number: &str, digits: &str) {
    let store = life.site.open(CommitHook::default()).await.unwrap();
    let desk = Desk::open(store.clone(), life.surroundings()).await.unwrap();
    let ask = CancelNumber {
        operator: Operator::parse("wu").unwrap(),
        number: number.to_owned(),
        reason: Reason::ByOwner,
        confirmation: digits.to_owned(),
    };
    let key = IdempotencyKey::parse(&format!("cancel-{digits}")).unwrap();
    desk.cancel_number(ask, key).await.unwrap();
    store.close().await;
}

/// Those rows.
#[derive(Debug)]
pub struct Heap {
    /// When retention is to run, in microseconds since 1970.
    now: i64,
    /// Pictures that show nothing yet.
    pictures: Vec<AttachmentId>,
}

impl Heap {
    /// Piles it up.
    pub async fn on(site: &Site, now: i64) {
        let folder = tempfile::tempdir().unwrap();
        let from = Source::of(site, folder.path()).await;
        let pictures = from.rows("SELECT id FROM attachments", |row| row.get::<Uuid>(0)).await;
        drop(from);
        let store = site.open(CommitHook::default()).await.unwrap();
        let pictures = pictures.into_iter().map(AttachmentId::new).collect();
        store.write(Self { now, pictures }).await.unwrap();
        store.close().await;
    }

    /// When each row of what has that word came to its end: over for a day or more, or not for another.
    fn ends(&self, word: &str) -> impl Iterator<Item = (i64, Uuid)> {
        let kept = KEPT.iter().find(|kept| kept.word == word).unwrap();
        let (until, word) = (self.now - kept.days * DAY, kept.days.unsigned_abs());
        (0..OVER + NOT_OVER).map(move |nth| {
            let mut dice = dice(0x4ea9 + word, nth as u64);
            let some = i64::try_from(dice.next_u64() % 3_600_000_000).unwrap();
            let at = if nth < OVER { until - DAY - some } else { until + DAY / 2 + some };
            let drawn = u128::from(dice.next_u64()) << 64 | u128::from(dice.next_u64());
            // As ids of the desk are: their first bits are their time in milliseconds.
            let milliseconds = u128::try_from(at / 1_000).unwrap();
            (at, Uuid::from_u128(milliseconds << 80 | drawn >> 48))
        })
    }

    async fn of_people(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        let user = UserId::new(Uuid::from_u128(7));
        let zhou = User {
            id: user,
            name: "zhou".to_owned(),
            system: true,
            roles: "reviewer".to_owned(),
            account: None,
            account_name: None,
            password: None,
            password_until: None,
            password_used_at: None,
            locked_at: None,
            email: None,
            made_at: 1,
            changed_at: 1,
        };
        assert!(users::add(tx, &zhou).await?);
        let sessions = self.ends("sessions").map(|(expires_at, id)| NewSession {
            id: store::SessionId::new(id),
            user,
            digest: id.as_bytes().repeat(2),
            made_at: 1,
            expires_at,
            address: None,
        });
        let sessions: Vec<_> = sessions.collect();
        tx.together(&sessions.iter().map(sessions::adding).collect::<Vec<_>>()).await?;
        let keys = self.ends("keys").map(|(expires_at, id)| ApiKey {
            id: store::ApiKeyId::new(id),
            user,
            label: String::new(),
            digest: Some(id.as_bytes().repeat(2)),
            sealed: None,
            scopes: None,
            made_at: 1,
            expires_at: Some(expires_at),
            revoked_at: None,
            used_at: None,
        });
        let keys: Vec<_> = keys.collect();
        tx.together(&keys.iter().map(api_keys::adding).collect::<Vec<_>>()).await?;
        for (at, id) in self.ends("tries") {
            tries::failed(tx, &format!("siege {id}"), id.as_bytes(), at, 0).await?;
        }
        Ok(())
    }

    async fn of_asking(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        for (at, id) in self.ends("requests") {
            let request = Request { digest: id.as_bytes().repeat(2), entry: EntryId::new(id) };
            assert!(requests::remember(tx, "acc-old", &id.to_string(), &request, at).await?);
        }
        for (at, id) in self.ends("access-log") {
            let line = Line {
                id: store::AccessLineId::new(id),
                at,
                who: "zhou".to_owned(),
                what: "number".to_owned(),
                instance: None,
                code: None,
                account: None,
                as_of: None,
                order: None,
                purpose: None,
                proposal: None,
                number: None,
            };
            access_log::add(tx, &line).await?;
        }
        Ok(())
    }

    /// Jobs that were done, and one that waits.
    async fn of_jobs(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        let new = |id, kind: &str| NewJob {
            id: store::JobId::new(id),
            kind: kind.to_owned(),
            payload: vec![1],
            dedupe: None,
            due_at: 1,
            made_at: 1,
        };
        let ends: Vec<_> = self.ends("jobs").collect();
        let mut jobs: Vec<_> = ends.iter().map(|(_, id)| new(*id, DONE)).collect();
        jobs.push(new(Uuid::from_u128(8), "siege.waiting"));
        tx.together(&jobs.iter().map(jobs::adding).collect::<Vec<_>>()).await?;
        let most = i64::try_from(ends.len()).unwrap();
        let claim = store::JobClaim::new(Uuid::from_u128(9));
        let which = Claiming { kind: DONE.to_owned(), now: 2, claim, until: 3, most };
        for (claimed, (at, _)) in jobs::claim(tx, &which).await?.iter().zip(&ends) {
            claimed.complete_with(tx, *at).await?;
        }
        Ok(())
    }
}

impl Unit for Heap {
    type Output = ();
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        let piece = |attachment: &AttachmentId, copy, number| Piece {
            attachment: *attachment,
            copy,
            number,
            sealed: vec![1; 40],
        };
        let copies = |of| ["review", "bureau"].map(|copy| (0..PIECES).map(move |nth| piece(of, copy, nth)));
        let pieces: Vec<_> = self.pictures.iter().flat_map(copies).flatten().collect();
        tx.together(&pieces.iter().map(Piece::adding).collect::<Vec<_>>()).await?;
        self.of_people(tx).await?;
        self.of_asking(tx).await?;
        self.of_jobs(tx).await
    }
}
