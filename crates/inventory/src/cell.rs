//! One cell of a table as people fill it in: numbers, money, dates, addresses and billing words as text.

use crate::{
    fault::Expected,
    limits::ADDRESSES,
    when::{NoTime, Written},
};
use jiff::{Timestamp, civil::Time};
use rulebook::{Billing, Fen, folded, half_width};
use std::{borrow::Cow, net::IpAddr};

/// Full-width digits and signs as their ASCII twins, which Chinese input methods leave in tables.
fn plain(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(half_width).collect::<String>().trim().to_owned())
}

/// A whole number. `12.0` counts as one: programs write so what they keep as a fraction.
pub(crate) fn whole(text: &str) -> Option<u32> {
    let text = plain(text);
    let digits = match text.split_once('.') {
        Some((digits, zeros)) if !zeros.is_empty() && zeros.bytes().all(|b| b == b'0') => digits,
        Some(_) => return None,
        None => &text,
    };
    if digits.bytes().all(|b| b.is_ascii_digit()) { digits.parse().ok() } else { None }
}

/// A bandwidth in whole Mbit/s, with its unit or without.
pub(crate) fn bandwidth(text: &str) -> Option<u32> {
    if let Some(number) = whole(text) {
        return Some(number);
    }
    let text = folded(text);
    let units = ["mbps", "mbit/s", "mb/s", "m"];
    units.into_iter().find_map(|unit| text.strip_suffix(unit)).and_then(whole)
}

/// An amount in yuan, with a currency sign or without.
pub(crate) fn amount(text: &str) -> Option<Fen> {
    if let Ok(amount) = text.parse() {
        return Some(amount);
    }
    let text = folded(text);
    let text = text.strip_prefix(['¥', '￥']).unwrap_or(&text);
    text.strip_suffix('元').unwrap_or(text).parse().ok()
}

/// How an instance is paid for.
pub(crate) fn billing(text: &str) -> Option<Billing> {
    let known = |word: &str| match word {
        "包年包月" | "预付费" | "subscription" | "prepaid" => Some(Billing::Subscription),
        "按量付费" | "后付费" | "pay-as-you-go" | "postpaid" => Some(Billing::PayAsYouGo),
        _ => None,
    };
    known(text).or_else(|| known(&folded(text)))
}

/// Adds the addresses of a cell to `addresses`; what should stand there where something else does.
pub(crate) fn addresses(text: &str, addresses: &mut Vec<IpAddr>) -> Result<(), Expected> {
    if let Ok(address) = text.parse() {
        addresses.push(address);
        return Ok(());
    }
    if matches!(text, "无" | "-" | "－" | "—" | "none") {
        return Ok(());
    }
    for part in text.split([';', '；', ',', '，', '、']) {
        let part = part.trim();
        match part.parse() {
            _ if part.is_empty() => {}
            Ok(address) if addresses.contains(&address) => {}
            Ok(_) if addresses.len() == ADDRESSES => return Err(Expected::FewAddresses),
            Ok(address) => addresses.push(address),
            Err(_) => return Err(Expected::Addresses),
        }
    }
    if addresses.is_empty() { Err(Expected::Addresses) } else { Ok(()) }
}

/// What Excel was told to leave alone: `="8001"` is the text 8001.
pub(crate) fn unwrapped(text: &str) -> &str {
    text.strip_prefix("=\"").and_then(|text| text.strip_suffix('"')).map_or(text, str::trim)
}

/// An id or account as a spreadsheet leaves it in a table: without the apostrophe that made it a text there. One that
/// the spreadsheet wrote as a power of ten (`1.1E+17`) has lost its digits.
pub(crate) fn id(text: &str) -> Result<&str, Expected> {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_power = |(number, power): (&str, &str)| {
        let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
        whole.len() == 1 && digits(whole) && digits(fraction) && digits(power)
    };
    match text.strip_prefix('\'') {
        Some(text) => Ok(text.trim()),
        None if text.split_once("E+").is_some_and(is_power) => Err(Expected::IdAsText),
        None => Ok(text),
    }
}

/// An instant; a date alone means `otherwise` on that day.
pub(crate) fn instant(text: &str, otherwise: Time) -> Result<Timestamp, NoTime> {
    match Written::read(text) {
        Err(NoTime::Shape) if !text.is_ascii() => Written::read(&plain(text))?.instant(otherwise),
        written => written?.instant(otherwise),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_read_in_either_width() {
        for (text, number) in [
            ("0", Some(0)),
            ("12", Some(12)),
            ("１２", Some(12)),
            ("12.0", Some(12)),
            ("4294967295", Some(u32::MAX)),
        ] {
            assert_eq!(whole(text), number, "{text}");
        }
        for text in ["", "-1", "+1", "1.5", "1.", ".0", "4294967296", "1e3", "五", "1 2", "0x1"] {
            assert_eq!(whole(text), None, "{text}");
        }
    }

    #[test]
    fn a_bandwidth_may_carry_its_unit() {
        for text in ["5", "5Mbps", "5 Mbps", "５Ｍｂｐｓ", "5M", "5 Mbit/s", "5.0"] {
            assert_eq!(bandwidth(text), Some(5), "{text}");
        }
        for text in ["", "Mbps", "5 Gbps", "-5", "5 5"] {
            assert_eq!(bandwidth(text), None, "{text}");
        }
    }

    #[test]
    fn an_amount_may_carry_its_currency() {
        for text in ["99", "99.0", "99.00", "¥99", "￥99.00", "99元", "９９．００"] {
            assert_eq!(amount(text), Some(Fen::new(9900)), "{text}");
        }
        for text in ["", "元", "99.005", "-99", "$99", "1,299.00"] {
            assert_eq!(amount(text), None, "{text}");
        }
    }

    #[test]
    fn billing_is_known_by_every_word_that_consoles_use() {
        for word in ["包年包月", " 包年 包月", "预付费", "subscription", "Subscription", "PrePaid"]
        {
            assert_eq!(billing(word), Some(Billing::Subscription), "{word}");
        }
        for word in ["按量付费", "后付费", "pay-as-you-go", "PAY-AS-YOU-GO", "PostPaid"] {
            assert_eq!(billing(word), Some(Billing::PayAsYouGo), "{word}");
        }
        assert_eq!(billing("monthly"), None);
    }

    #[test]
    fn addresses_are_separated_by_semicolons_of_either_width() {
        let read = |text| {
            let mut list = Vec::new();
            addresses(text, &mut list)
                .ok()
                .map(|()| list.iter().map(IpAddr::to_string).collect::<Vec<_>>().join(" "))
        };
        assert_eq!(read("47.96.0.1").as_deref(), Some("47.96.0.1"));
        assert_eq!(read("47.96.0.1;2400:3200::1；47.96.0.1;").as_deref(), Some("47.96.0.1 2400:3200::1"));
        for none in ["无", "-", "－"] {
            assert_eq!(read(none).as_deref(), Some(""), "{none}");
        }
        for bad in ["47.96.0", "47.96.0.1;x", "047.96.0.1", ";", "http://47.96.0.1"] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
