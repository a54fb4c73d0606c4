//! [`crate::folded`] as SQL: names compared without white space, case and width.

use super::literal;
use crate::text::half_width;
use std::{char, collections::BTreeSet, sync::LazyLock};

/// The one character that becomes two in lower case, which `translate` cannot do.
const TWO_IN_LOWER_CASE: (char, &str) = ('\u{130}', "i\u{307}");

/// Every character that folding makes another one, with that one.
static FOLDED: LazyLock<Vec<(char, char)>> = LazyLock::new(|| {
    let folded = |c: char| {
        let mut lower = half_width(c).to_lowercase();
        match (lower.next(), lower.next()) {
            (Some(folded), None) if folded != c && !c.is_whitespace() => Some((c, folded)),
            _ => None,
        }
    };
    (char::MIN..=char::MAX).filter_map(folded).collect()
});

/// Every character that folding drops.
static DROPPED: LazyLock<String> =
    LazyLock::new(|| (char::MIN..=char::MAX).filter(|c| c.is_whitespace()).collect());

/// `column` folded, as far as it can matter to a comparison with the folded `texts` or with their beginnings: characters
/// that become none of theirs stay as they are. Independent of locale and collation; slow, some microseconds.
pub(super) fn folding<'a>(column: &str, texts: impl IntoIterator<Item = &'a str>) -> String {
    let alphabet: BTreeSet<char> = texts.into_iter().flat_map(str::chars).collect();
    let letters = FOLDED.iter().copied().filter(|(_, folded)| alphabet.contains(folded));
    let (mut from, to): (String, String) = letters.unzip();
    // `translate` drops what has no partner.
    from.push_str(&DROPPED);
    let (special, in_lower_case) = TWO_IN_LOWER_CASE;
    let special = special.to_string();
    let [from, to, special, in_lower_case] = [&from, &to, &special, in_lower_case].map(literal::quoted);
    format!("replace(translate({column}, {from}, {to}), {special}, {in_lower_case})")
}
