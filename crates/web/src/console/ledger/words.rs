//! What the pages of the ledger say.

use crate::console::words::either;
use app::ledger::LedgerReport;
use rulebook::Lang;

pub(super) struct Words {
    pub(super) title: &'static str,
    pub(super) lead: &'static str,
    pub(super) checkpoint: &'static str,
    pub(super) none: &'static str,
    pub(super) size: &'static str,
    pub(super) root: &'static str,
    pub(super) signed: &'static str,
    pub(super) waiting: &'static str,
    pub(super) key: &'static str,
    pub(super) key_hint: &'static str,
    pub(super) note: &'static str,
    pub(super) verify: &'static str,
    pub(super) verify_hint: &'static str,
    pub(super) entries: &'static str,
    pub(super) find: &'static str,
    pub(super) find_hint: &'static str,
    pub(super) look: &'static str,
    pub(super) not_found: &'static str,
    pub(super) place: &'static str,
    pub(super) when: &'static str,
    pub(super) what: &'static str,
    pub(super) by: &'static str,
    pub(super) about: &'static str,
    pub(super) unreadable: &'static str,
    pub(super) first: &'static str,
    pub(super) older: &'static str,
    pub(super) no_more: &'static str,
    pub(super) export: &'static str,
    pub(super) export_lead: &'static str,
    pub(super) since: &'static str,
    pub(super) since_hint: &'static str,
    pub(super) download: &'static str,
    pub(super) export_next: &'static str,
    pub(super) verification: &'static str,
    pub(super) sound: &'static str,
    pub(super) unsound: &'static str,
    pub(super) what_now: &'static str,
    pub(super) too_long: &'static str,
    pub(super) again: &'static str,
    pub(super) back: &'static str,
    pub(super) id: &'static str,
    pub(super) kind: &'static str,
    pub(super) edition: &'static str,
    pub(super) rulebook: &'static str,
    pub(super) commitments: &'static str,
    pub(super) commitments_hint: &'static str,
    pub(super) decided: &'static str,
    pub(super) decided_hint: &'static str,
    pub(super) proof: &'static str,
    pub(super) proven: &'static str,
    pub(super) waits: &'static str,
    pub(super) not_proven: &'static str,
    pub(super) leaf: &'static str,
    pub(super) hashes: &'static str,
    pub(super) of_checkpoint: &'static str,
    pub(super) get_proof: &'static str,
    pub(super) outside: &'static str,
    pub(super) steps: &'static [&'static str],
}

pub(super) const fn words(lang: Lang) -> &'static Words {
    either(lang, &ZH, &EN)
}

