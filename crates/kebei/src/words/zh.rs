//! What the program says, in Chinese.

use super::{Say, system_zh::because};
use rulebook::Lang;

pub(super) fn say(say: &Say<'_>) -> String {
    match say {
        Say::Failed { why } => format!("错误：{why}"),
        Say::CannotRead { file, error } => format!("{file}：无法读取{}", because(error)),
        Say::IsFolder { file } => format!("{file}：这是文件夹，请指定其中的文件"),
        Say::BadTime { found } => format!(
            "--at 的时间“{found}”无法识别；请写成 2020-11-01、\"2020-11-01 10:00\"（北京时间）或 2020-11-01T10:00:00+08:00"
        ),
        Say::FaultyRulebook { file, faults } => format!("{file}：共 {faults} 处错误，规则集没有载入"),
        Say::SoundRulebook { file, editions, products } => {
            format!("{file}：没有错误，共 {editions} 版，最新一版有 {products} 个产品")
        }
        Say::CannotWrite { error } => format!("无法写出结果{}", because(error)),
        Say::Tally(tally) => {
            let verdicts = tally.verdicts();
            let parts: Vec<String> =
                verdicts.iter().map(|(verdict, n)| format!("{} {n}", verdict.label(Lang::Zh))).collect();
            let colon = if parts.is_empty() { "" } else { "：" };
            let decided = format!("共判定 {} 个实例{colon}{}", tally.decided(), parts.join("，"));
            let bad =
                (tally.bad_records > 0).then(|| format!("另有 {} 条记录有误，未能判定", tally.bad_records));
            let unread = (tally.bad_files > 0).then(|| format!("{} 个文件无法读取", tally.bad_files));
            [Some(decided), bad, unread].into_iter().flatten().collect::<Vec<_>>().join("；")
        }
        Say::Estimated { edition, day, estimate } => {
            format!("注意：{edition} 版自 {day} 起适用，该日期并非文档明示{estimate}")
        }
        Say::NoDifference => "两版规则没有差别。".to_owned(),
        Say::Between { before, after } => format!("从 {before} 版到 {after} 版："),
        Say::Edition { name, edition, day, estimate, newest } => {
            let newest = if *newest { "，最新一版" } else { "" };
            format!("{name}，{edition} 版，自 {day}{estimate}起适用{newest}")
        }
        Say::EveryRow => {
            "所有产品都必须位于中国内地，并且没有到期。标“（推定）”的内容没有文档明确说明。".to_owned()
        }
        Say::OfFile { file, message } => format!("{file}：{message}"),
        Say::OfProduct { name, text } => format!("{name}：{text}。"),
    }
}
