//! Applies what the bureau of the subject's province wants on the day of the check ([`super::Provinces`]).
//!
//! Where a rule is about the address of a certificate, what the address says counts. The six digits with which an ID card begins only say where
//! its holder was registered at first, so that on them alone nobody is refused.

use super::{Checking, Found, Host, IdCard, ProvinceRule, Rule, Told, Weight, certificates::age as years};
use crate::{
    orders::Kind,
    tables::{
        PROVINCES, RESIDENT_ID, certificate,
        regions::{self, Level},
    },
};
use jiff::civil::Date;
use rulebook::{Lang, Text};

/// Something that the bureau of the subject's province does not take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProvinceFault {
    /// What.
    pub wanted: Wanting,
    /// The short name of the province; that of the country for what stands in all of them.
    pub place: &'static str,
    /// Since when it is known to stand.
    pub from: Date,
    /// Who says so.
    pub source: Text,
}

/// What is wanted and is not so, or cannot be told from what was filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanting {
    /// The person is too young.
    Age {
        /// Years that are needed.
        years: u32,
    },
    /// The certificate has an address in another city.
    City,
    /// The ID card is of another province.
    Local {
        /// Whether the address on it says so, and not its number alone.
        sure: bool,
    },
    /// Somebody from elsewhere needs a residence permit.
    Permit,
    /// There are too many domains in the order.
    Domains {
        /// How many there are.
        found: usize,
        /// How many there may be.
        most: u32,
    },
    /// There are too many domains at a website.
    OneDomain,
    /// The domain must end as those of the state do.
    Suffix {
        /// With one of these.
        allowed: &'static [&'static str],
    },
    /// The mobile phone must be one of the province.
    Mobile,
    /// The person in charge must be the legal representative.
    LegalRepresentative,
    /// The person in charge of the website must be that of the subject.
    Person,
    /// The person in charge must have a resident ID card.
    Mainland,
    /// Foreigners do not file.
    Foreigner,
    /// A plan of the websites must be added.
    Plan,
    /// The office for establishments must approve.
    EstablishmentOffice,
}

/// Passport, permanent resident card: numbers of [`crate::tables::CERTIFICATES`].
const OF_FOREIGNERS: [u16; 2] = [7, 30];
/// How domains of public institutions end, as ASCII and as people read it.
const INSTITUTIONS: (&[&str], &[&str]) = (&["cn", "xn--55qw42g"], &[".cn", ".公益"]);
/// How domains of bodies of the government end.
const GOVERNMENT: (&[&str], &[&str]) = (&["gov.cn", "xn--zfr164b"], &[".gov.cn", ".政务"]);

/// Checks the rules that stand on the day.
pub(super) fn check(asked: Checking<'_>, found: &mut Found) {
    let (Some(region), Some(nature)) = (asked.subject_region(), asked.nature()) else { return };
    let province = region / 10_000 * 10_000;
    for row in asked.known.provinces.in_force(province, asked.today) {
        if !row.whom.has(nature) || !(row.orders.is_empty() || row.orders.contains(&asked.kind)) {
            continue;
        }
        let known = PROVINCES.iter().find(|known| known.region == row.region);
        let place = known.map_or("全国", |known| known.name);
        for (path, wanted) in wanting(row, asked, region, nature) {
            found.push(path, ProvinceFault { wanted, place, from: row.from, source: row.source.clone() });
        }
    }
}

/// What a row finds wanting, and where.
fn wanting(row: &ProvinceRule, asked: Checking<'_>, region: u32, nature: u16) -> Vec<(String, Wanting)> {
    match row.rule {
        Rule::MinAge { years } => age(asked, years),
        Rule::SameCity => city(asked, region),
        Rule::LocalIdCard => local(asked, region, |sure| Wanting::Local { sure }),
        Rule::ResidencePermit => local(asked, region, |_| Wanting::Permit),
        Rule::MostDomains { count, filed_above } => domains(asked, count, filed_above),
        Rule::OneDomainPerWebsite => one_domain(asked),
        Rule::Suffixes => suffixes(asked, nature),
        Rule::LocalMobile => at_people(asked, "mobile", Wanting::Mobile, |person| person.mobile.is_some()),
        Rule::LegalRepresentative => at_subject(asked, "subject.person.name", Wanting::LegalRepresentative),
        Rule::SamePerson => same_person(asked),
        Rule::MainlandPerson => at_people(asked, "certificate.kind", Wanting::Mainland, |person| {
            person.certificate.kind.is_some_and(|kind| kind != RESIDENT_ID)
        }),
        Rule::NoForeigners => {
            let kind = asked.subject().and_then(|subject| subject.certificate.kind);
            let foreign = kind.is_some_and(|kind| OF_FOREIGNERS.contains(&kind));
            foreign.then(|| ("subject.certificate.kind".to_owned(), Wanting::Foreigner)).into_iter().collect()
        }
        Rule::WebsitePlan { websites } => plan(asked, websites),
        Rule::EstablishmentOffice => at_subject(asked, "subject.name", Wanting::EstablishmentOffice),
    }
}

