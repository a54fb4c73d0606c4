//! What `kebei mcp` says to whoever starts it, in Chinese.

use super::{
    mcp::{McpSay, Secret},
    system_zh::{because, original},
};
use crate::private_file::NoSecret;
use mcp::{BadSecret, NoClient, NoConversation, NotLoopback, SHORTEST_TOKEN};
use outbound::{BadAddress, BadSetup};

pub(super) fn say(what: &McpSay<'_>) -> String {
    match what {
        McpSay::Ready { url, token } => match token {
            Some(token) => format!(
                "请求时须发送：Authorization: Bearer {token}\n服务地址：{url} （仅限本机），按 Ctrl+C 结束。"
            ),
            None => format!(
                "请求时须以 Authorization: Bearer … 发送 --token-file 中的令牌。\n服务地址：{url} （仅限本机），按 Ctrl+C 结束。"
            ),
        },
        McpSay::NoKey => {
            "没有查询服务台的密钥；请用 --key-file 指定密钥文件，或设置环境变量 KEBEI_KEY".to_owned()
        }
        McpSay::NoSecret { what, file, fault } => {
            let (option, file) = (what.option(), file.display());
            match fault {
                NoSecret::File(error) => format!("{option}：{file} 无法读取{}", because(error)),
                NoSecret::NotAFile => format!("{option}：{file} 不是文件"),
                NoSecret::Open(mode) => format!(
                    "{option}：其他用户可以读取 {file}（权限 {mode:04o}）；请运行 chmod 600 {file}，如已泄露请更换"
                ),
                NoSecret::Foreign => format!("{option}：{file} 属于其他用户"),
            }
        }
        McpSay::BadSecret { what, file, fault } => {
            let place = file.map_or_else(
                || "KEBEI_KEY".to_owned(),
                |file| format!("{}：{}", what.option(), file.display()),
            );
            format!("{place}：{}", bad_secret(*what, **fault))
        }
        McpSay::NoClient(fault) => no_client(fault),
        McpSay::NotLoopback(NotLoopback::Elsewhere(address)) => format!(
            "--http {address}：本机以外也能访问此地址；请使用回环地址，例如 127.0.0.1:{}",
            address.port()
        ),
        McpSay::NotLoopback(NotLoopback::NotBound(address, error)) => {
            format!("无法在 {address} 上提供服务{}；请用 --http 换一个地址", because(error))
        }
        McpSay::NoConversation(NoConversation::NoProtocol) => {
            "标准输入的内容不是 Model Context Protocol；此命令由 AI 助手自行启动（见 docs/mcp.md）".to_owned()
        }
        McpSay::NoConversation(NoConversation::Broken(why)) => format!("对话中断{}", original(why)),
    }
}

fn bad_secret(what: Secret, fault: BadSecret) -> String {
    match (fault, what) {
        (BadSecret::Empty, _) => "内容为空".to_owned(),
        (BadSecret::TooShort, _) => format!("令牌少于 {SHORTEST_TOKEN} 个字符"),
        (BadSecret::Malformed, Secret::Key) => "不是密钥：密钥以 kbk_ 开头，不含空格".to_owned(),
        (BadSecret::Malformed, Secret::Token) => "不是令牌：含有空格或其他无法发送的字符".to_owned(),
    }
}

fn no_client(fault: &NoClient) -> String {
    match fault {
        NoClient::Address(BadAddress::Malformed) => {
            "--url 不是服务台的 URL，应形如 https://filing.example.com".to_owned()
        }
        NoClient::Address(BadAddress::NotEncrypted) => {
            "--url 应以 https:// 开头；只有本机的服务台才能用 http://".to_owned()
        }
        NoClient::Address(BadAddress::WithPassword) => {
            "--url 中含有用户名或密码；请删去，服务台以密钥查询".to_owned()
        }
        NoClient::Address(BadAddress::Forbidden(address)) => {
            format!("--url 以 http: 指向 {address}，网络上的他人可以看到密钥；请使用其 https: 地址")
        }
        NoClient::Setup(BadSetup::Certificates { file, why }) => {
            format!("{} 中的证书无法使用{}", file.display(), original(why))
        }
        NoClient::Setup(BadSetup::Tls(why)) => format!("无法建立 TLS{}", original(why)),
    }
}
