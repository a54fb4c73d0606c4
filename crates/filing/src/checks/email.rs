//! E-mail addresses: one, that can be written to. Slips in the names of well-known hosts are warned of.

use super::{Checking, Found, Told, Weight};
use rulebook::Lang;

/// What is wrong with an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EmailFault {
    /// There is more than one.
    Several,
    /// There is no `@` with something before and behind it, or more than one.
    At,
    /// A character is none that addresses have.
    Symbol {
        /// Its place from the left, counted from 1.
        at: usize,
    },
    /// What is before the `@` is too long, or a dot is first, last, or doubled.
    Mailbox,
    /// What is behind the `@` is no name of a host.
    Host,
    /// It is too long for the bureau.
    Length {
        /// How many characters it has.
        found: usize,
    },
    /// The host is well known but for a slip.
    Slip {
        /// What was probably meant.
        instead: String,
    },
}

/// Characters at most: the bureau's limit.
const LONGEST: usize = 128;
/// Characters before the `@` at most (RFC 5321, 4.5.3.1.1).
const LONGEST_MAILBOX: usize = 64;
/// Characters between two dots of a host at most (RFC 1035, 2.3.4).
const LONGEST_LABEL: usize = 63;
/// What a mailbox has beside letters and digits (RFC 5322, 3.2.3).
const SIGNS: &str = ".!#$%&'*+-/=?^_`{|}~";
/// Names whose addresses end with `.com`.
const WELL_KNOWN: [&str; 14] = [
    "qq", "vip.qq", "163", "vip.163", "126", "foxmail", "gmail", "outlook", "hotmail", "sina", "sohu",
    "aliyun", "139", "icloud",
];
/// How their `com` is mistyped.
const SLIPS_OF_COM: [&str; 10] = ["con", "cmo", "ocm", "comm", "cm", "om", "vom", "xom", "cpm", "co"];
/// How they are mistyped themselves.
const SLIPS: [(&str, &str); 14] = [
    ("gmial", "gmail"),
    ("gamil", "gmail"),
    ("gmai", "gmail"),
    ("gmal", "gmail"),
    ("gnail", "gmail"),
    ("gmaill", "gmail"),
    ("hotmial", "hotmail"),
    ("hotmai", "hotmail"),
    ("outlok", "outlook"),
    ("outloook", "outlook"),
    ("foxmial", "foxmail"),
    ("foxmai", "foxmail"),
    ("iclod", "icloud"),
    ("aliyum", "aliyun"),
];

/// Checks the address of everybody in charge.
pub(super) fn check(asked: Checking<'_>, found: &mut Found) {
    for one in asked.people() {
        if let Some(address) = one.person.email.as_deref() {
            found.all(&format!("{}.email", one.path), faults(address));
        }
    }
}

fn faults(address: &str) -> Vec<EmailFault> {
    let characters = address.chars().count();
    let length = (characters > LONGEST).then_some(EmailFault::Length { found: characters });
    let shape = match address.split_once('@') {
        _ if is_several(address) => vec![EmailFault::Several],
        Some((mailbox, host)) if !mailbox.is_empty() && !host.is_empty() && !host.contains('@') => {
            parts(address, mailbox, host)
        }
        _ => vec![EmailFault::At],
    };
    length.into_iter().chain(shape).collect()
}

/// Whether there are several, parted by what people part them with.
fn is_several(address: &str) -> bool {
    let parted = address.split([',', ';', '、', ' ', '|']);
    parted.filter(|one| one.contains('@')).count() > 1
}

fn parts(address: &str, mailbox: &str, host: &str) -> Vec<EmailFault> {
    let known = |c: char| c.is_ascii_alphanumeric() || c == '@' || SIGNS.contains(c);
    if let Some(at) = address.chars().position(|c| !known(c)) {
        return vec![EmailFault::Symbol { at: at + 1 }];
    }
    let dots = mailbox.starts_with('.') || mailbox.ends_with('.') || mailbox.contains("..");
    let mailbox_fault = (dots || mailbox.len() > LONGEST_MAILBOX).then_some(EmailFault::Mailbox);
    let host_fault = if is_host(host) {
        meant(host).map(|host| EmailFault::Slip { instead: format!("{mailbox}@{host}") })
    } else {
        Some(EmailFault::Host)
    };
    mailbox_fault.into_iter().chain(host_fault).collect()
}

