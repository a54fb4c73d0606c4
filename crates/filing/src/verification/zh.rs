//! Every sentence about product verification in Chinese. `en.rs` says the same in English; the matches are exhaustive in both.

use super::{Cause, CauseWord, Failed, Reader};
use crate::codes::zh::{CHECK_CODE, UNKNOWN_CODE, clock, remedy};
use rulebook::{Code, CodeMade, Lang, Row};

/// Why a product is not verified.
pub(super) fn message(failed: &Failed<'_>, reader: Reader) -> String {
    match &failed.cause {
        Cause::MalformedCode(malformed) => malformed.message(Lang::Zh),
        Cause::NotGranted if reader.sees_all() => {
            "该备案服务号没有授权给提交备案的账号，该账号不能使用它。".to_owned()
        }
        Cause::UnknownCode | Cause::NotGranted => UNKNOWN_CODE.to_owned(),
        Cause::CodeUnbound => "该备案服务号还没有绑定产品实例，不能用来备案。".to_owned(),
        Cause::ProductMismatch { bought } => mismatch(failed, bought, reader),
        Cause::BadCredentials => "没有找到这个主机，或者密码不正确。".to_owned(),
        Cause::CodeRecorded { .. } => "该备案服务号已经备案了 1 个网站，不能再次使用。".to_owned(),
        Cause::CodeRecording { .. } => "该备案服务号正用在一份备案订单中，不能同时用于别的网站。".to_owned(),
        Cause::InstanceLimitReached => limit_reached(failed, reader),
        Cause::CodeVoid => "该备案服务号已经作废，不能再使用。".to_owned(),
        Cause::InstanceExpired { gone: true } => {
            format!("{}已经释放，不能再用来备案。", instance(failed))
        }
        Cause::InstanceExpired { gone: false } => expired(failed, reader),
        Cause::InstanceIneligible => {
            format!("{}现在不能用来备案。{}", instance(failed), findings(failed, reader))
        }
        Cause::UpstreamUnavailable { .. } => "暂时无法核实主机的登录信息，这不代表登录信息有误。".to_owned(),
    }
}

/// What to do about it.
pub(super) fn suggestion(failed: &Failed<'_>, reader: Reader) -> String {
    match &failed.cause {
        Cause::NotGranted if reader.sees_all() => {
            "请由备案服务号的所有者在“我的备案服务号”页面把它授权给提交备案的账号。".to_owned()
        }
        Cause::MalformedCode(malformed) => check_code(malformed.suggestion(Lang::Zh), failed),
        Cause::UnknownCode | Cause::NotGranted => check_code(CHECK_CODE, failed),
        Cause::CodeUnbound => "请先把它绑定到一个可以备案的产品实例，再用它备案。".to_owned(),
        Cause::ProductMismatch { .. } if reader == Reader::Stranger => {
            "请核对产品类型后重新选择。".to_owned()
        }
        Cause::ProductMismatch { bought } => {
            format!("请把产品类型改为“{}”后重新验证。", name(failed, bought))
        }
        Cause::BadCredentials => credentials(failed),
        Cause::CodeRecorded { room: true } | Cause::CodeRecording { room: true } => {
            "请改用该实例上另一个未使用的备案服务号；没有的话，在该实例上再申请一个。".to_owned()
        }
        Cause::CodeRecorded { room: false }
        | Cause::CodeRecording { room: false }
        | Cause::InstanceLimitReached => "请改用另一个可以备案的产品实例。".to_owned(),
        Cause::CodeVoid => "请另外申请一个备案服务号。".to_owned(),
        Cause::InstanceExpired { gone: true } => "请改用另一个在有效期内的产品实例。".to_owned(),
        Cause::InstanceExpired { gone: false } => renew(failed, reader),
        Cause::InstanceIneligible => mend(failed, reader),
        Cause::UpstreamUnavailable { retry_at } => format!("请在 {}之后重试。", clock(*retry_at)),
    }
}

