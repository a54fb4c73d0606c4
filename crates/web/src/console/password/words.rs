//! What the page for setting a password says.

use crate::console::words::either;
use rulebook::Lang;

pub(super) struct Words {
    pub(super) title: &'static str,
    pub(super) must: &'static str,
    pub(super) old: &'static str,
    pub(super) new: &'static str,
    pub(super) new_hint: &'static str,
    pub(super) again: &'static str,
    pub(super) unlike: &'static str,
    pub(super) others_end: &'static str,
    pub(super) set: &'static str,
    pub(super) done_title: &'static str,
    pub(super) done: &'static str,
    pub(super) begin: &'static str,
}

pub(super) const fn words(lang: Lang) -> &'static Words {
    const ZH: Words = Words {
        title: "设置密码",
        must: "您是用一次性密码登录的。请先设置自己的密码，再办理其他事项。",
        old: "当前密码",
        new: "新密码",
        new_hint: "10 到 1000 个字符。一句别人猜不到的话，比短而复杂的密码更好记、也更安全。",
        again: "再输入一遍新密码",
        unlike: "两次输入的新密码不一样，请重新输入。",
        others_end: "设置后，您在其他设备上的登录会全部退出，这里的登录保留。",
        set: "设置密码",
        done_title: "密码已设置",
        done: "请用新密码登录。您在其他设备上的登录已全部退出。",
        begin: "返回首页",
    };
    const EN: Words = Words {
        title: "Set your password",
        must: "You signed in with a one-time password. Set a password of your own before anything else.",
        old: "Present password",
        new: "New password",
        new_hint: "10 to 1000 characters. A sentence that nobody guesses is easier to remember and safer than a short jumble.",
        again: "New password once more",
        unlike: "The two new passwords differ: enter them again.",
        others_end: "This ends your sessions on all other devices; this one goes on.",
        set: "Set the password",
        done_title: "Your password is set",
        done: "Sign in with it from now on. Your sessions on other devices have ended.",
        begin: "To the first page",
    };
    either(lang, &ZH, &EN)
}
