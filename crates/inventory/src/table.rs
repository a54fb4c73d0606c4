//! Tables of instances: which column says what, and a row of cells into facts. CSV and XLSX share it.

use crate::{
    cell,
    csv::HeadingRow,
    fault::{self, Expected, Fault, Found, OpenError, Warning, shown},
    limits::is_short,
    products::ProductIds,
    when::{self, NoTime, YEARS},
};
use jiff::{
    Timestamp,
    civil::{DateTime, Time},
};
use rulebook::{Fact, Facts, Fen, Lang, folded};
use std::{borrow::Cow, net::IpAddr};

/// What a column says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// The instance's id.
    Id,
    /// Its product.
    Product,
    /// One of its facts.
    Fact(Fact),
}

impl Column {
    fn all() -> impl Iterator<Item = Self> {
        [Self::Id, Self::Product].into_iter().chain(Fact::ALL.map(Self::Fact))
    }

    /// The headings under which tables carry it: the key of SPEC 3.2, then the Chinese ones.
    /// Spaces, case and width make no difference.
    pub const fn headings(self) -> &'static [&'static str] {
        match self {
            Self::Id => &["id", "实例ID"],
            Self::Product => &["product", "产品类型"],
            Self::Fact(Fact::Account) => &["account", "账号"],
            Self::Fact(Fact::Region) => &["region", "地域"],
            Self::Fact(Fact::Billing) => &["billing", "计费方式"],
            Self::Fact(Fact::PublicBandwidth) => &["public_bandwidth_mbps", "公网带宽(Mbps)", "公网带宽"],
            Self::Fact(Fact::PublicIps) => &["public_ips", "公网IP"],
            Self::Fact(Fact::PurchasedAt) => &["purchased_at", "购买时间"],
            Self::Fact(Fact::ExpiresAt) => &["expires_at", "到期时间"],
            Self::Fact(Fact::FirstPurchaseMonths) => &["first_purchase_months", "首次购买月数"],
            Self::Fact(Fact::FirstOrderAmount) => &["first_order_amount", "首单金额"],
            Self::Fact(Fact::CodesIssued) => &["codes_issued", "已申请备案服务号数", "已申请服务号数"],
        }
    }

    /// The heading that a new table would carry.
    pub fn heading(self, lang: Lang) -> &'static str {
        let at = match lang {
            Lang::En => 0,
            Lang::Zh => 1,
        };
        self.headings().get(at).copied().unwrap_or_default()
    }

    fn from_heading(heading: &str) -> Option<Self> {
        let heading = folded(heading);
        Self::all().find(|column| column.headings().iter().any(|known| folded(known) == heading))
    }
}

/// So many unknown columns, or headings of a table that has none of ours, are named.
pub(crate) const NAMED: usize = 20;

/// The heading row of a table.
#[derive(Debug)]
pub(crate) struct Headings {
    columns: Vec<Option<Column>>,
    /// As the table writes them, for faults.
    written: Vec<String>,
    warnings: Vec<Warning>,
}

impl Headings {
    /// How many cells a row has.
    pub(crate) fn len(&self) -> usize {
        self.columns.len()
    }

    /// What the column says, where it is known.
    pub(crate) fn column(&self, at: usize) -> Option<Column> {
        self.columns.get(at).copied().flatten()
    }

    fn written(&self, column: Column) -> Cow<'static, str> {
        let at = self.columns.iter().position(|known| *known == Some(column));
        let written = at.and_then(|at| self.written.get(at));
        Cow::Owned(written.cloned().unwrap_or_default())
    }
}

impl HeadingRow for Headings {
    /// Reads a heading row. Columns that nobody knows are passed over with a warning; those without a heading silently.
    fn read<'h>(cells: impl IntoIterator<Item = &'h str>) -> Result<Self, OpenError> {
        let written: Vec<String> = cells.into_iter().map(|cell| shown(cell.trim())).collect();
        let columns: Vec<_> = written.iter().map(|heading| Column::from_heading(heading)).collect();
        let missing: Vec<_> = [Column::Id, Column::Product]
            .into_iter()
            .filter(|column| !columns.contains(&Some(*column)))
            .collect();
        if !missing.is_empty() {
            let headings = written.into_iter().filter(|heading| !heading.is_empty()).take(NAMED).collect();
            return Err(OpenError::MissingColumns { missing, headings });
        }
        for column in Column::all() {
            let mut same = columns.iter().zip(&written).filter(|(known, _)| **known == Some(column));
            if let (Some((_, first)), Some((_, second))) = (same.next(), same.next()) {
                return Err(OpenError::RepeatedColumn { column, headings: [first.clone(), second.clone()] });
            }
        }
        let unknown =
            columns.iter().zip(&written).filter(|(column, heading)| column.is_none() && !heading.is_empty());
        let count = unknown.clone().count();
        let mut warnings: Vec<_> = unknown
            .take(NAMED)
            .map(|(_, heading)| Warning::UnknownColumn { heading: heading.clone() })
            .collect();
        if count > NAMED {
            warnings.push(Warning::MoreUnknownColumns { count: count - NAMED });
        }
        Ok(Self { columns, written, warnings })
    }

    /// How many of `cells` are headings that are known.
    fn known<'h>(cells: impl IntoIterator<Item = &'h str>) -> usize {
        cells.into_iter().filter(|cell| Column::from_heading(cell).is_some()).count()
    }
}

