//! The markers of a JPEG, from its beginning to its end (ITU-T T.81, annex B), before anything is decoded. Decoders show
//! what they have of a file that was cut off, and fill the rest with grey; here a missing end is a fault.

use crate::PictureFault;
use crate::limits::MOST_SCANS;

/// What the markers tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Walk {
    /// What the frame says.
    pub(super) frame: Frame,
    /// Whether all coefficients are held until the last scan was read: it is progressive, or a scan lacks components.
    pub(super) held: bool,
    /// Where the marker of the end is. What follows it are other pictures: previews, gain maps.
    pub(super) end: usize,
}

/// The dimensions and components of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Frame {
    pub(super) progressive: bool,
    pub(super) width: u16,
    pub(super) height: u16,
    pub(super) components: u8,
}

const SOF_BASELINE: u8 = 0xC0;
const SOF_EXTENDED: u8 = 0xC1;
const SOF_PROGRESSIVE: u8 = 0xC2;
const RST_FIRST: u8 = 0xD0;
const RST_LAST: u8 = 0xD7;
const SOI: u8 = 0xD8;
const EOI: u8 = 0xD9;
const SOS: u8 = 0xDA;
const TEM: u8 = 0x01;

/// Walks from marker to marker; `None` where the end is missing, or is not that of a picture.
pub(super) fn walk(bytes: &[u8]) -> Result<Walk, PictureFault> {
    from_marker_to_marker(bytes).ok_or(PictureFault::Damaged)
}

fn from_marker_to_marker(bytes: &[u8]) -> Option<Walk> {
    let (mut frame, mut held, mut scans) = (None::<Frame>, false, 0_usize);
    let mut at = 0;
    loop {
        let (marker, found) = next_marker(bytes, at)?;
        at = found + 2;
        if marker == EOI {
            return (scans > 0).then_some(Walk { frame: frame?, held, end: found });
        }
        if matches!(marker, SOI | TEM | RST_FIRST..=RST_LAST) {
            continue;
        }
        let length = usize::from(u16_at(bytes, at)?);
        let segment = bytes.get(at + 2..at.checked_add(length)?)?;
        at += length;
        match marker {
            SOF_BASELINE | SOF_EXTENDED | SOF_PROGRESSIVE => {
                if frame.is_some() {
                    return None;
                }
                frame = Some(read_frame(segment, marker)?);
            }
            SOS => {
                let frame = frame?;
                held |= frame.progressive || *segment.first()? < frame.components;
                scans += 1;
                if scans > MOST_SCANS {
                    return None;
                }
            }
            _ => {}
        }
    }
}

/// The next marker at or after a place, and its own place. Entropy-coded data has none but restarts: its 0xFF are stuffed.
fn next_marker(bytes: &[u8], from: usize) -> Option<(u8, usize)> {
    let rest = bytes.get(from..)?;
    let at = rest.windows(2).position(|pair| matches!(pair, [0xFF, 0x01..=0xFE]))?;
    Some((*rest.get(at + 1)?, from + at))
}

fn read_frame(segment: &[u8], marker: u8) -> Option<Frame> {
    let frame = Frame {
        progressive: marker == SOF_PROGRESSIVE,
        height: u16_at(segment, 1)?,
        width: u16_at(segment, 3)?,
        components: *segment.get(5)?,
    };
    (frame.width > 0 && frame.height > 0 && frame.components > 0).then_some(frame)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let pair = bytes.get(at..)?.first_chunk()?;
    Some(u16::from_be_bytes(*pair))
}
