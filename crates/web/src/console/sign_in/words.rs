//! What the page for signing in says.

use crate::console::words::either;
use rulebook::Lang;

pub(super) struct Words {
    pub(super) title: &'static str,
    pub(super) ended: &'static str,
    pub(super) name: &'static str,
    pub(super) name_missing: &'static str,
    pub(super) password: &'static str,
    pub(super) password_missing: &'static str,
    pub(super) sign_in: &'static str,
    pub(super) no_account: &'static str,
    pub(super) forgotten: &'static str,
    pub(super) go_on_title: &'static str,
    pub(super) go_on_lead: &'static str,
    pub(super) go_on: &'static str,
    pub(super) leave: &'static str,
}

pub(super) const fn words(lang: Lang) -> &'static Words {
    const ZH: Words = Words {
        title: "登录",
        ended: "您的登录已过期，刚才的内容还没有提交。重新登录后可以接着提交，不用再填一遍。",
        name: "用户名",
        name_missing: "请填写用户名。",
        password: "密码",
        password_missing: "请填写密码。",
        sign_in: "登录",
        no_account: "还没有账号？请联系您的接入服务商开通。",
        forgotten: "忘记密码？请联系接入服务商的管理员，由其为您生成一次性密码。",
        go_on_title: "已登录，请继续",
        go_on_lead: "刚才提交的内容还在，但还没有办理。请点击下面的按钮提交。",
        go_on: "继续提交",
        leave: "不提交，返回首页",
    };
    const EN: Words = Words {
        title: "Sign in",
        ended: "Your session has ended, and what you just sent was not done. Sign in again and go on: nothing has to be filled in twice.",
        name: "User name",
        name_missing: "Enter your user name.",
        password: "Password",
        password_missing: "Enter your password.",
        sign_in: "Sign in",
        no_account: "No user yet? Your hosting provider makes one: ask there.",
        forgotten: "Forgot the password? An operator of your hosting provider gives you a one-time password.",
        go_on_title: "You are signed in: go on",
        go_on_lead: "What you sent before is still here, but nothing has been done yet. Send it now.",
        go_on: "Send it",
        leave: "Do nothing, and go to the first page",
    };
    either(lang, &ZH, &EN)
}
