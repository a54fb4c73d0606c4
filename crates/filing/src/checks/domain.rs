//! Domains: what is wrong with what was typed in the place of one. Which name is registrable, and the form in which domains are
//! compared (ASCII, lower case), is told by the crate `domains`; suffixes of the private section of the public suffix list (`github.io`)
//! are names that somebody registered, and he files.

use super::{
    Checking, Found, Told, Weight,
    symbol::{called, half_width},
};
use crate::orders::Kind;
use domains::{Fault, LONGEST, LONGEST_LABEL, Name};
use idna::uts46::{AsciiDenyList, Hyphens, Uts46};
use jiff::civil::Date;
use psl::Psl;
use rulebook::Lang;
use std::{collections::BTreeMap, net::IpAddr};

/// The name of a host below a public suffix.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Host {
    /// The whole name.
    name: String,
    /// Where its suffix begins.
    suffix: usize,
}

/// What is wrong with a domain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DomainFault {
    /// It begins with `https://` or the like.
    Scheme,
    /// A path, a question or a user's name stands with it.
    Path,
    /// A port stands behind it.
    Port,
    /// It begins with `*.`.
    Wildcard,
    /// It is the address of a host.
    Address,
    /// A character that no domain has, nor the one that it stands for in Chinese input.
    Symbol {
        /// It.
        symbol: char,
    },
    /// A label is empty, begins or ends with a hyphen, or is no name in any script.
    Label,
    /// A label has more than 63 characters or all of it more than 253, as ASCII.
    Long,
    /// It is a suffix under which names are registered, and no name.
    OnlySuffix {
        /// It, as people write it.
        suffix: String,
    },
    /// No registry has its last label.
    UnknownSuffix {
        /// The label, as people write it.
        suffix: String,
    },
    /// It is a name below one that is registered.
    Below {
        /// The one that is registered, as people write it.
        registrable: String,
    },
    /// It is below a domain under which somebody else gives out names, as `name.github.io` is.
    GivenOut {
        /// That domain, as people write it.
        of: String,
    },
    /// Its suffix is not in the list of those that were approved.
    NotApproved {
        /// The suffix, as people write it.
        suffix: String,
        /// The day of the list.
        as_of: Date,
        /// Whether the order is about a domain that is filed already.
        filed: bool,
    },
    /// It stands in the order twice.
    Twice {
        /// The website at which it stood first, counted from 0.
        website: usize,
    },
}

/// The registrable domain of a host, in the form in which domains are compared; or all that is wrong with the name.
///
/// ```
/// assert_eq!(filing::checks::registrable("www.例子.中国").as_deref(), Ok("xn--fsqu00a.xn--fiqs8s"));
/// ```
pub fn registrable(host: &str) -> Result<String, Vec<DomainFault>> {
    Host::read(host).map(|host| host.registrable().to_owned())
}

impl Host {
    /// Reads the name of a host in either form, or says all that is wrong with it.
    pub fn read(typed: &str) -> Result<Self, Vec<DomainFault>> {
        let (bare, mut faults) = bare(typed);
        match named(bare) {
            Ok(host) if faults.is_empty() => Ok(host),
            Ok(_) => Err(faults),
            Err(fault) => {
                faults.push(fault);
                Err(faults)
            }
        }
    }

    /// The whole name, as ASCII.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The suffix under which it is registered, as ASCII.
    pub fn suffix(&self) -> &str {
        self.name.get(self.suffix..).unwrap_or_default()
    }

    /// The name that is registered: the suffix with one label before it.
    pub fn registrable(&self) -> &str {
        let before = self.name.get(..self.suffix.saturating_sub(1)).unwrap_or_default();
        let start = before.rfind('.').map_or(0, |dot| dot + 1);
        self.name.get(start..).unwrap_or_default()
    }

    /// The domain of somebody who gives out names below it to others, where it is such a name (the private section of the public suffix
    /// list).
    fn given_out_of(&self) -> Option<&str> {
        let suffix = psl::List.suffix(self.name.as_bytes())?;
        let private = suffix.typ() == Some(psl::Type::Private) && suffix.as_bytes().len() < self.name.len();
        std::str::from_utf8(suffix.as_bytes()).ok().filter(|_| private)?;
        self.name.get(self.name.len().checked_sub(suffix.as_bytes().len())?..)
    }

