//! What entries of the ledger say, in words: what was done, by whom, to what. Words of a newer program are told as they are.

use rulebook::Lang;

/// What was done, by the kind of the entry.
pub(in crate::console) fn what(kind: &str, lang: Lang) -> String {
    let [zh, en] = of_codes(kind).or_else(|| of_filings(kind)).or_else(|| of_desk(kind)).unwrap_or([kind; 2]);
    either(lang, zh, en).to_owned()
}

fn of_codes(kind: &str) -> Option<[&'static str; 2]> {
    Some(match kind {
        "code.issued" => ["申请备案服务号：通过", "Service codes issued"],
        "code.refused" => ["申请备案服务号：未通过", "Service codes refused"],
        "code.made" => ["预先生成备案服务号", "Service codes made beforehand"],
        "code.bound" => ["绑定备案服务号", "Service code bound"],
        "code.bind-refused" => ["绑定备案服务号：未通过", "Binding refused"],
        "code.imported" => ["导入备案服务号", "Service code imported"],
        "code.import-repeated" => ["再次导入备案服务号", "Service code imported again"],
        "code.import-refused" => ["导入备案服务号：未通过", "Import refused"],
        "code.granted" => ["授权备案服务号", "Service code granted"],
        "code.grant-refused" => ["授权备案服务号：未通过", "Grant refused"],
        "code.grant-withdrawn" => ["收回授权", "Grant withdrawn"],
        "code.grant-withdrawal-refused" => ["收回授权：未通过", "Withdrawing a grant refused"],
        "code.released" => ["作废备案服务号", "Service code made void"],
        "code.release-refused" => ["作废备案服务号：未通过", "Making it void refused"],
        "product.verified" => ["产品验证：通过", "Product verified"],
        "product.not-verified" => ["产品验证：未通过", "Product not verified"],
        _ => return None,
    })
}

fn of_filings(kind: &str) -> Option<[&'static str; 2]> {
    Some(match kind {
        "order.opened" => ["新建备案订单", "Filing order begun"],
        "order.saved" => ["保存订单内容", "Filing order saved"],
        "order.submitted" => ["提交初审", "Filing order submitted"],
        "order.returned" => ["初审退回", "Filing order returned"],
        "order.approved" => ["初审通过", "Filing order approved"],
        "order.sent" => ["报送管局", "Filing order handed to the bureau"],
        "order.sms-confirmed" => ["短信核验完成", "SMS verification done"],
        "order.sms-missed" => ["短信核验逾期", "SMS verification missed"],
        "order.filed" => ["管局审核通过", "Filed by the bureau"],
        "order.rejected" => ["管局驳回", "Rejected by the bureau"],
        "order.withdrawn" => ["撤回订单", "Filing order withdrawn"],
        "order.lapsed" => ["订单过期作废", "Filing order lapsed"],
        "order.forced" => ["按主管部门要求注销", "Cancelled by order of an authority"],
        "order.picture-added" => ["上传材料图片", "Picture added"],
        "order.picture-removed" => ["删除材料图片", "Picture removed"],
        "order.reminder" => ["提醒订单期限", "Reminder of a deadline"],
        "number.imported" => ["导入备案号", "Filing number imported"],
        "number.corrected" => ["更正备案号", "Filing number corrected"],
        "number.cancelled" => ["注销备案号", "Filing number cancelled"],
        "number.access-dropped" => ["取消接入", "Access dropped"],
        "number.access-ended" => ["实例的接入结束", "Access of an instance ended"],
        "number.domain-term" => ["登记域名到期日", "Term of a domain recorded"],
        "number.untrue" => ["登记不实信息", "Untrue information recorded"],
        "number.mended" => ["不实信息已改正", "Untrue information mended"],
        "number.hosted-elsewhere" => ["登记由其他接入商接入", "Hosted elsewhere as well"],
        "number.left-elsewhere" => ["登记不再由其他接入商接入", "No longer hosted elsewhere"],
        "number.at-risk" => ["提醒备案号风险", "Warning of a risk"],
        "proposal.made" => ["提出双人复核事项", "Proposed to two people"],
        "proposal.agreed" => ["复核同意", "Proposal agreed to"],
        "proposal.declined" => ["复核不同意", "Proposal declined"],
        "personal-data.erased" => ["删除个人信息", "Personal data erased"],
        _ => return None,
    })
}

