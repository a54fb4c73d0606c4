//! What a draft of the rules would do to the desk: instances, codes, orders.

use crate::{Story, codes, filers::Filer, key, server, why_not::principal};
use app::{
    access::Role,
    rulebooks::{AskImpact, CodesHit, Impact, ImpactError, MOST_LOOKED_AT},
};
use filing::orders::{Kind, State};
use rulebook::{ALIYUN, Effect, Facts, Verdict};
use std::sync::atomic::{AtomicU32, Ordering};
use testbed::ENGINES;

/// Whoever asks is another each time.
static ASKED: AtomicU32 = AtomicU32::new(0);

/// A draft by which a server must have been bought for three years.
const STRICT: &str = r#"
[[editions]]
id = "2021-01-01"
effective = 2021-01-01
based_on = "2020-10-16"
source = ["000"]

[editions.products.ecs]
source = ["000"]
min_purchased_months = 36
"#;

impl Story {
    async fn impact(&self, draft: &str, edition: Option<&str>) -> Result<Impact, ImpactError> {
        self.impact_of_most(draft, edition, MOST_LOOKED_AT).await
    }

    async fn impact_of_most(
        &self,
        draft: &str,
        edition: Option<&str>,
        most: u32,
    ) -> Result<Impact, ImpactError> {
        let nth = ASKED.fetch_add(1, Ordering::Relaxed);
        let by = principal(self, &format!("olga{nth}"), Role::Operator).await;
        let ask = AskImpact { text: draft.as_bytes().to_vec(), edition: edition.map(str::to_owned), most };
        self.desk.impact_of_rulebook(&by, ask).await
    }