fn at_subject(asked: Checking<'_>, path: &str, wanted: Wanting) -> Vec<(String, Wanting)> {
    asked.subject().map(|_| (path.to_owned(), wanted)).into_iter().collect()
}

fn at_people(
    asked: Checking<'_>,
    field: &str,
    wanted: Wanting,
    is_so: impl Fn(&crate::orders::Person) -> bool,
) -> Vec<(String, Wanting)> {
    let people = asked.people().filter(|one| is_so(one.person));
    people.map(|one| (format!("{}.{field}", one.path), wanted)).collect()
}

fn id_card(asked: Checking<'_>) -> Option<IdCard> {
    let certificate = &asked.subject()?.certificate;
    let number = certificate.number.as_deref().filter(|_| certificate.kind == Some(RESIDENT_ID))?;
    IdCard::read(number, asked.today).ok()
}

fn age(asked: Checking<'_>, least: u32) -> Vec<(String, Wanting)> {
    let Some(held) = asked.subject().map(|subject| &subject.certificate) else { return Vec::new() };
    let form = held.kind.and_then(certificate).map(|kind| kind.number);
    let years = form.zip(held.number.as_deref()).and_then(|(form, number)| years(form, number, asked.today));
    let fault = ("subject.certificate.number".to_owned(), Wanting::Age { years: least });
    if years.is_some_and(|years| i64::from(years) < i64::from(least)) { vec![fault] } else { Vec::new() }
}

/// The place that an address begins with: a city, or a province where it names no city.
fn place_of(address: &str) -> Option<u32> {
    let of = |level: Level| {
        let regions = regions::all().iter().filter(move |region| regions::level(region.code) == level);
        regions.filter(|region| region.today && region.is_written())
    };
    let province = of(Level::Province).find(|region| address.starts_with(region.name));
    let rest = province.and_then(|province| address.strip_prefix(province.name)).unwrap_or(address);
    let mut cities = of(Level::City).filter(|city| {
        province.is_none_or(|province| city.code / 10_000 == province.code / 10_000)
            && rest.starts_with(city.name)
    });
    cities.next().or(province).map(|region| region.code)
}

fn city(asked: Checking<'_>, region: u32) -> Vec<(String, Wanting)> {
    let address = asked.subject().and_then(|subject| subject.certificate_address.as_deref());
    let other = address.and_then(place_of).is_some_and(|place| {
        let within = if regions::level(place) == Level::Province { 10_000 } else { 100 };
        place / within != region / within
    });
    let fault = ("subject.certificate_address".to_owned(), Wanting::City);
    if other { vec![fault] } else { Vec::new() }
}

/// Whether the subject's ID card is of another province.
fn local(asked: Checking<'_>, region: u32, wanted: impl Fn(bool) -> Wanting) -> Vec<(String, Wanting)> {
    let Some(subject) = asked.subject() else { return Vec::new() };
    let elsewhere = |place: u32| place / 10_000 != region / 10_000;
    let said = subject.certificate_address.as_deref().and_then(place_of);
    let (path, sure, place) = match said {
        Some(place) => ("subject.certificate_address", true, Some(place)),
        None => ("subject.certificate.number", false, id_card(asked).map(|card| card.region)),
    };
    if place.is_some_and(elsewhere) { vec![(path.to_owned(), wanted(sure))] } else { Vec::new() }
}

fn domains(asked: Checking<'_>, most: u32, filed_above: Option<u32>) -> Vec<(String, Wanting)> {
    let filed = asked.filed().map_or(0, |filed| filed.websites);
    let few_filed = filed_above.is_some_and(|above| filed <= to_usize(above));
    let found = asked.websites().map(|(_, website)| website.domains.len()).sum();
    let fault = ("websites".to_owned(), Wanting::Domains { found, most });
    if few_filed || found <= to_usize(most) { Vec::new() } else { vec![fault] }
}

fn to_usize(count: u32) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

fn one_domain(asked: Checking<'_>) -> Vec<(String, Wanting)> {
    let several = asked.websites().filter(|(_, website)| website.domains.len() > 1);
    several.map(|(path, _)| (format!("{path}.domains"), Wanting::OneDomain)).collect()
}

