//! `kebei`: the command line, the only binary.

mod chance;
mod cli;
mod cli_error;
mod clock;
mod commands;
mod demo;
mod desk;
mod files;
mod help_zh;
mod lang;
mod output;
mod outside;
mod panel;
mod private_file;
mod progress;
mod serving;
mod settings;
mod terminal;
mod time;
mod words;

use clap::FromArgMatches;
use cli::{Cli, Commands};
use commands::Call;
use std::{
    env,
    ffi::OsString,
    io::{self, Write},
    process::ExitCode,
};
use terminal::tell;
use words::Say;

/// The call itself was wrong, or nothing could be done.
const FAILED: u8 = 2;

fn main() -> ExitCode {
    let arguments: Vec<OsString> = env::args_os().collect();
    let lang = lang::of_call(&arguments).unwrap_or_else(|| lang::of_environment(|name| env::var_os(name)));
    let parsed = cli::command(lang)
        .try_get_matches_from(arguments)
        .and_then(|matches| Cli::from_arg_matches(&matches));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) => {
            if error.use_stderr() {
                tell(cli_error::message(&error, lang).trim_end());
                return ExitCode::from(FAILED);
            }
            // Help or version, asked for; a reader that went away has seen enough.
            let _ = error.print();
            return ExitCode::SUCCESS;
        }
    };
    let call = Call { lang, now: clock::now() };
    let done = run(&cli.command, call).and_then(|code| Ok(io::stdout().flush().map(|()| code)?));
    done.unwrap_or_else(|error| failed(&error, call))
}

fn run(command: &Commands, call: Call) -> anyhow::Result<ExitCode> {
    match command {
        Commands::Check(check) => commands::check::run(check, call),
        Commands::CheckFiling(check) => commands::check_filing::run(check, call),
        Commands::Rulebook(command) => commands::rulebook::run(command, call),
        Commands::Where(to_file) => commands::where_to_file::run(to_file, call),
        Commands::Init(init) => commands::init::run(init, call),
        Commands::Import(command) => commands::import::run(command, call),
        Commands::Serve(serve) => commands::serve::run(serve, call),
        Commands::Mcp(mcp) => commands::mcp::run(mcp, call),
        Commands::Gate(command) => commands::gate::run(command, call),
        Commands::Demo(demo) => commands::demo::run(demo, call),
        Commands::Keys(command) => commands::keys::run(command, call),
        Commands::User(command) => commands::user::run(command, call),
        Commands::Ledger(command) => commands::ledger::run(command, call),
        Commands::Retention(command) => commands::retention::run(command, call),
        Commands::Backup(backup) => commands::backup::run(backup, call),
        Commands::Restore(restore) => commands::restore::run(restore, call),
        Commands::Doctor(doctor) => commands::doctor::run(doctor, call),
        Commands::Completions(of) => {
            commands::completions::completions(of.shell, call.lang)?;
            Ok(ExitCode::SUCCESS)
        }
        Commands::Man => {
            commands::completions::man(call.lang)?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Tells why nothing more can be done. A reader that went away is no failure and is not mentioned.
fn failed(error: &anyhow::Error, call: Call) -> ExitCode {
    match error.downcast_ref::<io::Error>() {
        Some(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Some(error) => {
            tell(&Say::CannotWrite { error }.to_text(call.lang));
            ExitCode::from(FAILED)
        }
        None => {
            let failed = Say::Failed { why: &error.to_string() };
            tell(&failed.to_text(call.lang));
            ExitCode::from(FAILED)
        }
    }
}
