//! The fields that may be required, as people know them.

use rulebook::Lang;

/// A field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// The filing number of a subject.
    SubjectNumber,
    /// The filing number of a website.
    WebsiteNumber,
    /// The nature of the subject.
    Nature,
    /// Its name.
    SubjectName,
    /// The kind of its certificate.
    CertificateKind,
    /// The number of its certificate.
    CertificateNumber,
    /// The address on its certificate.
    CertificateAddress,
    /// Its region.
    Region,
    /// Its postal address.
    Address,
    /// Its investor or the organisation above it.
    Investor,
    /// Something about somebody in charge.
    Person(Whose, Detail),
    /// The verification of a website's product.
    Verification,
    /// The name of a website.
    WebsiteName,
    /// Its domains.
    Domains,
    /// Its home page.
    HomePage,
    /// What it offers.
    Services,
    /// Its languages.
    Languages,
    /// Its addresses here.
    Addresses,
    /// How it is hosted.
    AccessMethods,
    /// What another authority approved.
    ApprovalKind,
    /// The number of that approval.
    ApprovalNumber,
    /// Why a filing is cancelled.
    Reason,
    /// Why an access is cancelled: what is filed stays filed.
    AccessReason,
    /// The digits that say that it is meant.
    Confirmation,
}

/// Of what somebody is in charge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Whose {
    /// Of the subject.
    Subject,
    /// Of a website.
    Website,
}

/// A field of somebody in charge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Detail {
    /// The name.
    Name,
    /// The kind of the certificate.
    CertificateKind,
    /// The number of the certificate.
    CertificateNumber,
    /// The mobile phone.
    Mobile,
    /// The office phone.
    OfficePhone,
    /// The e-mail address.
    Email,
    /// The emergency phone.
    EmergencyPhone,
}

