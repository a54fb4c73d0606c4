//! The terminal, if there is one: how wide it is, and how something is told beside the results.

use std::io::{self, IsTerminal, Write};

/// The width of the terminal that reads standard output; `None` when no terminal does.
pub(crate) fn width() -> Option<usize> {
    io::stdout().is_terminal().then(textwrap::termwidth)
}

/// Tells something on standard error. Where nobody can read it there is nobody to tell, and the work goes on.
pub(crate) fn tell(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}
