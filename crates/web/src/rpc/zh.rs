//! What is told of refused calls, in Chinese.

use super::fault::{Bsn, Expected, Refusal};
use app::gate::{LONGEST_REASON, MAX_RANGES, MAX_WINDOWS, MOST_AT_ONCE, MOST_ENDED, MOST_NAMES, MOST_OF_ONE};

pub(super) fn message(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Missing(name) => format!("缺少参数 {name}。"),
        Refusal::Unfit { name, expected: wanted } => {
            format!("参数 {name} 不正确，应为：{}。", expected(*wanted))
        }
        Refusal::Repeated(name) => format!("参数 {name} 出现了不止一次，请只传一次。"),
        Refusal::NotAForm => "请求体应为 application/x-www-form-urlencoded，或者为空。".to_owned(),
        Refusal::TooLarge => "请求太大，请减少参数或分批调用。".to_owned(),
        Refusal::UnknownKey => {
            "没有这个 AccessKeyId，或者它已经吊销、过期。请使用有效的签名密钥。".to_owned()
        }
        Refusal::Expired => "请求时间与服务器时间相差超过 15 分钟，请校准时钟后重新签名。".to_owned(),
        Refusal::Unsigned => {
            "有必须签名的请求头没有签名：host 和所有 x-acs- 开头的请求头都要签名。".to_owned()
        }
        Refusal::SignatureDoesNotMatch { ours: None } => {
            "签名不一致，请核对 x-acs-content-sha256 与请求体、签名的请求头名称与实际发送的是否一致。"
                .to_owned()
        }
        Refusal::SignatureDoesNotMatch { ours: Some(ours) } => {
            format!(
                "签名不一致，请核对密钥和待签名字符串。服务器端的待签名字符串 server string to sign is:{ours}"
            )
        }
        Refusal::NonceUsed => "这个随机数已经用过，每次请求都要换一个。".to_owned(),
        Refusal::NotAllowed(right) => format!("这个密钥没有 {right} 权限，请由操作员授予。"),
        Refusal::MadeByOthers => "这是其他密钥登记的，本密钥不能移除，请联系登记方或操作员。".to_owned(),
        Refusal::UnknownVersion => "没有这个版本，可用的版本为 2015-05-12 和 2016-08-10。".to_owned(),
        Refusal::UnknownAction => "这个版本没有这个 Action，请核对 Action 和 Version。".to_owned(),
        Refusal::NotOffered => "本服务台不提供这个 Action。".to_owned(),
        Refusal::NoDomain(name) => format!("“{name}”不是可以备案的域名。"),
        Refusal::NotReady => "放行数据还在加载，请稍后重试。".to_owned(),
        Refusal::TooMany { again } => format!("请求太多，请在 {again} 秒后重试。"),
        Refusal::Unavailable => "服务暂时不可用，没有做任何更改，请稍后重试。".to_owned(),
        Refusal::OutcomeUnknown => "可能已经生效，请先查询，再决定是否重试。".to_owned(),
        Refusal::Fault => "系统故障，已经记录，请把 RequestId 告诉客服。".to_owned(),
        Refusal::Bsn(fault) => bsn(fault),
    }
}

fn expected(expected: Expected) -> String {
    match expected {
        Expected::Just(text) => text.to_owned(),
        Expected::NonceLength => "1 到 128 字节".to_owned(),
        Expected::NoGap => "从 1 开始连续编号的值".to_owned(),
        Expected::Values { most } => format!("最多 {most} 个值"),
        Expected::Number { most: None } => "不小于 1 的整数".to_owned(),
        Expected::Number { most: Some(most) } => format!("1 到 {most} 的整数"),
        Expected::Caller => "由 A-Z、a-z、0-9、“-”“_”“.”组成的 1 到 64 个字符".to_owned(),
        Expected::Names => format!("1 到 {MOST_AT_ONCE} 个域名"),
        Expected::LaterTime => "晚于 StartTime 和当前时间的时间".to_owned(),
        Expected::Reason => format!("一行文字，1 到 {LONGEST_REASON} 个字，不含不可见字符"),
        Expected::RoomForWindows => format!("条目少于 {MAX_WINDOWS} 个的域名"),
        Expected::FewerWindows => format!("较少的域名，一次最多移除 {MOST_ENDED} 个条目"),
        Expected::Listed => "白名单中的域名".to_owned(),
        Expected::Range => "一个地址、一个网段（例如 10.0.0.0/8），或者用“-”连接的首尾地址".to_owned(),
        Expected::AddressVersion => "4 或 6，与地址一致".to_owned(),
        Expected::NewRange => "尚未登记的地址段".to_owned(),
        Expected::KnownRange => "已经登记的地址段".to_owned(),
        Expected::RoomForRanges => format!("合计最多 {MAX_RANGES} 个地址段"),
        Expected::RoomForNames => format!("一个域名下最多 {MOST_NAMES} 个名称"),
        Expected::RoomForAllNames => format!("同一密钥所属的系统合计最多 {MOST_OF_ONE} 个名称"),
        Expected::Address => "一个 IP 地址".to_owned(),
    }
}

fn bsn(fault: &Bsn) -> String {
    match fault {
        Bsn::NoAccount => "没有这个编号的账号。".to_owned(),
        Bsn::NoInstance => "没有这个产品实例，或者它不是这种产品类型。".to_owned(),
        Bsn::NoSn => "没有填写备案服务号（sn）。".to_owned(),
        Bsn::NoCode => "没有这个备案服务号，请核对。".to_owned(),
        Bsn::CannotBind => "这种产品类型的备案服务号不能在这里生成。".to_owned(),
        Bsn::NotOwner => "这个产品实例不属于该账号。".to_owned(),
        Bsn::Missing(name) => format!("缺少参数 {name}。"),
        Bsn::Count => "num 应为 1 到 20 的整数。".to_owned(),
        Bsn::NotOwned => "这个备案服务号不属于该账号。".to_owned(),
        Bsn::AccountUnfit(told)
        | Bsn::NoAddress(told)
        | Bsn::Unfit(told)
        | Bsn::Failed(told)
        | Bsn::NotFiled(told)
        | Bsn::Limit(told) => told.clone(),
    }
}
