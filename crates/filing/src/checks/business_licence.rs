//! The registration number of a business licence before October 2015 (工商注册号, GS 15-2006), which individual businesses may still
//! have: six digits of where, eight of a serial number, and a check digit (ISO 7064 MOD 11,10). Newer licences have a unified social
//! credit code.

use super::{Checking, Found, Told};
use crate::tables::{NumberForm, regions};
use rulebook::Lang;

/// What is wrong with a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BusinessLicenceFault {
    /// It has neither 18 nor 15 symbols.
    Length {
        /// How many it has.
        found: usize,
    },
    /// A symbol is no digit.
    Symbol {
        /// Its place from the left, counted from 1.
        at: usize,
    },
    /// No province has the first two digits.
    Province {
        /// They.
        digits: u32,
    },
    /// The last digit does not belong to the others.
    Check,
}

/// Digits of a number.
const SYMBOLS: usize = 15;
/// Symbols of a unified social credit code: another check's.
const OF_CREDIT_CODE: usize = 18;
/// The first two digits of what the authority of the whole country registered.
const NATIONAL: u32 = 10;

/// Checks the number of every business licence that is no unified social credit code.
pub(super) fn check(asked: Checking<'_>, found: &mut Found) {
    for (path, form, number) in asked.numbers() {
        if form == NumberForm::BusinessLicence && number.chars().count() != OF_CREDIT_CODE {
            found.all(&path, faults(number));
        }
    }
}

fn faults(number: &str) -> Vec<BusinessLicenceFault> {
    let symbols = number.chars().count();
    if symbols != SYMBOLS {
        return vec![BusinessLicenceFault::Length { found: symbols }];
    }
    if let Some(at) = number.chars().position(|symbol| !symbol.is_ascii_digit()) {
        return vec![BusinessLicenceFault::Symbol { at: at + 1 }];
    }
    let region: u32 = number.get(..6).and_then(|digits| digits.parse().ok()).unwrap_or(0);
    let known = regions::province(region).is_some() || region / 10_000 == NATIONAL;
    let province = (!known).then_some(BusinessLicenceFault::Province { digits: region / 10_000 });
    let check = (!fits(number)).then_some(BusinessLicenceFault::Check);
    province.into_iter().chain(check).collect()
}

/// Whether the last digit belongs to the others, after ISO 7064 MOD 11,10.
fn fits(number: &str) -> bool {
    let rest = number.chars().filter_map(|digit| digit.to_digit(10)).fold(0, |rest, digit| {
        let sum = (if rest == 0 { 10 } else { rest * 2 % 11 } + digit) % 10;
        if sum == 0 { 10 } else { sum }
    });
    rest == 1
}

impl Told for BusinessLicenceFault {
    fn code(&self) -> &'static str {
        match self {
            Self::Length { .. } => "business-licence-length",
            Self::Symbol { .. } => "business-licence-symbol",
            Self::Province { .. } => "business-licence-province",
            Self::Check => "business-licence-check",
        }
    }

    fn message(&self, lang: Lang) -> String {
        match (lang, self) {
            (Lang::Zh, Self::Length { found }) => {
                format!(
                    "营业执照号码应为 18 位统一社会信用代码（旧版执照为 15 位注册号），您填写的是 {found} 位。"
                )
            }
            (Lang::Zh, Self::Symbol { at }) => format!("营业执照注册号的第 {at} 位不是数字。"),
            (Lang::Zh, Self::Province { digits }) => {
                format!("营业执照注册号的前两位“{digits:02}”不是任何省份的代码。")
            }
            (Lang::Zh, Self::Check) => "营业执照注册号有误：最后一位校验码与前 14 位不符。".to_owned(),
            (Lang::En, Self::Length { found }) => format!(
                "A business licence has a unified social credit code of 18 symbols, an old one a number of 15 digits; this one has {found}."
            ),
            (Lang::En, Self::Symbol { at }) => {
                format!("Symbol {at} of the number of the licence is no digit.")
            }
            (Lang::En, Self::Province { digits }) => {
                format!("No province has the code {digits:02}, with which the number of the licence begins.")
            }
            (Lang::En, Self::Check) => {
                "The last digit of the number of the licence does not belong to the other 14.".to_owned()
            }
        }
    }

    fn suggestion(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => "请对照营业执照原件重新填写；已换发新执照的，请填写统一社会信用代码。",
            Lang::En => "Compare it with the licence and enter it again; if it was replaced, enter the unified social credit code.",
        }
        .to_owned()
    }
}