const ZH: Words = Words {
    title: "台账",
    lead: "备案服务台的每一次办理和判定都在台账中留有一条记录。记录按顺序排定位置，由签名的检查点覆盖，事后改动、删除或插入都能被发现。",
    checkpoint: "最新检查点",
    none: "还没有检查点。第一条记录排定位置以后就会签署，通常只要几秒。",
    size: "记录数",
    root: "根",
    signed: "签署时间",
    waiting: "等待排定位置",
    key: "公钥",
    key_hint: "凭它可以核验检查点、证明和导出文件。请另外保存一份，不要只依赖本页面。",
    note: "检查点原文",
    verify: "立即核验",
    verify_hint: "逐条核对数据库中的记录、树和全部检查点，并按当时的规则集重新判定。",
    entries: "记录",
    find: "查找记录",
    find_hint: "填写记录的编号或位置，位置从 0 开始。备案号回执上的“回执编号”就是记录的编号。",
    look: "查找",
    not_found: "没有这条记录。请检查编号；位置从 0 开始，要小于记录数。",
    place: "位置",
    when: "时间",
    what: "事项",
    by: "办理人",
    about: "涉及",
    unreadable: "这条记录已损坏，无法读取",
    first: "回到最新的记录",
    older: "更早的记录",
    no_more: "没有更早的记录了。",
    export: "导出",
    export_lead: "导出的文件包含截至最新检查点的全部记录，不需要数据库就能核验。文件中没有个人信息。",
    since: "从哪个检查点之后开始",
    since_hint: "填写以前某次导出的记录数，只导出之后的部分。不填则导出全部。",
    download: "导出台账",
    export_next: "收到文件的人运行 kebei ledger verify --export 文件 --key 公钥 即可核验。公钥请通过另外的途径交给对方。",
    verification: "核验台账",
    sound: "台账没有问题",
    unsound: "台账有问题",
    what_now: "请保留现场，不要重启或恢复服务台，立即联系运维人员：先保存数据库和库外检查点的副本，再运行 kebei doctor 和 kebei ledger verify。",
    too_long: "记录太多，没能在页面上核验完。请在服务器上运行 kebei ledger verify --decide，或者导出台账后在其他机器上核验。",
    again: "再核验一次",
    back: "返回台账",
    id: "编号",
    kind: "类别",
    edition: "规则版本",
    rulebook: "规则集的 SHA-256",
    commitments: "对个人信息的承诺",
    commitments_hint: "台账不保存个人信息，只保存承诺值。凭原文和随机数可以证明当时填写的就是它；密钥销毁后无法还原。",
    decided: "判定依据",
    decided_hint: "当时问的是什么、查到什么、有哪些不通过的原因，按写入时的原样显示。",
    proof: "证明",
    proven: "已核对：这条记录在台账中，受下面的检查点覆盖。",
    waits: "这条记录还没有排定位置，通常几秒后就有证明。请稍后刷新。",
    not_proven: "数据库中的内容不能证明这条记录在台账中。请立即核验台账。",
    leaf: "叶子哈希的位置",
    hashes: "从叶子到根的哈希",
    of_checkpoint: "所依据的检查点",
    get_proof: "下载证明（JSON）",
    outside: "如何在服务台之外核对",
    steps: &[
        "下载证明，把其中的 entry 从 base64 解码，在前面加上一个值为 0 的字节，计算 SHA-256，得到叶子哈希。",
        "按 RFC 9162 第 2.1.3.2 节，用 place 和 hashes 从叶子哈希逐级算出根。",
        "与 checkpoint 第三行的根比较；第二行是记录数。",
        "用另外保存的公钥核验 checkpoint 的签名（C2SP signed note）。也可以导出台账，运行 kebei ledger verify --export 一次核验全部记录。",
    ],
};