    /// A customer with an order under way, another with a code that nobody has used, and one whose server is gone.
    async fn with_what_can_be_hit(&self) -> Filer {
        let lin = self.filer(7).await;
        self.submit(&lin, "k-submit").await.unwrap();
        let wang = self.account(8).await;
        self.desk.record_instance(server("i-8", &wang)).await.unwrap();
        self.desk.issue_codes(codes(&wang, "i-8", 2), key("k-8")).await.unwrap();
        let long = Facts { purchased_at: "2015-01-01T00:00:00Z".parse().ok(), ..server("i-9", &wang) };
        self.desk.record_instance(long).await.unwrap();
        lin
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_tells_which_instances_codes_and_orders_it_hits_and_changes_nothing() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.with_what_can_be_hit().await;
        let before = story.look::<(i64,)>("SELECT COUNT(*) FROM ledger_entries").await;
        let impact = story.impact(&format!("{ALIYUN}{STRICT}"), None).await.unwrap();
        let after: Vec<(i64,)> = story.look("SELECT COUNT(*) FROM ledger_entries").await;
        assert_eq!(
            after[0].0 - before[0].0,
            2,
            "{engine:?}: whoever asks was added with a key, and nothing else"
        );
        assert_eq!(
            (impact.before.as_str(), impact.after.as_str()),
            ("2020-10-16", "2021-01-01"),
            "{engine:?}"
        );
        let total = &impact.total;
        let counts = (total.held(), total.of(Effect::Loses), total.of(Effect::Same), total.of(Effect::Gains));
        assert_eq!(counts, (3, 2, 1, 0), "{engine:?}");
        assert_eq!(impact.products.len(), 1, "{engine:?}");
        assert_eq!(impact.codes, CodesHit { unused: 2, granted: 0, recording: 1 }, "{engine:?}");
        let orders: Vec<_> =
            impact.orders.iter().map(|hit| (hit.order, hit.kind, hit.state, hit.instance.as_str())).collect();
        assert_eq!(orders, [(lin.order, Kind::FirstFiling, State::Submitted, "i-7")], "{engine:?}");
        let changes: Vec<_> = impact
            .changes
            .iter()
            .map(|hit| (hit.instance.as_str(), hit.account.as_deref(), hit.shift.after.verdict))
            .collect();
        let refused = Verdict::Ineligible;
        assert_eq!(changes, [("i-7", Some("acc-7"), refused), ("i-8", Some("acc-8"), refused)], "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn instances_that_are_gone_are_not_counted_and_codes_are_counted_where_the_draft_counts_them() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let wang = story.account(8).await;
        for instance in ["i-8", "i-9", "i-10"] {
            story.desk.record_instance(server(instance, &wang)).await.unwrap();
        }
        story.desk.issue_codes(codes(&wang, "i-8", 2), key("k-8")).await.unwrap();
        assert_eq!(story.say("UPDATE instances SET gone_at = 1 WHERE name = 'i-10'", vec![]).await, 1);
        let draft = STRICT.replace("min_purchased_months = 36", "quota = { codes = 2, per = \"account\" }");
        let impact = story.impact(&format!("{ALIYUN}{draft}"), Some("2021-01-01")).await.unwrap();
        let counts = (impact.total.held(), impact.total.of(Effect::Loses));
        assert_eq!(counts, (2, 2), "{engine:?}: the account has its two, whichever instance it asks for");
        let old = story.impact(&format!("{ALIYUN}{draft}"), Some("2020-10-16")).await.unwrap();
        assert_eq!(old.total.of(Effect::Same), 2, "{engine:?}");
        let none = story.impact(ALIYUN, Some("2030-01-01")).await.unwrap_err();
        assert!(matches!(none, ImpactError::NoEdition(_)), "{engine:?} {none}");
        let breaks = story.impact(&ALIYUN.replacen("codes = 5", "codes = 6", 1), None).await.unwrap_err();
        assert!(matches!(breaks, ImpactError::Publish(_)), "{engine:?} {breaks}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn codes_of_a_used_up_quota_and_their_orders_are_hit_once_their_instance_is_unfit() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.filer(7).await;
        story.submit(&lin, "k-submit").await.unwrap();
        story.desk.issue_codes(codes(&lin.asker, "i-7", 4), key("k-7")).await.unwrap();
        let impact = story.impact(&format!("{ALIYUN}{STRICT}"), None).await.unwrap();
        assert_eq!(impact.total.of(Effect::OtherReasons), 1, "{engine:?}: it could get no codes before");
        assert_eq!(impact.codes, CodesHit { unused: 4, granted: 0, recording: 1 }, "{engine:?}");
        let orders: Vec<_> = impact.orders.iter().map(|hit| hit.order).collect();
        assert_eq!(orders, [lin.order], "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lower_quota_hits_no_code_that_is_issued_and_no_order() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        story.with_what_can_be_hit().await;
        let draft = STRICT.replace("min_purchased_months = 36", "quota = { codes = 1, per = \"instance\" }");
        let impact = story.impact(&format!("{ALIYUN}{draft}"), None).await.unwrap();
        assert_eq!(impact.total.of(Effect::Loses), 2, "{engine:?}: neither gets another code");
        assert_eq!((impact.codes, impact.orders), (CodesHit::default(), vec![]), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn products_that_were_verified_for_a_draft_are_counted_while_it_can_use_them() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        story.filer(7).await;
        let strict = format!("{ALIYUN}{STRICT}");
        assert_eq!(story.impact(&strict, None).await.unwrap().verifications, 1, "{engine:?}");
        let same = story.impact(&strict, Some("2020-10-16")).await.unwrap();
        assert_eq!(same.verifications, 0, "{engine:?}");
        let lapse = "UPDATE verifications SET made_at = 1, expires_at = 2";
        assert_eq!(story.say(lapse, vec![]).await, 1, "{engine:?}");
        assert_eq!(story.impact(&strict, None).await.unwrap().verifications, 0, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_looked_at_less_than_there_is_says_so() {
    for engine in ENGINES {
        let strict = format!("{ALIYUN}{STRICT}");
        let story = Story::on(engine).await;
        let lin = story.filer(7).await;
        for (most, told) in [(0, (0, true)), (1, (1, false))] {
            let impact = story.impact_of_most(&strict, None, most).await.unwrap();
            assert_eq!((impact.verifications, impact.cut), told, "{engine:?}");
        }
        story.submit(&lin, "k-submit").await.unwrap();
        for (most, told) in [(0, (0, true)), (1, (1, false))] {
            let impact = story.impact_of_most(&strict, None, most).await.unwrap();
            assert_eq!(((impact.orders.len(), impact.cut), impact.verifications), (told, 0), "{engine:?}");
        }
    }
}
