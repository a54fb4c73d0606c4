//! Dates and times as lists write them, read exactly: nothing is guessed from a text of another shape.

use jiff::{
    Timestamp,
    civil::{Date, DateTime, Time},
    tz::Offset,
};
use rulebook::calendar;
use std::ops::RangeInclusive;

/// Nothing was bought before, and nothing runs longer: a year beyond is a slip of the keyboard.
pub(crate) const YEARS: RangeInclusive<i16> = 1990..=2999;

/// Why a text is no date or time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoTime {
    /// It is written in another way, or there is no such day or hour.
    Shape,
    /// A year that no instance lives in.
    Year,
}

/// A date, perhaps with a time of day and an offset, as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    pub(crate) date: Date,
    pub(crate) time: Option<Time>,
    pub(crate) offset: Option<Offset>,
    /// Whether it follows RFC 3339 to the letter.
    pub(crate) rfc3339: bool,
}

impl Written {
    /// Reads `2020-07-01`, `2020/7/1`, with a time after a space or `T`, with seconds or without, with an offset or
    /// without.
    pub(crate) fn read(text: &str) -> Result<Self, NoTime> {
        let mut at = Cursor { rest: text.as_bytes(), two_digits: true };
        let (year, digits) = at.number().ok_or(NoTime::Shape)?;
        let separator = at.one_of(b"-/").ok_or(NoTime::Shape)?;
        if digits > 4 {
            return Err(NoTime::Year);
        }
        let year = i16::try_from(year).map_err(|_| NoTime::Year)?;
        let month = at.part().ok_or(NoTime::Shape)?;
        at.one_of(&[separator]).ok_or(NoTime::Shape)?;
        let day = at.part().ok_or(NoTime::Shape)?;
        if digits < 4 {
            return Err(NoTime::Shape);
        }
        let date = Date::new(year, month, day).map_err(|_| NoTime::Shape)?;
        if !YEARS.contains(&year) {
            return Err(NoTime::Year);
        }
        if at.rest.is_empty() {
            return Ok(Self { date, time: None, offset: None, rfc3339: false });
        }
        let between = at.one_of(b" Tt").ok_or(NoTime::Shape)?;
        let (time, seconds) = at.time().ok_or(NoTime::Shape)?;
        let offset = if at.rest.is_empty() { None } else { Some(at.offset().ok_or(NoTime::Shape)?) };
        let rfc3339 = separator == b'-' && between != b' ' && seconds && offset.is_some() && at.two_digits;
        Ok(Self { date, time: Some(time), offset, rfc3339 })
    }

    /// The instant, where a date alone means `otherwise` and no offset means Asia/Shanghai.
    pub(crate) fn instant(self, otherwise: Time) -> Result<Timestamp, NoTime> {
        let at = self.date.to_datetime(self.time.unwrap_or(otherwise));
        match self.offset {
            Some(offset) => offset.to_timestamp(at).map_err(|_| NoTime::Shape),
            None => shanghai(at),
        }
    }
}

/// The instant at which clocks in Asia/Shanghai showed `at`.
pub(crate) fn shanghai(at: DateTime) -> Result<Timestamp, NoTime> {
    calendar::instant(at).ok_or(NoTime::Shape)
}

/// What of a text is still to be read.
struct Cursor<'t> {
    rest: &'t [u8],
    /// Whether every part so far had two digits.
    two_digits: bool,
}

