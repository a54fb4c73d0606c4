//! [`super::dry_run`] in Chinese.

use super::dry_run::SayOfDryRun;
use rulebook::Effect;

pub(super) fn say(say: &SayOfDryRun<'_>) -> String {
    match say {
        SayOfDryRun::MoreChange { count } => {
            format!("另有 {count} 个实例也有变化；用 --format json 可逐一列出。")
        }
        SayOfDryRun::Gone { labels } => format!("不再有：{}", labels.join("、")),
        SayOfDryRun::Added { labels } => format!("新增：{}", labels.join("、")),
        SayOfDryRun::GainedBy { label, count } => format!("{count} 个因不再“{label}”而变为可备案"),
        SayOfDryRun::LostBy { label, count } => format!("{count} 个因“{label}”而不再可备案"),
        SayOfDryRun::Total(tally) => {
            let told = Effect::ALL.into_iter().filter(|effect| tally.of(*effect) > 0);
            let told: Vec<_> = told
                .map(|effect| format!("{} {} 个", effect.label(rulebook::Lang::Zh), tally.of(effect)))
                .collect();
            if told.is_empty() {
                "没有实例。".to_owned()
            } else {
                format!("共 {} 个实例：{}。", tally.held(), told.join("，"))
            }
        }
        SayOfDryRun::Bad { records, files } => {
            format!("{records} 条记录有误，{files} 个文件无法读取，未计算在内。")
        }
    }
}
