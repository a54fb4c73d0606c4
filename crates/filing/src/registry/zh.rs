//! Every sentence about filing numbers in Chinese. `en.rs` says the same in English; the matches are exhaustive in both.

use super::{Duty, Event, Illegal, Loss, Machine, Reason, State, Who, zh_receipt};
use rulebook::Lang;

pub(super) const HEADS: [&str; 5] = ["原状态", "发生的事", "原因", "新状态", "由谁办理"];

pub(super) const fn machine(machine: Machine) -> &'static str {
    match machine {
        Machine::Subject => "主体备案号",
        Machine::Website => "网站备案号",
    }
}

pub(super) const fn state(state: State) -> &'static str {
    match state {
        State::Active => "正常",
        State::AccessDropped => "已取消接入",
        State::Cancelled => "已注销",
    }
}

pub(super) const fn event(event: Event) -> &'static str {
    match event {
        Event::File => "备案成功",
        Event::Import => "导入",
        Event::ImportDropped => "导入（已取消接入）",
        Event::ImportCancelled => "导入（已注销）",
        Event::Change => "变更备案",
        Event::Correct => "更正备案号",
        Event::AddAccess => "新增接入",
        Event::EndAccess => "取消其中一处接入",
        Event::DropAccess => "取消接入",
        Event::HostElsewhere => "改由其他服务商接入",
        Event::LeaveElsewhere => "不再由其他服务商接入",
        Event::Cancel => "注销",
    }
}

pub(super) const fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::ByOwner => "备案主体申请",
        Reason::InstanceExpired => "产品实例已到期",
        Reason::InstanceReleased => "产品实例已释放",
        Reason::InformationUntrue => "备案信息不真实、不准确或缺失，未按期改正",
        Reason::ByNewDomainHolder => "域名过期被删除，新的持有者申请注销",
        Reason::AccessDroppedTooLong => "长期没有接入，由管局注销",
        Reason::ByAuthority => "主管部门要求",
    }
}

pub(super) const fn who(who: Who) -> &'static str {
    match who {
        Who::Bureau => "管局（审核订单）",
        Who::Owner => "备案主体",
        Who::Operator => "运营人员",
        Who::Desk => "系统",
        Who::TwoPeople => "两名工作人员",
    }
}

pub(super) const fn duty(duty: Duty) -> &'static str {
    match duty {
        Duty::True => "备案信息真实、准确。",
        Duty::Change => "备案信息有变化时，及时办理变更备案。",
        Duty::Access => "更换接入服务商时，及时在新的服务商办理接入备案。",
        Duty::Lawful => "网站上没有违法信息。",
    }
}

pub(super) fn loss(loss: &Loss) -> String {
    match loss {
        Loss::Number { number } => format!("备案号 {number} 注销后不可恢复。"),
        Loss::Websites { numbers } => {
            format!("该主体的 {} 个网站一并注销：{}。", numbers.len(), numbers.join("、"))
        }
        Loss::Served { here: false } => "网站将无法访问，重新备案成功之前不得开通。".to_owned(),
        Loss::Served { here: true } => "网站将不能再通过本服务商访问。".to_owned(),
        Loss::NewFiling { shown_by } => {
            format!("如需继续使用，须重新备案，{}，并取得新的备案号。", zh_receipt::using(*shown_by))
        }
        Loss::NoNewFiling { barred } => format!("{}注销后无法重新备案。", zh_receipt::barred(*barred)),
        Loss::Codes { codes, restores: false } => {
            format!("已用的 {codes} 个备案服务号不能再用，名额也不退回。")
        }
        Loss::Codes { codes, restores: true } => {
            format!("已用的 {codes} 个备案服务号不能再用，名额退回。")
        }
        Loss::LeftEmpty { elsewhere } => {
            let then = if *elsewhere { "请尽快在新的服务商办理接入备案。" } else { "" };
            format!("备案号仍然有效，但长期没有接入的，管局可能会注销。{then}")
        }
    }
}

pub(super) fn illegal(illegal: &Illegal) -> String {
    let Illegal { machine, from, tried, reason, .. } = illegal;
    let tried = tried.label(Lang::Zh);
    match (from, reason) {
        (Some(State::Cancelled), _) => {
            format!("该{}已注销，不能恢复，也不能再办理“{tried}”。", machine.label(Lang::Zh))
        }
        (Some(from), Some(reason)) => format!(
            "该{}为“{}”，不能以“{}”为由办理“{tried}”。",
            machine.label(Lang::Zh),
            from.label(Lang::Zh),
            reason.label(Lang::Zh)
        ),
        (Some(from), None) => {
            format!("该{}为“{}”，不能办理“{tried}”。", machine.label(Lang::Zh), from.label(Lang::Zh))
        }
        (None, _) => format!("没有这个{}，不能办理“{tried}”。", machine.label(Lang::Zh)),
    }
}

pub(super) fn instead(illegal: &Illegal) -> String {
    if illegal.from.is_some_and(State::is_final) {
        return "网站要继续使用的，请重新备案，管局会给新的备案号。".to_owned();
    }
    if let Some(done) = already(illegal) {
        return done.to_owned();
    }
    let legal = illegal.legal.iter().map(|(event, reasons)| {
        let reasons: Vec<_> = reasons.iter().map(|reason| reason.label(Lang::Zh)).collect();
        match reasons.as_slice() {
            [] => event.label(Lang::Zh).to_owned(),
            some => format!("{}（原因：{}）", event.label(Lang::Zh), some.join("；")),
        }
    });
    let legal: Vec<_> = legal.collect();
    if legal.is_empty() {
        "请核对备案号。".to_owned()
    } else {
        format!("现在可以办理：{}。", legal.join("、"))
    }
}

/// Where what was tried is done already, or is not done to such a number: nothing is offered that would go further.
const fn already(illegal: &Illegal) -> Option<&'static str> {
    match (illegal.machine, illegal.from, illegal.tried) {
        (Machine::Website, Some(State::AccessDropped), Event::DropAccess) => {
            Some("接入已经取消，不用再办理。")
        }
        (Machine::Subject, Some(_), Event::DropAccess | Event::EndAccess) => {
            Some("取消接入按网站办理，请填写网站备案号，例如末尾加上“-1”。")
        }
        _ => None,
    }
}
