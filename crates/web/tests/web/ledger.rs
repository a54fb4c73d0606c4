//! The ledger over the API, for auditors: what it gives is enough to verify with the pure crate alone.

use crate::Given;
use app::{Operator, Worker, access::Role, codes::PremakeCodes, ledger::Sequencer};
use std::num::NonZero;
use testbed::ENGINES;

#[tokio::test(flavor = "multi_thread")]
async fn an_auditor_gets_key_checkpoint_and_proofs() {
    for engine in ENGINES {
        let given = Given::on(engine).await;
        assert_eq!(given.seen(Role::Auditor, "/api/v1/ledger/checkpoint").await.status, 404, "{engine:?}");
        let operator = Operator::parse("wei").unwrap();
        let premake = PremakeCodes { operator, count: NonZero::<u32>::MIN, account: None };
        let key = app::IdempotencyKey::parse("k").unwrap();
        let entry = given.desk.premake_codes(premake, key).await.unwrap().entry;
        let path = format!("/api/v1/ledger/entries/{entry}/proof");
        let waiting = given.seen(Role::Auditor, &path).await;
        assert_eq!((waiting.status.as_u16(), waiting.header("retry-after")), (409, Some("1")), "{engine:?}");
        given.clock.pass(jiff::SignedDuration::from_mins(5));
        let sequencer = Sequencer::new(given.desk.clone());
        sequencer.step(given.desk.now()).await;
        let key = String::from_utf8(given.seen(Role::Auditor, "/api/v1/ledger/key").await.bytes).unwrap();
        assert_eq!(key, given.desk.ledger_key().to_string(), "{engine:?}");
        let told = given.seen(Role::Auditor, "/api/v1/ledger/checkpoint").await;
        assert_eq!(told.status, 200, "{engine:?}");
        let note = String::from_utf8(told.bytes).unwrap();
        let size: u64 = note.lines().nth(1).unwrap().parse().unwrap();
        let proof = given.seen(Role::Auditor, &path).await.body();
        assert_eq!(proof["checkpoint"], note, "{engine:?}");
        assert!(proof["place"].as_u64().unwrap() < size && !proof["hashes"].as_array().unwrap().is_empty());
        let consistent = format!("/api/v1/ledger/consistency?from=1&to={size}");
        let consistent = given.seen(Role::Auditor, &consistent).await.body();
        assert_eq!(consistent["to"]["root"], note.lines().nth(2).unwrap(), "{engine:?}");
        let beyond = format!("/api/v1/ledger/consistency?from=1&to={}", size + 1);
        assert_eq!(given.seen(Role::Auditor, &beyond).await.errors(), ["sizes-out-of-range"], "{engine:?}");
        let missing = "/api/v1/ledger/entries/00000000-0000-7000-8000-000000000000/proof";
        assert_eq!(given.seen(Role::Auditor, missing).await.status, 404, "{engine:?}");
    }
}
