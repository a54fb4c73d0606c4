//! Publishing rulebooks: what was published stays, and every process follows.

use crate::{Story, codes, key};
use app::{
    Operator,
    rulebooks::{Broken, PublishError, PublishRulebook},
};
use rulebook::ALIYUN;
use testbed::{ENGINES, Engine};

const NEW_EDITION: &str = r#"
[[editions]]
id = "2020-10-31"
effective = 2020-10-31
based_on = "2020-10-16"
source = ["000"]

[editions.products.ecs]
source = ["000"]
quota = { codes = 7, per = "instance" }
"#;

fn publish(text: &str) -> PublishRulebook {
    let operator = Operator::parse("wang").unwrap();
    PublishRulebook { text: text.as_bytes().to_vec(), operator, dry_run: false }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_edition_is_followed_by_every_process() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let li = story.customer(7).await;
        let second =
            if engine == Engine::Postgres { story.another_process().await } else { story.desk.clone() };
        let text = format!("{ALIYUN}{NEW_EDITION}");
        let dry = PublishRulebook { dry_run: true, ..publish(&text) };
        let told = story.desk.publish_rulebook(dry).await.unwrap();
        assert_eq!(told.added, [("2020-10-31".to_owned(), "2020-10-31".parse().unwrap())], "{engine:?}");
        let before = second.issue_codes(codes(&li, "i-7", 1), key("k-1")).await.unwrap();
        assert_eq!(before.answer.question.edition().id, "2020-10-16", "{engine:?}");
        let published = story.desk.publish_rulebook(publish(&text)).await.unwrap();
        assert_eq!(published, told, "{engine:?}");
        let after = second.issue_codes(codes(&li, "i-7", 1), key("k-2")).await.unwrap();
        assert_eq!(after.answer.question.edition().id, "2020-10-31", "{engine:?}");
        assert_eq!(*after.answer.question.rulebook(), published.digest, "{engine:?}");
        let again = second.publish_rulebook(publish(&text)).await.unwrap();
        assert!(again.same && again.added.is_empty(), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_published_is_neither_changed_nor_left_out() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let changed = ALIYUN.replacen("codes = 5", "codes = 6", 1);
        let Err(PublishError::Breaks(broken)) = story.desk.publish_rulebook(publish(&changed)).await else {
            panic!("{engine:?}: a changed edition was taken");
        };
        assert!(broken.iter().all(|broken| matches!(broken, Broken::Changed { .. })), "{broken:?}");
        let text = format!("{ALIYUN}{NEW_EDITION}");
        story.desk.publish_rulebook(publish(&text)).await.unwrap();
        let Err(PublishError::Breaks(broken)) = story.desk.publish_rulebook(publish(ALIYUN)).await else {
            panic!("{engine:?}: a missing edition was taken");
        };
        assert!(
            matches!(&broken[..], [Broken::Missing(edition)] if edition.id == "2020-10-31"),
            "{broken:?}"
        );
        let refused = story.desk.publish_rulebook(publish("id = 7")).await.unwrap_err();
        assert!(matches!(refused, PublishError::Faulty(ref faults) if !faults.0.is_empty()), "{engine:?}");
    }
}
