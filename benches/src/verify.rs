//! Verifying an exported ledger, against nothing but the hashing of it.

use crate::{
    desks::Site,
    rounds::{ROUNDS, Rounds},
    statements::SAMPLE,
    table::{Line, Unit},
};
use anyhow::{Context, Result, bail, ensure};
use ledger::{EntryRef, ExportWriter, Frontier, Id, Signer, TreeHead, leaf_hash, verify_export};
use sha2::{Digest, Sha256};
use std::{
    fs::{self, File},
    io::{BufReader, BufWriter},
    path::Path,
    time::Instant,
};

/// Goal of the issue: how many times longer than hashing alone.
const OF_HASHING: f64 = 2.0;

/// As the command reads a file.
const BUFFER: usize = 64 << 10;

const SEED: [u8; 32] = [7; 32];
const NAME: &str = "kebei.example/ledger";

/// An export, and its entries as they are.
struct Ledger {
    entries: Vec<u8>,
    ends: Vec<usize>,
    head: TreeHead,
}

pub(crate) async fn run(folder: &Path, count: u32) -> Result<Line> {
    let site = Site::Sqlite(folder.join("entries.db"));
    site.found(crate::desks::CLIENTS).await?;
    let Site::Sqlite(file) = &site else { bail!("a file") };
    let first: Vec<u8> = rusqlite::Connection::open(file)?.query_row(SAMPLE, [], |row| row.get(1))?;
    let path = folder.join("ledger.export");
    let ledger = export(&path, &first, count)?;
    let bytes = ledger.entries.len() / ledger.ends.len();
    let signer = Signer::from_seed(NAME, &SEED)?;
    let (mut took, mut hashing) = (Rounds::default(), Rounds::default());
    for round in 0..=ROUNDS {
        let started = Instant::now();
        let mut seen = 0_u32;
        let reader = BufReader::with_capacity(BUFFER, File::open(&path)?);
        let verified = verify_export(reader, signer.verifying_key(), None, |_, _| seen += 1)?;
        let ours = started.elapsed().as_secs_f64();
        ensure!(seen == count && verified.closing.head == ledger.head, "the export is verified whole");
        let started = Instant::now();
        let root = hash(&ledger);
        let theirs = started.elapsed().as_secs_f64();
        ensure!(root == ledger.head.root.0, "the same leaves and nodes are hashed");
        // The first brings the file into memory.
        if round > 0 {
            took.0.push(ours);
            hashing.0.push(theirs);
        }
    }
    fs::remove_file(path)?;
    let what = format!("an export of {count} entries of {bytes} bytes verified");
    Ok(Line::faster(&what, &took, &hashing, Unit::Seconds, Some(1.0 / OF_HASHING))
        .run_as("sha2: the same leaves and nodes, in memory, hashed"))
}

/// Writes entries like the first one, with ids of their own.
fn export(path: &Path, first: &[u8], count: u32) -> Result<Ledger> {
    let first = EntryRef::decode(first)?.to_entry();
    let (mut entries, mut ends, mut tree) = (Vec::new(), Vec::new(), Frontier::new());
    let mut export = ExportWriter::whole(BufWriter::new(File::create(path)?))?;
    for nth in 0..count {
        let mut entry = first.clone();
        entry.at += i64::from(nth);
        for (_, id) in &mut entry.ids {
            if let Id::Bytes(_) = id {
                *id = Id::bytes(Sha256::digest(nth.to_be_bytes())[..16].to_vec());
            }
        }
        let bytes = entry.encode()?;
        tree.append(leaf_hash(&bytes), |_, _| ());
        export.entry(&bytes)?;
        entries.extend_from_slice(&bytes);
        ends.push(entries.len());
    }
    let signed = Signer::from_seed(NAME, &SEED)?.sign(tree.head(), &[])?;
    export.finish(&signed).context("the export is written")?;
    Ok(Ledger { entries, ends, head: tree.head() })
}

/// The root, from leaves and nodes hashed level by level.
fn hash(ledger: &Ledger) -> [u8; 32] {
    let mut at = 0;
    let leaf = |end: &usize| {
        let entry = &ledger.entries[at..*end];
        at = *end;
        Sha256::new().chain_update([0]).chain_update(entry).finalize().into()
    };
    let mut level: Vec<[u8; 32]> = ledger.ends.iter().map(leaf).collect();
    while level.len() > 1 {
        let node = |pair: &[[u8; 32]]| match pair {
            [left, right] => {
                Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
            }
            rest => rest[0],
        };
        level = level.chunks(2).map(node).collect();
    }
    level[0]
}
