//! `GET /`: what this is, and where to go on.

use crate::{
    language::Speaks,
    page::{page, wanted},
};
use axum::{extract::RawQuery, response::Response};
use rulebook::Lang;

/// The page that whoever opens the address of the desk sees first.
pub(crate) async fn home(RawQuery(query): RawQuery, Speaks(lang): Speaks) -> Response {
    let lang = wanted(query.as_deref(), lang);
    let Words { title, lead, how, links } = words(lang);
    let link = |[address, name, says]: [&str; 3]| {
        let tag = lang.bcp47();
        let query = if address == "/problems" { format!("?lang={tag}") } else { String::new() };
        format!("<dt><a href=\"{address}{query}\">{name}</a> <code>{address}</code></dt><dd>{says}</dd>")
    };
    let links = links.map(link).concat();
    let main =
        format!("<h1>{title}</h1><p class=\"lead\">{lead}</p><p class=\"soft\">{how}</p><dl>{links}</dl>");
    page(title, &main, "/", lang)
}

/// What the page says.
struct Words {
    title: &'static str,
    lead: &'static str,
    how: &'static str,
    /// Addresses, how each is called, and what is there.
    links: [[&'static str; 3]; 4],
}

const fn words(lang: Lang) -> Words {
    match lang {
        Lang::Zh => Words {
            title: "备案服务台",
            lead: "这里判定产品能否用于 ICP 备案、发放备案服务号、验证产品、办理备案订单。不能办理时，会说明全部原因和处理方法。",
            how: "各项功能通过接口使用；用户和 API 密钥由管理员创建。",
            links: [
                ["/api/docs", "接口文档（英文）", "各接口的用法，可以在页面上直接试用。"],
                ["/api/openapi.json", "接口文档（JSON）", "同一份文档的 OpenAPI 格式，供程序和工具读取。"],
                ["/problems", "问题类型", "接口可能返回的各种问题、含义和处理方法。"],
                ["/readyz", "运行状态", "服务台现在能否正常提供服务（JSON）。"],
            ],
        },
        Lang::En => Words {
            title: "The filing desk",
            lead: "It decides whether a product may back an ICP filing, issues service codes, verifies products, and takes filing orders. Where the answer is no, it says every reason and what to do.",
            how: "All of it is used over the API. An operator makes users and API keys.",
            links: [
                ["/api/docs", "API document", "How each operation is called; it can be tried on the page."],
                ["/api/openapi.json", "API document as JSON", "The same as OpenAPI, for programs and tools."],
                [
                    "/problems",
                    "Kinds of problems",
                    "What the API may answer instead, what it means and what to do.",
                ],
                ["/readyz", "State", "Whether the desk can serve now (JSON)."],
            ],
        },
    }
}
