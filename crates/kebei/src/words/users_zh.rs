//! What the program says of users and their keys, in Chinese.

use super::users::{UserSay, moment, words};
use app::{
    OpenAccountError,
    access::{
        AddUserFault, KeyFault, LONGEST_LABEL, ListedKey, ListedUser, MOST_KEYS, MadeKey, ONE_TIME_GOOD,
        Right, Role, RolesFault, ShownOnce, UserFault,
    },
};

pub(super) fn say(say: &UserSay<'_>) -> String {
    match say {
        UserSay::Added { name, password: None } => {
            format!("已添加系统 {name}。它用密钥调用：kebei user key add {name} --label …")
        }
        UserSay::Added { name, password: Some(password) } => {
            format!("已添加用户 {name}。\n{}", one_time(password))
        }
        UserSay::NotAdded(fault) => not_added(fault),
        UserSay::BadEmail => "--email 的值不是电子邮箱；应如 li@example.cn".to_owned(),
        UserSay::User(user) => listed(user),
        UserSay::NoUsers => "还没有用户。请添加第一个：kebei user add NAME --role operator".to_owned(),
        UserSay::Changed { name } => format!("已更改 {name} 的角色，从下一次请求起生效。"),
        UserSay::NotChanged(fault) => not_changed(fault),
        UserSay::Locked { name } => format!("已锁定 {name}：全部会话已结束，密码和密钥都不能再使用。"),
        UserSay::Unlocked { name } => format!("已解除 {name} 的锁定，可以重新登录，密钥照旧可用。"),
        UserSay::Reset { name, password } => {
            format!("已重置 {name} 的密码，全部会话已结束。\n{}", one_time(password))
        }
        UserSay::SecondFactorReset { name } => format!(
            "已重置 {name} 的两步验证，恢复码一并作废，全部会话已结束。\n下次登录只需密码；必须使用两步验证的人员登录后须重新开启。"
        ),
        UserSay::Opened { account } => format!("已开立账号 {account}。"),
        UserSay::NotOpened(error) => match error {
            OpenAccountError::Taken { name } => format!("账号 {name} 或其编号已经存在"),
            OpenAccountError::BadName(name) => {
                format!("“{name}”不能用作账号；请用 1 到 128 字节、不含控制字符的文字")
            }
            OpenAccountError::Desk(error) => error.to_string(),
        },
        UserSay::KeyMade(made) => key_made(made),
        UserSay::KeyFault(fault) => key_fault(fault),
        UserSay::Key(key) => listed_key(key),
        UserSay::NoKeys { user } => format!("{user} 没有密钥。"),
        UserSay::BadKeyId { found } => format!("“{found}”不是密钥的 ID；请用 kebei user key list 查看"),
        UserSay::KeyRevoked => "已吊销密钥，从现在起不能再使用。".to_owned(),
        UserSay::Right(right) => what(*right).to_owned(),
        UserSay::RightHeading => "right".to_owned(),
    }
}

fn one_time(password: &str) -> String {
    format!(
        "一次性密码：{password}\n密码只显示这一次，{} 天内有效，只能登录一次；登录后必须马上改为自己的密码。",
        ONE_TIME_GOOD.as_hours() / 24
    )
}

fn roles_fault(fault: RolesFault) -> String {
    match fault {
        RolesFault::None => "用户至少要有一个角色".to_owned(),
        RolesFault::CustomerAlone => "角色 customer 不能与其他角色并存".to_owned(),
        RolesFault::CustomerNeedsAccount => {
            "角色 customer 需要账号；请在添加用户时用 --account 指定".to_owned()
        }
        RolesFault::AccountWithoutCustomer => "有账号的用户只能是 customer，不能有其他角色".to_owned(),
    }
}

fn not_added(fault: &AddUserFault) -> String {
    match fault {
        AddUserFault::BadName(name) => {
            format!("“{name}”不能用作用户名；请用小写字母、数字、. - 和 _，最多 64 个字符，不要用电子邮箱")
        }
        AddUserFault::Taken(name) => format!("已有用户 {name}，没有做任何改动"),
        AddUserFault::Roles(fault) => roles_fault(*fault),
        AddUserFault::UnknownAccount(name) => {
            format!("没有账号 {name}；请先开立：kebei user account {name}")
        }
    }
}

fn not_changed(fault: &UserFault) -> String {
    match fault {
        UserFault::Unknown(name) => format!("没有用户 {name}；请用 kebei user list 查看"),
        UserFault::System(name) => format!("{name} 是其他系统，没有密码；请为它新建密钥"),
        UserFault::Roles(fault) => roles_fault(*fault),
        UserFault::LastOperator(name) => format!(
            "{name} 是最后一个可以登录的 operator，没有做任何改动；请先添加另一个：kebei user add NAME --role operator"
        ),
        UserFault::OwnRoles => "不能修改自己的角色；请由其他 operator 修改".to_owned(),
        UserFault::NoSecondFactor(name) => format!("{name} 没有开启两步验证，没有做任何改动"),
        UserFault::OwnSecondFactor => "不能重置自己的两步验证；请由其他 operator 重置".to_owned(),
        UserFault::Changed => "密码刚刚被改过".to_owned(),
    }
}

