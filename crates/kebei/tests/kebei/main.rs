//! The program as its user calls it: stories about the real binary.
#![cfg(test)]

mod check;
mod check_filing;
mod credentials;
mod deadlines;
mod demo;
mod desk;
mod filing_guide;
mod filings;
mod fixture;
mod gate;
mod given;
mod help;
mod import;
mod ledger;
mod listed;
mod mcp;
mod readme;
mod rulebook;
mod served;
mod serving;
mod users;
mod where_to_file;

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

/// The call `kebei ARGUMENTS…` in the folder of the project, with nothing of the environment that could change it.
fn kebei(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kebei"));
    command.args(arguments).current_dir(project());
    for name in ["KEBEI_LANG", "LC_ALL", "LC_MESSAGES", "LANG"] {
        command.env_remove(name);
    }
    command
}

fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// What a call printed, and its exit status.
#[derive(Debug)]
struct Said {
    out: String,
    err: String,
    status: i32,
}

fn said(output: Output) -> Said {
    Said {
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
        status: output.status.code().unwrap(),
    }
}

fn run(arguments: &[&str]) -> Said {
    said(kebei(arguments).output().unwrap())
}

/// The same with `input` on standard input.
fn run_with(arguments: &[&str], input: &[u8]) -> Said {
    let mut command = kebei(arguments);
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let writer = std::thread::spawn(move || {
        // The program may refuse its input early.
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    said(output)
}