/// A cell of a workbook, which knows more than its text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    Text(String),
    Number(f64),
    /// A date, and whether it has no time of day.
    Date {
        at: DateTime,
        alone: bool,
    },
    Boolean(bool),
    /// A formula that failed.
    Error(String),
    /// A text longer than the limit.
    TooLong,
}

/// Turns rows into facts.
pub(crate) struct Rows<'r> {
    headings: Headings,
    products: ProductIds<'r>,
    faults: Vec<Fault>,
    warnings: Vec<Warning>,
    // Memory of the last record's facts, used again.
    account: String,
    region: String,
    addresses: Vec<IpAddr>,
}

/// The last second of a day: a date alone under the expiry means that day whole.
const END_OF_DAY: Time = Time::constant(23, 59, 59, 0);
/// Excel keeps 15 digits of a number.
const KEPT: f64 = 1e15;
/// No id is a number of more than 20 digits.
const LARGEST_ID: f64 = 1e20;

impl<'r> Rows<'r> {
    /// `warnings` are those that were given before the headings were found.
    pub(crate) fn new(headings: Headings, products: ProductIds<'r>, mut warnings: Vec<Warning>) -> Self {
        warnings.extend(headings.warnings.iter().cloned());
        Self {
            headings,
            products,
            faults: Vec::new(),
            warnings,
            account: String::new(),
            region: String::new(),
            addresses: Vec::new(),
        }
    }

    pub(crate) fn headings(&self) -> &Headings {
        &self.headings
    }

    /// Goes on with the rows of another sheet.
    pub(crate) fn under(&mut self, headings: Headings) {
        for warning in &headings.warnings {
            self.warn(warning.clone());
        }
        self.headings = headings;
    }

    pub(crate) fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    /// Adds a warning, unless it was given before.
    pub(crate) fn warn(&mut self, warning: Warning) {
        if !self.warnings.contains(&warning) {
            self.warnings.push(warning);
        }
    }

    /// Begins a row: clears `facts` and keeps their memory.
    pub(crate) fn begin(&mut self, facts: &mut Facts) {
        if let Some(account) = facts.account.take() {
            self.account = account;
        }
        if let Some(region) = facts.region.take() {
            self.region = region;
        }
        if let Some(addresses) = facts.public_ips.take() {
            self.addresses = addresses;
        }
        facts.clear();
        self.faults.clear();
    }

    /// Ends a row; gives everything that is wrong with it.
    pub(crate) fn end(&mut self, facts: &Facts) -> Vec<Fault> {
        for (column, value) in [(Column::Id, &facts.id), (Column::Product, &facts.product)] {
            if value.is_empty() && !self.faults.iter().any(|fault| self.is_about(fault, column)) {
                self.faults.push(Fault::Missing { field: self.headings.written(column) });
            }
        }
        std::mem::take(&mut self.faults)
    }

    fn is_about(&self, fault: &Fault, column: Column) -> bool {
        matches!(fault, Fault::Value { field, .. } if *field == self.headings.written(column))
    }

    fn fault(&mut self, column: Column, found: Found, expected: Expected) {
        self.faults.push(Fault::Value { field: self.headings.written(column), found, expected });
    }

    /// What `column` says with the text of a cell; an empty one leaves the fact unknown.
    pub(crate) fn text(&mut self, column: Column, text: &str, facts: &mut Facts) {
        let text = cell::unwrapped(text.trim());
        if text.is_empty() {
            return;
        }
        if let Err(expected) = self.take_text(column, text, facts) {
            self.fault(column, Found::text(text), expected);
        }
    }

