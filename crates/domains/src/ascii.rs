//! Names as ASCII in lower case, on the stack: the fast way for plain ASCII, and the slow way (UTS 46) for everything.

use crate::name::{Fault, LONGEST, LONGEST_LABEL};
use idna::uts46::{AsciiDenyList, DnsLength, Hyphens, Uts46};

/// Room for the longest name.
#[derive(Clone, Copy)]
pub(crate) struct Buffer {
    bytes: [u8; LONGEST],
    len: u8,
}

impl Buffer {
    pub(crate) const EMPTY: Self = Self { bytes: [0; LONGEST], len: 0 };

    pub(crate) fn bytes(&self) -> &[u8] {
        self.bytes.get(..usize::from(self.len)).unwrap_or_default()
    }
}

/// What a byte is in a plain name: itself in lower case, or 0 where only the slow way can tell.
const FOLDED: [u8; 256] = folded();

const fn folded() -> [u8; 256] {
    let mut table = [0_u8; 256];
    let mut byte: u8 = 0;
    while byte < 128 {
        if byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.' {
            #[expect(
                clippy::indexing_slicing,
                reason = "reckoned when it is compiled, where iterators are not to be had"
            )]
            let entry = &mut table[byte as usize];
            *entry = byte.to_ascii_lowercase();
        }
        byte += 1;
    }
    table
}

/// Folds a plain name; `None` where it is none, or has something wrong with it: the slow way says what.
pub(crate) fn plain(name: &str, into: &mut Buffer) -> Option<()> {
    let name = name.as_bytes();
    let room = into.bytes.get_mut(..name.len())?;
    // How many bytes the label has that is being read, and what was before this one; a label of another script is looked into behind.
    let (mut label, mut last, mut sound, mut other) = (0_usize, b'.', true, false);
    for (to, from) in room.iter_mut().zip(name) {
        let folded = FOLDED.get(usize::from(*from)).copied().unwrap_or_default();
        *to = folded;
        if folded == b'.' {
            sound &= label > 0 && label <= LONGEST_LABEL && last != b'-';
            label = 0;
        } else {
            sound &= folded != 0 && !(label == 0 && folded == b'-');
            other |= label == 0 && folded == b'x';
            label += 1;
        }
        last = folded;
    }
    sound &= label > 0 && label <= LONGEST_LABEL && last != b'-';
    if !sound || (other && !labels_are_plain(room)) {
        return None;
    }
    into.len = u8::try_from(name.len()).ok()?;
    Some(())
}

/// Labels of suffixes in Chinese, which need no looking into: 中国, 中國, 公司, 网络, 在线, 中文网, 网址, 商城, 公益, 政务, 集团. UTS 46 judges
/// label by label, but for scripts that run from right to left.
const KNOWN: [&[u8]; 11] = [
    b"xn--fiqs8s",
    b"xn--fiqz9s",
    b"xn--55qx5d",
    b"xn--io0a7i",
    b"xn--3ds443g",
    b"xn--fiq228c5hs",
    b"xn--ses554g",
    b"xn--czru2d",
    b"xn--55qw42g",
    b"xn--zfr164b",
    b"xn--3bst00m",
];

/// Whether no label is one of another script that has to be looked into.
fn labels_are_plain(folded: &[u8]) -> bool {
    folded.split(|byte| *byte == b'.').all(|label| !label.starts_with(b"xn--") || KNOWN.contains(&label))
}

/// Reads any name by UTS 46.
pub(crate) fn mapped(name: &str, into: &mut Buffer) -> Result<(), Fault> {
    // It counts as part of a name for UTS 46, and is a comma of Chinese input.
    if name.contains('、') {
        return Err(Fault::Label);
    }
    let ascii = Uts46::new()
        .to_ascii(name.as_bytes(), AsciiDenyList::STD3, Hyphens::CheckFirstLast, DnsLength::Ignore)
        .map_err(|_| Fault::Label)?;
    if ascii.split('.').any(str::is_empty) {
        return Err(Fault::Label);
    }
    if ascii.split('.').any(|label| label.len() > LONGEST_LABEL) {
        return Err(Fault::Long);
    }
    let room = into.bytes.get_mut(..ascii.len()).ok_or(Fault::Long)?;
    room.copy_from_slice(ascii.as_bytes());
    into.len = u8::try_from(ascii.len()).map_err(|_| Fault::Long)?;
    Ok(())
}
