//! Numbers of passes and passports: the pass of people from Hong Kong and Macao (港澳居民来往内地通行证), that of people from Taiwan
//! (台湾居民来往大陆通行证), and passports of any country. None has a check symbol.

use super::{Checking, Found, Told, Weight};
use crate::tables::NumberForm;
use rulebook::Lang;

/// What is wrong with a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PassFault {
    /// It is not H or M with 8 digits, nor with 10, the last two of which count the issues.
    HongKongMacao,
    /// It is not of 8 digits, but may be one of the booklets before 2015.
    OlderTaiwan,
    /// It is none of a pass for people from Taiwan at all.
    Taiwan,
    /// It has fewer than 5 letters and digits, more than 20, or other symbols.
    Passport,
}

/// Checks the number of every pass and passport.
pub(super) fn check(asked: Checking<'_>, found: &mut Found) {
    for (path, form, number) in asked.numbers() {
        if let Some(fault) = fault(form, number) {
            found.push(path, fault);
        }
    }
}

fn fault(form: NumberForm, number: &str) -> Option<PassFault> {
    match form {
        NumberForm::HongKongMacaoPass => (!is_hong_kong_macao(number)).then_some(PassFault::HongKongMacao),
        NumberForm::TaiwanPass if digits(number, 8) => None,
        NumberForm::TaiwanPass if is_older_taiwan(number) => Some(PassFault::OlderTaiwan),
        NumberForm::TaiwanPass => Some(PassFault::Taiwan),
        NumberForm::Passport => (!is_passport(number)).then_some(PassFault::Passport),
        _ => None,
    }
}

fn is_hong_kong_macao(number: &str) -> bool {
    number.strip_prefix(['H', 'M']).is_some_and(|rest| digits(rest, 8) || digits(rest, 10))
}

/// Eight digits with the two of the issue, a letter before or behind, or the last in brackets: what booklets had.
fn is_older_taiwan(number: &str) -> bool {
    let sound =
        number.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '(' | ')'));
    sound && (8..=14).contains(&number.len()) && number.chars().filter(char::is_ascii_digit).count() >= 7
}

fn is_passport(number: &str) -> bool {
    (5..=20).contains(&number.len()) && number.chars().all(|c| c.is_ascii_alphanumeric())
}

fn digits(text: &str, many: usize) -> bool {
    text.len() == many && text.bytes().all(|digit| digit.is_ascii_digit())
}

impl Told for PassFault {
    fn code(&self) -> &'static str {
        match self {
            Self::HongKongMacao => "pass-hong-kong-macao",
            Self::OlderTaiwan => "pass-older-taiwan",
            Self::Taiwan => "pass-taiwan",
            Self::Passport => "passport-number",
        }
    }

    fn weight(&self) -> Weight {
        match self {
            Self::OlderTaiwan => Weight::Warning,
            _ => Weight::Error,
        }
    }

    fn message(&self, lang: Lang) -> String {
        match (lang, self) {
            (Lang::Zh, Self::HongKongMacao) => {
                "港澳居民来往内地通行证号码应为 H 或 M 加 8 位数字，也可以带上 2 位换证次数。"
            }
            (Lang::Zh, Self::OlderTaiwan) => "台湾居民来往大陆通行证号码现为 8 位数字，您填写的像是旧版本式证件的号码。",
            (Lang::Zh, Self::Taiwan) => "台湾居民来往大陆通行证号码应为 8 位数字。",
            (Lang::Zh, Self::Passport) => "护照号码应为 5 至 20 位字母和数字。",
            (Lang::En, Self::HongKongMacao) => {
                "The number of a Hong Kong / Macao resident permit is H or M with 8 digits, and may have the two digits of its issue."
            }
            (Lang::En, Self::OlderTaiwan) => {
                "The number of a Taiwan resident permit has 8 digits today; this one looks like that of an old booklet."
            }
            (Lang::En, Self::Taiwan) => "The number of a Taiwan resident permit has 8 digits.",
            (Lang::En, Self::Passport) => "The number of a passport has 5 to 20 letters and digits.",
        }
        .to_owned()
    }

    fn suggestion(&self, lang: Lang) -> String {
        match (lang, self) {
            (Lang::Zh, Self::HongKongMacao) => "请填写回乡证正面右上角的号码，不要填写香港或澳门身份证号码。",
            (Lang::Zh, Self::OlderTaiwan) => "如果证件仍在有效期内，请直接继续；已换发卡式证件的，请填写新号码。",
            (Lang::Zh, Self::Taiwan) => "请对照台胞证正面的号码重新填写，不要填写台湾身份证号码。",
            (Lang::Zh, Self::Passport) => "请对照护照资料页右上角的号码重新填写。",
            (Lang::En, Self::HongKongMacao) => "Enter the number at the top of the card, not that of an identity card of Hong Kong or Macao.",
            (Lang::En, Self::OlderTaiwan) => "Go on if the booklet is still valid; if it was replaced by a card, enter the new number.",
            (Lang::En, Self::Taiwan) => "Compare it with the front of the card; do not enter the number of an identity card of Taiwan.",
            (Lang::En, Self::Passport) => "Compare it with the page of the passport that has your picture.",
        }
        .to_owned()
    }
}
