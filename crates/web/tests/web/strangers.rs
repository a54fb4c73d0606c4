//! What is somebody else's answers like what is not there.

use crate::Given;
use app::access::Role;
use serde_json::json;
use testbed::ENGINES;

#[tokio::test(flavor = "multi_thread")]
async fn another_customers_instance_answers_like_one_that_does_not_exist() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        given.customer("acc-8", 8).await;
        let ask = |instance: &str| {
            let body = json!({ "instance": instance });
            given.post("/api/v1/codes/check").token(given.key(Role::Customer)).json(&body).sent()
        };
        let (foreign, missing) = (ask("i-8").await, ask("i-9").await);
        assert_eq!((foreign.status.as_u16(), missing.status.as_u16()), (404, 404), "{engine:?}");
        let text = String::from_utf8(foreign.bytes).unwrap().replace("i-8", "i-9");
        assert_eq!(text, String::from_utf8(missing.bytes).unwrap(), "{engine:?}");
    }
}
