//! Documents to keep and to print, as PDF (ISO 32000): a [`Paper`] is a title and blocks of text, written with the [`Fonts`] of the machine.
//!
//! Text can be copied out of it, rare characters of names are looked for in every font that there is, and the same paper is the same
//! bytes whenever it is written.

mod fonts;
mod layout;
mod paper;
mod sheet;

pub use fonts::{Fonts, NoFont};
pub use paper::{Block, Paper, Written};
pub use sheet::WriteFault;
