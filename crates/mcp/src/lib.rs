//! The desk for people's assistants: a server of the Model Context Protocol that asks a running desk over its API, as any other caller
//! does, with one key.
//!
//! It opens no database and decides nothing. What may be asked is what the key may, which the desk holds against every request; what
//! changes is in the desk's ledger and who looked at what in its access log, because the desk itself writes both. Here are the tools,
//! their words in two languages, and the care that nothing out of records is taken for an instruction.

mod argument;
mod call;
mod client;
mod explain;
mod fenced;
mod given;
mod http;
mod secret;
mod server;
mod stdio;
mod tool;
mod words;

pub use client::NoClient;
pub use http::{NotLoopback, PATH, listen, serve_http};
pub use secret::{BadSecret, Key, SHORTEST_TOKEN, Token};
pub use server::{Server, Settings};
pub use stdio::{NoConversation, serve_stdio, serve_streams};
pub use tool::Tool;
