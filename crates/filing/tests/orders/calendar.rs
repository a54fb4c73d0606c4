//! Working days, against what people remember of them and against another's table.

use filing::working_days::{NotKnown, after, is_working};
use jiff::civil::{Date, date};
use std::process::Command;

/// Days from the notices of the State Council: whether people worked.
const KNOWN: &[(Date, bool)] = &[
    // Spring Festival 2024 was 10 to 17 February; the eve was a working day, and so were two Sundays around it.
    (date(2024, 2, 4), true),
    (date(2024, 2, 9), true),
    (date(2024, 2, 10), false),
    (date(2024, 2, 12), false),
    (date(2024, 2, 16), false),
    (date(2024, 2, 17), false),
    (date(2024, 2, 18), true),
    (date(2024, 2, 19), true),
    // National Day 2025 was 1 to 8 October, with Mid-Autumn in it.
    (date(2025, 9, 28), true),
    (date(2025, 9, 30), true),
    (date(2025, 10, 1), false),
    (date(2025, 10, 8), false),
    (date(2025, 10, 9), true),
    (date(2025, 10, 11), true),
    (date(2025, 10, 12), false),
    // Spring Festival 2020 was made longer until 2 February.
    (date(2020, 1, 31), false),
    (date(2020, 2, 1), false),
    (date(2020, 2, 3), true),
    // The parade of 2015.
    (date(2015, 9, 3), false),
    (date(2015, 9, 4), false),
    (date(2015, 9, 6), true),
    // Plain days.
    (date(2026, 3, 4), true),
    (date(2026, 3, 7), false),
];

#[test]
fn people_work_on_the_days_on_which_they_remember_to_have_worked() {
    for (day, worked) in KNOWN {
        assert_eq!(is_working(*day), Some(*worked), "{day}");
    }
}

#[test]
fn nothing_is_said_of_a_year_whose_notice_is_not_out() {
    assert_eq!(is_working(date(2003, 12, 31)), None);
    assert!(is_working(date(2004, 1, 1)).is_some() && is_working(date(2026, 12, 31)).is_some());
    assert_eq!(is_working(date(2027, 1, 1)), None);
    assert_eq!(after(date(2026, 12, 30), 1), Ok(date(2026, 12, 31)));
    assert_eq!(after(date(2026, 12, 30), 2), Err(NotKnown { year: 2027 }));
    assert_eq!(after(Date::MAX, 1), Err(NotKnown { year: 9999 }));
    assert_eq!(after(Date::MAX, 0), Ok(Date::MAX));
}

#[test]
fn the_first_working_day_after_a_day_is_never_that_day() {
    assert_eq!(after(date(2024, 2, 9), 1), Ok(date(2024, 2, 18)), "a Sunday that was worked");
    assert_eq!(after(date(2025, 9, 30), 1), Ok(date(2025, 10, 9)));
    assert_eq!(after(date(2025, 10, 1), 1), Ok(date(2025, 10, 9)), "from a holiday");
    assert_eq!(after(date(2026, 3, 2), 20), Ok(date(2026, 3, 30)), "four plain weeks");
    assert_eq!(after(date(2024, 1, 29), 20), Ok(date(2024, 2, 29)), "with two Sundays");
}

#[test]
#[ignore = "needs the Python package chinesecalendar 1.11"]
fn every_day_is_what_the_python_package_takes_it_for() {
    let program = "import datetime, chinese_calendar\n\
        day = datetime.date(2004, 1, 1)\n\
        while day.year < 2027:\n\
        \x20   print(day, int(chinese_calendar.is_workday(day)))\n\
        \x20   day += datetime.timedelta(1)";
    let ran = Command::new("python3").args(["-c", program]).output().unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let told = String::from_utf8(ran.stdout).unwrap();
    assert_eq!(told.lines().count(), 8401);
    for line in told.lines() {
        let (day, working) = line.split_once(' ').unwrap();
        assert_eq!(is_working(day.parse().unwrap()), Some(working == "1"), "{day}");
    }
}
