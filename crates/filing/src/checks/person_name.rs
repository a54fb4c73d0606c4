//! Names of people: Chinese characters, with a middle dot in names of some peoples; Latin letters where the certificate may have
//! them. It is the full name of the certificate, without a title.

use super::{Checking, Found, Told, Weight};
use crate::tables::{NumberForm, certificate};
use rulebook::Lang;
use std::ops::RangeInclusive;

/// What is wrong with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PersonNameFault {
    /// It is too short or too long.
    Length {
        /// How many characters it has.
        found: usize,
    },
    /// There is a space in a Chinese name.
    Space,
    /// The middle dot is another sign, at the beginning or the end, or twice in a row.
    Dot,
    /// A character is none of a name: a digit, a sign, a letter where the certificate has none.
    Symbol {
        /// Its place from the left, counted from 1.
        at: usize,
    },
    /// It ends with a title.
    Title {
        /// The title.
        title: &'static str,
    },
    /// Somebody who files for himself is another person than the one in charge.
    NotOwn,
}

/// The dot of names such as “阿卜杜拉·买买提”.
const DOT: char = '·';
/// What is typed in its place.
const DOTS: [char; 8] = ['•', '・', '．', '.', '‧', '∙', '●', '⋅'];
/// Characters at least and at most.
const CHARACTERS: RangeInclusive<usize> = 2..=50;
/// How people are called who are not named. A given name may be one of them, so that it is only a warning.
const TITLES: [&str; 7] = ["先生", "女士", "小姐", "太太", "老师", "总经理", "经理"];

/// Checks the names of the people in charge, and the subject's where it is a person.
pub(super) fn check(asked: Checking<'_>, found: &mut Found) {
    let own = asked.subject().filter(|_| asked.individual());
    if let Some((name, subject)) = own.and_then(|subject| Some((subject.name.as_deref()?, subject))) {
        tell("subject.name", name, subject.certificate.kind, found);
    }
    for one in asked.people() {
        let Some(name) = one.person.name.as_deref() else { continue };
        let path = format!("{}.name", one.path);
        let of_subject = own.filter(|_| one.path == "subject.person");
        let own_name = of_subject.and_then(|subject| subject.name.as_deref());
        if own_name == Some(name) {
            continue;
        }
        tell(&path, name, one.person.certificate.kind, found);
        if own_name.is_some() {
            found.push(path, PersonNameFault::NotOwn);
        }
    }
}

fn tell(path: &str, name: &str, kind: Option<u16>, found: &mut Found) {
    let form = kind.and_then(certificate).map(|kind| kind.number);
    found.all(path, faults(name, may_be_latin(form)));
}

/// Whether the certificate may have a name in Latin letters: those that foreigners have, and residents of Hong Kong and Macao.
const fn may_be_latin(form: Option<NumberForm>) -> bool {
    !matches!(form, Some(NumberForm::IdCard | NumberForm::Own))
}

fn faults(name: &str, latin: bool) -> Vec<PersonNameFault> {
    let characters = name.chars().count();
    let is_latin = latin && name.chars().any(is_latin_letter) && !name.chars().any(is_chinese);
    let mut faults = Vec::new();
    if !CHARACTERS.contains(&characters) {
        faults.push(PersonNameFault::Length { found: characters });
    }
    if is_latin {
        let wrong = name
            .chars()
            .position(|c| !is_latin_letter(c) && !matches!(c, ' ' | '-' | '\'' | '’' | '.' | ',' | DOT));
        faults.extend(wrong.map(|at| PersonNameFault::Symbol { at: at + 1 }));
        return faults;
    }
    if name.chars().any(char::is_whitespace) {
        faults.push(PersonNameFault::Space);
    }
    let doubled = name.chars().zip(name.chars().skip(1)).any(|pair| pair == (DOT, DOT));
    if name.starts_with(DOT) || name.ends_with(DOT) || doubled || name.contains(DOTS) {
        faults.push(PersonNameFault::Dot);
    }
    let wrong =
        name.chars().position(|c| !is_chinese(c) && c != DOT && !DOTS.contains(&c) && !c.is_whitespace());
    faults.extend(wrong.map(|at| PersonNameFault::Symbol { at: at + 1 }));
    let title = TITLES.into_iter().find(|title| name.ends_with(title));
    faults.extend(title.map(|title| PersonNameFault::Title { title }));
    faults
}