    /// Whether it is `domain` or a name below it; `domain` as ASCII.
    pub fn within(&self, domain: &str) -> bool {
        self.name.strip_suffix(domain).is_some_and(|before| before.is_empty() || before.ends_with('.'))
    }
}

/// A name as people write it: labels in their script.
pub fn shown(ascii: &str) -> String {
    let (shown, result) =
        Uts46::new().to_unicode(ascii.as_bytes(), AsciiDenyList::STD3, Hyphens::CheckFirstLast);
    if result.is_ok() { shown.into_owned() } else { ascii.to_owned() }
}

/// What was typed without what does not belong to a name, and what that was. A dot at its end may belong to it.
fn bare(typed: &str) -> (&str, Vec<DomainFault>) {
    let mut faults = Vec::new();
    let mut rest = typed;
    if let Some((_, after)) = rest.split_once("://") {
        faults.push(DomainFault::Scheme);
        rest = after;
    }
    if let Some(at) = rest.find(['/', '?', '#', '@', '\\']) {
        faults.push(DomainFault::Path);
        let (before, after) = rest.split_at(at);
        rest = if after.starts_with('@') { after.trim_start_matches('@') } else { before };
    }
    if rest.parse::<IpAddr>().is_err()
        && let Some((before, port)) = rest.rsplit_once(':')
        && port.bytes().all(|digit| digit.is_ascii_digit())
    {
        faults.push(DomainFault::Port);
        rest = before;
    }
    if let Some(below) = rest.strip_prefix("*.") {
        faults.push(DomainFault::Wildcard);
        rest = below;
    }
    (rest, faults)
}

/// The host of a bare name.
fn named(bare: &str) -> Result<Host, DomainFault> {
    let address = bare.strip_suffix(['.', '。']).unwrap_or(bare);
    if address.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>().is_ok() {
        return Err(DomainFault::Address);
    }
    let allowed = |c: char| !c.is_ascii() || c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
    if let Some(symbol) = bare.chars().find(|c| !allowed(half_width(*c).unwrap_or(*c))) {
        return Err(DomainFault::Symbol { symbol });
    }
    let as_ascii = || domains::ascii(bare).unwrap_or_default();
    match Name::read(bare) {
        Ok(name) => Ok(Host { name: name.as_str().to_owned(), suffix: name.suffix_at() }),
        Err(Fault::Label) => Err(DomainFault::Label),
        Err(Fault::Long) => Err(DomainFault::Long),
        Err(Fault::UnknownSuffix) => {
            let name = as_ascii();
            Err(DomainFault::UnknownSuffix { suffix: shown(name.rsplit('.').next().unwrap_or_default()) })
        }
        Err(Fault::OnlySuffix) => Err(DomainFault::OnlySuffix { suffix: shown(&as_ascii()) }),
    }
}

/// Checks the domains of every website.
pub(super) fn check(asked: Checking<'_>, found: &mut Found) {
    let mut first: BTreeMap<String, usize> = BTreeMap::new();
    for (nth, (path, website)) in asked.websites().enumerate() {
        for (at, domain) in website.domains.iter().enumerate() {
            let path = format!("{path}.domains[{at}]");
            let host = match Host::read(domain) {
                Ok(host) => host,
                Err(faults) => {
                    found.all(&path, faults);
                    continue;
                }
            };
            if let Some(of) = host.given_out_of() {
                found.push(&path, DomainFault::GivenOut { of: shown(of) });
            } else if host.name() != host.registrable() {
                found.push(&path, DomainFault::Below { registrable: shown(host.registrable()) });
            }
            if !asked.known.suffixes.approves(&host) {
                found.push(&path, not_approved(asked, &host));
            }
            match first.get(host.registrable()) {
                Some(website) => found.push(&path, DomainFault::Twice { website: *website }),
                None => {
                    first.insert(host.registrable().to_owned(), nth);
                }
            }
        }
    }
}

fn not_approved(asked: Checking<'_>, host: &Host) -> DomainFault {
    DomainFault::NotApproved {
        suffix: shown(host.suffix()),
        as_of: asked.known.suffixes.as_of(),
        filed: matches!(asked.kind, Kind::AddAccess | Kind::Change),
    }
}