/// The product as people call it.
fn name<'s>(failed: &Failed<'s>, product: &'s str) -> &'s str {
    failed.edition.row(product).map_or(product, |row: &Row| &row.name.zh)
}

fn instance(failed: &Failed<'_>) -> &'static str {
    if failed.by_code { "该备案服务号所属的产品实例" } else { "该主机" }
}

fn mismatch(failed: &Failed<'_>, bought: &str, reader: Reader) -> String {
    let (what, chosen) =
        (if failed.by_code { "该备案服务号" } else { "该主机" }, name(failed, failed.product));
    match reader {
        Reader::Owner | Reader::Grantee | Reader::Staff => {
            format!("{what}属于“{}”，您选择的产品类型是“{chosen}”。", name(failed, bought))
        }
        Reader::Stranger => format!("{what}不属于您选择的产品类型“{chosen}”。"),
    }
}

fn check_code(first: &str, failed: &Failed<'_>) -> String {
    let row = failed.chosen();
    let found = match row.map(|row| (row.code_made.value, &row.place)) {
        Some((CodeMade::OnPurchase, _)) => {
            "备案服务号在购买时已经生成，可以在“我的备案服务号”页面查看。".to_owned()
        }
        Some((CodeMade::Elsewhere, Some(place))) => format!("获取方法：{}。", place.value.zh),
        _ => "备案服务号可以在“我的备案服务号”页面查看。".to_owned(),
    };
    format!("{first}{found}")
}

fn credentials(failed: &Failed<'_>) -> String {
    let place = failed.chosen().and_then(|row| row.credentials_from.as_ref());
    let place = place.map_or("请在主机的控制台查看或重置登录信息", |place| &place.value.zh);
    format!("请核对后重新输入。{place}。")
}

fn limit_reached(failed: &Failed<'_>, reader: Reader) -> String {
    if reader.sees_all() { findings(failed, reader) } else { brief(Code::QuotaExhausted).to_owned() }
}

fn expired(failed: &Failed<'_>, reader: Reader) -> String {
    let whose = instance(failed);
    match failed.ended().filter(|_| reader.sees_all()) {
        Some(at) => format!("{whose}已于 {}到期，不能用来备案。", clock(at)),
        None if reader.sees_all() => format!("{whose}已到期。{}", findings(failed, reader)),
        None => format!("{whose}已到期，不能用来备案。"),
    }
}

fn findings(failed: &Failed<'_>, reader: Reader) -> String {
    failed.reasons(reader, Lang::Zh).concat()
}

fn renew(failed: &Failed<'_>, reader: Reader) -> String {
    match reader {
        Reader::Owner | Reader::Staff => {
            let steps = mending(failed);
            let renew = if steps.is_empty() { "请续费该实例。" } else { &steps };
            format!("{renew}也可以改用另一个在有效期内的产品实例。")
        }
        Reader::Grantee if failed.is_dead_end() => mend(failed, reader),
        Reader::Grantee => "请联系实例的所有者续费，或者改用另一个在有效期内的产品实例。".to_owned(),
        Reader::Stranger => "请改用另一个在有效期内的产品实例。".to_owned(),
    }
}

fn mend(failed: &Failed<'_>, reader: Reader) -> String {
    match reader {
        Reader::Owner | Reader::Staff => mending(failed),
        Reader::Grantee => "请联系实例的所有者处理，或者改用另一个可以备案的产品实例。".to_owned(),
        Reader::Stranger => "请改用另一个可以备案的产品实例。".to_owned(),
    }
}

/// The remedies of the findings, each once.
fn mending(failed: &Failed<'_>) -> String {
    let Some(decision) = failed.decision() else { return String::new() };
    let mut steps: Vec<String> = Vec::new();
    for finding in failed.helpful() {
        let step = remedy(&finding.remedy, decision);
        if !steps.contains(&step) {
            steps.push(step);
        }
    }
    steps.concat()
}

/// A reason as it may be told to a grantee: without the owner's dates, amounts and account.
pub(super) const fn brief(code: Code) -> &'static str {
    match code {
        Code::ProductNotFileable => "该产品现在不能用来备案。",
        Code::OtherAccount => "该实例已换了购买账号。",
        Code::OutsideMainland => "该实例不在中国内地，无需备案。",
        Code::FiledElsewhere => "该产品在其他系统备案。",
        Code::PayAsYouGo => "该实例按量付费，不能用来备案。",
        Code::NoPublicBandwidth => "该实例没有公网带宽。",
        Code::NoPublicIp => "该实例没有公网 IP。",
        Code::PurchasedTermShort => "该实例的购买时长不够。",
        Code::RemainingTermShort => "该实例的剩余时长不够。",
        Code::FirstPurchaseShort => "该实例首次购买的时长不够。",
        Code::OrderAmountLow => "该实例的首单金额不够。",
        Code::Expired => "该实例已到期。",
        Code::QuotaExhausted => "该实例的备案名额已用完。",
        Code::UnknownFact => "该实例还缺少信息。",
    }
}

