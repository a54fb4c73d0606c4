//! What is known of the terminal, if there is one.

use std::io::{self, IsTerminal};

/// The width of the terminal that reads standard output; `None` when no terminal does.
pub(crate) fn width() -> Option<usize> {
    io::stdout().is_terminal().then(textwrap::termwidth)
}
