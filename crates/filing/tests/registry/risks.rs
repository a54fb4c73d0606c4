//! What threatens a number, on each side of the days that matter.

use filing::registry::{ENDING_DAYS, Hosted, Risk, State, Watched, risks};
use jiff::{SignedDuration, Timestamp};
use rulebook::Lang;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn words(watched: &Watched<'_>) -> Vec<&'static str> {
    risks(watched).iter().map(Risk::word).collect()
}

const NOW: &str = "2020-11-01T09:00:00+08:00";

fn hosted() -> Hosted<'static> {
    Hosted { instance: "i-7", gone_at: None, expires_at: Some(at("2021-11-01T00:00:00+08:00")), unfit: false }
}

fn watched<'a>(hosted: &'a [Hosted<'a>]) -> Watched<'a> {
    Watched { state: State::Active, hosted, dropped_at: None, now: at(NOW) }
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
        "网站所在的产品实例 i-7 已于 2020 年 10 月 31 日释放，该处接入将被取消。"
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
    let day = jiff::civil::date(2020, 11, 2);
    let instance = || "i-7".to_owned();
    let all = [
        Risk::Released { instance: instance(), since: day },
        Risk::Expired { instance: instance(), since: day },
        Risk::Ending { instance: instance(), on: day },
        Risk::Unfit { instance: instance() },
        Risk::HostedNowhere { since: day },
    ];
    for risk in all {
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
