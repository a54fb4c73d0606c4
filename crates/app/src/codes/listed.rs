//! The list of the codes of an account, page by page; only those of one state where that is asked for.

use super::mine::{List, ListFault, MOST_LISTED, MyCode};
use crate::{Asker, Desk, failure::Failed, ground::Ground};
use filing::codes::Shown;
use jiff::Timestamp;
use std::sync::Arc;
use store::{CodeId, Tx, Unit};

/// How many are looked at for one page: a state that almost none has gives short pages with a next one instead of long waits.
const MOST_LOOKED_AT: usize = 2000;

/// Which codes are listed.
#[derive(Clone, Debug)]
pub struct ListCodes {
    /// Who asks.
    pub asker: Asker,
    /// Only those that are that today; `None` for all.
    pub shown: Option<Shown>,
    /// Only those after this one, as the page before said.
    pub after: Option<CodeId>,
    /// So many at most, and never more than [`MOST_LISTED`].
    pub most: u32,
}

/// A page of the list.
#[derive(Clone, Debug)]
pub struct CodePage {
    /// The codes, oldest first.
    pub codes: Vec<MyCode>,
    /// Behind which code the next page begins; `None` at the end. There may be a next page after one without codes.
    pub next: Option<CodeId>,
}

impl Desk {
    /// A page of the codes that an account owns or was granted.
    pub async fn list_codes(&self, list: ListCodes) -> Result<CodePage, ListFault> {
        let (list, now) = (Arc::new(list), self.now());
        self.read(|ground| Ok(Listing { ground, wanted: Arc::clone(&list), now })).await
    }
}

struct Listing {
    ground: Arc<Ground>,
    wanted: Arc<ListCodes>,
    now: Timestamp,
}

impl Unit for Listing {
    type Output = CodePage;
    type Error = Failed<ListFault>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<CodePage, Self::Error> {
        let ListCodes { asker, shown, after, most } = &*self.wanted;
        let most = (*most).clamp(1, MOST_LISTED);
        let (mut codes, mut after, mut looked_at) = (Vec::new(), *after, 0);
        loop {
            let (ground, asker) = (Arc::clone(&self.ground), asker.clone());
            // One more than a page has tells whether there is another.
            let list = List { ground, asker, after, most: most + 1, now: self.now };
            let piece = list.run(tx).await?;
            let is_last = piece.len() <= most as usize;
            for code in piece {
                if codes.len() == most as usize {
                    let next = codes.last().map(|last: &MyCode| last.id);
                    return Ok(CodePage { codes, next });
                }
                (after, looked_at) = (Some(code.id), looked_at + 1);
                codes.extend(Some(code).filter(|code| shown.is_none_or(|is| code.standing().shown() == is)));
            }
            if is_last || looked_at >= MOST_LOOKED_AT {
                return Ok(CodePage { codes, next: after.filter(|_| !is_last) });
            }
        }
    }
}
