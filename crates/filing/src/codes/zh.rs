//! Every sentence about service codes in Chinese. `en.rs` says the same in English; the matches are exhaustive in both.

use super::{
    Cause, GrantRefusal, Illegal, ImportRefusal, Issue, LONGEST_REASON, MOST_AT_ONCE, Malformed, Move,
    Obstacle, Place, Reader, ReleaseRefusal, ServiceCode, Shown, Standing, State, Stored, Who,
    obstacle::reason,
};
use jiff::Timestamp;
use rulebook::{Code, Decision, Fact, Lang, Products, Remedy, Row, Scope, calendar::shanghai};
use std::fmt::{self, Display, Write};

pub(super) const EXPIRED: &str = "已失效";
pub(crate) const UNKNOWN_CODE: &str = "没有找到这个备案服务号。";
pub(crate) const CHECK_CODE: &str = "请对照原文核对后重新输入。";
pub(super) const HEADS: [&str; 6] = ["原状态", "操作", "新状态", "谁可以操作", "名额", "能否撤销"];
pub(super) const YES: &str = "可以";
pub(super) const NO: &str = "不可撤销";

pub(super) const fn state(state: State) -> &'static str {
    match state {
        State::Init => "未分配",
        State::Bound => "未使用",
        State::Recording => "备案中",
        State::Recorded => "已备案",
        State::Void => "已作废",
    }
}

pub(super) const fn by(by: Move) -> &'static str {
    match by {
        Move::Premake => "预先生成",
        Move::Issue => "申请",
        Move::Import => "导入",
        Move::Bind => "绑定实例",
        Move::Submit => "提交备案订单",
        Move::File => "备案成功",
        Move::AbandonRelease => "订单撤回或被驳回（可再次使用）",
        Move::AbandonBurn => "订单撤回或被驳回（作废）",
        Move::Release => "由运营人员作废",
        Move::RestorePlace => "网站注销后退还名额",
    }
}

pub(super) const fn who(who: Who) -> &'static str {
    match who {
        Who::Buyer => "购买实例的账号",
        Who::Filer => "提交备案的账号",
        Who::Bureau => "管局",
        Who::Desk => "系统自动",
        Who::Partner => "对接系统",
        Who::Operator => "运营人员",
    }
}

pub(super) const fn place(place: Place) -> &'static str {
    match place {
        Place::Takes => "占用一个名额",
        Place::Keeps => "继续占用",
        Place::GivesBack => "退还名额",
        Place::Untouched => "不涉及",
    }
}

/// Why a text is no code.
pub(super) fn malformed(error: &Malformed) -> String {
    match error {
        Malformed::Character { at, found } => {
            let letters = "备案服务号只有数字和英文字母，没有字母 U";
            format!("第 {at} 位的“{}”不对：{letters}。", Typed(*found))
        }
        Malformed::Length { symbols: 0 } => "没有填写备案服务号。".to_owned(),
        Malformed::Length { symbols } => {
            let asked = ServiceCode::SYMBOLS;
            let how = if *symbols < asked { "少" } else { "多" };
            let by = symbols.abs_diff(asked);
            format!("备案服务号应为 {asked} 位，您输入的是 {symbols} 位，{how}了 {by} 位。")
        }
        Malformed::Check => "备案服务号有误：有一位或几位输错了，或者有两位颠倒了。".to_owned(),
    }
}

/// What to look at in it.
pub(super) const fn past_malformed(error: &Malformed) -> &'static str {
    match error {
        Malformed::Character { .. } => "请核对这一位后重新输入。",
        Malformed::Length { symbols: 0 } => "请输入备案服务号。",
        Malformed::Length { .. } => "请核对有没有漏输或多输。",
        Malformed::Check => CHECK_CODE,
    }
}

/// A move, as what cannot or can be done.
const fn doing(by: Move) -> &'static str {
    match by {
        Move::Premake => "预先生成",
        Move::Issue => "申请",
        Move::Import => "导入",
        Move::Bind => "绑定实例",
        Move::Submit => "用于提交备案订单",
        Move::File => "改为“已备案”",
        Move::AbandonRelease => "退回“未使用”",
        Move::AbandonBurn => "随订单作废",
        Move::Release => "由运营人员作废",
        Move::RestorePlace => "退还名额",
    }
}

