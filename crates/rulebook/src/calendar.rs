//! Calendar days and months in Asia/Shanghai: how terms are counted (SPEC 3, "Months").

use jiff::{
    Timestamp,
    civil::{Date, DateTime},
    tz::{self, TimeZone},
};

/// The zone in which every day and month of a filing is counted.
pub const SHANGHAI: TimeZone = tz::get!("Asia/Shanghai");

/// Since this second (the end of the last summer time, 1991-09-15 in Shanghai) the offset is a plain +08:00.
const LAST_CHANGE_OF_CLOCKS: i64 = 685_000_000;
const YEAR_OF_LAST_CHANGE: i16 = 1991;
const EIGHT_HOURS: tz::Offset = tz::offset(8);

/// Day and time of day in Asia/Shanghai.
pub fn shanghai(at: Timestamp) -> DateTime {
    if at.as_second() > LAST_CHANGE_OF_CLOCKS {
        EIGHT_HOURS.to_datetime(at)
    } else {
        SHANGHAI.to_datetime(at)
    }
}

/// The instant at which clocks in Asia/Shanghai showed `at`; `None` beyond the year 9999.
pub fn instant(at: DateTime) -> Option<Timestamp> {
    if at.year() > YEAR_OF_LAST_CHANGE {
        EIGHT_HOURS.to_timestamp(at).ok()
    } else {
        SHANGHAI.to_timestamp(at).ok()
    }
}

/// `at` as RFC 3339 with the offset of Asia/Shanghai.
pub fn rfc3339(at: Timestamp) -> impl std::fmt::Display {
    let offset = if at.as_second() > LAST_CHANGE_OF_CLOCKS { EIGHT_HOURS } else { SHANGHAI.to_offset(at) };
    at.display_with_offset(offset)
}

/// The day `months` after `start`, always counted from the start: 31 January + 1 month is the last day of February.
/// `None` beyond the year 9999.
pub fn months_after(start: Date, months: u32) -> Option<Date> {
    let count = i64::from(start.year()) * 12 + i64::from(start.month()) - 1 + i64::from(months);
    let year = i16::try_from(count.div_euclid(12)).ok()?;
    let month = i8::try_from(count.rem_euclid(12) + 1).ok()?;
    let first = Date::new(year, month, 1).ok()?;
    Date::new(year, month, start.day().min(first.days_in_month())).ok()
}

/// The largest N with `start` + N months ≤ `end`; 0 when `end` is before `start`.
pub fn whole_months(start: Date, end: Date) -> u32 {
    let months = (i32::from(end.year()) - i32::from(start.year())) * 12 + i32::from(end.month())
        - i32::from(start.month());
    let short = end.day() < start.day() && end.day() < end.days_in_month();
    u32::try_from(months - i32::from(short)).unwrap_or(0)
}

/// A renewal that puts an instance back into its terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Renewal {
    /// By so many months, at least one.
    pub months: u32,
    /// The expiry that this gives: the old one plus those months. `None` beyond the year 9999.
    pub until: Option<Timestamp>,
}

