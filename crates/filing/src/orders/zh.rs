//! Every sentence about orders in Chinese. `en.rs` says the same in English; the matches are exhaustive in both.

use super::{
    Awaited, BUREAU_DAYS, Illegal, Kind, Move, OnProducts, OnRegistry, Part, REVIEW_DAYS, Remark,
    RemarkWrong, Says, State, Thing, Until, Waiting, Who,
};
use rulebook::{Lang, calendar::shanghai};

pub(super) const HEADS: [&str; 6] = ["原状态", "操作", "新状态", "谁可以操作", "备案服务号", "备案库"];

pub(super) const fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::FirstFiling => "首次备案",
        Kind::AddWebsite => "新增网站",
        Kind::AddAccess => "新增接入（接入备案）",
        Kind::Change => "变更备案",
        Kind::CancelSubject => "注销主体",
        Kind::CancelWebsite => "注销网站",
        Kind::CancelAccess => "取消接入",
    }
}

pub(super) const fn part(part: Part) -> &'static str {
    match part {
        Part::Target => "备案号",
        Part::Subject => "主体信息",
        Part::Websites => "网站信息",
        Part::Materials => "证件材料",
        Part::Cancellation => "注销或取消接入说明",
    }
}

pub(super) const fn state(state: State) -> &'static str {
    match state {
        State::Draft => "草稿",
        State::Submitted => "待初审",
        State::Returned => "退回修改",
        State::Approved => "初审通过",
        State::AtBureau => "管局审核中",
        State::Filed => "备案成功",
        State::Rejected => "管局驳回",
        State::Withdrawn => "已撤回",
    }
}

pub(super) const fn by(by: Move) -> &'static str {
    match by {
        Move::Open => "新建订单",
        Move::Save => "修改",
        Move::Submit => "提交初审",
        Move::Return => "退回修改",
        Move::Approve => "初审通过",
        Move::Send => "提交管局",
        Move::ConfirmSms => "完成短信核验",
        Move::MissSms => "短信核验超时",
        Move::File => "管局审核通过",
        Move::Reject => "管局驳回",
        Move::Withdraw => "撤回",
        Move::Lapse => "长期未处理，自动撤回",
        Move::Force => "主管部门要求注销",
    }
}

pub(super) const fn who(who: Who) -> &'static str {
    match who {
        Who::Filer => "提交备案的账号",
        Who::Reviewer => "领取订单的审核人员",
        Who::Operator => "运营人员",
        Who::Desk => "系统自动",
        Who::Bureau => "管局",
        Who::TwoPeople => "两名工作人员（一人提议，另一人同意）",
    }
}

/// A move, as what cannot or can be done.
const fn doing(by: Move) -> &'static str {
    match by {
        Move::Open => "新建",
        Move::Save => "修改",
        Move::Submit => "提交初审",
        Move::Return => "退回修改",
        Move::Approve => "通过初审",
        Move::Send => "提交管局",
        Move::ConfirmSms => "登记短信核验已完成",
        Move::MissSms => "因短信核验超时退回",
        Move::File => "登记管局审核通过",
        Move::Reject => "登记管局驳回",
        Move::Withdraw => "撤回",
        Move::Lapse => "因长期未处理自动撤回",
        Move::Force => "按主管部门要求注销",
    }
}

/// What a move does to the codes behind an order.
pub(super) const fn on_products(products: OnProducts) -> &'static str {
    match products {
        OnProducts::Keeps => "不变",
        OnProducts::Holds => "改为“备案中”",
        OnProducts::Records => "改为“已备案”",
        OnProducts::Abandons => "退还或作废（按规则集）",
    }
}

/// What a move does to the registry.
pub(super) const fn on_registry(registry: OnRegistry) -> &'static str {
    match registry {
        OnRegistry::Keeps => "不变",
        OnRegistry::Writes => "按订单更新",
    }
}

/// A move that cannot be made.
pub(super) fn illegal(illegal: &Illegal) -> String {
    let tried = doing(illegal.tried);
    match illegal.from {
        Some(from) if illegal.tried == Move::Open => {
            format!("备案订单的状态是“{}”，只有被管局驳回的订单才能用它的内容新建一份。", state(from))
        }
        Some(from) if illegal.is_for_others() => {
            format!("备案订单的状态是“{}”，您不能{tried}。", state(from))
        }
        Some(from) => format!("备案订单的状态是“{}”，不能{tried}。", state(from)),
        None => format!("还没有这份备案订单，不能{tried}。"),
    }
}

/// What can be done instead.
pub(super) fn instead(illegal: &Illegal) -> String {
    match (illegal.from, illegal.legal.as_slice()) {
        (None, []) => "须由备案账号新建订单。".to_owned(),
        (None, _) => "请先新建备案订单。".to_owned(),
        (Some(from), []) => waits(illegal.kind, from),
        (Some(_), legal) => {
            let legal: Vec<_> = legal.iter().map(|legal| doing(*legal)).collect();
            format!("现在可以：{}。", legal.join("、"))
        }
    }
}

