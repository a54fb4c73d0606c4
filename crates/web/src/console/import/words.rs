//! What the pages of imports say.

use crate::console::words::either;
use app::instances::{ImportCounts, ImportState, LinesOf};
use rulebook::Lang;

pub(super) struct Words {
    pub(super) title: &'static str,
    pub(super) lead: &'static str,
    pub(super) is_open: &'static str,
    pub(super) file: &'static str,
    pub(super) file_hint: &'static str,
    pub(super) no_file: &'static str,
    pub(super) broken: &'static str,
    pub(super) owner: &'static str,
    pub(super) owner_hint: &'static str,
    pub(super) whole: &'static str,
    pub(super) complete: &'static str,
    pub(super) complete_hint: &'static str,
    pub(super) is_complete: &'static str,
    pub(super) is_part: &'static str,
    pub(super) read: &'static str,
    pub(super) read_hint: &'static str,
    pub(super) before: &'static str,
    pub(super) none: &'static str,
    pub(super) made: &'static str,
    pub(super) by: &'static str,
    pub(super) state: &'static str,
    pub(super) counts: &'static str,
    pub(super) one: &'static str,
    pub(super) is_reading: &'static str,
    pub(super) is_applying: &'static str,
    pub(super) reload: &'static str,
    pub(super) rows: &'static str,
    pub(super) unknown_products: &'static str,
    pub(super) applied: &'static str,
    pub(super) what: &'static str,
    pub(super) no_rows: &'static str,
    pub(super) instance: &'static str,
    pub(super) place: &'static str,
    pub(super) note: &'static str,
    pub(super) first: &'static str,
    pub(super) next: &'static str,
    pub(super) apply: &'static str,
    pub(super) consent_missing: &'static str,
    pub(super) moved: &'static str,
    pub(super) abandon: &'static str,
    pub(super) abandon_hint: &'static str,
}

pub(super) const fn words(lang: Lang) -> &'static Words {
    either(lang, &ZH, &EN)
}

const ZH: Words = Words {
    title: "导入产品实例",
    lead: "上传产品实例列表，先看清会新增、变化、释放哪些实例，有哪些行没有采用，确认以后再应用。",
    is_open: "还有一个导入没有办完，请先应用或放弃：",
    file: "列表文件",
    file_hint: "云厂商接口返回的 JSON、JSON Lines、CSV 或 Excel（XLSX），最大 64 MB。更大的文件请用 kebei import 导入。",
    no_file: "请选择列表文件。",
    broken: "文件没有传完，请重新上传。",
    owner: "默认账号",
    owner_hint: "列表中没有写明购买账号的实例归这个账号。可以不填。",
    whole: "列表范围",
    complete: "这是完整的列表",
    complete_hint: "选择以后，列表中没有的实例会当作已释放。",
    is_complete: "完整的列表",
    is_part: "部分实例",
    read: "读取列表",
    read_hint: "读取后先看报告，不会直接应用。",
    before: "以前的导入",
    none: "还没有导入过。",
    made: "开始时间",
    by: "办理人",
    state: "状态",
    counts: "结果",
    one: "导入报告",
    is_reading: "正在读取列表，离开页面也会继续。",
    is_applying: "正在应用，离开页面也会继续。",
    reload: "刷新",
    rows: "读到的行数",
    unknown_products: "规则中没有的产品",
    applied: "已应用",
    what: "逐行结果",
    no_rows: "没有这样的行。",
    instance: "实例",
    place: "位置",
    note: "说明",
    first: "回到第一页",
    next: "下一页",
    apply: "应用导入",
    consent_missing: "请先核对将要释放的实例，再勾选确认。",
    moved: "这个导入的状态刚刚变了，没有办理。请看下面的最新状态。",
    abandon: "放弃导入",
    abandon_hint: "放弃后什么都不会改变，可以重新上传。",
};

const EN: Words = Words {
    title: "Import instances",
    lead: "Upload a list of instances, see first what is new, changed and gone by it and which rows are not taken, and then apply it.",
    is_open: "An import is open, and has to be applied or abandoned first:",
    file: "The list",
    file_hint: "JSON as providers answer it, JSON lines, CSV or XLSX, of 64 MB at most. Larger ones are imported with kebei import.",
    no_file: "Choose a file with the list.",
    broken: "The file did not arrive whole. Please upload it again.",
    owner: "Account where none is named",
    owner_hint: "Whose instances they are that do not say who bought them. Not needed.",
    whole: "Extent of the list",
    complete: "The list is complete",
    complete_hint: "Instances that a complete list does not name are taken to be gone.",
    is_complete: "complete",
    is_part: "some instances",
    read: "Read the list",
    read_hint: "You see a report first. Nothing is applied yet.",
    before: "Imports before",
    none: "Nothing was imported yet.",
    made: "Begun",
    by: "By whom",
    state: "State",
    counts: "What it came to",
    one: "Report of an import",
    is_reading: "The list is being read, also when you leave this page.",
    is_applying: "It is being applied, also when you leave this page.",
    reload: "Reload",
    rows: "Rows read",
    unknown_products: "Products that no rule knows",
    applied: "Applied",
    what: "Row by row",
    no_rows: "There are no such rows.",
    instance: "Instance",
    place: "Where",
    note: "What is to be known",
    first: "Back to the first page",
    next: "Next page",
    apply: "Apply the import",
    consent_missing: "Look at the instances that would be gone, and then tick the box.",
    moved: "The import has moved on meanwhile, and nothing was done. See below how it stands now.",
    abandon: "Abandon the import",
    abandon_hint: "Nothing is changed then, and another list can be uploaded.",
};

