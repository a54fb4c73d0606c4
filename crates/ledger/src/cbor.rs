//! Deterministic CBOR (RFC 8949, section 4.2.1): a bound on what is written, and a reader that takes nothing else.

use crate::{
    entry::{EntryFault, MAX_ENTRY_LEN},
    entry_ref::{DecodeError, DecodeFault},
};
use minicbor::encode;

/// Takes at most [`MAX_ENTRY_LEN`] bytes.
#[derive(Default)]
pub(crate) struct Bounded(Vec<u8>);

impl Bounded {
    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}

impl encode::Write for Bounded {
    type Error = EntryFault;

    fn write_all(&mut self, bytes: &[u8]) -> Result<(), EntryFault> {
        if self.0.len() + bytes.len() > MAX_ENTRY_LEN {
            return Err(EntryFault::TooLong);
        }
        self.0.extend_from_slice(bytes);
        Ok(())
    }
}

const NUMBER: u8 = 0;
const BYTES: u8 = 2;
const TEXT: u8 = 3;
const ARRAY: u8 = 4;
const MAP: u8 = 5;
const NULL: u8 = 0xf6;

/// Reads definite, shortest forms only, in place. `minicbor` reads the other forms as well and would have to be checked item
/// by item, which takes longer than reading.
pub(crate) struct Strict<'a> {
    length: usize,
    rest: &'a [u8],
    /// Where the item last read began.
    at: usize,
}

impl<'a> Strict<'a> {
    pub(crate) const fn new(bytes: &'a [u8]) -> Self {
        Self { length: bytes.len(), rest: bytes, at: 0 }
    }

    pub(crate) fn number(&mut self) -> Result<u64, DecodeError> {
        self.head(NUMBER)
    }

    pub(crate) fn text(&mut self) -> Result<&'a str, DecodeError> {
        let text = self.body(TEXT)?;
        str::from_utf8(text).map_err(|_| self.fault(DecodeFault::Malformed))
    }

    pub(crate) fn bytes(&mut self) -> Result<&'a [u8], DecodeError> {
        self.body(BYTES)
    }

    /// The number of items of an array.
    pub(crate) fn array(&mut self) -> Result<u64, DecodeError> {
        self.head(ARRAY)
    }

    /// The number of pairs of a map.
    pub(crate) fn map(&mut self) -> Result<u64, DecodeError> {
        self.head(MAP)
    }

    /// What `read` reads, or `None` where there is a null.
    pub(crate) fn optional<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, DecodeError>,
    ) -> Result<Option<T>, DecodeError> {
        match self.rest.split_first() {
            Some((&NULL, rest)) => {
                self.rest = rest;
                Ok(None)
            }
            _ => read(self).map(Some),
        }
    }

    pub(crate) fn next_is_text(&self) -> bool {
        self.rest.first().is_some_and(|first| first >> 5 == TEXT)
    }

    /// What has not been read yet.
    pub(crate) const fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// `fault` at the item last read.
    pub(crate) fn fault(&self, fault: impl Into<DecodeFault>) -> DecodeError {
        DecodeError { at: self.at, fault: fault.into() }
    }

    fn body(&mut self, kind: u8) -> Result<&'a [u8], DecodeError> {
        let length = self.head(kind)?;
        let length = usize::try_from(length).ok();
        let (body, rest) = length
            .and_then(|length| self.rest.split_at_checked(length))
            .ok_or_else(|| self.fault(DecodeFault::Malformed))?;
        self.rest = rest;
        Ok(body)
    }

    /// The argument of the next item, which must be of that kind (RFC 8949, section 3).
    fn head(&mut self, kind: u8) -> Result<u64, DecodeError> {
        self.at = self.length - self.rest.len();
        let malformed = DecodeError { at: self.at, fault: DecodeFault::Malformed };
        let (first, rest) = self.rest.split_first().ok_or(malformed)?;
        if first >> 5 != kind {
            return Err(malformed);
        }
        self.rest = rest;
        match first & 0x1f {
            short @ 0..24 => Ok(short.into()),
            24 => self.argument::<1>(24),
            25 => self.argument::<2>(1 << 8),
            26 => self.argument::<4>(1 << 16),
            27 => self.argument::<8>(1 << 32),
            31 if kind != NUMBER => Err(self.fault(DecodeFault::Indefinite)),
            _ => Err(malformed),
        }
    }

    /// An argument in `N` bytes of its own, which a value below `least` does not need.
    fn argument<const N: usize>(&mut self, least: u64) -> Result<u64, DecodeError> {
        let (bytes, rest) =
            self.rest.split_first_chunk::<N>().ok_or_else(|| self.fault(DecodeFault::Malformed))?;
        self.rest = rest;
        let value = bytes.iter().fold(0, |value, byte| value << 8 | u64::from(*byte));
        if value < least { Err(self.fault(DecodeFault::NotShortest)) } else { Ok(value) }
    }
}
