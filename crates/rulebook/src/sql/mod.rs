//! An edition as one SQL expression, so that PostgreSQL decides where the inventory lies: [`verdict`] and [`findings`].
//!
//! For PostgreSQL 14 and later and databases in UTF-8, over a table that has the facts of SPEC 3.2 as columns ([`Columns`]).
//! Unknown is `NULL`. The expression reads nothing but those columns, and what it says depends on no setting of the session;
//! `jit = off` serves it best, for compiling it took several times as long as a scan of a million rows. It decides as
//! [`crate::decide`] does, for times from 4712 BC to the year 9999. All that comes from a rulebook or from the caller stands in
//! it as a quoted literal or name.

mod fold;
mod literal;
mod region;
mod row;

use crate::{
    decision::{Code, CodeSet, Verdict},
    edition::{Edition, Rulebook, VerifiedBy},
    facts::{Fact, FactSet},
    region::Locality,
    text::folded,
};
use jiff::Timestamp;
use row::RowTests;
use std::{collections::BTreeMap, fmt::Write};

/// Which column holds which fact. The types are those of the facts as files carry them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Columns<'a> {
    /// `text`: the id of the product.
    pub product: &'a str,
    /// `text`: the account that bought it.
    pub account: &'a str,
    /// `text`: an id or a name.
    pub region: &'a str,
    /// `text`: `subscription` or `pay-as-you-go`.
    pub billing: &'a str,
    /// `integer` or `bigint`: Mbit/s.
    pub public_bandwidth_mbps: &'a str,
    /// An array of any type, such as `inet[]`; an empty one is no address, `NULL` is not known.
    pub public_ips: &'a str,
    /// `timestamptz`.
    pub purchased_at: &'a str,
    /// `timestamptz`.
    pub expires_at: &'a str,
    /// `integer` or `bigint`.
    pub first_purchase_months: &'a str,
    /// `numeric`: yuan.
    pub first_order_amount: &'a str,
    /// `integer` or `bigint`; `NULL` is 0.
    pub codes_issued: &'a str,
}

impl Default for Columns<'_> {
    /// The keys under which files carry the facts.
    fn default() -> Self {
        Self {
            product: "product",
            account: Fact::Account.key(),
            region: Fact::Region.key(),
            billing: Fact::Billing.key(),
            public_bandwidth_mbps: Fact::PublicBandwidth.key(),
            public_ips: Fact::PublicIps.key(),
            purchased_at: Fact::PurchasedAt.key(),
            expires_at: Fact::ExpiresAt.key(),
            first_purchase_months: Fact::FirstPurchaseMonths.key(),
            first_order_amount: Fact::FirstOrderAmount.key(),
            codes_issued: Fact::CodesIssued.key(),
        }
    }
}

/// What is asked of the table.
#[derive(Clone, Copy, Debug)]
pub struct Inquiry<'a> {
    /// The moment asked about. It stands in the expression.
    pub at: Timestamp,
    /// The account that asks, if one asks. It stands in the expression.
    pub asker: Option<&'a str>,
    /// Where the facts are.
    pub columns: Columns<'a>,
    /// Where the column of products holds what inventories call them: the rulebook whose names and aliases count
    /// ([`Rulebook::product_id`]). `None` where it holds ids.
    pub names: Option<&'a Rulebook>,
}

/// What `edition` says of a product and a region, as numbers whose sum is a place in [`VERDICTS`].
const ELIGIBLE: u32 = 0;
const INELIGIBLE: u32 = 1;
const UNDETERMINED: u32 = 2;
const ELSEWHERE: u32 = 3;
const NOT_FILEABLE: u32 = 4;

/// The verdicts by the sum of what is said of the product and of the region: in the mainland, unknown, outside.
const VERDICTS: [[Verdict; 5]; 3] = {
    use Verdict::{Eligible, Elsewhere, Ineligible, NotRequired, Undetermined};
    [
        [Eligible, Ineligible, Undetermined, Elsewhere, Ineligible],
        [Undetermined, Ineligible, Undetermined, Elsewhere, Ineligible],
        [NotRequired, NotRequired, NotRequired, NotRequired, Ineligible],
    ]
};

/// The place in [`VERDICTS`] at which those of a region begin.
fn weight(place: Option<Locality>) -> u32 {
    match place {
        Some(Locality::Mainland) => 0,
        None => 5,
        Some(Locality::Outside) => 10,
    }
}

