//! What a reviewer judges an order by, each story on both engines: what was verified, whether it still holds, and what is listed.

use crate::{
    Story,
    filers::{CARD, reviewer},
    key, server,
    two_people::certificate,
};
use app::{
    Clock, Failure, Operator,
    orders::{
        OrderFault,
        review::{ApproveOrder, BoardAsked, Finds, Glimpse, ReviewFault},
    },
};
use filing::orders::{Kind, State};
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

#[tokio::test(flavor = "multi_thread")]
async fn the_queue_says_whose_order_it_is_masked_of_which_kind_and_since_which_day() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.filer(7).await;
        story.submit(&lin, "k-1").await.unwrap();
        let day = rulebook::calendar::shanghai(story.clock.now()).date();
        story.clock.pass(SignedDuration::from_hours(48));
        let asked = BoardAsked { state: State::Submitted, kind: None, after: None, most: 10 };
        let board = story.desk.order_board(asked).await.unwrap();
        assert_eq!(board.days, [(day, 1)], "{engine:?}");
        let [shown] = board.orders.as_slice() else { panic!("{engine:?} {board:?}") };
        let glimpse = Glimpse {
            number: None,
            subject: Some("林*".to_owned()),
            province: Some("广东省"),
            websites: vec![(Some("小林的摄影笔记".to_owned()), Some("example.com".to_owned()))],
        };
        assert_eq!((&*shown.account, &shown.glimpse), ("acc-7", &Some(glimpse)), "{engine:?}");
        let of_kind = |kind| BoardAsked { kind: Some(kind), ..asked };
        for (kind, found) in [(Kind::FirstFiling, 1), (Kind::Change, 0)] {
            let board = story.desk.order_board(of_kind(kind)).await.unwrap();
            assert_eq!((board.orders.len(), board.days.len()), (found, 1), "{engine:?} {kind:?}");
        }
        let behind = BoardAsked { after: Some((shown.queued.due_at, shown.queued.id)), ..asked };
        assert_eq!(story.desk.order_board(behind).await.unwrap().orders, [], "{engine:?}");
        let approved = BoardAsked { state: State::Approved, ..asked };
        assert_eq!(story.desk.order_board(approved).await.unwrap().days, [], "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_next_order_is_ones_own_or_free_and_never_that_of_another() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.filer(7).await;
        story.submit(&lin, "k-1").await.unwrap();
        let other = Operator::parse("bo").unwrap();
        for _ in 0..2 {
            let next = story.desk.claim_next_order(&reviewer(), None).await.unwrap();
            assert_eq!(next, Some(lin.order), "{engine:?}");
        }
        assert_eq!(story.desk.claim_next_order(&other, None).await.unwrap(), None, "{engine:?}");
        let behind = story.desk.claim_next_order(&reviewer(), Some(lin.order)).await.unwrap();
        assert_eq!(behind, None, "{engine:?}");
        story.clock.pass(SignedDuration::from_mins(31));
        let next = story.desk.claim_next_order(&other, None).await.unwrap();
        assert_eq!(next, Some(lin.order), "{engine:?}: whoever went home holds nothing");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_changed_since_it_was_seen_is_not_judged() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.filer(7).await;
        story.submit(&lin, "k-1").await.unwrap();
        let seen = story.desk.claim_order(&reviewer(), lin.order).await.unwrap().version;
        let again = story.desk.claim_order(&reviewer(), lin.order).await.unwrap().version;
        let approve = |seen| ApproveOrder { reviewer: reviewer(), order: lin.order, seen: Some(seen) };
        let refused = story.desk.approve_order(approve(seen), Some(key("k-2"))).await.unwrap_err();
        let changed = ReviewFault::Order(OrderFault::Changed { found: again });
        assert!(matches!(refused, Failure::Because(fault) if fault == changed), "{engine:?}");
        assert!(story.desk.approve_order(approve(again), Some(key("k-3"))).await.is_ok(), "{engine:?}");
    }
}
