//! What the page about an edition, its differences and its guidance say in Chinese. `en_page.rs` says it in English.

use crate::{
    decision::Code,
    diff::{Difference, Handling, PolicyChange},
    edition::{
        CodeMade, CodeUse, Condition, Edition, OnAbandon, Policy, RestoreOnCancel, Row, Rulebook, Scope,
        VerifiedBy,
    },
    guidance::Situation,
    page::Heading,
    verification::Failure,
    zh::ADD_PUBLIC_BANDWIDTH,
};

pub(crate) fn title(rulebook: &Rulebook, edition: &Edition) -> String {
    format!("{}备案服务号常见问题（{} 版规则）", rulebook.name.zh, edition.id)
}

pub(crate) fn introduction(rulebook: &Rulebook, edition: &Edition) -> String {
    let since = format!("{}{}", edition.effective, estimated(edition));
    let notice = rulebook.notice.as_ref().map_or_else(String::new, |notice| format!("{}。", notice.zh));
    format!(
        "本页由规则数据生成，与系统实际判定一致。这些规则自 {since}起适用，依据文档 {}。{notice}",
        edition.source.join("、")
    )
}

/// What a day that is only estimated is followed by.
pub(crate) fn estimated(edition: &Edition) -> String {
    if !edition.estimated {
        return " ".to_owned();
    }
    let stated = edition.rows().iter().filter(|row| !edition.is_estimated_for(&row.product));
    match names(stated) {
        stated if stated.is_empty() => "（推定日期）".to_owned(),
        stated => format!("（推定日期，{stated}除外）"),
    }
}

/// The words that somebody who has never filed must know.
pub(crate) const WORDS: [&str; 4] = [
    "**ICP 备案**：网站使用中国内地的服务器，开通访问之前必须办理的登记，由服务商提交、通信管理局（下称管局）审核。",
    "**实例**：您购买的一台服务器或一份服务。",
    "**备案服务号**：证明您拥有可用于备案的实例的一串号码，一个只能用于一个网站。",
    "**主体**：办理备案的单位或个人。",
];

pub(crate) fn heading(heading: Heading) -> &'static str {
    match heading {
        Heading::Products => "哪些产品可以用来备案",
        Heading::Button => "为什么看不到“申请”按钮",
        Heading::Reuse => "备案服务号能重复使用吗",
        Heading::Failures => "产品验证失败怎么办",
        Heading::Where => "我该去哪里备案",
        Heading::Changes => "与上一版相比有什么变化",
        Heading::Documents => "依据的文档",
    }
}

pub(crate) fn columns() -> [&'static str; 5] {
    ["产品", "购买要求", "数量限制", "如何验证", "出处"]
}

pub(crate) fn list_comma() -> &'static str {
    "；"
}

pub(crate) fn assumed() -> &'static str {
    "（推定）"
}

pub(crate) fn nothing_asked(row: &Row) -> &'static str {
    if row.verified_by.value == VerifiedBy::Elsewhere { "不在这里备案" } else { "无其他要求" }
}

pub(crate) fn every_row() -> &'static str {
    "所有产品都必须位于中国内地，并且没有到期。“每个实例”按实例分别计数；“每个账号”是同一账号下该产品的所有实例合计。标“（推定）”的内容没有文档明确说明。"
}

pub(crate) fn note(name: &str, phrase: &str, note: &str) -> String {
    format!("{name}，{phrase}：{note}。")
}

pub(crate) fn condition(condition: Condition, row: &Row) -> String {
    match condition {
        Condition::Subscription => "包年包月".to_owned(),
        Condition::PublicBandwidth => "有公网带宽".to_owned(),
        Condition::PublicIp => "有公网 IP".to_owned(),
        Condition::PurchasedMonths(n) => format!("购买时长（含续费）至少 {n} 个月"),
        Condition::RemainingMonths(n) => format!("剩余时长至少 {n} 个月"),
        Condition::FirstPurchaseMonths(n) => format!("首次购买至少 {n} 个月"),
        Condition::OrderAmount(amount) => format!("首单（或单笔订单）金额不低于 {amount} 元"),
        Condition::InTerm => "未到期".to_owned(),
        Condition::Quota(quota) => {
            let per = match quota.per {
                Scope::Instance => "每个实例",
                Scope::Account => "每个账号合计",
            };
            let what =
                if row.verified_by.value == VerifiedBy::HostPassword { "网站" } else { "备案服务号" };
            format!("{per} {} 个{what}", quota.codes)
        }
    }
}

