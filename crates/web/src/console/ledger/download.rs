//! What auditors take away: the proof of an entry as the API gives it, and the ledger as a file that is verified without the desk.

use super::{list::shown, one::unknown, words};
use crate::{
    api::InclusionProof,
    caller::{May, ReadLedger},
    console::{Frame, field::Faults},
    problem::{Kind, OrTold, Problem},
    site::Site,
    words::Say,
};
use app::ledger::ExportLedgerError;
use axum::{
    Json,
    body::{Body, Bytes},
    extract::{Path, Query, State},
    http::{
        HeaderValue, StatusCode,
        header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
};
use futures_util::stream;
use serde::Deserialize;
use std::io::{self, BufWriter, Write};
use tokio::sync::mpsc::{self, Sender};

/// Bytes sent together.
const PIECE: usize = 64 << 10;
/// Pieces that are made before somebody takes them.
const AHEAD: usize = 2;

/// The proof of an entry.
pub(super) async fn proof(
    State(site): State<Site>,
    _allowed: May<ReadLedger>,
    frame: Frame,
    Path(entry): Path<String>,
) -> Result<Response, Problem> {
    let id = entry.parse().map_err(|_| unknown(frame.lang))?;
    let proven = site.desk.prove_inclusion(id).await.or_told(frame.lang)?;
    let name = format!("ledger-entry-{}.json", proven.place);
    Ok((as_file(&name), Json(InclusionProof::from(&proven))).into_response())
}

/// After which checkpoint an export begins.
#[derive(Debug, Deserialize)]
pub(super) struct Since {
    since: Option<String>,
}

/// The ledger as a file, sent as it is read. It ends with its checkpoint, so that one that broke off is seen to have.
pub(super) async fn export(
    State(site): State<Site>,
    _allowed: May<ReadLedger>,
    frame: Frame,
    Query(Since { since }): Query<Since>,
) -> Result<Response, Problem> {
    let lang = frame.lang;
    let typed = since.as_deref().unwrap_or_default().trim();
    let wrong = || Faults::one("since", words::no_checkpoint_of(typed, lang));
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    let Some(since) = (if typed.is_empty() { Some(None) } else { typed.parse().ok().map(Some) }) else {
        return shown(&site, &frame, status, None, &wrong(), ["", typed]).await;
    };
    let newest = site.desk.checkpoint().await.or_told(lang)?;
    let none = || Problem::new(Kind::NotFound, lang).saying(Say::NoCheckpoint.to_text(lang));
    let entries = newest.ok_or_else(none)?.checkpoint().head.size;
    let (pieces, mut taken) = mpsc::channel(AHEAD);
    let desk = site.desk.clone();
    let writing = tokio::spawn(async move {
        let out = BufWriter::with_capacity(PIECE, Pieces(pieces.clone()));
        let done = desk.export_ledger(out, since).await;
        if let Err(error) = &done {
            // Whoever waits for more sees that it broke off.
            let _gone = pieces.send(Err(io::Error::other(error.to_string()))).await;
        }
        done
    });
    // What is wrong from the beginning is told before anything is sent.
    match taken.recv().await {
        Some(Ok(first)) => {
            let rest = stream::unfold(taken, |mut taken| async { Some((taken.recv().await?, taken)) });
            let whole = stream::StreamExt::chain(stream::iter([Ok(first)]), rest);
            let name = match since {
                Some(since) => format!("ledger-{since}-{entries}.kebei"),
                None => format!("ledger-{entries}.kebei"),
            };
            let kind = (CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
            Ok((as_file(&name), [kind], Body::from_stream(whole)).into_response())
        }
        _ => match writing.await {
            Ok(Err(ExportLedgerError::NoCheckpoint(_))) => {
                shown(&site, &frame, status, None, &wrong(), ["", typed]).await
            }
            Ok(Err(ExportLedgerError::Empty)) => Err(none()),
            Ok(Err(ExportLedgerError::Desk(error))) => Err(error).or_told(lang),
            _ => Err(Problem::new(Kind::Fault, lang)),
        },
    }
}

/// As a file of that name, which is ASCII.
fn as_file(name: &str) -> [(axum::http::HeaderName, HeaderValue); 1] {
    let value = format!("attachment; filename=\"{name}\"");
    let value = HeaderValue::try_from(value).unwrap_or(HeaderValue::from_static("attachment"));
    [(CONTENT_DISPOSITION, value)]
}

/// Gives on what is written to whoever takes it, and waits for him.
struct Pieces(Sender<io::Result<Bytes>>);

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let piece = Ok(Bytes::copy_from_slice(bytes));
        self.0.blocking_send(piece).map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
