//! The lines of a file, one after the other, each of bounded length.

use std::io::{self, BufRead, BufReader, Read};

/// Bytes of one line: a subject with two hundred websites has a tenth of it.
pub(super) const MOST_BYTES: usize = 1 << 20;

/// Lines with their numbers, from 1; `None` stands for one that is too long. Blank ones are left out.
pub(super) struct Lines {
    input: BufReader<Box<dyn Read + Send>>,
    number: u64,
}

impl Lines {
    pub(super) fn of(input: Box<dyn Read + Send>) -> Self {
        Self { input: BufReader::new(input), number: 0 }
    }

    fn next_line(&mut self) -> io::Result<Option<(u64, Option<Vec<u8>>)>> {
        loop {
            let mut line = Vec::new();
            let most = u64::try_from(MOST_BYTES).unwrap_or(u64::MAX);
            if self.input.by_ref().take(most).read_until(b'\n', &mut line)? == 0 {
                return Ok(None);
            }
            self.number += 1;
            if line.len() >= MOST_BYTES && !line.ends_with(b"\n") {
                self.skip()?;
                return Ok(Some((self.number, None)));
            }
            if !line.trim_ascii().is_empty() {
                return Ok(Some((self.number, Some(line))));
            }
        }
    }

    /// Leaves out the rest of a line.
    fn skip(&mut self) -> io::Result<()> {
        loop {
            let held = self.input.fill_buf()?;
            let (many, ends) = match held.iter().position(|byte| *byte == b'\n') {
                Some(at) => (at + 1, true),
                None => (held.len(), held.is_empty()),
            };
            self.input.consume(many);
            if ends {
                return Ok(());
            }
        }
    }
}

impl Iterator for Lines {
    type Item = io::Result<(u64, Option<Vec<u8>>)>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_line().transpose()
    }
}
