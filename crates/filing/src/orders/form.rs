//! What is filled in for an order. A draft keeps whatever was typed; the checks say what is wrong with it, and nothing is refused
//! for it before it is submitted.
//!
//! Everything that a person types is text and may be missing. Kinds of things are numbers of the bureau's code tables
//! ([`crate::tables`]), because those tables grow without us.

use super::Part;
use serde::{Deserialize, Serialize};

/// All that is filled in. What a kind of order does not have stays empty ([`super::Needs::parts`]).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Form {
    /// Which filed subject or website the order is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<FiledNumber>,
    /// Who files.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<Subject>,
    /// The websites.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub websites: Vec<Website>,
    /// The pictures that were added.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub materials: Vec<Material>,
    /// Why something is cancelled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cancellation: Option<Cancellation>,
}

/// A filing number that an order starts from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FiledNumber {
    /// `浙ICP备12345678号` of a subject, or `浙ICP备12345678号-1` of a website.
    pub number: Option<String>,
}

/// The organisation or person that files (备案主体).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Subject {
    /// Its nature (单位性质): a number of [`crate::tables::NATURES`].
    pub nature: Option<u16>,
    /// Its full name as the certificate has it.
    pub name: Option<String>,
    /// Its certificate.
    pub certificate: Certificate,
    /// The address that is printed on the certificate (证件住所).
    pub certificate_address: Option<String>,
    /// Where it is: the six digits of a county or district (GB/T 2260).
    pub region: Option<String>,
    /// Where letters reach it (通信地址), down to the door, without province, city and county.
    pub address: Option<String>,
    /// The investor or the organisation above it (投资人或主管单位).
    pub investor: Option<String>,
    /// Who is responsible for it: the person himself, or the organisation's person in charge.
    pub person: Person,
    /// A remark for the bureau.
    pub remark: Option<String>,
}

/// A certificate (证件).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Certificate {
    /// Its kind (证件类型): a number of [`crate::tables::CERTIFICATES`].
    pub kind: Option<u16>,
    /// Its number.
    pub number: Option<String>,
}

/// Somebody in charge (负责人).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Person {
    /// The name.
    pub name: Option<String>,
    /// The certificate.
    pub certificate: Certificate,
    /// The mobile phone, to which the bureau sends its text message.
    pub mobile: Option<String>,
    /// The office phone with its area code.
    pub office_phone: Option<String>,
    /// The e-mail address.
    pub email: Option<String>,
    /// Another phone under which somebody is reached in an emergency (应急联系电话).
    pub emergency_phone: Option<String>,
}

/// A website (网站).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Website {
    /// The id of the verification that proves its product.
    pub verification: Option<String>,
    /// Its filing number, where it is filed already.
    pub number: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// Its domains.
    pub domains: Vec<String>,
    /// Its home page.
    pub home_page: Option<String>,
    /// What it offers (服务内容): numbers of [`crate::tables::SERVICES`].
    pub services: Vec<u16>,
    /// What of it another authority approved beforehand (前置审批).
    pub pre_approvals: Vec<PreApproval>,
    /// Its languages: numbers of [`crate::tables::LANGUAGES`].
    pub languages: Vec<u16>,
    /// Its addresses here: public addresses of the verified instance.
    pub addresses: Vec<String>,
    /// How it is hosted (接入方式): numbers of [`crate::tables::ACCESS_METHODS`].
    pub access_methods: Vec<u16>,
    /// Who is responsible for it.
    pub person: Person,
    /// A remark for the bureau.
    pub remark: Option<String>,
}

/// What another authority approved beforehand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PreApproval {
    /// Of what: a number of [`crate::tables::PRE_APPROVALS`].
    pub kind: Option<u16>,
    /// The number of the approval.
    pub number: Option<String>,
}

/// A picture that was added.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Material {
    /// The id under which it is kept.
    pub attachment: Option<String>,
    /// For what (附件用途): a number of [`crate::tables::PURPOSES`].
    pub purpose: Option<u16>,
    /// The website that it belongs to, counted from 0; none where it belongs to the subject.
    pub website: Option<u16>,
}

/// Why something is cancelled.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Cancellation {
    /// The reason in the customer's words.
    pub reason: Option<String>,
    /// The digits of the number that ends, typed or pasted to say that it is meant.
    pub confirmation: Option<String>,
}

impl Form {
    /// Which parts something was filled in for.
    pub fn parts(&self) -> impl Iterator<Item = Part> {
        Part::ALL.into_iter().filter(|part| self.filled(*part))
    }

    /// The form with that part alone.
    #[must_use]
    pub fn only(self, part: Part) -> Self {
        let Self { target, subject, websites, materials, cancellation } = self;
        match part {
            Part::Target => Self { target, ..Self::default() },
            Part::Subject => Self { subject, ..Self::default() },
            Part::Websites => Self { websites, ..Self::default() },
            Part::Materials => Self { materials, ..Self::default() },
            Part::Cancellation => Self { cancellation, ..Self::default() },
        }
    }

    fn filled(&self, part: Part) -> bool {
        match part {
            Part::Target => self.target.is_some(),
            Part::Subject => self.subject.is_some(),
            Part::Websites => !self.websites.is_empty(),
            Part::Materials => !self.materials.is_empty(),
            Part::Cancellation => self.cancellation.is_some(),
        }
    }
}
