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
        Say::BadCursor => "cursor 有误，请原样使用上一页 next 中的值。".to_owned(),
        Say::BadParameter { why } => format!("参数有误：{why}"),
        Say::Ready => "服务台可以提供服务。".to_owned(),
        Say::DatabaseMissing => "数据库没有响应，请查看日志并运行 kebei doctor。".to_owned(),
        Say::EditionMissing => {
            "当前没有适用的规则版本，请运行 kebei rulebook publish 发布规则集。".to_owned()
        }
        Say::WritableMissing => "数据库与库外检查点不符，目前只读，请运行 kebei doctor 查看原因。".to_owned(),
    }
}
