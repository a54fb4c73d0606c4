//! What every test needs: the two rulebooks, an instance that nothing stands against, and one question to the rules.

use jiff::{
    Timestamp,
    civil::Date,
    tz::{self, TimeZone},
};
use rulebook::{Billing, Code, Decision, Edition, Facts, Fen, Lang, Rulebook, Verdict, decide};
use serde_json::Value;
use std::sync::LazyLock;

/// The rules of an invented provider, unlike the built-in ones.
pub(crate) const EXAMPLE_HOST: &str = include_str!("../../../../rulebooks/example-host.toml");

/// The moment at which a test asks unless it says otherwise.
pub(crate) const NOW: &str = "2020-11-01T12:00:00+08:00";

/// The zone of every day and month.
pub(crate) const SHANGHAI: TimeZone = tz::get!("Asia/Shanghai");

/// The four editions of the built-in rulebook, oldest first.
pub(crate) const EDITIONS: [&str; 4] = ["2018-05-21", "2019-05-09", "2020-01-01", "2020-10-16"];

pub(crate) fn aliyun() -> &'static Rulebook {
    static BOOK: LazyLock<Rulebook> = LazyLock::new(|| Rulebook::aliyun().unwrap());
    &BOOK
}

pub(crate) fn example_host() -> &'static Rulebook {
    static BOOK: LazyLock<Rulebook> = LazyLock::new(|| Rulebook::parse(EXAMPLE_HOST).unwrap());
    &BOOK
}

pub(crate) fn edition(id: &str) -> &'static Edition {
    aliyun().edition(id).unwrap()
}

/// An instant written as RFC 3339.
pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// Ten in the morning of a day in Shanghai.
pub(crate) fn day(text: &str) -> Timestamp {
    let day: Date = text.parse().unwrap();
    day.at(10, 0, 0, 0).to_zoned(SHANGHAI).unwrap().timestamp()
}

/// An instance of `product` that no row of the built-in rulebook has anything against at [`NOW`].
pub(crate) fn good(product: &str) -> Facts {
    Facts {
        id: "i-1".into(),
        product: product.into(),
        account: Some("acc-7".into()),
        region: Some("cn-hangzhou".into()),
        billing: Some(Billing::Subscription),
        public_bandwidth_mbps: Some(5),
        public_ips: Some(vec!["47.96.0.1".parse().unwrap()]),
        purchased_at: Some(day("2020-10-01")),
        expires_at: Some(day("2022-10-01")),
        first_purchase_months: Some(24),
        first_order_amount: Some(Fen::new(100_000)),
        codes_issued: 0,
        ..Facts::default()
    }
}

/// From `from` to `to`, both at ten in the morning.
pub(crate) fn term(facts: &mut Facts, from: &str, to: &str) {
    facts.purchased_at = Some(day(from));
    facts.expires_at = Some(day(to));
}

/// What a decision came to, owned.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) verdict: Verdict,
    pub(crate) codes: Vec<Code>,
    /// As JSON carries it, in Chinese.
    pub(crate) json: Value,
    /// The summary in Chinese and English.
    pub(crate) summary: [String; 2],
}

impl Outcome {
    pub(crate) fn of(decision: &Decision<'_>) -> Self {
        Self {
            verdict: decision.verdict(),
            codes: decision.findings().map(|finding| finding.code).collect(),
            json: serde_json::to_value(decision.report(Lang::Zh)).unwrap(),
            summary: Lang::ALL.map(|lang| decision.summary(lang).to_string()),
        }
    }

    /// The finding of that code, as JSON.
    pub(crate) fn finding(&self, code: Code) -> &Value {
        let at = self.codes.iter().position(|here| *here == code);
        let at = at.unwrap_or_else(|| panic!("no {code} in {:?}", self.codes));
        &self.json["findings"][at]
    }

    pub(crate) fn message(&self, code: Code) -> &str {
        self.finding(code)["message"].as_str().unwrap()
    }

    pub(crate) fn remedy(&self, code: Code) -> &Value {
        &self.finding(code)["remedy"]
    }
}

/// Decides `facts` by an edition of the built-in rulebook.
pub(crate) fn decided(edition_id: &str, facts: &Facts, now: &str, asker: Option<&str>) -> Outcome {
    Outcome::of(&decide(edition(edition_id), facts, at(now), asker))
}

/// A good instance of `product`, changed, as its buyer asks about it at [`NOW`].
pub(crate) fn ask(edition_id: &str, product: &str, change: impl FnOnce(&mut Facts)) -> Outcome {
    let mut facts = good(product);
    change(&mut facts);
    decided(edition_id, &facts, NOW, Some("acc-7"))
}

/// Asserts that one state of an instance just suffices, and that another, a step less, has exactly these findings.
#[track_caller]
pub(crate) fn boundary(
    edition_id: &str,
    product: &str,
    enough: impl FnOnce(&mut Facts),
    short: impl FnOnce(&mut Facts),
    told: &[Code],
) {
    let enough = ask(edition_id, product, enough);
    assert_eq!((enough.verdict, enough.codes), (Verdict::Eligible, vec![]), "{edition_id} {product}: enough");
    let short = ask(edition_id, product, short);
    assert_eq!(short.codes, told, "{edition_id} {product}: short");
    assert_eq!(short.verdict, Verdict::Ineligible, "{edition_id} {product}: short");
}

/// Asserts the number of codes that an instance, or an account, may have.
#[track_caller]
pub(crate) fn quota(edition_id: &str, product: &str, limit: u32, per: &str) {
    boundary(
        edition_id,
        product,
        |facts| facts.codes_issued = limit - 1,
        |facts| facts.codes_issued = limit,
        &[Code::QuotaExhausted],
    );
    let told = ask(edition_id, product, |facts| facts.codes_issued = limit);
    assert_eq!(told.json["quota"]["per"], per, "{edition_id} {product}");
}
