//! Deciding one instance, against rule engines.

use crate::{
    instances::{ASKER, Instances, Known, moment},
    peers::{Peer, cedar::Cedar, cel::Cel, rego::Rego, zen::Zen},
    rounds::{ROUNDS, Rounds, median},
    table::{Line, Unit},
};
use anyhow::{Context, Result, ensure};
use rulebook::{Case, Decision, Edition, Facts, Moment, Rulebook, Verdict, decide};
use std::{hint::black_box, time::Instant};

/// How many instances are timed together.
const BATCH: usize = 4_096;

/// Goals of the issue: how many times longer a peer takes.
const GOALS: [(&str, f64); 4] =
    [("zen-expression", 9.0), ("cel", 200.0), ("cedar-policy", 100.0), ("regorus", 100.0)];

/// Goals of the issue, in nanoseconds a decision.
const FROM_CASE: f64 = 50.0;
const FROM_FACTS: f64 = 150.0;

/// How much is measured.
pub(crate) struct Amount {
    /// Random instances on which all five must agree.
    pub(crate) oracle: usize,
    /// Batches a round.
    pub(crate) batches: usize,
}

/// How often each verdict was given.
type Tally = [u32; Verdict::ALL.len()];

/// The four engines, each with the newest edition.
struct Engines {
    zen: Zen,
    cel: Cel,
    cedar: Cedar,
    rego: Rego,
}

pub(crate) fn run(amount: &Amount) -> Result<Vec<Line>> {
    let book = Rulebook::aliyun().map_err(|faults| anyhow::anyhow!("{faults:?}"))?;
    let edition = book.editions.last().context("a rulebook has editions")?;
    let mut engines = Engines {
        zen: Zen::new(edition)?,
        cel: Cel::new(edition)?,
        cedar: Cedar::new(edition)?,
        rego: Rego::new(edition)?,
    };
    // Measured first: after millions of allocations the heap is scattered, and engines that allocate look a third slower.
    let lines = measure(edition, &mut engines, amount.batches)?;
    agree(edition, &mut engines, amount.oracle)?;
    Ok(lines)
}

/// Asserts that all five give the same verdict on `count` random instances, the peers in both ways of using them.
fn agree(edition: &Edition, engines: &mut Engines, count: usize) -> Result<()> {
    let started = Instant::now();
    let mut instances = Instances::new(edition, 7);
    let mut tally = Tally::default();
    let moment = Moment::new(moment());
    for _ in 0..count {
        let facts = instances.draw();
        let case = Case::new(edition, &facts, &moment, Some(ASKER));
        let ours = case.judge().verdict();
        let known = Known::of(&case).context("everything is known")?;
        agrees(&mut engines.zen, &known, ours)?;
        agrees(&mut engines.cel, &known, ours)?;
        agrees(&mut engines.cedar, &known, ours)?;
        agrees(&mut engines.rego, &known, ours)?;
        tally[ours as usize] += 1;
    }
    let told = Verdict::ALL.map(|verdict| format!("{} {}", tally[verdict as usize], verdict.word()));
    eprintln!(
        "all five gave the same verdict on {count} random instances ({}), in {:.0} s",
        told.join(", "),
        started.elapsed().as_secs_f64()
    );
    let unseen = Verdict::ALL.iter().find(|verdict| tally[**verdict as usize] == 0);
    ensure!(unseen == Some(&Verdict::Undetermined), "the instances never came to {unseen:?}");
    Ok(())
}

fn agrees<P: Peer>(peer: &mut P, known: &Known<'_>, ours: Verdict) -> Result<()> {
    let whole = peer.decide(known)?;
    let input = peer.prepare(known)?;
    let alone = peer.evaluate(&input)?;
    ensure!(
        whole == ours && alone == ours,
        "{}: {whole:?} and {alone:?} instead of {ours:?} on {known:?}",
        P::CALL
    );
    Ok(())
}

/// What a contender took on one batch, in nanoseconds an instance.
fn timed(tally: &mut Tally, mut each: impl FnMut(&mut Tally) -> Result<()>) -> Result<f64> {
    *tally = Tally::default();
    let started = Instant::now();
    each(tally)?;
    #[expect(clippy::cast_precision_loss, reason = "4,096 is exact")]
    Ok(started.elapsed().as_secs_f64() * 1e9 / BATCH as f64)
}

/// Looks at everything that a decision says, as whoever shows it would.
fn walk(decision: &Decision<'_>, tally: &mut Tally) {
    for finding in decision.findings() {
        black_box(&finding);
    }
    tally[decision.verdict() as usize] += 1;
}