/// What a cause means and what to do about it, without a case.
pub(super) const fn explained(cause: CauseWord) -> [&'static str; 2] {
    match cause {
        CauseWord::MalformedCode => [
            "备案服务号输入有误：位数不对，或者个别字符抄错了。",
            "请对照原来的备案服务号重新输入，最好直接复制。大小写、空格和短横线不影响。",
        ],
        CauseWord::UnknownCode => [
            "没有找到这个备案服务号，或者当前账号不能使用它。",
            "请在“我的备案服务号”页面核对；别人申请的备案服务号，请对方先授权给您的账号。",
        ],
        CauseWord::NotGranted => [
            "备案服务号是别的账号申请的，没有授权给您的账号。",
            "请对方在“我的备案服务号”页面把它授权给您的账号，再验证一次。",
        ],
        CauseWord::CodeUnbound => {
            ["备案服务号还没有绑定产品实例。", "请先把它绑定到一个可以备案的产品实例，再验证一次。"]
        }
        CauseWord::ProductMismatch => {
            ["选择的产品类型与购买的产品不一致。", "请把产品类型改为实际购买的产品，再验证一次。"]
        }
        CauseWord::BadCredentials => [
            "没有找到这个主机，或者密码不正确。",
            "请核对主机的用户名（主机名）和密码，忘记密码的，请先重置。",
        ],
        CauseWord::CodeRecorded => [
            "备案服务号已经备案了一个网站，不能再次使用。",
            "实例还有名额的，请再申请一个备案服务号；没有名额的，请换一个产品实例。",
        ],
        CauseWord::CodeRecording => [
            "备案服务号正用在一份已提交的备案订单中。",
            "请改用另一个未使用的备案服务号；没有的话，请再申请一个，或换一个产品实例。",
        ],
        CauseWord::InstanceLimitReached => ["主机可以备案的网站数已满。", "请换一个可以备案的产品实例。"],
        CauseWord::CodeVoid => ["备案服务号已经作废。", "请另外申请一个备案服务号。"],
        CauseWord::InstanceExpired => [
            "备案服务号所属的产品实例已到期，或者已经释放。",
            "到期的请先续费，续费后备案服务号恢复可用；已释放的，请在有效期内的实例上重新申请。",
        ],
        CauseWord::InstanceIneligible => [
            "备案服务号所属的产品实例现在不符合备案要求，例如转为了按量付费，或者没有了公网带宽。",
            "请在“申请备案服务号”页面查看该实例的全部原因，逐条处理后再验证。",
        ],
        CauseWord::UpstreamUnavailable => [
            "暂时无法核实主机的登录信息，不代表登录信息有误。",
            "请稍后重试，页面会告诉您什么时间之后可以再试。",
        ],
    }
}
