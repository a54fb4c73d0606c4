//! What the pages say on which an operator records something about a number.

use super::Deed;
use crate::console::words::either;
use filing::registry::Machine;
use rulebook::Lang;

pub(super) struct Words {
    pub(super) number: &'static str,
    pub(super) state: &'static str,
    pub(super) account: &'static str,
    pub(super) domains: &'static str,
    pub(super) lost: &'static str,
    pub(super) open: &'static str,
    pub(super) reason: &'static str,
    pub(super) choose: &'static str,
    pub(super) no_reason: &'static str,
    pub(super) what: &'static str,
    pub(super) what_hint: &'static str,
    pub(super) mend_by: &'static str,
    pub(super) mend_by_hint: &'static str,
    pub(super) no_day: &'static str,
    pub(super) no_what: &'static str,
    pub(super) no_digits: &'static str,
    pub(super) to: &'static str,
    pub(super) no_key: &'static str,
    pub(super) no: &'static str,
    /// That something untrue was recorded, of which its owner could not be warned yet.
    pub(super) unwarned: &'static str,
}

const ZH: Words = Words {
    number: "备案号",
    state: "状态",
    account: "账号",
    domains: "域名",
    lost: "登记之后",
    open: "待改正的问题",
    reason: "原因",
    choose: "请选择",
    no_reason: "请选择原因。",
    what: "发现的问题",
    what_hint: "写明哪一项不真实、不准确或缺失，最多 500 字。加密保存，只给备案号的持有账号和有权查看个人信息的人看。",
    mend_by: "改正期限",
    mend_by_hint: "可以改正的最后一天，例如 2027-03-01。",
    no_day: "请填写年月日，例如 2027-03-01。",
    no_what: "请写明发现的问题。",
    no_digits: "请输入备案号中的数字，表示确认。",
    to: "正确的备案号",
    no_key: "页面已过期，请核对后重新提交。",
    no: "返回，不登记",
    unwarned: "已登记，但还没有通知到持有账号：这个备案号有一条记录无法读取。下一轮巡查会重新尝试通知；仍未发出的，请在日志中查找 watch.not_noted，修复其中指出的记录。通知发出之前，不能以此为由取消接入。",
};

const EN: Words = Words {
    number: "Filing number",
    state: "State",
    account: "Account",
    domains: "Domains",
    lost: "Once it is recorded",
    open: "What is to be mended",
    reason: "Reason",
    choose: "Choose one",
    no_reason: "Choose the reason.",
    what: "What was found",
    what_hint: "Which item is untrue, inaccurate or missing, in at most 500 characters. It is kept encrypted, and shown to the owner of the number and to whoever may see what is personal.",
    mend_by: "To be mended by",
    mend_by_hint: "The last day on which it can be mended, such as 2027-03-01.",
    no_day: "Give year, month and day, such as 2027-03-01.",
    no_what: "Say what was found.",
    no_digits: "Type the digits of the number to confirm.",
    to: "The right number",
    no_key: "The page had expired. Check it and send it again.",
    no: "Back, record nothing",
    unwarned: "It was recorded. Something kept of the number cannot be read, so its owner was not warned yet. The next round of the watch warns him; no access ends for it before",
};

pub(super) const fn words(lang: Lang) -> &'static Words {
    either(lang, &ZH, &EN)
}

/// What one of the pages says.
pub(in crate::console::numbers) struct Asks {
    /// What is recorded.
    pub(in crate::console::numbers) title: &'static str,
    /// When it is.
    pub(in crate::console::numbers) when: &'static str,
    /// What it does.
    pub(super) what: &'static [&'static str],
    pub(super) yes: &'static str,
    /// That it was.
    pub(in crate::console::numbers) done: &'static str,
}

pub(in crate::console::numbers) const fn asks(deed: Deed, of: Machine, lang: Lang) -> &'static Asks {
    match deed {
        Deed::DropAccess => either(lang, &DROP_ZH, &DROP_EN),
        Deed::Untrue => either(lang, &UNTRUE_ZH, &UNTRUE_EN),
        Deed::Mended => either(lang, &MENDED_ZH, &MENDED_EN),
        Deed::Cancel => either(lang, &CANCEL_ZH, &CANCEL_EN),
        Deed::Correct => match of {
            Machine::Subject => either(lang, &CORRECT_SUBJECT_ZH, &CORRECT_SUBJECT_EN),
            Machine::Website => either(lang, &CORRECT_WEBSITE_ZH, &CORRECT_WEBSITE_EN),
        },
    }
}

