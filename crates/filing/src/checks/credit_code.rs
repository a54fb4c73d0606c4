//! The unified social credit code (统一社会信用代码), GB 32100-2015 with its amendment of 2016: who registers, what kind of body, six
//! digits of where it was registered, the organisation code (GB 11714) with its own check symbol, and a check symbol modulo 31.

use super::{Checking, Found, Told, Weight, organisation_code};
use crate::tables::{NumberForm, regions};
use rulebook::Lang;

/// What a code says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreditCode {
    /// Who registers and what kind of body it is, two symbols: `91` an enterprise.
    pub register: String,
    /// Where it was registered: six digits of GB/T 2260 of that day, or those of the whole country, 100000.
    pub region: u32,
    /// The organisation code, nine symbols.
    pub organisation: String,
}

/// What is wrong with a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CreditCodeFault {
    /// It has not 18 symbols.
    Length {
        /// How many it has.
        found: usize,
    },
    /// A symbol is none of those that codes have in this place.
    Symbol {
        /// Its place from the left, counted from 1.
        at: usize,
        /// The digit or letter that is easily taken for it.
        instead: Option<char>,
    },
    /// Nobody registers under the first symbol.
    Register,
    /// The first two symbols are no kind of body that the standard lists; one may have been added.
    Body {
        /// They.
        symbols: String,
    },
    /// No province has those digits.
    Province {
        /// They: the third and the fourth.
        digits: u32,
    },
    /// The last symbol does not belong to the others.
    Check {
        /// Whether the organisation code is broken too, so that the mistake is there.
        in_organisation: bool,
    },
    /// The last symbol is right, but not that of the organisation code within.
    Organisation,
    /// It is a code of another kind of body than the certificate's.
    Other {
        /// With what it begins.
        found: String,
        /// With what it should.
        expected: &'static str,
    },
}

/// Symbols of a code.
const SYMBOLS: usize = 18;
/// What codes are written with: no I, O, S, V, Z, which look like others.
const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
/// Who registers.
const REGISTERS: &str = "123456789ANY";
/// Who registers and what kind of body it is (GB 32100-2015, table 1 and its amendment).
const BODIES: [&str; 36] = [
    "11", "12", "13", "19", "21", "29", "31", "32", "33", "34", "35", "39", "41", "49", "51", "52", "53",
    "59", "61", "62", "69", "71", "72", "79", "81", "89", "91", "92", "93", "A1", "A9", "N1", "N2", "N3",
    "N9", "Y1",
];
/// The first two digits of what the ministries of the whole country register.
const NATIONAL: u32 = 10;

impl CreditCode {
    /// Reads a code, or says every fault of it. [`CreditCodeFault::Body`], [`CreditCodeFault::Organisation`] and
    /// [`CreditCodeFault::Other`] are no faults here: a check warns of them.
    pub fn read(number: &str) -> Result<Self, Vec<CreditCodeFault>> {
        let symbols: Vec<char> = number.chars().collect();
        if symbols.len() != SYMBOLS {
            return Err(vec![CreditCodeFault::Length { found: symbols.len() }]);
        }
        if let Some(at) = symbols.iter().enumerate().position(|(at, symbol)| !is_symbol(at, *symbol)) {
            let instead = symbols.get(at).and_then(|symbol| instead_of(*symbol));
            return Err(vec![CreditCodeFault::Symbol { at: at + 1, instead }]);
        }
        let part = |from, to| number.get(from..to).unwrap_or_default();
        let (region, organisation) = (part(2, 8).parse().unwrap_or(0), part(8, 17));
        let mut faults = Vec::new();
        if !number.starts_with(|first| REGISTERS.contains(first)) {
            faults.push(CreditCodeFault::Register);
        }
        if regions::province(region).is_none() && region / 10_000 != NATIONAL {
            faults.push(CreditCodeFault::Province { digits: region / 10_000 });
        }
        if check_symbol(number) != number.bytes().last() {
            faults.push(CreditCodeFault::Check { in_organisation: !organisation_code::fits(organisation) });
        }
        if faults.is_empty() {
            let (register, organisation) = (part(0, 2).to_owned(), organisation.to_owned());
            Ok(Self { register, region, organisation })
        } else {
            Err(faults)
        }
    }
}

/// Whether a number has the length and the characters of a code, whatever they are.
fn looks_like_one(number: &str) -> bool {
    number.len() == SYMBOLS && number.bytes().all(|symbol| symbol.is_ascii_alphanumeric())
}

fn is_symbol(at: usize, symbol: char) -> bool {
    let digit = (2..8).contains(&at) || at == 1;
    if digit { symbol.is_ascii_digit() } else { value(symbol).is_some() }
}

fn value(symbol: char) -> Option<usize> {
    ALPHABET.iter().position(|other| char::from(*other) == symbol)
}

/// What was meant by a letter that codes do not have.
const fn instead_of(symbol: char) -> Option<char> {
    match symbol {
        'I' => Some('1'),
        'O' => Some('0'),
        'S' => Some('5'),
        'V' => Some('U'),
        'Z' => Some('2'),
        _ => None,
    }
}

/// The check symbol that belongs to the first 17: each counts 3ⁱ modulo 31.
fn check_symbol(number: &str) -> Option<u8> {
    let mut sum = 0;
    let mut weight = 1;
    for symbol in number.chars().take(SYMBOLS - 1) {
        sum += value(symbol)? * weight;
        weight = weight * 3 % ALPHABET.len();
    }
    ALPHABET.get((ALPHABET.len() - sum % ALPHABET.len()) % ALPHABET.len()).copied()
}