/// A move that the state does not allow.
pub(super) fn illegal(illegal: &Illegal) -> String {
    let tried = doing(illegal.tried);
    match illegal.from {
        Some(from) if illegal.tried.makes() => {
            format!("该备案服务号已经存在，状态是“{}”，不能再次{tried}。", state(from.state()))
        }
        Some(from) => format!("该备案服务号的状态是“{}”，不能{tried}。", state(from.state())),
        None => format!("备案服务号还没有生成，不能{tried}。"),
    }
}

/// What the state allows instead.
pub(super) fn instead(illegal: &Illegal) -> String {
    if illegal.legal.is_empty() {
        return "该状态不会再改变，请另用一个备案服务号。".to_owned();
    }
    let legal: Vec<_> = illegal.legal.iter().map(|legal| doing(*legal)).collect();
    format!("现在可以：{}。", legal.join("、"))
}

/// Why a code is not bound, by where it stands.
pub(super) fn not_bindable(here: State) -> String {
    match here {
        State::Bound => "该备案服务号已经绑定了产品实例，不能再次绑定。".to_owned(),
        other => format!("该备案服务号的状态是“{}”，不能再绑定产品实例。", state(other)),
    }
}

/// What to do about it.
pub(super) const fn past_not_bindable(here: State) -> &'static str {
    match here {
        State::Init => "现在可以绑定，请再试一次。",
        State::Bound => "直接用它备案即可；要用别的实例备案，请在那个实例上申请备案服务号。",
        State::Recording | State::Recorded | State::Void => "请在当前实例上申请新的备案服务号。",
    }
}

/// Codes that may be issued.
pub(super) fn issue(issue: &Issue) -> String {
    let codes = issue.codes;
    match issue.left_after() {
        Some(0) => format!("可以申请 {codes} 个备案服务号，申请后名额正好用完。"),
        Some(left) => format!("可以申请 {codes} 个备案服务号，申请后还剩 {left} 个名额。"),
        None => format!("可以申请 {codes} 个备案服务号。"),
    }
}

pub(super) fn too_many(asked: u32) -> String {
    format!("一次最多申请 {MOST_AT_ONCE} 个备案服务号，您要申请 {asked} 个。")
}

pub(super) fn ask_for_fewer() -> String {
    format!("请分几次申请，每次不超过 {MOST_AT_ONCE} 个。")
}

/// What stands against a code.
pub(super) fn obstacle(obstacle: &Obstacle<'_>) -> String {
    match obstacle {
        Obstacle::SignIn => "登录后才能申请或绑定备案服务号。".to_owned(),
        Obstacle::Blacklisted => "当前账号下有备案主体被列入黑名单，不能申请或绑定备案服务号。".to_owned(),
        Obstacle::NoCodeNeeded { row } => {
            format!("“{}”不需要备案服务号：备案时用主机的登录信息验证产品。", row.name.zh)
        }
        Obstacle::MadeElsewhere { row } => format!("“{}”的备案服务号不在本系统申请。", row.name.zh),
        Obstacle::MadeOnPurchase { row } => {
            format!("“{}”的备案服务号在购买时已经生成，无需申请。", row.name.zh)
        }
        Obstacle::Finding { decision, finding } => reason(decision, finding, Lang::Zh),
        Obstacle::NotEnoughPlaces { asked, left, per, row } => {
            let whose = match per {
                Scope::Instance => "该实例",
                Scope::Account => &format!("该账号下的全部“{}”实例合计", row.name.zh),
            };
            format!("名额不够：{whose}还剩 {left} 个备案服务号的名额，您要申请 {asked} 个。")
        }
    }
}

