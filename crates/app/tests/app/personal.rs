//! Personal data, each story on both engines: nobody reads it from what is stolen, staff reads it masked, and erased it is gone.

use crate::{
    Story,
    filers::{CARD, Filer, SUBJECT, operator, reviewer, text},
    key,
    pictures::{CARD_FIELD, NOTED, photo},
    two_people::certificate,
    why_not::{log, principal},
};
use app::{
    Clock, Failure, Told,
    access::{Right, Role},
    ledger::{Sequenced, VerifyLedger},
    orders::{
        OrderFault, SaveFault,
        attachments::{PictureAsked, PictureCopy, ReadFault},
        bureau::{ConfirmSms, FileOrder, RejectOrder},
        review::ReviewFault,
    },
    personal::{EraseFault, ErasePersonalData, Erased, Purpose, SeeFault, Whose},
    two_people::Thing,
};
use filing::orders::{Part, State};
use sha2::{Digest, Sha256};
use std::{
    ffi::OsStr,
    fmt::{Debug, Write},
    fs,
    sync::{Arc, Mutex},
};
use testbed::{ENGINES, Engine};
use tracing::{Event, Metadata, Subscriber, field::Field, span};

/// What nobody may find in clear: name, number, phone, mailbox, address, what the camera noted, and what two people talk about.
const CANARIES: [&str; 8] =
    ["林晓", CARD, "13812345678", "lin@example.com", "科技园路", NOTED, "蓝鲸工作室", "来函第七号"];

/// Hears everything that is logged.
#[derive(Clone, Default)]
struct Heard(Arc<Mutex<String>>);

impl Subscriber for Heard {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &span::Attributes<'_>) -> span::Id {
        span.record(&mut |field: &Field, value: &dyn Debug| {
            write!(self.0.lock().unwrap(), "{field}={value:?} ").unwrap();
        });
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, values: &span::Record<'_>) {
        values.record(&mut |field: &Field, value: &dyn Debug| {
            write!(self.0.lock().unwrap(), "{field}={value:?} ").unwrap();
        });
    }

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, event: &Event<'_>) {
        event.record(&mut |field: &Field, value: &dyn Debug| {
            write!(self.0.lock().unwrap(), "{field}={value:?} ").unwrap();
        });
    }

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}

/// Everything that the database keeps: the files as they are, with the log that was not taken over yet; on PostgreSQL every row of
/// every table, in which bytes are in hex.
async fn all_kept(story: &Story, engine: Engine) -> Vec<u8> {
    if engine == Engine::Sqlite {
        let files = fs::read_dir(story.database.folder()).unwrap().map(|file| file.unwrap().path());
        let files = files.filter(|path| path.extension() != Some(OsStr::new("lock")));
        return files.flat_map(|path| fs::read(path).unwrap()).collect();
    }
    let tables = "SELECT CAST(query_to_xml(format('SELECT CAST(t AS TEXT) AS line FROM %I t', tablename), true, false, '') AS TEXT)
                  FROM pg_tables WHERE schemaname = 'public'";
    let rows = story.look::<(String,)>(tables).await;
    assert!(rows.len() > 30, "every table is looked at");
    rows.into_iter().flat_map(|(rows,)| rows.into_bytes()).collect()
}

/// Whether `all` has `part`, as it is or in hex.
fn has(all: &[u8], part: &[u8]) -> bool {
    let in_hex = app::hex(part);
    [part, in_hex.as_bytes()].iter().any(|part| all.windows(part.len()).any(|found| found == *part))
}

impl Story {
    async fn erase(&self, whose: Whose, key_text: &str) -> Result<Told<Erased>, Failure<EraseFault>> {
        let ask = ErasePersonalData { operator: operator(), whose };
        self.desk.erase_personal_data(ask, key(key_text)).await
    }

