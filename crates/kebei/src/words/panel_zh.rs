//! What the program says of the provider's own panel, in Chinese.

use super::system_zh::{because, original};
use crate::{panel::NoPanel, private_file::NoSecret};
use ::panel::{BadPanel, BadSecret, SHORTEST_SECRET};
use outbound::{BadAddress, BadNetwork, BadSetup};

pub(super) fn no_panel(fault: &NoPanel) -> String {
    match fault {
        NoPanel::NoSecretFile => {
            "设置了 verify_url，但没有设置 verify_url_secret_file；请指定与面板共用的密钥所在的文件"
                .to_owned()
        }
        NoPanel::Secret(file, fault) => {
            let file = file.display();
            match fault {
                NoSecret::File(error) => format!("verify_url_secret_file：{file} 无法读取{}", because(error)),
                NoSecret::NotAFile => format!("verify_url_secret_file：{file} 不是文件"),
                NoSecret::Open(mode) => format!(
                    "verify_url_secret_file：其他用户可以读取 {file}（权限 {mode:04o}）；请运行 chmod 600 {file}，如已泄露请更换密钥"
                ),
                NoSecret::Foreign => format!("verify_url_secret_file：{file} 属于其他用户"),
            }
        }
        NoPanel::Bad(bad) => self::bad(bad),
    }
}

fn bad(bad: &BadPanel) -> String {
    match bad {
        BadPanel::Url(BadAddress::Malformed) => {
            "verify_url 不是服务器的 URL，应形如 https://panel.example.com/verify".to_owned()
        }
        BadPanel::Url(BadAddress::NotEncrypted) => {
            "verify_url 应以 https:// 开头；只有访问 verify_url_addresses 中的地址时才能用 http://".to_owned()
        }
        BadPanel::Url(BadAddress::WithPassword) => {
            "verify_url 中含有用户名或密码；请删去，请求已有签名".to_owned()
        }
        BadPanel::Url(BadAddress::Forbidden(address)) => {
            format!(
                "verify_url 指向 {address}，不在允许访问的范围内；如确认无误，请将其列入 verify_url_addresses"
            )
        }
        BadPanel::Addresses { text, fault: BadNetwork::Malformed } => {
            format!("verify_url_addresses：{text} 不是地址，也不是网段（例如 10.1.0.0/16）")
        }
        BadPanel::Addresses { text, fault: BadNetwork::Inside(_) } => {
            format!("verify_url_addresses：{text} 在前缀之后还有非零位，请写成网段的首个地址")
        }
        BadPanel::Secret(BadSecret::TooShort) => {
            format!("verify_url_secret_file：密钥少于 {SHORTEST_SECRET} 个字符")
        }
        BadPanel::Secret(BadSecret::Spaced) => "verify_url_secret_file：密钥中含有空格或控制字符".to_owned(),
        BadPanel::Client(BadSetup::Certificates { file, why }) => {
            format!("verify_url_ca：{} 中的证书无法使用{}", file.display(), original(why))
        }
        BadPanel::Client(BadSetup::Tls(why)) => format!("verify_url：无法建立 TLS{}", original(why)),
    }
}
