//! `kebei gate fetch`: brings a copy up to date: by what changed where that leads on, else by a new snapshot.

use super::{
    Call, Copy, copy,
    copy::{CopyFault, Known, MOST_DELTAS},
};
use crate::{
    cli::gate::Fetch,
    private_file::{self, NoSecret},
    serving::Stop,
    words::{Told, gate::GateSay},
};
use anyhow::Result;
use outbound::{Address, BadAddress, BadSetup, Failure, Limits, Outbound, Reach, Setup};
use std::{env, process::ExitCode, time::Duration};
use zeroize::Zeroizing;

/// Where the key is when it is in no file.
const VARIABLE: &str = "KEBEI_KEY";
/// Networks of this machine, where nothing needs encryption.
const LOOPBACK: [&str; 2] = ["127.0.0.0/8", "::1/128"];
/// Bytes of a snapshot at most: those of a hundred million domains.
const MOST_BYTES: usize = 4 << 30;
/// How long a connection is waited for, and a snapshot.
const WAITS: (Duration, Duration) = (Duration::from_secs(5), Duration::from_mins(10));

/// Why a copy was not brought up to date.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotFetched {
    /// The desk was not reached.
    #[error(transparent)]
    Failure(#[from] Failure),
    /// It answered something else.
    #[error("the desk answered {0}")]
    Status(u16),
    /// What it sent is not its, or cannot be kept.
    #[error("{0}")]
    Copy(String),
}

impl From<CopyFault> for NotFetched {
    fn from(fault: CopyFault) -> Self {
        Self::Copy(fault.to_string())
    }
}

/// Why nobody can be asked.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NoClient {
    /// The address is none.
    #[error(transparent)]
    Address(#[from] BadAddress),
    /// The client cannot be made.
    #[error(transparent)]
    Setup(#[from] BadSetup),
}

pub(super) fn run(command: &Fetch, call: Call) -> Result<ExitCode> {
    let told = |say: &GateSay<'_>| Told(say.to_text(call.lang));
    let copy = copy(&command.copy, call)?;
    let key = key(command, call)?;
    let desk = Desk::new(&command.url, &key).map_err(|fault| told(&GateSay::NoClient(&fault)))?;
    let known = match copy.read() {
        Ok(known) => known,
        // What lies there is of no use, and another takes its place.
        Err(fault @ CopyFault::Read(_)) => {
            crate::tell(&GateSay::Unreadable(&fault).to_text(call.lang));
            None
        }
        Err(fault) => return Err(told(&GateSay::Unreadable(&fault)).into()),
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut stop = Stop::listen()?;
        let mut known = known;
        // What was told last: while it goes on as it does, nothing is told again.
        let mut told_last = None;
        loop {
            match desk.fetched(&copy, known.as_ref()).await {
                Ok(next) => {
                    let (at, domains) = (next.index.as_of(), next.index.based() + next.index.overlaid());
                    if told_last.as_deref() != Some("") {
                        crate::tell(&GateSay::Fetched { at, domains }.to_text(call.lang));
                    }
                    told_last = Some(String::new());
                    known = Some(next);
                }
                Err(fault) if command.every.is_none() => {
                    return Err(
                        told(&GateSay::NotFetched { fault: &fault, has_copy: known.is_some() }).into()
                    );
                }
                Err(fault) => {
                    // The copy goes on as it is; what it says of its age is what counts.
                    let say =
                        GateSay::NotFetched { fault: &fault, has_copy: known.is_some() }.to_text(call.lang);
                    if told_last.as_ref() != Some(&say) {
                        crate::tell(&say);
                    }
                    told_last = Some(say);
                }
            }
            let Some(seconds) = command.every else { return Ok(ExitCode::SUCCESS) };
            tokio::select! {
                () = tokio::time::sleep(Duration::from_secs(seconds)) => {}
                () = stop.told() => return Ok(ExitCode::SUCCESS),
            }
        }
    })
}

fn key(command: &Fetch, call: Call) -> Result<Zeroizing<String>, Told> {
    let told = |say: &GateSay<'_>| Told(say.to_text(call.lang));
    match &command.key_file {
        Some(file) => private_file::read(file)
            .map_err(|fault: NoSecret| told(&GateSay::NoSecret { file, fault: &fault })),
        None => env::var(VARIABLE).map(Zeroizing::new).map_err(|_| told(&GateSay::NoKey)),
    }
}

struct Desk {
    client: Outbound,
    base: Address,
    authorization: Zeroizing<String>,
}

impl Desk {
    fn new(url: &str, key: &str) -> Result<Self, NoClient> {
        let plain = url.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("http:"));
        let reach = if plain {
            Reach::Listed(LOOPBACK.iter().filter_map(|network| network.parse().ok()).collect())
        } else {
            Reach::Named
        };
        let limits = Limits { connect: WAITS.0, whole: WAITS.1, bytes: MOST_BYTES };
        let client = Outbound::new(Setup { limits, ..Setup::new(reach) })?;
        let base = client.address(url)?;
        Ok(Self { client, base, authorization: Zeroizing::new(format!("Bearer {}", key.trim())) })
    }

    /// The copy, brought up to date.
    async fn fetched(&self, copy: &Copy, known: Option<&Known>) -> Result<Known, NotFetched> {
        if let Some(known) = known.filter(|known| known.deltas < MOST_DELTAS) {
            let from = known.position().to_string();
            match self.asked("changes", &[("from", &from)]).await {
                Ok(bytes) => match copy.add(known, &bytes) {
                    Ok(Some(next)) => return Ok(next),
                    // It leads on from elsewhere, or cannot be read: a snapshot is another way.
                    Ok(None) | Err(CopyFault::Read(_)) => {}
                    Err(fault) => return Err(fault.into()),
                },
                // It does not lead on from there: the desk says that a snapshot is needed.
                Err(NotFetched::Status(409)) => {}
                Err(fault) => return Err(fault),
            }
        }
        let bytes = self.asked("snapshot", &[]).await?;
        Ok(Known::fresh(copy.replace(&bytes, known)?))
    }

    async fn asked(&self, what: &str, query: &[(&str, &str)]) -> Result<Vec<u8>, NotFetched> {
        let at = self.base.below(&["gate", "v1", what], query).ok_or(Failure::Forbidden)?;
        let headers = vec![("authorization", self.authorization.to_string())];
        let answer = self.client.get(&at, headers).await?;
        if answer.status == 200 { Ok(answer.body) } else { Err(NotFetched::Status(answer.status)) }
    }
}
