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
        Say::BadMoment => "这不是一个时间。".to_owned(),
        Say::WriteMoment => {
            "请写成 2020-11-01T09:00:00+08:00，或只写日期 2020-11-01（北京时间零点）；放在网址中时，“+”要写成 %2B。"
                .to_owned()
        }
        Say::BadParameter { why } => format!("参数有误：{why}"),
    }
}
