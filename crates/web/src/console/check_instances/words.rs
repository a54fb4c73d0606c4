//! What the page on which lists are decided says.

use super::sent::MOST_BYTES;
use crate::{
    api::{ListFault, MOST_RECORDS},
    console::{shown::alone, words::either},
};
use rulebook::{Edition, Lang, Verdict};

pub(super) struct Words {
    pub(super) title: &'static str,
    pub(super) lead: &'static str,
    pub(super) not_stored: &'static str,
    pub(super) list: &'static str,
    pub(super) list_hint: &'static str,
    pub(super) file: &'static str,
    pub(super) file_hint: &'static str,
    pub(super) decide: &'static str,
    pub(super) to_check: &'static str,
    pub(super) formats: &'static str,
    pub(super) each_format: [&'static str; 3],
    pub(super) example: &'static str,
    pub(super) example_text: &'static str,
    pub(super) nothing: &'static str,
    pub(super) both: &'static str,
    pub(super) broken: &'static str,
    pub(super) was_not_stored: &'static str,
    pub(super) bad: &'static str,
    pub(super) bad_lead: &'static str,
    pub(super) none: &'static str,
    pub(super) each: &'static str,
    pub(super) instance: &'static str,
    pub(super) region: &'static str,
    pub(super) term: &'static str,
    pub(super) codes: &'static str,
    pub(super) verdict: &'static str,
    pub(super) why: &'static str,
    pub(super) apply: &'static str,
    pub(super) to_products: &'static str,
    pub(super) again: &'static str,
    pub(super) to_rules: &'static str,
}

pub(super) const fn words(lang: Lang) -> &'static Words {
    const ZH: Words = Words {
        title: "查一查我的实例能不能备案",
        lead: "粘贴或上传实例列表，逐个给出能不能备案、全部原因和处理方法。不用登录。",
        not_stored: "内容只用于这一次判断，不会保存，也不会记录。",
        list: "粘贴实例列表",
        list_hint: "可以是云服务商接口返回的 JSON、CSV 表格内容，或每行一个 JSON。",
        file: "或者上传文件",
        file_hint: "JSON、CSV、XLSX 都可以，按文件内容识别，与文件名无关。",
        decide: "判断能不能备案",
        to_check: "不知道该去哪里备案？",
        formats: "可以识别的内容",
        each_format: [
            "接口返回结果：ECS 的 DescribeInstances、轻量应用服务器的 ListInstances，多页可以一起粘贴。",
            "表格：CSV 或 XLSX，第一行是列名，例如 实例ID、产品类型、地域、计费方式、购买时间、到期时间；没有的列可以不写，缺少的信息会告诉您。",
            "每行一个 JSON：字段名见接口文档。",
        ],
        example: "看一个表格的例子",
        example_text: "实例ID,产品类型,地域,计费方式,公网带宽(Mbps),公网IP,购买时间,到期时间\ni-example01,云服务器 ECS,华东1（杭州）,包年包月,5,203.0.113.7,2026-03-01,2027-03-01",
        nothing: "请粘贴实例列表，或选择一个文件。",
        both: "您既粘贴了内容，又选择了文件。请只用其中一种。",
        broken: "文件没有完整传到，可能是网络中断或太慢。请重试；仍不成功的，请把列表拆成几份，或直接粘贴内容。",
        was_not_stored: "以上内容没有保存。离开本页后需要重新判断，需要留存的，请打印或另存本页。",
        bad: "无法读取的记录",
        bad_lead: "下面这些行没有判断，其他行不受影响。改正后可以重新提交。",
        none: "没有可以判断的实例。",
        each: "每个实例的结论",
        instance: "实例",
        region: "地域",
        term: "时长",
        codes: "已用名额",
        verdict: "结论",
        why: "原因与处理方法",
        apply: "符合要求。",
        to_products: "登录后申请备案服务号",
        again: "再查一份",
        to_rules: "查看各产品的备案要求",
    };
    const EN: Words = Words {
        title: "Can my instances back a filing?",
        lead: "Paste or upload a list of instances. For each you are told whether it can back a filing, every reason why not, and what to do. There is no need to sign in.",
        not_stored: "What you send is decided on this once. It is not stored and not recorded.",
        list: "Paste a list of instances",
        list_hint: "JSON as your provider’s API answers, the text of a CSV table, or one JSON object a line.",
        file: "Or upload a file",
        file_hint: "JSON, CSV or XLSX. What it is, its content says and not its name.",
        decide: "Decide",
        to_check: "Don’t know where to file?",
        formats: "What can be read",
        each_format: [
            "Answers of the API: DescribeInstances of ECS, ListInstances of Simple Application Server. Several pages may follow each other.",
            "Tables: CSV or XLSX. The first row names the columns, such as id, product, region, billing, purchased_at, expires_at. Columns may be missing; what has to be known is told.",
            "One JSON object a line: the API document names the fields.",
        ],
        example: "See a table",
        example_text: "id,product,region,billing,public_bandwidth_mbps,public_ips,purchased_at,expires_at\ni-example01,ecs,cn-hangzhou,subscription,5,203.0.113.7,2026-03-01,2027-03-01",
        nothing: "Paste a list of instances, or choose a file.",
        both: "You pasted a list and chose a file. Use one of the two.",
        broken: "The file did not arrive whole: the connection broke or was too slow. Try again; if it fails again, send the list in parts, or paste it.",
        was_not_stored: "Nothing of this was stored. It is gone when you leave the page: print or save the page to keep it.",
        bad: "Records that cannot be read",
        bad_lead: "These were not decided; the others are not touched by that. Mend them and send the list again.",
        none: "There is no instance to decide.",
        each: "Each instance",
        instance: "Instance",
        region: "Region",
        term: "Term",
        codes: "Codes used",
        verdict: "Verdict",
        why: "Why, and what to do",
        apply: "It meets the rules.",
        to_products: "Sign in to apply for service codes",
        again: "Check another list",
        to_rules: "What each product must meet",
    };
    either(lang, &ZH, &EN)
}

