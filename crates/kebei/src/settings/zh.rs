//! What is said of settings, in Chinese.

use super::{
    fault::{Fault, FaultKind, Origin},
    table::{Key, Kind},
    value::BadValue,
};
use crate::words::system_zh::original;

pub(super) const fn help(key: Key) -> &'static str {
    match key {
        Key::Data => "服务台的文件夹",
        Key::Database => {
            "使用 PostgreSQL 数据库（postgres://…），不用文件夹中的数据库文件；含密码时请写在变量或文件中"
        }
        Key::DatabaseCa => "连接 PostgreSQL 时，除系统证书外还信任此文件（PEM）中的证书",
        Key::DatabaseConnections => "kebei serve 与 PostgreSQL 之间的连接数",
        Key::MasterKeyFile => {
            "主密钥文件，默认为文件夹中的 master.key；也可用 KEBEI_MASTER_KEY 直接给出主密钥"
        }
        Key::Listen => "提供服务的地址和端口",
        Key::MetricsListen => "提供 /metrics 的地址和端口，须与 listen 不同；不设则不提供",
        Key::PublicUrl => "从外部访问服务台的地址，例如 https://beian.example.com，末尾不加斜杠",
        Key::TrustedProxies => "可信的反向代理（CIDR 列表）：只采信它们写的 X-Forwarded-For",
        Key::VerifyUrl => {
            "向自有面板核实主机用户名和密码的 URL，见 docs/verify-url.zh.md；设置后不再使用导入的数据"
        }
        Key::VerifyUrlSecretFile => "与面板共用的密钥所在的文件，其他用户不能读取",
        Key::VerifyUrlAddresses => "面板可以使用的网段或地址（CIDR 列表）；不设则只能是公网地址",
        Key::VerifyUrlCa => "访问面板时，除系统证书外还信任此文件（PEM）中的证书",
        Key::LogLevel => "日志级别：error、warn、info 或 debug",
        Key::LogFormat => "日志格式：text、json，或 auto（终端上为 text，否则为 json）",
        Key::SecondFactor => {
            "登录时谁必须使用两步验证：staff 表示除客户外的所有人员，off 表示都不强制（仍可自行开启）"
        }
        Key::RequestsPerMinute => "每个调用方每分钟的请求数上限，0 表示不限",
        Key::MostConnections => "同时保持的连接数上限",
        Key::MostConnectionsPerAddress => {
            "每个地址（IPv6 按 /64）同时保持的连接数上限，可信的反向代理不计，0 表示不限"
        }
        Key::WatchResolvers => {
            "监测域名解析所用的域名解析服务器（IP 或 IP:端口的列表，至少两台意见一致才算数）；system 为系统的设置，none 为不监测"
        }
        Key::WatchAddresses => "属于本服务商的网段（CIDR 列表），例如负载均衡、CDN：域名解析到其中即为正常",
        Key::WatchPages => "是否查看网站首页底部有没有备案号：yes 或 no",
        Key::WatchRounds => "域名解析、首页须连续多少轮（每 6 小时一轮）都有问题才提醒",
        Key::WatchHours => "这些轮次中第一轮与最后一轮至少相隔的小时数",
        Key::WatchAgainDays => "问题没有解决的，多少天后再次提醒",
        Key::WatchNowhereDays => "网站没有接入多少天后提醒",
        Key::DropAccessDays => {
            "产品实例到期或释放多少天后由系统取消该处接入（至少提前 3 天提醒），0 表示从不自动取消"
        }
        Key::Contact => "客服的联系方式，显示在每个页面的底部，例如“95187 转 2，工作日 9:00–18:00”",
        Key::CheckPlace => "当面核验的地点和时间，客户上传材料时看到；不设则请客户向客服咨询",
        Key::GateMaxAgeSeconds => "放行数据最多可以多旧（秒）；超过后按 gate_when_stale 处理",
        Key::GateWhenStale => "放行数据太旧时：closed 表示不放行，open 表示放行（黑名单中的除外）",
        Key::RpcListen => "另行提供兼容 RPC 接口的地址和端口；不设则只在 listen 的 / 上提供",
        Key::DrainSeconds => "停止时等待正在处理的请求完成的最长秒数",
    }
}

fn wanted(kind: Kind) -> String {
    match kind {
        Kind::Path => "文件或文件夹的路径".to_owned(),
        Kind::Database => "postgres://用户:密码@主机/数据库".to_owned(),
        Kind::Address => "IP 地址加端口，例如 127.0.0.1:8080".to_owned(),
        Kind::Url => "http:// 或 https:// 开头、末尾不加斜杠的地址".to_owned(),
        Kind::Line => "一行文字，最多 200 字".to_owned(),
        Kind::Resolvers => "system、none，或 IP、IP:端口的列表，例如 [\"223.5.5.5\"]".to_owned(),
        Kind::Networks => "CIDR 列表，例如 [\"10.0.0.0/8\"]".to_owned(),
        Kind::Word(words) => format!("其中之一：{}", words.join("、")),
        Kind::Number(from, to) => format!("{from} 到 {to} 的整数"),
    }
}

pub(super) fn origin(origin: &Origin) -> String {
    match origin {
        Origin::Default => "默认".to_owned(),
        Origin::File { path, line, column } => format!("{}:{line}:{column}", path.display()),
        Origin::Variable(name) => format!("环境变量 {name}"),
        Origin::Option(name) => format!("选项 --{name}"),
    }
}

pub(super) fn fault(fault: &Fault) -> String {
    let Fault { setting, origin: from, kind } = fault;
    let from = origin(from);
    match kind {
        FaultKind::Unreadable(why) => format!("{from}：文件无法读取{}", original(why)),
        FaultKind::Syntax(why) => format!("{from}：不是正确的 TOML{}", original(why)),
        FaultKind::UnknownKey { nearest: Some(nearest) } => {
            format!("{from}：没有名为 {setting} 的设置，您是否想写 {nearest}？")
        }
        FaultKind::UnknownKey { nearest: None } => {
            format!("{from}：没有名为 {setting} 的设置；全部设置见 kebei serve --help")
        }
        FaultKind::Value { wanted: kind, bad: BadValue::WrongType, .. } => {
            format!("{from}：{setting} 的类型不对，应为{}", wanted(*kind))
        }
        FaultKind::Value { wanted: kind, secret: true, .. } => {
            format!("{from}：{setting} 的值无法使用，应为 {}", wanted(*kind))
        }
        FaultKind::Value { wanted: kind, bad: BadValue::NotOne(found), .. } => {
            format!("{from}：{setting} 的值“{found}”无法使用，应为{}", wanted(*kind))
        }
        FaultKind::Value { bad: BadValue::BitsAfterPrefix(found), .. } => {
            format!("{from}：{setting} 中的“{found}”在前缀之后还有非零位，请写成网络的首个地址")
        }
        FaultKind::DataMoves => {
            format!(
                "{from}：放在服务台文件夹里的 kebei.toml 不能指定另一个 data；请删去这一行，或用 --config 指定配置文件"
            )
        }
    }
}
