//! What a rulebook says about one instance: verdict, findings, remedies (SPEC 3.3).

use crate::{
    calendar::{Renewal, rfc3339},
    decide::Case,
    edition::{Condition, DocumentId, Edition, Row, Scope, VerifiedBy},
    facts::{Billing, Fact, FactSet},
    money::Fen,
    text::{Lang, Text},
};
use jiff::Timestamp;
use std::fmt;

/// What the rulebook says about an instance as a whole (结论).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// It may back a filing (可备案).
    Eligible,
    /// It may not (不可备案).
    Ineligible,
    /// Nothing stands against it, but a fact that is needed is unknown (信息不足).
    Undetermined,
    /// It runs outside the mainland: nothing has to be filed (无需备案).
    NotRequired,
    /// Another system files it (在其他系统备案).
    Elsewhere,
}

impl Verdict {
    /// Every verdict.
    pub const ALL: [Self; 5] =
        [Self::Eligible, Self::Ineligible, Self::Undetermined, Self::NotRequired, Self::Elsewhere];

    /// As answers carry it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Eligible => "eligible",
            Self::Ineligible => "ineligible",
            Self::Undetermined => "undetermined",
            Self::NotRequired => "not-required",
            Self::Elsewhere => "elsewhere",
        }
    }

    /// As people read it.
    pub const fn label(self, lang: Lang) -> &'static str {
        match (lang, self) {
            (Lang::Zh, Self::Eligible) => "可备案",
            (Lang::Zh, Self::Ineligible) => "不可备案",
            (Lang::Zh, Self::Undetermined) => "信息不足",
            (Lang::Zh, Self::NotRequired) => "无需备案",
            (Lang::Zh, Self::Elsewhere) => "在其他系统备案",
            (Lang::En, Self::Eligible) => "eligible",
            (Lang::En, Self::Ineligible) => "ineligible",
            (Lang::En, Self::Undetermined) => "undetermined",
            (Lang::En, Self::NotRequired) => "not-required",
            (Lang::En, Self::Elsewhere) => "elsewhere",
        }
    }
}

/// The code of a finding, in the order in which decisions report them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Code {
    /// The edition does not know the product.
    ProductNotFileable,
    /// The asking account did not buy the instance.
    OtherAccount,
    /// The region lies outside the mainland.
    OutsideMainland,
    /// Another system files this product.
    FiledElsewhere,
    /// [`Condition::Subscription`] is not met.
    PayAsYouGo,
    /// [`Condition::PublicBandwidth`] is not met.
    NoPublicBandwidth,
    /// [`Condition::PublicIp`] is not met.
    NoPublicIp,
    /// [`Condition::PurchasedMonths`] is not met.
    PurchasedTermShort,
    /// [`Condition::RemainingMonths`] is not met.
    RemainingTermShort,
    /// [`Condition::FirstPurchaseMonths`] is not met.
    FirstPurchaseShort,
    /// [`Condition::OrderAmount`] is not met.
    OrderAmountLow,
    /// [`Condition::InTerm`] is not met.
    Expired,
    /// [`Condition::Quota`] is not met.
    QuotaExhausted,
    /// A fact that a condition needs is unknown; reported once for each.
    UnknownFact,
}

impl Code {
    /// Every code, in order.
    pub const ALL: [Self; 14] = [
        Self::ProductNotFileable,
        Self::OtherAccount,
        Self::OutsideMainland,
        Self::FiledElsewhere,
        Self::PayAsYouGo,
        Self::NoPublicBandwidth,
        Self::NoPublicIp,
        Self::PurchasedTermShort,
        Self::RemainingTermShort,
        Self::FirstPurchaseShort,
        Self::OrderAmountLow,
        Self::Expired,
        Self::QuotaExhausted,
        Self::UnknownFact,
    ];