/// What there is to say to somebody who can do nothing with an order that stands there.
fn waits(kind: Kind, from: State) -> String {
    let said = match from {
        State::Draft => "提交备案的账号还在填写，请等待提交。",
        State::Submitted => "这份订单正在等待初审。",
        State::Returned => "提交备案的账号正在修改，请等待重新提交。",
        State::Approved => "这份订单即将提交管局，无需操作。",
        State::AtBureau => "管局正在审核，请等待审核结果。",
        State::Filed => return format!("这份订单已经办结。{}", filed(kind)),
        State::Rejected => REJECTED,
        State::Withdrawn => WITHDRAWN,
    };
    said.to_owned()
}

const REJECTED: &str = "这份订单已经办结。可以用它的内容新建一份订单，修改后重新提交。";
const WITHDRAWN: &str = "这份订单已经撤回。需要办理时，请新建一份订单。";

const BY_BUREAU: &str =
    "管局驳回了这份订单，驳回的原因一并列出。可以把它更正为一份新的草稿，修改后重新提交。";
const LAPSED: &str = "这份订单超过期限没有提交，已自动撤回。需要办理时，请新建一份订单。";
const SMS_MISSED: &str =
    "短信核验没有在 24 小时内完成，管局退回了订单。请确认手机号码无误（可以修改），再重新提交。";

/// What it means that an order has come to its end or came back by itself, and what is to be done now.
pub(super) const fn outcome(kind: Kind, state: State, by: Option<Move>) -> Option<&'static str> {
    match state {
        State::Withdrawn if matches!(by, Some(Move::Lapse)) => Some(LAPSED),
        State::Returned if matches!(by, Some(Move::MissSms)) => Some(SMS_MISSED),
        State::Filed => Some(filed(kind)),
        State::Rejected => Some(BY_BUREAU),
        State::Withdrawn => Some(WITHDRAWN),
        State::Draft | State::Submitted | State::Returned | State::Approved | State::AtBureau => None,
    }
}

/// What it means that the bureau filed an order. The foot of the home page is a duty by 非经营性互联网信息服务备案管理办法 §13, the
/// filing with the public security by 计算机信息网络国际联网安全保护管理办法 §12.
const fn filed(kind: Kind) -> &'static str {
    match kind {
        Kind::FirstFiling => {
            "备案成功，网站可以开通。请在网站首页底部标明网站备案号，并链接到 https://beian.miit.gov.cn；网站开通后 30 日内，请到全国互联网安全管理服务平台（https://beian.mps.gov.cn）办理公安联网备案。备案信息有变化时，请及时办理变更备案。"
        }
        Kind::AddWebsite => {
            "新增网站备案成功，这个网站可以开通。请在它的首页底部标明网站备案号，并链接到 https://beian.miit.gov.cn；网站开通后 30 日内，请到全国互联网安全管理服务平台（https://beian.mps.gov.cn）办理公安联网备案。"
        }
        Kind::AddAccess => "接入备案成功，网站可以通过本服务商访问，备案号不变。",
        Kind::Change => {
            "变更备案成功，备案信息已经更新，备案号不变。办理过公安联网备案的，请同时更新其中的信息。"
        }
        Kind::CancelSubject => {
            "主体及其全部网站的备案已经注销，不能恢复，网站不得继续访问。再次备案须使用新的备案服务号，并会得到新的备案号。"
        }
        Kind::CancelWebsite => {
            "这个网站的备案已经注销，不能恢复，网站不得继续访问；主体和其他网站的备案不受影响。再次备案须使用新的备案服务号，并会得到新的备案号。"
        }
        Kind::CancelAccess => {
            "网站已取消在本服务商的接入，不能再通过本服务商访问，备案号仍然有效。请及时在新的接入服务商办理接入备案；长期没有接入的网站，管局可能注销其备案。"
        }
    }
}

pub(super) const fn awaited(awaited: Awaited) -> &'static str {
    match awaited {
        Awaited::Submission => "待提交",
        Awaited::Mending => "待修改",
        Awaited::Review => "待初审",
        Awaited::Sending => "待提交管局",
        Awaited::Sms => "待短信核验",
        Awaited::Decision => "待管局审核",
    }
}

/// Where and how a text message is answered.
const SMS: &str = "收到短信的负责人打开工信部备案网站（https://beian.miit.gov.cn），点“短信核验”，填写短信里的验证码、手机号码和本人证件号码的后 6 位；两位负责人都收到短信的，都要核验。";

