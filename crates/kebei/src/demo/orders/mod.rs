//! The filing orders of the demo: every move that an order can make is made by one of them, so that there is one in every state.

mod filers;
mod gate;
mod making;
mod picture;
mod two_people;
mod watch;

use super::{ACCOUNT, SetBack};
use anyhow::{Context, Result};
use app::{Desk, Operator, orders::OrderId, two_people::ProposalId};
use filers::{Filer, OF_CHANGE, OF_WEBSITE, text};
use filing::orders::{Form, Kind, Website};
use jiff::{SignedDuration, Timestamp};
use making::{Making, Remark, about};

/// The number of the person that is filed.
const NUMBER: &str = "粤ICP备12345678号";
/// That of his website, and its digits as they are typed to confirm that it ends.
const WEBSITE: (&str, &str) = ("粤ICP备12345678号-1", "123456781");
/// The number of the company that is filed, and those of its websites.
const COMPANY: &str = "粤ICP备87654321号";
const COMPANY_SITE: (&str, &str) = ("粤ICP备87654321号-1", "876543211");
const COMPANY_SHOP: (&str, &str) = ("粤ICP备87654321号-2", "876543212");
/// Who looks at orders, and who speaks with the bureau: people of the demo.
const STAFF: (&str, &str) = ("demo-reviewer", "demo-operator");

/// How long before the demo its story begins: longer than a draft or a returned order may be left idle.
pub(crate) const BEGINNING: SignedDuration = SignedDuration::from_hours(24 * 40);
/// How long before the demo a text message is sent that nobody answers in time.
const UNANSWERED: SignedDuration = SignedDuration::from_hours(36);

const NAME: Remark = ("websites[0].name", "网站名称与网站内容不符。", "请按网站的实际内容重新填写名称。");
const REASON: Remark = ("cancellation.reason", "取消接入的原因不清楚。", "请写明今后由谁接入这个网站。");

/// What the printed calls are about.
pub(crate) struct Orders {
    /// One that came back with a remark.
    pub(crate) returned: OrderId,
    /// One that waits for its review, so that it cannot be submitted.
    pub(crate) submitted: OrderId,
    /// A proposal that waits for a second person.
    pub(crate) proposal: ProposalId,
}

/// Makes all of them, on a desk whose clock is set back by [`BEGINNING`]; then it tells the present.
pub(crate) async fn add(desk: &Desk, clock: &SetBack, now: Timestamp) -> Result<Orders> {
    let asker = desk.account(ACCOUNT).await?.context("the account of the demo is there")?;
    let (reviewer, operator) = (Operator::parse(STAFF.0)?, Operator::parse(STAFF.1)?);
    let at = Making { desk, asker, reviewer, operator, now, picture: picture::drawn()? };
    at.long_ago().await?;
    clock.come_to(UNANSWERED);
    at.unanswered_change().await?;
    watch::rounds(desk, clock).await?;
    clock.come_to(SignedDuration::ZERO);
    desk.watch_deadlines().await?;
    at.today().await?;
    let proposal = at.two_people().await?;
    at.watched().await?;
    at.at_the_gate().await?;
    let returned = at.submitted(&Filer::RETURNED).await?;
    at.give_back(returned, NAME).await?;
    let submitted = at.submitted(&Filer::SUBMITTED).await?;
    Ok(Orders { returned, submitted, proposal })
}

impl Making<'_> {
    /// A person and a company are filed, the company adds a website that first comes back; and two orders are left idle.
    async fn long_ago(&self) -> Result<()> {
        let person = self.submitted(&Filer::FILED).await?;
        self.file(person, Some(NUMBER), WEBSITE.0).await?;
        let company = self.submitted(&Filer::GROWN).await?;
        self.file(company, Some(COMPANY), COMPANY_SITE.0).await?;
        let shop = self.open(Kind::AddWebsite).await?;
        let website = Filer::SHOP.website(Some(self.verified(shop).await?));
        let form = |website: &Website| Form { websites: vec![website.clone()], ..about(COMPANY) };
        self.save(shop, &form(&Website { name: text("云杉小店"), ..website.clone() })).await?;
        self.add_pictures(shop, OF_WEBSITE).await?;
        self.submit(shop, 1).await?;
        self.give_back(shop, NAME).await?;
        self.save(shop, &form(&website)).await?;
        self.submit(shop, 2).await?;
        self.file(shop, None, COMPANY_SHOP.0).await?;
        self.draft(Kind::FirstFiling, &Filer::LAPSED.form(None)).await?;
        let leaving = self.ending(Kind::CancelAccess, COMPANY_SITE).await?;
        self.give_back(leaving, REASON).await
    }

    /// The company changes its second website, and forgets to answer the text message of the bureau.
    async fn unanswered_change(&self) -> Result<()> {
        let website = Website {
            number: text(COMPANY_SHOP.0),
            name: text("云杉科技官方商城"),
            ..Filer::SHOP.website(None)
        };
        let order = self.draft(Kind::Change, &Form { websites: vec![website], ..about(COMPANY) }).await?;
        self.add_pictures(order, OF_CHANGE).await?;
        self.submit(order, 1).await?;
        self.send(order).await
    }

    /// Others stand in between, or were given up; and the person goes on with what is filed.
    async fn today(&self) -> Result<()> {
        let approved = self.submitted(&Filer::APPROVED).await?;
        self.approve(approved).await?;
        let at_bureau = self.submitted(&Filer::AT_BUREAU).await?;
        self.send(at_bureau).await?;
        let rejected = self.submitted(&Filer::REJECTED).await?;
        self.reject(rejected, "核验照片中的人物与证件照片不一致。").await?;
        let draft = self.draft(Kind::FirstFiling, &Filer::WITHDRAWN.form(None)).await?;
        self.withdraw(draft).await?;
        let submitted = self.ending(Kind::CancelAccess, COMPANY_SITE).await?;
        self.withdraw(submitted).await?;
        let returned = self.ending(Kind::CancelAccess, COMPANY_SITE).await?;
        self.give_back(returned, REASON).await?;
        self.withdraw(returned).await?;
        let approved = self.ending(Kind::CancelAccess, COMPANY_SITE).await?;
        self.approve(approved).await?;
        self.withdraw(approved).await?;
        let approved = self.ending(Kind::CancelAccess, COMPANY_SITE).await?;
        self.approve(approved).await?;
        self.give_back(approved, REASON).await?;
        self.withdraw(approved).await?;
        self.draft(Kind::AddWebsite, &about(NUMBER)).await?;
        self.ending(Kind::CancelWebsite, WEBSITE).await?;
        Ok(())
    }
}
