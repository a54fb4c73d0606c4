//! The page of the demo, in Chinese.

use super::{
    page::{Says, Step},
    people::PASSWORD,
};

pub(super) fn says(says: Says<'_>) -> String {
    match says {
        Says::Banner { address, folder } => format!(
            "======== 可备演示 ========\n\
             这是演示：账号、实例和地址全是虚构的示例，密码人人可知，请勿放入真实数据。\n\
             服务台：http://{address}（只在本机）    文件夹：{folder}    按 Ctrl+C 结束。\n\
             用浏览器打开上面的地址，用下面任一用户登录，就能像客户或工作人员那样办理。"
        ),
        Says::People => format!(
            "用户、角色、账号和 API 密钥（登录密码都是 {PASSWORD}；\n\
             正式使用时，工作人员登录还须通过两步验证，演示中没有强制，可在 /me/second-factor 自行开启）："
        ),
        Says::Try => "另开一个终端，把下面各行依次粘贴进去（箭头后面是应得的状态码）：".to_owned(),
        Says::Step(step) => step_says(step).to_owned(),
        Says::Orders => "备案订单：每种状态都有示例，主体、证件和备案号全是虚构的：".to_owned(),
        Says::More { address } => format!(
            "每个产品、每种情况都有一个实例，ID 形如 demo-产品-情况，例如 demo-swas-term-short、demo-site-builder-amount-low、\n\
             demo-web-hosting-good、demo-shop-good；把上面的实例 ID 换掉就能看到各自的原因和处理方法。\n\
             办理一次首次备案，从草稿到备案号的全部命令：docs/filing.zh.md    全部接口：http://{address}/api/docs"
        ),
    }
}

const fn step_says(step: Step) -> &'static str {
    match step {
        Step::Ready => "服务台可以提供服务吗？",
        Step::CheckRefused => "这个实例能申请备案服务号吗？不能：一次列出全部原因和处理方法",
        Step::AskRefused => "为按量付费的实例申请：被拒绝，并说明该怎么办",
        Step::Issue => "为符合条件的实例一次申请 5 个备案服务号",
        Step::Again => "同一请求再发一次：得到同样的答复，不会重复发放",
        Step::UsedUp => "再要一个：数量已用完",
        Step::MyCodes => "我的备案服务号",
        Step::Verify => "产品验证：用备案服务号证明轻量应用服务器属于您，30 天内可用于一份备案订单",
        Step::VerifyOther => "同一个备案服务号，产品选成云服务器 ECS：验证失败，说明原因和处理方法",
        Step::WrongPassword => {
            "云虚拟主机用主机用户名和密码验证，密码有误（bad-credentials）：验证失败，说明在哪里查看或重置"
        }
        Step::VerifyHost => "换成正确的密码：云虚拟主机验证成功，不需要备案服务号",
        Step::VerifyPremium => "云享主机用主机名和密码验证",
        Step::Strange => "别人的实例：与不存在的实例答复相同",
        Step::Nobody => "不出示密钥：不予办理",
        Step::MyOrders => "我的备案订单，由新到旧，各在什么状态、在等什么",
        Step::Returned => "看其中一份：被退回修改，审核意见写明哪一项有什么问题、怎么改",
        Step::Queue => "初审人员（demo-reviewer）的待审队列，期限近的在前",
        Step::Illegal => "再次提交一份待初审的订单：不能提交，并说明现在可以做什么",
        Step::Proposals => "等待第二人复核的提议：由 demo-reviewer 提出，现在由 demo-operator 查看",
        Step::Agree => "demo-operator 同意：该网站名称即刻列入黑名单",
        Step::AtRisk => "哪些备案号有风险，按日期排列，并说明不处理会怎样",
        Step::Propose => {
            "初审人员提议把一个网站名称列入黑名单：由另一名工作人员（demo-operator）同意后才生效"
        }
    }
}
