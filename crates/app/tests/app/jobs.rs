//! Jobs: added with their change, done by one process at a time, taken over, tried again, given up, revived.

use crate::{
    HandClock, Story,
    processes::{Gate, Process, Turn},
};
use app::{
    Clock, Desk, Worker,
    jobs::{Claimed, Handler, JobFailure, MOST_TRIES, Queue},
};
use jiff::{SignedDuration, Timestamp};
use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, Ordering},
};
use store::{
    CommitHook, Id, JobId, Store, StoreError, Tx, Unit,
    jobs::{self, Job, NewJob, State},
    quotas::{self, Scope, Take},
};
use testbed::{ENGINES, Engine};
use uuid::Uuid;

/// Longer than any claim.
const LONG: SignedDuration = SignedDuration::from_mins(6);

/// Adds jobs, and then refuses if it is told to.
pub(crate) struct Add {
    pub(crate) jobs: Vec<NewJob>,
    pub(crate) refuse: bool,
}

impl Unit for Add {
    type Output = Vec<u64>;
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Vec<u64>, StoreError> {
        let writes: Vec<_> = self.jobs.iter().map(jobs::adding).collect();
        let added = tx.together(&writes).await?;
        if self.refuse { Err(StoreError::Closed) } else { Ok(added) }
    }
}

pub(crate) struct Find(pub(crate) JobId);

impl Unit for Find {
    type Output = Option<Job>;
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, StoreError> {
        jobs::by_id(tx, self.0).await
    }
}

/// How often the effect of each job is in the database.
pub(crate) struct Effects(pub(crate) Vec<JobId>);

impl Unit for Effects {
    type Output = Vec<i64>;
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Vec<i64>, StoreError> {
        let mut all = Vec::new();
        for id in &self.0 {
            all.push(quotas::places(tx, &scope(*id)).await?.map_or(0, |places| places.taken));
        }
        Ok(all)
    }
}

/// The effect of a job in the database, in one unit with its completion.
pub(crate) struct Effect {
    pub(crate) job: Claimed,
    pub(crate) at: i64,
}

impl Unit for Effect {
    type Output = ();
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        let scope = scope(self.job.id);
        tx.together(&[quotas::opening(&scope)]).await?;
        tx.together(&[Take::new(scope.clone(), 1, None, self.at).taking()]).await?;
        self.job.complete_with(tx, self.at).await
    }
}

/// Where effects are counted: one place more each time.
fn scope(job: JobId) -> Scope {
    Scope::of_instance(Id::new(job.uuid()))
}

pub(crate) fn id(number: u128) -> JobId {
    Id::new(Uuid::from_u128(number))
}

pub(crate) fn job(number: u128, kind: &str, at: Timestamp) -> NewJob {
    let at = at.as_microsecond();
    NewJob {
        id: id(number),
        kind: kind.to_owned(),
        payload: Vec::new(),
        dedupe: None,
        due_at: at,
        made_at: at,
    }
}

async fn add(store: &Store, jobs: Vec<NewJob>) -> Vec<u64> {
    store.write(Add { jobs, refuse: false }).await.unwrap()
}

async fn state(store: &Store, number: u128) -> Option<State> {
    store.read(Find(id(number))).await.unwrap().map(|job| job.state)
}

/// Does its jobs by a function, and remembers whom it did.
#[derive(Clone)]
struct By<F> {
    kind: &'static str,
    done: Arc<Mutex<Vec<u128>>>,
    how: F,
}

fn by<F: Fn(&Claimed) -> Result<(), JobFailure> + Clone>(kind: &'static str, how: F) -> By<F> {
    By { kind, done: Arc::default(), how }
}

impl<F> By<F> {
    fn done(&self) -> Vec<u128> {
        self.done.lock().unwrap().clone()
    }
}

impl<F> Handler for By<F>
where
    F: Fn(&Claimed) -> Result<(), JobFailure> + Send + Sync + 'static,
{
    fn kind(&self) -> &'static str {
        self.kind
    }

    async fn handle(&self, _: &Desk, job: &Claimed) -> Result<(), JobFailure> {
        self.done.lock().unwrap().push(job.id.uuid().as_u128());
        (self.how)(job)
    }
}