/// What an order waits for, and by when.
pub(super) fn waiting(waiting: &Waiting) -> String {
    let by = by_when(waiting.until);
    match (waiting.awaited, by) {
        (Awaited::Submission, Some(by)) => format!("请在 {by}提交，逾期未修改或提交的草稿将自动撤回。"),
        (Awaited::Submission, None) => "请填写完成后提交。".to_owned(),
        (Awaited::Mending, Some(by)) => {
            format!("请在 {by}修改并重新提交，逾期未提交的订单将自动撤回。")
        }
        (Awaited::Mending, None) => "请修改后重新提交。".to_owned(),
        (Awaited::Review, Some(by)) => format!("正在等待初审，预计在 {by}完成。"),
        (Awaited::Review, None) => {
            format!("正在等待初审，预计在 {REVIEW_DAYS} 个工作日内完成。{}", not_known(waiting.until))
        }
        (Awaited::Sending, _) => "初审已通过，即将提交管局。".to_owned(),
        (Awaited::Sms, Some(by)) => format!("请在 {by}完成短信核验：{SMS}逾期未核验的，订单将被退回。"),
        (Awaited::Sms, None) => format!("请完成短信核验：{SMS}"),
        (Awaited::Decision, Some(by)) => {
            format!("管局正在审核，应在 {by}作出决定（自受理次日起 {BUREAU_DAYS} 个工作日）。")
        }
        (Awaited::Decision, None) => format!(
            "管局正在审核，审核期限为自受理次日起 {BUREAU_DAYS} 个工作日。{}",
            not_known(waiting.until)
        ),
    }
}

/// Why the last day of a term of working days is not told.
fn not_known(until: Until) -> String {
    until
        .unknown_year()
        .map_or_else(String::new, |year| format!("{year} 年的放假安排尚未录入，截止日期暂时无法计算。"))
}

/// What an order still waits for once its term has passed, where nothing happens by itself then.
pub(super) const fn late(awaited: Awaited) -> &'static str {
    match awaited {
        Awaited::Review => "初审已超过预计时间，请耐心等待或联系客服。",
        Awaited::Decision => "管局审核已超过规定期限，请耐心等待或联系客服。",
        Awaited::Submission | Awaited::Mending | Awaited::Sending | Awaited::Sms => "已超过期限。",
    }
}

/// The end of a term with the word that goes between it and what is done.
fn by_when(until: Until) -> Option<String> {
    match until {
        Until::Instant(at) => {
            let at = shanghai(at);
            Some(format!("{} {:02}:{:02}（北京时间）前", at.date(), at.hour(), at.minute()))
        }
        Until::Day(day) => Some(format!("{day}（含当日，北京时间）前")),
        Until::NotKnown(_) | Until::Open => None,
    }
}

/// A product or a picture that a form names.
pub(super) fn thing(thing: &Thing) -> String {
    match thing {
        Thing::Product { name: Some(name), instance, day } => {
            format!("{}，实例 {instance}，{day} 验证", name.in_lang(Lang::Zh))
        }
        Thing::Product { name: None, instance, day } => format!("实例 {instance}，{day} 验证"),
        Thing::Picture { width, height, bytes } => {
            format!("图片，{width} × {height} 像素，{} KiB", Thing::kib(*bytes))
        }
    }
}

pub(super) const fn says(says: Says) -> &'static str {
    match says {
        Says::Problem => "问题",
        Says::Suggestion => "修改建议",
    }
}

/// What is wrong with a remark.
pub(super) fn remark_wrong(wrong: &RemarkWrong) -> String {
    match wrong {
        RemarkWrong::None => "退回订单时没有填写修改意见。".to_owned(),
        RemarkWrong::TooMany => format!("修改意见超过了 {} 条。", Remark::MOST),
        RemarkWrong::NoSuchField => "这份订单没有这一项内容。".to_owned(),
        RemarkWrong::Empty(Says::Problem) => "没有填写存在的问题。".to_owned(),
        RemarkWrong::Empty(Says::Suggestion) => "没有填写修改建议。".to_owned(),
        RemarkWrong::TooLong(part) => format!("{}超过了 {} 个字。", says(*part), part.longest()),
        RemarkWrong::Unprintable(part) => format!("{}中有无法显示的字符。", says(*part)),
    }
}

/// What to do about it.
pub(super) const fn remark_mend(wrong: &RemarkWrong) -> &'static str {
    match wrong {
        RemarkWrong::None => "请至少填写一条修改意见，指出要修改的内容。",
        RemarkWrong::TooMany => "请合并意见，例如直接对整个网站填写一条。",
        RemarkWrong::NoSuchField => {
            "请选择这份订单中已有的一项。要求新增网站或材料时，请对整个列表填写意见。"
        }
        RemarkWrong::Empty(Says::Problem) => "请说明哪里不符合要求，也可以选用常用意见。",
        RemarkWrong::Empty(Says::Suggestion) => "请说明应当怎样修改，也可以选用常用意见。",
        RemarkWrong::TooLong(_) => "请精简文字，或分成几条填写。",
        RemarkWrong::Unprintable(_) => "请删除这些字符，或重新输入。",
    }
}
