//! Every sentence of this crate in Chinese. `en.rs` says the same in English; the matches are exhaustive in both.

use crate::{
    calendar::shanghai,
    decision::{Code, Decision, Finding, Products, Remedy, Value, Verdict},
    edition::{CodeMade, NoEdition, RestoreOnCancel, Row, Scope, VerifiedBy},
    facts::Fact,
};
use jiff::Timestamp;
use std::fmt::{self, Display, Write};

/// What to do without public bandwidth.
pub(crate) const ADD_PUBLIC_BANDWIDTH: &str = "请升级公网带宽，或绑定有带宽的弹性公网 IP。";

/// One reason of a decision, as a customer reads it: what is, what is asked, what to do where that helps.
pub(crate) fn finding(
    f: &mut impl Write,
    decision: &Decision<'_>,
    finding: &Finding<'_>,
    dead_end: bool,
) -> fmt::Result {
    reason(f, decision, finding)?;
    if finding.remedy.mends() && !dead_end {
        advice(f, &finding.remedy)?;
    }
    if finding.code == Code::PurchasedTermShort { derived_purchase(f, decision) } else { Ok(()) }
}

/// What to do about it, where that is not part of the reason: these remedies can be shared by several reasons.
pub(crate) fn advice(f: &mut impl Write, remedy: &Remedy<'_>) -> fmt::Result {
    match remedy {
        Remedy::ConvertToSubscription { months } => write!(f, "请转为包年包月，购买时长至少 {months} 个月。"),
        Remedy::AddPublicBandwidth => f.write_str(ADD_PUBLIC_BANDWIDTH),
        Remedy::Renew { .. } => write!(f, "{}", Renewed(remedy)),
        _ => Ok(()),
    }
}

/// One reason of a decision: what is and what is asked, and what to do where no other reason can have the same remedy.
pub(crate) fn reason(f: &mut impl Write, decision: &Decision<'_>, finding: &Finding<'_>) -> fmt::Result {
    let Finding { required, actual, remedy, .. } = finding;
    match finding.code {
        Code::ProductNotFileable => {
            let edition = &decision.edition.id;
            write!(
                f,
                "产品“{actual}”不能用来备案：{edition} 版规则里没有它。如果产品名称有误，请更正后再查。"
            )?;
            write!(f, "请改用下列任一产品：{}。", Offer(remedy))
        }
        Code::OtherAccount => {
            write!(f, "您当前使用的账号（{actual}）不是购买该实例的账号。请改用购买该实例的账号登录。")
        }
        Code::OutsideMainland => {
            write!(f, "该实例的地域（{actual}）不在中国内地，用它托管网站无需备案。")?;
            f.write_str("以后如果把域名解析到中国内地的服务器，需要先完成备案。")
        }
        Code::FiledElsewhere => {
            write!(f, "{}不在这里备案。{}", Named(decision.row()), Place(remedy))
        }
        Code::PayAsYouGo => f.write_str("该实例的计费方式为按量付费，按量付费的实例不能用于备案。"),
        Code::NoPublicBandwidth => {
            write!(f, "该实例没有公网带宽（当前 {actual} Mbps），备案要求公网带宽大于 0。")
        }
        Code::NoPublicIp => f.write_str("该实例没有公网 IP，因此没有可备案的 IP 地址。"),
        Code::PurchasedTermShort => {
            let actual = Reached(actual);
            write!(f, "该实例的购买时长（含续费）{actual}，备案要求至少 {required} 个月。")
        }
        Code::RemainingTermShort => {
            let actual = Reached(actual);
            write!(f, "该实例距到期的剩余时长{actual}，备案要求至少 {required} 个月。")
        }
        Code::FirstPurchaseShort => {
            let actual = Reached(actual);
            write!(f, "该实例首次购买的时长{actual}，备案要求首次购买至少 {required} 个月，续费不计入。")?;
            write!(f, "请另购{}，首次购买时长不少于 {required} 个月。", Offer(remedy))
        }
        Code::OrderAmountLow => {
            write!(f, "该实例的首单（或单笔订单）金额为 {actual} 元，备案要求不低于 {required} 元。")?;
            write!(f, "请另购{}，订单金额不低于 {required} 元。", Offer(remedy))
        }
        Code::Expired => {
            write!(f, "该实例已于 {}到期，到期的实例不能用于备案。", Clock(actual))
        }
        Code::QuotaExhausted => quota_exhausted(f, decision, finding),
        Code::UnknownFact => match remedy {
            Remedy::ProvideFact { fact } => unknown_fact(f, *fact, actual),
            _ => Ok(()),
        },
    }
}

