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
    pub(super) code_title: &'static str,
    pub(super) code_lead: &'static str,
    pub(super) code: &'static str,
    pub(super) code_hint: &'static str,
    pub(super) code_missing: &'static str,
    pub(super) code_done: &'static str,
    pub(super) other_user: &'static str,
    pub(super) code_lost: &'static str,
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
        code_title: "输入验证码",
        code_lead: "密码正确。请打开手机上的身份验证器，输入现在显示的验证码。",
        code: "验证码",
        code_hint: "6 位数字，每 30 秒更换一次。手机不在身边时，可以输入一个恢复码。",
        code_missing: "请填写验证码或恢复码。",
        code_done: "登录",
        other_user: "换一个用户登录",
        code_lost: "身份验证器和恢复码都没有了？请联系接入服务商的管理员，核实身份后为您重置两步验证。",
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
        code_title: "Enter the code",
        code_lead: "Your password is right. Open the authenticator app on your phone, and enter the code that it shows now.",
        code: "Code",
        code_hint: "6 digits, which change every 30 seconds. Without your phone, enter a recovery code.",
        code_missing: "Enter the code, or a recovery code.",
        code_done: "Sign in",
        other_user: "Sign in as somebody else",
        code_lost: "Neither the app nor a recovery code left? An operator of your hosting provider makes sure who you are, and resets the second factor.",
        go_on_title: "You are signed in: go on",
        go_on_lead: "What you sent before is still here, but nothing has been done yet. Send it now.",
        go_on: "Send it",
        leave: "Do nothing, and go to the first page",
    };
    either(lang, &ZH, &EN)
}
