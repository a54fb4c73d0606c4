//! What the pages of operators about the rules say.

use super::sent::MOST_BYTES;
use crate::console::words::either;
use app::rulebooks::CodesHit;
use rulebook::{Edition, Lang};

pub(super) struct Words {
    pub(super) title: &'static str,
    pub(super) lead: &'static str,
    pub(super) in_force: &'static str,
    pub(super) none_in_force: &'static str,
    pub(super) digest: &'static str,
    pub(super) download: &'static str,
    pub(super) draft: &'static str,
    pub(super) steps: [&'static str; 3],
    pub(super) mistakes: &'static str,
    pub(super) place: &'static str,
    pub(super) mistake: &'static str,
    pub(super) line: &'static str,
    pub(super) text: &'static str,
    pub(super) text_hint: &'static str,
    pub(super) file: &'static str,
    pub(super) look: &'static str,
    pub(super) nothing: &'static str,
    pub(super) both: &'static str,
    pub(super) draft_lead: &'static str,
    pub(super) added: &'static str,
    pub(super) adds_none: &'static str,
    pub(super) edition: &'static str,
    pub(super) look_at: &'static str,
    pub(super) changes: &'static str,
    pub(super) unchanged: &'static str,
    pub(super) source: &'static str,
    pub(super) instances: &'static str,
    pub(super) no_instances: &'static str,
    pub(super) nothing_changes: &'static str,
    pub(super) late: &'static str,
    pub(super) again: &'static str,
    pub(super) back: &'static str,
    pub(super) product: &'static str,
    pub(super) unknown_products: &'static str,
    pub(super) all: &'static str,
    pub(super) held: &'static str,
    pub(super) lost_by: &'static str,
    pub(super) gained_by: &'static str,
    pub(super) hits: &'static str,
    pub(super) cut: &'static str,
    pub(super) order: &'static str,
    pub(super) state: &'static str,
    pub(super) instance: &'static str,
    pub(super) account: &'static str,
    pub(super) samples: &'static str,
    pub(super) effect: &'static str,
    pub(super) verdicts: &'static str,
    pub(super) why: &'static str,
    pub(super) propose: &'static str,
    pub(super) is_same: &'static str,
    pub(super) means: [&'static str; 2],
    pub(super) propose_act: &'static str,
    pub(super) leave: &'static str,
    pub(super) changed: &'static str,
    pub(super) waiting: &'static str,
    pub(super) own: &'static str,
}

pub(super) const fn words(lang: Lang) -> &'static Words {
    either(lang, &ZH, &EN)
}

const ZH: Words = Words {
    title: "规则集",
    lead: "服务台按规则集判定产品能否用于备案。规则变化时，在规则集末尾增加一个版本：先看它对全部实例、备案服务号和订单的影响，再提请发布，由另一名管理员复核。",
    in_force: "当前适用",
    none_in_force: "还没有版本适用",
    digest: "校验值（SHA-256）",
    download: "下载当前规则集（TOML）",
    draft: "查看草稿的影响",
    steps: [
        "下载当前规则集，在末尾增加一个版本，只写新文档改变的内容。已发布的版本不能修改或删除。",
        "把全文粘贴到下面，或上传文件。有错误时逐行指出；没有错误时，列出它对全部实例、备案服务号和订单的影响。",
        "确认影响后提请发布，另一名管理员同意后即发布。查看影响不会改变任何内容。",
    ],
    mistakes: "草稿中的错误",
    place: "位置",
    mistake: "错误",
    line: "原文",
    text: "规则集全文",
    text_hint: "TOML 格式，包括以前的全部版本。",
    file: "或者上传文件",
    look: "查看影响",
    nothing: "请粘贴规则集全文，或选择一个文件。",
    both: "您既粘贴了内容，又选择了文件。请只用其中一种。",
    draft_lead: "这是草稿，还没有发布，服务台仍按当前适用的版本判定。",
    added: "新增的版本",
    adds_none: "没有新增版本，判定规则不变",
    edition: "要比较的版本",
    look_at: "查看这个版本的影响",
    changes: "规则有哪些变化",
    unchanged: "与当前适用的版本相比，规则没有变化。",
    source: "出处：",
    instances: "对实例的影响",
    no_instances: "服务台还没有产品实例，请先导入。",
    nothing_changes: "没有实例的判定会改变。",
    late: "实例太多，没有在规定时间内统计完。请稍后再试；仍不成功的，请用 kebei rulebook dry-run 命令统计，并通过接口（POST /api/v1/rulebook）提请发布。",
    again: "重新统计",
    back: "返回规则集",
    product: "产品",
    unknown_products: "两个版本都没有的产品",
    all: "全部产品",
    held: "实例数",
    lost_by: "不再可备案的原因（一个实例可能有多个原因）",
    gained_by: "变为可备案，是因为下列原因不再成立",
    hits: "对备案服务号和订单的影响",
    cut: "数量太多，只查看了其中一部分，实际受影响的订单和产品验证会更多。",
    order: "订单",
    state: "状态",
    instance: "实例",
    account: "账号",
    samples: "判定改变的实例",
    effect: "变化",
    verdicts: "判定",
    why: "原因",
    propose: "提请发布",
    is_same: "这就是当前的规则集，不用发布。",
    means: [
        "提请后不会马上生效：要由另一名管理员复核同意，才会发布。在那之前，您可以撤回。",
        "提请的操作和您的用户名会记入台账。",
    ],
    propose_act: "提请发布",
    leave: "不提请，返回规则集",
    changed: "您查看影响之后，规则集已经更新，没有提请。下面是按最新规则集重新统计的影响，请再次确认。",
    waiting: "等待复核的规则集",
    own: "您提请的",
};

const EN: Words = Words {
    title: "Rulebook",
    lead: "The desk decides by its rulebook whether a product may back a filing. When the rules change, an edition is added at its end: see first what it does to all instances, service codes and orders, then propose it; another operator agrees.",
    in_force: "In force",
    none_in_force: "No edition is in force yet",
    digest: "Digest (SHA-256)",
    download: "Download the present rulebook (TOML)",
    draft: "See what a draft would do",
    steps: [
        "Download the present rulebook and add an edition at its end that says only what the new document changes. What was published cannot be changed or taken out.",
        "Paste the whole text below, or upload it. What is wrong is told line by line; where nothing is, you see what it does to all instances, service codes and orders.",
        "Propose it once you have seen that; it is published when another operator agrees. Looking changes nothing.",
    ],
    mistakes: "What is wrong with the draft",
    place: "Where",
    mistake: "What is wrong",
    line: "The line",
    text: "The whole rulebook",
    text_hint: "TOML, with all earlier editions.",
    file: "Or upload a file",
    look: "See what it would do",
    nothing: "Paste the rulebook, or choose a file.",
    both: "You pasted a text and chose a file. Use one of the two.",
    draft_lead: "This is a draft. Nothing is published: the desk still decides by the edition in force.",
    added: "Editions that are added",
    adds_none: "None: nothing is decided otherwise",
    edition: "Edition to compare",
    look_at: "See what this edition would do",
    changes: "What changes in the rules",
    unchanged: "It says the same as the edition in force.",
    source: "Source: ",
    instances: "What happens to instances",
    no_instances: "The desk knows no instances yet. Import them first.",
    nothing_changes: "No instance is decided otherwise.",
    late: "There are so many instances that they were not counted in time. Try again later; if that does not help, count them with kebei rulebook dry-run, and propose it over the API (POST /api/v1/rulebook).",
    again: "Count again",
    back: "Back to the rulebook",
    product: "Product",
    unknown_products: "products that neither edition knows",
    all: "all products",
    held: "Instances",
    lost_by: "Why they are no longer eligible (one may have several reasons)",
    gained_by: "They become eligible because this no longer stands in the way",
    hits: "What happens to service codes and orders",
    cut: "There were too many to look at all of them: more orders and verifications are hit than are told.",
    order: "Order",
    state: "State",
    instance: "Instance",
    account: "Account",
    samples: "Instances that are decided otherwise",
    effect: "What changes",
    verdicts: "Verdict",
    why: "Why",
    propose: "Propose it",
    is_same: "This is the present rulebook. There is nothing to publish.",
    means: [
        "Nothing happens yet: it is published once another operator agrees. Until then you can take it back.",
        "The ledger will say that you proposed it.",
    ],
    propose_act: "Propose to publish it",
    leave: "Don’t propose, back to the rulebook",
    changed: "The rulebook changed after you had looked, so nothing was proposed. Below is what the draft does to the present one: please look again.",
    waiting: "Rulebooks that wait for a second person",
    own: "your own",
};

/// An edition, and since when it is in force.
pub(super) fn since(edition: &Edition, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{} 版，自 {} 起适用", edition.id, edition.effective),
        Lang::En => format!("{}, in force from {}", edition.id, edition.effective),
    }
}

