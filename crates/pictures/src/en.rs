//! Every sentence about pictures in English. `zh.rs` says the same in Chinese; the matches are exhaustive in both.

use crate::limits::{MOST_BYTES, SHORTEST_SIDE};
use crate::{Format, PictureFault};

pub(crate) fn message(fault: &PictureFault) -> String {
    match fault {
        PictureFault::Empty => "The file is empty.".to_owned(),
        PictureFault::TooLarge { bytes } => {
            let [found, most] = [bytes.div_ceil(1 << 20), MOST_BYTES >> 20];
            format!("The picture is too large: about {found} MB, and {most} MB is the most.")
        }
        PictureFault::Format(format) => {
            format!("{}; only JPG and PNG pictures are accepted.", this_is(*format))
        }
        PictureFault::TooManyPixels { width, height } => {
            format!("The picture has too many pixels: {width} × {height}.")
        }
        PictureFault::Damaged => {
            "The picture is cut off or damaged: it cannot be opened as a whole.".to_owned()
        }
        PictureFault::TooSmall { width, height } => {
            format!(
                "The picture is too small to be read: {width} × {height} pixels, and the shorter side needs {SHORTEST_SIDE}."
            )
        }
        PictureFault::TooNarrow => {
            "The picture is so long and narrow that its text cannot be read once it is scaled down."
                .to_owned()
        }
        PictureFault::Blank => "The picture shows nothing: it is almost a single colour.".to_owned(),
        PictureFault::TooDetailed => {
            "The picture cannot be made small enough for the bureau and stay readable.".to_owned()
        }
    }
}

fn this_is(format: Format) -> &'static str {
    match format {
        Format::Heic => "This is a HEIC photo of an iPhone",
        Format::Avif => "This is an AVIF picture",
        Format::Pdf => "This is a PDF file",
        Format::Gif => "This is a GIF picture",
        Format::WebP => "This is a WebP picture",
        Format::Bmp => "This is a BMP picture",
        Format::Tiff => "This is a TIFF picture or the raw file of a camera",
        Format::Video => "This is a video or a live photo",
        Format::Office => "This is an office document or an archive",
        Format::Unknown => "The format of this file is not known",
    }
}

pub(crate) const fn suggestion(fault: &PictureFault) -> &'static str {
    match fault {
        PictureFault::Empty => "Make sure that the photo opens on your device, then upload it again.",
        PictureFault::TooLarge { .. } => "Crop it to the document, or compress it before you upload it.",
        PictureFault::Format(format) => instead(*format),
        PictureFault::TooManyPixels { .. } => {
            "Take it again in the ordinary mode of your camera, or scale it down before you upload it."
        }
        PictureFault::Damaged => "Take it again, or open the original in a viewer and save it as JPG.",
        PictureFault::TooSmall { .. } => {
            "Upload the original, not a thumbnail, or take it again from closer to the document."
        }
        PictureFault::TooNarrow => {
            "Take a picture of the document alone, not a panorama or a scrolling screenshot."
        }
        PictureFault::Blank => {
            "See whether it is the right picture, or whether the lens was covered or the light was off, and take it again."
        }
        PictureFault::TooDetailed => {
            "Crop it to the document, or take it again on a plain surface in good light."
        }
    }
}

const fn instead(format: Format) -> &'static str {
    match format {
        Format::Heic => {
            "In the settings of the phone choose Camera → Formats → Most Compatible and take it again, or save this photo as JPG."
        }
        Format::Avif | Format::Gif | Format::WebP | Format::Bmp | Format::Tiff => {
            "Open it in a viewer and save it as JPG."
        }
        Format::Pdf => "Take a screenshot of the page that is needed, or export it as JPG.",
        Format::Video => "Take a photo; on an iPhone turn Live off first.",
        Format::Office => "Save the picture inside it as JPG and upload that.",
        Format::Unknown => {
            "See whether it is the right file; if it is a picture, open it in a viewer and save it as JPG."
        }
    }
}
