//! What the documents of orders say: the receipt of a submission and the verification form.

use crate::console::words::either;
use rulebook::Lang;

pub(super) struct Words {
    pub(super) receipt: &'static str,
    pub(super) order: &'static str,
    pub(super) number: &'static str,
    pub(super) website: &'static str,
    pub(super) reference: &'static str,
    pub(super) leaf: &'static str,
    pub(super) next: &'static str,
    pub(super) verified_by: &'static str,
    pub(super) as_pdf: &'static str,
    pub(super) to_order: &'static str,
    pub(super) form: &'static str,
    pub(super) form_lead: &'static str,
    pub(super) checked: &'static str,
    pub(super) checks: [&'static str; 5],
    pub(super) signed: &'static str,
    pub(super) truth: &'static str,
    pub(super) signatures: [&'static str; 4],
}

pub(super) const fn words(lang: Lang) -> &'static Words {
    const ZH: Words = Words {
        receipt: "备案订单提交回执",
        order: "订单编号",
        number: "备案号",
        website: "网站",
        reference: "回执编号",
        leaf: "台账校验值",
        next: "接下来",
        verified_by: "本回执根据台账生成。凭回执编号，审计人员可以出具它在台账中的证明。",
        as_pdf: "下载 PDF",
        to_order: "查看订单",
        form: "网站备案信息真实性核验单",
        form_lead: "以下内容根据备案订单自动填写。请核对无误后打印，由当事人逐项核对、签字盖章，再拍照或扫描，在“证件材料”中上传。",
        checked: "核验内容（核对一致的请打勾）",
        checks: [
            "主体证件原件与所填信息一致",
            "负责人身份证件原件与本人一致",
            "负责人的电话、邮箱可以联系到本人",
            "网站名称、服务内容与网站实际内容一致",
            "域名由备案主体持有或有权使用",
        ],
        signed: "承诺与签字",
        truth: "本人承诺以上信息真实、准确；信息有变化时，及时办理变更备案；网站不登载违法信息。",
        signatures: [
            "网站负责人签字：",
            "主体负责人签字（单位盖章）：",
            "核验人签字（接入服务商盖章）：",
            "核验日期：",
        ],
    };
    const EN: Words = Words {
        receipt: "Receipt of a filing order",
        order: "Order",
        number: "Filing number",
        website: "Website",
        reference: "Reference",
        leaf: "Hash in the ledger",
        next: "What comes next",
        verified_by: "This receipt is made from the ledger. By its reference an auditor proves that it is in the ledger.",
        as_pdf: "Download as PDF",
        to_order: "To the order",
        form: "Verification form of a website (核验单)",
        form_lead: "What follows was filled in from the filing order. Check it, print it, have each point checked and the form signed and stamped, then photograph or scan it and upload it with the materials. The bureau reads the form in Chinese.",
        checked: "What was checked (tick what agrees)",
        checks: [
            "The original certificate of the subject agrees with what is filled in",
            "The original identity documents agree with the people in charge",
            "The people in charge can be reached by their telephone numbers and addresses",
            "Name and services of the website agree with what is on it",
            "The domains are held by the subject, or it may use them",
        ],
        signed: "Promise and signatures",
        truth: "What is stated above is true and accurate. What changes is filed as changed in time, and nothing unlawful is on the website.",
        signatures: [
            "Person in charge of the website:",
            "Person in charge of the subject (stamp):",
            "Checked by (stamp of the provider):",
            "Date:",
        ],
    };
    either(lang, &ZH, &EN)
}

/// A website in a line.
pub(super) fn website(name: &str, domains: &[String], lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{name}（{}）", domains.join("、")),
        Lang::En => format!("{name} ({})", domains.join(", ")),
    }
}
