//! What another authority approved beforehand (前置审批): a kind that the bureau knows, each once, with a number that can be one.

use super::{Checking, Found, Told};
use crate::tables::{PRE_APPROVALS, entry};
use rulebook::Lang;

/// What is wrong with an approval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PreApprovalFault {
    /// No kind of approval has that number.
    Unknown(u16),
    /// It is there already.
    Twice(u16),
    /// What stands there is no number of a document: it has no digit, or is too short or too long.
    Number,
}

/// Characters of the number of an approval, at least and at most.
const CHARACTERS: std::ops::RangeInclusive<usize> = 4..=60;

/// Checks the approvals of every website.
pub(super) fn check(asked: Checking<'_>, found: &mut Found) {
    for (path, website) in asked.websites() {
        for (at, approval) in website.pre_approvals.iter().enumerate() {
            let path = format!("{path}.pre_approvals[{at}]");
            if let Some(kind) = approval.kind {
                let mut before = website.pre_approvals.iter().take(at);
                if entry(PRE_APPROVALS, kind).is_none() {
                    found.push(format!("{path}.kind"), PreApprovalFault::Unknown(kind));
                } else if before.any(|before| before.kind == Some(kind)) {
                    found.push(format!("{path}.kind"), PreApprovalFault::Twice(kind));
                }
            }
            if approval.number.as_deref().is_some_and(|number| !is_number(number)) {
                found.push(format!("{path}.number"), PreApprovalFault::Number);
            }
        }
    }
}

fn is_number(number: &str) -> bool {
    CHARACTERS.contains(&number.chars().count()) && number.chars().any(|c| c.is_ascii_digit())
}

impl Told for PreApprovalFault {
    fn code(&self) -> &'static str {
        match self {
            Self::Unknown(_) => "pre-approval-unknown",
            Self::Twice(_) => "pre-approval-twice",
            Self::Number => "pre-approval-number",
        }
    }

    fn message(&self, lang: Lang) -> String {
        match (lang, self) {
            (Lang::Zh, Self::Unknown(id)) => format!("没有编号为 {id} 的前置审批类型。"),
            (Lang::Zh, Self::Twice(kind)) => {
                format!("前置审批“{}”重复了。", entry(PRE_APPROVALS, *kind).map_or("", |kind| kind.zh))
            }
            (Lang::Zh, Self::Number) => "这不像是一个批准文号。".to_owned(),
            (Lang::En, Self::Unknown(id)) => format!("No kind of approval has the number {id}."),
            (Lang::En, Self::Twice(kind)) => {
                format!("`{}` is there already.", entry(PRE_APPROVALS, *kind).map_or("", |kind| kind.en))
            }
            (Lang::En, Self::Number) => "This does not look like the number of an approval.".to_owned(),
        }
    }

    fn suggestion(&self, lang: Lang) -> String {
        match (lang, self) {
            (Lang::Zh, Self::Unknown(_)) => "请从列表中重新选择。",
            (Lang::Zh, Self::Twice(_)) => "同类审批请只填写一项。",
            (Lang::Zh, Self::Number) => "请照批准文件填写完整的文号。",
            (Lang::En, Self::Unknown(_)) => "Choose from the list again.",
            (Lang::En, Self::Twice(_)) => "Enter each kind once.",
            (Lang::En, Self::Number) => "Enter the whole number as the document has it.",
        }
        .to_owned()
    }
}
