//! What only a desk knows of what is filled in. `None` stands for what nobody asked, so that nothing is said about it.

use super::{Provinces, Suffixes};
use crate::orders::Kind;
use std::net::IpAddr;

/// What a desk knows beside the form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// What is filed under the number that the order starts from; the inner `None` where the account has no such number.
    pub target: Option<Option<Filed>>,
    /// Whether the number that the order starts from is filed here for another account.
    pub of_another_account: bool,
    /// What is filed under the number of each website that a change names, in their order.
    pub websites: Option<Vec<WebsiteHere>>,
    /// What was proved for each website, in their order; the inner `None` where its verification cannot be used.
    pub products: Option<Vec<Option<Product>>>,
    /// What was found under what `lookups` names.
    pub hits: Option<Vec<Hit>>,
    /// Whether a change says of everything what is filed already.
    pub unchanged: bool,
    /// The paths that a reviewer gave back and that stand as they stood.
    pub unmended: Vec<String>,
    /// The ids of the pictures that were added to the order.
    pub pictures: Option<Vec<String>>,
    /// The suffixes under which domains can be filed.
    pub suffixes: Suffixes,
    /// What single bureaus want.
    pub provinces: Provinces,
}

/// A product that was proved to be the account's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Product {
    /// The public addresses of its instance.
    pub addresses: Vec<IpAddr>,
}

/// What is filed under a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filed {
    /// The nature of the subject: a number of [`crate::tables::NATURES`]. `None` where it is not known: it was filed through another
    /// provider.
    pub nature: Option<u16>,
    /// The region of the subject, six digits; `None` for the same reason.
    pub region: Option<u32>,
    /// Whether it is cancelled, so that nothing starts from it any more.
    pub cancelled: bool,
    /// The domains of the website, where the number is one's; in the form in which they are compared.
    pub domains: Vec<String>,
    /// Whether the website is hosted here already, where the number is one's.
    pub hosted_here: bool,
    /// How many websites the subject has.
    pub websites: usize,
}

/// What a desk knows of the number of a website that is to be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WebsiteHere {
    /// None was filled in.
    Unnumbered,
    /// The subject has no website with that number here.
    Unknown,
    /// It is cancelled, and nothing changes it any more.
    Cancelled,
    /// It is filed.
    Filed,
}

/// Something that was found under what was looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The path of what was looked up.
    pub path: String,
    /// What was found.
    pub found: FoundHere,
}

/// What can be found under a domain, a certificate or a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FoundHere {
    /// It is on the blacklist.
    Blacklisted,
    /// It is filed here already for the same account. What the order itself writes anew is not meant: a website that it changes, the
    /// subject that it is about.
    FiledByOneself,
    /// It is filed here already by somebody else.
    FiledByAnother,
    /// Another order that is not finished asks for it.
    InAnotherOrder,
    /// Another order that is not finished is about the same number, and the two contradict each other.
    Contradicted {
        /// What the other one asks for.
        by: Kind,
    },
}
