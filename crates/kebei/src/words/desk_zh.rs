//! What the program says of a desk, in Chinese.

use super::{
    desk::{DeskSay, Examined},
    system_zh::{because, original},
};
use crate::desk::master_key::NoMasterKey;
use app::{DeskError, ledger::Conflict, rulebooks::Broken};
use keys::{KeyState, MasterKeyError};
use rulebook::{Edition, Lang};
use store::StoreError;

pub(super) fn say(say: &DeskSay<'_>) -> String {
    match say {
        DeskSay::NoDesk { place } => {
            format!("{place} 没有服务台；请先用 kebei init 建立，或用 --data 指定它的文件夹")
        }
        DeskSay::DeskThere { place } => {
            format!("{place} 已有服务台，没有做任何改动；请用 --data 指定另一个文件夹")
        }
        DeskSay::Folder { folder, error } => {
            let why = because(error);
            format!("文件夹 {} 无法新建或写入{why}。请用 --data 指定另一个，或检查权限", folder.display())
        }
        DeskSay::MasterKey(fault) => master_key(fault),
        DeskSay::Store { place, error } => store(&place.to_string(), error),
        DeskSay::Desk { place, error } => desk(&place.to_string(), error),
        DeskSay::StoreIn { file, error } => store(&file.display().to_string(), error),
        DeskSay::DeskIn { file, error } => desk(&file.display().to_string(), error),
        DeskSay::Other { why } => format!("未能完成{}", original(why)),
        DeskSay::NoChance { why } => format!("操作系统无法提供随机数{}", original(why)),
        DeskSay::BadOperator { name } => {
            format!("--operator 的“{name}”无法记入台账；请用 1 到 128 字节、不含控制字符的名字")
        }
        DeskSay::SetUp { place, key, fingerprint, rulebook } => {
            set_up(&place.to_string(), *key, *fingerprint, rulebook)
        }
        DeskSay::Key { key, made } => {
            let state = match key.state {
                KeyState::Active => "使用中",
                KeyState::Retired => "已更换",
            };
            let left = key.left.map(|left| format!("，还有 {left} 项数据依赖它")).unwrap_or_default();
            format!("密钥 {}，{}：{state}，{made} 启用{left}", key.id, purpose(key.purpose.word()))
        }
        DeskSay::Rotated { added: 0, resealed, deleted } => format!(
            "已完成上一次没有做完的更换：重新加密 {resealed} 项数据，删除 {deleted} 个旧密钥。如需新密钥，请再运行一次。"
        ),
        DeskSay::Rotated { added, resealed, deleted } => {
            format!("已启用 {added} 个新密钥，重新加密 {resealed} 项数据，删除 {deleted} 个旧密钥。")
        }
        DeskSay::UnknownPurpose { purpose } => {
            format!("--purpose 的“{purpose}”不是可更换的密钥用途；请写 code、code-lookup、ledger 或 user")
        }
        DeskSay::MasterChanged { file, keys, fingerprint } => format!(
            "{keys} 个密钥已改由 {} 中的主密钥（{fingerprint}）保护。\n请用 --master-key-file {0} \
             重新启动服务台的所有进程；原主密钥只能打开此前的备份。",
            file.display(),
        ),
        DeskSay::MasterSame { file } => format!("{} 中的主密钥正在使用，没有做任何改动。", file.display()),
        DeskSay::Published { digest, dry_run: false } => format!("已发布规则集 {digest}。"),
        DeskSay::Published { digest, dry_run: true } => format!("可以发布规则集 {digest}。"),
        DeskSay::PublishedBefore => "当前适用的就是这份规则集，没有做任何改动。".to_owned(),
        DeskSay::AddedEdition { id, day, now: true } => {
            format!("{id} 版（{day} 起）从现在开始适用；此前的判定不变。")
        }
        DeskSay::AddedEdition { id, day, now: false } => format!("{id} 版将自 {day} 起适用。"),
        DeskSay::Breaks { file } => {
            format!("{file} 改动了已发布的内容，没有发布。请把改动写成新的一版，放在最后。")
        }
        DeskSay::Broken(broken) => lines_of(broken),
        DeskSay::Sound { what } => format!("正常  {}", examined(*what)),
        DeskSay::UnsoundSetting { fault } => format!("有误  {fault}"),
        DeskSay::Warning { what } => format!("注意  {what}"),
        DeskSay::Unsound { what, fault } => format!("有误  {}：{fault}", examined(*what)),
    }
}

/// What a key is for, with the word that `--purpose` takes.
fn purpose(word: &str) -> String {
    let what = match word {
        "code" => "加密服务号",
        "code-lookup" => "查找服务号",
        "ledger" => "加密台账的签名密钥",
        "user" => "加密用户的邮箱和签名密钥",
        _ => "本版本未知的用途",
    };
    format!("{what}（{word}）")
}

