//! Reads an inventory ahead on a thread of its own, while the records read before are decided and written.

use inventory::{BadRecord, Inventory};
use rulebook::Facts;
use std::{
    sync::mpsc::{Receiver, SyncSender, sync_channel},
    thread,
};

/// Records handed over at a time: enough to make the hand-over cheap, little enough to stay in the cache.
const BATCH: usize = 512;
/// Batches read ahead; with those being filled and decided no more than this and two exist.
const AHEAD: usize = 2;

/// Records in the order of their file. The memory of records that were decided is used again.
#[derive(Default)]
struct Batch {
    facts: Vec<Facts>,
    /// How many of `facts` were filled this time.
    filled: usize,
    /// Bad records, each with the number of good ones before it.
    bad: Vec<(usize, BadRecord)>,
}

/// Gives every record of `inventory`, in order, to `each` on this thread. The first error ends it.
pub(super) fn read_ahead<E>(
    inventory: &mut Inventory<'_>,
    mut each: impl FnMut(Result<&Facts, &BadRecord>) -> Result<(), E>,
) -> Result<(), E> {
    thread::scope(|scope| {
        let (full, batches) = sync_channel(AHEAD);
        let (spare, empty) = sync_channel(AHEAD + 2);
        scope.spawn(move || fill(inventory, &full, &empty));
        for batch in batches {
            hand_over(&batch, &mut each)?;
            // The reader may have come to the end and be gone.
            let _ = spare.try_send(batch);
        }
        Ok(())
    })
}

/// Fills batches until the inventory or the interest in it ends.
fn fill(inventory: &mut Inventory<'_>, full: &SyncSender<Batch>, empty: &Receiver<Batch>) {
    loop {
        let mut batch = empty.try_recv().unwrap_or_default();
        let ended = batch.fill(inventory);
        if full.send(batch).is_err() || ended {
            return;
        }
    }
}

impl Batch {
    /// Whether the inventory has ended.
    fn fill(&mut self, inventory: &mut Inventory<'_>) -> bool {
        self.filled = 0;
        self.bad.clear();
        while self.filled + self.bad.len() < BATCH {
            if self.facts.len() == self.filled {
                self.facts.push(Facts::default());
            }
            let Some(facts) = self.facts.get_mut(self.filled) else { return true };
            match inventory.next(facts) {
                Some(Ok(_)) => self.filled += 1,
                Some(Err(bad)) => self.bad.push((self.filled, bad)),
                None => return true,
            }
        }
        false
    }
}

fn hand_over<E>(
    batch: &Batch,
    each: &mut impl FnMut(Result<&Facts, &BadRecord>) -> Result<(), E>,
) -> Result<(), E> {
    let mut bad = batch.bad.iter().peekable();
    for (at, facts) in batch.facts.iter().take(batch.filled).enumerate() {
        while let Some((_, record)) = bad.next_if(|(before, _)| *before <= at) {
            each(Err(record))?;
        }
        each(Ok(facts))?;
    }
    bad.try_for_each(|(_, record)| each(Err(record)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use inventory::Options;
    use rulebook::Rulebook;
    use std::fmt::Write;

    /// `n` lines, of which every seventh is bad, read ahead: the ids in order, `!` for a bad record.
    fn ids(n: usize, stop_after: usize) -> Vec<String> {
        let mut lines = String::new();
        for at in 0..n {
            let id = if at % 7 == 3 { "\"\"".to_owned() } else { format!("\"i-{at}\"") };
            writeln!(lines, "{{\"id\":{id},\"product\":\"ecs\"}}").unwrap();
        }
        let rulebook = Rulebook::aliyun().unwrap();
        let mut inventory = Inventory::open(lines.as_bytes(), &rulebook, Options::default()).unwrap();
        let mut ids = Vec::new();
        let _ = read_ahead(&mut inventory, |record| {
            ids.push(record.map_or_else(|_| "!".to_owned(), |facts| facts.id.clone()));
            if ids.len() == stop_after { Err(()) } else { Ok(()) }
        });
        ids
    }

    #[test]
    fn good_and_bad_records_come_in_the_order_of_the_file() {
        for n in [1, 4, BATCH - 1, BATCH, BATCH + 1, 5 * BATCH + 3] {
            let expected: Vec<String> =
                (0..n).map(|at| if at % 7 == 3 { "!".to_owned() } else { format!("i-{at}") }).collect();
            assert_eq!(ids(n, usize::MAX), expected);
        }
    }

    #[test]
    fn an_error_ends_the_reading_too() {
        assert_eq!(ids(50 * BATCH, BATCH + 5).len(), BATCH + 5);
    }
}
