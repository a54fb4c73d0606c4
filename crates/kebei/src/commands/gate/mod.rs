//! `kebei gate`: a copy of what may be served, for edges that must go on when the desk is away.

mod check;
mod copy;
pub(crate) mod fetch;

use super::Call;
use crate::cli::gate::{CopyOptions, GateCommands};
use crate::words::{Told, gate::GateSay};
use ::gate::Limits;
use anyhow::Result;
use copy::Copy;
use ledger::VerifyingKey;
use std::process::ExitCode;

pub(crate) fn run(command: &GateCommands, call: Call) -> Result<ExitCode> {
    match command {
        GateCommands::Fetch(fetch) => fetch::run(fetch, call),
        GateCommands::Check(check) => check::run(check, call),
    }
}

/// The copy that the options name.
fn copy(options: &CopyOptions, call: Call) -> Result<Copy, Told> {
    let key: Result<VerifyingKey, _> = options.key.parse();
    let key = key.map_err(|fault| Told(GateSay::BadKey(&fault).to_text(call.lang)))?;
    Ok(Copy { file: options.file.clone(), key, limits: Limits::default() })
}