fn examined(what: Examined<'_>) -> String {
    match what {
        Examined::Place(place) => format!("服务台位于 {place}"),
        Examined::MasterKey => "主密钥".to_owned(),
        Examined::Unreadable => "数据库".to_owned(),
        Examined::Database(version) => format!("数据库可以打开，不会丢失数据，结构版本 {version}"),
        Examined::Keys(keys) => format!("{keys} 个密钥可以解开"),
        Examined::Codes(0) => "服务号：还没有可供抽查的".to_owned(),
        Examined::Codes(codes) => format!("抽查 {codes} 个服务号，可以解密"),
        Examined::Rulebook => "当前适用的规则集".to_owned(),
        Examined::Ledger { placed, waiting: 0 } => format!("台账的密钥可以解开，{placed} 条记录已排定位置"),
        Examined::Ledger { placed, waiting } => format!(
            "台账的密钥可以解开，{placed} 条记录已排定位置，{waiting} 条等待排定（kebei ledger seal）"
        ),
        Examined::Outside => "库外检查点与数据库的核对".to_owned(),
        Examined::NoOutside => {
            "还没有库外检查点，暂时无法核对数据库是否完整；服务台首次运行后写入".to_owned()
        }
        Examined::Clock(now) => format!("系统时间为 {}", rulebook::calendar::rfc3339(now)),
        Examined::LastBackup(last) => format!("最近一次备份：{last}"),
    }
}

fn set_up(
    place: &str,
    key: Option<(&std::path::Path, bool)>,
    fingerprint: keys::Fingerprint,
    rulebook: &str,
) -> String {
    let kept = match key {
        Some((file, true)) => format!("新的主密钥保存在 {}（{fingerprint}）。", file.display()),
        Some((file, false)) => format!("主密钥使用 {} 中已有的（{fingerprint}）。", file.display()),
        None => format!("主密钥使用 KEBEI_MASTER_KEY 给出的（{fingerprint}）。"),
    };
    format!(
        "服务台已建立：{place}，适用{rulebook}的规则。\n{kept}\n请另存一份主密钥，与数据库及其备份分开存放；没有它，\
         服务台加密保存的内容将永远无法打开。"
    )
}

fn master_key(fault: &NoMasterKey) -> String {
    match fault {
        NoMasterKey::File(file, error) => format!(
            "主密钥文件 {} 无法读取或新建{}。请用 --master-key-file 指定它的位置",
            file.display(),
            because(error)
        ),
        NoMasterKey::NotAFile(file) => format!("主密钥 {} 不是普通文件", file.display()),
        NoMasterKey::Open(file, mode) => {
            format!("其他人可以使用主密钥文件 {0}（权限 {mode:04o}）；请运行：chmod 600 {0}", file.display())
        }
        NoMasterKey::Foreign(file) => format!(
            "主密钥文件 {} 属于其他用户；请让 root 用 chown 把它交给运行 kebei 的用户",
            file.display()
        ),
        NoMasterKey::Wrong(file, error) => format!("{} 中没有主密钥：{}", file.display(), no_key(*error)),
        NoMasterKey::Variable(error) => format!("KEBEI_MASTER_KEY 不是主密钥：{}", no_key(*error)),
        NoMasterKey::NoChance => "操作系统无法提供生成主密钥的随机数".to_owned(),
    }
}

fn no_key(error: MasterKeyError) -> String {
    match error {
        MasterKeyError::Length { found } => {
            format!("应为 64 个十六进制字符或 44 个 base64 字符，实际有 {found} 个字符")
        }
        MasterKeyError::NotHex { at } => format!("应为 64 个十六进制字符，第 {at} 个不是"),
        MasterKeyError::NotBase64 => "应为 32 字节的 base64，这 44 个字符不是".to_owned(),
        MasterKeyError::Placeholder => "应为 32 个随机字节，实际是同一字节的重复".to_owned(),
    }
}

fn desk(place: &str, error: &DeskError) -> String {
    match error {
        DeskError::Store(error) => store(place, error),
        DeskError::Damaged(app::Damage::NoDesk) => format!("{place} 没有服务台；请先用 kebei init 建立"),
        DeskError::Damaged(damage) => {
            format!("{place} 已损坏：{damage}。请运行 kebei doctor；如仍提示损坏，请恢复备份")
        }
        DeskError::WrongMasterKey { needed, given } => format!(
            "主密钥不对：{place} 需要 {needed}，给出的是 {given}。请用 --master-key-file 指定正确的主密钥"
        ),
        DeskError::ReadOnly(conflict) => read_only(place, conflict),
        DeskError::Outside(error) => {
            format!("库外检查点无法读写{}。请检查该文件及所在文件夹的权限", original(error))
        }
        DeskError::ClockBehind { now, followed } => {
            format!("本机时间 {now} 早于已记录的时间 {followed}；请先校准时间再试")
        }
        DeskError::Unwritable(fault) => format!("内容无法写入台账：{fault}"),
        DeskError::Busy => "正在处理的任务太多，请稍后再试".to_owned(),
        DeskError::BrokeOff(fault) => format!("任务意外中断，这是程序缺陷：{fault}"),
        DeskError::Password(fault) => format!("密码无法处理：{fault}"),
        DeskError::Unrecognised(_) => "这个密钥已失效，请换用其他密钥".to_owned(),
        DeskError::Unsettled(_) => {
            format!("{place} 的密钥或规则集一直在变；请等其他人改完后再试")
        }
    }
}

