//! The table of moves: what it says, and that everything made from it says the same.

use crate::desk::{after, stored};
use filing::codes::{Move, Place, STEPS, State, Stored, Who, apply, legal, page, step_of};
use rulebook::{CodeMade, Lang, OnAbandon};
use std::collections::BTreeSet;

/// Every row that a code may have, and none for a code that is not made.
fn everywhere() -> impl Iterator<Item = Option<Stored>> {
    std::iter::once(None).chain(Stored::ALL.into_iter().map(Some))
}

#[test]
fn a_code_is_issued_used_once_and_kept_for_ever() {
    let filed = after(&[Move::Issue, Move::Submit, Move::File]);
    assert_eq!(filed, stored(State::Recorded, true));
    for by in Move::ALL.into_iter().filter(|by| *by != Move::RestorePlace) {
        let illegal = apply(filed, by).unwrap_err();
        assert_eq!((illegal.from, illegal.tried, illegal.legal), (Some(filed), by, vec![Move::RestorePlace]));
    }
}

#[test]
fn an_abandoned_order_frees_its_code_or_burns_it_as_the_edition_says() {
    let recording = after(&[Move::Issue, Move::Submit]);
    let released = apply(recording, Move::abandon(OnAbandon::Release)).unwrap();
    assert_eq!(released, stored(State::Bound, true));
    assert_eq!(apply(released, Move::Submit), Ok(recording));
    let burned = apply(recording, Move::abandon(OnAbandon::Burn)).unwrap();
    assert_eq!(burned, stored(State::Void, true), "burned counts towards the quota");
    assert_eq!(legal(burned).count(), 0);
}

#[test]
fn an_operator_releases_what_is_in_no_order_and_only_a_taken_place_comes_back() {
    assert_eq!(apply(after(&[Move::Issue]), Move::Release), Ok(stored(State::Void, false)));
    assert_eq!(apply(after(&[Move::Premake]), Move::Release), Ok(stored(State::Void, false)));
    assert_eq!(step_of(after(&[Move::Issue]), Move::Release).unwrap().place, Place::GivesBack);
    assert_eq!(step_of(after(&[Move::Premake]), Move::Release).unwrap().place, Place::Untouched);
    for refused in [&[Move::Issue, Move::Submit][..], &[Move::Issue, Move::Submit, Move::File]] {
        assert!(apply(after(refused), Move::Release).is_err());
    }
}

#[test]
fn a_cancelled_website_gives_its_place_back_once_and_never_its_code() {
    let cancelled = after(&[Move::Issue, Move::Submit, Move::File, Move::RestorePlace]);
    assert_eq!(cancelled, stored(State::Recorded, false));
    assert_eq!(legal(cancelled).count(), 0);
}

#[test]
fn a_code_made_on_purchase_counts_once_it_is_used() {
    let story =
        [Move::Import, Move::Submit, Move::AbandonRelease, Move::Submit, Move::File, Move::RestorePlace];
    let issued = |made| (1..=story.len()).map(move |upto| after(&story[..upto]).is_issued(made));
    assert!(issued(CodeMade::OnPurchase).eq([false, true, false, true, true, false]));
    assert!(issued(CodeMade::Elsewhere).eq([true, true, true, true, true, false]));
    assert!(after(&[Move::Import, Move::Submit, Move::AbandonBurn]).is_issued(CodeMade::OnPurchase));
    assert!(!after(&[Move::Premake]).is_issued(CodeMade::OnRequest));
}

#[test]
fn the_table_names_every_state_and_move_and_who_makes_it() {
    let used: BTreeSet<_> = STEPS.iter().map(|step| step.by.word()).collect();
    assert_eq!(used, Move::ALL.iter().map(|by| by.word()).collect());
    let states: BTreeSet<_> = STEPS.iter().map(|step| step.to.word()).collect();
    assert_eq!(states, State::ALL.iter().map(|state| state.word()).collect());
    for step in &STEPS {
        assert!(!step.who.is_empty(), "{step:?}");
        let same = STEPS.iter().filter(|other| (other.from, other.by) == (step.from, step.by));
        assert_eq!(same.count(), 1, "{step:?}");
        assert_eq!(step.from.is_none(), step.by.guard().count() == 0, "{step:?}");
    }
    assert!(STEPS.iter().filter(|step| step.by == Move::Release).all(|step| step.who == [Who::Operator]));
    for state in State::ALL {
        assert_eq!(State::from_word(state.word()), Some(state));
    }
    assert_eq!(State::from_word("expired"), None, "expired is derived, never stored");
}

#[test]
fn the_rows_that_a_database_may_hold_are_those_that_moves_lead_to() {
    let mut reached = BTreeSet::new();
    let mut open: Vec<Option<Stored>> = vec![None];
    while let Some(from) = open.pop() {
        for by in legal(from) {
            let to = apply(from, by).unwrap();
            if reached.insert((to.state().word(), to.counted())) {
                open.push(Some(to));
            }
        }
    }
    assert_eq!(reached, Stored::ALL.iter().map(|row| (row.state().word(), row.counted())).collect());
    for state in State::ALL {
        for counted in [false, true] {
            assert_eq!(Stored::new(state, counted).is_some(), reached.contains(&(state.word(), counted)));
        }
    }
}

#[test]
fn guards_lists_and_moves_all_say_the_same() {
    for by in Move::ALL {
        for from in everywhere() {
            let may = apply(from, by).is_ok();
            assert_eq!(legal(from).any(|legal| legal == by), may, "{from:?} {by:?}");
            if let Some(from) = from {
                assert_eq!(by.guard().any(|guarded| guarded == from), may, "{from:?} {by:?}");
            }
            if let Err(illegal) = apply(from, by) {
                assert!(illegal.legal.iter().copied().eq(legal(from)));
            }
        }
        assert!(by.steps().all(|step| step.by == by) && by.steps().count() > 0);
    }
    assert!(Move::Release.guard().eq([stored(State::Init, false), stored(State::Bound, true)]));
    assert!(Move::RestorePlace.guard().eq([stored(State::Recorded, true)]));
}

#[test]
fn a_move_is_called_irreversible_exactly_when_no_way_leads_back() {
    for from in everywhere() {
        for by in legal(from) {
            let mut reached = vec![apply(from, by).unwrap()];
            let mut at = 0;
            while at < reached.len() {
                for next in legal(reached[at]).map(|by| apply(reached[at], by).unwrap()).collect::<Vec<_>>() {
                    if !reached.contains(&next) {
                        reached.push(next);
                    }
                }
                at += 1;
            }
            let back = from.is_some_and(|from| reached.contains(&from));
            assert_eq!(step_of(from, by).unwrap().irreversible, !back, "{from:?} {by:?}");
        }
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
        }
    }
    assert!(page(Lang::Zh).contains(
        "| 未使用（`bound`） | 提交备案订单 | 备案中（`recording`） | 提交备案的账号 | 继续占用 | 可以 |"
    ));
    assert!(!page(Lang::En).contains('（'));
}
