//! Literals and names as PostgreSQL reads them, whatever stands in them.

use jiff::{Timestamp, civil::DateTime, tz::Offset};
use std::fmt::Write;

/// The first year whose whole is in PostgreSQL's calendar, by the astronomers' count: 4712 BC.
const FIRST_YEAR: i16 = -4711;

/// `text` as a literal that reads the same under every setting of the session; `None` where no text of PostgreSQL can be
/// equal to it, for the zero in it.
pub(super) fn text(text: &str) -> Option<String> {
    (!text.contains('\0')).then(|| quoted(text))
}

/// The same of a text without a zero.
pub(super) fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_ascii_graphic() || c == ' ' || c.is_alphanumeric();
    if text.chars().all(|c| plain(c) && c != '\\') {
        return format!("'{}'", text.replace('\'', "''"));
    }
    // What is not seen, or turns the line around, is written as a number.
    let mut to = "E'".to_owned();
    for c in text.chars() {
        match c {
            '\'' => to.push_str("''"),
            '\\' => to.push_str("\\\\"),
            c if plain(c) => to.push(c),
            c => {
                // Writing into a text does not fail.
                let _ = write!(to, "\\U{:08x}", u32::from(c));
            }
        }
    }
    to.push('\'');
    to
}

/// `texts` as literals one after another; those that equal nothing are left out.
pub(super) fn list<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    texts.into_iter().filter_map(text).collect::<Vec<_>>().join(", ")
}

/// The name of a column.
pub(super) fn name(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// `at` as a literal, rounded down to the microseconds that PostgreSQL keeps.
pub(super) fn instant(at: Timestamp) -> String {
    let at: DateTime = Offset::UTC.to_datetime(at);
    if at.year() < FIRST_YEAR {
        return "'-infinity'::timestamptz".to_owned();
    }
    let (year, era) = if at.year() > 0 { (at.year(), "") } else { (1 - at.year(), " BC") };
    let (date, micros) = (at.date(), at.subsec_nanosecond().div_euclid(1000));
    format!(
        "'{year:04}-{:02}-{:02} {:02}:{:02}:{:02}.{micros:06}+00{era}'::timestamptz",
        date.month(),
        date.day(),
        at.hour(),
        at.minute(),
        at.second()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_cannot_leave_its_quotes() {
        assert_eq!(text("ecs").as_deref(), Some("'ecs'"));
        assert_eq!(text("a'; DROP TABLE b; --").as_deref(), Some("'a''; DROP TABLE b; --'"));
        assert_eq!(text("a\\'").as_deref(), Some("E'a\\\\'''"));
        assert_eq!(text("华东\u{202e}").as_deref(), Some("E'华东\\U0000202e'"));
        assert_eq!(text("a\0b"), None);
        assert_eq!(name("a\"b"), "\"a\"\"b\"");
        assert_eq!(list(["a", "\0", "b"]), "'a', 'b'");
    }

    #[test]
    fn an_instant_is_rounded_down_and_written_with_its_era() {
        let written = |at: &str| instant(at.parse().unwrap());
        assert_eq!(
            written("2020-11-01T00:00:00.1234569+08:00"),
            "'2020-10-31 16:00:00.123456+00'::timestamptz"
        );
        assert_eq!(written("-000043-03-15T00:00:00Z"), "'0044-03-15 00:00:00.000000+00 BC'::timestamptz");
        assert_eq!(instant(Timestamp::MIN), "'-infinity'::timestamptz");
    }
}
