//! Every fault of a rulebook file in English. `zh_fault.rs` says the same in Chinese.

use crate::{
    fault::{Expected, FaultKind, listed},
    text::Lang,
};

/// What is wrong, what was expected, what to do.
pub(crate) fn fault(kind: &FaultKind) -> String {
    match kind {
        FaultKind::NotUtf8 => "this is not UTF-8; save the file as UTF-8".to_owned(),
        FaultKind::Syntax(detail) => format!("this is not TOML: {detail}"),
        FaultKind::UnknownKey { found, known } => {
            format!("unknown key `{found}`; known here: {}", known.join(", "))
        }
        FaultKind::Missing { key, expected: what } => {
            format!("`{key}` is missing; expected {}", expected(what))
        }
        FaultKind::Unexpected { found, expected: what } => {
            format!("found {found}; expected {}", expected(what))
        }
        FaultKind::OneLanguage { missing: Lang::Zh } => "the Chinese text `zh` is missing".to_owned(),
        FaultKind::OneLanguage { missing: Lang::En } => "the English text `en` is missing".to_owned(),
        FaultKind::EditionTwice(id) => format!("there is already an edition `{id}`; give each its own id"),
        FaultKind::OutOfOrder { before, day } => {
            format!("editions must stand oldest first: {day} does not come after {before}")
        }
        FaultKind::UnknownBase { found, earlier } if earlier.is_empty() => {
            format!("there is no edition before this one, so it cannot be based on `{found}`")
        }
        FaultKind::UnknownBase { found, earlier } => {
            format!("`{found}` is no earlier edition; those are {}", listed(earlier, ", "))
        }
        FaultKind::UnknownProduct(id) => format!("this edition has no product `{id}`"),
        FaultKind::UnknownDocument(id) => format!("`[documents]` does not list a document `{id}`"),
        FaultKind::NameTwice { name, other } => {
            format!("`{name}` already names the product `{other}`; an inventory could not tell them apart")
        }
        FaultKind::NothingToDrop(key) => {
            format!(
                "there is no `{key}` to drop: the edition below does not set it, or this row sets it itself"
            )
        }
        FaultKind::NothingToConfirm(key) => {
            format!(
                "there is no `{key}` to confirm: the edition below does not set it, or this row sets it itself"
            )
        }
        FaultKind::TermWithoutBilling => {
            "a purchased or remaining term is asked, but not `billing = \"subscription\"`: \
             pay-as-you-go instances have no term and would pass; add the billing condition"
                .to_owned()
        }
        FaultKind::Contradiction { one, other } => format!("`{one}` and `{other}` can never hold together"),
        FaultKind::Needs { one, other } => format!("`{one}` needs `{other}`"),
        FaultKind::NoSource => {
            "no document is named; give `source = [\"…\"]`; a row or value that no document states says \
             `assumed = true`"
                .to_owned()
        }
        FaultKind::RegionTwice(name) => format!("the region `{name}` is listed twice"),
        FaultKind::NoEditions => "the rulebook has no edition; write at least one `[[editions]]`".to_owned(),
        FaultKind::TooMany { found, limit } => format!("found {found} of these; at most {limit} are read"),
        FaultKind::TooManyFaults { more: 1 } => "one more fault is not listed".to_owned(),
        FaultKind::TooManyFaults { more } => format!("{more} more faults are not listed"),
    }
}

fn expected(expected: &Expected) -> String {
    match expected {
        Expected::Table => "a table".to_owned(),
        Expected::Value => "the value itself: `{ value = …, source = [\"…\"] }`".to_owned(),
        Expected::Editions => "editions, each as `[[editions]]`".to_owned(),
        Expected::Text => "a text that is not empty".to_owned(),
        Expected::BothLanguages => "a text in both languages: `{ zh = \"…\", en = \"…\" }`".to_owned(),
        Expected::Texts => "a list of texts: `[\"…\", \"…\"]`".to_owned(),
        Expected::Day => "a calendar day without quotation marks: `2020-10-16`".to_owned(),
        Expected::Truth => "`true` or `false`".to_owned(),
        Expected::WholeNumber(most) => format!("a whole number from 1 to {most}"),
        Expected::Amount => "an amount above 0 in quotation marks: `\"99.00\"`".to_owned(),
        Expected::OneOf(words) => format!("one of {}", words.join(", ")),
        Expected::Id => "an id of letters, digits, `-`, `_` and `.`".to_owned(),
        Expected::Region => "the name of a region, or its beginning and `*`".to_owned(),
    }
}