const DROP_ZH: Asks = Asks {
    title: "登记取消接入",
    when: "网站不再由我们接入：用户要求、产品到期或释放、信息逾期未改正、主管部门要求。",
    what: &[
        "这个网站在我们这里的接入全部结束，我们不能再为它提供服务。",
        "备案号保留。网站放回我们的服务器时，可以办理新增接入。",
        "长期没有接入的备案号，主管部门可能注销。",
    ],
    yes: "登记取消接入",
    done: "已登记取消接入",
};

const DROP_EN: Asks = Asks {
    title: "Record that the access was dropped",
    when: "We host the website no more: its owner wants it, the instance ended, what is untrue was not mended, or an authority demands it.",
    what: &[
        "All its accesses here end, and we may serve the website no more.",
        "Its number stays. An order for an access brings it back.",
        "The bureau may cancel a number that is hosted nowhere for long.",
    ],
    yes: "Record it",
    done: "The access was dropped",
};

const UNTRUE_ZH: Asks = Asks {
    title: "登记核查发现的问题",
    when: "核查发现备案信息不真实、不准确或缺失。",
    what: &[
        "立即通知持有账号在期限内改正。",
        "期限过后什么都不会自动发生。仍未改正的，可以登记取消接入，原因选“备案信息不真实、不准确或缺失，未按期改正”。",
    ],
    yes: "登记并通知",
    done: "已登记，并已通知持有账号",
};

const UNTRUE_EN: Asks = Asks {
    title: "Record what was found untrue",
    when: "What is filed was found untrue, inaccurate or missing.",
    what: &[
        "Its owner is warned at once, with the day by which to mend it.",
        "Nothing ends by itself after that day. If it is not mended then, record that the access was dropped, for that reason.",
    ],
    yes: "Record it and warn the owner",
    done: "It was recorded, and the owner warned",
};

const MENDED_ZH: Asks = Asks {
    title: "登记已改正",
    when: "发现的问题已经核实改正。",
    what: &["这一项不再作为风险提醒，也不能再作为取消接入的原因。", "问题和改正的经过仍留在备案号的记录里。"],
    yes: "登记已改正",
    done: "已登记改正",
};

const MENDED_EN: Asks = Asks {
    title: "Record that it was mended",
    when: "You have checked that what was found untrue is mended.",
    what: &[
        "It threatens the number no more, and is no reason to drop the access.",
        "That it was found and mended stays with the number.",
    ],
    yes: "Record it as mended",
    done: "It was recorded as mended",
};

const CANCEL_ZH: Asks = Asks {
    title: "登记注销",
    when: "备案号已经由主管部门注销。主管部门要求我们注销的，请改用“提议按主管部门要求注销”，由另一人同意。",
    what: &["注销不能恢复，没有任何操作可以把它改回来。"],
    yes: "确认登记注销",
    done: "已登记注销",
};

const CANCEL_EN: Asks = Asks {
    title: "Record that it was cancelled",
    when: "The bureau cancelled the number. What an authority demands of us is proposed, and agreed to by another person.",
    what: &["Nothing restores a cancelled number."],
    yes: "Record that it was cancelled",
    done: "It was recorded as cancelled",
};

const CORRECT_SUBJECT_ZH: Asks = Asks {
    title: "更正备案号",
    when: "录入时写错了备案号。",
    what: &[
        "登记内容和全部经过都转到正确的备案号下，台账保留两个备案号。",
        "主体名下网站的备案号随主体一起更正。",
        "有进行中的订单用到它的，要先结束这些订单。",
    ],
    yes: "更正备案号",
    done: "备案号已更正",
};

const CORRECT_SUBJECT_EN: Asks = Asks {
    title: "Correct the number",
    when: "The number was recorded with a slip of the keyboard.",
    what: &[
        "What is filed and all that happened goes on under the right number. The ledger keeps both.",
        "The numbers of its websites go with it.",
        "Orders under way that name the number have to end first.",
    ],
    yes: "Correct the number",
    done: "The number was corrected",
};

const CORRECT_WEBSITE_ZH: Asks = Asks {
    title: "更正备案号",
    when: "录入时写错了备案号。",
    what: &[
        "登记内容和全部经过都转到正确的备案号下，台账保留两个备案号。",
        "网站备案号只能更正末尾的序号；前面写错的，请更正主体备案号。",
        "有进行中的订单用到它的，要先结束这些订单。",
    ],
    yes: "更正备案号",
    done: "备案号已更正",
};

const CORRECT_WEBSITE_EN: Asks = Asks {
    title: "Correct the number",
    when: "The number was recorded with a slip of the keyboard.",
    what: &[
        "What is filed and all that happened goes on under the right number. The ledger keeps both.",
        "Of the number of a website only the last part is corrected here. If the rest is wrong, correct that of its subject.",
        "Orders under way that name the number have to end first.",
    ],
    yes: "Correct the number",
    done: "The number was corrected",
};