impl Field {
    /// Where it stands within its subject or website.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::SubjectNumber | Self::WebsiteNumber | Self::ApprovalNumber => "number",
            Self::Nature => "nature",
            Self::SubjectName | Self::WebsiteName => "name",
            Self::CertificateKind => "certificate.kind",
            Self::CertificateNumber => "certificate.number",
            Self::CertificateAddress => "certificate_address",
            Self::Region => "region",
            Self::Address => "address",
            Self::Investor => "investor",
            Self::Verification => "verification",
            Self::Domains => "domains",
            Self::HomePage => "home_page",
            Self::Services => "services",
            Self::Languages => "languages",
            Self::Addresses => "addresses",
            Self::AccessMethods => "access_methods",
            Self::ApprovalKind => "kind",
            Self::Reason | Self::AccessReason => "reason",
            Self::Confirmation => "confirmation",
            Self::Person(_, detail) => detail.key(),
        }
    }

    /// Whether it is chosen from a list, not typed.
    pub(super) const fn is_chosen(self) -> bool {
        match self {
            Self::Person(_, detail) => matches!(detail, Detail::CertificateKind),
            other => matches!(
                other,
                Self::Nature
                    | Self::CertificateKind
                    | Self::Region
                    | Self::Verification
                    | Self::Services
                    | Self::Languages
                    | Self::AccessMethods
                    | Self::ApprovalKind
            ),
        }
    }

    /// As people know it, within a sentence.
    pub(super) fn label(self, lang: Lang) -> String {
        match (lang, self) {
            (Lang::Zh, Self::Person(whose, detail)) => format!("{}的{}", whose.zh(), detail.zh().0),
            (Lang::En, Self::Person(whose, detail)) => format!("the {} of {}", detail.en().0, whose.en()),
            (Lang::Zh, field) => field.zh().0.to_owned(),
            (Lang::En, field) => field.en().0.to_owned(),
        }
    }

    /// What to put there, a sentence.
    pub(super) const fn hint(self, lang: Lang) -> &'static str {
        match (lang, self) {
            (Lang::Zh, Self::Person(_, detail)) => detail.zh().1,
            (Lang::En, Self::Person(_, detail)) => detail.en().1,
            (Lang::Zh, field) => field.zh().1,
            (Lang::En, field) => field.en().1,
        }
    }

    const fn zh(self) -> (&'static str, &'static str) {
        match self {
            Self::SubjectNumber => {
                ("主体备案号", "请填写形如“浙ICP备12345678号”的主体备案号，可在管局备案系统中查询。")
            }
            Self::WebsiteNumber => {
                ("网站备案号", "请填写形如“浙ICP备12345678号-1”的网站备案号，号码在网站首页底部。")
            }
            Self::Nature => ("单位性质", "个人备案请选择“个人”，公司和个体工商户请选择“企业”。"),
            Self::SubjectName => ("主体名称", "请填写证件上的全称；个人备案请填写本人姓名。"),
            Self::CertificateKind => {
                ("主体证件类型", "请选择主体持有的证件；公司请选择营业执照，个人请选择身份证等本人证件。")
            }
            Self::CertificateNumber => {
                ("主体证件号码", "请对照证件原件填写；营业执照请填写 18 位统一社会信用代码。")
            }
            Self::CertificateAddress => ("主体证件住所", "请按证件上的住所或住址逐字填写。"),
            Self::Region => ("主体所在的省、市、区县", "请选择到区县一级。"),
            Self::Address => ("通信地址", "请填写到门牌号，不必再写省、市、区县。"),
            Self::Investor => (
                "投资人或主管单位",
                "企业请填写投资人（股东）的姓名或名称，其他单位请填写主管单位；没有的请填写主体名称。",
            ),
            Self::Verification => ("网站所用的产品", "请先完成产品验证，再选择该网站使用的产品。"),
            Self::WebsiteName => ("网站名称", "请填写网站的名称，不要填写域名。"),
            Self::Domains => ("网站域名", "请填写已经实名认证的域名，不带 http:// 和 www。"),
            Self::HomePage => ("网站首页网址", "请填写访客打开网站时的地址，应在所填的域名之下。"),
            Self::Services => ("网站服务内容", "请至少选择一项；公司官网请选择“单位门户网站”。"),
            Self::Languages => ("网站语言", "请至少选择一种。"),
            Self::Addresses => ("网站的 IP 地址", "请填写已验证产品的公网 IP 地址。"),
            Self::AccessMethods => ("网站接入方式", "使用云服务器的请选择“云接入”。"),
            Self::ApprovalKind => ("前置审批类型", "不需要前置审批的，请删除这一项。"),
            Self::ApprovalNumber => {
                ("前置审批的批准文号", "请填写批准文件上的文号；不需要前置审批的，请删除这一项。")
            }
            Self::Reason => ("注销原因", "请简要说明原因，例如“网站不再使用”。"),
            Self::AccessReason => ("取消接入的原因", "请简要说明原因，例如“网站已迁到其他接入服务商”。"),
            Self::Confirmation => {
                ("备案号中的数字", "请输入要注销或取消的备案号中的数字，以确认操作的对象。")
            }
            Self::Person(_, detail) => detail.zh(),
        }
    }

    const fn en(self) -> (&'static str, &'static str) {
        match self {
            Self::SubjectNumber => (
                "the filing number of the subject",
                "Enter the number of the subject, without the dash and digits of a website; the bureau's site tells it.",
            ),
            Self::WebsiteNumber => (
                "the filing number of the website",
                "Enter the number with its dash and last digits; it stands at the foot of the home page.",
            ),
            Self::Nature => (
                "the nature of the subject",
                "Choose individual for yourself, enterprise for a company or an individual business.",
            ),
            Self::SubjectName => {
                ("the name of the subject", "Enter the full name as the certificate has it.")
            }
            Self::CertificateKind => (
                "the kind of the subject's certificate",
                "Choose the certificate that the subject holds: a company's business licence, a person's ID card.",
            ),
            Self::CertificateNumber => (
                "the number of the subject's certificate",
                "Copy it from the certificate; that of a business licence is the unified social credit code.",
            ),
            Self::CertificateAddress => (
                "the address on the subject's certificate",
                "Copy the address that is printed on the certificate, word for word.",
            ),
            Self::Region => ("the region of the subject", "Choose province, city and county."),
            Self::Address => {
                ("the postal address", "Enter it down to the door, without province, city and county.")
            }
            Self::Investor => (
                "the investor or the organisation above",
                "An enterprise enters its investor, another organisation the one above it; where there is none, its own name.",
            ),
            Self::Verification => (
                "the verified product of the website",
                "Verify the product first, then choose the one that hosts this website.",
            ),
            Self::WebsiteName => {
                ("the name of the website", "Enter what the website is called, not its domain.")
            }
            Self::Domains => (
                "the domain of the website",
                "Enter a domain whose holder is verified, without http:// and www.",
            ),
            Self::HomePage => (
                "the home page of the website",
                "Enter the address that visitors open; it is within the domains.",
            ),
            Self::Services => (
                "what the website offers",
                "Choose at least one; an organisation's own site is an organisation home site.",
            ),
            Self::Languages => ("the languages of the website", "Choose at least one."),
            Self::Addresses => {
                ("the addresses of the website", "Enter public addresses of the verified product.")
            }
            Self::AccessMethods => ("how the website is hosted", "Choose cloud for a cloud server."),
            Self::ApprovalKind => {
                ("the kind of the pre-approval", "Remove the line where no approval is needed.")
            }
            Self::ApprovalNumber => (
                "the number of the pre-approval",
                "Copy it from the approval, or remove the line where none is needed.",
            ),
            Self::Reason => {
                ("the reason", "Say in short why it ends, for example that the website is no longer used.")
            }
            Self::AccessReason => (
                "the reason",
                "Say in short why the access ends, for example that the website moved to another provider.",
            ),
            Self::Confirmation => (
                "the digits of the filing number",
                "Enter the digits of the number that ends, to confirm that it is meant.",
            ),
            Self::Person(_, detail) => detail.en(),
        }
    }
}