    /// As answers carry it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::ProductNotFileable => "product-not-fileable",
            Self::OtherAccount => "other-account",
            Self::OutsideMainland => "outside-mainland",
            Self::FiledElsewhere => "filed-elsewhere",
            Self::PayAsYouGo => "pay-as-you-go",
            Self::NoPublicBandwidth => "no-public-bandwidth",
            Self::NoPublicIp => "no-public-ip",
            Self::PurchasedTermShort => "purchased-term-short",
            Self::RemainingTermShort => "remaining-term-short",
            Self::FirstPurchaseShort => "first-purchase-short",
            Self::OrderAmountLow => "order-amount-low",
            Self::Expired => "expired",
            Self::QuotaExhausted => "quota-exhausted",
            Self::UnknownFact => "unknown-fact",
        }
    }

    /// As people read it where there is no room for the sentence.
    pub const fn label(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => match self {
                Self::ProductNotFileable => "产品不能用来备案",
                Self::OtherAccount => "由其他账号购买",
                Self::OutsideMainland => "不在中国内地",
                Self::FiledElsewhere => "在其他系统备案",
                Self::PayAsYouGo => "按量付费",
                Self::NoPublicBandwidth => "没有公网带宽",
                Self::NoPublicIp => "没有公网 IP",
                Self::PurchasedTermShort => "购买时长不足",
                Self::RemainingTermShort => "剩余时长不足",
                Self::FirstPurchaseShort => "首次购买时长不足",
                Self::OrderAmountLow => "首单金额不足",
                Self::Expired => "已到期",
                Self::QuotaExhausted => "名额已用完",
                Self::UnknownFact => "缺少信息",
            },
            Lang::En => match self {
                Self::ProductNotFileable => "product cannot back a filing",
                Self::OtherAccount => "bought by another account",
                Self::OutsideMainland => "outside mainland China",
                Self::FiledElsewhere => "filed elsewhere",
                Self::PayAsYouGo => "pay-as-you-go",
                Self::NoPublicBandwidth => "no public bandwidth",
                Self::NoPublicIp => "no public IP",
                Self::PurchasedTermShort => "purchased term too short",
                Self::RemainingTermShort => "remaining term too short",
                Self::FirstPurchaseShort => "first purchase too short",
                Self::OrderAmountLow => "first order too small",
                Self::Expired => "expired",
                Self::QuotaExhausted => "quota used up",
                Self::UnknownFact => "something is unknown",
            },
        }
    }

    /// The facts of which a finding of this code tells that they changed: those of an instance's equipment and term. The buyer is
    /// never told to whoever asks, and places in a quota are not changed by the seller.
    pub const fn rests_on(self) -> &'static [Fact] {
        match self {
            Self::OutsideMainland => &[Fact::Region],
            Self::PayAsYouGo => &[Fact::Billing],
            Self::NoPublicBandwidth => &[Fact::PublicBandwidth],
            Self::NoPublicIp => &[Fact::PublicIps],
            Self::PurchasedTermShort => &[Fact::PurchasedAt, Fact::ExpiresAt],
            Self::RemainingTermShort | Self::Expired => &[Fact::ExpiresAt],
            Self::FirstPurchaseShort => &[Fact::FirstPurchaseMonths],
            Self::OrderAmountLow => &[Fact::FirstOrderAmount],
            Self::ProductNotFileable
            | Self::OtherAccount
            | Self::FiledElsewhere
            | Self::QuotaExhausted
            | Self::UnknownFact => &[],
        }
    }

    /// Whether only another instance helps, or another account: this one cannot be mended, whatever is paid for it.
    pub const fn is_dead_end(self) -> bool {
        matches!(
            self,
            Self::ProductNotFileable | Self::FirstPurchaseShort | Self::OrderAmountLow | Self::QuotaExhausted
        )
    }

    /// Whether a finding of this code makes the codes of an instance expire: a used-up quota does not, for they have their places
    /// in it.
    pub const fn expires_codes(self) -> bool {
        match self {
            Self::QuotaExhausted => false,
            Self::OutsideMainland => true,
            _ => self.blocks(),
        }
    }

    /// Whether a finding of this code stands in the way of a filing.
    pub const fn blocks(self) -> bool {
        !matches!(self, Self::OutsideMainland | Self::FiledElsewhere | Self::UnknownFact)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// A set of codes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CodeSet(u16);

/// The codes that `$of` holds for.
macro_rules! all_that {
    ($of:ident) => {{
        let mut set = CodeSet(0);
        let mut at = 0;
        while at < Code::ALL.len() {
            #[expect(
                clippy::indexing_slicing,
                reason = "evaluated by the compiler, within the bounds just tested"
            )]
            let code = Code::ALL[at];
            if code.$of() {
                set.insert(code);
            }
            at += 1;
        }
        set
    }};
}

impl CodeSet {
    const BLOCKING: Self = all_that!(blocks);
    const DEAD_ENDS: Self = all_that!(is_dead_end);
    const EXPIRING: Self = all_that!(expires_codes);

    /// The set whose bits are `bits`, counted as the codes are. Bits of no code are left out.
    pub(crate) const fn from_bits(bits: u16) -> Self {
        Self(bits & ((1 << Code::ALL.len()) - 1))
    }

