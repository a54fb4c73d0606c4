//! Mobile numbers of the mainland. The bureau's text message must reach them, so that virtual operators' are warned of.

use super::{Checking, Found, Told, Weight};
use rulebook::Lang;

/// What is wrong with a mobile number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MobileFault {
    /// It has the country code of the mainland.
    CountryCode {
        /// It without.
        instead: String,
    },
    /// It is a number of Hong Kong, Macao or Taiwan, or of another country.
    Outside,
    /// It is a landline's.
    Landline,
    /// A character is no digit.
    Symbol {
        /// Its place from the left, counted from 1.
        at: usize,
    },
    /// It has not 11 digits.
    Length {
        /// How many it has.
        found: usize,
    },
    /// It does not begin with 13 to 19.
    Prefix,
    /// It is of a virtual operator.
    Virtual,
}

/// Digits of a number.
const DIGITS: usize = 11;
/// What the numbers of virtual operators begin with.
const VIRTUAL: [&str; 5] = ["162", "165", "167", "170", "171"];
/// How the country code of the mainland is typed.
const COUNTRY_CODES: [&str; 3] = ["+86", "0086", "86"];

/// Checks the mobile number of everybody in charge.
pub(super) fn check(asked: Checking<'_>, found: &mut Found) {
    for one in asked.people() {
        if let Some(fault) = one.person.mobile.as_deref().and_then(fault) {
            found.push(format!("{}.mobile", one.path), fault);
        }
    }
}

/// What is wrong with a number without spaces and dashes.
fn fault(number: &str) -> Option<MobileFault> {
    if let Some(instead) = without_country(number).filter(|rest| is_mobile(rest)) {
        return Some(MobileFault::CountryCode { instead: instead.to_owned() });
    }
    let bare = without_country(number).is_none();
    if bare && (number.starts_with('+') || number.starts_with("00")) {
        return Some(MobileFault::Outside);
    }
    if let Some(at) = number.chars().position(|c| !c.is_ascii_digit()) {
        return Some(MobileFault::Symbol { at: at + 1 });
    }
    if number.starts_with('0') {
        return Some(MobileFault::Landline);
    }
    match number.len() {
        // Eight digits are a mobile number in Hong Kong and Macao, and a landline in large cities of the mainland.
        8 => Some(MobileFault::Outside),
        DIGITS if VIRTUAL.iter().any(|prefix| number.starts_with(prefix)) => Some(MobileFault::Virtual),
        DIGITS if is_mobile(number) => None,
        DIGITS => Some(MobileFault::Prefix),
        found => Some(MobileFault::Length { found }),
    }
}

/// Whether it is a mobile number of the mainland, virtual operators' included.
pub(super) fn is_mobile(number: &str) -> bool {
    let mut digits = number.bytes();
    number.len() == DIGITS
        && number.bytes().all(|digit| digit.is_ascii_digit())
        && digits.next() == Some(b'1')
        && digits.next().is_some_and(|second| (b'3'..=b'9').contains(&second))
}

/// What is behind the country code of the mainland, where there is one.
pub(super) fn without_country(number: &str) -> Option<&str> {
    let rest = COUNTRY_CODES.iter().find_map(|code| number.strip_prefix(code))?;
    Some(rest.trim_start_matches('-'))
}

impl Told for MobileFault {
    fn code(&self) -> &'static str {
        match self {
            Self::CountryCode { .. } => "mobile-country-code",
            Self::Outside => "mobile-outside",
            Self::Landline => "mobile-landline",
            Self::Symbol { .. } => "mobile-symbol",
            Self::Length { .. } => "mobile-length",
            Self::Prefix => "mobile-prefix",
            Self::Virtual => "mobile-virtual",
        }
    }

    fn weight(&self) -> Weight {
        match self {
            Self::Virtual => Weight::Warning,
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
        match (lang, self) {
            (Lang::Zh, Self::CountryCode { instead }) => format!("请填写“{instead}”。"),
            (Lang::En, Self::CountryCode { instead }) => format!("Enter {instead}."),
            (Lang::Zh, Self::Virtual) => {
                "请尽量改用三大运营商或中国广电的号码；如果确认能收到管局短信，可以直接继续。".to_owned()
            }
            (Lang::En, Self::Virtual) => {
                "Use a number of one of the large operators; go on if you are sure that text messages of authorities arrive.".to_owned()
            }
            (Lang::Zh, _) => "请填写本人正在使用的中国大陆手机号码，共 11 位。".to_owned(),
            (Lang::En, _) => "Enter a mobile number of mainland China that they use, 11 digits.".to_owned(),
        }
    }
}

impl MobileFault {
    fn zh(&self) -> String {
        match self {
            Self::CountryCode { .. } => "手机号码不用写国家代码。".to_owned(),
            Self::Outside => {
                "管局的核验短信只发送到中国大陆的手机号码，港澳台和国外的号码收不到。".to_owned()
            }
            Self::Landline => "您填写的像是固定电话，管局的核验短信只能发送到手机。".to_owned(),
            Self::Symbol { at } => format!("手机号码的第 {at} 位不是数字。"),
            Self::Length { found } => format!("手机号码应为 {DIGITS} 位，您填写的是 {found} 位。"),
            Self::Prefix => "手机号码应以 13 至 19 开头。".to_owned(),
            Self::Virtual => "这是虚拟运营商的号码，可能收不到管局的核验短信。".to_owned(),
        }
    }

    fn en(&self) -> String {
        match self {
            Self::CountryCode { .. } => "A mobile number is entered without the country code.".to_owned(),
            Self::Outside => {
                "The bureau's text message is sent to numbers of mainland China only; those of Hong Kong, Macao, Taiwan and other countries do not get it.".to_owned()
            }
            Self::Landline => {
                "It looks like a landline, which the bureau's text message does not reach.".to_owned()
            }
            Self::Symbol { at } => format!("Character {at} of the number is no digit."),
            Self::Length { found } => format!("A mobile number has {DIGITS} digits, this one has {found}."),
            Self::Prefix => "A mobile number begins with 13 to 19.".to_owned(),
            Self::Virtual => {
                "It is a virtual operator's, which the bureau's text message may not reach.".to_owned()
            }
        }
    }
}
