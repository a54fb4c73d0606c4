//! Being told to stop: the first time in order, the second time at once.

use std::{io, process};
use tokio::{
    signal::unix::{Signal, SignalKind, signal},
    sync::watch,
};

/// As shells know a process that was interrupted twice.
const INTERRUPTED: i32 = 130;

/// Whether the process was told to stop.
#[derive(Debug)]
pub(crate) struct Stop(pub(super) watch::Receiver<bool>);

impl Stop {
    /// Listens from now on: it is told at the first SIGTERM or SIGINT. The second one ends the process, whatever it is doing: what was
    /// answered is durable, and the rest was never promised.
    pub(crate) fn listen() -> io::Result<Self> {
        first().map(Self)
    }

    /// Waits until it was told.
    pub(crate) async fn told(&mut self) {
        // Whoever would tell it lives as long as the process.
        let _ = self.0.wait_for(|told| *told).await;
    }
}

fn first() -> io::Result<watch::Receiver<bool>> {
    let (say, said) = watch::channel(false);
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    tokio::spawn(async move {
        either(&mut terminate, &mut interrupt).await;
        say.send_replace(true);
        either(&mut terminate, &mut interrupt).await;
        tracing::warn!(event = "serve.ended_at_once");
        process::exit(INTERRUPTED);
    });
    Ok(said)
}

async fn either(one: &mut Signal, other: &mut Signal) {
    tokio::select! {
        _ = one.recv() => {}
        _ = other.recv() => {}
    }
}
