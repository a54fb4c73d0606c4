//! Every field of the form: where it stands, what people call it, what its values mean, and whether they are personal data. Labels,
//! locks, differences and masks are all made from this one table.
//!
//! A path names a place in one form, `websites[0].person.mobile`; a pattern is a path without its numbers, `websites[].person.mobile`.

use super::{Form, Kind, Mask, Part};
use crate::tables::Table;
use rulebook::Lang;

/// One field, or a group of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its pattern.
    pub pattern: &'static str,
    /// What it belongs to.
    pub of: Owner,
    /// Its name in Chinese, without what it belongs to.
    pub zh: &'static str,
    /// Its name in English, without what it belongs to.
    pub en: &'static str,
    /// What its values mean.
    pub holds: Holds,
    /// Whether they are personal data, and how they are shown to whoever may not see them.
    pub personal: Personal,
    /// What reviewers say about it.
    pub topic: Topic,
}

/// What a field belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Owner {
    /// The order itself.
    Order,
    /// The subject.
    Subject,
    /// The subject's person in charge.
    SubjectPerson,
    /// A website.
    Website,
    /// A website's person in charge.
    WebsitePerson,
    /// Something of a website that was approved beforehand.
    PreApproval,
    /// A picture.
    Material,
}

/// What the values of a field mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Holds {
    /// Other fields.
    Group,
    /// A list of other fields, of which a value is the number.
    Groups,
    /// Text.
    Text,
    /// A list of texts.
    Texts,
    /// The six digits of a region.
    Region,
    /// The id of a verification.
    Verification,
    /// The id of a picture.
    Picture,
    /// A number of [`crate::tables::NATURES`].
    Nature,
    /// A number of [`crate::tables::CERTIFICATES`].
    Certificate,
    /// Numbers of [`crate::tables::SERVICES`].
    Services,
    /// A number of [`crate::tables::PRE_APPROVALS`].
    PreApproval,
    /// Numbers of [`crate::tables::LANGUAGES`].
    Languages,
    /// Numbers of [`crate::tables::ACCESS_METHODS`].
    AccessMethods,
    /// A number of [`crate::tables::PURPOSES`].
    Purpose,
    /// A website, counted from 0.
    Website,
}

/// Whether values of a field are personal data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Personal {
    /// They are not.
    No,
    /// They are.
    Yes(Mask),
    /// They are where the subject is a person, or it is not said what it is; what an organisation has on its certificate is public.
    OfIndividual(Mask),
}

/// What a field is about, for whoever looks for the right remark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// The filing number that the order starts from.
    Number,
    /// What the subject is and is called.
    Subject,
    /// A certificate.
    Certificate,
    /// An address.
    Address,
    /// Somebody in charge.
    Person,
    /// A phone number or e-mail address.
    Contact,
    /// The name of a website.
    WebsiteName,
    /// Its domains and home page.
    Domain,
    /// What it offers and how it is hosted.
    Content,
    /// A picture.
    Picture,
    /// A remark, or the reason of a cancellation.
    Words,
}

