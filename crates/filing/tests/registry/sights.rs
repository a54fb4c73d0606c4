//! What rounds of the watch see outside, and from when on it counts: read a second time, over the whole history of rounds.

use filing::registry::{Answer, Fault, Sight, Streak, WatchRule, foot, sight};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use std::net::IpAddr;

fn ip(last: u8) -> IpAddr {
    [47, 96, 0, last].into()
}

fn is_ours(address: IpAddr) -> bool {
    address == ip(1)
}

fn answer() -> impl Strategy<Value = Answer> {
    prop_oneof![
        prop::collection::vec((0_u8..4).prop_map(ip), 0..4).prop_map(Answer::Leads),
        Just(Answer::NoSuchName),
        Just(Answer::Failed),
    ]
}

proptest! {
    #[test]
    fn one_of_our_addresses_is_enough_and_one_resolver_never_is(answers in prop::collection::vec(answer(), 0..6)) {
        let led = |answer: &&Answer| matches!(answer, Answer::Leads(addresses) if !addresses.is_empty());
        let ours = answers.iter().any(|answer| matches!(answer, Answer::Leads(all) if all.contains(&ip(1))));
        let gone = answers.iter().filter(|answer| **answer == Answer::NoSuchName).count();
        let failed = answers.iter().filter(|answer| **answer == Answer::Failed).count();
        match sight(&answers, is_ours) {
            Sight::Well => prop_assert!(ours),
            Sight::Wrong(Fault::Elsewhere(seen)) => {
                prop_assert!(!ours && answers.iter().filter(led).count() >= 2);
                prop_assert!(!seen.is_empty() && !seen.contains(&ip(1)));
            }
            Sight::Wrong(Fault::Gone) => prop_assert!(gone >= 2 && gone + failed == answers.len()),
            Sight::Wrong(Fault::NotShown) => prop_assert!(false, "a domain has no foot"),
            Sight::Nothing => prop_assert!(!ours && answers.iter().filter(led).count() < 2),
        }
    }

    #[test]
    fn a_failure_says_nothing_whatever_else_was_said(mut answers in prop::collection::vec(answer(), 0..6), at in 0_usize..6) {
        let before = sight(&answers, is_ours);
        answers.insert(at.min(answers.len()), Answer::Failed);
        prop_assert_eq!(sight(&answers, is_ours), before);
    }

    /// The oracle looks at all rounds since the last one that was well, or of another kind, or a week after the one before it.
    #[test]
    fn rounds_count_once_enough_of_them_agree_over_enough_time(
        rounds in prop::collection::vec((0_i64..300, 0_u8..4), 0..14),
        needed in 2_u32..5,
        hours in 1_u32..60,
    ) {
        let rule = WatchRule { rounds: needed, hours, ..WatchRule::default() };
        let (mut now, mut streak, mut told): (Timestamp, Option<Streak>, Vec<(Timestamp, u8)>) =
            ("2020-11-01T00:00:00Z".parse().unwrap(), None, Vec::new());
        for (later, kind) in rounds {
            // Mostly rounds of some hours, now and then one after a long pause.
            now += SignedDuration::from_hours(if later > 290 { later } else { later % 13 });
            let seen = match kind {
                0 => Sight::Well,
                1 => Sight::Nothing,
                2 => Sight::Wrong(Fault::Elsewhere(vec![ip(2)])),
                _ => Sight::Wrong(Fault::Gone),
            };
            streak = Streak::after(streak, seen, now);
            told.push((now, kind));
            let mut agreeing: Vec<(Timestamp, u8)> = Vec::new();
            for (at, kind) in told.iter().copied().filter(|(_, kind)| *kind != 1) {
                let goes_on = agreeing.last().is_some_and(|(last, before)| {
                    *before == kind && at.duration_since(*last) <= SignedDuration::from_hours(7 * 24)
                });
                if !goes_on {
                    agreeing.clear();
                }
                if kind != 0 {
                    agreeing.push((at, kind));
                }
            }
            let expected = agreeing.first().zip(agreeing.last()).is_some_and(|((first, _), (last, _))| {
                agreeing.len() >= needed as usize
                    && last.duration_since(*first) >= SignedDuration::from_hours(hours.into())
                    && now.duration_since(*last) <= SignedDuration::from_hours(7 * 24)
            });
            prop_assert_eq!(streak.as_ref().is_some_and(|streak| streak.counts(&rule, now)), expected);
        }
    }

    #[test]
    fn any_page_can_be_looked_at(page in prop::collection::vec(any::<u8>(), 0..400), tags in "[<>/a-z ]{0,80}") {
        let _ = foot(&page, "粤ICP备12345678号-1");
        let shown = format!("{tags}粤ICP备12345678号-1{tags}");
        prop_assert_eq!(foot(shown.as_bytes(), "粤ICP备12345678号-1"), Sight::Well);
    }
}

#[test]
fn a_foot_is_read_in_any_encoding_and_what_says_nothing_is_not_blamed() {
    let number = "粤ICP备12345678号-1";
    let words = "我们的产品和服务".repeat(40);
    let page = |foot: &str| foot_of(&format!("<html><body><p>{words}</p>{foot}</body></html>"), number);
    assert_eq!(page("<a href=\"https://beian.miit.gov.cn/\">粤ICP备12345678号-1</a>"), Sight::Well);
    assert_eq!(page("粤icp备 12345678 号"), Sight::Well, "the subject's number is enough");
    // GB 18030: the letters between are other bytes, the rest is the same.
    let mut gbk = words.clone().into_bytes();
    gbk.extend(b"\xd4\xc1ICP\xb1\xb812345678\xba\xc5-1");
    assert_eq!(foot(&gbk, number), Sight::Well);
    let wrong = Sight::Wrong(Fault::NotShown);
    assert_eq!(page(""), wrong);
    assert_eq!(page("粤ICP备123456789号"), wrong, "another number");
    assert_eq!(page("tel 12345678"), wrong, "only digits");
    assert_eq!(page("<a href=\"http://beian.miit.gov.cn\"><img></a>"), Sight::Nothing, "it may be a picture");
    let program = format!("<body><div id=app></div><script>{}</script></body>", "let a = 1;".repeat(200));
    assert_eq!(foot(program.as_bytes(), number), Sight::Nothing, "it is filled in by a program");
    assert_eq!(foot(b"", number), Sight::Nothing);
}

fn foot_of(page: &str, number: &str) -> Sight {
    foot(page.as_bytes(), number)
}
