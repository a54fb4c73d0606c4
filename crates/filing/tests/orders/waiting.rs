//! What an order waits for: who, by when, and what is said about it.

use crate::sentences::check;
use filing::{
    orders::{
        Awaited, Course, DRAFT_DAYS, Kind, Move, RETURNED_DAYS, State, Until, Waiting, Who, step_of, waiting,
    },
    working_days::NotKnown,
};
use jiff::{Timestamp, ToSpan, civil::date};
use rulebook::Lang;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn course(state: State, since: &str) -> Course {
    Course { kind: Kind::FirstFiling, state, since: at(since), touched: at(since), sms_answered: false }
}

fn only(course: &Course) -> Waiting {
    let [one] = <[Waiting; 1]>::try_from(waiting(course)).unwrap();
    one
}

#[test]
fn the_text_message_is_answered_within_24_hours_or_the_order_comes_back() {
    let taken = course(State::AtBureau, "2026-03-04T15:20:00+08:00");
    let sms = waiting(&taken).remove(0);
    assert_eq!((sms.awaited, sms.who), (Awaited::Sms, Who::Filer));
    assert_eq!(sms.until, Until::Instant(at("2026-03-05T15:20:00+08:00")));
    assert_eq!(sms.reminders, [at("2026-03-05T09:20:00+08:00")]);
    assert!(!sms.is_over(at("2026-03-05T15:19:59+08:00")) && sms.is_over(at("2026-03-05T15:20:00+08:00")));
    assert_eq!(sms.then(), Some(Move::MissSms));
    assert_eq!(
        sms.message(taken.since, Lang::Zh),
        "请在 2026-03-05 15:20（北京时间）前完成短信核验：收到短信的负责人打开工信部备案网站（https://beian.miit.gov.cn），点“短信核验”，填写短信里的验证码、手机号码和本人证件号码的后 6 位；两位负责人都收到短信的，都要核验。逾期未核验的，订单将被退回。"
    );
    assert!(sms.message(taken.since, Lang::En).starts_with(
        "Answer the text message of the bureau before 2026-03-05 15:20 (Beijing time): at https:"
    ));
}

#[test]
fn nobody_waits_for_a_text_message_that_was_answered_or_is_not_sent() {
    let taken = course(State::AtBureau, "2026-03-04T15:20:00+08:00");
    for kind in Kind::ALL {
        let awaited = |course| waiting(&course).iter().map(|one| one.awaited).collect::<Vec<_>>();
        assert_eq!(awaited(Course { kind, sms_answered: true, ..taken }), [Awaited::Decision]);
        let sms = awaited(Course { kind, ..taken }).contains(&Awaited::Sms);
        assert_eq!(sms, kind != Kind::CancelAccess, "{kind:?}");
    }
}

#[test]
fn the_bureau_decides_within_20_working_days_from_the_one_after_it_took_the_order() {
    let day =
        |since| waiting(&Course { sms_answered: true, ..course(State::AtBureau, since) }).remove(0).until;
    assert_eq!(day("2026-03-02T15:00:00+08:00"), Until::Day(date(2026, 3, 30)));
    assert_eq!(day("2026-03-02T23:59:59+08:00"), Until::Day(date(2026, 3, 30)));
    assert_eq!(day("2026-03-02T16:00:00Z"), Until::Day(date(2026, 3, 31)), "the 3rd in Shanghai");
    assert_eq!(day("2026-02-13T12:00:00+08:00"), Until::Day(date(2026, 3, 19)), "over Spring Festival");
    assert_eq!(day("2026-12-10T12:00:00+08:00"), Until::NotKnown(NotKnown { year: 2027 }));
    assert_eq!(Until::Day(date(2026, 3, 30)).end(), Some(at("2026-03-31T00:00:00+08:00")));
}

#[test]
fn a_term_that_nobody_knows_yet_is_told_as_such_and_is_never_over() {
    let decision =
        only(&Course { sms_answered: true, ..course(State::AtBureau, "2026-12-10T12:00:00+08:00") });
    assert!(decision.message(Timestamp::MAX, Lang::Zh).contains("2027 年的放假安排尚未录入"));
    assert!(!decision.is_over(at("2100-01-01T00:00:00Z")));
    let review = only(&course(State::Submitted, "2026-12-31T12:00:00+08:00"));
    for one in [&decision, &review] {
        assert_eq!((one.until.end(), one.until.unknown_year()), (None, Some(2027)));
        let chinese = one.message(Timestamp::MAX, Lang::Zh);
        assert!(chinese.ends_with("2027 年的放假安排尚未录入，截止日期暂时无法计算。"), "{chinese}");
        let english = one.message(Timestamp::MAX, Lang::En);
        assert!(english.ends_with("because the holidays of 2027 are not known here."), "{english}");
    }
    assert!(review.message(Timestamp::MAX, Lang::Zh).starts_with("正在等待初审，预计在 1 个工作日内完成。"));
    assert!(review.message(Timestamp::MAX, Lang::En).contains("expected within 1 working day."));
    let known = only(&course(State::Submitted, "2026-12-30T12:00:00+08:00"));
    assert_eq!(known.until.unknown_year(), None);
}