/// Every field, in the order of the form.
pub const FIELDS: &[Field] = &[
    group("target", Owner::Order, "备案号", "Filing number", Topic::Number),
    text("target.number", Owner::Order, "备案号", "Filing number", Personal::No, Topic::Number),
    group("subject", Owner::Order, "主体信息", "Subject", Topic::Subject),
    Field {
        holds: Holds::Nature,
        ..text("subject.nature", Owner::Subject, "单位性质", "nature", Personal::No, Topic::Subject)
    },
    text("subject.name", Owner::Subject, "名称", "name", Personal::OfIndividual(Mask::Name), Topic::Subject),
    group("subject.certificate", Owner::Subject, "证件", "certificate", Topic::Certificate),
    certificate_kind("subject.certificate.kind", Owner::Subject),
    text(
        "subject.certificate.number",
        Owner::Subject,
        "证件号码",
        "certificate number",
        Personal::OfIndividual(Mask::Number),
        Topic::Certificate,
    ),
    text(
        "subject.certificate_address",
        Owner::Subject,
        "证件住所",
        "address on the certificate",
        Personal::OfIndividual(Mask::Address),
        Topic::Address,
    ),
    Field {
        holds: Holds::Region,
        ..text("subject.region", Owner::Subject, "所在地区", "region", Personal::No, Topic::Address)
    },
    text(
        "subject.address",
        Owner::Subject,
        "通信地址",
        "postal address",
        Personal::Yes(Mask::Address),
        Topic::Address,
    ),
    text(
        "subject.investor",
        Owner::Subject,
        "投资人或主管单位",
        "investor or superior organisation",
        Personal::Yes(Mask::Name),
        Topic::Subject,
    ),
    group("subject.person", Owner::Order, "主体负责人", "Subject's person in charge", Topic::Person),
    text(
        "subject.person.name",
        Owner::SubjectPerson,
        "姓名",
        "name",
        Personal::Yes(Mask::Name),
        Topic::Person,
    ),
    group("subject.person.certificate", Owner::SubjectPerson, "证件", "certificate", Topic::Certificate),
    certificate_kind("subject.person.certificate.kind", Owner::SubjectPerson),
    certificate_number("subject.person.certificate.number", Owner::SubjectPerson),
    mobile("subject.person.mobile", Owner::SubjectPerson),
    office_phone("subject.person.office_phone", Owner::SubjectPerson),
    email("subject.person.email", Owner::SubjectPerson),
    emergency_phone("subject.person.emergency_phone", Owner::SubjectPerson),
    remark("subject.remark", Owner::Subject),
    Field {
        holds: Holds::Groups, ..group("websites", Owner::Order, "网站", "Websites", Topic::WebsiteName)
    },
    group("websites[]", Owner::Website, "", "", Topic::WebsiteName),
    Field {
        holds: Holds::Verification,
        ..text(
            "websites[].verification",
            Owner::Website,
            "产品验证",
            "product verification",
            Personal::No,
            Topic::Content,
        )
    },
    text("websites[].number", Owner::Website, "网站备案号", "filing number", Personal::No, Topic::Number),
    text("websites[].name", Owner::Website, "名称", "name", Personal::No, Topic::WebsiteName),
    list("websites[].domains", Holds::Texts, "域名", "domains", Topic::Domain),
    text("websites[].home_page", Owner::Website, "首页网址", "home page", Personal::No, Topic::Domain),
    list("websites[].services", Holds::Services, "服务内容", "services", Topic::Content),
    list("websites[].pre_approvals", Holds::Groups, "前置审批", "prior approvals", Topic::Content),
    group("websites[].pre_approvals[]", Owner::PreApproval, "", "", Topic::Content),
    Field {
        holds: Holds::PreApproval,
        ..text(
            "websites[].pre_approvals[].kind",
            Owner::PreApproval,
            "类型",
            "kind",
            Personal::No,
            Topic::Content,
        )
    },
    text(
        "websites[].pre_approvals[].number",
        Owner::PreApproval,
        "批准文号",
        "number",
        Personal::No,
        Topic::Content,
    ),
    list("websites[].languages", Holds::Languages, "语言", "languages", Topic::Content),
    list("websites[].addresses", Holds::Texts, "IP 地址", "IP addresses", Topic::Content),
    list("websites[].access_methods", Holds::AccessMethods, "接入方式", "access methods", Topic::Content),
    group("websites[].person", Owner::Website, "负责人", "person in charge", Topic::Person),
    text(
        "websites[].person.name",
        Owner::WebsitePerson,
        "姓名",
        "name",
        Personal::Yes(Mask::Name),
        Topic::Person,
    ),
    group("websites[].person.certificate", Owner::WebsitePerson, "证件", "certificate", Topic::Certificate),
    certificate_kind("websites[].person.certificate.kind", Owner::WebsitePerson),
    certificate_number("websites[].person.certificate.number", Owner::WebsitePerson),
    mobile("websites[].person.mobile", Owner::WebsitePerson),
    office_phone("websites[].person.office_phone", Owner::WebsitePerson),
    email("websites[].person.email", Owner::WebsitePerson),
    emergency_phone("websites[].person.emergency_phone", Owner::WebsitePerson),
    remark("websites[].remark", Owner::Website),
    Field {
        holds: Holds::Groups,
        ..group("materials", Owner::Order, "证件材料", "Materials", Topic::Picture)
    },
    group("materials[]", Owner::Material, "", "", Topic::Picture),
    Field {
        holds: Holds::Picture,
        ..text("materials[].attachment", Owner::Material, "图片", "picture", Personal::No, Topic::Picture)
    },
    Field {
        holds: Holds::Purpose,
        ..text("materials[].purpose", Owner::Material, "用途", "purpose", Personal::No, Topic::Picture)
    },
    Field {
        holds: Holds::Website,
        ..text("materials[].website", Owner::Material, "所属网站", "website", Personal::No, Topic::Picture)
    },
    group("cancellation", Owner::Order, "注销或取消接入说明", "Cancellation", Topic::Words),
    text(
        "cancellation.reason",
        Owner::Order,
        "注销或取消接入的原因",
        "Reason for the cancellation",
        Personal::Yes(Mask::Words),
        Topic::Words,
    ),
    text(
        "cancellation.confirmation",
        Owner::Order,
        "确认的备案号数字",
        "Confirmed digits of the number",
        Personal::No,
        Topic::Number,
    ),
];