impl Whose {
    const fn zh(self) -> &'static str {
        match self {
            Self::Subject => "主体负责人",
            Self::Website => "网站负责人",
        }
    }

    const fn en(self) -> &'static str {
        match self {
            Self::Subject => "the subject's person in charge",
            Self::Website => "the website's person in charge",
        }
    }
}

impl Detail {
    const fn key(self) -> &'static str {
        match self {
            Self::Name => "person.name",
            Self::CertificateKind => "person.certificate.kind",
            Self::CertificateNumber => "person.certificate.number",
            Self::Mobile => "person.mobile",
            Self::OfficePhone => "person.office_phone",
            Self::Email => "person.email",
            Self::EmergencyPhone => "person.emergency_phone",
        }
    }

    const fn zh(self) -> (&'static str, &'static str) {
        match self {
            Self::Name => ("姓名", "请填写证件上的姓名。"),
            Self::CertificateKind => ("证件类型", "请选择本人持有的证件，一般为身份证。"),
            Self::CertificateNumber => ("证件号码", "请对照证件原件填写。"),
            Self::Mobile => ("手机号码", "管局会向这个号码发送核验短信，请填写本人正在使用的手机号码。"),
            Self::OfficePhone => ("办公电话", "请填写固定电话，带区号，例如 0571-88888888。"),
            Self::Email => ("电子邮箱", "请填写经常查看的邮箱，备案进度会发到这里。"),
            Self::EmergencyPhone => {
                ("应急联系电话", "请填写另一个随时能联系到人的电话，不能与手机号码相同。")
            }
        }
    }

    const fn en(self) -> (&'static str, &'static str) {
        match self {
            Self::Name => ("name", "Enter it as the certificate has it."),
            Self::CertificateKind => {
                ("kind of certificate", "Choose the certificate that they hold, usually an ID card.")
            }
            Self::CertificateNumber => ("certificate number", "Copy it from the certificate."),
            Self::Mobile => {
                ("mobile number", "The bureau sends its text message there: enter one that they use.")
            }
            Self::OfficePhone => {
                ("office phone", "Enter a landline with its area code, such as 0571-88888888.")
            }
            Self::Email => ("e-mail address", "Enter one that is read often: news of the filing go there."),
            Self::EmergencyPhone => {
                ("emergency phone", "Enter another phone under which somebody is reached at any time.")
            }
        }
    }
}
