//! The sentences of receipts, in Chinese. `en_receipt.rs` says the same in English.

use super::{Advice, Asked, Barred, Event, Possible, ShownBy, Statement};
use rulebook::{Lang, calendar::shanghai};

pub(super) fn statement(told: &Statement<'_>) -> String {
    let Statement { machine, number, event, reason, was, at } = *told;
    let at = shanghai(at);
    let when = format!("{} {:02}:{:02}（北京时间）", at.date(), at.hour(), at.minute());
    let whose = machine.label(Lang::Zh);
    let what = match (event, was) {
        (Event::File, _) => format!("{whose} {number} 备案成功"),
        (Event::Import | Event::ImportDropped | Event::ImportCancelled, _) => {
            format!("此前已备案的{whose} {number} 已录入备案库")
        }
        (Event::Change, _) => format!("{whose} {number} 变更备案成功"),
        (Event::Correct, Some(was)) => format!("录入有误的{whose} {was} 已更正为 {number}"),
        (Event::Correct, None) => format!("{whose} {number} 已更正"),
        (Event::AddAccess, _) => format!("{whose} {number} 新增接入成功"),
        (Event::EndAccess, _) => format!("{whose} {number} 已取消其中一处接入"),
        (Event::DropAccess, _) => format!("{whose} {number} 已取消在本服务商的接入"),
        (Event::HostElsewhere, _) => format!("{whose} {number} 已登记为由其他服务商接入"),
        (Event::LeaveElsewhere, _) => format!("{whose} {number} 已登记为不再由其他服务商接入"),
        (Event::Cancel, _) => format!("{whose} {number} 已注销"),
    };
    match reason {
        Some(reason) => format!("{when}，{what}。原因：{}。", reason.label(Lang::Zh)),
        None => format!("{when}，{what}。"),
    }
}

pub(super) const fn asked(asked: Asked) -> &'static str {
    match asked {
        Asked::Owner => "备案主体",
        Asked::NewHolder => "域名的新持有者",
        Asked::Bureau => "管局",
        Asked::Authority => "主管部门",
        Asked::Provider => "接入服务商",
    }
}

pub(super) fn possible(possible: Possible, advice: Advice) -> String {
    match possible {
        Possible::FileAnew => format!(
            "要继续使用的，请重新备案：主体备案号仍有效的办理新增网站，否则办理首次备案；须{}，审核通过后取得新的备案号。",
            using(advice.shown_by)
        ),
        Possible::AddAccess => format!(
            "要在本服务商的其他产品实例上开通，请办理新增接入，{}，备案号不变。",
            using(advice.shown_by)
        ),
        Possible::FileElsewhere => {
            "网站改由其他接入服务商提供接入的，请在新的服务商办理接入备案，备案号不变。".to_owned()
        }
        Possible::HostedStill => "网站在其余产品实例上的接入不受影响。".to_owned(),
        Possible::ShowNumber => "请在网站首页底部标明该备案号。".to_owned(),
        Possible::AddWebsite => "该主体名下要增加网站的，请办理新增网站。".to_owned(),
        Possible::Barred => format!("{}如有疑问，请联系客服。", barred(advice.barred)),
    }
}

/// What a new filing or access needs.
pub(super) const fn using(shown_by: ShownBy) -> &'static str {
    match shown_by {
        ShownBy::Code => "使用新的备案服务号",
        ShownBy::Password => "用主机用户名和密码验证产品",
        ShownBy::Either => "使用新的备案服务号（主机类产品用主机用户名和密码）",
    }
}

/// What the blacklist keeps from somebody; nothing where it keeps nothing.
pub(super) const fn barred(barred: Barred) -> &'static str {
    match barred {
        Barred::Nothing => "",
        Barred::Codes => "该账号名下有备案主体在黑名单中，不能申请备案服务号。",
        Barred::Filing => "该备案主体在黑名单中，不能再办理备案和接入。",
    }
}
