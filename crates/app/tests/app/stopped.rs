//! What an account cannot do with codes while a subject of it is on the blacklist, beside asking for them: each story on both engines.

use crate::{
    Story,
    filers::CARD,
    key,
    two_people::{certificate, unlisted},
};
use app::{
    Asker, Failure, Operator,
    codes::{GrantCode, PremakeCodes, PremakeFault, Which, WithdrawGrant},
};
use filing::{Refusal, Refused};
use std::num::NonZero;
use store::CodeId;
use testbed::ENGINES;

impl Story {
    /// The words for which a code is not granted to an account of that name; none when it was.
    async fn granting(&self, asker: &Asker, code: CodeId, to: &str) -> Vec<&'static str> {
        let ask = GrantCode { asker: asker.clone(), code: Which::Id(code), to: to.to_owned() };
        let told = self.desk.grant_code(ask, None).await.unwrap().answer;
        let judged = told.judge();
        judged.err().iter().flat_map(Refused::reasons).map(Refusal::word).collect()
    }

    async fn premade(&self, account: &str, key_text: &str) -> Result<usize, PremakeFault> {
        let ask = PremakeCodes {
            operator: Operator::parse("wei").unwrap(),
            count: NonZero::<u32>::MIN,
            account: Some(account.to_owned()),
        };
        match self.desk.premake_codes(ask, key(key_text)).await {
            Ok(told) => Ok(told.answer.len()),
            Err(Failure::Because(fault)) => Err(fault),
            Err(other) => panic!("{other}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stopped_account_neither_grants_codes_nor_is_granted_any_until_it_is_taken_off() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let (lin, wang) = (story.filer(7).await, story.customer(8).await);
        story.submit(&lin, "k-s").await.unwrap();
        story.filed(&lin).await;
        let mut codes = Vec::new();
        for (asker, instance) in [(&lin.asker, "i-7"), (&wang, "i-8")] {
            let told = story.issue(asker, instance, 1, instance).await.unwrap();
            codes.push(told.answer.codes.unwrap()[0].id);
        }
        let (lins, wangs) = (codes[0], codes[1]);
        assert_eq!(story.granting(&wang, wangs, "acc-7").await, [""; 0], "{engine:?}");
        story.list(certificate(CARD), "k-1").await;
        assert_eq!(story.granting(&lin.asker, lins, "acc-8").await, ["account-blacklisted"], "{engine:?}");
        let withdraw = WithdrawGrant { asker: wang.clone(), code: Which::Id(wangs) };
        let taken_back = story.desk.withdraw_grant(withdraw, None).await.unwrap().answer;
        assert!(taken_back.judge().is_ok(), "{engine:?}: what was granted can be taken back");
        assert_eq!(story.granting(&wang, wangs, "acc-7").await, ["account-cannot-have-codes"], "{engine:?}");
        unlisted(&story, "k-off").await;
        assert_eq!(story.granting(&lin.asker, lins, "acc-8").await, [""; 0], "{engine:?}");
        assert_eq!(story.granting(&wang, wangs, "acc-7").await, [""; 0], "{engine:?}");
        assert!(story.verifies().await, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_codes_are_made_beforehand_for_a_stopped_account() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.filer(7).await;
        story.submit(&lin, "k-s").await.unwrap();
        story.filed(&lin).await;
        story.list(certificate(CARD), "k-1").await;
        let stopped = PremakeFault::Blacklisted("acc-7".to_owned());
        assert_eq!(story.premade("acc-7", "p-1").await, Err(stopped), "{engine:?}");
        unlisted(&story, "k-off").await;
        assert_eq!(story.premade("acc-7", "p-1").await, Ok(1), "{engine:?}: nothing was kept of the refusal");
    }
}
