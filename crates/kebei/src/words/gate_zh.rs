//! What `kebei gate` says, in Chinese.

use super::{gate::GateSay, system_zh::original};
use crate::private_file::NoSecret;
use gate::WhenStale;
use rulebook::calendar::rfc3339;

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
        GateSay::NotFetched(fault) => format!("没有更新放行副本，原有副本照常可用{}", original(fault)),
        GateSay::Fetched { at, domains } => format!("放行副本已更新到 {}，共 {domains} 个域名", rfc3339(*at)),
    }
}