    fn take_text(&mut self, column: Column, text: &str, facts: &mut Facts) -> Result<(), Expected> {
        let fact = match column {
            Column::Id => {
                facts.id.push_str(short(cell::id(text)?)?);
                return Ok(());
            }
            Column::Product => {
                let text = short(text)?;
                self.products.resolve(text, &mut facts.product);
                return Ok(());
            }
            Column::Fact(fact) => fact,
        };
        match fact {
            Fact::Account => facts.account = Some(refilled(&mut self.account, short(cell::id(text)?)?)),
            Fact::Region => facts.region = Some(refilled(&mut self.region, short(text)?)),
            Fact::Billing => facts.billing = Some(cell::billing(text).ok_or(Expected::BillingWord)?),
            Fact::PublicBandwidth => {
                facts.public_bandwidth_mbps = Some(cell::bandwidth(text).ok_or(Expected::Bandwidth)?);
            }
            Fact::PublicIps => {
                let mut addresses = std::mem::take(&mut self.addresses);
                addresses.clear();
                let good = cell::addresses(text, &mut addresses);
                facts.public_ips = Some(addresses);
                return good;
            }
            Fact::PurchasedAt | Fact::ExpiresAt => {
                set_instant(fact, cell::instant(text, time_of_day(fact)), facts)?;
            }
            Fact::FirstPurchaseMonths => {
                facts.first_purchase_months = Some(cell::whole(text).ok_or(Expected::WholeNumber)?);
            }
            Fact::FirstOrderAmount => {
                facts.first_order_amount = Some(cell::amount(text).ok_or(Expected::Amount)?);
            }
            Fact::CodesIssued => facts.codes_issued = cell::whole(text).ok_or(Expected::WholeNumber)?,
        }
        Ok(())
    }

    /// What `column` says with a cell of a workbook.
    pub(crate) fn cell(&mut self, column: Column, cell: &Cell, facts: &mut Facts) {
        match cell {
            Cell::Text(text) => self.text(column, text, facts),
            Cell::Number(number) => self.number(column, *number, facts),
            Cell::Date { at, alone } => self.date(column, *at, *alone, facts),
            Cell::Boolean(boolean) => self.fault(column, Found::Boolean(*boolean), expected(column)),
            Cell::Error(error) => self.fault(column, Found::Error(error.clone()), expected(column)),
            Cell::TooLong => {
                let expected = if is_text(column) { Expected::Short } else { expected(column) };
                self.fault(column, Found::Text("…".to_owned()), expected);
            }
        }
    }

    /// A cell of `column` stands twice in the row.
    pub(crate) fn repeated(&mut self, column: Column) {
        self.faults.push(Fault::Repeated { field: self.headings.written(column) });
    }

    fn number(&mut self, column: Column, number: f64, facts: &mut Facts) {
        if let Err(expected) = self.take_number(column, number, facts) {
            self.fault(column, Found::Number(fault::number(number)), expected);
        }
    }

    fn take_number(&mut self, column: Column, number: f64, facts: &mut Facts) -> Result<(), Expected> {
        let fact = match column {
            Column::Id | Column::Product | Column::Fact(Fact::Account | Fact::Region) => {
                return self.take_id(column, number, facts);
            }
            Column::Fact(fact) => fact,
        };
        match fact {
            Fact::FirstOrderAmount => {
                facts.first_order_amount = Some(fen(number).ok_or(Expected::Amount)?);
            }
            Fact::PublicBandwidth => {
                facts.public_bandwidth_mbps = Some(count(number).ok_or(Expected::Bandwidth)?);
            }
            Fact::FirstPurchaseMonths => {
                facts.first_purchase_months = Some(count(number).ok_or(Expected::WholeNumber)?);
            }
            Fact::CodesIssued => facts.codes_issued = count(number).ok_or(Expected::WholeNumber)?,
            Fact::Account
            | Fact::Region
            | Fact::Billing
            | Fact::PublicIps
            | Fact::PurchasedAt
            | Fact::ExpiresAt => return Err(expected(column)),
        }
        Ok(())
    }

    /// A text that a workbook keeps as a number: its digits, in full.
    fn take_id(&mut self, column: Column, number: f64, facts: &mut Facts) -> Result<(), Expected> {
        if number.fract() != 0.0 {
            return Err(Expected::TextOrWhole);
        }
        if number.abs() >= LARGEST_ID {
            return Err(Expected::IdAsText);
        }
        if number.abs() >= KEPT {
            let heading = self.headings.written(column).into_owned();
            self.warn(Warning::LongNumbers { heading });
        }
        self.take_text(column, &number.to_string(), facts)
    }

    fn date(&mut self, column: Column, at: DateTime, alone: bool, facts: &mut Facts) {
        let taken = match column {
            Column::Fact(fact @ (Fact::PurchasedAt | Fact::ExpiresAt)) => {
                let instant = if YEARS.contains(&at.year()) {
                    when::shanghai(if alone { at.date().to_datetime(time_of_day(fact)) } else { at })
                } else {
                    Err(NoTime::Year)
                };
                set_instant(fact, instant, facts)
            }
            text if is_text(text) => Err(Expected::TextNotDate),
            other => Err(expected(other)),
        };
        if let Err(expected) = taken {
            let shown = if at.time() == Time::midnight() {
                at.date().to_string()
            } else {
                at.strftime("%Y-%m-%d %H:%M:%S").to_string()
            };
            self.fault(column, Found::Date(shown), expected);
        }
    }
}

