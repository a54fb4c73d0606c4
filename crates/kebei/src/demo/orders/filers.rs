//! Who files in the demo: made-up people and companies, whose numbers have right check symbols, and what they fill in.

use app::orders::attachments::PictureField;
use filing::orders::{Certificate, Form, Person, PreApproval, Subject, Website};

/// The address of every website: that of `examples/order-zh.json`. The checks take none that is set aside for documentation.
pub(super) const ADDRESS: [u8; 4] = [47, 96, 0, 1];

/// Who is in charge of a company, and the company.
const SU: (&str, &str) = ("苏明远", "440305198706124010");
const SPRUCE: (&str, &str) = ("深圳市示例云杉科技有限公司", "91440305MA5DEM039D");

/// Somebody with one website.
pub(super) struct Filer {
    /// The person, or who is in charge of the company.
    name: &'static str,
    card: &'static str,
    /// Name and unified social credit code; none where a person files for himself.
    company: Option<(&'static str, &'static str)>,
    website: &'static str,
    domain: &'static str,
}

impl Filer {
    pub(super) const FILED: Self = person("林晓", "440305199003071236", "小林的摄影笔记", "example.com");
    pub(super) const APPROVED: Self = company(
        ("陈思远", "440305198504122017"),
        ("深圳市示例云帆科技有限公司", "91440305MA5DEM012M"),
        "云帆科技",
        "example.com.cn",
    );
    pub(super) const SUBMITTED: Self =
        person("周雨桐", "440305199209153026", "雨桐的手账时光", "example.net");
    pub(super) const RETURNED: Self =
        person("何嘉木", "440305198806234014", "嘉木的木工笔记", "example.gd.cn");
    pub(super) const AT_BUREAU: Self = company(
        ("许知夏", "440305199511045026"),
        ("深圳市示例青禾文化有限公司", "91440305MA5DEM020G"),
        "青禾文化",
        "example.cn",
    );
    pub(super) const REJECTED: Self =
        person("沈一鸣", "440305198302196018", "一鸣的观鸟笔记", "example.net.cn");
    pub(super) const WITHDRAWN: Self =
        person("顾南乔", "440305199107087021", "南乔的烘焙时光", "example.org.cn");
    pub(super) const LAPSED: Self = person("方若兰", "440305199403186024", "若兰的插画日记", "example.fj.cn");
    /// A company that is filed, and its second website.
    pub(super) const GROWN: Self = company(SU, SPRUCE, "云杉科技", "example.zj.cn");
    pub(super) const SHOP: Self = company(SU, SPRUCE, "云杉商城", "example.js.cn");

    /// All that is filled in for a first filing, but for the pictures.
    pub(super) fn form(&self, verification: Option<String>) -> Form {
        let (nature, name, certificate) = match self.company {
            Some((name, code)) => (4, name, certificate(1, code)),
            None => (5, self.name, certificate(2, self.card)),
        };
        let subject = Subject {
            nature: Some(nature),
            name: text(name),
            certificate,
            certificate_address: text("广东省深圳市南山区科技园路9号2栋301室"),
            region: text("440305"),
            address: text("科技园路9号2栋301室"),
            investor: self.company.and_then(|_| text(self.name)),
            person: self.in_charge(),
            ..Subject::default()
        };
        Form { subject: Some(subject), websites: vec![self.website(verification)], ..Form::default() }
    }

    /// What is filled in for the website alone.
    pub(super) fn website(&self, verification: Option<String>) -> Website {
        Website {
            verification,
            name: text(self.website),
            domains: vec![self.domain.to_owned()],
            home_page: Some(format!("www.{}", self.domain)),
            services: vec![6],
            pre_approvals: vec![PreApproval { kind: Some(6), number: text("粤电子公告2026-012号") }],
            languages: vec![1],
            addresses: vec![std::net::Ipv4Addr::from(ADDRESS).to_string()],
            access_methods: vec![5],
            person: self.in_charge(),
            ..Website::default()
        }
    }

    fn in_charge(&self) -> Person {
        Person {
            name: text(self.name),
            certificate: certificate(2, self.card),
            mobile: text("13812345678"),
            office_phone: text("0755-26881234"),
            email: Some(format!("mail@{}", self.domain)),
            emergency_phone: text("13923456789"),
        }
    }

    /// The pictures that a first filing needs.
    pub(super) fn pictures(&self) -> impl Iterator<Item = PictureField> {
        let in_charge = self.company.map(|_| field(3, None));
        [field(2, None)].into_iter().chain(in_charge).chain(OF_WEBSITE)
    }
}

/// The pictures that a new website needs, and those that a website which changes needs.
pub(super) const OF_WEBSITE: [PictureField; 3] = [field(1, Some(0)), field(4, Some(0)), field(5, Some(0))];
pub(super) const OF_CHANGE: [PictureField; 2] = [field(1, Some(0)), field(4, Some(0))];

const fn field(purpose: u16, website: Option<u16>) -> PictureField {
    PictureField { purpose, website }
}

const fn person(
    name: &'static str,
    card: &'static str,
    website: &'static str,
    domain: &'static str,
) -> Filer {
    Filer { name, card, company: None, website, domain }
}

const fn company(
    (name, card): (&'static str, &'static str),
    company: (&'static str, &'static str),
    website: &'static str,
    domain: &'static str,
) -> Filer {
    Filer { name, card, company: Some(company), website, domain }
}

fn certificate(kind: u16, number: &str) -> Certificate {
    Certificate { kind: Some(kind), number: text(number) }
}

#[expect(clippy::unnecessary_wraps, reason = "a field of a form may be missing")]
pub(super) fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}