/// Checks the number of every certificate that carries a code.
pub(super) fn check(asked: Checking<'_>, found: &mut Found) {
    for (path, form, number) in asked.numbers() {
        let expected = match form {
            NumberForm::Credit(begins) => begins,
            NumberForm::CreditOrOwn(begins) if looks_like_one(number) => begins,
            // Enterprises, individual businesses and cooperatives have the same licence.
            NumberForm::BusinessLicence if number.chars().count() == SYMBOLS => "9",
            _ => continue,
        };
        match CreditCode::read(number) {
            Ok(code) => found.all(&path, code.doubts(expected)),
            Err(faults) => found.all(&path, faults),
        }
    }
}

impl CreditCode {
    /// What is odd about a code whose check symbol is right.
    fn doubts(self, expected: &'static str) -> Vec<CreditCodeFault> {
        let known = BODIES.contains(&self.register.as_str());
        let organisation =
            (!organisation_code::fits(&self.organisation)).then_some(CreditCodeFault::Organisation);
        let body = if !known {
            Some(CreditCodeFault::Body { symbols: self.register })
        } else if !self.register.starts_with(expected) {
            Some(CreditCodeFault::Other { found: self.register, expected })
        } else {
            None
        };
        body.into_iter().chain(organisation).collect()
    }
}

impl Told for CreditCodeFault {
    fn code(&self) -> &'static str {
        match self {
            Self::Length { .. } => "credit-code-length",
            Self::Symbol { .. } => "credit-code-symbol",
            Self::Register => "credit-code-register",
            Self::Body { .. } => "credit-code-body",
            Self::Province { .. } => "credit-code-province",
            Self::Check { .. } => "credit-code-check",
            Self::Organisation => "credit-code-organisation",
            Self::Other { .. } => "credit-code-other",
        }
    }

    fn weight(&self) -> Weight {
        match self {
            Self::Body { .. } | Self::Organisation | Self::Other { .. } => Weight::Warning,
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
            (Lang::Zh, Self::Symbol { at, instead: Some(instead) }) => {
                return format!("第 {at} 位可能应为“{instead}”，请对照证件原件核对。");
            }
            (Lang::En, Self::Symbol { at, instead: Some(instead) }) => {
                return format!("Symbol {at} may be {instead}; compare it with the certificate.");
            }
            (Lang::Zh, Self::Other { .. }) => "请核对证件类型和单位性质是否选对；确认无误请直接继续，审核人员会人工核对。",
            (Lang::Zh, Self::Body { .. } | Self::Organisation) => "如果与证件一致，请直接继续，审核人员会人工核对。",
            (Lang::Zh, _) => "请对照证件原件核对后重新填写。",
            (Lang::En, Self::Other { .. }) => {
                "Look whether nature and kind of certificate are the right ones; if so, go on: a reviewer will look at it."
            }
            (Lang::En, Self::Body { .. } | Self::Organisation) => {
                "If the certificate says so, go on: a reviewer will look at it."
            }
            (Lang::En, _) => "Compare it with the certificate and enter it again.",
        }
        .to_owned()
    }
}

impl CreditCodeFault {
    fn zh(&self) -> String {
        match self {
            Self::Length { found } => format!("统一社会信用代码应为 18 位，您填写的是 {found} 位。"),
            Self::Symbol { at: 2..=8, .. } => "统一社会信用代码的第 2 至 8 位应为数字。".to_owned(),
            Self::Symbol { at, .. } => {
                format!("统一社会信用代码的第 {at} 位有误：只使用数字和大写字母，不使用 I、O、S、V、Z。")
            }
            Self::Register => "统一社会信用代码的第一位不是任何登记管理部门的代码。".to_owned(),
            Self::Body { symbols } => format!("统一社会信用代码的前两位“{symbols}”不在已知的机构类别中。"),
            Self::Province { digits } => {
                format!("统一社会信用代码的第 3、4 位“{digits:02}”不是任何省份的代码。")
            }
            Self::Check { in_organisation: true } => {
                "统一社会信用代码有误：校验码不符，错误可能在第 9 至 17 位。".to_owned()
            }
            Self::Check { in_organisation: false } => {
                "统一社会信用代码有误：校验码不符，错误可能在前 8 位或最后一位。".to_owned()
            }
            Self::Organisation => {
                "统一社会信用代码第 9 至 17 位的组织机构代码与它自己的校验码不符。".to_owned()
            }
            Self::Other { found, expected } => {
                format!("所选证件的统一社会信用代码一般以 {expected} 开头，您填写的以 {found} 开头。")
            }
        }
    }

    fn en(&self) -> String {
        match self {
            Self::Length { found } => {
                format!("A unified social credit code has 18 symbols, this one has {found}.")
            }
            Self::Symbol { at: 2..=8, .. } => "Symbols 2 to 8 of the code are digits.".to_owned(),
            Self::Symbol { at, .. } => {
                format!("Symbol {at} of the code is wrong: it has digits and capital letters only, and no I, O, S, V or Z.")
            }
            Self::Register => "Nobody registers under the first symbol of the code.".to_owned(),
            Self::Body { symbols } => {
                format!("The code begins with {symbols}, which is no kind of body that is known.")
            }
            Self::Province { digits } => format!("Symbols 3 and 4 of the code, {digits:02}, are no province."),
            Self::Check { in_organisation: true } => {
                "The last symbol of the code does not belong to the others: the mistake may be in symbols 9 to 17.".to_owned()
            }
            Self::Check { in_organisation: false } => {
                "The last symbol of the code does not belong to the others: the mistake may be in the first eight or the last.".to_owned()
            }
            Self::Organisation => {
                "The organisation code in symbols 9 to 17 does not fit its own check symbol.".to_owned()
            }
            Self::Other { found, expected } => format!(
                "The code of this kind of certificate usually begins with {expected}, this one begins with {found}."
            ),
        }
    }
}
