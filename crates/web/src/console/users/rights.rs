//! Rights as people call them, for the keys that are restricted to some.

use app::access::Right;
use rulebook::Lang;

/// What a right is called.
pub(super) const fn called(right: Right, lang: Lang) -> &'static str {
    let [zh, en] = both(right);
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

const fn both(right: Right) -> [&'static str; 2] {
    match right {
        Right::OwnInstances => ["查看自己的产品实例", "See own instances"],
        Right::OwnCodes => ["申请和管理自己的备案服务号", "Apply for own service codes and keep them"],
        Right::VerifyProduct => ["产品验证", "Verify products"],
        Right::OwnOrders => ["办理自己的备案订单", "File own orders"],
        Right::OwnNumbers => ["查看自己的备案号", "See own filing numbers"],
        Right::ReadNumbers => ["查看所有备案号", "See all filing numbers"],
        Right::EndNumbers => ["登记备案号的注销和取消接入", "Record that numbers and accesses ended"],
        Right::ReviewOrders => ["初审备案订单", "Review orders"],
        Right::FileOrders => ["向管局报送订单", "Hand orders to the bureau"],
        Right::ProposeAndAgree => ["提出和复核双人事项", "Propose to two people, and agree"],
        Right::LookUp => ["查询为什么不能办理", "Look up why not"],
        Right::AllInstances => ["查看所有产品实例", "See all instances"],
        Right::ImportInstances => ["导入产品实例", "Import instances"],
        Right::ManageCodes => ["生成、导入和作废备案服务号", "Make, import and void service codes"],
        Right::PublishRulebook => ["发布规则集", "Publish rulebooks"],
        Right::ManageUsers => ["管理用户", "Manage users"],
        Right::ReadLedger => ["查看和核验台账", "Read and verify the ledger"],
        Right::ReadAccessLog => ["查看访问记录", "Read the access log"],
        Right::ReadOrders => ["查看备案订单（个人信息打码）", "See orders, personal data masked"],
        Right::ReadPersonalData => ["查看个人信息（会记录）", "See personal data, recorded"],
        Right::ErasePersonalData => ["删除个人信息", "Erase personal data"],
        Right::OwnKeys => ["管理自己的密钥", "Keep own keys"],
        Right::OwnSessions => ["管理自己的登录", "Keep own sessions"],
        Right::AskGate => ["查询放行", "Ask the gate"],
        Right::CopyGate => ["获取放行副本", "Copy the gate"],
        Right::ManageGate => ["管理放行白名单", "Manage the gate"],
        Right::ActForAccounts => ["代账号办理服务号", "Act for accounts"],
    }
}