const EN: Words = Words {
    title: "Ledger",
    lead: "Everything that the desk does or decides leaves an entry here. Entries take their places in order and are covered by signed checkpoints, so that whatever is changed, taken away or put in afterwards is found.",
    checkpoint: "Newest checkpoint",
    none: "There is no checkpoint yet. One is signed once the first entry has its place, usually within seconds.",
    size: "Entries",
    root: "Root",
    signed: "Signed",
    waiting: "Waiting for their places",
    key: "Public key",
    key_hint: "It verifies checkpoints, proofs and exports. Keep a copy elsewhere, and do not rely on this page alone.",
    note: "The checkpoint as it was signed",
    verify: "Verify now",
    verify_hint: "Every entry, the tree and every checkpoint in the database are looked at, and every decision is decided again by the rulebook of its time.",
    entries: "Entries",
    find: "Look an entry up",
    find_hint: "Its id, or its place, counted from 0. The reference on a receipt of a filing number is the id of an entry.",
    look: "Look up",
    not_found: "There is no such entry. Check the id; places are counted from 0 and are less than the number of entries.",
    place: "Place",
    when: "When",
    what: "What",
    by: "By whom",
    about: "About",
    unreadable: "this entry is damaged and cannot be read",
    first: "Back to the newest entries",
    older: "Older entries",
    no_more: "There are no older entries.",
    export: "Export",
    export_lead: "The file has every entry up to the newest checkpoint, and is verified without the database. There is no personal data in it.",
    since: "After which checkpoint",
    since_hint: "The number of entries of an earlier export: only what came after it is exported. Leave it empty for everything.",
    download: "Export the ledger",
    export_next: "Whoever gets the file verifies it with kebei ledger verify --export FILE --key KEY. Let them have the key by another way.",
    verification: "Verification of the ledger",
    sound: "The ledger is sound",
    unsound: "The ledger is not sound",
    what_now: "Leave everything as it is: do not restart or restore the desk. Tell whoever runs it at once: first copies of the database and of the checkpoint outside it, then kebei doctor and kebei ledger verify.",
    too_long: "There are too many entries to verify them on a page. Run kebei ledger verify --decide on the server, or export the ledger and verify it elsewhere.",
    again: "Verify again",
    back: "Back to the ledger",
    id: "Id",
    kind: "Kind",
    edition: "Edition",
    rulebook: "SHA-256 of the rulebook",
    commitments: "Personal data committed to",
    commitments_hint: "The ledger has no personal data, only commitments: with the text and its random number it can be shown what was filled in, and once the key is destroyed nothing can.",
    decided: "What it was decided on",
    decided_hint: "What was asked, what was found and why it was refused, as it was written.",
    proof: "Proof",
    proven: "Verified: this entry is in the ledger, under the checkpoint below.",
    waits: "This entry has no place yet. There is a proof within seconds: reload in a moment.",
    not_proven: "What is in the database does not prove that this entry is in the ledger. Verify the ledger at once.",
    leaf: "Place of its leaf",
    hashes: "Hashes from the leaf to the root",
    of_checkpoint: "Checkpoint it is held against",
    get_proof: "Download the proof (JSON)",
    outside: "How to check it outside the desk",
    steps: &[
        "Download the proof. Decode its “entry” from base64, put one byte of value 0 in front, and take SHA-256: that is the hash of the leaf.",
        "From the hash of the leaf, with “place” and “hashes”, work out the root as RFC 9162, section 2.1.3.2 says.",
        "Compare it with the root, the third line of “checkpoint”; its second line is the number of entries.",
        "Verify the signature of “checkpoint” with the key that you kept elsewhere (C2SP signed note). Or export the ledger: kebei ledger verify --export verifies every entry at once.",
    ],
};

/// How much of it was looked at.
pub(super) fn looked(report: &LedgerReport, at: &str, lang: Lang) -> String {
    let LedgerReport { entries, checkpoints, decided, .. } = report;
    match lang {
        Lang::Zh => {
            format!("{at}核验了 {entries} 条记录、{checkpoints} 个检查点，重新判定了其中 {decided} 条。")
        }
        Lang::En => format!(
            "Looked at on {at}: {entries} entries and {checkpoints} checkpoints; {decided} decisions decided again."
        ),
    }
}

/// What was not looked at, because it waits for its place.
pub(super) fn not_covered(waiting: u64, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("另有 {waiting} 条记录等待排定位置，不在核验之内。"),
        Lang::En => format!("Waiting for their places, and not covered: {waiting}."),
    }
}

/// So many more mistakes are not named.
pub(super) fn more(more: u64, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("另外还有 {more} 处问题。"),
        Lang::En => format!("There are {more} more mistakes."),
    }
}

/// The title of an entry.
pub(super) fn entry(place: Option<u64>, lang: Lang) -> String {
    match (lang, place) {
        (Lang::Zh, Some(place)) => format!("台账记录 {place}"),
        (Lang::Zh, None) => "台账记录（等待排定位置）".to_owned(),
        (Lang::En, Some(place)) => format!("Entry {place} of the ledger"),
        (Lang::En, None) => "An entry that waits for its place".to_owned(),
    }
}

/// There is no checkpoint with which an export could begin.
pub(super) fn no_checkpoint_of(size: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => {
            format!("没有“{size}”条记录的检查点。请填写以前某次导出或某个检查点的记录数，或者留空导出全部。")
        }
        Lang::En => format!(
            "There is no checkpoint of “{size}” entries. Give the size of an earlier export or checkpoint, or leave it empty."
        ),
    }
}
