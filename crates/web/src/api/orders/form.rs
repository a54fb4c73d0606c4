//! The form of an order for the API document: what `filing` reads and writes by itself. A test holds real answers against it.

use serde::Serialize;
use utoipa::ToSchema;

/// A filing number that an order starts from.
#[derive(Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FiledNumber {
    /// Of a subject, or of one of its websites.
    #[schema(example = "粤ICP备12345678号-1")]
    number: Option<String>,
}

/// The organisation or person that files (备案主体).
#[derive(Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Subject {
    /// Its nature (单位性质), by its number in the bureau's table `natures` (`GET /api/v1/tables/natures`); 5 is a person.
    #[schema(example = 5, maximum = 65535)]
    nature: Option<u16>,
    /// Its full name as the certificate has it.
    name: Option<String>,
    /// Its certificate.
    #[schema(required = false)]
    certificate: Certificate,
    /// The address that is printed on the certificate (证件住所).
    certificate_address: Option<String>,
    /// Where it is: the six digits of a county or district (GB/T 2260), from `GET /api/v1/regions`.
    #[schema(example = "440305")]
    region: Option<String>,
    /// Where letters reach it (通信地址), down to the door, without province, city and county.
    address: Option<String>,
    /// The investor or the organisation above it (投资人或主管单位).
    investor: Option<String>,
    /// Who is responsible for it: the person himself, or the organisation's person in charge.
    #[schema(required = false)]
    person: Person,
    /// A remark for the bureau.
    remark: Option<String>,
}

/// A certificate (证件).
#[derive(Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Certificate {
    /// Its kind (证件类型), by its number in the bureau's table `certificates` (`GET /api/v1/tables/certificates`); 2 is an ID
    /// card.
    #[schema(example = 2, maximum = 65535)]
    kind: Option<u16>,
    /// Its number.
    number: Option<String>,
}

/// Somebody in charge (负责人).
#[derive(Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Person {
    /// The name.
    name: Option<String>,
    /// The certificate.
    #[schema(required = false)]
    certificate: Certificate,
    /// The mobile phone, to which the bureau sends its text message.
    mobile: Option<String>,
    /// The office phone with its area code.
    office_phone: Option<String>,
    /// The e-mail address.
    email: Option<String>,
    /// Another phone under which somebody is reached in an emergency (应急联系电话).
    emergency_phone: Option<String>,
}

/// A website (网站).
#[derive(Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Website {
    /// The id of the verification that proves its product, from `POST /api/v1/verifications`.
    verification: Option<String>,
    /// Its filing number, where it is filed already.
    number: Option<String>,
    /// Its name.
    name: Option<String>,
    /// Its domains.
    #[schema(required = false, example = json!(["example.com"]))]
    domains: Vec<String>,
    /// Its home page.
    #[schema(example = "www.example.com")]
    home_page: Option<String>,
    /// What it offers (服务内容), by numbers of the bureau's table `services` (`GET /api/v1/tables/services`).
    #[schema(required = false, example = json!([6]))]
    services: Vec<TableNumber>,
    /// What of it another authority approved beforehand (前置审批).
    #[schema(required = false)]
    pre_approvals: Vec<PreApproval>,
    /// Its languages, by numbers of the bureau's table `languages` (`GET /api/v1/tables/languages`).
    #[schema(required = false, example = json!([1]))]
    languages: Vec<TableNumber>,
    /// Its addresses here: public addresses of the verified instance.
    #[schema(required = false, example = json!(["203.0.113.7"]))]
    addresses: Vec<String>,
    /// How it is hosted (接入方式), by numbers of the bureau's table `access-methods` (`GET /api/v1/tables/access-methods`).
    #[schema(required = false, example = json!([5]))]
    access_methods: Vec<TableNumber>,
    /// Who is responsible for it.
    #[schema(required = false)]
    person: Person,
    /// A remark for the bureau.
    remark: Option<String>,
}

/// A number of one of the bureau's tables (`GET /api/v1/tables`).
#[derive(Serialize, ToSchema)]
#[schema(maximum = 65535)]
pub(crate) struct TableNumber(u16);

/// What another authority approved beforehand.
#[derive(Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PreApproval {
    /// Of what, by its number in the bureau's table `pre-approvals` (`GET /api/v1/tables/pre-approvals`).
    #[schema(example = 6, maximum = 65535)]
    kind: Option<u16>,
    /// The number of the approval.
    number: Option<String>,
}

/// A picture that was added.
#[derive(Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Material {
    /// The id under which it is kept.
    attachment: Option<String>,
    /// For what (附件用途), by its number in the bureau's table `purposes` (`GET /api/v1/tables/purposes`); from 101 on it is
    /// proof that only the reviewer sees.
    #[schema(example = 1, maximum = 65535)]
    purpose: Option<u16>,
    /// The website that it belongs to, counted from 0; null where it belongs to the subject.
    #[schema(example = 0, maximum = 65535)]
    website: Option<u16>,
}

/// Why something is cancelled.
#[derive(Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Cancellation {
    /// The reason in the customer's words.
    reason: Option<String>,
    /// The digits of the number that ends, to say that it is meant.
    #[schema(example = "12345678")]
    confirmation: Option<String>,
}
