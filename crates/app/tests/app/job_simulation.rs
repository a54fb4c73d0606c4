//! Thousands of steps of three processes that crash, stall, lose their claims and fail: after them the effect of each job is in
//! the database exactly once. Nobody is ever woken: all is found by looking.

use crate::{
    Story,
    jobs::{Add, Effect, Effects, Find, job},
    processes::{Gate, Process, Turn},
    rand_chacha_of,
};
use app::{
    Clock, Desk,
    jobs::{Claimed, Handler, JobFailure, Queue},
};
use jiff::SignedDuration;
use rand_chacha::{ChaCha20Rng, rand_core::Rng};
use std::{
    collections::BTreeMap,
    num::NonZero,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};
use store::{
    CommitHook, Fate, JobId, Point, Store,
    jobs::{NewJob, State},
};
use testbed::{ENGINES, Engine};

const STEPS: usize = 3000;
const KIND: &str = "effect";

/// What went wrong, and how often.
type Faults = BTreeMap<&'static str, u32>;

/// All that has to come up in a run, or it has shown nothing.
const EXPECTED: [&str; 11] = [
    "added twice",
    "added and rolled back",
    "claim lost",
    "commit failed",
    "crashed after the effect",
    "crashed before the effect",
    "failed",
    "gave up",
    "panicked",
    "stalled",
    "taken over",
];

/// What goes wrong when, for all processes of a run.
#[derive(Clone)]
struct Chances(Arc<Shared>);

struct Shared {
    rng: Mutex<ChaCha20Rng>,
    faults: Mutex<Faults>,
    /// No more faults: what is left is done.
    calm: AtomicBool,
}

impl Chances {
    fn new(seed: u8) -> Self {
        let rng = Mutex::new(rand_chacha_of(seed));
        Self(Arc::new(Shared { rng, faults: Mutex::default(), calm: AtomicBool::new(false) }))
    }

    fn below(&self, end: u32) -> u32 {
        self.0.rng.lock().unwrap().next_u32() % end
    }

    /// Whether something goes wrong, once in `of`; counted.
    fn strikes(&self, of: u32, what: &'static str) -> bool {
        let strikes = !self.0.calm.load(Ordering::SeqCst) && self.below(of) == 0;
        if strikes {
            self.note(what);
        }
        strikes
    }

    fn note(&self, what: &'static str) {
        *self.0.faults.lock().unwrap().entry(what).or_default() += 1;
    }

    /// Fails a commit now and then.
    fn hook(&self) -> CommitHook {
        let fate = self.clone();
        CommitHook::new(move |_, point| match point {
            Point::Before if fate.strikes(60, "commit failed") => Fate::Fail,
            _ => Fate::Proceed,
        })
    }
}

/// Does the effect of a job in its unit, unless something goes wrong.
struct Faulty {
    store: Store,
    gate: Gate,
    fate: Chances,
    /// Whether the process is past the effect.
    past: Arc<AtomicBool>,
}

impl Handler for Faulty {
    fn kind(&self) -> &'static str {
        KIND
    }

    async fn handle(&self, desk: &Desk, job: &Claimed) -> Result<(), JobFailure> {
        self.past.store(false, Ordering::SeqCst);
        if self.fate.strikes(6, "failed") {
            return Err(JobFailure::Later { why: "not now".to_owned() });
        }
        if self.fate.strikes(40, "gave up") {
            return Err(JobFailure::Never { why: "never".to_owned() });
        }
        assert!(!self.fate.strikes(30, "panicked"));
        self.gate.park().await;
        let effect = Effect { job: job.clone(), at: desk.now().as_microsecond() };
        if let Err(error) = self.store.write(effect).await {
            if matches!(error, store::StoreError::LeaseLost(_)) {
                self.fate.note("claim lost");
            }
            return Err(error.into());
        }
        if job.tries > 1 {
            self.fate.note("taken over");
        }
        self.past.store(true, Ordering::SeqCst);
        self.gate.park().await;
        Ok(())
    }
}

struct Simulated {
    process: Process<Queue>,
    past: Arc<AtomicBool>,
}

struct Run {
    story: Story,
    fate: Chances,
    processes: Vec<Simulated>,
    kept: Vec<JobId>,
    rolled_back: Vec<JobId>,
    next: u128,
}

