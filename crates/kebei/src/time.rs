//! Reads the times that people type at the command line.

use jiff::{
    Timestamp,
    civil::{Date, DateTime},
};
use rulebook::calendar;

/// RFC 3339 with an offset, or a day or a day and a time in Asia/Shanghai.
pub(crate) fn read(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    let exact = text.parse::<Timestamp>().ok();
    let local = || text.parse::<DateTime>().ok();
    let day = || text.parse::<Date>().ok().map(|day| day.at(0, 0, 0, 0));
    exact.or_else(|| local().or_else(day).and_then(calendar::instant))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_midnight_in_shanghai() {
        assert_eq!(read("2020-11-01"), "2020-11-01T00:00:00+08:00".parse().ok());
        assert_eq!(read("2020-11-01 10:00"), "2020-11-01T10:00:00+08:00".parse().ok());
        assert_eq!(read("2020-11-01T10:00:00Z"), "2020-11-01T18:00:00+08:00".parse().ok());
        assert_eq!(read("tomorrow"), None);
        assert_eq!(read("2020-02-30"), None);
    }
}
