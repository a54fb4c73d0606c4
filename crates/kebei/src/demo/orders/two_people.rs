//! What two people of the demo decide: one website was cancelled by them, and one proposal waits for the second of them.

use super::{COMPANY_SHOP, making::Making};
use anyhow::Result;
use app::{
    IdempotencyKey,
    two_people::{Agree, Extent, ProposalId, Propose, Thing, WhyListed, Wish},
};

impl Making<'_> {
    /// The operator agreed that the second website of the company ends by order of an authority; that a name is listed he has not
    /// decided yet.
    pub(super) async fn two_people(&self) -> Result<ProposalId> {
        let (number, digits) = COMPANY_SHOP;
        let cancel = Wish::Cancel { number: number.to_owned(), extent: Extent::Number };
        let proposal = self.propose(cancel, "管局来函要求注销。", "set-up-cancel").await?;
        let confirmation = Some(digits.to_owned());
        let agree = Agree { by: self.operator.clone(), proposal, confirmation };
        self.desk.agree_to_proposal(agree, IdempotencyKey::parse("set-up-agree")?).await?;
        let thing = Thing::WebsiteName("示例影视站".to_owned());
        let list = Wish::List { thing, reason: WhyListed::ByAuthority };
        self.propose(list, "主管部门来函要求停止接入，请另一位同事复核。", "set-up-list").await
    }

    async fn propose(&self, wish: Wish, note: &str, key: &str) -> Result<ProposalId> {
        let ask = Propose { by: self.reviewer.clone(), wish, note: note.to_owned() };
        Ok(self.desk.propose(ask, IdempotencyKey::parse(key)?).await?.answer.id)
    }
}
