//! What the program says of serving, in Chinese.

use super::{
    serving::ServeSay,
    system_zh::{because, original},
};

pub(super) fn say(say: &ServeSay<'_>) -> String {
    match say {
        ServeSay::NotBound { setting, address, error } => format!(
            "无法在 {address} 提供服务{}。请停止占用该端口的程序，或用 {setting} 指定另一个地址",
            because(error)
        ),
        ServeSay::InUse { setting, address } => format!(
            "{address} 正在使用：如果就是这个服务台在运行，无需处理；如果是其他程序，请将其停止，或用 {setting} 指定另一个地址"
        ),
        ServeSay::Serving { address, place } => {
            format!("服务台 {place} 正在 http://{address} 提供服务；按 Ctrl+C 停止。")
        }
        ServeSay::NotEmpty { folder } => {
            format!("文件夹 {} 不是空的；演示只使用空文件夹，请另选一个", folder.display())
        }
        ServeSay::NoDemo { why } => format!("无法建立演示服务台{}", original(why)),
        ServeSay::SameAddress { address } => {
            format!("metrics_listen 与 listen 同为 {address}；请为 /metrics 另选一个端口")
        }
        ServeSay::NoTls => {
            "数据库在另一台机器上，而地址中没有 sslmode；请加上 sslmode=require，以免连接被窃听".to_owned()
        }
        ServeSay::NoPublicUrl => {
            "没有设置 public_url，答复中的链接只能是相对地址；对外提供服务时请设置".to_owned()
        }
        ServeSay::OpenListen { address } => format!(
            "listen 为 {address}，网络中的任何人都能直接连接，而没有设置 trusted_proxies；\
             服务本身不加密，请放在反向代理之后，并在 trusted_proxies 中写明它的地址"
        ),
        ServeSay::ClockBehind => "系统时间早于规则集的首个版本，所有判定都会出错；请校准系统时间".to_owned(),
        ServeSay::UnknownVariable { name } => {
            format!("环境变量 {name} 不是任何设置，已忽略；全部设置见 kebei serve --help")
        }
    }
}
