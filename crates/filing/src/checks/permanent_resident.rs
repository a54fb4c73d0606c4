//! The number of a foreigner's permanent residence card (外国人永久居留身份证). Cards since December 2023 have 18 symbols, 9 first and
//! the check symbol of an ID card last; those before, which stay valid, three letters of a country and twelve digits (National
//! Immigration Administration, rules of the 2023 card).

use super::{
    Checking, Found, Told,
    eighteen::{Misshapen, SYMBOLS, Symbols},
};
use crate::tables::NumberForm;
use jiff::civil::Date;
use rulebook::Lang;

/// Symbols of a number before December 2023.
const BEFORE: usize = 15;
/// How many of those are letters.
const LETTERS: usize = 3;
/// The least that the first six digits of a new number are: the first is 9.
const FOREIGNER: u32 = 900_000;

/// What is wrong with a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PermanentResidentFault {
    /// It has neither 18 nor 15 symbols.
    Length {
        /// How many it has.
        found: usize,
    },
    /// One of 15 is not three letters and twelve digits.
    Before,
    /// One of 18 does not begin with 9.
    First,
    /// A symbol of 18 is no digit, and no X in the last place.
    Symbol {
        /// Its place from the left, counted from 1.
        at: usize,
    },
    /// The digits of the day are no day, or one that is to come.
    Born {
        /// They.
        digits: u32,
    },
    /// The last symbol does not belong to the others.
    Check,
}

/// Checks the number of every card.
pub(super) fn check(asked: Checking<'_>, found: &mut Found) {
    for (path, form, number) in asked.numbers() {
        if form == NumberForm::PermanentResident {
            found.all(&path, faults(number, asked.today));
        }
    }
}

fn faults(number: &str, today: Date) -> Vec<PermanentResidentFault> {
    if number.chars().count() == BEFORE {
        return if is_before(number) { Vec::new() } else { vec![PermanentResidentFault::Before] };
    }
    let read = match Symbols::read(number) {
        Ok(read) => read,
        Err(Misshapen::Length { found }) => return vec![PermanentResidentFault::Length { found }],
        Err(Misshapen::Symbol { at }) => return vec![PermanentResidentFault::Symbol { at }],
    };
    let first = (read.region < FOREIGNER).then_some(PermanentResidentFault::First);
    let born = read.born(today).is_none().then_some(PermanentResidentFault::Born { digits: read.day });
    let check = (!read.fits).then_some(PermanentResidentFault::Check);
    first.into_iter().chain(born).chain(check).collect()
}

fn is_before(number: &str) -> bool {
    let right = |(at, symbol): (usize, char)| {
        if at < LETTERS { symbol.is_ascii_uppercase() } else { symbol.is_ascii_digit() }
    };
    number.chars().enumerate().all(right)
}

impl Told for PermanentResidentFault {
    fn code(&self) -> &'static str {
        match self {
            Self::Length { .. } => "permanent-resident-length",
            Self::Before => "permanent-resident-before",
            Self::First => "permanent-resident-first",
            Self::Symbol { .. } => "permanent-resident-symbol",
            Self::Born { .. } => "permanent-resident-born",
            Self::Check => "permanent-resident-check",
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
            Lang::Zh => "请对照外国人永久居留身份证原件核对后重新填写。",
            Lang::En => "Compare it with the card and enter it again.",
        }
        .to_owned()
    }
}

impl PermanentResidentFault {
    fn zh(&self) -> String {
        match self {
            Self::Length { found } => format!(
                "外国人永久居留身份证号码应为 18 位（2023 年 12 月前签发的为 15 位），您填写的是 {found} 位。"
            ),
            Self::Before => "15 位的外国人永久居留身份证号码应为 3 位字母加 12 位数字。".to_owned(),
            Self::First => "18 位的外国人永久居留身份证号码以 9 开头。".to_owned(),
            Self::Symbol { at: SYMBOLS } => "外国人永久居留身份证号码的最后一位只能是数字或 X。".to_owned(),
            Self::Symbol { at } => format!("外国人永久居留身份证号码的第 {at} 位不是数字。"),
            Self::Born { digits } => {
                format!("外国人永久居留身份证号码第 7 至 14 位“{digits:08}”不是有效的出生日期。")
            }
            Self::Check => "外国人永久居留身份证号码有误：最后一位校验码与前 17 位不符。".to_owned(),
        }
    }

    fn en(&self) -> String {
        match self {
            Self::Length { found } => format!(
                "The number of a permanent residence card has 18 symbols, or 15 before December 2023; this one has {found}."
            ),
            Self::Before => "A number of 15 symbols is three letters and twelve digits.".to_owned(),
            Self::First => "A number of 18 symbols begins with 9.".to_owned(),
            Self::Symbol { at: SYMBOLS } => "The last symbol of the number is a digit or X.".to_owned(),
            Self::Symbol { at } => format!("Symbol {at} of the number is no digit."),
            Self::Born { digits } => {
                format!("Symbols 7 to 14 of the number, {digits:08}, are no day of birth.")
            }
            Self::Check => "The last symbol of the number does not belong to the other 17.".to_owned(),
        }
    }
}
