//! A name below a public suffix.

use crate::{
    ascii::{Buffer, mapped, plain},
    suffix::icann_suffix_len,
};
use std::fmt;

/// Most characters of a label, as ASCII (RFC 1035).
pub const LONGEST_LABEL: usize = 63;
/// Most characters of a name without a dot at its end, as ASCII (RFC 1035).
pub const LONGEST: usize = 253;

/// The name of a host below a public suffix, as ASCII in lower case. It is held in place: reading one that is plain ASCII allocates
/// nothing.
#[derive(Clone, Copy)]
pub struct Name {
    buffer: Buffer,
    /// Where its registrable domain begins.
    registrable: u8,
    /// Where its suffix begins.
    suffix: u8,
}

/// Why a text is no name below a public suffix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Fault {
    /// A label is empty, begins or ends with a hyphen, or is no name in any script. Schemes, ports, paths and `*` end here as well.
    #[error("a label is empty, begins or ends with a hyphen, or is no name in any script")]
    Label,
    /// A label has more than [`LONGEST_LABEL`] characters or all of it more than [`LONGEST`], as ASCII.
    #[error("a label has more than {LONGEST_LABEL} characters, or the name more than {LONGEST}")]
    Long,
    /// No registry has its last label.
    #[error("no registry has the last label")]
    UnknownSuffix,
    /// It is a suffix under which names are registered, and no name.
    #[error("it is a suffix alone")]
    OnlySuffix,
}

/// The registrable domain of a host; fails as [`Name::read`] does.
pub fn registrable(host: &str) -> Result<String, Fault> {
    Name::read(host).map(|name| name.registrable().to_owned())
}

/// A name as ASCII in lower case, whatever it ends with; fails with [`Fault::Label`] or [`Fault::Long`] alone.
pub fn ascii(host: &str) -> Result<String, Fault> {
    let mut buffer = Buffer::EMPTY;
    fold(host, plain, &mut buffer)?;
    // All of it is ASCII.
    Ok(String::from_utf8(buffer.bytes().to_vec()).unwrap_or_default())
}

/// Folds a name without the dot at its end, by the fast way where that can tell, else by the slow one.
#[inline]
fn fold(host: &str, fast: impl Fn(&str, &mut Buffer) -> Option<()>, into: &mut Buffer) -> Result<(), Fault> {
    let bare = host.strip_suffix(['.', '。']).unwrap_or(host);
    if fast(bare, into).is_some() { Ok(()) } else { mapped(bare, into) }
}

impl Name {
    /// Reads the name of a host in any script. One dot at the end (`.` or `。`) is left out, as resolvers do; a port is for the caller to
    /// take off.
    #[inline]
    pub fn read(host: &str) -> Result<Self, Fault> {
        let mut name = Self { buffer: Buffer::EMPTY, registrable: 0, suffix: 0 };
        fold(host, plain, &mut name.buffer)?;
        name.find_suffix()?;
        Ok(name)
    }

    /// As [`Self::read`], by UTS 46 even where the name is plain: what the fast way is held against.
    #[doc(hidden)]
    pub fn read_slowly(host: &str) -> Result<Self, Fault> {
        let mut name = Self { buffer: Buffer::EMPTY, registrable: 0, suffix: 0 };
        fold(host, |_, _| None, &mut name.buffer)?;
        name.find_suffix()?;
        Ok(name)
    }

    fn find_suffix(&mut self) -> Result<(), Fault> {
        let bytes = self.buffer.bytes();
        let suffix_len = icann_suffix_len(bytes).ok_or(Fault::UnknownSuffix)?;
        let suffix = bytes.len().saturating_sub(suffix_len);
        // What stands before the suffix, without the dot between them.
        let before = suffix.checked_sub(1).and_then(|end| bytes.get(..end)).ok_or(Fault::OnlySuffix)?;
        let registrable = before.iter().rposition(|byte| *byte == b'.').map_or(0, |dot| dot + 1);
        let narrow = |at: usize| u8::try_from(at).map_err(|_| Fault::Long);
        (self.registrable, self.suffix) = (narrow(registrable)?, narrow(suffix)?);
        Ok(())
    }

    /// The whole name.
    pub fn as_str(&self) -> &str {
        self.from(0)
    }

    /// The name that is registered: the suffix with one label before it.
    pub fn registrable(&self) -> &str {
        self.from(self.registrable)
    }

    /// The name that is registered, as bytes.
    pub fn registrable_bytes(&self) -> &[u8] {
        self.buffer.bytes().get(usize::from(self.registrable)..).unwrap_or_default()
    }

    /// The suffix under which it is registered.
    pub fn suffix(&self) -> &str {
        self.from(self.suffix)
    }

    /// The suffix under which it is registered, as bytes.
    pub fn suffix_bytes(&self) -> &[u8] {
        self.buffer.bytes().get(usize::from(self.suffix)..).unwrap_or_default()
    }

    /// Where in the whole name its suffix begins, in bytes.
    pub fn suffix_at(&self) -> usize {
        usize::from(self.suffix)
    }

    fn from(&self, start: u8) -> &str {
        let bytes = self.buffer.bytes().get(usize::from(start)..).unwrap_or_default();
        // All of it is ASCII.
        std::str::from_utf8(bytes).unwrap_or_default()
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Name({}, of {})", self.as_str(), self.registrable())
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Name {}
