//! What a draft would do to everything that the desk knows, as the page tells it: who gains, who loses, which codes and orders are hit.

use super::words;
use app::rulebooks::{Impact, InstanceHit, OrderHit};
use rulebook::{Code, CodeSet, Edition, Effect, Lang, Tally};
use std::collections::BTreeSet;

/// Instances and orders that are shown one by one: a page is read, and the API has more.
const SHOWN: usize = 100;

/// What is told.
pub(super) struct Told {
    pub(super) accounts: String,
    /// The effects that there are, as headings.
    pub(super) effects: Vec<&'static str>,
    /// All instances, and then product by product.
    pub(super) lines: Vec<Line>,
    pub(super) lost_by: Vec<String>,
    pub(super) gained_by: Vec<String>,
    pub(super) hits: Vec<String>,
    pub(super) cut: bool,
    pub(super) orders: Vec<Order>,
    pub(super) samples: Vec<Sample>,
    pub(super) how_many: String,
}

/// How many instances change how.
pub(super) struct Line {
    pub(super) name: String,
    pub(super) held: u64,
    pub(super) counts: Vec<(&'static str, u64)>,
}

/// An order under way that is hit.
pub(super) struct Order {
    pub(super) id: String,
    pub(super) kind: &'static str,
    pub(super) state: &'static str,
    pub(super) instance: String,
}

/// An instance that changes.
pub(super) struct Sample {
    pub(super) instance: String,
    pub(super) product: String,
    pub(super) account: String,
    pub(super) effect: &'static str,
    pub(super) mood: &'static str,
    pub(super) verdicts: String,
    pub(super) why: String,
}

impl Told {
    /// What is told of an impact between those editions.
    pub(super) fn of(impact: Impact, before: &Edition, after: &Edition, lang: Lang) -> Self {
        let Impact { total, products, codes, orders, verifications, cut, mut changes, .. } = impact;
        let w = words::words(lang);
        let effects: Vec<_> = Effect::ALL.into_iter().filter(|effect| is_shown(*effect, &total)).collect();
        let name = |id: &str| {
            let row = after.row(id).or_else(|| before.row(id));
            row.map_or_else(|| id.to_owned(), |row| row.name.in_lang(lang).to_owned())
        };
        let line = |name: String, tally: &Tally| Line {
            name,
            held: tally.held(),
            counts: effects.iter().map(|effect| (effect.label(lang), tally.of(*effect))).collect(),
        };
        let each = products.iter().map(|(id, tally)| {
            line(id.as_deref().map_or_else(|| w.unknown_products.to_owned(), name), tally)
        });
        let all = (total.held() > 0).then(|| line(w.all.to_owned(), &total));
        let changed = total.held().saturating_sub(total.of(Effect::Same));
        let accounts = words::accounts(count_accounts(&changes), changed > in_u64(changes.len()), lang);
        // Whoever loses is told first.
        changes.sort_by_key(|one| (one.shift.effect() != Effect::Loses, one.shift.effect()));
        let samples: Vec<_> = changes.into_iter().take(SHOWN).map(|hit| sample(hit, name, lang)).collect();
        Self {
            accounts: if changed == 0 { w.nothing_changes.to_owned() } else { accounts },
            effects: effects.iter().map(|effect| effect.label(lang)).collect(),
            lines: all.into_iter().chain(each).collect(),
            lost_by: by(lang, |code| total.lost_by(code)),
            gained_by: by(lang, |code| total.gained_by(code)),
            hits: words::hits(codes, orders.len(), verifications, lang),
            cut,
            orders: orders.iter().take(SHOWN).map(|hit| order(hit, lang)).collect(),
            how_many: words::how_many(samples.len(), changed, lang),
            samples,
        }
    }
}

/// Whoever gains or loses is counted always, whatever else where there is some of it.
fn is_shown(effect: Effect, total: &Tally) -> bool {
    matches!(effect, Effect::Gains | Effect::Loses) || total.of(effect) > 0
}

fn count_accounts(changes: &[InstanceHit]) -> [usize; 2] {
    [Effect::Loses, Effect::Gains].map(|effect| {
        let hit = changes.iter().filter(|one| one.shift.effect() == effect);
        hit.filter_map(|one| one.account.as_deref()).collect::<BTreeSet<_>>().len()
    })
}

fn in_u64(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

fn by(lang: Lang, count: impl Fn(Code) -> u64) -> Vec<String> {
    let each = Code::ALL.into_iter().map(|code| (code, count(code))).filter(|(_, count)| *count > 0);
    each.map(|(code, count)| words::by(code.label(lang), count, lang)).collect()
}

fn order(OrderHit { order, kind, state, instance }: &OrderHit, lang: Lang) -> Order {
    Order {
        id: order.to_string(),
        kind: kind.label(lang),
        state: state.label(lang),
        instance: instance.clone(),
    }
}

fn sample(hit: InstanceHit, name: impl Fn(&str) -> String, lang: Lang) -> Sample {
    let InstanceHit { instance, account, product, shift } = hit;
    let labels = |codes: CodeSet| codes.iter().map(|code| code.label(lang)).collect::<Vec<_>>();
    Sample {
        instance,
        product: name(&product),
        account: account.unwrap_or_else(|| "—".to_owned()),
        effect: shift.effect().label(lang),
        mood: match shift.effect() {
            Effect::Gains => "good",
            Effect::Loses => "bad",
            Effect::OtherVerdict | Effect::OtherWay | Effect::OtherReasons => "open",
            Effect::Same => "calm",
        },
        verdicts: words::verdicts(shift.before.verdict.label(lang), shift.after.verdict.label(lang)),
        why: words::why(&labels(shift.added()), &labels(shift.gone()), lang),
    }
}
