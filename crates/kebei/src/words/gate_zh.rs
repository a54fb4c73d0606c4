//! What `kebei gate` says, in Chinese.

use super::{gate::GateSay, system_zh::original};
use crate::{commands::gate::fetch::NotFetched, private_file::NoSecret};
use gate::WhenStale;
use rulebook::calendar::rfc3339;

/// Why no copy came, and what to do about it.
fn why(fault: &NotFetched) -> String {
    match fault {
        NotFetched::Status(401) => "；密钥无效、已吊销或已过期，请检查 --key-file 或 KEBEI_KEY".to_owned(),
        NotFetched::Status(403) => "；该密钥没有 copy-gate 权限".to_owned(),
        NotFetched::Status(404) => "；--url 不是服务台的地址".to_owned(),
        NotFetched::Status(429) => "；本分钟内获取的次数太多，稍后会恢复".to_owned(),
        NotFetched::Status(503) => "；服务台暂时不能提供，稍后重试即可".to_owned(),
        fault => original(fault),
    }
}

pub(super) fn say(what: &GateSay<'_>) -> String {
    match what {
        GateSay::BadKey(fault) => {
            format!("--key 不是放行密钥，应为 GET /gate/v1/key 给出的“名称+编号+base64”{}", original(fault))
        }
        GateSay::NoCopy(file) => format!("{} 不存在；请先用 kebei gate fetch 获取", file.display()),
        GateSay::Unreadable(fault) => format!("放行副本不能使用，请重新获取{}", original(fault)),
        GateSay::Stale { as_of, when_stale } => {
            let then = match when_stale {
                WhenStale::Open => "按设置放行（黑名单中的除外）",
                WhenStale::Closed => "按设置不放行",
            };
            format!("放行副本是 {} 的，已经太旧：{then}", rfc3339(*as_of))
        }
        GateSay::NoKey => {
            "没有查询服务台的密钥；请用 --key-file 指定文件，或设置环境变量 KEBEI_KEY".to_owned()
        }
        GateSay::NoSecret { file, fault } => {
            let file = file.display();
            match fault {
                NoSecret::File(error) => format!("--key-file：{file} 无法读取{}", original(error)),
                NoSecret::NotAFile => format!("--key-file：{file} 不是文件"),
                NoSecret::Open(mode) => {
                    format!(
                        "--key-file：其他用户可以读取 {file}（权限 {mode:04o}）；请运行 chmod 600 {file}，可能已泄露的请更换"
                    )
                }
                NoSecret::Foreign => format!("--key-file：{file} 属于其他用户"),
            }
        }
        GateSay::NoClient(fault) => {
            format!("--url 无法使用，应为 https: 地址，本机可用 http:{}", original(fault))
        }
        GateSay::NotFetched { fault, has_copy } => {
            let then = if *has_copy {
                "没有更新放行副本，原有副本照常可用"
            } else {
                "没有取得放行副本，目前没有可用的副本"
            };
            format!("{then}{}", why(fault))
        }
        GateSay::Fetched { at, domains } => format!("放行副本已更新到 {}，共 {domains} 个域名", rfc3339(*at)),
    }
}