pub(crate) fn handling(row: &Row) -> String {
    match (row.verified_by.value, row.code_made.value) {
        (VerifiedBy::HostPassword, _) => "主机的登录信息，不需要备案服务号".to_owned(),
        (VerifiedBy::Elsewhere, _) => "在其他系统备案".to_owned(),
        (VerifiedBy::ServiceCode, CodeMade::OnRequest) => "备案服务号，在这里申请".to_owned(),
        (VerifiedBy::ServiceCode, CodeMade::OnPurchase) => "备案服务号，购买时已生成，直接查看".to_owned(),
        (VerifiedBy::ServiceCode, CodeMade::Elsewhere) => "备案服务号，在其他系统生成".to_owned(),
    }
}

pub(crate) fn button() -> &'static str {
    "系统会一次列出全部原因。可能的原因和处理方法如下："
}

/// One reason why an instance may be refused; `about` are the products it is about, none for all.
pub(crate) fn reason(code: Code, about: &[&Row], edition: &Edition) -> String {
    let names = names(about.iter().copied());
    let only = if about.is_empty() { String::new() } else { format!("（适用于：{names}）") };
    let text = match code {
        Code::ProductNotFileable => "产品不在上表中，不能用来备案。请改用表中的产品。",
        Code::OtherAccount => "当前登录的账号不是购买该实例的账号。请登录购买该实例的账号。",
        Code::OutsideMainland => {
            "实例不在中国内地，无需备案。以后如果把域名解析到中国内地的服务器，需要先完成备案。"
        }
        Code::FiledElsewhere => return filed_elsewhere(edition),
        Code::PayAsYouGo => "计费方式为按量付费。请转为包年包月，并买足要求的时长。",
        Code::NoPublicBandwidth => {
            return format!("没有公网带宽，或变更配置后没有了公网带宽。{ADD_PUBLIC_BANDWIDTH}{only}");
        }
        Code::NoPublicIp => "没有公网 IP，提示“无可备案的 IP”。请购买公网带宽，或绑定弹性公网 IP。",
        Code::PurchasedTermShort => "购买时长（含续费）不足。请续费，系统会给出至少要续几个月。",
        Code::RemainingTermShort => "距到期的剩余时长不足。请续费，系统会给出至少要续几个月。",
        Code::FirstPurchaseShort => "首次购买的时长不足，续费不能补足。请另购一个，首次购买时长达到要求。",
        Code::OrderAmountLow => "首单（或单笔订单）金额不足。请另购一个，订单金额达到要求。",
        Code::Expired => "实例已到期。请续费；因到期而失效的备案服务号，续费后恢复可用。",
        Code::QuotaExhausted => {
            "数量已用完。按实例计数的产品请另购实例；按账号计数的产品请换一个账号，并在那个账号下购买实例。"
        }
        Code::UnknownFact => "缺少判断所需的信息。请补全。",
    };
    format!("{text}{only}")
}

fn filed_elsewhere(edition: &Edition) -> String {
    let rows = edition.rows().iter().filter(|row| row.verified_by.value == VerifiedBy::Elsewhere);
    let names = names(rows);
    if names.is_empty() {
        return "产品在其他系统备案的，这里没有按钮。".to_owned();
    }
    format!("{names}在其他系统备案，这里没有按钮；见下文“我该去哪里备案”。")
}

/// Why a product has no "apply" button although it can be filed; `None` where it has one.
pub(crate) fn no_button(situation: &Situation<'_>) -> Option<String> {
    match situation {
        Situation::HostPassword(rows) => {
            Some(format!("{}凭主机的登录信息验证，不需要申请备案服务号。", names(rows.iter().copied())))
        }
        Situation::CodeOnPurchase(rows) => {
            Some(format!("{}的备案服务号在购买时已经生成，请点击“查看”。", names(rows.iter().copied())))
        }
        Situation::CodesMadeElsewhere(rows) => Some(format!(
            "{}的备案服务号在其他系统生成，见下文“我该去哪里备案”。",
            names(rows.iter().copied())
        )),
        _ => None,
    }
}

pub(crate) fn reuse(policy: &Policy) -> String {
    let rule = "不能。一个备案服务号只能用于一个主体的一个网站；备案成功后，不能再用于其他网站，也不能释放或删除后重新申请。";
    format!("{rule}{}", policies(policy).concat())
}

pub(crate) fn failure(failure: Failure, policy: &Policy) -> String {
    match failure {
        Failure::InvalidProductInfo => {
            let granted = match policy.code_use.value {
                CodeUse::Granted => "备案服务号不是您申请的，请让对方先授权给您。",
                CodeUse::Anyone => "",
            };
            format!("填写的信息对不上。请核对备案服务号是否完整、所选产品类型与购买的产品是否一致。{granted}凭主机登录信息验证的产品，请核对登录信息。")
        }
        Failure::SubjectLimitReached => {
            "这个备案服务号已经用过或正在备案中，或者主机可备案的网站数已满。实例还有名额的，请换一个备案服务号；名额用完的，请换一个实例。".to_owned()
        }
        Failure::InterfaceException => {
            "备案服务号现在不可用：已作废，对应的实例已到期或不再符合要求，或者系统暂时连不上。请按系统给出的原因处理，例如续费，或在有效期内的实例上重新申请；连不上时请稍后再试。".to_owned()
        }
    }
}