fn is_latin_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, '\u{c0}'..='\u{24f}') && c.is_alphabetic()
}

/// Whether it is a Chinese character; rare ones of names are outside the first plane.
pub(super) const fn is_chinese(c: char) -> bool {
    matches!(c, '〇' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

impl Told for PersonNameFault {
    fn code(&self) -> &'static str {
        match self {
            Self::Length { .. } => "person-name-length",
            Self::Space => "person-name-space",
            Self::Dot => "person-name-dot",
            Self::Symbol { .. } => "person-name-symbol",
            Self::Title { .. } => "person-name-title",
            Self::NotOwn => "person-name-not-own",
        }
    }

    fn weight(&self) -> Weight {
        match self {
            Self::Title { .. } => Weight::Warning,
            _ => Weight::Error,
        }
    }

    fn message(&self, lang: Lang) -> String {
        match (lang, self) {
            (Lang::Zh, Self::Length { found }) => format!("姓名应为 2 至 50 个字，您填写的有 {found} 个字。"),
            (Lang::Zh, Self::Space) => "姓名中不能有空格。".to_owned(),
            (Lang::Zh, Self::Dot) => "姓名中的间隔号有误：应为“·”，写在名与父名之间。".to_owned(),
            (Lang::Zh, Self::Symbol { at }) => {
                format!("姓名的第 {at} 个字符有误：中文姓名不含数字、字母和其他符号。")
            }
            (Lang::Zh, Self::Title { title }) => format!("请填写全名，不要用“{title}”这样的称呼。"),
            (Lang::Zh, Self::NotOwn) => {
                "个人备案的负责人就是本人，但负责人的姓名与主体名称不一致。".to_owned()
            }
            (Lang::En, Self::Length { found }) => {
                format!("A name has 2 to 50 characters, this one has {found}.")
            }
            (Lang::En, Self::Space) => "A Chinese name has no spaces.".to_owned(),
            (Lang::En, Self::Dot) => {
                "The middle dot is wrong: it is “·”, and stands between two parts of the name.".to_owned()
            }
            (Lang::En, Self::Symbol { at }) => {
                format!(
                    "Character {at} is none of a name: it has no digits and signs, and no letters in Chinese."
                )
            }
            (Lang::En, Self::Title { .. }) => "It ends with a title, and is not the full name.".to_owned(),
            (Lang::En, Self::NotOwn) => {
                "Who files for himself is the person in charge, but the two names are not the same."
                    .to_owned()
            }
        }
    }

    fn suggestion(&self, lang: Lang) -> String {
        match (lang, self) {
            (Lang::Zh, Self::NotOwn) => "请把两处姓名改为一致，或者删去负责人的姓名。",
            (Lang::Zh, Self::Title { .. }) => "请填写证件上的全名；如果这就是全名，请直接继续。",
            (Lang::Zh, Self::Symbol { .. }) => "请按证件填写；使用护照等证件的，可以填写证件上的字母姓名。",
            (Lang::Zh, _) => "请按证件上的姓名重新填写。",
            (Lang::En, Self::NotOwn) => {
                "Make the two the same, or leave the name of the person in charge blank."
            }
            (Lang::En, Self::Title { .. }) => "Enter the full name of the certificate; if this is it, go on.",
            (Lang::En, Self::Symbol { .. }) => {
                "Enter the name of the certificate; a passport's may be in letters."
            }
            (Lang::En, _) => "Enter the name as the certificate has it.",
        }
        .to_owned()
    }
}
