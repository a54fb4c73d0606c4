//! Places in quotas: across editions, products and buyers, and in what counts.

use crate::{Story, refused, server, texts};
use app::{Asker, Failure, codes::IssueFault};
use rulebook::Facts;
use testbed::ENGINES;

/// An elastic web hosting that `li` has from 2018 to 2022.
fn web(name: &str, li: &Asker) -> Facts {
    Facts {
        product: "elastic-web".to_owned(),
        purchased_at: Some("2018-01-01T10:00:00+08:00".parse().unwrap()),
        ..server(name, li)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_quota_that_goes_from_account_to_instance_and_back_counts_what_was_taken_between() {
    for engine in ENGINES {
        let story = Story::at(engine, "2018-06-01T01:00:00Z").await;
        let li = story.account(7).await;
        for name in ["w-1", "w-2"] {
            story.desk.record_instance(web(name, &li)).await.unwrap();
        }
        let told = story.issue(&li, "w-1", 5, "2018-1").await.unwrap();
        assert_eq!(texts(&told).len(), 5, "{engine:?}");
        let told = story.issue(&li, "w-2", 1, "2018-2").await.unwrap();
        assert_eq!(refused(&told), ["quota-exhausted"], "{engine:?}: five for the account");

        story.clock.move_to("2019-06-01T01:00:00Z");
        let told = story.issue(&li, "w-1", 1, "2019-1").await.unwrap();
        assert_eq!(refused(&told), ["quota-exhausted"], "{engine:?}: five for the instance");
        let told = story.issue(&li, "w-2", 5, "2019-2").await.unwrap();
        assert_eq!(texts(&told).len(), 5, "{engine:?}");
        assert_eq!(told.answer.question.facts().codes_issued, 0, "{engine:?}");

        story.clock.move_to("2020-06-01T01:00:00Z");
        story.desk.record_instance(web("w-3", &li)).await.unwrap();
        for name in ["w-1", "w-2", "w-3"] {
            let told = story.issue(&li, name, 1, &format!("2020-{name}")).await.unwrap();
            assert_eq!(refused(&told), ["quota-exhausted"], "{engine:?} {name}");
            assert_eq!(told.answer.question.facts().codes_issued, 10, "{engine:?} {name}");
        }
        assert_eq!(story.snapshot().await.codes, 10, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_instance_that_becomes_another_product_keeps_its_places() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let li = story.customer(7).await;
        story.issue(&li, "i-7", 4, "k-1").await.unwrap();
        let swas = Facts { product: "swas".to_owned(), ..server("i-7", &li) };
        story.desk.record_instance(swas).await.unwrap();
        let two = story.issue(&li, "i-7", 2, "k-2").await.unwrap();
        assert_eq!(refused(&two), ["not-enough-places"], "{engine:?}");
        let one = story.issue(&li, "i-7", 1, "k-3").await.unwrap();
        assert_eq!(texts(&one).len(), 1, "{engine:?}");
        let none = story.issue(&li, "i-7", 1, "k-4").await.unwrap();
        assert_eq!(refused(&none), ["quota-exhausted"], "{engine:?}");
        let mut places: Vec<(String, i64)> =
            story.snapshot().await.places.into_iter().map(|places| (places.product, places.taken)).collect();
        places.sort();
        let wanted = [("", 5), ("ecs", 4), ("swas", 1)].map(|(product, taken)| (product.to_owned(), taken));
        assert_eq!(places, wanted, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_buyer_gets_what_is_left_of_the_instance_and_the_old_one_sees_it_no_more() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let (li, wang) = (story.customer(7).await, story.account(8).await);
        story.issue(&li, "i-7", 3, "k-1").await.unwrap();
        story.desk.record_instance(server("i-7", &wang)).await.unwrap();
        let told = story.issue(&li, "i-7", 1, "k-2").await.unwrap_err();
        assert!(matches!(told, Failure::Because(IssueFault::UnknownInstance(_))), "{engine:?} {told}");
        let three = story.issue(&wang, "i-7", 3, "k-1").await.unwrap();
        assert_eq!(refused(&three), ["not-enough-places"], "{engine:?}");
        assert_eq!(three.answer.question.facts().codes_issued, 3, "{engine:?}");
        let two = story.issue(&wang, "i-7", 2, "k-2").await.unwrap();
        assert_eq!(texts(&two).len(), 2, "{engine:?}");
        let none = story.issue(&wang, "i-7", 1, "k-3").await.unwrap();
        assert_eq!(refused(&none), ["quota-exhausted"], "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn where_no_code_is_asked_for_the_places_in_use_count_and_not_those_taken() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let li = story.account(7).await;
        let wanted = [("web-hosting", 4), ("site-builder", 4), ("ecs", 2), ("jushita-ecs", 2)];
        for (product, _) in wanted {
            let facts = Facts { product: product.to_owned(), ..server(product, &li) };
            story.desk.record_instance(facts).await.unwrap();
        }
        story.say("UPDATE quota_places SET taken = 2, used = 4 WHERE product = ''", vec![]).await;
        story.say("UPDATE quota_places SET taken = 1, used = 1 WHERE product <> ''", vec![]).await;
        for (product, counted) in wanted {
            let question = story.desk.check_codes(crate::codes(&li, product, 1)).await.unwrap();
            assert_eq!(question.facts().codes_issued, counted, "{engine:?} {product}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_database_guards_a_quota_that_was_read_wrong() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let li = story.customer(7).await;
        assert_eq!(story.say("DELETE FROM quota_places WHERE product = ''", vec![]).await, 1);
        let before = story.snapshot().await;
        let told = story.issue(&li, "i-7", 1, "k-1").await.unwrap_err();
        let damaged = |error: &app::DeskError| matches!(error, app::DeskError::Damaged(app::Damage::Quota { instance }) if instance == "i-7");
        assert!(matches!(&told, Failure::Desk(error) if damaged(error)), "{engine:?} {told}");
        assert_eq!(story.snapshot().await, before, "{engine:?}: nothing of it is kept");
    }
}