impl Told for DomainFault {
    fn code(&self) -> &'static str {
        match self {
            Self::Scheme => "domain-scheme",
            Self::Path => "domain-path",
            Self::Port => "domain-port",
            Self::Wildcard => "domain-wildcard",
            Self::Address => "domain-address",
            Self::Symbol { .. } => "domain-symbol",
            Self::Label => "domain-label",
            Self::Long => "domain-long",
            Self::OnlySuffix { .. } => "domain-only-suffix",
            Self::UnknownSuffix { .. } => "domain-unknown-suffix",
            Self::Below { .. } => "domain-below",
            Self::GivenOut { .. } => "domain-given-out",
            Self::NotApproved { .. } => "domain-suffix-not-approved",
            Self::Twice { .. } => "domain-twice",
        }
    }

    /// A suffix may have been approved when a domain was filed that is filed still.
    fn weight(&self) -> Weight {
        match self {
            Self::NotApproved { filed: true, .. } => Weight::Warning,
            _ => Weight::Error,
        }
    }

    fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => self.zh(),
            Lang::En => self.en(),
        }
    }

    fn suggestion(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => self.suggestion_zh(),
            Lang::En => self.suggestion_en(),
        }
    }
}

impl DomainFault {
    fn zh(&self) -> String {
        match self {
            Self::Scheme => "域名前面不能带“http://”“https://”等协议。".to_owned(),
            Self::Path => "域名里不能带路径、参数或“@”。".to_owned(),
            Self::Port => "域名后面不能带端口。".to_owned(),
            Self::Wildcard => "不能填写泛域名“*.”。".to_owned(),
            Self::Address => "这里填的是 IP 地址，不是域名。".to_owned(),
            Self::Symbol { symbol } => format!("域名里不能有{}。", called(*symbol, Lang::Zh)),
            Self::Label => "域名的写法不正确：有一段是空的、以“-”开头或结尾，或者不是有效的字符。".to_owned(),
            Self::Long => format!("域名太长：每一段最多 {LONGEST_LABEL} 个字符，全长最多 {LONGEST} 个字符。"),
            Self::OnlySuffix { suffix } => format!("“{suffix}”只是域名后缀，不是一个注册的域名。"),
            Self::UnknownSuffix { suffix } => format!("没有“.{suffix}”这个域名后缀。"),
            Self::Below { registrable } => {
                format!("这是“{registrable}”的子域名，备案以注册的域名为单位，子域名不用单独填写。")
            }
            Self::GivenOut { of } => format!("这是服务商在自己的域名“{of}”之下分配的子域名，不能用来备案。"),
            Self::NotApproved { suffix, as_of, filed: false } => {
                format!("域名后缀“.{suffix}”不在经工信部批准的后缀名单中（名单日期 {as_of}），不能备案。")
            }
            Self::NotApproved { suffix, as_of, filed: true } => {
                format!("域名后缀“.{suffix}”不在经工信部批准的后缀名单中（名单日期 {as_of}）。")
            }
            Self::Twice { website } => format!("这个域名在第 {} 个网站中已经填写过。", website + 1),
        }
    }

    fn en(&self) -> String {
        match self {
            Self::Scheme => "A scheme such as `https://` stands before the domain.".to_owned(),
            Self::Path => "A path, a question or an `@` stands with the domain.".to_owned(),
            Self::Port => "A port stands behind the domain.".to_owned(),
            Self::Wildcard => "A wildcard is no domain.".to_owned(),
            Self::Address => "This is the address of a host and no domain.".to_owned(),
            Self::Symbol { symbol } => format!("{} cannot stand in a domain.", called(*symbol, Lang::En)),
            Self::Label => {
                "The domain is not well formed: a label is empty, begins or ends with a hyphen, or has characters that no domain has."
                    .to_owned()
            }
            Self::Long => format!("The domain is too long: a label has at most {LONGEST_LABEL} characters, all of it {LONGEST}."),
            Self::OnlySuffix { .. } => "This is a suffix under which domains are registered, and no domain.".to_owned(),
            Self::UnknownSuffix { .. } => "No registry has the suffix of this domain.".to_owned(),
            Self::Below { .. } => {
                "This is a name below a registered domain. What is filed is the registered one; it covers the names below.".to_owned()
            }
            Self::GivenOut { .. } => {
                "This is a name that somebody gives out below a domain of his own. It cannot be filed.".to_owned()
            }
            Self::NotApproved { as_of, filed: false, .. } => {
                format!("The suffix of this domain is not in the list of approved suffixes of {as_of}: it cannot be filed.")
            }
            Self::NotApproved { as_of, filed: true, .. } => {
                format!("The suffix of this domain is not in the list of approved suffixes of {as_of}.")
            }
            Self::Twice { website } => format!("The domain stands at website {} already.", website + 1),
        }
    }

