//! The one place that loops and sleeps. Its time is paused: it passes at once whenever nothing else is to be done.

use crate::{
    Story,
    jobs::{Add, job},
};
use app::{Clock, Worker, Workers};
use jiff::Timestamp;
use std::{
    future::pending,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
};
use testbed::Engine;
use tokio::sync::{Notify, mpsc};

/// A worker that does what its function says, each time.
struct Steps<F>(F);

impl<F, T> Worker for Steps<F>
where
    F: Fn() -> T + Send + Sync + 'static,
    T: Future<Output = Option<Timestamp>> + Send,
{
    fn name(&self) -> &'static str {
        "story"
    }

    async fn step(&self, _: Timestamp) -> Option<Timestamp> {
        (self.0)().await
    }
}

/// A worker that tells of each step.
fn telling(
    says: Option<Timestamp>,
) -> (Steps<impl Fn() -> std::future::Ready<Option<Timestamp>>>, mpsc::UnboundedReceiver<()>) {
    let (tell, told) = mpsc::unbounded_channel();
    let step = move || {
        let _ = tell.send(());
        std::future::ready(says)
    };
    (Steps(step), told)
}

async fn times(told: &mut mpsc::UnboundedReceiver<()>, times: u32) {
    for _ in 0..times {
        told.recv().await.unwrap();
    }
}

#[tokio::test(start_paused = true)]
async fn a_worker_is_stepped_again_and_again_although_nobody_wakes_it() {
    let story = Story::on(Engine::Sqlite).await;
    for says in [None, Some(Timestamp::MAX), Some(Timestamp::MIN), Some(story.clock.now())] {
        let (worker, mut told) = telling(says);
        Workers::new(story.desk.clone()).with(worker).run_until(times(&mut told, 5)).await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_worker_is_woken_by_a_job() {
    let story = Story::on(Engine::Sqlite).await;
    let (worker, mut told) = telling(None);
    let (stop, stopped) = std::sync::mpsc::channel::<()>();
    let jobs_and_steps = async {
        times(&mut told, 1).await;
        // As long as this thread is busy no time passes, so that only waking leads to another step.
        let busy = tokio::task::spawn_blocking(move || stopped.recv());
        for number in 0..3 {
            let jobs = vec![job(number, "mail", story.clock.now())];
            story.store.write(Add { jobs, refuse: false }).await.unwrap();
            times(&mut told, 1).await;
        }
        drop(stop);
        busy.await.unwrap().unwrap_err();
    };
    Workers::new(story.desk.clone()).with(worker).run_until(jobs_and_steps).await;
}

#[tokio::test(start_paused = true)]
async fn a_step_that_panics_is_tried_later_and_the_other_workers_go_on() {
    let story = Story::on(Engine::Sqlite).await;
    let (other, mut told) = telling(None);
    let steps = Arc::new(AtomicU32::new(0));
    let done = Arc::new(Notify::new());
    let (counted, tell) = (Arc::clone(&steps), Arc::clone(&done));
    let panics = Steps(move || {
        let nth = counted.fetch_add(1, Ordering::SeqCst);
        let tell = Arc::clone(&tell);
        async move {
            assert!(nth >= 2, "on purpose");
            tell.notify_one();
            pending().await
        }
    });
    let workers = Workers::new(story.desk.clone()).with(panics).with(other);
    let both = async {
        done.notified().await;
        times(&mut told, 3).await;
    };
    // The last step never ends: it is not waited for here.
    tokio::select! {
        () = both => {}
        () = workers.run_until(pending()) => {}
    }
    assert_eq!(steps.load(Ordering::SeqCst), 3);
}

#[tokio::test(start_paused = true)]
async fn stopping_lets_a_step_in_progress_finish_and_begins_no_other() {
    let story = Story::on(Engine::Sqlite).await;
    let (begun, finish) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let finished = Arc::new(AtomicU32::new(0));
    let worker = {
        let (begun, finish, finished) = (Arc::clone(&begun), Arc::clone(&finish), Arc::clone(&finished));
        Steps(move || {
            let (begun, finish, finished) = (Arc::clone(&begun), Arc::clone(&finish), Arc::clone(&finished));
            async move {
                begun.notify_one();
                finish.notified().await;
                finished.fetch_add(1, Ordering::SeqCst);
                Some(Timestamp::MIN)
            }
        })
    };
    let stopping = Arc::new(AtomicBool::new(false));
    let stop = async {
        begun.notified().await;
        stopping.store(true, Ordering::SeqCst);
    };
    let mut running = Box::pin(Workers::new(story.desk.clone()).with(worker).run_until(stop));
    while !stopping.load(Ordering::SeqCst) {
        assert!(futures_util::poll!(&mut running).is_pending());
        tokio::task::yield_now().await;
    }
    assert!(futures_util::poll!(&mut running).is_pending());
    assert_eq!(finished.load(Ordering::SeqCst), 0);
    finish.notify_one();
    running.await;
    assert_eq!(finished.load(Ordering::SeqCst), 1);
}