/// What to do about it.
pub(super) fn past_obstacle(obstacle: &Obstacle<'_>) -> String {
    match obstacle {
        Obstacle::SignIn => "请用购买该实例的账号登录。".to_owned(),
        Obstacle::Blacklisted => "如有疑问，请联系客服或提交工单。".to_owned(),
        Obstacle::NoCodeNeeded { row } => match &row.credentials_from {
            Some(from) => format!("{}。", from.value.zh),
            None => "请在主机的控制台查看登录信息。".to_owned(),
        },
        Obstacle::MadeElsewhere { row } => match &row.place {
            Some(place) => format!("获取方法：{}。", place.value.zh),
            None => "请到生成备案服务号的系统获取。".to_owned(),
        },
        Obstacle::MadeOnPurchase { .. } => "请到“我的备案服务号”页面查看。".to_owned(),
        Obstacle::Finding { decision, finding } if finding.remedy.mends() && decision.is_dead_end() => {
            IN_VAIN.to_owned()
        }
        Obstacle::Finding { decision, finding } => remedy(&finding.remedy, decision),
        Obstacle::NotEnoughPlaces { left, per, row, .. } => {
            let rest = match per {
                Scope::Instance => format!("请另购一个“{}”实例申请", row.name.zh),
                Scope::Account => format!("请换一个账号，并在那个账号下购买“{}”后申请", row.name.zh),
            };
            format!("本次请申请 {left} 个以内；需要更多时，{rest}。")
        }
    }
}

/// What to do about a finding beside a dead end, where paying for the instance would mend this one alone.
const IN_VAIN: &str = "请不要为此续费或升级：还有别的问题，只能换一个实例解决。";

/// What to do about a finding.
pub(crate) fn remedy(remedy: &Remedy<'_>, decision: &Decision<'_>) -> String {
    match remedy {
        Remedy::Buy { products, months, amount } => {
            let what = match products {
                Products::Same(row) => format!("请另购一个“{}”实例", row.name.zh),
                Products::AnyOf(_) => {
                    let names: Vec<_> = products.rows().map(|row| row.name.zh.as_str()).collect();
                    format!("请改用下列任一产品：{}", names.join("、"))
                }
            };
            let months = months.map(|months| format!("，首次购买时长不少于 {months} 个月"));
            let amount = amount.map(|amount| format!("，首单金额不低于 {amount} 元"));
            format!("{what}{}{}。", months.unwrap_or_default(), amount.unwrap_or_default())
        }
        Remedy::SignInAsPurchaser => "请改用购买该实例的账号登录。".to_owned(),
        Remedy::NoneNeeded => "无需备案，也不需要备案服务号。".to_owned(),
        Remedy::FileAt { place: Some(place) } => format!("{}。", place.zh),
        Remedy::FileAt { place: None } => "请到对应的备案系统办理。".to_owned(),
        Remedy::ConvertToSubscription { .. } | Remedy::AddPublicBandwidth | Remedy::Renew { .. } => {
            remedy.advice(Lang::Zh).to_string()
        }
        Remedy::UseAnotherAccount { .. } => {
            let name = decision.row().map_or("该产品", |row: &Row| &row.name.zh);
            format!("请换一个账号，并在那个账号下购买“{name}”。")
        }
        Remedy::ProvideFact { fact: wanted } => format!("请提供{}。", fact(*wanted)),
    }
}

const fn fact(fact: Fact) -> &'static str {
    match fact {
        Fact::Account => "购买该实例的账号",
        Fact::Region => "实例所在的地域",
        Fact::Billing => "计费方式（包年包月或按量付费）",
        Fact::PublicBandwidth => "公网带宽",
        Fact::PublicIps => "公网 IP",
        Fact::PurchasedAt => "购买时间",
        Fact::ExpiresAt => "到期时间",
        Fact::FirstPurchaseMonths => "首次购买的月数",
        Fact::FirstOrderAmount => "首单金额",
        Fact::CodesIssued => "已申请的备案服务号数量",
    }
}

