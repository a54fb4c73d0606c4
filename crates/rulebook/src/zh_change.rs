//! What changed about an instance, in Chinese. `en_change.rs` says the same in English; the matches are exhaustive in both.

use crate::{
    calendar::shanghai,
    change::{Change, Known},
    facts::{Billing, Fact},
};
use jiff::civil::Date;

/// A change with its day.
pub(crate) fn change(change: &Change, day: Date) -> String {
    let day = format!("{}年{}月{}日", day.year(), day.month(), day.day());
    match change {
        Change::Gone => format!("该实例于 {day} 释放。"),
        Change::Back => format!("该实例于 {day} 恢复。"),
        Change::Product { before, after } => format!("产品类型于 {day} 由“{before}”改为“{after}”。"),
        Change::Fact { fact, before, after } => {
            format!("{}于 {day} 由{}改为{}。", name(*fact), from(before), to(after))
        }
    }
}

pub(crate) const fn name(fact: Fact) -> &'static str {
    match fact {
        Fact::Account => "购买账号",
        Fact::Region => "地域",
        Fact::Billing => "计费方式",
        Fact::PublicBandwidth => "公网带宽",
        Fact::PublicIps => "公网 IP ",
        Fact::PurchasedAt => "购买时间",
        Fact::ExpiresAt => "到期时间",
        Fact::FirstPurchaseMonths => "首次购买时长",
        Fact::FirstOrderAmount => "首单金额",
        Fact::CodesIssued => "已申请的备案服务号",
    }
}

/// What it was, with a space on each side where a figure or Latin word stands there.
fn from(known: &Known) -> String {
    let (before, after) = match known {
        Known::Unknown | Known::Word(_) | Known::Billing(_) => ("", ""),
        Known::Addresses(addresses) if addresses.is_empty() => ("", ""),
        Known::Mbps(_) | Known::Addresses(_) => (" ", " "),
        Known::Time(_) | Known::Months(_) | Known::Amount(_) | Known::Codes(_) => (" ", ""),
    };
    format!("{before}{}{after}", value(known))
}

/// What it is since; nothing follows it but the full stop.
fn to(known: &Known) -> String {
    from(known).trim_end().to_owned()
}

pub(crate) fn value(known: &Known) -> String {
    match known {
        Known::Unknown => "未知".to_owned(),
        Known::Word(word) => format!("“{word}”"),
        Known::Billing(Billing::Subscription) => "包年包月".to_owned(),
        Known::Billing(Billing::PayAsYouGo) => "按量付费".to_owned(),
        Known::Mbps(0) => "0".to_owned(),
        Known::Mbps(mbps) => format!("{mbps} Mbit/s"),
        Known::Addresses(addresses) if addresses.is_empty() => "无".to_owned(),
        Known::Addresses(addresses) => {
            addresses.iter().map(ToString::to_string).collect::<Vec<_>>().join("、")
        }
        Known::Time(at) => {
            let at = shanghai(*at);
            format!("{} {:02}:{:02}（北京时间）", at.date(), at.hour(), at.minute())
        }
        Known::Months(months) => format!("{months} 个月"),
        Known::Amount(amount) => format!("{amount} 元"),
        Known::Codes(codes) => format!("{codes} 个"),
    }
}
