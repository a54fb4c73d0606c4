//! The number of a residence permit for people from Hong Kong, Macao (港澳居民居住证) or Taiwan (台湾居民居住证): the form of an ID
//! card's (GB 11643), with six digits of where they come from in place of the county.

use super::{
    Checking, Found, Told,
    eighteen::{Misshapen, SYMBOLS, Symbols},
};
use crate::tables::NumberForm;
use jiff::civil::Date;
use rulebook::Lang;

/// The first digits of permits for people from Hong Kong, Macao and Taiwan.
const REGIONS: [u32; 3] = [810_000, 820_000, 830_000];

/// What is wrong with a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResidencePermitFault {
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
    /// It does not begin with the digits of its kind.
    Region {
        /// With what it begins.
        digits: u32,
        /// With what it could begin.
        expected: &'static [u32],
    },
    /// The digits of the day are no day, or one that is to come.
    Born {
        /// They.
        digits: u32,
    },
    /// The last symbol does not belong to the others.
    Check,
    /// It stands as the number of an ID card.
    NotIdCard {
        /// With what it begins.
        digits: u32,
    },
}

/// Checks the number of every residence permit, and whether one was taken for an ID card.
pub(super) fn check(asked: Checking<'_>, found: &mut Found) {
    for (path, form, number) in asked.numbers() {
        match form {
            NumberForm::ResidencePermit(expected) => {
                found.all(&path, faults(number, expected, asked.today));
            }
            NumberForm::IdCard => {
                let digits = Symbols::read(number).ok().map(|read| read.region);
                if let Some(digits) = digits.filter(|digits| REGIONS.contains(digits)) {
                    found.push(path, ResidencePermitFault::NotIdCard { digits });
                }
            }
            _ => {}
        }
    }
}

fn faults(number: &str, expected: &'static [u32], today: Date) -> Vec<ResidencePermitFault> {
    let read = match Symbols::read(number) {
        Ok(read) => read,
        Err(Misshapen::Length { found }) => return vec![ResidencePermitFault::Length { found }],
        Err(Misshapen::Symbol { at }) => return vec![ResidencePermitFault::Symbol { at }],
    };
    let region = (!expected.contains(&read.region))
        .then_some(ResidencePermitFault::Region { digits: read.region, expected });
    let born = read.born(today).is_none().then_some(ResidencePermitFault::Born { digits: read.day });
    let check = (!read.fits).then_some(ResidencePermitFault::Check);
    region.into_iter().chain(born).chain(check).collect()
}

impl Told for ResidencePermitFault {
    fn code(&self) -> &'static str {
        match self {
            Self::Length { .. } => "residence-permit-length",
            Self::Symbol { .. } => "residence-permit-symbol",
            Self::Region { .. } => "residence-permit-region",
            Self::Born { .. } => "residence-permit-born",
            Self::Check => "residence-permit-check",
            Self::NotIdCard { .. } => "residence-permit-as-id-card",
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
            (Lang::Zh, Self::Length { found: 8..=11 }) => {
                "您填写的可能是通行证号码：请改选通行证类型，或者填写居住证正面的 18 位号码。"
            }
            (Lang::Zh, Self::Region { .. }) => "请核对证件类型是否选对，再对照证件原件填写号码。",
            (Lang::Zh, Self::NotIdCard { .. }) => "请把证件类型改为对应的居住证。",
            (Lang::Zh, _) => "请对照居住证原件核对后重新填写。",
            (Lang::En, Self::Length { found: 8..=11 }) => {
                "It may be the number of a travel permit: choose that kind, or enter the 18 symbols of the residence permit."
            }
            (Lang::En, Self::Region { .. }) => "Look whether the kind is the right one, then compare the number with the permit.",
            (Lang::En, Self::NotIdCard { .. }) => "Choose the residence permit as the kind of certificate.",
            (Lang::En, _) => "Compare it with the permit and enter it again.",
        }
        .to_owned()
    }
}

impl ResidencePermitFault {
    fn zh(&self) -> String {
        match self {
            Self::Length { found } => format!("居住证号码应为 18 位，您填写的是 {found} 位。"),
            Self::Symbol { at: SYMBOLS } => "居住证号码的最后一位只能是数字或 X。".to_owned(),
            Self::Symbol { at } => format!("居住证号码的第 {at} 位不是数字。"),
            Self::Region { digits, expected } => {
                format!("这种居住证的号码以 {} 开头，您填写的以 {digits:06} 开头。", either(expected, " 或 "))
            }
            Self::Born { digits } => format!("居住证号码第 7 至 14 位“{digits:08}”不是有效的出生日期。"),
            Self::Check => "居住证号码有误：最后一位校验码与前 17 位不符，可能有一位输错了。".to_owned(),
            Self::NotIdCard { digits } => {
                format!("以 {digits:06} 开头的是港澳台居民居住证的号码，而证件类型选的是身份证。")
            }
        }
    }

    fn en(&self) -> String {
        match self {
            Self::Length { found } => {
                format!("The number of a residence permit has 18 symbols, this one has {found}.")
            }
            Self::Symbol { at: SYMBOLS } => "The last symbol of the number is a digit or X.".to_owned(),
            Self::Symbol { at } => format!("Symbol {at} of the number is no digit."),
            Self::Region { digits, expected } => format!(
                "The number of such a permit begins with {}, this one with {digits:06}.",
                either(expected, " or ")
            ),
            Self::Born { digits } => {
                format!("Symbols 7 to 14 of the number, {digits:08}, are no day of birth.")
            }
            Self::Check => {
                "The last symbol of the number does not belong to the other 17: one may be wrong.".to_owned()
            }
            Self::NotIdCard { digits } => format!(
                "A number that begins with {digits:06} is that of a residence permit, but the kind that was chosen is an ID card."
            ),
        }
    }
}

fn either(digits: &[u32], or: &str) -> String {
    digits.iter().map(u32::to_string).collect::<Vec<_>>().join(or)
}