/// How much may be sent.
pub(super) fn bounds(lang: Lang) -> String {
    let kilobytes = MOST_BYTES >> 10;
    match lang {
        Lang::Zh => format!("不超过 {kilobytes} KB。"),
        Lang::En => format!("Up to {kilobytes} KB."),
    }
}

/// That it is too large, and what to do.
pub(super) fn too_large(lang: Lang) -> String {
    let kilobytes = MOST_BYTES >> 10;
    match lang {
        Lang::Zh => format!("内容超过 {kilobytes} KB。请改用 kebei rulebook 命令或接口。"),
        Lang::En => {
            format!("That is more than {kilobytes} KB. Use the commands kebei rulebook, or the API.")
        }
    }
}

/// How many mistakes there are.
pub(super) fn mistakes(count: usize, lang: Lang) -> String {
    match (lang, count) {
        (Lang::Zh, _) => format!("草稿中有 {count} 处错误，逐行列在下面的表中。"),
        (Lang::En, 1) => "There is one mistake in the draft; the table below says where.".to_owned(),
        (Lang::En, _) => format!("There are {count} mistakes in the draft; the table below says where."),
    }
}

/// Where a mistake is.
pub(super) fn place(line: usize, column: usize, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("第 {line} 行第 {column} 列"),
        Lang::En => format!("line {line}, column {column}"),
    }
}

