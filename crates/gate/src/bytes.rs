//! Numbers and texts as bytes: small end first, texts behind their length.

use crate::{
    range::AddressRange,
    record::{Kept, MAX_WINDOWS, is_domain},
};
use jiff::Timestamp;
use std::{net::IpAddr, sync::Arc};

/// What signed bytes have that they should not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Malformed(pub(crate) &'static str);

/// Bytes that are read from their beginning.
pub(crate) struct Cursor<'a>(pub(crate) &'a [u8]);

impl<'a> Cursor<'a> {
    pub(crate) fn take(&mut self, len: usize) -> Result<&'a [u8], Malformed> {
        let (taken, rest) = self.0.split_at_checked(len).ok_or(Malformed("something ends too early"))?;
        self.0 = rest;
        Ok(taken)
    }

    pub(crate) fn array<const N: usize>(&mut self) -> Result<[u8; N], Malformed> {
        let (taken, rest) = self.0.split_first_chunk().ok_or(Malformed("something ends too early"))?;
        self.0 = rest;
        Ok(*taken)
    }

    pub(crate) fn u8(&mut self) -> Result<u8, Malformed> {
        self.array().map(u8::from_le_bytes)
    }

    pub(crate) fn u32(&mut self) -> Result<u32, Malformed> {
        self.array().map(u32::from_le_bytes)
    }

    pub(crate) fn u64(&mut self) -> Result<u64, Malformed> {
        self.array().map(u64::from_le_bytes)
    }

    fn i64(&mut self) -> Result<i64, Malformed> {
        self.array().map(i64::from_le_bytes)
    }

    /// A text behind a byte with its length.
    pub(crate) fn short(&mut self) -> Result<&'a [u8], Malformed> {
        let len = self.u8()?;
        self.take(usize::from(len))
    }

    fn reason(&mut self) -> Result<&'a str, Malformed> {
        std::str::from_utf8(self.short()?).map_err(|_| Malformed("a reason is not UTF-8"))
    }

    pub(crate) fn domain(&mut self) -> Result<&'a str, Malformed> {
        let domain = self.short()?;
        let text = std::str::from_utf8(domain).ok().filter(|_| is_domain(domain));
        text.ok_or(Malformed("a domain is none"))
    }

    pub(crate) fn time(&mut self) -> Result<Timestamp, Malformed> {
        Timestamp::from_microsecond(self.i64()?).map_err(|_| Malformed("a time is beyond the calendar"))
    }

    pub(crate) fn windows(&mut self) -> Result<Arc<[Kept]>, Malformed> {
        let count = usize::from(self.u8()?);
        if count > MAX_WINDOWS {
            return Err(Malformed("a domain has too many white-list windows"));
        }
        (0..count).map(|_| self.window()).collect()
    }

    fn window(&mut self) -> Result<Kept, Malformed> {
        let (from, until) = (self.i64()?, self.i64()?);
        let in_calendar = |at: i64| Timestamp::from_microsecond(at).is_ok();
        if (from != i64::MIN && !in_calendar(from)) || (until != i64::MAX && !in_calendar(until)) {
            return Err(Malformed("a time is beyond the calendar"));
        }
        Ok(Kept { from, until, reason: self.reason()?.into() })
    }

    pub(crate) fn range(&mut self) -> Result<AddressRange, Malformed> {
        let (first, last): (IpAddr, IpAddr) = match self.u8()? {
            4 => (self.array::<4>()?.into(), self.array::<4>()?.into()),
            6 => (self.array::<16>()?.into(), self.array::<16>()?.into()),
            _ => return Err(Malformed("a range is of no family of addresses")),
        };
        AddressRange::between(first, last).map_err(|_| Malformed("a range ends before it begins"))
    }

    pub(crate) fn reason_text(&mut self) -> Result<&'a str, Malformed> {
        self.reason()
    }
}

/// Puts a text behind a byte with its length. Whatever is kept is shorter than 256 bytes.
pub(crate) fn put_short(into: &mut Vec<u8>, text: &[u8]) {
    let len = u8::try_from(text.len()).unwrap_or(u8::MAX);
    into.push(len);
    into.extend(text.iter().take(usize::from(len)));
}

pub(crate) fn put_windows<'k>(into: &mut Vec<u8>, windows: impl ExactSizeIterator<Item = &'k Kept>) {
    into.push(u8::try_from(windows.len()).unwrap_or(u8::MAX));
    for window in windows {
        into.extend(window.from.to_le_bytes());
        into.extend(window.until.to_le_bytes());
        put_short(into, window.reason.as_bytes());
    }
}

pub(crate) fn put_range(into: &mut Vec<u8>, range: &AddressRange) {
    match (range.first(), range.last()) {
        (IpAddr::V4(first), IpAddr::V4(last)) => {
            into.push(4);
            into.extend(first.octets());
            into.extend(last.octets());
        }
        (first, last) => {
            into.push(6);
            for end in [first, last] {
                let IpAddr::V6(end) = end else { continue };
                into.extend(end.octets());
            }
        }
    }
}