/// How the domains of new websites end. Those that are filed already are left as they are.
fn suffixes(asked: Checking<'_>, nature: u16) -> Vec<(String, Wanting)> {
    if !matches!(asked.kind, Kind::FirstFiling | Kind::AddWebsite) {
        return Vec::new();
    }
    let (ends, allowed) = if nature == 2 { GOVERNMENT } else { INSTITUTIONS };
    let mut all = Vec::new();
    for (path, website) in asked.websites() {
        for (at, domain) in website.domains.iter().enumerate() {
            let Ok(host) = Host::read(domain) else { continue };
            if !ends.iter().any(|end| host.within(end)) {
                all.push((format!("{path}.domains[{at}]"), Wanting::Suffix { allowed }));
            }
        }
    }
    all
}

fn same_person(asked: Checking<'_>) -> Vec<(String, Wanting)> {
    // Somebody who files for himself may leave the certificate of the person in charge blank: it is his own.
    let number = asked.subject().and_then(|subject| {
        let own = subject.certificate.number.as_deref().filter(|_| asked.individual());
        subject.person.certificate.number.as_deref().or(own)
    });
    let Some(number) = number else { return Vec::new() };
    let others = asked.websites().filter(|(_, website)| {
        website.person.certificate.number.as_deref().is_some_and(|other| other != number)
    });
    others.map(|(path, _)| (format!("{path}.person.certificate.number"), Wanting::Person)).collect()
}

fn plan(asked: Checking<'_>, from: u32) -> Vec<(String, Wanting)> {
    let new =
        if matches!(asked.kind, Kind::FirstFiling | Kind::AddWebsite) { asked.websites().count() } else { 0 };
    let filed = asked.filed().map_or(0, |filed| filed.websites);
    let fault = ("websites".to_owned(), Wanting::Plan);
    if new > 0 && filed + new >= to_usize(from) { vec![fault] } else { Vec::new() }
}

impl Told for ProvinceFault {
    fn code(&self) -> &'static str {
        match self.wanted {
            Wanting::Age { .. } => "province-age",
            Wanting::City => "province-city",
            Wanting::Local { .. } => "province-local",
            Wanting::Permit => "province-permit",
            Wanting::Domains { .. } => "province-domains",
            Wanting::OneDomain => "province-one-domain",
            Wanting::Suffix { .. } => "province-suffix",
            Wanting::Mobile => "province-mobile",
            Wanting::LegalRepresentative => "province-legal-representative",
            Wanting::Person => "province-person",
            Wanting::Mainland => "province-mainland",
            Wanting::Foreigner => "province-foreigner",
            Wanting::Plan => "province-plan",
            Wanting::EstablishmentOffice => "province-establishment-office",
        }
    }

    /// What cannot be told from what was filled in is only said.
    fn weight(&self) -> Weight {
        match self.wanted {
            Wanting::Local { sure: false }
            | Wanting::Permit
            | Wanting::Mobile
            | Wanting::LegalRepresentative
            | Wanting::Plan
            | Wanting::EstablishmentOffice => Weight::Warning,
            _ => Weight::Error,
        }
    }

    fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => {
                let (place, wanted) = (self.place, self.wanted.zh());
                format!("{place}的备案要求：{wanted}（{}，{}）。", self.source.zh, self.from)
            }
            Lang::En => {
                let whose = if self.place == "全国" { "all provinces" } else { "the subject's province" };
                format!("A rule of {whose}: {} ({}, {}).", self.wanted.en(), self.source.en, self.from)
            }
        }
    }

    fn suggestion(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => self.wanted.suggestion_zh(),
            Lang::En => self.wanted.suggestion_en(),
        }
        .to_owned()
    }
}

impl Wanting {
    fn zh(self) -> String {
        match self {
            Self::Age { years } => format!("备案人应年满 {years} 周岁"),
            Self::City => "通信地址与证件住址应在同一城市".to_owned(),
            Self::Local { sure: true } => "个人只能凭本省（区、市）的身份证备案".to_owned(),
            Self::Local { sure: false } => {
                "个人只能凭本省（区、市）的身份证备案，您的身份证号码以其他省份的代码开头".to_owned()
            }
            Self::Permit => "外省（区、市）身份证的个人需要提供本地有效的居住证或暂住证".to_owned(),
            Self::Domains { found, most } => format!("一份订单最多 {most} 个域名，您填写了 {found} 个"),
            Self::OneDomain => "一个网站只能有一个域名".to_owned(),
            Self::Suffix { allowed } => format!("这类单位的域名应以 {} 结尾", allowed.join(" 或 ")),
            Self::Mobile => "手机号码应为本省号码，系统无法判断归属地".to_owned(),
            Self::LegalRepresentative => "主体负责人应为法定代表人".to_owned(),
            Self::Person => "主体负责人和网站负责人应为同一人".to_owned(),
            Self::Mainland => "负责人应持内地居民身份证".to_owned(),
            Self::Foreigner => "外国人不能以个人名义备案".to_owned(),
            Self::Plan => "网站较多时需要提供网站建设方案书".to_owned(),
            Self::EstablishmentOffice => "党政机关和事业单位需要先经机构编制办公室审核".to_owned(),
        }
    }

