//! Names of organisations, as their certificates have them: the full name, with full-width brackets and without spaces.

use super::{Checking, Found, Told, Weight, person_name::is_chinese};
use crate::orders::Subject;
use rulebook::Lang;

/// What is wrong with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OrganisationNameFault {
    /// It is too short or too long.
    Length {
        /// How many characters it has.
        found: usize,
    },
    /// It has half-width brackets.
    Brackets {
        /// It with full-width ones.
        instead: String,
    },
    /// Not every bracket has its other half.
    Unpaired,
    /// It has a space that is not between two words in Latin letters.
    Space,
    /// A character is none of a name.
    Symbol {
        /// Its place from the left, counted from 1.
        at: usize,
    },
    /// It is the name of a person.
    OfPerson,
}

/// Characters at least.
const FEWEST: usize = 2;
/// Characters at most: the bureau's limit.
const MOST: usize = 255;
/// Names of people have no more characters than this, those of organisations hardly ever so few.
const LIKE_A_PERSON: usize = 3;
/// Signs that names have.
const SIGNS: &str = "（）()·&-－—.,，、“”‘’《》'/+";
/// How the codes of individual businesses begin: they may go by the name of who runs them.
const INDIVIDUAL_BUSINESS: &str = "92";

/// Checks the name of the subject where it is an organisation.
pub(super) fn check(asked: Checking<'_>, found: &mut Found) {
    let Some(subject) = asked.subject().filter(|_| asked.by_an_organisation()) else { return };
    let Some(name) = subject.name.as_deref() else { return };
    found.all("subject.name", shape(name).into_iter().chain(of_person(name, subject)));
}

fn shape(name: &str) -> Vec<OrganisationNameFault> {
    let characters = name.chars().count();
    let mut faults = Vec::new();
    if !(FEWEST..=MOST).contains(&characters) {
        faults.push(OrganisationNameFault::Length { found: characters });
    }
    if name.contains(['(', ')']) && name.chars().any(is_chinese) {
        let instead = name.replace('(', "（").replace(')', "）");
        faults.push(OrganisationNameFault::Brackets { instead });
    }
    if !is_paired(name) {
        faults.push(OrganisationNameFault::Unpaired);
    }
    if has_space(name) {
        faults.push(OrganisationNameFault::Space);
    }
    let wrong = name.chars().position(|c| !is_of_name(c));
    faults.extend(wrong.map(|at| OrganisationNameFault::Symbol { at: at + 1 }));
    faults
}

fn of_person(name: &str, subject: &Subject) -> Option<OrganisationNameFault> {
    let number = subject.certificate.number.as_deref().unwrap_or_default();
    let short = name.chars().count() <= LIKE_A_PERSON && name.chars().all(is_chinese);
    let own = subject.person.name.as_deref() == Some(name);
    ((short || own) && !number.starts_with(INDIVIDUAL_BUSINESS)).then_some(OrganisationNameFault::OfPerson)
}

/// Full-width letters and digits are none of a name: certificates have them half-width.
fn is_of_name(c: char) -> bool {
    let wide = matches!(c, '\u{ff10}'..='\u{ff5a}');
    (c.is_alphanumeric() && !wide) || c.is_whitespace() || SIGNS.contains(c)
}

fn is_paired(name: &str) -> bool {
    let depth = name.chars().try_fold(0_usize, |depth, c| match c {
        '(' | '（' => Some(depth + 1),
        ')' | '）' => depth.checked_sub(1),
        _ => Some(depth),
    });
    depth == Some(0)
}

fn has_space(name: &str) -> bool {
    let characters = || name.chars();
    let threes = characters().zip(characters().skip(1)).zip(characters().skip(2));
    threes
        .into_iter()
        .any(|((before, c), after)| c.is_whitespace() && !(before.is_ascii() && after.is_ascii()))
}

impl Told for OrganisationNameFault {
    fn code(&self) -> &'static str {
        match self {
            Self::Length { .. } => "organisation-name-length",
            Self::Brackets { .. } => "organisation-name-brackets",
            Self::Unpaired => "organisation-name-unpaired",
            Self::Space => "organisation-name-space",
            Self::Symbol { .. } => "organisation-name-symbol",
            Self::OfPerson => "organisation-name-of-person",
        }
    }

    fn weight(&self) -> Weight {
        match self {
            Self::OfPerson => Weight::Warning,
            _ => Weight::Error,
        }
    }

    fn message(&self, lang: Lang) -> String {
        match (lang, self) {
            (Lang::Zh, Self::Length { found }) => {
                format!("单位名称应为 {FEWEST} 至 {MOST} 个字，您填写的有 {found} 个字。")
            }
            (Lang::Zh, Self::Brackets { .. }) => "单位名称中的括号应为全角括号“（）”。".to_owned(),
            (Lang::Zh, Self::Unpaired) => "单位名称中的括号不成对。".to_owned(),
            (Lang::Zh, Self::Space) => "单位名称中不能有空格。".to_owned(),
            (Lang::Zh, Self::Symbol { at }) => format!("单位名称的第 {at} 个字符不是名称中会出现的字符。"),
            (Lang::Zh, Self::OfPerson) => "您填写的像是个人姓名，而单位性质不是个人。".to_owned(),
            (Lang::En, Self::Length { found }) => {
                format!(
                    "The name of an organisation has {FEWEST} to {MOST} characters, this one has {found}."
                )
            }
            (Lang::En, Self::Brackets { .. }) => {
                "The brackets of the name are to be full-width ones.".to_owned()
            }
            (Lang::En, Self::Unpaired) => "Not every bracket of the name has its other half.".to_owned(),
            (Lang::En, Self::Space) => "The name of an organisation has no spaces.".to_owned(),
            (Lang::En, Self::Symbol { at }) => format!("Character {at} is none that names have."),
            (Lang::En, Self::OfPerson) => {
                "It looks like the name of a person, but the subject is no individual.".to_owned()
            }
        }
    }

    fn suggestion(&self, lang: Lang) -> String {
        match (lang, self) {
            (Lang::Zh, Self::Brackets { instead }) => return format!("请改为“{instead}”。"),
            (Lang::Zh, Self::OfPerson) => {
                "请填写证件上的单位全称；个人备案请把单位性质改为“个人”；个体工商户没有字号的，请直接继续。"
            }
            (Lang::Zh, _) => "请按证件上的名称逐字填写。",
            (Lang::En, Self::Brackets { .. }) => "Type the brackets as （ and ）.",
            (Lang::En, Self::OfPerson) => {
                "Enter the full name of the certificate, or change the nature to individual; an individual business without a name of its own goes on."
            }
            (Lang::En, _) => "Copy the name from the certificate, character by character.",
        }
        .to_owned()
    }
}
