//! What the gate answers, in words.

use app::gate::{WhenStale, Why};
use filing::registry::NotServed;
use rulebook::Lang;

/// Why a name may be served, or may not.
pub fn reason(why: Why<'_>, lang: Lang) -> String {
    match (why, lang) {
        (Why::Filed, Lang::Zh) => "该域名已备案，并接入在本服务商。".to_owned(),
        (Why::Filed, Lang::En) => "The domain is filed, and hosted with this provider.".to_owned(),
        (Why::WhiteListed { reason, .. }, Lang::Zh) => format!("该域名在白名单中：{reason}。"),
        (Why::WhiteListed { reason, .. }, Lang::En) => format!("The domain is on the white list: {reason}."),
        (Why::AddressRange { reason }, Lang::Zh) => format!("这是本服务商的地址：{reason}。"),
        (Why::AddressRange { reason }, Lang::En) => {
            format!("This is an address of the provider's own: {reason}.")
        }
        (Why::NoDomain, lang) => NotServed::NoDomain.message(lang).to_owned(),
        (Why::Listed, lang) => NotServed::Listed.message(lang).to_owned(),
        (Why::NotHostedHere, lang) => NotServed::NotHostedHere.message(lang).to_owned(),
        (Why::Cancelled, lang) => NotServed::Cancelled.message(lang).to_owned(),
        (Why::NotFiled, lang) => NotServed::NotFiled.message(lang).to_owned(),
        (Why::Stale(WhenStale::Open), Lang::Zh) => "放行数据太旧，按设置暂时放行。".to_owned(),
        (Why::Stale(WhenStale::Open), Lang::En) => {
            "What is known is too old. It is served meanwhile, as the operator chose.".to_owned()
        }
        (Why::Stale(WhenStale::Closed), Lang::Zh) => "放行数据太旧，按设置暂不放行。".to_owned(),
        (Why::Stale(WhenStale::Closed), Lang::En) => {
            "What is known is too old. It is not served meanwhile, as the operator chose.".to_owned()
        }
    }
}

/// That nothing is known yet.
pub(crate) const fn loading(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "放行数据还在加载，请稍后重试。",
        Lang::En => "What may be served is being loaded. Try again in a moment.",
    }
}
