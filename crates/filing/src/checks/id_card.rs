//! The number of a resident ID card (居民身份证), GB 11643: six digits of a county, the day of birth, a serial number of three
//! digits, and a check symbol. The fifteen digits of cards issued before 1999 are no longer valid.

use super::{
    Checking, Found, Told, Weight,
    eighteen::{Misshapen, SYMBOLS, Symbols},
};
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

impl IdCard {
    /// Reads a number, or says every fault of it. An unknown county is no fault here: the check warns of it.
    pub fn read(number: &str, today: Date) -> Result<Self, Vec<IdCardFault>> {
        let read = Symbols::read(number).map_err(|fault| vec![fault.into()])?;
        let born = read.born(today);
        let mut faults = Vec::new();
        if regions::province(read.region).is_none() {
            faults.push(IdCardFault::Province { digits: read.region / 10_000 });
        }
        if born.is_none() {
            faults.push(IdCardFault::Born { digits: read.day });
        }
        if !read.fits {
            faults.push(IdCardFault::Check);
        }
        match born {
            Some(born) if faults.is_empty() => Ok(Self { region: read.region, born, female: read.female }),
            _ => Err(faults),
        }
    }
}

impl From<Misshapen> for IdCardFault {
    fn from(fault: Misshapen) -> Self {
        match fault {
            Misshapen::Length { found } => Self::Length { found },
            Misshapen::Symbol { at } => Self::Symbol { at },
        }
    }
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
