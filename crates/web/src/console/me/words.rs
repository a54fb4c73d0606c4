//! What the page about oneself says.

use crate::console::words::either;
use app::access::Role;
use rulebook::Lang;

pub(super) struct Words {
    pub(super) title: &'static str,
    pub(super) name: &'static str,
    pub(super) account: &'static str,
    pub(super) roles: &'static str,
    pub(super) and: &'static str,
    pub(super) password: &'static str,
    pub(super) second_factor: &'static str,
    pub(super) is_on: &'static str,
    pub(super) is_off: &'static str,
    pub(super) set_second_factor: &'static str,
    pub(super) sessions: &'static str,
}

pub(super) const fn words(lang: Lang) -> &'static Words {
    const ZH: Words = Words {
        title: "我的账号",
        name: "用户名",
        account: "所属账号",
        roles: "角色",
        and: "、",
        password: "修改密码",
        second_factor: "两步验证",
        is_on: "已开启",
        is_off: "未开启",
        set_second_factor: "设置两步验证",
        sessions: "查看登录设备",
    };
    const EN: Words = Words {
        title: "My sign-in",
        name: "User name",
        account: "Account",
        roles: "Roles",
        and: ", ",
        password: "Change the password",
        second_factor: "Second factor",
        is_on: "On",
        is_off: "Off",
        set_second_factor: "Set up the second factor",
        sessions: "See where you are signed in",
    };
    either(lang, &ZH, &EN)
}

/// A role, as people call it.
pub(in crate::console) const fn role(role: Role, lang: Lang) -> &'static str {
    match (lang, role) {
        (Lang::Zh, Role::Customer) => "客户",
        (Lang::Zh, Role::Support) => "客服",
        (Lang::Zh, Role::Reviewer) => "初审人员",
        (Lang::Zh, Role::Operator) => "管理员",
        (Lang::Zh, Role::Auditor) => "审计人员",
        (Lang::En, Role::Customer) => "customer",
        (Lang::En, Role::Support) => "support",
        (Lang::En, Role::Reviewer) => "reviewer",
        (Lang::En, Role::Operator) => "operator",
        (Lang::En, Role::Auditor) => "auditor",
    }
}