/// How much may be sent.
pub(super) fn bounds(lang: Lang) -> String {
    let megabytes = MOST_BYTES >> 20;
    match lang {
        Lang::Zh => format!("一次最多 {MOST_RECORDS} 个实例，内容不超过 {megabytes} MB。"),
        Lang::En => format!("Up to {MOST_RECORDS} instances and {megabytes} MB at once."),
    }
}

/// That it is too large, and what to do.
pub(super) fn too_large(lang: Lang) -> String {
    let megabytes = MOST_BYTES >> 20;
    match lang {
        Lang::Zh => format!("内容超过 {megabytes} MB，没有判断。请把列表拆成几份，分次提交。"),
        Lang::En => {
            format!("That is more than {megabytes} MB, and was not decided. Send the list in parts.")
        }
    }
}

/// Why a list was not decided, and what to do.
pub(super) fn unread(fault: &ListFault, lang: Lang) -> String {
    let why = match fault {
        ListFault::Unread(error) => error.message(lang),
        ListFault::Alien(bad) => bad.message(lang),
        ListFault::TooLong => return too_long(lang),
    };
    match lang {
        Lang::Zh => format!("没有读到实例列表。{why}"),
        Lang::En => format!("There is no list of instances in it. {why}"),
    }
}

fn too_long(lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("列表超过 {MOST_RECORDS} 个实例，没有判断。请拆成几份，分次提交。"),
        Lang::En => {
            format!("The list has more than {MOST_RECORDS} instances, and was not decided. Send it in parts.")
        }
    }
}

/// How many were decided.
pub(super) fn decided(count: usize, lang: Lang) -> String {
    match (lang, count) {
        (Lang::Zh, _) => format!("判断了 {count} 个实例"),
        (Lang::En, 1) => "1 instance was decided".to_owned(),
        (Lang::En, _) => format!("{count} instances were decided"),
    }
}

/// How many there are of a verdict.
pub(super) fn count(verdict: Verdict, count: usize, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{}：{count} 个", verdict.label(lang)),
        Lang::En => format!("{}: {count}", alone(verdict.label(lang))),
    }
}

/// By which rules.
pub(super) fn edition(edition: &Edition, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("依据规则版本 {}。", edition.id),
        Lang::En => format!("According to edition {} of the rules.", edition.id),
    }
}
