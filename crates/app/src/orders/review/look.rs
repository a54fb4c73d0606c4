//! An order as reviewers and operators look at it: as it was submitted, with what changed since it was given back, what is said of it
//! and what the checks find today. Personal data is masked.

use super::{
    finds::{Backing, Finding, Finds},
    remark::of_round,
};
use crate::{
    Desk,
    deed::Setting,
    failure::{Failed, Failure},
    orders::{
        Order, OrderFault, behind::behind, bureau::REASON, changes::changes, filled, held, moment,
        read::happened, submit::opened,
    },
    personal::Vault,
};
use filing::orders::{Behind, Change, Form, Remark, State, difference};
use jiff::Timestamp;
use store::{OrderId, Tx, Unit, order_remarks, orders::Order as Row};

/// An order that was submitted at least once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Looked {
    /// The order, with what was last submitted; masked.
    pub order: Order,
    /// Who has claimed it, and until when.
    pub claimed: Option<(String, Timestamp)>,
    /// What was said of its fields since it was submitted.
    pub said: Vec<SaidOf>,
    /// How it differs from what was submitted before; `None` where it was submitted once.
    pub former: Option<Former>,
    /// What it changes of what is filed, masked; `None` where it is no change, or what is filed is not known here.
    pub changes: Option<Vec<Change>>,
    /// What was verified for its websites.
    pub backings: Vec<Backing>,
    /// What is found today while it waits for the review or for the bureau; warnings too.
    pub finds: Finds,
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
    /// What was said of them.
    pub remarks: Vec<Remark>,
}

impl Desk {
    /// An order as those look at it who do not own it. One that was never submitted is not there for them.
    pub async fn look_at_order(&self, id: OrderId) -> Result<Looked, Failure<OrderFault>> {
        let now = self.now();
        let entry = self.chance().draw().id(now);
        self.read(|ground| Ok(Look { id, setting: Setting { ground, now, entry, unsure: false } })).await
    }
}

struct Look {
    id: OrderId,
    /// Its entry is never written.
    setting: Setting,
}

impl Unit for Look {
    type Output = Looked;
    type Error = Failed<Failure<OrderFault>>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Looked, Self::Error> {
        self.setting.ground.check(tx).await?;
        let row = held::submitted(tx, self.id).await?;
        let claimed = row.claimed.clone().map(|(by, until)| (by, moment(until)));
        let claimed = claimed.filter(|(_, until)| *until > self.setting.now);
        let Some(vault) = Vault::find(tx, &self.setting.ground, row.subject_key).await?.vault() else {
            return Ok(Looked {
                order: happened(tx, &row, None).await?,
                claimed,
                said: Vec::new(),
                former: None,
                changes: None,
                backings: Vec::new(),
                finds: Finds::default(),
            });
        };
        let form = filled::submitted(tx, &vault, &row).await?;
        let looking = Looking { row: &row, vault: &vault, form: &form };
        let (said, before) = (looking.said(tx).await?, looking.before(tx).await?);
        let mut behind = behind(tx, &self.setting.ground, &row, &form, Behind::default()).await?;
        let former = match &before {
            Some(before) => {
                behind = self::behind(tx, &self.setting.ground, &row, before, behind).await?;
                Some(looking.former(tx, before).await?)
            }
            None => None,
        };
        let finding = Finding { setting: &self.setting, order: &row, form: &form };
        let backings = finding.backings(tx).await?;
        let under_way = matches!(row.state, State::Submitted | State::Approved | State::AtBureau);
        let finds = if under_way { finding.finds(tx).await? } else { Finds::default() };
        let order = Order { form: Some(form.masked()), behind, ..happened(tx, &row, Some(&form)).await? };
        let changes = changes(tx, &self.setting.ground, &row, &form).await?;
        let changes = changes.map(|all| all.into_iter().map(Change::masked).collect());
        Ok(Looked { order, claimed, said, former, changes, backings, finds })
    }
}

/// An order whose key is there.
struct Looking<'a> {
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

    /// What was submitted before.
    async fn before(&self, tx: &mut Tx<'_>) -> held::Held<Option<Form>> {
        Ok(filled::round(tx, self.vault, self.row.id, self.row.round.saturating_sub(1)).await?)
    }

    async fn former(&self, tx: &mut Tx<'_>, before: &Form) -> held::Held<Former> {
        let Row { id, round, .. } = *self.row;
        let round = round.saturating_sub(1);
        let remarks = of_round(tx, self.vault, id, round).await?;
        let changes = difference(before, self.form).into_iter().map(Change::masked).collect();
        let opened = opened(&remarks, before).paths().to_vec();
        Ok(Former { round, changes, opened, remarks })
    }
}
