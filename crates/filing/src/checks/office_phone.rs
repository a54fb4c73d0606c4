//! Office phones: landlines of the mainland with their area code, `0571-88888888` or `0571-88888888-801`.

use super::{
    Checking, Found, Told, Weight,
    mobile::{is_mobile, without_country},
};
use rulebook::Lang;

/// What is wrong with an office phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OfficePhoneFault {
    /// It is a mobile number.
    Mobile,
    /// It has the country code of the mainland.
    CountryCode,
    /// It is outside the mainland.
    Outside,
    /// It is a number of a service line: 400, 800, 95….
    ServiceLine,
    /// There is no area code.
    NoAreaCode,
    /// The area code is none.
    AreaCode,
    /// What is behind the area code has not 7 or 8 digits, or begins with 0 or 1.
    Number,
    /// The extension has more than six digits, or other signs.
    Extension,
    /// A character is no digit and no dash.
    Symbol {
        /// Its place from the left, counted from 1.
        at: usize,
    },
}

/// Digits of an extension at most.
const LONGEST_EXTENSION: usize = 6;

/// Checks the office phone of everybody in charge.
pub(super) fn check(asked: Checking<'_>, found: &mut Found) {
    for one in asked.people() {
        if let Some(fault) = one.person.office_phone.as_deref().and_then(fault) {
            found.push(format!("{}.office_phone", one.path), fault);
        }
    }
}

/// Whether it is a landline of the mainland with its area code.
pub(super) fn is_landline(number: &str) -> bool {
    fault(number).is_none()
}

/// What is wrong with a number without spaces, its dashes being `-`.
fn fault(number: &str) -> Option<OfficePhoneFault> {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    if is_mobile(&digits) || without_country(&digits).is_some_and(is_mobile) {
        return Some(OfficePhoneFault::Mobile);
    }
    if number.starts_with("+86") || number.starts_with("0086") {
        return Some(OfficePhoneFault::CountryCode);
    }
    if number.starts_with('+') || number.starts_with("00") {
        return Some(OfficePhoneFault::Outside);
    }
    if let Some(at) = number.chars().position(|c| !c.is_ascii_digit() && c != '-') {
        return Some(OfficePhoneFault::Symbol { at: at + 1 });
    }
    if ["400", "800", "95", "96"].iter().any(|line| number.starts_with(line)) && !is_local(&digits) {
        return Some(OfficePhoneFault::ServiceLine);
    }
    if !number.starts_with('0') {
        return Some(OfficePhoneFault::NoAreaCode);
    }
    with_area(number)
}

fn with_area(number: &str) -> Option<OfficePhoneFault> {
    // 010 and 02x have three digits, all others four: 0571.
    let area = if number.starts_with("01") || number.starts_with("02") { 3 } else { 4 };
    let (code, rest) = number.split_at_checked(area).unwrap_or((number, ""));
    let other = code.len() == area && !code.contains('-') && !code.starts_with("01");
    let known = code == "010" || other;
    if !known {
        return Some(OfficePhoneFault::AreaCode);
    }
    let (local, extension) = match rest.trim_start_matches('-').split_once('-') {
        Some((local, extension)) => (local, Some(extension)),
        None => (rest.trim_start_matches('-'), None),
    };
    if !is_local(local) {
        return Some(OfficePhoneFault::Number);
    }
    let sound = |extension: &str| {
        (1..=LONGEST_EXTENSION).contains(&extension.len()) && extension.bytes().all(|c| c.is_ascii_digit())
    };
    (!extension.is_none_or(sound)).then_some(OfficePhoneFault::Extension)
}

/// Whether it is a number within an area: 7 or 8 digits, the first of which is not 0 or 1.
fn is_local(number: &str) -> bool {
    matches!(number.len(), 7 | 8)
        && number.bytes().all(|digit| digit.is_ascii_digit())
        && !number.starts_with(['0', '1'])
}

impl Told for OfficePhoneFault {
    fn code(&self) -> &'static str {
        match self {
            Self::Mobile => "office-phone-mobile",
            Self::CountryCode => "office-phone-country-code",
            Self::Outside => "office-phone-outside",
            Self::ServiceLine => "office-phone-service-line",
            Self::NoAreaCode => "office-phone-no-area-code",
            Self::AreaCode => "office-phone-area-code",
            Self::Number => "office-phone-number",
            Self::Extension => "office-phone-extension",
            Self::Symbol { .. } => "office-phone-symbol",
        }
    }

    fn weight(&self) -> Weight {
        match self {
            // An institution outside the mainland may have no other.
            Self::Outside => Weight::Warning,
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
            (Lang::Zh, Self::Outside) => "请尽量填写中国大陆的固定电话；确实没有的，请直接继续，审核人员会人工核对。",
            (Lang::Zh, Self::CountryCode) => "请去掉国家代码，并在区号前写 0，例如 0571-88888888。",
            (Lang::Zh, _) => "请填写带区号的固定电话，例如 0571-88888888，有分机的写作 0571-88888888-801。",
            (Lang::En, Self::Outside) => {
                "Enter a landline of mainland China if there is one; if not, go on: a reviewer will look at it."
            }
            (Lang::En, Self::CountryCode) => {
                "Leave the country code out and begin the area code with 0, such as 0571-88888888."
            }
            (Lang::En, _) => {
                "Enter a landline with its area code, such as 0571-88888888, or 0571-88888888-801 with an extension."
            }
        }
        .to_owned()
    }
}

impl OfficePhoneFault {
    fn zh(self) -> String {
        match self {
            Self::Mobile => "您填写的是手机号码，办公电话应为固定电话。".to_owned(),
            Self::CountryCode => "办公电话不用写国家代码。".to_owned(),
            Self::Outside => "您填写的是中国大陆以外的电话。".to_owned(),
            Self::ServiceLine => "您填写的是服务热线，办公电话应为能直接找到负责人的固定电话。".to_owned(),
            Self::NoAreaCode => "办公电话缺少区号。".to_owned(),
            Self::AreaCode => "办公电话的区号有误。".to_owned(),
            Self::Number => "办公电话区号后的号码有误：应为 7 至 8 位，不以 0 或 1 开头。".to_owned(),
            Self::Extension => format!("办公电话的分机号有误：应为 1 至 {LONGEST_EXTENSION} 位数字。"),
            Self::Symbol { at } => format!("办公电话的第 {at} 个字符不是数字或短横线。"),
        }
    }

    fn en(self) -> String {
        match self {
            Self::Mobile => "It is a mobile number, but an office phone is a landline.".to_owned(),
            Self::CountryCode => "An office phone is entered without the country code.".to_owned(),
            Self::Outside => "It is a phone outside mainland China.".to_owned(),
            Self::ServiceLine => {
                "It is a service line, but an office phone reaches the person in charge directly.".to_owned()
            }
            Self::NoAreaCode => "The area code is missing.".to_owned(),
            Self::AreaCode => "The area code is wrong.".to_owned(),
            Self::Number => {
                "The number behind the area code is wrong: it has 7 or 8 digits and does not begin with 0 or 1.".to_owned()
            }
            Self::Extension => format!("The extension is wrong: it has 1 to {LONGEST_EXTENSION} digits."),
            Self::Symbol { at } => format!("Character {at} of the phone is no digit and no dash."),
        }
    }
}