/// Why a code that arrives is not taken in, as an operator reads it.
pub(super) fn import(refusal: &ImportRefusal<'_>) -> String {
    match refusal {
        ImportRefusal::NotFileable { product } => {
            format!("现行规则里没有产品“{product}”，不能导入它的备案服务号。")
        }
        ImportRefusal::FiledElsewhere { row } => {
            format!("“{}”在其他系统备案，本系统用不到它的备案服务号。", row.name.zh)
        }
        ImportRefusal::NoCodeNeeded { row } => {
            format!("“{}”不需要备案服务号：备案时用主机的登录信息验证产品。", row.name.zh)
        }
        ImportRefusal::IssuedHere { row } => {
            format!("“{}”的备案服务号在本系统申请，不从外部导入。", row.name.zh)
        }
        ImportRefusal::UnknownBuyer => "不知道该实例是哪个账号购买的，备案服务号没有所有者。".to_owned(),
        ImportRefusal::NoPlaceLeft { limit, taken, per, row } => {
            let whose = match per {
                Scope::Instance => "该实例",
                Scope::Account => &format!("该账号下的全部“{}”实例合计", row.name.zh),
            };
            format!("没有名额了：{whose}最多有 {limit} 个备案服务号，已有 {taken} 个。")
        }
        ImportRefusal::CodeMissing { row } => {
            format!("“{}”的备案服务号由其他系统生成，导入时没有给出。", row.name.zh)
        }
        ImportRefusal::Known(error) => illegal(error),
    }
}

/// What to do about it.
pub(super) fn past_import(refusal: &ImportRefusal<'_>) -> String {
    match refusal {
        ImportRefusal::NotFileable { .. } => "请核对实例的产品类型，更正后再导入。",
        ImportRefusal::FiledElsewhere { .. } | ImportRefusal::NoCodeNeeded { .. } => "无需导入。",
        ImportRefusal::IssuedHere { .. } => "请购买该实例的账号在“申请备案服务号”页面申请。",
        ImportRefusal::UnknownBuyer => "请先登记购买该实例的账号，再导入。",
        ImportRefusal::NoPlaceLeft { .. } => {
            "请核对是否导入重复；如果有不再使用的备案服务号，先作废它，再导入。"
        }
        ImportRefusal::CodeMissing { .. } => "请给出那个系统生成的备案服务号。",
        ImportRefusal::Known(_) => "请核对备案服务号和实例是否对应。",
    }
    .to_owned()
}

/// Why a code is not granted, or a grant not withdrawn.
pub(super) fn grant(refusal: &GrantRefusal<'_>) -> String {
    match refusal {
        GrantRefusal::UnknownCode => UNKNOWN_CODE.to_owned(),
        GrantRefusal::NotOwner => "该备案服务号是别的账号授权给您的，只有它的所有者能更改授权。".to_owned(),
        GrantRefusal::NotBound { state: here } => {
            format!("该备案服务号的状态是“{}”，只有“{}”时才能更改授权。", state(*here), state(State::Bound))
        }
        GrantRefusal::Blacklisted => "当前账号下有备案主体被列入黑名单，不能授权备案服务号。".to_owned(),
        GrantRefusal::NobodyNamed => "没有填写要授权给哪个账号。".to_owned(),
        GrantRefusal::UnknownAccount { account } => format!("没有名为“{account}”的账号。"),
        GrantRefusal::CannotHave { account } => format!("账号“{account}”目前不能使用备案服务号。"),
        GrantRefusal::ToOneself => "该备案服务号本来就是您的，不用授权给自己。".to_owned(),
        GrantRefusal::GrantedAlready { account } => {
            format!("该备案服务号已经授权给账号“{account}”，不用再次授权。")
        }
        GrantRefusal::GrantedToAnother { account } => {
            format!("该备案服务号已经授权给账号“{account}”，同一时间只能授权给 1 个账号。")
        }
        GrantRefusal::NothingGranted => "该备案服务号没有授权给任何账号。".to_owned(),
    }
}