/// The contenders in the order of their turns.
const OURS: usize = 0;
const OURS_FROM_FACTS: usize = 1;
const CONTENDERS: usize = 10;

fn measure(edition: &Edition, engines: &mut Engines, batches: usize) -> Result<Vec<Line>> {
    let mut rounds: [Rounds; CONTENDERS] = Default::default();
    for round in 0..ROUNDS {
        let mut took: [Vec<f64>; CONTENDERS] = Default::default();
        // Other instances in each round, so that no branch predictor can learn them by heart.
        let mut instances = Instances::new(edition, 100 + round as u64);
        for _ in 0..batches {
            let facts: Vec<Facts> = (0..BATCH).map(|_| instances.draw()).collect();
            for (took, figure) in took.iter_mut().zip(turn(edition, engines, &facts)?) {
                took.push(figure);
            }
        }
        for (rounds, took) in rounds.iter_mut().zip(took) {
            rounds.0.push(median(took));
        }
    }
    Ok(lines(&rounds))
}

/// Lets every contender decide the same batch.
fn turn(edition: &Edition, engines: &mut Engines, facts: &[Facts]) -> Result<[f64; CONTENDERS]> {
    let at = moment();
    let mut ours = Tally::default();
    let from_facts = timed(&mut ours, |tally| {
        for facts in facts {
            walk(&decide(edition, black_box(facts), at, Some(ASKER)), tally);
        }
        Ok(())
    })?;
    let moment = Moment::new(at);
    let cases: Vec<_> = facts.iter().map(|facts| Case::new(edition, facts, &moment, Some(ASKER))).collect();
    let mut again = Tally::default();
    let from_case = timed(&mut again, |tally| {
        for case in &cases {
            walk(&black_box(case).judge(), tally);
        }
        Ok(())
    })?;
    ensure!(ours == again, "{ours:?} from facts, {again:?} from counted terms");
    let known = cases.iter().map(|case| Known::of(case).context("everything is known"));
    let known = known.collect::<Result<Vec<_>>>()?;
    let [zen, zen_best] = peer_turn(&mut engines.zen, &known, &ours)?;
    let [cel, cel_best] = peer_turn(&mut engines.cel, &known, &ours)?;
    let [cedar, cedar_best] = peer_turn(&mut engines.cedar, &known, &ours)?;
    let [rego, rego_best] = peer_turn(&mut engines.rego, &known, &ours)?;
    Ok([from_case, from_facts, zen, cel, cedar, rego, zen_best, cel_best, cedar_best, rego_best])
}

fn peer_turn<P: Peer>(peer: &mut P, known: &[Known<'_>], ours: &Tally) -> Result<[f64; 2]> {
    let mut tally = Tally::default();
    let whole = timed(&mut tally, |tally| {
        for known in known {
            tally[peer.decide(black_box(known))? as usize] += 1;
        }
        Ok(())
    })?;
    ensure!(tally == *ours, "{} decided {tally:?}, ours {ours:?}", P::CALL);
    let inputs = known.iter().map(|known| peer.prepare(known)).collect::<Result<Vec<_>>>()?;
    let best = timed(&mut tally, |tally| {
        for input in &inputs {
            tally[peer.evaluate(black_box(input))? as usize] += 1;
        }
        Ok(())
    })?;
    ensure!(tally == *ours, "{} decided {tally:?}, ours {ours:?}", P::CALL);
    Ok([whole, best])
}

fn lines(rounds: &[Rounds; CONTENDERS]) -> Vec<Line> {
    let ours = &rounds[OURS];
    let mut lines = vec![
        Line::under("decide, terms counted, all reasons and remedies", ours, FROM_CASE, Unit::Nanoseconds),
        Line::under("decide, raw facts with dates", &rounds[OURS_FROM_FACTS], FROM_FACTS, Unit::Nanoseconds),
    ];
    let calls = [Zen::CALL, Cel::CALL, Cedar::CALL, Rego::CALL];
    let whole = rounds[2..6].iter().zip(GOALS).zip(calls);
    lines.extend(whole.map(|((peer, (name, goal)), call)| {
        let what = format!("decide, against {name}: verdict only");
        Line::faster(&what, ours, peer, Unit::Nanoseconds, Some(goal)).run_as(call)
    }));
    let best = rounds[6..].iter().zip(GOALS).zip(calls);
    lines.extend(best.map(|((peer, (name, _)), call)| {
        let what = format!("  {name} at its best: one product's rules, numbers in place");
        Line::faster(&what, ours, peer, Unit::Nanoseconds, None).run_as(call)
    }));
    lines
}