/// The fewest whole months (≥ 1) after which an instance that expires at `expires` is not expired at `now` and lasts
/// until the day `lasting`, if one is asked.
pub fn renewal(expires: DateTime, now: Timestamp, lasting: Option<Date>) -> Renewal {
    let target = lasting.map_or(shanghai(now).date(), |day| day.max(shanghai(now).date()));
    let after = |months| {
        months_after(expires.date(), months)
            .and_then(|day| Some((day, instant(day.to_datetime(expires.time()))?)))
    };
    // Fewer than these end before `target`; a month more or less decides the day of the month and the hour.
    let fewest = whole_months(expires.date(), target).max(1);
    for months in fewest..=fewest.saturating_add(2) {
        match after(months) {
            Some((day, at)) if at > now && lasting.is_none_or(|lasting| day >= lasting) => {
                return Renewal { months, until: Some(at) };
            }
            Some(_) => {}
            None => return Renewal { months, until: None },
        }
    }
    Renewal { months: fewest, until: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::{ToSpan, civil::date};
    use proptest::prelude::*;

    #[test]
    fn the_last_day_of_january_plus_one_month_is_the_last_day_of_february() {
        assert_eq!(months_after(date(2021, 1, 31), 1), Some(date(2021, 2, 28)));
        assert_eq!(months_after(date(2020, 1, 31), 1), Some(date(2020, 2, 29)));
        assert_eq!(whole_months(date(2021, 1, 31), date(2021, 2, 28)), 1);
        assert_eq!(whole_months(date(2020, 1, 31), date(2020, 2, 28)), 0);
    }

    #[test]
    fn months_are_counted_from_the_start_and_never_chained() {
        assert_eq!(months_after(date(2021, 1, 31), 2), Some(date(2021, 3, 31)));
        assert_eq!(whole_months(date(2021, 1, 31), date(2021, 3, 30)), 1);
    }

    #[test]
    fn equality_suffices_and_a_day_less_does_not() {
        assert_eq!(whole_months(date(2020, 7, 15), date(2020, 10, 15)), 3);
        assert_eq!(whole_months(date(2020, 7, 15), date(2020, 10, 14)), 2);
        assert_eq!(whole_months(date(2020, 7, 15), date(2019, 7, 15)), 0);
    }

    #[test]
    fn nothing_is_counted_beyond_the_year_9999() {
        assert_eq!(months_after(date(9999, 12, 1), 1), None);
        assert_eq!(months_after(date(2020, 1, 1), u32::MAX), None);
    }

    fn any_date() -> impl Strategy<Value = Date> {
        (1900i16..2200, 1i8..=12, 1i8..=31)
            .prop_filter_map("a day of its month", |(y, m, d)| Date::new(y, m, d).ok())
    }

    proptest! {
        #[test]
        fn months_after_agrees_with_the_calendar_library(start in any_date(), months in 0u32..2000) {
            prop_assert_eq!(months_after(start, months), start.checked_add(i64::from(months).months()).ok());
        }

        #[test]
        fn whole_months_is_the_largest_number_that_fits(start in any_date(), end in any_date()) {
            let n = whole_months(start, end);
            if end >= start {
                prop_assert!(months_after(start, n).unwrap() <= end);
            } else {
                prop_assert_eq!(n, 0);
            }
            prop_assert!(months_after(start, n + 1).unwrap() > end);
        }

        #[test]
        fn a_renewal_is_the_fewest_months_that_suffice(
            expires in any_date(),
            hour in 0i8..24,
            now in -2_000_000_000i64..7_000_000_000,
            lasting in proptest::option::of(any_date()),
        ) {
            let expires = expires.at(hour, 0, 0, 0);
            let now = Timestamp::from_second(now).unwrap();
            let suffices = |months: u32| {
                let day = months_after(expires.date(), months).unwrap();
                let at = instant(day.to_datetime(expires.time())).unwrap();
                at > now && lasting.is_none_or(|lasting| day >= lasting)
            };
            let found = renewal(expires, now, lasting);
            let day = months_after(expires.date(), found.months).unwrap();
            prop_assert!(suffices(found.months));
            prop_assert_eq!(found.until, instant(day.to_datetime(expires.time())));
            prop_assert!(found.months == 1 || !suffices(found.months - 1));
        }

        #[test]
        fn the_short_way_to_a_day_agrees_with_the_time_zone(second in -5_000_000_000i64..10_000_000_000) {
            let at = Timestamp::from_second(second).unwrap();
            prop_assert_eq!(shanghai(at), SHANGHAI.to_datetime(at));
            prop_assert_eq!(instant(shanghai(at)), SHANGHAI.to_timestamp(SHANGHAI.to_datetime(at)).ok());
            prop_assert_eq!(rfc3339(at).to_string(), at.display_with_offset(SHANGHAI.to_offset(at)).to_string());
        }
    }
}
