//! What the program says of imports of filings, in Chinese.

use super::filings::FiledSay;
use crate::commands::import::filings::{Counts, Outcome, Unread};
use app::registry::{FilingCameTo, Trouble};
use rulebook::Lang;

pub(super) fn say(say: &FiledSay<'_>) -> String {
    match say {
        FiledSay::NotText => "不是 UTF-8 文本，请用该编码保存文件".to_owned(),
        FiledSay::NotASubject => "每行应为一个 JSON 对象：一个主体及其网站".to_owned(),
        FiledSay::NoState { path } => {
            format!("“{path}”应为 active（正常）、access-dropped（已取消接入）或 cancelled（已注销）")
        }
        FiledSay::Line { file, outcome } => {
            let Outcome { line, number, came_to } = outcome;
            let number = number.as_ref().map(|number| format!("（{number}）")).unwrap_or_default();
            format!("{file} 第 {line} 行{number}：{}", told(came_to))
        }
        FiledSay::More(more) => format!("另有 {more} 行没有处理。"),
        FiledSay::Done { counts, applies } => {
            let Counts { read, new, grown, unchanged, differs, conflicting, rejected } = counts;
            let text = format!(
                "共读取 {read} 条备案：新增 {new} 条，新增网站 {grown} 条，无变化 {unchanged} 条，与现有不一致 {differs} 条，\
                 冲突 {conflicting} 条，未能导入 {rejected} 条。"
            );
            if *applies {
                text
            } else {
                format!("{text}\n这只是报告，没有写入。要写入，请加上 --apply。")
            }
        }
        FiledSay::Interrupted { counts, applies: false } => format!("报告在 {} 条备案后中断。", counts.read),
        FiledSay::Interrupted { counts, applies: true } => format!(
            "导入在 {} 条备案后中断，其中新增 {} 条。已写入的会保留，请再次运行同一命令完成导入。",
            counts.read, counts.new
        ),
    }
}

fn told(came_to: &Result<FilingCameTo, Unread>) -> String {
    match came_to {
        Ok(FilingCameTo::New { .. }) => "新增。".to_owned(),
        Ok(FilingCameTo::Grown { websites }) => format!("新增网站：{}。", websites.join("、")),
        Ok(FilingCameTo::Unchanged) => "无变化。".to_owned(),
        Ok(FilingCameTo::Differs { paths }) => {
            format!(
                "与这里已备案的内容不一致（{}），没有处理。已备案的内容请通过订单变更。",
                paths.join("、")
            )
        }
        Ok(FilingCameTo::Conflicting(troubles)) => format!("冲突。{}", all(troubles)),
        Ok(FilingCameTo::Rejected(troubles)) => format!("未能导入。{}", all(troubles)),
        Err(Unread::Form(wrong)) => format!("未能导入：{}。", wrong.join("；")),
        Err(Unread::TooLong(most)) => format!("未能导入：超过 {most} 字节。"),
        Err(Unread::Repeated { path, line }) => {
            format!("未能导入。{path}：与第 {line} 行相同，请只保留一处。")
        }
        Err(Unread::Desk(error)) => format!("没有完成：{error}。"),
    }
}

fn all(troubles: &[Trouble]) -> String {
    let each = troubles.iter().map(|Trouble { path, what }| {
        format!("{path}：{}{}", what.message(Lang::Zh), what.suggestion(Lang::Zh))
    });
    each.collect()
}
