//! Days and moments as pages show them, in Asia/Shanghai.

use jiff::{
    Timestamp,
    civil::{Date, Time},
};
use rulebook::{Lang, calendar, half_width};

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

/// The same to the second.
pub(crate) fn second(at: Timestamp, lang: Lang) -> String {
    let there = calendar::shanghai(at);
    let (date, hour, minute, second) = (there.date(), there.hour(), there.minute(), there.second());
    match lang {
        Lang::Zh => format!("{date} {hour:02}:{minute:02}:{second:02}（北京时间）"),
        Lang::En => format!("{date} {hour:02}:{minute:02}:{second:02} +08:00"),
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

/// The moment that somebody typed, as clocks in Asia/Shanghai show it: a day, and behind it a time of day, `2027-03-01 09:30`,
/// `20270301 0930`, `2027年3月1日9时30分`, or as [`minute`] shows it. A day alone is its beginning. `None` where it is none.
pub(crate) fn typed_minute(text: &str) -> Option<Timestamp> {
    let narrow: String = text.trim().chars().map(half_width).collect();
    let text = narrow.trim_end_matches("(北京时间)").trim_end_matches("+08:00").trim_end();
    let (day, time) = text.split_once(['日', 'T', ' ']).unwrap_or((text, ""));
    calendar::instant(typed_day(day)?.to_datetime(time_of_day(time)?))
}

fn time_of_day(text: &str) -> Option<Time> {
    if !text.chars().all(|symbol| symbol.is_ascii_digit() || ":时点分秒 ".contains(symbol)) {
        return None;
    }
    let parts: Vec<_> =
        text.split(|symbol: char| !symbol.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let (hour, minute) = match parts.as_slice() {
        [] => return Some(Time::midnight()),
        [all] if all.len() == 4 => (all.get(..2)?, all.get(2..)?),
        [hour, minute] | [hour, minute, _] => (*hour, *minute),
        _ => return None,
    };
    Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
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
        assert_eq!(second(at, Lang::Zh), "2020-11-01 00:05:59（北京时间）");
        assert_eq!(second(at, Lang::En), "2020-11-01 00:05:59 +08:00");
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

    #[test]
    fn a_moment_is_read_however_it_is_written_and_as_pages_show_it() {
        let at: Timestamp = "2027-03-01T01:30:00Z".parse().unwrap();
        let shown = [Lang::Zh, Lang::En].map(|lang| minute(at, lang));
        for text in [
            "2027-03-01 09:30",
            "2027-03-01T09:30:20",
            "2027/3/1 9:30",
            "20270301 0930",
            "2027年3月1日9时30分",
            "2027年3月1日 9点30分",
            " ２０２７－０３－０１　０９：３０ ",
            &*shown[0],
            &*shown[1],
        ] {
            assert_eq!(typed_minute(text), Some(at), "{text}");
        }
        let midnight: Timestamp = "2027-02-28T16:00:00Z".parse().unwrap();
        assert_eq!(typed_minute("2027-03-01"), Some(midnight));
        for text in
            ["", "09:30", "2027-03-01 9:30 pm", "2027-03-01 24:30", "2027-03-01 9", "2027-03-01 下午3:30"]
        {
            assert_eq!(typed_minute(text), None, "{text}");
        }
    }
}
