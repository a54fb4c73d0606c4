//! What the program says of the ledger and of backups, in Chinese.

use super::{
    desk_ledger::{BackupSay, LedgerSay},
    system_zh::because,
};
use app::ledger::Conflict;
use rulebook::Lang;

pub(super) fn ledger(say: &LedgerSay<'_>) -> String {
    match say {
        LedgerSay::Looked { report, decide } => {
            let decided =
                if *decide { format!("，重新判定 {} 条", report.decided) } else { String::new() };
            let newest = match &report.checkpoint {
                Some(newest) => format!("最新检查点：{} 条记录，根 {}。", newest.head.size, newest.head.root),
                None => "还没有检查点。".to_owned(),
            };
            let waiting = match report.waiting {
                0 => String::new(),
                waiting => format!(
                    "\n另有 {waiting} 条记录等待排定位置，不在核验之内；运行 kebei ledger seal 即可排定。"
                ),
            };
            format!(
                "已核验 {} 条记录、{} 个检查点{decided}。\n{newest}{waiting}",
                report.entries, report.checkpoints
            )
        }
        LedgerSay::LookedAtExport { entries, opening, closing, decided } => {
            let decided = decided.map(|decided| format!("，重新判定 {decided} 条")).unwrap_or_default();
            let from = if *opening == 0 {
                "从第一条起".to_owned()
            } else {
                format!("接在前 {opening} 条之后")
            };
            format!("已核验 {entries} 条记录，{from}，到 {closing} 条的检查点为止{decided}。")
        }
        LedgerSay::Sound => "台账没有问题。".to_owned(),
        LedgerSay::Mistake(mistake) => mistake.message(Lang::Zh),
        LedgerSay::Undecided { place, fault } => fault.message(*place, Lang::Zh),
        LedgerSay::BadExport { file, fault } => format!("{file} 与导出时不一致：{fault}。"),
        LedgerSay::More(more) => format!("另外还有 {more} 处问题。"),
        LedgerSay::BadKey { why } => format!("--key 无法识别：{why}；请照 kebei ledger key 的输出填写"),
        LedgerSay::NoCheckpoint => "台账还没有检查点；请运行 kebei ledger seal 签署".to_owned(),
        LedgerSay::NoCheckpointOf(size) => {
            format!("--since：没有 {size} 条记录的检查点；请填写此前某次导出或某个检查点的条数")
        }
        LedgerSay::Exported { file, size } => format!(
            "{file}：已导出到 {size} 条记录的检查点。收到文件的人可用 kebei ledger verify --export FILE --key KEY 核验；\
             公钥（kebei ledger key 的输出）请通过另外的途径交给对方。"
        ),
        LedgerSay::BadEntry { found } => format!("“{found}”不是记录的 ID"),
        LedgerSay::UnknownEntry { found } => format!("台账中没有记录 {found}"),
        LedgerSay::EntryWaits { found } => {
            format!("记录 {found} 还没有排定位置；运行 kebei ledger seal 即可排定")
        }
        LedgerSay::Sealed { placed, size } => {
            format!("{placed} 条记录已排定位置；{size} 条记录的检查点已签署，并写到数据库之外。")
        }
        LedgerSay::NothingToAccept => "数据库与库外检查点一致，没有需要接受的内容。".to_owned(),
        LedgerSay::WouldAccept { conflict: conflict @ Conflict::Missing { .. }, .. } => format!(
            "{}\n接受以后会写出新的检查点，台账会记下由谁接受。目前没有做任何改动。确认接受请运行：kebei ledger accept --yes",
            lost(conflict)
        ),
        LedgerSay::WouldAccept { conflict, checkpoint } => format!(
            "{}\n接受以后，检查点 {} 会改名保留，作为所失内容的证据；台账会记下由谁接受。目前没有做任何改动。确认接受请运行：kebei \
             ledger accept --yes",
            lost(conflict),
            checkpoint.display()
        ),
        LedgerSay::Accepted { kept: None } => "已接受，服务台恢复可写，并已在库外写出新的检查点。".to_owned(),
        LedgerSay::Accepted { kept: Some(kept) } => {
            format!(
                "已接受，服务台恢复可写。原检查点保留在 {}，请妥善保存，它能证明失去了什么。",
                kept.display()
            )
        }
        LedgerSay::NotAcceptable { fault } => {
            format!("数据库中的台账自相矛盾，不能接受：{fault}；请恢复备份")
        }
        LedgerSay::ChangedMeanwhile => "库外检查点刚被改动；请重新查看".to_owned(),
    }
}

