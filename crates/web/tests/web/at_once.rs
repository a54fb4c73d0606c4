//! The same request twice at the same moment: the second waits, and then is told what the first was.

use crate::Given;
use app::access::Role;
use serde_json::json;
use testbed::ENGINES;

#[tokio::test(flavor = "multi_thread")]
async fn two_requests_with_one_key_at_the_same_time_are_done_once_and_answered_alike() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        for round in 0..5 {
            let ask = || {
                let body = json!({ "instance": "i-7", "count": 1 });
                let key = format!("k-{round}");
                given.post("/api/v1/codes").token(given.key(Role::Customer)).key(&key).json(&body).sent()
            };
            let (one, other) = tokio::join!(ask(), ask());
            assert_eq!((one.status.as_u16(), other.status.as_u16()), (201, 201), "{engine:?}");
            assert_eq!(one.body(), other.body(), "{engine:?}");
            let replayed = [&one, &other].map(|told| told.header("idempotent-replayed").is_some());
            assert_eq!(replayed.iter().filter(|replayed| **replayed).count(), 1, "{engine:?}");
        }
        let all = given.seen(Role::Customer, "/api/v1/codes").await.body();
        assert_eq!(all["items"].as_array().unwrap().len(), 5, "{engine:?}");
    }
}
