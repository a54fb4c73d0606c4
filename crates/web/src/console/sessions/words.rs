//! What the page about sessions says.

use crate::console::words::either;
use rulebook::Lang;

pub(super) struct Words {
    pub(super) title: &'static str,
    pub(super) lead: &'static str,
    pub(super) since: &'static str,
    pub(super) used: &'static str,
    pub(super) address: &'static str,
    pub(super) unknown: &'static str,
    pub(super) until: &'static str,
    pub(super) act: &'static str,
    pub(super) this: &'static str,
    pub(super) end: &'static str,
    pub(super) end_others: &'static str,
    pub(super) ended_next: &'static str,
    pub(super) is_over: &'static str,
    pub(super) look_again: &'static str,
    pub(super) strange: &'static str,
    pub(super) password: &'static str,
    pub(super) back: &'static str,
}

pub(super) const fn words(lang: Lang) -> &'static Words {
    const ZH: Words = Words {
        title: "登录设备",
        lead: "您的用户现在在下列位置保持登录。12 小时没有操作，或登录满 7 天，会自动退出。",
        since: "登录时间",
        used: "最近使用",
        address: "登录地址",
        unknown: "地址未知",
        until: "最晚退出时间",
        act: "操作",
        this: "本次登录",
        end: "退出这个登录",
        end_others: "退出其他全部登录",
        ended_next: "被退出的浏览器或程序需要重新登录才能继续使用。",
        is_over: "这个登录已经退出。",
        look_again: "下面是现在的登录情况。",
        strange: "有不认识的登录？请将其退出，并立即修改密码；修改后，其他设备上的登录会全部退出。",
        password: "修改密码",
        back: "返回我的登录",
    };
    const EN: Words = Words {
        title: "Where you are signed in",
        lead: "Your user is signed in here now. A session ends by itself after 12 hours without use, and after 7 days in any case.",
        since: "Signed in",
        used: "Last used",
        address: "From",
        unknown: "An unknown address",
        until: "Ends at the latest",
        act: "Action",
        this: "This session",
        end: "End this session",
        end_others: "End all other sessions",
        ended_next: "Whatever browser or program it was has to sign in again to go on.",
        is_over: "That session has ended already.",
        look_again: "Below are those that are open now.",
        strange: "There is one that you do not know? End it, and change your password at once: that ends the sessions on all other devices.",
        password: "Change the password",
        back: "Back to my sign-in",
    };
    either(lang, &ZH, &EN)
}

/// So many ended.
pub(super) fn ended(sessions: u64, lang: Lang) -> String {
    match (lang, sessions) {
        (Lang::Zh, 0) => "没有其他登录需要退出".to_owned(),
        (Lang::Zh, sessions) => format!("已退出 {sessions} 个登录"),
        (Lang::En, 0) => "There was no other session to end".to_owned(),
        (Lang::En, 1) => "1 session was ended".to_owned(),
        (Lang::En, sessions) => format!("{sessions} sessions were ended"),
    }
}
