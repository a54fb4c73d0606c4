//! What the program says of the provider's own panel.

use super::{panel_en, panel_zh};
use crate::panel::NoPanel;
use rulebook::Lang;

/// Why the panel cannot be asked, and what to do.
pub(crate) fn no_panel(fault: &NoPanel, lang: Lang) -> String {
    match lang {
        Lang::Zh => panel_zh::no_panel(fault),
        Lang::En => panel_en::no_panel(fault),
    }
}