/// The verdict of `edition` on a row of the table: an expression of type `text`, one of [`Verdict::word`].
pub fn verdict(edition: &Edition, inquiry: &Inquiry<'_>) -> String {
    let product = product(inquiry);
    let tests = RowTests::new(inquiry);
    let mut verdicts = String::new();
    for (sum, verdict) in VERDICTS.as_flattened().iter().enumerate() {
        // Writing into a text does not fail.
        let _ = write!(verdicts, "\n  WHEN {sum} THEN '{}'", verdict.word());
    }
    let mut rows = format!("CASE {product}");
    for row in edition.rows() {
        let Some(id) = literal::text(&row.product) else { continue };
        let says = if row.verified_by.value == VerifiedBy::Elsewhere {
            ELSEWHERE.to_string()
        } else {
            tests.outcome(row)
        };
        let _ = write!(rows, "\n    WHEN {id} THEN {says}");
    }
    let place = region::locality(&edition.regions, &tests.region, weight);
    format!("(CASE {rows}\n    ELSE {NOT_FILEABLE}\n  END +\n  {place}{verdicts}\nEND)")
}

/// The findings of `edition` on a row of the table as a set of bits: an expression of type `integer` that
/// [`read_findings`] reads.
pub fn findings(edition: &Edition, inquiry: &Inquiry<'_>) -> String {
    let product = product(inquiry);
    let tests = RowTests::new(inquiry);
    let place = region::locality(&edition.regions, &tests.region, weight);
    let (outside, unknown) = (weight(Some(Locality::Outside)), weight(None));
    let known = literal::list(edition.rows().iter().map(|row| row.product.as_str()));
    let elsewhere = edition.rows().iter().filter(|row| row.verified_by.value == VerifiedBy::Elsewhere);
    let elsewhere = literal::list(elsewhere.map(|row| row.product.as_str()));
    let mut sql = format!(
        "CASE\n  WHEN ({product} IN ({known})) IS NOT TRUE THEN {}\n  WHEN {place} = {outside} THEN {}",
        bit(Code::ProductNotFileable),
        bit(Code::OutsideMainland)
    );
    if !elsewhere.is_empty() {
        let _ = write!(sql, "\n  WHEN {product} IN ({elsewhere}) THEN {}", bit(Code::FiledElsewhere));
    }
    let _ = write!(sql, "\n  ELSE CASE {product}");
    for row in edition.fileable() {
        if let Some(id) = literal::text(&row.product) {
            let _ = write!(sql, "\n    WHEN {id} THEN {}", tests.bits(row));
        }
    }
    let region = unknown_bit(Fact::Region);
    let _ = write!(sql, "\n  END | CASE WHEN {place} = {unknown} THEN {region} ELSE 0 END\nEND");
    if let Some(other) = tests.other_account() {
        let _ = write!(sql, " | CASE WHEN {other} THEN {} ELSE 0 END", bit(Code::OtherAccount));
    }
    format!("({sql})")
}

/// The findings that [`findings`] gave as bits, and the facts that are unknown.
pub fn read_findings(bits: i32) -> (CodeSet, FactSet) {
    let [a, b, c, d] = bits.to_be_bytes();
    (CodeSet::from_bits(u16::from_be_bytes([c, d])), FactSet::from_bits(u16::from_be_bytes([a, b])))
}

/// The bit of a finding.
fn bit(code: Code) -> u32 {
    1 << code as u32
}

/// The bits of a fact that is unknown.
fn unknown_bit(fact: Fact) -> u32 {
    bit(Code::UnknownFact) | 1 << (16 + fact as u32)
}

/// A column as it is compared: byte by byte, whatever its collation.
fn column(name: &str) -> String {
    format!("{} COLLATE \"C\"", literal::name(name))
}

/// The id of the product.
fn product(inquiry: &Inquiry<'_>) -> String {
    let column = column(inquiry.columns.product);
    match inquiry.names {
        None => column,
        Some(book) => id_of_name(book, &column),
    }
}

/// The id of the product that an inventory calls what stands in `column`; ids as they are, for they are looked for first.
fn id_of_name(book: &Rulebook, column: &str) -> String {
    let rows = || book.editions.iter().flat_map(|edition| edition.rows());
    let written = rows().flat_map(|row| {
        [&row.product, &row.name.zh, &row.name.en].into_iter().chain(&row.aliases).map(|name| folded(name))
    });
    let ids: BTreeMap<String, &str> =
        written.filter_map(|name| book.product_id(&name).map(|id| (name, id))).collect();
    let plain = ids.iter().filter(|(name, id)| name.as_str() == **id);
    let plain = literal::list(plain.map(|(_, id)| *id));
    let folding = fold::folding(column, ids.keys().map(String::as_str));
    let mut sql = format!("CASE WHEN {column} IN ({plain}) THEN {column} ELSE CASE {folding}");
    for (name, id) in &ids {
        if let (Some(name), Some(id)) = (literal::text(name), literal::text(id)) {
            let _ = write!(sql, "\n      WHEN {name} THEN {id}");
        }
    }
    format!("(({sql} END END) COLLATE \"C\")")
}
