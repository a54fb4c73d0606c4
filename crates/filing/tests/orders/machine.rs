//! The table of moves: what it says, and that everything made from it says the same.

use filing::orders::{
    Illegal, Kind, Move, OnProducts, OnRegistry, STEPS, State, Who, legal, page, step_of, steps,
};
use rulebook::Lang;
use std::collections::BTreeSet;

/// Every place where an order can be, and none for one that is not made.
pub(crate) fn everywhere() -> impl Iterator<Item = Option<State>> {
    std::iter::once(None).chain(State::ALL.into_iter().map(Some))
}

/// Where an order of that kind is after these moves, each of which somebody can make.
fn after(kind: Kind, moves: &[Move]) -> Option<State> {
    moves.iter().fold(None, |from, by| {
        let step = steps(kind, from).find(|step| step.by == *by);
        Some(step.unwrap_or_else(|| panic!("{by:?} from {from:?}")).to)
    })
}

/// What SPEC 6 says can be done by whom, written out once more.
fn by_the_book(from: Option<State>, who: Who) -> &'static [Move] {
    match (from, who) {
        (None, Who::Filer) => &[Move::Open],
        (None, Who::TwoPeople) => &[Move::Force],
        (Some(State::Draft | State::Returned), Who::Filer) => &[Move::Save, Move::Submit, Move::Withdraw],
        (Some(State::Submitted | State::Approved), Who::Filer) => &[Move::Withdraw],
        (Some(State::Submitted), Who::Reviewer) => &[Move::Return, Move::Approve],
        (Some(State::Approved), Who::Reviewer) => &[Move::Return],
        (Some(State::Approved), Who::Operator | Who::Desk) => &[Move::Send],
        (Some(State::AtBureau), Who::Operator | Who::Bureau) => &[Move::ConfirmSms, Move::File, Move::Reject],
        (Some(State::AtBureau), Who::Desk) => &[Move::MissSms],
        (Some(State::Draft | State::Returned), Who::Desk) => &[Move::Lapse],
        _ => &[],
    }
}

#[test]
fn every_move_of_everybody_is_legal_as_the_book_says_or_answered_with_those_that_are() {
    for kind in Kind::ALL {
        for from in everywhere() {
            for who in Who::ALL {
                let fits = |by: &Move| match by {
                    Move::ConfirmSms | Move::MissSms => kind != Kind::CancelAccess,
                    Move::Force => matches!(kind, Kind::CancelSubject | Kind::CancelWebsite),
                    _ => true,
                };
                let expected: Vec<_> = by_the_book(from, who).iter().copied().filter(fits).collect();
                assert!(legal(kind, from, who).eq(expected.iter().copied()), "{kind:?} {from:?} {who:?}");
                for by in Move::ALL {
                    match step_of(kind, from, by, who) {
                        Ok(step) => {
                            assert!(expected.contains(&by), "{kind:?} {from:?} {by:?} {who:?}");
                            assert_eq!((step.from, step.by), (from, by));
                        }
                        Err(illegal) => {
                            assert!(!expected.contains(&by), "{kind:?} {from:?} {by:?} {who:?}");
                            let legal = expected.clone();
                            assert_eq!(illegal, Illegal { kind, from, tried: by, who, legal });
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn an_order_is_mended_until_it_passes_and_is_filed_by_the_bureau() {
    let way = [
        Move::Open,
        Move::Save,
        Move::Submit,
        Move::Return,
        Move::Save,
        Move::Submit,
        Move::Approve,
        Move::Send,
        Move::MissSms,
        Move::Submit,
        Move::Approve,
        Move::Send,
        Move::ConfirmSms,
        Move::File,
    ];
    for kind in Kind::ALL.into_iter().filter(|kind| *kind != Kind::CancelAccess) {
        assert_eq!(after(kind, &way), Some(State::Filed));
    }
    let short = [Move::Open, Move::Submit, Move::Approve, Move::Send, Move::File];
    assert_eq!(after(Kind::CancelAccess, &short), Some(State::Filed));
}

#[test]
fn an_order_is_withdrawn_from_anywhere_before_the_bureau_has_it_and_from_nowhere_after() {
    let from: BTreeSet<_> = Move::Withdraw.guard(Kind::FirstFiling).collect();
    assert_eq!(from, [State::Draft, State::Submitted, State::Returned, State::Approved].into());
}

#[test]
fn only_what_the_bureau_files_or_an_authority_ends_is_written_to_the_registry() {
    for step in &STEPS {
        assert_eq!(step.registry == OnRegistry::Writes, step.to == State::Filed, "{step:?}");
        assert_eq!(step.products == OnProducts::Records, step.by == Move::File, "{step:?}");
    }
}

#[test]
fn the_table_names_every_state_and_move_and_who_makes_it() {
    let used: BTreeSet<_> = STEPS.iter().map(|step| step.by).collect();
    assert_eq!(used, Move::ALL.into());
    let states: BTreeSet<_> = STEPS.iter().map(|step| step.to).collect();
    assert_eq!(states, State::ALL.into());
    for step in &STEPS {
        assert!(!step.who.is_empty(), "{step:?}");
        let same = STEPS.iter().filter(|other| (other.from, other.by) == (step.from, step.by));
        assert_eq!(same.count(), 1, "{step:?}");
    }
    assert!(Who::ALL.iter().all(|who| STEPS.iter().any(|step| step.who.contains(who))));
}

#[test]
fn guards_and_steps_say_the_same() {
    for kind in Kind::ALL {
        for by in Move::ALL {
            for from in State::ALL {
                let may = steps(kind, from).any(|step| step.by == by);
                assert_eq!(by.guard(kind).any(|guarded| guarded == from), may, "{kind:?} {from:?} {by:?}");
            }
        }
    }
}

#[test]
fn words_are_read_back_and_nothing_else_is() {
    for state in State::ALL {
        assert_eq!(State::from_word(state.word()), Some(state));
    }
    for by in Move::ALL {
        assert_eq!(Move::from_word(by.word()), Some(by));
    }
    for kind in Kind::ALL {
        assert_eq!(Kind::from_word(kind.word()), Some(kind));
        assert_eq!(kind.needs().kind, kind);
    }
    for nothing in ["", "DRAFT", "at_bureau", " draft"] {
        assert_eq!(State::from_word(nothing), None);
    }
}

#[test]
fn the_page_has_a_row_for_every_step_in_both_languages() {
    for lang in Lang::ALL {
        let page = page(lang);
        assert_eq!(page.lines().count(), STEPS.len() + 2);
        for (line, step) in page.lines().skip(2).zip(&STEPS) {
            assert_eq!(line.split(" | ").count(), 6, "{line}");
            assert!(line.contains(step.by.label(lang)) && line.contains(step.to.word()), "{line}");
            let without = matches!(step.by, Move::ConfirmSms | Move::MissSms | Move::Force);
            assert_eq!(line.contains(Kind::CancelAccess.label(lang)), without, "{line}");
        }
    }
    assert!(page(Lang::Zh).contains(
        "| 退回修改（`returned`） | 提交初审 | 待初审（`submitted`） | 提交备案的账号 | 改为“备案中” | 不变 |"
    ));
    assert!(!page(Lang::En).contains('（'));
}
