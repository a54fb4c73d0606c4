//! The addresses of the provider's own: a name that is such an address may be served. All ranges, the form that puts one down, and the page
//! that takes one away.

pub(super) mod add;
pub(super) mod list;
pub(super) mod remove;
mod words;

use app::gate::{AddressRange, RangeError};
use rulebook::half_width;

/// A range as it was typed: also with a dash of another kind between its ends.
fn read(typed: &str) -> Result<AddressRange, RangeError> {
    let dash = |symbol| if matches!(symbol, '–' | '—' | '~' | '至') { '-' } else { symbol };
    typed.trim().chars().map(half_width).map(dash).collect::<String>().parse()
}
