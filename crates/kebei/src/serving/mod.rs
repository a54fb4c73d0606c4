//! Serving a desk: listeners, workers, and an orderly end.

pub(crate) mod bound;
pub(crate) mod logs;
mod metrics;
mod signals;

pub(crate) use bound::Bound;
pub(crate) use signals::Stop;

use crate::{outside::World, settings::Settings};
use anyhow::Result;
use app::{
    Desk, Workers,
    access::{LastUses, Nonces},
    gate::Follower,
    instances::Importer,
    jobs::Queue,
    ledger::{Keeper, Sequencer},
    orders::{Deadlines, Reminders},
    registry::Notices,
    retention::Retention,
    watch::{Warnings, Watch},
    why_not::MentionIndex,
};
use std::{env, future::Future, os::unix::process::CommandExt, process::Command, sync::Arc, time::Duration};
use store::Store;
use tokio::sync::watch;
use web::{Bounds, Site};

/// How long workers may finish the steps that they are in, and the store what it was asked for.
const LAST_STEPS: Duration = Duration::from_secs(10);
/// How long what still runs on threads of its own is waited for at the very end.
const LAST_THREADS: Duration = Duration::from_secs(2);

/// The variable by which glibc is told to give large pieces of memory back as soon as they are free.
const GIVE_BACK: &str = "MALLOC_MMAP_THRESHOLD_";
/// From how many bytes on: less than what a password is hashed in, and more than anything else.
const LARGE: &str = "4194304";

/// Begins the program anew, as the same process, with an allocator that gives back what a password was hashed in. Otherwise
/// glibc keeps these 19 MiB for each thread that ever hashed one: 200 MiB after seven users. Where that cannot be done, the
/// desk is served with more memory.
pub(crate) fn with_little_memory() {
    if env::var_os(GIVE_BACK).is_some() {
        return;
    }
    let mut arguments = env::args_os();
    if let (Ok(program), Some(name)) = (env::current_exe(), arguments.next()) {
        let _ = Command::new(program).arg0(name).args(arguments).env(GIVE_BACK, LARGE).exec();
    }
}

/// Runs what serves to its end, on a runtime with a thread for each core.
pub(crate) fn run<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let done = runtime.block_on(work);
    runtime.shutdown_timeout(LAST_THREADS);
    done
}

/// Serves `desk` on what was bound until `stop` is told; then finishes what runs, and closes the store. Whoever says before that it is
/// served listens for [`Stop`] first: it may be stopped as soon as it is read.
pub(crate) async fn serve(
    desk: Desk,
    store: Store,
    settings: &Settings,
    bound: Bound,
    stop: Stop,
) -> Result<()> {
    let bounds = Bounds {
        connections: settings.most_connections,
        per_address: settings.most_connections_per_address,
        trusted_proxies: settings.trusted_proxies.clone(),
        patience: Bounds::PATIENCE,
        drain: settings.drain,
    };
    let served_as = web::Settings {
        public_url: settings.public_url.clone(),
        trusted_proxies: settings.trusted_proxies.clone(),
        requests_per_minute: settings.requests_per_minute,
        contact: settings.contact.as_deref().map(Arc::from),
        check_place: settings.check_place.as_deref().map(Arc::from),
    };
    let Bound { main, metrics, rpc } = bound;
    let address = main.local_addr()?;
    tracing::info!(event = "serve.listening", %address, version = env!("CARGO_PKG_VERSION"));
    let desk = desk
        .watching_by(settings.watch)
        .asking_second_factor_by(settings.second_factor)
        .with_gate(Some(settings.data.clone()), settings.gate);
    let (drained, is_drained) = watch::channel(false);
    let (stopped, is_stopped) = watch::channel(false);
    let workers = tokio::spawn(work(desk.clone(), World::of(settings), until(is_drained.clone())));
    let metrics = match metrics {
        None => None,
        Some(listener) => {
            let page = metrics::service(desk.clone())?;
            Some(tokio::spawn(web::serve(listener, page, bounds.clone(), until(is_drained))))
        }
    };
    let site = Site::new(desk, served_as);
    let rpc = rpc.map(|listener| {
        let service = web::rpc_service(site.clone());
        tokio::spawn(web::serve(listener, service, bounds.clone(), until(is_stopped.clone())))
    });
    let service = web::service(site);
    let stopping = async {
        until(stop.0).await;
        stopped.send_replace(true);
        tracing::info!(event = "serve.stopping");
    };
    if !web::serve(main, service, bounds, stopping).await {
        tracing::warn!(event = "serve.cut", seconds = settings.drain.as_secs());
    }
    if let Some(rpc) = rpc {
        let _cut = rpc.await;
    }
    drained.send_replace(true);
    if tokio::time::timeout(LAST_STEPS, workers).await.is_err() {
        tracing::warn!(event = "serve.workers_cut", seconds = LAST_STEPS.as_secs());
    }
    if let Some(metrics) = metrics {
        metrics.abort();
    }
    if tokio::time::timeout(LAST_STEPS, store.close()).await.is_err() {
        tracing::warn!(event = "serve.store_cut", seconds = LAST_STEPS.as_secs());
    }
    tracing::info!(event = "serve.stopped");
    Ok(())
}

/// Everything that the desk does by itself. Handlers of jobs are named here.
async fn work(desk: Desk, world: World, stop: impl Future<Output = ()>) {
    let workers = Workers::new(desk.clone())
        .with(Sequencer::new(desk.clone()))
        .with(Keeper::new(desk.clone()))
        .with(Queue::new(desk.clone()).with(Reminders).with(Notices).with(Warnings))
        .with(Deadlines::new(desk.clone()))
        .with(Importer::new(desk.clone()))
        .with(MentionIndex::new(desk.clone()))
        .with(LastUses::new(desk.clone()))
        .with(Nonces::new(desk.clone()))
        .with(Follower::new(desk.clone()))
        .with(Retention::new(desk.clone()))
        .with(Watch::new(desk, Arc::new(world)));
    workers.run_until(stop).await;
}

/// Waits until it is said, or nobody is left to say it.
async fn until(mut said: watch::Receiver<bool>) {
    let _ = said.wait_for(|said| *said).await;
}