/// What to do about it.
pub(super) fn past_grant(refusal: &GrantRefusal<'_>) -> String {
    match refusal {
        GrantRefusal::UnknownCode => CHECK_CODE,
        GrantRefusal::NotOwner => "请联系授权给您的账号。",
        GrantRefusal::NotBound { state } => match state {
            State::Init => "请先把它绑定到产品实例。",
            State::Bound => "现在可以更改授权，请再试一次。",
            State::Recording => {
                "请等备案订单有了结果。如果订单撤回或被驳回后，备案服务号变回“未使用”，就可以更改授权。"
            }
            State::Recorded | State::Void => "请改用一个“未使用”的备案服务号。",
        },
        GrantRefusal::Blacklisted => "如有疑问，请联系客服或提交工单。",
        GrantRefusal::NobodyNamed => "请填写对方的账号名。",
        GrantRefusal::UnknownAccount { .. } => "请向对方核对账号名后重新填写。",
        GrantRefusal::CannotHave { .. } => "请授权给其他账号；如有疑问，请对方联系客服。",
        GrantRefusal::ToOneself => "请直接使用，或填写另一个账号名。",
        GrantRefusal::GrantedAlready { .. } | GrantRefusal::NothingGranted => "无需处理。",
        GrantRefusal::GrantedToAnother { .. } => "请先收回现有的授权，再授权给新的账号。",
    }
    .to_owned()
}

/// Why an operator cannot release a code.
pub(super) fn release(refusal: &ReleaseRefusal) -> String {
    match refusal {
        ReleaseRefusal::Illegal(error) => illegal(error),
        ReleaseRefusal::ReasonMissing => "没有填写作废的原因。".to_owned(),
        ReleaseRefusal::ReasonTooLong { chars } => {
            format!("作废的原因最多 {LONGEST_REASON} 个字，现在有 {chars} 个字。")
        }
    }
}

/// What to do about it.
pub(super) fn past_release(refusal: &ReleaseRefusal) -> String {
    match refusal {
        ReleaseRefusal::Illegal(illegal) => past_not_releasable(illegal.from.map(Stored::state)).to_owned(),
        ReleaseRefusal::ReasonMissing => "请填写原因，它会记入台账。".to_owned(),
        ReleaseRefusal::ReasonTooLong { chars } => {
            format!("请至少删去 {} 个字。", chars.saturating_sub(LONGEST_REASON))
        }
    }
}

const fn past_not_releasable(here: Option<State>) -> &'static str {
    match here {
        Some(State::Recording) => "请等备案订单有了结果再处理。",
        Some(State::Recorded) => "已备案的备案服务号会一直保留，无需处理。",
        Some(State::Void) => "它已经不能再使用，无需处理。",
        Some(State::Init | State::Bound) | None => "请刷新后再试一次。",
    }
}

/// What a code is now, and why.
pub(super) fn standing(standing: &Standing<'_>, reader: Reader) -> String {
    let counted = standing.stored().counted();
    match standing.shown() {
        Shown::Stored(State::Init) => "该备案服务号还没有分配给产品实例，绑定实例后才能使用。".to_owned(),
        Shown::Stored(State::Bound) => "该备案服务号还没有使用，可以用来备案 1 个网站。".to_owned(),
        Shown::Stored(State::Recording) => {
            "该备案服务号正用在一份备案订单中，不能同时用于别的网站。".to_owned()
        }
        Shown::Stored(State::Recorded) if counted => {
            "该备案服务号已经备案了 1 个网站，不能再次使用。".to_owned()
        }
        Shown::Stored(State::Recorded) => {
            "用该备案服务号备案的网站已注销，名额已退还，但备案服务号不能再次使用。".to_owned()
        }
        Shown::Stored(State::Void) if counted => {
            "备案订单撤回或被驳回，该备案服务号随之作废，不能再使用，也不退还名额。".to_owned()
        }
        Shown::Stored(State::Void) => "该备案服务号已由运营人员作废，不能再使用，也不占用名额。".to_owned(),
        Shown::Expired => expired(standing, reader),
    }
}