fn key_fault(fault: &KeyFault) -> String {
    match fault {
        KeyFault::UnknownUser(name) => format!("没有用户 {name}；请用 kebei user list 查看"),
        KeyFault::UnknownKey => "该用户没有此密钥，或密钥已经吊销".to_owned(),
        KeyFault::NotAllowed => "只有登录后有此权限的用户才能新建密钥".to_owned(),
        KeyFault::BadLabel => format!("密钥的名称应有 1 到 {LONGEST_LABEL} 个字符"),
        KeyFault::ExpiresInThePast => "--expires 的时间已经过去".to_owned(),
        KeyFault::NoScope => "没有任何权限的密钥什么也做不了".to_owned(),
        KeyFault::BeyondRoles(right) => {
            format!("--scope 的 {right} 超出了该用户角色的权限；请用 kebei user roles 查看")
        }
        KeyFault::TooMany => format!("该用户已有 {MOST_KEYS} 个密钥，达到上限；请先吊销一个"),
    }
}

fn listed(user: &ListedUser) -> String {
    let mut parts = vec![format!("{}  {}", user.name, words(user.roles.iter().map(Role::word)))];
    if user.system {
        parts.push("其他系统".to_owned());
    }
    if let Some(account) = &user.account {
        parts.push(format!("账号 {account}"));
    }
    if let Some(email) = &user.email {
        parts.push(email.reveal().to_owned());
    }
    if let Some(until) = user.one_time_until {
        parts.push(format!("一次性密码有效期至 {}", moment(until)));
    }
    if let Some(since) = user.locked_at {
        parts.push(format!("{} 起锁定", moment(since)));
    }
    parts.join("；")
}

fn key_made(made: &MadeKey) -> String {
    let secret = made.secret.as_ref().map(ShownOnce::reveal).unwrap_or_default();
    match &made.public_id {
        None => format!("已新建密钥 {}，只显示这一次：\n{secret}", made.id),
        Some(public) => {
            format!("已新建密钥 {}，Secret 只显示这一次：\nID：{public}\nSecret：{secret}", made.id)
        }
    }
}

fn listed_key(key: &ListedKey) -> String {
    let mut parts = vec![format!("{}  {}", key.id, key.label)];
    if let Some(public) = &key.public_id {
        parts.push(format!("签名密钥 {public}"));
    }
    match &key.scopes {
        None => parts.push("角色的全部权限".to_owned()),
        Some(scopes) => {
            parts.push(format!("只有 {}", words(scopes.iter().map(|right| right.word()))));
        }
    }
    parts.push(format!("{} 新建", moment(key.made_at)));
    if let Some(until) = key.expires_at {
        parts.push(format!("有效期至 {}", moment(until)));
    }
    match key.used_at {
        None => parts.push("从未使用".to_owned()),
        Some(at) => parts.push(format!("最近使用 {}", moment(at))),
    }
    parts.join("；")
}

const fn what(right: Right) -> &'static str {
    match right {
        Right::OwnInstances => "查看本账号的实例及其结论",
        Right::OwnCodes => "查看、申请、绑定和授权本账号的备案服务号",
        Right::VerifyProduct => "为本账号的备案验证产品",
        Right::OwnOrders => "填写、提交和撤回本账号的备案订单",
        Right::OwnNumbers => "查看本账号的备案号",
        Right::ReadNumbers => "查看所有账号的备案号，查看会被记录",
        Right::EndNumbers => "登记取消接入和备案号注销",
        Right::ReviewOrders => "初审所有账号的备案订单，退回或通过",
        Right::FileOrders => "将备案订单提交管局，登记管局的结果",
        Right::ProposeAndAgree => "提议黑名单变更和按主管部门要求的注销，并决定他人的提议",
        Right::LookUp => "查询任一实例、服务号或账号不能办理的原因，查询会被记录",
        Right::AllInstances => "查看所有账号的实例及其结论",
        Right::ImportInstances => "导入实例",
        Right::ManageCodes => "预先生成、导入和作废备案服务号",
        Right::PublishRulebook => "查看和发布规则集",
        Right::ManageUsers => "添加用户和账号，更改角色，锁定用户",
        Right::ReadLedger => "查看和核验台账",
        Right::ReadAccessLog => "查看谁查询过什么",
        Right::ReadOrders => "查看备案订单（个人信息打码）",
        Right::ReadPersonalData => "以注明的用途查看订单中的个人信息原文",
        Right::ErasePersonalData => "永久删除个人信息",
        Right::OwnKeys => "新建和吊销自己的密钥",
        Right::OwnSessions => "查看自己在哪里登录，并结束登录",
        Right::AskGate => "查询域名是否可以放行",
        Right::CopyGate => "获取全部放行数据的副本，包括所有域名",
        Right::ManageGate => "管理放行白名单和本服务商的地址段",
        Right::ActForAccounts => "代任何账号申请、授权、查看备案服务号（供其他系统使用）",
    }
}
