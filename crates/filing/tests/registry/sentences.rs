//! What people are told of numbers: complete in both languages, and nothing left of the code in it.

use filing::registry::{
    Advice, Asked, Barred, Duty, Ending, Event, Loss, Machine, NotServed, Possible, Reason, ShownBy, State,
    Statement, Who, losses, page, possible, step_of,
};
use rulebook::Lang;
use std::collections::BTreeSet;

/// Whatever can be known of the owner of a number.
fn all_advice() -> impl Iterator<Item = Advice> {
    let all = [Barred::Nothing, Barred::Codes, Barred::Filing];
    all.into_iter().flat_map(|barred| {
        [ShownBy::Code, ShownBy::Password, ShownBy::Either].map(|shown_by| Advice { barred, shown_by })
    })
}

fn is_a_sentence(text: &str, lang: Lang) {
    let end = if lang == Lang::Zh { '。' } else { '.' };
    assert!(text.ends_with(end), "{text}");
    assert!(!text.contains("by-") && !text.contains('_') && !text.contains("  "), "{text}");
    let chinese = text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    assert!(chinese == (lang == Lang::Zh) || text.contains('号'), "{text}");
}

#[test]
fn whatever_cannot_happen_is_told_with_what_can() {
    for lang in [Lang::Zh, Lang::En] {
        for machine in Machine::ALL {
            for from in [None, Some(State::Active), Some(State::AccessDropped), Some(State::Cancelled)] {
                for by in Event::ALL {
                    for why in Reason::ALL.into_iter().map(Some).chain([None]) {
                        let Err(illegal) = step_of(machine, from, by, why, Who::Operator) else { continue };
                        is_a_sentence(&illegal.message(lang), lang);
                        is_a_sentence(&illegal.suggestion(lang), lang);
                    }
                }
            }
        }
    }
    let dropped = step_of(Machine::Website, State::Active, Event::Cancel, None, Who::Desk).unwrap_err();
    assert_eq!(dropped.message(Lang::Zh), "该网站备案号为“正常”，不能办理“注销”。");
    assert_eq!(
        dropped.suggestion(Lang::Zh),
        "现在可以办理：取消其中一处接入（原因：产品实例已到期；产品实例已释放）、取消接入（原因：产品实例已到期；产品实例已释放）。"
    );
}

#[test]
fn whoever_drops_what_is_dropped_is_not_led_to_cancel() {
    let twice = step_of(
        Machine::Website,
        State::AccessDropped,
        Event::DropAccess,
        Some(Reason::ByOwner),
        Who::Operator,
    );
    let subject =
        step_of(Machine::Subject, State::Active, Event::DropAccess, Some(Reason::ByOwner), Who::Operator);
    for illegal in [twice.unwrap_err(), subject.unwrap_err()] {
        assert!(!illegal.suggestion(Lang::Zh).contains("注销"), "{}", illegal.suggestion(Lang::Zh));
        assert!(!illegal.suggestion(Lang::En).contains("cancel"), "{}", illegal.suggestion(Lang::En));
    }
}

#[test]
fn whatever_happens_is_stated_with_when_and_why_who_wanted_it_and_what_is_possible_then() {
    let at = "2026-11-29T16:05:00Z".parse().unwrap();
    for lang in [Lang::Zh, Lang::En] {
        for machine in Machine::ALL {
            for step in machine.table() {
                for ground in step.grounds {
                    let (event, reason) = (step.by, ground.reason);
                    let was = (event == Event::Correct).then_some("浙ICP备12345670号");
                    let number = "浙ICP备12345678号";
                    let told = Statement { machine, number, event, reason, was, at }.sentence(lang);
                    is_a_sentence(&told, lang);
                    assert!(told.contains("2026-11-30") && told.contains("00:05"), "{told}");
                    assert!(told.contains(number) && told.contains(machine.label(lang)), "{told}");
                    assert!(was.is_none_or(|was| told.contains(was)), "{told}");
                    assert!(reason.is_none_or(|why| told.contains(why.label(lang))), "{told}");
                    assert!(!possible(machine, event, step.to).is_empty(), "{told}");
                    assert!(!Asked::of(event, reason, false).label(lang).is_empty(), "{told}");
                }
            }
        }
        for possible in Possible::ALL {
            for advice in all_advice() {
                is_a_sentence(&possible.sentence(advice, lang), lang);
            }
        }
    }
    let words: BTreeSet<_> = Asked::ALL.map(Asked::word).into_iter().collect();
    assert_eq!(words.len(), Asked::ALL.len());
}

#[test]
fn what_is_possible_after_an_end_is_a_new_filing_and_after_a_drop_another_access() {
    let after = |machine, event, state| possible(machine, event, state);
    for machine in Machine::ALL {
        for event in [Event::Cancel, Event::ImportCancelled, Event::Correct] {
            assert_eq!(after(machine, event, State::Cancelled), [Possible::FileAnew]);
        }
    }
    for event in [Event::DropAccess, Event::ImportDropped, Event::Change] {
        let again = [Possible::AddAccess, Possible::FileElsewhere];
        assert_eq!(after(Machine::Website, event, State::AccessDropped), again);
    }
    let ended = [Possible::HostedStill, Possible::AddAccess];
    assert_eq!(after(Machine::Website, Event::EndAccess, State::Active), ended);
    assert_eq!(after(Machine::Website, Event::File, State::Active), [Possible::ShowNumber]);
    assert_eq!(after(Machine::Subject, Event::File, State::Active), [Possible::AddWebsite]);
}

