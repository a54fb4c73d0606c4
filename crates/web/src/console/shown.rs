//! Days and moments as pages show them, in Asia/Shanghai.

use jiff::Timestamp;
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
}
