//! The page about the table, for operators.

use super::{RULES, Rule};
use rulebook::Lang;
use std::fmt::Write;

const ZH: &str = "# 保留期限\n\n由保留期限表生成，请勿手工修改。\n\n\
     下列内容保留到期后即被删除：`kebei serve` 每天自动执行一次，也可用 `kebei retention run` 执行；`kebei retention run --dry-run` 只统计、\
     不删除。每次执行在台账中留下一条记录，写明所依据的规则（各以其生效日期表示）和各项数量，不含个人信息。执行可随时中断，下次接着完成。规则自生效日期起适用，修改时另立新规则，旧规则保留在表中；每次执行适用当日有效的规则，最早的规则也适用于其生效之前。\n\n\
     | 内容 | 生效日期 | 期限 | 起算 | 依据 | 到期后 |\n| --- | --- | --- | --- | --- | --- |\n";
const ZH_END: &str = "\n不在表中的内容不会因时间被删除：台账、备案号及其历史、订单及其经过、备案服务号、黑名单，以及被驳回的订单（可以更正后再次提交）。\
                      回执每次都由备案号的历史或订单的经过和台账生成，不另行保存，因此始终与它们一致；台账和历史一直保留，回执也就一直可以取得。运行中的导入在结束时清理自己读入的行。备份中的内容见 [backup.zh.md](backup.zh.md)。\n";
const EN: &str = "# How long things are kept\n\nMade from the table of retention; not to be changed by hand.\n\n\
     Once its time is over, what is listed here is forgotten: by `kebei serve` once a day, or by `kebei retention run`; \
     `kebei retention run --dry-run` counts and forgets nothing. Each run leaves one entry in the ledger, with the rules that it went by, each by the day from which it is in force, and how \
     many things there were, and nothing personal. A run may be cut off at any time; the next one finishes it. A rule is in force from its day on; when it changes, another \
     follows and it stays in the table. A run goes by the rules of its own day; the first of them hold before their day, too.\n\n\
     | what | in force from | how long | since | by whom | then |\n| --- | --- | --- | --- | --- | --- |\n";
const EN_END: &str = "\nWhat is not in the table is not forgotten by time: the ledger, numbers and their history, orders and their steps, codes, the \
                      blacklist, and rejected orders, which can be corrected. Receipts are made of the history of a number, or of the steps of an order, and of the ledger \
                      each time they are asked for, and kept nowhere else: as those stay, so do they, and they never say anything else. An import \
                      clears the rows that it read when it ends. What backups still have is in [backup.en.md](backup.en.md).\n";

/// The page, in Markdown.
pub fn page(lang: Lang) -> String {
    let (text, end) = match lang {
        Lang::Zh => (ZH, ZH_END),
        Lang::En => (EN, EN_END),
    };
    let mut page = text.to_owned();
    for Rule { what, from, kept, source } in &RULES {
        let (words, days) = (what.words(lang), kept.as_hours() / 24);
        let days = match lang {
            Lang::Zh => format!("{days} 天"),
            Lang::En if days == 1 => "1 day".to_owned(),
            Lang::En => format!("{days} days"),
        };
        // Writing to a text does not fail.
        let _ = writeln!(
            page,
            "| {} (`{}`) | {from} | {days} | {} | {} | {} |",
            words.what,
            what.word(),
            words.from,
            source.words(lang),
            words.effect
        );
    }
    page + end
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{env, fs, path::PathBuf};

    #[test]
    fn the_committed_pages_are_those_of_the_table() {
        for lang in Lang::ALL {
            let file = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
                .join(format!("../../docs/retention.{}.md", lang.tag()));
            if env::var_os("KEBEI_WRITE_DOCS").is_some() {
                fs::write(&file, page(lang)).unwrap();
            }
            let found = fs::read_to_string(&file).unwrap_or_default();
            assert!(
                found == page(lang),
                "{} is stale: run this test with KEBEI_WRITE_DOCS=1",
                file.display()
            );
        }
    }
}
