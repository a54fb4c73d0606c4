//! What is said of each kind of problem, in Chinese.

use super::kind::{Kind, Says};

pub(super) const fn says(kind: Kind) -> Says {
    let (title, advice) = match kind {
        Kind::NotSignedIn => {
            ("尚未登录", "请在 Authorization 请求头中以“Bearer 令牌”的形式提供有效的会话令牌或 API 密钥。")
        }
        Kind::ChangePassword => {
            ("请先修改密码", "您使用的是一次性密码，请先设置自己的密码，再进行其他操作。")
        }
        Kind::CodeNeeded => {
            ("还需要验证码", "密码正确。请在 code 中同时提供身份验证器当前显示的验证码，或一个恢复码。")
        }
        Kind::SetUpSecondFactor => (
            "请先开启两步验证",
            "您的角色登录时必须使用两步验证，而您还没有开启。请先在控制台的 /me/second-factor 页面开启，再进行其他操作。",
        ),
        Kind::Forbidden => ("没有权限", "您的角色或密钥的权限范围不包含此操作。如有需要，请联系管理员。"),
        Kind::NotFound => {
            ("未找到", "没有找到您要的内容，请核对后重试，并确认登录账号就是购买时使用的账号。")
        }
        Kind::NoSuchPage => ("地址不存在", "您访问的地址不存在，请对照 /api/docs 中的接口文档核对。"),
        Kind::NoSuchMethod => {
            ("不支持的请求方法", "这个地址不支持您使用的请求方法，请对照 /api/docs 中的接口文档。")
        }
        Kind::Unreadable => ("请求格式有误", "请对照 /api/docs 中的接口文档修改后重试。"),
        Kind::Invalid => (
            "请求内容有误",
            "请按照 errors 中的每一条提示修改后重试，接口文档见 /api/docs（JSON 格式：/api/openapi.json）。",
        ),
        Kind::Refused => ("未能办理", "没有做任何改动。errors 中列出了全部原因和处理方法。"),
        Kind::IllegalMove => {
            ("订单的当前状态不支持此操作", "没有做任何改动。errors 中说明了订单现在的状态和可以进行的操作。")
        }
        Kind::OrderFaulty => {
            ("订单内容有误", "没有做任何改动。errors 中列出了需要修改的每一项，以及修改方法。")
        }
        Kind::NotVerified => ("产品验证未通过", "没有做任何改动。errors 中说明了原因和处理方法。"),
        Kind::ImportOpen => ("当前的导入状态不支持此操作", "请先完成或放弃正在进行的导入，再继续操作。"),
        Kind::ConsentNeeded => (
            "需要确认",
            "这次导入会把大量产品实例标记为“已释放”。请先核对清单是否完整；确认无误后，请将 allow_gone 设为 true 再次提交。",
        ),
        Kind::NoEdition => ("当时没有适用的规则", "您查询的时间早于规则集的第一版，请换一个更晚的时间。"),
        Kind::KeyMissing => (
            "缺少幂等键",
            "请在 Idempotency-Key 请求头中提供一个您自己生成的唯一值，例如 UUID。这样重复发送同一请求也不会重复办理。",
        ),
        Kind::KeyUsed => (
            "幂等键已用于其他请求",
            "同一个 Idempotency-Key 只能用于内容完全相同的请求，请为新的请求换一个值。",
        ),
        Kind::StillWorking => (
            "请求正在处理",
            "请等待 Retry-After 指定的秒数，再用同一个 Idempotency-Key 重新发送，即可得到结果。",
        ),
        Kind::TooManyRequests => ("请求过于频繁", "请等待 Retry-After 指定的秒数后再试。"),
        Kind::TooLarge => ("请求内容过大", "请求内容超过了大小上限，请减少内容；批量数据可以分批提交。"),
        Kind::NotJson => ("不支持的内容类型", "请发送 JSON，并把 Content-Type 设为 application/json。"),
        Kind::Changed => (
            "内容已有改动",
            "您读取之后，内容又有改动，也可能是您自己在别处的操作。请重新读取，确认后再提交。",
        ),
        Kind::ReadOnly => {
            ("系统暂时只能查询", "正在等待管理员核对数据，期间暂不办理业务，您已经提交的内容不受影响。")
        }
        Kind::Busy => ("系统繁忙", "没有做任何改动，请稍候重试。"),
        Kind::OutcomeUnknown => (
            "结果暂时未知",
            "业务可能已经办理。如果请求带有 Idempotency-Key，请用同一个值重新发送，即可得到结果，不会重复办理；如果没有，请先查询是否已经办理。",
        ),
        Kind::Incomplete => {
            ("请求没有发送完整", "没有在规定时间内收到完整的请求内容，没有做任何改动。请检查网络后重新发送。")
        }
        Kind::TooSlow => (
            "处理超时",
            "未能在规定时间内完成，业务可能已经办理。重试时请使用同一个 Idempotency-Key，以免重复办理；没有使用的，请先查询是否已经办理。",
        ),
        Kind::NoFont => (
            "暂时不能生成 PDF",
            "服务器上没有中文字体。请用浏览器的“打印”功能把页面另存为 PDF；服务商安装中文字体（例如 Noto Sans CJK，Debian 的软件包 fonts-noto-cjk）后即可下载。",
        ),
        Kind::Fault => {
            ("系统故障", "故障已经记录，请稍后重试。如果仍然出现，请把请求编号（X-Request-Id）告诉客服。")
        }
    };
    Says { title, advice }
}
