//! Times as callers give them: RFC 3339, or a day, from 00:00 in Asia/Shanghai.

use crate::{
    problem::{Kind, Problem},
    words::Say,
};
use jiff::{Timestamp, civil::Date};
use rulebook::{Lang, calendar};

/// The time in `text`, which stands in the field or parameter `path`; a problem of that kind where it is none.
pub(crate) fn moment(
    text: Option<&str>,
    path: &str,
    kind: Kind,
    lang: Lang,
) -> Result<Option<Timestamp>, Problem> {
    let Some(text) = text else { return Ok(None) };
    read(text).map(Some).ok_or_else(|| {
        let [message, suggestion] = [Say::BadMoment, Say::WriteMoment].map(|say| say.to_text(lang));
        Problem::new(kind, lang).with(path, "malformed", message, suggestion)
    })
}

/// The time that a caller gives.
pub(crate) fn read(text: &str) -> Option<Timestamp> {
    let day = || text.parse::<Date>().ok().and_then(|day| calendar::instant(day.at(0, 0, 0, 0)));
    // What has a time of day but no offset would be read as a day alone.
    let is_day = text.len() == "2020-11-01".len();
    if is_day { day() } else { text.parse().ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_needs_its_offset_and_a_day_begins_at_midnight_in_beijing() {
        for (text, is) in [
            ("2020-11-01T09:00:00+08:00", Some("2020-11-01T01:00:00Z")),
            ("2020-11-01T01:00:00Z", Some("2020-11-01T01:00:00Z")),
            ("2020-11-01", Some("2020-10-31T16:00:00Z")),
            ("2020-11-01T09:00:00", None),
            ("2020-02-30", None),
            ("2020-11-01T09:00:00 08:00", None),
            ("yesterday", None),
            ("", None),
        ] {
            assert_eq!(read(text), is.map(|is| is.parse().unwrap()), "{text}");
        }
    }
}
