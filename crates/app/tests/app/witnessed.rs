//! What the ledger says of each answer, and that it bears the answer out.

use crate::{Story, server};
use app::{
    Published, Told,
    codes::{Issuing, Question, UnlikeDecided},
};
use ledger::{Actor, ActorKind, Entry, EntryRef, Id};
use rulebook::ALIYUN;
use store::{EntryId, InstanceId};
use testbed::ENGINES;

fn aliyun() -> Published {
    Published::read(ALIYUN.as_bytes()).unwrap()
}

/// Decides an entry again.
fn verified(entry: &Entry, rulebook: &Published) -> Result<Question, UnlikeDecided> {
    let bytes = entry.encode().unwrap();
    Question::verified(&EntryRef::decode(&bytes).unwrap(), rulebook)
}

/// The ids that an entry about codes on the only instance names.
async fn ids(story: &Story, told: &Told<Issuing>) -> Vec<(String, Id)> {
    let instance = story.look::<(InstanceId,)>("SELECT id FROM instances").await[0].0;
    let bytes = |id: &[u8; 16]| Id::bytes(id.as_slice());
    let codes = told.answer.codes.iter().flatten().map(|issued| ("code", bytes(issued.id.as_bytes())));
    let instance = [("instance", Id::text("i-7")), ("instance_id", bytes(instance.as_bytes()))];
    instance.into_iter().chain(codes).map(|(name, id)| (name.to_owned(), id)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_has_one_entry_that_says_all_of_it_and_can_be_decided_again() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let li = story.customer(7).await;
        let mut entries = story.look::<(EntryId,)>("SELECT id FROM ledger_entries").await;
        for (count, kind) in
            [(2, "code.issued"), (4, "code.refused"), (3, "code.issued"), (21, "code.refused")]
        {
            let told = story.issue(&li, "i-7", count, &format!("k-{count}")).await.unwrap();
            entries.push((told.entry,));
            let entry = story.entry(told.entry).await;
            assert_eq!((&*entry.kind, entry.at), (kind, told.answer.question.at().as_microsecond()));
            let found: Vec<(String, Id)> =
                entry.ids.iter().map(|(name, id)| (name.to_string(), id.clone())).collect();
            assert_eq!(found, ids(&story, &told).await, "{engine:?} {count}");
            assert_eq!(entry.actor, Actor { kind: ActorKind::Account, id: Id::text("acc-7") });
            assert_eq!(entry.edition.as_deref(), Some("2020-10-16"), "{engine:?}");
            assert_eq!(entry.rulebook.as_ref(), Some(aliyun().digest()), "{engine:?}");
            let question = verified(&entry, &aliyun()).unwrap();
            assert_eq!(question.count().get(), count, "{engine:?}");
            assert_eq!(question.facts(), told.answer.question.facts(), "{engine:?}");
        }
        let now = story.look::<(EntryId,)>("SELECT id FROM ledger_entries ORDER BY at, id").await;
        assert_eq!(now, entries, "{engine:?}: one each, in the order of the answers");
    }
}

/// An entry with one thing changed.
fn but(entry: &Entry, change: impl FnOnce(&mut Entry)) -> Entry {
    let mut entry = entry.clone();
    change(&mut entry);
    entry
}