/// Whether `column` holds a text that is kept as it stands.
const fn is_text(column: Column) -> bool {
    matches!(column, Column::Id | Column::Product | Column::Fact(Fact::Account | Fact::Region))
}

fn short(text: &str) -> Result<&str, Expected> {
    if is_short(text) { Ok(text) } else { Err(Expected::Short) }
}

/// What a date alone means.
const fn time_of_day(fact: Fact) -> Time {
    match fact {
        Fact::ExpiresAt => END_OF_DAY,
        _ => Time::midnight(),
    }
}

fn set_instant(fact: Fact, instant: Result<Timestamp, NoTime>, facts: &mut Facts) -> Result<(), Expected> {
    let instant = instant.map_err(|no_time| match no_time {
        NoTime::Shape => Expected::Date,
        NoTime::Year => Expected::Year,
    })?;
    match fact {
        Fact::ExpiresAt => facts.expires_at = Some(instant),
        _ => facts.purchased_at = Some(instant),
    }
    Ok(())
}

/// What should stand in a column.
const fn expected(column: Column) -> Expected {
    match column {
        Column::Id | Column::Product | Column::Fact(Fact::Account | Fact::Region) => Expected::Text,
        Column::Fact(Fact::Billing) => Expected::BillingWord,
        Column::Fact(Fact::PublicBandwidth) => Expected::Bandwidth,
        Column::Fact(Fact::PublicIps) => Expected::Addresses,
        Column::Fact(Fact::PurchasedAt | Fact::ExpiresAt) => Expected::Date,
        Column::Fact(Fact::FirstPurchaseMonths | Fact::CodesIssued) => Expected::WholeNumber,
        Column::Fact(Fact::FirstOrderAmount) => Expected::Amount,
    }
}

/// A whole number of a workbook that a fact can hold.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a whole number between the bounds of the type"
)]
fn count(number: f64) -> Option<u32> {
    let fits = number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number);
    fits.then_some(number as u32)
}

/// An amount of a workbook: a number that is whole fen but for the last bits of a fraction.
#[expect(clippy::cast_possible_truncation, reason = "a whole number far below the largest")]
fn fen(number: f64) -> Option<Fen> {
    /// Below this a fraction holds fen exactly enough.
    const LARGEST: f64 = 1e12;
    /// What the binary fraction of a decimal may be off.
    const OFF: f64 = 1e-3;

    let fen = (number * 100.0).round();
    if !(0.0..LARGEST).contains(&number) || (number * 100.0 - fen).abs() > OFF {
        return None;
    }
    Some(Fen::new(fen as i64))
}

/// `text` in the memory of `spare`.
fn refilled(spare: &mut String, text: &str) -> String {
    let mut filled = std::mem::take(spare);
    filled.clear();
    filled.push_str(text);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_in_both_languages_and_in_any_width_and_case() {
        for (heading, column) in [
            ("实例 ID", Column::Id),
            ("ＩＤ", Column::Id),
            ("产品类型", Column::Product),
            ("公网带宽（Mbps）", Column::Fact(Fact::PublicBandwidth)),
            ("公网带宽(mbps)", Column::Fact(Fact::PublicBandwidth)),
            ("已申请服务号数", Column::Fact(Fact::CodesIssued)),
            ("已申请备案服务号数", Column::Fact(Fact::CodesIssued)),
            ("Expires_At", Column::Fact(Fact::ExpiresAt)),
        ] {
            assert_eq!(Column::from_heading(heading), Some(column), "{heading}");
        }
        assert_eq!(Column::from_heading("备注"), None);
    }

    #[test]
    fn a_count_of_a_workbook_is_taken_only_where_it_is_whole_and_fits() {
        assert_eq!((count(0.0), count(5.0), count(4_294_967_295.0)), (Some(0), Some(5), Some(u32::MAX)));
        for no in [-1.0, 0.5, 4_294_967_296.0, f64::NAN, f64::INFINITY, 1e300] {
            assert_eq!(count(no), None, "{no}");
        }
    }

    #[test]
    fn an_amount_of_a_workbook_is_taken_only_where_it_is_whole_fen() {
        assert_eq!(fen(199.0), Some(Fen::new(19900)));
        assert_eq!(fen(99.99), Some(Fen::new(9999)));
        assert_eq!(fen(0.1 + 0.2), Some(Fen::new(30)));
        for no in [99.005, -1.0, f64::NAN, f64::INFINITY, 1e300] {
            assert_eq!(fen(no), None, "{no}");
        }
    }
}
