//! What other systems of the provider put down at the gate: whose it is, and how much of it there may be. Each story on both engines.

use crate::{Story, filers::operator};
use app::{
    Actor, Failure,
    gate::{
        AccessorFault, AddRange, AddWindow, EndWindow, Ended, ListAccessorNames, MAX_RANGES, MOST_OF_ONE,
        ManageAccessorName, RangeFault, RemoveRange, WindowFault,
    },
};
use store::{Sql, StoreError, Tx, Unit};
use testbed::ENGINES;

fn system(name: &str) -> Actor {
    Actor::Partner(name.to_owned())
}

fn staff() -> Actor {
    Actor::Staff(operator())
}

/// A statement of a story, past the desk.
struct Say(&'static str, &'static str);

impl Unit for Say {
    type Output = u64;
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<u64, StoreError> {
        tx.execute(&Sql { name: "GATE_CALLERS", sqlite: self.0, postgres: self.1 }, &[]).await
    }
}

impl Story {
    async fn lists(&self, by: Actor, names: &[&str]) {
        let names = names.iter().map(|name| (*name).to_owned()).collect();
        let (caller, reason) = ("edge".to_owned(), "搬迁".to_owned());
        let ask = AddWindow { by, caller, names, from: None, until: None, reason };
        self.desk.add_window(ask, None).await.unwrap();
    }

    async fn unlists(&self, by: Actor, name: &str) -> Result<usize, WindowFault> {
        let what = Ended::OfNames(vec![name.to_owned()]);
        match self.desk.end_window(EndWindow { by, what }, None).await {
            Ok(told) => Ok(told.answer.ids().count()),
            Err(Failure::Because(fault)) => Err(fault),
            Err(other) => panic!("{other:?}"),
        }
    }

    async fn puts(&self, by: Actor, caller: &str, range: &str) -> Result<(), RangeFault> {
        let (caller, range, reason) = (caller.to_owned(), range.parse().unwrap(), "自有".to_owned());
        match self.desk.add_range(AddRange { by, caller, range, reason }, None).await {
            Ok(_) => Ok(()),
            Err(Failure::Because(fault)) => Err(fault),
            Err(other) => panic!("{other:?}"),
        }
    }

    async fn takes(&self, by: Actor, range: &str) -> Result<(), RangeFault> {
        match self.desk.remove_range(RemoveRange { by, range: range.parse().unwrap() }, None).await {
            Ok(_) => Ok(()),
            Err(Failure::Because(fault)) => Err(fault),
            Err(other) => panic!("{other:?}"),
        }
    }

    /// Whether it was new that `caller` serves a name, or does no more.
    async fn says(&self, by: Actor, caller: &str, name: &str, serves: bool) -> Result<bool, AccessorFault> {
        let (caller, name) = (caller.to_owned(), name.to_owned());
        match self.desk.manage_accessor_name(ManageAccessorName { by, caller, name, serves }).await {
            Ok(new) => Ok(new),
            Err(Failure::Because(fault)) => Err(fault),
            Err(other) => panic!("{other:?}"),
        }
    }