#[test]
fn advice_leaves_out_what_the_blacklist_keeps_from_the_owner_and_says_that_it_does() {
    let all = possible(Machine::Website, Event::DropAccess, State::AccessDropped);
    for advice in all_advice() {
        let Advice { barred, shown_by } = advice;
        let left = advice.possible(all);
        let expected: &[Possible] = match (barred, shown_by) {
            (Barred::Nothing, _) | (Barred::Codes, ShownBy::Password) => all,
            (Barred::Codes, _) => &[Possible::Barred, Possible::FileElsewhere],
            (Barred::Filing, _) => &[Possible::Barred],
        };
        assert_eq!(left, expected, "{advice:?}");
        assert_eq!(advice.possible(&[Possible::ShowNumber]), [Possible::ShowNumber], "{advice:?}");
        let ending = Ending {
            machine: Machine::Website,
            by: Event::Cancel,
            number: "粤ICP备12345678号-1",
            websites: &[],
            codes: 0,
            restores: false,
            advice,
        };
        let anew = losses(&ending).pop().unwrap();
        assert_eq!(anew.word() == "new-filing", advice.may_file(), "{advice:?}");
        for lang in [Lang::Zh, Lang::En] {
            is_a_sentence(&anew.sentence(lang), lang);
            is_a_sentence(&Loss::LeftEmpty { elsewhere: advice.may_file() }.sentence(lang), lang);
        }
    }
    assert_eq!(
        [ShownBy::of(1, 0), ShownBy::of(0, 1), ShownBy::of(1, 1)],
        [ShownBy::Code, ShownBy::Password, ShownBy::Either]
    );
    assert_eq!(ShownBy::of(0, 0), ShownBy::Either, "it is not known");
}

#[test]
fn who_wanted_something_is_told_by_its_reason() {
    for (reason, asked) in [
        (Reason::ByOwner, Asked::Owner),
        (Reason::ByNewDomainHolder, Asked::NewHolder),
        (Reason::AccessDroppedTooLong, Asked::Bureau),
        (Reason::ByAuthority, Asked::Authority),
        (Reason::InstanceExpired, Asked::Provider),
        (Reason::InformationUntrue, Asked::Provider),
    ] {
        assert_eq!(Asked::of(Event::Cancel, Some(reason), true), asked, "{reason:?}");
    }
    assert_eq!(Asked::of(Event::AddAccess, None, true), Asked::Owner);
    assert_eq!(Asked::of(Event::Correct, None, true), Asked::Provider);
    for (by_provider, asked) in [(false, Asked::Owner), (true, Asked::Provider)] {
        assert_eq!(Asked::of(Event::HostElsewhere, None, by_provider), asked);
        assert_eq!(Asked::of(Event::LeaveElsewhere, None, by_provider), asked);
    }
}

#[test]
fn the_duties_are_four_and_told_in_full() {
    for lang in [Lang::Zh, Lang::En] {
        for duty in Duty::ALL {
            is_a_sentence(duty.sentence(lang), lang);
        }
    }
    assert_eq!(Duty::ALL.map(Duty::word).len(), 4);
}

#[test]
fn what_is_lost_is_told_before_the_heaviest_first() {
    let websites = ["粤ICP备12345678号-1".to_owned(), "粤ICP备12345678号-2".to_owned()];
    let ending = Ending {
        machine: Machine::Subject,
        by: Event::Cancel,
        number: "粤ICP备12345678号",
        websites: &websites,
        codes: 2,
        restores: false,
        advice: Advice::default(),
    };
    let told = losses(&ending);
    let words: Vec<_> = told.iter().map(Loss::word).collect();
    assert_eq!(words, ["number", "websites", "served", "new-filing", "codes"]);
    for lang in [Lang::Zh, Lang::En] {
        for loss in &told {
            is_a_sentence(&loss.sentence(lang), lang);
        }
    }
    let alone = losses(&Ending { websites: &[], codes: 0, ..ending });
    assert_eq!(alone.iter().map(Loss::word).collect::<Vec<_>>(), ["number", "new-filing"]);
    let dropped = losses(&Ending { machine: Machine::Website, by: Event::DropAccess, ..ending });
    assert_eq!(dropped.iter().map(Loss::word).collect::<Vec<_>>(), ["served", "left-empty"]);
    let website = Ending {
        machine: Machine::Website,
        number: "粤ICP备12345678号-1",
        codes: 1,
        restores: true,
        ..ending
    };
    let website = losses(&website);
    assert_eq!(
        website.iter().map(Loss::word).collect::<Vec<_>>(),
        ["number", "served", "new-filing", "codes"]
    );
    assert!(
        website.iter().any(|loss| loss.sentence(Lang::Zh) == "已用的 1 个备案服务号不能再用，名额退回。")
    );
}

#[test]
fn the_page_has_a_row_for_each_ground() {
    for machine in Machine::ALL {
        let grounds: usize = machine.table().iter().map(|step| step.grounds.len()).sum();
        for lang in [Lang::Zh, Lang::En] {
            assert_eq!(page(machine, lang).lines().count(), grounds + 2);
        }
    }
}

#[test]
fn why_a_website_may_not_be_served_is_said_with_what_to_do() {
    for why in NotServed::ALL {
        for lang in [Lang::Zh, Lang::En] {
            is_a_sentence(why.message(lang), lang);
            is_a_sentence(why.suggestion(lang), lang);
        }
        let same =
            NotServed::ALL.into_iter().filter(|other| other.message(Lang::En) == why.message(Lang::En));
        assert_eq!(same.count(), 1, "{why:?}");
    }
}
