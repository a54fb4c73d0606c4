//! A QR code as a picture of its own: dark on light whatever the page is, with the quiet zone that cameras need.

use fast_qr::{ECL, QRBuilder};
use std::fmt::Write;

/// Light modules around it (ISO/IEC 18004).
const QUIET: usize = 4;

/// The picture; `None` where the text is too long for any.
pub(super) fn svg(text: &str) -> Option<String> {
    let code = QRBuilder::new(text).ecl(ECL::M).build().ok()?;
    let side = code.size + 2 * QUIET;
    let mut path = String::new();
    for (row, modules) in code.data.chunks(code.size).take(code.size).enumerate() {
        for (column, _) in modules.iter().enumerate().filter(|(_, module)| module.value()) {
            // Writing to memory does not fail.
            let _ = write!(path, "M{} {}h1v1h-1z", column + QUIET, row + QUIET);
        }
    }
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{side}v{side}h-{side}z\"/><path d=\"{path}\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_corners_are_dark_and_the_margin_is_light() {
        let svg =
            svg("otpauth://totp/Kebei:li.na?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Kebei").unwrap();
        // Version 5 has 37 modules a side.
        assert!(svg.contains("viewBox=\"0 0 45 45\""), "{svg}");
        for dark in ["M4 4h1", "M40 4h1", "M4 40h1", "M10 10h1", "M7 7h1"] {
            assert!(svg.contains(dark), "{dark}");
        }
        for light in ["M3 4h1", "M4 3h1", "M5 5h1", "M41 4h1", "M4 41h1"] {
            assert!(!svg.contains(light), "{light}");
        }
        assert_eq!(super::svg(&"x".repeat(3000)), None);
    }
}
