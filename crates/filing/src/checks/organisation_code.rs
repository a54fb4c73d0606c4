//! The organisation code (组织机构代码), GB 11714-1997: eight digits or letters and a check symbol modulo 11. Its certificates are
//! being replaced by those with a unified social credit code, which carries it in symbols 9 to 17.

use super::{Checking, Found, Told};
use crate::tables::NumberForm;
use rulebook::Lang;

/// What is wrong with a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OrganisationCodeFault {
    /// It has not 9 symbols.
    Length {
        /// How many it has.
        found: usize,
    },
    /// A symbol is no digit or letter, or the last one neither digit nor X.
    Symbol {
        /// Its place from the left, counted from 1.
        at: usize,
    },
    /// The last symbol does not belong to the others.
    Check,
}

/// Symbols of a code.
const SYMBOLS: usize = 9;
/// Symbols of a unified social credit code, which is easily entered instead.
const OF_CREDIT_CODE: usize = 18;
/// What each of the first eight symbols counts.
const WEIGHTS: [u32; SYMBOLS - 1] = [3, 7, 9, 10, 5, 8, 4, 2];
/// The check symbols by the remainder.
const CHECKS: [u8; 11] = *b"0X987654321";

/// Whether the last symbol of a code belongs to the others.
pub(super) fn fits(code: &str) -> bool {
    let values = code.chars().map_while(|symbol| symbol.to_digit(36));
    let sum: u32 = values.zip(WEIGHTS).map(|(value, weight)| value * weight).sum();
    let expected = usize::try_from(sum % 11).ok().and_then(|rest| CHECKS.get(rest).copied());
    code.len() == SYMBOLS && expected.is_some() && expected == code.bytes().last()
}

/// Checks the number of every organisation code certificate.
pub(super) fn check(asked: Checking<'_>, found: &mut Found) {
    for (path, form, number) in asked.numbers() {
        if let Some(fault) = fault(number).filter(|_| form == NumberForm::Organisation) {
            found.push(path, fault);
        }
    }
}

fn fault(number: &str) -> Option<OrganisationCodeFault> {
    let symbols = number.chars().count();
    if symbols != SYMBOLS {
        return Some(OrganisationCodeFault::Length { found: symbols });
    }
    if let Some(at) = number.chars().enumerate().position(|(at, symbol)| !is_symbol(at, symbol)) {
        return Some(OrganisationCodeFault::Symbol { at: at + 1 });
    }
    (!fits(number)).then_some(OrganisationCodeFault::Check)
}

fn is_symbol(at: usize, symbol: char) -> bool {
    symbol.is_ascii_digit() || if at == SYMBOLS - 1 { symbol == 'X' } else { symbol.is_ascii_uppercase() }
}

impl Told for OrganisationCodeFault {
    fn code(&self) -> &'static str {
        match self {
            Self::Length { .. } => "organisation-code-length",
            Self::Symbol { .. } => "organisation-code-symbol",
            Self::Check => "organisation-code-check",
        }
    }

    fn message(&self, lang: Lang) -> String {
        match (lang, self) {
            (Lang::Zh, Self::Length { found }) => format!("组织机构代码应为 9 位，您填写的是 {found} 位。"),
            (Lang::Zh, Self::Symbol { at: SYMBOLS }) => "组织机构代码的最后一位只能是数字或 X。".to_owned(),
            (Lang::Zh, Self::Symbol { at }) => format!("组织机构代码的第 {at} 位不是数字或大写字母。"),
            (Lang::Zh, Self::Check) => "组织机构代码有误：最后一位校验码与前 8 位不符。".to_owned(),
            (Lang::En, Self::Length { found }) => {
                format!("An organisation code has 9 symbols, this one has {found}.")
            }
            (Lang::En, Self::Symbol { at: SYMBOLS }) => {
                "The last symbol of the code is a digit or X.".to_owned()
            }
            (Lang::En, Self::Symbol { at }) => format!("Symbol {at} of the code is no digit or letter."),
            (Lang::En, Self::Check) => {
                "The last symbol of the code does not belong to the other eight.".to_owned()
            }
        }
    }

    fn suggestion(&self, lang: Lang) -> String {
        match (lang, self) {
            (Lang::Zh, Self::Length { found: OF_CREDIT_CODE }) => {
                "您填写的可能是统一社会信用代码：请把证件类型改为带有该代码的证件。"
            }
            (Lang::Zh, _) => "请对照证件原件核对后重新填写。",
            (Lang::En, Self::Length { found: OF_CREDIT_CODE }) => {
                "It may be a unified social credit code: choose the certificate that carries it."
            }
            (Lang::En, _) => "Compare it with the certificate and enter it again.",
        }
        .to_owned()
    }
}