#[test]
fn a_reviewer_has_the_next_working_day() {
    let review = only(&course(State::Submitted, "2025-09-30T23:00:00+08:00"));
    assert_eq!((review.who, review.until), (Who::Reviewer, Until::Day(date(2025, 10, 9))));
    assert_eq!(review.then(), None, "an order is never lost because a reviewer is late");
    let [last, late] = ["2025-10-09T23:59:59+08:00", "2025-10-10T00:00:00+08:00"].map(at);
    assert!(review.message(last, Lang::Zh).contains("2025-10-09"));
    assert_eq!(review.message(late, Lang::Zh), "初审已超过预计时间，请耐心等待或联系客服。");
}

#[test]
fn a_draft_left_idle_lapses_after_30_days_with_notice_7_and_1_days_before() {
    let draft = only(&course(State::Draft, "2026-03-01T23:30:00+08:00"));
    assert_eq!((draft.who, draft.until), (Who::Filer, Until::Day(date(2026, 3, 31))));
    assert_eq!(draft.reminders, [at("2026-03-24T09:00:00+08:00"), at("2026-03-30T09:00:00+08:00")]);
    assert!(
        !draft.is_over(at("2026-03-31T23:59:59+08:00")) && draft.is_over(at("2026-04-01T00:00:00+08:00"))
    );
}

#[test]
fn a_returned_order_left_idle_lapses_after_15_days_with_notice_3_and_1_days_before() {
    let back = only(&course(State::Returned, "2026-03-01T12:00:00+08:00"));
    assert_eq!(back.until, Until::Day(date(2026, 3, 16)));
    assert_eq!(back.reminders, [at("2026-03-13T09:00:00+08:00"), at("2026-03-15T09:00:00+08:00")]);
    let sentence = "请在 2026-03-16（含当日，北京时间）前修改并重新提交，逾期未提交的订单将自动撤回。";
    assert_eq!(back.message(at("2026-03-02T12:00:00+08:00"), Lang::Zh), sentence);
}

#[test]
fn saving_begins_the_idle_days_anew_and_an_old_save_does_not_shorten_them() {
    for (state, days) in [(State::Draft, DRAFT_DAYS), (State::Returned, RETURNED_DAYS)] {
        let saved =
            Course { touched: at("2026-03-10T12:00:00+08:00"), ..course(state, "2026-03-01T12:00:00+08:00") };
        assert_eq!(only(&saved).until, Until::Day(date(2026, 3, 10) + days.days()));
        let returned = Course { since: saved.touched, touched: saved.since, ..saved };
        assert_eq!(only(&returned).until, only(&saved).until);
    }
}

#[test]
fn whoever_is_waited_for_can_move_the_order_and_so_can_the_desk_when_it_is_too_late() {
    for kind in Kind::ALL {
        for state in State::ALL {
            let all = waiting(&Course { kind, ..course(state, "2026-03-04T12:00:00+08:00") });
            assert_eq!(all.is_empty(), state.is_final(), "{state:?}");
            for one in all {
                // A text message is answered on the phone; the bureau tells us.
                let who = if one.awaited == Awaited::Sms { Who::Bureau } else { one.who };
                assert!(filing::orders::legal(kind, state, who).next().is_some(), "{state:?} {one:?}");
                assert!(one.then().is_none_or(|by| step_of(kind, state, by, Who::Desk).is_ok()), "{one:?}");
                assert!(one.reminders.is_sorted());
                assert!(one.reminders.iter().all(|at| one.until.end().is_none_or(|end| *at < end)));
            }
        }
    }
}

#[test]
fn every_wait_reads_well() {
    for since in ["2026-03-04T12:00:00+08:00", "2026-12-31T12:00:00+08:00"] {
        for state in State::ALL {
            for one in waiting(&course(state, since)) {
                for until in [one.until, Until::Open, Until::NotKnown(NotKnown { year: 2031 })] {
                    let one = Waiting { until, ..one.clone() };
                    for now in [at(since), Timestamp::MAX] {
                        for lang in Lang::ALL {
                            check(&one.message(now, lang), lang);
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn no_instant_is_too_far_away_to_wait_from() {
    for since in [Timestamp::MIN, Timestamp::MAX] {
        for state in State::ALL {
            let course = Course { since, touched: since, ..course(state, "2026-03-04T12:00:00+08:00") };
            for one in waiting(&course) {
                one.is_over(Timestamp::MAX);
                for lang in Lang::ALL {
                    check(&one.message(since, lang), lang);
                }
            }
        }
    }
}
