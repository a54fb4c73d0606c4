//! Instances that a complete list does not name: they are gone by it.

use super::{ImportError, advance, counts_of, counts_text};
use crate::{Desk, clock::following, failure::Failed};
use jiff::Timestamp;
use store::{
    Tx, Unit,
    import_rows::{self, ImportRow, NewRow},
    operations::Operation,
};

/// Instances that are looked at in one transaction.
const PAGE: i64 = 1000;

/// Writes down which instances of the desk the import does not name.
pub(super) async fn find(desk: &Desk, mut operation: Operation) -> Result<Operation, ImportError> {
    let mut after = Some(String::new());
    while let Some(name) = after {
        let now = desk.now();
        let unit = || Page { before: operation.clone(), after: name.clone(), now };
        (operation, after) = desk.write(|_| Ok(unit())).await?;
    }
    Ok(operation)
}

struct Page {
    before: Operation,
    after: String,
    now: Timestamp,
}

impl Unit for Page {
    type Output = (Operation, Option<String>);
    type Error = Failed<ImportError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, Self::Error> {
        let Self { before, after, now } = self;
        let held = import_rows::held_against(tx, before.id, after, PAGE).await?;
        let next = held.last().map(|last| last.name.clone());
        let mut counts = counts_of(before)?;
        let mut cursor = before.cursor;
        let mut rows = Vec::new();
        for instance in held.into_iter().filter(|instance| !instance.gone) {
            counts.present += 1;
            if !instance.named {
                counts.gone += 1;
                cursor += 1;
                rows.push(NewRow::new(before.id, gone(cursor, instance.name)));
            }
        }
        let after = Operation {
            cursor,
            counts: counts_text(&counts)?,
            changed_at: following(*now, [before.changed_at])?.as_microsecond(),
            ..before.clone()
        };
        advance(tx, before, &after).await?;
        let adding: Vec<_> = rows.iter().map(NewRow::adding).collect();
        tx.together(&adding).await?;
        Ok((after, next))
    }
}

fn gone(number: i64, name: String) -> ImportRow {
    ImportRow {
        number,
        source: String::new(),
        line: 0,
        name: Some(name),
        facts: None,
        outcome: "gone".to_owned(),
        noted: false,
        note: None,
    }
}
