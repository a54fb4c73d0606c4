//! The clients: each asks, and asks again under the same key until it is answered, as customers' programs do.

use crate::{
    filings,
    life::{Life, Placing, Work},
    line::{Line, Pen, Told},
    overhear::Overhearing,
    town::Ask,
    watching::Sky,
};
use app::{Actor, Asker, Desk, DeskError, Failure, IdempotencyKey, codes::CodesAsked, ledger::Sequenced};
use futures_util::future::join_all;
use std::{
    collections::HashMap,
    num::NonZero,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};
use store::Store;

/// How long a client waits before it asks again, and the ledger before it is looked at again.
const PAUSE: Duration = Duration::from_millis(20);

pub(crate) struct Clients {
    pub(crate) life: Life,
    pub(crate) desk: Desk,
    /// For what is done past the desk.
    pub(crate) store: Store,
    pen: Pen,
    again: Mutex<Vec<u64>>,
    next: AtomicU64,
    answered: AtomicU64,
    /// Whether whoever gives places beside the clients may go.
    over: AtomicBool,
    askers: Mutex<HashMap<String, Asker>>,
}

/// Lives `life` to its end, or says why the desk does not open.
pub async fn live(life: Life) -> Result<(), DeskError> {
    let pen = Pen::new();
    tracing::subscriber::set_global_default(Overhearing(pen.clone())).unwrap();
    let store = life.site.open(life.hook(pen.clone())).await?;
    let desk = Desk::open(store.clone(), life.surroundings()).await?;
    pen.write(&Line::Ready);
    let clients = Arc::new(Clients {
        again: Mutex::new(life.again.clone()),
        next: AtomicU64::new(life.from),
        answered: AtomicU64::new(0),
        over: AtomicBool::new(false),
        life,
        desk,
        store,
        pen,
        askers: Mutex::default(),
    });
    let beside =
        (clients.life.placing == Placing::Beside).then(|| tokio::spawn(Arc::clone(&clients).place_beside()));
    let all = (0..clients.life.clients).map(|_| tokio::spawn(Arc::clone(&clients).ask_all()));
    for ended in join_all(all).await {
        ended.unwrap();
    }
    // It ends its step: a runtime that goes away cancels what is being written, and that would be told as a fault.
    clients.over.store(true, Ordering::Relaxed);
    if let Some(beside) = beside {
        beside.await.unwrap();
    }
    clients.pen.write(&Line::Done);
    Ok(())
}

impl Clients {
    async fn ask_all(self: Arc<Self>) {
        while let Some(nth) = self.next() {
            match self.life.work {
                Work::Codes => {
                    let ask = self.life.town.ask(nth);
                    self.insist(nth, || Box::pin(self.answer(&ask))).await;
                }
                // Boxed, or the compiler counts too many futures within futures.
                Work::Filings => Box::pin(filings::goes_through(&self, nth)).await,
                Work::Deadlines => self.wake().await,
                Work::Forgetting => self.forget().await,
                Work::Watching => self.watch().await,
            }
            let answered = self.answered.fetch_add(1, Ordering::Relaxed) + 1;
            if matches!(self.life.placing, Placing::Each(some) if answered.is_multiple_of(some)) {
                self.place().await.unwrap_or_else(|error| panic!("{error}"));
            }
        }
    }

    /// Asks until there is an answer, and says what it is.
    pub(crate) async fn insist<A: Future<Output = Result<Told, String>>>(
        &self,
        nth: u64,
        ask: impl Fn() -> A,
    ) -> Told {
        self.pen.write(&Line::Ask(nth));
        let told = loop {
            match ask().await {
                Ok(told) => break told,
                Err(why) => self.pen.write(&Line::Failed(nth, why)),
            }
            tokio::time::sleep(PAUSE).await;
        };
        self.pen.write(&Line::Got(nth, told.clone()));
        told
    }

    /// Does what the worker of deadlines does in a step.
    async fn wake(&self) {
        let (woken, _) = self.desk.watch_deadlines().await.unwrap();
        self.pen.write(&Line::Woken(woken.len() as u64));
        if woken.is_empty() {
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Goes through a run of retention, or what others left of it.
    async fn forget(&self) {
        let ran = loop {
            match self.desk.run_retention(Actor::Kebei, false).await {
                Ok(ran) => break ran,
                Err(error) => drop(worth_again(&error)),
            }
            tokio::time::sleep(PAUSE).await;
        };
        self.pen.write(&Line::Forgot(ran.counts.iter().map(|(_, things)| things).sum()));
    }

    /// Does what the worker of the watch does, until no website is to be looked at for hours.
    async fn watch(&self) {
        self.desk.drop_ended_accesses().await.unwrap();
        let mut told = 0;
        loop {
            let round = self.desk.watch_numbers(&Sky).await.unwrap();
            told += round.told as u64;
            if round.next.is_some() {
                break;
            }
        }
        self.pen.write(&Line::Warned(told));
    }

    /// Does what the workers of the ledger do, without their pauses of seconds.
    async fn place_beside(self: Arc<Self>) {
        while !self.over.load(Ordering::Relaxed) {
            if let Err(error) = self.place().await {
                worth_again(&error);
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Gives places to a batch of entries, and keeps the checkpoint outside.
    async fn place(&self) -> Result<(), DeskError> {
        if let Sequenced::Placed { entries, .. } = self.desk.sequence_ledger(self.desk.now()).await? {
            self.pen.write(&Line::Placed(entries));
        }
        self.desk.keep_checkpoint().await.map(drop)
    }

    fn next(&self) -> Option<u64> {
        let again = self.again.lock().unwrap().pop();
        again.or_else(|| {
            let next = self.next.fetch_add(self.life.step, Ordering::Relaxed);
            (next < self.life.until).then_some(next)
        })
    }

    /// The answer, or why there is none yet. What asking again cannot mend ends the process.
    async fn answer(&self, ask: &Ask) -> Result<Told, String> {
        let asker = self.asker(&ask.account).await.map_err(|error| worth_again(&error))?;
        let (instance, count) = (ask.instance.clone(), NonZero::new(ask.codes).unwrap());
        let key = IdempotencyKey::parse(&ask.key).unwrap();
        match self.desk.issue_codes(CodesAsked { asker, instance, count }, key).await {
            Ok(told) => {
                let codes = told.answer.codes.unwrap_or_default();
                let words = codes.iter().map(|issued| issued.code.to_string()).collect();
                Ok(Told { entry: told.entry.uuid(), words })
            }
            Err(Failure::Desk(error)) => Err(worth_again(&error)),
            Err(error) => panic!("{ask:?}: {error}"),
        }
    }

    pub(crate) async fn asker(&self, name: &str) -> Result<Asker, DeskError> {
        if let Some(asker) = self.askers.lock().unwrap().get(name) {
            return Ok(asker.clone());
        }
        let asker = self.desk.account(name).await?.unwrap();
        self.askers.lock().unwrap().insert(name.to_owned(), asker.clone());
        Ok(asker)
    }
}

/// What is worth asking again for, in words; anything else ends the process.
pub(crate) fn worth_again(error: &DeskError) -> String {
    match error {
        DeskError::Store(error) => error.to_string(),
        error => panic!("{error}"),
    }
}
