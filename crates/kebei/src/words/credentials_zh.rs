//! What the program says of imports of logins, in Chinese.

use super::{credentials::CredentialSay, system_zh::original};
use crate::commands::import::credentials::{Counts, Rejected};
use app::{
    BadPhc,
    verification::{LoginFault, LoginRecorded},
};
use rulebook::Lang;

pub(super) fn say(say: &CredentialSay<'_>) -> String {
    match say {
        CredentialSay::Row { file, outcome } => {
            let instance = outcome.instance.as_ref().map(|id| format!("（{id}）")).unwrap_or_default();
            format!("{file} 第 {} 行{instance}：{}", outcome.line, came_to(&outcome.came_to))
        }
        CredentialSay::Outcome(outcome) => came_to(outcome),
        CredentialSay::Done { counts, dry_run } => {
            let Counts { read, new, changed, same, rejected } = counts;
            let text = format!(
                "读取 {read} 行：新增 {new} 行，变更 {changed} 行，{same} 行没有变化，{rejected} 行未能导入。"
            );
            if *dry_run { format!("{text}\n以上只是报告，没有做任何改动。") } else { text }
        }
        CredentialSay::Interrupted { dry_run: true, counts } => {
            format!("报告在读取 {} 行之后中止。", counts.read)
        }
        CredentialSay::Interrupted { counts, dry_run: false } => format!(
            "导入在处理 {} 行之后中止，其中新增 {} 行，变更 {} 行。这些行已经保存；请再次运行同一命令，完成其余部分。",
            counts.read, counts.new, counts.changed
        ),
        CredentialSay::Working => "正在比对和计算密码哈希".to_owned(),
    }
}

fn came_to(outcome: &Result<LoginRecorded, Rejected>) -> String {
    match outcome {
        Ok(LoginRecorded::New) => "新增。".to_owned(),
        Ok(LoginRecorded::Changed) => "用户名、主机名或密码有变更。".to_owned(),
        Ok(LoginRecorded::Same) => "没有变化。".to_owned(),
        Err(Rejected::Unread(faults)) => faults.iter().map(|fault| fault.message(Lang::Zh)).collect(),
        Err(Rejected::Repeated(line)) => format!("与第 {line} 行是同一台主机，每台主机请只保留一行。"),
        Err(Rejected::BadPhc(fault)) => bad_phc(*fault),
        Err(Rejected::Login(fault)) => login(fault),
    }
}

fn bad_phc(fault: BadPhc) -> String {
    match fault {
        BadPhc::Malformed => {
            "密码哈希不是完整的 PHC 字符串，应形如 $argon2id$v=19$m=19456,t=2,p=1$盐$哈希。".to_owned()
        }
        BadPhc::OtherFunction => "密码哈希不是 argon2id（版本 19），无法用来比对。".to_owned(),
        BadPhc::TooCostly => "密码哈希的计算量过大：内存最多 262144 KiB，最多 10 轮、4 路并行。".to_owned(),
    }
}

fn login(fault: &LoginFault) -> String {
    match fault {
        LoginFault::UnknownInstance(id) => {
            format!("没有实例 {id}，或该实例已释放。请先用 kebei import instances 导入实例列表。")
        }
        LoginFault::NotByPassword(product) => format!("该实例的产品是 {product}，不用用户名和密码验证。"),
        LoginFault::BadName => "主机要有用户名或主机名，每个最多 255 字节。".to_owned(),
        LoginFault::NameTaken => {
            "另一台主机已使用该用户名或主机名，请为每台主机填写各自的名称；如果是两台主机互换了名称，请再导入一次。"
                .to_owned()
        }
        LoginFault::Desk(error) => format!("未能完成{}。", original(error)),
    }
}
