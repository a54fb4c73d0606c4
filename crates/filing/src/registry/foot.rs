//! Whether a home page shows its number: the law wants it at the foot of the page, linked to the bureau's website.

use super::{Fault, Sight};

/// Where the number leads to when it is clicked.
const BUREAU: &str = "beian.miit.gov.cn";
/// How many bytes may stand between `ICP` and the digits of a number: `备`, spaces, and what marks them up.
const BETWEEN: usize = 64;
/// Letters and digits that a page has at least that says something by itself; one with fewer is filled in by a program.
const SAYS_SOMETHING: usize = 200;

/// What a page shows of a number such as `浙ICP备12345678号-1`, in whatever encoding it is: only what ASCII has is compared, and the
/// number of the subject is enough. A page that only leads to the bureau's website, as it does where the number is a picture, and one
/// that a program fills in say nothing.
pub fn foot(page: &[u8], number: &str) -> Sight {
    let text = String::from_utf8_lossy(page).to_ascii_lowercase();
    let Some(digits) = digits(number) else { return Sight::Nothing };
    if shows(&text, &digits) {
        return Sight::Well;
    }
    if text.contains(BUREAU) || said(&text) < SAYS_SOMETHING {
        return Sight::Nothing;
    }
    Sight::Wrong(Fault::NotShown)
}

/// The digits of a subject's number.
fn digits(number: &str) -> Option<String> {
    let from = number.find(|c: char| c.is_ascii_digit())?;
    let digits: String = number.get(from..)?.chars().take_while(char::is_ascii_digit).collect();
    Some(digits)
}

/// Whether the digits stand by themselves, a little behind `icp`.
fn shows(text: &str, digits: &str) -> bool {
    text.match_indices(digits).any(|(at, _)| {
        let (before, behind) = text.split_at(at);
        let behind = behind.get(digits.len()..).unwrap_or_default();
        let alone = !before.ends_with(|c: char| c.is_ascii_digit())
            && !behind.starts_with(|c: char| c.is_ascii_digit());
        let near = before.rmatch_indices("icp").next().is_some_and(|(icp, _)| at - icp <= BETWEEN);
        alone && near
    })
}

/// How many letters and digits a reader would see, programs and marks left out.
fn said(text: &str) -> usize {
    let (mut count, mut rest) = (0, text);
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        count += letters(before);
        let closing = ["script", "style", "noscript"]
            .into_iter()
            .find(|name| tag.get(1..).is_some_and(|tag| tag.starts_with(name)))
            .map(|name| format!("</{name}"));
        let inside = match closing {
            Some(closing) => tag.find(&closing).and_then(|end| tag.get(end + 1..)),
            None => tag.get(1..),
        };
        rest = inside.and_then(|inside| inside.split_once('>')).map_or("", |(_, behind)| behind);
    }
    count + letters(rest)
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).count()
}
