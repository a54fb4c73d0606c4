//! What threatens a number, on each side of the days that matter.

use filing::registry::{
    Coming, Domain, ENDING_DAYS, Event, Fault, Hosted, Reason, Risk, State, Streak, URGENT_DAYS, WatchRule,
    Watched, Weight, risks,
};
use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, date},
};
use rulebook::Lang;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn words(watched: &Watched<'_>) -> Vec<&'static str> {
    risks(watched).iter().map(Risk::word).collect()
}

const NOW: &str = "2020-11-01T09:00:00+08:00";

const RULE: WatchRule =
    WatchRule { rounds: 3, hours: 24, again_days: 7, nowhere_days: 30, drop_days: Some(30) };

fn hosted() -> Hosted<'static> {
    Hosted { instance: "i-7", gone_at: None, expires_at: Some(at("2021-11-01T00:00:00+08:00")), unfit: false }
}

fn watched<'a>(hosted: &'a [Hosted<'a>]) -> Watched<'a> {
    Watched {
        state: State::Active,
        bare: false,
        hosted,
        dropped_at: None,
        domains: &[],
        mend_by: None,
        page: None,
        rule: &RULE,
        now: at(NOW),
    }
}

#[test]
fn a_term_is_a_risk_from_thirty_days_before_its_end_and_worse_once_it_ended() {
    let end = |end: Timestamp| words(&watched(&[Hosted { expires_at: Some(end), ..hosted() }]));
    let day = |days: i64| at("2020-11-01T12:00:00+08:00") + SignedDuration::from_hours(24 * days);
    let last = i64::from(ENDING_DAYS);
    assert_eq!(end(day(last + 1)), [] as [&str; 0]);
    assert_eq!(end(day(last)), ["instance-expiring"]);
    assert_eq!(end(at(NOW) + SignedDuration::from_secs(1)), ["instance-expiring"]);
    assert_eq!(end(at(NOW)), ["instance-expired"]);
    let unknown = Hosted { expires_at: None, ..hosted() };
    assert_eq!(words(&watched(&[unknown])), [] as [&str; 0], "what is unknown is not guessed");
}

#[test]
fn what_is_worst_comes_first_and_each_instance_is_told_once() {
    let all = [
        Hosted { unfit: true, ..hosted() },
        Hosted { expires_at: Some(at("2020-11-20T00:00:00+08:00")), unfit: true, ..hosted() },
        Hosted { gone_at: Some(at("2020-10-31T23:30:00+08:00")), ..hosted() },
    ];
    let told = risks(&watched(&all));
    let words: Vec<_> = told.iter().map(Risk::word).collect();
    assert_eq!(words, ["instance-released", "instance-expiring", "instance-unfit"]);
    assert_eq!(told[0].day().unwrap().to_string(), "2020-10-31");
    assert_eq!(
        told[0].message(Lang::Zh),
        "网站所在的产品实例 i-7 已于 2020 年 10 月 31 日释放，该处接入可能被取消。"
    );
}

#[test]
fn hosted_nowhere_is_a_risk_of_a_living_number_alone() {
    let dropped = Some(at("2020-09-01T10:00:00+08:00"));
    let of = |state| words(&Watched { state, dropped_at: dropped, ..watched(&[]) });
    assert_eq!(of(State::AccessDropped), ["hosted-nowhere"]);
    assert_eq!(of(State::Active), [] as [&str; 0], "it came again");
    assert_eq!(of(State::Cancelled), [] as [&str; 0]);
    let gone = [Hosted { gone_at: Some(at(NOW)), ..hosted() }];
    assert_eq!(words(&Watched { state: State::Cancelled, ..watched(&gone) }), [] as [&str; 0]);
}

#[test]
fn each_risk_is_told_with_what_to_do_in_both_languages() {
    let all = one_of_each();
    assert_eq!(all.each_ref().map(Risk::word), Risk::WORDS, "what is worst first");
    for risk in all {
        let next = risk.next(&RULE, Date::ZERO).what;
        assert!(Coming::ALL.contains(&next) && Lang::ALL.iter().all(|lang| !next.label(*lang).is_empty()));
        let kept = risk.kept(date(2020, 11, 2));
        assert_eq!(Risk::of(kept, true).as_ref(), Some(&risk), "it is told from what is kept of it");
        assert!(
            risk.message(Lang::Zh).ends_with('。') && risk.suggestion(Lang::Zh).ends_with('。'),
            "{risk:?}"
        );
        assert!(
            risk.message(Lang::En).ends_with('.') && risk.suggestion(Lang::En).ends_with('.'),
            "{risk:?}"
        );
    }
}

fn one_of_each() -> [Risk; 11] {
    let day = date(2020, 11, 2);
    let (instance, domain) = (|| "i-7".to_owned(), || "example.com".to_owned());
    [
        Risk::Released { instance: instance(), since: day },
        Risk::Expired { instance: instance(), since: day },
        Risk::Untrue { mend_by: day, hosted: true },
        Risk::DomainEnded { domain: domain(), on: day },
        Risk::DomainGone { domain: domain(), since: day },
        Risk::HostedNowhere { since: day },
        Risk::PointsElsewhere { domain: domain(), since: day, seen: vec![[47, 96, 0, 2].into()] },
        Risk::Ending { instance: instance(), on: day },
        Risk::DomainEnding { domain: domain(), on: day },
        Risk::NumberNotShown { since: day },
        Risk::Unfit { instance: instance() },
    ]
}

#[test]
fn what_is_untrue_threatens_the_access_only_while_there_is_one() {
    let mend_by = Some(date(2020, 11, 10));
    let of = |state, bare| risks(&Watched { state, bare, mend_by, ..watched(&[]) });
    let says = |hosted| vec![Risk::Untrue { mend_by: date(2020, 11, 10), hosted }];
    assert_eq!(of(State::Active, false), says(true));
    assert_eq!(of(State::AccessDropped, false), says(false));
    assert_eq!(of(State::Active, true), says(false), "none of the subject's websites is hosted");
    for (lang, access) in [(Lang::Zh, "接入"), (Lang::En, "access")] {
        let told = |hosted| says(hosted).remove(0).message(lang).contains(access);
        assert_eq!([true, false].map(told), [true, false], "{lang:?}");
    }
}

#[test]
fn a_domain_is_a_risk_by_its_term_and_by_where_it_leads() {
    let streak = |fault, rounds, hours| Streak {
        fault,
        rounds,
        since: at(NOW) - SignedDuration::from_hours(hours),
        last: at(NOW),
    };
    let of = |state, expires_on, streak: Option<&Streak>| {
        let domains = [Domain { domain: "example.com", expires_on, streak }];
        words(&Watched { state, domains: &domains, ..watched(&[]) })
    };
    let none: [&str; 0] = [];
    assert_eq!(of(State::Active, None, None), none, "what is unknown is not guessed");
    assert_eq!(of(State::Active, Some(date(2020, 12, 2)), None), none);
    assert_eq!(of(State::Active, Some(date(2020, 12, 1)), None), ["domain-ending"]);
    assert_eq!(of(State::Active, Some(date(2020, 11, 1)), None), ["domain-ending"], "its last day");
    assert_eq!(of(State::AccessDropped, Some(date(2020, 10, 31)), None), ["domain-ended"]);
    let elsewhere = || Fault::Elsewhere(vec![[47, 96, 0, 2].into()]);
    assert_eq!(of(State::Active, None, Some(&streak(elsewhere(), 2, 48))), none, "two rounds");
    assert_eq!(of(State::Active, None, Some(&streak(elsewhere(), 3, 23))), none, "within a day");
    assert_eq!(of(State::Active, None, Some(&streak(elsewhere(), 3, 24))), ["points-elsewhere"]);
    assert_eq!(of(State::AccessDropped, None, Some(&streak(elsewhere(), 3, 24))), none, "it moved");
    assert_eq!(of(State::AccessDropped, None, Some(&streak(Fault::Gone, 3, 24))), ["domain-gone"]);
    let foot = streak(Fault::NotShown, 3, 24);
    assert_eq!(words(&Watched { page: Some(&foot), ..watched(&[]) }), ["number-not-shown"]);
    assert_eq!(words(&Watched { page: Some(&foot), state: State::AccessDropped, ..watched(&[]) }), none);
}

#[test]
fn what_happens_next_has_its_day_and_weighs_more_as_it_comes() {
    let end = date(2020, 12, 1);
    let ending = Risk::Ending { instance: "i-7".to_owned(), on: end };
    let next = ending.next(&RULE, Date::ZERO);
    assert_eq!((next.what, next.on), (Coming::AccessDropped, Some(date(2020, 12, 31))));
    let never = WatchRule { drop_days: None, ..RULE };
    assert_eq!(ending.next(&never, Date::ZERO).what, Coming::AccessMayBeDropped);
    assert_eq!(URGENT_DAYS, 7);
    assert_eq!(ending.weight(&RULE, date(2020, 11, 23)), Weight::Warning);
    assert_eq!(ending.weight(&RULE, date(2020, 11, 24)), Weight::Urgent);
    let untrue = Risk::Untrue { mend_by: end, hosted: true };
    assert_eq!(
        (untrue.weight(&RULE, end), untrue.next(&RULE, Date::ZERO).on),
        (Weight::Warning, Some(date(2020, 12, 2)))
    );
    assert_eq!(untrue.weight(&RULE, date(2020, 12, 2)), Weight::Urgent, "its day has passed");
    // Nothing ends before its owner had three days.
    assert_eq!(ending.next(&RULE, date(2020, 12, 28)).on, Some(date(2020, 12, 31)));
    assert_eq!(ending.next(&RULE, date(2020, 12, 29)).on, Some(date(2021, 1, 1)));
    assert_eq!(untrue.next(&RULE, end).on, Some(date(2020, 12, 2)), "he was warned on its last day");
    assert_eq!(
        untrue.next(&RULE, date(2020, 12, 2)).on,
        Some(date(2020, 12, 6)),
        "three whole days, and after them"
    );
    let unhosted = Risk::Untrue { mend_by: end, hosted: false };
    assert_eq!(
        (unhosted.next(&RULE, Date::ZERO).what, unhosted.next(&RULE, Date::ZERO).on),
        (Coming::BureauMayCancel, None),
        "no access is left to drop"
    );
    assert_eq!(unhosted.weight(&RULE, date(2020, 12, 2)), Weight::Warning);
    let nowhere = Risk::HostedNowhere { since: end };
    assert_eq!(nowhere.weight(&RULE, date(2020, 12, 30)), Weight::Notice);
    assert_eq!(nowhere.weight(&RULE, date(2020, 12, 31)), Weight::Warning, "thirty days");
}

#[test]
fn the_desk_drops_an_access_whose_instance_is_no_more_after_the_days_and_nothing_else() {
    let (before, due) = (date(2020, 12, 1), date(2020, 12, 2));
    for risk in one_of_each() {
        assert_eq!(RULE.drops(&risk, 1, before), None, "{risk:?}");
        let expected = match &risk {
            Risk::Released { .. } => Some((Event::DropAccess, Reason::InstanceReleased)),
            Risk::Expired { .. } => Some((Event::DropAccess, Reason::InstanceExpired)),
            _ => None,
        };
        assert_eq!(RULE.drops(&risk, 1, due), expected, "{risk:?}");
        let of_several = expected.map(|(_, reason)| (Event::EndAccess, reason));
        assert_eq!(RULE.drops(&risk, 2, due), of_several, "{risk:?}");
        assert_eq!(WatchRule { drop_days: None, ..RULE }.drops(&risk, 1, due), None, "{risk:?}");
    }
}
