//! The tables of subjects and websites, against SPEC 7 as it is written here a second time.

use filing::registry::{Event, Machine, Reason, State, Who, legal, step_of, steps};

/// Everything that could be tried, and by whom.
fn tries() -> impl Iterator<Item = (Event, Option<Reason>, Who)> {
    let reasons = || Reason::ALL.into_iter().map(Some).chain([None]);
    Event::ALL
        .into_iter()
        .flat_map(move |by| reasons().flat_map(move |why| Who::ALL.map(move |who| (by, why, who))))
}

#[test]
fn nothing_happens_to_a_cancelled_number_but_that_a_slip_in_it_is_corrected() {
    for machine in Machine::ALL {
        for (by, why, who) in tries() {
            match step_of(machine, State::Cancelled, by, why, who) {
                Ok(step) => {
                    assert_eq!((by, why, who), (Event::Correct, None, Who::Operator), "{machine:?}");
                    assert_eq!(step.to, State::Cancelled, "{machine:?}");
                }
                Err(illegal) => {
                    let corrects = illegal.legal.iter().all(|(event, _)| *event == Event::Correct);
                    assert!(corrects, "{machine:?} {by:?} {why:?} {who:?}");
                }
            }
        }
        assert_eq!(steps(machine, State::Cancelled).count(), 1);
    }
}

#[test]
fn a_number_is_cancelled_for_the_reasons_of_the_law_and_by_whom_it_says() {
    let cancels = |machine, from, why, who| step_of(machine, from, Event::Cancel, Some(why), who).is_ok();
    for from in [State::Active, State::AccessDropped] {
        let website = |why, who| cancels(Machine::Website, from, why, who);
        assert!(website(Reason::ByOwner, Who::Bureau) && website(Reason::ByOwner, Who::Operator));
        assert!(website(Reason::ByNewDomainHolder, Who::Operator));
        assert!(website(Reason::ByAuthority, Who::TwoPeople));
        assert!(!website(Reason::ByAuthority, Who::Operator), "one person is not enough");
        assert_eq!(website(Reason::AccessDroppedTooLong, Who::Operator), from == State::AccessDropped);
        for why in [Reason::InstanceExpired, Reason::InstanceReleased, Reason::InformationUntrue] {
            assert!(Who::ALL.into_iter().all(|who| !website(why, who)), "{why:?} drops, it does not cancel");
        }
    }
    assert!(!cancels(Machine::Subject, State::Active, Reason::ByNewDomainHolder, Who::Operator));
    assert!(cancels(Machine::Subject, State::Active, Reason::AccessDroppedTooLong, Who::Operator));
}

#[test]
fn the_desk_by_itself_ends_accesses_and_never_cancels() {
    for machine in Machine::ALL {
        for from in [State::Active, State::AccessDropped] {
            for (event, _) in legal(machine, from, Who::Desk) {
                assert!(matches!(event, Event::EndAccess | Event::DropAccess), "{machine:?} {event:?}");
            }
        }
    }
}

#[test]
fn whatever_ends_something_has_a_reason_and_nothing_else_has() {
    for step in Machine::ALL.into_iter().flat_map(Machine::table) {
        let ends = matches!(step.by, Event::EndAccess | Event::DropAccess | Event::Cancel);
        assert!(step.grounds.iter().all(|ground| ground.reason.is_some() == ends), "{step:?}");
    }
}

#[test]
fn no_two_rows_are_for_the_same_thing() {
    for machine in Machine::ALL {
        let mut seen: Vec<_> = machine.table().iter().map(|step| (step.from, step.by)).collect();
        let all = seen.len();
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), all, "{machine:?}");
    }
}

#[test]
fn words_are_read_back() {
    assert!(State::ALL.into_iter().all(|state| State::from_word(state.word()) == Some(state)));
    assert!(Event::ALL.into_iter().all(|event| Event::from_word(event.word()) == Some(event)));
    assert!(Reason::ALL.into_iter().all(|reason| Reason::from_word(reason.word()) == Some(reason)));
    assert_eq!(Reason::from_word("by-mistake"), None);
}