impl Run {
    async fn new(engine: Engine, seed: u8) -> Self {
        let fate = Chances::new(seed);
        // Setting up is not what is tried here.
        fate.0.calm.store(true, Ordering::SeqCst);
        let story = Story::with(engine, fate.hook()).await;
        let mut processes = Vec::new();
        for _ in 0..3 {
            let (desk, own) = story.process(fate.hook()).await;
            let past = Arc::new(AtomicBool::new(false));
            let (fate, within) = (fate.clone(), Arc::clone(&past));
            // One at a time, so that a seed tells what happens.
            let process = Process::new(|gate| {
                Queue::new(desk).at_once(NonZero::<u32>::MIN).with(Faulty {
                    store: own,
                    gate,
                    fate,
                    past: within,
                })
            });
            processes.push(Simulated { process, past });
        }
        fate.0.calm.store(false, Ordering::SeqCst);
        Self { story, fate, processes, kept: Vec::new(), rolled_back: Vec::new(), next: 1 }
    }

    async fn step(&mut self) {
        match self.fate.below(100) {
            0..12 => self.add().await,
            12..20 => self.pass(SignedDuration::from_secs(self.fate.below(90).into())),
            20..23 => {
                if self.processes.iter().any(|simulated| simulated.process.is_parked()) {
                    self.fate.note("stalled");
                }
                self.pass(SignedDuration::from_mins(6));
            }
            23..28 => self.crash(),
            _ => {
                let turn = self.fate.below(3) as usize;
                self.processes[turn].process.turn(&self.story.clock).await;
            }
        }
    }

    async fn add(&mut self) {
        let twice = !self.kept.is_empty() && self.fate.below(8) == 0;
        let number = if twice { self.kept[0].uuid().as_u128() } else { self.next };
        let new = NewJob { dedupe: Some(number.to_string()), ..job(self.next, KIND, self.story.clock.now()) };
        let added = new.id;
        self.next += 1;
        let refuse = self.fate.below(10) == 0;
        match self.story.store.write(Add { jobs: vec![new], refuse }).await.as_deref() {
            Ok([1]) => self.kept.push(added),
            Ok([0]) if twice => self.fate.note("added twice"),
            Ok(other) => panic!("{other:?}"),
            Err(_) => {
                self.fate.note("added and rolled back");
                self.rolled_back.push(added);
            }
        }
    }

    fn pass(&self, time: SignedDuration) {
        self.story.clock.pass(time);
    }

    fn crash(&mut self) {
        let which = self.fate.below(3) as usize;
        let Simulated { process, past } = &mut self.processes[which];
        if process.is_parked() {
            let past = past.load(Ordering::SeqCst);
            self.fate.note(if past { "crashed after the effect" } else { "crashed before the effect" });
            process.crash();
        }
    }

    /// Has all that is left done, without faults.
    async fn settle(&mut self) {
        self.fate.0.calm.store(true, Ordering::SeqCst);
        loop {
            for dead in self.story.desk.dead_jobs(1000).await.unwrap() {
                assert!(self.story.desk.revive_job(dead.id).await.unwrap());
            }
            if self.story.desk.job_counts().await.unwrap().is_empty() {
                return;
            }
            self.pass(SignedDuration::from_hours(6));
            for Simulated { process, .. } in &mut self.processes {
                let mut now = Some(self.story.clock.now());
                while now == Some(self.story.clock.now()) {
                    match process.turn(&self.story.clock).await {
                        Turn::Ended(next) => now = next,
                        Turn::Parked => {}
                    }
                }
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_crashes_stalls_or_fails_each_effect_happens_exactly_once() {
    for (engine, seed) in ENGINES.into_iter().zip([1, 2]) {
        let mut run = Run::new(engine, seed).await;
        for _ in 0..STEPS {
            run.step().await;
        }
        run.settle().await;
        let store = &run.story.store;
        let effects = store.read(Effects(run.kept.clone())).await.unwrap();
        let faults = run.fate.0.faults.lock().unwrap().clone();
        println!("{engine:?}: {} jobs in {STEPS} steps, {faults:?}", run.kept.len());
        assert!(effects.iter().all(|times| *times == 1), "{engine:?} {effects:?}");
        let never = store.read(Effects(run.rolled_back.clone())).await.unwrap();
        assert!(never.iter().all(|times| *times == 0), "{engine:?} {never:?}");
        for id in &run.kept {
            let state = store.read(Find(*id)).await.unwrap().map(|job| job.state);
            assert_eq!(state, Some(State::Done), "{engine:?} {id}");
        }
        assert_eq!(faults.keys().copied().collect::<Vec<_>>(), sorted(EXPECTED), "{engine:?}");
    }
}

fn sorted<const N: usize>(mut words: [&str; N]) -> Vec<&str> {
    words.sort_unstable();
    words.to_vec()
}