/// An entry in whose decision a piece of text is another.
fn saying(entry: &Entry, one: &str, other: &str) -> Entry {
    but(entry, |entry| {
        let decided = String::from_utf8(entry.decided.take().unwrap()).unwrap();
        assert!(decided.contains(one), "{decided}");
        entry.decided = Some(decided.replacen(one, other, 1).into_bytes());
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_that_was_tampered_with_is_not_borne_out_by_its_facts() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let li = story.customer(7).await;
        let issued = story.issue(&li, "i-7", 2, "k-1").await.unwrap();
        let refused = story.issue(&li, "i-7", 4, "k-2").await.unwrap();
        let (issued, refused) = (story.entry(issued.entry).await, story.entry(refused.entry).await);
        let last = issued.ids.last().unwrap().clone();
        for (what, entry) in [
            ("one code fewer", but(&issued, |entry| drop(entry.ids.pop()))),
            ("one code more", but(&issued, |entry| entry.ids.push(last.clone()))),
            ("a code refused", but(&refused, |entry| entry.ids.push(last.clone()))),
            ("issued as refused", but(&issued, |entry| entry.kind = "code.refused".into())),
            ("refused as issued", but(&refused, |entry| entry.kind = "code.issued".into())),
            ("another edition", but(&issued, |entry| entry.edition = Some("2020-01-01".to_owned()))),
            ("no such edition", but(&issued, |entry| entry.edition = Some("2021-01-01".to_owned()))),
            ("no edition", but(&issued, |entry| entry.edition = None)),
            ("another rulebook", but(&issued, |entry| entry.rulebook = Some([7; 32]))),
            ("no rulebook", but(&issued, |entry| entry.rulebook = None)),
            ("another time", but(&issued, |entry| entry.at = 1_700_000_000_000_000)),
            ("another asker", but(&issued, |entry| entry.actor.id = Id::text("acc-8"))),
            ("staff", but(&issued, |entry| entry.actor.kind = ActorKind::Staff)),
            ("another instance", but(&issued, |entry| entry.ids[0].1 = Id::text("i-8"))),
            ("nothing decided", but(&issued, |entry| entry.decided = None)),
            ("another count", saying(&issued, "\"count\":2", "\"count\":3")),
            ("a count of none", saying(&issued, "\"count\":2", "\"count\":0")),
            ("another buyer", saying(&issued, "\"account\":\"acc-7\"", "\"account\":\"acc-8\"")),
            (
                "another fact",
                saying(&issued, "\"billing\":\"subscription\"", "\"billing\":\"pay-as-you-go\""),
            ),
            ("more issued", saying(&refused, "\"codes_issued\":2", "\"codes_issued\":5")),
            ("the blacklist", saying(&issued, "\"blacklisted\":false", "\"blacklisted\":true")),
            ("another word", saying(&refused, "not-enough-places", "not-enough-planes")),
            ("another version", saying(&issued, "{\"v\":1", "{\"v\":2")),
            ("more than was said", saying(&issued, "{\"v\":1", "{ \"v\":1")),
        ] {
            assert!(verified(&entry, &aliyun()).is_err(), "{engine:?}: {what}");
        }
        let newer = saying(&issued, "{\"v\":1", "{\"v\":2").encode().unwrap();
        let unread = Question::recorded(&EntryRef::decode(&newer).unwrap(), &aliyun()).unwrap_err();
        assert!(matches!(&unread, UnlikeDecided::Unreadable(why) if why.contains("version 2")), "{unread}");
        assert!(verified(&issued, &aliyun()).is_ok() && verified(&refused, &aliyun()).is_ok(), "{engine:?}");
        let other = ALIYUN.replace("codes = 5, per = \"instance\"", "codes = 9, per = \"instance\"");
        let other = Published::read(other.as_bytes()).unwrap();
        assert!(verified(&issued, &other).is_err(), "{engine:?}: by a rulebook that it does not name");
    }
}

/// A byte of what was decided on may only be changed where the rules do not look: names, addresses, the purchase to the
/// day. That too shows, in the tree: the entry is another.
#[tokio::test(flavor = "multi_thread")]
async fn a_changed_byte_of_what_was_found_never_passes() {
    let story = Story::on(ENGINES[0]).await;
    let li = story.customer(7).await;
    story.desk.record_instance(server("i-7", &li)).await.unwrap();
    let told = story.issue(&li, "i-7", 2, "k-1").await.unwrap();
    let entry = story.entry(told.entry).await;
    let decided = entry.decided.clone().unwrap();
    let found = String::from_utf8(decided.clone()).unwrap().find("\"found\"").unwrap();
    for at in found..decided.len() {
        let changed = but(&entry, |entry| entry.decided.as_mut().unwrap()[at] ^= 1);
        assert!(verified(&changed, &aliyun()).is_err(), "byte {at} of {}", String::from_utf8_lossy(&decided));
    }
}