/// What is lost when a database is accepted.
fn lost(conflict: &Conflict) -> String {
    match conflict {
        Conflict::Older { database, outside } => format!(
            "数据库中有 {database} 条记录，库外检查点记有 {outside} 条。接受后将放弃其中 {} 条：这些记录里签发、授权或拒绝过的\
             内容都会失去，客户手中可能有服务台不认识的服务号。",
            outside.saturating_sub(*database)
        ),
        Conflict::Rewritten { database, outside } => format!(
            "数据库中有 {database} 条记录，但与库外检查点（{outside} 条）不是同一份。接受后将放弃该检查点所证明的内容。"
        ),
        Conflict::Foreign(fault) => format!("库外检查点不属于这份台账：{fault}。接受后该检查点将被搁置。"),
        Conflict::Missing { file, since } => format!(
            "库外检查点缺失：自 {} 起一直保留，现在却找不到 {}。接受以后，此前的记录是否被改写或丢失，将无从核对。",
            rulebook::calendar::rfc3339(*since),
            file.display()
        ),
        Conflict::Unsound(fault) => format!("数据库中的台账自相矛盾：{fault}。"),
    }
}

pub(super) fn backup(say: &BackupSay<'_>) -> String {
    match say {
        BackupSay::FileThere { file } => format!("{} 已经存在，不会覆盖；请换一个文件名", file.display()),
        BackupSay::CannotMake { file, error } => format!("{} 无法写入{}", file.display(), because(error)),
        BackupSay::NotNoted { note, error } => format!(
            "备份完好，但 {} 无法写入{}；kebei doctor 不会显示这次备份",
            note.display(),
            because(error)
        ),
        BackupSay::OnServer { place } => format!(
            "{place} 请用 PostgreSQL 自己的工具备份。先复制服务台文件夹中的 ledger.checkpoint，然后运行\n  pg_dump --format=custom \
             --file=kebei.dump \"$KEBEI_DATABASE\"\n如需备份整个服务器，并能恢复到任意时刻：\n  pg_basebackup --pgdata=DIR \
             --wal-method=stream\n以上都不含主密钥；请把主密钥另外保存"
        ),
        BackupSay::RestoreOnServer => {
            "服务器上的数据库请用 PostgreSQL 自己的工具恢复到一个新数据库：\n  pg_restore --dbname=URL \
             kebei.dump\n然后运行 kebei ledger verify。服务台文件夹中的 ledger.checkpoint 请保持原样"
                .to_owned()
        }
        BackupSay::Made { file, checkpoint, fingerprint } => {
            let beside = checkpoint.as_ref().map_or_else(
                || "\n还没有库外检查点；运行 kebei ledger seal 即可写出。".to_owned(),
                |beside| format!("\n台账的检查点：{}。", beside.display()),
            );
            format!(
                "备份已写入 {}。{beside}\n备份中没有主密钥。请把主密钥（{fingerprint}）与备份分开保存；没有它，备份的内容无法打开。",
                file.display()
            )
        }
        BackupSay::Checked { entries, waiting } => {
            format!("已重新读取副本：数据页完整，台账 {entries} 条记录没有问题，{waiting} 条等待排定位置。")
        }
        BackupSay::NotChecked { found, known } => format!(
            "副本的数据页完整。台账没有核验：它由旧版 kebei 写成（结构版本 {found}，本程序读取 {known}）。"
        ),
        BackupSay::Fault { file, fault } => format!("{}：{fault}", file.display()),
        BackupSay::Unsound { file } => format!(
            "{} 已写入，但内容有上述问题。请运行 kebei doctor 和 kebei ledger verify，并保留更早的备份",
            file.display()
        ),
        BackupSay::DeskThere { place } => format!(
            "{place} 已有服务台，没有做任何改动。请用 --data 指定另一个文件夹，或用 --replace 替换（原数据库会保留在旁边）"
        ),
        BackupSay::Restored { place, kept } => {
            let kept = kept.map(|kept| format!("\n原数据库保留在 {}。", kept.display())).unwrap_or_default();
            format!("已恢复：{place}。{kept}")
        }
        BackupSay::NotRestored { file } => {
            format!("{} 有上述问题，没有恢复任何内容。请换用更早的备份", file.display())
        }
    }
}
