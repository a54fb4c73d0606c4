//! How long orders wait, as a picture: a bar for each day since which some do. The words beside it say the same.

use super::words;
use filing::{
    orders::{REVIEW_DAYS, State as Stands},
    working_days,
};
use jiff::{ToSpan, civil::Date};
use rulebook::Lang;

/// Days that have a bar of their own; what waits longer shares one.
const DAYS: i32 = 13;
/// Across a bar and what is around it.
const SLOT: u32 = 56;
/// Across a bar.
const ACROSS: u32 = 32;
/// The highest bar.
const HIGHEST: u32 = 72;
/// Above the bars: the figure of the highest.
const ABOVE: u32 = 20;

/// The picture.
pub(super) struct Ages {
    pub(super) bars: Vec<Bar>,
    pub(super) wide: u32,
    pub(super) high: u32,
    /// All of it in a sentence.
    pub(super) says: String,
}

/// The orders of a day.
pub(super) struct Bar {
    pub(super) label: String,
    pub(super) count: u32,
    pub(super) is_late: bool,
    pub(super) x: u32,
    pub(super) y: u32,
    pub(super) across: u32,
    pub(super) high: u32,
    /// The middle of the bar.
    pub(super) middle: u32,
    /// Where the figure stands.
    pub(super) above: u32,
    /// Where the day stands.
    pub(super) below: u32,
}

impl Ages {
    /// Of orders in that state, since when how many are there; `None` where none are.
    pub(super) fn of(days: &[(Date, u32)], state: Stands, today: Date, lang: Lang) -> Option<Self> {
        let (oldest, _) = *days.first()?;
        let first = today.saturating_sub(DAYS.days());
        let late = |day: Date| {
            state == Stands::Submitted && working_days::after(day, REVIEW_DAYS).is_ok_and(|last| last < today)
        };
        let sum = |picked: &dyn Fn(Date) -> bool| -> u32 {
            days.iter().filter(|(day, _)| picked(*day)).map(|(_, count)| count).sum()
        };
        let mut told = Vec::new();
        if oldest < first {
            told.push((words::earlier(lang).to_owned(), sum(&|day| day < first), late(oldest)));
        }
        let mut day = oldest.max(first);
        while day <= today {
            let label = format!("{}-{}", day.month(), day.day());
            told.push((label, sum(&|on| on == day), late(day)));
            let Ok(next) = day.tomorrow() else { break };
            day = next;
        }
        let most = told.iter().map(|(_, count, _)| *count).max().unwrap_or(0).max(1);
        let says = words::ages(sum(&|_| true), oldest, today, sum(&late), lang);
        let bars: Vec<_> = (0_u32..).zip(told).map(|(nth, told)| Bar::of(nth, told, most)).collect();
        let wide = u32::try_from(bars.len()).unwrap_or(u32::MAX).saturating_mul(SLOT);
        Some(Self { bars, wide, high: ABOVE + HIGHEST + 24, says })
    }
}

impl Bar {
    /// The `nth`, where the highest stands for `most`.
    fn of(nth: u32, (label, count, is_late): (String, u32, bool), most: u32) -> Self {
        let high = u64::from(count) * u64::from(HIGHEST) / u64::from(most);
        // No higher than the highest. One that stands for something is seen.
        let high = u32::try_from(high).unwrap_or(HIGHEST).max(if count > 0 { 3 } else { 1 });
        let (x, y) = (nth.saturating_mul(SLOT) + (SLOT - ACROSS) / 2, ABOVE + HIGHEST - high);
        Self {
            label,
            count,
            is_late,
            x,
            y,
            across: ACROSS,
            high,
            middle: x + ACROSS / 2,
            above: y - 5,
            below: ABOVE + HIGHEST + 17,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn a_day_without_orders_is_seen_as_such_and_what_waits_longest_shares_a_bar() {
        assert!(Ages::of(&[], Stands::Submitted, day("2026-11-27"), Lang::Zh).is_none());
        let days =
            [(day("2026-10-30"), 2), (day("2026-11-02"), 1), (day("2026-11-25"), 4), (day("2026-11-27"), 1)];
        let ages = Ages::of(&days, Stands::Submitted, day("2026-11-27"), Lang::En).unwrap();
        let told: Vec<_> = ages.bars.iter().map(|bar| (&*bar.label, bar.count, bar.is_late)).collect();
        assert_eq!(told.len(), 15);
        assert_eq!(told[0], ("earlier", 3, true));
        assert_eq!(told[1], ("11-14", 0, true));
        assert_eq!(told[12..], [("11-25", 4, true), ("11-26", 0, false), ("11-27", 1, false)]);
        assert_eq!(ages.bars[12].high, HIGHEST);
        assert!(
            ages.bars
                .iter()
                .all(|bar| bar.x + bar.across <= ages.wide && bar.y + bar.high == ABOVE + HIGHEST)
        );
        let with_bureau = Ages::of(&days, Stands::AtBureau, day("2026-11-27"), Lang::En).unwrap();
        assert!(with_bureau.bars.iter().all(|bar| !bar.is_late));
    }
}
