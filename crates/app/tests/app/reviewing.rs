//! What a reviewer judges an order by, each story on both engines: what was verified, whether it still holds, and what is listed.

use crate::{Story, filers::CARD, server, two_people::certificate};
use app::{
    Failure,
    orders::review::{Finds, ReviewFault},
};
use jiff::SignedDuration;
use rulebook::{Facts, Lang};
use store::OrderId;
use testbed::ENGINES;

impl Story {
    async fn not_approved(&self, order: OrderId) -> Finds {
        let refused = self.approve(order).await.unwrap_err();
        let Failure::Because(ReviewFault::Faulty(finds)) = refused else { panic!("{refused}") };
        *finds
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reviewer_sees_what_was_verified_for_each_website() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.filer(7).await;
        story.submit(&lin, "k-1").await.unwrap();
        let looked = story.desk.look_at_order(lin.order).await.unwrap();
        let [backing] = looked.backings.as_slice() else { panic!("{engine:?} {looked:?}") };
        assert_eq!((backing.website, backing.product.as_str()), (0, "ecs"), "{engine:?}");
        let name = backing.name.as_ref().map(|name| name.in_lang(Lang::Zh));
        assert_eq!((name, backing.instance.as_str()), (Some("云服务器 ECS"), "i-7"), "{engine:?}");
        assert_eq!(backing.bought_by.as_deref(), Some("acc-7"), "{engine:?}");
        assert_eq!(backing.expires_at, server("i-7", &lin.asker).expires_at, "{engine:?}");
        assert_eq!(backing.gone_at, None, "{engine:?}");
        assert!(looked.finds.faults.products.is_empty(), "{engine:?}: what it holds is not in its own way");
        story.approve(lin.order).await.unwrap();
        let looked = story.desk.look_at_order(lin.order).await.unwrap();
        assert_eq!(looked.backings.len(), 1, "{engine:?}: whoever looks later sees it too");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_whose_product_no_longer_holds_is_told_as_such_and_does_not_pass() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.filer(7).await;
        story.submit(&lin, "k-1").await.unwrap();
        story.clock.pass(SignedDuration::from_hours(24));
        let facts = Facts {
            public_ips: Some(vec!["47.96.0.1".parse().unwrap()]),
            public_bandwidth_mbps: Some(0),
            ..server("i-7", &lin.asker)
        };
        story.desk.record_instance(facts).await.unwrap();
        let causes = |finds: &Finds| -> Vec<_> {
            finds.faults.products.iter().map(|fault| (fault.website, fault.cause)).collect()
        };
        let looked = story.desk.look_at_order(lin.order).await.unwrap();
        assert_eq!(causes(&looked.finds), [(0, "instance-ineligible")], "{engine:?}");
        let refused = story.not_approved(lin.order).await;
        assert_eq!(causes(&refused), [(0, "instance-ineligible")], "{engine:?}");
        let facts =
            Facts { public_ips: Some(vec!["47.96.0.1".parse().unwrap()]), ..server("i-7", &lin.asker) };
        story.desk.record_instance(facts).await.unwrap();
        assert!(story.approve(lin.order).await.is_ok(), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reviewer_is_told_which_entry_of_the_blacklist_stops_an_order() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.filer(7).await;
        story.submit(&lin, "k-1").await.unwrap();
        story.list(certificate(CARD), "k-list").await;
        let entry = story.desk.blacklist(None, 10).await.unwrap().remove(0).id;
        let expected = [("subject.certificate.number".to_owned(), entry)];
        let looked = story.desk.look_at_order(lin.order).await.unwrap();
        assert_eq!(looked.finds.listed, expected, "{engine:?}");
        let refused = story.not_approved(lin.order).await;
        assert_eq!(refused.listed, expected, "{engine:?}");
        let codes: Vec<_> = refused.faults.checks.iter().map(|fault| fault.what.code()).collect();
        assert_eq!(codes, ["cannot-be-filed"], "{engine:?}");
    }
}
