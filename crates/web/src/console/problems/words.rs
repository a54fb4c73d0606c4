//! What the pages about problems say beside the kinds.

use crate::console::words::either;
use rulebook::Lang;

pub(super) struct Words {
    pub(super) all: &'static str,
    pub(super) lead: &'static str,
    pub(super) status: &'static str,
    pub(super) problem: &'static str,
    pub(super) what_to_do: &'static str,
    pub(super) every_answer: &'static str,
}

pub(super) const fn words(lang: Lang) -> &'static Words {
    const ZH: Words = Words {
        all: "接口问题类型",
        lead: "接口未能完成请求时，会在 type 中给出下列地址之一，在 errors 中逐条说明原因和处理方法。",
        status: "状态码",
        problem: "问题",
        what_to_do: "说明与处理方法",
        every_answer: "每次出错的具体原因见返回内容中的 detail 和 errors；联系客服时，请提供返回头 X-Request-Id 中的请求编号。",
    };
    const EN: Words = Words {
        all: "Kinds of API problems",
        lead: "When a request is not done, type in the answer is one of these addresses, and errors says what is wrong and what to do.",
        status: "Status",
        problem: "Problem",
        what_to_do: "What it means and what to do",
        every_answer: "What is wrong this time stands in detail and errors of the answer. If you ask support, tell them the request id in the header X-Request-Id.",
    };
    either(lang, &ZH, &EN)
}
