//! What reviewers usually remark on, ready to be chosen: the problem and what to do, in both languages, by what a field is about.

use super::{Field, Topic};
use rulebook::Lang;

/// A usual remark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reason {
    /// A stable word, by which reports count.
    pub word: &'static str,
    /// What it can be said about.
    pub topics: &'static [Topic],
    zh: Said,
    en: Said,
}

/// A remark in one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Said {
    problem: &'static str,
    suggestion: &'static str,
}

/// Every usual remark.
pub const REASONS: &[Reason] = &[
    Reason {
        word: "picture-blurred",
        topics: &[Topic::Picture],
        zh: Said {
            problem: "证件照片不清晰，文字无法辨认。",
            suggestion: "请在光线充足处重新拍摄，四角完整、无反光，文字清晰可读。",
        },
        en: Said {
            problem: "The picture is blurred and cannot be read.",
            suggestion: "Take it again in good light, with all four corners, without glare, so that every word can be read.",
        },
    },
    Reason {
        word: "picture-cut-off",
        topics: &[Topic::Picture],
        zh: Said {
            problem: "证件照片不完整，边角被裁切或遮挡。",
            suggestion: "请上传证件完整的照片，四角都要拍到，不要有手指或其他物品遮挡。",
        },
        en: Said {
            problem: "The picture does not show all of the document.",
            suggestion: "Add a picture with all four corners and nothing lying over it.",
        },
    },
    Reason {
        word: "picture-copy",
        topics: &[Topic::Picture],
        zh: Said {
            problem: "上传的是复印件、翻拍件或截图，不是证件原件的照片。",
            suggestion: "请对证件原件直接拍照或彩色扫描后上传。",
        },
        en: Said {
            problem: "The picture is of a copy or a screen, not of the original.",
            suggestion: "Photograph or scan the original in colour.",
        },
    },
    Reason {
        word: "picture-edited",
        topics: &[Topic::Picture],
        zh: Said {
            problem: "照片有水印、涂改或经过软件处理。", suggestion: "请上传未经处理的原始照片。"
        },
        en: Said {
            problem: "The picture has a watermark or was edited.",
            suggestion: "Add the picture as it was taken.",
        },
    },
    Reason {
        word: "picture-wrong",
        topics: &[Topic::Picture],
        zh: Said {
            problem: "上传的图片与所选用途不符。",
            suggestion: "请核对用途后，上传对应的证件或核验单。",
        },
        en: Said {
            problem: "The picture is not of what it was added for.",
            suggestion: "Check what it is for and add the right document.",
        },
    },
    Reason {
        word: "picture-back-missing",
        topics: &[Topic::Picture],
        zh: Said {
            problem: "身份证缺少人像面或国徽面。",
            suggestion: "请将身份证正反两面放在一张图片中上传。",
        },
        en: Said {
            problem: "One side of the ID card is missing.",
            suggestion: "Add both sides of the ID card in one picture.",
        },
    },
    Reason {
        word: "form-not-signed",
        topics: &[Topic::Picture],
        zh: Said {
            problem: "核验单没有签字、盖章，或填写不完整。",
            suggestion: "请完整填写核验单，由负责人亲笔签名，单位还需加盖公章，然后重新上传。",
        },
        en: Said {
            problem: "The verification form is not signed, not sealed or not complete.",
            suggestion: "Fill it in completely, have the person in charge sign it by hand, add the seal of the organisation, and add it again.",
        },
    },
    Reason {
        word: "face-photo",
        topics: &[Topic::Picture],
        zh: Said {
            problem: "当面核验照片不符合要求，人像不清晰或背景不是规定的幕布。",
            suggestion: "请本人在规定的幕布前重新拍照，露出五官，不戴帽子和墨镜。",
        },
        en: Said {
            problem: "The photo of the face-to-face check is not clear or has the wrong background.",
            suggestion: "Have it taken again in front of the curtain, with the whole face visible, without hat or sunglasses.",
        },
    },
    Reason {
        word: "certificate-expired",
        topics: &[Topic::Certificate, Topic::Picture],
        zh: Said {
            problem: "证件已过有效期，或有效期不足。",
            suggestion: "请换发新证后，上传新证件并更新证件信息。",
        },
        en: Said {
            problem: "The certificate has expired or is about to.",
            suggestion: "Renew it, then add the new one and correct what was filled in.",
        },
    },
    Reason {
        word: "certificate-number",
        topics: &[Topic::Certificate],
        zh: Said {
            problem: "证件号码与上传的证件不一致。", suggestion: "请对照证件原件逐位核对后修改。"
        },
        en: Said {
            problem: "The certificate number differs from the certificate in the picture.",
            suggestion: "Compare it with the original symbol by symbol and correct it.",
        },
    },
    Reason {
        word: "certificate-kind",
        topics: &[Topic::Certificate],
        zh: Said {
            problem: "证件类型选择有误，与上传的证件不符。",
            suggestion: "请按实际证件重新选择证件类型。单位请优先使用载有统一社会信用代码的证件。",
        },
        en: Said {
            problem: "The kind of certificate is not that of the certificate in the picture.",
            suggestion: "Choose the kind that it is. Organisations use the one with their unified social credit code.",
        },
    },
    Reason {
        word: "licence-abnormal",
        topics: &[Topic::Certificate, Topic::Subject],
        zh: Said {
            problem: "单位登记状态异常（吊销、注销或列入经营异常名录）。",
            suggestion: "已吊销、注销的主体不能备案；列入经营异常名录的，请先申请移出。",
        },
        en: Said {
            problem: "The registration of the organisation is not in order: revoked, cancelled, or listed as abnormal.",
            suggestion: "What was revoked or cancelled cannot file. Where it is listed as abnormal, have it taken off that list first.",
        },
    },
    Reason {
        word: "subject-name",
        topics: &[Topic::Subject],
        zh: Said {
            problem: "主体名称与证件上的名称不一致。",
            suggestion: "请填写证件上的全称，不要简写，标点和括号也要一致。",
        },
        en: Said {
            problem: "The name of the subject differs from its certificate.",
            suggestion: "Fill in the full name as the certificate has it, with its punctuation and brackets.",
        },
    },
    Reason {
        word: "subject-nature",
        topics: &[Topic::Subject],
        zh: Said {
            problem: "单位性质与证件不符。",
            suggestion: "请按证件重新选择单位性质，个人网站请选择“个人”。",
        },
        en: Said {
            problem: "The nature of the subject does not fit its certificate.",
            suggestion: "Choose the nature that the certificate says; for a website of a person, choose the individual.",
        },
    },
    Reason {
        word: "address-vague",
        topics: &[Topic::Address],
        zh: Said {
            problem: "通信地址不详细，没有写到门牌号。",
            suggestion: "请补充街道、小区或楼宇、楼栋、单元和房间号；确实没有门牌号的，请在备注中说明。",
        },
        en: Said {
            problem: "The postal address does not go down to the door.",
            suggestion: "Add street, building, entrance and room; where there is no number, say so in the remark.",
        },
    },
    Reason {
        word: "address-mismatch",
        topics: &[Topic::Address],
        zh: Said {
            problem: "证件住所与证件上的地址不一致。", suggestion: "请按证件上的地址完整填写。"
        },
        en: Said {
            problem: "The address differs from the one on the certificate.",
            suggestion: "Fill it in completely as the certificate has it.",
        },
    },
    Reason {
        word: "address-region",
        topics: &[Topic::Address],
        zh: Said {
            problem: "所在地区与通信地址不在同一区县。",
            suggestion: "请核对省、市、区县，使其与通信地址一致。",
        },
        en: Said {
            problem: "The region is not the one of the postal address.",
            suggestion: "Choose the province, city and county in which the address is.",
        },
    },
    Reason {
        word: "person-not-responsible",
        topics: &[Topic::Person],
        zh: Said {
            problem: "负责人不符合当地管局要求，应为法定代表人或持有授权书的工作人员。",
            suggestion: "请改为法定代表人，或上传加盖公章的授权书（附件用途选择“主体负责人授权书”或“网站负责人授权书”）。",
        },
        en: Said {
            problem: "The person in charge is not one that the bureau accepts: the legal representative or somebody with a power of attorney.",
            suggestion: "Name the legal representative, or add a picture of a sealed power of attorney, for that purpose.",
        },
    },
    Reason {
        word: "person-name",
        topics: &[Topic::Person],
        zh: Said {
            problem: "负责人姓名与证件不一致。",
            suggestion: "请按证件填写姓名，注意同音字、生僻字和间隔号。",
        },
        en: Said {
            problem: "The name of the person in charge differs from the certificate.",
            suggestion: "Fill it in as the certificate has it, character by character.",
        },
    },
    Reason {
        word: "phone-unreachable",
        topics: &[Topic::Contact, Topic::Person],
        zh: Said {
            problem: "电话无法接通，或接听人不知道备案事宜。",
            suggestion: "请填写负责人本人正在使用的号码，并保持畅通，以便核实。",
        },
        en: Said {
            problem: "Nobody answers the phone, or whoever answers does not know of the filing.",
            suggestion: "Fill in the number that the person in charge uses, and keep it reachable.",
        },
    },
    Reason {
        word: "phone-not-own",
        topics: &[Topic::Contact],
        zh: Said {
            problem: "手机号码不是负责人本人的号码，或已用于其他主体的备案。",
            suggestion: "请改为负责人本人实名登记的手机号码。",
        },
        en: Said {
            problem: "The mobile phone is not the person's own, or another subject has filed with it.",
            suggestion: "Fill in a number that is registered in the name of the person in charge.",
        },
    },
    Reason {
        word: "emergency-same",
        topics: &[Topic::Contact],
        zh: Said {
            problem: "应急联系电话与手机号码相同。",
            suggestion: "请另外填写一个能联系到的电话号码。",
        },
        en: Said {
            problem: "The emergency phone is the mobile phone.",
            suggestion: "Fill in another number under which somebody is reached.",
        },
    },
    Reason {
        word: "website-name-informal",
        topics: &[Topic::WebsiteName],
        zh: Said {
            problem: "网站名称不规范。",
            suggestion: "请使用能反映网站实际内容或主体名称的中文名称，不要使用域名、纯英文或纯数字。",
        },
        en: Said {
            problem: "The name of the website is not one that bureaus accept.",
            suggestion: "Choose a Chinese name that says what the website offers or whose it is; no domain, no plain letters or digits.",
        },
    },
    Reason {
        word: "website-name-restricted",
        topics: &[Topic::WebsiteName],
        zh: Said {
            problem: "网站名称含有须经批准才能使用的字样（如“中国”“国家”“新闻”“金融”），与主体性质不符。",
            suggestion: "请更换网站名称，或上传批准文件（附件用途选择“网站名称等的批准文件”）。",
        },
        en: Said {
            problem: "The name of the website has words that need an approval, such as \"China\", \"national\", \"news\" or \"finance\".",
            suggestion: "Choose another name, or add a picture of the approval, for that purpose.",
        },
    },
    Reason {
        word: "website-name-personal",
        topics: &[Topic::WebsiteName],
        zh: Said {
            problem: "个人网站名称涉及企业、行业或经营性内容。",
            suggestion: "请改为符合个人用途的名称，例如“某某的学习笔记”。",
        },
        en: Said {
            problem: "The name of a personal website sounds like a company, a trade or a business.",
            suggestion: "Choose a name that fits what a person offers, such as \"notes of somebody\".",
        },
    },
    Reason {
        word: "domain-holder",
        topics: &[Topic::Domain],
        zh: Said {
            problem: "域名持有者与备案主体不一致，或域名没有完成实名认证。",
            suggestion: "请在域名注册商处完成实名认证，持有者应与主体（或其法定代表人）一致，生效后再提交。",
        },
        en: Said {
            problem: "The holder of the domain is not the subject, or was not verified by the registrar.",
            suggestion: "Have the registrar verify the subject, or its legal representative, as the holder, and submit again once that shows.",
        },
    },
    Reason {
        word: "domain-expired",
        topics: &[Topic::Domain],
        zh: Said {
            problem: "域名已过期或即将到期。", suggestion: "请先续费域名，再重新提交。"
        },
        en: Said {
            problem: "The domain has expired or is about to.",
            suggestion: "Renew it, then submit again.",
        },
    },
    Reason {
        word: "site-online",
        topics: &[Topic::Domain],
        zh: Said {
            problem: "网站在备案完成前已经可以访问。",
            suggestion: "请先关闭网站或停止域名解析，备案通过后再开通。",
        },
        en: Said {
            problem: "The website is open before it is filed.",
            suggestion: "Close it or stop its DNS records until the filing is done.",
        },
    },
    Reason {
        word: "services-mismatch",
        topics: &[Topic::Content],
        zh: Said {
            problem: "服务内容与网站名称或实际内容不符。",
            suggestion: "请按网站实际提供的服务重新选择。",
        },
        en: Said {
            problem: "What the website is said to offer does not fit its name or content.",
            suggestion: "Choose what it really offers.",
        },
    },
    Reason {
        word: "approval-missing",
        topics: &[Topic::Content],
        zh: Said {
            problem: "网站内容须经前置审批，但没有提供批准文件。",
            suggestion: "请填写前置审批类型和批准文号，或调整网站的服务内容。",
        },
        en: Said {
            problem: "What the website offers needs an approval beforehand, and there is none.",
            suggestion: "Fill in the kind and number of the approval, or change what the website offers.",
        },
    },
    Reason {
        word: "remark-needed",
        topics: &[Topic::Words],
        zh: Said {
            problem: "备注内容不足以说明情况。",
            suggestion: "请补充说明网站的具体内容和用途，或管局要求说明的事项。",
        },
        en: Said {
            problem: "The remark does not say enough.",
            suggestion: "Say what the website is for, or what the bureau asks to be explained.",
        },
    },
    Reason {
        word: "number-mismatch",
        topics: &[Topic::Number],
        zh: Said {
            problem: "备案号与主体或网站不符。",
            suggestion: "请在工业和信息化部备案查询网站核对备案号后修改。",
        },
        en: Said {
            problem: "The filing number is not that of the subject or website.",
            suggestion: "Look it up on the website of the ministry and correct it.",
        },
    },
];

impl Reason {
    /// The remarks that fit a field, in the order in which they are offered.
    pub fn of(field: &Field) -> impl Iterator<Item = &'static Self> {
        let topic = field.topic;
        REASONS.iter().filter(move |reason| reason.topics.contains(&topic))
    }

    /// What is wrong.
    pub const fn problem(&self, lang: Lang) -> &'static str {
        self.said(lang).problem
    }

    /// What to do about it.
    pub const fn suggestion(&self, lang: Lang) -> &'static str {
        self.said(lang).suggestion
    }

    const fn said(&self, lang: Lang) -> Said {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
        }
    }
}