    /// Files a submitted order to its end.
    pub(crate) async fn filed(&self, lin: &Filer) {
        self.approve(lin.order).await.unwrap();
        self.send(lin.order).await;
        let order = lin.order;
        self.desk.confirm_sms(ConfirmSms { operator: operator(), order }, key("k-sms")).await.unwrap();
        let (subject_number, website_numbers) = (text(SUBJECT), vec![format!("{SUBJECT}-1")]);
        let file = FileOrder { operator: operator(), order, subject_number, website_numbers };
        self.desk.file_order(file, key("k-file")).await.unwrap();
    }

    pub(crate) async fn verifies(&self) -> bool {
        while let Sequenced::Placed { .. } = self.desk.sequence_ledger(self.clock.now()).await.unwrap() {}
        let report = self.desk.verify_ledger(VerifyLedger { decide: true, most_mistakes: 4 }).await.unwrap();
        report.is_sound()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_personal_stands_in_the_database_the_ledger_or_the_log() {
    let heard = Heard::default();
    tracing::subscriber::set_global_default(heard.clone()).unwrap();
    tracing::info!(canary = "the log is heard");
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.filer(7).await;
        let added = story.add_photo(&lin, CARD_FIELD, photo(30), Some("k-p")).await.unwrap().answer;
        let shown = story.see_photo(&lin, added.picture, PictureCopy::Bureau).await.unwrap();
        story.submit(&lin, "k-1").await.unwrap();
        let zhou = principal(&story, "zhou", Role::Reviewer).await;
        story.desk.order_for(&zhou, lin.order, Some(Purpose::Review)).await.unwrap();
        story.filed(&lin).await;
        let [card, name] = [certificate(CARD), Thing::SubjectName("蓝鲸工作室".to_owned())];
        for (nth, thing) in [card, name].into_iter().enumerate() {
            let key_text = format!("k-list-{nth}");
            let proposed = story.propose_to_list(thing, "来函第七号", &key_text).await.unwrap().answer.id;
            story.desk.proposal_for(&zhou, proposed).await.unwrap();
            if nth == 0 {
                story.agree(proposed, None, "k-agree").await.unwrap();
            }
        }
        let all = all_kept(&story, engine).await;
        assert!(has(&all, b"acc-7"), "{engine:?}: what is no secret is found");
        for canary in CANARIES {
            assert!(!has(&all, canary.as_bytes()), "{engine:?}: {canary}");
            assert!(!heard.0.lock().unwrap().contains(canary), "{engine:?}: {canary} in the log");
        }
        assert!(!has(&all, &shown[600..664]), "{engine:?}: the picture");
        assert!(!has(&all, &photo(30)[600..664]), "{engine:?}: the file that was sent");
    }
    assert!(heard.0.lock().unwrap().contains("the log is heard"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erased_order_reads_as_erased_to_everybody_and_the_ledger_verifies() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.filer(7).await;
        let added = story.add_photo(&lin, CARD_FIELD, photo(30), None).await.unwrap().answer;
        story.submit(&lin, "k-1").await.unwrap();
        let held = story.erase(Whose::Order(lin.order), "k-early").await.unwrap_err();
        let Failure::Because(EraseFault::InProgress(orders)) = held else { panic!("{engine:?} {held}") };
        assert_eq!(orders, [lin.order], "{engine:?}");
        story.give_up(&lin).await.unwrap();
        let erased = story.erase(Whose::Account("acc-7".to_owned()), "k-erase").await.unwrap();
        assert_eq!((erased.answer.keys, erased.answer.orders), (1, 1), "{engine:?}");
        let again = story.erase(Whose::Account("acc-7".to_owned()), "k-erase").await.unwrap();
        assert_eq!((again.before, again.answer), (true, erased.answer), "{engine:?}");
        let order = story.desk.order(&lin.asker, lin.order).await.unwrap();
        assert_eq!((order.state, order.form), (State::Withdrawn, None), "{engine:?}");
        let zhou = principal(&story, "zhou", Role::Reviewer).await;
        let seen = story.desk.order_for(&zhou, lin.order, Some(Purpose::Review)).await.unwrap();
        assert_eq!(seen.order.form, None, "{engine:?}");
        let picture = story.see_photo(&lin, added.picture, PictureCopy::Review).await.unwrap_err();
        let is_erased = matches!(picture, Failure::Because(ReadFault::Order(OrderFault::Erased)));
        assert!(is_erased, "{engine:?} {picture}");
        let left = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM
                    (SELECT 1 AS x FROM order_marks UNION ALL SELECT 1 FROM attachment_pieces
                     UNION ALL SELECT 1 FROM subject_keys WHERE sealed IS NOT NULL) l";
        assert_eq!(story.look::<(i64,)>(left).await, [(0,)], "{engine:?}");
        assert!(story.verifies().await, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_can_be_erased_and_neither_saved_nor_submitted_afterwards() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let (lin, other) = (story.filer(7).await, story.filer(8).await);
        story.erase(Whose::Order(lin.order), "k-erase").await.unwrap();
        let saved = story.save(&lin, Part::Subject).await.unwrap_err();
        let is_erased = matches!(saved, Failure::Because(SaveFault::Order(OrderFault::Erased)));
        assert!(is_erased, "{engine:?} {saved}");
        assert_eq!(story.give_up(&lin).await.unwrap().state, State::Withdrawn, "{engine:?}");
        let kept = story.desk.order(&other.asker, other.order).await.unwrap();
        assert!(kept.form.is_some(), "{engine:?}: nobody else's is erased");
        let unknown = story.erase(Whose::Subject(SUBJECT.to_owned()), "k-none").await.unwrap_err();
        assert!(matches!(unknown, Failure::Because(EraseFault::Unknown)), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_filed_is_erased_only_once_it_is_cancelled_and_then_with_its_orders() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.filer(7).await;
        story.submit(&lin, "k-1").await.unwrap();
        story.filed(&lin).await;
        for (whose, key_text) in [
            (Whose::Subject(SUBJECT.to_owned()), "k-a"),
            (Whose::Order(lin.order), "k-b"),
            (Whose::Account("acc-7".to_owned()), "k-c"),
        ] {
            let refused = story.erase(whose, key_text).await.unwrap_err();
            let Failure::Because(EraseFault::Filed(numbers)) = refused else { panic!("{engine:?}") };
            assert_eq!(numbers, [SUBJECT], "{engine:?}");
        }
        assert_eq!(story.say("UPDATE subjects SET state = 'cancelled'", vec![]).await, 1);
        let erased = story.erase(Whose::Subject(SUBJECT.to_owned()), "k-erase").await.unwrap().answer;
        assert_eq!((erased.keys, erased.orders, erased.subjects), (1, 1, 1), "{engine:?}");
        let order = story.desk.order(&lin.asker, lin.order).await.unwrap();
        assert_eq!((order.state, order.form), (State::Filed, None), "{engine:?}");
        let marks = story.look::<(i64,)>("SELECT CAST(COUNT(*) AS BIGINT) AS n FROM subject_marks").await;
        assert_eq!(marks, [(0,)], "{engine:?}");
    }
}

/// What a request was known by before its hash had a key: whoever guesses what was asked can make it.
fn guessed(word: &str, asked: &impl serde::Serialize) -> [u8; 32] {
    let asked = serde_json::to_vec(asked).unwrap();
    Sha256::new().chain_update(word).chain_update([0]).chain_update(asked).finalize().into()
}

#[tokio::test(flavor = "multi_thread")]
async fn after_erasing_a_guess_at_a_name_or_number_is_not_confirmed_by_what_is_kept() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.filer(7).await;
        story.submit(&lin, "k-1").await.unwrap();
        story.approve(lin.order).await.unwrap();
        story.send(lin.order).await;
        let reason = format!("林晓（{CARD}）的证件已过期");
        let reject = RejectOrder { operator: operator(), order: lin.order, reason };
        let told = story.desk.reject_order(reject.clone(), key("k-reject")).await.unwrap();
        story.erase(Whose::Order(lin.order), "k-erase").await.unwrap();
        let all = all_kept(&story, engine).await;
        assert!(!has(&all, &guessed("reject-order", &reject)), "{engine:?}: what was asked");
        for canary in CANARIES {
            assert!(!has(&all, &Sha256::digest(canary)), "{engine:?}: {canary}");
        }
        let again = story.desk.reject_order(reject, key("k-reject")).await.unwrap();
        assert_eq!(
            (again.before, again.entry),
            (true, told.entry),
            "{engine:?}: it is told again all the same"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_sees_orders_masked_and_in_clear_only_with_the_right_and_a_line_in_the_log() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.filer(7).await;
        let [support, zhou, auditor] = [
            principal(&story, "zhao", Role::Support).await,
            principal(&story, "zhou", Role::Reviewer).await,
            principal(&story, "sun", Role::Auditor).await,
        ];
        story.submit(&lin, "k-1").await.unwrap();
        let seen = story.desk.order_for(&support, lin.order, None).await.unwrap();
        let form = seen.order.form.unwrap();
        assert_eq!((seen.account.as_str(), seen.masked), (lin.asker.name(), true), "{engine:?}");
        assert_eq!(form, lin.form.clone().tidied().masked(), "{engine:?}");
        let words = serde_json::to_string(&form).unwrap();
        let [name, number, phone, mailbox, ..] = CANARIES;
        assert!(![name, number, phone, mailbox].iter().any(|canary| words.contains(canary)), "{engine:?}");
        for (by, purpose, right) in [
            (&support, Some(Purpose::Customer), Right::ReadPersonalData),
            (&auditor, None, Right::ReadOrders),
        ] {
            let refused = story.desk.order_for(by, lin.order, purpose).await.unwrap_err();
            let expected = SeeFault::NotAllowed(right);
            assert!(matches!(&refused, Failure::Because(fault) if *fault == expected), "{engine:?}");
        }
        assert_eq!(log(&story, &auditor).await, [], "{engine:?}: what is masked is not recorded");
        let clear = story.desk.order_for(&zhou, lin.order, Some(Purpose::Bureau)).await.unwrap();
        assert_eq!((clear.order.form, clear.masked), (Some(lin.form.clone().tidied()), false), "{engine:?}");
        let lines = log(&story, &auditor).await;
        let [line] = lines.as_slice() else { panic!("{engine:?} {lines:?}") };
        assert_eq!((line.who.as_str(), line.what.as_str(), line.order), ("zhou", "order", Some(lin.order)));
        assert_eq!((line.purpose.as_deref(), line.account.as_deref()), (Some("bureau"), Some("acc-7")));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_finds_no_draft_and_of_a_returned_order_what_was_submitted() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let mut lin = story.filer(7).await;
        let zhou = principal(&story, "zhou", Role::Reviewer).await;
        let first = story.add_photo(&lin, CARD_FIELD, photo(30), None).await.unwrap().answer.picture;
        let see = async |purpose| story.desk.order_for(&zhou, lin.order, purpose).await;
        let look = async |picture| {
            let ask = PictureAsked { order: lin.order, picture, copy: PictureCopy::Review };
            story.desk.picture_for(&zhou, ask, Purpose::Review).await
        };
        for purpose in [None, Some(Purpose::Review)] {
            let unknown = see(purpose).await.unwrap_err();
            let is_unknown = matches!(unknown, Failure::Because(SeeFault::Order(OrderFault::Unknown)));
            assert!(is_unknown, "{engine:?} {unknown}");
        }
        let unknown = look(first).await.unwrap_err();
        let is_unknown = matches!(unknown, Failure::Because(ReadFault::Order(OrderFault::Unknown)));
        assert!(is_unknown, "{engine:?} {unknown}");
        let claimed = story.desk.claim_order(&reviewer(), lin.order).await.unwrap_err();
        let is_unknown = matches!(claimed, Failure::Because(ReviewFault::Order(OrderFault::Unknown)));
        assert!(is_unknown, "{engine:?} {claimed}");
        story.submit(&lin, "k-1").await.unwrap();
        let submitted = see(Some(Purpose::Review)).await.unwrap().order.form;
        story.give_back_for(&lin, "materials").await;
        let second = story.add_photo(&lin, CARD_FIELD, photo(40), None).await.unwrap().answer.picture;
        lin.form.subject.as_mut().unwrap().address = text("科技园路10号");
        story.save(&lin, Part::Subject).await.unwrap();
        let seen = story.desk.order_for(&zhou, lin.order, Some(Purpose::Review)).await.unwrap();
        assert_eq!(seen.order.form, submitted, "{engine:?}: what was not submitted is not shown");
        assert!(look(first).await.is_ok(), "{engine:?}");
        let unsent = look(second).await.unwrap_err();
        assert!(matches!(unsent, Failure::Because(ReadFault::NoPicture)), "{engine:?} {unsent}");
    }
}

/// Where operators read what lies on of a destroyed key, and what they do about it.
const PAGES: [&str; 2] =
    [include_str!("../../../../docs/backup.en.md"), include_str!("../../../../docs/backup.zh.md")];

/// Whether a file has any part of a sealed key.
fn any_of_it(sealed: &[u8], file: &[u8]) -> bool {
    sealed.windows(16).any(|part| file.windows(16).any(|found| found == part))
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_destroyed_key_nothing_lies_on_in_the_file_once_the_log_beside_it_is_taken_over() {
    const TAKEN_OVER: &str = "PRAGMA wal_checkpoint(TRUNCATE)";
    assert!(PAGES.iter().all(|page| page.contains(TAKEN_OVER)), "operators are told");
    let story = Story::on(Engine::Sqlite).await;
    let lin = story.filer(7).await;
    let sealed = story.look::<(Vec<u8>,)>("SELECT sealed FROM subject_keys").await.remove(0).0;
    let files = || {
        let conn = rusqlite::Connection::open(story.database.file()).unwrap();
        conn.query_row(TAKEN_OVER, [], |_| Ok(())).unwrap();
        let log = story.database.folder().join("kebei.db-wal");
        [fs::read(story.database.file()).unwrap(), fs::read(log).unwrap()].concat()
    };
    assert!(any_of_it(&sealed, &files()), "it is found while it is there");
    story.erase(Whose::Order(lin.order), "k-erase").await.unwrap();
    assert!(!any_of_it(&sealed, &files()));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_destroyed_key_nothing_lies_on_in_a_table_that_is_written_anew() {
    const WRITTEN_ANEW: &str = "VACUUM FULL subject_keys";
    assert!(PAGES.iter().all(|page| page.contains(WRITTEN_ANEW)), "operators are told");
    let story = Story::on(Engine::Postgres).await;
    let lin = story.filer(7).await;
    let sealed = story.look::<(Vec<u8>,)>("SELECT sealed FROM subject_keys").await.remove(0).0;
    let url = &story.database.postgres().unwrap().url;
    let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    let table = async || {
        client.batch_execute("CHECKPOINT").await.unwrap();
        let read = "SELECT pg_read_binary_file(pg_relation_filepath('subject_keys'))";
        client.query_one(read, &[]).await.unwrap().get::<_, Vec<u8>>(0)
    };
    story.erase(Whose::Order(lin.order), "k-erase").await.unwrap();
    assert!(any_of_it(&sealed, &table().await), "it lies on until then");
    client.batch_execute(WRITTEN_ANEW).await.unwrap();
    assert!(!any_of_it(&sealed, &table().await));
}
