//! What is told of refused calls, in Chinese.

use super::fault::{Bsn, Refusal};

pub(super) fn message(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Missing(name) => format!("缺少参数 {name}。"),
        Refusal::Unfit { name, expected } => format!("参数 {name} 不正确，应为：{expected}。"),
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
        Refusal::SignatureDoesNotMatch { ours } => {
            format!(
                "签名不一致，请核对密钥和待签名字符串。服务器端的待签名字符串 server string to sign is:{ours}"
            )
        }
        Refusal::NonceUsed => "这个随机数已经用过，每次请求都要换一个。".to_owned(),
        Refusal::NotAllowed(right) => format!("这个密钥没有 {right} 权限，请由操作员授予。"),
        Refusal::UnknownVersion => "没有这个版本，可用的版本为 2015-05-12 和 2016-08-10。".to_owned(),
        Refusal::UnknownAction => "这个版本没有这个 Action，请核对 Action 和 Version。".to_owned(),
        Refusal::NotOffered => "本服务台不提供这个 Action。".to_owned(),
        Refusal::NoDomain(name) => format!("“{name}”不是可以备案的域名。"),
        Refusal::NotReady => "放行数据还在加载，请稍后重试。".to_owned(),
        Refusal::TooMany => "请求太多，请稍后重试。".to_owned(),
        Refusal::Unavailable => "服务暂时不可用，没有做任何更改，请稍后重试。".to_owned(),
        Refusal::OutcomeUnknown => "可能已经生效，请先查询，再决定是否重试。".to_owned(),
        Refusal::Fault => "系统故障，已经记录，请把 RequestId 告诉客服。".to_owned(),
        Refusal::Bsn(fault) => bsn(fault),
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