    pub(crate) const fn insert(&mut self, code: Code) {
        self.0 |= 1 << code as u16;
    }

    pub(crate) const fn insert_if(&mut self, code: Code, told: bool) {
        self.0 |= (told as u16) << code as u16;
    }

    /// The codes of either set.
    pub(crate) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The codes of this set that are not in `other`.
    pub(crate) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// The codes that stand in both sets.
    pub(crate) const fn both(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether `code` is in the set.
    pub const fn contains(self, code: Code) -> bool {
        self.0 & (1 << code as u16) != 0
    }

    /// Whether one of the codes makes those of an instance expire.
    pub(crate) const fn expires_codes(self) -> bool {
        self.0 & Self::EXPIRING.0 != 0
    }

    pub(crate) const fn blocks(self) -> bool {
        self.0 & Self::BLOCKING.0 != 0
    }

    /// The codes in order, told bit by bit: most decisions have none or one of the fourteen.
    pub fn iter(self) -> impl Iterator<Item = Code> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let code = Code::ALL.get(left.trailing_zeros() as usize)?;
            left &= left - 1;
            Some(*code)
        })
    }
}

/// What the rulebook says about one instance (结论), with everything that explains it.
#[derive(Clone, Debug)]
pub struct Decision<'a> {
    pub(crate) edition: &'a Edition,
    pub(crate) case: Case<'a>,
    pub(crate) verdict: Verdict,
    pub(crate) codes: CodeSet,
    pub(crate) unknown: FactSet,
    pub(crate) renewal: Option<Renewal>,
}

/// One reason of a decision (原因), with what was asked, what is, and what to do about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding<'d> {
    /// Which reason.
    pub code: Code,
    /// Whether it stands in the way of a filing.
    pub blocking: bool,
    /// What was asked for: whole months, Mbit/s and counts as numbers; amounts and words as text.
    pub required: Value<'d>,
    /// What there is, in the same unit; for terms the whole months reached.
    pub actual: Value<'d>,
    /// What to do.
    pub remedy: Remedy<'d>,
    /// The documents that ask it. For an unknown fact, those of the first condition that needs it.
    pub source: &'d [DocumentId],
}

/// A number or a word in a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value<'d> {
    /// Nothing to say, or unknown.
    Null,
    /// Months, Mbit/s or a count.
    Number(u32),
    /// A word.
    Word(&'d str),
    /// An amount in CNY.
    Amount(Fen),
    /// An instant.
    Time(Timestamp),
}

/// What to do about a finding (处理方法).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remedy<'d> {
    /// Buy an instance that may back a filing.
    Buy {
        /// Any of these products.
        products: Products<'d>,
        /// With a first order of at least so many months, where that is asked.
        months: Option<u32>,
        /// For at least this amount, where that is asked.
        amount: Option<Fen>,
    },
    /// Sign in with the account that bought the instance.
    SignInAsPurchaser,
    /// Nothing has to be done.
    NoneNeeded,
    /// File in another system.
    FileAt {
        /// Which, and how.
        place: Option<&'d Text>,
    },
    /// Convert from pay-as-you-go to a subscription.
    ConvertToSubscription {
        /// Of at least so many months.
        months: u32,
    },
    /// Buy public bandwidth, or bind an elastic address that has some.
    AddPublicBandwidth,
    /// Renew. All of one decision are the same.
    Renew {
        /// By so many months.
        months: u32,
        /// The expiry that this gives; `None` beyond the year 9999.
        until: Option<Timestamp>,
    },
    /// Sign in with another account and buy an instance there: another instance in this account does not help.
    UseAnotherAccount {
        /// The product whose quota counts per account.
        product: &'d str,
    },
    /// Find out a fact that is unknown.
    ProvideFact {
        /// Which.
        fact: Fact,
    },
}

impl Remedy<'_> {
    /// Whether it mends this very instance, which is paid for. Several reasons of one decision can have it: it is then told
    /// once, and not at all beside a dead end ([`Code::is_dead_end`]).
    pub const fn mends(&self) -> bool {
        matches!(self, Self::ConvertToSubscription { .. } | Self::AddPublicBandwidth | Self::Renew { .. })
    }

    /// As answers carry it.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Buy { .. } => "buy",
            Self::SignInAsPurchaser => "sign-in-as-purchaser",
            Self::NoneNeeded => "none-needed",
            Self::FileAt { .. } => "file-at",
            Self::ConvertToSubscription { .. } => "convert-to-subscription",
            Self::AddPublicBandwidth => "add-public-bandwidth",
            Self::Renew { .. } => "renew",
            Self::UseAnotherAccount { .. } => "use-another-account",
            Self::ProvideFact { .. } => "provide-fact",
        }
    }
}

