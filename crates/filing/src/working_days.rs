//! Working days of mainland China: Monday to Friday but for what the State Council's yearly notice changes.
//!
//! `data/working-days.txt` has two lines a year. Nothing is said of years that it does not have: their notice was not out yet.

use jiff::civil::{Date, Weekday};
use std::sync::LazyLock;

/// The calendar of that year is not known, so that no working day of it can be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the working days of `{year}` are not known")]
pub struct NotKnown {
    /// The year.
    pub year: i16,
}

/// One line of the file.
struct Line {
    year: i16,
    /// The days on which the year differs from Monday to Friday.
    differs: Vec<Date>,
}

static LINES: LazyLock<Vec<Line>> =
    LazyLock::new(|| include_str!("../data/working-days.txt").lines().filter_map(read).collect());

fn read(line: &str) -> Option<Line> {
    let mut words = line.split(' ');
    let year = words.next()?.parse().ok()?;
    let _off_or_on = words.next()?;
    let day = |word: &str| {
        let (month, day) = word.split_once('-')?;
        Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
    };
    Some(Line { year, differs: words.filter_map(day).collect() })
}

/// Whether people work on `day`; `None` when its year is not known.
pub fn is_working(day: Date) -> Option<bool> {
    let mut lines = LINES.iter().filter(|line| line.year == day.year()).peekable();
    lines.peek()?;
    let differs = lines.any(|line| line.differs.contains(&day));
    let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    Some(weekend == differs)
}

/// The `n`-th working day after `day`, which is itself not counted whether it is one or not; `day` for 0.
pub fn after(day: Date, n: u32) -> Result<Date, NotKnown> {
    let mut at = day;
    let mut left = n;
    while left > 0 {
        at = at.tomorrow().map_err(|_| NotKnown { year: at.year() })?;
        let working = is_working(at).ok_or(NotKnown { year: at.year() })?;
        left -= u32::from(working);
    }
    Ok(at)
}

/// How many working days begin after `from`, up to `to` and with it; none where `to` comes first.
pub fn between(from: Date, to: Date) -> Result<u32, NotKnown> {
    let mut at = from;
    let mut counted = 0;
    while at < to {
        at = at.tomorrow().map_err(|_| NotKnown { year: at.year() })?;
        let working = is_working(at).ok_or(NotKnown { year: at.year() })?;
        counted += u32::from(working);
    }
    Ok(counted)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = include_str!("../data/working-days.txt");

    #[test]
    fn every_line_of_the_calendar_is_read_whole_and_differs_from_the_week_as_it_says() {
        let told: Vec<_> = TEXT.lines().filter(|line| !line.starts_with('#')).collect();
        assert_eq!(told.len(), LINES.len());
        for (text, line) in told.into_iter().zip(LINES.iter()) {
            let on = text.split(' ').nth(1) == Some("on");
            assert!(on || text.split(' ').nth(1) == Some("off"), "{text}");
            assert_eq!(text.split(' ').count(), line.differs.len() + 2, "{text}");
            assert!(line.differs.is_sorted_by(|a, b| a < b), "{text}");
            for day in &line.differs {
                assert_eq!(matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday), on, "{day}");
            }
        }
    }

    #[test]
    fn days_between_are_those_that_lead_from_one_to_the_other() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let thursday = day("2026-09-24");
        for n in 0..30 {
            assert_eq!(between(thursday, after(thursday, n).unwrap()), Ok(n));
        }
        assert_eq!(between(day("2026-11-27"), day("2026-11-29")), Ok(0), "over a weekend");
        assert_eq!(between(day("2026-11-30"), day("2026-11-27")), Ok(0));
        assert_eq!(between(day("2026-12-31"), day("2027-01-04")), Err(NotKnown { year: 2027 }));
    }

    #[test]
    fn every_year_has_its_two_lines() {
        let years: Vec<_> = LINES.iter().map(|line| line.year).collect();
        let expected: Vec<_> = (2004..=2026).flat_map(|year| [year, year]).collect();
        assert_eq!(years, expected);
    }
}
