//! Days and moments as pages show them, in Asia/Shanghai.

use jiff::{Timestamp, civil::Date};
use rulebook::{Lang, calendar};

/// The day: `2020-11-01`.
pub(crate) fn day(at: Timestamp) -> String {
    calendar::shanghai(at).date().to_string()
}

/// The minute, in words that say where it is that time: `2020-11-01 09:30（北京时间）`, `2020-11-01 09:30 +08:00`.
pub(crate) fn minute(at: Timestamp, lang: Lang) -> String {
    let there = calendar::shanghai(at);
    let (date, hour, minute) = (there.date(), there.hour(), there.minute());
    match lang {
        Lang::Zh => format!("{date} {hour:02}:{minute:02}（北京时间）"),
        Lang::En => format!("{date} {hour:02}:{minute:02} +08:00"),
    }
}

/// Words that stand alone, not within a sentence: they begin with a capital letter where their language has any, and have no
/// hyphens.
pub(crate) fn alone(words: &str) -> String {
    let words = words.replace('-', " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The day that somebody typed, in whichever way days are written: `2027-03-01`, `2027/3/1`, `20270301`, `2027年3月1日`, also with full-width
/// digits. `None` where it is none.
pub(crate) fn typed_day(text: &str) -> Option<Date> {
    let narrow = |symbol: char| match symbol {
        '０'..='９' => char::from_u32(symbol as u32 - '０' as u32 + '0' as u32).unwrap_or(symbol),
        _ => symbol,
    };
    let text: String = text.trim().trim_end_matches('日').chars().map(narrow).collect();
    let parts: Vec<_> = text.split(|symbol: char| !symbol.is_ascii_digit()).collect();
    let (year, month, day) = match parts.as_slice() {
        [all] if all.len() == 8 => (all.get(..4)?, all.get(4..6)?, all.get(6..)?),
        [year, month, day] if year.len() == 4 => (*year, *month, *day),
        _ => return None,
    };
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_those_of_beijing() {
        let at = "2020-10-31T16:05:59Z".parse().unwrap();
        assert_eq!(day(at), "2020-11-01");
        assert_eq!(minute(at, Lang::Zh), "2020-11-01 00:05（北京时间）");
        assert_eq!(minute(at, Lang::En), "2020-11-01 00:05 +08:00");
    }

    #[test]
    fn words_that_stand_alone_begin_with_a_capital_letter() {
        for (words, shown) in
            [("eligible", "Eligible"), ("not-required", "Not required"), ("不可备案", "不可备案"), ("", "")]
        {
            assert_eq!(alone(words), shown);
        }
    }

    #[test]
    fn a_day_is_read_however_it_is_written() {
        let day = Some(jiff::civil::date(2027, 3, 1));
        for text in
            ["2027-03-01", "2027/3/1", "20270301", "2027年3月1日", " ２０２７－０３－０１ ", "2027.3.1"]
        {
            assert_eq!(typed_day(text), day, "{text}");
        }
        for text in
            ["", "2027-02-30", "27-3-1", "2027-3", "3/1/2027", "2027-13-1", "2027030", "明天", "2027--1"]
        {
            assert_eq!(typed_day(text), None, "{text}");
        }
    }
}