fn of_desk(kind: &str) -> Option<[&'static str; 2]> {
    Some(match kind {
        "desk.opened" => ["服务台建立", "The desk was set up"],
        "rulebook.published" => ["发布规则集", "Rulebook published"],
        "rulebook.proposed" => ["提请发布规则集", "Rulebook proposed"],
        "rulebook.agreed" => ["同意发布规则集", "Rulebook agreed to"],
        "rulebook.declined" => ["否决或撤回规则集提议", "Rulebook declined or taken back"],
        "inventory.import-begun" => ["开始导入产品实例", "Import of instances begun"],
        "inventory.imported" => ["完成导入产品实例", "Instances imported"],
        "gate.window-added" => ["加入放行白名单", "Put on the white list"],
        "gate.window-ended" => ["提前结束白名单条目", "Taken off the white list"],
        "gate.range-added" => ["登记放行地址段", "Range of addresses added"],
        "gate.range-removed" => ["移除放行地址段", "Range of addresses removed"],
        "gate.name-added" => ["登记外部系统提供访问的名称", "Name of another system added"],
        "gate.name-removed" => ["移除外部系统提供访问的名称", "Name of another system removed"],
        "retention.ran" => ["按期限清理数据", "Retention ran"],
        "keys.master-changed" => ["更换主密钥", "Master key changed"],
        "keys.rotated" => ["轮换密钥", "Keys rotated"],
        "ledger.accepted-older" => ["接受较早的数据库副本", "Older database accepted"],
        "ledger.accepted-without-checkpoint" => {
            ["接受没有库外检查点的数据库", "Database accepted without its checkpoint"]
        }
        "user.added" => ["新增用户", "User added"],
        "user.roles-changed" => ["更改用户角色", "Roles of a user changed"],
        "user.locked" => ["停用用户", "User locked"],
        "user.unlocked" => ["恢复用户", "User unlocked"],
        "user.password-set" => ["设置密码", "Password set"],
        "user.password-reset" => ["重置密码", "Password reset"],
        "user.key-made" => ["新建接口密钥", "API key made"],
        "user.signing-key-made" => ["新建签名密钥", "Signing key made"],
        "user.key-revoked" => ["吊销密钥", "Key revoked"],
        "user.second-factor-set" => ["启用两步验证", "Second factor set up"],
        "user.second-factor-reset" => ["重置两步验证", "Second factor reset"],
        "user.second-factor-removed" => ["关闭两步验证", "Second factor removed"],
        "user.recovery-codes-renewed" => ["更换恢复码", "Recovery codes renewed"],
        _ => return None,
    })
}

/// Who did it: the kind of actor, and his name.
pub(in crate::console) fn actor(kind: &str, name: &str, lang: Lang) -> String {
    let [zh, en] = match kind {
        "account" => ["账号", "account"],
        "staff" => ["工作人员", "staff"],
        "key" | "partner" => ["外部系统", "another system"],
        // There is one.
        _ => return either(lang, "服务台", "the desk").to_owned(),
    };
    format!("{} {name}", either(lang, zh, en))
}

/// What an id in an entry is of, by its name.
pub(super) fn named(name: &str, lang: Lang) -> String {
    let [zh, en] = match name {
        "instance" => ["产品实例", "Instance"],
        "instance_id" => ["产品实例记录", "Record of the instance"],
        "code" => ["备案服务号", "Service code"],
        "account" => ["账号", "Account"],
        "order" => ["备案订单", "Filing order"],
        "number" => ["备案号", "Filing number"],
        "subject" => ["备案主体", "Subject"],
        "website" => ["网站", "Website"],
        "access" => ["接入", "Access"],
        "proposal" => ["复核事项", "Proposal"],
        "rulebook_proposal" => ["规则集提议", "Proposal of a rulebook"],
        "proposed_by" => ["提请人", "Proposed by"],
        "digest" => ["校验值（SHA-256）", "Digest (SHA-256)"],
        "window" => ["白名单条目", "Entry of the white list"],
        "range" => ["地址段", "Range of addresses"],
        "listed" => ["黑名单条目", "Entry of the blacklist"],
        "user" => ["用户", "User"],
        "role" => ["角色", "Role"],
        "scope" => ["权限", "Scope"],
        "key" => ["密钥", "Key"],
        "master_key" => ["主密钥", "Master key"],
        "import" => ["导入", "Import"],
        "verification" => ["产品验证", "Verification"],
        "edition" => ["规则版本", "Edition"],
        "size" => ["检查点的记录数", "Size of the checkpoint"],
        "root" => ["检查点的根", "Root of the checkpoint"],
        other => [other, other],
    };
    either(lang, zh, en).to_owned()
}

const fn either<'w>(lang: Lang, zh: &'w str, en: &'w str) -> &'w str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}