pub(crate) fn question(situation: &Situation<'_>) -> String {
    match situation {
        Situation::Eligible => "已有符合要求的实例？".to_owned(),
        Situation::NoServer { .. } => "还没有服务器？".to_owned(),
        Situation::OtherProvider => "服务器在其他服务商？".to_owned(),
        Situation::OutsideMainland => "服务器不在中国内地？".to_owned(),
        Situation::HostPassword(rows)
        | Situation::FiledElsewhere(rows)
        | Situation::CodesMadeElsewhere(rows)
        | Situation::CodeOnPurchase(rows) => format!("使用{}？", names(rows.iter().copied())),
        Situation::InstanceQuotaUsedUp { .. } => "实例的名额用完了？".to_owned(),
        Situation::AccountQuotaUsedUp { .. } => "账号的名额用完了？".to_owned(),
        Situation::OtherAccount => "实例是用别的账号买的？".to_owned(),
    }
}

pub(crate) fn answer(situation: &Situation<'_>) -> String {
    let place = |rows: &[&Row]| {
        let place = rows.first().and_then(|row| row.place.as_ref());
        place.map_or_else(String::new, |place| format!("{}。", place.value.zh))
    };
    match situation {
        Situation::Eligible => {
            "请用购买该实例的账号登录，在“申请备案服务号”页面点击实例旁的“申请备案服务号”，拿到备案服务号后提交备案。"
                .to_owned()
        }
        Situation::NoServer { products } => {
            format!("请先购买可以备案的产品之一：{}。", names(products.iter().copied()))
        }
        Situation::OtherProvider => {
            "备案要在服务器所在的服务商提交，请联系该服务商；域名在哪里注册没有关系。".to_owned()
        }
        Situation::OutsideMainland => "无需备案。但域名只要解析到中国内地的服务器，就需要先备案。".to_owned(),
        Situation::HostPassword(rows) => {
            let from = rows.first().and_then(|row| row.credentials_from.as_ref());
            let from = from.map_or_else(String::new, |from| format!("{}。", from.value.zh));
            format!("在这里备案，不需要备案服务号，凭主机的登录信息验证。{from}")
        }
        Situation::FiledElsewhere(rows) => format!("不在这里备案。{}", place(rows)),
        Situation::CodesMadeElsewhere(rows) => {
            format!("在这里备案，但备案服务号在其他系统生成：{}", place(rows))
        }
        Situation::CodeOnPurchase(_) => {
            "在这里备案。备案服务号在购买时已经生成，在“我的备案服务号”页面可以看到。".to_owned()
        }
        Situation::InstanceQuotaUsedUp { products } => {
            format!("请另购一个实例，用新实例备案（{}）。", names(products.iter().copied()))
        }
        Situation::AccountQuotaUsedUp { products } => format!(
            "在当前账号下再买实例没有用。请换一个账号，并在那个账号下购买实例（{}）。",
            names(products.iter().copied())
        ),
        Situation::OtherAccount => "请登录购买该实例的账号再申请。".to_owned(),
    }
}

pub(crate) fn since(before: &Edition, after: &Edition) -> String {
    format!("从 {} 版到 {} 版：", before.id, after.id)
}

pub(crate) fn unchanged() -> &'static str {
    "规则没有变化。"
}

pub(crate) fn version(version: &str) -> String {
    format!("（文档版本 {version}）")
}

pub(crate) fn difference(difference: &Difference<'_>) -> String {
    match difference {
        Difference::Added(row) => {
            let asks = row.conditions.iter().filter(|stated| stated.value != Condition::InTerm);
            let mut parts: Vec<String> =
                asks.map(|stated| stated.marked(condition(stated.value, row), crate::Lang::Zh)).collect();
            parts.push(handling(row));
            format!("新增产品“{}”：{}。", row.name.zh, parts.join("；"))
        }
        Difference::Removed(row) => format!("“{}”不能再用来备案。", row.name.zh),
        Difference::Condition { row, before, after } => {
            let phrase = |stated: &crate::Stated<Condition>| {
                stated.marked(condition(stated.value, row), crate::Lang::Zh)
            };
            let name = &row.name.zh;
            match (before, after) {
                (Some(before), Some(after)) => {
                    format!("“{name}”：由“{}”改为“{}”。", phrase(before), phrase(after))
                }
                (None, Some(after)) if after.value.is_quota() => {
                    format!("“{name}”：新增数量限制“{}”。", phrase(after))
                }
                (Some(before), None) if before.value.is_quota() => {
                    format!("“{name}”：不再限制数量（原为“{}”）。", phrase(before))
                }
                (None, Some(after)) => format!("“{name}”：新增要求“{}”。", phrase(after)),
                (Some(before), None) => format!("“{name}”：不再要求“{}”。", phrase(before)),
                (None, None) => String::new(),
            }
        }
        Difference::Handling { before, after, what } => handled(before, after, *what),
        Difference::Policy(change) => policy(*change),
    }
}

