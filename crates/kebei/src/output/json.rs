//! Decisions as JSON: one array, or one object a line.

use super::{Output, Tally};
use rulebook::{Decision, Lang};
use std::io::{self, Write};

/// What is written around and between the objects.
struct Frame {
    open: &'static [u8],
    between: &'static [u8],
    close: &'static [u8],
}

const ARRAY: Frame = Frame { open: b"[\n", between: b",\n", close: b"\n]\n" };
const EMPTY_ARRAY: &[u8] = b"[]\n";
const LINES: Frame = Frame { open: b"", between: b"\n", close: b"\n" };

pub(super) struct Json<W> {
    to: W,
    lang: Lang,
    frame: &'static Frame,
    started: bool,
    /// One object at a time: made of many small pieces, handed on whole.
    line: Vec<u8>,
}

impl<W: Write> Json<W> {
    pub(super) fn array(to: W, lang: Lang) -> Self {
        Self { to, lang, frame: &ARRAY, started: false, line: Vec::new() }
    }

    pub(super) fn lines(to: W, lang: Lang) -> Self {
        Self { to, lang, frame: &LINES, started: false, line: Vec::new() }
    }
}

impl<W: Write> Output for Json<W> {
    fn decision(&mut self, decision: &Decision<'_>) -> io::Result<()> {
        let before = if self.started { self.frame.between } else { self.frame.open };
        self.started = true;
        self.line.clear();
        self.line.extend_from_slice(before);
        serde_json::to_writer(&mut self.line, &decision.report(self.lang))?;
        self.to.write_all(&self.line)
    }

    fn finish(&mut self, _: &Tally) -> io::Result<()> {
        let empty: &[u8] = if self.frame.open.is_empty() { b"" } else { EMPTY_ARRAY };
        self.to.write_all(if self.started { self.frame.close } else { empty })?;
        self.to.flush()
    }
}
