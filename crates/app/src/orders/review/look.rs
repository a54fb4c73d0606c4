//! An order as reviewers and operators look at it: as it was submitted, with what changed since it was given back, what is said of it
//! and what the checks find today. Personal data is masked.

use super::{
    behind::{self, BehindWebsite},
    remark::of_round,
};
use crate::{
    Desk,
    failure::{Failed, Failure},
    ground::Ground,
    orders::{
        Order, OrderFault,
        bureau::REASON,
        filled, held,
        knowing::Knowing,
        moment,
        read::{of_row, stages},
        submit::opened,
    },
    personal::Vault,
};
use filing::{
    checks::Fault,
    orders::{Change, Form, Remark, State, difference},
};
use jiff::Timestamp;
use std::sync::Arc;
use store::{OrderId, Tx, Unit, order_remarks, orders::Order as Row};

/// An order that was submitted at least once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Looked {
    /// The order, with what was last submitted; masked.
    pub order: Order,
    /// The verified products behind its websites.
    pub products: Vec<BehindWebsite>,
    /// Who has claimed it, and until when.
    pub claimed: Option<(String, Timestamp)>,
    /// What was said of its fields since it was submitted.
    pub said: Vec<SaidOf>,
    /// How it differs from what was submitted before; `None` where it was submitted once.
    pub former: Option<Former>,
    /// What the checks find today while it waits for review; warnings too.
    pub faults: Vec<Fault>,
}

/// What was said of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaidOf {
    /// The field.
    pub path: String,
    /// What is to be mended; `None` where it passes.
    pub mend: Option<Remark>,
    /// Who said it.
    pub reviewer: String,
    /// When.
    pub at: Timestamp,
}

/// What was submitted before, as far as it matters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Former {
    /// Which time that was.
    pub round: i64,
    /// What changed since; masked.
    pub changes: Vec<Change>,
    /// The paths that were given back to be mended.
    pub opened: Vec<String>,
}

impl Desk {
    /// An order as those look at it who do not own it. One that was never submitted is not there for them.
    pub async fn look_at_order(&self, id: OrderId) -> Result<Looked, Failure<OrderFault>> {
        let now = self.now();
        self.read(|ground| Ok(Look { ground, id, now })).await
    }
}

struct Look {
    ground: Arc<Ground>,
    id: OrderId,
    now: Timestamp,
}

impl Unit for Look {
    type Output = Looked;
    type Error = Failed<Failure<OrderFault>>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Looked, Self::Error> {
        self.ground.check(tx).await?;
        let row = held::any(tx, self.id).await?;
        if row.round == 0 {
            return held::because(OrderFault::Unknown);
        }
        let claimed = row.claimed.clone().map(|(by, until)| (by, moment(until)));
        let claimed = claimed.filter(|(_, until)| *until > self.now);
        let order = Order { stages: stages(tx, row.id).await?, ..of_row(&row) };
        let Some(vault) = Vault::find(tx, &self.ground, row.subject_key).await?.vault() else {
            let (products, said) = (Vec::new(), Vec::new());
            return Ok(Looked { order, products, claimed, said, former: None, faults: Vec::new() });
        };
        let form = filled::round(tx, &vault, row.id, row.round).await?.unwrap_or_default();
        let products = behind::all(tx, &self.ground, row.account, &form, self.now).await?;
        let looking = Looking { look: self, row: &row, vault: &vault, form: &form };
        let (said, former) = (looking.said(tx).await?, looking.former(tx).await?);
        let faults = looking.faults(tx).await?;
        let order = Order { form: Some(form.masked()), ..order };
        Ok(Looked { order, products, claimed, said, former, faults })
    }
}

/// An order whose key is there.
struct Looking<'a> {
    look: &'a Look,
    row: &'a Row,
    vault: &'a Vault,
    form: &'a Form,
}

impl Looking<'_> {
    async fn said(&self, tx: &mut Tx<'_>) -> held::Held<Vec<SaidOf>> {
        let Row { id, round, .. } = *self.row;
        let rows = order_remarks::of_round(tx, id, round).await?;
        let of_fields = rows.into_iter().filter(|row| row.path != REASON);
        let said = of_fields.map(|row| {
            let opened =
                row.sealed.map(|sealed| filled::open_remark(self.vault, (id, round, &row.path), &sealed));
            Ok(SaidOf {
                mend: opened.transpose()?,
                path: row.path,
                reviewer: row.reviewer,
                at: moment(row.at),
            })
        });
        said.collect()
    }

    async fn former(&self, tx: &mut Tx<'_>) -> held::Held<Option<Former>> {
        let Row { id, round, .. } = *self.row;
        let round = round.saturating_sub(1);
        let Some(before) = filled::round(tx, self.vault, id, round).await? else { return Ok(None) };
        let remarks = of_round(tx, self.vault, id, round).await?;
        let changes = difference(&before, self.form).into_iter().map(Change::masked).collect();
        Ok(Some(Former { round, changes, opened: opened(&remarks, &before).paths().to_vec() }))
    }

    async fn faults(&self, tx: &mut Tx<'_>) -> held::Held<Vec<Fault>> {
        if self.row.state != State::Submitted {
            return Ok(Vec::new());
        }
        let Look { ground, now, .. } = self.look;
        let knowing = Knowing { ground, order: self.row, form: self.form, now: *now };
        Ok(knowing.faults(tx, None).await?)
    }
}