/// Products that can be bought instead.
#[derive(Clone, Copy, Debug)]
pub enum Products<'d> {
    /// Another one of the same product.
    Same(&'d Row),
    /// Any product of the edition that is filed at this desk.
    AnyOf(&'d Edition),
}

impl<'d> Products<'d> {
    /// The rows of these products, in the order of the rulebook.
    pub fn rows(self) -> impl Iterator<Item = &'d Row> {
        let (same, any) = match self {
            Self::Same(row) => (Some(row), None),
            Self::AnyOf(edition) => (None, Some(edition)),
        };
        same.into_iter().chain(any.into_iter().flat_map(Edition::fileable))
    }
}

impl PartialEq for Products<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.rows().map(|row| &row.product).eq(other.rows().map(|row| &row.product))
    }
}

impl Eq for Products<'_> {}

/// How many codes there may be, and how many there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuotaState {
    /// How many there may be.
    pub limit: u32,
    /// For what.
    pub per: Scope,
    /// How many there are.
    pub used: u32,
    /// How many there may still be.
    pub left: u32,
}

impl<'a> Decision<'a> {
    /// The verdict.
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// The edition that decided.
    pub fn edition(&self) -> &'a Edition {
        self.edition
    }

    /// The case that was decided.
    pub fn case(&self) -> &Case<'a> {
        &self.case
    }

    /// The row that decided; `None` when the edition does not know the product.
    pub fn row(&self) -> Option<&'a Row> {
        self.case.row
    }

    /// How the instance is verified; `None` when the edition does not know the product.
    pub fn verified_by(&self) -> Option<VerifiedBy> {
        self.case.row.map(|row| row.verified_by.value)
    }

    /// The quota and how far it is used; `None` when the row has none.
    pub fn quota(&self) -> Option<QuotaState> {
        let quota = self.case.row?.quota()?;
        let (limit, used) = (quota.codes.get(), self.case.codes_issued);
        Some(QuotaState { limit, per: quota.per, used, left: limit.saturating_sub(used) })
    }

    /// The facts that an importer derived. A derived purchase may make the real term shorter than it looks.
    pub fn derived(&self) -> FactSet {
        self.case.facts.derived
    }

    /// Whether the decision rests on a purchase that an importer derived: the real term may be shorter.
    pub(crate) fn rests_on_derived_purchase(&self) -> bool {
        let asked = self.case.row.is_some_and(|row| row.condition(Code::PurchasedTermShort).is_some());
        self.derived().contains(Fact::PurchasedAt)
            && asked
            && self.case.billing != Some(Billing::PayAsYouGo)
            && !matches!(self.verdict, Verdict::NotRequired | Verdict::Elsewhere)
    }

    /// Whether `code` is among the findings.
    pub fn has(&self, code: Code) -> bool {
        self.codes.contains(code)
    }

    /// Whether one of the findings is a dead end: nobody is then told to pay for this instance.
    pub fn is_dead_end(&self) -> bool {
        self.codes.both(CodeSet::DEAD_ENDS) != CodeSet::default()
    }

    /// The unknown facts that a condition needs.
    pub fn unknown(&self) -> FactSet {
        self.unknown
    }

    /// The findings, in the order of [`Code`], unknown facts in the order of [`Fact`].
    pub fn findings(&self) -> impl Iterator<Item = Finding<'_>> {
        let told = self.codes.iter().filter_map(|code| self.finding(code));
        told.chain(self.unknown.iter().map(|fact| self.unknown_fact(fact)))
    }

    /// The finding of `code`; `None` for unknown facts, which are told one by one.
    fn finding(&self, code: Code) -> Option<Finding<'_>> {
        let case = &self.case;
        let stated = case.row.and_then(|row| row.condition(code));
        let same = |row| Products::Same(row);
        let any = Products::AnyOf(self.edition);
        let products = case.row.map_or(any, same);
        let (required, actual, remedy) = match code {
            Code::ProductNotFileable => (
                Value::Null,
                Value::Word(&case.facts.product),
                Remedy::Buy { products: any, months: None, amount: None },
            ),
            // The buyer is not named: whoever asks may be a stranger to him.
            Code::OtherAccount => {
                (Value::Null, case.asker.map_or(Value::Null, Value::Word), Remedy::SignInAsPurchaser)
            }
            Code::OutsideMainland => (Value::Word("mainland"), self.region(), Remedy::NoneNeeded),
            Code::FiledElsewhere => {
                let place = case.row.and_then(|row| row.place.as_ref()).map(|place| &place.value);
                (Value::Null, Value::Null, Remedy::FileAt { place })
            }
            Code::PayAsYouGo => (
                Value::Word(Billing::Subscription.word()),
                Value::Word(Billing::PayAsYouGo.word()),
                Remedy::ConvertToSubscription { months: case.row.map_or(1, Row::months_to_buy) },
            ),
            Code::NoPublicBandwidth | Code::NoPublicIp => {
                (Value::Number(1), Value::Number(0), Remedy::AddPublicBandwidth)
            }
            Code::PurchasedTermShort => (wanted(stated), number(case.purchased_months), self.renew()),
            Code::RemainingTermShort => (wanted(stated), number(case.remaining_months), self.renew()),
            Code::FirstPurchaseShort => (
                wanted(stated),
                number(case.first_purchase_months),
                Remedy::Buy { products, months: months(stated), amount: None },
            ),
            Code::OrderAmountLow => (
                wanted(stated),
                case.first_order_amount.map_or(Value::Null, Value::Amount),
                Remedy::Buy { products, months: None, amount: amount(stated) },
            ),
            Code::Expired => (Value::Null, case.expires_at.map_or(Value::Null, Value::Time), self.renew()),
            Code::QuotaExhausted => {
                let remedy = match case.row.and_then(Row::quota).map(|quota| quota.per) {
                    Some(Scope::Account) => Remedy::UseAnotherAccount { product: &case.facts.product },
                    _ => Remedy::Buy { products, months: None, amount: None },
                };
                (wanted(stated), Value::Number(case.codes_issued), remedy)
            }
            Code::UnknownFact => return None,
        };
        let source = stated.map(|stated| stated.source.as_slice());
        let source = source.or_else(|| case.row.map(|row| row.source.as_slice())).unwrap_or_default();
        Some(Finding { code, blocking: code.blocks(), required, actual, remedy, source })
    }

    fn unknown_fact(&self, fact: Fact) -> Finding<'_> {
        let row = self.case.row;
        let asking = row.and_then(|row| row.conditions.iter().find(|c| c.value.needs().contains(&fact)));
        let source = asking.map(|asking| &asking.source).or_else(|| row.map(|row| &row.source));
        Finding {
            code: Code::UnknownFact,
            blocking: Code::UnknownFact.blocks(),
            required: Value::Null,
            actual: if fact == Fact::Region { self.region() } else { Value::Null },
            remedy: Remedy::ProvideFact { fact },
            source: source.map(Vec::as_slice).unwrap_or_default(),
        }
    }

    fn region(&self) -> Value<'_> {
        self.case.facts.region.as_deref().map_or(Value::Null, Value::Word)
    }

    fn renew(&self) -> Remedy<'_> {
        let months = self.renewal.map_or(1, |renewal| renewal.months);
        Remedy::Renew { months, until: self.renewal.and_then(|renewal| renewal.until) }
    }
}