impl Cursor<'_> {
    fn one_of(&mut self, bytes: &[u8]) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        bytes.contains(first).then(|| {
            self.rest = rest;
            *first
        })
    }

    /// Digits, and how many there are. So many that the number is too large read as the largest.
    fn number(&mut self) -> Option<(u32, usize)> {
        let mut number = 0u32;
        let mut digits = 0;
        while let Some((digit @ b'0'..=b'9', rest)) = self.rest.split_first() {
            number = number.saturating_mul(10).saturating_add(u32::from(digit - b'0'));
            digits += 1;
            self.rest = rest;
        }
        (digits > 0).then_some((number, digits))
    }

    /// A month, day, hour, minute or second: one or two digits.
    fn part(&mut self) -> Option<i8> {
        let (number, digits) = self.number()?;
        self.two_digits &= digits == 2;
        if digits > 2 { None } else { i8::try_from(number).ok() }
    }

    /// A time of day, and whether it has seconds.
    fn time(&mut self) -> Option<(Time, bool)> {
        let hour = self.part()?;
        self.one_of(b":")?;
        let minute = self.part()?;
        if self.one_of(b":").is_none() {
            return Some((Time::new(hour, minute, 0, 0).ok()?, false));
        }
        let second = self.part()?;
        let nanos = if self.one_of(b".").is_some() { self.fraction()? } else { 0 };
        Some((Time::new(hour, minute, second, nanos).ok()?, true))
    }

    /// Decimals of a second, in nanoseconds.
    fn fraction(&mut self) -> Option<i32> {
        let (number, digits) = self.number()?;
        let missing = 9u32.checked_sub(u32::try_from(digits).ok()?)?;
        i32::try_from(number.checked_mul(10u32.pow(missing))?).ok()
    }

    /// `Z` or an offset.
    fn offset(&mut self) -> Option<Offset> {
        let offset = match self.one_of(b"Zz+-")? {
            b'Z' | b'z' => Offset::UTC,
            sign => {
                let hours = i32::from(self.part()?);
                self.one_of(b":")?;
                let minutes = i32::from(self.part()?);
                if hours > 23 || minutes > 59 {
                    return None;
                }
                let seconds = (hours * 60 + minutes) * 60;
                Offset::from_seconds(if sign == b'-' { -seconds } else { seconds }).ok()?
            }
        };
        self.rest.is_empty().then_some(offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Result<String, NoTime> {
        Written::read(text)?.instant(Time::midnight()).map(|at| at.to_string())
    }

    #[test]
    fn dates_and_times_are_read_as_people_and_providers_write_them() {
        for (text, utc) in [
            ("2020-07-01", "2020-06-30T16:00:00Z"),
            ("2020/7/1", "2020-06-30T16:00:00Z"),
            ("2020-07-01 10:00:00", "2020-07-01T02:00:00Z"),
            ("2020/7/1 9:05", "2020-07-01T01:05:00Z"),
            ("2020-07-01T10:00:00+08:00", "2020-07-01T02:00:00Z"),
            ("2020-07-01T10:00:00.25-01:30", "2020-07-01T11:30:00.25Z"),
            ("2017-12-10T04:04Z", "2017-12-10T04:04:00Z"),
            ("1991-07-01 00:00", "1991-06-30T15:00:00Z"),
        ] {
            assert_eq!(read(text).as_deref(), Ok(utc), "{text}");
        }
    }

    #[test]
    fn a_text_of_another_shape_is_no_time() {
        for text in [
            "",
            "2020",
            "2020-07",
            "2020-7-1-1",
            "2020-13-01",
            "2021-02-29",
            "2020-07/01",
            "20-07-01",
            "2020-07-01 ",
            "2020-07-01T",
            "2020-07-01 25:00",
            "2020-07-01 10:00:61",
            "2020-07-01T10:00:00+0800",
            "20200701",
            "2020-07-01T10:00:00ZZ",
            "2020-07-01 10:00:00.1234567890",
            "2020-007-01",
            "明天",
        ] {
            assert_eq!(read(text), Err(NoTime::Shape), "{text}");
        }
    }

    #[test]
    fn a_year_that_no_instance_lives_in_is_told_apart() {
        for text in ["99999-01-01", "99999/1/1", "3000-01-01", "1989-12-31T00:00:00Z", "0000-01-01"] {
            assert_eq!(read(text), Err(NoTime::Year), "{text}");
        }
    }

    #[test]
    fn only_the_letter_of_rfc_3339_counts_as_such() {
        assert!(Written::read("2020-07-01T10:00:00+08:00").unwrap().rfc3339);
        for text in
            ["2020-07-01 10:00:00+08:00", "2020-07-01T10:00Z", "2020-07-01T10:00:00", "2020-7-01T10:00:00Z"]
        {
            assert!(!Written::read(text).unwrap().rfc3339, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_the_calendar_library_writes_is_read_back(second in 700_000_000i64..32_000_000_000, hours in -12i8..=12) {
            let at = Timestamp::from_second(second).unwrap();
            let text = at.display_with_offset(jiff::tz::offset(hours)).to_string();
            let written = Written::read(&text).unwrap();
            prop_assert!(written.rfc3339);
            prop_assert_eq!(written.instant(Time::midnight()), Ok(at));
        }
    }
}
