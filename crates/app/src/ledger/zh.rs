//! What a ledger that is not as it was signed is said to be, in Chinese.

use super::{Conflict, Mistake, Undecided};

pub(super) fn mistake(mistake: &Mistake) -> String {
    match mistake {
        Mistake::Missing { place } => format!("记录 {place} 缺失。"),
        Mistake::Changed { place } => format!("记录 {place} 被改动：它不是当初排在这个位置的那一条。"),
        Mistake::Moved { place, belongs } => format!("记录 {place} 的位置不对，它应在 {belongs}。"),
        Mistake::Unreadable { place, fault } => format!("记录 {place} 无法读取：{fault}。"),
        Mistake::OtherTime { place } => format!("记录 {place} 存放的时间与它自身的时间不同。"),
        Mistake::Node { level, index } => format!("树的第 {level} 层第 {index} 个节点与其下的记录不符。"),
        Mistake::Beyond { entries, nodes } => format!("树的末尾之后多出 {entries} 条记录、{nodes} 个节点。"),
        Mistake::Checkpoint { size, fault } => format!("{size} 条记录的检查点不属于这份台账：{fault}。"),
        Mistake::OtherRoot { size } => format!("前 {size} 条记录与其检查点不符。"),
        Mistake::NoCheckpoint { size } => format!("没有涵盖全部 {size} 条记录的检查点。"),
        Mistake::Outside(conflict) => match conflict {
            Conflict::Older { database, outside } => format!(
                "库外检查点记有 {outside} 条记录，数据库中只有 {database} 条：这是较早的副本，或有记录被删除。"
            ),
            Conflict::Rewritten { database, outside } => format!(
                "台账（{database} 条记录）与库外检查点（{outside} 条）不是同一份：台账被改写，或者是另一份副本。"
            ),
            Conflict::Foreign(fault) => format!("库外检查点不属于这份台账：{fault}。"),
            Conflict::Missing { file, since } => format!(
                "库外检查点缺失：自 {} 起一直保留，现在却找不到 {}。",
                rulebook::calendar::rfc3339(*since),
                file.display()
            ),
            Conflict::Unsound(fault) => format!("台账自相矛盾：{fault}。"),
        },
        Mistake::Undecided { place, fault } => undecided(*place, fault),
    }
}

pub(super) fn undecided(place: u64, fault: &Undecided) -> String {
    let why = match fault {
        Undecided::NamesNone => "它没有写明规则集".to_owned(),
        Undecided::Missing { digest } => format!("手头没有它所用的规则集 {digest}"),
        Undecided::Unlike(fault) => fault.to_string(),
    };
    format!("记录 {place} 重新判定的结果与记载不符：{why}。")
}
