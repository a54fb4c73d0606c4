//! `kebei mcp`: a server for people's assistants, which asks a running desk with one key.

use super::Call;
use crate::{
    chance,
    cli::mcp::Mcp,
    private_file::{self, NoSecret},
    serving::Stop,
    words::{
        Told,
        mcp::{McpSay, Secret},
    },
};
use anyhow::Result;
use mcp::{Key, PATH, Server, Settings, Token};
use std::{
    env,
    fmt::Write as _,
    io::{self, Write},
    net::SocketAddr,
    path::Path,
    process::ExitCode,
};
use zeroize::Zeroizing;

/// Where the key is when it is in no file. It is never an argument: those are seen by everybody on the machine.
const VARIABLE: &str = "KEBEI_KEY";

pub(crate) fn run(command: &Mcp, call: Call) -> Result<ExitCode> {
    let told = |say: &McpSay<'_>| Told(say.to_text(call.lang));
    let key = key(command.key_file.as_deref(), call)?;
    let settings = Settings { url: &command.url, key, lang: call.lang, may_write: command.allow_writes };
    let server = Server::new(settings).map_err(|fault| told(&McpSay::NoClient(&fault)))?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let done = runtime.block_on(async {
        match command.http {
            None => {
                mcp::serve_stdio(server).await.map_err(|fault| told(&McpSay::NoConversation(&fault)).into())
            }
            Some(address) => over_http(server, address, command.token_file.as_deref(), call).await,
        }
    });
    // A thread may still wait for more of standard input, which nobody would read.
    runtime.shutdown_background();
    done.map(|()| ExitCode::SUCCESS)
}

/// Serves until it is told to stop. The token is printed where it was made here, and nowhere else.
async fn over_http(server: Server, address: SocketAddr, file: Option<&Path>, call: Call) -> Result<()> {
    let told = |say: &McpSay<'_>| Told(say.to_text(call.lang));
    let token = match file {
        Some(file) => secret(Secret::Token, file, call)?,
        None => made()?,
    };
    let shown = file.is_none().then(|| token.as_str().trim());
    let checked = Token::parse(&token);
    let checked =
        checked.map_err(|fault| told(&McpSay::BadSecret { what: Secret::Token, file, fault: &fault }))?;
    let listener = mcp::listen(address).await.map_err(|fault| told(&McpSay::NotLoopback(&fault)))?;
    let url = format!("http://{}{PATH}", listener.local_addr()?);
    let mut stop = Stop::listen()?;
    let ready = McpSay::Ready { url: &url, token: shown }.to_text(call.lang);
    let mut out = io::stdout().lock();
    writeln!(out, "{ready}")?;
    out.flush()?;
    drop(out);
    Ok(mcp::serve_http(server, listener, checked, async move { stop.told().await }).await?)
}

/// The key, from its file or its variable.
fn key(file: Option<&Path>, call: Call) -> Result<Key, Told> {
    let told = |say: &McpSay<'_>| Told(say.to_text(call.lang));
    let text = match file {
        Some(file) => secret(Secret::Key, file, call)?,
        None => match env::var(VARIABLE) {
            Ok(text) => Zeroizing::new(text),
            Err(env::VarError::NotPresent) => return Err(told(&McpSay::NoKey)),
            Err(env::VarError::NotUnicode(_)) => Zeroizing::new(String::new()),
        },
    };
    Key::parse(&text).map_err(|fault| told(&McpSay::BadSecret { what: Secret::Key, file, fault: &fault }))
}

fn secret(what: Secret, file: &Path, call: Call) -> Result<Zeroizing<String>, Told> {
    private_file::read(file)
        .map_err(|fault: NoSecret| Told(McpSay::NoSecret { what, file, fault: &fault }.to_text(call.lang)))
}

/// A token that nobody can guess.
fn made() -> Result<Zeroizing<String>> {
    let seed = chance::seed()?;
    let mut token = Zeroizing::new(String::with_capacity(seed.len() * 2));
    for byte in seed.iter() {
        // Writing into a string cannot fail.
        let _ = write!(token, "{byte:02x}");
    }
    Ok(token)
}