/// The heading of a draft.
pub(super) fn draft_title(before: &str, after: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh if before == after => format!("草稿的影响：没有新增版本，仍是 {after} 版"),
        Lang::En if before == after => {
            format!("What the draft would do: no edition is added, {after} stays the last")
        }
        Lang::Zh => format!("草稿的影响：从 {before} 版到 {after} 版"),
        Lang::En => format!("What the draft would do: from {before} to {after}"),
    }
}

/// How many accounts lose and gain; `more` where those of some instances were not counted.
pub(super) fn accounts([lose, gain]: [usize; 2], more: bool, lang: Lang) -> String {
    match (lang, more) {
        (Lang::Zh, false) => format!("{lose} 个账号有实例不再可备案，{gain} 个账号有实例变为可备案。"),
        (Lang::Zh, true) => {
            format!("至少 {lose} 个账号有实例不再可备案，至少 {gain} 个账号有实例变为可备案。")
        }
        (Lang::En, false) => format!("Accounts with instances that lose: {lose}; that gain: {gain}."),
        (Lang::En, true) => {
            format!("Accounts with instances that lose: at least {lose}; that gain: at least {gain}.")
        }
    }
}

/// How many products stay as they are.
pub(super) fn unchanged(count: usize, lang: Lang) -> String {
    match (lang, count) {
        (Lang::Zh, _) => format!("另有 {count} 种产品的实例全部不变，没有列出。"),
        (Lang::En, 1) => "One more product has no instance that changes.".to_owned(),
        (Lang::En, _) => format!("{count} more products have no instance that changes."),
    }
}

/// How many instances change by a finding.
pub(super) fn by(finding: &str, count: u64, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{finding}：{count} 个"),
        Lang::En => format!("{finding}: {count}"),
    }
}

/// Which codes, orders and verifications are hit.
pub(super) fn hits(codes: CodesHit, orders: usize, verifications: u64, lang: Lang) -> Vec<String> {
    let CodesHit { unused, granted, recording } = codes;
    match lang {
        Lang::Zh => vec![
            format!(
                "不能再用于备案的备案服务号：未使用的 {unused} 个（其中已授权给其他账号的 {granted} 个），办理中订单使用的 {recording} 个。"
            ),
            format!("受影响的办理中订单：{orders} 个。"),
            format!("还没有提交的订单中，将失效的产品验证：{verifications} 次。"),
        ],
        Lang::En => vec![
            format!(
                "Service codes that serve no filing any more: {unused} not used yet ({granted} of them granted to another account), and {recording} that orders under way use."
            ),
            format!("Orders under way that are hit: {orders}."),
            format!("Product verifications that are lost to orders not submitted yet: {verifications}."),
        ],
    }
}

/// How many of the instances that change are shown.
pub(super) fn how_many(shown: usize, changed: u64, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("共 {changed} 个，下面列出 {shown} 个。"),
        Lang::En => format!("{changed} in all, {shown} of them below."),
    }
}

/// From one verdict to another.
pub(super) fn verdicts(before: &str, after: &str) -> String {
    if before == after { after.to_owned() } else { format!("{before} → {after}") }
}

/// What stands in the way now, and what no longer.
pub(super) fn why(added: &[&str], gone: &[&str], lang: Lang) -> String {
    let listed = |label: &str, codes: &[&str]| {
        (!codes.is_empty()).then(|| format!("{label}{}", codes.join(between(lang))))
    };
    let (new, no_more) = match lang {
        Lang::Zh => ("新增：", "不再有："),
        Lang::En => ("new: ", "no longer: "),
    };
    let parts: Vec<_> = [listed(new, added), listed(no_more, gone)].into_iter().flatten().collect();
    let between = match lang {
        Lang::Zh => "；",
        Lang::En => "; ",
    };
    if parts.is_empty() { "—".to_owned() } else { parts.join(between) }
}

/// Between the parts of a list.
pub(super) const fn between(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "、",
        Lang::En => ", ",
    }
}
