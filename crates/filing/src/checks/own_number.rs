//! Numbers of certificates that have a form of their own, which nobody publishes: only their length and characters are looked at.

use super::{Checking, Found, Told};
use crate::tables::NumberForm;
use rulebook::Lang;

/// Symbols at least: shorter is a slip of the keyboard.
const FEWEST: usize = 3;
/// Symbols at most. The bureau takes 255; no number that is in use comes near this.
const MOST: usize = 64;
/// What numbers have beside letters, digits and Chinese characters, as in “教民(2020)001号”.
const SIGNS: &str = "()[]〔〕【】/.:_·№";

/// What is wrong with a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OwnNumberFault {
    /// It is too short or too long.
    Length {
        /// How many symbols it has.
        found: usize,
    },
    /// A symbol is one that no number has.
    Symbol {
        /// Its place from the left, counted from 1.
        at: usize,
    },
}

/// Checks every number that has no public form.
pub(super) fn check(asked: Checking<'_>, found: &mut Found) {
    for (path, form, number) in asked.numbers() {
        // A unified social credit code in its place has nothing that is told here.
        if matches!(form, NumberForm::Own | NumberForm::CreditOrOwn(_)) {
            found.all(&path, faults(number));
        }
    }
}

fn faults(number: &str) -> impl Iterator<Item = OwnNumberFault> {
    let symbols = number.chars().count();
    let length = (!(FEWEST..=MOST).contains(&symbols)).then_some(OwnNumberFault::Length { found: symbols });
    let symbol = number.chars().position(|c| !c.is_alphanumeric() && !SIGNS.contains(c));
    length.into_iter().chain(symbol.map(|at| OwnNumberFault::Symbol { at: at + 1 }))
}

impl Told for OwnNumberFault {
    fn code(&self) -> &'static str {
        match self {
            Self::Length { .. } => "certificate-number-length",
            Self::Symbol { .. } => "certificate-number-symbol",
        }
    }

    fn message(&self, lang: Lang) -> String {
        match (lang, self) {
            (Lang::Zh, Self::Length { found }) => {
                format!("证件号码应为 {FEWEST} 至 {MOST} 个字符，您填写的有 {found} 个。")
            }
            (Lang::Zh, Self::Symbol { at }) => format!("证件号码的第 {at} 个字符不是号码中会出现的字符。"),
            (Lang::En, Self::Length { found }) => {
                format!("The number of a certificate has {FEWEST} to {MOST} symbols, this one has {found}.")
            }
            (Lang::En, Self::Symbol { at }) => {
                format!("Symbol {at} of the number is none that numbers have.")
            }
        }
    }

    fn suggestion(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => "请对照证件原件，只填写证件号码本身。",
            Lang::En => "Compare it with the certificate and enter the number alone.",
        }
        .to_owned()
    }
}
