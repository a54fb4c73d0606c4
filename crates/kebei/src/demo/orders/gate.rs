//! What an operator of the demo lets through the gate: a domain for some days, one that comes, and addresses of the provider's own.

use super::making::Making;
use anyhow::Result;
use app::{
    Actor, IdempotencyKey,
    gate::{AddRange, AddWindow},
};
use jiff::{SignedDuration, Timestamp};

impl Making<'_> {
    /// Two entries of the white list and a range.
    pub(super) async fn at_the_gate(&self) -> Result<()> {
        let days = |days: i64| self.now + SignedDuration::from_hours(24 * days);
        self.white_list("shop.example.org", (None, days(7)), "正在办理新增接入").await?;
        self.white_list("example.net", (Some(days(2)), days(3)), "上线演练").await?;
        let ask = AddRange {
            by: Actor::Staff(self.operator.clone()),
            caller: String::new(),
            range: "203.0.113.0/24".parse()?,
            reason: "自有机房".to_owned(),
        };
        self.desk.add_range(ask, Some(IdempotencyKey::parse("set-up-range")?)).await?;
        Ok(())
    }

    async fn white_list(
        &self,
        name: &str,
        (from, until): (Option<Timestamp>, Timestamp),
        reason: &str,
    ) -> Result<()> {
        let ask = AddWindow {
            by: Actor::Staff(self.operator.clone()),
            caller: String::new(),
            names: vec![name.to_owned()],
            from,
            until: Some(until),
            reason: reason.to_owned(),
        };
        self.desk.add_window(ask, Some(IdempotencyKey::parse(&format!("set-up-{name}"))?)).await?;
        Ok(())
    }
}
