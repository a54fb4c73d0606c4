//! Bytes of an input in a bounded window, with the number of the line that it begins on.

use memchr::{memchr, memchr_iter, memchr2, memchr2_iter};
use std::io::{self, Read};

/// How much is asked of the input at a time.
const CHUNK: usize = 128 << 10;

/// A window on an input: what was read and not yet consumed.
pub(crate) struct Source<'r> {
    input: Box<dyn Read + Send + 'r>,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    line: u64,
    breaks: Breaks,
}

/// What ends a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Breaks {
    /// LF, before which a CR is white space.
    Lf,
    /// LF, CR LF, and CR alone, as Excel for Mac saves CSV.
    Any,
}

/// Where a line of the window ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LineEnd {
    /// After its line break, so many bytes into the window.
    At(usize),
    /// At the end of the input, so many bytes into the window, without a line break.
    Input(usize),
    /// Somewhere beyond the limit.
    TooFar,
}

impl<'r> Source<'r> {
    pub(crate) fn new(input: Box<dyn Read + Send + 'r>) -> Self {
        Self { input, buffer: Vec::new(), start: 0, end: 0, line: 1, breaks: Breaks::Lf }
    }

    /// The same input, of which lines end so.
    pub(crate) fn with(self, breaks: Breaks) -> Self {
        Self { breaks, ..self }
    }

    /// What was read and not yet consumed.
    pub(crate) fn window(&self) -> &[u8] {
        self.buffer.get(self.start..self.end).unwrap_or_default()
    }

    /// The number of the line on which the window begins, from 1.
    pub(crate) const fn line(&self) -> u64 {
        self.line
    }

    /// Reads more into the window; `false` at the end of the input.
    pub(crate) fn fill(&mut self) -> io::Result<bool> {
        if self.buffer.len() < self.end + CHUNK {
            self.buffer.copy_within(self.start..self.end, 0);
            self.end -= self.start;
            self.start = 0;
            if self.buffer.len() < self.end + CHUNK {
                self.buffer.resize(self.end + 2 * CHUNK, 0);
            }
        }
        loop {
            let free = self.buffer.get_mut(self.end..).unwrap_or_default();
            match self.input.read(free) {
                Ok(read) => {
                    self.end = (self.end + read).min(self.buffer.len());
                    return Ok(read > 0);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Gives up the first `bytes` of the window.
    pub(crate) fn consume(&mut self, bytes: usize) {
        let next = self.end.min(self.start + bytes);
        let consumed = self.buffer.get(self.start..next).unwrap_or_default();
        let lines = match self.breaks {
            Breaks::Lf => memchr_iter(b'\n', consumed).count(),
            Breaks::Any => {
                // Of CR LF the second counts, which may not be consumed yet.
                let with_next = self.buffer.get(self.start..self.end).unwrap_or_default();
                let ends =
                    |at: &usize| consumed.get(*at) == Some(&b'\n') || with_next.get(*at + 1) != Some(&b'\n');
                memchr2_iter(b'\r', b'\n', consumed).filter(ends).count()
            }
        };
        self.line += lines as u64;
        self.start = next;
    }

    /// Behind the first line break that stands `from` so many bytes into the window or later.
    fn break_after(&mut self, from: usize) -> io::Result<Option<usize>> {
        let rest = self.window().get(from..).unwrap_or_default();
        let found = match self.breaks {
            Breaks::Lf => memchr(b'\n', rest),
            Breaks::Any => memchr2(b'\r', b'\n', rest),
        };
        let Some(at) = found.map(|at| from + at) else { return Ok(None) };
        if self.window().get(at) == Some(&b'\r') {
            // Whether LF follows can be asked of a window that goes on.
            let goes_on = self.window().len() > at + 1 || self.fill()?;
            if goes_on && self.window().get(at + 1) == Some(&b'\n') {
                return Ok(Some(at + 2));
            }
        }
        Ok(Some(at + 1))
    }

    /// Where the line that holds the byte `from` of the window ends, no further than `limit`.
    pub(crate) fn line_end(&mut self, from: usize, limit: usize) -> io::Result<LineEnd> {
        let mut seen = from;
        loop {
            let end = self.break_after(seen)?;
            seen = self.window().len();
            match end {
                Some(end) if end > limit => return Ok(LineEnd::TooFar),
                Some(end) => return Ok(LineEnd::At(end)),
                None if seen > limit => return Ok(LineEnd::TooFar),
                None if !self.fill()? => return Ok(LineEnd::Input(seen)),
                None => {}
            }
        }
    }

    /// Gives up everything to the end of the line, however far it is.
    pub(crate) fn skip_line(&mut self) -> io::Result<()> {
        loop {
            let end = self.break_after(0)?;
            self.consume(end.unwrap_or(self.window().len()));
            if end.is_some() || !self.fill()? {
                return Ok(());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives one byte at a time.
    struct Slow<'b>(&'b [u8]);

    impl Read for Slow<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let taken = self.0.len().min(1).min(into.len());
            self.0.read(&mut into[..taken])
        }
    }

    #[test]
    fn lines_are_found_however_slowly_they_come() {
        let mut source = Source::new(Box::new(Slow(b"one\ntwo\n\nend")));
        for (expected, line) in [("one\n", 1), ("two\n", 2), ("\n", 3)] {
            let LineEnd::At(end) = source.line_end(0, 10).unwrap() else { panic!("no line") };
            assert_eq!((&source.window()[..end], source.line()), (expected.as_bytes(), line));
            source.consume(end);
        }
        assert_eq!(source.line_end(0, 10).unwrap(), LineEnd::Input(3));
    }

    #[test]
    fn lines_of_every_system_are_found_and_counted_however_slowly_they_come() {
        let mut source = Source::new(Box::new(Slow(b"one\rtwo\r\nthree\n\r\r\nend\r"))).with(Breaks::Any);
        for (expected, line) in
            [("one\r", 1), ("two\r\n", 2), ("three\n", 3), ("\r", 4), ("\r\n", 5), ("end\r", 6)]
        {
            let LineEnd::At(end) = source.line_end(0, 10).unwrap() else { panic!("no line") };
            assert_eq!((&source.window()[..end], source.line()), (expected.as_bytes(), line));
            source.consume(end);
        }
        assert_eq!((source.line_end(0, 10).unwrap(), source.line()), (LineEnd::Input(0), 7));
    }

    #[test]
    fn a_line_beyond_the_limit_is_skipped_whole_and_the_next_one_is_found() {
        let long = [&[b'a'; 1000][..], b"\nnext\n"].concat();
        let mut source = Source::new(Box::new(&long[..]));
        assert_eq!(source.line_end(0, 10).unwrap(), LineEnd::TooFar);
        source.skip_line().unwrap();
        assert_eq!((source.line(), source.line_end(0, 10).unwrap()), (2, LineEnd::At(5)));
    }
}
