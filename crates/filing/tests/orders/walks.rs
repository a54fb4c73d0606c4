//! Random lives of orders, held against what the table promises.

use filing::orders::{Kind, Move, OnProducts, State, Step, Who, legal, step_of, steps};
use std::collections::BTreeMap;

const WALKS: u64 = 100_000;

/// A small seeded generator (splitmix64), so that a failing walk can be walked again.
struct Dice(u64);

impl Dice {
    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let below = u64::try_from(all.len()).unwrap();
        all[usize::try_from((z ^ (z >> 31)) % below).unwrap()]
    }
}

/// An order as the ledger would tell its life; nothing here knows where it stands.
#[derive(Default)]
struct Life {
    state: Option<State>,
    holds: bool,
    with_bureau: bool,
}

impl Life {
    fn live(&mut self, step: &Step) {
        self.state = Some(step.to);
        self.holds = match step.products {
            OnProducts::Keeps => self.holds,
            OnProducts::Holds => true,
            OnProducts::Records | OnProducts::Abandons => false,
        };
        self.with_bureau = match step.by {
            Move::Send => true,
            Move::MissSms | Move::File | Move::Reject => false,
            _ => self.with_bureau,
        };
    }
}

/// A move that can be made, mostly, or any by anybody.
fn try_something(dice: &mut Dice, kind: Kind, from: Option<State>) -> (Move, Who) {
    let can: Vec<_> = steps(kind, from).collect();
    if can.is_empty() || dice.one_of(&[true, false, false]) {
        return (dice.one_of(&Move::ALL), dice.one_of(&Who::ALL));
    }
    let step = dice.one_of(&can);
    (step.by, dice.one_of(step.who))
}

#[test]
fn no_life_of_an_order_leaves_the_table_and_every_move_happens_in_some() {
    let mut seen = BTreeMap::<_, u32>::new();
    for seed in 0..WALKS {
        let mut dice = Dice(seed);
        let kind = dice.one_of(&Kind::ALL);
        let mut life = Life::default();
        for _ in 0..40 {
            let before = life.state;
            let (by, who) = try_something(&mut dice, kind, before);
            match step_of(kind, before, by, who) {
                Ok(step) => {
                    assert!(before.is_none_or(|from| !from.is_final()), "{seed}: {by:?} from {before:?}");
                    life.live(step);
                    *seen.entry(by.word()).or_default() += 1;
                }
                Err(illegal) => {
                    assert!(illegal.legal.iter().all(|by| step_of(kind, before, *by, who).is_ok()));
                }
            }
            let Some(state) = life.state else { continue };
            assert_eq!(life.holds, state.holds_products(), "{seed}: {by:?} led to {state:?}");
            assert_eq!(life.with_bureau, state == State::AtBureau, "{seed}: {by:?} led to {state:?}");
        }
    }
    for by in Move::ALL {
        assert!(seen.get(by.word()).is_some_and(|times| *times >= 100), "{by:?} in {seen:#?}");
    }
}

#[test]
fn an_order_ends_where_nobody_can_do_anything_and_only_there() {
    for kind in Kind::ALL {
        for state in State::ALL {
            assert_eq!(state.is_final(), steps(kind, state).next().is_none(), "{kind:?} {state:?}");
            assert_eq!(
                state.is_final(),
                Who::ALL.iter().all(|who| legal(kind, state, *who).next().is_none())
            );
        }
    }
}