/// Why nothing is written, and what an operator does about it.
fn read_only(place: &str, conflict: &Conflict) -> String {
    match conflict {
        Conflict::Older { database, outside } => format!(
            "{place} 的台账只有 {database} 条，而库外检查点记有 {outside} 条：可能恢复了较早的备份，或有记录被删除。\
             目前只读；请先核实，确认后运行 kebei ledger accept"
        ),
        Conflict::Rewritten { database, outside } => format!(
            "{place} 的台账（{database} 条）与库外检查点（{outside} 条）不是同一份：台账被改写，或者是另一份副本。\
             目前只读；请先核实，确认后运行 kebei ledger accept"
        ),
        Conflict::Foreign(fault) => format!(
            "库外检查点不属于 {place} 的台账：{fault}。目前只读；请确认文件夹没有弄错，确认后运行 kebei ledger accept"
        ),
        Conflict::Missing { file, since } => format!(
            "{place} 的库外检查点缺失：自 {} 起一直保留，现在却找不到 {}；没有它，台账被改写或丢失记录都无从发现。目前只读；\
             请查明文件被谁移走、--data 指定的文件夹是否正确，并放回该文件（服务台的其他机器和备份旁都有副本）；如果决定\
             不再找回，请运行 kebei ledger accept",
            rulebook::calendar::rfc3339(*since),
            file.display()
        ),
        Conflict::Unsound(fault) => {
            format!("{place} 的台账自相矛盾：{fault}。目前只读；请运行 kebei ledger verify，并恢复备份")
        }
    }
}

fn store(place: &str, error: &StoreError) -> String {
    match error {
        StoreError::InUse(_) => format!("{place} 正被另一进程使用；请先停止该进程，或改用 PostgreSQL"),
        StoreError::NotWritable { .. } => {
            format!("{place} 无法写入；请检查文件夹权限，或用 --data 指定另一个文件夹")
        }
        StoreError::Newer { found, known } => {
            format!(
                "{place} 由更新版的 kebei 写成（结构版本 {found}，本程序只认识 {known}）；请使用更新的版本"
            )
        }
        StoreError::Older { found, known } => format!(
            "{place} 由旧版 kebei 写成（结构版本 {found}，本程序读取 {known}）；下次以可写方式打开时会自动升级"
        ),
        StoreError::ReadOnly => "数据库由另一进程写入，这里只能读取".to_owned(),
        StoreError::NotReadable { path, source } => {
            format!("{} 无法读取{}", path.display(), original(source))
        }
        StoreError::NoConnection(why) => {
            format!("{place} 无法连接{}。请确认服务器已启动，地址和密码正确", original(why))
        }
        StoreError::Address(_) => {
            "数据库地址无法使用；请在 --database 或 KEBEI_DATABASE 中写成 postgres://用户:密码@主机/数据库，\
             并检查 --database-ca"
                .to_owned()
        }
        StoreError::NotDurable { setting, found, wanted } => {
            format!("{place} 可能丢失已确认的数据：{setting} 为 {found}，请改为 {wanted}")
        }
        StoreError::Folder(path) => {
            format!("{} 是文件夹；请指定其中的数据库文件", path.display())
        }
        StoreError::NotADatabase(path) => {
            format!("{} 不是 kebei 的数据库；请用 --data 指定正确的文件夹", path.display())
        }
        StoreError::Full => "磁盘已满，这次的内容没有保存；请腾出空间后再试".to_owned(),
        StoreError::Damaged(_) => damaged(place, ""),
        error if error.is_damage() => damaged(place, &original(error)),
        error => format!("{place} 出错{}", original(error)),
    }
}

fn damaged(place: &str, why: &str) -> String {
    format!("{place} 已损坏{why}。请先停止服务台，另存现有文件，再用 kebei restore 恢复最近的备份")
}

fn lines_of(broken: &Broken) -> String {
    match broken {
        Broken::Missing(edition) => format!("缺少 {} 版", edition.id),
        Broken::Region(pattern) => format!("地域 {pattern} 的归属与此前不同"),
        Broken::Changed { before, after } => {
            let mut text = format!("{} 版有改动：", before.id);
            for line in changes(before, after) {
                text.push_str("\n  - ");
                text.push_str(&line);
            }
            text
        }
    }
}

fn changes(before: &Edition, after: &Edition) -> Vec<String> {
    let mut found = Vec::new();
    if before.effective != after.effective {
        found.push(format!("适用日期由 {} 改为 {}。", before.effective, after.effective));
    }
    found.extend(rulebook::diff(before, after).iter().map(|change| change.message(Lang::Zh)));
    if found.is_empty() {
        found.push("出处、备注或“推定”标记有改动。".to_owned());
    }
    found
}