    fn suggestion_zh(&self) -> String {
        match self {
            Self::Below { registrable } => format!("请填写“{registrable}”。"),
            Self::GivenOut { .. } => "请使用自己注册的域名。".to_owned(),
            Self::OnlySuffix { suffix } => format!("请填写完整的域名，例如“example.{suffix}”。"),
            Self::NotApproved { filed: true, .. } => "已经备案的域名请直接继续，审核人员会核对。".to_owned(),
            Self::NotApproved { .. } => "请换用名单内后缀的域名，例如“.com”“.cn”。".to_owned(),
            Self::Twice { .. } => "一个域名只能属于一个网站，请删去一处。".to_owned(),
            Self::Address => "请填写域名；IP 地址请填写在接入地址一栏。".to_owned(),
            Self::Symbol { symbol } => mended_zh(*symbol).to_owned(),
            Self::UnknownSuffix { .. } | Self::Label | Self::Long => {
                "请对照域名证书核对后重新填写。".to_owned()
            }
            Self::Scheme | Self::Path | Self::Port | Self::Wildcard => {
                "请只填写注册的域名本身，例如“example.com”。".to_owned()
            }
        }
    }

    fn suggestion_en(&self) -> String {
        match self {
            Self::Below { registrable } if registrable.is_ascii() => format!("Enter `{registrable}`."),
            Self::Below { .. } => "Enter the registered domain.".to_owned(),
            Self::GivenOut { .. } => "Use a domain that you registered yourself.".to_owned(),
            Self::OnlySuffix { .. } => "Enter the whole domain, such as `example.com`.".to_owned(),
            Self::NotApproved { filed: true, .. } => {
                "If it is filed already, go on: a reviewer will look at it.".to_owned()
            }
            Self::NotApproved { .. } => {
                "Use a domain with a suffix of the list, such as `.com` or `.cn`.".to_owned()
            }
            Self::Twice { .. } => "A domain belongs to one website: remove it at one place.".to_owned(),
            Self::Address => "Enter the domain; addresses go into the field for access addresses.".to_owned(),
            Self::Symbol { symbol } => mended_en(*symbol).to_owned(),
            Self::UnknownSuffix { .. } | Self::Label | Self::Long => {
                "Compare it with the certificate of the domain and enter it again.".to_owned()
            }
            Self::Scheme | Self::Path | Self::Port | Self::Wildcard => {
                "Enter the registered domain alone, such as `example.com`.".to_owned()
            }
        }
    }
}

/// What to do about a character that cannot stand in a domain.
fn mended_zh(symbol: char) -> &'static str {
    match half_width(symbol).unwrap_or(symbol) {
        ',' | ';' => "每栏只填一个域名，多个域名请分开填写。",
        half if half.is_whitespace() => "请去掉；多个域名请分开填写，每栏一个。",
        half if half != symbol => "请改用半角字符，并且只填写域名本身，例如“example.com”。",
        _ => "请对照域名证书核对后重新填写。",
    }
}

fn mended_en(symbol: char) -> &'static str {
    match half_width(symbol).unwrap_or(symbol) {
        ',' | ';' => "Enter one domain in each field.",
        half if half.is_whitespace() => "Remove it; several domains go into a field each.",
        half if half != symbol => {
            "Use half-width characters and enter the domain alone, such as `example.com`."
        }
        _ => "Compare it with the certificate of the domain and enter it again.",
    }
}