fn later(why: &str) -> JobFailure {
    JobFailure::Later { why: why.to_owned() }
}

/// Steps a worker until it names a time to come.
async fn until_idle(worker: &impl Worker, clock: &HandClock) -> Option<Timestamp> {
    loop {
        let next = worker.step(clock.now()).await;
        if next.is_none_or(|next| next > clock.now()) {
            return next;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_is_done_when_it_is_due_and_not_when_its_change_was_rolled_back() {
    for engine in ENGINES {
        let Story { desk, clock, store, .. } = &Story::on(engine).await;
        let now = clock.now();
        let soon = now.checked_add(SignedDuration::from_secs(60)).unwrap();
        store.write(Add { jobs: vec![job(1, "mail", now)], refuse: true }).await.unwrap_err();
        add(store, vec![job(2, "mail", now), job(3, "mail", soon)]).await;
        let mail = by("mail", |_| Ok(()));
        let queue = Queue::new(desk.clone()).with(mail.clone());
        assert_eq!(until_idle(&queue, clock).await, Some(soon), "{engine:?}");
        assert_eq!(mail.done(), [2], "{engine:?}");
        clock.pass(SignedDuration::from_secs(60));
        assert_eq!(until_idle(&queue, clock).await, None, "{engine:?}");
        assert_eq!(mail.done(), [2, 3], "{engine:?}");
        assert_eq!((state(store, 1).await, state(store, 3).await), (None, Some(State::Done)), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_asked_for_twice_under_one_key_is_done_once() {
    for engine in ENGINES {
        let Story { desk, clock, store, .. } = &Story::on(engine).await;
        let keyed = |number| NewJob { dedupe: Some("k".to_owned()), ..job(number, "mail", clock.now()) };
        assert_eq!(add(store, vec![keyed(1)]).await, [1], "{engine:?}");
        let mail = by("mail", |_| Ok(()));
        let queue = Queue::new(desk.clone()).with(mail.clone());
        until_idle(&queue, clock).await;
        assert_eq!(add(store, vec![keyed(2)]).await, [0], "{engine:?}");
        until_idle(&queue, clock).await;
        assert_eq!(mail.done(), [1], "{engine:?}");
    }
}

/// Does a job's effect in the database, parked before it.
struct Slow {
    store: Store,
    gate: Gate,
    answers: Arc<Mutex<Vec<Result<(), JobFailure>>>>,
}

impl Handler for Slow {
    fn kind(&self) -> &'static str {
        "slow"
    }

    async fn handle(&self, desk: &Desk, job: &Claimed) -> Result<(), JobFailure> {
        self.gate.park().await;
        let effect = Effect { job: job.clone(), at: desk.now().as_microsecond() };
        let answer = self.store.write(effect).await.map_err(JobFailure::from);
        self.answers.lock().unwrap().push(answer.clone());
        answer
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_is_with_one_process_until_its_claim_runs_out_and_whoever_lost_it_changes_nothing() {
    for engine in ENGINES {
        let desks = &Story::on(engine).await;
        let (clock, store) = (&desks.clock, &desks.store);
        let mut processes = Vec::new();
        let mut answers = Vec::new();
        for _ in 0..3 {
            let (desk, store) = desks.process(CommitHook::default()).await;
            let answered = Arc::default();
            answers.push(Arc::clone(&answered));
            processes
                .push(Process::new(|gate| Queue::new(desk).with(Slow { store, gate, answers: answered })));
        }
        let [first, second, third] = &mut processes[..] else { unreachable!() };
        add(store, vec![job(1, "slow", clock.now())]).await;
        assert_eq!(first.turn(clock).await, Turn::Parked, "{engine:?}");
        assert!(matches!(second.turn(clock).await, Turn::Ended(_)), "{engine:?}");
        // The first process dies with the job, the second takes it over and is slow, the third takes it over and is done.
        first.crash();
        clock.pass(LONG);
        assert_eq!(second.turn(clock).await, Turn::Parked, "{engine:?}");
        assert!(matches!(third.turn(clock).await, Turn::Ended(_)), "{engine:?}");
        clock.pass(LONG);
        assert_eq!(third.turn(clock).await, Turn::Parked, "{engine:?}");
        assert!(matches!(second.turn(clock).await, Turn::Ended(_)), "{engine:?}");
        let refused = answers[1].lock().unwrap().pop().unwrap().unwrap_err();
        assert!(refused.to_string().ends_with("has passed to another"), "{engine:?} {refused}");
        assert_eq!(store.read(Effects(vec![id(1)])).await.unwrap(), [0], "{engine:?}");
        assert_eq!(state(store, 1).await, Some(State::Waiting), "{engine:?}");
        assert!(matches!(third.turn(clock).await, Turn::Ended(_)), "{engine:?}");
        assert_eq!(store.read(Effects(vec![id(1)])).await.unwrap(), [1], "{engine:?}");
        let ended = store.read(Find(id(1))).await.unwrap().unwrap();
        assert_eq!((ended.state, ended.tries, ended.last_error), (State::Done, 3, None), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_keeps_failing_is_tried_less_and_less_often_then_given_up_and_may_be_revived() {
    for engine in ENGINES {
        let Story { desk, clock, store, .. } = &Story::on(engine).await;
        let broken = Arc::new(AtomicBool::new(true));
        let seen = Arc::clone(&broken);
        let mail = by(
            "mail",
            move |_| if seen.load(Ordering::SeqCst) { Err(later("nobody there")) } else { Ok(()) },
        );
        let queue = Queue::new(desk.clone()).with(mail.clone());
        add(store, vec![job(1, "mail", clock.now())]).await;
        let mut pauses = Vec::new();
        while let Some(next) = until_idle(&queue, clock).await {
            let pause = next.duration_since(clock.now());
            pauses.push(pause.as_secs());
            clock.pass(pause);
        }
        assert_eq!(i64::try_from(pauses.len()).unwrap(), MOST_TRIES - 1, "{engine:?}");
        for (nth, pause) in pauses.iter().enumerate() {
            let whole = (10_i64 << nth).min(6 * 3600);
            assert!((whole / 2..whole).contains(pause), "{engine:?} {pauses:?}");
        }
        let dead = desk.dead_jobs(9).await.unwrap();
        assert_eq!(dead.iter().map(|job| (job.id, job.tries)).collect::<Vec<_>>(), [(id(1), MOST_TRIES)]);
        assert_eq!(dead[0].last_error.as_deref(), Some("nobody there"), "{engine:?}");
        let [count] = desk.job_counts().await.unwrap().try_into().unwrap();
        assert_eq!((count.waiting, count.dead), (0, 1), "{engine:?}");
        broken.store(false, Ordering::SeqCst);
        assert!(desk.revive_job(id(1)).await.unwrap(), "{engine:?}");
        until_idle(&queue, clock).await;
        assert_eq!(state(store, 1).await, Some(State::Done), "{engine:?}");
        assert!(!desk.revive_job(id(1)).await.unwrap(), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_can_never_succeed_is_given_up_at_once_and_a_panic_is_tried_again() {
    for engine in ENGINES {
        let Story { desk, clock, store, .. } = &Story::on(engine).await;
        let never = by("never", |_| Err(JobFailure::Never { why: "no such address".to_owned() }));
        let panics = by("panics", |job| if job.tries == 1 { panic!("on purpose") } else { Ok(()) });
        let queue = Queue::new(desk.clone()).with(never.clone()).with(panics.clone());
        add(store, vec![job(1, "never", clock.now()), job(2, "panics", clock.now())]).await;
        until_idle(&queue, clock).await;
        assert_eq!(state(store, 1).await, Some(State::Dead), "{engine:?}");
        assert_eq!(state(store, 2).await, Some(State::Waiting), "{engine:?}");
        clock.pass(LONG);
        until_idle(&queue, clock).await;
        assert_eq!((never.done(), panics.done()), (vec![1], vec![2, 2]), "{engine:?}");
        assert_eq!(state(store, 2).await, Some(State::Done), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_ends_every_process_that_claims_it_is_given_up() {
    for engine in ENGINES {
        let desks = &Story::on(engine).await;
        let clock = &desks.clock;
        let (desk, store) = desks.process(CommitHook::default()).await;
        let slow = |gate| Queue::new(desk).with(Slow { store, gate, answers: Arc::default() });
        let mut process = Process::new(slow);
        add(&desks.store, vec![job(1, "slow", clock.now())]).await;
        let mut crashes = 0;
        while process.turn(clock).await == Turn::Parked {
            process.crash();
            crashes += 1;
            clock.pass(LONG);
        }
        assert_eq!(crashes, MOST_TRIES, "{engine:?}");
        assert_eq!(state(&desks.store, 1).await, Some(State::Dead), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kind_that_nobody_knows_stays_and_holds_nothing_up() {
    for engine in ENGINES {
        let Story { desk, clock, store, .. } = &Story::on(engine).await;
        let early = clock.now().checked_sub(LONG).unwrap();
        add(store, (0..40).map(|number| job(number, "unknown", early)).collect()).await;
        add(store, vec![job(50, "mail", clock.now())]).await;
        let mail = by("mail", |_| Ok(()));
        let queue = Queue::new(desk.clone()).with(mail.clone());
        assert_eq!(until_idle(&queue, clock).await, None, "{engine:?}");
        assert_eq!(mail.done(), [50], "{engine:?}");
        let untouched = store.read(Find(id(0))).await.unwrap().unwrap();
        assert_eq!((untouched.state, untouched.tries), (State::Waiting, 0), "{engine:?}");
        let unknown = by("unknown", |_| Ok(()));
        until_idle(&Queue::new(desk.clone()).with(unknown.clone()), clock).await;
        assert_eq!(unknown.done().len(), 40, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn many_jobs_of_one_kind_do_not_hold_up_another() {
    for engine in ENGINES {
        let Story { desk, clock, store, .. } = &Story::on(engine).await;
        let early = clock.now().checked_sub(LONG).unwrap();
        add(store, (0..100).map(|number| job(number, "mail", early)).collect()).await;
        add(store, vec![job(200, "paper", clock.now())]).await;
        let (mail, paper) = (by("mail", |_| Ok(())), by("paper", |_| Ok(())));
        let queue = Queue::new(desk.clone()).with(mail.clone()).with(paper.clone());
        queue.step(clock.now()).await;
        assert_eq!(paper.done(), [200], "{engine:?}");
        assert!((1..16).contains(&mail.done().len()), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_handler_that_takes_long_keeps_its_job() {
    for engine in ENGINES {
        let Story { desk, clock, store, .. } = &Story::on(engine).await;
        let other = by("long", |_| Ok(()));
        add(store, vec![job(1, "long", clock.now())]).await;
        let long = Long { clock: clock.clone(), other: Queue::new(desk.clone()).with(other.clone()) };
        until_idle(&Queue::new(desk.clone()).with(long), clock).await;
        assert_eq!(other.done(), [] as [u128; 0], "{engine:?}");
        assert_eq!(state(store, 1).await, Some(State::Done), "{engine:?}");
    }
}

/// Takes nine minutes, while another queue looks for work.
struct Long {
    clock: HandClock,
    other: Queue,
}

impl Handler for Long {
    fn kind(&self) -> &'static str {
        "long"
    }

    async fn handle(&self, desk: &Desk, job: &Claimed) -> Result<(), JobFailure> {
        for _ in 0..3 {
            self.clock.pass(SignedDuration::from_mins(3));
            assert!(desk.keep_job(job).await?);
            until_idle(&self.other, &self.clock).await;
        }
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn with_notifications_switched_off_a_process_finds_the_jobs_of_another_by_looking() {
    for engine in ENGINES {
        let desks = &Story::on(engine).await;
        let (desk, other) = desks.process(CommitHook::default()).await;
        let mail = by("mail", |_| Ok(()));
        let queue = Queue::new(desk).with(mail.clone());
        assert_eq!(until_idle(&queue, &desks.clock).await, None, "{engine:?}");
        let mut wakes = other.wakes();
        add(&desks.store, vec![job(1, "mail", desks.clock.now())]).await;
        if engine == Engine::Postgres {
            assert!(futures_util::poll!(Box::pin(wakes.woken())).is_pending());
        }
        assert_eq!(until_idle(&queue, &desks.clock).await, None, "{engine:?}");
        assert_eq!(mail.done(), [1], "{engine:?}");
    }
}