fn expired(standing: &Standing<'_>, reader: Reader) -> String {
    let causes = standing.causes().map(|cause| match (&cause, reader) {
        (Cause::Gone, _) => "它所属的产品实例已经释放。".to_owned(),
        (Cause::Ended(at), Reader::Owner) => format!("它所属的产品实例已于 {}到期。", clock(*at)),
        (Cause::Ended(_), Reader::Grantee) => brief(Code::Expired).to_owned(),
        (Cause::Finding(finding), Reader::Owner) => standing
            .decision()
            .map(|decision| decision.message_beside(finding, standing.is_dead_end(), Lang::Zh).to_string())
            .unwrap_or_default(),
        (Cause::Finding(finding), Reader::Grantee) => brief(finding.code).to_owned(),
    });
    std::iter::once("该备案服务号已失效，现在不能用来备案。".to_owned())
        .chain(causes)
        .collect::<Vec<_>>()
        .concat()
}

/// A reason as it may be told to a grantee: without the owner's dates, amounts and account.
const fn brief(code: Code) -> &'static str {
    match code {
        Code::ProductNotFileable => "它所属的产品现在不能用来备案。",
        Code::OtherAccount => "它所属的产品实例已换了购买账号。",
        Code::OutsideMainland => "它所属的产品实例不在中国内地，无需备案。",
        Code::FiledElsewhere => "它所属的产品在其他系统备案。",
        Code::PayAsYouGo => "它所属的产品实例按量付费，不能用来备案。",
        Code::NoPublicBandwidth => "它所属的产品实例没有公网带宽。",
        Code::NoPublicIp => "它所属的产品实例没有公网 IP。",
        Code::PurchasedTermShort => "它所属的产品实例购买时长不够。",
        Code::RemainingTermShort => "它所属的产品实例剩余时长不够。",
        Code::FirstPurchaseShort => "它所属的产品实例首次购买的时长不够。",
        Code::OrderAmountLow => "它所属的产品实例首单金额不够。",
        Code::Expired => "它所属的产品实例已到期。",
        Code::QuotaExhausted => "它所属的产品实例名额已用完。",
        Code::UnknownFact => "它所属的产品实例还缺少信息。",
    }
}

/// What can be done with a code now.
pub(super) fn next(standing: &Standing<'_>, reader: Reader) -> String {
    match standing.shown() {
        Shown::Stored(State::Init) => "请把它绑定到一个可以备案的产品实例。".to_owned(),
        Shown::Stored(State::Bound) => "提交备案时，在产品验证一步填写它。".to_owned(),
        Shown::Stored(State::Recording) => "无需处理，请等待备案订单的结果。".to_owned(),
        Shown::Stored(State::Recorded | State::Void) => "要备案别的网站，请用另一个备案服务号。".to_owned(),
        Shown::Expired => mend(standing, reader),
    }
}

fn mend(standing: &Standing<'_>, reader: Reader) -> String {
    let gone = standing.causes().any(|cause| cause == Cause::Gone);
    if reader == Reader::Grantee {
        return if standing.can_recover() {
            "请联系授权给您的账号处理；处理好后，备案服务号自动恢复。也可以换一个备案服务号。"
        } else {
            "请换一个备案服务号，或联系授权给您的账号。"
        }
        .to_owned();
    }
    if gone {
        return "请在另一个可以备案的产品实例上申请新的备案服务号。".to_owned();
    }
    let mut steps: Vec<String> = standing
        .decision()
        .into_iter()
        .flat_map(|decision| standing.remedies().into_iter().map(|step| remedy(&step, decision)))
        .collect();
    if standing.causes().any(|cause| matches!(cause, Cause::Ended(_))) {
        steps.push("请续费该实例。".to_owned());
    }
    if standing.can_recover() {
        steps.push("处理好后，备案服务号自动恢复，不用重新申请。".to_owned());
    }
    steps.concat()
}

pub(crate) fn clock(at: Timestamp) -> impl Display {
    fmt::from_fn(move |f| {
        let at = shanghai(at);
        write!(f, "{} {:02}:{:02}（北京时间）", at.date(), at.hour(), at.minute())
    })
}

/// A character as it was typed, or its number when it cannot be seen.
struct Typed(char);

impl Display for Typed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_control() { write!(f, "U+{:04X}", u32::from(self.0)) } else { f.write_char(self.0) }
    }
}