fn quota_exhausted(f: &mut impl Write, decision: &Decision<'_>, finding: &Finding<'_>) -> fmt::Result {
    let Finding { required, actual, remedy, .. } = finding;
    let Some(row) = decision.row() else { return Ok(()) };
    let per_account = row.quota().is_some_and(|quota| quota.per == Scope::Account);
    let name = Named(Some(row));
    let (whose, sum) = if per_account { ("同一账号下的全部", "合计") } else { ("每个", "") };
    match (row.verified_by.value, row.code_made.value) {
        (VerifiedBy::HostPassword, _) => {
            write!(
                f,
                "{whose}{name}实例{sum}最多可备案 {required} 个网站，已提交或已备案 {actual} 个，名额已用完。"
            )?;
        }
        (_, CodeMade::OnPurchase) => {
            write!(
                f,
                "{whose}{name}实例{sum}只有 {required} 个备案服务号，已使用 {actual} 个，不能再备案新的网站。"
            )?;
        }
        _ => {
            write!(
                f,
                "{whose}{name}实例{sum}最多可申请 {required} 个备案服务号，已申请 {actual} 个，名额已用完。"
            )?;
        }
    }
    if decision.edition.policy.restore_on_cancel.value == RestoreOnCancel::Never {
        f.write_str("注销备案也不会退还名额。")?;
    }
    match remedy {
        Remedy::UseAnotherAccount { .. } => {
            write!(f, "在当前账号下再买实例也不会增加名额，请换一个账号，并在那个账号下购买{name}。")
        }
        _ => write!(f, "请另购{}，用新实例备案。", Offer(remedy)),
    }
}

fn unknown_fact(f: &mut impl Write, fact: Fact, actual: &Value<'_>) -> fmt::Result {
    match fact {
        Fact::Account => f.write_str("缺少购买账号，无法确认该实例是否属于您。请提供购买该实例的账号。"),
        Fact::Region if *actual == Value::Null => {
            f.write_str("缺少地域，无法判断该实例是否在中国内地。请提供实例所在的地域。")
        }
        Fact::Region => {
            write!(f, "无法识别地域“{actual}”，因此不能判断该实例是否在中国内地。请核对地域名称。")
        }
        Fact::Billing => {
            f.write_str("缺少计费方式，无法判断是否为包年包月。请提供计费方式（包年包月或按量付费）。")
        }
        Fact::PublicBandwidth => f.write_str(
            "缺少公网带宽，无法判断该实例能否从公网访问。请提供公网带宽（单位 Mbps，没有则为 0）。",
        ),
        Fact::PublicIps => f.write_str("缺少公网 IP，无法判断该实例有没有可备案的 IP 地址。请提供公网 IP。"),
        Fact::PurchasedAt => f.write_str("缺少购买时间，无法计算购买时长。请提供购买时间。"),
        Fact::ExpiresAt => f.write_str("缺少到期时间，无法计算时长，也无法判断是否已到期。请提供到期时间。"),
        Fact::FirstPurchaseMonths => {
            f.write_str("缺少首次购买的月数，无法判断是否达到要求。请提供首次购买月数。")
        }
        Fact::FirstOrderAmount => f.write_str("缺少首单金额，无法判断是否达到要求。请提供首单金额。"),
        Fact::CodesIssued => f.write_str("缺少已申请的备案服务号数量，无法判断是否还有名额。请提供该数量。"),
    }
}

/// What a decision comes to, in a sentence or two; the reasons are the findings'.
pub(crate) fn summary(f: &mut impl Write, decision: &Decision<'_>) -> fmt::Result {
    match (decision.verdict(), decision.row()) {
        (Verdict::Eligible, Some(row)) => eligible(f, decision, row),
        (Verdict::Undetermined, _) => f.write_str("还缺少信息，补全后才能判断能否备案。"),
        (Verdict::NotRequired, _) => f.write_str("不在中国内地，无需备案。"),
        (Verdict::Elsewhere, _) => f.write_str("请到其他系统备案。"),
        (Verdict::Ineligible | Verdict::Eligible, _) => f.write_str("现在不能用于备案。"),
    }?;
    // The finding of a short term says so itself.
    if decision.has(Code::PurchasedTermShort) { Ok(()) } else { derived_purchase(f, decision) }
}