/// How far an import is.
pub(super) const fn state(state: ImportState, lang: Lang) -> &'static str {
    match (lang, state) {
        (Lang::Zh, ImportState::Staging) => "正在读取",
        (Lang::Zh, ImportState::Staged) => "待应用",
        (Lang::Zh, ImportState::Applying) => "正在应用",
        (Lang::Zh, ImportState::Done) => "已应用",
        (Lang::Zh, ImportState::Abandoned) => "已放弃",
        (Lang::En, ImportState::Staging) => "being read",
        (Lang::En, ImportState::Staged) => "to be applied",
        (Lang::En, ImportState::Applying) => "being applied",
        (Lang::En, ImportState::Done) => "applied",
        (Lang::En, ImportState::Abandoned) => "abandoned",
    }
}

/// What a group of rows is called.
pub(super) const fn group(group: LinesOf, lang: Lang) -> &'static str {
    match (lang, group) {
        (Lang::Zh, LinesOf::New) => "新增",
        (Lang::Zh, LinesOf::Changed) => "变化",
        (Lang::Zh, LinesOf::Same) => "不变",
        (Lang::Zh, LinesOf::Gone) => "释放",
        (Lang::Zh, LinesOf::Rejected) => "没有采用",
        (Lang::Zh, LinesOf::Noted) => "需要留意",
        (Lang::En, LinesOf::New) => "New",
        (Lang::En, LinesOf::Changed) => "Changed",
        (Lang::En, LinesOf::Same) => "The same",
        (Lang::En, LinesOf::Gone) => "Gone",
        (Lang::En, LinesOf::Rejected) => "Not taken",
        (Lang::En, LinesOf::Noted) => "To be known",
    }
}

/// What an import comes to, on a line.
pub(super) fn in_short(counts: &ImportCounts, lang: Lang) -> String {
    let ImportCounts { new, changed, gone, rejected, .. } = counts;
    match lang {
        Lang::Zh => format!("新增 {new}，变化 {changed}，释放 {gone}，没有采用 {rejected}"),
        Lang::En => format!("{new} new, {changed} changed, {gone} gone, {rejected} not taken"),
    }
}

/// What is done when it is applied.
pub(super) fn may(instances: u64, lang: Lang) -> String {
    match lang {
        Lang::Zh if instances == 0 => "没有要改变的实例，应用后只是办完这个导入。".to_owned(),
        Lang::Zh => format!("将改变 {instances} 个实例，台账会记下由谁导入。"),
        Lang::En if instances == 0 => {
            "No instance would change. Applying it only finishes the import.".to_owned()
        }
        Lang::En => format!("Instances that change by it: {instances}. The ledger says who imported them."),
    }
}

/// What has to be consented to.
pub(super) fn consent(ImportCounts { gone, present, .. }: &ImportCounts, lang: Lang) -> String {
    match lang {
        Lang::Zh => {
            format!("我已核对：现有 {present} 个实例中有 {gone} 个会当作已释放，它们的接入会因此结束。")
        }
        Lang::En => format!(
            "I have looked: {gone} of {present} instances are taken to be gone, and their accesses end by it."
        ),
    }
}

/// Where a row stood.
pub(super) fn place(source: &str, line: u64, lang: Lang) -> String {
    match (lang, source, line) {
        (_, _, 0) => "—".to_owned(),
        (Lang::Zh, "", _) => format!("第 {line} 行"),
        (Lang::Zh, _, _) => format!("{source} 第 {line} 行"),
        (Lang::En, "", _) => format!("line {line}"),
        (Lang::En, _, _) => format!("{source}, line {line}"),
    }
}

/// What was said of it, by the word in the address.
pub(super) fn said(word: &str, lang: Lang) -> Option<&'static str> {
    let [zh, en] = match word {
        "applied" => ["已确认应用。", "It was agreed to apply it."],
        "abandoned" => ["已放弃，什么都没有改变。", "It was abandoned, and nothing was changed."],
        "open" => ["这个导入还没有办完：请应用或放弃。", "This import is open: apply it, or abandon it."],
        _ => return None,
    };
    Some(match lang {
        Lang::Zh => zh,
        Lang::En => en,
    })
}
