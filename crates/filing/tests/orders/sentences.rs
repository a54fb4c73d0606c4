//! The sentences about moves: whole, each in its own language, and for whoever reads them.

use crate::machine::everywhere;
use filing::orders::{Awaited, Illegal, Kind, Move, OnProducts, OnRegistry, STEPS, State, Who, step_of};
use rulebook::Lang;
use std::collections::BTreeSet;

/// What no sentence may hold.
const DEBRIS: [&str; 16] = [
    "None", "null", "Some(", "{", "}", "Ok(", "Err(", "\\", "  ", "..", "。。", "，。", "::", "()", "（）",
    "“”",
];

pub(crate) fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// Asserts that a text is whole and in its language.
pub(crate) fn check(text: &str, lang: Lang) {
    let text = &without_addresses(text);
    for debris in DEBRIS {
        assert!(!text.contains(debris), "{debris:?} in {text}");
    }
    assert!(text.ends_with(['。', '.']) && text.chars().count() > 4, "{text}");
    match lang {
        Lang::Zh => {
            assert!(text.chars().any(is_han) && !text.chars().any(|c| c.is_ascii_lowercase()), "{text}");
            let chars: Vec<char> = text.chars().collect();
            let half = |w: &[char]| ",;:?!.()\"".contains(w[1]) && (is_han(w[0]) || is_han(w[2]));
            assert!(!chars.windows(3).any(half), "{text}");
        }
        Lang::En => {
            assert!(!text.chars().any(is_han) && !text.contains(['。', '，', '“']), "{text}");
            assert!(text.starts_with(|c: char| c.is_uppercase()), "{text}");
        }
    }
}

/// A text with a figure in the place of each address of a page: those belong to no language.
fn without_addresses(text: &str) -> String {
    let mut parts = text.split("https://");
    let first = parts.next().unwrap().to_owned();
    parts.fold(first, |told, part| {
        told + "9" + part.trim_start_matches(|c: char| c.is_ascii_lowercase() || c == '.')
    })
}

fn every_illegal() -> Vec<Illegal> {
    let mut all = Vec::new();
    for kind in Kind::ALL {
        for from in everywhere() {
            for who in Who::ALL {
                all.extend(Move::ALL.iter().filter_map(|by| step_of(kind, from, *by, who).err()));
            }
        }
    }
    all
}

#[test]
fn every_illegal_move_reads_well() {
    for illegal in every_illegal() {
        for lang in Lang::ALL {
            check(&illegal.message(lang), lang);
            check(&illegal.suggestion(lang), lang);
        }
        let shown = illegal.to_string();
        assert!(shown.starts_with('`') && !shown.ends_with('.'), "{shown}");
    }
    assert_eq!(Illegal::WORD, "illegal-move");
}

#[test]
fn a_customer_is_told_of_what_he_can_do_himself_and_of_nothing_else() {
    let told =
        |from, by, lang| step_of(Kind::FirstFiling, from, by, Who::Filer).unwrap_err().suggestion(lang);
    assert_eq!(told(State::Draft, Move::Approve, Lang::Zh), "现在可以：修改、提交初审、撤回。");
    assert_eq!(told(State::Draft, Move::Approve, Lang::En), "It can now be edited, submitted or withdrawn.");
    assert_eq!(told(State::Submitted, Move::Save, Lang::En), "It can now be withdrawn.");
    assert_eq!(told(State::AtBureau, Move::Withdraw, Lang::Zh), "管局正在审核，请等待审核结果。");
    for illegal in every_illegal().iter().filter(|illegal| illegal.who == Who::Filer) {
        for word in ["超时", "自动", "登记", "驳回"] {
            assert!(!illegal.suggestion(Lang::Zh).contains(word), "{illegal:?}");
        }
    }
}

#[test]
fn an_order_that_ended_or_came_back_by_itself_says_why() {
    for lang in Lang::ALL {
        let told = |state, by| Kind::Change.outcome(state, Some(by), lang);
        let missed = told(State::Returned, Move::MissSms).unwrap();
        assert!(missed.contains("24"), "{missed}");
        check(missed, lang);
        assert_eq!(told(State::Returned, Move::Return), None, "the remarks say it");
        let lapsed = told(State::Withdrawn, Move::Lapse).unwrap();
        check(lapsed, lang);
        assert_ne!(Some(lapsed), told(State::Withdrawn, Move::Withdraw), "{lapsed}");
    }
}

#[test]
fn an_order_that_came_to_its_end_says_what_that_means_for_its_kind() {
    for (kind, state, lang) in Kind::ALL.into_iter().flat_map(|kind| {
        State::ALL.into_iter().flat_map(move |state| Lang::ALL.map(|lang| (kind, state, lang)))
    }) {
        let told = kind.outcome(state, None, lang);
        assert_eq!(told.is_some(), state.is_final(), "{kind:?} {state:?}");
        let Some(told) = told else { continue };
        check(told, lang);
        let is_served_anew = matches!(kind, Kind::FirstFiling | Kind::AddWebsite) && state == State::Filed;
        let duties = ["https://beian.miit.gov.cn", "https://beian.mps.gov.cn", "30"];
        assert_eq!(duties.iter().all(|duty| told.contains(duty)), is_served_anew, "{kind:?} {state:?}");
        let ends = matches!(kind, Kind::CancelSubject | Kind::CancelWebsite | Kind::CancelAccess);
        let of_changing = ["变更", "change"].iter().any(|word| told.contains(word));
        assert!(!ends || !of_changing, "{kind:?} {state:?}: {told}");
    }
}

#[test]
fn who_may_not_make_a_move_is_told_that_it_is_not_the_state_that_forbids_it() {
    let told =
        |by, who, lang| step_of(Kind::CancelAccess, State::AtBureau, by, who).unwrap_err().message(lang);
    assert_eq!(
        told(Move::File, Who::Filer, Lang::Zh),
        "备案订单的状态是“管局审核中”，您不能登记管局审核通过。"
    );
    assert_eq!(
        told(Move::ConfirmSms, Who::Operator, Lang::En),
        "The order is \"With the bureau\" and cannot be marked as having its text message answered."
    );
}

#[test]
fn every_label_exists_and_tells_one_thing_from_another() {
    for lang in Lang::ALL {
        let told = |labels: Vec<&'static str>, expected: usize| {
            assert!(labels.iter().all(|label| !label.is_empty()));
            assert_eq!(labels.into_iter().collect::<BTreeSet<_>>().len(), expected);
        };
        told(Move::ALL.iter().map(|by| by.label(lang)).collect(), Move::ALL.len());
        told(State::ALL.iter().map(|state| state.label(lang)).collect(), State::ALL.len());
        told(Kind::ALL.iter().map(|kind| kind.label(lang)).collect(), Kind::ALL.len());
        told(Who::ALL.iter().map(|who| who.label(lang)).collect(), Who::ALL.len());
        told(Awaited::ALL.iter().map(|awaited| awaited.label(lang)).collect(), Awaited::ALL.len());
        told(STEPS.iter().map(|step| step.products.label(lang)).collect(), 4);
        told([OnRegistry::Keeps, OnRegistry::Writes].iter().map(|on| on.label(lang)).collect(), 2);
        assert_ne!(OnProducts::Holds.label(lang), OnProducts::Records.label(lang));
    }
}