fn eligible(f: &mut impl Write, decision: &Decision<'_>, row: &Row) -> fmt::Result {
    let left = decision.quota().map(|quota| quota.left);
    match (row.verified_by.value, row.code_made.value) {
        (VerifiedBy::HostPassword, _) => {
            match left {
                Some(left) => write!(f, "可以备案，还剩 {left} 个网站的名额。不需要备案服务号，")?,
                None => f.write_str("可以备案，不需要备案服务号，")?,
            }
            f.write_str("凭主机的登录信息验证产品。")?;
            match &row.credentials_from {
                Some(from) => write!(f, "{}。", from.value.zh),
                None => Ok(()),
            }
        }
        (_, CodeMade::OnRequest) => match left {
            Some(left) => {
                write!(f, "可以备案，还可申请 {left} 个备案服务号：{WHERE_TO_APPLY}")
            }
            None => write!(f, "可以备案：{WHERE_TO_APPLY}"),
        },
        (_, CodeMade::OnPurchase) => {
            f.write_str("可以备案。备案服务号在购买时已经生成，无需申请，请到“我的备案服务号”页面查看。")
        }
        (_, CodeMade::Elsewhere) => {
            f.write_str("可以备案，备案服务号不在这里申请")?;
            match &row.place {
                Some(place) => write!(f, "，获取方法：{}。", place.value.zh),
                None => f.write_str("。"),
            }
        }
    }
}

fn derived_purchase(f: &mut impl Write, decision: &Decision<'_>) -> fmt::Result {
    if decision.rests_on_derived_purchase() { f.write_str(DERIVED_PURCHASE) } else { Ok(()) }
}

/// The next step of whoever has an eligible instance.
const WHERE_TO_APPLY: &str =
    "请用购买该实例的账号登录，在“申请备案服务号”页面申请，一个备案服务号用于一个网站。";

/// Said before anything else where no payment for this instance can help.
pub(crate) const BEYOND_REPAIR: &str =
    "请不要为了备案再为该实例付费：下面至少有一个问题无法通过续费或升级解决。";

/// What a derived purchase means for whoever relies on the decision.
pub(crate) const DERIVED_PURCHASE: &str = "（购买时间是推算的，实际的购买时长可能更短。）";

/// Why no edition decides.
pub(crate) fn no_edition(error: &NoEdition) -> String {
    match error {
        NoEdition::Before { day, first, from } => {
            format!("{day} 还没有可用的规则：最早的 {first} 版自 {from} 起生效。请改用该日或以后的日期。")
        }
        NoEdition::Unknown { id, known } => {
            format!("规则集里没有 {id} 版。可选的版本：{}。", known.join("、"))
        }
    }
}

/// The name of a product, in quotation marks.
struct Named<'d>(Option<&'d Row>);

impl Display for Named<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(row) => write!(f, "“{}”", row.name.zh),
            None => f.write_str("该产品"),
        }
    }
}

/// The products that a remedy offers.
struct Offer<'d>(&'d Remedy<'d>);

impl Display for Offer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Remedy::Buy { products, .. } = self.0 else { return Ok(()) };
        match products {
            Products::Same(row) => write!(f, "一个{}实例", Named(Some(row))),
            Products::AnyOf(edition) => {
                for (at, row) in edition.fileable().enumerate() {
                    write!(f, "{}{}", if at == 0 { "" } else { "、" }, row.name.zh)?;
                }
                Ok(())
            }
        }
    }
}

/// The system in which a product is filed, and how.
struct Place<'d>(&'d Remedy<'d>);

impl Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Remedy::FileAt { place: Some(place) } => write!(f, "{}。", place.zh),
            _ => Ok(()),
        }
    }
}

/// How to renew, and what it gives.
struct Renewed<'d>(&'d Remedy<'d>);

impl Display for Renewed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Remedy::Renew { months, until: Some(until) } => {
                write!(f, "请至少续费 {months} 个月，续到 {}或更晚。", clock(*until))
            }
            Remedy::Renew { months, until: None } => write!(f, "请至少续费 {months} 个月。"),
            _ => Ok(()),
        }
    }
}

/// Whole months reached.
struct Reached<'d>(&'d Value<'d>);

impl Display for Reached<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Value::Number(0) => f.write_str("不足 1 个月"),
            months => write!(f, "为 {months} 个月"),
        }
    }
}

/// An instant as people read it.
struct Clock<'d>(&'d Value<'d>);

impl Display for Clock<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Value::Time(at) => clock(*at).fmt(f),
            other => other.fmt(f),
        }
    }
}

fn clock(at: Timestamp) -> impl Display {
    std::fmt::from_fn(move |f| {
        let at = shanghai(at);
        write!(f, "{} {:02}:{:02}（北京时间）", at.date(), at.hour(), at.minute())
    })
}
