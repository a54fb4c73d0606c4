//! The besieged process: it reads its life from the standard input and lives it.

use rustix::process::{Signal, set_parent_process_death_signal};
use siege::{Life, clients};
use std::process::ExitCode;

#[tokio::main(worker_threads = 2)]
async fn main() -> ExitCode {
    // Whatever becomes of the test, or of the tracer between, this process does not stay behind.
    if let Err(error) = set_parent_process_death_signal(Some(Signal::KILL)) {
        return failed(&error);
    }
    let print = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        print(panic);
        std::process::exit(101); // one client that cannot go on ends them all
    }));
    let life: Life = match serde_json::from_reader(std::io::stdin()) {
        Ok(life) => life,
        Err(error) => return failed(&error),
    };
    match clients::live(life).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&error),
    }
}

fn failed(error: &dyn std::error::Error) -> ExitCode {
    eprintln!("besieged: {error}");
    ExitCode::FAILURE
}