fn is_host(host: &str) -> bool {
    let sound = |label: &str| {
        (1..=LONGEST_LABEL).contains(&label.len())
            && label.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let top = host.rsplit_once('.').map(|(_, top)| top);
    host.split('.').all(sound)
        && top.is_some_and(|top| {
            top.len() >= 2 && (top.starts_with("xn--") || top.bytes().all(|c| c.is_ascii_alphabetic()))
        })
}

/// The well-known host that was probably meant.
fn meant(host: &str) -> Option<String> {
    let host = host.to_lowercase();
    let (name, top) = host.rsplit_once('.')?;
    let right = SLIPS.iter().find(|(slip, _)| *slip == name).map_or(name, |(_, right)| right);
    let slip = right != name || SLIPS_OF_COM.contains(&top);
    (WELL_KNOWN.contains(&right) && slip).then(|| format!("{right}.com"))
}

impl Told for EmailFault {
    fn code(&self) -> &'static str {
        match self {
            Self::Several => "email-several",
            Self::At => "email-at",
            Self::Symbol { .. } => "email-symbol",
            Self::Mailbox => "email-mailbox",
            Self::Host => "email-host",
            Self::Length { .. } => "email-length",
            Self::Slip { .. } => "email-slip",
        }
    }

    fn weight(&self) -> Weight {
        match self {
            Self::Slip { .. } => Weight::Warning,
            _ => Weight::Error,
        }
    }

    fn message(&self, lang: Lang) -> String {
        match (lang, self) {
            (Lang::Zh, Self::Several) => "这里只能填写一个电子邮箱。".to_owned(),
            (Lang::Zh, Self::At) => "电子邮箱有误：应有一个“@”，前后都有内容。".to_owned(),
            (Lang::Zh, Self::Symbol { at }) => {
                format!("电子邮箱的第 {at} 个字符有误：只能使用半角字母、数字和常用符号。")
            }
            (Lang::Zh, Self::Mailbox) => "电子邮箱“@”前的部分有误。".to_owned(),
            (Lang::Zh, Self::Host) => "电子邮箱“@”后的部分不是有效的域名。".to_owned(),
            (Lang::Zh, Self::Length { found }) => {
                format!("电子邮箱最长 {LONGEST} 个字符，您填写的有 {found} 个。")
            }
            (Lang::Zh, Self::Slip { .. }) => "电子邮箱的后缀可能输错了。".to_owned(),
            (Lang::En, Self::Several) => "Only one e-mail address can stand here.".to_owned(),
            (Lang::En, Self::At) => "An e-mail address has one @ with something on both sides.".to_owned(),
            (Lang::En, Self::Symbol { at }) => {
                format!("Character {at} of the e-mail address is none that addresses have.")
            }
            (Lang::En, Self::Mailbox) => "What stands before the @ is no mailbox.".to_owned(),
            (Lang::En, Self::Host) => "What stands behind the @ is no domain.".to_owned(),
            (Lang::En, Self::Length { found }) => {
                format!("An e-mail address has up to {LONGEST} characters, this one has {found}.")
            }
            (Lang::En, Self::Slip { .. }) => "What stands behind the @ may be mistyped.".to_owned(),
        }
    }

    fn suggestion(&self, lang: Lang) -> String {
        match (lang, self) {
            (Lang::Zh, Self::Slip { instead }) => {
                format!("想填写的如果是“{instead}”，请改正；没有输错的，请直接继续。")
            }
            (Lang::En, Self::Slip { instead }) => {
                format!("Enter {instead}, or go on if it is right as it is.")
            }
            (Lang::Zh, Self::Several) => "请保留经常查看的那一个。".to_owned(),
            (Lang::En, Self::Several) => "Keep the one that is read most often.".to_owned(),
            (Lang::Zh, _) => "请填写完整的邮箱地址，例如 name@example.com。".to_owned(),
            (Lang::En, _) => "Enter the whole address, such as name@example.com.".to_owned(),
        }
    }
}
