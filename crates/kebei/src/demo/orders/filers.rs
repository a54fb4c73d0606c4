//! Who files in the demo: made-up people and companies, whose numbers have right check symbols, and what they fill in.

use filing::orders::{Certificate, Form, Person, PreApproval, Subject, Website};

/// The address of every website: that of `examples/order-zh.json`. The checks take none that is set aside for documentation.
pub(super) const ADDRESS: [u8; 4] = [47, 96, 0, 1];

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

    /// All that is filled in, but for the pictures.
    pub(super) fn form(&self, verification: Option<String>) -> Form {
        let person = self.in_charge();
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
            person: person.clone(),
            ..Subject::default()
        };
        let website = Website {
            verification,
            name: text(self.website),
            domains: vec![self.domain.to_owned()],
            home_page: Some(format!("www.{}", self.domain)),
            services: vec![6],
            pre_approvals: vec![PreApproval { kind: Some(6), number: text("粤电子公告2026-012号") }],
            languages: vec![1],
            addresses: vec![std::net::Ipv4Addr::from(ADDRESS).to_string()],
            access_methods: vec![5],
            person,
            ..Website::default()
        };
        Form { subject: Some(subject), websites: vec![website], ..Form::default() }
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

    /// The pictures that such an order needs: purpose, and website.
    pub(super) fn pictures(&self) -> impl Iterator<Item = (u16, Option<u16>)> {
        let in_charge = self.company.map(|_| (3, None));
        [(2, None)].into_iter().chain(in_charge).chain([(1, Some(0)), (4, Some(0)), (5, Some(0))])
    }
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
