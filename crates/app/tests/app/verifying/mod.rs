//! Verifying a product: one cause at a time, told to each as he may know it, once for each key, and in the ledger.

mod guesses;

use crate::{
    Story, codes, key,
    logged::{logged, statements},
    server, surroundings,
};
use app::{
    Asker, BadPhc, Clock, Desk, Failure, Operator, Phc, Told,
    access::Password,
    codes::{GrantCode, PremakeCodes, Which},
    ledger::VerifyLedger,
    verification::{
        CheckVerification, HostPanel, HostPassword, LoginFault, LoginRecorded, PanelAnswer, PanelAsk,
        PanelFuture, PanelUnavailable, Proof, RecordLogin, VerifyFault, VerifyProduct, Verifying,
    },
};
use argon2::{Algorithm, Argon2, Params, PasswordHasher, Version};
use filing::verification::Reader;
use futures_util::future::join_all;
use jiff::SignedDuration;
use rulebook::{Facts, Lang};
use std::{
    fmt::Write as _,
    num::NonZero,
    sync::{Arc, Mutex},
};
use store::{StoreError, Tx, Unit, VerificationId, verifications::Use};
use testbed::ENGINES;

/// What is planted, and must turn up nowhere.
pub(crate) const USER: &str = "canary-user-4711";
const HOST: &str = "canary-host-4711.example";
pub(crate) const PASSWORD: &str = "canary-Passw0rd-4711";

/// A hash that is quick to compare with.
fn quick(password: &str) -> Phc {
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(64, 1, 1, None).unwrap());
    let hash = argon2.hash_password_with_salt(password.as_bytes(), b"salt of a story").unwrap();
    Phc::parse(&hash.to_string()).unwrap()
}

fn code(text: &str) -> Proof {
    Proof::Code(text.to_owned())
}

pub(crate) fn host(name: &str, password: &str) -> Proof {
    Proof::Host { name: name.to_owned(), password: Password::from(password) }
}

fn ask(asker: &Asker, product: &str, proof: Proof) -> VerifyProduct {
    VerifyProduct { asker: asker.clone(), product: product.to_owned(), proof, address: None }
}

fn login(instance: &str, names: &[&str], password: HostPassword) -> RecordLogin {
    let names = names.iter().map(|name| (*name).to_owned()).collect();
    RecordLogin { instance: instance.to_owned(), names, password }
}

/// The word of the cause as the filer is told it, and as it is; `verified` when it is.
fn told(verifying: &Verifying) -> (&'static str, &'static str) {
    verifying.judge(|answer, reader| match answer {
        Ok(_) => ("verified", "verified"),
        Err(failed) => (failed.cause(reader).word(), failed.true_cause().name().word()),
    })
}

/// Everything that the filer reads.
fn read(verifying: &Verifying) -> String {
    verifying.judge(|answer, reader| match answer {
        Ok(verified) => format!("{:?}", verified.addresses()),
        Err(failed) => {
            let all = Lang::ALL.map(|lang| failed.message(reader, lang) + &failed.suggestion(reader, lang));
            format!("{} {all:?} {:?}", failed.failure().word(), failed.remedy(reader))
        }
    })
}

impl Story {
    async fn verify(
        &self,
        asker: &Asker,
        product: &str,
        proof: Proof,
    ) -> Result<Told<Verifying>, Failure<VerifyFault>> {
        self.desk.verify_product(ask(asker, product, proof), None).await
    }

    /// What the filer is told, and what is.
    async fn cause(&self, asker: &Asker, product: &str, proof: Proof) -> (&'static str, &'static str) {
        told(&self.verify(asker, product, proof).await.unwrap().answer)
    }

    /// One code of `asker` on an instance, as text.
    async fn code_on(&self, asker: &Asker, instance: &str, name: &str) -> (store::CodeId, String) {
        let told = self.desk.issue_codes(codes(asker, instance, 1), key(name)).await.unwrap();
        let issued = told.answer.codes.unwrap().remove(0);
        (issued.id, issued.code.to_string())
    }

    async fn set_state(&self, id: store::CodeId, state: &'static str) {
        let set = "UPDATE codes SET state = $2 WHERE id = $1";
        assert_eq!(self.say(set, vec![Box::new(id), Box::new(state)]).await, 1);
    }