const fn text(
    pattern: &'static str,
    of: Owner,
    zh: &'static str,
    en: &'static str,
    personal: Personal,
    topic: Topic,
) -> Field {
    Field { pattern, of, zh, en, holds: Holds::Text, personal, topic }
}

const fn group(pattern: &'static str, of: Owner, zh: &'static str, en: &'static str, topic: Topic) -> Field {
    Field { pattern, of, zh, en, holds: Holds::Group, personal: Personal::No, topic }
}

const fn list(
    pattern: &'static str,
    holds: Holds,
    zh: &'static str,
    en: &'static str,
    topic: Topic,
) -> Field {
    Field { pattern, of: Owner::Website, zh, en, holds, personal: Personal::No, topic }
}

const fn certificate_kind(pattern: &'static str, of: Owner) -> Field {
    let field = text(pattern, of, "证件类型", "kind of certificate", Personal::No, Topic::Certificate);
    Field { holds: Holds::Certificate, ..field }
}

const fn certificate_number(pattern: &'static str, of: Owner) -> Field {
    let personal = Personal::Yes(Mask::Number);
    text(pattern, of, "证件号码", "certificate number", personal, Topic::Certificate)
}

const fn mobile(pattern: &'static str, of: Owner) -> Field {
    text(pattern, of, "手机号码", "mobile phone", Personal::Yes(Mask::Phone), Topic::Contact)
}

const fn office_phone(pattern: &'static str, of: Owner) -> Field {
    text(pattern, of, "办公电话", "office phone", Personal::Yes(Mask::Phone), Topic::Contact)
}

const fn emergency_phone(pattern: &'static str, of: Owner) -> Field {
    text(pattern, of, "应急联系电话", "emergency phone", Personal::Yes(Mask::Phone), Topic::Contact)
}

const fn email(pattern: &'static str, of: Owner) -> Field {
    text(pattern, of, "电子邮箱", "e-mail address", Personal::Yes(Mask::Email), Topic::Contact)
}

const fn remark(pattern: &'static str, of: Owner) -> Field {
    text(pattern, of, "备注", "remark", Personal::Yes(Mask::Words), Topic::Words)
}

/// A place in a form that [`FIELDS`] knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The field there.
    pub field: &'static Field,
    /// The numbers in the path, counted from 0. One more than the pattern has stands for an item of a list.
    nth: Vec<usize>,
}

/// What stands at `path`; `None` for one that names no field.
pub fn field(path: &str) -> Option<Place> {
    let (pattern, nth) = split(path)?;
    let item_of = |field: &Field| pattern.strip_suffix("[]") == Some(field.pattern) && field.is_list();
    let found = FIELDS.iter().find(|field| field.pattern == pattern);
    let field = found.or_else(|| FIELDS.iter().find(|field| item_of(field)))?;
    Some(Place { field, nth })
}

/// What stands at `path` in that form of an order of that kind: `None` also for parts that the kind does not have, and for the third of
/// two websites.
pub fn field_in(path: &str, kind: Kind, form: &Form) -> Option<Place> {
    let place = field(path)?;
    let website = place.nth.first().and_then(|nth| form.websites.get(*nth));
    let lengths = match place.field.part() {
        Part::Websites => {
            let items = website.map(|website| match place.field.pattern {
                "websites[].domains" => website.domains.len(),
                "websites[].services" => website.services.len(),
                "websites[].languages" => website.languages.len(),
                "websites[].addresses" => website.addresses.len(),
                "websites[].access_methods" => website.access_methods.len(),
                _ => website.pre_approvals.len(),
            });
            [form.websites.len(), items.unwrap_or(0)]
        }
        _ => [form.materials.len(), 0],
    };
    let there =
        place.nth.len() <= lengths.len() && place.nth.iter().zip(lengths).all(|(nth, len)| *nth < len);
    (there && kind.needs().has(place.field.part())).then_some(place)
}