fn handled(before: &Row, after: &Row, what: Handling) -> String {
    let name = &after.name.zh;
    match what {
        Handling::Name => format!("“{}”改名为“{name}”。", before.name.zh),
        Handling::Aliases => format!("“{name}”的别名改为：{}。", after.aliases.join("、")),
        Handling::VerifiedBy | Handling::CodeMade => {
            format!("“{name}”的验证方式由“{}”改为“{}”。", handling(before), handling(after))
        }
        Handling::Place => {
            let place = after.place.as_ref().map_or("（不再说明）", |place| place.value.zh.as_str());
            format!("“{name}”的办理地点改为：{place}。")
        }
        Handling::CredentialsFrom => {
            let from =
                after.credentials_from.as_ref().map_or("（不再说明）", |from| from.value.zh.as_str());
            format!("“{name}”查看用户名和密码的方法改为：{from}。")
        }
    }
}

fn policy(change: PolicyChange) -> String {
    match change {
        PolicyChange::RestoreOnCancel(from, to) => {
            let word = |policy| match policy {
                RestoreOnCancel::Never => "名额不退还",
                RestoreOnCancel::Restore => "名额退还",
            };
            format!("网站注销后：由“{}”改为“{}”。", word(from), word(to))
        }
        PolicyChange::OnAbandon(from, to) => {
            let word = |policy| match policy {
                OnAbandon::Release => "备案服务号可继续使用",
                OnAbandon::Burn => "备案服务号作废",
            };
            format!("订单撤回或被驳回后：由“{}”改为“{}”。", word(from), word(to))
        }
        PolicyChange::CodeUse(from, to) => {
            let word = |policy| match policy {
                CodeUse::Granted => "仅限申请的账号和获得授权的账号",
                CodeUse::Anyone => "知道备案服务号的任何账号",
            };
            format!("谁可以使用备案服务号：由“{}”改为“{}”。", word(from), word(to))
        }
    }
}

fn names<'e>(rows: impl Iterator<Item = &'e Row>) -> String {
    rows.map(|row| row.name.zh.as_str()).collect::<Vec<_>>().join("、")
}

/// How a product is verified, as one word of a spreadsheet.
pub(crate) const fn verified_by(by: VerifiedBy) -> &'static str {
    match by {
        VerifiedBy::ServiceCode => "备案服务号",
        VerifiedBy::HostPassword => "主机登录信息",
        VerifiedBy::Elsewhere => "在其他系统",
    }
}

/// What a quota counts for, as one word of a spreadsheet.
pub(crate) const fn scope(scope: Scope) -> &'static str {
    match scope {
        Scope::Instance => "每个实例",
        Scope::Account => "每个账号",
    }
}

/// What holds for every product of an edition, a sentence each.
pub(crate) fn policies(policy: &Policy) -> [String; 3] {
    let cancel = match policy.restore_on_cancel.value {
        RestoreOnCancel::Never => "注销备案后，备案服务号和名额都不会恢复",
        RestoreOnCancel::Restore => {
            "注销网站后，名额会退还，可以重新申请一个备案服务号；原来的备案服务号不会恢复"
        }
    };
    let abandon = match policy.on_abandon.value {
        OnAbandon::Release => "订单撤回或被管局驳回后，备案服务号可以继续使用",
        OnAbandon::Burn => "订单撤回或被管局驳回后，备案服务号作废，并仍占用名额",
    };
    let code_use = match policy.code_use.value {
        CodeUse::Granted => "备案服务号只能由申请它的账号或获得授权的账号使用",
        CodeUse::Anyone => "知道备案服务号的任何账号都可以使用它",
    };
    let zh = crate::Lang::Zh;
    [
        format!("{}。", policy.restore_on_cancel.marked(cancel.to_owned(), zh)),
        format!("{}。", policy.on_abandon.marked(abandon.to_owned(), zh)),
        format!("{}。", policy.code_use.marked(code_use.to_owned(), zh)),
    ]
}