    fn en(self) -> String {
        match self {
            Self::Age { years } => format!("whoever files is at least {years} years old"),
            Self::City => "the address of letters and that of the certificate are in one city".to_owned(),
            Self::Local { sure: true } => "individuals file with an ID card of the province".to_owned(),
            Self::Local { sure: false } => {
                "individuals file with an ID card of the province, and the number of yours begins with another".to_owned()
            }
            Self::Permit => {
                "individuals with an ID card of another province need a residence permit of this one".to_owned()
            }
            Self::Domains { found, most } => format!("an order has at most {most} domains, this one has {found}"),
            Self::OneDomain => "a website has one domain".to_owned(),
            Self::Suffix { .. } => {
                "domains of such a body end as those of public institutions or of the government do".to_owned()
            }
            Self::Mobile => "the mobile number is one of the province, which cannot be told from it".to_owned(),
            Self::LegalRepresentative => {
                "the person in charge of the subject is its legal representative".to_owned()
            }
            Self::Person => "one person is in charge of the subject and of the website".to_owned(),
            Self::Mainland => "the person in charge has a resident ID card of the mainland".to_owned(),
            Self::Foreigner => "foreigners do not file as individuals".to_owned(),
            Self::Plan => "with so many websites a plan of them is added".to_owned(),
            Self::EstablishmentOffice => {
                "the office for establishments approves filings of public bodies first".to_owned()
            }
        }
    }

    const fn suggestion_zh(self) -> &'static str {
        match self {
            Self::Age { .. } => "请等到年满后再办理，或者由符合条件的人备案。",
            Self::City => "请填写与证件住址同一城市的通信地址。",
            Self::Local { sure: true } => "请到身份证所在省份备案。",
            Self::Local { sure: false } => {
                "身份证住址已经迁入本省的，请照实填写证件住址后继续；否则请到身份证所在省份备案。"
            }
            Self::Permit => "请在材料中上传居住证，附件用途选择“居住证或暂住证”。",
            Self::Domains { .. } => "请把其余的域名留到以后的订单办理。",
            Self::OneDomain => "请只保留一个域名，其余的另建网站。",
            Self::Suffix { .. } => "请换用符合要求的域名。",
            Self::Mobile => "请确认手机号码归属本省。",
            Self::LegalRepresentative => "请确认填写的是法定代表人。",
            Self::Person => "请把网站负责人改为主体负责人。",
            Self::Mainland => "请授权一位持内地居民身份证的人员担任负责人。",
            Self::Foreigner => "请以单位名义备案。",
            Self::Plan => "请准备网站建设方案书，审核人员会与您联系。",
            Self::EstablishmentOffice => "请确认已经审核，并在备注中说明。",
        }
    }

    const fn suggestion_en(self) -> &'static str {
        match self {
            Self::Age { .. } => "Wait until then, or have somebody file who is old enough.",
            Self::City => "Give an address of letters in the city of the certificate.",
            Self::Local { sure: true } => "File in the province of the ID card.",
            Self::Local { sure: false } => {
                "If the address on the card is in this province, enter it as it stands there; otherwise file where the card is from."
            }
            Self::Permit => "Add a picture of the permit, for the purpose of a residence permit.",
            Self::Domains { .. } => "Leave the other domains to later orders.",
            Self::OneDomain => "Keep one domain and make websites of the others.",
            Self::Suffix { .. } => "Use a domain that ends in `.cn`, or for the government in `.gov.cn`.",
            Self::Mobile => "Make sure that the number is one of the province.",
            Self::LegalRepresentative => "Make sure that it is.",
            Self::Person => "Enter the person in charge of the subject for the website too.",
            Self::Mainland => "Put somebody in charge who has one.",
            Self::Foreigner => "File as an organisation.",
            Self::Plan => "Prepare the plan; a reviewer will ask for it.",
            Self::EstablishmentOffice => "Make sure that it has, and say so in the remark.",
        }
    }
}
