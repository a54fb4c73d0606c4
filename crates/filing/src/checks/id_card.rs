//! The number of a resident ID card (居民身份证), GB 11643: six digits of a county, the day of birth, a serial number of three
//! digits, and a check symbol. The fifteen digits of cards issued before 1999 are no longer valid.

use super::{Checking, Found, Told, Weight};
use crate::tables::{RESIDENT_ID, regions};
use jiff::civil::Date;
use rulebook::Lang;

/// What a number says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IdCard {
    /// The county in which its holder was registered when he got it, six digits of GB/T 2260 of that day.
    pub region: u32,
    /// The day of birth.
    pub born: Date,
    /// Whether the holder is a woman: the serial number is even.
    pub female: bool,
}

/// What is wrong with a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IdCardFault {
    /// It has not 18 symbols.
    Length {
        /// How many it has.
        found: usize,
    },
    /// A symbol is no digit, and no X in the last place.
    Symbol {
        /// Its place from the left, counted from 1.
        at: usize,
    },
    /// No province has the first two digits.
    Province {
        /// They.
        digits: u32,
    },
    /// The digits of the day are no day, or one that is to come.
    Born {
        /// They.
        digits: u32,
    },
    /// The last symbol does not belong to the others.
    Check,
    /// The county is none of those that we know; it may have been one once.
    County {
        /// Its six digits.
        digits: u32,
    },
}

/// Symbols of a number.
const SYMBOLS: usize = 18;
/// What each of the first 17 digits counts in the check symbol: 2¹⁷⁻ⁱ modulo 11.
const WEIGHTS: [u32; SYMBOLS - 1] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
/// The check symbols by the remainder.
const CHECKS: [u8; 11] = *b"10X98765432";

impl IdCard {
    /// Reads a number, or says every fault of it. An unknown county is no fault here: [`check`] warns of it.
    pub fn read(number: &str, today: Date) -> Result<Self, Vec<IdCardFault>> {
        let symbols = number.chars().count();
        if symbols != SYMBOLS {
            return Err(vec![IdCardFault::Length { found: symbols }]);
        }
        if let Some(at) = number.chars().enumerate().position(|(at, symbol)| !is_symbol(at, symbol)) {
            return Err(vec![IdCardFault::Symbol { at: at + 1 }]);
        }
        let digits =
            |from, to| number.get(from..to).and_then(|digits| digits.parse::<u32>().ok()).unwrap_or(0);
        let (region, day) = (digits(0, 6), digits(6, 14));
        let born = day_of(day).filter(|born| *born <= today);
        let mut faults = Vec::new();
        if regions::province(region).is_none() {
            faults.push(IdCardFault::Province { digits: region / 10_000 });
        }
        if born.is_none() {
            faults.push(IdCardFault::Born { digits: day });
        }
        if check_symbol(number) != number.bytes().last() {
            faults.push(IdCardFault::Check);
        }
        match born {
            Some(born) if faults.is_empty() => Ok(Self { region, born, female: digits(16, 17) % 2 == 0 }),
            _ => Err(faults),
        }
    }
}

fn is_symbol(at: usize, symbol: char) -> bool {
    symbol.is_ascii_digit() || (at == SYMBOLS - 1 && symbol == 'X')
}

/// The day that eight digits mean.
fn day_of(digits: u32) -> Option<Date> {
    let part = |value: u32| i8::try_from(value).ok();
    let year = i16::try_from(digits / 10_000).ok().filter(|year| *year >= 1800)?;
    Date::new(year, part(digits / 100 % 100)?, part(digits % 100)?).ok()
}

/// The check symbol that belongs to the first 17 digits.
fn check_symbol(number: &str) -> Option<u8> {
    let digits = number.bytes().map(|digit| u32::from(digit.wrapping_sub(b'0')));
    let sum: u32 = digits.zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    usize::try_from(sum % 11).ok().and_then(|rest| CHECKS.get(rest).copied())
}

/// Checks the number of every certificate that is an ID card.
pub(super) fn check(asked: Checking<'_>, found: &mut Found) {
    for (path, certificate) in asked.certificates() {
        let Some(number) = certificate.number.as_deref() else { continue };
        if certificate.kind != Some(RESIDENT_ID) {
            continue;
        }
        let path = format!("{path}.number");
        match IdCard::read(number, asked.today) {
            Ok(card) if regions::name(card.region).is_none() => {
                found.push(path, IdCardFault::County { digits: card.region });
            }
            Ok(_) => {}
            Err(faults) => faults.into_iter().for_each(|fault| found.push(&path, fault)),
        }
    }
}

impl Told for IdCardFault {
    fn code(&self) -> &'static str {
        match self {
            Self::Length { .. } => "id-card-length",
            Self::Symbol { .. } => "id-card-symbol",
            Self::Province { .. } => "id-card-province",
            Self::Born { .. } => "id-card-born",
            Self::Check => "id-card-check",
            Self::County { .. } => "id-card-county",
        }
    }

    fn weight(&self) -> Weight {
        match self {
            Self::County { .. } => Weight::Warning,
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
            (Lang::Zh, Self::Length { found: 15 }) => "请按二代身份证填写 18 位号码。",
            (Lang::Zh, Self::County { .. }) => "如果与证件一致，请直接继续，审核人员会人工核对。",
            (Lang::Zh, _) => "请对照证件原件核对后重新填写。",
            (Lang::En, Self::Length { found: 15 }) => "Enter the 18 symbols of the present card.",
            (Lang::En, Self::County { .. }) => "If the card says so, go on: a reviewer will look at it.",
            (Lang::En, _) => "Compare it with the card and enter it again.",
        }
        .to_owned()
    }
}

impl IdCardFault {
    fn zh(&self) -> String {
        match self {
            Self::Length { found } => format!("身份证号码应为 18 位，您填写的是 {found} 位。"),
            Self::Symbol { at: SYMBOLS } => "身份证号码的最后一位只能是数字或 X。".to_owned(),
            Self::Symbol { at } => format!("身份证号码的第 {at} 位不是数字。"),
            Self::Province { digits } => format!("身份证号码的前两位“{digits:02}”不是任何省份的代码。"),
            Self::Born { digits } => format!("身份证号码第 7 至 14 位“{digits:08}”不是有效的出生日期。"),
            Self::Check => {
                "身份证号码有误：最后一位校验码与前 17 位不符，可能有一位输错了，或者有两位颠倒了。"
                    .to_owned()
            }
            Self::County { digits } => {
                format!("身份证号码的前六位“{digits:06}”不在已知的县区代码中，可能是已经撤销的旧代码。")
            }
        }
    }

    fn en(&self) -> String {
        match self {
            Self::Length { found } => format!("The number of an ID card has 18 symbols, this one has {found}."),
            Self::Symbol { at: SYMBOLS } => "The last symbol of the number is a digit or X.".to_owned(),
            Self::Symbol { at } => format!("Symbol {at} of the number is no digit."),
            Self::Province { digits } => format!("No province has the code {digits:02}, with which the number begins."),
            Self::Born { digits } => format!("Symbols 7 to 14 of the number, {digits:08}, are no day of birth."),
            Self::Check => {
                "The last symbol of the number does not belong to the other 17: one may be wrong, or two in the wrong order.".to_owned()
            }
            Self::County { digits } => {
                format!("The number begins with {digits:06}, which is no county that is known; it may be an old one.")
            }
        }
    }
}
