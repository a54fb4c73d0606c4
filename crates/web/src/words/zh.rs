//! What the API says, in Chinese.

use super::Say;

pub(super) fn say(say: Say<'_>) -> String {
    match say {
        Say::UnknownToken => "令牌无效，请重新登录，或核对 API 密钥是否完整。".to_owned(),
        Say::ExpiredToken => "令牌已过期，请重新登录，或换用新的 API 密钥。".to_owned(),
        Say::RevokedKey => "这个 API 密钥已被停用，请换用新的密钥。".to_owned(),
        Say::SignedOut => "您已退出登录，请重新登录。".to_owned(),
        Say::LockedUser => "这个用户已被锁定，请联系管理员。".to_owned(),
        Say::UnknownInstance { instance } => {
            format!("当前账号下没有产品实例 {instance}。请确认当前登录账号就是购买时使用的账号。")
        }
        Say::UnknownCode => "没有找到这个备案服务号，请核对后重试。".to_owned(),
        Say::NoAccount => "只有代表某个账号登录的用户才能进行此操作。".to_owned(),
        Say::NoJson { line, column } => format!("请求内容不是正确的 JSON（第 {line} 行第 {column} 列）。"),
        Say::BadField { why } => format!("内容与要求不符：{why}"),
        Say::CompareWithDocument => "请对照 /api/docs 中的接口文档修改。".to_owned(),
        Say::BadIdempotencyKey => "Idempotency-Key 的格式有误。".to_owned(),
        Say::WriteIdempotencyKey => "请使用 1 到 255 个可见的 ASCII 字符，例如 UUID。".to_owned(),
        Say::WhichProof => "请提供备案服务号，或者提供主机的用户名（主机名）和密码，二者选一。".to_owned(),
        Say::OneProof => "填写 code，或者同时填写 name 和 password。".to_owned(),
        Say::UnknownProduct { product } => format!("没有名为“{product}”的产品类型，请核对后重新选择。"),
        Say::WrongProof { product, by_code: true } => {
            format!("产品 {product} 使用备案服务号验证，请填写 code。")
        }
        Say::WrongProof { product, by_code: false } => {
            format!("产品 {product} 使用主机的用户名（主机名）和密码验证，请填写 name 和 password。")
        }
        Say::BeforeFirst { instance, first } => {
            format!("系统自 {first} 起才有产品实例 {instance} 的记录，请换一个更晚的时间。")
        }
        Say::UnknownImport => "没有这次导入，请核对编号。".to_owned(),
        Say::NotForCustomers => "客户不能导入产品实例。".to_owned(),
        Say::UnknownVerdict { word } => format!("没有“{word}”这种结论。"),
        Say::OneOf { words } => format!("请使用以下之一：{words}。"),
        Say::BadLimit { found } => format!("每页不能是 {found} 条。"),
        Say::LimitFrom { most } => format!("请填写 1 到 {most}。"),
        Say::NoInventory { why } => format!("清单无法读取：{why}"),
        Say::BadCursor => "cursor 有误，请原样使用上一页 next 中的值。".to_owned(),
        Say::BadParameter { why } => format!("参数有误：{why}"),
    }
}
