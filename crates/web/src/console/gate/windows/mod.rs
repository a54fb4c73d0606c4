//! The white list: domains that may be served for a time without being filed. All entries, one with what became of it, and the form that
//! adds some.

pub(super) mod add;
pub(super) mod list;
pub(super) mod one;
mod words;

pub(super) use words::time;

use app::gate::WindowStands;
use rulebook::Lang;

/// How an entry stands, and how that looks.
pub(super) fn stands(how: WindowStands, lang: Lang) -> (&'static str, &'static str) {
    let w = words::words(lang);
    match how {
        WindowStands::InForce => (w.in_force, "good"),
        WindowStands::ToCome => (w.to_come, "open"),
        WindowStands::Over => (w.over, "calm"),
        WindowStands::Ended => (w.ended, "calm"),
    }
}
