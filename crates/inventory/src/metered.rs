//! An archive that is read only so often.

use std::io::{self, Cursor, Read, Seek, SeekFrom};

/// Every part of an archive is read once, and its directory and some small parts again; parts that many others point
/// to are read more often, which makes small files endless.
const TIMES: u64 = 4;
/// So that the smallest archives are no exception.
const ALWAYS: u64 = 64 << 10;

/// Bytes that are read in any order, but no more than a few times over.
pub(crate) struct Metered {
    bytes: Cursor<Vec<u8>>,
    left: u64,
}

impl Metered {
    pub(crate) fn new(bytes: Vec<u8>) -> Self {
        let left = (bytes.len() as u64).saturating_mul(TIMES).saturating_add(ALWAYS);
        Self { bytes: Cursor::new(bytes), left }
    }
}

impl Read for Metered {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.bytes.read(into)?;
        match self.left.checked_sub(read as u64) {
            Some(left) => {
                self.left = left;
                Ok(read)
            }
            None => Err(io::Error::other("its parts are read too often")),
        }
    }
}

impl Seek for Metered {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.bytes.seek(to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_may_be_read_a_few_times_and_no_more() {
        let mut metered = Metered::new(vec![7; 1 << 20]);
        let mut times = 0;
        while metered.read_to_end(&mut Vec::new()).is_ok() {
            times += 1;
            metered.rewind().unwrap();
        }
        assert_eq!(times, TIMES);
    }
}