fn number<'d>(known: Option<u32>) -> Value<'d> {
    known.map_or(Value::Null, Value::Number)
}

/// What a condition asks for, as a value.
fn wanted<'d>(stated: Option<&crate::Stated<Condition>>) -> Value<'d> {
    match stated.map(|stated| stated.value) {
        Some(Condition::OrderAmount(fen)) => Value::Amount(fen),
        Some(Condition::Quota(quota)) => Value::Number(quota.codes.get()),
        _ => number(months(stated)),
    }
}

fn months(stated: Option<&crate::Stated<Condition>>) -> Option<u32> {
    match stated?.value {
        Condition::PurchasedMonths(n) | Condition::RemainingMonths(n) | Condition::FirstPurchaseMonths(n) => {
            Some(n.get())
        }
        _ => None,
    }
}

fn amount(stated: Option<&crate::Stated<Condition>>) -> Option<Fen> {
    match stated?.value {
        Condition::OrderAmount(fen) => Some(fen),
        _ => None,
    }
}

impl fmt::Display for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => Ok(()),
            Self::Number(n) => n.fmt(f),
            Self::Word(word) => f.write_str(word),
            Self::Amount(fen) => fen.fmt(f),
            Self::Time(at) => rfc3339(*at).fmt(f),
        }
    }
}
