//! What the page about the state of the desk says.

use crate::{console::words::either, health::Health};
use rulebook::{Edition, Lang};

pub(super) struct Words {
    pub(super) as_of: &'static str,
    pub(super) what: &'static str,
    pub(super) state: &'static str,
    pub(super) means: &'static str,
    pub(super) drafts: &'static str,
    pub(super) again: &'static str,
    pub(super) programs: &'static str,
}

pub(super) const fn words(lang: Lang) -> &'static Words {
    const ZH: Words = Words {
        as_of: "截至 ",
        what: "服务",
        state: "状态",
        means: "说明",
        drafts: "正在填写的内容会怎样",
        again: "重新查看",
        programs: "供监控程序读取：",
    };
    const EN: Words = Words {
        as_of: "As of ",
        what: "What",
        state: "State",
        means: "What that means",
        drafts: "What becomes of what you are filling in",
        again: "Look again",
        programs: "For programs that watch: ",
    };
    either(lang, &ZH, &EN)
}

/// One thing that works or does not.
pub(super) struct Line {
    pub(super) what: &'static str,
    pub(super) state: &'static str,
    pub(super) mood: &'static str,
    pub(super) means: String,
}

impl Line {
    fn new(what: &'static str, works: bool, lang: Lang, means: impl Into<String>) -> Self {
        let state = match (lang, works) {
            (Lang::Zh, true) => "正常",
            (Lang::Zh, false) => "暂停",
            (Lang::En, true) => "works",
            (Lang::En, false) => "does not work",
        };
        Self { what, state, mood: if works { "good" } else { "bad" }, means: means.into() }
    }
}

/// All of it in a line.
pub(super) const fn title(health: &Health, lang: Lang) -> &'static str {
    match (lang, health.is_ready(), health.database) {
        (Lang::Zh, true, _) => "服务运行正常",
        (Lang::Zh, false, true) => "部分服务暂停",
        (Lang::Zh, false, false) => "服务暂时中断",
        (Lang::En, true, _) => "Everything works",
        (Lang::En, false, true) => "Some things do not work now",
        (Lang::En, false, false) => "The service is interrupted",
    }
}

/// Whether anything can be looked at.
pub(super) fn seeing(works: bool, lang: Lang) -> Line {
    match lang {
        Lang::Zh => {
            let means = if works {
                "可以登录，查看产品实例、备案服务号、备案订单和备案号。"
            } else {
                "数据库没有响应，暂时不能登录和查看。接入服务商正在处理，通常几分钟内恢复。"
            };
            Line::new("登录与查看", works, lang, means)
        }
        Lang::En => {
            let means = if works {
                "You can sign in, and see instances, service codes, orders and filing numbers."
            } else {
                "The database does not answer, so that nobody can sign in or look anything up. The provider is at it; it usually takes minutes."
            };
            Line::new("Signing in and looking", works, lang, means)
        }
    }
}

/// Whether anything can be done.
pub(super) fn doing(health: &Health, lang: Lang) -> Line {
    let works = health.is_writable();
    match lang {
        Lang::Zh => {
            let means = if works {
                "可以保存草稿、提交订单、申请和授权备案服务号。"
            } else if health.database {
                "目前只能查看，不能保存和提交：台账与库外检查点不符，需要接入服务商先核对，以免办理结果丢失。"
            } else {
                "数据库没有响应，暂时不能保存和提交。"
            };
            Line::new("保存与提交", works, lang, means)
        }
        Lang::En => {
            let means = if works {
                "Drafts are saved, orders submitted, service codes issued and granted."
            } else if health.database {
                "You can look, but nothing is saved or submitted: the ledger is not that of the checkpoint outside, and the provider has to compare them first, so that nothing that was done is lost."
            } else {
                "The database does not answer, so that nothing is saved or submitted."
            };
            Line::new("Saving and submitting", works, lang, means)
        }
    }
}

/// By which rules it is decided.
pub(super) fn rules(edition: Option<&Edition>, lang: Lang) -> Line {
    let what = match lang {
        Lang::Zh => "备案规则",
        Lang::En => "Rules",
    };
    let means = match (lang, edition) {
        (Lang::Zh, Some(edition)) => format!("按 {} 版规则判定产品能否备案。", edition.id),
        (Lang::Zh, None) => "现在没有适用的规则，不能判定产品，也不能申请备案服务号。".to_owned(),
        (Lang::En, Some(edition)) => format!("Products are decided by edition {} of the rules.", edition.id),
        (Lang::En, None) => {
            "No rules are in force: nothing is decided, and no service codes can be had.".to_owned()
        }
    };
    Line::new(what, edition.is_some(), lang, means)
}

/// How far the ledger is signed.
pub(super) fn ledger(health: &Health, checkpoint: Option<u64>, lang: Lang) -> Line {
    let works = health.is_writable();
    let what = match lang {
        Lang::Zh => "台账",
        Lang::En => "Ledger",
    };
    let means = match (lang, checkpoint) {
        _ if !health.database => match lang {
            Lang::Zh => "现在无法读取。已经记录的办理结果不受影响。".to_owned(),
            Lang::En => "It cannot be read now. What was done stays done.".to_owned(),
        },
        (Lang::Zh, Some(size)) => format!("最近的检查点已签署 {size} 条记录，每一条都可以核验。"),
        (Lang::Zh, None) => "还没有检查点。".to_owned(),
        (Lang::En, Some(size)) => {
            format!("The newest checkpoint signs {size} entries, each of which can be verified.")
        }
        (Lang::En, None) => "There is no checkpoint yet.".to_owned(),
    };
    Line::new(what, works, lang, means)
}

/// What becomes of what somebody is filling in.
pub(super) const fn drafts(health: &Health, lang: Lang) -> &'static [&'static str] {
    match (lang, health.is_writable()) {
        (Lang::Zh, true) => &[
            "草稿按步骤保存：每一步点“保存”之后，关闭页面或换一台电脑都可以接着填。",
            "提交之后如果没有看到结果页面，请刷新一次，同一份表单不会办理两次。",
        ],
        (Lang::Zh, false) => &[
            "已经保存的草稿和已经提交的订单都在，恢复之后可以接着办理。",
            "正在填写、还没有保存的内容在您的浏览器里：请不要关闭页面，等恢复后再点一次“保存”。",
            "刚才提交却没有看到结果的，恢复后请再提交一次同一个页面，不会办理两次。",
            "备案服务号和备案号不受影响，已备案的网站可以正常访问。",
        ],
        (Lang::En, true) => &[
            "Drafts are saved step by step: once a step is saved, you can go on later or elsewhere.",
            "If you submitted something and saw no answer, reload the page: the same form is never done twice.",
        ],
        (Lang::En, false) => &[
            "Drafts that were saved and orders that were submitted are there, and you go on with them when the service is back.",
            "What you are filling in and have not saved is in your browser: keep the page open, and save it again when the service is back.",
            "If you submitted something and saw no answer, send the same page again then: it is never done twice.",
            "Service codes and filing numbers are not touched, and filed websites stay open.",
        ],
    }
}
