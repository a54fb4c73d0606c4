//! Where the suffix of a name begins.

use psl::Psl;

/// How long the suffix of a name is by the ICANN section alone, in bytes. The list gives the longest rule of both sections; where that
/// is a private one, the suffix of what is below it is asked for until it is none.
pub(crate) fn icann_suffix_len(name: &[u8]) -> Option<usize> {
    let mut rest = name;
    loop {
        let suffix = psl::List.suffix(rest)?;
        match suffix.typ() {
            Some(psl::Type::Icann) => return Some(suffix.as_bytes().len()),
            Some(psl::Type::Private) => {
                let private = rest.get(rest.len().checked_sub(suffix.as_bytes().len())?..)?;
                let dot = private.iter().position(|byte| *byte == b'.')?;
                rest = private.get(dot + 1..)?;
            }
            None => return None,
        }
    }
}
