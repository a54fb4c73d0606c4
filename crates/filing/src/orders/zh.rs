//! Every sentence about orders in Chinese. `en.rs` says the same in English; the matches are exhaustive in both.

use super::{Illegal, Kind, Move, Part, State, Who};

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
        Part::Cancellation => "注销说明",
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
    }
}

pub(super) const fn who(who: Who) -> &'static str {
    match who {
        Who::Filer => "提交备案的账号",
        Who::Reviewer => "领取该订单的审核人员",
        Who::Operator => "运营人员",
        Who::Desk => "系统自动",
        Who::Bureau => "管局",
    }
}

/// A move that the state does not allow.
pub(super) fn illegal(illegal: &Illegal) -> String {
    let tried = by(illegal.tried);
    match illegal.from {
        Some(from) => format!("备案订单现在是“{}”，不能进行“{tried}”操作。", state(from)),
        None => format!("备案订单还没有建立，不能进行“{tried}”操作。"),
    }
}

/// What the state allows instead.
pub(super) fn instead(illegal: &Illegal) -> String {
    match illegal.from {
        Some(State::Filed) => "该订单已经办结。要修改备案信息，请新建一份变更备案订单。".to_owned(),
        Some(State::Rejected) => "该订单已经办结。可以用它的内容新建一份订单，修改后重新提交。".to_owned(),
        Some(State::Withdrawn) => "该订单已经撤回。需要备案时，请新建一份订单。".to_owned(),
        Some(State::AtBureau) => "管局正在审核，请等待审核结果。".to_owned(),
        _ => {
            let legal: Vec<_> = illegal.legal.iter().map(|legal| by(*legal)).collect();
            format!("现在可以：{}。", legal.join("、"))
        }
    }
}