    async fn names(&self, caller: &str, domain: &str) -> Vec<String> {
        let (caller, domain) = (caller.to_owned(), domain.to_owned());
        self.desk
            .accessor_names(ListAccessorNames { caller, domain, page: 0, size: 100 })
            .await
            .unwrap()
            .names
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_system_takes_away_what_it_put_down_itself_and_people_take_away_anything() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        story.lists(system("slb"), &["a.cn", "b.cn"]).await;
        story.lists(staff(), &["a.cn"]).await;
        assert_eq!(story.unlists(system("cdn"), "a.cn").await, Err(WindowFault::MadeByOthers), "{engine:?}");
        assert_eq!(story.unlists(system("cdn"), "c.cn").await, Err(WindowFault::Unknown), "{engine:?}");
        let all = story.desk.gate_windows(None, 9).await.unwrap().windows;
        assert_eq!(all.len(), 3, "{engine:?}");
        let one = EndWindow { by: system("cdn"), what: Ended::One(all[0].id) };
        let one = story.desk.end_window(one, None).await;
        assert!(matches!(one, Err(Failure::Because(WindowFault::MadeByOthers))), "{engine:?} {one:?}");
        assert_eq!(
            story.unlists(system("slb"), "a.cn").await,
            Ok(1),
            "{engine:?}: its own, and not that of the staff"
        );
        assert_eq!(story.unlists(system("slb"), "a.cn").await, Err(WindowFault::MadeByOthers), "{engine:?}");
        assert_eq!(story.unlists(staff(), "a.cn").await, Ok(1), "{engine:?}");
        assert_eq!(story.unlists(staff(), "b.cn").await, Ok(1), "{engine:?}: also that of a system");

        story.puts(system("slb"), "slb", "10.0.0.0/8").await.unwrap();
        story.puts(staff(), "", "47.96.0.0/16").await.unwrap();
        for (by, range) in [("cdn", "10.0.0.0/8"), ("slb", "47.96.0.0/16")] {
            let told = story.takes(system(by), range).await;
            assert_eq!(told, Err(RangeFault::MadeByOthers), "{engine:?} {by} {range}");
        }
        assert_eq!(story.takes(system("slb"), "10.0.0.0/8").await, Ok(()), "{engine:?}");
        story.puts(system("slb"), "slb", "10.0.0.0/8").await.unwrap();
        assert_eq!(story.takes(staff(), "10.0.0.0/8").await, Ok(()), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_said_again_of_a_name_changes_nothing_and_stands_in_the_ledger_once() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let entries = async || story.desk.entries_waiting().await.unwrap();
        let before = entries().await;
        for (serves, new, many) in [
            (false, false, 0),
            (true, true, 1),
            (true, false, 1),
            (false, true, 2),
            (false, false, 2),
            (true, true, 3),
        ] {
            assert_eq!(story.says(system("cdn"), "cdn", "WWW.a.cn", serves).await, Ok(new), "{engine:?}");
            assert_eq!(entries().await - before, many, "{engine:?}");
        }
        assert_eq!(story.names("cdn", "a.cn").await, ["www.a.cn"], "{engine:?}");
        let others = story.says(system("slb"), "cdn", "www.a.cn", false).await;
        assert_eq!(others, Err(AccessorFault::MadeByOthers), "{engine:?}");
        assert_eq!(
            story.says(system("slb"), "cdn", "www.a.cn", true).await,
            Ok(false),
            "{engine:?}: it is there"
        );
        assert_eq!(story.says(system("slb"), "cdn", "b.a.cn", true).await, Ok(true), "{engine:?}");
        assert_eq!(story.says(staff(), "cdn", "www.a.cn", false).await, Ok(true), "{engine:?}");
        assert_eq!(story.names("cdn", "a.cn").await, ["b.a.cn"], "{engine:?}");
        // What was put down before it was kept who did is anybody's.
        let old =
            "INSERT INTO accessor_names (caller, domain, name, at) VALUES ('cdn', 'a.cn', 'old.a.cn', 0)";
        story.store.write(Say(old, old)).await.unwrap();
        assert_eq!(story.says(system("slb"), "cdn", "old.a.cn", false).await, Ok(true), "{engine:?}");
        let fault = story.says(system("slb"), "c d", "a.cn", true).await;
        assert_eq!(fault, Err(AccessorFault::Caller), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_puts_down_more_names_and_ranges_than_there_is_room_for() {
    const NAMES: &str = "INSERT INTO accessor_names (caller, domain, name, at, made_by)
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 99999)
        SELECT 'cdn', 'd' || i || '.cn', 'd' || i || '.cn', 0, 'key:cdn' FROM n";
    const RANGES: Say = Say(
        "INSERT INTO gate_ranges (id, first, last, reason, caller, made_by, made_at)
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 65535)
         SELECT unhex(printf('%032x', i)), unhex(printf('%032x', i)), unhex(printf('%032x', i)), 'r', '', 'key:slb', 0 FROM n",
        "INSERT INTO gate_ranges (id, first, last, reason, caller, made_by, made_at)
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 65535)
         SELECT CAST(lpad(to_hex(i), 32, '0') AS UUID), decode(lpad(to_hex(i), 32, '0'), 'hex'),
                decode(lpad(to_hex(i), 32, '0'), 'hex'), 'r', '', 'key:slb', 0 FROM n",
    );
    for engine in ENGINES {
        let story = Story::on(engine).await;
        assert_eq!((MOST_OF_ONE, MAX_RANGES), (100_000, 65_536), "{engine:?}: one more fits");
        story.store.write(Say(NAMES, NAMES)).await.unwrap();
        assert_eq!(story.says(system("cdn"), "other", "a.cn", true).await, Ok(true), "{engine:?}");
        let full = story.says(system("cdn"), "other", "b.cn", true).await;
        assert_eq!(full, Err(AccessorFault::TooManyInAll), "{engine:?}");
        assert_eq!(
            story.says(system("cdn"), "other", "a.cn", true).await,
            Ok(false),
            "{engine:?}: it is there"
        );
        assert_eq!(
            story.says(system("slb"), "other", "b.cn", true).await,
            Ok(true),
            "{engine:?}: others have room"
        );
        assert_eq!(story.says(system("cdn"), "other", "a.cn", false).await, Ok(true), "{engine:?}");
        assert_eq!(story.says(system("cdn"), "other", "c.cn", true).await, Ok(true), "{engine:?}");

        story.store.write(RANGES).await.unwrap();
        story.puts(staff(), "", "10.0.0.0/8").await.unwrap();
        assert_eq!(story.puts(staff(), "", "10.0.0.0/9").await, Err(RangeFault::TooMany), "{engine:?}");
        story.takes(staff(), "10.0.0.0/8").await.unwrap();
        story.puts(staff(), "", "10.0.0.0/9").await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_system_has_a_name_whichever_way_it_is_asked_and_many_entries_go_in_several_steps() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        for caller in ["s l b", "负载均衡", &*"a".repeat(65)] {
            assert_eq!(
                story.puts(staff(), caller, "10.0.0.0/8").await,
                Err(RangeFault::Caller),
                "{engine:?}"
            );
            let (names, caller, reason) = (vec!["a.cn".to_owned()], caller.to_owned(), "r".to_owned());
            let ask = AddWindow { by: staff(), caller, names, from: None, until: None, reason };
            let told = story.desk.add_window(ask, None).await;
            assert!(matches!(told, Err(Failure::Because(WindowFault::Caller))), "{engine:?} {told:?}");
        }
        let names: Vec<_> = (0..20).map(|nth| format!("name-{nth}.cn")).collect();
        let names: Vec<_> = names.iter().map(String::as_str).collect();
        for _ in 0..51 {
            story.lists(system("slb"), &names).await;
        }
        let end = |names: &[&str]| EndWindow {
            by: system("slb"),
            what: Ended::OfNames(names.iter().map(|name| (*name).to_owned()).collect()),
        };
        let many = story.desk.end_window(end(&names), None).await;
        assert!(matches!(many, Err(Failure::Because(WindowFault::Many))), "{engine:?} {many:?}");
        let ended = story.desk.end_window(end(&names[..19]), None).await.unwrap();
        assert_eq!(ended.answer.ids().count(), 19 * 51, "{engine:?}: they fit into one entry of the ledger");
    }
}
