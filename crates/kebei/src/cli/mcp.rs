//! `kebei mcp`: the desk for people's assistants.

use clap::{Args, ValueHint};
use std::{net::SocketAddr, path::PathBuf};

#[derive(Debug, Args)]
pub(crate) struct Mcp {
    /// The desk that is asked: its https: address, or http: on this machine
    #[arg(long, value_name = "URL", value_hint = ValueHint::Url)]
    pub(crate) url: String,
    /// The file with the key that the desk is asked with, which nobody else may read [default: the variable `KEBEI_KEY`]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) key_file: Option<PathBuf>,
    /// Serve over HTTP on this loopback address, such as 127.0.0.1:8090, instead of standard input and output
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) http: Option<SocketAddr>,
    /// The file with the token that whoever asks over HTTP must present [default: a new one, which is printed]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, requires = "http")]
    pub(crate) token_file: Option<PathBuf>,
    /// Let tools change something; without it they only tell what would happen
    #[arg(long)]
    pub(crate) allow_writes: bool,
}

pub(crate) const EXAMPLES: &str = "\
Examples:
  KEBEI_KEY=… kebei mcp --url http://127.0.0.1:8080
  kebei mcp --url https://filing.example.com --key-file ~/.kebei-key --allow-writes
  kebei mcp --url https://filing.example.com --key-file ~/.kebei-key --http 127.0.0.1:8090

An assistant starts the first two by itself, and speaks with them over standard input
and output. What may be asked is what the key may. docs/mcp.md shows the tools.

Exit status: 0 the conversation ended, 2 the call was wrong or nothing could be served.";