/// The pattern of a path, and its numbers.
fn split(path: &str) -> Option<(String, Vec<usize>)> {
    let mut pattern = String::with_capacity(path.len());
    let mut nth = Vec::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('[') {
        let (number, after) = after.split_once(']')?;
        // One way to write a number, so that paths can be compared as text.
        let canonical =
            number.bytes().all(|byte| byte.is_ascii_digit()) && (number == "0" || !number.starts_with('0'));
        nth.push(number.parse().ok().filter(|_| canonical)?);
        pattern.push_str(before);
        pattern.push_str("[]");
        rest = after;
    }
    pattern.push_str(rest);
    Some((pattern, nth))
}

impl Holds {
    /// The table of whose numbers the values are; `None` for what is no number of a table.
    pub const fn table(self) -> Option<Table> {
        match self {
            Self::Nature => Some(Table::Natures),
            Self::Certificate => Some(Table::Certificates),
            Self::Services => Some(Table::Services),
            Self::PreApproval => Some(Table::PreApprovals),
            Self::Languages => Some(Table::Languages),
            Self::AccessMethods => Some(Table::AccessMethods),
            Self::Purpose => Some(Table::Purposes),
            Self::Group
            | Self::Groups
            | Self::Text
            | Self::Texts
            | Self::Region
            | Self::Verification
            | Self::Picture
            | Self::Website => None,
        }
    }
}

impl Field {
    /// The part of the form that it is in.
    pub fn part(&self) -> Part {
        let word = self.pattern.split(['.', '[']).next().unwrap_or_default();
        // The test of the table sees that every pattern begins with a part.
        Part::from_word(word).unwrap_or(Part::Target)
    }

    /// Its name without what it belongs to, as a form has it beside the field.
    pub const fn label(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
        }
    }

    /// Whether its values are lists of plain items.
    pub const fn is_list(&self) -> bool {
        matches!(self.holds, Holds::Texts | Holds::Services | Holds::Languages | Holds::AccessMethods)
    }

    /// How its values are shown to whoever may not see them; `None` where everybody may.
    pub const fn mask(&self, individual: bool) -> Option<Mask> {
        match self.personal {
            Personal::Yes(mask) => Some(mask),
            Personal::OfIndividual(mask) if individual => Some(mask),
            Personal::OfIndividual(_) | Personal::No => None,
        }
    }
}

impl Place {
    /// Its name with what it belongs to: `主体负责人的手机号码`, `第 2 个网站的名称`.
    pub fn label(&self, lang: Lang) -> String {
        let mut nth = self.nth.iter().map(|nth| nth.saturating_add(1));
        let owner = self.field.of.label(&mut nth, lang);
        let name = self.field.label(lang);
        let (of, item) = match lang {
            // Letters stand apart from what is Chinese.
            Lang::Zh if name.starts_with(|c: char| c.is_ascii_alphanumeric()) => {
                ("的 ", nth.next().map(|nth| format!("（第 {nth} 个）")))
            }
            Lang::Zh => ("的", nth.next().map(|nth| format!("（第 {nth} 个）"))),
            Lang::En => (": ", nth.next().map(|nth| format!(" ({nth})"))),
        };
        let of = if owner.is_empty() || name.is_empty() { "" } else { of };
        format!("{owner}{of}{name}{}", item.unwrap_or_default())
    }
}

impl Owner {
    fn label(self, nth: &mut impl Iterator<Item = usize>, lang: Lang) -> String {
        let mut next = || nth.next().unwrap_or(1);
        match (self, lang) {
            (Self::Order, _) => String::new(),
            (Self::Subject, Lang::Zh) => "主体".to_owned(),
            (Self::Subject, Lang::En) => "Subject".to_owned(),
            (Self::SubjectPerson, Lang::Zh) => "主体负责人".to_owned(),
            (Self::SubjectPerson, Lang::En) => "Subject's person in charge".to_owned(),
            (Self::Website, Lang::Zh) => format!("第 {} 个网站", next()),
            (Self::Website, Lang::En) => format!("Website {}", next()),
            (Self::WebsitePerson, Lang::Zh) => format!("第 {} 个网站的负责人", next()),
            (Self::WebsitePerson, Lang::En) => format!("Website {}'s person in charge", next()),
            (Self::PreApproval, Lang::Zh) => format!("第 {} 个网站的第 {} 项前置审批", next(), next()),
            (Self::PreApproval, Lang::En) => format!("Website {}'s prior approval {}", next(), next()),
            (Self::Material, Lang::Zh) => format!("第 {} 张材料", next()),
            (Self::Material, Lang::En) => format!("Picture {}", next()),
        }
    }
}