    /// A host of `asker` with its login.
    pub(crate) async fn host(&self, asker: &Asker, name: &str, product: &str, names: &[&str]) {
        let facts = Facts { product: product.to_owned(), ..server(name, asker) };
        self.desk.record_instance(facts).await.unwrap();
        let record = login(name, names, HostPassword::Hashed(quick(PASSWORD)));
        assert_eq!(self.desk.record_login(record).await.unwrap(), LoginRecorded::New);
    }

    /// Uses a verification as an order will; whether it could be used.
    async fn use_it(&self, asker: &Asker, id: VerificationId) -> bool {
        struct UseIt(Use);
        impl Unit for UseIt {
            type Output = u64;
            type Error = StoreError;

            async fn run(&self, tx: &mut Tx<'_>) -> Result<u64, StoreError> {
                Ok(tx.together(&[self.0.using()]).await?[0])
            }
        }
        let using = Use::new(id, asker.id(), self.clock.now().as_microsecond());
        self.store.write(UseIt(using)).await.unwrap() == 1
    }

    /// Whether the ledger is sound and every decision of it is found again.
    pub(crate) async fn is_sound(&self) -> bool {
        self.desk.sequence_ledger(self.clock.now()).await.unwrap();
        let report = self.desk.verify_ledger(VerifyLedger { decide: true, most_mistakes: 9 }).await.unwrap();
        assert!(report.is_sound(), "{:?}", report.mistakes);
        report.is_sound()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_cause_of_a_code_is_told_in_its_turn() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let (li, wang) = (story.customer(7).await, story.customer(8).await);
        let zhao = story.account(9).await;
        let (id, text) = story.code_on(&li, "i-7", "k-1").await;
        let cause = |asker: &Asker, product: &'static str| {
            let (story, asker, text) = (&story, asker.clone(), text.clone());
            async move { story.cause(&asker, product, code(&text)).await.0 }
        };
        let lost = story.verify(&li, "ecs", code("0000")).await.unwrap();
        assert_eq!(told(&lost.answer).0, "malformed-code", "{engine:?}");
        assert!(read(&lost.answer).contains("少了 16 位"), "{engine:?}: {}", read(&lost.answer));
        assert_eq!(
            story.cause(&li, "ecs", code("00000-00000-00000-00000")).await.0,
            "unknown-code",
            "{engine:?}"
        );
        let strange = story.cause(&wang, "ecs", code(&text)).await;
        assert_eq!(strange, ("unknown-code", "not-granted"), "{engine:?}");
        let to = "acc-8".to_owned();
        let grant = GrantCode { asker: li.clone(), code: Which::Id(id), to };
        story.desk.grant_code(grant, None).await.unwrap();
        assert_eq!(
            [cause(&li, "swas").await, cause(&wang, "swas").await],
            ["product-mismatch"; 2],
            "{engine:?}"
        );
        assert_eq!(
            [cause(&li, "ecs").await, cause(&wang, "云服务器 ECS").await],
            ["verified"; 2],
            "{engine:?}"
        );
        for (state, wanted) in
            [("recording", "code-recording"), ("recorded", "code-recorded"), ("void", "code-void")]
        {
            story.set_state(id, state).await;
            assert_eq!([cause(&li, "ecs").await, cause(&wang, "ecs").await], [wanted; 2], "{engine:?}");
            assert_eq!(cause(&zhao, "ecs").await, "unknown-code", "{engine:?}");
        }
        story.set_state(id, "bound").await;
        let bare = Facts { public_bandwidth_mbps: Some(0), ..server("i-7", &li) };
        story.desk.record_instance(bare).await.unwrap();
        assert_eq!(cause(&li, "ecs").await, "instance-ineligible", "{engine:?}");
        story.clock.pass(SignedDuration::from_secs(1));
        story.mark_gone("i-7").await;
        story.clock.pass(SignedDuration::from_secs(1));
        assert_eq!(cause(&li, "ecs").await, "instance-expired", "{engine:?}");
        story.desk.record_instance(server("i-7", &li)).await.unwrap();
        story.clock.move_to("2022-01-01T00:00:00Z");
        assert_eq!(cause(&li, "ecs").await, "instance-expired", "{engine:?}");
        assert!(story.is_sound().await, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_made_beforehand_is_unbound_until_it_is_bound() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let li = story.customer(7).await;
        let ask = PremakeCodes {
            operator: Operator::parse("wei").unwrap(),
            count: NonZero::<u32>::MIN,
            account: Some("acc-7".to_owned()),
        };
        let made = story.desk.premake_codes(ask, key("p-1")).await.unwrap().answer.remove(0);
        let proof = || code(&made.code.to_string());
        assert_eq!(story.cause(&li, "ecs", proof()).await.0, "code-unbound", "{engine:?}");
        let wang = story.customer(8).await;
        assert_eq!(story.cause(&wang, "ecs", proof()).await, ("unknown-code", "not-granted"), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_used_code_sends_to_another_one_only_while_there_is_one() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let li = story.customer(7).await;
        let (id, text) = story.code_on(&li, "i-7", "k-1").await;
        story.set_state(id, "recorded").await;
        let remedy = || async {
            let told = story.verify(&li, "ecs", code(&text)).await.unwrap();
            told.answer.judge(|answer, reader| answer.unwrap_err().remedy(reader).word())
        };
        assert_eq!(remedy().await, "use-another-code", "{engine:?}: places are free");
        story.desk.issue_codes(codes(&li, "i-7", 4), key("k-2")).await.unwrap();
        assert_eq!(remedy().await, "use-another-code", "{engine:?}: codes are unused");
        story.say("UPDATE codes SET state = 'recorded'", vec![]).await;
        assert_eq!(remedy().await, "use-another-instance", "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_is_proved_by_its_login_whoever_files() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let (li, wang) = (story.account(7).await, story.account(8).await);
        story.host(&li, "h-1", "web-hosting", &[USER]).await;
        story.host(&li, "h-2", "premium-hosting", &["premium-1", HOST]).await;
        let shouted = host(&format!(" {} ", USER.to_uppercase()), PASSWORD);
        assert_eq!(story.cause(&li, "web-hosting", shouted).await.0, "verified", "{engine:?}");
        assert_eq!(
            story.cause(&wang, "premium-hosting", host(HOST, PASSWORD)).await.0,
            "verified",
            "{engine:?}"
        );
        for (name, password) in [(USER, "wrong"), ("nobody", PASSWORD), (USER, "Canary-Passw0rd-4711")] {
            let cause = story.cause(&li, "web-hosting", host(name, password)).await;
            assert_eq!(cause.0, "bad-credentials", "{engine:?} {name}");
        }
        let other = story.cause(&wang, "web-hosting", host(HOST, "wrong")).await.0;
        assert_eq!(
            other, "bad-credentials",
            "{engine:?}: that it is of another product is for whoever has the password"
        );
        assert_eq!(
            story.cause(&wang, "web-hosting", host(HOST, PASSWORD)).await.0,
            "product-mismatch",
            "{engine:?}"
        );
        story.say("UPDATE quota_places SET used = 5", vec![]).await;
        let full = story.verify(&wang, "web-hosting", host(USER, PASSWORD)).await.unwrap();
        assert_eq!(told(&full.answer).0, "instance-limit-reached", "{engine:?}");
        full.answer.judge(|answer, reader| {
            assert_eq!(reader, Reader::Grantee, "{engine:?}");
            assert_eq!(answer.unwrap_err().failure().word(), "subject-limit-reached", "{engine:?}");
        });
        story.say("UPDATE quota_places SET used = 0", vec![]).await;
        story.clock.move_to("2022-01-01T00:00:00Z");
        assert_eq!(
            story.cause(&wang, "web-hosting", host(USER, PASSWORD)).await.0,
            "instance-expired",
            "{engine:?}"
        );
        let told = story.verify(&wang, "ecs", host(USER, PASSWORD)).await.unwrap_err();
        assert!(matches!(told, Failure::Because(VerifyFault::WrongProof { .. })), "{engine:?} {told}");
        let told = story.verify(&wang, "web-hosting", code("0000")).await.unwrap_err();
        assert!(matches!(told, Failure::Because(VerifyFault::WrongProof { .. })), "{engine:?} {told}");
        for proof in [code("0000"), host(USER, PASSWORD)] {
            let told = story.verify(&wang, "shop", proof).await.unwrap_err();
            let Failure::Because(VerifyFault::FiledElsewhere { name, place }) = told else {
                panic!("{told}")
            };
            assert_eq!((name.en.as_str(), place.is_some()), ("Merchant Shop", true), "{engine:?}");
        }
        let told = story.verify(&wang, "no such thing", code("0000")).await.unwrap_err();
        assert!(matches!(told, Failure::Because(VerifyFault::UnknownProduct(_))), "{engine:?} {told}");
        assert!(story.is_sound().await, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_verification_is_used_once_by_its_account_within_thirty_days_and_reserves_nothing() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let (li, wang) = (story.customer(7).await, story.customer(8).await);
        let (_, text) = story.code_on(&li, "i-7", "k-1").await;
        let places = story.snapshot().await.places;
        let first = story.verify(&li, "ecs", code(&text)).await.unwrap().answer.passed().unwrap();
        let second = story.verify(&li, "ecs", code(&text)).await.unwrap().answer.passed().unwrap();
        assert_eq!(story.snapshot().await.places, places, "{engine:?}");
        let read = story.desk.verification(&li, first.id).await.unwrap().unwrap();
        assert_eq!((&*read.instance, &*read.product), ("i-7", "ecs"), "{engine:?}");
        assert_eq!(read.addresses, server("i-7", &li).public_ips.unwrap(), "{engine:?}");
        assert_eq!(
            read.expires_at.duration_since(read.made_at),
            SignedDuration::from_hours(30 * 24),
            "{engine:?}"
        );
        assert_eq!(story.desk.verification(&wang, first.id).await.unwrap(), None, "{engine:?}");
        assert!(!story.use_it(&wang, first.id).await, "{engine:?}: it is not his");
        story.clock.pass(SignedDuration::from_secs(1));
        assert!(story.use_it(&li, first.id).await, "{engine:?}");
        assert!(!story.use_it(&li, first.id).await, "{engine:?}: once");
        let used = story.desk.verification(&li, first.id).await.unwrap().unwrap();
        assert!(!used.is_usable(story.clock.now()) && used.used_at.is_some(), "{engine:?}");
        let last = second.expires_at.duration_since(story.clock.now()) - SignedDuration::from_micros(1);
        story.clock.pass(last);
        let read = story.desk.verification(&li, second.id).await.unwrap().unwrap();
        assert!(read.is_usable(story.clock.now()), "{engine:?}");
        story.clock.pass(SignedDuration::from_micros(1));
        assert!(!read.is_usable(story.clock.now()), "{engine:?}");
        assert!(!story.use_it(&li, second.id).await, "{engine:?}: thirty days and no more");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_key_gives_the_same_answer_also_when_two_ask_at_once() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let li = story.customer(7).await;
        let (id, text) = story.code_on(&li, "i-7", "k-1").await;
        story.host(&li, "h-1", "web-hosting", &[USER]).await;
        for (at, (product, proof)) in
            [("ecs", code(&text)), ("web-hosting", host(USER, PASSWORD))].into_iter().enumerate()
        {
            let name = format!("v-{at}");
            let asks =
                (0..4).map(|_| story.desk.verify_product(ask(&li, product, proof.clone()), Some(key(&name))));
            let answers: Vec<_> = join_all(asks).await.into_iter().map(Result::unwrap).collect();
            assert_eq!(answers.iter().filter(|told| !told.before).count(), 1, "{engine:?}");
            assert!(
                answers.iter().all(|told| told.answer.passed() == answers[0].answer.passed()),
                "{engine:?}"
            );
        }
        let made: Vec<(i64,)> = story.look("SELECT CAST(COUNT(*) AS BIGINT) AS n FROM verifications").await;
        assert_eq!(made[0].0, 2, "{engine:?}");
        story.set_state(id, "void").await;
        let again = story.desk.verify_product(ask(&li, "ecs", code(&text)), Some(key("v-0"))).await.unwrap();
        assert!(again.before && again.answer.passed().is_some(), "{engine:?}");
        let other =
            story.desk.verify_product(ask(&li, "ecs", code("other")), Some(key("v-0"))).await.unwrap_err();
        assert!(matches!(other, Failure::KeyUsed), "{engine:?} {other}");
        let wrong = host(USER, "wrong");
        let other =
            story.desk.verify_product(ask(&li, "web-hosting", wrong), Some(key("v-1"))).await.unwrap_err();
        assert!(matches!(other, Failure::KeyUsed), "{engine:?} {other}");
        let typed = || story.desk.verify_product(ask(&li, "ecs", code("12")), Some(key("v-2")));
        let (first, again) = (typed().await.unwrap(), typed().await.unwrap());
        assert_eq!((read(&first.answer), again.before), (read(&again.answer), true), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_see_why_and_nothing_is_written() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let (li, wang) = (story.customer(7).await, story.customer(8).await);
        let (_, text) = story.code_on(&li, "i-7", "k-1").await;
        let before = story.snapshot().await;
        for (filer, wanted) in [(&li, "verified"), (&wang, "not-granted")] {
            let check =
                CheckVerification { filer: filer.clone(), product: "ecs".to_owned(), proof: code(&text) };
            let answer = story.desk.check_verification(check).await.unwrap();
            let word =
                answer.judge(|answer, _| answer.err().map(|failed| failed.cause(Reader::Staff).word()));
            assert_eq!(word.unwrap_or("verified"), wanted, "{engine:?}");
        }
        assert_eq!(story.snapshot().await, before, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn logins_are_recorded_once_and_no_two_hosts_have_one_name() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let li = story.customer(7).await;
        story.host(&li, "h-1", "web-hosting", &[USER, HOST]).await;
        story.host(&li, "h-2", "web-hosting", &["other"]).await;
        let hashed = |password| HostPassword::Hashed(quick(password));
        let record =
            |instance, names: &[&str], password| story.desk.record_login(login(instance, names, password));
        let same = record("h-1", &[HOST, USER], hashed(PASSWORD)).await.unwrap();
        assert_eq!(same, LoginRecorded::Same, "{engine:?}");
        let plain = || HostPassword::Plain(Password::from(PASSWORD));
        assert_eq!(record("h-1", &[USER, HOST], plain()).await.unwrap(), LoginRecorded::Same, "{engine:?}");
        let named = record("h-1", &[USER], plain()).await.unwrap();
        assert_eq!(named, LoginRecorded::Changed, "{engine:?}");
        assert_eq!(
            story.cause(&li, "web-hosting", host(HOST, PASSWORD)).await.0,
            "bad-credentials",
            "{engine:?}"
        );
        assert_eq!(story.cause(&li, "web-hosting", host(USER, PASSWORD)).await.0, "verified", "{engine:?}");
        let dry = story.desk.check_login(login("h-1", &[USER], hashed("new"))).await.unwrap();
        assert_eq!(dry, LoginRecorded::Changed, "{engine:?}");
        assert_eq!(
            story.cause(&li, "web-hosting", host(USER, "new")).await.0,
            "bad-credentials",
            "{engine:?}"
        );
        let taken = record("h-2", &["other", USER], hashed("x")).await.unwrap_err();
        assert!(matches!(taken, LoginFault::NameTaken), "{engine:?} {taken}");
        let unknown = record("h-9", &["nine"], hashed("x")).await.unwrap_err();
        assert!(matches!(unknown, LoginFault::UnknownInstance(_)), "{engine:?} {unknown}");
        let server = record("i-7", &["seven"], hashed("x")).await.unwrap_err();
        assert!(matches!(server, LoginFault::NotByPassword(_)), "{engine:?} {server}");
        let nameless = record("h-2", &[" "], hashed("x")).await.unwrap_err();
        assert!(matches!(nameless, LoginFault::BadName), "{engine:?} {nameless}");
    }
    assert_eq!(
        Phc::parse("$argon2id$v=19$m=999999,t=2,p=1$S2ViZWkga25vd3M$AAAAAAAAAAAAAAAAAAAAAA"),
        Err(BadPhc::TooCostly)
    );
}

/// A panel that answers what it is told to.
struct Panel(Mutex<Result<PanelAnswer, PanelUnavailable>>);

impl HostPanel for Panel {
    fn ask(&self, asked: PanelAsk) -> PanelFuture<'_> {
        assert_eq!(asked.product, "web-hosting", "the id, whatever the customer typed, and no other product");
        let answer = self.0.lock().unwrap().clone();
        Box::pin(async move { answer })
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_panel_of_the_provider_is_asked_instead_and_told_of_when_it_does_not_answer() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let li = story.account(7).await;
        let facts = Facts { product: "web-hosting".to_owned(), ..server("h-1", &li) };
        story.desk.record_instance(facts).await.unwrap();
        let panel = Arc::new(Panel(Mutex::new(Ok(PanelAnswer::Host { instance: "h-1".to_owned() }))));
        let around = surroundings(&story.clock, 77);
        let desk = Desk::open_with_panel(story.store.clone(), around, Some(panel.clone())).await.unwrap();
        let cause = || async {
            let told =
                desk.verify_product(ask(&li, "web-hosting", host(USER, PASSWORD)), None).await.unwrap();
            told.answer
        };
        assert_eq!(told(&cause().await).0, "verified", "{engine:?}");
        let by_name = ask(&li, "云虚拟主机", host(USER, PASSWORD));
        assert!(desk.verify_product(by_name, None).await.is_ok(), "{engine:?}");
        let other = desk.verify_product(ask(&li, "ecs", host(USER, PASSWORD)), None).await.unwrap_err();
        assert!(matches!(other, Failure::Because(VerifyFault::WrongProof { .. })), "{engine:?} {other}");
        *panel.0.lock().unwrap() = Ok(PanelAnswer::No);
        assert_eq!(told(&cause().await).0, "bad-credentials", "{engine:?}");
        *panel.0.lock().unwrap() = Ok(PanelAnswer::Host { instance: "h-9".to_owned() });
        assert_eq!(told(&cause().await).0, "upstream-unavailable", "{engine:?}: not imported yet");
        let retry_after = Some(SignedDuration::from_mins(5));
        *panel.0.lock().unwrap() = Err(PanelUnavailable { retry_after });
        let down = cause().await;
        assert_eq!(told(&down).0, "upstream-unavailable", "{engine:?}");
        assert!(read(&down).contains("2020-11-01 09:05"), "{engine:?} {}", read(&down));
        assert_eq!(desk.passwords_hashed(), 0, "{engine:?}");
        assert!(story.is_sound().await, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn to_a_stranger_what_is_not_his_is_the_same_work_as_what_is_not_there() {
    logged();
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let (li, wang) = (story.customer(7).await, story.customer(8).await);
        let (_, text) = story.code_on(&li, "i-7", "k-1").await;
        story.host(&li, "h-1", "web-hosting", &[USER]).await;
        let proofs = [
            [("ecs", code(&text)), ("ecs", code("7ZQ4M-2X9K1-C8V5T-3B6NZ"))],
            [("web-hosting", host(USER, "wrong")), ("web-hosting", host("nobody", "wrong"))],
        ];
        for both in proofs {
            let mut work = Vec::new();
            for (product, proof) in both {
                // A first time fills what is prepared once.
                story.verify(&wang, product, proof.clone()).await.unwrap();
                let (hashes, _) = (story.desk.passwords_hashed(), statements());
                let told = story.verify(&wang, product, proof).await.unwrap();
                let ran = statements();
                assert!(ran.len() > 3, "{engine:?} {ran:?}");
                work.push((ran, story.desk.passwords_hashed() - hashes, read(&told.answer)));
            }
            assert_eq!(work[0], work[1], "{engine:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_turns_up_nowhere() {
    logged();
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let li = story.customer(7).await;
        let (_, text) = story.code_on(&li, "i-7", "k-1").await;
        let bare: String = text.replace('-', "");
        story.host(&li, "h-1", "web-hosting", &[USER, HOST]).await;
        let record = login("h-1", &[USER, HOST], HostPassword::Plain(Password::from("canary-plain-4711")));
        let mut shown = format!("{record:?}");
        story.desk.record_login(record).await.unwrap();
        let proofs = [
            ("ecs", code(&text)),
            ("web-hosting", host(USER, PASSWORD)),
            ("web-hosting", host(HOST, "canary-plain-4711")),
        ];
        for (at, (product, proof)) in proofs.into_iter().enumerate() {
            let ask = ask(&li, product, proof);
            write!(shown, "{ask:?}").unwrap();
            let told = story.desk.verify_product(ask, Some(key(&format!("v-{at}")))).await.unwrap();
            write!(shown, "{told:?}").unwrap();
            shown += &String::from_utf8_lossy(&story.entry(told.entry).await.decided.unwrap());
            write!(shown, "{:?}", story.entry(told.entry).await).unwrap();
        }
        let stored: Vec<(Vec<u8>, Vec<u8>)> = story.look("SELECT digest, digest FROM requests").await;
        assert_eq!(stored.len(), 4, "{engine:?}");
        let hashed: Vec<(Vec<u8>, String)> = story
            .look(
                "SELECT n.lookup, c.phc FROM host_names n JOIN host_credentials c ON c.instance = n.instance",
            )
            .await;
        write!(shown, "{hashed:?}").unwrap();
        shown += &logged().lock().unwrap().join("\n");
        for canary in ["canary", "4711", &text, &bare] {
            assert!(!shown.contains(canary), "{engine:?}: {canary} in {shown}");
        }
        assert!(story.is_sound().await, "{engine:?}");
    }
}
